"""_random: the sequences of the Mersenne Twister, seeds and states."""
import _random
def t(f,*a):
    try: print(f(*a))
    except BaseException as e: print(type(e).__name__,e)
r=_random.Random(42)
print(r.random(),r.getrandbits(5),r.getrandbits(100),r.getrandbits(0),r.getrandbits(32),r.getrandbits(33),r.getrandbits(5000)); t(r.getrandbits,-1); t(r.getrandbits,1.5); t(r.getrandbits,1<<70); t(r.getrandbits,"x")
for s in (0,-5,1<<100,-(1<<64),3.5,None,True,1<<20000):
    r.seed(s)
    if s is not None: print(r.random())
t(r.seed,1,2); t(_random.Random,1,2); t(lambda:_random.Random(x=1)); t(_random.Random,[]); t(r.seed,[])
st=r.getstate(); print(len(st))
t(r.setstate,1); t(r.setstate,(1,2)); t(r.setstate,st[:-1]+(625,)); t(r.setstate,st[:-1]+(-1,)); t(r.setstate,(1<<40,)+st[1:]); t(r.setstate,("a",)+st[1:]); t(r.setstate,(-1,)+st[1:]);t(r.setstate,list(st))
r.seed(7); st=r.getstate(); print(hash(st)); a=[r.random() for _ in range(2000)]; r.setstate(st); print(a==[r.random() for _ in range(2000)], sum(a))
class Sub(_random.Random):
    def __init__(self,*a,**k): self.k=k
s=Sub(1,2,k=3); print(s.k); s.seed(1); print(s.random())
