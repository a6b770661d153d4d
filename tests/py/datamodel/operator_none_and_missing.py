class A:
    __eq__ = None
    __iter__ = None
    __contains__ = None
    __bool__ = None
    __hash__ = None
    __len__ = None
    __enter__ = None
    __call__ = None
    __add__ = None
    __radd__ = None
    __getattr__ = None
    __format__ = None
    __lt__ = None
    __reversed__ = None
    __index__ = None
a = A()
def attempt(n, f):
    try: print(n, f())
    except Exception as e: print(n, type(e).__name__, e)
attempt("eq", lambda: a == 1); attempt("ne", lambda: a != 1); attempt("iter", lambda: iter(a)); attempt("in", lambda: 1 in a); attempt("bool", lambda: bool(a)); attempt("hash", lambda: hash(a)); attempt("len", lambda: len(a)); attempt("call", lambda: a()); attempt("add", lambda: a + 1); attempt("radd", lambda: 1 + a); attempt("getattr", lambda: a.zz); attempt("format", lambda: f"{a}"); attempt("lt", lambda: a < 1); attempt("gt", lambda: 1 > a); attempt("reversed", lambda: reversed(a)); attempt("index", lambda: [1][a])
class B:
    def __add__(self): pass
    def __len__(self, x): pass
    def __getitem__(self): pass
    def __iter__(): pass
b = B()
attempt("add", lambda: b + 1); attempt("len", lambda: len(b)); attempt("getitem", lambda: b[0]); attempt("iter", lambda: iter(b))
class C:
    __len__ = 5
    __add__ = "x"
    __iter__ = lambda *a: iter([len(a)])
    __getitem__ = dict(a=1).get
    __call__ = staticmethod(lambda *a: a)
    __contains__ = classmethod(lambda cls, x: (print(cls.__name__, x), True)[1])
c = C()
attempt("len", lambda: len(c)); attempt("add", lambda: c + 1); attempt("iter", lambda: list(c)); attempt("item", lambda: c["a"]); attempt("call", lambda: c(1, 2)); attempt("contains", lambda: 5 in c)
