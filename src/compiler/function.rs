//! Functions, lambdas, decorators, and type parameters with their scopes (PEP 695).

use crate::asm::Reg;
use crate::call::FRAME_WORDS;
use crate::collect::{address, is_string};
use crate::error::Result;
use crate::scope::{Part, ScopeId};
use crate::unit::Compiler;
use std::sync::Arc;
use taipan_bytecode::{Code, Const, Intrinsic, Op, flags};
use taipan_grammar::ast::*;

/// What `MakeFunction` finds behind the code.
pub mod with {
    pub const DEFAULTS: u16 = 1;
    pub const KWDEFAULTS: u16 = 2;
    pub const ANNOTATE: u16 = 4;
    pub const CLOSURE: u16 = 8;
}

impl<'a> Compiler<'a> {
    /// Evaluates decorators, then what they decorate (by `make`), calls them inside out and stores the result.
    pub fn decorated(
        &mut self,
        decorators: &'a [ExprRef<'a>],
        name: Ident,
        span: Span,
        make: impl FnOnce(&mut Self, Reg) -> Result<()>,
    ) -> Result<()> {
        let windows = decorators
            .iter()
            .map(|d| {
                let w = self.expr_push(d)?;
                self.push_n(FRAME_WORDS);
                Ok((w, d.span))
            })
            .collect::<Result<Vec<(Reg, Span)>>>()?;
        self.at(span);
        let direct = if decorators.is_empty() {
            self.local_of(name.name)
        } else {
            None
        };
        let to = match direct {
            Some(reg) => reg,
            None => self.push(),
        };
        make(self, to)?;
        for &(w, span) in windows.iter().rev() {
            self.at(span);
            self.emit_raw(Op::Call, w.0, 1, 0);
        }
        self.at(span);
        match direct {
            Some(reg) => self.mark_bound(reg),
            None => self.store_name(name.name, windows.first().map_or(to, |w| w.0))?,
        }
        Ok(())
    }

    /// The line that `co_firstlineno` names: the first decorator's.
    pub fn first_line(&self, decorators: &[ExprRef<'a>], span: Span) -> u32 {
        let start = decorators.first().map_or(span.start, |d| d.span.start);
        self.lines.line_col(start).0
    }

    pub fn function_def(&mut self, stmt: &'a Stmt<'a>, f: &'a FunctionDef<'a>) -> Result<()> {
        self.decorated(f.decorators, f.name, stmt.span, |c, to| {
            if f.type_params.is_empty() {
                let first = c.push();
                let given = c.push_defaults(f.args)?;
                return c.function_with_annotations(stmt, f, first, given, to);
            }
            c.generic_function(stmt, f, to)
        })
    }

    /// Defaults in the next temporaries: a tuple, then a dict of keyword-only ones.
    fn push_defaults(&mut self, args: &'a Arguments<'a>) -> Result<u16> {
        let mut given = 0;
        if !args.defaults.is_empty() {
            let t = self.push();
            let constants: Option<Box<[Const]>> =
                args.defaults.iter().map(|e| self.fold(e)).collect();
            match constants {
                Some(constants) => self.load_const(t, Const::Tuple(constants)),
                None if args.defaults.len() <= crate::expr::MAX_INLINE_ITEMS => {
                    self.build(Op::BuildTuple, args.defaults, t)?
                }
                None => {
                    self.list_pieces(args.defaults, t)?;
                    self.emit2(Op::ListToTuple, t, t);
                }
            }
            given |= with::DEFAULTS;
        }
        if args.kw_defaults.iter().any(|d| d.is_some()) {
            let t = self.push();
            let mark = self.mark();
            self.emit_raw(Op::BuildMap, t.0, Reg::temp(mark).0, 0);
            for (arg, default) in args.kwonlyargs.iter().zip(args.kw_defaults) {
                let Some(default) = default else { continue };
                let name = self.mangled(arg.arg.name);
                let key = self.push();
                self.load_symbol(key, name);
                let value = self.operand(default)?;
                self.emit(Op::MapAdd, t, key, value);
                self.release(mark);
            }
            given |= with::KWDEFAULTS;
        }
        Ok(given)
    }

    /// `to :=` the function, its defaults (`given`) being in the temporaries after `first`.
    fn function_with_annotations(
        &mut self,
        stmt: &'a Stmt<'a>,
        f: &'a FunctionDef<'a>,
        first: Reg,
        mut given: u16,
        to: Reg,
    ) -> Result<()> {
        let node = address(stmt.kind);
        let span = self.u.asm.span;
        if let Some(scope) = self.scopes.of_node(node, Part::Annotations) {
            let t = self.push();
            self.function_annotate(scope, f, stmt.span, t)?;
            given |= with::ANNOTATE;
        }
        let Some(scope) = self.scopes.of_node(node, Part::Body) else {
            return Ok(());
        };
        let line = self.first_line(f.decorators, stmt.span);
        let code =
            self.function_code(scope, f.args, stmt.span, line, |c| c.function_body(f.body))?;
        self.at(span);
        self.make_function(code, first, given, to);
        Ok(())
    }

    fn function_body(&mut self, body: Body<'a>) -> Result<()> {
        let mut body = body;
        if let Some((doc, rest)) = docstring(body) {
            if self.options.optimize < 2 {
                self.constant(Const::Str(clean_doc(doc).into()));
                self.u.flags |= flags::HAS_DOCSTRING;
            }
            body = rest;
        }
        if body.iter().all(|s| matches!(s.kind, StmtKind::Pass)) {
            if let Some(last) = body.last() {
                self.at(last.span);
            }
        } else {
            self.body(body)?;
        }
        self.emit_raw(Op::ReturnNone, 0, 0, 0);
        Ok(())
    }

    /// Compiles a function's block; `emit` its body.
    pub fn function_code(
        &mut self,
        scope: ScopeId,
        args: &'a Arguments<'a>,
        span: Span,
        line: u32,
        emit: impl FnOnce(&mut Self) -> Result<()>,
    ) -> Result<Arc<Code>> {
        self.enter_unit(scope, span)?;
        let u = &mut self.u;
        u.first_line = line;
        u.posonlyargcount = args.posonlyargs.len() as u16;
        u.argcount = (args.posonlyargs.len() + args.args.len()) as u16;
        u.kwonlyargcount = args.kwonlyargs.len() as u16;
        if args.vararg.is_some() {
            u.flags |= flags::VARARGS;
        }
        if args.kwarg.is_some() {
            u.flags |= flags::VARKEYWORDS;
        }
        u.asm.span = span;
        emit(self)?;
        self.finish_unit()
    }

    /// `to := function(code)`, with what `given` tells in the temporaries after `first`, where the code goes.
    pub fn make_function(&mut self, code: Arc<Code>, first: Reg, mut given: u16, to: Reg) {
        let cells = std::mem::take(&mut self.finished_free);
        if !cells.is_empty() {
            let t = self.push();
            let mark = self.mark();
            for &name in &cells {
                let cell = self.push();
                self.load_cell_itself(name, cell);
            }
            self.emit_raw(Op::BuildTuple, t.0, Reg::temp(mark).0, cells.len() as u16);
            self.release(mark);
            given |= with::CLOSURE;
        }
        self.load_const(first, Const::Code(code));
        self.emit_raw(Op::MakeFunction, to.0, first.0, given);
    }

    pub fn lambda(
        &mut self,
        e: ExprRef<'a>,
        args: &'a Arguments<'a>,
        body: ExprRef<'a>,
        to: Reg,
    ) -> Result<()> {
        let first = self.push();
        let given = self.push_defaults(args)?;
        let Some(scope) = self.scopes.of_node(address(e), Part::Body) else {
            return Ok(());
        };
        let line = self.lines.line_col(e.span.start).0;
        let code = self.function_code(scope, args, e.span, line, |c| {
            let r = c.operand(body)?;
            c.at(body.span);
            let r = if c.u.flags & flags::ASYNC_GENERATOR != 0 {
                if r.is_temp() {
                    c.emit1(Op::Drop, r);
                }
                None
            } else {
                Some(r)
            };
            match r {
                Some(r) => c.emit1(Op::Return, r),
                None => c.emit_raw(Op::ReturnNone, 0, 0, 0),
            }
            Ok(())
        })?;
        self.at(e.span);
        self.make_function(code, first, given, to);
        Ok(())
    }

    // Type parameters.

    /// A generic function is made by a function of its own, which holds the type parameters and takes the defaults.
    fn generic_function(
        &mut self,
        stmt: &'a Stmt<'a>,
        f: &'a FunctionDef<'a>,
        to: Reg,
    ) -> Result<()> {
        let w = self.window(to);
        let node = address(stmt.kind);
        let Some(scope) = self.scopes.of_node(node, Part::TypeParams) else {
            return Ok(());
        };
        self.push_n(FRAME_WORDS);
        let mark = self.mark();
        let given = self.push_defaults(f.args)?;
        let n_args = given.count_ones() as u16;
        self.enter_unit(scope, stmt.span)?;
        self.u.first_line = self
            .lines
            .line_col(
                f.decorators
                    .first()
                    .map_or(stmt.span.start, |d| d.span.start),
            )
            .0;
        self.u.argcount = n_args;
        self.u.asm.span = stmt.span;
        // The function and its type parameters are consecutive, as the intrinsic wants them.
        let function = self.push_n(2);
        self.type_params(f.type_params, function.plus(1))?;
        let first = self.push();
        for n in 0..n_args {
            let t = self.push();
            self.emit2(Op::Copy, t, Reg(n));
        }
        self.function_with_annotations(stmt, f, first, given, function)?;
        self.intrinsic(Intrinsic::SetFunctionTypeParams, function, function);
        self.emit1(Op::Return, function);
        let code = self.finish_unit()?;
        let free = self.push();
        self.make_function(code, free, 0, w);
        self.release(mark + n_args);
        self.emit_raw(Op::Call, w.0, n_args, 0);
        self.move_to(to, w);
        Ok(())
    }

    pub fn intrinsic(&mut self, which: Intrinsic, to: Reg, first: Reg) {
        self.emit_raw(Op::Intrinsic, to.0, first.0, which as u16);
    }

    /// Makes type parameters, binds their names, and puts the tuple of them in `to`.
    pub fn type_params(&mut self, list: &'a [TypeParam<'a>], to: Reg) -> Result<()> {
        let mark = self.mark();
        for p in list {
            let outer = self.at(p.span);
            let t = self.push();
            let inner = self.mark();
            let next = self.push();
            let name = self.mangled(p.name.name);
            self.load_symbol(t, name);
            let plain = match p.kind {
                TypeParamKind::TypeVar => Intrinsic::TypeVar,
                TypeParamKind::ParamSpec => Intrinsic::ParamSpec,
                TypeParamKind::TypeVarTuple => Intrinsic::TypeVarTuple,
            };
            match p.bound {
                Some(bound) => {
                    self.lazy_value(address(p), Part::Bound, bound, next)?;
                    let constraints = matches!(bound.kind, ExprKind::Tuple(_));
                    let which = if constraints {
                        Intrinsic::TypeVarWithConstraints
                    } else {
                        Intrinsic::TypeVarWithBound
                    };
                    self.intrinsic(which, t, t);
                }
                None => self.intrinsic(plain, t, t),
            }
            if let Some(default) = p.default {
                self.lazy_value(address(p), Part::Default, default, next)?;
                self.intrinsic(Intrinsic::SetTypeParamDefault, t, t);
            }
            self.emit2(Op::Copy, next, t);
            self.store_name(p.name.name, next)?;
            self.release(inner);
            self.at(outer);
        }
        self.emit_raw(Op::BuildTuple, to.0, Reg::temp(mark).0, list.len() as u16);
        self.release(mark);
        Ok(())
    }

    /// `to :=` a function that evaluates `e` when it is called, its parameter being the format of annotations.
    pub fn lazy_value(&mut self, node: usize, part: Part, e: ExprRef<'a>, to: Reg) -> Result<()> {
        let Some(scope) = self.scopes.of_node(node, part) else {
            return Ok(());
        };
        let mark = self.mark();
        let span = self.u.asm.span;
        let first = self.push();
        let defaults = self.push();
        self.load_const(defaults, Const::Tuple([Const::Int(1)].into()));
        self.enter_unit(scope, e.span)?;
        self.check_format();
        let t = self.annotation_value(e)?;
        self.emit1(Op::Return, t);
        let code = self.finish_unit()?;
        self.at(span);
        self.make_function(code, first, with::DEFAULTS, to);
        self.release(mark);
        Ok(())
    }

    /// An annotation's value; `*Ts` is unpacked to its only item.
    pub fn annotation_value(&mut self, e: ExprRef<'a>) -> Result<Reg> {
        if let ExprKind::Starred(inner) = e.kind {
            let t = self.expr_push(inner)?;
            self.emit_raw(Op::Unpack, t.0, t.0, 1);
            return Ok(t);
        }
        self.operand(e)
    }

    /// Formats other than values are not the compiled function's to give (PEP 649).
    pub fn check_format(&mut self) {
        self.u.argcount = 1;
        self.u.posonlyargcount = 1;
        self.u.asm.span = self.u.span;
        let fine = self.label();
        self.u.asm.jump(Op::JumpNotGtImm, 0, 2, fine);
        let t = self.push();
        self.intrinsic(Intrinsic::RaiseNotImplemented, t, t);
        self.release(self.mark() - 1);
        self.place(fine);
    }

    pub fn type_alias(
        &mut self,
        stmt: &'a Stmt<'a>,
        name: ExprRef<'a>,
        type_params: &'a [TypeParam<'a>],
        value: ExprRef<'a>,
    ) -> Result<()> {
        let ExprKind::Name(symbol) = name.kind else {
            return Ok(());
        };
        let node = address(stmt.kind);
        let to = self.push();
        if type_params.is_empty() {
            self.alias_object(node, symbol, type_params, value, to)?;
        } else {
            let Some(scope) = self.scopes.of_node(node, Part::TypeParams) else {
                return Ok(());
            };
            self.enter_unit(scope, stmt.span)?;
            self.u.asm.span = stmt.span;
            let t = self.push();
            self.alias_object(node, symbol, type_params, value, t)?;
            self.emit1(Op::Return, t);
            let code = self.finish_unit()?;
            self.push_n(FRAME_WORDS);
            let first = self.push();
            self.make_function(code, first, 0, to);
            self.emit_raw(Op::Call, to.0, 0, 0);
        }
        self.at(stmt.span);
        self.store_name(symbol, to)
    }

    fn alias_object(
        &mut self,
        node: usize,
        name: Symbol,
        type_params: &'a [TypeParam<'a>],
        value: ExprRef<'a>,
        to: Reg,
    ) -> Result<()> {
        let first = self.push_n(3);
        self.load_symbol(first, name);
        if type_params.is_empty() {
            self.load_none(first.plus(1));
        } else {
            self.type_params(type_params, first.plus(1))?;
        }
        self.lazy_value(node, Part::Body, value, first.plus(2))?;
        self.intrinsic(Intrinsic::TypeAlias, to, first);
        Ok(())
    }
}

/// The docstring of a body, and the rest of it.
pub fn docstring<'a>(body: Body<'a>) -> Option<(&'a [u8], Body<'a>)> {
    let (first, rest) = body.split_first()?;
    let StmtKind::Expr(e) = first.kind else {
        return None;
    };
    if !is_string(e) {
        return None;
    }
    match e.kind {
        ExprKind::Constant(Constant::Str { value, .. }) => Some((value, rest)),
        _ => None,
    }
}

/// Without the indentation that all lines but the first share, and without leading blanks of the first.
pub fn clean_doc(doc: &[u8]) -> Vec<u8> {
    let expanded = expand_tabs(doc);
    let mut lines = expanded.split(|b| *b == b'\n');
    let first = lines.next().unwrap_or_default();
    let rest: Vec<&[u8]> = lines.collect();
    let indent = |line: &&[u8]| line.iter().position(|b| *b != b' ');
    let margin = rest.iter().filter_map(indent).min().unwrap_or(0);
    let start = first.iter().position(|b| *b != b' ').unwrap_or(first.len());
    let mut out = first[start..].to_vec();
    for line in rest {
        out.push(b'\n');
        out.extend_from_slice(line.get(margin..).unwrap_or_default());
    }
    out
}

/// Tabs to the next multiple of eight columns.
fn expand_tabs(doc: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(doc.len());
    let mut column = 0;
    for &b in doc {
        match b {
            b'\t' => {
                let n = 8 - column % 8;
                out.resize(out.len() + n, b' ');
                column += n;
            }
            _ => {
                out.push(b);
                let newline = matches!(b, b'\n' | b'\r');
                column = if newline {
                    0
                } else {
                    column + usize::from(b & 0xC0 != 0x80)
                };
            }
        }
    }
    out
}
