//! The types `dict`.

use super::spec::TypeSpec;
use crate::value::header::Kind;
use crate::value::type_flag;

pub static DICT: TypeSpec = TypeSpec {
    name: "dict",
    kind: Kind::Dict,
    exact: true,
    flags: type_flag::BASE | type_flag::MAPPING | type_flag::MATCH_SELF,
    ..TypeSpec::DEFAULT
};
