//! Iteration from Rust: `iter`, `next`, collecting, unpacking, length hints.

use crate::value::*;
use crate::{R, Vm};

impl Vm {
    /// `iter(r)`.
    pub fn iter(&mut self, r: &Ref) -> R<Ref> {
        let t = r.class();
        if let Some(f) = t.slots.iter.get() {
            let it = f(self, r)?;
            if it.class().slots.next.get().is_none() {
                let text = format!(
                    "iter() returned non-iterator of type '{}'",
                    self.type_name(&it)
                );
                return Err(self.type_error(&text));
            }
            return Ok(it);
        }
        // The old protocol: `__getitem__` with 0, 1, 2 ... (not for dicts and the like, which are no sequences).
        if t.slots.getitem.get().is_some() && r.cast::<DictObj>().is_none() {
            return Ok(crate::types::iterators::sequence_iterator(r));
        }
        let text = format!("'{}' object is not iterable", self.type_name(r));
        Err(self.type_error(&text))
    }

    /// The next item; `None` at the end (StopIteration is caught).
    pub fn next(&mut self, it: &Ref) -> R<Option<Ref>> {
        match it.class().slots.next.get() {
            Some(f) => f(self, it),
            None => {
                let text = format!("'{}' object is not an iterator", self.type_name(it));
                Err(self.type_error(&text))
            }
        }
    }

    /// All items of an iterable.
    pub fn collect(&mut self, r: &Ref) -> R<Vec<Ref>> {
        if let Some(t) = r.exact::<TupleObj>() {
            return Ok(t.items().to_vec());
        }
        if let Some(l) = r.exact::<ListObj>() {
            return Ok(l.to_vec());
        }
        let it = self.iter(r)?;
        let mut out = Vec::with_capacity(self.length_hint(r, 0)?.min(1 << 20));
        while let Some(item) = self.next(&it)? {
            out.push(item);
        }
        Ok(out)
    }

    /// Calls `f` with each item until it says stop (`Ok(false)`).
    pub fn for_each(&mut self, r: &Ref, mut f: impl FnMut(&mut Vm, Ref) -> R<bool>) -> R<()> {
        let it = self.iter(r)?;
        while let Some(item) = self.next(&it)? {
            if !f(self, item)? {
                break;
            }
        }
        Ok(())
    }

    /// `len(r)`.
    pub fn len(&mut self, r: &Ref) -> R<usize> {
        match r.class().slots.len.get() {
            Some(f) => f(self, r),
            None => {
                let text = format!("object of type '{}' has no len()", self.type_name(r));
                Err(self.type_error(&text))
            }
        }
    }

    /// `operator.length_hint(r, default)`.
    pub fn length_hint(&mut self, r: &Ref, default: usize) -> R<usize> {
        if r.class().slots.len.get().is_some() {
            let len = self.len(r);
            let class = rt().types.type_error.clone();
            if let Some(n) = self.catch(len, &class)? {
                return Ok(n);
            }
        }
        let name = intern("__length_hint__");
        if self.lookup(r.class(), &name).is_none() {
            return Ok(default);
        }
        let hint = self.call_special(r, &name, &[]);
        let class = rt().types.type_error.clone();
        let Some(Some(hint)) = self.catch(hint, &class)? else {
            return Ok(default);
        };
        if hint.is_not_implemented() {
            return Ok(default);
        }
        if !hint.is_int() {
            let text = format!(
                "__length_hint__ must be an integer, not {}",
                self.type_name(&hint)
            );
            return Err(self.type_error(&text));
        }
        match hint.as_i64() {
            Some(n) if n >= 0 => Ok(n as usize),
            None => Err(self.overflow_error("Python int too large to convert to C ssize_t")),
            _ => Err(self.value_error("__length_hint__() should return >= 0")),
        }
    }
}
