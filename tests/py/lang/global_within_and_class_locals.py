# A name that any block declares global is a plain global at module level too, also where globals and locals differ.
ns, other = {}, {}
exec("""if 1:
    def f():
        y = 1
        def g():
            global y
            return y
        def h():
            return y + 1
        return g, h
    y = 9
    z = 1
    g, h = f()
    result = g(), h()
""", ns, other)
print(sorted(k for k in ns if k != "__builtins__"), sorted(other), other["result"])


# The namespace of a class body comes before variables of enclosing functions; locals() is that namespace.
def outer():
    x = 42
    class A:
        locals()["x"] = 43
        y = x
    class B:
        def m(self):
            return x
        names = sorted(locals())
        pairs = [(i, x) for i in range(2)]
    return A.y, B.names, B.pairs, B().m()


print(outer())

# What collects annotations that are made under conditions is a variable like any other.
try:
    exec("__conditional_annotations__ = 0\nif 1:\n    x: int")
except TypeError as e:
    print(type(e).__name__, e)

# Tuples of classes can be nested too deep.
t = (str,)
for _ in range(1_000_000):
    t = (t,)
for check in (lambda: isinstance("", t), lambda: issubclass(str, t)):
    try:
        check()
    except RecursionError:
        print("too deep")
