//! "Did you mean": what is added to the text of NameError, AttributeError and ImportError.

use super::fields::{self, IMPORT_NAME_FROM, NAME, OBJ};
use crate::value::*;
use crate::{R, Vm};

/// The sentence to add to the exception's text, or nothing.
pub(super) fn hint(vm: &mut Vm, exc: &Ref) -> String {
    let t = exc.class();
    let types = &rt().types;
    let (name, import) = if t.is_subtype(&types.import_error) {
        (fields::get_opt(exc, IMPORT_NAME_FROM), true)
    } else if t.is_subtype(&types.name_error) || t.is_subtype(&types.attribute_error) {
        (fields::get_opt(exc, NAME), false)
    } else {
        return String::new();
    };
    let Some(name) = name.filter(|n| n.is_str()) else {
        return String::new();
    };
    let found = vm.saving_exc(|vm| {
        if import {
            for_import(vm, exc, &name)
        } else if t.is_subtype(&types.attribute_error) {
            for_attribute(vm, exc, &name)
        } else {
            for_name(vm, exc, &name)
        }
    });
    let mut out = match &found {
        Some(s) => format!(". Did you mean: '{s}'?"),
        None => String::new(),
    };
    if t.is_subtype(&types.name_error) && is_library_module(vm, &name) {
        let word = if found.is_some() { " Or did" } else { ". Did" };
        out.push_str(&format!(
            "{word} you forget to import '{}'?",
            vm.str_lossy(&name)
        ));
    }
    out
}

fn is_library_module(vm: &mut Vm, name: &Ref) -> bool {
    match vm.sys_field("stdlib_module_names") {
        Some(names) => vm.saving_exc(|vm| vm.contains(&names, name)),
        None => false,
    }
}

/// The frame where the exception was raised.
fn innermost_frame(exc: &Ref) -> Option<Ref> {
    let mut at = exc.cast::<ExceptionObj>()?.traceback.cloned();
    let mut frame = None;
    while let Some(tb) = at.cast::<TracebackObj>() {
        frame = Some(tb.frame.clone());
        let next = tb.next.cloned();
        at = next;
    }
    frame
}

fn nearest(wrong: &Ref, names: &[Ref]) -> Option<String> {
    let candidates = names
        .iter()
        .filter_map(|n| n.cast::<StrObj>())
        .map(|s| s.bytes());
    taipan_text::similar::suggest(wrong.str_obj().bytes(), candidates)
        .map(|s| String::from_utf8_lossy(s).into_owned())
}

/// Names of the attributes as `dir()` would give them, sorted.
fn dir(vm: &mut Vm, obj: &Ref) -> R<Vec<Ref>> {
    let found = vm.call_method(obj, "__dir__", &[]);
    let class = rt().types.type_error.clone();
    let names = match vm.catch(found, &class)? {
        Some(names) => names,
        // A class: its own `__dir__` is for its instances.
        None => {
            let name = intern("__dir__");
            match vm.call_special(obj, &name, &[])? {
                Some(names) => names,
                None => return Ok(vec![]),
            }
        }
    };
    let mut names: Vec<Ref> = vm
        .collect(&names)?
        .into_iter()
        .filter(|n| n.is_str())
        .collect();
    names.sort_by(|a, b| a.str_obj().bytes().cmp(b.str_obj().bytes()));
    Ok(names)
}

fn hide_underscored(names: &mut Vec<Ref>) {
    names.retain(|n| n.str_obj().bytes().first() != Some(&b'_'));
}

fn for_attribute(vm: &mut Vm, exc: &Ref, wrong: &Ref) -> R<Option<String>> {
    let obj = fields::get(exc, OBJ);
    let mut names = dir(vm, &obj)?;
    if wrong.str_obj().bytes().first() != Some(&b'_') {
        // Private names are for the object's own methods.
        let own = match innermost_frame(exc) {
            Some(frame) => local(vm, &frame, "self")?.is_some_and(|s| s.is(&obj)),
            None => false,
        };
        if !own {
            hide_underscored(&mut names);
        }
    }
    Ok(nearest(wrong, &names))
}

fn for_import(vm: &mut Vm, exc: &Ref, wrong: &Ref) -> R<Option<String>> {
    let name = fields::get(exc, NAME);
    if !name.is_str() {
        return Ok(None);
    }
    let import = vm.getattr_str(&vm.builtins.clone(), "__import__")?;
    let module = vm.call(&import, &[name])?;
    let mut names = dir(vm, &module)?;
    if wrong.str_obj().bytes().first() != Some(&b'_') {
        hide_underscored(&mut names);
    }
    Ok(nearest(wrong, &names))
}

fn locals(vm: &mut Vm, frame: &Ref) -> R<Ref> {
    vm.getattr_str(frame, "f_locals")
}

fn local(vm: &mut Vm, frame: &Ref, name: &str) -> R<Option<Ref>> {
    let locals = locals(vm, frame)?;
    let key = intern(name);
    if vm.contains(&locals, &key)? {
        return vm.getitem(&locals, &key).map(Some);
    }
    Ok(None)
}

fn for_name(vm: &mut Vm, exc: &Ref, wrong: &Ref) -> R<Option<String>> {
    let Some(frame) = innermost_frame(exc) else {
        return Ok(None);
    };
    if let Some(this) = local(vm, &frame, "self")? {
        let found = vm.getattr_opt(&this, wrong);
        if matches!(found, Ok(Some(_))) {
            return Ok(Some(format!("self.{}", vm.str_lossy(wrong))));
        }
        vm.exc = None;
    }
    let locals = locals(vm, &frame)?;
    let mut names = vm.collect(&locals)?;
    if let Some(f) = frame.cast::<FrameObj>() {
        for r in [&f.globals, &f.builtins] {
            match r.cast::<DictObj>() {
                Some(d) => names.extend(d.keys()),
                None => {
                    // `__builtins__` may be the module.
                    if let Some(d) = r.cast::<ModuleObj>().and_then(|m| m.dict.cast::<DictObj>()) {
                        names.extend(d.keys());
                    }
                }
            }
        }
    }
    Ok(nearest(wrong, &names))
}
