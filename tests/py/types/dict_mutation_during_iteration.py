def s(name, f):
    try: print(name, f())
    except Exception as e: print(name, type(e).__name__, e)
def grow():
    d = {1: 1}
    for k in d: d[k + 1] = 0
def shrink():
    d = {1: 1, 2: 2}
    for k in d: del d[k]
def same_size():
    d = {1: 1, 2: 2, 3: 3}; seen = []
    for k in d:
        seen.append(k)
        if k == 1: del d[2]; d[9] = 9
    return seen
def replace_value():
    d = {1: 1, 2: 2}
    for k in d: d[k] = "x"
    return d
def items_grow():
    d = {1: 1}
    for k, v in d.items(): d[v + 1] = 0
def exhausted_after_error():
    d = {1: 1, 2: 2}; it = iter(d); next(it); d[3] = 3
    r = []
    for _ in range(2):
        try: r.append(next(it))
        except RuntimeError as e: r.append(str(e))
        except StopIteration: r.append("stop")
    return r
def clear_in():
    d = {1: 1, 2: 2}
    for k in d: d.clear()
def length_hint():
    d = {1: 1, 2: 2}; it = iter(d); h = [it.__length_hint__()]; next(it); h.append(it.__length_hint__()); d[5] = 5; h.append(it.__length_hint__()); return h
def list_in():
    d = {1: 1, 2: 2}
    for k in list(d): del d[k]
    return d
def set_grow():
    s = {1, 2}
    for x in s: s.add(x + 10)
def rev():
    d = {1: 1, 2: 2}
    for k in reversed(d): d[k + 5] = 1
def update_self():
    d = {1: 1}; d.update(d); d |= d; return d
class Evil:
    def __init__(self, d, h): self.d, self.h = d, h
    def __hash__(self): return self.h
    def __eq__(self, o): self.d.clear(); return False
def eq_clears():
    d = {}; d[Evil(d, 1)] = 1
    d[1] = "one"
    return list(d.values())
def eq_clears_lookup():
    d = {}; d[Evil(d, 1)] = 1; return d.get(1, "none"), len(d)
class AddsInUpdate(dict):
    pass
def update_mutates():
    d = {1: 1}
    class K:
        def __hash__(self): return hash(1)
        def __eq__(self, o): src.clear(); return False
    src = {K(): 1, 2: 2}
    d.update(src); return len(d)
def in_comprehension():
    d = {1: 1}
    return [d.setdefault(k + 1, 0) for k in d]
def dict_from_changing():
    d = {1: 1}
    class It:
        def keys(self): d[len(d) + 1] = 1; return d
        def __getitem__(self, k): return d.__setitem__(100 + k, k) or k
    return dict(It())
for f in grow, shrink, same_size, replace_value, items_grow, exhausted_after_error, clear_in, length_hint, list_in, set_grow, rev, update_self, eq_clears, eq_clears_lookup, update_mutates, in_comprehension, dict_from_changing: s(f.__name__, f)
