//! `docs/internals/instructions.md` is made from the instruction table; this test keeps the page true to it.
//!
//! `TAIPAN_BLESS=1 cargo test -p taipan-bytecode --test instructions` writes the page anew.

use std::fmt::Write;
use std::path::Path;
use taipan_bytecode::Role;
use taipan_bytecode::ops::{OPS, OpInfo};

/// The table with its comments: the essay above it is the page's introduction, and the comments between rows are its headings.
const SOURCE: &str = include_str!("../ops.rs");

fn page() -> String {
    let mut out = String::from(
        "# Instructions\n\nThis page is made from `src/bytecode/ops.rs` by `src/bytecode/tests/instructions.rs`; change it there.\n\n",
    );
    for line in SOURCE.lines().map_while(|line| line.strip_prefix("//!")) {
        let line = line.strip_prefix(' ').unwrap_or(line);
        // The essay's headings stand below the page's.
        let deeper = if line.starts_with('#') { "#" } else { "" };
        let _ = writeln!(out, "{deeper}{line}");
    }
    let rows = SOURCE
        .split_once("\ninstructions! {\n")
        .and_then(|(_, rest)| rest.split_once("\n}\n"))
        .map(|(rows, _)| rows)
        .expect("the table is where it was");
    for line in rows.lines().map(str::trim) {
        if let Some(heading) = line.strip_prefix("// ") {
            let (title, rest) = heading.split_once(". ").unwrap_or((heading, ""));
            let _ = writeln!(out, "\n## {}\n", title.trim_end_matches('.'));
            if !rest.is_empty() {
                let _ = writeln!(out, "{rest}\n");
            }
            out.push_str(
                "| instruction | a | b | c | cache | meaning |\n|---|---|---|---|---|---|\n",
            );
        } else if line.ends_with(';') {
            let name = line.split(' ').next().unwrap_or_default();
            let info = OPS.iter().find(|info| info.name == name);
            row(&mut out, info.expect("every row is an instruction"));
        }
    }
    out
}

fn row(out: &mut String, info: &OpInfo) {
    let _ = write!(out, "| {}", info.name);
    for role in info.roles {
        let text = if role == Role::o {
            String::new()
        } else {
            format!("{role:?}")
        };
        let _ = write!(out, " | {text}");
    }
    let cache = match info.cache_words {
        0 => String::new(),
        n => n.to_string(),
    };
    let doc = info.doc.trim().replace('|', "\\|");
    let _ = writeln!(out, " | {cache} | {doc} |");
}

#[test]
fn the_page_of_instructions_is_true() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/internals/instructions.md");
    let page = page();
    if std::env::var_os("TAIPAN_BLESS").is_some_and(|value| !value.is_empty()) {
        std::fs::write(&path, &page).expect("the page can be written");
        return;
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == page,
        "docs/internals/instructions.md is not what the table says; \
         TAIPAN_BLESS=1 cargo test -p taipan-bytecode --test instructions writes it anew"
    );
}

#[test]
fn every_instruction_is_on_the_page() {
    let page = page();
    for info in OPS {
        assert!(
            page.contains(&format!("\n| {} |", info.name)),
            "{}",
            info.name
        );
    }
}
