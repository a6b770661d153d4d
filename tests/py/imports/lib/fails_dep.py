print("running fails_dep")
loaded = True
