//! The types `enumerate`, `zip`, `map`, `filter`, `reversed`.

use super::spec::TypeSpec;
use crate::value::header::Kind;
use crate::value::type_flag;

pub static ENUMERATE: TypeSpec = TypeSpec {
    name: "enumerate",
    kind: Kind::Native,
    exact: false,
    flags: type_flag::BASE,
    ..TypeSpec::DEFAULT
};

pub static ZIP: TypeSpec = TypeSpec {
    name: "zip",
    kind: Kind::Native,
    exact: false,
    flags: type_flag::BASE,
    ..TypeSpec::DEFAULT
};

pub static MAP: TypeSpec = TypeSpec {
    name: "map",
    kind: Kind::Native,
    exact: false,
    flags: type_flag::BASE,
    ..TypeSpec::DEFAULT
};

pub static FILTER: TypeSpec = TypeSpec {
    name: "filter",
    kind: Kind::Native,
    exact: false,
    flags: type_flag::BASE,
    ..TypeSpec::DEFAULT
};

pub static REVERSED: TypeSpec = TypeSpec {
    name: "reversed",
    kind: Kind::Native,
    exact: false,
    flags: type_flag::BASE,
    ..TypeSpec::DEFAULT
};
