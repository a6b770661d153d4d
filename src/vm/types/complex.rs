//! The type `complex`.

use super::float;
use super::int::{is_class, raise_text, warn_deprecated};
use super::int_ops::Num;
use super::spec::TypeSpec;
use crate::native::{Args, DefKind, NativeDef, arg};
use crate::value::header::Kind;
use crate::value::slots::{BinOp, Cmp};
use crate::value::*;
use crate::vm::{new_complex, new_float, new_str, new_tuple, new_wtf8};
use crate::{R, Vm, getset, methods};
use taipan_text::{float_repr, format_spec, hash};

pub static COMPLEX: TypeSpec = TypeSpec {
    name: "complex",
    kind: Kind::Complex,
    exact: true,
    flags: type_flag::BASE,
    doc: "A complex number, made from its parts or read from text.",
    methods: METHODS,
    getset: GETSET,
    slots: |s| {
        let set = |op: BinOp, f: slots::Binary| s.binary[op as usize].set(Some(f));
        s.new.set(Some(complex_new));
        s.repr.set(Some(|_, r| {
            let (re, im) = parts(r);
            Ok(new_str(&float_repr::complex_repr(re, im)))
        }));
        s.hash.set(Some(complex_hash));
        s.richcmp.set(Some(compare));
        s.bool.set(Some(|_, r| Ok(parts(r) != (0.0, 0.0))));
        s.neg.set(Some(|_, r| {
            let (re, im) = parts(r);
            Ok(new_complex(-re, -im))
        }));
        s.pos.set(Some(|_, r| Ok(exact(r))));
        s.abs.set(Some(|vm, r| {
            let (re, im) = parts(r);
            let x = re.hypot(im);
            if x.is_infinite() && re.is_finite() && im.is_finite() {
                return Err(vm.overflow_error("absolute value too large"));
            }
            Ok(new_float(x))
        }));
        set(BinOp::Add, |vm, a, b| {
            binary(vm, a, b, |_, x, y| {
                Ok(match (x, y) {
                    (Operand::Real(x), Operand::Complex(re, im)) => (x + re, im),
                    (Operand::Complex(re, im), Operand::Real(y)) => (re + y, im),
                    (x, y) => {
                        let ((a, b), (c, d)) = (x.parts(), y.parts());
                        (a + c, b + d)
                    }
                })
            })
        });
        set(BinOp::Sub, |vm, a, b| {
            binary(vm, a, b, |_, x, y| {
                Ok(match (x, y) {
                    (Operand::Real(x), Operand::Complex(re, im)) => (x - re, -im),
                    (Operand::Complex(re, im), Operand::Real(y)) => (re - y, im),
                    (x, y) => {
                        let ((a, b), (c, d)) = (x.parts(), y.parts());
                        (a - c, b - d)
                    }
                })
            })
        });
        set(BinOp::Mul, |vm, a, b| {
            binary(vm, a, b, |_, x, y| {
                Ok(match (x, y) {
                    (Operand::Real(r), Operand::Complex(re, im))
                    | (Operand::Complex(re, im), Operand::Real(r)) => (re * r, im * r),
                    (x, y) => product(x.parts(), y.parts()),
                })
            })
        });
        set(BinOp::TrueDiv, |vm, a, b| {
            binary(vm, a, b, |vm, x, y| {
                if y.parts() == (0.0, 0.0) {
                    return Err(vm.zero_division("division by zero"));
                }
                Ok(match (x, y) {
                    (Operand::Complex(re, im), Operand::Real(r)) => (re / r, im / r),
                    (Operand::Real(r), Operand::Complex(re, im)) => real_quotient(r, (re, im)),
                    (x, y) => quotient(x.parts(), y.parts()),
                })
            })
        });
        set(BinOp::Pow, |vm, a, b| {
            let (Some(x), Some(y)) = (operand(vm, a)?, operand(vm, b)?) else {
                return Ok(Ref::not_implemented());
            };
            complex_pow(vm, x.parts(), y.parts())
        });
        s.pow3.set(Some(|vm, a, b, _| {
            if operand(vm, a)?.is_none() || operand(vm, b)?.is_none() {
                return Ok(Ref::not_implemented());
            }
            Err(vm.value_error("complex modulo"))
        }));
    },
};

methods! { METHODS;
    class "from_number(type, number, /)" => from_number, "Converts a number.";
    "conjugate(self, /)" => |_, a| {
        let (re, im) = parts(&a[0]);
        Ok(new_complex(re, -im))
    }, "The number with the sign of the imaginary part changed.";
    "__complex__(self, /)" => |_, a| Ok(exact(&a[0])), "The number as an exact complex.";
    "__getnewargs__(self, /)" => |_, a| {
        let (re, im) = parts(&a[0]);
        Ok(new_tuple(vec![new_float(re), new_float(im)]))
    }, "";
    "__format__(self, format_spec, /)" => format, "The number as text, as the format specification says.";
}

getset! { GETSET;
    "real" => |_, r| Ok(new_float(parts(r).0)), super::range::read_only, "The part on the real axis, a float.";
    "imag" => |_, r| Ok(new_float(parts(r).1)), super::range::read_only, "The factor of j, a float.";
}

fn parts(r: &Ref) -> (f64, f64) {
    r.cast::<ComplexObj>().map_or((0.0, 0.0), |c| (c.re, c.im))
}

fn exact(r: &Ref) -> Ref {
    if r.exact::<ComplexObj>().is_some() {
        return r.clone();
    }
    let (re, im) = parts(r);
    new_complex(re, im)
}

/// Real operands stay real: a sum or product with one must not touch the other part (C Annex G, kept since 3.14).
#[derive(Clone, Copy)]
enum Operand {
    Real(f64),
    Complex(f64, f64),
}
impl Operand {
    fn parts(self) -> (f64, f64) {
        match self {
            Operand::Real(x) => (x, 0.0),
            Operand::Complex(re, im) => (re, im),
        }
    }
}

fn operand(vm: &mut Vm, r: &Ref) -> R<Option<Operand>> {
    if let Some(c) = r.cast::<ComplexObj>() {
        return Ok(Some(Operand::Complex(c.re, c.im)));
    }
    Ok(float::operand(vm, r)?.map(Operand::Real))
}

fn binary(
    vm: &mut Vm,
    a: &Ref,
    b: &Ref,
    f: impl FnOnce(&mut Vm, Operand, Operand) -> R<(f64, f64)>,
) -> R<Ref> {
    let Some(x) = operand(vm, a)? else {
        return Ok(Ref::not_implemented());
    };
    let Some(y) = operand(vm, b)? else {
        return Ok(Ref::not_implemented());
    };
    let (re, im) = f(vm, x, y)?;
    Ok(new_complex(re, im))
}

/// 1 or 0 with the sign of `x`: what Annex G puts for a part that is infinite or not.
fn boxed(x: f64) -> f64 {
    (if x.is_infinite() { 1f64 } else { 0.0 }).copysign(x)
}
fn nan_to_zero(x: f64) -> f64 {
    if x.is_nan() { 0f64.copysign(x) } else { x }
}

/// The product, infinities recovered as in C Annex G.5.1.
fn product((mut a, mut b): (f64, f64), (mut c, mut d): (f64, f64)) -> (f64, f64) {
    let (ac, bd, ad, bc) = (a * c, b * d, a * d, b * c);
    let (re, im) = (ac - bd, ad + bc);
    if !(re.is_nan() && im.is_nan()) {
        return (re, im);
    }
    let mut recompute = false;
    if a.is_infinite() || b.is_infinite() {
        (a, b) = (boxed(a), boxed(b));
        (c, d) = (nan_to_zero(c), nan_to_zero(d));
        recompute = true;
    }
    if c.is_infinite() || d.is_infinite() {
        (c, d) = (boxed(c), boxed(d));
        (a, b) = (nan_to_zero(a), nan_to_zero(b));
        recompute = true;
    }
    if !recompute && (ac.is_infinite() || bd.is_infinite() || ad.is_infinite() || bc.is_infinite())
    {
        (a, b) = (nan_to_zero(a), nan_to_zero(b));
        (c, d) = (nan_to_zero(c), nan_to_zero(d));
        recompute = true;
    }
    if recompute {
        let inf = f64::INFINITY;
        (inf * (a * c - b * d), inf * (a * d + b * c))
    } else {
        (re, im)
    }
}

/// The quotient by Smith's method: the larger part of the divisor scales, so that nothing overflows early.
fn quotient((a, b): (f64, f64), (c, d): (f64, f64)) -> (f64, f64) {
    let (re, im) = if c.abs() >= d.abs() {
        let ratio = d / c;
        let denominator = c + d * ratio;
        ((a + b * ratio) / denominator, (b - a * ratio) / denominator)
    } else if d.abs() >= c.abs() {
        let ratio = c / d;
        let denominator = c * ratio + d;
        ((a * ratio + b) / denominator, (b * ratio - a) / denominator)
    } else {
        (f64::NAN, f64::NAN)
    };
    if !(re.is_nan() && im.is_nan()) {
        return (re, im);
    }
    if (a.is_infinite() || b.is_infinite()) && c.is_finite() && d.is_finite() {
        let (x, y) = (boxed(a), boxed(b));
        (
            f64::INFINITY * (x * c + y * d),
            f64::INFINITY * (y * c - x * d),
        )
    } else if (c.is_infinite() || d.is_infinite()) && a.is_finite() && b.is_finite() {
        let (x, y) = (boxed(c), boxed(d));
        (0.0 * (a * x + b * y), 0.0 * (b * x - a * y))
    } else {
        (re, im)
    }
}

fn real_quotient(a: f64, (c, d): (f64, f64)) -> (f64, f64) {
    let (re, im) = if c.abs() >= d.abs() {
        let ratio = d / c;
        let denominator = c + d * ratio;
        (a / denominator, (-a * ratio) / denominator)
    } else if d.abs() >= c.abs() {
        let ratio = c / d;
        let denominator = c * ratio + d;
        ((a * ratio) / denominator, -a / denominator)
    } else {
        (f64::NAN, f64::NAN)
    };
    if re.is_nan() && im.is_nan() && a.is_finite() && (c.is_infinite() || d.is_infinite()) {
        let (x, y) = (boxed(c), boxed(d));
        return (0.0 * (a * x), 0.0 * (-a * y));
    }
    (re, im)
}

/// `x ** n` for a small natural exponent, by squaring.
fn natural_power(x: (f64, f64), n: u32) -> (f64, f64) {
    let mut r = (1.0, 0.0);
    let mut p = x;
    let mut mask = 1u32;
    while n >= mask {
        if n & mask != 0 {
            r = product(r, p);
        }
        mask <<= 1;
        p = product(p, p);
    }
    r
}

/// `x ** y`.
pub fn complex_pow(vm: &mut Vm, x: (f64, f64), y: (f64, f64)) -> R<Ref> {
    let zero_base = x == (0.0, 0.0);
    let (re, im) = if y == (0.0, 0.0) {
        (1.0, 0.0)
    } else if zero_base && (y.1 != 0.0 || y.0 < 0.0) {
        return Err(vm.zero_division("zero to a negative or complex power"));
    } else if y.1 == 0.0 && y.0 == y.0.floor() && y.0.abs() <= 100.0 {
        let p = natural_power(x, y.0.abs() as u32);
        if y.0 >= 0.0 {
            p
        } else {
            quotient((1.0, 0.0), p)
        }
    } else if zero_base {
        (0.0, 0.0)
    } else {
        let size = x.0.hypot(x.1);
        let mut len = size.powf(y.0);
        let angle = x.1.atan2(x.0);
        let mut phase = angle * y.0;
        if y.1 != 0.0 {
            len *= (-angle * y.1).exp();
            phase += y.1 * size.ln();
        }
        (len * phase.cos(), len * phase.sin())
    };
    if re.is_infinite() || im.is_infinite() {
        return Err(vm.overflow_error("complex exponentiation"));
    }
    Ok(new_complex(re, im))
}

fn complex_hash(_: &mut Vm, r: &Ref) -> R<i64> {
    let (re, im) = parts(r);
    let part = |x: f64| hash::hash_float(x).unwrap_or_else(|| super::object::identity_hash(r));
    Ok(hash::combine_complex(part(re), part(im)))
}

fn compare(_: &mut Vm, a: &Ref, b: &Ref, op: Cmp) -> R<Ref> {
    if !matches!(op, Cmp::Eq | Cmp::Ne) {
        return Ok(Ref::not_implemented());
    }
    let (re, im) = parts(a);
    let equal = if let Some(c) = b.cast::<ComplexObj>() {
        re == c.re && im == c.im
    } else if let Some(x) = b.as_float() {
        re == x && im == 0.0
    } else if let Some(n) = Num::of(b) {
        im == 0.0 && float::compare_with_int(re, &n) == Some(std::cmp::Ordering::Equal)
    } else {
        return Ok(Ref::not_implemented());
    };
    Ok(Ref::bool(equal == (op == Cmp::Eq)))
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
    let (re, im) = parts(&a[0]);
    let name = vm.type_name(&a[0]);
    match format_spec::format_complex(re, im, spec.bytes(), &name) {
        Ok(s) => Ok(new_wtf8(&s)),
        Err(e) => Err(raise_text(vm, e)),
    }
}

/// What `__complex__` gives, for classes that have it.
fn by_method(vm: &mut Vm, r: &Ref) -> R<Option<(f64, f64)>> {
    if r.exact::<ComplexObj>().is_some() {
        return Ok(Some(parts(r)));
    }
    let Some(c) = vm.call_special(r, &intern("__complex__"), &[])? else {
        return Ok(None);
    };
    if c.cast::<ComplexObj>().is_none() {
        let text = format!(
            "__complex__ returned non-complex (type {})",
            vm.type_name(&c)
        );
        return Err(vm.type_error(&text));
    }
    if c.exact::<ComplexObj>().is_none() {
        let text = format!(
            "__complex__ returned non-complex (type {}).  The ability to return an instance of a strict subclass of complex is deprecated, and may be removed in a future version of Python.",
            vm.type_name(&c)
        );
        warn_deprecated(vm, &text)?;
    }
    Ok(Some(parts(&c)))
}

fn instance(class: &Ref, (re, im): (f64, f64)) -> Ref {
    Ref::new_of(class, ComplexObj { re, im })
}

fn from_number(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let builtin = is_class(&a[0], &rt().types.complex);
    if builtin && a[1].exact::<ComplexObj>().is_some() {
        return Ok(a[1].clone());
    }
    let value = match by_method(vm, &a[1])? {
        Some(v) => v,
        None => (float::real_value(vm, &a[1])?, 0.0),
    };
    let c = new_complex(value.0, value.1);
    if builtin { Ok(c) } else { vm.call(&a[0], &[c]) }
}

static COMPLEX_NEW: NativeDef = NativeDef::fixed(
    "complex(cls, /, real=0, imag=0)",
    |vm, a| construct(vm, &a[0], arg(a, 1), arg(a, 2)),
    DefKind::ClassMethod,
    "",
);

fn complex_new(vm: &mut Vm, class: &Ref, args: Args) -> R<Ref> {
    if let ([x], false) = (args.all, args.has_kw()) {
        return construct_one(vm, class, x);
    }
    let mut all = Vec::with_capacity(args.all.len() + 1);
    all.push(class.clone());
    all.extend_from_slice(args.all);
    COMPLEX_NEW.call(vm, Args::new(&all, args.names))
}

/// `complex(x)`: text or a number.
fn construct_one(vm: &mut Vm, class: &Ref, x: &Ref) -> R<Ref> {
    if x.exact::<ComplexObj>().is_some() && is_class(class, &rt().types.complex) {
        return Ok(x.clone());
    }
    if let Some(s) = x.cast::<StrObj>() {
        let repr = vm.repr_text(x)?;
        return match float_repr::parse_complex(s.bytes(), || repr.clone()) {
            Ok(v) => Ok(instance(class, v)),
            Err(e) => Err(raise_text(vm, e)),
        };
    }
    let value = match by_method(vm, x)? {
        Some(v) => v,
        None => match float::real_value_opt(vm, x)? {
            Some(re) => (re, 0.0),
            None => {
                let text = format!(
                    "complex() argument must be a string or a number, not {}",
                    vm.type_name(x)
                );
                return Err(vm.type_error(&text));
            }
        },
    };
    Ok(instance(class, value))
}

fn construct(vm: &mut Vm, class: &Ref, real: Option<&Ref>, imag: Option<&Ref>) -> R<Ref> {
    // Zero of the real argument's own imaginary part must not touch the sign of the other argument.
    let (mut re, mut im) = (0.0, None);
    if let Some(r) = real {
        let found = by_method(vm, r)?;
        if r.cast::<ComplexObj>().is_some() {
            warn_deprecated(
                vm,
                "complex() argument 'real' must be a real number, not complex",
            )?;
        }
        (re, im) = match found {
            Some((re, im)) => (re, Some(im)),
            None => (real_part(vm, r, "real")?, None),
        };
    }
    if let Some(i) = imag {
        if let Some(c) = i.cast::<ComplexObj>() {
            warn_deprecated(
                vm,
                "complex() argument 'imag' must be a real number, not complex",
            )?;
            re -= c.im;
            im = Some(c.re + im.unwrap_or(0.0));
        } else {
            let x = real_part(vm, i, "imag")?;
            im = Some(im.map_or(x, |im| x + im));
        }
    }
    Ok(instance(class, (re, im.unwrap_or(0.0))))
}

fn real_part(vm: &mut Vm, r: &Ref, name: &str) -> R<f64> {
    match float::real_value_opt(vm, r)? {
        Some(x) => Ok(x),
        None => {
            let text = format!(
                "complex() argument '{name}' must be a real number, not {}",
                vm.type_name(r)
            );
            Err(vm.type_error(&text))
        }
    }
}
