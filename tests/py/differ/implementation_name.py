"""The implementation says its own name.

Category: Modules
Cause: `sys.implementation.name` identifies the interpreter, and programs that ask want the true answer.
    The language version is CPython's.
Work-around: Ask `sys.version_info` for language features.
"""
import sys

print(sys.implementation.name)
print(sys.version_info[:2])
