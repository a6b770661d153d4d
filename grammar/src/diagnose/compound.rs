//! Compound statements and their blocks.

use super::peg::{N, Peg, Rule, Shape, Targets};
use crate::token::Kind;

impl Peg<'_, '_> {
    pub fn compound_stmt(&mut self) -> Option<()> {
        match self.peek() {
            Kind::Def => self.function_def(),
            Kind::Class => self.class_def(),
            Kind::At => self.decorated(),
            Kind::Async => {
                let start = self.pos;
                match self.kinds.get(self.pos + 1) {
                    Some(Kind::Def) => self.function_def(),
                    Some(Kind::With) => self.with_stmt(),
                    Some(Kind::For) => self.for_stmt(),
                    _ => {
                        self.pos = start + 1;
                        self.peek();
                        self.pos = start;
                        None
                    }
                }
            }
            Kind::If => self.if_stmt(),
            Kind::With => self.with_stmt(),
            Kind::For => self.for_stmt(),
            Kind::Try => self.try_stmt(),
            Kind::While => self.while_stmt(),
            Kind::Name if self.word(self.pos) == "match" => self.match_stmt(),
            _ => None,
        }
    }

    fn decorated(&mut self) -> Option<()> {
        while self.tok(Kind::At).is_some() {
            self.named_expression()?;
            self.tok(Kind::Newline)?;
        }
        if self.at(Kind::Class) {
            self.class_def()
        } else {
            self.function_def()
        }
    }

    /// Whether a line ends here and no block follows it.
    fn block_is_missing(&mut self) -> bool {
        self.look(|p| {
            p.tok(Kind::Newline)?;
            p.not_at(&[Kind::Indent])
        })
    }

    /// Raises the error of a missing block after what begins at a token.
    fn missing_block<T>(&mut self, what: &str, keyword: usize) -> Option<T> {
        let line = self.line_of(keyword);
        // Its position is that of the token after the line.
        self.pos += 1;
        self.peek();
        self.raise_indentation(format!(
            "expected an indented block after {what} on line {line}"
        ))
    }

    /// After the head of a statement: its colon, or the error that the line ends without it. `what` is empty where
    /// CPython has no message of its own.
    fn colon_and_block(&mut self, what: &str, keyword: usize) -> Option<()> {
        if self.invalid && self.at(Kind::Newline) {
            return self.raise_here("expected ':'");
        }
        self.tok(Kind::Colon)?;
        self.block_of(what, keyword)
    }

    fn forced_colon_and_block(&mut self, what: &str, keyword: usize) -> Option<()> {
        if self.invalid && self.at(Kind::Colon) {
            let before = self.pos;
            self.pos += 1;
            if self.block_is_missing() {
                return self.missing_block(what, keyword);
            }
            self.pos = before;
        }
        self.forced(Kind::Colon, ":")?;
        self.block()
    }

    fn block_of(&mut self, what: &str, keyword: usize) -> Option<()> {
        if self.invalid && self.block_is_missing() {
            return self.missing_block(what, keyword);
        }
        self.block()
    }

    pub fn block(&mut self) -> Option<()> {
        self.memo(Rule::Block, |p| {
            let start = p.pos;
            let indented = p.alt(|p| {
                p.tok(Kind::Newline)?;
                p.tok(Kind::Indent)?;
                p.statements()?;
                p.tok(Kind::Dedent)
            });
            if indented.is_some() {
                return p.node(Shape::Other, start, vec![]);
            }
            if p.alt(Self::simple_stmts).is_some() {
                return p.node(Shape::Other, start, vec![]);
            }
            if p.invalid && p.block_is_missing() {
                p.pos += 1;
                p.peek();
                return p.raise_indentation("expected an indented block".into());
            }
            None
        })
        .map(drop)
    }

    // ---- if, while, for, with ----

    fn if_stmt(&mut self) -> Option<()> {
        let start = self.tok(Kind::If)?;
        self.named_expression()?;
        self.colon_and_block("'if' statement", start)?;
        while let Some(elif) = self.tok(Kind::Elif) {
            let found = self.alt(|p| {
                p.named_expression()?;
                p.colon_and_block("'elif' statement", elif)
            });
            if found.is_none() {
                self.pos = elif;
                return Some(());
            }
        }
        self.else_block();
        Some(())
    }

    fn else_block(&mut self) -> Option<()> {
        let start = self.pos;
        let found = self.alt(|p| {
            let a = p.tok(Kind::Else)?;
            p.forced_colon_and_block("'else' statement", a)?;
            if p.invalid && p.at(Kind::Elif) {
                let span = p.token_span(p.pos);
                return p.raise("'elif' block follows an 'else' block", span);
            }
            Some(())
        });
        if found.is_none() {
            self.pos = start;
        }
        found
    }

    fn while_stmt(&mut self) -> Option<()> {
        let start = self.tok(Kind::While)?;
        self.named_expression()?;
        self.colon_and_block("'while' statement", start)?;
        self.else_block();
        Some(())
    }

    fn for_stmt(&mut self) -> Option<()> {
        let begin = self.pos;
        let head = self.alt(|p| {
            p.tok(Kind::Async);
            let start = p.tok(Kind::For)?;
            p.star_targets()?;
            p.tok(Kind::In)?;
            Some(start)
        });
        let Some(start) = head else {
            if self.invalid {
                self.pos = begin;
                self.invalid_for_target();
            }
            return None;
        };
        self.star_expressions()?;
        self.colon_and_block("'for' statement", start)?;
        self.else_block();
        Some(())
    }

    fn with_stmt(&mut self) -> Option<()> {
        self.tok(Kind::Async);
        let start = self.tok(Kind::With)?;
        let what = "'with' statement";
        let items = self.pos;
        if self.invalid {
            // The errors of blocks come before those of items.
            for bracketed in [false, true] {
                self.pos = items;
                self.alt(|p| {
                    p.loose_items(bracketed)?;
                    let colon = p.tok(Kind::Colon);
                    colon?;
                    if p.block_is_missing() {
                        p.missing_block::<()>(what, start)
                    } else {
                        None
                    }
                });
            }
            self.pos = items;
        }
        let bracketed = self.alt(|p| {
            p.tok(Kind::Lpar)?;
            p.gather(Kind::Comma, Self::with_item)?;
            p.tok(Kind::Comma);
            p.tok(Kind::Rpar)?;
            p.tok(Kind::Colon)
        });
        if bracketed.is_some() && self.alt(Self::block).is_some() {
            return Some(());
        }
        self.pos = items;
        let plain = self.alt(|p| {
            p.gather(Kind::Comma, Self::with_item)?;
            p.tok(Kind::Colon)?;
            p.block()
        });
        if plain.is_some() {
            return Some(());
        }
        if self.invalid {
            for bracketed in [false, true] {
                self.pos = items;
                self.alt(|p| {
                    p.loose_items(bracketed)?;
                    if p.at(Kind::Newline) {
                        p.raise_here::<()>("expected ':'")
                    } else {
                        None
                    }
                });
            }
        }
        None
    }

    fn with_item(&mut self) -> Option<N> {
        let start = self.pos;
        let named = self.alt(|p| {
            p.expression()?;
            p.tok(Kind::As)?;
            p.star_target()?;
            p.at_any(&[Kind::Comma, Kind::Rpar, Kind::Colon])
                .then_some(())
        });
        if named.is_some() {
            return self.node(Shape::Other, start, vec![]);
        }
        if self.invalid {
            self.alt(|p| {
                p.expression()?;
                p.tok(Kind::As)?;
                let a = p.expression()?;
                if !p.at_any(&[Kind::Comma, Kind::Rpar, Kind::Colon]) {
                    return None;
                }
                p.raise_target::<N>(a, Targets::Star)
            });
        }
        self.expression()
    }

    /// Items whose targets are not looked at closely.
    fn loose_items(&mut self, bracketed: bool) -> Option<()> {
        if bracketed {
            self.tok(Kind::Lpar)?;
        }
        self.gather(Kind::Comma, |p| {
            let e = if bracketed {
                p.expressions()?
            } else {
                p.expression()?
            };
            p.alt(|p| {
                p.tok(Kind::As)?;
                p.star_target()
            });
            Some(e)
        })?;
        if bracketed {
            self.tok(Kind::Comma);
            self.tok(Kind::Rpar)?;
        }
        Some(())
    }

    // ---- try ----

    fn try_stmt(&mut self) -> Option<()> {
        let start = self.tok(Kind::Try)?;
        self.forced_colon_and_block("'try' statement", start)?;
        if self.invalid && !self.at_any(&[Kind::Except, Kind::Finally]) {
            return self.raise_here("expected 'except' or 'finally' block");
        }
        if self.at(Kind::Finally) {
            return self.finally_block();
        }
        let mut star = None;
        loop {
            let before = self.pos;
            let is_star = self.look(|p| {
                p.tok(Kind::Except)?;
                p.tok(Kind::Star)
            });
            if !self.at(Kind::Except) {
                break;
            }
            if self.invalid && star.is_some_and(|s| s != is_star) {
                self.mixed_handlers(is_star)?;
            }
            if star.is_some_and(|s| s != is_star) || self.alt(Self::except_block).is_none() {
                self.pos = before;
                break;
            }
            star = Some(is_star);
        }
        star?;
        self.else_block();
        self.alt(Self::finally_block);
        Some(())
    }

    /// `except` among `except*`, or the other way round.
    fn mixed_handlers(&mut self, is_star: bool) -> Option<()> {
        const MIXED: &str = "cannot have both 'except' and 'except*' on the same 'try'";
        let start = self.pos;
        let a = self.tok(Kind::Except)?;
        let to = if is_star { self.tok(Kind::Star)? } else { a };
        let typed = self.alt(|p| {
            p.expression()?;
            p.alt(|p| {
                p.tok(Kind::As)?;
                p.tok(Kind::Name)
            });
            Some(())
        });
        if self.at(Kind::Colon) && (typed.is_some() || !is_star) {
            let (from, to) = (self.token_span(a), self.token_span(to));
            return self.raise_range(from, to, MIXED);
        }
        self.pos = start;
        Some(())
    }

    fn except_block(&mut self) -> Option<()> {
        let start = self.tok(Kind::Except)?;
        let star = self.tok(Kind::Star).is_some();
        let what = if star {
            "'except*' statement"
        } else {
            "'except' statement"
        };
        let types = self.pos;
        let head = self.alt(|p| {
            let many = p.alt(Self::expressions);
            if many.is_none() {
                return if star { None } else { Some(()) };
            }
            if p.at(Kind::Colon) || p.at(Kind::Newline) {
                return Some(());
            }
            p.pos = types;
            p.expression()?;
            if p.at(Kind::As) {
                p.tok(Kind::As)?;
                p.tok(Kind::Name)?;
            }
            Some(())
        });
        if head.is_some() {
            if self.at(Kind::Newline) && self.invalid {
                // Unless the types need parentheses, which comes first.
                return self.raise_here("expected ':'");
            }
            if self.tok(Kind::Colon).is_some() {
                return self.block_of(what, start);
            }
        }
        if !self.invalid {
            return None;
        }
        self.pos = types;
        self.invalid_except(star)
    }

    fn invalid_except(&mut self, star: bool) -> Option<()> {
        let types = self.pos;
        self.alt(|p| {
            let a = p.expression()?;
            p.tok(Kind::Comma)?;
            p.expressions()?;
            p.tok(Kind::As)?;
            p.tok(Kind::Name)?;
            p.tok(Kind::Colon)?;
            let at = p.span(a).start;
            p.raise_from::<N>(
                at,
                "multiple exception types must be parenthesized when using 'as'",
            )
        });
        self.pos = types;
        if star && self.at_any(&[Kind::Newline, Kind::Colon]) {
            return self.raise_here("expected one or more exception types");
        }
        self.alt(|p| {
            p.expression()?;
            p.tok(Kind::As)?;
            let a = p.expression()?;
            p.tok(Kind::Colon)?;
            p.block()?;
            let which = if star { "except*" } else { "except" };
            let message = format!(
                "cannot use {which} statement with {}",
                p.shape(a).describe()
            );
            p.raise_at::<()>(a, message)
        })
    }

    fn finally_block(&mut self) -> Option<()> {
        let start = self.tok(Kind::Finally)?;
        self.forced_colon_and_block("'finally' statement", start)
    }

    // ---- def and class ----

    fn function_def(&mut self) -> Option<()> {
        self.tok(Kind::Async);
        let start = self.tok(Kind::Def)?;
        self.tok(Kind::Name)?;
        self.alt(Self::type_params);
        self.forced(Kind::Lpar, "(")?;
        self.alt(Self::params);
        self.tok(Kind::Rpar)?;
        self.alt(|p| {
            p.tok(Kind::Arrow)?;
            p.expression()
        });
        self.forced_colon_and_block("function definition", start)
    }

    fn class_def(&mut self) -> Option<()> {
        let start = self.tok(Kind::Class)?;
        self.tok(Kind::Name)?;
        self.alt(Self::type_params);
        self.alt(|p| {
            p.tok(Kind::Lpar)?;
            p.alt(Self::arguments);
            p.tok(Kind::Rpar)
        });
        self.colon_and_block("class definition", start)
    }

    // ---- match ----

    fn match_stmt(&mut self) -> Option<()> {
        let begin = self.pos;
        let head = self.alt(|p| {
            p.soft("match")?;
            p.subject()
        });
        head?;
        if self.invalid && self.at(Kind::Newline) {
            return self.raise_here("expected ':'");
        }
        self.tok(Kind::Colon)?;
        if self.invalid && self.block_is_missing() {
            return self.missing_block("'match' statement", begin);
        }
        self.tok(Kind::Newline)?;
        self.tok(Kind::Indent)?;
        self.alt(Self::case_block)?;
        while self.alt(Self::case_block).is_some() {}
        self.tok(Kind::Dedent).map(drop)
    }

    fn subject(&mut self) -> Option<()> {
        let tuple = self.alt(|p| {
            p.star_named_expression()?;
            p.tok(Kind::Comma)?;
            p.alt(Self::star_named_expressions);
            Some(())
        });
        tuple.or_else(|| self.named_expression().map(drop))
    }

    fn case_block(&mut self) -> Option<()> {
        let start = self.soft("case")?;
        self.patterns()?;
        self.alt(|p| {
            p.tok(Kind::If)?;
            p.named_expression()
        });
        self.colon_and_block("'case' statement", start)
    }
}
