//! Expressions from lists of them down to unary operators, with the mistakes people make in them.

use super::peg::{N, Peg, Rule, Shape};
use crate::token::Kind;

const LEGACY: [&str; 2] = ["print", "exec"];

type Level<'t, 'a> = fn(&mut Peg<'t, 'a>) -> Option<N>;

impl<'t, 'a> Peg<'t, 'a> {
    /// A list of something, which is a tuple if it has a comma.
    pub fn tupled(&mut self, item: Level<'t, 'a>) -> Option<N> {
        let start = self.pos;
        let parts = self.gather(Kind::Comma, item)?;
        let comma = self.tok(Kind::Comma).is_some();
        if parts.len() == 1 && !comma {
            Some(parts[0])
        } else {
            self.node(Shape::Tuple, start, parts)
        }
    }

    pub fn star_expressions(&mut self) -> Option<N> {
        self.tupled(Self::star_expression)
    }

    pub fn expressions(&mut self) -> Option<N> {
        self.tupled(Self::expression)
    }

    pub fn star_expression(&mut self) -> Option<N> {
        self.memo(Rule::StarExpression, |p| {
            p.alt(Self::starred_bitwise).or_else(|| p.expression())
        })
    }

    /// `*` and an operand below comparisons.
    pub fn starred_bitwise(&mut self) -> Option<N> {
        let start = self.tok(Kind::Star)?;
        let value = self.bitwise_or()?;
        self.node(Shape::Starred, start, vec![value])
    }

    pub fn star_named_expressions(&mut self) -> Option<Vec<N>> {
        let all = self.gather(Kind::Comma, Self::star_named_expression)?;
        self.tok(Kind::Comma);
        Some(all)
    }

    pub fn star_named_expression(&mut self) -> Option<N> {
        self.alt(Self::starred_bitwise)
            .or_else(|| self.named_expression())
    }

    pub fn yield_expr(&mut self) -> Option<N> {
        let start = self.tok(Kind::Yield)?;
        if self
            .alt(|p| {
                p.tok(Kind::From)?;
                p.expression()
            })
            .is_none()
        {
            self.alt(Self::star_expressions);
        }
        self.node(Shape::Yield, start, vec![])
    }

    pub fn annotated_rhs(&mut self) -> Option<N> {
        self.alt(Self::yield_expr)
            .or_else(|| self.star_expressions())
    }

    pub fn assignment_expression(&mut self) -> Option<N> {
        let start = self.tok(Kind::Name)?;
        self.tok(Kind::ColonEqual)?;
        self.expression()?;
        self.node(Shape::Named, start, vec![])
    }

    pub fn named_expression(&mut self) -> Option<N> {
        let start = self.pos;
        if let Some(found) = self.alt(Self::assignment_expression) {
            return Some(found);
        }
        // What follows `:=` is committed to.
        if self.look(|p| {
            p.tok(Kind::Name)?;
            p.tok(Kind::ColonEqual)
        }) {
            return None;
        }
        if self.invalid {
            self.memo(Rule::InvalidNamed, Self::invalid_named_expression);
        }
        self.pos = start;
        self.alt(|p| {
            let e = p.expression()?;
            p.not_at(&[Kind::ColonEqual])?;
            Some(e)
        })
    }

    fn invalid_named_expression(&mut self) -> Option<N> {
        let start = self.pos;
        if let Some(a) = self.alt(|p| {
            let a = p.expression()?;
            p.tok(Kind::ColonEqual)?;
            p.expression()?;
            Some(a)
        }) {
            let message = format!(
                "cannot use assignment expressions with {}",
                self.shape(a).describe()
            );
            return self.raise_at(a, message);
        }
        self.pos = start;
        const AGAIN: [Kind; 2] = [Kind::Equal, Kind::ColonEqual];
        if let Some(b) = self.alt(|p| {
            p.tok(Kind::Name)?;
            p.tok(Kind::Equal)?;
            let b = p.bitwise_or()?;
            p.not_at(&AGAIN)?;
            Some(b)
        }) {
            let (from, to) = (self.token_span(start), self.span(b));
            return self.raise_range(
                from,
                to,
                "invalid syntax. Maybe you meant '==' or ':=' instead of '='?",
            );
        }
        self.pos = start;
        let display = self.at_any(&[Kind::True, Kind::None, Kind::False])
            || self.look(Self::list)
            || self.look(Self::tuple)
            || self.look(Self::genexp);
        if display {
            return None;
        }
        let a = self.alt(|p| {
            let a = p.bitwise_or()?;
            p.tok(Kind::Equal)?;
            p.bitwise_or()?;
            p.not_at(&AGAIN)?;
            Some(a)
        })?;
        let message = format!(
            "cannot assign to {} here. Maybe you meant '==' instead of '='?",
            self.shape(a).describe()
        );
        self.raise_at(a, message)
    }

    pub fn expression(&mut self) -> Option<N> {
        self.memo(Rule::Expression, |p| {
            if p.invalid {
                p.alt(Self::invalid_expression);
                p.alt(Self::invalid_legacy_expression);
            }
            p.plain_expression()
        })
    }

    /// An expression, without looking for mistakes at this level.
    pub fn plain_expression(&mut self) -> Option<N> {
        let start = self.pos;
        if let Some(body) = self.disjunction() {
            let conditional = self.alt(|p| {
                p.tok(Kind::If)?;
                p.disjunction()?;
                p.tok(Kind::Else)?;
                p.expression()
            });
            return if conditional.is_some() {
                self.node(Shape::IfExp, start, vec![])
            } else {
                Some(body)
            };
        }
        self.alt(Self::lambdef)
    }

    fn expression_without_invalid(&mut self) -> Option<N> {
        self.without_invalid(|p| p.alt(Self::plain_expression))
    }

    fn is_legacy(&self, n: N) -> bool {
        let span = self.span(n);
        self.shape(n) == Shape::Name
            && LEGACY.contains(&&self.source[span.start as usize..span.end as usize])
    }

    fn invalid_expression(&mut self) -> Option<N> {
        let start = self.pos;
        if self.at(Kind::Str) {
            self.alt(|p| {
                p.tok(Kind::Str)?;
                let mut words = Vec::new();
                while !p.at(Kind::Str) {
                    let Some(word) = p.expression_without_invalid() else {
                        break;
                    };
                    words.push(word);
                }
                let (&first, &last) = (words.first()?, words.last()?);
                p.tok(Kind::Str)?;
                let (from, to) = (p.span(first), p.span(last));
                p.raise_range::<N>(
                    from,
                    to,
                    "invalid syntax. Is this intended to be part of the string?",
                )
            });
        }
        self.pos = start;
        let name = self.at(Kind::Name);
        let soft = name && matches!(self.word(self.pos), "match" | "case" | "type" | "_");
        let prefixed = name
            && self.look(|p| {
                p.tok(Kind::Name)?;
                p.tok(Kind::Str)
            });
        if !soft && !prefixed {
            self.alt(|p| {
                let a = p.disjunction()?;
                let b = p.expression_without_invalid()?;
                if p.is_legacy(a) || p.levels[p.pos - 1] == 0 {
                    return None;
                }
                let (from, to) = (p.span(a), p.span(b));
                p.raise_range::<N>(from, to, "invalid syntax. Perhaps you forgot a comma?")
            });
        }
        self.pos = start;
        self.alt(|p| {
            let a = p.disjunction()?;
            p.tok(Kind::If)?;
            let b = p.disjunction()?;
            if p.not_at(&[Kind::Else, Kind::Colon, Kind::FieldColon])
                .is_some()
            {
                let (from, to) = (p.span(a), p.span(b));
                return p.raise_range::<N>(from, to, "expected 'else' after 'if' expression");
            }
            p.tok(Kind::Else)?;
            p.not(Self::expression)?;
            p.raise_next("expected expression after 'else', but statement is given")
        });
        self.pos = start;
        self.alt(|p| {
            let a = p.any_tok(&[Kind::Pass, Kind::Break, Kind::Continue])?;
            p.tok(Kind::If)?;
            p.disjunction()?;
            p.tok(Kind::Else)?;
            p.simple_stmt()?;
            let span = p.token_span(a);
            p.raise::<N>(
                "expected expression before 'if', but statement is given",
                span,
            )
        });
        self.pos = start;
        self.alt(|p| {
            let a = p.tok(Kind::Lambda)?;
            p.alt(Self::lambda_params);
            let b = p.any_tok(&[Kind::Colon, Kind::FieldColon])?;
            if p.kinds[b] == Kind::Colon {
                return None;
            }
            let (from, to) = (p.token_span(a), p.token_span(b));
            let letter = p.field_letter();
            p.raise_range::<N>(
                from,
                to,
                format!("{letter}-string: lambda expressions are not allowed without parentheses"),
            )
        });
        None
    }

    fn invalid_legacy_expression(&mut self) -> Option<N> {
        let a = self.tok(Kind::Name)?;
        if self.at(Kind::Lpar) {
            return None;
        }
        // Looked at for any name: it may hold the mistake that is to be reported.
        let b = self.star_expressions()?;
        if !LEGACY.contains(&self.word(a)) {
            return None;
        }
        let (from, to, word) = (self.token_span(a), self.span(b), self.word(a));
        self.raise_range(
            from,
            to,
            format!("Missing parentheses in call to '{word}'. Did you mean {word}(...)?"),
        )
    }

    /// One level of left-associative operators whose results are all alike to messages.
    fn left(&mut self, operators: &[Kind], operand: Level<'t, 'a>) -> Option<N> {
        let start = self.pos;
        let mut found = operand(self)?;
        while self
            .alt(|p| {
                p.any_tok(operators)?;
                operand(p)
            })
            .is_some()
        {
            found = self.node(Shape::Operation, start, vec![])?;
        }
        Some(found)
    }

    pub fn disjunction(&mut self) -> Option<N> {
        self.memo(Rule::Disjunction, |p| {
            p.left(&[Kind::Or], Self::conjunction)
        })
    }

    fn conjunction(&mut self) -> Option<N> {
        self.memo(Rule::Conjunction, |p| p.left(&[Kind::And], Self::inversion))
    }

    pub fn inversion(&mut self) -> Option<N> {
        self.memo(Rule::Inversion, |p| {
            if let Some(start) = p.tok(Kind::Not) {
                p.inversion()?;
                return p.node(Shape::Operation, start, vec![]);
            }
            p.comparison()
        })
    }

    fn comparison(&mut self) -> Option<N> {
        let start = self.pos;
        let left = self.bitwise_or()?;
        let mut first = None;
        while let Some(is_in) = self.alt(|p| {
            let is_in = p.comparison_operator()?;
            p.bitwise_or()?;
            Some(is_in)
        }) {
            first = first.or(Some(is_in));
        }
        match first {
            Some(is_in) => self.node(Shape::Compare(is_in), start, vec![left]),
            None => Some(left),
        }
    }

    /// Whether it is `in`.
    fn comparison_operator(&mut self) -> Option<bool> {
        const PLAIN: [Kind; 6] = [
            Kind::EqEqual,
            Kind::NotEqual,
            Kind::LessEqual,
            Kind::Less,
            Kind::GreaterEqual,
            Kind::Greater,
        ];
        if self.any_tok(&PLAIN).is_some() {
            return Some(false);
        }
        if self.at(Kind::Barry) {
            return self.raise_next("invalid syntax.  Maybe you meant '!=' instead of '<>'?");
        }
        if self.tok(Kind::In).is_some() {
            return Some(true);
        }
        if self.tok(Kind::Is).is_some() {
            self.tok(Kind::Not);
            return Some(false);
        }
        self.tok(Kind::Not)?;
        self.tok(Kind::In)?;
        Some(false)
    }

    pub fn bitwise_or(&mut self) -> Option<N> {
        self.memo(Rule::BitwiseOr, |p| p.left(&[Kind::Bar], Self::bitwise_xor))
    }

    fn bitwise_xor(&mut self) -> Option<N> {
        self.left(&[Kind::Circumflex], Self::bitwise_and)
    }

    fn bitwise_and(&mut self) -> Option<N> {
        self.left(&[Kind::Ampersand], Self::shift)
    }

    fn shift(&mut self) -> Option<N> {
        self.left(&[Kind::LeftShift, Kind::RightShift], Self::sum)
    }

    fn sum(&mut self) -> Option<N> {
        self.memo(Rule::Arithmetic, |p| {
            let start = p.pos;
            let mut found = p.term()?;
            loop {
                if p.alt(|p| {
                    p.any_tok(&[Kind::Plus, Kind::Minus])?;
                    p.term()
                })
                .is_some()
                {
                    found = p.node(Shape::Operation, start, vec![])?;
                    continue;
                }
                if p.invalid {
                    p.alt(Self::invalid_arithmetic);
                }
                return Some(found);
            }
        })
    }

    fn term(&mut self) -> Option<N> {
        const OPERATORS: [Kind; 5] = [
            Kind::Star,
            Kind::Slash,
            Kind::DoubleSlash,
            Kind::Percent,
            Kind::At,
        ];
        self.left(&OPERATORS, Self::factor)
    }

    /// After a complete sum: an operator and `not`.
    fn invalid_arithmetic(&mut self) -> Option<N> {
        const OPERATORS: [Kind; 7] = [
            Kind::Plus,
            Kind::Minus,
            Kind::Star,
            Kind::Slash,
            Kind::Percent,
            Kind::DoubleSlash,
            Kind::At,
        ];
        self.any_tok(&OPERATORS)?;
        let a = self.tok(Kind::Not)?;
        let b = self.inversion()?;
        let (from, to) = (self.token_span(a), self.span(b));
        self.raise_range(from, to, "'not' after an operator must be parenthesized")
    }

    fn factor(&mut self) -> Option<N> {
        self.memo(Rule::Factor, |p| {
            let signs = [Kind::Plus, Kind::Minus, Kind::Tilde];
            if let Some(start) = p.any_tok(&signs) {
                if p.alt(Self::factor).is_some() {
                    return p.node(Shape::Operation, start, vec![]);
                }
                if p.invalid {
                    p.alt(|p| {
                        let a = p.tok(Kind::Not)?;
                        let b = p.factor()?;
                        let (from, to) = (p.token_span(a), p.span(b));
                        p.raise_range::<N>(
                            from,
                            to,
                            "'not' after an operator must be parenthesized",
                        )
                    });
                }
                return None;
            }
            p.power()
        })
    }

    fn power(&mut self) -> Option<N> {
        let start = self.pos;
        let base = self.await_primary()?;
        let raised = self.alt(|p| {
            p.tok(Kind::DoubleStar)?;
            p.factor()
        });
        if raised.is_some() {
            self.node(Shape::Operation, start, vec![])
        } else {
            Some(base)
        }
    }

    fn await_primary(&mut self) -> Option<N> {
        if let Some(start) = self.tok(Kind::Await) {
            self.primary()?;
            return self.node(Shape::Await, start, vec![]);
        }
        self.primary()
    }

    pub fn primary(&mut self) -> Option<N> {
        self.memo(Rule::Primary, |p| {
            let start = p.pos;
            let mut found = p.atom()?;
            while let Some(shape) = p.alt(Self::trailer) {
                found = p.node(shape, start, vec![])?;
            }
            Some(found)
        })
    }

    pub fn trailer(&mut self) -> Option<Shape> {
        match self.peek() {
            Kind::Dot => {
                self.tok(Kind::Dot)?;
                self.tok(Kind::Name)?;
                Some(Shape::Attribute)
            }
            Kind::Lsqb => {
                self.tok(Kind::Lsqb)?;
                self.slices()?;
                self.tok(Kind::Rsqb)?;
                Some(Shape::Subscript)
            }
            Kind::Lpar => {
                if self.alt(Self::genexp).is_some() {
                    return Some(Shape::Call);
                }
                self.tok(Kind::Lpar)?;
                self.alt(Self::arguments);
                self.tok(Kind::Rpar)?;
                Some(Shape::Call)
            }
            _ => None,
        }
    }

    fn slices(&mut self) -> Option<()> {
        if self
            .alt(|p| {
                p.slice()?;
                p.not_at(&[Kind::Comma])
            })
            .is_some()
        {
            return Some(());
        }
        self.gather(Kind::Comma, |p| {
            p.alt(Self::slice)
                .or_else(|| p.alt(Self::starred_expression))
        })?;
        self.tok(Kind::Comma);
        Some(())
    }

    fn slice(&mut self) -> Option<N> {
        let start = self.pos;
        let sliced = self.alt(|p| {
            p.alt(Self::expression);
            p.tok(Kind::Colon)?;
            p.alt(Self::expression);
            if p.tok(Kind::Colon).is_some() {
                p.alt(Self::expression);
            }
            p.node(Shape::Other, start, vec![])
        });
        sliced.or_else(|| self.named_expression())
    }

    fn lambdef(&mut self) -> Option<N> {
        let start = self.tok(Kind::Lambda)?;
        self.alt(Self::lambda_params);
        self.tok(Kind::Colon)?;
        self.expression()?;
        self.node(Shape::Lambda, start, vec![])
    }
}
