from .first import name as one
from . import log
log.append("second")
name = one + "2"
