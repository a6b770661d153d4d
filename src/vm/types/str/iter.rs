//! Iterators over the characters of a str.

use super::char_ref;
use crate::types::spec::TypeSpec;
use crate::value::object::NativePayload;
use crate::value::*;
use crate::vm::{new_tuple, new_usize};
use crate::{R, Vm, methods, trace};
use std::cell::Cell;
use taipan_text::wtf8;

/// `at` counts bytes, `index` characters. `text` is undefined once it is exhausted.
pub struct StrIter {
    text: Guarded<Ref>,
    at: Cell<usize>,
    index: Cell<usize>,
}
trace!(StrIter; text);
impl NativePayload for StrIter {}

pub static STR_ITERATOR: TypeSpec = TypeSpec {
    name: "str_iterator",
    flags: type_flag::NO_NEW,
    methods: METHODS,
    slots: |s| {
        s.iter.set(Some(|_, r| Ok(r.clone())));
        s.next.set(Some(next));
    },
    ..TypeSpec::DEFAULT
};

pub static STR_ASCII_ITERATOR: TypeSpec = TypeSpec {
    name: "str_ascii_iterator",
    flags: type_flag::NO_NEW,
    methods: METHODS,
    slots: |s| {
        s.iter.set(Some(|_, r| Ok(r.clone())));
        s.next.set(Some(next_ascii));
    },
    ..TypeSpec::DEFAULT
};

methods! { METHODS;
    "__length_hint__(self, /)" => length_hint, "Number of characters left.";
    "__reduce__(self, /)" => reduce, "State for pickling.";
    "__setstate__(self, object, /)" => setstate, "Moves to a place in the string.";
}

/// `iter(text)`.
pub fn iter(_: &mut Vm, text: &Ref) -> R<Ref> {
    let types = &rt().types;
    let class = if text.str_obj().is_ascii() {
        &types.str_ascii_iterator
    } else {
        &types.str_iterator
    };
    Ok(Ref::new_native(
        class,
        StrIter {
            text: Guarded::new(text.clone()),
            at: Cell::new(0),
            index: Cell::new(0),
        },
    ))
}

/// What the iterator gives next, without Python code.
pub fn step(it: &StrIter) -> Option<Ref> {
    let at = it.at.get();
    let found = it.text.with_raw(|text| {
        let bytes = text.cast::<StrObj>()?.bytes();
        if at >= bytes.len() {
            return None;
        }
        let width = wtf8::width(bytes[at]);
        Some((char_ref(bytes.get(at..at + width)?), width))
    });
    match found {
        Some((c, width)) => {
            it.at.set(at + width);
            it.index.set(it.index.get() + 1);
            Some(c)
        }
        None => {
            it.text.set(Ref::UNDEFINED);
            None
        }
    }
}

fn next(_: &mut Vm, r: &Ref) -> R<Option<Ref>> {
    Ok(r.native::<StrIter>().and_then(step))
}

fn next_ascii(_: &mut Vm, r: &Ref) -> R<Option<Ref>> {
    let Some(it) = r.native::<StrIter>() else {
        return Ok(None);
    };
    let at = it.at.get();
    let c = it
        .text
        .with_raw(|t| t.cast::<StrObj>().and_then(|s| s.bytes().get(at).copied()));
    match c {
        Some(c) => {
            it.at.set(at + 1);
            it.index.set(at + 1);
            Ok(Some(rt().types.chars[usize::from(c)].clone()))
        }
        None => {
            it.text.set(Ref::UNDEFINED);
            Ok(None)
        }
    }
}

fn length_hint(_: &mut Vm, a: &[Ref]) -> R<Ref> {
    let left = a[0].native::<StrIter>().map_or(0, |it| {
        it.text
            .with_raw(|t| t.cast::<StrObj>().map_or(0, StrObj::nchars))
            .saturating_sub(it.index.get())
    });
    Ok(new_usize(left))
}

fn reduce(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let iter = vm.getattr_str(&vm.builtins.clone(), "iter")?;
    let Some(it) = a[0].native::<StrIter>() else {
        return Ok(Ref::none());
    };
    let text = it.text.cloned();
    if text.is_undefined() {
        let args = new_tuple(vec![rt().types.empty_str.clone()]);
        return Ok(new_tuple(vec![iter, args]));
    }
    let args = new_tuple(vec![text]);
    Ok(new_tuple(vec![iter, args, new_usize(it.index.get())]))
}

fn setstate(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let index = vm.index_clamped(&a[1])?.max(0) as usize;
    if let Some(it) = a[0].native::<StrIter>() {
        let text = it.text.cloned();
        if let Some(s) = text.cast::<StrObj>() {
            let index = index.min(s.nchars());
            it.index.set(index);
            it.at.set(s.offset(index));
        }
    }
    Ok(Ref::none())
}
