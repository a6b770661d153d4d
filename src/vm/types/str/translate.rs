//! `str.maketrans` and `str.translate`.

use super::methods::str_arg;
use crate::native::arg;
use crate::value::*;
use crate::vm::new_int;
use crate::{R, Vm};
use taipan_text::str_repr::{self, Translation};
use taipan_text::wtf8;

pub fn maketrans(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let out = DictObj::new_dict();
    let Some(y) = arg(a, 1) else {
        // Also for subclasses, in CPython's way: the items as the dict has them.
        let Some(table) = a[0].cast::<DictObj>() else {
            return Err(
                vm.type_error("if you give only one argument to maketrans it must be a dict")
            );
        };
        for (key, value) in table.items() {
            let key = match key.cast::<StrObj>() {
                Some(s) if s.nchars() == 1 => new_int(wtf8::decode_at(s.bytes(), 0).0.into()),
                Some(_) => {
                    return Err(vm.value_error("string keys in translatetable must be of length 1"));
                }
                None if key.is_int() => key,
                None => {
                    return Err(vm.type_error("keys in translate table mustbe strings or integers"));
                }
            };
            vm.setitem(&out, &key, value)?;
        }
        return Ok(out);
    };
    let Some(x) = a[0].cast::<StrObj>() else {
        return Err(vm.type_error(
            "first maketrans argument must be a string if there is a second argument",
        ));
    };
    let y = str_arg(vm, y, "maketrans() argument 2")?;
    let z = match arg(a, 2) {
        Some(z) => Some(str_arg(vm, z, "maketrans() argument 3")?),
        None => None,
    };
    if x.nchars() != y.nchars() {
        return Err(vm.value_error("the first two maketrans arguments must have equal length"));
    }
    let pairs = wtf8::code_points(x.bytes()).zip(wtf8::code_points(y.bytes()));
    for ((_, from), (_, to)) in pairs {
        vm.setitem(&out, &new_int(from.into()), new_int(to.into()))?;
    }
    if let Some(z) = z {
        for (_, gone) in wtf8::code_points(z.bytes()) {
            vm.setitem(&out, &new_int(gone.into()), Ref::none())?;
        }
    }
    Ok(out)
}

pub fn translate(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let text = a[0].str_obj().bytes();
    let table = &a[1];
    let out = str_repr::translate(text, |cp| entry(vm, table, cp))?;
    Ok(super::text_ref(&out))
}

/// What the table says of a character.
fn entry(vm: &mut Vm, table: &Ref, cp: u32) -> R<Translation> {
    let found = vm.getitem(table, &new_int(cp.into()));
    let class = rt().types.lookup_error.clone();
    let Some(found) = vm.catch(found, &class)? else {
        return Ok(Translation::Keep);
    };
    if found.is_none() {
        return Ok(Translation::Delete);
    }
    if let Some(s) = found.cast::<StrObj>() {
        return Ok(Translation::Text(s.bytes().to_vec()));
    }
    if found.is_int() {
        return match found.as_i64() {
            Some(n @ 0..0x110000) => Ok(Translation::Char(n as u32)),
            _ => Err(vm.value_error("character mapping must be in range(0x110000)")),
        };
    }
    Err(vm.type_error("character mapping must return integer, None or str"))
}
