from contextlib import contextmanager, ExitStack, suppress, closing, nullcontext, redirect_stdout
@contextmanager
def cm(n, swallow=False):
    print("enter", n)
    try: yield n
    except ValueError as e:
        print("saw", e)
        if not swallow: raise
    finally: print("exit", n)
with cm("a") as x: print(x)
with cm("b", True): raise ValueError("swallowed")
try:
    with cm("c"): raise ValueError("escapes")
except ValueError as e: print("out", e)
@cm("deco")
def f(): return "value"
print(f(), f())
def t(fn):
    try: fn()
    except Exception as e: print(type(e).__name__, e)
@contextmanager
def none():
    if False: yield
@contextmanager
def two(): yield 1; yield 2
@contextmanager
def two_after():
    try: yield
    except KeyError: yield
@contextmanager
def replaces():
    try: yield
    except ValueError: raise KeyError("replaced")
@contextmanager
def stop(): yield; raise StopIteration("s")
def use(c, exc=None):
    with c:
        if exc: raise exc
t(lambda: use(none())); t(lambda: use(two())); t(lambda: use(two_after(), KeyError())); t(lambda: use(replaces(), ValueError())); t(lambda: use(stop())); t(lambda: use(cm("x"), StopIteration("body"))); t(lambda: use(cm("x"), RuntimeError("rt")))
one = cm("once"); use(one); t(lambda: use(one))
with ExitStack() as st:
    a = st.enter_context(cm("s1")); st.callback(print, "cb", a); st.push(lambda *e: print("push", e[0])); st.enter_context(cm("s2"))
try:
    with ExitStack() as st: st.enter_context(cm("t1", True)); st.enter_context(cm("t2")); raise ValueError("through")
    print("swallowed by t1")
except ValueError: print("no")
with suppress(KeyError, IndexError): [][1]
with suppress(): pass
class C:
    def close(self): print("closed")
with closing(C()) as c, nullcontext("n") as n: print(n)
def gen():
    try: yield 1; yield 2
    finally: print("gen closed")
with closing(gen()) as g: print(next(g))
