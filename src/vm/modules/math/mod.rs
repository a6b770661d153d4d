//! The module `math`: [`float`] has the functions of floats, [`int`] those of ints, [`many`] those of several numbers.

mod float;
mod int;
mod many;

use super::{new_module, set};
use crate::value::*;
use crate::vm::new_float;
use crate::{R, Vm, functions};
use float::*;

functions! { FUNCTIONS;
    "acos(x, /)" => |vm, a| checked(vm, &a[0], f64::acos, |x| x.abs() <= 1.0, "expected a number in range from -1 up to 1"), "";
    "acosh(x, /)" => |vm, a| checked(vm, &a[0], acosh, |x| x >= 1.0, "expected argument value not less than 1"), "";
    "asin(x, /)" => |vm, a| checked(vm, &a[0], f64::asin, |x| x.abs() <= 1.0, "expected a number in range from -1 up to 1"), "";
    "asinh(x, /)" => |vm, a| plain(vm, &a[0], asinh), "";
    "atan(x, /)" => |vm, a| plain(vm, &a[0], f64::atan), "";
    "atan2(y, x, /)" => |vm, a| { let (y, x) = two(vm, a)?; Ok(new_float(y.atan2(x))) }, "";
    "atanh(x, /)" => |vm, a| checked(vm, &a[0], atanh, |x| x.abs() < 1.0, "expected a number between -1 and 1"), "";
    "cbrt(x, /)" => |vm, a| plain(vm, &a[0], f64::cbrt), "";
    "ceil(x, /)" => |vm, a| rounded(vm, &a[0], "__ceil__", f64::ceil), "";
    "comb(n, k, /)" => int::comb, "Number of ways to choose k items from n items without repetition and without order.\n\nEvaluates to n! / (k! * (n - k)!) when k <= n and evaluates\nto zero when k > n.";
    "copysign(x, y, /)" => |vm, a| { let (x, y) = two(vm, a)?; Ok(new_float(x.copysign(y))) }, "";
    "cos(x, /)" => |vm, a| checked(vm, &a[0], f64::cos, f64::is_finite, "expected a finite input"), "";
    "cosh(x, /)" => |vm, a| growing(vm, &a[0], f64::cosh), "";
    "degrees(x, /)" => |vm, a| plain(vm, &a[0], |x| x * (180.0 / std::f64::consts::PI)), "";
    "dist(p, q, /)" => many::dist, "Return the Euclidean distance between two points p and q.\n\nThe points should be specified as sequences (or iterables) of\ncoordinates.  Both inputs must have the same dimension.";
    "erf(x, /)" => |vm, a| plain(vm, &a[0], libm::erf), "";
    "erfc(x, /)" => |vm, a| plain(vm, &a[0], libm::erfc), "";
    "exp(x, /)" => |vm, a| growing(vm, &a[0], f64::exp), "";
    "exp2(x, /)" => |vm, a| growing(vm, &a[0], f64::exp2), "";
    "expm1(x, /)" => |vm, a| growing(vm, &a[0], f64::exp_m1), "";
    "fabs(x, /)" => |vm, a| plain(vm, &a[0], f64::abs), "";
    "factorial(n, /)" => int::factorial, "Find n!.";
    "floor(x, /)" => |vm, a| rounded(vm, &a[0], "__floor__", f64::floor), "";
    "fma(x, y, z, /)" => fma, "";
    "fmod(x, y, /)" => fmod, "";
    "frexp(x, /)" => frexp, "Return the mantissa and exponent of x, as pair (m, e).\n\nm is a float and e is an int, such that x = m * 2.**e.\nIf x is 0, m and e are both 0.  Else 0.5 <= abs(m) < 1.0.";
    "fsum(seq, /)" => many::fsum, "";
    "gamma(x, /)" => |vm, a| gamma_like(vm, &a[0], libm::tgamma), "";
    var "gcd(*integers)" => int::gcd, "";
    var "hypot(*coordinates)" => many::hypot, "";
    "isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0)" => isclose, "";
    "isfinite(x, /)" => |vm, a| Ok(Ref::bool(vm.float_value(&a[0])?.is_finite())), "";
    "isinf(x, /)" => |vm, a| Ok(Ref::bool(vm.float_value(&a[0])?.is_infinite())), "";
    "isnan(x, /)" => |vm, a| Ok(Ref::bool(vm.float_value(&a[0])?.is_nan())), "";
    "isqrt(n, /)" => int::isqrt, "";
    var "lcm(*integers)" => int::lcm, "";
    "ldexp(x, i, /)" => ldexp, "";
    "lgamma(x, /)" => |vm, a| gamma_like(vm, &a[0], |x| if x.is_infinite() { f64::INFINITY } else { libm::lgamma(x) }), "";
    "log(x, base=0, /)" => log, "";
    "log10(x, /)" => |vm, a| Ok(new_float(logarithm(vm, &a[0], f64::log10)?)), "";
    "log1p(x, /)" => |vm, a| checked(vm, &a[0], f64::ln_1p, |x| x > -1.0, "expected argument value > -1"), "";
    "log2(x, /)" => |vm, a| Ok(new_float(logarithm(vm, &a[0], f64::log2)?)), "";
    "modf(x, /)" => modf, "";
    "nextafter(x, y, /, *, steps=None)" => nextafter, "";
    "perm(n, k=None, /)" => int::perm, "Number of ways to choose k items from n items without repetition and with order.\n\nEvaluates to n! / (n - k)! when k <= n and evaluates\nto zero when k > n.\n\nIf k is not specified or is None, then k defaults to n\nand the function returns n!.\n\nRaises ValueError if either of the arguments are negative.";
    "pow(x, y, /)" => pow, "";
    "prod(iterable, /, *, start=1)" => many::prod, "";
    "radians(x, /)" => |vm, a| plain(vm, &a[0], |x| x * (std::f64::consts::PI / 180.0)), "";
    "remainder(x, y, /)" => remainder, "";
    "sin(x, /)" => |vm, a| checked(vm, &a[0], f64::sin, f64::is_finite, "expected a finite input"), "";
    "sinh(x, /)" => |vm, a| growing(vm, &a[0], f64::sinh), "";
    "sqrt(x, /)" => |vm, a| checked(vm, &a[0], f64::sqrt, |x| x >= 0.0, "expected a nonnegative input"), "";
    "sumprod(p, q, /)" => many::sumprod, "Return the sum of products of values from two iterables p and q.\n\nRoughly equivalent to:\n\n    sum(itertools.starmap(operator.mul, zip(p, q, strict=True)))\n\nFor float and mixed int/float inputs, the intermediate products\nand sums are computed with extended precision.";
    "tan(x, /)" => |vm, a| checked(vm, &a[0], f64::tan, f64::is_finite, "expected a finite input"), "";
    "tanh(x, /)" => |vm, a| plain(vm, &a[0], f64::tanh), "";
    "trunc(x, /)" => trunc, "";
    "ulp(x, /)" => |vm, a| plain(vm, &a[0], ulp), "";
}

pub(super) fn make(vm: &mut Vm) -> R<Ref> {
    let m = new_module(vm, "math", "", FUNCTIONS);
    for (name, value) in [
        ("pi", std::f64::consts::PI),
        ("e", std::f64::consts::E),
        ("tau", std::f64::consts::TAU),
        ("inf", f64::INFINITY),
        ("nan", f64::NAN),
    ] {
        set(&m, name, new_float(value));
    }
    Ok(m)
}
