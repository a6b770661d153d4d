def f(a, b, /, c, d=4, *, e, g=7): pass
def g(): pass
def h(a, b=1): pass
def i(*, k, l): pass
def j(a, /): pass
def k(a, b, c): pass
def l(*args, x): pass
def m(a, **kw): pass
five, none, s, t, l0, d0 = 5, None, "a", (1, 2), [], {}
def attempt(src):
    try: eval(src); print("ok", src)
    except TypeError as e: print(f"{src:38} {e}")
for src in """f()|f(1)|f(1, 2)|f(1, 2, 3)|f(1, 2, 3, 4, 5, e=1)|f(1, 2, 3, e=1, z=2)|f(1, 2, 3, 4, e=1, d=2)|f(a=1, b=2, c=3, e=4)|f(1, b=2, c=3, e=4)|f(1, 2, e=1)
g(1)|g(1, 2)|g(x=1)|g(*[1, 2, 3])|h()|h(1, 2, 3)|h(b=1)|h(1, a=2)|h(1, 2, b=3)|i()|i(k=1)|i(1)|i(1, k=1, l=2)|i(1, 2, k=1)|j()|j(a=1)|j(1, 2)|k()|k(1)|k(b=1)|k(1, 2, 3, 4)|k(1, 2, 3, c=4)|l(1, 2)|l(x=1, y=2)|m()|m(1, a=2)
g(**{1: 2})|m(1, **{1: 2})|m(1, **5)|m(*5)|m(1, *None)|m(1, x=1, **{'x': 2})|m(**{'a': 1}, **{'a': 2})|h(1, **{'c': 2})|(lambda: 0)(1)|(lambda x: 0)()|print(*5)|print(**5)|int(**[1])|len()|len(1, 2)|len(x=1)|len(5)|abs()|isinstance(1)|print(zz=1)|int(1, 2, 3)|int(y=1)|sorted()|sorted([], 5)|[].append()|[].append(1, 2)|[].append(x=1)|{}.get()|''.join()|''.join(1, 2)|'a'.split(x=1)|max()|min(1)|sum()|range()|range(1, 2, 3, 4)|range(x=1)|chr()|ord(1, 2)|object(1)|object.__new__()|type.__call__()|str(1, 2, 3, 4)|bool(1, 2)|bool(x=1)|float(1, 2)|list(1, 2)|tuple(x=1)|dict(1, 2)|set(1, 2)|enumerate()|zip(strict=1, x=2)|map()|map(1)|filter(1)|reversed()|open()|divmod(1)|pow(1)|round()|getattr(1)|hash()|id()|iter()|next()|slice()|super(1, 2, 3)|property(1, 2, 3, 4, 5)|classmethod()|staticmethod(1, 2)|bytes(1, 2, 3, 4)|complex(1, 2, 3)|memoryview()|frozenset(1, 2)|five()|none()|s()|t()|l0()|d0()""".replace("\n", "|").split("|"):
    attempt(src)
