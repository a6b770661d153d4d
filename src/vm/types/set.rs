//! The types `set`, `frozenset`, `set_iterator`.

use super::spec::TypeSpec;
use crate::value::header::Kind;
use crate::value::type_flag;

pub static SET: TypeSpec = TypeSpec {
    name: "set",
    kind: Kind::Set,
    exact: true,
    flags: type_flag::BASE | type_flag::MATCH_SELF,
    ..TypeSpec::DEFAULT
};

pub static FROZENSET: TypeSpec = TypeSpec {
    name: "frozenset",
    kind: Kind::FrozenSet,
    exact: true,
    flags: type_flag::BASE | type_flag::MATCH_SELF,
    ..TypeSpec::DEFAULT
};

pub static SET_ITERATOR: TypeSpec = TypeSpec {
    name: "set_iterator",
    kind: Kind::Native,
    exact: false,
    flags: type_flag::NO_NEW,
    ..TypeSpec::DEFAULT
};
