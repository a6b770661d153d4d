//! The builtin exception classes.

use crate::Vm;
use crate::native::Args;
use crate::types::spec::{TypeSpec, make_type};
use crate::value::header::Kind;
use crate::value::*;
use crate::{R, errors};

pub static BASE_EXCEPTION: TypeSpec = TypeSpec {
    name: "BaseException",
    kind: Kind::Exception,
    flags: type_flag::BASE | type_flag::HAS_DICT,
    doc: "Common base class for all exceptions",
    slots: |s| {
        s.new.set(Some(new));
    },
    ..TypeSpec::DEFAULT
};

fn new(_: &mut Vm, class: &Ref, args: Args) -> R<Ref> {
    Ok(Ref::new_of(
        class,
        errors::empty_payload(TupleObj::make(args.pos().to_vec().into_iter())),
    ))
}

/// Extra attributes by class; a class has those of its bases as well.
static FIELDS: &[(&str, &[&str])] = &[
    ("StopIteration", &["value"]),
    ("SystemExit", &["code"]),
    ("NameError", &["name"]),
    ("AttributeError", &["name", "obj"]),
    ("ImportError", &["msg", "name", "path", "name_from"]),
    (
        "OSError",
        &[
            "errno",
            "strerror",
            "filename",
            "filename2",
            "characters_written",
        ],
    ),
    (
        "SyntaxError",
        &[
            "msg",
            "filename",
            "lineno",
            "offset",
            "text",
            "end_lineno",
            "end_offset",
            "print_file_and_line",
        ],
    ),
    (
        "UnicodeError",
        &["encoding", "object", "start", "end", "reason"],
    ),
    ("BaseExceptionGroup", &["message", "exceptions"]),
];

pub fn field_index(t: &TypeObj, name: &str) -> Option<usize> {
    for class in t.mro.cloned() {
        let Some(c) = class.cast::<TypeObj>() else {
            continue;
        };
        let n = c.name.cloned();
        let n = n.str_obj().lossy();
        if let Some((_, fields)) = FIELDS.iter().find(|f| f.0 == n) {
            return fields.iter().position(|&f| f == name);
        }
    }
    None
}

/// Sets fields from `args`.
pub fn init_fields(_exc: &Ref) {}

pub(crate) fn make_class(vm: &mut Vm, name: &'static str, base: &Ref) -> Ref {
    let spec = Box::leak(Box::new(TypeSpec {
        name,
        kind: Kind::Exception,
        flags: type_flag::BASE | type_flag::HAS_DICT,
        ..TypeSpec::DEFAULT
    }));
    make_type(vm, spec, base)
}
