class A:
    "class doc"
    x: int = 1
    def f(self): "fdoc"
print(A.__doc__, A.f.__doc__, A.__name__, A.__qualname__, A.__module__, A.__firstlineno__, A.__static_attributes__, A.__dictoffset__ != 0, A.__basicsize__ > 0, A.__flags__ > 0)
print(list(A.__dict__))
class B(A):
    def __init__(self): self.p = 1; self.q, self.r = 2, 3; self.x.y = 4
    def g(self): self.z += 1; del self.w
B2 = B
print(sorted(B.__static_attributes__), B.__doc__)
class C: __doc__ = "explicit"
print(C.__doc__, C().__doc__)
class D: f"not a doc {1}"
print(D.__doc__)
class E: b"not a doc"
print(E.__doc__)
def f(): "doc" "joined"
def g(): ("paren doc")
def h(): 5
print(f.__doc__, g.__doc__, h.__doc__)
class F:
    """
    first line
        indented
    last
    """
print(repr(F.__doc__))
try: int.__doc__ = "x"
except TypeError as e: print(e)
class G: __slots__ = "__doc__" if False else ()
G.__doc__ = "set"; print(G.__doc__)
try: del G.__doc__
except TypeError as e: print(e)
print(type("H", (), {}).__doc__, type("I", (), {"__doc__": 5}).__doc__, type("J", (), {}).__module__, type("K", (), {"__module__": "m", "__qualname__": "a.b"}))
try: type("L", (), {"__qualname__": 5})
except TypeError as e: print(e)
print(type(A.__weakref__).__name__, A().__weakref__, A.__dict__["__dict__"].__name__)
class Name:
    def __getattr__(self, n): return n
    __name__ = "custom"
print(Name.__name__, Name().__name__, Name().__qualname__)
print(A.__text_signature__ if hasattr(A, "__text_signature__") else None, len.__text_signature__, int.__add__.__text_signature__)
