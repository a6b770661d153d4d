x = 3
def f():
    1/0
