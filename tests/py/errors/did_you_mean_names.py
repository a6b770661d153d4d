class Foo:
    classattr = 1
    def __init__(self): self.attribute = 1; self._private = 2
    def do_something(self): return compute
    def use(self): return attribute
def t(src, ns=None):
    import traceback
    try: exec(src, {"Foo": Foo, "foo": Foo(), "counter": 1, "length": 2, **(ns or {})})
    except Exception as e: print(src.replace("\n", "; "), "->", traceback.format_exception_only(e)[-1].strip())
for src in ("couter", "lenght", "pritn(1)", "Foo.classatr", "foo.atribute", "foo.do_somthing()", "foo.private", "foo.zzzzzz", "x", "lne([])", "foo.use()", "import maths", "import colections", "import sys; sys.pth", "''.stripp()", "[].appendd(1)", "{}.itemss()", "(1).bit_lenght()", "None.foo", "Tru", "none", "true", "null", "time.time()", "math.pi", "os.path", "itertools.chain()", "asyncio.run", "self", "this", "f'{countr}'", "def f():\n  value = 1\n  return valu\nf()", "def f(parameter):\n  return paramter\nf(1)", "class A:\n  x = 1\n  def m(self): return x\nA().m()", "class A:\n  def m(self): return m\nA().m()", "print(counter, coutner)", "del couter", "abs.__nme__", "Foo().attribut = couter", "raise ValueErorr", "int('5').foo", "def f(): globl = 1; del globl; return globl\nf()", "foo.Attribute", "foo.ATTRIBUTE", "foo.attributee", "foo.a", "foo._privat", "strr(5)", "Exceptoin", "prinnt", "_length", "LENGTH"): t(src)
class Slots:
    __slots__ = ("alpha", "beta")
t("s.alpah", {"s": Slots()}); t("s.alpah = 1", {"s": Slots()}); t("s.gamma = 1", {"s": Slots()})
class Inner: value = 1
class Outer:
    def __init__(self): self.inner = Inner()
t("o.value", {"o": Outer()}); t("o.innr.value", {"o": Outer()})
