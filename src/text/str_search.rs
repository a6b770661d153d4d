//! Searching, splitting, replacing and trimming of str and bytes. Offsets are in bytes; all of it is linear.
//!
//! Generalised UTF-8 is self-synchronising: a match of whole characters never begins inside another character, so
//! that byte search serves both types. Where characters matter, functions come in a str and a bytes form.

use memchr::memmem;

use crate::{unicode, wtf8};

/// First occurrence.
#[inline]
pub fn find(text: &[u8], needle: &[u8]) -> Option<usize> {
    match needle {
        [] => Some(0),
        [byte] => memchr::memchr(*byte, text),
        _ if needle.len() > text.len() => None,
        _ => memmem::find(text, needle),
    }
}

/// Last occurrence.
#[inline]
pub fn rfind(text: &[u8], needle: &[u8]) -> Option<usize> {
    match needle {
        [] => Some(text.len()),
        [byte] => memchr::memrchr(*byte, text),
        _ if needle.len() > text.len() => None,
        _ => memmem::rfind(text, needle),
    }
}

/// Occurrences that do not overlap; of the empty text one more than there are characters.
pub fn count(text: &[u8], needle: &[u8], single_byte: bool) -> usize {
    match needle {
        [] => {
            1 + if single_byte {
                text.len()
            } else {
                wtf8::count(text)
            }
        }
        [byte] => memchr::memchr_iter(*byte, text).count(),
        _ => memmem::find_iter(text, needle).count(),
    }
}

/// `replace(old, new, limit)`; None if nothing changes. A `limit` of `usize::MAX` means all. The result may be asked
/// for its size first: it is never longer than `replaced_size` says.
pub fn replace(
    text: &[u8],
    old: &[u8],
    new: &[u8],
    limit: usize,
    single_byte: bool,
) -> Option<Vec<u8>> {
    if limit == 0 || old == new {
        return None;
    }
    if old.is_empty() {
        let mut out = Vec::with_capacity(text.len() + new.len());
        let mut left = limit;
        let mut at = 0;
        while left > 0 {
            out.extend_from_slice(new);
            left -= 1;
            if at >= text.len() {
                return Some(out);
            }
            let width = if single_byte {
                1
            } else {
                wtf8::width(text[at])
            };
            out.extend_from_slice(&text[at..at + width]);
            at += width;
        }
        out.extend_from_slice(&text[at..]);
        return Some(out);
    }
    if let (&[from], &[to]) = (old, new) {
        let first = memchr::memchr(from, text)?;
        let mut out = text.to_vec();
        out[first..]
            .iter_mut()
            .filter(|b| **b == from)
            .take(limit)
            .for_each(|b| *b = to);
        return Some(out);
    }
    let mut out = Vec::new();
    let mut done = 0;
    let mut push = |at: usize, width: usize| {
        out.extend_from_slice(&text[done..at]);
        out.extend_from_slice(new);
        done = at + width;
    };
    if let &[byte] = old {
        memchr::memchr_iter(byte, text)
            .take(limit)
            .for_each(|at| push(at, 1));
    } else {
        memmem::find_iter(text, old)
            .take(limit)
            .for_each(|at| push(at, old.len()));
    }
    if done == 0 {
        return None;
    }
    out.extend_from_slice(&text[done..]);
    Some(out)
}

/// How long `replace` would make the text, before it is built (None: beyond usize).
pub fn replaced_size(
    text: &[u8],
    old: &[u8],
    new: &[u8],
    limit: usize,
    single_byte: bool,
) -> Option<usize> {
    let times = count(text, old, single_byte).min(limit);
    new.len()
        .checked_mul(times)?
        .checked_add(text.len())?
        .checked_sub(old.len() * times)
}

/// `split(separator, limit)`; the separator is not empty, a limit of `usize::MAX` means all.
pub fn split<'a>(text: &'a [u8], separator: &[u8], limit: usize) -> Vec<&'a [u8]> {
    let mut out = Vec::new();
    let mut done = 0;
    let mut push = |at: usize| {
        out.push(&text[done..at]);
        done = at + separator.len();
    };
    match separator {
        &[byte] => memchr::memchr_iter(byte, text)
            .take(limit)
            .for_each(&mut push),
        _ => memmem::find_iter(text, separator)
            .take(limit)
            .for_each(&mut push),
    }
    out.push(&text[done..]);
    out
}

/// `rsplit(separator, limit)`.
pub fn rsplit<'a>(text: &'a [u8], separator: &[u8], limit: usize) -> Vec<&'a [u8]> {
    let mut out = Vec::new();
    let mut end = text.len();
    let finder = memmem::FinderRev::new(separator);
    while out.len() < limit {
        let Some(at) = finder.rfind(&text[..end]) else {
            break;
        };
        out.push(&text[at + separator.len()..end]);
        end = at;
    }
    out.push(&text[..end]);
    out.reverse();
    out
}

/// What whitespace is for bytes methods.
#[inline]
pub fn is_byte_space(b: u8) -> bool {
    matches!(b, b' ' | 9..=13)
}

#[inline]
fn is_ascii_str_space(b: u8) -> bool {
    matches!(b, b' ' | 9..=13 | 28..=31)
}

/// What counts as one character, and which of them are white.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Alphabet {
    Bytes,
    AsciiStr,
    Str,
}

impl Alphabet {
    pub fn of_str(ascii: bool) -> Alphabet {
        if ascii {
            Alphabet::AsciiStr
        } else {
            Alphabet::Str
        }
    }

    fn single_byte(self) -> bool {
        self != Alphabet::Str
    }

    /// Width of the white character at an offset, 0 if it is none.
    #[inline]
    fn white_at(self, text: &[u8], at: usize) -> usize {
        let byte = text[at];
        match self {
            Alphabet::Bytes => usize::from(is_byte_space(byte)),
            Alphabet::Str if byte >= 0x80 => {
                let (cp, width) = wtf8::decode_at(text, at);
                if unicode::is_space(cp) { width } else { 0 }
            }
            _ => usize::from(is_ascii_str_space(byte)),
        }
    }

    #[inline]
    fn white_before(self, text: &[u8], end: usize) -> usize {
        let byte = text[end - 1];
        match self {
            Alphabet::Bytes => usize::from(is_byte_space(byte)),
            Alphabet::Str if byte >= 0x80 => {
                let (cp, width) = wtf8::decode_before(text, end);
                if unicode::is_space(cp) { width } else { 0 }
            }
            _ => usize::from(is_ascii_str_space(byte)),
        }
    }

    #[inline]
    fn step(self, text: &[u8], at: usize) -> usize {
        if self.single_byte() {
            1
        } else {
            wtf8::width(text[at])
        }
    }
}

/// Offset of the first character that is not white.
fn skip_white(text: &[u8], mut at: usize, alphabet: Alphabet) -> usize {
    while at < text.len() {
        match alphabet.white_at(text, at) {
            0 => break,
            width => at += width,
        }
    }
    at
}

fn skip_white_back(text: &[u8], start: usize, mut end: usize, alphabet: Alphabet) -> usize {
    while end > start {
        match alphabet.white_before(text, end) {
            0 => break,
            width => end -= width,
        }
    }
    end
}

/// `split(None, limit)`: runs of whitespace separate, none at the ends.
pub fn split_whitespace(text: &[u8], limit: usize, alphabet: Alphabet) -> Vec<&[u8]> {
    let mut out = Vec::new();
    let mut at = skip_white(text, 0, alphabet);
    while at < text.len() {
        if out.len() >= limit {
            // The rest keeps the white space at its far end.
            out.push(&text[at..]);
            break;
        }
        let start = at;
        while at < text.len() && alphabet.white_at(text, at) == 0 {
            at += alphabet.step(text, at);
        }
        out.push(&text[start..at]);
        at = skip_white(text, at, alphabet);
    }
    out
}

/// `rsplit(None, limit)`.
pub fn rsplit_whitespace(text: &[u8], limit: usize, alphabet: Alphabet) -> Vec<&[u8]> {
    let mut out = Vec::new();
    let mut end = skip_white_back(text, 0, text.len(), alphabet);
    while end > 0 {
        if out.len() >= limit {
            out.push(&text[..end]);
            break;
        }
        let stop = end;
        while end > 0 && alphabet.white_before(text, end) == 0 {
            end -= if alphabet.single_byte() {
                1
            } else {
                wtf8::decode_before(text, end).1
            };
        }
        out.push(&text[end..stop]);
        end = skip_white_back(text, 0, end, alphabet);
    }
    out.reverse();
    out
}

/// `splitlines(keep_ends)`: for bytes only `\n`, `\r` and `\r\n` end lines.
pub fn split_lines(text: &[u8], keep_ends: bool, alphabet: Alphabet) -> Vec<&[u8]> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < text.len() {
        let byte = text[at];
        let ending = match alphabet {
            Alphabet::Bytes => usize::from(matches!(byte, b'\n' | b'\r')),
            Alphabet::Str if byte >= 0x80 => {
                let (cp, width) = wtf8::decode_at(text, at);
                if !unicode::is_line_break(cp) {
                    at += width;
                    continue;
                }
                width
            }
            _ => usize::from(matches!(byte, 10..=13 | 28..=30)),
        };
        if ending == 0 {
            at += 1;
            continue;
        }
        let end = at;
        at += ending;
        if byte == b'\r' && text.get(at) == Some(&b'\n') {
            at += 1;
        }
        out.push(&text[start..if keep_ends { at } else { end }]);
        start = at;
    }
    if start < text.len() {
        out.push(&text[start..]);
    }
    out
}

/// Which ends are trimmed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ends {
    Left,
    Right,
    Both,
}

/// `strip()`, `lstrip()`, `rstrip()` without an argument.
pub fn strip(text: &[u8], ends: Ends, alphabet: Alphabet) -> &[u8] {
    let start = if ends == Ends::Right {
        0
    } else {
        skip_white(text, 0, alphabet)
    };
    let end = match ends {
        Ends::Left => text.len(),
        _ => skip_white_back(text, start, text.len(), alphabet),
    };
    &text[start..end]
}

/// A set of characters for trimming.
struct CharSet {
    bytes: [bool; 256],
    wide: Vec<u32>,
}

impl CharSet {
    fn new(chars: &[u8], alphabet: Alphabet) -> CharSet {
        let mut set = CharSet {
            bytes: [false; 256],
            wide: Vec::new(),
        };
        if alphabet.single_byte() && alphabet == Alphabet::Bytes {
            chars.iter().for_each(|&b| set.bytes[usize::from(b)] = true);
        } else {
            for (_, cp) in wtf8::code_points(chars) {
                if cp < 128 {
                    set.bytes[cp as usize] = true
                } else {
                    set.wide.push(cp)
                }
            }
            set.wide.sort_unstable();
        }
        set
    }

    fn holds(&self, cp: u32, alphabet: Alphabet) -> bool {
        if cp < 128 || alphabet == Alphabet::Bytes {
            self.bytes[cp as usize & 0xff]
        } else {
            self.wide.binary_search(&cp).is_ok()
        }
    }
}

/// `strip(chars)` and its kin.
pub fn strip_chars<'a>(text: &'a [u8], chars: &[u8], ends: Ends, alphabet: Alphabet) -> &'a [u8] {
    let set = CharSet::new(chars, alphabet);
    let (mut start, mut end) = (0, text.len());
    while ends != Ends::Right && start < end {
        let (cp, width) = match alphabet {
            Alphabet::Str => wtf8::decode_at(text, start),
            _ => (text[start].into(), 1),
        };
        if !set.holds(cp, alphabet) {
            break;
        }
        start += width;
    }
    while ends != Ends::Left && start < end {
        let (cp, width) = match alphabet {
            Alphabet::Str => wtf8::decode_before(text, end),
            _ => (text[end - 1].into(), 1),
        };
        if !set.holds(cp, alphabet) {
            break;
        }
        end -= width;
    }
    &text[start..end]
}

/// `expandtabs(tab_size)`; None if the result would be unreasonably long.
pub fn expand_tabs(text: &[u8], tab_size: usize, alphabet: Alphabet) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len());
    let mut column = 0usize;
    for &byte in text {
        match byte {
            b'\t' if tab_size > 0 => {
                let spaces = tab_size - column % tab_size;
                if out.len().checked_add(spaces)? > 1 << 32 {
                    return None;
                }
                out.resize(out.len() + spaces, b' ');
                column += spaces;
            }
            b'\t' => {}
            b'\n' | b'\r' => {
                out.push(byte);
                column = 0;
            }
            _ => {
                out.push(byte);
                column += usize::from(alphabet.single_byte() || byte & 0xc0 != 0x80);
            }
        }
    }
    Some(out)
}

/// `center`: the odd place goes left when the width is odd.
pub fn center(text: &[u8], length: usize, width: usize, fill: &[u8]) -> Vec<u8> {
    let missing = width.saturating_sub(length);
    let left = missing / 2 + (missing & width & 1);
    padded(text, left, missing - left, fill)
}

/// `ljust` (right = missing) and `rjust` (left = missing) and others: text between repetitions of a fill character.
pub fn padded(text: &[u8], left: usize, right: usize, fill: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() + (left + right) * fill.len());
    (0..left).for_each(|_| out.extend_from_slice(fill));
    out.extend_from_slice(text);
    (0..right).for_each(|_| out.extend_from_slice(fill));
    out
}

/// `zfill`: zeros after a leading sign.
pub fn zero_fill(text: &[u8], length: usize, width: usize) -> Vec<u8> {
    let zeros = width.saturating_sub(length);
    let sign = usize::from(matches!(text.first(), Some(b'+' | b'-')));
    let mut out = Vec::with_capacity(text.len() + zeros);
    out.extend_from_slice(&text[..sign]);
    out.resize(sign + zeros, b'0');
    out.extend_from_slice(&text[sign..]);
    out
}
