import time
def run(src, name="x"):
    ns = {}; exec(src, ns); return ns.get(name)
print(run("x = 5\nif x == -1: y = 0\n" + "".join(f"elif x == {i}: y = {i}\n" for i in range(300)), "y"))
print(run("x = [" + "1," * 200_000 + "]").__len__()); print(len(run("x = {" + ",".join(f"{i}: {i}" for i in range(50_000)) + "}"))); print(len(run("x = (" + "'a'," * 100_000 + ")")))
print(run("x = 0\n" + "x += 1\n" * 30_000)); print(len(run("x = '" + "a" * 1_000_000 + "'"))); print(run("x = " + "1 + " * 2000 + "1")); print(len(run("x = (" + "'a'\n" * 20_000 + ")")))
print(run("\n".join(f"v{i} = {i}" for i in range(20_000)) + "\nx = v19999")); print(run("def f(" + ",".join(f"a{i}" for i in range(1000)) + "): return a999\nx = f(" + ",".join(map(str, range(1000))) + ")"))
print(run("def f():\n" + "".join(f"  v{i} = {i}\n" for i in range(5000)) + "  return v0 + v4999\nx = f()")); print(run("def f(*a): return len(a)\nx = f(" + "1," * 5000 + ")")); print(run("x = " + "-".join(["1"] * 3000)))
print(run("def f(**k): return len(k)\nx = f(" + ",".join(f"k{i}=1" for i in range(2000)) + ")")); print(run("x = 1 < " + " < ".join(map(str, range(2, 2000))))); print(run("x = 0 or " + " or ".join(["0"] * 5000) + " or 7"))
print(run("class A:\n" + "".join(f"  def m{i}(self): return {i}\n" for i in range(2000)) + "x = A().m1999()")); print(len(run("x = f'" + "{1}" * 5000 + "'"))); print(run("\n" * 100_000 + "x = 1")); print(run("# " + "c" * 500_000 + "\nx = 2")); print(run("x = 1" + ";x += 1" * 20_000))
print(run("x = 1" + " " * 200_000)); print(run("x = [\n" + "\n" * 50_000 + "3]")[0]); print(run("if 1:\n" + "  y = 1\n" * 20_000 + "x = y")); print(run("def f(n):\n match n:\n" + "".join(f"  case {i}: return {i * 2}\n" for i in range(1000)) + "x = f(999)")); print(run("x = 10 ** 1000 % 7\n" + "def g(): pass\n" * 5000))
print(run("try: raise KeyError\n" + "".join(f"except ZeroDivisionError: x = {i}\n" for i in range(500)) + "except KeyError: x = 'found'"))
src = "x = 0\nfor i in range(3):\n" + "  x += i\n" * 40_000; print(run(src)); src = "def f(c):\n if c:\n" + "  a = 1\n" * 40_000 + " else: a = 2\n return a\nx = f(0)"; print(run(src))
