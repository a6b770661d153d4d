//! Folders: listing, scanning, making, removing, the current one.

use super::{path_arg, path_like, with_os};
use std::cell::{Cell, RefCell};
use std::os::unix::ffi::OsStrExt;
use taipan_vm::host_os::FileStatus;
use taipan_vm::native::Args;
use taipan_vm::types::spec::TypeSpec;
use taipan_vm::value::{NativePayload, type_flag};
use taipan_vm::vm::{new_bigint, new_bytes, new_list, new_str};
use taipan_vm::{R, Ref, Vm, arg, functions, getset, methods, trace};

const TYPE_MASK: u32 = 0o170000;
const DIRECTORY: u32 = 0o040000;
const REGULAR: u32 = 0o100000;
const LINK: u32 = 0o120000;

/// The path argument of `listdir` and `scandir`: the current folder if it isn't given.
fn folder(vm: &mut Vm, a: &[Ref], function: &str) -> R<(std::path::PathBuf, Ref)> {
    match arg(a, 0).filter(|p| !p.is_none()) {
        Some(p) => Ok((path_arg(vm, p, function)?, p.clone())),
        None => Ok((".".into(), new_str("."))),
    }
}

fn listdir(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let (p, shown) = folder(vm, a, "listdir")?;
    match vm.host.list_dir(&p) {
        Ok(names) => Ok(new_list(
            names
                .iter()
                .map(|n| path_like(Some(&shown), n.as_bytes()))
                .collect(),
        )),
        Err(e) => Err(vm.os_error(&e, &shown)),
    }
}

/// An entry of a folder, and what has been found out about it.
struct DirEntry {
    name: Ref,
    path: Ref,
    place: std::path::PathBuf,
    link_status: Cell<Option<FileStatus>>,
    status: Cell<Option<FileStatus>>,
}
trace!(DirEntry; name, path);
impl NativePayload for DirEntry {}

impl DirEntry {
    fn status(&self, vm: &mut Vm, follow: bool) -> R<FileStatus> {
        let known = if follow {
            &self.status
        } else {
            &self.link_status
        };
        if let Some(s) = known.get() {
            return Ok(s);
        }
        let s = with_os(vm, &self.path, |os| os.status(&self.place, follow))?;
        known.set(Some(s));
        Ok(s)
    }
    /// Whether it is of that type; what has gone or can't be reached is of none.
    fn is(&self, vm: &mut Vm, kind: u32, follow: bool) -> R<bool> {
        let s = self.status(vm, follow);
        let class = taipan_vm::rt().types.file_not_found_error.clone();
        let s = vm.catch(s, &class)?;
        Ok(s.is_some_and(|s| s.mode & TYPE_MASK == kind))
    }
}

pub(super) static DIR_ENTRY: TypeSpec = TypeSpec {
    name: "posix.DirEntry",
    flags: type_flag::NO_NEW,
    methods: ENTRY_METHODS,
    getset: ENTRY_GETSET,
    slots: |s| {
        s.repr.set(Some(|vm, r| {
            let name = match r.native::<DirEntry>() {
                Some(e) => e.name.clone(),
                None => Ref::none(),
            };
            Ok(new_str(&format!("<DirEntry {}>", vm.repr_text(&name)?)))
        }));
    },
    ..TypeSpec::DEFAULT
};

fn entry<'a>(vm: &mut Vm, r: &'a Ref) -> R<&'a DirEntry> {
    match r.native::<DirEntry>() {
        Some(e) => Ok(e),
        None => Err(vm.type_error("a posix.DirEntry object is required")),
    }
}

fn follow(vm: &mut Vm, a: &[Ref]) -> R<bool> {
    match arg(a, 1) {
        Some(f) => vm.truthy(f),
        None => Ok(true),
    }
}

getset! { ENTRY_GETSET;
    "name" => |vm, r| Ok(entry(vm, r)?.name.clone()), "The name, without the directory.";
    "path" => |vm, r| Ok(entry(vm, r)?.path.clone()), "The name with the path that was given to scandir().";
}
methods! { ENTRY_METHODS;
    "is_dir(self, /, *, follow_symlinks=True)" => |vm, a| {
        let f = follow(vm, a)?;
        Ok(Ref::bool(entry(vm, &a[0])?.is(vm, DIRECTORY, f)?))
    }, "Whether it is a directory.";
    "is_file(self, /, *, follow_symlinks=True)" => |vm, a| {
        let f = follow(vm, a)?;
        Ok(Ref::bool(entry(vm, &a[0])?.is(vm, REGULAR, f)?))
    }, "Whether it is a file.";
    "is_symlink(self, /)" => |vm, a| Ok(Ref::bool(entry(vm, &a[0])?.is(vm, LINK, false)?)), "Whether it leads to another place.";
    "is_junction(self, /)" => |_, _| Ok(Ref::bool(false)), "Always False; junctions are a matter of Windows.";
    "stat(self, /, *, follow_symlinks=True)" => |vm, a| {
        let f = follow(vm, a)?;
        let s = entry(vm, &a[0])?.status(vm, f)?;
        Ok(super::files::stat_result(vm, &s))
    }, "What is known of it, as stat() gives it.";
    "inode(self, /)" => |vm, a| {
        let s = entry(vm, &a[0])?.status(vm, false)?;
        Ok(new_bigint(s.inode.into()))
    }, "Its number within the device.";
    "__fspath__(self, /)" => |vm, a| Ok(entry(vm, &a[0])?.path.clone()), "The path.";
    class "__class_getitem__(cls, object, /)" => |vm, a| taipan_vm::types::generic_alias::new_alias(vm, &a[0], &a[1]), "The class with types in brackets, for annotations.";
}

/// The entries that an iterator has not given yet, last first; empty once it is closed.
struct ScandirIterator {
    left: RefCell<Vec<Ref>>,
}
trace!(ScandirIterator);
impl NativePayload for ScandirIterator {}

static SCANDIR_ITERATOR: TypeSpec = TypeSpec {
    name: "posix.ScandirIterator",
    flags: type_flag::NO_NEW,
    methods: SCANDIR_METHODS,
    slots: |s| {
        s.iter.set(Some(|_, r| Ok(r.clone())));
        s.next.set(Some(|_, r| {
            Ok(r.native::<ScandirIterator>()
                .and_then(|i| i.left.borrow_mut().pop()))
        }));
    },
    ..TypeSpec::DEFAULT
};
methods! { SCANDIR_METHODS;
    "__enter__(self, /)" => |_, a| Ok(a[0].clone()), "";
    var "__exit__(self, /, *args)" => |_, args: Args| {
        close(args.all.first());
        Ok(Ref::none())
    }, "";
    "close(self, /)" => |_, a| {
        close(a.first());
        Ok(Ref::none())
    }, "";
}
fn close(r: Option<&Ref>) {
    if let Some(i) = r.and_then(|r| r.native::<ScandirIterator>()) {
        i.left.borrow_mut().clear();
    }
}

fn scandir(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let (p, shown) = folder(vm, a, "scandir")?;
    let mut names = match vm.host.list_dir(&p) {
        Ok(n) => n,
        Err(e) => return Err(vm.os_error(&e, &shown)),
    };
    names.reverse();
    let class = vm.native_type(&DIR_ENTRY);
    let mut prefix = p.as_os_str().as_bytes().to_vec();
    if !prefix.ends_with(b"/") {
        prefix.push(b'/');
    }
    let left = names
        .iter()
        .map(|n| {
            let full = [&prefix[..], n.as_bytes()].concat();
            Ref::new_native(
                &class,
                DirEntry {
                    name: path_like(Some(&shown), n.as_bytes()),
                    path: path_like(Some(&shown), &full),
                    place: p.join(n),
                    link_status: Cell::new(None),
                    status: Cell::new(None),
                },
            )
        })
        .collect();
    let class = vm.native_type(&SCANDIR_ITERATOR);
    Ok(Ref::new_native(
        &class,
        ScandirIterator {
            left: RefCell::new(left),
        },
    ))
}

fn current(vm: &mut Vm) -> R<std::path::PathBuf> {
    match vm.host.current_dir() {
        Ok(d) => Ok(d),
        Err(e) => Err(vm.os_error(&e, &Ref::UNDEFINED)),
    }
}

functions! { pub(super) FUNCTIONS;
    "listdir(path=None)" => listdir, "The names in a directory, in no particular order, without '.' and '..'.";
    "scandir(path=None)" => scandir, "An iterator over a directory, with an object for each entry that knows its name and kind.";
    "mkdir(path, mode=0o777, *, dir_fd=None)" => |vm, a| {
        let p = path_arg(vm, &a[0], "mkdir")?;
        let mode = match arg(a, 1) {
            Some(m) => vm.index_i32(m)? as u32,
            None => 0o777,
        };
        with_os(vm, &a[0], |os| os.create_dir(&p, mode))?;
        Ok(Ref::none())
    }, "Makes a directory. mode are its rights.";
    "rmdir(path, *, dir_fd=None)" => |vm, a| {
        let p = path_arg(vm, &a[0], "rmdir")?;
        with_os(vm, &a[0], |os| os.remove_dir(&p))?;
        Ok(Ref::none())
    }, "Removes a directory, which must be empty.";
    "chdir(path)" => |vm, a| {
        let p = path_arg(vm, &a[0], "chdir")?;
        with_os(vm, &a[0], |os| os.set_current_dir(&p))?;
        Ok(Ref::none())
    }, "Changes the directory in which relative paths begin.";
    "getcwd()" => |vm, _| {
        let d = current(vm)?;
        Ok(taipan_vm::modules::fs_decode(d.as_os_str().as_bytes()))
    }, "The directory in which relative paths begin.";
    "getcwdb()" => |vm, _| {
        let d = current(vm)?;
        Ok(new_bytes(d.as_os_str().as_bytes()))
    }, "The directory in which relative paths begin, as bytes.";
}
