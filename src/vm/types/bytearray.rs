//! The types `bytearray`.

use super::spec::TypeSpec;
use crate::value::header::Kind;
use crate::value::type_flag;

pub static BYTEARRAY: TypeSpec = TypeSpec {
    name: "bytearray",
    kind: Kind::ByteArray,
    exact: true,
    flags: type_flag::BASE | type_flag::MATCH_SELF,
    ..TypeSpec::DEFAULT
};
