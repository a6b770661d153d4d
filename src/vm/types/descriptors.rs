//! Descriptors of attributes: `property`, `classmethod`, `staticmethod`, `getset_descriptor`, `member_descriptor`.

use super::builtin_function::{doesnt_apply, reduce_method, wrong_receiver};
use super::function::{bind, constructor};
use super::object::DICT_GETSET;
use super::spec::TypeSpec;
use crate::native::{Args, GetSetDef, NativeDef, arg};
use crate::value::header::Kind;
use crate::value::*;
use crate::vm::new_str;
use crate::{R, Vm, getset, methods};

pub static CLASSMETHOD: TypeSpec = TypeSpec {
    name: "classmethod",
    kind: Kind::ClassMethod,
    exact: true,
    flags: type_flag::BASE | type_flag::HAS_DICT,
    doc: "Turns a function into a class method: its first argument is the class, whether it is looked up on the class or an instance.\n\nUse it as a decorator.",
    methods: WRAPPER_METHODS,
    getset: WRAPPER_GETSET,
    slots: |s| {
        s.repr.set(Some(|vm, r| wrapper_repr(vm, r, "classmethod")));
        s.new.set(Some(|_, class, _| {
            Ok(Ref::new_of(
                class,
                ClassMethodObj {
                    func: Guarded::new(Ref::none()),
                    dict: Guarded::default(),
                },
            ))
        }));
        s.init
            .set(Some(|vm, r, args| wrapper_init(vm, r, args, "classmethod")));
        s.descr_get.set(Some(|vm, r, obj, class| {
            let func = wrapped(vm, r)?;
            let class = if class.is_none() || class.is_undefined() {
                class_of(obj)
            } else {
                class.clone()
            };
            Ok(bind(&func, &class))
        }));
    },
};

pub static STATICMETHOD: TypeSpec = TypeSpec {
    name: "staticmethod",
    kind: Kind::StaticMethod,
    exact: true,
    flags: type_flag::BASE | type_flag::HAS_DICT,
    doc: "Keeps a function in a class as it is: looked up there, it gets no first argument of its own.\n\nUse it as a decorator.",
    methods: WRAPPER_METHODS,
    getset: WRAPPER_GETSET,
    slots: |s| {
        s.repr
            .set(Some(|vm, r| wrapper_repr(vm, r, "staticmethod")));
        s.new.set(Some(|_, class, _| {
            Ok(Ref::new_of(
                class,
                StaticMethodObj {
                    func: Guarded::new(Ref::none()),
                    dict: Guarded::default(),
                },
            ))
        }));
        s.init.set(Some(|vm, r, args| {
            wrapper_init(vm, r, args, "staticmethod")
        }));
        s.call.set(Some(|vm, r, args| {
            let func = wrapped(vm, r)?;
            vm.call_args(&func, args)
        }));
        s.descr_get.set(Some(|vm, r, _, _| wrapped(vm, r)));
    },
};

pub static PROPERTY: TypeSpec = TypeSpec {
    name: "property",
    kind: Kind::Property,
    exact: true,
    flags: type_flag::BASE,
    doc: "An attribute whose getting, setting and deleting call functions.\n\nAs a decorator it makes the getter; @name.setter and @name.deleter in the class add the others. The docstring is\nthe getter's unless doc is given.",
    methods: PROPERTY_METHODS,
    getset: PROPERTY_GETSET,
    slots: |s| {
        s.new.set(Some(|_, class, _| {
            Ok(Ref::new_of(class, PropertyObj::default()))
        }));
        s.init.set(Some(property_init));
        s.descr_get.set(Some(property_get));
        s.descr_set.set(Some(property_set));
    },
};

pub static GETSET_DESCRIPTOR: TypeSpec = TypeSpec {
    name: "getset_descriptor",
    kind: Kind::GetSet,
    exact: true,
    flags: type_flag::NO_NEW,
    methods: DESCRIPTOR_METHODS,
    getset: DESCRIPTOR_GETSET,
    slots: |s| {
        s.repr.set(Some(|vm, r| {
            let (owner, name) = owner_and_name(vm, r)?;
            let class = class_name_of(vm, &owner);
            Ok(new_str(&format!(
                "<attribute '{name}' of '{class}' objects>"
            )))
        }));
        s.descr_get.set(Some(getset_get));
        s.descr_set.set(Some(getset_set));
    },
    ..TypeSpec::DEFAULT
};

pub static MEMBER_DESCRIPTOR: TypeSpec = TypeSpec {
    name: "member_descriptor",
    kind: Kind::Member,
    exact: true,
    flags: type_flag::NO_NEW,
    methods: DESCRIPTOR_METHODS,
    getset: DESCRIPTOR_GETSET,
    slots: |s| {
        s.repr.set(Some(|vm, r| {
            let (owner, name) = owner_and_name(vm, r)?;
            let class = class_name_of(vm, &owner);
            Ok(new_str(&format!("<member '{name}' of '{class}' objects>")))
        }));
        s.descr_get.set(Some(member_get));
        s.descr_set.set(Some(member_set));
    },
    ..TypeSpec::DEFAULT
};

/// The descriptor of a builtin class's attribute. Those that the reference has as read-only members of a C structure are
/// of the same class as slots.
pub(crate) fn builtin_attribute(def: &'static GetSetDef, class: &Ref) -> Ref {
    let owner = class.clone();
    let member = def.set.is_some_and(|set| {
        [readonly, super::range::read_only]
            .iter()
            .any(|&f| std::ptr::fn_addr_eq(set, f as fn(&mut Vm, &Ref, Option<Ref>) -> R<()>))
    });
    if member {
        Ref::new(MemberObj {
            name: intern(def.name),
            owner,
            index: u16::MAX,
            def: Some(def),
        })
    } else {
        Ref::new(GetSetObj { def, owner })
    }
}

/// The setter of attributes that the reference declares as read-only members.
pub(crate) fn readonly(vm: &mut Vm, _: &Ref, _: Option<Ref>) -> R<()> {
    let class = rt().types.attribute_error.clone();
    Err(vm.error(&class, "readonly attribute"))
}

fn class_name_of(vm: &Vm, owner: &Ref) -> String {
    owner
        .cast::<TypeObj>()
        .map_or_else(|| "?".into(), |t| vm.class_name(t))
}

/// `Class.name` for an attribute of a builtin class.
pub(crate) fn qualified_member_name(vm: &Vm, owner: &Ref, name: &str) -> Ref {
    match owner.cast::<TypeObj>() {
        Some(t) => new_str(&format!("{}.{name}", vm.str_lossy(&t.qualname.cloned()))),
        None => new_str(name),
    }
}

// `getset_descriptor` and `member_descriptor`.

methods! { DESCRIPTOR_METHODS;
    "__reduce__(self, /)" => |vm, a| {
        let (owner, name) = owner_and_name(vm, &a[0])?;
        reduce_method(vm, &owner, new_str(&name))
    }, "";
}

getset! { DESCRIPTOR_GETSET;
    "__name__" => |vm, r| Ok(new_str(&owner_and_name(vm, r)?.1)), readonly, "";
    "__objclass__" => |vm, r| Ok(owner_and_name(vm, r)?.0), readonly, "";
    "__qualname__" => |vm, r| {
        let (owner, name) = owner_and_name(vm, r)?;
        Ok(qualified_member_name(vm, &owner, &name))
    }, "";
    "__doc__" => |_, r| {
        let def = match r.cast::<GetSetObj>() {
            Some(g) => Some(g.def),
            None => r.cast::<MemberObj>().and_then(|m| m.def),
        };
        Ok(match def {
            Some(d) if !d.doc.is_empty() => new_str(d.doc),
            _ => Ref::none(),
        })
    }, "";
}

fn owner_and_name(vm: &mut Vm, r: &Ref) -> R<(Ref, String)> {
    if let Some(g) = r.cast::<GetSetObj>() {
        return Ok((g.owner.clone(), g.def.name.into()));
    }
    match r.cast::<MemberObj>() {
        Some(m) => Ok((m.owner.clone(), vm.str_lossy(&m.name))),
        None => Err(wrong_receiver(vm, "getset_descriptor", r)),
    }
}

fn getset<'a>(vm: &mut Vm, r: &'a Ref) -> R<&'a GetSetObj> {
    match r.cast::<GetSetObj>() {
        Some(g) => Ok(g),
        None => Err(wrong_receiver(vm, "getset_descriptor", r)),
    }
}
fn member<'a>(vm: &mut Vm, r: &'a Ref) -> R<&'a MemberObj> {
    match r.cast::<MemberObj>() {
        Some(m) => Ok(m),
        None => Err(wrong_receiver(vm, "member_descriptor", r)),
    }
}

fn getset_get(vm: &mut Vm, d: &Ref, obj: &Ref, _: &Ref) -> R<Ref> {
    if obj.is_undefined() {
        return Ok(d.clone());
    }
    let g = getset(vm, d)?;
    if !obj.class().is_subtype(&g.owner) {
        return Err(doesnt_apply(vm, g.def.name, &g.owner, obj));
    }
    (g.def.get)(vm, obj)
}

fn getset_set(vm: &mut Vm, d: &Ref, obj: &Ref, value: Option<Ref>) -> R<()> {
    let g = getset(vm, d)?;
    if !obj.class().is_subtype(&g.owner) {
        return Err(doesnt_apply(vm, g.def.name, &g.owner, obj));
    }
    match g.def.set {
        Some(set) => set(vm, obj, value),
        None => {
            let text = format!(
                "attribute '{}' of '{}' objects is not writable",
                g.def.name,
                class_name_of(vm, &g.owner)
            );
            let class = rt().types.attribute_error.clone();
            Err(vm.error(&class, &text))
        }
    }
}

/// The object's shape, if it is an instance of the class that has the slot.
fn slot_shape(vm: &mut Vm, m: &MemberObj, obj: &Ref) -> R<&'static shape::Shape> {
    match obj.shape() {
        Some(s) if obj.class().is_subtype(&m.owner) && m.index < s.fixed => Ok(s),
        _ => {
            let name = vm.str_lossy(&m.name);
            Err(doesnt_apply(vm, &name, &m.owner, obj))
        }
    }
}

fn member_get(vm: &mut Vm, d: &Ref, obj: &Ref, _: &Ref) -> R<Ref> {
    if obj.is_undefined() {
        return Ok(d.clone());
    }
    let m = member(vm, d)?;
    if let Some(def) = m.def {
        if !obj.class().is_subtype(&m.owner) {
            return Err(doesnt_apply(vm, def.name, &m.owner, obj));
        }
        return (def.get)(vm, obj);
    }
    let shape = slot_shape(vm, m, obj)?;
    let value = obj.slot(shape, m.index);
    if value.is_undefined() {
        return Err(vm.attribute_error(obj, &m.name));
    }
    Ok(value)
}

fn member_set(vm: &mut Vm, d: &Ref, obj: &Ref, value: Option<Ref>) -> R<()> {
    let m = member(vm, d)?;
    if let Some(def) = m.def {
        if !obj.class().is_subtype(&m.owner) {
            return Err(doesnt_apply(vm, def.name, &m.owner, obj));
        }
        return readonly(vm, obj, value);
    }
    let shape = slot_shape(vm, m, obj)?;
    match value {
        Some(v) => drop(obj.set_slot(shape, m.index, v)),
        None => {
            if obj.set_slot(shape, m.index, Ref::UNDEFINED).is_undefined() {
                let class = rt().types.attribute_error.clone();
                return Err(vm.raise_new(&class, vec![m.name.clone()]));
            }
        }
    }
    Ok(())
}

// `classmethod` and `staticmethod`.

methods! { WRAPPER_METHODS;
    class "__class_getitem__(cls, object, /)" => |vm, a| super::generic_alias::new_alias(vm, &a[0], &a[1]), "";
}

getset! { WRAPPER_GETSET;
    "__func__" => wrapped, readonly, "";
    "__wrapped__" => wrapped, readonly, "";
    "__isabstractmethod__" => |vm, r| {
        let f = wrapped(vm, r)?;
        Ok(Ref::bool(is_abstract(vm, &f)?))
    }, "";
    "__dict__" => DICT_GETSET.get, set_wrapper_dict, "";
    "__annotations__" => |vm, r| copied_attr(vm, r, "__annotations__"), set_wrapper_annotations, "";
    "__annotate__" => |vm, r| copied_attr(vm, r, "__annotate__"), set_wrapper_annotate, "";
}

fn set_wrapper_dict(vm: &mut Vm, r: &Ref, v: Option<Ref>) -> R<()> {
    super::function::set_function_dict(vm, r, v)
}

fn set_wrapper_annotations(vm: &mut Vm, r: &Ref, v: Option<Ref>) -> R<()> {
    set_copied_attr(vm, r, v, "__annotations__")
}

fn set_wrapper_annotate(vm: &mut Vm, r: &Ref, v: Option<Ref>) -> R<()> {
    set_copied_attr(vm, r, v, "__annotate__")
}

fn wrapped(vm: &mut Vm, r: &Ref) -> R<Ref> {
    if let Some(c) = r.cast::<ClassMethodObj>() {
        return Ok(c.func.cloned());
    }
    match r.cast::<StaticMethodObj>() {
        Some(s) => Ok(s.func.cloned()),
        None => Err(wrong_receiver(vm, "classmethod", r)),
    }
}

fn wrapper_repr(vm: &mut Vm, r: &Ref, name: &str) -> R<Ref> {
    let func = wrapped(vm, r)?;
    let inner = vm.repr(&func)?;
    let mut out = format!("<{name}(").into_bytes();
    out.extend_from_slice(inner.str_obj().bytes());
    out.extend_from_slice(b")>");
    Ok(StrObj::make(&out))
}

fn wrapper_init(vm: &mut Vm, r: &Ref, args: Args, name: &str) -> R<()> {
    if args.has_kw() {
        return Err(vm.type_error(&format!("{name}() takes no keyword arguments")));
    }
    let [func] = args.all else {
        let n = args.all.len();
        return Err(vm.type_error(&format!("{name} expected 1 argument, got {n}")));
    };
    let func = func.clone();
    if let Some(c) = r.cast::<ClassMethodObj>() {
        c.func.set(func.clone());
    } else if let Some(s) = r.cast::<StaticMethodObj>() {
        s.func.set(func.clone());
    }
    // As `functools.wraps` does; annotations follow when they are asked for.
    for name in ["__module__", "__name__", "__qualname__", "__doc__"] {
        let name = intern(name);
        if let Some(v) = vm.getattr_opt(&func, &name)? {
            vm.setattr(r, &name, Some(v))?;
        }
    }
    Ok(())
}

/// An attribute of the wrapped function, kept in the wrapper from the first time on.
fn copied_attr(vm: &mut Vm, r: &Ref, name: &str) -> R<Ref> {
    let dict = vm.dict_of(r).unwrap_or_default();
    if let Some(v) = dict.cast::<DictObj>().and_then(|d| d.get_name(name)) {
        return Ok(v);
    }
    let func = wrapped(vm, r)?;
    let v = vm.getattr_str(&func, name)?;
    if let Some(d) = dict.cast::<DictObj>() {
        d.set_name(name, v.clone());
    }
    Ok(v)
}
fn set_copied_attr(vm: &mut Vm, r: &Ref, v: Option<Ref>, name: &str) -> R<()> {
    let dict = vm.dict_of(r).unwrap_or_default();
    let Some(d) = dict.cast::<DictObj>() else {
        return Ok(());
    };
    match v {
        Some(v) => d.set_name(name, v),
        None => {
            let name = intern(name);
            if d.remove_str(&name).is_none() {
                return Err(vm.attribute_error(r, &name));
            }
        }
    }
    Ok(())
}

/// Whether a function says of itself that it is abstract.
fn is_abstract(vm: &mut Vm, f: &Ref) -> R<bool> {
    if f.is_undefined() || f.is_none() {
        return Ok(false);
    }
    match vm.getattr_opt(f, &intern("__isabstractmethod__"))? {
        Some(v) => vm.truthy(&v),
        None => Ok(false),
    }
}

// `property`.

methods! { PROPERTY_METHODS;
    "getter(self, object, /)" => |vm, a| property_copy(vm, &a[0], Some(&a[1]), None, None), "A copy of the property with another getter.";
    "setter(self, object, /)" => |vm, a| property_copy(vm, &a[0], None, Some(&a[1]), None), "A copy of the property with another setter.";
    "deleter(self, object, /)" => |vm, a| property_copy(vm, &a[0], None, None, Some(&a[1])), "A copy of the property with another deleter.";
    var "__set_name__(self, owner, name, /)" => |vm, args| {
        let n = args.all.len() - 1;
        if n != 2 {
            let text = format!("__set_name__() takes 2 positional arguments but {n} were given");
            return Err(vm.type_error(&text));
        }
        property(vm, &args.all[0])?.name.set(args.all[2].clone());
        Ok(Ref::none())
    }, "Tells the property its name in the class.";
}

getset! { PROPERTY_GETSET;
    "fget" => |vm, r| Ok(or_none(property(vm, r)?.get.cloned())), readonly, "";
    "fset" => |vm, r| Ok(or_none(property(vm, r)?.set.cloned())), readonly, "";
    "fdel" => |vm, r| Ok(or_none(property(vm, r)?.del.cloned())), readonly, "";
    "__doc__" => |vm, r| Ok(or_none(property(vm, r)?.doc.cloned())), set_property_doc, "";
    "__name__" => |vm, r| {
        let n = intern("__name__");
        match property_name(vm, r)? {
            Some(name) => Ok(name),
            None => Err(vm.attribute_error(r, &n)),
        }
    }, set_property_name, "";
    "__isabstractmethod__" => |vm, r| {
        let p = property(vm, r)?;
        for f in [p.get.cloned(), p.set.cloned(), p.del.cloned()] {
            if is_abstract(vm, &f)? {
                return Ok(Ref::bool(true));
            }
        }
        Ok(Ref::bool(false))
    }, "";
}

fn set_property_doc(vm: &mut Vm, r: &Ref, v: Option<Ref>) -> R<()> {
    property(vm, r)?.doc.set(v.unwrap_or_default());
    Ok(())
}

fn set_property_name(vm: &mut Vm, r: &Ref, v: Option<Ref>) -> R<()> {
    property(vm, r)?.name.set(v.unwrap_or_default());
    Ok(())
}

fn or_none(r: Ref) -> Ref {
    if r.is_undefined() { Ref::none() } else { r }
}

fn property<'a>(vm: &mut Vm, r: &'a Ref) -> R<&'a PropertyObj> {
    match r.cast::<PropertyObj>() {
        Some(p) => Ok(p),
        None => Err(wrong_receiver(vm, "property", r)),
    }
}

/// The name that `__set_name__` gave, or that of the getter.
fn property_name(vm: &mut Vm, r: &Ref) -> R<Option<Ref>> {
    let p = property(vm, r)?;
    let name = p.name.cloned();
    if !name.is_undefined() {
        return Ok(Some(name));
    }
    let get = p.get.cloned();
    if get.is_undefined() {
        return Ok(None);
    }
    vm.getattr_opt(&get, &intern("__name__"))
}

static PROPERTY_NEW: NativeDef = constructor("property(fget=None, fset=None, fdel=None, doc=None)");

fn property_init(vm: &mut Vm, r: &Ref, args: Args) -> R<()> {
    let a = PROPERTY_NEW.bind(vm, args)?;
    let p = property(vm, r)?;
    let given = |i: usize| arg(&a, i).filter(|v| !v.is_none()).cloned();
    let get = given(0);
    p.get.set(get.clone().unwrap_or_default());
    p.set.set(given(1).unwrap_or_default());
    p.del.set(given(2).unwrap_or_default());
    p.doc.set(Ref::UNDEFINED);
    p.getter_doc.set(false);
    p.name.set(Ref::UNDEFINED);
    let mut doc = given(3);
    if doc.is_none()
        && let Some(get) = &get
    {
        doc = vm
            .getattr_opt(get, &intern("__doc__"))?
            .filter(|d| !d.is_none());
        p.getter_doc.set(doc.is_some());
    }
    if r.exact::<PropertyObj>().is_some() {
        p.doc.set(doc.unwrap_or_default());
        return Ok(());
    }
    // A subclass has its own `__doc__`, which would hide the payload's.
    let set = vm.setattr(r, &intern("__doc__"), Some(doc.unwrap_or_else(Ref::none)));
    let class = rt().types.attribute_error.clone();
    if set.is_err() && (p.getter_doc.get() || !vm.exc_is(&class)) {
        return set;
    }
    vm.exc = None;
    Ok(())
}

fn property_copy(
    vm: &mut Vm,
    r: &Ref,
    get: Option<&Ref>,
    set: Option<&Ref>,
    del: Option<&Ref>,
) -> R<Ref> {
    let p = property(vm, r)?;
    let pick = |new: Option<&Ref>, old: &Guarded<Ref>| match new {
        Some(n) if !n.is_none() => n.clone(),
        _ => or_none(old.cloned()),
    };
    let (g, s, d) = (pick(get, &p.get), pick(set, &p.set), pick(del, &p.del));
    let doc = if p.getter_doc.get() && !g.is_none() {
        Ref::none()
    } else {
        or_none(p.doc.cloned())
    };
    let name = p.name.cloned();
    let class = class_of(r);
    let copy = vm.call(&class, &[g, s, d, doc])?;
    if let Some(c) = copy.cast::<PropertyObj>() {
        c.name.set(name);
    }
    Ok(copy)
}

fn property_get(vm: &mut Vm, d: &Ref, obj: &Ref, _: &Ref) -> R<Ref> {
    if obj.is_undefined() {
        return Ok(d.clone());
    }
    let get = property(vm, d)?.get.cloned();
    if get.is_undefined() {
        return Err(property_error(vm, d, obj, "getter")?);
    }
    vm.call(&get, std::slice::from_ref(obj))
}

fn property_set(vm: &mut Vm, d: &Ref, obj: &Ref, value: Option<Ref>) -> R<()> {
    let p = property(vm, d)?;
    match value {
        Some(v) => {
            let set = p.set.cloned();
            if set.is_undefined() {
                return Err(property_error(vm, d, obj, "setter")?);
            }
            vm.call(&set, &[obj.clone(), v])?;
        }
        None => {
            let del = p.del.cloned();
            if del.is_undefined() {
                return Err(property_error(vm, d, obj, "deleter")?);
            }
            vm.call(&del, std::slice::from_ref(obj))?;
        }
    }
    Ok(())
}

fn property_error(vm: &mut Vm, d: &Ref, obj: &Ref, what: &str) -> R<crate::Raised> {
    let qualname = vm.str_lossy(&obj.class().qualname.cloned());
    let text = match property_name(vm, d)? {
        Some(name) => {
            let name = vm.repr_text(&name)?;
            format!("property {name} of '{qualname}' object has no {what}")
        }
        None => format!("property of '{qualname}' object has no {what}"),
    };
    let class = rt().types.attribute_error.clone();
    Ok(vm.error(&class, &text))
}
