"""What counts as a coroutine."""

__all__ = "iscoroutinefunction", "iscoroutine"

import sys
from _asyncio import _coroutine_text as _format_coroutine


async def _sample():
    pass


_made = _sample()
_CoroutineType = type(_made)
_made.close()
del _made, _sample
_CO_COROUTINE = 0x80
_is_coroutine = object()


def _is_debug_mode():
    if sys.flags.dev_mode:
        return True
    if sys.flags.ignore_environment:
        return False
    import os
    return bool(os.environ.get("PYTHONASYNCIODEBUG"))


def _iscoroutinefunction(function):
    if getattr(function, "_is_coroutine", None) is _is_coroutine:
        return True
    import inspect
    return inspect.iscoroutinefunction(function)


def iscoroutinefunction(func):
    """Whether calling it gives a coroutine. The one in inspect has taken its place."""
    import warnings
    warnings.warn(
        "'asyncio.iscoroutinefunction' is deprecated and slated for removal in Python 3.16; "
        "use inspect.iscoroutinefunction() instead",
        DeprecationWarning,
        stacklevel=2,
    )
    return _iscoroutinefunction(func)


def iscoroutine(obj):
    """Whether it is a coroutine, of Python's own or another kind."""
    if type(obj) is _CoroutineType:
        return True
    from collections.abc import Coroutine
    return isinstance(obj, Coroutine)


def _isawaitable(obj):
    """What `await` accepts."""
    if iscoroutine(obj):
        return True
    code = getattr(obj, "gi_code", None)
    if code is not None and code.co_flags & 0x100:
        return True
    return hasattr(type(obj), "__await__")
