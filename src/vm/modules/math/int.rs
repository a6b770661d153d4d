//! Functions of ints.

use crate::native::{Args, arg};
use crate::value::*;
use crate::vm::{new_bigint, new_int};
use crate::{R, Vm};
use num_bigint::{BigInt, Sign};
use num_integer::Integer;

fn big(vm: &mut Vm, r: &Ref) -> R<BigInt> {
    let i = vm.index(r)?;
    Ok(i.as_bigint().unwrap_or_default())
}

/// The absolute value of an int of at most 128 bits.
fn magnitude(r: &Ref) -> Option<u128> {
    if r.value().is_int() {
        return Some(r.value().int().unsigned_abs() as u128);
    }
    u128::try_from(r.exact::<IntObj>()?.0.magnitude()).ok()
}

fn gcd_words(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        if let (Ok(x), Ok(y)) = (u64::try_from(a), u64::try_from(b)) {
            return x.gcd(&y) as u128;
        }
        (a, b) = (b, a % b);
    }
    a
}

pub(super) fn gcd(vm: &mut Vm, args: Args) -> R<Ref> {
    if args.has_kw() {
        return Err(vm.type_error("math.gcd() takes no keyword arguments"));
    }
    if let Some(n) = args
        .all
        .iter()
        .try_fold(0u128, |total, r| Some(gcd_words(total, magnitude(r)?)))
    {
        return Ok(match i64::try_from(n) {
            Ok(n) => crate::vm::new_int(n),
            Err(_) => new_bigint(n.into()),
        });
    }
    let mut total = BigInt::ZERO;
    for r in args.all {
        let n = big(vm, r)?;
        total = total.gcd(&n);
    }
    Ok(new_bigint(total))
}

pub(super) fn lcm(vm: &mut Vm, args: Args) -> R<Ref> {
    if args.has_kw() {
        return Err(vm.type_error("math.lcm() takes no keyword arguments"));
    }
    let mut total = BigInt::from(1);
    for r in args.all {
        let n = big(vm, r)?;
        total = total.lcm(&n);
    }
    Ok(new_bigint(BigInt::from(total.magnitude().clone())))
}

pub(super) fn isqrt(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let n = big(vm, &a[0])?;
    if n.sign() == Sign::Minus {
        return Err(vm.value_error("isqrt() argument must be nonnegative"));
    }
    Ok(new_bigint(n.sqrt()))
}

/// The product of all ints of the range, by halves so that the factors stay of similar size.
fn product(from: u64, to: u64) -> BigInt {
    if to - from < 8 {
        let mut n = BigInt::from(1);
        for i in from..to {
            n *= i;
        }
        return n;
    }
    let middle = from + (to - from) / 2;
    product(from, middle) * product(middle, to)
}

/// Results beyond this many bits would take longer than anybody waits.
const MAX_FACTOR: u64 = 1 << 32;

pub(super) fn factorial(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let n = big(vm, &a[0])?;
    if n.sign() == Sign::Minus {
        return Err(vm.value_error("factorial() not defined for negative values"));
    }
    match u64::try_from(&n) {
        Ok(n) if n <= i64::MAX as u64 => {
            if n > MAX_FACTOR {
                return Err(vm.memory_error());
            }
            Ok(new_bigint(product(1, n + 1)))
        }
        _ => Err(vm.overflow_error(&format!(
            "factorial() argument should not exceed {}",
            i64::MAX
        ))),
    }
}

pub(super) fn perm(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let Some(k) = arg(a, 1).filter(|k| !k.is_none()) else {
        return factorial(vm, a);
    };
    let n = big(vm, &a[0])?;
    let k = big(vm, k)?;
    if n.sign() == Sign::Minus {
        return Err(vm.value_error("n must be a non-negative integer"));
    }
    if k.sign() == Sign::Minus {
        return Err(vm.value_error("k must be a non-negative integer"));
    }
    if k > n {
        return Ok(new_int(0));
    }
    let Ok(k) = i64::try_from(&k) else {
        return Err(vm.overflow_error(&format!("k must not exceed {}", i64::MAX)));
    };
    if let Ok(n) = u64::try_from(&n)
        && n < u64::MAX
    {
        if k as u64 > MAX_FACTOR {
            return Err(vm.memory_error());
        }
        return Ok(new_bigint(product(n - k as u64 + 1, n + 1)));
    }
    let mut out = BigInt::from(1);
    for i in 0..k {
        out *= &n - i;
        vm.check_signals()?;
    }
    Ok(new_bigint(out))
}

pub(super) fn comb(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let n = big(vm, &a[0])?;
    let k = big(vm, &a[1])?;
    if n.sign() == Sign::Minus {
        return Err(vm.value_error("n must be a non-negative integer"));
    }
    if k.sign() == Sign::Minus {
        return Err(vm.value_error("k must be a non-negative integer"));
    }
    if k > n {
        return Ok(new_int(0));
    }
    let k = (&n - &k).min(k);
    let Ok(k) = i64::try_from(&k) else {
        return Err(vm.overflow_error(&format!("min(n - k, k) must not exceed {}", i64::MAX)));
    };
    if let Ok(n) = u64::try_from(&n)
        && n < u64::MAX
    {
        if k as u64 > MAX_FACTOR {
            return Err(vm.memory_error());
        }
        let k = k as u64;
        return Ok(new_bigint(product(n - k + 1, n + 1) / product(1, k + 1)));
    }
    let mut out = BigInt::from(1);
    for i in 0..k {
        out = out * (&n - i) / (i + 1);
        vm.check_signals()?;
    }
    Ok(new_bigint(out))
}
