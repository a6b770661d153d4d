import _codecs,_string
def t(f,*a):
    try: print(f.__name__,ascii(a)[:80],'->',ascii(f(*a)))
    except BaseException as e: print(f.__name__,ascii(a)[:80],'!!',type(e).__name__,ascii(str(e)))
C=_codecs
print(list(_string.formatter_parser('a{b!r:c}{{d}}{0.x[1]:>{w}}')), [ (a,list(b)) for a,b in [_string.formatter_field_name_split('a.b[c][3]')]], _string.formatter_field_name_split('0')[0])
try: list(_string.formatter_parser('a{b'))
except ValueError as e: print(e)
t(C.utf_8_decode,b'a\xc3'); t(C.utf_8_decode,b'a\xc3','strict',True); t(C.utf_8_decode,'a'); t(C.utf_8_encode,b'a'); t(C.utf_8_encode,'aé',None); t(C.charmap_encode,'aé'); t(C.charmap_encode,'aé','strict',{97:98,233:b'xy'}); t(C.charmap_encode,'aq','strict',{97:98}); t(C.charmap_encode,'aq','replace',{97:98,63:None}); t(C.charmap_encode,'aq','replace',{97:98,63:33}); t(C.charmap_decode,b'ab','strict','xy'*100); t(C.charmap_decode,b'ab','strict',{97:'zz'}); t(C.charmap_decode,b'ab','ignore',{97:'zz'}); t(C.charmap_decode,b'ab','strict',{97:0x110000}); t(C.charmap_decode,b'ab','strict',{97:1.5}); t(C.charmap_encode,'a','strict',{97:300}); t(C.charmap_encode,'a','strict',{97:'x'}); t(C.charmap_decode,b'a\xff'); t(C.charmap_build,'ab'); t(C.escape_decode,b'a\\n\\x41'); t(C.escape_decode,'a\\n'); t(C.escape_encode,b'a\n'); t(C.readbuffer_encode,'aé'); t(C.readbuffer_encode,b'a'); t(C.utf_16_ex_decode,b'\xff\xfea\0'); t(C.utf_16_ex_decode,b'\xff\xfea\0','strict',0,True);t(C.utf_16_ex_decode,b'a\0','strict',0,True); t(C.utf_16_ex_decode,b'\xfe\xff\0a','strict',0,True); t(C.utf_16_encode,'a','strict',0); t(C.utf_16_encode,'a','strict',1); t(C.utf_16_encode,'a','strict',-1); t(C.lookup,1); t(C.lookup_error,'nosuch'); t(C.lookup_error,'strict'); t(C.register,1); t(C.register_error,'x',1); t(C.register_error,1,1); t(C.encode,'a'); t(C.unregister,1); t(C.unicode_escape_decode,b'a\\'); t(C.unicode_escape_decode,b'a\\','strict',False); t(C.unicode_escape_decode,'a\\x41'); t(C.latin_1_decode,b'\xe9'); t(C.ascii_decode,b'\xe9','replace'); t(C.utf_7_decode,b'+AGE'); t(C.utf_32_ex_decode,b'a\0\0\0','strict',-1); t(C.encode,'é','ascii','nosuch')
h=C.lookup_error('strict'); t(h,ValueError('x')); t(h,1); print(C.lookup_error('strict') is h)
for n in ('ignore','replace','xmlcharrefreplace','backslashreplace','namereplace','surrogateescape','surrogatepass'):
    f=C.lookup_error(n); print(f)
    t(f,UnicodeEncodeError('ascii','aé\ud800b',1,3,'r')); t(f,UnicodeDecodeError('ascii',b'a\xff\xfe',1,3,'r')); t(f,UnicodeTranslateError('aéb',1,2,'r')); t(f,ValueError('q'))
log=[]
def hd(exc):
    log.append((type(exc).__name__, exc.encoding, exc.start, exc.end, ascii(exc.object), exc.reason))
    return ret
C.register_error('test.h', hd)
def both():
    for f in (lambda: 'aéœb\ud800'.encode('ascii','test.h'), lambda: 'aéœb'.encode('latin-1','test.h'), lambda: 'a\ud800b'.encode('utf-8','test.h'), lambda: 'a\ud800b'.encode('utf-16-le','test.h'), lambda: 'aœ\u0416b'.encode('cp1252','test.h'),
      lambda: b'a\xff\xfeb'.decode('ascii','test.h'), lambda: b'a\xff\xfeb\xc3'.decode('utf-8','test.h'), lambda: b'a\0\0\xd8b'.decode('utf-16-le','test.h'), lambda: b'a\x81b'.decode('cp1252','test.h'), lambda: b'a\\xzb'.decode('unicode-escape','test.h'), lambda: C.charmap_decode(b'ab','test.h',{97:'q'}), lambda: C.charmap_encode('abc','test.h',{97:1,120:2})):
        log.clear()
        try: print(ascii(f()), log)
        except BaseException as e: print(type(e).__name__, ascii(str(e)), log)
calls=0
def hd2(exc):
    log.append((type(exc).__name__, exc.start, exc.end)); return (rep, exc.end)
C.register_error('test.h', hd2)
for rep in ('','x','é','[?]',b'<b>','\ud800',b'abcd',5,None): print('rep',ascii(rep)); both()
def hd3(exc): 
    log.append(exc.start)
    if len(log)>5: raise KeyError('stop')
    return rets[min(len(log)-1,len(rets)-1)]
C.register_error('test.h', hd3)
for rets in ([('x',-1)],[('x',100)],[('x',-100)],[('x',10**30)],[5],[('x',)],[('x','y')],[['x',1]],[(5,1)],[('x',0),('y',9),('z',3)]): print('rets',rets); both()
def search(name):
    print('search',name)
    if name=='mycodec': return (lambda s,e='strict': (s.upper().encode(),len(s)), lambda b,e='strict': (bytes(b).decode().lower(),len(b)), None, None)
    if name=='bad1': return (1,2)
    if name=='bad2': return (lambda s,e:5, lambda s,e:5, None,None)
    if name=='bad3': return (lambda s,e:('str',1), lambda s,e:(b'x',1), None,None)
    if name=='bad4': raise ZeroDivisionError
C.register(search)
for n in ('my codec','MyCodec','my-codec','mycodec','MYCODEC','bad1','bad2','bad3','bad4'):
    t(str.encode,'aé',n); t(bytes.decode,b'AB',n)
t(C.encode,'a','bad3'); t(C.decode,b'a','bad3')
C.unregister(search); t(str.encode,'a','bad3')
