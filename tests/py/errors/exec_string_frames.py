src = """
def boom(n):
    return n / 0

boom(1)
"""
try: exec(src)
except ZeroDivisionError as e:
    import traceback
    traceback.print_exc(limit=None, file=__import__("sys").stdout)
exec(compile(src, "made_up.py", "exec"))
