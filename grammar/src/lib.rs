//! Python 3.14 source text to tokens to abstract syntax tree; knows nothing of values or bytecode.
//!
//! [`parse`] is the only way in, and the AST does not know which parser made it.

pub mod ast;
pub mod token;

use std::collections::HashMap;

/// Where all nodes of one parse live.
#[derive(Default)]
pub struct Arena {
    pub bump: bumpalo::Bump,
}

/// Identifiers of one parse, by number.
#[derive(Default, Debug)]
pub struct Interner {
    names: Vec<Box<str>>,
    by_name: HashMap<Box<str>, u32>,
}

impl Interner {
    pub fn intern(&mut self, name: &str) -> ast::Symbol {
        if let Some(&n) = self.by_name.get(name) {
            return ast::Symbol(n);
        }
        let n = self.names.len() as u32;
        self.names.push(name.into());
        self.by_name.insert(name.into(), n);
        ast::Symbol(n)
    }
    pub fn get(&self, name: ast::Symbol) -> &str {
        &self.names[name.0 as usize]
    }
}

/// Turns byte offsets into lines and columns.
#[derive(Debug)]
pub struct LineIndex {
    /// Byte offset at which each line starts; line 1 first.
    pub starts: Vec<u32>,
}

impl LineIndex {
    pub fn new(source: &str) -> Self {
        let mut starts = vec![0];
        for (i, b) in source.bytes().enumerate() {
            if b == b'\n' {
                starts.push(i as u32 + 1);
            }
        }
        LineIndex { starts }
    }
    /// Line (from 1) and column (in UTF-8 bytes, from 0) of an offset.
    pub fn line_col(&self, offset: u32) -> (u32, u32) {
        let line = self.starts.partition_point(|&s| s <= offset) - 1;
        (line as u32 + 1, offset - self.starts[line])
    }
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
