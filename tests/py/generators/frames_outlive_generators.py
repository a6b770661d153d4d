# Frame objects go on showing the variables of generators that are gone; clear() of a frame that has not run.
import sys
import warnings


def g1():
    a = 42
    yield sys._getframe()


def g2(x):
    a = 43
    try:
        yield
    finally:
        print("finally", a)


async def co(x):
    pass


f = next(g1())
print(f.f_locals)
g = g2(1)
next(g)
f = g.gi_frame
del g
print(f.f_locals)
g = g2([1])
f = g.gi_frame
del g
print(f.f_locals)
f.clear()
print(f.f_locals)
c = co("x")
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter("always")
    c.cr_frame.clear()
print([str(x.message).split(" at ")[0] for x in w])
c.close()
