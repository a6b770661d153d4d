//! `Handle` and `TimerHandle`: callbacks that a loop is to run, as Python sees them.

use crate::{event_loop, state};
use std::cell::Cell;
use taipan_vm::types::spec::TypeSpec;
use taipan_vm::value::slots::Cmp;
use taipan_vm::value::*;
use taipan_vm::vm::{new_float, new_tuple};
use taipan_vm::{R, Vm, getset, methods, trace};

pub struct Handle {
    pub callback: Guarded<Ref>,
    pub args: Guarded<Vec<Ref>>,
    pub context: Guarded<Ref>,
    pub event_loop: Guarded<Ref>,
    pub cancelled: Cell<bool>,
    /// For timers: when it is due.
    pub when: Option<f64>,
    /// Whether it is in the loop's heap.
    pub scheduled: Cell<bool>,
}
trace!(Handle; callback, args, context, event_loop);
impl NativePayload for Handle {
    fn clear(&self) {
        self.callback.set(Ref::none());
        self.args.set(Vec::new());
        self.context.set(Ref::none());
        self.event_loop.set(Ref::none());
    }
}

/// A new handle; a timer if it has a time.
pub fn new(
    event_loop: &Ref,
    callback: &Ref,
    args: Vec<Ref>,
    context: Ref,
    when: Option<f64>,
) -> Ref {
    let shared = state::get();
    let class = if when.is_some() {
        &shared.timer_handle
    } else {
        &shared.handle
    };
    Ref::new_native(
        &class.cloned(),
        Handle {
            callback: Guarded::new(callback.clone()),
            args: Guarded::new(args),
            context: Guarded::new(context),
            event_loop: Guarded::new(event_loop.clone()),
            cancelled: Cell::new(false),
            when,
            scheduled: Cell::new(false),
        },
    )
}

/// Runs the callback in its context. Errors come back raised.
pub fn run(vm: &mut Vm, h: &Handle) -> R<()> {
    let (f, args, context) = (h.callback.cloned(), h.args.cloned(), h.context.cloned());
    state::in_context(vm, &context, |vm| vm.call(&f, &args))?;
    Ok(())
}

fn cancel(_: &mut Vm, this: &Ref) -> R<Ref> {
    if let Some(h) = this.native::<Handle>()
        && !h.cancelled.replace(true)
    {
        if h.scheduled.get() {
            event_loop::timer_cancelled(&h.event_loop.cloned());
        }
        h.callback.set(Ref::none());
        h.args.set(Vec::new());
    }
    Ok(Ref::none())
}

fn make(vm: &mut Vm, class: &Ref, args: taipan_vm::Args, timer: bool) -> R<Ref> {
    let pos = args.pos();
    let at = timer as usize;
    let name = if timer { "TimerHandle" } else { "Handle" };
    if pos.len() < 3 + at {
        return Err(vm.type_error(&format!(
            "{name}.__init__() missing required positional arguments"
        )));
    }
    let when = if timer {
        Some(vm.float_value(&pos[0])?)
    } else {
        None
    };
    let given = args.get_kw("context").or(pos.get(3 + at));
    let context = state::context_argument(vm, given);
    let list = vm.collect(&pos[1 + at])?;
    Ok(Ref::new_native(
        class,
        Handle {
            callback: Guarded::new(pos[at].clone()),
            args: Guarded::new(list),
            context: Guarded::new(context),
            event_loop: Guarded::new(pos[2 + at].clone()),
            cancelled: Cell::new(false),
            when,
            scheduled: Cell::new(false),
        },
    ))
}

pub static HANDLE: TypeSpec = TypeSpec {
    name: "asyncio.events.Handle",
    flags: type_flag::BASE | type_flag::HAS_WEAKREF,
    doc: "A callback that a loop is going to call.",
    methods: METHODS,
    getset: GETSET,
    slots: |s| {
        s.new
            .set(Some(|vm, class, args| make(vm, class, args, false)));
        s.init.set(Some(|_, _, _| Ok(())));
        s.repr.set(Some(crate::show::handle_repr));
    },
    ..TypeSpec::DEFAULT
};

pub static TIMER_HANDLE: TypeSpec = TypeSpec {
    name: "asyncio.events.TimerHandle",
    flags: type_flag::BASE | type_flag::HAS_WEAKREF,
    doc: "A callback that a loop is going to call at some time.",
    methods: TIMER_METHODS,
    getset: TIMER_GETSET,
    slots: |s| {
        s.new
            .set(Some(|vm, class, args| make(vm, class, args, true)));
        s.hash.set(Some(|vm, r| {
            let when = r
                .native::<Handle>()
                .and_then(|h| h.when)
                .unwrap_or_default();
            vm.hash(&new_float(when))
        }));
        s.richcmp.set(Some(|vm, a, b, op| {
            let (Some(x), Some(y)) = (a.native::<Handle>(), b.native::<Handle>()) else {
                return Ok(Ref::not_implemented());
            };
            let (Some(at), Some(other)) = (x.when, y.when) else {
                return Ok(Ref::not_implemented());
            };
            let same = |vm: &mut Vm| -> R<bool> {
                Ok(at == other
                    && vm.equal(&x.callback.cloned(), &y.callback.cloned())?
                    && vm.equal(&new_tuple(x.args.cloned()), &new_tuple(y.args.cloned()))?
                    && x.cancelled.get() == y.cancelled.get())
            };
            Ok(Ref::bool(match op {
                Cmp::Lt => at < other,
                Cmp::Gt => at > other,
                Cmp::Le => at < other || same(vm)?,
                Cmp::Ge => at > other || same(vm)?,
                Cmp::Eq => same(vm)?,
                Cmp::Ne => !same(vm)?,
            }))
        }));
    },
    ..TypeSpec::DEFAULT
};

methods! { METHODS;
    "cancel(self, /)" => |vm, a| cancel(vm, &a[0]), "Keeps the callback from being called.";
    "cancelled(self, /)" => |_, a| Ok(Ref::bool(a[0].native::<Handle>().is_some_and(|h| h.cancelled.get()))), "Whether cancel() was called.";
    "get_context(self, /)" => |_, a| Ok(a[0].native::<Handle>().map_or_else(Ref::none, |h| h.context.cloned())), "The context in which the callback runs.";
    "_run(self, /)" => |vm, a| {
        event_loop::run_handle(vm, &a[0])?;
        Ok(Ref::none())
    }, "";
}
methods! { TIMER_METHODS;
    "when(self, /)" => |_, a| Ok(a[0].native::<Handle>().and_then(|h| h.when).map_or_else(Ref::none, new_float)), "The time on the loop's clock.";
}
getset! { GETSET;
    "_callback" => |_, r| Ok(r.native::<Handle>().map_or_else(Ref::none, |h| h.callback.cloned())), "";
    "_args" => |_, r| Ok(r.native::<Handle>().map_or_else(Ref::none, |h| new_tuple(h.args.cloned()))), "";
    "_context" => |_, r| Ok(r.native::<Handle>().map_or_else(Ref::none, |h| h.context.cloned())), "";
    "_loop" => |_, r| Ok(r.native::<Handle>().map_or_else(Ref::none, |h| h.event_loop.cloned())), "";
    "_cancelled" => |_, r| Ok(Ref::bool(r.native::<Handle>().is_some_and(|h| h.cancelled.get()))), "";
    "_source_traceback" => |_, _| Ok(Ref::none()), "";
}
getset! { TIMER_GETSET;
    "_when" => |_, r| Ok(r.native::<Handle>().and_then(|h| h.when).map_or_else(Ref::none, new_float)), "";
    "_scheduled" => |_, r| Ok(Ref::bool(r.native::<Handle>().is_some_and(|h| h.scheduled.get()))), "";
}
