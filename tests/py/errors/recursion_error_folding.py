def forever(n):
    return forever(n + 1)
def start():
    try:
        forever(0)
    except RecursionError as e:
        print(type(e).__name__, str(e).startswith("maximum recursion depth exceeded"))
start()
import sys
sys.setrecursionlimit(60)
forever(0)
