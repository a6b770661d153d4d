x = 5; name = "N"; d = {"k": "v", 'q"q': 1}
print(f"{x} {x!r} {name!r} {name!s:>5} {name!a} {x:03d} {x:{x}} {x:>{x + 1}}|{3.14159:.{x - 3}f}")
print(f"{x=} {x = } {x + 1=} {name=!s} {x=:>4} { x = !r:^5}|{d['k']=}")
print(f"{d["k"]} {d['q"q']} {f"{f"{x}"}"} {'a' 'b'}")
print(f"{{}} {{{x}}} }}{{ {x:{{}}}" if False else f"{{}} {{{x}}} }}{{")
print(f"{x!r:>{x}}", f"{'a':*^{5}}", f"{x:#x} {x:b} {x:+} {1234567:,} {1234567:_}")
print(f"""multi {
    x +
    1  # a comment
} line""")
print(f"{lambda_:=5}" if False else f"{(lambda q: q * 2)(4)}", f"{(y := 9)} {y}", f"{x:=+5}" )
print(f'{[i for i in range(3)]} {{i for i}} { {1: 2}[1] } { {i for i in "a"} }')
print(f"{x if x else 0} {x or 1} {not x} {-x} {x**2} {x,} {*[1, 2],}")
print(f"\n{chr(10)!r} \x41 \N{BULLET} {"\n"!r}", rf"\n{x}\{x}", fr"\d{{2}}")
print(f"{'\\'} {"\t"!r}")
class F:
    def __format__(self, spec): return f"<{spec}>"
    def __repr__(self): return "repr"
    def __str__(self): return "str"
f = F()
print(f"{f} {f:} {f:abc {x}} {f!r} {f!s:>6} {f!r:x<6} {f=} {f=:q} {f=!s}")
print(f"{f:{{}}}" if False else f"{f:%H:%M}", f"{f:{'a'}{'b'}}", f"{f:!r}")
try: f"{x:d{name}}"
except ValueError as e: print(e)
try: f"{[]:5}"
except TypeError as e: print(e)
print(f"{x:}" f"{'implicit'}" " concat", f"" "", f"{'nested ' + f'{name + f"{x}"}'}")
print(f"{x:>10}{x:<10}{x:^10}|", f"{None} {True!r} {...}")
def order(v): print("eval", v); return v
print(f"{order(1)}{order(2):{order(3)}}")
print(f"{"a" if True else "b"}", f"{x!r}" == repr(x), f"{3!r:{'>'}{5}}")
print(f"{x.real} {'%s' % 3} {name[0]} {name[0:1]} {d.get('zz')}")
