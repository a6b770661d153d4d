//! Arguments of calls (Language reference, 6.3.4) and parameters of functions (8.7): parsed in any order,
//! then sorted by kind and checked.

use super::{Checked, Ctx, Seq, refuse};
use crate::ast::{
    Arg, Arguments, Comprehension, Expr, ExprKind, ExprRef, Ident, Keyword, Span, Symbol,
};

/// An argument as written.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Argument<'a> {
    Positional(ExprRef<'a>),
    Keyword(Keyword<'a>),
    /// A generator expression without parentheses of its own.
    Generator {
        element: ExprRef<'a>,
        clauses: Seq<'a, &'a Comprehension<'a>>,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ParamKind {
    Plain,
    /// `*args`
    Star,
    /// `**kwargs`
    DoubleStar,
    /// `*`
    BareStar,
    /// `/`
    Slash,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Parameter<'a> {
    kind: ParamKind,
    arg: Arg<'a>,
    default: Option<ExprRef<'a>>,
}

type Sorted<'a> = (&'a [ExprRef<'a>], &'a [Keyword<'a>]);

impl<'a> Ctx<'_, 'a> {
    pub fn positional(&self, e: ExprRef<'a>) -> &'a Argument<'a> {
        self.alloc(Argument::Positional(e))
    }

    pub fn bare_generator(
        &self,
        element: ExprRef<'a>,
        clauses: Seq<'a, &'a Comprehension<'a>>,
    ) -> &'a Argument<'a> {
        self.alloc(Argument::Generator { element, clauses })
    }

    pub fn keyword(
        &self,
        l: u32,
        arg: Option<Ident>,
        value: ExprRef<'a>,
        r: u32,
    ) -> &'a Argument<'a> {
        self.alloc(Argument::Keyword(Keyword {
            span: Span { start: l, end: r },
            arg,
            value,
        }))
    }

    /// A generator expression without parentheses is alone, without even a comma.
    pub fn argument_list(
        &self,
        items: Seq<'a, &'a Argument<'a>>,
        comma: bool,
    ) -> Checked<Seq<'a, &'a Argument<'a>>> {
        match items.single() {
            Some(Argument::Generator { .. }) if comma => refuse(),
            _ => Ok(items),
        }
    }

    /// Whether a lone generator expression is all there is; a class takes none.
    pub fn is_bare_generator(&self, items: Seq<'a, &'a Argument<'a>>) -> bool {
        matches!(items.single(), Some(Argument::Generator { .. }))
    }

    /// Sorts the arguments of a call; `brackets` is the span that a lone generator expression takes.
    pub fn arguments(
        &self,
        items: Seq<'a, &'a Argument<'a>>,
        brackets: Span,
    ) -> Checked<Sorted<'a>> {
        let items = self.slice(items);
        let positional = items
            .iter()
            .filter(|i| !matches!(i, Argument::Keyword(_)))
            .count();
        if positional == items.len()
            && !items
                .iter()
                .any(|i| matches!(i, Argument::Generator { .. }))
        {
            let args = self
                .arena
                .bump
                .alloc_slice_fill_with(items.len(), |i| match items[i] {
                    Argument::Positional(e) | Argument::Generator { element: e, .. } => *e,
                    Argument::Keyword(k) => k.value,
                });
            return Ok((args, &[]));
        }
        let mut args = Vec::with_capacity(positional);
        let mut keywords = Vec::with_capacity(items.len() - positional);
        let mut unpacked = false;
        for &&item in items {
            match item {
                Argument::Positional(e) => {
                    let starred = matches!(e.kind, ExprKind::Starred(_));
                    if unpacked || (!starred && !keywords.is_empty()) {
                        return refuse();
                    }
                    args.push(e);
                }
                Argument::Keyword(k) => {
                    unpacked |= k.arg.is_none();
                    keywords.push(k);
                }
                Argument::Generator { element, clauses } => {
                    if items.len() > 1 {
                        return refuse();
                    }
                    let kind = ExprKind::GeneratorExp {
                        elt: element,
                        generators: self.slice_of_refs(clauses),
                    };
                    args.push(self.alloc(Expr {
                        span: brackets,
                        parenthesized: true,
                        kind,
                    }));
                }
            }
        }
        self.check_repeats(&keywords);
        Ok((
            self.arena.bump.alloc_slice_copy(&args),
            self.arena.bump.alloc_slice_copy(&keywords),
        ))
    }

    /// Remembers the first keyword that a call repeats. It is an error only of an input without others.
    fn check_repeats(&self, keywords: &[Keyword<'a>]) {
        let mut named: Vec<(Symbol, u32, Span)> = keywords
            .iter()
            .filter_map(|k| k.arg.map(|a| (a.name, k.span.start, k.span)))
            .collect();
        named.sort_unstable_by_key(|&(name, start, _)| (name, start));
        for pair in named.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
            let (name, _, span) = pair[1];
            let earlier = self
                .repeated
                .get()
                .is_some_and(|(_, s)| s.start < span.start);
            if !earlier {
                self.repeated.set(Some((name, span)));
            }
        }
    }

    pub fn parameter(
        &self,
        kind: ParamKind,
        name: Ident,
        annotation: Option<(ExprRef<'a>, u32)>,
        default: Option<ExprRef<'a>>,
    ) -> &'a Parameter<'a> {
        let end = annotation.map_or(name.span.end, |a| a.1);
        let span = Span {
            start: name.span.start,
            end,
        };
        let arg = Arg {
            span,
            arg: name,
            annotation: annotation.map(|a| a.0),
        };
        self.alloc(Parameter { kind, arg, default })
    }

    pub fn marker(&self, kind: ParamKind) -> &'a Parameter<'a> {
        let arg = Arg {
            span: Span::default(),
            arg: Ident {
                name: Symbol(0),
                span: Span::default(),
            },
            annotation: None,
        };
        self.alloc(Parameter {
            kind,
            arg,
            default: None,
        })
    }

    /// Sorts parameters by kind. The order is positional-only, `/`, positional, `*` or `*args`, keyword-only, `**kwargs`;
    /// a positional parameter without a default may not follow one with a default.
    pub fn parameters(&self, items: Seq<'a, &'a Parameter<'a>>) -> Checked<&'a Arguments<'a>> {
        let mut positional: Vec<Arg<'a>> = Vec::new();
        let mut posonly = 0;
        let mut defaults = Vec::new();
        let mut kwonly: Vec<Arg<'a>> = Vec::new();
        let mut kw_defaults = Vec::new();
        let mut vararg = None;
        let mut kwarg = None;
        let (mut slash, mut star, mut bare) = (false, false, false);
        for &p in self.slice(items) {
            if kwarg.is_some() {
                return refuse();
            }
            match p.kind {
                ParamKind::Plain if star => {
                    bare = false;
                    kwonly.push(p.arg);
                    kw_defaults.push(p.default);
                }
                ParamKind::Plain => {
                    if p.default.is_none() && !defaults.is_empty() {
                        return refuse();
                    }
                    positional.push(p.arg);
                    defaults.extend(p.default);
                }
                ParamKind::Star | ParamKind::BareStar => {
                    if star {
                        return refuse();
                    }
                    star = true;
                    bare = p.kind == ParamKind::BareStar;
                    vararg = (!bare).then_some(&p.arg);
                }
                ParamKind::Slash => {
                    if slash || star || positional.is_empty() {
                        return refuse();
                    }
                    slash = true;
                    posonly = positional.len();
                }
                ParamKind::DoubleStar => kwarg = Some(&p.arg),
            }
        }
        if bare {
            return refuse();
        }
        let bump = &self.arena.bump;
        let all: &'a [Arg<'a>] = bump.alloc_slice_copy(&positional);
        Ok(self.alloc(Arguments {
            posonlyargs: &all[..posonly],
            args: &all[posonly..],
            vararg,
            kwonlyargs: bump.alloc_slice_copy(&kwonly),
            kw_defaults: bump.alloc_slice_copy(&kw_defaults),
            kwarg,
            defaults: bump.alloc_slice_copy(&defaults),
        }))
    }

    pub fn lambda(
        &self,
        l: u32,
        params: Seq<'a, &'a Parameter<'a>>,
        body: ExprRef<'a>,
        r: u32,
    ) -> Checked<ExprRef<'a>> {
        let args = self.parameters(params)?;
        Ok(self.expr(l, r, ExprKind::Lambda { args, body }))
    }
}
