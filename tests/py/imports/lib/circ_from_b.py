from lib.circ_from_a import a
b = 2
