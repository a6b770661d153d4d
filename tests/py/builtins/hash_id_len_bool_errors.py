class A:
    def __init__(self, **k): self.k = k
for name, vals in {"__len__": (0, 3, -1, "x", 1.5, None, True, 2**63), "__bool__": (True, False, 1, None), "__hash__": (5, "x", None, 2**70, True), "__repr__": ("ok", 5), "__index__": (3, "x", 1.0), "__float__": (1.5, 1, "x"), "__int__": (3, 1.5), "__complex__": (1j, 1), "__format__": ("f", 1), "__bytes__": (b"b", "s"), "__iter__": ([], 5), "__contains__": (1, [], "y"), "__length_hint__": (2, -1, "x"), "__dir__": (["b", "a"], 5), "__str__": ("s", b"s"), "__round__": ("r", None), "__next__": (1, None)}.items():
    for v in vals:
        cls = type("T", (), {name: lambda self, *a, v=v: v}); o = cls()
        import operator
        fn = {"__len__": len, "__bool__": bool, "__hash__": hash, "__repr__": repr, "__index__": operator.index, "__float__": float, "__int__": int, "__complex__": complex, "__format__": format, "__bytes__": bytes, "__iter__": iter, "__contains__": lambda o: 1 in o, "__length_hint__": operator.length_hint, "__dir__": dir, "__str__": str, "__round__": round, "__next__": next}[name]
        try: print(name, repr(v), "->", repr(fn(o)))
        except Exception as e: print(name, repr(v), "->", type(e).__name__, e)
