import lib.circ_attr_b
A = 1
