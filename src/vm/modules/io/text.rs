//! `TextIOWrapper`: text over a buffer, with an encoding and a convention about newlines.
//!
//! Reading goes chunk by chunk: `chunk` are the bytes whose text is in `decoded`, `carry` those after it that are no whole
//! character yet (or a `\r` that the next byte may complete). `tell()` finds the byte behind a character by decoding the chunk unit by
//! unit, so that reading itself keeps no positions.

use super::{base, buffered, class_with_base, closed_error, file, size_arg, unsupported};
use crate::native::{Args, arg};
use crate::types::spec::TypeSpec;
use crate::value::*;
use crate::vm::{new_bytes, new_int, new_str, new_tuple, new_usize};
use crate::{R, Vm, constructor, getset, methods, trace};
use std::cell::{Cell, RefCell};
use taipan_text::codec::Codec;

const CHUNK: usize = 8192;

#[derive(Default)]
pub(crate) struct Text {
    buffer: Guarded<Ref>,
    encoding: RefCell<String>,
    errors: RefCell<String>,
    /// None: a codec written in Python.
    codec: Cell<Option<Codec>>,
    /// The codec once the beginning of the file has said the byte order.
    active: Cell<Option<Codec>>,
    newline: RefCell<Option<Vec<u8>>>,
    line_buffering: Cell<bool>,
    write_through: Cell<bool>,
    pending: Guarded<Vec<u8>>,
    decoded: Guarded<Vec<u8>>,
    at: Cell<usize>,
    chunk: Guarded<Vec<u8>>,
    carry: Guarded<Vec<u8>>,
    ready: Cell<bool>,
    seekable: Cell<bool>,
    telling: Cell<bool>,
    /// Exactly this class: `print` and iteration need no method calls.
    exact: Cell<bool>,
    /// Something has been written, so that the encoding's signature is out.
    started: Cell<bool>,
    /// Kinds of newline seen: 1 `\r`, 2 `\n`, 4 `\r\n`.
    seen: Cell<u8>,
}
trace!(Text; buffer);
impl NativePayload for Text {}

static TEXT: TypeSpec = TypeSpec {
    name: "_io.TextIOWrapper",
    flags: type_flag::BASE | type_flag::HAS_DICT | type_flag::HAS_WEAKREF | type_flag::HAS_DEL,
    doc: "Text on top of a buffered stream of bytes.\n\nencoding and errors say how the two are converted. newline is None (all ends of lines are read as \\\n, which is written\nas the system likes it), '' (they are found but left alone), or the one end that counts. With line_buffering, each\nend of a line flushes; with write_through, nothing waits here.",
    methods: METHODS,
    getset: GETSET,
    slots: |s| {
        s.new.set(Some(|_, class, _| {
            Ok(Ref::new_native(class, Text::default()))
        }));
        s.init.set(Some(init));
        s.repr.set(Some(repr));
        s.next.set(Some(|vm, r| {
            let t = inner(vm, r)?;
            t.telling.set(false);
            let line = if t.exact.get() {
                readline(vm, r, usize::MAX)?
            } else {
                let line = vm.call_method(r, "readline", &[])?;
                if !line.is_str() {
                    let text = format!(
                        "readline() should have returned a str object, not '{}'",
                        vm.type_name(&line)
                    );
                    let class = rt().types.os_error.clone();
                    return Err(vm.error(&class, &text));
                }
                line
            };
            if line.str_obj().nchars() == 0 {
                t.telling.set(t.seekable.get());
                return Ok(None);
            }
            Ok(Some(line))
        }));
    },
    ..TypeSpec::DEFAULT
};

pub(super) fn class(vm: &mut Vm) -> Ref {
    class_with_base(vm, &TEXT, base::text_base)
}

/// One of the standard streams; None if the program has none.
pub(super) fn standard(vm: &mut Vm, fd: i32) -> Ref {
    let (name, mode) = match fd {
        0 => ("<stdin>", "r"),
        1 => ("<stdout>", "w"),
        _ => ("<stderr>", "w"),
    };
    let made = (|| {
        let Some(raw) = file::standard(vm, fd, name) else {
            return Ok(Ref::none());
        };
        let class_ = if fd == 0 {
            buffered::reader(vm)
        } else {
            buffered::writer(vm)
        };
        let buffer = vm.call(&class_, &[raw])?;
        let errors = if fd == 2 {
            "backslashreplace"
        } else {
            "strict"
        };
        let line_buffering = fd == 2 || vm.host.is_terminal(fd);
        let class = class(vm);
        let stream = vm.call(
            &class,
            &[
                buffer,
                new_str("utf-8"),
                new_str(errors),
                if fd == 0 { Ref::none() } else { new_str("\n") },
                Ref::bool(line_buffering),
            ],
        )?;
        vm.set_instance_attr(&stream, &intern("mode"), new_str(mode));
        Ok(stream)
    })();
    made.unwrap_or_else(|_: crate::Raised| {
        vm.take_exc();
        Ref::none()
    })
}

fn newline_arg(vm: &mut Vm, n: &Ref) -> R<Option<Vec<u8>>> {
    if n.is_none() {
        return Ok(None);
    }
    if !n.is_str() {
        let text = format!("newline must be str or None, not {}", vm.type_name(n));
        return Err(vm.type_error(&text));
    }
    let b = n.str_obj().bytes().to_vec();
    if !matches!(&b[..], b"" | b"\n" | b"\r" | b"\r\n") {
        let text = format!("illegal newline value: {}", vm.str_lossy(n));
        return Err(vm.value_error(&text));
    }
    Ok(Some(b))
}

fn init(vm: &mut Vm, r: &Ref, args: Args) -> R<()> {
    const NAMES: [&str; 6] = [
        "buffer",
        "encoding",
        "errors",
        "newline",
        "line_buffering",
        "write_through",
    ];
    let pos = args.pos();
    let get = |i: usize| {
        pos.get(i)
            .or_else(|| args.get_kw(NAMES[i]))
            .filter(|v| !v.is_none())
    };
    let Some(buffer) = get(0) else {
        return Err(vm.type_error("TextIOWrapper() missing required argument 'buffer' (pos 1)"));
    };
    let encoding = match get(1) {
        Some(e) if e.is_str() => match vm.str_lossy(e) {
            e if e == "locale" => "UTF-8".into(),
            e => e,
        },
        Some(e) => {
            let text = format!(
                "TextIOWrapper() argument 'encoding' must be str or None, not {}",
                vm.type_name(e)
            );
            return Err(vm.type_error(&text));
        }
        None => "UTF-8".into(),
    };
    let errors = match get(2) {
        Some(e) if e.is_str() => vm.str_lossy(e),
        Some(e) => {
            let text = format!(
                "TextIOWrapper() argument 'errors' must be str or None, not {}",
                vm.type_name(e)
            );
            return Err(vm.type_error(&text));
        }
        None => "strict".into(),
    };
    let none = Ref::none();
    let newline = newline_arg(vm, get(3).unwrap_or(&none))?;
    let mut flag = |i: usize| match get(i) {
        Some(v) => vm.truthy(v),
        None => Ok(false),
    };
    let (line_buffering, write_through) = (flag(4)?, flag(5)?);
    let codec = Codec::by_name(&encoding);
    if codec.is_none() {
        vm.lookup_codec(&encoding)?;
    }
    let seekable = vm.call_method(buffer, "seekable", &[])?;
    let seekable = vm.truthy(&seekable)?;
    let Some(t) = r.native::<Text>() else {
        return Ok(());
    };
    let exact = class_of(r).is(&class(vm));
    t.exact.set(exact);
    t.buffer.set(buffer.clone());
    t.encoding.replace(encoding);
    t.errors.replace(errors);
    t.codec.set(codec);
    t.active.set(None);
    t.newline.replace(newline);
    t.line_buffering.set(line_buffering);
    t.write_through.set(write_through);
    t.seekable.set(seekable);
    t.telling.set(seekable);
    t.ready.set(true);
    t.pending.set(vec![]);
    t.forget();
    // Appending to a file that has something: its signature is there already.
    t.started.set(false);
    if seekable && matches!(codec, Some(Codec::Utf16 | Codec::Utf32 | Codec::Utf8Sig)) {
        let at = vm.call_method(buffer, "tell", &[])?;
        t.started.set(at.as_i64().is_some_and(|n| n > 0));
    }
    Ok(())
}

fn inner<'a>(vm: &mut Vm, r: &'a Ref) -> R<&'a Text> {
    match r.native::<Text>() {
        Some(t) if t.ready.get() => Ok(t),
        Some(t) if !t.buffer.cloned().is_undefined() => {
            Err(vm.value_error("underlying buffer has been detached"))
        }
        _ => Err(vm.value_error("I/O operation on uninitialized object")),
    }
}

/// The stream, if it is open.
fn open<'a>(vm: &mut Vm, r: &'a Ref) -> R<&'a Text> {
    let t = inner(vm, r)?;
    if t.is_closed(vm)? {
        return Err(closed_error(vm));
    }
    Ok(t)
}

impl Text {
    fn is_closed(&self, vm: &mut Vm) -> R<bool> {
        let buffer = self.buffer.cloned();
        let c = vm.getattr_str(&buffer, "closed")?;
        vm.truthy(&c)
    }
    /// Drops what has been read ahead.
    fn forget(&self) {
        self.decoded.set(vec![]);
        self.at.set(0);
        self.chunk.set(vec![]);
        self.carry.set(vec![]);
    }
    fn translates_reading(&self) -> bool {
        self.newline.borrow().is_none()
    }
    /// Universal newlines: every kind ends a line.
    fn universal(&self) -> bool {
        self.newline.borrow().as_ref().is_none_or(|n| n.is_empty())
    }
    fn has_text(&self, vm: &Vm) -> bool {
        self.at.get() < self.decoded.get(vm).len()
    }

    /// The codec for what comes next; the beginning of the data decides the byte order.
    fn settle_codec(&self, data: &mut Vec<u8>, skipped: &mut usize) -> Option<Codec> {
        if let Some(c) = self.active.get() {
            return Some(c);
        }
        let codec = self.codec.get()?;
        let (now, skip) = match codec {
            Codec::Utf16 => match data.get(..2) {
                Some(b"\xff\xfe") => (Codec::Utf16Le, 2),
                Some(b"\xfe\xff") => (Codec::Utf16Be, 2),
                _ => (Codec::Utf16Le, 0),
            },
            Codec::Utf32 => match data.get(..4) {
                Some(b"\xff\xfe\0\0") => (Codec::Utf32Le, 4),
                Some(b"\0\0\xfe\xff") => (Codec::Utf32Be, 4),
                _ => (Codec::Utf32Le, 0),
            },
            Codec::Utf8Sig => (
                Codec::Utf8,
                if data.starts_with(b"\xef\xbb\xbf") {
                    3
                } else {
                    0
                },
            ),
            c => (c, 0),
        };
        data.drain(..skip);
        *skipped = skip;
        self.active.set(Some(now));
        Some(now)
    }

    /// Reads and decodes the next piece; false at the end. What was decoded before must have been used up.
    fn read_chunk(&self, vm: &mut Vm, all: bool) -> R<bool> {
        let buffer = self.buffer.cloned();
        let direct = buffered::plain(&buffer);
        let data = match direct {
            Some(b) if !all && self.codec.get().is_some() => b.read1(vm, CHUNK)?,
            _ => {
                let read = if all || self.codec.get().is_none() {
                    vm.call_method(&buffer, "read", &[])?
                } else {
                    let read1 = vm.getattr_opt(&buffer, &intern("read1"))?;
                    let size = new_usize(CHUNK);
                    match read1 {
                        Some(f) => vm.call(&f, &[size])?,
                        None => vm.call_method(&buffer, "read", &[size])?,
                    }
                };
                match crate::modules::buffer::bytes_like(vm, &read)? {
                    Some(d) => d,
                    None => {
                        let text = format!(
                            "underlying read1() should have returned a bytes-like object, not '{}'",
                            vm.type_name(&read)
                        );
                        return Err(vm.type_error(&text));
                    }
                }
            }
        };
        let last = data.is_empty() || all || self.codec.get().is_none();
        let ended = data.is_empty();
        let mut raw = self.carry.replace(vec![]);
        raw.extend_from_slice(&data);
        if raw.is_empty() {
            self.decoded.set(vec![]);
            self.chunk.set(vec![]);
            self.at.set(0);
            return Ok(false);
        }
        let errors = self.errors.borrow().clone();
        let mut skipped = 0;
        let (text, mut used) = match self.settle_codec(&mut raw, &mut skipped) {
            Some(codec) => vm.decode_with_codec(&raw, codec, &errors, last)?,
            None => {
                let name = self.encoding.borrow().clone();
                (vm.decode(&raw, &name, &errors)?, raw.len())
            }
        };
        let mut text = text.str_obj().bytes().to_vec();
        if !last && self.universal() && text.last() == Some(&b'\r') {
            text.pop();
            used -= unit_width(self.active.get());
        }
        let carry = raw.split_off(used.min(raw.len()));
        self.carry.set(carry);
        if self.universal() {
            text = self.note_newlines(text);
        }
        self.decoded.set(text);
        self.at.set(0);
        self.chunk.set(raw);
        Ok(!ended || self.has_text(vm))
    }

    /// Remembers which newlines there are and, if wanted, makes them all `\n`.
    fn note_newlines(&self, text: Vec<u8>) -> Vec<u8> {
        if memchr::memchr(b'\r', &text).is_none() {
            if memchr::memchr(b'\n', &text).is_some() {
                self.seen.set(self.seen.get() | 2);
            }
            return text;
        }
        let mut out = Vec::with_capacity(text.len());
        let mut seen = self.seen.get();
        let mut i = 0;
        while i < text.len() {
            let b = text[i];
            i += 1;
            if b == b'\r' {
                if text.get(i) == Some(&b'\n') {
                    i += 1;
                    seen |= 4;
                } else {
                    seen |= 1;
                }
                out.push(b'\n');
            } else {
                if b == b'\n' {
                    seen |= 2;
                }
                out.push(b);
            }
        }
        self.seen.set(seen);
        if self.translates_reading() { out } else { text }
    }

    /// Where the first line of `text` ends, as the newline convention says.
    fn line_end(&self, text: &[u8], from: usize) -> Option<usize> {
        match self.newline.borrow().as_deref() {
            Some(b"") => memchr::memchr2(b'\n', b'\r', &text[from..]).map(|i| {
                let i = from + i;
                i + 1 + (text[i] == b'\r' && text.get(i + 1) == Some(&b'\n')) as usize
            }),
            Some(b"\r") => memchr::memchr(b'\r', &text[from..]).map(|i| from + i + 1),
            Some(b"\r\n") => memchr::memmem::find(&text[from.saturating_sub(1)..], b"\r\n")
                .map(|i| from.saturating_sub(1) + i + 2),
            _ => memchr::memchr(b'\n', &text[from..]).map(|i| from + i + 1),
        }
    }

    fn flush_pending(&self, vm: &mut Vm) -> R<()> {
        let data = self.pending.replace(vec![]);
        if data.is_empty() {
            return Ok(());
        }
        let buffer = self.buffer.cloned();
        if let Some(b) = buffered::plain(&buffer)
            && buffered::is_open(b)
        {
            return b.write(vm, &data);
        }
        vm.call_method(&buffer, "write", &[new_bytes(&data)])?;
        Ok(())
    }
    fn flush(&self, vm: &mut Vm) -> R<()> {
        self.flush_pending(vm)?;
        let buffer = self.buffer.cloned();
        if let Some(b) = buffered::plain(&buffer)
            && buffered::is_open(b)
        {
            return b.flush(vm);
        }
        vm.call_method(&buffer, "flush", &[])?;
        Ok(())
    }

    /// Takes encoded bytes; they go on when there are many, or a line is complete and lines are what counts.
    fn accept(&self, vm: &mut Vm, bytes: &[u8], line_ended: bool) -> R<()> {
        if self.has_text(vm) || !self.chunk.get(vm).is_empty() {
            self.forget();
        }
        let pending = self.pending.get_mut(vm);
        pending.extend_from_slice(bytes);
        let many = pending.len() >= CHUNK;
        if self.line_buffering.get() && line_ended {
            return self.flush(vm);
        }
        if self.write_through.get() {
            return self.flush(vm);
        }
        if many {
            return self.flush_pending(vm);
        }
        Ok(())
    }

    fn write(&self, vm: &mut Vm, s: &Ref) -> R<()> {
        let mut text = s.clone();
        let has_newline = memchr::memchr(b'\n', s.str_obj().bytes()).is_some();
        let line_ended = has_newline || memchr::memchr(b'\r', s.str_obj().bytes()).is_some();
        let to = match self.newline.borrow().as_deref() {
            Some(nl @ (b"\r" | b"\r\n")) if has_newline => Some(nl.to_vec()),
            _ => None,
        };
        if let Some(nl) = to {
            let mut out = Vec::with_capacity(s.str_obj().bytes().len() + 16);
            for part in s.str_obj().bytes().split_inclusive(|&b| b == b'\n') {
                match part.strip_suffix(b"\n") {
                    Some(head) => {
                        out.extend_from_slice(head);
                        out.extend_from_slice(&nl);
                    }
                    None => out.extend_from_slice(part),
                }
            }
            text = StrObj::make(&out);
        }
        let errors = self.errors.borrow().clone();
        let encoded = match self.codec.get() {
            Some(codec) => {
                let codec = match (codec, self.started.replace(true)) {
                    (Codec::Utf16, true) => Codec::Utf16Le,
                    (Codec::Utf32, true) => Codec::Utf32Le,
                    (Codec::Utf8Sig, true) => Codec::Utf8,
                    (c, _) => c,
                };
                vm.encode_with_codec(&text, codec, &errors)?
            }
            None => {
                let name = self.encoding.borrow().clone();
                vm.encode(&text, &name, &errors)?
            }
        };
        match encoded.cast::<BytesObj>() {
            Some(b) => self.accept(vm, b.bytes(), line_ended),
            None => Ok(()),
        }
    }
}

/// Bytes of the smallest unit of an encoding.
fn unit_width(codec: Option<Codec>) -> usize {
    match codec {
        Some(Codec::Utf16 | Codec::Utf16Le | Codec::Utf16Be) => 2,
        Some(Codec::Utf32 | Codec::Utf32Le | Codec::Utf32Be) => 4,
        _ => 1,
    }
}

/// Whether `print` may put UTF-8 straight into the stream.
pub(crate) fn can_print(file: &Ref) -> bool {
    let Some(t) = file.native::<Text>() else {
        return false;
    };
    t.ready.get()
        && t.codec.get() == Some(Codec::Utf8)
        && t.exact.get()
        && !matches!(t.newline.borrow().as_deref(), Some(b"\r" | b"\r\n"))
}

/// Writes text in WTF-8 to such a stream.
pub(crate) fn print_bytes(vm: &mut Vm, file: &Ref, bytes: &[u8]) -> R<()> {
    let t = writable(vm, file)?;
    if !bytes.is_ascii() && std::str::from_utf8(bytes).is_err() {
        return t.write(vm, &StrObj::make(bytes));
    }
    t.started.set(true);
    let line_ended = t.line_buffering.get() && memchr::memchr2(b'\n', b'\r', bytes).is_some();
    t.accept(vm, bytes, line_ended)
}

/// The stream, if it is open and can be written to.
fn writable<'a>(vm: &mut Vm, r: &'a Ref) -> R<&'a Text> {
    if let Some(t) = r.native::<Text>()
        && t.ready.get()
        && t.buffer
            .with_raw(|b| buffered::plain(b).is_some_and(buffered::takes_writes))
    {
        return Ok(t);
    }
    let t = open(vm, r)?;
    let buffer = t.buffer.cloned();
    let yes = vm.call_method(&buffer, "writable", &[])?;
    if vm.truthy(&yes)? {
        Ok(t)
    } else {
        Err(unsupported(vm, "not writable"))
    }
}
/// The stream, if it is open and can be read; what has been written goes out first.
fn start_reading<'a>(vm: &mut Vm, r: &'a Ref) -> R<&'a Text> {
    if let Some(t) = r.native::<Text>()
        && t.ready.get()
        && t.buffer
            .with_raw(|b| buffered::plain(b).is_some_and(buffered::gives_reads))
    {
        if !t.pending.get(vm).is_empty() {
            t.flush_pending(vm)?;
        }
        return Ok(t);
    }
    let t = open(vm, r)?;
    let buffer = t.buffer.cloned();
    let yes = vm.call_method(&buffer, "readable", &[])?;
    if !vm.truthy(&yes)? {
        return Err(unsupported(vm, "not readable"));
    }
    t.flush_pending(vm)?;
    Ok(t)
}

fn read(vm: &mut Vm, r: &Ref, n: Option<usize>) -> R<Ref> {
    let t = start_reading(vm, r)?;
    let mut out = t.decoded.get(vm)[t.at.get()..].to_vec();
    let Some(n) = n else {
        t.at.set(t.decoded.get(vm).len());
        // Everything that is left, at once.
        while t.read_chunk(vm, true)? {
            out.extend_from_slice(t.decoded.get(vm));
            t.at.set(t.decoded.get(vm).len());
        }
        return Ok(StrObj::make(&out));
    };
    let mut left = n;
    out.clear();
    loop {
        let rest = &t.decoded.get(vm)[t.at.get()..];
        let count = taipan_text::wtf8::count(rest);
        if count >= left {
            let end = taipan_text::wtf8::offset_of(rest, left);
            out.extend_from_slice(&rest[..end]);
            t.at.set(t.at.get() + end);
            break;
        }
        out.extend_from_slice(rest);
        left -= count;
        t.at.set(t.decoded.get(vm).len());
        if !t.read_chunk(vm, false)? {
            break;
        }
    }
    Ok(StrObj::make(&out))
}

fn readline(vm: &mut Vm, r: &Ref, limit: usize) -> R<Ref> {
    let t = start_reading(vm, r)?;
    // Most lines lie within one chunk.
    if limit == usize::MAX && t.has_text(vm) {
        let text = t.decoded.get(vm);
        if let Some(end) = t.line_end(text, t.at.get()) {
            let line = StrObj::make(&text[t.at.get()..end]);
            t.at.set(end);
            return Ok(line);
        }
    }
    let mut out: Vec<u8> = Vec::new();
    let mut from = 0;
    let mut at_limit = limit;
    loop {
        let before = out.len();
        out.extend_from_slice(&t.decoded.get(vm)[t.at.get()..]);
        let end = t.line_end(&out, from);
        let piece = &out[before..];
        let piece_end = end.map_or(out.len(), |e| e.max(before));
        let count = if at_limit == usize::MAX {
            0
        } else {
            taipan_text::wtf8::count(&out[before..piece_end])
        };
        if at_limit != usize::MAX && count >= at_limit {
            let cut = taipan_text::wtf8::offset_of(piece, at_limit);
            t.at.set(t.at.get() + cut);
            out.truncate(before + cut);
            break;
        }
        if let Some(end) = end {
            t.at.set(t.at.get() + (end - before.min(end)));
            out.truncate(end);
            break;
        }
        if at_limit != usize::MAX {
            at_limit -= count;
        }
        from = out.len();
        t.at.set(t.decoded.get(vm).len());
        if !t.read_chunk(vm, false)? {
            break;
        }
    }
    Ok(StrObj::make(&out))
}

fn tell(vm: &mut Vm, r: &Ref) -> R<Ref> {
    let t = open(vm, r)?;
    if !t.seekable.get() {
        return Err(unsupported(vm, "underlying stream is not seekable"));
    }
    if !t.telling.get() {
        let class = rt().types.os_error.clone();
        return Err(vm.error(&class, "telling position disabled by next() call"));
    }
    t.flush(vm)?;
    let buffer = t.buffer.cloned();
    let at = vm.call_method(&buffer, "tell", &[])?;
    let Some(at) = at.as_i64() else {
        return Ok(at);
    };
    let chunk = t.chunk.get(vm).clone();
    let start = at - t.carry.get(vm).len() as i64 - chunk.len() as i64;
    let wanted = t.at.get();
    let decoded = t.decoded.get(vm);
    let used = if wanted >= decoded.len() {
        chunk.len()
    } else if decoded.len() == chunk.len() && *decoded == chunk {
        wanted
    } else {
        bytes_behind(vm, t, &chunk, wanted)?
    };
    Ok(new_int(start + used as i64))
}

/// How many bytes of a chunk became the first `wanted` bytes of its text.
fn bytes_behind(vm: &mut Vm, t: &Text, chunk: &[u8], wanted: usize) -> R<usize> {
    let Some(codec) = t.active.get() else {
        return Ok(chunk.len());
    };
    let errors = t.errors.borrow().clone();
    let translate = t.translates_reading();
    let (mut at, mut made, mut after_cr) = (0, 0, false);
    while at < chunk.len() && made < wanted {
        let width = match codec {
            Codec::Utf8 => {
                let w = taipan_text::wtf8::width(chunk[at]).min(chunk.len() - at);
                if std::str::from_utf8(&chunk[at..at + w]).is_ok() {
                    w
                } else {
                    1
                }
            }
            Codec::Utf16Le if chunk.get(at + 1).is_some_and(|b| b & 0xFC == 0xD8) => 4,
            Codec::Utf16Be if chunk[at] & 0xFC == 0xD8 => 4,
            c => unit_width(Some(c)),
        }
        .min(chunk.len() - at);
        let (text, _) = vm.decode_with_codec(&chunk[at..at + width], codec, &errors, true)?;
        let text = text.str_obj().bytes();
        // "\r\n" has become one character.
        if translate && after_cr && text == b"\n" {
            after_cr = false;
        } else {
            made += text.len();
            after_cr = text == b"\r";
        }
        at += width;
    }
    // A "\n" after the "\r" belongs to the character that has been read.
    if translate && after_cr && chunk.get(at) == Some(&b'\n') {
        at += 1;
    }
    Ok(at)
}

fn seek(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let t = open(vm, &a[0])?;
    if !t.seekable.get() {
        return Err(unsupported(vm, "underlying stream is not seekable"));
    }
    let whence = match arg(a, 2) {
        Some(w) => vm.index_i32(w)?,
        None => 0,
    };
    let buffer = t.buffer.cloned();
    let zero = a[1].is_int() && a[1].as_i64() == Some(0);
    match whence {
        1 => {
            if !zero {
                return Err(unsupported(vm, "can't do nonzero cur-relative seeks"));
            }
            t.telling.set(t.seekable.get());
            let at = tell(vm, &a[0])?;
            return seek(vm, &[a[0].clone(), at]);
        }
        2 => {
            if !zero {
                return Err(unsupported(vm, "can't do nonzero end-relative seeks"));
            }
            t.flush(vm)?;
            t.forget();
            return vm.call_method(&buffer, "seek", &[new_int(0), new_int(2)]);
        }
        0 => {}
        w => {
            return Err(vm.value_error(&format!("invalid whence ({w}, should be 0, 1 or 2)")));
        }
    }
    let at = vm.index_size(&a[1])?;
    if at < 0 {
        return Err(vm.value_error(&format!("negative seek position {at}")));
    }
    t.flush(vm)?;
    vm.call_method(&buffer, "seek", &[new_int(at as i64)])?;
    t.forget();
    t.telling.set(t.seekable.get());
    if at == 0 {
        t.active.set(None);
        t.started.set(false);
    }
    Ok(new_int(at as i64))
}

fn repr(vm: &mut Vm, r: &Ref) -> R<Ref> {
    let t = inner(vm, r)?;
    let mut out = format!("<{}", vm.type_name(r));
    let value_error = rt().types.value_error.clone();
    for key in ["name", "mode"] {
        let v = vm.getattr_opt(r, &intern(key));
        if let Some(Some(v)) = vm.catch(v, &value_error)? {
            out.push_str(&format!(" {key}={}", vm.repr_text(&v)?));
        }
    }
    out.push_str(&format!(" encoding='{}'>", t.encoding.borrow()));
    Ok(new_str(&out))
}

getset! { GETSET;
    "buffer" => |vm, r| Ok(inner(vm, r)?.buffer.cloned()), "";
    "encoding" => |vm, r| { let t = inner(vm, r)?; Ok(new_str(&t.encoding.borrow())) }, "";
    "errors" => |vm, r| { let t = inner(vm, r)?; Ok(new_str(&t.errors.borrow())) }, "";
    "line_buffering" => |vm, r| Ok(Ref::bool(inner(vm, r)?.line_buffering.get())), "";
    "write_through" => |vm, r| Ok(Ref::bool(inner(vm, r)?.write_through.get())), "";
    "closed" => |vm, r| { let t = inner(vm, r)?; Ok(Ref::bool(t.is_closed(vm)?)) }, "";
    "name" => |vm, r| { let b = inner(vm, r)?.buffer.cloned(); vm.getattr_str(&b, "name") }, "";
    "newlines" => |vm, r| {
        let t = inner(vm, r)?;
        let mut kinds: Vec<Ref> = Vec::new();
        for (bit, text) in [(1, "\r"), (2, "\n"), (4, "\r\n")] {
            if t.seen.get() & bit != 0 {
                kinds.push(new_str(text));
            }
        }
        Ok(match kinds.len() {
            0 => Ref::none(),
            1 => kinds.remove(0),
            _ => new_tuple(kinds),
        })
    }, "";
    "_CHUNK_SIZE" => |_, _| Ok(new_usize(CHUNK)), "";
}

fn buffer_call(vm: &mut Vm, r: &Ref, name: &str) -> R<Ref> {
    let b = open(vm, r)?.buffer.cloned();
    vm.call_method(&b, name, &[])
}

methods! { METHODS;
    "write(self, text, /)" => |vm, a| {
        if !a[1].is_str() {
            let text = format!("write() argument must be str, not {}", vm.type_name(&a[1]));
            return Err(vm.type_error(&text));
        }
        let t = writable(vm, &a[0])?;
        t.write(vm, &a[1])?;
        Ok(new_usize(a[1].str_obj().nchars()))
    }, "";
    "read(self, size=-1, /)" => |vm, a| { let n = size_arg(vm, arg(a, 1))?; read(vm, &a[0], n) }, "";
    "readline(self, size=-1, /)" => |vm, a| { let n = size_arg(vm, arg(a, 1))?.unwrap_or(usize::MAX); readline(vm, &a[0], n) }, "";
    "flush(self, /)" => |vm, a| { let t = open(vm, &a[0])?; t.telling.set(t.seekable.get()); t.flush(vm)?; Ok(Ref::none()) }, "";
    "close(self, /)" => close, "";
    "detach(self, /)" => |vm, a| {
        let t = inner(vm, &a[0])?;
        t.flush(vm)?;
        t.ready.set(false);
        Ok(t.buffer.cloned())
    }, "";
    "seek(self, cookie, whence=0, /)" => seek, "Moves to a position that tell() gave; 0 is the beginning, and whence 2 with 0 the end.";
    "tell(self, /)" => |vm, a| tell(vm, &a[0]), "The position, a number that only seek() understands.";
    "truncate(self, pos=None, /)" => |vm, a| {
        let t = open(vm, &a[0])?;
        t.flush(vm)?;
        let buffer = t.buffer.cloned();
        vm.call_method(&buffer, "truncate", &a[1..])
    }, "";
    "seekable(self, /)" => |vm, a| buffer_call(vm, &a[0], "seekable"), "";
    "readable(self, /)" => |vm, a| buffer_call(vm, &a[0], "readable"), "";
    "writable(self, /)" => |vm, a| buffer_call(vm, &a[0], "writable"), "";
    "fileno(self, /)" => |vm, a| buffer_call(vm, &a[0], "fileno"), "";
    "isatty(self, /)" => |vm, a| buffer_call(vm, &a[0], "isatty"), "";
    "reconfigure(self, *, encoding=None, errors=None, newline=None, line_buffering=None, write_through=None)" => reconfigure, "Changes settings of the stream. The encoding can't change once something was read.";
}

fn close(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let Some(t) = a[0].native::<Text>().filter(|t| t.ready.get()) else {
        return Ok(Ref::none());
    };
    if t.is_closed(vm)? {
        return Ok(Ref::none());
    }
    let flushed = vm.call_method(&a[0], "flush", &[]);
    let failure = match flushed {
        Ok(_) => None,
        Err(_) => Some(vm.take_exc()),
    };
    let buffer = t.buffer.cloned();
    let closed = vm.call_method(&buffer, "close", &[]);
    match failure {
        Some(exc) => {
            vm.exc = None;
            Err(vm.reraise(exc))
        }
        None => closed,
    }
}

fn reconfigure(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let t = open(vm, &a[0])?;
    let given = |i: usize| arg(a, i).filter(|v| !v.is_none());
    if t.has_text(vm) && (given(1).is_some() || given(2).is_some() || arg(a, 3).is_some()) {
        return Err(unsupported(
            vm,
            "It is not possible to set the encoding or newline of stream after the first read",
        ));
    }
    t.flush(vm)?;
    if let Some(e) = given(1) {
        let name = vm.str_text(e)?;
        let codec = Codec::by_name(&name);
        if codec.is_none() {
            vm.lookup_codec(&name)?;
        }
        t.codec.set(codec);
        t.active.set(None);
        t.encoding.replace(name);
        if given(2).is_none() {
            t.errors.replace("strict".into());
        }
    }
    if let Some(e) = given(2) {
        t.errors.replace(vm.str_text(e)?);
    }
    if let Some(n) = arg(a, 3) {
        t.newline.replace(newline_arg(vm, n)?);
    }
    if let Some(l) = given(4) {
        t.line_buffering.set(vm.truthy(l)?);
    }
    if let Some(w) = given(5) {
        t.write_through.set(vm.truthy(w)?);
    }
    Ok(Ref::none())
}

/// `IncrementalNewlineDecoder`: newlines translated behind another decoder.
struct NewlineDecoder {
    decoder: Ref,
    translate: bool,
    pending_cr: Cell<bool>,
    seen: Cell<u8>,
}
trace!(NewlineDecoder; decoder);
impl NativePayload for NewlineDecoder {}

static NEWLINE_DECODER: TypeSpec = TypeSpec {
    name: "_io.IncrementalNewlineDecoder",
    flags: type_flag::BASE,
    doc: "Turns ends of lines of all kinds into \\\n while text comes in piece by piece.",
    methods: DECODER_METHODS,
    slots: |s| {
        constructor!(s, "IncrementalNewlineDecoder(cls, decoder, translate, errors='strict')" => |vm, a| {
            let translate = vm.truthy(&a[2])?;
            Ok(Ref::new_native(&a[0], NewlineDecoder { decoder: a[1].clone(), translate, pending_cr: Cell::new(false), seen: Cell::new(0) }))
        });
    },
    ..TypeSpec::DEFAULT
};
pub(super) fn newline_decoder(vm: &mut Vm) -> Ref {
    vm.native_type(&NEWLINE_DECODER)
}
methods! { DECODER_METHODS;
    "decode(self, input, final=False)" => |vm, a| {
        let Some(d) = a[0].native::<NewlineDecoder>() else { return Ok(Ref::none()) };
        let last = match arg(a, 2) { Some(f) => vm.truthy(f)?, None => false };
        let text = if d.decoder.is_none() {
            a[1].clone()
        } else {
            vm.call_method(&d.decoder, "decode", &[a[1].clone(), Ref::bool(last)])?
        };
        let mut out = Vec::new();
        if d.pending_cr.replace(false) {
            out.push(b'\r');
        }
        out.extend_from_slice(text.str_obj().bytes());
        if !last && out.last() == Some(&b'\r') {
            out.pop();
            d.pending_cr.set(true);
        }
        let t = Text::default();
        t.seen.set(d.seen.get());
        if !d.translate {
            t.newline.replace(Some(vec![]));
        }
        let out = t.note_newlines(out);
        d.seen.set(t.seen.get());
        Ok(StrObj::make(&out))
    }, "";
    "reset(self, /)" => |vm, a| {
        if let Some(d) = a[0].native::<NewlineDecoder>() {
            d.pending_cr.set(false);
            d.seen.set(0);
            if !d.decoder.is_none() {
                vm.call_method(&d.decoder, "reset", &[])?;
            }
        }
        Ok(Ref::none())
    }, "";
}
