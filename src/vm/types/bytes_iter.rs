//! Iterators over bytes, bytearrays and memoryviews.

use super::bytes_common::with;
use super::memoryview;
use super::spec::TypeSpec;
use crate::value::object::NativePayload;
use crate::value::*;
use crate::vm::{new_int, new_tuple, new_usize};
use crate::{R, Vm, methods, trace};
use std::cell::Cell;

/// `data` is undefined once it is exhausted.
pub struct BytesIter {
    data: Guarded<Ref>,
    at: Cell<usize>,
}
trace!(BytesIter; data);
impl NativePayload for BytesIter {}

pub static BYTES_ITERATOR: TypeSpec = TypeSpec {
    name: "bytes_iterator",
    flags: type_flag::NO_NEW,
    methods: METHODS,
    slots: |s| {
        s.iter.set(Some(|_, r| Ok(r.clone())));
        s.next.set(Some(next));
    },
    ..TypeSpec::DEFAULT
};

pub static BYTEARRAY_ITERATOR: TypeSpec = TypeSpec {
    name: "bytearray_iterator",
    flags: type_flag::NO_NEW,
    methods: METHODS,
    slots: |s| {
        s.iter.set(Some(|_, r| Ok(r.clone())));
        s.next.set(Some(next));
    },
    ..TypeSpec::DEFAULT
};

pub static MEMORY_ITERATOR: TypeSpec = TypeSpec {
    name: "memory_iterator",
    flags: type_flag::NO_NEW,
    slots: |s| {
        s.iter.set(Some(|_, r| Ok(r.clone())));
        s.next.set(Some(next_item));
    },
    ..TypeSpec::DEFAULT
};

methods! { METHODS;
    "__length_hint__(self, /)" => length_hint, "Number of bytes left.";
    "__reduce__(self, /)" => reduce, "State for pickling.";
    "__setstate__(self, object, /)" => setstate, "Moves to a place in the bytes.";
}

fn make(class: &Ref, data: &Ref) -> Ref {
    Ref::new_native(
        class,
        BytesIter {
            data: Guarded::new(data.clone()),
            at: Cell::new(0),
        },
    )
}

/// `iter(data)` for bytes and bytearray.
pub fn iter(_: &mut Vm, data: &Ref) -> R<Ref> {
    let types = &rt().types;
    Ok(make(
        if data.cast::<BytesObj>().is_some() {
            &types.bytes_iterator
        } else {
            &types.bytearray_iterator
        },
        data,
    ))
}

/// `iter(view)`.
pub fn iter_view(_: &mut Vm, view: &Ref) -> R<Ref> {
    Ok(make(&rt().types.memory_iterator, view))
}

fn next(_: &mut Vm, r: &Ref) -> R<Option<Ref>> {
    let Some(it) = r.native::<BytesIter>() else {
        return Ok(None);
    };
    let at = it.at.get();
    match it.data.with_raw(|d| with(d, |b| b.get(at).copied())) {
        Some(b) => {
            it.at.set(at + 1);
            Ok(Some(new_int(b.into())))
        }
        None => {
            it.data.set(Ref::UNDEFINED);
            Ok(None)
        }
    }
}

fn next_item(vm: &mut Vm, r: &Ref) -> R<Option<Ref>> {
    let Some(it) = r.native::<BytesIter>() else {
        return Ok(None);
    };
    let view = it.data.cloned();
    let Some(m) = view.cast::<MemoryViewObj>() else {
        return Ok(None);
    };
    let base = memoryview::live_base(vm, m)?;
    let at = it.at.get();
    if at as isize >= m.shape.first().copied().unwrap_or(0) {
        it.data.set(Ref::UNDEFINED);
        return Ok(None);
    }
    it.at.set(at + 1);
    memoryview::item(vm, m, &base, m.offset + at as isize * m.strides[0]).map(Some)
}

fn length_hint(_: &mut Vm, a: &[Ref]) -> R<Ref> {
    let left = a[0].native::<BytesIter>().map_or(0, |it| {
        it.data
            .with_raw(|d| with(d, <[u8]>::len))
            .saturating_sub(it.at.get())
    });
    Ok(new_usize(left))
}

fn reduce(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let iter = vm.getattr_str(&vm.builtins.clone(), "iter")?;
    let Some(it) = a[0].native::<BytesIter>() else {
        return Ok(Ref::none());
    };
    let data = it.data.cloned();
    if data.is_undefined() {
        // An exhausted iterator has forgotten what it was over.
        let empty = if a[0].class().is_subtype(&rt().types.bytes_iterator) {
            BytesObj::make(b"")
        } else {
            new_tuple(vec![])
        };
        return Ok(new_tuple(vec![iter, new_tuple(vec![empty])]));
    }
    let args = new_tuple(vec![data]);
    Ok(new_tuple(vec![iter, args, new_usize(it.at.get())]))
}

fn setstate(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let index = vm.index_clamped(&a[1])?.max(0) as usize;
    if let Some(it) = a[0].native::<BytesIter>() {
        let n = it.data.with_raw(|d| with(d, <[u8]>::len));
        it.at.set(index.min(n));
    }
    Ok(Ref::none())
}
