//! Warnings: filters, registries and the text shown while the module `warnings` isn't loaded. `_warnings` gives this to Python.
//!
//! `warnings`, once it is imported, owns the list of filters and shows what passes; until then the defaults below hold.

use crate::value::*;
use crate::vm::{new_int, new_list, new_str, new_tuple};
use crate::{R, Vm};

/// What `_warnings` keeps.
#[derive(Default)]
pub struct State {
    pub(crate) filters: Ref,
    pub(crate) default_action: Ref,
    pub(crate) once_registry: Ref,
    /// Goes up when the filters change: registries written before are void.
    version: i64,
    pub(crate) lock_depth: usize,
    /// While it is not 0, nothing is shown: code is only being tried.
    pub(crate) quiet: u32,
}

/// A warning to be given.
pub struct Warning<'a> {
    pub category: &'a Ref,
    /// The text, or an instance of a warning class.
    pub message: &'a Ref,
    pub filename: &'a Ref,
    pub lineno: i64,
    /// Undefined: from the file name.
    pub module: &'a Ref,
    /// A dict, or None or undefined.
    pub registry: &'a Ref,
    /// The object that the warning is about, or None; undefined for warnings of the interpreter itself, which are shown without the
    /// help of the module `warnings` unless that is loaded.
    pub source: &'a Ref,
}

/// The state, made when it is first needed.
pub(crate) fn state() -> &'static mut State {
    let s = &mut rt().warnings;
    if s.filters.is_undefined() {
        let t = &rt().types;
        let filter = |action: &str, category: &Ref, module: Ref| {
            new_tuple(vec![
                intern(action),
                Ref::none(),
                category.clone(),
                module,
                new_int(0),
            ])
        };
        s.filters = new_list(vec![
            filter("default", &t.deprecation_warning, new_str("__main__")),
            filter("ignore", &t.deprecation_warning, Ref::none()),
            filter("ignore", &t.pending_deprecation_warning, Ref::none()),
            filter("ignore", &t.import_warning, Ref::none()),
            filter("ignore", &t.resource_warning, Ref::none()),
        ]);
        s.default_action = intern("default");
        s.once_registry = DictObj::new_dict();
    }
    s
}

/// The filters have changed.
pub(crate) fn filters_mutated() {
    rt().warnings.version += 1;
}

impl Vm {
    /// Warns about the code that is running: the frame `stacklevel` - 1 levels out.
    pub fn warn(&mut self, category: &Ref, text: &str, stacklevel: usize) -> R<()> {
        let message = new_str(text);
        self.warn_at_level(category, &message, stacklevel as i64, &[], &Ref::UNDEFINED)
    }
    /// The same about an object (a file that was never closed ...).
    pub fn warn_about(
        &mut self,
        category: &Ref,
        text: &str,
        stacklevel: usize,
        source: &Ref,
    ) -> R<()> {
        let message = new_str(text);
        self.warn_at_level(category, &message, stacklevel as i64, &[], source)
    }
    /// Warns about a place in a source, as the compiler does.
    pub fn warn_explicit(
        &mut self,
        category: &Ref,
        text: &str,
        filename: &str,
        lineno: i64,
    ) -> R<()> {
        self.give_warning(&Warning {
            category,
            message: &new_str(text),
            filename: &new_str(filename),
            lineno,
            module: &Ref::UNDEFINED,
            registry: &Ref::UNDEFINED,
            source: &Ref::UNDEFINED,
        })
    }

    /// `warnings.warn()`, the arguments having been checked.
    pub(crate) fn warn_at_level(
        &mut self,
        category: &Ref,
        message: &Ref,
        level: i64,
        skip: &[Ref],
        source: &Ref,
    ) -> R<()> {
        let level = if skip.is_empty() { level } else { level.max(2) };
        let frame = self.warned_frame(level, skip);
        let (globals, filename, lineno) = match frame.as_ref().and_then(|f| f.cast::<FrameObj>()) {
            Some(f) => {
                let filename = match f.code.cast::<CodeObj>() {
                    Some(c) => c.filename.clone(),
                    None => new_str("<unknown>"),
                };
                (f.globals.clone(), filename, self.line_of_frame(f))
            }
            None => {
                let globals = self
                    .sys
                    .cast::<ModuleObj>()
                    .map_or_else(DictObj::new_dict, |m| m.dict.clone());
                (globals, new_str("<sys>"), 0)
            }
        };
        let (mut registry, mut module) = (Ref::none(), Ref::UNDEFINED);
        if let Some(d) = globals.cast::<DictObj>() {
            registry = match d.get_name("__warningregistry__") {
                Some(r) => r,
                None => {
                    let r = DictObj::new_dict();
                    d.set_name("__warningregistry__", r.clone());
                    r
                }
            };
            module = d.get_name("__name__").unwrap_or_default();
        }
        if !module.is_none() && !module.is_str() {
            module = new_str("<string>");
        }
        self.give_warning(&Warning {
            category,
            message,
            filename: &filename,
            lineno,
            module: &module,
            registry: &registry,
            source,
        })
    }

    fn line_of_frame(&self, f: &FrameObj) -> i64 {
        let at = self.frame_lasti(f);
        f.code.cast::<CodeObj>().map_or(0, |c| {
            c.code
                .position(at)
                .map_or(c.code.first_line as i64, |p| p.line as i64)
        })
    }

    fn warned_frame(&mut self, level: i64, skip: &[Ref]) -> Option<Ref> {
        let mut depth = 0;
        let mut frame = self.frame_object(0)?;
        let inner = filename_of(self, &frame);
        let plain = level <= 0 || is_internal(&inner);
        for _ in 1..level {
            loop {
                depth += 1;
                frame = self.frame_object(depth)?;
                if plain {
                    break;
                }
                let name = filename_of(self, &frame);
                let skipped = is_internal(&name)
                    || skip
                        .iter()
                        .any(|p| name.as_bytes().starts_with(p.str_obj().bytes()));
                if !skipped {
                    break;
                }
            }
        }
        Some(frame)
    }

    /// `warnings.warn_explicit()`: filters the warning and shows it or raises it.
    pub(crate) fn give_warning(&mut self, w: &Warning) -> R<()> {
        // Modules lose their names at the end of the program.
        if w.module.is_none() || state().quiet != 0 {
            return Ok(());
        }
        let module = if w.module.is_undefined() {
            module_of_file(w.filename)
        } else {
            w.module.clone()
        };
        let (text, category, message);
        if w.message.class().is_subtype(&rt().types.warning) {
            text = self.str(w.message)?;
            category = class_of(w.message);
            message = w.message.clone();
        } else {
            text = w.message.clone();
            category = w.category.clone();
            message = self.call(&category, std::slice::from_ref(w.message))?;
        }
        let lineno = new_int(w.lineno);
        let key = new_tuple(vec![text.clone(), category.clone(), lineno]);
        let registry = if w.registry.cast::<DictObj>().is_some() {
            Some(w.registry.clone())
        } else {
            None
        };
        if let Some(r) = &registry
            && self.already_warned(r, &key, false)?
        {
            return Ok(());
        }
        let (action, item) = self.warning_action(&category, &text, w.lineno, &module)?;
        let name = self.str_lossy(&action);
        match name.as_str() {
            "error" => return Err(self.raise(message)),
            "ignore" => return Ok(()),
            _ => {}
        }
        let mut done = false;
        if name != "always" && name != "all" {
            if let Some(r) = registry.as_ref().and_then(|r| r.cast::<DictObj>()) {
                r.set(self, &key, Ref::bool(true))?;
            }
            match name.as_str() {
                "once" => {
                    let r = match &registry {
                        Some(r) => r.clone(),
                        None => self.warnings_field("onceregistry", |s| &s.once_registry),
                    };
                    let key = new_tuple(vec![text.clone(), category.clone()]);
                    done = self.already_warned(&r, &key, true)?;
                }
                "module" => {
                    if let Some(r) = &registry {
                        let key = new_tuple(vec![text.clone(), category.clone(), new_int(0)]);
                        done = self.already_warned(r, &key, true)?;
                    }
                }
                "default" => {}
                _ => {
                    let (action, item) = (self.repr_text(&action)?, self.repr_text(&item)?);
                    return Err(self.runtime_error(&format!(
                        "Unrecognized action ({action}) in warnings.filters:\n {item}"
                    )));
                }
            }
        }
        if done {
            return Ok(());
        }
        self.show_warning(w, &text, &category, message)
    }

    /// Whether the key is in the registry; with `set` it is afterwards.
    fn already_warned(&mut self, registry: &Ref, key: &Ref, set: bool) -> R<bool> {
        let Some(d) = registry.cast::<DictObj>() else {
            return Ok(false);
        };
        let current = rt().warnings.version;
        if d.get_name("version").and_then(|v| v.as_i64()) == Some(current) {
            if let Some(v) = d.get(self, key)? {
                let on = self.truthy(&v)?;
                if on {
                    return Ok(true);
                }
            }
        } else {
            d.clear();
            d.set_name("version", new_int(current));
        }
        if set {
            d.set(self, key, Ref::bool(true))?;
        }
        Ok(false)
    }

    /// An attribute of the module `warnings` if it is loaded, else of the state.
    fn warnings_field(&mut self, name: &str, own: fn(&State) -> &Ref) -> Ref {
        self.warnings_attr(name)
            .unwrap_or_else(|| own(state()).clone())
    }
    fn warnings_attr(&mut self, name: &str) -> Option<Ref> {
        let modules = self.modules.clone();
        let module = modules.cast::<DictObj>()?.get_name("warnings")?;
        self.saving_exc(|vm| vm.getattr_opt(&module, &intern(name)))
    }

    /// The action of the first filter that fits, and the filter.
    fn warning_action(
        &mut self,
        category: &Ref,
        text: &Ref,
        lineno: i64,
        module: &Ref,
    ) -> R<(Ref, Ref)> {
        let context = self.context_filters()?;
        let lists = [
            context,
            Some(self.warnings_field("filters", |s| &s.filters)),
        ];
        for filters in lists.into_iter().flatten() {
            let Some(list) = filters.cast::<ListObj>() else {
                return Err(self.value_error("warnings.filters must be a list"));
            };
            let mut i = 0;
            // The list may change while patterns are matched.
            while let Some(item) = list.at(i) {
                let Some([action, pattern, cat, mod_pattern, line]) =
                    item.exact::<TupleObj>().map(|t| t.items())
                else {
                    return Err(
                        self.value_error(&format!("warnings.filters item {i} isn't a 5-tuple"))
                    );
                };
                if !action.is_str() {
                    let text = format!("action must be a string, not '{}'", self.type_name(action));
                    return Err(self.type_error(&text));
                }
                // All are asked, as programs can see.
                let text_fits = self.pattern_matches(pattern, text)?;
                let module_fits = self.pattern_matches(mod_pattern, module)?;
                let class_fits = self.issubclass(category, cat)?;
                let line = self.index_size(line)? as i64;
                if text_fits && module_fits && class_fits && (line == 0 || line == lineno) {
                    return Ok((action.clone(), item.clone()));
                }
                i += 1;
            }
        }
        let action = self.warnings_field("defaultaction", |s| &s.default_action);
        if !action.is_str() {
            let text = format!(
                "warnings.defaultaction must be a string, not '{}'",
                self.type_name(&action)
            );
            return Err(self.type_error(&text));
        }
        Ok((action, Ref::none()))
    }

    /// The filters of the running context (`-X context_aware_warnings`), if there are any.
    fn context_filters(&mut self) -> R<Option<Ref>> {
        let on = match self.warnings_attr("_use_context") {
            Some(u) => self.truthy(&u)?,
            None => false,
        };
        if !on {
            return Ok(None);
        }
        let Some(get) = self.warnings_attr("_get_context") else {
            return Ok(None);
        };
        let context = self.call(&get, &[])?;
        self.getattr_opt(&context, &intern("_filters"))
    }

    /// A pattern is None, a text that must be equal, or something with `match`.
    fn pattern_matches(&mut self, pattern: &Ref, text: &Ref) -> R<bool> {
        if pattern.is_none() {
            return Ok(true);
        }
        if let Some(p) = pattern.exact::<StrObj>() {
            return Ok(text.is_str() && p.bytes() == text.str_obj().bytes());
        }
        let found = self.call_method(pattern, "match", std::slice::from_ref(text))?;
        self.truthy(&found)
    }

    fn show_warning(&mut self, w: &Warning, text: &Ref, category: &Ref, message: Ref) -> R<()> {
        if !w.source.is_undefined() && self.import("warnings").is_err() {
            // Only the module can say where an object came from.
            self.exc = None;
        }
        if let Some(show) = self.warnings_attr("_showwarnmsg") {
            if !self.is_callable(&show) {
                return Err(self.type_error("warnings._showwarnmsg() must be set to a callable"));
            }
            let Some(class) = self.warnings_attr("WarningMessage") else {
                return Err(self.runtime_error("unable to get warnings.WarningMessage"));
            };
            let source = if w.source.is_undefined() {
                Ref::none()
            } else {
                w.source.clone()
            };
            let message = self.call(
                &class,
                &[
                    message,
                    category.clone(),
                    w.filename.clone(),
                    new_int(w.lineno),
                    Ref::none(),
                    Ref::none(),
                    source,
                ],
            )?;
            self.call(&show, &[message])?;
            return Ok(());
        }
        let shown = self.str(text)?;
        let name = category
            .cast::<TypeObj>()
            .map(|t| self.class_name(t))
            .unwrap_or_default();
        let filename = self.str_lossy(w.filename);
        let mut out = format!("{filename}:{}: {name}: ", w.lineno).into_bytes();
        out.extend_from_slice(shown.str_obj().bytes());
        out.push(b'\n');
        self.forget_source_files();
        let line = usize::try_from(w.lineno)
            .ok()
            .and_then(|n| self.source_line(&filename, n));
        if let Some(line) = line.as_deref().map(str::trim).filter(|l| !l.is_empty()) {
            out.extend_from_slice(format!("  {line}\n").as_bytes());
        }
        self.write_stderr(&out);
        Ok(())
    }
}

fn filename_of(vm: &Vm, frame: &Ref) -> String {
    frame
        .cast::<FrameObj>()
        .and_then(|f| f.code.cast::<CodeObj>())
        .map(|c| vm.str_lossy(&c.filename))
        .unwrap_or_default()
}

/// The import system's own frames are not where a warning belongs.
fn is_internal(filename: &str) -> bool {
    filename.contains("importlib") && filename.contains("_bootstrap")
}

fn module_of_file(filename: &Ref) -> Ref {
    let name = filename.str_obj().bytes();
    match name.strip_suffix(b".py") {
        Some(stem) => StrObj::make(stem),
        None if name.is_empty() => new_str("<unknown>"),
        None => filename.clone(),
    }
}
