def shapes(x):
    match x:
        case 1 | 2:
            return "small"
        case [a, *_, b] if a:
            return b
        case {"k": v, **rest}:
            return rest
        case P(c, d=[e]) as whole:
            return whole
        case None:
            return 0
        case _:
            return x
