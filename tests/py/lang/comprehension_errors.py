def show(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
show(lambda: [x for x in None])
show(lambda: {k: v for k, v in [1]})
show(lambda: {[]: 1 for _ in range(1)})
show(lambda: {[] for _ in range(1)})
show(lambda: [1 / x for x in (1, 0)])
x = "kept"
try:
    [1 / x for x in (1, 0)]
except ZeroDivisionError:
    pass
print(x)
def f():
    y = "kept"
    try:
        [1 / y for y in (1, 0)]
    except ZeroDivisionError:
        return y
print(f())
def g():
    try:
        [z for z in [1, 2] if undefined_name]
    except NameError as e:
        return str(e)
print(g())
def gen():
    try:
        yield 1
        yield 2
    finally:
        print("gen finalised")
def h():
    try:
        [1 / 0 for _ in gen()]
    except ZeroDivisionError:
        print("caught")
h()
def stop():
    raise StopIteration("from inside")
show(lambda: [stop() for _ in range(2)])
show(lambda: list(stop() for _ in range(2)))
show(lambda: next(stop() for _ in range(2)))
