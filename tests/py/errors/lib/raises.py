def helper(n):
    return 1 / n
value = helper(0)
