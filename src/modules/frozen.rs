//! The embedded pure-Python library: an index of modules, each decompressed and decoded when it is asked for.

use std::sync::Arc;
use taipan_bytecode::Code;
use taipan_vm::import::{Library, LibraryModule};

struct Entry {
    name: &'static str,
    is_package: bool,
    /// Where the compressed code begins; the compressed text follows.
    at: usize,
    /// Compressed and plain length.
    code: (usize, usize),
    text: (usize, usize),
}

/// Sorted by name.
static INDEX: &[Entry] = include!(concat!(env!("OUT_DIR"), "/library.rs"));
static DATA: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/library.bin"));
/// What stands for the library in `sys.path`.
const ROOT: &str = env!("TAIPAN_LIBRARY_ROOT");

impl Entry {
    fn find(name: &str) -> Option<&'static Entry> {
        let i = INDEX.binary_search_by(|e| e.name.cmp(name)).ok()?;
        INDEX.get(i)
    }
    fn code(&self) -> Option<Arc<Code>> {
        let packed = DATA.get(self.at..self.at + self.code.0)?;
        let plain = lz4_flex::block::decompress(packed, self.code.1).ok()?;
        taipan_bytecode::serial::read(&plain).ok()
    }
    fn text(&self) -> Option<Vec<u8>> {
        let at = self.at + self.code.0;
        let packed = DATA.get(at..at + self.text.0)?;
        lz4_flex::block::decompress(packed, self.text.1).ok()
    }
}

/// The library as the import machinery sees it.
pub struct Frozen;

impl Library for Frozen {
    fn root(&self) -> &str {
        ROOT
    }
    fn module(&self, name: &str) -> Option<LibraryModule> {
        let entry = Entry::find(name)?;
        Some(LibraryModule {
            code: entry.code()?,
            is_package: entry.is_package,
        })
    }
    fn source(&self, name: &str) -> Option<Vec<u8>> {
        Entry::find(name)?.text()
    }
}

/// The text of the module that would lie in this file.
pub(crate) fn text_of_file(path: &str) -> Option<String> {
    let inside = path.strip_prefix(ROOT)?.strip_prefix('/')?;
    let place = inside.strip_suffix(".py")?;
    let name = place.strip_suffix("/__init__").unwrap_or(place);
    let entry = Entry::find(&name.replace('/', "."))?;
    String::from_utf8(entry.text()?).ok()
}

/// The code of a module.
pub(crate) fn code_of(name: &str) -> Option<Arc<Code>> {
    Entry::find(name)?.code()
}

/// The names of all embedded modules, sorted.
pub fn names() -> impl Iterator<Item = &'static str> {
    INDEX.iter().map(|e| e.name)
}
