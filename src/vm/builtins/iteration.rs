//! `all`, `any`, `iter`, `next`, `max`, `min`, `sorted`, `sum` and the asynchronous pair `aiter`, `anext`.

use crate::native::{Args, arg};
use crate::value::slots::{BinOp, Cmp};
use crate::value::*;
use crate::vm::{new_bigint, new_float, new_int, new_list};
use crate::{R, Vm};
use num_bigint::BigInt;

pub(super) fn all(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let it = vm.iter(&a[0])?;
    while let Some(item) = vm.next(&it)? {
        if !vm.truthy(&item)? {
            return Ok(Ref::bool(false));
        }
    }
    Ok(Ref::bool(true))
}

pub(super) fn any(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let it = vm.iter(&a[0])?;
    while let Some(item) = vm.next(&it)? {
        if vm.truthy(&item)? {
            return Ok(Ref::bool(true));
        }
    }
    Ok(Ref::bool(false))
}

pub(super) fn iter(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    match arg(a, 1) {
        None => vm.iter(&a[0]),
        Some(sentinel) => {
            if !vm.is_callable(&a[0]) {
                return Err(vm.type_error("iter(v, w): v must be callable"));
            }
            Ok(crate::types::iterators::callable_iterator(&a[0], sentinel))
        }
    }
}

pub(super) fn next(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let it = &a[0];
    let Some(default) = arg(a, 1) else {
        vm.stop = Ref::none();
        return match vm.next(it)? {
            Some(item) => Ok(item),
            None => {
                // The iterator's own StopIteration, if it made one, goes on.
                let stop = std::mem::replace(&mut vm.stop, Ref::none());
                if stop.is_none() {
                    Err(vm.stop_iteration(stop))
                } else {
                    Err(vm.reraise(stop))
                }
            }
        };
    };
    let item = vm.next(it);
    let stop = rt().types.stop_iteration.clone();
    Ok(match vm.catch(item, &stop)? {
        Some(Some(item)) => item,
        _ => default.clone(),
    })
}

pub(super) fn aiter(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let Some(f) = a[0].class().slots.aiter.get() else {
        let text = format!("'{}' object is not an async iterable", vm.type_name(&a[0]));
        return Err(vm.type_error(&text));
    };
    let it = f(vm, &a[0])?;
    if it.class().slots.anext.get().is_none() {
        let text = format!(
            "aiter() returned not an async iterator of type '{}'",
            vm.type_name(&it)
        );
        return Err(vm.type_error(&text));
    }
    Ok(it)
}

pub(super) fn anext(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let Some(f) = a[0].class().slots.anext.get() else {
        let text = format!("'{}' object is not an async iterator", vm.type_name(&a[0]));
        return Err(vm.type_error(&text));
    };
    let awaitable = f(vm, &a[0])?;
    match arg(a, 1) {
        None => Ok(awaitable),
        Some(default) => vm.anext_awaitable(&awaitable, default),
    }
}

/// `max` (`want` is Gt) and `min` (Lt).
pub(super) fn extreme(vm: &mut Vm, args: Args, want: Cmp) -> R<Ref> {
    let name = if want == Cmp::Gt { "max" } else { "min" };
    let pos = args.pos();
    if pos.is_empty() {
        return Err(vm.type_error(&format!("{name} expected at least 1 argument, got 0")));
    }
    let (mut key, mut default) = (None, None);
    for (k, v) in args.kw() {
        match k.str_obj().bytes() {
            b"key" => key = Some(v).filter(|v| !v.is_none()),
            b"default" => default = Some(v),
            _ => {
                return Err(vm.unknown_keyword(name, k, &["key", "default"]));
            }
        }
    }
    if pos.len() > 1 && default.is_some() {
        return Err(vm.type_error(&format!(
            "Cannot specify a default for {name}() with multiple positional arguments"
        )));
    }
    let mut best: Option<(Ref, Ref)> = None;
    let mut consider = |vm: &mut Vm, item: Ref| -> R<()> {
        let rank = match key {
            Some(f) => vm.call(f, std::slice::from_ref(&item))?,
            None => item.clone(),
        };
        match &best {
            Some((_, top)) if Value::both_ints(rank.value(), top.value()) => {
                if want.holds(rank.value().int().cmp(&top.value().int())) {
                    best = Some((item, rank));
                }
            }
            Some((_, top)) if !vm.compare_bool(&rank, top, want)? => {}
            _ => best = Some((item, rank)),
        }
        Ok(())
    };
    if let ([a, b], None, None) = (pos, key, default)
        && Value::both_ints(a.value(), b.value())
    {
        let second = want.holds(b.value().int().cmp(&a.value().int()));
        return Ok(if second { b.clone() } else { a.clone() });
    }
    if let [only] = pos {
        let it = vm.iter(only)?;
        while let Some(item) = vm.next(&it)? {
            consider(vm, item)?;
        }
    } else {
        for item in pos {
            consider(vm, item.clone())?;
        }
    }
    match (best, default) {
        (Some((item, _)), _) => Ok(item),
        (None, Some(d)) => Ok(d.clone()),
        (None, None) => Err(vm.value_error(&format!("{name}() iterable argument is empty"))),
    }
}

pub(super) fn sorted(vm: &mut Vm, args: Args) -> R<Ref> {
    let pos = args.pos();
    let [iterable] = pos else {
        let text = format!("sorted expected 1 argument, got {}", pos.len());
        return Err(vm.type_error(&text));
    };
    let items = vm.collect(iterable)?;
    let (mut key, mut reverse, mut known) = (None, None, true);
    for (name, value) in args.kw() {
        match name.str_obj().bytes() {
            b"key" => key = Some(value),
            b"reverse" => reverse = Some(value),
            _ => known = false,
        }
    }
    if known {
        let mut items = items;
        let reverse = match reverse {
            Some(r) => vm.truthy(r)?,
            None => false,
        };
        crate::types::sort::sort(vm, &mut items, key, reverse)?;
        return Ok(new_list(items));
    }
    let list = new_list(items);
    let sort = vm.getattr_str(&list, "sort")?;
    let all: Vec<Ref> = args.kw().map(|(_, v)| v.clone()).collect();
    vm.call_args(&sort, Args::new(&all, args.names))?;
    Ok(list)
}

/// A running sum of floats with the error of each step carried along (Neumaier), as the reference sums since 3.12.
#[derive(Clone, Copy)]
struct Compensated {
    hi: f64,
    lo: f64,
}
impl Compensated {
    fn add(&mut self, x: f64) {
        let t = self.hi + x;
        self.lo += if self.hi.abs() >= x.abs() {
            (self.hi - t) + x
        } else {
            (x - t) + self.hi
        };
        self.hi = t;
    }
    fn total(self) -> f64 {
        // With an infinite or undefined sum the correction says nothing.
        if self.lo != 0.0 && self.lo.is_finite() {
            self.hi + self.lo
        } else {
            self.hi
        }
    }
}

/// The value of a float that is no instance of a subclass.
fn exact_float(r: &Ref) -> Option<f64> {
    if r.value().is_float() {
        Some(r.value().float())
    } else {
        r.exact::<FloatObj>().map(|f| f.0)
    }
}

pub(super) fn sum(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let start = arg(a, 1).cloned().unwrap_or_else(|| new_int(0));
    let it = vm.iter(&a[0])?;
    for (class, text) in [
        (
            &rt().types.str,
            "sum() can't sum strings [use ''.join(seq) instead]",
        ),
        (
            &rt().types.bytes,
            "sum() can't sum bytes [use b''.join(seq) instead]",
        ),
        (
            &rt().types.bytearray,
            "sum() can't sum bytearray [use b''.join(seq) instead]",
        ),
    ] {
        if start.class().is_subtype(class) {
            return Err(vm.type_error(text));
        }
    }
    let mut total = start;
    // Ints first, for as long as there are only ints.
    if total.value().is_int() {
        let mut small = total.value().int();
        let mut big: Option<BigInt> = None;
        loop {
            let Some(item) = vm.next(&it)? else {
                return Ok(match big {
                    Some(b) => new_bigint(b + small),
                    None => new_int(small),
                });
            };
            if item.value().is_int() || item.is_bool() {
                let n = item.as_i64().unwrap_or(0);
                match small.checked_add(n) {
                    Some(s) => small = s,
                    None => {
                        *big.get_or_insert_default() += small;
                        small = n;
                    }
                }
                continue;
            }
            let sum = match big {
                Some(b) => new_bigint(b + small),
                None => new_int(small),
            };
            total = vm.binary(&sum, &item, BinOp::Add)?;
            break;
        }
    }
    if let Some(first) = exact_float(&total) {
        let mut sum = Compensated { hi: first, lo: 0.0 };
        loop {
            let Some(item) = vm.next(&it)? else {
                return Ok(new_float(sum.total()));
            };
            if let Some(x) = exact_float(&item) {
                sum.add(x);
            } else if item.value().is_int() {
                sum.add(item.value().int() as f64);
            } else {
                let so_far = new_float(sum.total());
                total = vm.binary(&so_far, &item, BinOp::Add)?;
                break;
            }
        }
    }
    if let Some(c) = total.exact::<ComplexObj>() {
        let (mut re, mut im) = (
            Compensated { hi: c.re, lo: 0.0 },
            Compensated { hi: c.im, lo: 0.0 },
        );
        loop {
            let Some(item) = vm.next(&it)? else {
                return Ok(crate::vm::new_complex(re.total(), im.total()));
            };
            if let Some(c) = item.exact::<ComplexObj>() {
                re.add(c.re);
                im.add(c.im);
            } else if item.value().is_int() {
                re.add(item.value().int() as f64);
            } else if let Some(x) = exact_float(&item) {
                re.add(x);
            } else {
                let so_far = crate::vm::new_complex(re.total(), im.total());
                total = vm.binary(&so_far, &item, BinOp::Add)?;
                break;
            }
        }
    }
    while let Some(item) = vm.next(&it)? {
        total = vm.binary(&total, &item, BinOp::Add)?;
    }
    Ok(total)
}
