//! The module `_string`: the parser of `str.format` templates, for `string.Formatter`.

use super::new_module;
use crate::types::spec::TypeSpec;
use crate::types::str::text_ref;
use crate::value::object::NativePayload;
use crate::value::*;
use crate::vm::{new_list, new_tuple, new_usize};
use crate::{R, Vm, functions, trace};
use std::cell::Cell;
use taipan_text::format_string::{self, Access, Key};

pub fn make(vm: &mut Vm) -> R<Ref> {
    Ok(new_module(
        vm,
        "_string",
        "What string.Formatter needs to take format strings apart.",
        FUNCTIONS,
    ))
}

functions! { FUNCTIONS;
    "formatter_parser(string, /)" => formatter_parser, "Parse a template into literals and fields.";
    "formatter_field_name_split(string, /)" => field_name_split, "Split a field's name into its first part and the accesses after it.";
}

/// Items that have been made, and then the error that stopped their making.
struct Items {
    items: Ref,
    at: Cell<usize>,
    error: Guarded<Ref>,
}
trace!(Items; items, error);
impl NativePayload for Items {}

static FORMATTER_ITERATOR: TypeSpec = TypeSpec {
    name: "_string.formatteriterator",
    flags: type_flag::NO_NEW,
    slots: |s| {
        s.iter.set(Some(|_, r| Ok(r.clone())));
        s.next.set(Some(next));
    },
    ..TypeSpec::DEFAULT
};
static FIELD_ITERATOR: TypeSpec = TypeSpec {
    name: "_string.fieldnameiterator",
    flags: type_flag::NO_NEW,
    slots: |s| {
        s.iter.set(Some(|_, r| Ok(r.clone())));
        s.next.set(Some(next));
    },
    ..TypeSpec::DEFAULT
};

fn next(vm: &mut Vm, r: &Ref) -> R<Option<Ref>> {
    let Some(it) = r.native::<Items>() else {
        return Ok(None);
    };
    let at = it.at.get();
    if let Some(item) = it.items.cast::<ListObj>().and_then(|l| l.at(at)) {
        it.at.set(at + 1);
        return Ok(Some(item));
    }
    let error = it.error.replace(Ref::none());
    if error.is_none() {
        return Ok(None);
    }
    Err(vm.raise(error))
}

fn iterator(vm: &mut Vm, spec: &'static TypeSpec, items: Vec<Ref>, error: Ref) -> Ref {
    let class = vm.native_type(spec);
    Ref::new_native(
        &class,
        Items {
            items: new_list(items),
            at: Cell::new(0),
            error: Guarded::new(error),
        },
    )
}

fn expect_str<'a>(vm: &mut Vm, r: &'a Ref) -> R<&'a StrObj> {
    match r.cast::<StrObj>() {
        Some(s) => Ok(s),
        None => {
            let text = format!("expected str, got {}", vm.type_name(r));
            Err(vm.type_error(&text))
        }
    }
}

/// The exception for a template's error, not on its way.
fn exception(vm: &mut Vm, e: taipan_text::TextError) -> Ref {
    let _ = vm.text_error(e);
    vm.take_exc()
}

fn formatter_parser(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let s = expect_str(vm, &a[0])?;
    let mut items = Vec::new();
    let mut error = Ref::none();
    for segment in format_string::template(s.bytes()) {
        match segment {
            Ok(segment) => {
                let literal = text_ref(segment.literal);
                items.push(new_tuple(match segment.field {
                    None => vec![literal, Ref::none(), Ref::none(), Ref::none()],
                    Some(f) => vec![
                        literal,
                        text_ref(f.name),
                        text_ref(f.spec),
                        match f.conversion {
                            Some(c) => text_ref(&taipan_text::wtf8::from_code_point(c)),
                            None => Ref::none(),
                        },
                    ],
                }));
            }
            Err(e) => error = exception(vm, e),
        }
    }
    Ok(iterator(vm, &FORMATTER_ITERATOR, items, error))
}

fn key(k: Key) -> Ref {
    match k {
        Key::Index(i) => new_usize(i),
        Key::Name(n) => text_ref(n),
    }
}

fn field_name_split(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let s = expect_str(vm, &a[0])?;
    let (first, accesses) =
        format_string::split_field_name(s.bytes()).map_err(|e| vm.text_error(e))?;
    let mut items = Vec::new();
    let mut error = Ref::none();
    for access in accesses {
        match access {
            Ok(Access::Attribute(n)) => {
                items.push(new_tuple(vec![Ref::bool(true), text_ref(n)]));
            }
            Ok(Access::Item(k)) => items.push(new_tuple(vec![Ref::bool(false), key(k)])),
            Err(e) => error = exception(vm, e),
        }
    }
    let rest = iterator(vm, &FIELD_ITERATOR, items, error);
    Ok(new_tuple(vec![key(first), rest]))
}
