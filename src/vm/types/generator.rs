//! The types `generator`, `coroutine`, `coroutine_wrapper`, `async_generator`, `async_generator_asend`, `async_generator_athrow`, `anext_awaitable`.

use super::spec::TypeSpec;
use crate::value::header::Kind;
use crate::value::type_flag;

pub static GENERATOR: TypeSpec = TypeSpec {
    name: "generator",
    kind: Kind::Generator,
    exact: true,
    flags: type_flag::NO_NEW,
    ..TypeSpec::DEFAULT
};

pub static COROUTINE: TypeSpec = TypeSpec {
    name: "coroutine",
    kind: Kind::Coroutine,
    exact: true,
    flags: type_flag::NO_NEW,
    ..TypeSpec::DEFAULT
};

pub static COROUTINE_WRAPPER: TypeSpec = TypeSpec {
    name: "coroutine_wrapper",
    kind: Kind::CoroutineWrapper,
    exact: true,
    flags: type_flag::NO_NEW,
    ..TypeSpec::DEFAULT
};

pub static ASYNC_GENERATOR: TypeSpec = TypeSpec {
    name: "async_generator",
    kind: Kind::AsyncGenerator,
    exact: true,
    flags: type_flag::NO_NEW,
    ..TypeSpec::DEFAULT
};

pub static ASYNC_GENERATOR_ASEND: TypeSpec = TypeSpec {
    name: "async_generator_asend",
    kind: Kind::AsyncGenStep,
    exact: false,
    flags: type_flag::NO_NEW,
    ..TypeSpec::DEFAULT
};

pub static ASYNC_GENERATOR_ATHROW: TypeSpec = TypeSpec {
    name: "async_generator_athrow",
    kind: Kind::AsyncGenStep,
    exact: false,
    flags: type_flag::NO_NEW,
    ..TypeSpec::DEFAULT
};

pub static ANEXT_AWAITABLE: TypeSpec = TypeSpec {
    name: "anext_awaitable",
    kind: Kind::Native,
    exact: false,
    flags: type_flag::NO_NEW,
    ..TypeSpec::DEFAULT
};
