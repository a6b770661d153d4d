//! Nodes of expressions (Language reference, chapter 6).

use super::arguments::Argument;
use super::{Checked, Ctx, Seq, refuse};
use crate::ast::{CmpOp, Comprehension, Expr, ExprKind, ExprRef, Ident, Span};

type Generators<'a> = Seq<'a, &'a Comprehension<'a>>;

impl<'a> Ctx<'_, 'a> {
    /// The same expression, marked as one in its own parentheses.
    pub fn parenthesized(&self, e: ExprRef<'a>) -> ExprRef<'a> {
        self.alloc(Expr {
            parenthesized: true,
            ..*e
        })
    }

    pub fn tuple_or_item(
        &self,
        l: u32,
        items: Seq<'a, ExprRef<'a>>,
        comma: bool,
        r: u32,
    ) -> ExprRef<'a> {
        match items.single() {
            Some(item) if !comma => item,
            _ => self.expr(l, r, ExprKind::Tuple(self.slice(items))),
        }
    }

    pub fn group_or_tuple(
        &self,
        l: u32,
        items: Seq<'a, ExprRef<'a>>,
        comma: bool,
        r: u32,
    ) -> Checked<ExprRef<'a>> {
        match items.single() {
            Some(item) if !comma => {
                if matches!(item.kind, ExprKind::Starred(_)) {
                    refuse()
                } else {
                    Ok(self.parenthesized(item))
                }
            }
            _ => {
                let kind = ExprKind::Tuple(self.slice(items));
                Ok(self.alloc(Expr {
                    span: Span { start: l, end: r },
                    parenthesized: true,
                    kind,
                }))
            }
        }
    }

    /// A comprehension's element may not be starred (until PEP 798).
    fn element(&self, e: ExprRef<'a>) -> Checked<ExprRef<'a>> {
        if matches!(e.kind, ExprKind::Starred(_)) {
            refuse()
        } else {
            Ok(e)
        }
    }

    pub fn generator(
        &self,
        l: u32,
        e: ExprRef<'a>,
        g: Generators<'a>,
        r: u32,
    ) -> Checked<ExprRef<'a>> {
        let kind = ExprKind::GeneratorExp {
            elt: self.element(e)?,
            generators: self.slice_of_refs(g),
        };
        Ok(self.alloc(Expr {
            span: Span { start: l, end: r },
            parenthesized: true,
            kind,
        }))
    }

    pub fn list_comp(
        &self,
        l: u32,
        e: ExprRef<'a>,
        g: Generators<'a>,
        r: u32,
    ) -> Checked<ExprRef<'a>> {
        Ok(self.expr(
            l,
            r,
            ExprKind::ListComp {
                elt: self.element(e)?,
                generators: self.slice_of_refs(g),
            },
        ))
    }

    pub fn set_comp(
        &self,
        l: u32,
        e: ExprRef<'a>,
        g: Generators<'a>,
        r: u32,
    ) -> Checked<ExprRef<'a>> {
        Ok(self.expr(
            l,
            r,
            ExprKind::SetComp {
                elt: self.element(e)?,
                generators: self.slice_of_refs(g),
            },
        ))
    }

    pub fn dict_comp(
        &self,
        l: u32,
        key: ExprRef<'a>,
        value: ExprRef<'a>,
        g: Generators<'a>,
        r: u32,
    ) -> ExprRef<'a> {
        self.expr(
            l,
            r,
            ExprKind::DictComp {
                key,
                value,
                generators: self.slice_of_refs(g),
            },
        )
    }

    pub fn dict(
        &self,
        l: u32,
        items: Seq<'a, (Option<ExprRef<'a>>, ExprRef<'a>)>,
        r: u32,
    ) -> ExprRef<'a> {
        self.expr(l, r, ExprKind::Dict(self.slice(items)))
    }

    pub fn comprehension(
        &self,
        is_async: bool,
        target: ExprRef<'a>,
        iter: ExprRef<'a>,
        ifs: Seq<'a, ExprRef<'a>>,
    ) -> Checked<&'a Comprehension<'a>> {
        self.check_target(target)?;
        Ok(self.alloc(Comprehension {
            target,
            iter,
            ifs: self.slice(ifs),
            is_async,
        }))
    }

    /// What stands in the brackets of a subscript: a starred item alone makes a tuple too (PEP 646).
    pub fn slices(&self, l: u32, items: Seq<'a, ExprRef<'a>>, comma: bool, r: u32) -> ExprRef<'a> {
        match items.single() {
            Some(item) if !comma && !matches!(item.kind, ExprKind::Starred(_)) => item,
            _ => self.expr(l, r, ExprKind::Tuple(self.slice(items))),
        }
    }

    pub fn call(
        &self,
        l: u32,
        func: ExprRef<'a>,
        open: u32,
        items: Seq<'a, &'a Argument<'a>>,
        r: u32,
    ) -> Checked<ExprRef<'a>> {
        let (args, keywords) = self.arguments(
            items,
            Span {
                start: open,
                end: r,
            },
        )?;
        Ok(self.expr(
            l,
            r,
            ExprKind::Call {
                func,
                args,
                keywords,
            },
        ))
    }

    pub fn compare(
        &self,
        l: u32,
        left: ExprRef<'a>,
        tail: Seq<'a, (CmpOp, ExprRef<'a>)>,
        r: u32,
    ) -> ExprRef<'a> {
        let tail = self.slice(tail);
        let ops = self
            .arena
            .bump
            .alloc_slice_fill_iter(tail.iter().map(|t| t.0));
        let comparators = self
            .arena
            .bump
            .alloc_slice_fill_iter(tail.iter().map(|t| t.1));
        self.expr(
            l,
            r,
            ExprKind::Compare {
                left,
                ops,
                comparators,
            },
        )
    }

    pub fn named(&self, l: u32, name: Ident, value: ExprRef<'a>, r: u32) -> ExprRef<'a> {
        self.expr(
            l,
            r,
            ExprKind::NamedExpr {
                target: self.name(name),
                value,
            },
        )
    }
}
