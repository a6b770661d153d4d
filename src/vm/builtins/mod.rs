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
    var "__build_class__(func, name, /, *bases, **kwds)" => classes::build_class, "Makes a class from its body; what a class statement calls.\n\nfunc runs the body, name is the class's name, the rest are its bases and keywords.";
    "__import__(name, globals=None, locals=None, fromlist=(), level=0)" => reflection::import, "Imports a module; what an import statement calls.\n\nThe outermost package is the result unless fromlist has items; level counts the leading dots of a relative import.\nimportlib.import_module() is the friendlier way.";
    "abs(x, /)" => values::abs, "The number without its sign, as x.__abs__() gives it.";
    "aiter(async_iterable, /)" => iteration::aiter, "Asks an asynchronous iterable for its iterator.";
    "all(iterable, /)" => iteration::all, "Whether no item is false. An empty iterable has none, so the answer is True.";
    "anext(async_iterator, default=None, /)" => iteration::anext, "An awaitable for the next item of an asynchronous iterator.\n\nWhere there is none, it gives the default, or raises StopAsyncIteration if none was given.";
    "any(iterable, /)" => iteration::any, "Whether at least one item is true. Looking ends at the first such item.";
    "ascii(obj, /)" => |vm, a| vm.ascii(&a[0]), "Like repr(), but with backslash escapes in place of everything outside of ASCII.";
    "bin(number, /)" => |vm, a| values::to_base(vm, &a[0], 2), "Writes an int in base two, with the prefix 0b: bin(6) is '0b110'.";
    var "breakpoint(*args, **kws)" => reflection::breakpoint, "Stops the program in a debugger, by way of sys.breakpointhook().\n\nArguments are handed on to the hook.";
    "callable(obj, /)" => |vm, a| Ok(Ref::bool(vm.is_callable(&a[0]))), "Whether the object can be called, which classes can, and instances whose class defines __call__().";
    "chr(i, /)" => values::chr, "The string of one character that has this code point, which lies from 0 to 0x10ffff.";
    "compile(source, filename, mode, flags=0, dont_inherit=False, optimize=-1, *, _feature_version=-1)" => code::compile, "Turns source text, bytes or a syntax tree into a code object.\n\nmode says what it holds: 'exec' for a module, 'eval' for one expression, 'single' for one statement typed at a prompt.\nfilename shows up in tracebacks. flags are those of __future__ and of the module ast; unless dont_inherit is true,\nthe calling code's are in force too. optimize is -1 (as the interpreter was started), 0, 1 or 2.";
    "delattr(obj, name, /)" => reflection::delattr, "Takes an attribute away: delattr(x, 'a') does what del x.a does.";
    "dir(object=None, /)" => reflection::dir, "A sorted list of names.\n\nFor an object, its __dir__() says which; without an argument, the names of the local scope.";
    "divmod(x, y, /)" => |vm, a| vm.binary(&a[0], &a[1], slots::BinOp::DivMod), "Quotient and remainder in one tuple, x // y and x % y.";
    "eval(source, /, globals=None, locals=None)" => code::eval, "Evaluates an expression, given as text or as a code object, and gives its value.\n\nglobals is a dict, locals any mapping; by default the names of the caller are seen.";
    "exec(source, /, globals=None, locals=None, *, closure=None)" => code::exec, "Runs statements, given as text or as a code object.\n\nglobals is a dict, locals any mapping; by default the names of the caller are seen.\nclosure holds the cells that a code object with free variables needs.";
    "format(value, format_spec='', /)" => values::format, "Writes a value as format_spec demands; the value's class understands the specification, by __format__().";
    "getattr(object, name, default=None, /)" => reflection::getattr, "Looks up an attribute by its name: getattr(x, 'a') does what x.a does.\n\nWith a third argument, that one is the result where there is no such attribute.";
    "globals()" => reflection::globals, "The dict of the global names that the calling code sees. Changes to it are changes to them.";
    "hasattr(obj, name, /)" => reflection::hasattr, "Whether an attribute can be looked up, that is, getattr() raises no AttributeError.";
    "hash(obj, /)" => |vm, a| Ok(crate::vm::new_bigint(vm.hash(&a[0])?.into())), "An int that is the same for all equal objects, by which dicts and sets find them.\n\nTypeError is raised for what cannot be hashed, such as lists.";
    "hex(number, /)" => |vm, a| values::to_base(vm, &a[0], 16), "Writes an int in base sixteen, with the prefix 0x: hex(255) is '0xff'.";
    "id(obj, /)" => |_, a| Ok(crate::vm::new_bigint(a[0].id().into())), "The identity of an object, an int that no other object has at the same time.";
    "input(prompt='', /)" => printing::input, "Reads a line from standard input and gives it without its end. The prompt is written first.\n\nEOFError is raised where the input ends.";
    "isinstance(obj, class_or_tuple, /)" => |vm, a| Ok(Ref::bool(vm.isinstance(&a[0], &a[1])?)), "Whether an object is of a class, or of a subclass of it.\n\nThe second argument may be a tuple or a union of classes, of which one has to fit.";
    "issubclass(cls, class_or_tuple, /)" => |vm, a| Ok(Ref::bool(vm.issubclass(&a[0], &a[1])?)), "Whether a class is another one, or derives from it.\n\nThe second argument may be a tuple or a union of classes, of which one has to fit.";
    "iter(object, sentinel=None, /)" => iteration::iter, "Makes an iterator.\n\nOf one argument, it is the object's own iterator. With a sentinel, the first argument is called\nfor every item, until it gives something that equals the sentinel.";
    "len(obj, /)" => |vm, a| Ok(crate::vm::new_usize(vm.len(&a[0])?)), "How many items a container has.";
    "locals()" => reflection::locals, "A mapping of the local names of the caller to their values.\n\nAt the level of modules and classes it is the namespace itself, in functions a snapshot.";
    var "max(*args, **kwargs)" => |vm, a| iteration::extreme(vm, a, slots::Cmp::Gt), "The greatest of the arguments, or of the items if there is just one argument.\n\nkey is called for what is compared in place of an item; default is the result for no items at all.\nOf several equal ones the first wins.";
    var "min(*args, **kwargs)" => |vm, a| iteration::extreme(vm, a, slots::Cmp::Lt), "The least of the arguments, or of the items if there is just one argument.\n\nkey is called for what is compared in place of an item; default is the result for no items at all.\nOf several equal ones the first wins.";
    "next(iterator, default=None, /)" => iteration::next, "The next item of an iterator.\n\nAt its end the default is given, or StopIteration raised if there is none.";
    "oct(number, /)" => |vm, a| values::to_base(vm, &a[0], 8), "Writes an int in base eight, with the prefix 0o: oct(8) is '0o10'.";
    var "open(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None)" => crate::modules::io::open, "Opens a file and gives an object to read or write it.\n\nfile is a path or the number of a descriptor. mode has one of r (read), w (write, emptying the file), x (write a\nfile that must be new) and a (append), perhaps a + for both directions, and a b for bytes in place of text.\nbuffering is 0 (none, bytes only), 1 (by lines, text only) or the size of the buffer. encoding, errors and newline\nconcern text. closefd=False leaves a given descriptor open. opener is called with path and flags in place of os.open().\n\nOSError is raised if the file cannot be opened.";
    "ord(character, /)" => values::ord, "The code point of the one character of a string, or the value of the one byte of a bytes object.";
    "pow(base, exp, mod=None)" => |vm, a| vm.pow3(&a[0], &a[1], crate::arg(a, 2).unwrap_or(&Ref::none())), "base to the power of exp; with a third argument, what remains of that when divided by mod.\n\nFor ints the remainder is found without making the full power, and a negative exp inverts.";
    var "print(*args, sep=' ', end='\\n', file=None, flush=False)" => printing::print, "Writes the arguments as text, with sep between and end after them.\n\nfile is what has a write() method, sys.stdout unless given; with flush it is flushed afterwards.";
    "repr(obj, /)" => |vm, a| vm.repr(&a[0]), "Describes an object in a string, as its __repr__() does; for many types that text is an expression for the same value.";
    "round(number, ndigits=None)" => values::round, "Rounds a number to ndigits decimal places, halves to the even side.\n\nWithout ndigits the result is an int. Negative places are those left of the point.";
    "setattr(obj, name, value, /)" => reflection::setattr, "Gives an attribute a value: setattr(x, 'a', v) does what x.a = v does.";
    var "sorted(iterable, /, *, key=None, reverse=False)" => iteration::sorted, "A list of the items, in rising order.\n\nkey is called once for each item, for what is compared in its place; reverse turns the order around.\nEqual items stay in the order they came in.";
    "sum(iterable, /, start=0)" => iteration::sum, "Adds the items up, beginning with start. Strings are refused: use ''.join().";
    "vars(object=None, /)" => reflection::vars, "The __dict__ of an object; without an argument, what locals() gives.";
}

/// Makes the module.
pub(crate) fn make(vm: &mut Vm) -> R<Ref> {
    let module = new_module(
        vm,
        "builtins",
        "What every program sees without an import: functions, classes, exceptions and constants.\n\nImport it where a global name hides one of them.",
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
            let text = name.str_obj().bytes();
            if !text.starts_with(b"_") || text == b"_IncompleteInputError" {
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
