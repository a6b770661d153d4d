//! The methods of `str`.

use super::{LONGEST, braces, check_room, cut, exact, text_ref, translate};
use crate::native::arg;
use crate::value::*;
use crate::vm::{new_int, new_list, new_tuple, new_usize};
use crate::{R, Vm, methods};
use taipan_text::str_case;
use taipan_text::str_search::{self, Alphabet, Ends};

methods! { pub METHODS;
    "encode(self, /, encoding='utf-8', errors='strict')" => encode, "Encode the string with an encoding, as bytes.\n\n  encoding\n    The name of the encoding.\n  errors\n    What to do with characters that it lacks: the name of an error handler.";
    "replace(self, old, new, /, count=-1)" => replace, "Return a copy with occurrences of old replaced by new: all of them, or the first count.";
    "split(self, /, sep=None, maxsplit=-1)" => split, "Return the list of the parts between separators, looked for from the left.\n\n  sep\n    The separator; None splits at any run of whitespace and drops empty parts.\n  maxsplit\n    Most splits to make; -1 means all.";
    "rsplit(self, /, sep=None, maxsplit=-1)" => rsplit, "Return the list of the parts between separators, looked for from the right.\n\n  sep\n    The separator; None splits at any run of whitespace and drops empty parts.\n  maxsplit\n    Most splits to make; -1 means all.";
    "join(self, iterable, /)" => join, "Concatenate strings with this one between each two of them.";
    "capitalize(self, /)" => |_, a| Ok(mapped(&a[0], str_case::capitalize)), "Return a copy with the first character in title case and the rest in lower case.";
    "casefold(self, /)" => |_, a| Ok(mapped(&a[0], str_case::casefold)), "Return a copy fit for comparisons that ignore case.";
    "title(self, /)" => |_, a| Ok(mapped(&a[0], str_case::title)), "Return a copy with every word beginning in title case and going on in lower case.";
    "center(self, width, fillchar=' ', /)" => center, "Return the string in the middle of a field of the given width.";
    "count(self, sub, start=None, end=None, /)" => count, "Return how often sub occurs in the slice, without overlaps.";
    "expandtabs(self, /, tabsize=8)" => expandtabs, "Return a copy with tabs replaced by spaces up to the next column that is a multiple of tabsize.";
    "find(self, sub, start=None, end=None, /)" => find, "Return the lowest index in the slice at which sub is found, or -1.";
    "partition(self, sep, /)" => partition, "Return the part before the first sep, sep, and the part after it; without a sep, the string and two empty ones.";
    "index(self, sub, start=None, end=None, /)" => index, "Return the lowest index in the slice at which sub is found, or raise ValueError.";
    "ljust(self, width, fillchar=' ', /)" => ljust, "Return the string at the left of a field of the given width.";
    "lower(self, /)" => |_, a| Ok(mapped(&a[0], str_case::lower)), "Return a copy in lower case.";
    "lstrip(self, chars=None, /)" => |vm, a| strip(vm, a, Ends::Left, "lstrip"), "Return a copy without whitespace (or the given characters) at the beginning.";
    "rfind(self, sub, start=None, end=None, /)" => rfind, "Return the highest index in the slice at which sub is found, or -1.";
    "rindex(self, sub, start=None, end=None, /)" => rindex, "Return the highest index in the slice at which sub is found, or raise ValueError.";
    "rjust(self, width, fillchar=' ', /)" => rjust, "Return the string at the right of a field of the given width.";
    "rstrip(self, chars=None, /)" => |vm, a| strip(vm, a, Ends::Right, "rstrip"), "Return a copy without whitespace (or the given characters) at the end.";
    "rpartition(self, sep, /)" => rpartition, "Return the part before the last sep, sep, and the part after it; without a sep, two empty strings and the string.";
    "splitlines(self, /, keepends=False)" => splitlines, "Return the list of lines, with their line breaks only if keepends is true.";
    "strip(self, chars=None, /)" => |vm, a| strip(vm, a, Ends::Both, "strip"), "Return a copy without whitespace (or the given characters) at both ends.";
    "swapcase(self, /)" => |_, a| Ok(mapped(&a[0], str_case::swapcase)), "Return a copy with upper case turned into lower case and the other way round.";
    "translate(self, table, /)" => translate::translate, "Replace each character by what table[ord(character)] says: a string, an ordinal, or None to delete it; LookupError leaves it.";
    "upper(self, /)" => |_, a| Ok(mapped(&a[0], str_case::upper)), "Return a copy in upper case.";
    "startswith(self, prefix, start=None, end=None, /)" => |vm, a| affix(vm, a, true), "Return whether the slice begins with the prefix, or one of a tuple of prefixes.";
    "endswith(self, suffix, start=None, end=None, /)" => |vm, a| affix(vm, a, false), "Return whether the slice ends with the suffix, or one of a tuple of suffixes.";
    "removeprefix(self, prefix, /)" => |vm, a| remove_affix(vm, a, true), "Return the string without the prefix, if it begins with it.";
    "removesuffix(self, suffix, /)" => |vm, a| remove_affix(vm, a, false), "Return the string without the suffix, if it ends with it.";
    "isascii(self, /)" => |_, a| Ok(Ref::bool(a[0].str_obj().is_ascii())), "Return whether all characters are ASCII.";
    "islower(self, /)" => |_, a| Ok(test(&a[0], str_case::is_lower)), "Return whether there are cased characters and all are lower case.";
    "isupper(self, /)" => |_, a| Ok(test(&a[0], str_case::is_upper)), "Return whether there are cased characters and all are upper case.";
    "istitle(self, /)" => |_, a| Ok(test(&a[0], str_case::is_title)), "Return whether words begin in upper and go on in lower case.";
    "isspace(self, /)" => |_, a| Ok(test(&a[0], str_case::is_space)), "Return whether all characters are whitespace and there is one.";
    "isdecimal(self, /)" => |_, a| Ok(test(&a[0], str_case::is_decimal)), "Return whether all characters are decimal digits and there is one.";
    "isdigit(self, /)" => |_, a| Ok(test(&a[0], str_case::is_digit)), "Return whether all characters are digits and there is one.";
    "isnumeric(self, /)" => |_, a| Ok(test(&a[0], str_case::is_numeric)), "Return whether all characters are numeric and there is one.";
    "isalpha(self, /)" => |_, a| Ok(test(&a[0], str_case::is_alpha)), "Return whether all characters are letters and there is one.";
    "isalnum(self, /)" => |_, a| Ok(test(&a[0], str_case::is_alnum)), "Return whether all characters are letters or numbers and there is one.";
    "isidentifier(self, /)" => |_, a| Ok(test(&a[0], str_case::is_identifier)), "Return whether the string is an identifier. Keywords are too; see keyword.iskeyword().";
    "isprintable(self, /)" => |_, a| Ok(test(&a[0], str_case::is_printable)), "Return whether repr() would show all characters as they are.";
    "zfill(self, width, /)" => zfill, "Return the string filled with zeros at the left, after a sign, up to the width.";
    var "format(self, /, *args, **kwargs)" => braces::format, "Fill the fields in braces from args and kwargs.";
    "format_map(self, mapping, /)" => braces::format_map, "Fill the fields in braces from the mapping.";
    "__format__(self, format_spec, /)" => format_method, "Return the string laid out as format_spec says.";
    static "maketrans(x, y=None, z=None, /)" => translate::maketrans, "Make a table for translate(): from a dict, or from strings of characters to replace, their replacements, and characters to delete.";
    "__sizeof__(self, /)" => sizeof, "The memory that the string takes, in bytes.";
    "__getnewargs__(self, /)" => |_, a| Ok(new_tuple(vec![exact(&a[0])])), "";
}

fn mapped(r: &Ref, f: fn(&[u8], bool) -> Vec<u8>) -> Ref {
    let s = r.str_obj();
    text_ref(&f(s.bytes(), s.is_ascii()))
}

fn test(r: &Ref, f: fn(&[u8]) -> bool) -> Ref {
    Ref::bool(f(r.str_obj().bytes()))
}

/// A str argument; "f() argument n must be str, not X".
pub fn str_arg<'a>(vm: &mut Vm, r: &'a Ref, what: &str) -> R<&'a StrObj> {
    match r.cast::<StrObj>() {
        Some(s) => Ok(s),
        None => {
            let text = format!("{what} must be str, not {}", vm.type_name_or_none(r));
            Err(vm.type_error(&text))
        }
    }
}

/// The bounds of `s[start:end]` given as the arguments 2 and 3, clamped to the length.
pub fn bounds(vm: &mut Vm, a: &[Ref], len: usize) -> R<(usize, usize, bool)> {
    let mut get = |i: usize, default: isize| -> R<isize> {
        match arg(a, i) {
            None => Ok(default),
            Some(r) if r.is_none() => Ok(default),
            Some(r) => {
                if !r.is_int() && r.class().slots.index.get().is_none() {
                    return Err(vm.type_error(
                        "slice indices must be integers or None or have an __index__ method",
                    ));
                }
                vm.index_clamped(r)
            }
        }
    };
    let (start, end) = (get(2, 0)?, get(3, isize::MAX)?);
    let fix = |i: isize| if i < 0 { (i + len as isize).max(0) } else { i } as usize;
    let (start, end) = (fix(start), fix(end).min(len));
    // A start behind the end holds nothing, not even the empty string.
    Ok((start.min(end), end, start <= end))
}

/// Where `sub` is found in a slice: the index in characters.
fn search(vm: &mut Vm, a: &[Ref], name: &str, last: bool) -> R<Option<usize>> {
    let s = a[0].str_obj();
    let sub = str_arg(vm, &a[1], &format_args!("{name}() argument 1").to_string())?;
    let f = if last {
        str_search::rfind
    } else {
        str_search::find
    };
    if a.len() == 2 {
        return Ok(f(s.bytes(), sub.bytes()).map(|at| s.index_of(at)));
    }
    let (start, end, valid) = bounds(vm, a, s.nchars())?;
    if !valid {
        return Ok(None);
    }
    let (from, part) = (s.offset(start), cut(s, start, end));
    Ok(f(part, sub.bytes()).map(|at| s.index_of(from + at)))
}

fn find(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    Ok(search(vm, a, "find", false)?.map_or_else(|| new_int(-1), new_usize))
}
fn rfind(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    Ok(search(vm, a, "rfind", true)?.map_or_else(|| new_int(-1), new_usize))
}
fn index(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    match search(vm, a, "index", false)? {
        Some(i) => Ok(new_usize(i)),
        None => Err(vm.value_error("substring not found")),
    }
}
fn rindex(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    match search(vm, a, "rindex", true)? {
        Some(i) => Ok(new_usize(i)),
        None => Err(vm.value_error("substring not found")),
    }
}

fn count(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let s = a[0].str_obj();
    let sub = str_arg(vm, &a[1], "count() argument 1")?;
    let (start, end, valid) = bounds(vm, a, s.nchars())?;
    if !valid {
        return Ok(new_usize(0));
    }
    let part = cut(s, start, end);
    Ok(new_usize(str_search::count(
        part,
        sub.bytes(),
        s.is_ascii(),
    )))
}

fn affix(vm: &mut Vm, a: &[Ref], prefix: bool) -> R<Ref> {
    let s = a[0].str_obj();
    let name = if prefix { "startswith" } else { "endswith" };
    let (start, end, valid) = bounds(vm, a, s.nchars())?;
    let part = if a.len() == 2 {
        s.bytes()
    } else {
        cut(s, start, end)
    };
    let holds = |x: &[u8]| {
        valid
            && if prefix {
                part.starts_with(x)
            } else {
                part.ends_with(x)
            }
    };
    if let Some(x) = a[1].cast::<StrObj>() {
        return Ok(Ref::bool(holds(x.bytes())));
    }
    let Some(options) = a[1].tuple_items() else {
        let text = format!(
            "{name} first arg must be str or a tuple of str, not {}",
            vm.type_name(&a[1])
        );
        return Err(vm.type_error(&text));
    };
    for x in options {
        match x.cast::<StrObj>() {
            Some(x) if holds(x.bytes()) => return Ok(Ref::bool(true)),
            Some(_) => {}
            None => {
                let text = format!(
                    "tuple for {name} must only contain str, not {}",
                    vm.type_name(x)
                );
                return Err(vm.type_error(&text));
            }
        }
    }
    Ok(Ref::bool(false))
}

fn remove_affix(vm: &mut Vm, a: &[Ref], prefix: bool) -> R<Ref> {
    let s = a[0].str_obj().bytes();
    let name = if prefix {
        "removeprefix() argument"
    } else {
        "removesuffix() argument"
    };
    let x = str_arg(vm, &a[1], name)?.bytes();
    let rest = if prefix {
        s.strip_prefix(x)
    } else {
        s.strip_suffix(x)
    };
    Ok(match rest {
        Some(rest) if !x.is_empty() => text_ref(rest),
        _ => exact(&a[0]),
    })
}

fn strip(vm: &mut Vm, a: &[Ref], ends: Ends, name: &str) -> R<Ref> {
    let s = a[0].str_obj();
    let rest = match arg(a, 1) {
        Some(chars) if !chars.is_none() => match chars.cast::<StrObj>() {
            Some(c) => {
                let alphabet = Alphabet::of_str(s.is_ascii());
                str_search::strip_chars(s.bytes(), c.bytes(), ends, alphabet)
            }
            None => {
                let text = format!("{name} arg must be None or str");
                return Err(vm.type_error(&text));
            }
        },
        _ => str_search::strip(s.bytes(), ends, Alphabet::of_str(s.is_ascii())),
    };
    if rest.len() == s.bytes().len() {
        return Ok(exact(&a[0]));
    }
    Ok(text_ref(rest))
}

/// A limit of splits or replacements: a negative one means all.
pub fn limit_arg(vm: &mut Vm, r: Option<&Ref>) -> R<usize> {
    match r {
        None => Ok(usize::MAX),
        Some(r) => {
            let n = size_arg(vm, r)?;
            Ok(if n < 0 { usize::MAX } else { n as usize })
        }
    }
}

/// An argument that must fit `Py_ssize_t`.
pub fn size_arg(vm: &mut Vm, r: &Ref) -> R<isize> {
    let i = vm.index(r)?;
    match i.as_i64() {
        Some(n) => Ok(n as isize),
        None => Err(vm.overflow_error("Python int too large to convert to C ssize_t")),
    }
}

/// A list of strs. `whole` stands for a part that is all of the text.
fn parts_list(parts: Vec<&[u8]>, whole: &Ref) -> Ref {
    if let [only] = parts[..]
        && only.len() == whole.str_obj().bytes().len()
    {
        return new_list(vec![exact(whole)]);
    }
    new_list(parts.into_iter().map(text_ref).collect())
}

fn split_with(vm: &mut Vm, a: &[Ref], right: bool) -> R<Ref> {
    let s = a[0].str_obj();
    let limit = limit_arg(vm, arg(a, 2))?;
    let parts = match arg(a, 1) {
        Some(sep) if !sep.is_none() => match sep.cast::<StrObj>() {
            None => {
                let text = format!("must be str or None, not {}", vm.type_name(sep));
                return Err(vm.type_error(&text));
            }
            Some(sep) if sep.nchars() == 0 => return Err(vm.value_error("empty separator")),
            Some(sep) if right => str_search::rsplit(s.bytes(), sep.bytes(), limit),
            Some(sep) => str_search::split(s.bytes(), sep.bytes(), limit),
        },
        _ => {
            let alphabet = Alphabet::of_str(s.is_ascii());
            if right {
                str_search::rsplit_whitespace(s.bytes(), limit, alphabet)
            } else {
                str_search::split_whitespace(s.bytes(), limit, alphabet)
            }
        }
    };
    Ok(parts_list(parts, &a[0]))
}
fn split(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    split_with(vm, a, false)
}
fn rsplit(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    split_with(vm, a, true)
}

fn splitlines(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let keep = match arg(a, 1) {
        Some(r) => vm.truthy(r)?,
        None => false,
    };
    let s = a[0].str_obj();
    let parts = str_search::split_lines(s.bytes(), keep, Alphabet::of_str(s.is_ascii()));
    Ok(parts_list(parts, &a[0]))
}

fn partition_with(vm: &mut Vm, a: &[Ref], last: bool) -> R<Ref> {
    let s = a[0].str_obj().bytes();
    let Some(sep) = a[1].cast::<StrObj>() else {
        let text = format!("must be str, not {}", vm.type_name(&a[1]));
        return Err(vm.type_error(&text));
    };
    let sep = sep.bytes();
    if sep.is_empty() {
        return Err(vm.value_error("empty separator"));
    }
    let found = if last {
        str_search::rfind(s, sep)
    } else {
        str_search::find(s, sep)
    };
    let empty = || rt().types.empty_str.clone();
    Ok(new_tuple(match found {
        Some(at) => vec![
            text_ref(&s[..at]),
            exact(&a[1]),
            text_ref(&s[at + sep.len()..]),
        ],
        None if last => vec![empty(), empty(), a[0].clone()],
        None => vec![a[0].clone(), empty(), empty()],
    }))
}
fn partition(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    partition_with(vm, a, false)
}
fn rpartition(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    partition_with(vm, a, true)
}

fn replace(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let s = a[0].str_obj();
    let old = str_arg(vm, &a[1], "replace() argument 1")?.bytes();
    let new = str_arg(vm, &a[2], "replace() argument 2")?.bytes();
    let limit = limit_arg(vm, arg(a, 3))?;
    let (text, ascii) = (s.bytes(), s.is_ascii());
    if new.len() > old.len() {
        check_growth(
            vm,
            str_search::replaced_size(text, old, new, limit, ascii),
            "replace string is too long",
        )?;
    }
    Ok(match str_search::replace(text, old, new, limit, ascii) {
        Some(out) => text_ref(&out),
        None => exact(&a[0]),
    })
}

/// Refuses a result of that size if it can't be: OverflowError beyond the address space, MemoryError beyond sense.
pub fn check_growth(vm: &mut Vm, size: Option<usize>, message: &str) -> R<()> {
    match size {
        Some(n) if n <= LONGEST => Ok(()),
        Some(n) if n <= isize::MAX as usize => Err(vm.memory_error()),
        _ => Err(vm.overflow_error(message)),
    }
}

/// `separator.join(items)`.
fn join(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    if let Some(t) = a[1].exact::<TupleObj>() {
        return join_items(vm, &a[0], t.items());
    }
    if let Some(l) = a[1].exact::<ListObj>() {
        // The items hold on to their text whatever happens; nothing here runs Python code.
        return join_items(vm, &a[0], &l.to_vec());
    }
    if a[1].class().slots.iter.get().is_none() && a[1].class().slots.getitem.get().is_none() {
        return Err(vm.type_error("can only join an iterable"));
    }
    let items = vm.collect(&a[1])?;
    join_items(vm, &a[0], &items)
}

/// The items joined by `sep`, both known to be there; TypeError if one isn't a str.
pub fn join_items(vm: &mut Vm, sep: &Ref, items: &[Ref]) -> R<Ref> {
    let sep = sep.str_obj();
    if let [only] = items
        && only.exact::<StrObj>().is_some()
    {
        return Ok(only.clone());
    }
    let gaps = items.len().saturating_sub(1);
    let mut size = sep.bytes().len().saturating_mul(gaps);
    let mut nchars = sep.nchars().saturating_mul(gaps);
    for (i, item) in items.iter().enumerate() {
        match item.cast::<StrObj>() {
            Some(s) => {
                size = size.saturating_add(s.bytes().len());
                nchars = nchars.saturating_add(s.nchars());
            }
            None => {
                let text = format!(
                    "sequence item {i}: expected str instance, {} found",
                    vm.type_name(item)
                );
                return Err(vm.type_error(&text));
            }
        }
    }
    if size > isize::MAX as usize {
        return Err(vm.overflow_error("join() result is too long for a Python string"));
    }
    check_room(vm, size)?;
    if size == 0 {
        return Ok(rt().types.empty_str.clone());
    }
    let texts = items.iter().map(|i| i.str_obj().bytes());
    if sep.nchars() == 0 {
        return Ok(StrObj::from_parts(size, nchars, texts));
    }
    let mut first = true;
    Ok(StrObj::from_parts(
        size,
        nchars,
        texts.flat_map(|t| {
            let sep = if std::mem::take(&mut first) {
                b""
            } else {
                sep.bytes()
            };
            [sep, t]
        }),
    ))
}

/// Width and fill character of `center` and its kin: the fill's bytes, and how many places are missing.
fn field(vm: &mut Vm, a: &[Ref]) -> R<(Vec<u8>, usize)> {
    let width = size_arg(vm, &a[1])?.max(0) as usize;
    let fill = match arg(a, 2) {
        None => vec![b' '],
        Some(r) => match r.cast::<StrObj>() {
            Some(s) if s.nchars() == 1 => s.bytes().to_vec(),
            Some(_) => {
                return Err(vm.type_error("The fill character must be exactly one character long"));
            }
            None => {
                let text = format!(
                    "The fill character must be a unicode character, not {}",
                    vm.type_name(r)
                );
                return Err(vm.type_error(&text));
            }
        },
    };
    let missing = width.saturating_sub(a[0].str_obj().nchars());
    let size = missing.checked_mul(fill.len());
    check_growth(vm, size, "padded string is too long")?;
    check_room(vm, size.unwrap_or(0))?;
    Ok((fill, missing))
}

fn center(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let (fill, missing) = field(vm, a)?;
    if missing == 0 {
        return Ok(exact(&a[0]));
    }
    let s = a[0].str_obj();
    let n = s.nchars();
    Ok(StrObj::make(&str_search::center(
        s.bytes(),
        n,
        n + missing,
        &fill,
    )))
}
fn ljust(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let (fill, missing) = field(vm, a)?;
    if missing == 0 {
        return Ok(exact(&a[0]));
    }
    Ok(StrObj::make(&str_search::padded(
        a[0].str_obj().bytes(),
        0,
        missing,
        &fill,
    )))
}
fn rjust(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let (fill, missing) = field(vm, a)?;
    if missing == 0 {
        return Ok(exact(&a[0]));
    }
    Ok(StrObj::make(&str_search::padded(
        a[0].str_obj().bytes(),
        missing,
        0,
        &fill,
    )))
}

fn zfill(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let width = size_arg(vm, &a[1])?.max(0) as usize;
    let s = a[0].str_obj();
    if width <= s.nchars() {
        return Ok(exact(&a[0]));
    }
    check_growth(vm, Some(width), "padded string is too long")?;
    check_room(vm, width)?;
    Ok(StrObj::make(&str_search::zero_fill(
        s.bytes(),
        s.nchars(),
        width,
    )))
}

fn expandtabs(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let size = match arg(a, 1) {
        None => 8,
        Some(r) => int_arg(vm, r)?.max(0) as usize,
    };
    let s = a[0].str_obj();
    match str_search::expand_tabs(s.bytes(), size, Alphabet::of_str(s.is_ascii())) {
        Some(out) => Ok(text_ref(&out)),
        None => Err(vm.overflow_error("new string is too long")),
    }
}

/// An argument that must fit a C int.
pub fn int_arg(vm: &mut Vm, r: &Ref) -> R<i32> {
    let i = vm.index(r)?;
    match i.as_i64().and_then(|n| i32::try_from(n).ok()) {
        Some(n) => Ok(n),
        None => Err(vm.overflow_error("Python int too large to convert to C int")),
    }
}

fn encode(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    if a.len() == 1 {
        return vm.encode(&a[0], "utf-8", "strict");
    }
    let encoding = vm.codec_argument(arg(a, 1), "utf-8", "encode() argument 'encoding'")?;
    let errors = vm.codec_argument(arg(a, 2), "strict", "encode() argument 'errors'")?;
    vm.encode(&a[0], &encoding, &errors)
}

fn format_method(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let spec = str_arg(vm, &a[1], "__format__() argument")?;
    vm.format_str(&a[0], spec.bytes())
}

/// The size CPython would report, by the widest character: 1, 2 or 4 bytes each behind a header.
fn sizeof(_: &mut Vm, a: &[Ref]) -> R<Ref> {
    let s = a[0].str_obj();
    let n = s.nchars() + 1;
    let widest = s.bytes().iter().copied().max().unwrap_or(0);
    Ok(new_usize(match widest {
        0..0x80 => 40 + n,
        0x80..0xc4 => 56 + n,
        0xc4..0xf0 => 56 + 2 * n,
        _ => 56 + 4 * n,
    }))
}
