//! Nodes of statements (Language reference, chapters 7 and 8).

use std::marker::PhantomData;

use super::arguments::{Argument, Parameter};
use super::{Checked, Ctx, Seq, refuse};
use crate::ast::{
    Alias, Body, Comprehension, ExceptHandler, Expr, ExprKind, ExprRef, For, FunctionDef, Ident,
    IfClause, MatchCase, Operator, Pattern, Span, Stmt, StmtKind, Try, TypeParam, TypeParamKind,
    With, WithItem,
};
use crate::token::Kind;

/// An `except` or `except*` clause.
#[derive(Debug)]
pub(crate) struct Handler<'a> {
    star: bool,
    handler: ExceptHandler<'a>,
}

impl<'a> Ctx<'_, 'a> {
    /// Where a block ends: with its last statement and the semicolon after it, not with its line.
    fn end_of(&self, body: Body<'a>) -> u32 {
        let end = body.last().map_or(0, |s| s.span.end);
        let tokens = &self.lexed.tokens;
        let next = tokens.partition_point(|t| t.span.start < end);
        match tokens.get(next) {
            Some(t) if t.kind() == Kind::Semi => t.span.end,
            _ => end,
        }
    }

    pub fn kind(&self, kind: StmtKind<'a>) -> &'a StmtKind<'a> {
        self.alloc(kind)
    }

    fn stmt(&self, start: u32, end: u32, kind: StmtKind<'a>) -> Stmt<'a> {
        Stmt {
            span: Span { start, end },
            kind: self.alloc(kind),
        }
    }

    pub fn assign(
        &self,
        first: ExprRef<'a>,
        rest: Seq<'a, ExprRef<'a>>,
    ) -> Checked<&'a StmtKind<'a>> {
        let rest = self.slice(rest);
        let Some((&value, middle)) = rest.split_last() else {
            return refuse();
        };
        let targets = self
            .arena
            .bump
            .alloc_slice_fill_with(rest.len(), |i| if i == 0 { first } else { middle[i - 1] });
        for &target in targets.iter() {
            self.check_target(target)?;
        }
        Ok(self.kind(StmtKind::Assign { targets, value }))
    }

    pub fn aug_assign(
        &self,
        target: ExprRef<'a>,
        op: Operator,
        value: ExprRef<'a>,
    ) -> Checked<&'a StmtKind<'a>> {
        self.check_single_target(target)?;
        Ok(self.kind(StmtKind::AugAssign { target, op, value }))
    }

    pub fn ann_assign(
        &self,
        target: ExprRef<'a>,
        annotation: ExprRef<'a>,
        value: Option<ExprRef<'a>>,
    ) -> Checked<&'a StmtKind<'a>> {
        self.check_single_target(target)?;
        let simple = matches!(target.kind, ExprKind::Name(_)) && !target.parenthesized;
        Ok(self.kind(StmtKind::AnnAssign {
            target,
            annotation,
            value,
            simple,
        }))
    }

    pub fn delete(&self, targets: Seq<'a, ExprRef<'a>>) -> Checked<&'a StmtKind<'a>> {
        let targets = self.slice(targets);
        for &target in targets {
            self.check_deleted(target)?;
        }
        Ok(self.kind(StmtKind::Delete(targets)))
    }

    /// `a.b.c` as one name.
    pub fn dotted(&self, l: u32, parts: Seq<'a, Ident>, r: u32) -> Ident {
        let span = Span { start: l, end: r };
        if let Some(only) = parts.single() {
            return only;
        }
        let mut names = self.names.borrow_mut();
        let text = self
            .slice(parts)
            .iter()
            .map(|p| names.get(p.name))
            .collect::<Vec<_>>()
            .join(".");
        Ident {
            name: names.intern(&text),
            span,
        }
    }

    pub fn alias(&self, l: u32, name: Ident, asname: Option<Ident>, r: u32) -> Alias<'a> {
        Alias {
            span: Span { start: l, end: r },
            name,
            asname,
            marker: PhantomData,
        }
    }

    pub fn import_star(&self, l: u32, r: u32) -> &'a [Alias<'a>] {
        let span = Span { start: l, end: r };
        let name = Ident {
            name: self.names.borrow_mut().intern("*"),
            span,
        };
        std::slice::from_ref(self.alloc(self.alias(l, name, None, r)))
    }

    pub fn import_from(
        &self,
        level: u32,
        module: Option<Ident>,
        names: &'a [Alias<'a>],
    ) -> &'a StmtKind<'a> {
        self.kind(StmtKind::ImportFrom {
            module,
            names,
            level,
        })
    }

    pub fn type_alias(
        &self,
        name: Ident,
        params: Option<&'a [TypeParam<'a>]>,
        value: ExprRef<'a>,
    ) -> &'a StmtKind<'a> {
        self.kind(StmtKind::TypeAlias {
            name: self.name(name),
            type_params: params.unwrap_or_default(),
            value,
        })
    }

    pub fn type_param(
        &self,
        l: u32,
        kind: TypeParamKind,
        name: Ident,
        bound: Option<ExprRef<'a>>,
        default: Option<ExprRef<'a>>,
        r: u32,
    ) -> &'a TypeParam<'a> {
        self.alloc(TypeParam {
            span: Span { start: l, end: r },
            name,
            kind,
            bound,
            default,
        })
    }

    pub fn if_clause(&self, l: u32, test: ExprRef<'a>, body: Body<'a>) -> &'a IfClause<'a> {
        self.alloc(IfClause {
            span: Span {
                start: l,
                end: self.end_of(body),
            },
            test,
            body,
        })
    }

    pub fn if_statement(
        &self,
        l: u32,
        clauses: Seq<'a, &'a IfClause<'a>>,
        orelse: Option<Body<'a>>,
    ) -> Stmt<'a> {
        let clauses = self.slice_of_refs(clauses);
        let end = orelse.map_or_else(
            || clauses.last().map_or(l, |c| c.span.end),
            |b| self.end_of(b),
        );
        self.stmt(
            l,
            end,
            StmtKind::If {
                clauses,
                orelse: orelse.unwrap_or_default(),
            },
        )
    }

    pub fn while_statement(
        &self,
        l: u32,
        test: ExprRef<'a>,
        body: Body<'a>,
        orelse: Option<Body<'a>>,
    ) -> Stmt<'a> {
        let end = self.end_of(orelse.unwrap_or(body));
        self.stmt(
            l,
            end,
            StmtKind::While {
                test,
                body,
                orelse: orelse.unwrap_or_default(),
            },
        )
    }

    pub fn for_statement(
        &self,
        l: u32,
        target: ExprRef<'a>,
        iter: ExprRef<'a>,
        body: Body<'a>,
        orelse: Option<Body<'a>>,
    ) -> Checked<Stmt<'a>> {
        self.check_target(target)?;
        let end = self.end_of(orelse.unwrap_or(body));
        Ok(self.stmt(
            l,
            end,
            StmtKind::For(For {
                target,
                iter,
                body,
                orelse: orelse.unwrap_or_default(),
            }),
        ))
    }

    pub fn handler(
        &self,
        l: u32,
        star: bool,
        typ: Option<ExprRef<'a>>,
        name: Option<Ident>,
        body: Body<'a>,
    ) -> &'a Handler<'a> {
        let handler = ExceptHandler {
            span: Span {
                start: l,
                end: self.end_of(body),
            },
            typ,
            name,
            body,
        };
        self.alloc(Handler { star, handler })
    }

    /// PEP 758: several types need no parentheses unless `as` follows.
    pub fn typed_handler(
        &self,
        l: u32,
        star: bool,
        typ: ExprRef<'a>,
        name: Option<Ident>,
        body: Body<'a>,
    ) -> Checked<&'a Handler<'a>> {
        if name.is_some() && matches!(typ.kind, ExprKind::Tuple(_)) && !typ.parenthesized {
            return refuse();
        }
        Ok(self.handler(l, star, Some(typ), name, body))
    }

    pub fn try_statement(
        &self,
        l: u32,
        body: Body<'a>,
        handlers: Seq<'a, &'a Handler<'a>>,
        orelse: Option<Body<'a>>,
        finalbody: Option<Body<'a>>,
    ) -> Checked<Stmt<'a>> {
        let handlers = self.slice(handlers);
        let star = handlers.first().is_some_and(|h| h.star);
        if handlers.iter().any(|h| h.star != star) {
            return refuse();
        }
        let last = handlers.last().map_or(l, |h| h.handler.span.end);
        let end = finalbody.or(orelse).map_or(last, |b| self.end_of(b));
        let handlers = self
            .arena
            .bump
            .alloc_slice_fill_iter(handlers.iter().map(|h| h.handler));
        let node = Try {
            body,
            handlers,
            orelse: orelse.unwrap_or_default(),
            finalbody: finalbody.unwrap_or_default(),
        };
        Ok(self.stmt(
            l,
            end,
            if star {
                StmtKind::TryStar(node)
            } else {
                StmtKind::Try(node)
            },
        ))
    }

    pub fn with_statement(
        &self,
        l: u32,
        items: Seq<'a, WithItem<'a>>,
        body: Body<'a>,
    ) -> Checked<Stmt<'a>> {
        let items = self.slice(items);
        for item in items {
            if let Some(target) = item.optional_vars {
                self.check_target(target)?;
            }
        }
        Ok(self.stmt(l, self.end_of(body), StmtKind::With(With { items, body })))
    }

    pub fn with_expression(&self, l: u32, e: ExprRef<'a>, body: Body<'a>) -> Checked<Stmt<'a>> {
        self.with_statement(
            l,
            self.one(WithItem {
                context_expr: e,
                optional_vars: None,
            }),
            body,
        )
    }

    pub fn with_generator(
        &self,
        l: u32,
        open: u32,
        e: ExprRef<'a>,
        clauses: Seq<'a, &'a Comprehension<'a>>,
        r: u32,
        body: Body<'a>,
    ) -> Checked<Stmt<'a>> {
        self.with_expression(l, self.generator(open, e, clauses, r)?, body)
    }

    /// `with (...):`, whose parentheses hold items if they can, and else a tuple or one expression.
    pub fn with_group(
        &self,
        l: u32,
        open: u32,
        items: Seq<'a, WithItem<'a>>,
        comma: bool,
        close: u32,
        body: Body<'a>,
    ) -> Checked<Stmt<'a>> {
        let all = self.slice(items);
        let is_item = |e: ExprRef<'a>| match e.kind {
            ExprKind::Starred(_) => false,
            ExprKind::NamedExpr { .. } => e.parenthesized,
            _ => true,
        };
        if !all.is_empty() && all.iter().all(|i| is_item(i.context_expr)) {
            return self.with_statement(l, items, body);
        }
        if all.iter().any(|i| i.optional_vars.is_some()) {
            return refuse();
        }
        let e = match all {
            [] => {
                let span = Span {
                    start: open,
                    end: close,
                };
                self.alloc(Expr {
                    span,
                    parenthesized: true,
                    kind: ExprKind::Tuple(&[]),
                })
            }
            _ => {
                let elements = all
                    .iter()
                    .fold(Seq::empty(), |seq, i| self.push(seq, i.context_expr));
                self.group_or_tuple(open, elements, comma, close)?
            }
        };
        self.with_expression(l, e, body)
    }

    pub fn match_statement(
        &self,
        l: u32,
        subject: Seq<'a, ExprRef<'a>>,
        comma: bool,
        subject_end: u32,
        cases: Seq<'a, &'a MatchCase<'a>>,
    ) -> Checked<Stmt<'a>> {
        if let Some(only) = subject.single()
            && !comma
            && matches!(only.kind, ExprKind::Starred(_))
        {
            return refuse();
        }
        let list = self.slice(subject);
        let start = list
            .first()
            .map_or(l, |e| self.start_of_list(e, subject_end, l));
        let subject = self.tuple_or_item(start, subject, comma, subject_end);
        let cases = self.slice_of_refs(cases);
        let end = cases.last().map_or(subject_end, |c| c.span.end);
        Ok(self.stmt(l, end, StmtKind::Match { subject, cases }))
    }

    /// Where the subject of a match statement starts, whose first element may have parentheses: after
    /// the keyword and what separates them.
    fn start_of_list(&self, first: ExprRef<'a>, _end: u32, keyword: u32) -> u32 {
        let from = keyword as usize + "match".len();
        let at = self
            .lexed
            .tokens
            .partition_point(|t| (t.span.start as usize) < from);
        self.lexed
            .tokens
            .get(at)
            .map_or(first.span.start, |t| t.span.start)
    }

    pub fn match_case(
        &self,
        l: u32,
        pattern: &'a Pattern<'a>,
        guard: Option<ExprRef<'a>>,
        body: Body<'a>,
    ) -> &'a MatchCase<'a> {
        self.alloc(MatchCase {
            span: Span {
                start: l,
                end: self.end_of(body),
            },
            pattern,
            guard,
            body,
        })
    }

    pub fn function(
        &self,
        l: u32,
        name: Ident,
        type_params: Option<&'a [TypeParam<'a>]>,
        params: Seq<'a, &'a Parameter<'a>>,
        returns: Option<ExprRef<'a>>,
        body: Body<'a>,
    ) -> Checked<Stmt<'a>> {
        let args = self.parameters(params)?;
        let type_params = type_params.unwrap_or_default();
        let node = FunctionDef {
            name,
            args,
            body,
            decorators: &[],
            returns,
            type_params,
        };
        Ok(self.stmt(l, self.end_of(body), StmtKind::FunctionDef(node)))
    }

    pub fn class(
        &self,
        l: u32,
        name: Ident,
        type_params: Option<&'a [TypeParam<'a>]>,
        args: Option<Seq<'a, &'a Argument<'a>>>,
        body: Body<'a>,
    ) -> Checked<Stmt<'a>> {
        if args.is_some_and(|a| self.is_bare_generator(a)) {
            return refuse();
        }
        let (bases, keywords) = self.arguments(
            args.unwrap_or(Seq::empty()),
            Span {
                start: name.span.end,
                end: name.span.end,
            },
        )?;
        let type_params = type_params.unwrap_or_default();
        Ok(self.stmt(
            l,
            self.end_of(body),
            StmtKind::ClassDef {
                name,
                bases,
                keywords,
                body,
                decorators: &[],
                type_params,
            },
        ))
    }

    pub fn decorate(&self, decorators: Seq<'a, ExprRef<'a>>, s: Stmt<'a>) -> Stmt<'a> {
        let decorators = self.slice(decorators);
        let kind = match *s.kind {
            StmtKind::FunctionDef(f) => StmtKind::FunctionDef(FunctionDef { decorators, ..f }),
            StmtKind::AsyncFunctionDef(f) => {
                StmtKind::AsyncFunctionDef(FunctionDef { decorators, ..f })
            }
            StmtKind::ClassDef {
                name,
                bases,
                keywords,
                body,
                type_params,
                ..
            } => StmtKind::ClassDef {
                name,
                bases,
                keywords,
                body,
                decorators,
                type_params,
            },
            _ => return s,
        };
        Stmt {
            span: s.span,
            kind: self.alloc(kind),
        }
    }

    pub fn make_async(&self, l: u32, s: Stmt<'a>) -> Stmt<'a> {
        let kind = match *s.kind {
            StmtKind::FunctionDef(f) => StmtKind::AsyncFunctionDef(f),
            StmtKind::For(f) => StmtKind::AsyncFor(f),
            StmtKind::With(w) => StmtKind::AsyncWith(w),
            _ => return s,
        };
        Stmt {
            span: Span {
                start: l,
                end: s.span.end,
            },
            kind: self.alloc(kind),
        }
    }
}
