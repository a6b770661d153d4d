e = ValueError("bottom")
for i in range(13): e = ExceptionGroup(f"level {i}", [e])
wide = ExceptionGroup("wide", [ValueError(i) for i in range(20)])
raise ExceptionGroup("all", [e, wide])
