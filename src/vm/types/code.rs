//! The types `code`.

use super::spec::TypeSpec;
use crate::value::header::Kind;
use crate::value::type_flag;

pub static CODE: TypeSpec = TypeSpec {
    name: "code",
    kind: Kind::Code,
    exact: true,
    flags: 0,
    ..TypeSpec::DEFAULT
};
