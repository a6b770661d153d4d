type X = int
type Y[T] = list[T]
type = 5; print(type, X, Y)
type = lambda x: x; print(type(3), type (4), type[0] if False else "s")
match = {"k": 1}; print(match["k"], match .get("k"))
match[0] = 1; match["x"]: int = 2; print(match)
case = [1]; case[0] += 1; print(case); _ = 3; print(_)
match, case = 1, 2; print(match + case, match - case, match * case, match if case else 0, -match, match < case)
match (match, case):
    case (1, 2): print("a statement with parentheses")
match = print
match("a call"); match ("also a call"); match(*[1], 2)
match: int = 5; print(match)
match match:
    case 5: print("match match")
match [1, 2]:
    case [a, b]: print(a, b)
match -1, :
    case -1, : print("tuple subject")
match = [10]; match [0]; print(match [0]); type = [1]; type [0] = 9; print(type)
def type(type): return type
print(type(type=1)); class_ = match
class match: case = "attr"; type = "t"; _ = "u"
print(match.case, match.type, match()._); lambda match, case, type, _: 0
def f(match, *, case=1, type=2): return match, case, type
print(f(match=0, case=5)); [match for match in "ab"]; {case: type for case, type in [(1, 2)]}
for match in range(1): print(match)
with open(__file__) as case: pass
import sys as match; from sys import path as case; print(match is not None)
try: raise ValueError
except ValueError as match: print(repr(match))
(type := 3); print(type); global_type = type; del type; print(type(1)); case = lambda: 1; print(case()); type X2 = (int, str); print(X2.__value__); print(f"{case()}", type (5) is int)
if (match := 1) == 1: print("ok"); 
type \
  Z = str
print(Z.__value__, type is not None, [type for type in [1]], not type)
match = 3
match
match; print(match)
match.real; print(match .real); match , = [7]; print(match); match is None; match in [1]; match and 1; match or 2; match not in []; 
