class A:
    def __init__(self, x): pass
    def m(self, a): pass
    def no_self(): pass
    @classmethod
    def c(cls, a): pass
    @staticmethod
    def s(a): pass
    def __call__(self, q): pass
class Plain: pass
class NewOnly:
    def __new__(cls, a): return object.__new__(cls)
class Both:
    def __new__(cls, *a): return object.__new__(cls)
    def __init__(self): pass
class BadInit:
    def __init__(self): return 5
def attempt(f):
    try: print(f())
    except TypeError as e: print(e)
a = A(1)
for src in """A()|A(1, 2)|A(x=1, y=2)|a.m()|a.m(1, 2)|a.no_self()|A.m()|A.m(1)|A.m(a)|A.c()|A.c(1, 2)|A.s()|A.s(1, 2)|a()|a(1, 2)|Plain(1)|Plain(x=1)|NewOnly()|NewOnly(1, 2)|Both(1)|BadInit()|a.m(b=1)|object.__init__(a, 1)|object.__init__(Plain(), 1)|object.__new__(Plain, 1)|object.__new__(5)|object.__new__(int)|int.__new__(str)|int.__new__()|int.__new__(A)|list.__new__(int)|Plain.__new__(Plain, 1)|list.append([1])|list.append(5, 1)|list.append()|str.upper()|str.upper(5)|int.__add__(1)|int.__add__("a", 1)|(1).__add__()|(1).__add__(1, 2)|dict.get({}, 1, 2, 3)|type.mro()|A.__call__()|a.m.__call__()|len.__call__()""".split("|"):
    attempt(lambda: (src, eval(src)))
class Call:
    __call__ = 5
attempt(lambda: Call()())
c = Plain(); c.__call__ = lambda: 1
attempt(lambda: c())
class Part:
    def __get__(self, o, t): return lambda: "descriptor call"
class UseD: __call__ = Part()
attempt(lambda: UseD()())
class NewOther:
    def __new__(cls): return 5
    def __init__(self): print("not called")
attempt(lambda: NewOther())
class NewSub:
    def __new__(cls): return object.__new__(Sub)
    def __init__(self): print("init of", type(self).__name__)
class Sub(NewSub): pass
attempt(lambda: type(NewSub()).__name__)
