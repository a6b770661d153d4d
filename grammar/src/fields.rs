//! f-strings (PEP 701) and t-strings (PEP 750) as tokens.
//!
//! Interpolation is not regular: a replacement field holds any expression, with strings, comments and
//! f-strings of its own. `f"a{b!r:>{w}}c"` becomes
//!
//! ```text
//! FStringStart f"   FStringMiddle a   FieldOpen {   Name b   FieldBang !   Name r   FieldColon :
//!     FStringMiddle >   FieldOpen {   Name w   FieldClose }
//! FieldClose }   FStringMiddle c   FStringEnd "
//! ```
//!
//! A stack holds one [`FieldMode`] for each f-string that is open, and each of those a stack of its open
//! fields. The lexer is in one of two modes. In *text* (no field is open, or the innermost one is past its
//! colon) `scan_text` reads by hand up to a brace or the closing quotes. In an *expression* the ordinary
//! tokens are read, and `=`, `!`, `:` and `}` mean something of their own when no bracket has been opened
//! since the field's brace.

use crate::ast::Span;
use crate::lexer::Lexer;
use crate::strings::{self, Piece, Style};
use crate::token::Kind;
use crate::{ErrorKind, Extent, ParseError};

/// CPython's limits on f-strings within f-strings, and on fields within format specifications.
const MAX_STRINGS: usize = 149;
const MAX_FIELDS: usize = 3;

/// An f- or t-string that is open.
pub(crate) struct FieldMode {
    pub quotes: String,
    raw: bool,
    template: bool,
    start: usize,
    line: u32,
    open: Vec<Field>,
}

struct Field {
    /// How many brackets were open inside it before its expression began.
    brackets: usize,
    in_spec: bool,
}

impl FieldMode {
    pub fn in_expression(&self) -> bool {
        self.open.last().is_some_and(|f| !f.in_spec)
    }

    fn in_spec(&self) -> bool {
        self.open.last().is_some_and(|f| f.in_spec)
    }

    fn letter(&self) -> char {
        if self.template { 't' } else { 'f' }
    }
}

impl Lexer<'_, '_, '_> {
    /// Opens an f- or t-string whose prefix and quotes have just been read.
    pub(crate) fn open_fields(
        &mut self,
        opening: Span,
        quotes: &str,
        raw: bool,
        template: bool,
    ) -> Result<(), ParseError> {
        if self.fields.len() >= MAX_STRINGS {
            return Err(at_error(
                "too many nested f-strings or t-strings".into(),
                opening.end as usize - 1,
            ));
        }
        self.push(
            Kind::FStringStart,
            u32::from(template) | u32::from(raw) << 1,
            opening,
        );
        let start = opening.start as usize;
        let line = self.line_of(start);
        self.fields.push(FieldMode {
            quotes: quotes.into(),
            raw,
            template,
            start,
            line,
            open: Vec::new(),
        });
        self.scan_text()
    }

    /// Whether the innermost bracket that is open is that of a replacement field.
    pub(crate) fn ends_part_of_field(&self) -> bool {
        let field = self.fields.last().and_then(|m| m.open.last());
        field.is_some_and(|f| f.brackets == self.brackets.len())
    }

    /// A token that has its own meaning at the top level of a field.
    pub(crate) fn field_token(&mut self, kind: Kind, span: Span) -> Result<(), ParseError> {
        match kind {
            Kind::Rbrace => {
                self.close_field(span);
                self.scan_text()
            }
            Kind::Rpar | Kind::Rsqb => {
                let closing = self.source.as_bytes()[span.start as usize] as char;
                Err(self.field_error(&format!("unmatched '{closing}'"), span.start as usize))
            }
            Kind::Colon | Kind::ColonEqual => {
                self.seek(span.start as usize + 1);
                self.push(
                    Kind::FieldColon,
                    0,
                    Span {
                        start: span.start,
                        end: span.start + 1,
                    },
                );
                if let Some(field) = self.fields.last_mut().and_then(|m| m.open.last_mut()) {
                    field.in_spec = true;
                }
                self.scan_text()
            }
            Kind::Equal => {
                self.push(Kind::FieldEqual, 0, span);
                Ok(())
            }
            _ => {
                self.push(Kind::FieldBang, 0, span);
                Ok(())
            }
        }
    }

    fn close_field(&mut self, span: Span) {
        self.push(Kind::FieldClose, 0, span);
        self.brackets.pop();
        if let Some(mode) = self.fields.last_mut() {
            mode.open.pop();
        }
    }

    /// Reads text and what ends it, until an expression begins or the string ends.
    fn scan_text(&mut self) -> Result<(), ParseError> {
        loop {
            let Some(mode) = self.fields.last() else {
                return Ok(());
            };
            let in_spec = mode.in_spec();
            let from = self.at();
            let end = self.text_end(from)?;
            self.text(from, end);
            let at = end;
            let here = Span {
                start: at as u32,
                end: at as u32 + 1,
            };
            match self.source.as_bytes()[at] {
                b'{' => {
                    let depth = self.fields.last().map_or(0, |m| m.open.len());
                    if depth >= MAX_FIELDS {
                        return Err(
                            self.field_error("expressions nested too deeply", at.saturating_sub(1))
                        );
                    }
                    self.seek(at + 1);
                    self.open(b'{', here)?;
                    self.push(Kind::FieldOpen, 0, here);
                    let brackets = self.brackets.len();
                    if let Some(mode) = self.fields.last_mut() {
                        mode.open.push(Field {
                            brackets,
                            in_spec: false,
                        });
                    }
                    return Ok(());
                }
                b'}' if in_spec => {
                    self.seek(at + 1);
                    self.close_field(here);
                }
                b'}' => return Err(self.field_error("single '}' is not allowed", at)),
                _ => return self.end_fields(at),
            }
        }
    }

    /// The closing quotes.
    fn end_fields(&mut self, at: usize) -> Result<(), ParseError> {
        let Some(mode) = self.fields.pop() else {
            return Ok(());
        };
        let end = at + mode.quotes.len();
        self.seek(end);
        self.push(
            Kind::FStringEnd,
            0,
            Span {
                start: at as u32,
                end: end as u32,
            },
        );
        Ok(())
    }

    /// The offset of the brace or quotes that end a stretch of text.
    fn text_end(&mut self, from: usize) -> Result<usize, ParseError> {
        let Some(mode) = self.fields.last() else {
            return Ok(from);
        };
        let bytes = self.source.as_bytes();
        let quotes = mode.quotes.as_bytes();
        let in_spec = mode.in_spec();
        let mut at = from;
        // Within the braces of `\N{...}`.
        let mut named = false;
        while let Some(&b) = bytes.get(at) {
            match b {
                b'\\' => {
                    at += 1;
                    match bytes.get(at) {
                        // The backslash stands for itself, and the brace does its work.
                        Some(b'{' | b'}') => continue,
                        Some(b'N') if !mode.raw && bytes.get(at + 1) == Some(&b'{') => {
                            at += 1;
                            named = true;
                        }
                        _ => {}
                    }
                }
                b'}' if named => named = false,
                b'{' | b'}' => {
                    if in_spec || bytes.get(at + 1) != Some(&b) {
                        return Ok(at);
                    }
                    at += 1;
                }
                b'\n' if quotes.len() == 1 => break,
                _ if bytes[at..].starts_with(quotes) => return Ok(at),
                _ => {}
            }
            at += 1;
        }
        Err(self.unterminated_fields(in_spec, at))
    }

    fn unterminated_fields(&mut self, in_spec: bool, at: usize) -> ParseError {
        let Some(mode) = self.fields.last() else {
            return at_error(String::new(), at);
        };
        let bytes = self.source.as_bytes();
        if in_spec && mode.quotes.len() == 1 {
            let message = format!(
                "{}-string: newlines are not allowed in format specifiers for single quoted {0}-strings",
                mode.letter()
            );
            return at_error(message, at);
        }
        let triple = if mode.quotes.len() == 3 {
            "triple-quoted "
        } else {
            ""
        };
        let stop = at.min(bytes.len());
        let mut line = mode.line
            + bytes[mode.start..stop]
                .iter()
                .filter(|&&b| b == b'\n')
                .count() as u32;
        if stop == bytes.len() && bytes.last() == Some(&b'\n') && mode.quotes.len() == 3 {
            line -= 1;
        }
        at_error(
            format!(
                "unterminated {triple}{}-string literal (detected at line {line})",
                mode.letter()
            ),
            mode.start,
        )
    }

    fn text(&mut self, from: usize, to: usize) {
        let Some(mode) = self.fields.last().filter(|_| from < to) else {
            return;
        };
        let style = Style {
            raw: mode.raw,
            bytes: false,
            fields: !mode.in_spec(),
        };
        let span = Span {
            start: from as u32,
            end: to as u32,
        };
        let text = &self.source[from..to];
        match strings::decode(text, from, span, style, &mut self.out.warnings, self.arena) {
            Ok(value) => {
                self.push(Kind::FStringMiddle, self.out.strings.len() as u32, span);
                self.out.strings.push(Piece {
                    value,
                    bytes: false,
                    u_prefix: false,
                });
            }
            Err(error) => {
                self.push(Kind::BadString, self.out.errors.len() as u32, span);
                self.out.errors.push(error);
            }
        }
    }

    /// An error that CPython prefixes with the kind of string.
    pub(crate) fn field_error(&self, message: &str, at: usize) -> ParseError {
        let letter = self.fields.last().map_or('f', FieldMode::letter);
        at_error(format!("{letter}-string: {message}"), at)
    }
}

fn at_error(message: String, at: usize) -> ParseError {
    ParseError {
        kind: ErrorKind::Syntax,
        message,
        span: Span {
            start: at as u32,
            end: at as u32,
        },
        extent: Extent::Range,
    }
}
