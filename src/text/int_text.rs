//! Integers as text: `int(text, base)` with its prefixes, underscores and digit limit, and the way back.

use num_bigint::{BigInt, BigUint, Sign};
use num_traits::{ToPrimitive, Zero};

use crate::{Kind, TextError};

/// CPython's default of `sys.set_int_max_str_digits`; 0 means no limit.
pub const DEFAULT_DIGIT_LIMIT: usize = 4300;
/// Below this many digits the limit is never looked at.
const LIMIT_THRESHOLD: usize = 640;

/// An integer, small when it fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Int {
    Small(i64),
    Big(BigInt),
}

impl Int {
    pub fn into_big(self) -> BigInt {
        match self {
            Int::Small(n) => n.into(),
            Int::Big(n) => n,
        }
    }

    pub fn from_big(n: BigInt) -> Int {
        match n.to_i64() {
            Some(n) => Int::Small(n),
            None => Int::Big(n),
        }
    }
}

/// Why `int(text, base)` failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IntError {
    /// The base is not 0 or 2..=36.
    Base,
    /// "invalid literal for int() with base N: repr"
    Invalid,
    /// More digits than the limit allows.
    TooLong { digits: usize, limit: usize },
}

impl IntError {
    /// The exception's text; `repr` is asked for the repr of what was to be read.
    pub fn message(&self, base: i64, repr: impl FnOnce() -> String) -> TextError {
        TextError::new(
            Kind::Value,
            match self {
                IntError::Base => "int() base must be >= 2 and <= 36, or 0".to_string(),
                IntError::Invalid => {
                    let repr: String = repr().chars().take(200).collect();
                    format!("invalid literal for int() with base {base}: {repr}")
                }
                IntError::TooLong { digits, limit } => format!(
                    "Exceeds the limit ({limit} digits) for integer string conversion: value has {digits} digits; \
                     use sys.set_int_max_str_digits() to increase the limit"
                ),
            },
        )
    }
}

/// `int(text, base)` for a str.
pub fn parse(s: &[u8], base: i64, limit: usize) -> Result<Int, IntError> {
    if base != 0 && !(2..=36).contains(&base) {
        return Err(IntError::Base);
    }
    if base == 10
        && let Some(n) = plain(s)
    {
        return Ok(Int::Small(n));
    }
    match crate::wtf8::ascii_digits_and_spaces(s) {
        Some(ascii) => parse_bytes(&ascii, base, limit),
        None => Err(IntError::Invalid),
    }
}

/// Short decimal numbers without anything around them, the usual case.
#[inline]
fn plain(s: &[u8]) -> Option<i64> {
    let digits = s.strip_prefix(b"-").unwrap_or(s);
    if digits.is_empty() || digits.len() > 18 || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let n = digits.iter().fold(0, |n, &d| n * 10 + i64::from(d - b'0'));
    Some(if digits.len() < s.len() { -n } else { n })
}

/// `int(b"...", base)`.
pub fn parse_bytes(s: &[u8], base: i64, limit: usize) -> Result<Int, IntError> {
    let mut radix = match base {
        0 | 2..=36 => base as u32,
        _ => return Err(IntError::Base),
    };
    let s = crate::wtf8::trim_ascii_space(s);
    let (negative, mut body) = match s {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, s),
    };
    let prefix = match body {
        [b'0', b'x' | b'X', ..] => 16,
        [b'0', b'o' | b'O', ..] => 8,
        [b'0', b'b' | b'B', ..] => 2,
        _ => 0,
    };
    let mut only_zero = false;
    if radix == 0 {
        radix = if prefix != 0 { prefix } else { 10 };
        only_zero = prefix == 0 && body.first() == Some(&b'0');
    }
    if prefix == radix {
        body = &body[2..];
        body = body.strip_prefix(b"_").unwrap_or(body);
    }
    let mut digits = Vec::with_capacity(body.len());
    let mut after_digit = false;
    for &b in body {
        if b == b'_' {
            if !after_digit {
                return Err(IntError::Invalid);
            }
            after_digit = false;
            continue;
        }
        let value = (b as char).to_digit(radix).ok_or(IntError::Invalid)?;
        digits.push(value as u8);
        after_digit = true;
    }
    if !after_digit {
        return Err(IntError::Invalid);
    }
    if !radix.is_power_of_two() && limit != 0 && digits.len() > limit.max(LIMIT_THRESHOLD) {
        return Err(IntError::TooLong {
            digits: digits.len(),
            limit,
        });
    }
    let sign = |n: i64| if negative { -n } else { n };
    let value = if digits.len() <= 11 || radix <= 10 && digits.len() <= 18 {
        Int::Small(sign(
            digits
                .iter()
                .fold(0, |n, &d| n * i64::from(radix) + i64::from(d)),
        ))
    } else {
        let sign = if negative { Sign::Minus } else { Sign::Plus };
        Int::from_big(BigInt::from_biguint(sign, from_digits(&digits, radix)))
    };
    if only_zero && value != Int::Small(0) {
        return Err(IntError::Invalid);
    }
    Ok(value)
}

/// Digit values, most significant first, as a number; halves are joined by multiplication, which is subquadratic.
fn from_digits(digits: &[u8], radix: u32) -> BigUint {
    const LEAF: usize = 1024;
    if digits.len() <= LEAF || radix.is_power_of_two() {
        return BigUint::from_radix_be(digits, radix).unwrap_or_default();
    }
    // powers[k] = radix ** (LEAF << k)
    let mut powers = vec![BigUint::from(radix).pow(LEAF as u32)];
    while LEAF << powers.len() < digits.len() {
        let last = &powers[powers.len() - 1];
        powers.push(last * last);
    }
    fn join(digits: &[u8], radix: u32, powers: &[BigUint]) -> BigUint {
        let Some((power, smaller)) = powers.split_last() else {
            return BigUint::from_radix_be(digits, radix).unwrap_or_default();
        };
        let low = LEAF << smaller.len();
        if digits.len() <= low {
            return join(digits, radix, smaller);
        }
        let (high, low) = digits.split_at(digits.len() - low);
        join(high, radix, smaller) * power + join(low, radix, smaller)
    }
    join(digits, radix, &powers)
}

/// `str(n)` under the digit limit (0: none).
pub fn to_decimal(n: &BigInt, limit: usize) -> Result<String, TextError> {
    let too_long = || {
        TextError::new(
            Kind::Value,
            format!(
                "Exceeds the limit ({limit} digits) for integer string conversion; \
                 use sys.set_int_max_str_digits() to increase the limit"
            ),
        )
    };
    // 10**limit has limit * 3.32 bits: decide the clear cases without converting.
    let limited = limit != 0 && n.bits() > 3 * LIMIT_THRESHOLD as u64;
    if limited && n.bits() as f64 > limit as f64 * std::f64::consts::LOG2_10 + 8.0 {
        return Err(too_long());
    }
    let text = to_radix(n, 10);
    let digits = text.len() - usize::from(n.sign() == Sign::Minus);
    if limited && digits > limit {
        Err(too_long())
    } else {
        Ok(text)
    }
}

/// Digits in a base of 2..=36, lower case, `-` in front of negative numbers, no prefix.
pub fn to_radix(n: &BigInt, radix: u32) -> String {
    const LEAF_BITS: u64 = 16_384;
    if radix != 10 || n.bits() <= LEAF_BITS {
        return n.to_str_radix(radix.clamp(2, 36));
    }
    // Divide by squares of powers of ten: as fast as the crate's division.
    let mut powers = vec![(BigUint::from(10u32).pow(2048), 2048usize)];
    while powers[powers.len() - 1].0.bits() * 2 < n.bits() {
        let (power, zeros) = &powers[powers.len() - 1];
        powers.push((power * power, zeros * 2));
    }
    fn split(n: &BigUint, powers: &[(BigUint, usize)], width: usize, out: &mut String) {
        let Some(((power, zeros), smaller)) = powers.split_last() else {
            let text = n.to_string();
            out.extend(std::iter::repeat_n('0', width.saturating_sub(text.len())));
            if !(width == 0 && n.is_zero()) {
                out.push_str(&text);
            }
            return;
        };
        let (high, low) = num_integer::Integer::div_rem(n, power);
        if width == 0 && high.is_zero() {
            return split(&low, smaller, 0, out);
        }
        split(&high, smaller, width.saturating_sub(*zeros), out);
        split(&low, smaller, *zeros, out);
    }
    let mut out = String::new();
    if n.sign() == Sign::Minus {
        out.push('-');
    }
    split(n.magnitude(), &powers, 0, &mut out);
    out
}

/// The same for a small number.
pub fn small_to_radix(n: i64, radix: u32) -> String {
    match radix {
        10 => n.to_string(),
        _ => {
            let sign = if n < 0 { "-" } else { "" };
            let magnitude = n.unsigned_abs();
            match radix {
                2 => format!("{sign}{magnitude:b}"),
                8 => format!("{sign}{magnitude:o}"),
                16 => format!("{sign}{magnitude:x}"),
                _ => to_radix(&n.into(), radix),
            }
        }
    }
}

/// `bin`, `oct`, `hex`: digits with their prefix.
pub fn prefixed(n: &BigInt, radix: u32) -> String {
    let digits = to_radix(n, radix);
    let prefix = match radix {
        2 => "0b",
        8 => "0o",
        _ => "0x",
    };
    match digits.strip_prefix('-') {
        Some(digits) => format!("-{prefix}{digits}"),
        None => format!("{prefix}{digits}"),
    }
}
