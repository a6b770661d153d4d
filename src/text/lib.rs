//! The pure algorithms behind Python's text and numbers, for Taipan.

pub mod bytes_text;
pub mod codec;
mod codec_charmap;
pub mod codec_escape;
pub mod codec_names;
mod codec_tables;
mod codec_utf16;
mod codec_utf7;
pub mod codec_utf8;
pub mod float_repr;
pub mod format_spec;
pub mod format_string;
pub mod hash;
pub mod int_text;
pub mod percent;
pub mod similar;
pub mod str_case;
pub mod str_repr;
pub mod str_search;
pub mod unicode;
mod unicode_tables;
pub mod wtf8;

use std::borrow::Cow;

/// The exception class a failure belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Value,
    Type,
    Overflow,
    Key,
    Index,
    Memory,
    Lookup,
}

/// A failure with CPython's text for it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TextError {
    pub kind: Kind,
    pub message: Cow<'static, str>,
}

impl TextError {
    pub fn new(kind: Kind, message: impl Into<Cow<'static, str>>) -> TextError {
        TextError { kind, message: message.into() }
    }

    pub fn value(message: impl Into<Cow<'static, str>>) -> TextError {
        TextError::new(Kind::Value, message)
    }

    pub fn type_error(message: impl Into<Cow<'static, str>>) -> TextError {
        TextError::new(Kind::Type, message)
    }
}
