try:
    try:
        raise ExceptionGroup("first", [ValueError(1)])
    except* ValueError:
        raise KeyError("while handling")
except ExceptionGroup as g:
    raise ExceptionGroup("second", [g, IndexError("i")]) from g
