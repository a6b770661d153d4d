//! The first walk over the tree: opens a [`Scope`] for every block and notes what each does with its names.

use crate::error::{CompileError, Result, Warning};
use crate::scope::*;
use std::collections::HashSet;
use taipan_grammar::Interner;
use taipan_grammar::ast::*;

/// The address of a node, which names it.
pub fn address<T: ?Sized>(node: &T) -> usize {
    std::ptr::from_ref(node).cast::<u8>().addr()
}

pub struct Collector<'i> {
    pub scopes: Scopes,
    pub(crate) interner: &'i mut Interner,
    pub(crate) names: WellKnown,
    pub(crate) current: ScopeId,
    pub(crate) private: Option<Symbol>,
    /// The comprehension target being visited binds iteration variables.
    pub(crate) in_comp_target: bool,
    /// Annotations of a function's variables are checked, but never evaluated: their names count for nothing.
    pub(crate) unevaluated: bool,
    pub future_annotations: bool,
    pub(crate) future_end: u32,
    pub(crate) depth: u32,
    pub(crate) max_depth: u32,
    /// What a `return`, `break` or `continue` is in, innermost last.
    pub(crate) within: Vec<Within>,
    pub(crate) warnings: Vec<Warning>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Within {
    Function,
    Loop,
    Finally,
}

/// What the first walk finds.
pub struct Collected {
    pub scopes: Scopes,
    pub future_annotations: bool,
    pub warnings: Vec<Warning>,
}

/// Collects and resolves the scopes of a whole module.
pub fn collect(
    module: &Mod<'_>,
    interner: &mut Interner,
    names: WellKnown,
    future_annotations: bool,
    max_depth: u32,
) -> Result<Collected> {
    let mut c = Collector {
        scopes: Scopes::default(),
        interner,
        names,
        current: 0,
        private: None,
        in_comp_target: false,
        unevaluated: false,
        future_annotations,
        future_end: 0,
        depth: 0,
        max_depth,
        within: Vec::new(),
        warnings: Vec::new(),
    };
    c.scopes
        .all
        .push(c.new_scope(ScopeKind::Module, names.top, None));
    match module {
        Mod::Module(body) | Mod::Interactive(body) => {
            c.find_futures(body)?;
            c.body(body)?;
        }
        Mod::Expression(e) => c.expr(e)?,
    }
    c.scopes.resolve(&names, c.interner)?;
    Ok(Collected {
        scopes: c.scopes,
        future_annotations: c.future_annotations,
        warnings: c.warnings,
    })
}

const FEATURES: &[&str] = &[
    "nested_scopes",
    "generators",
    "division",
    "absolute_import",
    "with_statement",
    "print_function",
    "unicode_literals",
    "barry_as_FLUFL",
    "generator_stop",
    "annotations",
];

impl Collector<'_> {
    pub(crate) fn new_scope(
        &self,
        kind: ScopeKind,
        name: Symbol,
        parent: Option<ScopeId>,
    ) -> Scope {
        let outer = parent.map(|p| self.scopes.get(p));
        Scope {
            kind,
            name,
            parent,
            symbols: Default::default(),
            params: Vec::new(),
            directives: Vec::new(),
            walrus: HashSet::default(),
            mangled: None,
            annotations: None,
            is_generator: false,
            is_coroutine: false,
            is_async_def: false,
            return_value: None,
            can_see_class: false,
            inlined: false,
            nested: outer.is_some_and(|o| o.nested || o.kind.is_function_like()),
            conditional_annotations: false,
            in_conditional: false,
            comp_iter_expr: outer.map_or(0, |o| o.comp_iter_expr),
            needs_class_cell: false,
            needs_classdict: false,
            needs_conditional_cell: false,
        }
    }

    pub(crate) fn enter(
        &mut self,
        kind: ScopeKind,
        name: Symbol,
        node: usize,
        part: Part,
    ) -> ScopeId {
        let id = self.scopes.all.len() as ScopeId;
        let parent = self.current;
        let mut scope = self.new_scope(kind, name, Some(parent));
        let outer = self.scopes.get(parent);
        let sees = match kind {
            k if k.is_annotation_like() => outer.kind == ScopeKind::Class || outer.can_see_class,
            k if k.is_comprehension() => outer.can_see_class,
            _ => false,
        };
        scope.can_see_class = sees;
        scope.inlined =
            kind.is_comprehension() && kind != ScopeKind::GenExp && !outer.can_see_class;
        self.scopes.all.push(scope);
        self.scopes.register(node, part, id);
        self.current = id;
        if sees {
            self.add_plain(self.names.classdict, def::USE);
        }
        id
    }

    pub(crate) fn cur(&mut self) -> &mut Scope {
        self.scopes.get_mut(self.current)
    }

    pub(crate) fn mangle(&mut self, name: Symbol) -> Symbol {
        let scope = self.scopes.get(self.current);
        if scope
            .mangled
            .as_ref()
            .is_some_and(|only| !only.contains(&name))
        {
            return name;
        }
        mangle(self.interner, self.private, name)
    }

    pub(crate) fn add_plain(&mut self, name: Symbol, flags: u16) {
        let scope = self.cur();
        let entry = scope.symbols.entry(name).or_insert(SymbolInfo {
            flags: 0,
            resolution: Resolution::GlobalImplicit,
        });
        entry.flags |= flags;
        if flags & def::PARAM != 0 {
            scope.params.push(name);
        }
    }

    pub(crate) fn add(&mut self, name: Symbol, mut flags: u16, span: Span) -> Result<()> {
        if self.unevaluated {
            return Ok(());
        }
        let name = self.mangle(name);
        let old = self.scopes.get(self.current).flags(name);
        if flags & old & def::PARAM != 0 {
            let m = format!(
                "duplicate argument '{}' in function definition",
                self.interner.get(name)
            );
            return Err(CompileError::syntax(m, span));
        }
        if flags & old & def::TYPE_PARAM != 0 {
            let m = format!("duplicate type parameter '{}'", self.interner.get(name));
            return Err(CompileError::syntax(m, span));
        }
        if self.in_comp_target {
            if old & (def::GLOBAL | def::NONLOCAL) != 0 {
                return Err(self.rebind_error(name, span));
            }
            flags |= def::COMP_ITER;
        }
        self.add_plain(name, flags);
        Ok(())
    }

    pub(crate) fn rebind_error(&self, name: Symbol, span: Span) -> CompileError {
        let name = self.interner.get(name);
        CompileError::syntax(
            format!(
                "assignment expression cannot rebind comprehension iteration variable '{name}'"
            ),
            span,
        )
    }

    /// `from __future__` imports are found before anything else: they change how the whole module is compiled.
    pub(crate) fn find_futures(&mut self, body: &[Stmt<'_>]) -> Result<()> {
        let mut docstring = false;
        for stmt in body {
            match stmt.kind {
                StmtKind::ImportFrom {
                    module: Some(module),
                    names,
                    level: 0,
                } if module.name == self.names.future => {
                    self.future_names(names)?;
                    self.future_end = stmt.span.end;
                }
                StmtKind::Expr(e) if !docstring && is_string(e) => docstring = true,
                _ => break,
            }
        }
        Ok(())
    }

    pub(crate) fn future_names(&mut self, names: &[Alias<'_>]) -> Result<()> {
        for alias in names {
            let text = self.interner.get(alias.name.name);
            if text == "braces" {
                return Err(CompileError::syntax("not a chance", alias.span));
            }
            if !FEATURES.contains(&text) {
                return Err(CompileError::syntax(
                    format!("future feature {text} is not defined"),
                    alias.span,
                ));
            }
            self.future_annotations |= text == "annotations";
        }
        Ok(())
    }

    pub(crate) fn deeper(&mut self, span: Span) -> Result<()> {
        self.depth += 1;
        if self.depth > self.max_depth {
            return Err(CompileError::recursion(span));
        }
        Ok(())
    }

    pub(crate) fn body(&mut self, body: &[Stmt<'_>]) -> Result<()> {
        for stmt in body {
            self.stmt(stmt)?;
        }
        Ok(())
    }

    pub(crate) fn conditional(&mut self, body: &[Stmt<'_>]) -> Result<()> {
        let old = std::mem::replace(&mut self.cur().in_conditional, true);
        self.body(body)?;
        self.cur().in_conditional = old;
        Ok(())
    }

    /// A conditional body that `return`, `break` and `continue` see.
    pub(crate) fn inside(&mut self, within: Within, body: &[Stmt<'_>]) -> Result<()> {
        self.within.push(within);
        self.conditional(body)?;
        self.within.pop();
        Ok(())
    }

    /// PEP 765: a jump out of a `finally`, unless a loop is in between.
    pub(crate) fn check_leaving_finally(&mut self, what: &str, span: Span) {
        if self.within.last() == Some(&Within::Finally) {
            self.warnings.push(Warning {
                category: "SyntaxWarning",
                message: format!("'{what}' in a 'finally' block"),
                span,
            });
        }
    }

    pub(crate) fn exprs(&mut self, list: &[ExprRef<'_>]) -> Result<()> {
        list.iter().try_for_each(|e| self.expr(e))
    }

    pub(crate) fn opt(&mut self, e: Option<ExprRef<'_>>) -> Result<()> {
        e.map_or(Ok(()), |e| self.expr(e))
    }

    pub(crate) fn keywords(&mut self, list: &[Keyword<'_>]) -> Result<()> {
        for k in list {
            if k.arg.is_some_and(|a| a.name == self.names.debug) {
                return Err(CompileError::syntax("cannot assign to __debug__", k.span));
            }
            self.expr(k.value)?;
        }
        Ok(())
    }

    pub(crate) fn check_name(&self, name: Symbol, span: Span) -> Result<()> {
        if name == self.names.debug {
            return Err(CompileError::syntax("cannot assign to __debug__", span));
        }
        Ok(())
    }

    pub(crate) fn stmt(&mut self, stmt: &Stmt<'_>) -> Result<()> {
        self.deeper(stmt.span)?;
        self.stmt_kind(stmt)?;
        self.depth -= 1;
        Ok(())
    }

    pub(crate) fn stmt_kind(&mut self, stmt: &Stmt<'_>) -> Result<()> {
        let node = address(stmt.kind);
        match stmt.kind {
            StmtKind::FunctionDef(f) => self.function(f, node, stmt.span, false)?,
            StmtKind::AsyncFunctionDef(f) => self.function(f, node, stmt.span, true)?,
            StmtKind::ClassDef {
                name,
                bases,
                keywords,
                body,
                decorators,
                type_params,
            } => {
                self.check_name(name.name, stmt.span)?;
                self.add(name.name, def::LOCAL, name.span)?;
                self.exprs(decorators)?;
                let outer = self.current;
                let private = self.private;
                if !type_params.is_empty() {
                    self.enter(ScopeKind::TypeParams, name.name, node, Part::TypeParams);
                    self.private = Some(name.name);
                    self.cur().mangled = Some(type_params.iter().map(|t| t.name.name).collect());
                    self.add_plain(self.names.dot_type_params, def::LOCAL | def::USE);
                    self.add_plain(self.names.dot_generic_base, def::LOCAL | def::USE);
                    self.type_params(type_params)?;
                }
                self.exprs(bases)?;
                self.keywords(keywords)?;
                self.enter(ScopeKind::Class, name.name, node, Part::Body);
                self.private = Some(name.name);
                if !type_params.is_empty() {
                    self.add_plain(self.names.type_params, def::LOCAL);
                    self.add_plain(self.names.dot_type_params, def::USE);
                }
                self.body(body)?;
                self.private = private;
                self.current = outer;
            }
            StmtKind::Return(value) => {
                self.check_leaving_finally("return", stmt.span);
                if let Some(value) = value {
                    self.expr(value)?;
                    let scope = self.cur();
                    scope.return_value.get_or_insert(stmt.span);
                    self.check_async_generator()?;
                }
            }
            StmtKind::Delete(targets) => self.deleted(targets)?,
            StmtKind::Assign { targets, value } => {
                self.targets(targets)?;
                self.expr(value)?;
            }
            StmtKind::TypeAlias {
                name,
                type_params,
                value,
            } => self.type_alias(name, type_params, value, node)?,
            StmtKind::AugAssign { target, value, .. } => {
                self.target(target)?;
                if let ExprKind::Name(name) = target.kind {
                    self.add(name, def::USE, target.span)?;
                }
                self.expr(value)?;
            }
            StmtKind::AnnAssign {
                target,
                annotation,
                value,
                simple,
            } => {
                self.annotated(stmt.span, target, annotation, *simple, value.is_some())?;
                self.opt(*value)?;
            }
            StmtKind::For(f) | StmtKind::AsyncFor(f) => {
                self.cur().is_coroutine |= matches!(stmt.kind, StmtKind::AsyncFor(_));
                self.target(f.target)?;
                self.expr(f.iter)?;
                self.inside(Within::Loop, f.body)?;
                self.conditional(f.orelse)?;
            }
            StmtKind::While { test, body, orelse } => {
                self.expr(test)?;
                self.inside(Within::Loop, body)?;
                self.conditional(orelse)?;
            }
            StmtKind::If { clauses, orelse } => {
                for clause in *clauses {
                    self.expr(clause.test)?;
                    self.conditional(clause.body)?;
                }
                self.conditional(orelse)?;
            }
            StmtKind::With(w) | StmtKind::AsyncWith(w) => {
                self.cur().is_coroutine |= matches!(stmt.kind, StmtKind::AsyncWith(_));
                for item in w.items {
                    self.expr(item.context_expr)?;
                    if let Some(vars) = item.optional_vars {
                        self.target(vars)?;
                    }
                }
                self.conditional(w.body)?;
            }
            StmtKind::Match { subject, cases } => {
                self.expr(subject)?;
                for case in *cases {
                    self.pattern(case.pattern)?;
                    self.opt(case.guard)?;
                    self.conditional(case.body)?;
                }
            }
            StmtKind::Raise { exc, cause } => {
                self.opt(*exc)?;
                self.opt(*cause)?;
            }
            StmtKind::Try(t) | StmtKind::TryStar(t) => self.try_statement(t)?,
            StmtKind::Assert { test, msg } => {
                self.expr(test)?;
                self.opt(*msg)?;
            }
            StmtKind::Import(names) => {
                for alias in *names {
                    self.import_name(alias, true)?;
                }
            }
            StmtKind::ImportFrom {
                module,
                names,
                level,
            } => {
                let future = *level == 0 && module.is_some_and(|m| m.name == self.names.future);
                if future && (self.current != 0 || stmt.span.end > self.future_end) {
                    let m = "from __future__ imports must occur at the beginning of the file";
                    return Err(CompileError::syntax(m, stmt.span));
                }
                for alias in *names {
                    if alias.name.name == self.names.star {
                        if self.scopes.get(self.current).kind != ScopeKind::Module {
                            return Err(CompileError::syntax(
                                "import * only allowed at module level",
                                alias.span,
                            ));
                        }
                    } else {
                        self.import_name(alias, false)?;
                    }
                }
            }
            StmtKind::Global(idents) => self.directive(idents, stmt.span, true)?,
            StmtKind::Nonlocal(idents) => self.directive(idents, stmt.span, false)?,
            StmtKind::Expr(e) => self.expr(e)?,
            StmtKind::Break => self.check_leaving_finally("break", stmt.span),
            StmtKind::Continue => self.check_leaving_finally("continue", stmt.span),
            StmtKind::Pass => {}
        }
        Ok(())
    }

    pub(crate) fn check_async_generator(&mut self) -> Result<()> {
        let scope = self.cur();
        if scope.is_async_def
            && scope.is_generator
            && let Some(span) = scope.return_value
        {
            return Err(CompileError::syntax(
                "'return' with value in async generator",
                span,
            ));
        }
        Ok(())
    }

    pub(crate) fn import_name(&mut self, alias: &Alias<'_>, dotted: bool) -> Result<()> {
        let mut name = alias.asname.unwrap_or(alias.name).name;
        if dotted && alias.asname.is_none() {
            let first = self
                .interner
                .get(name)
                .split('.')
                .next()
                .unwrap_or("")
                .to_string();
            name = self.interner.intern(&first);
        }
        self.check_name(name, alias.span)?;
        self.add(name, def::IMPORT, alias.span)
    }

    pub(crate) fn try_statement(&mut self, t: &Try<'_>) -> Result<()> {
        self.conditional(t.body)?;
        for (n, handler) in t.handlers.iter().enumerate() {
            if handler.typ.is_none() && n + 1 < t.handlers.len() {
                return Err(CompileError::syntax(
                    "default 'except:' must be last",
                    handler.span,
                ));
            }
            self.opt(handler.typ)?;
            if let Some(name) = handler.name {
                self.check_name(name.name, handler.span)?;
                self.add(name.name, def::LOCAL | def::UNBINDS, name.span)?;
            }
            self.conditional(handler.body)?;
        }
        self.conditional(t.orelse)?;
        self.inside(Within::Finally, t.finalbody)
    }

    pub(crate) fn directive(&mut self, idents: &[Ident], span: Span, global: bool) -> Result<()> {
        let what = if global { "global" } else { "nonlocal" };
        for ident in idents {
            let name = self.mangle(ident.name);
            let flags = self.cur().flags(name);
            if flags & (def::PARAM | def::LOCAL | def::USE | def::ANNOT) != 0 {
                let text = self.interner.get(name);
                let m = if flags & def::PARAM != 0 {
                    format!("name '{text}' is parameter and {what}")
                } else if flags & def::USE != 0 {
                    format!("name '{text}' is used prior to {what} declaration")
                } else if flags & def::ANNOT != 0 {
                    format!("annotated name '{text}' can't be {what}")
                } else {
                    format!("name '{text}' is assigned to before {what} declaration")
                };
                return Err(CompileError::syntax(m, span));
            }
            if !global && self.current == 0 {
                return Err(CompileError::syntax(
                    "nonlocal declaration not allowed at module level",
                    span,
                ));
            }
            self.add_plain(name, if global { def::GLOBAL } else { def::NONLOCAL });
            self.cur().directives.push((name, span));
            if global && self.current != 0 {
                let entry = self.scopes.get_mut(0).symbols.entry(name);
                entry
                    .or_insert(SymbolInfo {
                        flags: 0,
                        resolution: Resolution::GlobalImplicit,
                    })
                    .flags |= def::GLOBAL_WITHIN;
            }
        }
        Ok(())
    }

    pub(crate) fn annotated(
        &mut self,
        span: Span,
        target: ExprRef<'_>,
        annotation: ExprRef<'_>,
        simple: bool,
        value: bool,
    ) -> Result<()> {
        if let ExprKind::Name(raw) = target.kind {
            self.check_name(raw, target.span)?;
            let name = self.mangle(raw);
            let flags = self.cur().flags(name);
            if simple && flags & (def::GLOBAL | def::NONLOCAL) != 0 && self.current != 0 {
                let what = if flags & def::GLOBAL != 0 {
                    "global"
                } else {
                    "nonlocal"
                };
                let m = format!(
                    "annotated name '{}' can't be {what}",
                    self.interner.get(name)
                );
                return Err(CompileError::syntax(m, span));
            }
            if simple {
                self.add(raw, def::ANNOT | def::LOCAL, target.span)?;
            } else if value {
                self.add(raw, def::LOCAL, target.span)?;
            }
        } else {
            self.target(target)?;
        }
        self.variable_annotation(annotation)
    }

    pub(crate) fn variable_annotation(&mut self, annotation: ExprRef<'_>) -> Result<()> {
        let scope = self.cur();
        let kind = scope.kind;
        let unevaluated = kind.is_function_like();
        let conditional =
            kind == ScopeKind::Module || kind == ScopeKind::Class && scope.in_conditional;
        if conditional && !scope.conditional_annotations {
            scope.conditional_annotations = true;
            if kind == ScopeKind::Module {
                self.add_plain(self.names.conditional_annotations, def::USE);
            } else {
                self.cur().needs_conditional_cell = true;
            }
        }
        let outer = self.current;
        let conditional = self.cur().conditional_annotations;
        match self.cur().annotations {
            Some(id) => self.current = id,
            None => {
                let name = self.names.annotate;
                let id = self.enter(
                    ScopeKind::Annotation,
                    name,
                    usize::MAX - outer as usize,
                    Part::Annotations,
                );
                self.scopes.get_mut(outer).annotations = Some(id);
                self.add_plain(self.names.format, def::PARAM);
            }
        }
        if conditional && !self.future_annotations {
            self.add_plain(self.names.conditional_annotations, def::USE);
        }
        let old = std::mem::replace(
            &mut self.unevaluated,
            unevaluated || self.future_annotations,
        );
        self.expr(annotation)?;
        self.unevaluated = old;
        self.current = outer;
        Ok(())
    }

    pub(crate) fn function(
        &mut self,
        f: &FunctionDef<'_>,
        node: usize,
        span: Span,
        is_async: bool,
    ) -> Result<()> {
        self.check_name(f.name.name, span)?;
        self.add(f.name.name, def::LOCAL, f.name.span)?;
        self.exprs(f.args.defaults)?;
        f.args.kw_defaults.iter().try_for_each(|d| self.opt(*d))?;
        self.exprs(f.decorators)?;
        let outer = self.current;
        if !f.type_params.is_empty() {
            self.enter(ScopeKind::TypeParams, f.name.name, node, Part::TypeParams);
            if !f.args.defaults.is_empty() {
                self.add_plain(self.names.dot_defaults, def::PARAM | def::USE);
            }
            if f.args.kw_defaults.iter().any(|d| d.is_some()) {
                self.add_plain(self.names.dot_kwdefaults, def::PARAM | def::USE);
            }
            self.type_params(f.type_params)?;
        }
        self.function_annotations(f, node)?;
        self.enter(ScopeKind::Function, f.name.name, node, Part::Body);
        self.cur().is_async_def = is_async;
        self.cur().is_coroutine = is_async;
        self.parameters(f.args)?;
        self.within.push(Within::Function);
        self.body(f.body)?;
        self.within.pop();
        self.current = outer;
        Ok(())
    }

    pub(crate) fn function_annotations(&mut self, f: &FunctionDef<'_>, node: usize) -> Result<()> {
        let any = f.returns.is_some() || all_args(f.args).any(|a| a.annotation.is_some());
        if !any {
            // Not needed, but classes with methods have the cell, and metaclasses see it in the namespace.
            if self.cur().kind == ScopeKind::Class {
                self.cur().needs_classdict = true;
            }
            return Ok(());
        }
        let outer = self.current;
        self.enter(
            ScopeKind::Annotation,
            self.names.annotate,
            node,
            Part::Annotations,
        );
        self.add_plain(self.names.format, def::PARAM);
        let old = std::mem::replace(&mut self.unevaluated, self.future_annotations);
        for arg in all_args(f.args) {
            self.opt(arg.annotation)?;
        }
        self.opt(f.returns)?;
        self.unevaluated = old;
        self.current = outer;
        Ok(())
    }

    pub(crate) fn parameters(&mut self, args: &Arguments<'_>) -> Result<()> {
        for arg in all_args(args) {
            self.check_name(arg.arg.name, arg.span)?;
            self.add(arg.arg.name, def::PARAM, arg.span)?;
        }
        Ok(())
    }

    pub(crate) fn type_params(&mut self, list: &[TypeParam<'_>]) -> Result<()> {
        let mut defaults = false;
        for (n, p) in list.iter().enumerate() {
            if defaults && p.default.is_none() {
                let text = format!(
                    "non-default type parameter '{}' follows default type parameter",
                    self.interner.get(p.name.name)
                );
                return Err(CompileError::syntax(text, p.span));
            }
            defaults |= p.default.is_some();
            self.check_name(p.name.name, p.span)?;
            self.add(p.name.name, def::TYPE_PARAM | def::LOCAL, p.span)?;
            let (bound, default) = match p.kind {
                TypeParamKind::TypeVar => match p.bound.map(|b| b.kind) {
                    Some(ExprKind::Tuple(_)) => ("a TypeVar constraint", "a TypeVar default"),
                    _ => ("a TypeVar bound", "a TypeVar default"),
                },
                TypeParamKind::ParamSpec => ("", "a ParamSpec default"),
                TypeParamKind::TypeVarTuple => ("", "a TypeVarTuple default"),
            };
            let node = address(&list[n]);
            for (expr, part, what) in [
                (p.bound, Part::Bound, bound),
                (p.default, Part::Default, default),
            ] {
                let Some(expr) = expr else { continue };
                let outer = self.current;
                self.enter(ScopeKind::TypeVariable(what), p.name.name, node, part);
                self.add_plain(self.names.dot_format, def::PARAM | def::USE);
                self.expr(expr)?;
                self.current = outer;
            }
        }
        Ok(())
    }

    pub(crate) fn type_alias(
        &mut self,
        name: ExprRef<'_>,
        type_params: &[TypeParam<'_>],
        value: ExprRef<'_>,
        node: usize,
    ) -> Result<()> {
        self.target(name)?;
        let ExprKind::Name(symbol) = name.kind else {
            return Ok(());
        };
        let outer = self.current;
        if !type_params.is_empty() {
            self.enter(ScopeKind::TypeParams, symbol, node, Part::TypeParams);
            self.type_params(type_params)?;
        }
        self.enter(ScopeKind::TypeAlias, symbol, node, Part::Body);
        self.add_plain(self.names.dot_format, def::PARAM | def::USE);
        self.expr(value)?;
        self.current = outer;
        Ok(())
    }

    pub(crate) fn targets(&mut self, list: &[ExprRef<'_>]) -> Result<()> {
        list.iter().try_for_each(|t| self.target(t))
    }

    pub(crate) fn deleted(&mut self, list: &[ExprRef<'_>]) -> Result<()> {
        for target in list {
            match target.kind {
                ExprKind::Name(name) => {
                    if name == self.names.debug {
                        return Err(CompileError::syntax("cannot delete __debug__", target.span));
                    }
                    self.add(name, def::LOCAL | def::UNBINDS, target.span)?;
                }
                ExprKind::Tuple(items) | ExprKind::List(items) => {
                    self.deeper(target.span)?;
                    self.deleted(items)?;
                    self.depth -= 1;
                }
                ExprKind::Attribute { attr, .. } if attr.name == self.names.debug => {
                    return Err(CompileError::syntax("cannot delete __debug__", target.span));
                }
                _ => self.expr(target)?,
            }
        }
        Ok(())
    }

    pub(crate) fn target(&mut self, target: ExprRef<'_>) -> Result<()> {
        match target.kind {
            ExprKind::Name(name) => {
                self.check_name(name, target.span)?;
                self.add(name, def::LOCAL, target.span)
            }
            ExprKind::Tuple(items) | ExprKind::List(items) => {
                self.deeper(target.span)?;
                self.targets(items)?;
                self.depth -= 1;
                Ok(())
            }
            ExprKind::Starred(inner) => self.target(inner),
            ExprKind::Attribute { value, attr } => {
                self.check_name(attr.name, target.span)?;
                // An iteration variable is bound, but the object of `x.y` is only read.
                let old = std::mem::replace(&mut self.in_comp_target, false);
                self.expr(value)?;
                self.in_comp_target = old;
                Ok(())
            }
            _ => {
                let old = std::mem::replace(&mut self.in_comp_target, false);
                self.expr(target)?;
                self.in_comp_target = old;
                Ok(())
            }
        }
    }

    pub(crate) fn pattern(&mut self, pattern: &Pattern<'_>) -> Result<()> {
        self.deeper(pattern.span)?;
        let capture = |c: &mut Self, name: Option<Ident>, whole: Span| match name {
            Some(n) => {
                c.check_name(n.name, whole)?;
                c.add(n.name, def::LOCAL, n.span)
            }
            None => Ok(()),
        };
        match pattern.kind {
            PatternKind::MatchValue(e) => self.expr(e)?,
            PatternKind::MatchSingleton(_) => {}
            PatternKind::MatchSequence(list) | PatternKind::MatchOr(list) => {
                list.iter().try_for_each(|p| self.pattern(p))?;
            }
            PatternKind::MatchMapping {
                keys,
                patterns,
                rest,
            } => {
                self.exprs(keys)?;
                patterns.iter().try_for_each(|p| self.pattern(p))?;
                capture(self, rest, pattern.span)?;
            }
            PatternKind::MatchClass {
                cls,
                patterns,
                kwd_attrs,
                kwd_patterns,
            } => {
                self.expr(cls)?;
                patterns.iter().try_for_each(|p| self.pattern(p))?;
                for (attr, p) in kwd_attrs.iter().zip(kwd_patterns) {
                    self.check_name(attr.name, p.span)?;
                }
                kwd_patterns.iter().try_for_each(|p| self.pattern(p))?;
            }
            PatternKind::MatchStar(name) => capture(self, name, pattern.span)?,
            PatternKind::MatchAs {
                pattern: inner,
                name,
            } => {
                if let Some(inner) = inner {
                    self.pattern(inner)?;
                }
                capture(self, name, pattern.span)?;
            }
        }
        self.depth -= 1;
        Ok(())
    }
}

/// All parameters in the order of their registers: positional, keyword-only, `*args`, `**kwargs`.
pub fn all_args<'a>(args: &'a Arguments<'a>) -> impl Iterator<Item = &'a Arg<'a>> {
    args.posonlyargs
        .iter()
        .chain(args.args)
        .chain(args.kwonlyargs)
        .chain(args.vararg)
        .chain(args.kwarg)
}

pub fn is_string(e: &Expr<'_>) -> bool {
    matches!(e.kind, ExprKind::Constant(Constant::Str { .. }))
}
