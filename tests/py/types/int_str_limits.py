import sys
print(sys.get_int_max_str_digits(), sys.int_info.default_max_str_digits, sys.int_info.str_digits_check_threshold)
def attempt(f):
    try: r = f(); print(len(r) if isinstance(r, str) else r.bit_length())
    except ValueError as e: print(e)
attempt(lambda: str(10**4299)); attempt(lambda: str(10**4300)); attempt(lambda: str(-10**4299)); attempt(lambda: repr(10**5000)); attempt(lambda: f"{10**5000}"); attempt(lambda: "%d" % 10**5000); attempt(lambda: int("1" * 4300)); attempt(lambda: int("1" * 4301)); attempt(lambda: int("-" + "1" * 4301)); attempt(lambda: int("0" * 4301)); attempt(lambda: int("1_" * 4300 + "1")); attempt(lambda: int("f" * 5000, 16)); attempt(lambda: int("7" * 5000, 7)); attempt(lambda: hex(10**5000)); attempt(lambda: format(10**5000, "x")); attempt(lambda: format(10**5000, ",")); attempt(lambda: "%x" % 10**5000)
attempt(lambda: int("  " + "1" * 4301 + " "))
try: print(10**5000)
except ValueError as e: print("print:", e)
try: eval("1" * 5000)
except SyntaxError as e: print("eval:", e.msg)
sys.set_int_max_str_digits(0); attempt(lambda: str(10**5000)); sys.set_int_max_str_digits(640); attempt(lambda: str(10**640)); attempt(lambda: str(10**639))
for v in (1, -1, 639): 
    try: sys.set_int_max_str_digits(v)
    except ValueError as e: print(e)
try: sys.set_int_max_str_digits("x")
except TypeError as e: print(e)
sys.set_int_max_str_digits(0)
n = 3**20000
s = str(n)
print(len(s), s[:20], s[-20:], int(s) == n, sum(map(int, s)))
