//! Comparisons and conditions, as values and as jumps, and the warnings about literals that cannot be meant.

use crate::asm::{Label, Reg};
use crate::error::Result;
use crate::fold::truth;
use crate::unit::Compiler;
use taipan_bytecode::{Const, Op};
use taipan_grammar::ast::*;

impl<'a> Compiler<'a> {
    /// Jumps to `label` if the truth of `e` is `cond`; else goes on.
    pub fn jump_if(&mut self, e: ExprRef<'a>, cond: bool, label: Label) -> Result<()> {
        self.deeper(e.span)?;
        let outer = self.at(e.span);
        let mark = self.mark();
        self.jump_kind(e, cond, label)?;
        self.release(mark);
        self.at(outer);
        self.depth -= 1;
        Ok(())
    }

    fn jump_kind(&mut self, e: ExprRef<'a>, cond: bool, label: Label) -> Result<()> {
        match e.kind {
            ExprKind::UnaryOp {
                op: UnaryOp::Not,
                operand,
            } => return self.jump_if(operand, !cond, label),
            ExprKind::BoolOp { op, values } => return self.jump_bool_op(op, values, cond, label),
            ExprKind::IfExp { test, body, orelse } => {
                let (otherwise, end) = (self.label(), self.label());
                self.jump_if(test, false, otherwise)?;
                self.jump_if(body, cond, label)?;
                self.jump(end);
                self.place(otherwise);
                self.jump_if(orelse, cond, label)?;
                self.place(end);
                return Ok(());
            }
            ExprKind::Compare {
                left,
                ops,
                comparators,
            } => {
                return self.jump_compare(e, left, ops, comparators, cond, label);
            }
            _ => {}
        }
        if let Some(k) = self.fold(e) {
            if truth(&k) == cond {
                self.jump(label);
            }
            return Ok(());
        }
        let r = self.operand(e)?;
        self.at(e.span);
        let op = if cond {
            Op::JumpIfTrue
        } else {
            Op::JumpIfFalse
        };
        self.u.asm.jump(op, r.0, 0, label);
        Ok(())
    }

    /// | jump when | `and` | `or` |
    /// |---|---|---|
    /// | false | each operand jumps when false | all but the last skip to the end when true, the last jumps when false |
    /// | true | all but the last skip to the end when false, the last jumps when true | each operand jumps when true |
    fn jump_bool_op(
        &mut self,
        op: BoolOp,
        values: &'a [ExprRef<'a>],
        cond: bool,
        label: Label,
    ) -> Result<()> {
        let decides = op == BoolOp::Or;
        let end = self.label();
        for (n, value) in values.iter().enumerate() {
            if n + 1 == values.len() {
                self.jump_if(value, cond, label)?;
            } else {
                self.jump_if(value, decides, if cond == decides { label } else { end })?;
            }
        }
        self.place(end);
        Ok(())
    }

    pub fn compare_value(
        &mut self,
        e: ExprRef<'a>,
        left: ExprRef<'a>,
        ops: &'a [CmpOp],
        comparators: &'a [ExprRef<'a>],
        to: Reg,
    ) -> Result<()> {
        self.check_compare(left, ops, comparators, e.span);
        if let (&[op], &[right]) = (ops, comparators) {
            return self.compare_one(left, op, right, to);
        }
        let result = self.scratch(to);
        let end = self.label();
        let cleanup = self.label();
        let mut chain = self.begin_chain(left, comparators)?;
        for (n, (&op, &right)) in ops.iter().zip(comparators).enumerate() {
            if n + 1 == ops.len() {
                let r = self.compared(op, right)?;
                self.at(e.span);
                self.emit(value_op(op), result, chain.left, r);
                break;
            }
            let (r, kept) = self.chain_operand(&chain, right, &comparators[n + 1..], e.span)?;
            self.emit(value_op(op), result, chain.left, r);
            self.u.asm.jump(
                Op::JumpIfFalseKeep,
                result.0,
                0,
                if kept { cleanup } else { end },
            );
            self.chain_next(&mut chain, r, kept);
        }
        if self.u.asm.is_used(cleanup) {
            self.jump(end);
            self.place(cleanup);
            self.emit1(Op::Drop, chain.middle);
        }
        self.place(end);
        self.move_to(to, result);
        Ok(())
    }

    /// `to := left op right`.
    pub fn compare_one(
        &mut self,
        left: ExprRef<'a>,
        op: CmpOp,
        right: ExprRef<'a>,
        to: Reg,
    ) -> Result<()> {
        let span = self.u.asm.span;
        let l = self.operand_before(left, to, &[right])?;
        let r = self.compared(op, right)?;
        self.at(span);
        self.emit(value_op(op), to, l, r);
        Ok(())
    }

    /// The right operand; a display that is only searched may be a constant.
    fn compared(&mut self, op: CmpOp, right: ExprRef<'a>) -> Result<Reg> {
        let display = matches!(right.kind, ExprKind::List(_) | ExprKind::Set(_));
        if matches!(op, CmpOp::In | CmpOp::NotIn)
            && display
            && let Some(k) = self.fold_collection(right)
        {
            let t = self.push();
            self.load_const(t, k);
            return Ok(t);
        }
        self.operand(right)
    }

    fn jump_compare(
        &mut self,
        e: ExprRef<'a>,
        left: ExprRef<'a>,
        ops: &'a [CmpOp],
        comparators: &'a [ExprRef<'a>],
        cond: bool,
        label: Label,
    ) -> Result<()> {
        self.check_compare(left, ops, comparators, e.span);
        if let (&[op], &[right]) = (ops, comparators) {
            let scratch = Reg(0);
            let l = self.operand_before(left, scratch, &[right])?;
            return self.jump_last(l, op, right, cond, label, e.span);
        }
        let end = self.label();
        let cleanup = self.label();
        let otherwise = if cond { end } else { label };
        let mut chain = self.begin_chain(left, comparators)?;
        for (n, (&op, &right)) in ops.iter().zip(comparators).enumerate() {
            if n + 1 == ops.len() {
                self.jump_last(chain.left, op, right, cond, label, e.span)?;
                break;
            }
            let (r, kept) = self.chain_operand(&chain, right, &comparators[n + 1..], e.span)?;
            let to = if kept { cleanup } else { otherwise };
            self.u.asm.jump(jump_op(op, false), chain.left.0, r.0, to);
            self.chain_next(&mut chain, r, kept);
        }
        if self.u.asm.is_used(cleanup) {
            self.jump(end);
            self.place(cleanup);
            self.emit1(Op::Drop, chain.middle);
            self.jump(otherwise);
        }
        self.place(end);
        Ok(())
    }

    /// One comparison that decides a jump.
    fn jump_last(
        &mut self,
        l: Reg,
        op: CmpOp,
        right: ExprRef<'a>,
        cond: bool,
        label: Label,
        span: Span,
    ) -> Result<()> {
        let is_none = matches!(right.kind, ExprKind::Constant(Constant::None));
        if is_none && matches!(op, CmpOp::Is | CmpOp::IsNot) {
            self.at(span);
            let op = if (op == CmpOp::Is) == cond {
                Op::JumpIfNone
            } else {
                Op::JumpIfNotNone
            };
            self.u.asm.jump(op, l.0, 0, label);
            return Ok(());
        }
        if let Some(imm) = self.immediate(right)
            && let Some(op) = immediate_jump(op, cond)
        {
            self.at(span);
            self.u.asm.jump(op, l.0, imm as u16, label);
            return Ok(());
        }
        let r = self.compared(op, right)?;
        self.at(span);
        self.u.asm.jump(jump_op(op, cond), l.0, r.0, label);
        Ok(())
    }

    // Chains `a < b < c`. The left operand of a step is a local or in the register `first`, the right one, which is needed
    // again, a local or in `middle`, of which `copy` then is the copy that the comparison consumes.

    fn begin_chain(&mut self, left: ExprRef<'a>, comparators: &[ExprRef<'a>]) -> Result<Chain> {
        let first = self.push_n(3);
        let mut chain = Chain {
            left: first,
            first,
            middle: first.plus(1),
            copy: first.plus(2),
        };
        chain.left = self.operand_before(left, first, comparators)?;
        Ok(chain)
    }

    fn chain_operand(
        &mut self,
        chain: &Chain,
        e: ExprRef<'a>,
        later: &[ExprRef<'a>],
        span: Span,
    ) -> Result<(Reg, bool)> {
        let r = self.operand_before(e, chain.middle, later)?;
        self.at(span);
        if !r.is_temp() {
            return Ok((r, false));
        }
        self.emit2(Op::Copy, chain.copy, r);
        Ok((chain.copy, true))
    }

    fn chain_next(&mut self, chain: &mut Chain, right: Reg, kept: bool) {
        chain.left = right;
        if kept {
            self.emit2(Op::Move, chain.first, chain.middle);
            chain.left = chain.first;
        }
    }

    // Warnings.

    fn check_compare(
        &mut self,
        left: ExprRef<'a>,
        ops: &[CmpOp],
        comparators: &[ExprRef<'a>],
        span: Span,
    ) {
        let mut left = left;
        for (&op, &right) in ops.iter().zip(comparators) {
            self.check_is(op, left, right, span);
            left = right;
        }
    }

    pub fn check_is(&mut self, op: CmpOp, left: ExprRef<'a>, right: ExprRef<'a>, span: Span) {
        let (text, meant) = match op {
            CmpOp::Is => ("is", "=="),
            CmpOp::IsNot => ("is not", "!="),
            _ => return,
        };
        let Some(name) = self.literal_type(left).or_else(|| self.literal_type(right)) else {
            return;
        };
        self.warn(
            format!("\"{text}\" with '{name}' literal. Did you mean \"{meant}\"?"),
            span,
        );
    }

    /// Type of a literal that is not a singleton.
    fn literal_type(&self, e: ExprRef<'a>) -> Option<&'static str> {
        match e.kind {
            ExprKind::Constant(
                Constant::None | Constant::True | Constant::False | Constant::Ellipsis,
            ) => None,
            ExprKind::Constant(_) => type_name(e),
            ExprKind::Tuple(_) => self.fold(e).map(|_| "tuple"),
            _ => None,
        }
    }

    pub fn check_caller(&mut self, func: ExprRef<'a>) {
        if matches!(func.kind, ExprKind::Lambda { .. }) {
            return;
        }
        if let Some(name) = type_name(func) {
            self.warn(
                format!("'{name}' object is not callable; perhaps you missed a comma?"),
                func.span,
            );
        }
    }

    pub fn check_subscript(&mut self, value: ExprRef<'a>, index: ExprRef<'a>) {
        let Some(name) = type_name(value) else { return };
        let sequence = matches!(name, "str" | "bytes" | "tuple" | "list");
        if name == "dict" {
            return;
        }
        if !sequence {
            self.warn(
                format!("'{name}' object is not subscriptable; perhaps you missed a comma?"),
                value.span,
            );
            return;
        }
        let Some(index) = type_name(index) else {
            return;
        };
        if matches!(index, "int" | "bool" | "slice") {
            return;
        }
        let m = format!(
            "{name} indices must be integers or slices, not {index}; perhaps you missed a comma?"
        );
        self.warn(m, value.span);
    }
}

struct Chain {
    left: Reg,
    first: Reg,
    middle: Reg,
    copy: Reg,
}

/// The type of what an expression is bound to evaluate to, where its form tells.
fn type_name(e: ExprRef<'_>) -> Option<&'static str> {
    Some(match e.kind {
        ExprKind::Constant(ref c) => match crate::fold::literal(c) {
            Const::None => "NoneType",
            Const::True | Const::False => "bool",
            Const::Ellipsis => "ellipsis",
            Const::Int(_) | Const::BigInt(_) => "int",
            Const::Float(_) => "float",
            Const::Complex(..) => "complex",
            Const::Str(_) => "str",
            Const::Bytes(_) => "bytes",
            _ => return None,
        },
        ExprKind::Tuple(_) => "tuple",
        ExprKind::List(_) | ExprKind::ListComp { .. } => "list",
        ExprKind::Dict(_) | ExprKind::DictComp { .. } => "dict",
        ExprKind::Set(_) | ExprKind::SetComp { .. } => "set",
        ExprKind::GeneratorExp { .. } => "generator",
        ExprKind::Lambda { .. } => "function",
        ExprKind::JoinedStr(_) | ExprKind::FormattedValue { .. } => "str",
        ExprKind::TemplateStr(_) | ExprKind::Interpolation { .. } => "string.templatelib.Template",
        ExprKind::Slice { .. } => "slice",
        _ => return None,
    })
}

fn value_op(op: CmpOp) -> Op {
    match op {
        CmpOp::Eq => Op::Eq,
        CmpOp::NotEq => Op::Ne,
        CmpOp::Lt => Op::Lt,
        CmpOp::LtE => Op::Le,
        CmpOp::Gt => Op::Gt,
        CmpOp::GtE => Op::Ge,
        CmpOp::Is => Op::Is,
        CmpOp::IsNot => Op::IsNot,
        CmpOp::In => Op::In,
        CmpOp::NotIn => Op::NotIn,
    }
}

fn jump_op(op: CmpOp, cond: bool) -> Op {
    match (op, cond) {
        (CmpOp::Eq, true) => Op::JumpEq,
        (CmpOp::Eq, false) => Op::JumpNotEq,
        (CmpOp::NotEq, true) => Op::JumpNe,
        (CmpOp::NotEq, false) => Op::JumpNotNe,
        (CmpOp::Lt, true) => Op::JumpLt,
        (CmpOp::Lt, false) => Op::JumpNotLt,
        (CmpOp::LtE, true) => Op::JumpLe,
        (CmpOp::LtE, false) => Op::JumpNotLe,
        (CmpOp::Gt, true) => Op::JumpGt,
        (CmpOp::Gt, false) => Op::JumpNotGt,
        (CmpOp::GtE, true) => Op::JumpGe,
        (CmpOp::GtE, false) => Op::JumpNotGe,
        (CmpOp::Is, true) | (CmpOp::IsNot, false) => Op::JumpIs,
        (CmpOp::Is, false) | (CmpOp::IsNot, true) => Op::JumpIsNot,
        (CmpOp::In, true) | (CmpOp::NotIn, false) => Op::JumpIn,
        (CmpOp::In, false) | (CmpOp::NotIn, true) => Op::JumpNotIn,
    }
}

fn immediate_jump(op: CmpOp, cond: bool) -> Option<Op> {
    Some(match (op, cond) {
        (CmpOp::Eq, true) => Op::JumpEqImm,
        (CmpOp::Eq, false) => Op::JumpNotEqImm,
        (CmpOp::NotEq, true) => Op::JumpNeImm,
        (CmpOp::NotEq, false) => Op::JumpNotNeImm,
        (CmpOp::Lt, true) => Op::JumpLtImm,
        (CmpOp::Lt, false) => Op::JumpNotLtImm,
        (CmpOp::LtE, true) => Op::JumpLeImm,
        (CmpOp::LtE, false) => Op::JumpNotLeImm,
        (CmpOp::Gt, true) => Op::JumpGtImm,
        (CmpOp::Gt, false) => Op::JumpNotGtImm,
        (CmpOp::GtE, true) => Op::JumpGeImm,
        (CmpOp::GtE, false) => Op::JumpNotGeImm,
        _ => return None,
    })
}
