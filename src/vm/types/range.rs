//! The types `range`.

use super::spec::TypeSpec;
use crate::value::header::Kind;
use crate::value::type_flag;

pub static RANGE: TypeSpec = TypeSpec {
    name: "range",
    kind: Kind::Range,
    exact: true,
    flags: type_flag::SEQUENCE,
    ..TypeSpec::DEFAULT
};
