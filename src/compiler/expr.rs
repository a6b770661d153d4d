//! Expressions: each leaves its value in the register it is told.
//!
//! [`Compiler::expr_into`] evaluates into a given register, [`Compiler::operand`] into whichever register
//! is cheapest: a local is read where it is. The target may be a local variable: then only the last instruction
//! of the expression writes it, so that a failing expression leaves the variable as it was.
//! Where a later part of an expression could rebind a local that has been read already (`x + (x := 1)`), it is copied first.

use crate::asm::Reg;
use crate::error::Result;
use crate::fold::fold_binary;
use crate::unit::{Compiler, Place};
use taipan_bytecode::{Const, Op};
use taipan_grammar::ast::*;

/// Displays longer than this are built piece by piece, to bound the number of registers.
pub const MAX_INLINE_ITEMS: usize = 30;

impl<'a> Compiler<'a> {
    /// Evaluates `e` into `to`.
    pub fn expr_into(&mut self, e: ExprRef<'a>, to: Reg) -> Result<()> {
        self.deeper(e.span)?;
        let outer = self.at(e.span);
        let mark = self.mark();
        self.expr_kind(e, to)?;
        self.release(mark);
        self.at(outer);
        self.depth -= 1;
        Ok(())
    }

    /// Evaluates `e` into a new temporary.
    pub fn expr_push(&mut self, e: ExprRef<'a>) -> Result<Reg> {
        let to = self.push();
        self.expr_into(e, to)?;
        Ok(to)
    }

    /// The value of `e` in a register: a local where it is, else a new temporary.
    pub fn operand(&mut self, e: ExprRef<'a>) -> Result<Reg> {
        match self.in_place(e) {
            Some(reg) => Ok(reg),
            None => self.expr_push(e),
        }
    }

    /// Like `operand`, but a temporary `hint`, which is dead, is used instead of a new one.
    pub fn operand_in(&mut self, e: ExprRef<'a>, hint: Reg) -> Result<Reg> {
        if let Some(reg) = self.in_place(e) {
            return Ok(reg);
        }
        let to = self.scratch(hint);
        self.expr_into(e, to)?;
        Ok(to)
    }

    /// Like `operand_in` when `later` is evaluated before the value is used.
    pub fn operand_before(
        &mut self,
        e: ExprRef<'a>,
        hint: Reg,
        later: &[ExprRef<'a>],
    ) -> Result<Reg> {
        if self.may_be_rebound(e, later) {
            let to = self.scratch(hint);
            self.expr_into(e, to)?;
            return Ok(to);
        }
        self.operand_in(e, hint)
    }

    fn in_place(&mut self, e: ExprRef<'a>) -> Option<Reg> {
        let ExprKind::Name(name) = e.kind else {
            return None;
        };
        let reg = self.local_of(name)?;
        let outer = self.at(e.span);
        self.check_bound(reg);
        self.at(outer);
        Some(reg)
    }

    fn may_be_rebound(&mut self, e: ExprRef<'a>, later: &[ExprRef<'a>]) -> bool {
        let ExprKind::Name(name) = e.kind else {
            return false;
        };
        if self.scopes.get(self.u.scope).walrus.is_empty() {
            return false;
        }
        let name = self.mangled(name);
        self.scopes.get(self.u.scope).walrus.contains(&name)
            && later
                .iter()
                .any(|l| !matches!(l.kind, ExprKind::Name(_) | ExprKind::Constant(_)))
    }

    fn expr_kind(&mut self, e: ExprRef<'a>, to: Reg) -> Result<()> {
        match e.kind {
            ExprKind::Constant(ref c) => self.load_const(to, crate::fold::literal(c)),
            ExprKind::Name(name) if name == self.names.debug => {
                let value = if self.options.optimize == 0 {
                    Const::True
                } else {
                    Const::False
                };
                self.load_const(to, value);
            }
            ExprKind::Name(name) => self.load_name(name, to)?,
            ExprKind::BinOp { .. } => self.binary_chain(e, to)?,
            ExprKind::UnaryOp { op, operand } => self.unary(e, op, operand, to)?,
            ExprKind::BoolOp { op, values } => self.bool_op(op, values, to)?,
            ExprKind::IfExp { .. } => self.if_exp(e, to)?,
            ExprKind::NamedExpr { target, value } => self.named_expr(target, value, to)?,
            ExprKind::Lambda { args, body } => self.lambda(e, args, body, to)?,
            ExprKind::Dict(items) => self.dict_display(items, to)?,
            ExprKind::Set(items) => self.set_display(items, to)?,
            ExprKind::List(items) => self.list_display(items, to)?,
            ExprKind::Tuple(items) => self.tuple_display(e, items, to)?,
            ExprKind::ListComp { .. }
            | ExprKind::SetComp { .. }
            | ExprKind::DictComp { .. }
            | ExprKind::GeneratorExp { .. } => self.comprehension(e, to)?,
            ExprKind::Await(value) => self.await_expr(e, value, to)?,
            ExprKind::Yield(value) => self.yield_expr(e, value, to)?,
            ExprKind::YieldFrom(value) => self.yield_from(e, value, to)?,
            ExprKind::Compare {
                left,
                ops,
                comparators,
            } => self.compare_value(e, left, ops, comparators, to)?,
            ExprKind::Call {
                func,
                args,
                keywords,
            } => self.call(e, func, args, keywords, to)?,
            ExprKind::JoinedStr(parts) => self.joined_str(parts, to)?,
            ExprKind::TemplateStr(parts) => self.template_str(parts, to)?,
            ExprKind::FormattedValue { .. } => self.formatted_value(e, to)?,
            ExprKind::Interpolation { .. } => self.interpolation(e, to)?,
            ExprKind::Attribute { .. } => self.attribute_chain(e, to)?,
            ExprKind::Subscript { value, slice } => self.subscript(e, value, slice, to)?,
            ExprKind::Starred(_) => return self.error("can't use starred expression here", e.span),
            ExprKind::Slice { lower, upper, step } => self.slice_object(lower, upper, step, to)?,
        }
        Ok(())
    }

    /// `a + b * c - d`: a chain that leans left is walked, however long it is.
    fn binary_chain(&mut self, e: ExprRef<'a>, to: Reg) -> Result<()> {
        if let Some(k) = self.fold(e) {
            self.load_const(to, k);
            return Ok(());
        }
        let mut steps = Vec::new();
        let mut at = e;
        while let ExprKind::BinOp { left, op, right } = at.kind {
            steps.push((op, right, at.span));
            at = left;
        }
        steps.reverse();
        let mut known = self.fold(at);
        let mut n = 0;
        while let Some(k) = &known
            && let Some(&(op, right, _)) = steps.get(n)
            && let Some(r) = self.fold(right)
            && let Some(folded) = fold_binary(op, k, &r)
        {
            known = Some(folded);
            n += 1;
        }
        let acc = self.scratch(to);
        let mut left = match known {
            Some(k) => {
                self.at(at.span);
                self.load_const(acc, k);
                acc
            }
            None => {
                let later: Vec<ExprRef<'a>> = steps.first().map(|s| s.1).into_iter().collect();
                self.operand_before(at, acc, &later)?
            }
        };
        let last = steps.len().saturating_sub(1);
        for (n, &(op, right, span)) in steps.iter().enumerate().skip(n) {
            let result = if n == last { to } else { acc };
            self.binary_step(op, false, result, left, right, span)?;
            left = acc;
        }
        Ok(())
    }

    /// `result := left op right`, or the in-place form.
    pub fn binary_step(
        &mut self,
        op: Operator,
        inplace: bool,
        result: Reg,
        left: Reg,
        right: ExprRef<'a>,
        span: Span,
    ) -> Result<()> {
        if let Some(imm) = self.immediate(right)
            && let Some(op) = immediate_op(op, inplace)
        {
            self.at(span);
            self.emit_raw(op, result.0, left.0, imm as u16);
            return Ok(());
        }
        let mark = self.mark();
        let right = self.operand(right)?;
        self.at(span);
        self.emit(binary_op(op, inplace), result, left, right);
        self.release(mark);
        Ok(())
    }

    fn unary(&mut self, e: ExprRef<'a>, op: UnaryOp, operand: ExprRef<'a>, to: Reg) -> Result<()> {
        if let Some(k) = self.fold(e) {
            self.load_const(to, k);
            return Ok(());
        }
        if op == UnaryOp::Not
            && let ExprKind::Compare {
                left,
                ops: &[op],
                comparators: &[right],
            } = operand.kind
            && let Some(inverse) = inverse(op)
        {
            self.check_is(op, left, right, operand.span);
            return self.compare_one(left, inverse, right, to);
        }
        let r = self.operand_in(operand, to)?;
        let op = match op {
            UnaryOp::Invert => Op::Invert,
            UnaryOp::Not => Op::Not,
            UnaryOp::UAdd => Op::Pos,
            UnaryOp::USub => Op::Neg,
        };
        self.emit2(op, to, r);
        Ok(())
    }

    /// `a and b or c` as a value: the operand that decides is kept, so it must be in a temporary.
    fn bool_op(&mut self, op: BoolOp, values: &'a [ExprRef<'a>], to: Reg) -> Result<()> {
        let t = self.scratch(to);
        let end = self.label();
        let keep = match op {
            BoolOp::And => Op::JumpIfFalseKeep,
            BoolOp::Or => Op::JumpIfTrueKeep,
        };
        for (n, value) in values.iter().enumerate() {
            self.expr_into(value, t)?;
            if n + 1 < values.len() {
                self.u.asm.jump(keep, t.0, 0, end);
            }
        }
        self.place(end);
        self.move_to(to, t);
        Ok(())
    }

    fn if_exp(&mut self, mut e: ExprRef<'a>, to: Reg) -> Result<()> {
        let end = self.label();
        while let ExprKind::IfExp { test, body, orelse } = e.kind {
            let otherwise = self.label();
            self.jump_if(test, false, otherwise)?;
            self.expr_into(body, to)?;
            self.jump(end);
            self.place(otherwise);
            e = orelse;
        }
        self.expr_into(e, to)?;
        self.place(end);
        Ok(())
    }

    fn named_expr(&mut self, target: ExprRef<'a>, value: ExprRef<'a>, to: Reg) -> Result<()> {
        let ExprKind::Name(name) = target.kind else {
            return self.expr_into(value, to);
        };
        let mangled = self.mangled(name);
        if let Place::Local(reg) = self.lookup(mangled) {
            self.expr_into(value, reg)?;
            self.mark_bound(reg);
            self.move_to(to, reg);
            return Ok(());
        }
        let t = self.scratch(to);
        self.expr_into(value, t)?;
        let copy = self.push();
        self.emit2(Op::Copy, copy, t);
        self.at(target.span);
        self.store_name(name, copy)?;
        self.move_to(to, t);
        Ok(())
    }

    // Displays.

    fn tuple_display(&mut self, e: ExprRef<'a>, items: &'a [ExprRef<'a>], to: Reg) -> Result<()> {
        if let Some(k) = self.fold(e) {
            self.load_const(to, k);
            return Ok(());
        }
        if items.len() <= MAX_INLINE_ITEMS && !has_star(items) {
            return self.build(Op::BuildTuple, items, to);
        }
        let t = self.scratch(to);
        self.list_pieces(items, t)?;
        self.emit2(Op::ListToTuple, to, t);
        Ok(())
    }

    fn list_display(&mut self, items: &'a [ExprRef<'a>], to: Reg) -> Result<()> {
        if items.len() <= MAX_INLINE_ITEMS
            && !has_star(items)
            && !(items.len() > 2 && self.all_constant(items))
        {
            return self.build(Op::BuildList, items, to);
        }
        let t = self.scratch(to);
        self.list_pieces(items, t)?;
        self.move_to(to, t);
        Ok(())
    }

    fn all_constant(&self, items: &'a [ExprRef<'a>]) -> bool {
        items.iter().all(|e| self.fold(e).is_some())
    }

    /// `to := op(items)`, the items in consecutive temporaries.
    pub fn build(&mut self, op: Op, items: &[ExprRef<'a>], to: Reg) -> Result<()> {
        let mark = self.mark();
        let first = Reg::temp(mark);
        for item in items {
            self.expr_push(item)?;
        }
        self.emit_raw(op, to.0, first.0, items.len() as u16);
        self.release(mark);
        Ok(())
    }

    /// A list in the temporary `to` from items among which there may be `*x`.
    pub fn list_pieces(&mut self, items: &[ExprRef<'a>], to: Reg) -> Result<()> {
        let span = self.u.asm.span;
        let head = items
            .iter()
            .take_while(|e| !matches!(e.kind, ExprKind::Starred(_)))
            .count();
        let constants: Option<Box<[Const]>> = if head > 2 {
            items[..head].iter().map(|e| self.fold(e)).collect()
        } else {
            None
        };
        let mut start = 0;
        if let Some(constants) = constants {
            self.emit_raw(Op::BuildList, to.0, Reg::temp(self.mark()).0, 0);
            self.extend(Op::ListExtend, to, Const::Tuple(constants));
            start = head;
        } else {
            let first = head.min(MAX_INLINE_ITEMS);
            self.build(Op::BuildList, &items[..first], to)?;
            start += first;
        }
        self.append_all(Op::ListAppend, Op::ListExtend, &items[start..], to, span)
    }

    fn extend(&mut self, op: Op, to: Reg, items: Const) {
        let mark = self.mark();
        let t = self.push();
        self.load_const(t, items);
        self.emit2(op, to, t);
        self.release(mark);
    }

    fn append_all(
        &mut self,
        one: Op,
        many: Op,
        items: &[ExprRef<'a>],
        to: Reg,
        span: Span,
    ) -> Result<()> {
        for item in items {
            let mark = self.mark();
            let (op, value) = match item.kind {
                ExprKind::Starred(inner) => (many, inner),
                _ => (one, *item),
            };
            let r = self.operand(value)?;
            self.at(span);
            self.emit2(op, to, r);
            self.release(mark);
        }
        Ok(())
    }

    fn set_display(&mut self, items: &'a [ExprRef<'a>], to: Reg) -> Result<()> {
        let span = self.u.asm.span;
        if items.len() > 2
            && let Some(constants) = items
                .iter()
                .map(|e| self.fold(e))
                .collect::<Option<Box<[Const]>>>()
        {
            let t = self.scratch(to);
            self.emit_raw(Op::BuildSet, t.0, Reg::temp(self.mark()).0, 0);
            self.extend(Op::SetUpdate, t, Const::FrozenSet(constants));
            self.move_to(to, t);
            return Ok(());
        }
        if items.len() <= MAX_INLINE_ITEMS && !has_star(items) {
            return self.build(Op::BuildSet, items, to);
        }
        let t = self.scratch(to);
        let head = items
            .iter()
            .take(MAX_INLINE_ITEMS)
            .take_while(|e| !matches!(e.kind, ExprKind::Starred(_)))
            .count();
        self.build(Op::BuildSet, &items[..head], t)?;
        self.append_all(Op::SetAdd, Op::SetUpdate, &items[head..], t, span)?;
        self.move_to(to, t);
        Ok(())
    }

    fn dict_display(
        &mut self,
        items: &'a [(Option<ExprRef<'a>>, ExprRef<'a>)],
        to: Reg,
    ) -> Result<()> {
        let span = self.u.asm.span;
        let head = items
            .iter()
            .take(MAX_INLINE_ITEMS / 2)
            .take_while(|(k, _)| k.is_some())
            .count();
        let t = if head == items.len() {
            to
        } else {
            self.scratch(to)
        };
        let mark = self.mark();
        let first = Reg::temp(mark);
        for (key, value) in &items[..head] {
            if let Some(key) = key {
                self.expr_push(key)?;
            }
            self.expr_push(value)?;
        }
        self.at(span);
        self.emit_raw(Op::BuildMap, t.0, first.0, head as u16);
        self.release(mark);
        for (key, value) in &items[head..] {
            match key {
                Some(key) => {
                    let k = self.operand_before(key, Reg(0), &[value])?;
                    let v = self.operand(value)?;
                    self.at(span);
                    self.emit(Op::MapAdd, t, k, v);
                }
                None => {
                    let r = self.operand(value)?;
                    self.at(span);
                    self.emit2(Op::DictUpdate, t, r);
                }
            }
            self.release(mark);
        }
        self.move_to(to, t);
        Ok(())
    }

    // Attributes and subscripts.

    /// `a.b.c`, however long.
    fn attribute_chain(&mut self, e: ExprRef<'a>, to: Reg) -> Result<()> {
        let mut chain = Vec::new();
        let mut base = e;
        while let ExprKind::Attribute { value, attr } = base.kind {
            if self.is_super_call(value).is_some() {
                break;
            }
            chain.push((attr, base.span));
            base = value;
        }
        let t = if chain.len() > 1 || !to.is_temp() {
            self.scratch(to)
        } else {
            to
        };
        let mut object = match base.kind {
            ExprKind::Attribute { value, attr } => {
                let result = if chain.is_empty() { to } else { t };
                self.at(base.span);
                self.super_attribute(value, attr, result, false)?;
                t
            }
            _ => self.operand_in(base, t)?,
        };
        while let Some((attr, span)) = chain.pop() {
            let name = self.mangled(attr.name);
            let n = self.name_index(name)?;
            let result = if chain.is_empty() { to } else { t };
            self.at_attribute(span, attr);
            self.emit_raw(Op::LoadAttr, result.0, object.0, n);
            object = t;
        }
        Ok(())
    }

    /// An attribute on another line than its object's beginning is reported at its name.
    pub fn at_attribute(&mut self, span: Span, attr: Ident) {
        let one_line = self.lines.line_col(span.start).0 == self.lines.line_col(attr.span.end).0;
        self.at(if one_line {
            span
        } else {
            Span {
                start: attr.span.start,
                end: span.end,
            }
        });
    }

    fn subscript(
        &mut self,
        e: ExprRef<'a>,
        value: ExprRef<'a>,
        slice: ExprRef<'a>,
        to: Reg,
    ) -> Result<()> {
        if let Some(k) = self.fold(e) {
            self.load_const(to, k);
            return Ok(());
        }
        self.check_subscript(value, slice);
        let object = self.operand_before(value, to, &[slice])?;
        if let ExprKind::Slice {
            lower,
            upper,
            step: None,
        } = slice.kind
        {
            let first = self.slice_bounds(lower, upper)?;
            self.at(e.span);
            self.emit(Op::LoadSlice, to, object, first);
            return Ok(());
        }
        let index = self.operand(slice)?;
        self.at(e.span);
        self.emit(Op::LoadSubscr, to, object, index);
        Ok(())
    }

    /// Both bounds in two new temporaries.
    pub fn slice_bounds(
        &mut self,
        lower: Option<ExprRef<'a>>,
        upper: Option<ExprRef<'a>>,
    ) -> Result<Reg> {
        let first = Reg::temp(self.mark());
        for bound in [lower, upper] {
            match bound {
                Some(bound) => {
                    self.expr_push(bound)?;
                }
                None => {
                    let t = self.push();
                    self.load_none(t);
                }
            }
        }
        Ok(first)
    }

    fn slice_object(
        &mut self,
        lower: Option<ExprRef<'a>>,
        upper: Option<ExprRef<'a>>,
        step: Option<ExprRef<'a>>,
        to: Reg,
    ) -> Result<()> {
        let fold = |e: Option<ExprRef<'a>>| e.map_or(Some(Const::None), |e| self.fold(e));
        if let (Some(a), Some(b), Some(c)) = (fold(lower), fold(upper), fold(step)) {
            self.load_const(to, Const::Slice(Box::new([a, b, c])));
            return Ok(());
        }
        let span = self.u.asm.span;
        let first = self.slice_bounds(lower, upper)?;
        if let Some(step) = step {
            self.expr_push(step)?;
        }
        self.at(span);
        self.emit_raw(
            Op::BuildSlice,
            to.0,
            first.0,
            if step.is_some() { 3 } else { 2 },
        );
        Ok(())
    }
}

pub fn has_star(items: &[ExprRef<'_>]) -> bool {
    items.iter().any(|e| matches!(e.kind, ExprKind::Starred(_)))
}

/// The comparison that holds exactly when `op` doesn't, whatever the operands.
fn inverse(op: CmpOp) -> Option<CmpOp> {
    match op {
        CmpOp::Is => Some(CmpOp::IsNot),
        CmpOp::IsNot => Some(CmpOp::Is),
        CmpOp::In => Some(CmpOp::NotIn),
        CmpOp::NotIn => Some(CmpOp::In),
        _ => None,
    }
}

fn immediate_op(op: Operator, inplace: bool) -> Option<Op> {
    Some(match (op, inplace) {
        (Operator::Add, false) => Op::AddImm,
        (Operator::Sub, false) => Op::SubImm,
        (Operator::Add, true) => Op::IAddImm,
        (Operator::Sub, true) => Op::ISubImm,
        (Operator::Mult, false) => Op::MulImm,
        (Operator::FloorDiv, false) => Op::FloorDivImm,
        (Operator::Mod, false) => Op::ModImm,
        (Operator::BitAnd, false) => Op::AndImm,
        (Operator::LShift, false) => Op::LShiftImm,
        (Operator::RShift, false) => Op::RShiftImm,
        _ => return None,
    })
}

fn binary_op(op: Operator, inplace: bool) -> Op {
    match (op, inplace) {
        (Operator::Add, false) => Op::Add,
        (Operator::Sub, false) => Op::Sub,
        (Operator::Mult, false) => Op::Mul,
        (Operator::MatMult, false) => Op::MatMul,
        (Operator::Div, false) => Op::TrueDiv,
        (Operator::Mod, false) => Op::Mod,
        (Operator::Pow, false) => Op::Pow,
        (Operator::LShift, false) => Op::LShift,
        (Operator::RShift, false) => Op::RShift,
        (Operator::BitOr, false) => Op::Or,
        (Operator::BitXor, false) => Op::Xor,
        (Operator::BitAnd, false) => Op::And,
        (Operator::FloorDiv, false) => Op::FloorDiv,
        (Operator::Add, true) => Op::IAdd,
        (Operator::Sub, true) => Op::ISub,
        (Operator::Mult, true) => Op::IMul,
        (Operator::MatMult, true) => Op::IMatMul,
        (Operator::Div, true) => Op::ITrueDiv,
        (Operator::Mod, true) => Op::IMod,
        (Operator::Pow, true) => Op::IPow,
        (Operator::LShift, true) => Op::ILShift,
        (Operator::RShift, true) => Op::IRShift,
        (Operator::BitOr, true) => Op::IOr,
        (Operator::BitXor, true) => Op::IXor,
        (Operator::BitAnd, true) => Op::IAnd,
        (Operator::FloorDiv, true) => Op::IFloorDiv,
    }
}
