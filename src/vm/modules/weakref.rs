//! `_weakref`: the native half of `weakref`.

use crate::native::arg;
use crate::types::{module, weakref};
use crate::value::*;
use crate::vm::{new_list, new_usize};
use crate::{R, Vm, functions};

functions! { FUNCTIONS;
    "getweakrefcount(object, /)" => |_, a| Ok(new_usize(weakref::weakref_count(&a[0]))), "How many weak references there are to the object.";
    "getweakrefs(object, /)" => |_, a| Ok(new_list(weakref::weakrefs(&a[0]))), "A list of the weak references to the object.";
    "proxy(object, callback=None, /)" => |vm, a| weakref::new_proxy(vm, &a[0], arg(a, 1)), "Stands for the object without keeping it alive; once it is gone, use raises ReferenceError.\n\nThe callback is called with the proxy when that happens.";
    "_remove_dead_weakref(dct, key, /)" => remove_dead, "Deletes a key from a dict if its value is a weak reference whose object is gone.";
}

fn remove_dead(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let Some(d) = a[0].cast::<DictObj>() else {
        let text = format!(
            "_remove_dead_weakref() argument 1 must be dict, not {}",
            vm.type_name(&a[0])
        );
        return Err(vm.type_error(&text));
    };
    if let Some(w) = d.get(vm, &a[1])? {
        match w.cast::<WeakRefObj>() {
            Some(w) if w.upgrade().is_none() => {
                d.remove(vm, &a[1])?;
            }
            Some(_) => {}
            None => return Err(vm.type_error("not a weakref")),
        }
    }
    Ok(Ref::none())
}

pub fn make(vm: &mut Vm) -> R<Ref> {
    let m = module::new_module(
        "_weakref",
        "Weak references, the native half of the module weakref.",
    );
    module::add_functions(vm, &m, FUNCTIONS);
    let t = &rt().types;
    module::add_value(&m, "ref", t.weakref.clone());
    module::add_value(&m, "ReferenceType", t.weakref.clone());
    module::add_value(&m, "ProxyType", t.weakproxy.clone());
    module::add_value(&m, "CallableProxyType", t.weakcallableproxy.clone());
    Ok(m)
}
