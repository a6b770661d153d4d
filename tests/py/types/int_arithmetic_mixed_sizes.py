# Arithmetic across the boundaries of 62, 63 and 64 bits, exact at any size, and floats beside ints.
seed = 12345
def rnd():
    global seed
    seed = (seed * 6364136223846793005 + 1442695040888963407) % (1 << 64)
    return seed >> 33
def rint():
    k = rnd() % 7
    if k == 0: n = rnd() % 10
    elif k == 1: n = rnd()
    elif k == 2: n = (1 << (rnd() % 70)) + (rnd() % 3) - 1
    elif k == 3: n = rnd() ** (1 + rnd() % 6)
    elif k == 4: n = (1 << 62) + (rnd() % 5) - 2
    elif k == 5: n = (1 << 63) + (rnd() % 5) - 2
    else: n = rnd() % 200
    return -n if rnd() % 2 else n
def t(f, *a):
    try: r = f(*a)
    except Exception as e: r = type(e).__name__ + ": " + str(e)
    print(a, repr(r)[:200])
for i in range(25):
    a, b = rint(), rint()
    t(lambda a, b: (a + b, a - b, a * b), a, b)
    t(lambda a, b: (a // b, a % b, divmod(a, b)), a, b)
    t(lambda a, b: a / b, a, b)
    t(lambda a, b: (a & b, a | b, a ^ b, ~a, -a, +a, abs(a)), a, b)
    t(lambda a, b: (a < b, a == b, a >= b, hash(a), a.bit_length(), a.bit_count()), a, b)
    t(lambda a, b: (a << (b % 200), a >> (b % 200)), a, b)
    t(lambda a, b: a ** (b % 9), a, b)
    t(lambda a, b: pow(a, b % 50, b | 1), a, b)
    t(lambda a, b: pow(a, -(b % 50), b | 1), a, b)
    t(lambda a, b: round(a, -(b % 25)), a, b)
    t(lambda a, b: (float(a), a * 1.5, a < b * 1.0, a == float(a), a > float(b)), a, b)
    t(lambda a, b: a.to_bytes(9, "big", signed=True), a, b)
    t(lambda a, b: a.to_bytes(8), a, b)
    x = a / 7.3 if abs(a) < 1 << 500 else 1.0
    y = b / 3.7 if abs(b) < 1 << 500 else 1.0
    t(lambda a, b: (a // b, a % b), x, y)
    t(lambda a, b: (round(a, b % 20), round(a, -(b % 20)), round(a)), x, abs(b) % 40)
    t(lambda a, b: (a.as_integer_ratio(), a.hex(), float.fromhex(a.hex()) == a, a.is_integer()), x, y)
    t(lambda a, b: complex(a, b) * complex(b, a) + complex(b, b) / complex(a, 1), x, y)
