print("not run")
values = [1, 2,
          3, 4
def f():
    pass
