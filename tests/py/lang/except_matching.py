def attempt(exc, *handlers):
    try:
        try:
            raise exc
        except handlers as e:
            return f"caught {type(e).__name__}"
    except BaseException as e:
        return f"escaped {type(e).__name__}: {e}"
print(attempt(KeyError(1), LookupError))
print(attempt(KeyError(1), IndexError, ValueError))
print(attempt(KeyError(1)))
print(attempt(KeyError(1), (ValueError, (KeyError,))))
print(attempt(KeyError(1), str))
print(attempt(KeyError(1), KeyError, 5))
print(attempt(KeyboardInterrupt(), Exception))
class Meta(type):
    def __instancecheck__(c, o): return True
    def __subclasscheck__(c, o): return True
class Fake(Exception, metaclass=Meta): pass
print(attempt(KeyError(1), Fake))
def order():
    try: raise ValueError
    except print("never called") or ValueError: print("1")
    except undefined: print("2")
order()
try:
    try: 1 / 0
    except undefined_name: pass
except NameError as e:
    print(e, "context:", repr(e.__context__))
def tup():
    try: int("x")
    except TypeError, ValueError: return "unparenthesised"
print(tup())
for bad in (5, "s", int, None, object()):
    try: raise bad
    except TypeError as e: print(e)
try: raise ValueError from 5
except TypeError as e: print(e)
try: raise
except RuntimeError as e: print(e)
class NeedsArg(Exception):
    def __init__(self, a): self.a = a
try: raise NeedsArg
except TypeError as e: print(e)
class Weird(Exception):
    def __new__(cls): return 5
try: raise Weird
except TypeError as e: print(e)
