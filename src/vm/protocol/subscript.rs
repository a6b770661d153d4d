//! Subscription: `r[key]`, assignment, deletion, slices.

use crate::value::*;
use crate::{R, Vm};

impl Vm {
    /// `r[key]`.
    pub fn getitem(&mut self, r: &Ref, key: &Ref) -> R<Ref> {
        if let Some(f) = r.class().slots.getitem.get() {
            return f(self, r, key);
        }
        if r.cast::<TypeObj>().is_some() {
            return self.class_getitem(r, key);
        }
        let text = format!("'{}' object is not subscriptable", self.type_name(r));
        Err(self.type_error(&text))
    }
    /// `cls[key]` through `__class_getitem__` (PEP 560).
    fn class_getitem(&mut self, class: &Ref, key: &Ref) -> R<Ref> {
        if class.is(&rt().types.type_) {
            return crate::types::generic_alias::new_alias(self, class, key);
        }
        if let Some(f) = self.getattr_opt(class, &intern("__class_getitem__"))? {
            return self.call(&f, std::slice::from_ref(key));
        }
        let name = class
            .cast::<TypeObj>()
            .map(|t| self.class_name(t))
            .unwrap_or_default();
        let text = format!("type '{name}' is not subscriptable");
        Err(self.type_error(&text))
    }
    /// `r[key] = value`.
    pub fn setitem(&mut self, r: &Ref, key: &Ref, value: Ref) -> R<()> {
        match r.class().slots.setitem.get() {
            Some(f) => f(self, r, key, Some(value)),
            None => {
                let text = format!(
                    "'{}' object does not support item assignment",
                    self.type_name(r)
                );
                Err(self.type_error(&text))
            }
        }
    }
    /// `del r[key]`.
    pub fn delitem(&mut self, r: &Ref, key: &Ref) -> R<()> {
        match r.class().slots.setitem.get() {
            Some(f) => f(self, r, key, None),
            None => {
                // The reference words it in another way where it tries an index on what could be a sequence.
                let (t, slots) = (r.class(), &r.class().slots);
                let sequence = t.has_flag(type_flag::HEAP)
                    || slots.len.get().is_some()
                    || slots.contains.get().is_some()
                    || slots.concat.get().is_some();
                let index = key.is_int() || key.class().slots.index.get().is_some();
                let not = if sequence && index {
                    "doesn't"
                } else {
                    "does not"
                };
                let text = format!("'{}' object {not} support item deletion", self.type_name(r));
                Err(self.type_error(&text))
            }
        }
    }

    /// Start, stop, step and number of items of a slice over `len` items, clamped as the language says.
    pub fn slice_indices(&mut self, s: &SliceObj, len: usize) -> R<(isize, isize, isize, usize)> {
        let (start, stop, step) = self.slice_bounds(s)?;
        let (start, stop, n) = adjust_slice(len, start, stop, step);
        Ok((start, stop, step, n))
    }
    /// The three members of a slice with defaults filled in, before clamping to a length.
    pub(crate) fn slice_bounds(&mut self, s: &SliceObj) -> R<(isize, isize, isize)> {
        let step = if s.step.is_none() {
            1
        } else {
            let step = self.slice_member(&s.step)?;
            if step == 0 {
                return Err(self.value_error("slice step cannot be zero"));
            }
            step.max(-isize::MAX)
        };
        let start = if s.start.is_none() {
            if step < 0 { isize::MAX } else { 0 }
        } else {
            self.slice_member(&s.start)?
        };
        let stop = if s.stop.is_none() {
            if step < 0 { isize::MIN } else { isize::MAX }
        } else {
            self.slice_member(&s.stop)?
        };
        Ok((start, stop, step))
    }
    fn slice_member(&mut self, r: &Ref) -> R<isize> {
        if r.class().slots.index.get().is_none() && !r.is_int() {
            return Err(self
                .type_error("slice indices must be integers or None or have an __index__ method"));
        }
        self.index_clamped(r)
    }
}

/// Clamps the bounds of a slice to a length; gives start, stop and the number of items.
pub fn adjust_slice(len: usize, start: isize, stop: isize, step: isize) -> (isize, isize, usize) {
    let len = len as isize;
    let clamp = |i: isize| {
        let i = if i < 0 { i.saturating_add(len) } else { i };
        if i < 0 {
            if step < 0 { -1 } else { 0 }
        } else if i >= len {
            if step < 0 { len - 1 } else { len }
        } else {
            i
        }
    };
    let (start, stop) = (clamp(start), clamp(stop));
    let n = if step < 0 {
        if stop < start {
            (start - stop - 1) / -step + 1
        } else {
            0
        }
    } else if start < stop {
        (stop - start - 1) / step + 1
    } else {
        0
    };
    (start, stop, n as usize)
}
