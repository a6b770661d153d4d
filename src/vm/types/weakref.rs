//! The types `weakref.ReferenceType`, `weakref.ProxyType`, `weakref.CallableProxyType`.

use super::spec::TypeSpec;
use crate::value::header::Kind;
use crate::value::type_flag;

pub static WEAKREF: TypeSpec = TypeSpec {
    name: "weakref.ReferenceType",
    kind: Kind::WeakRef,
    exact: true,
    flags: type_flag::BASE,
    ..TypeSpec::DEFAULT
};

pub static WEAKPROXY: TypeSpec = TypeSpec {
    name: "weakref.ProxyType",
    kind: Kind::WeakRef,
    exact: false,
    flags: type_flag::NO_NEW,
    ..TypeSpec::DEFAULT
};

pub static WEAKCALLABLEPROXY: TypeSpec = TypeSpec {
    name: "weakref.CallableProxyType",
    kind: Kind::WeakRef,
    exact: false,
    flags: type_flag::NO_NEW,
    ..TypeSpec::DEFAULT
};
