//! The types `super`.

use super::spec::TypeSpec;
use crate::value::header::Kind;
use crate::value::type_flag;

pub static SUPER: TypeSpec = TypeSpec {
    name: "super",
    kind: Kind::Super,
    exact: true,
    flags: type_flag::BASE,
    ..TypeSpec::DEFAULT
};
