//! The module `_codecs`: the registry of encodings and error handlers, and the built-in codecs as functions.

use super::new_module;
use crate::native::arg;
use crate::protocol::codec::Answers;
use crate::value::*;
use crate::vm::{new_bytes, new_int, new_str, new_tuple, new_usize, new_wtf8};
use crate::{R, Vm, errors, functions};
use std::borrow::Cow;
use taipan_text::codec::{self, Codec, DecodeState, Fault, Handler, Replacement};
use taipan_text::{codec_escape, wtf8};

pub fn make(vm: &mut Vm) -> R<Ref> {
    Ok(new_module(vm, "_codecs", "", FUNCTIONS))
}

functions! { FUNCTIONS;
    "register(search_function, /)" => register, "Add a function that finds codecs: it gets a name in lower case and returns a CodecInfo, or None.";
    "unregister(search_function, /)" => unregister, "Remove a search function and forget the codecs found.";
    "lookup(encoding, /)" => lookup, "Find a codec in the registry.";
    "encode(obj, encoding='utf-8', errors='strict')" => encode, "Encode an object with a codec of the registry.";
    "decode(obj, encoding='utf-8', errors='strict')" => decode, "Decode an object with a codec of the registry.";
    "register_error(errors, handler, /)" => register_error, "Add an error handler: it gets the exception and returns a replacement and a position.";
    "_unregister_error(errors, /)" => unregister_error, "Remove an error handler that was added.";
    "lookup_error(name, /)" => lookup_error, "Find an error handler.";
    "_forget_codec(encoding, /)" => forget, "Forget a codec that was found.";
    "ascii_decode(data, errors=None, /)" => |vm, a| decode_all(vm, a, Codec::Ascii), "";
    "ascii_encode(str, errors=None, /)" => |vm, a| encode_with(vm, a, Codec::Ascii, "ascii_encode"), "";
    "latin_1_decode(data, errors=None, /)" => |vm, a| decode_all(vm, a, Codec::Latin1), "";
    "latin_1_encode(str, errors=None, /)" => |vm, a| encode_with(vm, a, Codec::Latin1, "latin_1_encode"), "";
    "utf_8_decode(data, errors=None, final=False, /)" => |vm, a| decode_part(vm, a, Codec::Utf8, false), "";
    "utf_8_encode(str, errors=None, /)" => |vm, a| encode_with(vm, a, Codec::Utf8, "utf_8_encode"), "";
    "utf_7_decode(data, errors=None, final=False, /)" => |vm, a| decode_part(vm, a, Codec::Utf7, false), "";
    "utf_7_encode(str, errors=None, /)" => |vm, a| encode_with(vm, a, Codec::Utf7, "utf_7_encode"), "";
    "utf_16_decode(data, errors=None, final=False, /)" => |vm, a| decode_part(vm, a, Codec::Utf16, false), "";
    "utf_16_le_decode(data, errors=None, final=False, /)" => |vm, a| decode_part(vm, a, Codec::Utf16Le, false), "";
    "utf_16_be_decode(data, errors=None, final=False, /)" => |vm, a| decode_part(vm, a, Codec::Utf16Be, false), "";
    "utf_16_ex_decode(data, errors=None, byteorder=0, final=False, /)" => |vm, a| decode_ordered(vm, a, [Codec::Utf16Le, Codec::Utf16, Codec::Utf16Be]), "";
    "utf_16_encode(str, errors=None, byteorder=0, /)" => |vm, a| encode_ordered(vm, a, [Codec::Utf16Le, Codec::Utf16, Codec::Utf16Be], "utf_16_encode"), "";
    "utf_16_le_encode(str, errors=None, /)" => |vm, a| encode_with(vm, a, Codec::Utf16Le, "utf_16_le_encode"), "";
    "utf_16_be_encode(str, errors=None, /)" => |vm, a| encode_with(vm, a, Codec::Utf16Be, "utf_16_be_encode"), "";
    "utf_32_decode(data, errors=None, final=False, /)" => |vm, a| decode_part(vm, a, Codec::Utf32, false), "";
    "utf_32_le_decode(data, errors=None, final=False, /)" => |vm, a| decode_part(vm, a, Codec::Utf32Le, false), "";
    "utf_32_be_decode(data, errors=None, final=False, /)" => |vm, a| decode_part(vm, a, Codec::Utf32Be, false), "";
    "utf_32_ex_decode(data, errors=None, byteorder=0, final=False, /)" => |vm, a| decode_ordered(vm, a, [Codec::Utf32Le, Codec::Utf32, Codec::Utf32Be]), "";
    "utf_32_encode(str, errors=None, byteorder=0, /)" => |vm, a| encode_ordered(vm, a, [Codec::Utf32Le, Codec::Utf32, Codec::Utf32Be], "utf_32_encode"), "";
    "utf_32_le_encode(str, errors=None, /)" => |vm, a| encode_with(vm, a, Codec::Utf32Le, "utf_32_le_encode"), "";
    "utf_32_be_encode(str, errors=None, /)" => |vm, a| encode_with(vm, a, Codec::Utf32Be, "utf_32_be_encode"), "";
    "unicode_escape_decode(data, errors=None, final=True, /)" => |vm, a| decode_part(vm, a, Codec::UnicodeEscape, true), "";
    "unicode_escape_encode(str, errors=None, /)" => |vm, a| encode_with(vm, a, Codec::UnicodeEscape, "unicode_escape_encode"), "";
    "raw_unicode_escape_decode(data, errors=None, final=True, /)" => |vm, a| decode_part(vm, a, Codec::RawUnicodeEscape, true), "";
    "raw_unicode_escape_encode(str, errors=None, /)" => |vm, a| encode_with(vm, a, Codec::RawUnicodeEscape, "raw_unicode_escape_encode"), "";
    "escape_decode(data, errors=None, /)" => escape_decode, "";
    "escape_encode(data, errors=None, /)" => escape_encode, "";
    "readbuffer_encode(data, errors=None, /)" => readbuffer_encode, "";
    "charmap_decode(data, errors=None, mapping=None, /)" => charmap_decode, "";
    "charmap_encode(str, errors=None, mapping=None, /)" => charmap_encode, "";
    "charmap_build(map, /)" => charmap_build, "";
}

functions! { HANDLERS;
    "strict_errors(exc, /)" => |vm, a| handler(vm, &a[0], Handler::Strict), "Raise the exception.";
    "ignore_errors(exc, /)" => |vm, a| handler(vm, &a[0], Handler::Ignore), "Leave out what cannot be converted.";
    "replace_errors(exc, /)" => |vm, a| handler(vm, &a[0], Handler::Replace), "Put a replacement mark in its place.";
    "xmlcharrefreplace_errors(exc, /)" => |vm, a| handler(vm, &a[0], Handler::XmlCharRefReplace), "Put character references in its place.";
    "backslashreplace_errors(exc, /)" => |vm, a| handler(vm, &a[0], Handler::BackslashReplace), "Put escapes in its place.";
    "namereplace_errors(exc, /)" => |vm, a| handler(vm, &a[0], Handler::NameReplace), "Put escapes with names in its place.";
    "surrogateescape(exc, /)" => |vm, a| handler(vm, &a[0], Handler::SurrogateEscape), "";
    "surrogatepass(exc, /)" => |vm, a| handler(vm, &a[0], Handler::SurrogatePass), "";
}

const HANDLER_NAMES: [&str; 8] = [
    "strict",
    "ignore",
    "replace",
    "xmlcharrefreplace",
    "backslashreplace",
    "namereplace",
    "surrogateescape",
    "surrogatepass",
];

// The registry.

fn register(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    if !vm.is_callable(&a[0]) {
        return Err(vm.type_error("argument must be callable"));
    }
    rt().types.codecs.search.get_mut(vm).push(a[0].clone());
    Ok(Ref::none())
}

fn unregister(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let registry = &rt().types.codecs;
    let search = registry.search.get_mut(vm);
    let before = search.len();
    if let Some(i) = search.iter().position(|f| f.is(&a[0])) {
        search.remove(i);
    }
    if before != search.len() {
        registry.found.get_mut(vm).clear();
    }
    Ok(Ref::none())
}

fn lookup(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let name = vm.codec_argument(Some(&a[0]), "", "lookup() argument")?;
    vm.lookup_codec(&name)
}

fn forget(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let name = vm.codec_argument(Some(&a[0]), "", "_forget_codec() argument")?;
    rt().types.codecs.found.get_mut(vm).remove(&name);
    Ok(Ref::none())
}

fn encode(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let encoding = vm.codec_argument(arg(a, 1), "utf-8", "encode() argument 'encoding'")?;
    let errors = vm.codec_argument(arg(a, 2), "strict", "encode() argument 'errors'")?;
    if a[0].is_str() && Codec::by_name(&encoding).is_some() {
        return vm.encode(&a[0], &encoding, &errors);
    }
    through_registry(vm, &a[0], &encoding, arg(a, 2), 0)
}

fn decode(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let encoding = vm.codec_argument(arg(a, 1), "utf-8", "decode() argument 'encoding'")?;
    let errors = vm.codec_argument(arg(a, 2), "strict", "decode() argument 'errors'")?;
    if vm.is_bytes_like(&a[0]) && Codec::by_name(&encoding).is_some() {
        let data = vm.buffer_bytes(&a[0])?;
        return vm.decode(&data, &encoding, &errors);
    }
    through_registry(vm, &a[0], &encoding, arg(a, 2), 1)
}

/// The object as the encoder (0) or decoder (1) of a registered codec converts it.
fn through_registry(
    vm: &mut Vm,
    object: &Ref,
    encoding: &str,
    errors: Option<&Ref>,
    which: usize,
) -> R<Ref> {
    let info = vm.lookup_codec(encoding)?;
    let f = info
        .tuple_items()
        .and_then(|t| t.get(which).cloned())
        .unwrap_or_default();
    let mut args = vec![object.clone()];
    args.extend(errors.cloned());
    let r = vm.call(&f, &args)?;
    match r.tuple_items() {
        Some([what, _]) => Ok(what.clone()),
        _ => Err(vm.type_error(
            [
                "encoder must return a tuple (object, integer)",
                "decoder must return a tuple (object,integer)",
            ][which],
        )),
    }
}

fn register_error(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let name = vm.codec_argument(Some(&a[0]), "", "register_error() argument 1")?;
    if !vm.is_callable(&a[1]) {
        return Err(vm.type_error("handler must be callable"));
    }
    let handlers = rt().types.codecs.handlers.get_mut(vm);
    handlers.insert(name, a[1].clone());
    Ok(Ref::none())
}

fn unregister_error(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let name = vm.codec_argument(Some(&a[0]), "", "_unregister_error() argument")?;
    if HANDLER_NAMES.contains(&name.as_str()) {
        let text = format!("cannot un-register built-in error handler '{name}'");
        return Err(vm.value_error(&text));
    }
    let gone = rt().types.codecs.handlers.get_mut(vm).remove(&name);
    Ok(Ref::bool(gone.is_some()))
}

fn lookup_error(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let name = vm.codec_argument(Some(&a[0]), "", "lookup_error() argument")?;
    if let Some(f) = rt().types.codecs.handlers.get(vm).get(&name) {
        return Ok(f.clone());
    }
    match HANDLER_NAMES.iter().position(|n| *n == name) {
        Some(i) => {
            let f = vm.new_function(&HANDLERS[i], &Ref::none());
            // From now on it is always this object.
            let handlers = rt().types.codecs.handlers.get_mut(vm);
            handlers.insert(name, f.clone());
            Ok(f)
        }
        None => {
            let text = format!("unknown error handler name '{name}'");
            Err(vm.error(&rt().types.lookup_error, &text))
        }
    }
}

/// A built-in error handler called as a function.
fn handler(vm: &mut Vm, exc: &Ref, handler: Handler) -> R<Ref> {
    if exc.cast::<ExceptionObj>().is_none() {
        return Err(vm.type_error("codec must pass exception instance"));
    }
    if handler == Handler::Strict {
        return Err(vm.raise(exc.clone()));
    }
    let types = &rt().types;
    let class = exc.class();
    let field = |name| errors::get_field(exc, name);
    let object = field("object");
    let (start, end) = (
        field("start").as_i64().unwrap_or(0).max(0) as usize,
        field("end").as_i64().unwrap_or(0).max(0) as usize,
    );
    let encoding = field("encoding");
    let codec = encoding
        .cast::<StrObj>()
        .and_then(|s| Codec::by_name(&s.lossy()))
        .unwrap_or(Codec::Ascii);
    let answer = if class.is_subtype(&types.unicode_decode_error)
        && let Some(b) = object.cast::<BytesObj>()
    {
        let fault = Fault::new(start.min(b.bytes().len()), end.min(b.bytes().len()), "");
        match handler {
            Handler::XmlCharRefReplace | Handler::NameReplace => None,
            _ => match codec::handle_decode(handler, codec, b.bytes(), &fault) {
                Some((text, at)) => Some((new_wtf8(&text), at)),
                None => return Err(vm.raise(exc.clone())),
            },
        }
    } else if class.is_subtype(&types.unicode_encode_error)
        && let Some(s) = object.cast::<StrObj>()
    {
        let (start, end) = (start.min(s.nchars()), end.min(s.nchars()));
        let fault = Fault::new(s.offset(start), s.offset(end), "");
        match codec::handle_encode(handler, codec, s.bytes(), &fault) {
            Some((Replacement::Text(t), at)) => Some((new_wtf8(&t), s.index_of(at))),
            Some((Replacement::Bytes(b), at)) => Some((new_bytes(&b), s.index_of(at))),
            None => return Err(vm.raise(exc.clone())),
        }
    } else if class.is_subtype(&types.unicode_translate_error)
        && let Some(s) = object.cast::<StrObj>()
    {
        let (start, end) = (start.min(s.nchars()), end.min(s.nchars()));
        match handler {
            Handler::Ignore => Some((types.empty_str.clone(), end)),
            Handler::Replace => {
                let text = "\u{fffd}".repeat(end.saturating_sub(start));
                Some((new_str(&text), end))
            }
            Handler::BackslashReplace => {
                let part = crate::types::str::cut(s, start, end);
                let mut text = Vec::new();
                for (_, cp) in wtf8::code_points(part) {
                    taipan_text::str_repr::push_escape(&mut text, cp);
                }
                Some((new_wtf8(&text), end))
            }
            _ => None,
        }
    } else {
        None
    };
    match answer {
        Some((what, at)) => Ok(new_tuple(vec![what, new_usize(at)])),
        None => {
            let text = format!(
                "don't know how to handle {} in error callback",
                vm.type_name(exc)
            );
            Err(vm.type_error(&text))
        }
    }
}

// The codecs.

fn errors_arg(vm: &mut Vm, r: Option<&Ref>) -> R<String> {
    match r {
        Some(r) if r.is_none() => Ok("strict".into()),
        r => vm.codec_argument(r, "strict", "argument 2"),
    }
}

fn flag_arg(vm: &mut Vm, r: Option<&Ref>, default: bool) -> R<bool> {
    match r {
        Some(r) => vm.truthy(r),
        None => Ok(default),
    }
}

/// Bytes to decode; the escape codecs take text as well.
fn data_arg<'a>(vm: &mut Vm, r: &'a Ref, codec: Option<Codec>) -> R<Cow<'a, [u8]>> {
    let text = matches!(
        codec,
        None | Some(Codec::UnicodeEscape | Codec::RawUnicodeEscape)
    );
    match r.cast::<StrObj>() {
        Some(s) if text => Ok(Cow::Borrowed(s.bytes())),
        _ => vm.buffer_bytes(r),
    }
}

fn pair(what: Ref, n: usize) -> Ref {
    new_tuple(vec![what, new_usize(n)])
}

fn decode_all(vm: &mut Vm, a: &[Ref], codec: Codec) -> R<Ref> {
    let data = data_arg(vm, &a[0], Some(codec))?;
    let errors = errors_arg(vm, arg(a, 1))?;
    let (text, used) = vm.decode_with_codec(&data, codec, &errors, true)?;
    Ok(pair(text, used))
}

fn decode_part(vm: &mut Vm, a: &[Ref], codec: Codec, last: bool) -> R<Ref> {
    let data = data_arg(vm, &a[0], Some(codec))?;
    let errors = errors_arg(vm, arg(a, 1))?;
    let last = flag_arg(vm, arg(a, 2), last)?;
    let (text, used) = vm.decode_with_codec(&data, codec, &errors, last)?;
    Ok(pair(text, used))
}

/// `byteorder` -1, 0 or 1 chooses one of the codecs; the result says what a mark decided.
fn decode_ordered(vm: &mut Vm, a: &[Ref], codecs: [Codec; 3]) -> R<Ref> {
    let data = vm.buffer_bytes(&a[0])?;
    let errors = errors_arg(vm, arg(a, 1))?;
    let order = order_arg(vm, arg(a, 2))?;
    let last = flag_arg(vm, arg(a, 3), false)?;
    let mut state = DecodeState::default();
    let codec = codecs[(order + 1) as usize];
    let (text, used) = vm.decode_stateful(&data, codec, &errors, last, &mut state)?;
    let marked = data.starts_with(b"\xff\xfe")
        || data.starts_with(if codec == Codec::Utf16 {
            b"\xfe\xff"
        } else {
            b"\0\0\xfe\xff"
        });
    let order = match (order, state.big_endian) {
        (0, Some(true)) if marked => 1,
        (0, Some(false)) if marked => -1,
        (order, _) => order,
    };
    Ok(new_tuple(vec![text, new_usize(used), new_int(order)]))
}

fn order_arg(vm: &mut Vm, r: Option<&Ref>) -> R<i64> {
    match r {
        Some(r) => Ok(i64::from(vm.index_i32(r)?.signum())),
        None => Ok(0),
    }
}

fn text_arg<'a>(vm: &mut Vm, r: &'a Ref, name: &str) -> R<&'a StrObj> {
    match r.cast::<StrObj>() {
        Some(s) => Ok(s),
        None => {
            let text = format!(
                "{name}() argument 1 must be str, not {}",
                vm.type_name_or_none(r)
            );
            Err(vm.type_error(&text))
        }
    }
}

fn encode_with(vm: &mut Vm, a: &[Ref], codec: Codec, name: &str) -> R<Ref> {
    let n = text_arg(vm, &a[0], name)?.nchars();
    let errors = errors_arg(vm, arg(a, 1))?;
    let data = vm.encode_with_codec(&a[0], codec, &errors)?;
    Ok(pair(data, n))
}

fn encode_ordered(vm: &mut Vm, a: &[Ref], codecs: [Codec; 3], name: &str) -> R<Ref> {
    let order = order_arg(vm, arg(a, 2))?;
    encode_with(vm, a, codecs[(order + 1) as usize], name)
}

fn escape_decode(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let data = data_arg(vm, &a[0], None)?;
    let errors = errors_arg(vm, arg(a, 1))?;
    match codec_escape::decode_bytes(&data, &errors) {
        Ok((out, _)) => Ok(pair(new_bytes(&out), data.len())),
        Err(e) => Err(vm.text_error(e)),
    }
}

fn escape_encode(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let Some(data) = a[0].cast::<BytesObj>() else {
        let text = format!(
            "escape_encode() argument 1 must be bytes, not {}",
            vm.type_name_or_none(&a[0])
        );
        return Err(vm.type_error(&text));
    };
    let out = codec_escape::encode_bytes(data.bytes());
    Ok(pair(new_bytes(&out), data.bytes().len()))
}

fn readbuffer_encode(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let data = data_arg(vm, &a[0], None)?;
    Ok(pair(new_bytes(&data), data.len()))
}

const UNDEFINED: &str = "character maps to <undefined>";

fn charmap_decode(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let mapping = match arg(a, 2) {
        Some(m) if !m.is_none() => m,
        _ => return decode_all(vm, &a[..a.len().min(2)], Codec::Latin1),
    };
    let data = vm.buffer_bytes(&a[0])?;
    let errors = errors_arg(vm, arg(a, 1))?;
    let table: Option<Vec<u32>> = mapping.cast::<StrObj>().map(|s| {
        wtf8::code_points(s.bytes())
            .take(256)
            .map(|(_, cp)| cp)
            .collect()
    });
    let mut out = Vec::with_capacity(data.len());
    let mut at = 0;
    while at < data.len() {
        let known = match &table {
            Some(t) => match t.get(usize::from(data[at])) {
                Some(&cp) if cp != 0xfffe => {
                    wtf8::push(&mut out, cp);
                    true
                }
                _ => false,
            },
            None => mapped_text(vm, mapping, data[at], &mut out)?,
        };
        if known {
            at += 1;
            continue;
        }
        let fault = Fault::new(at, at + 1, UNDEFINED);
        let who = vm.answers(&errors)?;
        if let Answers::Builtin(h) = who
            && let Some((text, next)) = codec::handle_decode(h, Codec::Ascii, &data, &fault)
        {
            out.extend_from_slice(&text);
            at = next;
            continue;
        }
        let exc = vm.unicode_decode_error("charmap", &new_bytes(&data), &fault);
        match who {
            Answers::Builtin(_) => return Err(vm.raise(exc)),
            Answers::Python(f) => {
                let (text, next) = vm.ask_decode_handler(&f, exc, data.len())?;
                out.extend_from_slice(text.str_obj().bytes());
                at = next;
            }
        }
    }
    Ok(pair(crate::types::str::text_ref(&out), data.len()))
}

/// Appends what a mapping has for a byte; false if it has nothing.
fn mapped_text(vm: &mut Vm, mapping: &Ref, b: u8, out: &mut Vec<u8>) -> R<bool> {
    let found = vm.getitem(mapping, &new_int(b.into()));
    let class = rt().types.lookup_error.clone();
    let Some(found) = vm.catch(found, &class)? else {
        return Ok(false);
    };
    if found.is_none() {
        return Ok(false);
    }
    if let Some(s) = found.cast::<StrObj>() {
        if s.bytes() == "\u{fffe}".as_bytes() {
            return Ok(false);
        }
        out.extend_from_slice(s.bytes());
        return Ok(true);
    }
    if !found.is_int() {
        return Err(vm.type_error("character mapping must return integer, None or str"));
    }
    match found.as_i64() {
        Some(0xfffe) => Ok(false),
        Some(n @ 0..0x110000) => {
            wtf8::push(out, n as u32);
            Ok(true)
        }
        _ => Err(vm.type_error("character mapping must be in range(0x110000)")),
    }
}

/// Appends what a mapping has for a character; false if it has nothing.
fn mapped_bytes(vm: &mut Vm, mapping: &Ref, cp: u32, out: &mut Vec<u8>) -> R<bool> {
    let found = vm.getitem(mapping, &new_int(cp.into()));
    let class = rt().types.lookup_error.clone();
    let Some(found) = vm.catch(found, &class)? else {
        return Ok(false);
    };
    if found.is_none() {
        return Ok(false);
    }
    if let Some(b) = found.cast::<BytesObj>() {
        out.extend_from_slice(b.bytes());
        return Ok(true);
    }
    if !found.is_int() {
        let text = format!(
            "character mapping must return integer, bytes or None, not {}",
            vm.type_name(&found)
        );
        return Err(vm.type_error(&text));
    }
    match found.as_i64() {
        Some(n @ 0..256) => {
            out.push(n as u8);
            Ok(true)
        }
        _ => Err(vm.type_error("character mapping must be in range(256)")),
    }
}

fn charmap_encode(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let s = text_arg(vm, &a[0], "charmap_encode")?;
    let mapping = match arg(a, 2) {
        Some(m) if !m.is_none() => m,
        _ => return encode_with(vm, &a[..a.len().min(2)], Codec::Latin1, "charmap_encode"),
    };
    let errors = errors_arg(vm, arg(a, 1))?;
    let text = s.bytes();
    let mut out = Vec::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        let (cp, width) = wtf8::decode_at(text, at);
        if mapped_bytes(vm, mapping, cp, &mut out)? {
            at += width;
            continue;
        }
        // The fault is the whole run of characters that the mapping lacks.
        let mut end = at + width;
        let mut rest = Vec::new();
        while end < text.len() {
            let (cp, width) = wtf8::decode_at(text, end);
            if mapped_bytes(vm, mapping, cp, &mut rest)? {
                break;
            }
            end += width;
        }
        let fault = Fault::new(at, end, UNDEFINED);
        let (what, next) = match vm.answers(&errors)? {
            Answers::Builtin(h) => match codec::handle_encode(h, Codec::Ascii, text, &fault) {
                Some(r) => r,
                None => {
                    let exc = vm.unicode_encode_error("charmap", &a[0], &fault);
                    return Err(vm.raise(exc));
                }
            },
            Answers::Python(f) => {
                let exc = vm.unicode_encode_error("charmap", &a[0], &fault);
                vm.ask_encode_handler(&f, exc, s)?
            }
        };
        match what {
            Replacement::Bytes(b) => out.extend_from_slice(&b),
            Replacement::Text(t) => {
                for (_, cp) in wtf8::code_points(&t) {
                    if !mapped_bytes(vm, mapping, cp, &mut out)? {
                        let exc = vm.unicode_encode_error("charmap", &a[0], &fault);
                        return Err(vm.raise(exc));
                    }
                }
            }
        }
        at = next;
    }
    Ok(pair(new_bytes(&out), s.nchars()))
}

/// The encoding table for a decoding table: a dict from characters to bytes.
fn charmap_build(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let s = text_arg(vm, &a[0], "charmap_build")?;
    let out = DictObj::new_dict();
    for (i, (_, cp)) in wtf8::code_points(s.bytes()).take(256).enumerate() {
        if cp != 0xfffe {
            vm.setitem(&out, &new_int(cp.into()), new_int(i as i64))?;
        }
    }
    Ok(out)
}
