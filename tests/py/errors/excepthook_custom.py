import sys
def hook(t, v, tb):
    print("hook:", t.__name__, v, tb.tb_lineno, tb.tb_frame.f_code.co_name)
    print("to stderr", file=sys.stderr)
sys.excepthook = hook
def f(): raise ValueError("seen by the hook")
f()
