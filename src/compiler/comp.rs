//! Comprehensions and generator expressions. All but generator expressions run in the frame around them (PEP 709).

use crate::asm::Reg;
use crate::call::FRAME_WORDS;
use crate::collect::address;
use crate::error::Result;
use crate::scope::{Part, ScopeId, ScopeKind};
use crate::unit::{Cold, Compiler};
use taipan_bytecode::{Op, flags};
use taipan_grammar::ast::*;

/// What a comprehension makes of each item.
#[derive(Clone, Copy)]
enum Element<'a> {
    List(ExprRef<'a>),
    Set(ExprRef<'a>),
    Dict(ExprRef<'a>, ExprRef<'a>),
    Yield(ExprRef<'a>),
}

impl<'a> Compiler<'a> {
    pub fn comprehension(&mut self, e: ExprRef<'a>, to: Reg) -> Result<()> {
        let (element, generators) = match e.kind {
            ExprKind::ListComp { elt, generators } => (Element::List(elt), generators),
            ExprKind::SetComp { elt, generators } => (Element::Set(elt), generators),
            ExprKind::DictComp {
                key,
                value,
                generators,
            } => (Element::Dict(key, value), generators),
            ExprKind::GeneratorExp { elt, generators } => (Element::Yield(elt), generators),
            _ => return Ok(()),
        };
        let Some(scope) = self.scopes.of_node(address(e), Part::Body) else {
            return Ok(());
        };
        let s = self.scopes.get(scope);
        let is_async = s.is_coroutine && s.kind != ScopeKind::GenExp;
        let inlined = s.inlined;
        if is_async {
            let coroutine = self.u.flags & (flags::COROUTINE | flags::ASYNC_GENERATOR) != 0;
            if !coroutine && !self.u.kind.is_comprehension() && !self.top_level_await() {
                let m = "asynchronous comprehension outside of an asynchronous function";
                return self.error(m, e.span);
            }
        }
        if inlined {
            return self.inlined_comprehension(e, scope, element, generators, to);
        }
        let w = self.window(to);
        self.push_n(FRAME_WORDS);
        let it = self.iterator(generators[0].iter, generators[0].is_async)?;
        let mark = self.mark();
        self.enter_unit(scope, e.span)?;
        self.u.argcount = 1;
        self.u.asm.span = e.span;
        self.comprehension_function(e, element, generators)?;
        let code = self.finish_unit()?;
        self.at(e.span);
        let first = self.push();
        self.make_function(code, first, 0, w);
        self.release(mark);
        let _ = it;
        self.emit_raw(Op::Call, w.0, 1, 0);
        if is_async {
            self.await_in(w, 0);
        }
        self.move_to(to, w);
        Ok(())
    }

    fn comprehension_function(
        &mut self,
        e: ExprRef<'a>,
        element: Element<'a>,
        generators: &'a [Comprehension<'a>],
    ) -> Result<()> {
        let result = self.push();
        if !matches!(element, Element::Yield(_)) {
            self.emit_raw(empty(element), result.0, result.plus(1).0, 0);
        }
        let is_async = generators[0].is_async;
        let it = self.push_n(if is_async { 2 } else { 1 });
        self.emit2(Op::Copy, it, Reg(0));
        if is_async {
            self.emit1(Op::ClearLocal, it.plus(1));
        }
        self.comprehension_loop(element, generators, Some(it), result)?;
        self.at(e.span);
        match element {
            Element::Yield(_) => self.emit_raw(Op::ReturnNone, 0, 0, 0),
            _ => self.emit1(Op::Return, result),
        }
        Ok(())
    }

    fn inlined_comprehension(
        &mut self,
        e: ExprRef<'a>,
        scope: ScopeId,
        element: Element<'a>,
        generators: &'a [Comprehension<'a>],
        to: Reg,
    ) -> Result<()> {
        let result = self.scratch(to);
        let it = self.iterator(generators[0].iter, generators[0].is_async)?;
        self.at(e.span);
        self.emit_raw(empty(element), result.0, Reg::temp(self.mark()).0, 0);
        self.enter_inlined(scope);
        let (label, exc) = (self.label(), Reg::temp(self.mark()));
        let start = self.u.asm.here();
        let outer = self.u.asm.open_handler(label, exc, exc);
        self.comprehension_loop(element, generators, Some(it), result)?;
        self.u.asm.handler = outer;
        self.at(e.span);
        let variables = self.inlined_registers(scope);
        self.leave_inlined(scope);
        if !variables.is_empty() && self.u.asm.emitted_since(start) {
            // At least one register for the exception.
            let mark = self.mark();
            self.push();
            self.release(mark);
        }
        self.u.cold.push(Cold {
            label,
            start,
            end: self.u.asm.here(),
            exc,
            outer,
            variables,
            span: e.span,
        });
        self.move_to(to, result);
        Ok(())
    }

    fn comprehension_loop(
        &mut self,
        element: Element<'a>,
        generators: &'a [Comprehension<'a>],
        it: Option<Reg>,
        result: Reg,
    ) -> Result<()> {
        let Some((g, rest)) = generators.split_first() else {
            return self.element(element, result);
        };
        self.deeper(g.target.span)?;
        let mark = self.mark();
        let again = self.label();
        if it.is_none()
            && !g.is_async
            && let Some(only) = only_item(g.iter)
        {
            // `for y in [f(x)]` just binds.
            match g.target.kind {
                ExprKind::Name(name) if self.local_of(name).is_some() => {
                    let reg = self.loop_item(g.target);
                    self.expr_into(only, reg)?;
                    self.mark_bound(reg);
                }
                _ => {
                    let t = self.expr_push(only)?;
                    self.store_target(g.target, t)?;
                }
            }
            for test in g.ifs {
                self.jump_if(test, false, again)?;
            }
            self.comprehension_loop(element, rest, None, result)?;
            self.place(again);
        } else {
            let it = match it {
                Some(it) => it,
                None => self.iterator(g.iter, g.is_async)?,
            };
            let top = self.label();
            let item = self.loop_item(g.target);
            let reachable = self.u.asm.reachable;
            self.jump(again);
            self.u.asm.reachable = reachable;
            self.u.asm.place_loop(top);
            self.store_item(g.target, item)?;
            for test in g.ifs {
                self.jump_if(test, false, again)?;
            }
            self.comprehension_loop(element, rest, None, result)?;
            self.place(again);
            self.next_item(it, item, top, g.is_async, g.iter.span);
        }
        self.release(mark);
        self.depth -= 1;
        Ok(())
    }

    fn element(&mut self, element: Element<'a>, result: Reg) -> Result<()> {
        let mark = self.mark();
        match element {
            Element::List(e) | Element::Set(e) => {
                let r = self.operand(e)?;
                self.at(e.span);
                let op = if matches!(element, Element::List(_)) {
                    Op::ListAppend
                } else {
                    Op::SetAdd
                };
                self.emit2(op, result, r);
            }
            Element::Dict(key, value) => {
                let hint = self.push();
                let k = self.operand_before(key, hint, &[value])?;
                let v = self.operand(value)?;
                self.at(Span {
                    start: key.span.start,
                    end: value.span.end,
                });
                self.emit(Op::MapAdd, result, k, v);
            }
            Element::Yield(e) => {
                let t = self.push();
                let r = self.operand_in(e, t)?;
                self.at(e.span);
                self.emit_yield(t, r);
                self.emit1(Op::Drop, t);
            }
        }
        self.release(mark);
        Ok(())
    }
}

fn empty(element: Element<'_>) -> Op {
    match element {
        Element::List(_) | Element::Yield(_) => Op::BuildList,
        Element::Set(_) => Op::BuildSet,
        Element::Dict(..) => Op::BuildMap,
    }
}

fn only_item<'a>(iter: ExprRef<'a>) -> Option<ExprRef<'a>> {
    match iter.kind {
        ExprKind::List(&[only]) | ExprKind::Tuple(&[only])
            if !matches!(only.kind, ExprKind::Starred(_)) =>
        {
            Some(only)
        }
        _ => None,
    }
}
