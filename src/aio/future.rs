//! `Future`: a result that comes later, and the iterator by which coroutines wait for it.

use crate::event_loop::{self, Job};
use crate::state;
use crate::task::{self, TaskPart};
use std::cell::Cell;
use taipan_vm::interp::coro::Step;
use taipan_vm::native::arg;
use taipan_vm::types::spec::TypeSpec;
use taipan_vm::value::header::flag;
use taipan_vm::value::*;
use taipan_vm::vm::{new_list, new_str, new_tuple};
use taipan_vm::{Args, R, Raised, Vm, errors, getset, methods, trace};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    Pending,
    Cancelled,
    Finished,
}

/// What is told when the future is done.
#[derive(Clone)]
pub enum Callback {
    /// `function(future)`, run in a context.
    Call { function: Ref, context: Ref },
    /// A task that waits for it.
    Wakeup(Ref),
}
impl Trace for Callback {
    fn trace(&self, tracer: &mut Tracer) {
        match self {
            Callback::Call { function, context } => {
                tracer.visit(function);
                tracer.visit(context);
            }
            Callback::Wakeup(task) => tracer.visit(task),
        }
    }
}

/// The payload of futures and tasks.
pub struct Future {
    pub state: Cell<State>,
    /// Set while a coroutine hands the future to its task, to tell `await` from a plain `yield`.
    pub blocking: Cell<bool>,
    /// Nobody has looked at the exception yet.
    pub unseen: Cell<bool>,
    pub event_loop: Guarded<Ref>,
    pub callbacks: Guarded<Vec<Callback>>,
    pub result: Guarded<Ref>,
    /// Undefined if there is none.
    pub exception: Guarded<Ref>,
    pub traceback: Guarded<Ref>,
    pub cancel_message: Guarded<Ref>,
    /// The exception that cancelled a task, to be raised again where it is awaited; undefined if there is none.
    pub cancelled_by: Guarded<Ref>,
    pub task: Option<TaskPart>,
}
trace!(Future; event_loop, callbacks, result, exception, traceback, cancel_message, cancelled_by, task);
impl NativePayload for Future {
    fn clear(&self) {
        self.callbacks.set(Vec::new());
        self.result.set(Ref::none());
        self.exception.set(Ref::UNDEFINED);
        self.traceback.set(Ref::none());
        self.cancelled_by.set(Ref::UNDEFINED);
        self.event_loop.set(Ref::UNDEFINED);
        if let Some(t) = &self.task {
            t.clear();
        }
    }
}

impl Future {
    pub fn blank(task: Option<TaskPart>) -> Future {
        Future {
            state: Cell::new(State::Pending),
            blocking: Cell::new(false),
            unseen: Cell::new(false),
            event_loop: Guarded::default(),
            callbacks: Guarded::default(),
            result: Guarded::new(Ref::none()),
            exception: Guarded::default(),
            traceback: Guarded::new(Ref::none()),
            cancel_message: Guarded::new(Ref::none()),
            cancelled_by: Guarded::default(),
            task,
        }
    }
    pub fn pending(&self) -> bool {
        self.state.get() == State::Pending
    }
    /// Remembers whether somebody should be told when the future goes.
    pub fn set_unseen(&self, this: &Ref, on: bool) {
        self.unseen.set(on);
        this.set_flag(flag::FINALIZED, !on);
    }
}

pub static FUTURE: TypeSpec = TypeSpec {
    name: "_asyncio.Future",
    flags: type_flag::BASE | type_flag::HAS_DICT | type_flag::HAS_WEAKREF | type_flag::HAS_DEL,
    doc: "A result that is not there yet.\n\nawait waits for it; callbacks are called by the loop when it is set. Not for use from other threads.",
    methods: METHODS,
    getset: GETSET,
    slots: |s| {
        s.new.set(Some(|_, class, _| {
            let f = Ref::new_native(class, Future::blank(None));
            f.set_flag(flag::FINALIZED, true);
            Ok(f)
        }));
        s.init.set(Some(init));
        s.repr.set(Some(crate::show::future_repr));
        s.iter.set(Some(new_iter));
        s.await_.set(Some(new_iter));
        s.del.set(Some(finalize));
    },
    ..TypeSpec::DEFAULT
};

/// The future or task behind a reference.
pub fn get<'a>(vm: &mut Vm, r: &'a Ref) -> R<&'a Future> {
    match r.native::<Future>() {
        Some(f) if !f.event_loop.get(vm).is_undefined() => Ok(f),
        Some(f) if f.task.is_some() => Err(vm.runtime_error("Task object is not initialized.")),
        _ => Err(vm.runtime_error("Future object is not initialized.")),
    }
}

/// A new future of a loop.
pub fn new(event_loop: &Ref) -> Ref {
    let future = Future::blank(None);
    future.event_loop.set(event_loop.clone());
    let f = Ref::new_native(&state::get().future.cloned(), future);
    f.set_flag(flag::FINALIZED, true);
    f
}

fn init(vm: &mut Vm, this: &Ref, args: Args) -> R<()> {
    if !args.pos().is_empty() {
        let text = format!(
            "Future() takes no positional arguments ({} given)",
            args.pos().len()
        );
        return Err(vm.type_error(&text));
    }
    let event_loop = args.get_kw("loop").cloned().unwrap_or_else(Ref::none);
    if let Some((k, _)) = args.kw().find(|(k, _)| k.str_obj().bytes() != b"loop") {
        let text = format!(
            "Future() got an unexpected keyword argument '{}'",
            vm.str_lossy(k)
        );
        return Err(vm.type_error(&text));
    }
    let event_loop = loop_or_default(vm, event_loop)?;
    if let Some(f) = this.native::<Future>() {
        f.clear();
        f.state.set(State::Pending);
        f.event_loop.set(event_loop);
    }
    Ok(())
}

pub fn loop_or_default(vm: &mut Vm, event_loop: Ref) -> R<Ref> {
    if event_loop.is_none() || event_loop.is_undefined() {
        state::default_loop(vm)
    } else {
        Ok(event_loop)
    }
}

fn invalid_state(vm: &mut Vm, text: &str) -> Raised {
    let class = state::get().invalid_state.cloned();
    let exc = vm.call(&class, &[new_str(text)]);
    match exc {
        Ok(exc) => vm.raise(exc),
        Err(e) => e,
    }
}

/// The exception that says it was cancelled.
pub fn cancelled_error(vm: &mut Vm, f: &Future) -> R<Ref> {
    let made = f.cancelled_by.replace(Ref::UNDEFINED);
    if !made.is_undefined() {
        return Ok(made);
    }
    let class = state::get().cancelled.cloned();
    let message = f.cancel_message.cloned();
    if message.is_none() {
        vm.call(&class, &[])
    } else {
        vm.call(&class, &[message])
    }
}

/// What the future came to: a value, or the exception.
pub fn outcome(vm: &mut Vm, this: &Ref) -> R<Result<Ref, Ref>> {
    let f = get(vm, this)?;
    match f.state.get() {
        State::Cancelled => Ok(Err(cancelled_error(vm, f)?)),
        State::Pending => Err(invalid_state(vm, "Result is not set.")),
        State::Finished => {
            f.set_unseen(this, false);
            let exc = f.exception.cloned();
            if exc.is_undefined() {
                return Ok(Ok(f.result.cloned()));
            }
            // What an earlier await has added to the traceback is not part of this one.
            if let Some(e) = exc.cast::<ExceptionObj>() {
                e.traceback.set(f.traceback.replace(Ref::none()));
            }
            Ok(Err(exc))
        }
    }
}

/// `future.result()`.
pub fn result(vm: &mut Vm, this: &Ref) -> R<Ref> {
    match outcome(vm, this)? {
        Ok(v) => Ok(v),
        Err(exc) => Err(vm.raise(exc)),
    }
}

pub fn set_result(vm: &mut Vm, this: &Ref, value: Ref) -> R<()> {
    let f = get(vm, this)?;
    if !f.pending() {
        return Err(invalid_state(vm, "invalid state"));
    }
    f.result.set(value);
    f.state.set(State::Finished);
    schedule_callbacks(vm, this, f)
}

pub fn set_exception(vm: &mut Vm, this: &Ref, exc: &Ref) -> R<()> {
    let f = get(vm, this)?;
    if !f.pending() {
        return Err(invalid_state(vm, "invalid state"));
    }
    let mut exc = exc.clone();
    if exc.cast::<TypeObj>().is_some() {
        exc = vm.call(&exc, &[])?;
    }
    if exc.cast::<ExceptionObj>().is_none() {
        return Err(vm.type_error("Invalid exception object"));
    }
    if exc.class().is_subtype(&rt().types.stop_iteration) {
        let text =
            "StopIteration interacts badly with generators and cannot be raised into a Future";
        let new = errors::new_exception(&rt().types.runtime_error, vec![new_str(text)]);
        if let Some(e) = new.cast::<ExceptionObj>() {
            e.cause.set(exc.clone());
            e.context.set(exc);
            e.suppress_context.set(true);
        }
        exc = new;
    }
    let traceback = exc
        .cast::<ExceptionObj>()
        .map_or_else(Ref::none, |e| e.traceback.cloned());
    f.traceback.set(traceback);
    f.exception.set(exc);
    f.state.set(State::Finished);
    let done = schedule_callbacks(vm, this, f);
    f.set_unseen(this, true);
    done
}

/// `Future.cancel`, without what tasks add.
pub fn cancel(vm: &mut Vm, this: &Ref, message: Ref) -> R<bool> {
    let f = get(vm, this)?;
    f.set_unseen(this, false);
    if !f.pending() {
        return Ok(false);
    }
    f.state.set(State::Cancelled);
    f.cancel_message.set(message);
    schedule_callbacks(vm, this, f)?;
    Ok(true)
}

fn schedule_callbacks(vm: &mut Vm, this: &Ref, f: &Future) -> R<()> {
    if f.task.is_some() {
        task::finished(vm, this, f);
    }
    let callbacks = f.callbacks.replace(Vec::new());
    if callbacks.is_empty() {
        return Ok(());
    }
    let event_loop = f.event_loop.cloned();
    for c in callbacks {
        let job = match c {
            Callback::Call { function, context } => Job::Tell {
                function,
                future: this.clone(),
                context,
            },
            Callback::Wakeup(task) => Job::Wakeup {
                task,
                future: this.clone(),
            },
        };
        event_loop::post(vm, &event_loop, job)?;
    }
    Ok(())
}

pub fn add_callback(vm: &mut Vm, this: &Ref, callback: Callback) -> R<()> {
    let f = get(vm, this)?;
    f.callbacks.get_mut(vm).push(callback);
    if !f.pending() {
        let event_loop = f.event_loop.cloned();
        for c in f.callbacks.replace(Vec::new()) {
            let job = match c {
                Callback::Call { function, context } => Job::Tell {
                    function,
                    future: this.clone(),
                    context,
                },
                Callback::Wakeup(task) => Job::Wakeup {
                    task,
                    future: this.clone(),
                },
            };
            event_loop::post(vm, &event_loop, job)?;
        }
    }
    Ok(())
}

/// A future goes whose exception nobody has seen.
fn finalize(vm: &mut Vm, this: &Ref) -> R<()> {
    let Some(f) = this.native::<Future>() else {
        return Ok(());
    };
    if f.task.is_some() {
        task::finalize(vm, this, f)?;
    }
    if !f.unseen.replace(false) {
        return Ok(());
    }
    let event_loop = f.event_loop.cloned();
    let exc = f.exception.cloned();
    if event_loop.is_undefined() || exc.is_undefined() {
        return Ok(());
    }
    let name = vm.str_lossy(this.class().name.get(vm));
    let text = format!("{name} exception was never retrieved");
    let context = dict(&[
        ("message", new_str(&text)),
        ("exception", exc),
        ("future", this.clone()),
    ]);
    vm.call_method(&event_loop, "call_exception_handler", &[context])?;
    Ok(())
}

/// A dict with these items.
pub fn dict(items: &[(&str, Ref)]) -> Ref {
    let d = DictObj::new_dict();
    if let Some(dict) = d.cast::<DictObj>() {
        for (key, value) in items {
            dict.set_name(key, value.clone());
        }
    }
    d
}

methods! { METHODS;
    "result(self, /)" => |vm, a| result(vm, &a[0]), "The result, or the exception raised if that was set.\n\nCancelledError is raised if it was cancelled, InvalidStateError if it is not there yet.";
    "exception(self, /)" => |vm, a| {
        let f = get(vm, &a[0])?;
        match f.state.get() {
            State::Cancelled => {
                let exc = cancelled_error(vm, f)?;
                Err(vm.raise(exc))
            }
            State::Pending => Err(invalid_state(vm, "Exception is not set.")),
            State::Finished => {
                f.set_unseen(&a[0], false);
                let exc = f.exception.cloned();
                Ok(if exc.is_undefined() { Ref::none() } else { exc })
            }
        }
    }, "The exception that was set, or None.\n\nCancelledError is raised if it was cancelled, InvalidStateError if it is not there yet.";
    "set_result(self, result, /)" => |vm, a| {
        if a[0].native::<Future>().is_some_and(|f| f.task.is_some()) {
            return Err(vm.runtime_error("Task does not support set_result operation"));
        }
        set_result(vm, &a[0], a[1].clone())?;
        Ok(Ref::none())
    }, "Sets the result. InvalidStateError is raised if there is one, or an exception.";
    "set_exception(self, exception, /)" => |vm, a| {
        if a[0].native::<Future>().is_some_and(|f| f.task.is_some()) {
            return Err(vm.runtime_error("Task does not support set_exception operation"));
        }
        set_exception(vm, &a[0], &a[1])?;
        Ok(Ref::none())
    }, "Sets an exception in place of a result. InvalidStateError is raised if there is one, or a result.";
    "add_done_callback(self, fn, /, *, context=None)" => |vm, a| {
        let context = state::context_argument(vm, arg(a, 2));
        add_callback(vm, &a[0], Callback::Call { function: a[1].clone(), context })?;
        Ok(Ref::none())
    }, "Has a function called with the future when it is done, or soon if it is done already.";
    "remove_done_callback(self, fn, /)" => |vm, a| {
        let f = get(vm, &a[0])?;
        let (mut kept, mut removed) = (Vec::new(), 0);
        for c in f.callbacks.cloned() {
            let same = match &c {
                Callback::Call { function, .. } => vm.equal(function, &a[1])?,
                Callback::Wakeup(_) => false,
            };
            if same {
                removed += 1;
            } else {
                kept.push(c);
            }
        }
        if removed > 0 {
            f.callbacks.set(kept);
        }
        Ok(taipan_vm::vm::new_int(removed))
    }, "Forgets a callback, and says how many times it was registered.";
    "cancel(self, /, msg=None)" => |vm, a| {
        let message = arg(a, 1).cloned().unwrap_or_else(Ref::none);
        Ok(Ref::bool(cancel_any(vm, &a[0], message)?))
    }, "Cancels the future, and schedules the callbacks. False if it was done already.";
    "cancelled(self, /)" => |_, a| Ok(Ref::bool(a[0].native::<Future>().is_some_and(|f| f.state.get() == State::Cancelled))), "Whether it was cancelled.";
    "done(self, /)" => |_, a| Ok(Ref::bool(a[0].native::<Future>().is_some_and(|f| !f.pending()))), "Whether it has a result or an exception, or was cancelled.";
    "get_loop(self, /)" => |vm, a| Ok(get(vm, &a[0])?.event_loop.cloned()), "The loop it belongs to.";
    "_make_cancelled_error(self, /)" => |vm, a| {
        let f = get(vm, &a[0])?;
        cancelled_error(vm, f)
    }, "The CancelledError to raise.";
    class "__class_getitem__(cls, object, /)" => |vm, a| taipan_vm::types::generic_alias::new_alias(vm, &a[0], &a[1]), "The class with types in brackets, for annotations.";
}

/// Cancels a future or a task; of foreign objects the method is called.
pub fn cancel_any(vm: &mut Vm, this: &Ref, message: Ref) -> R<bool> {
    match this.native::<Future>() {
        Some(f) if f.task.is_some() => task::cancel(vm, this, message),
        Some(_) => cancel(vm, this, message),
        None => {
            let kw = new_str("msg");
            let f = vm.getattr_str(this, "cancel")?;
            let r = vm.call_args(&f, Args::new(&[message], &[kw]))?;
            vm.truthy(&r)
        }
    }
}

getset! { GETSET;
    "_state" => |_, r| Ok(intern(match r.native::<Future>().map(|f| f.state.get()) {
        Some(State::Cancelled) => "CANCELLED",
        Some(State::Finished) => "FINISHED",
        _ => "PENDING",
    })), "";
    "_asyncio_future_blocking" => |_, r| Ok(Ref::bool(r.native::<Future>().is_some_and(|f| f.blocking.get()))), set_blocking, "";
    "_loop" => |_, r| Ok(r.native::<Future>().map(|f| f.event_loop.cloned()).filter(|l| !l.is_undefined()).unwrap_or_else(Ref::none)), "";
    "_callbacks" => |vm, r| {
        let f = get(vm, r)?;
        let mut out = Vec::new();
        for c in f.callbacks.cloned() {
            out.push(match c {
                Callback::Call { function, context } => new_tuple(vec![function, context]),
                Callback::Wakeup(task) => new_tuple(vec![vm.getattr_str(&task, "__class__")?, Ref::none()]),
            });
        }
        Ok(if out.is_empty() { Ref::none() } else { new_list(out) })
    }, "";
    "_result" => |_, r| Ok(r.native::<Future>().map_or_else(Ref::none, |f| f.result.cloned())), "";
    "_exception" => |_, r| Ok(r.native::<Future>().map(|f| f.exception.cloned()).filter(|e| !e.is_undefined()).unwrap_or_else(Ref::none)), "";
    "_log_traceback" => |_, r| Ok(Ref::bool(r.native::<Future>().is_some_and(|f| f.unseen.get()))), set_log, "";
    "_source_traceback" => |_, _| Ok(Ref::none()), "";
    "_cancel_message" => |_, r| Ok(r.native::<Future>().map_or_else(Ref::none, |f| f.cancel_message.cloned())), set_message, "";
}

fn set_blocking(vm: &mut Vm, r: &Ref, value: Option<Ref>) -> R<()> {
    let Some(value) = value else {
        return Err(vm.attribute_error_text(
            "cannot delete attribute",
            r,
            &intern("_asyncio_future_blocking"),
        ));
    };
    let on = vm.truthy(&value)?;
    get(vm, r)?.blocking.set(on);
    Ok(())
}
fn set_log(vm: &mut Vm, r: &Ref, value: Option<Ref>) -> R<()> {
    let Some(value) = value else {
        return Err(vm.attribute_error_text(
            "cannot delete attribute",
            r,
            &intern("_log_traceback"),
        ));
    };
    if vm.truthy(&value)? {
        return Err(vm.value_error("_log_traceback can only be set to False"));
    }
    get(vm, r)?.set_unseen(r, false);
    Ok(())
}
fn set_message(_: &mut Vm, r: &Ref, value: Option<Ref>) -> R<()> {
    if let Some(f) = r.native::<Future>() {
        f.cancel_message.set(value.unwrap_or_else(Ref::none));
    }
    Ok(())
}

/// Waits for a future; the payload is the future, undefined when that is over.
pub struct FutureIter(Guarded<Ref>);
impl Trace for FutureIter {
    fn trace(&self, tracer: &mut Tracer) {
        self.0.trace(tracer);
    }
}
impl NativePayload for FutureIter {
    fn clear(&self) {
        self.0.set(Ref::UNDEFINED);
    }
}

pub static FUTURE_ITER: TypeSpec = TypeSpec {
    name: "_asyncio.FutureIter",
    flags: type_flag::NO_NEW,
    methods: ITER_METHODS,
    slots: |s| {
        s.iter.set(Some(|_, r| Ok(r.clone())));
        s.next.set(Some(|vm, r| match step(vm, r)? {
            Step::Return(v) if v.is_none() => Ok(None),
            Step::Return(v) => Err(vm.stop_iteration(v)),
            Step::Yield(v) | Step::AsyncYield(v) => Ok(Some(v)),
        }));
        s.send.set(Some(|vm, r, _| step(vm, r)));
    },
    ..TypeSpec::DEFAULT
};

fn new_iter(vm: &mut Vm, this: &Ref) -> R<Ref> {
    get(vm, this)?;
    let class = state::get().future_iter.cloned();
    Ok(Ref::new_native(
        &class,
        FutureIter(Guarded::new(this.clone())),
    ))
}

fn step(vm: &mut Vm, r: &Ref) -> R<Step> {
    let Some(it) = r.native::<FutureIter>() else {
        return Ok(Step::Return(Ref::none()));
    };
    let future = it.0.cloned();
    let Some(f) = future.native::<Future>() else {
        return Ok(Step::Return(Ref::none()));
    };
    if f.pending() {
        if f.blocking.get() {
            return Err(vm.runtime_error("await wasn't used with future"));
        }
        f.blocking.set(true);
        return Ok(Step::Yield(future));
    }
    it.0.set(Ref::UNDEFINED);
    Ok(Step::Return(result(vm, &future)?))
}

methods! { ITER_METHODS;
    "send(self, value, /)" => |vm, a| match step(vm, &a[0])? {
        Step::Return(v) => Err(vm.stop_iteration(v)),
        Step::Yield(v) | Step::AsyncYield(v) => Ok(v),
    }, "";
    "throw(self, type, val=None, tb=None, /)" => |vm, a| {
        if let Some(it) = a[0].native::<FutureIter>() {
            it.0.set(Ref::UNDEFINED);
        }
        let value = arg(a, 2).filter(|v| !v.is_none());
        let exc = if a[1].cast::<TypeObj>().is_some() {
            match value {
                Some(v) if v.cast::<ExceptionObj>().is_some() => v.clone(),
                Some(v) => vm.call(&a[1], std::slice::from_ref(v))?,
                None => vm.call(&a[1], &[])?,
            }
        } else {
            a[1].clone()
        };
        if exc.cast::<ExceptionObj>().is_none() {
            return Err(vm.type_error("exceptions must be classes deriving BaseException or instances of such a class"));
        }
        Err(vm.reraise(exc))
    }, "";
    "close(self, /)" => |_, a| {
        if let Some(it) = a[0].native::<FutureIter>() {
            it.0.set(Ref::UNDEFINED);
        }
        Ok(Ref::none())
    }, "";
}
