//! A session without a terminal: text in; incomplete, done or the end out. Results and errors go to `sys.stdout` and `sys.stderr`.

use taipan::{Ref, Vm};
use taipan_bytecode::flags::{COROUTINE, FUTURE_ANNOTATIONS};
use taipan_grammar::{
    Arena, ErrorKind, Interner, Mode, ParseError, ParseOptions, parse, parse_with,
};
use taipan_vm::modules::set;
use taipan_vm::vm::{CompileRequest, new_str};
use taipan_vm::{R, intern, rt};

/// How sources are named in tracebacks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Naming {
    /// `<stdin-0>`, `<stdin-1>`, shown as `<stdin>`: line by line, as CPython without an editor.
    Stdin,
    /// `<python-input-0>`, ...: blocks from an editor.
    Input,
}

/// What became of an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Run to its end, or its exception has been reported.
    Done,
    /// The program asked to end with this exit code.
    Exit(i32),
}

/// Whether an input can be run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Check {
    /// More lines are needed.
    Incomplete,
    /// It parses, or holds an error that no further line could repair.
    Ready,
}

/// Looks at an input of whole lines as it grows. A block is open until an empty line ends it.
pub fn check(source: &str) -> Check {
    if is_blank(source) {
        return Check::Ready;
    }
    let single = |text: &str, more: bool| {
        let options = ParseOptions {
            allow_incomplete: more,
            dont_imply_dedent: more,
        };
        let arena = Arena::default();
        parse_with(
            text,
            Mode::Single,
            options,
            &arena,
            &mut Interner::default(),
        )
        .map(drop)
    };
    let open = |e: &ParseError| {
        e.message.ends_with("was never closed") || e.message.starts_with("unterminated triple-")
    };
    match single(source, true) {
        // The last line's own end is not yet the empty line that ends a block.
        Ok(()) => match single(source.strip_suffix('\n').unwrap_or(source), true) {
            Err(e) if e.kind == ErrorKind::Incomplete => Check::Incomplete,
            _ => Check::Ready,
        },
        Err(e) if e.kind == ErrorKind::Incomplete => {
            // The empty line is there, and what it ended can't end.
            if source.ends_with("\n\n") && !single(source, false).is_err_and(|e| open(&e)) {
                return Check::Ready;
            }
            Check::Incomplete
        }
        Err(_) => Check::Ready,
    }
}

/// Nothing but blank lines and comments.
pub fn is_blank(source: &str) -> bool {
    source
        .lines()
        .all(|l| l.trim_start().is_empty() || l.trim_start().starts_with('#'))
}

pub struct Session {
    main: Ref,
    naming: Naming,
    /// Inputs so far.
    count: usize,
    /// What `from __future__` has switched on, for the inputs that follow.
    future: u32,
    /// Code for `linecache`, until that is imported.
    sources: Vec<(Ref, String, String)>,
    /// An interrupt went unhandled: the shell should hear of it in the end.
    pub interrupted: bool,
}

impl Session {
    pub fn new(vm: &mut Vm, naming: Naming) -> Session {
        Session {
            main: vm.main_module(),
            naming,
            count: 0,
            future: 0,
            sources: Vec::new(),
            interrupted: false,
        }
    }

    /// The prompts, set where the program may change them.
    pub fn set_prompts(&self, vm: &mut Vm) {
        for (name, text) in [("ps1", ">>> "), ("ps2", "... ")] {
            if vm.sys_attr(name).is_none() {
                set(&vm.sys.clone(), name, new_str(text));
            }
        }
    }

    /// What `sys.ps1` or `sys.ps2` shows now.
    pub fn prompt(&self, vm: &mut Vm, name: &str) -> String {
        let Some(prompt) = vm.sys_attr(name) else {
            return String::new();
        };
        match vm.str(&prompt) {
            Ok(text) => vm.str_lossy(&text),
            Err(_) => {
                vm.take_exc();
                String::new()
            }
        }
    }

    /// Runs one interactive statement, or reports its error.
    pub fn run(&mut self, vm: &mut Vm, source: &str) -> Outcome {
        let done = self.try_run(vm, source);
        let outcome = self.conclude(vm, done);
        if vm.flush_streams().is_err() {
            vm.take_exc();
        }
        outcome
    }

    /// Runs a block from an editor: any number of statements, of which the last shows its value. `await` may stand outside of functions; the coroutine
    /// that it makes is given to `drive`.
    pub fn run_block(&mut self, vm: &mut Vm, source: &str, drive: &mut Drive) -> Outcome {
        let done = self.try_run_block(vm, source, drive);
        self.conclude(vm, done)
    }

    fn try_run_block(&mut self, vm: &mut Vm, source: &str, drive: &mut Drive) -> R<()> {
        if is_blank(source) {
            return Ok(());
        }
        let source = format!("{}\n", source.trim_end());
        let name = self.next_name();
        vm.register_source(&name, source.clone());
        // An error anywhere is told before anything runs.
        let last = last_statement(&source);
        let mut parts = Vec::new();
        if last > 0 {
            parts.push((source[..last].to_string(), "exec"));
        }
        let lines = source[..last].matches('\n').count();
        parts.push(("\n".repeat(lines) + &source[last..], "single"));
        let mut codes = Vec::new();
        for (text, mode) in parts {
            codes.push(self.compile_part(vm, &source, &text, mode, &name)?);
        }
        let main = self.main.clone();
        for (code, suspends) in codes {
            if !suspends {
                vm.run_module_code(&main, &code)?;
                continue;
            }
            let globals = vm.getattr_str(&main, "__dict__")?;
            let coroutine = vm.run_code(&code, &globals, &globals, Box::default())?;
            drive(vm, coroutine)?;
        }
        Ok(())
    }

    /// The code of a part of a block, and whether it is a coroutine's.
    fn compile_part(
        &mut self,
        vm: &mut Vm,
        block: &str,
        text: &str,
        mode: &str,
        name: &str,
    ) -> R<(Ref, bool)> {
        let Some(compile) = vm.compile else {
            return Err(vm.runtime_error("there is no compiler"));
        };
        let request = CompileRequest {
            source: text.as_bytes(),
            is_text: true,
            filename: name,
            mode,
            flags: self.future | TOP_LEVEL_AWAIT,
            optimize: -1,
        };
        let code = compile(vm, &request)?;
        self.future |= code.flags & FUTURE_ANNOTATIONS;
        vm.register_code_source(&code, block.to_string());
        let suspends = code.flags & COROUTINE != 0;
        let code = vm.new_code(&code);
        self.tell_linecache(vm, code.clone(), block, name)?;
        Ok((code, suspends))
    }

    fn try_run(&mut self, vm: &mut Vm, source: &str) -> R<()> {
        if is_blank(source) {
            self.next_name();
            return Ok(());
        }
        let code = self.compile(vm, source)?;
        vm.run_module_code(&self.main.clone(), &code).map(drop)
    }

    /// The name of the next source.
    fn next_name(&mut self) -> String {
        let n = self.count;
        self.count += 1;
        match self.naming {
            Naming::Stdin => format!("<stdin-{n}>"),
            Naming::Input => format!("<python-input-{n}>"),
        }
    }

    fn compile(&mut self, vm: &mut Vm, source: &str) -> R<Ref> {
        let Some(compile) = vm.compile else {
            return Err(vm.runtime_error("there is no compiler"));
        };
        let mut request = CompileRequest {
            source: source.as_bytes(),
            is_text: true,
            filename: "<stdin>",
            mode: "single",
            flags: self.future,
            optimize: -1,
        };
        // Errors of the grammar have no number.
        if self.naming == Naming::Stdin && !parses(source) {
            compile(vm, &request)?;
        }
        let name = self.next_name();
        vm.register_source(&name, source.to_string());
        request.filename = &name;
        let code = compile(vm, &request)?;
        self.future |= code.flags & FUTURE_ANNOTATIONS;
        vm.register_code_source(&code, source.to_string());
        let code = vm.new_code(&code);
        self.tell_linecache(vm, code.clone(), source, &name)?;
        Ok(code)
    }

    /// Makes the source known to the Python half of the library, where `inspect` and `pdb` look. The module is not imported for it.
    fn tell_linecache(&mut self, vm: &mut Vm, code: Ref, source: &str, name: &str) -> R<()> {
        self.sources.push((code, source.into(), name.into()));
        if vm.loaded(&intern("linecache")).is_none() {
            return Ok(());
        }
        let linecache = vm.import("linecache")?;
        for (code, source, name) in std::mem::take(&mut self.sources) {
            let args = [code, new_str(&source), new_str(&name)];
            vm.call_method(&linecache, "_register_code", &args)?;
        }
        Ok(())
    }

    /// Reports what was raised; SystemExit ends the session.
    pub fn conclude(&mut self, vm: &mut Vm, done: R<()>) -> Outcome {
        if done.is_ok() {
            return Outcome::Done;
        }
        if vm.exc_is(&rt().types.system_exit.clone()) {
            let exc = vm.take_exc();
            return Outcome::Exit(vm.exit_code(&exc));
        }
        self.interrupted = vm.exc_is(&rt().types.keyboard_interrupt.clone());
        let exc = vm.take_exc();
        match vm.report_exception(&exc) {
            Some(code) => Outcome::Exit(code),
            None => Outcome::Done,
        }
    }
}

/// Runs a coroutine to its end.
pub type Drive<'d> = dyn FnMut(&mut Vm, Ref) -> R<()> + 'd;

/// The flag of `compile()` that allows `await` outside of functions.
const TOP_LEVEL_AWAIT: u32 = 0x2000;

/// Where the last statement of a block begins; 0 if there is one only, or none that parses.
fn last_statement(source: &str) -> usize {
    let arena = Arena::default();
    let parsed = parse(source, Mode::Exec, &arena, &mut Interner::default());
    let Ok(parsed) = parsed else {
        return 0;
    };
    let taipan_grammar::ast::Mod::Module(body) = parsed.module else {
        return 0;
    };
    let [.., before, last] = body else {
        return 0;
    };
    let start = decorated(last);
    // Statements of one line stay together.
    let line = source[..start].rfind('\n').map_or(0, |n| n + 1);
    if (before.span.end as usize) > line {
        return body
            .iter()
            .map(|s| decorated(s))
            .rev()
            .find(|&at| at == line)
            .unwrap_or(0);
    }
    start
}

/// Where a statement begins, with its decorators.
fn decorated(statement: &taipan_grammar::ast::Stmt) -> usize {
    use taipan_grammar::ast::StmtKind;
    let decorators = match statement.kind {
        StmtKind::FunctionDef(f) | StmtKind::AsyncFunctionDef(f) => f.decorators,
        StmtKind::ClassDef { decorators, .. } => decorators,
        _ => &[],
    };
    let start = statement.span.start;
    // The `@` stands before the expression.
    let first = decorators.first().map_or(start, |d| d.span.start - 1);
    first.min(start) as usize
}

/// Whether the grammar accepts an interactive statement.
fn parses(source: &str) -> bool {
    let arena = Arena::default();
    parse(source, Mode::Single, &arena, &mut Interner::default()).is_ok()
}
