//! Arithmetic of ints: the number slots of `int`, exact at any size.
//!
//! Operands that fit an `i64` are worked on as words with overflow checks; the rest goes through big integers.

use crate::types::float;
use crate::value::slots::{BinOp, Cmp, Slots};
use crate::value::*;
use crate::vm::{new_bigint, new_float, new_int, new_tuple};
use crate::{R, Vm};
use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};
use std::borrow::Cow;
use std::cmp::Ordering;

/// Results of more bits than this (1 GiB) are refused with MemoryError before anything is allocated.
const MAX_BITS: u64 = 1 << 33;

/// An int of any class, looked at without copying.
pub enum Num<'a> {
    Small(i64),
    Big(&'a BigInt),
}

impl Num<'_> {
    #[inline]
    pub fn of(r: &Ref) -> Option<Num<'_>> {
        let v = r.value();
        if v.is_int() {
            return Some(Num::Small(v.int()));
        }
        if v.is_bool() {
            return Some(Num::Small(r.is_true() as i64));
        }
        let big = &r.cast::<IntObj>()?.0;
        Some(match big.to_i64() {
            Some(i) => Num::Small(i),
            None => Num::Big(big),
        })
    }
    pub fn big(&self) -> Cow<'_, BigInt> {
        match self {
            Num::Small(i) => Cow::Owned(BigInt::from(*i)),
            Num::Big(b) => Cow::Borrowed(b),
        }
    }
    pub fn is_negative(&self) -> bool {
        match self {
            Num::Small(i) => *i < 0,
            Num::Big(b) => b.is_negative(),
        }
    }
    pub fn is_zero(&self) -> bool {
        matches!(self, Num::Small(0))
    }
    /// Bits of the magnitude.
    pub fn bits(&self) -> u64 {
        match self {
            Num::Small(i) => 64 - i.unsigned_abs().leading_zeros() as u64,
            Num::Big(b) => b.bits(),
        }
    }
}

impl PartialEq for Num<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.order(other) == Ordering::Equal
    }
}

impl Num<'_> {
    pub fn order(&self, other: &Num) -> Ordering {
        match (self, other) {
            (Num::Small(a), Num::Small(b)) => a.cmp(b),
            (Num::Big(a), Num::Big(b)) => a.cmp(b),
            // A big one lies outside i64.
            (Num::Small(_), Num::Big(b)) => {
                if b.is_negative() {
                    Ordering::Greater
                } else {
                    Ordering::Less
                }
            }
            (Num::Big(a), Num::Small(_)) => {
                if a.is_negative() {
                    Ordering::Less
                } else {
                    Ordering::Greater
                }
            }
        }
    }
}

fn from_i128(i: i128) -> Ref {
    match i64::try_from(i) {
        Ok(i) => new_int(i),
        Err(_) => new_bigint(BigInt::from(i)),
    }
}

/// Fills the number slots of `int`.
pub(super) fn fill_slots(s: &Slots) {
    let set = |op: BinOp, f: slots::Binary| s.binary[op as usize].set(Some(f));
    set(BinOp::Add, add);
    set(BinOp::Sub, sub);
    set(BinOp::Mul, mul);
    set(BinOp::TrueDiv, true_div);
    set(BinOp::FloorDiv, floor_div);
    set(BinOp::Mod, modulo);
    set(BinOp::DivMod, divmod);
    set(BinOp::Pow, pow);
    set(BinOp::LShift, lshift);
    set(BinOp::RShift, rshift);
    set(BinOp::And, and);
    set(BinOp::Or, or);
    set(BinOp::Xor, xor);
    s.pow3.set(Some(pow_mod));
    s.neg.set(Some(neg));
    s.pos.set(Some(|_, a| Ok(exact(a))));
    s.abs.set(Some(|vm, a| {
        if Num::of(a).is_some_and(|n| n.is_negative()) {
            neg(vm, a)
        } else {
            Ok(exact(a))
        }
    }));
    s.invert.set(Some(|_, a| {
        Ok(match Num::of(a) {
            Some(Num::Small(i)) => new_int(!i),
            Some(Num::Big(b)) => new_bigint(!b.clone()),
            None => Ref::not_implemented(),
        })
    }));
    s.bool
        .set(Some(|_, a| Ok(Num::of(a).is_some_and(|n| !n.is_zero()))));
    s.int.set(Some(|_, a| Ok(exact(a))));
    s.index.set(Some(|_, a| Ok(exact(a))));
    s.float.set(Some(|vm, a| Ok(new_float(vm.int_to_f64(a)?))));
    s.hash.set(Some(|_, a| Ok(hash(a))));
    s.richcmp.set(Some(compare));
}

/// The number slots of `bool` that differ from those of `int`.
pub(super) fn fill_bool_slots(s: &Slots) {
    fn logic(a: &Ref, b: &Ref, f: fn(bool, bool) -> bool) -> Option<Ref> {
        (a.is_bool() && b.is_bool()).then(|| Ref::bool(f(a.is_true(), b.is_true())))
    }
    s.binary[BinOp::And as usize].set(Some(|vm, a, b| match logic(a, b, |x, y| x & y) {
        Some(r) => Ok(r),
        None => and(vm, a, b),
    }));
    s.binary[BinOp::Or as usize].set(Some(|vm, a, b| match logic(a, b, |x, y| x | y) {
        Some(r) => Ok(r),
        None => or(vm, a, b),
    }));
    s.binary[BinOp::Xor as usize].set(Some(|vm, a, b| match logic(a, b, |x, y| x ^ y) {
        Some(r) => Ok(r),
        None => xor(vm, a, b),
    }));
}

/// The value as an exact int.
pub fn exact(r: &Ref) -> Ref {
    if r.value().is_int() || r.exact::<IntObj>().is_some() {
        return r.clone();
    }
    match Num::of(r) {
        Some(Num::Small(i)) => new_int(i),
        Some(Num::Big(b)) => new_bigint(b.clone()),
        None => r.clone(),
    }
}

pub fn hash(r: &Ref) -> i64 {
    match Num::of(r) {
        Some(Num::Small(i)) => taipan_text::hash::hash_small_int(i),
        Some(Num::Big(b)) => taipan_text::hash::hash_int(b),
        None => 0,
    }
}

fn compare(_: &mut Vm, a: &Ref, b: &Ref, op: Cmp) -> R<Ref> {
    match (Num::of(a), Num::of(b)) {
        (Some(x), Some(y)) => Ok(Ref::bool(op.holds(x.order(&y)))),
        _ => Ok(Ref::not_implemented()),
    }
}

fn neg(_: &mut Vm, a: &Ref) -> R<Ref> {
    Ok(match Num::of(a) {
        Some(Num::Small(i)) => from_i128(-(i as i128)),
        Some(Num::Big(b)) => new_bigint(-b),
        None => Ref::not_implemented(),
    })
}

/// Both operands, or NotImplemented.
macro_rules! both {
    ($a:expr, $b:expr) => {
        match (Num::of($a), Num::of($b)) {
            (Some(x), Some(y)) => (x, y),
            _ => return Ok(Ref::not_implemented()),
        }
    };
}

pub fn add(_: &mut Vm, a: &Ref, b: &Ref) -> R<Ref> {
    Ok(match both!(a, b) {
        (Num::Small(x), Num::Small(y)) => from_i128(x as i128 + y as i128),
        (Num::Big(x), Num::Small(y)) => new_bigint(x + y),
        (Num::Small(x), Num::Big(y)) => new_bigint(y + x),
        (Num::Big(x), Num::Big(y)) => new_bigint(x + y),
    })
}

pub fn sub(_: &mut Vm, a: &Ref, b: &Ref) -> R<Ref> {
    Ok(match both!(a, b) {
        (Num::Small(x), Num::Small(y)) => from_i128(x as i128 - y as i128),
        (Num::Big(x), Num::Small(y)) => new_bigint(x - y),
        (Num::Small(x), Num::Big(y)) => new_bigint(x - y),
        (Num::Big(x), Num::Big(y)) => new_bigint(x - y),
    })
}

pub fn mul(vm: &mut Vm, a: &Ref, b: &Ref) -> R<Ref> {
    let (x, y) = both!(a, b);
    if let (Num::Small(x), Num::Small(y)) = (&x, &y) {
        return Ok(from_i128(*x as i128 * *y as i128));
    }
    if x.bits() + y.bits() > MAX_BITS {
        return Err(vm.memory_error());
    }
    Ok(match (x, y) {
        (Num::Big(x), Num::Small(y)) => new_bigint(x * y),
        (Num::Small(x), Num::Big(y)) => new_bigint(y * x),
        (x, y) => new_bigint(x.big().as_ref() * y.big().as_ref()),
    })
}

/// Quotient and remainder towards minus infinity.
fn div_mod_small(x: i64, y: i64) -> (i128, i64) {
    let (x, y) = (x as i128, y as i128);
    let (q, r) = (x / y, x % y);
    if r != 0 && (r < 0) != (y < 0) {
        (q - 1, (r + y) as i64)
    } else {
        (q, r as i64)
    }
}

pub fn floor_div(vm: &mut Vm, a: &Ref, b: &Ref) -> R<Ref> {
    let (x, y) = both!(a, b);
    if y.is_zero() {
        return Err(vm.zero_division("division by zero"));
    }
    Ok(match (&x, &y) {
        (Num::Small(x), Num::Small(y)) => from_i128(div_mod_small(*x, *y).0),
        _ => new_bigint(x.big().div_floor(&y.big())),
    })
}

pub fn modulo(vm: &mut Vm, a: &Ref, b: &Ref) -> R<Ref> {
    let (x, y) = both!(a, b);
    if y.is_zero() {
        return Err(vm.zero_division("division by zero"));
    }
    Ok(match (&x, &y) {
        (Num::Small(x), Num::Small(y)) => new_int(div_mod_small(*x, *y).1),
        _ => new_bigint(x.big().mod_floor(&y.big())),
    })
}

fn divmod(vm: &mut Vm, a: &Ref, b: &Ref) -> R<Ref> {
    let (x, y) = both!(a, b);
    if y.is_zero() {
        return Err(vm.zero_division("division by zero"));
    }
    let (q, r) = match (&x, &y) {
        (Num::Small(x), Num::Small(y)) => {
            let (q, r) = div_mod_small(*x, *y);
            (from_i128(q), new_int(r))
        }
        _ => {
            let (q, r) = x.big().div_mod_floor(&y.big());
            (new_bigint(q), new_bigint(r))
        }
    };
    Ok(new_tuple(vec![q, r]))
}

fn true_div(vm: &mut Vm, a: &Ref, b: &Ref) -> R<Ref> {
    let (x, y) = both!(a, b);
    if y.is_zero() {
        return Err(vm.zero_division("division by zero"));
    }
    // Both exact as floats: one rounding, the division's.
    if let (Num::Small(x), Num::Small(y)) = (&x, &y) {
        const EXACT: u64 = 1 << 53;
        if x.unsigned_abs() <= EXACT && y.unsigned_abs() <= EXACT {
            return Ok(new_float(*x as f64 / *y as f64));
        }
    }
    match divide_exactly(&x.big(), &y.big()) {
        Some(f) => Ok(new_float(f)),
        None => Err(vm.overflow_error("integer division result too large for a float")),
    }
}

/// The float nearest to `a / b`, half to even; `None` if it is too large.
pub(super) fn divide_exactly(a: &BigInt, b: &BigInt) -> Option<f64> {
    if a.is_zero() {
        return Some(if b.is_negative() { -0.0 } else { 0.0 });
    }
    let negative = a.is_negative() != b.is_negative();
    let (a, b) = (a.magnitude(), b.magnitude());
    let difference = a.bits() as i64 - b.bits() as i64;
    if difference > 1025 {
        return None;
    }
    if difference < -1080 {
        return Some(if negative { -0.0 } else { 0.0 });
    }
    // A quotient of 66 or 67 bits and a sticky bit below it; the float conversion rounds once.
    let shift = 66 - difference;
    let (q, r) = if shift >= 0 {
        (a << shift as u64).div_rem(b)
    } else {
        a.div_rem(&(b << shift.unsigned_abs()))
    };
    let mut q = q << 1u32;
    if !r.is_zero() {
        q |= num_bigint::BigUint::one();
    }
    let f = scale_down(&q, shift + 1)?;
    Some(if negative { -f } else { f })
}

/// `q / 2**shift` rounded once, subnormal results included.
fn scale_down(q: &num_bigint::BigUint, shift: i64) -> Option<f64> {
    let bits = q.bits() as i64;
    // The exponent of the result's leading bit, and how many bits it may keep.
    let exponent = bits - 1 - shift;
    let keep = if exponent < -1022 {
        53 - (-1022 - exponent)
    } else {
        53
    };
    if keep < 0 {
        return Some(0.0);
    }
    let drop = (bits - keep) as u64;
    let mut kept = (q >> drop).to_u64()?;
    let half = drop > 0 && q.bit(drop - 1);
    let sticky = drop > 1 && q.trailing_zeros().is_some_and(|z| z < drop - 1);
    if half && (sticky || kept & 1 == 1) {
        kept += 1;
    }
    let power = drop as i64 - shift;
    let f = kept as f64;
    // Two steps, each exact: the first stays in the normal range.
    let f = if power < -1000 {
        f * 2f64.powi(-1000) * 2f64.powi((power + 1000) as i32)
    } else if power > 960 {
        f * 2f64.powi(960) * 2f64.powi((power - 960) as i32)
    } else {
        f * 2f64.powi(power as i32)
    };
    f.is_finite().then_some(f)
}

fn pow(vm: &mut Vm, a: &Ref, b: &Ref) -> R<Ref> {
    let (x, y) = both!(a, b);
    if y.is_negative() {
        let (f, g) = (vm.int_to_f64(a)?, vm.int_to_f64(b)?);
        return float::float_pow(vm, f, g);
    }
    // Bases whose powers don't grow.
    match x {
        Num::Small(0) => return Ok(new_int(y.is_zero() as i64)),
        Num::Small(1) => return Ok(new_int(1)),
        Num::Small(-1) => {
            let odd = match y {
                Num::Small(i) => i & 1 == 1,
                Num::Big(b) => b.is_odd(),
            };
            return Ok(new_int(if odd { -1 } else { 1 }));
        }
        _ => {}
    }
    let Num::Small(e) = y else {
        return Err(vm.memory_error());
    };
    let bits = x.bits();
    if (bits - 1) as u128 * e as u128 > MAX_BITS as u128 {
        return Err(vm.memory_error());
    }
    if let Num::Small(x) = x {
        if let Some(r) = u32::try_from(e).ok().and_then(|e| x.checked_pow(e)) {
            return Ok(new_int(r));
        }
        // Powers of two are shifts.
        if x > 0 && x.count_ones() == 1 {
            return Ok(new_bigint(BigInt::one() << (x.trailing_zeros() as i64 * e)));
        }
    }
    Ok(new_bigint(num_traits::Pow::pow(x.big().as_ref(), e as u64)))
}

fn pow_mod(vm: &mut Vm, a: &Ref, b: &Ref, m: &Ref) -> R<Ref> {
    let (Some(x), Some(y), Some(z)) = (Num::of(a), Num::of(b), Num::of(m)) else {
        return Ok(Ref::not_implemented());
    };
    if z.is_zero() {
        return Err(vm.value_error("pow() 3rd argument cannot be 0"));
    }
    let modulus = z.big().abs();
    let (mut base, mut exponent) = (x.big().into_owned(), y.big().into_owned());
    if exponent.is_negative() {
        let e = base.mod_floor(&modulus).extended_gcd(&modulus);
        if !e.gcd.is_one() {
            return Err(vm.value_error("base is not invertible for the given modulus"));
        }
        base = e.x.mod_floor(&modulus);
        exponent = -exponent;
    }
    let mut r = base.mod_floor(&modulus).modpow(&exponent, &modulus);
    if z.is_negative() && !r.is_zero() {
        r -= modulus;
    }
    Ok(new_bigint(r))
}

fn lshift(vm: &mut Vm, a: &Ref, b: &Ref) -> R<Ref> {
    let (x, y) = both!(a, b);
    if y.is_negative() {
        return Err(vm.value_error("negative shift count"));
    }
    if x.is_zero() {
        return Ok(new_int(0));
    }
    let Num::Small(n) = y else {
        return Err(vm.overflow_error("too many digits in integer"));
    };
    if let Num::Small(i) = x
        && n < 64
        && let shifted = (i as i128) << n
        && shifted >> n == i as i128
    {
        return Ok(from_i128(shifted));
    }
    if n as u64 > MAX_BITS || x.bits() + n as u64 > MAX_BITS {
        return Err(vm.memory_error());
    }
    Ok(new_bigint(x.big().into_owned() << n as u64))
}

fn rshift(vm: &mut Vm, a: &Ref, b: &Ref) -> R<Ref> {
    let (x, y) = both!(a, b);
    if y.is_negative() {
        return Err(vm.value_error("negative shift count"));
    }
    Ok(match (x, y) {
        (Num::Small(i), Num::Small(n)) => new_int(i >> n.min(63)),
        (Num::Big(i), Num::Small(n)) => new_bigint(i >> n as u64),
        (i, Num::Big(_)) => new_int(if i.is_negative() { -1 } else { 0 }),
    })
}

pub(super) fn and(_: &mut Vm, a: &Ref, b: &Ref) -> R<Ref> {
    Ok(match both!(a, b) {
        (Num::Small(x), Num::Small(y)) => new_int(x & y),
        (x, y) => new_bigint(x.big().as_ref() & y.big().as_ref()),
    })
}

pub(super) fn or(_: &mut Vm, a: &Ref, b: &Ref) -> R<Ref> {
    Ok(match both!(a, b) {
        (Num::Small(x), Num::Small(y)) => new_int(x | y),
        (x, y) => new_bigint(x.big().as_ref() | y.big().as_ref()),
    })
}

pub(super) fn xor(_: &mut Vm, a: &Ref, b: &Ref) -> R<Ref> {
    Ok(match both!(a, b) {
        (Num::Small(x), Num::Small(y)) => new_int(x ^ y),
        (x, y) => new_bigint(x.big().as_ref() ^ y.big().as_ref()),
    })
}

/// Rounds to a multiple of `10**digits`, half to even.
pub(super) fn round_to(n: &BigInt, digits: u32) -> BigInt {
    // More digits than the number has: zero without computing the power.
    if digits as u64 > n.bits() / 3 + 2 {
        return BigInt::zero();
    }
    let unit = BigInt::from(10).pow(digits);
    let (q, r) = n.div_mod_floor(&unit);
    let twice: BigInt = &r * 2;
    let up = match twice.cmp(&unit) {
        Ordering::Less => false,
        Ordering::Greater => true,
        Ordering::Equal => q.is_odd(),
    };
    (if up { q + 1 } else { q }) * unit
}

/// The bytes of `n` in `length` bytes, least significant first; `None` if they don't suffice.
pub(super) fn to_bytes_le(n: &BigInt, length: usize, signed: bool) -> Option<Vec<u8>> {
    let negative = n.sign() == Sign::Minus;
    let mut bytes = if signed {
        n.to_signed_bytes_le()
    } else if n.is_zero() {
        Vec::new()
    } else {
        n.magnitude().to_bytes_le()
    };
    if signed && n.is_zero() {
        bytes.clear();
    }
    if bytes.len() > length {
        return None;
    }
    bytes.resize(length, if negative { 0xFF } else { 0 });
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn division_rounds_once() {
        let big = |s: &str| s.parse::<BigInt>().expect("digits");
        assert_eq!(divide_exactly(&big("1"), &big("3")), Some(1.0 / 3.0));
        assert_eq!(
            divide_exactly(&big("9007199254740993"), &big("1")),
            Some(9007199254740992.0)
        );
        let huge = BigInt::one() << 1074u32;
        assert_eq!(divide_exactly(&BigInt::one(), &huge), Some(5e-324));
        assert_eq!(divide_exactly(&BigInt::one(), &(&huge * 2)), Some(0.0));
        assert_eq!(divide_exactly(&BigInt::from(3), &(&huge * 4)), Some(5e-324));
        assert_eq!(
            divide_exactly(&(BigInt::one() << 1024u32), &BigInt::one()),
            None
        );
        assert_eq!(
            divide_exactly(&(BigInt::one() << 1023u32), &BigInt::one()),
            Some(2f64.powi(1023))
        );
    }

    #[test]
    fn rounding_is_half_even() {
        for (n, d, r) in [
            (15, 1, 20),
            (25, 1, 20),
            (-15, 1, -20),
            (-25, 1, -20),
            (449, 2, 400),
            (5, 9, 0),
        ] {
            assert_eq!(round_to(&BigInt::from(n), d), BigInt::from(r));
        }
    }
}
