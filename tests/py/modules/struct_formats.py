"""The module struct: every format, its ranges and errors, buffers and iteration."""
import struct
def t(f,*a):
    try: print(f(*a))
    except BaseException as e: print(type(e).__name__,e)
for a in (("x",),("i",),("i",1,2),("i","a"),("b",200),("B",-1),("B",256),("h",40000),("H",70000),("H",-1),("i",1<<31),("I",1<<32),("I",-1),("<i",1<<31),("<I",1<<32),("q",1<<63),("Q",1<<64),("Q",-1),("<q",1<<63),("<Q",1<<64),("<Q",-1),("n",1<<63),("N",1<<64),("P",1<<64),("f",1e39),("d","x"),("e",65520.0),("e",1e10),("c",b"ab"),("c","a"),("c",1),("s","a"),("3s",b"abcdef"),("5s",b"ab"),("3p",b"abcdef"),("p",b""),("0p",b"ab"),("300p",b"x"*299),("?",[]),("?",1),("z",1),("<P",1),("i 2h",1,2,3),("3",),("3 i",1),("9999999999999999999i",1),("999999999999999999i",1),("b",1.0),("<b",1.5),("f","x"),("@bi",1,2),("=bi",1,2),(">bhiq",1,2,3,4),("!H",258),("bxxxi",1,2),("0i",),("b0i",1),("F",1j),("<D",2+3j),("F",1),("F","a"),("é",1),(b"i",1),(1,1),("",),("s",1),("<b",-129),("<B",256),("<H",1<<20),("<h",1<<20),("<b","s"),("b",1<<80),("<q","s"),("P",-1),("q",1<<80),("Q",1<<80),("<Q",1<<80)):
    try: print(ascii(a),struct.pack(*a), struct.calcsize(a[0]))
    except BaseException as e: print(ascii(a),type(e).__name__,e)
print(struct.unpack("<bBhHiIqQ?c3s",bytes(range(200,200+35)))); print(struct.unpack("@bi",b"\1\0\0\0\2\0\0\0"))
t(struct.unpack,"i",b"123"); t(struct.unpack,"",b"1"); t(struct.unpack,"i","abc"); t(struct.unpack_from,"i",b"1"); t(struct.unpack_from,"i",b"12345678",5);t(struct.unpack_from,"i",b"12345678",-3);t(struct.unpack_from,"i",b"12345678",-9);t(struct.unpack_from,"i",b"12345678",4); t(struct.unpack_from,"i",b"123456789",100)
b=bytearray(8); t(struct.pack_into,"i",b,2,5); print(b); t(struct.pack_into,"i",b,5,5); t(struct.pack_into,"i",b,-3,5); t(struct.pack_into,"i",b,-9,5); t(struct.pack_into,"i",b,100,5); t(struct.pack_into,"i",b"abcd",0,5); t(struct.pack_into,"i",b); t(struct.pack_into); t(struct.pack_into,"i"); t(struct.pack_into,"i",b,0); t(struct.pack_into,"i",b,"x",1);t(struct.pack)
b=bytearray(b"\xff"*8); struct.pack_into("bxh",b,1,1,2); print(b)
print(list(struct.iter_unpack("<h",b"123456"))); t(struct.iter_unpack,"i",b"123"); t(struct.iter_unpack,"",b"")
S=struct.Struct("<3hx"); print(S,S.format,S.size,S.pack(1,2,3),S.unpack(b"1234567"),repr(S)); t(S.pack,1); t(S.unpack,b""); t(struct.Struct); t(struct.Struct,1); t(S.unpack_from,b"1234567"); it=S.iter_unpack(b"12345671234567"); print(it.__length_hint__(),list(it),type(it)); t(lambda: S.foo); t(lambda: setattr(S,'size',3)); print(struct.Struct(b"<i").format)
print(struct.error, struct.error.__module__, struct.Struct.__module__, type(it).__module__)
print(struct.unpack("<e",struct.pack("<e",0.1)),struct.pack("<f",float('nan')),struct.pack("<e",float('nan')),struct.pack("<d",float('-inf')),struct.pack("<e",float('inf')),struct.unpack("<3p",b"\5ab"),struct.unpack("<F",struct.pack("<F",1.5j)))
class I:
    def __index__(s): return 7
print(struct.pack("<h",I())); t(struct.pack,"<f",I())
class F:
    def __float__(s): return 7.0
t(struct.pack,"<f",F()); t(struct.pack,"b",F())
class C:
    def __complex__(s): return 7j
t(struct.pack,"<F",C())
for x in (1.0,-2.0,65504.0,65519.99,6.1e-5,5.96e-8,2.98e-8,2.99e-8,1/3,1e-10,0.0,-0.0,1.0009765625,1.00048828125,1.00146484375): print(x,struct.pack(">e",x).hex(),struct.unpack(">e",struct.pack(">e",x)))
print(sum(x*x for x in (struct.unpack("<e",struct.pack("<H",i))[0] for i in range(65536)) if x==x and abs(x)<1e9))
print(all(struct.pack("<e",struct.unpack("<e",struct.pack("<H",i))[0])==struct.pack("<H",i) for i in range(0x7c00)))
print(struct.unpack("!"+"bBhHiIlLqQ",bytes(range(128,128+38))),struct.calcsize("!bBhHiIlLqQ"),struct.calcsize("bBhHiIlLqQnNP"))
print(struct.pack(" > h",1) if 0 else struct.pack(">  h ",1)); t(struct.pack," >h",1)
class S2(struct.Struct):
    def __init__(self): super().__init__("<i")
t(S2)
class S3(struct.Struct):
    def __new__(cls,a): return super().__new__(cls,"<i")
    def __init__(self,a): self.a=a
s=S3(5); print(s.a,s.size)
