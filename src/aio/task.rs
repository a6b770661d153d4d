//! `Task`: drives a coroutine, step by step, on an event loop.

use crate::event_loop::{self, Job};
use crate::future::{self, Callback, Future, State};
use crate::state;
use std::cell::Cell;
use taipan_vm::interp::coro::Step;
use taipan_vm::native::arg;
use taipan_vm::types::spec::TypeSpec;
use taipan_vm::value::header::flag;
use taipan_vm::value::*;
use taipan_vm::vm::{new_int, new_str};
use taipan_vm::{Args, R, Vm, constructor, errors, getset, methods, trace};

/// What a task has beyond a future.
pub struct TaskPart {
    pub coroutine: Guarded<Ref>,
    pub context: Guarded<Ref>,
    /// A str, or the number of the task from which the name is made when it is asked for.
    pub name: Guarded<Ref>,
    /// What the task waits for; undefined while it is to run.
    pub waits_for: Guarded<Ref>,
    pub must_cancel: Cell<bool>,
    pub tell_destroyed: Cell<bool>,
    pub cancelling: Cell<i64>,
    /// Where the loop keeps it among its unfinished tasks.
    pub place: Cell<Option<usize>>,
    pub number: u64,
}
trace!(TaskPart; coroutine, context, name, waits_for);

impl TaskPart {
    pub fn clear(&self) {
        self.coroutine.set(Ref::none());
        self.context.set(Ref::none());
        self.waits_for.set(Ref::UNDEFINED);
    }
}

pub static TASK: TypeSpec = TypeSpec {
    name: "_asyncio.Task",
    flags: type_flag::BASE | type_flag::HAS_DICT | type_flag::HAS_WEAKREF | type_flag::HAS_DEL,
    doc: "Runs a coroutine in an event loop, as a future of what it returns.",
    methods: METHODS,
    getset: GETSET,
    slots: |s| {
        constructor!(s, "Task(cls, coro, *, loop=None, name=None, context=None, eager_start=False)" => make);
        // The arguments are `__new__`'s; a subclass may give them to `__init__` too.
        s.init.set(Some(|_, _, _| Ok(())));
        s.repr.set(Some(crate::show::task_repr));
    },
    ..TypeSpec::DEFAULT
};

fn make(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let given = |i: usize| arg(a, i).cloned().unwrap_or_else(Ref::none);
    let eager = match arg(a, 5) {
        Some(e) => vm.truthy(e)?,
        None => false,
    };
    new(vm, &a[0], &a[1], given(2), given(3), given(4), eager)
}

fn is_coroutine(vm: &mut Vm, r: &Ref) -> R<bool> {
    if r.shape().is_some_and(|s| s.kind == Kind::Coroutine) {
        return Ok(true);
    }
    let module = vm.import_absolute(&intern("asyncio.coroutines"))?;
    let yes = vm.call_method(&module, "iscoroutine", std::slice::from_ref(r))?;
    vm.truthy(&yes)
}

/// A new task, scheduled to run.
pub fn new(
    vm: &mut Vm,
    class: &Ref,
    coroutine: &Ref,
    event_loop: Ref,
    name: Ref,
    context: Ref,
    eager: bool,
) -> R<Ref> {
    let event_loop = future::loop_or_default(vm, event_loop)?;
    if !is_coroutine(vm, coroutine)? {
        let text = format!("a coroutine was expected, got {}", vm.repr_text(coroutine)?);
        return Err(vm.type_error(&text));
    }
    let context = state::context_argument(vm, Some(&context));
    let shared = state::get();
    let name = if name.is_none() {
        shared.tasks_named.set(shared.tasks_named.get() + 1);
        new_int(shared.tasks_named.get() as i64)
    } else if name.is_str() {
        name
    } else {
        vm.str(&name)?
    };
    shared.tasks_made.set(shared.tasks_made.get() + 1);
    let payload = Future::blank(Some(TaskPart {
        coroutine: Guarded::new(coroutine.clone()),
        context: Guarded::new(context.clone()),
        name: Guarded::new(name),
        waits_for: Guarded::default(),
        must_cancel: Cell::new(false),
        tell_destroyed: Cell::new(true),
        cancelling: Cell::new(0),
        place: Cell::new(None),
        number: shared.tasks_made.get(),
    }));
    payload.event_loop.set(event_loop.clone());
    let task = Ref::new_native(class, payload);
    if eager && state::running_loop().is(&event_loop) {
        return start_eagerly(vm, task, &event_loop, &context);
    }
    event_loop::post(
        vm,
        &event_loop,
        Job::Step {
            task: task.clone(),
            exception: Ref::UNDEFINED,
        },
    )?;
    event_loop::register(vm, &event_loop, &task);
    Ok(task)
}

/// Runs the first step at once, as if it were part of the task that makes it.
fn start_eagerly(vm: &mut Vm, task: Ref, event_loop: &Ref, context: &Ref) -> R<Ref> {
    event_loop::register(vm, event_loop, &task);
    let outer = state::get().running_task.replace(task.clone());
    let done = state::in_context(vm, context, |vm| advance(vm, &task, Ref::UNDEFINED));
    state::get().running_task.set(outer);
    if let Some(f) = task.native::<Future>()
        && !f.pending()
        && let Some(part) = &f.task
    {
        part.coroutine.set(Ref::none());
    }
    done?;
    Ok(task)
}

/// A task is done: its loop need not know it any more.
pub fn finished(vm: &mut Vm, this: &Ref, f: &Future) {
    event_loop::unregister(vm, f);
    this.set_flag(flag::FINALIZED, true);
}

/// One step, as the loop runs it.
pub fn run_step(vm: &mut Vm, task: &Ref, exception: Ref) -> R<()> {
    let Some(f) = task.native::<Future>() else {
        return Ok(());
    };
    let Some(part) = &f.task else { return Ok(()) };
    if !f.pending() {
        let shown = vm.repr_text(task)?;
        let exc = if exception.is_undefined() {
            "None".into()
        } else {
            vm.repr_text(&exception)?
        };
        let class = state::get().invalid_state.cloned();
        let exc = vm.call(
            &class,
            &[new_str(&format!("__step(): already done: {shown} {exc}"))],
        )?;
        return Err(vm.raise(exc));
    }
    enter(vm, &f.event_loop.cloned(), task)?;
    let context = part.context.cloned();
    let r = state::in_context(vm, &context, |vm| advance(vm, task, exception));
    state::get().running_task.set(Ref::UNDEFINED);
    r
}

/// `_enter_task`.
pub fn enter(vm: &mut Vm, event_loop: &Ref, task: &Ref) -> R<()> {
    let shared = state::get();
    if !shared.running_loop.cloned().is(event_loop) {
        let text = format!("loop {} is not the running loop", vm.repr_text(event_loop)?);
        return Err(vm.runtime_error(&text));
    }
    let now = shared.running_task.cloned();
    if !now.is_undefined() {
        let text = format!(
            "Cannot enter into task {} while another task {} is being executed.",
            vm.repr_text(task)?,
            vm.repr_text(&now)?
        );
        return Err(vm.runtime_error(&text));
    }
    shared.running_task.set(task.clone());
    Ok(())
}

/// Goes on with the coroutine and deals with what it yields, returns or raises.
fn advance(vm: &mut Vm, task: &Ref, mut exception: Ref) -> R<()> {
    let Some(f) = task.native::<Future>() else {
        return Ok(());
    };
    let Some(part) = &f.task else { return Ok(()) };
    if part.must_cancel.get() {
        let already = !exception.is_undefined()
            && exception
                .class()
                .is_subtype(&state::get().cancelled.cloned());
        if !already {
            exception = future::cancelled_error(vm, f)?;
        }
        part.must_cancel.set(false);
    }
    part.waits_for.set(Ref::UNDEFINED);
    let coroutine = part.coroutine.cloned();
    let step = if exception.is_undefined() {
        vm.send_to(&coroutine, Ref::none())
    } else if coroutine.cast::<GeneratorObj>().is_some() {
        vm.gen_throw(&coroutine, exception)
    } else {
        let r = vm.call_method(&coroutine, "throw", &[exception]);
        vm.step_from(r)
    };
    match step {
        Ok(Step::Return(value)) => {
            if part.must_cancel.replace(false) {
                let message = f.cancel_message.cloned();
                future::cancel(vm, task, message)?;
                return Ok(());
            }
            future::set_result(vm, task, value)
        }
        Ok(Step::Yield(value) | Step::AsyncYield(value)) => wait_for(vm, task, f, part, value),
        Err(e) => {
            let types = &rt().types;
            if vm.exc_is(&state::get().cancelled.cloned()) {
                let exc = vm.take_exc();
                f.cancelled_by.set(exc);
                future::cancel(vm, task, f.cancel_message.cloned())?;
                return Ok(());
            }
            let fatal = vm.exc_is(&types.keyboard_interrupt) || vm.exc_is(&types.system_exit);
            let exc = vm.take_exc();
            future::set_exception(vm, task, &exc)?;
            if fatal {
                let _ = vm.reraise(exc);
                return Err(e);
            }
            Ok(())
        }
    }
}

/// The coroutine has yielded: the task goes on when that is done.
fn wait_for(vm: &mut Vm, task: &Ref, f: &Future, part: &TaskPart, value: Ref) -> R<()> {
    if value.is_none() {
        let job = Job::Step {
            task: task.clone(),
            exception: Ref::UNDEFINED,
        };
        return event_loop::post(vm, &f.event_loop.cloned(), job);
    }
    if value.is(task) {
        let text = format!("Task cannot await on itself: {}", vm.repr_text(task)?);
        return throw_soon(vm, task, f, &text);
    }
    if let Some(other) = value.native::<Future>() {
        if !other.event_loop.cloned().is(&f.event_loop.cloned()) {
            let text = foreign_loop(vm, task, &value)?;
            return throw_soon(vm, task, f, &text);
        }
        if !other.blocking.replace(false) {
            let text = plain_yield(vm, task, &value)?;
            return throw_soon(vm, task, f, &text);
        }
        future::add_callback(vm, &value, Callback::Wakeup(task.clone()))?;
    } else {
        // Anything that behaves as a future; it says so by this attribute.
        let name = intern("_asyncio_future_blocking");
        let blocking = vm.getattr_opt(&value, &name)?.filter(|b| !b.is_none());
        let Some(blocking) = blocking else {
            let text = if value.shape().is_some_and(|s| s.kind == Kind::Generator) {
                format!(
                    "yield was used instead of yield from for generator in task {} with {}",
                    vm.repr_text(task)?,
                    vm.repr_text(&value)?
                )
            } else {
                format!("Task got bad yield: {}", vm.repr_text(&value)?)
            };
            return throw_soon(vm, task, f, &text);
        };
        let other = vm.call_method(&value, "get_loop", &[])?;
        if !other.is(&f.event_loop.cloned()) {
            let text = foreign_loop(vm, task, &value)?;
            return throw_soon(vm, task, f, &text);
        }
        if !vm.truthy(&blocking)? {
            let text = plain_yield(vm, task, &value)?;
            return throw_soon(vm, task, f, &text);
        }
        vm.setattr(&value, &name, Some(Ref::bool(false)))?;
        let wakeup = task_method(task, Ref::UNDEFINED);
        let add = vm.getattr_str(&value, "add_done_callback")?;
        vm.call_args(
            &add,
            Args::new(&[wakeup, part.context.cloned()], &[intern("context")]),
        )?;
    }
    part.waits_for.set(value.clone());
    if part.must_cancel.get() && future::cancel_any(vm, &value, f.cancel_message.cloned())? {
        part.must_cancel.set(false);
    }
    Ok(())
}

fn foreign_loop(vm: &mut Vm, task: &Ref, value: &Ref) -> R<String> {
    Ok(format!(
        "Task {} got Future {} attached to a different loop",
        vm.repr_text(task)?,
        vm.repr_text(value)?
    ))
}

fn plain_yield(vm: &mut Vm, task: &Ref, value: &Ref) -> R<String> {
    Ok(format!(
        "yield was used instead of yield from in task {} with {}",
        vm.repr_text(task)?,
        vm.repr_text(value)?
    ))
}

/// The coroutine has done something wrong; its next step raises that.
fn throw_soon(vm: &mut Vm, task: &Ref, f: &Future, text: &str) -> R<()> {
    let exception = errors::new_exception(&rt().types.runtime_error, vec![new_str(text)]);
    let job = Job::Step {
        task: task.clone(),
        exception,
    };
    event_loop::post(vm, &f.event_loop.cloned(), job)
}

/// What the task waited for is done.
pub fn run_wakeup(vm: &mut Vm, task: &Ref, done: &Ref) -> R<()> {
    let outcome = if done.native::<Future>().is_some() {
        future::outcome(vm, done)?
    } else {
        match vm.call_method(done, "result", &[]) {
            Ok(v) => Ok(v),
            Err(_) => Err(vm.take_exc()),
        }
    };
    run_step(vm, task, outcome.err().unwrap_or(Ref::UNDEFINED))
}

/// `Task.cancel`.
pub fn cancel(vm: &mut Vm, this: &Ref, message: Ref) -> R<bool> {
    let f = future::get(vm, this)?;
    f.set_unseen(this, false);
    let Some(part) = &f.task else {
        return Ok(false);
    };
    if !f.pending() {
        return Ok(false);
    }
    this.set_flag(flag::FINALIZED, false);
    part.cancelling.set(part.cancelling.get() + 1);
    let waits = part.waits_for.cloned();
    if !waits.is_undefined() && future::cancel_any(vm, &waits, message.clone())? {
        return Ok(true);
    }
    part.must_cancel.set(true);
    f.cancel_message.set(message);
    Ok(true)
}

/// A task goes that has not come to its end.
pub fn finalize(vm: &mut Vm, this: &Ref, f: &Future) -> R<()> {
    let Some(part) = &f.task else { return Ok(()) };
    let event_loop = f.event_loop.cloned();
    if !f.pending() || !part.tell_destroyed.get() || event_loop.is_undefined() {
        return Ok(());
    }
    let context = future::dict(&[
        ("task", this.clone()),
        ("message", new_str("Task was destroyed but it is pending!")),
    ]);
    vm.call_method(&event_loop, "call_exception_handler", &[context])?;
    Ok(())
}

/// The name; numbered tasks get theirs now.
pub fn name(part: &TaskPart) -> Ref {
    let name = part.name.cloned();
    match name.as_i64() {
        Some(n) => {
            let text = new_str(&format!("Task-{n}"));
            part.name.set(text.clone());
            text
        }
        None => name,
    }
}

fn part<'a>(vm: &mut Vm, r: &'a Ref) -> R<&'a TaskPart> {
    match r.native::<Future>().and_then(|f| f.task.as_ref()) {
        Some(p) => Ok(p),
        None => Err(vm.runtime_error("Task object is not initialized.")),
    }
}

methods! { METHODS;
    "cancel(self, /, msg=None)" => |vm, a| {
        let message = arg(a, 1).cloned().unwrap_or_else(Ref::none);
        Ok(Ref::bool(cancel(vm, &a[0], message)?))
    }, "Has CancelledError raised in the coroutine, when it runs next.\n\nFalse if the task is done. Whether it ends is up to the coroutine, which can catch the exception.";
    "cancelling(self, /)" => |vm, a| Ok(new_int(part(vm, &a[0])?.cancelling.get())), "How many times cancel() was called, less those that uncancel() took back.";
    "uncancel(self, /)" => |vm, a| {
        let p = part(vm, &a[0])?;
        if p.cancelling.get() > 0 {
            p.cancelling.set(p.cancelling.get() - 1);
            if p.cancelling.get() == 0 {
                p.must_cancel.set(false);
            }
        }
        Ok(new_int(p.cancelling.get()))
    }, "Takes one cancel() back, and says how many are left.";
    "get_coro(self, /)" => |vm, a| Ok(part(vm, &a[0])?.coroutine.cloned()), "";
    "get_context(self, /)" => |vm, a| Ok(part(vm, &a[0])?.context.cloned()), "";
    "get_name(self, /)" => |vm, a| Ok(name(part(vm, &a[0])?)), "";
    "set_name(self, value, /)" => |vm, a| {
        let value = if a[1].is_str() { a[1].clone() } else { vm.str(&a[1])? };
        part(vm, &a[0])?.name.set(value);
        Ok(Ref::none())
    }, "";
    "get_stack(self, /, *, limit=None)" => |vm, a| {
        let module = vm.import_absolute(&intern("asyncio.base_tasks"))?;
        let limit = arg(a, 1).cloned().unwrap_or_else(Ref::none);
        vm.call_method(&module, "_task_get_stack", &[a[0].clone(), limit])
    }, "The frames of the coroutine, innermost last: one if it is suspended, those of the traceback if it failed.";
    "print_stack(self, /, *, limit=None, file=None)" => |vm, a| {
        let module = vm.import_absolute(&intern("asyncio.base_tasks"))?;
        let limit = arg(a, 1).cloned().unwrap_or_else(Ref::none);
        let file = arg(a, 2).cloned().unwrap_or_else(Ref::none);
        vm.call_method(&module, "_task_print_stack", &[a[0].clone(), limit, file])
    }, "Writes the coroutine's frames like a traceback.";
    class "__class_getitem__(cls, object, /)" => |vm, a| taipan_vm::types::generic_alias::new_alias(vm, &a[0], &a[1]), "The class with types in brackets, for annotations.";
}

getset! { GETSET;
    "_coro" => |vm, r| Ok(part(vm, r)?.coroutine.cloned()), "";
    "_must_cancel" => |vm, r| Ok(Ref::bool(part(vm, r)?.must_cancel.get())), "";
    "_fut_waiter" => |vm, r| {
        let w = part(vm, r)?.waits_for.cloned();
        Ok(if w.is_undefined() { Ref::none() } else { w })
    }, "";
    "_log_destroy_pending" => |vm, r| Ok(Ref::bool(part(vm, r)?.tell_destroyed.get())), set_tell, "";
    "_num_cancels_requested" => |vm, r| Ok(new_int(part(vm, r)?.cancelling.get())), "";
}

fn set_tell(vm: &mut Vm, r: &Ref, value: Option<Ref>) -> R<()> {
    let on = match value {
        Some(v) => vm.truthy(&v)?,
        None => false,
    };
    part(vm, r)?.tell_destroyed.set(on);
    Ok(())
}

/// What foreign loops and futures are given to call: a step of the task, or with an argument its wake-up.
pub struct TaskMethod {
    task: Ref,
    exception: Ref,
}
trace!(TaskMethod; task, exception);
impl NativePayload for TaskMethod {}

pub static TASK_METHOD: TypeSpec = TypeSpec {
    name: "_asyncio.TaskStepMethWrapper",
    flags: type_flag::NO_NEW,
    slots: |s| {
        s.call.set(Some(|vm, this, args| {
            if let Some(m) = this.native::<TaskMethod>() {
                match args.pos().first() {
                    Some(done) => run_wakeup(vm, &m.task, done)?,
                    None => run_step(vm, &m.task, m.exception.clone())?,
                }
            }
            Ok(Ref::none())
        }));
    },
    ..TypeSpec::DEFAULT
};

/// A callable for one step of the task.
pub fn task_method(task: &Ref, exception: Ref) -> Ref {
    let class = state::get().task_method.cloned();
    Ref::new_native(
        &class,
        TaskMethod {
            task: task.clone(),
            exception,
        },
    )
}

/// Whether the future was cancelled; for callers that only look.
pub fn is_cancelled(r: &Ref) -> bool {
    r.native::<Future>()
        .is_some_and(|f| f.state.get() == State::Cancelled)
}
