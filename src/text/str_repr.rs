//! `repr` and `ascii` of str, `repr` of bytes, and `str.translate`.

use crate::{unicode, wtf8};

/// Which quote a repr uses: the double one only if there are single ones and no double ones inside.
fn quote_for(text: &[u8]) -> u8 {
    match (memchr::memchr(b'\'', text), memchr::memchr(b'"', text)) {
        (Some(_), None) => b'"',
        _ => b'\'',
    }
}

const HEX: &[u8; 16] = b"0123456789abcdef";

/// Appends `\xNN`, `\uNNNN` or `\UNNNNNNNN`, the shortest that fits.
pub fn push_escape(out: &mut Vec<u8>, cp: u32) {
    let (letter, digits) = match cp {
        0..=0xff => (b'x', 2),
        0x100..=0xffff => (b'u', 4),
        _ => (b'U', 8),
    };
    out.extend_from_slice(&[b'\\', letter]);
    out.extend(
        (0..digits)
            .rev()
            .map(|at| HEX[(cp >> (4 * at) & 15) as usize]),
    );
}

fn push_ascii_escape(out: &mut Vec<u8>, byte: u8) {
    match byte {
        b'\t' => out.extend_from_slice(b"\\t"),
        b'\n' => out.extend_from_slice(b"\\n"),
        b'\r' => out.extend_from_slice(b"\\r"),
        b'\\' | b'\'' | b'"' => out.extend_from_slice(&[b'\\', byte]),
        _ => push_escape(out, byte.into()),
    }
}

fn escape_into(
    text: &[u8],
    quote: u8,
    out: &mut Vec<u8>,
    mut wide: impl FnMut(&mut Vec<u8>, usize) -> usize,
) {
    let mut copied = 0;
    let mut at = 0;
    while at < text.len() {
        let byte = text[at];
        if (32..127).contains(&byte) && byte != quote && byte != b'\\' {
            at += 1;
            continue;
        }
        out.extend_from_slice(&text[copied..at]);
        at += if byte < 128 {
            push_ascii_escape(out, byte);
            1
        } else {
            wide(out, at)
        };
        copied = at;
    }
    out.extend_from_slice(&text[copied..]);
}

/// `repr(text)`.
pub fn repr(text: &[u8]) -> Vec<u8> {
    let quote = quote_for(text);
    let mut out = Vec::with_capacity(text.len() + 2);
    out.push(quote);
    escape_into(text, quote, &mut out, |out, at| {
        let (cp, width) = wtf8::decode_at(text, at);
        if unicode::is_printable(cp) {
            out.extend_from_slice(&text[at..at + width]);
        } else {
            push_escape(out, cp);
        }
        width
    });
    out.push(quote);
    out
}

/// `ascii(text)` of a str.
pub fn ascii(text: &[u8]) -> Vec<u8> {
    let quote = quote_for(text);
    let mut out = Vec::with_capacity(text.len() + 2);
    out.push(quote);
    escape_into(text, quote, &mut out, |out, at| {
        let (cp, width) = wtf8::decode_at(text, at);
        push_escape(out, cp);
        width
    });
    out.push(quote);
    out
}

/// Escapes what is not ASCII and leaves the rest: `ascii(obj)` from `repr(obj)`.
pub fn escape_non_ascii(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    for (_, cp) in wtf8::code_points(text) {
        if cp < 128 {
            out.push(cp as u8)
        } else {
            push_escape(&mut out, cp)
        }
    }
    out
}

/// `repr(b"...")`, with its `b`.
pub fn bytes_repr(data: &[u8]) -> Vec<u8> {
    let quote = quote_for(data);
    let mut out = Vec::with_capacity(data.len() + 3);
    out.extend_from_slice(&[b'b', quote]);
    escape_into(data, quote, &mut out, |out, at| {
        push_escape(out, data[at].into());
        1
    });
    out.push(quote);
    out
}

/// What `str.translate` does with one character.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Translation {
    Keep,
    Delete,
    Char(u32),
    Text(Vec<u8>),
}

/// `str.translate`: the table is asked once for every ASCII character, and at every other character.
pub fn translate<E>(
    text: &[u8],
    mut table: impl FnMut(u32) -> Result<Translation, E>,
) -> Result<Vec<u8>, E> {
    let mut out = Vec::with_capacity(text.len());
    let mut known: [Option<Translation>; 128] = [const { None }; 128];
    for (at, cp) in wtf8::code_points(text) {
        let fresh;
        let translation = if cp < 128 {
            let slot = &mut known[cp as usize];
            if slot.is_none() {
                *slot = Some(table(cp)?);
            }
            slot.as_ref().unwrap_or(&Translation::Keep)
        } else {
            fresh = table(cp)?;
            &fresh
        };
        match translation {
            Translation::Keep => out.extend_from_slice(&text[at..at + wtf8::width(text[at])]),
            Translation::Delete => {}
            Translation::Char(cp) => wtf8::push(&mut out, *cp),
            Translation::Text(text) => out.extend_from_slice(text),
        }
    }
    Ok(out)
}
