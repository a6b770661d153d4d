//! The VM's way to the compiler: text decoding, SyntaxError objects, SyntaxWarnings.

use std::sync::Arc;
use taipan_bytecode::{Code, flags};
use taipan_compiler::{CompileOptions, ErrorKind, Mode, SourceError, compile_source};
use taipan_grammar::{
    ErrorKind as ParseErrorKind, Extent, LineIndex, ParseError, ParseOptions, decode_source,
};
use taipan_vm::errors::new_exception;
use taipan_vm::vm::{CompileRequest, new_int, new_str, new_tuple};
use taipan_vm::{R, Ref, Vm, rt};

/// Flags of `compile()` that concern the front end.
const DONT_IMPLY_DEDENT: u32 = 0x200;
const TOP_LEVEL_AWAIT: u32 = 0x2000;
const ALLOW_INCOMPLETE: u32 = 0x4000;
/// Native stack that one level of nesting may take while compiling.
const STACK_PER_LEVEL: usize = 64 << 10;

/// The text of a request, decoded, with its newlines normalised.
pub(crate) fn source_text<'a>(
    vm: &mut Vm,
    request: &CompileRequest<'a>,
) -> R<std::borrow::Cow<'a, str>> {
    if request.is_text {
        return Ok(match std::str::from_utf8(request.source) {
            Ok(text) => taipan_grammar::normalize_newlines(text),
            Err(_) => String::from_utf8_lossy(request.source),
        });
    }
    match decode_source(request.source) {
        Ok(text) => Ok(std::borrow::Cow::Owned(text)),
        Err(e) => {
            let text = String::from_utf8_lossy(request.source);
            Err(parse_error(vm, request, &text, &e))
        }
    }
}

/// Compiles for `Vm::compile`.
pub fn compile(vm: &mut Vm, request: &CompileRequest) -> R<Arc<Code>> {
    let source = source_text(vm, request)?;
    let options = CompileOptions {
        filename: request.filename.into(),
        mode: match request.mode {
            "eval" => Mode::Eval,
            "single" => Mode::Single,
            _ => Mode::Exec,
        },
        optimize: if request.optimize < 0 {
            vm.optimize.clamp(0, 2) as u8
        } else {
            request.optimize.min(2) as u8
        },
        future_annotations: request.flags & flags::FUTURE_ANNOTATIONS != 0,
        top_level_await: request.flags & TOP_LEVEL_AWAIT != 0,
        max_depth: (vm.native_room() / 2 / STACK_PER_LEVEL)
            .clamp(taipan_compiler::DEFAULT_MAX_DEPTH as usize, 30_000) as u32,
    };
    let parse_options = ParseOptions {
        allow_incomplete: request.flags & ALLOW_INCOMPLETE != 0,
        dont_imply_dedent: request.flags & DONT_IMPLY_DEDENT != 0,
    };
    let compiled = match compile_source(&source, &options, parse_options) {
        Ok(compiled) => compiled,
        Err(SourceError::Parse(e)) => return Err(parse_error(vm, request, &source, &e)),
        Err(SourceError::Compile(e)) => {
            return Err(match e.kind {
                ErrorKind::Syntax => {
                    let e = ParseError {
                        kind: ParseErrorKind::Syntax,
                        message: e.message,
                        span: e.span,
                        extent: Extent::Range,
                    };
                    compile_error(vm, request, &source, &e)
                }
                ErrorKind::Recursion => vm.recursion_error(&e.message),
                ErrorKind::TooLarge => vm.overflow_error(&e.message),
            });
        }
    };
    let warnings = compiled
        .parse_warnings
        .iter()
        .map(|w| (w.category, &w.message, w.span))
        .chain(
            compiled
                .warnings
                .iter()
                .map(|w| (w.category, &w.message, w.span)),
        );
    let mut lines = None;
    let parsed = compiled.parse_warnings.len();
    for (n, (category, message, span)) in warnings.enumerate() {
        // The number of an interactive source is given after parsing.
        let filename = match request.filename.starts_with("<stdin-") && n < parsed {
            true => "<stdin>",
            false => request.filename,
        };
        let lines = lines.get_or_insert_with(|| LineIndex::new(&source));
        let (line, _) = lines.line_col(span.start);
        let class = match category {
            "DeprecationWarning" => &rt().types.deprecation_warning,
            _ => &rt().types.syntax_warning,
        }
        .clone();
        if let Err(e) = vm.warn_explicit(&class, message, filename, line as i64) {
            // A warning that a filter turns into an error becomes a SyntaxError at its place.
            if vm.exc_is(&class) {
                vm.take_exc();
                let e = ParseError {
                    kind: ParseErrorKind::Syntax,
                    // It is an error now.
                    message: message.replace(" Such sequences will not work in the future.", ""),
                    span,
                    extent: Extent::Range,
                };
                return Err(parse_error(vm, request, &source, &e));
            }
            return Err(e);
        }
    }
    Ok(compiled.code)
}

/// An error of the parser, which quotes the source it has.
pub(crate) fn parse_error(
    vm: &mut Vm,
    request: &CompileRequest,
    source: &str,
    e: &ParseError,
) -> taipan_vm::Raised {
    // One that the reference finds after parsing.
    let late = e.message.starts_with("keyword argument repeated");
    raise_syntax_error(vm, request, source, e, late)
}

/// An error found after parsing: like the reference, it quotes the line only if it is in a file of the source's name.
fn compile_error(
    vm: &mut Vm,
    request: &CompileRequest,
    source: &str,
    e: &ParseError,
) -> taipan_vm::Raised {
    raise_syntax_error(vm, request, source, e, true)
}

/// Raises a SyntaxError (or what else the kind says) at its place: columns counted in characters, the faulty line beside it.
fn raise_syntax_error(
    vm: &mut Vm,
    request: &CompileRequest,
    source: &str,
    e: &ParseError,
    line_of_file: bool,
) -> taipan_vm::Raised {
    let t = &rt().types;
    let class = match e.kind {
        ParseErrorKind::Memory => return vm.memory_error(),
        ParseErrorKind::Recursion => return vm.recursion_error(&e.message),
        ParseErrorKind::Value => return vm.value_error(&e.message),
        ParseErrorKind::Syntax => &t.syntax_error,
        ParseErrorKind::Indentation => &t.indentation_error,
        ParseErrorKind::Tab => &t.tab_error,
        ParseErrorKind::Incomplete => &t.incomplete_input_error,
    };
    let lines = LineIndex::new(source);
    let mut args = vec![new_str(&e.message)];
    if source.is_empty() && e.location(source, &lines).is_some() {
        // There is no line that it could be on.
        args.push(new_tuple(vec![
            new_str(request.filename),
            new_int(0),
            new_int(0),
            new_str(""),
            new_int(0),
            new_int(0),
        ]));
    } else if !request.is_text && e.message.starts_with("unknown encoding: ") {
        args.push(new_tuple(vec![
            new_str(request.filename),
            new_int(0),
            new_int(-1),
            Ref::none(),
        ]));
    } else if let Some(at) = e.location(source, &lines) {
        let start = lines
            .starts
            .get((at.line as usize).saturating_sub(1))
            .copied()
            .unwrap_or(0) as usize;
        let text = source
            .get(start..)
            .unwrap_or("")
            .split_inclusive('\n')
            .next()
            .unwrap_or("");
        let text: Ref = if line_of_file {
            match vm.file_line(request.filename, at.line as usize) {
                Some(line) => new_str(&format!("{line}\n")),
                None => Ref::none(),
            }
        } else if text.is_empty() {
            new_str("")
        } else {
            new_str(text)
        };
        args.push(new_tuple(vec![
            new_str(request.filename),
            new_int(at.line as i64),
            new_int(at.offset),
            text,
            new_int(at.end_line as i64),
            new_int(at.end_offset),
        ]));
    }
    let exc = new_exception(class, args);
    if !line_of_file && let Some(at) = e.location(source, &lines) {
        // For the search for misspelt keywords: where the statement begins, and the text if there is no file with it.
        let text = if request.is_text {
            new_str(source)
        } else {
            Ref::none()
        };
        let first = statement_start(source, at.line as usize);
        let metadata = new_tuple(vec![new_int(first as i64), new_int(0), text]);
        taipan_vm::errors::set_field(&exc, "_metadata", metadata);
    }
    vm.raise(exc)
}

/// The line of the outermost statement that a line belongs to, as its indentation shows.
fn statement_start(source: &str, line: usize) -> usize {
    let mut first = 1;
    for (i, text) in source.lines().take(line).enumerate() {
        let word = text
            .split(|c: char| !c.is_alphanumeric() && c != '_')
            .next()
            .unwrap_or("");
        let begins = text.starts_with(|c: char| !c.is_whitespace() && !"#)]}\"'".contains(c));
        let continues = matches!(word, "elif" | "else" | "except" | "finally");
        if begins && !continues && i + 1 < line {
            first = i + 1;
        }
    }
    first
}
