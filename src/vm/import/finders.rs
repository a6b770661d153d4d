//! Finding modules.
//!
//! `sys.meta_path` begins with three classes of ours, which stand for the finders in [`OWN`]; a program can add its own
//! objects with `find_spec`, or take ours out. An entry of a path is a folder, a place that a hook of `sys.path_hooks` knows, or the
//! embedded library: that one has a root that stands in `sys.path` like a folder, so that a script's own modules come first and
//! a program can see and change the order.

use super::spec;
use crate::modules::{Make, fs_decode};
use crate::types::spec::TypeSpec;
use crate::value::*;
use crate::vm::new_list;
use crate::{R, Vm, methods};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;
use taipan_bytecode::Code;

/// A library inside the program: where the standard library plugs in.
pub trait Library {
    /// What stands for it in `sys.path`.
    fn root(&self) -> &str;
    /// The compiled module of that full name.
    fn module(&self, name: &str) -> Option<LibraryModule>;
    /// The source text of the module, for tracebacks and `inspect`.
    fn source(&self, name: &str) -> Option<Vec<u8>>;
}

/// A module of a [`Library`].
pub struct LibraryModule {
    pub code: Arc<Code>,
    pub is_package: bool,
}

/// Where a module was found.
pub enum Found {
    Native(Make),
    /// A file with source text; for a package, its folder.
    Source {
        path: PathBuf,
        package: Option<PathBuf>,
    },
    Embedded {
        module: LibraryModule,
        /// The path that the file would have.
        path: String,
    },
    /// A namespace package (PEP 420) of these folders.
    Namespace(Vec<Ref>),
    /// What a finder written in Python gave.
    Spec(Ref),
}

type Finder = fn(&mut Vm, &Ref, Option<&Ref>) -> R<Option<Found>>;

/// Our finders, in the order in which they stand in `sys.meta_path`.
pub(crate) static OWN: [(&TypeSpec, Finder); 3] = [
    (&BUILTIN_IMPORTER, find_native),
    (&FROZEN_IMPORTER, find_nothing),
    (&PATH_FINDER, find_on_path),
];

pub(crate) static BUILTIN_IMPORTER: TypeSpec = TypeSpec {
    name: "_frozen_importlib.BuiltinImporter",
    flags: type_flag::BASE,
    doc: "Finds and loads the modules that are part of the interpreter.",
    methods: BUILTIN_METHODS,
    ..TypeSpec::DEFAULT
};
pub(crate) static FROZEN_IMPORTER: TypeSpec = TypeSpec {
    name: "_frozen_importlib.FrozenImporter",
    flags: type_flag::BASE,
    doc: "There are no frozen modules; this one finds nothing.",
    methods: FROZEN_METHODS,
    ..TypeSpec::DEFAULT
};
pub(crate) static PATH_FINDER: TypeSpec = TypeSpec {
    name: "_frozen_importlib_external.PathFinder",
    flags: type_flag::BASE,
    doc: "Finds modules in the folders of sys.path, or in those of a package.",
    methods: PATH_METHODS,
    ..TypeSpec::DEFAULT
};

methods! { BUILTIN_METHODS;
    class "find_spec(cls, fullname, path=None, target=None)" => |vm, a| spec_by(vm, a, find_native), "";
    static "create_module(spec)" => |vm, a| {
        let name = vm.getattr_str(&a[0], "name")?;
        let text = vm.str_lossy(&name);
        match vm.native_module(&text) {
            Some(make) => make(vm),
            None => {
                let text = format!("{} is not a built-in module", vm.repr_text(&name)?);
                let class = rt().types.import_error.clone();
                Err(vm.error(&class, &text))
            }
        }
    }, "Makes the module.";
    static "exec_module(module)" => |_, _| Ok(Ref::none()), "Does nothing; the module is complete when it is made.";
    class "get_code(cls, fullname)" => |_, _| Ok(Ref::none()), "Always None; there is no code in Python.";
    class "get_source(cls, fullname)" => |_, _| Ok(Ref::none()), "Always None; there is no text in Python.";
    class "is_package(cls, fullname)" => |_, _| Ok(Ref::bool(false)), "Always False.";
}
methods! { FROZEN_METHODS;
    class "find_spec(cls, fullname, path=None, target=None)" => |_, _| Ok(Ref::none()), "";
}
methods! { PATH_METHODS;
    class "find_spec(cls, fullname, path=None, target=None)" => |vm, a| spec_by(vm, a, find_on_path), "The spec of a module, looked for in the folders of path, by default sys.path; None if it is not there.";
    static "invalidate_caches()" => |_, _| Ok(Ref::none()), "Does nothing; folders are read anew each time.";
}

fn spec_by(vm: &mut Vm, a: &[Ref], find: Finder) -> R<Ref> {
    if !a[1].is_str() {
        return Err(vm.type_error("module name must be a string"));
    }
    let path = crate::arg(a, 2).filter(|p| !p.is_none());
    match find(vm, &a[1], path)? {
        Some(found) => spec::spec_of(vm, &a[1], &found),
        None => Ok(Ref::none()),
    }
}

impl Vm {
    /// Where the module of that full name is; `path` is the `__path__` of its package.
    pub(super) fn find_module(&mut self, name: &Ref, path: Option<&Ref>) -> R<Option<Found>> {
        let meta_path = match self.sys_attr("meta_path") {
            Some(m) if !m.is_none() => m,
            _ => {
                let class = rt().types.import_error.clone();
                return Err(self.error(
                    &class,
                    "sys.meta_path is None, Python is likely shutting down",
                ));
            }
        };
        for finder in self.collect(&meta_path)? {
            let own = OWN
                .iter()
                .find(|(class, _)| self.native_type(class).is(&finder));
            if let Some((_, find)) = own {
                if let Some(found) = find(self, name, path)? {
                    return Ok(Some(found));
                }
                continue;
            }
            let Some(find_spec) = self.getattr_opt(&finder, &intern("find_spec"))? else {
                continue;
            };
            let path = path.cloned().unwrap_or_else(Ref::none);
            let spec = self.call(&find_spec, &[name.clone(), path, Ref::none()])?;
            if !spec.is_none() {
                // Its own `sys.modules` entry wins over a spec for a module that the search has loaded.
                return Ok(Some(Found::Spec(spec)));
            }
        }
        Ok(None)
    }

    /// Puts our finders into `sys.meta_path`.
    pub(crate) fn install_finders(&mut self) {
        let classes = OWN.iter().map(|(c, _)| self.native_type(c)).collect();
        crate::modules::set(&self.sys.clone(), "meta_path", new_list(classes));
    }

    /// The library that a path lies in, and the name of the module there.
    pub(crate) fn library_of(&self, path: &Path) -> Option<(Rc<dyn Library>, String)> {
        let path = path.to_str()?;
        self.lib.libraries.iter().find_map(|library| {
            let inside = path.strip_prefix(library.root())?.strip_prefix('/')?;
            let place = inside.strip_suffix(".py")?;
            let name = place.strip_suffix("/__init__").unwrap_or(place);
            Some((library.clone(), name.replace('/', ".")))
        })
    }
    /// Plugs a library in. It is found where its root stands in `sys.path`.
    pub fn add_library(&mut self, library: Rc<dyn Library>) {
        self.lib.libraries.push(library);
    }
}

fn find_native(vm: &mut Vm, name: &Ref, _: Option<&Ref>) -> R<Option<Found>> {
    let name = vm.str_lossy(name);
    Ok(vm.native_module(&name).map(Found::Native))
}

fn find_nothing(_: &mut Vm, _: &Ref, _: Option<&Ref>) -> R<Option<Found>> {
    Ok(None)
}

fn find_on_path(vm: &mut Vm, name: &Ref, path: Option<&Ref>) -> R<Option<Found>> {
    let path = match path {
        Some(p) => p.clone(),
        None => match vm.sys_attr("path") {
            Some(p) if !p.is_none() => p,
            _ => return Ok(None),
        },
    };
    let mut portions: Vec<Ref> = Vec::new();
    for entry in vm.collect(&path)? {
        if !entry.is_str() {
            continue;
        }
        if let Some(finder) = hooked(vm, &entry)? {
            let spec = vm.call_method(&finder, "find_spec", std::slice::from_ref(name))?;
            if spec.is_none() {
                continue;
            }
            if !vm.getattr_str(&spec, "loader")?.is_none() {
                return Ok(Some(Found::Spec(spec)));
            }
            let locations = vm.getattr_str(&spec, "submodule_search_locations")?;
            portions.extend(vm.collect(&locations)?);
            continue;
        }
        match find_in(vm, name, &entry)? {
            Some(Found::Namespace(more)) => portions.extend(more),
            Some(found) => return Ok(Some(found)),
            None => {}
        }
    }
    Ok(if portions.is_empty() {
        None
    } else {
        Some(Found::Namespace(portions))
    })
}

/// The finder that a hook of `sys.path_hooks` has for the entry, if a program has put hooks there.
fn hooked(vm: &mut Vm, entry: &Ref) -> R<Option<Ref>> {
    let hooks = match vm.sys_attr("path_hooks") {
        Some(h) if h.cast::<ListObj>().is_none_or(|l| !l.is_empty()) => h,
        _ => return Ok(None),
    };
    let cache = vm.sys_attr("path_importer_cache");
    let cache = cache.as_ref().and_then(|c| c.cast::<DictObj>());
    if let Some(c) = cache
        && let Some(f) = c.get(vm, entry)?
    {
        return Ok(Some(f).filter(|f| !f.is_none()));
    }
    let class = rt().types.import_error.clone();
    let mut finder = None;
    for hook in vm.collect(&hooks)? {
        let r = vm.call(&hook, std::slice::from_ref(entry));
        finder = vm.catch(r, &class)?;
        if finder.is_some() {
            break;
        }
    }
    if let Some(c) = cache {
        c.set(vm, entry, finder.clone().unwrap_or_else(Ref::none))?;
    }
    Ok(finder)
}

/// Looks for the last part of `name` in one folder, or in an embedded library.
fn find_in(vm: &mut Vm, name: &Ref, entry: &Ref) -> R<Option<Found>> {
    let full = vm.str_lossy(name);
    let last = full.rsplit('.').next().unwrap_or(&full).to_string();
    let root = vm.str_lossy(entry);
    for library in vm.lib.libraries.clone() {
        let inside = root
            .strip_prefix(library.root())
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        if inside {
            return Ok(library.module(&full).map(|module| {
                let path = if module.is_package {
                    format!("{root}/{last}/__init__.py")
                } else {
                    format!("{root}/{last}.py")
                };
                Found::Embedded { module, path }
            }));
        }
    }
    let folder = vm.fs_path(entry)?;
    let folder = if folder.is_empty() {
        match vm.host.current_dir() {
            Ok(d) => d,
            Err(_) => return Ok(None),
        }
    } else {
        Path::new(std::ffi::OsStr::from_bytes(&folder)).to_path_buf()
    };
    // A name with a slash or a null byte is no module of this folder.
    if last.is_empty() || last.contains(['/', '\0']) {
        return Ok(None);
    }
    let package = folder.join(&last);
    let is_dir = vm.host.is_dir(&package);
    if is_dir {
        let init = package.join("__init__.py");
        if vm.host.is_file(&init) {
            return Ok(Some(Found::Source {
                path: init,
                package: Some(package),
            }));
        }
    }
    let file = folder.join(format!("{last}.py"));
    if vm.host.is_file(&file) {
        return Ok(Some(Found::Source {
            path: file,
            package: None,
        }));
    }
    Ok(is_dir.then(|| Found::Namespace(vec![fs_decode(package.as_os_str().as_bytes())])))
}
