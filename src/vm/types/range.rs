//! The type `range`: arithmetic progressions of ints of any size.

use super::int_ops::Num;
use super::iterators::long_range_iterator;
use super::list::is_index;
use super::spec::TypeSpec;
use crate::native::Args;
use crate::value::header::Kind;
use crate::value::slots::Cmp;
use crate::value::*;
use crate::vm::{new_bigint, new_int, new_str, new_tuple};
use crate::{R, Vm, getset, methods};
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};
use std::cell::Cell;

pub static RANGE: TypeSpec = TypeSpec {
    name: "range",
    kind: Kind::Range,
    exact: true,
    flags: type_flag::SEQUENCE,
    doc: "range(stop) -> range object\nrange(start, stop[, step]) -> range object\n\nThe ints from start (included) to stop (excluded) by step.",
    methods: METHODS,
    getset: GETSET,
    slots: |s| {
        s.new.set(Some(new));
        s.repr.set(Some(repr));
        s.hash.set(Some(hash));
        s.richcmp.set(Some(compare));
        s.iter.set(Some(|_, r| Ok(iterate(r))));
        s.len.set(Some(|vm, r| {
            match payload(r).and_then(|p| p.len.as_i64()) {
                Some(n) => Ok(n as usize),
                None => Err(vm.overflow_error("Python int too large to convert to C ssize_t")),
            }
        }));
        s.bool.set(Some(|_, r| {
            Ok(payload(r).is_some_and(|p| p.len.as_i64() != Some(0)))
        }));
        s.getitem.set(Some(getitem));
        s.contains.set(Some(contains));
    },
};

methods! { METHODS;
    "__reversed__(self, /)" => |_, a| {
        let Some(p) = payload(&a[0]) else { return Ok(Ref::none()) };
        if p.start.value().is_int() && p.stop.value().is_int() && p.step.value().is_int() {
            let (start, step) = (p.start.value().int() as i128, p.step.value().int() as i128);
            let len = p.len.as_i64().unwrap_or(0);
            let last = start + (len as i128 - 1) * step;
            if let (Ok(next), Ok(step)) = (i64::try_from(last), i64::try_from(-step))
                && (len == 0 || Value::small_int(next).is_some())
            {
                return Ok(Ref::new(RangeIterObj {
                    next: Cell::new(next),
                    step,
                    left: Cell::new(len as u64),
                }));
            }
        }
        let (start, step, len) = (big(&p.start), big(&p.step), big(&p.len));
        let last = &start + (&len - 1) * &step;
        Ok(iterator(last, -step, len))
    }, "An iterator from the last number to the first.";
    "__reduce__(self, /)" => |_, a| {
        let Some(p) = payload(&a[0]) else { return Ok(Ref::none()) };
        Ok(new_tuple(vec![
            rt().types.range.clone(),
            new_tuple(vec![p.start.clone(), p.stop.clone(), p.step.clone()]),
        ]))
    }, "State for pickling.";
    "count(self, object, /)" => |vm, a| {
        if a[1].value().is_int() || a[1].is_bool() || a[1].exact::<IntObj>().is_some() {
            return Ok(new_int(place_of(&a[0], &a[1]).is_some() as i64));
        }
        let it = iterate(&a[0]);
        let mut n = 0;
        while let Some(item) = vm.next(&it)? {
            n += vm.equal(&item, &a[1])? as i64;
        }
        Ok(new_int(n))
    }, "How often the value occurs.";
    "index(self, object, /)" => index, "Place of the value.\n\nValueError if it does not occur.";
}

getset! { GETSET;
    "start" => |_, r| Ok(payload(r).map_or_else(Ref::none, |p| p.start.clone())), read_only, "";
    "stop" => |_, r| Ok(payload(r).map_or_else(Ref::none, |p| p.stop.clone())), read_only, "";
    "step" => |_, r| Ok(payload(r).map_or_else(Ref::none, |p| p.step.clone())), read_only, "";
}

/// The setter of attributes that the reference keeps as read-only members.
pub(super) fn read_only(vm: &mut Vm, _: &Ref, _: Option<Ref>) -> R<()> {
    Err(vm.error(&rt().types.attribute_error, "readonly attribute"))
}

fn payload(r: &Ref) -> Option<&RangeObj> {
    r.cast::<RangeObj>()
}

fn big(r: &Ref) -> BigInt {
    r.as_bigint().unwrap_or_default()
}

/// A range of exact ints; the step is not zero.
pub fn from_bounds(start: Ref, stop: Ref, step: Ref) -> Ref {
    let len = match (
        start.value().is_int(),
        stop.value().is_int(),
        step.value().is_int(),
    ) {
        (true, true, true) => {
            let (a, b, s) = (
                start.value().int() as i128,
                stop.value().int() as i128,
                step.value().int() as i128,
            );
            let n = if s > 0 && a < b {
                (b - a - 1) / s + 1
            } else if s < 0 && a > b {
                (a - b - 1) / -s + 1
            } else {
                0
            };
            match i64::try_from(n) {
                Ok(n) => new_int(n),
                Err(_) => new_bigint(n.into()),
            }
        }
        _ => {
            let (a, b, s) = (big(&start), big(&stop), big(&step));
            new_bigint(if s.is_positive() && a < b {
                (b - a - 1) / s + 1
            } else if s.is_negative() && a > b {
                (a - b - 1) / -s + 1
            } else {
                BigInt::zero()
            })
        }
    };
    Ref::new(RangeObj {
        start,
        stop,
        step,
        len,
    })
}

fn new(vm: &mut Vm, _: &Ref, args: Args) -> R<Ref> {
    if args.has_kw() {
        return Err(vm.type_error("range() takes no keyword arguments"));
    }
    let (start, stop, step) = match args.all {
        [] => return Err(vm.type_error("range expected at least 1 argument, got 0")),
        [stop] => (new_int(0), vm.index(stop)?, new_int(1)),
        [start, stop] => (vm.index(start)?, vm.index(stop)?, new_int(1)),
        [start, stop, step] => (vm.index(start)?, vm.index(stop)?, vm.index(step)?),
        more => {
            let text = format!("range expected at most 3 arguments, got {}", more.len());
            return Err(vm.type_error(&text));
        }
    };
    if step.as_i64() == Some(0) {
        return Err(vm.value_error("range() arg 3 must not be zero"));
    }
    Ok(from_bounds(start, stop, step))
}

fn repr(vm: &mut Vm, r: &Ref) -> R<Ref> {
    let Some(p) = payload(r) else {
        return Ok(vm.default_repr(r));
    };
    let (start, stop) = (vm.repr_text(&p.start)?, vm.repr_text(&p.stop)?);
    if p.step.as_i64() == Some(1) {
        return Ok(new_str(&format!("range({start}, {stop})")));
    }
    let step = vm.repr_text(&p.step)?;
    Ok(new_str(&format!("range({start}, {stop}, {step})")))
}

/// Equal ranges are those with equal items: length, first, and step if there is more than one.
fn key(p: &RangeObj) -> [Ref; 3] {
    match p.len.as_i64() {
        Some(0) => [p.len.clone(), Ref::none(), Ref::none()],
        Some(1) => [p.len.clone(), p.start.clone(), Ref::none()],
        _ => [p.len.clone(), p.start.clone(), p.step.clone()],
    }
}

fn hash(vm: &mut Vm, r: &Ref) -> R<i64> {
    let Some(p) = payload(r) else { return Ok(0) };
    let mut hasher = taipan_text::hash::TupleHasher::new();
    for part in key(p) {
        hasher.add(vm.hash(&part)?);
    }
    Ok(hasher.finish())
}

fn compare(vm: &mut Vm, a: &Ref, b: &Ref, op: Cmp) -> R<Ref> {
    let (Some(x), Some(y)) = (payload(a), payload(b)) else {
        return Ok(Ref::not_implemented());
    };
    if !matches!(op, Cmp::Eq | Cmp::Ne) {
        return Ok(Ref::not_implemented());
    }
    let mut equal = true;
    for (p, q) in key(x).iter().zip(&key(y)) {
        equal = equal && vm.equal(p, q)?;
    }
    Ok(Ref::bool(equal == (op == Cmp::Eq)))
}

pub(crate) fn iterate(r: &Ref) -> Ref {
    let Some(p) = payload(r) else {
        return Ref::none();
    };
    if p.start.value().is_int() && p.stop.value().is_int() && p.step.value().is_int() {
        return Ref::new(RangeIterObj {
            next: Cell::new(p.start.value().int()),
            step: p.step.value().int(),
            left: Cell::new(p.len.as_i64().unwrap_or(0) as u64),
        });
    }
    iterator(big(&p.start), big(&p.step), big(&p.len))
}

/// The iterator for these numbers: over words when the first and the last are words.
fn iterator(start: BigInt, step: BigInt, len: BigInt) -> Ref {
    let last = &start + (&len - 1) * &step;
    let word = |i: &BigInt| i.to_i64().filter(|&i| Value::small_int(i).is_some());
    if let (Some(next), Some(_), Some(step), Some(left)) =
        (word(&start), word(&last), word(&step), len.to_u64())
    {
        return Ref::new(RangeIterObj {
            next: Cell::new(next),
            step,
            left: Cell::new(left),
        });
    }
    long_range_iterator(start, step, len)
}

/// The item number `i`.
fn item(p: &RangeObj, i: &BigInt) -> Ref {
    new_bigint(big(&p.start) + i * big(&p.step))
}

fn getitem(vm: &mut Vm, r: &Ref, key: &Ref) -> R<Ref> {
    let Some(p) = payload(r) else {
        return Ok(Ref::none());
    };
    if is_index(key) {
        let i = vm.index(key)?;
        if let (Some(i), Some(len)) = (i.as_i64(), p.len.as_i64())
            && p.start.value().is_int()
            && p.step.value().is_int()
        {
            let i = if i < 0 { i.saturating_add(len) } else { i };
            if (0..len).contains(&i) {
                let value =
                    p.start.value().int() as i128 + i as i128 * p.step.value().int() as i128;
                return Ok(match i64::try_from(value) {
                    Ok(v) => new_int(v),
                    Err(_) => new_bigint(value.into()),
                });
            }
            return Err(vm.index_error("range object index out of range"));
        }
        let (mut i, len) = (big(&i), big(&p.len));
        if i.is_negative() {
            i += &len;
        }
        if i.is_negative() || i >= len {
            return Err(vm.index_error("range object index out of range"));
        }
        return Ok(item(p, &i));
    }
    if let Some(s) = key.cast::<SliceObj>() {
        let (start, stop, step) = super::slice::long_indices(vm, s, &big(&p.len))?;
        return Ok(from_bounds(
            item(p, &start),
            item(p, &stop),
            new_bigint(step * big(&p.step)),
        ));
    }
    let text = format!(
        "range indices must be integers or slices, not {}",
        vm.type_name(key)
    );
    Err(vm.type_error(&text))
}

/// The place of an int in the range.
fn place_of(r: &Ref, value: &Ref) -> Option<BigInt> {
    let p = payload(r)?;
    if let (
        Some(Num::Small(v)),
        Some(Num::Small(start)),
        Some(Num::Small(step)),
        Some(Num::Small(len)),
    ) = (
        Num::of(value),
        Num::of(&p.start),
        Num::of(&p.step),
        Num::of(&p.len),
    ) {
        let offset = v as i128 - start as i128;
        let i = offset / step as i128;
        return (offset % step as i128 == 0 && i >= 0 && i < len as i128).then(|| i.into());
    }
    let (i, rest) = (value.as_bigint()? - big(&p.start)).div_mod_floor(&big(&p.step));
    (rest.is_zero() && !i.is_negative() && i < big(&p.len)).then_some(i)
}

fn is_exact_int(r: &Ref) -> bool {
    r.value().is_int() || r.is_bool() || r.exact::<IntObj>().is_some()
}

fn contains(vm: &mut Vm, r: &Ref, value: &Ref) -> R<bool> {
    if is_exact_int(value) {
        return Ok(place_of(r, value).is_some());
    }
    // Anything else may have its own idea of equality.
    let it = iterate(r);
    while let Some(item) = vm.next(&it)? {
        if vm.equal(&item, value)? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn index(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    if is_exact_int(&a[1]) {
        return match place_of(&a[0], &a[1]) {
            Some(i) => Ok(new_bigint(i)),
            None => Err(vm.value_error("range.index(x): x not in range")),
        };
    }
    let it = iterate(&a[0]);
    let mut i = BigInt::zero();
    while let Some(item) = vm.next(&it)? {
        if vm.equal(&item, &a[1])? {
            return Ok(new_bigint(i));
        }
        i += BigInt::one();
    }
    Err(vm.value_error("sequence.index(x): x not in sequence"))
}
