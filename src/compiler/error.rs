//! What compilation reports: errors as CPython words them, and warnings.

use taipan_grammar::ast::Span;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// SyntaxError.
    Syntax,
    /// RecursionError: the program is nested too deeply.
    Recursion,
    /// OverflowError: a table of the code object is full.
    TooLarge,
}

#[derive(Clone, Debug)]
pub struct CompileError {
    pub message: String,
    pub span: Span,
    pub kind: ErrorKind,
}

impl CompileError {
    pub fn syntax(message: impl Into<String>, span: Span) -> Self {
        CompileError {
            message: message.into(),
            span,
            kind: ErrorKind::Syntax,
        }
    }
    pub fn recursion(span: Span) -> Self {
        CompileError {
            message: "maximum recursion depth exceeded during compilation".into(),
            span,
            kind: ErrorKind::Recursion,
        }
    }
    pub fn too_large(what: &str, span: Span) -> Self {
        CompileError {
            message: format!("too many {what} in one code object"),
            span,
            kind: ErrorKind::TooLarge,
        }
    }
}

impl std::fmt::Display for CompileError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for CompileError {}

/// A SyntaxWarning (or DeprecationWarning), for the caller to issue; one turned into an error is a SyntaxError at `span`.
#[derive(Clone, Debug)]
pub struct Warning {
    pub category: &'static str,
    pub message: String,
    pub span: Span,
}

pub type Result<T> = std::result::Result<T, CompileError>;
