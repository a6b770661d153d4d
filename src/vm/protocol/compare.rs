//! Comparison, equality, hashing, membership.

use super::slot_table::CMP_NAMES;
use crate::value::slots::Cmp;
use crate::value::*;
use crate::{R, Vm};

impl Vm {
    /// `a op b`, any result.
    pub fn compare(&mut self, a: &Ref, b: &Ref, op: Cmp) -> R<Ref> {
        if Value::both_ints(a.value(), b.value()) {
            return Ok(Ref::bool(op.holds(a.value().int().cmp(&b.value().int()))));
        }
        self.check_native_stack()?;
        let (ta, tb) = (a.class(), b.class());
        let mut tried_reflected = false;
        // The right operand goes first if its class is a proper subclass that has its own method.
        if !std::ptr::eq(ta, tb)
            && tb.is_subtype(&type_ref(ta))
            && let Some(f) = tb.slots.richcmp.get()
        {
            tried_reflected = true;
            let r = f(self, b, a, op.swapped())?;
            if !r.is_not_implemented() {
                return Ok(r);
            }
        }
        if let Some(f) = ta.slots.richcmp.get() {
            let r = f(self, a, b, op)?;
            if !r.is_not_implemented() {
                return Ok(r);
            }
        }
        if !tried_reflected && let Some(f) = tb.slots.richcmp.get() {
            let r = f(self, b, a, op.swapped())?;
            if !r.is_not_implemented() {
                return Ok(r);
            }
        }
        match op {
            Cmp::Eq => Ok(Ref::bool(a.is(b))),
            Cmp::Ne => Ok(Ref::bool(!a.is(b))),
            _ => {
                let text = format!(
                    "'{}' not supported between instances of '{}' and '{}'",
                    op.symbol(),
                    self.type_name(a),
                    self.type_name(b)
                );
                Err(self.type_error(&text))
            }
        }
    }

    /// `bool(a op b)`.
    pub fn compare_bool(&mut self, a: &Ref, b: &Ref, op: Cmp) -> R<bool> {
        let r = self.compare(a, b, op)?;
        self.truthy(&r)
    }

    /// Whether `a is b or a == b`: what containers mean by equal.
    pub fn equal(&mut self, a: &Ref, b: &Ref) -> R<bool> {
        if let Some(eq) = dict::quick_eq(a, b) {
            return Ok(eq);
        }
        self.compare_bool(a, b, Cmp::Eq)
    }

    /// `hash(r)`.
    pub fn hash(&mut self, r: &Ref) -> R<i64> {
        let v = r.value();
        if v.is_int() {
            return Ok(taipan_text::hash::hash_small_int(v.int()));
        }
        if let Some(s) = r.exact::<StrObj>() {
            return Ok(s.hash() as i64);
        }
        if let Some(t) = r.exact::<TupleObj>()
            && t.hash.get() != -1
        {
            return Ok(t.hash.get());
        }
        self.check_native_stack()?;
        match r.class().slots.hash.get() {
            Some(f) => f(self, r),
            None => super::slot_table::no_hash(self, r),
        }
    }

    /// `key in container`.
    pub fn contains(&mut self, container: &Ref, key: &Ref) -> R<bool> {
        match container.class().slots.contains.get() {
            Some(f) => f(self, container, key),
            None => self.contains_by_iteration(container, key),
        }
    }
    pub fn contains_by_iteration(&mut self, container: &Ref, key: &Ref) -> R<bool> {
        let t = container.class();
        if t.slots.iter.get().is_none() && t.slots.getitem.get().is_none() {
            let text = format!(
                "argument of type '{}' is not a container or iterable",
                self.type_name(container)
            );
            return Err(self.type_error(&text));
        }
        let it = match self.iter(container) {
            Ok(it) => it,
            Err(e) => {
                if !self.exc_is(&rt().types.type_error) {
                    return Err(e);
                }
                drop(self.take_exc());
                let text = format!(
                    "argument of type '{}' is not a container or iterable",
                    self.type_name(container)
                );
                return Err(self.type_error(&text));
            }
        };
        while let Some(item) = self.next(&it)? {
            if self.equal(&item, key)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Name of the comparison method, for tables.
    pub fn cmp_name(op: Cmp) -> &'static str {
        CMP_NAMES[op as usize]
    }
}
