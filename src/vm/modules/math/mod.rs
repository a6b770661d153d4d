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
    "acos(x, /)" => |vm, a| checked(vm, &a[0], f64::acos, |x| x.abs() <= 1.0, "expected a number in range from -1 up to 1"), "The angle, in radians, that has this cosine. It lies between 0 and pi.";
    "acosh(x, /)" => |vm, a| checked(vm, &a[0], acosh, |x| x >= 1.0, "expected argument value not less than 1"), "The number that has this hyperbolic cosine, not below 0.";
    "asin(x, /)" => |vm, a| checked(vm, &a[0], f64::asin, |x| x.abs() <= 1.0, "expected a number in range from -1 up to 1"), "The angle, in radians, that has this sine. It lies between -pi/2 and pi/2.";
    "asinh(x, /)" => |vm, a| plain(vm, &a[0], asinh), "The number that has this hyperbolic sine.";
    "atan(x, /)" => |vm, a| plain(vm, &a[0], f64::atan), "The angle, in radians, that has this tangent. It lies between -pi/2 and pi/2.";
    "atan2(y, x, /)" => |vm, a| { let (y, x) = two(vm, a)?; Ok(new_float(y.atan2(x))) }, "The angle, in radians, from the x axis to the point (x, y). It lies between -pi and pi.";
    "atanh(x, /)" => |vm, a| checked(vm, &a[0], atanh, |x| x.abs() < 1.0, "expected a number between -1 and 1"), "The number that has this hyperbolic tangent.";
    "cbrt(x, /)" => |vm, a| plain(vm, &a[0], f64::cbrt), "The cube root.";
    "ceil(x, /)" => |vm, a| rounded(vm, &a[0], "__ceil__", f64::ceil), "The least int that is not below x; other types decide by __ceil__().";
    "comb(n, k, /)" => int::comb, "How many sets of k items can be taken out of n items: n! / (k! (n-k)!), or 0 if k is greater than n.";
    "copysign(x, y, /)" => |vm, a| { let (x, y) = two(vm, a)?; Ok(new_float(x.copysign(y))) }, "x with the sign of y, also that of -0.0.";
    "cos(x, /)" => |vm, a| checked(vm, &a[0], f64::cos, f64::is_finite, "expected a finite input"), "The cosine of an angle in radians.";
    "cosh(x, /)" => |vm, a| growing(vm, &a[0], f64::cosh), "The hyperbolic cosine.";
    "degrees(x, /)" => |vm, a| plain(vm, &a[0], |x| x * (180.0 / std::f64::consts::PI)), "The angle x, given in radians, in degrees.";
    "dist(p, q, /)" => many::dist, "How far two points are apart. Each is a sequence of as many coordinates.";
    "erf(x, /)" => |vm, a| plain(vm, &a[0], libm::erf), "The error function.";
    "erfc(x, /)" => |vm, a| plain(vm, &a[0], libm::erfc), "One minus the error function, exact for large x too.";
    "exp(x, /)" => |vm, a| growing(vm, &a[0], f64::exp), "e to the power of x.";
    "exp2(x, /)" => |vm, a| growing(vm, &a[0], f64::exp2), "Two to the power of x.";
    "expm1(x, /)" => |vm, a| growing(vm, &a[0], f64::exp_m1), "exp(x) - 1, exact for small x too.";
    "fabs(x, /)" => |vm, a| plain(vm, &a[0], f64::abs), "x without its sign, always a float.";
    "factorial(n, /)" => int::factorial, "The product of the ints from 1 to n.";
    "floor(x, /)" => |vm, a| rounded(vm, &a[0], "__floor__", f64::floor), "The greatest int that is not above x; other types decide by __floor__().";
    "fma(x, y, z, /)" => fma, "x * y + z, rounded only once.";
    "fmod(x, y, /)" => fmod, "What remains of x / y, with the sign of x, as C has it. The operator % takes the sign of y.";
    "frexp(x, /)" => frexp, "Takes a float apart: a pair (m, e) so that x == m * 2**e, with 0.5 <= abs(m) < 1 unless x is 0.";
    "fsum(seq, /)" => many::fsum, "The sum of the items as if it were rounded only once, at the end.";
    "gamma(x, /)" => |vm, a| gamma_like(vm, &a[0], libm::tgamma), "The gamma function, which for an int n is the factorial of n - 1.";
    var "gcd(*integers)" => int::gcd, "The greatest int that divides all of the arguments; 0 for none.";
    var "hypot(*coordinates)" => many::hypot, "The distance from the origin to the point with these coordinates.";
    "isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0)" => isclose, "Whether two numbers are nearly equal.\n\nThey are if they differ by no more than rel_tol times the greater of their sizes, or by no more than abs_tol.\nNaN is close to nothing, an infinity to itself alone.";
    "isfinite(x, /)" => |vm, a| Ok(Ref::bool(vm.float_value(&a[0])?.is_finite())), "Whether x is neither infinite nor NaN.";
    "isinf(x, /)" => |vm, a| Ok(Ref::bool(vm.float_value(&a[0])?.is_infinite())), "Whether x is an infinity, of either sign.";
    "isnan(x, /)" => |vm, a| Ok(Ref::bool(vm.float_value(&a[0])?.is_nan())), "Whether x is NaN.";
    "isqrt(n, /)" => int::isqrt, "The square root of an int, without its fraction.";
    var "lcm(*integers)" => int::lcm, "The least positive int that all of the arguments divide; 0 if one of them is 0, 1 for none.";
    "ldexp(x, i, /)" => ldexp, "x * 2**i, which frexp() undoes.";
    "lgamma(x, /)" => |vm, a| gamma_like(vm, &a[0], |x| if x.is_infinite() { f64::INFINITY } else { libm::lgamma(x) }), "The natural logarithm of the gamma function's size.";
    "log(x, base=0, /)" => log, "The logarithm of x to a base, e if it is left out.";
    "log10(x, /)" => |vm, a| Ok(new_float(logarithm(vm, &a[0], f64::log10)?)), "The logarithm to base 10.";
    "log1p(x, /)" => |vm, a| checked(vm, &a[0], f64::ln_1p, |x| x > -1.0, "expected argument value > -1"), "The natural logarithm of 1 + x, exact for small x too.";
    "log2(x, /)" => |vm, a| Ok(new_float(logarithm(vm, &a[0], f64::log2)?)), "The logarithm to base 2.";
    "modf(x, /)" => modf, "The fraction and the whole part of x, both floats with its sign.";
    "nextafter(x, y, /, *, steps=None)" => nextafter, "The float that follows x on the way to y, or the one so many steps on.";
    "perm(n, k=None, /)" => int::perm, "How many ordered choices of k items there are among n items: n! / (n-k)!, or 0 if k is greater than n.\n\nWithout k, all of them are chosen. ValueError is raised for negative numbers.";
    "pow(x, y, /)" => pow, "x to the power of y, calculated with floats.";
    "prod(iterable, /, *, start=1)" => many::prod, "The product of the items and start. No items make start itself.";
    "radians(x, /)" => |vm, a| plain(vm, &a[0], |x| x * (std::f64::consts::PI / 180.0)), "The angle x, given in degrees, in radians.";
    "remainder(x, y, /)" => remainder, "x minus the nearest multiple of y, the even one if two are as near.";
    "sin(x, /)" => |vm, a| checked(vm, &a[0], f64::sin, f64::is_finite, "expected a finite input"), "The sine of an angle in radians.";
    "sinh(x, /)" => |vm, a| growing(vm, &a[0], f64::sinh), "The hyperbolic sine.";
    "sqrt(x, /)" => |vm, a| checked(vm, &a[0], f64::sqrt, |x| x >= 0.0, "expected a nonnegative input"), "The square root.";
    "sumprod(p, q, /)" => many::sumprod, "Multiplies the items of two iterables of one length pairwise and adds the products up.\n\nWith floats, what the steps lose by rounding is kept aside and added in the end.";
    "tan(x, /)" => |vm, a| checked(vm, &a[0], f64::tan, f64::is_finite, "expected a finite input"), "The tangent of an angle in radians.";
    "tanh(x, /)" => |vm, a| plain(vm, &a[0], f64::tanh), "The hyperbolic tangent.";
    "trunc(x, /)" => trunc, "x without its fraction, as __trunc__() of its class has it.";
    "ulp(x, /)" => |vm, a| plain(vm, &a[0], ulp), "The weight of the last bit of x as a float.";
}

pub(super) fn make(vm: &mut Vm) -> R<Ref> {
    let m = new_module(
        vm,
        "math",
        "Functions of real numbers. Those of complex numbers are in cmath.",
        FUNCTIONS,
    );
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
