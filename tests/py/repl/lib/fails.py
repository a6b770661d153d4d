x = 4
undefined_name
y = 5
