//! The first walk over expressions: uses of names, the blocks of lambdas and comprehensions, and what may not stand where
//! (PEP 572's rules for `:=`, `yield` and `await` in annotations and comprehensions).

use crate::collect::{Collector, address};
use crate::error::{CompileError, Result};
use crate::scope::*;
use taipan_grammar::ast::*;

impl Collector<'_> {
    pub(crate) fn expr(&mut self, e: ExprRef<'_>) -> Result<()> {
        self.deeper(e.span)?;
        self.expr_kind(e)?;
        self.depth -= 1;
        Ok(())
    }

    pub(crate) fn expr_kind(&mut self, mut e: ExprRef<'_>) -> Result<()> {
        // Chains that lean to one side are walked, not recursed into; what hangs off them waits its turn.
        let mut pending: Vec<ExprRef<'_>> = Vec::new();
        loop {
            match e.kind {
                ExprKind::BinOp { left, right, .. } => {
                    pending.push(right);
                    e = left;
                    continue;
                }
                ExprKind::Attribute { value, .. } => {
                    e = value;
                    continue;
                }
                _ => self.expr_leaf(e)?,
            }
            break;
        }
        while let Some(right) = pending.pop() {
            self.expr(right)?;
        }
        Ok(())
    }

    pub(crate) fn expr_leaf(&mut self, e: ExprRef<'_>) -> Result<()> {
        match e.kind {
            ExprKind::BinOp { .. } | ExprKind::Attribute { .. } | ExprKind::Constant(_) => {}
            ExprKind::BoolOp { values, .. } => self.exprs(values)?,
            ExprKind::NamedExpr { target, value } => self.named(e, target, value)?,
            ExprKind::UnaryOp { operand, .. } => self.expr(operand)?,
            ExprKind::Lambda { args, body } => {
                self.exprs(args.defaults)?;
                args.kw_defaults.iter().try_for_each(|d| self.opt(*d))?;
                let outer = self.current;
                let target = std::mem::replace(&mut self.in_comp_target, false);
                self.enter(ScopeKind::Lambda, self.names.lambda, address(e), Part::Body);
                self.parameters(args)?;
                self.expr(body)?;
                self.in_comp_target = target;
                self.current = outer;
            }
            ExprKind::IfExp { test, body, orelse } => {
                self.expr(test)?;
                self.expr(body)?;
                self.expr(orelse)?;
            }
            ExprKind::Dict(items) => {
                for (key, value) in items {
                    self.opt(*key)?;
                    self.expr(value)?;
                }
            }
            ExprKind::Set(list) | ExprKind::List(list) | ExprKind::Tuple(list) => {
                self.exprs(list)?
            }
            ExprKind::JoinedStr(list) | ExprKind::TemplateStr(list) => self.exprs(list)?,
            ExprKind::ListComp { elt, generators } => {
                self.comprehension(e, ScopeKind::ListComp, None, elt, generators)?
            }
            ExprKind::SetComp { elt, generators } => {
                self.comprehension(e, ScopeKind::SetComp, None, elt, generators)?
            }
            ExprKind::DictComp {
                key,
                value,
                generators,
            } => self.comprehension(e, ScopeKind::DictComp, Some(value), key, generators)?,
            ExprKind::GeneratorExp { elt, generators } => {
                self.comprehension(e, ScopeKind::GenExp, None, elt, generators)?
            }
            ExprKind::Await(value) => {
                self.forbid_in_annotations("await", e.span)?;
                self.expr(value)?;
                self.cur().is_coroutine = true;
            }
            ExprKind::Yield(value) => {
                self.yield_allowed(e.span)?;
                self.opt(value)?;
                self.yields(e.span)?;
            }
            ExprKind::YieldFrom(value) => {
                self.yield_allowed(e.span)?;
                self.expr(value)?;
                self.yields(e.span)?;
            }
            ExprKind::Compare {
                left, comparators, ..
            } => {
                self.expr(left)?;
                self.exprs(comparators)?;
            }
            ExprKind::Call {
                func,
                args,
                keywords,
            } => {
                self.expr(func)?;
                self.exprs(args)?;
                self.keywords(keywords)?;
            }
            ExprKind::FormattedValue {
                value, format_spec, ..
            }
            | ExprKind::Interpolation {
                value, format_spec, ..
            } => {
                self.expr(value)?;
                self.opt(format_spec)?;
            }
            ExprKind::Subscript { value, slice } => {
                self.expr(value)?;
                self.expr(slice)?;
            }
            ExprKind::Starred(inner) => self.expr(inner)?,
            ExprKind::Name(name) => {
                self.add(name, def::USE, e.span)?;
                if name == self.names.super_
                    && matches!(
                        self.cur().kind,
                        ScopeKind::Function
                            | ScopeKind::Lambda
                            | ScopeKind::GenExp
                            | ScopeKind::ListComp
                            | ScopeKind::SetComp
                            | ScopeKind::DictComp
                    )
                    && !self.unevaluated
                {
                    self.add_plain(self.names.class, def::USE);
                }
            }
            ExprKind::Slice { lower, upper, step } => {
                self.opt(lower)?;
                self.opt(upper)?;
                self.opt(step)?;
            }
        }
        Ok(())
    }

    pub(crate) fn forbid_in_annotations(&self, what: &str, span: Span) -> Result<()> {
        // A comprehension or lambda inside an annotation is still inside it only while it is its own block.
        let within = match self.scopes.get(self.current).kind {
            ScopeKind::Annotation => "an annotation",
            ScopeKind::TypeAlias => "a type alias",
            ScopeKind::TypeParams => "the definition of a generic",
            ScopeKind::TypeVariable(what) => what,
            _ => return Ok(()),
        };
        Err(CompileError::syntax(
            format!("{what} expression cannot be used within {within}"),
            span,
        ))
    }

    pub(crate) fn yield_allowed(&self, span: Span) -> Result<()> {
        self.forbid_in_annotations("yield", span)
    }

    pub(crate) fn yields(&mut self, span: Span) -> Result<()> {
        let inside = match self.cur().kind {
            ScopeKind::ListComp => "list comprehension",
            ScopeKind::SetComp => "set comprehension",
            ScopeKind::DictComp => "dict comprehension",
            ScopeKind::GenExp => "generator expression",
            _ => {
                self.cur().is_generator = true;
                return self.check_async_generator();
            }
        };
        Err(CompileError::syntax(
            format!("'yield' inside {inside}"),
            span,
        ))
    }

    pub(crate) fn named(
        &mut self,
        e: ExprRef<'_>,
        target: ExprRef<'_>,
        value: ExprRef<'_>,
    ) -> Result<()> {
        self.forbid_in_annotations("named", e.span)?;
        if self.cur().comp_iter_expr > 0 {
            let m = "assignment expression cannot be used in a comprehension iterable expression";
            return Err(CompileError::syntax(m, e.span));
        }
        let ExprKind::Name(raw) = target.kind else {
            return self.expr(value);
        };
        if self.cur().kind.is_comprehension() {
            self.bind_outside_comprehension(raw, target.span)?;
        }
        self.expr(value)?;
        let name = self.mangle(raw);
        self.check_name(raw, target.span)?;
        let mut at = self.current;
        while self.scopes.get(at).kind.is_comprehension()
            && let Some(parent) = self.scopes.get(at).parent
        {
            at = parent;
        }
        self.scopes.get_mut(at).walrus.insert(name);
        if self.cur().kind.is_comprehension() {
            Ok(())
        } else {
            self.add(raw, def::LOCAL, target.span)
        }
    }

    /// PEP 572: the target of `:=` in a comprehension belongs to the block that contains it.
    pub(crate) fn bind_outside_comprehension(&mut self, raw: Symbol, span: Span) -> Result<()> {
        let name = self.mangle(raw);
        let mut at = Some(self.current);
        while let Some(id) = at {
            let scope = self.scopes.get(id);
            let flags = scope.flags(name);
            match scope.kind {
                k if k.is_comprehension() => {
                    if flags & def::COMP_ITER != 0 {
                        return Err(self.rebind_error(name, span));
                    }
                    at = scope.parent;
                    continue;
                }
                ScopeKind::Function | ScopeKind::Lambda => {
                    let global = flags & def::GLOBAL != 0;
                    self.declare_between(
                        id,
                        name,
                        if global { def::GLOBAL } else { def::NONLOCAL },
                        span,
                    );
                    if !global {
                        self.bind_in(id, name, def::LOCAL);
                    }
                }
                ScopeKind::Module => {
                    self.declare_between(id, name, def::GLOBAL, span);
                    self.bind_in(id, name, def::GLOBAL);
                }
                ScopeKind::Class => {
                    let m = "assignment expression within a comprehension cannot be used in a class body";
                    return Err(CompileError::syntax(m, span));
                }
                other => {
                    let within = match other {
                        ScopeKind::TypeVariable(_) => "a TypeVar bound",
                        ScopeKind::TypeAlias => "a type alias",
                        ScopeKind::TypeParams => "the definition of a generic",
                        _ => "an annotation",
                    };
                    let m = format!(
                        "assignment expression within a comprehension cannot be used within {within}"
                    );
                    return Err(CompileError::syntax(m, span));
                }
            }
            return Ok(());
        }
        Ok(())
    }

    pub(crate) fn declare_between(
        &mut self,
        outside: ScopeId,
        name: Symbol,
        flags: u16,
        span: Span,
    ) {
        let mut at = self.current;
        while at != outside {
            let scope = self.scopes.get_mut(at);
            let entry = scope.symbols.entry(name).or_insert(SymbolInfo {
                flags: 0,
                resolution: Resolution::GlobalImplicit,
            });
            entry.flags |= flags | def::USE;
            scope.directives.push((name, span));
            match scope.parent {
                Some(parent) => at = parent,
                None => break,
            }
        }
    }

    pub(crate) fn bind_in(&mut self, id: ScopeId, name: Symbol, flags: u16) {
        let scope = self.scopes.get_mut(id);
        let entry = scope.symbols.entry(name).or_insert(SymbolInfo {
            flags: 0,
            resolution: Resolution::GlobalImplicit,
        });
        if entry.flags & def::NONLOCAL == 0 {
            entry.flags |= flags;
        }
    }

    /// A comprehension: its first iterable belongs to the block around it.
    pub(crate) fn comprehension(
        &mut self,
        e: ExprRef<'_>,
        kind: ScopeKind,
        value: Option<ExprRef<'_>>,
        elt: ExprRef<'_>,
        generators: &[Comprehension<'_>],
    ) -> Result<()> {
        let Some(first) = generators.first() else {
            return Ok(());
        };
        self.cur().comp_iter_expr += 1;
        let old_target = std::mem::replace(&mut self.in_comp_target, false);
        self.expr(first.iter)?;
        self.cur().comp_iter_expr -= 1;
        let outer = self.current;
        let name = match kind {
            ScopeKind::ListComp => self.names.listcomp,
            ScopeKind::SetComp => self.names.setcomp,
            ScopeKind::DictComp => self.names.dictcomp,
            _ => self.names.genexpr,
        };
        let id = self.enter(kind, name, address(e), Part::Body);
        if first.is_async {
            self.cur().is_coroutine = true;
        }
        if !self.cur().inlined {
            self.add_plain(self.names.dot_zero, def::PARAM);
        }
        for (n, generator) in generators.iter().enumerate() {
            if n > 0 {
                self.comp_target(generator.target)?;
                self.cur().comp_iter_expr += 1;
                self.expr(generator.iter)?;
                self.cur().comp_iter_expr -= 1;
                if generator.is_async {
                    self.cur().is_coroutine = true;
                }
            } else {
                self.comp_target(generator.target)?;
            }
            self.exprs(generator.ifs)?;
        }
        if let Some(value) = value {
            self.expr(value)?;
        }
        self.expr(elt)?;
        let is_async = self.scopes.get(id).is_coroutine && kind != ScopeKind::GenExp;
        if kind == ScopeKind::GenExp {
            self.cur().is_generator = true;
        }
        self.current = outer;
        self.in_comp_target = old_target;
        if is_async {
            self.cur().is_coroutine = true;
        }
        Ok(())
    }

    pub(crate) fn comp_target(&mut self, target: ExprRef<'_>) -> Result<()> {
        self.in_comp_target = true;
        self.target(target)?;
        self.in_comp_target = false;
        Ok(())
    }
}
