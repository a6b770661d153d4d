//! Calls: plain ones, methods, keywords, `*` and `**`, and `super()` attributes.
//!
//! A call's window lies on top of all live temporaries, for the callee's frame is laid over it: `R[w]` the
//! callee and then the result, three words of the frame, the arguments from `R[w+4]`.

use crate::asm::Reg;
use crate::error::Result;
use crate::expr::has_star;
use crate::scope::{Resolution, ScopeKind};
use crate::unit::{Compiler, Place};
use taipan_bytecode::{Const, Op};
use taipan_grammar::ast::*;

/// Words between the callee and its first argument.
pub const FRAME_WORDS: u16 = 3;

/// Calls with more arguments pass them as a list and a dict, to bound the number of registers.
const MAX_ARGUMENTS: usize = 200;

impl<'a> Compiler<'a> {
    /// Base of a call window: `to` itself where that is the topmost temporary, else a new one.
    pub fn window(&mut self, to: Reg) -> Reg {
        if self.is_top(to) { to } else { self.push() }
    }

    pub fn call(
        &mut self,
        e: ExprRef<'a>,
        func: ExprRef<'a>,
        args: &'a [ExprRef<'a>],
        keywords: &'a [Keyword<'a>],
        to: Reg,
    ) -> Result<()> {
        self.check_caller(func);
        self.check_keywords(keywords)?;
        let w = self.window(to);
        let simple = !has_star(args)
            && keywords.iter().all(|k| k.arg.is_some())
            && args.len() + keywords.len() <= MAX_ARGUMENTS;
        if simple && let ExprKind::Attribute { value, attr } = func.kind {
            self.method_call(e, func, value, attr, args, keywords, w)?;
        } else {
            self.expr_into(func, w)?;
            self.push_n(FRAME_WORDS);
            self.finish_call(e.span, w, args, keywords, Vec::new(), None)?;
        }
        self.move_to(to, w);
        Ok(())
    }

    #[allow(clippy::too_many_arguments)]
    fn method_call(
        &mut self,
        e: ExprRef<'a>,
        func: ExprRef<'a>,
        value: ExprRef<'a>,
        attr: Ident,
        args: &'a [ExprRef<'a>],
        keywords: &'a [Keyword<'a>],
        w: Reg,
    ) -> Result<()> {
        if self.is_super_call(value).is_some() {
            self.at(func.span);
            self.super_attribute(value, attr, w, true)?;
            self.push_n(FRAME_WORDS + 1);
        } else {
            let object = self.operand_in(value, w)?;
            let name = self.mangled(attr.name);
            let n = self.name_index(name)?;
            self.push_n(FRAME_WORDS + 1);
            self.at_attribute(func.span, attr);
            self.emit_raw(Op::LoadMethod, w.0, object.0, n);
        }
        for arg in args {
            self.expr_push(arg)?;
        }
        let names = self.push_keywords(keywords)?;
        self.at_attribute(e.span, attr);
        self.emit_call(Op::CallMethod, w, args.len() + keywords.len(), names);
        Ok(())
    }

    /// Evaluates keyword arguments; gives their names as a constant.
    fn push_keywords(&mut self, keywords: &'a [Keyword<'a>]) -> Result<Option<Const>> {
        let mut names = Vec::new();
        for k in keywords {
            if let Some(arg) = k.arg {
                let name = self.mangled(arg.name);
                names.push(self.symbol_const(name));
            }
            self.expr_push(k.value)?;
        }
        Ok((!names.is_empty()).then(|| Const::Tuple(names.into())))
    }

    /// `op` is `Call` or `CallMethod`.
    fn emit_call(&mut self, op: Op, w: Reg, n: usize, names: Option<Const>) {
        let (op, k) = match (op, names) {
            (op, None) => (op, 0),
            (Op::Call, Some(names)) => (Op::CallKw, self.constant(names)),
            (_, Some(names)) => (Op::CallMethodKw, self.constant(names)),
        };
        self.emit_raw(op, w.0, n as u16, k as u16);
    }

    /// The arguments and the call itself, the callee being in `R[w]` and its frame words pushed. `leading` are
    /// arguments that are in place already, `extra` one more positional argument.
    pub fn finish_call(
        &mut self,
        span: Span,
        w: Reg,
        args: &[ExprRef<'a>],
        keywords: &'a [Keyword<'a>],
        leading: Vec<Reg>,
        extra: Option<Reg>,
    ) -> Result<()> {
        // Names of keywords are a 16-bit constant index.
        let simple = !has_star(args)
            && keywords.iter().all(|k| k.arg.is_some())
            && args.len() + keywords.len() <= MAX_ARGUMENTS
            && (keywords.is_empty() || self.u.consts.len() < 0xFFF0);
        if simple {
            for arg in args {
                self.expr_push(arg)?;
            }
            if let Some(extra) = extra {
                let t = self.push();
                self.move_to(t, extra);
            }
            let names = self.push_keywords(keywords)?;
            self.at(span);
            let n = leading.len() + args.len() + extra.is_some() as usize + keywords.len();
            self.emit_call(Op::Call, w, n, names);
            return Ok(());
        }
        if let (&[only], true) = (args, leading.is_empty())
            && let ExprKind::Starred(inner) = only.kind
        {
            self.expr_push(inner)?;
        } else {
            let list = match leading.first() {
                Some(&first) => {
                    self.emit_raw(Op::BuildList, first.0, first.0, leading.len() as u16);
                    self.release((first.0 & !crate::asm::TEMP) + 1);
                    self.list_extend_pieces(args, first)?;
                    first
                }
                None => {
                    let list = self.push();
                    self.list_pieces(args, list)?;
                    list
                }
            };
            self.at(span);
            if let Some(extra) = extra {
                self.emit2(Op::ListAppend, list, extra);
            }
            self.emit2(Op::ListToTuple, list, list);
        }
        if !keywords.is_empty() {
            self.merged_keywords(span, w, keywords)?;
        }
        self.at(span);
        self.emit_raw(Op::CallEx, w.0, !keywords.is_empty() as u16, 0);
        Ok(())
    }

    fn list_extend_pieces(&mut self, args: &[ExprRef<'a>], list: Reg) -> Result<()> {
        for arg in args {
            let mark = self.mark();
            let (op, value) = match arg.kind {
                ExprKind::Starred(inner) => (Op::ListExtend, inner),
                _ => (Op::ListAppend, *arg),
            };
            let r = self.operand(value)?;
            self.emit2(op, list, r);
            self.release(mark);
        }
        Ok(())
    }

    /// The dict of keyword arguments in the next temporary; duplicates raise.
    fn merged_keywords(&mut self, span: Span, w: Reg, keywords: &'a [Keyword<'a>]) -> Result<()> {
        let dict = self.push();
        let mut started = false;
        let mut at = 0;
        while at < keywords.len() {
            let named = keywords[at..]
                .iter()
                .take_while(|k| k.arg.is_some())
                .take(16)
                .count();
            let mark = self.mark();
            if named == 0 {
                if !started {
                    self.emit_raw(Op::BuildMap, dict.0, Reg::temp(mark).0, 0);
                }
                let value = self.operand(keywords[at].value)?;
                self.at(span);
                self.emit(Op::DictMerge, dict, value, w);
                at += 1;
            } else {
                let map = if started { self.push() } else { dict };
                let first = Reg::temp(self.mark());
                for k in &keywords[at..at + named] {
                    if let Some(arg) = k.arg {
                        let name = self.mangled(arg.name);
                        let t = self.push();
                        self.load_symbol(t, name);
                    }
                    self.expr_push(k.value)?;
                }
                self.at(span);
                self.emit_raw(Op::BuildMap, map.0, first.0, named as u16);
                if started {
                    self.emit(Op::DictMerge, dict, map, w);
                }
                at += named;
            }
            started = true;
            self.release(mark);
        }
        Ok(())
    }

    pub fn check_keywords(&self, keywords: &[Keyword<'a>]) -> Result<()> {
        let mut seen = std::collections::HashSet::new();
        for k in keywords {
            if let Some(arg) = k.arg
                && !seen.insert(arg.name)
            {
                return self.error(
                    format!("keyword argument repeated: {}", self.text(arg.name)),
                    k.span,
                );
            }
        }
        Ok(())
    }

    /// Whether `e` is `super()` or `super(C, x)` with the builtin meant, in a method: then its attributes need no super object.
    pub fn is_super_call(&self, e: ExprRef<'a>) -> Option<&'a [ExprRef<'a>]> {
        let ExprKind::Call {
            func,
            args,
            keywords: [],
        } = e.kind
        else {
            return None;
        };
        let ExprKind::Name(name) = func.kind else {
            return None;
        };
        if name != self.names.super_ || has_star(args) || !matches!(args.len(), 0 | 2) {
            return None;
        }
        let scope = self.scopes.get(self.u.scope);
        if !matches!(scope.kind, ScopeKind::Function | ScopeKind::Lambda)
            || !self.u.inlined.is_empty()
        {
            return None;
        }
        let module = self.scopes.get(0).flags(name);
        let global = scope
            .symbols
            .get(&name)
            .is_some_and(|s| s.resolution == Resolution::GlobalImplicit);
        let rebound = module & crate::scope::def::BOUND != 0;
        if !global || rebound {
            return None;
        }
        if args.is_empty() {
            let class = scope.symbols.get(&self.names.class)?;
            if class.resolution != Resolution::Free || self.u.argcount == 0 {
                return None;
            }
        }
        Some(args)
    }

    /// `super().attr`, as a value or (`method`) for a call.
    pub fn super_attribute(
        &mut self,
        call: ExprRef<'a>,
        attr: Ident,
        to: Reg,
        method: bool,
    ) -> Result<()> {
        let span = self.u.asm.span;
        let Some(args) = self.is_super_call(call) else {
            return Ok(());
        };
        let mark = self.mark();
        let first = self.push();
        if let ExprKind::Call { func, .. } = call.kind {
            self.at(func.span);
        }
        self.load_name(self.names.super_, first)?;
        self.at(call.span);
        if let [class, object] = args {
            self.expr_push(class)?;
            self.expr_push(object)?;
        } else {
            let class = self.push();
            let object = self.push();
            if let Place::Free(n) = self.lookup(self.names.class) {
                self.emit_raw(Op::LoadFree, class.0, n, 0);
            }
            let name = self.scopes.get(self.u.scope).params[0];
            match self.lookup(name) {
                Place::Local(reg) => {
                    self.check_bound(reg);
                    self.emit2(Op::Copy, object, reg);
                }
                Place::Cell(reg) => self.emit2(Op::LoadCell, object, reg),
                _ => self.load_none(object),
            }
        }
        let name = self.mangled(attr.name);
        let n = self.name_index(name)?;
        self.at_attribute(span, attr);
        let op = if method {
            Op::LoadSuperMethod
        } else {
            Op::LoadSuperAttr
        };
        self.emit_raw(op, to.0, first.0, n);
        self.release(mark);
        Ok(())
    }
}
