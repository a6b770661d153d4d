//! UTF-7 (RFC 2152).

use crate::codec::Fault;
use crate::wtf8;

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn base64_value(b: u8) -> Option<u32> {
    Some(
        match b {
            b'A'..=b'Z' => b - b'A',
            b'a'..=b'z' => b - b'a' + 26,
            b'0'..=b'9' => b - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        }
        .into(),
    )
}

/// A shifted section being read: the bits not yet used and a high surrogate waiting for its partner.
#[derive(Default)]
struct Section {
    bits: u32,
    buffer: u32,
    high: Option<u32>,
}

impl Section {
    fn add(&mut self, value: u32, out: &mut Vec<u8>) {
        self.buffer = self.buffer << 6 | value;
        self.bits += 6;
        if self.bits < 16 {
            return;
        }
        self.bits -= 16;
        let unit = self.buffer >> self.bits & 0xffff;
        self.buffer &= (1 << self.bits) - 1;
        if let Some(high) = self.high.take() {
            if unit & 0xfc00 == 0xdc00 {
                wtf8::push(out, 0x10000 + ((high & 0x3ff) << 10 | unit & 0x3ff));
                return;
            }
            wtf8::push(out, high);
        }
        if unit & 0xfc00 == 0xd800 {
            self.high = Some(unit);
        } else {
            wtf8::push(out, unit);
        }
    }
}

/// Decodes until the end or a fault. An open section at the end of a chunk stays unused as a whole.
pub fn decode(input: &[u8], from: usize, last: bool, out: &mut Vec<u8>) -> Result<usize, Fault> {
    let mut at = from;
    while let Some(&b) = input.get(at) {
        match b {
            b'+' => {}
            0..=127 => {
                out.push(b);
                at += 1;
                continue;
            }
            _ => return Err(Fault::new(at, at + 1, "unexpected special character")),
        }
        let start = at;
        at += 1;
        match input.get(at) {
            Some(b'-') => {
                out.push(b'+');
                at += 1;
                continue;
            }
            Some(&b) if base64_value(b).is_none() => {
                return Err(Fault::new(start, at + 1, "ill-formed sequence"));
            }
            _ => {}
        }
        let kept = out.len();
        let mut section = Section::default();
        while let Some(value) = input.get(at).and_then(|&b| base64_value(b)) {
            section.add(value, out);
            at += 1;
        }
        let Some(&end) = input.get(at) else {
            if !last {
                out.truncate(kept);
                return Ok(start);
            }
            if section.high.is_some()
                || section.bits >= 6
                || section.bits > 0 && section.buffer != 0
            {
                return Err(Fault::new(
                    start,
                    input.len(),
                    "unterminated shift sequence",
                ));
            }
            return Ok(at);
        };
        if section.bits >= 6 {
            return Err(Fault::new(
                start,
                at + 1,
                "partial character in shift sequence",
            ));
        }
        if section.bits > 0 && section.buffer != 0 {
            return Err(Fault::new(
                start,
                at + 1,
                "non-zero padding bits in shift sequence",
            ));
        }
        if let Some(high) = section.high
            && end < 128
        {
            wtf8::push(out, high);
        }
        at += usize::from(end == b'-');
    }
    Ok(at)
}

/// Characters that stand for themselves.
fn is_direct(cp: u32) -> bool {
    match u8::try_from(cp) {
        Ok(b'+' | b'\\' | b'~') => false,
        Ok(b) => matches!(b, b' '..=b'}' | b'\t' | b'\n' | b'\r'),
        Err(_) => false,
    }
}

pub fn encode(text: &[u8], out: &mut Vec<u8>) {
    let mut shifted = false;
    let (mut bits, mut buffer) = (0u32, 0u32);
    for (_, cp) in wtf8::code_points(text) {
        if is_direct(cp) {
            let b = cp as u8;
            if shifted {
                if bits > 0 {
                    out.push(ALPHABET[(buffer << (6 - bits) & 63) as usize]);
                    (bits, buffer) = (0, 0);
                }
                shifted = false;
                if base64_value(b).is_some() || b == b'-' {
                    out.push(b'-');
                }
            }
            out.push(b);
            continue;
        }
        if !shifted {
            if cp == u32::from(b'+') {
                out.extend_from_slice(b"+-");
                continue;
            }
            out.push(b'+');
            shifted = true;
        }
        let mut push = |unit: u32| {
            buffer = buffer << 16 | unit;
            bits += 16;
            while bits >= 6 {
                bits -= 6;
                out.push(ALPHABET[(buffer >> bits & 63) as usize]);
                buffer &= (1 << bits) - 1;
            }
        };
        if cp >= 0x10000 {
            push(0xd800 | (cp - 0x10000) >> 10);
            push(0xdc00 | cp & 0x3ff);
        } else {
            push(cp);
        }
    }
    if bits > 0 {
        out.push(ALPHABET[(buffer << (6 - bits) & 63) as usize]);
    }
    if shifted {
        out.push(b'-');
    }
}
