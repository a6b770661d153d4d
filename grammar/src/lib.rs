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
    /// CPython reports some errors without an end position (end_offset 0 or -1).
    pub has_end: bool,
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
    if let Some(at) = source.bytes().position(|b| b == 0) {
        return Err(source::null_byte_error(at));
    }
    let text = normalize_newlines(source);
    actions::parse_text(&text, mode, options, arena, interner)
}
