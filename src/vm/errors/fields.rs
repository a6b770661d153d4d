//! The extra attributes of builtin exception classes: where each is kept, and the members that Python sees.
//!
//! An exception has one vector of fields. The classes that add attributes have disjoint families of subclasses (a class
//! can't derive from two of them), so an attribute's name alone tells its index.

use crate::value::*;
use crate::{R, Vm};

/// `StopIteration.value` and `SystemExit.code` at the same place: while no field has been stored, they follow from the arguments.
pub const VALUE: usize = 0;
/// NameError, AttributeError, ImportError.
pub const NAME: usize = 0;
/// AttributeError.
pub const OBJ: usize = 1;
/// ImportError and SyntaxError.
pub const MSG: usize = 1;
pub const IMPORT_PATH: usize = 2;
pub const IMPORT_NAME_FROM: usize = 3;
/// OSError.
pub const ERRNO: usize = 0;
pub const STRERROR: usize = 1;
/// OSError and SyntaxError.
pub const FILENAME: usize = 2;
pub const FILENAME2: usize = 3;
pub const WRITTEN: usize = 4;
/// SyntaxError.
pub const LINENO: usize = 0;
pub const OFFSET: usize = 3;
pub const TEXT: usize = 4;
pub const END_LINENO: usize = 5;
pub const END_OFFSET: usize = 6;
pub const PRINT_FILE_AND_LINE: usize = 7;
pub const METADATA: usize = 8;
/// The three Unicode errors.
pub const ENCODING: usize = 0;
pub const OBJECT: usize = 1;
pub const START: usize = 2;
pub const END: usize = 3;
pub const REASON: usize = 4;
/// Exception groups. The third is how a sequence that is neither list nor tuple showed itself.
pub const MESSAGE: usize = 0;
pub const EXCEPTIONS: usize = 1;
pub const EXCEPTIONS_TEXT: usize = 2;

/// The index of the attribute of that name.
pub fn index_of(name: &str) -> Option<usize> {
    Some(match name {
        "value" | "code" | "name" | "errno" | "lineno" | "encoding" | "message" => 0,
        "obj" | "msg" | "strerror" | "object" | "exceptions" => 1,
        "path" | "filename" | "start" => 2,
        "name_from" | "filename2" | "offset" | "end" => 3,
        "characters_written" | "text" | "reason" => 4,
        "end_lineno" => END_LINENO,
        "end_offset" => END_OFFSET,
        "print_file_and_line" => PRINT_FILE_AND_LINE,
        "_metadata" => METADATA,
        _ => return None,
    })
}

/// The field, if it has been set.
pub fn get_opt(exc: &Ref, i: usize) -> Option<Ref> {
    let e = exc.cast::<ExceptionObj>()?;
    let stored = e.fields.with_raw(|f| {
        if f.is_empty() {
            None
        } else {
            Some(f.get(i).filter(|r| !r.is_undefined()).cloned())
        }
    });
    match stored {
        Some(r) => r,
        None if i == VALUE => value_from_args(exc, e),
        None => None,
    }
}

/// The field, or None.
pub fn get(exc: &Ref, i: usize) -> Ref {
    get_opt(exc, i).unwrap_or_else(Ref::none)
}

#[cold]
fn value_from_args(exc: &Ref, e: &ExceptionObj) -> Option<Ref> {
    let args = e.args.cloned();
    let items = args.tuple_items()?;
    let types = &rt().types;
    if exc.class().is_subtype(&types.stop_iteration) {
        items.first().cloned()
    } else if exc.class().is_subtype(&types.system_exit) {
        match items {
            [] => None,
            [one] => Some(one.clone()),
            _ => Some(args.clone()),
        }
    } else {
        None
    }
}

/// Stores a field; undefined means "not set".
pub fn set(exc: &Ref, i: usize, value: Ref) {
    if let Some(e) = exc.cast::<ExceptionObj>() {
        let mut fields = e.fields.replace(Vec::new());
        if fields.len() <= i {
            // Most classes set their fields in order, from the second or the last one at once.
            fields.reserve_exact(i + 1 - fields.len());
            fields.resize_with(i + 1, Ref::default);
        }
        fields[i] = value;
        e.fields.set(fields);
    }
}

/// Stores all fields at once.
pub fn set_all(exc: &Ref, fields: Vec<Ref>) {
    if let Some(e) = exc.cast::<ExceptionObj>() {
        e.fields.set(fields);
    }
}

/// Before the arguments change: makes a value that follows from them a stored one.
pub fn settle_value(exc: &Ref) {
    let lazy = exc
        .cast::<ExceptionObj>()
        .is_some_and(|e| e.fields.with_raw(|f| f.is_empty()));
    if lazy {
        let value = get_opt(exc, VALUE);
        if value.is_some() || is_lazy_class(exc) {
            set(exc, VALUE, value.unwrap_or_default());
        }
    }
}

fn is_lazy_class(exc: &Ref) -> bool {
    let types = &rt().types;
    let t = exc.class();
    t.is_subtype(&types.stop_iteration) || t.is_subtype(&types.system_exit)
}

/// Getter of a member.
pub fn member<const I: usize>(_: &mut Vm, exc: &Ref) -> R<Ref> {
    Ok(get(exc, I))
}
/// Setter of a member that takes any value; deleting makes it None.
pub fn set_member<const I: usize>(_: &mut Vm, exc: &Ref, value: Option<Ref>) -> R<()> {
    set(exc, I, value.unwrap_or_default());
    Ok(())
}
/// Setter of a member that can't be changed.
pub fn readonly(vm: &mut Vm, _: &Ref, _: Option<Ref>) -> R<()> {
    let class = rt().types.attribute_error.clone();
    Err(vm.error(&class, "readonly attribute"))
}
