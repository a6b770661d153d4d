//! Atoms: literals, f-strings, brackets of all kinds, and comprehensions.

use super::peg::{N, Peg, Rule, Shape, Targets};
use crate::ast::Span;
use crate::token::Kind;
use crate::{ErrorKind, Extent, ParseError};

impl Peg<'_, '_> {
    pub fn atom(&mut self) -> Option<N> {
        let start = self.pos;
        let shape = match self.peek() {
            Kind::Name => Shape::Name,
            Kind::Number => Shape::Literal,
            Kind::True => Shape::True,
            Kind::False => Shape::False,
            Kind::None => Shape::None,
            Kind::Ellipsis => Shape::Ellipsis,
            Kind::Str | Kind::FStringStart | Kind::BadString => return self.strings(),
            Kind::Lpar => {
                return self
                    .alt(Self::tuple)
                    .or_else(|| self.alt(Self::group))
                    .or_else(|| self.alt(Self::genexp));
            }
            Kind::Lsqb => return self.alt(Self::list).or_else(|| self.alt(Self::listcomp)),
            Kind::Lbrace => {
                return self
                    .alt(Self::dict)
                    .or_else(|| self.alt(Self::set))
                    .or_else(|| self.alt(Self::dictcomp))
                    .or_else(|| self.alt(Self::setcomp));
            }
            _ => return None,
        };
        if self.raised.is_some() {
            return None;
        }
        self.pos += 1;
        self.node(shape, start, vec![])
    }

    // ---- Strings ----

    pub fn strings(&mut self) -> Option<N> {
        self.memo(Rule::Strings, |p| {
            let start = p.pos;
            let (mut plain, mut bytes, mut formatted, mut templates) = (0, 0, 0, 0);
            let mut last = start;
            loop {
                let before = (plain + bytes + formatted, templates);
                let at = p.pos;
                match p.peek() {
                    Kind::Str => {
                        let piece = p.lexed.strings[p.lexed.tokens[p.pos].tok.data as usize];
                        if piece.bytes {
                            bytes += 1;
                        } else {
                            plain += 1;
                        }
                        p.pos += 1;
                    }
                    Kind::BadString => return p.bad_literal(),
                    Kind::FStringStart => {
                        let template = p.lexed.tokens[p.pos].tok.data & 1 != 0;
                        if p.alt(Self::fstring).is_none() {
                            break;
                        }
                        if template {
                            templates += 1;
                        } else {
                            formatted += 1;
                        }
                    }
                    _ => break,
                }
                let mixed = match before {
                    (0, 0) => false,
                    (0, _) => plain + bytes + formatted > 0,
                    (_, _) => templates > 0,
                };
                if mixed && p.invalid {
                    let from = p.token_span(last);
                    let to = p.token_span(p.pos - 1);
                    return p.raise_range(
                        from,
                        to,
                        "cannot mix t-string literals with string or bytes literals",
                    );
                }
                if mixed {
                    p.pos = at;
                    break;
                }
                last = at;
            }
            if p.pos == start {
                return None;
            }
            if bytes > 0 && plain + formatted > 0 {
                return p.raise_here("cannot mix bytes and nonbytes literals");
            }
            let shape = match (formatted, templates) {
                (0, 0) => Shape::Literal,
                (_, 0) => Shape::FString,
                _ => Shape::TString,
            };
            p.node(shape, start, vec![])
        })
    }

    /// A literal whose text is malformed: an error as soon as it is part of something.
    fn bad_literal(&mut self) -> Option<N> {
        let index = self.lexed.tokens[self.pos].tok.data as usize;
        let error = self.lexed.errors[index].clone();
        self.raise_error(error);
        None
    }

    fn fstring(&mut self) -> Option<N> {
        let start = self.tok(Kind::FStringStart)?;
        self.many(Self::fstring_middle);
        let end = self.tok(Kind::FStringEnd)?;
        // The text of a string is decoded once all of it has been read.
        let bad = (start..end).find(|&i| self.kinds[i] == Kind::BadString);
        if let Some(bad) = bad {
            let error = self.lexed.errors[self.lexed.tokens[bad].tok.data as usize].clone();
            let span = self.token_span(end);
            return self.raise(error.message, span);
        }
        self.node(Shape::FString, start, vec![])
    }

    fn fstring_middle(&mut self) -> Option<N> {
        let start = self.pos;
        if self
            .any_tok(&[Kind::FStringMiddle, Kind::BadString])
            .is_some()
        {
            return self.node(Shape::Literal, start, vec![]);
        }
        if let Some(found) = self.alt(Self::field) {
            return Some(found);
        }
        if self.invalid && self.at(Kind::FieldOpen) {
            self.invalid_field();
        }
        None
    }

    fn field(&mut self) -> Option<N> {
        let start = self.tok(Kind::FieldOpen)?;
        self.annotated_rhs()?;
        self.tok(Kind::FieldEqual);
        self.alt(Self::conversion);
        self.alt(Self::format_spec);
        self.tok(Kind::FieldClose)?;
        self.node(Shape::FString, start, vec![])
    }

    fn conversion(&mut self) -> Option<N> {
        let start = self.tok(Kind::FieldBang)?;
        let name = self.tok(Kind::Name)?;
        let letter = self.field_letter();
        if self.token_span(start).end != self.token_span(name).start {
            let (from, to) = (self.token_span(start), self.token_span(name));
            return self.raise_range(
                from,
                to,
                format!(
                    "{letter}-string: conversion type must come right after the exclamation mark"
                ),
            );
        }
        let word = self.word(name);
        if !matches!(word, "s" | "r" | "a") {
            let span = self.token_span(name);
            let message = format!(
                "{letter}-string: invalid conversion character '{word}': expected 's', 'r', or 'a'"
            );
            return self.raise(message, span);
        }
        self.node(Shape::Other, start, vec![])
    }

    fn format_spec(&mut self) -> Option<N> {
        let start = self.tok(Kind::FieldColon)?;
        self.many(Self::fstring_middle);
        self.node(Shape::FString, start, vec![])
    }

    /// The letter of the string that the next token is in.
    pub fn field_letter(&self) -> char {
        let mut closed = 0;
        for token in self.lexed.tokens[..self.pos.min(self.lexed.tokens.len())]
            .iter()
            .rev()
        {
            match token.kind() {
                Kind::FStringEnd => closed += 1,
                Kind::FStringStart if closed > 0 => closed -= 1,
                Kind::FStringStart => return if token.tok.data & 1 != 0 { 't' } else { 'f' },
                _ => {}
            }
        }
        'f'
    }

    fn invalid_field(&mut self) -> Option<N> {
        let letter = self.field_letter();
        let start = self.tok(Kind::FieldOpen)?;
        let required = match self.peek() {
            Kind::FieldEqual => Some('='),
            Kind::FieldBang => Some('!'),
            Kind::FieldColon => Some(':'),
            Kind::FieldClose => Some('}'),
            _ => None,
        };
        if let Some(c) = required {
            let span = self.token_span(self.pos);
            return self.raise(
                format!("{letter}-string: valid expression required before '{c}'"),
                span,
            );
        }
        if self.alt(Self::annotated_rhs).is_none() {
            self.pos = start + 1;
            return self.raise_next(format!(
                "{letter}-string: expecting a valid expression after '{{'"
            ));
        }
        const AFTER: [Kind; 4] = [
            Kind::FieldEqual,
            Kind::FieldBang,
            Kind::FieldColon,
            Kind::FieldClose,
        ];
        if !self.at_any(&AFTER) {
            return self.raise_next(format!(
                "{letter}-string: expecting '=', or '!', or ':', or '}}'"
            ));
        }
        if self.tok(Kind::FieldEqual).is_some() && !self.at_any(&AFTER[1..]) {
            return self.raise_next(format!("{letter}-string: expecting '!', or ':', or '}}'"));
        }
        if self.at(Kind::FieldBang) {
            self.tok(Kind::FieldBang);
            if self.at_any(&AFTER[2..]) {
                return self.raise_next(format!("{letter}-string: missing conversion character"));
            }
            if !self.at(Kind::Name) {
                return self.raise_next(format!("{letter}-string: invalid conversion character"));
            }
            self.tok(Kind::Name);
            if !self.at_any(&AFTER[2..]) {
                return self.raise_next(format!("{letter}-string: expecting ':' or '}}'"));
            }
        }
        if self.tok(Kind::FieldColon).is_some() {
            self.many(Self::fstring_middle);
            if !self.at(Kind::FieldClose) {
                return self
                    .raise_next(format!("{letter}-string: expecting '}}', or format specs"));
            }
        }
        if !self.at(Kind::FieldClose) {
            return self.raise_next(format!("{letter}-string: expecting '}}'"));
        }
        None
    }

    // ---- Brackets ----

    pub fn list(&mut self) -> Option<N> {
        let start = self.tok(Kind::Lsqb)?;
        let parts = self.alt(Self::star_named_expressions).unwrap_or_default();
        self.tok(Kind::Rsqb)?;
        self.node(Shape::List, start, parts)
    }

    pub fn tuple(&mut self) -> Option<N> {
        let start = self.tok(Kind::Lpar)?;
        let parts = self.alt(|p| {
            let mut parts = vec![p.star_named_expression()?];
            p.tok(Kind::Comma)?;
            parts.extend(p.alt(Self::star_named_expressions).unwrap_or_default());
            Some(parts)
        });
        self.tok(Kind::Rpar)?;
        self.node(Shape::Tuple, start, parts.unwrap_or_default())
    }

    fn group(&mut self) -> Option<N> {
        let start = self.pos;
        let found = self.alt(|p| {
            p.tok(Kind::Lpar)?;
            let inner = p.alt(Self::yield_expr).or_else(|| p.named_expression())?;
            p.tok(Kind::Rpar)?;
            Some(inner)
        });
        if found.is_some() || !self.invalid {
            return found;
        }
        self.alt(|p| {
            p.tok(Kind::Lpar)?;
            let a = p.starred_expression()?;
            p.tok(Kind::Rpar)?;
            p.raise_at::<N>(a, "cannot use starred expression here")
        });
        self.pos = start;
        self.alt(|p| {
            p.tok(Kind::Lpar)?;
            let a = p.tok(Kind::DoubleStar)?;
            p.expression()?;
            p.tok(Kind::Rpar)?;
            let span = p.token_span(a);
            p.raise::<N>("cannot use double starred expression here", span)
        })
    }

    /// The element of a generator expression.
    fn generator_element(&mut self) -> Option<N> {
        self.alt(Self::assignment_expression).or_else(|| {
            let e = self.expression()?;
            self.not_at(&[Kind::ColonEqual])?;
            Some(e)
        })
    }

    pub fn genexp(&mut self) -> Option<N> {
        let start = self.pos;
        let found = self.alt(|p| {
            p.tok(Kind::Lpar)?;
            p.alt(Self::generator_element)?;
            p.for_if_clauses()?;
            p.tok(Kind::Rpar)?;
            p.node(Shape::Generator, start, vec![])
        });
        found.or_else(|| self.invalid_comprehension())
    }

    fn listcomp(&mut self) -> Option<N> {
        let start = self.pos;
        let found = self.alt(|p| {
            p.tok(Kind::Lsqb)?;
            p.named_expression()?;
            p.for_if_clauses()?;
            p.tok(Kind::Rsqb)?;
            p.node(Shape::ListComp, start, vec![])
        });
        found.or_else(|| self.invalid_comprehension())
    }

    fn setcomp(&mut self) -> Option<N> {
        let start = self.pos;
        let found = self.alt(|p| {
            p.tok(Kind::Lbrace)?;
            p.named_expression()?;
            p.for_if_clauses()?;
            p.tok(Kind::Rbrace)?;
            p.node(Shape::SetComp, start, vec![])
        });
        found.or_else(|| self.invalid_comprehension())
    }

    fn invalid_comprehension(&mut self) -> Option<N> {
        if !self.invalid || self.raised.is_some() {
            return None;
        }
        let start = self.pos;
        let open = self.any_tok(&[Kind::Lsqb, Kind::Lpar, Kind::Lbrace])?;
        self.alt(|p| {
            let a = p.starred_expression()?;
            p.for_if_clauses()?;
            p.raise_at::<N>(a, "iterable unpacking cannot be used in comprehension")
        });
        if self.kinds[open] != Kind::Lpar {
            const FORGOTTEN: &str = "did you forget parentheses around the comprehension target?";
            self.alt(|p| {
                let a = p.star_named_expression()?;
                p.tok(Kind::Comma)?;
                let rest = p.star_named_expressions()?;
                p.for_if_clauses()?;
                let (from, to) = (p.span(a), p.span(*rest.last()?));
                p.raise_range::<N>(from, to, FORGOTTEN)
            });
            self.alt(|p| {
                let a = p.star_named_expression()?;
                let b = p.tok(Kind::Comma)?;
                p.for_if_clauses()?;
                let (from, to) = (p.span(a), p.token_span(b));
                p.raise_range::<N>(from, to, FORGOTTEN)
            });
        }
        self.pos = start;
        None
    }

    fn set(&mut self) -> Option<N> {
        let start = self.tok(Kind::Lbrace)?;
        let parts = self.star_named_expressions()?;
        self.tok(Kind::Rbrace)?;
        self.node(Shape::Set, start, parts)
    }

    fn dict(&mut self) -> Option<N> {
        let start = self.pos;
        let found = self.alt(|p| {
            p.tok(Kind::Lbrace)?;
            p.alt(Self::kvpairs);
            p.tok(Kind::Rbrace)?;
            p.node(Shape::Dict, start, vec![])
        });
        if found.is_none() && self.invalid {
            self.alt(|p| {
                p.tok(Kind::Lbrace)?;
                p.invalid_kvpairs()
            });
        }
        found
    }

    fn kvpairs(&mut self) -> Option<N> {
        let start = self.pos;
        self.alt(Self::double_starred_kvpair)?;
        while let Some(comma) = self.tok(Kind::Comma) {
            if self.invalid {
                self.alt(Self::key_without_colon);
            }
            if self.alt(Self::double_starred_kvpair).is_none() {
                self.pos = comma;
                break;
            }
        }
        self.tok(Kind::Comma);
        self.node(Shape::Other, start, vec![])
    }

    fn double_starred_kvpair(&mut self) -> Option<N> {
        let start = self.pos;
        if self.tok(Kind::DoubleStar).is_some() {
            self.bitwise_or()?;
            return self.node(Shape::Other, start, vec![]);
        }
        self.kvpair()
    }

    fn kvpair(&mut self) -> Option<N> {
        let start = self.pos;
        self.expression()?;
        self.tok(Kind::Colon)?;
        self.expression()?;
        self.node(Shape::Other, start, vec![])
    }

    fn invalid_kvpairs(&mut self) -> Option<N> {
        self.alt(|p| {
            p.gather(Kind::Comma, Self::double_starred_kvpair)?;
            p.tok(Kind::Comma)?;
            p.alt(Self::key_without_colon);
            p.invalid_value()
        });
        self.alt(Self::invalid_value)
    }

    /// Past the first pair of a dictionary, a key needs its colon before it needs anything else.
    fn key_without_colon(&mut self) -> Option<N> {
        let a = self.plain_expression()?;
        self.not_at(&[Kind::Colon])?;
        let at = self.span(a).end.saturating_sub(1);
        self.raise_error(ParseError {
            kind: ErrorKind::Syntax,
            message: "':' expected after dictionary key".into(),
            span: Span { start: at, end: at },
            extent: Extent::Start,
        });
        None
    }

    fn invalid_value(&mut self) -> Option<N> {
        self.expression()?;
        let colon = self.tok(Kind::Colon)?;
        if let Some(star) = self.tok(Kind::Star) {
            self.bitwise_or()?;
            let at = self.token_span(star).start;
            return self.raise_from(at, "cannot use a starred expression in a dictionary value");
        }
        if self.at_any(&[Kind::Rbrace, Kind::Comma]) {
            let span = self.token_span(colon);
            return self.raise("expression expected after dictionary key and ':'", span);
        }
        None
    }

    fn dictcomp(&mut self) -> Option<N> {
        let start = self.pos;
        let found = self.alt(|p| {
            p.tok(Kind::Lbrace)?;
            p.kvpair()?;
            p.for_if_clauses()?;
            p.tok(Kind::Rbrace)?;
            p.node(Shape::DictComp, start, vec![])
        });
        if found.is_none() && self.invalid {
            self.alt(|p| {
                p.tok(Kind::Lbrace)?;
                let a = p.tok(Kind::DoubleStar)?;
                p.bitwise_or()?;
                p.for_if_clauses()?;
                p.tok(Kind::Rbrace)?;
                let span = p.token_span(a);
                p.raise::<N>("dict unpacking cannot be used in dict comprehension", span)
            });
        }
        found
    }

    // ---- Comprehensions ----

    pub fn for_if_clauses(&mut self) -> Option<N> {
        let start = self.pos;
        self.for_if_clause()?;
        while self.alt(Self::for_if_clause).is_some() {}
        self.node(Shape::Other, start, vec![])
    }

    fn for_if_clause(&mut self) -> Option<N> {
        let start = self.pos;
        let head = self.alt(|p| {
            p.tok(Kind::Async);
            p.tok(Kind::For)?;
            p.star_targets()?;
            p.tok(Kind::In)
        });
        if head.is_some() {
            self.disjunction()?;
            while self
                .alt(|p| {
                    p.tok(Kind::If)?;
                    p.disjunction()
                })
                .is_some()
            {}
            return self.node(Shape::Other, start, vec![]);
        }
        if self.invalid {
            self.pos = start;
            self.alt(|p| {
                p.tok(Kind::Async);
                p.tok(Kind::For)?;
                p.tupled(Self::bitwise_or)?;
                p.not_at(&[Kind::In])?;
                p.raise_here::<N>("'in' expected after for-loop variables")
            });
            self.pos = start;
            self.invalid_for_target();
        }
        None
    }

    pub fn invalid_for_target(&mut self) -> Option<N> {
        self.alt(|p| {
            p.tok(Kind::Async);
            p.tok(Kind::For)?;
            let a = p.star_expressions()?;
            p.raise_target::<N>(a, Targets::For)
        })
    }

    // ---- Targets ----

    pub fn star_targets(&mut self) -> Option<N> {
        self.tupled(Self::star_target)
    }

    pub fn star_target(&mut self) -> Option<N> {
        self.memo(Rule::StarTarget, |p| {
            let start = p.pos;
            if p.tok(Kind::Star).is_some() {
                p.not_at(&[Kind::Star])?;
                let value = p.star_target()?;
                return p.node(Shape::Starred, start, vec![value]);
            }
            p.target(true)
        })
    }

    /// A name, attribute, subscript or, if `star`, a bracketed list of targets.
    fn target(&mut self, star: bool) -> Option<N> {
        let start = self.pos;
        let single = self.alt(Self::primary_target);
        if single.is_some() {
            return single;
        }
        if self.tok(Kind::Name).is_some() {
            return self.node(Shape::Name, start, vec![]);
        }
        let close = match self.peek() {
            Kind::Lpar => Kind::Rpar,
            Kind::Lsqb => Kind::Rsqb,
            _ => return None,
        };
        self.pos += 1;
        let item: fn(&mut Self) -> Option<N> = if star {
            Self::star_target
        } else {
            |p| p.target(false)
        };
        let parts = self
            .alt(|p| p.gather(Kind::Comma, item))
            .unwrap_or_default();
        let comma = !parts.is_empty() && self.tok(Kind::Comma).is_some();
        self.tok(close)?;
        if close == Kind::Rpar && parts.len() == 1 && !comma {
            // Parentheses alone do not make a starred target one.
            return (self.shape(parts[0]) != Shape::Starred).then_some(parts[0]);
        }
        self.node(
            if close == Kind::Rpar {
                Shape::Tuple
            } else {
                Shape::List
            },
            start,
            parts,
        )
    }

    /// A primary that ends in an attribute or subscript and is not followed by more.
    pub fn primary_target(&mut self) -> Option<N> {
        let e = self.primary()?;
        matches!(self.shape(e), Shape::Attribute | Shape::Subscript).then_some(())?;
        self.not_at(&[Kind::Lpar, Kind::Lsqb, Kind::Dot])?;
        Some(e)
    }

    pub fn single_target(&mut self) -> Option<N> {
        let start = self.pos;
        if let Some(found) = self.alt(Self::primary_target) {
            return Some(found);
        }
        if self.tok(Kind::Name).is_some() {
            return self.node(Shape::Name, start, vec![]);
        }
        self.tok(Kind::Lpar)?;
        let inner = self.single_target()?;
        self.tok(Kind::Rpar)?;
        Some(inner)
    }

    pub fn del_targets(&mut self) -> Option<N> {
        self.tupled(|p| p.target(false))
    }
}
