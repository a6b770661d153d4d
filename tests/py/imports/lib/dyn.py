present = 1
calls = []
def __getattr__(name):
    if name == "lazy":
        calls.append(name); globals()["lazy"] = "computed"; return "computed"
    if name == "forbidden" or name.startswith("__"): raise AttributeError(f"module has no {name}!")
    return f"dynamic {name}"
def __dir__(): return ["z", "a", "custom"]
