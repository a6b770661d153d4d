def outer():
    x = 1
    def inner():
        nonlocal y
        return y
    return inner
