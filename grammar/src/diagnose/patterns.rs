//! Patterns of match statements.

use super::peg::{N, Peg, Rule, Shape};
use crate::token::Kind;

impl Peg<'_, '_> {
    pub fn patterns(&mut self) -> Option<N> {
        let start = self.pos;
        let open = self.alt(|p| {
            p.maybe_star_pattern()?;
            p.tok(Kind::Comma)?;
            p.alt(Self::pattern_list);
            p.node(Shape::Other, start, vec![])
        });
        open.or_else(|| self.pattern())
    }

    fn pattern_list(&mut self) -> Option<N> {
        let start = self.pos;
        let parts = self.gather(Kind::Comma, Self::maybe_star_pattern)?;
        self.tok(Kind::Comma);
        self.node(Shape::Other, start, parts)
    }

    fn maybe_star_pattern(&mut self) -> Option<N> {
        let start = self.pos;
        if self.tok(Kind::Star).is_some() {
            self.tok(Kind::Name)?;
            return self.node(Shape::Other, start, vec![]);
        }
        self.pattern()
    }

    fn pattern(&mut self) -> Option<N> {
        self.memo(Rule::Pattern, |p| {
            let start = p.pos;
            p.closed_pattern()?;
            while p
                .alt(|p| {
                    p.tok(Kind::Bar)?;
                    p.closed_pattern()
                })
                .is_some()
            {}
            let alternatives = p.pos;
            if p.tok(Kind::As).is_some() {
                let target = p.pos;
                if p.tok(Kind::Name).is_some()
                    && p.word(target) != "_"
                    && !p.at_any(&[Kind::Dot, Kind::Lpar, Kind::Equal, Kind::Lsqb])
                {
                    return p.node(Shape::Other, start, vec![]);
                }
                p.pos = target;
                if p.invalid {
                    if p.at(Kind::Name) && p.word(target) == "_" {
                        let span = p.token_span(target);
                        return p.raise("cannot use '_' as a target", span);
                    }
                    p.alt(|p| {
                        let a = p.expression()?;
                        let message =
                            format!("cannot use {} as pattern target", p.shape(a).describe());
                        p.raise_at::<N>(a, message)
                    });
                }
                p.pos = alternatives;
            }
            p.node(Shape::Other, start, vec![])
        })
    }

    fn closed_pattern(&mut self) -> Option<N> {
        let start = self.pos;
        match self.peek() {
            Kind::Number | Kind::Minus => self.number_pattern()?,
            Kind::Str | Kind::FStringStart | Kind::BadString => {
                self.strings()?;
            }
            Kind::None | Kind::True | Kind::False => self.pos += 1,
            Kind::Name => {
                self.pos += 1;
                while self
                    .alt(|p| {
                        p.tok(Kind::Dot)?;
                        p.tok(Kind::Name)
                    })
                    .is_some()
                {}
                if self.at(Kind::Lpar) {
                    self.class_arguments(start)?;
                }
            }
            Kind::Lpar | Kind::Lsqb => {
                let bracket = self.kinds[self.pos];
                self.pos += 1;
                let starred = self.at(Kind::Star);
                let list = self.alt(Self::pattern_list);
                // A starred pattern alone in parentheses lacks its comma.
                let comma = self.kinds[self.pos - 1] == Kind::Comma;
                let alone = list.is_some_and(|n| self.nodes[n as usize].parts.len() == 1);
                if bracket == Kind::Lpar && starred && alone && !comma {
                    self.peek();
                    return None;
                }
                self.tok(if bracket == Kind::Lpar {
                    Kind::Rpar
                } else {
                    Kind::Rsqb
                })?;
            }
            Kind::Lbrace => {
                self.pos += 1;
                while self.at(Kind::DoubleStar) || self.alt(Self::mapping_item).is_some() {
                    // What takes the rest comes last.
                    if self.tok(Kind::DoubleStar).is_some() {
                        self.tok(Kind::Name)?;
                        self.tok(Kind::Comma);
                        break;
                    }
                    if self.tok(Kind::Comma).is_none() {
                        break;
                    }
                }
                self.tok(Kind::Rbrace)?;
            }
            _ => return None,
        }
        self.node(Shape::Other, start, vec![])
    }

    fn number_pattern(&mut self) -> Option<()> {
        self.tok(Kind::Minus);
        let real = self.tok(Kind::Number)?;
        if self.any_tok(&[Kind::Plus, Kind::Minus]).is_none() {
            return Some(());
        }
        let imaginary = self.tok(Kind::Number)?;
        if self.is_imaginary(real) {
            let span = self.token_span(real);
            return self.raise("real number required in complex literal", span);
        }
        if !self.is_imaginary(imaginary) {
            let span = self.token_span(imaginary);
            return self.raise("imaginary number required in complex literal", span);
        }
        Some(())
    }

    fn is_imaginary(&self, token: usize) -> bool {
        self.word(token).ends_with(['j', 'J'])
    }

    fn mapping_item(&mut self) -> Option<N> {
        let start = self.pos;
        self.closed_pattern()?;
        self.tok(Kind::Colon)?;
        self.pattern()?;
        self.node(Shape::Other, start, vec![])
    }

    /// The arguments of a class pattern; keyword patterns come last.
    fn class_arguments(&mut self, _class: usize) -> Option<()> {
        self.tok(Kind::Lpar)?;
        let keyword = |p: &mut Self| {
            p.tok(Kind::Name)?;
            p.tok(Kind::Equal)?;
            p.pattern()
        };
        let positional = |p: &mut Self| {
            let found = p.pattern()?;
            p.not_at(&[Kind::Equal])?;
            Some(found)
        };
        let first = self.alt(|p| p.gather(Kind::Comma, positional));
        let before = self.pos;
        if first.is_none() || self.tok(Kind::Comma).is_some() {
            if self.alt(|p| p.gather(Kind::Comma, keyword)).is_none() {
                self.pos = before;
            } else if self.invalid {
                self.alt(|p| {
                    p.tok(Kind::Comma)?;
                    let stray = p.gather(Kind::Comma, positional)?;
                    let (from, to) = (p.span(*stray.first()?), p.span(*stray.last()?));
                    p.raise_range::<N>(from, to, "positional patterns follow keyword patterns")
                });
            }
        }
        self.tok(Kind::Comma);
        self.tok(Kind::Rpar).map(drop)
    }
}
