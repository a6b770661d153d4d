//! The process and the system: identities, environment, terminals, times.

use super::with_os;
use taipan_vm::host_os::Identity;
use taipan_vm::modules::structseq::{self, Declaration};

use taipan_vm::vm::{new_float, new_int, new_str};
use taipan_vm::{R, Ref, Vm, arg, functions};

pub static UNAME_RESULT: Declaration = Declaration {
    name: "posix.uname_result",
    doc: "",
    fields: &[
        ("sysname", ""),
        ("nodename", ""),
        ("release", ""),
        ("version", ""),
        ("machine", ""),
    ],
    visible: 5,
    callable: true,
};
pub static TERMINAL_SIZE: Declaration = Declaration {
    name: "os.terminal_size",
    doc: "",
    fields: &[("columns", ""), ("lines", "")],
    visible: 2,
    callable: true,
};
pub static TIMES_RESULT: Declaration = Declaration {
    name: "posix.times_result",
    doc: "",
    fields: &[
        ("user", "user time"),
        ("system", "system time"),
        ("children_user", ""),
        ("children_system", ""),
        ("elapsed", ""),
    ],
    visible: 5,
    callable: true,
};

fn identity(vm: &mut Vm, pick: fn(Identity) -> u32) -> R<Ref> {
    let id = with_os(vm, &Ref::UNDEFINED, |os| Ok(os.identity()))?;
    Ok(new_int(pick(id) as i64))
}

functions! { pub(super) FUNCTIONS;
    "getpid()" => |vm, _| Ok(new_int(vm.host.pid() as i64)), "";
    "getppid()" => |vm, _| identity(vm, |i| i.parent), "";
    "getuid()" => |vm, _| identity(vm, |i| i.uid), "";
    "geteuid()" => |vm, _| identity(vm, |i| i.euid), "";
    "getgid()" => |vm, _| identity(vm, |i| i.gid), "";
    "getegid()" => |vm, _| identity(vm, |i| i.egid), "";
    "umask(mask, /)" => |vm, a| {
        let mask = vm.index_i32(&a[0])? as u32;
        let old = with_os(vm, &Ref::UNDEFINED, |os| Ok(os.set_umask(mask)))?;
        Ok(new_int(old as i64))
    }, "";
    "uname()" => |vm, _| {
        let parts = with_os(vm, &Ref::UNDEFINED, |os| Ok(os.system_name()))?;
        Ok(structseq::make(vm, &UNAME_RESULT, parts.iter().map(|p| new_str(p)).collect()))
    }, "";
    "cpu_count()" => |vm, _| {
        let n = with_os(vm, &Ref::UNDEFINED, |os| Ok(os.cpu_count()))?;
        Ok(n.map_or_else(Ref::none, |n| new_int(n as i64)))
    }, "";
    "get_terminal_size(fd=1, /)" => |vm, a| {
        let fd = match arg(a, 0) {
            Some(fd) => vm.index_i32(fd)?,
            None => 1,
        };
        let (columns, lines) = with_os(vm, &Ref::UNDEFINED, |os| os.terminal_size(fd))?;
        let values = vec![new_int(columns as i64), new_int(lines as i64)];
        Ok(structseq::make(vm, &TERMINAL_SIZE, values))
    }, "";
    "isatty(fd, /)" => |vm, a| {
        let fd = vm.index_i32(&a[0])?;
        Ok(Ref::bool(vm.host.is_terminal(fd)))
    }, "";
    "times()" => |vm, _| {
        let cpu = vm.host.process_time_ns() as f64 / 1e9;
        let elapsed = vm.host.monotonic_ns() as f64 / 1e9;
        let values = [cpu, 0.0, 0.0, 0.0, elapsed].map(new_float).to_vec();
        Ok(structseq::make(vm, &TIMES_RESULT, values))
    }, "";
    "putenv(name, value, /)" => |_, _| Ok(Ref::none()), "";
    "unsetenv(name, /)" => |_, _| Ok(Ref::none()), "";
    "register_at_fork(*, before=None, after_in_child=None, after_in_parent=None)" => |_, _| Ok(Ref::none()), "";
    "_exit(status)" => |vm, a| {
        let code = vm.index_i32(&a[0])?;
        with_os(vm, &Ref::UNDEFINED, |os| os.exit(code))
    }, "";
    "waitstatus_to_exitcode(status)" => |vm, a| {
        let status = vm.index_i32(&a[0])?;
        if status & 0x7f == 0 {
            Ok(new_int((status >> 8 & 0xff) as i64))
        } else {
            Ok(new_int(-((status & 0x7f) as i64)))
        }
    }, "";
    "getgroups()" => |vm, _| {
        let gid = identity(vm, |i| i.gid)?;
        Ok(taipan_vm::vm::new_list(vec![gid]))
    }, "";
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
    }, "";
}
