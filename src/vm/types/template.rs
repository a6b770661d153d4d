//! The types `string.templatelib.Template`, `string.templatelib.TemplateIter`, `string.templatelib.Interpolation`.

use super::spec::TypeSpec;
use crate::value::header::Kind;
use crate::value::type_flag;

pub static TEMPLATE: TypeSpec = TypeSpec {
    name: "string.templatelib.Template",
    kind: Kind::Native,
    exact: false,
    flags: 0,
    ..TypeSpec::DEFAULT
};

pub static TEMPLATE_ITER: TypeSpec = TypeSpec {
    name: "string.templatelib.TemplateIter",
    kind: Kind::Native,
    exact: false,
    flags: type_flag::NO_NEW,
    ..TypeSpec::DEFAULT
};

pub static INTERPOLATION: TypeSpec = TypeSpec {
    name: "string.templatelib.Interpolation",
    kind: Kind::Native,
    exact: false,
    flags: 0,
    ..TypeSpec::DEFAULT
};
