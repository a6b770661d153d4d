//! Names of encodings: their normal form, aliases and official spelling.

use crate::codec::Codec;
use crate::codec_tables::NAMES;

/// The form in which names are compared: lower case, runs of other signs than letters, digits and points as one `_`.
pub fn normalize(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut gap = false;
    for c in name.chars() {
        if c.is_ascii_alphanumeric() || c == '.' {
            if gap && !out.is_empty() {
                out.push('_');
            }
            gap = false;
            out.push(c.to_ascii_lowercase());
        } else {
            gap = true;
        }
    }
    out
}

fn entry(name: &str) -> Option<&'static (&'static str, Codec, &'static str)> {
    let find = |name: &str| {
        NAMES
            .binary_search_by_key(&name, |entry| entry.0)
            .ok()
            .map(|at| &NAMES[at])
    };
    if let Some(found) = find(name) {
        return Some(found);
    }
    let normal = normalize(name);
    find(&normal).or_else(|| find(&normal.replace('.', "_")))
}

/// The codec of a name in any spelling.
pub fn lookup(name: &str) -> Option<Codec> {
    match name {
        "utf-8" | "utf8" => Some(Codec::Utf8),
        "ascii" => Some(Codec::Ascii),
        "latin-1" | "latin1" => Some(Codec::Latin1),
        _ => entry(name).map(|entry| entry.1),
    }
}

/// What `codecs.lookup(name).name` says.
pub fn official_name(name: &str) -> Option<&'static str> {
    entry(name).map(|entry| entry.2)
}

impl Codec {
    /// What `codecs.lookup` calls it.
    pub fn name(self) -> &'static str {
        NAMES
            .iter()
            .find(|entry| entry.1 == self)
            .map_or("utf-8", |entry| entry.2)
    }
}
