//! `__build_class__`: what a class statement calls (reference 8.8, PEP 3115, PEP 560).

use crate::native::Args;
use crate::types::class::calculate_metaclass;
use crate::value::*;
use crate::vm::new_tuple;
use crate::{R, Vm};

pub(super) fn build_class(vm: &mut Vm, args: Args) -> R<Ref> {
    let pos = args.pos();
    if pos.len() < 2 {
        return Err(vm.type_error("__build_class__: not enough arguments"));
    }
    let (func, name) = (&pos[0], &pos[1]);
    if func.exact::<FunctionObj>().is_none() {
        return Err(vm.type_error("__build_class__: func must be a function"));
    }
    if !name.is_str() {
        return Err(vm.type_error("__build_class__: name is not a string"));
    }
    let original = new_tuple(pos[2..].to_vec());
    let bases = resolve_bases(vm, &original)?;
    let resolved = !bases.is(&original);

    let mut keyword_names = Vec::new();
    let mut keyword_values = Vec::new();
    let mut meta = None;
    for (k, v) in args.kw() {
        if k.str_obj().bytes() == b"metaclass" {
            meta = Some(v.clone());
        } else {
            keyword_names.push(k.clone());
            keyword_values.push(v.clone());
        }
    }
    let items = bases.tuple_items().unwrap_or_default();
    let meta = match meta {
        Some(m) => m,
        None => match items.first() {
            Some(first) => class_of(first),
            None => rt().types.type_.clone(),
        },
    };
    let is_class = meta.cast::<TypeObj>().is_some();
    let meta = if is_class {
        calculate_metaclass(vm, &meta, items)?
    } else {
        meta
    };

    let ns = match vm.getattr_opt(&meta, &intern("__prepare__"))? {
        Some(prepare) => {
            let mut all = vec![name.clone(), bases.clone()];
            all.extend(keyword_values.iter().cloned());
            vm.call_args(&prepare, Args::new(&all, &keyword_names))?
        }
        None => DictObj::new_dict(),
    };
    if !is_mapping(&ns) {
        let meta_name = match meta.cast::<TypeObj>() {
            Some(t) => vm.class_name(t),
            None => "<metaclass>".into(),
        };
        let text = format!(
            "{meta_name}.__prepare__() must return a mapping, not {}",
            vm.type_name(&ns)
        );
        return Err(vm.type_error(&text));
    }
    let cell = vm.run_class_body(func, &ns)?;
    if resolved {
        vm.setitem(&ns, &intern("__orig_bases__"), original)?;
    }
    let mut all = vec![name.clone(), bases.clone(), ns];
    all.extend(keyword_values);
    let class = vm.call_args(&meta, Args::new(&all, &keyword_names))?;
    if class.cast::<TypeObj>().is_some()
        && let Some(cell) = cell.cast::<CellObj>()
    {
        // The methods' `__class__` is what `type.__new__` put into the cell; a metaclass must have passed it on.
        let inside = cell.value.cloned();
        if inside.is_undefined() {
            let text = format!(
                "__class__ not set defining {} as {}. Was __classcell__ propagated to type.__new__?",
                vm.repr_text(name)?,
                vm.repr_text(&class)?
            );
            return Err(vm.runtime_error(&text));
        }
        if !inside.is(&class) {
            let text = format!(
                "__class__ set to {} defining {} as {}",
                vm.repr_text(&inside)?,
                vm.repr_text(name)?,
                vm.repr_text(&class)?
            );
            return Err(vm.type_error(&text));
        }
    }
    Ok(class)
}

/// What the reference takes for a mapping: anything that can be subscripted.
fn is_mapping(ns: &Ref) -> bool {
    ns.class().slots.getitem.get().is_some()
}

/// Replaces the bases that are no classes by what their `__mro_entries__` says; the same tuple if there are none.
fn resolve_bases(vm: &mut Vm, bases: &Ref) -> R<Ref> {
    let items = bases.tuple_items().unwrap_or_default();
    let mut out: Option<Vec<Ref>> = None;
    for (i, base) in items.iter().enumerate() {
        let entries = if base.cast::<TypeObj>().is_some() {
            None
        } else {
            vm.getattr_opt(base, &intern("__mro_entries__"))?
        };
        match entries {
            None => {
                if let Some(out) = &mut out {
                    out.push(base.clone());
                }
            }
            Some(f) => {
                let entries = vm.call(&f, std::slice::from_ref(bases))?;
                let Some(entries) = entries.tuple_items() else {
                    return Err(vm.type_error("__mro_entries__ must return a tuple"));
                };
                out.get_or_insert_with(|| items[..i].to_vec())
                    .extend_from_slice(entries);
            }
        }
    }
    Ok(match out {
        Some(out) => new_tuple(out),
        None => bases.clone(),
    })
}
