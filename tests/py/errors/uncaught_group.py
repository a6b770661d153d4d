def fail(n):
    raise ValueError(f"leaf {n}")
excs = []
for i in range(2):
    try: fail(i)
    except ValueError as e: excs.append(e)
try:
    raise TypeError("inner") from excs[0]
except TypeError as e:
    nested = ExceptionGroup("nested", [e, KeyError("k")])
nested.add_note("note on the nested group")
def run():
    raise ExceptionGroup("top", [excs[1], nested, OSError(2, "No such file")])
run()
