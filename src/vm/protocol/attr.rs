//! Attribute access: lookup along the MRO, descriptors, instance attributes, `getattr`/`setattr`/`delattr`.

use crate::value::object::type_payload;
use crate::value::shape::{Shape, shape_flag};
use crate::value::*;
use crate::{R, Vm};
use std::cell::Cell;
use std::sync::atomic::{AtomicU32, Ordering};

/// The number of the present state of all classes, as far as inline caches rely on it. A cache that remembers
/// something found on a class is valid while this stays the same.
pub(crate) static CLASS_EPOCH: AtomicU32 = AtomicU32::new(1);

static NEXT_TYPE_VERSION: AtomicU32 = AtomicU32::new(1);

const CACHE_SIZE: usize = 4096;

/// Special methods that change what an attribute access means.
const ACCESS_METHODS: [&str; 6] = [
    "__getattribute__",
    "__setattr__",
    "__delattr__",
    "__get__",
    "__set__",
    "__delete__",
];

struct CacheLine {
    version: Cell<u32>,
    name: Cell<u64>,
    /// Borrowed: valid as long as the version is. Undefined: there is no such attribute.
    found: Cell<Value>,
}

/// The cache of MRO lookups, keyed by class version and interned name.
pub(crate) struct MethodCache(Vec<CacheLine>);

impl Default for MethodCache {
    fn default() -> MethodCache {
        let line = || CacheLine {
            version: Cell::new(0),
            name: Cell::new(0),
            found: Cell::new(Value::UNDEFINED),
        };
        MethodCache((0..CACHE_SIZE).map(|_| line()).collect())
    }
}

impl TypeObj {
    /// Whether this class has `base` in its MRO.
    #[inline]
    pub fn is_subtype(&self, base: &Ref) -> bool {
        if let Some(b) = base.cast::<TypeObj>()
            && std::ptr::eq(self, b)
        {
            return true;
        }
        // SAFETY of meaning: the MRO is only replaced as a whole and no code runs here.
        self.mro.cloned_contains(base)
    }
    pub fn has_flag(&self, flag: u32) -> bool {
        self.flags.get() & flag != 0
    }
    pub fn set_flag(&self, flag: u32, on: bool) {
        let f = self.flags.get();
        self.flags.set(if on { f | flag } else { f & !flag });
    }
    /// The namespace.
    pub fn namespace(&self) -> &DictObj {
        match self.dict.cast::<DictObj>() {
            Some(d) => d,
            None => std::process::abort(),
        }
    }
}

impl Vm {
    /// What the MRO of `t` says of `name` (an interned str): the class attribute, unbound.
    #[inline]
    pub fn lookup(&self, t: &TypeObj, name: &Ref) -> Option<Ref> {
        let version = t.version.get();
        if version != 0 {
            let line = &rt().types.method_cache.0[(version as usize)
                .wrapping_mul(31)
                .wrapping_add(name.id() as usize >> 4)
                % CACHE_SIZE];
            if line.version.get() == version && line.name.get() == name.id() {
                let v = line.found.get();
                return if v.is_undefined() {
                    None
                } else {
                    Some(v.to_ref())
                };
            }
        }
        self.lookup_slow(t, name)
    }

    #[cold]
    #[inline(never)]
    fn lookup_slow(&self, t: &TypeObj, name: &Ref) -> Option<Ref> {
        let interned = name.flag(header::flag::INTERNED);
        let mut found = None;
        for class in t.mro.get(self) {
            if let Some(c) = class.cast::<TypeObj>()
                && let Some(v) = c.namespace().get_str(name)
            {
                found = Some(v);
                break;
            }
        }
        if interned && !t.mro.get(self).is_empty() {
            if t.version.get() == 0 {
                let v = NEXT_TYPE_VERSION.fetch_add(1, Ordering::Relaxed);
                t.version.set(v.max(1));
            }
            let version = t.version.get();
            let line = &rt().types.method_cache.0[(version as usize)
                .wrapping_mul(31)
                .wrapping_add(name.id() as usize >> 4)
                % CACHE_SIZE];
            line.version.set(version);
            line.name.set(name.id());
            line.found
                .set(found.as_ref().map_or(Value::UNDEFINED, |f| f.value()));
        }
        found
    }

    /// Something about the class has changed: lookups through it and its subclasses begin anew.
    pub fn type_modified(&self, t: &TypeObj) {
        t.version.set(0);
        let subs: Vec<Value> = t.subclasses.borrow().clone();
        for s in subs {
            self.type_modified(type_payload(s));
        }
    }

    /// `getattr(obj, name)`.
    #[inline]
    pub fn getattr(&mut self, obj: &Ref, name: &Ref) -> R<Ref> {
        let r = match obj.class().slots.getattr.get() {
            Some(f) => f(self, obj, name),
            None => self.generic_getattr(obj, name),
        };
        if r.is_err() {
            self.complete_attribute_error(obj, name);
        }
        r
    }
    /// An AttributeError raised by Python code learns what was asked of whom.
    #[cold]
    fn complete_attribute_error(&mut self, obj: &Ref, name: &Ref) {
        let Some(exc) = self.exc.clone() else { return };
        if !class_of(&exc).is(&rt().types.attribute_error)
            || !crate::errors::get_field(&exc, "name").is_none()
            || !crate::errors::get_field(&exc, "obj").is_none()
        {
            return;
        }
        crate::errors::set_field(&exc, "name", name.clone());
        crate::errors::set_field(&exc, "obj", obj.clone());
    }
    /// `getattr(obj, name)` by a Rust string.
    pub fn getattr_str(&mut self, obj: &Ref, name: &str) -> R<Ref> {
        self.getattr(obj, &intern(name))
    }
    /// `getattr(obj, name, None)`: absent attributes give `None`.
    pub fn getattr_opt(&mut self, obj: &Ref, name: &Ref) -> R<Option<Ref>> {
        if obj.class().has_flag(type_flag::PLAIN_GETATTR) {
            // No error object is made where nobody can see it.
            let r = self.generic_getattr_opt(obj, name);
            let class = rt().types.attribute_error.clone();
            return Ok(self.catch(r, &class)?.flatten());
        }
        let r = self.getattr(obj, name);
        let class = rt().types.attribute_error.clone();
        self.catch(r, &class)
    }
    /// `setattr(obj, name, value)`, or `delattr` without a value.
    pub fn setattr(&mut self, obj: &Ref, name: &Ref, value: Option<Ref>) -> R<()> {
        match obj.class().slots.setattr.get() {
            Some(f) => f(self, obj, name, value),
            None => self.generic_setattr(obj, name, value),
        }
    }

    /// `object.__getattribute__`.
    pub fn generic_getattr(&mut self, obj: &Ref, name: &Ref) -> R<Ref> {
        match self.generic_getattr_opt(obj, name)? {
            Some(r) => Ok(r),
            None => Err(self.attribute_error(obj, name)),
        }
    }
    pub fn generic_getattr_opt(&mut self, obj: &Ref, name: &Ref) -> R<Option<Ref>> {
        let t = obj.class();
        let found = self.lookup(t, name);
        if let Some(d) = &found {
            let slots = &d.class().slots;
            if slots.descr_set.get().is_some()
                && let Some(get) = slots.descr_get.get()
            {
                return self.descriptor_get(get, d, obj).map(Some);
            }
        }
        if let Some(v) = self.instance_attr(obj, name)? {
            return Ok(Some(v));
        }
        match found {
            Some(d) => match d.class().slots.descr_get.get() {
                Some(get) => self.descriptor_get(get, &d, obj).map(Some),
                None => Ok(Some(d)),
            },
            None => Ok(None),
        }
    }
    fn descriptor_get(&mut self, get: slots::DescrGet, d: &Ref, obj: &Ref) -> R<Ref> {
        let class = class_of(obj);
        get(self, d, obj, &class)
    }

    /// An attribute in the instance itself (its slots or `__dict__`), without asking the class.
    #[inline]
    pub fn instance_attr(&mut self, obj: &Ref, name: &Ref) -> R<Option<Ref>> {
        let Some(shape) = obj.shape() else {
            return Ok(None);
        };
        if shape.ext_offset == 0 && shape.flags & shape_flag::VARIABLE == 0 {
            return Ok(self
                .payload_dict(obj)
                .and_then(|d| d.cast::<DictObj>().and_then(|d| d.get_str(name))));
        }
        if shape.flags & shape_flag::DICT_MODE != 0 {
            let d = obj.ext(shape);
            return Ok(d.cast::<DictObj>().and_then(|d| d.get_str(name)));
        }
        Ok(shape.find(name.value()).map(|i| obj.slot(shape, i)))
    }

    /// The `__dict__` of builtin objects that keep one in their payload, if it has been made.
    fn payload_dict(&self, obj: &Ref) -> Option<Ref> {
        let d = match obj.shape()?.kind {
            Kind::Module => obj.cast::<ModuleObj>()?.dict.clone(),
            Kind::Function => obj.cast::<FunctionObj>()?.dict.cloned(),
            Kind::ClassMethod => obj.cast::<ClassMethodObj>()?.dict.cloned(),
            Kind::StaticMethod => obj.cast::<StaticMethodObj>()?.dict.cloned(),
            _ => return None,
        };
        if d.is_undefined() { None } else { Some(d) }
    }

    /// A new dict of the attributes of an object that keeps them in slots, which it goes on doing; `None` for all others.
    pub(crate) fn attributes_of(&self, obj: &Ref) -> Option<Ref> {
        let shape = obj.shape()?;
        let no_slots = shape_flag::DICT_MODE | shape_flag::NO_DICT | shape_flag::VARIABLE;
        if shape.ext_offset == 0
            || shape.flags & no_slots != 0
            || !obj.class().has_flag(type_flag::PLAIN_GETATTR)
        {
            return None;
        }
        let dict = DictObj::with_capacity(shape.names.len());
        if let Some(d) = dict.cast::<DictObj>() {
            for (i, &n) in shape.names.iter().enumerate() {
                let v = obj.slot(shape, shape.fixed + i as u16);
                if v.is_undefined() {
                    return None;
                }
                d.set_str(&n.to_ref(), v);
            }
        }
        Some(dict)
    }

    /// The `__dict__` of an object, made if need be; `None` if it can't have one.
    pub fn dict_of(&mut self, obj: &Ref) -> Option<Ref> {
        let shape = obj.shape()?;
        if let Some(d) = self.payload_dict(obj) {
            return Some(d);
        }
        let new = DictObj::new_dict;
        match shape.kind {
            Kind::Function => {
                let d = new();
                obj.cast::<FunctionObj>()?.dict.set(d.clone());
                return Some(d);
            }
            Kind::ClassMethod => {
                let d = new();
                obj.cast::<ClassMethodObj>()?.dict.set(d.clone());
                return Some(d);
            }
            Kind::StaticMethod => {
                let d = new();
                obj.cast::<StaticMethodObj>()?.dict.set(d.clone());
                return Some(d);
            }
            _ => {}
        }
        if (shape.ext_offset == 0 && shape.flags & shape_flag::VARIABLE == 0)
            || shape.flags & shape_flag::NO_DICT != 0
        {
            return None;
        }
        if shape.flags & shape_flag::DICT_MODE != 0 {
            let d = obj.ext(shape);
            if d.cast::<DictObj>().is_some() {
                return Some(d);
            }
            let d = new();
            obj.enter_dict_mode(shape, shape, d.clone());
            return Some(d);
        }
        Some(self.enter_dict_mode(obj, shape))
    }

    fn enter_dict_mode(&mut self, obj: &Ref, shape: &'static Shape) -> Ref {
        let dict = DictObj::with_capacity(shape.names.len());
        if let Some(d) = dict.cast::<DictObj>() {
            for (i, &n) in shape.names.iter().enumerate() {
                d.set_str(&n.to_ref(), obj.slot(shape, shape.fixed + i as u16));
            }
        }
        let to = obj.class().dict_mode_shape(shape);
        obj.enter_dict_mode(shape, to, dict.clone());
        dict
    }

    /// Replaces the `__dict__`.
    pub fn set_dict_of(&mut self, obj: &Ref, dict: Ref) -> R<()> {
        let Some(shape) = obj.shape() else {
            return Ok(());
        };
        match shape.kind {
            Kind::Function => {
                if let Some(f) = obj.cast::<FunctionObj>() {
                    f.dict.set(dict);
                }
                return Ok(());
            }
            _ if shape.ext_offset == 0 && shape.flags & shape_flag::VARIABLE == 0 => {
                return Err(self.type_error("this object has no writable __dict__"));
            }
            _ => {}
        }
        let to = if shape.flags & shape_flag::DICT_MODE != 0 {
            shape
        } else {
            obj.class().dict_mode_shape(shape)
        };
        obj.enter_dict_mode(shape, to, dict);
        Ok(())
    }

    /// `object.__setattr__` and `object.__delattr__`.
    pub fn generic_setattr(&mut self, obj: &Ref, name: &Ref, value: Option<Ref>) -> R<()> {
        if !name.is_str() {
            let text = format!(
                "attribute name must be string, not '{}'",
                self.type_name(name)
            );
            return Err(self.type_error(&text));
        }
        let name = &rt().intern_ref(name);
        let t = obj.class();
        let found = self.lookup(t, name);
        if let Some(d) = &found
            && let Some(set) = d.class().slots.descr_set.get()
        {
            return set(self, d, obj, value);
        }
        match value {
            Some(v) => {
                if self.set_instance_attr(obj, name, v) {
                    return Ok(());
                }
            }
            None => {
                if let Some(done) = self.delete_instance_attr(obj, name) {
                    if done {
                        return Ok(());
                    }
                    let text = format!(
                        "'{}' object has no attribute '{}'",
                        self.class_name(t),
                        self.str_lossy(name)
                    );
                    return Err(self.attribute_error_text(&text, obj, name));
                }
            }
        }
        let (class, attr) = (self.class_name(t), self.str_lossy(name));
        let text = match found {
            Some(_) => format!("'{class}' object attribute '{attr}' is read-only"),
            None if t.has_flag(type_flag::HAS_DICT) => {
                format!("'{class}' object has no attribute '{attr}'")
            }
            None => format!(
                "'{class}' object has no attribute '{attr}' and no __dict__ for setting new attributes"
            ),
        };
        Err(self.attribute_error_text(&text, obj, name))
    }

    /// Stores into the instance itself; false if it has no room for attributes.
    pub fn set_instance_attr(&mut self, obj: &Ref, name: &Ref, value: Ref) -> bool {
        let Some(shape) = obj.shape() else {
            return false;
        };
        if shape.flags & shape_flag::DICT_MODE == 0 && shape.ext_offset != 0 {
            if let Some(i) = shape.find(name.value()) {
                drop(obj.set_slot(shape, i, value));
                return true;
            }
            if let Some(to) = shape.with(name.value()) {
                obj.add_slot(to, value);
                return true;
            }
            if shape.flags & shape_flag::NO_DICT == 0 {
                obj.class().needs_room(shape.used() + 1);
            }
        }
        match self.dict_of(obj) {
            Some(d) => {
                if let Some(d) = d.cast::<DictObj>() {
                    d.set_str(name, value);
                }
                true
            }
            None => false,
        }
    }

    /// Deletes from the instance itself: whether it was there, or `None` if it can't have attributes.
    fn delete_instance_attr(&mut self, obj: &Ref, name: &Ref) -> Option<bool> {
        let shape = obj.shape()?;
        if shape.flags & shape_flag::DICT_MODE == 0
            && shape.ext_offset != 0
            && shape.flags & shape_flag::NO_DICT == 0
            && shape.find(name.value()).is_none()
        {
            return Some(false);
        }
        let d = self.dict_of(obj)?;
        Some(d.cast::<DictObj>()?.remove_str(name).is_some())
    }

    /// `type.__getattribute__`: attributes of a class.
    pub fn type_getattr(&mut self, class: &Ref, name: &Ref) -> R<Ref> {
        match self.type_getattr_opt(class, name)? {
            Some(r) => Ok(r),
            None => Err(self.attribute_error(class, name)),
        }
    }
    pub fn type_getattr_opt(&mut self, class: &Ref, name: &Ref) -> R<Option<Ref>> {
        let Some(t) = class.cast::<TypeObj>() else {
            return Ok(None);
        };
        let meta = class.class();
        let meta_attr = self.lookup(meta, name);
        if let Some(d) = &meta_attr {
            let slots = &d.class().slots;
            if slots.descr_set.get().is_some()
                && let Some(get) = slots.descr_get.get()
            {
                return self.descriptor_get(get, d, class).map(Some);
            }
        }
        if let Some(d) = self.lookup(t, name) {
            return match d.class().slots.descr_get.get() {
                Some(get) => get(self, &d, &Ref::UNDEFINED, class).map(Some),
                None => Ok(Some(d)),
            };
        }
        match meta_attr {
            Some(d) => match d.class().slots.descr_get.get() {
                Some(get) => self.descriptor_get(get, &d, class).map(Some),
                None => Ok(Some(d)),
            },
            None => Ok(None),
        }
    }

    /// `type.__setattr__`.
    pub fn type_setattr(&mut self, class: &Ref, name: &Ref, value: Option<Ref>) -> R<()> {
        let Some(t) = class.cast::<TypeObj>() else {
            return Ok(());
        };
        if t.has_flag(type_flag::IMMUTABLE) {
            let text = format!(
                "cannot set '{}' attribute of immutable type '{}'",
                self.str_lossy(name),
                self.class_name(t)
            );
            return Err(self.type_error(&text));
        }
        let name = &rt().intern_ref(name);
        let meta = class.class();
        if let Some(d) = self.lookup(meta, name)
            && let Some(set) = d.class().slots.descr_set.get()
        {
            return set(self, &d, class, value);
        }
        let old = t.namespace().get_str(name);
        let plain = |r: &Ref| {
            r.class().slots.descr_get.get().is_none() && r.class().slots.descr_set.get().is_none()
        };
        let quiet = matches!((&old, &value), (Some(o), Some(v)) if plain(o) && plain(v));
        let data_descriptor = value
            .as_ref()
            .is_some_and(|v| v.class().slots.descr_set.get().is_some());
        match value {
            Some(v) => t.namespace().set_str(name, v),
            None => {
                if t.namespace().remove_str(name).is_none() {
                    return Err(self.attribute_error(class, name));
                }
            }
        }
        self.type_modified(t);
        if !quiet {
            CLASS_EPOCH.fetch_add(1, Ordering::Relaxed);
        }
        let text = self.str_lossy(name);
        let access = ACCESS_METHODS.contains(&&*text);
        if data_descriptor || access {
            // It now hides instance attributes that slot caches would go on reading, or attributes are found by other rules.
            crate::interp::flush_caches();
        }
        if text.starts_with("__") && text.ends_with("__") {
            self.refresh_slots(t);
        }
        Ok(())
    }

    /// Slots of a class and its subclasses again after a dunder has changed.
    pub fn refresh_slots(&mut self, t: &TypeObj) {
        super::slot_table::fix_slots(self, t);
        self.refresh_class_flags(t);
        let subs: Vec<Value> = t.subclasses.borrow().clone();
        for s in subs {
            let keep = s.to_ref();
            if let Some(sub) = keep.cast::<TypeObj>()
                && sub.has_flag(type_flag::HEAP)
            {
                self.refresh_slots(sub);
            }
        }
    }
}

impl Guarded<Vec<Ref>> {
    fn cloned_contains(&self, r: &Ref) -> bool {
        // A look without side effects.
        self.with_raw(|v| v.iter().any(|x| x.is(r)))
    }
}
