def loops(items, n):
    total = 0
    for i, x in items:
        if x:
            continue
        for j in range(n):
            if j > 3:
                return total
            total += j * 2
    else:
        total -= 1
    while True:
        n -= 1
        if n < 0:
            break
    return total

for k in [1, 2]:
    print(k)
