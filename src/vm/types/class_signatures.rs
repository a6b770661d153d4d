//! How builtin classes are called: what their `__text_signature__` says, for `inspect.signature`.
//!
//! Constructors bind their arguments by texts of their own, with names that are not always those to be shown, so these are listed.

/// The signature of a builtin class, by its name without the module.
pub(super) fn signature(name: &str) -> Option<&'static str> {
    Some(match name {
        "NoneType" | "NotImplementedType" | "_local" | "ellipsis" | "lock" | "object" => "()",
        "bool" => "(object=False, /)",
        "float" => "(x=0, /)",
        "complex" => "(real=0, imag=0)",
        "list" | "tuple" | "set" | "frozenset" => "(iterable=(), /)",
        "classmethod" | "staticmethod" => "(function, /)",
        "property" => "(fget=None, fset=None, fdel=None, doc=None)",
        "memoryview" => "(object)",
        "enumerate" => "(iterable, start=0)",
        "filter" => "(function, iterable, /)",
        "map" => "(function, iterable, /, *iterables, strict=False)",
        "reversed" => "(sequence, /)",
        "zip" => "(*iterables, strict=False)",
        "module" => "(name, doc=None)",
        "method" => "(function, instance, /)",
        "mappingproxy" => "(mapping)",
        "function" => "(code, globals, name=None, argdefs=None, closure=None, kwdefaults=None)",
        "traceback" => "(tb_next, tb_frame, tb_lasti, tb_lineno)",
        "GenericAlias" => "(origin, args, /)",
        "SimpleNamespace" => "(mapping_or_iterable=(), /, **kwargs)",
        "Future" => "(*, loop=None)",
        "Task" => "(coro, *, loop=None, name=None, context=None, eager_start=False)",
        "BytesIO" => "(initial_bytes=b'')",
        "StringIO" => "(initial_value='', newline='\\n')",
        "FileIO" => "(file, mode='r', closefd=True, opener=None)",
        "TextIOWrapper" => {
            "(buffer, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False)"
        }
        "IncrementalNewlineDecoder" => "(decoder, translate, errors='strict')",
        "partial" => "(func, /, *args, **keywords)",
        "accumulate" => "(iterable, func=None, *, initial=None)",
        "batched" => "(iterable, n, *, strict=False)",
        "chain" => "(*iterables)",
        "combinations" | "combinations_with_replacement" => "(iterable, r)",
        "compress" => "(data, selectors)",
        "count" => "(start=0, step=1)",
        "cycle" | "pairwise" | "_tee" => "(iterable, /)",
        "dropwhile" | "takewhile" => "(predicate, iterable, /)",
        "filterfalse" | "starmap" => "(function, iterable, /)",
        "groupby" => "(iterable, key=None)",
        "permutations" => "(iterable, r=None)",
        "product" => "(*iterables, repeat=1)",
        "zip_longest" => "(*iterables, fillvalue=None)",
        "attrgetter" => "(attr, /, *attrs)",
        "itemgetter" => "(item, /, *items)",
        "methodcaller" => "(name, /, *args, **kwargs)",
        _ => return None,
    })
}
