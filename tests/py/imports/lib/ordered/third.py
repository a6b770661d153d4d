import lib.ordered
lib.ordered.log.append("third")
name = "3"
