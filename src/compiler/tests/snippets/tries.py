def handlers(f):
    try:
        f()
    except (A, B) as e:
        return e
    except C:
        pass
    else:
        f(1)

def final(f):
    for x in f:
        try:
            if x:
                continue
            return x
        finally:
            f()

def groups(f):
    try:
        f()
    except* A as e:
        f(e)

def managers(m, n):
    with m as x, n:
        return x
