//! The native half of asyncio, the module `_asyncio`: futures, tasks, handles and the core of the event loop.
//!
//! [`event_loop`] (turns, timers), [`future`], [`task`], [`handle`], [`poll`] (readiness of files), [`transport`], [`state`] (what
//! runs now), [`show`] (reprs); `_socket`: [`socket`], [`address`]; and [`select`]. The rest of the package is Python. [`install`] adds the module to an interpreter.

pub mod address;
pub mod event_loop;
pub mod future;
pub mod handle;
pub mod poll;
pub mod select;
pub mod show;
pub mod socket;
pub mod state;
pub mod task;
pub mod transport;

use event_loop::given;
use taipan_vm::modules::{new_module, set};
use taipan_vm::value::*;
use taipan_vm::vm::new_list;
use taipan_vm::{Args, R, Vm, functions};

/// Makes `_asyncio` importable.
pub fn install(vm: &mut Vm) {
    vm.add_native_module("_asyncio", make);
    vm.add_native_module("_socket", socket::make_module);
    vm.add_native_module("select", select::make_module);
}

fn make(vm: &mut Vm) -> R<Ref> {
    let shared = state::get();
    let exceptions = vm.import_absolute(&intern("asyncio.exceptions"))?;
    shared
        .cancelled
        .set(vm.getattr_str(&exceptions, "CancelledError")?);
    shared
        .invalid_state
        .set(vm.getattr_str(&exceptions, "InvalidStateError")?);
    let future = vm.native_type(&future::FUTURE);
    shared.future.set(future.clone());
    shared.task.set(vm.native_type_of(&task::TASK, &future));
    shared.future_iter.set(vm.native_type(&future::FUTURE_ITER));
    let handle = vm.native_type(&handle::HANDLE);
    shared.handle.set(handle.clone());
    shared
        .timer_handle
        .set(vm.native_type_of(&handle::TIMER_HANDLE, &handle));
    shared
        .event_loop
        .set(vm.native_type(&event_loop::EVENT_LOOP));
    shared.task_method.set(vm.native_type(&task::TASK_METHOD));
    let module = new_module(vm, "_asyncio", "The native half of asyncio.", FUNCTIONS);
    for (name, class) in [
        ("Future", &shared.future),
        ("Task", &shared.task),
        ("Handle", &shared.handle),
        ("TimerHandle", &shared.timer_handle),
        ("EventLoop", &shared.event_loop),
    ] {
        set(&module, name, class.cloned());
    }
    let transport = vm.native_type(&transport::TRANSPORT);
    set(&module, "SocketTransport", transport);
    Ok(module)
}

fn or_none(r: Ref) -> Ref {
    if r.is_undefined() { Ref::none() } else { r }
}

functions! { FUNCTIONS;
    "_get_running_loop()" => |_, _| Ok(or_none(state::running_loop())), "The loop that runs in this thread, or None.";
    "get_running_loop()" => |vm, _| state::require_running_loop(vm), "The loop that runs in this thread. RuntimeError is raised if none does.";
    "get_event_loop()" => |vm, _| state::default_loop(vm), "The loop that runs in this thread, else the one that the policy has.";
    "_set_running_loop(loop, /)" => |_, a| {
        let value = if a[0].is_none() { Ref::UNDEFINED } else { a[0].clone() };
        state::get().running_loop.set(value);
        Ok(Ref::none())
    }, "Says which loop runs in this thread.";
    "current_task(loop=None)" => |vm, a| {
        let event_loop = match given(a, 0) {
            Some(l) => l.clone(),
            None => state::require_running_loop(vm)?,
        };
        if !state::running_loop().is(&event_loop) {
            return Ok(Ref::none());
        }
        Ok(or_none(state::get().running_task.cloned()))
    }, "The task that runs, or None outside of tasks.";
    "all_tasks(loop=None)" => |vm, a| {
        let event_loop = match given(a, 0) {
            Some(l) => l.clone(),
            None => state::require_running_loop(vm)?,
        };
        let tasks = new_list(event_loop::tasks_of(&event_loop));
        vm.call(&rt().types.set.clone(), &[tasks])
    }, "The set of the loop's tasks that are not done.";
    "_tasks_in_order(loop, /)" => |_, a| Ok(new_list(event_loop::tasks_of(&a[0]))), "";
    "_enter_task(loop, task)" => |vm, a| {
        task::enter(vm, &a[0], &a[1])?;
        Ok(Ref::none())
    }, "Says which task runs now.";
    "_leave_task(loop, task)" => |vm, a| {
        let now = state::get().running_task.cloned();
        if !now.is(&a[1]) {
            let text = format!("Leaving task {} does not match the current task {}.", vm.repr_text(&a[1])?, vm.repr_text(&or_none(now))?);
            return Err(vm.runtime_error(&text));
        }
        state::get().running_task.set(Ref::UNDEFINED);
        Ok(Ref::none())
    }, "Says that the task does not run now.";
    "_swap_current_task(loop, task)" => |_, a| {
        let new = if a[1].is_none() { Ref::UNDEFINED } else { a[1].clone() };
        Ok(or_none(state::get().running_task.replace(new)))
    }, "Says which task runs now, and gives the one from before.";
    "_register_task(task)" => |_, _| Ok(Ref::none()), "Puts a task among those that all_tasks() gives.";
    "_unregister_task(task)" => |_, _| Ok(Ref::none()), "Takes a task out of those that all_tasks() gives.";
    "_register_eager_task(task)" => |_, _| Ok(Ref::none()), "Puts a task among those that all_tasks() gives, while it starts eagerly.";
    "_unregister_eager_task(task)" => |_, _| Ok(Ref::none()), "Takes a task out of those that started eagerly.";
    var "create_task(coro, **kwargs)" => |vm, args: Args| {
        let running = state::require_running_loop(vm)?;
        let mut all = vec![running.clone()];
        all.extend_from_slice(args.all);
        if running.native::<event_loop::Loop>().is_some() {
            return event_loop::create_task(vm, Args::new(&all, args.names));
        }
        let f = vm.getattr_str(&running, "create_task")?;
        vm.call_args(&f, args)
    }, "Makes a task that runs the coroutine in the running loop.";
    "_coroutine_text(coro, /)" => |vm, a| {
        let text = show::coroutine_text(vm, &a[0])?;
        Ok(taipan_vm::vm::new_str(&text))
    }, "";
    "_callback_text(f, /)" => |vm, a| {
        let text = show::callback_source(vm, &a[0])?;
        Ok(taipan_vm::vm::new_str(&text))
    }, "";
}

/// Lets a loop count as the running one while none runs, for an interactive session that runs it between inputs.
pub fn set_prompt_loop(event_loop: Option<Ref>) {
    state::get().prompt_loop.set(event_loop.unwrap_or_default());
}
