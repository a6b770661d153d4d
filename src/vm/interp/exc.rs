//! Raising, unwinding and the instructions of exception handlers.

use super::frame::*;
use super::run::EXIT;
use super::{Exit, Fp, Pc};
use crate::value::*;
use crate::{R, Vm, errors};
use taipan_bytecode::Op;

/// Something raised at `pc`: goes to the handler, in this frame or further out, or leaves the loop.
#[cold]
#[inline(never)]
pub(crate) fn raise(vm: &mut Vm, pc: Pc, fp: Fp) -> (Pc, Fp) {
    unwind(vm, pc, fp, true)
}

/// `trace`: whether the frame at hand gets a traceback entry (re-raising at the same place adds none).
pub(crate) fn unwind(vm: &mut Vm, mut pc: Pc, mut fp: Fp, mut trace: bool) -> (Pc, Fp) {
    // SAFETY: `fp` is the running frame and `pc` one of its instructions; the loop walks outwards by the frame words.
    unsafe {
        if !rt().pending.is_empty() {
            vm.pc = pc;
            vm.fp = fp;
            vm.run_pending();
        }
        loop {
            vm.pc = pc;
            vm.fp = fp;
            let code = code_of(fp);
            let index = pc.offset_from(code.instrs) as u32;
            if trace {
                vm.add_traceback(fp, index);
            }
            trace = true;
            let exc = vm.take_exc();
            if let Some(e) = code
                .code
                .exceptions
                .iter()
                .find(|e| e.start <= index && index < e.end)
            {
                for i in e.depth as u32..code.nregs {
                    let p = fp.add(i as usize);
                    if (*p).is_ptr() {
                        std::mem::replace(&mut *p, Value::UNDEFINED).decref();
                    }
                }
                *fp.add(e.exc as usize) = exc.into_value();
                if !rt().pending.is_empty() {
                    vm.run_pending();
                }
                return (code.instrs.add(e.handler as usize), fp);
            }
            vm.exc = Some(exc);
            // The frame ends.
            if code.flags & GENERATOR_KINDS != 0 {
                match super::coro::frame_raised(vm, fp, index) {
                    Ok((p, f)) => {
                        if let Some(on) = super::coro::ends_async_for(vm, p, f) {
                            return on;
                        }
                        pc = p;
                        fp = f;
                        continue;
                    }
                    Err(exit) => return exit,
                }
            }
            if (*fp.sub(3)).0 & 7 == ret::SPECIAL {
                vm.detach_frame(fp, index);
            }
            super::calls::drop_registers(fp, code.nregs);
            let word = *fp.sub(3);
            let caller = caller_of(fp);
            std::mem::replace(&mut *fp.sub(4), Value::UNDEFINED).decref();
            if word.0 & 7 == ret::ENTRY {
                vm.exit = Exit::Raised;
                return (&EXIT, fp);
            }
            vm.depth -= 1;
            pc = (word.untag::<taipan_bytecode::Instr>() as Pc).sub(1);
            fp = caller;
        }
    }
}

/// Gives an error from Rust code to the unwinder, or goes on.
macro_rules! attempt {
    ($vm:ident, $pc:ident, $fp:ident, $e:expr) => {
        match $e {
            Ok(v) => v,
            Err(_) => return $crate::interp::exc::raise($vm, $pc, $fp),
        }
    };
}
pub(crate) use attempt;

/// The value of an operand, owned: a local is cloned, a temporary taken.
#[inline(always)]
pub(crate) unsafe fn take(fp: Fp, code: &CodeObj, i: u16) -> Ref {
    // SAFETY: operands are registers of the frame.
    unsafe {
        let p = fp.add(i as usize);
        if i as u32 >= code.nlocals {
            Ref::from_value(std::mem::replace(&mut *p, Value::UNDEFINED))
        } else {
            (*p).to_ref()
        }
    }
}
/// Writes a result.
#[inline(always)]
pub(crate) unsafe fn put(fp: Fp, i: u16, v: Ref) {
    // SAFETY: `i` is a register of the frame; what was there is dropped, which runs no Python code.
    unsafe {
        let old = std::mem::replace(&mut *fp.add(i as usize), v.into_value());
        old.decref();
    }
}
/// A temporary, taken.
#[inline(always)]
pub(crate) unsafe fn pull(fp: Fp, i: u16) -> Ref {
    // SAFETY: `i` is a register of the frame.
    unsafe {
        Ref::from_value(std::mem::replace(
            &mut *fp.add(i as usize),
            Value::UNDEFINED,
        ))
    }
}
/// After an instruction that may have dropped something: finalisers that are due, then the next instruction.
#[inline(always)]
pub(crate) unsafe fn next(vm: &mut Vm, pc: Pc, fp: Fp, words: usize) -> (Pc, Fp) {
    if !rt().pending.is_empty() {
        vm.run_pending();
    }
    // SAFETY: code ends with a return or a jump, so there is a next instruction.
    unsafe { (pc.add(words), fp) }
}

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
            Op::Raise => {
                let v = take(fp, code, i.a);
                let exc = attempt!(vm, pc, fp, to_raise(vm, &v));
                vm.raise(exc);
                raise(vm, pc, fp)
            }
            Op::RaiseFrom => {
                let v = take(fp, code, i.a);
                let cause = take(fp, code, i.b);
                let exc = attempt!(vm, pc, fp, to_raise(vm, &v));
                attempt!(vm, pc, fp, set_cause(vm, &exc, &cause));
                vm.raise(exc);
                raise(vm, pc, fp)
            }
            Op::RaiseCurrent => {
                let exc = vm.current_handled();
                if exc.is_none() {
                    vm.runtime_error("No active exception to reraise");
                    return raise(vm, pc, fp);
                }
                vm.reraise(exc);
                unwind(vm, pc, fp, false)
            }
            Op::Reraise => {
                let v = take(fp, code, i.a);
                vm.reraise(v);
                unwind(vm, pc, fp, false)
            }
            Op::PushExc => {
                let new = (*fp.add(i.b as usize)).to_ref();
                let old = std::mem::replace(&mut vm.handled, new);
                put(fp, i.a, old);
                (pc.add(1), fp)
            }
            Op::PopExc => {
                let old = take(fp, code, i.a);
                drop(std::mem::replace(&mut vm.handled, old));
                next(vm, pc, fp, 1)
            }
            Op::JumpIfNoMatch => {
                let class = take(fp, code, i.b);
                let exc = (*fp.add(i.a as usize)).to_ref();
                let yes = attempt!(vm, pc, fp, vm.exception_matches(&exc, &class));
                if yes {
                    (pc.add(1), fp)
                } else {
                    (pc.offset(1 + i.c as i16 as isize), fp)
                }
            }
            Op::CheckExcStar => {
                let exc = take(fp, code, i.b);
                let class = take(fp, code, i.c);
                let (matched, rest) = attempt!(
                    vm,
                    pc,
                    fp,
                    errors::groups::split_for_except_star(vm, &exc, &class)
                );
                if !matched.is_none() && !errors::groups::is_group(&exc) {
                    // The group around a naked exception begins here.
                    let saved = vm.exc.replace(matched.clone());
                    vm.add_traceback(fp, pc.offset_from(code.instrs) as u32);
                    vm.exc = saved;
                }
                put(fp, i.a, rest);
                put(fp, i.a + 1, matched);
                next(vm, pc, fp, 1)
            }
            Op::PrepReraiseStar => {
                let orig = take(fp, code, i.b);
                let list = take(fp, code, i.c);
                let raised = list
                    .cast::<ListObj>()
                    .map(|l| l.to_vec())
                    .unwrap_or_default();
                let r = attempt!(
                    vm,
                    pc,
                    fp,
                    errors::groups::prep_reraise_star(vm, &orig, &raised)
                );
                put(fp, i.a, r);
                next(vm, pc, fp, 1)
            }
            Op::LoadExcArgs => {
                let exc = (*fp.add(i.b as usize)).to_ref();
                let tb = exc
                    .cast::<ExceptionObj>()
                    .map_or_else(Ref::none, |e| e.traceback.cloned());
                put(fp, i.a, class_of(&exc));
                put(fp, i.a + 1, exc);
                put(fp, i.a + 2, tb);
                (pc.add(1), fp)
            }
            _ => {
                // LoadAssertionError.
                put(fp, i.a, rt().types.assertion_error.clone());
                (pc.add(1), fp)
            }
        }
    }
}

/// What `raise v` raises: an exception, or an instance made of a class.
fn to_raise(vm: &mut Vm, v: &Ref) -> R<Ref> {
    if v.cast::<ExceptionObj>().is_some() {
        return Ok(v.clone());
    }
    if let Some(t) = v.cast::<TypeObj>()
        && t.is_subtype(&rt().types.base_exception)
    {
        let exc = vm.call(v, &[])?;
        if exc.cast::<ExceptionObj>().is_none() {
            let text = format!(
                "calling {} should have returned an instance of BaseException, not {}",
                vm.repr_text(v)?,
                vm.repr_class(&exc)
            );
            return Err(vm.type_error(&text));
        }
        return Ok(exc);
    }
    Err(vm.type_error("exceptions must derive from BaseException"))
}

fn set_cause(vm: &mut Vm, exc: &Ref, cause: &Ref) -> R<()> {
    let cause = if cause.is_none() {
        Ref::none()
    } else {
        match to_raise(vm, cause) {
            Ok(c) => c,
            Err(e) => {
                let is_class_error = cause.cast::<TypeObj>().is_none()
                    && cause.cast::<ExceptionObj>().is_none()
                    || cause
                        .cast::<TypeObj>()
                        .is_some_and(|t| !t.is_subtype(&rt().types.base_exception));
                if is_class_error {
                    vm.take_exc();
                    return Err(vm.type_error("exception causes must derive from BaseException"));
                }
                return Err(e);
            }
        }
    };
    if let Some(e) = exc.cast::<ExceptionObj>() {
        e.cause.set(cause);
        e.suppress_context.set(true);
    }
    Ok(())
}

impl Vm {
    /// Whether `except class` catches the exception.
    pub fn exception_matches(&mut self, exc: &Ref, class: &Ref) -> R<bool> {
        if let Some(t) = class.cast::<TypeObj>() {
            if t.is_subtype(&rt().types.base_exception) {
                return Ok(exc.class().is_subtype(class));
            }
        } else if let Some(items) = class.tuple_items() {
            for c in items {
                if !c
                    .cast::<TypeObj>()
                    .is_some_and(|t| t.is_subtype(&rt().types.base_exception))
                {
                    return Err(self.type_error(
                        "catching classes that do not inherit from BaseException is not allowed",
                    ));
                }
            }
            return Ok(items.iter().any(|c| exc.class().is_subtype(c)));
        }
        Err(self
            .type_error("catching classes that do not inherit from BaseException is not allowed"))
    }
}
