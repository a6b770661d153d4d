//! The pure algorithms behind Python's text and numbers, for Taipan.
//!
//! A str is a slice of generalised UTF-8 (see `wtf8`); `ascii: bool` says that it is ASCII and opens the fast paths. Offsets
//! are bytes unless a function says otherwise. Failures are `TextError { kind, message }` with CPython's text.
//!
//! `wtf8`: code points and indices
//! - `push(out, cp)`, `from_code_point(cp)`, `decode_at(s, at)`, `decode_before(s, end)` -> (cp, width), `width(first byte)`
//! - `code_points(s)`: iterator of (offset, cp) from both ends; `count(s)`: length; `offset_of(s, index)`
//! - `IndexTable::new(s)`, `.length()`, `.byte_of(s, index)`, `.index_of(s, byte)`: indexing of non-ASCII text
//! - `stepped(s, step)`: slices with a step; `is_well_formed(s)`; `first_surrogate(s)`
//! - `ascii_digits_and_spaces(s)`: what int() and float() read
//!
//! `unicode`: `flags(cp)`, `is(cp, FLAGS)`, `is_space`, `is_line_break`, `is_printable`, `decimal_value`, `digit_value`,
//!   `map_into(cp, Mapping, out)`
//!
//! `str_case`: `lower upper title capitalize swapcase casefold (s, ascii)`; `is_alpha` ... `is_identifier (s)`
//! `str_repr`: `repr(s)`, `ascii(s)`, `escape_non_ascii(s)`: ascii() of any repr, `bytes_repr(b)`, `push_escape(out, cp)`,
//!   `translate(s, |cp| -> Translation)`
//! `str_search` (str and bytes; `Alphabet` says which: `Bytes`, `AsciiStr`, `Str`, `Alphabet::of_str(ascii)`)
//! - `find(s, needle)`, `rfind`, `count(s, needle, single_byte)`, `replace(s, old, new, limit, single_byte)` -> None if unchanged,
//!   `replaced_size(..)`; a limit of `usize::MAX` means all
//! - `split(s, sep, limit)`, `rsplit`, `split_whitespace(s, limit, alphabet)`, `rsplit_whitespace`, `split_lines(s, keep, alphabet)`
//! - `strip(s, Ends, alphabet)`, `strip_chars(s, chars, Ends, alphabet)`, `expand_tabs(s, size, alphabet)`
//! - `center(s, length, width, fill)`, `padded(s, left, right, fill)`: ljust and rjust, `zero_fill(s, length, width)`
//!
//! `bytes_text`: `title capitalize swapcase`, `is_*`, `hex(b, sep, group)`, `from_hex(s)`, `translate(b, table, delete)`,
//!   `make_table(from, to)`
//!
//! `float_repr`: `repr(x)`, `parse(s)`, `parse_bytes(s)`, `hex(x)`, `from_hex(s)`, `integer_ratio(x)`, `to_int(x)`,
//!   `from_int(&big)`, `round_digits(x, n)`, `round_half_even(x)`, `format_float(x, &FloatStyle)`, `complex_repr(re, im)`,
//!   `parse_complex(s, repr)`, `parse_prefix(s)`, `shortest_digits(x)`, `significant_digits(x, n)`, `decompose(x)`
//! `int_text`: `parse(s, base, digit_limit)` -> `Int::{Small, Big}`, `parse_bytes`, `IntError::message(base, repr)`,
//!   `to_decimal(&big, digit_limit)`, `to_radix(&big, radix)`, `small_to_radix(n, radix)`, `prefixed(&big, radix)`
//! `hash`: `hash_small_int`, `hash_int`, `hash_float` (None for NaN), `combine_complex(h, h)`, `hash_str(s, ascii, key)`,
//!   `hash_bytes(b, key)`, `HashKey::from_seed(n)`, `TupleHasher`, `hash_tuple(hashes)`, `hash_frozenset(hashes)`
//!
//! `format_spec`: `format_str(s, ascii, spec, type)`, `format_int(&Int, spec, type, digit_limit)`, `format_big_int`,
//!   `format_float(x, spec, type)`, `format_complex(re, im, spec, type)`, `parse(spec, default_align, type)` -> `Spec`, `pad`
//! `format_string`: `template(s)`: lazy `Segment { literal, field }`; `split_field_name(name)` -> (`Key`, lazy `Access`es);
//!   `Numbering::index(given)`: automatic and manual field numbers
//! `percent`: `template(s, bytes, mapping)`: lazy `Piece::{Literal, Conversion}`; `Conversion::check()`; `format_text`,
//!   `format_char`, `format_int`, `format_float` with a `Layout`
//!
//! `codec`: `Codec::by_name(name)`, `.name()`, `.error_name()`, `.decode_error_name(state)`; `Handler::by_name(name)`; `decode(codec, b, handler, last)` ->
//!   (text, used) or `Fault { start, end, reason }`; `encode(codec, s, handler)`; `decode_with`/`encode_with` take any handler;
//!   `decode_step`/`encode_step` stop at each fault; `handle_decode`/`handle_encode`: the built-in handlers alone
//! `codec_charmap`: `decode_with_table(table, b, from, out)`: a step for tables made by programs
//! `codec_names`: `normalize(name)`, `lookup(name)`, `official_name(name)`
//! `codec_escape`: `decode_bytes(b, errors)`/`encode_bytes(b)`: escapes of bytes literals; `character_named(name)`
//! `similar`: `suggest(wrong, names)`: "Did you mean", `distance(a, b, limit)`

pub mod bytes_text;
pub mod codec;
pub mod codec_charmap;
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
        TextError {
            kind,
            message: message.into(),
        }
    }

    pub fn value(message: impl Into<Cow<'static, str>>) -> TextError {
        TextError::new(Kind::Value, message)
    }

    pub fn type_error(message: impl Into<Cow<'static, str>>) -> TextError {
        TextError::new(Kind::Type, message)
    }
}
