//! The machinery of the diagnosing parser: backtracking over tokens, memory of what was found where, and errors.
//!
//! Results are small nodes that know only what messages need: which construct it is, where it stands, and the
//! parts that may be assignment targets.

use crate::ast::Span;
use crate::lexer::Lexed;
use crate::token::Kind;
use crate::{ErrorKind, Extent, ParseError};

/// A node, by number.
pub(crate) type N = u32;

/// CPython gives up on inputs that nest deeper than its parser's stack.
const MAX_DEPTH: usize = 6000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Name,
    Attribute,
    Subscript,
    Starred,
    List,
    Tuple,
    Lambda,
    Call,
    Operation,
    Generator,
    Yield,
    Await,
    ListComp,
    SetComp,
    DictComp,
    Dict,
    Set,
    FString,
    TString,
    Literal,
    None,
    True,
    False,
    Ellipsis,
    /// A comparison, and whether its first operator is `in`.
    Compare(bool),
    IfExp,
    Named,
    /// Anything that no message names.
    Other,
}

impl Shape {
    /// What CPython calls it in messages.
    pub fn describe(self) -> &'static str {
        match self {
            Shape::Name => "name",
            Shape::Attribute => "attribute",
            Shape::Subscript => "subscript",
            Shape::Starred => "starred",
            Shape::List => "list",
            Shape::Tuple => "tuple",
            Shape::Lambda => "lambda",
            Shape::Call => "function call",
            Shape::Operation | Shape::Other => "expression",
            Shape::Generator => "generator expression",
            Shape::Yield => "yield expression",
            Shape::Await => "await expression",
            Shape::ListComp => "list comprehension",
            Shape::SetComp => "set comprehension",
            Shape::DictComp => "dict comprehension",
            Shape::Dict => "dict literal",
            Shape::Set => "set display",
            Shape::FString => "f-string expression",
            Shape::TString => "t-string expression",
            Shape::Literal => "literal",
            Shape::None => "None",
            Shape::True => "True",
            Shape::False => "False",
            Shape::Ellipsis => "ellipsis",
            Shape::Compare(_) => "comparison",
            Shape::IfExp => "conditional expression",
            Shape::Named => "named expression",
        }
    }
}

pub(crate) struct Node {
    pub shape: Shape,
    pub span: Span,
    /// Elements of a list or tuple, the value of a starred expression, the first operand of a comparison.
    pub parts: Vec<N>,
}

/// Rules whose results are remembered.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Rule {
    Block,
    SimpleStatement,
    Expression,
    Disjunction,
    Conjunction,
    Inversion,
    BitwiseOr,
    Arithmetic,
    Factor,
    Primary,
    StarExpression,
    InvalidNamed,
    StarTarget,
    Arguments,
    Args,
    Strings,
    Pattern,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Targets {
    Star,
    Del,
    For,
}

/// The result of a rule at a token; entries about one token are linked, since few rules are tried there.
struct Entry {
    rule: Rule,
    found: Option<(N, u32)>,
    before: u32,
}

const NOTHING: u32 = u32::MAX;

pub(crate) struct Peg<'t, 'a> {
    pub source: &'t str,
    pub lexed: &'t Lexed<'a>,
    pub kinds: Vec<Kind>,
    /// How many brackets are open after each token.
    pub levels: Vec<u16>,
    pub pos: usize,
    /// The farthest token looked at.
    pub far: usize,
    /// Whether the rules that only raise errors take part: not in the first pass, nor where CPython suspends them.
    pub invalid: bool,
    pub raised: Option<ParseError>,
    pub nodes: Vec<Node>,
    /// What was found at each token: the last entry of `entries` about it, or `NOTHING`.
    latest: Vec<u32>,
    entries: Vec<Entry>,
    start: usize,
    depth: usize,
}

impl<'t, 'a> Peg<'t, 'a> {
    pub fn new(source: &'t str, lexed: &'t Lexed<'a>, start: usize) -> Self {
        let mut level = 0u16;
        let mut levels = Vec::with_capacity(lexed.tokens.len());
        let mut kinds = Vec::with_capacity(lexed.tokens.len());
        for token in &lexed.tokens {
            let kind = match token.kind() {
                Kind::Match | Kind::Case | Kind::Type => Kind::Name,
                Kind::WithLpar => Kind::Lpar,
                kind => kind,
            };
            match kind {
                Kind::Lpar | Kind::Lsqb | Kind::Lbrace | Kind::FieldOpen => level += 1,
                Kind::Rpar | Kind::Rsqb | Kind::Rbrace | Kind::FieldClose => {
                    level = level.saturating_sub(1)
                }
                _ => {}
            }
            kinds.push(kind);
            levels.push(level);
        }
        Peg {
            source,
            lexed,
            kinds,
            levels,
            pos: start,
            far: start,
            invalid: false,
            raised: None,
            nodes: Vec::new(),
            latest: vec![NOTHING; lexed.tokens.len() + 1],
            entries: Vec::new(),
            start,
            depth: 0,
        }
    }

    /// Starts the second pass.
    pub fn restart(&mut self) {
        self.pos = self.start;
        self.invalid = true;
        self.latest.fill(NOTHING);
        self.entries.clear();
        self.nodes.clear();
    }

    // ---- Tokens ----

    /// The kind of the next token. A lexical error is raised as soon as it is looked at.
    pub fn peek(&mut self) -> Kind {
        self.far = self.far.max(self.pos.min(self.kinds.len() - 1));
        let kind = self.kinds.get(self.pos).copied().unwrap_or(Kind::EndMarker);
        if kind == Kind::Error {
            let index = self.lexed.tokens[self.pos].tok.data as usize;
            let error = self.lexed.errors[index].clone();
            self.raise_error(error);
        }
        kind
    }

    pub fn at(&mut self, kind: Kind) -> bool {
        self.raised.is_none() && self.peek() == kind
    }

    pub fn at_any(&mut self, kinds: &[Kind]) -> bool {
        self.raised.is_none() && kinds.contains(&self.peek())
    }

    /// Consumes a token of this kind and gives its index.
    pub fn tok(&mut self, kind: Kind) -> Option<usize> {
        if !self.at(kind) {
            return None;
        }
        self.pos += 1;
        Some(self.pos - 1)
    }

    pub fn any_tok(&mut self, kinds: &[Kind]) -> Option<usize> {
        if !self.at_any(kinds) {
            return None;
        }
        self.pos += 1;
        Some(self.pos - 1)
    }

    /// A token without which nothing can be right; its lack is an error at once.
    pub fn forced(&mut self, kind: Kind, text: &str) -> Option<usize> {
        if let Some(found) = self.tok(kind) {
            return Some(found);
        }
        if self.raised.is_none() && self.invalid {
            let span = self.token_span(self.pos);
            self.raise::<usize>(format!("expected '{text}'"), span);
        }
        None
    }

    pub fn token_span(&self, index: usize) -> Span {
        self.lexed.tokens[index.min(self.lexed.tokens.len() - 1)].span
    }

    /// The text of a name token.
    pub fn word(&self, index: usize) -> &'t str {
        let span = self.token_span(index);
        &self.source[span.start as usize..span.end as usize]
    }

    /// Consumes a soft keyword.
    pub fn soft(&mut self, text: &str) -> Option<usize> {
        if self.at(Kind::Name) && self.word(self.pos) == text {
            self.tok(Kind::Name)
        } else {
            None
        }
    }

    // ---- Backtracking ----

    /// Tries an alternative; if it fails, the position is as before.
    pub fn alt<T>(&mut self, rule: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        if self.raised.is_some() {
            return None;
        }
        let start = self.pos;
        let found = rule(self);
        if found.is_none() || self.raised.is_some() {
            self.pos = start;
            return None;
        }
        found
    }

    /// Whether a rule would match here.
    pub fn look<T>(&mut self, rule: impl FnOnce(&mut Self) -> Option<T>) -> bool {
        let start = self.pos;
        let found = rule(self).is_some();
        self.pos = start;
        found && self.raised.is_none()
    }

    /// Fails if the rule would match: a negative look-ahead.
    pub fn not<T>(&mut self, rule: impl FnOnce(&mut Self) -> Option<T>) -> Option<()> {
        (!self.look(rule) && self.raised.is_none()).then_some(())
    }

    pub fn not_at(&mut self, kinds: &[Kind]) -> Option<()> {
        (self.raised.is_none() && !self.at_any(kinds) && self.raised.is_none()).then_some(())
    }

    /// Remembers what a rule finds at a position, and guards the depth of recursion.
    pub fn memo(&mut self, rule: Rule, body: impl FnOnce(&mut Self) -> Option<N>) -> Option<N> {
        if self.raised.is_some() {
            return None;
        }
        let begin = self.pos;
        let mut known = self.latest[begin];
        while let Some(entry) = self.entries.get(known as usize) {
            if entry.rule == rule {
                let (node, end) = entry.found?;
                self.pos = end as usize;
                return Some(node);
            }
            known = entry.before;
        }
        if self.depth >= MAX_DEPTH {
            let message = "Parser stack overflowed - Python source too complex to parse".into();
            let span = self.token_span(self.pos);
            self.raise_error(ParseError {
                kind: ErrorKind::Memory,
                message,
                span,
                extent: Extent::Start,
            });
            return None;
        }
        self.depth += 1;
        let found = self.alt(body);
        self.depth -= 1;
        if self.raised.is_some() {
            return None;
        }
        let found_to = found.map(|n| (n, self.pos as u32));
        self.entries.push(Entry {
            rule,
            found: found_to,
            before: self.latest[begin],
        });
        self.latest[begin] = self.entries.len() as u32 - 1;
        found
    }

    /// One or more, separated.
    pub fn gather(
        &mut self,
        separator: Kind,
        mut item: impl FnMut(&mut Self) -> Option<N>,
    ) -> Option<Vec<N>> {
        let mut all = vec![self.alt(&mut item)?];
        while let Some(next) = self.alt(|p| {
            p.tok(separator)?;
            item(p)
        }) {
            all.push(next);
        }
        Some(all)
    }

    pub fn many(&mut self, mut item: impl FnMut(&mut Self) -> Option<N>) -> Vec<N> {
        let mut all = Vec::new();
        loop {
            let before = self.pos;
            match self.alt(&mut item) {
                Some(next) if self.pos > before => all.push(next),
                _ => return all,
            }
        }
    }

    // ---- Nodes ----

    pub fn node(&mut self, shape: Shape, first: usize, parts: Vec<N>) -> Option<N> {
        if self.raised.is_some() {
            return None;
        }
        let span = Span {
            start: self.token_span(first).start,
            end: self.token_span(self.pos.max(first + 1) - 1).end,
        };
        self.nodes.push(Node { shape, span, parts });
        Some(self.nodes.len() as u32 - 1)
    }

    pub fn shape(&self, n: N) -> Shape {
        self.nodes[n as usize].shape
    }

    pub fn span(&self, n: N) -> Span {
        self.nodes[n as usize].span
    }

    /// The first part of an expression that cannot be a target, if any.
    pub fn invalid_target(&self, n: N, targets: Targets) -> Option<N> {
        let node = &self.nodes[n as usize];
        match node.shape {
            Shape::List | Shape::Tuple => node
                .parts
                .iter()
                .find_map(|&part| self.invalid_target(part, targets)),
            Shape::Starred if targets == Targets::Del => Some(n),
            Shape::Starred => self.invalid_target(*node.parts.first()?, targets),
            Shape::Compare(first_is_in) if targets == Targets::For => {
                if first_is_in {
                    self.invalid_target(*node.parts.first()?, targets)
                } else {
                    None
                }
            }
            Shape::Name | Shape::Subscript | Shape::Attribute => None,
            _ => Some(n),
        }
    }

    // ---- Errors ----

    pub fn raise_error(&mut self, error: ParseError) {
        if self.raised.is_none() {
            self.raised = Some(error);
        }
    }

    pub fn raise<T>(&mut self, message: impl Into<String>, span: Span) -> Option<T> {
        self.raise_error(ParseError {
            kind: ErrorKind::Syntax,
            message: message.into(),
            span,
            extent: Extent::Range,
        });
        None
    }

    pub fn raise_at<T>(&mut self, n: N, message: impl Into<String>) -> Option<T> {
        let span = self.span(n);
        self.raise(message, span)
    }

    pub fn raise_range<T>(
        &mut self,
        from: Span,
        to: Span,
        message: impl Into<String>,
    ) -> Option<T> {
        self.raise(
            message,
            Span {
                start: from.start,
                end: to.end,
            },
        )
    }

    /// At the farthest token looked at.
    pub fn raise_here<T>(&mut self, message: impl Into<String>) -> Option<T> {
        self.raise_at_token(ErrorKind::Syntax, self.far, message.into())
    }

    /// At a token; indentation has no width, and positions of its own.
    fn raise_at_token<T>(&mut self, kind: ErrorKind, index: usize, message: String) -> Option<T> {
        let index = index.min(self.kinds.len() - 1);
        let (span, extent) = match self.kinds[index] {
            Kind::Indent | Kind::Dedent | Kind::EndMarker => {
                indent_place(self.source, self.token_span(index))
            }
            _ => (self.token_span(index), Extent::Range),
        };
        self.raise_error(ParseError {
            kind,
            message,
            span,
            extent,
        });
        None
    }

    /// At the next token.
    pub fn raise_next<T>(&mut self, message: impl Into<String>) -> Option<T> {
        self.peek();
        let span = self.token_span(self.pos);
        self.raise(message, span)
    }

    /// From a place to the farthest token looked at.
    pub fn raise_from<T>(&mut self, start: u32, message: impl Into<String>) -> Option<T> {
        let end = (self.token_span(self.far).end.max(1) - 1).max(start);
        self.raise(message, Span { start, end })
    }

    pub fn raise_target<T>(&mut self, n: N, targets: Targets) -> Option<T> {
        let bad = self.invalid_target(n, targets)?;
        let verb = if targets == Targets::Del {
            "delete"
        } else {
            "assign to"
        };
        let message = format!("cannot {verb} {}", self.shape(bad).describe());
        self.raise_at(bad, message)
    }

    pub fn raise_indentation<T>(&mut self, message: String) -> Option<T> {
        self.raise_at_token(ErrorKind::Indentation, self.far, message)
    }

    pub fn line_of(&self, index: usize) -> usize {
        self.lexed.line_of(self.token_span(index).start) as usize
    }

    /// Runs a rule with the error rules suspended.
    pub fn without_invalid<T>(&mut self, rule: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let before = std::mem::replace(&mut self.invalid, false);
        let found = rule(self);
        self.invalid = before;
        found
    }
}

/// Where an indentation or the end of the input is, as an error has it. Neither has a width.
pub(crate) fn indent_place(source: &str, span: Span) -> (Span, Extent) {
    let at = span.end;
    if (at as usize) < source.len() {
        return (Span { start: at, end: at }, Extent::Indent);
    }
    // The newline of the last line, whether it was written or not.
    let at = source.len() as u32 - u32::from(source.ends_with('\n'));
    (Span { start: at, end: at }, Extent::Open)
}
