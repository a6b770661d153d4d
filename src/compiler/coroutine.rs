//! `await`, `yield`, `yield from` (PEP 342, 380, 492, 525).

use crate::asm::Reg;
use crate::error::Result;
use crate::scope::ScopeKind;
use crate::unit::Compiler;
use taipan_bytecode::{Op, flags};
use taipan_grammar::ast::*;

impl<'a> Compiler<'a> {
    /// Whether the block can hold `return` and `yield`.
    pub fn is_function(&self) -> bool {
        matches!(self.u.kind, ScopeKind::Function | ScopeKind::Lambda)
    }

    fn is_async(&self) -> bool {
        self.u.flags & (flags::COROUTINE | flags::ASYNC_GENERATOR) != 0 || self.top_level_await()
    }

    pub fn top_level_await(&self) -> bool {
        self.options.top_level_await && self.u.kind == ScopeKind::Module
    }

    pub fn check_async(&self, what: &str, span: Span) -> Result<()> {
        if self.is_async() && self.u.kind != ScopeKind::GenExp {
            return Ok(());
        }
        self.error(format!("'{what}' outside async function"), span)
    }

    pub fn await_expr(&mut self, e: ExprRef<'a>, value: ExprRef<'a>, to: Reg) -> Result<()> {
        if !self.top_level_await() {
            if !self.u.kind.is_function_like() {
                return self.error("'await' outside function", e.span);
            }
            let comprehension = self.u.kind.is_comprehension();
            if !comprehension && !self.is_async() {
                return self.error("'await' outside async function", e.span);
            }
        }
        let t = self.scratch(to);
        let r = self.operand_in(value, t)?;
        self.at(e.span);
        self.emit_raw(Op::GetAwaitable, t.0, r.0, 0);
        self.delegate(t);
        self.move_to(to, t);
        Ok(())
    }

    fn delegate(&mut self, t: Reg) {
        let save = self.outermost_save();
        self.emit(Op::Delegate, t, t, save);
    }

    /// Awaits what is in the temporary `t`; `kind` as `GetAwaitable` has it.
    pub fn await_in(&mut self, t: Reg, kind: u16) {
        self.emit_raw(Op::GetAwaitable, t.0, t.0, kind);
        self.delegate(t);
    }

    fn check_yield(&self, what: &str, span: Span) -> Result<()> {
        if self.is_function() {
            return Ok(());
        }
        self.error(format!("'{what}' outside function"), span)
    }

    pub fn yield_expr(
        &mut self,
        e: ExprRef<'a>,
        value: Option<ExprRef<'a>>,
        to: Reg,
    ) -> Result<()> {
        self.check_yield("yield", e.span)?;
        let r = match value {
            Some(value) => self.operand_in(value, to)?,
            None => {
                let t = self.scratch(to);
                self.load_none(t);
                t
            }
        };
        self.at(e.span);
        self.emit_yield(to, r);
        Ok(())
    }

    /// `to := yield r`.
    pub fn emit_yield(&mut self, to: Reg, r: Reg) {
        let save = self.outermost_save();
        let op = if self.u.flags & flags::ASYNC_GENERATOR != 0 {
            Op::AsyncYield
        } else {
            Op::Yield
        };
        self.emit(op, to, r, save);
    }

    pub fn yield_from(&mut self, e: ExprRef<'a>, value: ExprRef<'a>, to: Reg) -> Result<()> {
        self.check_yield("yield from", e.span)?;
        if self.scopes.get(self.u.scope).is_async_def {
            return self.error("'yield from' inside async function", e.span);
        }
        let t = self.scratch(to);
        let r = self.operand_in(value, t)?;
        self.at(e.span);
        self.emit2(Op::GetYieldFromIter, t, r);
        self.delegate(t);
        self.move_to(to, t);
        Ok(())
    }
}
