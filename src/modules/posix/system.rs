//! The process and the system: identities, environment, terminals, times.

use super::with_os;
use taipan_vm::host_os::Identity;
use taipan_vm::modules::structseq::{self, Declaration};

use taipan_vm::vm::{new_float, new_int, new_str, new_tuple};
use taipan_vm::{R, Ref, Vm, arg, functions};

pub static UNAME_RESULT: Declaration = Declaration {
    name: "posix.uname_result",
    doc: "What the system says of itself.",
    fields: &[
        ("sysname", "name of the system"),
        ("nodename", "name of the machine in its network"),
        ("release", "release of the system"),
        ("version", "version of that release"),
        ("machine", "kind of processor"),
    ],
    visible: 5,
    callable: true,
};
pub static TERMINAL_SIZE: Declaration = Declaration {
    name: "os.terminal_size",
    doc: "How large a terminal is.",
    fields: &[("columns", "characters in a line"), ("lines", "lines")],
    visible: 2,
    callable: true,
};
pub static TIMES_RESULT: Declaration = Declaration {
    name: "posix.times_result",
    doc: "Times that the process and its children have used, in seconds.",
    fields: &[
        ("user", "processor time in the program"),
        ("system", "processor time in the system"),
        ("children_user", "the same of children in their programs"),
        ("children_system", "the same of children in the system"),
        ("elapsed", "time gone by since some moment in the past"),
    ],
    visible: 5,
    callable: true,
};

fn identity(vm: &mut Vm, pick: fn(Identity) -> u32) -> R<Ref> {
    let id = with_os(vm, &Ref::UNDEFINED, |os| Ok(os.identity()))?;
    Ok(new_int(pick(id) as i64))
}

/// Waits for a child; signals that arrive meanwhile are handled.
fn wait(vm: &mut Vm, pid: i32, block: bool) -> R<(i32, i32)> {
    loop {
        let host = vm.host.clone();
        let done = match host.os() {
            Some(os) => os.wait(pid, block),
            None => Err(std::io::Error::from_raw_os_error(1)),
        };
        match done {
            Ok(found) => return Ok(found),
            Err(e) if e.kind() == std::io::ErrorKind::Interrupted => vm.safepoint()?,
            Err(e) => return Err(vm.os_error(&e, &Ref::UNDEFINED)),
        }
    }
}

functions! { pub(super) FUNCTIONS;
    "getpid()" => |vm, _| Ok(new_int(vm.host.pid() as i64)), "The number of this process.";
    "getppid()" => |vm, _| identity(vm, |i| i.parent), "The number of the process that started this one.";
    "getuid()" => |vm, _| identity(vm, |i| i.uid), "The user this process was started by.";
    "geteuid()" => |vm, _| identity(vm, |i| i.euid), "The user whose rights this process has.";
    "getgid()" => |vm, _| identity(vm, |i| i.gid), "The group this process was started by.";
    "getegid()" => |vm, _| identity(vm, |i| i.egid), "The group whose rights this process has.";
    "umask(mask, /)" => |vm, a| {
        let mask = vm.index_i32(&a[0])? as u32;
        let old = with_os(vm, &Ref::UNDEFINED, |os| Ok(os.set_umask(mask)))?;
        Ok(new_int(old as i64))
    }, "Sets the rights that new files don't get. Gives those from before.";
    "uname()" => |vm, _| {
        let parts = with_os(vm, &Ref::UNDEFINED, |os| Ok(os.system_name()))?;
        Ok(structseq::make(vm, &UNAME_RESULT, parts.iter().map(|p| new_str(p)).collect()))
    }, "What the system says of itself.";
    "cpu_count()" => |vm, _| {
        let n = with_os(vm, &Ref::UNDEFINED, |os| Ok(os.cpu_count()))?;
        Ok(n.map_or_else(Ref::none, |n| new_int(n as i64)))
    }, "How many processors there are, or None if unknown.";
    "get_terminal_size(fd=1, /)" => |vm, a| {
        let fd = match arg(a, 0) {
            Some(fd) => vm.index_i32(fd)?,
            None => 1,
        };
        let (columns, lines) = with_os(vm, &Ref::UNDEFINED, |os| os.terminal_size(fd))?;
        let values = vec![new_int(columns as i64), new_int(lines as i64)];
        Ok(structseq::make(vm, &TERMINAL_SIZE, values))
    }, "How many columns and lines the terminal behind a descriptor has.";
    "isatty(fd, /)" => |vm, a| {
        let fd = vm.index_i32(&a[0])?;
        Ok(Ref::bool(vm.host.is_terminal(fd)))
    }, "Whether the descriptor is a terminal.";
    "times()" => |vm, _| {
        let cpu = vm.host.process_time_ns() as f64 / 1e9;
        let elapsed = vm.host.monotonic_ns() as f64 / 1e9;
        let values = [cpu, 0.0, 0.0, 0.0, elapsed].map(new_float).to_vec();
        Ok(structseq::make(vm, &TIMES_RESULT, values))
    }, "The times that the process and its children have used.";
    "putenv(name, value, /)" => |_, _| Ok(Ref::none()), "Sets an environment variable. os.environ doesn't notice; better change that.";
    "unsetenv(name, /)" => |_, _| Ok(Ref::none()), "Removes an environment variable. os.environ doesn't notice; better change that.";
    "register_at_fork(*, before=None, after_in_child=None, after_in_parent=None)" => |_, _| Ok(Ref::none()), "Has functions called around each fork: before it, and afterwards in parent and child.";
    "_exit(status)" => |vm, a| {
        let code = vm.index_i32(&a[0])?;
        with_os(vm, &Ref::UNDEFINED, |os| os.exit(code))
    }, "Ends the process at once, with that status. Nothing is flushed and no exit function called.";
    "waitstatus_to_exitcode(status)" => |vm, a| {
        let status = vm.index_i32(&a[0])?;
        if status & 0x7f == 0 {
            Ok(new_int((status >> 8 & 0xff) as i64))
        } else {
            Ok(new_int(-((status & 0x7f) as i64)))
        }
    }, "The exit code in a status that wait() gave; of a signal, its number with a minus.";
    "pipe()" => |vm, _| {
        let (r, w) = with_os(vm, &Ref::UNDEFINED, |os| os.pipe())?;
        Ok(new_tuple(vec![new_int(r as i64), new_int(w as i64)]))
    }, "A new pipe: the number of the end to read from and that of the end to write to.";
    "waitpid(pid, options, /)" => |vm, a| {
        let pid = vm.index_i32(&a[0])?;
        let options = vm.index_i32(&a[1])?;
        if options & !1 != 0 {
            return Err(vm.os_error_number(22, &Ref::UNDEFINED));
        }
        let (pid, status) = wait(vm, pid, options & 1 == 0)?;
        Ok(new_tuple(vec![new_int(pid as i64), new_int(status as i64)]))
    }, "Waits for a child process to end: its number and status.\n\nWith WNOHANG in the options, zeros if it still runs.";
    "wait()" => |vm, _| {
        let (pid, status) = wait(vm, -1, true)?;
        Ok(new_tuple(vec![new_int(pid as i64), new_int(status as i64)]))
    }, "Waits for any child process to end: its number and status.";
    "kill(pid, signal, /)" => |vm, a| {
        let (pid, signal) = (vm.index_i32(&a[0])?, vm.index_i32(&a[1])?);
        with_os(vm, &Ref::UNDEFINED, |os| os.kill(pid, signal))?;
        vm.safepoint()?;
        Ok(Ref::none())
    }, "Sends a signal to a process; 0 only asks whether that could be done.";
    "WIFEXITED(status)" => |vm, a| Ok(Ref::bool(vm.index_i32(&a[0])? & 0x7f == 0)), "Whether the process ended by itself.";
    "WEXITSTATUS(status)" => |vm, a| Ok(new_int((vm.index_i32(&a[0])? >> 8 & 0xff) as i64)), "The exit code of a process that ended by itself.";
    "WIFSIGNALED(status)" => |vm, a| {
        let s = vm.index_i32(&a[0])? & 0x7f;
        Ok(Ref::bool(s != 0 && s != 0x7f))
    }, "Whether a signal ended the process.";
    "WTERMSIG(status)" => |vm, a| Ok(new_int((vm.index_i32(&a[0])? & 0x7f) as i64)), "The signal that ended the process.";
    "WIFSTOPPED(status)" => |vm, a| Ok(Ref::bool(vm.index_i32(&a[0])? & 0xff == 0x7f)), "Whether a signal has stopped the process.";
    "WSTOPSIG(status)" => |vm, a| Ok(new_int((vm.index_i32(&a[0])? >> 8 & 0xff) as i64)), "The signal that has stopped the process.";
    "WIFCONTINUED(status)" => |vm, a| Ok(Ref::bool(vm.index_i32(&a[0])? == 0xffff)), "Whether the process goes on after it was stopped.";
    "WCOREDUMP(status)" => |vm, a| Ok(Ref::bool(vm.index_i32(&a[0])? & 0x80 != 0)), "Whether the process left a picture of its memory.";
    "getgroups()" => |vm, _| {
        let gid = identity(vm, |i| i.gid)?;
        Ok(taipan_vm::vm::new_list(vec![gid]))
    }, "The groups that this process belongs to beside its own.";
    "getrandom(size, flags=0)" => |vm, a| {
        let n = vm.index_i32(&a[0])?;
        if n < 0 {
            return Err(vm.os_error_number(22, &Ref::UNDEFINED));
        }
        let mut buf = vec![0; n as usize];
        match vm.host.random(&mut buf) {
            Ok(()) => Ok(taipan_vm::vm::new_bytes(&buf)),
            Err(e) => Err(vm.os_error(&e, &Ref::UNDEFINED)),
        }
    }, "Up to that many random bytes from the system.";
}
