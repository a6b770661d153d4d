def t(src, **ns):
    try: exec(src, ns); print("ok", src)
    except Exception as e: print(src, "->", type(e).__name__, e)
t("from . import x"); t("from .x import y"); t("from .. import x", __name__="a.b"); t("from . import x", __package__="no_such_pkg"); t("from .. import x", __package__="lib"); t("from . import x", __package__=5); t("from . import x", __name__="toplevel"); t("from . import x", __package__=""); t("from .... import x", __package__="lib.pkg2")
try: import lib.beyond
except ImportError as e: print(type(e).__name__, e)
import sys
try:
    from . import anything
except ImportError as e: print(type(e).__name__, e)
print(__package__, __spec__)
