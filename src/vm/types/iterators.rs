//! Iterators over lists, tuples, ranges, old-style sequences and callables.

use super::spec::TypeSpec;
use crate::value::header::Kind;
use crate::value::*;
use crate::vm::{new_bigint, new_int, new_list, new_tuple, new_usize};
use crate::{R, Vm, methods, trace};
use num_bigint::BigInt;
use num_traits::{Signed, Zero};
use std::cell::Cell;

/// The builtin function or class of that name, for `__reduce__`.
pub(super) fn builtin(vm: &mut Vm, name: &str) -> R<Ref> {
    let builtins = vm.builtins.clone();
    if let Some(d) = builtins.cast::<DictObj>() {
        return Ok(d.get_name(name).unwrap_or_else(Ref::none));
    }
    vm.getattr_str(&builtins, name)
}

/// `(iter, (arguments...), state)`; without state a pair.
fn reduced(vm: &mut Vm, function: &str, args: Vec<Ref>, state: Option<Ref>) -> R<Ref> {
    let f = builtin(vm, function)?;
    let mut parts = vec![f, new_tuple(args)];
    parts.extend(state);
    Ok(new_tuple(parts))
}

/// The argument of `__setstate__`.
fn state_argument(vm: &mut Vm, r: &Ref) -> R<isize> {
    if !r.is_int() {
        return Err(vm.type_error("an integer is required"));
    }
    vm.index_size(r)
}

fn this(_: &mut Vm, r: &Ref) -> R<Ref> {
    Ok(r.clone())
}

// Lists.

pub static LIST_ITERATOR: TypeSpec = TypeSpec {
    name: "list_iterator",
    kind: Kind::ListIter,
    exact: true,
    flags: type_flag::NO_NEW,
    methods: LIST_METHODS,
    slots: |s| {
        s.iter.set(Some(this));
        s.next.set(Some(list_next));
    },
    ..TypeSpec::DEFAULT
};

methods! { LIST_METHODS;
    "__length_hint__(self, /)" => |_, a| {
        let Some((it, seq)) = list_iter(&a[0]) else { return Ok(new_int(0)) };
        let len = seq.cast::<ListObj>().map_or(0, |l| l.len());
        Ok(new_usize(len.saturating_sub(it.at.get())))
    }, "An estimate of how many items are left.";
    "__reduce__(self, /)" => |vm, a| match list_iter(&a[0]) {
        Some((it, seq)) => reduced(vm, "iter", vec![seq], Some(new_usize(it.at.get()))),
        None => reduced(vm, "iter", vec![new_list(vec![])], None),
    }, "State for pickling.";
    "__setstate__(self, object, /)" => |vm, a| {
        let at = state_argument(vm, &a[1])?;
        if let Some((it, seq)) = list_iter(&a[0]) {
            let len = seq.cast::<ListObj>().map_or(0, |l| l.len());
            it.at.set((at.max(0) as usize).min(len));
        }
        Ok(Ref::none())
    }, "Sets the place to go on from.";
}

/// The iterator and its list, unless it is exhausted.
fn list_iter(r: &Ref) -> Option<(&ListIterObj, Ref)> {
    let it = r.cast::<ListIterObj>()?;
    let seq = it.seq.cloned();
    if seq.is_undefined() {
        None
    } else {
        Some((it, seq))
    }
}

fn list_next(_: &mut Vm, r: &Ref) -> R<Option<Ref>> {
    let Some(it) = r.cast::<ListIterObj>() else {
        return Ok(None);
    };
    let at = it.at.get();
    let item = it
        .seq
        .with_raw(|seq| seq.cast::<ListObj>().and_then(|l| l.at(at)));
    match item {
        Some(item) => {
            it.at.set(at + 1);
            Ok(Some(item))
        }
        None => {
            it.seq.set(Ref::UNDEFINED);
            Ok(None)
        }
    }
}

pub static LIST_REVERSE_ITERATOR: TypeSpec = TypeSpec {
    name: "list_reverseiterator",
    kind: Kind::ListIter,
    exact: false,
    flags: type_flag::NO_NEW,
    methods: LIST_REVERSE_METHODS,
    slots: |s| {
        s.iter.set(Some(this));
        s.next.set(Some(list_reverse_next));
    },
    ..TypeSpec::DEFAULT
};

methods! { LIST_REVERSE_METHODS;
    "__length_hint__(self, /)" => |_, a| {
        let Some((it, seq)) = list_iter(&a[0]) else { return Ok(new_int(0)) };
        let len = seq.cast::<ListObj>().map_or(0, |l| l.len());
        let left = it.at.get();
        Ok(new_usize(if len < left { 0 } else { left }))
    }, "An estimate of how many items are left.";
    "__reduce__(self, /)" => |vm, a| match list_iter(&a[0]) {
        Some((it, seq)) => reduced(vm, "reversed", vec![seq], Some(new_int(it.at.get() as i64 - 1))),
        None => reduced(vm, "iter", vec![new_list(vec![])], None),
    }, "State for pickling.";
    "__setstate__(self, object, /)" => |vm, a| {
        let at = state_argument(vm, &a[1])?;
        if let Some((it, seq)) = list_iter(&a[0]) {
            let len = seq.cast::<ListObj>().map_or(0, |l| l.len());
            it.at.set((at.saturating_add(1).max(0) as usize).min(len));
        }
        Ok(Ref::none())
    }, "Sets the place to go on from.";
}

/// `at` counts the items before the place, so 0 is the end.
fn list_reverse_next(_: &mut Vm, r: &Ref) -> R<Option<Ref>> {
    let Some(it) = r.cast::<ListIterObj>() else {
        return Ok(None);
    };
    let at = it.at.get();
    let item = match at.checked_sub(1) {
        Some(i) => it
            .seq
            .with_raw(|seq| seq.cast::<ListObj>().and_then(|l| l.at(i))),
        None => None,
    };
    match item {
        Some(item) => {
            it.at.set(at - 1);
            Ok(Some(item))
        }
        None => {
            it.seq.set(Ref::UNDEFINED);
            Ok(None)
        }
    }
}

// Tuples.

pub static TUPLE_ITERATOR: TypeSpec = TypeSpec {
    name: "tuple_iterator",
    kind: Kind::TupleIter,
    exact: true,
    flags: type_flag::NO_NEW,
    methods: TUPLE_METHODS,
    slots: |s| {
        s.iter.set(Some(this));
        s.next.set(Some(tuple_next));
    },
    ..TypeSpec::DEFAULT
};

methods! { TUPLE_METHODS;
    "__length_hint__(self, /)" => |_, a| {
        let Some((it, seq)) = tuple_iter(&a[0]) else { return Ok(new_int(0)) };
        let len = seq.tuple_items().map_or(0, |t| t.len());
        Ok(new_usize(len.saturating_sub(it.at.get())))
    }, "An estimate of how many items are left.";
    "__reduce__(self, /)" => |vm, a| match tuple_iter(&a[0]) {
        Some((it, seq)) => reduced(vm, "iter", vec![seq], Some(new_usize(it.at.get()))),
        None => reduced(vm, "iter", vec![new_tuple(vec![])], None),
    }, "State for pickling.";
    "__setstate__(self, object, /)" => |vm, a| {
        let at = state_argument(vm, &a[1])?;
        if let Some((it, seq)) = tuple_iter(&a[0]) {
            let len = seq.tuple_items().map_or(0, |t| t.len());
            it.at.set((at.max(0) as usize).min(len));
        }
        Ok(Ref::none())
    }, "Sets the place to go on from.";
}

fn tuple_iter(r: &Ref) -> Option<(&TupleIterObj, Ref)> {
    let it = r.cast::<TupleIterObj>()?;
    let seq = it.seq.cloned();
    if seq.is_undefined() {
        None
    } else {
        Some((it, seq))
    }
}

fn tuple_next(_: &mut Vm, r: &Ref) -> R<Option<Ref>> {
    let Some(it) = r.cast::<TupleIterObj>() else {
        return Ok(None);
    };
    let at = it.at.get();
    let item = it
        .seq
        .with_raw(|seq| seq.tuple_items().and_then(|t| t.get(at).cloned()));
    match item {
        Some(item) => {
            it.at.set(at + 1);
            Ok(Some(item))
        }
        None => {
            it.seq.set(Ref::UNDEFINED);
            Ok(None)
        }
    }
}

// Ranges.

pub static RANGE_ITERATOR: TypeSpec = TypeSpec {
    name: "range_iterator",
    kind: Kind::RangeIter,
    exact: true,
    flags: type_flag::NO_NEW,
    methods: RANGE_METHODS,
    slots: |s| {
        s.iter.set(Some(this));
        s.next.set(Some(range_next));
    },
    ..TypeSpec::DEFAULT
};

methods! { RANGE_METHODS;
    "__length_hint__(self, /)" => |_, a| Ok(new_usize(range_iter(&a[0]).map_or(0, |it| it.left.get() as usize))),
        "An estimate of how many items are left.";
    "__reduce__(self, /)" => |vm, a| {
        let Some(it) = range_iter(&a[0]) else { return Ok(Ref::none()) };
        let stop = it.next.get() as i128 + it.left.get() as i128 * it.step as i128;
        let range = super::range::from_bounds(
            new_int(it.next.get()),
            new_bigint(stop.into()),
            new_int(it.step),
        );
        reduced(vm, "iter", vec![range], Some(Ref::none()))
    }, "State for pickling.";
    "__setstate__(self, object, /)" => |vm, a| {
        let by = state_argument(vm, &a[1])?.max(0) as u64;
        if let Some(it) = range_iter(&a[0]) {
            let by = by.min(it.left.get());
            it.next.set(it.next.get().wrapping_add(it.step.wrapping_mul(by as i64)));
            it.left.set(it.left.get() - by);
        }
        Ok(Ref::none())
    }, "Goes on by so many items.";
}

fn range_iter(r: &Ref) -> Option<&RangeIterObj> {
    r.cast::<RangeIterObj>()
}

fn range_next(_: &mut Vm, r: &Ref) -> R<Option<Ref>> {
    let Some(it) = range_iter(r) else {
        return Ok(None);
    };
    let left = it.left.get();
    if left == 0 {
        return Ok(None);
    }
    let value = it.next.get();
    it.left.set(left - 1);
    it.next.set(value.wrapping_add(it.step));
    Ok(Some(new_int(value)))
}

/// Over ints of any size.
pub struct LongRangeIter {
    next: Guarded<BigInt>,
    step: BigInt,
    left: Guarded<BigInt>,
}
trace!(LongRangeIter);
impl NativePayload for LongRangeIter {}

/// An iterator over a range whose numbers don't all fit a word.
pub fn long_range_iterator(start: BigInt, step: BigInt, len: BigInt) -> Ref {
    Ref::new_native(
        &rt().types.long_range_iterator,
        LongRangeIter {
            next: Guarded::new(start),
            step,
            left: Guarded::new(len),
        },
    )
}

pub static LONG_RANGE_ITERATOR: TypeSpec = TypeSpec {
    name: "longrange_iterator",
    kind: Kind::Native,
    exact: false,
    flags: type_flag::NO_NEW,
    methods: LONG_RANGE_METHODS,
    slots: |s| {
        s.iter.set(Some(this));
        s.next.set(Some(|_, r| {
            let Some(it) = r.native::<LongRangeIter>() else {
                return Ok(None);
            };
            let left = it.left.cloned();
            if !left.is_positive() {
                return Ok(None);
            }
            let value = it.next.cloned();
            it.left.set(left - 1);
            it.next.set(&value + &it.step);
            Ok(Some(new_bigint(value)))
        }));
    },
    ..TypeSpec::DEFAULT
};

methods! { LONG_RANGE_METHODS;
    "__length_hint__(self, /)" => |_, a| Ok(new_bigint(a[0].native::<LongRangeIter>().map(|it| it.left.cloned()).unwrap_or_default())),
        "An estimate of how many items are left.";
    "__reduce__(self, /)" => |vm, a| {
        let Some(it) = a[0].native::<LongRangeIter>() else { return Ok(Ref::none()) };
        let start = it.next.cloned();
        let stop = &start + it.left.cloned() * &it.step;
        let range = super::range::from_bounds(new_bigint(start), new_bigint(stop), new_bigint(it.step.clone()));
        reduced(vm, "iter", vec![range], Some(Ref::none()))
    }, "State for pickling.";
    "__setstate__(self, object, /)" => |vm, a| {
        if !a[1].is_int() {
            let text = format!("state must be an int, not {}", vm.type_name(&a[1]));
            return Err(vm.type_error(&text));
        }
        if let Some(it) = a[0].native::<LongRangeIter>() {
            let left = it.left.cloned();
            let by = a[1].as_bigint().unwrap_or_default().clamp(BigInt::zero(), left.clone());
            it.next.set(it.next.cloned() + &by * &it.step);
            it.left.set(left - by);
        }
        Ok(Ref::none())
    }, "Goes on by so many items.";
}

// Anything with `__getitem__`.

pub struct SequenceIter {
    /// Undefined when exhausted.
    seq: Guarded<Ref>,
    at: Cell<usize>,
}
trace!(SequenceIter; seq);
impl NativePayload for SequenceIter {
    fn clear(&self) {
        self.seq.set(Ref::UNDEFINED);
    }
}

/// An iterator by `__getitem__(0)`, `__getitem__(1)` ...
pub fn sequence_iterator(seq: &Ref) -> Ref {
    Ref::new_native(
        &rt().types.sequence_iterator,
        SequenceIter {
            seq: Guarded::new(seq.clone()),
            at: Cell::new(0),
        },
    )
}

pub static SEQUENCE_ITERATOR: TypeSpec = TypeSpec {
    name: "iterator",
    kind: Kind::Native,
    exact: false,
    flags: type_flag::NO_NEW,
    methods: SEQUENCE_METHODS,
    slots: |s| {
        s.iter.set(Some(this));
        s.next.set(Some(sequence_next));
    },
    ..TypeSpec::DEFAULT
};

methods! { SEQUENCE_METHODS;
    "__length_hint__(self, /)" => |vm, a| {
        let Some(it) = a[0].native::<SequenceIter>() else { return Ok(new_int(0)) };
        let seq = it.seq.cloned();
        if seq.is_undefined() {
            return Ok(new_int(0));
        }
        if seq.class().slots.len.get().is_none() {
            return Ok(Ref::not_implemented());
        }
        let len = vm.len(&seq)?;
        Ok(new_usize(len.saturating_sub(it.at.get())))
    }, "An estimate of how many items are left.";
    "__reduce__(self, /)" => |vm, a| {
        let Some(it) = a[0].native::<SequenceIter>() else { return Ok(Ref::none()) };
        let seq = it.seq.cloned();
        if seq.is_undefined() {
            return reduced(vm, "iter", vec![new_tuple(vec![])], None);
        }
        reduced(vm, "iter", vec![seq], Some(new_usize(it.at.get())))
    }, "State for pickling.";
    "__setstate__(self, object, /)" => |vm, a| {
        let at = state_argument(vm, &a[1])?;
        if let Some(it) = a[0].native::<SequenceIter>() {
            it.at.set(at.max(0) as usize);
        }
        Ok(Ref::none())
    }, "Sets the place to go on from.";
}

fn sequence_next(vm: &mut Vm, r: &Ref) -> R<Option<Ref>> {
    let Some(it) = r.native::<SequenceIter>() else {
        return Ok(None);
    };
    let seq = it.seq.cloned();
    if seq.is_undefined() {
        return Ok(None);
    }
    let at = it.at.get();
    if at == isize::MAX as usize {
        return Err(vm.overflow_error("iter index too large"));
    }
    let key = new_usize(at);
    match vm.getitem(&seq, &key) {
        Ok(item) => {
            it.at.set(at + 1);
            Ok(Some(item))
        }
        Err(e) => {
            let ended = vm.exc_is(&rt().types.index_error) || vm.exc_is(&rt().types.stop_iteration);
            if !ended {
                return Err(e);
            }
            drop(vm.take_exc());
            it.seq.set(Ref::UNDEFINED);
            Ok(None)
        }
    }
}

// Calls until a value comes.

pub struct CallableIter {
    /// Undefined when exhausted.
    callable: Guarded<Ref>,
    sentinel: Guarded<Ref>,
}
trace!(CallableIter; callable, sentinel);
impl NativePayload for CallableIter {
    fn clear(&self) {
        self.callable.set(Ref::UNDEFINED);
        self.sentinel.set(Ref::UNDEFINED);
    }
}

/// `iter(callable, sentinel)`.
pub fn callable_iterator(callable: &Ref, sentinel: &Ref) -> Ref {
    Ref::new_native(
        &rt().types.callable_iterator,
        CallableIter {
            callable: Guarded::new(callable.clone()),
            sentinel: Guarded::new(sentinel.clone()),
        },
    )
}

pub static CALLABLE_ITERATOR: TypeSpec = TypeSpec {
    name: "callable_iterator",
    kind: Kind::Native,
    exact: false,
    flags: type_flag::NO_NEW,
    methods: CALLABLE_METHODS,
    slots: |s| {
        s.iter.set(Some(this));
        s.next.set(Some(callable_next));
    },
    ..TypeSpec::DEFAULT
};

methods! { CALLABLE_METHODS;
    "__reduce__(self, /)" => |vm, a| {
        let Some(it) = a[0].native::<CallableIter>() else { return Ok(Ref::none()) };
        let (callable, sentinel) = (it.callable.cloned(), it.sentinel.cloned());
        if callable.is_undefined() {
            return reduced(vm, "iter", vec![new_tuple(vec![])], None);
        }
        reduced(vm, "iter", vec![callable, sentinel], None)
    }, "State for pickling.";
}

fn callable_next(vm: &mut Vm, r: &Ref) -> R<Option<Ref>> {
    let Some(it) = r.native::<CallableIter>() else {
        return Ok(None);
    };
    let callable = it.callable.cloned();
    if callable.is_undefined() {
        return Ok(None);
    }
    let made = vm.call(&callable, &[]);
    let stop = rt().types.stop_iteration.clone();
    let value = vm.catch(made, &stop)?;
    // The call may have exhausted the iterator from inside.
    let sentinel = it.sentinel.cloned();
    if let Some(value) = value {
        if sentinel.is_undefined() {
            return Ok(None);
        }
        if !vm.equal(&sentinel, &value)? {
            return Ok(Some(value));
        }
    }
    it.callable.set(Ref::UNDEFINED);
    it.sentinel.set(Ref::UNDEFINED);
    Ok(None)
}
