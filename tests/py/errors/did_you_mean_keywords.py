def f(first, second, *, third=1, fourth=2): pass
class A:
    def __init__(self, name, value=1): pass
    def m(self, *, option): pass
def t(fn):
    import traceback
    try: fn()
    except Exception as e: print(traceback.format_exception_only(e)[-1].strip())
t(lambda: f(1, secnd=2)); t(lambda: f(frst=1)); t(lambda: f(1, 2, thrid=3)); t(lambda: f(1, 2, zzz=3)); t(lambda: A(nme="x")); t(lambda: A("a", vale=1)); t(lambda: A("a").m(optoin=1)); t(lambda: print("a", spe="")); t(lambda: sorted([1], kye=None)); t(lambda: int("1", bas=2)); t(lambda: "a".split(spe=",")); t(lambda: open("x", moed="r")); t(lambda: max([1], kee=1)); t(lambda: sum([1], strat=2)); t(lambda: dict().update); t(lambda: enumerate([], strt=1)); t(lambda: round(1.5, ndigit=1)); t(lambda: "a".encode(encodin="ascii")); t(lambda: zip([1], strickt=True)); t(lambda: compile("1", "f", mod="exec")); t(lambda: [].sort(revers=True)); t(lambda: bytes(sourc=b"")); t(lambda: str(objct=1)); t(lambda: "{}".format_map(mappin=1)); t(lambda: pow(bas=1, exp=2)); t(lambda: complex(rel=1)); t(lambda: "a".expandtabs(tabsiz=1)); t(lambda: "a".replace("a", "b", cont=1)); t(lambda: (1).to_bytes(lenght=1)); t(lambda: __import__(nam="x")); t(lambda: property(fgt=1)); t(lambda: map(fun=1)); t(lambda: f(1, 2, 3)); t(lambda: f(third=1)); t(lambda: f(1, 2, first=1)); t(lambda: f(1, 2, **{"fourht": 2}))
