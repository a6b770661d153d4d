//! `_IOBase`, `_RawIOBase`, `_BufferedIOBase`, `_TextIOBase`: what streams have in common, written in terms of a few methods that
//! classes in Python may define.

use super::{class_with_base, closed_error, size_arg, unsupported};
use crate::native::arg;
use crate::types::spec::TypeSpec;
use crate::value::*;
use crate::vm::{new_bytes, new_int, new_list};
use crate::{R, Vm, getset, methods};

static IO_BASE: TypeSpec = TypeSpec {
    name: "_io._IOBase",
    kind: Kind::Object,
    flags: type_flag::BASE | type_flag::HAS_DICT | type_flag::HAS_WEAKREF | type_flag::HAS_DEL,
    doc: "What all streams derive from.\n\nA stream is an iterator over its lines and a context manager that closes it. Subclasses add what they can do;\nthe rest raises UnsupportedOperation.",
    methods: METHODS,
    getset: GETSET,
    slots: |s| {
        s.new.set(Some(|vm, class, _| {
            Ok(Ref::new_instance(crate::types::class::class_arg(
                vm, class,
            )?))
        }));
        s.init.set(Some(|_, _, _| Ok(())));
        s.iter.set(Some(|vm, r| {
            check_closed(vm, r)?;
            Ok(r.clone())
        }));
        s.next.set(Some(|vm, r| {
            let line = vm.call_method(r, "readline", &[])?;
            Ok(if vm.truthy(&line)? { Some(line) } else { None })
        }));
        s.del.set(Some(|vm, r| {
            // A stream that was never made properly has nothing to close.
            let closed = match vm.getattr_opt(r, &intern("closed")) {
                Ok(Some(c)) => vm.truthy(&c)?,
                Ok(None) => true,
                Err(_) => {
                    vm.take_exc();
                    true
                }
            };
            if !closed {
                vm.call_method(r, "close", &[])?;
            }
            Ok(())
        }));
    },
    ..TypeSpec::DEFAULT
};
static RAW_BASE: TypeSpec = TypeSpec {
    name: "_io._RawIOBase",
    kind: Kind::Object,
    flags: type_flag::BASE | type_flag::HAS_DICT | type_flag::HAS_WEAKREF | type_flag::HAS_DEL,
    doc: "A stream of bytes without a buffer. Subclasses have readinto() and write(); either may do less than asked for.",
    methods: RAW_METHODS,
    ..TypeSpec::DEFAULT
};
static BUFFERED_BASE: TypeSpec = TypeSpec {
    name: "_io._BufferedIOBase",
    kind: Kind::Object,
    flags: type_flag::BASE | type_flag::HAS_DICT | type_flag::HAS_WEAKREF | type_flag::HAS_DEL,
    doc: "A stream of bytes with a buffer, which reads and writes all that it is asked for.",
    methods: BUFFERED_METHODS,
    ..TypeSpec::DEFAULT
};
static TEXT_BASE: TypeSpec = TypeSpec {
    name: "_io._TextIOBase",
    kind: Kind::Object,
    flags: type_flag::BASE | type_flag::HAS_DICT | type_flag::HAS_WEAKREF | type_flag::HAS_DEL,
    doc: "A stream of text.",
    methods: TEXT_METHODS,
    getset: TEXT_GETSET,
    ..TypeSpec::DEFAULT
};

pub(super) fn io_base(vm: &mut Vm) -> Ref {
    vm.native_type(&IO_BASE)
}
pub(super) fn raw_base(vm: &mut Vm) -> Ref {
    class_with_base(vm, &RAW_BASE, io_base)
}
pub(super) fn buffered_base(vm: &mut Vm) -> Ref {
    class_with_base(vm, &BUFFERED_BASE, io_base)
}
pub(super) fn text_base(vm: &mut Vm) -> Ref {
    class_with_base(vm, &TEXT_BASE, io_base)
}

/// Raises ValueError if the stream says that it is closed.
pub(super) fn check_closed(vm: &mut Vm, r: &Ref) -> R<()> {
    let closed = vm.getattr_str(r, "closed")?;
    if vm.truthy(&closed)? {
        return Err(closed_error(vm));
    }
    Ok(())
}

const CLOSED: &str = "__IOBase_closed";

getset! { GETSET;
    "closed" => |vm, r| Ok(Ref::bool(vm.instance_attr(r, &intern(CLOSED))?.is_some())), "";
}

/// Checks that a query method says yes.
fn require(vm: &mut Vm, r: &Ref, method: &str, text: &str) -> R<Ref> {
    let yes = vm.call_method(r, method, &[])?;
    if yes.is_true() {
        Ok(Ref::bool(true))
    } else {
        Err(unsupported(vm, text))
    }
}

methods! { METHODS;
    "seek(self, offset, whence=0, /)" => |vm, _| Err(unsupported(vm, "seek")), "Moves to a position, counted from the beginning (whence 0), from where the stream is (1) or from its end (2).";
    "tell(self, /)" => |vm, a| vm.call_method(&a[0], "seek", &[new_int(0), new_int(1)]), "The position in the stream.";
    "truncate(self, size=None, /)" => |vm, _| Err(unsupported(vm, "truncate")), "Cuts the stream off at a size, by default at the position, which stays as it is.";
    "flush(self, /)" => |vm, a| { check_closed(vm, &a[0])?; Ok(Ref::none()) }, "Passes on what has been written and is still in a buffer.";
    "close(self, /)" => |vm, a| {
        if vm.instance_attr(&a[0], &intern(CLOSED))?.is_some() {
            return Ok(Ref::none());
        }
        let flushed = vm.call_method(&a[0], "flush", &[]);
        vm.set_instance_attr(&a[0], &intern(CLOSED), Ref::bool(true));
        flushed?;
        Ok(Ref::none())
    }, "Flushes and closes the stream. Closing it again does nothing.";
    "seekable(self, /)" => |vm, a| { check_closed(vm, &a[0])?; Ok(Ref::bool(false)) }, "Whether the position can be changed.";
    "readable(self, /)" => |vm, a| { check_closed(vm, &a[0])?; Ok(Ref::bool(false)) }, "Whether it can be read from.";
    "writable(self, /)" => |vm, a| { check_closed(vm, &a[0])?; Ok(Ref::bool(false)) }, "Whether it can be written to.";
    "_checkClosed(self, /)" => |vm, a| { check_closed(vm, &a[0])?; Ok(Ref::none()) }, "";
    "_checkSeekable(self, /)" => |vm, a| require(vm, &a[0], "seekable", "File or stream is not seekable."), "";
    "_checkReadable(self, /)" => |vm, a| require(vm, &a[0], "readable", "File or stream is not readable."), "";
    "_checkWritable(self, /)" => |vm, a| require(vm, &a[0], "writable", "File or stream is not writable."), "";
    "fileno(self, /)" => |vm, _| Err(unsupported(vm, "fileno")), "The number of the file's descriptor. OSError is raised if there is none.";
    "isatty(self, /)" => |vm, a| { check_closed(vm, &a[0])?; Ok(Ref::bool(false)) }, "Whether the stream is a terminal.";
    "__enter__(self, /)" => |vm, a| { check_closed(vm, &a[0])?; Ok(a[0].clone()) }, "";
    var "__exit__(self, /, *args)" => |vm, args| vm.call_method(&args.all[0], "close", &[]), "";
    "readline(self, size=-1, /)" => readline, "Reads a line with its end, or just as many bytes or characters of it.";
    "readlines(self, hint=-1, /)" => readlines, "A list of the lines, until they add up to the hint, if there is one.";
    "writelines(self, lines, /)" => |vm, a| {
        check_closed(vm, &a[0])?;
        let it = vm.iter(&a[1])?;
        while let Some(line) = vm.next(&it)? {
            vm.call_method(&a[0], "write", &[line])?;
        }
        Ok(Ref::none())
    }, "Writes the items of an iterable one after the other. No ends of lines are added.";
}

fn readline(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let limit = size_arg(vm, arg(a, 1))?.unwrap_or(usize::MAX);
    let mut out = Vec::new();
    while out.len() < limit {
        let b = vm.call_method(&a[0], "read", &[new_int(1)])?;
        let Some(b) = b.cast::<BytesObj>() else {
            let text = format!(
                "read() should have returned a bytes object, not '{}'",
                vm.type_name(&b)
            );
            let class = rt().types.os_error.clone();
            return Err(vm.error(&class, &text));
        };
        out.extend_from_slice(b.bytes());
        if b.bytes().is_empty() || out.last() == Some(&b'\n') {
            break;
        }
    }
    Ok(new_bytes(&out))
}

fn readlines(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let hint = size_arg(vm, arg(a, 1))?
        .filter(|n| *n > 0)
        .unwrap_or(usize::MAX);
    let mut total = 0usize;
    let mut out = Vec::new();
    let it = vm.iter(&a[0])?;
    while let Some(line) = vm.next(&it)? {
        total = total.saturating_add(vm.len(&line)?);
        out.push(line);
        if total > hint {
            break;
        }
    }
    Ok(new_list(out))
}

methods! { RAW_METHODS;
    "read(self, size=-1, /)" => |vm, a| {
        let Some(n) = size_arg(vm, arg(a, 1))? else {
            return vm.call_method(&a[0], "readall", &[]);
        };
        let mut data = Vec::new();
        if data.try_reserve_exact(n).is_err() {
            return Err(vm.memory_error());
        }
        data.resize(n, 0);
        let buffer = Ref::new(ByteArrayObj { data: Guarded::new(data), exports: Default::default() });
        let got = vm.call_method(&a[0], "readinto", std::slice::from_ref(&buffer))?;
        if got.is_none() {
            return Ok(got);
        }
        let got = vm.index_size(&got)?;
        let data = buffer.cast::<ByteArrayObj>().map(|b| b.data.cloned()).unwrap_or_default();
        if got < 0 || got as usize > data.len() {
            let text = format!("readinto returned {got} outside buffer size {n}");
            return Err(vm.value_error(&text));
        }
        Ok(new_bytes(&data[..got as usize]))
    }, "";
    "readall(self, /)" => |vm, a| {
        let mut out = Vec::new();
        loop {
            let b = vm.call_method(&a[0], "read", &[new_int(super::BUFFER_SIZE as i64)])?;
            if b.is_none() && out.is_empty() {
                return Ok(b);
            }
            match b.cast::<BytesObj>() {
                Some(b) if !b.bytes().is_empty() => out.extend_from_slice(b.bytes()),
                Some(_) => break,
                None if b.is_none() => break,
                None => return Err(vm.type_error("read() should return bytes")),
            }
        }
        Ok(new_bytes(&out))
    }, "Reads all that is left.";
}

methods! { BUFFERED_METHODS;
    "detach(self, /)" => |vm, _| Err(unsupported(vm, "detach")), "Takes the raw stream out and gives it; this object is useless then.";
    "read(self, size=-1, /)" => |vm, _| Err(unsupported(vm, "read")), "Reads that many bytes, fewer at the end; all that is left if the size is negative or None.\n\nA stream that has nothing yet and must not wait gives None.";
    "read1(self, size=-1, /)" => |vm, _| Err(unsupported(vm, "read1")), "Reads up to that many bytes, asking the raw stream at most once.";
    "write(self, b, /)" => |vm, _| Err(unsupported(vm, "write")), "Writes bytes, and says how many.\n\nBlockingIOError is raised if the buffer is full and the raw stream would have to wait.";
    "readinto(self, buffer, /)" => |vm, a| read_into(vm, a, "read"), "";
    "readinto1(self, buffer, /)" => |vm, a| read_into(vm, a, "read1"), "";
}

/// `readinto` by way of a reading method.
pub(super) fn read_into(vm: &mut Vm, a: &[Ref], method: &str) -> R<Ref> {
    let n = crate::modules::buffer::expect_writable_len(vm, &a[1])?;
    let data = vm.call_method(&a[0], method, &[crate::vm::new_usize(n)])?;
    if data.is_none() {
        return Ok(data);
    }
    let Some(b) = data.cast::<BytesObj>() else {
        return Err(vm.type_error("read() should return bytes"));
    };
    if b.bytes().len() > n {
        let text = format!(
            "read() returned too much data: {n} bytes requested, {} returned",
            b.bytes().len()
        );
        return Err(vm.value_error(&text));
    }
    crate::modules::buffer::store(vm, &a[1], b.bytes())?;
    Ok(crate::vm::new_usize(b.bytes().len()))
}

methods! { TEXT_METHODS;
    "detach(self, /)" => |vm, _| Err(unsupported(vm, "detach")), "Takes the buffer out and gives it; this object is useless then.";
    "read(self, size=-1, /)" => |vm, _| Err(unsupported(vm, "read")), "Reads that many characters, fewer at the end; all that is left if the size is negative or None.";
    "readline(self, size=-1, /)" => |vm, _| Err(unsupported(vm, "readline")), "Reads a line with its end, or the empty string at the end of the stream.";
    "write(self, s, /)" => |vm, _| Err(unsupported(vm, "write")), "Writes a string, and says how many characters.";
}
getset! { TEXT_GETSET;
    "encoding" => |_, _| Ok(Ref::none()), "The name of the encoding, None here.";
    "newlines" => |_, _| Ok(Ref::none()), "The ends of lines met so far: None, a string, or a tuple of strings.";
    "errors" => |_, _| Ok(Ref::none()), "How faults of the encoding are dealt with, None here.";
}
