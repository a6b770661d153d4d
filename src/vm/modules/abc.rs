//! `_abc`: the native half of abstract base classes: virtual subclasses and the caches of subclass checks.
//!
//! Classes are remembered by weak references, so that neither registry nor caches keep one alive.

use crate::types::{module, spec::TypeSpec, weakref};
use crate::value::header::Kind;
use crate::value::*;
use crate::vm::{new_int, new_tuple};
use crate::{R, Vm, functions, trace};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};

pub static ABC_DATA: TypeSpec = TypeSpec {
    name: "_abc._abc_data",
    kind: Kind::Native,
    flags: type_flag::NO_NEW,
    doc: "Internal state held by ABC machinery.",
    ..TypeSpec::DEFAULT
};

/// Changes with every registration: what was found out before about classes that are no subclasses is then void.
static INVALIDATION: AtomicI64 = AtomicI64::new(0);

/// Classes by address, each with its weak reference, since an address may come again.
#[derive(Default)]
struct WeakSet {
    map: HashMap<u64, Ref>,
    /// Size at which dead entries are swept out.
    sweep_at: usize,
}

impl WeakSet {
    fn contains(&self, class: &Ref) -> bool {
        self.map
            .get(&class.id())
            .and_then(|w| w.cast::<WeakRefObj>()?.upgrade())
            .is_some_and(|c| c.is(class))
    }
    fn add(&mut self, class: &Ref, weak: Ref) {
        if self.map.len() >= self.sweep_at.max(32) {
            self.map.retain(|_, w| {
                w.cast::<WeakRefObj>()
                    .is_some_and(|w| w.upgrade().is_some())
            });
            self.sweep_at = self.map.len() * 2;
        }
        self.map.insert(class.id(), weak);
    }
}

#[derive(Default)]
struct AbcData {
    /// Virtual subclasses in the order of their registration.
    registry: RefCell<Vec<Ref>>,
    cache: RefCell<WeakSet>,
    negative: RefCell<WeakSet>,
    negative_version: Cell<i64>,
}
trace!(AbcData);
impl NativePayload for AbcData {}

fn data_of(vm: &mut Vm, class: &Ref) -> R<Ref> {
    let d = vm.getattr_str(class, "_abc_impl")?;
    if d.native::<AbcData>().is_none() {
        return Err(vm.type_error("_abc_impl is set to a wrong type"));
    }
    Ok(d)
}
fn data<'a>(vm: &mut Vm, d: &'a Ref) -> R<&'a AbcData> {
    match d.native::<AbcData>() {
        Some(d) => Ok(d),
        None => Err(vm.type_error("_abc_impl is set to a wrong type")),
    }
}
fn weak(vm: &mut Vm, class: &Ref) -> R<Ref> {
    let t = rt().types.weakref.clone();
    weakref::new_weakref(vm, &t, class, None)
}
fn version() -> i64 {
    INVALIDATION.load(Ordering::Relaxed)
}

functions! { FUNCTIONS;
    "get_cache_token()" => |_, _| Ok(new_int(version())), "A number that changes whenever a class is registered with an abstract one.";
    "_abc_init(self, /)" => abc_init, "Prepares a new abstract class: finds its abstract methods.";
    "_reset_registry(self, /)" => |vm, a| {
        let d = data_of(vm, &a[0])?;
        data(vm, &d)?.registry.replace(Vec::new());
        Ok(Ref::none())
    }, "Forgets the classes registered with that class.";
    "_reset_caches(self, /)" => |vm, a| {
        let d = data_of(vm, &a[0])?;
        let d = data(vm, &d)?;
        d.cache.replace(WeakSet::default());
        d.negative.replace(WeakSet::default());
        Ok(Ref::none())
    }, "Forgets what is known of other classes' relation to that class.";
    "_get_dump(self, /)" => get_dump, "What is stored for that class, for debugging.";
    "_abc_register(self, subclass, /)" => abc_register, "Makes a class count as a subclass of an abstract one.";
    "_abc_instancecheck(self, instance, /)" => abc_instancecheck, "What isinstance() means for an abstract class.";
    "_abc_subclasscheck(self, subclass, /)" => abc_subclasscheck, "What issubclass() means for an abstract class.";
}

fn is_abstract(vm: &mut Vm, value: &Ref) -> R<bool> {
    match vm.getattr_opt(value, &intern("__isabstractmethod__"))? {
        Some(v) => vm.truthy(&v),
        None => Ok(false),
    }
}

fn class_arg<'a>(vm: &mut Vm, c: &'a Ref) -> R<&'a TypeObj> {
    match c.cast::<TypeObj>() {
        Some(t) => Ok(t),
        None => Err(vm.type_error("_abc functions need a class")),
    }
}

/// Collects the abstract methods of a new class and gives it its registry.
fn abc_init(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let class = &a[0];
    let t = class_arg(vm, class)?;
    let mut names = Vec::new();
    for (name, value) in t.namespace().items() {
        if is_abstract(vm, &value)? {
            names.push(name);
        }
    }
    for base in t.bases.cloned() {
        let Some(inherited) = vm.getattr_opt(&base, &intern("__abstractmethods__"))? else {
            continue;
        };
        for name in vm.collect(&inherited)? {
            if let Some(value) = vm.getattr_opt(class, &name)?
                && is_abstract(vm, &value)?
            {
                names.push(name);
            }
        }
    }
    let names = vm.frozenset(names)?;
    vm.setattr(class, &intern("__abstractmethods__"), Some(names))?;
    let new = Ref::new_native(&rt().types.abc_data, AbcData::default());
    vm.setattr(class, &intern("_abc_impl"), Some(new))?;
    // What pattern matching shall take the class for.
    let flags = intern("__abc_tpflags__");
    if let Some(f) = t.namespace().get_str(&flags) {
        let bits = f.as_i64().unwrap_or(0);
        if bits & (1 << 5) != 0 && bits & (1 << 6) != 0 {
            return Err(vm.type_error(
                "__abc_tpflags__ cannot be both Py_TPFLAGS_SEQUENCE and Py_TPFLAGS_MAPPING",
            ));
        }
        let flag = collection_flag(bits);
        if flag != 0 {
            set_collection_flag(class, flag);
        }
        vm.setattr(class, &flags, None)?;
    }
    Ok(Ref::none())
}

fn collection_flag(bits: i64) -> u32 {
    if bits & (1 << 5) != 0 {
        type_flag::SEQUENCE
    } else if bits & (1 << 6) != 0 {
        type_flag::MAPPING
    } else {
        0
    }
}

/// For the class and those derived from it.
fn set_collection_flag(class: &Ref, flag: u32) {
    const BOTH: u32 = type_flag::SEQUENCE | type_flag::MAPPING;
    let mut todo = vec![class.clone()];
    while let Some(c) = todo.pop() {
        let Some(t) = c.cast::<TypeObj>() else {
            continue;
        };
        if t.has_flag(type_flag::IMMUTABLE) || t.flags.get() & BOTH == flag {
            continue;
        }
        t.set_flag(BOTH, false);
        t.set_flag(flag, true);
        todo.extend(subclasses(t));
    }
}

fn subclasses(t: &TypeObj) -> Vec<Ref> {
    t.subclasses.borrow().iter().map(|v| v.to_ref()).collect()
}

fn abc_register(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let (class, subclass) = (&a[0], &a[1]);
    if subclass.cast::<TypeObj>().is_none() {
        return Err(vm.type_error("Can only register classes"));
    }
    if vm.issubclass(subclass, class)? {
        return Ok(subclass.clone());
    }
    if vm.issubclass(class, subclass)? {
        return Err(vm.runtime_error("Refusing to create an inheritance cycle"));
    }
    let d = data_of(vm, class)?;
    let w = weak(vm, subclass)?;
    {
        let mut registry = data(vm, &d)?.registry.borrow_mut();
        registry.retain(|w| {
            w.cast::<WeakRefObj>()
                .is_some_and(|w| w.upgrade().is_some())
        });
        registry.push(w);
    }
    INVALIDATION.fetch_add(1, Ordering::Relaxed);
    let flag = class_arg(vm, class)?.flags.get() & (type_flag::SEQUENCE | type_flag::MAPPING);
    if flag != 0 {
        set_collection_flag(subclass, flag);
    }
    Ok(subclass.clone())
}

fn subclasscheck(vm: &mut Vm, class: &Ref, subclass: &Ref) -> R<bool> {
    let r = vm.call_method(class, "__subclasscheck__", std::slice::from_ref(subclass))?;
    vm.truthy(&r)
}

fn abc_instancecheck(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let (class, instance) = (&a[0], &a[1]);
    let holder = data_of(vm, class)?;
    let subclass = vm.getattr_str(instance, "__class__")?;
    let d = data(vm, &holder)?;
    if d.cache.borrow().contains(&subclass) {
        return Ok(Ref::bool(true));
    }
    let subtype = class_of(instance);
    if subtype.is(&subclass)
        && d.negative_version.get() == version()
        && d.negative.borrow().contains(&subclass)
    {
        return Ok(Ref::bool(false));
    }
    if subclasscheck(vm, class, &subclass)? {
        return Ok(Ref::bool(true));
    }
    if subtype.is(&subclass) {
        return Ok(Ref::bool(false));
    }
    Ok(Ref::bool(subclasscheck(vm, class, &subtype)?))
}

fn abc_subclasscheck(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let (class, subclass) = (&a[0], &a[1]);
    let Some(st) = subclass.cast::<TypeObj>() else {
        return Err(vm.type_error("issubclass() arg 1 must be a class"));
    };
    let holder = data_of(vm, class)?;
    let d = data(vm, &holder)?;
    if d.cache.borrow().contains(subclass) {
        return Ok(Ref::bool(true));
    }
    if d.negative_version.get() < version() {
        d.negative.replace(WeakSet::default());
        d.negative_version.set(version());
    } else if d.negative.borrow().contains(subclass) {
        return Ok(Ref::bool(false));
    }
    let found = match vm.call_method(class, "__subclasshook__", std::slice::from_ref(subclass))? {
        r if r.is_true() => true,
        r if r.is_false() => {
            let w = weak(vm, subclass)?;
            data(vm, &holder)?.negative.borrow_mut().add(subclass, w);
            return Ok(Ref::bool(false));
        }
        r if r.is_not_implemented() => {
            st.is_subtype(class) || by_relatives(vm, class, subclass, &holder)?
        }
        _ => {
            let class = rt().types.assertion_error.clone();
            return Err(vm.error(
                &class,
                "__subclasshook__ must return either False, True, or NotImplemented",
            ));
        }
    };
    let w = weak(vm, subclass)?;
    let d = data(vm, &holder)?;
    let set = if found { &d.cache } else { &d.negative };
    set.borrow_mut().add(subclass, w);
    Ok(Ref::bool(found))
}

/// Whether it is a subclass of a registered class or of a real subclass.
fn by_relatives(vm: &mut Vm, class: &Ref, subclass: &Ref, holder: &Ref) -> R<bool> {
    vm.check_native_stack()?;
    let registry = data(vm, holder)?.registry.borrow().clone();
    for w in registry {
        if let Some(c) = w.cast::<WeakRefObj>().and_then(|w| w.upgrade())
            && vm.issubclass(subclass, &c)?
        {
            return Ok(true);
        }
    }
    let direct = vm.call_method(class, "__subclasses__", &[])?;
    if direct.cast::<ListObj>().is_none() {
        return Err(vm.type_error("__subclasses__() must return a list"));
    }
    for c in vm.collect(&direct)? {
        if vm.issubclass(subclass, &c)? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn get_dump(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let holder = data_of(vm, &a[0])?;
    let d = data(vm, &holder)?;
    let registry = d.registry.borrow().clone();
    let values = |s: &RefCell<WeakSet>| s.borrow().map.values().cloned().collect::<Vec<_>>();
    let (cache, negative, version) = (
        values(&d.cache),
        values(&d.negative),
        d.negative_version.get(),
    );
    let set = rt().types.set.clone();
    let mut parts = Vec::new();
    for items in [registry, cache, negative] {
        let list = crate::vm::new_list(items);
        parts.push(vm.call(&set, &[list])?);
    }
    parts.push(new_int(version));
    Ok(new_tuple(parts))
}

pub fn make(vm: &mut Vm) -> R<Ref> {
    let m = module::new_module(
        "_abc",
        "Abstract classes, the native half of the module abc.",
    );
    module::add_functions(vm, &m, FUNCTIONS);
    Ok(m)
}
