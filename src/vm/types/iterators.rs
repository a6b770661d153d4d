//! Iterator types of builtin containers.

use super::spec::TypeSpec;
use crate::value::header::Kind;
use crate::value::*;

/// An iterator by `__getitem__(0)`, `__getitem__(1)` ...
pub fn sequence_iterator(_seq: &Ref) -> Ref {
    Ref::none()
}

pub static LIST_ITERATOR: TypeSpec = TypeSpec {
    name: "list_iterator",
    kind: Kind::ListIter,
    exact: true,
    flags: type_flag::NO_NEW,
    ..TypeSpec::DEFAULT
};

pub static LIST_REVERSE_ITERATOR: TypeSpec = TypeSpec {
    name: "list_reverseiterator",
    kind: Kind::ListIter,
    exact: false,
    flags: type_flag::NO_NEW,
    ..TypeSpec::DEFAULT
};

pub static TUPLE_ITERATOR: TypeSpec = TypeSpec {
    name: "tuple_iterator",
    kind: Kind::TupleIter,
    exact: true,
    flags: type_flag::NO_NEW,
    ..TypeSpec::DEFAULT
};

pub static RANGE_ITERATOR: TypeSpec = TypeSpec {
    name: "range_iterator",
    kind: Kind::RangeIter,
    exact: true,
    flags: type_flag::NO_NEW,
    ..TypeSpec::DEFAULT
};

pub static LONG_RANGE_ITERATOR: TypeSpec = TypeSpec {
    name: "longrange_iterator",
    kind: Kind::Native,
    exact: false,
    flags: type_flag::NO_NEW,
    ..TypeSpec::DEFAULT
};

pub static SEQUENCE_ITERATOR: TypeSpec = TypeSpec {
    name: "iterator",
    kind: Kind::Native,
    exact: false,
    flags: type_flag::NO_NEW,
    ..TypeSpec::DEFAULT
};

pub static CALLABLE_ITERATOR: TypeSpec = TypeSpec {
    name: "callable_iterator",
    kind: Kind::Native,
    exact: false,
    flags: type_flag::NO_NEW,
    ..TypeSpec::DEFAULT
};

pub fn callable_iterator(_f: &Ref, _sentinel: &Ref) -> Ref {
    Ref::none()
}
