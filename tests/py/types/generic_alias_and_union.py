# list[int] and int | str: parameters, substitution, text, attributes, instance checks.
import types,typing
from typing import TypeVar,ParamSpec,TypeVarTuple,Union,Generic,Unpack
G=types.GenericAlias
def t(s):
    try: print(s,'=>', eval(s,globals()))
    except BaseException as e: print(s,'=>',type(e).__name__, e)
T=TypeVar('T');S=TypeVar('S');P=ParamSpec('P');Ts=TypeVarTuple('Ts')
class C: 
    class D: pass
    __class_getitem__=classmethod(G)
class N: __slots__=()
for s in ['G(list,int)','G()','G(list)','G(list,int,x=1)','G(list,(int,str))','list[int]','list[int,str]','tuple[()]','tuple[int,...]','list[None]','list[type(None)]','list["x"]','list[C]','list[C.D]','list[[int,str]]','C[[int],str]','list[T]','list[T][int]','dict[T,S][int,str]','dict[T,S][int]','dict[T,T][int]','dict[T,T].__parameters__','list[int][str]','dict[T,S][int,str,int]','list[list[T]][int]','list[list[T]].__parameters__','dict[str,T|None].__parameters__','dict[str,T|None][int]','C[P]','C[P].__parameters__','C[P][int,str]','C[P][[int,str]]','C[T,P][int,[str]]','C[T,P][int,...]','C[*Ts]','C[*Ts].__parameters__','C[*Ts][int,str]','C[T,*Ts][int]','C[T,*Ts][int,str,float]','C[T,*Ts][()]','C[*Ts,T][int,str]','tuple[*Ts][*tuple[int,str]]','tuple[*tuple[int,...]]','tuple[*Ts][*tuple[int,...]]','C[[T,S],T][int,str]',
 'list[int]==list[int]','list[int]==list[str]','list[int]!=list[int]','list[int]<list[int]','hash(list[int])==hash(list[int])','list[int].__origin__','list[int].__args__','list[int].__parameters__','list[int].__unpacked__','list[int].__class__','type(list[int])','list[int].append','list[int].__bases__','list[int].zz','list[int].__mro_entries__(())','list[int]()','list[int]((1,2))','isinstance([],list[int])','issubclass(list,list[int])','next(iter(list[int]))','list(iter(tuple[int,str]))[0].__unpacked__','list(iter(tuple[int,str]))[0].__typing_unpacked_tuple_args__','list[int].__typing_unpacked_tuple_args__','list[int]|None','None|list[int]','list[int].__reduce__()','next(iter(list[int])).__reduce__()[0]','sorted(set(dir(list[int]))-set(dir(list)))','C[int]().__orig_class__','N','G(N,int)()','list[int].__copy__','G(int,int).__qualname__','list[int].__name__','G("a","b")','G(1,2)','list[1]','list[...]','tuple[(int,str)]','type[int]','list[lambda:1].__args__[0].__name__','dict[int]','class_ if 0 else list[C][int]','list[int].x','setattr(list[int],"x",1)','G.__getitem__','G.__call__','G.__or__','len(list[int])','G.__class_getitem__','list[list]','list[list[int]]','list[int|str]','list[typing.Any]','list[typing.Optional[int]]','list[T]|S','(list[T]|S).__parameters__','(list[T]|S)[int,str]','memoryview[int]']: t(s)
print('---union')
U=int|str
for s in ['U','type(U)','Union[int,str]','Union[int,str]==U','Union[str,int]==U','hash(Union[str,int])==hash(U)','int|int','int|str|int','(int|str)|(str|float)','int|None','None|int','Union[int,None]','Union[int]','Union[()]','Union[None]','Union["x",int]','Union["x",int].__args__','int|"x"','"x"|int','int|5','5|int','None|None','U.__args__','U.__parameters__','U.__origin__','U.__name__','U.__qualname__','U.__module__','(int|T).__parameters__','(int|T)[str]','(int|T)[int]','(T|S)[int,str]','U[int]','isinstance(1,U)','isinstance(1.0,U)','isinstance(None,int|None)','issubclass(int,U)','issubclass(float,U)','isinstance(1,list[int]|int)','isinstance(1.0,list[int]|int)','isinstance(1,int|list[int])','issubclass(int,list[int]|str)','isinstance(1,Union[int,"x"])','U()','Union()','Union(1)','U.x','setattr(U,"x",1)','U==5','U<U','U.__mro_entries__(())','U.__reduce__()','Union','types.UnionType is Union','int|list[int]','list[int]|int','int|typing.Any','typing.Any|int','typing.List[int]|int','int|typing.List[int]','int|T','T|int','T|"x"','"x"|T','int|Ts','Ts|int','P|int','int|P','int|typing.Optional[str]','Union[int,str]|float','Union[list[int],list[int]]','Union[1,2]','Union[[],int]','int|type(None)','typing.Optional[int]','typing.Optional[int]==(int|None)','bool|int|bool','True|False','int|NotImplemented','Union[int,str].__class__','Union[int, Union[str,float]]','(int|str)[...]','C|None','C.D|C','U|U','repr(Union["x",int])','Union[{1:2}.__class__,int]','Union[*Ts]','Union[*Ts].__parameters__','Union[*Ts][int,str]','int|(lambda:1)','Union[lambda:1,int].__args__[1]','typing.get_args(U)','typing.get_origin(U)','{U:1}[str|int]','int.__or__(int,str)','type.__or__(int,str)','type.__ror__(int,str)']: t(s)
try:
    class X(U): pass
except TypeError as e: print(e)
class Meta(type):
    def __or__(a,b): return 'mine'
class W(metaclass=Meta): pass
print(W|int, int|W)
class E(list[int]): pass
print(E.__bases__, E.__orig_bases__)
