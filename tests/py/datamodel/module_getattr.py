import types, sys
m = types.ModuleType("mod", "the doc")
print(m.__name__, m.__doc__, m, m.__dict__.keys() == {"__name__", "__doc__", "__package__", "__loader__", "__spec__"})
m.__getattr__ = lambda n: f"dynamic {n}" if n != "no" else (_ for _ in ()).throw(AttributeError(f"custom {n}"))
m.real = 1
print(m.real, m.other)
try: m.no
except AttributeError as e: print(e)
del m.__getattr__
try: m.other
except AttributeError as e: print(e)
m.__dir__ = lambda: ["z", "a"]
print(dir(m))
try: m.rael
except AttributeError as e: print(e)
try: types.ModuleType(5)
except TypeError as e: print(e)
try: types.ModuleType()
except TypeError as e: print(e)
m.__name__ = "renamed"; print(repr(m))
m.__file__ = "/x/y.py"; print(repr(m))
del m.__name__; print(repr(m))
try: m.zz
except AttributeError as e: print(e)
me = sys.modules["__main__"]
print(me.__name__, me.m is m, globals() is me.__dict__)
def __getattr__(n): return f"main dynamic {n}"
print(me.anything)
try: anything
except NameError as e: print(e)
try: m.__dict__ = {}
except AttributeError as e: print(e)
class MyMod(types.ModuleType):
    def __setattr__(self, n, v): print("set", n); super().__setattr__(n, v)
x = MyMod("x"); x.a = 1; print(x.a, x)
exec("y = 5\ndef f(): return y", m.__dict__); print(m.f()); m.y = 6; print(m.f())
