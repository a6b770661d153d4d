//! UTF-16 and UTF-32 in either byte order.

use crate::codec::Fault;
use crate::wtf8;

pub fn decode_utf16(
    input: &[u8],
    from: usize,
    last: bool,
    big: bool,
    out: &mut Vec<u8>,
) -> Result<usize, Fault> {
    let unit = |at: usize| {
        let pair = [input[at], input[at + 1]];
        u32::from(if big {
            u16::from_be_bytes(pair)
        } else {
            u16::from_le_bytes(pair)
        })
    };
    let length = input.len();
    let mut at = from;
    while at + 1 < length {
        let first = unit(at);
        match first {
            0xd800..=0xdbff => {
                if at + 3 >= length {
                    if !last {
                        return Ok(at);
                    }
                    return Err(Fault::new(at, length, "unexpected end of data"));
                }
                let second = unit(at + 2);
                if second & 0xfc00 != 0xdc00 {
                    return Err(Fault::new(at, at + 2, "illegal UTF-16 surrogate"));
                }
                wtf8::push(out, 0x10000 + ((first & 0x3ff) << 10 | second & 0x3ff));
                at += 4;
            }
            0xdc00..=0xdfff => return Err(Fault::new(at, at + 2, "illegal encoding")),
            _ => {
                wtf8::push(out, first);
                at += 2;
            }
        }
    }
    if at < length && last {
        return Err(Fault::new(at, length, "truncated data"));
    }
    Ok(at)
}

pub fn encode_utf16(text: &[u8], from: usize, big: bool, out: &mut Vec<u8>) -> Result<(), Fault> {
    let mut push = |unit: u16| {
        out.extend_from_slice(&if big {
            unit.to_be_bytes()
        } else {
            unit.to_le_bytes()
        });
    };
    for (at, cp) in wtf8::code_points(&text[from..]) {
        match cp {
            0xd800..=0xdfff => {
                return Err(Fault::new(
                    from + at,
                    from + at + 3,
                    "surrogates not allowed",
                ));
            }
            0x10000.. => {
                push(0xd800 | ((cp - 0x10000) >> 10) as u16);
                push(0xdc00 | (cp & 0x3ff) as u16);
            }
            _ => push(cp as u16),
        }
    }
    Ok(())
}

pub fn decode_utf32(
    input: &[u8],
    from: usize,
    last: bool,
    big: bool,
    out: &mut Vec<u8>,
) -> Result<usize, Fault> {
    let mut at = from;
    let (units, tail) = input[from..].as_chunks::<4>();
    for unit in units {
        let cp = if big {
            u32::from_be_bytes(*unit)
        } else {
            u32::from_le_bytes(*unit)
        };
        if cp & 0xffff_f800 == 0xd800 {
            let reason = "code point in surrogate code point range(0xd800, 0xe000)";
            return Err(Fault::new(at, at + 4, reason));
        }
        if cp > 0x10ffff {
            return Err(Fault::new(at, at + 4, "code point not in range(0x110000)"));
        }
        wtf8::push(out, cp);
        at += 4;
    }
    if !tail.is_empty() && last {
        return Err(Fault::new(at, input.len(), "truncated data"));
    }
    Ok(at)
}

pub fn encode_utf32(text: &[u8], from: usize, big: bool, out: &mut Vec<u8>) -> Result<(), Fault> {
    for (at, cp) in wtf8::code_points(&text[from..]) {
        if cp & 0xffff_f800 == 0xd800 {
            return Err(Fault::new(
                from + at,
                from + at + 3,
                "surrogates not allowed",
            ));
        }
        out.extend_from_slice(&if big {
            cp.to_be_bytes()
        } else {
            cp.to_le_bytes()
        });
    }
    Ok(())
}
