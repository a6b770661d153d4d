//! Sorting: `list.sort` and `sorted`.
//!
//! Keys that are all small ints, floats or strings are sorted by Rust's stable sort. Anything else goes through a merge sort of
//! natural runs in the manner of timsort with the powersort merge order, whose comparisons may run Python code that raises: it moves only
//! numbers of items, so that every item survives whatever a comparison does.

use crate::value::slots::Cmp;
use crate::value::*;
use crate::{R, Vm};
use std::cmp::Ordering;

/// Sorts `items`, by `key(item)` if there is a key function. On an error they are left in some order, none lost.
pub fn sort(vm: &mut Vm, items: &mut Vec<Ref>, key: Option<&Ref>, reverse: bool) -> R<()> {
    let Some(key) = key.filter(|k| !k.is_none()) else {
        return sort_plain(vm, items, reverse);
    };
    let mut keys = Vec::with_capacity(items.len());
    for item in items.iter() {
        keys.push(vm.call(key, std::slice::from_ref(item))?);
    }
    if items.len() < 2 {
        return Ok(());
    }
    let Ok(n) = u32::try_from(items.len()) else {
        return Err(vm.memory_error());
    };
    let mut order: Vec<u32> = (0..n).collect();
    let at = |i: u32| &keys[i as usize];
    let result = match kind_of(&keys) {
        Keys::Ints => {
            order.sort_by(|&a, &b| turn(at(a).value().int().cmp(&at(b).value().int()), reverse));
            Ok(())
        }
        Keys::Floats => {
            order.sort_by(|&a, &b| turn(float_order(at(a), at(b)), reverse));
            Ok(())
        }
        Keys::Strings => {
            order.sort_by(|&a, &b| turn(str_order(at(a), at(b)), reverse));
            Ok(())
        }
        Keys::Any => sort_order(vm, &keys, &mut order, reverse),
    };
    apply(items, &order);
    result
}

fn sort_plain(vm: &mut Vm, items: &mut Vec<Ref>, reverse: bool) -> R<()> {
    if items.len() < 2 {
        return Ok(());
    }
    match kind_of(items) {
        Keys::Ints => {
            // Equal ints are the same word: nothing to keep stable.
            items.sort_unstable_by(|a, b| turn(a.value().int().cmp(&b.value().int()), reverse))
        }
        Keys::Floats => items.sort_by(|a, b| turn(float_order(a, b), reverse)),
        Keys::Strings => items.sort_by(|a, b| turn(str_order(a, b), reverse)),
        Keys::Any => {
            let Ok(n) = u32::try_from(items.len()) else {
                return Err(vm.memory_error());
            };
            let mut order: Vec<u32> = (0..n).collect();
            let result = sort_order(vm, items, &mut order, reverse);
            apply(items, &order);
            return result;
        }
    }
    Ok(())
}

#[inline]
fn turn(o: Ordering, reverse: bool) -> Ordering {
    if reverse { o.reverse() } else { o }
}

/// Puts the items into this order.
fn apply(items: &mut Vec<Ref>, order: &[u32]) {
    let mut old = std::mem::take(items);
    let mut new = Vec::with_capacity(old.len());
    for &i in order {
        new.push(std::mem::take(&mut old[i as usize]));
    }
    *items = new;
}

/// What all keys are.
enum Keys {
    Ints,
    /// Without NaN, which has no place in an order.
    Floats,
    Strings,
    Any,
}

fn kind_of(keys: &[Ref]) -> Keys {
    let Some(first) = keys.first() else {
        return Keys::Any;
    };
    if first.value().is_int() && keys.iter().all(|k| k.value().is_int()) {
        Keys::Ints
    } else if first.exact::<StrObj>().is_some()
        && keys.iter().all(|k| k.exact::<StrObj>().is_some())
    {
        Keys::Strings
    } else if keys
        .iter()
        .all(|k| exact_float(k).is_some_and(|f| !f.is_nan()))
    {
        Keys::Floats
    } else {
        Keys::Any
    }
}

#[inline]
fn exact_float(r: &Ref) -> Option<f64> {
    if r.value().is_float() {
        Some(r.value().float())
    } else {
        r.exact::<FloatObj>().map(|f| f.0)
    }
}

#[inline]
fn float_order(a: &Ref, b: &Ref) -> Ordering {
    match (exact_float(a), exact_float(b)) {
        (Some(x), Some(y)) => x.partial_cmp(&y).unwrap_or(Ordering::Equal),
        _ => Ordering::Equal,
    }
}

/// Generalised UTF-8 sorts as its code points do.
#[inline]
fn str_order(a: &Ref, b: &Ref) -> Ordering {
    match (a.exact::<StrObj>(), b.exact::<StrObj>()) {
        (Some(x), Some(y)) => x.bytes().cmp(y.bytes()),
        _ => Ordering::Equal,
    }
}

/// `a < b` as sorting asks it.
fn less(vm: &mut Vm, a: &Ref, b: &Ref) -> R<bool> {
    if Value::both_ints(a.value(), b.value()) {
        return Ok(a.value().int() < b.value().int());
    }
    if let (Some(x), Some(y)) = (a.exact::<StrObj>(), b.exact::<StrObj>()) {
        return Ok(x.bytes() < y.bytes());
    }
    if let (Some(x), Some(y)) = (exact_float(a), exact_float(b)) {
        return Ok(x < y);
    }
    if let (Some(x), Some(y)) = (a.exact::<TupleObj>(), b.exact::<TupleObj>()) {
        // Tuples decide at their first difference.
        for (p, q) in x.items().iter().zip(y.items()) {
            if !vm.equal(p, q)? {
                vm.check_native_stack()?;
                return less(vm, p, q);
            }
        }
        return Ok(x.items().len() < y.items().len());
    }
    vm.compare_bool(a, b, Cmp::Lt)
}

/// Sorts the numbers of keys. Reversing before and after keeps equal keys in their order.
fn sort_order(vm: &mut Vm, keys: &[Ref], order: &mut [u32], reverse: bool) -> R<()> {
    if reverse {
        order.reverse();
    }
    let result = Sorter { keys }.run(vm, order);
    if reverse {
        order.reverse();
    }
    result
}

struct Sorter<'a> {
    keys: &'a [Ref],
}

/// After so many wins in a row of one side, a merge looks ahead by doubling steps.
const GALLOP: usize = 7;

impl Sorter<'_> {
    #[inline]
    fn less(&self, vm: &mut Vm, a: u32, b: u32) -> R<bool> {
        less(vm, &self.keys[a as usize], &self.keys[b as usize])
    }

    fn run(&self, vm: &mut Vm, order: &mut [u32]) -> R<()> {
        let n = order.len();
        let min_run = min_run(n);
        let mut buffer = Vec::new();
        // Start, length, and the power of the boundary to the next run.
        let mut runs: Vec<(usize, usize, u32)> = Vec::new();
        let mut start = 0;
        while start < n {
            let mut len = self.count_run(vm, &mut order[start..])?;
            if len < min_run {
                let forced = min_run.min(n - start);
                self.insert(vm, &mut order[start..start + forced], len)?;
                len = forced;
            }
            if let Some(&(s, l, _)) = runs.last() {
                let power = boundary_power(s, l, len, n);
                while runs.len() > 1 && runs[runs.len() - 2].2 > power {
                    self.merge_last(vm, order, &mut runs, &mut buffer)?;
                }
                if let Some(last) = runs.last_mut() {
                    last.2 = power;
                }
            }
            runs.push((start, len, 0));
            start += len;
        }
        while runs.len() > 1 {
            self.merge_last(vm, order, &mut runs, &mut buffer)?;
        }
        Ok(())
    }

    /// Length of the run at the beginning; a strictly descending one is turned round.
    fn count_run(&self, vm: &mut Vm, a: &mut [u32]) -> R<usize> {
        if a.len() < 2 {
            return Ok(a.len());
        }
        let mut n = 2;
        if self.less(vm, a[1], a[0])? {
            while n < a.len() && self.less(vm, a[n], a[n - 1])? {
                n += 1;
            }
            a[..n].reverse();
        } else {
            while n < a.len() && !self.less(vm, a[n], a[n - 1])? {
                n += 1;
            }
        }
        Ok(n)
    }

    /// Binary insertion; the first `sorted` are in order.
    fn insert(&self, vm: &mut Vm, a: &mut [u32], sorted: usize) -> R<()> {
        for i in sorted..a.len() {
            let at = self.upper_bound(vm, &a[..i], a[i])?;
            a[at..=i].rotate_right(1);
        }
        Ok(())
    }

    /// How many of the sorted `a` are not greater than `x`.
    fn upper_bound(&self, vm: &mut Vm, a: &[u32], x: u32) -> R<usize> {
        let (mut lo, mut hi) = (0, a.len());
        while lo < hi {
            let mid = lo + (hi - lo) / 2;
            if self.less(vm, x, a[mid])? {
                hi = mid;
            } else {
                lo = mid + 1;
            }
        }
        Ok(lo)
    }
    /// How many of the sorted `a` are less than `x`.
    fn lower_bound(&self, vm: &mut Vm, a: &[u32], x: u32) -> R<usize> {
        let (mut lo, mut hi) = (0, a.len());
        while lo < hi {
            let mid = lo + (hi - lo) / 2;
            if self.less(vm, a[mid], x)? {
                lo = mid + 1;
            } else {
                hi = mid;
            }
        }
        Ok(lo)
    }
    /// `upper_bound`, looking from the front by doubling steps.
    fn gallop_right(&self, vm: &mut Vm, a: &[u32], x: u32) -> R<usize> {
        let (mut lo, mut step) = (0, 1);
        while lo + step <= a.len() && !self.less(vm, x, a[lo + step - 1])? {
            lo += step;
            step *= 2;
        }
        let hi = (lo + step).min(a.len());
        Ok(lo + self.upper_bound(vm, &a[lo..hi], x)?)
    }
    /// `lower_bound`, looking from the front by doubling steps.
    fn gallop_left(&self, vm: &mut Vm, a: &[u32], x: u32) -> R<usize> {
        let (mut lo, mut step) = (0, 1);
        while lo + step <= a.len() && self.less(vm, a[lo + step - 1], x)? {
            lo += step;
            step *= 2;
        }
        let hi = (lo + step).min(a.len());
        Ok(lo + self.lower_bound(vm, &a[lo..hi], x)?)
    }

    fn merge_last(
        &self,
        vm: &mut Vm,
        order: &mut [u32],
        runs: &mut Vec<(usize, usize, u32)>,
        buffer: &mut Vec<u32>,
    ) -> R<()> {
        let (Some((s2, l2, _)), Some((s1, l1, _))) = (runs.pop(), runs.pop()) else {
            return Ok(());
        };
        runs.push((s1, l1 + l2, 0));
        self.merge(vm, &mut order[s1..s2 + l2], l1, buffer)
    }

    /// Merges the sorted `a[..mid]` and `a[mid..]`.
    fn merge(&self, vm: &mut Vm, a: &mut [u32], mid: usize, buffer: &mut Vec<u32>) -> R<()> {
        // What is in place already at either end stays there.
        let skip = self.gallop_right(vm, &a[..mid], a[mid])?;
        let a = &mut a[skip..];
        let mid = mid - skip;
        if mid == 0 {
            return Ok(());
        }
        let right = self.lower_bound(vm, &a[mid..], a[mid - 1])?;
        let a = &mut a[..mid + right];
        if right == 0 {
            return Ok(());
        }
        buffer.clear();
        buffer.extend_from_slice(&a[..mid]);
        let left = &buffer[..];
        // Always: out + (left.len() - i) == j, so the rest of `left` fits the gap whatever happens.
        let (mut i, mut j, mut out) = (0, mid, 0);
        let result = self.merge_loop(vm, a, left, &mut i, &mut j, &mut out);
        a[out..out + (left.len() - i)].copy_from_slice(&left[i..]);
        result
    }

    fn merge_loop(
        &self,
        vm: &mut Vm,
        a: &mut [u32],
        left: &[u32],
        i: &mut usize,
        j: &mut usize,
        out: &mut usize,
    ) -> R<()> {
        let (mut left_wins, mut right_wins) = (0, 0);
        while *i < left.len() && *j < a.len() {
            if self.less(vm, a[*j], left[*i])? {
                a[*out] = a[*j];
                (*j, *out) = (*j + 1, *out + 1);
                (left_wins, right_wins) = (0, right_wins + 1);
                if right_wins >= GALLOP && *j < a.len() {
                    let n = self.gallop_left(vm, &a[*j..], left[*i])?;
                    a.copy_within(*j..*j + n, *out);
                    (*j, *out) = (*j + n, *out + n);
                    right_wins = if n < GALLOP { 0 } else { GALLOP };
                }
            } else {
                a[*out] = left[*i];
                (*i, *out) = (*i + 1, *out + 1);
                (left_wins, right_wins) = (left_wins + 1, 0);
                if left_wins >= GALLOP && *i < left.len() {
                    let n = self.gallop_right(vm, &left[*i..], a[*j])?;
                    a[*out..*out + n].copy_from_slice(&left[*i..*i + n]);
                    (*i, *out) = (*i + n, *out + n);
                    left_wins = if n < GALLOP { 0 } else { GALLOP };
                }
            }
        }
        Ok(())
    }
}

/// A run length of 32 to 64 that divides `n` into about a power of two of runs.
fn min_run(mut n: usize) -> usize {
    let mut rest = 0;
    while n >= 64 {
        rest |= n & 1;
        n >>= 1;
    }
    n + rest
}

/// How deep in the ideal merge tree the boundary between two neighbouring runs lies (powersort, Munro and Wild 2018): the first bit in
/// which the positions of their middles, as fractions of the whole, differ.
fn boundary_power(start: usize, len1: usize, len2: usize, n: usize) -> u32 {
    let mut a = 2 * start + len1;
    let mut b = a + len1 + len2;
    let mut power = 0;
    loop {
        power += 1;
        if a >= n {
            a -= n;
            b -= n;
        } else if b >= n {
            return power;
        }
        a <<= 1;
        b <<= 1;
    }
}
