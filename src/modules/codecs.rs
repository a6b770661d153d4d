//! `_codecs`: the native half of `codecs`: the registry, the built-in codecs as functions, the built-in error handlers.

use taipan_text::codec::{self, Codec, Fault, Handler, Replacement};
use taipan_text::{codec_escape, wtf8};
use taipan_vm::modules::new_module;
use taipan_vm::native::NativeDef;
use taipan_vm::value::{BytesObj, DictObj, StrObj};
use taipan_vm::vm::{new_bytes, new_str, new_tuple, new_usize, new_wtf8};
use taipan_vm::{R, Ref, Vm, arg, functions, rt};

fn with_length(what: Ref, n: usize) -> Ref {
    new_tuple(vec![what, new_usize(n)])
}

/// `errors` at place `i`: None means strict.
fn errors_arg(vm: &mut Vm, a: &[Ref], i: usize) -> R<String> {
    let given = arg(a, i).filter(|e| !e.is_none());
    vm.codec_argument(given, "strict", "errors")
}

fn encode_as(vm: &mut Vm, a: &[Ref], codec: Codec, name: &str) -> R<Ref> {
    if !a[0].is_str() {
        let text = format!(
            "{name}() argument 1 must be str, not {}",
            vm.type_name_or_none(&a[0])
        );
        return Err(vm.type_error(&text));
    }
    let errors = errors_arg(vm, a, 1)?;
    let out = vm.encode_with_codec(&a[0], codec, &errors)?;
    Ok(with_length(out, a[0].str_obj().nchars()))
}

fn decode_as(vm: &mut Vm, a: &[Ref], codec: Codec) -> R<Ref> {
    let errors = errors_arg(vm, a, 1)?;
    let last = match arg(a, 2) {
        Some(f) => vm.truthy(f)?,
        None => false,
    };
    let data = input(vm, &a[0])?;
    let (text, used) = vm.decode_with_codec(&data, codec, &errors, last)?;
    Ok(with_length(text, used))
}

fn input(vm: &mut Vm, r: &Ref) -> R<Vec<u8>> {
    if let Some(s) = r.cast::<StrObj>() {
        return Ok(s.bytes().to_vec());
    }
    Ok(vm.buffer_bytes(r)?.into_owned())
}

macro_rules! codecs {
    ($($encode:literal, $decode:literal => $codec:expr;)*) => {
        static CODECS: &[NativeDef] = &[$(
            NativeDef::fixed(
                concat!($encode, "(str, errors=None, /)"),
                |vm, a| encode_as(vm, a, $codec, $encode),
                taipan_vm::native::DefKind::Function,
                "",
            ),
            NativeDef::fixed(
                concat!($decode, "(data, errors=None, final=False, /)"),
                |vm, a| decode_as(vm, a, $codec),
                taipan_vm::native::DefKind::Function,
                "",
            ),
        )*];
    };
}
codecs! {
    "utf_8_encode", "utf_8_decode" => Codec::Utf8;
    "utf_7_encode", "utf_7_decode" => Codec::Utf7;
    "ascii_encode", "ascii_decode" => Codec::Ascii;
    "latin_1_encode", "latin_1_decode" => Codec::Latin1;
    "utf_16_encode", "utf_16_decode" => Codec::Utf16;
    "utf_16_le_encode", "utf_16_le_decode" => Codec::Utf16Le;
    "utf_16_be_encode", "utf_16_be_decode" => Codec::Utf16Be;
    "utf_32_encode", "utf_32_decode" => Codec::Utf32;
    "utf_32_le_encode", "utf_32_le_decode" => Codec::Utf32Le;
    "utf_32_be_encode", "utf_32_be_decode" => Codec::Utf32Be;
    "unicode_escape_encode", "unicode_escape_decode" => Codec::UnicodeEscape;
    "raw_unicode_escape_encode", "raw_unicode_escape_decode" => Codec::RawUnicodeEscape;
}

/// `utf_16_ex_decode`: also tells the byte order, from the mark if there is one.
fn decode_ordered(vm: &mut Vm, a: &[Ref], wide: usize, both: [Codec; 3]) -> R<Ref> {
    let errors = errors_arg(vm, a, 1)?;
    let mut order = match arg(a, 2) {
        Some(o) => vm.index_i32(o)?,
        None => 0,
    };
    let last = match arg(a, 3) {
        Some(f) => vm.truthy(f)?,
        None => false,
    };
    let data = input(vm, &a[0])?;
    let mut skip = 0;
    if order == 0 && data.len() >= wide {
        let (little, big): (&[u8], &[u8]) = if wide == 2 {
            (b"\xff\xfe", b"\xfe\xff")
        } else {
            (b"\xff\xfe\0\0", b"\0\0\xfe\xff")
        };
        if data.starts_with(little) {
            (order, skip) = (-1, wide);
        } else if data.starts_with(big) {
            (order, skip) = (1, wide);
        }
    }
    let codec = match order {
        o if o < 0 => both[0],
        0 => both[0],
        _ => both[1],
    };
    let (text, used) = vm.decode_with_codec(&data[skip..], codec, &errors, last)?;
    Ok(new_tuple(vec![
        text,
        new_usize(used + skip),
        taipan_vm::vm::new_int(order as i64),
    ]))
}

/// What a character map gives for a key: `None` if it has nothing.
fn mapped(vm: &mut Vm, map: &Ref, key: &Ref) -> R<Option<Ref>> {
    let found = vm.getitem(map, key);
    let class = rt().types.lookup_error.clone();
    Ok(vm.catch(found, &class)?.filter(|v| !v.is_none()))
}

fn charmap_decode(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let errors = errors_arg(vm, a, 1)?;
    let data = input(vm, &a[0])?;
    let Some(map) = arg(a, 2).filter(|m| !m.is_none()) else {
        let (text, used) = vm.decode_with_codec(&data, Codec::Latin1, &errors, true)?;
        return Ok(with_length(text, used));
    };
    let table: Option<Vec<u32>> = map
        .cast::<StrObj>()
        .map(|s| wtf8::code_points(s.bytes()).map(|c| c.1).collect());
    let mut out = Vec::with_capacity(data.len());
    let mut at = 0;
    while let Some(&b) = data.get(at) {
        let text = match &table {
            Some(t) => t.get(b as usize).filter(|&&c| c != 0xfffe).map(|&c| {
                let mut one = Vec::new();
                wtf8::push(&mut one, c);
                one
            }),
            None => match mapped(vm, map, &new_usize(b as usize))? {
                Some(v) if v.is_str() => {
                    Some(v.str_obj().bytes().to_vec()).filter(|t| t != "\u{fffe}".as_bytes())
                }
                Some(v) => match v.as_i64() {
                    Some(0xfffe) => None,
                    Some(c @ 0..=0x10ffff) => {
                        let mut one = Vec::new();
                        wtf8::push(&mut one, c as u32);
                        Some(one)
                    }
                    Some(_) => {
                        return Err(
                            vm.type_error("character mapping must be in range(0x110000)")
                        );
                    }
                    None => {
                        return Err(vm.type_error(
                            "character mapping must return integer, None or str",
                        ));
                    }
                },
                None => None,
            },
        };
        match text {
            Some(t) => {
                out.extend(t);
                at += 1;
            }
            None => {
                let fault = Fault::new(at, at + 1, "character maps to <undefined>");
                let (t, next) = decode_fault(vm, &data, "charmap", &fault, &errors)?;
                out.extend(t);
                at = next;
            }
        }
    }
    Ok(with_length(new_wtf8(&out), data.len()))
}

fn decode_fault(
    vm: &mut Vm,
    data: &[u8],
    encoding: &str,
    fault: &Fault,
    errors: &str,
) -> R<(Vec<u8>, usize)> {
    if let Some(h) = Handler::by_name(errors)
        && let Some(r) = codec::handle_decode(h, Codec::Latin1, data, fault)
    {
        return Ok(r);
    }
    let exc = vm.unicode_decode_error(encoding, &new_bytes(data), fault);
    let handler = lookup_error(vm, &new_str(errors))?;
    let (text, next) = vm.ask_decode_handler(&handler, exc, data.len())?;
    Ok((text.str_obj().bytes().to_vec(), next))
}

fn charmap_encode(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let errors = errors_arg(vm, a, 1)?;
    let Some(text) = a[0].cast::<StrObj>() else {
        let text = format!(
            "charmap_encode() argument 1 must be str, not {}",
            vm.type_name_or_none(&a[0])
        );
        return Err(vm.type_error(&text));
    };
    let Some(map) = arg(a, 2).filter(|m| !m.is_none()) else {
        return encode_as(vm, &[a[0].clone(), new_str(&errors)], Codec::Latin1, "latin_1_encode");
    };
    let bytes = text.bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let (cp, width) = wtf8::decode_at(bytes, at);
        match encode_char(vm, map, cp)? {
            Some(b) => {
                out.extend(b);
                at += width;
            }
            None => {
                // Neighbours that have no place in the map either belong to the same fault.
                let mut end = at + width;
                while end < bytes.len() {
                    let (cp, width) = wtf8::decode_at(bytes, end);
                    if encode_char(vm, map, cp)?.is_some() {
                        break;
                    }
                    end += width;
                }
                let fault = Fault::new(at, end, "character maps to <undefined>");
                let builtin = Handler::by_name(&errors)
                    .and_then(|h| codec::handle_encode(h, Codec::Charmap(0), bytes, &fault));
                let (what, next) = match builtin {
                    Some(r) => r,
                    None => {
                        let exc = vm.unicode_encode_error("charmap", &a[0], &fault);
                        let handler = lookup_error(vm, &new_str(&errors))?;
                        vm.ask_encode_handler(&handler, exc, text)?
                    }
                };
                match what {
                    Replacement::Bytes(b) => out.extend(b),
                    Replacement::Text(t) => {
                        for (_, cp) in wtf8::code_points(&t) {
                            match encode_char(vm, map, cp)? {
                                Some(b) => out.extend(b),
                                None => {
                                    let exc = vm.unicode_encode_error("charmap", &a[0], &fault);
                                    return Err(vm.raise(exc));
                                }
                            }
                        }
                    }
                }
                at = next;
            }
        }
    }
    Ok(with_length(new_bytes(&out), text.nchars()))
}

fn encode_char(vm: &mut Vm, map: &Ref, cp: u32) -> R<Option<Vec<u8>>> {
    match mapped(vm, map, &new_usize(cp as usize))? {
        None => Ok(None),
        Some(v) => {
            if let Some(b) = v.cast::<BytesObj>() {
                return Ok(Some(b.bytes().to_vec()));
            }
            match v.as_i64() {
                Some(b @ 0..=255) => Ok(Some(vec![b as u8])),
                Some(_) => Err(vm.type_error("character mapping must be in range(256)")),
                None => {
                    let text = format!(
                        "character mapping must return integer, bytes or None, not {}",
                        vm.type_name(&v)
                    );
                    Err(vm.type_error(&text))
                }
            }
        }
    }
}

fn charmap_build(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let s = vm.expect_str(&a[0], "charmap_build() argument")?;
    let dict = DictObj::new_dict();
    if let Some(d) = dict.cast::<DictObj>() {
        for (i, (_, cp)) in wtf8::code_points(s.bytes()).enumerate() {
            if cp != 0xfffe {
                d.set(vm, &new_usize(cp as usize), new_usize(i))?;
            }
        }
    }
    Ok(dict)
}

/// A built-in error handler as a function of the exception.
fn handle(vm: &mut Vm, exc: &Ref, handler: Handler) -> R<Ref> {
    let t = &rt().types;
    let is = |class: &Ref| exc.class().is_subtype(class);
    let field = |vm: &mut Vm, name: &str| vm.getattr_str(exc, name);
    if !is(&t.unicode_encode_error) && !is(&t.unicode_decode_error) && !is(&t.unicode_translate_error) {
        if matches!(handler, Handler::Strict) && is(&t.base_exception) {
            return Err(vm.raise(exc.clone()));
        }
        let text = if matches!(handler, Handler::Strict) {
            "codec must pass exception instance".to_string()
        } else {
            format!(
                "don't know how to handle {} in error callback",
                vm.type_name(exc)
            )
        };
        return Err(vm.type_error(&text));
    }
    if matches!(handler, Handler::Strict) {
        return Err(vm.raise(exc.clone()));
    }
    let object = field(vm, "object")?;
    let start = field(vm, "start")?.as_i64().unwrap_or(0).max(0) as usize;
    let end = field(vm, "end")?.as_i64().unwrap_or(0).max(0) as usize;
    if is(&t.unicode_decode_error) {
        let data = object
            .cast::<BytesObj>()
            .map(|b| b.bytes().to_vec())
            .unwrap_or_default();
        let name = field(vm, "encoding")?;
        let codec = Codec::by_name(&vm.str_lossy(&name)).unwrap_or(Codec::Utf8);
        let end = end.min(data.len());
        let fault = Fault::new(start.min(end), end, "");
        return match codec::handle_decode(handler, codec, &data, &fault) {
            Some((text, next)) => Ok(with_length(new_wtf8(&text), next)),
            None if matches!(handler, Handler::XmlCharRefReplace | Handler::NameReplace) => Err(
                vm.type_error("don't know how to handle UnicodeDecodeError in error callback"),
            ),
            None => Err(vm.raise(exc.clone())),
        };
    }
    let Some(s) = object.cast::<StrObj>() else {
        return Err(vm.type_error("object attribute must be unicode"));
    };
    let end = end.min(s.nchars());
    let start = start.min(end);
    let fault = Fault::new(s.offset(start), s.offset(end), "");
    if is(&t.unicode_translate_error) {
        if matches!(handler, Handler::Replace) {
            return Ok(with_length(new_str(&"\u{fffd}".repeat(end - start)), end));
        }
        if matches!(handler, Handler::SurrogateEscape | Handler::SurrogatePass) {
            let text = format!(
                "don't know how to handle {} in error callback",
                vm.type_name(exc)
            );
            return Err(vm.type_error(&text));
        }
    }
    let codec = if is(&t.unicode_encode_error) {
        let name = field(vm, "encoding")?;
        Codec::by_name(&vm.str_lossy(&name)).unwrap_or(Codec::Utf8)
    } else {
        Codec::Utf8
    };
    match codec::handle_encode(handler, codec, s.bytes(), &fault) {
        Some((Replacement::Text(t), next)) => Ok(with_length(new_wtf8(&t), char_at(s, next))),
        Some((Replacement::Bytes(b), next)) => Ok(with_length(new_bytes(&b), char_at(s, next))),
        None => Err(vm.raise(exc.clone())),
    }
}

fn char_at(s: &StrObj, byte: usize) -> usize {
    wtf8::count(s.bytes().get(..byte).unwrap_or_default())
}

functions! { HANDLERS;
    "strict_errors(exception, /)" => |vm, a| handle(vm, &a[0], Handler::Strict), "Implements the 'strict' error handling, which raises a UnicodeError on coding errors.";
    "ignore_errors(exception, /)" => |vm, a| handle(vm, &a[0], Handler::Ignore), "Implements the 'ignore' error handling, which ignores malformed data and continues.";
    "replace_errors(exception, /)" => |vm, a| handle(vm, &a[0], Handler::Replace), "Implements the 'replace' error handling, which replaces malformed data with a replacement marker.";
    "xmlcharrefreplace_errors(exception, /)" => |vm, a| handle(vm, &a[0], Handler::XmlCharRefReplace), "Implements the 'xmlcharrefreplace' error handling, which replaces an unencodable character with the appropriate XML character reference.";
    "backslashreplace_errors(exception, /)" => |vm, a| handle(vm, &a[0], Handler::BackslashReplace), "Implements the 'backslashreplace' error handling, which replaces malformed data with a backslashed escape sequence.";
    "namereplace_errors(exception, /)" => |vm, a| handle(vm, &a[0], Handler::NameReplace), "Implements the 'namereplace' error handling, which replaces an unencodable character with a \\N{...} escape sequence.";
    "surrogateescape(exception, /)" => |vm, a| handle(vm, &a[0], Handler::SurrogateEscape), "";
    "surrogatepass(exception, /)" => |vm, a| handle(vm, &a[0], Handler::SurrogatePass), "";
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

fn lookup_error(vm: &mut Vm, name: &Ref) -> R<Ref> {
    let text = vm.codec_argument(Some(name), "strict", "lookup_error() argument")?;
    if let Some(f) = rt().types.codecs.handlers.get(vm).get(&text) {
        return Ok(f.clone());
    }
    match HANDLER_NAMES.iter().zip(HANDLERS).find(|h| *h.0 == text) {
        Some((_, def)) => Ok(vm.new_function(def, &new_str("_codecs"))),
        None => {
            let text = format!("unknown error handler name '{text}'");
            let class = rt().types.lookup_error.clone();
            Err(vm.error(&class, &text))
        }
    }
}

/// `codecs.encode` and `codecs.decode`: any object through the registry.
fn through(vm: &mut Vm, a: &[Ref], which: usize) -> R<Ref> {
    let encoding = vm.codec_argument(arg(a, 1), "utf-8", "encoding")?;
    let errors = vm.codec_argument(arg(a, 2), "strict", "errors")?;
    if Codec::by_name(&encoding).is_some() {
        if which == 0 && a[0].is_str() {
            return vm.encode(&a[0], &encoding, &errors);
        }
        if which == 1 && vm.is_bytes_like(&a[0]) {
            let data = vm.buffer_bytes(&a[0])?.into_owned();
            return vm.decode(&data, &encoding, &errors);
        }
    }
    let info = vm.lookup_codec(&encoding)?;
    let f = vm.getitem(&info, &new_usize(which))?;
    let r = vm.call(&f, &[a[0].clone(), new_str(&errors)])?;
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

functions! { FUNCTIONS;
    "register(search_function, /)" => |vm, a| {
        if !vm.is_callable(&a[0]) {
            return Err(vm.type_error("argument must be callable"));
        }
        // The library's own search function comes first.
        if rt().types.codecs.search.cloned().is_empty() {
            let _ = vm.lookup_codec("utf-8").map_err(|_| vm.take_exc());
        }
        rt().types.codecs.search.get_mut(vm).push(a[0].clone());
        Ok(Ref::none())
    }, "Register a codec search function.\n\nSearch functions are expected to take one argument, the encoding name in\nall lower case letters, and either return None, or a tuple of functions\n(encoder, decoder, stream_reader, stream_writer) (or a CodecInfo object).";
    "unregister(search_function, /)" => |vm, a| {
        rt().types.codecs.search.get_mut(vm).retain(|f| !f.is(&a[0]));
        rt().types.codecs.found.get_mut(vm).clear();
        Ok(Ref::none())
    }, "Unregister a codec search function and clear the registry's cache.\n\nIf the search function is not registered, do nothing.";
    "lookup(encoding, /)" => |vm, a| {
        let name = vm.codec_argument(arg(a, 0), "", "lookup() argument")?;
        vm.lookup_codec(&name)
    }, "Looks up a codec tuple in the Python codec registry and returns a CodecInfo object.";
    "encode(obj, encoding='utf-8', errors='strict')" => |vm, a| through(vm, a, 0), "Encodes obj using the codec registered for encoding.\n\nThe default encoding is 'utf-8'.  errors may be given to set a\ndifferent error handling scheme.  Default is 'strict' meaning that encoding\nerrors raise a ValueError.  Other possible values are 'ignore', 'replace'\nand 'backslashreplace' as well as any other name registered with\ncodecs.register_error that can handle ValueErrors.";
    "decode(obj, encoding='utf-8', errors='strict')" => |vm, a| through(vm, a, 1), "Decodes obj using the codec registered for encoding.\n\nDefault encoding is 'utf-8'.  errors may be given to set a\ndifferent error handling scheme.  Default is 'strict' meaning that encoding\nerrors raise a ValueError.  Other possible values are 'ignore', 'replace'\nand 'backslashreplace' as well as any other name registered with\ncodecs.register_error that can handle ValueErrors.";
    "register_error(errors, handler, /)" => |vm, a| {
        let name = vm.codec_argument(arg(a, 0), "", "register_error() argument 1")?;
        if !vm.is_callable(&a[1]) {
            return Err(vm.type_error("handler must be callable"));
        }
        rt().types.codecs.handlers.get_mut(vm).insert(name, a[1].clone());
        Ok(Ref::none())
    }, "Register the specified error handler under the name errors.\n\nhandler must be a callable object, that\nwill be called with an exception instance containing\ninformation about the location of the encoding/decoding\nerror and must return a (replacement, new position) tuple.";
    "_unregister_error(errors, /)" => |vm, a| {
        let name = vm.codec_argument(arg(a, 0), "", "_unregister_error() argument")?;
        if HANDLER_NAMES.contains(&name.as_str()) {
            let text = format!("cannot un-register built-in error handler '{name}'");
            return Err(vm.value_error(&text));
        }
        Ok(Ref::bool(rt().types.codecs.handlers.get_mut(vm).remove(&name).is_some()))
    }, "Un-register the specified error handler for the error handling `errors'.";
    "lookup_error(name, /)" => |vm, a| lookup_error(vm, &a[0]), "lookup_error(errors) -> handler\n\nReturn the error handler for the specified error handling name or raise a\nLookupError, if no handler exists under this name.";
    "utf_16_ex_decode(data, errors=None, byteorder=0, final=False, /)" => |vm, a| decode_ordered(vm, a, 2, [Codec::Utf16Le, Codec::Utf16Be, Codec::Utf16]), "";
    "utf_32_ex_decode(data, errors=None, byteorder=0, final=False, /)" => |vm, a| decode_ordered(vm, a, 4, [Codec::Utf32Le, Codec::Utf32Be, Codec::Utf32]), "";
    "escape_decode(data, errors=None, /)" => |vm, a| {
        let errors = errors_arg(vm, a, 1)?;
        let data = input(vm, &a[0])?;
        match codec_escape::decode_bytes(&data, &errors) {
            Ok((out, _)) => Ok(with_length(new_bytes(&out), data.len())),
            Err(e) => Err(vm.text_error(e)),
        }
    }, "";
    "escape_encode(data, errors=None, /)" => |vm, a| {
        let Some(b) = a[0].cast::<BytesObj>() else {
            let text = format!("escape_encode() argument 1 must be bytes, not {}", vm.type_name_or_none(&a[0]));
            return Err(vm.type_error(&text));
        };
        Ok(with_length(new_bytes(&codec_escape::encode_bytes(b.bytes())), b.bytes().len()))
    }, "";
    "readbuffer_encode(data, errors=None, /)" => |vm, a| {
        let data = input(vm, &a[0])?;
        Ok(with_length(new_bytes(&data), data.len()))
    }, "";
    "charmap_decode(data, errors=None, mapping=None, /)" => charmap_decode, "";
    "charmap_encode(str, errors=None, mapping=None, /)" => charmap_encode, "";
    "charmap_build(map, /)" => charmap_build, "";
}

pub fn make(vm: &mut Vm) -> R<Ref> {
    let m = new_module(vm, "_codecs", "", FUNCTIONS);
    taipan_vm::types::module::add_functions(vm, &m, CODECS);
    Ok(m)
}
