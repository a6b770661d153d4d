def leaf():
    yield 1
    raise ValueError("from the leaf")
def middle():
    yield from leaf()
def top():
    for x in middle():
        yield x
def consume(it):
    return [v * 2 for v in it]
try: consume(top())
except ValueError as e:
    tb = e.__traceback__
    while tb: print(tb.tb_frame.f_code.co_name, tb.tb_lineno); tb = tb.tb_next
g = top(); next(g)
try: g.throw(KeyError("thrown"))
except KeyError as e:
    tb = e.__traceback__
    while tb: print(tb.tb_frame.f_code.co_name, tb.tb_lineno); tb = tb.tb_next
sum(x / 0 for x in top())
