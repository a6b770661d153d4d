"""inspect.signature() of what is built in, and help() on it."""
import contextlib
import inspect
import io
import itertools
import types

for f in (
    bool, float, complex, list, tuple, set, frozenset, property, classmethod, staticmethod, memoryview, enumerate, filter, map, reversed, zip,
    object, itertools.count, itertools.product, itertools.accumulate, itertools.permutations, types.MethodType, types.ModuleType,
    io.BytesIO, io.StringIO,
    abs, all, ascii, bin, callable, chr, compile, delattr, divmod, eval, exec, format, globals, hash, hex, id, input, isinstance, len, locals,
    oct, open, ord, pow, print, repr, round, setattr, sorted, sum,
    BaseException.__setstate__, BaseExceptionGroup.derive, BaseExceptionGroup.split, BaseExceptionGroup.subgroup, property.getter,
    property.setter, property.deleter, str.split, list.sort, dict.get, int.to_bytes, bytes.decode,
):
    print(f.__qualname__, inspect.signature(f))


class Derived(list):
    pass


class Own(list):
    def __init__(self, a, *, b=1):
        pass


print(Derived.__text_signature__, inspect.signature(Derived), inspect.signature(Own))
for f in (int, dict.pop, range):
    try:
        print(inspect.signature(f))
    except ValueError as e:
        print("none:", f.__name__)


def own(a, *, b=2):
    """My words."""


for thing in (len, own, str.upper, Own):
    with contextlib.redirect_stdout(io.StringIO()) as out:
        help(thing)
    print(*out.getvalue().split("\n")[:3], sep="|")
