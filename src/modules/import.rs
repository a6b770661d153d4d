//! `_imp`, `_frozen_importlib` and `_frozen_importlib_external`: what `importlib` stands on.
//!
//! The two frozen modules are the library's own `importlib._bootstrap` and `importlib._bootstrap_external` with the finders, loaders and
//! functions that the interpreter really uses put in the place of those written in Python.

use crate::frozen;
use taipan_vm::modules::{new_module, set};
use taipan_vm::vm::{new_int, new_list, new_str};
use taipan_vm::{R, Ref, Vm, arg, functions, intern, rt};

functions! { IMP;
    "lock_held()" => |_, _| Ok(Ref::bool(false)), "Whether an import holds the lock; never here.";
    "acquire_lock()" => |_, _| Ok(Ref::none()), "Takes the lock of imports, which does nothing here.";
    "release_lock()" => |_, _| Ok(Ref::none()), "Frees the lock of imports, which does nothing here.";
    "extension_suffixes()" => |_, _| Ok(new_list(vec![])), "How names of native modules' files end; there are none.";
    "is_builtin(name, /)" => |vm, a| {
        let name = vm.str_lossy(&a[0]);
        Ok(new_int(vm.native_module(&name).is_some() as i64))
    }, "1 if the module is a native one that can be made anew, -1 if it can't, 0 if it is none.";
    "is_frozen(name, /)" => |_, _| Ok(Ref::bool(false)), "Whether the module is embedded as frozen code; none is.";
    "is_frozen_package(name, /)" => |_, _| Ok(Ref::bool(false)), "Whether there are modules below the frozen one.";
    "find_frozen(name, /, *, withdata=False)" => |_, _| Ok(Ref::none()), "What is known of a frozen module; None for no such module.";
    "get_frozen_object(name, data=None, /)" => |vm, a| {
        let text = format!("No such frozen object named {}", vm.str_lossy(&a[0]));
        let class = rt().types.import_error.clone();
        Err(vm.error(&class, &text))
    }, "The code of a frozen module.";
    "_frozen_module_names()" => |_, _| Ok(new_list(vec![])), "The names of the frozen modules.";
    "create_builtin(spec, /)" => |vm, a| {
        let name = vm.getattr_str(&a[0], "name")?;
        let text = vm.str_lossy(&name);
        match vm.native_module(&text) {
            Some(make) => make(vm),
            None => Ok(Ref::none()),
        }
    }, "Makes a native module for a spec.";
    "exec_builtin(mod, /)" => |_, _| Ok(new_int(0)), "Completes a native module; nothing is left to do.";
    "_fix_co_filename(code, path, /)" => |_, _| Ok(Ref::none()), "Makes code objects say another file.";
    "_override_multi_interp_extensions_check(override, /)" => |_, _| Ok(new_int(0)), "For tests of the reference; without effect.";
    "_override_frozen_modules_for_tests(override, /)" => |_, _| Ok(Ref::none()), "For tests of the reference; without effect.";
    "source_hash(key, source)" => |vm, a| {
        let data = vm.buffer_bytes(&a[1])?.into_owned();
        let mut h: u64 = 0xcbf2_9ce4_8422_2325 ^ a[0].as_i64().unwrap_or(0) as u64;
        for b in data {
            h = (h ^ b as u64).wrapping_mul(0x100_0000_01b3);
        }
        Ok(taipan_vm::vm::new_bytes(&h.to_le_bytes()))
    }, "The hash of a source text that compiled files store.";
}

pub fn make_imp(vm: &mut Vm) -> R<Ref> {
    let m = new_module(vm, "_imp", "What importlib asks the interpreter for.", IMP);
    set(&m, "check_hash_based_pycs", new_str("default"));
    set(&m, "pyc_magic_number_token", new_int(168_627_187));
    Ok(m)
}

functions! { BOOTSTRAP;
    "_gcd_import(name, package=None, level=0)" => |vm, a| {
        let level = match arg(a, 2) {
            Some(l) => vm.index_i32(l)?,
            None => 0,
        };
        let globals = taipan_vm::value::DictObj::new_dict();
        if let Some(d) = globals.cast::<taipan_vm::value::DictObj>() {
            d.set_name("__package__", arg(a, 1).cloned().unwrap_or_else(Ref::none));
        }
        // A name in the list makes the result the module itself and not its outermost package.
        let wanted = taipan_vm::vm::new_tuple(vec![new_str("__name__")]);
        vm.import_level(&a[0], &globals, &wanted, level)
    }, "Imports a module by its name, relative to a package if level is not 0.";
    "_find_and_load(name, import_=None)" => |vm, a| {
        let name = rt().intern_ref(&a[0]);
        vm.import_absolute(&name)
    }, "Imports a module by its full name.";
}

/// A module made by running the code of an embedded one.
fn from_library(vm: &mut Vm, name: &str, library_name: &str) -> R<Ref> {
    let Some(code) = frozen::code_of(library_name) else {
        let class = rt().types.import_error.clone();
        return Err(vm.error(&class, &format!("the library has no module {library_name}")));
    };
    let m = vm.empty_module(&intern(name));
    let code = vm.new_code(&code);
    vm.run_module_code(&m, &code)?;
    Ok(m)
}

/// Copies what is in `from` under those names to `m`.
fn take(vm: &mut Vm, m: &Ref, from: &Ref, names: &[&str]) -> R<()> {
    for name in names {
        let v = vm.getattr_str(from, name)?;
        set(m, name, v);
    }
    Ok(())
}

pub fn make_bootstrap(vm: &mut Vm) -> R<Ref> {
    let m = from_library(vm, "_frozen_importlib", "importlib._bootstrap")?;
    let sys = vm.sys.clone();
    set(&m, "sys", sys);
    for name in ["_imp", "_thread", "_warnings", "_weakref"] {
        let other = vm.import(name)?;
        set(&m, name, other);
    }
    let dict = vm.getattr_str(&m, "_WeakValueDictionary")?;
    let blocking = vm.call(&dict, &[])?;
    set(&m, "_blocking_on", blocking);
    let locks = taipan_vm::value::DictObj::new_dict();
    set(&m, "_module_locks", locks);
    taipan_vm::types::module::add_functions(vm, &m, BOOTSTRAP);
    let builtins = vm.builtins.clone();
    take(vm, &m, &builtins, &["__import__"])?;
    for (name, class) in vm.import_classes() {
        if matches!(name, "ModuleSpec" | "BuiltinImporter" | "FrozenImporter") {
            set(&m, name, class);
        }
    }
    Ok(m)
}

pub fn make_bootstrap_external(vm: &mut Vm) -> R<Ref> {
    let bootstrap = vm.import("_frozen_importlib")?;
    let m = from_library(
        vm,
        "_frozen_importlib_external",
        "importlib._bootstrap_external",
    )?;
    vm.call_method(
        &m,
        "_set_bootstrap_module",
        std::slice::from_ref(&bootstrap),
    )?;
    set(&bootstrap, "_bootstrap_external", m.clone());
    for (name, class) in vm.import_classes() {
        if matches!(name, "PathFinder" | "SourceFileLoader" | "NamespaceLoader") {
            set(&m, name, class.clone());
        }
    }
    Ok(m)
}
