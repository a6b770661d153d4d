//! `_sre`: the matcher behind `re`. Patterns come compiled from the library; the crate `rustpython-sre_engine` runs them.

mod matching;
mod pattern;
mod scan;
mod substitute;

use rustpython_sre_engine as engine;
use rustpython_wtf8::Wtf8;
use std::borrow::Cow;
use taipan_vm::modules::{new_module, set};
use taipan_vm::value::{BytesObj, StrObj};
use taipan_vm::vm::{new_bytes, new_int, new_str, new_usize, new_wtf8};
use taipan_vm::{R, Ref, Vm, functions};

/// What is searched, as the engine sees it.
enum Subject<'a> {
    /// Bytes, or ASCII text.
    Bytes(Cow<'a, [u8]>),
    Text(&'a str),
    /// Text with lone surrogates.
    Wide(&'a Wtf8),
}

/// What a pattern may search in.
fn subject<'a>(vm: &mut Vm, r: &'a Ref, pattern_is_bytes: Option<bool>) -> R<Subject<'a>> {
    if let Some(s) = r.cast::<StrObj>() {
        if pattern_is_bytes == Some(true) {
            return Err(vm.type_error("cannot use a bytes pattern on a string-like object"));
        }
        if s.is_ascii() {
            return Ok(Subject::Bytes(Cow::Borrowed(s.bytes())));
        }
        if let Some(text) = s.to_str() {
            return Ok(Subject::Text(text));
        }
        return match Wtf8::from_bytes(s.bytes()) {
            Some(w) => Ok(Subject::Wide(w)),
            None => Err(vm.system_error("text is no generalised UTF-8")),
        };
    }
    if !vm.is_bytes_like(r) {
        let text = format!(
            "expected string or bytes-like object, got '{}'",
            vm.type_name(r)
        );
        return Err(vm.type_error(&text));
    }
    if pattern_is_bytes == Some(false) {
        return Err(vm.type_error("cannot use a string pattern on a bytes-like object"));
    }
    if let Some(b) = r.cast::<BytesObj>() {
        return Ok(Subject::Bytes(Cow::Borrowed(b.bytes())));
    }
    // The engine looks one byte past the end: str and bytes objects have it, others are copied with it.
    let mut copy = vm.buffer_bytes(r)?.into_owned();
    copy.push(0);
    copy.pop();
    Ok(Subject::Bytes(Cow::Owned(copy)))
}

/// Length in the unit of positions.
fn length(vm: &mut Vm, r: &Ref) -> R<usize> {
    match r.cast::<StrObj>() {
        Some(s) => Ok(s.nchars()),
        None => Ok(vm.buffer_bytes(r)?.len()),
    }
}

/// `r[start:end]`: bytes for everything that isn't text.
fn slice(vm: &mut Vm, r: &Ref, start: usize, end: usize) -> R<Ref> {
    if let Some(s) = r.cast::<StrObj>() {
        if start == 0 && end >= s.nchars() && r.exact::<StrObj>().is_some() {
            return Ok(r.clone());
        }
        return Ok(new_wtf8(text_slice(s, start, end)));
    }
    if let Some(b) = r.exact::<BytesObj>()
        && start == 0
        && end >= b.bytes().len()
    {
        return Ok(r.clone());
    }
    let data = vm.buffer_bytes(r)?;
    Ok(new_bytes(data.get(start..end).unwrap_or_default()))
}

fn text_slice(s: &StrObj, start: usize, end: usize) -> &[u8] {
    let (start, end) = if s.is_ascii() {
        (start, end)
    } else {
        (
            s.offset(start.min(s.nchars())),
            s.offset(end.min(s.nchars())),
        )
    };
    s.bytes().get(start..end).unwrap_or_default()
}

fn code_point(vm: &mut Vm, r: &Ref) -> R<u32> {
    let n = vm.index_i32(r)?;
    Ok(n as u32)
}
fn unicode_lower(cp: u32) -> u32 {
    engine::string::lower_unicode(cp)
}
fn ascii_lower(cp: u32) -> u32 {
    engine::string::lower_ascii(cp)
}

functions! { FUNCTIONS;
    "compile(pattern, flags, code, groups, groupindex, indexgroup)" => pattern::compile, "";
    "template(pattern, template, /)" => substitute::template, "For re: a compiled replacement text.";
    "getcodesize()" => |_, _| Ok(new_usize(engine::CODESIZE)), "";
    "ascii_iscased(character, /)" => |vm, a| {
        let c = code_point(vm, &a[0])?;
        Ok(Ref::bool(u8::try_from(c).is_ok_and(|b| b.is_ascii_alphabetic())))
    }, "";
    "ascii_tolower(character, /)" => |vm, a| {
        let c = code_point(vm, &a[0])?;
        Ok(new_int(ascii_lower(c) as i64))
    }, "";
    "unicode_iscased(character, /)" => |vm, a| {
        let c = code_point(vm, &a[0])?;
        Ok(Ref::bool(unicode_lower(c) != c || engine::string::upper_unicode(c) != c))
    }, "";
    "unicode_tolower(character, /)" => |vm, a| {
        let c = code_point(vm, &a[0])?;
        Ok(new_int(unicode_lower(c) as i64))
    }, "";
}

pub fn make(vm: &mut Vm) -> R<Ref> {
    let m = new_module(vm, "_sre", "", FUNCTIONS);
    set(&m, "MAGIC", new_usize(engine::SRE_MAGIC));
    set(&m, "CODESIZE", new_usize(engine::CODESIZE));
    set(&m, "MAXREPEAT", new_usize(engine::MAXREPEAT));
    set(&m, "MAXGROUPS", new_usize(engine::MAXGROUPS));
    set(
        &m,
        "copyright",
        new_str(" SRE 2.2.2 Copyright (c) 1997-2002 by Secret Labs AB "),
    );
    Ok(m)
}
