import gc, weakref
gc.disable()
class Node:
    def __init__(self, n): self.n = n
def check(name, make):
    r = make(); alive = r() is not None; gc.collect(); print(name, alive, r() is None)
def self_ref(): a = Node(1); a.me = a; return weakref.ref(a)
def two(): a, b = Node(1), Node(2); a.o, b.o = b, a; return weakref.ref(a)
def via_list(): a = Node(1); a.l = [a]; return weakref.ref(a)
def via_dict(): a = Node(1); a.d = {"k": a}; return weakref.ref(a)
def via_dict_key(): a = Node(1); a.d = {a: 1}; return weakref.ref(a)
def via_tuple(): a = Node(1); a.t = (a, 1); return weakref.ref(a)
def via_set(): a = Node(1); a.s = {a}; a.f = frozenset([a]); return weakref.ref(a)
def via_closure():
    a = Node(1)
    def f(): return a
    a.f = f; return weakref.ref(a)
def via_method(): a = Node(1); a.m = a.__init__; return weakref.ref(a)
def via_class():
    class C: pass
    C.me = C(); return weakref.ref(C)
def via_gen():
    a = Node(1)
    def g(): yield a; yield a
    a.g = g(); next(a.g); return weakref.ref(a)
def via_exc():
    a = Node(1)
    try: raise ValueError(a)
    except ValueError as e: a.e = e
    return weakref.ref(a)
def via_frame():
    import sys
    a = Node(1); a.f = sys._getframe(); return weakref.ref(a)
def via_iter(): a = Node(1); a.i = iter([a]); a.e = enumerate([a]); a.z = zip([a]); a.m = map(lambda x: a, []); return weakref.ref(a)
def via_coro():
    a = Node(1)
    async def c(): return a
    a.c = c(); a.c.close(); return weakref.ref(a)
def via_default():
    a = Node(1)
    def f(x=a): pass
    a.f = f; return weakref.ref(a)
def via_property():
    a = Node(1)
    class P: p = property(lambda s: a)
    a.k = P; return weakref.ref(a)
def via_deque():
    from collections import deque, defaultdict, OrderedDict
    a = Node(1); a.q = deque([a]); a.d = defaultdict(lambda: a); a.o = OrderedDict(x=a); return weakref.ref(a)
def via_partial():
    from functools import partial
    a = Node(1); a.p = partial(print, a); return weakref.ref(a)
def via_slots():
    class S: __slots__ = ("x", "__weakref__")
    s = S(); s.x = [s]; return weakref.ref(s)
def long_chain():
    first = n = Node(0)
    for i in range(20_000): n.next = Node(i); n = n.next
    n.next = first; return weakref.ref(first)
for f in self_ref, two, via_list, via_dict, via_dict_key, via_tuple, via_set, via_closure, via_method, via_class, via_gen, via_exc, via_frame, via_iter, via_coro, via_default, via_property, via_deque, via_partial, via_slots, long_chain: check(f.__name__, f)
keep = two(); l = [keep()]; gc.collect(); print("reachable survives", keep() is not None, l[0].o.o is l[0])
l.clear(); gc.collect(); print(keep() is None)
def not_garbage(): a = Node(1); b = Node(2); a.o = b; r = weakref.ref(b); del b; gc.collect(); print("held", r() is not None); del a; print("freed at once", r() is None)
not_garbage(); print(gc.isenabled()); gc.enable(); print(gc.isenabled())
