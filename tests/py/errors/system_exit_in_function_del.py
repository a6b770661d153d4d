class D:
    def __del__(self): print("D finalised")
def f():
    d = D()
    try: raise SystemExit(5)
    except Exception: print("not caught here")
    finally: print("finally")
keep = D()
f()
