//! How a builtin class is declared, and how the declaration becomes a class.

use crate::Vm;
use crate::native::{DefKind, GetSetDef, NativeDef};
use crate::protocol::slot_table;
use crate::value::header::Kind;
use crate::value::object::kind_info;
use crate::value::shape::{Shape, shape_flag};
use crate::value::slots::Slots;
use crate::value::*;
use crate::vm::new_str;
use std::cell::{Cell, RefCell};

/// A builtin class.
pub struct TypeSpec {
    /// `name`, or `module.name` for classes that don't live in `builtins`.
    pub name: &'static str,
    /// The layout of instances.
    pub kind: Kind,
    /// Whether objects made by `Ref::new` for this kind are of this class (one class a kind).
    pub exact: bool,
    /// See [`type_flag`].
    pub flags: u32,
    pub doc: &'static str,
    pub methods: &'static [NativeDef],
    pub getset: &'static [GetSetDef],
    /// Fills the slots. What stays empty is inherited from the base.
    pub slots: fn(&Slots),
}

impl TypeSpec {
    /// The usual values; override with `..TypeSpec::DEFAULT`.
    pub const DEFAULT: TypeSpec = TypeSpec {
        name: "",
        kind: Kind::Native,
        exact: false,
        flags: 0,
        doc: "",
        methods: &[],
        getset: &[],
        slots: |_| {},
    };
}

fn immortal_name(s: &str) -> Ref {
    intern(s)
}

/// Makes the class. `base` is undefined only for `object`.
pub fn make_type(vm: &mut Vm, spec: &'static TypeSpec, base: &Ref) -> Ref {
    let (module, name) = match spec.name.rsplit_once('.') {
        Some((m, n)) => (m, n),
        None => ("builtins", spec.name),
    };
    let flags = spec.flags | type_flag::IMMUTABLE | type_flag::READY;
    let class = alloc_type(
        spec.kind,
        flags,
        name,
        name,
        base.clone(),
        if base.is_undefined() {
            vec![]
        } else {
            vec![base.clone()]
        },
        Some(spec.doc).filter(|d| !d.is_empty()),
    );
    class.make_immortal();
    let Some(t) = class.cast::<TypeObj>() else {
        return class;
    };
    let mut mro = vec![class.clone()];
    if let Some(b) = base.cast::<TypeObj>() {
        mro.extend(b.mro.get(vm).iter().cloned());
        b.subclasses.borrow_mut().push(class.value());
        t.flags.set(
            t.flags.get()
                | b.flags.get()
                    & (type_flag::HAS_DICT
                        | type_flag::SEQUENCE
                        | type_flag::MAPPING
                        | type_flag::MATCH_SELF),
        );
        t.slots_inherit_later();
    }
    t.mro.set(mro);
    (spec.slots)(&t.slots);
    let ns = t.namespace();
    add_slot_wrappers(t, &class);
    if let Some(b) = base.cast::<TypeObj>() {
        inherit_slots(&t.slots, b);
    }
    if spec.flags & type_flag::NO_NEW != 0 {
        t.slots.new.set(None);
    }
    if t.slots
        .hash
        .get()
        .is_some_and(|h| std::ptr::fn_addr_eq(h, slot_table::no_hash as slots::HashFn))
    {
        ns.set_name("__hash__", Ref::none());
    }
    for def in spec.methods {
        ns.set_name(def.name(), method_object(def, &class, spec.name));
    }
    if t.slots.new.get().is_some() && ns.get_name("__new__").is_none() && !own_new_missing(t, base)
    {
        ns.set_name(
            "__new__",
            Ref::new(NativeFunctionObj {
                def: &super::class::NEW_DEF,
                this: class.clone(),
                owner: class.clone(),
                module: Ref::none(),
            }),
        );
    }
    for def in spec.getset {
        ns.set_name(def.name, super::descriptors::builtin_attribute(def, &class));
    }
    let inherits_dict = base
        .cast::<TypeObj>()
        .is_some_and(|b| b.has_flag(type_flag::HAS_DICT));
    if spec.flags & type_flag::HAS_DICT != 0
        && !inherits_dict
        && module != "typing"
        && ns.get_name("__dict__").is_none()
    {
        ns.set_name(
            "__dict__",
            Ref::new(GetSetObj {
                def: &super::object::DICT_GETSET,
                owner: class.clone(),
            }),
        );
    }
    // Where instances have their own `__doc__`, the class's is found by `TypeObj::doc` alone.
    if ns.get_name("__doc__").is_none() {
        let doc = if spec.doc.is_empty() {
            Ref::none()
        } else {
            new_str(spec.doc)
        };
        ns.set_name("__doc__", doc);
    }
    if module != "builtins" {
        ns.set_name("__module__", immortal_name(module));
    }
    refresh_access_flags(t);
    if spec.exact {
        rt().set_kind_class(
            spec.kind,
            &class,
            if spec_needs_finalizer(spec.kind) {
                shape_flag::FINALIZE
            } else {
                0
            },
        );
        t.root_shape.set(Some(rt().shape(spec.kind as u32)));
    }
    class
}

fn spec_needs_finalizer(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Generator | Kind::Coroutine | Kind::AsyncGenerator | Kind::AsyncGenStep
    )
}

/// Slots of a builtin class that are empty come from its base. A class that defines equality but no hash gets the base's
/// hash only if the base is where equality came from, as the data model says.
fn inherit_slots(own: &Slots, base: &TypeObj) {
    if own.richcmp.get().is_some() && own.hash.get().is_none() {
        own.hash.set(Some(slot_table::no_hash));
    }
    own.inherit(&base.slots);
}

fn own_new_missing(t: &TypeObj, base: &Ref) -> bool {
    match (
        t.slots.new.get(),
        base.cast::<TypeObj>().and_then(|b| b.slots.new.get()),
    ) {
        (Some(a), Some(b)) => std::ptr::fn_addr_eq(a, b),
        _ => false,
    }
}

/// The Python object for a row of a class's method table.
pub fn method_object(def: &'static NativeDef, class: &Ref, _class_name: &str) -> Ref {
    let f = |this: Ref| NativeFunctionObj {
        def,
        this,
        owner: class.clone(),
        module: Ref::none(),
    };
    match def.kind {
        DefKind::Method => {
            let descriptor = &rt().types.method_descriptor;
            if descriptor.is_undefined() {
                Ref::new(f(Ref::UNDEFINED))
            } else {
                Ref::new_of(descriptor, f(Ref::UNDEFINED))
            }
        }
        DefKind::ClassMethod => {
            let descriptor = &rt().types.classmethod_descriptor;
            if descriptor.is_undefined() {
                Ref::new(f(Ref::UNDEFINED))
            } else {
                Ref::new_of(descriptor, f(Ref::UNDEFINED))
            }
        }
        DefKind::StaticMethod | DefKind::Function => {
            let inner = Ref::new(f(Ref::UNDEFINED));
            Ref::new(StaticMethodObj {
                func: Guarded::new(inner),
                dict: Guarded::default(),
            })
        }
    }
}

/// Puts a wrapper (`int.__add__`) into the namespace for each slot that the class itself fills.
fn add_slot_wrappers(t: &TypeObj, class: &Ref) {
    let ns = t.namespace();
    for row in slot_table::builtin_rows() {
        if matches!(row.name, "__getattr__" | "__del__") || !(row.present)(&t.slots) {
            continue;
        }
        if row.name == "__hash__"
            && t.slots
                .hash
                .get()
                .is_some_and(|h| std::ptr::fn_addr_eq(h, slot_table::no_hash as slots::HashFn))
        {
            continue;
        }
        let name = intern(row.name);
        if ns.get_str(&name).is_none() {
            ns.set_str(
                &name,
                Ref::new(SlotWrapperObj {
                    def: row,
                    owner: class.clone(),
                    this: Ref::UNDEFINED,
                }),
            );
        }
    }
}

/// Notes which classes have plain attribute access.
pub(crate) fn refresh_access_flags(t: &TypeObj) {
    let object = &rt().types.object;
    let Some(o) = object.cast::<TypeObj>() else {
        t.set_flag(type_flag::PLAIN_GETATTR | type_flag::PLAIN_SETATTR, true);
        return;
    };
    let same_get = match (t.slots.getattr.get(), o.slots.getattr.get()) {
        (Some(a), Some(b)) => std::ptr::fn_addr_eq(a, b),
        _ => false,
    };
    let same_set = match (t.slots.setattr.get(), o.slots.setattr.get()) {
        (Some(a), Some(b)) => std::ptr::fn_addr_eq(a, b),
        _ => false,
    };
    t.set_flag(type_flag::PLAIN_GETATTR, same_get);
    t.set_flag(type_flag::PLAIN_SETATTR, same_set);
}

/// A class object with empty slots and namespace.
pub(crate) fn alloc_type(
    kind: Kind,
    flags: u32,
    name: &str,
    qualname: &str,
    base: Ref,
    bases: Vec<Ref>,
    doc: Option<&'static str>,
) -> Ref {
    let mut payload = new_type_payload(
        kind,
        flags,
        new_str(name),
        new_str(qualname),
        base,
        bases,
        DictObj::new_dict(),
        0,
    );
    payload.doc = doc;
    Ref::alloc_exact(payload, Kind::Type)
}

#[allow(clippy::too_many_arguments)]
pub(crate) fn new_type_payload(
    kind: Kind,
    flags: u32,
    name: Ref,
    qualname: Ref,
    base: Ref,
    bases: Vec<Ref>,
    dict: Ref,
    fixed_slots: u16,
) -> TypeObj {
    TypeObj {
        kind,
        flags: Cell::new(flags),
        name: Guarded::new(name),
        qualname: Guarded::new(qualname),
        base: Guarded::new(base),
        bases: Guarded::new(bases),
        mro: Guarded::new(vec![]),
        dict,
        slots: Slots::default(),
        root_shape: Cell::new(None),
        dict_shape: Cell::new(None),
        shapes: RefCell::new(vec![]),
        subclasses: RefCell::new(vec![]),
        version: Cell::new(0),
        fixed_slots,
        learnt: Cell::new(0),
        doc: None,
    }
}

impl TypeObj {
    fn slots_inherit_later(&self) {}

    /// The shape of a new instance.
    #[inline(always)]
    pub(crate) fn instance_shape(&self) -> &'static Shape {
        match self.root_shape.get() {
            Some(s) => s,
            None => self.make_root_shape(),
        }
    }

    #[cold]
    fn make_root_shape(&self) -> &'static Shape {
        let class = type_ref(self);
        let mut shape = Shape::new(self.kind, class.value(), self.shape_flags());
        let dict = self.has_flag(type_flag::HAS_DICT);
        let own_dict = matches!(
            self.kind,
            Kind::Type | Kind::Module | Kind::Function | Kind::ClassMethod | Kind::StaticMethod
        );
        if self.fixed_slots > 0 || dict && !own_dict {
            let base = if self.kind == Kind::Object {
                size_of::<header::Header>()
            } else {
                kind_info(self.kind).size
            };
            shape.ext_offset = base.next_multiple_of(8) as u16;
            let variable = matches!(self.kind, Kind::Str | Kind::Bytes | Kind::Tuple);
            if variable {
                shape.flags |= shape_flag::VARIABLE | shape_flag::DICT_MODE;
            }
            if !dict {
                shape.flags |= shape_flag::NO_DICT;
            }
            shape.fixed = self.fixed_slots;
            let room = if dict && !variable {
                self.learnt.get()
            } else {
                0
            };
            // The collector counts slots in u16; an instance with more attributes uses a dict.
            shape.capacity = shape.fixed + room.min(64);
        }
        let shape = rt().add_shape(shape);
        self.shapes.borrow_mut().push(shape.id);
        self.root_shape.set(Some(shape));
        shape
    }
    fn shape_flags(&self) -> u32 {
        let mut f = shape_flag::HEAP_CLASS;
        if self.has_flag(type_flag::HAS_DEL) || spec_needs_finalizer(self.kind) {
            f |= shape_flag::FINALIZE;
        }
        f
    }
    /// The shape of an instance of `from` that keeps its attributes in a dict.
    pub(crate) fn dict_mode_shape(&self, from: &'static Shape) -> &'static Shape {
        if let Some(s) = self.dict_shape.get()
            && s.capacity == from.capacity
        {
            return s;
        }
        let mut shape = Shape::new(from.kind, from.class, from.flags | shape_flag::DICT_MODE);
        shape.ext_offset = from.ext_offset;
        shape.capacity = from.capacity;
        shape.fixed = from.fixed;
        let shape = rt().add_shape(shape);
        self.shapes.borrow_mut().push(shape.id);
        self.dict_shape.set(Some(shape));
        shape
    }
    /// An instance needed more attributes than it had room for: the next ones get more.
    pub(crate) fn needs_room(&self, slots: u16) {
        if self.learnt.get() + self.fixed_slots < slots && slots <= 64 {
            self.learnt.set((slots + 2).min(64));
            if self.has_flag(type_flag::HAS_DICT) && self.kind != Kind::Native {
                self.root_shape.set(None);
            }
        }
    }
}
