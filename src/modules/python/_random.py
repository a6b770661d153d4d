"""The Mersenne twister MT19937 (Matsumoto and Nishimura, 1998)."""

_N, _M = 624, 397


class Random:
    def __new__(cls, *args, **kwargs):
        self = object.__new__(cls)
        Random.seed(self, *args[:1])
        return self

    def __init__(self, x=None):
        pass

    def seed(self, n=None, /):
        if n is None:
            from os import urandom
            n = int.from_bytes(urandom(64), "little")
        elif isinstance(n, int):
            n = abs(int(n))
        else:
            n = hash(n) & 0xFFFF_FFFF_FFFF_FFFF
        key = []
        while True:
            key.append(n & 0xFFFFFFFF)
            n >>= 32
            if not n:
                break
        mt = self._mt = [0] * _N
        x = mt[0] = 19650218
        for i in range(1, _N):
            x = mt[i] = (1812433253 * (x ^ x >> 30) + i) & 0xFFFFFFFF
        i, j = 1, 0
        for _ in range(max(_N, len(key))):
            mt[i] = ((mt[i] ^ (mt[i - 1] ^ mt[i - 1] >> 30) * 1664525) + key[j] + j) & 0xFFFFFFFF
            i += 1
            j += 1
            if i >= _N:
                mt[0] = mt[_N - 1]
                i = 1
            if j >= len(key):
                j = 0
        for _ in range(_N - 1):
            mt[i] = ((mt[i] ^ (mt[i - 1] ^ mt[i - 1] >> 30) * 1566083941) - i) & 0xFFFFFFFF
            i += 1
            if i >= _N:
                mt[0] = mt[_N - 1]
                i = 1
        mt[0] = 0x80000000
        self._at = _N

    def _word(self):
        mt = self._mt
        if self._at >= _N:
            for k in range(_N):
                y = mt[k] & 0x80000000 | mt[(k + 1) % _N] & 0x7FFFFFFF
                mt[k] = mt[(k + _M) % _N] ^ y >> 1 ^ (0x9908B0DF if y & 1 else 0)
            self._at = 0
        y = mt[self._at]
        self._at += 1
        y ^= y >> 11
        y ^= y << 7 & 0x9D2C5680
        y ^= y << 15 & 0xEFC60000
        return y ^ y >> 18

    def random(self):
        a = self._word() >> 5
        b = self._word() >> 6
        return (a * 67108864 + b) / 9007199254740992

    def getrandbits(self, k, /):
        if k < 0:
            raise ValueError("number of bits must be non-negative")
        result = shift = 0
        while k > 0:
            word = self._word()
            if k < 32:
                word >>= 32 - k
            result |= word << shift
            shift += 32
            k -= 32
        return result

    def getstate(self):
        return (*self._mt, self._at)

    def setstate(self, state, /):
        if not isinstance(state, tuple):
            raise TypeError("state vector must be a tuple")
        if len(state) != _N + 1:
            raise ValueError("state vector is the wrong size")
        if not 0 <= state[-1] <= _N:
            raise ValueError("invalid state")
        self._mt = [word & 0xFFFFFFFF for word in state[:-1]]
        self._at = state[-1]
