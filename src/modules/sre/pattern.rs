//! Pattern objects.

use super::matching::{MATCH, Match, Spans};
use super::{Subject, engine, length, scan, slice, subject, substitute};
use engine::{Request, State, StrDrive};
use taipan_vm::types::spec::TypeSpec;
use taipan_vm::value::slots::Cmp;
use taipan_vm::value::{BytesObj, NativePayload, StrObj, type_flag};
use taipan_vm::vm::{new_int, new_list, new_str, new_tuple, new_usize};
use taipan_vm::{R, Ref, Vm, arg, getset, methods, trace};

pub(super) struct Pattern {
    pub source: Ref,
    pub flags: i64,
    pub code: Vec<u32>,
    pub groups: usize,
    pub group_index: Ref,
    pub index_group: Ref,
    /// `None` for patterns without a source, which search anything.
    pub is_bytes: Option<bool>,
}
trace!(Pattern; source, group_index, index_group);
impl NativePayload for Pattern {}

pub(super) static PATTERN: TypeSpec = TypeSpec {
    name: "re.Pattern",
    flags: type_flag::NO_NEW | type_flag::HAS_WEAKREF,
    doc: "A regular expression, made by re.compile().",
    methods: METHODS,
    getset: GETSET,
    slots: |s| {
        s.repr.set(Some(repr));
        s.hash.set(Some(|vm, r| {
            let p = this(vm, r)?;
            let mut h = p.flags ^ (p.groups as i64) << 8;
            for c in &p.code {
                h = (h ^ *c as i64).wrapping_mul(0x100_0000_01b3);
            }
            Ok(h ^ vm.hash(&p.source)?)
        }));
        s.richcmp.set(Some(|vm, a, b, op| {
            let Some(y) = b.native::<Pattern>() else {
                return Ok(Ref::not_implemented());
            };
            let x = this(vm, a)?;
            if !matches!(op, Cmp::Eq | Cmp::Ne) {
                return Ok(Ref::not_implemented());
            }
            let same = x.flags == y.flags
                && x.is_bytes == y.is_bytes
                && x.groups == y.groups
                && x.code == y.code
                && vm.equal(&x.source, &y.source)?;
            Ok(Ref::bool(same == matches!(op, Cmp::Eq)))
        }));
    },
    ..TypeSpec::DEFAULT
};

pub(super) fn this<'a>(vm: &mut Vm, r: &'a Ref) -> R<&'a Pattern> {
    match r.native::<Pattern>() {
        Some(p) => Ok(p),
        None => Err(vm.type_error("a re.Pattern object is required")),
    }
}

pub(super) fn compile(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let mut code = Vec::new();
    for c in vm.collect(&a[2])? {
        match c.as_i64().and_then(|c| u32::try_from(c).ok()) {
            Some(c) => code.push(c),
            None => return Err(vm.overflow_error("regular expression code size limit exceeded")),
        }
    }
    let index_group = vm.collect(&a[5])?;
    let is_bytes = if a[0].is_none() {
        None
    } else {
        Some(a[0].cast::<StrObj>().is_none())
    };
    let pattern = Pattern {
        source: a[0].clone(),
        flags: vm.index(&a[1])?.as_i64().unwrap_or(0),
        code,
        groups: vm.index_size(&a[3])?.max(0) as usize,
        group_index: a[4].clone(),
        index_group: new_tuple(index_group),
        is_bytes,
    };
    let class = vm.native_type(&PATTERN);
    Ok(Ref::new_native(&class, pattern))
}

/// How a match has to lie.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    Search,
    Match,
    Full,
}

/// What the engine found.
pub(super) fn spans(state: &State, groups: usize) -> Spans {
    let mut out = Vec::with_capacity(groups + 1);
    out.push(Some((state.start, state.cursor.position)));
    for i in 0..groups {
        let (x, y) = state.marks.get(i);
        out.push(x.into_option().zip(y.into_option()));
    }
    let last = state.marks.last_index();
    Spans {
        groups: out,
        last: usize::try_from(last).ok().filter(|n| *n > 0),
    }
}

fn run<S: StrDrive>(p: &Pattern, text: S, start: usize, end: usize, mode: Mode) -> Option<Spans> {
    let mut state = State::default();
    let request = Request::new(text, start, end, &p.code, mode == Mode::Full);
    state.reset(&request, request.start);
    let found = match mode {
        Mode::Search => state.search(request),
        _ => state.py_match(&request),
    };
    found.then(|| spans(&state, p.groups))
}

/// The first match between `pos` and `endpos`.
pub(super) fn find(
    vm: &mut Vm,
    p: &Pattern,
    string: &Ref,
    pos: usize,
    endpos: usize,
    mode: Mode,
) -> R<Option<Spans>> {
    Ok(match subject(vm, string, p.is_bytes)? {
        Subject::Bytes(b) => run(p, &*b, pos, endpos, mode),
        Subject::Text(t) => run(p, t, pos, endpos, mode),
        Subject::Wide(w) => run(p, w, pos, endpos, mode),
    })
}

fn all<S: StrDrive>(p: &Pattern, text: S, start: usize, end: usize, limit: usize) -> Vec<Spans> {
    let req = Request::new(text, start, end, &p.code, false);
    let mut search = engine::SearchIter {
        req,
        state: State::default(),
    };
    let mut out = Vec::new();
    while out.len() < limit && search.next().is_some() {
        out.push(spans(&search.state, p.groups));
    }
    out
}

/// All matches that don't overlap, `limit` of them at most.
pub(super) fn find_all(
    vm: &mut Vm,
    p: &Pattern,
    string: &Ref,
    pos: usize,
    endpos: usize,
    limit: usize,
) -> R<Vec<Spans>> {
    Ok(match subject(vm, string, p.is_bytes)? {
        Subject::Bytes(b) => all(p, &*b, pos, endpos, limit),
        Subject::Text(t) => all(p, t, pos, endpos, limit),
        Subject::Wide(w) => all(p, w, pos, endpos, limit),
    })
}

/// `string`, `pos` and `endpos` from the arguments after self.
pub(super) fn range_args(vm: &mut Vm, a: &[Ref], p: &Pattern) -> R<(usize, usize)> {
    // The type of the subject is checked before anything is measured.
    subject(vm, &a[1], p.is_bytes)?;
    let n = length(vm, &a[1])?;
    let mut at = |i: usize, default: usize| -> R<usize> {
        match arg(a, i) {
            Some(v) => Ok((vm.index_clamped(v)?.max(0) as usize).min(n)),
            None => Ok(default),
        }
    };
    let (pos, endpos) = (at(2, 0)?, at(3, n)?);
    Ok((pos, endpos))
}

pub(super) fn new_match(
    vm: &mut Vm,
    pattern: &Ref,
    string: &Ref,
    spans: Spans,
    pos: usize,
    endpos: usize,
) -> Ref {
    let class = vm.native_type(&MATCH);
    Ref::new_native(
        &class,
        Match {
            pattern: pattern.clone(),
            string: string.clone(),
            spans,
            pos,
            endpos,
        },
    )
}

fn find_one(vm: &mut Vm, a: &[Ref], mode: Mode) -> R<Ref> {
    let p = this(vm, &a[0])?;
    let (pos, endpos) = range_args(vm, a, p)?;
    if pos > endpos {
        return Ok(Ref::none());
    }
    match find(vm, p, &a[1], pos, endpos, mode)? {
        Some(spans) => Ok(new_match(vm, &a[0], &a[1], spans, pos, endpos)),
        None => Ok(Ref::none()),
    }
}

/// A group's text, or the empty text of the subject's type.
fn text_or_empty(vm: &mut Vm, string: &Ref, span: Option<(usize, usize)>) -> R<Ref> {
    let (start, end) = span.unwrap_or((0, 0));
    slice(vm, string, start, end)
}

fn findall(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let p = this(vm, &a[0])?;
    let (pos, endpos) = range_args(vm, a, p)?;
    if pos > endpos {
        return Ok(new_list(vec![]));
    }
    let found = find_all(vm, p, &a[1], pos, endpos, usize::MAX)?;
    let mut out = Vec::with_capacity(found.len());
    for s in &found {
        out.push(match s.groups.len() {
            1 => text_or_empty(vm, &a[1], s.groups[0])?,
            2 => text_or_empty(vm, &a[1], s.groups[1])?,
            _ => {
                let mut row = Vec::with_capacity(s.groups.len() - 1);
                for g in &s.groups[1..] {
                    row.push(text_or_empty(vm, &a[1], *g)?);
                }
                new_tuple(row)
            }
        });
    }
    Ok(new_list(out))
}

fn split(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let p = this(vm, &a[0])?;
    let limit = match arg(a, 2) {
        Some(n) => match vm.index_size(n)? {
            0 => usize::MAX,
            n => n.max(0) as usize,
        },
        None => usize::MAX,
    };
    subject(vm, &a[1], p.is_bytes)?;
    let n = length(vm, &a[1])?;
    let found = find_all(vm, p, &a[1], 0, n, limit)?;
    let mut out = Vec::new();
    let mut last = 0;
    for s in &found {
        let (start, end) = s.whole();
        out.push(slice(vm, &a[1], last, start)?);
        for g in &s.groups[1..] {
            out.push(match g {
                Some((x, y)) => slice(vm, &a[1], *x, *y)?,
                None => Ref::none(),
            });
        }
        last = end;
    }
    out.push(slice(vm, &a[1], last, n)?);
    Ok(new_list(out))
}

methods! { METHODS;
    "match(self, /, string, pos=0, endpos=sys.maxsize)" => |vm, a| find_one(vm, a, Mode::Match), "A match at the beginning of the string, or None.";
    "fullmatch(self, /, string, pos=0, endpos=sys.maxsize)" => |vm, a| find_one(vm, a, Mode::Full), "A match of the whole string, or None.";
    "search(self, /, string, pos=0, endpos=sys.maxsize)" => |vm, a| find_one(vm, a, Mode::Search), "The first match anywhere in the string, or None.";
    "sub(self, /, repl, string, count=0)" => |vm, a| Ok(substitute::substitute(vm, a)?.0), "The string with each match, or the first count of them, replaced by repl.\n\nrepl is a text with backslash references to groups, or a function that is given the match.";
    "subn(self, /, repl, string, count=0)" => |vm, a| {
        let (text, n) = substitute::substitute(vm, a)?;
        Ok(new_tuple(vec![text, new_usize(n)]))
    }, "Like sub(), in a pair with the number of replacements.";
    "findall(self, /, string, pos=0, endpos=sys.maxsize)" => findall, "A list of the matched texts; of their groups' texts if the pattern has groups, as tuples if more than one.";
    "split(self, /, string, maxsplit=0)" => split, "A list of the pieces between the matches, with the groups' texts among them; at most maxsplit cuts are made.";
    "finditer(self, /, string, pos=0, endpos=sys.maxsize)" => scan::finditer, "An iterator over the matches.";
    "scanner(self, /, string, pos=0, endpos=sys.maxsize)" => scan::scanner, "";
    "__copy__(self, /)" => |_, a| Ok(a[0].clone()), "";
    "__deepcopy__(self, memo, /)" => |_, a| Ok(a[0].clone()), "";
    class "__class_getitem__(cls, object, /)" => |vm, a| taipan_vm::types::generic_alias::new_alias(vm, &a[0], &a[1]), "The class with types in brackets, for annotations.";
}

getset! { GETSET;
    "pattern" => |vm, r| Ok(this(vm, r)?.source.clone()), "The text it was made from.";
    "flags" => |vm, r| Ok(new_int(this(vm, r)?.flags)), "The flags, those written in the pattern among them.";
    "groups" => |vm, r| Ok(new_usize(this(vm, r)?.groups)), "How many groups there are.";
    "groupindex" => |vm, r| {
        let names = this(vm, r)?.group_index.clone();
        let proxy = rt_proxy();
        vm.call(&proxy, &[names])
    }, "The numbers of the named groups, by name.";
}

fn rt_proxy() -> Ref {
    taipan_vm::rt().types.mappingproxy.clone()
}

/// Flags by their names, in the order of `repr`.
const FLAG_NAMES: [(i64, &str); 8] = [
    (2, "re.IGNORECASE"),
    (4, "re.LOCALE"),
    (8, "re.MULTILINE"),
    (16, "re.DOTALL"),
    (32, "re.UNICODE"),
    (64, "re.VERBOSE"),
    (128, "re.DEBUG"),
    (256, "re.ASCII"),
];
const LOCALE_UNICODE_ASCII: i64 = 4 | 32 | 256;
const UNICODE: i64 = 32;
/// How much of a pattern `repr` shows.
const SHOWN: usize = 200;

fn repr(vm: &mut Vm, r: &Ref) -> R<Ref> {
    let p = this(vm, r)?;
    let mut flags = p.flags;
    if p.source.cast::<BytesObj>().is_none() && flags & LOCALE_UNICODE_ASCII == UNICODE {
        flags &= !UNICODE;
    }
    let source = vm.repr_text(&p.source)?;
    let shown: String = source.chars().take(SHOWN).collect();
    let mut names: Vec<String> = Vec::new();
    for (bit, name) in FLAG_NAMES {
        if flags & bit != 0 {
            names.push(name.into());
            flags &= !bit;
        }
    }
    if flags != 0 {
        names.push(format!("{flags:#x}"));
    }
    let end = if names.is_empty() {
        String::new()
    } else {
        format!(", {}", names.join("|"))
    };
    Ok(new_str(&format!("re.compile({shown}{end})")))
}
