print("importing")
import lib.broken_syntax
