import sys
print(repr(input())); print(repr(input("prompt> "))); print(repr(input(5))); print(repr(sys.stdin.readline())); print([l for l in [next(sys.stdin)]]); print(repr(input()))
try: input(1, 2)
except TypeError as e: print(e)
for line in sys.stdin: print("line", repr(line))
try: input("at end ")
except EOFError as e: print(repr(e))
print(repr(sys.stdin.read()), repr(sys.stdin.readline()), sys.stdin.readlines())
