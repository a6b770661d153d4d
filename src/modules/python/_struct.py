"""Packed binary data."""

import sys


class error(Exception):
    __module__ = "struct"


# Size in standard mode, size and alignment in native mode.
_SIZES = {
    "x": (1, 1), "c": (1, 1), "b": (1, 1), "B": (1, 1), "?": (1, 1), "h": (2, 2), "H": (2, 2), "i": (4, 4), "I": (4, 4),
    "l": (4, 8), "L": (4, 8), "q": (8, 8), "Q": (8, 8), "n": (None, 8), "N": (None, 8), "P": (None, 8),
    "e": (2, 2), "f": (4, 4), "d": (8, 8), "s": (1, 1), "p": (1, 1),
}
_FLOATS = {"f": (4, "f"), "d": (8, "d")}


def _half(data):
    bits = int.from_bytes(data, "little")
    sign = -1.0 if bits >> 15 else 1.0
    exponent, fraction = bits >> 10 & 31, bits & 1023
    if exponent == 31:
        return sign * float("nan" if fraction else "inf")
    if exponent:
        return sign * (1 + fraction / 1024) * 2.0 ** (exponent - 15)
    return sign * fraction * 2.0 ** -24


def _to_half(x):
    import math
    sign = 0x8000 if math.copysign(1, x) < 0 else 0
    x = abs(x)
    if x != x:
        return sign | 0x7E00
    if x == math.inf:
        return sign | 0x7C00
    if x < 2.0 ** -14:
        return sign | round(x * 2.0 ** 24)
    fraction, exponent = math.frexp(x)
    bits = round((fraction * 2 - 1) * 1024) + (exponent + 14 << 10)
    if bits >= 0x7C00:
        raise OverflowError("float too large to pack with e format")
    return sign | bits


def _parse(fmt):
    if isinstance(fmt, (bytes, bytearray)):
        fmt = fmt.decode("ascii")
    if not isinstance(fmt, str):
        raise TypeError(f"Struct() argument 1 must be a str or bytes object, not {type(fmt).__name__}")
    order, native, at = sys.byteorder, True, 0
    if fmt[:1] in tuple("@=<>!"):
        at = 1
        native = fmt[0] == "@"
        order = "little" if fmt[0] == "<" else "big" if fmt[0] in ">!" else order
    items, size = [], 0
    while at < len(fmt):
        c = fmt[at]
        at += 1
        if c.isspace():
            continue
        count = None
        if c.isdigit():
            start = at - 1
            while at < len(fmt) and fmt[at].isdigit():
                at += 1
            count = int(fmt[start:at])
            if at >= len(fmt):
                raise error("repeat count given without format specifier")
            c = fmt[at]
            at += 1
        sizes = _SIZES.get(c)
        if sizes is None or not native and sizes[0] is None:
            raise error("bad char in struct format")
        width = sizes[1] if native else sizes[0]
        if native:
            size = -(-size // width) * width
        n = 1 if count is None else count
        if c in "sp":
            items.append((c, size, n, 1))
        elif c != "x":
            items.append((c, size, width, n))
        size += width * n
        if size > sys.maxsize:
            raise error("total struct size too long")
    return fmt, order, items, size


def _pack_one(c, width, order, value):
    if c == "c":
        if not isinstance(value, (bytes, bytearray)) or len(value) != 1:
            raise error("char format requires a bytes object of length 1")
        return bytes(value)
    if c == "?":
        return b"\1" if value else b"\0"
    if c in "efd":
        try:
            value = float(value)
        except TypeError:
            raise error("required argument is not a float") from None
        if c == "e":
            return _to_half(value).to_bytes(2, order)
        view = bytearray(width)
        memoryview(view).cast(c)[0] = value
        if c == "f" and abs(value) != float("inf") and abs(memoryview(view).cast(c)[0]) == float("inf"):
            raise OverflowError("float too large to pack with f format")
        return bytes(view) if order == sys.byteorder else bytes(view[::-1])
    try:
        value = value.__index__()
    except AttributeError:
        raise error("required argument is not an integer") from None
    signed = c in "bhilqn"
    low, high = (-(1 << width * 8 - 1), (1 << width * 8 - 1) - 1) if signed else (0, (1 << width * 8) - 1)
    if not low <= value <= high:
        if c not in "qQ":
            raise error(f"'{c}' format requires {low} <= number <= {high}")
        raise error("int too large to convert")
    return value.to_bytes(width, order, signed=signed)


def _unpack_one(c, width, order, data):
    if c == "c":
        return data
    if c == "?":
        return data != b"\0"
    if c == "e":
        return _half(data if order == "little" else data[::-1])
    if c in _FLOATS:
        return memoryview(data if order == sys.byteorder else data[::-1]).cast(c)[0]
    return int.from_bytes(data, order, signed=c in "bhilqn")


class Struct:
    def __init__(self, format):
        self.format, self._order, self._items, self.size = _parse(format)
        self._count = sum(n for c, at, width, n in self._items)

    def __repr__(self):
        return f"{type(self).__module__}.{type(self).__qualname__}({self.format!r})"

    def __sizeof__(self):
        return 64 + 32 * len(self._items)

    def pack(self, *values):
        if len(values) != self._count:
            raise error(f"pack expected {self._count} items for packing (got {len(values)})")
        out = bytearray(self.size)
        rest = iter(values)
        for c, at, width, n in self._items:
            if c in "sp":
                value = next(rest)
                if not isinstance(value, (bytes, bytearray)):
                    raise error(f"argument for '{c}' must be a bytes object")
                if c == "s":
                    piece = bytes(value[:width])
                else:
                    piece = bytes(value[:min(width - 1, 255)]) if width else b""
                    piece = bytes([len(piece)]) + piece if width else b""
                out[at:at + len(piece)] = piece
                continue
            for _ in range(n):
                out[at:at + width] = _pack_one(c, width, self._order, next(rest))
                at += width
        return bytes(out)

    def pack_into(self, buffer, offset, *values):
        data = self.pack(*values)
        view = memoryview(buffer).cast("B")
        if offset < 0:
            if offset + len(view) < 0:
                raise error(f"offset {offset} out of range for {len(view)}-byte buffer")
            offset += len(view)
        if len(view) - offset < self.size:
            raise error(
                f"pack_into requires a buffer of at least {self.size + offset} bytes for packing {self.size} bytes "
                f"at offset {offset} (actual buffer size is {len(view)})")
        view[offset:offset + self.size] = data

    def _read(self, data):
        out = []
        order = self._order
        for c, at, width, n in self._items:
            if c == "s":
                out.append(data[at:at + width])
            elif c == "p":
                length = min(data[at], width - 1) if width else 0
                out.append(data[at + 1:at + 1 + length])
            else:
                for _ in range(n):
                    out.append(_unpack_one(c, width, order, data[at:at + width]))
                    at += width
        return tuple(out)

    def unpack(self, buffer, /):
        data = bytes(memoryview(buffer))
        if len(data) != self.size:
            raise error(f"unpack requires a buffer of {self.size} bytes")
        return self._read(data)

    def unpack_from(self, buffer, offset=0):
        view = memoryview(buffer).cast("B")
        if offset < 0:
            if offset + len(view) < 0:
                raise error(f"offset {offset} out of range for {len(view)}-byte buffer")
            offset += len(view)
        if len(view) - offset < self.size:
            raise error(
                f"unpack_from requires a buffer of at least {self.size + offset} bytes for unpacking {self.size} bytes "
                f"at offset {offset} (actual buffer size is {len(view)})")
        return self._read(bytes(view[offset:offset + self.size]))

    def iter_unpack(self, buffer, /):
        if not self.size:
            raise error("cannot iteratively unpack with a struct of length 0")
        view = memoryview(buffer).cast("B")
        if len(view) % self.size:
            raise error(f"iterative unpacking requires a buffer of a multiple of {self.size} bytes")
        return (self._read(bytes(view[at:at + self.size])) for at in range(0, len(view), self.size))


_cache = {}


def _struct(format):
    s = _cache.get(format)
    if s is None:
        if len(_cache) > 100:
            _cache.clear()
        s = _cache[format] = Struct(format)
    return s


def _clearcache():
    _cache.clear()


def calcsize(format, /):
    return _struct(format).size


def pack(format, /, *values):
    return _struct(format).pack(*values)


def pack_into(format, buffer, offset, /, *values):
    _struct(format).pack_into(buffer, offset, *values)


def unpack(format, buffer, /):
    return _struct(format).unpack(buffer)


def unpack_from(format, /, buffer, offset=0):
    return _struct(format).unpack_from(buffer, offset)


def iter_unpack(format, buffer, /):
    return _struct(format).iter_unpack(buffer)
