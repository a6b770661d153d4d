//! `BytesIO` and `StringIO`.

use super::{base, class_with_base, size_arg};
use crate::modules::buffer;
use crate::native::{Args, arg};
use crate::types::spec::TypeSpec;
use crate::value::*;
use crate::vm::{new_bytes, new_int, new_tuple, new_usize};
use crate::{R, Vm, getset, methods, trace};
use std::cell::Cell;

/// Bytes with a position.
#[derive(Default)]
struct Bytes {
    data: Guarded<Vec<u8>>,
    at: Cell<usize>,
    closed: Cell<bool>,
}
trace!(Bytes);
impl NativePayload for Bytes {}

static BYTES_IO: TypeSpec = TypeSpec {
    name: "_io.BytesIO",
    flags: type_flag::BASE | type_flag::HAS_DICT | type_flag::HAS_WEAKREF,
    doc: "A stream of bytes in memory, which starts with the given ones.",
    methods: BYTES_METHODS,
    getset: BYTES_GETSET,
    slots: |s| {
        s.new.set(Some(|_, class, _| {
            Ok(Ref::new_native(class, Bytes::default()))
        }));
        s.init.set(Some(|vm, r, args: Args| {
            let initial = args.pos().first().or_else(|| args.get_kw("initial_bytes"));
            let data = match initial.filter(|i| !i.is_none()) {
                Some(i) => buffer::expect_bytes(vm, i)?,
                None => vec![],
            };
            if let Some(b) = r.native::<Bytes>() {
                b.data.set(data);
                b.at.set(0);
            }
            Ok(())
        }));
        s.next.set(Some(|vm, r| {
            let line = line(vm, r, usize::MAX)?;
            Ok((!line.is_empty()).then(|| new_bytes(&line)))
        }));
    },
    ..TypeSpec::DEFAULT
};
pub(super) fn bytes_io(vm: &mut Vm) -> Ref {
    class_with_base(vm, &BYTES_IO, base::buffered_base)
}

fn open<'a>(vm: &mut Vm, r: &'a Ref) -> R<&'a Bytes> {
    match r.native::<Bytes>() {
        Some(b) if !b.closed.get() => Ok(b),
        _ => Err(vm.value_error("I/O operation on closed file.")),
    }
}
fn take(vm: &mut Vm, r: &Ref, n: usize) -> R<Vec<u8>> {
    let b = open(vm, r)?;
    let data = b.data.get(vm);
    let at = b.at.get().min(data.len());
    let end = at.saturating_add(n).min(data.len());
    let out = data[at..end].to_vec();
    if b.at.get() <= data.len() {
        b.at.set(end);
    }
    Ok(out)
}
fn line(vm: &mut Vm, r: &Ref, limit: usize) -> R<Vec<u8>> {
    let b = open(vm, r)?;
    let data = b.data.get(vm);
    let at = b.at.get().min(data.len());
    let end = at.saturating_add(limit).min(data.len());
    let n = memchr::memchr(b'\n', &data[at..end]).map_or(end - at, |i| i + 1);
    take(vm, r, n)
}

getset! { BYTES_GETSET;
    "closed" => |_, r| Ok(Ref::bool(r.native::<Bytes>().is_none_or(|b| b.closed.get()))), "Whether the stream is closed.";
}

methods! { BYTES_METHODS;
    "read(self, size=-1, /)" => |vm, a| { let n = size_arg(vm, arg(a, 1))?.unwrap_or(usize::MAX); Ok(new_bytes(&take(vm, &a[0], n)?)) }, "Reads that many bytes, fewer at the end; all that is left if the size is negative or None.";
    "read1(self, size=-1, /)" => |vm, a| { let n = size_arg(vm, arg(a, 1))?.unwrap_or(usize::MAX); Ok(new_bytes(&take(vm, &a[0], n)?)) }, "The same as read().";
    "readline(self, size=-1, /)" => |vm, a| { let n = size_arg(vm, arg(a, 1))?.unwrap_or(usize::MAX); Ok(new_bytes(&line(vm, &a[0], n)?)) }, "Reads a line with its end, or just as many bytes of it.";
    "readinto(self, buffer, /)" => |vm, a| base::read_into(vm, a, "read"), "Reads into a buffer and says how many bytes.";
    "write(self, b, /)" => |vm, a| {
        open(vm, &a[0])?;
        let data = buffer::expect_bytes(vm, &a[1])?;
        let b = open(vm, &a[0])?;
        let at = b.at.get();
        let to = b.data.get_mut(vm);
        if !data.is_empty() {
            if at > to.len() && to.try_reserve(at - to.len()).is_err() {
                return Err(vm.memory_error());
            }
            let to = b.data.get_mut(vm);
            if at > to.len() {
                to.resize(at, 0);
            }
            let over = (to.len() - at).min(data.len());
            to[at..at + over].copy_from_slice(&data[..over]);
            to.extend_from_slice(&data[over..]);
            b.at.set(at + data.len());
        }
        Ok(new_usize(data.len()))
    }, "Writes bytes and says how many.";
    "getvalue(self, /)" => |vm, a| { let b = open(vm, &a[0])?; Ok(new_bytes(b.data.get(vm))) }, "All bytes of the stream, whatever its position.";
    "getbuffer(self, /)" => |vm, a| {
        // A view of a copy: changes through it are not seen.
        let b = open(vm, &a[0])?;
        let copy = Ref::new(ByteArrayObj { data: Guarded::new(b.data.get(vm).clone()), exports: Cell::new(0) });
        let class = rt().types.memoryview.clone();
        vm.call(&class, &[copy])
    }, "The bytes of the stream as a memoryview. Its size can't change while there is one.";
    "seek(self, pos, whence=0, /)" => |vm, a| {
        let offset = vm.index_size(&a[1])? as i64;
        let whence = match arg(a, 2) { Some(w) => vm.index_i32(w)?, None => 0 };
        let b = open(vm, &a[0])?;
        let to = match whence {
            0 if offset < 0 => return Err(vm.value_error(&format!("negative seek value {offset}"))),
            0 => offset,
            1 => offset.saturating_add(b.at.get() as i64),
            2 => offset.saturating_add(b.data.get(vm).len() as i64),
            _ => return Err(vm.value_error(&format!("invalid whence ({whence}, should be 0, 1 or 2)"))),
        };
        b.at.set(to.max(0) as usize);
        Ok(new_int(to.max(0)))
    }, "Moves to a position, counted from the beginning (whence 0), from where the stream is (1) or from its end (2).";
    "tell(self, /)" => |vm, a| Ok(new_usize(open(vm, &a[0])?.at.get())), "The position in the stream.";
    "truncate(self, size=None, /)" => |vm, a| {
        let b = open(vm, &a[0])?;
        let size = match arg(a, 1).filter(|s| !s.is_none()) {
            Some(s) => vm.index_size(s)?,
            None => b.at.get() as isize,
        };
        if size < 0 {
            return Err(vm.value_error(&format!("negative size value {size}")));
        }
        b.data.get_mut(vm).truncate(size as usize);
        Ok(new_int(size as i64))
    }, "Cuts the stream off at a size, by default at the position, which stays as it is.";
    "close(self, /)" => |_, a| {
        if let Some(b) = a[0].native::<Bytes>() {
            b.closed.set(true);
            b.data.set(vec![]);
        }
        Ok(Ref::none())
    }, "Closes the stream and drops its bytes.";
    "flush(self, /)" => |vm, a| { open(vm, &a[0])?; Ok(Ref::none()) }, "Without effect: there is nothing behind the memory.";
    "isatty(self, /)" => |vm, a| { open(vm, &a[0])?; Ok(Ref::bool(false)) }, "Always False.";
    "readable(self, /)" => |vm, a| { open(vm, &a[0])?; Ok(Ref::bool(true)) }, "Always True, while it is open.";
    "writable(self, /)" => |vm, a| { open(vm, &a[0])?; Ok(Ref::bool(true)) }, "Always True, while it is open.";
    "seekable(self, /)" => |vm, a| { open(vm, &a[0])?; Ok(Ref::bool(true)) }, "Always True, while it is open.";
    "__getstate__(self, /)" => |vm, a| {
        let b = open(vm, &a[0])?;
        let data = new_bytes(b.data.get(vm));
        Ok(new_tuple(vec![data, new_usize(b.at.get()), Ref::none()]))
    }, "";
}

/// Text with a position, both in code points.
#[derive(Default)]
struct Text {
    /// One code point each, so that any position is reached at once.
    data: Guarded<Vec<u32>>,
    at: Cell<usize>,
    closed: Cell<bool>,
    /// None: translate newlines to "\n".
    newline: Guarded<Option<Vec<u8>>>,
}
trace!(Text);
impl NativePayload for Text {}

static STRING_IO: TypeSpec = TypeSpec {
    name: "_io.StringIO",
    flags: type_flag::BASE | type_flag::HAS_DICT | type_flag::HAS_WEAKREF,
    doc: "A stream of text in memory, which starts with the given one.\n\nnewline is as for open(); by default ends of lines are left alone.",
    methods: TEXT_METHODS,
    getset: TEXT_GETSET,
    slots: |s| {
        s.new.set(Some(|_, class, _| {
            Ok(Ref::new_native(class, Text::default()))
        }));
        s.init.set(Some(init_text));
        s.next.set(Some(|vm, r| {
            let line = text_line(vm, r, usize::MAX)?;
            Ok(Some(line).filter(|l| l.str_obj().nchars() > 0))
        }));
    },
    ..TypeSpec::DEFAULT
};
pub(super) fn string_io(vm: &mut Vm) -> Ref {
    class_with_base(vm, &STRING_IO, base::text_base)
}

fn init_text(vm: &mut Vm, r: &Ref, args: Args) -> R<()> {
    let pos = args.pos();
    let initial = pos.first().or_else(|| args.get_kw("initial_value"));
    let newline = pos.get(1).or_else(|| args.get_kw("newline"));
    let newline = match newline {
        None => Some(b"\n".to_vec()),
        Some(n) if n.is_none() => None,
        Some(n) if n.is_str() => {
            let b = n.str_obj().bytes().to_vec();
            if !matches!(&b[..], b"" | b"\n" | b"\r" | b"\r\n") {
                let text = format!("illegal newline value: {}", vm.repr_text(n)?);
                return Err(vm.value_error(&text));
            }
            Some(b)
        }
        Some(n) => {
            let text = format!("newline must be str or None, not {}", vm.type_name(n));
            return Err(vm.type_error(&text));
        }
    };
    let Some(t) = r.native::<Text>() else {
        return Ok(());
    };
    t.newline.set(newline);
    t.data.set(vec![]);
    t.at.set(0);
    if let Some(i) = initial.filter(|i| !i.is_none()) {
        if !i.is_str() {
            let text = format!("initial_value must be str or None, not {}", vm.type_name(i));
            return Err(vm.type_error(&text));
        }
        text_write(vm, r, i)?;
        t.at.set(0);
    }
    Ok(())
}

fn open_text<'a>(vm: &mut Vm, r: &'a Ref) -> R<&'a Text> {
    match r.native::<Text>() {
        Some(b) if !b.closed.get() => Ok(b),
        _ => Err(vm.value_error("I/O operation on closed file")),
    }
}

fn to_str(data: &[u32]) -> Ref {
    let mut out = Vec::with_capacity(data.len());
    for &cp in data {
        taipan_text::wtf8::push(&mut out, cp);
    }
    StrObj::make(&out)
}

fn text_write(vm: &mut Vm, r: &Ref, s: &Ref) -> R<()> {
    let t = open_text(vm, r)?;
    let points: Vec<u32> = taipan_text::wtf8::code_points(s.str_obj().bytes())
        .map(|p| p.1)
        .collect();
    let mut new = Vec::with_capacity(points.len());
    match t.newline.get(vm).as_deref() {
        None => {
            let mut i = 0;
            while i < points.len() {
                let cp = points[i];
                i += 1;
                if cp == 13 {
                    if points.get(i) == Some(&10) {
                        i += 1;
                    }
                    new.push(10);
                } else {
                    new.push(cp);
                }
            }
        }
        Some(nl @ (b"\r" | b"\r\n")) => {
            for cp in points {
                if cp == 10 {
                    new.extend(nl.iter().map(|&b| b as u32));
                } else {
                    new.push(cp);
                }
            }
        }
        Some(_) => new = points,
    }
    let at = t.at.get();
    let data = t.data.get_mut(vm);
    if at > data.len() {
        if data.try_reserve(at - data.len()).is_err() {
            return Err(vm.memory_error());
        }
        data.resize(at, 0);
    }
    let data = t.data.get_mut(vm);
    let over = (data.len() - at).min(new.len());
    data[at..at + over].copy_from_slice(&new[..over]);
    data.extend_from_slice(&new[over..]);
    t.at.set(at + new.len());
    Ok(())
}

fn text_line(vm: &mut Vm, r: &Ref, limit: usize) -> R<Ref> {
    let t = open_text(vm, r)?;
    let data = t.data.get(vm);
    let at = t.at.get().min(data.len());
    let end = at.saturating_add(limit).min(data.len());
    let rest = &data[at..end];
    let n = match t.newline.get(vm).as_deref() {
        Some(b"") => rest
            .iter()
            .position(|&c| c == 10 || c == 13)
            .map(|i| i + 1 + (rest[i] == 13 && rest.get(i + 1) == Some(&10)) as usize),
        Some(b"\r") => rest.iter().position(|&c| c == 13).map(|i| i + 1),
        Some(b"\r\n") => rest.windows(2).position(|w| w == [13, 10]).map(|i| i + 2),
        _ => rest.iter().position(|&c| c == 10).map(|i| i + 1),
    }
    .unwrap_or(rest.len());
    let out = to_str(&rest[..n]);
    if t.at.get() <= data.len() {
        t.at.set(at + n);
    }
    Ok(out)
}

getset! { TEXT_GETSET;
    "closed" => |_, r| Ok(Ref::bool(r.native::<Text>().is_none_or(|b| b.closed.get()))), "";
    "line_buffering" => |vm, r| { open_text(vm, r)?; Ok(Ref::bool(false)) }, "";
    "newlines" => |vm, r| { open_text(vm, r)?; Ok(Ref::none()) }, "";
}

methods! { TEXT_METHODS;
    "read(self, size=-1, /)" => |vm, a| {
        let n = size_arg(vm, arg(a, 1))?.unwrap_or(usize::MAX);
        let t = open_text(vm, &a[0])?;
        let data = t.data.get(vm);
        let at = t.at.get().min(data.len());
        let end = at.saturating_add(n).min(data.len());
        let out = to_str(&data[at..end]);
        if t.at.get() <= data.len() {
            t.at.set(end);
        }
        Ok(out)
    }, "Reads that many characters, fewer at the end; all that is left if the size is negative or None.";
    "readline(self, size=-1, /)" => |vm, a| { let n = size_arg(vm, arg(a, 1))?.unwrap_or(usize::MAX); text_line(vm, &a[0], n) }, "Reads a line with its end, or just as many characters of it.";
    "write(self, s, /)" => |vm, a| {
        open_text(vm, &a[0])?;
        if !a[1].is_str() {
            let text = format!("string argument expected, got '{}'", vm.type_name(&a[1]));
            return Err(vm.type_error(&text));
        }
        text_write(vm, &a[0], &a[1])?;
        Ok(new_usize(a[1].str_obj().nchars()))
    }, "Writes a string and says how many characters.";
    "getvalue(self, /)" => |vm, a| { let t = open_text(vm, &a[0])?; Ok(to_str(t.data.get(vm))) }, "All text of the stream, whatever its position.";
    "seek(self, pos, whence=0, /)" => |vm, a| {
        let offset = vm.index_size(&a[1])?;
        let whence = match arg(a, 2) { Some(w) => vm.index_i32(w)?, None => 0 };
        let t = open_text(vm, &a[0])?;
        if !(0..=2).contains(&whence) {
            return Err(vm.value_error(&format!("Invalid whence ({whence}, should be 0, 1 or 2)")));
        }
        if whence == 0 && offset < 0 {
            return Err(vm.value_error(&format!("Negative seek position {offset}")));
        }
        if whence != 0 && offset != 0 {
            let class = rt().types.os_error.clone();
            return Err(vm.error(&class, "Can't do nonzero cur-relative seeks"));
        }
        let to = match whence {
            0 => offset as usize,
            1 => t.at.get(),
            _ => t.data.get(vm).len(),
        };
        t.at.set(to);
        Ok(new_usize(to))
    }, "Moves to a position that tell() gave, or to the beginning (0) or the end (0, 2).";
    "tell(self, /)" => |vm, a| Ok(new_usize(open_text(vm, &a[0])?.at.get())), "The position in the stream.";
    "truncate(self, pos=None, /)" => |vm, a| {
        let t = open_text(vm, &a[0])?;
        let size = match arg(a, 1).filter(|s| !s.is_none()) {
            Some(s) => vm.index_size(s)?,
            None => t.at.get() as isize,
        };
        if size < 0 {
            return Err(vm.value_error(&format!("Negative size value {size}")));
        }
        t.data.get_mut(vm).truncate(size as usize);
        Ok(new_int(size as i64))
    }, "Cuts the stream off at a size, by default at the position, which stays as it is.";
    "close(self, /)" => |_, a| {
        if let Some(b) = a[0].native::<Text>() {
            b.closed.set(true);
            b.data.set(vec![]);
        }
        Ok(Ref::none())
    }, "Closes the stream and drops its text.";
    "readable(self, /)" => |vm, a| { open_text(vm, &a[0])?; Ok(Ref::bool(true)) }, "Always True, while it is open.";
    "writable(self, /)" => |vm, a| { open_text(vm, &a[0])?; Ok(Ref::bool(true)) }, "Always True, while it is open.";
    "seekable(self, /)" => |vm, a| { open_text(vm, &a[0])?; Ok(Ref::bool(true)) }, "Always True, while it is open.";
}
