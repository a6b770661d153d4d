//! What an editor must know of Python's lines: when a block is complete, how the next line is indented, and the marks that begin continued lines.
//!
//! In the editor's buffer each line but the first begins with the continuation prompt, since the editor draws none. [`plain`] takes these marks away.

use super::session::{Check, check, is_blank};
use taipan_grammar::token::Kind;
use taipan_grammar::tokens;

pub const INDENT: usize = 4;

/// The text of a buffer without the marks of its continued lines.
pub fn plain(buffer: &str, mark: &str) -> String {
    let mut out = String::with_capacity(buffer.len());
    for (i, line) in buffer.split('\n').enumerate() {
        if i > 0 {
            out.push('\n');
        }
        // The last blank of a mark may have been deleted with an otherwise empty line.
        let rest = match line.strip_prefix(mark) {
            Some(rest) if i > 0 => rest,
            _ if i > 0 && line == mark.trim_end() => "",
            _ => line,
        };
        out.push_str(rest);
    }
    out
}

/// The opposite of [`plain`].
pub fn marked(text: &str, mark: &str) -> String {
    text.replace('\n', &format!("\n{mark}"))
}

/// Whether Enter at the end of the text runs it. A text of one line runs as soon as it is complete. A longer one ends with an empty line, unless it is a
/// simple statement that a bracket or a string kept open.
pub fn is_complete(text: &str) -> bool {
    if is_blank(text) {
        return true;
    }
    let Some((head, last)) = text.rsplit_once('\n') else {
        return check(&format!("{text}\n")) == Check::Ready;
    };
    if last.trim().is_empty() {
        return !is_open(head);
    }
    let whole = format!("{text}\n");
    check(&whole) == Check::Ready && parses(&whole)
}

fn parses(source: &str) -> bool {
    use taipan_grammar::{Arena, Interner, Mode, parse};
    let arena = Arena::default();
    parse(source, Mode::Single, &arena, &mut Interner::default()).is_ok()
}

/// Whether a bracket or a string over several lines is open at the end.
pub fn is_open(text: &str) -> bool {
    open_brackets(text) > 0 || in_long_string(text)
}

fn in_long_string(text: &str) -> bool {
    matches!(open_string(text), Some((_, true)))
}

/// The string that is open at the end: where it begins, and whether it may go on on the next line.
pub fn open_string(text: &str) -> Option<(usize, bool)> {
    let all = tokens(text);
    let (kind, span) = *all.iter().rev().find(|t| t.0 != Kind::EndMarker)?;
    let start = span.start as usize;
    let rest = text.get(start..)?;
    if kind != Kind::Error {
        return None;
    }
    // An f-string's error may stand at what is inside; its beginning is a token.
    let begin = all.iter().rev().find(|t| t.0 == Kind::FStringStart);
    let ended = all
        .iter()
        .rev()
        .find(|t| t.0 == Kind::FStringEnd)
        .map_or(0, |t| t.1.start);
    let (start, rest) = match begin {
        Some((_, b)) if b.start >= ended && !starts_string(rest) => {
            let at = b.start as usize;
            (at, text.get(at..)?)
        }
        _ => (start, rest),
    };
    if !starts_string(rest) {
        return None;
    }
    let quotes = rest.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let long = quotes.starts_with("\"\"\"") || quotes.starts_with("'''");
    let length = rest.len() - quotes.len() + if long { 3 } else { 1 };
    // Only what runs to the end of the text is open.
    (long || !rest.contains('\n')).then_some((start + length, long))
}

fn starts_string(rest: &str) -> bool {
    let prefix = rest.chars().take_while(|c| c.is_ascii_alphabetic()).count();
    prefix <= 2 && rest[prefix..].starts_with(['"', '\''])
}

fn open_brackets(text: &str) -> usize {
    let mut depth = 0usize;
    for (kind, _) in tokens(text) {
        match kind {
            Kind::Lpar | Kind::WithLpar | Kind::Lsqb | Kind::Lbrace => depth += 1,
            Kind::Rpar | Kind::Rsqb | Kind::Rbrace => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    depth
}

/// How far the line after the text is indented.
pub fn next_indent(text: &str) -> usize {
    let line = text.rsplit('\n').next().unwrap_or("");
    let indent: usize = line
        .chars()
        .take_while(|c| matches!(c, ' ' | '\t'))
        .map(|c| if c == '\t' { 8 } else { 1 })
        .sum();
    if in_long_string(text) {
        return 0;
    }
    if open_brackets(text) > 0 {
        // One step in after the line that opens it, and then as the line before.
        let opens = line.trim_end().ends_with(['(', '[', '{']);
        return if opens { indent + INDENT } else { indent };
    }
    let mut first = None;
    let mut last = None;
    let start = text.len() - line.len();
    for (kind, span) in tokens(text) {
        if (span.start as usize) < start
            || matches!(
                kind,
                Kind::Indent | Kind::Dedent | Kind::Newline | Kind::EndMarker
            )
        {
            continue;
        }
        first.get_or_insert(kind);
        last = Some(kind);
    }
    match (first, last) {
        (_, Some(Kind::Colon)) => indent + INDENT,
        (Some(Kind::Return | Kind::Pass | Kind::Raise | Kind::Break | Kind::Continue), _) => {
            indent.saturating_sub(INDENT)
        }
        _ => indent,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_come_and_go() {
        assert_eq!(marked("if 1:\n  x\n", "... "), "if 1:\n...   x\n... ");
        assert_eq!(plain("if 1:\n...   x\n...", "... "), "if 1:\n  x\n");
        assert_eq!(plain("... 1", "... "), "... 1");
    }

    #[test]
    fn blocks_end_with_an_empty_line() {
        for text in [
            "1",
            "",
            "# c",
            "x y",
            "if 1:\n    x\n",
            "if 1:\n    x\n    ",
            "(1,\n2)",
            "'''a\n'''",
            "def f(:",
            "x = 1\n",
            "if 1:\n  x\nelse:\n  y\n",
        ] {
            assert!(is_complete(text), "{text:?}");
        }
        for text in [
            "if 1:",
            "if 1: x",
            "def f():\n    return 1",
            "(1,",
            "(1,\n",
            "'''a",
            "'''a\n\n",
            "@f",
            "x = f(\n\n",
            "if 1:\n    x\ny",
        ] {
            assert!(!is_complete(text), "{text:?}");
        }
    }

    #[test]
    fn indentation_follows_the_line_before() {
        for (text, indent) in [
            ("if 1:", 4),
            ("if 1:  # c", 4),
            ("if 1:\n    x", 4),
            ("if 1:\n    for x in y:", 8),
            ("if 1:\n    return x", 0),
            ("if 1:\n        pass", 4),
            ("f(", 4),
            ("f(\n    a,", 4),
            ("x = {1:", 0),
            ("'''a:", 0),
            ("lambda: x", 0),
            ("s = 'a:'", 0),
        ] {
            assert_eq!(next_indent(text), indent, "{text:?}");
        }
    }

    #[test]
    fn open_strings_are_found() {
        assert_eq!(open_string("x = 'ab"), Some((5, false)));
        assert_eq!(open_string("x = rb\"ab"), Some((7, false)));
        assert_eq!(open_string("'''ab"), Some((3, true)));
        assert_eq!(open_string("f'ab"), Some((2, false)));
        assert_eq!(open_string("f('ab', 'c"), Some((9, false)));
        for text in ["'ab'", "x", "", "'ab' # '", "'a\n", "f'{x}'"] {
            assert_eq!(open_string(text), None, "{text:?}");
        }
    }
}
