//! The types `tuple`.

use super::spec::TypeSpec;
use crate::value::header::Kind;
use crate::value::type_flag;

pub static TUPLE: TypeSpec = TypeSpec {
    name: "tuple",
    kind: Kind::Tuple,
    exact: true,
    flags: type_flag::BASE | type_flag::SEQUENCE | type_flag::MATCH_SELF,
    ..TypeSpec::DEFAULT
};
