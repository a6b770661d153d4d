//! Functions of several numbers: sums, products, distances.

use crate::native::{Args, arg};
use crate::value::slots::BinOp;
use crate::value::*;
use crate::vm::{new_float, new_int};
use crate::{R, Vm};

/// The partial sums of Shewchuk's exact summation: their exact sum is the sum so far, and none overlaps another.
fn add_exactly(partials: &mut Vec<f64>, mut x: f64) {
    let mut kept = 0;
    for i in 0..partials.len() {
        let mut y = partials[i];
        if x.abs() < y.abs() {
            std::mem::swap(&mut x, &mut y);
        }
        let hi = x + y;
        let lo = y - (hi - x);
        if lo != 0.0 {
            partials[kept] = lo;
            kept += 1;
        }
        x = hi;
    }
    partials.truncate(kept);
    if x != 0.0 {
        partials.push(x);
    }
}

/// The partials rounded once, halves to even.
fn round_partials(partials: &[f64]) -> f64 {
    let mut rest = partials.iter().rev().copied();
    let Some(mut hi) = rest.next() else {
        return 0.0;
    };
    let mut lo = 0.0;
    for y in rest.by_ref() {
        let x = hi;
        hi = x + y;
        lo = y - (hi - x);
        if lo != 0.0 {
            break;
        }
    }
    // What lies below the half decides to which side it goes.
    if let Some(next) = rest.next()
        && ((lo < 0.0 && next < 0.0) || (lo > 0.0 && next > 0.0))
    {
        let y = lo * 2.0;
        let x = hi + y;
        if y == x - hi {
            hi = x;
        }
    }
    hi
}

pub(super) fn fsum(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let it = vm.iter(&a[0])?;
    let mut partials = Vec::new();
    let (mut special, mut infinities) = (0.0, 0.0);
    while let Some(item) = vm.next(&it)? {
        let x = vm.float_value(&item)?;
        if !x.is_finite() {
            if x.is_infinite() {
                infinities += x;
            }
            special += x;
            continue;
        }
        add_exactly(&mut partials, x);
        if partials.last().is_some_and(|p| !p.is_finite()) {
            return Err(vm.overflow_error("intermediate overflow in fsum"));
        }
    }
    if special != 0.0 {
        if f64::is_nan(infinities) {
            return Err(vm.value_error("-inf + inf in fsum"));
        }
        return Ok(new_float(special));
    }
    Ok(new_float(round_partials(&partials)))
}

pub(super) fn prod(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let mut total = arg(a, 1).cloned().unwrap_or_else(|| new_int(1));
    let it = vm.iter(&a[0])?;
    while let Some(item) = vm.next(&it)? {
        if total.value().is_float() && item.value().is_float() {
            total = new_float(total.value().float() * item.value().float());
            continue;
        }
        total = vm.binary(&total, &item, BinOp::Mul)?;
    }
    Ok(total)
}

/// The length of a vector without overflow or loss: scaled by a power of two, squares summed exactly, the root corrected once.
fn vector_length(v: &[f64]) -> f64 {
    let max = v.iter().fold(0.0, |m: f64, x| m.max(x.abs()));
    if v.iter().any(|x| x.is_infinite()) {
        return f64::INFINITY;
    }
    if v.iter().any(|x| x.is_nan()) {
        return f64::NAN;
    }
    if max == 0.0 {
        return 0.0;
    }
    let (_, e) = libm::frexp(max);
    let mut partials = Vec::new();
    for x in v {
        let x = libm::ldexp(*x, -e);
        let square = x * x;
        add_exactly(&mut partials, square);
        add_exactly(&mut partials, libm::fma(x, x, -square));
    }
    let h = round_partials(&partials).sqrt();
    let square = h * h;
    add_exactly(&mut partials, -square);
    add_exactly(&mut partials, -libm::fma(h, h, -square));
    let correction = round_partials(&partials) / (2.0 * h);
    libm::ldexp(h + correction, e)
}

pub(super) fn hypot(vm: &mut Vm, args: Args) -> R<Ref> {
    if args.has_kw() {
        return Err(vm.type_error("math.hypot() takes no keyword arguments"));
    }
    let mut v = Vec::with_capacity(args.all.len());
    for r in args.all {
        v.push(vm.float_value(r)?);
    }
    Ok(new_float(vector_length(&v)))
}

pub(super) fn dist(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let p = vm.collect(&a[0])?;
    let q = vm.collect(&a[1])?;
    if p.len() != q.len() {
        return Err(vm.value_error("both points must have the same number of dimensions"));
    }
    let mut v = Vec::with_capacity(p.len());
    for (x, y) in p.iter().zip(&q) {
        v.push(vm.float_value(x)? - vm.float_value(y)?);
    }
    Ok(new_float(vector_length(&v)))
}

pub(super) fn sumprod(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let p = vm.iter(&a[0])?;
    let q = vm.iter(&a[1])?;
    let mut total = new_int(0);
    // Floats are summed exactly as long as all pairs are numbers of which one is a float.
    let mut partials: Vec<f64> = Vec::new();
    let mut exact = false;
    loop {
        let (x, y) = match (vm.next(&p)?, vm.next(&q)?) {
            (Some(x), Some(y)) => (x, y),
            (None, None) => break,
            _ => return Err(vm.value_error("Inputs are not the same length")),
        };
        let number = |r: &Ref| r.value().is_float() || r.value().is_int();
        if number(&x) && number(&y) && (x.value().is_float() || y.value().is_float() || exact) {
            let (f, g) = (vm.float_value(&x)?, vm.float_value(&y)?);
            let product = f * g;
            let low = libm::fma(f, g, -product);
            if product.is_finite() && low.is_finite() {
                if !exact {
                    let start = vm.float_value(&total)?;
                    add_exactly(&mut partials, start);
                    exact = true;
                }
                add_exactly(&mut partials, product);
                add_exactly(&mut partials, low);
                continue;
            }
        }
        if exact {
            total = new_float(round_partials(&partials));
            partials.clear();
            exact = false;
        }
        let product = vm.binary(&x, &y, BinOp::Mul)?;
        total = vm.binary(&total, &product, BinOp::Add)?;
    }
    if exact {
        total = new_float(round_partials(&partials));
    }
    Ok(total)
}
