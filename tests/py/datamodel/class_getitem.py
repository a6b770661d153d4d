class A:
    def __class_getitem__(cls, k): return f"{cls.__name__}[{k!r}]"
class B(A): pass
print(A[int], B[1, 2], B["x"])
try: A()[0]
except TypeError as e: print(e)
class M(type):
    def __getitem__(c, k): return f"meta {k}"
class C(metaclass=M):
    def __class_getitem__(cls, k): return "not used"
print(C[5])
class D: pass
try: D[0]
except TypeError as e: print(e)
try: int[0]
except TypeError as e: print(e)
la = list[int]
print(la, la.__origin__, la.__args__, type(la), la == list[int], hash(la) == hash(list[int]), la(), la((1, 2)), list[int, str], dict[str, list[int]], tuple[int, ...], tuple[()], type[int])
print(list[int] | None, isinstance(la, type), la.append, la.__parameters__, list["fwd"], repr(list[list]), set[int], frozenset[1], la.__doc__ == list.__doc__)
for f in (lambda: isinstance([], la), lambda: issubclass(list, la), lambda: la[int], lambda: list[int][str]):
    try: print(f())
    except TypeError as e: print(e)
class E(list[int]): pass
print(E.__bases__, E.__orig_bases__, E([1]))
print([*tuple[int]], next(iter(list[int])), type(next(iter(tuple[int]))))
import types
print(types.GenericAlias(list, (int,)), types.GenericAlias(int, str), int | str, (int | str).__args__, int | str == str | int, isinstance(1, int | str), isinstance(1, (str, int | None)), issubclass(bool, int | str), int | None, type(int | str), int | int, int | list[int], None | int)
for f in (lambda: int | 5, lambda: 5 | int, lambda: isinstance(1, int | list[int]), lambda: (int | str)(), lambda: None | None):
    try: print(f())
    except TypeError as e: print(e)
class F:
    def __mro_entries__(self, bases): print("mro_entries", len(bases)); return (A, D)
class G(F()): pass
print(G.__bases__, len(G.__orig_bases__))
class BadE:
    def __mro_entries__(self, b): return [A]
try:
    class H(BadE()): pass
except TypeError as e: print(e)
print(types.get_original_bases(G)[0].__class__.__name__, types.resolve_bases((F(),)))
