"""The docstrings of what is built in are in words of their own.

Category: Objects
Cause: Docstrings are texts with authors. Taipan says what its functions, classes and native modules do in its own words
    instead of repeating CPython's. There is one wherever CPython has one, and the signatures that `inspect` and
    `help()` show are the same. The modules that are written in Python are the library's own, docstrings and all.
Work-around: Look at `inspect.signature()` for arguments; don't parse docstrings.
"""
import string.templatelib
import typing

for thing in (len, int, object, None, typing.Union, typing.TypeVar, string.templatelib.Template):
    print(thing.__doc__.split()[:2])
