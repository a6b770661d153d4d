//! Source lines for tracebacks: from files, and from text that has no file (`-c`, the interactive loop, the embedded library).

use crate::Vm;
use crate::value::*;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;
use taipan_bytecode::{Code, Const};

/// A source text, split into lines.
pub struct Source {
    text: String,
    starts: Vec<usize>,
}

impl Source {
    fn new(text: String) -> Source {
        let mut starts = vec![0];
        let bytes = text.as_bytes();
        for (i, &b) in bytes.iter().enumerate() {
            if b == b'\n' || b == b'\r' && bytes.get(i + 1) != Some(&b'\n') {
                starts.push(i + 1);
            }
        }
        Source { text, starts }
    }
    /// The line with this number (from 1) without its end.
    pub fn line(&self, n: usize) -> Option<&str> {
        let start = *self.starts.get(n.checked_sub(1)?)?;
        let end = self.starts.get(n).copied().unwrap_or(self.text.len());
        Some(self.text[start..end].trim_end_matches(['\n', '\r']))
    }
    pub fn len(&self) -> usize {
        self.starts.len()
    }
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}

/// What is known of sources, by file name.
#[derive(Default)]
pub struct Sources {
    /// Texts without a file, for good.
    given: HashMap<String, Rc<Source>>,
    /// The same for one source's code objects: several sources may have the name `<string>`. They are kept alive, so that
    /// an address means one of them.
    of_code: HashMap<*const Code, (Arc<Code>, Rc<Source>)>,
    /// Files, for one report: they may change between two.
    read: HashMap<String, Option<Rc<Source>>>,
    /// Finds the text of an embedded module by its code's file name.
    pub embedded: Option<fn(&str) -> Option<String>>,
}

/// Decodes a source file by its byte order mark or its coding line (PEP 263); faults become replacement characters.
pub fn decode(bytes: &[u8]) -> String {
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return String::from_utf8_lossy(rest).into_owned();
    }
    let name = bytes.split(|&b| b == b'\n').take(2).find_map(coding);
    if let Some(name) = name
        && let Some(codec) = taipan_text::codec::Codec::by_name(&name)
        && let Ok((text, _)) =
            taipan_text::codec::decode(codec, bytes, taipan_text::codec::Handler::Replace, true)
    {
        return String::from_utf8_lossy(&text).into_owned();
    }
    String::from_utf8_lossy(bytes).into_owned()
}

fn coding(line: &[u8]) -> Option<String> {
    let line = std::str::from_utf8(line).ok()?;
    let comment = line.trim_start().strip_prefix('#')?;
    let at = comment.find("coding")?;
    let rest = comment[at + 6..].strip_prefix([':', '='])?;
    let name: String = rest
        .trim_start()
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
        .collect();
    (!name.is_empty()).then_some(name)
}

impl Vm {
    /// Makes the text of a source without a file known, for tracebacks.
    pub fn register_source(&mut self, filename: &str, text: String) {
        rt().sources
            .given
            .insert(filename.to_string(), Rc::new(Source::new(text)));
    }
    /// The same for the code that was compiled from the text.
    pub fn register_code_source(&mut self, code: &Arc<Code>, text: String) {
        let source = Rc::new(Source::new(text));
        let mut todo = vec![code.clone()];
        while let Some(code) = todo.pop() {
            for c in &code.consts {
                if let Const::Code(inner) = c {
                    todo.push(inner.clone());
                }
            }
            let known = &mut rt().sources.of_code;
            known.insert(Arc::as_ptr(&code), (code, source.clone()));
        }
    }
    /// The source of a code object.
    pub(super) fn source_of_code(&mut self, code: &Arc<Code>) -> Option<Rc<Source>> {
        if let Some((_, s)) = rt().sources.of_code.get(&Arc::as_ptr(code)) {
            return Some(s.clone());
        }
        self.source(&code.filename)
    }
    /// Where the texts of embedded modules come from.
    pub fn set_embedded_sources(&mut self, find: fn(&str) -> Option<String>) {
        rt().sources.embedded = Some(find);
    }
    /// Forgets files that have been read.
    pub(super) fn forget_source_files(&mut self) {
        rt().sources.read.clear();
    }
    /// The source with this name.
    pub fn source(&mut self, filename: &str) -> Option<Rc<Source>> {
        let known = &rt().sources;
        if let Some(s) = known.given.get(filename) {
            return Some(s.clone());
        }
        if let Some(s) = known.read.get(filename) {
            return s.clone();
        }
        let text = match known.embedded.and_then(|f| f(filename)) {
            Some(text) => Some(text),
            None => self.read_source(filename),
        };
        let source = text.map(|t| Rc::new(Source::new(t)));
        rt().sources
            .read
            .insert(filename.to_string(), source.clone());
        source
    }
    fn read_source(&mut self, filename: &str) -> Option<String> {
        if filename.is_empty() || filename.starts_with('<') && filename.ends_with('>') {
            return None;
        }
        let path = Path::new(filename);
        if let Ok(bytes) = self.host.read_file(path) {
            return Some(decode(&bytes));
        }
        if path.is_absolute() {
            return None;
        }
        // A relative name may have been found through the module search path.
        let dirs = self
            .sys_field("path")
            .and_then(|p| p.cast::<ListObj>().map(|l| l.to_vec()))
            .unwrap_or_default();
        for dir in dirs {
            if !dir.is_str() {
                continue;
            }
            let mut full = PathBuf::from(self.str_lossy(&dir));
            full.push(path);
            if let Ok(bytes) = self.host.read_file(&full) {
                return Some(decode(&bytes));
            }
        }
        None
    }
    /// One line of a source, without its end.
    pub fn source_line(&mut self, filename: &str, lineno: usize) -> Option<String> {
        self.source(filename)?.line(lineno).map(str::to_string)
    }
    /// A line of the file itself, as it is now; or of the text without a file that was registered under the name.
    pub fn file_line(&mut self, filename: &str, lineno: usize) -> Option<String> {
        if let Some(text) = rt().sources.given.get(filename) {
            return text.line(lineno).map(str::to_string);
        }
        self.forget_source_files();
        let text = self.read_source(filename)?;
        Source::new(text).line(lineno).map(str::to_string)
    }
    /// An attribute of `sys`, without running Python code.
    pub(super) fn sys_field(&self, name: &str) -> Option<Ref> {
        let sys = self.sys.cast::<ModuleObj>()?;
        sys.dict.cast::<DictObj>()?.get_name(name)
    }
}
