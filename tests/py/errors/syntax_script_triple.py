"""doc"""
def f():
    '''never closed
    return 1
