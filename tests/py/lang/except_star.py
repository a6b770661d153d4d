def run(eg):
    log = []
    try:
        try:
            raise eg
        except* ValueError as e:
            log.append(("V", repr(e)))
        except* (TypeError, KeyError) as e:
            log.append(("TK", repr(e)))
        else:
            log.append("else")
        finally:
            log.append("finally")
    except BaseException as e:
        log.append(("out", repr(e)))
    for l in log: print(l)
    print()
run(ExceptionGroup("g", [ValueError(1), TypeError(2), OSError(3)]))
run(ExceptionGroup("g", [ValueError(1), ExceptionGroup("n", [ValueError(2), KeyError(3)])]))
run(ValueError("bare"))
run(OSError("bare"))
run(BaseExceptionGroup("b", [KeyboardInterrupt(), ValueError(1)]))
def none():
    try: pass
    except* ValueError: print("no")
    else: print("else ran")
none()
def reraise():
    try:
        try: raise ExceptionGroup("g", [ValueError(1), TypeError(2)])
        except* ValueError: raise
        except* TypeError: raise KeyError("new")
    except BaseException as e:
        print(repr(e), [repr(x.__context__) for x in e.exceptions])
reraise()
def one_new():
    try:
        try: raise ExceptionGroup("g", [ValueError(1)])
        except* ValueError as e: raise KeyError("new") from e
    except BaseException as e:
        print(repr(e), e.__suppress_context__ if not isinstance(e, ExceptionGroup) else [x.__cause__ for x in e.exceptions])
one_new()
try:
    try: raise ValueError
    except* ExceptionGroup: pass
except TypeError as e: print(e)
try:
    try: raise ValueError(1)
    except* 5: pass
except TypeError as e: print(e)
def name_gone():
    try: raise ValueError
    except* ValueError as e: pass
    try: e
    except UnboundLocalError as x: print(x)
name_gone()
def loop():
    for i in range(2):
        try: raise ValueError(i)
        except* ValueError as e:
            print(i, e.exceptions)
loop()
