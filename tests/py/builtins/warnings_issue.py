import warnings
def caught(f):
    with warnings.catch_warnings(record=True) as w:
        warnings.simplefilter("always"); f()
    print([(x.category.__name__, str(x.message)) for x in w])
caught(lambda: warnings.warn("plain")); caught(lambda: warnings.warn("dep", DeprecationWarning)); caught(lambda: warnings.warn(UserWarning("inst"))); caught(lambda: compile("x is 5", "f", "exec")); caught(lambda: compile("'\\d'", "f", "exec")); caught(lambda: compile("b'\\q'", "f", "exec")); caught(lambda: compile("assert (1, 'm')", "f", "exec")); caught(lambda: compile("'a' 'b'()", "f", "exec")); caught(lambda: compile("[1][1, 2]", "f", "exec")); caught(lambda: compile("[1]['a']", "f", "exec")); caught(lambda: compile("1if 2else 3", "f", "exec")); caught(lambda: compile("x == 5 is not 'a'", "f", "exec")); caught(lambda: compile("f'\\d{1}'", "f", "exec")); caught(lambda: compile("'\\400'", "f", "exec")); caught(lambda: compile("0xfor x in y: pass" if False else "1in [2]", "f", "exec")); caught(lambda: compile("def f():\n try: pass\n finally: return", "f", "exec")); caught(lambda: compile("() is ()", "f", "exec")); caught(lambda: compile("None is ...; x is None; x is True", "f", "exec")); caught(lambda: bool(NotImplemented) if False else None); caught(lambda: ~True)
with warnings.catch_warnings():
    warnings.simplefilter("error")
    for src in ("x is 5", "'\\d'", "'\\d' +", "\n\n  '\\z'".strip() + "; y = '\\w'"):
        try: compile(src, "file.py", "exec")
        except SyntaxError as e: print(e.msg, e.lineno, e.offset, e.filename)
    try: warnings.warn("now an error")
    except UserWarning as e: print(repr(e))
def s(f):
    try: f()
    except Exception as e: print(type(e).__name__, e)
s(lambda: warnings.warn("a", 5)); s(lambda: warnings.warn("a", int)); s(lambda: warnings.simplefilter("nope"))
