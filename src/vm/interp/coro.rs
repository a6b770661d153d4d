//! Generators, coroutines, async generators: frames that suspend.
//!
//! A chain of frames that await each other is resumed at its innermost frame and yields from there to whoever resumed the
//! outermost one, without passing through the frames between ([`GeneratorObj`] tells how). A frame is only linked to the one it delegates to
//! when nothing can tell the difference; all other awaitables go through [`Vm::send_to`], the protocol as PEP 380 and 492 describe it.

use super::exc::{attempt, next, put, raise, take, unwind};
use super::frame::*;
use super::run::EXIT;
use super::{Exit, Fp, Pc};
use crate::value::header::Kind;
use crate::value::*;
use crate::{R, Vm, errors};
use taipan_bytecode::{Instr, Op, flags as co};

/// No saved exception state: the instruction is outside of handlers.
const NO_HANDLER: u16 = u16::MAX;

/// What driving a generator or awaitable one step gave.
#[derive(Debug)]
pub enum Step {
    /// It yielded (to the event loop, for coroutines).
    Yield(Ref),
    /// It returned.
    Return(Ref),
    /// An async generator yielded a value to its consumer.
    AsyncYield(Ref),
}

/// Makes the generator for a call of `f` whose first `n` registers are at `fp`; they are moved into it.
pub(crate) unsafe fn make_generator(
    vm: &mut Vm,
    f: Ref,
    code: &'static CodeObj,
    fp: Fp,
    n: usize,
) -> Ref {
    let types = &rt().types;
    let class = if code.flags & co::ASYNC_GENERATOR != 0 {
        &types.async_generator
    } else if code.flags & co::COROUTINE != 0 {
        &types.coroutine
    } else {
        &types.generator
    };
    // SAFETY: the class is one of the builtin ones; registers are moved once.
    unsafe {
        let g = GeneratorObj::make(object::type_payload(class.value()), f, code, fp, n);
        if vm.origin_depth > 0 && code.flags & co::COROUTINE != 0 {
            let origin = vm.coroutine_origin();
            if let Some(p) = g.cast::<GeneratorObj>() {
                p.extra.set(origin);
            }
        }
        g
    }
}

/// Register in which the instruction at which a frame is suspended has the exception state of the frame's resumer.
unsafe fn saved_handled(pc: Pc) -> u16 {
    // SAFETY: `pc` is a suspending instruction.
    unsafe {
        let i = *pc;
        match i.op {
            Op::Yield | Op::AsyncYield | Op::Delegate => i.c,
            // The compiler leaves the register in the operand `a` of the cache word.
            Op::AsyncForIter => (*pc.add(1)).a,
            _ => NO_HANDLER,
        }
    }
}

/// Exchanges the exception being handled with the one saved in the frame, when a frame inside a handler is left or entered.
#[inline(always)]
unsafe fn swap_handled(vm: &mut Vm, g: &GeneratorObj, register: u16) {
    if register != NO_HANDLER {
        // SAFETY: the register holds the saved state, an exception or None.
        unsafe {
            let p = g.regs().add(register as usize);
            let mine = Ref::from_value(std::mem::replace(&mut *p, Value::UNDEFINED));
            let theirs = std::mem::replace(&mut vm.handled, mine);
            *p = theirs.into_value();
        }
    }
}

/// Gets a suspended (or new) frame ready to go on with `sent`; gives where. State, root and stack are set by the caller.
#[inline(always)]
unsafe fn go_on(vm: &mut Vm, leaf: &GeneratorObj, sent: Value) -> (Pc, Fp) {
    // SAFETY: a suspended frame's registers and `pc` are valid.
    unsafe {
        let fresh = leaf.state.replace(GenState::Running) == GenState::Created;
        let pc = leaf.pc.get();
        if fresh {
            sent.decref();
            return (pc, leaf.regs());
        }
        let i = *pc;
        match i.op {
            Op::Yield | Op::AsyncYield => {
                swap_handled(vm, leaf, i.c);
                let p = leaf.regs().add(i.a as usize);
                std::mem::replace(&mut *p, sent).decref();
                (pc.add(1), leaf.regs())
            }
            _ => {
                swap_handled(vm, leaf, saved_handled(pc));
                vm.sent = Ref::from_value(sent);
                (pc, leaf.regs())
            }
        }
    }
}

/// `for` over a generator: goes on with it, so that its yield comes back to the ForIter at `pc`. `None`: it can't be
/// resumed simply.
#[inline(always)]
pub(crate) unsafe fn resume_for(
    vm: &mut Vm,
    pc: Pc,
    fp: Fp,
    g: &'static GeneratorObj,
) -> Option<(Pc, Fp)> {
    // SAFETY: `g` is kept alive by the iterator register of the loop.
    unsafe {
        if !matches!(g.state.get(), GenState::Suspended | GenState::Created)
            || !g.awaiter.get().is_null()
            || vm.depth >= vm.recursion_limit
        {
            return None;
        }
        let code = code_of(fp);
        let sp = if code.flags & GENERATOR_KINDS != 0 {
            gen_of(fp).sp.get()
        } else {
            fp.add(code.nregs as usize)
        };
        let leaf = &*g.leaf.get();
        let w = g.words();
        *w.add(1) = Value::tagged(pc, ret::SPECIAL);
        *w.add(2) = Value::tagged(fp, 4);
        vm.depth += 1;
        if !std::ptr::eq(leaf, g) {
            g.state.set(GenState::Running);
            leaf.root.set(g);
            set_caller(leaf, fp);
        }
        leaf.sp.set(sp);
        Some(go_on(vm, leaf, Value::NONE))
    }
}

/// Inner frames of a chain name the frame that drives the chain as their caller, for stack walks.
unsafe fn set_caller(leaf: &GeneratorObj, fp: Fp) {
    // SAFETY: frame words of a live generator.
    unsafe {
        let w = leaf.words();
        *w.add(1) = Value::tagged(std::ptr::null::<Instr>(), ret::SPECIAL);
        *w.add(2) = Value::tagged(fp, 4);
    }
}

/// The running frame yields `value` (owned) to whoever resumed its chain.
#[inline(never)]
pub(crate) fn frame_yielded(vm: &mut Vm, pc: Pc, fp: Fp, value: Value, exit: Exit) -> (Pc, Fp) {
    // SAFETY: `fp` is the running generator frame.
    unsafe {
        let leaf = gen_of(fp);
        swap_handled(vm, leaf, saved_handled(pc));
        leaf.pc.set(pc);
        leaf.state.set(GenState::Suspended);
        let root = &*leaf.root.get();
        root.leaf.set(leaf);
        root.state.set(GenState::Suspended);
        let w = root.words();
        let resumer: Pc = (*w.add(1)).untag::<Instr>();
        let caller: Fp = (*w.add(2)).untag();
        if resumer.is_null() {
            vm.result = value;
            vm.exit = exit;
            return (&EXIT, fp);
        }
        vm.depth -= 1;
        // The resumer is a ForIter.
        let i = *resumer;
        let p = caller.add(i.b as usize);
        std::mem::replace(&mut *p, value).decref();
        if !rt().pending.is_empty() {
            vm.pc = resumer;
            vm.fp = caller;
            vm.run_pending();
        }
        (resumer.offset(1 + i.c as i16 as isize), caller)
    }
}

/// `yield value` in an async generator.
#[inline(never)]
pub(crate) fn frame_async_yielded(vm: &mut Vm, pc: Pc, fp: Fp, value: Value) -> (Pc, Fp) {
    // SAFETY: `fp` is the running async generator frame.
    unsafe {
        let g = gen_of(fp);
        let Some(outer) = g.awaiter.get().as_ref() else {
            return frame_yielded(vm, pc, fp, value, Exit::AsyncYield);
        };
        // Consumed by a linked `async for`: straight into its target.
        swap_handled(vm, g, saved_handled(pc));
        g.pc.set(pc);
        g.state.set(GenState::Suspended);
        g.leaf.set(g);
        g.async_running.set(false);
        g.awaiter.set(std::ptr::null());
        let at = continue_outer(vm, g, outer);
        let i = *at;
        let p = outer.regs().add(i.a as usize);
        std::mem::replace(&mut *p, value).decref();
        (at.offset(2 + i.c as i16 as isize), outer.regs())
    }
}

/// The frame outside of a finished or unlinked one becomes the running leaf; gives the instruction it waits at.
unsafe fn continue_outer(vm: &mut Vm, inner: &GeneratorObj, outer: &GeneratorObj) -> Pc {
    // SAFETY: `outer` was linked to `inner`, which ran on its behalf.
    unsafe {
        let root = inner.root.get();
        outer.root.set(root);
        outer.sp.set(inner.sp.get());
        outer.state.set(GenState::Running);
        if !std::ptr::eq(root, outer) {
            let caller = (*(*root).words().add(2)).untag::<Value>();
            set_caller(outer, caller);
        }
        let _ = vm;
        outer.pc.get()
    }
}

/// The running generator frame returns `value` (owned).
pub(crate) fn frame_returned(vm: &mut Vm, pc: Pc, fp: Fp, value: Value) -> (Pc, Fp) {
    // SAFETY: `fp` is the running generator frame.
    unsafe {
        let g = gen_of(fp);
        let keep = g.this();
        if !g.frame.with_raw(|f| f.is_undefined()) {
            let lasti = pc.offset_from(code_of(fp).instrs) as u32;
            vm.pc = pc;
            vm.fp = fp;
            vm.detach_frame(fp, lasti);
        }
        g.async_running.set(false);
        g.closed.set(true);
        g.drop_registers();
        if let Some(outer) = g.awaiter.get().as_ref() {
            g.awaiter.set(std::ptr::null());
            let at = continue_outer(vm, g, outer);
            drop(keep);
            let regs = outer.regs();
            let i = *at;
            if i.op == Op::Delegate {
                put(regs, i.b, Ref::UNDEFINED);
                put(regs, i.a, Ref::from_value(value));
                vm.pc = at;
                vm.fp = regs;
                return next(vm, at, regs, 1);
            }
            // AsyncForIter: an async generator is exhausted, or a `__anext__` coroutine gives its value.
            if (*regs.add(i.b as usize + 1)).is_undefined() {
                value.decref();
                put(regs, i.b, Ref::UNDEFINED);
                vm.pc = at;
                vm.fp = regs;
                return next(vm, at, regs, 2);
            }
            put(regs, i.b + 1, Ref::UNDEFINED);
            put(regs, i.a, Ref::from_value(value));
            return (at.offset(2 + i.c as i16 as isize), regs);
        }
        let w = g.words();
        let resumer: Pc = (*w.add(1)).untag::<Instr>();
        let caller: Fp = (*w.add(2)).untag();
        drop(keep);
        if resumer.is_null() {
            vm.result = value;
            vm.exit = Exit::Return;
            return (&EXIT, fp);
        }
        vm.depth -= 1;
        value.decref();
        put(caller, (*resumer).a, Ref::UNDEFINED);
        vm.pc = resumer;
        vm.fp = caller;
        next(vm, resumer, caller, 1)
    }
}

/// The running generator frame is left by the exception on its way. Gives where to go on unwinding, or how the loop is left.
pub(crate) unsafe fn frame_raised(vm: &mut Vm, fp: Fp, index: u32) -> Result<(Pc, Fp), (Pc, Fp)> {
    // SAFETY: `fp` is the running generator frame.
    unsafe {
        let g = gen_of(fp);
        let keep = g.this();
        convert_stop(vm, g, fp, index);
        vm.detach_frame(fp, index);
        g.async_running.set(false);
        g.closed.set(true);
        g.drop_registers();
        if let Some(outer) = g.awaiter.get().as_ref() {
            g.awaiter.set(std::ptr::null());
            let at = continue_outer(vm, g, outer);
            drop(keep);
            return Ok((at, outer.regs()));
        }
        let w = g.words();
        let resumer: Pc = (*w.add(1)).untag::<Instr>();
        let caller: Fp = (*w.add(2)).untag();
        drop(keep);
        if resumer.is_null() {
            vm.exit = Exit::Raised;
            return Err((&EXIT, fp));
        }
        vm.depth -= 1;
        Ok((resumer, caller))
    }
}

/// PEP 479: a StopIteration that leaves a generator's body becomes a RuntimeError; in an async generator StopAsyncIteration does too.
unsafe fn convert_stop(vm: &mut Vm, g: &GeneratorObj, fp: Fp, index: u32) {
    let types = &rt().types;
    // SAFETY: `fp` is the frame of `g`.
    let flags = unsafe { code_of(fp).flags };
    let what = if flags & co::ASYNC_GENERATOR != 0 {
        "async generator"
    } else if flags & co::COROUTINE != 0 {
        "coroutine"
    } else {
        "generator"
    };
    let stop = if vm.exc_is(&types.stop_iteration) {
        "StopIteration"
    } else if flags & co::ASYNC_GENERATOR != 0 && vm.exc_is(&types.stop_async_iteration) {
        "StopAsyncIteration"
    } else {
        return;
    };
    let _ = g;
    let old = vm.take_exc();
    let new = errors::new_exception(
        &types.runtime_error.clone(),
        vec![crate::vm::new_str(&format!("{what} raised {stop}"))],
    );
    if let Some(e) = new.cast::<ExceptionObj>() {
        e.cause.set(old.clone());
        e.context.set(old);
        e.suppress_context.set(true);
    }
    // Its traceback begins outside of the generator, as in the reference; the frame is in that of its cause.
    vm.exc = Some(new);
    let _ = index;
}

/// Links `child` below the running frame and goes on with it. Errors are raised at `pc`.
unsafe fn link(vm: &mut Vm, pc: Pc, fp: Fp, child: &'static GeneratorObj, sent: Ref) -> (Pc, Fp) {
    // SAFETY: a register of the running frame keeps the child alive.
    unsafe {
        let outer = gen_of(fp);
        if !child.awaiter.get().is_null() {
            unlink(child);
        }
        let depth = outer.chain_depth.get() + 1;
        if vm.depth + depth >= vm.recursion_limit {
            // It has begun, as far as anyone can tell: no warning that it never ran.
            child.async_running.set(false);
            child.drop_registers();
            vm.too_deep();
            return raise(vm, pc, fp);
        }
        child.chain_depth.set(depth);
        child.awaiter.set(outer);
        outer.pc.set(pc);
        let root = outer.root.get();
        let caller = (*(*root).words().add(2)).untag::<Value>();
        if !std::ptr::eq(root, outer) {
            outer.state.set(GenState::Suspended);
        } else {
            // The outermost frame of a running chain says for all that the chain runs.
            outer.state.set(GenState::Running);
        }
        let leaf = if child.state.get() == GenState::Created {
            child
        } else {
            &*innermost(child)
        };
        leaf.root.set(root);
        leaf.sp.set(outer.sp.get());
        set_caller(leaf, caller);
        go_on(vm, leaf, sent.into_value())
    }
}

/// Links a suspended async generator below the frame of an `async for` at `pc` and makes it the running one.
#[inline(always)]
pub(crate) unsafe fn enter_async(g: &GeneratorObj, outer: &GeneratorObj, pc: Pc, depth: u32) {
    // SAFETY: the loop's register keeps the generator alive.
    unsafe {
        g.async_running.set(true);
        g.chain_depth.set(depth);
        g.awaiter.set(outer);
        outer.pc.set(pc);
        let root = outer.root.get();
        if !std::ptr::eq(root, outer) {
            outer.state.set(GenState::Suspended);
        }
        g.root.set(root);
        g.sp.set(outer.sp.get());
        g.state.set(GenState::Running);
        let w = g.words();
        *w.add(1) = Value::tagged(std::ptr::null::<Instr>(), ret::SPECIAL);
        *w.add(2) = *(*root).words().add(2);
    }
}

/// The innermost frame of the chain that begins with a suspended one. Exact for frames nobody is linked to: yielding sets it, and
/// whatever changes a suspended chain mends it.
fn innermost(g: &'static GeneratorObj) -> *const GeneratorObj {
    g.leaf.get()
}

/// Takes a suspended frame out of the chain it is linked into: someone else drives it now. The frame outside of it becomes the leaf
/// of its chain, and will delegate to it anew.
pub(crate) fn unlink(g: &GeneratorObj) {
    // SAFETY: the awaiter is alive: it unlinks what is below it when it goes.
    if let Some(outer) = unsafe { g.awaiter.get().as_ref() } {
        g.become_outermost();
        outer.outermost().leaf.set(outer);
    }
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
            Op::Yield => {
                let v = take(fp, code, i.b);
                frame_yielded(vm, pc, fp, v.into_value(), Exit::Yield)
            }
            Op::AsyncYield => {
                let v = take(fp, code, i.b);
                frame_async_yielded(vm, pc, fp, v.into_value())
            }
            Op::Delegate => delegate(vm, pc, fp),
            Op::AsyncForIter => async_for_iter(vm, pc, fp),
            Op::GetAwaitable => {
                let v = take(fp, code, i.b);
                let r = vm.get_awaitable(&v, i.c);
                drop(v);
                let r = attempt!(vm, pc, fp, r);
                put(fp, i.a, r);
                next(vm, pc, fp, 1)
            }
            Op::GetYieldFromIter => {
                let v = take(fp, code, i.b);
                let r = yield_from_iter(vm, code, &v);
                drop(v);
                let r = attempt!(vm, pc, fp, r);
                put(fp, i.a, r);
                next(vm, pc, fp, 1)
            }
            _ => {
                // GetAIter.
                let v = take(fp, code, i.b);
                let r = get_aiter(vm, &v);
                drop(v);
                let r = attempt!(vm, pc, fp, r);
                put(fp, i.a, r);
                put(fp, i.a + 1, Ref::UNDEFINED);
                next(vm, pc, fp, 1)
            }
        }
    }
}

fn get_aiter(vm: &mut Vm, v: &Ref) -> R<Ref> {
    if v.shape().is_some_and(|s| s.kind == Kind::AsyncGenerator) {
        vm.init_async_gen_hooks(v)?;
        return Ok(v.clone());
    }
    let Some(f) = v.class().slots.aiter.get() else {
        let text = format!(
            "'async for' requires an object with __aiter__ method, got {}",
            vm.type_name(v)
        );
        return Err(vm.type_error(&text));
    };
    let it = f(vm, v)?;
    if it.class().slots.anext.get().is_none() {
        let text = format!(
            "'async for' received an object from __aiter__ that does not implement __anext__: {}",
            vm.type_name(&it)
        );
        return Err(vm.type_error(&text));
    }
    Ok(it)
}

fn yield_from_iter(vm: &mut Vm, code: &CodeObj, v: &Ref) -> R<Ref> {
    match v.shape().map(|s| s.kind) {
        Some(Kind::Coroutine) if code.flags & (co::COROUTINE | co::ITERABLE_COROUTINE) == 0 => {
            Err(vm
                .type_error("cannot 'yield from' a coroutine object in a non-coroutine generator"))
        }
        Some(Kind::Coroutine | Kind::Generator) => Ok(v.clone()),
        _ => vm.iter(v),
    }
}

unsafe fn delegate(vm: &mut Vm, pc: Pc, fp: Fp) -> (Pc, Fp) {
    // SAFETY: operands are registers of the running frame.
    unsafe {
        let i = *pc;
        let it = *fp.add(i.b as usize);
        let sent = std::mem::replace(&mut vm.sent, Ref::none());
        let id = it.shape_id();
        if (id == Kind::Generator as u32 || id == Kind::Coroutine as u32) && i.c == NO_HANDLER {
            let child = payload_of::<GeneratorObj>(it);
            if matches!(child.state.get(), GenState::Suspended | GenState::Created)
                && !child.is_running()
                && (child.state.get() == GenState::Suspended || sent.is_none())
            {
                return link(vm, pc, fp, child, sent);
            }
        }
        let it = it.to_ref();
        match vm.send_to(&it, sent) {
            Ok(Step::Return(v)) => {
                drop(it);
                put(fp, i.b, Ref::UNDEFINED);
                put(fp, i.a, v);
                vm.pc = pc;
                vm.fp = fp;
                next(vm, pc, fp, 1)
            }
            Ok(Step::Yield(v) | Step::AsyncYield(v)) => {
                frame_yielded(vm, pc, fp, v.into_value(), Exit::Yield)
            }
            Err(_) => raise(vm, pc, fp),
        }
    }
}

unsafe fn async_for_iter(vm: &mut Vm, pc: Pc, fp: Fp) -> (Pc, Fp) {
    // SAFETY: operands are registers of the running frame.
    unsafe {
        let i = *pc;
        let handler = saved_handled(pc);
        let source = *fp.add(i.b as usize);
        let awaitable = *fp.add(i.b as usize + 1);
        let sent = std::mem::replace(&mut vm.sent, Ref::none());
        if awaitable.is_undefined() {
            if source.shape_id() == Kind::AsyncGenerator as u32 {
                let g = payload_of::<GeneratorObj>(source);
                if g.state.get() == GenState::Done {
                    put(fp, i.b, Ref::UNDEFINED);
                    return next(vm, pc, fp, 2);
                }
                if handler == NO_HANDLER
                    && !g.async_running.get()
                    && matches!(g.state.get(), GenState::Suspended | GenState::Created)
                {
                    g.async_running.set(true);
                    return link(vm, pc, fp, g, Ref::none());
                }
            }
            let source = source.to_ref();
            let Some(f) = source.class().slots.anext.get() else {
                let text = format!(
                    "'async for' requires an iterator with __anext__ method, got {}",
                    vm.type_name(&source)
                );
                vm.type_error(&text);
                return raise(vm, pc, fp);
            };
            let aw = match f(vm, &source) {
                Ok(aw) => aw,
                Err(_) => return stop_async(vm, pc, fp),
            };
            let it = match vm.get_awaitable(&aw, 0) {
                Ok(it) => it,
                Err(_) => {
                    if vm.exc_is(&rt().types.type_error) {
                        let cause = vm.take_exc();
                        let text = format!(
                            "'async for' received an invalid object from __anext__: {}",
                            vm.type_name(&aw)
                        );
                        let e = errors::new_exception(
                            &rt().types.type_error.clone(),
                            vec![crate::vm::new_str(&text)],
                        );
                        if let Some(x) = e.cast::<ExceptionObj>() {
                            x.cause.set(cause.clone());
                            x.context.set(cause);
                            x.suppress_context.set(true);
                        }
                        vm.reraise(e);
                    }
                    return raise(vm, pc, fp);
                }
            };
            put(fp, i.b + 1, it);
        }
        let it = *fp.add(i.b as usize + 1);
        if it.shape_id() == Kind::Coroutine as u32 && handler == NO_HANDLER {
            let child = payload_of::<GeneratorObj>(it);
            if matches!(child.state.get(), GenState::Suspended | GenState::Created)
                && !child.is_running()
            {
                return link(vm, pc, fp, child, sent);
            }
        }
        let it = it.to_ref();
        match vm.send_to(&it, sent) {
            Ok(Step::Return(v)) => {
                drop(it);
                put(fp, i.b + 1, Ref::UNDEFINED);
                put(fp, i.a, v);
                (pc.offset(2 + i.c as i16 as isize), fp)
            }
            Ok(Step::Yield(v) | Step::AsyncYield(v)) => {
                frame_yielded(vm, pc, fp, v.into_value(), Exit::Yield)
            }
            Err(_) => stop_async(vm, pc, fp),
        }
    }
}

/// An error while `async for` asks for the next item: StopAsyncIteration ends the loop.
unsafe fn stop_async(vm: &mut Vm, pc: Pc, fp: Fp) -> (Pc, Fp) {
    // SAFETY: operands are registers of the running frame.
    unsafe {
        if !vm.exc_is(&rt().types.stop_async_iteration) {
            return raise(vm, pc, fp);
        }
        drop(vm.take_exc());
        let i = *pc;
        put(fp, i.b + 1, Ref::UNDEFINED);
        put(fp, i.b, Ref::UNDEFINED);
        vm.pc = pc;
        vm.fp = fp;
        next(vm, pc, fp, 2)
    }
}

/// An exception leaves a linked `__anext__` coroutine: whether it ends the `async for` at `pc`. Called by the unwinder.
pub(crate) unsafe fn ends_async_for(vm: &mut Vm, pc: Pc, fp: Fp) -> Option<(Pc, Fp)> {
    // SAFETY: `pc` is the instruction the frame waits at.
    unsafe {
        let i = *pc;
        if i.op != Op::AsyncForIter
            || (*fp.add(i.b as usize + 1)).is_undefined()
            || !vm.exc_is(&rt().types.stop_async_iteration)
        {
            return None;
        }
        Some(stop_async(vm, pc, fp))
    }
}

impl Vm {
    /// The iterator of an awaitable (PEP 492). `context`: 0 `await`, 1 `__aenter__`, 2 `__aexit__`.
    pub fn get_awaitable(&mut self, v: &Ref, context: u16) -> R<Ref> {
        match v.cast::<GeneratorObj>() {
            Some(g) if v.shape().is_some_and(|s| s.kind == Kind::Coroutine) => {
                if g.awaited().is_some() {
                    return Err(self.runtime_error("coroutine is being awaited already"));
                }
                return Ok(v.clone());
            }
            // SAFETY: frame words of a live generator.
            Some(g)
                if v.shape().is_some_and(|s| s.kind == Kind::Generator)
                    && unsafe { code_of(g.regs()).flags & co::ITERABLE_COROUTINE != 0 } =>
            {
                return Ok(v.clone());
            }
            _ => {}
        }
        let Some(f) = v.class().slots.await_.get() else {
            let name = self.type_name(v);
            let text = match context {
                1 => format!(
                    "'async with' received an object from __aenter__ that does not implement __await__: {name}"
                ),
                2 => format!(
                    "'async with' received an object from __aexit__ that does not implement __await__: {name}"
                ),
                _ => format!("'{name}' object can't be awaited"),
            };
            return Err(self.type_error(&text));
        };
        let it = f(self, v)?;
        if it.shape().is_some_and(|s| s.kind == Kind::Coroutine) {
            return Err(self.type_error("__await__() returned a coroutine"));
        }
        if it.class().slots.next.get().is_none() {
            let text = format!(
                "__await__() returned non-iterator of type '{}'",
                self.type_name(&it)
            );
            return Err(self.type_error(&text));
        }
        Ok(it)
    }

    /// Drives any iterator or coroutine one step with a value, as `yield from` does.
    pub fn send_to(&mut self, it: &Ref, sent: Ref) -> R<Step> {
        if it.cast::<GeneratorObj>().is_some()
            && it.shape().is_some_and(|s| s.kind != Kind::AsyncGenerator)
        {
            return self.gen_send(it, sent);
        }
        if let Some(send) = it.class().slots.send.get() {
            return send(self, it, sent);
        }
        let r = if it.cast::<AsyncGenStepObj>().is_some() {
            return crate::types::generator::step_send(self, it, sent);
        } else if sent.is_none() {
            self.stop = Ref::none();
            match self.next(it) {
                Ok(Some(v)) => return Ok(Step::Yield(v)),
                Ok(None) => {
                    // The value of the StopIteration that `next` swallowed.
                    let exc = std::mem::replace(&mut self.stop, Ref::none());
                    return Ok(Step::Return(errors::get_field(&exc, "value")));
                }
                Err(e) => Err(e),
            }
        } else {
            self.call_method(it, "send", &[sent])
        };
        self.step_from(r)
    }

    /// What a `send`, `throw` or `__next__` call says of the step.
    pub fn step_from(&mut self, r: R<Ref>) -> R<Step> {
        match r {
            Ok(v) => Ok(Step::Yield(v)),
            Err(e) => {
                if self.exc_is(&rt().types.stop_iteration) {
                    let exc = self.take_exc();
                    return Ok(Step::Return(errors::get_field(&exc, "value")));
                }
                Err(e)
            }
        }
    }

    /// `gen.send(value)`: resumes a generator or coroutine (or an async generator's body) from Rust.
    pub fn gen_send(&mut self, this: &Ref, sent: Ref) -> R<Step> {
        let Some(g) = this.cast::<GeneratorObj>() else {
            return Err(self.type_error("not a generator"));
        };
        let what = kind_name(this);
        if g.is_running() {
            return Err(self.value_error(&format!("{what} already executing")));
        }
        match g.state.get() {
            GenState::Done => {
                if what == "coroutine" {
                    return Err(self.runtime_error("cannot reuse already awaited coroutine"));
                }
                return Ok(Step::Return(Ref::none()));
            }
            GenState::Created if !sent.is_none() => {
                return Err(self.type_error(&format!(
                    "can't send non-None value to a just-started {what}"
                )));
            }
            _ => {}
        }
        self.drive(g, Ok(sent))
    }

    /// `next()` of a generator: the item it yields; `None` when it returns None. Any other value it returns stays in `stop`.
    pub(crate) fn gen_next(&mut self, this: &Ref) -> R<Option<Ref>> {
        if this.value().shape_id() == Kind::Generator as u32 {
            // SAFETY: the kind has been checked; `keep` holds the generator while it runs.
            unsafe {
                let g = payload_of::<GeneratorObj>(this.value());
                if matches!(g.state.get(), GenState::Suspended | GenState::Created)
                    && g.awaiter.get().is_null()
                    && self.depth < self.recursion_limit
                {
                    self.check_native_stack()?;
                    let keep = this.clone();
                    let leaf = &*g.leaf.get();
                    let w = g.words();
                    *w.add(1) = Value::tagged(std::ptr::null::<Instr>(), ret::SPECIAL);
                    *w.add(2) = Value::tagged(self.fp, 4);
                    if !std::ptr::eq(leaf, g) {
                        g.state.set(GenState::Running);
                        set_caller(leaf, self.fp);
                    }
                    g.chain_depth.set(0);
                    leaf.root.set(g);
                    leaf.sp.set(self.top());
                    let (pc, fp) = go_on(self, leaf, Value::NONE);
                    let exit = self.enter(pc, fp);
                    drop(keep);
                    return match exit {
                        Exit::Raised => Err(crate::Raised),
                        Exit::Return => {
                            let v = self.take_result();
                            self.returned(v)
                        }
                        _ => Ok(Some(self.take_result())),
                    };
                }
            }
        }
        match self.gen_send(this, Ref::none())? {
            Step::Yield(v) | Step::AsyncYield(v) => Ok(Some(v)),
            Step::Return(v) => self.returned(v),
        }
    }
    fn returned(&mut self, v: Ref) -> R<Option<Ref>> {
        if !v.is_none() {
            self.stop_with(v);
            self.stop = self.take_exc();
        }
        Ok(None)
    }

    /// Resumes with a value, or (`Err`) by raising the exception on its way inside the innermost frame.
    fn drive(&mut self, g: &GeneratorObj, sent: Result<Ref, ()>) -> R<Step> {
        self.check_native_stack()?;
        if self.depth >= self.recursion_limit {
            return Err(self.too_deep());
        }
        let keep = g.this();
        unlink(g);
        // SAFETY: `keep` holds the generator while it runs.
        unsafe {
            let g = payload_of::<GeneratorObj>(keep.value());
            let leaf = &*innermost(g);
            g.chain_depth.set(0);
            let w = g.words();
            *w.add(1) = Value::tagged(std::ptr::null::<Instr>(), ret::SPECIAL);
            *w.add(2) = Value::tagged(self.fp, 4);
            if !std::ptr::eq(leaf, g) {
                g.state.set(GenState::Running);
                set_caller(leaf, self.fp);
            }
            leaf.root.set(g);
            leaf.sp.set(self.top());
            let exit = match sent {
                Ok(v) => {
                    let (pc, fp) = go_on(self, leaf, v.into_value());
                    self.enter(pc, fp)
                }
                Err(()) => {
                    let fresh = leaf.state.replace(GenState::Running) == GenState::Created;
                    let pc = leaf.pc.get();
                    if fresh {
                        // Nothing of it has run, so no handler of its own can catch this.
                        self.add_traceback(leaf.regs(), 0);
                        self.detach_frame(leaf.regs(), 0);
                        leaf.async_running.set(false);
                        leaf.closed.set(true);
                        leaf.drop_registers();
                        return Err(crate::Raised);
                    }
                    if saved_handled(pc) != NO_HANDLER {
                        swap_handled(self, leaf, saved_handled(pc));
                        // What the frame itself is handling becomes the context of what is thrown into it.
                        let exc = self.take_exc();
                        self.raise(exc);
                    }
                    self.enter_raising(pc, leaf.regs())
                }
            };
            match exit {
                Exit::Raised => Err(crate::Raised),
                Exit::Return => Ok(Step::Return(self.take_result())),
                Exit::Yield => Ok(Step::Yield(self.take_result())),
                Exit::AsyncYield => Ok(Step::AsyncYield(self.take_result())),
            }
        }
    }

    /// Enters a frame by raising the exception on its way at `pc`.
    fn enter_raising(&mut self, pc: Pc, fp: Fp) -> Exit {
        let (saved_pc, saved_fp) = (self.pc, self.fp);
        self.entries.push((fp, saved_pc));
        self.depth += 1;
        let (pc, fp) = unwind(self, pc, fp, true);
        super::run::run(self, pc, fp);
        self.depth -= 1;
        self.entries.pop();
        self.pc = saved_pc;
        self.fp = saved_fp;
        self.exit
    }

    /// `gen.throw(exc)`: the exception is raised where the innermost frame is suspended.
    pub fn gen_throw(&mut self, this: &Ref, exc: Ref) -> R<Step> {
        let Some(g) = this.cast::<GeneratorObj>() else {
            return Err(self.type_error("not a generator"));
        };
        self.check_native_stack()?;
        let what = kind_name(this);
        if g.is_running() {
            return Err(self.value_error(&format!("{what} already executing")));
        }
        if g.state.get() == GenState::Done {
            if what == "coroutine" {
                return Err(self.runtime_error("cannot reuse already awaited coroutine"));
            }
            return Err(self.reraise(exc));
        }
        if let Some(inner) = g.awaited() {
            if exc.class().is_subtype(&rt().types.generator_exit) {
                // Close what is inside first; an error of that is raised here instead.
                let closed = self.close_awaited(&inner);
                self.cut_below(g);
                return match closed {
                    Ok(()) => {
                        self.raise_into(&exc);
                        self.drive(g, Err(()))
                    }
                    Err(_) => self.drive(g, Err(())),
                };
            }
            return self.throw_through(g, &inner, exc);
        }
        self.raise_into(&exc);
        self.drive(g, Err(()))
    }

    /// Makes `exc` the exception on its way.
    fn raise_into(&mut self, exc: &Ref) {
        self.reraise(exc.clone());
    }

    /// Throws into what a suspended frame awaits, and goes on with the frame by what comes of it.
    fn throw_through(&mut self, g: &GeneratorObj, inner: &Ref, exc: Ref) -> R<Step> {
        unlink(g);
        let linked = g.linked().is_some();
        let state = g.state.replace(GenState::Running);
        g.leaf.set(g);
        let r = if inner.cast::<GeneratorObj>().is_some()
            && inner
                .shape()
                .is_some_and(|s| s.kind != Kind::AsyncGenerator)
        {
            if let Some(i) = inner.cast::<GeneratorObj>() {
                i.become_outermost();
            }
            Some(self.gen_throw(inner, exc.clone()))
        } else if inner
            .shape()
            .is_some_and(|s| s.kind == Kind::AsyncGenerator)
        {
            // A linked `async for`: into the async generator's body.
            if let Some(i) = inner.cast::<GeneratorObj>() {
                i.become_outermost();
            }
            Some(self.gen_throw(inner, exc.clone()))
        } else if inner.cast::<AsyncGenStepObj>().is_some() {
            Some(crate::types::generator::step_throw(
                self,
                inner,
                exc.clone(),
            ))
        } else {
            match self.getattr_opt(inner, &intern("throw")) {
                Ok(Some(f)) => {
                    // Foreign iterators get what `throw` was called with, class or instance.
                    let args = self.throw_args.take().unwrap_or_else(|| vec![exc.clone()]);
                    let r = self.call(&f, &args);
                    Some(self.step_from(r))
                }
                Ok(None) => None,
                Err(e) => Some(Err(e)),
            }
        };
        g.state.set(state);
        let _ = linked;
        // SAFETY: `g` is suspended at its delegating instruction.
        unsafe {
            let pc = g.pc.get();
            let i = *pc;
            match r {
                None => {
                    self.raise_into(&exc);
                    self.drive(g, Err(()))
                }
                Some(Ok(Step::Yield(v))) => {
                    // It goes on waiting; link it again so that the next resume is direct.
                    self.relink(g, inner);
                    Ok(Step::Yield(v))
                }
                Some(Ok(Step::AsyncYield(v))) => {
                    if let Some(a) = inner.cast::<GeneratorObj>() {
                        a.async_running.set(false);
                    }
                    self.deliver(g, v, pc.offset(2 + i.c as i16 as isize), i.a)
                }
                Some(Ok(Step::Return(v))) => {
                    if i.op == Op::Delegate {
                        put(g.regs(), i.b, Ref::UNDEFINED);
                        return self.deliver(g, v, pc.add(1), i.a);
                    }
                    if (*g.regs().add(i.b as usize + 1)).is_undefined() {
                        put(g.regs(), i.b, Ref::UNDEFINED);
                        return self.deliver_at(g, pc.add(2));
                    }
                    put(g.regs(), i.b + 1, Ref::UNDEFINED);
                    self.deliver(g, v, pc.offset(2 + i.c as i16 as isize), i.a)
                }
                Some(Err(_)) => {
                    if i.op == Op::AsyncForIter
                        && !(*g.regs().add(i.b as usize + 1)).is_undefined()
                        && self.exc_is(&rt().types.stop_async_iteration)
                    {
                        drop(self.take_exc());
                        put(g.regs(), i.b + 1, Ref::UNDEFINED);
                        put(g.regs(), i.b, Ref::UNDEFINED);
                        return self.deliver_at(g, pc.add(2));
                    }
                    self.drive(g, Err(()))
                }
            }
        }
    }

    unsafe fn relink(&mut self, g: &GeneratorObj, inner: &Ref) {
        // SAFETY: `g` is suspended.
        unsafe {
            if saved_handled(g.pc.get()) != NO_HANDLER {
                return;
            }
        }
        if let Some(i) = inner.cast::<GeneratorObj>()
            && i.state.get() == GenState::Suspended
        {
            i.awaiter.set(g);
        }
        g.leaf.set(g);
        if let Some(i) = g.linked() {
            let mut at = i;
            while let Some(n) = at.linked() {
                at = n;
            }
            g.leaf.set(at);
        }
    }

    /// Goes on with a frame suspended at a delegating instruction as if that had given `v` to register `a`.
    unsafe fn deliver(&mut self, g: &GeneratorObj, v: Ref, pc: Pc, a: u16) -> R<Step> {
        // SAFETY: `a` is a register of the frame.
        unsafe {
            put(g.regs(), a, v);
            self.deliver_at(g, pc)
        }
    }
    unsafe fn deliver_at(&mut self, g: &GeneratorObj, pc: Pc) -> R<Step> {
        // SAFETY: `pc` is an instruction of the frame's code.
        unsafe {
            let saved = saved_handled(g.pc.get());
            let keep = g.this();
            let g = payload_of::<GeneratorObj>(keep.value());
            let w = g.words();
            *w.add(1) = Value::tagged(std::ptr::null::<Instr>(), ret::SPECIAL);
            *w.add(2) = Value::tagged(self.fp, 4);
            g.root.set(g);
            g.leaf.set(g);
            g.sp.set(self.top());
            g.state.set(GenState::Running);
            swap_handled(self, g, saved);
            match self.enter(pc, g.regs()) {
                Exit::Raised => Err(crate::Raised),
                Exit::Return => Ok(Step::Return(self.take_result())),
                Exit::Yield => Ok(Step::Yield(self.take_result())),
                Exit::AsyncYield => Ok(Step::AsyncYield(self.take_result())),
            }
        }
    }

    /// The frame no longer drives what is below it.
    fn cut_below(&mut self, g: &GeneratorObj) {
        if let Some(inner) = g.linked() {
            inner.become_outermost();
        }
        g.outermost().leaf.set(g);
    }

    /// Closes what a frame delegates to: `close()` of generators and of anything that has it.
    fn close_awaited(&mut self, inner: &Ref) -> R<()> {
        if let Some(i) = inner.cast::<GeneratorObj>() {
            i.become_outermost();
            return self.gen_close(inner).map(|_| ());
        }
        if let Some(f) = self.getattr_opt(inner, &intern("close"))? {
            self.call(&f, &[])?;
        }
        Ok(())
    }

    /// The frame object of a frame that has not run takes what it holds.
    fn leave_frame(&mut self, g: &GeneratorObj) {
        if !g.frame.with_raw(|f| f.is_undefined()) {
            // SAFETY: the registers are those of `g`, which the caller holds.
            unsafe { self.detach_frame(g.regs(), 0) };
        }
    }

    /// `gen.close()`: GeneratorExit is raised where it is suspended. Gives the value it returned, or None.
    pub fn gen_close(&mut self, this: &Ref) -> R<Ref> {
        let Some(g) = this.cast::<GeneratorObj>() else {
            return Ok(Ref::none());
        };
        let what = kind_name(this);
        if g.is_running() {
            return Err(self.value_error(&format!("{what} already executing")));
        }
        match g.state.get() {
            GenState::Done => return Ok(Ref::none()),
            GenState::Created => {
                g.closed.set(true);
                self.leave_frame(g);
                g.drop_registers();
                return Ok(Ref::none());
            }
            _ => {}
        }
        let class = rt().types.generator_exit.clone();
        let exc = errors::new_exception(&class, vec![]);
        match self.gen_throw(this, exc) {
            Ok(Step::Return(v)) => Ok(v),
            Ok(_) => Err(self.runtime_error(&format!("{what} ignored GeneratorExit"))),
            Err(e) => {
                if self.exc_is(&class) || self.exc_is(&rt().types.stop_iteration) {
                    drop(self.take_exc());
                    return Ok(Ref::none());
                }
                Err(e)
            }
        }
    }

    /// The last reference to a generator is gone (PEP 342, 525).
    pub(crate) fn finalize_generator(&mut self, this: &Ref) {
        let Some(g) = this.cast::<GeneratorObj>() else {
            return;
        };
        if g.state.get() == GenState::Done || g.is_running() {
            return;
        }
        let kind = this.shape().map(|s| s.kind);
        if kind == Some(Kind::AsyncGenerator) {
            let hook = g.extra.cloned();
            if !hook.is_undefined() && !hook.is_none() && !g.closed.get() {
                g.extra.set(Ref::UNDEFINED);
                if self.call(&hook, std::slice::from_ref(this)).is_err() {
                    let exc = self.take_exc();
                    self.unraisable(
                        &exc,
                        Some(this),
                        "Exception ignored while finalizing generator",
                    );
                }
                return;
            }
        }
        if kind == Some(Kind::Coroutine) && g.state.get() == GenState::Created {
            self.warn_never_awaited(this);
            if let Some(g) = this.cast::<GeneratorObj>() {
                self.leave_frame(g);
                g.drop_registers();
            }
            return;
        }
        if self.gen_close(this).is_err() {
            let exc = self.take_exc();
            self.unraisable(
                &exc,
                Some(this),
                "Exception ignored while closing generator",
            );
        }
    }

    /// Calls the first-iteration hook and remembers the finalizer hook (PEP 525).
    pub fn init_async_gen_hooks(&mut self, agen: &Ref) -> R<()> {
        let Some(g) = agen.cast::<GeneratorObj>() else {
            return Ok(());
        };
        if g.hooks_done.replace(true) {
            return Ok(());
        }
        if !self.asyncgen_final.is_none() {
            g.extra.set(self.asyncgen_final.clone());
        }
        let first = self.asyncgen_first.clone();
        if !first.is_none() {
            self.call(&first, std::slice::from_ref(agen))?;
        }
        Ok(())
    }
}

/// What messages call it.
pub(crate) fn kind_name(r: &Ref) -> &'static str {
    match r.shape().map(|s| s.kind) {
        Some(Kind::Coroutine) => "coroutine",
        Some(Kind::AsyncGenerator) => "async generator",
        _ => "generator",
    }
}
