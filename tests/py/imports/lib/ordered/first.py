from . import log
log.append("first")
name = "1"
