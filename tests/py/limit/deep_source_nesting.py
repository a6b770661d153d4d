import sys
def t(name, src, mode="exec"):
    try: c = compile(src, "<deep>", mode); print(name, "compiled")
    except (SyntaxError, MemoryError, RecursionError) as e: print(name, "refused")
N = 100_000
for name, src in {"parens": "(" * N + ")" * N, "brackets": "[" * N + "]" * N, "braces": "{" * N + "}" * N, "unclosed": "(" * N, "calls": "f(" * N + ")" * N, "subscripts": "a[" * N + "1" + "]" * N, "lambdas": "lambda: " * N + "1", "unary": "-" * N + "1", "nots": "not " * N + "1", "ifexp": "1 if 1 else " * N + "1", "fstrings": "f'{" * 200 + "1" + "}'" * 200}.items():
    try: compile(src, "<deep>", "exec"); print(name, "survived")
    except (SyntaxError, MemoryError, RecursionError): print(name, "survived")
print("alive")
t("90 parens", "(" * 90 + "1" + ")" * 90); t("150 parens", "(" * 150 + "1" + ")" * 150)
try: compile("(" * 250 + ")" * 250, "s", "exec")
except SyntaxError as e: print(e.msg)
try: compile("[" * 201, "s", "exec")
except SyntaxError as e: print(e.msg)
def indents(n): return "".join(" " * i + "if 1:\n" for i in range(n)) + " " * n + "pass\n"
t("90 indents", indents(90))
try: compile(indents(101), "s", "exec")
except IndentationError as e: print(e.msg)
def blocks(n): return "".join(" " * i + "for x in y:\n" for i in range(n)) + " " * n + "pass\n"
t("20 loops", blocks(20))
try: compile(blocks(21), "s", "exec")
except SyntaxError as e: print(e.msg)
try: compile("".join(" " * i + "try:\n" for i in range(25)) + " " * 25 + "pass\n" + "".join(" " * i + "finally: pass\n" for i in reversed(range(25))), "s", "exec"); print("?")
except SyntaxError as e: print(e.msg)
print(eval("+".join(["1"] * 1000)), eval("-" * 100 + "1"), eval("not " * 51 + "1"))
