//! What Python code sees of an import: `__spec__` and `__loader__`.

use super::finders::{BUILTIN_IMPORTER, Found};
use crate::builtins::compile_source;
use crate::modules::fs_decode;
use crate::native::arg;
use crate::types::spec::TypeSpec;
use crate::value::*;
use crate::vm::{CompileRequest, new_bytes, new_list, new_str};
use crate::{R, Vm, getset, methods, trace};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

pub(crate) static MODULE_SPEC: TypeSpec = TypeSpec {
    name: "_frozen_importlib.ModuleSpec",
    kind: Kind::Object,
    flags: type_flag::BASE | type_flag::HAS_DICT,
    doc: "How a module was found: its name, its loader, and where it is from.",
    getset: SPEC_GETSET,
    slots: |s| {
        s.repr.set(Some(spec_repr));
        s.init.set(Some(spec_init));
        s.new.set(Some(|_, class, _| {
            Ok(match class.cast::<TypeObj>() {
                Some(_) => Ref::new_instance(object::type_payload(class.value())),
                None => Ref::none(),
            })
        }));
    },
    ..TypeSpec::DEFAULT
};

getset! { SPEC_GETSET;
    "parent" => |vm, r| {
        let name = vm.getattr_str(r, "name")?;
        if !vm.getattr_str(r, "submodule_search_locations")?.is_none() {
            return Ok(name);
        }
        let text = name.str_obj().bytes();
        let dot = text.iter().rposition(|&b| b == b'.').unwrap_or(0);
        Ok(StrObj::make(&text[..dot]))
    }, "The package that the module is in, or is.";
    "has_location" => |vm, r| Ok(attr(vm, r, "_set_fileattr")?.unwrap_or_else(|| Ref::bool(false))), set_has_location, "";
    "cached" => |vm, r| Ok(attr(vm, r, "_cached")?.unwrap_or_else(Ref::none)), set_cached, "";
}

fn attr(vm: &mut Vm, r: &Ref, name: &str) -> R<Option<Ref>> {
    vm.instance_attr(r, &intern(name))
}
fn put(vm: &mut Vm, r: &Ref, name: &str, value: Ref) {
    vm.set_instance_attr(r, &intern(name), value);
}
fn set_has_location(vm: &mut Vm, r: &Ref, v: Option<Ref>) -> R<()> {
    let on = match v {
        Some(v) => vm.truthy(&v)?,
        None => false,
    };
    put(vm, r, "_set_fileattr", Ref::bool(on));
    Ok(())
}
fn set_cached(vm: &mut Vm, r: &Ref, v: Option<Ref>) -> R<()> {
    put(vm, r, "_cached", v.unwrap_or_else(Ref::none));
    Ok(())
}

/// `ModuleSpec(name, loader, *, origin=None, loader_state=None, is_package=None)`.
fn spec_init(vm: &mut Vm, r: &Ref, args: crate::Args) -> R<()> {
    let pos = args.pos();
    let (Some(name), Some(loader)) = (
        pos.first().or_else(|| args.get_kw("name")),
        pos.get(1).or_else(|| args.get_kw("loader")),
    ) else {
        return Err(vm.type_error(
            "ModuleSpec.__init__() missing required positional arguments: 'name' and 'loader'",
        ));
    };
    put(vm, r, "name", name.clone());
    put(vm, r, "loader", loader.clone());
    for key in ["origin", "loader_state"] {
        let v = args.get_kw(key).cloned().unwrap_or_else(Ref::none);
        put(vm, r, key, v);
    }
    let package = match args.get_kw("is_package") {
        Some(p) => vm.truthy(p)?,
        None => false,
    };
    let locations = if package {
        new_list(vec![])
    } else {
        Ref::none()
    };
    put(vm, r, "submodule_search_locations", locations);
    put(vm, r, "_uninitialized_submodules", new_list(vec![]));
    put(vm, r, "_set_fileattr", Ref::bool(false));
    put(vm, r, "_cached", Ref::none());
    Ok(())
}

fn spec_repr(vm: &mut Vm, r: &Ref) -> R<Ref> {
    let mut out = String::from("ModuleSpec(");
    for (i, key) in ["name", "loader", "origin", "submodule_search_locations"]
        .iter()
        .enumerate()
    {
        let v = vm.getattr_str(r, key)?;
        if i >= 2 && v.is_none() {
            continue;
        }
        if i > 0 {
            out.push_str(", ");
        }
        out.push_str(&format!("{key}={}", vm.repr_text(&v)?));
    }
    out.push(')');
    Ok(new_str(&out))
}

/// Loads a file of source text; `name` and `path` are its attributes.
struct SourceLoader {
    name: Ref,
    path: Ref,
}
trace!(SourceLoader; name, path);
impl NativePayload for SourceLoader {}

static SOURCE_LOADER: TypeSpec = TypeSpec {
    name: "_frozen_importlib_external.SourceFileLoader",
    flags: type_flag::BASE | type_flag::HAS_DICT,
    doc: "Loads a module from a file of Python text.",
    methods: SOURCE_METHODS,
    getset: SOURCE_GETSET,
    slots: |s| {
        s.new.set(Some(|vm, class, args| {
            let pos = args.pos();
            let (Some(name), Some(path)) = (
                pos.first().or_else(|| args.get_kw("fullname")),
                pos.get(1).or_else(|| args.get_kw("path")),
            ) else {
                return Err(vm.type_error(
                    "FileLoader.__init__() missing 2 required positional arguments: 'fullname' and 'path'",
                ));
            };
            Ok(Ref::new_native(
                class,
                SourceLoader {
                    name: name.clone(),
                    path: path.clone(),
                },
            ))
        }));
        s.init.set(Some(|_, _, _| Ok(())));
    },
    ..TypeSpec::DEFAULT
};

getset! { SOURCE_GETSET;
    "name" => |_, r| Ok(r.native::<SourceLoader>().map_or_else(Ref::none, |l| l.name.clone())), "";
    "path" => |_, r| Ok(r.native::<SourceLoader>().map_or_else(Ref::none, |l| l.path.clone())), "";
}

methods! { SOURCE_METHODS;
    "create_module(self, spec)" => |_, _| Ok(Ref::none()), "Always None: the module is made in the usual way.";
    "exec_module(self, module)" => |vm, a| {
        let path = loader_path(vm, &a[0])?;
        if let Some((library, name)) = vm.library_of(&path)
            && let Some(m) = library.module(&name)
        {
            let code = vm.new_code(&m.code);
            vm.run_module_code(&a[1], &code)?;
            return Ok(Ref::none());
        }
        vm.run_source_file(&a[1], &path)?;
        Ok(Ref::none())
    }, "Runs the module's code in it.";
    "get_filename(self, fullname=None)" => |_, a| Ok(a[0].native::<SourceLoader>().map_or_else(Ref::none, |l| l.path.clone())), "The path of the file.";
    "get_data(self, path)" => |vm, a| {
        let path = vm.fs_path(&a[1])?;
        let data = read_source(vm, Path::new(std::ffi::OsStr::from_bytes(&path)))?;
        Ok(new_bytes(&data))
    }, "The bytes of a file.";
    "get_source(self, fullname)" => |vm, a| {
        let path = loader_path(vm, &a[0])?;
        let data = read_source(vm, &path)?;
        let text = crate::errors::source::decode(&data);
        Ok(new_str(&text.replace("\r\n", "\n").replace('\r', "\n")))
    }, "The text of the module.";
    "get_code(self, fullname)" => |vm, a| {
        let path = loader_path(vm, &a[0])?;
        if let Some((library, name)) = vm.library_of(&path)
            && let Some(m) = library.module(&name)
        {
            return Ok(vm.new_code(&m.code));
        }
        let source = read_source(vm, &path)?;
        let filename = path.to_string_lossy().into_owned();
        compile_source(vm, &CompileRequest { source: &source, is_text: false, filename: &filename, mode: "exec", flags: 0, optimize: -1 })
    }, "The code object of the module.";
    "is_package(self, fullname)" => |vm, a| {
        let path = loader_path(vm, &a[0])?;
        let _ = arg(a, 1);
        Ok(Ref::bool(path.file_stem().is_some_and(|s| s == "__init__")))
    }, "Whether the file is named __init__.py.";
}

/// The text of a file, or of the embedded module that has this path.
fn read_source(vm: &mut Vm, path: &Path) -> R<Vec<u8>> {
    if let Some((library, name)) = vm.library_of(path)
        && let Some(text) = library.source(&name)
    {
        return Ok(text);
    }
    match vm.host.read_file(path) {
        Ok(data) => Ok(data),
        Err(e) => {
            let shown = fs_decode(path.as_os_str().as_bytes());
            Err(vm.os_error(&e, &shown))
        }
    }
}

fn loader_path(vm: &mut Vm, loader: &Ref) -> R<PathBuf> {
    let path = loader
        .native::<SourceLoader>()
        .map_or_else(Ref::none, |l| l.path.clone());
    let path = vm.fs_path(&path)?;
    Ok(Path::new(std::ffi::OsStr::from_bytes(&path)).to_path_buf())
}

/// The loader of namespace packages.
struct NamespaceLoader {
    path: Ref,
}
trace!(NamespaceLoader; path);
impl NativePayload for NamespaceLoader {}

static NAMESPACE_LOADER: TypeSpec = TypeSpec {
    name: "_frozen_importlib_external.NamespaceLoader",
    methods: NAMESPACE_METHODS,
    getset: NAMESPACE_GETSET,
    ..TypeSpec::DEFAULT
};
getset! { NAMESPACE_GETSET;
    "_path" => |_, r| Ok(r.native::<NamespaceLoader>().map_or_else(Ref::none, |l| l.path.clone())), "";
}
methods! { NAMESPACE_METHODS;
    "create_module(self, spec)" => |_, _| Ok(Ref::none()), "Always None: the module is made in the usual way.";
    "exec_module(self, module)" => |_, _| Ok(Ref::none()), "";
    "is_package(self, fullname)" => |_, _| Ok(Ref::bool(true)), "";
    "get_source(self, fullname)" => |_, _| Ok(rt().types.empty_str.clone()), "";
    "get_code(self, fullname)" => |_, a| { let _ = a; Ok(Ref::none()) }, "";
}

/// The `__path__` of a namespace package: a sequence of folders.
struct NamespacePath {
    folders: Ref,
}
trace!(NamespacePath; folders);
impl NativePayload for NamespacePath {}

static NAMESPACE_PATH: TypeSpec = TypeSpec {
    name: "_frozen_importlib_external._NamespacePath",
    doc: "The folders that make up a namespace package.",
    methods: NAMESPACE_PATH_METHODS,
    slots: |s| {
        s.repr.set(Some(|vm, r| {
            let text = vm.repr_text(&folders(r))?;
            Ok(new_str(&format!("_NamespacePath({text})")))
        }));
        s.iter.set(Some(|vm, r| vm.iter(&folders(r))));
        s.len.set(Some(|vm, r| vm.len(&folders(r))));
        s.contains
            .set(Some(|vm, r, item| vm.contains(&folders(r), item)));
        s.getitem
            .set(Some(|vm, r, key| vm.getitem(&folders(r), key)));
        s.setitem.set(Some(|vm, r, key, value| match value {
            Some(v) => vm.setitem(&folders(r), key, v),
            None => vm.delitem(&folders(r), key),
        }));
    },
    ..TypeSpec::DEFAULT
};
methods! { NAMESPACE_PATH_METHODS;
    "append(self, item)" => |_, a| {
        if let Some(l) = folders(&a[0]).cast::<ListObj>() {
            l.push(a[1].clone());
        }
        Ok(Ref::none())
    }, "";
}
fn folders(r: &Ref) -> Ref {
    r.native::<NamespacePath>()
        .map_or_else(|| new_list(vec![]), |p| p.folders.clone())
}

/// The loader for a script or module file.
pub(crate) fn source_loader(vm: &mut Vm, name: &Ref, path: &Ref) -> Ref {
    let class = vm.native_type(&SOURCE_LOADER);
    Ref::new_native(
        &class,
        SourceLoader {
            name: name.clone(),
            path: path.clone(),
        },
    )
}

impl Vm {
    /// The classes of specs, finders and loaders by their names, for `importlib`.
    pub fn import_classes(&mut self) -> [(&'static str, Ref); 6] {
        use super::finders::{FROZEN_IMPORTER, PATH_FINDER};
        [
            ("ModuleSpec", self.native_type(&MODULE_SPEC)),
            ("BuiltinImporter", self.native_type(&BUILTIN_IMPORTER)),
            ("FrozenImporter", self.native_type(&FROZEN_IMPORTER)),
            ("PathFinder", self.native_type(&PATH_FINDER)),
            ("SourceFileLoader", self.native_type(&SOURCE_LOADER)),
            ("NamespaceLoader", self.native_type(&NAMESPACE_LOADER)),
        ]
    }
    /// The loader for a script.
    pub fn source_loader(&mut self, name: &Ref, path: &Ref) -> Ref {
        source_loader(self, name, path)
    }
    /// `importlib.util.find_spec`, without importing parents.
    pub fn find_spec(&mut self, name: &Ref, path: Option<&Ref>) -> R<Option<Ref>> {
        match self.find_module(name, path)? {
            Some(found) => spec_of(self, name, &found).map(Some),
            None => Ok(None),
        }
    }
}

/// The spec of what was found.
pub(crate) fn spec_of(vm: &mut Vm, name: &Ref, found: &Found) -> R<Ref> {
    if let Found::Spec(s) = found {
        return Ok(s.clone());
    }
    let class = vm.native_type(&MODULE_SPEC);
    let spec = Ref::new_instance(crate::types::class::class_arg(vm, &class)?);
    let (mut loader, mut origin, mut locations, mut cached) =
        (Ref::none(), Ref::none(), Ref::none(), Ref::none());
    let mut located = false;
    match found {
        Found::Native(_) => {
            loader = vm.native_type(&BUILTIN_IMPORTER);
            origin = new_str("built-in");
        }
        Found::Source { path, package } => {
            origin = fs_decode(path.as_os_str().as_bytes());
            loader = source_loader(vm, name, &origin);
            located = true;
            cached = cached_path(path);
            if let Some(p) = package {
                locations = new_list(vec![fs_decode(p.as_os_str().as_bytes())]);
            }
        }
        Found::Embedded { module, path } => {
            origin = new_str(path);
            loader = source_loader(vm, name, &origin);
            located = true;
            if module.is_package {
                let folder = path.rsplit_once('/').map_or("", |p| p.0);
                locations = new_list(vec![new_str(folder)]);
            }
        }
        Found::Namespace(portions) => {
            let path_class = vm.native_type(&NAMESPACE_PATH);
            locations = Ref::new_native(
                &path_class,
                NamespacePath {
                    folders: new_list(portions.clone()),
                },
            );
            let class = vm.native_type(&NAMESPACE_LOADER);
            loader = Ref::new_native(
                &class,
                NamespaceLoader {
                    path: locations.clone(),
                },
            );
        }
        Found::Spec(_) => {}
    }
    for (key, value) in [
        ("name", name.clone()),
        ("loader", loader),
        ("origin", origin),
        ("loader_state", Ref::none()),
        ("submodule_search_locations", locations),
        ("_uninitialized_submodules", new_list(vec![])),
        ("_set_fileattr", Ref::bool(located)),
        ("_cached", cached),
    ] {
        put(vm, &spec, key, value);
    }
    Ok(spec)
}

/// Where bytecode of a source file would be kept (PEP 3147).
fn cached_path(path: &Path) -> Ref {
    let (Some(folder), Some(stem)) = (path.parent(), path.file_stem()) else {
        return Ref::none();
    };
    let mut name = stem.to_os_string();
    name.push(".taipan-314.pyc");
    fs_decode(folder.join("__pycache__").join(name).as_os_str().as_bytes())
}

/// Sets what a spec says on a module: `__spec__`, `__loader__`, `__package__`, `__path__`, `__file__`, `__cached__`.
pub(crate) fn fill_module(vm: &mut Vm, module: &Ref, spec: &Ref) -> R<()> {
    let get = |vm: &mut Vm, name: &str| -> R<Ref> {
        Ok(vm
            .getattr_opt(spec, &intern(name))?
            .unwrap_or_else(Ref::none))
    };
    let put = |vm: &mut Vm, name: &str, value: Ref| -> R<()> {
        if let Some(d) = module
            .cast::<ModuleObj>()
            .and_then(|m| m.dict.cast::<DictObj>())
        {
            d.set_name(name, value);
            return Ok(());
        }
        // Loaders may make anything a module; what refuses attributes goes without.
        let set = vm.setattr(module, &intern(name), Some(value));
        let class = rt().types.attribute_error.clone();
        vm.catch(set, &class)?;
        Ok(())
    };
    let name = get(vm, "name")?;
    put(vm, "__name__", name)?;
    let loader = get(vm, "loader")?;
    put(vm, "__loader__", loader)?;
    let parent = get(vm, "parent")?;
    put(vm, "__package__", parent)?;
    put(vm, "__spec__", spec.clone())?;
    let locations = get(vm, "submodule_search_locations")?;
    if !locations.is_none() {
        put(vm, "__path__", locations)?;
    }
    let located = get(vm, "has_location")?;
    let namespace = get(vm, "loader")?;
    if namespace.native::<NamespaceLoader>().is_some() {
        put(vm, "__file__", Ref::none())?;
    }
    if vm.truthy(&located)? {
        let origin = get(vm, "origin")?;
        put(vm, "__file__", origin)?;
        let cached = get(vm, "cached")?;
        if !cached.is_none() {
            put(vm, "__cached__", cached)?;
        }
    }
    Ok(())
}

pub(crate) fn set_initializing(vm: &mut Vm, spec: &Ref, on: bool) -> R<()> {
    let set = vm.setattr(spec, &intern("_initializing"), Some(Ref::bool(on)));
    let class = rt().types.attribute_error.clone();
    vm.catch(set, &class)?;
    Ok(())
}

/// Whether the module of the spec is still being loaded.
pub fn is_initializing(vm: &mut Vm, spec: &Ref) -> R<bool> {
    match vm.getattr_opt(spec, &intern("_initializing"))? {
        Some(v) => vm.truthy(&v),
        None => Ok(false),
    }
}

/// `spec.origin` if it is a place in the file system.
pub fn file_origin(vm: &mut Vm, spec: &Ref) -> R<Option<Ref>> {
    let located = match vm.getattr_opt(spec, &intern("has_location"))? {
        Some(v) => vm.truthy(&v)?,
        None => false,
    };
    if !located {
        return Ok(None);
    }
    Ok(vm
        .getattr_opt(spec, &intern("origin"))?
        .filter(|o| o.is_str()))
}
