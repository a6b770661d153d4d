def t(f,*a,**k):
    try: print(repr(f(*a,**k)))
    except BaseException as e: print(type(e).__name__, e)
class S(str):
    def __new__(cls, *a, **k): return super().__new__(cls, *a)
    def __init__(self, *a, **k): self.k=k
s=S('abc', x=1)
print(s, s.k, type(s), type(s[:]), type(s+''), type(s*1), type(s.upper()), type(s.strip()), type(str(s)), type(s.replace('q','z')), type(s.join(['a'])), type(s.ljust(1)), type('%s'%s), type(f'{s}'), type(format(s)), type(s.format()), type(s.lower()), type(s.zfill(0)), type(s.partition('q')[0]), type(s.split('q')[0]), type(s.splitlines()[0]), type(s.expandtabs()), type(''.join([s])), type(s.translate({})), type(s.removeprefix('q')), type(s.__str__()), type(s.casefold()))
print(s=='abc', 'abc'==s, hash(s)==hash('abc'), {s:1}['abc'], s in {'abc':2}, 'abc' in {s}, s is S(s), [s].index('abc'), repr(s), s<'abd', s>'abb')
class S2(str):
    def __str__(self): return S('from str')
    def __repr__(self): return 'R'
    def __format__(self, spec): return S('fmt'+spec)
    def __len__(self): return 99
    def __getitem__(self, i): return 'item'
    def __iter__(self): return iter('XY')
    def __eq__(self, o): return 'eq'
    def __hash__(self): return 5
    def __contains__(self, x): return True
    def __add__(self, o): return 'added'
    def __radd__(self, o): return 'radded'
    def __mod__(self, o): return 'modded'
    def __rmod__(self, o): return 'rmodded'
    def __mul__(self, o): return 'mul'
    def __rmul__(self, o): return 'rmul'
q=S2('body')
print(str(q), type(str(q)), repr(q), f'{q}', f'{q!r}', f'{q!s}', f'{q:x}', format(q), len(q), q[0], list(q), q=='x', 'x'==q, 'zz' in q, q+'a', 'a'+q, q%1, '%s'%q, 'x%sx'%q, q*2, 2*q, ''.join([q,'a']), '-'.join(q), 'body'.find(q), 'abody'.replace(q,'z'), q.upper(), hash(q), bool(q), '%s %r'%(q,q), 'ab'<q)
class F:
    def __init__(s,v): s.v=v
    def __format__(s,spec): return s.v
    def __str__(s): return s.v
    def __repr__(s): return s.v
for v in (1,None,b'a',S('sub')):
    t(lambda: format(F(v))); t(lambda: f'{F(v)}'); t(lambda: str(F(v))); t(lambda: repr(F(v))); t(lambda: '{}'.format(F(v))); t(lambda: '%s'%F(v)); t(lambda: '%r'%F(v)); t(lambda: ascii(F(v))); t(lambda: f'{F(v)!r}')
class N: __format__=None
t(format, N()); 
class N2: pass
N2.__format__ = lambda s,x: x*2
t(format,N2(),'ab'); t(lambda: f'{N2():{1}{"x"}}')
w=7; p=3; val=3.14159
print(f'{val:{w}.{p}f}|{val!r:>10}|{"x":^{w}}|{w=}|{w = }|{val=:.2f}|{w+p=}|{{}}|{"nested {w}"}|{f"{w}{f"{p}"}"}|{1,2}|{[x for x in "ab"]}|{"a" if w else "b"}|{w!s:*>4}|{"é"!a}')
t(lambda: f'{1:{"d"}}'); t(lambda: f'{"a":d}'); t(lambda: f'{[]:x}'); t(lambda: f'{None:5}'); t(lambda: f'{1:,}{12345:,d}{12345678:_}')
class M(dict):
    def __missing__(self,k): return '<'+k+'>'
print('%(a)s %(b)s'%M(a=1), '%(a)s%%'%{'a':1}, '%(a)5.1f|%(a)-5d|'%{'a':2.55})
class G:
    def __getitem__(self,k): return k
print('%(x y)s %(a)r'%G(), '%s'%G.__name__)
class I:
    def __index__(self): return 65
class FL:
    def __float__(self): return 2.5
class IN:
    def __int__(self): return 7
t(lambda: '%c%x%d%o'%(I(),I(),I(),I())); t(lambda: '%f %g %e'%(FL(),FL(),FL())); t(lambda: '%d'%IN()); t(lambda: '%x'%IN()); t(lambda: '%d'%FL()); t(lambda: '%f'%I()); t(lambda: 'abc'[I()]); t(lambda: ('a'*70)[I()]); t(lambda: 'a'*I()==65*'a'); t(lambda: 'abc'.center(I()) == ' '*31+'abc'+' '*31); t(lambda:'abc'[:I()]); t(lambda: 'abc'.find('c', I()))
print('%*d|%-*d|%.*f|%*.*f'%(5,1,5,2,2,3.14159,8,3,2.5), '%-5s|%5s|%.2s|%5.1s|'%('ab','ab','abc','xyz'), '%+d % d %05d %x %X %#x %#o %e %E %g %G'%(5,5,5,255,255,255,8,1234.5,1234.5,1e10,1e-10), '%5%'%() if 0 else '', '%i %u'%(3,4), '%ld %hd'%(1,2), '%c%c'%('a',98), '%.0f %.1f'%(0.5,0.25), '%s'%None, '%r'%'é', '%a'%'é')
t(lambda: '%s %s'%'a'); t(lambda: '%'%()); t(lambda: '%(a'%{}); t(lambda: '%5'%1); t(lambda: '%y'%1); t(lambda: '%\u1234'%1); t(lambda: '%d'%'1'); t(lambda: '%d'%None); t(lambda: '%s'%(1,2)); t(lambda: '%.9999999999d'%1); t(lambda: '%99999999999999999999d'%1); t(lambda: '%(a)s %(b)s'%{'a':1})
def gen():
    yield 'a'
    yield 'b'
print(','.join(gen()), ','.join({'k':1,'j':2}), ','.join('abc'), ','.join(('x',)), ','.join([]), ','.join(map(str,range(4))))
def bad():
    yield 'a'
    raise KeyError('in join')
t(lambda: ','.join(bad())); t(lambda: ','.join(['a',1])); t(lambda: ','.join(5)); t(lambda: b','.join(bad()))
print('é'=='é'.encode().decode(), 'x'.__class__, str.__name__, str.__mro__, bytes.__mro__, bytearray.__mro__, memoryview.__mro__)
print(str.__doc__[:10], len(dir('')), len(dir(b'')), len(dir(bytearray())), len(dir(memoryview(b''))))
print(sorted(set(dir(str))-set(dir(object))))
print(sorted(set(dir(bytes))-set(dir(object))))
print(sorted(set(dir(bytearray))-set(dir(object))))
print(sorted(set(dir(memoryview))-set(dir(object))))
print(str.maketrans({'a':None}), 'abc'.maketrans('a','b'), bytes.maketrans(b'a',b'b')[97], b''.maketrans(b'',b'')[5])
it=iter('abc'); next(it); print(it.__length_hint__(), it.__reduce__(), type(it).__name__); it.__setstate__(0); print(list(it), list(it), it.__reduce__())
it=iter('aéc'); next(it); next(it); print(it.__length_hint__(), it.__reduce__(), type(it).__name__); it.__setstate__(1); print(list(it))
it=iter(bytearray(b'abc')); next(it); print(it.__length_hint__(), it.__reduce__(), type(it).__name__); it.__setstate__(2); print(list(it), it.__reduce__())
ba=bytearray(b'ab'); it=iter(ba); next(it); ba.clear(); print(list(it)); ba.extend(b'xyz'); print(list(it))
ba=bytearray(b'abc'); 
for c in ba:
    if len(ba)<6: ba.append(c)
print(ba)
t(type(iter('')),); t(type(iter(b'')),)
class BI:
    def __bytes__(self): return b'made'
class BI2:
    def __bytes__(self): return 'no'
t(bytes,BI()); t(bytes,BI2()); t(bytearray,BI()); t(lambda: b'%b|%s'%(BI(),BI())); t(bytes,[I()]); t(bytes,I()); t(bytearray,I()); t(lambda: bytes(IN())); t(bytes,'é','utf-8'); t(bytes,'é',encoding='latin-1'); t(bytes,'é','ascii','replace'); t(bytearray,'é','ascii'); t(bytes, source=[1,2]); t(bytes,{1:2}); t(bytes,(x for x in (1,2))); t(bytes,'abc'.encode().__iter__())
class BS(bytes): pass
b=BS(b'x'); print(b, type(b), type(b+b''), b==b'x', hash(b)==hash(b'x'), {b:1}[b'x'], BS('é','utf8'), BS([1]), BS(2), type(BS.fromhex('41')), BS.fromhex('41'))
class BA(bytearray):
    def __init__(self,*a): super().__init__(*a); self.z=1
b=BA(b'x'); b+=b'y'; print(b, type(b), b.z, type(b*2), repr(b), BA.fromhex('41'), b.copy(), b.__reduce__()[1:])
t(lambda: bytearray(b'ab').__eq__('ab')); t(lambda: b'a'.__eq__(bytearray(b'a'))); t(lambda: bytearray(b'a')==b'a'); t(lambda: b'a'<memoryview(b'b')); t(lambda: bytearray(b'a')<memoryview(b'b'))
try: 'é\ud800x'.encode('ascii')
except UnicodeEncodeError as e: print(e.encoding, ascii(e.object), e.start, e.end, e.reason, ascii(e.args), ascii(str(e)))
try: b'ab\xff\xfe'.decode()
except UnicodeDecodeError as e: print(e.encoding, e.object, e.start, e.end, e.reason, e.args, e)
try: bytearray(b'ab\xff').decode('ascii')
except UnicodeDecodeError as e: print(e.encoding, e.object, e.start, e.end, e.reason, e.args, e)
t(lambda: 'a'.encode('utf\u00e98')); t(lambda: 'a'.encode('utf\ud8008')); t(lambda:'a'.encode('UTF 8')); t(lambda: 'a'.encode('latin1')); t(lambda: 'é'.encode('iso-8859-1')); t(lambda: b'a'.decode('utf8','nosuch')); t(lambda: b'\xff'.decode('utf8','nosuch')); t(lambda: 'a'.encode(errors='nosuch')); t(lambda: 'a'.encode('')); t(lambda: b''.decode('nosuch')); t(lambda: ''.encode('nosuch'))
