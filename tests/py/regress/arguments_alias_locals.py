def f(a, b=[]): a = a + [1]; b.append(a); return a, b
l = [0]; print(f(l), l); print(f(l)[1])
def g(x): x += [5]; return x
print(g(l), l); t = (1,)
def h(x): x += (2,); return x
print(h(t), t)
def k(*a, **kw): kw["new"] = 1; return a, kw
d = {"q": 0}; print(k(*l, **d), d, l)
def swap(a, b): return b, a
print(swap(*swap(1, 2)), swap(b=1, a=2), swap(*[1], **{"b": 2}))
def nest(f, *a): return f(*a)
print(nest(nest, nest, max, 1, 5, 3), (lambda *a: a)(*(i for i in range(3)), *"ab", *{}), (lambda **k: k)(**{"a": 1}, b=2, **{}))
def order(*a, **k): return a, list(k)
print(order(*[1], 2, *[3], z=1, **{"y": 2}, x=3))
def shadow(len): return len
print(shadow(len=3), [len for len in range(2)], len("abc"))
def rec(n, acc=()): return acc if not n else rec(n - 1, acc + (n,))
print(rec(5)); e = []; print([*e], {**{}}, f"{e}", (lambda a=1, *b, c=2, **d: (a, b, c, d))())
def ret_many(): return 1, *[2, 3], *()
print(ret_many(), (yield_ := ret_many())[1:])
