//! Arithmetic operators: which operand's method is asked, in which order (data model 3.3.8).

use crate::value::slots::BinOp;
use crate::value::*;
use crate::{R, Vm};

impl Vm {
    /// `a op b`.
    pub fn binary(&mut self, a: &Ref, b: &Ref, op: BinOp) -> R<Ref> {
        self.check_native_stack()?;
        let r = self.binary_slots(a, b, op)?;
        if !r.is_not_implemented() {
            return Ok(r);
        }
        if let Some(r) = self.sequence_op(a, b, op)? {
            return Ok(r);
        }
        Err(self.unsupported(a, b, op.symbol()))
    }

    /// `a op= b`.
    pub fn inplace(&mut self, a: &Ref, b: &Ref, op: BinOp) -> R<Ref> {
        self.check_native_stack()?;
        if let Some(f) = a.class().slots.inplace[op as usize].get() {
            let r = f(self, a, b)?;
            if !r.is_not_implemented() {
                return Ok(r);
            }
        }
        let r = self.binary_slots(a, b, op)?;
        if !r.is_not_implemented() {
            return Ok(r);
        }
        let slots = &a.class().slots;
        if op == BinOp::Add
            && let Some(f) = slots.iconcat.get()
        {
            return f(self, a, b);
        }
        if op == BinOp::Mul
            && let Some(f) = slots.irepeat.get()
        {
            let n = self.repeat_count(a, b)?;
            return f(self, a, n);
        }
        if let Some(r) = self.sequence_op(a, b, op)? {
            return Ok(r);
        }
        Err(self.unsupported(a, b, op.inplace_symbol()))
    }

    /// The number slots alone; NotImplemented if nobody can.
    pub fn binary_slots(&mut self, a: &Ref, b: &Ref, op: BinOp) -> R<Ref> {
        let (ta, tb) = (a.class(), b.class());
        let left = ta.slots.binary[op as usize].get();
        let mut right = tb.slots.binary[op as usize].get();
        if std::ptr::eq(ta, tb) {
            right = None;
        } else if let (Some(l), Some(r)) = (left, right)
            && std::ptr::fn_addr_eq(l, r)
        {
            right = None;
        }
        if let Some(l) = left {
            if let Some(r) = right
                && tb.is_subtype(&type_ref(ta))
            {
                let x = r(self, a, b)?;
                if !x.is_not_implemented() {
                    return Ok(x);
                }
                right = None;
            }
            let x = l(self, a, b)?;
            if !x.is_not_implemented() {
                return Ok(x);
            }
        }
        if let Some(r) = right {
            return r(self, a, b);
        }
        Ok(Ref::not_implemented())
    }

    /// `+` and `*` of sequences, which come after the number methods of either operand.
    fn sequence_op(&mut self, a: &Ref, b: &Ref, op: BinOp) -> R<Option<Ref>> {
        match op {
            BinOp::Add => {
                if let Some(f) = a.class().slots.concat.get() {
                    return f(self, a, b).map(Some);
                }
            }
            BinOp::Mul => {
                if let Some(f) = a.class().slots.repeat.get() {
                    let n = self.repeat_count(a, b)?;
                    return f(self, a, n).map(Some);
                }
                if let Some(f) = b.class().slots.repeat.get() {
                    let n = self.repeat_count(b, a)?;
                    return f(self, b, n).map(Some);
                }
            }
            _ => {}
        }
        Ok(None)
    }

    /// The factor of a sequence repetition.
    pub(crate) fn repeat_count(&mut self, _seq: &Ref, n: &Ref) -> R<isize> {
        if n.class().slots.index.get().is_none() && !n.is_int() {
            let text = format!(
                "can't multiply sequence by non-int of type '{}'",
                self.type_name(n)
            );
            return Err(self.type_error(&text));
        }
        self.index_size(n)
    }

    fn unsupported(&mut self, a: &Ref, b: &Ref, symbol: &str) -> crate::Raised {
        let (ta, tb) = (self.type_name(a), self.type_name(b));
        let text = format!("unsupported operand type(s) for {symbol}: '{ta}' and '{tb}'");
        self.type_error(&text)
    }

    /// `pow(a, b, modulus)` with a modulus.
    pub fn pow3(&mut self, a: &Ref, b: &Ref, modulus: &Ref) -> R<Ref> {
        if modulus.is_none() {
            return self.binary(a, b, BinOp::Pow);
        }
        for operand in [a, b, modulus] {
            if let Some(f) = operand.class().slots.pow3.get() {
                let r = f(self, a, b, modulus)?;
                if !r.is_not_implemented() {
                    return Ok(r);
                }
            }
        }
        let text = format!(
            "unsupported operand type(s) for ** or pow(): '{}', '{}', '{}'",
            self.type_name(a),
            self.type_name(b),
            self.type_name(modulus)
        );
        Err(self.type_error(&text))
    }

    /// `-a`, `+a`, `~a` by their slots.
    pub fn unary(&mut self, a: &Ref, op: UnaryOp) -> R<Ref> {
        let slots = &a.class().slots;
        let f = match op {
            UnaryOp::Neg => slots.neg.get(),
            UnaryOp::Pos => slots.pos.get(),
            UnaryOp::Invert => slots.invert.get(),
        };
        match f {
            Some(f) => f(self, a),
            None => {
                let text = format!(
                    "bad operand type for unary {}: '{}'",
                    op.symbol(),
                    self.type_name(a)
                );
                Err(self.type_error(&text))
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum UnaryOp {
    Neg,
    Pos,
    Invert,
}
impl UnaryOp {
    fn symbol(self) -> &'static str {
        match self {
            UnaryOp::Neg => "-",
            UnaryOp::Pos => "+",
            UnaryOp::Invert => "~",
        }
    }
}
