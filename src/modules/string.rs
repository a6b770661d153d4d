//! `_string`: the parts of format strings, for `string.Formatter`.

use taipan_text::format_string::{self, Access, Key};
use taipan_vm::modules::new_module;
use taipan_vm::value::StrObj;
use taipan_vm::vm::{new_list, new_tuple, new_usize, new_wtf8};
use taipan_vm::{R, Ref, Vm, functions};

fn text<'a>(vm: &mut Vm, r: &'a Ref) -> R<&'a StrObj> {
    match r.cast::<StrObj>() {
        Some(s) => Ok(s),
        None => {
            let text = format!("expected str, got {}", vm.type_name(r));
            Err(vm.type_error(&text))
        }
    }
}

fn key(k: Key) -> Ref {
    match k {
        Key::Index(i) => new_usize(i),
        Key::Name(n) => new_wtf8(n),
    }
}

functions! { FUNCTIONS;
    "formatter_parser(string, /)" => |vm, a| {
        let s = text(vm, &a[0])?;
        let mut parts = Vec::new();
        for segment in format_string::template(s.bytes()) {
            let segment = segment.map_err(|e| vm.text_error(e))?;
            let mut row = vec![new_wtf8(segment.literal)];
            match segment.field {
                Some(f) => {
                    let conversion = f.conversion.map_or_else(Ref::none, |c| {
                        let mut one = Vec::new();
                        taipan_text::wtf8::push(&mut one, c);
                        new_wtf8(&one)
                    });
                    row.extend([new_wtf8(f.name), new_wtf8(f.spec), conversion]);
                }
                None => row.extend([Ref::none(), Ref::none(), Ref::none()]),
            }
            parts.push(new_tuple(row));
        }
        vm.iter(&new_list(parts))
    }, "parse the argument as a format string";
    "formatter_field_name_split(string, /)" => |vm, a| {
        let s = text(vm, &a[0])?;
        let (first, rest) = format_string::split_field_name(s.bytes()).map_err(|e| vm.text_error(e))?;
        let first = key(first);
        let mut parts = Vec::new();
        for access in rest {
            let access = access.map_err(|e| vm.text_error(e))?;
            parts.push(new_tuple(match access {
                Access::Attribute(n) => vec![Ref::bool(true), new_wtf8(n)],
                Access::Item(k) => vec![Ref::bool(false), key(k)],
            }));
        }
        let parts = vm.iter(&new_list(parts))?;
        Ok(new_tuple(vec![first, parts]))
    }, "split the argument as a field name";
}

pub fn make(vm: &mut Vm) -> R<Ref> {
    Ok(new_module(vm, "_string", "string helper module", FUNCTIONS))
}
