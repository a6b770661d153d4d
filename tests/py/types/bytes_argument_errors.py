def t(s, **k):
    try: r=eval(s, globals(), k); print(s,'->',(type(r).__name__+' ' if type(r) in (bytes,bytearray) else ''),repr(r)[:200])
    except BaseException as e: print(s,'!!',type(e).__name__,e)
src='''T(1,2,3,4)
T('a')
T('a',1)
T('a','utf-8',1)
T(1,'utf-8')
T(b'a','utf-8')
T('a',errors='strict')
T(encoding='x')
T(errors='x')
T(foo=1)
T(-1)
T(10**20)
T(1.5)
T([1,256])
T([1,-1])
T(['a'])
T([1,10**20])
T(source=b'a')
T(None)
T(range(3))
T(object())
T(b'abc').find('a')
T(b'abc').find(256)
T(b'abc').find(97)
T(b'abc').find(1.5)
T(b'abc').find()
T(b'abc').index(b'x')
T(b'abc').rindex(b'x')
T(b'abc').count('a')
T(b'abc').count(97)
97 in T(b'abc')
256 in T(b'abc')
'a' in T(b'abc')
b'a' in T(b'abc')
1.5 in T(b'abc')
T(b'abc').startswith('a')
T(b'abc').startswith(('a',))
T(b'abc').startswith(97)
T(b'abc').endswith(97)
T(b'abc').split('')
T(b'abc').split(b'')
T(b'a b').split(None,1)
T(b'abc').split(1)
T(b'abc').partition('a')
T(b'abc').partition(b'')
T(b'abc').partition(b'b')
T(b'abc').rpartition(b'b')
T(b'abc').partition(bytearray(b'b'))
T(b'abc').join(1)
T(b'abc').join(['a'])
T(b'abc').join([b'a',1])
T(b'-').join([b'a',bytearray(b'b'),memoryview(b'c')])
T(b'abc').replace('a','b')
T(b'abc').replace(b'a','b')
T(b'abc').replace(b'a')
T(b'abc').replace(b'a',b'b',count=1)
T(b'abc').strip('a')
T(b'abc').strip(1)
T(b'abc').center(10,'a')
T(b'abc').center(10,b'ab')
T(b'abc').center(10,1)
T(b'abc').ljust(10,bytearray(b'x'))
T(b'abc').zfill(10)
T(b'abc').expandtabs()
T(b'abc').translate(1)
T(b'abc').translate(b'a')
T(b'abc').translate(None, b'a')
T(b'abc').translate(None, delete=b'a')
T(b'abc').translate('a')
T.maketrans(b'a',b'bc')
T.maketrans(b'a','b')
T.maketrans(b'a')
T.fromhex('a')
T.fromhex('ab g')
T.fromhex(1)
T.fromhex('zz')
T.fromhex('abc')
T.fromhex('é')
T.fromhex(b'aabb')
T(b'abc').hex(1)
T(b'abc').hex('')
T(b'abc').hex('ab')
T(b'abc').hex('é')
T(b'abc').hex(':',2)
T(b'abc').hex(b':',-2)
T(b'abc').hex(sep=b'\\xff')
T(b'abc').hex(bytes_per_sep=2)
T(b'abc').decode(1)
T(b'abc').decode('x')
T(b'\\xff').decode()
T(b'\\xff').decode('utf-8','replace')
T(b'\\xff\\xfe').decode('ascii')
T(b'abc')+1
T(b'abc')+'a'
T(b'abc')+bytearray(b'd')
T(b'abc')+memoryview(b'd')
1+T(b'a')
T(b'a')*'a'
T(b'ab')*2**62
T(b'a')['a']
T(b'a')[1]
T(b'a')[1.5]
T(b'abcdef')[::2]
T(b'a')<1
T(b'a')<bytearray(b'b')
T(b'a')==memoryview(b'a')
T(b'a')<'a'
T(b'a')=='a'
T(b'%d')%1
T(b'%s')%'a'
T(b'%b')%1
T(b'%c')%256
T(b'%c')%'a'
T(b'%c')%b'ab'
T(b'%f')%'a'
T(b'%d')%'a'
T(b'%x')%1.5
T(b'%a')%'é'
T(b'%r')%'é'
T(b'%s')%b'x'
T(b'a')%1
T(b'%(a)s')%{b'a':b'x'}
T(b'%(a)s')%{'a':b'x'}
T(b'%5s|%-5s')%(b'a',b'b')
T(b'abc').removeprefix('a')
T(b'abc').removesuffix(b'c')
T(b'abc').isascii()
T(b'abc').splitlines(1,2)
T(b'abc').__getnewargs__()
T(b'abc').__bytes__()
T(b'abc').__sizeof__()
repr(T(b"a'b"))
str(T(b"a'b"))
iter(T(b'ab')).__reduce__()
iter(T(b'ab')).__length_hint__()
T(b'abc').__iter__(1)
T(b'abc').islower()
T(b'a').title(1)
T.lower()
T.lower(1)
T(b'abc').index(b'a','x')
T().join()'''
for T in (bytes,bytearray):
    print('=====',T)
    for s in src.split('\n'): t(s)
