//! What the compiler gives for small programs: their disassembly, and their errors and warnings.
//!
//! `snippets/*.py` have their disassembly in a `.dis` beside them; `BLESS=1 cargo test -p taipan-compiler` writes those anew.
//! `errors.txt` was recorded from CPython 3.14: a program with its newlines written `\n`, then tab-separated either
//! `error`, the message, and the start and end line and column, or `ok` and the warnings.

use std::path::{Path, PathBuf};
use taipan_compiler::{CompileOptions, SourceError, compile_source};
use taipan_grammar::{LineIndex, ParseOptions};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

fn options(filename: &str) -> CompileOptions {
    CompileOptions {
        filename: filename.into(),
        ..Default::default()
    }
}

#[test]
fn snippets_compile_as_recorded() {
    let bless = std::env::var_os("BLESS").is_some();
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder().join("snippets"))
        .expect("the folder of snippets")
        .flatten()
        .map(|e| e.path())
        .collect();
    files.sort();
    let mut wrong = Vec::new();
    for file in files
        .iter()
        .filter(|f| f.extension().is_some_and(|e| e == "py"))
    {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let source = std::fs::read_to_string(file).expect("a snippet");
        let compiled = compile_source(&source, &options(&name), ParseOptions::default());
        let code = compiled
            .unwrap_or_else(|e| panic!("{name}: {}", e.message()))
            .code;
        taipan_bytecode::verify::verify(&code).unwrap_or_else(|fault| panic!("{name}: {fault}"));
        let listing = taipan_bytecode::disasm::disassemble(&code);
        let recorded = file.with_extension("dis");
        if bless {
            std::fs::write(&recorded, &listing).expect("to write the listing");
        } else if std::fs::read_to_string(&recorded).unwrap_or_default() != listing {
            wrong.push(format!("{name}:\n{listing}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn errors_and_warnings_as_the_reference_has_them() {
    let recorded = std::fs::read_to_string(folder().join("errors.txt")).expect("the record");
    let mut wrong = Vec::new();
    for line in recorded.lines() {
        let (program, expected) = line.split_once('\t').expect("a program and its result");
        let result = result_of(&program.replace("\\n", "\n"));
        if result != expected {
            wrong.push(format!(
                "{program}\n  expected {expected}\n  got      {result}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn result_of(source: &str) -> String {
    let lines = LineIndex::new(source);
    let at = |offset: u32| {
        let (line, col) = lines.line_col(offset);
        format!("{line}\t{}", col + 1)
    };
    match compile_source(source, &options("<s>"), ParseOptions::default()) {
        Err(SourceError::Parse(e)) => format!("parse\t{}", e.message),
        Err(SourceError::Compile(e)) => format!(
            "error\t{}\t{}\t{}",
            e.message,
            at(e.span.start),
            at(e.span.end)
        ),
        Ok(compiled) => {
            let mut out = String::from("ok");
            for w in &compiled.warnings {
                out += &format!("\t{}", w.message);
            }
            if let Err(fault) = taipan_bytecode::verify::verify(&compiled.code) {
                out += &format!("\t{fault}");
            }
            out
        }
    }
}

fn fails(source: &str, message: &str) {
    match compile_source(source, &options("<s>"), ParseOptions::default()) {
        Err(e) => assert_eq!(e.message(), message),
        Ok(_) => panic!("compiled, but should say: {message}"),
    }
}

/// Runs on a stack of 8 MiB whatever the test runner's is.
fn on_a_main_thread(f: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new()
        .stack_size(8 << 20)
        .spawn(f)
        .expect("a thread");
    thread.join().expect("no panic");
}

#[test]
fn long_chains_compile() {
    on_a_main_thread(|| {
        let n = 100_000;
        for source in [
            format!("x = {}", vec!["a"; n].join(" + ")),
            format!("x = a{}", ".b".repeat(n)),
            format!("x = {}", vec!["a"; n].join(" and ")),
            format!("x = {}", vec!["a"; n].join(" < ")),
            format!("x = [{}]", vec!["a"; n].join(", ")),
            format!("f({})", vec!["a"; n].join(", ")),
            format!("if a: b\n{}", "elif a: b\n".repeat(n)),
        ] {
            let code = compile_source(&source, &options("<s>"), ParseOptions::default());
            let code = code.unwrap_or_else(|e| panic!("{}", e.message())).code;
            taipan_bytecode::verify::verify(&code).expect("verifies");
        }
    });
}

#[test]
fn deep_programs_are_refused() {
    on_a_main_thread(|| {
        let m = "maximum recursion depth exceeded during compilation";
        fails(&format!("x = {}1", "not ".repeat(20_000)), m);
        fails(&format!("x = {}1", "lambda: ".repeat(20_000)), m);
        fails(&format!("x = a{}", ".b()".repeat(20_000)), m);
    });
}

#[test]
fn jumps_reach_far() {
    let body = "   x = x + y\n".repeat(40_000);
    let source = format!("def f(x, y):\n while x < 5:\n  if x: continue\n  for y in x:\n{body}");
    let code = compile_source(&source, &options("<s>"), ParseOptions::default())
        .expect("compiles")
        .code;
    taipan_bytecode::verify::verify(&code).expect("verifies");
}

#[test]
fn limits_say_what_is_full() {
    let assignments: String = (0..40_000).map(|n| format!(" a{n} = 1\n")).collect();
    fails(
        &format!("def f():\n{assignments}"),
        "too many registers in one code object",
    );
}
