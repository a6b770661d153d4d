from ..helper import answer
from .. import VALUE as v
from . import other
from .other import thing
import lib.pkg as absolute
def whoami(): return __name__, answer(), v, other.thing is thing, absolute.VALUE
