//! What the thread that runs Python keeps about asyncio: classes, the running loop and the running task.

use std::cell::Cell;
use taipan_vm::modules::contextvars;
use taipan_vm::value::*;
use taipan_vm::{R, Vm};

#[derive(Default)]
pub struct State {
    pub future: Guarded<Ref>,
    pub task: Guarded<Ref>,
    pub future_iter: Guarded<Ref>,
    pub handle: Guarded<Ref>,
    pub timer_handle: Guarded<Ref>,
    pub event_loop: Guarded<Ref>,
    pub task_method: Guarded<Ref>,
    /// `asyncio.CancelledError` and `InvalidStateError`.
    pub cancelled: Guarded<Ref>,
    pub invalid_state: Guarded<Ref>,
    /// Undefined if there is none.
    pub running_loop: Guarded<Ref>,
    pub running_task: Guarded<Ref>,
    /// The loop of an interactive session, which runs between inputs and so counts as running in them; undefined if there is none.
    pub prompt_loop: Guarded<Ref>,
    /// Numbers tasks in the order in which they are made.
    pub tasks_made: Cell<u64>,
    pub tasks_named: Cell<u64>,
}

thread_local! {
    /// Lives as long as the process: the thread that runs Python is the only one that makes it.
    static STATE: &'static State = Box::leak(Box::default());
}

#[inline]
pub fn get() -> &'static State {
    STATE.with(|s| *s)
}

/// `get_running_loop()`, undefined if none runs.
pub fn running_loop() -> Ref {
    get().running_loop.cloned()
}

pub fn require_running_loop(vm: &mut Vm) -> R<Ref> {
    let running = running_loop();
    if running.is_undefined() {
        let prompt = get().prompt_loop.cloned();
        if !prompt.is_undefined() {
            return Ok(prompt);
        }
        return Err(vm.runtime_error("no running event loop"));
    }
    Ok(running)
}

/// The running loop, or the one that was set for the thread.
pub fn default_loop(vm: &mut Vm) -> R<Ref> {
    let running = running_loop();
    if !running.is_undefined() {
        return Ok(running);
    }
    let events = vm.import_absolute(&intern("asyncio.events"))?;
    let policy = vm.call_method(&events, "_get_event_loop_policy", &[])?;
    vm.call_method(&policy, "get_event_loop", &[])
}

/// The context given as an argument, or a copy of the running one.
pub fn context_argument(vm: &mut Vm, given: Option<&Ref>) -> Ref {
    match given {
        Some(c) if !c.is_none() => c.clone(),
        _ => contextvars::copy_current(vm),
    }
}

/// Runs `f` in a context.
#[inline]
pub fn in_context<T>(vm: &mut Vm, context: &Ref, f: impl FnOnce(&mut Vm) -> R<T>) -> R<T> {
    contextvars::enter(vm, context)?;
    let r = f(vm);
    match r {
        Ok(v) => {
            contextvars::leave(vm, context)?;
            Ok(v)
        }
        Err(e) => {
            let exc = vm.take_exc();
            let left = contextvars::leave(vm, context);
            if left.is_ok() {
                let _ = vm.reraise(exc);
            }
            Err(e)
        }
    }
}
