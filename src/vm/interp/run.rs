//! The dispatch loop: hot bodies inline, everything else one call away.
//!
//! Only bodies that need no call on their common path stand here; a body that can't finish hands the whole instruction
//! to the family's `op`. `pc` and `fp` are never address-taken, so they stay in machine registers.

use super::exc::raise;
use super::frame::*;
use super::{Fp, Pc, arith, attrs, build, calls, coro, exc, iters, matching, misc, names, quick};
use crate::Vm;
use crate::value::header::{Header, Kind};
use crate::value::object::Obj;
use crate::value::runtime::SAFEPOINT;
use crate::value::*;
use std::sync::atomic::Ordering;
use taipan_bytecode::{Instr, Op};

/// Where `pc` points when the loop is to be left.
pub(crate) static EXIT: Instr = Instr {
    op: Op::Exit,
    a: 0,
    b: 0,
    c: 0,
};

/// The instruction at hand. Operands are read where they are used: volatile, because the compiler would else decode all of them in
/// all their forms before each dispatch.
#[derive(Clone, Copy)]
struct At(Pc);
impl At {
    #[inline(always)]
    fn op(self) -> Op {
        // SAFETY: `pc` points to an instruction of verified code.
        unsafe { (*self.0).op }
    }
    #[inline(always)]
    fn a(self) -> u16 {
        // SAFETY: as above.
        unsafe { std::ptr::read_volatile(&raw const (*self.0).a) }
    }
    #[inline(always)]
    fn b(self) -> u16 {
        // SAFETY: as above.
        unsafe { std::ptr::read_volatile(&raw const (*self.0).b) }
    }
    #[inline(always)]
    fn c(self) -> u16 {
        // SAFETY: as above.
        unsafe { std::ptr::read_volatile(&raw const (*self.0).c) }
    }
    #[inline(always)]
    fn bc(self) -> i32 {
        (self.b() as u32 | (self.c() as u32) << 16) as i32
    }
}

/// How many items of a list are unpacked without the heap.
const MOST_AT_ONCE: usize = 16;

/// Drops what a register held; at zero, runs the finalisers that this makes due.
#[inline(always)]
unsafe fn drop_word(vm: &mut Vm, v: Value, pc: Pc, fp: Fp) {
    if v.is_ptr() {
        // SAFETY: a pointer word owns a reference to a live object.
        unsafe {
            let h: &Header = &*v.header();
            let n = h.count.get().wrapping_sub(1);
            h.count.set(n);
            if n == 0 {
                drop_last(vm, v, pc, fp);
            }
        }
    }
}

#[cold]
#[inline(never)]
fn drop_last(vm: &mut Vm, v: Value, pc: Pc, fp: Fp) {
    refs::dealloc(v.header());
    if !rt().pending.is_empty() {
        vm.pc = pc;
        vm.fp = fp;
        vm.run_pending();
    }
}

#[cold]
#[inline(never)]
fn poll(vm: &mut Vm, pc: Pc, fp: Fp) -> (Pc, Fp) {
    vm.pc = pc;
    vm.fp = fp;
    match vm.safepoint() {
        Ok(()) => (pc, fp),
        Err(_) => raise(vm, pc, fp),
    }
}

/// Runs from `pc` in frame `fp` until the entry frame is left. The outcome is in `vm.exit`, `vm.result`, `vm.exc`.
pub(crate) fn run(vm: &mut Vm, mut pc: Pc, mut fp: Fp) {
    // SAFETY: the compiler's code is verified: operands are registers of the frame, jumps lead to instructions of the
    // code; the ownership rules of `ops.rs` hold for each body.
    unsafe {
        macro_rules! r {
            ($i:expr) => {
                *fp.add($i as usize)
            };
        }
        macro_rules! put {
            ($i:expr, $v:expr) => {{
                let p = fp.add($i as usize);
                let old = *p;
                *p = $v;
                drop_word(vm, old, pc, fp);
            }};
        }
        macro_rules! go {
            ($n:expr) => {{
                pc = pc.add($n);
                continue;
            }};
        }
        macro_rules! jump {
            ($off:expr, $words:expr) => {{
                let off = $off as isize;
                pc = pc.offset($words + off);
                if off < 0 && SAFEPOINT.load(Ordering::Relaxed) != 0 {
                    (pc, fp) = poll(vm, pc, fp);
                }
                continue;
            }};
        }
        macro_rules! slow {
            ($f:path) => {{
                (pc, fp) = $f(vm, pc, fp);
                continue;
            }};
        }
        // What often ends the loop asks at once, instead of by way of an `Exit` instruction that the processor would have to foresee.
        macro_rules! leave {
            ($e:expr) => {{
                (pc, fp) = $e;
                if std::ptr::eq(pc, &EXIT) {
                    return;
                }
                continue;
            }};
        }
        macro_rules! int_op {
            ($i:ident, $a:expr, $b:expr, $f:ident, $adj:expr) => {{
                let (a, b) = ($a, $b);
                if Value::both_ints(a, b) {
                    let (s, o) = (a.0 as i64).$f((b.0 as i64).wrapping_sub($adj));
                    if !o {
                        put!($i.a(), Value(s as u64));
                        go!(1);
                    }
                }
                slow!(arith::op)
            }};
        }
        macro_rules! float_op {
            ($i:ident, $op:tt) => {{
                let (a, b) = (r!($i.b()), r!($i.c()));
                if Value::both_floats(a, b) {
                    if let Some(v) = Value::small_float(a.float() $op b.float()) {
                        put!($i.a(), v);
                        go!(1);
                    }
                }
                slow!(arith::op)
            }};
        }
        macro_rules! cmp_jump {
            ($i:ident, $a:expr, $b:expr, $op:tt, $want:expr) => {
                cmp_jump!($i, $a, $b, $op, $want, arith::compare_jump)
            };
            ($i:ident, $a:expr, $b:expr, $op:tt, $want:expr, $slow:path) => {{
                let (a, b) = ($a, $b);
                if Value::both_ints(a, b) {
                    if ((a.0 as i64) $op (b.0 as i64)) == $want {
                        jump!($i.c() as i16, 1);
                    }
                    go!(1);
                }
                slow!($slow)
            }};
        }
        macro_rules! float_jump {
            ($i:ident, $op:tt, $want:expr) => {{
                let (a, b) = (r!($i.a()), r!($i.b()));
                if Value::both_floats(a, b) {
                    if (a.float() $op b.float()) == $want {
                        jump!($i.c() as i16, 1);
                    }
                    go!(1);
                }
                slow!(arith::compare_jump)
            }};
        }
        macro_rules! imm {
            ($x:expr) => {
                Value::int_unchecked($x as i16 as i64)
            };
        }
        macro_rules! compare {
            ($i:ident, $op:tt) => {
                compare!($i, $op, arith::compare)
            };
            ($i:ident, $op:tt, $slow:path) => {{
                let (a, b) = (r!($i.b()), r!($i.c()));
                if Value::both_ints(a, b) {
                    put!($i.a(), Value::bool((a.0 as i64) $op (b.0 as i64)));
                    go!(1);
                }
                slow!($slow)
            }};
        }
        loop {
            let i = At(pc);
            match i.op() {
                Op::Exit => return,
                Op::Nop => go!(1),
                Op::Move => {
                    let v = r!(i.b());
                    r!(i.b()) = Value::UNDEFINED;
                    put!(i.a(), v);
                    go!(1)
                }
                Op::Copy => {
                    let v = r!(i.b());
                    v.incref();
                    put!(i.a(), v);
                    go!(1)
                }
                Op::LoadConst => {
                    let v = Value(*(pc.add(1) as *const u64));
                    v.incref();
                    put!(i.a(), v);
                    go!(2)
                }
                Op::LoadInt => {
                    put!(i.a(), imm!(i.b()));
                    go!(1)
                }
                Op::LoadNone => {
                    put!(i.a(), Value::NONE);
                    go!(1)
                }
                Op::Drop | Op::ClearLocal => {
                    put!(i.a(), Value::UNDEFINED);
                    go!(1)
                }
                Op::CheckLocal => {
                    if !r!(i.a()).is_undefined() {
                        go!(1)
                    }
                    slow!(names::op)
                }
                Op::LoadCell => {
                    let v = (*payload_of::<CellObj>(r!(i.b())).value.raw()).0;
                    if !v.is_undefined() {
                        v.incref();
                        put!(i.a(), v);
                        go!(1)
                    }
                    slow!(names::op)
                }
                Op::LoadFree => {
                    let cell = func_of(fp).closure.get_unchecked(i.b() as usize).0;
                    let v = (*payload_of::<CellObj>(cell).value.raw()).0;
                    if !v.is_undefined() {
                        v.incref();
                        put!(i.a(), v);
                        go!(1)
                    }
                    slow!(names::op)
                }
                Op::LoadGlobalModule | Op::LoadNameModule => {
                    let d = &*payload_of::<DictObj>(func_of(fp).globals.0).d.raw();
                    let cache = *(pc.add(1) as *const u64);
                    if d.current_version() == cache as u32 {
                        let v = d.entries.get_unchecked((cache >> 32) as usize).value.0;
                        v.incref();
                        put!(i.a(), v);
                        go!(3)
                    }
                    slow!(names::op)
                }
                Op::LoadGlobalBuiltin | Op::LoadNameBuiltin => {
                    let f = func_of(fp);
                    let g = &*payload_of::<DictObj>(f.globals.0).d.raw();
                    let b = &*payload_of::<DictObj>(f.builtins.0).d.raw();
                    let cache = *(pc.add(1) as *const u64);
                    if g.current_version() == cache as u32
                        && b.current_version() == (cache >> 32) as u32
                    {
                        let at = *(pc.add(2) as *const u64);
                        let v = b.entries.get_unchecked(at as usize).value.0;
                        v.incref();
                        put!(i.a(), v);
                        go!(3)
                    }
                    slow!(names::op)
                }
                Op::LoadAttrSlot => {
                    let o = r!(i.b());
                    let cache = *(pc.add(1) as *const u64);
                    if o.shape_id() == cache as u32 && o.is_ptr() {
                        let v = *((o.0 + (cache >> 32)) as *const Value);
                        if !v.is_undefined() {
                            v.incref();
                            put!(i.a(), v);
                            go!(3)
                        }
                    }
                    slow!(attrs::load)
                }
                Op::LoadAttrSlotTemp => {
                    let o = r!(i.b());
                    let cache = *(pc.add(1) as *const u64);
                    if o.shape_id() == cache as u32 && o.is_ptr() {
                        let v = *((o.0 + (cache >> 32)) as *const Value);
                        if !v.is_undefined() {
                            v.incref();
                            r!(i.b()) = Value::UNDEFINED;
                            drop_word(vm, o, pc, fp);
                            put!(i.a(), v);
                            go!(3)
                        }
                    }
                    slow!(attrs::load)
                }
                Op::StoreAttrSlot => {
                    let o = r!(i.a());
                    let cache = *(pc.add(1) as *const u64);
                    if o.shape_id() == cache as u32 && o.is_ptr() {
                        let flags = *(pc.add(2) as *const u64);
                        let v = r!(i.b());
                        if flags & 1 != 0 {
                            r!(i.b()) = Value::UNDEFINED;
                        } else {
                            v.incref();
                        }
                        let p = (o.0 + (cache >> 32)) as *mut Value;
                        let old = *p;
                        *p = v;
                        if flags & 2 != 0 {
                            r!(i.a()) = Value::UNDEFINED;
                            drop_word(vm, o, pc, fp);
                        }
                        drop_word(vm, old, pc, fp);
                        go!(3)
                    }
                    slow!(attrs::store)
                }
                Op::StoreAttrAdd => {
                    let o = r!(i.a());
                    let cache = *(pc.add(1) as *const u64);
                    if o.shape_id() == cache as u32 && o.is_ptr() {
                        let extra = *(pc.add(2) as *const u64);
                        let v = r!(i.b());
                        if extra & 1 != 0 {
                            r!(i.b()) = Value::UNDEFINED;
                        } else {
                            v.incref();
                        }
                        *((o.0 + (cache >> 32)) as *mut Value) = v;
                        (*o.header()).shape.set((extra >> 32) as u32);
                        if extra & 2 != 0 {
                            r!(i.a()) = Value::UNDEFINED;
                            drop_word(vm, o, pc, fp);
                        }
                        go!(3)
                    }
                    slow!(attrs::store)
                }
                Op::LoadMethodClass => {
                    let o = r!(i.b());
                    let cache = *(pc.add(1) as *const u64);
                    if o.shape_id() == cache as u32
                        && o.is_ptr()
                        && crate::protocol::attr::CLASS_EPOCH.load(Ordering::Relaxed) & 0x7fff_ffff
                            == (cache >> 32) as u32 & 0x7fff_ffff
                    {
                        if cache >> 63 != 0 {
                            r!(i.b()) = Value::UNDEFINED;
                        } else {
                            o.incref();
                        }
                        let f = Value(*(pc.add(2) as *const u64));
                        f.incref();
                        put!(i.a(), f);
                        put!(i.a() + 4, o);
                        go!(3)
                    }
                    slow!(attrs::load_method)
                }
                Op::Add => int_op!(i, r!(i.b()), r!(i.c()), overflowing_add, 1),
                Op::IAdd => int_op!(i, r!(i.b()), r!(i.c()), overflowing_add, 1),
                Op::AddImm | Op::IAddImm => int_op!(i, r!(i.b()), imm!(i.c()), overflowing_add, 1),
                Op::Sub | Op::ISub => {
                    let (a, b) = (r!(i.b()), r!(i.c()));
                    if Value::both_ints(a, b) {
                        let (s, o) = (a.0 as i64).overflowing_sub(b.0 as i64);
                        if !o {
                            put!(i.a(), Value(s as u64 + 1));
                            go!(1);
                        }
                    }
                    slow!(arith::op)
                }
                Op::SubImm | Op::ISubImm => {
                    let (a, b) = (r!(i.b()), imm!(i.c()));
                    if a.is_int() {
                        let (s, o) = (a.0 as i64).overflowing_sub(b.0 as i64);
                        if !o {
                            put!(i.a(), Value(s as u64 + 1));
                            go!(1);
                        }
                    }
                    slow!(arith::op)
                }
                Op::Mul | Op::IMul => {
                    let (a, b) = (r!(i.b()), r!(i.c()));
                    if Value::both_ints(a, b) {
                        let (p, o) = ((a.0 - 1) as i64).overflowing_mul(b.int());
                        if !o {
                            put!(i.a(), Value(p as u64 | 1));
                            go!(1);
                        }
                    }
                    slow!(arith::op)
                }
                Op::MulImm => {
                    let a = r!(i.b());
                    if a.is_int() {
                        let (p, o) = ((a.0 - 1) as i64).overflowing_mul(i.c() as i16 as i64);
                        if !o {
                            put!(i.a(), Value(p as u64 | 1));
                            go!(1);
                        }
                    }
                    slow!(arith::op)
                }
                Op::And => {
                    let (a, b) = (r!(i.b()), r!(i.c()));
                    if Value::both_ints(a, b) {
                        put!(i.a(), Value(a.0 & b.0));
                        go!(1);
                    }
                    slow!(arith::op)
                }
                Op::AndImm => {
                    let a = r!(i.b());
                    if a.is_int() {
                        put!(i.a(), Value(a.0 & imm!(i.c()).0));
                        go!(1);
                    }
                    slow!(arith::op)
                }
                Op::Or => {
                    let (a, b) = (r!(i.b()), r!(i.c()));
                    if Value::both_ints(a, b) {
                        put!(i.a(), Value(a.0 | b.0));
                        go!(1);
                    }
                    slow!(arith::op)
                }
                Op::Xor => {
                    let (a, b) = (r!(i.b()), r!(i.c()));
                    if Value::both_ints(a, b) {
                        put!(i.a(), Value((a.0 ^ b.0) | 1));
                        go!(1);
                    }
                    slow!(arith::op)
                }
                Op::RShiftImm => {
                    let a = r!(i.b());
                    if a.is_int() && i.c() < 63 {
                        put!(i.a(), Value::int_unchecked(a.int() >> i.c()));
                        go!(1);
                    }
                    slow!(arith::op)
                }
                Op::LShiftImm => {
                    let a = r!(i.b());
                    if a.is_int() && i.c() < 32 && a.int().unsigned_abs() < 1 << 30 {
                        put!(i.a(), Value::int_unchecked(a.int() << i.c()));
                        go!(1);
                    }
                    slow!(arith::op)
                }
                Op::FloorDivImm => {
                    let a = r!(i.b());
                    let d = i.c() as i16 as i64;
                    if a.is_int() && d > 0 {
                        put!(i.a(), Value::int_unchecked(a.int().div_euclid(d)));
                        go!(1);
                    }
                    slow!(arith::op)
                }
                Op::ModImm => {
                    let a = r!(i.b());
                    let d = i.c() as i16 as i64;
                    if a.is_int() && d > 0 {
                        put!(i.a(), Value::int_unchecked(a.int().rem_euclid(d)));
                        go!(1);
                    }
                    slow!(arith::op)
                }
                Op::AddFloat | Op::IAddFloat => float_op!(i, +),
                Op::SubFloat | Op::ISubFloat => float_op!(i, -),
                Op::MulFloat | Op::IMulFloat => float_op!(i, *),
                Op::TrueDivFloat => {
                    let (a, b) = (r!(i.b()), r!(i.c()));
                    if Value::both_floats(a, b)
                        && b.float() != 0.0
                        && let Some(v) = Value::small_float(a.float() / b.float())
                    {
                        put!(i.a(), v);
                        go!(1);
                    }
                    slow!(arith::op)
                }
                Op::Lt => compare!(i, <),
                Op::Le => compare!(i, <=),
                Op::Eq => compare!(i, ==, quick::equal),
                Op::Ne => compare!(i, !=, quick::equal),
                Op::Gt => compare!(i, >),
                Op::Ge => compare!(i, >=),
                Op::Jump => jump!(i.bc(), 1),
                Op::JumpIfTrue => {
                    let v = r!(i.a());
                    if v == Value::TRUE {
                        jump!(i.bc(), 1)
                    }
                    if v == Value::FALSE || v == Value::NONE {
                        go!(1)
                    }
                    slow!(quick::truth_jump)
                }
                Op::JumpIfFalse => {
                    let v = r!(i.a());
                    if v == Value::FALSE || v == Value::NONE {
                        jump!(i.bc(), 1)
                    }
                    if v == Value::TRUE {
                        go!(1)
                    }
                    slow!(quick::truth_jump)
                }
                Op::JumpIs | Op::JumpIsNot => {
                    let (a, b) = (r!(i.a()), r!(i.b()));
                    let to = if (a == b) == (i.op() == Op::JumpIs) {
                        i.c() as i16 as isize
                    } else {
                        0
                    };
                    if a.is_ptr() && i.a() as u32 >= code_of(fp).nlocals {
                        put!(i.a(), Value::UNDEFINED);
                    }
                    if b.is_ptr() && i.b() as u32 >= code_of(fp).nlocals {
                        put!(i.b(), Value::UNDEFINED);
                    }
                    jump!(to, 1)
                }
                Op::JumpLt => cmp_jump!(i, r!(i.a()), r!(i.b()), <, true),
                Op::JumpLe => cmp_jump!(i, r!(i.a()), r!(i.b()), <=, true),
                Op::JumpEq => cmp_jump!(i, r!(i.a()), r!(i.b()), ==, true, quick::equal_jump),
                Op::JumpNe => cmp_jump!(i, r!(i.a()), r!(i.b()), !=, true, quick::equal_jump),
                Op::JumpGt => cmp_jump!(i, r!(i.a()), r!(i.b()), >, true),
                Op::JumpGe => cmp_jump!(i, r!(i.a()), r!(i.b()), >=, true),
                Op::JumpNotLt => cmp_jump!(i, r!(i.a()), r!(i.b()), <, false),
                Op::JumpNotLe => cmp_jump!(i, r!(i.a()), r!(i.b()), <=, false),
                Op::JumpNotEq => cmp_jump!(i, r!(i.a()), r!(i.b()), ==, false, quick::equal_jump),
                Op::JumpNotNe => cmp_jump!(i, r!(i.a()), r!(i.b()), !=, false, quick::equal_jump),
                Op::JumpNotGt => cmp_jump!(i, r!(i.a()), r!(i.b()), >, false),
                Op::JumpNotGe => cmp_jump!(i, r!(i.a()), r!(i.b()), >=, false),
                Op::JumpLtImm => cmp_jump!(i, r!(i.a()), imm!(i.b()), <, true),
                Op::JumpLeImm => cmp_jump!(i, r!(i.a()), imm!(i.b()), <=, true),
                Op::JumpEqImm => cmp_jump!(i, r!(i.a()), imm!(i.b()), ==, true),
                Op::JumpNeImm => cmp_jump!(i, r!(i.a()), imm!(i.b()), !=, true),
                Op::JumpGtImm => cmp_jump!(i, r!(i.a()), imm!(i.b()), >, true),
                Op::JumpGeImm => cmp_jump!(i, r!(i.a()), imm!(i.b()), >=, true),
                Op::JumpNotLtImm => cmp_jump!(i, r!(i.a()), imm!(i.b()), <, false),
                Op::JumpNotLeImm => cmp_jump!(i, r!(i.a()), imm!(i.b()), <=, false),
                Op::JumpNotEqImm => cmp_jump!(i, r!(i.a()), imm!(i.b()), ==, false),
                Op::JumpNotNeImm => cmp_jump!(i, r!(i.a()), imm!(i.b()), !=, false),
                Op::JumpNotGtImm => cmp_jump!(i, r!(i.a()), imm!(i.b()), >, false),
                Op::JumpNotGeImm => cmp_jump!(i, r!(i.a()), imm!(i.b()), >=, false),
                Op::JumpLtFloat => float_jump!(i, <, true),
                Op::JumpNotLtFloat => float_jump!(i, <, false),
                Op::JumpGtFloat => float_jump!(i, >, true),
                Op::JumpNotGtFloat => float_jump!(i, >, false),
                Op::JumpIfNone => {
                    let v = r!(i.a());
                    let to = if v.is_none() { i.bc() } else { 0 };
                    if v.is_ptr() && i.a() as u32 >= code_of(fp).nlocals {
                        put!(i.a(), Value::UNDEFINED);
                    }
                    jump!(to, 1)
                }
                Op::JumpIfNotNone => {
                    let v = r!(i.a());
                    let to = if v.is_none() { 0 } else { i.bc() };
                    if v.is_ptr() && i.a() as u32 >= code_of(fp).nlocals {
                        put!(i.a(), Value::UNDEFINED);
                    }
                    jump!(to, 1)
                }
                Op::LoadSubscrList => {
                    let (o, k) = (r!(i.b()), r!(i.c()));
                    if o.shape_id() == Kind::List as u32 && k.is_int() {
                        let v = &*(*(o.header() as *const Obj<ListObj>)).payload.items.raw();
                        let n = k.int();
                        let at = if n < 0 { n + v.len() as i64 } else { n } as usize;
                        if at < v.len() {
                            let x = v.get_unchecked(at).0;
                            x.incref();
                            if i.b() as u32 >= code_of(fp).nlocals {
                                r!(i.b()) = Value::UNDEFINED;
                                drop_word(vm, o, pc, fp);
                            }
                            put!(i.a(), x);
                            go!(1)
                        }
                    }
                    slow!(arith::subscript)
                }
                Op::LoadSubscrTuple => {
                    let (o, k) = (r!(i.b()), r!(i.c()));
                    if o.shape_id() == Kind::Tuple as u32 && k.is_int() {
                        let v = payload_of::<TupleObj>(o).items();
                        let n = k.int();
                        let at = if n < 0 { n + v.len() as i64 } else { n } as usize;
                        if at < v.len() {
                            let x = v.get_unchecked(at).0;
                            x.incref();
                            if i.b() as u32 >= code_of(fp).nlocals {
                                r!(i.b()) = Value::UNDEFINED;
                                drop_word(vm, o, pc, fp);
                            }
                            put!(i.a(), x);
                            go!(1)
                        }
                    }
                    slow!(arith::subscript)
                }
                Op::StoreSubscrList => {
                    let (o, k) = (r!(i.a()), r!(i.b()));
                    if o.shape_id() == Kind::List as u32 && k.is_int() {
                        let v = &mut *(*(o.header() as *const Obj<ListObj>)).payload.items.raw();
                        let n = k.int();
                        let at = if n < 0 { n + v.len() as i64 } else { n } as usize;
                        if at < v.len() {
                            let nlocals = code_of(fp).nlocals;
                            let x = r!(i.c());
                            if i.c() as u32 >= nlocals {
                                r!(i.c()) = Value::UNDEFINED;
                            } else {
                                x.incref();
                            }
                            let p = v.get_unchecked_mut(at);
                            let old = p.0;
                            p.0 = x;
                            if i.a() as u32 >= nlocals {
                                r!(i.a()) = Value::UNDEFINED;
                                drop_word(vm, o, pc, fp);
                            }
                            drop_word(vm, old, pc, fp);
                            go!(1)
                        }
                    }
                    slow!(arith::subscript)
                }
                Op::ForIterRange => {
                    let it = r!(i.a());
                    if it.shape_id() == Kind::RangeIter as u32 {
                        let p = payload_of::<RangeIterObj>(it);
                        let left = p.left.get();
                        if left != 0 {
                            let v = p.next.get();
                            p.left.set(left - 1);
                            p.next.set(v.wrapping_add(p.step));
                            put!(i.b(), Value::int_unchecked(v));
                            jump!(i.c() as i16, 1)
                        }
                        put!(i.a(), Value::UNDEFINED);
                        go!(1)
                    }
                    slow!(iters::for_iter)
                }
                Op::ForIterList => {
                    let it = r!(i.a());
                    if it.shape_id() == Kind::ListIter as u32 {
                        let p = payload_of::<ListIterObj>(it);
                        let seq = (*p.seq.raw()).0;
                        if !seq.is_undefined() {
                            let v = &*payload_of::<ListObj>(seq).items.raw();
                            let at = p.at.get();
                            if at < v.len() {
                                let x = v.get_unchecked(at).0;
                                x.incref();
                                p.at.set(at + 1);
                                put!(i.b(), x);
                                jump!(i.c() as i16, 1)
                            }
                        }
                    }
                    slow!(iters::for_iter)
                }
                Op::ForIterTuple => {
                    let it = r!(i.a());
                    if it.shape_id() == Kind::TupleIter as u32 {
                        let p = payload_of::<TupleIterObj>(it);
                        let seq = (*p.seq.raw()).0;
                        if !seq.is_undefined() {
                            let v = payload_of::<TupleObj>(seq).items();
                            let at = p.at.get();
                            if at < v.len() {
                                let x = v.get_unchecked(at).0;
                                x.incref();
                                p.at.set(at + 1);
                                put!(i.b(), x);
                                jump!(i.c() as i16, 1)
                            }
                        }
                    }
                    slow!(iters::for_iter)
                }
                Op::ForIterGen => {
                    let it = r!(i.a());
                    if it.shape_id() == Kind::Generator as u32
                        && let Some(on) =
                            coro::resume_for(vm, pc, fp, payload_of::<GeneratorObj>(it))
                    {
                        (pc, fp) = on;
                        continue;
                    }
                    slow!(iters::for_iter)
                }
                Op::CallPy => {
                    let window = fp.add(i.a() as usize);
                    let callee = *window;
                    if callee.shape_id() == Kind::Function as u32 {
                        let func = payload_of::<FunctionObj>(callee);
                        let code = payload_of::<CodeObj>((*func.code.raw()).0);
                        let new_fp = window.add(4);
                        let n = i.b() as usize;
                        if code.entry == i.b() as u32
                            && vm.depth < vm.recursion_limit
                            && (new_fp as usize)
                                < vm.stack.end as usize - (code.nregs as usize + 16) * 8
                        {
                            vm.depth += 1;
                            *new_fp.sub(3) = Value::tagged(pc.add(2), ret::PLAIN);
                            *new_fp.sub(2) = Value::tagged(fp, 4);
                            *new_fp.sub(1) = Value::tagged(code as *const CodeObj, 4);
                            for k in n..code.nregs as usize {
                                *new_fp.add(k) = Value::UNDEFINED;
                            }
                            pc = code.instrs;
                            fp = new_fp;
                            if SAFEPOINT.load(Ordering::Relaxed) != 0 {
                                (pc, fp) = poll(vm, pc, fp);
                            }
                            continue;
                        }
                    }
                    slow!(calls::op)
                }
                Op::CallMethodPy => {
                    let window = fp.add(i.a() as usize);
                    let callee = *window;
                    if callee.shape_id() == Kind::Function as u32
                        && !(*window.add(4)).is_undefined()
                    {
                        let func = payload_of::<FunctionObj>(callee);
                        let code = payload_of::<CodeObj>((*func.code.raw()).0);
                        let new_fp = window.add(4);
                        let n = i.b() as usize + 1;
                        if code.entry == n as u32
                            && vm.depth < vm.recursion_limit
                            && (new_fp as usize)
                                < vm.stack.end as usize - (code.nregs as usize + 16) * 8
                        {
                            vm.depth += 1;
                            *new_fp.sub(3) = Value::tagged(pc.add(2), ret::PLAIN);
                            *new_fp.sub(2) = Value::tagged(fp, 4);
                            *new_fp.sub(1) = Value::tagged(code as *const CodeObj, 4);
                            for k in n..code.nregs as usize {
                                *new_fp.add(k) = Value::UNDEFINED;
                            }
                            pc = code.instrs;
                            fp = new_fp;
                            if SAFEPOINT.load(Ordering::Relaxed) != 0 {
                                (pc, fp) = poll(vm, pc, fp);
                            }
                            continue;
                        }
                    }
                    slow!(calls::op)
                }
                Op::Return | Op::ReturnNone => {
                    let v = if i.op() == Op::Return {
                        let p = fp.add(i.a() as usize);
                        let v = *p;
                        *p = Value::UNDEFINED;
                        v
                    } else {
                        Value::NONE
                    };
                    let word = *fp.sub(3);
                    let tag = word.0 & 7;
                    if tag <= ret::PLAIN || tag == ret::INIT && v.is_none() {
                        let n = code_of(fp).nlocals as usize;
                        for k in (0..n).rev() {
                            let p = fp.add(k);
                            let old = *p;
                            if old.is_ptr() {
                                *p = Value::UNDEFINED;
                                drop_word(vm, old, pc, fp);
                            }
                        }
                        let callee = *fp.sub(4);
                        if tag == ret::PLAIN {
                            *fp.sub(4) = v;
                        } else {
                            *fp.sub(4) = Value::UNDEFINED;
                        }
                        pc = word.untag::<Instr>();
                        let caller = caller_of(fp);
                        if tag == ret::INTO {
                            let to = (*fp.sub(5)).untag::<Value>();
                            let old = std::mem::replace(&mut *to, v);
                            fp = caller;
                            drop_word(vm, old, pc.sub(1), fp);
                        }
                        fp = caller;
                        vm.depth -= 1;
                        drop_word(vm, callee, pc.sub(1), fp);
                        continue;
                    }
                    leave!(calls::return_slow(vm, pc, fp, v));
                }
                Op::Yield => {
                    let v = r!(i.b());
                    if i.b() as u32 >= code_of(fp).nlocals {
                        r!(i.b()) = Value::UNDEFINED;
                    } else {
                        v.incref();
                    }
                    let leaf = gen_of(fp);
                    let root = &*leaf.root.get();
                    let w = root.words();
                    let resumer: Pc = (*w.add(1)).untag::<Instr>();
                    if i.c() == u16::MAX && !resumer.is_null() {
                        // Back to a `for` loop.
                        leaf.pc.set(pc);
                        leaf.state.set(GenState::Suspended);
                        root.leaf.set(leaf);
                        root.state.set(GenState::Suspended);
                        fp = (*w.add(2)).untag();
                        vm.depth -= 1;
                        pc = resumer;
                        let at = *resumer;
                        put!(at.b, v);
                        jump!(at.c as i16, 1)
                    }
                    leave!(coro::frame_yielded(vm, pc, fp, v, super::Exit::Yield));
                }

                Op::Call
                | Op::CallMethod
                | Op::CallKw
                | Op::CallMethodKw
                | Op::CallEx
                | Op::MakeFunction => slow!(calls::op),
                Op::CallPyBind | Op::CallMethodPyBind => slow!(calls::call_py_bind),
                Op::CallPyGen | Op::CallMethodPyGen => slow!(calls::call_py_gen),
                Op::CallClass => slow!(calls::call_class_op),
                Op::CallType => slow!(calls::call_type),
                Op::CallNative => slow!(calls::call_native),
                Op::CallMethodNative => slow!(calls::call_method_native),

                Op::AsyncForIter => {
                    // The next item of a native async generator that waits at a plain `yield`: straight into its frame.
                    let source = r!(i.b());
                    if source.shape_id() == Kind::AsyncGenerator as u32
                        && r!(i.b() + 1).is_undefined()
                        && (*pc.add(1)).a == u16::MAX
                    {
                        let g = payload_of::<GeneratorObj>(source);
                        let at = g.pc.get();
                        if g.state.get() == GenState::Suspended
                            && !g.async_running.get()
                            && g.awaiter.get().is_null()
                            && (*at).op == Op::AsyncYield
                            && (*at).c == u16::MAX
                        {
                            let outer = gen_of(fp);
                            let depth = outer.chain_depth.get() + 1;
                            if vm.depth + depth < vm.recursion_limit {
                                coro::enter_async(g, outer, pc, depth);
                                fp = g.regs();
                                pc = at.add(1);
                                put!((*at).a, Value::NONE);
                                continue;
                            }
                        }
                    }
                    slow!(coro::op)
                }
                Op::AsyncYield => {
                    let g = gen_of(fp);
                    if i.c() == u16::MAX
                        && let Some(outer) = g.awaiter.get().as_ref()
                    {
                        let v = r!(i.b());
                        if i.b() as u32 >= code_of(fp).nlocals {
                            r!(i.b()) = Value::UNDEFINED;
                        } else {
                            v.incref();
                        }
                        g.pc.set(pc);
                        g.state.set(GenState::Suspended);
                        g.leaf.set(g);
                        g.async_running.set(false);
                        g.awaiter.set(std::ptr::null());
                        outer.root.set(g.root.get());
                        outer.sp.set(g.sp.get());
                        outer.state.set(GenState::Running);
                        fp = outer.regs();
                        pc = outer.pc.get();
                        let at = *pc;
                        put!(at.a, v);
                        jump!(at.c as i16, 2)
                    }
                    slow!(coro::op)
                }
                Op::GetAwaitable | Op::GetYieldFromIter | Op::Delegate | Op::GetAIter => {
                    slow!(coro::op)
                }

                Op::DeleteLocal
                | Op::MakeCell
                | Op::StoreCell
                | Op::DeleteCell
                | Op::StoreFree
                | Op::DeleteFree
                | Op::LoadFreeCell
                | Op::LoadGlobal
                | Op::StoreGlobal
                | Op::StoreGlobalModule
                | Op::DeleteGlobal
                | Op::LoadName
                | Op::StoreName
                | Op::StoreNameModule
                | Op::DeleteName
                | Op::LoadFromDictOrGlobals
                | Op::LoadFromDictOrFree
                | Op::LoadLocals => slow!(names::op),

                Op::LoadAttr | Op::LoadAttrFar | Op::LoadAttrProperty => slow!(attrs::load),
                Op::LoadAttrClass => slow!(quick::load_class_attr),
                Op::LoadAttrModule => slow!(quick::load_module_attr),
                Op::LoadAttrType => slow!(quick::load_type_attr),
                Op::StoreAttr => slow!(attrs::store),
                Op::LoadMethod | Op::LoadMethodModule => slow!(attrs::load_method),
                Op::DeleteAttr | Op::LoadSuperAttr | Op::LoadSuperMethod | Op::LoadSpecial => {
                    slow!(attrs::op)
                }

                Op::LoadSubscr | Op::LoadSubscrDict => slow!(quick::load_subscr),
                Op::StoreSubscr | Op::StoreSubscrDict => slow!(quick::store_subscr),
                Op::LoadSlice => slow!(quick::load_slice),
                Op::StoreSlice => slow!(quick::store_slice),
                Op::DeleteSubscr | Op::BuildSlice => slow!(arith::subscript),

                Op::TrueDiv
                | Op::FloorDiv
                | Op::Mod
                | Op::Pow
                | Op::MatMul
                | Op::LShift
                | Op::RShift
                | Op::ITrueDiv
                | Op::IFloorDiv
                | Op::IMod
                | Op::IPow
                | Op::IMatMul
                | Op::ILShift
                | Op::IRShift
                | Op::IAnd
                | Op::IOr
                | Op::IXor => slow!(arith::op),
                Op::Neg | Op::Pos | Op::Invert => slow!(arith::unary),
                Op::Not => slow!(quick::not),
                Op::Is | Op::IsNot => slow!(arith::compare),
                Op::In | Op::NotIn => slow!(quick::contains),
                Op::JumpIn | Op::JumpNotIn => slow!(quick::in_jump),
                Op::JumpIfTrueKeep | Op::JumpIfFalseKeep => slow!(misc::jump_if),

                Op::Unpack => {
                    let v = r!(i.b());
                    let n = i.c() as usize;
                    let temp = i.b() as u32 >= code_of(fp).nlocals;
                    if v.shape_id() == Kind::Tuple as u32 {
                        let items = payload_of::<TupleObj>(v).items();
                        if items.len() == n {
                            // A target may be where the tuple itself is.
                            if temp {
                                r!(i.b()) = Value::UNDEFINED;
                            } else {
                                v.incref();
                            }
                            for (k, item) in items.iter().enumerate() {
                                let x = item.0;
                                x.incref();
                                put!(i.a() as usize + k, x);
                            }
                            drop_word(vm, v, pc, fp);
                            go!(1)
                        }
                    } else if v.shape_id() == Kind::List as u32 && n <= MOST_AT_ONCE {
                        let items = &*payload_of::<ListObj>(v).items.raw();
                        if items.len() == n {
                            // What a target held may have a finaliser that changes the list.
                            let mut held = [Value::UNDEFINED; MOST_AT_ONCE];
                            for (to, item) in held.iter_mut().zip(items) {
                                *to = item.0;
                                to.incref();
                            }
                            if temp {
                                r!(i.b()) = Value::UNDEFINED;
                                drop_word(vm, v, pc, fp);
                            }
                            for (k, &x) in held[..n].iter().enumerate() {
                                put!(i.a() as usize + k, x);
                            }
                            go!(1)
                        }
                    }
                    slow!(iters::op)
                }
                Op::Unpack2 => {
                    let v = r!(i.c());
                    if v.shape_id() == Kind::Tuple as u32
                        && let [x, y] = payload_of::<TupleObj>(v).items()
                    {
                        let (x, y) = (x.0, y.0);
                        x.incref();
                        y.incref();
                        if i.c() as u32 >= code_of(fp).nlocals {
                            r!(i.c()) = Value::UNDEFINED;
                            drop_word(vm, v, pc, fp);
                        }
                        put!(i.a(), x);
                        put!(i.b(), y);
                        go!(1)
                    }
                    slow!(iters::op)
                }
                Op::ListAppend => {
                    let v = r!(i.b());
                    if i.b() as u32 >= code_of(fp).nlocals {
                        r!(i.b()) = Value::UNDEFINED;
                    } else {
                        v.incref();
                    }
                    let items = &mut *payload_of::<ListObj>(r!(i.a())).items.raw();
                    items.push(Ref::from_value(v));
                    go!(1)
                }
                Op::GetIter => slow!(quick::get_iter),
                Op::UnpackEx => slow!(iters::op),
                Op::ForIter => slow!(iters::for_iter),

                Op::BuildTuple => slow!(quick::build_tuple),
                Op::BuildList => slow!(quick::build_list),
                Op::SetAdd | Op::MapAdd => slow!(quick::add_to),
                Op::FormatSimple => slow!(quick::format_simple),
                Op::BuildSet
                | Op::BuildMap
                | Op::BuildString
                | Op::ListExtend
                | Op::SetUpdate
                | Op::DictUpdate
                | Op::DictMerge
                | Op::ListToTuple
                | Op::FormatWithSpec
                | Op::Convert
                | Op::BuildInterpolation
                | Op::BuildTemplate => slow!(build::op),

                Op::Raise
                | Op::RaiseFrom
                | Op::RaiseCurrent
                | Op::Reraise
                | Op::PushExc
                | Op::PopExc
                | Op::JumpIfNoMatch
                | Op::CheckExcStar
                | Op::PrepReraiseStar
                | Op::LoadExcArgs
                | Op::LoadAssertionError => slow!(exc::op),

                Op::MatchSequence
                | Op::MatchMapping
                | Op::MatchKeys
                | Op::MatchClass
                | Op::MatchRest
                | Op::GetLen => slow!(matching::op),
                Op::ImportName
                | Op::ImportFrom
                | Op::ImportStar
                | Op::LoadBuildClass
                | Op::PrintExpr
                | Op::Intrinsic => slow!(misc::op),
            }
        }
    }
}
