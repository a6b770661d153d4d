//! Nodes of patterns (Language reference, 8.6.4).

use super::{Checked, Ctx, Seq, refuse};
use crate::ast::{
    Constant, ExprKind, ExprRef, Ident, Operator, Pattern, PatternKind, Span, UnaryOp,
};

type PatternRef<'a> = &'a Pattern<'a>;

impl<'a> Ctx<'_, 'a> {
    pub fn pattern(&self, start: u32, end: u32, kind: PatternKind<'a>) -> PatternRef<'a> {
        self.alloc(Pattern {
            span: Span { start, end },
            kind,
        })
    }

    /// `_` is the wildcard: a capture without a name.
    fn captured(&self, name: Ident) -> Option<Ident> {
        (self.names.borrow().get(name.name) != "_").then_some(name)
    }

    pub fn capture_pattern(&self, name: Ident) -> PatternRef<'a> {
        let kind = PatternKind::MatchAs {
            pattern: None,
            name: self.captured(name),
        };
        self.alloc(Pattern {
            span: name.span,
            kind,
        })
    }

    pub fn star_pattern(&self, l: u32, name: Ident, r: u32) -> PatternRef<'a> {
        self.pattern(l, r, PatternKind::MatchStar(self.captured(name)))
    }

    pub fn as_pattern(
        &self,
        l: u32,
        pattern: PatternRef<'a>,
        name: Ident,
        r: u32,
    ) -> Checked<PatternRef<'a>> {
        let Some(name) = self.captured(name) else {
            return refuse();
        };
        Ok(self.pattern(
            l,
            r,
            PatternKind::MatchAs {
                pattern: Some(pattern),
                name: Some(name),
            },
        ))
    }

    pub fn or_pattern(&self, l: u32, patterns: Seq<'a, PatternRef<'a>>, r: u32) -> PatternRef<'a> {
        match patterns.single() {
            Some(only) => only,
            None => self.pattern(l, r, PatternKind::MatchOr(self.slice_of_refs(patterns))),
        }
    }

    pub fn sequence_pattern(
        &self,
        l: u32,
        patterns: Seq<'a, PatternRef<'a>>,
        r: u32,
    ) -> PatternRef<'a> {
        self.pattern(
            l,
            r,
            PatternKind::MatchSequence(self.slice_of_refs(patterns)),
        )
    }

    /// Patterns without brackets: a sequence only with a comma.
    pub fn open_pattern(
        &self,
        l: u32,
        patterns: Seq<'a, PatternRef<'a>>,
        comma: bool,
        r: u32,
    ) -> Checked<PatternRef<'a>> {
        match patterns.single() {
            Some(only) if !comma => {
                if matches!(only.kind, PatternKind::MatchStar(_)) {
                    refuse()
                } else {
                    Ok(only)
                }
            }
            _ => Ok(self.sequence_pattern(l, patterns, r)),
        }
    }

    pub fn group_pattern(
        &self,
        l: u32,
        patterns: Seq<'a, PatternRef<'a>>,
        comma: bool,
        r: u32,
    ) -> Checked<PatternRef<'a>> {
        self.open_pattern(l, patterns, comma, r)
    }

    pub fn mapping_pattern(
        &self,
        l: u32,
        items: Seq<'a, (Option<ExprRef<'a>>, PatternRef<'a>)>,
        r: u32,
    ) -> Checked<PatternRef<'a>> {
        let mut keys = Vec::new();
        let mut patterns = Vec::new();
        let mut rest = None;
        for &(key, pattern) in self.slice(items) {
            if rest.is_some() {
                return refuse();
            }
            match (key, pattern.kind) {
                (Some(key), _) => {
                    keys.push(key);
                    patterns.push(*pattern);
                }
                (
                    None,
                    PatternKind::MatchAs {
                        name: Some(name), ..
                    },
                ) => rest = Some(name),
                _ => return refuse(),
            }
        }
        let keys = self.arena.bump.alloc_slice_copy(&keys);
        let patterns = self.arena.bump.alloc_slice_copy(&patterns);
        Ok(self.pattern(
            l,
            r,
            PatternKind::MatchMapping {
                keys,
                patterns,
                rest,
            },
        ))
    }

    pub fn class_pattern(
        &self,
        l: u32,
        cls: ExprRef<'a>,
        items: Seq<'a, (Option<Ident>, PatternRef<'a>)>,
        r: u32,
    ) -> Checked<PatternRef<'a>> {
        let mut patterns = Vec::new();
        let mut kwd_attrs = Vec::new();
        let mut kwd_patterns = Vec::new();
        for &(name, pattern) in self.slice(items) {
            match name {
                Some(name) => {
                    kwd_attrs.push(name);
                    kwd_patterns.push(*pattern);
                }
                None if !kwd_attrs.is_empty() => return refuse(),
                None => patterns.push(*pattern),
            }
        }
        let bump = &self.arena.bump;
        let kind = PatternKind::MatchClass {
            cls,
            patterns: bump.alloc_slice_copy(&patterns),
            kwd_attrs: bump.alloc_slice_copy(&kwd_attrs),
            kwd_patterns: bump.alloc_slice_copy(&kwd_patterns),
        };
        Ok(self.pattern(l, r, kind))
    }

    /// `1+2j`: a real number and an imaginary one.
    pub fn complex_pattern(
        &self,
        l: u32,
        real: ExprRef<'a>,
        op: Operator,
        imaginary: ExprRef<'a>,
        r: u32,
    ) -> Checked<ExprRef<'a>> {
        let is_imaginary =
            |e: ExprRef<'a>| matches!(e.kind, ExprKind::Constant(Constant::Complex(_)));
        let digits = match real.kind {
            ExprKind::UnaryOp {
                op: UnaryOp::USub,
                operand,
            } => operand,
            _ => real,
        };
        if is_imaginary(digits) || !is_imaginary(imaginary) {
            return refuse();
        }
        Ok(self.expr(
            l,
            r,
            ExprKind::BinOp {
                left: real,
                op,
                right: imaginary,
            },
        ))
    }
}
