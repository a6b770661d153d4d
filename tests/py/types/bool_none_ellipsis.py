print(True + True, True == 1, True is (1 == 1), str(True), repr(False), bool("False"), int(True), True & False, True | 2, True ^ True, not True, -True, True * "a", [10, 20][True], isinstance(True, int), bool.__mro__, hash(True), True < 2, f"{True:d} {True} {True:5}|", "%d %s" % (True, False), True.real, True.bit_length(), type(True + 0).__name__, sum([True, True]), max(True, 0), True // 1, {True: "t"}[1])
for f in (lambda: bool(1, 2), lambda: bool.__new__(int), lambda: True.x, lambda: None.x, lambda: None + 1, lambda: none(), lambda: none[0], lambda: len(None), lambda: iter(None), lambda: None < None, lambda: ....x, lambda: ell(), lambda: type(None)(), lambda: type(None)(1), lambda: type(...)(), lambda: type(NotImplemented)(), lambda: NotImplemented + 1, lambda: bool(NotImplemented), lambda: setattr(None, "a", 1), lambda: None.__class__.__name__, lambda: "x" in None, lambda: int(None), lambda: -None):
    none, ell = None, ...
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
print(None, ..., NotImplemented, type(None), type(...), type(NotImplemented), None == None, None is None, bool(None), hash(None) == hash(None), [None] * 2, str(None), repr(...), ... == Ellipsis, None.__bool__(), None.__eq__(None), None.__eq__(1), bool(...))
import warnings
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter("always")
    print(eval("~True"), eval("~False"), [str(x.message)[:60] for x in w])
for src in ("None = 1", "True = 1", "False += 1", "del None", "def None(): pass", "f(None=1)", "x.None", "for True in []: pass", "import None", "... = 1", "with a as None: pass", "lambda True: 1", "class True: pass", "global None", "(None := 1)", "x.True = 1"):
    try: compile(src, "s", "exec")
    except SyntaxError as e: print(src, "->", e.msg)
