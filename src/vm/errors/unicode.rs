//! `UnicodeEncodeError`, `UnicodeDecodeError`, `UnicodeTranslateError`.

use super::classes;
use super::fields::{self, ENCODING, END, OBJECT, REASON, START};
use crate::native::Args;
use crate::value::slots::{InitFn, Slots};
use crate::value::*;
use crate::vm::{new_bytes, new_int};
use crate::{R, Vm, errors, getset};

pub(super) fn encode_slots(s: &Slots) {
    s.init.set(Some(init_encode));
    s.str.set(Some(encode_str));
}
pub(super) fn decode_slots(s: &Slots) {
    s.init.set(Some(init_decode));
    s.str.set(Some(decode_str));
}
pub(super) fn translate_slots(s: &Slots) {
    s.init.set(Some(init_translate));
    s.str.set(Some(translate_str));
}

fn arity(vm: &mut Vm, args: &[Ref], n: usize) -> R<()> {
    if args.len() != n {
        let text = format!(
            "function takes exactly {n} arguments ({} given)",
            args.len()
        );
        return Err(vm.type_error(&text));
    }
    Ok(())
}
fn text(vm: &mut Vm, r: &Ref, n: usize) -> R<Ref> {
    if !r.is_str() {
        let text = format!("argument {n} must be str, not {}", vm.type_name(r));
        return Err(vm.type_error(&text));
    }
    Ok(r.clone())
}
fn size(vm: &mut Vm, r: &Ref) -> R<Ref> {
    let i = vm.index(r)?;
    if i.as_i64().is_none() {
        return Err(vm.overflow_error("Python int too large to convert to C ssize_t"));
    }
    Ok(i)
}
/// A bytes object with the contents of a bytes-like one.
fn bytes(vm: &mut Vm, r: &Ref) -> R<Ref> {
    if r.cast::<BytesObj>().is_some() {
        return Ok(r.clone());
    }
    if r.cast::<ByteArrayObj>().is_some() || r.cast::<MemoryViewObj>().is_some() {
        let class = rt().types.bytes.clone();
        return vm.call(&class, std::slice::from_ref(r));
    }
    let text = format!("a bytes-like object is required, not '{}'", vm.type_name(r));
    Err(vm.type_error(&text))
}

fn init_encode(vm: &mut Vm, exc: &Ref, args: Args) -> R<()> {
    classes::init(vm, exc, args)?;
    let a = args.all;
    arity(vm, a, 5)?;
    let all = vec![
        text(vm, &a[0], 1)?,
        text(vm, &a[1], 2)?,
        size(vm, &a[2])?,
        size(vm, &a[3])?,
        text(vm, &a[4], 5)?,
    ];
    fields::set_all(exc, all);
    Ok(())
}
fn init_decode(vm: &mut Vm, exc: &Ref, args: Args) -> R<()> {
    classes::init(vm, exc, args)?;
    let a = args.all;
    arity(vm, a, 5)?;
    let all = [
        text(vm, &a[0], 1)?,
        a[1].clone(),
        size(vm, &a[2])?,
        size(vm, &a[3])?,
        text(vm, &a[4], 5)?,
    ];
    let mut all = all.to_vec();
    all[OBJECT] = bytes(vm, &a[1])?;
    fields::set_all(exc, all);
    Ok(())
}
fn init_translate(vm: &mut Vm, exc: &Ref, args: Args) -> R<()> {
    classes::init(vm, exc, args)?;
    let a = args.all;
    arity(vm, a, 4)?;
    let all = vec![
        Ref::UNDEFINED,
        text(vm, &a[0], 1)?,
        size(vm, &a[1])?,
        size(vm, &a[2])?,
        text(vm, &a[3], 4)?,
    ];
    fields::set_all(exc, all);
    Ok(())
}

/// For exceptions made from Rust with arguments that fit.
pub(super) fn init_fields(exc: &Ref, args: &[Ref]) {
    let Some(f) = exc.class().slots.init.get() else {
        return;
    };
    let is = |g: InitFn| std::ptr::fn_addr_eq(f, g);
    if (is(init_encode) || is(init_decode)) && args.len() == 5 {
        fields::set_all(exc, args.to_vec());
    } else if is(init_translate) && args.len() == 4 {
        let mut all = vec![Ref::UNDEFINED];
        all.extend_from_slice(args);
        fields::set_all(exc, all);
    }
}

fn number(exc: &Ref, i: usize) -> i64 {
    fields::get(exc, i).as_i64().unwrap_or(0)
}

/// `str()` of a field, or what stands for one that has been deleted.
fn shown(vm: &mut Vm, exc: &Ref, i: usize) -> R<Vec<u8>> {
    match fields::get_opt(exc, i) {
        Some(r) => Ok(vm.str(&r)?.str_obj().bytes().to_vec()),
        None => Ok(b"<NULL>".to_vec()),
    }
}

/// The one faulty item, if the range is one item of the object.
fn single(start: i64, end: i64, len: usize) -> Option<usize> {
    (start >= 0 && (start as usize) < len && end == start + 1).then_some(start as usize)
}

fn char_text(object: &Ref, at: usize) -> String {
    let s = object.str_obj();
    let bytes = s.bytes();
    let offset = s.offset(at);
    let (cp, _) = taipan_text::wtf8::decode_at(bytes, offset);
    match cp {
        0..0x100 => format!("'\\x{cp:02x}'"),
        0x100..0x10000 => format!("'\\u{cp:04x}'"),
        _ => format!("'\\U{cp:08x}'"),
    }
}

fn encode_str(vm: &mut Vm, exc: &Ref) -> R<Ref> {
    let Some(object) = fields::get_opt(exc, OBJECT) else {
        return Ok(rt().types.empty_str.clone());
    };
    let encoding = shown(vm, exc, ENCODING)?;
    let reason = shown(vm, exc, REASON)?;
    let (start, end) = (number(exc, START), number(exc, END));
    let middle = match single(start, end, object.str_obj().nchars()) {
        Some(at) => format!("character {} in position {start}", char_text(&object, at)),
        None => format!("characters in position {start}-{}", end.wrapping_sub(1)),
    };
    Ok(classes::joined(&[
        b"'",
        &encoding,
        b"' codec can't encode ",
        middle.as_bytes(),
        b": ",
        &reason,
    ]))
}

fn decode_str(vm: &mut Vm, exc: &Ref) -> R<Ref> {
    let Some(object) = fields::get_opt(exc, OBJECT) else {
        return Ok(rt().types.empty_str.clone());
    };
    let encoding = shown(vm, exc, ENCODING)?;
    let reason = shown(vm, exc, REASON)?;
    let (start, end) = (number(exc, START), number(exc, END));
    let data = object.cast::<BytesObj>().map_or(&b""[..], |b| b.bytes());
    let middle = match single(start, end, data.len()) {
        Some(at) => format!("byte 0x{:02x} in position {start}", data[at]),
        None => format!("bytes in position {start}-{}", end.wrapping_sub(1)),
    };
    Ok(classes::joined(&[
        b"'",
        &encoding,
        b"' codec can't decode ",
        middle.as_bytes(),
        b": ",
        &reason,
    ]))
}

fn translate_str(vm: &mut Vm, exc: &Ref) -> R<Ref> {
    let Some(object) = fields::get_opt(exc, OBJECT) else {
        return Ok(rt().types.empty_str.clone());
    };
    let reason = shown(vm, exc, REASON)?;
    let (start, end) = (number(exc, START), number(exc, END));
    let middle = match single(start, end, object.str_obj().nchars()) {
        Some(at) => format!("character {} in position {start}", char_text(&object, at)),
        None => format!("characters in position {start}-{}", end.wrapping_sub(1)),
    };
    Ok(classes::joined(&[
        b"can't translate ",
        middle.as_bytes(),
        b": ",
        &reason,
    ]))
}

getset! { pub(super) GETSET;
    "encoding" => fields::member::<ENCODING>, set_encoding, "The name of the encoding.";
    "object" => fields::member::<OBJECT>, set_object, "What was to be encoded, decoded or translated.";
    "start" => fields::member::<START>, set_start, "Where the part that failed begins.";
    "end" => fields::member::<END>, set_end, "Where the part that failed ends.";
    "reason" => fields::member::<REASON>, set_reason, "Why that failed.";
}
fn set_encoding(vm: &mut Vm, exc: &Ref, v: Option<Ref>) -> R<()> {
    fields::set_member::<ENCODING>(vm, exc, v)
}
fn set_reason(vm: &mut Vm, exc: &Ref, v: Option<Ref>) -> R<()> {
    fields::set_member::<REASON>(vm, exc, v)
}
/// `__str__` complains about an object of the wrong type; so does ours, when it is set.
fn set_object(vm: &mut Vm, exc: &Ref, v: Option<Ref>) -> R<()> {
    if let Some(v) = &v {
        let decode = exc.class().is_subtype(&rt().types.unicode_decode_error);
        if decode && v.cast::<BytesObj>().is_none() {
            return Err(vm.type_error("UnicodeError 'object' attribute must be a bytes"));
        }
        if !decode && !v.is_str() {
            return Err(vm.type_error("UnicodeError 'object' attribute must be a string"));
        }
    }
    fields::set_member::<OBJECT>(vm, exc, v)
}
fn set_number(vm: &mut Vm, exc: &Ref, i: usize, v: Option<Ref>) -> R<()> {
    match v {
        None => Err(vm.type_error("can't delete numeric/char attribute")),
        Some(v) if v.is_int() => match v.as_i64() {
            Some(n) => {
                fields::set(exc, i, new_int(n));
                Ok(())
            }
            None => Err(vm.overflow_error("Python int too large to convert to C ssize_t")),
        },
        Some(_) => Err(vm.type_error("an integer is required")),
    }
}
fn set_start(vm: &mut Vm, exc: &Ref, v: Option<Ref>) -> R<()> {
    set_number(vm, exc, START, v)
}
fn set_end(vm: &mut Vm, exc: &Ref, v: Option<Ref>) -> R<()> {
    set_number(vm, exc, END, v)
}

/// Start and end for error handlers: within the object, at least one item long where it has any.
pub fn range(exc: &Ref) -> (usize, usize) {
    let object = fields::get(exc, OBJECT);
    let len = match object.cast::<BytesObj>() {
        Some(b) => b.bytes().len(),
        None => object.str_obj().nchars(),
    } as i64;
    let start = number(exc, START).min(len - 1).max(0);
    let end = number(exc, END).min(len).max(1.min(len));
    (start as usize, end.max(0) as usize)
}

/// A new UnicodeDecodeError.
pub fn new_decode_error(
    encoding: &str,
    data: &[u8],
    start: usize,
    end: usize,
    reason: &str,
) -> Ref {
    errors::new_exception(
        &rt().types.unicode_decode_error,
        vec![
            crate::vm::new_str(encoding),
            new_bytes(data),
            new_int(start as i64),
            new_int(end as i64),
            crate::vm::new_str(reason),
        ],
    )
}
/// A new UnicodeEncodeError.
pub fn new_encode_error(encoding: &str, text: &Ref, start: usize, end: usize, reason: &str) -> Ref {
    errors::new_exception(
        &rt().types.unicode_encode_error,
        vec![
            crate::vm::new_str(encoding),
            text.clone(),
            new_int(start as i64),
            new_int(end as i64),
            crate::vm::new_str(reason),
        ],
    )
}
