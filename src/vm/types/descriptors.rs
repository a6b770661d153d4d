//! The types `classmethod`, `staticmethod`, `property`, `getset_descriptor`, `member_descriptor`.

use super::spec::TypeSpec;
use crate::value::header::Kind;
use crate::value::type_flag;

pub static CLASSMETHOD: TypeSpec = TypeSpec {
    name: "classmethod",
    kind: Kind::ClassMethod,
    exact: true,
    flags: type_flag::BASE | type_flag::HAS_DICT,
    ..TypeSpec::DEFAULT
};

pub static STATICMETHOD: TypeSpec = TypeSpec {
    name: "staticmethod",
    kind: Kind::StaticMethod,
    exact: true,
    flags: type_flag::BASE | type_flag::HAS_DICT,
    ..TypeSpec::DEFAULT
};

pub static PROPERTY: TypeSpec = TypeSpec {
    name: "property",
    kind: Kind::Property,
    exact: true,
    flags: type_flag::BASE,
    ..TypeSpec::DEFAULT
};

pub static GETSET_DESCRIPTOR: TypeSpec = TypeSpec {
    name: "getset_descriptor",
    kind: Kind::GetSet,
    exact: true,
    flags: type_flag::NO_NEW,
    ..TypeSpec::DEFAULT
};

pub static MEMBER_DESCRIPTOR: TypeSpec = TypeSpec {
    name: "member_descriptor",
    kind: Kind::Member,
    exact: true,
    flags: type_flag::NO_NEW,
    ..TypeSpec::DEFAULT
};
