//! The types `int`, `bool`.

use super::spec::TypeSpec;
use crate::value::header::Kind;
use crate::value::type_flag;

pub static INT: TypeSpec = TypeSpec {
    name: "int",
    kind: Kind::Int,
    exact: true,
    flags: type_flag::BASE | type_flag::MATCH_SELF,
    ..TypeSpec::DEFAULT
};

pub static BOOL: TypeSpec = TypeSpec {
    name: "bool",
    kind: Kind::Int,
    exact: false,
    flags: type_flag::MATCH_SELF,
    ..TypeSpec::DEFAULT
};
