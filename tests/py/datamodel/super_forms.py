class A:
    def f(self): return ["A"]
    @classmethod
    def c(cls): return ["A", cls.__name__]
    @staticmethod
    def s(): return "A.s"
    @property
    def p(self): return "A.p"
    x = "A.x"
class B(A):
    def f(self): return ["B"] + super().f()
    @classmethod
    def c(cls): return ["B"] + super().c()
    def s(self): return super().s()
    @property
    def p(self): return "B" + super().p
    x = "B.x"
    def gx(self): return super().x
class C(A):
    def f(self): return ["C"] + super().f()
class D(B, C):
    def f(self): return ["D"] + super().f()
    def g(self):
        h = lambda: super(D, self).f()
        return h()
    def gen(self): return (super(D, self).f() for _ in range(1))
    def nested(self):
        def inner(): return __class__
        return inner()
    def comp(self): return [super().f() for _ in range(1)]
d = D()
print(d.f(), D.c(), d.s(), d.p, d.gx(), d.g(), list(d.gen()), d.nested(), d.comp())
print(super(B, d).f(), super(B, D).c(), super(B).__self__, super(B, d).__self_class__.__name__, super(B, d).__thisclass__.__name__)
u = super(B); print(u.__get__(d, D).f())
class NoArgs:
    def f(): return super()
    def g(self):
        del self
        return super()
    def h(x):
        x = 5
        return super()
    def i(*args): return super()
    def missing(self): return super().nothing
    def setit(self): super().x = 5
def attempt(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
attempt(NoArgs.f); attempt(NoArgs().g); attempt(NoArgs().h); attempt(NoArgs().i); attempt(NoArgs().missing); attempt(NoArgs().setit)
attempt(lambda: super()); attempt(lambda: super(5)); attempt(lambda: super(A, 5)); attempt(lambda: super(A, int)); attempt(lambda: super(B, A())); attempt(lambda: super(1, 2, 3))
def outside(self): return super().f()
D.o = outside
attempt(D().o)
print(repr(super(A, d)), repr(super(A)))
class E(A):
    def __getattribute__(self, n):
        if n == "f": return lambda: "from getattribute"
        return super().__getattribute__(n)
print(E().f(), super(E, E()).f())
super_ = super
class F(A):
    def f(self): return super_().f()
attempt(F().f)
class G(A):
    def f(self): return super_().f(), __class__
print(G().f())
