//! `deque`.

use crate::native::{Args, arg};
use crate::types::spec::TypeSpec;
use crate::value::slots::Cmp;
use crate::value::*;
use crate::vm::{new_int, new_str, new_tuple, new_usize};
use crate::{R, Vm, getset, methods, trace};
use std::cell::Cell;
use std::collections::VecDeque;

struct Deque {
    items: Guarded<VecDeque<Ref>>,
    maxlen: Cell<Option<usize>>,
    /// Counts changes, which end iterations.
    changes: Cell<u64>,
}
impl Trace for Deque {
    fn trace(&self, tracer: &mut Tracer) {
        self.items.with_raw(|items| {
            for r in items {
                tracer.visit(r);
            }
        });
    }
}
impl NativePayload for Deque {
    fn clear(&self) {
        drop(self.items.replace(VecDeque::new()));
    }
}

impl Deque {
    fn changed(&self) {
        self.changes.set(self.changes.get() + 1);
    }
    fn push(&self, vm: &mut Vm, item: Ref, left: bool) {
        self.changed();
        let max = self.maxlen.get();
        let items = self.items.get_mut(vm);
        let mut dropped = None;
        if left {
            items.push_front(item);
            if max.is_some_and(|m| items.len() > m) {
                dropped = items.pop_back();
            }
        } else {
            items.push_back(item);
            if max.is_some_and(|m| items.len() > m) {
                dropped = items.pop_front();
            }
        }
        drop(dropped);
    }
    fn len(&self, vm: &Vm) -> usize {
        self.items.get(vm).len()
    }
    fn at(&self, vm: &Vm, i: usize) -> Option<Ref> {
        self.items.get(vm).get(i).cloned()
    }
}

pub(super) static DEQUE: TypeSpec = TypeSpec {
    name: "collections.deque",
    flags: type_flag::BASE | type_flag::HAS_WEAKREF | type_flag::SEQUENCE,
    doc: "A list that is quick at both ends.\n\nWith maxlen, whatever is put in at one end pushes out what is too much at the other.",
    methods: METHODS,
    getset: GETSET,
    slots: |s| {
        s.new.set(Some(|_, class, _| {
            Ok(Ref::new_native(
                class,
                Deque {
                    items: Guarded::default(),
                    maxlen: Cell::new(None),
                    changes: Cell::new(0),
                },
            ))
        }));
        s.init.set(Some(init));
        s.repr.set(Some(repr));
        s.richcmp.set(Some(compare));
        s.len.set(Some(|vm, r| {
            Ok(r.native::<Deque>().map_or(0, |d| d.len(vm)))
        }));
        s.getitem.set(Some(|vm, r, i| {
            let (d, i) = place(vm, r, i)?;
            match d.at(vm, i) {
                Some(v) => Ok(v),
                None => Err(vm.index_error("deque index out of range")),
            }
        }));
        s.setitem.set(Some(|vm, r, i, v| {
            let (d, i) = place(vm, r, i)?;
            let items = d.items.get_mut(vm);
            let old = match v {
                Some(v) => items.get_mut(i).map(|slot| std::mem::replace(slot, v)),
                None => {
                    d.changed();
                    items.remove(i)
                }
            };
            match old {
                Some(_) => Ok(()),
                None => Err(vm.index_error("deque index out of range")),
            }
        }));
        s.contains.set(Some(
            |vm, r, v| Ok(find(vm, r, v, 0, usize::MAX)?.is_some()),
        ));
        s.iter.set(Some(|vm, r| Ok(iterate(vm, r, false))));
        s.concat.set(Some(|vm, a, b| {
            if b.native::<Deque>().is_none() {
                let text = format!(
                    "can only concatenate deque (not \"{}\") to deque",
                    vm.type_name(b)
                );
                return Err(vm.type_error(&text));
            }
            let new = copy(vm, a)?;
            extend(vm, &new, b, false)?;
            Ok(new)
        }));
        s.iconcat.set(Some(|vm, a, b| {
            extend(vm, a, b, false)?;
            Ok(a.clone())
        }));
        s.repeat.set(Some(|vm, r, n| {
            let new = copy(vm, r)?;
            repeat(vm, &new, n)?;
            Ok(new)
        }));
        s.irepeat.set(Some(|vm, r, n| {
            repeat(vm, r, n)?;
            Ok(r.clone())
        }));
    },
    ..TypeSpec::DEFAULT
};

getset! { GETSET;
    "maxlen" => |_, r| Ok(r.native::<Deque>().and_then(|d| d.maxlen.get()).map_or_else(Ref::none, new_usize)), "The length that is not exceeded, or None.";
}

methods! { METHODS;
    "append(self, item, /)" => |vm, a| { if let Some(d) = a[0].native::<Deque>() { d.push(vm, a[1].clone(), false); } Ok(Ref::none()) }, "Puts an item in at the right end.";
    "appendleft(self, item, /)" => |vm, a| { if let Some(d) = a[0].native::<Deque>() { d.push(vm, a[1].clone(), true); } Ok(Ref::none()) }, "Puts an item in at the left end.";
    "clear(self, /)" => |_, a| {
        if let Some(d) = a[0].native::<Deque>() {
            d.changed();
            drop(d.items.replace(VecDeque::new()));
        }
        Ok(Ref::none())
    }, "Takes all items out.";
    "copy(self, /)" => |vm, a| copy(vm, &a[0]), "A deque with the same items and the same maxlen.";
    "__copy__(self, /)" => |vm, a| copy(vm, &a[0]), "A deque with the same items and the same maxlen.";
    "count(self, value, /)" => |vm, a| {
        let Some(d) = a[0].native::<Deque>() else { return Ok(Ref::none()) };
        let (mut n, mut i, before) = (0, 0, d.changes.get());
        while let Some(item) = d.at(vm, i) {
            n += vm.equal(&item, &a[1])? as i64;
            if d.changes.get() != before {
                return Err(vm.runtime_error("deque mutated during iteration"));
            }
            i += 1;
        }
        Ok(new_int(n))
    }, "How many items equal the value.";
    "extend(self, iterable, /)" => |vm, a| { extend(vm, &a[0], &a[1], false)?; Ok(Ref::none()) }, "Puts all items of an iterable in at the right end.";
    "extendleft(self, iterable, /)" => |vm, a| { extend(vm, &a[0], &a[1], true)?; Ok(Ref::none()) }, "Puts the items of an iterable in at the left end, one by one, which turns their order around.";
    "index(self, value, start=0, stop=9223372036854775807, /)" => index, "The first place of the value between start and stop. ValueError is raised if there is none.";
    "insert(self, index, value, /)" => insert, "Puts an item in at a place. IndexError is raised if the deque is full.";
    "pop(self, /)" => |vm, a| take(vm, &a[0], false), "Takes the item at the right end out and gives it.";
    "popleft(self, /)" => |vm, a| take(vm, &a[0], true), "Takes the item at the left end out and gives it.";
    "remove(self, value, /)" => remove, "Takes the first item out that equals the value. ValueError is raised if there is none.";
    "reverse(self, /)" => |vm, a| {
        if let Some(d) = a[0].native::<Deque>() {
            d.items.get_mut(vm).make_contiguous().reverse();
        }
        Ok(Ref::none())
    }, "Turns the order around, in place.";
    "rotate(self, n=1, /)" => |vm, a| {
        let n = match arg(a, 1) {
            Some(n) => vm.index_size(n)?,
            None => 1,
        };
        if let Some(d) = a[0].native::<Deque>() {
            let items = d.items.get_mut(vm);
            if items.len() > 1 {
                items.rotate_right(n.rem_euclid(items.len() as isize) as usize);
                d.changed();
            }
        }
        Ok(Ref::none())
    }, "Moves the items n places to the right, those at the end to the other; to the left for negative n.";
    "__reversed__(self, /)" => |vm, a| Ok(iterate(vm, &a[0], true)), "An iterator from right to left.";
    "__reduce__(self, /)" => |vm, a| {
        let Some(d) = a[0].native::<Deque>() else { return Ok(Ref::none()) };
        let args = match d.maxlen.get() {
            Some(m) => vec![rt().types.empty_tuple.clone(), new_usize(m)],
            None => vec![],
        };
        let state = vm.call_method(&a[0], "__getstate__", &[])?;
        let it = vm.iter(&a[0])?;
        Ok(new_tuple(vec![class_of(&a[0]), new_tuple(args), state, it]))
    }, "State for pickling.";
    class "__class_getitem__(cls, object, /)" => |vm, a| crate::types::generic_alias::new_alias(vm, &a[0], &a[1]), "The class with types in brackets, for annotations.";
}

fn init(vm: &mut Vm, r: &Ref, args: Args) -> R<()> {
    let Some(d) = r.native::<Deque>() else {
        return Ok(());
    };
    let pos = args.pos();
    if pos.len() > 2 {
        let text = format!(
            "deque() takes at most 2 arguments ({} given)",
            args.all.len()
        );
        return Err(vm.type_error(&text));
    }
    let (mut iterable, mut maxlen) = (pos.first(), pos.get(1));
    for (k, v) in args.kw() {
        match k.str_obj().bytes() {
            b"iterable" => iterable = Some(v),
            b"maxlen" => maxlen = Some(v),
            _ => {
                return Err(vm.unknown_keyword("deque", k, &["iterable", "maxlen"]));
            }
        }
    }
    if let Some(m) = maxlen.filter(|m| !m.is_none()) {
        if !m.is_int() {
            return Err(vm.type_error("an integer is required"));
        }
        let n = vm.index_size(m)?;
        if n < 0 {
            return Err(vm.value_error("maxlen must be non-negative"));
        }
        d.maxlen.set(Some(n as usize));
    } else {
        d.maxlen.set(None);
    }
    drop(d.items.replace(VecDeque::new()));
    match iterable {
        Some(i) => extend(vm, r, i, false),
        None => Ok(()),
    }
}

fn extend(vm: &mut Vm, r: &Ref, iterable: &Ref, left: bool) -> R<()> {
    let Some(d) = r.native::<Deque>() else {
        return Ok(());
    };
    if iterable.is(r) {
        for item in d.items.cloned() {
            d.push(vm, item, left);
        }
        return Ok(());
    }
    let it = vm.iter(iterable)?;
    while let Some(item) = vm.next(&it)? {
        d.push(vm, item, left);
    }
    Ok(())
}

fn copy(vm: &mut Vm, r: &Ref) -> R<Ref> {
    let Some(d) = r.native::<Deque>() else {
        return Ok(Ref::none());
    };
    let class = class_of(r);
    if class.is(&vm.native_type(&DEQUE)) {
        return Ok(Ref::new_native(
            &class,
            Deque {
                items: Guarded::new(d.items.cloned()),
                maxlen: d.maxlen.clone(),
                changes: Cell::new(0),
            },
        ));
    }
    let new = match d.maxlen.get() {
        Some(m) => vm.call(&class, &[r.clone(), new_usize(m)])?,
        None => vm.call(&class, std::slice::from_ref(r))?,
    };
    if new.native::<Deque>().is_none() {
        let text = format!(
            "{}() must return a deque, not {}",
            vm.type_name(r),
            vm.type_name(&new)
        );
        return Err(vm.type_error(&text));
    }
    Ok(new)
}

fn repeat(vm: &mut Vm, r: &Ref, n: isize) -> R<()> {
    let Some(d) = r.native::<Deque>() else {
        return Ok(());
    };
    let max = d.maxlen.get();
    let items = d.items.get_mut(vm);
    let mut old = None;
    let len = items.len();
    let mut fits = true;
    if n <= 0 {
        old = Some(std::mem::take(items));
    } else if len > 0 {
        let total = len.saturating_mul(n as usize);
        let total = max.map_or(total, |m| total.min(m.max(len)));
        // With a limit the last items remain: begin so that the end is the end of a whole repetition.
        if items.try_reserve(total - len).is_err() {
            fits = false;
        } else {
            let skip = (len - total % len) % len;
            let source: Vec<Ref> = items.iter().cloned().collect();
            items.clear();
            for i in 0..total {
                items.push_back(source[(skip + i) % len].clone());
            }
        }
    }
    drop(old);
    d.changed();
    if fits { Ok(()) } else { Err(vm.memory_error()) }
}

fn place<'a>(vm: &mut Vm, r: &'a Ref, i: &Ref) -> R<(&'a Deque, usize)> {
    if !i.is_int() && i.class().slots.index.get().is_none() {
        let text = format!("sequence index must be integer, not '{}'", vm.type_name(i));
        return Err(vm.type_error(&text));
    }
    let i = vm.index_for_sequence(i)?;
    let Some(d) = r.native::<Deque>() else {
        return Err(vm.index_error("deque index out of range"));
    };
    let i = if i < 0 { i + d.len(vm) as isize } else { i };
    if i < 0 {
        return Err(vm.index_error("deque index out of range"));
    }
    Ok((d, i as usize))
}

fn find(vm: &mut Vm, r: &Ref, value: &Ref, from: usize, to: usize) -> R<Option<usize>> {
    let Some(d) = r.native::<Deque>() else {
        return Ok(None);
    };
    let before = d.changes.get();
    let mut i = from;
    while i < to
        && let Some(item) = d.at(vm, i)
    {
        let equal = vm.equal(&item, value)?;
        if d.changes.get() != before {
            return Err(vm.runtime_error("deque mutated during iteration"));
        }
        if equal {
            return Ok(Some(i));
        }
        i += 1;
    }
    Ok(None)
}

fn index(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let len = a[0].native::<Deque>().map_or(0, |d| d.len(vm)) as isize;
    let bound = |vm: &mut Vm, i: usize, default: isize| -> R<usize> {
        let n = match arg(a, i) {
            Some(n) => vm.index_clamped(n)?,
            None => default,
        };
        let n = if n < 0 {
            n.saturating_add(len).max(0)
        } else {
            n
        };
        Ok(n.min(len) as usize)
    };
    let (start, stop) = (bound(vm, 2, 0)?, bound(vm, 3, len)?);
    match find(vm, &a[0], &a[1], start, stop)? {
        Some(i) => Ok(new_usize(i)),
        None => Err(vm.value_error("deque.index(x): x not in deque")),
    }
}

fn insert(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let i = vm.index_size(&a[1])?;
    let Some(d) = a[0].native::<Deque>() else {
        return Ok(Ref::none());
    };
    let items = d.items.get_mut(vm);
    let len = items.len();
    if d.maxlen.get().is_some_and(|m| len >= m) {
        return Err(vm.index_error("deque already at its maximum size"));
    }
    let i = if i < 0 { (i + len as isize).max(0) } else { i };
    items.insert((i as usize).min(len), a[2].clone());
    d.changed();
    Ok(Ref::none())
}

fn take(vm: &mut Vm, r: &Ref, left: bool) -> R<Ref> {
    let Some(d) = r.native::<Deque>() else {
        return Ok(Ref::none());
    };
    let items = d.items.get_mut(vm);
    match if left {
        items.pop_front()
    } else {
        items.pop_back()
    } {
        Some(v) => {
            d.changed();
            Ok(v)
        }
        None => Err(vm.index_error("pop from an empty deque")),
    }
}

fn remove(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let Some(d) = a[0].native::<Deque>() else {
        return Ok(Ref::none());
    };
    let before = d.changes.get();
    let mut i = 0;
    while let Some(item) = d.at(vm, i) {
        let equal = vm.equal(&item, &a[1])?;
        if d.changes.get() != before {
            return Err(vm.index_error("deque mutated during remove()."));
        }
        if equal {
            let old = d.items.get_mut(vm).remove(i);
            d.changed();
            drop(old);
            return Ok(Ref::none());
        }
        i += 1;
    }
    Err(vm.value_error("deque.remove(x): x not in deque"))
}

fn repr(vm: &mut Vm, r: &Ref) -> R<Ref> {
    let Some(d) = r.native::<Deque>() else {
        return Ok(Ref::none());
    };
    if !vm.enter_repr(r) {
        return Ok(new_str("[...]"));
    }
    let text = (|| {
        let mut out = crate::modules::short_name(vm, r).into_bytes();
        out.extend_from_slice(b"([");
        for (i, item) in d.items.cloned().iter().enumerate() {
            if i > 0 {
                out.extend_from_slice(b", ");
            }
            let text = vm.repr(item)?;
            out.extend_from_slice(text.str_obj().bytes());
        }
        out.push(b']');
        if let Some(m) = d.maxlen.get() {
            out.extend_from_slice(format!(", maxlen={m}").as_bytes());
        }
        out.push(b')');
        Ok(StrObj::make(&out))
    })();
    vm.leave_repr(r);
    text
}

fn compare(vm: &mut Vm, a: &Ref, b: &Ref, op: Cmp) -> R<Ref> {
    let (Some(x), Some(y)) = (a.native::<Deque>(), b.native::<Deque>()) else {
        return Ok(Ref::not_implemented());
    };
    let (n, m) = (x.len(vm), y.len(vm));
    if n != m && matches!(op, Cmp::Eq | Cmp::Ne) {
        return Ok(Ref::bool(op == Cmp::Ne));
    }
    let mut i = 0;
    while let (Some(p), Some(q)) = (x.at(vm, i), y.at(vm, i)) {
        if !vm.equal(&p, &q)? {
            return match op {
                Cmp::Eq => Ok(Ref::bool(false)),
                Cmp::Ne => Ok(Ref::bool(true)),
                _ => vm.compare(&p, &q, op),
            };
        }
        i += 1;
    }
    Ok(Ref::bool(op.holds(x.len(vm).cmp(&y.len(vm)))))
}

struct Iter {
    deque: Ref,
    at: Cell<usize>,
    changes: u64,
}
trace!(Iter; deque);
impl NativePayload for Iter {}

fn iterate(vm: &mut Vm, r: &Ref, reverse: bool) -> Ref {
    let class = vm.native_type(if reverse {
        &REVERSE_ITERATOR
    } else {
        &ITERATOR
    });
    let changes = r.native::<Deque>().map_or(0, |d| d.changes.get());
    Ref::new_native(
        &class,
        Iter {
            deque: r.clone(),
            at: Cell::new(0),
            changes,
        },
    )
}

fn next(vm: &mut Vm, r: &Ref, reverse: bool) -> R<Option<Ref>> {
    let Some(it) = r.native::<Iter>() else {
        return Ok(None);
    };
    let Some(d) = it.deque.native::<Deque>() else {
        return Ok(None);
    };
    let len = d.len(vm);
    let at = it.at.get();
    if d.changes.get() != it.changes {
        it.at.set(usize::MAX);
        return Err(vm.runtime_error("deque mutated during iteration"));
    }
    if at >= len {
        return Ok(None);
    }
    it.at.set(at + 1);
    Ok(d.at(vm, if reverse { len - 1 - at } else { at }))
}

methods! { ITER_METHODS;
    "__length_hint__(self, /)" => |vm, a| {
        let n = match a[0].native::<Iter>() {
            Some(it) => it.deque.native::<Deque>().map_or(0, |d| d.len(vm)).saturating_sub(it.at.get()),
            None => 0,
        };
        Ok(new_usize(n))
    }, "How many items are left to come.";
}

pub(super) static ITERATOR: TypeSpec = TypeSpec {
    name: "_collections._deque_iterator",
    methods: ITER_METHODS,
    slots: |s| {
        crate::constructor!(s, "_deque_iterator(cls, iterable, index=0, /)" => |vm, a| {
            let it = iterate(vm, &a[1], false);
            let n = match arg(a, 2) { Some(n) => vm.index_size(n)?, None => 0 };
            if let Some(i) = it.native::<Iter>() { i.at.set(n.max(0) as usize); }
            Ok(it)
        });
        s.iter.set(Some(|_, r| Ok(r.clone())));
        s.next.set(Some(|vm, r| next(vm, r, false)));
    },
    ..TypeSpec::DEFAULT
};
pub(super) static REVERSE_ITERATOR: TypeSpec = TypeSpec {
    name: "_collections._deque_reverse_iterator",
    methods: ITER_METHODS,
    slots: |s| {
        crate::constructor!(s, "_deque_reverse_iterator(cls, iterable, index=0, /)" => |vm, a| {
            let it = iterate(vm, &a[1], true);
            let n = match arg(a, 2) { Some(n) => vm.index_size(n)?, None => 0 };
            if let Some(i) = it.native::<Iter>() { i.at.set(n.max(0) as usize); }
            Ok(it)
        });
        s.iter.set(Some(|_, r| Ok(r.clone())));
        s.next.set(Some(|vm, r| next(vm, r, true)));
    },
    ..TypeSpec::DEFAULT
};
