c = compile("x + 1", "name.py", "eval"); print(c.co_filename, c.co_name, eval(c, {"x": 1}), type(c).__name__)
c = compile("a = 1\nb = 2", "<m>", "exec"); print(c.co_name, c.co_names, c.co_firstlineno, c.co_varnames, c.co_freevars, c.co_flags & 0)
import sys
c = compile("5", "s", "single"); exec(c); exec(compile("None", "s", "single")); exec(compile("x = 3; x", "s", "single")); exec(compile("'a'; 'b'", "s", "single")); exec(compile("if 1:\n  7\n  8\n", "s", "single"))
old = sys.displayhook; sys.displayhook = lambda v: print("hook", v); exec(compile("6", "s", "single")); sys.displayhook = old
import builtins; exec(compile("1+1", "s", "single")); print(builtins._)
def s(*a, **k):
    try: print(type(compile(*a, **k)).__name__)
    except Exception as e: print(type(e).__name__, e)
s("1", "f", "bad"); s("1", "f"); s(5, "f", "exec"); s("1", 5, "exec"); s("1", "f", 5); s("1\n2", "f", "single"); s("x = 1", "f", "eval"); s("", "f", "eval"); s("", "f", "exec"); s("", "f", "single"); s("a\0b", "f", "exec"); s("1", "f", "exec", flags=1 << 30); s("1", "f", "exec", optimize=5); s("1", "f", "exec", optimize=2); s(b"# coding: latin-1\nx = '\xe9'", "f", "exec"); s(b"\xff", "f", "exec"); s("# coding: nope\n1", "f", "exec"); s(b"# coding: nope\n1", "f", "exec"); s(b"\xef\xbb\xbfx = 1", "f", "exec"); s("\ufeffx = 1", "f", "exec"); s("x = 1\r\ny = 2\rz = 3", "f", "exec"); s(bytearray(b"1"), "f", "exec"); s(memoryview(b"1"), "f", "exec"); s("if 1:\n  2", "f", "single"); s("if 1:\n  2\n", "f", "single"); s("1 # comment", "f", "single"); s("1\n\n\n", "f", "single"); s("def f(): pass\n\n", "f", "single")
print(eval(compile("'''doc'''", "f", "eval")), compile("assert 0", "f", "exec", optimize=1) is not None)
ns = {}; exec(compile("def f():\n 'doc'\n assert 0\n return __debug__", "f", "exec", optimize=2), ns); print(ns["f"].__doc__, ns["f"]())
exec(compile("def f(): 'doc'", "f", "exec"), ns); print(ns["f"].__doc__)
x = compile("lambda a, *b: a", "f", "eval").co_consts[0]; print(x.co_name, x.co_varnames, x.co_argcount, x == x, hash(x) == hash(x), compile("1", "f", "eval") == compile("1", "f", "eval"), compile("1", "f", "eval") == compile("1", "g", "eval"))
y = (lambda: 1).__code__.replace(co_name="renamed", co_firstlineno=99); print(y.co_name, y.co_firstlineno)
