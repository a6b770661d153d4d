//! Short paths of instructions whose work is a little too much for the loop: exact builtin operands, nothing that runs Python code.
//! Each hands over to its family where that doesn't hold.

use super::frame::*;
use super::{Fp, Pc, arith, attrs, build, iters, misc};
use crate::Vm;
use crate::protocol::subscript::adjust_slice;
use crate::value::dict::{self, Probed};
use crate::value::header::{Kind, flag};
use crate::value::*;
use crate::vm::new_list;
use taipan_bytecode::Op;

/// A register as a borrowed reference.
#[inline(always)]
unsafe fn reg<'a>(fp: Fp, i: u16) -> &'a Ref {
    // SAFETY: `Ref` is a transparent word; the register is not written while the borrow is in use.
    unsafe { &*(fp.add(i as usize) as *const Ref) }
}

/// Gives up an operand that has been used: a temporary is dropped, a local stays.
#[inline(always)]
unsafe fn used(fp: Fp, nlocals: u32, i: u16) {
    // SAFETY: `i` is a register of the frame.
    unsafe {
        let p = fp.add(i as usize);
        if (*p).is_ptr() && i as u32 >= nlocals {
            std::mem::replace(&mut *p, Value::UNDEFINED).decref();
        }
    }
}

/// Writes a result.
#[inline(always)]
unsafe fn put(fp: Fp, i: u16, v: Value) {
    // SAFETY: `i` is a register of the frame.
    unsafe { std::mem::replace(&mut *fp.add(i as usize), v).decref() }
}

/// The next instruction, after the finalisers that are due.
#[inline(always)]
unsafe fn done(vm: &mut Vm, pc: Pc, fp: Fp, offset: isize) -> (Pc, Fp) {
    if !rt().pending.is_empty() {
        vm.pc = pc;
        vm.fp = fp;
        vm.run_pending();
    }
    // SAFETY: jumps and steps lead to instructions of the same code.
    unsafe { (pc.offset(offset), fp) }
}

/// The end of a conditional jump from a one-word instruction.
#[inline(always)]
unsafe fn branch(vm: &mut Vm, pc: Pc, fp: Fp, jump: bool, offset: isize) -> (Pc, Fp) {
    // SAFETY: as above.
    unsafe {
        if jump && offset < 0 {
            vm.pc = pc;
            vm.fp = fp;
            return misc::jump_to(vm, pc, fp, offset);
        }
        done(vm, pc, fp, if jump { 1 + offset } else { 1 })
    }
}

/// Whether two values are equal, for strings and simple values of other kinds.
#[inline(always)]
unsafe fn plain_eq(a: &Ref, b: &Ref) -> Option<bool> {
    let (x, y) = (a.exact::<StrObj>(), b.exact::<StrObj>());
    match (x, y) {
        (Some(x), Some(y)) => Some(
            a.is(b)
                || !(a.flag(flag::INTERNED) && b.flag(flag::INTERNED)) && x.bytes() == y.bytes(),
        ),
        (Some(_), None) if !b.value().is_ptr() => Some(false),
        (None, Some(_)) if !a.value().is_ptr() => Some(false),
        _ => None,
    }
}

/// `JumpEq`, `JumpNe` and their negations, of strings.
#[inline(never)]
pub(crate) fn equal_jump(vm: &mut Vm, pc: Pc, fp: Fp) -> (Pc, Fp) {
    // SAFETY: operands are registers of the running frame.
    unsafe {
        let i = *pc;
        let Some(eq) = plain_eq(reg(fp, i.a), reg(fp, i.b)) else {
            return arith::compare_jump(vm, pc, fp);
        };
        let nlocals = code_of(fp).nlocals;
        used(fp, nlocals, i.b);
        used(fp, nlocals, i.a);
        let want = matches!(i.op, Op::JumpEq | Op::JumpNotNe);
        branch(vm, pc, fp, eq == want, i.c as i16 as isize)
    }
}

/// `Eq`, `Ne` of strings.
#[inline(never)]
pub(crate) fn equal(vm: &mut Vm, pc: Pc, fp: Fp) -> (Pc, Fp) {
    // SAFETY: as above.
    unsafe {
        let i = *pc;
        let Some(eq) = plain_eq(reg(fp, i.b), reg(fp, i.c)) else {
            return arith::compare(vm, pc, fp);
        };
        let nlocals = code_of(fp).nlocals;
        used(fp, nlocals, i.c);
        used(fp, nlocals, i.b);
        put(fp, i.a, Value::bool(eq == (i.op == Op::Eq)));
        done(vm, pc, fp, 1)
    }
}

/// Membership, as far as it can be said without running code.
#[inline(always)]
unsafe fn plain_in(key: &Ref, container: &Ref) -> Option<bool> {
    let id = container.value().shape_id();
    // SAFETY: kinds are checked; no code runs while the containers are looked at.
    unsafe {
        if id == Kind::Dict as u32 {
            let hash = dict::plain_hash(key)?;
            return match (*payload_of::<DictObj>(container.value()).d.raw()).probe(key, hash) {
                Probed::At(_) => Some(true),
                Probed::Absent => Some(false),
                Probed::Unsure => None,
            };
        }
        if id == Kind::Set as u32 || id == Kind::FrozenSet as u32 {
            let hash = dict::plain_hash(key)?;
            return payload_of::<SetObj>(container.value()).probe(key, hash as i64);
        }
        let items: &[Ref] = if id == Kind::Tuple as u32 {
            payload_of::<TupleObj>(container.value()).items()
        } else if id == Kind::List as u32 {
            &*payload_of::<ListObj>(container.value()).items.raw()
        } else {
            return None;
        };
        for item in items {
            if dict::quick_eq(item, key)? {
                return Some(true);
            }
        }
        Some(false)
    }
}

/// `JumpIn`, `JumpNotIn`.
#[inline(never)]
pub(crate) fn in_jump(vm: &mut Vm, pc: Pc, fp: Fp) -> (Pc, Fp) {
    // SAFETY: as above.
    unsafe {
        let i = *pc;
        let Some(found) = plain_in(reg(fp, i.a), reg(fp, i.b)) else {
            return arith::compare_jump(vm, pc, fp);
        };
        let nlocals = code_of(fp).nlocals;
        used(fp, nlocals, i.b);
        used(fp, nlocals, i.a);
        let jump = found == (i.op == Op::JumpIn);
        branch(vm, pc, fp, jump, i.c as i16 as isize)
    }
}

/// `In`, `NotIn`.
#[inline(never)]
pub(crate) fn contains(vm: &mut Vm, pc: Pc, fp: Fp) -> (Pc, Fp) {
    // SAFETY: as above.
    unsafe {
        let i = *pc;
        let Some(found) = plain_in(reg(fp, i.b), reg(fp, i.c)) else {
            return arith::compare(vm, pc, fp);
        };
        let nlocals = code_of(fp).nlocals;
        used(fp, nlocals, i.c);
        used(fp, nlocals, i.b);
        put(fp, i.a, Value::bool(found == (i.op == Op::In)));
        done(vm, pc, fp, 1)
    }
}

/// The truth of exact builtins.
#[inline(always)]
unsafe fn plain_truth(v: Value) -> Option<bool> {
    if v.is_int() {
        return Some(v.int() != 0);
    }
    if !v.is_ptr() {
        return if v.is_float() {
            Some(v.float() != 0.0)
        } else if v.is_bool() {
            Some(v == Value::TRUE)
        } else if v.is_none() {
            Some(false)
        } else {
            None
        };
    }
    let id = v.shape_id();
    // SAFETY: kinds are checked.
    unsafe {
        if id == Kind::List as u32 {
            Some(!(*payload_of::<ListObj>(v).items.raw()).is_empty())
        } else if id == Kind::Str as u32 {
            Some(!payload_of::<StrObj>(v).bytes().is_empty())
        } else if id == Kind::Tuple as u32 {
            Some(!payload_of::<TupleObj>(v).items().is_empty())
        } else if id == Kind::Dict as u32 {
            Some(!payload_of::<DictObj>(v).is_empty())
        } else {
            let slots = &object::type_payload(rt().shape(id).class).slots;
            (slots.bool.get().is_none() && slots.len.get().is_none()).then_some(true)
        }
    }
}

/// `JumpIfTrue`, `JumpIfFalse`.
#[inline(never)]
pub(crate) fn truth_jump(vm: &mut Vm, pc: Pc, fp: Fp) -> (Pc, Fp) {
    // SAFETY: as above.
    unsafe {
        let i = *pc;
        let Some(t) = plain_truth(*fp.add(i.a as usize)) else {
            return misc::jump_if(vm, pc, fp);
        };
        used(fp, code_of(fp).nlocals, i.a);
        branch(vm, pc, fp, t == (i.op == Op::JumpIfTrue), i.bc() as isize)
    }
}

/// `Not`.
#[inline(never)]
pub(crate) fn not(vm: &mut Vm, pc: Pc, fp: Fp) -> (Pc, Fp) {
    // SAFETY: as above.
    unsafe {
        let i = *pc;
        let Some(t) = plain_truth(*fp.add(i.b as usize)) else {
            return arith::unary(vm, pc, fp);
        };
        used(fp, code_of(fp).nlocals, i.b);
        put(fp, i.a, Value::bool(!t));
        done(vm, pc, fp, 1)
    }
}

/// A bound of a slice: None or a small int.
#[inline(always)]
fn bound(v: Value, default: isize) -> Option<isize> {
    if v.is_int() {
        Some(v.int() as isize)
    } else if v.is_none() {
        Some(default)
    } else {
        None
    }
}

/// Start and length of `R[at]:R[at+1]` over `len` items.
#[inline(always)]
unsafe fn plain_slice(fp: Fp, at: u16, len: usize) -> Option<(usize, usize)> {
    // SAFETY: the bounds are registers of the frame.
    unsafe {
        let start = bound(*fp.add(at as usize), 0)?;
        let stop = bound(*fp.add(at as usize + 1), isize::MAX)?;
        let (start, _, n) = adjust_slice(len, start, stop, 1);
        Some((start as usize, n))
    }
}

/// `LoadSlice` of lists, tuples and ASCII strings.
#[inline(never)]
pub(crate) fn load_slice(vm: &mut Vm, pc: Pc, fp: Fp) -> (Pc, Fp) {
    // SAFETY: as above.
    unsafe {
        let i = *pc;
        let o = reg(fp, i.b);
        let r = if let Some(l) = o.exact::<ListObj>() {
            let items = &*l.items.raw();
            plain_slice(fp, i.c, items.len()).map(|(at, n)| new_list(items[at..at + n].to_vec()))
        } else if let Some(t) = o.exact::<TupleObj>() {
            let items = t.items();
            plain_slice(fp, i.c, items.len()).map(|(at, n)| {
                if n == items.len() {
                    o.clone()
                } else {
                    TupleObj::make(items[at..at + n].iter().cloned())
                }
            })
        } else if let Some(s) = o.exact::<StrObj>()
            && s.is_ascii()
        {
            let bytes = s.bytes();
            plain_slice(fp, i.c, bytes.len()).map(|(at, n)| {
                if n == bytes.len() {
                    o.clone()
                } else {
                    crate::types::str::text_ref(&bytes[at..at + n])
                }
            })
        } else {
            None
        };
        let Some(r) = r else {
            return arith::subscript(vm, pc, fp);
        };
        used(fp, code_of(fp).nlocals, i.b);
        put(fp, i.a, r.into_value());
        done(vm, pc, fp, 1)
    }
}

/// `LoadSubscr` of a dict, a str or bytes.
#[inline(never)]
pub(crate) fn load_subscr(vm: &mut Vm, pc: Pc, fp: Fp) -> (Pc, Fp) {
    // SAFETY: as above.
    unsafe {
        let i = *pc;
        let (o, k) = (reg(fp, i.b), reg(fp, i.c));
        let r = if let Some(d) = o.exact::<DictObj>()
            && let Some(hash) = dict::plain_hash(k)
        {
            let t = &*d.d.raw();
            match t.probe(k, hash) {
                Probed::At(at) => Some(t.entries[at].value.clone()),
                _ => None,
            }
        } else if let Some(s) = o.exact::<StrObj>()
            && s.is_ascii()
            && k.value().is_int()
        {
            let (bytes, n) = (s.bytes(), k.value().int());
            let at = if n < 0 { n + bytes.len() as i64 } else { n } as usize;
            bytes.get(at).map(|&b| rt().types.chars[b as usize].clone())
        } else if let Some(b) = o.exact::<BytesObj>()
            && k.value().is_int()
        {
            let (bytes, n) = (b.bytes(), k.value().int());
            let at = if n < 0 { n + bytes.len() as i64 } else { n } as usize;
            bytes
                .get(at)
                .map(|&b| Ref::from_value(Value::int_unchecked(b as i64)))
        } else {
            None
        };
        let Some(r) = r else {
            return arith::subscript(vm, pc, fp);
        };
        let nlocals = code_of(fp).nlocals;
        used(fp, nlocals, i.b);
        used(fp, nlocals, i.c);
        put(fp, i.a, r.into_value());
        done(vm, pc, fp, 1)
    }
}

/// `StoreSubscr` of a dict.
#[inline(never)]
pub(crate) fn store_subscr(vm: &mut Vm, pc: Pc, fp: Fp) -> (Pc, Fp) {
    // SAFETY: as above.
    unsafe {
        let i = *pc;
        let (o, k) = (reg(fp, i.a), reg(fp, i.b));
        let Some(d) = o.exact::<DictObj>() else {
            return arith::subscript(vm, pc, fp);
        };
        let Some(hash) = dict::plain_hash(k) else {
            return arith::subscript(vm, pc, fp);
        };
        let nlocals = code_of(fp).nlocals;
        let t = &mut *d.d.raw();
        let at = match t.probe(k, hash) {
            Probed::At(at) => Some(at),
            Probed::Absent => None,
            Probed::Unsure => return arith::subscript(vm, pc, fp),
        };
        let v = *fp.add(i.c as usize);
        if i.c as u32 >= nlocals {
            *fp.add(i.c as usize) = Value::UNDEFINED;
        } else {
            v.incref();
        }
        let v = Ref::from_value(v);
        match at {
            Some(at) => drop(std::mem::replace(&mut t.entries[at].value, v)),
            None => t.add(hash, k.clone(), v),
        }
        used(fp, nlocals, i.b);
        used(fp, nlocals, i.a);
        done(vm, pc, fp, 1)
    }
}

/// `StoreSlice` of lists by plain bounds and plain sequences.
#[inline(never)]
pub(crate) fn store_slice(vm: &mut Vm, pc: Pc, fp: Fp) -> (Pc, Fp) {
    // SAFETY: as above. The items taken out are dropped when the list is whole again.
    unsafe {
        let i = *pc;
        let (o, v) = (reg(fp, i.a), reg(fp, i.b));
        let Some(l) = o.exact::<ListObj>() else {
            return arith::subscript(vm, pc, fp);
        };
        let items = &mut *l.items.raw();
        let Some((at, n)) = plain_slice(fp, i.c, items.len()) else {
            return arith::subscript(vm, pc, fp);
        };
        let new: &[Ref] = match (v.exact::<ListObj>(), v.exact::<TupleObj>()) {
            (Some(from), _) if !std::ptr::eq(from, l) => &*from.items.raw(),
            (_, Some(t)) => t.items(),
            _ => return arith::subscript(vm, pc, fp),
        };
        let nlocals = code_of(fp).nlocals;
        if new.len() == n {
            // The last goes first, as in the reference.
            for k in (0..n).rev() {
                let old = std::mem::replace(&mut (&mut *l.items.raw())[at + k], new[k].clone());
                drop(old);
            }
        } else {
            let old: Vec<Ref> = items.splice(at..at + n, new.iter().cloned()).collect();
            old.into_iter().rev().for_each(drop);
        }
        used(fp, nlocals, i.b);
        used(fp, nlocals, i.a);
        done(vm, pc, fp, 1)
    }
}

/// `BuildTuple`.
#[inline(never)]
pub(crate) fn build_tuple(_: &mut Vm, pc: Pc, fp: Fp) -> (Pc, Fp) {
    // SAFETY: the operands are temporaries, which are moved.
    unsafe {
        let i = *pc;
        let first = fp.add(i.b as usize);
        let t = TupleObj::make(
            (0..i.c as usize)
                .map(|k| Ref::from_value(std::mem::replace(&mut *first.add(k), Value::UNDEFINED))),
        );
        put(fp, i.a, t.into_value());
        (pc.add(1), fp)
    }
}

/// `BuildList`.
#[inline(never)]
pub(crate) fn build_list(_: &mut Vm, pc: Pc, fp: Fp) -> (Pc, Fp) {
    // SAFETY: as above.
    unsafe {
        let i = *pc;
        let first = fp.add(i.b as usize);
        let mut items = Vec::with_capacity(i.c as usize);
        for k in 0..i.c as usize {
            items.push(Ref::from_value(std::mem::replace(
                &mut *first.add(k),
                Value::UNDEFINED,
            )));
        }
        put(fp, i.a, new_list(items).into_value());
        (pc.add(1), fp)
    }
}

/// `FormatSimple` of strings and small ints.
#[inline(never)]
pub(crate) fn format_simple(vm: &mut Vm, pc: Pc, fp: Fp) -> (Pc, Fp) {
    // SAFETY: as above.
    unsafe {
        let i = *pc;
        let v = reg(fp, i.b);
        let r = if v.exact::<StrObj>().is_some() {
            v.clone()
        } else if v.value().is_int() {
            crate::types::int::small_int_text(v.value().int())
        } else {
            return build::op(vm, pc, fp);
        };
        used(fp, code_of(fp).nlocals, i.b);
        put(fp, i.a, r.into_value());
        done(vm, pc, fp, 1)
    }
}

/// `GetIter` of ranges, tuples, lists and generators.
#[inline(never)]
pub(crate) fn get_iter(vm: &mut Vm, pc: Pc, fp: Fp) -> (Pc, Fp) {
    // SAFETY: as above.
    unsafe {
        let i = *pc;
        let v = *fp.add(i.b as usize);
        let id = v.shape_id();
        let temp = i.b as u32 >= code_of(fp).nlocals;
        if id == Kind::Generator as u32 {
            if temp {
                *fp.add(i.b as usize) = Value::UNDEFINED;
            } else {
                v.incref();
            }
            put(fp, i.a, v);
            return (pc.add(1), fp);
        }
        if id == Kind::Range as u32 {
            let it = crate::types::range::iterate(reg(fp, i.b));
            used(fp, code_of(fp).nlocals, i.b);
            put(fp, i.a, it.into_value());
            return (pc.add(1), fp);
        }
        let make: fn(Ref) -> Ref = if id == Kind::List as u32 {
            |v| {
                Ref::new(ListIterObj {
                    seq: Guarded::new(v),
                    at: Default::default(),
                })
            }
        } else if id == Kind::Tuple as u32 {
            |v| {
                Ref::new(TupleIterObj {
                    seq: Guarded::new(v),
                    at: Default::default(),
                })
            }
        } else {
            return iters::op(vm, pc, fp);
        };
        if temp {
            *fp.add(i.b as usize) = Value::UNDEFINED;
        } else {
            v.incref();
        }
        put(fp, i.a, make(Ref::from_value(v)).into_value());
        (pc.add(1), fp)
    }
}

/// `LoadAttrClass`: a value of the class, which no instance attribute hides.
#[inline(never)]
pub(crate) fn load_class_attr(vm: &mut Vm, pc: Pc, fp: Fp) -> (Pc, Fp) {
    // SAFETY: as above; the cache words hold what the shape's class had at this version.
    unsafe {
        let i = *pc;
        let v = *fp.add(i.b as usize);
        let cache = *(pc.add(1) as *const u64);
        if v.shape_id() != cache as u32
            || !v.is_ptr()
            || attrs::class_version(cache as u32) != (cache >> 32) as u32
        {
            return attrs::load(vm, pc, fp);
        }
        let found = Value(*(pc.add(2) as *const u64));
        found.incref();
        used(fp, code_of(fp).nlocals, i.b);
        put(fp, i.a, found);
        done(vm, pc, fp, 3)
    }
}

/// `LoadAttrModule`: an entry of a module's namespace.
#[inline(never)]
pub(crate) fn load_module_attr(vm: &mut Vm, pc: Pc, fp: Fp) -> (Pc, Fp) {
    // SAFETY: as above; the entry is there as long as the keys are the same.
    unsafe {
        let i = *pc;
        let v = *fp.add(i.b as usize);
        let cache = *(pc.add(1) as *const u64);
        if v.shape_id() == Kind::Module as u32
            && let Some(d) = payload_of::<ModuleObj>(v).dict.exact::<DictObj>()
        {
            let t = &*d.d.raw();
            if t.current_version() == cache as u32 {
                let found = t.entries[(cache >> 32) as usize].value.value();
                found.incref();
                used(fp, code_of(fp).nlocals, i.b);
                put(fp, i.a, found);
                return done(vm, pc, fp, 3);
            }
        }
        attrs::load(vm, pc, fp)
    }
}

/// `LoadAttrType`: an entry of a class's own namespace.
#[inline(never)]
pub(crate) fn load_type_attr(vm: &mut Vm, pc: Pc, fp: Fp) -> (Pc, Fp) {
    // SAFETY: as above; that the key is the same is checked.
    unsafe {
        let i = *pc;
        let v = *fp.add(i.b as usize);
        let place = *(pc.add(2) as *const u64);
        if v.is_ptr()
            && v.bits() == *(pc.add(1) as *const u64)
            && attrs::epoch() as u64 == place >> 32
        {
            let code = code_of(fp);
            let d = &*payload_of::<TypeObj>(v).namespace().d.raw();
            if let Some(e) = d.entries.get(place as u32 as usize)
                && e.key.is(&code.names[i.c as usize])
            {
                let found = e.value.value();
                found.incref();
                used(fp, code.nlocals, i.b);
                put(fp, i.a, found);
                return done(vm, pc, fp, 3);
            }
        }
        attrs::load(vm, pc, fp)
    }
}

/// `SetAdd` and `MapAdd` of plain keys.
#[inline(never)]
pub(crate) fn add_to(vm: &mut Vm, pc: Pc, fp: Fp) -> (Pc, Fp) {
    // SAFETY: as above.
    unsafe {
        let i = *pc;
        let k = reg(fp, i.b);
        let (Some(hash), nlocals) = (dict::plain_hash(k), code_of(fp).nlocals) else {
            return build::op(vm, pc, fp);
        };
        if i.op == Op::SetAdd {
            let set = *fp.add(i.a as usize);
            if set.shape_id() != Kind::Set as u32 {
                return build::op(vm, pc, fp);
            }
            let s = payload_of::<SetObj>(set);
            if s.add_plain(k, hash as i64).is_none() {
                return build::op(vm, pc, fp);
            }
        } else {
            let t = &mut *payload_of::<DictObj>(*fp.add(i.a as usize)).d.raw();
            let at = match t.probe(k, hash) {
                Probed::At(at) => Some(at),
                Probed::Absent => None,
                Probed::Unsure => return build::op(vm, pc, fp),
            };
            let v = *fp.add(i.c as usize);
            if i.c as u32 >= nlocals {
                *fp.add(i.c as usize) = Value::UNDEFINED;
            } else {
                v.incref();
            }
            let v = Ref::from_value(v);
            match at {
                Some(at) => drop(std::mem::replace(&mut t.entries[at].value, v)),
                None => t.add(hash, k.clone(), v),
            }
        }
        used(fp, nlocals, i.b);
        done(vm, pc, fp, 1)
    }
}
