//! The traceback part of the text: "File" lines, source lines and the marks beneath them (PEP 657).

use super::anchors::{self, Anchors, Callee};
use crate::Vm;
use crate::value::*;
use std::sync::Arc;
use taipan_bytecode::Code;
use unicode_width::UnicodeWidthChar;

/// How often the same line is shown before the rest is only counted.
const REPEATS: usize = 3;

/// One entry, as plain data.
pub(super) struct Entry {
    pub filename: String,
    pub name: String,
    pub lineno: Option<i64>,
    /// Last line, and columns in bytes.
    pub range: Option<(i64, usize, usize)>,
    code: Arc<Code>,
}

/// The entries of a traceback, outermost first.
pub(super) fn entries(vm: &Vm, traceback: &Ref) -> Vec<Entry> {
    let mut out = Vec::new();
    let mut at = traceback.clone();
    while let Some(tb) = at.cast::<TracebackObj>() {
        if let Some(entry) = entry(vm, tb) {
            out.push(entry);
        }
        let next = tb.next.cloned();
        at = next;
    }
    // `sys.tracebacklimit` keeps the innermost ones.
    if let Some(limit) = vm.sys_field("tracebacklimit").and_then(|l| l.as_i64()) {
        let keep = usize::try_from(limit).unwrap_or(0);
        if out.len() > keep {
            out.drain(..out.len() - keep);
        }
    }
    out
}

fn entry(vm: &Vm, tb: &TracebackObj) -> Option<Entry> {
    let frame = tb.frame.cast::<FrameObj>()?;
    let code = frame.code.cast::<CodeObj>()?;
    let position = u32::try_from(tb.lasti)
        .ok()
        .and_then(|i| code.code.position(i));
    let (lineno, range) = match position {
        Some(p) if p.col == 0 && p.end_col == 0 => (Some(p.line as i64), None),
        Some(p) => (
            Some(p.line as i64),
            Some((p.end_line as i64, p.col as usize, p.end_col as usize)),
        ),
        None => (crate::types::traceback::line(tb), None),
    };
    Some(Entry {
        filename: vm.str_lossy(&code.filename),
        name: vm.str_lossy(&code.name),
        lineno,
        range,
        code: code.code.clone(),
    })
}

/// The text of all entries; repetitions of a line are folded. Without `marks` only the first source line of each is shown.
pub(super) fn format(vm: &mut Vm, entries: &[Entry], marks: bool) -> Vec<String> {
    let mut out = Vec::new();
    let mut count = 0;
    let fold = |count: usize, out: &mut Vec<String>| {
        if count > REPEATS {
            let more = count - REPEATS;
            let s = if more > 1 { "s" } else { "" };
            out.push(format!("  [Previous line repeated {more} more time{s}]\n"));
        }
    };
    for (i, e) in entries.iter().enumerate() {
        let same = i > 0 && e.lineno.is_some() && {
            let last = &entries[i - 1];
            last.lineno == e.lineno && last.filename == e.filename && last.name == e.name
        };
        if !same {
            fold(count, &mut out);
            count = 0;
        }
        count += 1;
        if count <= REPEATS {
            out.push(one(vm, e, marks));
        }
    }
    fold(count, &mut out);
    out
}

fn one(vm: &mut Vm, e: &Entry, marks: bool) -> String {
    let filename = if e.filename.starts_with("<stdin-") && e.filename.ends_with('>') {
        "<stdin>"
    } else {
        &e.filename
    };
    let lineno = e.lineno.map_or_else(|| "None".into(), |l| l.to_string());
    let mut out = format!("  File \"{filename}\", line {lineno}, in {}\n", e.name);
    let Some(first) = e.lineno.and_then(|l| usize::try_from(l).ok()) else {
        return out;
    };
    let Some(source) = vm.source_of_code(&e.code) else {
        return out;
    };
    let last = match e.range {
        Some((last, ..)) if marks => usize::try_from(last)
            .unwrap_or(0)
            .clamp(first, first.max(source.len())),
        _ => first,
    };
    let lines: Vec<&str> = (first..=last)
        .map(|n| source.line(n).unwrap_or("").trim_end())
        .collect();
    if lines.iter().all(|l| l.is_empty()) {
        return out;
    }
    match e.range {
        Some((_, col, end_col)) if marks => {
            for line in marked(&lines, col, end_col) {
                out.push_str("    ");
                out.push_str(&line);
                out.push('\n');
            }
        }
        _ => {
            let line = lines[0].trim();
            if !line.is_empty() {
                out.push_str("    ");
                out.push_str(line);
            }
            out.push('\n');
        }
    }
    out
}

/// The number of characters in the first `n` bytes.
fn chars_before(line: &str, n: usize) -> usize {
    String::from_utf8_lossy(&line.as_bytes()[..n.min(line.len())])
        .chars()
        .count()
}

/// How many columns the first `n` characters take.
fn width(line: &[char], n: usize) -> usize {
    line[..n.min(line.len())]
        .iter()
        .map(|c| if c.width() == Some(2) { 2 } else { 1 })
        .sum()
}

/// Removes the white space that all lines that are not blank begin with.
pub(super) fn dedent(lines: &mut [Vec<char>]) {
    let mut margin: Option<Vec<char>> = None;
    for line in lines.iter_mut() {
        let indent = line.iter().take_while(|c| matches!(c, ' ' | '\t')).count();
        if line.iter().all(|c| c.is_whitespace()) {
            line.clear();
            continue;
        }
        match &mut margin {
            None => margin = Some(line[..indent].to_vec()),
            Some(m) => {
                let common = m
                    .iter()
                    .zip(&line[..indent])
                    .take_while(|(a, b)| a == b)
                    .count();
                m.truncate(common);
            }
        }
    }
    let n = margin.map_or(0, |m| m.len());
    if n > 0 {
        for line in lines.iter_mut() {
            line.drain(..n.min(line.len()));
        }
    }
}

/// The source lines of a range (columns in bytes, of the first and the last line) with their marks, lines that don't
/// matter left out.
fn marked(lines: &[&str], col: usize, end_col: usize) -> Vec<String> {
    let last = lines.len() - 1;
    let mut text: Vec<Vec<char>> = lines.iter().map(|l| l.chars().collect()).collect();
    let before = text[0].len();
    dedent(&mut text);
    let dedented = before - text[0].len();
    let start = chars_before(lines[0], col).saturating_sub(dedented);
    let end = chars_before(lines[last], end_col).saturating_sub(dedented);
    let start_width = width(&text[0], start);
    let end_width = width(&text[last], end);

    let anchors = segment_anchors(&text, start, end);
    let show = should_show(&text, start, end, anchors.as_ref());
    let anchors = anchors.map(|mut a| {
        for (line, col) in [&mut a.left, &mut a.right] {
            if *line == 0 {
                *col += start;
            }
            *col = width(&text[*line], *col);
        }
        a
    });

    let mut wanted = vec![0, last];
    if let Some(a) = &anchors {
        for line in [a.left.0, a.right.0] {
            wanted.extend((line.saturating_sub(1)..=line + 1).filter(|&l| l <= last));
        }
    }
    wanted.sort_unstable();
    wanted.dedup();

    let mut out: Vec<Vec<char>> = Vec::new();
    let output = |out: &mut Vec<Vec<char>>, n: usize| {
        out.push(text[n].clone());
        if !show {
            return;
        }
        let spaces = text[n].iter().take_while(|c| c.is_whitespace()).count();
        let columns = if n == last {
            end_width
        } else {
            width(&text[n], text[n].len())
        };
        let marks = (0..columns).map(|col| {
            if col < spaces || n == 0 && col < start_width {
                return ' ';
            }
            match &anchors {
                Some(a) => {
                    if (n, col) >= a.left && (n, col) < a.right {
                        '^'
                    } else {
                        '~'
                    }
                }
                None => '^',
            }
        });
        out.push(marks.collect());
    };
    for (i, &n) in wanted.iter().enumerate() {
        if i > 0 {
            match n - wanted[i - 1] {
                1 => {}
                2 => output(&mut out, n - 1),
                gap => out.push(format!("...<{} lines>...", gap - 1).chars().collect()),
            }
        }
        output(&mut out, n);
    }
    dedent(&mut out);
    out.into_iter().map(String::from_iter).collect()
}

/// The anchors of the range; columns of its first line count from the start of the range.
fn segment_anchors(text: &[Vec<char>], start: usize, end: usize) -> Option<Anchors> {
    let last = text.len() - 1;
    let segment: Vec<&[char]> = text
        .iter()
        .enumerate()
        .map(|(n, line)| {
            let to = if n == last {
                end.min(line.len())
            } else {
                line.len()
            };
            let from = if n == 0 { start.min(to) } else { 0 };
            &line[from..to]
        })
        .collect();
    anchors::find(&segment)
}

/// Marks are left out when they would only say "all of it": when the range is the whole line, or the call in
/// `return f(...)` and `x = f(...)`.
fn should_show(text: &[Vec<char>], start: usize, end: usize, anchors: Option<&Anchors>) -> bool {
    let last = &text[text.len() - 1];
    let before: String = text[0][..start.min(text[0].len())].iter().collect();
    let after: String = last[end.min(last.len())..].iter().collect();
    if let Some(a) = anchors
        && let Some(callee) = a.call
        && call_is_the_value(&before, &after, callee)
    {
        return false;
    }
    anchors.is_some() || !before.trim_start().is_empty() || !after.trim_end().is_empty()
}

fn call_is_the_value(before: &str, after: &str, callee: Callee) -> bool {
    let rest = after.trim_start();
    let opened = before.trim_end().ends_with('(');
    let ends = rest.is_empty() || rest.starts_with(['#', ';']) || opened && rest.starts_with(')');
    if !ends {
        return false;
    }
    let head = before.trim_end_matches(['(', ' ', '\t']);
    if head == "return" {
        return callee == Callee::Name && before.len() > head.len();
    }
    match head.strip_suffix('=') {
        Some(target) => {
            let target = target.trim_end();
            !target.is_empty() && target.chars().all(|c| c == '_' || c.is_alphanumeric())
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str, col: usize, end_col: usize) -> String {
        let lines: Vec<&str> = text.lines().collect();
        marked(&lines, col, end_col).join("\n")
    }

    #[test]
    fn marks() {
        assert_eq!(show("    x = a + b", 8, 13), "x = a + b\n    ~~^~~");
        assert_eq!(show("    f(1)", 4, 8), "f(1)\n~^^^");
        assert_eq!(show("    return f(1)", 11, 15), "return f(1)");
        assert_eq!(
            show("    return a.f(1)", 11, 17),
            "return a.f(1)\n       ~~~^^^"
        );
        assert_eq!(show("    x = f(1)", 8, 12), "x = f(1)");
        assert_eq!(show("raise ValueError(1)", 0, 19), "raise ValueError(1)");
        assert_eq!(
            show("(\n    f\n)(\n    \"a\",\n    \"c\"\n)", 0, 1),
            "(\n~\n    f\n    ~\n)(\n~^\n    \"a\",\n    ^^^^\n    \"c\"\n    ^^^\n)\n^"
        );
        assert_eq!(
            show("  f(1,\n   2,\n   3,\n   4,\n   5,\n   6)", 2, 5),
            "f(1,\n~^^^\n 2,\n ^^\n...<2 lines>...\n 5,\n ^^\n 6)\n ^^"
        );
    }
}
