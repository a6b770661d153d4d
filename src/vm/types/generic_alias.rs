//! `types.GenericAlias` (`list[int]`) and unions (`int | str`).

use super::spec::TypeSpec;
use crate::value::header::Kind;
use crate::value::*;
use crate::{R, Vm};

/// `class[key]`.
pub fn new_alias(vm: &mut Vm, class: &Ref, key: &Ref) -> R<Ref> {
    let _ = (class, key);
    Err(vm.not_implemented_error("generic aliases"))
}

/// `X | Y` for classes.
pub fn union_or(_: &mut Vm, _: &Ref, _: &Ref) -> R<Ref> {
    Ok(Ref::not_implemented())
}

pub static GENERIC_ALIAS: TypeSpec = TypeSpec {
    name: "types.GenericAlias",
    kind: Kind::Native,
    exact: false,
    flags: type_flag::BASE,
    ..TypeSpec::DEFAULT
};

pub static UNION: TypeSpec = TypeSpec {
    name: "typing.Union",
    kind: Kind::Native,
    exact: false,
    flags: 0,
    ..TypeSpec::DEFAULT
};
