a = 7**300; b = 3**200; f = 1
for i in range(1, 200): f *= i
print(f)
print(a // b, a % b, -a // b, -a % b, a // -b, a % -b)
print(divmod(a, b) == (a // b, a % b), (a // b) * b + a % b == a, ((-a) // b) * b + (-a) % b == -a)
print(a & b, a | b == b | a, (a ^ b) ^ b == a, ~a == -a - 1, -a & 0xffff, -a | 0xff, -a ^ 1, a >> 500, -a >> 500, -a >> 10000, a << 3 == a * 8)
print(hex(a)[:40], oct(b)[:30], bin(b)[:50], format(b, "_x")[:40], format(b, ",")[:40], f"{b:e}", f"{b:.3g}")
import math
print(math.gcd(a * 6, a * 4) == a * 2, math.gcd(2**100, 6**50) == 2**50, math.lcm(2**70, 3**40), math.isqrt(a), math.isqrt(10**50), math.comb(200, 100), math.perm(30, 20), math.factorial(50), math.gcd(), math.gcd(0, -5), math.lcm(), math.lcm(0, 5))
print(pow(3, 10**20, 10**18 + 9), pow(2, -5, 101), pow(a, b, 1000007), pow(-a, 3, b) == (-a)**3 % b)
def fib(n):
    x, y = 0, 1
    for _ in range(n): x, y = y, x + y
    return x
print(fib(500), fib(1000) % 10**20)
print(float(2**1023), float(2**53 + 1), float(2**53 + 3), float(-2**100 - 1), (2**1000) / (2**999 + 1), a / b, 1 / (2**1000), (10**23) / 1, int(1e23), int(float(10**22)))
print(a.bit_length(), a.bit_count(), int.from_bytes(a.to_bytes(200, "big"), "big") == a, int.from_bytes((-a).to_bytes(200, "little", signed=True), "little", signed=True) == -a)
print(a == a + 0, a < a + 1, -a < a, a > 1e100, a != float(a) or "eq", hash(a) == hash(int(str(a))), hash(2**61 - 1 + 5), hash(-a) == -hash(a))
print(sorted([2**100, -2**100, 0, 2**99, 1.5e30, True]), max(2**64, 2**65), sum([2**62] * 5), sum([2**62, 1.0]), sum(range(10**6)))
print(math.log(a), math.log2(2**1000), math.log10(10**400), math.log(10**400, 10), math.floor(1e20), math.trunc(-1e25), math.ceil(1e17 + 0.0))
e = 1
for bit in bin(12345)[2:]: e = e * e * (3 if bit == "1" else 1)
print(e == 3**12345, len(hex(e)))
