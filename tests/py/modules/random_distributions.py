"""The module random gives the reference's sequences for the same seeds."""
import random
def t(f,*a):
    try: print(f(*a))
    except BaseException as e: print(type(e).__name__,e)
r=random.Random(12345)
print(r.random(),r.randint(1,100),r.randrange(0,1000,7),r.choice("abcdef"),r.uniform(1,2),r.gauss(0,1),r.sample(range(1000),5),r.choices([1,2,3],[5,1,1],k=6),r.shuffle([1,2]),r.betavariate(1,2),r.expovariate(2),r.getrandbits(200),r.randbytes(5),r.triangular(),r.normalvariate(),r.vonmisesvariate(1,2),r.binomialvariate(10,.3))
l=list(range(20)); r.shuffle(l); print(l)
random.seed(5); print(random.random(), random.randint(0,10**30)); st=random.getstate(); a=random.random(); random.setstate(st); print(a==random.random())
for s in ("abc",b"abc",bytearray(b"x"),"é",2.5,None,7): 
    random.seed(s)
    if s is not None and s!="": print(random.random())
t(random.seed,[]); t(random.randrange,0); t(random.choice,[]); t(random.sample,[1],2)
