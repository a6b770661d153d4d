//! What bytes and bytearray do with text: ASCII case and classes, hexadecimal form, translation tables.

use crate::{Kind, TextError};

pub fn swapcase(data: &[u8]) -> Vec<u8> {
    data.iter()
        .map(|b| {
            if b.is_ascii_alphabetic() {
                b ^ 0x20
            } else {
                *b
            }
        })
        .collect()
}

pub fn capitalize(data: &[u8]) -> Vec<u8> {
    let mut out = data.to_ascii_lowercase();
    if let Some(first) = out.first_mut() {
        first.make_ascii_uppercase();
    }
    out
}

pub fn title(data: &[u8]) -> Vec<u8> {
    let mut inside = false;
    data.iter()
        .map(|b| {
            let mapped = if inside {
                b.to_ascii_lowercase()
            } else {
                b.to_ascii_uppercase()
            };
            inside = b.is_ascii_alphabetic();
            mapped
        })
        .collect()
}

fn all(data: &[u8], test: impl Fn(&u8) -> bool) -> bool {
    !data.is_empty() && data.iter().all(test)
}

pub fn is_alpha(data: &[u8]) -> bool {
    all(data, u8::is_ascii_alphabetic)
}

pub fn is_alnum(data: &[u8]) -> bool {
    all(data, u8::is_ascii_alphanumeric)
}

pub fn is_digit(data: &[u8]) -> bool {
    all(data, u8::is_ascii_digit)
}

pub fn is_space(data: &[u8]) -> bool {
    all(data, |b| crate::str_search::is_byte_space(*b))
}

pub fn is_lower(data: &[u8]) -> bool {
    data.iter().any(u8::is_ascii_lowercase) && !data.iter().any(u8::is_ascii_uppercase)
}

pub fn is_upper(data: &[u8]) -> bool {
    data.iter().any(u8::is_ascii_uppercase) && !data.iter().any(u8::is_ascii_lowercase)
}

pub fn is_title(data: &[u8]) -> bool {
    let (mut found, mut inside) = (false, false);
    for b in data {
        if b.is_ascii_uppercase() && inside || b.is_ascii_lowercase() && !inside {
            return false;
        }
        inside = b.is_ascii_alphabetic();
        found |= inside;
    }
    found
}

/// `data.hex(sep, group)`: `group` counts from the right if positive, from the left if negative; 0 means no separators.
pub fn hex(data: &[u8], separator: Option<u8>, group: isize) -> String {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    let size = group.unsigned_abs();
    let length = data.len();
    let mut out = String::with_capacity(length * 2 + length.checked_div(size).unwrap_or(0));
    for (at, &byte) in data.iter().enumerate() {
        if let Some(separator) = separator {
            let position = if group > 0 { length - at } else { at };
            if at > 0 && size > 0 && position % size == 0 {
                out.push(separator as char);
            }
        }
        out.push(HEX[usize::from(byte >> 4)] as char);
        out.push(HEX[usize::from(byte & 15)] as char);
    }
    out
}

/// `bytes.fromhex(text)`: pairs of digits, white space between pairs.
pub fn from_hex(text: &[u8]) -> Result<Vec<u8>, TextError> {
    let digit = |at: usize| text.get(at).and_then(|&b| (b as char).to_digit(16));
    let invalid = |at: usize| {
        let position = crate::wtf8::count(&text[..at]);
        TextError::new(
            Kind::Value,
            format!("non-hexadecimal number found in fromhex() arg at position {position}"),
        )
    };
    if let Some(at) = text.iter().position(|b| !b.is_ascii()) {
        return Err(invalid(at));
    }
    let mut out = Vec::with_capacity(text.len() / 2);
    let mut at = 0;
    while at < text.len() {
        if crate::str_search::is_byte_space(text[at]) {
            at += 1;
            continue;
        }
        let high = digit(at).ok_or_else(|| invalid(at))?;
        let Some(low) = digit(at + 1) else {
            if at + 1 >= text.len() {
                return Err(TextError::value(
                    "fromhex() arg must contain an even number of hexadecimal digits",
                ));
            }
            return Err(invalid(at + 1));
        };
        out.push((high << 4 | low) as u8);
        at += 2;
    }
    Ok(out)
}

/// `data.translate(table, delete)`; without a table bytes only fall away.
pub fn translate(data: &[u8], table: Option<&[u8; 256]>, delete: &[u8]) -> Vec<u8> {
    let mut gone = [false; 256];
    delete.iter().for_each(|&b| gone[usize::from(b)] = true);
    data.iter()
        .filter(|&&b| !gone[usize::from(b)])
        .map(|&b| table.map_or(b, |table| table[usize::from(b)]))
        .collect()
}

/// `bytes.maketrans(from, to)`.
pub fn make_table(from: &[u8], to: &[u8]) -> Result<[u8; 256], TextError> {
    if from.len() != to.len() {
        return Err(TextError::value(
            "maketrans arguments must have same length",
        ));
    }
    let mut table = [0; 256];
    (0..=255u8).for_each(|b| table[usize::from(b)] = b);
    from.iter()
        .zip(to)
        .for_each(|(&from, &to)| table[usize::from(from)] = to);
    Ok(table)
}
