//! The types `list`.

use super::spec::TypeSpec;
use crate::value::header::Kind;
use crate::value::type_flag;

pub static LIST: TypeSpec = TypeSpec {
    name: "list",
    kind: Kind::List,
    exact: true,
    flags: type_flag::BASE | type_flag::SEQUENCE | type_flag::MATCH_SELF,
    ..TypeSpec::DEFAULT
};
