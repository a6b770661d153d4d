class M(type):
    def __instancecheck__(c, o): print("instancecheck", c.__name__); return []
    def __subclasscheck__(c, s): print("subclasscheck", c.__name__); return "yes"
class A(metaclass=M): pass
print(isinstance(A(), A), isinstance(5, A), issubclass(int, A), issubclass(A, A))
class B: pass
print(isinstance(B(), (int, (str, (B,)))), isinstance(5, ()), issubclass(bool, (int, str)), isinstance(5, (int, "never looked at")))
class Liar:
    __class__ = B
print(isinstance(Liar(), B), isinstance(Liar(), Liar), type(Liar()).__name__)
def attempt(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
attempt(lambda: isinstance(1, 5)); attempt(lambda: isinstance(1, (str, 5))); attempt(lambda: issubclass(1, int)); attempt(lambda: issubclass(int, 5)); attempt(lambda: isinstance(1, [int])); attempt(lambda: issubclass(int, (str, [])))
class HasBases:
    __bases__ = (int,)
attempt(lambda: issubclass(HasBases(), int)); attempt(lambda: isinstance(1, HasBases()))
class BadBases: __bases__ = 5
attempt(lambda: issubclass(BadBases(), int))
deep = int
for _ in range(500): deep = (deep,)
print(isinstance(5, deep))
class Raises(type):
    def __instancecheck__(c, o): raise ValueError("check")
class R(metaclass=Raises): pass
attempt(lambda: isinstance(5, R)); print(isinstance(R(), R))
class ClsProp:
    @property
    def __class__(self): raise AttributeError
print(isinstance(ClsProp(), int), isinstance(True, int), issubclass(bool, int), isinstance(int, type), isinstance(type, type), isinstance(type, object), isinstance(object, type), issubclass(type, object))
print(type(5) is int, int.__subclasscheck__(bool), int.__instancecheck__(5), type.__subclasscheck__(int, bool), type.__instancecheck__(int, 5))
