def work():
    try: raise KeyboardInterrupt
    finally: print("cleanup")
try: work()
except Exception: print("not an Exception")
