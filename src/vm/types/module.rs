//! `module`: attributes from the namespace, `__getattr__` (PEP 562), lazily computed annotations.

use super::builtin_function::wrong_receiver;
use super::descriptors::readonly;
use super::function::{annotations_from, constructor};
use super::spec::TypeSpec;
use crate::native::{Args, NativeDef, arg};
use crate::value::header::Kind;
use crate::value::*;
use crate::vm::{new_list, new_str};
use crate::{R, Vm, errors, getset, methods};

pub static MODULE: TypeSpec = TypeSpec {
    name: "module",
    kind: Kind::Module,
    exact: true,
    flags: type_flag::BASE | type_flag::HAS_DICT | type_flag::HAS_WEAKREF,
    doc: "A namespace with a name, and perhaps a docstring.",
    methods: METHODS,
    getset: GETSET,
    slots: |s| {
        s.repr.set(Some(module_repr));
        s.getattr.set(Some(module_getattr));
        s.new.set(Some(|_, class, _| {
            Ok(Ref::new_of(
                class,
                ModuleObj {
                    dict: DictObj::new_dict(),
                },
            ))
        }));
        s.init.set(Some(module_init));
    },
};

/// A new module with the names that every module has.
pub fn new_module(name: &str, doc: &str) -> Ref {
    let doc = if doc.is_empty() {
        Ref::none()
    } else {
        new_str(doc)
    };
    let m = Ref::new(ModuleObj {
        dict: DictObj::new_dict(),
    });
    if let Some(d) = namespace(&m) {
        fill(d, intern(name), doc);
    }
    m
}

/// Puts native functions into a module.
pub fn add_functions(vm: &Vm, module: &Ref, functions: &'static [NativeDef]) {
    if let Some(d) = namespace(module) {
        let name = d.get_name("__name__").unwrap_or_else(Ref::none);
        for def in functions {
            d.set_name(def.name(), vm.new_function(def, &name));
        }
    }
}

/// Sets a name in a module.
pub fn add_value(module: &Ref, name: &str, value: Ref) {
    if let Some(d) = namespace(module) {
        d.set_name(name, value);
    }
}

fn fill(d: &DictObj, name: Ref, doc: Ref) {
    d.set_name("__name__", name);
    d.set_name("__doc__", doc);
    d.set_name("__package__", Ref::none());
    d.set_name("__loader__", Ref::none());
    d.set_name("__spec__", Ref::none());
}

fn namespace(m: &Ref) -> Option<&DictObj> {
    m.cast::<ModuleObj>()?.dict.cast::<DictObj>()
}

fn dict_of<'a>(vm: &mut Vm, m: &'a Ref) -> R<&'a DictObj> {
    match namespace(m) {
        Some(d) => Ok(d),
        None => Err(wrong_receiver(vm, "module", m)),
    }
}

static MODULE_INIT: NativeDef = constructor("module(name, doc=None)");

fn module_init(vm: &mut Vm, m: &Ref, args: Args) -> R<()> {
    let a = MODULE_INIT.bind(vm, args)?;
    if !a[0].is_str() {
        let text = format!(
            "module() argument 'name' must be str, not {}",
            vm.type_name(&a[0])
        );
        return Err(vm.type_error(&text));
    }
    let doc = arg(&a, 1).cloned().unwrap_or_else(Ref::none);
    fill(dict_of(vm, m)?, a[0].clone(), doc);
    Ok(())
}

methods! { METHODS;
    "__dir__(self, /)" => |vm, a| {
        let d = dict_of(vm, &a[0])?;
        match d.get_name("__dir__") {
            Some(f) => vm.call(&f, &[]),
            None => Ok(new_list(d.keys())),
        }
    }, "The names in the module, or what a function __dir__ in it says.";
}

getset! { GETSET;
    "__dict__" => |vm, m| {
        dict_of(vm, m)?;
        Ok(m.cast::<ModuleObj>().map_or_else(Ref::none, |m| m.dict.clone()))
    }, readonly, "";
    "__annotations__" => annotations, set_annotations, "";
    "__annotate__" => |vm, m| {
        let d = dict_of(vm, m)?;
        Ok(match d.get_name("__annotate__") {
            Some(f) => f,
            None => {
                d.set_name("__annotate__", Ref::none());
                Ref::none()
            }
        })
    }, set_annotate, "";
}

fn annotations(vm: &mut Vm, m: &Ref) -> R<Ref> {
    let d = dict_of(vm, m)?;
    if let Some(a) = d.get_name("__annotations__") {
        return Ok(a);
    }
    let annotate = d.get_name("__annotate__").unwrap_or_else(Ref::none);
    let result = if vm.is_callable(&annotate) {
        annotations_from(vm, &annotate)?
    } else {
        DictObj::new_dict()
    };
    // While the module's body still runs, more annotations may follow.
    let spec = d.get_name("__spec__").unwrap_or_else(Ref::none);
    if !spec_flag(vm, &spec, "_initializing")? {
        d.set_name("__annotations__", result.clone());
    }
    Ok(result)
}

fn set_annotations(vm: &mut Vm, m: &Ref, v: Option<Ref>) -> R<()> {
    let d = dict_of(vm, m)?;
    match v {
        Some(v) => d.set_name("__annotations__", v),
        None => {
            let name = intern("__annotations__");
            if d.remove_str(&name).is_none() {
                let class = rt().types.attribute_error.clone();
                return Err(vm.raise_new(&class, vec![name]));
            }
        }
    }
    d.remove_str(&intern("__annotate__"));
    Ok(())
}

fn set_annotate(vm: &mut Vm, m: &Ref, v: Option<Ref>) -> R<()> {
    let d = dict_of(vm, m)?;
    let Some(v) = v else {
        return Err(vm.type_error("cannot delete __annotate__ attribute"));
    };
    if !v.is_none() && !vm.is_callable(&v) {
        return Err(vm.type_error("__annotate__ must be callable or None"));
    }
    if !v.is_none() {
        d.remove_str(&intern("__annotations__"));
    }
    d.set_name("__annotate__", v);
    Ok(())
}

fn module_getattr(vm: &mut Vm, m: &Ref, name: &Ref) -> R<Ref> {
    if let Some(v) = vm.generic_getattr_opt(m, name)? {
        return Ok(v);
    }
    let hook = dict_of(vm, m)?.get_name("__getattr__");
    let Some(hook) = hook else {
        return Err(vm.attribute_error(m, name));
    };
    let r = vm.call(&hook, std::slice::from_ref(name));
    if r.is_err()
        && vm.exc_is(&rt().types.attribute_error.clone())
        && let Some(exc) = vm.exc.clone()
        && errors::get_field(&exc, "name").is_none()
        && errors::get_field(&exc, "obj").is_none()
    {
        errors::set_field(&exc, "name", name.clone());
        errors::set_field(&exc, "obj", m.clone());
    }
    r
}

/// An attribute of a module's spec; None if it is absent.
fn spec_attr(vm: &mut Vm, spec: &Ref, name: &str) -> R<Ref> {
    if spec.is_none() {
        return Ok(Ref::none());
    }
    Ok(vm
        .getattr_opt(spec, &intern(name))?
        .unwrap_or_else(Ref::none))
}
fn spec_flag(vm: &mut Vm, spec: &Ref, name: &str) -> R<bool> {
    let v = spec_attr(vm, spec, name)?;
    vm.truthy(&v)
}

/// As `importlib._bootstrap._module_repr` says.
fn module_repr(vm: &mut Vm, m: &Ref) -> R<Ref> {
    let d = dict_of(vm, m)?;
    let get = |name: &str| d.get_name(name);
    let loader = get("__loader__").unwrap_or_else(Ref::none);
    let spec = get("__spec__").unwrap_or_else(Ref::none);
    if !spec.is_none() {
        return spec_repr(vm, &spec);
    }
    let name = get("__name__").unwrap_or_else(|| new_str("?"));
    let name = vm.repr_text(&name)?;
    let text = match get("__file__") {
        Some(f) => format!("<module {name} from {}>", vm.repr_text(&f)?),
        None if loader.is_none() => format!("<module {name}>"),
        None => format!("<module {name} ({})>", vm.repr_text(&loader)?),
    };
    Ok(new_str(&text))
}

fn spec_repr(vm: &mut Vm, spec: &Ref) -> R<Ref> {
    let mut name = spec_attr(vm, spec, "name")?;
    if name.is_none() {
        name = new_str("?");
    }
    let name = vm.repr_text(&name)?;
    let origin = spec_attr(vm, spec, "origin")?;
    let loader = spec_attr(vm, spec, "loader")?;
    let text = if origin.is_none() {
        if loader.is_none() {
            format!("<module {name}>")
        } else if vm.type_name(&loader) == "NamespaceLoader" {
            let path = vm.getattr_str(&loader, "_path")?;
            let path = new_list(vm.collect(&path)?);
            format!("<module {name} (namespace) from {}>", vm.repr_text(&path)?)
        } else {
            format!("<module {name} ({})>", vm.repr_text(&loader)?)
        }
    } else if spec_flag(vm, spec, "has_location")? {
        format!("<module {name} from {}>", vm.repr_text(&origin)?)
    } else {
        format!("<module {name} ({})>", vm.str_text(&origin)?)
    };
    Ok(new_str(&text))
}

impl Vm {
    /// "module 'm' has no attribute 'x'", with a hint where a circular import or a shadowed library may be the reason.
    pub(crate) fn module_attribute_message(&mut self, m: &Ref, name: &Ref) -> String {
        let saved = self.exc.take();
        let text = missing_attribute(self, m, name);
        let plain = || format!("module has no attribute '{}'", name.str_obj().lossy());
        let text = text.unwrap_or_else(|_| plain());
        self.exc = saved;
        text
    }
}

fn missing_attribute(vm: &mut Vm, m: &Ref, name: &Ref) -> R<String> {
    let attr = vm.str_lossy(name);
    let d = dict_of(vm, m)?;
    let Some(module) = d.get_name("__name__").filter(|n| n.is_str()) else {
        return Ok(format!("module has no attribute '{attr}'"));
    };
    let module = vm.str_lossy(&module);
    let plain = format!("module '{module}' has no attribute '{attr}'");
    let spec = d.get_name("__spec__").unwrap_or_else(Ref::none);
    if spec.is_none() {
        return Ok(plain);
    }
    let origin = if spec_flag(vm, &spec, "has_location")? {
        let o = spec_attr(vm, &spec, "origin")?;
        o.is_str().then(|| vm.str_lossy(&o))
    } else {
        None
    };
    let shadowing = match &origin {
        Some(o) => vm.is_possibly_shadowing(o)?,
        None => false,
    };
    if shadowing
        && let Some(o) = &origin
        && vm.is_stdlib_name(&module)?
    {
        return Ok(format!(
            "{plain} (consider renaming '{o}' since it has the same name as the standard library module named '{module}' and prevents importing that standard library module)"
        ));
    }
    if spec_flag(vm, &spec, "_initializing")? {
        return Ok(match origin {
            Some(o) if shadowing => format!(
                "{plain} (consider renaming '{o}' if it has the same name as a library you intended to import)"
            ),
            Some(o) => format!(
                "partially initialized module '{module}' from '{o}' has no attribute '{attr}' (most likely due to a circular import)"
            ),
            None => format!("partially initialized {plain} (most likely due to a circular import)"),
        });
    }
    let pending = spec_attr(vm, &spec, "_uninitialized_submodules")?;
    if !pending.is_none() && vm.contains(&pending, name)? {
        return Ok(format!(
            "cannot access submodule '{attr}' of module '{module}' (most likely due to a circular import)"
        ));
    }
    Ok(plain)
}

impl Vm {
    /// Whether a file lies in the script's own directory (`sys.path[0]`), where it hides libraries of the same name.
    pub(crate) fn is_possibly_shadowing(&mut self, origin: &str) -> R<bool> {
        let Some(path) = self.sys_attr("path") else {
            return Ok(false);
        };
        let Some(first) = path.cast::<ListObj>().and_then(|l| l.at(0)) else {
            return Ok(false);
        };
        if !first.is_str() {
            return Ok(false);
        }
        let mut first = self.str_lossy(&first);
        if first.is_empty() {
            first = match self.host.current_dir() {
                Ok(d) => d.to_string_lossy().into_owned(),
                Err(_) => return Ok(false),
            };
        }
        let root = match origin.rsplit_once('/') {
            Some((dir, "__init__.py")) => dir.rsplit_once('/').map_or("", |(d, _)| d),
            Some((dir, _)) => dir,
            None => "",
        };
        Ok(root == first)
    }
    /// Whether `sys.stdlib_module_names` has the name.
    pub(crate) fn is_stdlib_name(&mut self, name: &str) -> R<bool> {
        match self.sys_attr("stdlib_module_names") {
            Some(names) => self.contains(&names, &new_str(name)),
            None => Ok(false),
        }
    }
}
