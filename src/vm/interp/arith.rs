//! Arithmetic, comparison and subscription beyond what the loop does itself.

use super::exc::{attempt, next, pull, put, take};
use super::frame::*;
use super::{Fp, Pc};
use crate::Vm;
use crate::protocol::operators::UnaryOp;
use crate::value::header::Kind;
use crate::value::slots::{BinOp, Cmp};
use crate::value::*;
use crate::vm::new_float;
use taipan_bytecode::{Instr, Op};

/// Which operator an instruction stands for, and whether in place.
fn operator(op: Op) -> (BinOp, bool) {
    use BinOp::*;
    match op.base() {
        Op::Add | Op::AddImm => (Add, false),
        Op::Sub | Op::SubImm => (Sub, false),
        Op::Mul | Op::MulImm => (Mul, false),
        Op::TrueDiv => (TrueDiv, false),
        Op::FloorDiv | Op::FloorDivImm => (FloorDiv, false),
        Op::Mod | Op::ModImm => (Mod, false),
        Op::Pow => (Pow, false),
        Op::MatMul => (MatMul, false),
        Op::LShift | Op::LShiftImm => (LShift, false),
        Op::RShift | Op::RShiftImm => (RShift, false),
        Op::And | Op::AndImm => (And, false),
        Op::Or => (Or, false),
        Op::Xor => (Xor, false),
        Op::IAdd | Op::IAddImm => (Add, true),
        Op::ISub | Op::ISubImm => (Sub, true),
        Op::IMul => (Mul, true),
        Op::ITrueDiv => (TrueDiv, true),
        Op::IFloorDiv => (FloorDiv, true),
        Op::IMod => (Mod, true),
        Op::IPow => (Pow, true),
        Op::IMatMul => (MatMul, true),
        Op::ILShift => (LShift, true),
        Op::IRShift => (RShift, true),
        Op::IAnd => (And, true),
        Op::IOr => (Or, true),
        _ => (Xor, true),
    }
}

fn immediate(op: Op) -> bool {
    matches!(
        op,
        Op::AddImm
            | Op::SubImm
            | Op::MulImm
            | Op::FloorDivImm
            | Op::ModImm
            | Op::AndImm
            | Op::LShiftImm
            | Op::RShiftImm
            | Op::IAddImm
            | Op::ISubImm
    )
}

/// A number word as a float, if that loses nothing that matters here.
#[inline(always)]
fn as_float(v: Value) -> Option<f64> {
    if v.is_float() {
        Some(v.float())
    } else if v.is_int() && v.int().unsigned_abs() < 1 << 53 {
        Some(v.int() as f64)
    } else if v.shape_id() == Kind::Float as u32 {
        // SAFETY: the kind says so.
        Some(unsafe { payload_of::<FloatObj>(v).0 })
    } else {
        None
    }
}

/// `R[a] := R[b] op R[c]` and its in-place and immediate forms.
#[inline(never)]
pub(crate) fn op(vm: &mut Vm, pc: Pc, fp: Fp) -> (Pc, Fp) {
    // SAFETY: operands are registers of the running frame.
    unsafe {
        let i = *pc;
        let a = *fp.add(i.b as usize);
        let imm = immediate(i.op);
        let b = if imm {
            Value::int_unchecked(i.c as i16 as i64)
        } else {
            *fp.add(i.c as usize)
        };
        let (op, inplace) = operator(i.op);
        if Value::both_ints(a, b) {
            let (x, y) = (a.int(), b.int());
            let r = match op {
                BinOp::FloorDiv if y != 0 => {
                    let q = x.wrapping_div(y);
                    Some(if (x % y != 0) && ((x < 0) != (y < 0)) {
                        q - 1
                    } else {
                        q
                    })
                }
                BinOp::Mod if y != 0 => {
                    let m = x % y;
                    Some(if m != 0 && ((m < 0) != (y < 0)) {
                        m + y
                    } else {
                        m
                    })
                }
                BinOp::And => Some(x & y),
                BinOp::Or => Some(x | y),
                BinOp::Xor => Some(x ^ y),
                BinOp::RShift if y >= 0 => Some(x >> y.min(63)),
                BinOp::LShift
                    if (0..62).contains(&y) && x.unsigned_abs().leading_zeros() as i64 > y + 2 =>
                {
                    Some(x << y)
                }
                BinOp::Pow if (0..64).contains(&y) => x.checked_pow(y as u32),
                BinOp::TrueDiv
                    if y != 0 && x.unsigned_abs() < 1 << 53 && y.unsigned_abs() < 1 << 53 =>
                {
                    put(fp, i.a, new_float(x as f64 / y as f64));
                    return (pc.add(1), fp);
                }
                _ => None,
            };
            if let Some(v) = r.and_then(Value::small_int) {
                put(fp, i.a, Ref::from_value(v));
                return (pc.add(1), fp);
            }
        } else if (a.is_float() || b.is_float() || a.shape_id() == Kind::Float as u32)
            && let (Some(x), Some(y)) = (as_float(a), as_float(b))
        {
            let at = pc as *mut Instr;
            let both = Value::both_floats(a, b);
            let r = match op {
                BinOp::Add => {
                    if both {
                        (*at).op = if inplace { Op::IAddFloat } else { Op::AddFloat };
                    }
                    Some(x + y)
                }
                BinOp::Sub => {
                    if both {
                        (*at).op = if inplace { Op::ISubFloat } else { Op::SubFloat };
                    }
                    Some(x - y)
                }
                BinOp::Mul => {
                    if both {
                        (*at).op = if inplace { Op::IMulFloat } else { Op::MulFloat };
                    }
                    Some(x * y)
                }
                BinOp::TrueDiv if y != 0.0 => {
                    if both && !inplace {
                        (*at).op = Op::TrueDivFloat;
                    }
                    Some(x / y)
                }
                _ => None,
            };
            if let Some(f) = r {
                let code = code_of(fp);
                if a.is_ptr() {
                    drop(take(fp, code, i.b));
                }
                if b.is_ptr() && !imm {
                    drop(take(fp, code, i.c));
                }
                put(fp, i.a, new_float(f));
                return (pc.add(1), fp);
            }
        }
        vm.pc = pc;
        vm.fp = fp;
        let at = pc as *mut Instr;
        if (*at).op != (*at).op.base() {
            (*at).op = (*at).op.base();
        }
        let code = code_of(fp);
        let x = take(fp, code, i.b);
        let y = if imm {
            Ref::from_value(b)
        } else {
            take(fp, code, i.c)
        };
        // `s += t` on a string nobody else holds grows it where it is.
        if op == BinOp::Add && x.exact::<StrObj>().is_some() && y.exact::<StrObj>().is_some() {
            if i.a == i.b {
                put(fp, i.a, Ref::UNDEFINED);
            }
            let r = StrObj::append(x, y.str_obj());
            drop(y);
            put(fp, i.a, r);
            return (pc.add(1), fp);
        }
        let r = if inplace {
            vm.inplace(&x, &y, op)
        } else {
            vm.binary(&x, &y, op)
        };
        drop((x, y));
        let r = attempt!(vm, pc, fp, r);
        put(fp, i.a, r);
        next(vm, pc, fp, 1)
    }
}

/// `-`, `+`, `~`, `not`.
#[inline(never)]
pub(crate) fn unary(vm: &mut Vm, pc: Pc, fp: Fp) -> (Pc, Fp) {
    // SAFETY: operands are registers of the running frame.
    unsafe {
        let i = *pc;
        let v = *fp.add(i.b as usize);
        let quick = match i.op {
            Op::Neg if v.is_int() => Value::small_int(-v.int()),
            Op::Neg if v.is_float() => Value::small_float(-v.float()),
            Op::Invert if v.is_int() => Value::small_int(!v.int()),
            Op::Not if v.is_bool() => Some(Value::bool(v == Value::FALSE)),
            Op::Not if v.is_none() => Some(Value::TRUE),
            Op::Not if v.is_int() => Some(Value::bool(v.int() == 0)),
            _ => None,
        };
        if let Some(q) = quick {
            put(fp, i.a, Ref::from_value(q));
            return (pc.add(1), fp);
        }
        vm.pc = pc;
        vm.fp = fp;
        let x = take(fp, code_of(fp), i.b);
        let r = match i.op {
            Op::Neg => vm.unary(&x, UnaryOp::Neg),
            Op::Pos => vm.unary(&x, UnaryOp::Pos),
            Op::Invert => vm.unary(&x, UnaryOp::Invert),
            _ => vm.truthy(&x).map(|t| Ref::bool(!t)),
        };
        let r = attempt!(vm, pc, fp, r);
        drop(x);
        put(fp, i.a, r);
        next(vm, pc, fp, 1)
    }
}

fn cmp_of(op: Op) -> (Cmp, bool) {
    match op.base() {
        Op::Lt | Op::JumpLt | Op::JumpLtImm => (Cmp::Lt, true),
        Op::Le | Op::JumpLe | Op::JumpLeImm => (Cmp::Le, true),
        Op::Eq | Op::JumpEq | Op::JumpEqImm => (Cmp::Eq, true),
        Op::Ne | Op::JumpNe | Op::JumpNeImm => (Cmp::Ne, true),
        Op::Gt | Op::JumpGt | Op::JumpGtImm => (Cmp::Gt, true),
        Op::Ge | Op::JumpGe | Op::JumpGeImm => (Cmp::Ge, true),
        Op::JumpNotLt | Op::JumpNotLtImm => (Cmp::Lt, false),
        Op::JumpNotLe | Op::JumpNotLeImm => (Cmp::Le, false),
        Op::JumpNotEq | Op::JumpNotEqImm => (Cmp::Eq, false),
        Op::JumpNotNe | Op::JumpNotNeImm => (Cmp::Ne, false),
        Op::JumpNotGt | Op::JumpNotGtImm => (Cmp::Gt, false),
        _ => (Cmp::Ge, false),
    }
}

/// What can be said of a comparison without calling anything.
#[inline(always)]
unsafe fn quick_compare(a: Value, b: Value, op: Cmp) -> Option<bool> {
    // SAFETY: kinds are checked.
    unsafe {
        if Value::both_ints(a, b) {
            return Some(op.holds(a.int().cmp(&b.int())));
        }
        if (a.is_float() || b.is_float())
            && let (Some(x), Some(y)) = (as_float(a), as_float(b))
        {
            return Some(match op {
                Cmp::Lt => x < y,
                Cmp::Le => x <= y,
                Cmp::Eq => x == y,
                Cmp::Ne => x != y,
                Cmp::Gt => x > y,
                Cmp::Ge => x >= y,
            });
        }
        if a.shape_id() == Kind::Str as u32 && b.shape_id() == Kind::Str as u32 {
            let (x, y) = (payload_of::<StrObj>(a), payload_of::<StrObj>(b));
            return Some(match op {
                Cmp::Eq => a == b || x.bytes() == y.bytes(),
                Cmp::Ne => a != b && x.bytes() != y.bytes(),
                _ => op.holds(x.bytes().cmp(y.bytes())),
            });
        }
        None
    }
}

/// Comparison to a value, identity and membership too.
#[inline(never)]
pub(crate) fn compare(vm: &mut Vm, pc: Pc, fp: Fp) -> (Pc, Fp) {
    // SAFETY: operands are registers of the running frame.
    unsafe {
        vm.pc = pc;
        vm.fp = fp;
        let i = *pc;
        let code = code_of(fp);
        let (a, b) = (*fp.add(i.b as usize), *fp.add(i.c as usize));
        let quick = match i.op {
            Op::Is | Op::IsNot => Some((a == b) == (i.op == Op::Is)),
            Op::In | Op::NotIn => None,
            _ => quick_compare(a, b, cmp_of(i.op).0),
        };
        let x = take(fp, code, i.b);
        let y = take(fp, code, i.c);
        let r = match quick {
            Some(q) => Ref::bool(q),
            None => match i.op {
                Op::In | Op::NotIn => {
                    let found = attempt!(vm, pc, fp, vm.contains(&y, &x));
                    Ref::bool(found == (i.op == Op::In))
                }
                _ => attempt!(vm, pc, fp, vm.compare(&x, &y, cmp_of(i.op).0)),
            },
        };
        drop(y);
        drop(x);
        put(fp, i.a, r);
        next(vm, pc, fp, 1)
    }
}

fn is_imm(op: Op) -> bool {
    matches!(
        op,
        Op::JumpLtImm
            | Op::JumpLeImm
            | Op::JumpEqImm
            | Op::JumpNeImm
            | Op::JumpGtImm
            | Op::JumpGeImm
            | Op::JumpNotLtImm
            | Op::JumpNotLeImm
            | Op::JumpNotEqImm
            | Op::JumpNotNeImm
            | Op::JumpNotGtImm
            | Op::JumpNotGeImm
    )
}

/// Fused compare-and-branch.
#[inline(never)]
pub(crate) fn compare_jump(vm: &mut Vm, pc: Pc, fp: Fp) -> (Pc, Fp) {
    // SAFETY: operands are registers of the running frame.
    unsafe {
        vm.pc = pc;
        vm.fp = fp;
        let i = *pc;
        let at = pc as *mut Instr;
        let code = code_of(fp);
        let imm = is_imm(i.op);
        let a = *fp.add(i.a as usize);
        let b = if imm {
            Value::int_unchecked(i.b as i16 as i64)
        } else {
            *fp.add(i.b as usize)
        };
        let (cmp, want) = cmp_of(i.op);
        let membership = matches!(
            i.op,
            Op::JumpIs | Op::JumpIsNot | Op::JumpIn | Op::JumpNotIn
        );
        let quick = match i.op {
            Op::JumpIs => Some(a == b),
            Op::JumpIsNot => Some(a != b),
            Op::JumpIn | Op::JumpNotIn => None,
            _ => quick_compare(a, b, cmp),
        };
        if !membership && !imm {
            if Value::both_floats(a, b) {
                (*at).op = match i.op.base() {
                    Op::JumpLt => Op::JumpLtFloat,
                    Op::JumpNotLt => Op::JumpNotLtFloat,
                    Op::JumpGt => Op::JumpGtFloat,
                    Op::JumpNotGt => Op::JumpNotGtFloat,
                    o => o,
                };
            } else if (*at).op != (*at).op.base() {
                (*at).op = (*at).op.base();
            }
        }
        let x = take(fp, code, i.a);
        let y = if imm {
            Ref::from_value(b)
        } else {
            take(fp, code, i.b)
        };
        let jump = match quick {
            Some(q) => q == (want || membership),
            None => match i.op {
                Op::JumpIn | Op::JumpNotIn => {
                    attempt!(vm, pc, fp, vm.contains(&y, &x)) == (i.op == Op::JumpIn)
                }
                _ => attempt!(vm, pc, fp, vm.compare_bool(&x, &y, cmp)) == want,
            },
        };
        drop(y);
        drop(x);
        if !rt().pending.is_empty() {
            vm.run_pending();
        }
        if jump {
            super::misc::jump_to(vm, pc, fp, i.c as i16 as isize)
        } else {
            (pc.add(1), fp)
        }
    }
}

/// Subscription.
#[inline(never)]
pub(crate) fn subscript(vm: &mut Vm, pc: Pc, fp: Fp) -> (Pc, Fp) {
    // SAFETY: operands are registers of the running frame.
    unsafe {
        vm.pc = pc;
        vm.fp = fp;
        let i = *pc;
        let at = pc as *mut Instr;
        let code = code_of(fp);
        match i.op.base() {
            Op::LoadSubscr => {
                let (o, k) = (*fp.add(i.b as usize), *fp.add(i.c as usize));
                let id = o.shape_id();
                (*at).op = if id == Kind::List as u32 && k.is_int() {
                    Op::LoadSubscrList
                } else if id == Kind::Tuple as u32 && k.is_int() {
                    Op::LoadSubscrTuple
                } else {
                    Op::LoadSubscr
                };
                let o = take(fp, code, i.b);
                let k = take(fp, code, i.c);
                if let Some(d) = o.exact::<DictObj>() {
                    let found = attempt!(vm, pc, fp, d.get(vm, &k));
                    let Some(v) = found else {
                        vm.key_error(&k);
                        return super::exc::raise(vm, pc, fp);
                    };
                    drop((o, k));
                    put(fp, i.a, v);
                    return next(vm, pc, fp, 1);
                }
                // A method written in Python runs in this same loop.
                let t = o.class();
                if t.has_flag(type_flag::HEAP)
                    && let Some(f) = vm.lookup(t, &intern_static("__getitem__"))
                    && f.exact::<FunctionObj>().is_some()
                {
                    return super::calls::push_call(vm, pc, fp, i.a, 1, f, [o, k]);
                }
                let r = attempt!(vm, pc, fp, vm.getitem(&o, &k));
                drop((o, k));
                put(fp, i.a, r);
                next(vm, pc, fp, 1)
            }
            Op::StoreSubscr => {
                let (o, k) = (*fp.add(i.a as usize), *fp.add(i.b as usize));
                (*at).op = if o.shape_id() == Kind::List as u32 && k.is_int() {
                    Op::StoreSubscrList
                } else {
                    Op::StoreSubscr
                };
                let o = take(fp, code, i.a);
                let k = take(fp, code, i.b);
                let v = take(fp, code, i.c);
                match o.exact::<DictObj>() {
                    Some(d) => attempt!(vm, pc, fp, d.set(vm, &k, v)),
                    None => attempt!(vm, pc, fp, vm.setitem(&o, &k, v)),
                }
                drop((o, k));
                next(vm, pc, fp, 1)
            }
            Op::DeleteSubscr => {
                let o = take(fp, code, i.a);
                let k = take(fp, code, i.b);
                attempt!(vm, pc, fp, vm.delitem(&o, &k));
                drop((o, k));
                next(vm, pc, fp, 1)
            }
            Op::LoadSlice => {
                let o = take(fp, code, i.b);
                let (start, stop) = (pull(fp, i.c), pull(fp, i.c + 1));
                let s = Ref::new(SliceObj {
                    start,
                    stop,
                    step: Ref::none(),
                });
                let r = attempt!(vm, pc, fp, vm.getitem(&o, &s));
                drop((o, s));
                put(fp, i.a, r);
                next(vm, pc, fp, 1)
            }
            Op::StoreSlice => {
                let o = take(fp, code, i.a);
                let v = take(fp, code, i.b);
                let (start, stop) = (pull(fp, i.c), pull(fp, i.c + 1));
                let s = Ref::new(SliceObj {
                    start,
                    stop,
                    step: Ref::none(),
                });
                attempt!(vm, pc, fp, vm.setitem(&o, &s, v));
                drop((o, s));
                next(vm, pc, fp, 1)
            }
            _ => {
                // BuildSlice.
                let (start, stop) = (pull(fp, i.b), pull(fp, i.b + 1));
                let step = if i.c == 3 {
                    pull(fp, i.b + 2)
                } else {
                    Ref::none()
                };
                put(fp, i.a, Ref::new(SliceObj { start, stop, step }));
                (pc.add(1), fp)
            }
        }
    }
}
