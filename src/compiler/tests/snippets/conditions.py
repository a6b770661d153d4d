def conditions(a, b, c):
    if a < 1 and b is None or c in (1, 2):
        return a < b < c
    while not a == b:
        if a < f() < c:
            break
    return a and b or not c

def value(a, b):
    return 1 if a else 2 if b else 3
