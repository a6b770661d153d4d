//! Why an input was refused: CPython's message, class and position.
//!
//! CPython parses twice. The first pass only finds out that the input is wrong, and how far it got; that is where a plain
//! "invalid syntax" points. The second knows what people do wrong, and the first such mistake it
//! meets, in the order in which it tries its alternatives, is the error. Since that order decides which message
//! comes out, the parser here is of the same kind: it backtracks, tries alternatives in an order, and
//! remembers what it found. It runs only on inputs that the grammar has refused.

mod atoms;
mod calls;
mod compound;
mod expressions;
mod patterns;
mod peg;
mod statements;

use crate::ast::Span;
use crate::lexer::{Lexed, never_closed};
use crate::token::Kind;
use crate::{ErrorKind, Extent, Mode, ParseError, ParseOptions};
use peg::Peg;

/// Brackets, blocks and operators nest this deep before the parser gets a thread with a stack of its own.
const SHALLOW: usize = 12;
const DEEP_STACK: usize = 256 << 20;

/// Whether interactive input that parses is also complete. A compound statement ends with an empty line; without
/// [`dont_imply_dedent`](ParseOptions::dont_imply_dedent), the end of the input also ends an indented block.
pub(crate) fn single_is_complete(source: &str, lexed: &Lexed<'_>, options: ParseOptions) -> bool {
    if source.ends_with('\n') || !is_compound(lexed.tokens.get(1).map(|t| t.kind())) {
        return true;
    }
    let last = lexed
        .tokens
        .iter()
        .rev()
        .find(|t| t.kind() != Kind::EndMarker);
    !options.dont_imply_dedent && last.is_some_and(|t| t.kind() == Kind::Dedent)
}

/// Whether a compound statement begins with this token.
pub(crate) fn is_compound(first: Option<Kind>) -> bool {
    matches!(
        first,
        Some(
            Kind::If
                | Kind::While
                | Kind::For
                | Kind::Try
                | Kind::With
                | Kind::Def
                | Kind::Class
                | Kind::Async
                | Kind::At
                | Kind::Match
        )
    )
}

/// Finds the error of an input.
pub(crate) fn explain(
    source: &str,
    mode: Mode,
    options: ParseOptions,
    lexed: &mut Lexed<'_>,
    read: usize,
) -> ParseError {
    lexed.newlines = source
        .bytes()
        .enumerate()
        .filter(|b| b.1 == b'\n')
        .map(|b| b.0 as u32)
        .collect();
    let lexed = &*lexed;
    let start = if mode == Mode::Exec {
        last_start(lexed, read)
    } else {
        1
    };
    if nesting(lexed) <= SHALLOW {
        return explain_here(source, mode, options, lexed, start);
    }
    std::thread::scope(|scope| {
        let deep = std::thread::Builder::new()
            .stack_size(DEEP_STACK)
            .spawn_scoped(scope, || explain_here(source, mode, options, lexed, start));
        deep.ok()
            .and_then(|thread| thread.join().ok())
            .unwrap_or_else(|| plain_error(Span::default()))
    })
}

/// Where the last statement of the module begins before the token at which the grammar gave up: all statements
/// before it are right, so that looking for mistakes may begin there.
fn last_start(lexed: &Lexed<'_>, read: usize) -> usize {
    let (mut depth, mut start, mut decorated) = (0usize, 1, false);
    let mut before = Kind::Newline;
    for (i, token) in lexed.tokens.iter().enumerate().take(read).skip(1) {
        let kind = token.kind();
        match kind {
            Kind::Indent => depth += 1,
            Kind::Dedent => depth = depth.saturating_sub(1),
            Kind::Elif | Kind::Else | Kind::Except | Kind::Finally => {}
            _ if depth == 0 && matches!(before, Kind::Newline | Kind::Dedent) => {
                if !decorated {
                    start = i;
                }
                decorated = kind == Kind::At;
            }
            _ => {}
        }
        before = kind;
    }
    start
}

/// An upper bound of how deep the parser recurses, in brackets and blocks and prefixes.
fn nesting(lexed: &Lexed<'_>) -> usize {
    let (mut depth, mut deepest, mut prefixes) = (0usize, 0, 0);
    for token in &lexed.tokens {
        match token.kind() {
            Kind::Lpar
            | Kind::WithLpar
            | Kind::Lsqb
            | Kind::Lbrace
            | Kind::FieldOpen
            | Kind::Indent => depth += 1,
            Kind::Rpar | Kind::Rsqb | Kind::Rbrace | Kind::FieldClose | Kind::Dedent => {
                depth = depth.saturating_sub(1)
            }
            Kind::Newline => prefixes = 0,
            Kind::Lambda
            | Kind::Else
            | Kind::Not
            | Kind::Minus
            | Kind::Plus
            | Kind::Tilde
            | Kind::DoubleStar
            | Kind::Star
            | Kind::At => prefixes += 1,
            _ => {}
        }
        deepest = deepest.max(depth + prefixes / 4);
    }
    deepest
}

fn plain_error(span: Span) -> ParseError {
    ParseError {
        kind: ErrorKind::Syntax,
        message: "invalid syntax".into(),
        span,
        extent: Extent::Range,
    }
}

fn run(peg: &mut Peg<'_, '_>, mode: Mode) -> bool {
    let found = match mode {
        Mode::Exec => peg.file(),
        Mode::Single => peg.interactive(),
        Mode::Eval => peg.eval(),
    };
    found.is_some() && peg.raised.is_none()
}

fn explain_here(
    source: &str,
    mode: Mode,
    options: ParseOptions,
    lexed: &Lexed<'_>,
    start: usize,
) -> ParseError {
    let mut peg = Peg::new(source, lexed, start);
    let accepted = run(&mut peg, mode);
    let complete = mode != Mode::Single || single_is_complete(source, lexed, options);
    let empty = lexed
        .tokens
        .get(1)
        .is_none_or(|t| t.kind() == Kind::EndMarker);
    if options.allow_incomplete && (empty || !(accepted && complete) && at_end(&peg, source, lexed))
    {
        return incomplete(lexed);
    }
    if mode == Mode::Single && accepted {
        return after_statement(&peg, complete && !empty, source, lexed);
    }
    if accepted {
        // A check of the grammar's that this parser does not make.
        return plain_error(lexed.tokens[peg.far.min(lexed.tokens.len() - 1)].span);
    }
    let last = peg.far;
    if peg.raised.is_none() {
        peg.restart();
        run(&mut peg, mode);
    }
    let at_error = |error: &ParseError| {
        lexed
            .errors
            .iter()
            .any(|e| e.message == error.message && e.span == error.span)
    };
    if let Some(error) = peg.raised.take() {
        // An error of the lexer further on has priority, unless this is one already.
        return if at_error(&error) || error.kind == ErrorKind::Memory {
            error
        } else {
            later_error(error, peg.far, lexed)
        };
    }
    let token = lexed.tokens[last.min(lexed.tokens.len() - 1)];
    let message = match token.kind() {
        Kind::Indent => "unexpected indent",
        Kind::Dedent => "unexpected unindent",
        Kind::EndMarker => {
            let (span, _) = peg::indent_place(source, token.span);
            return ParseError {
                extent: Extent::Zero,
                ..plain_error(span)
            };
        }
        _ => return later_error(plain_error(token.span), peg.far, lexed),
    };
    let (span, extent) = peg::indent_place(source, token.span);
    ParseError {
        kind: ErrorKind::Indentation,
        message: message.into(),
        span,
        extent,
    }
}

/// Whether the parser got to the end of the input, or to a string or bracket that the end leaves open. CPython
/// reads lines, and a last line without its newline is already the end.
fn at_end(peg: &Peg<'_, '_>, source: &str, lexed: &Lexed<'_>) -> bool {
    let rest = &lexed.tokens[peg.far.min(lexed.tokens.len() - 1)..];
    let last_line =
        |at: u32| !source.ends_with('\n') && lexed.line_of(at) > lexed.newlines.len() as u32;
    match rest[0].kind() {
        Kind::Error => {
            let error = &lexed.errors[rest[0].tok.data as usize];
            error.kind == ErrorKind::Syntax
                && (error.message.ends_with("was never closed")
                    || error.message.starts_with("unterminated triple-quoted")
                    || error.message.starts_with("unexpected EOF")
                    || (error.message.starts_with("unterminated string")
                        && (source.ends_with("\\\n") || last_line(error.span.start))))
        }
        _ => {
            (!source.ends_with('\n')
                && rest[0].kind() != Kind::Indent
                && rest[0].span.end as usize >= source.len())
                || rest.iter().all(|t| {
                    matches!(t.kind(), Kind::Dedent | Kind::EndMarker)
                        || (t.kind() == Kind::Newline && t.span.end as usize > source.len())
                })
        }
    }
}

fn incomplete(lexed: &Lexed<'_>) -> ParseError {
    let span = lexed.tokens.last().map_or(Span::default(), |t| t.span);
    ParseError {
        kind: ErrorKind::Incomplete,
        message: "incomplete input".into(),
        span,
        extent: Extent::Start,
    }
}

/// Interactive input that parses, but goes on after its statement, or lacks the line that ends it.
fn after_statement(
    peg: &Peg<'_, '_>,
    complete: bool,
    source: &str,
    lexed: &Lexed<'_>,
) -> ParseError {
    if !complete {
        let (span, _) = peg::indent_place(
            source,
            lexed.tokens.last().map_or(Span::default(), |t| t.span),
        );
        return ParseError {
            extent: Extent::Zero,
            ..plain_error(span)
        };
    }
    let span = lexed.tokens[peg.pos.clamp(1, lexed.tokens.len()) - 1].span;
    let message = "multiple statements found while compiling a single statement".into();
    ParseError {
        kind: ErrorKind::Syntax,
        message,
        span,
        extent: Extent::Range,
    }
}

/// CPython reads the rest of the input after an error: an error of the lexer, or a bracket left open on an
/// earlier line, is the better explanation.
fn later_error(error: ParseError, far: usize, lexed: &Lexed<'_>) -> ParseError {
    let Some(last) = lexed.tokens.last().filter(|t| t.kind() == Kind::Error) else {
        return error;
    };
    let found = &lexed.errors[last.tok.data as usize];
    if found.message.ends_with("was never closed") {
        return match lexed.unclosed {
            Some(open)
                if lexed.line_of(lexed.tokens[far.min(lexed.tokens.len() - 1)].span.start)
                    > open.line =>
            {
                never_closed(open)
            }
            _ => error,
        };
    }
    // These are states of CPython's lexer rather than errors, and only become errors where it stops.
    let silent = matches!(found.kind, ErrorKind::Tab | ErrorKind::Indentation)
        || found.message.starts_with("unexpected EOF")
        || found.message.starts_with("unexpected character after line")
        || lexed.in_fields;
    if silent { error } else { found.clone() }
}
