//! The types `mappingproxy`.

use super::spec::TypeSpec;
use crate::value::header::Kind;
use crate::value::type_flag;

pub static MAPPINGPROXY: TypeSpec = TypeSpec {
    name: "mappingproxy",
    kind: Kind::MappingProxy,
    exact: true,
    flags: type_flag::MAPPING,
    ..TypeSpec::DEFAULT
};
