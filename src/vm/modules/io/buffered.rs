//! `BufferedReader`, `BufferedWriter`, `BufferedRandom`, `BufferedRWPair`.

use super::{BUFFER_SIZE, base, class_with_base, file, size_arg, unsupported};
use crate::modules::buffer;
use crate::native::{Args, arg};
use crate::types::spec::TypeSpec;
use crate::value::*;
use crate::vm::{new_bytes, new_int, new_str, new_usize};
use crate::{R, Raised, Vm, getset, methods, trace};
use std::cell::Cell;

/// A buffer before a raw stream. `input[at..]` has been read and not been delivered, `output` been accepted and not been written; only
/// one of the two is in use at a time.
#[derive(Default)]
pub(super) struct Buffered {
    raw: Guarded<Ref>,
    /// The raw stream is a file of ours, called without going through its methods.
    direct: Cell<bool>,
    input: Guarded<Vec<u8>>,
    at: Cell<usize>,
    output: Guarded<Vec<u8>>,
    size: Cell<usize>,
    reads: Cell<bool>,
    writes: Cell<bool>,
    detached: Cell<bool>,
    /// Exactly one of the classes here, no subclass with methods of its own.
    exact: Cell<bool>,
    busy: Cell<bool>,
}
trace!(Buffered; raw);
impl NativePayload for Buffered {}

macro_rules! buffered_class {
    ($spec:ident, $name:literal, $doc:literal, $reads:literal, $writes:literal, $methods:ident) => {
        static $spec: TypeSpec = TypeSpec {
            name: $name,
            flags: type_flag::BASE
                | type_flag::HAS_DICT
                | type_flag::HAS_WEAKREF
                | type_flag::HAS_DEL,
            doc: $doc,
            methods: $methods,
            getset: GETSET,
            slots: |s| {
                s.new.set(Some(|_, class, _| {
                    let b = Buffered::default();
                    b.detached.set(true);
                    Ok(Ref::new_native(class, b))
                }));
                s.init
                    .set(Some(|vm, r, args| init(vm, r, args, $reads, $writes)));
                s.repr.set(Some(repr));
                s.next.set(Some(|vm, r| {
                    let line = vm.call_method(r, "readline", &[])?;
                    Ok(if vm.truthy(&line)? { Some(line) } else { None })
                }));
            },
            ..TypeSpec::DEFAULT
        };
    };
}
buffered_class!(
    READER,
    "_io.BufferedReader",
    "A buffer in front of a raw stream that is read from.",
    true,
    false,
    READER_METHODS
);
buffered_class!(
    WRITER,
    "_io.BufferedWriter",
    "A buffer in front of a raw stream that is written to. The bytes go there when it is full, flushed or closed.",
    false,
    true,
    WRITER_METHODS
);
buffered_class!(
    RANDOM,
    "_io.BufferedRandom",
    "A buffer in front of a raw stream with a position, to read and to write.",
    true,
    true,
    RANDOM_METHODS
);

pub(super) fn reader(vm: &mut Vm) -> Ref {
    class_with_base(vm, &READER, base::buffered_base)
}
pub(super) fn writer(vm: &mut Vm) -> Ref {
    class_with_base(vm, &WRITER, base::buffered_base)
}
pub(super) fn random(vm: &mut Vm) -> Ref {
    class_with_base(vm, &RANDOM, base::buffered_base)
}

fn init(vm: &mut Vm, r: &Ref, args: Args, reads: bool, writes: bool) -> R<()> {
    let pos = args.pos();
    let Some(raw) = pos.first().or_else(|| args.get_kw("raw")) else {
        let name = crate::modules::short_name(vm, r);
        return Err(vm.type_error(&format!("{name}() missing required argument 'raw' (pos 1)")));
    };
    let size = match pos.get(1).or_else(|| args.get_kw("buffer_size")) {
        Some(n) => vm.index_size(n)?,
        None => BUFFER_SIZE as isize,
    };
    if size <= 0 {
        return Err(vm.value_error("buffer size must be strictly positive"));
    }
    if reads && writes {
        vm.call_method(raw, "_checkSeekable", &[])?;
    }
    if reads {
        vm.call_method(raw, "_checkReadable", &[])?;
    }
    if writes {
        vm.call_method(raw, "_checkWritable", &[])?;
    }
    let Some(b) = r.native::<Buffered>() else {
        return Ok(());
    };
    b.raw.set(raw.clone());
    b.direct.set(file::is_plain(vm, raw));
    let class = class_of(r);
    let exact = class.is(&writer(vm)) || class.is(&reader(vm)) || class.is(&random(vm));
    b.exact.set(exact);
    b.size.set(size as usize);
    b.reads.set(reads);
    b.writes.set(writes);
    b.detached.set(false);
    b.at.set(0);
    b.input.set(Vec::new());
    b.output.set(Vec::new());
    Ok(())
}

/// The buffer inside; ValueError if it has none.
fn inner<'a>(vm: &mut Vm, r: &'a Ref) -> R<&'a Buffered> {
    match r.native::<Buffered>() {
        Some(b) if !b.detached.get() => Ok(b),
        Some(b) if !b.raw.cloned().is_undefined() => {
            Err(vm.value_error("raw stream has been detached"))
        }
        _ => Err(vm.value_error("I/O operation on uninitialized object")),
    }
}

fn is_closed(vm: &mut Vm, b: &Buffered) -> R<bool> {
    if b.direct.get() {
        return Ok(!is_open(b));
    }
    let raw = b.raw.cloned();
    let c = vm.getattr_str(&raw, "closed")?;
    vm.truthy(&c)
}

fn open_inner<'a>(vm: &mut Vm, r: &'a Ref, what: &str) -> R<&'a Buffered> {
    let b = inner(vm, r)?;
    if is_closed(vm, b)? {
        return Err(vm.value_error(what));
    }
    Ok(b)
}

const CLOSED_READ: &str = "read of closed file";
const CLOSED_WRITE: &str = "write to closed file";
const CLOSED_SEEK: &str = "seek of closed file";

impl Buffered {
    fn raw_read(&self, vm: &mut Vm, n: usize) -> R<Option<Vec<u8>>> {
        let raw = self.raw.cloned();
        if self.direct.get() {
            return file::read(vm, &raw, n).map(Some);
        }
        let mut data = Vec::new();
        if data.try_reserve_exact(n).is_err() {
            return Err(vm.memory_error());
        }
        data.resize(n, 0);
        let target = Ref::new(ByteArrayObj {
            data: Guarded::new(data),
            exports: Cell::new(0),
        });
        let got = vm.call_method(&raw, "readinto", std::slice::from_ref(&target))?;
        if got.is_none() {
            return Ok(None);
        }
        let got = vm.index_size(&got)?;
        if got < 0 || got as usize > n {
            let text = format!(
                "raw readinto() returned invalid length {got} (should have been between 0 and {n})"
            );
            let class = rt().types.os_error.clone();
            return Err(vm.error(&class, &text));
        }
        let mut data = target
            .cast::<ByteArrayObj>()
            .map(|b| b.data.replace(Vec::new()))
            .unwrap_or_default();
        data.truncate(got as usize);
        Ok(Some(data))
    }
    fn raw_write(&self, vm: &mut Vm, data: &[u8]) -> R<()> {
        let raw = self.raw.cloned();
        if self.direct.get() {
            return file::write_all(vm, &raw, data);
        }
        let mut rest = data;
        while !rest.is_empty() {
            let n = vm.call_method(&raw, "write", &[new_bytes(rest)])?;
            if n.is_none() {
                let class = rt().types.blocking_io_error.clone();
                return Err(vm.raise_new(
                    &class,
                    vec![
                        new_int(11),
                        new_str("write could not complete without blocking"),
                        new_int(0),
                    ],
                ));
            }
            let n = vm.index_size(&n)?;
            if n < 0 || n as usize > rest.len() {
                let text = format!(
                    "raw write() returned invalid length {n} (should have been between 0 and {})",
                    rest.len()
                );
                let class = rt().types.os_error.clone();
                return Err(vm.error(&class, &text));
            }
            rest = &rest[n as usize..];
        }
        Ok(())
    }
    fn raw_seek(&self, vm: &mut Vm, offset: i64, whence: i32) -> R<i64> {
        let raw = self.raw.cloned();
        if self.direct.get() {
            return file::seek(vm, &raw, offset, whence).map(|n| n as i64);
        }
        let n = vm.call_method(&raw, "seek", &[new_int(offset), new_int(whence as i64)])?;
        Ok(vm.index_size(&n)? as i64)
    }
    fn left(&self, vm: &Vm) -> usize {
        self.input.get(vm).len() - self.at.get()
    }
    /// Takes up to `n` buffered bytes.
    fn take(&self, vm: &mut Vm, n: usize) -> Vec<u8> {
        let at = self.at.get();
        let input = self.input.get_mut(vm);
        let end = at.saturating_add(n).min(input.len());
        let out = input[at..end].to_vec();
        self.at.set(end);
        if end == input.len() {
            input.clear();
            self.at.set(0);
        }
        out
    }
    /// Fills the empty buffer by one raw read; false at the end (or where a non-blocking stream has nothing).
    fn fill(&self, vm: &mut Vm) -> R<bool> {
        match self.raw_read(vm, self.size.get())? {
            Some(data) if !data.is_empty() => {
                self.input.set(data);
                self.at.set(0);
                Ok(true)
            }
            _ => Ok(false),
        }
    }
    pub(super) fn flush(&self, vm: &mut Vm) -> R<()> {
        let data = self.output.replace(Vec::new());
        if data.is_empty() {
            return Ok(());
        }
        if self.busy.replace(true) {
            self.output.set(data);
            return Err(vm.runtime_error("reentrant call inside a buffered stream"));
        }
        let done = self.raw_write(vm, &data);
        self.busy.set(false);
        done
    }
    /// Before reading: what has been written goes out.
    fn start_reading(&self, vm: &mut Vm) -> R<()> {
        if self.writes.get() {
            self.flush(vm)?;
        }
        Ok(())
    }
    /// Before writing: the raw position goes back to where the program thinks it is.
    fn start_writing(&self, vm: &mut Vm) -> R<()> {
        let left = self.left(vm);
        if left > 0 {
            self.raw_seek(vm, -(left as i64), 1)?;
        }
        self.input.set(Vec::new());
        self.at.set(0);
        Ok(())
    }
    /// Writes bytes through the buffer.
    pub(super) fn write(&self, vm: &mut Vm, data: &[u8]) -> R<()> {
        if self.reads.get() {
            self.start_writing(vm)?;
        }
        let output = self.output.get_mut(vm);
        if output.len() + data.len() > self.size.get() {
            self.flush(vm)?;
            if data.len() >= self.size.get() {
                return self.raw_write(vm, data);
            }
        }
        self.output.get_mut(vm).extend_from_slice(data);
        Ok(())
    }
    fn read(&self, vm: &mut Vm, n: Option<usize>) -> R<Option<Vec<u8>>> {
        self.start_reading(vm)?;
        let Some(n) = n else {
            let mut out = self.take(vm, usize::MAX >> 1);
            if self.direct.get() {
                let raw = self.raw.cloned();
                let rest = file::read_all(vm, &raw)?;
                if out.is_empty() {
                    return Ok(Some(rest));
                }
                out.extend_from_slice(&rest);
                return Ok(Some(out));
            }
            let raw = self.raw.cloned();
            if let Some(all) = vm.getattr_opt(&raw, &intern("readall"))? {
                let rest = vm.call(&all, &[])?;
                if rest.is_none() {
                    return Ok((!out.is_empty()).then_some(out));
                }
                let Some(rest) = rest.cast::<BytesObj>() else {
                    return Err(vm.type_error("readall() should return bytes"));
                };
                out.extend_from_slice(rest.bytes());
                return Ok(Some(out));
            }
            loop {
                match self.raw_read(vm, self.size.get())? {
                    Some(more) if !more.is_empty() => out.extend_from_slice(&more),
                    None if out.is_empty() => return Ok(None),
                    _ => return Ok(Some(out)),
                }
            }
        };
        let mut out = self.take(vm, n);
        while out.len() < n {
            let wanted = n - out.len();
            if wanted >= self.size.get() {
                match self.raw_read(vm, wanted.min(16 << 20))? {
                    Some(more) if !more.is_empty() => out.extend_from_slice(&more),
                    None if out.is_empty() => return Ok(None),
                    _ => break,
                }
            } else {
                match self.raw_read(vm, self.size.get())? {
                    Some(data) if !data.is_empty() => {
                        self.input.set(data);
                        self.at.set(0);
                        let more = self.take(vm, wanted);
                        out.extend_from_slice(&more);
                    }
                    None if out.is_empty() => return Ok(None),
                    _ => break,
                }
            }
        }
        Ok(Some(out))
    }
    pub(super) fn read1(&self, vm: &mut Vm, n: usize) -> R<Vec<u8>> {
        self.start_reading(vm)?;
        if n == 0 {
            return Ok(vec![]);
        }
        if self.left(vm) == 0 && !self.fill(vm)? {
            return Ok(vec![]);
        }
        Ok(self.take(vm, n))
    }
    fn readline(&self, vm: &mut Vm, limit: usize) -> R<Vec<u8>> {
        self.start_reading(vm)?;
        let mut out = Vec::new();
        while out.len() < limit {
            if self.left(vm) == 0 && !self.fill(vm)? {
                break;
            }
            let input = &self.input.get(vm)[self.at.get()..];
            let room = limit - out.len();
            let found = memchr::memchr(b'\n', &input[..input.len().min(room)]);
            let n = found.map_or(room, |i| i + 1);
            let part = self.take(vm, n);
            out.extend_from_slice(&part);
            if found.is_some() {
                break;
            }
        }
        Ok(out)
    }
    fn tell(&self, vm: &mut Vm) -> R<i64> {
        let raw = self.raw_seek(vm, 0, 1)?;
        Ok(raw - self.left(vm) as i64 + self.output.get(vm).len() as i64)
    }
    fn seek(&self, vm: &mut Vm, offset: i64, whence: i32) -> R<i64> {
        if !(0..=2).contains(&whence) {
            return Err(vm.value_error(&format!("whence value {whence} unsupported")));
        }
        self.flush(vm)?;
        let offset = if whence == 1 {
            offset - self.left(vm) as i64
        } else {
            offset
        };
        let n = self.raw_seek(vm, offset, whence)?;
        self.input.set(Vec::new());
        self.at.set(0);
        Ok(n)
    }
}

fn repr(vm: &mut Vm, r: &Ref) -> R<Ref> {
    let class = vm.type_name(r);
    let name = vm.getattr_opt(r, &intern("name"));
    let value_error = rt().types.value_error.clone();
    let name = vm.catch(name, &value_error)?.flatten();
    Ok(new_str(&match name {
        Some(n) => format!("<{class} name={}>", vm.repr_text(&n)?),
        None => format!("<{class}>"),
    }))
}

fn of_raw(vm: &mut Vm, r: &Ref, name: &str) -> R<Ref> {
    let b = inner(vm, r)?;
    let raw = b.raw.cloned();
    vm.getattr_str(&raw, name)
}

getset! { GETSET;
    "raw" => |vm, r| Ok(inner(vm, r)?.raw.cloned()), "";
    "closed" => |vm, r| of_raw(vm, r, "closed"), "";
    "name" => |vm, r| of_raw(vm, r, "name"), "";
    "mode" => |vm, r| of_raw(vm, r, "mode"), "";
}

fn raw_call(vm: &mut Vm, r: &Ref, name: &str) -> R<Ref> {
    let b = inner(vm, r)?;
    let raw = b.raw.cloned();
    vm.call_method(&raw, name, &[])
}

fn bytes_or_none(data: Option<Vec<u8>>) -> Ref {
    data.map_or_else(Ref::none, |d| new_bytes(&d))
}

fn read(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let n = match arg(a, 1).filter(|n| !n.is_none()) {
        Some(n) => {
            let n = size_arg(vm, Some(n))?.map_or(-1, |n| n as i64);
            if n < 0 && vm.index_size(&a[1])? < -1 {
                return Err(vm.value_error("read length must be non-negative or -1"));
            }
            (n >= 0).then_some(n as usize)
        }
        None => None,
    };
    let b = open_inner(vm, &a[0], CLOSED_READ)?;
    Ok(bytes_or_none(b.read(vm, n)?))
}
fn read1(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let n = size_arg(vm, arg(a, 1))?;
    let b = open_inner(vm, &a[0], CLOSED_READ)?;
    let n = n.unwrap_or(b.size.get());
    Ok(new_bytes(&b.read1(vm, n)?))
}
fn peek(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let b = open_inner(vm, &a[0], "peek of closed file")?;
    b.start_reading(vm)?;
    if b.left(vm) == 0 {
        b.fill(vm)?;
    }
    Ok(new_bytes(&b.input.get(vm)[b.at.get()..]))
}
fn readline(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let limit = size_arg(vm, arg(a, 1))?.unwrap_or(usize::MAX);
    let b = open_inner(vm, &a[0], "readline of closed file")?;
    Ok(new_bytes(&b.readline(vm, limit)?))
}
fn write(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    if a[1].is_str() {
        return Err(vm.type_error("a bytes-like object is required, not 'str'"));
    }
    let data = buffer::expect_bytes(vm, &a[1])?;
    let b = open_inner(vm, &a[0], CLOSED_WRITE)?;
    b.write(vm, &data)?;
    Ok(new_usize(data.len()))
}
fn flush(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let b = open_inner(vm, &a[0], "flush of closed file")?;
    b.flush(vm)?;
    let raw = b.raw.cloned();
    if !b.direct.get() {
        vm.call_method(&raw, "flush", &[])?;
    }
    Ok(Ref::none())
}
fn seek(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let offset = vm.index_size(&a[1])? as i64;
    let whence = match arg(a, 2) {
        Some(w) => vm.index_i32(w)?,
        None => 0,
    };
    let b = open_inner(vm, &a[0], CLOSED_SEEK)?;
    if !b.direct.get() {
        let raw = b.raw.cloned();
        let yes = vm.call_method(&raw, "seekable", &[])?;
        if !vm.truthy(&yes)? {
            return Err(unsupported(vm, "File or stream is not seekable."));
        }
    }
    Ok(new_int(b.seek(vm, offset, whence)?))
}
fn close(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let Some(b) = a[0].native::<Buffered>().filter(|b| !b.detached.get()) else {
        return Ok(Ref::none());
    };
    if is_closed(vm, b)? {
        return Ok(Ref::none());
    }
    let flushed: Result<Ref, Raised> = vm.call_method(&a[0], "flush", &[]);
    let failure = match flushed {
        Ok(_) => None,
        Err(_) => Some(vm.take_exc()),
    };
    let raw = b.raw.cloned();
    let closed = vm.call_method(&raw, "close", &[]);
    b.input.set(Vec::new());
    b.at.set(0);
    b.output.set(Vec::new());
    match failure {
        Some(exc) => {
            vm.exc = None;
            Err(vm.reraise(exc))
        }
        None => closed,
    }
}
fn detach(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let b = inner(vm, &a[0])?;
    vm.call_method(&a[0], "flush", &[])?;
    b.detached.set(true);
    Ok(b.raw.cloned())
}
fn truncate(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let b = open_inner(vm, &a[0], "truncate of closed file")?;
    if !b.writes.get() {
        return Err(unsupported(vm, "truncate"));
    }
    b.flush(vm)?;
    let size = match arg(a, 1).filter(|s| !s.is_none()) {
        Some(s) => s.clone(),
        None => new_int(b.tell(vm)?),
    };
    let raw = b.raw.cloned();
    vm.call_method(&raw, "truncate", &[size])
}

macro_rules! with_common {
    ($name:ident; $($rows:tt)*) => {
        methods! { $name;
            $($rows)*
            "seek(self, target, whence=0, /)" => seek, "";
            "tell(self, /)" => |vm, a| { let b = open_inner(vm, &a[0], "tell of closed file")?; Ok(new_int(b.tell(vm)?)) }, "";
            "truncate(self, pos=None, /)" => truncate, "";
            "flush(self, /)" => flush, "";
            "close(self, /)" => close, "";
            "detach(self, /)" => detach, "";
            "seekable(self, /)" => |vm, a| raw_call(vm, &a[0], "seekable"), "";
            "readable(self, /)" => |vm, a| raw_call(vm, &a[0], "readable"), "";
            "writable(self, /)" => |vm, a| raw_call(vm, &a[0], "writable"), "";
            "fileno(self, /)" => |vm, a| raw_call(vm, &a[0], "fileno"), "";
            "isatty(self, /)" => |vm, a| raw_call(vm, &a[0], "isatty"), "";
            "__reduce__(self, /)" => |vm, a| {
                let text = format!("cannot pickle '{}' instances", vm.type_name(&a[0]));
                Err(vm.type_error(&text))
            }, "";
        }
    };
}
with_common! { READER_METHODS;
    "read(self, size=-1, /)" => read, "";
    "read1(self, size=-1, /)" => read1, "";
    "peek(self, size=0, /)" => peek, "";
    "readline(self, size=-1, /)" => readline, "";
    "readinto(self, buffer, /)" => |vm, a| base::read_into(vm, a, "read"), "";
    "readinto1(self, buffer, /)" => |vm, a| base::read_into(vm, a, "read1"), "";
}
with_common! { WRITER_METHODS;
    "write(self, buffer, /)" => write, "";
}
with_common! { RANDOM_METHODS;
    "read(self, size=-1, /)" => read, "";
    "read1(self, size=-1, /)" => read1, "";
    "peek(self, size=0, /)" => peek, "";
    "readline(self, size=-1, /)" => readline, "";
    "readinto(self, buffer, /)" => |vm, a| base::read_into(vm, a, "read"), "";
    "readinto1(self, buffer, /)" => |vm, a| base::read_into(vm, a, "read1"), "";
    "write(self, buffer, /)" => write, "";
}

/// The buffer of a stream of ours whose methods nobody has replaced.
pub(super) fn plain(r: &Ref) -> Option<&Buffered> {
    r.native::<Buffered>()
        .filter(|b| b.exact.get() && b.direct.get() && !b.detached.get())
}

/// Whether the file behind a plain buffer is still open.
pub(super) fn is_open(b: &Buffered) -> bool {
    b.raw.with_raw(file::is_open)
}

/// Whether a plain buffer can be written to.
pub(super) fn takes_writes(b: &Buffered) -> bool {
    b.writes.get() && is_open(b)
}

/// Whether a plain buffer can be read from.
pub(super) fn gives_reads(b: &Buffered) -> bool {
    b.reads.get() && is_open(b)
}

/// A reader and a writer side by side.
#[derive(Default)]
struct Pair {
    reader: Guarded<Ref>,
    writer: Guarded<Ref>,
}
trace!(Pair; reader, writer);
impl NativePayload for Pair {}

static PAIR: TypeSpec = TypeSpec {
    name: "_io.BufferedRWPair",
    flags: type_flag::BASE | type_flag::HAS_DICT | type_flag::HAS_WEAKREF | type_flag::HAS_DEL,
    doc: "Two raw streams, one to read from and one to write to, each with a buffer.",
    methods: PAIR_METHODS,
    getset: PAIR_GETSET,
    slots: |s| {
        s.new.set(Some(|_, class, _| {
            Ok(Ref::new_native(class, Pair::default()))
        }));
        s.init.set(Some(|vm, r, args| {
            let ([reader_raw, writer_raw, ..], Some(p)) = (args.pos(), r.native::<Pair>()) else {
                return Err(vm.type_error("BufferedRWPair expected at least 2 arguments"));
            };
            let class = reader(vm);
            let made = vm.call(&class, std::slice::from_ref(reader_raw))?;
            p.reader.set(made);
            let class = writer(vm);
            let made = vm.call(&class, std::slice::from_ref(writer_raw))?;
            p.writer.set(made);
            Ok(())
        }));
    },
    ..TypeSpec::DEFAULT
};
pub(super) fn pair(vm: &mut Vm) -> Ref {
    class_with_base(vm, &PAIR, base::buffered_base)
}
fn half(vm: &mut Vm, a: &[Ref], writer: bool, name: &str) -> R<Ref> {
    let Some(p) = a[0].native::<Pair>() else {
        return Ok(Ref::none());
    };
    let target = if writer {
        p.writer.cloned()
    } else {
        p.reader.cloned()
    };
    if target.is_undefined() {
        return Err(vm.value_error("I/O operation on uninitialized object"));
    }
    vm.call_method(&target, name, &a[1..])
}
getset! { PAIR_GETSET;
    "closed" => |vm, r| match r.native::<Pair>() {
        Some(p) if !p.writer.cloned().is_undefined() => { let w = p.writer.cloned(); vm.getattr_str(&w, "closed") }
        _ => Ok(Ref::bool(true)),
    }, "";
}
methods! { PAIR_METHODS;
    "read(self, size=-1, /)" => |vm, a| half(vm, a, false, "read"), "";
    "read1(self, size=-1, /)" => |vm, a| half(vm, a, false, "read1"), "";
    "peek(self, size=0, /)" => |vm, a| half(vm, a, false, "peek"), "";
    "readinto(self, buffer, /)" => |vm, a| half(vm, a, false, "readinto"), "";
    "readinto1(self, buffer, /)" => |vm, a| half(vm, a, false, "readinto1"), "";
    "readable(self, /)" => |vm, a| half(vm, a, false, "readable"), "";
    "write(self, buffer, /)" => |vm, a| half(vm, a, true, "write"), "";
    "flush(self, /)" => |vm, a| half(vm, a, true, "flush"), "";
    "writable(self, /)" => |vm, a| half(vm, a, true, "writable"), "";
    "isatty(self, /)" => |vm, a| half(vm, a, true, "isatty"), "";
    "close(self, /)" => |vm, a| { half(vm, a, true, "close")?; half(vm, a, false, "close") }, "";
}
