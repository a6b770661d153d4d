//! `posix`: the native half of `os`. Everything goes through the host boundary.

mod descriptors;
mod dirs;
mod files;
mod system;

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use taipan_vm::host::Host;
use taipan_vm::host_os::HostOs;
use taipan_vm::modules::{fs_decode, new_module, set};
use taipan_vm::value::{BytesObj, DictObj};
use taipan_vm::vm::{new_bytes, new_int, new_list, new_str};
use taipan_vm::{R, Ref, Vm, rt};

/// EPERM: what a host without a file system says.
const NOT_PERMITTED: i32 = 1;

/// Does something with the host's system, an error naming `path`.
fn with_os<T>(vm: &mut Vm, path: &Ref, f: impl FnOnce(&dyn HostOs) -> std::io::Result<T>) -> R<T> {
    let host: Rc<dyn Host> = vm.host.clone();
    let done = match host.os() {
        Some(os) => f(os),
        None => Err(std::io::Error::from_raw_os_error(NOT_PERMITTED)),
    };
    done.map_err(|e| vm.os_error(&e, path))
}

/// A path argument, with the reference's error for other types.
fn path_arg(vm: &mut Vm, r: &Ref, function: &str) -> R<PathBuf> {
    path_named(vm, r, function, "path")
}

fn path_named(vm: &mut Vm, r: &Ref, function: &str, name: &str) -> R<PathBuf> {
    let fits = r.is_str()
        || r.cast::<BytesObj>().is_some()
        || vm
            .lookup(r.class(), &taipan_vm::intern("__fspath__"))
            .is_some();
    if !fits {
        let text = format!(
            "{function}: {name} should be string, bytes or os.PathLike, not {}",
            vm.type_name(r)
        );
        return Err(vm.type_error(&text));
    }
    let bytes = match vm.fs_path(r) {
        Ok(b) => b,
        Err(e) => {
            let class = rt().types.value_error.clone();
            if vm.exc_is(&class) {
                vm.take_exc();
                return Err(
                    vm.value_error(&format!("{function}: embedded null character in {name}"))
                );
            }
            return Err(e);
        }
    };
    Ok(Path::new(OsStr::from_bytes(&bytes)).to_path_buf())
}

/// A path in the type of the argument that led to it.
fn path_like(model: Option<&Ref>, path: &[u8]) -> Ref {
    match model {
        Some(m) if m.cast::<BytesObj>().is_some() => new_bytes(path),
        _ => fs_decode(path),
    }
}

fn environ(vm: &mut Vm) -> R<Ref> {
    let dict = DictObj::new_dict();
    if let Some(d) = dict.cast::<DictObj>() {
        for (k, v) in vm.host.env_all() {
            d.set(vm, &new_bytes(k.as_bytes()), new_bytes(v.as_bytes()))?;
        }
    }
    Ok(dict)
}

const CONSTANTS: &[(&str, i64)] = &[
    ("F_OK", 0),
    ("R_OK", 4),
    ("W_OK", 2),
    ("X_OK", 1),
    ("O_RDONLY", 0),
    ("O_WRONLY", 1),
    ("O_RDWR", 2),
    ("O_CREAT", 0o100),
    ("O_EXCL", 0o200),
    ("O_NOCTTY", 0o400),
    ("O_TRUNC", 0o1000),
    ("O_APPEND", 0o2000),
    ("O_NONBLOCK", 0o4000),
    ("O_NDELAY", 0o4000),
    ("O_DSYNC", 0o10000),
    ("O_DIRECTORY", 0o200000),
    ("O_NOFOLLOW", 0o400000),
    ("O_CLOEXEC", 0o2000000),
    ("O_SYNC", 0o4010000),
    ("O_ACCMODE", 3),
    ("EX_OK", 0),
    ("EX_USAGE", 64),
    ("EX_DATAERR", 65),
    ("EX_NOINPUT", 66),
    ("EX_NOUSER", 67),
    ("EX_NOHOST", 68),
    ("EX_UNAVAILABLE", 69),
    ("EX_SOFTWARE", 70),
    ("EX_OSERR", 71),
    ("EX_OSFILE", 72),
    ("EX_CANTCREAT", 73),
    ("EX_IOERR", 74),
    ("EX_TEMPFAIL", 75),
    ("EX_PROTOCOL", 76),
    ("EX_NOPERM", 77),
    ("EX_CONFIG", 78),
    ("WNOHANG", 1),
    ("WUNTRACED", 2),
    ("WCONTINUED", 8),
    ("NGROUPS_MAX", 65536),
    ("TMP_MAX", 238328),
];

pub fn make(vm: &mut Vm) -> R<Ref> {
    let doc = "What the operating system offers. Import os, which adds to it.";
    let m = new_module(vm, "posix", doc, files::FUNCTIONS);
    taipan_vm::types::module::add_functions(vm, &m, dirs::FUNCTIONS);
    taipan_vm::types::module::add_functions(vm, &m, descriptors::FUNCTIONS);
    taipan_vm::types::module::add_functions(vm, &m, system::FUNCTIONS);
    for (name, value) in CONSTANTS {
        set(&m, name, new_int(*value));
    }
    let environ = environ(vm)?;
    set(&m, "environ", environ);
    set(&m, "error", rt().types.os_error.clone());
    let have = ["HAVE_LSTAT"].iter().map(|n| new_str(n)).collect();
    set(&m, "_have_functions", new_list(have));
    for (name, d) in [
        ("stat_result", &files::STAT_RESULT),
        ("uname_result", &system::UNAME_RESULT),
        ("terminal_size", &system::TERMINAL_SIZE),
        ("times_result", &system::TIMES_RESULT),
    ] {
        let class = taipan_vm::modules::structseq::class(vm, d);
        set(&m, name, class);
    }
    files::refine_stat_result(vm);
    let entry = vm.native_type(&dirs::DIR_ENTRY);
    set(&m, "DirEntry", entry);
    Ok(m)
}
