e = ValueError("with notes")
e.add_note("first note")
e.add_note("second\nover two lines")
e.add_note("")
try:
    raise e
except ValueError as x:
    x.add_note("added later")
    raise
