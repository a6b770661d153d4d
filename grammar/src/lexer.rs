//! Source text to tokens: indentation, logical lines, brackets and literals around the patterns of [`Kind`]
//! (Language reference, chapter 2).
//!
//! All tokens of an input are made before any is parsed, because the soft keywords need to look
//! ahead. A lexical error therefore becomes the last token instead of being reported at once: CPython,
//! which reads tokens as it parses, would report an earlier syntax error first.

use logos::Logos;

use crate::ast::{Expr, ExprKind, ExprRef, Span};
use crate::fields::FieldMode;
use crate::names::Interner;
use crate::strings::{self, Piece, Style};
use crate::token::{Kind, Tok, Token};
use crate::{Arena, ErrorKind, Extent, ParseError, ParseWarning, numbers};

/// CPython's limits on nested brackets and blocks.
const MAX_BRACKETS: usize = 200;
const MAX_INDENTS: usize = 100;

/// All tokens of an input, and what they refer to.
pub(crate) struct Lexed<'a> {
    pub tokens: Vec<Token>,
    pub numbers: Vec<ExprRef<'a>>,
    pub strings: Vec<Piece<'a>>,
    pub errors: Vec<ParseError>,
    pub warnings: Vec<ParseWarning>,
    /// The innermost bracket that is open where the tokens end.
    pub unclosed: Option<Bracket>,
    /// Whether the tokens end with an error inside an f- or t-string.
    pub in_fields: bool,
    /// Offsets of the newlines, for line numbers in messages.
    pub newlines: Vec<u32>,
}

impl Lexed<'_> {
    /// The line, from 1, that an offset lies on.
    pub fn line_of(&self, at: u32) -> u32 {
        self.newlines.partition_point(|&n| n < at) as u32 + 1
    }
}

/// A bracket that has been opened.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bracket {
    pub opening: u8,
    pub at: u32,
    pub line: u32,
}

/// The indentation of a line: with tabs to multiples of eight, and with tabs as wide as a space.
/// Two lines compare only if both agree.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
struct Indentation {
    columns: u32,
    characters: u32,
}

pub(crate) struct Lexer<'s, 'a, 'n> {
    pub(crate) source: &'s str,
    pub(crate) logos: logos::Lexer<'s, Kind>,
    pub(crate) arena: &'a Arena,
    interner: &'n mut Interner,
    pub(crate) out: Lexed<'a>,
    pub(crate) brackets: Vec<Bracket>,
    indents: Vec<Indentation>,
    pub(crate) fields: Vec<FieldMode>,
    /// Lines begun so far, from 1, counted lazily from `counted`.
    line: u32,
    counted: usize,
    at_line_start: bool,
    /// Where the comment before the end of the line starts: the newline's token takes it in.
    comment: Option<u32>,
}

pub(crate) fn lex<'a>(
    source: &str,
    start: Kind,
    arena: &'a Arena,
    interner: &mut Interner,
) -> Lexed<'a> {
    let out = Lexed {
        tokens: Vec::with_capacity(source.len() / 4 + 8),
        numbers: Vec::new(),
        strings: Vec::new(),
        errors: Vec::new(),
        warnings: Vec::new(),
        unclosed: None,
        in_fields: false,
        newlines: Vec::new(),
    };
    let mut lexer = Lexer {
        source,
        logos: Kind::lexer(source),
        arena,
        interner,
        out,
        brackets: Vec::new(),
        indents: vec![Indentation::default()],
        fields: Vec::new(),
        line: 1,
        counted: 0,
        at_line_start: true,
        comment: None,
    };
    lexer.push(start, 0, Span::default());
    if let Err(error) = lexer.run() {
        let at = error.span;
        let index = lexer.out.errors.len() as u32;
        lexer.out.errors.push(error);
        lexer.push(Kind::Error, index, at);
    }
    lexer.out.unclosed = lexer.brackets.last().copied();
    lexer.out.in_fields = !lexer.fields.is_empty();
    crate::soft_keywords::resolve(&mut lexer.out.tokens, lexer.interner);
    lexer.out
}

type Lexing<T> = Result<T, ParseError>;

impl<'s, 'a> Lexer<'s, 'a, '_> {
    pub(crate) fn push(&mut self, kind: Kind, data: u32, span: Span) {
        self.out.tokens.push(Token {
            tok: Tok { kind, data },
            span,
        });
    }

    /// The offset of the next character not yet consumed.
    pub(crate) fn at(&self) -> usize {
        self.logos.span().end
    }

    /// Restarts the flat lexer at an offset.
    pub(crate) fn seek(&mut self, at: usize) {
        let now = self.at();
        if at < now {
            self.logos = Kind::lexer(self.source);
            self.logos.bump(at);
        } else {
            self.logos.bump(at - now);
        }
    }

    /// The number of the line that an offset lies on; offsets must not decrease between calls.
    pub(crate) fn line_of(&mut self, at: usize) -> u32 {
        if at > self.counted {
            self.line += self.source.as_bytes()[self.counted..at]
                .iter()
                .filter(|&&b| b == b'\n')
                .count() as u32;
            self.counted = at;
        }
        self.line
    }

    fn run(&mut self) -> Lexing<()> {
        loop {
            if self.at_line_start {
                self.at_line_start = false;
                self.indentation()?;
            }
            let Some(found) = self.logos.next() else {
                return self.end();
            };
            let span = self.logos.span();
            match found {
                Ok(kind) => self.token(
                    kind,
                    Span {
                        start: span.start as u32,
                        end: span.end as u32,
                    },
                )?,
                Err(()) => self.stray(span.start)?,
            }
        }
    }

    fn token(&mut self, kind: Kind, span: Span) -> Lexing<()> {
        match kind {
            Kind::Name => self.name(span),
            Kind::Number => self.number(span),
            Kind::Quote => self.string(span),
            Kind::Newline => {
                if self.brackets.is_empty() {
                    let start = self.comment.take().unwrap_or(span.start);
                    self.push(
                        Kind::Newline,
                        0,
                        Span {
                            start,
                            end: span.end,
                        },
                    );
                    self.at_line_start = true;
                }
                Ok(())
            }
            Kind::Comment => {
                self.comment = self.brackets.is_empty().then_some(span.start);
                Ok(())
            }
            Kind::Continuation => {
                if span.end as usize == self.source.len() {
                    return Err(self.unexpected_end(span.start + 1));
                }
                Ok(())
            }
            Kind::Backslash => {
                if span.end as usize == self.source.len() {
                    return Err(self.unexpected_end(span.end));
                }
                let message = "unexpected character after line continuation character";
                Err(ParseError {
                    kind: ErrorKind::Syntax,
                    message: message.into(),
                    span: Span {
                        start: span.end,
                        end: span.end,
                    },
                    extent: Extent::Start,
                })
            }
            Kind::Lpar | Kind::Lsqb | Kind::Lbrace => {
                self.open(self.source.as_bytes()[span.start as usize], span)?;
                self.push(kind, 0, span);
                Ok(())
            }
            Kind::Rpar
            | Kind::Rsqb
            | Kind::Rbrace
            | Kind::Colon
            | Kind::ColonEqual
            | Kind::Equal
            | Kind::Exclamation
                if self.ends_part_of_field() =>
            {
                self.field_token(kind, span)
            }
            Kind::Rpar | Kind::Rsqb | Kind::Rbrace => {
                self.close(span)?;
                self.push(kind, 0, span);
                Ok(())
            }
            _ => {
                self.push(kind, 0, span);
                Ok(())
            }
        }
    }

    fn unexpected_end(&self, at: u32) -> ParseError {
        if let Some(&open) = self.brackets.last() {
            return never_closed(open);
        }
        let message = "unexpected EOF while parsing".into();
        ParseError {
            kind: ErrorKind::Syntax,
            message,
            span: Span { start: at, end: at },
            extent: Extent::Open,
        }
    }

    /// The end of the input ends the line and all blocks.
    fn end(&mut self) -> Lexing<()> {
        let at = self.source.len() as u32;
        let span = Span { start: at, end: at };
        if let Some(&open) = self.brackets.last() {
            return Err(never_closed(open));
        }
        let last = self.out.tokens.last().map_or(Kind::Newline, Token::kind);
        if !matches!(
            last,
            Kind::Newline
                | Kind::Dedent
                | Kind::StartModule
                | Kind::StartInteractive
                | Kind::StartExpression
        ) {
            // Wider than the input, as if the newline were there.
            let start = self.comment.take().unwrap_or(at);
            self.push(Kind::Newline, 0, Span { start, end: at + 1 });
        }
        for _ in 1..self.indents.len() {
            self.push(Kind::Dedent, 0, span);
        }
        self.push(Kind::EndMarker, 0, span);
        Ok(())
    }

    /// Consumes blank lines and the indentation of the next logical line, and compares it with that of the block.
    fn indentation(&mut self) -> Lexing<()> {
        let bytes = self.source.as_bytes();
        let mut at = self.at();
        let mut line = at;
        let mut indent = Indentation::default();
        // A backslash continues a line without taking part in its indentation.
        let mut continued = None;
        loop {
            match bytes.get(at) {
                Some(b' ') => {
                    indent.columns += 1;
                    indent.characters += 1;
                }
                Some(b'\t') => {
                    indent.columns = (indent.columns / 8 + 1) * 8;
                    indent.characters += 1;
                }
                Some(b'\x0c') => indent = Indentation::default(),
                Some(b'\n') => {
                    line = at + 1;
                    indent = Indentation::default();
                    continued = None;
                }
                Some(b'#') => {
                    at += bytes[at..]
                        .iter()
                        .position(|&b| b == b'\n')
                        .unwrap_or(bytes.len() - at);
                    continue;
                }
                Some(b'\\') if at + 1 >= bytes.len() || bytes[at + 1..] == *b"\n" => {
                    return Err(self.unexpected_end(at as u32 + 1));
                }
                Some(b'\\') if bytes[at + 1] == b'\n' => {
                    continued = continued.or(Some(indent));
                    at += 1;
                }
                _ => break,
            }
            at += 1;
        }
        self.seek(at);
        let Some(_) = bytes.get(at) else {
            return Ok(());
        };
        self.compare_indentation(continued.unwrap_or(indent), line, at)
    }

    fn compare_indentation(&mut self, indent: Indentation, line: usize, at: usize) -> Lexing<()> {
        let span = Span {
            start: line as u32,
            end: at as u32,
        };
        let block = self.indents.last().copied().unwrap_or_default();
        if indent.columns == block.columns {
            return if indent.characters == block.characters {
                Ok(())
            } else {
                Err(self.tab_error(line))
            };
        }
        if indent.columns > block.columns {
            if indent.characters <= block.characters {
                return Err(self.tab_error(line));
            }
            if self.indents.len() >= MAX_INDENTS {
                let message = "too many levels of indentation".into();
                let span = Span {
                    start: at as u32,
                    end: at as u32,
                };
                return Err(ParseError {
                    kind: ErrorKind::Indentation,
                    message,
                    span,
                    extent: Extent::Range,
                });
            }
            self.indents.push(indent);
            self.push(Kind::Indent, 0, span);
            return Ok(());
        }
        let known = self.indents.iter().any(|i| i.columns == indent.columns);
        while known
            && self
                .indents
                .last()
                .is_some_and(|i| indent.columns < i.columns)
        {
            self.indents.pop();
            self.push(
                Kind::Dedent,
                0,
                Span {
                    start: at as u32,
                    end: at as u32,
                },
            );
        }
        let block = self.indents.last().copied().unwrap_or_default();
        if !known {
            let end = self.source[at..]
                .find('\n')
                .map_or(self.source.len(), |n| at + n) as u32;
            let message = "unindent does not match any outer indentation level".into();
            // The whole line, as CPython has it: the position it gives is that of the line's end.
            return Err(ParseError {
                kind: ErrorKind::Indentation,
                message,
                span: Span { start: end, end },
                extent: Extent::Open,
            });
        }
        if indent.characters != block.characters {
            return Err(self.tab_error(line));
        }
        Ok(())
    }

    fn tab_error(&self, line: usize) -> ParseError {
        let message = "inconsistent use of tabs and spaces in indentation".into();
        let at = line as u32;
        ParseError {
            kind: ErrorKind::Tab,
            message,
            span: Span { start: at, end: at },
            extent: Extent::Start,
        }
    }

    fn name(&mut self, span: Span) -> Lexing<()> {
        let text = &self.source[span.start as usize..span.end as usize];
        if !text.is_ascii() {
            for (i, c) in text.char_indices() {
                let good = match i {
                    0 => c == '_' || unicode_ident::is_xid_start(c),
                    _ => unicode_ident::is_xid_continue(c),
                };
                if !good {
                    return Err(invalid_character(c, span.start + i as u32));
                }
            }
        }
        if let Some(error) = self.mixed_prefixes(text, span) {
            return Err(error);
        }
        let symbol = self.interner.intern_identifier(text);
        self.push(Kind::Name, symbol.0, span);
        Ok(())
    }

    /// The error of letters before a quote that are all prefixes, but not together.
    fn mixed_prefixes(&self, text: &str, span: Span) -> Option<ParseError> {
        const PAIRS: [(char, char); 7] = [
            ('u', 'b'),
            ('u', 'r'),
            ('u', 'f'),
            ('u', 't'),
            ('b', 'f'),
            ('b', 't'),
            ('f', 't'),
        ];
        let quoted = matches!(
            self.source.as_bytes().get(span.end as usize),
            Some(b'"' | b'\'')
        );
        if !quoted || text.len() > 5 {
            return None;
        }
        let letters = text.to_ascii_lowercase();
        let prefix = letters
            .char_indices()
            .all(|(i, c)| "burft".contains(c) && !letters[..i].contains(c));
        let has = |c| letters.contains(c);
        let (a, b) = PAIRS
            .into_iter()
            .find(|&(a, b)| prefix && has(a) && has(b))?;
        let message = format!("'{a}' and '{b}' prefixes are incompatible");
        Some(ParseError {
            kind: ErrorKind::Syntax,
            message,
            span,
            extent: Extent::Range,
        })
    }

    fn number(&mut self, span: Span) -> Lexing<()> {
        let number = numbers::scan(self.source, span.start as usize, self.arena)?;
        self.seek(number.end);
        self.out.warnings.extend(number.warning);
        let span = Span {
            start: span.start,
            end: number.end as u32,
        };
        if let Some(error) = number.deferred {
            self.out.errors.push(error);
            self.push(Kind::BadString, self.out.errors.len() as u32 - 1, span);
            return Ok(());
        }
        let node = Expr {
            span,
            parenthesized: false,
            kind: ExprKind::Constant(number.value),
        };
        self.push(Kind::Number, self.out.numbers.len() as u32, span);
        self.out.numbers.push(self.arena.bump.alloc(node));
        Ok(())
    }

    /// A string literal, from its prefix and opening quotes on.
    fn string(&mut self, opening: Span) -> Lexing<()> {
        let text = &self.source[opening.start as usize..opening.end as usize];
        let prefix = text.trim_end_matches(['"', '\'']);
        let quotes = &text[prefix.len()..];
        let raw = prefix.contains(['r', 'R']);
        if prefix.contains(['f', 'F', 't', 'T']) {
            let template = prefix.contains(['t', 'T']);
            return self.open_fields(opening, quotes, raw, template);
        }
        let Some(body) = closing_quotes(
            &self.source.as_bytes()[opening.end as usize..],
            quotes.as_bytes(),
        ) else {
            return Err(self.unterminated(opening, quotes));
        };
        let start = opening.end as usize;
        let whole = Span {
            start: opening.start,
            end: (start + body + quotes.len()) as u32,
        };
        self.seek(whole.end as usize);
        let style = Style {
            raw,
            bytes: prefix.contains(['b', 'B']),
            fields: false,
        };
        let decoded = strings::decode(
            &self.source[start..start + body],
            start,
            whole,
            style,
            &mut self.out.warnings,
            self.arena,
        );
        match decoded {
            Ok(value) => {
                self.push(Kind::Str, self.out.strings.len() as u32, whole);
                self.out.strings.push(Piece {
                    value,
                    bytes: style.bytes,
                    u_prefix: prefix.contains(['u', 'U']),
                });
            }
            Err(error) => {
                self.push(Kind::BadString, self.out.errors.len() as u32, whole);
                self.out.errors.push(error);
            }
        }
        Ok(())
    }

    fn unterminated(&mut self, opening: Span, quotes: &str) -> ParseError {
        if let Some(mode) = self.fields.last()
            && mode.quotes == quotes
            && mode.in_expression()
        {
            return self.field_error("expecting '}'", opening.start as usize);
        }
        let at = opening.start;
        let bytes = self.source.as_bytes();
        let mut line = self.line_of(at as usize);
        let message = if quotes.len() == 3 {
            line += line_breaks(&bytes[at as usize..]);
            format!("unterminated triple-quoted string literal (detected at line {line})")
        } else {
            let (stop, escaped) = line_end(bytes, opening.end as usize, quotes.as_bytes()[0]);
            line += bytes[at as usize..stop]
                .iter()
                .filter(|&&b| b == b'\n')
                .count() as u32;
            if stop == bytes.len() && bytes.ends_with(b"\n") {
                line -= 1;
            }
            let hint = if escaped {
                "; perhaps you escaped the end quote?"
            } else {
                ""
            };
            format!("unterminated string literal (detected at line {line}){hint}")
        };
        ParseError {
            kind: ErrorKind::Syntax,
            message,
            span: Span { start: at, end: at },
            extent: Extent::Range,
        }
    }

    pub(crate) fn open(&mut self, opening: u8, span: Span) -> Lexing<()> {
        if self.brackets.len() >= MAX_BRACKETS {
            let message = "too many nested parentheses".into();
            return Err(ParseError {
                kind: ErrorKind::Syntax,
                message,
                span: Span {
                    start: span.start,
                    end: span.start,
                },
                extent: Extent::Range,
            });
        }
        let line = self.line_of(span.start as usize);
        self.brackets.push(Bracket {
            opening,
            at: span.start,
            line,
        });
        Ok(())
    }

    pub(crate) fn close(&mut self, span: Span) -> Lexing<()> {
        let closing = self.source.as_bytes()[span.start as usize];
        let error = |message| ParseError {
            kind: ErrorKind::Syntax,
            message,
            span: Span {
                start: span.start,
                end: span.start,
            },
            extent: Extent::Range,
        };
        let Some(open) = self.brackets.last().copied() else {
            return Err(error(format!("unmatched '{}'", closing as char)));
        };
        if !matches!(
            (open.opening, closing),
            (b'(', b')') | (b'[', b']') | (b'{', b'}')
        ) {
            let line = self.line_of(span.start as usize);
            let on_line = if line == open.line {
                String::new()
            } else {
                format!(" on line {}", open.line)
            };
            return Err(error(format!(
                "closing parenthesis '{}' does not match opening parenthesis '{}'{on_line}",
                closing as char, open.opening as char
            )));
        }
        self.brackets.pop();
        Ok(())
    }

    /// A character that begins no token.
    fn stray(&mut self, at: usize) -> Lexing<()> {
        let c = self.source[at..].chars().next().unwrap_or('\0');
        self.seek(at + c.len_utf8());
        let span = Span {
            start: at as u32,
            end: (at + c.len_utf8()) as u32,
        };
        match c {
            '$' | '?' | '`' => {
                self.push(Kind::Unknown, 0, span);
                Ok(())
            }
            _ => Err(invalid_character(c, at as u32)),
        }
    }
}

pub(crate) fn never_closed(open: Bracket) -> ParseError {
    let message = format!("'{}' was never closed", open.opening as char);
    ParseError {
        kind: ErrorKind::Syntax,
        message,
        span: Span {
            start: open.at,
            end: open.at + 1,
        },
        extent: Extent::Start,
    }
}

fn invalid_character(c: char, at: u32) -> ParseError {
    let code = c as u32;
    let message = if is_printable(c) {
        format!("invalid character '{c}' (U+{code:04X})")
    } else {
        format!("invalid non-printable character U+{code:04X}")
    };
    ParseError {
        kind: ErrorKind::Syntax,
        message,
        span: Span { start: at, end: at },
        extent: Extent::Range,
    }
}

/// `str.isprintable` of one character: no separator but the space, no control, format, private or unassigned one.
/// The last two have no name in the database.
fn is_printable(c: char) -> bool {
    let format = matches!(c as u32,
        0xad | 0x600..=0x605 | 0x61c | 0x6dd | 0x70f | 0x890..=0x891 | 0x8e2 | 0x180e | 0x200b..=0x200f
        | 0x202a..=0x202e | 0x2060..=0x206f | 0xfeff | 0xfff9..=0xfffb | 0x110bd | 0x110cd
        | 0x13430..=0x1343f | 0x1bca0..=0x1bca3 | 0x1d173..=0x1d17a | 0xe0001..=0xe007f);
    let separator = c.is_whitespace() && c != ' ';
    !(format || separator || c.is_control() || unicode_names2::name(c).is_none())
}

fn line_breaks(bytes: &[u8]) -> u32 {
    let newlines = bytes.iter().filter(|&&b| b == b'\n').count() as u32;
    // The input ends with a newline even if it was not written.
    newlines - u32::from(bytes.last() == Some(&b'\n'))
}

/// Where a one-line string that lacks its closing quote stops, and whether a quote in it was escaped.
pub(crate) fn line_end(bytes: &[u8], start: usize, quote: u8) -> (usize, bool) {
    let mut at = start;
    let mut escaped = false;
    while at < bytes.len() && bytes[at] != b'\n' {
        if bytes[at] == b'\\' {
            at += 1;
            escaped |= bytes.get(at) == Some(&quote);
        }
        at += 1;
    }
    (at.min(bytes.len()), escaped)
}

/// The length of a string's body, if its closing quotes are there.
fn closing_quotes(bytes: &[u8], quotes: &[u8]) -> Option<usize> {
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'\n' if quotes.len() == 1 => return None,
            b if b == quotes[0] && bytes[at..].starts_with(quotes) => return Some(at),
            _ => {}
        }
        at += 1;
    }
    None
}
