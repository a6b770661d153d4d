def s(f):
    try: return f()
    except Exception as e: return f"{type(e).__name__}: {e}"
def sub(): yield "s"
def g(a):
    b = 1
    yield a
    yield from sub()
    yield gen.gi_running, gen.gi_frame is not None
gen = g(5)
def show(): print(gen.gi_running, gen.gi_suspended, gen.gi_frame and gen.gi_frame.f_lineno - g.__code__.co_firstlineno, gen.gi_frame and sorted(gen.gi_frame.f_locals.items()), gen.gi_yieldfrom and gen.gi_yieldfrom.__name__, gen.gi_code is g.__code__)
show(); print(next(gen)); show(); print(next(gen)); show(); print(next(gen)); show(); print(next(gen, "end")); show()
print(gen.__name__, gen.__qualname__, type(gen), repr(gen).split(" at ")[0], (x for x in []).__name__, (lambda: (yield))().__qualname__)
gen.__name__ = "renamed"; gen.__qualname__ = "Q"; print(gen.__name__, repr(gen).split(" at ")[0])
for a, v in (("__name__", 5), ("__qualname__", None), ("gi_frame", 1), ("gi_running", True), ("gi_code", 1), ("gi_yieldfrom", 1), ("new", 1)): print(a, s(lambda: setattr(gen, a, v)))
print(s(lambda: type(gen)()), s(lambda: g(1).__next__(5)), gen.__iter__() is gen, hasattr(gen, "__len__"), gen.__class__.__name__, s(lambda: type("X", (type(gen),), {})))
def reenter():
    yield s(lambda: next(r)), s(lambda: r.send(1)), s(lambda: r.throw(ValueError)), s(lambda: r.close()), s(lambda: list(r))
r = reenter(); print(next(r)); print(s(lambda: next(r)))
def viaproxy(): yield from it
it = viaproxy(); print(s(lambda: next(it)))
def outer_yf(): yield from inner_list
inner_list = iter([1, 2]); o = outer_yf(); print(o.gi_yieldfrom, next(o), o.gi_yieldfrom is inner_list); o.close(); print(o.gi_frame, o.gi_yieldfrom, o.gi_suspended)
def fail(): yield 1; raise ValueError
f = fail(); next(f); s(lambda: next(f)); print(f.gi_frame, f.gi_running, f.gi_suspended)
import inspect
q = g(1); print(inspect.getgeneratorstate(q)); next(q); print(inspect.getgeneratorstate(q), inspect.getgeneratorlocals(q)); q.close(); print(inspect.getgeneratorstate(q))
print(g.__code__.co_flags & inspect.CO_GENERATOR, inspect.isgeneratorfunction(g), inspect.isgenerator(q), bool((x for x in []).gi_code.co_flags & 0x20))
