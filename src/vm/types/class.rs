//! `type`: making classes (class statements end here), calling them, their attributes.

use super::descriptors::readonly;
use super::spec::{TypeSpec, new_type_payload, refresh_access_flags};
use crate::native::{Args, DefKind, NativeDef, arg};
use crate::protocol::slot_table::fix_slots;
use crate::value::header::Kind;
use crate::value::*;
use crate::vm::{new_list, new_str, new_tuple};
use crate::{R, Vm, getset, methods};

pub static SPEC: TypeSpec = TypeSpec {
    name: "type",
    kind: Kind::Type,
    exact: true,
    flags: type_flag::BASE | type_flag::HAS_DICT,
    doc: "With one argument, its class. With three, makes a class from a name, bases and a dict of attributes.\n\nThat is also what a class statement calls, with its keywords, unless it has another metaclass.",
    methods: METHODS,
    getset: GETSET,
    slots: |s| {
        s.repr.set(Some(type_repr));
        s.call.set(Some(type_call));
        s.getattr.set(Some(|vm, c, n| vm.type_getattr(c, n)));
        s.setattr.set(Some(|vm, c, n, v| vm.type_setattr(c, n, v)));
        s.new.set(Some(type_new));
        s.init.set(Some(type_init));
        s.binary[slots::BinOp::Or as usize].set(Some(super::generic_alias::union_or));
    },
};

methods! { METHODS;
    "mro(self, /)" => |vm, a| {
        let t = class_arg(vm, &a[0])?;
        let m = linearise(vm, &a[0], t)?;
        Ok(new_list(m))
    }, "Finds the order in which a class and its bases are searched for attributes.";
    "__subclasses__(self, /)" => |vm, a| {
        let t = class_arg(vm, &a[0])?;
        let subs: Vec<Ref> = t.subclasses.borrow().iter().map(|v| v.to_ref()).collect();
        Ok(new_list(subs))
    }, "The classes that derive directly from this one, oldest first.";
    "__instancecheck__(self, instance, /)" => |vm, a| Ok(Ref::bool(vm.real_isinstance(&a[1], &a[0])?)), "Whether the object is an instance of the class.";
    "__subclasscheck__(self, subclass, /)" => |vm, a| Ok(Ref::bool(vm.real_issubclass(&a[1], &a[0])?)), "Whether the other class derives from this one.";
    "__dir__(self, /)" => |vm, a| {
        let t = class_arg(vm, &a[0])?;
        let names = DictObj::new_dict();
        let mro = t.mro.cloned();
        for c in mro.iter().rev() {
            if let (Some(c), Some(n)) = (c.cast::<TypeObj>(), names.cast::<DictObj>()) {
                for k in c.namespace().keys() {
                    n.set(vm, &k, Ref::none())?;
                }
            }
        }
        Ok(new_list(names.cast::<DictObj>().map(|d| d.keys()).unwrap_or_default()))
    }, "The names of the attributes of a class and its bases.";
    class var "__prepare__(cls, name, bases, /, **kwds)" => |_, _| Ok(DictObj::new_dict()), "The mapping in which a class statement collects its names.";
    "__sizeof__(self, /)" => |_, _| Ok(crate::vm::new_int(1064)), "The memory that the class itself takes, in bytes.";
}

getset! { GETSET;
    "__name__" => |vm, c| Ok(class_arg(vm, c)?.name.cloned()), set_name, "";
    "__qualname__" => |vm, c| Ok(class_arg(vm, c)?.qualname.cloned()), set_qualname, "";
    "__module__" => |vm, c| {
        let t = class_arg(vm, c)?;
        match t.namespace().get_name("__module__") {
            // The namespace of `type` itself has this very descriptor.
            Some(m) if t.has_flag(type_flag::HEAP) || m.is_str() => Ok(m),
            Some(_) => Ok(new_str("builtins")),
            None if class_arg(vm, c)?.has_flag(type_flag::HEAP) => { let n = intern("__module__"); Err(vm.attribute_error(c, &n)) }
            None => Ok(new_str("builtins")),
        }
    }, set_module, "";
    "__bases__" => |vm, c| Ok(new_tuple(class_arg(vm, c)?.bases.cloned())), set_bases, "";
    "__base__" => |vm, c| {
        let b = class_arg(vm, c)?.base.cloned();
        Ok(if b.is_undefined() { Ref::none() } else { b })
    }, readonly, "";
    "__mro__" => |vm, c| Ok(new_tuple(class_arg(vm, c)?.mro.cloned())), "";
    "__dict__" => |vm, c| Ok(Ref::new(MappingProxyObj { mapping: class_arg(vm, c)?.dict.clone() })), "";
    "__doc__" => |vm, c| {
        if let Some(doc) = class_arg(vm, c)?.doc {
            return Ok(new_str(doc));
        }
        let Some(d) = class_arg(vm, c)?.namespace().get_name("__doc__") else { return Ok(Ref::none()) };
        match d.class().slots.descr_get.get() {
            Some(get) => get(vm, &d, &Ref::UNDEFINED, c),
            None => Ok(d),
        }
    }, set_doc, "";
    "__text_signature__" => |vm, c| {
        let t = class_arg(vm, c)?;
        let text = match t.has_flag(type_flag::HEAP) {
            true => None,
            false => super::class_signatures::signature(&vm.str_lossy(&t.name.cloned())),
        };
        Ok(text.map_or_else(Ref::none, new_str))
    }, "";
    "__flags__" => |vm, c| {
        let f = class_arg(vm, c)?.flags.get();
        let mut out = 1 << 12;
        if f & type_flag::HEAP != 0 { out |= 1 << 9; }
        if f & type_flag::BASE != 0 { out |= 1 << 10; }
        if f & type_flag::IMMUTABLE != 0 { out |= 1 << 8; }
        if f & type_flag::ABSTRACT != 0 { out |= 1 << 20; }
        if f & type_flag::SEQUENCE != 0 { out |= 1 << 5; }
        if f & type_flag::MAPPING != 0 { out |= 1 << 6; }
        Ok(crate::vm::new_int(out))
    }, "";
    "__basicsize__" => |_, _| Ok(crate::vm::new_int(16)), "";
    "__itemsize__" => |_, _| Ok(crate::vm::new_int(0)), "";
    "__dictoffset__" => |vm, c| Ok(crate::vm::new_int(if class_arg(vm, c)?.has_flag(type_flag::HAS_DICT) { 16 } else { 0 })), "";
    "__weakrefoffset__" => |_, _| Ok(crate::vm::new_int(8)), "";
    "__abstractmethods__" => |vm, c| {
        let n = intern("__abstractmethods__");
        match class_arg(vm, c)?.namespace().get_str(&n) {
            Some(m) if !c.is(&rt().types.type_) => Ok(m),
            _ => {
                let class = rt().types.attribute_error.clone();
                Err(vm.raise_new(&class, vec![n]))
            }
        }
    }, set_abstract, "";
    "__annotations__" => super::object::class_annotations, super::object::set_class_annotations, "";
    "__annotate__" => super::object::class_annotate, super::object::set_class_annotate, "";
    "__type_params__" => |vm, c| {
        let found = class_arg(vm, c)?.namespace().get_name("__type_params__");
        Ok(found.filter(|_| !c.is(&rt().types.type_)).unwrap_or_else(|| new_tuple(vec![])))
    }, set_type_params, "";
}

pub(crate) fn class_arg(vm: &mut Vm, c: &Ref) -> R<&'static TypeObj> {
    match c.cast::<TypeObj>() {
        // The payload lives as long as the class, which the caller holds.
        Some(_) => Ok(object::type_payload(c.value())),
        None => {
            let text = format!(
                "descriptor requires a 'type' object but received a '{}'",
                vm.type_name(c)
            );
            Err(vm.type_error(&text))
        }
    }
}

fn writable(vm: &mut Vm, c: &Ref, attr: &str) -> R<&'static TypeObj> {
    let t = class_arg(vm, c)?;
    if !t.has_flag(type_flag::HEAP) {
        let text = format!(
            "cannot set '{attr}' attribute of immutable type '{}'",
            vm.class_name(t)
        );
        return Err(vm.type_error(&text));
    }
    Ok(t)
}
fn set_name(vm: &mut Vm, c: &Ref, v: Option<Ref>) -> R<()> {
    let t = writable(vm, c, "__name__")?;
    match v {
        Some(v) if v.is_str() && v.str_obj().bytes().contains(&0) => {
            return Err(vm.value_error("type name must not contain null characters"));
        }
        Some(v) if v.is_str() => {
            encodable(vm, &v)?;
            t.name.set(v);
        }
        Some(v) => {
            let text = format!(
                "can only assign string to {}.__name__, not '{}'",
                vm.class_name(t),
                vm.type_name(&v)
            );
            return Err(vm.type_error(&text));
        }
        None => {
            let text = format!(
                "cannot delete '__name__' attribute of immutable type '{}'",
                vm.class_name(t)
            );
            return Err(vm.type_error(&text));
        }
    }
    Ok(())
}
fn set_qualname(vm: &mut Vm, c: &Ref, v: Option<Ref>) -> R<()> {
    let t = writable(vm, c, "__qualname__")?;
    match v {
        Some(v) if v.is_str() => t.qualname.set(v),
        Some(v) => {
            let text = format!(
                "can only assign string to {}.__qualname__, not '{}'",
                vm.class_name(t),
                vm.type_name(&v)
            );
            return Err(vm.type_error(&text));
        }
        None => {
            let text = format!(
                "cannot delete '__qualname__' attribute of immutable type '{}'",
                vm.class_name(t)
            );
            return Err(vm.type_error(&text));
        }
    }
    Ok(())
}
fn set_in_dict(vm: &mut Vm, c: &Ref, v: Option<Ref>, attr: &str) -> R<()> {
    let t = writable(vm, c, attr)?;
    match v {
        Some(v) => t.namespace().set_name(attr, v),
        None => {
            if t.namespace().remove_str(&intern(attr)).is_none() {
                let class = rt().types.attribute_error.clone();
                return Err(vm.raise_new(&class, vec![intern(attr)]));
            }
        }
    }
    vm.type_modified(t);
    Ok(())
}
fn set_module(vm: &mut Vm, c: &Ref, v: Option<Ref>) -> R<()> {
    undeletable(vm, c, &v, "__module__")?;
    set_in_dict(vm, c, v, "__module__")
}
/// The error of deleting an attribute that every class must have.
fn undeletable(vm: &mut Vm, c: &Ref, v: &Option<Ref>, attr: &str) -> R<()> {
    if v.is_some() {
        return Ok(());
    }
    let t = writable(vm, c, attr)?;
    let text = format!(
        "cannot delete '{attr}' attribute of immutable type '{}'",
        vm.class_name(t)
    );
    Err(vm.type_error(&text))
}
/// Class names are kept as UTF-8 in the reference: lone surrogates are refused.
fn encodable(vm: &mut Vm, name: &Ref) -> R<()> {
    if std::str::from_utf8(name.str_obj().bytes()).is_err() {
        vm.call_method(name, "encode", &[])?;
    }
    Ok(())
}
fn set_doc(vm: &mut Vm, c: &Ref, v: Option<Ref>) -> R<()> {
    undeletable(vm, c, &v, "__doc__")?;
    set_in_dict(vm, c, v, "__doc__")
}
fn set_type_params(vm: &mut Vm, c: &Ref, v: Option<Ref>) -> R<()> {
    undeletable(vm, c, &v, "__type_params__")?;
    set_in_dict(vm, c, v, "__type_params__")
}
fn set_abstract(vm: &mut Vm, c: &Ref, v: Option<Ref>) -> R<()> {
    let t = class_arg(vm, c)?;
    let on = match &v {
        Some(v) => vm.truthy(v)?,
        None => false,
    };
    set_in_dict(vm, c, v, "__abstractmethods__")?;
    t.set_flag(type_flag::ABSTRACT, on);
    Ok(())
}
fn set_bases(vm: &mut Vm, c: &Ref, v: Option<Ref>) -> R<()> {
    let t = writable(vm, c, "__bases__")?;
    let Some(items) = v.as_ref().and_then(|v| v.tuple_items()).map(|i| i.to_vec()) else {
        undeletable(vm, c, &v, "__bases__")?;
        let text = format!(
            "can only assign tuple to {}.__bases__, not {}",
            vm.class_name(t),
            v.map_or_else(String::new, |v| vm.type_name(&v))
        );
        return Err(vm.type_error(&text));
    };
    if items.is_empty() {
        let text = format!(
            "can only assign non-empty tuple to {}.__bases__, not ()",
            vm.class_name(t)
        );
        return Err(vm.type_error(&text));
    }
    for b in &items {
        match b.cast::<TypeObj>() {
            // An MRO that is being worked out may not show it yet.
            Some(bt) if bt.is_subtype(c) || descends_from(b, c) => {
                return Err(vm.type_error("a __bases__ item causes an inheritance cycle"));
            }
            Some(_) => {}
            None => {
                let text = format!(
                    "{}.__bases__ must be tuple of classes, not '{}'",
                    vm.class_name(t),
                    vm.type_name(b)
                );
                return Err(vm.type_error(&text));
            }
        }
    }
    let base = best_base(vm, &items)?;
    let (new, old) = (class_arg(vm, &base)?, t.base.cloned());
    let old = class_arg(vm, &old)?;
    if new.kind != old.kind || new.fixed_slots != old.fixed_slots {
        // The reference compares how objects are freed before their layouts.
        let what = match new.kind {
            Kind::Int | Kind::Float | Kind::Str | Kind::Bytes | Kind::Complex => "deallocator",
            _ => "object layout",
        };
        let text = format!(
            "__bases__ assignment: '{}' {what} differs from '{}'",
            vm.class_name(new),
            vm.class_name(old)
        );
        return Err(vm.type_error(&text));
    }
    let before = t.bases.replace(items.clone());
    let old_base = t.base.replace(base);
    let updated = update_mro(vm, c, t);
    // A metaclass's `mro()` may have set the bases anew; then that is what counts.
    let ours =
        |now: &Vec<Ref>| now.len() == items.len() && now.iter().zip(&items).all(|(a, b)| a.is(b));
    let unchanged = t.bases.with_raw(ours);
    if let Err(e) = updated {
        if unchanged {
            t.bases.set(before);
            t.base.set(old_base);
        }
        return Err(e);
    }
    if !unchanged {
        return Ok(());
    }
    for b in &before {
        if let Some(b) = b.cast::<TypeObj>() {
            b.subclasses.borrow_mut().retain(|&s| s != c.value());
        }
    }
    for b in &items {
        if let Some(b) = b.cast::<TypeObj>() {
            b.subclasses.borrow_mut().push(c.value());
        }
    }
    vm.type_modified(t);
    vm.refresh_slots(t);
    crate::interp::flush_caches();
    Ok(())
}

/// Whether `class` is among the bases that a class's layout comes from.
fn descends_from(b: &Ref, class: &Ref) -> bool {
    let mut at = b.clone();
    while let Some(t) = at.cast::<TypeObj>() {
        if at.is(class) {
            return true;
        }
        let next = t.base.cloned();
        at = next;
    }
    false
}

fn update_mro(vm: &mut Vm, c: &Ref, t: &TypeObj) -> R<()> {
    let mro = compute_mro(vm, c, t)?;
    t.mro.set(mro);
    let subs: Vec<Value> = t.subclasses.borrow().clone();
    for s in subs {
        let s = s.to_ref();
        if let Some(st) = s.cast::<TypeObj>() {
            update_mro(vm, &s, st)?;
        }
    }
    Ok(())
}

pub(crate) fn type_repr(vm: &mut Vm, c: &Ref) -> R<Ref> {
    let t = class_arg(vm, c)?;
    Ok(new_str(&format!("<class '{}'>", vm.full_class_name(t))))
}

/// `cls(...)`: `__new__`, then `__init__` if the result is an instance.
fn type_call(vm: &mut Vm, class: &Ref, args: Args) -> R<Ref> {
    let t = class_arg(vm, class)?;
    if class.is(&rt().types.type_) && args.all.len() == 1 && !args.has_kw() {
        return Ok(class_of(&args.all[0]));
    }
    if class.is(&rt().types.type_) && args.pos().len() != 3 {
        return Err(vm.type_error(if args.pos().len() == 1 {
            "type() takes no keyword arguments"
        } else {
            "type() takes 1 or 3 arguments"
        }));
    }
    instantiate(vm, class, t, args)
}

/// `__new__` and `__init__` of a class whose metaclass changes nothing about that.
pub(crate) fn instantiate(vm: &mut Vm, class: &Ref, t: &TypeObj, args: Args) -> R<Ref> {
    let Some(new) = t.slots.new.get() else {
        let text = format!("cannot create '{}' instances", vm.full_class_name(t));
        return Err(vm.type_error(&text));
    };
    let obj = new(vm, class, args)?;
    if (object::class_value(obj.value()) == class.value() || obj.class().is_subtype(class))
        && let Some(init) = obj.class().slots.init.get()
    {
        init(vm, &obj, args)?;
    }
    Ok(obj)
}

/// `type.__new__` and the `__new__` of every builtin class, as Python sees it: `X.__new__(cls, *args)`.
pub static NEW_DEF: NativeDef = NativeDef::variadic(
    "__new__(*args, **kwargs)",
    native_new,
    DefKind::Function,
    "A new object of the class given first, made from the other arguments.",
);

fn native_new(vm: &mut Vm, args: Args) -> R<Ref> {
    // `this` (the class that owns this `__new__`) is the first argument.
    let owner = args.all[0].clone();
    let ot = class_arg(vm, &owner)?;
    let Some(class) = args.all.get(1).filter(|_| args.pos().len() > 1) else {
        let owner_name = vm.class_name(ot);
        return Err(vm.type_error(&format!("{owner_name}.__new__(): not enough arguments")));
    };
    let Some(ct) = class.cast::<TypeObj>() else {
        let text = format!(
            "{}.__new__(X): X is not a type object ({})",
            vm.class_name(ot),
            vm.type_name(class)
        );
        return Err(vm.type_error(&text));
    };
    if !ct.is_subtype(&owner) {
        let (owner_name, name) = (vm.class_name(ot), vm.class_name(ct));
        return Err(vm.type_error(&format!(
            "{owner_name}.__new__({name}): {name} is not a subtype of {owner_name}"
        )));
    }
    // The most derived builtin base must be the one whose `__new__` this is.
    let mut base = ct;
    while base.has_flag(type_flag::HEAP) {
        match base.base.get(vm).cast::<TypeObj>() {
            Some(_) => base = object::type_payload(base.base.get(vm).value()),
            None => break,
        }
    }
    let same = match (base.slots.new.get(), ot.slots.new.get()) {
        (Some(a), Some(b)) => std::ptr::fn_addr_eq(a, b),
        _ => false,
    };
    if !same {
        let base_name = vm.class_name(base);
        let (owner_name, name) = (vm.class_name(ot), vm.class_name(ct));
        return Err(vm.type_error(&format!(
            "{owner_name}.__new__({name}) is not safe, use {base_name}.__new__()"
        )));
    }
    match ot.slots.new.get() {
        Some(f) => f(vm, class, Args::new(&args.all[2..], args.names)),
        None => Err(vm.type_error(&format!("cannot create '{}' instances", vm.class_name(ct)))),
    }
}

fn type_init(vm: &mut Vm, _: &Ref, args: Args) -> R<()> {
    match args.pos().len() {
        1 if args.has_kw() => Err(vm.type_error("type.__init__() takes no keyword arguments")),
        1 | 3 => Ok(()),
        _ => Err(vm.type_error("type.__init__() takes 1 or 3 arguments")),
    }
}

/// `type.__new__(metatype, name, bases, namespace, **kwds)`.
fn type_new(vm: &mut Vm, meta: &Ref, args: Args) -> R<Ref> {
    let pos = args.pos();
    if pos.len() != 3 {
        let text = format!(
            "type.__new__() takes exactly 3 arguments ({} given)",
            pos.len()
        );
        return Err(vm.type_error(&text));
    }
    let (name, bases, ns) = (&pos[0], &pos[1], &pos[2]);
    if !name.is_str() {
        let text = format!(
            "type.__new__() argument 1 must be str, not {}",
            vm.type_name(name)
        );
        return Err(vm.type_error(&text));
    }
    if name.str_obj().bytes().contains(&0) {
        return Err(vm.value_error("type name must not contain null characters"));
    }
    encodable(vm, name)?;
    let Some(bases) = bases.tuple_items().map(|b| b.to_vec()) else {
        let text = format!(
            "type.__new__() argument 2 must be tuple, not {}",
            vm.type_name(bases)
        );
        return Err(vm.type_error(&text));
    };
    let Some(ns) = ns.cast::<DictObj>() else {
        let text = format!(
            "type.__new__() argument 3 must be dict, not {}",
            vm.type_name(ns)
        );
        return Err(vm.type_error(&text));
    };
    let mut meta = meta.clone();
    let bases = if bases.is_empty() {
        vec![rt().types.object.clone()]
    } else {
        for b in &bases {
            if b.cast::<TypeObj>().is_some() {
                continue;
            }
            if vm.getattr_opt(b, &intern("__mro_entries__"))?.is_some() {
                return Err(vm.type_error(
                    "type() doesn't support MRO entry resolution; use types.new_class()",
                ));
            }
        }
        let winner = calculate_metaclass(vm, &meta, &bases)?;
        if !winner.is(&meta) {
            let wt = class_arg(vm, &winner)?;
            let theirs = wt.slots.new.get();
            if let Some(f) = theirs
                && !std::ptr::fn_addr_eq(f, type_new as slots::CallFn)
            {
                return f(vm, &winner, args);
            }
            meta = winner;
        }
        bases
    };
    for b in &bases {
        let Some(bt) = b.cast::<TypeObj>() else {
            return Err(vm.type_error("bases must be types"));
        };
        if !bt.has_flag(type_flag::BASE) {
            let text = format!(
                "type '{}' is not an acceptable base type",
                vm.full_class_name(bt)
            );
            return Err(vm.type_error(&text));
        }
    }
    let base = best_base(vm, &bases)?;
    let bt = class_arg(vm, &base)?;
    let dict = ns.copy();
    let Some(d) = dict.cast::<DictObj>() else {
        return Ok(dict);
    };

    // Slots.
    let mut fixed = bt.fixed_slots;
    let mut members: Vec<(Ref, u16)> = Vec::new();
    let mut flags = type_flag::HEAP | type_flag::BASE;
    let mut inherited = 0;
    for b in &bases {
        if let Some(b) = b.cast::<TypeObj>() {
            inherited |= b.flags.get();
        }
    }
    flags |= inherited
        & (type_flag::HAS_DICT
            | type_flag::HAS_WEAKREF
            | type_flag::SEQUENCE
            | type_flag::MAPPING
            | type_flag::MATCH_SELF);
    match d.get_name("__slots__") {
        None => flags |= type_flag::HAS_DICT | type_flag::HAS_WEAKREF,
        Some(slots) => {
            let names = if slots.is_str() {
                vec![slots.clone()]
            } else {
                vm.collect(&slots)?
            };
            let class_name = vm.str_lossy(name);
            for n in &names {
                if !n.is_str() {
                    let text =
                        format!("__slots__ items must be strings, not '{}'", vm.type_name(n));
                    return Err(vm.type_error(&text));
                }
                let text = vm.str_lossy(n);
                if !taipan_text::str_case::is_identifier(n.str_obj().bytes()) {
                    return Err(vm.type_error("__slots__ must be identifiers"));
                }
                match text.as_str() {
                    "__dict__" => {
                        if inherited & type_flag::HAS_DICT != 0 || flags & (1 << 30) != 0 {
                            return Err(
                                vm.type_error("__dict__ slot disallowed: we already got one")
                            );
                        }
                        flags |= type_flag::HAS_DICT | 1 << 30;
                    }
                    "__weakref__" => {
                        if inherited & type_flag::HAS_WEAKREF != 0 {
                            return Err(
                                vm.type_error("__weakref__ slot disallowed: we already got one")
                            );
                        }
                        flags |= type_flag::HAS_WEAKREF;
                    }
                    _ => {
                        if matches!(
                            bt.kind,
                            Kind::Str | Kind::Bytes | Kind::Tuple | Kind::Int | Kind::Type
                        ) {
                            let text = format!(
                                "nonempty __slots__ not supported for subtype of '{}'",
                                vm.class_name(bt)
                            );
                            return Err(vm.type_error(&text));
                        }
                        let mangled = rt().intern_ref(&new_str(&mangle(&class_name, &text)));
                        if d.get_str(&mangled).is_some()
                            && text != "__qualname__"
                            && text != "__classcell__"
                        {
                            let text = format!(
                                "{} in __slots__ conflicts with class variable",
                                vm.repr_text(n)?
                            );
                            return Err(vm.value_error(&text));
                        }
                        members.push((mangled, 0));
                    }
                }
            }
            flags &= !(1 << 30);
            // The reference lays members out in the order of their names.
            members.sort_by_key(|m| vm.str_lossy(&m.0));
            members.dedup_by(|a, b| a.0.is(&b.0));
            for m in &mut members {
                m.1 = fixed;
                fixed += 1;
            }
        }
    }

    let qualname = match d.remove_str(&intern("__qualname__")) {
        Some(q) if q.is_str() => q,
        Some(q) => {
            let text = format!("type __qualname__ must be a str, not {}", vm.type_name(&q));
            return Err(vm.type_error(&text));
        }
        None => name.clone(),
    };
    let cell = d.remove_str(&intern("__classcell__"));
    if let Some(c) = d.remove_str(&intern("__classdictcell__"))
        && let Some(c) = c.cast::<CellObj>()
    {
        c.value.set(dict.clone());
    }
    if d.get_name("__module__").is_none()
        && let Some(m) = vm.calling_module_name()
    {
        d.set_name("__module__", m);
    }
    if d.get_name("__doc__").is_none() {
        d.set_name("__doc__", Ref::none());
    }
    for special in ["__init_subclass__", "__class_getitem__"] {
        if let Some(f) = d.get_name(special)
            && f.exact::<FunctionObj>().is_some()
        {
            d.set_name(
                special,
                Ref::new(ClassMethodObj {
                    func: Guarded::new(f),
                    dict: Guarded::default(),
                }),
            );
        }
    }
    if let Some(f) = d.get_name("__new__")
        && f.exact::<FunctionObj>().is_some()
    {
        d.set_name(
            "__new__",
            Ref::new(StaticMethodObj {
                func: Guarded::new(f),
                dict: Guarded::default(),
            }),
        );
    }
    // A class that says how to compare but not how to hash can't be hashed.
    if d.get_name("__eq__").is_some() && d.get_name("__hash__").is_none() {
        d.set_name("__hash__", Ref::none());
    }

    let exact_name = if name.exact::<StrObj>().is_some() {
        name.clone()
    } else {
        StrObj::make(name.str_obj().bytes())
    };
    let payload = new_type_payload(
        bt.kind,
        flags,
        exact_name,
        qualname,
        base.clone(),
        bases.clone(),
        dict.clone(),
        fixed,
    );
    let class = Ref::new_of(&meta, payload);
    let t = class_arg(vm, &class)?;
    let statics = d
        .get_name("__static_attributes__")
        .and_then(|s| s.tuple_items().map(|i| i.len()))
        .unwrap_or(0);
    let inherited_room = bases
        .iter()
        .filter_map(|b| b.cast::<TypeObj>())
        .map(|b| b.learnt.get())
        .max()
        .unwrap_or(0);
    t.learnt
        .set((statics as u16).saturating_add(inherited_room).min(60));
    for (n, index) in &members {
        d.set_str(
            n,
            Ref::new(MemberObj {
                name: n.clone(),
                owner: class.clone(),
                index: *index,
                def: None,
            }),
        );
    }
    if flags & type_flag::HAS_DICT != 0
        && inherited & type_flag::HAS_DICT == 0
        && d.get_name("__dict__").is_none()
    {
        d.set_name(
            "__dict__",
            Ref::new(GetSetObj {
                def: &super::object::DICT_GETSET,
                owner: class.clone(),
            }),
        );
    }
    if flags & type_flag::HAS_WEAKREF != 0
        && inherited & type_flag::HAS_WEAKREF == 0
        && d.get_name("__weakref__").is_none()
    {
        d.set_name(
            "__weakref__",
            Ref::new(GetSetObj {
                def: &super::object::WEAKREF_GETSET,
                owner: class.clone(),
            }),
        );
    }
    let mro = compute_mro(vm, &class, t)?;
    t.mro.set(mro);
    for b in &bases {
        if let Some(b) = b.cast::<TypeObj>() {
            b.subclasses.borrow_mut().push(class.value());
        }
    }
    fix_slots(vm, t);
    vm.refresh_class_flags(t);
    if let Some(c) = cell {
        match c.cast::<CellObj>() {
            Some(c) => c.value.set(class.clone()),
            None => {
                let text = format!(
                    "__classcell__ must be a nonlocal cell, not {}",
                    vm.repr_class(&c)
                );
                return Err(vm.type_error(&text));
            }
        }
    }
    set_names(vm, &class, d)?;
    init_subclass(vm, &class, args)?;
    t.set_flag(type_flag::READY, true);
    Ok(class)
}

fn set_names(vm: &mut Vm, class: &Ref, d: &DictObj) -> R<()> {
    let name = intern("__set_name__");
    for (k, v) in d.items() {
        if let Some(f) = vm.lookup(v.class(), &name)
            && let Err(e) = vm.call_found(&v, &f, &[class, &k])
        {
            let class_name = class
                .cast::<TypeObj>()
                .map(|t| vm.class_name(t))
                .unwrap_or_default();
            let note = format!(
                "Error calling __set_name__ on '{}' instance {} in '{class_name}'",
                vm.type_name(&v),
                vm.saving_exc(|vm| vm.repr_text(&k))
            );
            vm.add_note_to_current(&note);
            return Err(e);
        }
    }
    Ok(())
}

fn init_subclass(vm: &mut Vm, class: &Ref, args: Args) -> R<()> {
    let sup = Ref::new(SuperObj {
        class: Guarded::new(class.clone()),
        this: Guarded::new(class.clone()),
        this_class: Guarded::new(class.clone()),
    });
    let f = vm.getattr_str(&sup, "__init_subclass__")?;
    let kw: Vec<Ref> = args.kw().map(|(_, v)| v.clone()).collect();
    vm.call_args(&f, Args::new(&kw, args.names))?;
    Ok(())
}

/// `__name` inside class `C` is `_C__name`.
pub fn mangle(class: &str, name: &str) -> String {
    let stripped = class.trim_start_matches('_');
    if !name.starts_with("__") || name.ends_with("__") || name.contains('.') || stripped.is_empty()
    {
        return name.into();
    }
    format!("_{stripped}{name}")
}

/// The most derived metaclass of `meta` and those of the bases.
pub fn calculate_metaclass(vm: &mut Vm, meta: &Ref, bases: &[Ref]) -> R<Ref> {
    let mut winner = meta.clone();
    for b in bases {
        let m = class_of(b);
        let Some(wt) = winner.cast::<TypeObj>() else {
            return Ok(winner);
        };
        if wt.is_subtype(&m) {
            continue;
        }
        if m.cast::<TypeObj>().is_some_and(|mt| mt.is_subtype(&winner)) {
            winner = m;
            continue;
        }
        return Err(vm.type_error(
            "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases",
        ));
    }
    Ok(winner)
}

/// The base whose layout the class extends.
/// The nearest base of a class, or the class itself, that added to the layout.
fn solid_base(vm: &Vm, c: &Ref) -> Ref {
    let mut c = c.clone();
    loop {
        let Some(t) = c.cast::<TypeObj>() else {
            return c;
        };
        let base = t.base.get(vm).clone();
        let Some(b) = base.cast::<TypeObj>() else {
            return c;
        };
        if t.kind != b.kind
            || t.fixed_slots != b.fixed_slots
            || (t.kind == Kind::Native && !t.has_flag(type_flag::HEAP))
            || crate::errors::classes::extends_layout(t)
        {
            return c;
        }
        c = base;
    }
}

fn best_base(vm: &mut Vm, bases: &[Ref]) -> R<Ref> {
    let mut winner: Option<(Ref, Ref)> = None;
    for b in bases {
        let candidate = solid_base(vm, b);
        match &winner {
            None => winner = Some((b.clone(), candidate)),
            Some((_, w)) => {
                if w.cast::<TypeObj>()
                    .is_some_and(|t| t.is_subtype(&candidate))
                {
                } else if candidate.cast::<TypeObj>().is_some_and(|t| t.is_subtype(w)) {
                    winner = Some((b.clone(), candidate));
                } else {
                    return Err(vm.type_error("multiple bases have instance lay-out conflict"));
                }
            }
        }
    }
    Ok(winner.map_or_else(|| rt().types.object.clone(), |w| w.0))
}

/// The C3 linearisation, or what the metaclass's own `mro()` says.
fn compute_mro(vm: &mut Vm, class: &Ref, t: &TypeObj) -> R<Vec<Ref>> {
    if !class_of(class).is(&rt().types.type_)
        && let Some(f) = vm.lookup(class.class(), &intern("mro"))
        && f.cast::<NativeFunctionObj>().is_none()
        && vm.exc.is_none()
    {
        let r = vm.call_found(class, &f, &[])?;
        let mro = vm.collect(&r)?;
        for c in &mro {
            if c.cast::<TypeObj>().is_none() {
                let text = format!("mro() returned a non-class ('{}')", vm.type_name(c));
                return Err(vm.type_error(&text));
            }
        }
        // Methods of any class in it may be called on instances.
        let own = solid_base(vm, class);
        for c in &mro {
            let base = solid_base(vm, c);
            if !own.cast::<TypeObj>().is_some_and(|o| o.is_subtype(&base)) && !base.is(&own) {
                let text = format!(
                    "mro() returned base with unsuitable layout ('{}')",
                    class_arg(vm, c).map(|t| vm.class_name(t))?
                );
                return Err(vm.type_error(&text));
            }
        }
        return Ok(mro);
    }
    linearise(vm, class, t)
}

/// The C3 linearisation.
fn linearise(vm: &mut Vm, class: &Ref, t: &TypeObj) -> R<Vec<Ref>> {
    let bases = t.bases.cloned();
    let mut lists: Vec<Vec<Ref>> = bases
        .iter()
        .filter_map(|b| b.cast::<TypeObj>())
        .map(|b| b.mro.cloned())
        .collect();
    for (i, b) in bases.iter().enumerate() {
        if bases[..i].iter().any(|x| x.is(b)) {
            let name = b
                .cast::<TypeObj>()
                .map(|t| vm.class_name(t))
                .unwrap_or_default();
            return Err(vm.type_error(&format!("duplicate base class {name}")));
        }
    }
    lists.push(bases);
    let mut mro = vec![class.clone()];
    let mut heads = vec![0; lists.len()];
    loop {
        let mut next = None;
        let mut done = true;
        for (l, &h) in lists.iter().zip(&heads) {
            let Some(c) = l.get(h) else { continue };
            done = false;
            if !lists
                .iter()
                .zip(&heads)
                .any(|(l, &h)| l.iter().skip(h + 1).any(|x| x.is(c)))
            {
                next = Some(c.clone());
                break;
            }
        }
        if done {
            return Ok(mro);
        }
        let Some(c) = next else {
            let mut names: Vec<String> = Vec::new();
            for (l, &h) in lists.iter().zip(&heads) {
                if let Some(t) = l.get(h).and_then(|c| c.cast::<TypeObj>()) {
                    let n = vm.class_name(t);
                    if !names.contains(&n) {
                        names.push(n);
                    }
                }
            }
            let text = format!(
                "Cannot create a consistent method resolution order (MRO) for bases {}",
                names.join(", ")
            );
            return Err(vm.type_error(&text));
        };
        for (l, h) in lists.iter().zip(heads.iter_mut()) {
            if l.get(*h).is_some_and(|x| x.is(&c)) {
                *h += 1;
            }
        }
        mro.push(c);
    }
}

/// How deep tuples of classes may be nested: about as far as the reference's stack goes, since ours would take a program's patience.
const MAX_CLASS_TUPLES: usize = 250_000;

impl Vm {
    /// Flags of a class that follow from its methods: finaliser, plain attribute access.
    pub(crate) fn refresh_class_flags(&mut self, t: &TypeObj) {
        let has_del = t.slots.del.get().is_some();
        if has_del != t.has_flag(type_flag::HAS_DEL) {
            t.set_flag(type_flag::HAS_DEL, has_del);
            t.root_shape.set(None);
            t.dict_shape.set(None);
        }
        refresh_access_flags(t);
        let abstract_methods = t.namespace().get_name("__abstractmethods__");
        if let Some(a) = abstract_methods
            && !t.has_flag(type_flag::ABSTRACT)
        {
            let on = self.truthy(&a).unwrap_or(false);
            t.set_flag(type_flag::ABSTRACT, on);
        }
    }

    /// `isinstance(r, class)` by the MRO, then by `__class__`.
    pub fn real_isinstance(&mut self, r: &Ref, class: &Ref) -> R<bool> {
        if class.cast::<TypeObj>().is_some() {
            if r.class().is_subtype(class) {
                return Ok(true);
            }
            if r.class().has_flag(type_flag::PLAIN_GETATTR) && !r.class().has_flag(type_flag::HEAP)
            {
                return Ok(false);
            }
            let name = intern("__class__");
            let plain = self.lookup(object::type_payload(rt().types.object.value()), &name);
            if r.class().has_flag(type_flag::PLAIN_GETATTR)
                && let (Some(f), Some(plain)) = (self.lookup(r.class(), &name), plain)
                && f.is(&plain)
            {
                return Ok(false);
            }
            let c = self.getattr_opt(r, &name)?;
            return Ok(c.is_some_and(|c| {
                !c.is(&class_of(r)) && c.cast::<TypeObj>().is_some_and(|t| t.is_subtype(class))
            }));
        }
        self.check_class_like(
            class,
            "isinstance() arg 2 must be a type, a tuple of types, or a union",
        )?;
        match self.getattr_opt(r, &intern("__class__"))? {
            Some(c) => self.abstract_issubclass(&c, class),
            None => Ok(false),
        }
    }
    /// `issubclass` by the MRO, or by `__bases__` for things that only look like classes.
    pub fn real_issubclass(&mut self, c: &Ref, class: &Ref) -> R<bool> {
        if let (Some(t), Some(_)) = (c.cast::<TypeObj>(), class.cast::<TypeObj>()) {
            return Ok(t.is_subtype(class));
        }
        self.check_class_like(c, "issubclass() arg 1 must be a class")?;
        self.check_class_like(
            class,
            "issubclass() arg 2 must be a class, a tuple of classes, or a union",
        )?;
        self.abstract_issubclass(c, class)
    }
    fn check_class_like(&mut self, c: &Ref, message: &str) -> R<()> {
        if c.cast::<TypeObj>().is_some() {
            return Ok(());
        }
        match self.getattr_opt(c, &intern("__bases__"))? {
            Some(b) if b.tuple_items().is_some() => Ok(()),
            _ => Err(self.type_error(message)),
        }
    }
    fn abstract_issubclass(&mut self, c: &Ref, class: &Ref) -> R<bool> {
        self.check_native_stack()?;
        if c.is(class) {
            return Ok(true);
        }
        if let Some(bases) = self.getattr_opt(c, &intern("__bases__"))?
            && let Some(items) = bases.tuple_items()
        {
            for b in items {
                if self.abstract_issubclass(b, class)? {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }
    /// `isinstance(r, classinfo)`.
    pub fn isinstance(&mut self, r: &Ref, class: &Ref) -> R<bool> {
        self.isinstance_at(r, class, 0)
    }
    /// The same, `depth` tuples deep.
    fn isinstance_at(&mut self, r: &Ref, class: &Ref, depth: usize) -> R<bool> {
        if class_of(r).is(class) {
            return Ok(true);
        }
        if class_of(class).is(&rt().types.type_) {
            return self.real_isinstance(r, class);
        }
        if let Some(t) = class.exact::<TupleObj>()
            && t.items()
                .iter()
                .any(|c| object::class_value(r.value()) == c.value())
        {
            return Ok(true);
        }
        let alternatives = super::union::alternatives(class);
        if let Some(items) = alternatives.as_ref().unwrap_or(class).tuple_items() {
            self.check_native_stack()?;
            if depth > MAX_CLASS_TUPLES {
                return Err(
                    self.recursion_error("maximum recursion depth exceeded in __instancecheck__")
                );
            }
            for c in items {
                if self.isinstance_at(r, c, depth + 1)? {
                    return Ok(true);
                }
            }
            return Ok(false);
        }
        match self.call_special(class, &intern("__instancecheck__"), &[r])? {
            Some(x) => self.truthy(&x),
            None => self.real_isinstance(r, class),
        }
    }
    /// `issubclass(c, classinfo)`.
    pub fn issubclass(&mut self, c: &Ref, class: &Ref) -> R<bool> {
        self.issubclass_at(c, class, 0)
    }
    fn issubclass_at(&mut self, c: &Ref, class: &Ref, depth: usize) -> R<bool> {
        if class_of(class).is(&rt().types.type_) {
            return if c.is(class) {
                Ok(true)
            } else {
                self.real_issubclass(c, class)
            };
        }
        let alternatives = super::union::alternatives(class);
        if let Some(items) = alternatives.as_ref().unwrap_or(class).tuple_items() {
            self.check_native_stack()?;
            if depth > MAX_CLASS_TUPLES {
                return Err(
                    self.recursion_error("maximum recursion depth exceeded in __subclasscheck__")
                );
            }
            for k in items {
                if self.issubclass_at(c, k, depth + 1)? {
                    return Ok(true);
                }
            }
            return Ok(false);
        }
        match self.call_special(class, &intern("__subclasscheck__"), &[c])? {
            Some(x) => self.truthy(&x),
            None => self.real_issubclass(c, class),
        }
    }
    pub(crate) fn repr_class(&mut self, r: &Ref) -> String {
        format!("<class '{}'>", self.full_class_name(r.class()))
    }
}

#[allow(unused)]
fn unused(a: &[Ref]) -> Option<&Ref> {
    arg(a, 0)
}
