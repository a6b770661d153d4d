print("running lib.pkg", __name__)
VALUE = 1
from . import helper
