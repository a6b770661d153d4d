//! `_thread`: locks and identities. There is one thread so far, so starting another fails and waiting for a lock that is held can't succeed.

use std::cell::Cell;
use taipan_vm::modules::structseq::{self, Declaration};
use taipan_vm::modules::{new_module, set};
use taipan_vm::native::Args;
use taipan_vm::types::spec::TypeSpec;
use taipan_vm::value::{Kind, NativePayload, type_flag};
use taipan_vm::vm::{new_float, new_int, new_str, new_tuple};
use taipan_vm::{R, Ref, Vm, arg, functions, getset, methods, rt, trace};

/// The identity of the thread that runs the main program.
const MAIN: i64 = 1;
/// Longest wait, in seconds.
const TIMEOUT_MAX: f64 = 9_223_372_036.0;

/// A lock; for reentrant ones the number of times it is held.
#[derive(Default)]
struct Lock {
    held: Cell<u64>,
}
trace!(Lock);
impl NativePayload for Lock {}

static LOCK: TypeSpec = TypeSpec {
    name: "_thread.lock",
    doc: "A lock that one holder has at a time. It belongs to no thread, so that any may release it.",
    methods: LOCK_METHODS,
    slots: |s| {
        s.new.set(Some(|_, class, _| {
            Ok(Ref::new_native(class, Lock::default()))
        }));
        s.repr.set(Some(|vm, r| {
            let state = if lock(vm, r)?.held.get() > 0 {
                "locked"
            } else {
                "unlocked"
            };
            Ok(new_str(&format!(
                "<{state} _thread.lock object at {:#x}>",
                r.id()
            )))
        }));
    },
    ..TypeSpec::DEFAULT
};
static RLOCK: TypeSpec = TypeSpec {
    name: "_thread.RLock",
    flags: type_flag::BASE,
    methods: RLOCK_METHODS,
    slots: |s| {
        s.new.set(Some(|_, class, _| {
            Ok(Ref::new_native(class, Lock::default()))
        }));
        s.init.set(Some(|_, _, _| Ok(())));
        s.repr.set(Some(|vm, r| {
            let n = lock(vm, r)?.held.get();
            let state = if n > 0 { "locked" } else { "unlocked" };
            let owner = if n > 0 { MAIN } else { 0 };
            let class = vm.full_class_name(r.class());
            Ok(new_str(&format!(
                "<{state} {class} object owner={owner} count={n} at {:#x}>",
                r.id()
            )))
        }));
    },
    ..TypeSpec::DEFAULT
};

fn lock<'a>(vm: &mut Vm, r: &'a Ref) -> R<&'a Lock> {
    match r.native::<Lock>() {
        Some(l) => Ok(l),
        None => Err(vm.type_error("a lock is required")),
    }
}

/// Waits for a lock that this very thread holds: as long as it is told to, then it gives up.
fn wait(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let blocking = match arg(a, 1) {
        Some(b) => vm.truthy(b)?,
        None => true,
    };
    let timeout = match arg(a, 2) {
        Some(t) => vm.float_value(t)?,
        None => -1.0,
    };
    check_timeout(vm, blocking, timeout)?;
    if !blocking {
        return Ok(Ref::bool(false));
    }
    if timeout < 0.0 {
        return Err(
            vm.runtime_error("deadlock: there is no other thread that could release this lock")
        );
    }
    vm.host.sleep(std::time::Duration::from_secs_f64(timeout));
    Ok(Ref::bool(false))
}

fn check_timeout(vm: &mut Vm, blocking: bool, timeout: f64) -> R<()> {
    if !blocking && timeout != -1.0 {
        return Err(vm.value_error("can't specify a timeout for a non-blocking call"));
    }
    if timeout < 0.0 && timeout != -1.0 {
        return Err(vm.value_error("timeout value must be a non-negative number"));
    }
    if timeout > TIMEOUT_MAX {
        return Err(vm.overflow_error("timeout value is too large"));
    }
    Ok(())
}

fn acquire(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let l = lock(vm, &a[0])?;
    if l.held.get() > 0 {
        return wait(vm, a);
    }
    l.held.set(1);
    Ok(Ref::bool(true))
}
fn release(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    if lock(vm, &a[0])?.held.replace(0) == 0 {
        return Err(vm.runtime_error("release unlocked lock"));
    }
    Ok(Ref::none())
}
fn locked(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    Ok(Ref::bool(lock(vm, &a[0])?.held.get() > 0))
}
fn reset(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    lock(vm, &a[0])?.held.set(0);
    Ok(Ref::none())
}

methods! { LOCK_METHODS;
    "acquire(self, /, blocking=True, timeout=-1)" => acquire, "Takes the lock, and says whether that succeeded.\n\nWithout blocking, or after a timeout of so many seconds, it may fail.";
    "acquire_lock(self, /, blocking=True, timeout=-1)" => acquire, "An old name of acquire().";
    "release(self, /)" => release, "Frees the lock, so that one of those who wait gets it. RuntimeError is raised if nobody holds it.";
    "release_lock(self, /)" => release, "An old name of release().";
    "locked(self, /)" => locked, "Whether somebody holds the lock.";
    "locked_lock(self, /)" => locked, "An old name of locked().";
    "__enter__(self, /)" => acquire, "Takes the lock.";
    var "__exit__(self, /, *exc_info)" => |vm, args: Args| release(vm, &args.all[..1]), "Frees the lock.";
    "_at_fork_reinit(self, /)" => reset, "";
}

fn acquire_again(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let blocking = match arg(a, 1) {
        Some(b) => vm.truthy(b)?,
        None => true,
    };
    let timeout = match arg(a, 2) {
        Some(t) => vm.float_value(t)?,
        None => -1.0,
    };
    check_timeout(vm, blocking, timeout)?;
    let l = lock(vm, &a[0])?;
    l.held.set(l.held.get() + 1);
    Ok(Ref::bool(true))
}
fn release_once(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let l = lock(vm, &a[0])?;
    match l.held.get().checked_sub(1) {
        Some(n) => {
            l.held.set(n);
            Ok(Ref::none())
        }
        None => Err(vm.runtime_error("cannot release un-acquired lock")),
    }
}

methods! { RLOCK_METHODS;
    "acquire(self, /, blocking=True, timeout=-1)" => acquire_again, "Takes the lock, and says whether that succeeded. The thread that holds it can take it again.\n\nWithout blocking, or after a timeout of so many seconds, it may fail.";
    "release(self, /)" => release_once, "Frees the lock, once for each time it was taken. RuntimeError is raised if this thread doesn't hold it.";
    "locked(self, /)" => locked, "Whether some thread holds the lock.";
    "__enter__(self, /)" => acquire_again, "Takes the lock.";
    var "__exit__(self, /, *exc_info)" => |vm, args: Args| release_once(vm, &args.all[..1]), "Frees the lock.";
    "_is_owned(self, /)" => locked, "Whether this thread holds the lock.";
    "_recursion_count(self, /)" => |vm, a| Ok(new_int(lock(vm, &a[0])?.held.get() as i64)), "How many times this thread has taken the lock.";
    "_release_save(self, /)" => |vm, a| {
        let n = lock(vm, &a[0])?.held.replace(0);
        if n == 0 {
            return Err(vm.runtime_error("cannot release un-acquired lock"));
        }
        Ok(new_tuple(vec![new_int(n as i64), new_int(MAIN)]))
    }, "Frees the lock altogether; what comes back is for _acquire_restore().";
    "_acquire_restore(self, state, /)" => |vm, a| {
        let n = a[1].tuple_items().and_then(|t| t.first()?.as_i64()).unwrap_or(1);
        lock(vm, &a[0])?.held.set(n as u64);
        Ok(Ref::none())
    }, "Takes the lock as often as it was taken when _release_save() freed it.";
    "_at_fork_reinit(self, /)" => reset, "";
}

/// Attributes of its own for each thread.
static LOCAL: TypeSpec = TypeSpec {
    name: "_thread._local",
    kind: Kind::Object,
    flags: type_flag::BASE | type_flag::HAS_DICT,
    doc: "An object whose attributes every thread has for itself.",
    slots: |s| {
        s.new.set(Some(|vm, class, args| {
            let Some(t) = class.cast::<taipan_vm::value::TypeObj>() else {
                return Ok(Ref::none());
            };
            let own = vm.native_type(&LOCAL);
            if !args.all.is_empty() && class.is(&own) {
                return Err(vm.type_error("Initialization arguments are not supported"));
            }
            Ok(Ref::new_instance(t))
        }));
        s.init.set(Some(|_, _, _| Ok(())));
    },
    ..TypeSpec::DEFAULT
};

/// A thread as `threading` holds it.
struct Handle {
    ident: Cell<i64>,
    done: Cell<bool>,
}
trace!(Handle);
impl NativePayload for Handle {}

static HANDLE: TypeSpec = TypeSpec {
    name: "_thread._ThreadHandle",
    methods: HANDLE_METHODS,
    getset: HANDLE_GETSET,
    slots: |s| {
        s.new.set(Some(|_, class, _| {
            Ok(Ref::new_native(
                class,
                Handle {
                    ident: Cell::new(0),
                    done: Cell::new(false),
                },
            ))
        }));
        s.repr.set(Some(|_, r| {
            let ident = r.native::<Handle>().map_or(0, |h| h.ident.get());
            Ok(new_str(&format!("<_ThreadHandle object: ident={ident}>")))
        }));
    },
    ..TypeSpec::DEFAULT
};
getset! { HANDLE_GETSET;
    "ident" => |_, r| Ok(new_int(r.native::<Handle>().map_or(0, |h| h.ident.get()))), "";
}
methods! { HANDLE_METHODS;
    "join(self, timeout=None, /)" => |vm, a| match a[0].native::<Handle>() {
        Some(h) if !h.done.get() => Err(vm.runtime_error("Cannot join current thread")),
        _ => Ok(Ref::none()),
    }, "";
    "is_done(self, /)" => |_, a| Ok(Ref::bool(a[0].native::<Handle>().is_some_and(|h| h.done.get()))), "";
    "_set_done(self, /)" => |_, a| {
        if let Some(h) = a[0].native::<Handle>() {
            h.done.set(true);
        }
        Ok(Ref::none())
    }, "";
}

static HOOK_ARGS: Declaration = Declaration {
    name: "_thread._ExceptHookArgs",
    doc: "What threading.excepthook() is told.",
    fields: &[
        ("exc_type", "class of the exception"),
        ("exc_value", "the exception, or None"),
        ("exc_traceback", "its traceback, or None"),
        ("thread", "the thread that it ended, or None"),
    ],
    visible: 4,
    callable: true,
};

/// Reports an exception that ended a thread.
fn except_hook(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let class = structseq::class(vm, &HOOK_ARGS);
    if !a[0].class().is_subtype(&class) {
        return Err(vm.type_error("_thread._excepthook argument type must be ExceptHookArgs"));
    }
    let items = a[0].tuple_items().unwrap_or_default().to_vec();
    let exit = &rt().types.system_exit;
    if items.first().is_some_and(|t| t.is(exit)) {
        return Ok(Ref::none());
    }
    let name = match items.get(3).filter(|t| !t.is_none()) {
        Some(t) => vm.getattr_str(t, "_name")?,
        None => new_int(MAIN),
    };
    let mut text = format!("Exception in thread {}:\n", vm.str_text(&name)?).into_bytes();
    if let Some(exc) = items.get(1).filter(|e| !e.is_none()) {
        text.extend(vm.format_exception(exc));
    }
    if let Some(err) = vm.sys_attr("stderr").filter(|e| !e.is_none()) {
        let text = new_str(&String::from_utf8_lossy(&text));
        vm.call_method(&err, "write", &[text])?;
        vm.call_method(&err, "flush", &[])?;
    }
    Ok(Ref::none())
}

fn cannot_start(vm: &mut Vm) -> R<Ref> {
    Err(vm.runtime_error("can't start new thread: threads are not supported yet"))
}

functions! { FUNCTIONS;
    "allocate_lock()" => |vm, _| {
        let class = vm.native_type(&LOCK);
        Ok(Ref::new_native(&class, Lock::default()))
    }, "A new lock, not held.";
    "allocate()" => |vm, _| {
        let class = vm.native_type(&LOCK);
        Ok(Ref::new_native(&class, Lock::default()))
    }, "An old name of allocate_lock().";
    "get_ident()" => |_, _| Ok(new_int(MAIN)), "The number of this thread. After its end another one may get it.";
    "get_native_id()" => |vm, _| Ok(new_int(vm.host.pid() as i64)), "The number that the system gives this thread.";
    "_get_main_thread_ident()" => |_, _| Ok(new_int(MAIN)), "The number of the main thread.";
    "_is_main_interpreter()" => |_, _| Ok(Ref::bool(true)), "Whether this is the main interpreter.";
    "daemon_threads_allowed()" => |_, _| Ok(Ref::bool(true)), "Whether threads may be left running at the end.";
    "_make_thread_handle(ident, /)" => |vm, a| {
        let ident = a[0].as_i64().unwrap_or(0);
        let class = vm.native_type(&HANDLE);
        Ok(Ref::new_native(&class, Handle { ident: Cell::new(ident), done: Cell::new(false) }))
    }, "A handle for the thread with that number.";
    "_shutdown()" => |_, _| Ok(Ref::none()), "Waits for the threads that are no daemons.";
    "_count()" => |_, _| Ok(new_int(0)), "How many threads run Python code, the main one left out.";
    "stack_size(size=0, /)" => |_, _| Ok(new_int(0)), "The size of the stack of new threads, or 0 for the system's choice. An argument sets it.";
    "interrupt_main(signum=2, /)" => |_, _| {
        taipan_vm::value::runtime::request(taipan_vm::value::runtime::wake::SIGNAL);
        Ok(Ref::none())
    }, "Acts as if a signal had come, SIGINT by default; its handler runs in the main thread.";
    "exit()" => |vm, _| {
        let class = rt().types.system_exit.clone();
        Err(vm.raise_new(&class, vec![]))
    }, "Ends this thread, by raising SystemExit.";
    "set_name(name)" => |_, _| Ok(Ref::none()), "Tells the system the name of this thread.";
    var "start_new_thread(function, args, kwargs={}, /)" => |vm, _: Args| cannot_start(vm), "Starts a thread that calls a function with a tuple of arguments and perhaps a dict of keywords. Gives its number.";
    var "start_new(function, args, kwargs={}, /)" => |vm, _: Args| cannot_start(vm), "An old name of start_new_thread().";
    var "start_joinable_thread(function, handle=None, daemon=True)" => |vm, _: Args| cannot_start(vm), "Starts a thread that calls a function. Gives a handle by which its end can be waited for.";
    "_excepthook(exc_info, /)" => except_hook, "Shows an exception that ended a thread.";
}

pub fn make(vm: &mut Vm) -> R<Ref> {
    let m = new_module(
        vm,
        "_thread",
        "Threads and locks, below the module threading.",
        FUNCTIONS,
    );
    for (names, spec) in [
        (&["LockType", "lock"][..], &LOCK),
        (&["RLock"], &RLOCK),
        (&["_local"], &LOCAL),
        (&["_ThreadHandle"], &HANDLE),
    ] {
        let class = vm.native_type(spec);
        for name in names {
            set(&m, name, class.clone());
        }
    }
    let class = structseq::class(vm, &HOOK_ARGS);
    set(&m, "_ExceptHookArgs", class);
    set(&m, "error", rt().types.runtime_error.clone());
    set(&m, "TIMEOUT_MAX", new_float(TIMEOUT_MAX));
    set(&m, "_NAME_MAXLEN", new_int(15));
    Ok(m)
}
