l = [3, 1, 2]
print(l.append(4), l.extend("ab"), l.insert(0, "z"), l.insert(-1, "y"), l.insert(100, "e"), l.insert(-100, "s"), l)
print(l.pop(), l.pop(0), l.pop(-2), l, l.index(1), l.index(4, 2), l.count(1), l.remove("a") if "a" in l else None, l.reverse(), l, l.copy() == l, l.clear(), l)
def s(f, l=(1, 2, 3)):
    l = list(l)
    try: print(f(l), l)
    except Exception as e: print(type(e).__name__, e, l)
s(lambda l: l.pop(5)); s(lambda l: [].pop()); s(lambda l: l.pop("a")); s(lambda l: l.remove(9)); s(lambda l: l.index(9)); s(lambda l: l.index(1, 1)); s(lambda l: l.index("missing")); s(lambda l: l.insert("a", 1)); s(lambda l: l.extend(5)); s(lambda l: l.__setitem__(5, 1)); s(lambda l: l.__setitem__("a", 1)); s(lambda l: l.__delitem__(5)); s(lambda l: l.__delitem__("a")); s(lambda l: l + (1,)); s(lambda l: l * "a"); s(lambda l: l * 1.5); s(lambda l: l < [1, "a"]); s(lambda l: l < 5); s(lambda l: l.sort(5)); s(lambda l: l.sort(key=5)); s(lambda l: l.sort(reverse="x")); s(lambda l: [1, "a"].sort()); s(lambda l: list(5)); s(lambda l: l.append()); s(lambda l: l.index()); s(lambda l: l[1.0]); s(lambda l: hash(l))
s(lambda l: l.__setitem__(slice(0, 2), "xyz")); s(lambda l: l.__setitem__(slice(1, 1), [9, 9])); s(lambda l: l.__setitem__(slice(None, None, 2), "ab")); s(lambda l: l.__setitem__(slice(None, None, 2), "abc")); s(lambda l: l.__setitem__(slice(None, None, -1), l)); s(lambda l: l.__setitem__(slice(0, 1), 5)); s(lambda l: l.__setitem__(slice(0, 3, 2), 5)); s(lambda l: l.__setitem__(slice(5, 2), "ab")); s(lambda l: l.__setitem__(slice(None), l)); s(lambda l: l.__delitem__(slice(None, None, 2))); s(lambda l: l.__delitem__(slice(2, 0, -1))); s(lambda l: l.__delitem__(slice(0, 0))); s(lambda l: l.__setitem__(slice(0, 0), l)); s(lambda l: l.__iadd__(l)); s(lambda l: l.extend(l)); s(lambda l: l.extend(x for x in l[:1])); s(lambda l: l.__imul__(2)); s(lambda l: l.__imul__(0)); s(lambda l: l.__imul__(-1)); s(lambda l: l.extend({"k": 1})); s(lambda l: l.__setitem__(slice(1, None, 1 << 70), [0]))
print([1, 2] < [1, 3], [1] < [1, 0], [] < [0], [1, 2] == [1, 2.0], [1, [2]] == [1, [2]], [2] > [1, 9], [1, 2] >= [1, 2], [1] != [1])
a = [[]] * 3; a[0].append(1); print(a); r = [1]; r.append(r); print(r, len(r), r[1] is r, r == r)
def gen_fail():
    yield 10; raise ValueError("mid")
l = [1]
try: l.extend(gen_fail())
except ValueError: print(l)
try: l += gen_fail()
except ValueError: print(l)
try: l[0:1] = gen_fail()
except ValueError: print(l)
class Evil:
    def __init__(self, l): self.l = l
    def __eq__(self, o): self.l.clear(); return False
l = []; l.extend([Evil(l), 2, 3])
try: print(l.index(3))
except ValueError as e: print(e, l)
l = [1, 2, 3]; l.extend([Evil(l)]); print(5 in l, l); l = [1]; l += [Evil(l), 4, 5]; print(l.count(9), l)
print(list("abc"), list(range(3)), list({"a": 1}), list(), [*range(2), *"x"], [0] * 0, 3 * [1], [1] + [2] * 2, list((1, 2)).__reversed__().__next__(), sorted([3, 1]), reversed([1, 2]).__length_hint__())
big = list(range(1000)); del big[10:990]; print(len(big), sum(big)); big[5:5] = range(1000); print(len(big), big[4], big[5], big[-1])
