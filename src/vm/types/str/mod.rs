//! `str`: construction, operators, subscripts. Methods are in [`methods`], `%` in [`percent`], `str.format` in [`braces`].

pub mod braces;
pub mod iter;
pub mod methods;
pub mod percent;
pub mod translate;

use super::spec::TypeSpec;
use crate::native::Args;
use crate::value::header::Kind;
use crate::value::slots::{BinOp, Cmp};
use crate::value::*;
use crate::{R, Vm};
use taipan_text::{str_repr, str_search, wtf8};

pub static STR: TypeSpec = TypeSpec {
    name: "str",
    kind: Kind::Str,
    exact: true,
    flags: type_flag::BASE | type_flag::MATCH_SELF,
    doc: "str(object='') -> str\nstr(bytes_or_buffer[, encoding[, errors]]) -> str\n\nThe text of an object, as its __str__ or __repr__ gives it, or bytes decoded\nwith an encoding ('utf-8' unless given) and an error handler ('strict' unless\ngiven).",
    methods: methods::METHODS,
    slots: |s| {
        s.repr.set(Some(|_, r| {
            Ok(StrObj::make(&str_repr::repr(r.str_obj().bytes())))
        }));
        s.str.set(Some(|_, r| Ok(exact(r))));
        s.hash.set(Some(|_, r| Ok(r.str_obj().hash() as i64)));
        s.iter.set(Some(iter::iter));
        s.richcmp.set(Some(richcmp));
        s.len.set(Some(|_, r| Ok(r.str_obj().nchars())));
        s.getitem.set(Some(getitem));
        s.contains.set(Some(contains));
        s.concat.set(Some(concat));
        s.repeat.set(Some(repeat));
        s.binary[BinOp::Mod as usize].set(Some(|vm, a, b| {
            if a.is_str() {
                percent::str_percent(vm, a, b)
            } else {
                Ok(Ref::not_implemented())
            }
        }));
        s.new.set(Some(new));
    },
    ..TypeSpec::DEFAULT
};

/// The strs of one Latin-1 character each.
pub fn make_chars() -> Vec<Ref> {
    (0..256u32)
        .map(|c| rt().intern(&wtf8::from_code_point(c)))
        .collect()
}

/// A str of one character: shared if it is a Latin-1 one.
#[inline]
pub fn char_ref(c: &[u8]) -> Ref {
    match *c {
        [b] => rt().types.chars[usize::from(b)].clone(),
        [a @ 0xc2..=0xc3, b] => {
            rt().types.chars[usize::from(a & 3) << 6 | usize::from(b & 0x3f)].clone()
        }
        _ => StrObj::make(c),
    }
}

/// The str with these contents: the shared ones for none and one character.
#[inline]
pub fn text_ref(s: &[u8]) -> Ref {
    match s.len() {
        0 => rt().types.empty_str.clone(),
        1 => char_ref(s),
        _ => StrObj::make(s),
    }
}

/// The value itself if it is exactly a str, else a str of the same text.
pub fn exact(r: &Ref) -> Ref {
    if r.exact::<StrObj>().is_some() {
        r.clone()
    } else {
        text_ref(r.str_obj().bytes())
    }
}

/// The character number `i`, which must be below the length.
#[inline]
pub fn char_at(s: &StrObj, i: usize) -> Ref {
    if s.is_ascii() {
        return match s.bytes().get(i) {
            Some(&b) => rt().types.chars[usize::from(b)].clone(),
            None => rt().types.empty_str.clone(),
        };
    }
    let at = s.offset(i);
    let bytes = s.bytes();
    match bytes.get(at) {
        Some(&b) => char_ref(&bytes[at..(at + wtf8::width(b)).min(bytes.len())]),
        None => rt().types.empty_str.clone(),
    }
}

/// The text from character `start` up to `end`, as bytes.
pub fn cut(s: &StrObj, start: usize, end: usize) -> &[u8] {
    if start >= end {
        return b"";
    }
    s.bytes().get(s.offset(start)..s.offset(end)).unwrap_or(b"")
}

fn new(vm: &mut Vm, class: &Ref, args: Args) -> R<Ref> {
    let pos = args.pos();
    if let [x] = pos
        && !args.has_kw()
        && class.is(&rt().types.str)
    {
        return vm.str(x);
    }
    if args.all.len() > 3 {
        let text = format!("str expected at most 3 arguments, got {}", args.all.len());
        return Err(vm.type_error(&text));
    }
    let mut bound: [Option<Ref>; 3] = [None, None, None];
    for (slot, r) in bound.iter_mut().zip(pos) {
        *slot = Some(r.clone());
    }
    for (k, v) in args.kw() {
        let name = vm.str_lossy(k);
        let Some(i) = ["object", "encoding", "errors"]
            .iter()
            .position(|n| *n == name)
        else {
            let mut text = format!("str() got an unexpected keyword argument '{name}'");
            let names = ["object", "encoding", "errors"].map(str::as_bytes);
            if let Some(s) = taipan_text::similar::suggest(name.as_bytes(), names) {
                text.push_str(&format!(". Did you mean '{}'?", String::from_utf8_lossy(s)));
            }
            return Err(vm.type_error(&text));
        };
        if bound[i].is_some() {
            let text = format!(
                "argument for str() given by name ('{name}') and position ({})",
                i + 1
            );
            return Err(vm.type_error(&text));
        }
        bound[i] = Some(v.clone());
    }
    let [object, encoding, errors] = bound;
    let has_codec = encoding.is_some() || errors.is_some();
    let encoding = vm.codec_argument(encoding.as_ref(), "utf-8", "str() argument 'encoding'")?;
    let errors = vm.codec_argument(errors.as_ref(), "strict", "str() argument 'errors'")?;
    let text = match object {
        None => rt().types.empty_str.clone(),
        Some(o) if !has_codec => vm.str(&o)?,
        Some(o) => decode_object(vm, &o, &encoding, &errors)?,
    };
    if class.is(&rt().types.str) {
        Ok(text)
    } else {
        Ok(StrObj::make_of(class, text.str_obj().bytes()))
    }
}

/// `str(o, encoding, errors)`.
pub fn decode_object(vm: &mut Vm, o: &Ref, encoding: &str, errors: &str) -> R<Ref> {
    if o.is_str() {
        return Err(vm.type_error("decoding str is not supported"));
    }
    match vm.buffer_bytes_opt(o)? {
        Some(data) => vm.decode(&data, encoding, errors),
        None => {
            let text = format!(
                "decoding to str: need a bytes-like object, {} found",
                vm.type_name_or_none(o)
            );
            Err(vm.type_error(&text))
        }
    }
}

fn richcmp(_: &mut Vm, a: &Ref, b: &Ref, op: Cmp) -> R<Ref> {
    let (Some(x), Some(y)) = (a.cast::<StrObj>(), b.cast::<StrObj>()) else {
        return Ok(Ref::not_implemented());
    };
    let (x, y) = (x.bytes(), y.bytes());
    Ok(Ref::bool(match op {
        Cmp::Eq => x == y,
        Cmp::Ne => x != y,
        // The order of WTF-8 bytes is that of code points.
        _ => op.holds(x.cmp(y)),
    }))
}

fn contains(vm: &mut Vm, text: &Ref, needle: &Ref) -> R<bool> {
    match needle.cast::<StrObj>() {
        Some(n) => Ok(str_search::find(text.str_obj().bytes(), n.bytes()).is_some()),
        None => {
            let text = format!(
                "'in <string>' requires string as left operand, not {}",
                vm.type_name(needle)
            );
            Err(vm.type_error(&text))
        }
    }
}

/// Longest text that is tried; more is a MemoryError at once.
pub const LONGEST: usize = 1 << 40;

fn concat(vm: &mut Vm, a: &Ref, b: &Ref) -> R<Ref> {
    let x = a.str_obj();
    let Some(y) = b.cast::<StrObj>() else {
        let text = format!(
            "can only concatenate str (not \"{}\") to str",
            vm.type_name(b)
        );
        return Err(vm.type_error(&text));
    };
    if y.nchars() == 0 {
        return Ok(exact(a));
    }
    if x.nchars() == 0 {
        return Ok(exact(b));
    }
    Ok(StrObj::concat(x, y))
}

fn repeat(vm: &mut Vm, r: &Ref, n: isize) -> R<Ref> {
    let s = r.str_obj().bytes();
    if n <= 0 || s.is_empty() {
        return Ok(rt().types.empty_str.clone());
    }
    if n == 1 {
        return Ok(exact(r));
    }
    let chars = r.str_obj().nchars().checked_mul(n as usize);
    if chars.is_none_or(|c| c > isize::MAX as usize) {
        return Err(vm.overflow_error("repeated string is too long"));
    }
    match s.len().checked_mul(n as usize) {
        None => Err(vm.memory_error()),
        Some(size) if size > isize::MAX as usize => Err(vm.memory_error()),
        Some(size) => {
            check_room(vm, size)?;
            let n = n as usize;
            if s.len() > 64 || n < 16 {
                let nchars = r.str_obj().nchars() * n;
                return Ok(StrObj::from_parts(size, nchars, std::iter::repeat_n(s, n)));
            }
            let mut out = Vec::with_capacity(size);
            repeat_into(&mut out, s, size);
            Ok(StrObj::make(&out))
        }
    }
}

/// An empty vector with room for `size` bytes; MemoryError if there is not so much memory.
pub fn reserve(vm: &mut Vm, size: usize) -> R<Vec<u8>> {
    let mut out = Vec::new();
    if size > LONGEST || out.try_reserve_exact(size).is_err() {
        return Err(vm.memory_error());
    }
    Ok(out)
}

/// Sizes from which on memory is asked for before it is used.
const LARGE: usize = 1 << 24;

/// MemoryError if there is no room for `size` bytes.
pub fn check_room(vm: &mut Vm, size: usize) -> R<()> {
    if size >= LARGE {
        reserve(vm, size)?;
    }
    Ok(())
}

/// Fills up to `size` bytes with repetitions of `s`, doubling what is there.
pub fn repeat_into(out: &mut Vec<u8>, s: &[u8], size: usize) {
    if let [b] = *s {
        out.resize(size, b);
        return;
    }
    let start = out.len();
    out.extend_from_slice(s);
    while out.len() - start < size {
        let have = out.len() - start;
        let n = have.min(size - have);
        out.extend_from_within(start..start + n);
    }
}

fn getitem(vm: &mut Vm, r: &Ref, key: &Ref) -> R<Ref> {
    let s = r.str_obj();
    let v = key.value();
    let i = if v.is_int() {
        v.int() as isize
    } else if let Some(slice) = key.cast::<SliceObj>() {
        return getslice(vm, r, s, slice);
    } else if key.is_int() || key.class().slots.index.get().is_some() {
        vm.index_for_sequence(key)?
    } else {
        let text = format!(
            "string indices must be integers, not '{}'",
            vm.type_name(key)
        );
        return Err(vm.type_error(&text));
    };
    let n = s.nchars();
    let i = if i < 0 { i.wrapping_add(n as isize) } else { i };
    if i < 0 || i as usize >= n {
        return Err(vm.index_error("string index out of range"));
    }
    Ok(char_at(s, i as usize))
}

fn getslice(vm: &mut Vm, r: &Ref, s: &StrObj, slice: &SliceObj) -> R<Ref> {
    let (start, _, step, n) = vm.slice_indices(slice, s.nchars())?;
    if n == 0 {
        return Ok(rt().types.empty_str.clone());
    }
    if step == 1 {
        if n == s.nchars() && r.exact::<StrObj>().is_some() {
            return Ok(r.clone());
        }
        return Ok(text_ref(cut(s, start as usize, start as usize + n)));
    }
    if s.is_ascii() {
        let bytes = s.bytes();
        let out: Vec<u8> = (0..n)
            .filter_map(|k| bytes.get((start + k as isize * step) as usize).copied())
            .collect();
        return Ok(text_ref(&out));
    }
    let last = start + (n as isize - 1) * step;
    let (low, high) = (start.min(last) as usize, start.max(last) as usize);
    Ok(text_ref(&wtf8::stepped(cut(s, low, high + 1), step)))
}
