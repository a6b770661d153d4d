//! `object`: what every class inherits.

use super::spec::TypeSpec;
use crate::native::{Args, GetSetDef, arg};
use crate::value::header::Kind;
use crate::value::slots::Cmp;
use crate::value::*;
use crate::vm::{new_list, new_str, new_tuple};
use crate::{R, Vm, getset, methods};

pub static SPEC: TypeSpec = TypeSpec {
    name: "object",
    kind: Kind::Object,
    exact: false,
    flags: type_flag::BASE,
    doc: "What every class derives from.\n\nIts instances have no attributes of their own and no state; each is equal to itself alone.",
    methods: METHODS,
    getset: GETSET,
    slots: |s| {
        s.repr.set(Some(|vm, r| Ok(vm.default_repr(r))));
        s.str.set(Some(|vm, r| vm.repr(r)));
        s.hash.set(Some(|_, r| Ok(identity_hash(r))));
        s.getattr.set(Some(|vm, o, n| vm.generic_getattr(o, n)));
        s.setattr
            .set(Some(|vm, o, n, v| vm.generic_setattr(o, n, v)));
        s.richcmp.set(Some(object_richcmp));
        s.new.set(Some(object_new));
        s.init.set(Some(object_init));
    },
};

/// The hash of an object by identity.
pub fn identity_hash(r: &Ref) -> i64 {
    let h = (r.id() >> 4 | r.id() << 60) as i64;
    if h == -1 { -2 } else { h }
}

fn object_richcmp(vm: &mut Vm, a: &Ref, b: &Ref, op: Cmp) -> R<Ref> {
    match op {
        Cmp::Eq if a.is(b) => Ok(Ref::bool(true)),
        Cmp::Ne => {
            // The opposite of `__eq__`, unless that is NotImplemented.
            let Some(f) = a.class().slots.richcmp.get() else {
                return Ok(Ref::not_implemented());
            };
            let r = f(vm, a, b, Cmp::Eq)?;
            if r.is_not_implemented() {
                Ok(r)
            } else {
                Ok(Ref::bool(!vm.truthy(&r)?))
            }
        }
        _ => Ok(Ref::not_implemented()),
    }
}

fn is_object_new(t: &TypeObj) -> bool {
    t.slots
        .new
        .get()
        .is_some_and(|f| std::ptr::fn_addr_eq(f, object_new as slots::CallFn))
}
fn is_object_init(t: &TypeObj) -> bool {
    t.slots
        .init
        .get()
        .is_some_and(|f| std::ptr::fn_addr_eq(f, object_init as slots::InitFn))
}

/// `object.__new__`. Surplus arguments are an error unless `__init__` alone is overridden.
pub fn object_new(vm: &mut Vm, class: &Ref, args: Args) -> R<Ref> {
    let t = super::class::class_arg(vm, class)?;
    if !args.all.is_empty() {
        if !is_object_new(t) {
            return Err(vm.type_error(
                "object.__new__() takes exactly one argument (the type to instantiate)",
            ));
        }
        if is_object_init(t) {
            let text = format!("{}() takes no arguments", vm.class_name(t));
            return Err(vm.type_error(&text));
        }
    }
    if t.has_flag(type_flag::ABSTRACT) {
        return Err(abstract_error(vm, t)?);
    }
    if t.kind != Kind::Object {
        let text = format!(
            "object.__new__({0}) is not safe, use {0}.__new__()",
            vm.class_name(t)
        );
        return Err(vm.type_error(&text));
    }
    Ok(Ref::new_instance(t))
}

fn abstract_error(vm: &mut Vm, t: &TypeObj) -> R<crate::Raised> {
    let names = t
        .namespace()
        .get_name("__abstractmethods__")
        .unwrap_or_else(|| new_tuple(vec![]));
    let mut names: Vec<String> = vm
        .collect(&names)?
        .iter()
        .map(|n| vm.str_lossy(n))
        .collect();
    names.sort();
    let s = if names.len() == 1 { "" } else { "s" };
    let list = names
        .iter()
        .map(|n| format!("'{n}'"))
        .collect::<Vec<_>>()
        .join(", ");
    let text = format!(
        "Can't instantiate abstract class {} without an implementation for abstract method{s} {list}",
        vm.class_name(t)
    );
    Ok(vm.type_error(&text))
}

fn object_init(vm: &mut Vm, r: &Ref, args: Args) -> R<()> {
    if !args.all.is_empty() {
        let t = r.class();
        if !is_object_init(t) {
            return Err(vm.type_error(
                "object.__init__() takes exactly one argument (the instance to initialize)",
            ));
        }
        if is_object_new(t) {
            let text = format!(
                "{}.__init__() takes exactly one argument (the instance to initialize)",
                vm.class_name(t)
            );
            return Err(vm.type_error(&text));
        }
    }
    Ok(())
}

methods! { METHODS;
    "__dir__(self, /)" => object_dir, "A list of the object's attributes' names.";
    "__format__(self, format_spec, /)" => |vm, a| {
        if !a[1].is_str() {
            let text = format!("__format__() argument must be str, not {}", vm.type_name(&a[1]));
            return Err(vm.type_error(&text));
        }
        if a[1].str_obj().nchars() > 0 {
            let text = format!("unsupported format string passed to {}.__format__", vm.type_name(&a[0]));
            return Err(vm.type_error(&text));
        }
        vm.str(&a[0])
    }, "The object as str() shows it; any format_spec but an empty one is refused.";
    class "__init_subclass__(cls, /)" => |_, _| Ok(Ref::none()), "Called for each new class that derives from this one, with the keywords of its class statement. This one does nothing.";
    class "__subclasshook__(cls, object, /)" => |_, _| Ok(Ref::not_implemented()), "Asked by issubclass() for abstract classes: True, False, or NotImplemented to look the usual way.";
    "__sizeof__(self, /)" => |_, _| Ok(crate::vm::new_int(16)), "The memory that the object itself takes, in bytes.";
    "__reduce__(self, /)" => |vm, a| reduce(vm, &a[0], 0), "What pickle needs to make the object anew.";
    "__reduce_ex__(self, protocol, /)" => |vm, a| {
        let protocol = vm.index_size(&a[1])?;
        // An overridden `__reduce__` goes first.
        let name = intern("__reduce__");
        if let Some(f) = vm.lookup(a[0].class(), &name)
            && f.cast::<NativeFunctionObj>().is_none_or(|n| !n.owner.is(&rt().types.object))
        {
            return vm.call_method(&a[0], "__reduce__", &[]);
        }
        reduce(vm, &a[0], protocol)
    }, "What pickle needs to make the object anew, for that version of its protocol.";
    "__getstate__(self, /)" => |vm, a| get_state(vm, &a[0]), "The state that pickle stores by default: __dict__, or a pair with a dict of the slots.";
}

getset! { GETSET;
    "__class__" => |_, r| Ok(class_of(r)), set_class, "the object's class";
}

pub static DICT_GETSET: GetSetDef = GetSetDef {
    name: "__dict__",
    get: |vm, r| match vm.dict_of(r) {
        Some(d) => Ok(d),
        None => {
            let n = intern("__dict__");
            Err(vm.attribute_error(r, &n))
        }
    },
    set: Some(|vm, r, v| match v {
        Some(d) if d.cast::<DictObj>().is_some() => vm.set_dict_of(r, d),
        Some(d) => {
            let text = format!(
                "__dict__ must be set to a dictionary, not a '{}'",
                vm.type_name(&d)
            );
            Err(vm.type_error(&text))
        }
        None => vm.set_dict_of(r, DictObj::new_dict()),
    }),
    doc: "dictionary for instance variables",
};
pub static WEAKREF_GETSET: GetSetDef = GetSetDef {
    name: "__weakref__",
    get: |_, r| {
        Ok(rt()
            .weakrefs_of(r)
            .into_iter()
            .next()
            .unwrap_or_else(Ref::none))
    },
    set: None,
    doc: "",
};

fn object_dir(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let names = DictObj::new_dict();
    let Some(n) = names.cast::<DictObj>() else {
        return Ok(names);
    };
    if let Some(d) = vm.getattr_opt(&a[0], &intern("__dict__"))?
        && let Some(d) = d.cast::<DictObj>()
    {
        for k in d.keys() {
            n.set(vm, &k, Ref::none())?;
        }
    }
    let class = vm.getattr_opt(&a[0], &intern("__class__"))?;
    if let Some(t) = class.as_ref().and_then(|c| c.cast::<TypeObj>()) {
        for c in t.mro.cloned() {
            if let Some(c) = c.cast::<TypeObj>() {
                for k in c.namespace().keys() {
                    n.set(vm, &k, Ref::none())?;
                }
            }
        }
    }
    Ok(new_list(n.keys()))
}

fn set_class(vm: &mut Vm, r: &Ref, v: Option<Ref>) -> R<()> {
    let Some(v) = v else {
        return Err(vm.type_error("can't delete __class__ attribute"));
    };
    let Some(new) = v.cast::<TypeObj>() else {
        let text = format!(
            "__class__ must be set to a class, not '{}' object",
            vm.type_name(&v)
        );
        return Err(vm.type_error(&text));
    };
    let old = r.class();
    let both_modules = old.kind == Kind::Module && new.kind == Kind::Module;
    if !both_modules && (!old.has_flag(type_flag::HEAP) || !new.has_flag(type_flag::HEAP)) {
        return Err(vm.type_error(
            "__class__ assignment only supported for mutable types or ModuleType subclasses",
        ));
    }
    let compatible = old.kind == new.kind
        && old.fixed_slots == new.fixed_slots
        && old.has_flag(type_flag::HAS_DICT) == new.has_flag(type_flag::HAS_DICT)
        && (old.fixed_slots == 0 || same_slots(vm, old, new));
    if !compatible {
        let text = format!(
            "__class__ assignment: '{}' object layout differs from '{}'",
            vm.class_name(new),
            vm.class_name(old)
        );
        return Err(vm.type_error(&text));
    }
    let Some(shape) = r.shape() else {
        return Ok(());
    };
    if both_modules {
        r.set_shape(new.instance_shape());
        return Ok(());
    }
    // Attributes go to a dict, whose shape the new class makes for this layout.
    if shape.flags & crate::value::shape::shape_flag::NO_DICT == 0 {
        vm.dict_of(r);
    }
    let Some(from) = r.shape() else { return Ok(()) };
    let mut shape = crate::value::shape::Shape::new(from.kind, v.value(), from.flags);
    if new.has_flag(type_flag::HAS_DEL) {
        shape.flags |= crate::value::shape::shape_flag::FINALIZE;
    }
    shape.ext_offset = from.ext_offset;
    shape.capacity = from.capacity;
    shape.fixed = from.fixed;
    let to = rt().add_shape(shape);
    new.shapes.borrow_mut().push(to.id);
    r.set_shape(to);
    Ok(())
}

fn same_slots(vm: &Vm, a: &TypeObj, b: &TypeObj) -> bool {
    let names = |t: &TypeObj| {
        let mut v: Vec<(u16, u64)> = Vec::new();
        for c in t.mro.get(vm) {
            if let Some(c) = c.cast::<TypeObj>() {
                for (k, m) in c.namespace().items() {
                    if let Some(m) = m.cast::<MemberObj>().filter(|m| m.def.is_none()) {
                        v.push((m.index, k.id()));
                    }
                }
            }
        }
        v.sort();
        v
    };
    names(a) == names(b)
}

/// State for pickling: the dict, with slots beside it where there are any.
fn get_state(vm: &mut Vm, r: &Ref) -> R<Ref> {
    let dict = match vm.attributes_of(r) {
        Some(d) => Some(d),
        None => vm.getattr_opt(r, &intern("__dict__"))?,
    };
    let dict = match dict {
        Some(d) if d.cast::<DictObj>().is_some_and(|d| !d.is_empty()) => d,
        _ => Ref::none(),
    };
    if r.class().fixed_slots == 0 {
        return Ok(dict);
    }
    let slots = DictObj::new_dict();
    let mut any = false;
    for c in r.class().mro.cloned() {
        let Some(c) = c.cast::<TypeObj>() else {
            continue;
        };
        for (k, m) in c.namespace().items() {
            if m.cast::<MemberObj>().is_some_and(|m| m.def.is_none())
                && let Some(v) = vm.getattr_opt(r, &k)?
                && let Some(s) = slots.cast::<DictObj>()
            {
                s.set(vm, &k, v)?;
                any = true;
            }
        }
    }
    Ok(if any {
        new_tuple(vec![dict, slots])
    } else {
        dict
    })
}

fn reduce(vm: &mut Vm, r: &Ref, protocol: isize) -> R<Ref> {
    let copyreg = vm.import("copyreg")?;
    if protocol < 2 {
        return vm.call_method(
            &copyreg,
            "_reduce_ex",
            &[r.clone(), crate::vm::new_int(protocol as i64)],
        );
    }
    // Protocol 2 and up: copyreg.__newobj__(cls, *args), state, list items, dict items.
    let mut args = vec![class_of(r)];
    let mut newobj = "__newobj__";
    let mut kwargs = Ref::none();
    if let Some(f) = vm.getattr_opt(r, &intern("__getnewargs_ex__"))? {
        let pair = vm.call(&f, &[])?;
        match pair.tuple_items() {
            Some([a, k]) => {
                args.extend(vm.collect(a)?);
                if k.cast::<DictObj>().is_some_and(|d| !d.is_empty()) {
                    newobj = "__newobj_ex__";
                    kwargs = k.clone();
                }
            }
            _ => {
                let text = format!(
                    "__getnewargs_ex__ should return a tuple, not '{}'",
                    vm.type_name(&pair)
                );
                return Err(vm.type_error(&text));
            }
        }
    } else if let Some(f) = vm.getattr_opt(r, &intern("__getnewargs__"))? {
        let a = vm.call(&f, &[])?;
        if a.tuple_items().is_none() {
            let text = format!(
                "__getnewargs__ should return a tuple, not '{}'",
                vm.type_name(&a)
            );
            return Err(vm.type_error(&text));
        }
        args.extend(vm.collect(&a)?);
    } else if !matches!(
        r.class().kind,
        Kind::Object
            | Kind::List
            | Kind::Dict
            | Kind::Set
            | Kind::Exception
            | Kind::Native
            | Kind::Module
    ) || (r.class().kind == Kind::Native && !r.class().has_flag(type_flag::HEAP))
    {
        let name = vm.type_name(r);
        // Objects of varying size are worded differently.
        let text = match name.as_str() {
            "memoryview" | "code" => format!("cannot pickle {name} objects"),
            _ => format!("cannot pickle '{name}' object"),
        };
        return Err(vm.type_error(&text));
    }
    let state = vm.call_method(r, "__getstate__", &[])?;
    let list_items = if r.cast::<ListObj>().is_some() {
        vm.iter(r)?
    } else {
        Ref::none()
    };
    let dict_items = if r.cast::<DictObj>().is_some() {
        let items = vm.call_method(r, "items", &[])?;
        vm.iter(&items)?
    } else {
        Ref::none()
    };
    let f = vm.getattr_str(&copyreg, newobj)?;
    let args = if newobj == "__newobj_ex__" {
        let class = args.remove(0);
        vec![class, new_tuple(args), kwargs]
    } else {
        args
    };
    Ok(new_tuple(vec![
        f,
        new_tuple(args),
        state,
        list_items,
        dict_items,
    ]))
}

/// `cls.__annotations__` (PEP 649): computed by `__annotate__` when first asked for.
pub(crate) fn class_annotations(vm: &mut Vm, c: &Ref) -> R<Ref> {
    let t = super::class::class_arg(vm, c)?;
    if c.is(&rt().types.type_) {
        let n = intern("__annotations__");
        return Err(vm.attribute_error(c, &n));
    }
    let ns = t.namespace();
    for name in ["__annotations__", "__annotations_cache__"] {
        if let Some(a) = ns.get_name(name) {
            return match a.class().slots.descr_get.get() {
                Some(get) => get(vm, &a, &Ref::UNDEFINED, c),
                None => Ok(a),
            };
        }
    }
    if !t.has_flag(type_flag::HEAP) {
        let n = intern("__annotations__");
        return Err(vm.attribute_error(c, &n));
    }
    let annotate = class_annotate(vm, c)?;
    let result = if annotate.is_none() {
        DictObj::new_dict()
    } else {
        let r = vm.call(&annotate, &[crate::vm::new_int(1)])?;
        if r.cast::<DictObj>().is_none() {
            let text = format!(
                "__annotate__ returned non-dict of type '{}'",
                vm.type_name(&r)
            );
            return Err(vm.type_error(&text));
        }
        r
    };
    ns.set_name("__annotations_cache__", result.clone());
    vm.type_modified(t);
    Ok(result)
}
pub(crate) fn set_class_annotations(vm: &mut Vm, c: &Ref, v: Option<Ref>) -> R<()> {
    let t = super::class::class_arg(vm, c)?;
    if !t.has_flag(type_flag::HEAP) {
        let text = format!(
            "cannot set '__annotations__' attribute of immutable type '{}'",
            vm.class_name(t)
        );
        return Err(vm.type_error(&text));
    }
    let ns = t.namespace();
    let had = ns.remove_str(&intern("__annotations_cache__")).is_some();
    match v {
        Some(v) => ns.set_name("__annotations__", v),
        None => {
            if ns.remove_str(&intern("__annotations__")).is_none() && !had {
                let n = intern("__annotations__");
                return Err(vm.attribute_error(c, &n));
            }
        }
    }
    ns.remove_str(&intern("__annotate_func__"));
    ns.remove_str(&intern("__annotate__"));
    vm.type_modified(t);
    Ok(())
}
pub(crate) fn class_annotate(vm: &mut Vm, c: &Ref) -> R<Ref> {
    let t = super::class::class_arg(vm, c)?;
    if !t.has_flag(type_flag::HEAP) {
        let n = intern("__annotate__");
        return Err(vm.attribute_error(c, &n));
    }
    let ns = t.namespace();
    for name in ["__annotate_func__", "__annotate__"] {
        if let Some(a) = ns.get_name(name) {
            return match a.class().slots.descr_get.get() {
                Some(get) => get(vm, &a, &Ref::UNDEFINED, c),
                None => Ok(a),
            };
        }
    }
    Ok(Ref::none())
}
pub(crate) fn set_class_annotate(vm: &mut Vm, c: &Ref, v: Option<Ref>) -> R<()> {
    let t = super::class::class_arg(vm, c)?;
    let Some(v) = v else {
        return Err(vm.type_error("cannot delete __annotate__ attribute"));
    };
    if !t.has_flag(type_flag::HEAP) {
        let text = format!(
            "cannot set '__annotate__' attribute of immutable type '{}'",
            vm.class_name(t)
        );
        return Err(vm.type_error(&text));
    }
    if !v.is_none() && !vm.is_callable(&v) {
        return Err(vm.type_error("__annotate__ must be callable or None"));
    }
    let ns = t.namespace();
    if !v.is_none() {
        ns.remove_str(&intern("__annotations_cache__"));
    }
    ns.set_name("__annotate_func__", v);
    vm.type_modified(t);
    Ok(())
}

#[allow(unused)]
fn text(s: &str) -> Ref {
    let _ = arg;
    new_str(s)
}
