# Objects nested so deep that their destruction is put off, with weak references among them.
from collections import OrderedDict
import gc

obj = None
for _ in range(100_000):
    obj = OrderedDict([(None, obj)])
del obj
gc.collect()
print("gone")
