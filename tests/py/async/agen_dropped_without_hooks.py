class Aw:
    def __await__(self): yield "aw"
def step(c):
    try: return c.send(None)
    except StopIteration as e: return e.value
async def sync_cleanup():
    try: yield 1
    finally: print("sync cleanup ran")
g = sync_cleanup(); step(g.__anext__()); del g
print("1")
async def awaits():
    try: yield 1
    finally:
        print("awaiting cleanup starts"); await Aw(); print("never")
g = awaits(); step(g.__anext__()); del g
print("2")
async def raises():
    try: yield 1
    finally: raise ValueError("in cleanup")
g = raises(); step(g.__anext__()); del g
print("3")
async def yields():
    try: yield 1
    finally: yield 2
g = yields(); step(g.__anext__()); del g
print("end")
