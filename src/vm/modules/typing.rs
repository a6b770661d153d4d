//! `_typing`: the native half of `typing`.

use crate::types::{module, typevars};
use crate::value::*;
use crate::{R, Vm, functions};

functions! { FUNCTIONS;
    "_idfunc(x, /)" => |_, a| Ok(a[0].clone()), "";
}

pub fn make(vm: &mut Vm) -> R<Ref> {
    let m = module::new_module(
        "_typing",
        "Type variables and aliases, the native half of the module typing.",
    );
    module::add_functions(vm, &m, FUNCTIONS);
    let t = &rt().types;
    for (name, class) in [
        ("TypeVar", &t.typevar),
        ("TypeVarTuple", &t.typevartuple),
        ("ParamSpec", &t.paramspec),
        ("ParamSpecArgs", &t.paramspec_args),
        ("ParamSpecKwargs", &t.paramspec_kwargs),
        ("Generic", &t.generic),
        ("TypeAliasType", &t.typealias),
        ("Union", &t.union),
    ] {
        module::add_value(&m, name, class.clone());
    }
    module::add_value(&m, "NoDefault", typevars::no_default());
    Ok(m)
}
