def s(src):
    try: print(src, "->", eval(src, {"f": lambda *a, **k: (a, k), "d": {"x": 1}}))
    except SyntaxError as e: print(src, "-> SyntaxError", e.msg)
    except Exception as e: print(src, "->", type(e).__name__, e)
for src in ("[*[1], *(2,), *'ab', *{3: 4}]", "(*[1], 2)", "{*[1], *[1]}", "{**d, 'y': 2, **{'x': 3}}", "f(*[1], 2, *[3])", "f(**d, z=1)", "f(*'ab', **{'k': 1})", "f(x=1, *[2])", "f(**d, **{'x': 2})", "f(**d, x=2)", "f(*None)", "f(**None)", "f(**{1: 2})", "f(*5)", "[*5]", "{**5}", "{**[1]}", "(*5,)", "*[1]", "*[1],", "(*[1])", "[*x for x in [[1]]]", "{**x for x in [{}]}", "f(*x for x in [])", "print(*[])", "{*{}, *()}", "[*range(3), *map(str, range(2))]", "f(*(i for i in range(3)))", "f(*[1], *[2], a=1, *[3])", "f(**{}, *[1])", "[*[*[1]]]", "(*[], )", "{**{}, **{}}", "lambda *a, **k: (a, k)", "f(*'')", "f(*{'a': 1}, **{'a': 1})", "d[*[1]]" , "{'a': 1, **d}['x']", "[1, *[2, 3]][1:]", "(lambda *a: a)(*[1, 2])", "[*d.items()]", "{**dict(a=1), 'a': 2}", "f(**{'a b': 1})", "f(**{'': 1})", "*a, b", "f(*[1]*2)", "f(*[1] if 1 else [2])", "f(*not 1)", "f(**d or {})", "[*1 or [2]]"): s(src)
def ret(): return *[1], 2
def yl(): yield *[1], 2
print(ret(), list(yl())); x = *[1], *[2]; print(x); for_ = [v for v in (*[1], 2)]; print(for_)
for v in *[1], *[2]: print(v)
a, *b = *[1, 2], 3; print(a, b); [*c] = "xy"; print(c); *d, = {1: 2}; print(d); (e, *f), *g = [(1, 2, 3), 4]; print(e, f, g); *h, i = "q"; print(h, i)
class M:
    def keys(self): return iter("ab")
    def __getitem__(self, k): return k + "!"
print({**M()}, (lambda **k: k)(**M()))
class Bad:
    def keys(self): return 5
class Bad2:
    def keys(self): return ["a"]
for o in Bad(), Bad2():
    for fn in (lambda: {**o}, lambda: (lambda **k: k)(**o), lambda: dict(o)):
        try: print(fn())
        except TypeError as e: print(e)
