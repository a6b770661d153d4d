//! Import: the protocol of `import` statements and `__import__` (reference 5, PEP 302, 328, 420, 451).
//!
//! [`finders`] find a module: native ones, then the folders of `sys.path` and of packages, among them the embedded library;
//! [`spec`] has the objects that Python code sees of it (`__spec__`, `__loader__`); [`load`] makes the module and runs it; [`from`] is the
//! `from` half of the statement.

pub mod finders;
mod from;
mod load;
pub mod spec;

pub use finders::{Library, LibraryModule};

use crate::value::*;
use crate::vm::new_str;
use crate::{R, Raised, Vm, errors};

impl Vm {
    /// `import name` from Rust: the module object itself (`a.b` for "a.b").
    pub fn import(&mut self, name: &str) -> R<Ref> {
        self.import_absolute(&intern(name))
    }

    /// What an import statement does when nobody has replaced `__import__`.
    pub fn import_name(
        &mut self,
        name: &Ref,
        globals: &Ref,
        _locals: &Ref,
        fromlist: &Ref,
        level: i32,
    ) -> R<Ref> {
        self.import_level(name, globals, fromlist, level)
    }

    /// `__import__(name, globals, locals, fromlist, level)`.
    pub fn import_level(
        &mut self,
        name: &Ref,
        globals: &Ref,
        fromlist: &Ref,
        level: i32,
    ) -> R<Ref> {
        if !name.is_str() {
            return Err(self.type_error("module name must be a string"));
        }
        if level < 0 {
            return Err(self.value_error("level must be >= 0"));
        }
        let absolute = if level > 0 {
            self.resolve_relative(name, globals, level)?
        } else if name.str_obj().nchars() == 0 {
            return Err(self.value_error("Empty module name"));
        } else {
            rt().intern_ref(name)
        };
        let module = self.import_absolute(&absolute)?;
        if self.truthy(fromlist)? {
            if self.getattr_opt(&module, &intern("__path__"))?.is_some() {
                self.import_fromlist(&module, fromlist, false)?;
            }
            return Ok(module);
        }
        let text = name.str_obj().bytes();
        let Some(dot) = text.iter().position(|&b| b == b'.') else {
            return Ok(module);
        };
        if level == 0 {
            return self.import_absolute(&rt().intern(&text[..dot]));
        }
        if text.is_empty() {
            return Ok(module);
        }
        let full = absolute.str_obj().bytes();
        let front = rt().intern(&full[..full.len() - (text.len() - dot)]);
        match self.loaded(&front) {
            Some(m) => Ok(m),
            None => {
                let text = format!("{} not in sys.modules as expected", self.repr_text(&front)?);
                let key = new_str(&text);
                Err(self.key_error(&key))
            }
        }
    }

    /// The entry of `sys.modules`.
    pub fn loaded(&mut self, name: &Ref) -> Option<Ref> {
        self.modules.cast::<DictObj>()?.get_str(name)
    }

    /// The module of that full name, loaded if it isn't yet.
    pub fn import_absolute(&mut self, name: &Ref) -> R<Ref> {
        match self.loaded(name) {
            Some(m) if m.is_none() => {
                let text = format!(
                    "import of {} halted; None in sys.modules",
                    self.str_lossy(name)
                );
                Err(self.module_not_found(&text, name))
            }
            Some(m) => Ok(m),
            None => {
                self.check_native_stack()?;
                self.find_and_load(name)
            }
        }
    }

    fn find_and_load(&mut self, name: &Ref) -> R<Ref> {
        let full = name.str_obj().bytes();
        let mut path = None;
        let mut parent = None;
        if let Some(dot) = full.iter().rposition(|&b| b == b'.') {
            let parent_name = rt().intern(&full[..dot]);
            if self.loaded(&parent_name).is_none() {
                self.import_absolute(&parent_name)?;
                // Importing the parent may have imported this one.
                if let Some(m) = self.loaded(name) {
                    return Ok(m);
                }
            }
            let Some(module) = self.loaded(&parent_name) else {
                return Err(self.key_error(&parent_name));
            };
            match self.getattr_opt(&module, &intern("__path__"))? {
                Some(p) => path = Some(p),
                None => {
                    let text = format!(
                        "No module named {}; {} is not a package",
                        self.repr_text(name)?,
                        self.repr_text(&parent_name)?
                    );
                    return Err(self.module_not_found(&text, name));
                }
            }
            parent = Some((module, rt().intern(&full[dot + 1..])));
        }
        let Some(found) = self.find_module(name, path.as_ref())? else {
            let text = format!("No module named {}", self.repr_text(name)?);
            return Err(self.module_not_found(&text, name));
        };
        // While it is loaded, its parent knows it as one that isn't ready.
        let pending = match &parent {
            Some((p, child)) => self
                .uninitialized_submodules(p)?
                .map(|l| (l, child.clone())),
            None => None,
        };
        if let Some((list, child)) = &pending
            && let Some(l) = list.cast::<ListObj>()
        {
            l.push(child.clone());
        }
        let module = self.load_found(name, found);
        if let Some((list, _)) = &pending
            && let Some(l) = list.cast::<ListObj>()
        {
            l.with(|v| v.pop());
        }
        let module = module?;
        if let Some((parent, child)) = parent {
            let set = self.setattr(&parent, &child, Some(module.clone()));
            let class = rt().types.attribute_error.clone();
            self.catch(set, &class)?;
        }
        Ok(module)
    }

    /// The list in a package's spec of the submodules that are being loaded.
    fn uninitialized_submodules(&mut self, package: &Ref) -> R<Option<Ref>> {
        let Some(spec) = self.getattr_opt(package, &intern("__spec__"))? else {
            return Ok(None);
        };
        let list = self.getattr_opt(&spec, &intern("_uninitialized_submodules"))?;
        Ok(list.filter(|l| l.cast::<ListObj>().is_some()))
    }

    /// The full name that a relative import means (PEP 328, PEP 366).
    fn resolve_relative(&mut self, name: &Ref, globals: &Ref, level: i32) -> R<Ref> {
        let Some(d) = globals.cast::<DictObj>() else {
            return Err(self.type_error("globals must be a dict"));
        };
        let set = |name: &str| d.get_name(name).filter(|v| !v.is_none());
        let package = if let Some(p) = set("__package__") {
            if !p.is_str() {
                return Err(self.type_error("package must be a string"));
            }
            p
        } else if let Some(spec) = set("__spec__") {
            let parent = self.getattr_str(&spec, "parent")?;
            if !parent.is_str() {
                return Err(self.type_error("__spec__.parent must be a string"));
            }
            parent
        } else {
            let Some(own) = d.get_name("__name__") else {
                let key = new_str("'__name__' not in globals");
                return Err(self.key_error(&key));
            };
            if !own.is_str() {
                return Err(self.type_error("__name__ must be a string"));
            }
            if d.get_name("__path__").is_some() {
                own
            } else {
                let text = own.str_obj().bytes();
                let dot = text.iter().rposition(|&b| b == b'.').unwrap_or(0);
                StrObj::make(&text[..dot])
            }
        };
        let mut base = package.str_obj().bytes();
        let class = rt().types.import_error.clone();
        if base.is_empty() {
            return Err(self.error(
                &class,
                "attempted relative import with no known parent package",
            ));
        }
        for _ in 1..level {
            match base.iter().rposition(|&b| b == b'.') {
                Some(dot) => base = &base[..dot],
                None => {
                    return Err(
                        self.error(&class, "attempted relative import beyond top-level package")
                    );
                }
            }
        }
        let mut full = base.to_vec();
        if name.str_obj().nchars() > 0 {
            full.push(b'.');
            full.extend_from_slice(name.str_obj().bytes());
        }
        Ok(rt().intern(&full))
    }

    /// ModuleNotFoundError with the name that wasn't found.
    pub(crate) fn module_not_found(&mut self, text: &str, name: &Ref) -> Raised {
        let exc = errors::new_exception(&rt().types.module_not_found_error, vec![new_str(text)]);
        errors::set_field(&exc, "name", name.clone());
        self.raise(exc)
    }
}
