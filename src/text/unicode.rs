//! Properties of code points as Python's str methods see them (Unicode 16.0, including surrogates).

pub use crate::unicode_tables::{
    ALPHA, CASE_IGNORABLE, CASED, DECIMAL, DIGIT, LOWER, NUMERIC, PRINTABLE, SPACE, SPECIAL, TITLE,
    UPPER, XID_CONTINUE, XID_START,
};
use crate::unicode_tables::{DIGITS, RECORDS, RUNS, SPECIAL_CASES};

const PAGES: usize = 0x110000 >> 8;

/// For every 256 code points, the run that holds the first of them: narrows the search to a few steps.
static PAGE: [u16; PAGES + 1] = pages();

const fn pages() -> [u16; PAGES + 1] {
    let mut table = [0u16; PAGES + 1];
    let mut page = 0;
    let mut run = 0;
    while page < PAGES {
        let first = (page << 8) as u32;
        while run + 1 < RUNS.len() && RUNS[run + 1] >> 10 <= first {
            run += 1;
        }
        table[page] = run as u16;
        page += 1;
    }
    table[PAGES] = (RUNS.len() - 1) as u16;
    table
}

/// Flags of the first 256 code points, so that ASCII and Latin-1 text needs no search.
static LATIN_FLAGS: [u16; 256] = latin_flags();

const fn latin_flags() -> [u16; 256] {
    let mut table = [0u16; 256];
    let mut cp = 0;
    let mut run = 0;
    while cp < 256 {
        while RUNS[run + 1] >> 10 <= cp as u32 {
            run += 1;
        }
        table[cp] = RECORDS[(RUNS[run] & 0x3ff) as usize].0;
        cp += 1;
    }
    table
}

fn run_of(cp: u32) -> (u32, usize) {
    let page = (cp >> 8) as usize;
    if page >= PAGES {
        return (cp, 0);
    }
    let (lo, hi) = (PAGE[page] as usize, PAGE[page + 1] as usize);
    let at = lo + RUNS[lo..=hi].partition_point(|run| run >> 10 <= cp) - 1;
    (RUNS[at] >> 10, (RUNS[at] & 0x3ff) as usize)
}

/// All property flags of a code point.
#[inline]
pub fn flags(cp: u32) -> u16 {
    if cp < 256 {
        LATIN_FLAGS[cp as usize]
    } else {
        RECORDS[run_of(cp).1].0
    }
}

#[inline]
pub fn is(cp: u32, wanted: u16) -> bool {
    flags(cp) & wanted != 0
}

/// What `str.isspace` and whitespace splitting accept.
#[inline]
pub fn is_space(cp: u32) -> bool {
    if cp < 128 {
        cp == 32 || (9..=13).contains(&cp) || (28..=31).contains(&cp)
    } else {
        is(cp, SPACE)
    }
}

/// Line boundaries of `str.splitlines`.
#[inline]
pub fn is_line_break(cp: u32) -> bool {
    matches!(cp, 10..=13 | 28..=30 | 0x85 | 0x2028 | 0x2029)
}

#[inline]
pub fn is_printable(cp: u32) -> bool {
    if cp < 128 {
        (32..127).contains(&cp)
    } else {
        is(cp, PRINTABLE)
    }
}

/// The value of a decimal digit of any script.
#[inline]
pub fn decimal_value(cp: u32) -> Option<u8> {
    if cp < 128 {
        return if (48..58).contains(&cp) {
            Some((cp - 48) as u8)
        } else {
            None
        };
    }
    let (first, record) = run_of(cp);
    (RECORDS[record].0 & DECIMAL != 0).then(|| (cp - first) as u8)
}

/// The value of a digit, superscripts and the like included (`unicodedata.digit`).
pub fn digit_value(cp: u32) -> Option<u8> {
    decimal_value(cp).or_else(|| {
        DIGITS
            .binary_search_by_key(&cp, |entry| entry.0)
            .ok()
            .map(|at| DIGITS[at].1)
    })
}

/// Which of the four mappings of a code point is meant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mapping {
    Lower = 0,
    Upper = 1,
    Title = 2,
    Fold = 3,
}

/// Appends the full mapping of a code point (final sigma is the caller's business).
pub fn map_into(cp: u32, mapping: Mapping, out: &mut Vec<u8>) {
    let record = RECORDS[run_of(cp).1];
    if record.0 & SPECIAL != 0
        && let Ok(at) = SPECIAL_CASES.binary_search_by_key(&cp, |entry| entry.0)
    {
        out.extend_from_slice(SPECIAL_CASES[at].1[mapping as usize].as_bytes());
        return;
    }
    let delta = match mapping {
        Mapping::Lower | Mapping::Fold => record.1,
        Mapping::Upper => record.2,
        Mapping::Title => record.3,
    };
    crate::wtf8::push(out, cp.wrapping_add_signed(delta));
}
