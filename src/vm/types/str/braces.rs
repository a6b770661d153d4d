//! `str.format` and `str.format_map`: replacement fields in braces.

use super::text_ref;
use crate::native::Args;
use crate::value::*;
use crate::vm::{new_usize, new_wtf8};
use crate::{R, Vm};
use taipan_text::format_string::{self, Access, Field, Key, Numbering};

/// Where fields get their values.
enum Source<'a> {
    Call(Args<'a>),
    Map(&'a Ref),
}

pub fn format(vm: &mut Vm, args: Args) -> R<Ref> {
    let this = &args.all[0];
    if memchr::memchr2(b'{', b'}', this.str_obj().bytes()).is_none() {
        return Ok(this.clone());
    }
    let out = fill(vm, this.str_obj().bytes(), &Source::Call(args.rest()))?;
    Ok(text_ref(&out))
}

pub fn format_map(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let out = fill(vm, a[0].str_obj().bytes(), &Source::Map(&a[1]))?;
    Ok(text_ref(&out))
}

fn fill(vm: &mut Vm, template: &[u8], source: &Source) -> R<Vec<u8>> {
    let mut out = Vec::with_capacity(template.len() + 16);
    render(vm, template, source, &mut Numbering::default(), 2, &mut out)?;
    Ok(out)
}

/// Expands a template; specifications may hold fields themselves, `depth` levels in all.
fn render(
    vm: &mut Vm,
    template: &[u8],
    source: &Source,
    numbering: &mut Numbering,
    depth: u32,
    out: &mut Vec<u8>,
) -> R<()> {
    if depth == 0 {
        return Err(vm.value_error("Max string recursion exceeded"));
    }
    for segment in format_string::template(template) {
        let segment = segment.map_err(|e| vm.text_error(e))?;
        out.extend_from_slice(segment.literal);
        let Some(field) = segment.field else {
            continue;
        };
        let value = lookup(vm, &field, source, numbering)?;
        let value = match field.conversion {
            None => value,
            Some(c @ (0x72 | 0x73 | 0x61)) => vm.convert(&value, c as u8)?,
            Some(c) => {
                let text = match char::from_u32(c) {
                    Some(c @ '!'..='~') => format!("Unknown conversion specifier {c}"),
                    _ => format!("Unknown conversion specifier \\x{c:x}"),
                };
                return Err(vm.value_error(&text));
            }
        };
        let spec = if field.nested {
            let mut spec = Vec::new();
            render(vm, field.spec, source, numbering, depth - 1, &mut spec)?;
            text_ref(&spec)
        } else {
            text_ref(field.spec)
        };
        let text = vm.format(&value, &spec)?;
        out.extend_from_slice(text.str_obj().bytes());
    }
    Ok(())
}

/// The value of a field: its first part from the source, then attributes and items.
fn lookup(vm: &mut Vm, field: &Field, source: &Source, numbering: &mut Numbering) -> R<Ref> {
    let (first, accesses) =
        format_string::split_field_name(field.name).map_err(|e| vm.text_error(e))?;
    let position = match first {
        Key::Index(i) => Some(numbering.index(Some(i)).map_err(|e| vm.text_error(e))?),
        Key::Name(b"") => Some(numbering.index(None).map_err(|e| vm.text_error(e))?),
        Key::Name(_) => None,
    };
    let mut value = match (source, position, first) {
        (Source::Map(_), Some(_), _) => {
            return Err(vm.value_error("Format string contains positional fields"));
        }
        (Source::Call(args), Some(i), _) => match args.pos().get(i) {
            Some(v) => v.clone(),
            None => {
                let text = format!("Replacement index {i} out of range for positional args tuple");
                return Err(vm.index_error(&text));
            }
        },
        (Source::Map(map), None, Key::Name(name)) => vm.getitem(map, &new_wtf8(name))?,
        (Source::Call(args), None, Key::Name(name)) => {
            let found = args
                .kw()
                .find(|(k, _)| k.str_obj().bytes() == name)
                .map(|(_, v)| v.clone());
            match found {
                Some(v) => v,
                None => return Err(vm.key_error(&new_wtf8(name))),
            }
        }
        (_, None, Key::Index(_)) => Ref::none(),
    };
    for access in accesses {
        value = match access.map_err(|e| vm.text_error(e))? {
            Access::Attribute(name) => {
                let name = rt().intern_ref(&new_wtf8(name));
                vm.getattr(&value, &name)?
            }
            Access::Item(Key::Index(i)) => vm.getitem(&value, &new_usize(i))?,
            Access::Item(Key::Name(name)) => vm.getitem(&value, &new_wtf8(name))?,
        };
    }
    Ok(value)
}
