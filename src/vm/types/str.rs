//! The types `str`.

use super::spec::TypeSpec;
use crate::value::header::Kind;
use crate::value::type_flag;

pub static STR: TypeSpec = TypeSpec {
    name: "str",
    kind: Kind::Str,
    exact: true,
    flags: type_flag::BASE | type_flag::MATCH_SELF,
    ..TypeSpec::DEFAULT
};
