t = (1, 2, 3, 2)
print(t.count(2), t.index(2), t.index(2, 2), t[1:], t[::-1], t + (4,), t * 2, 2 in t, len(t), t == (1, 2, 3, 2.0), hash(t) == hash((1, 2, 3, 2)), t < (1, 3), () < (0,), tuple("ab"), tuple(), tuple([1]), tuple(t) is t, t[:] is t, (1,), ((),), -1 * t, t * 0)
for f in (lambda: t.index(9), lambda: t[9], lambda: t["a"], lambda: t + [1], lambda: [1] + t, lambda: t * "a", lambda: hash(([],)), lambda: t < [1], lambda: t < (1, "a"), lambda: tuple(5), lambda: t.append, lambda: t.__setitem__, lambda: tuple(1, 2), lambda: t.count(), lambda: t.index(1, 2, 3, 4), lambda: tuple.__new__(tuple, [1]), lambda: tuple.__new__(list)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
try: t[0] = 1
except TypeError as e: print(e)
try: del t[0]
except TypeError as e: print(e)
x = ([1], 2); x[0].append(3); print(x)
try: x[0] += [4]
except TypeError as e: print(e, x)
rec = ([],); rec[0].append(rec); print(rec, repr((1,)), repr(()), str((1, "a")), (1, 2) == [1, 2])
print(max((1, 2), (1, 3)), sorted([(2,), (1, 9), (1,)]), sum(((1,), (2,)), ()), dict([(1, 2)]), divmod(7, 2)[0], *t, (lambda *a: a)(*t))
from collections import namedtuple
P = namedtuple("P", "x y", defaults=[9])
p = P(1); print(p, p.x, p[1], p._asdict(), p._replace(x=5), P._fields, P._make([3, 4]), p == (1, 9), P.__doc__, P._field_defaults, repr(P(x=1, y=2)), isinstance(p, tuple), hash(p) == hash((1, 9)))
for f in (lambda: P(), lambda: P(1, 2, 3), lambda: P(z=1), lambda: p._replace(q=1), lambda: setattr(p, "x", 1), lambda: namedtuple("Q", "a a"), lambda: namedtuple("Q", "class"), lambda: namedtuple("Q", "_x"), lambda: namedtuple("1Q", "x"), lambda: P._make([1, 2, 3]), lambda: p.zz):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
print(namedtuple("R", "a class a", rename=True)._fields, namedtuple("S", ["a", "b"])(1, 2), P(*[1, 2])._asdict())
it = iter(t); print(next(it), it.__length_hint__(), list(it), list(reversed(t)), tuple(x * 2 for x in t))
