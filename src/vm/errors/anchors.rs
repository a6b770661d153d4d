//! Where in an expression its operator, its brackets or its call parentheses are: PEP 657's `~~~^^^`.
//!
//! The text between an instruction's positions is one expression, so a scan over its tokens with the precedences of the
//! binary operators says what its outermost node is; no syntax tree is needed.

/// The part shown with `^` goes from `left` to `right` (lines and characters from 0); the rest gets `~`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Anchors {
    pub left: (usize, usize),
    pub right: (usize, usize),
    /// The expression is a call (of a plain name).
    pub call: Option<Callee>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Callee {
    Name,
    Other,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Name,
    /// `None`, `True`, `False`, a number, `...`.
    Atom,
    Text,
    /// A keyword that can only stand inside other expressions or in statements.
    Keyword,
    Not,
    Await,
    Open,
    Close,
    Dot,
    /// A binary operator with its precedence.
    Binary(u8),
    /// Anything else: comparisons, commas, assignments.
    Other,
}

#[derive(Clone, Copy, Debug)]
struct Token {
    kind: Kind,
    ch: char,
    start: (usize, usize),
    end: (usize, usize),
    /// For brackets: the index of the other one.
    other: usize,
}

const POWER: u8 = 7;
const TERM_SIGN: u8 = 5;

const KEYWORDS: &[&str] = &[
    "and", "as", "assert", "async", "break", "class", "continue", "def", "del", "elif", "else",
    "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal",
    "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

/// Finds the anchors of the expression in these lines.
pub fn find(lines: &[&[char]]) -> Option<Anchors> {
    let tokens = scan(lines)?;
    classify(&tokens)
}

fn classify(tokens: &[Token]) -> Option<Anchors> {
    let (mut lo, mut hi) = (0, tokens.len());
    loop {
        let mut operand = false;
        // The last trailer of the operand: its opening bracket.
        let mut trailer: Option<usize> = None;
        let mut prefixed = false;
        let mut best: Option<(u8, usize)> = None;
        let mut i = lo;
        while i < hi {
            let t = tokens[i];
            match (operand, t.kind) {
                // Signs and `await` before an operand.
                (false, Kind::Binary(TERM_SIGN) | Kind::Await) => {
                    prefixed |= i == lo;
                    i += 1;
                }
                (false, Kind::Name | Kind::Atom | Kind::Text | Kind::Open) => {
                    i = if t.kind == Kind::Open {
                        t.other + 1
                    } else {
                        i + 1
                    };
                    operand = true;
                    trailer = None;
                }
                (true, Kind::Open) if t.ch != '{' => {
                    trailer = Some(i);
                    i = t.other + 1;
                }
                (true, Kind::Dot) if i + 1 < hi && tokens[i + 1].kind == Kind::Name => {
                    trailer = None;
                    i += 2;
                }
                (true, Kind::Text) if tokens[i - 1].kind == Kind::Text => i += 1,
                (true, Kind::Binary(p)) => {
                    // Operators group to the left, powers to the right.
                    if best.is_none_or(|(b, _)| p < b || p == b && p != POWER) {
                        best = Some((p, i));
                    }
                    operand = false;
                    i += 1;
                }
                _ => return None,
            }
        }
        if !operand {
            return None;
        }
        if let Some((p, at)) = best {
            // `-x ** y` is a sign before a power; `await x ** y` is a power.
            if p == POWER && prefixed && tokens[lo].kind != Kind::Await {
                return None;
            }
            return Some(Anchors {
                left: tokens[at].start,
                right: tokens[at].end,
                call: None,
            });
        }
        if prefixed {
            return None;
        }
        let end = tokens[hi - 1].end;
        match trailer {
            Some(open) => {
                let callee = match open - lo {
                    1 if tokens[lo].kind == Kind::Name => Callee::Name,
                    _ => Callee::Other,
                };
                return Some(Anchors {
                    left: tokens[open].start,
                    right: end,
                    call: (tokens[open].ch == '(').then_some(callee),
                });
            }
            // Only a parenthesised expression: look inside.
            None if tokens[lo].kind == Kind::Open
                && tokens[lo].ch == '('
                && tokens[lo].other == hi - 1
                && hi - lo > 2 =>
            {
                lo += 1;
                hi -= 1;
            }
            None => return None,
        }
    }
}

fn word(text: &str) -> Kind {
    match text {
        "None" | "True" | "False" => Kind::Atom,
        "not" => Kind::Not,
        "await" => Kind::Await,
        _ if KEYWORDS.contains(&text) => Kind::Keyword,
        _ => Kind::Name,
    }
}

fn scan(lines: &[&[char]]) -> Option<Vec<Token>> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let (mut line, mut col) = (0, 0);
    while line < lines.len() {
        let text = lines[line];
        let Some(&c) = text.get(col) else {
            line += 1;
            col = 0;
            continue;
        };
        let start = (line, col);
        let mut push = |kind, ch, end| {
            tokens.push(Token {
                kind,
                ch,
                start,
                end,
                other: 0,
            })
        };
        if c.is_whitespace() {
            col += 1;
        } else if c == '#' || c == '\\' {
            line += 1;
            col = 0;
        } else if c.is_ascii_digit()
            || c == '.' && text.get(col + 1).is_some_and(|c| c.is_ascii_digit())
        {
            let radix = c == '0'
                && text
                    .get(col + 1)
                    .is_some_and(|c| matches!(c, 'x' | 'X' | 'o' | 'O' | 'b' | 'B'));
            while let Some(&d) = text.get(col) {
                let sign = matches!(d, '+' | '-')
                    && !radix
                    && matches!(text[col - 1], 'e' | 'E')
                    && col > start.1;
                if !(d.is_alphanumeric() || d == '_' || d == '.' || sign) {
                    break;
                }
                col += 1;
            }
            push(Kind::Atom, c, (line, col));
        } else if c == '"' || c == '\'' {
            (line, col) = string(lines, line, col, "")?;
            push(Kind::Text, c, (line, col));
        } else if c == '_' || c.is_alphanumeric() || !c.is_ascii() {
            let mut name = String::new();
            while let Some(&d) = text.get(col) {
                if !(d == '_' || d.is_alphanumeric() || !d.is_ascii()) {
                    break;
                }
                name.push(d);
                col += 1;
            }
            if name.len() <= 2 && text.get(col).is_some_and(|c| *c == '"' || *c == '\'') {
                (line, col) = string(lines, line, col, &name)?;
                push(Kind::Text, c, (line, col));
            } else {
                push(word(&name), c, (line, col));
            }
        } else if matches!(c, '(' | '[' | '{') {
            col += 1;
            push(Kind::Open, c, (line, col));
            open.push(tokens.len() - 1);
        } else if matches!(c, ')' | ']' | '}') {
            col += 1;
            push(Kind::Close, c, (line, col));
            let at = tokens.len() - 1;
            let other = open.pop()?;
            let fits = matches!((tokens[other].ch, c), ('(', ')') | ('[', ']') | ('{', '}'));
            if !fits {
                return None;
            }
            tokens[other].other = at;
            tokens[at].other = other;
        } else {
            let next = text.get(col + 1).copied().unwrap_or(' ');
            let third = text.get(col + 2).copied().unwrap_or(' ');
            let (kind, len) = match (c, next) {
                ('.', '.') if third == '.' => (Kind::Atom, 3),
                ('.', _) => (Kind::Dot, 1),
                ('*', '*') | ('/', '/') | ('<', '<') | ('>', '>') if third == '=' => {
                    (Kind::Other, 3)
                }
                ('*', '*') => (Kind::Binary(POWER), 2),
                ('/', '/') => (Kind::Binary(6), 2),
                ('<', '<') | ('>', '>') => (Kind::Binary(4), 2),
                ('-', '>') => (Kind::Other, 2),
                (_, '=') => (Kind::Other, 2),
                ('*' | '/' | '%' | '@', _) => (Kind::Binary(6), 1),
                ('+' | '-', _) => (Kind::Binary(TERM_SIGN), 1),
                ('&', _) => (Kind::Binary(3), 1),
                ('^', _) => (Kind::Binary(2), 1),
                ('|', _) => (Kind::Binary(1), 1),
                // Only before an operand: as the signs.
                ('~', _) => (Kind::Binary(TERM_SIGN), 1),
                _ => (Kind::Other, 1),
            };
            col += len;
            push(kind, c, (line, col));
        }
    }
    if open.is_empty() { Some(tokens) } else { None }
}

/// The end of the string whose opening quote is at `line`, `col`.
fn string(
    lines: &[&[char]],
    mut line: usize,
    mut col: usize,
    prefix: &str,
) -> Option<(usize, usize)> {
    let quote = lines[line][col];
    let triple =
        lines[line].get(col + 1) == Some(&quote) && lines[line].get(col + 2) == Some(&quote);
    let formatted = prefix.contains(['f', 'F', 't', 'T']);
    col += if triple { 3 } else { 1 };
    let closes = |line: usize, col: usize| {
        let at = |i| lines[line].get(col + i) == Some(&quote);
        at(0) && (!triple || at(1) && at(2))
    };
    // Depth of braces inside an f-string; quotes within them belong to inner strings.
    let mut depth = 0usize;
    // Quotes of the inner strings that are open, innermost last.
    let mut inner: Vec<(char, usize)> = Vec::new();
    loop {
        let Some(&c) = lines.get(line)?.get(col) else {
            line += 1;
            col = 0;
            if !triple && depth == 0 && lines.get(line).is_none() {
                return None;
            }
            continue;
        };
        match c {
            '\\' => {
                col += 2;
                continue;
            }
            '{' if formatted && inner.is_empty() => {
                if depth == 0 && lines[line].get(col + 1) == Some(&'{') {
                    col += 2;
                    continue;
                }
                depth += 1;
            }
            '}' if formatted && depth > 0 && inner.is_empty() => depth -= 1,
            '"' | '\'' if depth > 0 => match inner.last() {
                Some(&(q, _)) if q == c => {
                    inner.pop();
                }
                Some(_) => {}
                None => inner.push((c, depth)),
            },
            _ if depth == 0 && closes(line, col) => {
                return Some((line, col + if triple { 3 } else { 1 }));
            }
            _ => {}
        }
        col += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn anchors(s: &str) -> Option<((usize, usize), (usize, usize))> {
        let lines: Vec<Vec<char>> = s.lines().map(|l| l.chars().collect()).collect();
        let lines: Vec<&[char]> = lines.iter().map(|l| &l[..]).collect();
        find(&lines).map(|a| (a.left, a.right))
    }

    #[test]
    fn outermost_node() {
        assert_eq!(anchors("a + b"), Some(((0, 2), (0, 3))));
        assert_eq!(anchors("a + b * c"), Some(((0, 2), (0, 3))));
        assert_eq!(anchors("a * b + c"), Some(((0, 6), (0, 7))));
        assert_eq!(anchors("a - b - c"), Some(((0, 6), (0, 7))));
        assert_eq!(anchors("a ** b ** c"), Some(((0, 2), (0, 4))));
        assert_eq!(anchors("-a ** b"), None);
        assert_eq!(anchors("-a * b"), Some(((0, 3), (0, 4))));
        assert_eq!(anchors("a * -b"), Some(((0, 2), (0, 3))));
        assert_eq!(anchors("f(x)"), Some(((0, 1), (0, 4))));
        assert_eq!(anchors("a[1][2]"), Some(((0, 4), (0, 7))));
        assert_eq!(anchors("a.b"), None);
        assert_eq!(anchors("a.b(c).d(e, f)"), Some(((0, 8), (0, 14))));
        assert_eq!(anchors("(a + b)"), Some(((0, 3), (0, 4))));
        assert_eq!(anchors("raise f(x)"), None);
        assert_eq!(anchors("a < b"), None);
        assert_eq!(anchors("a, b"), None);
        assert_eq!(anchors("x if f() else y"), None);
        assert_eq!(anchors("(\n  f # (\n)(\n 1)"), Some(((2, 1), (3, 3))));
        assert_eq!(anchors("f'{a[\"x\"]}' % b"), Some(((0, 12), (0, 13))));
        assert_eq!(anchors("'a' 'b' + 1"), Some(((0, 8), (0, 9))));
        assert_eq!(anchors("1e-5 - 3"), Some(((0, 5), (0, 6))));
        assert_eq!(anchors("await f(x)"), None);
        assert_eq!(anchors("{**a}[1]"), Some(((0, 5), (0, 8))));
    }
}
