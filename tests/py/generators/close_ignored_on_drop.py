def ignores():
    try: yield 1
    except GeneratorExit: yield "ignored"
g = ignores(); next(g); del g
print("after first")
def raises():
    try: yield 1
    finally: raise ValueError("in finally")
g = raises(); next(g); del g
print("after second")
def quiet():
    try: yield 1
    finally: print("cleanup")
g = quiet(); next(g); g = None
def stop():
    try: yield
    finally: raise StopIteration
g = stop(); next(g); del g
print("end")
