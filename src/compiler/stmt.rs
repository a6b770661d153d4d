//! Statements: dispatch, assignment, deletion, imports and the small ones.

use crate::asm::Reg;
use crate::error::Result;
use crate::fold::truth;
use crate::unit::{Compiler, Place};
use taipan_bytecode::{Const, Op};
use taipan_grammar::Mode;
use taipan_grammar::ast::*;

impl<'a> Compiler<'a> {
    pub fn body(&mut self, body: &'a [Stmt<'a>]) -> Result<()> {
        for stmt in body {
            self.stmt(stmt)?;
        }
        Ok(())
    }

    pub fn stmt(&mut self, stmt: &'a Stmt<'a>) -> Result<()> {
        self.deeper(stmt.span)?;
        self.at(stmt.span);
        let mark = self.mark();
        self.stmt_kind(stmt)?;
        self.release(mark);
        self.depth -= 1;
        Ok(())
    }

    fn stmt_kind(&mut self, stmt: &'a Stmt<'a>) -> Result<()> {
        let span = stmt.span;
        match stmt.kind {
            StmtKind::FunctionDef(f) | StmtKind::AsyncFunctionDef(f) => {
                self.function_def(stmt, f)?
            }
            StmtKind::ClassDef { .. } => self.class_def(stmt)?,
            StmtKind::Return(value) => self.return_stmt(*value, span)?,
            StmtKind::Delete(targets) => targets.iter().try_for_each(|t| self.delete_target(t))?,
            StmtKind::Assign { targets, value } => self.assign(targets, value)?,
            StmtKind::TypeAlias {
                name,
                type_params,
                value,
            } => self.type_alias(stmt, name, type_params, value)?,
            StmtKind::AugAssign { target, op, value } => {
                self.aug_assign(span, target, *op, value)?
            }
            StmtKind::AnnAssign {
                target,
                annotation,
                value,
                simple,
            } => {
                self.ann_assign(target, annotation, *value, *simple)?;
            }
            StmtKind::For(f) => self.for_stmt(f, false, span)?,
            StmtKind::AsyncFor(f) => self.for_stmt(f, true, span)?,
            StmtKind::While { test, body, orelse } => self.while_stmt(test, body, orelse)?,
            StmtKind::If { clauses, orelse } => self.if_stmt(clauses, orelse)?,
            StmtKind::With(w) => self.with_stmt(w, false, span)?,
            StmtKind::AsyncWith(w) => self.with_stmt(w, true, span)?,
            StmtKind::Match { subject, cases } => self.match_stmt(subject, cases)?,
            StmtKind::Raise { exc, cause } => self.raise(*exc, *cause, span)?,
            StmtKind::Try(t) => self.try_stmt(t, false)?,
            StmtKind::TryStar(t) => self.try_stmt(t, true)?,
            StmtKind::Assert { test, msg } => self.assert_stmt(test, *msg, span)?,
            StmtKind::Import(names) => self.import(names)?,
            StmtKind::ImportFrom {
                module,
                names,
                level,
            } => self.import_from(*module, names, *level)?,
            StmtKind::Global(_) | StmtKind::Nonlocal(_) => {}
            StmtKind::Expr(e) => self.expr_stmt(e)?,
            StmtKind::Pass => self.emit_raw(Op::Nop, 0, 0, 0),
            StmtKind::Break => self.break_or_continue(true, span)?,
            StmtKind::Continue => self.break_or_continue(false, span)?,
        }
        Ok(())
    }

    fn expr_stmt(&mut self, e: ExprRef<'a>) -> Result<()> {
        let show = self.options.mode == Mode::Single && self.outer.is_empty();
        if !show {
            if self.fold(e).is_some() {
                // Nothing to do, but a place for a tracer to stop.
                self.emit_raw(Op::Nop, 0, 0, 0);
                return Ok(());
            }
            return self.evaluate_and_drop(e);
        }
        let t = self.expr_push(e)?;
        self.emit1(Op::PrintExpr, t);
        Ok(())
    }

    // Assignment.

    fn assign(&mut self, targets: &'a [ExprRef<'a>], value: ExprRef<'a>) -> Result<()> {
        if let &[target] = targets {
            return self.assign_one(target, value);
        }
        // A plain local first target holds the value for the others.
        let t = self.expr_push(value)?;
        for (n, target) in targets.iter().enumerate() {
            if n + 1 == targets.len() {
                self.store_target(target, t)?;
            } else {
                let mark = self.mark();
                let copy = self.push();
                self.at(target.span);
                self.emit2(Op::Copy, copy, t);
                self.store_target(target, copy)?;
                self.release(mark);
            }
        }
        Ok(())
    }

    fn assign_one(&mut self, target: ExprRef<'a>, value: ExprRef<'a>) -> Result<()> {
        match target.kind {
            ExprKind::Name(name) => {
                if let Some(reg) = self.local_of(name) {
                    self.expr_into(value, reg)?;
                    self.mark_bound(reg);
                    return Ok(());
                }
                let r = self.operand(value)?;
                self.at(target.span);
                self.store_name(name, r)
            }
            // `a, b = c, d` needs no tuple.
            ExprKind::Tuple(targets) | ExprKind::List(targets) => match value.kind {
                ExprKind::Tuple(values) | ExprKind::List(values)
                    if values.len() == targets.len()
                        && (2..=3).contains(&values.len())
                        && !crate::expr::has_star(values)
                        && !crate::expr::has_star(targets) =>
                {
                    let first = self.mark();
                    for value in values {
                        self.expr_push(value)?;
                    }
                    for (n, target) in targets.iter().enumerate() {
                        self.store_target(target, Reg::temp(first + n as u16))?;
                    }
                    Ok(())
                }
                _ => {
                    let r = self.operand(value)?;
                    self.store_target(target, r)
                }
            },
            _ => {
                let hint = self.push();
                let r = self.operand_before(value, hint, &[target])?;
                self.store_target(target, r)
            }
        }
    }

    /// Stores `from` in a target; a temporary is consumed.
    pub fn store_target(&mut self, target: ExprRef<'a>, from: Reg) -> Result<()> {
        self.deeper(target.span)?;
        let outer = self.at(target.span);
        let mark = self.mark();
        match target.kind {
            ExprKind::Name(name) => self.store_name(name, from)?,
            ExprKind::Attribute { value, attr } => {
                let object = self.operand(value)?;
                let name = self.mangled(attr.name);
                self.note_static_attribute(value, name);
                let n = self.name_index(name)?;
                self.at_attribute(target.span, attr);
                self.emit_raw(Op::StoreAttr, object.0, from.0, n);
            }
            ExprKind::Subscript { value, slice } => {
                let hint = self.push();
                let object = self.operand_before(value, hint, &[slice])?;
                if let ExprKind::Slice {
                    lower,
                    upper,
                    step: None,
                } = slice.kind
                {
                    let first = self.slice_bounds(lower, upper)?;
                    self.at(target.span);
                    self.emit(Op::StoreSlice, object, from, first);
                } else {
                    let index = self.operand(slice)?;
                    self.at(target.span);
                    self.emit(Op::StoreSubscr, object, index, from);
                }
            }
            ExprKind::Tuple(items) | ExprKind::List(items) => self.unpack(target, items, from)?,
            ExprKind::Starred(_) => {
                return self.error(
                    "starred assignment target must be in a list or tuple",
                    target.span,
                );
            }
            _ => return self.error("cannot assign to expression", target.span),
        }
        self.release(mark);
        self.at(outer);
        self.depth -= 1;
        Ok(())
    }

    fn unpack(&mut self, target: ExprRef<'a>, items: &'a [ExprRef<'a>], from: Reg) -> Result<()> {
        let star = self.star_position(items, target.span)?;
        if star.is_none() && self.unpack_to_locals(items, from) {
            return Ok(());
        }
        let first = self.push_n(u16::try_from(items.len()).unwrap_or(u16::MAX));
        self.emit_unpack(first, from, items.len(), star);
        for (n, item) in items.iter().enumerate() {
            let item = match item.kind {
                ExprKind::Starred(inner) => inner,
                _ => *item,
            };
            self.store_target(item, first.plus(n as u16))?;
        }
        Ok(())
    }

    /// Unpacks straight into variables of the frame, if the targets are such: neighbours, or any two.
    fn unpack_to_locals(&mut self, items: &'a [ExprRef<'a>], from: Reg) -> bool {
        let mut regs = Vec::with_capacity(items.len());
        for item in items {
            let ExprKind::Name(name) = item.kind else {
                return false;
            };
            match self.local_of(name) {
                Some(reg) => regs.push(reg),
                None => return false,
            }
        }
        match regs[..] {
            [first, ..] if regs.windows(2).all(|w| w[1].0 == w[0].0 + 1) => {
                self.emit_raw(Op::Unpack, first.0, from.0, regs.len() as u16);
            }
            [a, b] => self.emit(Op::Unpack2, a, b, from),
            _ => return false,
        }
        for reg in regs {
            self.mark_bound(reg);
        }
        true
    }

    pub fn emit_unpack(&mut self, first: Reg, from: Reg, n: usize, star: Option<usize>) {
        match star {
            Some(at) => self.emit_raw(
                Op::UnpackEx,
                first.0,
                from.0,
                (at | (n - at - 1) << 8) as u16,
            ),
            None => self.emit_raw(Op::Unpack, first.0, from.0, n as u16),
        }
    }

    fn star_position(&self, items: &[ExprRef<'a>], span: Span) -> Result<Option<usize>> {
        let mut stars = items
            .iter()
            .enumerate()
            .filter(|(_, e)| matches!(e.kind, ExprKind::Starred(_)));
        let star = stars.next().map(|(n, _)| n);
        if stars.next().is_some() {
            return self.error("multiple starred expressions in assignment", span);
        }
        if let Some(at) = star
            && (at >= 256 || items.len() - at > 256)
        {
            // The instruction counts both sides in a byte each.
            return self.error("too many expressions in star-unpacking assignment", span);
        }
        Ok(star)
    }

    /// `self.x = ...` in a method goes into the class's `__static_attributes__`.
    fn note_static_attribute(&mut self, object: ExprRef<'a>, attr: Symbol) {
        let ExprKind::Name(name) = object.kind else {
            return;
        };
        if self.text(name) != "self" {
            return;
        }
        let owner = self
            .outer
            .iter_mut()
            .rev()
            .find(|u| u.kind == crate::scope::ScopeKind::Class);
        if let Some(class) = owner
            && self.u.kind.is_function_like()
        {
            class.static_attributes.insert(attr, ());
        }
    }

    fn delete_target(&mut self, target: ExprRef<'a>) -> Result<()> {
        self.at(target.span);
        let mark = self.mark();
        match target.kind {
            ExprKind::Name(name) => self.delete_name(name)?,
            ExprKind::Attribute { value, attr } => {
                let object = self.operand(value)?;
                let name = self.mangled(attr.name);
                let n = self.name_index(name)?;
                self.at_attribute(target.span, attr);
                self.emit_raw(Op::DeleteAttr, object.0, 0, n);
            }
            ExprKind::Subscript { value, slice } => {
                let hint = self.push();
                let object = self.operand_before(value, hint, &[slice])?;
                let index = self.operand(slice)?;
                self.at(target.span);
                self.emit2(Op::DeleteSubscr, object, index);
            }
            ExprKind::Tuple(items) | ExprKind::List(items) => {
                self.deeper(target.span)?;
                items.iter().try_for_each(|t| self.delete_target(t))?;
                self.depth -= 1;
            }
            _ => return self.error("cannot delete expression", target.span),
        }
        self.release(mark);
        Ok(())
    }

    fn aug_assign(
        &mut self,
        span: Span,
        target: ExprRef<'a>,
        op: Operator,
        value: ExprRef<'a>,
    ) -> Result<()> {
        match target.kind {
            ExprKind::Name(name) => {
                let mangled = self.mangled(name);
                if let Place::Local(reg) = self.lookup(mangled) {
                    let hint = self.push();
                    let left = self.operand_before(target, hint, &[value])?;
                    self.binary_step(op, true, reg, left, value, span)?;
                    self.mark_bound(reg);
                } else {
                    let t = self.expr_push(target)?;
                    self.binary_step(op, true, t, t, value, span)?;
                    self.at(target.span);
                    self.store_name(name, t)?;
                }
            }
            ExprKind::Attribute {
                value: object,
                attr,
            } => {
                let hint = self.push();
                let object = self.operand_before(object, hint, &[value])?;
                let name = self.mangled(attr.name);
                let n = self.name_index(name)?;
                let t = self.push();
                self.at_attribute(target.span, attr);
                self.emit2(Op::Copy, t, object);
                self.emit_raw(Op::LoadAttr, t.0, t.0, n);
                self.binary_step(op, true, t, t, value, span)?;
                self.at_attribute(target.span, attr);
                self.emit_raw(Op::StoreAttr, object.0, t.0, n);
            }
            ExprKind::Subscript {
                value: object,
                slice,
            } => {
                self.aug_assign_subscript(span, target, object, slice, op, value)?;
            }
            _ => return self.error("illegal expression for augmented assignment", target.span),
        }
        Ok(())
    }

    fn aug_assign_subscript(
        &mut self,
        span: Span,
        target: ExprRef<'a>,
        object: ExprRef<'a>,
        slice: ExprRef<'a>,
        op: Operator,
        value: ExprRef<'a>,
    ) -> Result<()> {
        let hint = self.push();
        let object = self.operand_before(object, hint, &[slice, value])?;
        let hint = self.push();
        let index = self.operand_before(slice, hint, &[value])?;
        self.at(target.span);
        let t = self.push();
        let (mut o, mut i) = (object, index);
        if o.is_temp() {
            self.emit2(Op::Copy, t, o);
            o = t;
        }
        if i.is_temp() {
            let copy = self.push();
            self.emit2(Op::Copy, copy, i);
            i = copy;
        }
        self.emit(Op::LoadSubscr, t, o, i);
        self.release((t.0 & !crate::asm::TEMP) + 1);
        self.binary_step(op, true, t, t, value, span)?;
        self.at(target.span);
        self.emit(Op::StoreSubscr, object, index, t);
        Ok(())
    }

    fn ann_assign(
        &mut self,
        target: ExprRef<'a>,
        annotation: ExprRef<'a>,
        value: Option<ExprRef<'a>>,
        simple: bool,
    ) -> Result<()> {
        if let Some(value) = value {
            self.assign_one(target, value)?;
        }
        match target.kind {
            ExprKind::Name(name) if simple => self.variable_annotation(name, annotation)?,
            ExprKind::Name(_) => {}
            ExprKind::Attribute { value: object, .. } if value.is_none() => {
                self.evaluate_and_drop(object)?
            }
            ExprKind::Subscript {
                value: object,
                slice,
            } if value.is_none() => {
                self.evaluate_and_drop(object)?;
                self.evaluate_and_drop(slice)?;
            }
            _ => {}
        }
        Ok(())
    }

    pub fn evaluate_and_drop(&mut self, e: ExprRef<'a>) -> Result<()> {
        let mark = self.mark();
        let r = self.operand(e)?;
        if r.is_temp() {
            self.emit1(Op::Drop, r);
        }
        self.release(mark);
        Ok(())
    }

    // Small statements.

    fn if_stmt(&mut self, clauses: &'a [IfClause<'a>], orelse: Body<'a>) -> Result<()> {
        let end = self.label();
        for (n, clause) in clauses.iter().enumerate() {
            let next = self.label();
            self.at(clause.test.span);
            let constant = self.fold(clause.test).map(|k| truth(&k));
            match constant {
                Some(false) => {
                    self.emit_raw(Op::Nop, 0, 0, 0);
                    self.jump(next);
                }
                Some(true) => self.emit_raw(Op::Nop, 0, 0, 0),
                None => self.jump_if(clause.test, false, next)?,
            }
            self.body(clause.body)?;
            if n + 1 < clauses.len() || !orelse.is_empty() {
                self.jump(end);
            }
            self.place(next);
        }
        self.body(orelse)?;
        self.place(end);
        Ok(())
    }

    fn raise(
        &mut self,
        exc: Option<ExprRef<'a>>,
        cause: Option<ExprRef<'a>>,
        span: Span,
    ) -> Result<()> {
        match (exc, cause) {
            (None, _) => self.emit_raw(Op::RaiseCurrent, 0, 0, 0),
            (Some(exc), None) => {
                let r = self.operand(exc)?;
                self.at(span);
                self.emit1(Op::Raise, r);
            }
            (Some(exc), Some(cause)) => {
                let hint = self.push();
                let r = self.operand_before(exc, hint, &[cause])?;
                let c = self.operand(cause)?;
                self.at(span);
                self.emit2(Op::RaiseFrom, r, c);
            }
        }
        self.u.asm.end();
        Ok(())
    }

    fn assert_stmt(
        &mut self,
        test: ExprRef<'a>,
        msg: Option<ExprRef<'a>>,
        span: Span,
    ) -> Result<()> {
        if let ExprKind::Tuple(items) = test.kind
            && !items.is_empty()
        {
            self.warn(
                "assertion is always true, perhaps remove parentheses?".into(),
                span,
            );
        }
        if self.options.optimize > 0 {
            return Ok(());
        }
        let end = self.label();
        self.jump_if(test, true, end)?;
        self.at(test.span);
        let w = self.push();
        self.emit1(Op::LoadAssertionError, w);
        if let Some(msg) = msg {
            self.push_n(crate::call::FRAME_WORDS);
            self.expr_push(msg)?;
            self.at(span);
            self.emit_raw(Op::Call, w.0, 1, 0);
            self.at(test.span);
        }
        self.emit1(Op::Raise, w);
        self.u.asm.end();
        self.place(end);
        Ok(())
    }

    // Imports.

    fn import(&mut self, names: &'a [Alias<'a>]) -> Result<()> {
        for alias in names {
            let mark = self.mark();
            let first = self.push_n(2);
            self.load_int(first, 0);
            self.load_none(first.plus(1));
            let n = self.name_index(alias.name.name)?;
            self.emit_raw(Op::ImportName, first.0, first.0, n);
            let dotted = self.text(alias.name.name).to_string();
            let mut parts = dotted.split('.');
            let top = parts.next().unwrap_or_default();
            match alias.asname {
                Some(asname) => {
                    // `import a.b.c as d` walks down from `a`.
                    let mut at = first;
                    for part in parts {
                        let part = self.interner.intern(part);
                        let n = self.name_index(part)?;
                        let next = if at == first { first.plus(1) } else { first };
                        self.emit_raw(Op::ImportFrom, next.0, at.0, n);
                        self.emit1(Op::Drop, at);
                        at = next;
                    }
                    self.store_name(asname.name, at)?;
                }
                None => {
                    let top = self.interner.intern(top);
                    self.store_name(top, first)?;
                }
            }
            self.release(mark);
        }
        Ok(())
    }

    fn import_from(
        &mut self,
        module: Option<Ident>,
        names: &'a [Alias<'a>],
        level: u32,
    ) -> Result<()> {
        let first = self.push_n(2);
        self.load_const(first, Const::Int(level as i64));
        let list = names
            .iter()
            .map(|a| self.symbol_const(a.name.name))
            .collect();
        self.load_const(first.plus(1), Const::Tuple(list));
        let name = module.map_or_else(|| self.interner.intern(""), |m| m.name);
        let n = self.name_index(name)?;
        self.emit_raw(Op::ImportName, first.0, first.0, n);
        if names.len() == 1 && names[0].name.name == self.names.star {
            self.emit1(Op::ImportStar, first);
            return Ok(());
        }
        for alias in names {
            let n = self.name_index(alias.name.name)?;
            let t = first.plus(1);
            let target = alias.asname.unwrap_or(alias.name).name;
            if let Some(reg) = self.local_of(target) {
                self.emit_raw(Op::ImportFrom, reg.0, first.0, n);
                self.mark_bound(reg);
            } else {
                self.emit_raw(Op::ImportFrom, t.0, first.0, n);
                self.store_name(target, t)?;
            }
        }
        self.emit1(Op::Drop, first);
        Ok(())
    }
}
