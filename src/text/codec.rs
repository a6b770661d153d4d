//! Text encodings: the codec table, the loop with its error handlers, and whole-text decoding and encoding.
//!
//! A codec is two step functions: each works from a byte offset of its input until the end or the first fault. The
//! caller's error handler then says what stands for the fault and where to go on, so that built-in handlers here
//! and handlers written in Python use the same steps. Offsets are bytes, in encoding too: callers that make
//! UnicodeEncodeError count the code points before them.

use std::borrow::Cow;

use crate::{codec_charmap, codec_escape, codec_utf7, codec_utf8, codec_utf16, wtf8};

/// Where and why a step stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub start: usize,
    pub end: usize,
    pub reason: Cow<'static, str>,
}

impl Fault {
    pub fn new(start: usize, end: usize, reason: &'static str) -> Fault {
        Fault {
            start,
            end,
            reason: Cow::Borrowed(reason),
        }
    }
}

/// Encodings with an implementation here.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Codec {
    Utf8,
    /// UTF-8 with a signature that is skipped when decoding and written when encoding.
    Utf8Sig,
    Utf7,
    Ascii,
    Latin1,
    /// With a byte order mark; little-endian when encoding.
    Utf16,
    Utf16Le,
    Utf16Be,
    Utf32,
    Utf32Le,
    Utf32Be,
    UnicodeEscape,
    RawUnicodeEscape,
    /// A table of 256 characters, by its index in `codec_charmap`.
    Charmap(u8),
}

impl Codec {
    /// Finds a codec by any of its names, in any spelling.
    pub fn by_name(name: &str) -> Option<Codec> {
        crate::codec_names::lookup(name)
    }

    /// The name that a UnicodeDecodeError carries: with the byte order that the mark decided.
    pub fn decode_error_name(self, state: &DecodeState) -> &'static str {
        match (self, state.big_endian == Some(true)) {
            (Codec::Utf16, false) => "utf-16-le",
            (Codec::Utf16, true) => "utf-16-be",
            (Codec::Utf32, false) => "utf-32-le",
            (Codec::Utf32, true) => "utf-32-be",
            _ => self.error_name(),
        }
    }

    /// The name that a UnicodeEncodeError carries.
    pub fn error_name(self) -> &'static str {
        match self {
            Codec::Utf8 | Codec::Utf8Sig => "utf-8",
            Codec::Utf7 => "utf7",
            Codec::Ascii => "ascii",
            Codec::Latin1 => "latin-1",
            Codec::Utf16 => "utf-16",
            Codec::Utf16Le => "utf-16-le",
            Codec::Utf16Be => "utf-16-be",
            Codec::Utf32 => "utf-32",
            Codec::Utf32Le => "utf-32-le",
            Codec::Utf32Be => "utf-32-be",
            Codec::UnicodeEscape => "unicodeescape",
            Codec::RawUnicodeEscape => "rawunicodeescape",
            Codec::Charmap(_) => "charmap",
        }
    }
}

/// The error handlers that need no Python code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Handler {
    Strict,
    Ignore,
    Replace,
    BackslashReplace,
    XmlCharRefReplace,
    NameReplace,
    SurrogateEscape,
    SurrogatePass,
}

impl Handler {
    pub fn by_name(name: &str) -> Option<Handler> {
        Some(match name {
            "strict" => Handler::Strict,
            "ignore" => Handler::Ignore,
            "replace" => Handler::Replace,
            "backslashreplace" => Handler::BackslashReplace,
            "xmlcharrefreplace" => Handler::XmlCharRefReplace,
            "namereplace" => Handler::NameReplace,
            "surrogateescape" => Handler::SurrogateEscape,
            "surrogatepass" => Handler::SurrogatePass,
            _ => return None,
        })
    }
}

/// What a decoding needs to remember between steps and between chunks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DecodeState {
    /// Byte order once a mark has decided it: `Some(true)` is big-endian.
    pub big_endian: Option<bool>,
    /// The first escape that Python deprecates (an unknown letter or an octal above 0o377), by its offset.
    pub odd_escape: Option<usize>,
}

/// What UTF-8 with a signature begins with. Python counts the offsets of faults from behind it: callers that show them
/// strip it first and decode the rest as UTF-8, as `decode` does.
pub const SIGNATURE: &[u8] = b"\xef\xbb\xbf";

/// Decodes from an offset until the end or a fault; the number is how far the input is used up. Without `last`, an
/// incomplete sequence at the end stays unused instead of being a fault.
pub fn decode_step(
    codec: Codec,
    input: &[u8],
    from: usize,
    last: bool,
    state: &mut DecodeState,
    out: &mut Vec<u8>,
) -> Result<usize, Fault> {
    match codec {
        Codec::Utf8 => codec_utf8::decode(input, from, last, out),
        Codec::Utf8Sig => {
            if from == 0 && state.big_endian.is_none() {
                if !last && input.len() < 3 && SIGNATURE.starts_with(input) {
                    return Ok(0);
                }
                state.big_endian = Some(false);
                if input.starts_with(SIGNATURE) {
                    return codec_utf8::decode(input, 3, last, out);
                }
            }
            codec_utf8::decode(input, from, last, out)
        }
        Codec::Utf7 => codec_utf7::decode(input, from, last, out),
        Codec::Ascii => codec_utf8::decode_ascii(input, from, out),
        Codec::Latin1 => Ok(codec_utf8::decode_latin1(input, from, out)),
        Codec::Utf16 | Codec::Utf16Le | Codec::Utf16Be => {
            let order = match codec {
                Codec::Utf16Le => Some(false),
                Codec::Utf16Be => Some(true),
                _ => state.big_endian,
            };
            let (order, from) = match order {
                Some(order) => (order, from),
                None => {
                    let order = match input.get(..2) {
                        Some([0xfe, 0xff]) => (true, 2),
                        Some([0xff, 0xfe]) => (false, 2),
                        None if !last => return Ok(0),
                        _ => (false, 0),
                    };
                    state.big_endian = Some(order.0);
                    order
                }
            };
            codec_utf16::decode_utf16(input, from, last, order, out)
        }
        Codec::Utf32 | Codec::Utf32Le | Codec::Utf32Be => {
            let order = match codec {
                Codec::Utf32Le => Some(false),
                Codec::Utf32Be => Some(true),
                _ => state.big_endian,
            };
            let (order, from) = match order {
                Some(order) => (order, from),
                None => {
                    let order = match input.get(..4) {
                        Some([0, 0, 0xfe, 0xff]) => (true, 4),
                        Some([0xff, 0xfe, 0, 0]) => (false, 4),
                        None if !last => return Ok(0),
                        _ => (false, 0),
                    };
                    state.big_endian = Some(order.0);
                    order
                }
            };
            codec_utf16::decode_utf32(input, from, last, order, out)
        }
        Codec::UnicodeEscape => {
            codec_escape::decode_unicode(input, from, last, &mut state.odd_escape, out)
        }
        Codec::RawUnicodeEscape => codec_escape::decode_raw_unicode(input, from, last, out),
        Codec::Charmap(table) => codec_charmap::decode(table, input, from, out),
    }
}

/// Encodes from a byte offset of the text until the end or a fault. Byte order marks and signatures are written
/// by `encode_start`.
pub fn encode_step(codec: Codec, text: &[u8], from: usize, out: &mut Vec<u8>) -> Result<(), Fault> {
    match codec {
        Codec::Utf8 | Codec::Utf8Sig => codec_utf8::encode(text, from, out),
        Codec::Utf7 => {
            codec_utf7::encode(&text[from..], out);
            Ok(())
        }
        Codec::Ascii => codec_utf8::encode_ascii(text, from, out),
        Codec::Latin1 => codec_utf8::encode_latin1(text, from, out),
        Codec::Utf16 | Codec::Utf16Le => codec_utf16::encode_utf16(text, from, false, out),
        Codec::Utf16Be => codec_utf16::encode_utf16(text, from, true, out),
        Codec::Utf32 | Codec::Utf32Le => codec_utf16::encode_utf32(text, from, false, out),
        Codec::Utf32Be => codec_utf16::encode_utf32(text, from, true, out),
        Codec::UnicodeEscape => {
            codec_escape::encode_unicode(&text[from..], out);
            Ok(())
        }
        Codec::RawUnicodeEscape => {
            codec_escape::encode_raw_unicode(&text[from..], out);
            Ok(())
        }
        Codec::Charmap(table) => codec_charmap::encode(table, text, from, out),
    }
}

/// What an encoding begins with.
pub fn encode_start(codec: Codec) -> &'static [u8] {
    match codec {
        Codec::Utf8Sig => SIGNATURE,
        Codec::Utf16 => b"\xff\xfe",
        Codec::Utf32 => b"\xff\xfe\0\0",
        _ => b"",
    }
}

/// What a handler puts in the place of a fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Replacement {
    /// Text, to be encoded in its turn (or decoded text).
    Text(Vec<u8>),
    /// Encoded bytes, as they are.
    Bytes(Vec<u8>),
}

/// A built-in handler's answer to a decoding fault: the text, and where to go on. None: raise.
pub fn handle_decode(
    handler: Handler,
    codec: Codec,
    input: &[u8],
    fault: &Fault,
) -> Option<(Vec<u8>, usize)> {
    let bad = input.get(fault.start..fault.end)?;
    match handler {
        Handler::Ignore => Some((Vec::new(), fault.end)),
        Handler::Replace => Some(("\u{fffd}".into(), fault.end)),
        Handler::BackslashReplace => {
            let mut out = Vec::with_capacity(bad.len() * 4);
            bad.iter()
                .for_each(|&b| crate::str_repr::push_escape(&mut out, b.into()));
            Some((out, fault.end))
        }
        Handler::SurrogateEscape => {
            let mut out = Vec::new();
            let escaped = bad.iter().take(4).take_while(|b| **b >= 0x80);
            let count = escaped
                .map(|&b| wtf8::push(&mut out, 0xdc00 + u32::from(b)))
                .count();
            (count > 0).then_some((out, fault.start + count))
        }
        Handler::SurrogatePass => {
            let rest = &input[fault.start..];
            let (cp, width) = match (codec, rest) {
                (Codec::Utf8 | Codec::Utf8Sig, [0xed, b @ 0xa0..=0xbf, c @ 0x80..=0xbf, ..]) => {
                    (0xd000 | u32::from(b & 0x3f) << 6 | u32::from(c & 0x3f), 3)
                }
                (Codec::Utf16 | Codec::Utf16Le, [a, b, ..]) => {
                    (u32::from_le_bytes([*a, *b, 0, 0]), 2)
                }
                (Codec::Utf16Be, [a, b, ..]) => (u32::from_be_bytes([0, 0, *a, *b]), 2),
                (Codec::Utf32 | Codec::Utf32Le, [a, b, c, d, ..]) => {
                    (u32::from_le_bytes([*a, *b, *c, *d]), 4)
                }
                (Codec::Utf32Be, [a, b, c, d, ..]) => (u32::from_be_bytes([*a, *b, *c, *d]), 4),
                _ => return None,
            };
            if !(0xd800..0xe000).contains(&cp) {
                return None;
            }
            Some((wtf8::from_code_point(cp), fault.start + width))
        }
        Handler::Strict | Handler::XmlCharRefReplace | Handler::NameReplace => None,
    }
}

/// A built-in handler's answer to an encoding fault: what stands for the whole of it. None: raise. A handler may take
/// only a part: the offset says where to go on.
pub fn handle_encode(
    handler: Handler,
    codec: Codec,
    text: &[u8],
    fault: &Fault,
) -> Option<(Replacement, usize)> {
    let bad = text.get(fault.start..fault.end)?;
    let points = || wtf8::code_points(bad).map(|(_, cp)| cp);
    let mut out = Vec::new();
    match handler {
        Handler::Strict => return None,
        Handler::Ignore => {}
        Handler::Replace => out.resize(wtf8::count(bad), b'?'),
        Handler::BackslashReplace => {
            points().for_each(|cp| crate::str_repr::push_escape(&mut out, cp))
        }
        Handler::XmlCharRefReplace => {
            points().for_each(|cp| out.extend_from_slice(format!("&#{cp};").as_bytes()));
        }
        Handler::NameReplace => {
            for cp in points() {
                match char::from_u32(cp).and_then(unicode_names2::name) {
                    Some(name) => out.extend_from_slice(format!("\\N{{{name}}}").as_bytes()),
                    None => crate::str_repr::push_escape(&mut out, cp),
                }
            }
        }
        Handler::SurrogateEscape => {
            let escaped = |cp: &u32| (0xdc80..=0xdcff).contains(cp);
            out.extend(points().take_while(escaped).map(|cp| (cp - 0xdc00) as u8));
            let end = fault.start + 3 * out.len();
            // The encoders without tables take what they can of a run before they give up.
            let whole = matches!(codec, Codec::Charmap(_));
            if out.is_empty() || whole && end < fault.end {
                return None;
            }
            return Some((Replacement::Bytes(out), end));
        }
        Handler::SurrogatePass => {
            for cp in points() {
                if !(0xd800..0xe000).contains(&cp) {
                    return None;
                }
                match codec {
                    Codec::Utf8 | Codec::Utf8Sig => wtf8::push(&mut out, cp),
                    Codec::Utf16 | Codec::Utf16Le => {
                        out.extend_from_slice(&(cp as u16).to_le_bytes());
                    }
                    Codec::Utf16Be => out.extend_from_slice(&(cp as u16).to_be_bytes()),
                    Codec::Utf32 | Codec::Utf32Le => out.extend_from_slice(&cp.to_le_bytes()),
                    Codec::Utf32Be => out.extend_from_slice(&cp.to_be_bytes()),
                    _ => return None,
                }
            }
            return Some((Replacement::Bytes(out), fault.end));
        }
    }
    Some((Replacement::Text(out), fault.end))
}

/// Decodes with a built-in handler; gives the text and how much of the input it took (all of it if `last`).
pub fn decode(
    codec: Codec,
    input: &[u8],
    handler: Handler,
    last: bool,
) -> Result<(Vec<u8>, usize), Fault> {
    if codec == Codec::Utf8Sig
        && let Some(rest) = input.strip_prefix(SIGNATURE)
    {
        let (text, used) = decode(Codec::Utf8, rest, handler, last)?;
        return Ok((text, used + SIGNATURE.len()));
    }
    let mut state = DecodeState::default();
    decode_with(codec, input, last, &mut state, &mut |fault| {
        handle_decode(handler, codec, input, fault).ok_or_else(|| fault.clone())
    })
}

/// Answers a decoding fault with text and the offset to go on at.
pub type DecodeHandler<'a, E> = &'a mut dyn FnMut(&Fault) -> Result<(Vec<u8>, usize), E>;

/// Answers an encoding fault with what stands for it and the offset to go on at.
pub type EncodeHandler<'a, E> = &'a mut dyn FnMut(&Fault) -> Result<(Replacement, usize), E>;

/// Decodes with any handler, which gives text and the offset to go on at.
pub fn decode_with<E>(
    codec: Codec,
    input: &[u8],
    last: bool,
    state: &mut DecodeState,
    handler: DecodeHandler<'_, E>,
) -> Result<(Vec<u8>, usize), E> {
    let mut out = Vec::with_capacity(input.len());
    let mut from = 0;
    loop {
        match decode_step(codec, input, from, last, state, &mut out) {
            Ok(used) => return Ok((out, used)),
            Err(fault) => {
                let (text, next) = handler(&fault)?;
                out.extend_from_slice(&text);
                from = next.min(input.len());
            }
        }
    }
}

/// Encodes with a built-in handler.
pub fn encode(codec: Codec, text: &[u8], handler: Handler) -> Result<Vec<u8>, Fault> {
    encode_with(codec, text, &mut |fault| {
        handle_encode(handler, codec, text, fault).ok_or_else(|| fault.clone())
    })
    .map_err(|error| match error {
        EncodeError::Raised(fault) | EncodeError::Replacement(fault) => fault,
    })
}

/// Why `encode_with` failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EncodeError<E> {
    /// The handler raised.
    Raised(E),
    /// The handler's text cannot be encoded either: the first fault, to be raised as it is.
    Replacement(Fault),
}

/// Encodes with any handler.
pub fn encode_with<E>(
    codec: Codec,
    text: &[u8],
    handler: EncodeHandler<'_, E>,
) -> Result<Vec<u8>, EncodeError<E>> {
    let mut out = Vec::with_capacity(text.len() + 4);
    out.extend_from_slice(encode_start(codec));
    let mut from = 0;
    loop {
        match encode_step(codec, text, from, &mut out) {
            Ok(()) => return Ok(out),
            Err(fault) => {
                let (replacement, next) = handler(&fault).map_err(EncodeError::Raised)?;
                let unit = match codec {
                    Codec::Utf16 | Codec::Utf16Le | Codec::Utf16Be => 2,
                    Codec::Utf32 | Codec::Utf32Le | Codec::Utf32Be => 4,
                    _ => 1,
                };
                let unicode = unit > 1 || matches!(codec, Codec::Utf8 | Codec::Utf8Sig);
                match replacement {
                    Replacement::Bytes(bytes) if bytes.len() % unit != 0 => {
                        return Err(EncodeError::Replacement(fault));
                    }
                    Replacement::Text(piece) if unicode && !piece.is_ascii() => {
                        return Err(EncodeError::Replacement(fault));
                    }
                    Replacement::Bytes(bytes) => out.extend_from_slice(&bytes),
                    Replacement::Text(piece) => {
                        if encode_step(codec, &piece, 0, &mut out).is_err() {
                            return Err(EncodeError::Replacement(fault));
                        }
                    }
                }
                from = next.min(text.len());
            }
        }
    }
}
