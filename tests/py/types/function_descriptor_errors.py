# What assignments, calls and constructors of functions, methods, descriptors, super, modules and cells accept.
import types
def ex(s):
    try: exec(s, g); print(s,'=> ok')
    except BaseException as e: print(s,'=>',type(e).__name__, e)
def f(a,b=1):
    'doc'
    return a
class C:
    __slots__=('s',)
    def m(self): pass
    @property
    def p(self): return 1
g={'f':f,'C':C,'types':types,'c':C(), 'L':[], 'cl':(lambda x: (lambda: x))(1)}
for s in ['f.__code__=1','del f.__code__','f.__code__=cl.__code__','f.__defaults__=1','del f.__defaults__','f.__kwdefaults__=1','f.__name__=1','del f.__name__','f.__qualname__=1','f.__type_params__=1','f.__annotations__=1','del f.__annotations__','f.__annotate__=1','del f.__annotate__','f.__dict__=1','del f.__dict__','f.__closure__=1','f.__globals__=1','f.__builtins__=1','f.__module__=3','del f.__module__','print(f.__module__)','f.__doc__=3','del f.__doc__','print(f.__doc__)','del f.xx','f.xx',
 'types.FunctionType()','types.FunctionType(1,{})','types.FunctionType(f.__code__,1)','types.FunctionType(cl.__code__,{})','types.FunctionType(cl.__code__,{},None,None,())','types.FunctionType(cl.__code__,{},None,None,(1,))','types.FunctionType(cl.__code__,{},closure=1)','types.FunctionType(f.__code__,{},1)','types.FunctionType(f.__code__,{},"x",1)','types.FunctionType(f.__code__,{},kwdefaults=1)','types.FunctionType(f.__code__,{},None,None,(types.CellType(1),))','types.FunctionType(f.__code__,{},zz=1)',
 'types.MethodType()','types.MethodType(1,2)','types.MethodType(f,None)','types.MethodType(f,1,x=2)','c.m.zz','c.m.zz=1','c.m.__doc__=1','c.m.__func__=1',
 'len.__name__=1','len.zz','len.__self__=1','len.__doc__=1','list.append()','list.append(1,2)','list.append.__get__(1)','list.append.zz','type(len)()','type(list.append)()',
 'int.__add__()','int.__add__("a",1)','int.__add__(1)','int.__add__(1,2,3)','int.__add__(1,x=2)','(1).__add__()','(1).__add__(1,2)','(1).__add__(x=1)','int.__repr__(1,2)','list.__setitem__([],1)','f.__get__()','f.__get__(None,None)','f.__get__(None)','f.__get__(1,2,3)','property().__set__(1)','object.__setattr__(int,"a",1)','object.__delattr__(int,"a")','int.__pow__(1)','int.__pow__(1,2,3,4)','type(int.__add__)()','int.__add__.zz','int.__add__.__name__=1','object.__init__()','object.__repr__()',
 'c.s','c.s=1','del c.s','del c.s','c.q=1','c.p=1','del c.p','C.s.__get__(1)','C.s.__set__(1,2)','C.s.__name__=2','C.__dict__["p"].fget=1',
 'property(1,2,3,4,5)','property(zz=1)','property().__get__(1)','property().__set__(1,1)','property().__delete__(1)','property().__name__','property().__set_name__(1)','property.__set_name__()',
 'classmethod()','classmethod(1,2)','classmethod(f,x=1)','classmethod(1).__get__(1)','classmethod(1).__get__(None,int)','staticmethod()','staticmethod(1)()','staticmethod(1).__name__','staticmethod(f).__wrapped__=1','classmethod(f).__func__=1',
 'dict.__dict__["fromkeys"]()','dict.__dict__["fromkeys"](1)','dict.__dict__["fromkeys"](int)','dict.__dict__["fromkeys"].__get__(1)','dict.__dict__["fromkeys"].__get__(None,int)','dict.__dict__["fromkeys"].__get__(None,1)','type(dict.__dict__["fromkeys"])()',
 'type(f).__code__.__get__(1)','type(f).__code__.__set__(1,2)','type(f).__code__.__name__=1','int.real.__set__(1,2)','type(int.real)()','type(C.s)()',
 'super(1)','super(C,1)','super(C,C()).zz','super()','super(1,2,3)','super(C,c,x=1)','super(C).zz','print(super(C))','print(super(C,C))','del super(C,c).x','super(C,c).x=1',
 'types.ModuleType()','types.ModuleType(1)','types.ModuleType("a",b=1)','print(types.ModuleType("a","b").__dict__)','types.ModuleType("a").zz','types.ModuleType("a").__dict__=1','del types.ModuleType("a").zz','types.ModuleType("a").__annotations__=1','del types.ModuleType("a").__annotations__','print(types.ModuleType("a"))','types.ModuleType("a").__annotate__=1','types.ModuleType.__new__(types.ModuleType).zz','print(types.ModuleType.__new__(types.ModuleType))','print(types.ModuleType.__new__(types.ModuleType).__dict__)',
 'type(None)(1)','type(...)(1)','type(NotImplemented)(1)','bool(NotImplemented)','None.x','None.x=1','print(hash(None))','type(None)(x=1)',
 'types.CellType(1,2)','types.CellType().cell_contents','hash(types.CellType())','print(types.CellType(1)<types.CellType(2),types.CellType()<types.CellType(2))','types.CellType(1)<1','types.CellType(x=1)']:
    ex(s)
