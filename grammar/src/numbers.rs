//! Numeric literals (Language reference, 2.7): where they end, what they are worth, and what is wrong with them.

use crate::ast::{Constant, Span};
use crate::{Arena, ErrorKind, Extent, ParseError, ParseWarning};

/// CPython's default for `sys.set_int_max_str_digits()`.
const MAX_DECIMAL_DIGITS: usize = 4300;

/// A scanned literal.
pub(crate) struct Number<'a> {
    pub value: Constant<'a>,
    pub end: usize,
    pub warning: Option<ParseWarning>,
    /// Raised only once a parser reaches the literal: a decimal integer with too many digits.
    pub deferred: Option<ParseError>,
}

struct Scanner<'s> {
    source: &'s str,
    bytes: &'s [u8],
    start: usize,
    at: usize,
}

/// Scans the literal at `start`, which begins with a digit or with a point and a digit.
pub(crate) fn scan<'a>(
    source: &str,
    start: usize,
    arena: &'a Arena,
) -> Result<Number<'a>, ParseError> {
    let mut s = Scanner {
        source,
        bytes: source.as_bytes(),
        start,
        at: start,
    };
    if s.peek() == b'0' {
        match s.bytes.get(start + 1).map(u8::to_ascii_lowercase) {
            Some(b'x') => return s.radix(16, "hexadecimal", arena),
            Some(b'o') => return s.radix(8, "octal", arena),
            Some(b'b') => return s.radix(2, "binary", arena),
            _ => {}
        }
    }
    s.decimal(arena)
}

impl Scanner<'_> {
    fn peek(&self) -> u8 {
        self.bytes.get(self.at).copied().unwrap_or(0)
    }

    /// An error at one column; CPython gives such errors an end equal to their start.
    fn error(&self, message: String, column: usize) -> ParseError {
        let span = Span {
            start: column as u32,
            end: column as u32,
        };
        ParseError {
            kind: ErrorKind::Syntax,
            message,
            span,
            extent: Extent::Range,
        }
    }

    fn last(&self) -> usize {
        self.source[..self.at]
            .char_indices()
            .next_back()
            .map_or(self.at, |(i, _)| i)
    }

    fn invalid(&self, kind: &str) -> ParseError {
        self.error(format!("invalid {kind} literal"), self.last())
    }

    /// `0x`, `0o`, `0b` literals: `"0x" (["_"] digit)+`.
    fn radix<'a>(
        &mut self,
        radix: u32,
        kind: &str,
        arena: &'a Arena,
    ) -> Result<Number<'a>, ParseError> {
        self.at += 2;
        let digits = self.at;
        loop {
            if self.peek() == b'_' {
                self.at += 1;
            }
            if !(self.peek() as char).is_digit(radix) {
                if self.peek().is_ascii_digit() {
                    let message =
                        format!("invalid digit '{}' in {kind} literal", self.peek() as char);
                    return Err(self.error(message, self.at));
                }
                return Err(self.invalid(kind));
            }
            while (self.peek() as char).is_digit(radix) {
                self.at += 1;
            }
            if self.peek() != b'_' {
                break;
            }
        }
        if self.peek().is_ascii_digit() {
            let message = format!("invalid digit '{}' in {kind} literal", self.peek() as char);
            return Err(self.error(message, self.at));
        }
        let warning = self.check_end(kind)?;
        let value = integer(&self.source[digits..self.at], radix, arena);
        Ok(Number {
            value,
            end: self.at,
            warning,
            deferred: None,
        })
    }

    fn decimal<'a>(&mut self, arena: &'a Arena) -> Result<Number<'a>, ParseError> {
        let mut float = false;
        if self.peek() != b'.' {
            self.decimal_digits()?;
        }
        let leading_zero = self.bytes[self.start] == b'0'
            && self.source[self.start..self.at]
                .bytes()
                .any(|b| matches!(b, b'1'..=b'9'));
        let zeros = self.bytes[self.start..self.at]
            .iter()
            .take_while(|&&b| b == b'0' || b == b'_')
            .count();
        if self.peek() == b'.' {
            float = true;
            self.at += 1;
            if self.peek().is_ascii_digit() {
                self.decimal_digits()?;
            }
        }
        if matches!(self.peek(), b'e' | b'E') {
            let e = self.at;
            self.at += 1;
            if matches!(self.peek(), b'+' | b'-') {
                self.at += 1;
                if !self.peek().is_ascii_digit() {
                    return Err(self.invalid("decimal"));
                }
            }
            if self.peek().is_ascii_digit() {
                float = true;
                self.decimal_digits()?;
            } else {
                self.at = e;
            }
        }
        let text_end = self.at;
        let imaginary = matches!(self.peek(), b'j' | b'J');
        if imaginary {
            self.at += 1;
        } else if leading_zero && !float {
            let span = Span {
                start: self.start as u32,
                end: (self.start + zeros) as u32,
            };
            let message = "leading zeros in decimal integer literals are not permitted; \
                           use an 0o prefix for octal integers";
            return Err(ParseError {
                kind: ErrorKind::Syntax,
                message: message.into(),
                span,
                extent: Extent::Range,
            });
        }
        let warning = self.check_end(if imaginary { "imaginary" } else { "decimal" })?;
        let text = &self.source[self.start..text_end];
        let mut deferred = None;
        let value = if imaginary {
            Constant::Complex(float_value(text))
        } else if float {
            Constant::Float(float_value(text))
        } else {
            deferred = self.too_long(text);
            integer(text, 10, arena)
        };
        Ok(Number {
            value,
            end: self.at,
            warning,
            deferred,
        })
    }

    fn too_long(&self, text: &str) -> Option<ParseError> {
        if text.len() <= MAX_DECIMAL_DIGITS {
            return None;
        }
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        (digits > MAX_DECIMAL_DIGITS).then(|| ParseError {
            kind: ErrorKind::Syntax,
            message: format!(
                "Exceeds the limit ({MAX_DECIMAL_DIGITS} digits) for integer string conversion: value has {digits} digits; \
                 use sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge integer literals \
                 to avoid decimal conversion limits."
            ),
            span: Span { start: self.start as u32, end: self.start as u32 },
            extent: Extent::Range,
        })
    }

    /// `digit (["_"] digit)*`
    fn decimal_digits(&mut self) -> Result<(), ParseError> {
        loop {
            while self.peek().is_ascii_digit() {
                self.at += 1;
            }
            if self.peek() != b'_' {
                return Ok(());
            }
            self.at += 1;
            if !self.peek().is_ascii_digit() {
                return Err(self.invalid("decimal"));
            }
        }
    }

    /// A literal must not run into a name. CPython still tolerates a keyword right after it, with a warning.
    fn check_end(&self, kind: &str) -> Result<Option<ParseWarning>, ParseError> {
        let rest = &self.source[self.at..];
        let Some(next) = rest
            .chars()
            .next()
            .filter(|&c| c == '_' || c.is_ascii_alphanumeric())
        else {
            return Ok(None);
        };
        let keywords: &[&str] = match next {
            'a' => &["and"],
            'e' => &["else"],
            'f' => &["for"],
            'i' => &["in", "if", "is"],
            'n' => &["not"],
            'o' => &["or"],
            _ => &[],
        };
        // Two letters are enough where the first is an i; other keywords have to end.
        let ends = |word: &str| {
            rest.strip_prefix(word).is_some_and(|after| {
                next == 'i'
                    || !after.starts_with(|c: char| {
                        c == '_' || c.is_ascii_alphanumeric() || !c.is_ascii()
                    })
            })
        };
        if keywords.iter().any(|word| ends(word)) {
            return Ok(Some(ParseWarning {
                category: "SyntaxWarning",
                message: format!("invalid {kind} literal"),
                span: Span {
                    start: self.start as u32,
                    end: self.at as u32,
                },
            }));
        }
        Err(self.invalid(kind))
    }
}

fn float_value(text: &str) -> f64 {
    let plain: String;
    let text = if text.contains('_') {
        plain = text.replace('_', "");
        &plain
    } else {
        text
    };
    text.parse().unwrap_or(0.0)
}

fn integer<'a>(text: &str, radix: u32, arena: &'a Arena) -> Constant<'a> {
    let mut value: i64 = 0;
    for b in text.bytes() {
        if b == b'_' {
            continue;
        }
        let digit = i64::from((b as char).to_digit(radix).unwrap_or(0));
        match value
            .checked_mul(i64::from(radix))
            .and_then(|v| v.checked_add(digit))
        {
            Some(v) => value = v,
            None => {
                let plain: String = text.chars().filter(|&c| c != '_').collect();
                let plain = plain.trim_start_matches('0');
                return Constant::BigInt {
                    digits: arena.bump.alloc_str(plain),
                    radix,
                };
            }
        }
    }
    Constant::Int(value)
}
