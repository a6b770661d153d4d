//! Parses snippets and prints what is wrong with each, to be compared with CPython's answers.
//!
//! The argument is a file of snippets separated by NUL bytes. One line a snippet: class, message,
//! line, offset, end line, end offset (offsets in characters, from 1), or `ok`.

use taipan_grammar::{
    Arena, ErrorKind, Interner, LineIndex, Mode, ParseOptions, normalize_newlines, parse_with,
};

fn main() {
    let mut mode = Mode::Exec;
    let mut options = ParseOptions::default();
    for argument in std::env::args().skip(1) {
        match argument.as_str() {
            "--eval" => mode = Mode::Eval,
            "--single" => mode = Mode::Single,
            "--incomplete" => {
                options = ParseOptions {
                    allow_incomplete: true,
                    dont_imply_dedent: true,
                }
            }
            path => {
                let text = std::fs::read_to_string(path).unwrap_or_default();
                for snippet in text.split('\0') {
                    println!("{}", answer(snippet, mode, options));
                }
            }
        }
    }
}

fn answer(snippet: &str, mode: Mode, options: ParseOptions) -> String {
    let arena = Arena::default();
    let mut names = Interner::default();
    let error = match parse_with(snippet, mode, options, &arena, &mut names) {
        Ok(_) => return "ok".into(),
        Err(error) => error,
    };
    let text = normalize_newlines(snippet);
    let lines = LineIndex::new(&text);
    let class = match error.kind {
        ErrorKind::Syntax => "SyntaxError",
        ErrorKind::Indentation => "IndentationError",
        ErrorKind::Tab => "TabError",
        ErrorKind::Incomplete => "_IncompleteInputError",
        ErrorKind::Memory => "MemoryError",
        ErrorKind::Recursion => "RecursionError",
        ErrorKind::Value => "ValueError",
    };
    match error.location(&text, &lines) {
        Some(l) => format!(
            "{class}|{}|{}|{}|{}|{}",
            error.message, l.line, l.offset, l.end_line, l.end_offset
        ),
        None => format!("{class}|{}|None|None|None|None", error.message),
    }
}
