//! `_signal`: handlers of signals. The command turns SIGINT into a call of its handler at the next safepoint; other signals reach handlers
//! only through `raise_signal`.

use std::cell::RefCell;
use std::collections::HashMap;
use taipan_vm::modules::{new_module, set};
use taipan_vm::vm::{new_int, new_str};
use taipan_vm::{R, Ref, Vm, functions, rt};

const SIGINT: i32 = 2;
const SIG_DFL: i64 = 0;
const SIG_IGN: i64 = 1;
/// One more than the highest number.
const NSIG: i32 = 65;

const NAMES: [(&str, i32, &str); 34] = [
    ("SIGHUP", 1, "Hangup"),
    ("SIGINT", 2, "Interrupt"),
    ("SIGQUIT", 3, "Quit"),
    ("SIGILL", 4, "Illegal instruction"),
    ("SIGTRAP", 5, "Trace/breakpoint trap"),
    ("SIGABRT", 6, "Aborted"),
    ("SIGBUS", 7, "Bus error"),
    ("SIGFPE", 8, "Floating point exception"),
    ("SIGKILL", 9, "Killed"),
    ("SIGUSR1", 10, "User defined signal 1"),
    ("SIGSEGV", 11, "Segmentation fault"),
    ("SIGUSR2", 12, "User defined signal 2"),
    ("SIGPIPE", 13, "Broken pipe"),
    ("SIGALRM", 14, "Alarm clock"),
    ("SIGTERM", 15, "Terminated"),
    ("SIGSTKFLT", 16, "Stack fault"),
    ("SIGCHLD", 17, "Child exited"),
    ("SIGCONT", 18, "Continued"),
    ("SIGSTOP", 19, "Stopped (signal)"),
    ("SIGTSTP", 20, "Stopped"),
    ("SIGTTIN", 21, "Stopped (tty input)"),
    ("SIGTTOU", 22, "Stopped (tty output)"),
    ("SIGURG", 23, "Urgent I/O condition"),
    ("SIGXCPU", 24, "CPU time limit exceeded"),
    ("SIGXFSZ", 25, "File size limit exceeded"),
    ("SIGVTALRM", 26, "Virtual timer expired"),
    ("SIGPROF", 27, "Profiling timer expired"),
    ("SIGWINCH", 28, "Window changed"),
    ("SIGIO", 29, "I/O possible"),
    ("SIGPWR", 30, "Power failure"),
    ("SIGSYS", 31, "Bad system call"),
    ("SIGRTMIN", 34, "Real-time signal 0"),
    ("SIGRTMAX", 64, "Real-time signal 30"),
    ("SIGPOLL", 29, "I/O possible"),
];

thread_local! {
    static HANDLERS: RefCell<HashMap<i32, Ref>> = RefCell::default();
    static DEFAULT_INT: RefCell<Option<Ref>> = const { RefCell::new(None) };
}

fn default_int(vm: &mut Vm) -> Ref {
    let known = DEFAULT_INT.with_borrow(|d| d.clone());
    known.unwrap_or_else(|| {
        let f = vm.new_function(&DEFAULT_HANDLER[0], &new_str("_signal"));
        DEFAULT_INT.with_borrow_mut(|d| d.replace(f.clone()));
        f
    })
}

functions! { DEFAULT_HANDLER;
    "default_int_handler(signalnum, frame, /)" => |vm, _| {
        let class = rt().types.keyboard_interrupt.clone();
        Err(vm.raise_new(&class, vec![]))
    }, "Raises KeyboardInterrupt, as SIGINT does unless told otherwise.";
}

fn handler(vm: &mut Vm, n: i32) -> Ref {
    if let Some(h) = HANDLERS.with_borrow(|h| h.get(&n).cloned()) {
        return h;
    }
    if n == SIGINT {
        return default_int(vm);
    }
    new_int(SIG_DFL)
}

fn number(vm: &mut Vm, r: &Ref) -> R<i32> {
    let n = vm.index_i32(r)?;
    if !(1..NSIG).contains(&n) {
        return Err(vm.value_error("signal number out of range"));
    }
    Ok(n)
}

/// Calls the handler as if the signal had arrived.
fn deliver(vm: &mut Vm, n: i32) -> R<()> {
    let h = handler(vm, n);
    match h.as_i64() {
        Some(SIG_IGN) => Ok(()),
        Some(_) if n == 17 || n == 18 || n == 23 || n == 28 => Ok(()),
        Some(_) => {
            let host = vm.host.clone();
            match host.os() {
                Some(os) => os.exit(128 + n),
                None => Ok(()),
            }
        }
        None => {
            let frame = match vm.sys_attr("_getframe") {
                Some(f) => vm.call(&f, &[])?,
                None => Ref::none(),
            };
            vm.call(&h, &[new_int(n as i64), frame])?;
            Ok(())
        }
    }
}

functions! { FUNCTIONS;
    "signal(signalnum, handler, /)" => |vm, a| {
        let n = number(vm, &a[0])?;
        let plain = a[1].as_i64();
        if !vm.is_callable(&a[1]) && !matches!(plain, Some(SIG_DFL | SIG_IGN)) {
            return Err(vm.type_error("signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object"));
        }
        if n == 9 || n == 19 {
            return Err(vm.os_error_number(22, &Ref::UNDEFINED));
        }
        let old = handler(vm, n);
        HANDLERS.with_borrow_mut(|h| h.insert(n, a[1].clone()));
        Ok(old)
    }, "Sets what happens at a signal: a function of the signal and a frame, SIG_DFL or SIG_IGN.\n\nWhat was set before is the result. Functions are called between two instructions of the main thread.";
    "getsignal(signalnum, /)" => |vm, a| {
        let n = number(vm, &a[0])?;
        Ok(handler(vm, n))
    }, "What happens at that signal: a function, SIG_DFL, SIG_IGN, or None if no Python code set it.";
    "raise_signal(signalnum, /)" => |vm, a| {
        let n = number(vm, &a[0])?;
        deliver(vm, n)?;
        Ok(Ref::none())
    }, "Sends the signal to this process.";
    "strsignal(signalnum, /)" => |vm, a| {
        let n = number(vm, &a[0])?;
        Ok(NAMES.iter().find(|s| s.1 == n).map_or_else(Ref::none, |s| new_str(s.2)))
    }, "The system's words for the signal, or None.";
    "valid_signals()" => |vm, _| {
        let all = (1..NSIG).filter(|n| !matches!(n, 32 | 33)).map(|n| new_int(n as i64)).collect();
        let class = rt().types.set.clone();
        vm.call(&class, &[taipan_vm::vm::new_list(all)])
    }, "The set of the signals that there are.";
    "set_wakeup_fd(fd, /, *, warn_on_full_buffer=True)" => |_, _| Ok(new_int(-1)), "Has the number of each signal written to a descriptor as a byte; -1 for none. Gives the one from before.";
    "siginterrupt(signalnum, flag, /)" => |_, _| Ok(Ref::none()), "Whether the signal breaks system calls off, or they are started again.";
    "alarm(seconds, /)" => |_, _| Ok(new_int(0)), "Has SIGALRM sent after so many seconds, or not at all for 0. Gives the seconds that were left.";
}

pub fn make(vm: &mut Vm) -> R<Ref> {
    let m = new_module(
        vm,
        "_signal",
        "Signals, the native half of the module signal.",
        FUNCTIONS,
    );
    for (name, n, _) in NAMES {
        set(&m, name, new_int(n as i64));
    }
    for (name, n) in [
        ("SIG_DFL", SIG_DFL),
        ("SIG_IGN", SIG_IGN),
        ("NSIG", NSIG as i64),
    ] {
        set(&m, name, new_int(n));
    }
    let int = default_int(vm);
    set(&m, "default_int_handler", int);
    vm.signal_hook = Some(|vm| deliver(vm, SIGINT));
    Ok(m)
}
