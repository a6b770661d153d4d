def check(v):
    if not v: raise LookupError("from the imported module")
print("module body")
check([])
