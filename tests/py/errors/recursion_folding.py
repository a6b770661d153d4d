def f(n):
    if n == 0:
        raise ValueError("bottom")
    return f(n - 1)
def g(n):
    return h(n)
def h(n):
    if n == 0:
        f(10)
    return g(n - 1)
g(6)
