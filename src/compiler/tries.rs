//! `try`, `except`, `except*`, `finally`, `with` and `async with`.
//!
//! In the listings `E` is the register of the exception, `S` (the next one) where the state of handled exceptions is saved;
//! `on error X` is the exception region that is in force.

use crate::asm::Reg;
use crate::blocks::BlockKind;
use crate::call::FRAME_WORDS;
use crate::error::Result;
use crate::unit::Compiler;
use taipan_bytecode::Op;
use taipan_grammar::ast::*;

impl<'a> Compiler<'a> {
    /// ```text
    ///     try: body        on error F: body
    ///     finally: final   final
    ///                      jump end
    ///                   F: S := handled; handled := E
    ///                      on error C: final
    ///                      handled := S; reraise E
    ///                   C: handled := S; reraise E'
    ///                 end:
    /// ```
    pub fn try_stmt(&mut self, t: &Try<'a>, star: bool) -> Result<()> {
        if t.finalbody.is_empty() {
            return self.try_except(t, star);
        }
        let mark = self.mark();
        let exc = self.push_n(2);
        let save = exc.plus(1);
        self.release(mark);
        let failed = self.label();
        let end = self.label();
        let start = self.u.asm.here();
        let bound = self.u.asm.bound.clone();
        let outer = self.u.asm.open_handler(failed, exc, exc);
        self.enter_block(BlockKind::FinallyTry(t.finalbody), outer)?;
        if t.handlers.is_empty() {
            self.body(t.body)?;
        } else {
            self.try_except(t, star)?;
        }
        self.leave_block();
        self.u.asm.handler = outer;
        let common = self.label();
        let shared = self.in_deep_finally();
        if shared {
            self.push_n(2);
            self.finally_without_exception(exc, save);
            self.jump(common);
            self.release(mark);
        } else if self.u.asm.reachable {
            self.enter_block(BlockKind::FinallyBody { pending: Reg::NONE }, outer)?;
            self.body(t.finalbody)?;
            self.leave_block();
            self.jump(end);
        }
        let here = self.u.asm.here();
        self.u.asm.place_handler(failed, start, here, bound);
        self.push_n(2);
        self.emit2(Op::PushExc, save, exc);
        self.place(common);
        let cleanup = self.open_cleanup(save);
        self.enter_block(BlockKind::FinallyEnd { save, exc }, outer)?;
        self.body(t.finalbody)?;
        self.leave_block();
        self.emit1(Op::PopExc, save);
        self.u.asm.handler = outer;
        if shared {
            self.leave_shared_finally(exc, end);
        }
        self.emit1(Op::Reraise, exc);
        self.u.asm.end();
        self.close_cleanup(cleanup, None)?;
        self.release(mark);
        self.place(end);
        Ok(())
    }

    /// Deep inside other `finally` bodies both paths share one copy: `E` is None on the path without exception, and
    /// the exception state is saved and left as it is.
    fn finally_without_exception(&mut self, exc: Reg, save: Reg) {
        let t = self.push();
        self.load_none(exc);
        self.emit2(Op::PushExc, save, exc);
        self.emit2(Op::PushExc, t, save);
        self.emit1(Op::Drop, t);
    }

    fn leave_shared_finally(&mut self, exc: Reg, end: crate::asm::Label) {
        let raised = self.label();
        let t = self.push();
        self.emit2(Op::Copy, t, exc);
        self.u.asm.jump(Op::JumpIfNotNone, t.0, 0, raised);
        self.emit1(Op::Drop, exc);
        self.jump(end);
        self.place(raised);
        self.release(self.mark() - 1);
    }

    /// A region, after `S := handled; handled := E`, that undoes it if something raises.
    fn open_cleanup(&mut self, save: Reg) -> Cleanup {
        let label = self.label();
        let start = self.u.asm.here();
        let second = save.plus(1);
        // The register itself is allotted when the handler is reached; nothing else lives there then.
        let mark = self.mark();
        self.push();
        self.release(mark);
        let bound = self.u.asm.bound.clone();
        let outer = self.u.asm.open_handler(label, second, second);
        Cleanup {
            label,
            start,
            save,
            second,
            bound,
            outer,
        }
    }

    fn close_cleanup(&mut self, c: Cleanup, name: Option<Symbol>) -> Result<()> {
        self.u.asm.handler = c.outer;
        let span = self.at(Span::default());
        self.u
            .asm
            .place_handler(c.label, c.start, self.u.asm.here(), c.bound);
        let mark = self.mark();
        if Reg::temp(mark) <= c.second {
            self.push_n(c.second.0 - Reg::temp(mark).0 + 1);
        }
        self.emit1(Op::PopExc, c.save);
        if let Some(name) = name {
            self.clear_name(name)?;
        }
        self.emit1(Op::Reraise, c.second);
        self.u.asm.end();
        self.release(mark);
        self.at(span);
        Ok(())
    }

    /// ```text
    ///     try: body                on error H: body
    ///     except A as n: handler   orelse
    ///     else: orelse             jump end
    ///                           H: S := handled; handled := E
    ///                              on error C: unless E matches A jump next
    ///                              n := E
    ///                              on error D: handler
    ///                              handled := S; unbind n; jump end
    ///                           D: handled := S; unbind n; reraise E'
    ///                        next: handled := S; reraise E
    ///                           C: handled := S; reraise E'
    ///                         end:
    /// ```
    fn try_except(&mut self, t: &Try<'a>, star: bool) -> Result<()> {
        let mark = self.mark();
        let exc = self.push_n(2);
        let save = exc.plus(1);
        self.release(mark);
        let failed = self.label();
        let end = self.label();
        let start = self.u.asm.here();
        let bound = self.u.asm.bound.clone();
        let outer = self.u.asm.open_handler(failed, exc, exc);
        self.enter_block(BlockKind::Try, outer)?;
        self.body(t.body)?;
        self.leave_block();
        self.u.asm.handler = outer;
        self.body(t.orelse)?;
        self.jump(end);
        let span = self.at(Span::default());
        self.u
            .asm
            .place_handler(failed, start, self.u.asm.here(), bound);
        self.push_n(2);
        if star {
            self.star_handlers(t, exc, save)?;
        } else {
            self.emit2(Op::PushExc, save, exc);
            let cleanup = self.open_cleanup(save);
            let mut catches_all = false;
            let matching = self.u.asm.handler;
            for handler in t.handlers {
                self.u.asm.handler = matching;
                catches_all |= handler.typ.is_none();
                self.except_clause(handler, exc, save, outer, end)?;
            }
            self.u.asm.handler = matching;
            if !catches_all {
                self.at(Span::default());
                self.emit1(Op::PopExc, save);
                self.u.asm.handler = outer;
                self.emit1(Op::Reraise, exc);
                self.u.asm.end();
            }
            self.close_cleanup(cleanup, None)?;
        }
        self.at(span);
        self.release(mark);
        self.place(end);
        Ok(())
    }

    fn except_clause(
        &mut self,
        h: &ExceptHandler<'a>,
        exc: Reg,
        save: Reg,
        outer: u32,
        end: crate::asm::Label,
    ) -> Result<()> {
        let next = self.label();
        self.at(h.span);
        if let Some(typ) = h.typ {
            let mark = self.mark();
            let r = self.operand(typ)?;
            self.at(h.span);
            self.u.asm.jump(Op::JumpIfNoMatch, exc.0, r.0, next);
            self.release(mark);
        }
        self.at(h.span);
        let matching = self.u.asm.handler;
        match h.name {
            Some(name) => {
                self.at(name.span);
                self.store_name(name.name, exc)?;
            }
            None => self.emit1(Op::Drop, exc),
        }
        let name = h.name.map(|n| n.name);
        let inner = name.map(|_| {
            let label = self.label();
            let second = save.plus(1);
            let bound = self.u.asm.bound.clone();
            let start = self.u.asm.here();
            let outer = self.u.asm.open_handler(label, second, second);
            Cleanup {
                label,
                start,
                save,
                second,
                bound,
                outer,
            }
        });
        self.enter_block(BlockKind::Handler { save, name }, outer)?;
        self.body(h.body)?;
        self.leave_block();
        self.emit1(Op::PopExc, save);
        self.u.asm.handler = outer;
        if let Some(name) = name {
            self.clear_name(name)?;
        }
        self.jump(end);
        if let Some(mut inner) = inner {
            inner.outer = outer;
            self.close_cleanup(inner, name)?;
        }
        self.u.asm.handler = matching;
        self.place(next);
        Ok(())
    }

    /// Each clause takes its part of the group; what they raise and what none takes is gathered in a list.
    ///
    /// ```text
    ///   H: S := handled; handled := E
    ///      on error C: L := []; R := copy of E
    ///      R, M := split R by A;  if M is None jump next
    ///      handled := M;  n := M
    ///      on error D: handler
    ///      unbind n; jump next
    ///   D: unbind n; L.append(E'); jump next
    /// next: ...
    ///      L.append(R); P := prepare(E, L)
    ///      if P is None: handled := S; jump end
    ///      handled := S; reraise P
    ///   C: handled := S; reraise E'
    /// ```
    fn star_handlers(&mut self, t: &Try<'a>, exc: Reg, save: Reg) -> Result<()> {
        let outer = self.u.asm.handler;
        self.emit2(Op::PushExc, save, exc);
        let cleanup = self.open_cleanup(save);
        let matching = self.u.asm.handler;
        // Rest and match are consecutive, as `CheckExcStar` leaves them.
        let list = self.push_n(4);
        let (rest, matched, old) = (list.plus(1), list.plus(2), list.plus(3));
        self.emit_raw(Op::BuildList, list.0, rest.0, 0);
        self.emit2(Op::Copy, rest, exc);
        for h in t.handlers {
            self.u.asm.handler = matching;
            self.star_clause(h, list, rest, matched, old, save)?;
        }
        self.u.asm.handler = matching;
        self.at(Span::default());
        self.emit2(Op::ListAppend, list, rest);
        self.emit(Op::PrepReraiseStar, rest, exc, list);
        let finished = self.label();
        self.emit2(Op::Copy, matched, rest);
        self.u.asm.jump(Op::JumpIfNone, matched.0, 0, finished);
        self.emit1(Op::PopExc, save);
        self.u.asm.handler = outer;
        self.emit1(Op::Reraise, rest);
        self.u.asm.end();
        self.place(finished);
        self.emit1(Op::Drop, rest);
        self.emit1(Op::PopExc, save);
        let end = self.label();
        self.jump(end);
        self.close_cleanup(cleanup, None)?;
        self.place(end);
        Ok(())
    }

    fn star_clause(
        &mut self,
        h: &ExceptHandler<'a>,
        list: Reg,
        rest: Reg,
        matched: Reg,
        old: Reg,
        save: Reg,
    ) -> Result<()> {
        let next = self.label();
        let matching = self.u.asm.handler;
        self.at(h.span);
        let mark = self.mark();
        if let Some(typ) = h.typ {
            let r = self.operand(typ)?;
            self.at(h.span);
            self.emit(Op::CheckExcStar, rest, rest, r);
        }
        self.release(mark);
        let found = self.label();
        self.emit2(Op::Copy, old, matched);
        self.u.asm.jump(Op::JumpIfNotNone, old.0, 0, found);
        self.emit1(Op::Drop, matched);
        self.jump(next);
        self.place(found);
        // `handled` becomes the matched part for the clause; what it was is the whole group, and is restored by its end.
        self.emit2(Op::PushExc, old, matched);
        let raised = self.label();
        let second = old.plus(1);
        let start = self.u.asm.here();
        let bound = self.u.asm.bound.clone();
        self.push();
        let clause_handler = |c: &mut Self| c.u.asm.open_handler(raised, second, second);
        clause_handler(self);
        match h.name {
            Some(name) => {
                self.at(name.span);
                self.store_name(name.name, matched)?;
            }
            None => self.emit1(Op::Drop, matched),
        }
        self.enter_block(BlockKind::Star { save }, matching)?;
        self.body(h.body)?;
        self.leave_block();
        self.emit1(Op::PopExc, old);
        self.u.asm.handler = matching;
        if let Some(name) = h.name {
            self.clear_name(name.name)?;
        }
        self.jump(next);
        self.at(Span::default());
        self.u
            .asm
            .place_handler(raised, start, self.u.asm.here(), bound);
        self.emit1(Op::PopExc, old);
        if let Some(name) = h.name {
            self.clear_name(name.name)?;
        }
        self.emit2(Op::ListAppend, list, second);
        self.release(mark);
        self.place(next);
        Ok(())
    }

    // `with`.

    pub fn with_stmt(&mut self, w: &With<'a>, is_async: bool, span: Span) -> Result<()> {
        if is_async {
            self.check_async("async with", span)?;
        }
        self.with_items(w.items, w.body, is_async)
    }

    /// ```text
    ///     with m as v: body    X := m.__exit__ (as a call window); v := m.__enter__()
    ///                          on error W: v, body
    ///                          X(None, None, None); jump end
    ///                       W: S := handled; handled := E
    ///                          on error C: if X(type(E), E, E.__traceback__) jump quiet
    ///                          handled := S; reraise E
    ///                       C: handled := S; reraise E'
    ///                   quiet: handled := S; drop E
    ///                     end:
    /// ```
    fn with_items(
        &mut self,
        items: &'a [WithItem<'a>],
        body: Body<'a>,
        is_async: bool,
    ) -> Result<()> {
        let Some((item, rest)) = items.split_first() else {
            return self.body(body);
        };
        self.deeper(item.context_expr.span)?;
        let mark = self.mark();
        let span = item.context_expr.span;
        let hint = self.push();
        let manager = self.operand_in(item.context_expr, hint)?;
        self.at(span);
        let exit = self.push_n(FRAME_WORDS + 2);
        self.emit_raw(
            Op::LoadSpecial,
            exit.0,
            manager.0,
            if is_async { 3 } else { 1 },
        );
        let body_mark = self.mark();
        let enter = self.push_n(FRAME_WORDS + 2);
        self.emit_raw(
            Op::LoadSpecial,
            enter.0,
            manager.0,
            if is_async { 2 } else { 0 },
        );
        if manager.is_temp() {
            self.emit1(Op::Drop, manager);
        }
        self.emit_raw(Op::CallMethod, enter.0, 0, 0);
        if is_async {
            self.await_in(enter, 1);
        }
        // The arguments of `__exit__` end below the exception, so that the window's registers stay free.
        let depth = Reg::temp(body_mark);
        let (exc, save) = (depth, depth.plus(1));
        let failed = self.label();
        let start = self.u.asm.here();
        let bound = self.u.asm.bound.clone();
        let outer = self.u.asm.open_handler(failed, exc, depth);
        self.enter_block(
            BlockKind::With {
                exit,
                is_async,
                span,
            },
            outer,
        )?;
        match item.optional_vars {
            Some(target) => self.store_target(target, enter)?,
            None => self.emit1(Op::Drop, enter),
        }
        self.release(body_mark);
        self.with_items(rest, body, is_async)?;
        self.leave_block();
        self.u.asm.handler = outer;
        self.at(span);
        self.call_exit(exit, is_async);
        let end = self.label();
        self.jump(end);
        self.u
            .asm
            .place_handler(failed, start, self.u.asm.here(), bound);
        self.push_n(2);
        self.emit2(Op::PushExc, save, exc);
        let cleanup = self.open_cleanup(save);
        let w = self.push_n(FRAME_WORDS + 2);
        let args = self.push_n(3);
        self.emit2(Op::Move, w, exit);
        self.emit2(
            Op::Move,
            w.plus(FRAME_WORDS + 1),
            exit.plus(FRAME_WORDS + 1),
        );
        self.emit2(Op::LoadExcArgs, args, exc);
        self.enter_block(BlockKind::WithEnd { save }, outer)?;
        self.emit_raw(Op::CallMethod, w.0, 3, 0);
        if is_async {
            self.await_in(w, 2);
        }
        self.leave_block();
        let quiet = self.label();
        self.u.asm.jump(Op::JumpIfTrue, w.0, 0, quiet);
        self.emit1(Op::PopExc, save);
        self.u.asm.handler = outer;
        self.emit1(Op::Reraise, exc);
        self.u.asm.end();
        self.place(quiet);
        self.emit1(Op::PopExc, save);
        self.emit1(Op::Drop, exc);
        self.jump(end);
        self.close_cleanup(cleanup, None)?;
        self.release(mark);
        self.place(end);
        self.depth -= 1;
        Ok(())
    }

    /// Calls `__exit__(None, None, None)`, prepared in the window `exit`.
    pub fn call_exit(&mut self, exit: Reg, is_async: bool) {
        // On the way out of nested blocks temporaries above the window may be live (a value to return): the call then needs
        // a window above them.
        let mark = self.mark();
        let top = Reg::temp(mark);
        let w = if top == exit.plus(FRAME_WORDS + 2) {
            exit
        } else {
            self.push_n(FRAME_WORDS + 2)
        };
        if w != exit {
            self.emit2(Op::Move, w, exit);
            self.emit2(
                Op::Move,
                w.plus(FRAME_WORDS + 1),
                exit.plus(FRAME_WORDS + 1),
            );
        }
        let args = self.push_n(3);
        for n in 0..3 {
            self.load_none(args.plus(n));
        }
        self.emit_raw(Op::CallMethod, w.0, 3, 0);
        if is_async {
            self.await_in(w, 2);
        }
        self.emit1(Op::Drop, w);
        self.release(mark);
    }
}

/// A region that restores the exception state and goes on raising.
struct Cleanup {
    label: crate::asm::Label,
    start: usize,
    save: Reg,
    second: Reg,
    bound: crate::asm::BoundSet,
    outer: u32,
}
