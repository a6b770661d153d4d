n = 0
for i in range(2**62 - 3, 2**62 + 3): n += i
print(n); i = 2**62 - 2
for _ in range(5): i += 1
print(i, -i, ~i); i = -2**62 + 2
for _ in range(5): i -= 1
print(i, abs(i)); x = 1
for _ in range(130): x *= 2
print(x, x >> 129); x = 2**63
while x > 2**60: x //= 2
print(x); a = 4611686018427387903; print(a + 1, a * 2, a - -1, -a - 2, a << 1, a ^ -1, a & ~a, a // -1, (-a - 1) // -1, a % -7, divmod(-a - 1, -1), (-a - 1) * -1, abs(-a - 1))
print([v % 3 for v in (-4611686018427387904, 4611686018427387903, -1, 2**64)], sum([a, a, a]), a == float(a), int(float(a)), a ** 2, 3 ** 40, (-3) ** 41)
s = 0
for k in range(100): s = (s * 31 + k) & 0xFFFFFFFFFFFFFFFF
print(s); h = 14695981039346656037
for c in b"taipan": h = (h ^ c) * 1099511628211 % 2**64
print(h, hex(h)); print(sorted([2**62, -2**62, 2**62 - 1, 2**63, 0]), {2**62: 1}[4611686018427387904], hash(2**62) == hash(float(2**62)), [10, 20][2**62 - 2**62 + 1])
c = 0
while c < 2**40: c += 2**36 + 1
print(c, range(2**62, 2**62 + 5)[3], list(range(-2**62 - 1, -2**62 + 2)), len(range(2**62)), 2**62 in range(2**63), int("4611686018427387904") == 2**62, str(-2**62), f"{2**62:,}", f"{-2**62 - 1:x}", 2**62 | 1, True + 2**62 - 1, round(2**62 + 1, -1), (2**62).bit_length())
