//! The types `slice`.

use super::spec::TypeSpec;
use crate::value::header::Kind;
use crate::value::type_flag;

pub static SLICE: TypeSpec = TypeSpec {
    name: "slice",
    kind: Kind::Slice,
    exact: true,
    flags: 0,
    ..TypeSpec::DEFAULT
};
