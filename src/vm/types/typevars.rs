//! The types `typing.TypeVar`, `typing.ParamSpec`, `typing.ParamSpecArgs`, `typing.ParamSpecKwargs`, `typing.TypeVarTuple`, `typing.TypeAliasType`, `typing.Generic`.

use super::spec::TypeSpec;
use crate::value::header::Kind;
use crate::value::type_flag;

pub static TYPEVAR: TypeSpec = TypeSpec {
    name: "typing.TypeVar",
    kind: Kind::Native,
    exact: false,
    flags: type_flag::HAS_DICT,
    ..TypeSpec::DEFAULT
};

pub static PARAMSPEC: TypeSpec = TypeSpec {
    name: "typing.ParamSpec",
    kind: Kind::Native,
    exact: false,
    flags: type_flag::HAS_DICT,
    ..TypeSpec::DEFAULT
};

pub static PARAMSPEC_ARGS: TypeSpec = TypeSpec {
    name: "typing.ParamSpecArgs",
    kind: Kind::Native,
    exact: false,
    flags: 0,
    ..TypeSpec::DEFAULT
};

pub static PARAMSPEC_KWARGS: TypeSpec = TypeSpec {
    name: "typing.ParamSpecKwargs",
    kind: Kind::Native,
    exact: false,
    flags: 0,
    ..TypeSpec::DEFAULT
};

pub static TYPEVARTUPLE: TypeSpec = TypeSpec {
    name: "typing.TypeVarTuple",
    kind: Kind::Native,
    exact: false,
    flags: type_flag::HAS_DICT,
    ..TypeSpec::DEFAULT
};

pub static TYPEALIAS: TypeSpec = TypeSpec {
    name: "typing.TypeAliasType",
    kind: Kind::Native,
    exact: false,
    flags: 0,
    ..TypeSpec::DEFAULT
};

pub static GENERIC: TypeSpec = TypeSpec {
    name: "typing.Generic",
    kind: Kind::Object,
    exact: false,
    flags: type_flag::BASE,
    ..TypeSpec::DEFAULT
};
