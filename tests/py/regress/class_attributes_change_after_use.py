"""Code that has already read an attribute sees what happens to the class afterwards."""


class Counter:
    total = 0
    label = "first" * 3

    def __init__(self):
        Counter.total += 1
        self.number = self.total


def show(c):
    return c.total, c.label


c = Counter()
for _ in range(5):
    show(c)
Counter.total = 20
Counter.label = "second" * 20
print(show(c)[0], len(show(c)[1]))
for i in range(4):
    Counter()
    print(show(c)[0], c.number)


class Base:
    level = 1


class Derived(Base):
    def __init__(self):
        self.own = 0


def level(d):
    return d.level


d = Derived()
print([level(d) for _ in range(4)])
Base.level = 2
print(level(d))
Derived.level = 3
print(level(d))
del Derived.level
print(level(d))


class Plain:
    def __init__(self):
        self.a = 1


def get(p):
    return p.a


def put(p, value):
    p.a = value


p = Plain()
for i in range(5):
    put(p, i)
    get(p)
Plain.__getattribute__ = lambda self, name: f"asked for {name}"
print(get(p))
del Plain.__getattribute__
print(get(p))
Plain.__setattr__ = lambda self, name, value: print("set", name, value)
put(p, 6)
del Plain.__setattr__
put(p, 7)
print(get(p))


class Descriptor:
    pass


class Holder:
    attribute = Descriptor()

    def __init__(self):
        self.x = 1


def attribute(h):
    return h.attribute


h = Holder()
for _ in range(4):
    attribute(h)
Descriptor.__get__ = lambda self, instance, owner: f"{owner.__name__} says"
print(attribute(h))
h.__dict__["attribute"] = "own"
print(attribute(h))
Descriptor.__set__ = lambda self, instance, value: None
print(attribute(h))
