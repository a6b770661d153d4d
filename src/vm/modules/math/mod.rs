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
    "acos(x, /)" => |vm, a| checked(vm, &a[0], f64::acos, |x| x.abs() <= 1.0, "expected a number in range from -1 up to 1"), "Return the arc cosine (measured in radians) of x.\n\nThe result is between 0 and pi.";
    "acosh(x, /)" => |vm, a| checked(vm, &a[0], acosh, |x| x >= 1.0, "expected argument value not less than 1"), "Return the inverse hyperbolic cosine of x.";
    "asin(x, /)" => |vm, a| checked(vm, &a[0], f64::asin, |x| x.abs() <= 1.0, "expected a number in range from -1 up to 1"), "Return the arc sine (measured in radians) of x.\n\nThe result is between -pi/2 and pi/2.";
    "asinh(x, /)" => |vm, a| plain(vm, &a[0], asinh), "Return the inverse hyperbolic sine of x.";
    "atan(x, /)" => |vm, a| plain(vm, &a[0], f64::atan), "Return the arc tangent (measured in radians) of x.\n\nThe result is between -pi/2 and pi/2.";
    "atan2(y, x, /)" => |vm, a| { let (y, x) = two(vm, a)?; Ok(new_float(y.atan2(x))) }, "Return the arc tangent (measured in radians) of y/x.\n\nUnlike atan(y/x), the signs of both x and y are considered.";
    "atanh(x, /)" => |vm, a| checked(vm, &a[0], atanh, |x| x.abs() < 1.0, "expected a number between -1 and 1"), "Return the inverse hyperbolic tangent of x.";
    "cbrt(x, /)" => |vm, a| plain(vm, &a[0], f64::cbrt), "Return the cube root of x.";
    "ceil(x, /)" => |vm, a| rounded(vm, &a[0], "__ceil__", f64::ceil), "Return the ceiling of x as an Integral.\n\nThis is the smallest integer >= x.";
    "comb(n, k, /)" => int::comb, "Number of ways to choose k items from n items without repetition and without order.\n\nEvaluates to n! / (k! * (n - k)!) when k <= n and evaluates\nto zero when k > n.";
    "copysign(x, y, /)" => |vm, a| { let (x, y) = two(vm, a)?; Ok(new_float(x.copysign(y))) }, "Return a float with the magnitude (absolute value) of x but the sign of y.\n\nOn platforms that support signed zeros, copysign(1.0, -0.0)\nreturns -1.0.";
    "cos(x, /)" => |vm, a| checked(vm, &a[0], f64::cos, f64::is_finite, "expected a finite input"), "Return the cosine of x (measured in radians).";
    "cosh(x, /)" => |vm, a| growing(vm, &a[0], f64::cosh), "Return the hyperbolic cosine of x.";
    "degrees(x, /)" => |vm, a| plain(vm, &a[0], |x| x * (180.0 / std::f64::consts::PI)), "Convert angle x from radians to degrees.";
    "dist(p, q, /)" => many::dist, "Return the Euclidean distance between two points p and q.\n\nThe points should be specified as sequences (or iterables) of\ncoordinates.  Both inputs must have the same dimension.";
    "erf(x, /)" => |vm, a| plain(vm, &a[0], libm::erf), "Error function at x.";
    "erfc(x, /)" => |vm, a| plain(vm, &a[0], libm::erfc), "Complementary error function at x.";
    "exp(x, /)" => |vm, a| growing(vm, &a[0], f64::exp), "Return e raised to the power of x.";
    "exp2(x, /)" => |vm, a| growing(vm, &a[0], f64::exp2), "Return 2 raised to the power of x.";
    "expm1(x, /)" => |vm, a| growing(vm, &a[0], f64::exp_m1), "Return exp(x)-1.\n\nThis function avoids the loss of precision involved in the direct evaluation of exp(x)-1 for small x.";
    "fabs(x, /)" => |vm, a| plain(vm, &a[0], f64::abs), "Return the absolute value of the float x.";
    "factorial(n, /)" => int::factorial, "Find n!.";
    "floor(x, /)" => |vm, a| rounded(vm, &a[0], "__floor__", f64::floor), "Return the floor of x as an Integral.\n\nThis is the largest integer <= x.";
    "fma(x, y, z, /)" => fma, "Fused multiply-add operation.\n\nCompute (x * y) + z with a single round.";
    "fmod(x, y, /)" => fmod, "Return fmod(x, y), according to platform C.\n\nx % y may differ.";
    "frexp(x, /)" => frexp, "Return the mantissa and exponent of x, as pair (m, e).\n\nm is a float and e is an int, such that x = m * 2.**e.\nIf x is 0, m and e are both 0.  Else 0.5 <= abs(m) < 1.0.";
    "fsum(seq, /)" => many::fsum, "Return an accurate floating-point sum of values in the iterable seq.\n\nAssumes IEEE-754 floating-point arithmetic.";
    "gamma(x, /)" => |vm, a| gamma_like(vm, &a[0], libm::tgamma), "Gamma function at x.";
    var "gcd(*integers)" => int::gcd, "Greatest Common Divisor.";
    var "hypot(*coordinates)" => many::hypot, "Multidimensional Euclidean distance from the origin to a point.\n\nRoughly equivalent to:\n    sqrt(sum(x**2 for x in coordinates))\n\nFor a two dimensional point (x, y), gives the hypotenuse\nusing the Pythagorean theorem:  sqrt(x*x + y*y).\n\nFor example, the hypotenuse of a 3/4/5 right triangle is:\n\n    >>> hypot(3.0, 4.0)\n    5.0\n";
    "isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0)" => isclose, "Determine whether two floating-point numbers are close in value.\n\n  rel_tol\n    maximum difference for being considered \"close\", relative to the\n    magnitude of the input values\n  abs_tol\n    maximum difference for being considered \"close\", regardless of the\n    magnitude of the input values\n\nReturn True if a is close in value to b, and False otherwise.\n\nFor the values to be considered close, the difference between them\nmust be smaller than at least one of the tolerances.\n\n-inf, inf and NaN behave similarly to the IEEE 754 Standard.  That\nis, NaN is not close to anything, even itself.  inf and -inf are\nonly close to themselves.";
    "isfinite(x, /)" => |vm, a| Ok(Ref::bool(vm.float_value(&a[0])?.is_finite())), "Return True if x is neither an infinity nor a NaN, and False otherwise.";
    "isinf(x, /)" => |vm, a| Ok(Ref::bool(vm.float_value(&a[0])?.is_infinite())), "Return True if x is a positive or negative infinity, and False otherwise.";
    "isnan(x, /)" => |vm, a| Ok(Ref::bool(vm.float_value(&a[0])?.is_nan())), "Return True if x is a NaN (not a number), and False otherwise.";
    "isqrt(n, /)" => int::isqrt, "Return the integer part of the square root of the input.";
    var "lcm(*integers)" => int::lcm, "Least Common Multiple.";
    "ldexp(x, i, /)" => ldexp, "Return x * (2**i).\n\nThis is essentially the inverse of frexp().";
    "lgamma(x, /)" => |vm, a| gamma_like(vm, &a[0], |x| if x.is_infinite() { f64::INFINITY } else { libm::lgamma(x) }), "Natural logarithm of absolute value of Gamma function at x.";
    "log(x, base=0, /)" => log, "log(x, [base=math.e])\nReturn the logarithm of x to the given base.\n\nIf the base is not specified, returns the natural logarithm (base e) of x.";
    "log10(x, /)" => |vm, a| Ok(new_float(logarithm(vm, &a[0], f64::log10)?)), "Return the base 10 logarithm of x.";
    "log1p(x, /)" => |vm, a| checked(vm, &a[0], f64::ln_1p, |x| x > -1.0, "expected argument value > -1"), "Return the natural logarithm of 1+x (base e).\n\nThe result is computed in a way which is accurate for x near zero.";
    "log2(x, /)" => |vm, a| Ok(new_float(logarithm(vm, &a[0], f64::log2)?)), "Return the base 2 logarithm of x.";
    "modf(x, /)" => modf, "Return the fractional and integer parts of x.\n\nBoth results carry the sign of x and are floats.";
    "nextafter(x, y, /, *, steps=None)" => nextafter, "Return the floating-point value the given number of steps after x towards y.\n\nIf steps is not specified or is None, it defaults to 1.\n\nRaises a TypeError, if x or y is not a double, or if steps is not an integer.\nRaises ValueError if steps is negative.";
    "perm(n, k=None, /)" => int::perm, "Number of ways to choose k items from n items without repetition and with order.\n\nEvaluates to n! / (n - k)! when k <= n and evaluates\nto zero when k > n.\n\nIf k is not specified or is None, then k defaults to n\nand the function returns n!.\n\nRaises ValueError if either of the arguments are negative.";
    "pow(x, y, /)" => pow, "Return x**y (x to the power of y).";
    "prod(iterable, /, *, start=1)" => many::prod, "Calculate the product of all the elements in the input iterable.\n\nThe default start value for the product is 1.\n\nWhen the iterable is empty, return the start value.  This function is\nintended specifically for use with numeric values and may reject\nnon-numeric types.";
    "radians(x, /)" => |vm, a| plain(vm, &a[0], |x| x * (std::f64::consts::PI / 180.0)), "Convert angle x from degrees to radians.";
    "remainder(x, y, /)" => remainder, "Difference between x and the closest integer multiple of y.\n\nReturn x - n*y where n*y is the closest integer multiple of y.\nIn the case where x is exactly halfway between two multiples of\ny, the nearest even value of n is used. The result is always exact.";
    "sin(x, /)" => |vm, a| checked(vm, &a[0], f64::sin, f64::is_finite, "expected a finite input"), "Return the sine of x (measured in radians).";
    "sinh(x, /)" => |vm, a| growing(vm, &a[0], f64::sinh), "Return the hyperbolic sine of x.";
    "sqrt(x, /)" => |vm, a| checked(vm, &a[0], f64::sqrt, |x| x >= 0.0, "expected a nonnegative input"), "Return the square root of x.";
    "sumprod(p, q, /)" => many::sumprod, "Return the sum of products of values from two iterables p and q.\n\nRoughly equivalent to:\n\n    sum(itertools.starmap(operator.mul, zip(p, q, strict=True)))\n\nFor float and mixed int/float inputs, the intermediate products\nand sums are computed with extended precision.";
    "tan(x, /)" => |vm, a| checked(vm, &a[0], f64::tan, f64::is_finite, "expected a finite input"), "Return the tangent of x (measured in radians).";
    "tanh(x, /)" => |vm, a| plain(vm, &a[0], f64::tanh), "Return the hyperbolic tangent of x.";
    "trunc(x, /)" => trunc, "Truncates the Real x to the nearest Integral toward 0.\n\nUses the __trunc__ magic method.";
    "ulp(x, /)" => |vm, a| plain(vm, &a[0], ulp), "Return the value of the least significant bit of the float x.";
}

pub(super) fn make(vm: &mut Vm) -> R<Ref> {
    let m = new_module(
        vm,
        "math",
        "This module provides access to the mathematical functions\ndefined by the C standard.",
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
