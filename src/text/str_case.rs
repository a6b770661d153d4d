//! Case mapping and the `is...` predicates of str, by Unicode's full mappings with the final sigma.

use crate::unicode::{self, Mapping, flags, map_into};
use crate::unicode::{
    ALPHA, CASE_IGNORABLE, CASED, DECIMAL, DIGIT, LOWER, NUMERIC, TITLE, UPPER, XID_CONTINUE,
    XID_START,
};
use crate::wtf8::{self, code_points};

const SIGMA: u32 = 0x3a3;

/// Whether a capital sigma at an offset ends a word: then its small form is the final one.
fn is_final_sigma(text: &[u8], at: usize) -> bool {
    let skip = |cp: &u32| flags(*cp) & CASE_IGNORABLE != 0;
    let cased = |cp: Option<u32>| cp.is_some_and(|cp| flags(cp) & CASED != 0);
    let before = code_points(&text[..at])
        .rev()
        .map(|(_, cp)| cp)
        .find(|cp| !skip(cp));
    let after = code_points(&text[at + 2..])
        .map(|(_, cp)| cp)
        .find(|cp| !skip(cp));
    cased(before) && !cased(after)
}

fn lower_into(text: &[u8], at: usize, cp: u32, out: &mut Vec<u8>) {
    if cp == SIGMA {
        wtf8::push(
            out,
            if is_final_sigma(text, at) {
                0x3c2
            } else {
                0x3c3
            },
        );
    } else {
        map_into(cp, Mapping::Lower, out);
    }
}

pub fn lower(text: &[u8], ascii: bool) -> Vec<u8> {
    if ascii {
        return text.to_ascii_lowercase();
    }
    let mut out = Vec::with_capacity(text.len());
    for (at, cp) in code_points(text) {
        if cp < 128 {
            out.push((cp as u8).to_ascii_lowercase());
        } else {
            lower_into(text, at, cp, &mut out);
        }
    }
    out
}

pub fn upper(text: &[u8], ascii: bool) -> Vec<u8> {
    if ascii {
        return text.to_ascii_uppercase();
    }
    let mut out = Vec::with_capacity(text.len());
    for (_, cp) in code_points(text) {
        if cp < 128 {
            out.push((cp as u8).to_ascii_uppercase());
        } else {
            map_into(cp, Mapping::Upper, &mut out);
        }
    }
    out
}

pub fn casefold(text: &[u8], ascii: bool) -> Vec<u8> {
    if ascii {
        return text.to_ascii_lowercase();
    }
    let mut out = Vec::with_capacity(text.len());
    code_points(text).for_each(|(_, cp)| map_into(cp, Mapping::Fold, &mut out));
    out
}

pub fn swapcase(text: &[u8], ascii: bool) -> Vec<u8> {
    if ascii {
        return crate::bytes_text::swapcase(text);
    }
    let mut out = Vec::with_capacity(text.len());
    for (at, cp) in code_points(text) {
        let flags = flags(cp);
        if flags & UPPER != 0 {
            lower_into(text, at, cp, &mut out);
        } else if flags & LOWER != 0 {
            map_into(cp, Mapping::Upper, &mut out);
        } else {
            wtf8::push(&mut out, cp);
        }
    }
    out
}

pub fn capitalize(text: &[u8], ascii: bool) -> Vec<u8> {
    if ascii {
        return crate::bytes_text::capitalize(text);
    }
    let mut out = Vec::with_capacity(text.len());
    for (at, cp) in code_points(text) {
        if at == 0 {
            map_into(cp, Mapping::Title, &mut out);
        } else {
            lower_into(text, at, cp, &mut out);
        }
    }
    out
}

pub fn title(text: &[u8], ascii: bool) -> Vec<u8> {
    if ascii {
        return crate::bytes_text::title(text);
    }
    let mut out = Vec::with_capacity(text.len());
    let mut inside = false;
    for (at, cp) in code_points(text) {
        if inside {
            lower_into(text, at, cp, &mut out);
        } else {
            map_into(cp, Mapping::Title, &mut out);
        }
        inside = flags(cp) & CASED != 0;
    }
    out
}

fn all(text: &[u8], test: impl Fn(u32) -> bool) -> bool {
    !text.is_empty() && code_points(text).all(|(_, cp)| test(cp))
}

pub fn is_alpha(text: &[u8]) -> bool {
    all(text, |cp| unicode::is(cp, ALPHA))
}

pub fn is_alnum(text: &[u8]) -> bool {
    all(text, |cp| {
        unicode::is(cp, ALPHA | DECIMAL | DIGIT | NUMERIC)
    })
}

pub fn is_decimal(text: &[u8]) -> bool {
    all(text, |cp| unicode::is(cp, DECIMAL))
}

pub fn is_digit(text: &[u8]) -> bool {
    all(text, |cp| unicode::is(cp, DIGIT))
}

pub fn is_numeric(text: &[u8]) -> bool {
    all(text, |cp| unicode::is(cp, NUMERIC))
}

pub fn is_space(text: &[u8]) -> bool {
    all(text, unicode::is_space)
}

/// True for the empty text too.
pub fn is_printable(text: &[u8]) -> bool {
    code_points(text).all(|(_, cp)| unicode::is_printable(cp))
}

pub fn is_identifier(text: &[u8]) -> bool {
    !text.is_empty()
        && code_points(text)
            .all(|(at, cp)| unicode::is(cp, if at == 0 { XID_START } else { XID_CONTINUE }))
}

fn has_one_case(text: &[u8], wanted: u16, refused: u16) -> bool {
    let mut found = false;
    for (_, cp) in code_points(text) {
        let flags = flags(cp);
        if flags & refused != 0 {
            return false;
        }
        found |= flags & wanted != 0;
    }
    found
}

pub fn is_lower(text: &[u8]) -> bool {
    has_one_case(text, LOWER, UPPER | TITLE)
}

pub fn is_upper(text: &[u8]) -> bool {
    has_one_case(text, UPPER, LOWER | TITLE)
}

pub fn is_title(text: &[u8]) -> bool {
    let (mut found, mut inside) = (false, false);
    for (_, cp) in code_points(text) {
        let flags = flags(cp);
        if flags & (UPPER | TITLE) != 0 {
            if inside {
                return false;
            }
            (found, inside) = (true, true);
        } else if flags & LOWER != 0 {
            if !inside {
                return false;
            }
            found = true;
        } else {
            inside = false;
        }
    }
    found
}
