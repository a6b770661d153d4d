//! `cell`: what closures share a variable by.

use super::builtin_function::wrong_receiver;
use super::function::constructor;
use super::spec::TypeSpec;
use crate::native::{NativeDef, arg};
use crate::value::header::Kind;
use crate::value::slots::Cmp;
use crate::value::*;
use crate::vm::new_str;
use crate::{R, Vm, getset};

pub static CELL: TypeSpec = TypeSpec {
    name: "cell",
    kind: Kind::Cell,
    exact: true,
    doc: "Holds a variable that inner functions share. Empty unless a value is given.",
    getset: GETSET,
    slots: |s| {
        s.repr.set(Some(|vm, r| {
            let value = cell(vm, r)?.value.cloned();
            let text = if value.is_undefined() {
                format!("<cell at {:#x}: empty>", r.id())
            } else {
                format!(
                    "<cell at {:#x}: {} object at {:#x}>",
                    r.id(),
                    vm.type_name(&value),
                    value.id()
                )
            };
            Ok(new_str(&text))
        }));
        s.richcmp.set(Some(richcmp));
        s.new.set(Some(|vm, _, args| {
            let a = CELL_NEW.bind(vm, args)?;
            Ok(Ref::new(CellObj {
                value: Guarded::new(arg(&a, 0).cloned().unwrap_or_default()),
            }))
        }));
    },
    ..TypeSpec::DEFAULT
};

static CELL_NEW: NativeDef = constructor("cell(contents=<unrepresentable>, /)");

getset! { GETSET;
    "cell_contents" => |vm, r| {
        let value = cell(vm, r)?.value.cloned();
        if value.is_undefined() {
            return Err(vm.value_error("Cell is empty"));
        }
        Ok(value)
    }, set_cell_contents, "";
}

fn set_cell_contents(vm: &mut Vm, r: &Ref, v: Option<Ref>) -> R<()> {
    cell(vm, r)?.value.set(v.unwrap_or_default());
    Ok(())
}

fn cell<'a>(vm: &mut Vm, r: &'a Ref) -> R<&'a CellObj> {
    match r.cast::<CellObj>() {
        Some(c) => Ok(c),
        None => Err(wrong_receiver(vm, "cell", r)),
    }
}

/// By contents; an empty cell comes before all others.
fn richcmp(vm: &mut Vm, a: &Ref, b: &Ref, op: Cmp) -> R<Ref> {
    let (Some(x), Some(y)) = (a.cast::<CellObj>(), b.cast::<CellObj>()) else {
        return Ok(Ref::not_implemented());
    };
    let (x, y) = (x.value.cloned(), y.value.cloned());
    if x.is_undefined() || y.is_undefined() {
        let order = (!x.is_undefined()).cmp(&!y.is_undefined());
        return Ok(Ref::bool(op.holds(order)));
    }
    vm.compare(&x, &y, op)
}
