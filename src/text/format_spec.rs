//! The format mini-language: the specification after the colon, and what it makes of str, int, float and complex.

use std::borrow::Cow;

use num_bigint::BigInt;

use crate::float_repr::{self, FloatStyle};
use crate::int_text::{self, Int};
use crate::{Kind, TextError, unicode, wtf8};

/// Wider fields than this are answered with MemoryError rather than tried.
pub const WIDEST_FIELD: usize = 1 << 31;

/// Thousands separators of the whole part or of the fraction.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Grouping {
    None,
    Comma,
    Underscore,
}

impl Grouping {
    fn separator(self) -> Option<u8> {
        match self {
            Grouping::None => None,
            Grouping::Comma => Some(b','),
            Grouping::Underscore => Some(b'_'),
        }
    }
}

/// A parsed specification: `[[fill]align][sign][z][#][0][width][grouping][.precision[grouping]][type]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spec {
    pub fill: u32,
    /// One of `< > = ^`.
    pub align: u8,
    /// One of `+ -` and space, or 0.
    pub sign: u8,
    pub no_negative_zero: bool,
    pub alternate: bool,
    pub width: usize,
    pub grouping: Grouping,
    pub fraction_grouping: Grouping,
    pub precision: Option<usize>,
    /// The presentation type, 0 if none is given.
    pub code: u32,
}

fn quoted(code: u32) -> String {
    if (33..128).contains(&code) {
        format!("'{}'", code as u8 as char)
    } else {
        format!("'\\x{code:x}'")
    }
}

fn unknown_code(code: u32, type_name: &str) -> TextError {
    TextError::value(format!(
        "Unknown format code {} for object of type '{type_name}'",
        quoted(code)
    ))
}

struct Reader<'a> {
    text: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<(u32, usize)> {
        (self.at < self.text.len()).then(|| wtf8::decode_at(self.text, self.at))
    }

    fn take(&mut self, wanted: u8) -> bool {
        let found = self.text.get(self.at) == Some(&wanted);
        self.at += usize::from(found);
        found
    }

    /// A number in decimal digits of any script.
    fn number(&mut self) -> Result<Option<usize>, TextError> {
        let mut value = None;
        while let Some((cp, width)) = self.peek() {
            let Some(digit) = unicode::decimal_value(cp) else {
                break;
            };
            let next = value
                .unwrap_or(0i64)
                .checked_mul(10)
                .and_then(|n| n.checked_add(digit.into()));
            value = Some(
                next.ok_or_else(|| TextError::value("Too many decimal digits in format string"))?,
            );
            self.at += width;
        }
        Ok(value.map(|n| n as usize))
    }

    fn grouping(&mut self) -> Result<Grouping, TextError> {
        let both = || TextError::value("Cannot specify both ',' and '_'.");
        let mut grouping = Grouping::None;
        if self.take(b',') {
            grouping = Grouping::Comma;
        }
        if self.take(b'_') {
            if grouping != Grouping::None {
                return Err(both());
            }
            grouping = Grouping::Underscore;
        }
        if grouping == Grouping::Underscore && self.text.get(self.at) == Some(&b',') {
            return Err(both());
        }
        Ok(grouping)
    }
}

fn is_align(cp: u32) -> bool {
    matches!(cp, 0x3c..=0x3e | 0x5e)
}

/// Parses a specification. `default_align` is `<` for strings, whose type is then `s`, and `>` for numbers.
pub fn parse(spec: &[u8], default_align: u8, type_name: &str) -> Result<Spec, TextError> {
    let mut out = Spec {
        fill: 0x20,
        align: default_align,
        sign: 0,
        no_negative_zero: false,
        alternate: false,
        width: 0,
        grouping: Grouping::None,
        fraction_grouping: Grouping::None,
        precision: None,
        code: if default_align == b'<' {
            b's'.into()
        } else {
            0
        },
    };
    let mut reader = Reader { text: spec, at: 0 };
    let (mut fill_given, mut align_given, mut nul) = (false, false, false);
    if let Some((first, width)) = reader.peek() {
        match spec.get(width) {
            Some(&second) if is_align(second.into()) => {
                out.fill = first;
                out.align = second;
                (fill_given, align_given) = (true, true);
                reader.at = width + 1;
            }
            _ if is_align(first) => {
                out.align = first as u8;
                align_given = true;
                reader.at = 1;
            }
            _ => {}
        }
    }
    if let Some(&sign @ (b' ' | b'+' | b'-')) = spec.get(reader.at) {
        out.sign = sign;
        reader.at += 1;
    }
    out.no_negative_zero = reader.take(b'z');
    out.alternate = reader.take(b'#');
    if !fill_given && reader.take(b'0') {
        out.fill = 0x30;
        if !align_given && default_align == b'>' {
            out.align = b'=';
        }
    }
    out.width = reader.number()?.unwrap_or(0);
    out.grouping = reader.grouping()?;
    if reader.take(b'.') {
        out.precision = reader.number()?;
        out.fraction_grouping = reader.grouping()?;
        if out.precision.is_none() && out.fraction_grouping == Grouping::None {
            return Err(TextError::value("Format specifier missing precision"));
        }
    }
    if let Some((code, width)) = reader.peek() {
        if reader.at + width < spec.len() {
            return Err(TextError::value(format!(
                "Invalid format specifier '{}' for object of type '{type_name}'",
                String::from_utf8_lossy(spec)
            )));
        }
        out.code = code;
        nul = code == 0;
    }
    let allowed = match u8::try_from(out.code).unwrap_or(b'?') {
        0 | b'd' | b'e' | b'f' | b'g' | b'E' | b'G' | b'%' | b'F' => true,
        b'b' | b'o' | b'x' | b'X' => out.grouping != Grouping::Comma,
        _ => out.grouping == Grouping::None,
    };
    let refuse = |grouping: Grouping, code: u32| {
        TextError::value(format!(
            "Cannot specify '{}' with {}.",
            grouping.separator().unwrap_or(b',') as char,
            quoted(code)
        ))
    };
    if !allowed {
        return Err(refuse(out.grouping, out.code));
    }
    if out.fraction_grouping != Grouping::None && out.code == u32::from(b'n') {
        return Err(refuse(out.fraction_grouping, out.code));
    }
    if out.width >= WIDEST_FIELD {
        return Err(TextError::new(Kind::Memory, ""));
    }
    if nul {
        // Not the same as no type at all.
        return Err(unknown_code(0, type_name));
    }
    Ok(out)
}

/// Surrounds text of a known length (in code points) with the fill, by `<`, `>` (also `=`) or `^`.
pub fn pad(text: &[u8], length: usize, fill: u32, align: u8, width: usize) -> Vec<u8> {
    let missing = width.saturating_sub(length);
    if missing == 0 {
        return text.to_vec();
    }
    let left = match align {
        b'<' => 0,
        b'^' => missing / 2,
        _ => missing,
    };
    let mut out = Vec::with_capacity(text.len() + missing);
    push_fill(&mut out, fill, left);
    out.extend_from_slice(text);
    push_fill(&mut out, fill, missing - left);
    out
}

fn push_fill(out: &mut Vec<u8>, fill: u32, count: usize) {
    match u8::try_from(fill) {
        Ok(byte @ 0..128) => out.resize(out.len() + count, byte),
        _ => (0..count).for_each(|_| wtf8::push(out, fill)),
    }
}

/// `format(text, spec)` for a str; an empty specification is the text itself.
pub fn format_str(
    text: &[u8],
    ascii: bool,
    spec: &[u8],
    type_name: &str,
) -> Result<Vec<u8>, TextError> {
    if spec.is_empty() {
        return Ok(text.to_vec());
    }
    let spec = parse(spec, b'<', type_name)?;
    if spec.code != u32::from(b's') {
        return Err(unknown_code(spec.code, type_name));
    }
    let refuse = |what: &str| {
        Err(TextError::value(format!(
            "{what} not allowed in string format specifier"
        )))
    };
    match spec.sign {
        0 => {}
        b' ' => return refuse("Space"),
        _ => return refuse("Sign"),
    }
    if spec.no_negative_zero {
        return refuse("Negative zero coercion (z)");
    }
    if spec.alternate {
        return refuse("Alternate form (#)");
    }
    if spec.align == b'=' {
        return refuse("'=' alignment");
    }
    let cut = match spec.precision {
        Some(limit) if ascii => &text[..limit.min(text.len())],
        Some(limit) => &text[..wtf8::offset_of(text, limit)],
        None => text,
    };
    let length = if ascii { cut.len() } else { wtf8::count(cut) };
    Ok(pad(cut, length, spec.fill, spec.align, spec.width))
}

/// The pieces of a number before they are put into their field.
struct Number<'a> {
    negative: bool,
    prefix: &'a str,
    /// Digits before the point (empty for `inf` and `nan`).
    whole: &'a [u8],
    /// Digits after the point, without it.
    fraction: &'a [u8],
    point: bool,
    /// Exponent, per cent sign, or the name of a value without digits.
    rest: &'a [u8],
    group_size: usize,
}

/// Writes digits in groups counted from their end, filled with zeros to a width that includes the separators.
fn group_digits(digits: &[u8], separator: Option<u8>, size: usize, min_width: usize) -> Vec<u8> {
    let Some(separator) = separator else {
        let mut out = vec![b'0'; min_width.saturating_sub(digits.len())];
        out.extend_from_slice(digits);
        return out;
    };
    if digits.is_empty() && min_width == 0 {
        return Vec::new();
    }
    // Built backwards.
    let mut out = Vec::with_capacity(min_width.max(digits.len() + digits.len() / size + 1));
    let mut rest = digits;
    let mut in_group = 0;
    loop {
        if rest.is_empty() && out.len() >= min_width {
            break;
        }
        if in_group == size {
            out.push(separator);
            in_group = 0;
            // A separator never comes first: the group after it has at least one digit.
        }
        match rest.split_last() {
            Some((&digit, before)) => {
                out.push(digit);
                rest = before;
            }
            None => out.push(b'0'),
        }
        in_group += 1;
    }
    out.reverse();
    out
}

fn lay_out(number: &Number<'_>, spec: &Spec) -> Vec<u8> {
    let sign = match (number.negative, spec.sign) {
        (true, _) => "-",
        (false, b'+') => "+",
        (false, b' ') => " ",
        _ => "",
    };
    let fraction: Cow<'_, [u8]> = match spec.fraction_grouping.separator() {
        None => number.fraction.into(),
        Some(separator) => number
            .fraction
            .chunks(3)
            .collect::<Vec<_>>()
            .join(&separator)
            .into(),
    };
    let tail = usize::from(number.point) + fraction.len() + number.rest.len();
    let around = sign.len() + number.prefix.len() + tail;
    let zero_fill = spec.fill == 0x30 && spec.align == b'=';
    let min_width = if zero_fill {
        spec.width.saturating_sub(around)
    } else {
        0
    };
    // Infinities and NaNs have no digits to group: zeros before them stand as they are.
    let separator = spec
        .grouping
        .separator()
        .filter(|_| !number.whole.is_empty());
    let digits: Cow<'_, [u8]> = if separator.is_none() && min_width <= number.whole.len() {
        number.whole.into()
    } else {
        group_digits(number.whole, separator, number.group_size, min_width).into()
    };
    let length = around + digits.len();
    let missing = spec.width.saturating_sub(length);
    let (left, inner, right) = match spec.align {
        b'<' => (0, 0, missing),
        b'^' => (missing / 2, 0, missing - missing / 2),
        b'=' => (0, missing, 0),
        _ => (missing, 0, 0),
    };
    let mut out = Vec::with_capacity(length + missing);
    push_fill(&mut out, spec.fill, left);
    out.extend_from_slice(sign.as_bytes());
    out.extend_from_slice(number.prefix.as_bytes());
    push_fill(&mut out, spec.fill, inner);
    out.extend_from_slice(&digits);
    if number.point {
        out.push(b'.');
    }
    out.extend_from_slice(&fraction);
    out.extend_from_slice(number.rest);
    push_fill(&mut out, spec.fill, right);
    out
}

/// `format(n, spec)` for an int; `digit_limit` as in `sys.set_int_max_str_digits`.
pub fn format_int(
    n: &Int,
    spec: &[u8],
    type_name: &str,
    digit_limit: usize,
) -> Result<Vec<u8>, TextError> {
    let decimal = || match n {
        Int::Small(n) => Ok(n.to_string()),
        Int::Big(n) => int_text::to_decimal(n, digit_limit),
    };
    if spec.is_empty() {
        return decimal().map(String::into_bytes);
    }
    let spec = parse(spec, b'>', type_name)?;
    let code = match u8::try_from(spec.code) {
        Ok(code @ (0 | b'b' | b'c' | b'd' | b'o' | b'x' | b'X' | b'n')) => code,
        Ok(b'e' | b'E' | b'f' | b'F' | b'g' | b'G' | b'%') => {
            let x = match n {
                Int::Small(n) => *n as f64,
                Int::Big(n) => float_repr::from_int(n).ok_or_else(|| {
                    TextError::new(Kind::Overflow, "int too large to convert to float")
                })?,
            };
            return format_float_parsed(x, &spec, type_name);
        }
        _ => return Err(unknown_code(spec.code, type_name)),
    };
    if spec.precision.is_some() {
        return Err(TextError::value(
            "Precision not allowed in integer format specifier",
        ));
    }
    if spec.no_negative_zero {
        return Err(TextError::value(
            "Negative zero coercion (z) not allowed in integer format specifier",
        ));
    }
    if code == b'c' {
        return format_char(n, &spec);
    }
    let radix = match code {
        b'b' => 2,
        b'o' => 8,
        b'x' | b'X' => 16,
        _ => 10,
    };
    let mut text = match (radix, n) {
        (10, _) => decimal()?,
        (_, Int::Small(n)) => int_text::small_to_radix(*n, radix),
        (_, Int::Big(n)) => int_text::to_radix(n, radix),
    };
    if code == b'X' {
        text.make_ascii_uppercase();
    }
    let prefix = match (spec.alternate, code) {
        (true, b'b') => "0b",
        (true, b'o') => "0o",
        (true, b'x') => "0x",
        (true, b'X') => "0X",
        _ => "",
    };
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.as_str()),
    };
    let number = Number {
        negative,
        prefix,
        whole: digits.as_bytes(),
        fraction: b"",
        point: false,
        rest: b"",
        group_size: if radix == 10 { 3 } else { 4 },
    };
    Ok(lay_out(&number, &spec))
}

fn format_char(n: &Int, spec: &Spec) -> Result<Vec<u8>, TextError> {
    if spec.sign != 0 {
        return Err(TextError::value(
            "Sign not allowed with integer format specifier 'c'",
        ));
    }
    if spec.alternate {
        return Err(TextError::value(
            "Alternate form (#) not allowed with integer format specifier 'c'",
        ));
    }
    let cp = match n {
        Int::Small(n @ 0..0x110000) => *n as u32,
        Int::Small(_) => {
            return Err(TextError::new(
                Kind::Overflow,
                "%c arg not in range(0x110000)",
            ));
        }
        Int::Big(_) => {
            return Err(TextError::new(
                Kind::Overflow,
                "Python int too large to convert to C long",
            ));
        }
    };
    Ok(pad(
        &wtf8::from_code_point(cp),
        1,
        spec.fill,
        spec.align,
        spec.width,
    ))
}

/// `format(x, spec)` for a float.
pub fn format_float(x: f64, spec: &[u8], type_name: &str) -> Result<Vec<u8>, TextError> {
    if spec.is_empty() {
        return Ok(float_repr::repr(x).into_bytes());
    }
    let spec = parse(spec, b'>', type_name)?;
    match u8::try_from(spec.code) {
        Ok(0 | b'e' | b'E' | b'f' | b'F' | b'g' | b'G' | b'n' | b'%') => {
            format_float_parsed(x, &spec, type_name)
        }
        _ => Err(unknown_code(spec.code, type_name)),
    }
}

fn style_of(spec: &Spec, default_code: u8, dot_zero: bool) -> Result<FloatStyle, TextError> {
    if spec
        .precision
        .is_some_and(|precision| precision > i32::MAX as usize)
    {
        return Err(TextError::value("precision too big"));
    }
    let (code, precision) = match (spec.code as u8, spec.precision) {
        (0, None) => (default_code, 0),
        (0, Some(precision)) => (b'g', precision),
        (b'n', precision) => (b'g', precision.unwrap_or(6)),
        (b'%', precision) => (b'f', precision.unwrap_or(6)),
        (code, precision) => (code, precision.unwrap_or(6)),
    };
    Ok(FloatStyle {
        code,
        precision,
        alternate: spec.alternate,
        dot_zero: dot_zero && spec.code == 0,
        plus: false,
        no_negative_zero: spec.no_negative_zero,
    })
}

fn format_float_parsed(x: f64, spec: &Spec, _type_name: &str) -> Result<Vec<u8>, TextError> {
    let style = style_of(spec, b'r', true)?;
    let percent = spec.code == u32::from(b'%');
    let mut text = float_repr::format_float(if percent { x * 100.0 } else { x }, &style);
    if percent {
        text.push('%');
    }
    Ok(lay_out_float(&text, spec))
}

fn lay_out_float(text: &str, spec: &Spec) -> Vec<u8> {
    let (negative, body) = match text.as_bytes() {
        [b'-', body @ ..] => (true, body),
        body => (false, body),
    };
    let digits_from = |at: usize| body[at..].iter().take_while(|b| b.is_ascii_digit()).count() + at;
    let whole_end = digits_from(0);
    let point = body.get(whole_end) == Some(&b'.');
    let fraction_start = whole_end + usize::from(point);
    let fraction_end = if point {
        digits_from(fraction_start)
    } else {
        fraction_start
    };
    let number = Number {
        negative,
        prefix: "",
        whole: &body[..whole_end],
        fraction: &body[fraction_start..fraction_end],
        point,
        rest: &body[fraction_end..],
        group_size: 3,
    };
    lay_out(&number, spec)
}

/// `format(z, spec)` for a complex number.
pub fn format_complex(
    re: f64,
    im: f64,
    spec: &[u8],
    type_name: &str,
) -> Result<Vec<u8>, TextError> {
    if spec.is_empty() {
        return Ok(float_repr::complex_repr(re, im).into_bytes());
    }
    let spec = parse(spec, b'>', type_name)?;
    match u8::try_from(spec.code) {
        Ok(0 | b'e' | b'E' | b'f' | b'F' | b'g' | b'G' | b'n') => {}
        _ => return Err(unknown_code(spec.code, type_name)),
    }
    if spec.fill == 0x30 {
        return Err(TextError::value(
            "Zero padding is not allowed in complex format specifier",
        ));
    }
    if spec.align == b'=' {
        return Err(TextError::value(
            "'=' alignment flag is not allowed in complex format specifier",
        ));
    }
    let style = style_of(&spec, b'r', false)?;
    let part = Spec {
        width: 0,
        align: b'<',
        ..spec.clone()
    };
    let plain = spec.code == 0;
    let skip_real = plain && re == 0.0 && !re.is_sign_negative();
    let mut text = Vec::new();
    if plain && !skip_real {
        text.push(b'(');
    }
    if !skip_real {
        text.extend(lay_out_float(&float_repr::format_float(re, &style), &part));
    }
    let sign = if skip_real { spec.sign } else { b'+' };
    text.extend(lay_out_float(
        &float_repr::format_float(im, &style),
        &Spec { sign, ..part },
    ));
    text.push(b'j');
    if plain && !skip_real {
        text.push(b')');
    }
    Ok(pad(&text, text.len(), spec.fill, spec.align, spec.width))
}

/// `format(n, spec)` for a big integer, for callers that hold one.
pub fn format_big_int(
    n: BigInt,
    spec: &[u8],
    type_name: &str,
    digit_limit: usize,
) -> Result<Vec<u8>, TextError> {
    format_int(&Int::from_big(n), spec, type_name, digit_limit)
}
