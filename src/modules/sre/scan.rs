//! Going through a text match by match: `finditer` and `scanner`.

use super::pattern::{self, Mode, Pattern};
use super::{Subject, engine, matching::Spans, subject};
use engine::{Request, State, StrDrive};
use std::cell::RefCell;
use std::collections::VecDeque;
use taipan_vm::types::spec::TypeSpec;
use taipan_vm::value::{NativePayload, StrObj, type_flag};
use taipan_vm::{R, Ref, Vm, getset, methods, trace};

struct Scanner {
    pattern: Ref,
    string: Ref,
    pos: usize,
    endpos: usize,
    next: RefCell<Next>,
}
trace!(Scanner; pattern, string);
impl NativePayload for Scanner {}

/// Where the scanner goes on.
struct Next {
    start: usize,
    /// The last match was empty: the next one must not be the same.
    must_advance: bool,
    done: bool,
    /// Matches found ahead, where finding a position anew would take time in proportion to it.
    ahead: Option<VecDeque<Spans>>,
}

static SCANNER: TypeSpec = TypeSpec {
    name: "_sre.SRE_Scanner",
    flags: type_flag::NO_NEW,
    methods: METHODS,
    getset: GETSET,
    ..TypeSpec::DEFAULT
};
static ITERATOR: TypeSpec = TypeSpec {
    name: "callable_iterator",
    flags: type_flag::NO_NEW,
    slots: |s| {
        s.iter.set(Some(|_, r| Ok(r.clone())));
        s.next.set(Some(|vm, r| {
            let m = step(vm, r, Mode::Search)?;
            Ok(Some(m).filter(|m| !m.is_none()))
        }));
    },
    ..TypeSpec::DEFAULT
};

methods! { METHODS;
    "match(self, /)" => |vm, a| step(vm, &a[0], Mode::Match), "";
    "search(self, /)" => |vm, a| step(vm, &a[0], Mode::Search), "";
}
getset! { GETSET;
    "pattern" => |_, r| Ok(r.native::<Scanner>().map_or_else(Ref::none, |s| s.pattern.clone())), "";
}

fn one<S: StrDrive>(p: &Pattern, text: S, next: &Next, end: usize, mode: Mode) -> Option<Spans> {
    let mut state = State::default();
    let mut request = Request::new(text, next.start, end, &p.code, false);
    request.must_advance = next.must_advance;
    state.reset(&request, request.start);
    let found = match mode {
        Mode::Search => state.search(request),
        _ => state.py_match(&request),
    };
    found.then(|| pattern::spans(&state, p.groups))
}

/// The next match; None at the end.
fn step(vm: &mut Vm, r: &Ref, mode: Mode) -> R<Ref> {
    let Some(s) = r.native::<Scanner>() else {
        return Err(vm.type_error("a scanner is required"));
    };
    let p = pattern::this(vm, &s.pattern)?;
    let mut next = s.next.borrow_mut();
    if next.done {
        return Ok(Ref::none());
    }
    let found = if let Some(ahead) = &mut next.ahead {
        ahead.pop_front()
    } else {
        match subject(vm, &s.string, p.is_bytes)? {
            Subject::Bytes(b) => one(p, &*b, &next, s.endpos, mode),
            Subject::Text(t) => one(p, t, &next, s.endpos, mode),
            Subject::Wide(w) => one(p, w, &next, s.endpos, mode),
        }
    };
    let Some(spans) = found else {
        next.done = true;
        return Ok(Ref::none());
    };
    let (start, end) = spans.whole();
    next.start = end;
    next.must_advance = start == end;
    drop(next);
    Ok(pattern::new_match(
        vm, &s.pattern, &s.string, spans, s.pos, s.endpos,
    ))
}

fn make(vm: &mut Vm, a: &[Ref], spec: &'static TypeSpec) -> R<Ref> {
    let p = pattern::this(vm, &a[0])?;
    let (pos, endpos) = pattern::range_args(vm, a, p)?;
    let indexed = a[1].cast::<StrObj>().is_none_or(|s| s.is_ascii());
    let ahead = if !indexed && pos <= endpos && std::ptr::eq(spec, &ITERATOR) {
        Some(pattern::find_all(vm, p, &a[1], pos, endpos, usize::MAX)?.into())
    } else {
        None
    };
    let class = vm.native_type(spec);
    Ok(Ref::new_native(
        &class,
        Scanner {
            pattern: a[0].clone(),
            string: a[1].clone(),
            pos,
            endpos,
            next: RefCell::new(Next {
                start: pos,
                must_advance: false,
                done: pos > endpos,
                ahead,
            }),
        },
    ))
}

pub(super) fn finditer(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    make(vm, a, &ITERATOR)
}
pub(super) fn scanner(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    make(vm, a, &SCANNER)
}
