//! Loading: making the module that was found, entering it into `sys.modules`, running it.

use super::finders::Found;
use super::spec;
use crate::builtins::compile_source;
use crate::modules::fs_decode;
use crate::value::*;
use crate::vm::{CompileRequest, new_str};
use crate::{R, Vm, errors};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

impl Vm {
    pub(super) fn load_found(&mut self, name: &Ref, found: Found) -> R<Ref> {
        let spec = spec::spec_of(self, name, &found)?;
        if let Found::Native(make) = found {
            let module = make(self)?;
            spec::fill_module(self, &module, &spec)?;
            self.enter_module(name, &module)?;
            return Ok(module);
        }
        let module = match &found {
            Found::Spec(spec) => match self.module_from_spec(spec)? {
                Made::Module(m) => m,
                Made::Loaded(m) => return Ok(m),
            },
            _ => self.empty_module(name),
        };
        spec::fill_module(self, &module, &spec)?;
        spec::set_initializing(self, &spec, true)?;
        self.enter_module(name, &module)?;
        let done = self.execute(&module, &spec, &found);
        // The module may have put something else in its place.
        let loaded = self.loaded(name);
        match done {
            Ok(()) => {
                spec::set_initializing(self, &spec, false)?;
                match loaded {
                    Some(m) => Ok(m),
                    None => Err(self.key_error(name)),
                }
            }
            Err(e) => {
                let exc = self.take_exc();
                if let Some(d) = self.modules.cast::<DictObj>() {
                    d.remove_str(name);
                }
                let _ = spec::set_initializing(self, &spec, false);
                let _ = e;
                Err(self.reraise(exc))
            }
        }
    }

    fn enter_module(&mut self, name: &Ref, module: &Ref) -> R<()> {
        let modules = self.modules.clone();
        self.setitem(&modules, name, module.clone())
    }

    /// A module object with a name and nothing else.
    pub fn empty_module(&mut self, name: &Ref) -> Ref {
        let dict = DictObj::new_dict();
        if let Some(d) = dict.cast::<DictObj>() {
            d.set_name("__name__", name.clone());
            for n in ["__doc__", "__package__", "__loader__", "__spec__"] {
                d.set_name(n, Ref::none());
            }
        }
        Ref::new(ModuleObj { dict })
    }

    fn module_from_spec(&mut self, spec: &Ref) -> R<Made> {
        let name = self.getattr_str(spec, "name")?;
        let loader = self.getattr_str(spec, "loader")?;
        if loader.is_none() {
            return Ok(Made::Module(self.empty_module(&name)));
        }
        let has_exec = self.getattr_opt(&loader, &intern("exec_module"))?.is_some();
        match self.getattr_opt(&loader, &intern("create_module"))? {
            Some(create) => {
                let m = self.call(&create, std::slice::from_ref(spec))?;
                if !m.is_none() {
                    return Ok(Made::Module(m));
                }
            }
            None if has_exec => {
                let class = rt().types.import_error.clone();
                return Err(self.error(
                    &class,
                    "loaders that define exec_module() must also define create_module()",
                ));
            }
            None => {}
        }
        if !has_exec && let Some(load) = self.getattr_opt(&loader, &intern("load_module"))? {
            self.call(&load, std::slice::from_ref(&name))?;
            return match self.loaded(&name) {
                Some(m) => Ok(Made::Loaded(m)),
                None => Err(self.key_error(&name)),
            };
        }
        Ok(Made::Module(self.empty_module(&name)))
    }

    fn execute(&mut self, module: &Ref, spec: &Ref, found: &Found) -> R<()> {
        match found {
            Found::Native(_) | Found::Namespace(_) => Ok(()),
            Found::Source { path, .. } => self.run_source_file(module, path),
            Found::Embedded { module: m, .. } => {
                let code = self.new_code(&m.code);
                self.run_module_code(module, &code)
            }
            Found::Spec(_) => {
                let loader = self.getattr_str(spec, "loader")?;
                if loader.is_none() {
                    let locations = self.getattr_str(spec, "submodule_search_locations")?;
                    if locations.is_none() {
                        let name = self.getattr_str(spec, "name")?;
                        let exc = errors::new_exception(
                            &rt().types.import_error,
                            vec![new_str("missing loader")],
                        );
                        errors::set_field(&exc, "name", name);
                        return Err(self.raise(exc));
                    }
                    return Ok(());
                }
                self.call_method(&loader, "exec_module", std::slice::from_ref(module))?;
                Ok(())
            }
        }
    }

    /// Compiles a file and runs it in the module's namespace.
    pub(crate) fn run_source_file(&mut self, module: &Ref, path: &Path) -> R<()> {
        let filename = fs_decode(path.as_os_str().as_bytes());
        let source = match self.host.read_file(path) {
            Ok(s) => s,
            Err(e) => return Err(self.os_error(&e, &filename)),
        };
        let code = compile_source(
            self,
            &CompileRequest {
                source: &source,
                is_text: false,
                filename: &self.str_lossy(&filename),
                mode: "exec",
                flags: 0,
                optimize: -1,
            },
        )?;
        self.run_module_code(module, &code)
    }

    /// Runs code in the module's namespace.
    pub fn run_module_code(&mut self, module: &Ref, code: &Ref) -> R<()> {
        let dict = match module.cast::<ModuleObj>() {
            Some(m) => m.dict.clone(),
            None => self.getattr_str(module, "__dict__")?,
        };
        if let Some(d) = dict.cast::<DictObj>()
            && d.get_name("__builtins__").is_none()
        {
            d.set_name("__builtins__", self.builtins_dict());
        }
        self.run_code(code, &dict, &dict, Box::default())?;
        Ok(())
    }
}

/// What a loader made of a spec.
enum Made {
    Module(Ref),
    /// By an old-style `load_module`, which has run it as well.
    Loaded(Ref),
}
