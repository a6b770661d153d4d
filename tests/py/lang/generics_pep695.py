def first[T](x: list[T]) -> T: return x[0]
print(first([1]), first.__type_params__, first.__annotations__)
class Box[T, *Ts, **P]:
    def get[U](self, x: U) -> tuple[T, U]: return (T, U)
print(Box.__type_params__, Box.__orig_bases__, Box.__parameters__)
print(Box.__mro__[1:], Box[int, str, [float]] if False else "")
T, U = Box.get(None, 1)
print(T, U, type(T).__name__, T.__name__, Box.get.__type_params__)
type Alias[X] = list[X] | None
print(Alias, Alias.__name__, Alias.__value__, Alias.__type_params__, Alias[int], type(Alias))
type Lazy = undefined_thing
try: Lazy.__value__
except NameError as e: print(e)
undefined_thing = int
print(Lazy.__value__)
type Rec = list[Rec]
print(Rec.__value__)
def bounded[B: int, C: (str, bytes), D = float, *E = *tuple[int], **F = [int]](): return B, C, D, E, F
for p in bounded(): print(p, p.__name__, getattr(p, "__bound__", None), getattr(p, "__constraints__", None), p.__default__, p.has_default())
def lazy_bound[B: boom()](): return B
try: lazy_bound().__bound__
except NameError as e: print(e)
class Sub[T](Box[T, int, [str]]): pass
print(Sub.__bases__, Sub.__orig_bases__)
class Meth:
    type Inner = Meth
    x = 5
    def m[Q](self, y: Q = x) -> Q: return y
print(Meth.Inner.__value__ is Meth, Meth().m())
try: exec("type T1[T, T] = int")
except SyntaxError as e: print(e.msg)
try: exec("def f[T]():\n  nonlocal T")
except SyntaxError as e: print(e.msg)
try: exec("class A[T](T := 5): pass")
except SyntaxError as e: print(e.msg)
try: exec("def f[T: (yield)](): pass")
except SyntaxError as e: print(e.msg)
try: exec("def f[T=int, U](): pass")
except SyntaxError as e: print(e.msg)
print(first.__code__.co_freevars, Box.get.__code__.co_freevars)
try: Alias.__value__ = 1
except AttributeError as e: print(e)
type type = int
print(type)
