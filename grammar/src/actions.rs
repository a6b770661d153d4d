//! What the grammar's productions do: make nodes, and refuse what the grammar accepts too much of.
//!
//! A list grows in the arena, each element linked to the one before, so that it is one pointer on the parser's
//! stack; it becomes a slice when its production is complete.

pub(crate) mod arguments;
pub(crate) mod expressions;
pub(crate) mod patterns;
pub(crate) mod statements;
pub(crate) mod strings;
pub(crate) mod targets;

use std::cell::{Cell, RefCell};

use lalrpop_util::lalrpop_mod;

use crate::ast::{Constant, Expr, ExprKind, ExprRef, Ident, Mod, Span, Stmt, Symbol};
use crate::lexer::{self, Lexed};
use crate::names::Interner;
use crate::source::LineIndex;
use crate::token::{Kind, Tok, Token};
use crate::{Arena, ErrorKind, Extent, Mode, ParseError, ParseOptions, Parsed, diagnose};

lalrpop_mod!(
    #[allow(warnings, clippy::all, unsafe_code)]
    python
);

/// The grammar refused an input; [`diagnose`] finds out why.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Refused;

/// What a fallible action returns.
pub(crate) type Checked<T> = Result<T, lalrpop_util::ParseError<u32, Tok, Refused>>;

pub(crate) fn refuse<T>() -> Checked<T> {
    Err(lalrpop_util::ParseError::User { error: Refused })
}

/// A list under construction; see the head of this file.
#[derive(Debug)]
pub(crate) struct Seq<'a, T>(Option<&'a Link<'a, T>>);

#[derive(Debug)]
struct Link<'a, T> {
    item: T,
    before: Seq<'a, T>,
    length: u32,
}

impl<T> Clone for Seq<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Seq<'_, T> {}

impl<'a, T: Copy> Seq<'a, T> {
    pub fn empty() -> Self {
        Seq(None)
    }
    /// Its only element.
    pub fn single(&self) -> Option<T> {
        self.0.filter(|link| link.length == 1).map(|link| link.item)
    }
}

/// What actions share.
pub(crate) struct Ctx<'s, 'a> {
    pub source: &'s str,
    pub arena: &'a Arena,
    pub names: RefCell<&'s mut Interner>,
    pub lexed: &'s Lexed<'a>,
    /// The first keyword argument that repeats another of its call.
    pub repeated: Cell<Option<(Symbol, Span)>>,
}

impl<'a> Ctx<'_, 'a> {
    pub fn one<T: Copy>(&self, item: T) -> Seq<'a, T> {
        Seq(Some(self.arena.bump.alloc(Link {
            item,
            before: Seq(None),
            length: 1,
        })))
    }

    pub fn push<T: Copy>(&self, before: Seq<'a, T>, item: T) -> Seq<'a, T> {
        let length = before.0.map_or(0, |link| link.length) + 1;
        Seq(Some(self.arena.bump.alloc(Link {
            item,
            before,
            length,
        })))
    }

    /// `first` and then `second`; costs as much as `second` is long.
    pub fn concat<T: Copy>(&self, first: Seq<'a, T>, second: Seq<'a, T>) -> Seq<'a, T> {
        self.slice(second)
            .iter()
            .fold(first, |all, &item| self.push(all, item))
    }

    pub fn slice<T: Copy>(&self, seq: Seq<'a, T>) -> &'a [T] {
        let Some(last) = seq.0 else {
            return &[];
        };
        let items = self
            .arena
            .bump
            .alloc_slice_fill_copy(last.length as usize, last.item);
        let mut at = seq.0;
        for slot in items.iter_mut().rev() {
            let Some(link) = at else { break };
            *slot = link.item;
            at = link.before.0;
        }
        items
    }

    /// A slice of the values that a list of references points to.
    pub fn slice_of_refs<T: Copy>(&self, seq: Seq<'a, &'a T>) -> &'a [T] {
        let refs = self.slice(seq);
        self.arena
            .bump
            .alloc_slice_fill_iter(refs.iter().map(|&&item| item))
    }

    pub fn alloc<T>(&self, item: T) -> &'a T {
        self.arena.bump.alloc(item)
    }

    pub fn expr(&self, start: u32, end: u32, kind: ExprKind<'a>) -> ExprRef<'a> {
        self.alloc(Expr {
            span: Span { start, end },
            parenthesized: false,
            kind,
        })
    }

    pub fn constant(&self, start: u32, end: u32, value: Constant<'a>) -> ExprRef<'a> {
        self.expr(start, end, ExprKind::Constant(value))
    }

    pub fn number(&self, index: u32) -> ExprRef<'a> {
        self.lexed.numbers[index as usize]
    }

    pub fn name(&self, ident: Ident) -> ExprRef<'a> {
        self.expr(ident.span.start, ident.span.end, ExprKind::Name(ident.name))
    }

    pub fn module(&self, statements: Seq<'a, Stmt<'a>>) -> &'a Mod<'a> {
        self.alloc(Mod::Module(self.slice(statements)))
    }

    pub fn interactive(&self, statements: Seq<'a, Stmt<'a>>) -> &'a Mod<'a> {
        self.alloc(Mod::Interactive(self.slice(statements)))
    }

    pub fn expression(&self, e: ExprRef<'a>) -> &'a Mod<'a> {
        self.alloc(Mod::Expression(e))
    }
}

/// Lexes and parses text whose newlines are normalised.
pub(crate) fn parse_text<'a>(
    source: &str,
    mode: Mode,
    options: ParseOptions,
    arena: &'a Arena,
    interner: &mut Interner,
) -> Result<Parsed<'a>, ParseError> {
    let start = match mode {
        Mode::Exec => Kind::StartModule,
        Mode::Single => Kind::StartInteractive,
        Mode::Eval => Kind::StartExpression,
    };
    let mut lexed = lexer::lex(source, start, arena, interner);
    let tokens = match mode {
        Mode::Single => first_statement(&lexed.tokens),
        _ => &lexed.tokens,
    };
    let whole = tokens.len() == lexed.tokens.len();
    // How many tokens the parser has asked for: where it gave up, if it does.
    let read = Cell::new(0);
    let stream = tokens
        .iter()
        .inspect(|_| read.set(read.get() + 1))
        .filter(|t| t.kind() != Kind::EndMarker)
        .map(|t| Ok::<_, Refused>((t.span.start, t.tok, t.span.end)));
    let ctx = Ctx {
        source,
        arena,
        names: RefCell::new(interner),
        lexed: &lexed,
        repeated: Cell::new(None),
    };
    let parsed = python::InputParser::new().parse(&ctx, stream);
    let repeated = ctx.repeated.get();
    let complete =
        mode != Mode::Single || whole && diagnose::single_is_complete(source, &lexed, options);
    let module = parsed.ok().filter(|_| complete);
    match module {
        Some(_) if repeated.is_some() => {
            let (name, span) = repeated.unwrap_or_default();
            let message = format!("keyword argument repeated: {}", interner.get(name));
            Err(ParseError {
                kind: ErrorKind::Syntax,
                message,
                span,
                extent: Extent::Range,
            })
        }
        Some(&module) => {
            let warnings = std::mem::take(&mut lexed.warnings);
            Ok(Parsed {
                module,
                lines: LineIndex::new(source),
                warnings,
            })
        }
        None => Err(diagnose::explain(
            source,
            mode,
            options,
            &mut lexed,
            read.get().max(1) - 1,
        )),
    }
}

/// The tokens of the first statement of interactive input: a simple one ends with its line, and then any
/// rest is an error of its own; a compound one ends with the input.
fn first_statement(tokens: &[Token]) -> &[Token] {
    if diagnose::is_compound(tokens.get(1).map(Token::kind)) {
        return tokens;
    }
    let end = tokens.iter().position(|t| t.kind() == Kind::Newline);
    match end {
        Some(end) if tokens.get(end + 1).map(Token::kind) != Some(Kind::EndMarker) => {
            &tokens[..=end]
        }
        _ => tokens,
    }
}
