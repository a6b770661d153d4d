//! `unicodedata`: the Unicode character database, from the tables of the crate `rustpython-unicode`.

use rustpython_unicode::{LookupResult, NormalizeForm, Ucd, is_normalized, normalize};
use rustpython_wtf8::{CodePoint, Wtf8};
use taipan_vm::modules::{new_module, set};
use taipan_vm::value::StrObj;
use taipan_vm::vm::{new_float, new_int, new_str, new_wtf8};
use taipan_vm::{R, Ref, Vm, arg, functions, rt};

const UCD: Ucd = Ucd::new(true);

/// The one character of an argument.
fn character(vm: &mut Vm, a: &[Ref], function: &str, only: bool) -> R<CodePoint> {
    let place = if only { "" } else { " 1" };
    let Some(s) = a[0].cast::<StrObj>() else {
        let text = format!(
            "{function}() argument{place} must be a unicode character, not {}",
            vm.type_name_or_none(&a[0])
        );
        return Err(vm.type_error(&text));
    };
    if s.nchars() != 1 {
        let text = format!(
            "{function}(): argument{place} must be a unicode character, not a string of length {}",
            s.nchars()
        );
        return Err(vm.type_error(&text));
    }
    let (cp, _) = taipan_text::wtf8::decode_at(s.bytes(), 0);
    match CodePoint::from_u32(cp) {
        Some(c) => Ok(c),
        None => Err(vm.value_error("no such character")),
    }
}

/// A value or the default; ValueError without either.
fn or_default(vm: &mut Vm, a: &[Ref], value: Option<Ref>, error: &str) -> R<Ref> {
    match value.or_else(|| arg(a, 1).cloned()) {
        Some(v) => Ok(v),
        None => Err(vm.value_error(error)),
    }
}

fn form(vm: &mut Vm, a: &[Ref]) -> R<NormalizeForm> {
    let name = vm
        .expect_str(&a[0], "normalize() argument 1")?
        .lossy()
        .into_owned();
    match name.parse() {
        Ok(f) => Ok(f),
        Err(()) => Err(vm.value_error("invalid normalization form")),
    }
}

fn text<'a>(vm: &mut Vm, r: &'a Ref) -> R<&'a Wtf8> {
    let s = vm.expect_str(r, "normalize() argument 2")?;
    match Wtf8::from_bytes(s.bytes()) {
        Some(w) => Ok(w),
        None => Err(vm.system_error("text is no generalised UTF-8")),
    }
}

functions! { FUNCTIONS;
    "name(chr, default=None, /)" => |vm, a| {
        let c = character(vm, a, "name", false)?;
        let name = c.to_char().and_then(rustpython_unicode::character_name);
        or_default(vm, a, name.map(|n| new_str(&n)), "no such name")
    }, "The name of a character. Without one, the default is given, or ValueError raised.";
    "lookup(name, /)" => |vm, a| {
        let name = vm.expect_str(&a[0], "lookup() argument")?.lossy().into_owned();
        match UCD.lookup(&name) {
            Some(LookupResult::Character(c)) => Ok(new_str(c.encode_utf8(&mut [0; 4]))),
            Some(LookupResult::Sequence(s)) => Ok(new_str(s)),
            None => {
                let class = rt().types.key_error.clone();
                Err(vm.error(&class, &format!("undefined character name '{name}'")))
            }
        }
    }, "The character, or sequence of them, that has this name. KeyError is raised if there is none.";
    "category(chr, /)" => |vm, a| {
        let c = character(vm, a, "category", true)?;
        Ok(new_str(UCD.category(c)))
    }, "The general category, two letters such as 'Lu'.";
    "bidirectional(chr, /)" => |vm, a| {
        let c = character(vm, a, "bidirectional", true)?;
        Ok(new_str(UCD.bidirectional(c)))
    }, "The class by which writing directions are found, or ''.";
    "east_asian_width(chr, /)" => |vm, a| {
        let c = character(vm, a, "east_asian_width", true)?;
        Ok(new_str(UCD.east_asian_width(c)))
    }, "The width in East Asian typography, such as 'W' for wide.";
    "combining(chr, /)" => |vm, a| {
        let c = character(vm, a, "combining", true)?;
        Ok(new_int(UCD.combining(c) as i64))
    }, "The class of a combining character, 0 for others.";
    "mirrored(chr, /)" => |vm, a| {
        let c = character(vm, a, "mirrored", true)?;
        Ok(new_int(UCD.mirrored(c) as i64))
    }, "1 if the character is mirrored in text from right to left, else 0.";
    "decomposition(chr, /)" => |vm, a| {
        let c = character(vm, a, "decomposition", true)?;
        Ok(new_str(&UCD.decomposition(c)))
    }, "What the character is mapped to, as code points in hexadecimal, or ''.";
    "decimal(chr, default=None, /)" => |vm, a| {
        let c = character(vm, a, "decimal", false)?;
        or_default(vm, a, UCD.decimal(c).map(|n| new_int(n as i64)), "not a decimal")
    }, "The decimal digit that the character is, an int. Otherwise the default is given, or ValueError raised.";
    "digit(chr, default=None, /)" => |vm, a| {
        let c = character(vm, a, "digit", false)?;
        or_default(vm, a, UCD.digit(c).map(|n| new_int(n as i64)), "not a digit")
    }, "The digit that the character is, an int. Otherwise the default is given, or ValueError raised.";
    "numeric(chr, default=None, /)" => |vm, a| {
        let c = character(vm, a, "numeric", false)?;
        or_default(vm, a, UCD.numeric(c).map(new_float), "not a numeric character")
    }, "The number that the character stands for, a float. Otherwise the default is given, or ValueError raised.";
    "normalize(form, unistr, /)" => |vm, a| {
        let f = form(vm, a)?;
        let out = normalize(f, text(vm, &a[1])?);
        Ok(new_wtf8(out.as_bytes()))
    }, "The string in a normal form: 'NFC', 'NFKC', 'NFD' or 'NFKD'.";
    "is_normalized(form, unistr, /)" => |vm, a| {
        let f = form(vm, a)?;
        Ok(Ref::bool(is_normalized(f, text(vm, &a[1])?)))
    }, "Whether the string is in that normal form already.";
}

pub fn make(vm: &mut Vm) -> R<Ref> {
    let m = new_module(
        vm,
        "unicodedata",
        "The properties of characters, from the Unicode Character Database.",
        FUNCTIONS,
    );
    set(&m, "unidata_version", new_str("16.0.0"));
    Ok(m)
}
