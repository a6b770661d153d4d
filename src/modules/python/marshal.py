"""Values as bytes, in a form of Taipan's own. Code objects have no such form."""

version = 5

_SIMPLE = {None: b"N", True: b"T", False: b"F", Ellipsis: b"."}
_CONTAINERS = {tuple: b"(", list: b"[", set: b"<", frozenset: b">"}


def _number(n):
    return n.to_bytes(4, "little")


def _put(value, out, depth):
    if depth > 2000:
        raise ValueError("object too deeply nested to marshal")
    kind = type(value)
    if value is None or value is Ellipsis or kind is bool:
        out.append(_SIMPLE[value])
    elif kind is int:
        data = value.to_bytes((value.bit_length() + 8) // 8, "little", signed=True)
        out += b"i", _number(len(data)), data
    elif kind is float:
        data = value.hex().encode()
        out += b"g", _number(len(data)), data
    elif kind is complex:
        out.append(b"y")
        _put(value.real, out, depth + 1)
        _put(value.imag, out, depth + 1)
    elif kind is str:
        data = value.encode("utf-8", "surrogatepass")
        out += b"u", _number(len(data)), data
    elif kind is bytes:
        out += b"s", _number(len(value)), value
    elif kind in _CONTAINERS:
        out += _CONTAINERS[kind], _number(len(value))
        for item in value:
            _put(item, out, depth + 1)
    elif kind is dict:
        out += b"{", _number(len(value))
        for key, item in value.items():
            _put(key, out, depth + 1)
            _put(item, out, depth + 1)
    else:
        try:
            view = memoryview(value)
        except TypeError:
            raise ValueError("unmarshallable object") from None
        data = view.tobytes()
        out += b"s", _number(len(data)), data


class _Reader:
    def __init__(self, data):
        self.data = data
        self.at = 0

    def take(self, n):
        piece = self.data[self.at:self.at + n]
        if len(piece) < n:
            raise EOFError("marshal data too short")
        self.at += n
        return piece

    def number(self):
        return int.from_bytes(self.take(4), "little")

    def value(self):
        kind = self.take(1)
        match kind:
            case b"N":
                return None
            case b"T":
                return True
            case b"F":
                return False
            case b".":
                return ...
            case b"i":
                return int.from_bytes(self.take(self.number()), "little", signed=True)
            case b"g":
                return float.fromhex(self.take(self.number()).decode())
            case b"y":
                return complex(self.value(), self.value())
            case b"u":
                return self.take(self.number()).decode("utf-8", "surrogatepass")
            case b"s":
                return self.take(self.number())
            case b"{":
                return {self.value(): self.value() for _ in range(self.number())}
        for cls, mark in _CONTAINERS.items():
            if mark == kind:
                return cls([self.value() for _ in range(self.number())])
        raise ValueError("bad marshal data (unknown type code)")


def dumps(value, version=version, /, *, allow_code=True):
    out = []
    _put(value, out, 0)
    return b"".join(out)


def dump(value, file, version=version, /, *, allow_code=True):
    file.write(dumps(value))


def loads(data, /, *, allow_code=True):
    return _Reader(bytes(data)).value()


def load(file, /, *, allow_code=True):
    return loads(file.read())
