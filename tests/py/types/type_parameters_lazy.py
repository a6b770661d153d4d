# Type parameters, type aliases and Generic: construction, lazy evaluation, substitution, errors.
import typing,types,_typing
from typing import TypeVar,ParamSpec,TypeVarTuple,TypeAliasType,Generic,Unpack,NoDefault,ParamSpecArgs
def t(s):
    try: print(s,'=>', eval(s,globals()))
    except BaseException as e: print(s,'=>',type(e).__name__, e)
T=TypeVar('T')
P=ParamSpec('P'); Ts=TypeVarTuple('Ts')
class G1[T]: pass
def f1[T:int,S:(int,str),U=float,*Us=*tuple[int],**Q=[int]](): pass
A,B,CC,D,Q=f1.__type_params__
type Al[X]=list[X]
type Al2=int
for s in ['T','TypeVar("T",covariant=True)','TypeVar("T",contravariant=True)','TypeVar("T",infer_variance=True)','A','TypeVar()','TypeVar(1)','TypeVar("T",int)','TypeVar("T",int,str)','TypeVar("T",int,str,bound=int)','TypeVar("T",covariant=True,contravariant=True)','TypeVar("T",covariant=True,infer_variance=True)','TypeVar("T",bound=int).__bound__','TypeVar("T",bound=int).__constraints__','TypeVar("T",int,str).__constraints__','TypeVar("T").__bound__','TypeVar("T").__default__','TypeVar("T").has_default()','TypeVar("T",default=int).__default__','TypeVar("T",default=None).has_default()','TypeVar("T",x=1)','T.__name__','T.__covariant__','T.__infer_variance__','A.__infer_variance__','A.__bound__','B.__constraints__','CC.__default__','CC.evaluate_default','A.evaluate_bound','B.evaluate_constraints','A.evaluate_default','A.evaluate_constraints','CC.evaluate_default(1)','CC.evaluate_default(3)','CC.evaluate_default(4)','CC.evaluate_default(2)','TypeVar("T",bound=int).evaluate_bound','TypeVar("T",bound=int).evaluate_bound(1)','TypeVar("T",bound=int).evaluate_bound(4)','TypeVar("T",bound=int).evaluate_bound(2)','TypeVar("T",bound=int).evaluate_bound()','TypeVar("T",bound=list[int]).evaluate_bound(4)','TypeVar("T",int,str).evaluate_constraints(4)','D','D.__default__','Q','Q.__default__','T.__module__','A.__module__','T.__reduce__()','T.__typing_subst__(int)','T.__typing_subst__(1)','T.__typing_subst__("x")','T.__typing_subst__(*Ts)','T.__mro_entries__(())','T()','T[int]','T.x','setattr(T,"x",1)','T.x','T.__dict__','setattr(T,"__name__",1)','setattr(T,"__bound__",1)','isinstance(1,T)','type(T)','TypeVar.__module__','TypeVar("T",bound=1)','TypeVar("T",bound="x").__bound__','hash(T)==hash(T)','T==T','T<T',
 'ParamSpec()','ParamSpec(1)','P','P.args','P.kwargs','P.args.__origin__','P.args==P.args','P.args==P.kwargs','hash(P.args)==hash(P.args)','type(P.args)','P.__name__','P.__bound__','P.__default__','P.has_default()','P.__covariant__','P.__typing_subst__([int])','P.__typing_subst__((int,))','P.__typing_subst__(...)','P.__typing_subst__(1)','P.__typing_prepare_subst__(list[T],(int,))','ParamSpec("P",bound=int).__bound__','ParamSpec("P",default=[int]).__default__','P.__mro_entries__(())','P.args.__mro_entries__(())','P.kwargs.__mro_entries__(())','P.__reduce__()','ParamSpecArgs(1)','ParamSpecArgs(1).__origin__','ParamSpecArgs()','ParamSpec("P",covariant=True)',
 'Ts','TypeVarTuple()','TypeVarTuple(1)','Ts.__name__','Ts.__default__','Ts.has_default()','next(iter(Ts))','list(Ts)','Ts.__typing_subst__(1)','Ts.__mro_entries__(())','TypeVarTuple("T",default=Unpack[tuple[int]])','TypeVarTuple("T",default=Unpack[tuple[int]]).__default__','Ts|int','Ts.__reduce__()','Ts.evaluate_default',
 'Al','type(Al)','Al.__name__','Al.__value__','Al.__type_params__','Al.__parameters__','Al[int]','Al[int].__value__','type(Al[int])','Al2','Al2[int]','Al2.__value__','Al2.__parameters__','Al2.__module__','Al2|int','int|Al2','Al.evaluate_value','Al2.evaluate_value(1)','Al2.evaluate_value(4)','TypeAliasType("X",int)','TypeAliasType("X",int).__value__','TypeAliasType("X",int).evaluate_value(4)','TypeAliasType("X",list[T],type_params=(T,))[int]','TypeAliasType("X",int,type_params=[T])','TypeAliasType("X",int,type_params=(1,))','TypeAliasType()','TypeAliasType(1,2)','TypeAliasType("X",int,type_params=(TypeVar("Q",default=int),T))','Al.x','setattr(Al,"x",1)','setattr(Al,"__name__",1)','setattr(Al,"__value__",1)','Al.__reduce__()','Al()','iter(Al)','next(iter(Al))','isinstance(1,Al2)','Al==Al','dir(Al2)','Al2.__qualname__',
 'Generic','Generic()','Generic[T]','Generic[int]','Generic[()]','Generic[T,T]','Generic[P]','Generic[*Ts]','Generic.__module__','G1[int]','G1[int,str]','G1.__orig_bases__','G1.__parameters__','G1.__type_params__','G1.__bases__','G1.__mro__','G1[int]()','G1()','dir(Generic)==dir(object)','_typing.NoDefault','type(_typing.NoDefault)','_typing._idfunc(3)','type(NoDefault)()','type(NoDefault)(1)','NoDefault.__reduce__()','NoDefault.x','bool(NoDefault)','types.GenericAlias(Al2,(int,))']: t(s)
class G2(Generic[T]): pass
print(G2[int], G2.__parameters__, G2.__orig_bases__, G2[int].__origin__, isinstance(G2[int](),G2))
try:
    class Bad(Generic): pass
except TypeError as e: print(e)
try:
    class Bad2(G2[T], Generic[int]): pass
except TypeError as e: print(e)
class G3[T,*Ts,**P](G2[T]): pass
print(G3.__parameters__, G3.__orig_bases__, G3.__bases__)
try: 
    class TT(TypeVar): pass
except TypeError as e: print(e)
try: 
    class TT(T): pass
except TypeError as e: print(e)
def g[T: undefined_name](): pass
try: g.__type_params__[0].__bound__
except NameError as e: print(e)
cnt=0
def boom():
    global cnt; cnt+=1; return int
def g2[T: boom()](): pass
v=g2.__type_params__[0]; v.__bound__; v.__bound__; print(cnt)
print(repr(f1.__type_params__))
type Rec=list[Rec]
print(Rec.__value__)
