x = 1
name = 'never closed
y = 2
