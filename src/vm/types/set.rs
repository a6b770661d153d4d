//! The types `set`, `frozenset`, `set_iterator`.

use super::iterators::builtin;
use super::list::one_argument;
use super::spec::TypeSpec;
use crate::native::Args;
use crate::value::header::Kind;
use crate::value::slots::{BinOp, Cmp, Slots};
use crate::value::*;
use crate::vm::{new_list, new_tuple, new_usize, new_wtf8};
use crate::{R, Vm, methods, trace};
use std::cell::Cell;

pub static SET: TypeSpec = TypeSpec {
    name: "set",
    kind: Kind::Set,
    exact: true,
    flags: type_flag::BASE | type_flag::MATCH_SELF,
    doc: "set(iterable=(), /)\n\nUnique values without an order.",
    methods: SET_METHODS,
    slots: |s| {
        common(s);
        s.new.set(Some(|vm, class, _| {
            super::class::class_arg(vm, class)?;
            Ok(Ref::new_of(class, SetObj::empty()))
        }));
        s.init.set(Some(|vm, r, args| {
            let x = argument(vm, r.class(), args)?.cloned();
            if let Some(s) = payload(r)
                && !s.is_empty()
            {
                s.clear_all();
            }
            match x {
                Some(x) => update(vm, r, &x),
                None => Ok(()),
            }
        }));
        s.inplace[BinOp::Or as usize].set(Some(|vm, a, b| inplace(vm, a, b, update)));
        s.inplace[BinOp::And as usize].set(Some(|vm, a, b| {
            inplace(vm, a, b, |vm, a, b| {
                let kept = intersection(vm, a, b)?;
                take_over(a, &kept);
                Ok(())
            })
        }));
        s.inplace[BinOp::Sub as usize].set(Some(|vm, a, b| inplace(vm, a, b, difference_update)));
        s.inplace[BinOp::Xor as usize].set(Some(|vm, a, b| {
            inplace(vm, a, b, symmetric_difference_update)
        }));
    },
    ..TypeSpec::DEFAULT
};

pub static FROZENSET: TypeSpec = TypeSpec {
    name: "frozenset",
    kind: Kind::FrozenSet,
    exact: true,
    flags: type_flag::BASE | type_flag::MATCH_SELF,
    doc: "frozenset(iterable=(), /)\n\nUnique values without an order, never changing.",
    methods: FROZENSET_METHODS,
    slots: |s| {
        common(s);
        s.new.set(Some(frozenset_new));
        s.hash.set(Some(|_, r| {
            let Some(s) = payload(r) else { return Ok(0) };
            if s.hash.get() == -1 {
                s.hash.set(s.frozen_hash());
            }
            Ok(s.hash.get())
        }));
    },
    ..TypeSpec::DEFAULT
};

methods! { SET_METHODS;
    "add(self, object, /)" => |vm, a| {
        if let Some(s) = payload(&a[0]) {
            s.add(vm, &a[1])?;
        }
        Ok(Ref::none())
    }, "Adds a value; nothing happens if it is there.";
    "clear(self, /)" => |_, a| {
        if let Some(s) = payload(&a[0]) {
            s.clear_all();
        }
        Ok(Ref::none())
    }, "Removes all values.";
    "copy(self, /)" => |vm, a| copy_base(vm, &a[0]), "A set of the same values.";
    "discard(self, object, /)" => |vm, a| {
        if let Some(s) = payload(&a[0]) {
            s.remove(vm, &a[1])?;
        }
        Ok(Ref::none())
    }, "Removes a value; nothing happens if it is not there.";
    var "difference(self, /, *others)" => difference_many, "The values that are in none of the others.";
    var "difference_update(self, /, *others)" => |vm, args| each_other(vm, args, "difference_update", difference_update), "Removes the values of the others.";
    var "intersection(self, /, *others)" => intersection_many, "The values that are in all of the others as well.";
    var "intersection_update(self, /, *others)" => |vm, args| {
        let kept = intersection_many(vm, args)?;
        take_over(&args.all[0], &kept);
        Ok(Ref::none())
    }, "Keeps the values that are in all of the others.";
    "isdisjoint(self, other, /)" => isdisjoint, "Whether there is nothing in common with another iterable.";
    "issubset(self, other, /)" => |vm, a| Ok(Ref::bool(is_subset_of_any(vm, &a[0], &a[1])?)), "Whether another iterable has all values.";
    "issuperset(self, other, /)" => |vm, a| Ok(Ref::bool(is_superset_of_any(vm, &a[0], &a[1])?)), "Whether all of another iterable are here.";
    "pop(self, /)" => |vm, a| match payload(&a[0]).and_then(|s| s.pop()) {
        Some(r) => Ok(r),
        None => Err(vm.key_error(&crate::vm::new_str("pop from an empty set"))),
    }, "Takes out some value.\n\nKeyError if the set is empty.";
    "__reduce__(self, /)" => reduce, "State for pickling.";
    "remove(self, object, /)" => |vm, a| {
        if let Some(s) = payload(&a[0])
            && !s.remove(vm, &a[1])?
        {
            return Err(vm.key_error(&a[1]));
        }
        Ok(Ref::none())
    }, "Removes a value.\n\nKeyError if it is not there.";
    "__sizeof__(self, /)" => size_of_set, "Size in memory, in bytes.";
    "symmetric_difference(self, other, /)" => |vm, a| symmetric_difference(vm, &a[0], &a[1]), "The values that are in one of the two only.";
    "symmetric_difference_update(self, other, /)" => |vm, a| {
        symmetric_difference_update(vm, &a[0], &a[1])?;
        Ok(Ref::none())
    }, "Keeps the values that are in one of the two only.";
    var "union(self, /, *others)" => union_many, "The values of all together.";
    var "update(self, /, *others)" => |vm, args| each_other(vm, args, "update", update), "Adds the values of the others.";
    class "__class_getitem__(type, object, /)" => |vm, a| super::generic_alias::new_alias(vm, &a[0], &a[1]), "The class with types in brackets, for annotations.";
}

methods! { FROZENSET_METHODS;
    "copy(self, /)" => |vm, a| {
        if class_of(&a[0]).is(&rt().types.frozenset) {
            return Ok(a[0].clone());
        }
        copy_base(vm, &a[0])
    }, "A set of the same values.";
    var "difference(self, /, *others)" => difference_many, "The values that are in none of the others.";
    var "intersection(self, /, *others)" => intersection_many, "The values that are in all of the others as well.";
    "isdisjoint(self, other, /)" => isdisjoint, "Whether there is nothing in common with another iterable.";
    "issubset(self, other, /)" => |vm, a| Ok(Ref::bool(is_subset_of_any(vm, &a[0], &a[1])?)), "Whether another iterable has all values.";
    "issuperset(self, other, /)" => |vm, a| Ok(Ref::bool(is_superset_of_any(vm, &a[0], &a[1])?)), "Whether all of another iterable are here.";
    "__reduce__(self, /)" => reduce, "State for pickling.";
    "__sizeof__(self, /)" => size_of_set, "Size in memory, in bytes.";
    "symmetric_difference(self, other, /)" => |vm, a| symmetric_difference(vm, &a[0], &a[1]), "The values that are in one of the two only.";
    var "union(self, /, *others)" => union_many, "The values of all together.";
    class "__class_getitem__(type, object, /)" => |vm, a| super::generic_alias::new_alias(vm, &a[0], &a[1]), "The class with types in brackets, for annotations.";
}

#[inline(always)]
fn payload(r: &Ref) -> Option<&SetObj> {
    r.cast::<SetObj>()
}

fn common(s: &Slots) {
    s.repr.set(Some(repr));
    s.richcmp.set(Some(compare));
    s.len
        .set(Some(|_, r| Ok(payload(r).map_or(0, |s| s.len()))));
    s.contains.set(Some(|vm, r, key| match payload(r) {
        Some(s) => s.contains(vm, key),
        None => Ok(false),
    }));
    s.iter.set(Some(|_, r| {
        Ok(Ref::new_native(
            &rt().types.set_iterator,
            SetIter {
                set: Guarded::new(r.clone()),
                at: Cell::new(0),
                size: Cell::new(payload(r).map_or(0, |s| s.len())),
                left: Cell::new(payload(r).map_or(0, |s| s.len())),
            },
        ))
    }));
    let set = |op: BinOp, f: slots::Binary| s.binary[op as usize].set(Some(f));
    set(BinOp::Or, |vm, a, b| both(vm, a, b, union));
    set(BinOp::And, |vm, a, b| both(vm, a, b, intersection));
    set(BinOp::Sub, |vm, a, b| both(vm, a, b, difference));
    set(BinOp::Xor, |vm, a, b| both(vm, a, b, symmetric_difference));
}

/// Operators want sets on both sides.
fn both(vm: &mut Vm, a: &Ref, b: &Ref, f: fn(&mut Vm, &Ref, &Ref) -> R<Ref>) -> R<Ref> {
    if payload(a).is_none() || payload(b).is_none() {
        return Ok(Ref::not_implemented());
    }
    f(vm, a, b)
}

fn inplace(vm: &mut Vm, a: &Ref, b: &Ref, f: fn(&mut Vm, &Ref, &Ref) -> R<()>) -> R<Ref> {
    if payload(b).is_none() {
        return Ok(Ref::not_implemented());
    }
    f(vm, a, b)?;
    Ok(a.clone())
}

/// A new empty set or frozenset: what operations on a set or a subclass give.
fn new_like(r: &Ref) -> Ref {
    match r.class().kind {
        Kind::FrozenSet => SetObj::new_frozen(SetObj::empty()),
        _ => SetObj::new_set(),
    }
}

/// A copy of exactly set or frozenset.
fn copy_base(vm: &mut Vm, r: &Ref) -> R<Ref> {
    let out = new_like(r);
    update(vm, &out, r)?;
    Ok(out)
}

/// An exact set with the items of an iterable.
pub fn set_from(vm: &mut Vm, x: &Ref) -> R<Ref> {
    let out = SetObj::new_set();
    update(vm, &out, x)?;
    Ok(out)
}

impl Vm {
    /// A frozenset of these items.
    pub fn frozenset(&mut self, items: Vec<Ref>) -> R<Ref> {
        let out = SetObj::new_frozen(SetObj::empty());
        if let Some(s) = payload(&out) {
            for item in &items {
                s.add(self, item)?;
            }
        }
        Ok(out)
    }
}

/// The members become those of another set, which is given up.
fn take_over(r: &Ref, other: &Ref) {
    if let (Some(a), Some(b)) = (payload(r), payload(other)) {
        if std::ptr::eq(a, b) {
            return;
        }
        a.swap(b);
    }
}

/// The one argument of a constructor. Keywords are for subclasses that take them themselves.
fn argument<'a>(vm: &mut Vm, t: &TypeObj, args: Args<'a>) -> R<Option<&'a Ref>> {
    if args.has_kw() {
        let name = if t.kind == Kind::FrozenSet {
            "frozenset"
        } else {
            "set"
        };
        return one_argument(vm, name, &args);
    }
    if let [x] = args.all {
        return Ok(Some(x));
    }
    let name = vm.class_name(t);
    one_argument(vm, &name, &args)
}

fn frozenset_new(vm: &mut Vm, class: &Ref, args: Args) -> R<Ref> {
    let exact = class.is(&rt().types.frozenset);
    let t = super::class::class_arg(vm, class)?;
    let x = argument(vm, t, args)?;
    if let (true, Some(x)) = (exact, x)
        && class_of(x).is(class)
    {
        return Ok(x.clone());
    }
    let out = Ref::new_of(class, SetObj::empty());
    if let Some(x) = x {
        update(vm, &out, x)?;
    }
    Ok(out)
}

fn repr(vm: &mut Vm, r: &Ref) -> R<Ref> {
    let Some(s) = payload(r) else {
        return Ok(vm.default_repr(r));
    };
    let name = vm.type_name(r);
    if s.is_empty() {
        return Ok(new_wtf8(format!("{name}()").as_bytes()));
    }
    if !super::list::enter_repr(vm, r)? {
        return Ok(new_wtf8(format!("{name}(...)").as_bytes()));
    }
    let plain = class_of(r).is(&rt().types.set);
    let mut out = Vec::new();
    if !plain {
        out.extend_from_slice(name.as_bytes());
        out.push(b'(');
    }
    out.push(b'{');
    let items = s.items();
    let result = super::list::repr_items(vm, &mut out, |_, i| items.get(i).cloned());
    vm.leave_repr(r);
    result?;
    out.push(b'}');
    if !plain {
        out.push(b')');
    }
    Ok(new_wtf8(&out))
}

/// Whether every member of `a` is in `b`.
fn is_subset(vm: &mut Vm, a: &SetObj, b: &SetObj) -> R<bool> {
    if a.len() > b.len() {
        return Ok(false);
    }
    if let Some(known) = a.plain_subset(b) {
        return Ok(known);
    }
    let mut at = 0;
    while let Some((next, hash, key)) = a.next_entry(at) {
        at = next;
        if !b.contains_hashed(vm, &key, hash)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn compare(vm: &mut Vm, a: &Ref, b: &Ref, op: Cmp) -> R<Ref> {
    let (Some(x), Some(y)) = (payload(a), payload(b)) else {
        return Ok(Ref::not_implemented());
    };
    let equal = |vm: &mut Vm| -> R<bool> {
        if x.len() != y.len()
            || (x.hash.get() != -1 && y.hash.get() != -1 && x.hash.get() != y.hash.get())
        {
            return Ok(false);
        }
        is_subset(vm, x, y)
    };
    Ok(Ref::bool(match op {
        Cmp::Eq => equal(vm)?,
        Cmp::Ne => !equal(vm)?,
        Cmp::Le => is_subset(vm, x, y)?,
        Cmp::Ge => is_subset(vm, y, x)?,
        Cmp::Lt => x.len() < y.len() && is_subset(vm, x, y)?,
        Cmp::Gt => y.len() < x.len() && is_subset(vm, y, x)?,
    }))
}

fn is_subset_of_any(vm: &mut Vm, a: &Ref, b: &Ref) -> R<bool> {
    let Some(x) = payload(a) else {
        return Ok(false);
    };
    match payload(b) {
        Some(y) => is_subset(vm, x, y),
        None => {
            let common = intersection(vm, a, b)?;
            Ok(payload(&common).is_some_and(|c| c.len() == x.len()))
        }
    }
}

fn is_superset_of_any(vm: &mut Vm, a: &Ref, b: &Ref) -> R<bool> {
    let Some(x) = payload(a) else {
        return Ok(false);
    };
    if let Some(y) = payload(b) {
        return is_subset(vm, y, x);
    }
    let mut all = true;
    vm.for_each(b, |vm, item| {
        all = x.contains(vm, &item)?;
        Ok(all)
    })?;
    Ok(all)
}

fn isdisjoint(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let Some(x) = payload(&a[0]) else {
        return Ok(Ref::bool(true));
    };
    if a[0].is(&a[1]) {
        return Ok(Ref::bool(x.is_empty()));
    }
    if let Some(y) = payload(&a[1]) {
        let (walked, asked) = if y.len() > x.len() { (x, y) } else { (y, x) };
        if let Some(known) = walked.plain_disjoint(asked) {
            return Ok(Ref::bool(known));
        }
        let mut at = 0;
        while let Some((next, hash, key)) = walked.next_entry(at) {
            at = next;
            if asked.contains_hashed(vm, &key, hash)? {
                return Ok(Ref::bool(false));
            }
        }
        return Ok(Ref::bool(true));
    }
    let mut disjoint = true;
    vm.for_each(&a[1], |vm, item| {
        disjoint = !x.contains(vm, &item)?;
        Ok(disjoint)
    })?;
    Ok(Ref::bool(disjoint))
}

/// Calls an updating operation with each of the other iterables.
fn each_other(vm: &mut Vm, args: Args, name: &str, f: fn(&mut Vm, &Ref, &Ref) -> R<()>) -> R<Ref> {
    let (this, others) = this_and_others(vm, args, name)?;
    for other in others {
        f(vm, this, other)?;
    }
    Ok(Ref::none())
}

fn this_and_others<'a>(vm: &mut Vm, args: Args<'a>, name: &str) -> R<(&'a Ref, &'a [Ref])> {
    match args.pos() {
        [this, others @ ..] if !args.has_kw() => Ok((this, others)),
        all => {
            let class = all.first().map_or("set", |r| match r.class().kind {
                Kind::FrozenSet => "frozenset",
                _ => "set",
            });
            let text = format!("{class}.{name}() takes no keyword arguments");
            Err(vm.type_error(&text))
        }
    }
}

/// `s.update(x)`.
pub fn update(vm: &mut Vm, r: &Ref, x: &Ref) -> R<()> {
    let Some(s) = payload(r) else { return Ok(()) };
    if let Some(o) = payload(x) {
        return s.merge(vm, o);
    }
    // Plain members of plain sequences need no iterator; the rest of them may run code, and goes on from there.
    let mut from = 0;
    let items = x
        .tuple_items()
        .filter(|_| x.exact::<TupleObj>().is_some())
        .or_else(|| x.exact::<ListObj>().map(|l| &l.peek()[..]));
    if let Some(items) = items {
        for item in items {
            match dict::plain_hash(item) {
                Some(hash) if s.add_plain(item, hash as i64).is_some() => from += 1,
                _ => break,
            }
        }
        if from == items.len() {
            return Ok(());
        }
    }
    let dict = match x.exact::<DictObj>() {
        Some(d) => Some(d),
        None => keys_of(x),
    };
    if let Some(d) = dict {
        s.reserve(d.len());
        let mut at = 0;
        while let Some((next, hash, key, _)) = d.next_entry(at) {
            at = next;
            s.add_hashed(vm, &key, hash as i64)?;
        }
        return Ok(());
    }
    vm.for_each(x, |vm, item| {
        if from > 0 {
            from -= 1;
            return Ok(true);
        }
        match dict::plain_hash(&item) {
            Some(hash) if s.add_plain(&item, hash as i64).is_some() => {}
            _ => {
                s.add(vm, &item)?;
            }
        }
        Ok(true)
    })
}

/// The dict behind a view of keys.
fn keys_of(x: &Ref) -> Option<&DictObj> {
    let v = x.cast::<DictViewObj>()?;
    match v.what {
        ViewKind::Keys => v.dict.exact::<DictObj>(),
        _ => None,
    }
}

fn union(vm: &mut Vm, a: &Ref, b: &Ref) -> R<Ref> {
    let out = copy_base(vm, a)?;
    if !a.is(b) {
        update(vm, &out, b)?;
    }
    Ok(out)
}

fn union_many(vm: &mut Vm, args: Args) -> R<Ref> {
    let (this, others) = this_and_others(vm, args, "union")?;
    let out = copy_base(vm, this)?;
    for other in others {
        if !this.is(other) {
            update(vm, &out, other)?;
        }
    }
    Ok(out)
}

/// The common members. Of two sets the smaller is walked.
pub fn intersection(vm: &mut Vm, a: &Ref, b: &Ref) -> R<Ref> {
    if a.is(b) {
        return copy_base(vm, a);
    }
    let out = new_like(a);
    let (Some(x), Some(o)) = (payload(a), payload(&out)) else {
        return Ok(out);
    };
    if let Some(y) = payload(b) {
        let (asked, walked) = if y.len() > x.len() { (y, x) } else { (x, y) };
        if walked.plain_filter(asked, true, o).is_some() {
            return Ok(out);
        }
        let mut at = 0;
        while let Some((next, hash, key)) = walked.next_entry(at) {
            at = next;
            if asked.contains_hashed(vm, &key, hash)? {
                o.add_hashed(vm, &key, hash)?;
            }
        }
        return Ok(out);
    }
    vm.for_each(b, |vm, item| {
        let hash = vm.hash(&item)?;
        if x.contains_hashed(vm, &item, hash)? {
            o.add_hashed(vm, &item, hash)?;
        }
        Ok(true)
    })?;
    Ok(out)
}

fn intersection_many(vm: &mut Vm, args: Args) -> R<Ref> {
    let (this, others) = this_and_others(vm, args, "intersection")?;
    let Some((first, rest)) = others.split_first() else {
        return copy_base(vm, this);
    };
    let mut out = intersection(vm, this, first)?;
    for other in rest {
        out = intersection(vm, &out, other)?;
    }
    Ok(out)
}

fn difference(vm: &mut Vm, a: &Ref, b: &Ref) -> R<Ref> {
    let size = match (payload(b), b.exact::<DictObj>()) {
        (Some(s), _) => Some(s.len()),
        (None, Some(d)) => Some(d.len()),
        _ => None,
    };
    let small = payload(a).map_or(0, |s| s.len()) >> 2;
    // Far fewer to take out than to keep: a copy is cheaper than questions.
    if size.is_none_or(|n| small > n) {
        let out = copy_base(vm, a)?;
        difference_update(vm, &out, b)?;
        return Ok(out);
    }
    let out = new_like(a);
    let (Some(x), Some(o)) = (payload(a), payload(&out)) else {
        return Ok(out);
    };
    if let Some(y) = payload(b)
        && x.plain_filter(y, false, o).is_some()
    {
        return Ok(out);
    }
    let mut at = 0;
    while let Some((next, hash, key)) = x.next_entry(at) {
        at = next;
        let there = match (payload(b), b.exact::<DictObj>()) {
            (Some(y), _) => y.contains_hashed(vm, &key, hash)?,
            (None, Some(d)) => d.get_hashed(vm, &key, hash as u64)?.is_some(),
            _ => false,
        };
        if !there {
            o.add_hashed(vm, &key, hash)?;
        }
    }
    Ok(out)
}

fn difference_many(vm: &mut Vm, args: Args) -> R<Ref> {
    let (this, others) = this_and_others(vm, args, "difference")?;
    let Some((first, rest)) = others.split_first() else {
        return copy_base(vm, this);
    };
    let out = difference(vm, this, first)?;
    for other in rest {
        difference_update(vm, &out, other)?;
    }
    Ok(out)
}

/// `s.difference_update(x)`.
pub fn difference_update(vm: &mut Vm, r: &Ref, x: &Ref) -> R<()> {
    let Some(s) = payload(r) else { return Ok(()) };
    if r.is(x) {
        s.clear_all();
        return Ok(());
    }
    if let Some(y) = payload(x) {
        // A far larger set is first cut down to what is here.
        let common = if y.len() >> 3 > s.len() {
            intersection(vm, r, x)?
        } else {
            x.clone()
        };
        walk_out(vm, s, payload(&common).unwrap_or(y))?;
    } else {
        vm.for_each(x, |vm, item| {
            let hash = crate::value::set::member_hash(vm, &item)?;
            s.remove_hashed(vm, &item, hash)?;
            Ok(true)
        })?;
    }
    s.squeeze();
    Ok(())
}

fn walk_out(vm: &mut Vm, s: &SetObj, walked: &SetObj) -> R<()> {
    let mut at = 0;
    while let Some((next, hash, key)) = walked.next_entry(at) {
        at = next;
        s.remove_hashed(vm, &key, hash)?;
    }
    Ok(())
}

fn symmetric_difference(vm: &mut Vm, a: &Ref, b: &Ref) -> R<Ref> {
    let out = new_like(a);
    update(vm, &out, b)?;
    symmetric_difference_update(vm, &out, a)?;
    Ok(out)
}

/// `s.symmetric_difference_update(x)`.
pub fn symmetric_difference_update(vm: &mut Vm, r: &Ref, x: &Ref) -> R<()> {
    let Some(s) = payload(r) else { return Ok(()) };
    if r.is(x) {
        s.clear_all();
        return Ok(());
    }
    if let Some(d) = x.exact::<DictObj>() {
        let mut at = 0;
        while let Some((next, hash, key, _)) = d.next_entry(at) {
            at = next;
            toggle(vm, s, &key, hash as i64)?;
        }
        return Ok(());
    }
    let other = match payload(x) {
        Some(_) => x.clone(),
        None => set_from(vm, x)?,
    };
    if let Some(o) = payload(&other) {
        let mut at = 0;
        while let Some((next, hash, key)) = o.next_entry(at) {
            at = next;
            toggle(vm, s, &key, hash)?;
        }
    }
    Ok(())
}

fn toggle(vm: &mut Vm, s: &SetObj, key: &Ref, hash: i64) -> R<()> {
    if !s.remove_hashed(vm, key, hash)? {
        s.add_hashed(vm, key, hash)?;
    }
    Ok(())
}

fn reduce(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let items = payload(&a[0]).map(|s| s.items()).unwrap_or_default();
    let state = vm.call_method(&a[0], "__getstate__", &[])?;
    Ok(new_tuple(vec![
        class_of(&a[0]),
        new_tuple(vec![new_list(items)]),
        state,
    ]))
}

fn size_of_set(_: &mut Vm, a: &[Ref]) -> R<Ref> {
    let places = payload(&a[0]).map_or(0, |s| s.places());
    // The first eight places are part of the object.
    Ok(new_usize(200 + if places > 8 { 16 * places } else { 0 }))
}

// The iterator.

pub struct SetIter {
    /// Undefined when exhausted.
    set: Guarded<Ref>,
    at: Cell<usize>,
    size: Cell<usize>,
    left: Cell<usize>,
}
trace!(SetIter; set);
impl NativePayload for SetIter {
    fn clear(&self) {
        self.set.set(Ref::UNDEFINED);
    }
}

pub static SET_ITERATOR: TypeSpec = TypeSpec {
    name: "set_iterator",
    kind: Kind::Native,
    exact: false,
    flags: type_flag::NO_NEW,
    methods: ITERATOR_METHODS,
    slots: |s| {
        s.iter.set(Some(|_, r| Ok(r.clone())));
        s.next.set(Some(next));
    },
    ..TypeSpec::DEFAULT
};

methods! { ITERATOR_METHODS;
    "__length_hint__(self, /)" => |_, a| {
        let left = a[0].native::<SetIter>().map_or(0, |it| {
            let live = it.set.with_raw(|s| payload(s).is_some_and(|s| s.len() == it.size.get()));
            if live { it.left.get() } else { 0 }
        });
        Ok(new_usize(left))
    }, "An estimate of how many items are left.";
    "__reduce__(self, /)" => |vm, a| {
        let Some(it) = a[0].native::<SetIter>() else { return Ok(Ref::none()) };
        let copy = Ref::new_native(&rt().types.set_iterator, SetIter {
            set: Guarded::new(it.set.cloned()),
            at: it.at.clone(),
            size: it.size.clone(),
            left: it.left.clone(),
        });
        let rest = vm.collect(&copy)?;
        let iter = builtin(vm, "iter")?;
        Ok(new_tuple(vec![iter, new_tuple(vec![new_list(rest)])]))
    }, "State for pickling.";
}

fn next(vm: &mut Vm, r: &Ref) -> R<Option<Ref>> {
    let Some(it) = r.native::<SetIter>() else {
        return Ok(None);
    };
    let at = it.at.get();
    let found = it.set.with_raw(|set| {
        let s = payload(set)?;
        Some(if s.len() == it.size.get() {
            Ok(s.next_item(at))
        } else {
            Err(())
        })
    });
    match found {
        None => Ok(None),
        Some(Err(())) => {
            it.size.set(usize::MAX);
            Err(vm.runtime_error("Set changed size during iteration"))
        }
        Some(Ok(None)) => {
            it.set.set(Ref::UNDEFINED);
            Ok(None)
        }
        Some(Ok(Some((at, key)))) => {
            it.at.set(at);
            it.left.set(it.left.get().saturating_sub(1));
            Ok(Some(key))
        }
    }
}
