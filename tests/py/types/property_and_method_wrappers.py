# property, classmethod and staticmethod: documentation, names, annotations, subclasses.
class P(property): pass
class PS(property): __slots__=()
def g(self): 'gdoc'
def ng(self): pass
print(property(g).__doc__, property(ng).__doc__, property(g,doc='x').__doc__, P(g).__doc__, P(g,doc='y').__doc__, P(ng).__doc__, P.__doc__, P(g).__dict__)
try: print(PS(g).__doc__)
except Exception as e: print(type(e), e)
try: print(PS(g,doc='x').__doc__)
except Exception as e: print(type(e), e)
p=property(g); q=p.getter(ng); print(q.__doc__); q=property(ng,doc='x').getter(g); print(q.__doc__)
q=p.setter(ng); print(q.__doc__, q.fset is ng, q.fget is g)
p=property(ng); p.__doc__='hey'; print(p.__doc__); print(p.getter(g).__doc__)
class C:
    @property
    def a(self): 'adoc'
    @a.setter
    def a(self,v): pass
    b=P(g)
    class D:
        x=property()
print(C.a.__name__, C.a.__doc__, C.b.__name__, C.D.x.__name__)
try: C.D().x
except AttributeError as e: print(e)
try: C.D().x=1
except AttributeError as e: print(e)
p=property(g); print(p.__name__); p.__name__='zz'; print(p.__name__)
try: del p.__name__; print(p.__name__)
except Exception as e: print(type(e),e)
print(C.a.__isabstractmethod__)
g.__isabstractmethod__=True
print(property(g).__isabstractmethod__, classmethod(g).__isabstractmethod__, staticmethod(g).__isabstractmethod__)
class Bad:
    @property
    def __isabstractmethod__(self): raise RuntimeError('x')
    def __bool__(self): raise RuntimeError('y')
try: print(property(Bad()).__isabstractmethod__)
except Exception as e: print(type(e), e)
p=property.__new__(property); print(p.fget, p.__doc__)
try: print(classmethod(5).__annotations__)
except Exception as e: print(type(e), e)
c=classmethod.__new__(classmethod)
try: print(c.__func__); print(c); c.__get__(None,int)
except Exception as e: print(type(e), e)
print(classmethod[int], staticmethod[int])
class CM(classmethod): pass
print(CM(g), CM(g).__dict__)
def an(a:int)->str: pass
s=staticmethod(an); print(s.__annotations__, list(s.__dict__)); s.__annotations__={'b':1}; print(s.__annotations__, an.__annotations__)
s=staticmethod(an); s.__annotate__=None; print(s.__annotations__, s.__dict__)
s=staticmethod(an)
try: del s.__annotations__
except Exception as e: print(type(e), e)
print(classmethod(property(g)).__dict__)
an.__annotate__=lambda f: 3
try: an.__annotations__
except Exception as e: print(type(e), e)
class M(type): pass
class X(metaclass=M): __slots__=('a','__dict__')
print(X.a, X.__dict__['__dict__'], X.__dict__['a'].__doc__)
x=X()
try: x.a
except AttributeError as e: print(e, e.name, e.obj is x)
try: X.a.__delete__(x)
except AttributeError as e: print(e, e.name, e.obj)
try: X.a.__get__(None,None)
except Exception as e: print(e)
print(X.a.__get__(None,X))
print(property.__init__(property(), g), p.__set__)
try: property().__get__()
except Exception as e: print(e)
print(staticmethod(g)(3))
print(property.fget, property.__isabstractmethod__, property.__name__, type(property.__dict__['__name__']))
def h(): pass
h.__doc__=3
print(property(h).__doc__)
class Y:
    __slots__={'a':'adoc','b':'bdoc'}
print(Y.a.__doc__)
