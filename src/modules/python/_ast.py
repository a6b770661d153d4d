"""The classes of syntax trees. Each row of the table below is a class: its name (with @ if nodes have a place in the source), its
base, and its fields with their types: * is a list, ? may be None."""

PyCF_ONLY_AST = 0x400
PyCF_TYPE_COMMENTS = 0x1000
PyCF_ALLOW_TOP_LEVEL_AWAIT = 0x2000
PyCF_OPTIMIZED_AST = 0x8000 | PyCF_ONLY_AST

_TABLE = """
alias@ AST name:str asname:str?
arg@ AST arg:str annotation:expr? type_comment:str?
arguments AST posonlyargs:arg* args:arg* vararg:arg? kwonlyargs:arg* kw_defaults:expr* kwarg:arg? defaults:expr*
boolop AST
cmpop AST
comprehension AST target:expr iter:expr ifs:expr* is_async:int
excepthandler@ AST
expr@ AST
expr_context AST
keyword@ AST arg:str? value:expr
match_case AST pattern:pattern guard:expr? body:stmt*
mod AST
operator AST
pattern@ AST
stmt@ AST
type_ignore AST
type_param@ AST
unaryop AST
withitem AST context_expr:expr optional_vars:expr?
Add operator
And boolop
AnnAssign stmt target:expr annotation:expr value:expr? simple:int
Assert stmt test:expr msg:expr?
Assign stmt targets:expr* value:expr type_comment:str?
AsyncFor stmt target:expr iter:expr body:stmt* orelse:stmt* type_comment:str?
AsyncFunctionDef stmt name:str args:arguments body:stmt* decorator_list:expr* returns:expr? type_comment:str? type_params:type_param*
AsyncWith stmt items:withitem* body:stmt* type_comment:str?
Attribute expr value:expr attr:str ctx:expr_context
AugAssign stmt target:expr op:operator value:expr
Await expr value:expr
BinOp expr left:expr op:operator right:expr
BitAnd operator
BitOr operator
BitXor operator
BoolOp expr op:boolop values:expr*
Break stmt
Call expr func:expr args:expr* keywords:keyword*
ClassDef stmt name:str bases:expr* keywords:keyword* body:stmt* decorator_list:expr* type_params:type_param*
Compare expr left:expr ops:cmpop* comparators:expr*
Constant expr value:object kind:str?
Continue stmt
Del expr_context
Delete stmt targets:expr*
Dict expr keys:expr* values:expr*
DictComp expr key:expr value:expr generators:comprehension*
Div operator
Eq cmpop
ExceptHandler excepthandler type:expr? name:str? body:stmt*
Expr stmt value:expr
Expression mod body:expr
FloorDiv operator
For stmt target:expr iter:expr body:stmt* orelse:stmt* type_comment:str?
FormattedValue expr value:expr conversion:int format_spec:expr?
FunctionDef stmt name:str args:arguments body:stmt* decorator_list:expr* returns:expr? type_comment:str? type_params:type_param*
FunctionType mod argtypes:expr* returns:expr
GeneratorExp expr elt:expr generators:comprehension*
Global stmt names:str*
Gt cmpop
GtE cmpop
If stmt test:expr body:stmt* orelse:stmt*
IfExp expr test:expr body:expr orelse:expr
Import stmt names:alias*
ImportFrom stmt module:str? names:alias* level:int?
In cmpop
Interactive mod body:stmt*
Interpolation expr value:expr str:object conversion:int format_spec:expr?
Invert unaryop
Is cmpop
IsNot cmpop
JoinedStr expr values:expr*
LShift operator
Lambda expr args:arguments body:expr
List expr elts:expr* ctx:expr_context
ListComp expr elt:expr generators:comprehension*
Load expr_context
Lt cmpop
LtE cmpop
MatMult operator
Match stmt subject:expr cases:match_case*
MatchAs pattern pattern:pattern? name:str?
MatchClass pattern cls:expr patterns:pattern* kwd_attrs:str* kwd_patterns:pattern*
MatchMapping pattern keys:expr* patterns:pattern* rest:str?
MatchOr pattern patterns:pattern*
MatchSequence pattern patterns:pattern*
MatchSingleton pattern value:object
MatchStar pattern name:str?
MatchValue pattern value:expr
Mod operator
Module mod body:stmt* type_ignores:type_ignore*
Mult operator
Name expr id:str ctx:expr_context
NamedExpr expr target:expr value:expr
Nonlocal stmt names:str*
Not unaryop
NotEq cmpop
NotIn cmpop
Or boolop
ParamSpec type_param name:str default_value:expr?
Pass stmt
Pow operator
RShift operator
Raise stmt exc:expr? cause:expr?
Return stmt value:expr?
Set expr elts:expr*
SetComp expr elt:expr generators:comprehension*
Slice expr lower:expr? upper:expr? step:expr?
Starred expr value:expr ctx:expr_context
Store expr_context
Sub operator
Subscript expr value:expr slice:expr ctx:expr_context
TemplateStr expr values:expr*
Try stmt body:stmt* handlers:excepthandler* orelse:stmt* finalbody:stmt*
TryStar stmt body:stmt* handlers:excepthandler* orelse:stmt* finalbody:stmt*
Tuple expr elts:expr* ctx:expr_context
TypeAlias stmt name:expr type_params:type_param* value:expr
TypeIgnore type_ignore lineno:int tag:str
TypeVar type_param name:str bound:expr? default_value:expr?
TypeVarTuple type_param name:str default_value:expr?
UAdd unaryop
USub unaryop
UnaryOp expr op:unaryop operand:expr
While stmt test:expr body:stmt* orelse:stmt*
With stmt items:withitem* body:stmt* type_comment:str?
Yield expr value:expr?
YieldFrom expr value:expr
"""

_REPR_DEPTH = 3
_PLACE = ("lineno", "col_offset", "end_lineno", "end_col_offset")


def _shown(value, depth):
    if isinstance(value, AST):
        name = type(value).__name__
        if depth <= 0:
            return name + "(...)"
        if not value._fields:
            return name + "()"
        parts = [f"{f}={_shown(getattr(value, f, None), depth - 1)}" for f in value._fields]
        return f"{name}({', '.join(parts)})"
    if type(value) in (list, tuple):
        items = [_shown(v, depth) for v in value]
        if len(items) > 2:
            items = [items[0], "...", items[-1]]
        left, right = "[]" if type(value) is list else "()"
        return left + ", ".join(items) + right
    text = repr(value)
    if len(text) > 200:
        text = text[:100] + "..." + text[-100:]
    return text


class AST:
    _fields = ()
    _attributes = ()
    _field_types = {}
    __match_args__ = ()

    def __init__(self, *args, **kwargs):
        cls = type(self)
        fields = cls._fields
        if len(args) > len(fields):
            plural = "" if len(fields) == 1 else "s"
            raise TypeError(f"{cls.__name__} constructor takes at most {len(fields)} positional argument{plural}")
        rest = fields[len(args):]
        for name, value in zip(fields, args):
            setattr(self, name, value)
        for name, value in kwargs.items():
            if name in fields:
                if name not in rest:
                    raise TypeError(f"{cls.__name__} got multiple values for argument {name!r}")
            elif name not in cls._attributes:
                import warnings
                warnings.warn(
                    f"{cls.__name__}.__init__ got an unexpected keyword argument {name!r}. "
                    "Support for arbitrary keyword arguments is deprecated and will be removed in Python 3.15.",
                    DeprecationWarning, stacklevel=2)
            setattr(self, name, value)
        lists = cls._lists
        for name in rest:
            if name in kwargs:
                continue
            if name in lists:
                setattr(self, name, [])
            elif name == "ctx":
                setattr(self, name, Load())
            elif not hasattr(cls, name) and name in cls._field_types:
                import warnings
                warnings.warn(
                    f"{cls.__name__}.__init__ missing 1 required positional argument: {name!r}. "
                    "This will become an error in Python 3.15.",
                    DeprecationWarning, stacklevel=2)

    _lists = frozenset()

    def __repr__(self):
        return _shown(self, _REPR_DEPTH)

    def __reduce_ex__(self, protocol):
        return _rebuilt, (type(self), self.__dict__.copy())

    def __replace__(self, **changes):
        cls = type(self)
        values = dict(self.__dict__)
        known = set(cls._fields) | set(cls._attributes)
        for name in changes:
            if name not in known:
                raise TypeError(f"{cls.__name__}.__replace__ got an unexpected keyword argument {name!r}.")
        values.update(changes)
        return _rebuilt(cls, values)


def _rebuilt(cls, values):
    node = cls.__new__(cls)
    node.__dict__.update(values)
    return node


def _declare(namespace):
    simple = {"str": str, "int": int, "object": object}
    classes = {"AST": AST}
    wanted = []
    for row in _TABLE.split("\n"):
        if not row:
            continue
        name, base, *fields = row.split(" ")
        placed = name.endswith("@")
        name = name.rstrip("@")
        members = {"__module__": "ast"}
        names = []
        types = {}
        lists = []
        for field in fields:
            field, kind = field.split(":")
            names.append(field)
            types[field] = kind
            if kind[-1] == "*":
                lists.append(field)
            elif kind[-1] == "?":
                members[field] = None
        if names:
            members["_fields"] = members["__match_args__"] = tuple(names)
        if lists:
            members["_lists"] = frozenset(lists)
        if placed:
            members["_attributes"] = _PLACE
            members["end_lineno"] = members["end_col_offset"] = None
        cls = classes[name] = type(name, (classes[base],), members)
        wanted.append((cls, types))
        namespace[name] = cls
    for cls, types in wanted:
        resolved = cls._field_types = {}
        for field, kind in types.items():
            plain = kind.rstrip("*?")
            target = simple.get(plain) or classes[plain]
            if kind[-1] == "*":
                target = list[target]
            elif kind[-1] == "?":
                target = target | None
            resolved[field] = target


_declare(globals())
AST.__module__ = "ast"
