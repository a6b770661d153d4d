import sys
sys.path.insert(0, sys.path[0] + "/_extra")
import extra_mod
print(extra_mod.name, extra_mod.__package__ == "")
class Finder:
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        if name.startswith("virtual"):
            print("find_spec", name, path)
            from importlib.machinery import ModuleSpec
            return ModuleSpec(name, Loader(), is_package=name == "virtual")
class Loader:
    def create_module(self, spec): return None
    def exec_module(self, m): m.made = "by loader " + m.__name__
sys.meta_path.insert(0, Finder)
import virtual.child
print(virtual.made, virtual.child.made, virtual.child.__package__, virtual.__path__)
try: import extra_none
except ImportError as e: print(e)
import importlib
m = importlib.import_module("extra_mod"); print(m is extra_mod); extra_mod.name = "changed"; importlib.reload(extra_mod); print(extra_mod.name)
print(importlib.import_module(".leaf2", "lib.pkg4").v)
try: importlib.import_module(".x")
except TypeError as e: print(e)
try: importlib.reload(5)
except TypeError as e: print(e)
from importlib import util; print(util.find_spec("no_such_thing_here"), util.find_spec("extra_mod").name)
