def plain(f, x, y):
    return f(x, y + 1)

def nested(f, g, x):
    f(g(x), g(x)).h(x)

def keywords(f, x, *args, **kw):
    f(x, a=1, b=x)
    x.m(a=1)
    f(*args)
    f(x, *args, y=2, **kw)

class C(B):
    def m(self):
        super().m(1)
        return super().x
