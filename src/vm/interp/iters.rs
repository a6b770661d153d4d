//! Iteration instructions: `iter`, the `for` loop's step, unpacking.

use super::exc::{attempt, next, put, raise, take};
use super::frame::*;
use super::{Fp, Pc, coro};
use crate::value::header::Kind;
use crate::value::*;
use crate::vm::new_list;
use crate::{R, Vm};
use taipan_bytecode::{Instr, Op};

/// One step of a `for` loop, choosing the quick form for the iterator at hand.
#[inline(never)]
pub(crate) fn for_iter(vm: &mut Vm, pc: Pc, fp: Fp) -> (Pc, Fp) {
    // SAFETY: operands are registers of the running frame.
    unsafe {
        vm.pc = pc;
        vm.fp = fp;
        let i = *pc;
        let at = pc as *mut Instr;
        let it = *fp.add(i.a as usize);
        let id = it.shape_id();
        (*at).op = if id == Kind::RangeIter as u32 {
            Op::ForIterRange
        } else if id == Kind::ListIter as u32 {
            Op::ForIterList
        } else if id == Kind::TupleIter as u32 {
            Op::ForIterTuple
        } else if id == Kind::Generator as u32 {
            Op::ForIterGen
        } else {
            Op::ForIter
        };
        if id == Kind::Generator as u32 {
            let g = payload_of::<GeneratorObj>(it);
            if let Some(on) = coro::resume_for(vm, pc, fp, g) {
                return on;
            }
        }
        let it = it.to_ref();
        let item = attempt!(vm, pc, fp, vm.next(&it));
        drop(it);
        match item {
            Some(v) => {
                put(fp, i.b, v);
                if !rt().pending.is_empty() {
                    vm.run_pending();
                }
                super::misc::jump_to(vm, pc, fp, i.c as i16 as isize)
            }
            None => {
                put(fp, i.a, Ref::UNDEFINED);
                next(vm, pc, fp, 1)
            }
        }
    }
}

/// The other instructions of this family.
#[inline(never)]
pub(crate) fn op(vm: &mut Vm, pc: Pc, fp: Fp) -> (Pc, Fp) {
    // SAFETY: operands are registers of the running frame.
    unsafe {
        vm.pc = pc;
        vm.fp = fp;
        let i = *pc;
        let code = code_of(fp);
        match i.op {
            Op::GetIter => {
                let v = take(fp, code, i.b);
                let it = if v.exact::<ListObj>().is_some() {
                    Ref::new(ListIterObj {
                        seq: Guarded::new(v),
                        at: Default::default(),
                    })
                } else if v.shape().is_some_and(|s| s.id == Kind::Generator as u32) {
                    v
                } else {
                    let it = attempt!(vm, pc, fp, vm.iter(&v));
                    drop(v);
                    it
                };
                put(fp, i.a, it);
                next(vm, pc, fp, 1)
            }
            Op::Unpack => {
                let v = take(fp, code, i.b);
                let n = i.c as usize;
                if let Some(t) = v.exact::<TupleObj>()
                    && t.items().len() == n
                {
                    for (k, item) in t.items().iter().enumerate() {
                        put(fp, i.a + k as u16, item.clone());
                    }
                } else if let Some(l) = v.exact::<ListObj>()
                    && l.len() == n
                {
                    for (k, item) in l.to_vec().into_iter().enumerate() {
                        put(fp, i.a + k as u16, item);
                    }
                } else {
                    let items = attempt!(vm, pc, fp, unpack(vm, &v, n));
                    for (k, item) in items.into_iter().enumerate() {
                        put(fp, i.a + k as u16, item);
                    }
                }
                drop(v);
                next(vm, pc, fp, 1)
            }
            Op::Unpack2 => {
                let v = take(fp, code, i.c);
                let items = match v.exact::<TupleObj>() {
                    Some(t) if t.items().len() == 2 => t.items().to_vec(),
                    _ => attempt!(vm, pc, fp, unpack(vm, &v, 2)),
                };
                for (item, to) in items.into_iter().zip([i.a, i.b]) {
                    put(fp, to, item);
                }
                drop(v);
                next(vm, pc, fp, 1)
            }
            _ => {
                // UnpackEx.
                let v = take(fp, code, i.b);
                let (before, after) = ((i.c & 255) as usize, (i.c >> 8) as usize);
                if v.class().slots.iter.get().is_none() && v.class().slots.getitem.get().is_none() {
                    cannot_unpack(vm, &v);
                    return raise(vm, pc, fp);
                }
                let mut items = attempt!(vm, pc, fp, vm.collect(&v));
                if items.len() < before + after {
                    let text = format!(
                        "not enough values to unpack (expected at least {}, got {})",
                        before + after,
                        items.len()
                    );
                    vm.value_error(&text);
                    return raise(vm, pc, fp);
                }
                let tail = items.split_off(items.len() - after);
                let middle = items.split_off(before);
                let all = items
                    .into_iter()
                    .chain(std::iter::once(new_list(middle)))
                    .chain(tail);
                for (k, item) in all.enumerate() {
                    put(fp, i.a + k as u16, item);
                }
                drop(v);
                next(vm, pc, fp, 1)
            }
        }
    }
}

fn cannot_unpack(vm: &mut Vm, v: &Ref) -> crate::Raised {
    let text = format!("cannot unpack non-iterable {} object", vm.type_name(v));
    vm.type_error(&text)
}

/// Exactly `n` items of an iterable.
fn unpack(vm: &mut Vm, v: &Ref, n: usize) -> R<Vec<Ref>> {
    if v.class().slots.iter.get().is_none() && v.class().slots.getitem.get().is_none() {
        return Err(cannot_unpack(vm, v));
    }
    let it = vm.iter(v)?;
    let mut items = Vec::with_capacity(n);
    for _ in 0..n {
        match vm.next(&it)? {
            Some(item) => items.push(item),
            None => {
                let text = format!(
                    "not enough values to unpack (expected {n}, got {})",
                    items.len()
                );
                return Err(vm.value_error(&text));
            }
        }
    }
    if vm.next(&it)?.is_some() {
        // Sequences and dicts know how many there were.
        let text = match v.class().slots.len.get() {
            Some(f) if matches!(v.class().kind, Kind::List | Kind::Tuple | Kind::Dict) => {
                let len = f(vm, v)?;
                format!("too many values to unpack (expected {n}, got {len})")
            }
            _ => format!("too many values to unpack (expected {n})"),
        };
        return Err(vm.value_error(&text));
    }
    Ok(items)
}
