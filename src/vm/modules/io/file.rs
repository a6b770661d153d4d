//! `FileIO`: a file of the host, without a buffer.

use super::{base, class_with_base, closed_error, size_arg, unsupported};
use crate::host::{HostFile, OpenOptions};
use crate::modules::buffer;
use crate::native::{Args, arg};
use crate::types::spec::TypeSpec;
use crate::value::*;
use crate::vm::{new_bytes, new_int, new_str};
use crate::{R, Vm, getset, methods, trace};
use std::cell::{Cell, RefCell};
use std::io::SeekFrom;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

pub(super) struct File {
    /// None when closed or not opened yet.
    file: RefCell<Option<Box<dyn HostFile>>>,
    name: Guarded<Ref>,
    readable: Cell<bool>,
    writable: Cell<bool>,
    created: Cell<bool>,
    appending: Cell<bool>,
    close_fd: Cell<bool>,
    fd: Cell<i32>,
    opened: Cell<bool>,
}
trace!(File; name);
impl NativePayload for File {}

static FILE: TypeSpec = TypeSpec {
    name: "_io.FileIO",
    flags: type_flag::BASE | type_flag::HAS_DICT | type_flag::HAS_WEAKREF | type_flag::HAS_DEL,
    doc: "A file without a buffer.\n\nmode is one of r, w, x and a, perhaps with a + for both directions. The name may be the number of a descriptor.",
    methods: METHODS,
    getset: GETSET,
    slots: |s| {
        s.new
            .set(Some(|_, class, _| Ok(Ref::new_native(class, empty()))));
        s.init.set(Some(init));
        s.repr.set(Some(|vm, r| {
            let Some(f) = r.native::<File>() else {
                return Ok(Ref::none());
            };
            let class = vm.type_name(r);
            if f.file.borrow().is_none() {
                return Ok(new_str(&format!("<{class} [closed]>")));
            }
            let name = f.name.cloned();
            let text = format!(
                "<{class} name={} mode='{}' closefd={}>",
                vm.repr_text(&name)?,
                mode(f),
                if f.close_fd.get() { "True" } else { "False" }
            );
            Ok(new_str(&text))
        }));
    },
    ..TypeSpec::DEFAULT
};

pub(super) fn class(vm: &mut Vm) -> Ref {
    class_with_base(vm, &FILE, base::raw_base)
}

fn empty() -> File {
    File {
        file: RefCell::new(None),
        name: Guarded::default(),
        readable: Cell::new(false),
        writable: Cell::new(false),
        created: Cell::new(false),
        appending: Cell::new(false),
        close_fd: Cell::new(true),
        fd: Cell::new(-1),
        opened: Cell::new(false),
    }
}

/// A stream over a standard descriptor.
pub(super) fn standard(vm: &mut Vm, fd: i32, name: &str) -> Option<Ref> {
    let file = vm.host.clone().standard_file(fd)?;
    let class = class(vm);
    let f = empty();
    f.file.replace(Some(file));
    f.name.set(new_str(name));
    f.readable.set(fd == 0);
    f.writable.set(fd != 0);
    f.close_fd.set(false);
    f.fd.set(fd);
    f.opened.set(true);
    Some(Ref::new_native(&class, f))
}

fn mode(f: &File) -> &'static str {
    match (
        f.created.get(),
        f.appending.get(),
        f.readable.get(),
        f.writable.get(),
    ) {
        (true, _, true, _) => "xb+",
        (true, ..) => "xb",
        (_, true, true, _) => "ab+",
        (_, true, ..) => "ab",
        (_, _, true, true) => "rb+",
        (_, _, true, false) => "rb",
        _ => "wb",
    }
}

fn init(vm: &mut Vm, r: &Ref, args: Args) -> R<()> {
    let pos = args.pos();
    let get = |i: usize, name: &str| pos.get(i).or_else(|| args.get_kw(name));
    let Some(file) = get(0, "file") else {
        return Err(vm.type_error("FileIO() missing required argument 'file' (pos 1)"));
    };
    let mode = match get(1, "mode") {
        Some(m) if m.is_str() => vm.str_lossy(m),
        Some(m) => {
            let text = format!(
                "FileIO() argument 'mode' must be str, not {}",
                vm.type_name(m)
            );
            return Err(vm.type_error(&text));
        }
        None => "r".into(),
    };
    let close_fd = match get(2, "closefd") {
        Some(c) => vm.truthy(c)?,
        None => true,
    };
    let opener = get(3, "opener").filter(|o| !o.is_none());
    let Some(f) = r.native::<File>() else {
        return Ok(());
    };
    let mut o = OpenOptions::default();
    let mut kinds = 0;
    let mut plus = false;
    for c in mode.chars() {
        match c {
            'r' => {
                kinds += 1;
                o.read = true;
            }
            'w' => {
                kinds += 1;
                (o.write, o.create, o.truncate) = (true, true, true);
            }
            'x' => {
                kinds += 1;
                (o.write, o.create_new) = (true, true);
                f.created.set(true);
            }
            'a' => {
                kinds += 1;
                (o.write, o.create, o.append) = (true, true, true);
                f.appending.set(true);
            }
            '+' if !plus => plus = true,
            'b' => {}
            _ => {
                return Err(vm.value_error(&format!("invalid mode: {mode}")));
            }
        }
    }
    if kinds != 1 {
        return Err(vm.value_error(
            "Must have exactly one of create/read/write/append mode and at most one plus",
        ));
    }
    if plus {
        (o.read, o.write) = (true, true);
    }
    let host = vm.host.clone();
    let opened = if file.is_int() {
        let fd = vm.index_i32(file)?;
        if fd < 0 {
            return Err(vm.value_error("negative file descriptor"));
        }
        match host.standard_file(fd) {
            Some(h) => Ok(h),
            None => host.adopt_fd(fd),
        }
    } else if let Some(opener) = opener {
        let flags = open_flags(&o);
        let fd = vm.call(opener, &[file.clone(), new_int(flags)])?;
        let n = vm.index_i32(&fd)?;
        if n < 0 {
            return Err(vm.value_error(&format!("opener returned {n}")));
        }
        match host.standard_file(n) {
            Some(h) => Ok(h),
            None => host.adopt_fd(n),
        }
    } else {
        if !close_fd {
            return Err(vm.value_error("Cannot use closefd=False with file name"));
        }
        let path = vm.fs_path(file)?;
        host.open(Path::new(std::ffi::OsStr::from_bytes(&path)), &o)
    };
    match opened {
        Ok(h) => {
            f.fd.set(h.fileno().unwrap_or(-1));
            f.file.replace(Some(h));
            f.name.set(file.clone());
            f.readable.set(o.read);
            f.writable.set(o.write);
            f.close_fd.set(close_fd);
            f.opened.set(true);
            Ok(())
        }
        Err(e) if file.is_int() => Err(vm.os_error(&e, &Ref::UNDEFINED)),
        Err(e) => Err(vm.os_error(&e, file)),
    }
}

/// The flags of `os.open` for an opener: O_CLOEXEC and the mode's.
fn open_flags(o: &OpenOptions) -> i64 {
    let mut flags = match (o.read, o.write) {
        (true, true) => 2,
        (false, true) => 1,
        _ => 0,
    };
    if o.create || o.create_new {
        flags |= 0o100;
    }
    if o.create_new {
        flags |= 0o200;
    }
    if o.truncate {
        flags |= 0o1000;
    }
    if o.append {
        flags |= 0o2000;
    }
    flags | 0o2000000
}

/// Does something with the open file; ValueError if it is closed, OSError for failures of the host.
fn with<T>(vm: &mut Vm, r: &Ref, f: impl FnOnce(&mut dyn HostFile) -> std::io::Result<T>) -> R<T> {
    let Some(file) = r.native::<File>() else {
        return Err(closed_error(vm));
    };
    let result = match file.file.borrow_mut().as_mut() {
        Some(h) => f(h.as_mut()),
        None => {
            return Err(if file.opened.get() {
                vm.value_error("I/O operation on closed file")
            } else {
                vm.value_error("I/O operation on uninitialized object")
            });
        }
    };
    match result {
        Ok(t) => Ok(t),
        Err(e) => Err(vm.os_error(&e, &Ref::UNDEFINED)),
    }
}

/// Reads at most `n` bytes. An interrupted call is made again once signal handlers have run.
pub(super) fn read(vm: &mut Vm, r: &Ref, n: usize) -> R<Vec<u8>> {
    if r.native::<File>()
        .is_some_and(|f| !f.readable.get() && f.file.borrow().is_some())
    {
        return Err(unsupported(vm, "File not open for reading"));
    }
    let mut data = Vec::new();
    if data.try_reserve_exact(n).is_err() {
        return Err(vm.memory_error());
    }
    data.resize(n, 0);
    loop {
        let got = with(vm, r, |h| match h.read(&mut data) {
            Err(e) if e.kind() == std::io::ErrorKind::Interrupted => Ok(None),
            other => other.map(Some),
        })?;
        match got {
            Some(n) => {
                data.truncate(n);
                return Ok(data);
            }
            None => vm.check_signals()?,
        }
    }
}

/// Reads to the end.
pub(super) fn read_all(vm: &mut Vm, r: &Ref) -> R<Vec<u8>> {
    let size = with(vm, r, |h| {
        let size = h.size().unwrap_or(0);
        let at = h.seek(SeekFrom::Current(0)).unwrap_or(0);
        Ok(size.saturating_sub(at))
    })?;
    let mut out = Vec::new();
    let mut step = (size as usize + 1).clamp(8192, 64 << 20);
    loop {
        let more = read(vm, r, step)?;
        if more.is_empty() {
            return Ok(out);
        }
        out.extend_from_slice(&more);
        step = (step * 2).clamp(8192, 64 << 20);
        vm.check_signals()?;
    }
}

/// Writes all of it.
pub(super) fn write_all(vm: &mut Vm, r: &Ref, mut data: &[u8]) -> R<()> {
    while !data.is_empty() {
        let n = write(vm, r, data)?;
        data = &data[n..];
    }
    Ok(())
}

fn write(vm: &mut Vm, r: &Ref, data: &[u8]) -> R<usize> {
    if r.native::<File>()
        .is_some_and(|f| !f.writable.get() && f.file.borrow().is_some())
    {
        return Err(unsupported(vm, "File not open for writing"));
    }
    loop {
        let got = with(vm, r, |h| match h.write(data) {
            Err(e) if e.kind() == std::io::ErrorKind::Interrupted => Ok(None),
            other => other.map(Some),
        })?;
        match got {
            Some(n) => return Ok(n),
            None => vm.check_signals()?,
        }
    }
}

pub(super) fn seek(vm: &mut Vm, r: &Ref, offset: i64, whence: i32) -> R<u64> {
    let to = match whence {
        0 if offset < 0 => return Err(vm.os_error_number(22, &Ref::UNDEFINED)),
        0 => SeekFrom::Start(offset as u64),
        1 => SeekFrom::Current(offset),
        2 => SeekFrom::End(offset),
        _ => return Err(vm.os_error_number(22, &Ref::UNDEFINED)),
    };
    with(vm, r, |h| h.seek(to))
}

pub(super) fn seekable(r: &Ref) -> bool {
    r.native::<File>().is_some_and(|f| {
        f.file
            .borrow_mut()
            .as_mut()
            .is_some_and(|h| h.seek(SeekFrom::Current(0)).is_ok())
    })
}

/// Whether it is a file of ours whose methods nobody has replaced.
pub(super) fn is_plain(vm: &mut Vm, r: &Ref) -> bool {
    r.native::<File>().is_some() && class_of(r).is(&class(vm))
}

pub(super) fn is_open(r: &Ref) -> bool {
    r.native::<File>()
        .is_some_and(|f| f.file.borrow().is_some())
}

getset! { GETSET;
    "closed" => |_, r| Ok(Ref::bool(r.native::<File>().is_none_or(|f| f.file.borrow().is_none()))), "Whether the file is closed.";
    "closefd" => |_, r| Ok(Ref::bool(r.native::<File>().is_some_and(|f| f.close_fd.get()))), "Whether closing the file closes the descriptor.";
    "mode" => |_, r| Ok(new_str(r.native::<File>().map_or("", mode))), "The mode, with its b.";
    "name" => |vm, r| match r.native::<File>().map(|f| f.name.cloned()) {
        Some(n) if !n.is_undefined() => Ok(n),
        _ => { let n = intern("name"); Err(vm.attribute_error(r, &n)) }
    }, set_name, "";
    "_blksize" => |_, _| Ok(new_int(super::BUFFER_SIZE as i64)), "How much to read at once.";
}
fn set_name(_: &mut Vm, r: &Ref, v: Option<Ref>) -> R<()> {
    if let Some(f) = r.native::<File>() {
        f.name.set(v.unwrap_or_default());
    }
    Ok(())
}

fn check_open(vm: &mut Vm, r: &Ref) -> R<()> {
    with(vm, r, |_| Ok(()))
}

methods! { METHODS;
    "read(self, size=-1, /)" => |vm, a| {
        let data = match size_arg(vm, arg(a, 1))? {
            Some(n) => read(vm, &a[0], n)?,
            None => read_all(vm, &a[0])?,
        };
        Ok(new_bytes(&data))
    }, "Reads up to that many bytes, in one go; all that is left if the size is negative or None. None if there is nothing yet.";
    "readall(self, /)" => |vm, a| Ok(new_bytes(&read_all(vm, &a[0])?)), "Reads all that is left.";
    "readinto(self, buffer, /)" => |vm, a| {
        let n = buffer::expect_writable_len(vm, &a[1])?;
        let data = read(vm, &a[0], n)?;
        buffer::store(vm, &a[1], &data)?;
        Ok(crate::vm::new_usize(data.len()))
    }, "Reads into a buffer and says how many bytes, or None if there is nothing yet.";
    "write(self, b, /)" => |vm, a| {
        let data = buffer::expect_bytes(vm, &a[1])?;
        let n = write(vm, &a[0], &data)?;
        Ok(crate::vm::new_usize(n))
    }, "Writes bytes and says how many of them, or None if none could be without waiting.";
    "seek(self, pos, whence=0, /)" => |vm, a| {
        if a[1].is_float() {
            return Err(vm.type_error("an integer is required"));
        }
        let offset = vm.index_size(&a[1])? as i64;
        let whence = match arg(a, 2) { Some(w) => vm.index_i32(w)?, None => 0 };
        Ok(crate::vm::new_bigint(seek(vm, &a[0], offset, whence)?.into()))
    }, "Moves to a position, counted from the beginning (whence 0), from where the file is (1) or from its end (2).";
    "tell(self, /)" => |vm, a| Ok(crate::vm::new_bigint(seek(vm, &a[0], 0, 1)?.into())), "The position in the file.";
    "truncate(self, size=None, /)" => |vm, a| {
        check_open(vm, &a[0])?;
        if a[0].native::<File>().is_some_and(|f| !f.writable.get()) {
            return Err(unsupported(vm, "File not open for writing"));
        }
        let size = match arg(a, 1).filter(|s| !s.is_none()) {
            Some(s) => vm.index_size(s)?,
            None => seek(vm, &a[0], 0, 1)? as isize,
        };
        if size < 0 {
            return Err(vm.os_error_number(22, &Ref::UNDEFINED));
        }
        with(vm, &a[0], |h| h.truncate(size as u64))?;
        Ok(new_int(size as i64))
    }, "Cuts the file off at a size, by default at the position, which stays as it is.";
    "close(self, /)" => |_, a| {
        if let Some(f) = a[0].native::<File>() {
            drop(f.file.replace(None));
        }
        Ok(Ref::none())
    }, "Closes the file, and the descriptor unless closefd is false.";
    "seekable(self, /)" => |vm, a| { check_open(vm, &a[0])?; Ok(Ref::bool(seekable(&a[0]))) }, "Whether the file has a position to move.";
    "readable(self, /)" => |vm, a| { check_open(vm, &a[0])?; Ok(Ref::bool(a[0].native::<File>().is_some_and(|f| f.readable.get()))) }, "Whether the mode allows reading.";
    "writable(self, /)" => |vm, a| { check_open(vm, &a[0])?; Ok(Ref::bool(a[0].native::<File>().is_some_and(|f| f.writable.get()))) }, "Whether the mode allows writing.";
    "fileno(self, /)" => |vm, a| { check_open(vm, &a[0])?; Ok(new_int(a[0].native::<File>().map_or(-1, |f| f.fd.get()) as i64)) }, "The number of the descriptor.";
    "isatty(self, /)" => |vm, a| {
        check_open(vm, &a[0])?;
        let fd = a[0].native::<File>().map_or(-1, |f| f.fd.get());
        Ok(Ref::bool(vm.host.is_terminal(fd)))
    }, "Whether a terminal lies behind it.";
    "_isatty_open_only(self, /)" => |vm, a| vm.call_method(&a[0], "isatty", &[]), "";
}
