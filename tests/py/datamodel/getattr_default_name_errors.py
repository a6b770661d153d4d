class Point: 
    def __init__(self): self.value = 1
    def method(self): pass
for src in ("Point().valeu", "Point().methd", "Point().zzz", "[].apend", "''.uper", "Point.methodd", "(1).imga", "None.x", "int.frombytes", "{}.item", "len.__nam__", "Point().a.b"):
    try: eval(src)
    except AttributeError as e: print(src, "->", e, "| name", e.name, "| obj", type(e.obj).__name__)
try: Point().__slots__
except AttributeError as e: print(e)
e = AttributeError("m", name="n", obj=5)
print(e.name, e.obj, e.args, repr(e))
e = NameError("m", name="n"); print(e.name, repr(e))
e = ImportError("m", name="n", path="p"); print(e.name, e.path, e.msg, repr(e))
e = ImportError("m", name="n", path="p", name_from="q"); print(e.name_from, str(e))
try: AttributeError(zz=1)
except TypeError as e: print(e)
try: ImportError("m", zz=1)
except TypeError as e: print(e)
try: NameError(nam=1)
except TypeError as e: print(e)
