"""Records what CPython 3.14 makes of snippets, and compares whole files.

    record.py bless FILE...   rewrite the answers in golden files
    record.py tree FILE...    one line a Python file: its tree, as `examples/dump_ast` prints it

A golden file holds snippets, each followed by a line of three dashes, the answer, and a line of three
equals signs. The answer is a tree, or the class, message and positions of an error. The first line of a
file says how its snippets are compiled: `# mode exec`, `single` or `eval`.
"""

import ast
import struct
import sys
import warnings

warnings.simplefilter("ignore")
SKIPPED = ("ctx", "type_comment", "type_ignores")


def text(value):
    return '"' + value.hex() + '"'


def constant(value):
    if value is None or value is True or value is False or value is Ellipsis:
        return "Ellipsis" if value is Ellipsis else repr(value)
    if isinstance(value, int):
        return hex(value)
    if isinstance(value, (float, complex)):
        imaginary = isinstance(value, complex)
        bits = struct.pack(">d", value.imag if imaginary else value)
        return ("j" if imaginary else "f") + bits.hex()
    if isinstance(value, str):
        return text(value.encode("utf-8", "surrogatepass"))
    return "b" + text(value)


def dump(node):
    if isinstance(node, list):
        return "[" + ", ".join(map(dump, node)) + "]"
    if isinstance(node, str):
        return "'" + node + "'"
    if not isinstance(node, ast.AST):
        return str(node)
    name = type(node).__name__
    parts = []
    for field in node._fields:
        value = getattr(node, field, None)
        if field in SKIPPED:
            continue
        if name == "MatchSingleton" or (name == "Constant" and field == "value"):
            parts.append(field + "=" + constant(value))
        elif name == "Interpolation" and field == "str":
            parts.append("str=" + text(value.encode()))
        else:
            parts.append(field + "=" + dump(value))
    if hasattr(node, "lineno"):
        parts.append(f"@{node.lineno}:{node.col_offset}-{node.end_lineno}:{node.end_col_offset}")
    return f"{name}({', '.join(parts)})"


def answer(source, mode):
    try:
        return dump(compile(source, "<snippet>", mode, ast.PyCF_ONLY_AST))
    except SyntaxError as error:
        parts = (type(error).__name__, error.msg, error.lineno, error.offset, error.end_lineno, error.end_offset)
        return "|".join(map(str, parts))


def bless(path):
    with open(path, newline="") as file:
        head, *rest = file.read().split("\n", 1)
    mode = head.split()[-1]
    done = [head + "\n"]
    for case in rest[0].split("\n===\n"):
        snippet = case.split("\n---\n")[0]
        if snippet:
            done.append(f"{snippet}\n---\n{answer(snippet, mode)}\n===\n")
    with open(path, "w", newline="") as file:
        file.write("".join(done))


if __name__ == "__main__":
    sys.setrecursionlimit(100000)
    for name in sys.argv[2:]:
        if sys.argv[1] == "bless":
            bless(name)
        else:
            try:
                print(dump(ast.parse(open(name, "rb").read(), name)))
            except SyntaxError as error:
                print(name, "ERR", error.msg)
