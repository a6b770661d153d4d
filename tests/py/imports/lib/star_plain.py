import math as imported_module
public = 1
_private = 2
