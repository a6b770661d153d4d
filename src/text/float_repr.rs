//! Floats as text: repr, fixed and exponent formats, parsing, hexadecimal form, exact ratios and decimal rounding.

use num_bigint::BigInt;
use num_traits::{One, Zero};

use crate::{Kind, TextError};

/// The longest exact decimal expansion of a double; digits past it are zeros.
const EXACT_DIGITS: usize = 1100;

/// Decimal digits without leading zeros and the place of the point: value = 0.DIGITS * 10**point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decimal {
    pub digits: Vec<u8>,
    pub point: i64,
}

/// How a float is laid out; what `float.__format__`, `%` and repr have in common.
#[derive(Clone, Copy, Debug)]
pub struct FloatStyle {
    /// One of `e f g r` or its upper case; `r` is the shortest form and ignores the precision.
    pub code: u8,
    pub precision: usize,
    /// `#`: keep the point and, for `g`, trailing zeros.
    pub alternate: bool,
    /// Integral values get `.0`, as in repr.
    pub dot_zero: bool,
    pub plus: bool,
    /// `z`: a negative zero, also after rounding, loses its sign.
    pub no_negative_zero: bool,
}

impl FloatStyle {
    pub const REPR: FloatStyle = FloatStyle {
        code: b'r',
        precision: 0,
        alternate: false,
        dot_zero: true,
        plus: false,
        no_negative_zero: false,
    };

    pub fn new(code: u8, precision: usize) -> FloatStyle {
        FloatStyle {
            code,
            precision,
            dot_zero: false,
            ..FloatStyle::REPR
        }
    }
}

fn split_scientific(text: &str) -> Decimal {
    let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
    let digits: Vec<u8> = mantissa.bytes().filter(u8::is_ascii_digit).collect();
    let exponent: i64 = exponent.parse().unwrap_or(0);
    if digits.iter().all(|&d| d == b'0') {
        return Decimal {
            digits: vec![b'0'],
            point: 1,
        };
    }
    Decimal {
        digits,
        point: exponent + 1,
    }
}

fn strip_zeros(mut decimal: Decimal) -> Decimal {
    while decimal.digits.len() > 1 && decimal.digits.last() == Some(&b'0') {
        decimal.digits.pop();
    }
    decimal
}

/// The shortest digits that read back as the (finite) value.
pub fn shortest_digits(x: f64) -> Decimal {
    let shortest = split_scientific(&format!("{:e}", x.abs()));
    // With so many digits the value may lie half way between two candidates: then the even one is wanted. It has one
    // decimal more than they, and a binary fraction has as many decimals as bits.
    let length = shortest.digits.len() as i64;
    let (mantissa, exponent) = decompose(x);
    let bits = -i64::from(exponent) - i64::from(mantissa.trailing_zeros());
    if length >= 15 && (bits <= 0 || bits == length - shortest.point + 1) {
        let text = format!("{:.*e}", shortest.digits.len() - 1, x.abs());
        if text.parse() == Ok(x.abs()) {
            return strip_zeros(split_scientific(&text));
        }
    }
    shortest
}

/// The value correctly rounded to a number of significant digits (at least one), half to even.
pub fn significant_digits(x: f64, count: usize) -> Decimal {
    let count = count.clamp(1, EXACT_DIGITS);
    strip_zeros(split_scientific(&format!("{:.*e}", count - 1, x.abs())))
}

/// `repr(x)`.
pub fn repr(x: f64) -> String {
    format_float(x, &FloatStyle::REPR)
}

/// The fixed form of a finite value.
fn fixed(x: f64, style: &FloatStyle) -> String {
    let exact = style.precision.min(EXACT_DIGITS);
    let mut out = format!("{:.exact$}", x.abs());
    out.extend(std::iter::repeat_n('0', style.precision - exact));
    if exact == 0 && style.alternate {
        out.push('.');
    }
    let zero = || out.bytes().all(|b| matches!(b, b'0' | b'.'));
    if x.is_sign_negative() && !(style.no_negative_zero && zero()) {
        out.insert(0, '-');
    } else if style.plus {
        out.insert(0, '+');
    }
    out
}

/// A float in the given style; ASCII.
pub fn format_float(x: f64, style: &FloatStyle) -> String {
    let upper = style.code.is_ascii_uppercase();
    let code = style.code.to_ascii_lowercase();
    if !x.is_finite() {
        let sign = if x.is_sign_negative() && !x.is_nan() {
            "-"
        } else if style.plus {
            "+"
        } else {
            ""
        };
        let name = if x.is_nan() { "nan" } else { "inf" };
        let text = format!("{sign}{name}");
        return if upper {
            text.to_ascii_uppercase()
        } else {
            text
        };
    }
    let precision = style.precision;
    match code {
        b'f' => return fixed(x, style),
        b'r' if style.dot_zero && x.abs() < 1e15 && x.trunc() == x => {
            let sign = match x.is_sign_negative() {
                true if x == 0.0 && style.no_negative_zero => "",
                true => "-",
                false if style.plus => "+",
                false => "",
            };
            return format!("{sign}{}.0", x.abs() as u64);
        }
        _ => {}
    }
    let decimal = match code {
        b'e' => significant_digits(x, precision.saturating_add(1)),
        b'g' => significant_digits(x, precision.max(1)),
        _ => shortest_digits(x),
    };
    let Decimal { digits, point } = decimal;
    let length = digits.len() as i64;
    let signed_precision = i64::try_from(precision).unwrap_or(i64::MAX / 4);
    // `end` is where the digits stop, counted from the first of them: what is missing there is filled with zeros.
    let (exponential, mut end) = match code {
        b'e' => (true, signed_precision.saturating_add(1)),
        b'g' => {
            let significant = signed_precision.max(1);
            let limit = significant - i64::from(style.dot_zero);
            let end = if style.alternate { significant } else { length };
            (point <= -4 || point > limit, end)
        }
        _ => (point <= -4 || point > 16, length),
    };
    let (place, exponent) = if exponential {
        (1, point - 1)
    } else {
        (point, 0)
    };
    end = if style.dot_zero && !exponential {
        end.max(place + 1)
    } else {
        end.max(place)
    };

    let is_zero = digits == b"0";
    let mut out: Vec<u8> = Vec::with_capacity((end.max(length) + 8).clamp(0, 1 << 20) as usize);
    if x.is_sign_negative() && !(is_zero && style.no_negative_zero) {
        out.push(b'-');
    } else if style.plus {
        out.push(b'+');
    }
    let digit_at = |at: i64| {
        usize::try_from(at)
            .ok()
            .and_then(|at| digits.get(at))
            .copied()
            .unwrap_or(b'0')
    };
    if place <= 0 {
        out.push(b'0');
    } else {
        out.extend((0..place).map(digit_at));
    }
    out.push(b'.');
    let fraction_end = end.max(place);
    if place <= 0 {
        // Zeros between the point and the first digit.
        out.extend((place..0).map(|_| b'0'));
        out.extend((0..fraction_end).map(digit_at));
    } else {
        out.extend((place..fraction_end).map(digit_at));
    }
    if out.last() == Some(&b'.') && !style.alternate {
        out.pop();
    }
    if exponential {
        let sign = if exponent < 0 { '-' } else { '+' };
        out.extend_from_slice(format!("e{sign}{:02}", exponent.abs()).as_bytes());
    }
    if upper {
        out.make_ascii_uppercase();
    }
    String::from_utf8(out).unwrap_or_default()
}

/// The longest prefix that is a float without underscores, as (value, bytes used).
pub fn parse_prefix(s: &[u8]) -> Option<(f64, usize)> {
    let mut at = usize::from(matches!(s.first(), Some(b'+' | b'-')));
    let negative = s.first() == Some(&b'-');
    let signed = |x: f64| if negative { -x } else { x };
    let word = |at: usize, word: &str| {
        s.get(at..at + word.len())
            .is_some_and(|piece| piece.eq_ignore_ascii_case(word.as_bytes()))
    };
    for (name, value) in [
        ("infinity", f64::INFINITY),
        ("inf", f64::INFINITY),
        ("nan", f64::NAN),
    ] {
        if word(at, name) {
            return Some((signed(value), at + name.len()));
        }
    }
    let digits_from = |at: usize| s[at..].iter().take_while(|b| b.is_ascii_digit()).count();
    let whole = digits_from(at);
    at += whole;
    let mut fraction = 0;
    if s.get(at) == Some(&b'.') {
        fraction = digits_from(at + 1);
        at += 1 + fraction;
    }
    if whole + fraction == 0 {
        return None;
    }
    if matches!(s.get(at), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(s.get(at + 1), Some(b'+' | b'-')));
        let start = at + 1 + sign;
        if start <= s.len() {
            let count = digits_from(start);
            if count > 0 {
                at = start + count;
            }
        }
    }
    let text = std::str::from_utf8(&s[..at]).ok()?;
    Some((text.parse().ok()?, at))
}

/// Removes underscores that stand between digits; None if one stands elsewhere.
fn without_underscores(s: &[u8]) -> Option<std::borrow::Cow<'_, [u8]>> {
    if !s.contains(&b'_') {
        return Some(s.into());
    }
    let mut out = Vec::with_capacity(s.len());
    for (at, &b) in s.iter().enumerate() {
        if b == b'_' {
            let digit =
                |at: Option<usize>| at.and_then(|at| s.get(at)).is_some_and(u8::is_ascii_digit);
            if !digit(at.checked_sub(1)) || !digit(Some(at + 1)) {
                return None;
            }
        } else {
            out.push(b);
        }
    }
    Some(out.into())
}

/// `float(text)` for a str; None: "could not convert string to float: {repr}".
pub fn parse(s: &[u8]) -> Option<f64> {
    parse_bytes(&crate::wtf8::ascii_digits_and_spaces(s)?)
}

/// `float(b"...")`; the same without Unicode digits and spaces.
pub fn parse_bytes(s: &[u8]) -> Option<f64> {
    let text = without_underscores(crate::wtf8::trim_ascii_space(s))?;
    let (value, used) = parse_prefix(&text)?;
    (used == text.len()).then_some(value)
}

/// `repr` of a complex number.
pub fn complex_repr(re: f64, im: f64) -> String {
    let part = FloatStyle {
        dot_zero: false,
        ..FloatStyle::REPR
    };
    if re == 0.0 && !re.is_sign_negative() {
        return format!("{}j", format_float(im, &part));
    }
    let im = format_float(im, &FloatStyle { plus: true, ..part });
    format!("({}{im}j)", format_float(re, &part))
}

/// `complex(text)`.
pub fn parse_complex(s: &[u8], repr: impl Fn() -> String) -> Result<(f64, f64), TextError> {
    let malformed = || TextError::value("complex() arg is a malformed string");
    let ascii = crate::wtf8::ascii_digits_and_spaces(s).ok_or_else(malformed)?;
    let Some(text) = without_underscores(&ascii) else {
        return Err(TextError::new(
            Kind::Value,
            format!("could not convert string to complex: {}", repr()),
        ));
    };
    let mut rest = crate::wtf8::trim_ascii_space(&text);
    if let Some(inner) = rest.strip_prefix(b"(") {
        let inner = inner.strip_suffix(b")").ok_or_else(malformed)?;
        rest = crate::wtf8::trim_ascii_space(inner);
    }
    let is_j = |s: &[u8]| matches!(s, b"j" | b"J");
    let unit = |s: &[u8]| match s {
        [b'+', tail @ ..] => (1.0, tail.to_vec()),
        [b'-', tail @ ..] => (-1.0, tail.to_vec()),
        _ => (1.0, s.to_vec()),
    };
    match parse_prefix(rest) {
        None => {
            let (im, tail) = unit(rest);
            if is_j(&tail) {
                Ok((0.0, im))
            } else {
                Err(malformed())
            }
        }
        Some((first, used)) => {
            rest = &rest[used..];
            if rest.is_empty() {
                return Ok((first, 0.0));
            }
            if is_j(rest) {
                return Ok((0.0, first));
            }
            if !matches!(rest[0], b'+' | b'-') {
                return Err(malformed());
            }
            let (im, tail) = match parse_prefix(rest) {
                Some((im, used)) => (im, rest[used..].to_vec()),
                None => unit(rest),
            };
            if is_j(&tail) {
                Ok((first, im))
            } else {
                Err(malformed())
            }
        }
    }
}

/// `float.hex`.
pub fn hex(x: f64) -> String {
    if !x.is_finite() {
        return repr(x);
    }
    let sign = if x.is_sign_negative() { "-" } else { "" };
    if x == 0.0 {
        return format!("{sign}0x0.0p+0");
    }
    let bits = x.to_bits();
    let fraction = bits & ((1 << 52) - 1);
    let biased = (bits >> 52 & 0x7ff) as i32;
    let (lead, exponent) = if biased == 0 {
        (0, -1022)
    } else {
        (1, biased - 1023)
    };
    format!("{sign}0x{lead}.{fraction:013x}p{exponent:+}")
}

/// mantissa * 2**exponent (plus a little more if `sticky`), rounded half to even; None on overflow.
fn scale(mantissa: u64, sticky: bool, exponent: i64) -> Option<f64> {
    if mantissa == 0 {
        return Some(0.0);
    }
    let top = 63 - i64::from(mantissa.leading_zeros());
    // The exponent of the lowest bit that a double of this size can hold.
    let lowest = (top + exponent - 52).max(-1074);
    let shift = lowest - exponent;
    let mut kept = if shift <= 0 {
        mantissa << (-shift).min(63)
    } else if shift > 64 {
        0
    } else {
        let wide = u128::from(mantissa) << 64 >> shift;
        let (kept, lost) = ((wide >> 64) as u64, wide as u64);
        let lost_more = sticky || (shift > 0 && u128::from(mantissa) << 64 != wide << shift);
        let half = 1u64 << 63;
        let up = lost > half || lost == half && (lost_more || kept & 1 == 1);
        kept + u64::from(up)
    };
    let mut lowest = lowest;
    if kept >> 53 != 0 {
        kept >>= 1;
        lowest += 1;
    }
    if kept >> 52 == 0 {
        // Subnormal or zero: the bits are the value.
        return Some(f64::from_bits(kept));
    }
    let biased = lowest + 1075;
    if biased >= 0x7ff {
        return None;
    }
    Some(f64::from_bits(
        (biased as u64) << 52 | (kept & ((1 << 52) - 1)),
    ))
}

/// `float.fromhex`.
pub fn from_hex(s: &[u8]) -> Result<f64, TextError> {
    let invalid = || TextError::value("invalid hexadecimal floating-point string");
    let s = crate::wtf8::trim_ascii_space(s);
    let (negative, body) = match s {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, s),
    };
    let signed = |x: f64| Ok(if negative { -x } else { x });
    if body.eq_ignore_ascii_case(b"inf") || body.eq_ignore_ascii_case(b"infinity") {
        return signed(f64::INFINITY);
    }
    if body.eq_ignore_ascii_case(b"nan") {
        return signed(f64::NAN);
    }
    let body = match body {
        [b'0', b'x' | b'X', rest @ ..] => rest,
        _ => body,
    };
    let (mut mantissa, mut sticky, mut exponent) = (0u64, false, 0i64);
    let (mut seen, mut after_point) = (false, false);
    let mut at = 0;
    while let Some(&b) = body.get(at) {
        match (b as char).to_digit(16) {
            Some(digit) => {
                seen = true;
                if mantissa >> 59 == 0 {
                    mantissa = mantissa << 4 | u64::from(digit);
                    exponent -= if after_point { 4 } else { 0 };
                } else {
                    sticky |= digit != 0;
                    exponent += if after_point { 0 } else { 4 };
                }
            }
            None if b == b'.' && !after_point => after_point = true,
            None => break,
        }
        at += 1;
    }
    if !seen {
        return Err(invalid());
    }
    if let Some(b'p' | b'P') = body.get(at) {
        at += 1;
        let minus = body.get(at) == Some(&b'-');
        at += usize::from(matches!(body.get(at), Some(b'+' | b'-')));
        let digits = &body[at..];
        let digits = digits.iter().take_while(|d| d.is_ascii_digit());
        let (value, count) = digits.fold((0i64, 0), |(n, count), &d| {
            ((n * 10 + i64::from(d - b'0')).min(1 << 50), count + 1)
        });
        if count == 0 {
            return Err(invalid());
        }
        exponent = exponent.saturating_add(if minus { -value } else { value });
        at += count;
    }
    // Too large a value is reported before what follows it is looked at.
    match scale(mantissa, sticky, exponent) {
        Some(_) if at != body.len() => Err(invalid()),
        Some(x) => signed(x),
        None => Err(TextError::new(
            Kind::Overflow,
            "hexadecimal value too large to represent as a float",
        )),
    }
}

/// Mantissa and exponent of a finite value: x = mantissa * 2**exponent, the sign apart.
pub fn decompose(x: f64) -> (u64, i32) {
    let bits = x.to_bits();
    let fraction = bits & ((1 << 52) - 1);
    match (bits >> 52 & 0x7ff) as i32 {
        0 => (fraction, -1074),
        biased => (fraction | 1 << 52, biased - 1075),
    }
}

/// `float.as_integer_ratio`, in lowest terms.
pub fn integer_ratio(x: f64) -> Result<(BigInt, BigInt), TextError> {
    if x.is_nan() {
        return Err(TextError::value("cannot convert NaN to integer ratio"));
    }
    if x.is_infinite() {
        return Err(TextError::new(
            Kind::Overflow,
            "cannot convert Infinity to integer ratio",
        ));
    }
    let (mantissa, exponent) = decompose(x);
    if mantissa == 0 {
        return Ok((BigInt::zero(), BigInt::one()));
    }
    let zeros = mantissa.trailing_zeros();
    let exponent = exponent + zeros as i32;
    let mut numerator = BigInt::from(mantissa >> zeros);
    if x < 0.0 {
        numerator = -numerator;
    }
    Ok(if exponent >= 0 {
        (numerator << exponent as u32, BigInt::one())
    } else {
        (numerator, BigInt::one() << exponent.unsigned_abs())
    })
}

/// `int(x)`: truncation.
pub fn to_int(x: f64) -> Result<BigInt, TextError> {
    if x.is_nan() {
        return Err(TextError::value("cannot convert float NaN to integer"));
    }
    if x.is_infinite() {
        return Err(TextError::new(
            Kind::Overflow,
            "cannot convert float infinity to integer",
        ));
    }
    let x = x.trunc();
    if x.abs() < 9e18 {
        return Ok(BigInt::from(x as i64));
    }
    integer_ratio(x).map(|ratio| ratio.0)
}

/// The nearest double of an integer, half to even; None if it is too large ("int too large to convert to float").
pub fn from_int(n: &BigInt) -> Option<f64> {
    let (sign, magnitude) = (n.sign(), n.magnitude());
    let bits = magnitude.bits();
    let x = if bits <= 64 {
        magnitude.iter_u64_digits().next().unwrap_or(0) as f64
    } else {
        let shift = bits - 64;
        let top = (magnitude >> shift).iter_u64_digits().next().unwrap_or(0);
        let sticky = magnitude.trailing_zeros().unwrap_or(0) < shift;
        scale(top, sticky, i64::try_from(shift).ok()?)?
    };
    Some(if sign == num_bigint::Sign::Minus {
        -x
    } else {
        x
    })
}

/// `round(x)` for the integer it denotes: half to even. The result is integral (or not finite).
pub fn round_half_even(x: f64) -> f64 {
    x.round_ties_even()
}

/// `round(x, n)`: correctly rounded in decimal, half to even on the exact value.
pub fn round_digits(x: f64, places: i64) -> Result<f64, TextError> {
    if !x.is_finite() || places > 323 || x == 0.0 {
        return Ok(x);
    }
    if places < -308 {
        return Ok(0.0 * x);
    }
    let magnitude = if places >= 0 {
        format!("{:.*}", places as usize, x.abs())
            .parse()
            .unwrap_or(f64::INFINITY)
    } else {
        round_whole(x.abs(), places.unsigned_abs() as usize)
    };
    if f64::is_infinite(magnitude) {
        return Err(TextError::new(
            Kind::Overflow,
            "rounded value too large to represent",
        ));
    }
    Ok(magnitude.copysign(x))
}

/// Rounds to a multiple of 10**zeros, from the exact digits of the whole part.
fn round_whole(x: f64, zeros: usize) -> f64 {
    let digits = format!("{:.0}", x.trunc()).into_bytes();
    if digits.len() < zeros {
        return 0.0;
    }
    let (kept, lost) = digits.split_at(digits.len() - zeros);
    let rest = lost[1..].iter().any(|&d| d != b'0') || x.fract() != 0.0;
    let odd = kept.last().is_some_and(|d| d & 1 == 1);
    let up = lost[0] > b'5' || lost[0] == b'5' && (rest || odd);
    let mut text = kept.to_vec();
    if up {
        let mut at = text.len();
        loop {
            if at == 0 {
                text.insert(0, b'1');
                break;
            }
            at -= 1;
            if text[at] == b'9' {
                text[at] = b'0';
            } else {
                text[at] += 1;
                break;
            }
        }
    }
    if text.is_empty() {
        return 0.0;
    }
    text.extend_from_slice(format!("e{zeros}").as_bytes());
    String::from_utf8(text)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(f64::INFINITY)
}
