//! The elements of arrays: how each typecode is laid out, read and written.

use taipan_text::wtf8;
use taipan_vm::vm::{new_bigint, new_float, new_int, new_wtf8};
use taipan_vm::{R, Ref, Vm};

/// All typecodes, in the order of `array.typecodes`.
pub const CODES: &str = "bBuwhHiIlLqQfd";

/// The size of an element, if the code is one.
pub const fn size(code: u8) -> Option<usize> {
    Some(match code {
        b'b' | b'B' => 1,
        b'h' | b'H' => 2,
        b'i' | b'I' | b'u' | b'w' | b'f' => 4,
        b'l' | b'L' | b'q' | b'Q' | b'd' => 8,
        _ => return None,
    })
}

/// The code as the buffer protocol tells it.
pub const fn format(code: u8) -> &'static str {
    match code {
        b'b' => "b",
        b'B' => "B",
        b'h' => "h",
        b'H' => "H",
        b'i' => "i",
        b'I' => "I",
        b'l' => "l",
        b'L' => "L",
        b'q' => "q",
        b'Q' => "Q",
        b'f' => "f",
        b'd' => "d",
        _ => "w",
    }
}

/// Whether the elements are characters.
pub const fn is_text(code: u8) -> bool {
    matches!(code, b'u' | b'w')
}

/// The element number `i`; undefined if it is no character where it must be one.
#[inline]
pub fn load(code: u8, data: &[u8], i: usize) -> Option<Ref> {
    macro_rules! get {
        ($t:ty) => {
            <$t>::from_ne_bytes(*data.as_chunks::<{ size_of::<$t>() }>().0.get(i)?)
        };
    }
    Some(match code {
        b'd' => new_float(get!(f64)),
        b'i' => new_int(get!(i32).into()),
        b'B' => new_int(get!(u8).into()),
        b'b' => new_int(get!(i8).into()),
        b'h' => new_int(get!(i16).into()),
        b'H' => new_int(get!(u16).into()),
        b'I' => new_int(get!(u32).into()),
        b'l' | b'q' => new_int(get!(i64)),
        b'L' | b'Q' => {
            let n = get!(u64);
            match i64::try_from(n) {
                Ok(n) => new_int(n),
                Err(_) => new_bigint(n.into()),
            }
        }
        b'f' => new_float(get!(f32).into()),
        _ => {
            let c = get!(u32);
            if c > 0x10_ffff {
                return Some(Ref::UNDEFINED);
            }
            let mut out = Vec::new();
            wtf8::push(&mut out, c);
            new_wtf8(&out)
        }
    })
}

/// An element as bytes; the first `size(code)` of them count.
#[inline]
pub fn store(vm: &mut Vm, code: u8, value: &Ref) -> R<[u8; 8]> {
    fn padded<const N: usize>(b: [u8; N]) -> [u8; 8] {
        let mut out = [0; 8];
        out[..N].copy_from_slice(&b);
        out
    }
    Ok(match code {
        b'd' => vm.float_value(value)?.to_ne_bytes(),
        b'f' => padded((vm.float_value(value)? as f32).to_ne_bytes()),
        b'u' | b'w' => padded(character(vm, value)?.to_ne_bytes()),
        b'B' | b'b' | b'h' | b'H' | b'i' => {
            let (low, high, what) = match code {
                b'b' => (i8::MIN.into(), i8::MAX.into(), "signed char"),
                b'B' => (0, u8::MAX.into(), "unsigned byte integer"),
                b'h' => (i16::MIN.into(), i16::MAX.into(), "signed short integer"),
                b'H' => (0, u16::MAX.into(), "unsigned short"),
                _ => (i32::MIN.into(), i32::MAX.into(), "signed integer"),
            };
            let n = match value.as_i64() {
                Some(n) => n,
                None => match vm.index(value)?.as_i64() {
                    Some(n) => n,
                    None => {
                        return Err(vm.overflow_error("Python int too large to convert to C long"));
                    }
                },
            };
            if n < low {
                return Err(vm.overflow_error(&format!("{what} is less than minimum")));
            }
            if n > high {
                return Err(vm.overflow_error(&format!("{what} is greater than maximum")));
            }
            // Two's complement: the low bytes are the element, whatever its size.
            let bytes = n.to_le_bytes();
            match code {
                b'b' | b'B' => padded([bytes[0]]),
                b'h' | b'H' => padded((n as u16).to_ne_bytes()),
                _ => padded((n as u32).to_ne_bytes()),
            }
        }
        b'l' | b'q' => match vm.index(value)?.as_i64() {
            Some(n) => n.to_ne_bytes(),
            None if code == b'l' => {
                return Err(vm.overflow_error("Python int too large to convert to C long"));
            }
            None => return Err(vm.overflow_error("int too big to convert")),
        },
        _ => {
            let i = vm.index(value)?.as_bigint().unwrap_or_default();
            if i.sign() == num_bigint::Sign::Minus {
                return Err(vm.overflow_error(if code == b'Q' {
                    "can't convert negative int to unsigned"
                } else {
                    "can't convert negative value to unsigned int"
                }));
            }
            let Ok(n) = u64::try_from(i) else {
                return Err(vm.overflow_error(if code == b'Q' {
                    "int too big to convert"
                } else {
                    "Python int too large to convert to C unsigned long"
                }));
            };
            if code != b'I' {
                return Ok(n.to_ne_bytes());
            }
            match u32::try_from(n) {
                Ok(n) => padded(n.to_ne_bytes()),
                Err(_) => {
                    return Err(vm.overflow_error("unsigned int is greater than maximum"));
                }
            }
        }
    })
}

fn character(vm: &mut Vm, value: &Ref) -> R<u32> {
    if !value.is_str() {
        let text = format!(
            "array item must be a unicode character, not {}",
            vm.type_name(value)
        );
        return Err(vm.type_error(&text));
    }
    let s = value.str_obj();
    if s.nchars() != 1 {
        let text = format!(
            "array item must be a unicode character, not a string of length {}",
            s.nchars()
        );
        return Err(vm.type_error(&text));
    }
    Ok(wtf8::decode_at(s.bytes(), 0).0)
}

/// The elements that a text gives.
pub fn from_text(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() * 4);
    for (_, c) in wtf8::code_points(text) {
        out.extend_from_slice(&c.to_ne_bytes());
    }
    out
}

/// The text of the elements; an error as the reference words it for its array of characters.
pub fn to_text(vm: &mut Vm, code: u8, data: &[u8]) -> R<Ref> {
    let mut out = Vec::with_capacity(data.len() / 2);
    for c in data.as_chunks::<4>().0 {
        let c = u32::from_ne_bytes(*c);
        if c <= 0x10_ffff {
            wtf8::push(&mut out, c);
        } else if code == b'u' {
            let text = format!("character U+{c:x} is not in range [U+0000; U+10ffff]");
            return Err(vm.value_error(&text));
        } else {
            return vm.decode(data, "utf-32-le", "surrogatepass");
        }
    }
    Ok(new_wtf8(&out))
}

/// Turns the bytes of each element around.
pub fn swap(data: &mut [u8], size: usize) {
    if size > 1 {
        for item in data.chunks_exact_mut(size) {
            item.reverse();
        }
    }
}

/// The number that stands for the layout of elements in pickles.
pub fn machine_format(code: u8) -> i64 {
    let big = cfg!(target_endian = "big") as i64;
    match code {
        b'B' => 0,
        b'b' => 1,
        b'H' => 2 + big,
        b'h' => 4 + big,
        b'I' => 6 + big,
        b'i' => 8 + big,
        b'L' | b'Q' => 10 + big,
        b'l' | b'q' => 12 + big,
        b'f' => 14 + big,
        b'd' => 16 + big,
        _ => 20 + big,
    }
}

/// Size, signedness and byte order (big) of the integers of a machine format.
pub fn machine_int(format: i64) -> Option<(usize, bool, bool)> {
    Some(match format {
        0 => (1, false, false),
        1 => (1, true, false),
        2..=13 => {
            let size = match format {
                2..=5 => 2,
                6..=9 => 4,
                _ => 8,
            };
            (
                size,
                matches!(format, 4 | 5 | 8 | 9 | 12 | 13),
                format & 1 == 1,
            )
        }
        _ => return None,
    })
}
