def outer(x):
    def inner():
        nonlocal x
        x += 1
        return x
    y = [x + z for z in x if (w := z)]
    fs = [lambda: q for q in x]
    return inner, y, w, fs

def unbound(c):
    if c:
        a = 1
    print(a)
    del a
    return a

class K:
    v = 1
    u = [n for n in v]
    w: int = 2
    def m(self):
        self.attr = __class__
