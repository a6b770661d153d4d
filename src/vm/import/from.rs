//! `from module import name` and `from module import *`.

use super::spec;
use crate::modules::sys_names;
use crate::value::*;
use crate::vm::new_str;
use crate::{R, Raised, Vm, errors};

impl Vm {
    /// Imports the submodules that a `from` clause names and the package doesn't have as attributes.
    pub(super) fn import_fromlist(&mut self, module: &Ref, names: &Ref, from_all: bool) -> R<()> {
        for item in self.collect(names)? {
            if !item.is_str() {
                let place = if from_all {
                    let name = self.getattr_str(module, "__name__")?;
                    format!("{}.__all__", self.str_text(&name)?)
                } else {
                    "``from list''".into()
                };
                let text = format!("Item in {place} must be str, not {}", self.type_name(&item));
                return Err(self.type_error(&text));
            }
            if item.str_obj().bytes() == b"*" {
                if !from_all && let Some(all) = self.getattr_opt(module, &intern("__all__"))? {
                    self.import_fromlist(module, &all, true)?;
                }
                continue;
            }
            let item = rt().intern_ref(&item);
            if self.getattr_opt(module, &item)?.is_some() {
                continue;
            }
            let package = self.getattr_str(module, "__name__")?;
            let mut full = package.str_obj().bytes().to_vec();
            full.push(b'.');
            full.extend_from_slice(item.str_obj().bytes());
            let full = rt().intern(&full);
            if self.import_absolute(&full).is_err() {
                // A name that is no submodule is looked for as an attribute later, with the error of that.
                let exc = self.take_exc();
                let missing = exc.class().is_subtype(&rt().types.module_not_found_error)
                    && errors::get_field(&exc, "name")
                        .cast::<StrObj>()
                        .is_some_and(|s| s.bytes() == full.str_obj().bytes())
                    && self.loaded(&full).is_none_or(|m| !m.is_none());
                if !missing {
                    return Err(self.reraise(exc));
                }
            }
        }
        Ok(())
    }

    /// `from module import name`: the attribute, or the submodule if it is in `sys.modules`.
    pub fn import_from(&mut self, module: &Ref, name: &Ref) -> R<Ref> {
        if let Some(v) = self.getattr_opt(module, name)? {
            return Ok(v);
        }
        let own = self.getattr_opt(module, &intern("__name__"))?;
        let own = own.filter(|n| n.is_str());
        if let Some(own) = &own {
            let mut full = own.str_obj().bytes().to_vec();
            full.push(b'.');
            full.extend_from_slice(name.str_obj().bytes());
            if let Some(m) = self.loaded(&StrObj::make(&full)) {
                return Ok(m);
            }
        }
        Err(self.cannot_import(module, name, own)?)
    }

    fn cannot_import(&mut self, module: &Ref, name: &Ref, own: Option<Ref>) -> R<Raised> {
        let shown_name = self.repr_text(name)?;
        let unknown = new_str("<unknown module name>");
        let own_name = own.clone().unwrap_or(unknown);
        let shown_own = self.repr_text(&own_name)?;
        let spec = self
            .getattr_opt(module, &intern("__spec__"))?
            .filter(|s| !s.is_none());
        let mut origin = match &spec {
            Some(s) => spec::file_origin(self, s)?,
            None => None,
        };
        if origin.is_none()
            && let Some(file) = self.getattr_opt(module, &intern("__file__"))?
            && file.is_str()
        {
            origin = Some(file);
        }
        let shadowing = match &origin {
            Some(o) => self.may_shadow(o),
            None => false,
        };
        let own_text = self.str_lossy(&own_name);
        let text = if shadowing && own.is_some() && sys_names().contains(&own_text.as_str()) {
            let origin = origin.clone().unwrap_or_default();
            format!(
                "cannot import name {shown_name} from {shown_own} (consider renaming {} since it has the same name as the standard library module named {shown_own} and prevents importing that standard library module)",
                self.repr_text(&origin)?
            )
        } else {
            let initializing = match &spec {
                Some(s) => spec::is_initializing(self, s)?,
                None => false,
            };
            match (initializing, &origin) {
                (true, Some(o)) if shadowing => format!(
                    "cannot import name {shown_name} from {shown_own} (consider renaming {} if it has the same name as a library you intended to import)",
                    self.repr_text(o)?
                ),
                (true, Some(o)) => format!(
                    "cannot import name {shown_name} from partially initialized module {shown_own} (most likely due to a circular import) ({})",
                    self.str_lossy(o)
                ),
                (true, None) => format!(
                    "cannot import name {shown_name} from partially initialized module {shown_own} (most likely due to a circular import)"
                ),
                (false, Some(o)) => format!(
                    "cannot import name {shown_name} from {shown_own} ({})",
                    self.str_lossy(o)
                ),
                (false, None) => {
                    format!("cannot import name {shown_name} from {shown_own} (unknown location)")
                }
            }
        };
        let exc = errors::new_exception(&rt().types.import_error, vec![new_str(&text)]);
        if let Some(own) = own {
            errors::set_field(&exc, "name", own);
        }
        if let Some(o) = origin {
            errors::set_field(&exc, "path", o);
        }
        errors::set_field(&exc, "name_from", name.clone());
        Ok(self.raise(exc))
    }

    /// Whether the file lies where `sys.path[0]` was at the beginning, so that it hides a library module of the same name.
    pub fn may_shadow(&self, origin: &Ref) -> bool {
        let config = &self.lib.config;
        let Some(first) = config.path.first().filter(|_| !config.safe_path) else {
            return false;
        };
        let text = origin.str_obj().bytes();
        let dir = |p: &[u8]| match p.iter().rposition(|&b| b == b'/') {
            Some(i) => p[..i].to_vec(),
            None => Vec::new(),
        };
        let mut root = dir(text);
        if text.ends_with(b"/__init__.py") {
            root = dir(&root);
        }
        if first.is_empty() {
            use std::os::unix::ffi::OsStrExt;
            return self
                .host
                .current_dir()
                .is_ok_and(|d| d.as_os_str().as_bytes() == root);
        }
        *first == root
    }

    /// `from module import *` into a namespace.
    pub fn import_star(&mut self, module: &Ref, ns: &Ref) -> R<()> {
        let (names, all) = match self.getattr_opt(module, &intern("__all__"))? {
            Some(all) => (all, true),
            None => match self.getattr_opt(module, &intern("__dict__"))? {
                Some(d) => {
                    let keys = self.call_method(&d, "keys", &[])?;
                    let keys = self.collect(&keys)?;
                    (crate::vm::new_list(keys), false)
                }
                None => {
                    let class = rt().types.import_error.clone();
                    return Err(self.error(
                        &class,
                        "from-import-* object has no __dict__ and no __all__",
                    ));
                }
            },
        };
        for i in 0.. {
            let name = match names.exact::<ListObj>() {
                Some(l) => match l.at(i) {
                    Some(name) => name,
                    None => break,
                },
                None => match self.star_item(&names, i)? {
                    Some(name) => name,
                    None => break,
                },
            };
            if !name.is_str() {
                let own = self.getattr_str(module, "__name__")?;
                if !own.is_str() {
                    let text = format!(
                        "module __name__ must be a string, not {}",
                        self.type_name(&own)
                    );
                    return Err(self.type_error(&text));
                }
                let text = format!(
                    "{} in {}.{} must be str, not {}",
                    if all { "Item" } else { "Key" },
                    self.str_lossy(&own),
                    if all { "__all__" } else { "__dict__" },
                    self.type_name(&name)
                );
                return Err(self.type_error(&text));
            }
            if !all && name.str_obj().bytes().starts_with(b"_") {
                continue;
            }
            let name = rt().intern_ref(&name);
            let value = self.getattr(module, &name)?;
            match ns.exact::<DictObj>() {
                Some(d) => d.set_str(&name, value),
                None => self.setitem(ns, &name, value)?,
            }
        }
        Ok(())
    }

    /// `__all__[i]`, until it raises IndexError.
    fn star_item(&mut self, all: &Ref, i: usize) -> R<Option<Ref>> {
        let t = all.class();
        if t.slots.getitem.get().is_none() {
            let text = format!("'{}' object does not support indexing", self.class_name(t));
            return Err(self.type_error(&text));
        }
        if all.exact::<DictObj>().is_some() {
            return Err(self.type_error("'dict' object is not a sequence"));
        }
        let item = self.getitem(all, &crate::vm::new_usize(i));
        let class = rt().types.index_error.clone();
        self.catch(item, &class)
    }
}
