print("running fails_midway")
import lib.fails_dep
defined = 1
raise ValueError("midway")
