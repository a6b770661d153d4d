//! Generalised UTF-8: UTF-8 in which surrogates stand as three bytes each. Decoding, encoding, counting, indexing.
//!
//! Byte order equals code point order here, also for surrogates against astral characters, because a pair of
//! surrogates is never merged: comparing strings is comparing their bytes.

/// Appends one code point (surrogates allowed; values above U+10FFFF become U+FFFD).
#[inline]
pub fn push(out: &mut Vec<u8>, cp: u32) {
    if cp < 0x80 {
        out.push(cp as u8);
    } else if cp < 0x800 {
        out.extend_from_slice(&[0xc0 | (cp >> 6) as u8, 0x80 | (cp & 0x3f) as u8]);
    } else if cp < 0x10000 {
        out.extend_from_slice(&[
            0xe0 | (cp >> 12) as u8,
            0x80 | (cp >> 6 & 0x3f) as u8,
            0x80 | (cp & 0x3f) as u8,
        ]);
    } else if cp < 0x110000 {
        out.extend_from_slice(&[
            0xf0 | (cp >> 18) as u8,
            0x80 | (cp >> 12 & 0x3f) as u8,
            0x80 | (cp >> 6 & 0x3f) as u8,
            0x80 | (cp & 0x3f) as u8,
        ]);
    } else {
        push(out, 0xfffd);
    }
}

/// A code point as a string of its own.
pub fn from_code_point(cp: u32) -> Vec<u8> {
    let mut out = Vec::with_capacity(4);
    push(&mut out, cp);
    out
}

/// How many bytes the code point beginning with this byte takes.
#[inline]
pub fn width(first: u8) -> usize {
    match first {
        0..=0xbf => 1,
        0xc0..=0xdf => 2,
        0xe0..=0xef => 3,
        _ => 4,
    }
}

/// The code point at a byte offset and its width; the offset must be below the length and on a boundary.
#[inline]
pub fn decode_at(s: &[u8], at: usize) -> (u32, usize) {
    let first = s[at];
    let tail = |n: usize| u32::from(s.get(at + n).copied().unwrap_or(0) & 0x3f);
    match first {
        0..=0xbf => (u32::from(first), 1),
        0xc0..=0xdf => (u32::from(first & 0x1f) << 6 | tail(1), 2),
        0xe0..=0xef => (u32::from(first & 0x0f) << 12 | tail(1) << 6 | tail(2), 3),
        _ => (
            u32::from(first & 0x07) << 18 | tail(1) << 12 | tail(2) << 6 | tail(3),
            4,
        ),
    }
}

/// The code point that ends at a byte offset (exclusive) and its width.
#[inline]
pub fn decode_before(s: &[u8], end: usize) -> (u32, usize) {
    let mut at = end - 1;
    while at > 0 && s[at] & 0xc0 == 0x80 {
        at -= 1;
    }
    (decode_at(s, at).0, end - at)
}

/// Code points with their byte offsets, from both ends.
#[derive(Clone, Debug)]
pub struct CodePoints<'a> {
    text: &'a [u8],
    front: usize,
    back: usize,
}

pub fn code_points(text: &[u8]) -> CodePoints<'_> {
    CodePoints {
        text,
        front: 0,
        back: text.len(),
    }
}

impl Iterator for CodePoints<'_> {
    type Item = (usize, u32);
    #[inline]
    fn next(&mut self) -> Option<(usize, u32)> {
        if self.front >= self.back {
            return None;
        }
        let at = self.front;
        let (cp, width) = decode_at(self.text, at);
        self.front += width;
        Some((at, cp))
    }
}

impl DoubleEndedIterator for CodePoints<'_> {
    fn next_back(&mut self) -> Option<(usize, u32)> {
        if self.front >= self.back {
            return None;
        }
        let (cp, width) = decode_before(self.text, self.back);
        self.back -= width;
        Some((self.back, cp))
    }
}

/// Length in code points.
#[inline]
pub fn count(s: &[u8]) -> usize {
    // Sums of bytes over short chunks become vector instructions.
    s.chunks(192)
        .map(|chunk| usize::from(chunk.iter().fold(0u8, |n, &b| n + u8::from(b as i8 >= -64))))
        .sum()
}

/// Whether the bytes are what a str may hold: UTF-8 or encoded surrogates.
pub fn is_well_formed(s: &[u8]) -> bool {
    let mut rest = s;
    loop {
        match std::str::from_utf8(rest) {
            Ok(_) => return true,
            Err(error) => {
                let at = error.valid_up_to();
                match rest.get(at..at + 3) {
                    Some(&[0xed, 0xa0..=0xbf, 0x80..=0xbf]) => rest = &rest[at + 3..],
                    _ => return false,
                }
            }
        }
    }
}

/// Whether any surrogate occurs (then the text is not valid UTF-8).
pub fn first_surrogate(s: &[u8]) -> Option<usize> {
    memchr::memchr_iter(0xed, s).find(|&at| s.get(at + 1).is_some_and(|&b| b >= 0xa0))
}

/// Byte offset of a code point counted from the start; the length of the text if there are fewer.
pub fn offset_of(s: &[u8], index: usize) -> usize {
    let mut left = index;
    for (at, &b) in s.iter().enumerate() {
        if b & 0xc0 != 0x80 {
            if left == 0 {
                return at;
            }
            left -= 1;
        }
    }
    s.len()
}

const STRIDE: usize = 64;

/// Byte offsets of every 64th code point: indexing in bounded time for a tenth of the text's own size or less.
#[derive(Clone, Debug)]
pub struct IndexTable {
    marks: Box<[u32]>,
    wide: Box<[usize]>,
    length: usize,
}

impl IndexTable {
    pub fn new(s: &[u8]) -> IndexTable {
        let mut marks = Vec::new();
        let mut wide = Vec::new();
        let big = s.len() > u32::MAX as usize;
        let mut length = 0;
        for (at, &b) in s.iter().enumerate() {
            if b & 0xc0 != 0x80 {
                if length % STRIDE == 0 {
                    if big {
                        wide.push(at)
                    } else {
                        marks.push(at as u32)
                    }
                }
                length += 1;
            }
        }
        IndexTable {
            marks: marks.into(),
            wide: wide.into(),
            length,
        }
    }

    /// Length in code points.
    pub fn length(&self) -> usize {
        self.length
    }

    fn mark(&self, at: usize) -> usize {
        if self.wide.is_empty() {
            self.marks[at] as usize
        } else {
            self.wide[at]
        }
    }

    /// Byte offset of a code point; the text's length for an index at or past the end.
    pub fn byte_of(&self, s: &[u8], index: usize) -> usize {
        if index >= self.length {
            return s.len();
        }
        let mut at = self.mark(index / STRIDE);
        for _ in 0..index % STRIDE {
            at += width(s[at]);
        }
        at
    }

    /// Index of the code point at a byte offset.
    pub fn index_of(&self, s: &[u8], byte: usize) -> usize {
        if byte >= s.len() {
            return self.length;
        }
        let block = if self.wide.is_empty() {
            self.marks.partition_point(|&mark| mark as usize <= byte)
        } else {
            self.wide.partition_point(|&mark| mark <= byte)
        };
        let block = block.max(1) - 1;
        block * STRIDE + count(&s[self.mark(block)..byte])
    }
}

/// Every `step`-th code point of a slice, as `str[a:b:step]` takes them (`step` not 0); `text` is the whole
/// of the forward range `start..stop` already cut out for steps above 0, or its mirror image below 0.
pub fn stepped(text: &[u8], step: isize) -> Vec<u8> {
    let mut out = Vec::new();
    let push_piece = |out: &mut Vec<u8>, (at, _): (usize, u32)| {
        out.extend_from_slice(&text[at..at + width(text[at])]);
    };
    let distance = step.unsigned_abs().max(1);
    if step < 0 {
        code_points(text)
            .rev()
            .step_by(distance)
            .for_each(|item| push_piece(&mut out, item));
    } else {
        code_points(text)
            .step_by(distance)
            .for_each(|item| push_piece(&mut out, item));
    }
    out
}

/// Text of which every non-ASCII decimal digit is replaced by its ASCII one and every space by ' '; None if another
/// character above ASCII occurs. What `int()`, `float()` and `complex()` read.
pub fn ascii_digits_and_spaces(s: &[u8]) -> Option<std::borrow::Cow<'_, [u8]>> {
    if s.is_ascii() {
        return Some(s.into());
    }
    let mut out = Vec::with_capacity(s.len());
    for (_, cp) in code_points(s) {
        if cp < 0x80 {
            out.push(cp as u8);
        } else if crate::unicode::is_space(cp) {
            out.push(b' ');
        } else {
            out.push(b'0' + crate::unicode::decimal_value(cp)?);
        }
    }
    Some(out.into())
}

/// Whitespace of CPython's C-level parsers after the replacement above.
#[inline]
pub fn is_ascii_space(b: u8) -> bool {
    matches!(b, b' ' | 9..=13)
}

/// The text without ASCII whitespace at both ends.
pub fn trim_ascii_space(s: &[u8]) -> &[u8] {
    let start = s
        .iter()
        .position(|&b| !is_ascii_space(b))
        .unwrap_or(s.len());
    let end = s
        .iter()
        .rposition(|&b| !is_ascii_space(b))
        .map_or(start, |at| at + 1);
    &s[start..end]
}
