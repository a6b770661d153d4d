//! The types `bytes`.

use super::spec::TypeSpec;
use crate::value::header::Kind;
use crate::value::type_flag;

pub static BYTES: TypeSpec = TypeSpec {
    name: "bytes",
    kind: Kind::Bytes,
    exact: true,
    flags: type_flag::BASE | type_flag::MATCH_SELF,
    ..TypeSpec::DEFAULT
};
