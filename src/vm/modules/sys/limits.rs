//! Adjustable limits, counts and sizes.

use crate::native::Args;
use crate::value::*;
use crate::vm::{new_int, new_usize};
use crate::{R, Vm};

pub(super) fn setrecursionlimit(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let limit = vm.index_i32(&a[0])?;
    if limit < 1 {
        return Err(vm.value_error("recursion limit must be greater or equal than 1"));
    }
    if vm.depth as i64 >= limit as i64 {
        let text = format!(
            "cannot set the recursion limit to {limit} at the recursion depth {}: the limit is too low",
            vm.depth
        );
        return Err(vm.recursion_error(&text));
    }
    vm.recursion_limit = limit as u32;
    Ok(Ref::none())
}

pub(super) fn set_int_max_str_digits(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    const THRESHOLD: i32 = 640;
    let n = vm.index_i32(&a[0])?;
    if n != 0 && n < THRESHOLD {
        return Err(vm.value_error(&format!(
            "maxdigits must be >= {THRESHOLD} or 0 for unlimited"
        )));
    }
    vm.int_max_str_digits = n as usize;
    Ok(Ref::none())
}

pub(super) fn set_origin_depth(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let n = vm.index_i32(&a[0])?;
    if n < 0 {
        return Err(vm.value_error("depth must be >= 0"));
    }
    vm.origin_depth = n as u32;
    Ok(Ref::none())
}

pub(super) fn setswitchinterval(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let seconds = vm.float_value(&a[0])?;
    if seconds.is_nan() || seconds <= 0.0 {
        return Err(vm.value_error("switch interval must be strictly positive"));
    }
    vm.lib.switch_interval = seconds;
    Ok(Ref::none())
}

pub(super) fn getrefcount(_: &mut Vm, a: &[Ref]) -> R<Ref> {
    let n = a[0].refcount();
    Ok(new_int(if n >= header::IMMORTAL / 2 {
        u32::MAX as i64
    } else {
        n as i64
    }))
}

pub(super) fn getsizeof(vm: &mut Vm, args: Args) -> R<Ref> {
    let object = args.pos().first().or_else(|| args.get_kw("object"));
    let Some(object) = object else {
        return Err(vm.type_error("getsizeof() missing required argument 'object' (pos 1)"));
    };
    let default = args.pos().get(1).or_else(|| args.get_kw("default"));
    let size = vm.call_special(object, &intern("__sizeof__"), &[]);
    let class = rt().types.type_error.clone();
    let size = match default {
        Some(d) => match vm.catch(size, &class)? {
            Some(s) => s,
            None => return Ok(d.clone()),
        },
        None => size?,
    };
    match size {
        Some(s) => {
            let n = vm.index_size(&s)?;
            if n < 0 {
                return Err(vm.value_error("__sizeof__() should return >= 0"));
            }
            Ok(new_int(n as i64))
        }
        None => {
            let text = format!("Type {} doesn't define __sizeof__", vm.type_name(object));
            Err(vm.type_error(&text))
        }
    }
}

pub(super) fn allocated_blocks(_: &mut Vm, _: &[Ref]) -> R<Ref> {
    let mut n = 0;
    rt().heap.each(&mut |_| n += 1);
    Ok(new_usize(n))
}

pub(super) fn intern_string(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    if a[0].exact::<StrObj>().is_none() {
        let text = if a[0].is_str() {
            format!("can't intern {}", vm.type_name(&a[0]))
        } else {
            format!("intern() argument must be str, not {}", vm.type_name(&a[0]))
        };
        return Err(vm.type_error(&text));
    }
    Ok(rt().intern_ref(&a[0]))
}
