"""Texts about callbacks."""

from _asyncio import _callback_text


def _format_callback_source(func, args, *, debug=False):
    return _callback_text(func)


def _get_function_source(func):
    import inspect
    func = inspect.unwrap(func)
    while hasattr(func, "func"):
        func = func.func
    code = getattr(func, "__code__", None)
    return None if code is None else (code.co_filename, code.co_firstlineno)


def extract_stack(f=None, limit=None):
    """The stack as the traceback module gives it, in debug mode only as deep as is useful."""
    import sys
    import traceback
    from . import constants
    frames = traceback.walk_stack(sys._getframe(1) if f is None else f)
    depth = constants.DEBUG_STACK_DEPTH if limit is None else limit
    entries = traceback.StackSummary.extract(frames, limit=depth, lookup_lines=False)
    return traceback.StackSummary.from_list(entries[::-1])
