def m(x):
    match x:
        case 0: return "zero"
        case -1 | 1.5 | 2j | -3 + 4j: return "number"
        case "s" "t": return "joined string"
        case b"b": return "bytes"
        case None | True | False: return "constant"
        case []: return "empty seq"
        case [x]: return f"one {x}"
        case [1, *_, 9]: return "1..9"
        case [a, b, *rest] if len(rest) > 2: return f"many {a} {b} {rest}"
        case (a, (b, c)): return f"nested {a} {b} {c}"
        case {}  if not x: return "empty map"
        case {"k": v, "l": [1, w], **rest}: return f"map {v} {w} {rest}"
        case {"k": v}: return f"k {v}"
        case str(s): return f"str {s}"
        case int() | float() as num: return f"num {num}"
        case set() | frozenset(): return "set"
        case _: return f"other {type(x).__name__}"
for x in (0, 0.0, False, True, None, -1, 1.5, 2j, -3+4j, "st", b"b", [], (), [5], [1, 9], [1, 2, 3, 9], (1, 2, 3, 4, 5),
          (1, (2, 3)), (1, "ab"), {}, {"k": 1}, {"k": 1, "l": (1, 2), "z": 0}, {"l": 1}, "hello", 7, 7.5, {1}, frozenset(), range(2), range(1, 10),
          bytearray(b"b"), iter([]), object, b"xy", [1, 2]):
    print(repr(x) if not hasattr(x, "__next__") else "iterator", "->", m(x))
