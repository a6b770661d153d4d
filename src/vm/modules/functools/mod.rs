//! The module `_functools`: `partial`, `reduce`, `cmp_to_key`, `lru_cache`.

mod lru;
mod partial;

use super::{new_module, set};
use crate::native::{Args, arg};
use crate::types::spec::TypeSpec;
use crate::value::slots::Cmp;
use crate::value::*;
use crate::vm::new_int;
use crate::{R, Vm, functions, getset, trace};

functions! { FUNCTIONS;
    "reduce(function, iterable, /, initial=None)" => reduce, "Joins items by a function of two arguments, from left to right, into one value.\n\ninitial stands before the first item, and is the result if there are none.";
    "cmp_to_key(mycmp)" => |vm, a| {
        let class = vm.native_type(&KEY);
        Ok(Ref::new_native(&class, Key { cmp: a[0].clone(), object: Ref::UNDEFINED }))
    }, "Makes a key function of one that compares two arguments and returns a negative number, zero or a positive one.";
}

fn reduce(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let it = match vm.iter(&a[1]) {
        Ok(it) => it,
        Err(e) => {
            let class = rt().types.type_error.clone();
            if vm.exc_is(&class) {
                vm.take_exc();
                return Err(vm.type_error("reduce() arg 2 must support iteration"));
            }
            return Err(e);
        }
    };
    let mut total = match arg(a, 2) {
        Some(initial) => initial.clone(),
        None => match vm.next(&it)? {
            Some(first) => first,
            None => {
                return Err(vm.type_error("reduce() of empty iterable with no initial value"));
            }
        },
    };
    while let Some(item) = vm.next(&it)? {
        total = vm.call(&a[0], &[total, item])?;
    }
    Ok(total)
}

/// A key made by `cmp_to_key`; without an object it is the function that makes keys.
struct Key {
    cmp: Ref,
    object: Ref,
}
trace!(Key; cmp, object);
impl NativePayload for Key {}

static KEY: TypeSpec = TypeSpec {
    name: "functools.KeyWrapper",
    getset: KEY_GETSET,
    slots: |s| {
        s.call.set(Some(|vm, r, args: Args| {
            let Some(k) = r.native::<Key>() else {
                return Ok(Ref::none());
            };
            let object = match (args.pos(), args.get_kw("obj")) {
                ([o], _) | (_, Some(o)) => o.clone(),
                _ => return Err(vm.type_error("K() missing required argument 'obj' (pos 1)")),
            };
            let cmp = k.cmp.clone();
            Ok(Ref::new_native(&class_of(r), Key { cmp, object }))
        }));
        s.richcmp.set(Some(|vm, a, b, op| {
            let (Some(x), Some(y)) = (a.native::<Key>(), b.native::<Key>()) else {
                return Err(vm.type_error("other argument must be K instance"));
            };
            if x.object.is_undefined() || y.object.is_undefined() {
                let n = intern("object");
                return Err(vm.attribute_error(a, &n));
            }
            let r = vm.call(&x.cmp, &[x.object.clone(), y.object.clone()])?;
            let zero = new_int(0);
            vm.compare(&r, &zero, op)
        }));
        let _ = Cmp::Eq;
    },
    ..TypeSpec::DEFAULT
};
getset! { KEY_GETSET;
    "obj" => |vm, r| match r.native::<Key>() {
        Some(k) if !k.object.is_undefined() => Ok(k.object.clone()),
        _ => { let n = intern("obj"); Err(vm.attribute_error(r, &n)) }
    }, "Value wrapped by a key function.";
}

pub(super) fn make(vm: &mut Vm) -> R<Ref> {
    let m = new_module(
        vm,
        "_functools",
        "The parts of functools that have to be quick.",
        FUNCTIONS,
    );
    let class = vm.native_type(&partial::PARTIAL);
    set(&m, "partial", class);
    let placeholder = partial::placeholder(vm);
    set(&m, "_PlaceholderType", class_of(&placeholder));
    set(&m, "Placeholder", placeholder);
    let class = vm.native_type(&lru::LRU);
    set(&m, "_lru_cache_wrapper", class);
    Ok(m)
}
