class D:
    def __del__(self): raise ValueError("in del")
d = D(); del d
print("goes on")
class E:
    def __del__(self, extra): pass
e = E(); del e
class F:
    def __del__(self):
        try: 1 / 0
        except ZeroDivisionError: print("handled inside")
try:
    f = F(); raise KeyError("outer")
except KeyError as k:
    del f
    print("still", repr(k), k.__context__)
class G:
    def __getattr__(self, n): print("getattr", n); raise AttributeError(n)
g = G(); g.__del__ = lambda: print("instance del is not called"); del g
print("end")
