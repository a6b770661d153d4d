//! The types `complex`.

use super::spec::TypeSpec;
use crate::value::header::Kind;
use crate::value::type_flag;

pub static COMPLEX: TypeSpec = TypeSpec {
    name: "complex",
    kind: Kind::Complex,
    exact: true,
    flags: type_flag::BASE,
    ..TypeSpec::DEFAULT
};
