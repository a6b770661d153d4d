//! Compiles and verifies Python files: `check [--dis] [--time] [--lines] paths...`, folders being searched.
//!
//! `--lines` reads a list of programs from standard input instead, one on each line with newlines written `\n`, and
//! answers each with the error and warnings it gives, for comparison with a reference.

use std::path::{Path, PathBuf};
use std::time::Instant;
use taipan_compiler::{CompileOptions, SourceError, compile_source};
use taipan_grammar::{LineIndex, ParseOptions, decode_source, normalize_newlines};

fn main() {
    // Deep programs need a deep stack, in a build without optimisation most of all.
    let run = std::thread::Builder::new()
        .stack_size(stack_size())
        .spawn(run);
    let failed = run.ok().and_then(|t| t.join().ok()).unwrap_or(true);
    std::process::exit(failed as i32);
}

fn run() -> bool {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let mut flag = |name: &str| {
        let n = args.len();
        args.retain(|a| a != name);
        args.len() < n
    };
    let (dis, time, lines) = (flag("--dis"), flag("--time"), flag("--lines"));
    if lines {
        return programs();
    }
    let mut files = Vec::new();
    args.iter().for_each(|a| find(Path::new(a), &mut files));
    let mut failures = 0;
    let (mut parse_time, mut compile_time, mut bytes) = (0.0, 0.0, 0);
    for file in &files {
        let Ok(data) = std::fs::read(file) else {
            continue;
        };
        let Ok(text) = decode_source(&data) else {
            println!("{}: not decoded", file.display());
            continue;
        };
        bytes += text.len();
        let options = CompileOptions {
            filename: file.display().to_string(),
            max_depth: 2000,
            ..Default::default()
        };
        if time {
            let (p, c) = timed(&text, &options);
            parse_time += p;
            compile_time += c;
            continue;
        }
        match compile_source(&text, &options, ParseOptions::default()) {
            Err(e) => {
                failures += 1;
                let lines = LineIndex::new(&text);
                let (line, col) = lines.line_col(e.span().start);
                let stage = if matches!(e, SourceError::Parse(_)) {
                    "parse"
                } else {
                    "compile"
                };
                println!("{}:{line}:{col}: {stage}: {}", file.display(), e.message());
            }
            Ok(compiled) => {
                if dis {
                    print!("{}", taipan_bytecode::disasm::disassemble(&compiled.code));
                }
                if let Err(fault) = taipan_bytecode::verify::verify(&compiled.code) {
                    failures += 1;
                    println!("{}: {fault}", file.display());
                }
                let stored = taipan_bytecode::serial::write(&compiled.code);
                match taipan_bytecode::serial::read(&stored) {
                    Ok(again) if taipan_bytecode::serial::write(&again) == stored => {}
                    _ => println!("{}: the serial form does not come back", file.display()),
                }
            }
        }
    }
    if time {
        println!(
            "{} files, {bytes} bytes: parse {parse_time:.3} s, compile {compile_time:.3} s",
            files.len()
        );
    } else if !dis {
        println!("{} files, {failures} failures", files.len());
    }
    failures > 0
}

fn timed(text: &str, options: &CompileOptions) -> (f64, f64) {
    let arena = taipan_grammar::Arena::default();
    let mut interner = taipan_grammar::Interner::default();
    let start = Instant::now();
    let Ok(parsed) = taipan_grammar::parse(text, options.mode, &arena, &mut interner) else {
        return (0.0, 0.0);
    };
    let middle = Instant::now();
    let _ = taipan_compiler::compile(&parsed.module, &mut interner, &parsed.lines, options);
    (
        (middle - start).as_secs_f64(),
        middle.elapsed().as_secs_f64(),
    )
}

fn find(path: &Path, files: &mut Vec<PathBuf>) {
    if path.is_dir() {
        let Ok(entries) = std::fs::read_dir(path) else {
            return;
        };
        let mut entries: Vec<PathBuf> = entries.flatten().map(|e| e.path()).collect();
        entries.sort();
        entries.iter().for_each(|p| find(p, files));
    } else if path.extension().is_some_and(|e| e == "py") || path.exists() && files.is_empty() {
        files.push(path.to_path_buf());
    }
}

fn programs() -> bool {
    for line in std::io::stdin().lines().map_while(Result::ok) {
        let source = unescape(&line);
        let options = CompileOptions {
            filename: "<s>".into(),
            ..Default::default()
        };
        let text = normalize_newlines(&source).into_owned();
        let lines = LineIndex::new(&text);
        let at = |offset: u32| {
            let (line, col) = lines.line_col(offset);
            (line, col + 1)
        };
        match compile_source(&source, &options, ParseOptions::default()) {
            Err(e) => {
                let (start, end) = (at(e.span().start), at(e.span().end));
                println!(
                    "ERROR\t{}\t{}\t{}\t{}\t{}",
                    e.message(),
                    start.0,
                    start.1,
                    end.0,
                    end.1
                );
            }
            Ok(c) => {
                let shown: Vec<String> = c
                    .warnings
                    .iter()
                    .map(|w| format!("{}|{}", w.message, at(w.span.start).0))
                    .collect();
                let verified = taipan_bytecode::verify::verify(&c.code)
                    .map_or_else(|f| f.to_string(), |()| String::new());
                println!("OK\t{}\t{verified}", shown.join("\t"));
            }
        }
    }
    false
}

/// A line of the input: `\n` for a newline, `\\` for a backslash.
fn unescape(line: &str) -> String {
    let mut out = String::new();
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n') => out.push('\n'),
                Some(c) => out.push(c),
                None => {}
            },
            c => out.push(c),
        }
    }
    out
}

/// Megabytes of stack, from the environment variable `STACK`.
fn stack_size() -> usize {
    let megabytes = std::env::var("STACK").ok().and_then(|s| s.parse().ok());
    megabytes.unwrap_or(256usize) << 20
}
