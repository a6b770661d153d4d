# Weak references to garbage are gone before finalisers run, and stay so when one of these brings the object back.
import gc
import weakref

gc.disable()
saved = []


class Back:
    def __del__(self):
        saved.append(self)


a = Back()
a.me = a
w = weakref.ref(a, lambda r: print("callback", r()))
del a
print(gc.collect() > 0, w(), len(saved), saved[0].me is saved[0])
b, c = Back(), Back()
b.other, c.other = c, b
ws = [weakref.ref(b), weakref.ref(c)]
del b, c
gc.collect()
print([w() for w in ws], len(saved))
saved.clear()
gc.collect()
print(len(saved))
