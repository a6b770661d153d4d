import traceback
def t(src):
    try: compile(src, "<src>", "exec"); print("OK", repr(src))
    except SyntaxError as e:
        print(repr(src), type(e).__name__, (e.lineno, e.offset, e.end_lineno, e.end_offset)); print("".join(traceback.format_exception_only(e)), end="")
for src in ("x = ", "if x\n  pass", "if x:\npass", "  x = 1", "x = 1\n  y = 2", "if 1:\n  a\n b", "def f(:\n  pass", "(", "[1, 2", "{'a': 1", ")", "(]", "f(1, 2", "x = (1,\ny = 2", "'abc", '"abc', "'''abc", "f'{x", "f'{'", "f'{x!z}'", "f'{}'", "f'}'", "f'{a b}'", "f'{x:{y:{z}}}'", "f'{*x}'", "f'{x=!}'", "f'{!r}'", "f'{lambda x: 1}'", "1x", "0777", "0b12", "0xg", "0o8", "1__0", "1_", "1.5e", "0_", "5a5", "1e5x", "a b", "a b c", "print 1", "print x, y", "exec 'x'", "raise E, v", "except ValueError, e: pass", "if x = 1: pass", "while x = 1: pass", "f(a.b=1)", "f(1=2)", "f(a=1, 2)", "f(**a, *b)", "f(**a, 1)", "f(a=1, a=2)", "f(True=1)", "f(a, b for b in c)"): t(src)
