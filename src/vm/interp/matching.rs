//! The instructions behind `match` (PEP 634).

use super::exc::{attempt, next, pull, put, take};
use super::frame::*;
use super::{Fp, Pc};
use crate::value::*;
use crate::vm::{new_tuple, new_usize};
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
        match i.op {
            Op::MatchSequence => {
                let v = (*fp.add(i.b as usize)).to_ref();
                put(fp, i.a, Ref::bool(v.class().has_flag(type_flag::SEQUENCE)));
                (pc.add(1), fp)
            }
            Op::MatchMapping => {
                let v = (*fp.add(i.b as usize)).to_ref();
                put(fp, i.a, Ref::bool(v.class().has_flag(type_flag::MAPPING)));
                (pc.add(1), fp)
            }
            Op::MatchKeys => {
                let subject = (*fp.add(i.b as usize)).to_ref();
                let keys = (*fp.add(i.c as usize)).to_ref();
                let r = attempt!(vm, pc, fp, match_keys(vm, &subject, &keys));
                put(fp, i.a, r);
                next(vm, pc, fp, 1)
            }
            Op::MatchClass => {
                let (subject, class, names) = (pull(fp, i.b), pull(fp, i.b + 1), pull(fp, i.b + 2));
                let r = attempt!(
                    vm,
                    pc,
                    fp,
                    match_class(vm, &subject, &class, &names, i.c as usize)
                );
                drop((subject, class, names));
                put(fp, i.a, r);
                next(vm, pc, fp, 1)
            }
            Op::MatchRest => {
                let subject = (*fp.add(i.b as usize)).to_ref();
                let keys = take(fp, code_of(fp), i.c);
                let r = attempt!(vm, pc, fp, match_rest(vm, &subject, &keys));
                put(fp, i.a, r);
                next(vm, pc, fp, 1)
            }
            _ => {
                // GetLen.
                let v = (*fp.add(i.b as usize)).to_ref();
                let n = attempt!(vm, pc, fp, vm.len(&v));
                put(fp, i.a, new_usize(n));
                next(vm, pc, fp, 1)
            }
        }
    }
}

fn match_keys(vm: &mut Vm, subject: &Ref, keys: &Ref) -> R<Ref> {
    let keys = keys.tuple_items().unwrap_or(&[]).to_vec();
    let get = vm.getattr_str(subject, "get")?;
    let dummy = Ref::new_instance(object::type_payload(rt().types.object.value()));
    let seen = SetObj::new_set();
    let mut out = Vec::new();
    for k in &keys {
        if let Some(s) = seen.cast::<SetObj>() {
            if s.contains(vm, k)? {
                let text = format!(
                    "mapping pattern checks duplicate key ({})",
                    vm.repr_text(k)?
                );
                return Err(vm.value_error(&text));
            }
            s.add(vm, k)?;
        }
        let v = vm.call(&get, &[k.clone(), dummy.clone()])?;
        if v.is(&dummy) {
            return Ok(Ref::none());
        }
        out.push(v);
    }
    Ok(new_tuple(out))
}

fn match_rest(vm: &mut Vm, subject: &Ref, keys: &Ref) -> R<Ref> {
    let dict = rt().types.dict.clone();
    let copy = vm.call(&dict, std::slice::from_ref(subject))?;
    for k in keys.tuple_items().unwrap_or(&[]) {
        if let Some(d) = copy.cast::<DictObj>() {
            d.remove(vm, k)?;
        }
    }
    Ok(copy)
}

fn match_class(vm: &mut Vm, subject: &Ref, class: &Ref, names: &Ref, positional: usize) -> R<Ref> {
    let Some(t) = class.cast::<TypeObj>() else {
        return Err(vm.type_error("called match pattern must be a class"));
    };
    if !vm.isinstance(subject, class)? {
        return Ok(Ref::none());
    }
    let class_name = vm.class_name(t);
    let mut seen: Vec<Ref> = Vec::new();
    let mut out = Vec::new();
    if positional > 0 {
        let args = vm.getattr_opt(class, &intern("__match_args__"))?;
        let (match_self, args) = match args {
            Some(a) => match a.exact::<TupleObj>() {
                Some(t) => (false, t.items().to_vec()),
                None => {
                    let text = format!(
                        "{class_name}.__match_args__ must be a tuple (got {})",
                        vm.type_name(&a)
                    );
                    return Err(vm.type_error(&text));
                }
            },
            None => (t.has_flag(type_flag::MATCH_SELF), vec![]),
        };
        let allowed = if match_self { 1 } else { args.len() };
        if positional > allowed {
            let s = if allowed == 1 { "" } else { "s" };
            let text = format!(
                "{class_name}() accepts {allowed} positional sub-pattern{s} ({positional} given)"
            );
            return Err(vm.type_error(&text));
        }
        if match_self {
            out.push(subject.clone());
        } else {
            for name in &args[..positional] {
                if !name.is_str() {
                    let text = format!(
                        "__match_args__ elements must be strings (got {})",
                        vm.type_name(name)
                    );
                    return Err(vm.type_error(&text));
                }
                match match_attr(vm, subject, &class_name, name, &mut seen)? {
                    Some(v) => out.push(v),
                    None => return Ok(Ref::none()),
                }
            }
        }
    }
    for name in names.tuple_items().unwrap_or(&[]) {
        match match_attr(vm, subject, &class_name, name, &mut seen)? {
            Some(v) => out.push(v),
            None => return Ok(Ref::none()),
        }
    }
    Ok(new_tuple(out))
}

fn match_attr(
    vm: &mut Vm,
    subject: &Ref,
    class_name: &str,
    name: &Ref,
    seen: &mut Vec<Ref>,
) -> R<Option<Ref>> {
    let name = rt().intern_ref(name);
    if seen.iter().any(|s| s.is(&name)) {
        let text = format!(
            "{class_name}() got multiple sub-patterns for attribute '{}'",
            vm.str_lossy(&name)
        );
        return Err(vm.type_error(&text));
    }
    seen.push(name.clone());
    vm.getattr_opt(subject, &name)
}
