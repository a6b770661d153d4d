# Modules: repr, hints in AttributeError, __getattr__ and __dir__, annotations.
import sys, types
sys.modules.pop('zzz',None)
class mc:
    class ModuleSpec:
        def __init__(self,name,loader,*,origin=None):
            self.name=name; self.loader=loader; self.origin=origin; self.has_location=False; self._initializing=False; self._uninitialized_submodules=[]
m=types.ModuleType('m'); 
m.__spec__=mc.ModuleSpec('m',None,origin='orig'); print(m)
m.__spec__=mc.ModuleSpec('m','ld'); print(m)
m.__spec__=mc.ModuleSpec('m',None); print(m)
s=mc.ModuleSpec('m',None,origin='/x/y.py'); s.has_location=True; m.__spec__=s; print(m)
m.__spec__=None; m.__file__='/f'; print(m); del m.__file__; m.__loader__='L'; print(m); del m.__name__; print(m)
import sys; print(sys)
s._initializing=True; m.__spec__=s; m.__name__='mm'
try: m.x
except AttributeError as e: print(e)
s.origin=None
s.has_location=False
try: m.x
except AttributeError as e: print(e, e.name, e.obj is m)
s.origin='/x/y.py'; s.has_location=True
s._initializing=False; s._uninitialized_submodules=['sub']
try: m.sub
except AttributeError as e: print(e)
m.__getattr__=lambda n: 'got '+n
print(m.foo)
m.__dir__=lambda: ['b','a']
print(dir(m))
def ga(n): raise AttributeError('mine')
m.__getattr__=ga
try: m.foo
except AttributeError as e: print(e, e.name, e.obj)
class MM(types.ModuleType):
    def __init__(self): super().__init__('sub'); self.q=1
mm=MM(); print(mm, mm.q, mm.__dict__)
try: mm.w
except AttributeError as e: print(e)
m=types.ModuleType('k'); print(m.__annotations__, m.__dict__.keys()); m.__annotate__=lambda f: {'z':1}; print(m.__annotations__, m.__annotate__)
m.__annotations__={}; print(m.__annotate__)
try: del m.__annotate__
except Exception as e: print(type(e), e)
m.__dict__['__name__']=3
print(m)
try: m.x
except AttributeError as e: print(e)
try: m.__annotations__=4; print(m.__annotations__)
except Exception as e: print(type(e), e)
m=types.ModuleType('k'); del m.__dict__['__spec__']; print(m)
try: types.ModuleType.__repr__(3)
except Exception as e: print(e)
try: dir(types.ModuleType.__new__(types.ModuleType)); print('dirok')
except Exception as e: print(e)
