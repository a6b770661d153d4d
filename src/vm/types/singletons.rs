//! The types of `None`, `NotImplemented` and `...`.

use super::spec::TypeSpec;
use crate::native::Args;
use crate::value::header::Kind;
use crate::value::*;
use crate::vm::new_str;
use crate::{R, Vm, methods};

pub static NONE_TYPE: TypeSpec = TypeSpec {
    name: "NoneType",
    kind: Kind::Object,
    doc: "The class of None, its only instance.",
    slots: |s| {
        s.repr.set(Some(|_, _| Ok(intern("None"))));
        s.bool.set(Some(|_, _| Ok(false)));
        // The same in every run, so that sets of constants have one order.
        s.hash.set(Some(|_, _| Ok(0xFCA8_6420)));
        s.new
            .set(Some(|vm, _, a| singleton(vm, a, "NoneType", Ref::none())));
    },
    ..TypeSpec::DEFAULT
};

pub static NOT_IMPLEMENTED_TYPE: TypeSpec = TypeSpec {
    name: "NotImplementedType",
    kind: Kind::Object,
    doc: "The class of NotImplemented, its only instance, with which a special method declines.",
    methods: NOT_IMPLEMENTED_METHODS,
    slots: |s| {
        s.repr.set(Some(|_, _| Ok(intern("NotImplemented"))));
        s.bool.set(Some(|vm, _| {
            Err(vm.type_error("NotImplemented should not be used in a boolean context"))
        }));
        s.new.set(Some(|vm, _, a| {
            singleton(vm, a, "NotImplementedType", Ref::not_implemented())
        }));
    },
    ..TypeSpec::DEFAULT
};

pub static ELLIPSIS: TypeSpec = TypeSpec {
    name: "ellipsis",
    kind: Kind::Object,
    doc: "The class of Ellipsis, its only instance, also written as three dots.",
    methods: ELLIPSIS_METHODS,
    slots: |s| {
        s.repr.set(Some(|_, _| Ok(intern("Ellipsis"))));
        s.new.set(Some(|vm, _, a| {
            singleton(vm, a, "EllipsisType", Ref::ellipsis())
        }));
    },
    ..TypeSpec::DEFAULT
};

methods! { NOT_IMPLEMENTED_METHODS;
    "__reduce__(self, /)" => |_, _| Ok(new_str("NotImplemented")), "";
}
methods! { ELLIPSIS_METHODS;
    "__reduce__(self, /)" => |_, _| Ok(new_str("Ellipsis")), "";
}

fn singleton(vm: &mut Vm, args: Args, name: &str, value: Ref) -> R<Ref> {
    if args.all.is_empty() {
        return Ok(value);
    }
    Err(vm.type_error(&format!("{name} takes no arguments")))
}
