//! `_imp`, `_frozen_importlib` and `_frozen_importlib_external`: what `importlib` stands on.
//!
//! The two frozen modules are the library's own `importlib._bootstrap` and `importlib._bootstrap_external` with the finders, loaders and
//! functions that the interpreter really uses put in the place of those written in Python.

use crate::frozen;
use taipan_vm::modules::{new_module, set};
use taipan_vm::vm::{new_int, new_list, new_str};
use taipan_vm::{R, Ref, Vm, arg, functions, intern, rt};

functions! { IMP;
    "lock_held()" => |_, _| Ok(Ref::bool(false)), "Return True if the import lock is currently held, else False.";
    "acquire_lock()" => |_, _| Ok(Ref::none()), "Acquires the interpreter's import lock for the current thread.";
    "release_lock()" => |_, _| Ok(Ref::none()), "Release the interpreter's import lock.";
    "extension_suffixes()" => |_, _| Ok(new_list(vec![])), "Returns the list of file suffixes used to identify extension modules.";
    "is_builtin(name, /)" => |vm, a| {
        let name = vm.str_lossy(&a[0]);
        Ok(new_int(vm.native_module(&name).is_some() as i64))
    }, "Returns True if the module name corresponds to a built-in module.";
    "is_frozen(name, /)" => |_, _| Ok(Ref::bool(false)), "Returns True if the module name corresponds to a frozen module.";
    "is_frozen_package(name, /)" => |_, _| Ok(Ref::bool(false)), "Returns True if the module name is of a frozen package.";
    "find_frozen(name, /, *, withdata=False)" => |_, _| Ok(Ref::none()), "Return info about the corresponding frozen module (if there is one) or None.";
    "get_frozen_object(name, data=None, /)" => |vm, a| {
        let text = format!("No such frozen object named {}", vm.str_lossy(&a[0]));
        let class = rt().types.import_error.clone();
        Err(vm.error(&class, &text))
    }, "Create a code object for a frozen module.";
    "_frozen_module_names()" => |_, _| Ok(new_list(vec![])), "Returns the list of available frozen modules.";
    "create_builtin(spec, /)" => |vm, a| {
        let name = vm.getattr_str(&a[0], "name")?;
        let text = vm.str_lossy(&name);
        match vm.native_module(&text) {
            Some(make) => make(vm),
            None => Ok(Ref::none()),
        }
    }, "Create an extension module.";
    "exec_builtin(mod, /)" => |_, _| Ok(new_int(0)), "Initialize a built-in module.";
    "_fix_co_filename(code, path, /)" => |_, _| Ok(Ref::none()), "Changes code.co_filename to specify the passed-in file path.";
    "_override_multi_interp_extensions_check(override, /)" => |_, _| Ok(new_int(0)), "";
    "_override_frozen_modules_for_tests(override, /)" => |_, _| Ok(Ref::none()), "";
    "source_hash(key, source)" => |vm, a| {
        let data = vm.buffer_bytes(&a[1])?.into_owned();
        let mut h: u64 = 0xcbf2_9ce4_8422_2325 ^ a[0].as_i64().unwrap_or(0) as u64;
        for b in data {
            h = (h ^ b as u64).wrapping_mul(0x100_0000_01b3);
        }
        Ok(taipan_vm::vm::new_bytes(&h.to_le_bytes()))
    }, "";
}

pub fn make_imp(vm: &mut Vm) -> R<Ref> {
    let m = new_module(
        vm,
        "_imp",
        "(Extremely) low-level import machinery bits as used by importlib.",
        IMP,
    );
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
    }, "Import and return the module based on its name, package, and level.";
    "_find_and_load(name, import_=None)" => |vm, a| {
        let name = rt().intern_ref(&a[0]);
        vm.import_absolute(&name)
    }, "Find and load the module.";
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
