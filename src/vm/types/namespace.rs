//! The types `types.SimpleNamespace`.

use super::spec::TypeSpec;
use crate::value::header::Kind;
use crate::value::type_flag;

pub static SIMPLE_NAMESPACE: TypeSpec = TypeSpec {
    name: "types.SimpleNamespace",
    kind: Kind::Object,
    exact: false,
    flags: type_flag::BASE | type_flag::HAS_DICT,
    ..TypeSpec::DEFAULT
};
