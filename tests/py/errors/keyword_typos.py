import sys
for src in ("whille True:\n    pass\n", "x = 1\ndef f():\n    y = 2\n    retrun y\n", "form os import path\n", "fro x in y:\n  pass\n", "import os\n\nclass A:\n    def f(self):\n        a = 1\n        if a ad b:\n            pass\n", "imoprt os\n", "clss A:\n  pass\n", "x = 5 iff y else 3\n", "asynch def f(): pass\n", "tru:\n  pass\n", "lambad x: x\n", "x = [a forr a in b]\n", "wth open(x) as f:\n  pass\n", "a b\n", "f(a b)\n", "dfe f(): pass\n", "if x:\n  pass\nelsee:\n  pass\n", "raisee X\n"):
    try: compile(src, "<src>", "exec")
    except SyntaxError as e: sys.excepthook(SyntaxError, e, None)
