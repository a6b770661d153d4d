# PEP 765: these give a SyntaxWarning when compiled, and still work.
import warnings
src = '''
def a():
    try: 1 / 0
    finally: return "swallowed"
def b():
    for i in range(3):
        try: raise ValueError
        finally: continue
    return "loop over"
def c():
    while True:
        try: return "lost"
        finally: break
    return "after"
def d():
    try: return 1
    finally: return 2
'''
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter("always")
    ns = {}
    exec(compile(src, "<src>", "exec"), ns)
for x in w: print(x.category.__name__, x.message, x.lineno)
for n in "abcd": print(n, ns[n]())
