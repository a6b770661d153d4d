//! Why an input was refused: CPython's message, class and position.

use crate::ast::Span;
use crate::lexer::Lexed;
use crate::names::Interner;
use crate::{ErrorKind, Mode, ParseError, ParseOptions};

/// Whether interactive input that parses is also complete.
pub(crate) fn single_is_complete(
    _source: &str,
    _lexed: &Lexed<'_>,
    _options: ParseOptions,
) -> bool {
    true
}

pub(crate) fn explain(
    _source: &str,
    _mode: Mode,
    _options: ParseOptions,
    lexed: &Lexed<'_>,
    _names: &Interner,
) -> ParseError {
    if let Some(e) = lexed.errors.last() {
        return e.clone();
    }
    ParseError {
        kind: ErrorKind::Syntax,
        message: "invalid syntax".into(),
        span: Span::default(),
        has_end: true,
    }
}
