//! The types `cell`.

use super::spec::TypeSpec;
use crate::value::header::Kind;
use crate::value::type_flag;

pub static CELL: TypeSpec = TypeSpec {
    name: "cell",
    kind: Kind::Cell,
    exact: true,
    flags: 0,
    ..TypeSpec::DEFAULT
};
