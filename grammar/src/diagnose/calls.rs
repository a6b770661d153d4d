//! Arguments of calls, and parameters of functions and lambdas.

use super::peg::{N, Peg, Rule, Shape};
use crate::token::Kind;

impl Peg<'_, '_> {
    // ---- Arguments ----

    pub fn arguments(&mut self) -> Option<N> {
        self.memo(Rule::Arguments, |p| {
            let start = p.pos;
            let found = p.alt(|p| {
                let args = p.args()?;
                p.tok(Kind::Comma);
                p.at(Kind::Rpar).then_some(args)
            });
            if found.is_none() && p.invalid {
                p.invalid_arguments();
                p.pos = start;
            }
            found
        })
    }

    /// A node whose parts are the positional arguments; keyword arguments have the shape `Other`.
    fn args(&mut self) -> Option<N> {
        self.memo(Rule::Args, |p| {
            let start = p.pos;
            let mut parts = Vec::new();
            if let Some(positional) = p.alt(|p| p.gather(Kind::Comma, Self::positional)) {
                parts = positional;
                if let Some(keywords) = p.alt(|p| {
                    p.tok(Kind::Comma)?;
                    p.kwargs()
                }) {
                    parts.extend(keywords);
                }
            } else {
                parts.extend(p.alt(Self::kwargs)?);
            }
            p.node(Shape::Other, start, parts)
        })
    }

    fn positional(&mut self) -> Option<N> {
        if let Some(starred) = self.alt(Self::starred_expression) {
            return Some(starred);
        }
        let e = match self.alt(Self::assignment_expression) {
            Some(e) => e,
            None => {
                let e = self.expression()?;
                self.not_at(&[Kind::ColonEqual])?;
                e
            }
        };
        self.not_at(&[Kind::Equal])?;
        Some(e)
    }

    fn kwargs(&mut self) -> Option<Vec<N>> {
        let mut all = self
            .alt(|p| p.gather(Kind::Comma, |p| p.keyword(true)))
            .unwrap_or_default();
        let more = self.alt(|p| {
            if !all.is_empty() {
                p.tok(Kind::Comma)?;
            }
            p.gather(Kind::Comma, |p| p.keyword(false))
        });
        all.extend(more.unwrap_or_default());
        (!all.is_empty()).then_some(all)
    }

    /// `name=value`, and `*value` or `**value`.
    fn keyword(&mut self, star: bool) -> Option<N> {
        let start = self.pos;
        if self.invalid {
            self.alt(Self::invalid_kwarg);
        }
        if self.raised.is_some() {
            return None;
        }
        if self
            .alt(|p| {
                p.tok(Kind::Name)?;
                p.tok(Kind::Equal)?;
                p.expression()
            })
            .is_some()
        {
            return self.node(Shape::Other, start, vec![]);
        }
        if star {
            return self.starred_expression();
        }
        self.tok(Kind::DoubleStar)?;
        self.expression()?;
        self.node(Shape::Other, start, vec![])
    }

    fn invalid_kwarg(&mut self) -> Option<N> {
        let start = self.pos;
        if let Some(b) = self.alt(|p| {
            p.any_tok(&[Kind::True, Kind::False, Kind::None])?;
            p.tok(Kind::Equal)
        }) {
            let (from, to) = (self.token_span(start), self.token_span(b));
            let word = self.word(start);
            return self.raise_range(from, to, format!("cannot assign to {word}"));
        }
        if let Some(b) = self.alt(Self::keyword_and_clauses) {
            let (from, to) = (self.token_span(start), self.token_span(b));
            return self.raise_range(
                from,
                to,
                "invalid syntax. Maybe you meant '==' or ':=' instead of '='?",
            );
        }
        self.not(|p| {
            p.tok(Kind::Name)?;
            p.tok(Kind::Equal)
        })?;
        if let Some(star) = self.tok(Kind::DoubleStar) {
            self.expression()?;
            self.tok(Kind::Equal)?;
            let b = self.expression()?;
            let (from, to) = (self.token_span(star), self.span(b));
            return self.raise_range(from, to, "cannot assign to keyword argument unpacking");
        }
        let a = self.expression()?;
        let b = self.tok(Kind::Equal)?;
        let (from, to) = (self.span(a), self.token_span(b));
        self.raise_range(
            from,
            to,
            "expression cannot contain assignment, perhaps you meant \"==\"?",
        )
    }

    /// `name=value for ...`; gives the equals sign.
    fn keyword_and_clauses(&mut self) -> Option<usize> {
        self.tok(Kind::Name)?;
        let b = self.tok(Kind::Equal)?;
        self.expression()?;
        self.for_if_clauses()?;
        Some(b)
    }

    pub fn starred_expression(&mut self) -> Option<N> {
        let start = self.pos;
        if !self.at(Kind::Star) {
            return None;
        }
        if self.invalid {
            self.alt(|p| {
                let a = p.tok(Kind::Star)?;
                p.expression()?;
                p.tok(Kind::Equal)?;
                let b = p.expression()?;
                let (from, to) = (p.token_span(a), p.span(b));
                p.raise_range::<N>(from, to, "cannot assign to iterable argument unpacking")
            });
        }
        let found = self.alt(|p| {
            p.tok(Kind::Star)?;
            let value = p.expression()?;
            p.node(Shape::Starred, start, vec![value])
        });
        if found.is_none() && self.invalid && self.raised.is_none() {
            return self.raise_here("Invalid star expression");
        }
        found
    }

    fn invalid_arguments(&mut self) -> Option<N> {
        let start = self.pos;
        const PARENTHESIZED: &str = "Generator expression must be parenthesized";
        self.alt(|p| {
            if p.alt(|p| {
                p.gather(Kind::Comma, Self::positional)?;
                p.tok(Kind::Comma)?;
                p.kwargs()
            })
            .is_none()
            {
                p.kwargs()?;
            }
            let a = p.tok(Kind::Comma)?;
            let b = p.starred_expression()?;
            let (from, to) = (p.token_span(a), p.span(b));
            p.raise_range::<N>(
                from,
                to,
                "iterable argument unpacking follows keyword argument unpacking",
            )
        });
        self.pos = start;
        self.alt(|p| {
            let a = p.expression()?;
            let b = p.for_if_clauses()?;
            p.tok(Kind::Comma)?;
            let (from, to) = (p.span(a), p.span(b));
            if p.alt(Self::args).is_none() {
                p.alt(|p| {
                    p.expression()?;
                    p.for_if_clauses()
                });
            }
            p.raise_range::<N>(from, to, PARENTHESIZED)
        });
        self.pos = start;
        self.alt(|p| {
            let b = p.keyword_and_clauses()?;
            let (from, to) = (p.token_span(start), p.token_span(b));
            p.raise_range::<N>(
                from,
                to,
                "invalid syntax. Maybe you meant '==' or ':=' instead of '='?",
            )
        });
        self.pos = start;
        self.alt(|p| {
            p.alt(|p| {
                p.args()?;
                p.tok(Kind::Comma)
            });
            p.missing_value()
        });
        self.pos = start;
        self.alt(Self::missing_value);
        self.alt(|p| {
            let args = p.args()?;
            let clauses = p.for_if_clauses()?;
            // One argument alone may be a generator expression.
            let parts = p.nodes[args as usize].parts.clone();
            let &last = parts.last()?;
            if parts.len() <= 1 {
                return None;
            }
            let (from, to) = (p.span(last), p.span(clauses));
            p.raise_range::<N>(from, to, PARENTHESIZED)
        });
        self.pos = start;
        self.alt(|p| {
            p.args()?;
            p.tok(Kind::Comma)?;
            let a = p.expression()?;
            let b = p.for_if_clauses()?;
            let (from, to) = (p.span(a), p.span(b));
            p.raise_range::<N>(from, to, PARENTHESIZED)
        });
        self.pos = start;
        self.alt(|p| {
            let a = p.args()?;
            p.tok(Kind::Comma)?;
            p.args()?;
            let unpacked = p.nodes[a as usize].parts.iter().any(|&part| {
                let at = p.span(part).start as usize;
                p.shape(part) == Shape::Other && p.source[at..].starts_with("**")
            });
            p.raise_here::<N>(if unpacked {
                "positional argument follows keyword argument unpacking"
            } else {
                "positional argument follows keyword argument"
            })
        })
    }

    fn missing_value(&mut self) -> Option<N> {
        let a = self.tok(Kind::Name)?;
        let b = self.tok(Kind::Equal)?;
        if !self.at_any(&[Kind::Comma, Kind::Rpar]) {
            return None;
        }
        let (from, to) = (self.token_span(a), self.token_span(b));
        self.raise_range(from, to, "expected argument value expression")
    }

    // ---- Parameters ----

    pub fn params(&mut self) -> Option<N> {
        self.parameters(false)
    }

    pub fn lambda_params(&mut self) -> Option<N> {
        self.parameters(true)
    }

    fn end_of_params(lambda: bool) -> Kind {
        if lambda { Kind::Colon } else { Kind::Rpar }
    }

    fn at_params_end(&mut self, lambda: bool) -> bool {
        // The colon of a lambda right in a replacement field is that of the field.
        self.at(Self::end_of_params(lambda)) || (lambda && self.at(Kind::FieldColon))
    }

    fn parameters(&mut self, lambda: bool) -> Option<N> {
        let start = self.pos;
        if self.invalid {
            self.invalid_parameters(lambda);
            self.pos = start;
        }
        if self.raised.is_some() {
            return None;
        }
        let mut defaulted = false;
        let mut slash = false;
        loop {
            if let Some(with_default) = self.alt(|p| p.param_separated(lambda)) {
                if defaulted && !with_default {
                    self.pos = start;
                    return None;
                }
                defaulted |= with_default;
                continue;
            }
            let after_some = self.pos > start;
            if after_some && !slash && self.alt(|p| p.slash(lambda)).is_some() {
                slash = true;
                continue;
            }
            break;
        }
        let etc = self.alt(|p| p.star_etc(lambda));
        (self.pos > start || etc.is_some()).then_some(())?;
        self.node(Shape::Other, start, vec![])
    }

    fn slash(&mut self, lambda: bool) -> Option<()> {
        self.tok(Kind::Slash)?;
        if self.tok(Kind::Comma).is_some() || self.at_params_end(lambda) {
            Some(())
        } else {
            None
        }
    }

    /// A name with its annotation.
    fn param(&mut self, lambda: bool, star: bool) -> Option<usize> {
        let name = self.tok(Kind::Name)?;
        if !lambda {
            self.alt(|p| {
                p.tok(Kind::Colon)?;
                if star {
                    p.star_expression()
                } else {
                    p.expression()
                }
            });
        }
        Some(name)
    }

    /// A parameter with the comma after it, unless it is the last; whether it has a default.
    fn param_separated(&mut self, lambda: bool) -> Option<bool> {
        self.param(lambda, false)?;
        let with_default = self.at(Kind::Equal);
        if with_default {
            self.default(lambda)?;
        }
        if self.tok(Kind::Comma).is_some() || self.at_params_end(lambda) {
            Some(with_default)
        } else {
            None
        }
    }

    fn default(&mut self, lambda: bool) -> Option<N> {
        let a = self.tok(Kind::Equal)?;
        if let Some(e) = self.alt(Self::expression) {
            return Some(e);
        }
        if self.invalid && (self.at(Kind::Comma) || self.at_params_end(lambda)) {
            let span = self.token_span(a);
            return self.raise("expected default value expression", span);
        }
        None
    }

    /// A parameter that has no default.
    fn param_no_default(&mut self, lambda: bool) -> Option<usize> {
        let name = self.param(lambda, false)?;
        if self.tok(Kind::Comma).is_some() || self.at_params_end(lambda) {
            Some(name)
        } else {
            None
        }
    }

    fn star_etc(&mut self, lambda: bool) -> Option<N> {
        let start = self.pos;
        if self.invalid {
            self.invalid_star_etc(lambda);
            self.pos = start;
        }
        let found = self.alt(|p| {
            p.tok(Kind::Star)?;
            if p.tok(Kind::Comma).is_some() {
                p.param_separated(lambda)?;
            } else {
                p.param(lambda, true)?;
                if p.tok(Kind::Comma).is_none() && !p.at_params_end(lambda) {
                    return None;
                }
            }
            while p.alt(|p| p.param_separated(lambda)).is_some() {}
            p.alt(|p| p.kwds(lambda));
            p.node(Shape::Other, start, vec![])
        });
        found.or_else(|| self.alt(|p| p.kwds(lambda)))
    }

    fn kwds(&mut self, lambda: bool) -> Option<N> {
        let start = self.pos;
        if self.invalid {
            self.alt(|p| {
                p.tok(Kind::DoubleStar)?;
                p.param(lambda, false)?;
                if let Some(a) = p.tok(Kind::Equal) {
                    let span = p.token_span(a);
                    return p.raise::<N>("var-keyword argument cannot have default value", span);
                }
                p.tok(Kind::Comma)?;
                let a = p.pos;
                if p.param(lambda, false).is_some()
                    || p.any_tok(&[Kind::Star, Kind::DoubleStar, Kind::Slash])
                        .is_some()
                {
                    let (from, to) = (p.token_span(a), p.token_span(p.pos - 1));
                    return p.raise_range::<N>(
                        from,
                        to,
                        "arguments cannot follow var-keyword argument",
                    );
                }
                None
            });
        }
        self.tok(Kind::DoubleStar)?;
        self.param_no_default(lambda)?;
        self.node(Shape::Other, start, vec![])
    }

    fn invalid_star_etc(&mut self, lambda: bool) -> Option<N> {
        let a = self.tok(Kind::Star)?;
        let span = self.token_span(a);
        const BARE: &str = "named arguments must follow bare *";
        if self.at_params_end(lambda) {
            return if lambda {
                self.raise_here(BARE)
            } else {
                self.raise(BARE, span)
            };
        }
        let start = self.pos;
        if self.tok(Kind::Comma).is_some()
            && (self.at(Kind::DoubleStar) || self.at_params_end(lambda))
        {
            return if lambda {
                self.raise_here(BARE)
            } else {
                self.raise(BARE, span)
            };
        }
        self.pos = start;
        self.alt(|p| {
            p.param(lambda, true)?;
            let a = p.tok(Kind::Equal)?;
            let span = p.token_span(a);
            p.raise::<N>("var-positional argument cannot have default value", span)
        });
        if self.tok(Kind::Comma).is_none() {
            self.alt(|p| {
                p.param(lambda, true)?;
                if p.tok(Kind::Comma).is_some() || p.at_params_end(lambda) {
                    Some(())
                } else {
                    None
                }
            })?;
        }
        while self.alt(|p| p.param_separated(lambda)).is_some() {}
        let a = self.tok(Kind::Star)?;
        if self.tok(Kind::Comma).is_none() {
            self.param_no_default(lambda)?;
        }
        let span = self.token_span(a);
        self.raise("* argument may appear only once", span)
    }

    fn invalid_parameters(&mut self, lambda: bool) -> Option<N> {
        let start = self.pos;
        if let Some(a) = self.tok(Kind::Slash) {
            if self.tok(Kind::Comma).is_some() {
                let span = self.token_span(a);
                return self.raise("at least one argument must precede /", span);
            }
            return None;
        }
        let mut slash = None;
        let mut defaulted = false;
        let mut plain_only = true;
        // After `a=1, /, b=2`, CPython has no message for a parameter without a default.
        let (mut slash_defaults, mut sealed) = (false, false);
        let mut count = 0;
        loop {
            let before = self.pos;
            if let Some(with_default) = self.alt(|p| p.param_separated(lambda)) {
                if defaulted && !with_default && sealed {
                    return None;
                }
                if defaulted && !with_default {
                    // The parameter's own span, annotation included.
                    let mut end = self.pos - 1;
                    if self.kinds[end] == Kind::Comma {
                        end -= 1;
                    }
                    let (from, to) = (self.token_span(before), self.token_span(end));
                    return self.raise_range(
                        from,
                        to,
                        "parameter without a default follows parameter with a default",
                    );
                }
                sealed |= slash.is_some() && slash_defaults;
                defaulted |= with_default;
                plain_only &= !with_default;
                count += 1;
                continue;
            }
            if count > 0 && self.at(Kind::Slash) {
                let span = self.token_span(self.pos);
                if slash.is_some() {
                    return self.raise("/ may appear only once", span);
                }
                let a = self.pos;
                if self.alt(|p| p.slash(lambda)).is_some() {
                    slash = Some(a);
                    slash_defaults = defaulted;
                    plain_only = false;
                    continue;
                }
                self.pos += 1;
                if self.at(Kind::Star) {
                    let span = self.token_span(self.pos);
                    return self.raise("expected comma between / and *", span);
                }
                self.pos -= 1;
            }
            break;
        }
        if plain_only && self.at(Kind::Lpar) {
            let before = self.pos;
            self.alt(|p| {
                let a = p.tok(Kind::Lpar)?;
                loop {
                    p.param(lambda, false)?;
                    if p.tok(Kind::Comma).is_none() || p.at(Kind::Rpar) {
                        break;
                    }
                }
                let b = p.tok(Kind::Rpar)?;
                let (from, to) = (p.token_span(a), p.token_span(b));
                p.raise_range::<N>(
                    from,
                    to,
                    if lambda {
                        "Lambda expression parameters cannot be parenthesized"
                    } else {
                        "Function parameters cannot be parenthesized"
                    },
                )
            });
            self.pos = before;
        }
        self.alt(|p| {
            p.tok(Kind::Star)?;
            if p.tok(Kind::Comma).is_none() {
                p.param_no_default(lambda)?;
            }
            while p.alt(|p| p.param_separated(lambda)).is_some() {}
            let a = p.tok(Kind::Slash)?;
            let span = p.token_span(a);
            p.raise::<N>("/ must be ahead of *", span)
        });
        self.pos = start;
        None
    }
}
