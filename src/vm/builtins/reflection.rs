//! Attributes and namespaces by name: `getattr` and its kin, `dir`, `vars`, `globals`, `locals`; `__import__`, `breakpoint`.

use crate::native::{Args, arg};
use crate::value::*;
use crate::vm::new_list;
use crate::{R, Vm};

/// The attribute name, interned.
fn attr_name(vm: &mut Vm, name: &Ref) -> R<Ref> {
    if !name.is_str() {
        let text = format!(
            "attribute name must be string, not '{}'",
            vm.type_name(name)
        );
        return Err(vm.type_error(&text));
    }
    Ok(rt().intern_ref(name))
}

pub(super) fn getattr(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let name = attr_name(vm, &a[1])?;
    match arg(a, 2) {
        None => vm.getattr(&a[0], &name),
        Some(default) => Ok(vm
            .getattr_opt(&a[0], &name)?
            .unwrap_or_else(|| default.clone())),
    }
}

pub(super) fn hasattr(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let name = attr_name(vm, &a[1])?;
    Ok(Ref::bool(vm.getattr_opt(&a[0], &name)?.is_some()))
}

pub(super) fn setattr(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let name = attr_name(vm, &a[1])?;
    vm.setattr(&a[0], &name, Some(a[2].clone()))?;
    Ok(Ref::none())
}

pub(super) fn delattr(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let name = attr_name(vm, &a[1])?;
    vm.setattr(&a[0], &name, None)?;
    Ok(Ref::none())
}

pub(super) fn globals(vm: &mut Vm, _: &[Ref]) -> R<Ref> {
    match vm.current_globals() {
        Some(g) => Ok(g),
        None => Err(vm.system_error("frame does not exist")),
    }
}

pub(super) fn locals(vm: &mut Vm, _: &[Ref]) -> R<Ref> {
    vm.current_locals()
}

pub(super) fn vars(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let Some(object) = arg(a, 0) else {
        return vm.current_locals();
    };
    match vm.getattr_opt(object, &intern("__dict__"))? {
        Some(d) => Ok(d),
        None => Err(vm.type_error("vars() argument must have __dict__ attribute")),
    }
}

pub(super) fn dir(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let names = match arg(a, 0) {
        None => {
            let locals = vm.current_locals()?;
            let keys = match locals.exact::<DictObj>() {
                Some(d) => d.keys(),
                None => {
                    let keys = vm.call_method(&locals, "keys", &[])?;
                    vm.collect(&keys)?
                }
            };
            new_list(keys)
        }
        Some(object) => {
            let Some(found) = vm.call_special(object, &intern("__dir__"), &[])? else {
                return Err(vm.type_error("object does not provide __dir__"));
            };
            let items = vm.collect(&found)?;
            new_list(items)
        }
    };
    vm.call_method(&names, "sort", &[])?;
    Ok(names)
}

pub(super) fn import(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let none = Ref::none();
    let level = match arg(a, 4) {
        Some(l) => vm.index_i32(l)?,
        None => 0,
    };
    let empty = rt().types.empty_tuple.clone();
    vm.import_level(
        &a[0],
        arg(a, 1).unwrap_or(&none),
        arg(a, 3).unwrap_or(&empty),
        level,
    )
}

pub(super) fn breakpoint(vm: &mut Vm, args: Args) -> R<Ref> {
    let sys = vm.sys.clone();
    match vm.getattr_opt(&sys, &intern("breakpointhook"))? {
        Some(hook) => vm.call_args(&hook, args),
        None => Err(vm.runtime_error("lost sys.breakpointhook")),
    }
}
