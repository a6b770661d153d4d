//! The escape encodings: `unicode-escape`, `raw-unicode-escape`, and the escapes of bytes literals.

use std::borrow::Cow;

use crate::codec::Fault;
use crate::{TextError, wtf8};

/// Hexadecimal digits from an offset: their value and number, at most `count`.
fn hex_digits(input: &[u8], at: usize, count: usize) -> (u32, usize) {
    let digits = input[at.min(input.len())..].iter().take(count);
    let values = digits.map_while(|&b| (b as char).to_digit(16));
    values.fold((0, 0), |(value, n), digit| (value << 4 | digit, n + 1))
}

fn octal_digits(input: &[u8], at: usize) -> (u32, usize) {
    let digits = input[at..]
        .iter()
        .take(3)
        .map_while(|&b| (b as char).to_digit(8));
    digits.fold((0, 0), |(value, n), digit| (value << 3 | digit, n + 1))
}

/// The letter after the backslash of a one-character escape.
fn simple_escape(letter: u8) -> Option<u8> {
    Some(match letter {
        b'\\' | b'\'' | b'"' => letter,
        b'b' => 8,
        b'f' => 12,
        b't' => 9,
        b'n' => 10,
        b'r' => 13,
        b'v' => 11,
        b'a' => 7,
        _ => return None,
    })
}

/// Decodes `unicode-escape`; `odd` gets the offset of the first escape that Python warns of.
pub fn decode_unicode(
    input: &[u8],
    from: usize,
    last: bool,
    odd: &mut Option<usize>,
    out: &mut Vec<u8>,
) -> Result<usize, Fault> {
    let length = input.len();
    let mut at = from;
    while at < length {
        let b = input[at];
        if b != b'\\' {
            wtf8::push(out, b.into());
            at += 1;
            continue;
        }
        let start = at;
        let Some(&letter) = input.get(at + 1) else {
            if !last {
                return Ok(start);
            }
            return Err(Fault::new(start, length, "\\ at end of string"));
        };
        at += 2;
        if let Some(plain) = simple_escape(letter) {
            out.push(plain);
            continue;
        }
        let (count, reason) = match letter {
            b'\n' => continue,
            b'0'..=b'7' => {
                let (value, digits) = octal_digits(input, at - 1);
                if value > 0o377 {
                    odd.get_or_insert(start);
                }
                at += digits - 1;
                wtf8::push(out, value);
                continue;
            }
            b'x' => (2, "truncated \\xXX escape"),
            b'u' => (4, "truncated \\uXXXX escape"),
            b'U' => (8, "truncated \\UXXXXXXXX escape"),
            b'N' => {
                let body = &input[at..];
                match body {
                    [b'{', rest @ ..] => match memchr::memchr(b'}', rest) {
                        Some(0) => at += 1,
                        Some(end) => {
                            at += end + 2;
                            match character_named(&rest[..end]) {
                                Some(c) => {
                                    wtf8::push(out, c.into());
                                    continue;
                                }
                                None => {
                                    return Err(Fault::new(
                                        start,
                                        at,
                                        "unknown Unicode character name",
                                    ));
                                }
                            }
                        }
                        None if !last => return Ok(start),
                        None => at = length,
                    },
                    [] if !last => return Ok(start),
                    _ => {}
                }
                return Err(Fault::new(start, at, "malformed \\N character escape"));
            }
            _ => {
                odd.get_or_insert(start);
                out.push(b'\\');
                wtf8::push(out, letter.into());
                continue;
            }
        };
        let (value, digits) = hex_digits(input, at, count);
        at += digits;
        if digits < count {
            if at == length && !last {
                return Ok(start);
            }
            return Err(Fault::new(start, at, reason));
        }
        if value > 0x10ffff {
            return Err(Fault::new(start, at, "illegal Unicode character"));
        }
        wtf8::push(out, value);
    }
    Ok(at)
}

/// The character that `\N{...}` names.
pub fn character_named(name: &[u8]) -> Option<char> {
    let name = std::str::from_utf8(name).ok()?;
    let found = unicode_names2::character(name)?;
    // The search forgives missing spaces and hyphens; Python forgives only case. Aliases have another name altogether.
    // Control characters have nothing but aliases.
    let Some(official) = unicode_names2::name(found).map(|name| name.to_string()) else {
        return Some(found);
    };
    let bare = |name: &str| {
        let letters = name.chars().filter(|c| c.is_ascii_alphanumeric());
        letters.map(|c| c.to_ascii_uppercase()).collect::<String>()
    };
    let alias = bare(&official) != bare(name) && !official.starts_with("CJK UNIFIED");
    (official.eq_ignore_ascii_case(name) || alias).then_some(found)
}

pub fn encode_unicode(text: &[u8], out: &mut Vec<u8>) {
    for (_, cp) in wtf8::code_points(text) {
        match cp {
            0x5c => out.extend_from_slice(b"\\\\"),
            9 => out.extend_from_slice(b"\\t"),
            10 => out.extend_from_slice(b"\\n"),
            13 => out.extend_from_slice(b"\\r"),
            32..127 => out.push(cp as u8),
            _ => crate::str_repr::push_escape(out, cp),
        }
    }
}

/// Decodes `raw-unicode-escape`: only `\u` and `\U` after an odd number of backslashes mean anything.
pub fn decode_raw_unicode(
    input: &[u8],
    from: usize,
    last: bool,
    out: &mut Vec<u8>,
) -> Result<usize, Fault> {
    let length = input.len();
    let mut at = from;
    while at < length {
        let b = input[at];
        if b != b'\\' {
            wtf8::push(out, b.into());
            at += 1;
            continue;
        }
        let start = at;
        let (count, reason) = match input.get(at + 1) {
            None if !last => return Ok(start),
            Some(b'u') => (4, "truncated \\uXXXX escape"),
            Some(b'U') => (8, "truncated \\UXXXXXXXX escape"),
            Some(b'\\') => {
                out.extend_from_slice(b"\\\\");
                at += 2;
                continue;
            }
            _ => {
                out.push(b'\\');
                at += 1;
                continue;
            }
        };
        let (value, digits) = hex_digits(input, at + 2, count);
        at += 2 + digits;
        if digits < count {
            if at == length && !last {
                return Ok(start);
            }
            return Err(Fault::new(start, at, reason));
        }
        if value > 0x10ffff {
            let reason = if count == 8 {
                "\\Uxxxxxxxx out of range"
            } else {
                reason
            };
            return Err(Fault::new(start, at, reason));
        }
        wtf8::push(out, value);
    }
    Ok(at)
}

pub fn encode_raw_unicode(text: &[u8], out: &mut Vec<u8>) {
    for (_, cp) in wtf8::code_points(text) {
        if cp < 256 {
            out.push(cp as u8)
        } else {
            crate::str_repr::push_escape(out, cp)
        }
    }
}

/// Decodes the escapes of a bytes literal (`codecs.escape_decode`). Gives the bytes and the offset of the first escape
/// that Python warns of. `errors` is the handler's name: strict, replace or ignore.
pub fn decode_bytes(input: &[u8], errors: &str) -> Result<(Vec<u8>, Option<usize>), TextError> {
    let mut out = Vec::with_capacity(input.len());
    let mut odd = None;
    let mut at = 0;
    while at < input.len() {
        let b = input[at];
        if b != b'\\' {
            out.push(b);
            at += 1;
            continue;
        }
        let start = at;
        let Some(&letter) = input.get(at + 1) else {
            return Err(TextError::value("Trailing \\ in string"));
        };
        at += 2;
        match letter {
            b'\n' => {}
            b'0'..=b'7' => {
                let (value, digits) = octal_digits(input, at - 1);
                if value > 0o377 {
                    odd.get_or_insert(start);
                }
                at += digits - 1;
                out.push(value as u8);
            }
            b'x' => {
                let (value, digits) = hex_digits(input, at, 2);
                at += digits;
                if digits == 2 {
                    out.push(value as u8);
                    continue;
                }
                match errors {
                    "strict" => {
                        let message = format!("invalid \\x escape at position {start}");
                        return Err(TextError::value(Cow::Owned(message)));
                    }
                    "replace" => out.push(b'?'),
                    "ignore" => {}
                    _ => {
                        let message =
                            format!("decoding error; unknown error handling code: {errors}");
                        return Err(TextError::value(Cow::Owned(message)));
                    }
                }
            }
            _ => match simple_escape(letter) {
                Some(plain) => out.push(plain),
                None => {
                    odd.get_or_insert(start);
                    out.extend_from_slice(&[b'\\', letter]);
                }
            },
        }
    }
    Ok((out, odd))
}

/// `codecs.escape_encode`: what `repr` of bytes has between its quotes, with every single quote escaped.
pub fn encode_bytes(data: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(data.len());
    for &b in data {
        match b {
            b'\\' | b'\'' => out.extend_from_slice(&[b'\\', b]),
            b'\t' => out.extend_from_slice(b"\\t"),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            32..127 => out.push(b),
            _ => crate::str_repr::push_escape(&mut out, b.into()),
        }
    }
    out
}
