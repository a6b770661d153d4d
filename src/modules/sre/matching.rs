//! Match objects.

use super::pattern::Pattern;
use super::{slice, substitute};
use taipan_vm::native::Args;
use taipan_vm::types::spec::TypeSpec;
use taipan_vm::value::{DictObj, NativePayload, type_flag};
use taipan_vm::vm::{new_int, new_str, new_tuple, new_usize};
use taipan_vm::{R, Ref, Vm, arg, getset, methods, rt, trace};

/// Where the groups of a match lie, group 0 first; `None` for a group that took no part.
#[derive(Clone, Debug)]
pub(super) struct Spans {
    pub groups: Vec<Option<(usize, usize)>>,
    pub last: Option<usize>,
}

impl Spans {
    pub fn whole(&self) -> (usize, usize) {
        self.groups.first().copied().flatten().unwrap_or((0, 0))
    }
}

pub(super) struct Match {
    pub pattern: Ref,
    pub string: Ref,
    pub spans: Spans,
    pub pos: usize,
    pub endpos: usize,
}
trace!(Match; pattern, string);
impl NativePayload for Match {}

pub(super) static MATCH: TypeSpec = TypeSpec {
    name: "re.Match",
    flags: type_flag::NO_NEW,
    doc: "What a pattern found. It is always true.",
    methods: METHODS,
    getset: GETSET,
    slots: |s| {
        s.getitem.set(Some(|vm, r, key| {
            let i = group_index(vm, r, key)?;
            group(vm, r, i, &Ref::none())
        }));
        s.repr.set(Some(|vm, r| {
            let (start, end) = this(vm, r)?.spans.whole();
            let text = group(vm, r, 0, &Ref::none())?;
            let text = vm.repr_text(&text)?;
            Ok(new_str(&format!(
                "<re.Match object; span=({start}, {end}), match={text}>"
            )))
        }));
    },
    ..TypeSpec::DEFAULT
};

pub(super) fn this<'a>(vm: &mut Vm, r: &'a Ref) -> R<&'a Match> {
    match r.native::<Match>() {
        Some(m) => Ok(m),
        None => Err(vm.type_error("a re.Match object is required")),
    }
}

fn pattern(m: &Match) -> Option<&Pattern> {
    m.pattern.native::<Pattern>()
}

/// The number of the group that a key means.
fn group_index(vm: &mut Vm, r: &Ref, key: &Ref) -> R<usize> {
    let m = this(vm, r)?;
    let number = match vm.index_opt(key)? {
        Some(n) => n.as_i64(),
        None => {
            let names = pattern(m)
                .map(|p| p.group_index.clone())
                .unwrap_or_default();
            let found = match names.cast::<DictObj>() {
                Some(d) => {
                    let found = d.get(vm, key);
                    let class = rt().types.type_error.clone();
                    vm.catch(found, &class)?.flatten()
                }
                None => None,
            };
            found.and_then(|n| n.as_i64())
        }
    };
    match number.and_then(|n| usize::try_from(n).ok()) {
        Some(n) if n < m.spans.groups.len() => Ok(n),
        _ => Err(vm.index_error("no such group")),
    }
}

pub(super) fn group(vm: &mut Vm, r: &Ref, i: usize, default: &Ref) -> R<Ref> {
    let m = this(vm, r)?;
    match m.spans.groups.get(i).copied().flatten() {
        Some((start, end)) => slice(vm, &m.string, start, end),
        None => Ok(default.clone()),
    }
}

fn span_of(vm: &mut Vm, a: &[Ref]) -> R<(i64, i64)> {
    let i = match arg(a, 1) {
        Some(g) => group_index(vm, &a[0], g)?,
        None => 0,
    };
    let span = this(vm, &a[0])?.spans.groups.get(i).copied().flatten();
    Ok(span.map_or((-1, -1), |s| (s.0 as i64, s.1 as i64)))
}

methods! { METHODS;
    var "group(self, *args)" => |vm, args: Args| {
        if args.has_kw() {
            return Err(vm.type_error("group() takes no keyword arguments"));
        }
        let r = &args.all[0];
        match &args.all[1..] {
            [] => group(vm, r, 0, &Ref::none()),
            [one] => {
                let i = group_index(vm, r, one)?;
                group(vm, r, i, &Ref::none())
            }
            many => {
                let mut out = Vec::with_capacity(many.len());
                for key in many {
                    let i = group_index(vm, r, key)?;
                    out.push(group(vm, r, i, &Ref::none())?);
                }
                Ok(new_tuple(out))
            }
        }
    }, "The text of a group, by number or name; the whole match is number 0. Of several groups, a tuple.";
    "groups(self, /, default=None)" => |vm, a| {
        let default = arg(a, 1).cloned().unwrap_or_else(Ref::none);
        let n = this(vm, &a[0])?.spans.groups.len();
        let mut out = Vec::with_capacity(n - 1);
        for i in 1..n {
            out.push(group(vm, &a[0], i, &default)?);
        }
        Ok(new_tuple(out))
    }, "A tuple of all groups' texts; those that took no part are the default.";
    "groupdict(self, /, default=None)" => |vm, a| {
        let default = arg(a, 1).cloned().unwrap_or_else(Ref::none);
        let m = this(vm, &a[0])?;
        let out = DictObj::new_dict();
        let names = pattern(m).and_then(|p| p.group_index.cast::<DictObj>().map(|d| d.items()));
        if let Some(d) = out.cast::<DictObj>() {
            for (name, number) in names.unwrap_or_default() {
                let v = group(vm, &a[0], number.as_i64().unwrap_or(0) as usize, &default)?;
                d.set(vm, &name, v)?;
            }
        }
        Ok(out)
    }, "A dict of the named groups' texts; those that took no part are the default.";
    "start(self, group=0, /)" => |vm, a| Ok(new_int(span_of(vm, a)?.0)), "Where a group begins, -1 if it took no part.";
    "end(self, group=0, /)" => |vm, a| Ok(new_int(span_of(vm, a)?.1)), "Where a group ends, -1 if it took no part.";
    "span(self, group=0, /)" => |vm, a| {
        let (start, end) = span_of(vm, a)?;
        Ok(new_tuple(vec![new_int(start), new_int(end)]))
    }, "The pair of start() and end() of a group.";
    "expand(self, /, template)" => |vm, a| {
        let m = this(vm, &a[0])?;
        let template = substitute::compile_template(vm, &m.pattern, &a[1])?;
        substitute::expand(vm, &template, &m.string, &m.spans)
    }, "Fills a template like that of sub() with the groups.";
    "__copy__(self, /)" => |_, a| Ok(a[0].clone()), "";
    "__deepcopy__(self, memo, /)" => |_, a| Ok(a[0].clone()), "";
    class "__class_getitem__(cls, object, /)" => |vm, a| taipan_vm::types::generic_alias::new_alias(vm, &a[0], &a[1]), "The class with types in brackets, for annotations.";
}

getset! { GETSET;
    "string" => |vm, r| Ok(this(vm, r)?.string.clone()), "What was searched.";
    "re" => |vm, r| Ok(this(vm, r)?.pattern.clone()), "The pattern.";
    "pos" => |vm, r| Ok(new_usize(this(vm, r)?.pos)), "Where the search was to begin.";
    "endpos" => |vm, r| Ok(new_usize(this(vm, r)?.endpos)), "Where the search was to end.";
    "lastindex" => |vm, r| Ok(this(vm, r)?.spans.last.map_or_else(Ref::none, new_usize)), "The number of the group that was closed last, or None.";
    "lastgroup" => |vm, r| {
        let m = this(vm, r)?;
        let names = pattern(m).map(|p| p.index_group.clone());
        Ok(m.spans.last.zip(names).and_then(|(i, names)| names.tuple_items()?.get(i).cloned()).unwrap_or_else(Ref::none))
    }, "The name of the group that was closed last, or None.";
    "regs" => |vm, r| {
        let spans = this(vm, r)?.spans.groups.iter().map(|s| {
            let (x, y) = s.map_or((-1, -1), |s| (s.0 as i64, s.1 as i64));
            new_tuple(vec![new_int(x), new_int(y)])
        });
        Ok(new_tuple(spans.collect()))
    }, "";
}
