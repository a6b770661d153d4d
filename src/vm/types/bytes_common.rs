//! What `bytes` and `bytearray` have in common: the methods that look and make new objects, construction, operators.
//!
//! Each function works for both; results are of the exact class of self's family. Arguments are read before self, so that
//! Python code they run cannot change a bytearray that is being looked at.

use super::str::methods::{bounds, check_growth, limit_arg, size_arg};
use super::str::{check_room, percent, repeat_into, reserve};
use crate::native::{Args, arg};
use crate::protocol::buffer::with_base;
use crate::value::slots::Cmp;
use crate::value::*;
use crate::vm::{new_int, new_list, new_str, new_tuple, new_usize};
use crate::{R, Raised, Vm};
use std::borrow::Cow;
use taipan_text::str_search::{self, Alphabet, Ends};
use taipan_text::{TextError, bytes_text};

/// Rows of the method tables of both classes.
#[macro_export]
macro_rules! bytes_methods {
    ($name:ident; $($extra:tt)*) => {
        $crate::methods! { $name; $($extra)*
            "capitalize(self, /)" => |_, a| Ok(common::mapped(&a[0], bytes_text::capitalize)), "Return a copy with the first byte in ASCII upper case and the rest in lower case.";
            "center(self, width, fillchar=b' ', /)" => common::center, "Return the bytes in the middle of a field of the given width.";
            "count(self, sub, start=None, end=None, /)" => common::count, "Return how often sub occurs in the slice, without overlaps.";
            "decode(self, /, encoding='utf-8', errors='strict')" => common::decode, "Decode the bytes with an encoding, as a string.\n\n  encoding\n    The name of the encoding.\n  errors\n    What to do with bytes that it lacks: the name of an error handler.";
            "endswith(self, suffix, start=None, end=None, /)" => |vm, a| common::affix(vm, a, false), "Return whether the slice ends with the suffix, or one of a tuple of suffixes.";
            "expandtabs(self, /, tabsize=8)" => common::expandtabs, "Return a copy with tabs replaced by spaces up to the next column that is a multiple of tabsize.";
            "find(self, sub, start=None, end=None, /)" => |vm, a| common::find(vm, a, false), "Return the lowest index in the slice at which sub is found, or -1.";
            class "fromhex(cls, string, /)" => common::fromhex, "Make an object from pairs of hexadecimal digits, with spaces between pairs allowed.";
            "hex(self, /, sep=None, bytes_per_sep=1)" => common::hex, "Return the hexadecimal digits of the bytes.\n\n  sep\n    A separator to put between groups.\n  bytes_per_sep\n    Size of a group; counted from the right if positive, from the left if negative.";
            "index(self, sub, start=None, end=None, /)" => |vm, a| common::index(vm, a, false), "Return the lowest index in the slice at which sub is found, or raise ValueError.";
            "isalnum(self, /)" => |_, a| Ok(common::test(&a[0], bytes_text::is_alnum)), "Return whether all bytes are ASCII letters or digits and there is one.";
            "isalpha(self, /)" => |_, a| Ok(common::test(&a[0], bytes_text::is_alpha)), "Return whether all bytes are ASCII letters and there is one.";
            "isascii(self, /)" => |_, a| Ok(common::test(&a[0], <[u8]>::is_ascii)), "Return whether all bytes are ASCII.";
            "isdigit(self, /)" => |_, a| Ok(common::test(&a[0], bytes_text::is_digit)), "Return whether all bytes are ASCII digits and there is one.";
            "islower(self, /)" => |_, a| Ok(common::test(&a[0], bytes_text::is_lower)), "Return whether there are ASCII letters and all are lower case.";
            "isspace(self, /)" => |_, a| Ok(common::test(&a[0], bytes_text::is_space)), "Return whether all bytes are ASCII whitespace and there is one.";
            "istitle(self, /)" => |_, a| Ok(common::test(&a[0], bytes_text::is_title)), "Return whether words begin in upper and go on in lower case.";
            "isupper(self, /)" => |_, a| Ok(common::test(&a[0], bytes_text::is_upper)), "Return whether there are ASCII letters and all are upper case.";
            "join(self, iterable_of_bytes, /)" => common::join, "Concatenate bytes-like objects with this one between each two of them.";
            "ljust(self, width, fillchar=b' ', /)" => common::ljust, "Return the bytes at the left of a field of the given width.";
            "lower(self, /)" => |_, a| Ok(common::mapped(&a[0], <[u8]>::to_ascii_lowercase)), "Return a copy in ASCII lower case.";
            "lstrip(self, bytes=None, /)" => |vm, a| common::strip(vm, a, Ends::Left), "Return a copy without whitespace (or the given bytes) at the beginning.";
            static "maketrans(frm, to, /)" => common::maketrans, "Make a table for translate() that maps each byte of frm to the one at the same place in to.";
            "partition(self, sep, /)" => |vm, a| common::partition(vm, a, false), "Return the part before the first sep, sep, and the part after it; without a sep, a copy and two empty objects.";
            "removeprefix(self, prefix, /)" => |vm, a| common::remove_affix(vm, a, true), "Return the bytes without the prefix, if they begin with it.";
            "removesuffix(self, suffix, /)" => |vm, a| common::remove_affix(vm, a, false), "Return the bytes without the suffix, if they end with it.";
            "replace(self, old, new, count=-1, /)" => common::replace, "Return a copy with occurrences of old replaced by new: all of them, or the first count.";
            "rfind(self, sub, start=None, end=None, /)" => |vm, a| common::find(vm, a, true), "Return the highest index in the slice at which sub is found, or -1.";
            "rindex(self, sub, start=None, end=None, /)" => |vm, a| common::index(vm, a, true), "Return the highest index in the slice at which sub is found, or raise ValueError.";
            "rjust(self, width, fillchar=b' ', /)" => common::rjust, "Return the bytes at the right of a field of the given width.";
            "rpartition(self, sep, /)" => |vm, a| common::partition(vm, a, true), "Return the part before the last sep, sep, and the part after it; without a sep, two empty objects and a copy.";
            "rsplit(self, /, sep=None, maxsplit=-1)" => |vm, a| common::split(vm, a, true), "Return the list of the parts between separators, looked for from the right.";
            "rstrip(self, bytes=None, /)" => |vm, a| common::strip(vm, a, Ends::Right), "Return a copy without whitespace (or the given bytes) at the end.";
            "split(self, /, sep=None, maxsplit=-1)" => |vm, a| common::split(vm, a, false), "Return the list of the parts between separators, looked for from the left.";
            "splitlines(self, /, keepends=False)" => common::splitlines, "Return the list of lines, with their line breaks only if keepends is true.";
            "startswith(self, prefix, start=None, end=None, /)" => |vm, a| common::affix(vm, a, true), "Return whether the slice begins with the prefix, or one of a tuple of prefixes.";
            "strip(self, bytes=None, /)" => |vm, a| common::strip(vm, a, Ends::Both), "Return a copy without whitespace (or the given bytes) at both ends.";
            "swapcase(self, /)" => |_, a| Ok(common::mapped(&a[0], bytes_text::swapcase)), "Return a copy with ASCII upper case turned into lower case and the other way round.";
            "title(self, /)" => |_, a| Ok(common::mapped(&a[0], bytes_text::title)), "Return a copy with every word beginning in upper case and going on in lower case.";
            "translate(self, table, /, delete=b'')" => common::translate, "Return a copy without the bytes in delete and the rest mapped by a table of 256 bytes, or None.";
            "upper(self, /)" => |_, a| Ok(common::mapped(&a[0], <[u8]>::to_ascii_uppercase)), "Return a copy in ASCII upper case.";
            "zfill(self, width, /)" => common::zfill, "Return the bytes filled with zeros at the left, after a sign, up to the width.";
        }
    };
}

/// Looks at the contents of a bytes or bytearray.
pub fn with<T>(r: &Ref, f: impl FnOnce(&[u8]) -> T) -> T {
    with_base(r, f)
}

pub fn is_mutable(r: &Ref) -> bool {
    r.cast::<ByteArrayObj>().is_some()
}

/// A new bytes or bytearray, as `like` is one.
pub fn make(like: &Ref, data: &[u8]) -> Ref {
    if is_mutable(like) {
        new_bytearray(data.to_vec())
    } else {
        BytesObj::make(data)
    }
}

pub fn new_bytearray(data: Vec<u8>) -> Ref {
    Ref::new(ByteArrayObj {
        data: Guarded::new(data),
        exports: Default::default(),
    })
}

fn make_owned(like: &Ref, data: Vec<u8>) -> Ref {
    if is_mutable(like) {
        new_bytearray(data)
    } else {
        BytesObj::make(&data)
    }
}

/// A copy; bytes themselves, if exact.
fn unchanged(r: &Ref) -> Ref {
    if r.exact::<BytesObj>().is_some() {
        r.clone()
    } else {
        with(r, |b| make(r, b))
    }
}

pub fn mapped(r: &Ref, f: fn(&[u8]) -> Vec<u8>) -> Ref {
    let out = with(r, f);
    make_owned(r, out)
}

pub fn test(r: &Ref, f: fn(&[u8]) -> bool) -> Ref {
    Ref::bool(with(r, f))
}

/// An int argument as a byte; ValueError "byte must be in range(0, 256)".
pub fn byte_arg(vm: &mut Vm, r: &Ref, message: &str) -> R<u8> {
    let i = vm.index(r)?;
    match i.as_i64() {
        Some(n @ 0..256) => Ok(n as u8),
        _ => Err(vm.value_error(message)),
    }
}

pub const BYTE_RANGE: &str = "byte must be in range(0, 256)";

pub fn is_index(r: &Ref) -> bool {
    r.is_int() || r.class().slots.index.get().is_some()
}

/// What to look for: a byte or bytes.
fn needle<'a>(vm: &mut Vm, r: &'a Ref) -> R<Cow<'a, [u8]>> {
    if let Some(b) = r.cast::<BytesObj>() {
        return Ok(Cow::Borrowed(b.bytes()));
    }
    if is_index(r) {
        return Ok(Cow::Owned(vec![byte_arg(vm, r, BYTE_RANGE)?]));
    }
    match vm.buffer_bytes_opt(r)? {
        Some(b) => Ok(b),
        None => {
            let text = format!(
                "argument should be integer or bytes-like object, not '{}'",
                vm.type_name(r)
            );
            Err(vm.type_error(&text))
        }
    }
}

fn search(vm: &mut Vm, a: &[Ref], last: bool) -> R<Option<usize>> {
    let sub = needle(vm, &a[1])?;
    let len = with(&a[0], <[u8]>::len);
    let (start, end, valid) = bounds(vm, a, len)?;
    if !valid {
        return Ok(None);
    }
    Ok(with(&a[0], |b| {
        let part = b.get(start..end.min(b.len()))?;
        let found = if last {
            str_search::rfind(part, &sub)
        } else {
            str_search::find(part, &sub)
        };
        found.map(|at| start + at)
    }))
}

pub fn find(vm: &mut Vm, a: &[Ref], last: bool) -> R<Ref> {
    Ok(search(vm, a, last)?.map_or_else(|| new_int(-1), new_usize))
}
pub fn index(vm: &mut Vm, a: &[Ref], last: bool) -> R<Ref> {
    match search(vm, a, last)? {
        Some(i) => Ok(new_usize(i)),
        None => Err(vm.value_error("subsection not found")),
    }
}
pub fn count(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let sub = needle(vm, &a[1])?;
    let len = with(&a[0], <[u8]>::len);
    let (start, end, valid) = bounds(vm, a, len)?;
    if !valid {
        return Ok(new_usize(0));
    }
    Ok(new_usize(with(&a[0], |b| {
        str_search::count(b.get(start..end.min(b.len())).unwrap_or(b""), &sub, true)
    })))
}

/// `key in data`.
pub fn contains(vm: &mut Vm, r: &Ref, key: &Ref) -> R<bool> {
    if is_index(key) && key.cast::<BytesObj>().is_none() {
        let b = byte_arg(vm, key, BYTE_RANGE)?;
        return Ok(with(r, |d| str_search::find(d, &[b]).is_some()));
    }
    let sub = vm.buffer_bytes(key)?;
    Ok(with(r, |d| str_search::find(d, &sub).is_some()))
}

pub fn affix(vm: &mut Vm, a: &[Ref], prefix: bool) -> R<Ref> {
    let len = with(&a[0], <[u8]>::len);
    let (start, end, valid) = bounds(vm, a, len)?;
    let holds = |x: &[u8]| {
        with(&a[0], |b| {
            let part = b.get(start..end.min(b.len())).unwrap_or(b"");
            valid
                && if prefix {
                    part.starts_with(x)
                } else {
                    part.ends_with(x)
                }
        })
    };
    if let Some(options) = a[1].tuple_items() {
        for x in options {
            let x = vm.buffer_bytes(x)?;
            if holds(&x) {
                return Ok(Ref::bool(true));
            }
        }
        return Ok(Ref::bool(false));
    }
    match vm.buffer_bytes_opt(&a[1])? {
        Some(x) => Ok(Ref::bool(holds(&x))),
        None => {
            let name = if prefix { "startswith" } else { "endswith" };
            let text = format!(
                "{name} first arg must be bytes or a tuple of bytes, not {}",
                vm.type_name(&a[1])
            );
            Err(vm.type_error(&text))
        }
    }
}

pub fn remove_affix(vm: &mut Vm, a: &[Ref], prefix: bool) -> R<Ref> {
    let x = vm.buffer_bytes(&a[1])?;
    let out = with(&a[0], |b| {
        let rest = if prefix {
            b.strip_prefix(&*x)
        } else {
            b.strip_suffix(&*x)
        };
        rest.filter(|_| !x.is_empty()).map(|rest| make(&a[0], rest))
    });
    Ok(out.unwrap_or_else(|| unchanged(&a[0])))
}

pub fn strip(vm: &mut Vm, a: &[Ref], ends: Ends) -> R<Ref> {
    let chars = match arg(a, 1) {
        Some(r) if !r.is_none() => Some(vm.buffer_bytes(r)?),
        _ => None,
    };
    let out = with(&a[0], |b| {
        let rest = match &chars {
            Some(c) => str_search::strip_chars(b, c, ends, Alphabet::Bytes),
            None => str_search::strip(b, ends, Alphabet::Bytes),
        };
        (rest.len() != b.len()).then(|| make(&a[0], rest))
    });
    Ok(out.unwrap_or_else(|| unchanged(&a[0])))
}

fn parts_list(like: &Ref, parts: Vec<&[u8]>) -> Ref {
    new_list(parts.into_iter().map(|p| make(like, p)).collect())
}

pub fn split(vm: &mut Vm, a: &[Ref], right: bool) -> R<Ref> {
    let limit = limit_arg(vm, arg(a, 2))?;
    let sep = match arg(a, 1) {
        Some(r) if !r.is_none() => Some(vm.buffer_bytes(r)?),
        _ => None,
    };
    if sep.as_ref().is_some_and(|s| s.is_empty()) {
        return Err(vm.value_error("empty separator"));
    }
    Ok(with(&a[0], |b| {
        let parts = match (&sep, right) {
            (Some(s), false) => str_search::split(b, s, limit),
            (Some(s), true) => str_search::rsplit(b, s, limit),
            (None, false) => str_search::split_whitespace(b, limit, Alphabet::Bytes),
            (None, true) => str_search::rsplit_whitespace(b, limit, Alphabet::Bytes),
        };
        parts_list(&a[0], parts)
    }))
}

pub fn splitlines(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let keep = match arg(a, 1) {
        Some(r) => vm.truthy(r)?,
        None => false,
    };
    Ok(with(&a[0], |b| {
        parts_list(&a[0], str_search::split_lines(b, keep, Alphabet::Bytes))
    }))
}

pub fn partition(vm: &mut Vm, a: &[Ref], last: bool) -> R<Ref> {
    let sep = vm.buffer_bytes(&a[1])?;
    if sep.is_empty() {
        return Err(vm.value_error("empty separator"));
    }
    let this = &a[0];
    let found = with(this, |b| {
        let at = if last {
            str_search::rfind(b, &sep)
        } else {
            str_search::find(b, &sep)
        }?;
        Some((make(this, &b[..at]), make(this, &b[at + sep.len()..])))
    });
    let empty = || make(this, b"");
    Ok(new_tuple(match found {
        Some((before, after)) => {
            // bytes give back the separator object; bytearray makes its own.
            let sep = if is_mutable(this) {
                make(this, &sep)
            } else {
                a[1].clone()
            };
            vec![before, sep, after]
        }
        None if last => vec![empty(), empty(), unchanged(this)],
        None => vec![unchanged(this), empty(), empty()],
    }))
}

pub fn replace(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let old = vm.buffer_bytes(&a[1])?;
    let new = vm.buffer_bytes(&a[2])?;
    let limit = limit_arg(vm, arg(a, 3))?;
    if new.len() > old.len() {
        let size = with(&a[0], |b| {
            str_search::replaced_size(b, &old, &new, limit, true)
        });
        check_growth(vm, size, "replace bytes is too long")?;
    }
    Ok(
        match with(&a[0], |b| str_search::replace(b, &old, &new, limit, true)) {
            Some(out) => make_owned(&a[0], out),
            None => unchanged(&a[0]),
        },
    )
}

pub fn translate(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let table = if a[1].is_none() {
        None
    } else {
        let t = vm.buffer_bytes(&a[1])?;
        match <[u8; 256]>::try_from(&*t) {
            Ok(t) => Some(t),
            Err(_) => {
                return Err(vm.value_error("translation table must be 256 characters long"));
            }
        }
    };
    let delete = match arg(a, 2) {
        Some(r) => vm.buffer_bytes(r)?,
        None => Cow::Borrowed(&b""[..]),
    };
    let out = with(&a[0], |b| bytes_text::translate(b, table.as_ref(), &delete));
    Ok(make_owned(&a[0], out))
}

pub fn maketrans(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let from = vm.buffer_bytes(&a[0])?;
    let to = vm.buffer_bytes(&a[1])?;
    match bytes_text::make_table(&from, &to) {
        Ok(t) => Ok(BytesObj::make(&t)),
        Err(e) => Err(vm.text_error(e)),
    }
}

fn field(vm: &mut Vm, a: &[Ref], name: &str) -> R<(u8, usize)> {
    let width = size_arg(vm, &a[1])?.max(0) as usize;
    let fill = match arg(a, 2) {
        None => b' ',
        Some(r) => {
            if r.cast::<BytesObj>().is_none() && !is_mutable(r) {
                let text = format!(
                    "{name}() argument 2 must be a byte string of length 1, not {}",
                    vm.type_name_or_none(r)
                );
                return Err(vm.type_error(&text));
            }
            match with(r, |b| <[u8; 1]>::try_from(b)) {
                Ok([b]) => b,
                Err(_) => {
                    let text = format!(
                        "{name}(): argument 2 must be a byte string of length 1, not a {} object of length {}",
                        vm.type_name(r),
                        with(r, <[u8]>::len)
                    );
                    return Err(vm.type_error(&text));
                }
            }
        }
    };
    let missing = width.saturating_sub(with(&a[0], <[u8]>::len));
    check_growth(vm, Some(missing), "padded bytes are too long")?;
    check_room(vm, missing)?;
    Ok((fill, missing))
}

pub fn center(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let (fill, missing) = field(vm, a, "center")?;
    if missing == 0 {
        return Ok(unchanged(&a[0]));
    }
    let out = with(&a[0], |b| {
        str_search::center(b, b.len(), b.len() + missing, &[fill])
    });
    Ok(make_owned(&a[0], out))
}
pub fn ljust(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let (fill, missing) = field(vm, a, "ljust")?;
    if missing == 0 {
        return Ok(unchanged(&a[0]));
    }
    let out = with(&a[0], |b| str_search::padded(b, 0, missing, &[fill]));
    Ok(make_owned(&a[0], out))
}
pub fn rjust(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let (fill, missing) = field(vm, a, "rjust")?;
    if missing == 0 {
        return Ok(unchanged(&a[0]));
    }
    let out = with(&a[0], |b| str_search::padded(b, missing, 0, &[fill]));
    Ok(make_owned(&a[0], out))
}
pub fn zfill(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let width = size_arg(vm, &a[1])?.max(0) as usize;
    if width <= with(&a[0], <[u8]>::len) {
        return Ok(unchanged(&a[0]));
    }
    check_growth(vm, Some(width), "padded bytes are too long")?;
    check_room(vm, width)?;
    let out = with(&a[0], |b| str_search::zero_fill(b, b.len(), width));
    Ok(make_owned(&a[0], out))
}

pub fn expandtabs(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let size = match arg(a, 1) {
        None => 8,
        Some(r) => super::str::methods::int_arg(vm, r)?.max(0) as usize,
    };
    match with(&a[0], |b| str_search::expand_tabs(b, size, Alphabet::Bytes)) {
        Some(out) => Ok(make_owned(&a[0], out)),
        None => Err(vm.overflow_error("result too long")),
    }
}

/// `separator.join(items)`.
pub fn join(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let iterable = &a[1];
    if iterable.class().slots.iter.get().is_none() && iterable.class().slots.getitem.get().is_none()
    {
        return Err(vm.type_error("can only join an iterable"));
    }
    let items = vm.collect(iterable)?;
    if let [only] = &items[..]
        && !is_mutable(&a[0])
        && only.exact::<BytesObj>().is_some()
    {
        return Ok(only.clone());
    }
    let mut parts = Vec::with_capacity(items.len());
    let mut size = 0usize;
    for (i, item) in items.iter().enumerate() {
        match vm.buffer_bytes_opt(item)? {
            Some(b) => {
                size = size.saturating_add(b.len());
                parts.push(b);
            }
            None => {
                let text = format!(
                    "sequence item {i}: expected a bytes-like object, {} found",
                    vm.type_name(item)
                );
                return Err(vm.type_error(&text));
            }
        }
    }
    let sep = with(&a[0], <[u8]>::to_vec);
    size = size.saturating_add(sep.len().saturating_mul(parts.len().saturating_sub(1)));
    if size > isize::MAX as usize {
        return Err(vm.overflow_error("join() result is too long"));
    }
    let mut out = reserve(vm, size)?;
    for (i, p) in parts.iter().enumerate() {
        if i > 0 {
            out.extend_from_slice(&sep);
        }
        out.extend_from_slice(p);
    }
    Ok(make_owned(&a[0], out))
}

pub fn decode(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let encoding = vm.codec_argument(arg(a, 1), "utf-8", "decode() argument 'encoding'")?;
    let errors = vm.codec_argument(arg(a, 2), "strict", "decode() argument 'errors'")?;
    let data = vm.buffer_bytes(&a[0])?;
    vm.decode(&data, &encoding, &errors)
}

pub fn fromhex(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let class = &a[0];
    let parsed: Result<Vec<u8>, TextError> = match a[1].cast::<StrObj>() {
        Some(s) => bytes_text::from_hex(s.bytes()),
        None => match vm.buffer_bytes_opt(&a[1])? {
            Some(b) => bytes_text::from_hex(&b),
            None => {
                let text = format!(
                    "fromhex() argument must be str or bytes-like, not {}",
                    vm.type_name(&a[1])
                );
                return Err(vm.type_error(&text));
            }
        },
    };
    let data = parsed.map_err(|e| vm.text_error(e))?;
    if class.is(&rt().types.bytes) {
        Ok(BytesObj::make(&data))
    } else if class.is(&rt().types.bytearray) {
        Ok(new_bytearray(data))
    } else {
        vm.call(class, &[BytesObj::make(&data)])
    }
}

/// The arguments of `hex()`: separator and group size.
pub fn hex_args(vm: &mut Vm, sep: Option<&Ref>, group: Option<&Ref>) -> R<(Option<u8>, isize)> {
    let Some(sep) = sep else {
        if let Some(r) = group {
            super::str::methods::int_arg(vm, r)?;
        }
        return Ok((None, 0));
    };
    let group = match group {
        Some(r) => super::str::methods::int_arg(vm, r)? as isize,
        None => 1,
    };
    if vm.len(sep)? != 1 {
        return Err(vm.value_error("sep must be length 1."));
    }
    let byte = if let Some(s) = sep.cast::<StrObj>() {
        if !s.is_ascii() {
            return Err(vm.value_error("sep must be ASCII."));
        }
        s.bytes().first().copied()
    } else if let Some(b) = sep.cast::<BytesObj>() {
        b.bytes().first().copied()
    } else {
        return Err(vm.type_error("sep must be str or bytes."));
    };
    match byte {
        Some(b) if b < 128 => Ok((Some(b), group)),
        _ => Err(vm.value_error("sep must be ASCII.")),
    }
}

pub fn hex(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let (sep, group) = hex_args(vm, arg(a, 1), arg(a, 2))?;
    Ok(new_str(&with(&a[0], |b| bytes_text::hex(b, sep, group))))
}

// Construction.

/// The arguments of `bytes()` and `bytearray()`.
pub struct Source {
    source: Option<Ref>,
    encoding: Option<Ref>,
    errors: Option<Ref>,
}

pub fn bind_source(vm: &mut Vm, name: &str, args: Args) -> R<Source> {
    const NAMES: [&str; 3] = ["source", "encoding", "errors"];
    if args.all.len() > 3 {
        let text = format!(
            "{name}() takes at most 3 arguments ({} given)",
            args.all.len()
        );
        return Err(vm.type_error(&text));
    }
    let mut bound: [Option<Ref>; 3] = [None, None, None];
    for (slot, r) in bound.iter_mut().zip(args.pos()) {
        *slot = Some(r.clone());
    }
    for (k, v) in args.kw() {
        let key = vm.str_lossy(k);
        let Some(i) = NAMES.iter().position(|n| *n == key) else {
            let mut text = format!("{name}() got an unexpected keyword argument '{key}'");
            let names = NAMES.iter().map(|n| n.as_bytes());
            if let Some(s) = taipan_text::similar::suggest(key.as_bytes(), names) {
                text.push_str(&format!(". Did you mean '{}'?", String::from_utf8_lossy(s)));
            }
            return Err(vm.type_error(&text));
        };
        if bound[i].is_some() {
            let text = format!(
                "argument for {name}() given by name ('{key}') and position ({})",
                i + 1
            );
            return Err(vm.type_error(&text));
        }
        bound[i] = Some(v.clone());
    }
    let [source, encoding, errors] = bound;
    for (r, what) in [(&encoding, "encoding"), (&errors, "errors")] {
        let what = format!("{name}() argument '{what}'");
        vm.codec_argument(r.as_ref(), "", &what)?;
    }
    Ok(Source {
        source,
        encoding,
        errors,
    })
}

/// The contents for `bytes(...)` (`mutable` false) or `bytearray(...)`.
pub fn contents(vm: &mut Vm, s: &Source, mutable: bool) -> R<Vec<u8>> {
    let name = if mutable { "bytearray" } else { "bytes" };
    let text = s.source.as_ref().filter(|r| r.is_str());
    if let Some(text) = text {
        let Some(encoding) = &s.encoding else {
            return Err(vm.type_error("string argument without an encoding"));
        };
        let encoding = vm.codec_argument(Some(encoding), "utf-8", "encoding")?;
        let errors = vm.codec_argument(s.errors.as_ref(), "strict", "errors")?;
        let b = vm.encode(text, &encoding, &errors)?;
        return Ok(with(&b, <[u8]>::to_vec));
    }
    if s.encoding.is_some() {
        return Err(vm.type_error("encoding without a string argument"));
    }
    if s.errors.is_some() {
        return Err(vm.type_error("errors without a string argument"));
    }
    let Some(source) = &s.source else {
        return Ok(Vec::new());
    };
    if let Some(n) = count_source(vm, source, name)? {
        let mut out = Vec::new();
        if n > super::str::LONGEST || out.try_reserve_exact(n).is_err() {
            return Err(vm.memory_error());
        }
        out.resize(n, 0);
        return Ok(out);
    }
    let range = if mutable {
        BYTE_RANGE
    } else {
        "bytes must be in range(0, 256)"
    };
    match from_object(vm, source, range)? {
        Some(b) => Ok(b),
        None => {
            let text = format!("cannot convert '{}' object to {name}", vm.type_name(source));
            Err(vm.type_error(&text))
        }
    }
}

/// A number of zero bytes, if the source is an integer.
fn count_source(vm: &mut Vm, source: &Ref, _name: &str) -> R<Option<usize>> {
    if source.cast::<BytesObj>().is_some() || !is_index(source) {
        return Ok(None);
    }
    let n = vm.index_size(source);
    // An object whose `__index__` fails with TypeError may still be a buffer or an iterable.
    let class = rt().types.type_error.clone();
    match vm.catch(n, &class)? {
        None => Ok(None),
        Some(n) if n < 0 => Err(vm.value_error("negative count")),
        Some(n) => Ok(Some(n as usize)),
    }
}

/// Bytes of a bytes-like object or of an iterable of ints; None if it is neither.
pub fn from_object(vm: &mut Vm, source: &Ref, range: &str) -> R<Option<Vec<u8>>> {
    if vm.is_bytes_like(source) {
        let view = vm.view_of(source)?;
        return Ok(Some(vm.buffer_bytes(&view)?.into_owned()));
    }
    let slots = &source.class().slots;
    if source.is_str() || slots.iter.get().is_none() && slots.getitem.get().is_none() {
        return Ok(None);
    }
    let it = vm.iter(source)?;
    let mut out = Vec::with_capacity(vm.length_hint(source, 0)?.min(1 << 20));
    while let Some(item) = vm.next(&it)? {
        match item.as_i64() {
            Some(n @ 0..256) => out.push(n as u8),
            _ => out.push(byte_arg(vm, &item, range)?),
        }
    }
    Ok(Some(out))
}

// Operators.

pub fn richcmp(vm: &mut Vm, a: &Ref, b: &Ref, op: Cmp) -> R<Ref> {
    if !vm.is_bytes_like(b) || a.cast::<BytesObj>().is_none() && !is_mutable(a) {
        return Ok(Ref::not_implemented());
    }
    let other = vm.buffer_bytes(b)?;
    Ok(Ref::bool(with(a, |x| match op {
        Cmp::Eq => x == &*other,
        Cmp::Ne => x != &*other,
        _ => op.holds(x.cmp(&other)),
    })))
}

pub fn concat(vm: &mut Vm, a: &Ref, b: &Ref) -> R<Ref> {
    let Some(y) = vm.buffer_bytes_opt(b)? else {
        let text = format!("can't concat {} to {}", vm.type_name(b), vm.type_name(a));
        return Err(vm.type_error(&text));
    };
    if y.is_empty() && a.exact::<BytesObj>().is_some() {
        return Ok(a.clone());
    }
    if b.exact::<BytesObj>().is_some() && !is_mutable(a) && with(a, <[u8]>::is_empty) {
        return Ok(b.clone());
    }
    let out = with(a, |x| [x, &y].concat());
    Ok(make_owned(a, out))
}

/// The bytes repeated; the error for sizes beyond the address space differs.
pub fn repeated(vm: &mut Vm, r: &Ref, n: isize) -> R<Vec<u8>> {
    let n = n.max(0) as usize;
    let len = with(r, <[u8]>::len);
    match len.checked_mul(n) {
        Some(0) => Ok(Vec::new()),
        Some(size) if size <= isize::MAX as usize => {
            let mut out = reserve(vm, size)?;
            with(r, |b| repeat_into(&mut out, b, size));
            Ok(out)
        }
        _ if is_mutable(r) => Err(vm.memory_error()),
        _ => Err(vm.overflow_error("repeated bytes are too long")),
    }
}

pub fn repeat(vm: &mut Vm, r: &Ref, n: isize) -> R<Ref> {
    if n == 1 && r.exact::<BytesObj>().is_some() {
        return Ok(r.clone());
    }
    let out = repeated(vm, r, n)?;
    Ok(make_owned(r, out))
}

pub fn modulo(vm: &mut Vm, a: &Ref, b: &Ref) -> R<Ref> {
    if a.cast::<BytesObj>().is_none() && !is_mutable(a) {
        return Ok(Ref::not_implemented());
    }
    let template = with(a, <[u8]>::to_vec);
    let out = percent::expand(vm, &template, b, true)?;
    Ok(make_owned(a, out))
}

/// `data[key]`: a byte or a slice.
pub fn getitem(vm: &mut Vm, r: &Ref, key: &Ref) -> R<Ref> {
    if let Some(s) = key.cast::<SliceObj>() {
        let (start, _, step, n) = vm.slice_indices(s, with(r, <[u8]>::len))?;
        return Ok(with(r, |b| {
            if step == 1 {
                if n == b.len() && r.exact::<BytesObj>().is_some() {
                    return r.clone();
                }
                let start = start as usize;
                return make(r, b.get(start..start + n).unwrap_or(b""));
            }
            let out = (0..n)
                .filter_map(|k| b.get((start + k as isize * step) as usize).copied())
                .collect();
            make_owned(r, out)
        }));
    }
    let i = index_key(vm, r, key)?;
    let b = with(r, |b| {
        let i = if i < 0 { i + b.len() as isize } else { i };
        usize::try_from(i).ok().and_then(|i| b.get(i).copied())
    });
    match b {
        Some(b) => Ok(new_int(b.into())),
        None => Err(out_of_range(vm, r)),
    }
}

/// An int key of `data[key]`.
pub fn index_key(vm: &mut Vm, r: &Ref, key: &Ref) -> R<isize> {
    if is_index(key) {
        return vm.index_for_sequence(key);
    }
    let what = if is_mutable(r) { "bytearray" } else { "byte" };
    let text = format!(
        "{what} indices must be integers or slices, not {}",
        vm.type_name(key)
    );
    Err(vm.type_error(&text))
}

pub fn out_of_range(vm: &mut Vm, r: &Ref) -> Raised {
    vm.index_error(if is_mutable(r) {
        "bytearray index out of range"
    } else {
        "index out of range"
    })
}
