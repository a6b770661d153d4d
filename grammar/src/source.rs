//! From the bytes of a file to text: byte order mark, encoding cookie (PEP 263), newlines.

use std::borrow::Cow;

use crate::ast::Span;
use crate::{ErrorKind, Extent, ParseError};

/// Turns byte offsets into lines and columns.
#[derive(Debug)]
pub struct LineIndex {
    /// Byte offset at which each line starts; line 1 first.
    pub starts: Vec<u32>,
}

impl LineIndex {
    pub fn new(source: &str) -> Self {
        let mut starts = vec![0];
        for (i, b) in source.bytes().enumerate() {
            if b == b'\n' {
                starts.push(i as u32 + 1);
            }
        }
        LineIndex { starts }
    }
    /// Line (from 1) and column (in UTF-8 bytes, from 0) of an offset.
    pub fn line_col(&self, offset: u32) -> (u32, u32) {
        let line = self.starts.partition_point(|&s| s <= offset) - 1;
        (line as u32 + 1, offset - self.starts[line])
    }
}

/// `\r\n` and lone `\r` become `\n`, as in universal newlines mode.
pub fn normalize_newlines(source: &str) -> Cow<'_, str> {
    if !source.bytes().any(|b| b == b'\r') {
        return Cow::Borrowed(source);
    }
    let mut text = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(at) = rest.find('\r') {
        text.push_str(&rest[..at]);
        text.push('\n');
        rest = &rest[at + 1..];
        rest = rest.strip_prefix('\n').unwrap_or(rest);
    }
    text.push_str(rest);
    Cow::Owned(text)
}

/// An error about the file as a whole, at its first line.
fn file_error(message: String) -> ParseError {
    ParseError {
        kind: ErrorKind::Syntax,
        message,
        span: Span { start: 0, end: 0 },
        extent: Extent::Nowhere,
    }
}

pub(crate) fn null_byte_error() -> ParseError {
    file_error("source code string cannot contain null bytes".into())
}

/// The text of a source file, its byte order mark removed and its newlines normalised.
///
/// Where an error has a position, it is one in the bytes after the byte order mark, decoded as UTF-8 as far as they can be
/// (`String::from_utf8_lossy`), with normalised newlines.
pub fn decode_source(bytes: &[u8]) -> Result<String, ParseError> {
    let (bytes, bom) = match bytes.strip_prefix(b"\xef\xbb\xbf") {
        Some(rest) => (rest, true),
        None => (bytes, false),
    };
    let cookie = encoding_cookie(bytes);
    let encoding = cookie
        .as_deref()
        .map_or(Some(Encoding::Utf8), Encoding::by_name);
    let Some(encoding) = encoding else {
        return Err(file_error(format!(
            "unknown encoding: {}",
            cookie.unwrap_or_default()
        )));
    };
    if bom && encoding != Encoding::Utf8 {
        return Err(file_error(format!(
            "encoding problem: {} with BOM",
            encoding.name()
        )));
    }
    if bytes.contains(&0) {
        return Err(file_error(
            "source code string cannot contain null bytes".into(),
        ));
    }
    let text = match encoding {
        Encoding::Utf8 => decode_utf8(bytes)?,
        Encoding::Ascii => match bytes.iter().position(|b| !b.is_ascii()) {
            None => String::from_utf8_lossy(bytes).into_owned(),
            Some(at) => {
                return Err(file_error(format!(
                    "'ascii' codec can't decode byte 0x{:02x} in position {at}: ordinal not in range(128)",
                    bytes[at]
                )));
            }
        },
        Encoding::Latin1 => bytes.iter().map(|&b| b as char).collect(),
        Encoding::Latin9 => bytes.iter().map(|&b| latin9(b)).collect(),
    };
    Ok(match normalize_newlines(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(normal) => normal,
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Utf8,
    Ascii,
    Latin1,
    Latin9,
}

impl Encoding {
    fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "utf-8",
            Encoding::Ascii => "ascii",
            Encoding::Latin1 => "iso-8859-1",
            Encoding::Latin9 => "iso-8859-15",
        }
    }

    fn by_name(name: &str) -> Option<Encoding> {
        let plain = name.to_ascii_lowercase().replace('_', "-");
        Some(match plain.as_str() {
            "utf-8" | "utf8" | "u8" | "utf" | "utf-8-sig" | "cp65001" => Encoding::Utf8,
            _ if plain.starts_with("utf-8-") => Encoding::Utf8,
            "ascii" | "us-ascii" | "646" | "ansi-x3.4-1968" => Encoding::Ascii,
            "latin-1" | "latin1" | "latin" | "l1" | "iso-8859-1" | "iso8859-1" | "iso-latin-1"
            | "8859" | "cp819" => Encoding::Latin1,
            _ if plain.starts_with("latin-1-")
                || plain.starts_with("iso-8859-1-")
                || plain.starts_with("iso-latin-1-") =>
            {
                Encoding::Latin1
            }
            "iso-8859-15" | "iso8859-15" | "latin-9" | "latin9" | "l9" => Encoding::Latin9,
            _ => return None,
        })
    }
}

fn latin9(byte: u8) -> char {
    match byte {
        0xa4 => '\u{20ac}',
        0xa6 => '\u{160}',
        0xa8 => '\u{161}',
        0xb4 => '\u{17d}',
        0xb8 => '\u{17e}',
        0xbc => '\u{152}',
        0xbd => '\u{153}',
        0xbe => '\u{178}',
        _ => byte as char,
    }
}

/// The encoding named by a comment in one of the first two lines; the first line must be blank
/// or a comment for the second to count.
fn encoding_cookie(bytes: &[u8]) -> Option<String> {
    let mut rest = bytes;
    for _ in 0..2 {
        let end = rest
            .iter()
            .position(|&b| b == b'\n' || b == b'\r')
            .unwrap_or(rest.len());
        let line = &rest[..end];
        let indent = line
            .iter()
            .take_while(|&&b| matches!(b, b' ' | b'\t' | b'\x0c'))
            .count();
        match line.get(indent) {
            Some(b'#') => {
                if let Some(name) = cookie_in_comment(&line[indent..]) {
                    return Some(name);
                }
            }
            None => {}
            Some(_) => return None,
        }
        rest = rest[end..]
            .strip_prefix(b"\r\n")
            .or_else(|| rest.get(end + 1..))
            .unwrap_or(&[]);
    }
    None
}

/// PEP 263: `coding[=:]\s*([-_.a-zA-Z0-9]+)`.
fn cookie_in_comment(comment: &[u8]) -> Option<String> {
    let word = b"coding";
    let mut at = 0;
    while let Some(found) = comment[at..].windows(word.len()).position(|w| w == word) {
        let mut rest = &comment[at + found + word.len()..];
        at += found + word.len();
        if !matches!(rest.first(), Some(b':' | b'=')) {
            continue;
        }
        rest = &rest[1..];
        let blank = rest
            .iter()
            .take_while(|&&b| b == b' ' || b == b'\t')
            .count();
        let name = &rest[blank..];
        let len = name
            .iter()
            .take_while(|&&b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
            .count();
        if len > 0 {
            return Some(String::from_utf8_lossy(&name[..len]).into_owned());
        }
    }
    None
}

fn decode_utf8(bytes: &[u8]) -> Result<String, ParseError> {
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok(text.to_owned()),
        Err(error) => error,
    };
    let at = error.valid_up_to();
    let before = String::from_utf8_lossy(&bytes[..at]);
    let before = normalize_newlines(&before);
    let line = before.bytes().filter(|&b| b == b'\n').count() + 1;
    let message = format!(
        "Non-UTF-8 code starting with '\\x{:02x}' on line {line}, but no encoding declared; \
         see https://peps.python.org/pep-0263/ for details",
        bytes[at]
    );
    let place = before.len() as u32;
    let span = Span {
        start: place,
        end: place,
    };
    Err(ParseError {
        kind: ErrorKind::Syntax,
        message,
        span,
        extent: Extent::Range,
    })
}
