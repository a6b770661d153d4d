//! The types `frame`, `FrameLocalsProxy`.

use super::spec::TypeSpec;
use crate::value::header::Kind;
use crate::value::type_flag;

pub static FRAME: TypeSpec = TypeSpec {
    name: "frame",
    kind: Kind::Frame,
    exact: true,
    flags: type_flag::NO_NEW,
    ..TypeSpec::DEFAULT
};

pub static FRAME_LOCALS_PROXY: TypeSpec = TypeSpec {
    name: "FrameLocalsProxy",
    kind: Kind::Native,
    exact: false,
    flags: type_flag::MAPPING,
    ..TypeSpec::DEFAULT
};
