print("running", __name__)
def answer(): return 42
