//! Building containers and strings.

use super::calls::callable_name;
use super::exc::{attempt, next, pull, put, raise, take};
use super::frame::*;
use super::{Fp, Pc};
use crate::value::*;
use crate::vm::{new_list, new_tuple};
use crate::{R, Vm};
use taipan_bytecode::Op;

/// All instructions of this family.
#[inline(never)]
pub(crate) fn op(vm: &mut Vm, pc: Pc, fp: Fp) -> (Pc, Fp) {
    // SAFETY: operands are registers of the running frame.
    unsafe {
        vm.pc = pc;
        vm.fp = fp;
        let i = *pc;
        let code = code_of(fp);
        match i.op {
            Op::BuildTuple => {
                let t = TupleObj::make((0..i.c).map(|k| pull(fp, i.b + k)));
                put(fp, i.a, t);
                (pc.add(1), fp)
            }
            Op::BuildList => {
                let l = new_list((0..i.c).map(|k| pull(fp, i.b + k)).collect());
                put(fp, i.a, l);
                (pc.add(1), fp)
            }
            Op::BuildSet => {
                let s = SetObj::new_set();
                for k in 0..i.c {
                    let v = pull(fp, i.b + k);
                    if let Some(set) = s.cast::<SetObj>() {
                        attempt!(vm, pc, fp, set.add(vm, &v));
                    }
                }
                put(fp, i.a, s);
                next(vm, pc, fp, 1)
            }
            Op::BuildMap => {
                let d = DictObj::with_capacity(i.c as usize);
                for k in 0..i.c {
                    let (key, value) = (pull(fp, i.b + 2 * k), pull(fp, i.b + 2 * k + 1));
                    if let Some(d) = d.cast::<DictObj>() {
                        attempt!(vm, pc, fp, d.set(vm, &key, value));
                    }
                }
                put(fp, i.a, d);
                next(vm, pc, fp, 1)
            }
            Op::BuildString => {
                let mut out = Vec::new();
                for k in 0..i.c {
                    out.extend_from_slice(pull(fp, i.b + k).str_obj().bytes());
                }
                put(fp, i.a, StrObj::make(&out));
                (pc.add(1), fp)
            }
            Op::ListAppend => {
                let v = take(fp, code, i.b);
                payload_of::<ListObj>(*fp.add(i.a as usize)).push(v);
                (pc.add(1), fp)
            }
            Op::SetAdd => {
                let v = take(fp, code, i.b);
                let s = (*fp.add(i.a as usize)).to_ref();
                let Some(set) = s.cast::<SetObj>() else {
                    // `__conditional_annotations__` is a variable like any other.
                    let text = format!("'{}' object is not a set", vm.type_name(&s));
                    vm.type_error(&text);
                    return raise(vm, pc, fp);
                };
                attempt!(vm, pc, fp, set.add(vm, &v));
                drop(v);
                next(vm, pc, fp, 1)
            }
            Op::MapAdd => {
                let (k, v) = (take(fp, code, i.b), take(fp, code, i.c));
                let d = (*fp.add(i.a as usize)).to_ref();
                if let Some(d) = d.cast::<DictObj>() {
                    attempt!(vm, pc, fp, d.set(vm, &k, v));
                }
                drop(k);
                next(vm, pc, fp, 1)
            }
            Op::ListExtend => {
                let v = take(fp, code, i.b);
                if v.class().slots.iter.get().is_none() && v.class().slots.getitem.get().is_none() {
                    let text = format!(
                        "Value after * must be an iterable, not {}",
                        vm.type_name(&v)
                    );
                    vm.type_error(&text);
                    return raise(vm, pc, fp);
                }
                let items = attempt!(vm, pc, fp, vm.collect(&v));
                payload_of::<ListObj>(*fp.add(i.a as usize)).with(|l| l.extend(items));
                drop(v);
                next(vm, pc, fp, 1)
            }
            Op::SetUpdate => {
                let v = take(fp, code, i.b);
                let s = (*fp.add(i.a as usize)).to_ref();
                let items = attempt!(vm, pc, fp, vm.collect(&v));
                for item in &items {
                    if let Some(set) = s.cast::<SetObj>() {
                        attempt!(vm, pc, fp, set.add(vm, item));
                    }
                }
                drop((items, v));
                next(vm, pc, fp, 1)
            }
            Op::DictUpdate => {
                let v = take(fp, code, i.b);
                let d = (*fp.add(i.a as usize)).to_ref();
                attempt!(vm, pc, fp, dict_update(vm, &d, &v));
                drop(v);
                next(vm, pc, fp, 1)
            }
            Op::DictMerge => {
                let v = take(fp, code, i.b);
                let d = (*fp.add(i.a as usize)).to_ref();
                let callee = (*fp.add(i.c as usize)).to_ref();
                attempt!(vm, pc, fp, dict_merge(vm, &d, &v, &callee));
                drop(v);
                next(vm, pc, fp, 1)
            }
            Op::ListToTuple => {
                let v = pull(fp, i.b);
                let items = v
                    .cast::<ListObj>()
                    .map(|l| l.with(std::mem::take))
                    .unwrap_or_default();
                put(fp, i.a, new_tuple(items));
                (pc.add(1), fp)
            }
            Op::FormatSimple => {
                let v = take(fp, code, i.b);
                let r = if v.exact::<StrObj>().is_some() {
                    v.clone()
                } else {
                    attempt!(vm, pc, fp, vm.format(&v, &rt().types.empty_str.clone()))
                };
                drop(v);
                put(fp, i.a, r);
                next(vm, pc, fp, 1)
            }
            Op::FormatWithSpec => {
                let v = take(fp, code, i.b);
                let spec = take(fp, code, i.c);
                let r = attempt!(vm, pc, fp, vm.format(&v, &spec));
                drop((v, spec));
                put(fp, i.a, r);
                next(vm, pc, fp, 1)
            }
            Op::Convert => {
                let v = take(fp, code, i.b);
                let r = match i.c {
                    1 => vm.str(&v),
                    2 => vm.repr(&v),
                    _ => vm.ascii(&v),
                };
                let r = attempt!(vm, pc, fp, r);
                drop(v);
                put(fp, i.a, r);
                next(vm, pc, fp, 1)
            }
            Op::BuildInterpolation => {
                let value = pull(fp, i.b);
                let text = pull(fp, i.b + 1);
                let spec = if i.c & 4 != 0 {
                    pull(fp, i.b + 2)
                } else {
                    rt().types.empty_str.clone()
                };
                let conversion = match i.c & 3 {
                    0 => Ref::none(),
                    1 => intern("s"),
                    2 => intern("r"),
                    _ => intern("a"),
                };
                let r =
                    crate::types::template::new_interpolation(vm, value, text, conversion, spec);
                put(fp, i.a, r);
                next(vm, pc, fp, 1)
            }
            _ => {
                // BuildTemplate.
                let (strings, interpolations) = (pull(fp, i.b), pull(fp, i.b + 1));
                let r = crate::types::template::new_template(vm, strings, interpolations);
                put(fp, i.a, r);
                next(vm, pc, fp, 1)
            }
        }
    }
}

/// Keys and values of a mapping, for `**`.
fn mapping_items(vm: &mut Vm, v: &Ref) -> R<Option<Vec<(Ref, Ref)>>> {
    let plain = |a: Option<slots::Unary>, b: Option<slots::Unary>| matches!((a, b), (Some(a), Some(b)) if std::ptr::fn_addr_eq(a, b));
    let dict_iter = rt()
        .types
        .dict
        .cast::<TypeObj>()
        .and_then(|t| t.slots.iter.get());
    if let Some(d) = v.cast::<DictObj>()
        && plain(v.class().slots.iter.get(), dict_iter)
    {
        return Ok(Some(d.items()));
    }
    let Some(keys) = vm.getattr_opt(v, &intern("keys"))? else {
        return Ok(None);
    };
    let keys = vm.call(&keys, &[])?;
    let mut out = Vec::new();
    if keys.class().slots.iter.get().is_none() && keys.class().slots.getitem.get().is_none() {
        let text = format!(
            "{}.keys() returned a non-iterable (type {})",
            vm.type_name(v),
            vm.type_name(&keys)
        );
        return Err(vm.type_error(&text));
    }
    for k in vm.collect(&keys)? {
        let value = vm.getitem(v, &k)?;
        out.push((k, value));
    }
    Ok(Some(out))
}

/// `{**v}` into the dict `d`.
fn dict_update(vm: &mut Vm, d: &Ref, v: &Ref) -> R<()> {
    let Some(items) = mapping_items(vm, v)? else {
        let text = format!("'{}' object is not a mapping", vm.type_name(v));
        return Err(vm.type_error(&text));
    };
    for (k, value) in items {
        if let Some(d) = d.cast::<DictObj>() {
            d.set(vm, &k, value)?;
        }
    }
    Ok(())
}

/// `f(**v)` into the dict of keywords: no key twice.
fn dict_merge(vm: &mut Vm, d: &Ref, v: &Ref, callee: &Ref) -> R<()> {
    let Some(items) = mapping_items(vm, v)? else {
        let text = format!(
            "{} argument after ** must be a mapping, not {}",
            callable_name(vm, callee),
            vm.type_name(v)
        );
        return Err(vm.type_error(&text));
    };
    for (k, value) in items {
        let Some(d) = d.cast::<DictObj>() else {
            continue;
        };
        if !k.is_str() {
            return Err(vm.type_error("keywords must be strings"));
        }
        if d.contains(vm, &k)? {
            let text = format!(
                "{} got multiple values for keyword argument '{}'",
                callable_name(vm, callee),
                vm.str_lossy(&k)
            );
            return Err(vm.type_error(&text));
        }
        d.set(vm, &k, value)?;
    }
    Ok(())
}
