//! The module `builtins`: its table of functions, constants and classes.
//!
//! The functions are in [`values`] (conversions and arithmetic), [`iteration`], [`reflection`], [`classes`] (`__build_class__`), [`code`]
//! (`compile`, `eval`, `exec`), [`printing`] (`print`, `input`) and [`site`] (`quit`, `copyright` and the like).

mod classes;
mod code;
mod iteration;
pub(crate) mod printing;
mod reflection;
mod site;
mod values;

pub(crate) use code::compile_source;

use crate::modules::new_module;
use crate::value::*;
use crate::{R, Vm, functions};

functions! { FUNCTIONS;
    var "__build_class__(func, name, /, *bases, **kwds)" => classes::build_class, "__build_class__(func, name, /, *bases, [metaclass], **kwds) -> class\n\nInternal helper function used by the class statement.";
    "__import__(name, globals=None, locals=None, fromlist=(), level=0)" => reflection::import, "Import a module.\n\nBecause this function is meant for use by the Python\ninterpreter and not for general use, it is better to use\nimportlib.import_module() to programmatically import a module.\n\nThe globals argument is only used to determine the context;\nthey are not modified.  The locals argument is unused.  The fromlist\nshould be a list of names to emulate ``from name import ...``, or an\nempty list to emulate ``import name``.\nWhen importing a module from a package, note that __import__('A.B', ...)\nreturns package A when fromlist is empty, but its submodule B when\nfromlist is not empty.  The level argument is used to determine whether to\nperform absolute or relative imports: 0 is absolute, while a positive number\nis the number of parent directories to search relative to the current module.";
    "abs(x, /)" => values::abs, "Return the absolute value of the argument.";
    "aiter(async_iterable, /)" => iteration::aiter, "Return an AsyncIterator for an AsyncIterable object.";
    "all(iterable, /)" => iteration::all, "Return True if bool(x) is True for all values x in the iterable.\n\nIf the iterable is empty, return True.";
    "anext(async_iterator, default=None, /)" => iteration::anext, "Return the next item from the async iterator.\n\nIf default is given and the async iterator is exhausted,\nit is returned instead of raising StopAsyncIteration.";
    "any(iterable, /)" => iteration::any, "Return True if bool(x) is True for any x in the iterable.\n\nIf the iterable is empty, return False.";
    "ascii(obj, /)" => |vm, a| vm.ascii(&a[0]), "Return an ASCII-only representation of an object.\n\nAs repr(), return a string containing a printable representation of an\nobject, but escape the non-ASCII characters in the string returned by\nrepr() using \\\\x, \\\\u or \\\\U escapes. This generates a string similar\nto that returned by repr() in Python 2.";
    "bin(number, /)" => |vm, a| values::to_base(vm, &a[0], 2), "Return the binary representation of an integer.\n\n   >>> bin(2796202)\n   '0b1010101010101010101010'";
    var "breakpoint(*args, **kws)" => reflection::breakpoint, "Call sys.breakpointhook(*args, **kws).\n\nsys.breakpointhook() must accept whatever arguments are passed.\n\nBy default, this drops you into the pdb debugger.";
    "callable(obj, /)" => |vm, a| Ok(Ref::bool(vm.is_callable(&a[0]))), "Return whether the object is callable (i.e., some kind of function).\n\nNote that classes are callable, as are instances of classes with a\n__call__() method.";
    "chr(i, /)" => values::chr, "Return a Unicode string of one character with ordinal i; 0 <= i <= 0x10ffff.";
    "compile(source, filename, mode, flags=0, dont_inherit=False, optimize=-1, *, _feature_version=-1)" => code::compile, "Compile source into a code object that can be executed by exec() or eval().\n\nThe source code may represent a Python module, statement or expression.\nThe filename will be used for run-time error messages.\nThe mode must be 'exec' to compile a module, 'single' to compile a\nsingle (interactive) statement, or 'eval' to compile an expression.\nThe flags argument, if present, controls which future statements influence\nthe compilation of the code.\nThe dont_inherit argument, if true, stops the compilation inheriting\nthe effects of any future statements in effect in the code calling\ncompile; if absent or false these statements do influence the compilation,\nin addition to any features explicitly specified.";
    "delattr(obj, name, /)" => reflection::delattr, "Deletes the named attribute from the given object.\n\ndelattr(x, 'y') is equivalent to ``del x.y``";
    "dir(object=None, /)" => reflection::dir, "dir([object]) -> list of strings\n\nIf called without an argument, return the names in the current scope.\nElse, return an alphabetized list of names comprising (some of) the attributes\nof the given object, and of attributes reachable from it.\nIf the object supplies a method named __dir__, it will be used; otherwise\nthe default dir() logic is used and returns:\n  for a module object: the module's attributes.\n  for a class object:  its attributes, and recursively the attributes\n    of its bases.\n  for any other object: its attributes, its class's attributes, and\n    recursively the attributes of its class's base classes.";
    "divmod(x, y, /)" => |vm, a| vm.binary(&a[0], &a[1], slots::BinOp::DivMod), "Return the tuple (x//y, x%y).  Invariant: div*y + mod == x.";
    "eval(source, /, globals=None, locals=None)" => code::eval, "Evaluate the given source in the context of globals and locals.\n\nThe source may be a string representing a Python expression\nor a code object as returned by compile().\nThe globals must be a dictionary and locals can be any mapping,\ndefaulting to the current globals and locals.\nIf only globals is given, locals defaults to it.";
    "exec(source, /, globals=None, locals=None, *, closure=None)" => code::exec, "Execute the given source in the context of globals and locals.\n\nThe source may be a string representing one or more Python statements\nor a code object as returned by compile().\nThe globals must be a dictionary and locals can be any mapping,\ndefaulting to the current globals and locals.\nIf only globals is given, locals defaults to it.\nThe closure must be a tuple of cellvars, and can only be used\nwhen source is a code object requiring exactly that many cellvars.";
    "format(value, format_spec='', /)" => values::format, "Return type(value).__format__(value, format_spec)\n\nMany built-in types implement format_spec according to the\nFormat Specification Mini-language. See help('FORMATTING')\nfor details.";
    "getattr(object, name, default=None, /)" => reflection::getattr, "getattr(object, name[, default]) -> value\n\nGet a named attribute from an object; getattr(x, 'y') is equivalent to x.y.\nWhen a default argument is given, it is returned when the attribute doesn't\nexist; without it, an exception is raised in that case.";
    "globals()" => reflection::globals, "Return the dictionary containing the current scope's global variables.\n\nNOTE: Updates to this dictionary *will* affect name lookups in the current\nglobal scope and vice-versa.";
    "hasattr(obj, name, /)" => reflection::hasattr, "Return whether the object has an attribute with the given name.\n\nThis is done by calling getattr(obj, name) and catching AttributeError.";
    "hash(obj, /)" => |vm, a| Ok(crate::vm::new_bigint(vm.hash(&a[0])?.into())), "Return the hash value for the given object.\n\nTwo objects that compare equal must also have the same hash value, but the\nreverse is not necessarily true.";
    "hex(number, /)" => |vm, a| values::to_base(vm, &a[0], 16), "Return the hexadecimal representation of an integer.\n\n   >>> hex(12648430)\n   '0xc0ffee'";
    "id(obj, /)" => |_, a| Ok(crate::vm::new_bigint(a[0].id().into())), "Return the identity of an object.\n\nThis is guaranteed to be unique among simultaneously existing objects.\n(CPython uses the object's memory address.)";
    "input(prompt='', /)" => printing::input, "Read a string from standard input.  The trailing newline is stripped.\n\nThe prompt string, if given, is printed to standard output without a\ntrailing newline before reading input.\n\nIf the user hits EOF (*nix: Ctrl-D, Windows: Ctrl-Z+Return), raise EOFError.\nOn *nix systems, readline is used if available.";
    "isinstance(obj, class_or_tuple, /)" => |vm, a| Ok(Ref::bool(vm.isinstance(&a[0], &a[1])?)), "Return whether an object is an instance of a class or of a subclass thereof.\n\nA tuple, as in ``isinstance(x, (A, B, ...))``, may be given as the target to\ncheck against. This is equivalent to ``isinstance(x, A) or isinstance(x, B)\nor ...`` etc.";
    "issubclass(cls, class_or_tuple, /)" => |vm, a| Ok(Ref::bool(vm.issubclass(&a[0], &a[1])?)), "Return whether 'cls' is derived from another class or is the same class.\n\nA tuple, as in ``issubclass(x, (A, B, ...))``, may be given as the target to\ncheck against. This is equivalent to ``issubclass(x, A) or issubclass(x, B)\nor ...``.";
    "iter(object, sentinel=None, /)" => iteration::iter, "iter(iterable) -> iterator\niter(callable, sentinel) -> iterator\n\nGet an iterator from an object.\nIn the first form, the argument must supply its own iterator, or be a sequence.\nIn the second form, the callable is called until it returns the sentinel.";
    "len(obj, /)" => |vm, a| Ok(crate::vm::new_usize(vm.len(&a[0])?)), "Return the number of items in a container.";
    "locals()" => reflection::locals, "Return a dictionary containing the current scope's local variables.\n\nNOTE: Whether or not updates to this dictionary will affect name lookups in\nthe local scope and vice-versa is *implementation dependent* and not\ncovered by any backwards compatibility guarantees.";
    var "max(*args, **kwargs)" => |vm, a| iteration::extreme(vm, a, slots::Cmp::Gt), "max(iterable, *[, default=obj, key=func]) -> value\nmax(arg1, arg2, *args, *[, key=func]) -> value\n\nWith a single iterable argument, return its biggest item. The\ndefault keyword-only argument specifies an object to return if\nthe provided iterable is empty.\nWith two or more positional arguments, return the largest argument.";
    var "min(*args, **kwargs)" => |vm, a| iteration::extreme(vm, a, slots::Cmp::Lt), "min(iterable, *[, default=obj, key=func]) -> value\nmin(arg1, arg2, *args, *[, key=func]) -> value\n\nWith a single iterable argument, return its smallest item. The\ndefault keyword-only argument specifies an object to return if\nthe provided iterable is empty.\nWith two or more positional arguments, return the smallest argument.";
    "next(iterator, default=None, /)" => iteration::next, "next(iterator[, default])\n\nReturn the next item from the iterator. If default is given and the iterator\nis exhausted, it is returned instead of raising StopIteration.";
    "oct(number, /)" => |vm, a| values::to_base(vm, &a[0], 8), "Return the octal representation of an integer.\n\n   >>> oct(342391)\n   '0o1234567'";
    var "open(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None)" => crate::modules::io::open, "Open file and return a stream.  Raise OSError upon failure.";
    "ord(character, /)" => values::ord, "Return the ordinal value of a character.\n\nIf the argument is a one-character string, return the Unicode code\npoint of that character.\n\nIf the argument is a bytes or bytearray object of length 1, return its\nsingle byte value.";
    "pow(base, exp, mod=None)" => |vm, a| vm.pow3(&a[0], &a[1], crate::arg(a, 2).unwrap_or(&Ref::none())), "Equivalent to base**exp with 2 arguments or base**exp % mod with 3 arguments.\n\nSome types, such as ints, are able to use a more efficient algorithm when\ninvoked using the three argument form.";
    var "print(*args, sep=' ', end='\\n', file=None, flush=False)" => printing::print, "Prints the values to a stream, or to sys.stdout by default.\n\n  sep\n    string inserted between values, default a space.\n  end\n    string appended after the last value, default a newline.\n  file\n    a file-like object (stream); defaults to the current sys.stdout.\n  flush\n    whether to forcibly flush the stream.";
    "repr(obj, /)" => |vm, a| vm.repr(&a[0]), "Return the canonical string representation of the object.\n\nFor many object types, including most builtins, eval(repr(obj)) == obj.";
    "round(number, ndigits=None)" => values::round, "Round a number to a given precision in decimal digits.\n\nThe return value is an integer if ndigits is omitted or None.  Otherwise\nthe return value has the same type as the number.  ndigits may be negative.";
    "setattr(obj, name, value, /)" => reflection::setattr, "Sets the named attribute on the given object to the specified value.\n\nsetattr(x, 'y', v) is equivalent to ``x.y = v``";
    var "sorted(iterable, /, *, key=None, reverse=False)" => iteration::sorted, "Return a new list containing all items from the iterable in ascending order.\n\nA custom key function can be supplied to customize the sort order, and the\nreverse flag can be set to request the result in descending order.";
    "sum(iterable, /, start=0)" => iteration::sum, "Return the sum of a 'start' value (default: 0) plus an iterable of numbers\n\nWhen the iterable is empty, return the start value.\nThis function is intended specifically for use with numeric values and may\nreject non-numeric types.";
    "vars(object=None, /)" => reflection::vars, "vars([object]) -> dictionary\n\nWithout arguments, equivalent to locals().\nWith an argument, equivalent to object.__dict__.";
}

/// Makes the module.
pub(crate) fn make(vm: &mut Vm) -> R<Ref> {
    let module = new_module(
        vm,
        "builtins",
        "Built-in functions, types, exceptions, and other objects.\n\nThis module provides direct access to all 'built-in'\nidentifiers of Python; for example, builtins.len is\nthe full name for the built-in function len().\n\nThis module is not normally accessed explicitly by most\napplications, but can be useful in modules that provide\nobjects with the same name as a builtin and need a global\nof the same name.",
        FUNCTIONS,
    );
    let Some(d) = module.cast::<ModuleObj>().map(|m| m.dict.clone()) else {
        return Ok(module);
    };
    let Some(d) = d.cast::<DictObj>() else {
        return Ok(module);
    };
    d.set_name("None", Ref::none());
    d.set_name("Ellipsis", Ref::ellipsis());
    d.set_name("NotImplemented", Ref::not_implemented());
    d.set_name("False", Ref::bool(false));
    d.set_name("True", Ref::bool(true));
    let t = &rt().types;
    for (name, class) in [
        ("bool", &t.bool),
        ("memoryview", &t.memoryview),
        ("bytearray", &t.bytearray),
        ("bytes", &t.bytes),
        ("classmethod", &t.classmethod),
        ("complex", &t.complex),
        ("dict", &t.dict),
        ("enumerate", &t.enumerate),
        ("filter", &t.filter),
        ("float", &t.float),
        ("frozenset", &t.frozenset),
        ("property", &t.property),
        ("int", &t.int),
        ("list", &t.list),
        ("map", &t.map),
        ("object", &t.object),
        ("range", &t.range),
        ("reversed", &t.reversed),
        ("set", &t.set),
        ("slice", &t.slice),
        ("staticmethod", &t.staticmethod),
        ("str", &t.str),
        ("super", &t.super_),
        ("tuple", &t.tuple),
        ("type", &t.type_),
        ("zip", &t.zip),
    ] {
        d.set_name(name, class.clone());
    }
    d.set_name("__debug__", Ref::bool(vm.optimize <= 0));
    for class in crate::types::all() {
        let Some(c) = class.cast::<TypeObj>() else {
            continue;
        };
        if c.is_subtype(&t.base_exception) {
            let name = c.name.cloned();
            if !name.str_obj().bytes().starts_with(b"_") {
                d.set_str(&rt().intern_ref(&name), class.clone());
            }
        }
    }
    // Some classes of errors have several names.
    d.set_name("EnvironmentError", t.os_error.clone());
    d.set_name("IOError", t.os_error.clone());
    site::add_names(vm, d)?;
    Ok(module)
}
