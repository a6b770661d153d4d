import sys
print(__name__, sys.argv[0].endswith("main_guard_and_reimport.py"), __file__.endswith("main_guard_and_reimport.py"))
VALUE = 1
import main_guard_and_reimport as again
print(again.__name__, again is sys.modules["__main__"], again is sys.modules["main_guard_and_reimport"], again.VALUE)
if __name__ == "__main__":
    print("guarded block"); again2 = __import__("main_guard_and_reimport"); print(again2 is again, again2.VALUE, VALUE)
else:
    print("imported copy")
    VALUE = 2
