src = "def f(x):\n    if x == -1: return 'first'\n" + "".join(f"    elif x == {i}: return {i}\n" for i in range(100_000)) + "    else: return 'else'\n"
try:
    ns = {}; exec(src, ns); print(ns["f"](99_999) in (99_999,))
except (SyntaxError, RecursionError, MemoryError) as e: print(True)
print("alive")
