//! `%` formatting of str and bytes: the template's reader and the layout of single values.

use crate::float_repr::{self, FloatStyle};
use crate::int_text::{self, Int};
use crate::{Kind, TextError, wtf8};

/// A width or precision: absent, taken from the arguments (`*`), or written out.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Amount {
    #[default]
    None,
    Star,
    Fixed(usize),
}

/// The flags of a conversion, and its width and precision once they are known.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Layout {
    pub minus: bool,
    pub plus: bool,
    pub space: bool,
    pub alternate: bool,
    pub zero: bool,
    pub width: usize,
    pub precision: Option<usize>,
}

impl Layout {
    /// Applies the value of a `*` width: a negative one means left alignment.
    pub fn set_width(&mut self, n: i64) -> Result<(), TextError> {
        self.minus |= n < 0;
        self.width = n.unsigned_abs() as usize;
        if self.width >= crate::format_spec::WIDEST_FIELD {
            return Err(TextError::new(Kind::Memory, ""));
        }
        Ok(())
    }

    /// Applies the value of a `*` precision: a negative one counts as 0.
    pub fn set_precision(&mut self, n: i64) -> Result<(), TextError> {
        if i32::try_from(n).is_err() {
            return Err(TextError::new(
                Kind::Overflow,
                "Python int too large to convert to C int",
            ));
        }
        self.precision = Some(n.max(0) as usize);
        Ok(())
    }
}

/// One conversion. The caller fetches in this order: the key's value, `*` width, `*` precision; then raises
/// `problem` if there is one; then fetches the value; then asks `check`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conversion<'a> {
    pub key: Option<&'a [u8]>,
    /// Flags, and width and precision as far as they are written out.
    pub layout: Layout,
    pub width: Amount,
    pub precision: Amount,
    /// The conversion type, a code point (a byte for bytes).
    pub code: u32,
    /// Where the type stands, counted in characters.
    pub index: usize,
    pub problem: Option<TextError>,
    bytes: bool,
}

impl Conversion<'_> {
    /// The error of an unknown conversion type, to be raised once its value is fetched.
    pub fn check(&self) -> Result<(), TextError> {
        let code = match u8::try_from(self.code) {
            Ok(
                b's' | b'r' | b'a' | b'c' | b'd' | b'i' | b'u' | b'o' | b'x' | b'X' | b'e' | b'E'
                | b'f' | b'F' | b'g' | b'G',
            ) => return Ok(()),
            Ok(b'b') if self.bytes => return Ok(()),
            _ => self.code,
        };
        if self.bytes && code >= 128 {
            return Err(TextError::new(
                Kind::Overflow,
                "character argument not in range(0x110000)",
            ));
        }
        let shown = match u8::try_from(code) {
            Ok(byte @ 31..=126) => byte as char,
            Ok(byte) if self.bytes => byte as char,
            _ => '?',
        };
        Err(TextError::value(format!(
            "unsupported format character '{shown}' (0x{code:x}) at index {}",
            self.index
        )))
    }
}

/// A piece of the template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Text as it stands; `%%` yields a piece of its own.
    Literal(&'a [u8]),
    Conversion(Conversion<'a>),
}

/// Reads a template lazily, so that errors come after the conversions before them are evaluated.
#[derive(Clone, Debug)]
pub struct Template<'a> {
    text: &'a [u8],
    at: usize,
    bytes: bool,
    mapping: bool,
}

/// `mapping`: the right operand is one, so that `%(key)s` is allowed.
pub fn template(text: &[u8], bytes: bool, mapping: bool) -> Template<'_> {
    Template {
        text,
        at: 0,
        bytes,
        mapping,
    }
}

impl<'a> Template<'a> {
    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn amount(&mut self, name: &str) -> Result<Amount, TextError> {
        if self.peek() == Some(b'*') {
            self.at += 1;
            return Ok(Amount::Star);
        }
        let mut amount = Amount::None;
        let limit = if name == "width" {
            isize::MAX as usize
        } else {
            i32::MAX as usize
        };
        while let Some(digit @ b'0'..=b'9') = self.peek() {
            let value = if let Amount::Fixed(value) = amount {
                value
            } else {
                0
            };
            let value = value.checked_mul(10).map(|n| n + usize::from(digit - b'0'));
            match value {
                Some(value) if value <= limit => amount = Amount::Fixed(value),
                _ => return Err(TextError::value(format!("{name} too big"))),
            }
            self.at += 1;
        }
        Ok(amount)
    }

    /// After a `%`: key, flags, width, precision and type.
    fn conversion(&mut self) -> Result<Piece<'a>, TextError> {
        let mut out = Conversion {
            key: None,
            layout: Layout::default(),
            width: Amount::None,
            precision: Amount::None,
            code: 0,
            index: 0,
            problem: None,
            bytes: self.bytes,
        };
        if self.peek() == Some(b'(') {
            if !self.mapping {
                return Err(TextError::type_error("format requires a mapping"));
            }
            let start = self.at + 1;
            let mut depth = 1;
            self.at = start;
            while depth > 0 {
                match self.peek() {
                    None => return Err(TextError::value("incomplete format key")),
                    Some(b'(') => depth += 1,
                    Some(b')') => depth -= 1,
                    Some(_) => {}
                }
                self.at += 1;
            }
            out.key = Some(&self.text[start..self.at - 1]);
        }
        loop {
            match self.peek() {
                Some(b'-') => out.layout.minus = true,
                Some(b'+') => out.layout.plus = true,
                Some(b' ') => out.layout.space = true,
                Some(b'#') => out.layout.alternate = true,
                Some(b'0') => out.layout.zero = true,
                _ => break,
            }
            self.at += 1;
        }
        out.problem = self.rest_of(&mut out).err();
        Ok(Piece::Conversion(out))
    }

    fn rest_of(&mut self, out: &mut Conversion<'a>) -> Result<(), TextError> {
        out.width = self.amount("width")?;
        if let Amount::Fixed(width) = out.width {
            out.layout.width = width;
            if width >= crate::format_spec::WIDEST_FIELD {
                return Err(TextError::new(Kind::Memory, ""));
            }
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            out.precision = self.amount(if self.bytes { "prec" } else { "precision" })?;
            if out.precision == Amount::None {
                out.precision = Amount::Fixed(0);
            }
            if let Amount::Fixed(precision) = out.precision {
                out.layout.precision = Some(precision);
            }
        }
        if let Some(b'h' | b'l' | b'L') = self.peek() {
            self.at += 1;
        }
        if self.at >= self.text.len() {
            return Err(TextError::value("incomplete format"));
        }
        let (code, width) = if self.bytes {
            (u32::from(self.text[self.at]), 1)
        } else {
            wtf8::decode_at(self.text, self.at)
        };
        out.code = code;
        if !matches!(code, 97..=122) {
            // Only needed for messages.
            out.index = if self.bytes {
                self.at
            } else {
                wtf8::count(&self.text[..self.at])
            };
        } else {
            out.index = self.at;
            if !self.bytes && out.check().is_err() {
                out.index = wtf8::count(&self.text[..self.at]);
            }
        }
        self.at += width;
        Ok(())
    }
}

impl<'a> Iterator for Template<'a> {
    type Item = Result<Piece<'a>, TextError>;

    fn next(&mut self) -> Option<Self::Item> {
        let start = self.at;
        if start >= self.text.len() {
            return None;
        }
        if self.text[start] != b'%' {
            let rest = &self.text[start..];
            self.at = start + memchr::memchr(b'%', rest).unwrap_or(rest.len());
            return Some(Ok(Piece::Literal(&self.text[start..self.at])));
        }
        self.at += 1;
        if self.peek() == Some(b'%') {
            self.at += 1;
            return Some(Ok(Piece::Literal(b"%")));
        }
        let piece = self.conversion();
        let failed = match &piece {
            Ok(Piece::Conversion(conversion)) => conversion.problem.is_some(),
            other => other.is_err(),
        };
        if failed {
            self.at = self.text.len();
        }
        Some(piece)
    }
}

/// `%s`, `%r`, `%a` of a text: cut to the precision, padded to the width. `bytes`: lengths count bytes.
pub fn format_text(text: &[u8], single_byte: bool, layout: &Layout) -> Vec<u8> {
    let cut = match layout.precision {
        Some(limit) if single_byte => &text[..limit.min(text.len())],
        Some(limit) => &text[..wtf8::offset_of(text, limit)],
        None => text,
    };
    let length = if single_byte {
        cut.len()
    } else {
        wtf8::count(cut)
    };
    crate::format_spec::pad(
        cut,
        length,
        32,
        if layout.minus { b'<' } else { b'>' },
        layout.width,
    )
}

/// `%c`: one character (or byte), padded; the precision does not matter.
pub fn format_char(text: &[u8], layout: &Layout) -> Vec<u8> {
    crate::format_spec::pad(
        text,
        1,
        32,
        if layout.minus { b'<' } else { b'>' },
        layout.width,
    )
}

fn lay_out(text: &str, prefix: &str, layout: &Layout) -> Vec<u8> {
    let (sign, digits) = match text.as_bytes() {
        [b'-', digits @ ..] => ("-", digits),
        [b'+', digits @ ..] => ("+", digits),
        digits if layout.plus => ("+", digits),
        digits if layout.space => (" ", digits),
        digits => ("", digits),
    };
    let length = sign.len() + prefix.len() + digits.len();
    let missing = layout.width.saturating_sub(length);
    let (left, zeros, right) = match (layout.minus, layout.zero) {
        (true, _) => (0, 0, missing),
        (false, true) => (0, missing, 0),
        (false, false) => (missing, 0, 0),
    };
    let mut out = vec![b' '; left];
    out.reserve(length + zeros + right);
    out.extend_from_slice(sign.as_bytes());
    out.extend_from_slice(prefix.as_bytes());
    out.resize(out.len() + zeros, b'0');
    out.extend_from_slice(digits);
    out.resize(out.len() + right, b' ');
    out
}

/// `%d %i %u %o %x %X` of an integer.
pub fn format_int(
    n: &Int,
    code: u8,
    layout: &Layout,
    digit_limit: usize,
) -> Result<Vec<u8>, TextError> {
    let radix = match code {
        b'o' => 8,
        b'x' | b'X' => 16,
        _ => 10,
    };
    let mut text = match (radix, n) {
        (_, Int::Small(n)) => int_text::small_to_radix(*n, radix),
        (10, Int::Big(n)) => int_text::to_decimal(n, digit_limit)?,
        (_, Int::Big(n)) => int_text::to_radix(n, radix),
    };
    if let Some(precision) = layout.precision {
        let sign = usize::from(text.starts_with('-'));
        let missing = (precision.saturating_add(sign)).saturating_sub(text.len());
        if missing >= crate::format_spec::WIDEST_FIELD {
            return Err(TextError::new(Kind::Memory, ""));
        }
        text.insert_str(sign, &"0".repeat(missing));
    }
    let prefix = match (layout.alternate, code) {
        (true, b'o') => "0o",
        (true, b'x') => "0x",
        (true, b'X') => "0X",
        _ => "",
    };
    if code == b'X' {
        text.make_ascii_uppercase();
    }
    Ok(lay_out(&text, prefix, layout))
}

/// `%e %E %f %F %g %G` of a float.
pub fn format_float(x: f64, code: u8, layout: &Layout) -> Vec<u8> {
    let mut style = FloatStyle::new(code, layout.precision.unwrap_or(6));
    style.alternate = layout.alternate;
    lay_out(&float_repr::format_float(x, &style), "", layout)
}
