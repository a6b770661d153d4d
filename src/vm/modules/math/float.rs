//! Functions of floats, with the reference's domain errors.

use crate::native::arg;
use crate::value::*;
use crate::vm::{new_bigint, new_float, new_int, new_tuple};
use crate::{R, Raised, Vm};
use num_bigint::Sign;

pub(super) fn plain(vm: &mut Vm, r: &Ref, f: fn(f64) -> f64) -> R<Ref> {
    Ok(new_float(f(vm.float_value(r)?)))
}

/// A function that is defined where `inside` holds.
pub(super) fn checked(
    vm: &mut Vm,
    r: &Ref,
    f: fn(f64) -> f64,
    inside: fn(f64) -> bool,
    text: &str,
) -> R<Ref> {
    let x = vm.float_value(r)?;
    if x.is_nan() || inside(x) {
        return Ok(new_float(f(x)));
    }
    let text = format!("{text}, got {}", taipan_text::float_repr::repr(x));
    Err(vm.value_error(&text))
}

fn range_error(vm: &mut Vm) -> Raised {
    vm.overflow_error("math range error")
}
fn domain_error(vm: &mut Vm) -> Raised {
    vm.value_error("math domain error")
}

/// A function that is too large for finite arguments from some point on.
pub(super) fn growing(vm: &mut Vm, r: &Ref, f: fn(f64) -> f64) -> R<Ref> {
    let x = vm.float_value(r)?;
    let y = f(x);
    if y.is_infinite() && x.is_finite() {
        return Err(range_error(vm));
    }
    Ok(new_float(y))
}

pub(super) fn gamma_like(vm: &mut Vm, r: &Ref, f: fn(f64) -> f64) -> R<Ref> {
    let x = vm.float_value(r)?;
    let pole = x <= 0.0 && x == x.floor() && (x.is_finite() || f(x).is_nan());
    if pole {
        let text = format!(
            "expected a noninteger or positive integer, got {}",
            taipan_text::float_repr::repr(x)
        );
        return Err(vm.value_error(&text));
    }
    let y = f(x);
    if y.is_infinite() && x.is_finite() {
        return Err(range_error(vm));
    }
    Ok(new_float(y))
}

/// The inverse hyperbolic functions, by way of logarithms that keep the precision near zero and one.
pub(super) fn asinh(x: f64) -> f64 {
    let a = x.abs();
    if !x.is_finite() || a < 2f64.powi(-28) {
        return x;
    }
    let w = if a > 2f64.powi(28) {
        a.ln() + std::f64::consts::LN_2
    } else if a > 2.0 {
        (2.0 * a + 1.0 / ((a * a + 1.0).sqrt() + a)).ln()
    } else {
        let t = a * a;
        (a + t / (1.0 + (1.0 + t).sqrt())).ln_1p()
    };
    w.copysign(x)
}
pub(super) fn acosh(x: f64) -> f64 {
    if x >= 2f64.powi(28) {
        x.ln() + std::f64::consts::LN_2
    } else if x > 2.0 {
        (2.0 * x - 1.0 / (x + (x * x - 1.0).sqrt())).ln()
    } else {
        let t = x - 1.0;
        (t + (2.0 * t + t * t).sqrt()).ln_1p()
    }
}
pub(super) fn atanh(x: f64) -> f64 {
    let a = x.abs();
    if a < 2f64.powi(-28) {
        return x;
    }
    let t = if a < 0.5 {
        let t = a + a;
        0.5 * (t + t * a / (1.0 - a)).ln_1p()
    } else {
        0.5 * ((a + a) / (1.0 - a)).ln_1p()
    };
    t.copysign(x)
}

pub(super) fn two(vm: &mut Vm, a: &[Ref]) -> R<(f64, f64)> {
    Ok((vm.float_value(&a[0])?, vm.float_value(&a[1])?))
}

/// `floor` and `ceil`: the special method, or the float rounded.
pub(super) fn rounded(vm: &mut Vm, r: &Ref, name: &str, f: fn(f64) -> f64) -> R<Ref> {
    if !r.value().is_float()
        && let Some(v) = vm.call_special(r, &intern(name), &[])?
    {
        return Ok(v);
    }
    let x = f(vm.float_value(r)?);
    to_int(vm, x)
}

fn to_int(vm: &mut Vm, x: f64) -> R<Ref> {
    if x.is_nan() {
        return Err(vm.value_error("cannot convert float NaN to integer"));
    }
    if x.is_infinite() {
        return Err(vm.overflow_error("cannot convert float infinity to integer"));
    }
    if x.abs() < 9e18 {
        return Ok(new_int(x as i64));
    }
    Ok(new_bigint(
        num_traits::FromPrimitive::from_f64(x).unwrap_or_default(),
    ))
}

pub(super) fn trunc(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    if let Some(x) = a[0].as_float().filter(|_| a[0].value().is_float()) {
        return to_int(vm, x.trunc());
    }
    match vm.call_special(&a[0], &intern("__trunc__"), &[])? {
        Some(v) => Ok(v),
        None => {
            let text = format!(
                "type {} doesn't define __trunc__ method",
                vm.type_name(&a[0])
            );
            Err(vm.type_error(&text))
        }
    }
}

pub(super) fn fma(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let (x, y, z) = (
        vm.float_value(&a[0])?,
        vm.float_value(&a[1])?,
        vm.float_value(&a[2])?,
    );
    let r = libm::fma(x, y, z);
    if r.is_finite() {
        return Ok(new_float(r));
    }
    if r.is_nan() {
        if !x.is_nan() && !y.is_nan() && !z.is_nan() {
            return Err(vm.value_error("invalid operation in fma"));
        }
    } else if x.is_finite() && y.is_finite() && z.is_finite() {
        return Err(vm.overflow_error("overflow in fma"));
    }
    Ok(new_float(r))
}

pub(super) fn fmod(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let (x, y) = two(vm, a)?;
    if y.is_infinite() && x.is_finite() {
        return Ok(new_float(x));
    }
    let r = x % y;
    if r.is_nan() && !x.is_nan() && !y.is_nan() {
        return Err(domain_error(vm));
    }
    Ok(new_float(r))
}

pub(super) fn frexp(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let x = vm.float_value(&a[0])?;
    let (m, e) = if x == 0.0 || !x.is_finite() {
        (x, 0)
    } else {
        libm::frexp(x)
    };
    Ok(new_tuple(vec![new_float(m), new_int(e as i64)]))
}

pub(super) fn ldexp(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let x = vm.float_value(&a[0])?;
    if !a[1].is_int() {
        return Err(vm.type_error("Expected an int as second argument to ldexp."));
    }
    if x == 0.0 || !x.is_finite() {
        return Ok(new_float(x));
    }
    let e = match a[1].as_i64() {
        Some(e) => e,
        None if a[1].as_bigint().is_some_and(|b| b.sign() == Sign::Minus) => i64::MIN,
        None => i64::MAX,
    };
    let r = libm::ldexp(x, e.clamp(-5000, 5000) as i32);
    if r.is_infinite() {
        return Err(range_error(vm));
    }
    Ok(new_float(r))
}

pub(super) fn modf(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let x = vm.float_value(&a[0])?;
    let (frac, whole) = if x.is_infinite() {
        (0f64.copysign(x), x)
    } else if x.is_nan() {
        (x, x)
    } else {
        ((x - x.trunc()).copysign(x), x.trunc())
    };
    Ok(new_tuple(vec![new_float(frac), new_float(whole)]))
}

pub(super) fn isclose(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let (x, y) = two(vm, a)?;
    let rel = match arg(a, 2) {
        Some(r) => vm.float_value(r)?,
        None => 1e-9,
    };
    let abs = match arg(a, 3) {
        Some(r) => vm.float_value(r)?,
        None => 0.0,
    };
    if rel < 0.0 || abs < 0.0 {
        return Err(vm.value_error("tolerances must be non-negative"));
    }
    if x == y {
        return Ok(Ref::bool(true));
    }
    if x.is_infinite() || y.is_infinite() {
        return Ok(Ref::bool(false));
    }
    let d = (y - x).abs();
    Ok(Ref::bool(
        d <= (rel * y).abs() || d <= (rel * x).abs() || d <= abs,
    ))
}

/// A logarithm of an int of any size or a float.
pub(super) fn logarithm(vm: &mut Vm, r: &Ref, f: fn(f64) -> f64) -> R<f64> {
    if r.is_int() {
        let n = r.as_bigint().unwrap_or_default();
        if n.sign() != Sign::Plus {
            return Err(vm.value_error("expected a positive input"));
        }
        if n.bits() < 1000 {
            return Ok(f(num_traits::ToPrimitive::to_f64(&n).unwrap_or(f64::NAN)));
        }
        // n = m * 2**shift with m a float.
        let shift = n.bits() - 64;
        let m = num_traits::ToPrimitive::to_f64(&(n >> shift)).unwrap_or(f64::NAN);
        return Ok(f(m) + f(2.0) * shift as f64);
    }
    let x = vm.float_value(r)?;
    if x.is_nan() || x > 0.0 {
        return Ok(f(x));
    }
    let text = format!(
        "expected a positive input, got {}",
        taipan_text::float_repr::repr(x)
    );
    Err(vm.value_error(&text))
}

pub(super) fn log(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let x = logarithm(vm, &a[0], f64::ln)?;
    match arg(a, 1) {
        None => Ok(new_float(x)),
        Some(base) => {
            let b = logarithm(vm, base, f64::ln)?;
            if b == 0.0 {
                return Err(vm.zero_division("division by zero"));
            }
            Ok(new_float(x / b))
        }
    }
}

pub(super) fn ulp(x: f64) -> f64 {
    let x = x.abs();
    if !x.is_finite() {
        return x;
    }
    let up = x.next_up();
    if up.is_infinite() {
        return x - x.next_down();
    }
    up - x
}

pub(super) fn nextafter(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let (x, y) = two(vm, a)?;
    let steps = match arg(a, 2).filter(|s| !s.is_none()) {
        None => 1,
        Some(s) => {
            let i = vm.index(s)?;
            match i.as_i64() {
                Some(n) if n >= 0 => n as u64,
                None if i.as_bigint().is_some_and(|b| b.sign() == Sign::Plus) => u64::MAX,
                _ => return Err(vm.value_error("steps must be a non-negative integer")),
            }
        }
    };
    if steps == 0 || x.is_nan() {
        return Ok(new_float(x));
    }
    if y.is_nan() {
        return Ok(new_float(y));
    }
    // Floats in order as ints: the sign and magnitude of their bits.
    let rank = |x: f64| {
        let b = (x.abs().to_bits()) as i128;
        if x.is_sign_negative() { -b } else { b }
    };
    let (from, to) = (rank(x), rank(y));
    if from == to {
        return Ok(new_float(y));
    }
    let at = if from < to {
        (from + steps as i128).min(to)
    } else {
        (from - steps as i128).max(to)
    };
    let magnitude = f64::from_bits(at.unsigned_abs() as u64);
    // A zero has the sign of the side it was reached from, unless it is the goal itself.
    let negative = match at {
        0 if to == 0 => y.is_sign_negative(),
        0 => from < 0,
        _ => at < 0,
    };
    Ok(new_float(if negative { -magnitude } else { magnitude }))
}

pub(super) fn pow(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let (x, y) = two(vm, a)?;
    let r = x.powf(y);
    if x.is_finite() && y.is_finite() {
        if r.is_nan() {
            return Err(domain_error(vm));
        }
        if r.is_infinite() {
            return Err(if x == 0.0 {
                domain_error(vm)
            } else {
                range_error(vm)
            });
        }
    }
    Ok(new_float(r))
}

pub(super) fn remainder(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let (x, y) = two(vm, a)?;
    if x.is_nan() || y.is_nan() {
        return Ok(new_float(x + y));
    }
    if x.is_infinite() || y == 0.0 {
        return Err(domain_error(vm));
    }
    Ok(new_float(libm::remainder(x, y)))
}
