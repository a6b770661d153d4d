def parse(s):
    try:
        return int(s)
    except ValueError:
        raise KeyError("bad key")
def load():
    try:
        parse("x1")
    except KeyError as e:
        raise RuntimeError("load failed") from e
load()
