//! `_posixsubprocess`: starting programs, for the module `subprocess`.

use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStrExt;
use taipan_vm::host_os::Spawn;
use taipan_vm::modules::new_module;
use taipan_vm::vm::new_int;
use taipan_vm::{R, Ref, Vm, functions};

functions! { FUNCTIONS;
    "fork_exec(args, executable_list, close_fds, pass_fds, cwd, env, p2cread, p2cwrite, c2pread, c2pwrite, errread, errwrite, errpipe_read, errpipe_write, restore_signals, call_setsid, pgid_to_set, gid, extra_groups, uid, child_umask, preexec_fn, /)" => fork_exec, "Starts a program; gives the number of its process. An OSError is raised if it can't be started.\n\nFiles that Taipan has opened are not inherited, so close_fds changes nothing.";
}

fn unsupported(vm: &mut Vm, what: &str) -> taipan_vm::Raised {
    let class = taipan_vm::rt().types.not_implemented_error.clone();
    vm.error(
        &class,
        &format!("subprocess: {what} is not supported by Taipan"),
    )
}

fn strings(vm: &mut Vm, r: &Ref) -> R<Vec<OsString>> {
    let mut out = Vec::new();
    for item in vm.collect(r)? {
        let bytes = vm.fs_path(&item)?;
        if bytes.contains(&0) {
            return Err(vm.value_error("embedded null byte"));
        }
        out.push(OsStr::from_bytes(&bytes).to_os_string());
    }
    Ok(out)
}

/// A user or group by number; None or -1 leaves what is.
fn identity(vm: &mut Vm, r: &Ref) -> R<Option<u32>> {
    if r.is_none() {
        return Ok(None);
    }
    let n = vm.index_i32(r)?;
    Ok(u32::try_from(n).ok())
}

fn fork_exec(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    if !vm.collect(&a[3])?.iter().all(|fd| {
        // The pipe for errors of the start is not needed.
        fd.as_i64() == a[13].as_i64()
    }) {
        return Err(unsupported(vm, "pass_fds"));
    }
    if vm.truthy(&a[15])? {
        return Err(unsupported(vm, "start_new_session"));
    }
    if !a[18].is_none() {
        return Err(unsupported(vm, "extra_groups"));
    }
    if vm.index_i32(&a[20])? >= 0 {
        return Err(unsupported(vm, "umask"));
    }
    if !a[21].is_none() {
        return Err(unsupported(vm, "preexec_fn"));
    }
    let arguments = strings(vm, &a[0])?;
    let paths = strings(vm, &a[1])?;
    let folder = if a[4].is_none() {
        None
    } else {
        strings(vm, &taipan_vm::vm::new_tuple(vec![a[4].clone()]))?.pop()
    };
    let environment = if a[5].is_none() {
        None
    } else {
        let mut all = Vec::new();
        for pair in strings(vm, &a[5])? {
            let bytes = pair.as_bytes();
            // A name may begin with the sign.
            if let Some(at) = bytes.iter().skip(1).position(|&b| b == b'=') {
                let (name, value) = (&bytes[..at + 1], &bytes[at + 2..]);
                all.push((
                    OsStr::from_bytes(name).into(),
                    OsStr::from_bytes(value).into(),
                ));
            }
        }
        Some(all)
    };
    let mut stdio = [-1; 3];
    for (to, from) in stdio.iter_mut().zip([6, 9, 11]) {
        *to = vm.index_i32(&a[from])?;
    }
    let group = vm.index_i32(&a[16])?;
    let program = Spawn {
        arguments,
        paths: paths.iter().map(Into::into).collect(),
        folder: folder.as_ref().map(Into::into),
        environment,
        stdio,
        process_group: (group >= 0).then_some(group),
        group: identity(vm, &a[17])?,
        user: identity(vm, &a[19])?,
    };
    let host = vm.host.clone();
    let started = match host.os() {
        Some(os) => os.spawn(&program),
        None => Err(std::io::Error::from_raw_os_error(1)),
    };
    match started {
        Ok(pid) => Ok(new_int(pid as i64)),
        Err(e) => {
            // The folder is entered first, so it is what is missing if it is.
            let folder_missing = program
                .folder
                .as_ref()
                .is_some_and(|f| host.os().is_some_and(|os| os.status(f, true).is_err()));
            let name = if folder_missing {
                a[4].clone()
            } else {
                vm.collect(&a[0])?
                    .first()
                    .cloned()
                    .unwrap_or_else(Ref::none)
            };
            Err(vm.os_error(&e, &name))
        }
    }
}

pub fn make(vm: &mut Vm) -> R<Ref> {
    Ok(new_module(
        vm,
        "_posixsubprocess",
        "Starting programs, the native half of the module subprocess.",
        FUNCTIONS,
    ))
}
