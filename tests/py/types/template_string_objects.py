# Template and Interpolation objects (PEP 750).
from string.templatelib import Template, Interpolation, convert
def t(s):
    try: print(s,'=>', eval(s,globals()))
    except BaseException as e: print(s,'=>',type(e).__name__, e)
x=5; nm='w'
T=t"a{x}b{nm!r:>{x}}"
for s in ['T','T.strings','T.values','T.interpolations','list(T)','Template()','Template("a","b")','Template("a",Interpolation(1))','Template(Interpolation(1),Interpolation(2)).strings','Template(1)','Template(x=1)','Template("a","b").strings','T+T','(T+T).strings','T+"x"','"x"+T','T+1','T==T','hash(T)==hash(T)','Interpolation(1)','Interpolation()','Interpolation(1,"e","r","s")','Interpolation(1,"e","z")','Interpolation(1,2)','Interpolation(1,"e",3)','Interpolation(1,"e",None,3)','Interpolation(1,"e","rr")','Interpolation(value=1,expression="q",conversion="s",format_spec="d")','Interpolation(1,zz=1)','Interpolation(1).conversion','Interpolation.__match_args__','Template.__match_args__','Interpolation(1)==Interpolation(1)','T.x','setattr(T,"strings",1)','setattr(Interpolation(1),"value",1)','iter(T)','next(iter(T))','type(iter(T))','T.__reduce__()','Interpolation(1,"e","r","s").__reduce__()','Template[int]','Interpolation[int]','repr(t"")','list(t"")','list(t"{x}")','(t"{x}").strings','t"{x=}".strings','t"{x=}".interpolations','t"{x=!s}".interpolations','t"{x:{x}d}".interpolations','bool(t"")','len(T)','T[0]','type(iter(T))()','t"a" t"b"','t"a" + t"b{x}"','str(T)[:30]','T.__class__','Template.__module__','Template.__iter__','Interpolation(1,"e",None).__reduce__()','Template(*["a"]*3)','iter(T).__iter__()','T*2','Interpolation.value','Template.strings']: t(s)
try:
    class X(Template): pass
except TypeError as e: print(e)
try:
    class X(Interpolation): pass
except TypeError as e: print(e)
match Interpolation(1,'e','r','s'):
    case Interpolation(a,b,c,d): print(a,b,c,d)
