//! The house rules that a machine can check, as tests.

use std::fs;
use std::path::{Path, PathBuf};

/// A file longer than this has a seam that nobody has looked for.
const MAX_LINES: usize = 1500;
/// The only places where `unsafe` may stand; the last one lends file descriptors to the poller.
const UNSAFE_FOLDERS: [&str; 3] = ["src/vm/value/", "src/vm/interp/", "src/aio/poll.rs"];
const TOP_LEVEL: [&str; 11] = [
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "clippy.toml",
    "docs",
    "examples",
    "grammar",
    "rustfmt.toml",
    "src",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below `folder` whose name ends with one of `endings`, with its path from the root.
fn files(folder: &str, endings: &[&str]) -> Vec<(String, PathBuf)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else {
            continue;
        };
        for entry in entries.flatten() {
            let path = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            if path.is_dir() {
                if name != "target" && !name.starts_with('.') {
                    folders.push(path);
                }
            } else if endings.iter().any(|ending| name.ends_with(ending)) {
                let from_root = path.strip_prefix(root()).unwrap_or(&path);
                found.push((from_root.to_string_lossy().replace('\\', "/"), path));
            }
        }
    }
    found.sort();
    found
}

fn rust_files() -> Vec<(String, String)> {
    let folders = ["grammar", "src", "tests", "examples"];
    let all = folders.iter().flat_map(|folder| files(folder, &[".rs"]));
    all.map(|(name, path)| (name, fs::read_to_string(path).unwrap_or_default()))
        .collect()
}

#[track_caller]
fn expect_none(rule: &str, mut offenders: Vec<String>) {
    offenders.sort();
    assert!(
        offenders.is_empty(),
        "{rule}:\n  {}",
        offenders.join("\n  ")
    );
}

/// A line without its `//` comment; good enough where the words looked for never stand in strings.
fn code_of(line: &str) -> &str {
    line.split("//").next().unwrap_or(line)
}

#[test]
fn every_file_says_what_it_is_for() {
    let silent = rust_files()
        .into_iter()
        .filter(|(_, text)| !text.starts_with("//! "));
    expect_none(
        "the first line is `//! ` and says what the file is for",
        silent.map(|(name, _)| name).collect(),
    );
}

#[test]
fn no_trailing_white_space() {
    let mut offenders = Vec::new();
    for folder in ["grammar", "src", "tests", "examples", "docs"] {
        for (name, path) in files(folder, &[".rs", ".lalrpop", ".toml", ".md"]) {
            let text = fs::read_to_string(path).unwrap_or_default();
            for (number, line) in text.lines().enumerate() {
                // The transcripts quoted in the page of differences are what a program printed.
                if line.ends_with([' ', '\t']) && name != "docs/differences.md" {
                    offenders.push(format!("{name}:{}", number + 1));
                }
            }
        }
    }
    expect_none("no white space at the end of a line", offenders);
}

#[test]
fn unsafe_stays_inside_the_fence() {
    let mut offenders = Vec::new();
    for (name, text) in rust_files() {
        if UNSAFE_FOLDERS.iter().any(|folder| name.starts_with(folder)) || name == "tests/tidy.rs" {
            continue;
        }
        for (number, line) in text.lines().enumerate() {
            let mut words = code_of(line).split(|c: char| !c.is_alphanumeric() && c != '_');
            if words.any(|word| word == "unsafe") {
                offenders.push(format!("{name}:{}", number + 1));
            }
        }
    }
    expect_none(
        "unsafe code belongs in src/vm/value or src/vm/interp",
        offenders,
    );
}

#[test]
fn no_file_is_too_long() {
    let mut offenders = Vec::new();
    for (name, text) in rust_files() {
        let lines = text.lines().count();
        if lines > MAX_LINES {
            offenders.push(format!("{name}: {lines} lines"));
        }
    }
    expect_none("look for the seam in files over 1500 lines", offenders);
}

#[test]
fn nothing_is_left_for_later() {
    let marks = ["todo!(", "unimplemented!(", "dbg!("];
    let mut offenders = Vec::new();
    for (name, text) in rust_files() {
        if name == "tests/tidy.rs" {
            continue;
        }
        for (number, line) in text.lines().enumerate() {
            if marks.iter().any(|mark| code_of(line).contains(mark)) {
                offenders.push(format!("{name}:{}", number + 1));
            }
        }
    }
    expect_none("no todo!, unimplemented! or dbg!", offenders);
}

#[test]
fn the_top_level_has_only_what_is_agreed() {
    let entries = fs::read_dir(root())
        .expect("the root is readable")
        .flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let strangers = names.filter(|name| {
        let agreed = TOP_LEVEL.contains(&name.as_str()) || name == "tests" || name == "target";
        !agreed && !name.starts_with('.')
    });
    expect_none(
        "new entries at the top level need a reason",
        strangers.collect(),
    );
}

/// Scripts with no recording pass for tests and are none; recordings with no script are litter.
#[test]
fn every_golden_script_is_recorded() {
    let mut offenders = Vec::new();
    for (name, path) in files("tests/py", &[".py"]) {
        if name
            .split('/')
            .any(|part| part == "lib" || part.starts_with('_'))
        {
            continue;
        }
        let recording = if name.starts_with("tests/py/differ/") {
            "ref"
        } else {
            "out"
        };
        if !path.with_extension(recording).exists() {
            offenders.push(format!("{name} has no .{recording}"));
        }
    }
    for (name, path) in files("examples", &[".py"]) {
        let stem = path.file_stem().unwrap_or_default();
        let recording = root()
            .join("tests/py/examples")
            .join(stem)
            .with_extension("out");
        if !recording.exists() {
            offenders.push(format!("{name} has no tests/py/examples/*.out"));
        }
    }
    for (name, path) in files(
        "tests/py",
        &[".out", ".err", ".code", ".ref", ".in", ".args"],
    ) {
        if name
            .split('/')
            .any(|part| part == "lib" || part.starts_with('_'))
        {
            continue;
        }
        let stem = path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let in_examples = root().join("examples").join(format!("{stem}.py")).exists();
        let of_example = name.starts_with("tests/py/examples/") && in_examples;
        // A recorded session is what was typed.
        let session = name.starts_with("tests/py/repl/")
            && (path.with_extension("in").exists() && path.with_extension("out").exists());
        if !path.with_extension("py").exists() && !of_example && !session {
            offenders.push(format!("{name} has no script"));
        }
    }
    expect_none("every script has its recording and the reverse", offenders);
}
