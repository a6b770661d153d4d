//! The types `memoryview`.

use super::spec::TypeSpec;
use crate::value::header::Kind;
use crate::value::type_flag;

pub static MEMORYVIEW: TypeSpec = TypeSpec {
    name: "memoryview",
    kind: Kind::MemoryView,
    exact: true,
    flags: type_flag::SEQUENCE,
    ..TypeSpec::DEFAULT
};
