import traceback, sys
def f(): raise ValueError("x")
try: f()
except ValueError as e:
    print(traceback.format_exc(), end=""); print(traceback.format_exception(e)[-1], end=""); print("".join(traceback.format_tb(e.__traceback__)), end=""); traceback.print_exc(file=sys.stdout, limit=1); traceback.print_exception(e, file=sys.stdout, limit=-1)
    s = traceback.extract_tb(e.__traceback__); print(len(s), s[-1].name, s[-1].lineno, s[-1].line, s[-1].colno, s[-1].end_colno)
    t = traceback.TracebackException.from_exception(e); print(t.exc_type_str if hasattr(t, "exc_type_str") else "", "".join(t.format_exception_only()), end="")
print(traceback.format_exception_only(KeyError("k")), traceback.format_exception_only(ValueError, ValueError("v")), traceback.format_exception_only(None), traceback.format_exception_only(SyntaxError("bad", ("f.py", 2, 5, "a b c\n", 2, 6))))
def g():
    def h(): return [x.name for x in traceback.extract_stack()]
    return h()
print(g()[-3:]); print(traceback.format_list([("f.py", 3, "fn", "code here")])[0], end="")
