class E(Exception): pass
a = E("notes is not a list"); a.__notes__ = "text"
b = E("notes hold other things"); b.__notes__ = [1, None, "s"]
class BadStr:
    def __str__(self): raise ValueError
c = E(BadStr()); c.__notes__ = 5
raise ExceptionGroup("odd", [a, b, c])
