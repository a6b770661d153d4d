//! Source text through the lexer, the parser and the compiler, in each mode: any error will do, a panic will not.

#![no_main]

use libfuzzer_sys::fuzz_target;
use taipan_compiler::{CompileOptions, compile_source};
use taipan_grammar::{Mode, ParseOptions};

fuzz_target!(|data: &[u8]| {
    // The first byte chooses how the rest is read, so that one corpus serves all modes.
    let Some((&choice, text)) = data.split_first() else {
        return;
    };
    let Ok(source) = std::str::from_utf8(text) else {
        return;
    };
    let interactive = choice & 0x04 != 0;
    let options = CompileOptions {
        mode: match choice & 0x03 {
            0 => Mode::Single,
            1 => Mode::Eval,
            _ => Mode::Exec,
        },
        optimize: (choice >> 3) % 3,
        future_annotations: choice & 0x20 != 0,
        top_level_await: choice & 0x40 != 0,
        ..CompileOptions::default()
    };
    let parse_options = ParseOptions {
        allow_incomplete: interactive,
        dont_imply_dedent: interactive,
    };
    // Whatever comes of it is right as long as it comes.
    let _ = compile_source(source, &options, parse_options);
});
