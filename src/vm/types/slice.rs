//! The type `slice`.

use super::spec::TypeSpec;
use crate::native::Args;
use crate::value::header::Kind;
use crate::value::slots::Cmp;
use crate::value::*;
use crate::vm::{new_bigint, new_tuple, new_wtf8};
use crate::{R, Vm, getset, methods};
use num_bigint::BigInt;
use num_traits::{One, Signed, Zero};

pub static SLICE: TypeSpec = TypeSpec {
    name: "slice",
    kind: Kind::Slice,
    exact: true,
    flags: 0,
    doc: "slice(stop)\nslice(start, stop[, step])\n\nThe places that an extended subscription asks for.",
    methods: METHODS,
    getset: GETSET,
    slots: |s| {
        s.new.set(Some(new));
        s.repr.set(Some(|vm, r| {
            let Some(p) = payload(r) else {
                return Ok(vm.default_repr(r));
            };
            let mut out = b"slice(".to_vec();
            for (i, part) in [&p.start, &p.stop, &p.step].into_iter().enumerate() {
                if i > 0 {
                    out.extend_from_slice(b", ");
                }
                let text = vm.repr(part)?;
                out.extend_from_slice(text.str_obj().bytes());
            }
            out.push(b')');
            Ok(new_wtf8(&out))
        }));
        s.hash.set(Some(|vm, r| {
            let Some(p) = payload(r) else { return Ok(0) };
            let mut hasher = SliceHasher::default();
            for part in [&p.start, &p.stop, &p.step] {
                hasher.add(vm.hash(part)?);
            }
            Ok(hasher.finish())
        }));
        s.richcmp.set(Some(compare));
    },
};

/// The tuple hash without mixing in the length.
struct SliceHasher(u64);
impl Default for SliceHasher {
    fn default() -> Self {
        SliceHasher(2_870_177_450_012_600_261)
    }
}
impl SliceHasher {
    fn add(&mut self, hash: i64) {
        self.0 = self
            .0
            .wrapping_add((hash as u64).wrapping_mul(14_029_467_366_897_019_727))
            .rotate_left(31)
            .wrapping_mul(11_400_714_785_074_694_791);
    }
    fn finish(self) -> i64 {
        if self.0 == u64::MAX {
            1_546_275_796
        } else {
            self.0 as i64
        }
    }
}

methods! { METHODS;
    "indices(self, object, /)" => |vm, a| {
        let len = vm.index(&a[1])?.as_bigint().unwrap_or_default();
        if len.is_negative() {
            return Err(vm.value_error("length should not be negative"));
        }
        let Some(p) = payload(&a[0]) else { return Ok(Ref::none()) };
        let (start, stop, step) = long_indices(vm, p, &len)?;
        Ok(new_tuple(vec![new_bigint(start), new_bigint(stop), new_bigint(step)]))
    }, "Start, stop and step for a sequence of that length, out-of-range ones clipped.";
    "__reduce__(self, /)" => |_, a| {
        let Some(p) = payload(&a[0]) else { return Ok(Ref::none()) };
        Ok(new_tuple(vec![
            rt().types.slice.clone(),
            new_tuple(vec![p.start.clone(), p.stop.clone(), p.step.clone()]),
        ]))
    }, "State for pickling.";
}

getset! { GETSET;
    "start" => |_, r| Ok(payload(r).map_or_else(Ref::none, |p| p.start.clone())), super::range::read_only, "";
    "stop" => |_, r| Ok(payload(r).map_or_else(Ref::none, |p| p.stop.clone())), super::range::read_only, "";
    "step" => |_, r| Ok(payload(r).map_or_else(Ref::none, |p| p.step.clone())), super::range::read_only, "";
}

fn payload(r: &Ref) -> Option<&SliceObj> {
    r.cast::<SliceObj>()
}

fn new(vm: &mut Vm, _: &Ref, args: Args) -> R<Ref> {
    if args.has_kw() {
        return Err(vm.type_error("slice() takes no keyword arguments"));
    }
    let (start, stop, step) = match args.all {
        [] => return Err(vm.type_error("slice expected at least 1 argument, got 0")),
        [stop] => (Ref::none(), stop.clone(), Ref::none()),
        [start, stop] => (start.clone(), stop.clone(), Ref::none()),
        [start, stop, step] => (start.clone(), stop.clone(), step.clone()),
        more => {
            let text = format!("slice expected at most 3 arguments, got {}", more.len());
            return Err(vm.type_error(&text));
        }
    };
    Ok(Ref::new(SliceObj { start, stop, step }))
}

fn compare(vm: &mut Vm, a: &Ref, b: &Ref, op: Cmp) -> R<Ref> {
    let (Some(x), Some(y)) = (payload(a), payload(b)) else {
        return Ok(Ref::not_implemented());
    };
    if a.is(b) {
        return Ok(Ref::bool(matches!(op, Cmp::Eq | Cmp::Le | Cmp::Ge)));
    }
    let tuple = |p: &SliceObj| new_tuple(vec![p.start.clone(), p.stop.clone(), p.step.clone()]);
    let (x, y) = (tuple(x), tuple(y));
    vm.compare(&x, &y, op)
}

/// Start, stop and step over a sequence of any length.
pub fn long_indices(vm: &mut Vm, s: &SliceObj, len: &BigInt) -> R<(BigInt, BigInt, BigInt)> {
    let step = match member(vm, &s.step)? {
        None => BigInt::one(),
        Some(step) if step.is_zero() => return Err(vm.value_error("slice step cannot be zero")),
        Some(step) => step,
    };
    // The least and greatest values that bounds may have.
    let (low, high) = if step.is_negative() {
        (BigInt::from(-1), len - 1)
    } else {
        (BigInt::zero(), len.clone())
    };
    let clip = |i: BigInt| {
        let i = if i.is_negative() { i + len } else { i };
        i.max(low.clone()).min(high.clone())
    };
    let start = match member(vm, &s.start)? {
        Some(i) => clip(i),
        None if step.is_negative() => high.clone(),
        None => low.clone(),
    };
    let stop = match member(vm, &s.stop)? {
        Some(i) => clip(i),
        None if step.is_negative() => low.clone(),
        None => high.clone(),
    };
    Ok((start, stop, step))
}

fn member(vm: &mut Vm, r: &Ref) -> R<Option<BigInt>> {
    if r.is_none() {
        return Ok(None);
    }
    match vm.index_opt(r)? {
        Some(i) => Ok(i.as_bigint()),
        None => {
            Err(vm.type_error("slice indices must be integers or None or have an __index__ method"))
        }
    }
}
