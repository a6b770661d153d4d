def f():
    n = 0
    while True:
        n += 1
        if n > 3: break
    while 1:
        n += 1
        if n > 6: return n
def g():
    while False: print("never")
    else: print("else of while False")
    if 0: print("never")
    elif None: print("never")
    elif "": print("never")
    else: print("else")
    if "text" and not () and ...: print("constant true")
    while not True: pass
    return 1 if True else undefined
def h():
    for i in range(3):
        while i:
            i -= 1
            if i == 1: continue
            break
        else: yield "inner else", i; continue
        yield "broke", i
def j():
    if True: return "dead code follows"
    yield
    undefined
def k():
    return 1
    x = 2
def m(a):
    if a: x = 1
    else: return
    return x
print(f(), g(), list(h()), type(j()).__name__, list(j()), k(), m(1), m(0), f.__code__.co_consts is not None)
x = 0
while x < 5: x += 2
print(x, 1 and 2, 0 and undefined, 1 or undefined, [] or {} or "last", (1 if [] else 2), not not "a", None or 0 or False, 5 and "" and undefined)
assert True or undefined; assert 1, undefined
if x: pass
elif undefined: pass
while True:
    while True:
        break
    break
for _ in []: undefined
try: (lambda: undefined if True else 1)()
except NameError as e: print(e)
print(__debug__ and "debug", 1 < 2 or undefined, 3 > 2 > 5 > undefined, [y for y in [1] if 0 and undefined], (lambda: 1 if 1 else undefined)())
