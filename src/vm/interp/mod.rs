//! Running code objects: frames, the dispatch loop and the op families.
//!
//! Reading order: [`frame`] (what a frame is), [`run`] (the loop with the hot bodies), then the families: [`names`], [`attrs`],
//! [`arith`], [`calls`], [`iters`], [`build`], [`exc`] (raising and unwinding), [`coro`] (generators and coroutines),
//! [`matching`], [`misc`]. Bodies outside of the loop have the form `(pc, fp) = op(vm, pc, fp)` and know nothing of the loop.
#![allow(unsafe_code)]

pub(crate) mod arith;
pub(crate) mod attrs;
pub(crate) mod build;
pub(crate) mod calls;
pub mod coro;
pub(crate) mod exc;
pub(crate) mod frame;
pub(crate) mod iters;
pub mod link;
pub(crate) mod matching;
pub(crate) mod misc;
pub(crate) mod names;
pub(crate) mod quick;
pub(crate) mod run;
pub mod stack;

use crate::value::runtime::{Pending, SAFEPOINT, wake};
use crate::value::*;
use crate::{R, Vm};
use std::sync::atomic::Ordering;
use taipan_bytecode::Instr;

pub(crate) type Pc = *const Instr;
pub(crate) type Fp = *mut Value;

/// How the loop was left.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Exit {
    Return,
    Yield,
    AsyncYield,
    Raised,
}

/// Forgets every inline cache: something changed that they don't check.
pub(crate) fn flush_caches() {
    rt().types.site_cache.clear();
    rt().heap.each(&mut |h| {
        let r = Value::from_header(h).to_ref();
        if let Some(code) = r.cast::<CodeObj>() {
            link::unquicken(code);
        }
    });
}

impl Vm {
    /// Runs a frame entered from Rust until it returns, yields or raises.
    pub(crate) fn enter(&mut self, pc: Pc, fp: Fp) -> Exit {
        let (saved_pc, saved_fp) = (self.pc, self.fp);
        self.entries.push((fp, saved_pc));
        self.depth += 1;
        run::run(self, pc, fp);
        self.depth -= 1;
        self.entries.pop();
        self.pc = saved_pc;
        self.fp = saved_fp;
        self.exit
    }

    /// What the loop left as its result.
    pub(crate) fn take_result(&mut self) -> Ref {
        Ref::from_value(std::mem::replace(&mut self.result, Value::UNDEFINED))
    }

    /// Runs signal handlers that are due.
    pub fn check_signals(&mut self) -> R<()> {
        if SAFEPOINT.load(Ordering::Relaxed) & wake::SIGNAL != 0 {
            SAFEPOINT.fetch_and(!wake::SIGNAL, Ordering::Relaxed);
            if let Some(f) = self.signal_hook {
                return f(self);
            }
            let class = rt().types.keyboard_interrupt.clone();
            return Err(self.raise_new(&class, vec![]));
        }
        Ok(())
    }

    /// Runs what waits at the safepoint.
    pub fn safepoint(&mut self) -> R<()> {
        let flags = SAFEPOINT.load(Ordering::Relaxed);
        if flags & wake::COLLECT != 0 {
            SAFEPOINT.fetch_and(!wake::COLLECT, Ordering::Relaxed);
            if !rt().collecting && !self.finalizing {
                self.collect_garbage();
            }
        }
        if flags & wake::FINALIZERS != 0 {
            self.run_pending();
        }
        self.check_signals()
    }

    /// Runs the queued finalisers and callbacks of weak references.
    pub fn run_pending(&mut self) {
        SAFEPOINT.fetch_and(!wake::FINALIZERS, Ordering::Relaxed);
        let saved = self.exc.take();
        let mut queue = std::mem::take(&mut rt().pending);
        while !queue.is_empty() {
            for p in queue.drain(..) {
                match p {
                    Pending::Finalize(obj) => self.finalize(obj),
                    Pending::WeakCallback { callback, weakref } => {
                        if self.call(&callback, &[weakref]).is_err() {
                            let exc = self.take_exc();
                            self.unraisable(
                                &exc,
                                Some(&callback),
                                "Exception ignored while calling weakref callback",
                            );
                        }
                    }
                }
            }
            queue = std::mem::take(&mut rt().pending);
        }
        SAFEPOINT.fetch_and(!wake::FINALIZERS, Ordering::Relaxed);
        self.exc = saved;
    }

    /// Finalises an object whose last reference this is.
    fn finalize(&mut self, obj: Ref) {
        if obj.cast::<GeneratorObj>().is_some() {
            self.finalize_generator(&obj);
            obj.set_flag(header::flag::FINALIZED, true);
            return;
        }
        obj.set_flag(header::flag::FINALIZED, true);
        if let Some(step) = obj.cast::<AsyncGenStepObj>() {
            self.warn_step_never_awaited(step);
            return;
        }
        if let Some(del) = obj.class().slots.del.get()
            && del(self, &obj).is_err()
        {
            let exc = self.take_exc();
            let f = self.lookup(obj.class(), &intern("__del__"));
            self.unraisable(
                &exc,
                f.as_ref(),
                "Exception ignored while calling deallocator",
            );
        }
    }

    /// `gc.collect()`: how many unreachable objects were found.
    pub fn collect_garbage(&mut self) -> usize {
        if std::mem::replace(&mut rt().collecting, true) {
            return 0;
        }
        let before = rt().heap.used();
        let mut garbage = gc::find_garbage();
        let mut n = garbage.len();
        gc::clear_weakrefs(&garbage);
        let finalizable = gc::with_finalizers(&garbage);
        if !finalizable.is_empty() {
            for obj in finalizable {
                self.finalize(obj);
            }
            // Finalisers may have made objects reachable again: only what is garbage now is taken apart.
            drop(garbage);
            garbage = gc::find_garbage();
            n = garbage.len();
        }
        gc::dispose(garbage);
        rt().gc.collections += 1;
        rt().gc.collected += n as u64;
        rt().collecting = false;
        self.run_pending();
        gc::plan_next(before);
        n
    }
}
