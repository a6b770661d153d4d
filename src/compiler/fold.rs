//! Constant folding: expressions of literals whose value is known before the program runs.
//!
//! The limits are CPython's: integers up to 128 bits, strings up to 4096 bytes, tuples up to 256 items, so that
//! `"x" * 10**9` costs nothing until it is run. What might raise, or whose rounding is the run-time library's business, is not folded.

use crate::unit::Compiler;
use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive, Zero};
use taipan_bytecode::Const;
use taipan_grammar::ast::*;

const MAX_INT_BITS: u64 = 128;
const MAX_STR_SIZE: usize = 4096;
const MAX_COLLECTION_SIZE: usize = 256;

/// The value of a literal.
pub fn literal(c: &Constant<'_>) -> Const {
    match *c {
        Constant::None => Const::None,
        Constant::True => Const::True,
        Constant::False => Const::False,
        Constant::Ellipsis => Const::Ellipsis,
        Constant::Int(n) => Const::Int(n),
        Constant::BigInt { digits, radix } => {
            integer(BigInt::parse_bytes(digits.as_bytes(), radix).unwrap_or_default())
        }
        Constant::Float(f) => Const::Float(f),
        Constant::Complex(im) => Const::Complex(0.0, im),
        Constant::Str { value, .. } => Const::Str(value.into()),
        Constant::Bytes(value) => Const::Bytes(value.into()),
    }
}

fn integer(n: BigInt) -> Const {
    n.to_i64().map_or(Const::BigInt(n), Const::Int)
}

/// Truth value of a constant.
pub fn truth(k: &Const) -> bool {
    match k {
        Const::None | Const::False => false,
        Const::True | Const::Ellipsis | Const::Code(_) | Const::Slice(_) => true,
        Const::Int(n) => *n != 0,
        Const::BigInt(n) => !n.is_zero(),
        Const::Float(f) => *f != 0.0,
        Const::Complex(re, im) => *re != 0.0 || *im != 0.0,
        Const::Str(s) | Const::Bytes(s) => !s.is_empty(),
        Const::Tuple(items) | Const::FrozenSet(items) => !items.is_empty(),
    }
}

impl<'a> Compiler<'a> {
    /// The value of `e`, if it is constant.
    pub fn fold(&self, e: ExprRef<'a>) -> Option<Const> {
        match e.kind {
            ExprKind::Constant(ref c) => Some(literal(c)),
            ExprKind::Name(name) if name == self.names.debug => {
                Some(if self.options.optimize == 0 {
                    Const::True
                } else {
                    Const::False
                })
            }
            ExprKind::UnaryOp { op, operand } => fold_unary(op, self.fold(operand)?),
            ExprKind::BinOp { right, .. } if may_fold(right) => self.fold_spine(e),
            ExprKind::Tuple(items) => {
                let items: Option<Vec<Const>> = items.iter().map(|e| self.fold(e)).collect();
                Some(Const::Tuple(items?.into()))
            }
            ExprKind::Subscript { value, slice } if matches!(value.kind, ExprKind::Tuple(_)) => {
                let (Const::Tuple(items), Const::Int(n)) = (self.fold(value)?, self.fold(slice)?)
                else {
                    return None;
                };
                let n = if n < 0 { n + items.len() as i64 } else { n };
                items.get(usize::try_from(n).ok()?).cloned()
            }
            _ => None,
        }
    }

    fn fold_spine(&self, e: ExprRef<'a>) -> Option<Const> {
        let mut rights = Vec::new();
        let mut at = e;
        while let ExprKind::BinOp { left, op, right } = at.kind {
            if !may_fold(right) {
                return None;
            }
            rights.push((op, right));
            at = left;
        }
        let mut value = self.fold(at)?;
        for (op, right) in rights.into_iter().rev() {
            value = fold_binary(op, &value, &self.fold(right)?)?;
        }
        Some(value)
    }

    /// A small integer that fits an immediate operand.
    pub fn immediate(&self, e: ExprRef<'a>) -> Option<i16> {
        match e.kind {
            ExprKind::Constant(Constant::Int(n)) => i16::try_from(n).ok(),
            ExprKind::UnaryOp {
                op: UnaryOp::USub,
                operand,
            } => match operand.kind {
                ExprKind::Constant(Constant::Int(n)) => i16::try_from(-n).ok(),
                _ => None,
            },
            _ => None,
        }
    }

    /// A display only iterated over or searched can be a constant: `[1, 2]` becomes `(1, 2)`, `{1, 2}` a frozenset.
    pub fn fold_collection(&self, e: ExprRef<'a>) -> Option<Const> {
        let all = |items: &'a [ExprRef<'a>]| -> Option<Box<[Const]>> {
            items.iter().map(|e| self.fold(e)).collect()
        };
        match e.kind {
            ExprKind::List(items) => all(items).map(Const::Tuple),
            ExprKind::Set(items) => all(items).map(Const::FrozenSet),
            _ => self.fold(e),
        }
    }
}

/// Cheap refusal, so that long sums of variables are not walked again and again.
fn may_fold(e: ExprRef<'_>) -> bool {
    matches!(
        e.kind,
        ExprKind::Constant(_)
            | ExprKind::UnaryOp { .. }
            | ExprKind::BinOp { .. }
            | ExprKind::Tuple(_)
            | ExprKind::Subscript { .. }
    )
}

fn big(k: &Const) -> Option<BigInt> {
    match k {
        Const::Int(n) => Some(BigInt::from(*n)),
        Const::BigInt(n) => Some(n.clone()),
        Const::True => Some(BigInt::from(1)),
        Const::False => Some(BigInt::from(0)),
        _ => None,
    }
}

fn float(k: &Const) -> Option<f64> {
    match k {
        Const::Float(f) => Some(*f),
        Const::True => Some(1.0),
        Const::False => Some(0.0),
        // Beyond 2**53 the conversion rounds.
        Const::Int(n) if n.unsigned_abs() <= 1 << 53 => Some(*n as f64),
        _ => None,
    }
}

fn fold_unary(op: UnaryOp, k: Const) -> Option<Const> {
    Some(match (op, &k) {
        (UnaryOp::Not, _) => {
            if truth(&k) {
                Const::False
            } else {
                Const::True
            }
        }
        (UnaryOp::USub, Const::Float(f)) => Const::Float(-f),
        (UnaryOp::USub, Const::Complex(re, im)) => Const::Complex(-re, -im),
        (UnaryOp::UAdd, Const::Float(_) | Const::Complex(..)) => k,
        // `~True` warns at run time.
        (UnaryOp::Invert, Const::True | Const::False) => return None,
        (UnaryOp::USub, _) => integer(-big(&k)?),
        (UnaryOp::UAdd, _) => integer(big(&k)?),
        (UnaryOp::Invert, _) => integer(-big(&k)? - 1),
    })
}

/// The result of an operation on constants, if it is one that is folded.
pub fn fold_binary(op: Operator, a: &Const, b: &Const) -> Option<Const> {
    match (a, b) {
        (Const::Str(_) | Const::Bytes(_) | Const::Tuple(_), _)
        | (_, Const::Str(_) | Const::Bytes(_) | Const::Tuple(_)) => fold_sequence(op, a, b),
        (Const::Complex(..), _) | (_, Const::Complex(..)) => fold_complex(op, a, b),
        (Const::Float(_), _) | (_, Const::Float(_)) => fold_float(op, float(a)?, float(b)?),
        _ if op == Operator::Div => match (a, b) {
            (Const::BigInt(_), _) | (_, Const::BigInt(_)) => None,
            _ => fold_float(op, float(a)?, float(b)?),
        },
        _ => fold_integer(op, a, b),
    }
}

fn fold_float(op: Operator, a: f64, b: f64) -> Option<Const> {
    Some(Const::Float(match op {
        Operator::Add => a + b,
        Operator::Sub => a - b,
        Operator::Mult => a * b,
        Operator::Div if b != 0.0 => a / b,
        _ => return None,
    }))
}

/// Mixed-mode arithmetic leaves the other part alone: `1 - 0j` is `1-0j`.
fn fold_complex(op: Operator, a: &Const, b: &Const) -> Option<Const> {
    let (re, im) = match (op, a, b) {
        (Operator::Add, Const::Complex(ar, ai), Const::Complex(br, bi)) => (ar + br, ai + bi),
        (Operator::Sub, Const::Complex(ar, ai), Const::Complex(br, bi)) => (ar - br, ai - bi),
        (Operator::Add, Const::Complex(ar, ai), _) => (ar + float(b)?, *ai),
        (Operator::Sub, Const::Complex(ar, ai), _) => (ar - float(b)?, *ai),
        (Operator::Add, _, Const::Complex(br, bi)) => (float(a)? + br, *bi),
        (Operator::Sub, _, Const::Complex(br, bi)) => (float(a)? - br, -bi),
        _ => return None,
    };
    Some(Const::Complex(re, im))
}

fn fold_integer(op: Operator, a: &Const, b: &Const) -> Option<Const> {
    // `True & False` is a bool.
    let both_bool = matches!(
        (a, b),
        (Const::True | Const::False, Const::True | Const::False)
    );
    if both_bool && matches!(op, Operator::BitAnd | Operator::BitOr | Operator::BitXor) {
        return None;
    }
    if let (Const::Int(x), Const::Int(y)) = (a, b) {
        let quick = match op {
            Operator::Add => x.checked_add(*y),
            Operator::Sub => x.checked_sub(*y),
            Operator::Mult => x.checked_mul(*y),
            Operator::BitAnd => Some(x & y),
            Operator::BitOr => Some(x | y),
            Operator::BitXor => Some(x ^ y),
            _ => None,
        };
        if let Some(n) = quick {
            return Some(Const::Int(n));
        }
    }
    let (x, y) = (big(a)?, big(b)?);
    let floor = |x: &BigInt, y: &BigInt| {
        let (q, r) = (x / y, x % y);
        if !r.is_zero() && (r.is_negative() != y.is_negative()) {
            (q - 1, r + y)
        } else {
            (q, r)
        }
    };
    let n = match op {
        Operator::Add => x + y,
        Operator::Sub => x - y,
        Operator::Mult if x.bits() + y.bits() <= MAX_INT_BITS => x * y,
        Operator::FloorDiv if !y.is_zero() => floor(&x, &y).0,
        Operator::Mod if !y.is_zero() => floor(&x, &y).1,
        Operator::Pow => {
            let exponent = y.to_u32()?;
            if x.bits().max(1) * exponent as u64 > MAX_INT_BITS {
                return None;
            }
            x.pow(exponent)
        }
        Operator::LShift => {
            let by = y
                .to_u64()
                .filter(|n| *n <= MAX_INT_BITS && x.bits() + n <= MAX_INT_BITS)?;
            x << by
        }
        Operator::RShift => x >> y.to_u64().filter(|n| *n <= 1 << 20)?,
        Operator::BitAnd => x & y,
        Operator::BitOr => x | y,
        Operator::BitXor => x ^ y,
        _ => return None,
    };
    Some(integer(n))
}

fn fold_sequence(op: Operator, a: &Const, b: &Const) -> Option<Const> {
    let join = |a: &[u8], b: &[u8]| {
        (a.len() + b.len() <= MAX_STR_SIZE).then(|| [a, b].concat().into_boxed_slice())
    };
    match (op, a, b) {
        // Two halves of a surrogate pair must not meet: WTF-8 would then want one character.
        (Operator::Add, Const::Str(a), Const::Str(b)) if !ends_in_surrogate(a) => {
            join(a, b).map(Const::Str)
        }
        (Operator::Add, Const::Bytes(a), Const::Bytes(b)) => join(a, b).map(Const::Bytes),
        (Operator::Add, Const::Tuple(a), Const::Tuple(b))
            if a.len() + b.len() <= MAX_COLLECTION_SIZE =>
        {
            Some(Const::Tuple([&a[..], &b[..]].concat().into()))
        }
        (Operator::Mult, Const::Int(_), _) => fold_repeat(b, a),
        (Operator::Mult, _, Const::Int(_)) => fold_repeat(a, b),
        _ => None,
    }
}

fn fold_repeat(sequence: &Const, times: &Const) -> Option<Const> {
    let Const::Int(n) = *times else { return None };
    let n = usize::try_from(n.max(0))
        .ok()
        .filter(|n| *n <= MAX_STR_SIZE)?;
    let fits = |len: usize, max: usize| len * n <= max;
    match sequence {
        Const::Str(s) if fits(s.len(), MAX_STR_SIZE) && !ends_in_surrogate(s) => {
            Some(Const::Str(s.repeat(n).into()))
        }
        Const::Bytes(s) if fits(s.len(), MAX_STR_SIZE) => Some(Const::Bytes(s.repeat(n).into())),
        Const::Tuple(items) if fits(items.len(), MAX_COLLECTION_SIZE) => {
            // Nested tuples would multiply without bound.
            let flat = !items.iter().any(|k| matches!(k, Const::Tuple(_)));
            flat.then(|| {
                Const::Tuple(
                    items
                        .iter()
                        .cloned()
                        .cycle()
                        .take(items.len() * n)
                        .collect(),
                )
            })
        }
        _ => None,
    }
}

fn ends_in_surrogate(s: &[u8]) -> bool {
    matches!(s, [.., 0xED, 0xA0..=0xBF, _])
}
