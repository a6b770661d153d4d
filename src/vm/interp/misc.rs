//! Truth tests, imports, intrinsics.

use super::exc::{attempt, next, pull, put, raise, take};
use super::frame::*;
use super::{Fp, Pc};
use crate::Vm;
use crate::value::runtime::SAFEPOINT;
use crate::value::*;
use crate::vm::new_int;
use std::sync::atomic::Ordering;
use taipan_bytecode::{Intrinsic, Op};

/// A taken jump from a one-word instruction: polls when it goes backwards.
pub(crate) unsafe fn jump_to(vm: &mut Vm, pc: Pc, fp: Fp, offset: isize) -> (Pc, Fp) {
    // SAFETY: jumps lead to instructions of the same code.
    unsafe {
        if offset < 0 && SAFEPOINT.load(Ordering::Relaxed) != 0 && vm.safepoint().is_err() {
            return raise(vm, pc, fp);
        }
        (pc.offset(1 + offset), fp)
    }
}

/// Jumps on truth that need more than a look.
#[inline(never)]
pub(crate) fn jump_if(vm: &mut Vm, pc: Pc, fp: Fp) -> (Pc, Fp) {
    // SAFETY: operands are registers of the running frame.
    unsafe {
        vm.pc = pc;
        vm.fp = fp;
        let i = *pc;
        let keep = matches!(i.op, Op::JumpIfTrueKeep | Op::JumpIfFalseKeep);
        let v = if keep {
            (*fp.add(i.a as usize)).to_ref()
        } else {
            take(fp, code_of(fp), i.a)
        };
        let t = attempt!(vm, pc, fp, vm.truthy(&v));
        drop(v);
        let jump = t == matches!(i.op, Op::JumpIfTrue | Op::JumpIfTrueKeep);
        if keep && !jump {
            put(fp, i.a, Ref::UNDEFINED);
        }
        if !rt().pending.is_empty() {
            vm.run_pending();
        }
        if jump {
            jump_to(vm, pc, fp, i.bc() as isize)
        } else {
            (pc.add(1), fp)
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
            Op::ImportName => {
                let level = pull(fp, i.b);
                let fromlist = pull(fp, i.b + 1);
                let name = code.names[i.c as usize].clone();
                let r = attempt!(vm, pc, fp, import_name(vm, fp, &name, &fromlist, &level));
                put(fp, i.a, r);
                next(vm, pc, fp, 1)
            }
            Op::ImportFrom => {
                let m = (*fp.add(i.b as usize)).to_ref();
                let r = attempt!(vm, pc, fp, vm.import_from(&m, &code.names[i.c as usize]));
                put(fp, i.a, r);
                next(vm, pc, fp, 1)
            }
            Op::ImportStar => {
                let m = take(fp, code, i.a);
                let ns = (*fp).to_ref();
                attempt!(vm, pc, fp, vm.import_star(&m, &ns));
                drop(m);
                next(vm, pc, fp, 1)
            }
            Op::LoadBuildClass => {
                let f = vm
                    .current_builtins()
                    .cast::<DictObj>()
                    .and_then(|d| d.get_name("__build_class__"));
                let Some(f) = f else {
                    let n = intern("__build_class__");
                    let text = "__build_class__ not found";
                    let class = rt().types.name_error.clone();
                    let exc = crate::errors::new_exception(&class, vec![crate::vm::new_str(text)]);
                    crate::errors::set_field(&exc, "name", n);
                    vm.raise(exc);
                    return raise(vm, pc, fp);
                };
                put(fp, i.a, f);
                (pc.add(1), fp)
            }
            Op::PrintExpr => {
                let v = take(fp, code, i.a);
                let sys = vm.sys.clone();
                let hook = attempt!(vm, pc, fp, vm.getattr_opt(&sys, &intern("displayhook")));
                let Some(hook) = hook else {
                    vm.runtime_error("lost sys.displayhook");
                    return raise(vm, pc, fp);
                };
                attempt!(vm, pc, fp, vm.call(&hook, std::slice::from_ref(&v)));
                drop(v);
                next(vm, pc, fp, 1)
            }
            _ => {
                let r = intrinsic(vm, fp, i.b, i.c);
                let r = attempt!(vm, pc, fp, r);
                put(fp, i.a, r);
                next(vm, pc, fp, 1)
            }
        }
    }
}

/// `__import__` of the running frame's builtins, which a program may have replaced.
unsafe fn import_name(
    vm: &mut Vm,
    fp: Fp,
    name: &Ref,
    fromlist: &Ref,
    level: &Ref,
) -> crate::R<Ref> {
    // SAFETY: `fp` is the running frame.
    let f = unsafe { func_of(fp) };
    let (globals, builtins) = (f.globals.clone(), f.builtins.clone());
    let own = builtins
        .cast::<DictObj>()
        .and_then(|d| d.get_name("__import__"));
    match own {
        Some(f) if f.cast::<NativeFunctionObj>().is_some() => vm.import_name(
            name,
            &globals,
            &Ref::none(),
            fromlist,
            level.as_i64().unwrap_or(0) as i32,
        ),
        Some(f) => {
            let locals = vm.current_locals()?;
            vm.call(
                &f,
                &[
                    name.clone(),
                    globals,
                    locals,
                    fromlist.clone(),
                    level.clone(),
                ],
            )
        }
        None => {
            let class = rt().types.import_error.clone();
            Err(vm.error(&class, "__import__ not found"))
        }
    }
}

unsafe fn intrinsic(vm: &mut Vm, fp: Fp, b: u16, which: u16) -> crate::R<Ref> {
    use crate::types::typevars;
    // SAFETY: operands are temporaries of the running frame.
    let mut at = b;
    let mut pull_next = || {
        let v = unsafe { pull(fp, at) };
        at += 1;
        v
    };
    let module = vm.calling_module_name();
    let _ = module;
    if which == Intrinsic::TypeVar as u16 {
        let name = pull_next();
        typevars::new_typevar(vm, name, Ref::none(), Ref::none())
    } else if which == Intrinsic::TypeVarWithBound as u16 {
        let (name, bound) = (pull_next(), pull_next());
        typevars::new_typevar(vm, name, bound, Ref::none())
    } else if which == Intrinsic::TypeVarWithConstraints as u16 {
        let (name, constraints) = (pull_next(), pull_next());
        typevars::new_typevar(vm, name, Ref::none(), constraints)
    } else if which == Intrinsic::ParamSpec as u16 {
        let name = pull_next();
        typevars::new_paramspec(vm, name)
    } else if which == Intrinsic::TypeVarTuple as u16 {
        let name = pull_next();
        typevars::new_typevartuple(vm, name)
    } else if which == Intrinsic::SetTypeParamDefault as u16 {
        let (param, default) = (pull_next(), pull_next());
        typevars::set_default(vm, &param, default)?;
        Ok(param)
    } else if which == Intrinsic::TypeAlias as u16 {
        let (name, params, value) = (pull_next(), pull_next(), pull_next());
        typevars::new_type_alias(vm, name, params, value)
    } else if which == Intrinsic::SubscriptGeneric as u16 {
        let params = pull_next();
        typevars::subscript_generic(vm, params)
    } else if which == Intrinsic::SetFunctionTypeParams as u16 {
        let (f, params) = (pull_next(), pull_next());
        if let Some(o) = f.cast::<FunctionObj>() {
            o.type_params.set(params);
        }
        Ok(f)
    } else if which == Intrinsic::FrozenSet as u16 {
        let t = pull_next();
        let items = t.tuple_items().unwrap_or(&[]).to_vec();
        vm.frozenset(items)
    } else {
        let class = rt().types.not_implemented_error.clone();
        let _ = new_int(0);
        Err(vm.raise_new(&class, vec![]))
    }
}
