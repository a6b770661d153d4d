//! Simple statements.

use super::peg::{N, Peg, Rule, Shape, Targets};
use crate::token::Kind;

impl Peg<'_, '_> {
    pub fn file(&mut self) -> Option<()> {
        while !self.at(Kind::EndMarker) {
            self.statement()?;
        }
        self.tok(Kind::EndMarker).map(drop)
    }

    /// One statement of interactive input.
    pub fn interactive(&mut self) -> Option<()> {
        if self.alt(Self::compound_stmt).is_some() {
            self.any_tok(&[Kind::Newline, Kind::EndMarker])?;
            return Some(());
        }
        if self.alt(Self::simple_stmts).is_some() {
            return Some(());
        }
        self.any_tok(&[Kind::Newline, Kind::EndMarker]).map(drop)
    }

    pub fn eval(&mut self) -> Option<()> {
        self.expressions()?;
        while self.tok(Kind::Newline).is_some() {}
        self.tok(Kind::EndMarker).map(drop)
    }

    pub fn statements(&mut self) -> Option<()> {
        self.statement()?;
        while self.alt(Self::statement).is_some() {}
        Some(())
    }

    fn statement(&mut self) -> Option<()> {
        if self.alt(Self::compound_stmt).is_some() {
            return Some(());
        }
        self.alt(Self::simple_stmts)
    }

    pub fn simple_stmts(&mut self) -> Option<()> {
        let start = self.pos;
        self.simple_stmt()?;
        if !self.at(Kind::Semi) && self.tok(Kind::Newline).is_some() {
            return Some(());
        }
        self.pos = start;
        self.gather(Kind::Semi, Self::simple_stmt)?;
        self.tok(Kind::Semi);
        self.tok(Kind::Newline).map(drop)
    }

    pub fn simple_stmt(&mut self) -> Option<N> {
        self.memo(Rule::SimpleStatement, |p| {
            let start = p.pos;
            if let Some(found) = p.alt(Self::assignment) {
                return Some(found);
            }
            if p.at(Kind::Name) && p.word(p.pos) == "type" && p.alt(Self::type_alias).is_some() {
                return p.node(Shape::Other, start, vec![]);
            }
            if let Some(found) = p.alt(Self::star_expressions) {
                return Some(found);
            }
            match p.peek() {
                Kind::Return => {
                    p.pos += 1;
                    p.alt(Self::star_expressions);
                }
                Kind::Import | Kind::From => p.import_stmt()?,
                Kind::Raise => p.raise_stmt()?,
                Kind::Del => p.del_stmt()?,
                Kind::Yield => return p.yield_expr(),
                Kind::Assert => {
                    p.pos += 1;
                    p.expression()?;
                    if p.tok(Kind::Comma).is_some() {
                        p.expression()?;
                    }
                }
                Kind::Pass | Kind::Break | Kind::Continue => p.pos += 1,
                Kind::Global | Kind::Nonlocal => {
                    p.pos += 1;
                    p.gather(Kind::Comma, |p| {
                        let n = p.tok(Kind::Name)?;
                        p.node(Shape::Name, n, vec![])
                    })?;
                }
                _ => return None,
            }
            p.node(Shape::Other, start, vec![])
        })
    }

    fn raise_stmt(&mut self) -> Option<()> {
        self.tok(Kind::Raise)?;
        if self.alt(Self::expression).is_none() {
            return Some(());
        }
        if let Some(from) = self.tok(Kind::From)
            && self.alt(Self::expression).is_none()
        {
            self.pos = from;
        }
        Some(())
    }

    fn type_alias(&mut self) -> Option<()> {
        self.soft("type")?;
        self.tok(Kind::Name)?;
        self.alt(Self::type_params);
        self.tok(Kind::Equal)?;
        self.expression()?;
        Some(())
    }

    pub fn type_params(&mut self) -> Option<()> {
        let start = self.pos;
        if self.invalid {
            self.alt(|p| {
                p.tok(Kind::Lsqb)?;
                let a = p.tok(Kind::Rsqb)?;
                let at = p.token_span(a).start;
                p.raise_from::<N>(at, "Type parameter list cannot be empty")
            });
            self.pos = start;
        }
        self.tok(Kind::Lsqb)?;
        self.gather(Kind::Comma, Self::type_param)?;
        self.tok(Kind::Comma);
        self.tok(Kind::Rsqb).map(drop)
    }

    fn type_param(&mut self) -> Option<N> {
        let start = self.pos;
        let stars = self
            .any_tok(&[Kind::Star, Kind::DoubleStar])
            .map(|i| self.kinds[i]);
        self.tok(Kind::Name)?;
        if let Some(stars) = stars {
            if self.invalid {
                self.alt(|p| {
                    let colon = p.tok(Kind::Colon)?;
                    let e = p.expression()?;
                    let what = if p.shape(e) == Shape::Tuple {
                        "constraints"
                    } else {
                        "bound"
                    };
                    let kind = if stars == Kind::Star {
                        "TypeVarTuple"
                    } else {
                        "ParamSpec"
                    };
                    let at = p.token_span(colon).start;
                    p.raise_from::<N>(at, format!("cannot use {what} with {kind}"))
                });
            }
        } else {
            self.alt(|p| {
                p.tok(Kind::Colon)?;
                p.expression()
            });
        }
        self.alt(|p| {
            p.tok(Kind::Equal)?;
            if stars == Some(Kind::Star) {
                p.star_expression()
            } else {
                p.expression()
            }
        });
        self.node(Shape::Other, start, vec![])
    }

    // ---- Assignment ----

    fn assignment(&mut self) -> Option<N> {
        let start = self.pos;
        let annotated = self.alt(|p| {
            if p.alt(|p| {
                p.tok(Kind::Name)?;
                p.tok(Kind::Colon)
            })
            .is_none()
            {
                let target = p.alt(|p| {
                    p.tok(Kind::Lpar)?;
                    p.single_target()?;
                    p.tok(Kind::Rpar)
                });
                if target.is_none() {
                    p.primary_target()?;
                }
                p.tok(Kind::Colon)?;
            }
            p.expression()?;
            p.alt(|p| {
                p.tok(Kind::Equal)?;
                p.annotated_rhs()
            });
            Some(())
        });
        if annotated.is_some() {
            return self.node(Shape::Other, start, vec![]);
        }
        let plain = self.alt(|p| {
            p.target_and_equal()?;
            while p.alt(Self::target_and_equal).is_some() {}
            p.annotated_rhs()?;
            p.not_at(&[Kind::Equal])
        });
        if plain.is_some() {
            return self.node(Shape::Other, start, vec![]);
        }
        let augmented = self.alt(|p| {
            p.single_target()?;
            p.augassign()
        });
        if augmented.is_some() {
            // What follows is committed to.
            self.annotated_rhs()?;
            return self.node(Shape::Other, start, vec![]);
        }
        if self.invalid {
            self.invalid_assignment();
        }
        None
    }

    fn target_and_equal(&mut self) -> Option<usize> {
        self.star_targets()?;
        self.tok(Kind::Equal)
    }

    fn augassign(&mut self) -> Option<usize> {
        if self.raised.is_none() && self.peek().is_augmented() {
            self.pos += 1;
            return Some(self.pos - 1);
        }
        None
    }

    fn invalid_assignment(&mut self) -> Option<N> {
        let start = self.pos;
        self.alt(|p| {
            let a = p.annotation_list()?;
            p.tok(Kind::Colon)?;
            p.expression()?;
            let message = format!(
                "only single target (not {}) can be annotated",
                p.shape(a).describe()
            );
            p.raise_at::<N>(a, message)
        });
        self.alt(|p| {
            let a = p.star_named_expression()?;
            p.tok(Kind::Comma)?;
            while p.alt(Self::star_named_expressions).is_some() {}
            p.tok(Kind::Colon)?;
            p.expression()?;
            p.raise_at::<N>(a, "only single target (not tuple) can be annotated")
        });
        self.pos = start;
        self.alt(|p| {
            let a = p.expression()?;
            p.tok(Kind::Colon)?;
            p.expression()?;
            p.raise_at::<N>(a, "illegal target for annotation")
        });
        self.pos = start;
        while self.alt(Self::target_and_equal).is_some() {}
        let after = self.pos;
        self.alt(|p| {
            let a = p.star_expressions()?;
            p.tok(Kind::Equal)?;
            p.raise_target::<N>(a, Targets::Star)
        });
        self.pos = after;
        self.alt(|p| {
            let a = p.yield_expr()?;
            p.tok(Kind::Equal)?;
            p.raise_at::<N>(a, "assignment to yield expression not possible")
        });
        self.pos = start;
        self.alt(|p| {
            let a = p.star_expressions()?;
            p.augassign()?;
            p.annotated_rhs()?;
            let message = format!(
                "'{}' is an illegal expression for augmented assignment",
                p.shape(a).describe()
            );
            p.raise_at::<N>(a, message)
        })
    }

    /// A list or tuple, in any number of parentheses.
    fn annotation_list(&mut self) -> Option<N> {
        if let Some(found) = self.alt(Self::list).or_else(|| self.alt(Self::tuple)) {
            return Some(found);
        }
        self.tok(Kind::Lpar)?;
        let a = self.annotation_list()?;
        self.tok(Kind::Rpar)?;
        Some(a)
    }

    fn del_stmt(&mut self) -> Option<()> {
        self.tok(Kind::Del)?;
        let start = self.pos;
        if self
            .alt(|p| {
                p.del_targets()?;
                p.at_any(&[Kind::Semi, Kind::Newline]).then_some(())
            })
            .is_some()
        {
            return Some(());
        }
        if self.invalid {
            self.pos = start;
            self.alt(|p| {
                let a = p.star_expressions()?;
                p.raise_target::<N>(a, Targets::Del)
            });
        }
        None
    }

    // ---- Imports ----

    fn dotted_name(&mut self) -> Option<N> {
        let start = self.tok(Kind::Name)?;
        while self
            .alt(|p| {
                p.tok(Kind::Dot)?;
                p.tok(Kind::Name)
            })
            .is_some()
        {}
        self.node(Shape::Name, start, vec![])
    }

    fn import_stmt(&mut self) -> Option<()> {
        let start = self.pos;
        if self.invalid {
            self.alt(|p| {
                let a = p.tok(Kind::Import)?;
                if p.at(Kind::Newline) {
                    let at = p.token_span(p.pos).start;
                    return p.raise_from::<N>(at, "Expected one or more names after 'import'");
                }
                p.gather(Kind::Comma, Self::dotted_name)?;
                p.tok(Kind::From)?;
                p.dotted_name()?;
                let at = p.token_span(a).start;
                p.raise_from::<N>(at, "Did you mean to use 'from ... import ...' instead?")
            });
            self.pos = start;
        }
        if self.tok(Kind::Import).is_some() {
            self.gather(Kind::Comma, |p| p.import_as(true))?;
            return Some(());
        }
        self.tok(Kind::From)?;
        while self.any_tok(&[Kind::Dot, Kind::Ellipsis]).is_some() {}
        let dots = self.pos > start + 1;
        if self.alt(Self::dotted_name).is_none() && !dots {
            return None;
        }
        self.tok(Kind::Import)?;
        self.import_from_targets()
    }

    fn import_from_targets(&mut self) -> Option<()> {
        let bracketed = self.alt(|p| {
            p.tok(Kind::Lpar)?;
            p.gather(Kind::Comma, |p| p.import_as(false))?;
            p.tok(Kind::Comma);
            p.tok(Kind::Rpar)
        });
        if bracketed.is_some() {
            return Some(());
        }
        let plain = self.alt(|p| {
            p.gather(Kind::Comma, |p| p.import_as(false))?;
            p.not_at(&[Kind::Comma])
        });
        if plain.is_some() || self.tok(Kind::Star).is_some() {
            return Some(());
        }
        if self.invalid {
            self.alt(|p| {
                p.gather(Kind::Comma, |p| p.import_as(false))?;
                p.tok(Kind::Comma)?;
                p.tok(Kind::Newline)?;
                p.raise_here::<N>("trailing comma not allowed without surrounding parentheses")
            });
            if self.at(Kind::Newline) {
                let at = self.token_span(self.pos).start;
                return self.raise_from(at, "Expected one or more names after 'import'");
            }
        }
        None
    }

    fn import_as(&mut self, dotted: bool) -> Option<N> {
        let start = self.pos;
        if self.invalid {
            self.alt(|p| {
                if dotted {
                    p.dotted_name()?;
                } else {
                    p.tok(Kind::Name)?;
                }
                p.tok(Kind::As)?;
                p.not(|p| {
                    p.tok(Kind::Name)?;
                    p.any_tok(&[Kind::Comma, Kind::Rpar, Kind::Semi, Kind::Newline])
                })?;
                let a = p.expression()?;
                let message = format!("cannot use {} as import target", p.shape(a).describe());
                p.raise_at::<N>(a, message)
            });
        }
        if dotted {
            self.dotted_name()?;
        } else {
            self.tok(Kind::Name)?;
        }
        self.alt(|p| {
            p.tok(Kind::As)?;
            p.tok(Kind::Name)
        });
        self.node(Shape::Other, start, vec![])
    }
}
