from string.templatelib import Template, Interpolation
x = 5; name = "N"
t = t"a{x}b{name!r:>5}c"
print(type(t), t.strings, t.values)
for i in t.interpolations: print(i.value, i.expression, i.conversion, repr(i.format_spec))
print(list(t) == [*t], [p if isinstance(p, str) else p.expression for p in t])
print(t)
print(repr(t""), t"".strings, t"".values, list(t""))
print(t"{x}{x}".strings, list(t"{x}{x}")[0])
print(t"{x=}".strings, t"{x=}".interpolations[0].conversion, t"{ x = :>5}".strings, t"{x = !s}".interpolations)
print(t"{x:{name}>{x}}".interpolations[0].format_spec)
print((t"a{x}" + t"b{name}c").strings, (t"a" t"c").strings)
try: t"a" + "b"
except TypeError as e: print(e)
try: "b" + t"a"
except TypeError as e: print(e)
try: eval('t"a" f"b"')
except SyntaxError as e: print(e.msg)
def render(t):
    out = []
    for p in t:
        match p:
            case str(s): out.append(s)
            case Interpolation(v, e, c, s):
                v = {"r": repr, "s": str, "a": ascii, None: lambda q: q}[c](v)
                out.append(format(v, s))
    return "".join(out)
print(render(t"{x:03} and {name!r:>6} {t'nested {x}'.values}"))
i = Interpolation(3, "expr", "r", "spec")
print(i, i.value, Interpolation(1).expression == "", Interpolation.__match_args__)
try: Interpolation(1, "x", "z")
except ValueError as e: print(e)
try: Interpolation(1, 2)
except TypeError as e: print(e)
print(Template("a", i, "b", "c", i, i).strings, Template().strings)
try: Template(5)
except TypeError as e: print(e)
try: t.strings = ()
except AttributeError as e: print(e)
print(t == t, t == t"a{x}b{name!r:>5}c", rt"\d{x}".strings, tr"\n".strings)
try: class_ = type("T", (Template,), {})
except TypeError as e: print(e)
lazy = t"{undefined_later if False else 1}"
print(lazy.interpolations[0].expression)
