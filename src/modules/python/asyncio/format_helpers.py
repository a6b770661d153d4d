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
    if f is None:
        f = sys._getframe().f_back
    if limit is None:
        limit = constants.DEBUG_STACK_DEPTH
    stack = traceback.StackSummary.extract(traceback.walk_stack(f), limit=limit, lookup_lines=False)
    stack.reverse()
    return stack
