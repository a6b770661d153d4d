//! `abs`, `bin`, `chr`, `format`, `hex`, `oct`, `ord`, `round`: one value in, one value out.

use crate::native::arg;
use crate::value::*;
use crate::vm::{new_int, new_str};
use crate::{R, Vm};

pub(super) fn abs(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    match a[0].class().slots.abs.get() {
        Some(f) => f(vm, &a[0]),
        None => {
            let text = format!("bad operand type for abs(): '{}'", vm.type_name(&a[0]));
            Err(vm.type_error(&text))
        }
    }
}

pub(super) fn to_base(vm: &mut Vm, r: &Ref, base: u32) -> R<Ref> {
    let i = vm.index(r)?;
    Ok(new_str(&match i.as_i64() {
        Some(n) => {
            let sign = if n < 0 { "-" } else { "" };
            let n = n.unsigned_abs();
            match base {
                2 => format!("{sign}{n:#b}"),
                8 => format!("{sign}{n:#o}"),
                _ => format!("{sign}{n:#x}"),
            }
        }
        None => taipan_text::int_text::prefixed(&i.as_bigint().unwrap_or_default(), base),
    }))
}

pub(super) fn chr(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let i = vm.index(&a[0])?;
    match i.as_i64() {
        Some(n @ 0..0x11_0000) => {
            let mut out = Vec::with_capacity(4);
            taipan_text::wtf8::push(&mut out, n as u32);
            Ok(StrObj::make(&out))
        }
        _ => Err(vm.value_error("chr() arg not in range(0x110000)")),
    }
}

pub(super) fn ord(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let c = &a[0];
    let n = if let Some(s) = c.cast::<StrObj>() {
        if s.nchars() == 1 {
            let (cp, _) = taipan_text::wtf8::decode_at(s.bytes(), 0);
            return Ok(new_int(cp as i64));
        }
        s.nchars()
    } else if let Some(b) = c.cast::<BytesObj>() {
        if let [b] = b.bytes() {
            return Ok(new_int(*b as i64));
        }
        b.bytes().len()
    } else if let Some(b) = c.cast::<ByteArrayObj>() {
        let data = b.data.get(vm);
        if let [b] = data[..] {
            return Ok(new_int(b as i64));
        }
        data.len()
    } else {
        let text = format!(
            "ord() expected string of length 1, but {} found",
            vm.type_name(c)
        );
        return Err(vm.type_error(&text));
    };
    Err(vm.type_error(&format!(
        "ord() expected a character, but string of length {n} found"
    )))
}

pub(super) fn format(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let spec = match arg(a, 1) {
        Some(s) if s.is_str() => s.clone(),
        Some(s) => {
            let text = format!("format() argument 2 must be str, not {}", vm.type_name(s));
            return Err(vm.type_error(&text));
        }
        None => rt().types.empty_str.clone(),
    };
    vm.format(&a[0], &spec)
}

pub(super) fn round(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let name = intern("__round__");
    let digits = arg(a, 1).filter(|d| !d.is_none());
    let found = match digits {
        Some(d) => vm.call_special(&a[0], &name, &[d])?,
        None => vm.call_special(&a[0], &name, &[])?,
    };
    match found {
        Some(r) => Ok(r),
        None => {
            let text = format!(
                "type {} doesn't define __round__ method",
                vm.type_name(&a[0])
            );
            Err(vm.type_error(&text))
        }
    }
}
