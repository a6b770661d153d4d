//! The types `NoneType`, `NotImplementedType`, `ellipsis`.

use super::spec::TypeSpec;
use crate::value::header::Kind;
use crate::value::type_flag;

pub static NONE_TYPE: TypeSpec = TypeSpec {
    name: "NoneType",
    kind: Kind::Object,
    exact: false,
    flags: 0,
    ..TypeSpec::DEFAULT
};

pub static NOT_IMPLEMENTED_TYPE: TypeSpec = TypeSpec {
    name: "NotImplementedType",
    kind: Kind::Object,
    exact: false,
    flags: 0,
    ..TypeSpec::DEFAULT
};

pub static ELLIPSIS: TypeSpec = TypeSpec {
    name: "ellipsis",
    kind: Kind::Object,
    exact: false,
    flags: 0,
    ..TypeSpec::DEFAULT
};
