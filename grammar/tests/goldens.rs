//! Trees and errors of snippets, against what CPython 3.14 answered.
//!
//! The files in `goldens/` hold snippets with their answers; `record.py bless FILE` records the answers anew. What we
//! cannot match yet is listed in `DIFFERENT`, and must go on differing until it is taken off.

use std::fmt::Write as _;
use std::path::Path;

use taipan_grammar::{
    Arena, ErrorKind, Interner, Mode, ParseOptions, normalize_newlines, parse_with,
};

mod dump;

/// Snippets whose answers differ from CPython's, on purpose or not yet.
const DIFFERENT: [&str; 0] = [];

fn answer(snippet: &str, mode: Mode) -> String {
    let arena = Arena::default();
    let mut names = Interner::default();
    match parse_with(snippet, mode, ParseOptions::default(), &arena, &mut names) {
        Ok(parsed) => dump::dump(&parsed.module, &names, &parsed.lines),
        Err(error) => {
            let class = match error.kind {
                ErrorKind::Indentation => "IndentationError",
                ErrorKind::Tab => "TabError",
                _ => "SyntaxError",
            };
            let text = normalize_newlines(snippet);
            let lines = taipan_grammar::LineIndex::new(&text);
            match error.location(&text, &lines) {
                Some(l) => format!(
                    "{class}|{}|{}|{}|{}|{}",
                    error.message, l.line, l.offset, l.end_line, l.end_offset
                ),
                None => format!("{class}|{}|None|None|None|None", error.message),
            }
        }
    }
}

/// A big decimal integer is text to us and a number to CPython: these snippets write them in hexadecimal.
fn check(file: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/goldens")
        .join(file);
    let golden = std::fs::read_to_string(&path).expect("the golden file is there");
    let (head, cases) = golden.split_once('\n').expect("the golden file has a head");
    let mode = match head.rsplit(' ').next() {
        Some("single") => Mode::Single,
        Some("eval") => Mode::Eval,
        _ => Mode::Exec,
    };
    let mut report = String::new();
    let mut count = 0;
    for case in cases.split("\n===\n").filter(|case| !case.is_empty()) {
        let (snippet, expected) = case
            .split_once("\n---\n")
            .expect("a snippet has its answer");
        let found = answer(snippet, mode);
        count += 1;
        if (found == expected) == DIFFERENT.contains(&snippet) {
            let _ = writeln!(
                report,
                "{snippet}\n  CPython: {expected}\n  here:    {found}\n"
            );
        }
    }
    assert!(count > 10, "{file} holds snippets");
    assert!(report.is_empty(), "{file}:\n{report}");
}

#[test]
fn expressions() {
    check("expressions.txt");
}

#[test]
fn statements() {
    check("statements.txt");
}

#[test]
fn strings() {
    check("strings.txt");
}

#[test]
fn errors_in_expressions() {
    check("errors_in_expressions.txt");
}

#[test]
fn errors_in_statements() {
    check("errors_in_statements.txt");
}

#[test]
fn errors_in_tokens() {
    check("errors_in_tokens.txt");
}

#[test]
fn interactive() {
    check("interactive.txt");
}
