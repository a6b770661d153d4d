print((lambda: 1)(), (lambda a, b=2, *c, d=4, **e: (a, b, c, d, e))(1, 5, 6, d=7, z=8))
print((lambda a, /, b, *, c: (a, b, c))(1, b=2, c=3))
print((lambda *a: a)(*range(3)), (lambda **k: k)(x=1))
print([f(10) for f in [lambda x: x + 1, lambda x: x * 2]])
print((lambda x: lambda y: x - y)(5)(3))
def mutable(a, acc=[]):
    acc.append(a)
    return acc
print(mutable(1), mutable(2), mutable.__defaults__)
def evaluated_once(x=print("default evaluated")): return x
evaluated_once(); evaluated_once()
print((lambda: (yield))().__class__.__name__)
y = lambda: (a := 1, a)[1]
print(y())
print(sorted([(2, "b"), (1, "z")], key=lambda p: p[1]))
f = lambda x, y=lambda: 5: y() + x
print(f(1), f(1, lambda: 0))
print((lambda x=(1, 2): x)(), (lambda: ())(), (lambda: {})(), (lambda x: x if x else "none")(0))
compose = lambda *fs: (lambda x: (lambda r: [r := f(r) for f in fs][-1])(x))
try: print(compose(lambda a: a + 1, lambda a: a * 10)(1))
except Exception as e: print(type(e).__name__, e)
