//! The text of an exception: its chain of causes and contexts, groups with their margins, notes, syntax errors.

use super::fields;
use super::frames::{self, Entry};
use super::{groups, keyword_typos, suggestions};
use crate::value::*;
use crate::{R, Vm};
use std::collections::HashSet;

const CAUSE: &str = "\nThe above exception was the direct cause of the following exception:\n\n";
const CONTEXT: &str = "\nDuring handling of the above exception, another exception occurred:\n\n";
/// Limits of what is shown of groups.
const GROUP_WIDTH: usize = 15;
const GROUP_DEPTH: usize = 10;

/// An exception of the tree that is shown.
struct Node {
    exc: Ref,
    cause: Option<usize>,
    context: Option<usize>,
    members: Option<Vec<usize>>,
}

struct Tree {
    nodes: Vec<Node>,
}

impl Tree {
    /// Collects what hangs on `exc`. An exception that has been met is not followed again, so cycles end.
    fn new(exc: &Ref) -> Tree {
        let mut tree = Tree { nodes: vec![] };
        let mut seen = HashSet::new();
        let top = tree.add(exc, &mut seen);
        let mut queue = vec![(top, 0)];
        while let Some((at, depth)) = queue.pop() {
            let exc = tree.nodes[at].exc.clone();
            let Some(e) = exc.cast::<ExceptionObj>() else {
                continue;
            };
            let (cause, context) = (e.cause.cloned(), e.context.cloned());
            let mut next = Vec::new();
            if !cause.is_none() && !seen.contains(&cause.id()) {
                let n = tree.add(&cause, &mut seen);
                tree.nodes[at].cause = Some(n);
                next.push((n, depth));
            }
            if tree.nodes[at].cause.is_none()
                && !e.suppress_context.get()
                && !context.is_none()
                && !seen.contains(&context.id())
            {
                let n = tree.add(&context, &mut seen);
                tree.nodes[at].context = Some(n);
                next.push((n, depth));
            }
            if groups::is_group(&exc) {
                let mut all = Vec::new();
                // What is deeper or further out than the limits is only counted.
                if depth <= GROUP_DEPTH {
                    for m in groups::members(&exc).iter().take(GROUP_WIDTH) {
                        let n = tree.add(m, &mut seen);
                        all.push(n);
                        next.push((n, depth + 1));
                    }
                }
                tree.nodes[at].members = Some(all);
            }
            queue.extend(next);
        }
        tree
    }
    fn add(&mut self, exc: &Ref, seen: &mut HashSet<u64>) -> usize {
        seen.insert(exc.id());
        self.nodes.push(Node {
            exc: exc.clone(),
            cause: None,
            context: None,
            members: None,
        });
        self.nodes.len() - 1
    }
}

/// Where the text goes: inside groups every line gets a margin.
struct Printer<'t> {
    tree: &'t Tree,
    out: Vec<u8>,
    depth: usize,
    need_close: bool,
}

impl Printer<'_> {
    fn indent(&self) -> String {
        "  ".repeat(self.depth)
    }
    fn emit(&mut self, text: &[u8], margin: char) {
        if self.depth == 0 {
            self.out.extend_from_slice(text);
            return;
        }
        let prefix = format!("{}{margin} ", self.indent());
        let alphabet = taipan_text::str_search::Alphabet::of_str(text.is_ascii());
        for line in taipan_text::str_search::split_lines(text, true, alphabet) {
            self.out.extend_from_slice(prefix.as_bytes());
            self.out.extend_from_slice(line);
        }
    }

    /// The exception with everything before it in its chain.
    fn chain(&mut self, vm: &mut Vm, top: usize) {
        let mut chain: Vec<(&str, usize)> = Vec::new();
        let mut at = Some(top);
        while let Some(n) = at {
            let node = &self.tree.nodes[n];
            let (message, next) = match (node.cause, node.context) {
                (Some(c), _) => (CAUSE, Some(c)),
                (None, Some(c)) => (CONTEXT, Some(c)),
                (None, None) => ("", None),
            };
            chain.push((message, n));
            at = next;
        }
        for &(message, n) in chain.iter().rev() {
            if !message.is_empty() {
                self.emit(message.as_bytes(), '|');
            }
            self.one(vm, n);
        }
    }

    fn one(&mut self, vm: &mut Vm, n: usize) {
        let node = &self.tree.nodes[n];
        let entries = traceback_entries(vm, &node.exc);
        let Some(members) = &node.members else {
            if !entries.is_empty() {
                self.emit(b"Traceback (most recent call last):\n", '|');
                self.entries(vm, &entries);
            }
            self.last_lines(vm, &node.exc);
            return;
        };
        if self.depth > GROUP_DEPTH {
            let text = format!("... (max_group_depth is {GROUP_DEPTH})\n");
            self.emit(text.as_bytes(), '|');
            return;
        }
        let outermost = self.depth == 0;
        if outermost {
            self.depth = 1;
        }
        if !entries.is_empty() {
            let margin = if outermost { '+' } else { '|' };
            self.emit(
                b"Exception Group Traceback (most recent call last):\n",
                margin,
            );
            self.entries(vm, &entries);
        }
        self.last_lines(vm, &node.exc);
        let total = groups::members(&node.exc).len();
        let shown = total.min(GROUP_WIDTH + 1);
        self.need_close = false;
        for i in 0..shown {
            let last = i + 1 == shown;
            if last {
                self.need_close = true;
            }
            let title = if i < GROUP_WIDTH {
                (i + 1).to_string()
            } else {
                "...".into()
            };
            let lead = if i == 0 { "+-" } else { "  " };
            let line = format!(
                "{}{lead}+---------------- {title} ----------------\n",
                self.indent()
            );
            self.out.extend_from_slice(line.as_bytes());
            self.depth += 1;
            match members.get(i) {
                Some(&m) => self.chain(vm, m),
                None => {
                    let more = total - GROUP_WIDTH;
                    let s = if more > 1 { "s" } else { "" };
                    let text = format!("and {more} more exception{s}\n");
                    self.emit(text.as_bytes(), '|');
                }
            }
            if last && self.need_close {
                let line = format!("{}+------------------------------------\n", self.indent());
                self.out.extend_from_slice(line.as_bytes());
                self.need_close = false;
            }
            self.depth -= 1;
        }
        if outermost {
            self.depth = 0;
        }
    }

    fn entries(&mut self, vm: &mut Vm, entries: &[Entry]) {
        for text in frames::format(vm, entries, true) {
            self.emit(text.as_bytes(), '|');
        }
    }
    fn last_lines(&mut self, vm: &mut Vm, exc: &Ref) {
        for text in exception_only(vm, exc) {
            self.emit(&text, '|');
        }
    }
}

fn traceback_entries(vm: &Vm, exc: &Ref) -> Vec<Entry> {
    let tb = exc
        .cast::<ExceptionObj>()
        .map_or_else(Ref::none, |e| e.traceback.cloned());
    frames::entries(vm, &tb)
}

/// `str(r)`, or what stands for one that fails.
fn safe_text(
    vm: &mut Vm,
    r: &Ref,
    what: &str,
    f: fn(&mut Vm, &Ref) -> R<Ref>,
    name: &str,
) -> Vec<u8> {
    let saved = vm.exc.take();
    let out = match f(vm, r) {
        Ok(s) => s.str_obj().bytes().to_vec(),
        Err(_) => format!("<{what} {name}() failed>").into_bytes(),
    };
    vm.exc = saved;
    out
}

/// The class as the last line names it.
pub(super) fn shown_class(vm: &mut Vm, t: &TypeObj) -> String {
    let class = type_ref(t);
    let qualname = vm.str_lossy(t.qualname.get(vm));
    let module = vm.saving_exc(|vm| vm.getattr_opt(&class, &intern("__module__")));
    match module {
        Some(m) if m.is_str() => match vm.str_lossy(&m).as_str() {
            "__main__" | "builtins" => qualname,
            m => format!("{m}.{qualname}"),
        },
        _ => format!("<unknown>.{qualname}"),
    }
}

/// The lines after the traceback: a syntax error's place, class and text, notes. Each ends in a newline.
pub(super) fn exception_only(vm: &mut Vm, exc: &Ref) -> Vec<Vec<u8>> {
    let class = shown_class(vm, exc.class());
    let mut out = Vec::new();
    if exc.class().is_subtype(&rt().types.syntax_error) {
        syntax_lines(vm, exc, &class, &mut out);
    } else {
        let mut text = safe_text(vm, exc, "exception", |vm, r| vm.str(r), "str");
        text.extend_from_slice(suggestions::hint(vm, exc).as_bytes());
        out.push(last_line(&class, &text));
    }
    notes(vm, exc, &mut out);
    out
}

pub(super) fn last_line(class: &str, text: &[u8]) -> Vec<u8> {
    let mut line = class.as_bytes().to_vec();
    if !text.is_empty() {
        line.extend_from_slice(b": ");
        line.extend_from_slice(text);
    }
    line.push(b'\n');
    line
}

fn notes(vm: &mut Vm, exc: &Ref, out: &mut Vec<Vec<u8>>) {
    let saved = vm.exc.take();
    let found = vm.getattr_opt(exc, &intern("__notes__"));
    let failed = match found {
        Ok(notes) => {
            vm.exc = saved;
            match notes {
                Some(n) if !n.is_none() => note_lines(vm, &n, out),
                _ => {}
            }
            return;
        }
        Err(_) => vm.take_exc(),
    };
    vm.exc = saved;
    let shown = safe_text(vm, &failed, "__notes__", |vm, r| vm.repr(r), "repr");
    let mut line = b"Ignored error getting __notes__: ".to_vec();
    line.extend_from_slice(&shown);
    line.push(b'\n');
    out.push(line);
}

fn note_lines(vm: &mut Vm, notes: &Ref, out: &mut Vec<Vec<u8>>) {
    let items = match (notes.cast::<ListObj>(), notes.tuple_items()) {
        (Some(l), _) => Some(l.to_vec()),
        (_, Some(t)) => Some(t.to_vec()),
        _ if notes.class().has_flag(type_flag::SEQUENCE) => {
            Some(vm.saving_exc(|vm| vm.collect(notes)))
        }
        _ => None,
    };
    match items {
        Some(items) => {
            for note in items {
                let text = safe_text(vm, &note, "note", |vm, r| vm.str(r), "str");
                for line in text.split(|&b| b == b'\n') {
                    out.push([line, b"\n"].concat());
                }
            }
        }
        None => {
            let mut line = safe_text(vm, notes, "__notes__", |vm, r| vm.repr(r), "repr");
            line.push(b'\n');
            out.push(line);
        }
    }
}

/// `str(field)`, empty for None.
fn text_of(vm: &mut Vm, r: &Ref) -> Option<String> {
    if r.is_none() {
        return None;
    }
    let text = safe_text(vm, r, "exception", |vm, r| vm.str(r), "str");
    Some(String::from_utf8_lossy(&text).into_owned())
}

fn syntax_lines(vm: &mut Vm, exc: &Ref, class: &str, out: &mut Vec<Vec<u8>>) {
    let field = |i| fields::get(exc, i);
    let typo = keyword_typos::find(vm, exc);
    let lineno = text_of(vm, &field(fields::LINENO));
    let end_lineno = text_of(vm, &field(fields::END_LINENO));
    let filename = text_of(vm, &field(fields::FILENAME));
    let mut suffix = String::new();
    if let Some(line) = &lineno {
        let name = filename
            .as_deref()
            .filter(|f| !f.is_empty())
            .unwrap_or("<string>");
        out.push(format!("  File \"{name}\", line {line}\n").into_bytes());
    } else if let Some(f) = &filename {
        suffix = format!(" ({f})");
    }
    let text = field(fields::TEXT);
    if let Some(t) = &typo {
        for line in source_and_carets(&t.text, Some(Some(t.offset)), Some(t.end_offset), true) {
            out.push(format!("    {line}\n").into_bytes());
        }
        out.push(format!("{class}: {}{suffix}\n", t.message).into_bytes());
        return;
    }
    if text.is_str() {
        let text = vm.str_lossy(&text);
        let offset = field(fields::OFFSET);
        let end_offset = field(fields::END_OFFSET);
        for line in source_and_carets(
            &text,
            (!offset.is_none()).then(|| offset.as_i64()),
            end_offset.as_i64(),
            lineno == end_lineno,
        ) {
            out.push(format!("    {line}\n").into_bytes());
        }
    }
    let message = text_of(vm, &field(fields::MSG))
        .filter(|m| !m.is_empty())
        .unwrap_or_else(|| "<no detail available>".into());
    out.push(format!("{class}: {message}{suffix}\n").into_bytes());
}

/// The faulty line, and carets beneath if there is an offset: `None` no offset, `Some(None)` not a number.
fn source_and_carets(
    text: &str,
    offset: Option<Option<i64>>,
    end_offset: Option<i64>,
    one_line: bool,
) -> Vec<String> {
    let shown = text.trim_end_matches('\n');
    let stripped = shown.trim_start_matches([' ', '\n', '\x0c']);
    let count = |s: &str| s.chars().count() as i64;
    let (whole, full, left) = (count(text), count(shown), count(stripped));
    let spaces = full - left;
    let mut offset = match offset {
        None => return vec![stripped.to_string()],
        Some(None) => return vec![],
        Some(Some(n)) => n,
    };
    let mut end = if one_line {
        end_offset.filter(|&e| e != 0).unwrap_or(offset)
    } else {
        full + 1
    };
    if whole > 0 && offset > whole {
        offset = full + 1;
    }
    if whole > 0 && end > whole {
        end = full + 1;
    }
    if offset >= end || end < 0 {
        end = offset + 1;
    }
    let (col, end_col) = (offset - 1 - spaces, end - 1 - spaces);
    let mut out = vec![stripped.to_string()];
    if col >= 0 {
        // Tabs are kept, so that the carets are beneath what they mean.
        let mut carets: String = stripped
            .chars()
            .take(col as usize)
            .map(|c| if c.is_whitespace() { c } else { ' ' })
            .collect();
        carets.push_str(&"^".repeat((end_col - col).clamp(0, full + 2) as usize));
        out.push(carets);
    }
    out
}

impl Vm {
    /// The whole text of an exception with its traceback, as WTF-8.
    pub fn format_exception(&mut self, exc: &Ref) -> Vec<u8> {
        self.forget_source_files();
        let tree = Tree::new(exc);
        let mut printer = Printer {
            tree: &tree,
            out: Vec::new(),
            depth: 0,
            need_close: false,
        };
        printer.chain(self, 0);
        printer.out
    }
    /// The lines without traceback: class, text and notes.
    pub fn format_exception_only(&mut self, exc: &Ref) -> Vec<u8> {
        exception_only(self, exc).concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syntax_error_carets() {
        let show = |text: &str, offset, end| {
            source_and_carets(text, Some(Some(offset)), Some(end), true).join("\n")
        };
        assert_eq!(show("  x = = 1\n", 7, 8), "x = = 1\n    ^");
        assert_eq!(show("foo bar", 1, 8), "foo bar\n^^^^^^^");
        assert_eq!(show("foo", 9, 0), "foo\n   ^");
        assert_eq!(show("    foo", 2, 3), "foo");
    }
}
