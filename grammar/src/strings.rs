//! What string literals contain: escape sequences (Language reference, 2.5.1) to values.
//!
//! Values of `str` literals are WTF-8, because `"\ud800"` is a valid literal of a lone surrogate.

use crate::ast::Span;
use crate::{Arena, ErrorKind, Extent, ParseError, ParseWarning};

/// A literal, or the text between the replacement fields of an f- or t-string.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Piece<'a> {
    pub value: &'a [u8],
    pub bytes: bool,
    pub u_prefix: bool,
}

/// How the text of a literal is to be read.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Style {
    pub raw: bool,
    pub bytes: bool,
    /// Doubled braces stand for one, outside `\N{...}`.
    pub fields: bool,
}

/// Decodes `text`, which stands at `start` in the source. `whole` is the span that errors name.
pub(crate) fn decode<'a>(
    text: &str,
    start: usize,
    whole: Span,
    style: Style,
    warnings: &mut Vec<ParseWarning>,
    arena: &'a Arena,
) -> Result<&'a [u8], ParseError> {
    if style.bytes && !text.is_ascii() {
        return Err(error(
            "bytes can only contain ASCII literal characters".into(),
            whole,
        ));
    }
    let escapes = !style.raw && text.contains('\\');
    let doubled = style.fields && (text.contains('{') || text.contains('}'));
    if !escapes && !doubled {
        return Ok(arena.bump.alloc_slice_copy(text.as_bytes()));
    }
    let mut decoder = Decoder {
        text,
        bytes: text.as_bytes(),
        at: 0,
        start,
        whole,
        style,
        out: Vec::with_capacity(text.len()),
        warnings,
    };
    decoder.run()?;
    Ok(arena.bump.alloc_slice_copy(&decoder.out))
}

fn error(message: String, span: Span) -> ParseError {
    ParseError {
        kind: ErrorKind::Syntax,
        message,
        span,
        extent: Extent::Range,
    }
}

struct Decoder<'s, 'w> {
    text: &'s str,
    bytes: &'s [u8],
    at: usize,
    start: usize,
    whole: Span,
    style: Style,
    out: Vec<u8>,
    warnings: &'w mut Vec<ParseWarning>,
}

impl Decoder<'_, '_> {
    fn run(&mut self) -> Result<(), ParseError> {
        while self.at < self.bytes.len() {
            let b = self.bytes[self.at];
            match b {
                b'\\' if !self.style.raw => self.escape()?,
                b'{' | b'}' if self.style.fields => {
                    self.out.push(b);
                    self.at += if self.bytes.get(self.at + 1) == Some(&b) {
                        2
                    } else {
                        1
                    };
                }
                _ => {
                    self.out.push(b);
                    self.at += 1;
                }
            }
        }
        Ok(())
    }

    fn escape(&mut self) -> Result<(), ParseError> {
        let begin = self.at;
        let Some(&c) = self.bytes.get(begin + 1) else {
            // Before a brace that opens or closes a replacement field.
            self.out.push(b'\\');
            self.at += 1;
            return Ok(());
        };
        self.at += 2;
        let simple = match c {
            b'\n' => return Ok(()),
            b'\\' | b'\'' | b'"' => c,
            b'a' => 7,
            b'b' => 8,
            b'f' => 12,
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'v' => 11,
            b'0'..=b'7' => {
                self.octal(begin);
                return Ok(());
            }
            b'x' if self.style.bytes => return self.bytes_hex(begin),
            b'x' => return self.hex(begin, 2, "truncated \\xXX escape"),
            b'u' if !self.style.bytes => return self.hex(begin, 4, "truncated \\uXXXX escape"),
            b'U' if !self.style.bytes => return self.hex(begin, 8, "truncated \\UXXXXXXXX escape"),
            b'N' if !self.style.bytes => return self.named(begin),
            _ => {
                let shown = self.text[begin + 1..].chars().next().unwrap_or('\\');
                if shown.is_ascii() {
                    self.warn(begin, &format!("\\{shown}"), "escape sequence");
                }
                self.out.push(b'\\');
                self.at = begin + 1;
                if c != b'{' && c != b'}' {
                    self.out.push(c);
                    self.at += 1;
                }
                return Ok(());
            }
        };
        self.out.push(simple);
        Ok(())
    }

    fn warn(&mut self, begin: usize, shown: &str, what: &str) {
        let at = (self.start + begin) as u32;
        self.warnings.push(ParseWarning {
            category: "SyntaxWarning",
            message: format!(
                "\"{shown}\" is an invalid {what}. Such sequences will not work in the future. \
                 Did you mean \"\\{shown}\"? A raw string is also an option."
            ),
            span: Span {
                start: at,
                end: at + 2,
            },
        });
    }

    fn octal(&mut self, begin: usize) {
        let digits = self.bytes[begin + 1..]
            .iter()
            .take(3)
            .take_while(|b| matches!(b, b'0'..=b'7'))
            .count();
        self.at = begin + 1 + digits;
        let value = u32::from_str_radix(&self.text[begin + 1..self.at], 8).unwrap_or(0);
        if value > 0o377 {
            let shown = self.text[begin..self.at].to_owned();
            self.warn(begin, &shown, "octal escape sequence");
        }
        if self.style.bytes {
            self.out.push(value as u8);
        } else {
            self.push(value);
        }
    }

    fn bytes_hex(&mut self, begin: usize) -> Result<(), ParseError> {
        let digits = self
            .text
            .get(self.at..self.at + 2)
            .and_then(|d| u8::from_str_radix(d, 16).ok());
        let plain = self.bytes.get(self.at).is_some_and(u8::is_ascii_hexdigit);
        let Some(value) = digits.filter(|_| plain) else {
            return Err(error(
                format!("(value error) invalid \\x escape at position {begin}"),
                self.whole,
            ));
        };
        self.out.push(value);
        self.at += 2;
        Ok(())
    }

    fn hex(&mut self, begin: usize, length: usize, message: &str) -> Result<(), ParseError> {
        let digits = self.bytes[self.at..]
            .iter()
            .take(length)
            .take_while(|b| b.is_ascii_hexdigit())
            .count();
        self.at += digits;
        if digits < length {
            return Err(self.codec_error(begin, message));
        }
        let value =
            u32::from_str_radix(&self.text[self.at - digits..self.at], 16).unwrap_or(u32::MAX);
        if value > 0x10_ffff {
            return Err(self.codec_error(begin, "illegal Unicode character"));
        }
        self.push(value);
        Ok(())
    }

    fn named(&mut self, begin: usize) -> Result<(), ParseError> {
        const MALFORMED: &str = "malformed \\N character escape";
        if self.bytes.get(self.at) != Some(&b'{') {
            return Err(self.codec_error(begin, MALFORMED));
        }
        self.at += 1;
        let name_start = self.at;
        let Some(length) = self.text[name_start..].find('}') else {
            self.at = self.text.len();
            return Err(self.codec_error(begin, MALFORMED));
        };
        self.at += length;
        if length == 0 {
            return Err(self.codec_error(begin, MALFORMED));
        }
        let name = &self.text[name_start..self.at];
        self.at += 1;
        match unicode_names2::character(name) {
            Some(c) => self.push(c as u32),
            None => return Err(self.codec_error(begin, "unknown Unicode character name")),
        }
        Ok(())
    }

    /// CPython's decoder sees every character beyond ASCII as an escape of ten characters.
    fn codec_error(&self, begin: usize, message: &str) -> ParseError {
        let width = |text: &str| {
            text.chars()
                .map(|c| if c.is_ascii() { 1 } else { 10 })
                .sum::<usize>()
        };
        let from = width(&self.text[..begin]);
        let to = from + width(&self.text[begin..self.at]) - 1;
        error(
            format!(
                "(unicode error) 'unicodeescape' codec can't decode bytes in position {from}-{to}: {message}"
            ),
            self.whole,
        )
    }

    /// Appends a code point, surrogates included, as WTF-8. A pair of escapes for a surrogate pair stays two
    /// code points in Python, so nothing is joined.
    fn push(&mut self, code: u32) {
        match char::from_u32(code) {
            Some(c) => self
                .out
                .extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
            None => self.out.extend_from_slice(&[
                0xe0 | (code >> 12) as u8,
                0x80 | (code >> 6 & 0x3f) as u8,
                0x80 | (code & 0x3f) as u8,
            ]),
        }
    }
}
