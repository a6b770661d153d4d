s = slice(1, 10, 2)
print(s, s.start, s.stop, s.step, slice(5), slice(None), slice("a", [], 1.5), s == slice(1, 10, 2), s != slice(1), slice(1, 2) < slice(1, 3), hash(slice(1, 2)) == hash(slice(1, 2)), {slice(1): "k"}[slice(None, 1)])
for args in ((10,), (3,), (0,), (100,)): print([slice(*a).indices(*args) for a in ((None,), (1, 5), (-3, None), (None, None, -1), (5, 1, -2), (100, -100, -1), (-100, 100), (None, None, 100), (2, 2), (-1, 0))])
for f in (lambda: slice(), lambda: slice(1, 2, 3, 4), lambda: slice(1).indices(-1), lambda: slice(None, None, 0).indices(5), lambda: slice("a").indices(5), lambda: slice(1).indices("a"), lambda: setattr(s, "start", 1), lambda: hash(slice([])), lambda: slice(1) < 5, lambda: slice(1, "a") < slice(1, 2), lambda: slice(start=1), lambda: slice(2**70).indices(2**71), lambda: slice(-2**70, 2**70).indices(5), lambda: slice[int]):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
class G:
    def __getitem__(self, k): return k
    def __setitem__(self, k, v): print("set", k, v)
    def __delitem__(self, k): print("del", k)
g = G()
print(g[1], g[1:2], g[::], g[:, 1], g[..., 1:2:3], g[()], g[(1, 2)], g[1,], g[*[1, 2]], g[*"ab", 3], g["a":"b"], g[x:=5], g[lambda: 0].__name__)
g[1:2] = 3; g[:, ::2] = 4; del g[1:], g[*[1, 2]]
match slice(1, 2, 3):
    case slice(start=a, stop=b): print(a, b)
l = list(range(10)); l[slice(2, 5)] = ["x"]; print(l, l[slice(None, None, -3)])
