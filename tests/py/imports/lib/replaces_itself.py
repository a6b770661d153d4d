import sys
class Fake: attr = "from the object"
sys.modules[__name__] = Fake()
