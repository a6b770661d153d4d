//! "invalid syntax. Did you mean 'while'?": a misspelt keyword behind a syntax error, found by trying the likely ones.

use super::fields::{self, FILENAME, LINENO, METADATA, MSG, TEXT};
use super::frames::dedent;
use super::warnings;
use crate::Vm;
use crate::value::*;
use crate::vm::CompileRequest;

const KEYWORDS: [&str; 35] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue",
    "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import",
    "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while",
    "with", "yield",
];
/// Longer code is not tried, nor are more names or more keywords for each.
const LONGEST_CODE: usize = 1024;
const MOST_NAMES: usize = 10;
const MOST_KEYWORDS: usize = 3;

/// `PyCF_ALLOW_INCOMPLETE_INPUT` and `PyCF_ONLY_AST`.
const FLAGS: u32 = 0x4000 | 0x400;

/// What is shown instead of the error.
pub(super) struct Typo {
    pub text: String,
    /// Characters, from 1.
    pub offset: i64,
    pub end_offset: i64,
    pub message: String,
}

/// The typo behind a SyntaxError, if there is one. The parser left where the statement begins and the source as `_metadata`.
pub(super) fn find(vm: &mut Vm, exc: &Ref) -> Option<Typo> {
    let message = fields::get(exc, MSG);
    let message = vm.str_lossy(&message);
    if message != "invalid syntax" && !message.contains("Perhaps you forgot a comma") {
        return None;
    }
    let metadata = fields::get(exc, METADATA);
    let [line, _, source] = metadata.tuple_items()? else {
        return None;
    };
    let mut line = usize::try_from(line.as_i64()?).ok()?;
    let mut end = usize::try_from(fields::get(exc, LINENO).as_i64()?).ok()?;
    let source = if source.is_str() {
        vm.str_lossy(source)
    } else {
        let name = fields::get(exc, FILENAME);
        let name = vm.str_lossy(&name);
        match vm.source(&name) {
            Some(s) => (line.max(1)..=end)
                .map(|n| s.line(n).unwrap_or(""))
                .collect::<Vec<_>>()
                .join("\n"),
            None => {
                end = 1;
                line = 1;
                let text = fields::get(exc, TEXT);
                vm.str_lossy(&text)
            }
        }
    };
    // A given source is whole; what was read from the file begins at the statement.
    let skip = if source_is_whole(exc) {
        line.max(1) - 1
    } else {
        0
    };
    let wanted = (end + 1).checked_sub(line.max(1))?;
    let mut lines: Vec<Vec<char>> = source
        .lines()
        .skip(skip)
        .take(wanted)
        .map(|l| l.chars().collect())
        .collect();
    if lines.iter().map(|l| l.len() + 1).sum::<usize>() > LONGEST_CODE + 1 {
        return None;
    }
    dedent(&mut lines);
    let at = lines.len().checked_sub(1)?;
    let names = names_of_last(&lines);
    for (start, stop) in names.into_iter().take(MOST_NAMES) {
        let name: String = lines[at][start..stop].iter().collect();
        for keyword in candidates(&name) {
            let mut code = lines.clone();
            code[at].splice(start..stop, keyword.chars());
            let code = code
                .iter()
                .map(|l| l.iter().collect::<String>())
                .collect::<Vec<_>>()
                .join("\n");
            if compiles(vm, &code) {
                return Some(Typo {
                    text: lines[at].iter().collect(),
                    offset: start as i64 + 1,
                    end_offset: stop as i64 + 1,
                    message: format!("invalid syntax. Did you mean '{keyword}'?"),
                });
            }
        }
    }
    None
}

fn source_is_whole(exc: &Ref) -> bool {
    fields::get(exc, METADATA)
        .tuple_items()
        .is_some_and(|m| m[2].is_str())
}

/// Places of the names in the last line that are not keywords. Strings that began in earlier lines are known.
fn names_of_last(lines: &[Vec<char>]) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    // The quote of an open string and whether it is a triple one.
    let mut open: Option<(char, bool)> = None;
    for (n, line) in lines.iter().enumerate() {
        let last = n + 1 == lines.len();
        let mut i = 0;
        while let Some(&c) = line.get(i) {
            if let Some((quote, triple)) = open {
                let run = line[i..]
                    .iter()
                    .take(3)
                    .take_while(|c| **c == quote)
                    .count();
                if c == '\\' {
                    i += 2;
                } else if run == 3 && triple || run >= 1 && !triple {
                    open = None;
                    i += if triple { 3 } else { 1 };
                } else {
                    i += 1;
                }
            } else if c == '#' {
                break;
            } else if c == '"' || c == '\'' {
                let triple = line[i..].iter().take(3).filter(|x| **x == c).count() == 3;
                open = Some((c, triple));
                i += if triple { 3 } else { 1 };
            } else if c == '_' || c.is_alphanumeric() {
                let start = i;
                while line
                    .get(i)
                    .is_some_and(|c| *c == '_' || c.is_alphanumeric())
                {
                    i += 1;
                }
                let prefix = i - start <= 2 && line.get(i).is_some_and(|c| matches!(c, '"' | '\''));
                let name: String = line[start..i].iter().collect();
                if last && !c.is_numeric() && !prefix && !KEYWORDS.contains(&name.as_str()) {
                    out.push((start, i));
                }
            } else {
                i += 1;
            }
        }
        if let Some((_, false)) = open {
            open = None;
        }
    }
    out
}

/// Keywords that the name may stand for: the nearest by edit distance, then those with the most in common.
fn candidates(name: &str) -> Vec<&'static str> {
    let mut out: Vec<&'static str> = Vec::new();
    if let Some(best) =
        taipan_text::similar::suggest(name.as_bytes(), KEYWORDS.iter().map(|k| k.as_bytes()))
        && let Some(k) = KEYWORDS.iter().find(|k| k.as_bytes() == best)
    {
        out.push(k);
    }
    let word: Vec<char> = name.chars().collect();
    let mut close: Vec<(f64, &'static str)> = KEYWORDS
        .iter()
        .map(|k| {
            let key: Vec<char> = k.chars().collect();
            let total = key.len() + word.len();
            (2.0 * common(&key, &word) as f64 / total as f64, *k)
        })
        .filter(|c| c.0 >= 0.5)
        .collect();
    close.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(a.1)));
    out.extend(close.iter().take(MOST_KEYWORDS).map(|c| c.1));
    out.truncate(MOST_KEYWORDS);
    out.retain(|k| *k != name);
    out
}

/// How many characters two words share: those of the longest common part, then of what is left and right of it.
fn common(a: &[char], b: &[char]) -> usize {
    if a.len() > 64 || b.len() > 64 {
        return 0;
    }
    let (mut best, mut at) = (0, (0, 0));
    for i in 0..a.len() {
        for j in 0..b.len() {
            let n = a[i..]
                .iter()
                .zip(&b[j..])
                .take_while(|(x, y)| x == y)
                .count();
            if n > best {
                best = n;
                at = (i, j);
            }
        }
    }
    if best == 0 {
        return 0;
    }
    best + common(&a[..at.0], &b[..at.1]) + common(&a[at.0 + best..], &b[at.1 + best..])
}

/// Whether the code is right as far as it goes.
fn compiles(vm: &mut Vm, code: &str) -> bool {
    let Some(compile) = vm.compile else {
        return false;
    };
    let saved = vm.exc.take();
    warnings::state().quiet += 1;
    let source = format!("{code}\n");
    let done = compile(
        vm,
        &CompileRequest {
            source: source.as_bytes(),
            is_text: true,
            filename: "<input>",
            mode: "exec",
            flags: FLAGS,
            optimize: -1,
        },
    );
    warnings::state().quiet -= 1;
    let right = match done {
        Ok(_) => true,
        Err(_) => {
            let exc = vm.take_exc();
            let message = fields::get(&exc, MSG);
            let message = vm.str_lossy(&message);
            // A statement in the wrong place is spelt right.
            exc.class().is_subtype(&rt().types.incomplete_input_error)
                || message.starts_with("expected an indented block after")
                || message.contains("outside")
        }
    };
    vm.exc = saved;
    right
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likely_keywords() {
        assert_eq!(candidates("whille")[0], "while");
        // The nearest is `for`; that it leads nowhere is found by compiling.
        assert!(candidates("form").contains(&"from"));
        assert_eq!(candidates("tru")[0], "try");
    }
}
