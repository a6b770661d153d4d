//! Prints the syntax trees of Python files, to be compared with those of `tests/record.py tree FILE...`.
//!
//! `dump_ast FILE...` prints one tree a line; `dump_ast --time FILE...` the speed of decoding and parsing.

use taipan_grammar::{Arena, Interner, Mode, decode_source, parse_with};

#[path = "../tests/dump/mod.rs"]
mod dump;

fn main() {
    let mut time = false;
    let (mut bytes, mut spent) = (0, std::time::Duration::ZERO);
    let mut mode = Mode::Exec;
    for argument in std::env::args().skip(1) {
        match argument.as_str() {
            "--time" => time = true,
            "--eval" => mode = Mode::Eval,
            "--single" => mode = Mode::Single,
            path => {
                let raw = std::fs::read(path).unwrap_or_default();
                let arena = Arena::default();
                let mut names = Interner::default();
                let begin = std::time::Instant::now();
                let text = decode_source(&raw);
                let parsed = text.and_then(|text| {
                    parse_with(&text, mode, Default::default(), &arena, &mut names)
                });
                spent += begin.elapsed();
                bytes += raw.len();
                match parsed {
                    Ok(_) if time => {}
                    Ok(parsed) => {
                        let text = dump::dump(&parsed.module, &names, &parsed.lines);
                        println!("{text}");
                    }
                    Err(e) => println!("{path} {:?} {} {:?}", e.kind, e.message, e.span),
                }
            }
        }
    }
    if time {
        let seconds = spent.as_secs_f64();
        println!(
            "{bytes} bytes, {seconds:.3} s, {:.1} MB/s",
            bytes as f64 / seconds / 1e6
        );
    }
}
