//! The type `float`.

use super::int::{is_class, raise_text, warn_deprecated};
use super::int_ops::Num;
use super::spec::TypeSpec;
use crate::native::{Args, arg};
use crate::value::header::Kind;
use crate::value::slots::{BinOp, Cmp};
use crate::value::*;
use crate::vm::{new_bigint, new_float, new_str, new_tuple, new_wtf8};
use crate::{R, Vm, getset, methods};
use std::cmp::Ordering;
use taipan_text::{float_repr, format_spec};

pub static FLOAT: TypeSpec = TypeSpec {
    name: "float",
    kind: Kind::Float,
    exact: true,
    flags: type_flag::BASE | type_flag::MATCH_SELF,
    doc: "A floating-point number, made from a number or read from text.",
    methods: METHODS,
    getset: GETSET,
    slots: |s| {
        let set = |op: BinOp, f: slots::Binary| s.binary[op as usize].set(Some(f));
        s.new.set(Some(float_new));
        s.repr
            .set(Some(|_, r| Ok(new_str(&float_repr::repr(value(r))))));
        s.hash.set(Some(|_, r| Ok(float_hash(r))));
        s.richcmp.set(Some(compare));
        s.bool.set(Some(|_, r| Ok(value(r) != 0.0)));
        s.neg.set(Some(|_, r| Ok(new_float(-value(r)))));
        s.pos.set(Some(|_, r| Ok(exact(r))));
        s.abs.set(Some(|_, r| Ok(new_float(value(r).abs()))));
        s.int.set(Some(|vm, r| to_int(vm, value(r))));
        s.float.set(Some(|_, r| Ok(exact(r))));
        set(BinOp::Add, |vm, a, b| {
            binary(vm, a, b, |_, x, y| Ok(new_float(x + y)))
        });
        set(BinOp::Sub, |vm, a, b| {
            binary(vm, a, b, |_, x, y| Ok(new_float(x - y)))
        });
        set(BinOp::Mul, |vm, a, b| {
            binary(vm, a, b, |_, x, y| Ok(new_float(x * y)))
        });
        set(BinOp::TrueDiv, |vm, a, b| {
            binary(vm, a, b, |vm, x, y| {
                if y == 0.0 {
                    return Err(vm.zero_division("division by zero"));
                }
                Ok(new_float(x / y))
            })
        });
        set(BinOp::FloorDiv, |vm, a, b| {
            binary(vm, a, b, |vm, x, y| Ok(new_float(div_mod(vm, x, y)?.0)))
        });
        set(BinOp::Mod, |vm, a, b| {
            binary(vm, a, b, |vm, x, y| Ok(new_float(div_mod(vm, x, y)?.1)))
        });
        set(BinOp::DivMod, |vm, a, b| {
            binary(vm, a, b, |vm, x, y| {
                let (q, r) = div_mod(vm, x, y)?;
                Ok(new_tuple(vec![new_float(q), new_float(r)]))
            })
        });
        set(BinOp::Pow, |vm, a, b| binary(vm, a, b, float_pow));
        s.pow3.set(Some(|vm, _, _, _| {
            Err(vm.type_error("pow() 3rd argument not allowed unless all arguments are integers"))
        }));
    },
};

methods! { METHODS;
    "conjugate(self, /)" => |_, a| Ok(exact(&a[0])), "The number itself.";
    "__trunc__(self, /)" => |vm, a| to_int(vm, value(&a[0])), "The whole part.";
    "__floor__(self, /)" => |vm, a| to_int(vm, value(&a[0]).floor()), "The greatest int that is not greater.";
    "__ceil__(self, /)" => |vm, a| to_int(vm, value(&a[0]).ceil()), "The smallest int that is not smaller.";
    "__round__(self, ndigits=None, /)" => round, "Rounds to an int, or to so many decimals, half to even.";
    "as_integer_ratio(self, /)" => |vm, a| match float_repr::integer_ratio(value(&a[0])) {
        Ok((n, d)) => Ok(new_tuple(vec![new_bigint(n), new_bigint(d)])),
        Err(e) => Err(raise_text(vm, e)),
    }, "Two ints whose ratio is exactly the number, the second positive, in lowest terms.";
    class "fromhex(type, string, /)" => from_hex, "The number that a hexadecimal floating-point text shows.";
    class "from_number(type, number, /)" => from_number, "Converts a real number.";
    "hex(self, /)" => |_, a| Ok(new_str(&float_repr::hex(value(&a[0])))), "The number as hexadecimal text.";
    "is_integer(self, /)" => |_, a| {
        let x = value(&a[0]);
        Ok(Ref::bool(x.is_finite() && x.trunc() == x))
    }, "Whether the number is whole.";
    "__getnewargs__(self, /)" => |_, a| Ok(new_tuple(vec![exact(&a[0])])), "";
    class "__getformat__(type, typestr, /)" => get_format, "How floats of the C type lie in memory.";
    "__format__(self, format_spec, /)" => format, "The number as text, as the format specification says.";
}

getset! { GETSET;
    "real" => |_, r| Ok(exact(r)), "The number itself, as a complex number's part.";
    "imag" => |_, _| Ok(new_float(0.0)), "Always 0.0.";
}

/// The number in a float of any class.
#[inline]
fn value(r: &Ref) -> f64 {
    r.as_float().unwrap_or(0.0)
}

/// The value as an exact float.
fn exact(r: &Ref) -> Ref {
    new_float(value(r))
}

/// What an operand of a float operation stands for: floats and ints convert, anything else is not ours.
#[inline]
pub(super) fn operand(vm: &mut Vm, r: &Ref) -> R<Option<f64>> {
    if let Some(f) = r.as_float() {
        return Ok(Some(f));
    }
    if r.is_int() {
        return vm.int_to_f64(r).map(Some);
    }
    Ok(None)
}

#[inline]
fn binary(vm: &mut Vm, a: &Ref, b: &Ref, f: impl FnOnce(&mut Vm, f64, f64) -> R<Ref>) -> R<Ref> {
    let Some(x) = operand(vm, a)? else {
        return Ok(Ref::not_implemented());
    };
    let Some(y) = operand(vm, b)? else {
        return Ok(Ref::not_implemented());
    };
    f(vm, x, y)
}

/// Floored quotient and remainder with the sign of the divisor.
pub fn div_mod(vm: &mut Vm, x: f64, y: f64) -> R<(f64, f64)> {
    if y == 0.0 {
        return Err(vm.zero_division("division by zero"));
    }
    let mut m = x % y;
    let mut d = (x - m) / y;
    if m != 0.0 {
        if (y < 0.0) != (m < 0.0) {
            m += y;
            d -= 1.0;
        }
    } else {
        m = 0f64.copysign(y);
    }
    let q = if d != 0.0 {
        let q = d.floor();
        if d - q > 0.5 { q + 1.0 } else { q }
    } else {
        0f64.copysign(x / y)
    };
    Ok((q, m))
}

/// `x ** y` for floats; a complex number for a fractional power of a negative one.
pub fn float_pow(vm: &mut Vm, x: f64, y: f64) -> R<Ref> {
    if y == 0.0 {
        return Ok(new_float(1.0));
    }
    if x == 0.0 && y < 0.0 {
        return Err(vm.zero_division("zero to a negative power"));
    }
    if x < 0.0 && x.is_finite() && y.is_finite() && y.trunc() != y {
        return super::complex::complex_pow(vm, (x, 0.0), (y, 0.0));
    }
    let r = x.powf(y);
    if r.is_infinite() && x.is_finite() && y.is_finite() {
        let args = vec![
            crate::vm::new_int(34),
            new_str("Numerical result out of range"),
        ];
        return Err(vm.raise_new(&rt().types.overflow_error, args));
    }
    Ok(new_float(r))
}

fn float_hash(r: &Ref) -> i64 {
    taipan_text::hash::hash_float(value(r)).unwrap_or_else(|| super::object::identity_hash(r))
}

/// Compares a float with an int exactly, without rounding the int.
pub fn compare_with_int(x: f64, n: &Num) -> Option<Ordering> {
    if x.is_nan() {
        return None;
    }
    if let Num::Small(i) = n
        && i.unsigned_abs() <= 1 << 53
    {
        return x.partial_cmp(&(*i as f64));
    }
    // Outside the range of exact ints: infinities, then the whole part decides, then the fraction.
    if x.is_infinite() {
        return Some(if x > 0.0 {
            Ordering::Greater
        } else {
            Ordering::Less
        });
    }
    let whole = match float_repr::to_int(x) {
        Ok(w) => w,
        Err(_) => return None,
    };
    let o = whole.cmp(&n.big());
    Some(match o {
        Ordering::Equal if x.fract() > 0.0 => Ordering::Greater,
        Ordering::Equal if x.fract() < 0.0 => Ordering::Less,
        o => o,
    })
}

fn compare(_: &mut Vm, a: &Ref, b: &Ref, op: Cmp) -> R<Ref> {
    let x = value(a);
    let order = if let Some(y) = b.as_float() {
        x.partial_cmp(&y)
    } else if let Some(n) = Num::of(b) {
        compare_with_int(x, &n)
    } else {
        return Ok(Ref::not_implemented());
    };
    Ok(Ref::bool(match order {
        Some(o) => op.holds(o),
        None => op == Cmp::Ne,
    }))
}

fn to_int(vm: &mut Vm, x: f64) -> R<Ref> {
    match float_repr::to_int(x) {
        Ok(i) => Ok(new_bigint(i)),
        Err(e) => Err(raise_text(vm, e)),
    }
}

fn round(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let x = value(&a[0]);
    let Some(digits) = arg(a, 1).filter(|d| !d.is_none()) else {
        return to_int(vm, float_repr::round_half_even(x));
    };
    let digits = vm.index_clamped(digits)?;
    match float_repr::round_digits(x, digits as i64) {
        Ok(x) => Ok(new_float(x)),
        Err(e) => Err(raise_text(vm, e)),
    }
}

fn format(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let Some(spec) = a[1].cast::<StrObj>() else {
        let text = format!(
            "__format__() argument must be str, not {}",
            vm.type_name(&a[1])
        );
        return Err(vm.type_error(&text));
    };
    if spec.bytes().is_empty() {
        return vm.str(&a[0]);
    }
    let name = vm.type_name(&a[0]);
    match format_spec::format_float(value(&a[0]), spec.bytes(), &name) {
        Ok(s) => Ok(new_wtf8(&s)),
        Err(e) => Err(raise_text(vm, e)),
    }
}

fn get_format(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let Some(s) = a[1].cast::<StrObj>() else {
        let text = format!(
            "__getformat__() argument must be str, not {}",
            vm.type_name(&a[1])
        );
        return Err(vm.type_error(&text));
    };
    match s.bytes() {
        b"double" | b"float" => Ok(new_str("IEEE, little-endian")),
        _ => Err(vm.value_error("__getformat__() argument 1 must be 'double' or 'float'")),
    }
}

/// An instance of `class` (float or a subclass).
fn instance(class: &Ref, x: f64) -> Ref {
    if is_class(class, &rt().types.float) {
        new_float(x)
    } else {
        Ref::new_of(class, FloatObj(x))
    }
}

/// A float made by a class method: subclasses are called with it.
fn made_by(vm: &mut Vm, class: &Ref, x: f64) -> R<Ref> {
    if is_class(class, &rt().types.float) {
        Ok(new_float(x))
    } else {
        vm.call(class, &[new_float(x)])
    }
}

fn from_hex(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let Some(s) = a[1].cast::<StrObj>() else {
        return Err(vm.type_error("bad argument type for built-in operation"));
    };
    match float_repr::from_hex(s.bytes()) {
        Ok(x) => made_by(vm, &a[0], x),
        Err(e) => Err(raise_text(vm, e)),
    }
}

fn from_number(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let exactly_float = a[1].exact::<FloatObj>().is_some() || a[1].value().is_float();
    if exactly_float && is_class(&a[0], &rt().types.float) {
        return Ok(a[1].clone());
    }
    let x = real_value(vm, &a[1])?;
    made_by(vm, &a[0], x)
}

/// The value of a real number (`__float__`, `__index__`): TypeError "must be real number, not X".
pub(super) fn real_value(vm: &mut Vm, r: &Ref) -> R<f64> {
    match real_value_opt(vm, r)? {
        Some(x) => Ok(x),
        None => {
            let text = format!("must be real number, not {}", vm.type_name(r));
            Err(vm.type_error(&text))
        }
    }
}

/// The same, `None` if the class converts neither way.
pub(super) fn real_value_opt(vm: &mut Vm, r: &Ref) -> R<Option<f64>> {
    if r.value().is_float() || r.exact::<FloatObj>().is_some() {
        return Ok(r.as_float());
    }
    if let Some(f) = r.class().slots.float.get() {
        let x = f(vm, r)?;
        let Some(value) = x.as_float() else {
            let text = format!(
                "{}.__float__ returned non-float (type {})",
                vm.type_name(r),
                vm.type_name(&x)
            );
            return Err(vm.type_error(&text));
        };
        if !x.value().is_float() && x.exact::<FloatObj>().is_none() {
            let text = format!(
                "{}.__float__ returned non-float (type {}).  The ability to return an instance of a strict subclass of float is deprecated, and may be removed in a future version of Python.",
                vm.type_name(r),
                vm.type_name(&x)
            );
            warn_deprecated(vm, &text)?;
        }
        return Ok(Some(value));
    }
    match vm.index_opt(r)? {
        Some(i) => vm.int_to_f64(&i).map(Some),
        None => Ok(None),
    }
}

fn float_new(vm: &mut Vm, class: &Ref, args: Args) -> R<Ref> {
    if args.has_kw() && is_class(class, &rt().types.float) {
        return Err(vm.type_error("float() takes no keyword arguments"));
    }
    let x = match args.pos() {
        [] => 0.0,
        [x] => {
            if is_class(class, &rt().types.float)
                && (x.value().is_float() || x.exact::<FloatObj>().is_some())
            {
                return Ok(x.clone());
            }
            float_from(vm, x)?
        }
        more => {
            let text = format!("float expected at most 1 argument, got {}", more.len());
            return Err(vm.type_error(&text));
        }
    };
    Ok(instance(class, x))
}

/// The value of `float(x)`.
pub fn float_from(vm: &mut Vm, x: &Ref) -> R<f64> {
    let read = if let Some(s) = x.exact::<StrObj>() {
        float_repr::parse(s.bytes())
    } else if let Some(f) = real_value_opt(vm, x)? {
        return Ok(f);
    } else if let Some(s) = x.cast::<StrObj>() {
        float_repr::parse(s.bytes())
    } else if let Some(b) = x.cast::<BytesObj>() {
        float_repr::parse_bytes(b.bytes())
    } else if let Some(b) = vm.buffer_bytes_opt(x)? {
        float_repr::parse_bytes(&b)
    } else {
        let text = format!(
            "float() argument must be a string or a real number, not '{}'",
            vm.type_name(x)
        );
        return Err(vm.type_error(&text));
    };
    match read {
        Some(f) => Ok(f),
        None => {
            let text = format!("could not convert string to float: {}", vm.repr_text(x)?);
            Err(vm.value_error(&text))
        }
    }
}
