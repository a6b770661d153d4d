//! From abstract syntax tree to register bytecode, for Taipan.
//!
//! [`compile`] is the way in, [`compile_source`] the same from text. Reading order:
//!
//! - `collect` (and `collect_expr`) walks the tree once and opens a `scope` for every block; `scope` decides what each name is there.
//! - `unit` is the compiler's state: the block at hand, its registers, constants and names; `asm` holds its instructions,
//!   labels and exception regions and lays them out.
//! - The emitters, by family: `expr`, `compare`, `call`, `strings`, `comp`, `coroutine`; `stmt`, `blocks` (loops
//!   and the ways out of them), `tries`, `matching`; `function`, `class`.
//! - `fold` computes constants, `unparse` turns expressions back into text, `error` is what can go wrong.

mod asm;
mod blocks;
mod call;
mod class;
mod collect;
mod collect_expr;
mod comp;
mod compare;
mod coroutine;
mod error;
mod expr;
mod fold;
mod function;
mod matching;
mod scope;
mod stmt;
mod strings;
mod tries;
mod unit;
mod unparse;

pub use error::{CompileError, ErrorKind, Warning};
pub use taipan_grammar::Mode;

use scope::{ScopeKind, WellKnown};
use std::collections::HashSet;
use std::sync::Arc;
use taipan_bytecode::{Code, Op, flags};
use taipan_grammar::ast::{Mod, Span};
use taipan_grammar::{Arena, Interner, LineIndex, ParseError, ParseOptions, ParseWarning};
use unit::{Compiler, Unit};

/// Nesting that a thread with a stack of 2 MiB has room for: a level takes about 1 KiB, seven times as much in a build
/// without optimisation.
pub const DEFAULT_MAX_DEPTH: u32 = if cfg!(debug_assertions) { 250 } else { 1500 };

/// The parameters of `compile()`.
#[derive(Clone, Debug)]
pub struct CompileOptions {
    pub filename: String,
    pub mode: Mode,
    /// 1 leaves out assertions, 2 docstrings too.
    pub optimize: u8,
    /// `from __future__ import annotations` inherited from the code that calls `compile()`.
    pub future_annotations: bool,
    /// `await` and its kin at the top level make the code a coroutine (`ast.PyCF_ALLOW_TOP_LEVEL_AWAIT`).
    pub top_level_await: bool,
    /// How deeply a program may nest; a thread with a large stack can afford more.
    pub max_depth: u32,
}

impl Default for CompileOptions {
    fn default() -> Self {
        CompileOptions {
            filename: "<string>".into(),
            mode: Mode::Exec,
            optimize: 0,
            future_annotations: false,
            top_level_await: false,
            max_depth: DEFAULT_MAX_DEPTH,
        }
    }
}

/// What compilation gives. Warnings are the caller's to issue, in order.
#[derive(Clone, Debug)]
pub struct Compiled {
    pub code: Arc<Code>,
    pub warnings: Vec<Warning>,
}

/// Compiles a module, interactive statement or expression.
pub fn compile(
    module: &Mod<'_>,
    interner: &mut Interner,
    lines: &LineIndex,
    options: &CompileOptions,
) -> Result<Compiled, CompileError> {
    let names = WellKnown::new(interner);
    let collected = collect::collect(
        module,
        interner,
        names,
        options.future_annotations,
        options.max_depth,
    )?;
    let span = Span { start: 0, end: 0 };
    let mut c = Compiler {
        interner,
        lines,
        options,
        scopes: collected.scopes,
        names,
        future_annotations: collected.future_annotations,
        u: Unit::new(0, ScopeKind::Module, names.top, span),
        outer: Vec::new(),
        finished_free: Vec::new(),
        warnings: collected.warnings,
        warned: HashSet::new(),
        depth: 0,
        copied: 0,
    };
    c.u.qualname = "<module>".into();
    c.u.flags = c.unit_flags(0);
    c.begin_unit()?;
    let code = match *module {
        Mod::Module(body) | Mod::Interactive(body) => c.module_code(body, span)?,
        Mod::Expression(e) => {
            let r = c.operand(e)?;
            c.at(e.span);
            c.u.asm.emit(Op::Return, r.0, 0, 0);
            c.finish_unit()?
        }
    };
    Ok(Compiled {
        code,
        warnings: c.warnings,
    })
}

/// Why [`compile_source`] failed.
#[derive(Clone, Debug)]
pub enum SourceError {
    Parse(ParseError),
    Compile(CompileError),
}

impl SourceError {
    pub fn message(&self) -> &str {
        match self {
            SourceError::Parse(e) => &e.message,
            SourceError::Compile(e) => &e.message,
        }
    }
    pub fn span(&self) -> Span {
        match self {
            SourceError::Parse(e) => e.span,
            SourceError::Compile(e) => e.span,
        }
    }
}

/// What [`compile_source`] gives: the code, and the warnings of both stages in the order they arise.
#[derive(Clone, Debug)]
pub struct CompiledSource {
    pub code: Arc<Code>,
    pub parse_warnings: Vec<ParseWarning>,
    pub warnings: Vec<Warning>,
}

/// Parses and compiles text. Spans refer to the text with its newlines normalised.
pub fn compile_source(
    source: &str,
    options: &CompileOptions,
    parse_options: ParseOptions,
) -> Result<CompiledSource, SourceError> {
    let arena = Arena::default();
    let mut interner = Interner::default();
    let parsed =
        taipan_grammar::parse_with(source, options.mode, parse_options, &arena, &mut interner)
            .map_err(SourceError::Parse)?;
    let compiled = compile(&parsed.module, &mut interner, &parsed.lines, options)
        .map_err(SourceError::Compile)?;
    Ok(CompiledSource {
        code: compiled.code,
        parse_warnings: parsed.warnings,
        warnings: compiled.warnings,
    })
}

/// Whether code compiled from text that inherits `flags` (a frame's `co_flags`) has postponed annotations.
pub fn inherits_future_annotations(code_flags: u32) -> bool {
    code_flags & flags::FUTURE_ANNOTATIONS != 0
}
