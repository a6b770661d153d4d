//! The types `module`.

use super::spec::TypeSpec;
use crate::value::header::Kind;
use crate::value::type_flag;

pub static MODULE: TypeSpec = TypeSpec {
    name: "module",
    kind: Kind::Module,
    exact: true,
    flags: type_flag::BASE | type_flag::HAS_DICT,
    ..TypeSpec::DEFAULT
};
