//! Files by their paths: status, removal, links, modes and times.

use super::{path_arg, path_like, path_named, with_os};
use std::os::unix::ffi::OsStrExt;
use taipan_vm::host_os::FileStatus;
use taipan_vm::modules::structseq::{self, Declaration};
use taipan_vm::native::GetSetDef;
use taipan_vm::value::{BytesObj, GetSetObj, TypeObj};
use taipan_vm::vm::{new_bigint, new_float, new_int};
use taipan_vm::{R, Ref, Vm, arg, functions};

pub static STAT_RESULT: Declaration = Declaration {
    name: "os.stat_result",
    doc: "What is known of a file: a tuple of ten numbers, and more under names.",
    fields: &[
        ("st_mode", "kind of file, and rights"),
        ("st_ino", "number within its device"),
        ("st_dev", "number of the device"),
        ("st_nlink", "how many names it has"),
        ("st_uid", "owner"),
        ("st_gid", "group"),
        ("st_size", "bytes"),
        ("st_atime", "when it was read"),
        ("st_mtime", "when its contents changed"),
        ("st_ctime", "when it changed in any way"),
        ("st_atime_ns", "when it was read, in nanoseconds"),
        ("st_mtime_ns", "when its contents changed, in nanoseconds"),
        ("st_ctime_ns", "when it changed in any way, in nanoseconds"),
        ("st_blksize", "best size to read at once"),
        ("st_blocks", "blocks of 512 bytes that it takes"),
        ("st_rdev", "number of the device it is"),
    ],
    visible: 10,
    callable: true,
};

macro_rules! seconds {
    ($($name:literal, $ns:literal, $i:literal, $doc:literal;)*) => {
        [$(GetSetDef {
            name: $name,
            get: |vm, r| match vm.instance_attr(r, &taipan_vm::intern($ns))? {
                Some(ns) if !ns.is_none() => Ok(new_float(vm.int_to_f64(&ns)? / 1e9)),
                _ => Ok(r.tuple_items().and_then(|t| t.get($i).cloned()).unwrap_or_else(Ref::none)),
            },
            set: None,
            doc: $doc,
        }),*]
    };
}
static SECONDS: [GetSetDef; 3] = seconds! {
    "st_atime", "st_atime_ns", 7, "when it was read";
    "st_mtime", "st_mtime_ns", 8, "when its contents changed";
    "st_ctime", "st_ctime_ns", 9, "when it changed in any way";
};

/// As items the times are whole seconds, as attributes they have a fraction.
pub(super) fn refine_stat_result(vm: &mut Vm) {
    let class = structseq::class(vm, &STAT_RESULT);
    if let Some(t) = class.cast::<TypeObj>() {
        for def in &SECONDS {
            let owner = class.clone();
            t.namespace()
                .set_name(def.name, Ref::new(GetSetObj { def, owner }));
        }
        vm.type_modified(t);
    }
}

pub(super) fn stat_result(vm: &mut Vm, s: &FileStatus) -> Ref {
    let second = |ns: i128| new_int(ns.div_euclid(1_000_000_000) as i64);
    let big = |n: u64| new_bigint(n.into());
    let values = vec![
        new_int(s.mode as i64),
        big(s.inode),
        big(s.device),
        big(s.links),
        new_int(s.uid as i64),
        new_int(s.gid as i64),
        big(s.size),
        second(s.accessed_ns),
        second(s.modified_ns),
        second(s.changed_ns),
        new_bigint(s.accessed_ns.into()),
        new_bigint(s.modified_ns.into()),
        new_bigint(s.changed_ns.into()),
        big(s.block_size),
        big(s.blocks),
        big(s.raw_device),
    ];
    structseq::make(vm, &STAT_RESULT, values)
}

/// A flag argument that is true when it isn't given.
fn flag(vm: &mut Vm, a: &[Ref], i: usize, default: bool) -> R<bool> {
    match arg(a, i) {
        Some(v) => vm.truthy(v),
        None => Ok(default),
    }
}

fn stat(vm: &mut Vm, path: &Ref, follow: bool, function: &str) -> R<Ref> {
    if path.is_int() && follow {
        let fd = vm.index_i32(path)?;
        let s = with_os(vm, &Ref::UNDEFINED, |os| os.status_fd(fd))?;
        return Ok(stat_result(vm, &s));
    }
    let fits = path.is_str()
        || path.cast::<BytesObj>().is_some()
        || vm
            .lookup(path.class(), &taipan_vm::intern("__fspath__"))
            .is_some();
    if !fits && follow {
        let text = format!(
            "{function}: path should be string, bytes, os.PathLike or integer, not {}",
            vm.type_name(path)
        );
        return Err(vm.type_error(&text));
    }
    let p = path_arg(vm, path, function)?;
    let s = with_os(vm, path, |os| os.status(&p, follow))?;
    Ok(stat_result(vm, &s))
}

/// Two paths, an error naming both.
fn two(
    vm: &mut Vm,
    a: &[Ref],
    function: &str,
    f: impl FnOnce(
        &dyn taipan_vm::host_os::HostOs,
        &std::path::Path,
        &std::path::Path,
    ) -> std::io::Result<()>,
) -> R<Ref> {
    let from = path_named(vm, &a[0], function, "src")?;
    let to = path_named(vm, &a[1], function, "dst")?;
    let host = vm.host.clone();
    let done = match host.os() {
        Some(os) => f(os, &from, &to),
        None => Err(std::io::Error::from_raw_os_error(super::NOT_PERMITTED)),
    };
    match done {
        Ok(()) => Ok(Ref::none()),
        Err(e) => {
            let errno = e.raw_os_error().unwrap_or(5);
            let text = taipan_vm::errors::oserror::strerror(errno);
            let exc = vm.new_os_error_text(errno, &text, &a[0], &a[1]);
            Err(vm.raise(exc))
        }
    }
}

fn remove(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let p = path_arg(vm, &a[0], "remove")?;
    with_os(vm, &a[0], |os| os.remove_file(&p))?;
    Ok(Ref::none())
}

fn whole_nanoseconds(vm: &mut Vm, r: &Ref) -> R<i128> {
    if r.is_int() {
        return Ok(r
            .as_bigint()
            .and_then(|n| i128::try_from(n).ok())
            .unwrap_or(0)
            * 1_000_000_000);
    }
    let f = vm.float_value(r)?;
    Ok((f * 1e9).floor() as i128)
}

/// `utime(path, times=None, *, ns=, dir_fd=None, follow_symlinks=True)`.
fn utime(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let p = path_arg(vm, &a[0], "utime")?;
    let times = arg(a, 1).filter(|t| !t.is_none());
    let ns = arg(a, 2);
    let follow = flag(vm, a, 4, true)?;
    if times.is_some() && ns.is_some() {
        return Err(vm.value_error("utime: you may specify either 'times' or 'ns' but not both"));
    }
    let (accessed, modified) = if let Some(t) = times {
        let Some([x, y]) = t.tuple_items() else {
            return Err(vm.type_error("utime: 'times' must be either a tuple of two ints or None"));
        };
        let (x, y) = (x.clone(), y.clone());
        (whole_nanoseconds(vm, &x)?, whole_nanoseconds(vm, &y)?)
    } else if let Some(t) = ns {
        let Some([x, y]) = t.tuple_items() else {
            return Err(vm.type_error("utime: 'ns' must be a tuple of two ints"));
        };
        let n = |r: &Ref| {
            r.as_bigint()
                .and_then(|n| i128::try_from(n).ok())
                .unwrap_or(0)
        };
        (n(x), n(y))
    } else {
        let now = vm.host.time_ns();
        (now, now)
    };
    with_os(vm, &a[0], |os| os.set_times(&p, accessed, modified, follow))?;
    Ok(Ref::none())
}

functions! { pub(super) FUNCTIONS;
    "stat(path, *, dir_fd=None, follow_symlinks=True)" => |vm, a| {
        let follow = flag(vm, a, 2, true)?;
        stat(vm, &a[0], follow, "stat")
    }, "What is known of the file at a path, or of an open one by its descriptor.\n\nThe path may be relative to the directory dir_fd. A symbolic link is followed unless told otherwise.";
    "lstat(path, *, dir_fd=None)" => |vm, a| stat(vm, &a[0], false, "lstat"), "What is known of the file at a path, a symbolic link not being followed.";
    "fstat(fd)" => |vm, a| {
        let fd = vm.index_i32(&a[0])?;
        let s = with_os(vm, &Ref::UNDEFINED, |os| os.status_fd(fd))?;
        Ok(stat_result(vm, &s))
    }, "What is known of an open file.";
    "access(path, mode, *, dir_fd=None, effective_ids=False, follow_symlinks=True)" => |vm, a| {
        let p = path_arg(vm, &a[0], "access")?;
        let mode = vm.index_i32(&a[1])? as u32;
        let host = vm.host.clone();
        Ok(Ref::bool(host.os().is_some_and(|os| os.access(&p, mode))))
    }, "Whether the file may be used in that way: F_OK, or R_OK, W_OK and X_OK joined with |.\n\nThe real user counts, unless effective_ids is true.";
    "remove(path, *, dir_fd=None)" => remove, "Removes a file.";
    "unlink(path, *, dir_fd=None)" => |vm, a| {
        let p = path_arg(vm, &a[0], "unlink")?;
        with_os(vm, &a[0], |os| os.remove_file(&p))?;
        Ok(Ref::none())
    }, "Removes a file; the same as remove().";
    "rename(src, dst, *, src_dir_fd=None, dst_dir_fd=None)" => |vm, a| two(vm, a, "rename", |os, x, y| os.rename(x, y)), "Gives a file or directory another path. A file that is there is replaced.";
    "replace(src, dst, *, src_dir_fd=None, dst_dir_fd=None)" => |vm, a| two(vm, a, "replace", |os, x, y| os.rename(x, y)), "Gives a file or directory another path, replacing what is there.";
    "link(src, dst, *, src_dir_fd=None, dst_dir_fd=None, follow_symlinks=True)" => |vm, a| two(vm, a, "link", |os, x, y| os.hard_link(x, y)), "Makes another name of a file.";
    "symlink(src, dst, target_is_directory=False, *, dir_fd=None)" => |vm, a| two(vm, a, "symlink", |os, x, y| os.symlink(x, y)), "Makes a symbolic link at dst that leads to src.";
    "readlink(path, *, dir_fd=None)" => |vm, a| {
        let p = path_arg(vm, &a[0], "readlink")?;
        let target = with_os(vm, &a[0], |os| os.read_link(&p))?;
        Ok(path_like(Some(&a[0]), target.as_os_str().as_bytes()))
    }, "Where a symbolic link leads.";
    "chmod(path, mode, *, dir_fd=None, follow_symlinks=True)" => |vm, a| {
        let p = path_arg(vm, &a[0], "chmod")?;
        let mode = vm.index_i32(&a[1])? as u32;
        with_os(vm, &a[0], |os| os.set_mode(&p, mode))?;
        Ok(Ref::none())
    }, "Changes the rights of a file.";
    "utime(path, times=None, *, ns=None, dir_fd=None, follow_symlinks=True)" => utime, "Sets the times a file was used and changed, in seconds, or ns in nanoseconds; now if neither is given.";
    "truncate(path, length)" => |vm, a| {
        let p = path_arg(vm, &a[0], "truncate")?;
        let size = vm.index_size(&a[1])?;
        if size < 0 {
            return Err(vm.os_error_number(22, &a[0]));
        }
        with_os(vm, &a[0], |os| os.truncate(&p, size as u64))?;
        Ok(Ref::none())
    }, "Cuts a file off at a size, or fills it up with zeros.";
    "fspath(path)" => |vm, a| {
        if a[0].is_str() || a[0].cast::<BytesObj>().is_some() {
            return Ok(a[0].clone());
        }
        let Some(p) = vm.call_special(&a[0], &taipan_vm::intern("__fspath__"), &[])? else {
            let text = format!("expected str, bytes or os.PathLike object, not {}", vm.type_name(&a[0]));
            return Err(vm.type_error(&text));
        };
        if p.is_str() || p.cast::<BytesObj>().is_some() {
            return Ok(p);
        }
        let text = format!(
            "expected {}.__fspath__() to return str or bytes, not {}",
            vm.type_name(&a[0]),
            vm.type_name(&p)
        );
        Err(vm.type_error(&text))
    }, "The path that an object stands for, a str or bytes. TypeError is raised if it is none.";
    "strerror(code, /)" => |vm, a| {
        let n = vm.index_i32(&a[0])?;
        Ok(taipan_vm::vm::new_str(&taipan_vm::errors::oserror::strerror(n)))
    }, "The system's words for the number of an error.";
    "urandom(size, /)" => |vm, a| {
        let n = vm.index_size(&a[0])?;
        if n < 0 {
            return Err(vm.value_error("negative argument not allowed"));
        }
        let mut buf = Vec::new();
        if buf.try_reserve_exact(n as usize).is_err() {
            return Err(vm.memory_error());
        }
        buf.resize(n as usize, 0);
        match vm.host.random(&mut buf) {
            Ok(()) => Ok(taipan_vm::vm::new_bytes(&buf)),
            Err(e) => Err(vm.os_error(&e, &Ref::UNDEFINED)),
        }
    }, "That many random bytes, good enough for secrets.";
}
