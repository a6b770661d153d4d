//! The 64-bit word that holds any Python value, and what its bits mean.
//!
//! | low bits | meaning |
//! |---|---|
//! | `1` | an int of 63 bits: the word shifted right by one, signed |
//! | `10` | a float, self-tagged: `rotl(bits + 0x2800_0000_0000_0000, 4)`; holds ±0, inf, 2^-127 <= abs(x) < 2^129, and the extremes: below 2^-895 and from 2^897 up; other floats are boxed |
//! | `000` | a pointer to an object (never null) |
//! | `100` | undefined, None, False, True, NotImplemented, Ellipsis; a frame's saved pointers also carry this tag, so that nothing mistakes them for objects |
//!
//! A [`Value`] is a plain `Copy` word without ownership: registers hold them, and the interpreter counts by hand.
//! Everything else uses the owning [`Ref`](super::Ref).

use super::header::Header;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(transparent)]
pub struct Value(pub(crate) u64);

const FLOAT_BIAS: u64 = 0x2800_0000_0000_0000;

impl Value {
    pub const UNDEFINED: Value = Value(0b000_100);
    pub const NONE: Value = Value(0b001_100);
    pub const FALSE: Value = Value(0b010_100);
    pub const TRUE: Value = Value(0b011_100);
    pub const NOT_IMPLEMENTED: Value = Value(0b100_100);
    pub const ELLIPSIS: Value = Value(0b101_100);
    /// The smallest and largest ints that need no object.
    pub const MIN_INT: i64 = -(1 << 62);
    pub const MAX_INT: i64 = (1 << 62) - 1;

    #[inline(always)]
    pub fn bits(self) -> u64 {
        self.0
    }
    #[inline(always)]
    pub fn bool(b: bool) -> Value {
        Value(Value::FALSE.0 + ((b as u64) << 3))
    }
    /// The int `i`, if it fits 63 bits.
    #[inline(always)]
    pub fn small_int(i: i64) -> Option<Value> {
        let shifted = i << 1;
        (shifted >> 1 == i).then_some(Value(shifted as u64 | 1))
    }
    /// `i` must fit 63 bits.
    #[inline(always)]
    pub fn int_unchecked(i: i64) -> Value {
        Value((i << 1) as u64 | 1)
    }
    /// The float, if it needs no object.
    #[inline(always)]
    pub fn small_float(f: f64) -> Option<Value> {
        let w = f.to_bits().wrapping_add(FLOAT_BIAS).rotate_left(4);
        // A NaN is boxed, so that one is not another.
        (w & 3 == 2 && !f.is_nan()).then_some(Value(w))
    }
    #[inline(always)]
    pub fn is_int(self) -> bool {
        self.0 & 1 != 0
    }
    #[inline(always)]
    pub fn both_ints(a: Value, b: Value) -> bool {
        a.0 & b.0 & 1 != 0
    }
    #[inline(always)]
    pub fn int(self) -> i64 {
        self.0 as i64 >> 1
    }
    #[inline(always)]
    pub fn is_float(self) -> bool {
        self.0 & 3 == 2
    }
    #[inline(always)]
    pub fn both_floats(a: Value, b: Value) -> bool {
        (a.0 & 3 == 2) & (b.0 & 3 == 2)
    }
    #[inline(always)]
    pub fn float(self) -> f64 {
        f64::from_bits(self.0.rotate_right(4).wrapping_sub(FLOAT_BIAS))
    }
    #[inline(always)]
    pub fn is_ptr(self) -> bool {
        self.0 & 7 == 0
    }
    #[inline(always)]
    pub fn is_undefined(self) -> bool {
        self.0 == Value::UNDEFINED.0
    }
    #[inline(always)]
    pub fn is_none(self) -> bool {
        self.0 == Value::NONE.0
    }
    #[inline(always)]
    pub fn is_bool(self) -> bool {
        self.0 | 8 == Value::TRUE.0
    }
    /// A raw pointer as a word that nothing takes for an object: tag 4 to 7 in the low bits.
    #[inline(always)]
    pub(crate) fn tagged<T>(p: *const T, tag: u64) -> Value {
        Value(p as u64 | tag)
    }
    /// The pointer of a tagged word.
    #[inline(always)]
    pub(crate) fn untag<T>(self) -> *mut T {
        (self.0 & !7) as *mut T
    }
    #[inline(always)]
    pub(crate) fn header(self) -> *mut Header {
        self.0 as *mut Header
    }
    #[inline(always)]
    pub(crate) fn from_header(p: *const Header) -> Value {
        Value(p as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_round_trip() {
        for f in [
            0.0,
            -0.0,
            1.0,
            -1.5,
            f64::INFINITY,
            f64::NEG_INFINITY,
            1e38,
            6e-39,
            3.7e-5,
            1e300,
            5e-324,
        ] {
            let v = Value::small_float(f).expect("fits");
            assert!(v.is_float() && !v.is_int() && !v.is_ptr());
            assert_eq!(v.float().to_bits(), f.to_bits());
        }
        assert!(Value::small_float(f64::NAN).is_none());
        assert!(Value::small_float(1e100).is_none() && Value::small_float(1e-100).is_none());
    }

    #[test]
    fn ints_round_trip() {
        for i in [0, 1, -1, Value::MAX_INT, Value::MIN_INT] {
            assert_eq!(Value::small_int(i).expect("fits").int(), i);
        }
        assert!(
            Value::small_int(Value::MAX_INT + 1).is_none()
                && Value::small_int(Value::MIN_INT - 1).is_none()
        );
    }
}
