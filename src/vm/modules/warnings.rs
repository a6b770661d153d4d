//! `_warnings`: the native half of `warnings`.

use crate::errors::warnings::{Warning, filters_mutated, state};
use crate::native::Args;
use crate::types::module;
use crate::value::*;
use crate::{R, Vm, functions};

functions! { FUNCTIONS;
    var "warn(message, category=None, stacklevel=1, source=None, *, skip_file_prefixes=())" => warn, "Warns of something, if the filters don't stop it.\n\nstacklevel says whose line is shown: 1 is the caller of this function, 2 the caller's caller. Files that begin with one of\nskip_file_prefixes are passed over on that way.";
    "warn_explicit(message, category, filename, lineno, module=None, registry=None, module_globals=None, source=None)" => warn_explicit, "Warns of something at a place that is given in full.";
    "_filters_mutated_lock_held()" => |vm, _| {
        if state().lock_depth == 0 {
            return Err(vm.runtime_error("warnings lock is not held"));
        }
        filters_mutated();
        Ok(Ref::none())
    }, "";
    "_acquire_lock()" => |_, _| {
        state().lock_depth += 1;
        Ok(Ref::none())
    }, "";
    "_release_lock()" => |vm, _| {
        let s = state();
        if s.lock_depth == 0 {
            return Err(vm.runtime_error("cannot release un-acquired lock"));
        }
        s.lock_depth -= 1;
        Ok(Ref::none())
    }, "";
}

const NAMES: [&str; 5] = [
    "message",
    "category",
    "stacklevel",
    "source",
    "skip_file_prefixes",
];

fn warn(vm: &mut Vm, args: Args) -> R<Ref> {
    let mut bound = [const { Ref::UNDEFINED }; 5];
    let given = args.pos().len();
    if given > 4 {
        return Err(vm.type_error(&format!(
            "warn() takes at most 4 positional arguments ({given} given)"
        )));
    }
    for (slot, v) in bound.iter_mut().zip(args.pos()) {
        *slot = v.clone();
    }
    for (k, v) in args.kw() {
        let key = vm.str_lossy(k);
        match NAMES.iter().position(|n| *n == key) {
            Some(i) if bound[i].is_undefined() => bound[i] = v.clone(),
            Some(i) => {
                return Err(vm.type_error(&format!(
                    "argument for warn() given by name ('{key}') and position ({})",
                    i + 1
                )));
            }
            None => {
                return Err(vm.type_error(&format!(
                    "warn() got an unexpected keyword argument '{key}'"
                )));
            }
        }
    }
    let [message, category, level, source, skip] = bound;
    if message.is_undefined() {
        return Err(vm.type_error("warn() missing required argument 'message' (pos 1)"));
    }
    let level = if level.is_undefined() {
        1
    } else {
        vm.index_size(&level)?
    };
    let skip = match skip.tuple_items() {
        Some(items) => items.to_vec(),
        None if skip.is_undefined() => vec![],
        None => {
            let text = format!(
                "warn() argument 'skip_file_prefixes' must be tuple, not {}",
                vm.type_name(&skip)
            );
            return Err(vm.type_error(&text));
        }
    };
    if let Some(odd) = skip.iter().find(|s| !s.is_str()) {
        let text = format!(
            "Found non-str '{}' in skip_file_prefixes.",
            vm.type_name(odd)
        );
        return Err(vm.type_error(&text));
    }
    let base = rt().types.warning.clone();
    let category = if message.class().is_subtype(&base) {
        class_of(&message)
    } else if category.is_undefined() || category.is_none() {
        rt().types.user_warning.clone()
    } else if category
        .cast::<TypeObj>()
        .is_some_and(|t| t.is_subtype(&base))
    {
        category
    } else {
        let text = format!(
            "category must be a Warning subclass, not '{}'",
            vm.type_name(&category)
        );
        return Err(vm.type_error(&text));
    };
    let source = if source.is_undefined() {
        Ref::none()
    } else {
        source
    };
    vm.warn_at_level(&category, &message, level as i64, &skip, &source)?;
    Ok(Ref::none())
}

fn warn_explicit(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let at = |i: usize| a.get(i).cloned().unwrap_or_default();
    let (filename, registry, globals) = (at(2), at(5), at(6));
    if !filename.is_str() {
        let text = format!(
            "warn_explicit() argument 'filename' must be str, not {}",
            vm.type_name(&filename)
        );
        return Err(vm.type_error(&text));
    }
    let lineno = vm.index_i32(&at(3))?;
    if !globals.is_undefined() && !globals.is_none() && globals.cast::<DictObj>().is_none() {
        let text = format!(
            "module_globals must be a dict, not '{}'",
            vm.type_name(&globals)
        );
        return Err(vm.type_error(&text));
    }
    if !registry.is_undefined() && !registry.is_none() && registry.cast::<DictObj>().is_none() {
        return Err(vm.type_error("'registry' must be a dict or None"));
    }
    vm.give_warning(&Warning {
        category: &at(1),
        message: &at(0),
        filename: &filename,
        lineno: lineno as i64,
        module: &at(4),
        registry: &registry,
        source: &a
            .get(7)
            .filter(|s| !s.is_undefined())
            .cloned()
            .unwrap_or_else(Ref::none),
    })?;
    Ok(Ref::none())
}

pub fn make(vm: &mut Vm) -> R<Ref> {
    let m = module::new_module(
        "_warnings",
        "Warnings, the native half of the module warnings.",
    );
    module::add_functions(vm, &m, FUNCTIONS);
    let s = state();
    module::add_value(&m, "filters", s.filters.clone());
    module::add_value(&m, "_defaultaction", s.default_action.clone());
    module::add_value(&m, "_onceregistry", s.once_registry.clone());
    let var = match vm.import("_contextvars") {
        Ok(c) => {
            let class = vm.getattr_str(&c, "ContextVar")?;
            vm.call(&class, &[crate::vm::new_str("_warnings_context")])?
        }
        Err(_) => {
            // A build without context variables.
            vm.exc = None;
            Ref::none()
        }
    };
    module::add_value(&m, "_warnings_context", var);
    Ok(m)
}
