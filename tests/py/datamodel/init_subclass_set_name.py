class Base:
    registry = []
    def __init_subclass__(cls, /, tag=None, **kw):
        super().__init_subclass__(**kw)
        Base.registry.append((cls.__name__, tag))
class A(Base): pass
class B(A, tag="b"): pass
try:
    class C(B, tag=1, extra=2): pass
except TypeError as e: print(e)
print(Base.registry)
type("D", (Base,), {}, tag="dyn")
print(Base.registry[-1])
class Fails:
    def __set_name__(self, o, n): raise ValueError("nope")
try:
    class E: x = Fails()
except ValueError as e: print(repr(e), e.__notes__)
class Order:
    def __init__(self, n): self.n = n
    def __set_name__(self, o, n): print("set_name", self.n, n, o.__name__)
class F(Base):
    z = Order(1); a = Order(2)
    same = z
class G: pass
G.late = Order(3)
print("late assignment does not call it")
class H:
    def __init_subclass__(cls): print("H sees", cls.__name__, cls.__mro__[1].__name__)
class I(H): pass
class J(I): pass
class K:
    @classmethod
    def __init_subclass__(cls, **kw): print("explicit classmethod", cls.__name__, kw)
class L(K, q=1): pass
try: object.__init_subclass__(5)
except TypeError as e: print(e)
class SetNameInst:
    def __init__(self): self.__set_name__ = lambda *a: print("instance attr, not called")
class M2: s = SetNameInst()
class Adder:
    def __set_name__(self, o, n): setattr(o, n + "_extra", Order(9))
class N: a = Adder()
print(sorted(k for k in vars(N) if k[0] != "_"))
