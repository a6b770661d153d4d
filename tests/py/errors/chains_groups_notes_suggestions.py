import sys
def show(f):
    try: f()
    except BaseException as e:
        sys.excepthook(type(e), e, e.__traceback__)
def sx(*a):
    e = SyntaxError(*a); sys.excepthook(SyntaxError, e, None)
    print("--", file=sys.stderr)
sx(); sx("m"); sx("m", ("f.py", 1, 1, "abc")); sx("m", ("f.py", 3, 5, "  a b c d\n")); sx("m", ("f.py", 3, 5, "  a b c d\n", 3, 8)); sx("m", ("f.py", 3, 5, "  a b c d\n", 4, 8)); sx("m", (None, 3, 5, "  a b c d\n", 3, 8)); sx("m", ("f.py", None, 5, "abc")); sx("m", ("f.py", 1, None, "abc")); sx("m", ("f.py", 1, "x", "abc")); sx("m", ("f.py", 1, 100, "abc", 1, 200)); sx("m", ("f.py", 1, 0, "abc")); sx("m", ("f.py", 1, -5, "abc", 1, -3)); sx("m", ("f.py", "3", 2, "\tabc\td", "3", 4)); sx("m", ("f.py", 1, 2, "", 1, 3)); sx("m", ("f.py", 1, 3, "日本語x", 1, 4)); sx("", ("f.py", 1, 3, "x")); sx("m", ("f.py", 1, 3, None)); sx("m", ("f.py", 1, 3, 5)); sx(None, ("f", 1, 1, "t")); sx(5, ("f", 1, 1, "t")); sx("a\nb", ("f", 1, 1, "t"))
try: compile("x = = 1", "<s>", "exec")
except SyntaxError as e: e.add_note("note"); sys.excepthook(SyntaxError, e, None)
def raise_(e): raise e
def chain():
    try:
        try: 1/0
        except ZeroDivisionError as e: raise KeyError("k") from e
    except KeyError: raise ValueError("v")
show(chain)
def none():
    try: 1/0
    except ZeroDivisionError as e: raise KeyError("k") from None
show(none)
def both():
    try: 1/0
    except ZeroDivisionError as e: raise KeyError("k") from TypeError("t")
show(both)
def group():
    try:
        try: 1/0
        except ZeroDivisionError as e: raise ExceptionGroup("g", [ValueError("a\nb"), ExceptionGroup("h", [KeyError(1), OSError(2, "x")]), SyntaxError("m", ("f", 1, 1, "t"))])
    except ExceptionGroup as g:
        g.add_note("n1\nn2"); g.exceptions[0].add_note("inner")
        g.exceptions[0].__cause__ = TypeError("cause")
        raise
show(group)
def deep():
    e = ValueError("x")
    for i in range(15): e = ExceptionGroup("g%d" % i, [e])
    raise e
show(deep)
show(lambda: raise_(ExceptionGroup("w", [ValueError(i) for i in range(20)])))
show(lambda: raise_(ExceptionGroup("w", [ValueError(i) for i in range(16)])))
show(lambda: raise_(BaseExceptionGroup("w", [KeyboardInterrupt(), ExceptionGroup("z", [ValueError(i) for i in range(17)])])))
class A:
    blah = 1
    _private = 2
    def m(self): return self.blahh
    def n(self): return self._privat
    def o(self): return self.privat
    def p(self): return blah
    def q(self): return bla_h
class M(Exception): __module__ = 5
class Q(Exception): __module__ = "x.y"
a = A()
def names():
    variable_name = 1
    return varable_name
for f in (a.m, a.n, a.o, a.p, a.q, names, lambda: a.bla, lambda: A.blahh, lambda: [].apend, lambda: pritn, lambda: collection, lambda: math, lambda: sy, lambda: asyncio.run, lambda: "".foo, lambda: (1).reel, lambda: tim, lambda: raise_(M("m")), lambda: raise_(Q("m")), lambda: raise_(Q), lambda: raise_(NameError("x", name="pritn")), lambda: raise_(NameError("x", name=5)), lambda: raise_(AttributeError("x", name="blahh", obj=a)), lambda: raise_(AttributeError("x", name="blahh")), lambda: raise_(ImportError("x", name="sys", name_from="argvv")), lambda: raise_(ImportError("x", name="nonexist_", name_from="argvv")), lambda: sys.argvv, lambda: sys.pth): show(f)
try: from sys import argvv
except ImportError as e: sys.excepthook(ImportError, e, e.__traceback__)
class Bad:
    def __dir__(self): return 5
class Bad2:
    def __getattr__(self, n): raise AttributeError(n)
    def __dir__(self): return ["foo", 5, "bar"]
show(lambda: Bad().x); show(lambda: Bad2().fop); show(lambda: raise_(AttributeError("q", name="fop", obj=Bad2())))
e = ValueError("n"); e.__notes__ = ["a", 5, None, "b\nc"]; show(lambda: raise_(e))
e = ValueError("n"); e.__notes__ = ("t", "u"); show(lambda: raise_(e))
e = ValueError("n"); e.__notes__ = b"bytes"; show(lambda: raise_(e))
e = ValueError("n"); e.__notes__ = {"a": 1}; show(lambda: raise_(e))
e = ValueError("n"); e.__notes__ = None; show(lambda: raise_(e))
class BN(Exception):
    @property
    def __notes__(self): raise RuntimeError("no notes")
show(lambda: raise_(BN("bn")))
class BR:
    def __repr__(self): 1/0
    __str__ = __repr__
e = ValueError(BR()); e.__notes__ = [BR()]; show(lambda: raise_(e)); e.__notes__ = BR(); show(lambda: raise_(e))
show(lambda: raise_(ValueError("\ud800 surrogate"))) 
def rec(n): return rec(n-1) if n else 1/0
show(lambda: rec(10))
def r1(n): return r2(n-1)
def r2(n): return r1(n) if n else 1/0
show(lambda: r1(5))
sys.tracebacklimit = 2; show(lambda: rec(5)); sys.tracebacklimit = 0; show(lambda: rec(2)); sys.tracebacklimit = -1; show(lambda: rec(2)); sys.tracebacklimit = 100; show(lambda: rec(2)); del sys.tracebacklimit
x = ValueError("a"); y = ValueError("b"); x.__cause__ = y; y.__cause__ = x; show(lambda: raise_(x))
x = ValueError("a"); y = ValueError("b"); x.__context__ = y; y.__context__ = x; show(lambda: raise_(x))
x = ValueError("a"); x.__cause__ = x; show(lambda: raise_(x))
g = ExceptionGroup("g", [x]); x.__cause__ = g; show(lambda: raise_(g))
