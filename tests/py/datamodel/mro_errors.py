class X: pass
class Y: pass
class A(X, Y): pass
class B(Y, X): pass
def attempt(src):
    try: exec(src); print("ok", src)
    except (TypeError, ValueError) as e: print(e)
attempt("class C(A, B): pass")
attempt("class C(X, X): pass")
attempt("class C(object, X): pass")
attempt("class C(int, str): pass")
attempt("class C(bool): pass")
attempt("class C(type(None)): pass")
attempt("class C(type(...)): pass")
attempt("class C(range): pass")
attempt("class C(slice): pass")
attempt("class C(type(lambda: 0)): pass")
attempt("class C(memoryview): pass")
attempt("class C(5): pass")
attempt("class C('a'): pass")
attempt("class C(len): pass")
attempt("class C(None): pass")
attempt("class C(X, metaclass=int): pass")
attempt("type('C', (), 5)")
attempt("type('C', [], {})")
attempt("type(5, (), {})")
attempt("type('C', (), {}, {})")
attempt("type()")
attempt("type('a', ())")
attempt("type('C\\0', (), {})")
attempt("type('C', (), {'__slots__': 'a', 'a': 1})")
class S1: __slots__ = "a"
class S2: __slots__ = "b"
attempt("class C(S1, S2): pass")
class D1(X): pass
class D2(X): pass
class D(D1, D2): pass
print([c.__name__ for c in D.__mro__], D.mro() == list(D.__mro__), D.__base__.__name__, D.__bases__)
class M(type):
    def mro(cls):
        return [cls, *(b for b in type.mro(cls)[1:])][::1]
class E(D1, metaclass=M): pass
print([c.__name__ for c in E.__mro__])
class M2(type):
    def mro(cls): return 5
class M3(type):
    def mro(cls): return [cls, 5]
class M4(type):
    def mro(cls): return [cls, int, object]
for m in M2, M3, M4:
    try: m("Q", (X,), {})
    except TypeError as e: print(e)
print(X.__subclasses__(), D.__subclasses__())
