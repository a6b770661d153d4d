class A:
    cls_attr = 1
    def __init__(self): self.inst = 2
    @property
    def prop(self): return 3
class B(A):
    __slots__ = ("slot",)
    extra = 4
b = B(); b.dyn = 5
print([n for n in dir(b) if not n.startswith("__")], [n for n in dir(B) if not n.startswith("__")])
class M(type):
    meta = 1
    def __dir__(cls): return ["from", "meta"]
class C(metaclass=M): x = 1
print(dir(C), [n for n in dir(C()) if not n.startswith("__")])
print([n for n in dir(5) if not n.startswith("__")], [n for n in dir([]) if not n.startswith("__")], [n for n in dir("") if not n.startswith("__")])
print([n for n in dir({}) if not n.startswith("__")], [n for n in dir(set()) if not n.startswith("__")], [n for n in dir(b"") if not n.startswith("__")], [n for n in dir(1.5) if not n.startswith("__")], [n for n in dir(()) if not n.startswith("__")], [n for n in dir(bytearray()) if not n.startswith("__")], [n for n in dir(memoryview(b"")) if not n.startswith("__")], [n for n in dir(frozenset()) if not n.startswith("__")], [n for n in dir(range(1)) if not n.startswith("__")], [n for n in dir(slice(1)) if not n.startswith("__")], [n for n in dir(1j) if not n.startswith("__")])
print(sorted(n for n in dir(object())), sorted(dir(None)))
def f(): pass
print([n for n in dir(f)], [n for n in dir(f.__code__) if not n.startswith("__")])
def g(): yield
async def c(): pass
async def a(): yield
co = c(); print([n for n in dir(g()) if not n.startswith("__")], [n for n in dir(co) if not n.startswith("__")], [n for n in dir(a()) if not n.startswith("__")]); co.close()
print([n for n in dir(ValueError()) if not n.startswith("__")], [n for n in dir(OSError()) if not n.startswith("__")], [n for n in dir(property()) if not n.startswith("__")], [n for n in dir(type) if not n.startswith("__")], [n for n in dir(ExceptionGroup) if not n.startswith("__")])
import builtins; print([n for n in dir(builtins) if n[0].islower()]); print([n for n in dir(builtins) if n[0].isupper()])
