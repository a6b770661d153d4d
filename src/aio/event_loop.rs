//! The core of the event loop: the queue of what is ready, the heap of timers, unfinished tasks, readiness of files.
//!
//! One turn does what asyncio's does, in that order: drop cancelled timers, wait, put readiness callbacks and due timers on the queue, run
//! what was on the queue then. Steps and wake-ups of tasks are jobs of their own kind, so no handle is made for them.

use crate::future::{self, Future};
use crate::poll::{Files, Watch};
use crate::transport::{self, Event, Transport};
use crate::{handle, show, state, task};
use handle::Handle;
use std::cell::Cell;
use std::collections::VecDeque;
use std::sync::atomic::Ordering;
use std::time::Duration;
use taipan_vm::native::arg;
use taipan_vm::types::spec::TypeSpec;
use taipan_vm::value::runtime::SAFEPOINT;
use taipan_vm::value::*;
use taipan_vm::vm::{new_float, new_list, new_str, new_usize};
use taipan_vm::{Args, R, Vm, getset, methods};

/// Something to run in a turn.
pub enum Job {
    Handle(Ref),
    /// The next step of a task; the exception is undefined, or thrown into it.
    Step {
        task: Ref,
        exception: Ref,
    },
    /// What a task waits for is done.
    Wakeup {
        task: Ref,
        future: Ref,
    },
    /// `function(future)`.
    Tell {
        function: Ref,
        future: Ref,
        context: Ref,
    },
    /// Readiness, or the end, of a connection.
    Transport {
        transport: Ref,
        event: Event,
    },
}
impl Trace for Job {
    fn trace(&self, t: &mut Tracer) {
        match self {
            Job::Handle(h) => t.visit(h),
            Job::Transport { transport, .. } => t.visit(transport),
            Job::Step { task, exception } => {
                t.visit(task);
                t.visit(exception);
            }
            Job::Wakeup { task, future } => {
                t.visit(task);
                t.visit(future);
            }
            Job::Tell {
                function,
                future,
                context,
            } => {
                t.visit(function);
                t.visit(future);
                t.visit(context);
            }
        }
    }
}

pub struct Loop {
    ready: Guarded<VecDeque<Job>>,
    timers: Guarded<Vec<Timer>>,
    /// Cancelled handles in the heap.
    cancelled: Cell<usize>,
    /// Tasks that are not done, with holes.
    tasks: Guarded<Vec<Ref>>,
    holes: Guarded<Vec<usize>>,
    stopping: Cell<bool>,
    closed: Cell<bool>,
    running: Cell<bool>,
    debug: Cell<bool>,
    /// No subclass has its own `call_soon`.
    direct: Cell<bool>,
    factory: Guarded<Ref>,
    pub files: Guarded<Files>,
}
impl Trace for Loop {
    fn trace(&self, t: &mut Tracer) {
        self.ready.trace(t);
        self.timers.trace(t);
        self.tasks.trace(t);
        self.factory.trace(t);
        self.files.trace(t);
    }
}
impl NativePayload for Loop {
    fn clear(&self) {
        self.ready.set(VecDeque::new());
        self.timers.set(Vec::new());
        self.tasks.set(Vec::new());
        self.holes.set(Vec::new());
        self.factory.set(Ref::none());
        self.files.set(Files::default());
    }
}

/// An entry of the heap.
pub struct Timer {
    when: f64,
    handle: Ref,
}
impl Trace for Timer {
    fn trace(&self, t: &mut Tracer) {
        t.visit(&self.handle);
    }
}

/// The resolution of the clock: what is due within it is due now.
const RESOLUTION: f64 = 1e-9;
/// The longest wait.
const DAY: f64 = 24.0 * 3600.0;
/// With so many timers, and more than half of them cancelled, the heap is made anew.
const MANY_TIMERS: usize = 100;

pub static EVENT_LOOP: TypeSpec = TypeSpec {
    name: "_asyncio.EventLoop",
    flags: type_flag::BASE | type_flag::HAS_DICT | type_flag::HAS_WEAKREF,
    doc: "The core of an event loop.",
    methods: METHODS,
    getset: GETSET,
    slots: |s| {
        s.new.set(Some(|vm, class, _| {
            let name = intern("call_soon");
            let own = class.cast::<TypeObj>().and_then(|t| vm.lookup(t, &name));
            let base = state::get().event_loop.cloned();
            let base = base.cast::<TypeObj>().and_then(|t| vm.lookup(t, &name));
            let direct = match (own, base) {
                (Some(a), Some(b)) => a.is(&b),
                _ => false,
            };
            Ok(Ref::new_native(
                class,
                Loop {
                    ready: Guarded::default(),
                    timers: Guarded::default(),
                    cancelled: Cell::new(0),
                    tasks: Guarded::default(),
                    holes: Guarded::default(),
                    stopping: Cell::new(false),
                    closed: Cell::new(false),
                    running: Cell::new(false),
                    debug: Cell::new(false),
                    direct: Cell::new(direct),
                    factory: Guarded::new(Ref::none()),
                    files: Guarded::default(),
                },
            ))
        }));
    },
    ..TypeSpec::DEFAULT
};

fn get<'a>(vm: &mut Vm, r: &'a Ref) -> R<&'a Loop> {
    match r.native::<Loop>() {
        Some(l) => Ok(l),
        None => Err(vm.type_error("an event loop is required")),
    }
}

fn open<'a>(vm: &mut Vm, r: &'a Ref) -> R<&'a Loop> {
    let l = get(vm, r)?;
    if l.closed.get() {
        return Err(vm.runtime_error("Event loop is closed"));
    }
    Ok(l)
}

/// `loop.call_soon(...)`.
pub fn post(vm: &mut Vm, event_loop: &Ref, job: Job) -> R<()> {
    if let Some(l) = event_loop.native::<Loop>()
        && l.direct.get()
    {
        if l.closed.get() {
            return Err(vm.runtime_error("Event loop is closed"));
        }
        l.ready.get_mut(vm).push_back(job);
        return Ok(());
    }
    // A loop of somebody else's gets callables.
    let (args, context) = match job {
        Job::Transport { transport, event } => return transport::run(vm, &transport, event),
        Job::Handle(h) => {
            let run = vm.getattr_str(&h, "_run")?;
            (vec![run], Ref::none())
        }
        Job::Step { task, exception } => {
            let context = context_of(&task);
            (vec![task::task_method(&task, exception)], context)
        }
        Job::Wakeup { task, future } => {
            let context = context_of(&task);
            (
                vec![task::task_method(&task, Ref::UNDEFINED), future],
                context,
            )
        }
        Job::Tell {
            function,
            future,
            context,
        } => (vec![function, future], context),
    };
    let mut all = args;
    all.push(context);
    let f = vm.getattr_str(event_loop, "call_soon")?;
    vm.call_args(&f, Args::new(&all, &[intern("context")]))?;
    Ok(())
}

fn context_of(task: &Ref) -> Ref {
    task.native::<Future>()
        .and_then(|f| f.task.as_ref())
        .map_or_else(Ref::none, |t| t.context.cloned())
}

/// The loop keeps a task until it is done.
pub fn register(vm: &mut Vm, event_loop: &Ref, task: &Ref) {
    let Some(part) = task.native::<Future>().and_then(|f| f.task.as_ref()) else {
        return;
    };
    if let Some(l) = event_loop.native::<Loop>() {
        let place = match l.holes.get_mut(vm).pop() {
            Some(i) => {
                if let Some(slot) = l.tasks.get_mut(vm).get_mut(i) {
                    *slot = task.clone();
                }
                i
            }
            None => {
                let tasks = l.tasks.get_mut(vm);
                tasks.push(task.clone());
                tasks.len() - 1
            }
        };
        part.place.set(Some(place));
    }
}

pub fn unregister(vm: &mut Vm, f: &Future) {
    let event_loop = f.event_loop.cloned();
    let (Some(part), Some(l)) = (&f.task, event_loop.native::<Loop>()) else {
        return;
    };
    if let Some(i) = part.place.take() {
        let old = l.tasks.get_mut(vm).get_mut(i).map(std::mem::take);
        l.holes.get_mut(vm).push(i);
        drop(old);
    }
}

/// The unfinished tasks of a loop, in the order in which they were made.
pub fn tasks_of(event_loop: &Ref) -> Vec<Ref> {
    let Some(l) = event_loop.native::<Loop>() else {
        return Vec::new();
    };
    let mut tasks: Vec<Ref> = l
        .tasks
        .cloned()
        .into_iter()
        .filter(|t| !t.is_undefined())
        .collect();
    tasks.sort_by_key(|t| {
        t.native::<Future>()
            .and_then(|f| f.task.as_ref())
            .map_or(0, |p| p.number)
    });
    tasks
}

/// A handle in a loop's heap has been cancelled.
pub fn timer_cancelled(event_loop: &Ref) {
    if let Some(l) = event_loop.native::<Loop>() {
        l.cancelled.set(l.cancelled.get() + 1);
    }
}

/// The loop's clock, in seconds.
pub fn now(vm: &Vm) -> f64 {
    vm.host.monotonic_ns() as f64 / 1e9
}

// The heap is that of the module heapq step by step, since the order of timers that are due at the same time follows from it.

fn rise(heap: &mut [Timer], start: usize, mut at: usize) {
    while at > start {
        let parent = (at - 1) / 2;
        if heap[at].when < heap[parent].when {
            heap.swap(at, parent);
            at = parent;
        } else {
            break;
        }
    }
}
fn sink(heap: &mut [Timer], start: usize) {
    let (end, mut at) = (heap.len(), start);
    let mut child = 2 * at + 1;
    while child < end {
        let right = child + 1;
        if right < end && heap[child].when >= heap[right].when {
            child = right;
        }
        heap.swap(at, child);
        at = child;
        child = 2 * at + 1;
    }
    rise(heap, start, at);
}
fn push_timer(heap: &mut Vec<Timer>, timer: Timer) {
    heap.push(timer);
    let last = heap.len() - 1;
    rise(heap, 0, last);
}
fn pop_timer(heap: &mut Vec<Timer>) -> Option<Timer> {
    let last = heap.pop()?;
    let Some(first) = heap.first_mut() else {
        return Some(last);
    };
    let first = std::mem::replace(first, last);
    sink(heap, 0);
    Some(first)
}

fn is_cancelled(h: &Ref) -> bool {
    h.native::<Handle>().is_some_and(|h| h.cancelled.get())
}
fn set_scheduled(h: &Ref, on: bool) {
    if let Some(h) = h.native::<Handle>() {
        h.scheduled.set(on);
    }
}

/// Gets rid of cancelled timers: those at the head, or all when they are most of the heap.
fn drop_cancelled(vm: &mut Vm, l: &Loop) {
    let heap = l.timers.get_mut(vm);
    if heap.len() > MANY_TIMERS && l.cancelled.get() * 2 > heap.len() {
        heap.retain(|t| {
            let gone = is_cancelled(&t.handle);
            if gone {
                set_scheduled(&t.handle, false);
            }
            !gone
        });
        for i in (0..heap.len() / 2).rev() {
            sink(heap, i);
        }
        l.cancelled.set(0);
        return;
    }
    while heap.first().is_some_and(|t| is_cancelled(&t.handle)) {
        l.cancelled.set(l.cancelled.get().saturating_sub(1));
        if let Some(t) = pop_timer(heap) {
            set_scheduled(&t.handle, false);
        }
    }
}

/// One turn.
fn turn(vm: &mut Vm, this: &Ref) -> R<()> {
    let l = get(vm, this)?;
    drop_cancelled(vm, l);
    let timeout = if !l.ready.get(vm).is_empty() || l.stopping.get() {
        Some(0.0)
    } else {
        let next = l.timers.get(vm).first().map(|t| t.when);
        // A time that is no number is never waited for: `clamp` would keep it.
        #[allow(clippy::manual_clamp)]
        next.map(|when| (when - now(vm)).max(0.0).min(DAY))
    };
    wait(vm, l, timeout)?;
    if !l.timers.get(vm).is_empty() {
        let end = now(vm) + RESOLUTION;
        loop {
            let heap = l.timers.get_mut(vm);
            if heap.first().is_none_or(|t| t.when >= end) {
                break;
            }
            if let Some(t) = pop_timer(heap) {
                set_scheduled(&t.handle, false);
                l.ready.get_mut(vm).push_back(Job::Handle(t.handle));
            }
        }
    }
    let n = l.ready.get(vm).len();
    for _ in 0..n {
        let Some(job) = l.ready.get_mut(vm).pop_front() else {
            break;
        };
        run_job(vm, this, job)?;
        if SAFEPOINT.load(Ordering::Relaxed) != 0 {
            vm.safepoint()?;
        }
    }
    Ok(())
}

/// Waits for files until the time is over, and queues what is ready. Whole milliseconds, rounded up, as the reference's selector counts.
fn wait(vm: &mut Vm, l: &Loop, timeout: Option<f64>) -> R<()> {
    let idle = l.files.get(vm).is_empty();
    let deadline = timeout.map(|t| now(vm) + (t * 1e3).ceil() / 1e3);
    if timeout == Some(0.0) {
        if idle {
            return Ok(());
        }
        return poll_files(vm, l, Duration::ZERO).map(|_| ());
    }
    loop {
        vm.safepoint()?;
        let left = match deadline {
            Some(d) => d - now(vm),
            None => DAY,
        };
        if left <= 0.0 {
            return Ok(());
        }
        if idle {
            // Who requests something of the interpreter wakes this thread.
            std::thread::park_timeout(Duration::from_secs_f64(left));
            if !l.ready.get(vm).is_empty() {
                return Ok(());
            }
        } else {
            // Requests don't end this wait, so it is done in pieces.
            let piece = Duration::from_secs_f64(left).min(PIECE);
            if poll_files(vm, l, piece)? || !l.ready.get(vm).is_empty() {
                return Ok(());
            }
        }
    }
}

const PIECE: Duration = Duration::from_millis(50);

/// Queues the callbacks of files that are ready; true if there were any.
fn poll_files(vm: &mut Vm, l: &Loop, timeout: Duration) -> R<bool> {
    let found = match l.files.get_mut(vm).wait(timeout) {
        Ok(found) => found,
        Err(e) if e.kind() == std::io::ErrorKind::Interrupted => Vec::new(),
        Err(e) => return Err(vm.os_error(&e, &Ref::none())),
    };
    let any = !found.is_empty();
    for (who, which) in found {
        let job = if who.native::<Transport>().is_some() {
            let event = if which == Watch::Read {
                Event::Read
            } else {
                Event::Write
            };
            Job::Transport {
                transport: who,
                event,
            }
        } else {
            Job::Handle(who)
        };
        l.ready.get_mut(vm).push_back(job);
    }
    Ok(any)
}

fn run_job(vm: &mut Vm, this: &Ref, job: Job) -> R<()> {
    match job {
        Job::Handle(h) => run_handle(vm, &h),
        Job::Transport { transport, event } => match transport::run(vm, &transport, event) {
            Ok(()) => Ok(()),
            Err(e) => {
                let context = taipan_vm::modules::contextvars::current(vm);
                let h = handle::new(this, &transport, vec![], context, None);
                report(vm, this, &h, e)
            }
        },
        Job::Step { task, exception } => {
            let r = task::run_step(vm, &task, exception);
            match r {
                Ok(()) => Ok(()),
                Err(e) => {
                    let callback = task::task_method(&task, Ref::UNDEFINED);
                    let h = handle::new(this, &callback, vec![], context_of(&task), None);
                    report(vm, this, &h, e)
                }
            }
        }
        Job::Wakeup { task, future } => {
            let r = task::run_wakeup(vm, &task, &future);
            match r {
                Ok(()) => Ok(()),
                Err(e) => {
                    let callback = task::task_method(&task, Ref::UNDEFINED);
                    let h = handle::new(this, &callback, vec![future], context_of(&task), None);
                    report(vm, this, &h, e)
                }
            }
        }
        Job::Tell {
            function,
            future,
            context,
        } => {
            let args = [future];
            match state::in_context(vm, &context, |vm| vm.call(&function, &args)) {
                Ok(_) => Ok(()),
                Err(e) => {
                    let h = handle::new(this, &function, args.to_vec(), context, None);
                    report(vm, this, &h, e)
                }
            }
        }
    }
}

/// Runs a handle that is not cancelled; errors go to the exception handler.
pub fn run_handle(vm: &mut Vm, this: &Ref) -> R<()> {
    let Some(h) = this.native::<Handle>() else {
        return Ok(());
    };
    if h.cancelled.get() {
        return Ok(());
    }
    match handle::run(vm, h) {
        Ok(()) => Ok(()),
        Err(e) => {
            let event_loop = h.event_loop.cloned();
            report(vm, &event_loop, this, e)
        }
    }
}

/// A callback has failed with the exception on its way.
fn report(vm: &mut Vm, event_loop: &Ref, handle: &Ref, e: taipan_vm::Raised) -> R<()> {
    if vm.exc_is(&rt().types.keyboard_interrupt) || vm.exc_is(&rt().types.system_exit) {
        return Err(e);
    }
    let exc = vm.take_exc();
    let callback = handle
        .native::<Handle>()
        .map_or_else(Ref::none, |h| h.callback.cloned());
    let text = format!(
        "Exception in callback {}",
        show::callback_source(vm, &callback)?
    );
    let context = future::dict(&[
        ("message", new_str(&text)),
        ("exception", exc),
        ("handle", handle.clone()),
    ]);
    vm.call_method(event_loop, "call_exception_handler", &[context])?;
    Ok(())
}

fn call_at(vm: &mut Vm, args: Args, when: f64) -> R<Ref> {
    let this = &args.all[0];
    let pos = args.pos();
    let context = state::context_argument(vm, args.get_kw("context"));
    let h = handle::new(this, &pos[2], pos[3..].to_vec(), context, Some(when));
    set_scheduled(&h, true);
    let l = open(vm, this)?;
    push_timer(
        l.timers.get_mut(vm),
        Timer {
            when,
            handle: h.clone(),
        },
    );
    Ok(h)
}

fn call_soon(vm: &mut Vm, args: Args) -> R<Ref> {
    let pos = args.pos();
    let l = open(vm, &args.all[0])?;
    if pos.len() < 2 {
        return Err(vm.type_error(
            "BaseEventLoop.call_soon() missing 1 required positional argument: 'callback'",
        ));
    }
    if l.debug.get() {
        vm.call_method(
            &args.all[0],
            "_check_callback",
            &[pos[1].clone(), new_str("call_soon")],
        )?;
    }
    let context = state::context_argument(vm, args.get_kw("context"));
    let h = handle::new(&args.all[0], &pos[1], pos[2..].to_vec(), context, None);
    l.ready.get_mut(vm).push_back(Job::Handle(h.clone()));
    Ok(h)
}

fn watch(vm: &mut Vm, args: Args, which: Watch) -> R<Ref> {
    let pos = args.pos();
    let l = open(vm, &args.all[0])?;
    if pos.len() < 3 {
        return Err(vm.type_error("a file descriptor and a callback are required"));
    }
    let fd = file_number(vm, &pos[1])?;
    let context = taipan_vm::modules::contextvars::copy_current(vm);
    let h = handle::new(&args.all[0], &pos[2], pos[3..].to_vec(), context, None);
    let set = l.files.get_mut(vm).set(fd, which, h.clone());
    match set {
        Ok(old) => {
            if let Some(old) = old {
                vm.call_method(&old, "cancel", &[])?;
            }
            Ok(h)
        }
        Err(e) => Err(vm.os_error(&e, &Ref::none())),
    }
}

fn unwatch(vm: &mut Vm, a: &[Ref], which: Watch) -> R<Ref> {
    let l = get(vm, &a[0])?;
    if l.closed.get() {
        return Ok(Ref::bool(false));
    }
    let fd = file_number(vm, &a[1])?;
    match l.files.get_mut(vm).unset(fd, which) {
        Some(old) => {
            vm.call_method(&old, "cancel", &[])?;
            Ok(Ref::bool(true))
        }
        None => Ok(Ref::bool(false)),
    }
}

/// A descriptor given as a number or an object with `fileno()`.
fn file_number(vm: &mut Vm, r: &Ref) -> R<i32> {
    let n = if r.is_int() {
        r.clone()
    } else {
        match vm.getattr_opt(r, &intern("fileno"))? {
            Some(f) => vm.call(&f, &[])?,
            None => {
                let text = format!("Invalid file object: {}", vm.repr_text(r)?);
                return Err(vm.value_error(&text));
            }
        }
    };
    match n.as_i64().and_then(|n| i32::try_from(n).ok()) {
        Some(n) if n >= 0 => Ok(n),
        _ => {
            let text = format!("Invalid file descriptor: {}", vm.repr_text(&n)?);
            Err(vm.value_error(&text))
        }
    }
}

methods! { METHODS;
    var "call_soon(self, callback, *args, context=None)" => call_soon, "Has a function called in the next turn of the loop.";
    var "call_soon_threadsafe(self, callback, *args, context=None)" => call_soon, "Like call_soon(), also from other threads and signal handlers.";
    var "call_later(self, delay, callback, *args, context=None)" => |vm, args: Args| {
        let pos = args.pos();
        open(vm, &args.all[0])?;
        if pos.len() < 3 {
            return Err(vm.type_error("BaseEventLoop.call_later() missing required positional arguments"));
        }
        if pos[1].is_none() {
            return Err(vm.type_error("delay must not be None"));
        }
        let delay = vm.float_value(&pos[1])?;
        let when = now(vm) + delay;
        call_at(vm, args, when)
    }, "Has a function called after so many seconds.";
    var "call_at(self, when, callback, *args, context=None)" => |vm, args: Args| {
        let pos = args.pos();
        open(vm, &args.all[0])?;
        if pos.len() < 3 {
            return Err(vm.type_error("BaseEventLoop.call_at() missing required positional arguments"));
        }
        if pos[1].is_none() {
            return Err(vm.type_error("when cannot be None"));
        }
        let when = vm.float_value(&pos[1])?;
        call_at(vm, args, when)
    }, "Has a function called at a time on the loop's clock.";
    "time(self, /)" => |vm, _| Ok(new_float(now(vm))), "The time on the loop's clock, in seconds.";
    "create_future(self, /)" => |_, a| Ok(future::new(&a[0])), "A future of this loop.";
    var "create_task(self, coro, /, **kwargs)" => create_task, "A task that runs the coroutine in this loop.";
    "set_task_factory(self, factory, /)" => |vm, a| {
        if !a[1].is_none() && !vm.is_callable(&a[1]) {
            return Err(vm.type_error("task factory must be a callable or None"));
        }
        get(vm, &a[0])?.factory.set(a[1].clone());
        Ok(Ref::none())
    }, "Sets the function that makes tasks, of the loop and a coroutine; None for the usual way.";
    "get_task_factory(self, /)" => |vm, a| Ok(get(vm, &a[0])?.factory.cloned()), "The function that makes tasks, or None.";
    "stop(self, /)" => |vm, a| {
        get(vm, &a[0])?.stopping.set(true);
        Ok(Ref::none())
    }, "Has run_forever() return after this turn.";
    "is_running(self, /)" => |vm, a| Ok(Ref::bool(get(vm, &a[0])?.running.get())), "Whether the loop runs now.";
    "is_closed(self, /)" => |vm, a| Ok(Ref::bool(get(vm, &a[0])?.closed.get())), "Whether the loop was closed.";
    "get_debug(self, /)" => |vm, a| Ok(Ref::bool(get(vm, &a[0])?.debug.get())), "Whether the loop is in debug mode.";
    "set_debug(self, enabled, /)" => |vm, a| {
        let on = vm.truthy(&a[1])?;
        get(vm, &a[0])?.debug.set(on);
        Ok(Ref::none())
    }, "Turns debug mode on or off.";
    "_check_closed(self, /)" => |vm, a| {
        open(vm, &a[0])?;
        Ok(Ref::none())
    }, "";
    "_run(self, /)" => |vm, a| {
        let l = get(vm, &a[0])?;
        l.running.set(true);
        let r = loop {
            if turn(vm, &a[0]).is_err() {
                break Err(taipan_vm::Raised);
            }
            if l.stopping.get() {
                break Ok(Ref::none());
            }
        };
        l.stopping.set(false);
        l.running.set(false);
        r
    }, "";
    "_run_once(self, /)" => |vm, a| {
        turn(vm, &a[0])?;
        Ok(Ref::none())
    }, "";
    "_close(self, /)" => |vm, a| {
        let l = get(vm, &a[0])?;
        l.closed.set(true);
        let ready = l.ready.replace(VecDeque::new());
        let timers = l.timers.replace(Vec::new());
        let tasks = l.tasks.replace(Vec::new());
        l.holes.set(Vec::new());
        l.files.set(Files::default());
        for t in &tasks {
            if let Some(p) = t.native::<Future>().and_then(|f| f.task.as_ref()) {
                p.place.set(None);
            }
        }
        drop((ready, timers, tasks));
        Ok(Ref::none())
    }, "";
    var "add_reader(self, fd, callback, *args)" => |vm, args: Args| { watch(vm, args, Watch::Read)?; Ok(Ref::none()) }, "Has a function called whenever there is something to read at a descriptor.";
    var "add_writer(self, fd, callback, *args)" => |vm, args: Args| { watch(vm, args, Watch::Write)?; Ok(Ref::none()) }, "Has a function called whenever a descriptor can be written to.";
    var "_add_reader(self, fd, callback, *args)" => |vm, args: Args| watch(vm, args, Watch::Read), "";
    var "_add_writer(self, fd, callback, *args)" => |vm, args: Args| watch(vm, args, Watch::Write), "";
    "remove_reader(self, fd, /)" => |vm, a| unwatch(vm, a, Watch::Read), "Ends what add_reader() began; False if there was nothing.";
    "remove_writer(self, fd, /)" => |vm, a| unwatch(vm, a, Watch::Write), "Ends what add_writer() began; False if there was nothing.";
    "_remove_reader(self, fd, /)" => |vm, a| unwatch(vm, a, Watch::Read), "";
    "_remove_writer(self, fd, /)" => |vm, a| unwatch(vm, a, Watch::Write), "";
}

getset! { GETSET;
    "_stopping" => |vm, r| Ok(Ref::bool(get(vm, r)?.stopping.get())), "";
    "_debug" => |vm, r| Ok(Ref::bool(get(vm, r)?.debug.get())), "";
    "_ready_count" => |vm, r| { let n = get(vm, r)?.ready.get(vm).len(); Ok(new_usize(n)) }, "";
    "_scheduled" => |vm, r| {
        let l = get(vm, r)?;
        let all: Vec<Ref> = l.timers.get(vm).iter().map(|t| t.handle.clone()).collect();
        Ok(new_list(all))
    }, "";
}

/// `loop.create_task(coro, **kwargs)`.
pub fn create_task(vm: &mut Vm, args: Args) -> R<Ref> {
    let this = args.all[0].clone();
    let l = open(vm, &this)?;
    let Some(coroutine) = args.pos().get(1).or(args.get_kw("coro")) else {
        return Err(vm.type_error(
            "BaseEventLoop.create_task() missing 1 required positional argument: 'coro'",
        ));
    };
    let factory = l.factory.cloned();
    if !factory.is_none() {
        return vm.call_args(&factory, args);
    }
    let class = state::get().task.cloned();
    if args.names.is_empty() {
        return task::new(vm, &class, coroutine, this, Ref::none(), Ref::none(), false);
    }
    let mut all = vec![coroutine.clone(), this];
    let mut names = vec![intern("loop")];
    for (k, v) in args.kw().filter(|(k, _)| k.str_obj().bytes() != b"coro") {
        names.push(k.clone());
        all.push(v.clone());
    }
    vm.call_args(&class, Args::new(&all, &names))
}

/// The first argument given, if it is not None.
pub fn given(a: &[Ref], i: usize) -> Option<&Ref> {
    arg(a, i).filter(|r| !r.is_none())
}
