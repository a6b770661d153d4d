//! The types `function`, `builtin_function_or_method`, `method_descriptor`, `classmethod_descriptor`, `method`, `wrapper_descriptor`, `method-wrapper`.

use super::spec::TypeSpec;
use crate::value::header::Kind;
use crate::value::type_flag;

pub static FUNCTION: TypeSpec = TypeSpec {
    name: "function",
    kind: Kind::Function,
    exact: true,
    flags: type_flag::HAS_DICT,
    ..TypeSpec::DEFAULT
};

pub static BUILTIN_FUNCTION: TypeSpec = TypeSpec {
    name: "builtin_function_or_method",
    kind: Kind::NativeFunction,
    exact: true,
    flags: type_flag::NO_NEW,
    ..TypeSpec::DEFAULT
};

pub static METHOD_DESCRIPTOR: TypeSpec = TypeSpec {
    name: "method_descriptor",
    kind: Kind::NativeFunction,
    exact: false,
    flags: type_flag::NO_NEW,
    ..TypeSpec::DEFAULT
};

pub static CLASSMETHOD_DESCRIPTOR: TypeSpec = TypeSpec {
    name: "classmethod_descriptor",
    kind: Kind::NativeFunction,
    exact: false,
    flags: type_flag::NO_NEW,
    ..TypeSpec::DEFAULT
};

pub static METHOD: TypeSpec = TypeSpec {
    name: "method",
    kind: Kind::BoundMethod,
    exact: true,
    flags: 0,
    ..TypeSpec::DEFAULT
};

pub static WRAPPER_DESCRIPTOR: TypeSpec = TypeSpec {
    name: "wrapper_descriptor",
    kind: Kind::SlotWrapper,
    exact: true,
    flags: type_flag::NO_NEW,
    ..TypeSpec::DEFAULT
};

pub static METHOD_WRAPPER: TypeSpec = TypeSpec {
    name: "method-wrapper",
    kind: Kind::SlotWrapper,
    exact: false,
    flags: type_flag::NO_NEW,
    ..TypeSpec::DEFAULT
};
