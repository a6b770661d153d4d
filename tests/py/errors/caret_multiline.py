def f(*a): raise ValueError("in f")
def t(fn):
    import traceback
    try: fn()
    except Exception as e: print("".join(traceback.format_exception(e)[2:]), end="")
def one():
    f(
        1,
        2,
    )
def two():
    return (1 +
            2 +
            "x")
def three():
    x = {
        "a": 1,
        "b": 1 / 0,
        "c": 3,
    }
def four():
    f(1)(
        2
    )
def five():
    return [
        x
        for x in range(3)
        if x / 0
    ]
def six():
    s = """
    text
    """ + 5
def seven():
    if (1 and
        None.x):
        pass
def eight():
    None \
        .attr
def nine():
    f(1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
      11,
      12,
      13,
      14,
      15,
      16)
for fn in one, two, three, four, five, six, seven, eight, nine: t(fn)
(
    f
)(
    "module level",
    "call"
)
