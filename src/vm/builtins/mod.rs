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
    var "__build_class__(func, name, /, *bases, **kwds)" => classes::build_class, "";
    "__import__(name, globals=None, locals=None, fromlist=(), level=0)" => reflection::import, "";
    "abs(x, /)" => values::abs, "";
    "aiter(async_iterable, /)" => iteration::aiter, "";
    "all(iterable, /)" => iteration::all, "";
    "anext(async_iterator, default=None, /)" => iteration::anext, "";
    "any(iterable, /)" => iteration::any, "";
    "ascii(obj, /)" => |vm, a| vm.ascii(&a[0]), "Return an ASCII-only representation of an object.\n\nAs repr(), return a string containing a printable representation of an\nobject, but escape the non-ASCII characters in the string returned by\nrepr() using \\\\x, \\\\u or \\\\U escapes. This generates a string similar\nto that returned by repr() in Python 2.";
    "bin(number, /)" => |vm, a| values::to_base(vm, &a[0], 2), "";
    var "breakpoint(*args, **kws)" => reflection::breakpoint, "";
    "callable(obj, /)" => |vm, a| Ok(Ref::bool(vm.is_callable(&a[0]))), "";
    "chr(i, /)" => values::chr, "";
    "compile(source, filename, mode, flags=0, dont_inherit=False, optimize=-1, *, _feature_version=-1)" => code::compile, "";
    "delattr(obj, name, /)" => reflection::delattr, "";
    "dir(object=None, /)" => reflection::dir, "";
    "divmod(x, y, /)" => |vm, a| vm.binary(&a[0], &a[1], slots::BinOp::DivMod), "";
    "eval(source, /, globals=None, locals=None)" => code::eval, "";
    "exec(source, /, globals=None, locals=None, *, closure=None)" => code::exec, "";
    "format(value, format_spec='', /)" => values::format, "Return type(value).__format__(value, format_spec)\n\nMany built-in types implement format_spec according to the\nFormat Specification Mini-language. See help('FORMATTING')\nfor details.";
    "getattr(object, name, default=None, /)" => reflection::getattr, "getattr(object, name[, default]) -> value\n\nGet a named attribute from an object; getattr(x, 'y') is equivalent to x.y.\nWhen a default argument is given, it is returned when the attribute doesn't\nexist; without it, an exception is raised in that case.";
    "globals()" => reflection::globals, "";
    "hasattr(obj, name, /)" => reflection::hasattr, "";
    "hash(obj, /)" => |vm, a| Ok(crate::vm::new_bigint(vm.hash(&a[0])?.into())), "Return the hash value for the given object.\n\nTwo objects that compare equal must also have the same hash value, but the\nreverse is not necessarily true.";
    "hex(number, /)" => |vm, a| values::to_base(vm, &a[0], 16), "";
    "id(obj, /)" => |_, a| Ok(crate::vm::new_bigint(a[0].id().into())), "";
    "input(prompt='', /)" => printing::input, "";
    "isinstance(obj, class_or_tuple, /)" => |vm, a| Ok(Ref::bool(vm.isinstance(&a[0], &a[1])?)), "";
    "issubclass(cls, class_or_tuple, /)" => |vm, a| Ok(Ref::bool(vm.issubclass(&a[0], &a[1])?)), "";
    "iter(object, sentinel=None, /)" => iteration::iter, "";
    "len(obj, /)" => |vm, a| Ok(crate::vm::new_usize(vm.len(&a[0])?)), "";
    "locals()" => reflection::locals, "";
    var "max(*args, **kwargs)" => |vm, a| iteration::extreme(vm, a, slots::Cmp::Gt), "";
    var "min(*args, **kwargs)" => |vm, a| iteration::extreme(vm, a, slots::Cmp::Lt), "";
    "next(iterator, default=None, /)" => iteration::next, "";
    "oct(number, /)" => |vm, a| values::to_base(vm, &a[0], 8), "";
    var "open(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None)" => crate::modules::io::open, "";
    "ord(character, /)" => values::ord, "";
    "pow(base, exp, mod=None)" => |vm, a| vm.pow3(&a[0], &a[1], crate::arg(a, 2).unwrap_or(&Ref::none())), "Equivalent to base**exp with 2 arguments or base**exp % mod with 3 arguments.\n\nSome types, such as ints, are able to use a more efficient algorithm when\ninvoked using the three argument form.";
    var "print(*args, sep=' ', end='\\n', file=None, flush=False)" => printing::print, "";
    "repr(obj, /)" => |vm, a| vm.repr(&a[0]), "";
    "round(number, ndigits=None)" => values::round, "";
    "setattr(obj, name, value, /)" => reflection::setattr, "";
    var "sorted(iterable, /, *, key=None, reverse=False)" => iteration::sorted, "";
    "sum(iterable, /, start=0)" => iteration::sum, "";
    "vars(object=None, /)" => reflection::vars, "";
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
