//! Python 3.14 source text to tokens to abstract syntax tree; knows nothing of values or bytecode.
//!
//! [`parse`] is the way in, [`decode_source`] turns the bytes of a file into text, and the AST does not
//! know which parser made it. In reading order:
//!
//! - `source`: encoding cookies, newlines.
//! - `token`: the kinds of token; the flat patterns that logos recognises.
//! - `lexer`: tokens in their order, with indentation and brackets; it calls
//!   - `numbers` and `strings` for what those literals contain,
//!   - `fields` for the replacement fields of f- and t-strings,
//!   - `soft_keywords` to decide what `match`, `case`, `type` and `with (` are.
//! - `python.lalrpop`: the grammar, which accepts a superset, with the checks and the making of nodes
//!   in `actions`.
//! - `diagnose`: once the grammar has refused an input, finds CPython's message for it.

pub mod ast;
pub mod token;

mod actions;
mod diagnose;
mod fields;
mod lexer;
mod names;
mod numbers;
mod soft_keywords;
mod source;
mod strings;

pub use names::Interner;
pub use source::{LineIndex, decode_source, normalize_newlines};

/// The tokens of a text that may be unfinished, up to its first lexical error, for editors. Comments are not among them: they lie between tokens,
/// or begin the token of their line's end.
pub fn tokens(source: &str) -> Vec<(token::Kind, ast::Span)> {
    let arena = Arena::default();
    let start = token::Kind::StartInteractive;
    let lexed = lexer::lex(source, start, &arena, &mut Interner::default());
    lexed
        .tokens
        .iter()
        .skip(1)
        .map(|t| (t.kind(), t.span))
        .collect()
}

/// Where all nodes of one parse live.
#[derive(Default)]
pub struct Arena {
    pub bump: bumpalo::Bump,
}

/// What the text is parsed as: the `mode` of `compile()`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    Exec,
    Single,
    Eval,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    Syntax,
    Indentation,
    Tab,
    /// `single` mode needs more lines; what an interactive prompt continues on.
    Incomplete,
    /// "too complex" inputs for which CPython raises MemoryError or RecursionError.
    Memory,
    Recursion,
    /// CPython raises ValueError ("source code string cannot contain null bytes" is SyntaxError since 3.12).
    Value,
}

/// What is raised as SyntaxError (or its subclass): CPython's message and position.
/// Columns are byte offsets in `source`; the caller converts to characters.
#[derive(Clone, Debug)]
pub struct ParseError {
    pub kind: ErrorKind,
    pub message: String,
    pub span: ast::Span,
    pub extent: Extent,
}

/// What CPython gives as the end of an error, besides plain ranges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// The end of the span.
    Range,
    /// No end: `end_offset` is 0.
    Start,
    /// No end: `end_offset` is -1.
    Open,
    /// The error is that of a token without a width, an indentation: `offset` counts from 0, and `end_offset` is -1.
    Indent,
    /// The error is that of the end of the input: both offsets are 0.
    Zero,
    /// The error is about the source as a whole: no line at all.
    Nowhere,
}

/// The positions of a SyntaxError, in the numbers that its attributes have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Location {
    pub line: u32,
    /// In characters, from 1.
    pub offset: i64,
    pub end_line: u32,
    pub end_offset: i64,
}

impl ParseError {
    /// Where CPython says the error is; `None` if it names no line. `source` is the text with its newlines normalised.
    pub fn location(&self, source: &str, lines: &LineIndex) -> Option<Location> {
        if self.extent == Extent::Nowhere {
            return None;
        }
        let (line, column) = lines.line_col(self.span.start);
        let start = lines.starts[line as usize - 1] as usize;
        let text = source[start..].split('\n').next().unwrap_or("");
        // All columns count characters of the first line, even those of the end; beyond it they are its length.
        let characters = |column: u32| {
            let bytes = text.as_bytes();
            let prefix = &bytes[..(column as usize).min(bytes.len())];
            String::from_utf8_lossy(prefix).chars().count() as i64
        };
        let beyond = i64::from(column as usize > text.len());
        let offset = characters(column) + beyond;
        // An end lies on the line of the last character before it, a newline included.
        let last = self.span.end.max(self.span.start + 1) - 1;
        let (end_line, end_column) = lines.line_col(last);
        let end_column = end_column + (self.span.end - last);
        let (offset, end_line, end_offset) = match self.extent {
            Extent::Range if self.span.end <= self.span.start => (offset + 1, line, offset + 1),
            Extent::Range => {
                let clamped = i64::from(end_column as usize > text.len());
                (
                    offset + 1,
                    end_line,
                    characters(end_column) + 1 + if end_line == line { clamped } else { 0 },
                )
            }
            Extent::Start => (offset + 1, line, 0),
            Extent::Open => (offset + 1, line, -1),
            Extent::Zero => (0, line, 0),
            Extent::Indent | Extent::Nowhere => (offset, line, -1),
        };
        Some(Location {
            line,
            offset,
            end_line,
            end_offset,
        })
    }
}

/// A SyntaxWarning found while lexing ("invalid escape sequence", "invalid decimal literal" ...).
#[derive(Clone, Debug)]
pub struct ParseWarning {
    /// "SyntaxWarning" or "DeprecationWarning".
    pub category: &'static str,
    pub message: String,
    pub span: ast::Span,
}

/// How [`parse_with`] treats the end of the input; for `compile()`, all of it is false.
#[derive(Clone, Copy, Debug, Default)]
pub struct ParseOptions {
    /// Report [`ErrorKind::Incomplete`] where more lines could still make the input valid
    /// (`PyCF_ALLOW_INCOMPLETE_INPUT`).
    pub allow_incomplete: bool,
    /// The end of the input does not end an open block (`PyCF_DONT_IMPLY_DEDENT`).
    pub dont_imply_dedent: bool,
}

/// A successful parse.
#[derive(Debug)]
pub struct Parsed<'a> {
    pub module: ast::Mod<'a>,
    /// Lines of the text with its newlines normalised, which is what all spans refer to.
    pub lines: LineIndex,
    pub warnings: Vec<ParseWarning>,
}

/// Parses Python source text.
///
/// Spans, in the tree and in errors, are byte offsets into `normalize_newlines(source)`: that is
/// `source` itself unless it contains `\r`. `Mode::Single` behaves as an interactive prompt does: an input
/// that more lines could complete is [`ErrorKind::Incomplete`]. For `compile(..., "single")`,
/// which raises the plain error, use [`parse_with`] and the default options.
pub fn parse<'a>(
    source: &str,
    mode: Mode,
    arena: &'a Arena,
    interner: &mut Interner,
) -> Result<Parsed<'a>, ParseError> {
    let interactive = mode == Mode::Single;
    let options = ParseOptions {
        allow_incomplete: interactive,
        dont_imply_dedent: interactive,
    };
    parse_with(source, mode, options, arena, interner)
}

/// [`parse`], with a say about incomplete input.
pub fn parse_with<'a>(
    source: &str,
    mode: Mode,
    options: ParseOptions,
    arena: &'a Arena,
    interner: &mut Interner,
) -> Result<Parsed<'a>, ParseError> {
    if source.as_bytes().contains(&0) {
        return Err(source::null_byte_error());
    }
    let text = normalize_newlines(source);
    actions::parse_text(&text, mode, options, arena, interner)
}
