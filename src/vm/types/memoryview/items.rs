//! The elements of memoryviews: native `struct` formats of one character.

use super::{each_offset, item};
use crate::value::*;
use crate::vm::{new_bigint, new_bytes, new_float, new_int};
use crate::{R, Vm};

/// The format's letter, without the '@' that may go before it.
pub fn code(format: &str) -> Option<u8> {
    match format.strip_prefix('@').unwrap_or(format).as_bytes() {
        [c] => Some(*c),
        _ => None,
    }
}

/// Size of an element of a native format.
pub fn size_of_format(format: &str) -> Option<usize> {
    Some(match code(format)? {
        b'c' | b'b' | b'B' | b'?' => 1,
        b'h' | b'H' | b'e' => 2,
        b'i' | b'I' | b'f' => 4,
        b'l' | b'L' | b'q' | b'Q' | b'n' | b'N' | b'd' | b'P' => 8,
        _ => return None,
    })
}

pub fn same_format(a: &str, b: &str) -> bool {
    a.strip_prefix('@').unwrap_or(a) == b.strip_prefix('@').unwrap_or(b)
}

/// Whether elements of the format are equal exactly when their bytes are.
pub fn bytes_decide(format: &str) -> bool {
    !matches!(code(format), None | Some(b'f' | b'd' | b'e' | b'?'))
}

/// Half-precision bits as a float.
pub fn half_to_f64(bits: u16) -> f64 {
    let sign = if bits & 0x8000 != 0 { -1.0 } else { 1.0 };
    let (exponent, fraction) = (i32::from(bits >> 10 & 0x1f), f64::from(bits & 0x3ff));
    sign * match exponent {
        0 => fraction * 2f64.powi(-24),
        0x1f if fraction == 0.0 => f64::INFINITY,
        0x1f => f64::NAN,
        _ => (1024.0 + fraction) * 2f64.powi(exponent - 25),
    }
}

/// The nearest half-precision bits, ties to even; None on overflow.
pub fn half_from_f64(x: f64) -> Option<u16> {
    let sign = if x.is_sign_negative() { 0x8000 } else { 0 };
    let a = x.abs();
    if x.is_nan() {
        return Some(sign | 0x7e00);
    }
    if x.is_infinite() {
        return Some(sign | 0x7c00);
    }
    // In units of the smallest step at this magnitude.
    let exponent = if a < 2f64.powi(-14) {
        -14
    } else {
        (a.to_bits() >> 52) as i32 - 1023
    };
    if exponent > 15 {
        return None;
    }
    let scaled = (a * 2f64.powi(10 - exponent)).round_ties_even() as u32;
    let bits = ((exponent + 14) as u32) * 1024 + scaled;
    if bits >= 0x7c00 {
        return None;
    }
    Some(sign | bits as u16)
}

/// The value of an element; None for formats that aren't native ones. `raw` holds its bytes, filled up to eight.
pub fn unpack(format: &str, raw: &[u8; 8]) -> Option<Ref> {
    let [a, b, c, d, ..] = *raw;
    let signed = i64::from_ne_bytes(*raw);
    let unsigned = u64::from_ne_bytes(*raw);
    Some(match code(format)? {
        b'B' => new_int(a.into()),
        b'b' => new_int((a as i8).into()),
        b'c' => new_bytes(&[a]),
        b'?' => Ref::bool(a != 0),
        b'h' => new_int(i16::from_ne_bytes([a, b]).into()),
        b'H' => new_int(u16::from_ne_bytes([a, b]).into()),
        b'i' => new_int(i32::from_ne_bytes([a, b, c, d]).into()),
        b'I' => new_int(u32::from_ne_bytes([a, b, c, d]).into()),
        b'l' | b'q' | b'n' => new_int(signed),
        b'L' | b'Q' | b'N' | b'P' => new_bigint(unsigned.into()),
        b'f' => new_float(f32::from_ne_bytes([a, b, c, d]).into()),
        b'd' => new_float(f64::from_bits(unsigned)),
        b'e' => new_float(half_to_f64(u16::from_ne_bytes([a, b]))),
        _ => return None,
    })
}

fn bad_type(vm: &mut Vm, format: &str) -> crate::Raised {
    let text = format!("memoryview: invalid type for format '{format}'");
    vm.type_error(&text)
}
fn bad_value(vm: &mut Vm, format: &str) -> crate::Raised {
    let text = format!("memoryview: invalid value for format '{format}'");
    vm.value_error(&text)
}

/// The outcome of a conversion, with this module's errors in place of those it may raise.
fn converted<T>(vm: &mut Vm, r: R<T>, format: &str) -> R<T> {
    let types = &rt().types;
    match r {
        Err(_) if vm.exc_is(&types.type_error) => {
            vm.exc = None;
            Err(bad_type(vm, format))
        }
        Err(_) if vm.exc_is(&types.overflow_error) || vm.exc_is(&types.value_error) => {
            vm.exc = None;
            Err(bad_value(vm, format))
        }
        r => r,
    }
}

/// The bytes of a value as an element.
pub fn pack(vm: &mut Vm, format: &str, value: &Ref) -> R<([u8; 8], usize)> {
    let (Some(c), Some(size)) = (code(format), size_of_format(format)) else {
        let text = format!("memoryview: format {format} not supported");
        return Err(vm.not_implemented_error(&text));
    };
    let shown = format.strip_prefix('@').unwrap_or(format);
    let mut raw = [0u8; 8];
    match c {
        b'c' => match value.cast::<BytesObj>().map(BytesObj::bytes) {
            Some(&[b]) => raw[0] = b,
            Some(_) => return Err(bad_value(vm, shown)),
            None => return Err(bad_type(vm, shown)),
        },
        b'?' => raw[0] = vm.truthy(value)?.into(),
        b'f' | b'd' | b'e' => {
            let x = vm.float_value(value);
            let x = converted(vm, x, shown)?;
            match c {
                b'f' => raw[..4].copy_from_slice(&(x as f32).to_ne_bytes()),
                b'd' => raw = x.to_ne_bytes(),
                _ => match half_from_f64(x) {
                    Some(h) => raw[..2].copy_from_slice(&h.to_ne_bytes()),
                    None => return Err(bad_value(vm, shown)),
                },
            }
        }
        _ => {
            if !super::is_index(value) {
                return Err(bad_type(vm, shown));
            }
            let n = vm.index(value);
            let n = converted(vm, n, shown)?;
            let n = match n.as_bigint().and_then(|b| i128::try_from(b).ok()) {
                Some(n) => n,
                None => return Err(bad_value(vm, shown)),
            };
            let bits = size as u32 * 8;
            let signed = matches!(c, b'b' | b'h' | b'i' | b'l' | b'q' | b'n');
            let (low, high) = if signed {
                (-(1i128 << (bits - 1)), (1i128 << (bits - 1)) - 1)
            } else {
                (0, (1i128 << bits) - 1)
            };
            if n < low || n > high {
                return Err(bad_value(vm, shown));
            }
            if cfg!(target_endian = "little") {
                raw[..size].copy_from_slice(&n.to_le_bytes()[..size]);
            } else {
                raw[..size].copy_from_slice(&n.to_be_bytes()[16 - size..]);
            }
        }
    }
    Ok((raw, size))
}

/// Whether all elements of two views of the same shape are equal. Formats that can't be read make them different.
pub fn compare_items(
    vm: &mut Vm,
    x: &MemoryViewObj,
    x_base: &Ref,
    y: &MemoryViewObj,
    y_base: &Ref,
) -> R<bool> {
    if size_of_format(&x.format).is_none() || size_of_format(&y.format).is_none() {
        return Ok(false);
    }
    let mut places = Vec::new();
    each_offset(x, false, |at| places.push((at, 0)));
    let mut i = 0;
    each_offset(y, false, |at| {
        if let Some(p) = places.get_mut(i) {
            p.1 = at;
        }
        i += 1;
    });
    for (p, q) in places {
        let p = item(vm, x, x_base, p)?;
        let q = item(vm, y, y_base, q)?;
        // Equality proper: a NaN differs from itself.
        if !vm.compare_bool(&p, &q, slots::Cmp::Eq)? {
            return Ok(false);
        }
    }
    Ok(true)
}
