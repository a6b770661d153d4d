//! The builtin exception classes: `BaseException` itself, the table of the others, and the small ones among them.

use super::{fields, groups, oserror, syntax, unicode};
use crate::native::{Args, GetSetDef, NativeDef};
use crate::types::spec::{TypeSpec, make_type};
use crate::value::header::Kind;
use crate::value::slots::{InitFn, Slots};
use crate::value::*;
use crate::vm::{new_str, new_tuple};
use crate::{R, Vm, errors, getset, methods};

pub static BASE_EXCEPTION: TypeSpec = TypeSpec {
    name: "BaseException",
    kind: Kind::Exception,
    flags: type_flag::BASE | type_flag::HAS_DICT,
    doc: "What all exceptions derive from.",
    methods: METHODS,
    getset: GETSET,
    slots: |s| {
        s.new.set(Some(new));
        s.init.set(Some(init));
        s.repr.set(Some(repr));
        s.str.set(Some(str));
    },
    ..TypeSpec::DEFAULT
};

/// What a class adds to its base.
pub(super) struct Row {
    pub doc: &'static str,
    pub methods: &'static [NativeDef],
    pub getset: &'static [GetSetDef],
    pub slots: fn(&Slots),
}

const fn plain(doc: &'static str) -> Row {
    Row {
        doc,
        methods: &[],
        getset: &[],
        slots: |_| {},
    }
}

/// The rows of classes; the list of names and bases is in `types/mod.rs`.
fn row(name: &str) -> Row {
    match name {
        "BaseExceptionGroup" => Row {
            doc: "Several exceptions, of any kind, raised together.",
            methods: groups::METHODS,
            getset: groups::GETSET,
            slots: groups::slots,
        },
        "SystemExit" => Row {
            doc: "Ends the interpreter, with the code as its exit status.",
            methods: &[],
            getset: SYSTEM_EXIT_GETSET,
            slots: |s| s.init.set(Some(init_value)),
        },
        "StopIteration" => Row {
            doc: "Tells that an iterator has no more items; value is what a generator returned.",
            methods: &[],
            getset: STOP_ITERATION_GETSET,
            slots: |s| s.init.set(Some(init_value)),
        },
        "AttributeError" => Row {
            doc: "An object has no such attribute, or it can't be set.",
            methods: ATTRIBUTE_ERROR_METHODS,
            getset: ATTRIBUTE_ERROR_GETSET,
            slots: |s| s.init.set(Some(init_attribute_error)),
        },
        "NameError" => Row {
            doc: "No variable of that name, local or global.",
            methods: &[],
            getset: NAME_ERROR_GETSET,
            slots: |s| s.init.set(Some(init_name_error)),
        },
        "ImportError" => Row {
            doc: "Importing failed: no such module, or no such name in it.",
            methods: IMPORT_ERROR_METHODS,
            getset: IMPORT_ERROR_GETSET,
            slots: |s| {
                s.init.set(Some(init_import_error));
                s.str.set(Some(import_error_str));
            },
        },
        "KeyError" => Row {
            doc: "A mapping has no such key.",
            methods: &[],
            getset: &[],
            slots: |s| s.str.set(Some(key_error_str)),
        },
        "OSError" => Row {
            doc: "The operating system refused. errno is its number for the reason, and selects a subclass.",
            methods: oserror::METHODS,
            getset: oserror::GETSET,
            slots: oserror::slots,
        },
        "SyntaxError" => Row {
            doc: "The text is no valid Python.",
            methods: &[],
            getset: syntax::GETSET,
            slots: syntax::slots,
        },
        "UnicodeDecodeError" => Row {
            doc: "Bytes that the encoding gives no meaning.",
            methods: &[],
            getset: unicode::GETSET,
            slots: unicode::decode_slots,
        },
        "UnicodeEncodeError" => Row {
            doc: "Characters that the encoding has no bytes for.",
            methods: &[],
            getset: unicode::GETSET,
            slots: unicode::encode_slots,
        },
        "UnicodeTranslateError" => Row {
            doc: "Characters that could not be translated.",
            methods: &[],
            getset: unicode::GETSET,
            slots: unicode::translate_slots,
        },
        "Exception" => {
            plain("What exceptions derive from, but for those that end the interpreter.")
        }
        "GeneratorExit" => plain("Raised in a generator or coroutine by its close()."),
        "KeyboardInterrupt" => plain("The user pressed the interrupt key."),
        "ArithmeticError" => plain("What errors of calculation derive from."),
        "FloatingPointError" => plain("Unused; floating point failed."),
        "OverflowError" => plain("A result does not fit the numbers it should be one of."),
        "ZeroDivisionError" => plain("The divisor is zero."),
        "AssertionError" => plain("An assert statement found its condition false."),
        "BufferError" => plain("Memory can't be lent, or is lent and can't change now."),
        "EOFError" => plain("The input ended where more of it was needed."),
        "ModuleNotFoundError" => plain("There is no module of that name."),
        "LookupError" => plain("What errors of keys and indices derive from."),
        "IndexError" => plain("An index lies outside of the sequence."),
        "MemoryError" => plain("There is no memory for this."),
        "UnboundLocalError" => plain("A local variable was used before it got a value."),
        "BlockingIOError" => plain("The operation would have to wait, which it was told not to."),
        "ChildProcessError" => plain("Something failed about a child process."),
        "ConnectionError" => plain("What errors of connections derive from."),
        "BrokenPipeError" => plain("Nobody reads the other end any more."),
        "ConnectionAbortedError" => plain("The connection broke down while it was made."),
        "ConnectionRefusedError" => plain("Nobody listens there."),
        "ConnectionResetError" => plain("The other side cut the connection."),
        "FileExistsError" => plain("The file is there already."),
        "FileNotFoundError" => plain("No such file or directory."),
        "InterruptedError" => plain("A signal came in the middle of a system call."),
        "IsADirectoryError" => plain("A file was wanted, this is a directory."),
        "NotADirectoryError" => plain("A directory was wanted, this is none."),
        "PermissionError" => plain("The rights for that are missing."),
        "ProcessLookupError" => plain("No such process."),
        "TimeoutError" => plain("It took longer than allowed."),
        "ReferenceError" => plain("What a weak reference meant is gone."),
        "RuntimeError" => plain("Something failed that no other class describes."),
        "NotImplementedError" => plain("The method is left to subclasses, or still to be written."),
        "PythonFinalizationError" => plain("Not possible while the interpreter shuts down."),
        "RecursionError" => plain("Calls are nested too deeply."),
        "StopAsyncIteration" => plain("Tells that an asynchronous iterator has no more items."),
        "_IncompleteInputError" => plain("The text ends before the statement does."),
        "IndentationError" => plain("A line is indented in a way that makes no sense."),
        "TabError" => plain(
            "Tabs and spaces are mixed so that the indentation depends on the width of a tab.",
        ),
        "SystemError" => plain("The interpreter itself made a mistake."),
        "TypeError" => plain("The operation does not go with values of this type."),
        "ValueError" => plain("The type is right, the value is not."),
        "UnicodeError" => plain("What errors of encoding and decoding derive from."),
        "Warning" => plain("What all warnings derive from."),
        "BytesWarning" => plain("Bytes are used like text; see the option -b."),
        "DeprecationWarning" => plain("For developers: the feature is going to be removed."),
        "EncodingWarning" => plain("The encoding was not said."),
        "FutureWarning" => plain("For users: the meaning is going to change."),
        "ImportWarning" => plain("An import looks like a mistake."),
        "PendingDeprecationWarning" => plain("The feature is going to be deprecated some day."),
        "ResourceWarning" => plain("Something was left open."),
        "RuntimeWarning" => plain("What happens at run time looks doubtful."),
        "SyntaxWarning" => plain("What the text says looks doubtful."),
        "UnicodeWarning" => plain("Text is handled in a doubtful way."),
        "UserWarning" => plain("What warnings.warn() gives unless told otherwise."),
        _ => plain(""),
    }
}

pub(crate) fn make_class(vm: &mut Vm, name: &'static str, base: &Ref) -> Ref {
    let row = row(name);
    let spec = Box::leak(Box::new(TypeSpec {
        name,
        kind: Kind::Exception,
        flags: type_flag::BASE | type_flag::HAS_DICT,
        doc: row.doc,
        methods: row.methods,
        getset: row.getset,
        slots: row.slots,
        ..TypeSpec::DEFAULT
    }));
    let class = make_type(vm, spec, base);
    if name == "ExceptionGroup" {
        groups::add_second_base(&class);
    }
    class
}

/// Whether instances have attributes that those of the base haven't: two such classes can't be bases of one.
pub fn extends_layout(t: &TypeObj) -> bool {
    t.kind == Kind::Exception
        && !t.has_flag(type_flag::HEAP)
        && [
            &rt().types.stop_iteration,
            &rt().types.system_exit,
            &rt().types.name_error,
            &rt().types.attribute_error,
            &rt().types.import_error,
            &rt().types.os_error,
            &rt().types.syntax_error,
            &rt().types.unicode_decode_error,
            &rt().types.unicode_encode_error,
            &rt().types.unicode_translate_error,
            &rt().types.base_exception_group,
        ]
        .iter()
        .any(|c| c.cast::<TypeObj>().is_some_and(|c| std::ptr::eq(c, t)))
}

/// Sets the fields of a new exception from its arguments, as `__init__` would, without running Python code.
pub(super) fn init_fields(exc: &Ref, args: &[Ref]) {
    let Some(f) = exc.class().slots.init.get() else {
        return;
    };
    let is = |g: InitFn| std::ptr::fn_addr_eq(f, g);
    // Equal functions may have one address, so a group is told by its class.
    if args.len() == 2 && exc.class().is_subtype(&rt().types.base_exception_group) {
        return groups::init_fields(exc, args);
    }
    // The common ones have nothing to do: their fields are set by hand or follow from the arguments.
    if is(init) || is(init_value) || is(init_attribute_error) || is(init_name_error) {
        return;
    }
    if is(init_import_error) {
        if let [one] = args {
            fields::set(exc, fields::MSG, one.clone());
        }
    } else if is(oserror::init) {
        oserror::init_fields(exc, args);
    } else if is(syntax::init) {
        syntax::init_fields(exc, args);
    } else {
        unicode::init_fields(exc, args);
    }
}

// BaseException.

fn new(_: &mut Vm, class: &Ref, args: Args) -> R<Ref> {
    let exc = Ref::new_of(
        class,
        errors::empty_payload(TupleObj::make(args.pos().iter().cloned())),
    );
    // A value that follows from the arguments is `__init__`'s doing, which a Python class may not call.
    if exc.class().has_flag(type_flag::HEAP)
        && let Some(f) = exc.class().slots.init.get()
        && !std::ptr::fn_addr_eq(f, init as InitFn)
    {
        fields::set(&exc, fields::VALUE, Ref::UNDEFINED);
    }
    Ok(exc)
}

/// Refuses keyword arguments.
pub(super) fn no_keywords(vm: &mut Vm, exc: &Ref, args: &Args) -> R<()> {
    if args.has_kw() {
        let text = format!("{}() takes no keyword arguments", vm.type_name(exc));
        return Err(vm.type_error(&text));
    }
    Ok(())
}

pub(super) fn set_args(exc: &Ref, args: &[Ref]) {
    if let Some(e) = exc.cast::<ExceptionObj>() {
        let same = e.args.with_raw(|old| {
            old.tuple_items()
                .is_some_and(|o| o.len() == args.len() && o.iter().zip(args).all(|(a, b)| a.is(b)))
        });
        if !same {
            e.args.set(TupleObj::make(args.iter().cloned()));
        }
    }
}

pub(super) fn init(vm: &mut Vm, exc: &Ref, args: Args) -> R<()> {
    no_keywords(vm, exc, &args)?;
    set_args(exc, args.all);
    Ok(())
}

/// The arguments, as a tuple.
pub fn args_of(exc: &Ref) -> Ref {
    exc.cast::<ExceptionObj>()
        .map_or_else(|| new_tuple(vec![]), |e| e.args.cloned())
}

pub(super) fn repr(vm: &mut Vm, exc: &Ref) -> R<Ref> {
    let args = args_of(exc);
    let mut out = vm.type_name(exc).into_bytes();
    match args.tuple_items() {
        Some([one]) => {
            out.push(b'(');
            out.extend_from_slice(vm.repr(one)?.str_obj().bytes());
            out.push(b')');
        }
        _ => out.extend_from_slice(vm.repr(&args)?.str_obj().bytes()),
    }
    Ok(StrObj::make(&out))
}

pub(super) fn str(vm: &mut Vm, exc: &Ref) -> R<Ref> {
    let args = args_of(exc);
    match args.tuple_items() {
        Some([]) | None => Ok(rt().types.empty_str.clone()),
        Some([one]) => vm.str(one),
        Some(_) => vm.str(&args),
    }
}

fn key_error_str(vm: &mut Vm, exc: &Ref) -> R<Ref> {
    // A key is shown with quotes, so that an empty string or a space can be told.
    let args = args_of(exc);
    match args.tuple_items() {
        Some([one]) => vm.repr(one),
        _ => str(vm, exc),
    }
}

methods! { METHODS;
    "__reduce__(self, /)" => |vm, a| {
        let dict = attributes(vm, &a[0]);
        let mut parts = vec![class_of(&a[0]), args_of(&a[0])];
        parts.extend(dict);
        Ok(new_tuple(parts))
    }, "";
    "__setstate__(self, state, /)" => setstate, "";
    "with_traceback(self, tb, /)" => |vm, a| {
        set_traceback(vm, &a[0], Some(a[1].clone()))?;
        Ok(a[0].clone())
    }, "Sets the traceback and gives the exception itself, for use in a raise statement.";
    "add_note(self, note, /)" => add_note, "Adds a line of text that is shown below the traceback.";
}

/// The `__dict__`, unless it is empty.
pub(super) fn attributes(vm: &mut Vm, exc: &Ref) -> Option<Ref> {
    vm.dict_of(exc)
        .filter(|d| d.cast::<DictObj>().is_some_and(|d| !d.is_empty()))
}

fn setstate(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    if a[1].is_none() {
        return Ok(Ref::none());
    }
    let Some(d) = a[1].cast::<DictObj>() else {
        return Err(vm.type_error("state is not a dictionary"));
    };
    for (k, v) in d.items() {
        vm.setattr(&a[0], &k, Some(v))?;
    }
    Ok(Ref::none())
}

fn add_note(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    if !a[1].is_str() {
        let text = format!(
            "add_note() argument must be str, not {}",
            vm.type_name(&a[1])
        );
        return Err(vm.type_error(&text));
    }
    let name = intern("__notes__");
    let notes = match vm.getattr_opt(&a[0], &name)? {
        Some(n) => n,
        None => {
            let n = crate::vm::new_list(vec![]);
            vm.setattr(&a[0], &name, Some(n.clone()))?;
            n
        }
    };
    match notes.cast::<ListObj>() {
        Some(l) => l.push(a[1].clone()),
        None => return Err(vm.type_error("Cannot add note: __notes__ is not a list")),
    }
    Ok(Ref::none())
}

getset! { GETSET;
    "__dict__" => crate::types::object::DICT_GETSET.get, set_dict, "";
    "args" => |_, r| Ok(args_of(r)), set_args_attr, "";
    "__traceback__" => |_, r| Ok(link(r, |e| &e.traceback)), set_traceback, "";
    "__context__" => |_, r| Ok(link(r, |e| &e.context)), set_context, "";
    "__cause__" => |_, r| Ok(link(r, |e| &e.cause)), set_cause, "";
    "__suppress_context__" => |_, r| Ok(Ref::bool(r.cast::<ExceptionObj>().is_some_and(|e| e.suppress_context.get()))), set_suppress, "";
}

fn link(exc: &Ref, f: fn(&ExceptionObj) -> &Guarded<Ref>) -> Ref {
    exc.cast::<ExceptionObj>()
        .map_or_else(Ref::none, |e| f(e).cloned())
}

fn set_dict(vm: &mut Vm, r: &Ref, v: Option<Ref>) -> R<()> {
    match v {
        Some(d) if d.cast::<DictObj>().is_some() => vm.set_dict_of(r, d),
        Some(d) => {
            let text = format!(
                "__dict__ must be set to a dictionary, not a '{}'",
                vm.type_name(&d)
            );
            Err(vm.type_error(&text))
        }
        None => Err(vm.type_error("cannot delete __dict__")),
    }
}
fn set_args_attr(vm: &mut Vm, r: &Ref, v: Option<Ref>) -> R<()> {
    let Some(v) = v else {
        return Err(vm.type_error("args may not be deleted"));
    };
    let items = vm.collect(&v)?;
    fields::settle_value(r);
    set_args(r, &items);
    Ok(())
}
fn set_traceback(vm: &mut Vm, r: &Ref, v: Option<Ref>) -> R<()> {
    match v {
        None => Err(vm.type_error("__traceback__ may not be deleted")),
        Some(v) if v.is_none() || v.cast::<TracebackObj>().is_some() => {
            if let Some(e) = r.cast::<ExceptionObj>() {
                e.traceback.set(v);
            }
            Ok(())
        }
        Some(_) => Err(vm.type_error("__traceback__ must be a traceback or None")),
    }
}
fn set_context(vm: &mut Vm, r: &Ref, v: Option<Ref>) -> R<()> {
    match v {
        None => Err(vm.type_error("__context__ may not be deleted")),
        Some(v) if v.is_none() || v.cast::<ExceptionObj>().is_some() => {
            if let Some(e) = r.cast::<ExceptionObj>() {
                e.context.set(v);
            }
            Ok(())
        }
        Some(_) => {
            Err(vm.type_error("exception context must be None or derive from BaseException"))
        }
    }
}
fn set_cause(vm: &mut Vm, r: &Ref, v: Option<Ref>) -> R<()> {
    match v {
        None => Err(vm.type_error("__cause__ may not be deleted")),
        Some(v) if v.is_none() || v.cast::<ExceptionObj>().is_some() => {
            if let Some(e) = r.cast::<ExceptionObj>() {
                // An explicit cause hides the context (PEP 415).
                e.cause.set(v);
                e.suppress_context.set(true);
            }
            Ok(())
        }
        Some(_) => Err(vm.type_error("exception cause must be None or derive from BaseException")),
    }
}
fn set_suppress(vm: &mut Vm, r: &Ref, v: Option<Ref>) -> R<()> {
    match v {
        None => Err(vm.type_error("can't delete numeric/char attribute")),
        Some(v) if v.is_bool() => {
            if let Some(e) = r.cast::<ExceptionObj>() {
                e.suppress_context.set(v.is_true());
            }
            Ok(())
        }
        Some(_) => Err(vm.type_error("attribute value type must be bool")),
    }
}

// StopIteration and SystemExit.

/// The value follows from the arguments until it, or they, are changed.
fn init_value(vm: &mut Vm, exc: &Ref, args: Args) -> R<()> {
    init(vm, exc, args)?;
    fields::set_all(exc, Vec::new());
    Ok(())
}

getset! { STOP_ITERATION_GETSET;
    "value" => fields::member::<{ fields::VALUE }>, set_value, "What the generator or coroutine returned.";
}
getset! { SYSTEM_EXIT_GETSET;
    "code" => fields::member::<{ fields::VALUE }>, set_value, "The exit status.";
}
fn set_value(_: &mut Vm, exc: &Ref, v: Option<Ref>) -> R<()> {
    fields::set(exc, fields::VALUE, v.unwrap_or_default());
    Ok(())
}

// NameError, AttributeError, ImportError: keyword arguments.

/// Keyword arguments by name, undefined when not given; positional arguments become `args`.
fn keywords<const N: usize>(
    vm: &mut Vm,
    exc: &Ref,
    class: &str,
    args: Args,
    names: [&str; N],
) -> R<[Ref; N]> {
    set_args(exc, args.pos());
    let mut out = [const { Ref::UNDEFINED }; N];
    for (k, v) in args.kw() {
        let key = vm.str_lossy(k);
        match names.iter().position(|n| *n == key) {
            Some(i) => out[i] = v.clone(),
            None => {
                return Err(vm.unknown_keyword(class, k, &names));
            }
        }
    }
    Ok(out)
}

fn init_name_error(vm: &mut Vm, exc: &Ref, args: Args) -> R<()> {
    let [name] = keywords(vm, exc, "NameError", args, ["name"])?;
    if !name.is_undefined() || args.has_kw() {
        fields::set(exc, fields::NAME, name);
    }
    Ok(())
}
getset! { NAME_ERROR_GETSET;
    "name" => fields::member::<{ fields::NAME }>, set_name, "The name that has no value.";
}
fn set_name(_: &mut Vm, exc: &Ref, v: Option<Ref>) -> R<()> {
    fields::set(exc, fields::NAME, v.unwrap_or_default());
    Ok(())
}

fn init_attribute_error(vm: &mut Vm, exc: &Ref, args: Args) -> R<()> {
    let [name, obj] = keywords(vm, exc, "AttributeError", args, ["name", "obj"])?;
    if args.has_kw() {
        fields::set_all(exc, vec![name, obj]);
    }
    Ok(())
}
getset! { ATTRIBUTE_ERROR_GETSET;
    "name" => fields::member::<{ fields::NAME }>, set_name, "The name that is missing.";
    "obj" => fields::member::<{ fields::OBJ }>, set_obj, "What it was looked up on.";
}
fn set_obj(vm: &mut Vm, exc: &Ref, v: Option<Ref>) -> R<()> {
    fields::set_member::<{ fields::OBJ }>(vm, exc, v)
}
methods! { ATTRIBUTE_ERROR_METHODS;
    "__reduce__(self, /)" => |vm, a| {
        let state = attribute_error_state(vm, &a[0])?;
        Ok(new_tuple(vec![class_of(&a[0]), args_of(&a[0]), state]))
    }, "";
    "__getstate__(self, /)" => |vm, a| attribute_error_state(vm, &a[0]), "";
}
/// The object itself is left out: it may well be one that can't be pickled.
fn attribute_error_state(vm: &mut Vm, exc: &Ref) -> R<Ref> {
    let state = match attributes(vm, exc)
        .as_ref()
        .and_then(|d| d.cast::<DictObj>())
    {
        Some(d) => d.copy(),
        None => DictObj::new_dict(),
    };
    if let Some(d) = state.cast::<DictObj>() {
        if let Some(n) = fields::get_opt(exc, fields::NAME) {
            d.set_name("name", n);
        }
        d.set_name("args", args_of(exc));
    }
    Ok(state)
}

fn init_import_error(vm: &mut Vm, exc: &Ref, args: Args) -> R<()> {
    let [name, path, name_from] =
        keywords(vm, exc, "ImportError", args, ["name", "path", "name_from"])?;
    let msg = match args.pos() {
        [one] => one.clone(),
        _ => Ref::UNDEFINED,
    };
    fields::set_all(exc, vec![name, msg, path, name_from]);
    Ok(())
}
fn import_error_str(vm: &mut Vm, exc: &Ref) -> R<Ref> {
    match fields::get_opt(exc, fields::MSG) {
        Some(m) if m.exact::<StrObj>().is_some() => Ok(m),
        _ => str(vm, exc),
    }
}
getset! { IMPORT_ERROR_GETSET;
    "msg" => fields::member::<{ fields::MSG }>, set_msg, "The message.";
    "name" => fields::member::<{ fields::NAME }>, set_name, "The module that was to be imported.";
    "path" => fields::member::<{ fields::IMPORT_PATH }>, set_path, "The file of that module, if known.";
    "name_from" => fields::member::<{ fields::IMPORT_NAME_FROM }>, set_name_from, "The name that was to be taken from the module.";
}
fn set_msg(vm: &mut Vm, exc: &Ref, v: Option<Ref>) -> R<()> {
    fields::set_member::<{ fields::MSG }>(vm, exc, v)
}
fn set_path(vm: &mut Vm, exc: &Ref, v: Option<Ref>) -> R<()> {
    fields::set_member::<{ fields::IMPORT_PATH }>(vm, exc, v)
}
fn set_name_from(vm: &mut Vm, exc: &Ref, v: Option<Ref>) -> R<()> {
    fields::set_member::<{ fields::IMPORT_NAME_FROM }>(vm, exc, v)
}
methods! { IMPORT_ERROR_METHODS;
    "__reduce__(self, /)" => |vm, a| {
        let dict = attributes(vm, &a[0]);
        let given = [("name", fields::NAME), ("path", fields::IMPORT_PATH), ("name_from", fields::IMPORT_NAME_FROM)]
            .map(|(n, i)| (n, fields::get_opt(&a[0], i)));
        let mut parts = vec![class_of(&a[0]), args_of(&a[0])];
        if given.iter().any(|g| g.1.is_some()) {
            let state = match dict.as_ref().and_then(|d| d.cast::<DictObj>()) {
                Some(d) => d.copy(),
                None => DictObj::new_dict(),
            };
            if let Some(d) = state.cast::<DictObj>() {
                for (n, v) in given {
                    if let Some(v) = v {
                        d.set_name(n, v);
                    }
                }
            }
            parts.push(state);
        } else {
            parts.extend(dict);
        }
        Ok(new_tuple(parts))
    }, "";
}

/// A str from WTF-8 parts, for `__str__` methods.
pub(super) fn joined(parts: &[&[u8]]) -> Ref {
    match parts {
        [] => new_str(""),
        _ => StrObj::make(&parts.concat()),
    }
}
