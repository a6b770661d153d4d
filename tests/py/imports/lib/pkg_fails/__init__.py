raise RuntimeError("package init")
