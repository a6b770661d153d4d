def attempt(src, **ns):
    try: exec(src, ns)
    except Exception as e: print(type(e).__name__, e, getattr(e, "__notes__", ""))
class NoExit:
    def __enter__(self): pass
class NoEnter:
    def __exit__(self, *a): pass
class Async:
    async def __aenter__(self): pass
    async def __aexit__(self, *a): pass
class Sync:
    def __enter__(self): pass
    def __exit__(self, *a): pass
class OnInstance: pass
oi = OnInstance()
oi.__enter__ = lambda: 1
oi.__exit__ = lambda *a: 1
class BadBool:
    def __bool__(self): raise OSError("bool of exit result")
class R:
    def __enter__(self): pass
    def __exit__(self, *a): return BadBool()
class FewArgs:
    def __enter__(self): pass
    def __exit__(self): pass
for o in (5, None, NoExit(), NoEnter(), Async(), oi, R(), FewArgs(), Sync):
    attempt("with o: pass", o=o)
attempt("with o: 1/0", o=R())
def drive(c):
    try: c.send(None)
    except StopIteration as e: print("value", e.value)
    except Exception as e: print(type(e).__name__, e)
async def f(o):
    async with o: pass
for o in (5, Sync()): drive(f(o))
class AwaitBad:
    def __aenter__(self): return 5
    async def __aexit__(self, *a): pass
class AwaitBad2:
    async def __aenter__(self): return 5
    def __aexit__(self, *a): return 6
drive(f(AwaitBad())); drive(f(AwaitBad2()))
