# Functions, methods, slots, property and super through caches that must notice changes.
import types
def dec(f): return f
def f(a,b=2,*,c=3): 
    return a,b,c
g=types.FunctionType(f.__code__,{'__builtins__':{}}, 'gg',(7,),None,{'c':9})
print(g(1), g.__name__, g.__module__, g.__builtins__)
f.__defaults__=(5,); print(f(1)); f.__kwdefaults__={'c':8}; print(f(1)); f.__defaults__=None
try: f()
except TypeError as e: print(e)
def h(x,y): return x*y
for _ in range(50): r=f(1,2)
f.__code__=h.__code__
print(f(3,4), f.__name__)
m=types.MethodType(h,5); print(m(6), m==types.MethodType(h,5), hash(m)==hash(types.MethodType(h,5)), m.__func__ is h)
class C:
    __slots__=('a','b')
    def __init__(s): s.a=1
c=C()
for _ in range(50): c.a; c.a=2
try: c.b
except AttributeError as e: print(e)
class P:
    n=0
    @property
    def x(self): P.n+=1; return P.n
    @x.setter
    def x(self,v): self.v=v
p=P()
for _ in range(50): p.x
p.x=9; print(p.v,p.x)
class S:
    def __init__(self): self.log=[]
    def run(self): self.log.append('S'); return self.log
class T1(S):
    def run(self): self.log.append('T1'); return super().run()
class T2(S):
    def run(self): self.log.append('T2'); return super().run()
class U(T1,T2):
    def run(self): return super().run()
    @classmethod
    def make(cls): return super().__new__(cls)
    @staticmethod
    def st(): 
        try: super()
        except RuntimeError as e: return str(e)
    @property
    def z(self): return super().run
for _ in range(30): r=U().run()
print(r, type(U.make()).__name__, U.st(), U().z.__name__)
def outer():
    x=1
    def inner(): return x
    return inner
i=outer(); print(i.__closure__[0].cell_contents); i.__closure__[0].cell_contents=5; print(i()); del i.__closure__[0].cell_contents
try: i()
except NameError as e: print(e)
def ann(a: int, b: 'str'=1) -> undefined_thing: pass
try: ann.__annotations__
except NameError as e: print(e)
undefined_thing=3
print(ann.__annotations__, ann.__annotate__(1))
