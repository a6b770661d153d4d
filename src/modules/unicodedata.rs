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
    }, "Returns the name assigned to the character chr as a string.\n\nIf no name is defined, default is returned, or, if not given,\nValueError is raised.";
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
    }, "Look up character by name.\n\nIf a character with the given name is found, return the\ncorresponding character.  If not found, KeyError is raised.";
    "category(chr, /)" => |vm, a| {
        let c = character(vm, a, "category", true)?;
        Ok(new_str(UCD.category(c)))
    }, "Returns the general category assigned to the character chr as string.";
    "bidirectional(chr, /)" => |vm, a| {
        let c = character(vm, a, "bidirectional", true)?;
        Ok(new_str(UCD.bidirectional(c)))
    }, "Returns the bidirectional class assigned to the character chr as string.\n\nIf no such value is defined, an empty string is returned.";
    "east_asian_width(chr, /)" => |vm, a| {
        let c = character(vm, a, "east_asian_width", true)?;
        Ok(new_str(UCD.east_asian_width(c)))
    }, "Returns the east asian width assigned to the character chr as string.";
    "combining(chr, /)" => |vm, a| {
        let c = character(vm, a, "combining", true)?;
        Ok(new_int(UCD.combining(c) as i64))
    }, "Returns the canonical combining class assigned to the character chr as integer.\n\nReturns 0 if no combining class is defined.";
    "mirrored(chr, /)" => |vm, a| {
        let c = character(vm, a, "mirrored", true)?;
        Ok(new_int(UCD.mirrored(c) as i64))
    }, "Returns the mirrored property assigned to the character chr as integer.\n\nReturns 1 if the character has been identified as a \"mirrored\"\ncharacter in bidirectional text, 0 otherwise.";
    "decomposition(chr, /)" => |vm, a| {
        let c = character(vm, a, "decomposition", true)?;
        Ok(new_str(&UCD.decomposition(c)))
    }, "Returns the character decomposition mapping assigned to the character chr as string.\n\nAn empty string is returned in case no such mapping is defined.";
    "decimal(chr, default=None, /)" => |vm, a| {
        let c = character(vm, a, "decimal", false)?;
        or_default(vm, a, UCD.decimal(c).map(|n| new_int(n as i64)), "not a decimal")
    }, "Converts a Unicode character into its equivalent decimal value.\n\nReturns the decimal value assigned to the character chr as integer.\nIf no such value is defined, default is returned, or, if not given,\nValueError is raised.";
    "digit(chr, default=None, /)" => |vm, a| {
        let c = character(vm, a, "digit", false)?;
        or_default(vm, a, UCD.digit(c).map(|n| new_int(n as i64)), "not a digit")
    }, "Converts a Unicode character into its equivalent digit value.\n\nReturns the digit value assigned to the character chr as integer.\nIf no such value is defined, default is returned, or, if not given,\nValueError is raised.";
    "numeric(chr, default=None, /)" => |vm, a| {
        let c = character(vm, a, "numeric", false)?;
        or_default(vm, a, UCD.numeric(c).map(new_float), "not a numeric character")
    }, "Converts a Unicode character into its equivalent numeric value.\n\nReturns the numeric value assigned to the character chr as float.\nIf no such value is defined, default is returned, or, if not given,\nValueError is raised.";
    "normalize(form, unistr, /)" => |vm, a| {
        let f = form(vm, a)?;
        let out = normalize(f, text(vm, &a[1])?);
        Ok(new_wtf8(out.as_bytes()))
    }, "Return the normal form 'form' for the Unicode string unistr.\n\nValid values for form are 'NFC', 'NFKC', 'NFD', and 'NFKD'.";
    "is_normalized(form, unistr, /)" => |vm, a| {
        let f = form(vm, a)?;
        Ok(Ref::bool(is_normalized(f, text(vm, &a[1])?)))
    }, "Return whether the Unicode string unistr is in the normal form 'form'.\n\nValid values for form are 'NFC', 'NFKC', 'NFD', and 'NFKD'.";
}

pub fn make(vm: &mut Vm) -> R<Ref> {
    let m = new_module(
        vm,
        "unicodedata",
        "This module provides access to the Unicode Character Database which\ndefines character properties for all Unicode characters.",
        FUNCTIONS,
    );
    set(&m, "unidata_version", new_str("16.0.0"));
    Ok(m)
}
