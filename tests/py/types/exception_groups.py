eg = ExceptionGroup("top", [ValueError(1), ExceptionGroup("mid", [TypeError(2), ValueError(3)]), OSError(4)])
print(repr(eg), str(eg), eg.message, eg.exceptions, eg.args)
print(eg.subgroup(ValueError), repr(eg.subgroup(ValueError)), eg.subgroup(KeyError), eg.subgroup(ExceptionGroup) is eg)
m, r = eg.split(ValueError); print(repr(m), repr(r)); m, r = eg.split(lambda e: isinstance(e, OSError)); print(repr(m), repr(r)); print(eg.split(KeyError)[0], eg.split(Exception)[1], repr(eg.split((TypeError, OSError))[0]))
print(repr(eg.derive([KeyError()])), type(BaseExceptionGroup("b", [ValueError()])).__name__, type(BaseExceptionGroup("b", [KeyboardInterrupt()])).__name__)
def s(f):
    try: print(repr(f()))
    except Exception as e: print(type(e).__name__, e)
s(lambda: ExceptionGroup()); s(lambda: ExceptionGroup("a")); s(lambda: ExceptionGroup("a", [])); s(lambda: ExceptionGroup(5, [ValueError()])); s(lambda: ExceptionGroup("a", 5)); s(lambda: ExceptionGroup("a", [5])); s(lambda: ExceptionGroup("a", [ValueError])); s(lambda: ExceptionGroup("a", [KeyboardInterrupt()])); s(lambda: ExceptionGroup("a", (ValueError(),))); s(lambda: ExceptionGroup("a", iter([ValueError()]))); s(lambda: eg.split(5)); s(lambda: eg.subgroup("a")); s(lambda: ExceptionGroup("one", [ValueError()]).__str__()); s(lambda: eg.split()); s(lambda: ExceptionGroup("a", [ValueError()], 5)); s(lambda: ExceptionGroup("a", {1: 2}))
eg.add_note("note"); sub = eg.subgroup(ValueError); print(sub.__notes__, sub.__notes__ is eg.__notes__)
class My(ExceptionGroup):
    def __new__(cls, msg, excs, extra=None):
        o = super().__new__(cls, msg, excs); o.extra = extra; return o
    def derive(self, excs): return My(self.message, excs, self.extra)
m = My("mine", [ValueError(1), KeyError(2)], "x"); a, b = m.split(KeyError); print(type(a).__name__, a.extra, b.extra, repr(a), m.extra)
class Plain(ExceptionGroup): pass
print(type(Plain("p", [ValueError()]).subgroup(ValueError)).__name__, type(Plain("p", [ValueError(), KeyError()]).subgroup(ValueError)).__name__)
s(lambda: type("X", (ExceptionGroup,), {})("m", [KeyboardInterrupt()])); s(lambda: type("Y", (BaseExceptionGroup, ValueError), {})("m", [KeyboardInterrupt()]))
try: eg.exceptions = ()
except AttributeError as e: print(e)
try: raise eg
except ExceptionGroup as caught:
    x = caught.subgroup(OSError); print(x.__traceback__ is caught.__traceback__, x.__cause__, x.__context__)
print(ExceptionGroup[int], ExceptionGroup.__class_getitem__(str))
l = [ValueError()]; g = ExceptionGroup("l", l); l.append(1); print(g.exceptions, len(g.args[1]))
