//! The types `float`.

use super::spec::TypeSpec;
use crate::value::header::Kind;
use crate::value::type_flag;

pub static FLOAT: TypeSpec = TypeSpec {
    name: "float",
    kind: Kind::Float,
    exact: true,
    flags: type_flag::BASE | type_flag::MATCH_SELF,
    ..TypeSpec::DEFAULT
};
