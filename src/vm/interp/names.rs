//! Names: locals that may be unbound, cells, globals, namespaces.

use super::exc::{attempt, next, pull, put, raise, take};
use super::frame::*;
use super::link::put_word;
use super::{Fp, Pc};
use crate::value::*;
use crate::{R, Vm, errors};
use taipan_bytecode::{Instr, Op, flags as co};

/// All instructions of this family.
#[inline(never)]
pub(crate) fn op(vm: &mut Vm, pc: Pc, fp: Fp) -> (Pc, Fp) {
    // SAFETY: operands are registers of the running frame; closure indices are checked by the verifier.
    unsafe {
        vm.pc = pc;
        vm.fp = fp;
        let i = *pc;
        let code = code_of(fp);
        let names = &code.names;
        match i.op.base() {
            Op::CheckLocal => {
                if (*fp.add(i.a as usize)).is_undefined() {
                    unbound_local(vm, code, i.a);
                    return raise(vm, pc, fp);
                }
                (pc.add(1), fp)
            }
            Op::DeleteLocal => {
                if (*fp.add(i.a as usize)).is_undefined() {
                    unbound_local(vm, code, i.a);
                    return raise(vm, pc, fp);
                }
                put(fp, i.a, Ref::UNDEFINED);
                next(vm, pc, fp, 1)
            }
            Op::MakeCell => {
                let value = pull(fp, i.a);
                put(
                    fp,
                    i.a,
                    Ref::new(CellObj {
                        value: Guarded::new(value),
                    }),
                );
                (pc.add(1), fp)
            }
            Op::LoadCell => {
                let v = payload_of::<CellObj>(*fp.add(i.b as usize)).value.cloned();
                if v.is_undefined() {
                    unbound_local(vm, code, i.b);
                    return raise(vm, pc, fp);
                }
                put(fp, i.a, v);
                next(vm, pc, fp, 1)
            }
            Op::StoreCell => {
                let v = take(fp, code, i.b);
                drop(
                    payload_of::<CellObj>(*fp.add(i.a as usize))
                        .value
                        .replace(v),
                );
                next(vm, pc, fp, 1)
            }
            Op::DeleteCell => {
                let old = payload_of::<CellObj>(*fp.add(i.a as usize))
                    .value
                    .replace(Ref::UNDEFINED);
                if old.is_undefined() {
                    unbound_local(vm, code, i.a);
                    return raise(vm, pc, fp);
                }
                drop(old);
                next(vm, pc, fp, 1)
            }
            Op::LoadFree => {
                let Some(v) = free_value(fp, i.b) else {
                    unbound_free(vm, code, i.b);
                    return raise(vm, pc, fp);
                };
                put(fp, i.a, v);
                next(vm, pc, fp, 1)
            }
            Op::StoreFree => {
                let v = take(fp, code, i.b);
                if let Some(c) = func_of(fp)
                    .closure
                    .get(i.a as usize)
                    .and_then(|c| c.cast::<CellObj>())
                {
                    drop(c.value.replace(v));
                }
                next(vm, pc, fp, 1)
            }
            Op::DeleteFree => {
                let old = func_of(fp)
                    .closure
                    .get(i.a as usize)
                    .and_then(|c| c.cast::<CellObj>())
                    .map(|c| c.value.replace(Ref::UNDEFINED));
                if old.is_none_or(|o| o.is_undefined()) {
                    unbound_free(vm, code, i.a);
                    return raise(vm, pc, fp);
                }
                next(vm, pc, fp, 1)
            }
            Op::LoadFreeCell => {
                let c = func_of(fp)
                    .closure
                    .get(i.b as usize)
                    .cloned()
                    .unwrap_or_default();
                put(fp, i.a, c);
                (pc.add(1), fp)
            }
            Op::LoadGlobal => {
                let v = attempt!(
                    vm,
                    pc,
                    fp,
                    load_global(vm, pc, fp, &names[i.b as usize], false)
                );
                put(fp, i.a, v);
                next(vm, pc, fp, 3)
            }
            Op::LoadName => {
                let name = &names[i.b as usize];
                let ns = (*fp).to_ref();
                if ns.is(&func_of(fp).globals) {
                    let v = attempt!(vm, pc, fp, load_global(vm, pc, fp, name, true));
                    put(fp, i.a, v);
                    return next(vm, pc, fp, 3);
                }
                let found = attempt!(vm, pc, fp, namespace_get(vm, &ns, name));
                let v = match found {
                    Some(v) => v,
                    None => attempt!(vm, pc, fp, global_or_builtin(vm, fp, name)),
                };
                put(fp, i.a, v);
                next(vm, pc, fp, 3)
            }
            Op::StoreGlobal => {
                let v = take(fp, code, i.b);
                let globals = func_of(fp).globals.clone();
                match globals.exact::<DictObj>() {
                    Some(d) => d.set_str(&names[i.a as usize], v),
                    None => attempt!(vm, pc, fp, vm.setitem(&globals, &names[i.a as usize], v)),
                }
                next(vm, pc, fp, 2)
            }
            Op::DeleteGlobal => {
                let globals = func_of(fp).globals.clone();
                let name = &names[i.a as usize];
                if globals
                    .cast::<DictObj>()
                    .and_then(|d| d.remove_str(name))
                    .is_none()
                {
                    vm.name_error(name);
                    return raise(vm, pc, fp);
                }
                next(vm, pc, fp, 1)
            }
            Op::StoreName => {
                let v = take(fp, code, i.b);
                let ns = (*fp).to_ref();
                match ns.exact::<DictObj>() {
                    Some(d) => d.set_str(&names[i.a as usize], v),
                    None => attempt!(vm, pc, fp, vm.setitem(&ns, &names[i.a as usize], v)),
                }
                next(vm, pc, fp, 2)
            }
            Op::DeleteName => {
                let ns = (*fp).to_ref();
                let name = &names[i.a as usize];
                let gone = match ns.exact::<DictObj>() {
                    Some(d) => d.remove_str(name).is_some(),
                    None => {
                        let r = vm.delitem(&ns, name);
                        let key_error = rt().types.key_error.clone();
                        attempt!(vm, pc, fp, vm.catch(r, &key_error)).is_some()
                    }
                };
                if !gone {
                    vm.name_error(name);
                    return raise(vm, pc, fp);
                }
                next(vm, pc, fp, 1)
            }
            Op::LoadFromDictOrGlobals => {
                let ns = take(fp, code, i.b);
                let name = &names[i.c as usize];
                let found = attempt!(vm, pc, fp, namespace_get(vm, &ns, name));
                let v = match found {
                    Some(v) => v,
                    None => attempt!(vm, pc, fp, global_or_builtin(vm, fp, name)),
                };
                put(fp, i.a, v);
                next(vm, pc, fp, 1)
            }
            Op::LoadFromDictOrFree => {
                let ns = take(fp, code, i.b);
                let name = intern(code.code.freevars.get(i.c as usize).map_or("", |n| n));
                let found = attempt!(vm, pc, fp, namespace_get(vm, &ns, &name));
                let v = match found.or_else(|| free_value(fp, i.c)) {
                    Some(v) => v,
                    None => {
                        unbound_free(vm, code, i.c);
                        return raise(vm, pc, fp);
                    }
                };
                put(fp, i.a, v);
                next(vm, pc, fp, 1)
            }
            _ => {
                // LoadLocals.
                let v = if code.flags & co::NAMESPACE != 0 {
                    (*fp).to_ref()
                } else {
                    attempt!(vm, pc, fp, vm.current_locals())
                };
                put(fp, i.a, v);
                next(vm, pc, fp, 1)
            }
        }
    }
}

unsafe fn free_value(fp: Fp, i: u16) -> Option<Ref> {
    // SAFETY: `fp` is a frame.
    let cell = unsafe { func_of(fp).closure.get(i as usize) }?;
    let v = cell.cast::<CellObj>()?.value.cloned();
    if v.is_undefined() { None } else { Some(v) }
}

/// `ns[name]`, `None` if it isn't there.
fn namespace_get(vm: &mut Vm, ns: &Ref, name: &Ref) -> R<Option<Ref>> {
    if let Some(d) = ns.exact::<DictObj>() {
        return Ok(d.get_str(name));
    }
    let r = vm.getitem(ns, name);
    let key_error = rt().types.key_error.clone();
    vm.catch(r, &key_error)
}

unsafe fn global_or_builtin(vm: &mut Vm, fp: Fp, name: &Ref) -> R<Ref> {
    // SAFETY: `fp` is the running frame.
    let f = unsafe { func_of(fp) };
    let (globals, builtins) = (f.globals.clone(), f.builtins.clone());
    if let Some(v) = namespace_get(vm, &globals, name)? {
        return Ok(v);
    }
    if let Some(v) = namespace_get(vm, &builtins, name)? {
        return Ok(v);
    }
    Err(vm.name_error(name))
}

/// A global or builtin name; the instruction is quickened to its place.
unsafe fn load_global(vm: &mut Vm, pc: Pc, fp: Fp, name: &Ref, by_name: bool) -> R<Ref> {
    // SAFETY: `pc` is an instruction with two cache words.
    unsafe {
        let f = func_of(fp);
        if let (Some(g), Some(b)) = (f.globals.exact::<DictObj>(), f.builtins.exact::<DictObj>()) {
            let at = pc as *mut Instr;
            if let Some(place) = g.place_of_str(name) {
                put_word(at.add(1), g.keys_version() as u64 | (place as u64) << 32);
                (*at).op = if by_name {
                    Op::LoadNameModule
                } else {
                    Op::LoadGlobalModule
                };
                return Ok((&*g.d.raw()).entries[place].value.clone());
            }
            if let Some(place) = b.place_of_str(name) {
                put_word(
                    at.add(1),
                    g.keys_version() as u64 | (b.keys_version() as u64) << 32,
                );
                put_word(at.add(2), place as u64);
                (*at).op = if by_name {
                    Op::LoadNameBuiltin
                } else {
                    Op::LoadGlobalBuiltin
                };
                return Ok((&*b.d.raw()).entries[place].value.clone());
            }
            return Err(vm.name_error(name));
        }
        global_or_builtin(vm, fp, name)
    }
}

#[cold]
fn unbound_local(vm: &mut Vm, code: &CodeObj, i: u16) {
    let name = code
        .varnames
        .get(i as usize)
        .cloned()
        .unwrap_or_else(|| intern("?"));
    let text = format!(
        "cannot access local variable '{}' where it is not associated with a value",
        vm.str_lossy(&name)
    );
    let exc = errors::new_exception(
        &rt().types.unbound_local_error.clone(),
        vec![crate::vm::new_str(&text)],
    );
    vm.raise(exc);
}

#[cold]
fn unbound_free(vm: &mut Vm, code: &CodeObj, i: u16) {
    let name = code
        .code
        .freevars
        .get(i as usize)
        .map_or_else(|| intern("?"), |n| intern(n));
    let text = format!(
        "cannot access free variable '{}' where it is not associated with a value in enclosing scope",
        vm.str_lossy(&name)
    );
    let exc = errors::new_exception(
        &rt().types.name_error.clone(),
        vec![crate::vm::new_str(&text)],
    );
    errors::set_field(&exc, "name", name);
    vm.raise(exc);
}
