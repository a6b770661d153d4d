def inner(x):
    return 1 / x
def outer():
    inner(0)
print("before")
outer()
print("never")
