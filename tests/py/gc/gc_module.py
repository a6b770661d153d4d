import gc
print(gc.isenabled(), type(gc.get_threshold()), type(gc.get_count()), len(gc.get_count()), type(gc.get_stats()).__name__, gc.garbage, gc.callbacks)
gc.disable(); print(gc.isenabled()); gc.collect(); print(gc.collect())
class A: pass
def cyc(): a = A(); a.me = a
cyc(); print(gc.collect() > 0, gc.collect())
for v in ([], {}, (1, []), A(), A, lambda: 0, 5, "s", 1.5, None, b"", {1}): print(type(v).__name__, gc.is_tracked(v) if not isinstance(v, dict) else "", end="; ")
print()
def s(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
s(lambda: gc.collect(5)); s(lambda: gc.collect(-1)); s(lambda: gc.collect("a")); s(lambda: gc.collect(generation=0) >= 0); s(lambda: gc.set_threshold(700, 10, 10)); s(lambda: gc.set_threshold()); s(lambda: gc.set_threshold("a"))
l = [1]; holder = [l]; print(any(r is holder for r in gc.get_referrers(l)), gc.get_referents(holder) == [l], gc.is_finalized(A()))
events = []; gc.callbacks.append(lambda phase, info: events.append((phase, sorted(info)))); gc.collect(); gc.callbacks.clear(); print(events)
gc.freeze(); print(gc.get_freeze_count() > 0); gc.unfreeze(); print(gc.get_freeze_count()); print(any(o is holder for o in gc.get_objects())); gc.enable()
