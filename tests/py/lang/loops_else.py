for i in range(3): pass
else: print("for else", i)
for i in []: pass
else: print("empty else", i)
for i in range(3):
    if i == 1: break
else: print("no")
n = 3
while n: n -= 1
else: print("while else", n)
while True: break
else: print("no")
for i in range(2):
    for j in range(2):
        if j: break
    else: print("inner else")
    continue
else: print("outer else")
l = [1, 2, 3]
for x in l:
    if x < 3: l.append(x + 10)
    if len(l) > 6: break
print(l)
l = [1, 2, 3, 4]
for x in l: l.remove(x)
print(l)
d = {1: 1}
try:
    for k in d: d[k + 1] = 1
except RuntimeError as e: print(e)
s = {1, 2}
try:
    for k in s: s.add(k + 10)
except RuntimeError as e: print(e)
d = {1: 1, 2: 2}
try:
    for k in d: del d[k]; d[9] = 1
except RuntimeError as e: print(e)
d = {"a": 1, "b": 2}
for k in d: d[k] = 5
print(d)
for x.attr in []: pass
class A: pass
a = A()
for a.v in range(3): pass
print(a.v)
lst = [0] * 3
for i, lst[i] in enumerate("xyz"): pass
print(lst)
for (x, (y, *z)) in [(1, (2, 3, 4))]: print(x, y, z)
for x in 1, 2, 3: print(x, end=" ")
for x in *[1], *[2]: print(x, end=";")
print()
it = iter(range(10))
for x in it:
    if x == 2: next(it)
    if x > 4: break
    print(x, end=" ")
print(list(it))
