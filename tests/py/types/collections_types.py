from collections import deque, Counter, defaultdict, OrderedDict
d = deque([1, 2, 3], maxlen=4); d.append(4); d.append(5); d.appendleft(0); print(d, d.maxlen, d.pop(), d.popleft(), d, d.rotate(1), d, d.extend("ab"), d.extendleft("xy"), d, d[0], d[-1], len(d), d.index("a") if "a" in d else "", d.count("x"), d.reverse(), d)
e = deque("abc"); e.insert(1, "z"); e.remove("b"); del e[0]; e[0] = "Q"; print(e, e + deque("d"), e * 2, e == deque(["Q", "c"]), e < deque("z"), list(reversed(e)), e.copy(), deque(), bool(deque()), repr(deque([1], 0)))
def s(f):
    try: print(f())
    except Exception as x: print(type(x).__name__, x)
s(lambda: deque().pop()); s(lambda: deque().popleft()); s(lambda: deque([1])[5]); s(lambda: deque(maxlen=-1)); s(lambda: deque(maxlen="a")); s(lambda: deque([1]).remove(2)); s(lambda: deque([1]).index(2)); s(lambda: deque(5)); s(lambda: hash(deque())); s(lambda: deque([1], 1).insert(0, 2)); s(lambda: deque() + []); s(lambda: deque([1])["a"])
def it():
    q = deque([1, 2])
    for x in q: q.append(x)
s(it)
c = Counter("abracadabra"); print(c.most_common(2), c["a"], c["zz"], c.total(), c + Counter("a"), c - Counter("aaaaa"), Counter(a=3) & Counter(a=1, b=2), Counter(a=1) | Counter(b=2), list(Counter(a=2, b=1).elements()), +Counter(a=-1, b=1), Counter({"x": 0}), Counter(), Counter([1, 1, 2]) == Counter({1: 2, 2: 1}), Counter(a=1) <= Counter(a=2))
c = Counter(a=1); c.update("ab"); c.subtract("b"); print(c, c.pop("a"), c)
dd = defaultdict(list); dd["k"].append(1); print(dd, dd.get("z"), dd["new"], len(dd), dd.default_factory, dd.copy(), dd | {"q": 1}); dd.default_factory = None; s(lambda: dd["nope"]); s(lambda: defaultdict(5)); s(lambda: defaultdict(int, a=1)); n = defaultdict(lambda: defaultdict(int)); n["a"]["b"] += 1; print(n["a"], dict(n["a"]))
def bad(): raise ValueError("factory")
s(lambda: defaultdict(bad)["x"])
o = OrderedDict(a=1, b=2, c=3); o.move_to_end("a"); print(o, list(o), o.popitem(last=False), o.popitem(), o, OrderedDict(a=1, b=2) == OrderedDict(b=2, a=1), OrderedDict(a=1, b=2) == dict(b=2, a=1), list(reversed(OrderedDict(x=1, y=2))), OrderedDict(), o | {"z": 1})
o.move_to_end("a") if "a" in o else s(lambda: o.move_to_end("a")); s(lambda: OrderedDict().popitem()); o2 = OrderedDict.fromkeys("abc"); o2.move_to_end("c", last=False); print(o2, o2.setdefault("d", 4), list(o2.items()))
