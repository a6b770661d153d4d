//! Colours of source text: keywords, literals, comments, names that the text defines, and the brackets that belong together.

use taipan_grammar::ast::Span;
use taipan_grammar::token::Kind;
use taipan_grammar::tokens;

/// How a piece of text is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    Keyword,
    SoftKeyword,
    Builtin,
    Definition,
    Text,
    Number,
    Comment,
    /// A bracket beside the cursor, and its partner.
    Matching,
    /// The prompt and the marks of continued lines.
    Prompt,
    /// Suggestions.
    Hint,
}

pub const RESET: &str = "\x1b[0m";

impl Style {
    pub fn code(self) -> &'static str {
        match self {
            Style::Keyword | Style::SoftKeyword => "\x1b[1;34m",
            Style::Builtin => "\x1b[36m",
            Style::Definition => "\x1b[1m",
            Style::Text => "\x1b[32m",
            Style::Number => "\x1b[33m",
            Style::Comment => "\x1b[31m",
            Style::Matching => "\x1b[1;7m",
            Style::Prompt => "\x1b[1;35m",
            Style::Hint => "\x1b[2m",
        }
    }
}

/// The styled parts of a text, in order and apart.
pub fn parts(source: &str) -> Vec<(usize, usize, Style)> {
    let all = tokens(source);
    let mut out: Vec<(usize, usize, Style)> = Vec::new();
    let mut at = 0;
    let mut before = None;
    for (i, &(kind, span)) in all.iter().enumerate() {
        let (start, end) = bounds(source, span);
        comments(source, at, start.max(at), &mut out);
        let style = match kind {
            Kind::Newline => {
                comments(source, start.max(at), end, &mut out);
                None
            }
            Kind::Str
            | Kind::BadString
            | Kind::FStringStart
            | Kind::FStringMiddle
            | Kind::FStringEnd => Some(Style::Text),
            Kind::Number => Some(Style::Number),
            Kind::Match | Kind::Case | Kind::Type => Some(Style::SoftKeyword),
            Kind::Name => match before {
                Some(Kind::Def | Kind::Class) => Some(Style::Definition),
                Some(Kind::Dot) => None,
                _ if is_builtin(&source[start..end]) => Some(Style::Builtin),
                _ => None,
            },
            Kind::Error => {
                // What follows an error has no tokens. An unfinished string is a string already.
                let rest = &source[start..];
                let quoted = rest
                    .trim_start_matches(|c: char| c.is_ascii_alphabetic())
                    .starts_with(['"', '\'']);
                let inside = all[..i]
                    .iter()
                    .rev()
                    .find(|t| matches!(t.0, Kind::FStringStart | Kind::FStringEnd))
                    .is_some_and(|t| t.0 == Kind::FStringStart);
                if quoted || inside {
                    out.push((start.max(at), source.len(), Style::Text));
                } else {
                    comments(source, start.max(at), source.len(), &mut out);
                }
                at = source.len();
                None
            }
            k if k.is_keyword() => Some(Style::Keyword),
            _ => None,
        };
        if let Some(style) = style
            && start >= at
            && start < end
        {
            out.push((start, end, style));
        }
        at = at.max(end);
        before = Some(kind);
    }
    comments(source, at, source.len(), &mut out);
    out
}

fn bounds(source: &str, span: Span) -> (usize, usize) {
    let start = (span.start as usize).min(source.len());
    (start, (span.end as usize).clamp(start, source.len()))
}

fn comments(source: &str, from: usize, to: usize, out: &mut Vec<(usize, usize, Style)>) {
    let mut at = from;
    while let Some(found) = source.get(at..to).and_then(|gap| gap.find('#')) {
        let start = at + found;
        let end = source[start..to].find('\n').map_or(to, |n| start + n);
        out.push((start, end, Style::Comment));
        at = end;
    }
}

fn is_builtin(name: &str) -> bool {
    BUILTINS.binary_search(&name).is_ok()
}

/// Functions and types that are always there; sorted.
#[rustfmt::skip]
const BUILTINS: &[&str] = &[
    "abs", "aiter", "all", "anext", "any", "ascii", "bin", "bool", "breakpoint", "bytearray", "bytes", "callable", "chr", "classmethod",
    "compile", "complex", "delattr", "dict", "dir", "divmod", "enumerate", "eval", "exec", "filter", "float", "format", "frozenset",
    "getattr", "globals", "hasattr", "hash", "help", "hex", "id", "input", "int", "isinstance", "issubclass", "iter", "len", "list",
    "locals", "map", "max", "memoryview", "min", "next", "object", "oct", "open", "ord", "pow", "print", "property", "range", "repr",
    "reversed", "round", "set", "setattr", "slice", "sorted", "staticmethod", "str", "sum", "super", "tuple", "type", "vars", "zip",
];

/// The bracket at or before `pos`, and the one that it belongs to.
pub fn matching(source: &str, pos: usize) -> Option<(usize, usize)> {
    let mut open = Vec::new();
    let mut pairs = Vec::new();
    for (kind, span) in tokens(source) {
        match kind {
            Kind::Lpar | Kind::WithLpar | Kind::Lsqb | Kind::Lbrace | Kind::FieldOpen => {
                open.push(span.start as usize)
            }
            Kind::Rpar | Kind::Rsqb | Kind::Rbrace | Kind::FieldClose => {
                if let Some(start) = open.pop() {
                    pairs.push((start, span.start as usize));
                }
            }
            _ => {}
        }
    }
    let beside = |at: usize| at == pos || at + 1 == pos;
    pairs.into_iter().find(|&(a, b)| beside(a) || beside(b))
}

/// A buffer with its colours. Lines but the first begin with `mark`; `pos` is the cursor's place in the buffer.
pub fn buffer(buffer: &str, pos: usize, mark: &str) -> String {
    let text = super::text::plain(buffer, mark);
    let mut styles = vec![None; text.len()];
    for (start, end, style) in parts(&text) {
        styles[start..end].fill(Some(style));
    }
    let cursor = super::text::plain(&buffer[..pos.min(buffer.len())], mark).len();
    if let Some((a, b)) = matching(&text, cursor) {
        for at in [a, b] {
            if let Some(s) = styles.get_mut(at) {
                *s = Some(Style::Matching);
            }
        }
    }
    let mut out = String::with_capacity(buffer.len() * 2);
    let mut lines = text.split('\n');
    let mut at = 0;
    for (i, shown) in buffer.split('\n').enumerate() {
        let line = lines.next().unwrap_or("");
        if i > 0 {
            out.push('\n');
            styled(
                &mut out,
                &shown[..shown.len() - line.len()],
                Some(Style::Prompt),
            );
        }
        let mut piece = 0;
        while piece < line.len() {
            let style = styles.get(at + piece).copied().flatten();
            let end = (piece..line.len())
                .find(|&n| styles.get(at + n).copied().flatten() != style)
                .unwrap_or(line.len());
            styled(&mut out, &line[piece..end], style);
            piece = end;
        }
        at += line.len() + 1;
    }
    out
}

/// Text in its style.
pub fn styled(out: &mut String, text: &str, style: Option<Style>) {
    match style {
        Some(style) if !text.is_empty() && !style.code().is_empty() => {
            out.push_str(style.code());
            out.push_str(text);
            out.push_str(RESET);
        }
        _ => out.push_str(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(source: &str) -> Vec<(&str, Style)> {
        parts(source)
            .into_iter()
            .map(|(a, b, s)| (&source[a..b], s))
            .collect()
    }

    #[test]
    fn builtins_are_sorted() {
        assert!(BUILTINS.is_sorted());
    }

    #[test]
    fn parts_of_speech() {
        use Style::*;
        assert_eq!(
            shown("def f(x): # c\n    return 'a' + 1"),
            [
                ("def", Keyword),
                ("f", Definition),
                ("# c", Comment),
                ("return", Keyword),
                ("'a'", Text),
                ("1", Number)
            ]
        );
        assert_eq!(shown("print('abc"), [("print", Builtin), ("'abc", Text)]);
        assert_eq!(shown("x.print"), []);
        assert_eq!(
            shown("f(1, # c\n 2"),
            [("1", Number), ("# c", Comment), ("2", Number)]
        );
        assert_eq!(
            shown("f'a{x}b'"),
            [("f'", Text), ("a", Text), ("b", Text), ("'", Text)]
        );
    }

    #[test]
    fn colours_leave_the_text_alone() {
        let strip = |s: &str| {
            let mut out = String::new();
            let mut rest = s;
            while let Some(at) = rest.find('\x1b') {
                out.push_str(&rest[..at]);
                rest = &rest[at + rest[at..].find('m').unwrap() + 1..];
            }
            out + rest
        };
        for text in [
            "if x:\n...     print('é', [1])\n... ",
            "'''a\n... b",
            "f(é, \"",
            "x = $ y # z",
            "a\nb\n...",
            "1.e",
            "f'{x!r:>{w}}' 'a",
        ] {
            for pos in 0..=text.len() {
                if text.is_char_boundary(pos) {
                    assert_eq!(strip(&buffer(text, pos, "... ")), text);
                }
            }
        }
    }

    #[test]
    fn brackets_find_each_other() {
        assert_eq!(matching("f(a[1])", 2), Some((1, 6)));
        assert_eq!(matching("f(a[1])", 7), Some((1, 6)));
        assert_eq!(matching("f(')')", 4), None);
        assert_eq!(matching("(", 1), None);
    }
}
