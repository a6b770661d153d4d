//! Class bodies, modules, and annotations (PEP 649, 749, and PEP 563 where a module asks for it).

use crate::asm::Reg;
use crate::call::FRAME_WORDS;
use crate::collect::address;
use crate::error::Result;
use crate::function::docstring;
use crate::scope::{IntMap, Part, ScopeId, ScopeKind};
use crate::unit::{Compiler, Place};
use std::sync::Arc;
use taipan_bytecode::{Code, Const, Intrinsic, Op};
use taipan_grammar::ast::*;

/// A variable's annotation, and its number if it counts only once its statement has run.
pub type Annotation<'a> = (Symbol, ExprRef<'a>, Option<u32>);

impl<'a> Compiler<'a> {
    pub fn class_def(&mut self, stmt: &'a Stmt<'a>) -> Result<()> {
        let StmtKind::ClassDef {
            name,
            decorators,
            type_params,
            keywords,
            ..
        } = stmt.kind
        else {
            return Ok(());
        };
        self.check_keywords(keywords)?;
        self.decorated(decorators, *name, stmt.span, |c, to| {
            if type_params.is_empty() {
                return c.build_class(stmt, to);
            }
            c.generic_class(stmt, to)
        })
    }

    fn build_class(&mut self, stmt: &'a Stmt<'a>, to: Reg) -> Result<()> {
        let StmtKind::ClassDef {
            name,
            bases,
            keywords,
            body,
            decorators,
            type_params,
        } = stmt.kind
        else {
            return Ok(());
        };
        let w = self.window(to);
        self.emit1(Op::LoadBuildClass, w);
        self.push_n(FRAME_WORDS);
        let function = self.push_n(2);
        let line = self.first_line(decorators, stmt.span);
        let code = self.class_code(stmt, name.name, body, line, !type_params.is_empty())?;
        self.at(stmt.span);
        let mark = self.mark();
        let first = self.push();
        self.make_function(code, first, 0, function);
        self.release(mark);
        self.load_symbol(function.plus(1), name.name);
        let mut extra = None;
        if !type_params.is_empty() {
            let t = self.push();
            self.load_name(self.names.dot_type_params, t)?;
            self.intrinsic(Intrinsic::SubscriptGeneric, t, t);
            self.store_name(self.names.dot_generic_base, t)?;
            self.release(mark);
            extra = self.local(self.names.dot_generic_base);
        }
        self.finish_call(
            stmt.span,
            w,
            bases,
            keywords,
            vec![function, function.plus(1)],
            extra,
        )?;
        self.move_to(to, w);
        Ok(())
    }

    fn generic_class(&mut self, stmt: &'a Stmt<'a>, to: Reg) -> Result<()> {
        let StmtKind::ClassDef {
            name,
            type_params,
            decorators,
            ..
        } = stmt.kind
        else {
            return Ok(());
        };
        let w = self.window(to);
        let Some(scope) = self.scopes.of_node(address(stmt.kind), Part::TypeParams) else {
            return Ok(());
        };
        let line = self.first_line(decorators, stmt.span);
        self.enter_unit(scope, stmt.span)?;
        self.u.private = Some(name.name);
        self.u.first_line = line;
        self.u.asm.span = stmt.span;
        let t = self.push();
        self.type_params(type_params, t)?;
        self.store_name(self.names.dot_type_params, t)?;
        self.build_class(stmt, t)?;
        self.emit1(Op::Return, t);
        let code = self.finish_unit()?;
        self.push_n(FRAME_WORDS);
        let first = self.push();
        self.make_function(code, first, 0, w);
        self.emit_raw(Op::Call, w.0, 0, 0);
        self.move_to(to, w);
        Ok(())
    }

    fn class_code(
        &mut self,
        stmt: &'a Stmt<'a>,
        name: Symbol,
        body: Body<'a>,
        line: u32,
        generic: bool,
    ) -> Result<Arc<Code>> {
        let scope = self
            .scopes
            .of_node(address(stmt.kind), Part::Body)
            .unwrap_or(0);
        self.enter_unit(scope, stmt.span)?;
        self.u.private = Some(name);
        self.u.first_line = line;
        let mark = self.mark();
        // The prologue has no columns of its own.
        let start = self.lines.starts[line as usize - 1];
        self.at(Span { start, end: start });
        let t = self.push();
        let dunder_name = self.interner.intern("__name__");
        self.load_name(dunder_name, t)?;
        self.store_dunder("__module__", t)?;
        let qualname = self.u.qualname.clone();
        self.load_str(t, &qualname);
        self.store_dunder("__qualname__", t)?;
        self.load_const(t, Const::Int(line as i64));
        self.store_dunder("__firstlineno__", t)?;
        if generic {
            self.load_name(self.names.dot_type_params, t)?;
            self.store_name(self.names.type_params, t)?;
        }
        if self.u.classdict_cell != Reg::NONE {
            self.emit1(Op::LoadLocals, t);
            self.emit2(Op::StoreCell, self.u.classdict_cell, t);
        }
        if self.u.conditional_cell != Reg::NONE {
            self.emit_raw(Op::BuildSet, t.0, t.plus(1).0, 0);
            self.emit2(Op::StoreCell, self.u.conditional_cell, t);
        }
        let mut body = body;
        if let Some((doc, rest)) = docstring(body) {
            if self.options.optimize < 2 {
                self.at(body[0].span);
                self.load_const(t, Const::Str(crate::function::clean_doc(doc).into()));
                self.store_dunder("__doc__", t)?;
            }
            body = rest;
        }
        let annotations = self.find_annotations(body);
        if self.future_annotations && !annotations.is_empty() {
            self.set_up_annotations()?;
        }
        self.release(mark);
        self.body(body)?;
        self.at(stmt.span);
        let t = self.push();
        if !self.future_annotations && !annotations.is_empty() {
            self.variables_annotate(scope, &annotations, t)?;
            self.store_dunder("__annotate_func__", t)?;
        }
        let attributes = self
            .u
            .static_attributes
            .keys()
            .map(|n| self.symbol_const(*n))
            .collect();
        self.load_const(t, Const::Tuple(attributes));
        self.store_dunder("__static_attributes__", t)?;
        if self.u.classdict_cell != Reg::NONE {
            self.emit2(Op::Copy, t, self.u.classdict_cell);
            self.store_dunder("__classdictcell__", t)?;
        }
        if self.u.class_cell != Reg::NONE {
            self.emit2(Op::Copy, t, self.u.class_cell);
            self.store_dunder("__classcell__", t)?;
            self.emit2(Op::Copy, t, self.u.class_cell);
            self.emit1(Op::Return, t);
        } else {
            self.emit_raw(Op::ReturnNone, 0, 0, 0);
        }
        self.finish_unit()
    }

    fn store_dunder(&mut self, name: &str, from: Reg) -> Result<()> {
        let name = self.interner.intern(name);
        self.store_name(name, from)
    }

    /// The code of a whole module.
    pub fn module_code(&mut self, body: Body<'a>, span: Span) -> Result<Arc<Code>> {
        let annotations = self.find_annotations(body);
        let single = self.options.mode == taipan_grammar::Mode::Single;
        let mut body = body;
        let mark = self.mark();
        let t = self.push();
        if !annotations.is_empty() {
            if self.future_annotations {
                self.set_up_annotations()?;
            } else {
                self.at(body[0].span);
                self.u.first_line = self.lines.line_col(body[0].span.start).0;
                self.variables_annotate(0, &annotations, t)?;
                self.u.first_line = 1;
                self.store_name(self.names.annotate, t)?;
                self.emit_raw(Op::BuildSet, t.0, t.plus(1).0, 0);
                self.store_name(self.names.conditional_annotations, t)?;
            }
        }
        if !single && let Some((doc, rest)) = docstring(body) {
            if self.options.optimize < 2 {
                self.at(body[0].span);
                self.load_const(t, Const::Str(crate::function::clean_doc(doc).into()));
                self.store_dunder("__doc__", t)?;
            }
            body = rest;
        }
        self.release(mark);
        if body.is_empty() {
            self.at(span);
        }
        self.body(body)?;
        self.emit_raw(Op::ReturnNone, 0, 0, 0);
        self.finish_unit()
    }

    // Annotations.

    /// The annotations of variables in a module or class body, in order, and where each stands in
    /// `__conditional_annotations__`.
    fn find_annotations(&mut self, body: Body<'a>) -> Vec<Annotation<'a>> {
        let conditional = self.u.kind == ScopeKind::Module;
        let mut found = Vec::new();
        let mut n = 0;
        find_in(body, conditional, &mut n, &mut found);
        self.u.annotation_index = found
            .iter()
            .filter_map(|(_, e, n)| n.map(|n| (address(*e), n)))
            .collect::<IntMap<_, _>>();
        found
    }

    /// `x: T` in a function is not evaluated; elsewhere it is noted that the statement has run.
    pub fn variable_annotation(&mut self, name: Symbol, annotation: ExprRef<'a>) -> Result<()> {
        if self.u.kind.is_function_like() {
            return Ok(());
        }
        let mark = self.mark();
        if self.future_annotations {
            let text = crate::unparse::annotation(self.interner, annotation);
            let value = self.push();
            self.load_const(value, Const::Str(text.into()));
            let all = self.push();
            self.load_name(self.names.annotations, all)?;
            let key = self.push();
            let name = self.mangled(name);
            self.load_symbol(key, name);
            self.emit(Op::StoreSubscr, all, key, value);
        } else if let Some(&n) = self.u.annotation_index.get(&address(annotation)) {
            let set = self.push();
            let number = self.push();
            match self.u.conditional_cell {
                Reg::NONE => self.load_name(self.names.conditional_annotations, set)?,
                cell => self.emit2(Op::LoadCell, set, cell),
            }
            self.load_const(number, Const::Int(n as i64));
            self.emit2(Op::SetAdd, set, number);
            self.emit1(Op::Drop, set);
        }
        self.release(mark);
        Ok(())
    }

    /// `__annotations__ = {}` unless there is one (PEP 563).
    fn set_up_annotations(&mut self) -> Result<()> {
        let mark = self.mark();
        let name = self.push();
        let namespace = self.push();
        let done = self.label();
        self.load_symbol(name, self.names.annotations);
        self.emit1(Op::LoadLocals, namespace);
        self.u.asm.jump(Op::JumpIn, name.0, namespace.0, done);
        self.emit_raw(Op::BuildMap, name.0, namespace.0, 0);
        self.store_name(self.names.annotations, name)?;
        self.place(done);
        self.release(mark);
        Ok(())
    }

    /// `to := __annotate__` of a class or module.
    fn variables_annotate(
        &mut self,
        owner: ScopeId,
        annotations: &[Annotation<'a>],
        to: Reg,
    ) -> Result<()> {
        let Some(scope) = self.scopes.get(owner).annotations else {
            return Ok(());
        };
        let span = self.u.asm.span;
        let first = self.push();
        let line = self.u.first_line;
        self.enter_unit(scope, span)?;
        self.u.first_line = line;
        self.check_format();
        let dict = self.push();
        let mark = self.mark();
        self.emit_raw(Op::BuildMap, dict.0, Reg::temp(mark).0, 0);
        for &(name, e, number) in annotations {
            let skip = self.label();
            self.at(e.span);
            if let Some(n) = number {
                let index = self.push();
                let set = self.push();
                self.load_const(index, Const::Int(n as i64));
                match self.lookup(self.names.conditional_annotations) {
                    Place::Free(n) | Place::ClassOrFree(n) => {
                        self.emit_raw(Op::LoadFree, set.0, n, 0)
                    }
                    _ => {
                        let n = self.name_index(self.names.conditional_annotations)?;
                        self.emit_raw(Op::LoadGlobal, set.0, n, 0);
                    }
                }
                self.u.asm.jump(Op::JumpNotIn, index.0, set.0, skip);
                self.release(mark);
            }
            let key = self.push();
            let name = self.mangled(name);
            self.load_symbol(key, name);
            let value = self.annotation_value(e)?;
            self.emit(Op::MapAdd, dict, key, value);
            self.release(mark);
            self.place(skip);
        }
        self.emit1(Op::Return, dict);
        let code = self.finish_unit()?;
        self.at(span);
        self.make_function(code, first, 0, to);
        self.release((first.0) & !crate::asm::TEMP);
        Ok(())
    }

    /// `to := __annotate__` of a function.
    pub fn function_annotate(
        &mut self,
        scope: ScopeId,
        f: &'a FunctionDef<'a>,
        span: Span,
        to: Reg,
    ) -> Result<()> {
        let outer = self.u.asm.span;
        let mark = self.mark();
        let first = self.push();
        self.enter_unit(scope, span)?;
        self.check_format();
        let dict = self.push();
        let inner = self.mark();
        self.emit_raw(Op::BuildMap, dict.0, Reg::temp(inner).0, 0);
        let args = f.args;
        let params = args
            .posonlyargs
            .iter()
            .chain(args.args)
            .chain(args.vararg)
            .chain(args.kwonlyargs)
            .chain(args.kwarg);
        let mut all: Vec<(Symbol, ExprRef<'a>)> = Vec::new();
        for arg in params {
            if let Some(e) = arg.annotation {
                all.push((self.mangled(arg.arg.name), e));
            }
        }
        if let Some(e) = f.returns {
            all.push((self.interner.intern("return"), e));
        }
        for (name, e) in all {
            self.at(e.span);
            let key = self.push();
            self.load_symbol(key, name);
            let value = if self.future_annotations {
                let text = crate::unparse::annotation(self.interner, e);
                let t = self.push();
                self.load_const(t, Const::Str(text.into()));
                t
            } else {
                self.annotation_value(e)?
            };
            self.emit(Op::MapAdd, dict, key, value);
            self.release(inner);
        }
        self.emit1(Op::Return, dict);
        let code = self.finish_unit()?;
        self.at(outer);
        self.make_function(code, first, 0, to);
        self.release(mark);
        Ok(())
    }
}

fn find_in<'a>(body: Body<'a>, conditional: bool, n: &mut u32, found: &mut Vec<Annotation<'a>>) {
    for stmt in body {
        let mut inside = |body: Body<'a>| find_in(body, true, n, found);
        match stmt.kind {
            StmtKind::AnnAssign {
                target,
                annotation,
                simple: true,
                ..
            } => {
                let ExprKind::Name(name) = target.kind else {
                    continue;
                };
                let number = conditional.then_some(*n);
                *n += conditional as u32;
                found.push((name, annotation, number));
            }
            StmtKind::For(f) | StmtKind::AsyncFor(f) => {
                inside(f.body);
                inside(f.orelse);
            }
            StmtKind::While { body, orelse, .. } => {
                inside(body);
                inside(orelse);
            }
            StmtKind::If { clauses, orelse } => {
                clauses.iter().for_each(|c| inside(c.body));
                inside(orelse);
            }
            StmtKind::With(w) | StmtKind::AsyncWith(w) => inside(w.body),
            StmtKind::Match { cases, .. } => cases.iter().for_each(|c| inside(c.body)),
            StmtKind::Try(t) | StmtKind::TryStar(t) => {
                inside(t.body);
                t.handlers.iter().for_each(|h| inside(h.body));
                inside(t.orelse);
                inside(t.finalbody);
            }
            _ => {}
        }
    }
}
