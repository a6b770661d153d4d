import sys
for _ in range(2):
    try: import lib.fails_midway
    except ValueError as e: print(e)
    print("lib.fails_midway" in sys.modules, "lib.fails_dep" in sys.modules)
import lib.fails_dep; print(lib.fails_dep.loaded, hasattr(lib, "fails_midway"))
try: import lib.replaces_itself as r; print(r.attr, type(r).__name__)
except Exception as e: print(type(e).__name__, e)
try: import lib.removes_itself
except (ImportError, KeyError) as e: print(type(e).__name__, e)
try: import lib.syntax_bad
except SyntaxError as e: print(e.msg, e.lineno, e.filename.endswith("syntax_bad.py"), "lib.syntax_bad" in sys.modules)
try: import lib.exits
except SystemExit as e: print("exit", e.code, "lib.exits" in sys.modules)
try: import lib.pkg_fails.mod
except RuntimeError as e: print(e, [m for m in sys.modules if "pkg_fails" in m])
