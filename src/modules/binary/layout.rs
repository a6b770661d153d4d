//! Formats of `struct`: from their text to places in a buffer, and how one value is written and read.

use num_bigint::BigInt;
use taipan_vm::value::{ByteArrayObj, BytesObj, ComplexObj, Ref};
use taipan_vm::vm::{new_bigint, new_bytes, new_complex, new_float, new_int};
use taipan_vm::{Vm, rt};

/// A run of values of one kind.
#[derive(Clone, Copy, Debug)]
pub struct Code {
    pub letter: u8,
    pub offset: usize,
    /// Of one value.
    pub size: usize,
    /// Values; always 1 for strings.
    pub count: usize,
}

/// A format, understood.
#[derive(Debug)]
pub struct Layout {
    pub codes: Vec<Code>,
    pub size: usize,
    /// Number of values.
    pub values: usize,
    pub big_endian: bool,
}

/// Size and alignment of a letter; `native` ones are those of C on 64-bit Linux.
fn measure(letter: u8, native: bool) -> Option<(usize, usize)> {
    let (size, align) = match letter {
        b'x' | b'c' | b'b' | b'B' | b'?' | b's' | b'p' => (1, 1),
        b'h' | b'H' | b'e' => (2, 2),
        b'i' | b'I' | b'f' => (4, 4),
        b'l' | b'L' if !native => (4, 4),
        b'l' | b'L' | b'q' | b'Q' | b'd' => (8, 8),
        b'n' | b'N' | b'P' if native => (8, 8),
        b'F' => (8, 4),
        b'D' => (16, 8),
        _ => return None,
    };
    Some((size, if native { align } else { 1 }))
}

impl Layout {
    /// Reads a format; the error is the message of `struct.error`.
    pub fn parse(format: &[u8]) -> Result<Layout, &'static str> {
        let (native, big_endian, body) = match format.first() {
            Some(b'@') => (true, false, &format[1..]),
            Some(b'=' | b'<') => (false, false, &format[1..]),
            Some(b'>' | b'!') => (false, true, &format[1..]),
            _ => (true, false, format),
        };
        const TOO_LONG: &str = "total struct size too long";
        let mut layout = Layout {
            codes: Vec::new(),
            size: 0,
            values: 0,
            big_endian,
        };
        let mut bytes = body.iter().copied().peekable();
        while let Some(mut letter) = bytes.next() {
            if matches!(letter, b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c) {
                continue;
            }
            let mut count = 1usize;
            if letter.is_ascii_digit() {
                count = (letter - b'0') as usize;
                loop {
                    match bytes.next() {
                        Some(d) if d.is_ascii_digit() => {
                            count = count
                                .checked_mul(10)
                                .and_then(|c| c.checked_add((d - b'0') as usize))
                                .filter(|c| *c <= isize::MAX as usize)
                                .ok_or(TOO_LONG)?;
                        }
                        Some(other) => {
                            letter = other;
                            break;
                        }
                        None => return Err("repeat count given without format specifier"),
                    }
                }
            }
            let Some((size, align)) = measure(letter, native) else {
                return Err("bad char in struct format");
            };
            let offset = layout
                .size
                .checked_next_multiple_of(align)
                .ok_or(TOO_LONG)?;
            let (size, count) = match letter {
                b's' | b'p' => (count, 1),
                _ => (size, count),
            };
            layout.size = size
                .checked_mul(count)
                .and_then(|s| s.checked_add(offset))
                .filter(|s| *s <= isize::MAX as usize)
                .ok_or(TOO_LONG)?;
            if letter == b'x' || count == 0 {
                continue;
            }
            layout.values += count;
            layout.codes.push(Code {
                letter,
                offset,
                size,
                count,
            });
        }
        Ok(layout)
    }
}

/// Why a value can't be written.
pub enum Failure {
    /// `struct.error` with that message.
    Struct(String),
    Raised(taipan_vm::Raised),
}

impl From<taipan_vm::Raised> for Failure {
    fn from(e: taipan_vm::Raised) -> Failure {
        Failure::Raised(e)
    }
}

fn failure<T>(text: &str) -> Result<T, Failure> {
    Err(Failure::Struct(text.into()))
}

/// Puts bytes given in little-endian order into their place.
fn put(out: &mut [u8], little: &[u8], big_endian: bool) {
    for (i, to) in out.iter_mut().enumerate() {
        let at = if big_endian { little.len() - 1 - i } else { i };
        *to = little[at];
    }
}

/// Writes a value into its place.
pub fn pack(
    vm: &mut Vm,
    code: Code,
    big_endian: bool,
    value: &Ref,
    out: &mut [u8],
) -> Result<(), Failure> {
    match code.letter {
        b'?' => out[0] = vm.truthy(value)? as u8,
        b'c' => match value.cast::<BytesObj>().map(|b| b.bytes()) {
            Some([b]) => out[0] = *b,
            _ => return failure("char format requires a bytes object of length 1"),
        },
        b's' | b'p' => {
            let data = match (value.cast::<BytesObj>(), value.cast::<ByteArrayObj>()) {
                (Some(b), _) => b.bytes().to_vec(),
                (_, Some(b)) => b.data.get(vm).to_vec(),
                _ => {
                    let c = code.letter as char;
                    return failure(&format!("argument for '{c}' must be a bytes object"));
                }
            };
            let text = if code.letter == b'p' {
                let Some((first, rest)) = out.split_first_mut() else {
                    return Ok(());
                };
                *first = data.len().min(rest.len()).min(255) as u8;
                rest
            } else {
                out
            };
            let n = data.len().min(text.len());
            text[..n].copy_from_slice(&data[..n]);
        }
        b'e' | b'f' | b'd' => {
            let x = float(vm, value, "required argument is not a float")?;
            put_float(vm, code.letter, big_endian, x, out)?;
        }
        b'F' | b'D' => {
            let (re, im) = complex(vm, value)?;
            let letter = if code.letter == b'F' { b'f' } else { b'd' };
            let (first, second) = out.split_at_mut(code.size / 2);
            put_float(vm, letter, big_endian, re, first)?;
            put_float(vm, letter, big_endian, im, second)?;
        }
        _ => put_int(vm, code, big_endian, value, out)?,
    }
    Ok(())
}

fn float(vm: &mut Vm, value: &Ref, message: &str) -> Result<f64, Failure> {
    match vm.float_value(value) {
        Ok(x) => Ok(x),
        Err(_) => {
            vm.take_exc();
            failure(message)
        }
    }
}

fn complex(vm: &mut Vm, value: &Ref) -> Result<(f64, f64), Failure> {
    let message = "required argument is not a complex";
    if value.is_str() {
        return failure(message);
    }
    let class = rt().types.complex.clone();
    match vm.call(&class, std::slice::from_ref(value)) {
        Ok(c) => match c.cast::<ComplexObj>() {
            Some(c) => Ok((c.re, c.im)),
            None => failure(message),
        },
        Err(_) => {
            vm.take_exc();
            failure(message)
        }
    }
}

fn put_float(
    vm: &mut Vm,
    letter: u8,
    big_endian: bool,
    x: f64,
    out: &mut [u8],
) -> Result<(), Failure> {
    let overflow = match letter {
        b'd' => {
            put(out, &x.to_le_bytes(), big_endian);
            false
        }
        b'f' => {
            let y = x as f32;
            put(out, &y.to_le_bytes(), big_endian);
            y.is_infinite() && x.is_finite()
        }
        _ => {
            let bits = to_half(x);
            put(out, &bits.to_le_bytes(), big_endian);
            bits & 0x7FFF == 0x7C00 && x.is_finite()
        }
    };
    if overflow {
        let c = letter as char;
        return Err(vm
            .overflow_error(&format!("float too large to pack with {c} format"))
            .into());
    }
    Ok(())
}

fn put_int(
    vm: &mut Vm,
    code: Code,
    big_endian: bool,
    value: &Ref,
    out: &mut [u8],
) -> Result<(), Failure> {
    let value = match vm.index_opt(value)? {
        Some(i) => i,
        None => return failure("required argument is not an integer"),
    };
    let n: Option<i128> = match value.as_i64() {
        Some(n) => Some(n as i128),
        None => value.as_bigint().and_then(|n| i128::try_from(&n).ok()),
    };
    let bits = code.size as u32 * 8;
    let (low, high) = match code.letter {
        b'P' => (-(1i128 << 63), (1i128 << 64) - 1),
        b'b' | b'h' | b'i' | b'l' | b'q' | b'n' => {
            (-(1i128 << (bits - 1)), (1i128 << (bits - 1)) - 1)
        }
        _ => (0, (1i128 << bits) - 1),
    };
    match n.filter(|n| (low..=high).contains(n)) {
        Some(n) => put(out, &n.to_le_bytes()[..code.size], big_endian),
        None if code.letter == b'P' => return failure("int too large to convert"),
        None => {
            let c = code.letter as char;
            return failure(&format!("'{c}' format requires {low} <= number <= {high}"));
        }
    }
    Ok(())
}

/// Reads the value at a place.
pub fn unpack(code: Code, big_endian: bool, data: &[u8]) -> Ref {
    let little = |data: &[u8]| {
        let mut raw = [0u8; 8];
        for (i, b) in data.iter().take(8).enumerate() {
            raw[if big_endian {
                data.len().min(8) - 1 - i
            } else {
                i
            }] = *b;
        }
        u64::from_le_bytes(raw)
    };
    let number = |data: &[u8]| match data.len() {
        2 => from_half(little(data) as u16),
        4 => f32::from_bits(little(data) as u32) as f64,
        _ => f64::from_bits(little(data)),
    };
    match code.letter {
        b'?' => Ref::bool(data[0] != 0),
        b'c' | b's' => new_bytes(data),
        b'p' => match data.split_first() {
            Some((n, rest)) => new_bytes(&rest[..(*n as usize).min(rest.len())]),
            None => new_bytes(&[]),
        },
        b'e' | b'f' | b'd' => new_float(number(data)),
        b'F' | b'D' => {
            let (re, im) = data.split_at(code.size / 2);
            new_complex(number(re), number(im))
        }
        b'b' | b'h' | b'i' | b'l' | b'q' | b'n' => {
            let shift = 64 - code.size as u32 * 8;
            new_int((little(data) << shift) as i64 >> shift)
        }
        _ => new_bigint(BigInt::from(little(data))),
    }
}

/// The nearest float of 16 bits (IEEE 754 binary16), ties to even.
fn to_half(x: f64) -> u16 {
    let bits = x.to_bits();
    let sign = (bits >> 48 & 0x8000) as u16;
    if x.is_nan() {
        return sign | 0x7E00;
    }
    let a = x.abs();
    if a >= 65520.0 {
        return sign | 0x7C00;
    }
    if a < 6.103_515_625e-5 {
        // Subnormal: a number of 2^-24; rounding up to 2^10 of them gives the smallest normal one.
        return sign | (a * 16_777_216.0).round_ties_even() as u16;
    }
    let exponent = (bits >> 52 & 0x7FF) as i64 - 1023;
    let fraction = bits & ((1 << 52) - 1);
    let (kept, lost) = (fraction >> 42, fraction & ((1 << 42) - 1));
    let half = 1u64 << 41;
    let up = lost > half || lost == half && kept & 1 == 1;
    // A carry out of the fraction goes into the exponent.
    sign | ((((exponent + 15) as u64) << 10 | kept) + up as u64) as u16
}

fn from_half(bits: u16) -> f64 {
    let sign = if bits & 0x8000 != 0 { -1.0 } else { 1.0 };
    let (exponent, fraction) = ((bits >> 10 & 0x1F) as i32, (bits & 0x3FF) as f64);
    match exponent {
        0 => sign * fraction / 16_777_216.0,
        31 if fraction == 0.0 => sign * f64::INFINITY,
        31 => f64::NAN.copysign(sign),
        _ => sign * (1.0 + fraction / 1024.0) * 2f64.powi(exponent - 15),
    }
}
