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
use crate::names::Interner;
use crate::token::Kind;
use crate::{ErrorKind, Extent, Mode, ParseError, ParseOptions};
use peg::Peg;

/// Brackets, blocks and operators nest this deep before the parser gets a thread with a stack of its own.
const SHALLOW: usize = 12;
const DEEP_STACK: usize = 256 << 20;

/// Whether interactive input that parses is also complete: a block is, only once an empty line follows it.
pub(crate) fn single_is_complete(source: &str, lexed: &Lexed<'_>, options: ParseOptions) -> bool {
    if !options.dont_imply_dedent {
        return true;
    }
    let open_block = lexed
        .tokens
        .iter()
        .rev()
        .find(|t| t.kind() != Kind::EndMarker)
        .is_some_and(|t| t.kind() == Kind::Dedent);
    !open_block || source.ends_with('\n')
}

/// Finds the error of an input.
pub(crate) fn explain(
    source: &str,
    mode: Mode,
    options: ParseOptions,
    lexed: &mut Lexed<'_>,
    names: &Interner,
) -> ParseError {
    lexed.newlines = source
        .bytes()
        .enumerate()
        .filter(|b| b.1 == b'\n')
        .map(|b| b.0 as u32)
        .collect();
    let lexed = &*lexed;
    if nesting(lexed) <= SHALLOW {
        return explain_here(source, mode, options, lexed, names);
    }
    std::thread::scope(|scope| {
        let deep = std::thread::Builder::new()
            .stack_size(DEEP_STACK)
            .spawn_scoped(scope, || explain_here(source, mode, options, lexed, names));
        deep.ok()
            .and_then(|thread| thread.join().ok())
            .unwrap_or_else(|| plain_error(Span::default()))
    })
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
    names: &Interner,
) -> ParseError {
    let mut peg = Peg::new(source, lexed, names);
    let accepted = run(&mut peg, mode);
    if options.allow_incomplete
        && at_end(&peg, lexed)
        && (!accepted || mode == Mode::Single && !single_is_complete(source, lexed, options))
    {
        return incomplete(lexed);
    }
    if accepted {
        return after_statement(&peg, mode, lexed);
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

/// Whether the parser got to the end of the input, or to a string or bracket that the end leaves open.
fn at_end(peg: &Peg<'_, '_>, lexed: &Lexed<'_>) -> bool {
    let rest = &lexed.tokens[peg.far.min(lexed.tokens.len() - 1)..];
    match rest[0].kind() {
        Kind::Error => {
            let message = &lexed.errors[rest[0].tok.data as usize].message;
            message.ends_with("was never closed")
                || message.starts_with("unterminated triple-quoted")
                || message.starts_with("unexpected EOF")
        }
        // The end implies these.
        _ => rest.iter().all(|t| {
            matches!(t.kind(), Kind::Newline | Kind::Dedent | Kind::EndMarker)
                && t.span.start == t.span.end
        }),
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

/// Interactive input that goes on after its statement; or a check of the grammar's that this parser does not make.
fn after_statement(peg: &Peg<'_, '_>, mode: Mode, lexed: &Lexed<'_>) -> ParseError {
    if mode == Mode::Single {
        let span = lexed.tokens[peg.pos.min(lexed.tokens.len() - 1)].span;
        let message = "multiple statements found while compiling a single statement".into();
        return ParseError {
            kind: ErrorKind::Syntax,
            message,
            span,
            extent: Extent::Range,
        };
    }
    plain_error(lexed.tokens[peg.far.min(lexed.tokens.len() - 1)].span)
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
        || ["f-string", "t-string"]
            .iter()
            .any(|s| found.message.contains(s));
    if silent { error } else { found.clone() }
}
