//! UTF-8, ASCII and Latin-1.

use crate::codec::Fault;
use crate::wtf8;

/// Decodes UTF-8; surrogates are faults.
pub fn decode(input: &[u8], from: usize, last: bool, out: &mut Vec<u8>) -> Result<usize, Fault> {
    let rest = &input[from..];
    let Err(error) = std::str::from_utf8(rest) else {
        out.extend_from_slice(rest);
        return Ok(input.len());
    };
    let good = error.valid_up_to();
    out.extend_from_slice(&rest[..good]);
    let start = from + good;
    match error.error_len() {
        None if !last => Ok(start),
        None => Err(Fault::new(start, input.len(), "unexpected end of data")),
        // The start of an encoded surrogate may yet be let through by a handler.
        Some(_) if !last && matches!(rest[good..], [0xed, 0xa0..=0xbf]) => Ok(start),
        Some(length) => {
            let lead = input[start];
            let reason = if (0xc2..=0xf4).contains(&lead) {
                "invalid continuation byte"
            } else {
                "invalid start byte"
            };
            Err(Fault::new(start, start + length, reason))
        }
    }
}

/// Encodes to UTF-8: a copy, but for surrogates.
pub fn encode(text: &[u8], from: usize, out: &mut Vec<u8>) -> Result<(), Fault> {
    let rest = &text[from..];
    let Some(at) = wtf8::first_surrogate(rest) else {
        out.extend_from_slice(rest);
        return Ok(());
    };
    out.extend_from_slice(&rest[..at]);
    let run = rest[at..]
        .chunks(3)
        .take_while(|c| c.len() == 3 && c[0] == 0xed && c[1] >= 0xa0);
    let end = at + 3 * run.count();
    Err(Fault::new(from + at, from + end, "surrogates not allowed"))
}

pub fn decode_ascii(input: &[u8], from: usize, out: &mut Vec<u8>) -> Result<usize, Fault> {
    let rest = &input[from..];
    let good = if rest.is_ascii() {
        rest.len()
    } else {
        rest.iter()
            .position(|b| !b.is_ascii())
            .unwrap_or(rest.len())
    };
    out.extend_from_slice(&rest[..good]);
    if good == rest.len() {
        return Ok(input.len());
    }
    Err(Fault::new(
        from + good,
        from + good + 1,
        "ordinal not in range(128)",
    ))
}

pub fn decode_latin1(input: &[u8], from: usize, out: &mut Vec<u8>) -> usize {
    let rest = &input[from..];
    if rest.is_ascii() {
        out.extend_from_slice(rest);
    } else {
        rest.iter().for_each(|&b| wtf8::push(out, b.into()));
    }
    input.len()
}

/// Offset just past the run of characters from an offset that a test refuses.
pub fn run_end(text: &[u8], from: usize, refused: impl Fn(u32) -> bool) -> usize {
    wtf8::code_points(&text[from..])
        .find(|(_, cp)| !refused(*cp))
        .map_or(text.len(), |(at, _)| from + at)
}

pub fn encode_ascii(text: &[u8], from: usize, out: &mut Vec<u8>) -> Result<(), Fault> {
    let rest = &text[from..];
    let good = rest
        .iter()
        .position(|b| !b.is_ascii())
        .unwrap_or(rest.len());
    out.extend_from_slice(&rest[..good]);
    if good == rest.len() {
        return Ok(());
    }
    let start = from + good;
    Err(Fault::new(
        start,
        run_end(text, start, |cp| cp > 127),
        "ordinal not in range(128)",
    ))
}

pub fn encode_latin1(text: &[u8], from: usize, out: &mut Vec<u8>) -> Result<(), Fault> {
    let rest = &text[from..];
    if rest.is_ascii() {
        out.extend_from_slice(rest);
        return Ok(());
    }
    for (at, cp) in wtf8::code_points(rest) {
        match u8::try_from(cp) {
            Ok(byte) => out.push(byte),
            Err(_) => {
                let start = from + at;
                let end = run_end(text, start, |cp| cp > 255);
                return Err(Fault::new(start, end, "ordinal not in range(256)"));
            }
        }
    }
    Ok(())
}
