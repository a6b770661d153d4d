# Many small operations on text with arguments from a fixed pseudo-random sequence.
seed=12345
def rnd(n):
    global seed
    seed=(seed*6364136223846793005+1442695040888963407)&((1<<64)-1)
    return (seed>>33)%n
A=['abA ','ab\t\n\r','aéÀß','aЖжǆ','a\U0001F600b\U00010400','\ud800a','\x1c\x85\u2028 x','0123½²','İıſﬁΣσς']
def rs(n=8):
    alpha=A[rnd(len(A))] if rnd(3) else 'ab'
    if rnd(4)==0: alpha+=A[rnd(len(A))]
    return ''.join([alpha[rnd(len(alpha))] for _ in range(rnd(n+1))])
def ri(): return rnd(14)-7
def ro(): return None if rnd(4)==0 else ri()
def t(f,*a,**k):
    try: return ascii(f(*a,**k))
    except Exception as e: return type(e).__name__+': '+ascii(str(e))
N = 150

def run(mode):
  if mode=='str':
    for i in range(N):
      s=rs(12); x=rs(2); y=rs(3)
      a,b=ro(),ro()
      ops=[('find',(x,a,b)),('rfind',(x,a,b)),('index',(x,a,b)),('rindex',(x,a,b)),('count',(x,a,b)),('startswith',(x,a,b)),('endswith',(x,a,b)),
       ('split',(x,ri())),('rsplit',(x,ri())),('split',(None,ri())),('rsplit',(None,ri())),('replace',(x,y,ri())),('replace',(x,y)),('strip',(y,)),('lstrip',(y,)),('rstrip',()),('strip',()),
       ('partition',(x,)),('rpartition',(x,)),('center',(rnd(20),)),('ljust',(rnd(20),'é')),('rjust',(rnd(20),'\U0001F600')),('zfill',(rnd(20),)),('expandtabs',(ri(),)),('splitlines',(rnd(2),)),
       ('title',()),('capitalize',()),('swapcase',()),('upper',()),('lower',()),('casefold',()),('isalpha',()),('isalnum',()),('isdecimal',()),('isdigit',()),('isnumeric',()),('isspace',()),('istitle',()),('islower',()),('isupper',()),('isidentifier',()),('isprintable',()),('isascii',()),
       ('removeprefix',(x,)),('removesuffix',(x,)),('join',(list(s),)),('encode',('utf-8',['strict','replace','ignore','backslashreplace','surrogatepass','surrogateescape','xmlcharrefreplace','namereplace'][rnd(8)])),('encode',(['ascii','latin-1','utf-16','utf-16-be','utf-32','cp1252','utf-7','unicode-escape','raw-unicode-escape','koi8-r','cp437'][rnd(11)],['strict','replace','ignore','backslashreplace','xmlcharrefreplace','namereplace'][rnd(6)])),
       ('translate',({97:'xx',98:None,233:65,0x1F600:'q'},)),('__contains__',(x,)),('__mul__',(rnd(4),)),('__add__',(x,)),('__len__',()),('__repr__',())]
      m,args=ops[rnd(len(ops))]
      print(i,m,ascii(s),ascii(args),t(getattr(s,m),*args))
      c=[1,-1,2,-2,3,-3][rnd(6)]
      print(t(lambda: s[a:b:c]), t(lambda: s[ri()]), s<x, s==x, t(lambda: list(s)==[s[k] for k in range(len(s))]))
  elif mode=='bytes':
    for i in range(N):
      T=bytes if rnd(2) else bytearray
      al=b'abA \t\n\r\x0b\x00\xff09'
      def rb(n): return T([al[rnd(len(al))] for _ in range(rnd(n+1))])
      s=rb(12); x=rb(2); y=rb(3); a,b=ro(),ro()
      if rnd(5)==0: x=rnd(256)
      ops=[('find',(x,a,b)),('rfind',(x,a,b)),('index',(x,a,b)),('count',(x,a,b)),('startswith',(x,a,b)),('endswith',(x,a,b)),
       ('split',(x,ri())),('rsplit',(x,ri())),('split',(None,ri())),('rsplit',(None,ri())),('replace',(x,y,ri())),('strip',(y,)),('lstrip',(y,)),('rstrip',()),('strip',()),
       ('partition',(x,)),('rpartition',(x,)),('center',(rnd(20),)),('ljust',(rnd(20),b'x')),('rjust',(rnd(20),)),('zfill',(rnd(20),)),('expandtabs',(ri(),)),('splitlines',(rnd(2),)),
       ('title',()),('capitalize',()),('swapcase',()),('upper',()),('lower',()),('isalpha',()),('isalnum',()),('isdigit',()),('isspace',()),('istitle',()),('islower',()),('isupper',()),('isascii',()),
       ('removeprefix',(x,)),('removesuffix',(x,)),('hex',(':',ri())),('translate',(None,y)),('__contains__',(x,)),('__mul__',(rnd(4),)),('__add__',(x,)),('__repr__',()),('decode',(['utf-8','ascii','latin-1','utf-16','utf-32','cp1252','utf-7','unicode-escape','raw-unicode-escape','utf-8-sig','koi8-r'][rnd(11)],['strict','replace','ignore','backslashreplace','surrogateescape','surrogatepass'][rnd(6)]))]
      m,args=ops[rnd(len(ops))]
      print(i,m,s,args,t(getattr(s,m),*args))
      c=[1,-1,2,-2,3,-3][rnd(6)]
      print(t(lambda: s[a:b:c]), t(lambda: s[ri()]), t(lambda: s<x), s==x)
      if T is bytearray:
          d=T(s); k=rnd(6)
          def f():
              if k==0: d[a:b:c]=y
              elif k==1: del d[a:b:c]
              elif k==2: d.insert(ri(),rnd(256))
              elif k==3: d.pop(ri())
              elif k==4: d[a:b]=y
              else: del d[ri()]
          print(k,t(f),d)
  elif mode=='fmt':
    for i in range(N):
      v=[0,1,-1,12345678,-987654321,2**70,1.5,-0.0,1e100,3.14159,float('inf'),float('nan'),'abc','é\U0001F600',True,1+2j][rnd(16)]
      sp=''
      if rnd(2): sp+=['','*','é','0','<'][rnd(5)]+'<>^='[rnd(4)]
      sp+=['','+','-',' '][rnd(4)]+['','','z'][rnd(3)]+['','','#'][rnd(3)]+['','0'][rnd(2)]+['','5','12','30'][rnd(4)]+['','',',','_'][rnd(4)]+['','','.0','.2','.10'][rnd(5)]+['','d','s','f','g','e','x','b','o','X','c','n','%','E','G','F','q'][rnd(17)]
      print(i,ascii(v),ascii(sp),t(format,v,sp))
      ps='%'+['','-','0','+',' ','#','-0','+0'][rnd(8)]+['','5','12'][rnd(3)]+['','.0','.3','.8'][rnd(4)]+'dsfgexoXcraEGFiu'[rnd(16)]
      print(ps,t(lambda: ps%v if not isinstance(v,tuple) else 0), t(lambda: ps.encode()%v))
  elif mode=='mv':
    for i in range(N):
      d=bytearray([rnd(256) for _ in range(24)])
      m=memoryview(d)
      f='bBhHiIlLqQfdc?e'[rnd(15)]
      m=m.cast(f) if rnd(2) else m
      a,b=ro(),ro(); c=[1,-1,2,-2,3,-3][rnd(6)]
      n=m[a:b:c]
      print(i,f,n.tolist(),n.shape,n.strides,n.tobytes(),n.contiguous,n.nbytes,t(lambda:n[ri()]),n==m,t(lambda:n.hex('-',ri())))
      v=[0,1,-1,200,70000,2**40,-2**63,1.5,b'a','x'][rnd(10)]
      def g():
          n[0]=v
      print(t(g),d)
      def h(): n[:]=n[::-1]
      print(t(h),d)
for mode in ("str", "bytes", "fmt", "mv"):
  run(mode)
