def deep(n):
    if n: deep(n - 1)
    else: raise ValueError("once")
def again():
    try: deep(2)
    except ValueError as e:
        try: raise e
        except ValueError as f: print(e is f)
        raise
def wrap():
    try: again()
    finally: print("finally")
wrap()
