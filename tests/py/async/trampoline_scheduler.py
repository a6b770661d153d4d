from collections import deque
import types
@types.coroutine
def switch(): yield
@types.coroutine
def call(*a): return (yield a)
class Loop:
    def __init__(self): self.q = deque(); self.time = 0; self.sleeping = []; self.log = []
    def spawn(self, c, name): self.q.append((c, None, name))
    def run(self):
        while self.q or self.sleeping:
            if not self.q:
                self.sleeping.sort(key=lambda t: t[0]); t, c, n = self.sleeping.pop(0); self.time = t; self.q.append((c, t, n))
            c, v, n = self.q.popleft()
            try: r = c.send(v)
            except StopIteration as e: self.log.append((self.time, n, "done", e.value)); continue
            except Exception as e: self.log.append((self.time, n, "failed", repr(e))); continue
            match r:
                case None: self.q.append((c, None, n))
                case ("sleep", d): self.sleeping.append((self.time + d, c, n))
                case ("spawn", c2, n2): self.spawn(c2, n2); self.q.append((c, n2, n))
                case ("now",): self.q.append((c, self.time, n))
L = Loop()
async def sleep(d): return await call("sleep", d)
async def worker(n, d):
    for i in range(2):
        t = await sleep(d); L.log.append((t, n, i))
    if n == "w2": raise ValueError(n)
    return n * 2
async def ticker():
    for i in range(3): await switch(); yield i, await call("now")
async def main():
    await call("spawn", worker("w1", 3), "w1"); await call("spawn", worker("w2", 2), "w2")
    async for i, now in ticker(): L.log.append(("tick", i, now)); await sleep(1)
    return [x async for x, _ in ticker()]
L.spawn(main(), "main"); L.run()
for l in L.log: print(l)
