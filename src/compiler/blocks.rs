//! Loops, and how `break`, `continue` and `return` leave what is around them.
//!
//! Every construct that must be undone on the way out is a [`Block`] on the unit's stack. A jump out undoes
//! them from the innermost outwards: it drops iterators, restores the exception state, calls `__exit__`, and compiles the body of
//! a `finally` in place, under the handlers in force outside of it.

use crate::asm::{Label, Reg};
use crate::error::{CompileError, Result};
use crate::unit::Compiler;
use taipan_bytecode::Op;
use taipan_grammar::ast::*;

#[derive(Clone, Copy, Debug)]
pub struct Block<'a> {
    pub kind: BlockKind<'a>,
    /// The handler in force outside.
    pub handler: u32,
}

#[derive(Clone, Copy, Debug)]
pub enum BlockKind<'a> {
    /// A loop; `iter` is its iterator or `Reg::NONE`.
    Loop {
        exit: Label,
        again: Label,
        iter: Reg,
    },
    /// A region with handlers but nothing to undo.
    Try,
    /// The region that a `finally` follows.
    FinallyTry(Body<'a>),
    /// The body of a `finally` on the path of an exception, which is in `exc`.
    FinallyEnd { save: Reg, exc: Reg },
    /// The body of a `finally` on another path; `pending` is a value being returned, which a jump out of the body discards.
    FinallyBody { pending: Reg },
    /// An `except` clause, its exception bound to a name or dropped already.
    Handler { save: Reg, name: Option<Symbol> },
    /// An `except*` clause, which nothing may jump out of.
    Star { save: Reg },
    With {
        exit: Reg,
        is_async: bool,
        span: Span,
    },
    /// `__exit__` or `__aexit__` being called for an exception.
    WithEnd { save: Reg },
}

/// CPython's limit on nested loops, `with` and `try` statements, which programs are written to stay within. It also bounds the
/// copies of `finally` bodies.
const MAX_BLOCKS: usize = 21;

/// Bodies of `finally` inside others this deep are not compiled twice: the copies would double with each level.
const MAX_FINALLY_COPIES: usize = 3;

/// Instructions in copies of `finally` bodies that jumps pass through, for a whole module.
const MAX_COPIED: usize = 1 << 20;

impl Block<'_> {
    /// How many of CPython's blocks it stands for.
    fn weight(&self) -> usize {
        match self.kind {
            BlockKind::FinallyBody { .. } => 0,
            BlockKind::Handler { .. } | BlockKind::Star { .. } => 2,
            _ => 1,
        }
    }

    fn save(&self) -> Option<Reg> {
        match self.kind {
            BlockKind::FinallyEnd { save, .. }
            | BlockKind::Handler { save, .. }
            | BlockKind::Star { save }
            | BlockKind::WithEnd { save } => Some(save),
            _ => None,
        }
    }
}

impl<'a> Compiler<'a> {
    pub fn enter_block(&mut self, kind: BlockKind<'a>, handler: u32) -> Result<()> {
        let block = Block { kind, handler };
        let depth: usize = self.u.blocks.iter().map(Block::weight).sum();
        if depth + block.weight() > MAX_BLOCKS {
            return self.error("too many statically nested blocks", self.u.asm.span);
        }
        self.u.blocks.push(block);
        Ok(())
    }

    /// Whether a `finally` here must do with one copy of its body.
    pub fn in_deep_finally(&self) -> bool {
        let is_finally = |b: &&Block<'a>| {
            matches!(
                b.kind,
                BlockKind::FinallyEnd { .. } | BlockKind::FinallyBody { .. }
            )
        };
        self.u.blocks.iter().filter(is_finally).count() >= MAX_FINALLY_COPIES
    }

    pub fn leave_block(&mut self) {
        self.u.blocks.pop();
    }

    /// Where the outermost handler around saved the exception state: what a suspension must know.
    pub fn outermost_save(&self) -> Reg {
        self.u
            .blocks
            .iter()
            .find_map(Block::save)
            .unwrap_or(Reg::NONE)
    }

    /// Undoes the blocks above the first `keep`, which stay on the stack for the code that follows.
    /// Gives the handler in force here, for the caller to put back after the jump.
    fn unwind(&mut self, keep: usize, pending: Reg) -> Result<u32> {
        let handler = self.u.asm.handler;
        let mut undone = Vec::new();
        while self.u.blocks.len() > keep
            && let Some(block) = self.u.blocks.pop()
        {
            undone.push(block);
            self.undo(block, pending)?;
        }
        while let Some(block) = undone.pop() {
            self.u.blocks.push(block);
        }
        Ok(handler)
    }

    fn undo(&mut self, block: Block<'a>, pending: Reg) -> Result<()> {
        match block.kind {
            BlockKind::Loop { iter, .. } => {
                if iter != Reg::NONE {
                    self.emit1(Op::Drop, iter);
                }
            }
            BlockKind::Try => self.u.asm.handler = block.handler,
            BlockKind::FinallyTry(body) => {
                self.u.asm.handler = block.handler;
                if self.u.asm.reachable {
                    self.copy_finally(body, block.handler, pending)?;
                }
            }
            BlockKind::FinallyEnd { save, exc } => {
                self.emit1(Op::PopExc, save);
                self.u.asm.handler = block.handler;
                self.emit1(Op::Drop, exc);
            }
            BlockKind::FinallyBody { pending } => {
                if pending != Reg::NONE {
                    self.emit1(Op::Drop, pending);
                }
            }
            BlockKind::Handler { save, name } => {
                self.emit1(Op::PopExc, save);
                self.u.asm.handler = block.handler;
                if let Some(name) = name {
                    self.clear_name(name)?;
                }
            }
            BlockKind::Star { save } | BlockKind::WithEnd { save } => {
                self.emit1(Op::PopExc, save);
                self.u.asm.handler = block.handler;
            }
            BlockKind::With {
                exit,
                is_async,
                span,
            } => {
                self.u.asm.handler = block.handler;
                let outer = self.at(span);
                self.call_exit(exit, is_async);
                self.at(outer);
            }
        }
        Ok(())
    }

    fn copy_finally(&mut self, body: Body<'a>, handler: u32, pending: Reg) -> Result<()> {
        let span = self.u.asm.span;
        let start = self.u.asm.here();
        self.enter_block(BlockKind::FinallyBody { pending }, handler)?;
        self.body(body)?;
        self.leave_block();
        self.at(span);
        self.copied += self.u.asm.here() - start;
        if self.copied > MAX_COPIED {
            return Err(CompileError::too_large("copies of finally bodies", span));
        }
        Ok(())
    }

    /// `return`: the value is computed first, and kept from what the `finally` bodies may do to variables.
    pub fn return_stmt(&mut self, value: Option<ExprRef<'a>>, span: Span) -> Result<()> {
        if !self.is_function() {
            return self.error("'return' outside function", span);
        }
        self.check_return(value, span)?;
        let mark = self.mark();
        let runs_code = self.u.blocks.iter().any(|b| {
            matches!(
                b.kind,
                BlockKind::FinallyTry(_)
                    | BlockKind::With { .. }
                    | BlockKind::Handler { name: Some(_), .. }
            )
        });
        let result = match value {
            None => None,
            Some(e) if matches!(e.kind, ExprKind::Constant(Constant::None)) => None,
            Some(e) if runs_code => Some(self.expr_push(e)?),
            Some(e) => Some(self.operand(e)?),
        };
        self.at(span);
        let pending = result.filter(|r| r.is_temp()).unwrap_or(Reg::NONE);
        let handler = self.unwind(0, pending)?;
        self.at(span);
        match result {
            Some(r) => self.emit1(Op::Return, r),
            None => self.emit_raw(Op::ReturnNone, 0, 0, 0),
        }
        self.u.asm.end();
        self.u.asm.handler = handler;
        self.release(mark);
        Ok(())
    }

    fn check_return(&mut self, value: Option<ExprRef<'a>>, span: Span) -> Result<()> {
        let scope = self.scopes.get(self.u.scope);
        if value.is_some() && scope.is_async_def && scope.is_generator {
            return self.error("'return' with value in async generator", span);
        }
        for n in (0..self.u.blocks.len()).rev() {
            self.check_leaving(n, span)?;
        }
        Ok(())
    }

    /// PEP 654: nothing jumps out of an `except*` clause.
    fn check_leaving(&self, n: usize, span: Span) -> Result<()> {
        match self.u.blocks[n].kind {
            BlockKind::Star { .. } => self.error(
                "'break', 'continue' and 'return' cannot appear in an except* block",
                span,
            ),
            _ => Ok(()),
        }
    }

    pub fn break_or_continue(&mut self, is_break: bool, span: Span) -> Result<()> {
        for n in (0..self.u.blocks.len()).rev() {
            let BlockKind::Loop { exit, again, iter } = self.u.blocks[n].kind else {
                self.check_leaving(n, span)?;
                continue;
            };
            let handler = self.unwind(n + 1, Reg::NONE)?;
            if is_break && iter != Reg::NONE {
                self.emit1(Op::Drop, iter);
            }
            self.jump(if is_break { exit } else { again });
            self.u.asm.handler = handler;
            return Ok(());
        }
        self.error(
            if is_break {
                "'break' outside loop"
            } else {
                "'continue' not properly in loop"
            },
            span,
        )
    }

    /// ```text
    /// while test: body         jump again
    /// else: orelse        top: body
    ///                   again: if test jump top
    ///                          orelse
    ///                    exit:
    /// ```
    pub fn while_stmt(
        &mut self,
        test: ExprRef<'a>,
        body: Body<'a>,
        orelse: Body<'a>,
    ) -> Result<()> {
        let (top, again, exit) = (self.label(), self.label(), self.label());
        let constant = self.fold(test).map(|k| crate::fold::truth(&k));
        if constant == Some(false) {
            // Still compiled for its errors, but never reached.
            self.unreachable(|c| {
                c.enter_block(
                    BlockKind::Loop {
                        exit,
                        again,
                        iter: Reg::NONE,
                    },
                    c.u.asm.handler,
                )?;
                c.body(body)?;
                c.leave_block();
                Ok(())
            })?;
            self.body(orelse)?;
            self.place(exit);
            return Ok(());
        }
        if constant.is_none() {
            self.jump_forward(again);
        } else if body.iter().all(|s| matches!(s.kind, StmtKind::Pass)) {
            self.emit_raw(Op::Nop, 0, 0, 0);
        }
        self.u.asm.place_loop(top);
        self.enter_block(
            BlockKind::Loop {
                exit,
                again,
                iter: Reg::NONE,
            },
            self.u.asm.handler,
        )?;
        self.body(body)?;
        self.leave_block();
        self.place(again);
        if constant.is_none() {
            self.jump_if(test, true, top)?;
        } else {
            self.at(test.span);
            self.jump(top);
        }
        self.body(orelse)?;
        self.place(exit);
        Ok(())
    }

    /// A jump over code that is reached from below.
    fn jump_forward(&mut self, label: Label) {
        let reachable = self.u.asm.reachable;
        self.jump(label);
        self.u.asm.reachable = reachable;
    }

    /// Compiles something for its errors and warnings alone.
    pub fn unreachable(&mut self, f: impl FnOnce(&mut Self) -> Result<()>) -> Result<()> {
        let (reachable, bound) = (self.u.asm.reachable, self.u.asm.bound.clone());
        self.u.asm.reachable = false;
        let blocks = self.u.blocks.len();
        f(self)?;
        self.u.blocks.truncate(blocks);
        self.u.asm.reachable = reachable;
        self.u.asm.bound = bound;
        Ok(())
    }

    /// ```text
    /// for target in iter: body     it := iter(iter)
    /// else: orelse                 jump again
    ///                         top: target := item
    ///                              body
    ///                       again: item := next(it), jump top
    ///                              orelse
    ///                        exit:
    /// ```
    pub fn for_stmt(&mut self, f: &For<'a>, is_async: bool, span: Span) -> Result<()> {
        if is_async {
            self.check_async("async for", span)?;
        }
        let mark = self.mark();
        let it = self.iterator(f.iter, is_async)?;
        let (top, again, exit) = (self.label(), self.label(), self.label());
        let item = self.loop_item(f.target);
        self.jump_forward(again);
        self.u.asm.place_loop(top);
        self.enter_block(
            BlockKind::Loop {
                exit,
                again,
                iter: it,
            },
            self.u.asm.handler,
        )?;
        self.store_item(f.target, item)?;
        self.body(f.body)?;
        self.leave_block();
        self.place(again);
        self.next_item(it, item, top, is_async, f.iter.span);
        self.release(mark);
        self.body(f.orelse)?;
        self.place(exit);
        Ok(())
    }

    /// The iterator (two temporaries for an asynchronous one), pushed.
    pub fn iterator(&mut self, iter: ExprRef<'a>, is_async: bool) -> Result<Reg> {
        let it = self.push_n(if is_async { 2 } else { 1 });
        let mark = self.mark();
        let constant = if is_async {
            None
        } else {
            self.fold_collection(iter)
        };
        let r = match constant {
            Some(k) => {
                self.at(iter.span);
                self.load_const(it, k);
                it
            }
            None => self.operand_in(iter, it)?,
        };
        self.at(iter.span);
        self.emit2(if is_async { Op::GetAIter } else { Op::GetIter }, it, r);
        self.release(mark);
        Ok(it)
    }

    /// Where the next item goes: the target itself if that is a plain local, else a new temporary.
    pub fn loop_item(&mut self, target: ExprRef<'a>) -> Reg {
        if let ExprKind::Name(name) = target.kind
            && let Some(reg) = self.local_of(name)
        {
            return reg;
        }
        self.push()
    }

    pub fn store_item(&mut self, target: ExprRef<'a>, item: Reg) -> Result<()> {
        if item.is_temp() {
            self.store_target(target, item)?;
        } else {
            self.mark_bound(item);
        }
        Ok(())
    }

    pub fn next_item(&mut self, it: Reg, item: Reg, top: Label, is_async: bool, span: Span) {
        let outer = self.at(span);
        if is_async {
            let save = self.outermost_save();
            self.u
                .asm
                .jump_extra(Op::AsyncForIter, item.0, it.0, top, save.0);
        } else {
            self.u.asm.jump(Op::ForIter, it.0, item.0, top);
        }
        self.at(outer);
    }
}
