//! Compiles the pure-Python standard library and packs it: code and source text of every module, each compressed on its own.
//!
//! Written to `OUT_DIR`: `library.bin`, the compressed pieces one after the other, and `library.rs`, the sorted index of them. The sources
//! are those of the crate `rustpython-pylib`; modules in the folder `python` beside this file replace or join them.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use taipan_compiler::{CompileOptions, Mode, compile_source};
use taipan_grammar::{ParseOptions, decode_source};

/// Where the library seems to lie, for `__file__` and tracebacks.
const ROOT: &str = "/taipan/lib";
/// Nesting of the library's sources is modest; this is room for the deepest of them.
const STACK: usize = 256 << 20;

/// What is not embedded: graphics, tools around the reference's own installation, other systems, demonstrations, tests.
const LEFT_OUT: &[&str] = &[
    "__hello__",
    "__phello__",
    "_aix_support",
    "_android_support",
    "_apple_support",
    "_dummy_os",
    "_dummy_thread",
    "_ios_support",
    "_osx_support",
    "_pycodecs",
    "asyncio.windows_events",
    "asyncio.windows_utils",
    "ctypes",
    "curses",
    "dummy_threading",
    "ensurepip",
    "idlelib",
    "lib2to3",
    "multiprocessing.popen_spawn_win32",
    "pydoc_data",
    "test",
    "tkinter",
    "turtle",
    "turtledemo",
    "venv",
];

struct Source {
    name: String,
    is_package: bool,
    path: PathBuf,
}

/// A finished module: compressed code and text with their plain lengths.
struct Packed {
    is_package: bool,
    code: Vec<u8>,
    code_len: usize,
    text: Vec<u8>,
    text_len: usize,
}

fn main() {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("python");
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed={}", own.display());
    println!("cargo:rustc-env=TAIPAN_LIBRARY_ROOT={ROOT}");
    let mut sources = BTreeMap::new();
    walk(Path::new(rustpython_pylib::LIB_PATH), "", &mut sources);
    walk(&own, "", &mut sources);
    let todo = Mutex::new(sources.into_values());
    let done = Mutex::new(BTreeMap::new());
    let threads = std::thread::available_parallelism().map_or(2, |n| n.get());
    std::thread::scope(|scope| {
        for _ in 0..threads {
            let work = || {
                loop {
                    let Some(source) = lock(&todo).next() else {
                        return;
                    };
                    match pack(&source) {
                        Ok(packed) => {
                            lock(&done).insert(source.name, packed);
                        }
                        Err(why) => {
                            println!(
                                "cargo:warning=library module {} left out: {why}",
                                source.name
                            );
                        }
                    }
                }
            };
            let thread = std::thread::Builder::new().stack_size(STACK);
            if let Err(e) = thread.spawn_scoped(scope, work) {
                panic!("cannot start a thread: {e}");
            }
        }
    });
    let done = done.into_inner().unwrap_or_else(|e| e.into_inner());
    save(&done);
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(|e| e.into_inner())
}

/// Collects the modules below a folder by their full names.
fn walk(folder: &Path, package: &str, found: &mut BTreeMap<String, Source>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for path in entries.flatten().map(|e| e.path()) {
        let Some(stem) = path.file_stem().and_then(|s| s.to_str()) else {
            continue;
        };
        let mut name = if package.is_empty() {
            stem.to_string()
        } else {
            format!("{package}.{stem}")
        };
        if LEFT_OUT.contains(&name.as_str()) || stem == "tests" || stem == "test" {
            continue;
        }
        if path.is_dir() {
            walk(&path, &name, found);
        } else if path.extension().is_some_and(|e| e == "py") {
            let is_package = stem == "__init__";
            if is_package {
                if package.is_empty() {
                    continue;
                }
                name = package.to_string();
            }
            found.insert(
                name.clone(),
                Source {
                    name,
                    is_package,
                    path,
                },
            );
        }
    }
}

fn pack(source: &Source) -> Result<Packed, String> {
    let bytes = std::fs::read(&source.path).map_err(|e| e.to_string())?;
    let text = decode_source(&bytes).map_err(|e| e.message)?;
    let place = source.name.replace('.', "/");
    let end = if source.is_package {
        "/__init__.py"
    } else {
        ".py"
    };
    let options = CompileOptions {
        filename: format!("{ROOT}/{place}{end}"),
        mode: Mode::Exec,
        ..CompileOptions::default()
    };
    let compiled = compile_source(&text, &options, ParseOptions::default())
        .map_err(|e| e.message().to_string())?;
    let code = taipan_bytecode::serial::write(&compiled.code);
    Ok(Packed {
        is_package: source.is_package,
        code: lz4_flex::block::compress(&code),
        code_len: code.len(),
        text: lz4_flex::block::compress(text.as_bytes()),
        text_len: text.len(),
    })
}

fn save(modules: &BTreeMap<String, Packed>) {
    let out = PathBuf::from(std::env::var_os("OUT_DIR").unwrap_or_default());
    let mut bin = Vec::new();
    let mut index = String::from("&[\n");
    for (name, m) in modules {
        let at = bin.len();
        bin.extend_from_slice(&m.code);
        bin.extend_from_slice(&m.text);
        let _ = writeln!(
            index,
            "Entry {{ name: {name:?}, is_package: {}, at: {at}, code: ({}, {}), text: ({}, {}) }},",
            m.is_package,
            m.code.len(),
            m.code_len,
            m.text.len(),
            m.text_len
        );
    }
    index.push(']');
    for (file, data) in [("library.bin", &bin), ("library.rs", &index.into_bytes())] {
        if let Err(e) = std::fs::write(out.join(file), data) {
            panic!("cannot write {file}: {e}");
        }
    }
}
