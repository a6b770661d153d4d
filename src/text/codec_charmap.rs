//! Encodings of one byte a character, from tables.

use std::sync::OnceLock;

use crate::codec::Fault;
use crate::codec_tables::CHARMAPS;
use crate::codec_utf8::run_end;
use crate::wtf8;

const UNDEFINED: u32 = 0xfffe;

/// A table unpacked for use.
struct Table {
    characters: [u32; 256],
    /// Characters with their bytes, sorted.
    bytes: Vec<(u32, u8)>,
    /// Every ASCII byte is its own character.
    ascii: bool,
}

static TABLES: [OnceLock<Table>; CHARMAPS.len()] = [const { OnceLock::new() }; CHARMAPS.len()];

fn table(index: u8) -> &'static Table {
    let at = usize::from(index).min(CHARMAPS.len() - 1);
    TABLES[at].get_or_init(|| {
        let (text, preferred) = CHARMAPS[at];
        let mut characters: [u32; 256] = std::array::from_fn(|b| b as u32);
        let ascii = text.chars().count() == 128;
        let upper = &mut characters[if ascii { 128 } else { 0 }..];
        upper
            .iter_mut()
            .zip(text.chars())
            .for_each(|(slot, c)| *slot = c.into());
        let mut bytes: Vec<(u32, u8)> = (0..=255u8)
            .map(|b| (characters[usize::from(b)], b))
            .filter(|&(cp, _)| cp != UNDEFINED)
            .collect();
        // A character that stands in several places is written as the preferred byte.
        bytes.sort_by_key(|&(cp, b)| (cp, !preferred.contains(&b)));
        bytes.dedup_by_key(|entry| entry.0);
        Table {
            characters,
            bytes,
            ascii,
        }
    })
}

impl Table {
    fn byte(&self, cp: u32) -> Option<u8> {
        if cp < 128 && self.ascii {
            return Some(cp as u8);
        }
        self.bytes
            .binary_search_by_key(&cp, |entry| entry.0)
            .ok()
            .map(|at| self.bytes[at].1)
    }
}

pub fn decode(index: u8, input: &[u8], from: usize, out: &mut Vec<u8>) -> Result<usize, Fault> {
    let table = table(index);
    for (at, &b) in input.iter().enumerate().skip(from) {
        match table.characters[usize::from(b)] {
            UNDEFINED => return Err(Fault::new(at, at + 1, "character maps to <undefined>")),
            cp => wtf8::push(out, cp),
        }
    }
    Ok(input.len())
}

pub fn encode(index: u8, text: &[u8], from: usize, out: &mut Vec<u8>) -> Result<(), Fault> {
    let table = table(index);
    for (at, cp) in wtf8::code_points(&text[from..]) {
        match table.byte(cp) {
            Some(b) => out.push(b),
            None => {
                let start = from + at;
                let end = run_end(text, start, |cp| table.byte(cp).is_none());
                return Err(Fault::new(start, end, "character maps to <undefined>"));
            }
        }
    }
    Ok(())
}

/// Decodes with a table given as text (`codecs.charmap_decode`): byte n is its character n.
pub fn decode_with_table(
    table: &[u32],
    input: &[u8],
    from: usize,
    out: &mut Vec<u8>,
) -> Result<usize, Fault> {
    for (at, &b) in input.iter().enumerate().skip(from) {
        match table.get(usize::from(b)) {
            None | Some(&UNDEFINED) => {
                return Err(Fault::new(at, at + 1, "character maps to <undefined>"));
            }
            Some(&cp) => wtf8::push(out, cp),
        }
    }
    Ok(input.len())
}
