a = []; a.append(a); b = []; b.append(b)
def t(f):
    try: print(f())
    except RecursionError: print("RecursionError")
    except Exception as e: print(type(e).__name__, e)
t(lambda: a == a); t(lambda: a == b); t(lambda: a != b); t(lambda: a < b); t(lambda: repr(a)); t(lambda: [a] == [b]); t(lambda: a in b); t(lambda: a.index(b)); t(lambda: b.count(a))
d = {}; d["d"] = d; e = {}; e["d"] = e
t(lambda: d == d); t(lambda: d == e); t(lambda: repr(d)); t(lambda: d["d"] is d); t(lambda: str(d.values())); t(lambda: str(d.items()))
x = ([],); x[0].append(x); y = ([],); y[0].append(y)
t(lambda: x == y); t(lambda: repr(x)); t(lambda: hash(x))
from collections import deque, OrderedDict, defaultdict
q = deque(); q.append(q); q2 = deque(); q2.append(q2); t(lambda: repr(q)); t(lambda: q == q2); t(lambda: q == q)
o = OrderedDict(); o[1] = o; t(lambda: repr(o)); dd = defaultdict(list); dd[1] = dd; t(lambda: repr(dd))
class L(list): pass
l = L(); l.append(l); t(lambda: repr(l)); 
class H:
    def __hash__(self): return hash((self,))
t(lambda: hash(H()))
class R:
    def __repr__(self): return f"R({[self]!r})"
t(lambda: repr(R()))
f = a; a2 = [a, [a]]; t(lambda: repr(a2)); s = slice(a, a); t(lambda: repr(s)); t(lambda: str(ValueError(a))); m = {"k": [d, a]}; t(lambda: repr(m)); t(lambda: f"{a} {d}"); t(lambda: "%r" % (a,)); t(lambda: [*a] == a); t(lambda: a + a == b + b)
import types; ns = types.SimpleNamespace(); ns.me = ns; t(lambda: repr(ns)); p = types.MappingProxyType(d); t(lambda: repr(p)[:40])
