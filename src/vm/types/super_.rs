//! `super`: attribute lookup that begins behind a class in the MRO.

use super::builtin_function::wrong_receiver;
use super::descriptors::readonly;
use super::function::constructor;
use super::spec::TypeSpec;
use crate::native::{Args, DefKind, NativeDef, arg};
use crate::value::header::Kind;
use crate::value::*;
use crate::vm::new_str;
use crate::{R, Vm, getset};

pub static SUPER: TypeSpec = TypeSpec {
    name: "super",
    kind: Kind::Super,
    exact: true,
    flags: type_flag::BASE,
    doc: "Attributes as a class's successors in the order of resolution have them.\n\nsuper() in a method stands for super(C, self), with the class it was written in and its first argument.\nsuper(C, x) searches the classes that come after C in the order of type(x), or in that of x if it is a class.",
    getset: GETSET,
    slots: |s| {
        s.repr.set(Some(super_repr));
        s.getattr.set(Some(super_object_getattr));
        s.descr_get.set(Some(super_descr_get));
        s.new.set(Some(|_, class, _| {
            Ok(Ref::new_of(class, SuperObj::default()))
        }));
        s.init.set(Some(super_init));
    },
    ..TypeSpec::DEFAULT
};

getset! { GETSET;
    "__thisclass__" => |vm, r| Ok(or_none(payload(vm, r)?.class.cloned())), readonly, "The class after which the search begins.";
    "__self__" => |vm, r| Ok(or_none(payload(vm, r)?.this.cloned())), readonly, "The object whose attributes are looked up; None if there is none yet.";
    "__self_class__" => |vm, r| Ok(or_none(payload(vm, r)?.this_class.cloned())), readonly, "The class whose order of resolution is followed; None without an object.";
}

fn or_none(r: Ref) -> Ref {
    if r.is_undefined() { Ref::none() } else { r }
}

fn payload<'a>(vm: &mut Vm, r: &'a Ref) -> R<&'a SuperObj> {
    match r.cast::<SuperObj>() {
        Some(s) => Ok(s),
        None => Err(wrong_receiver(vm, "super", r)),
    }
}

static SUPER_NEW: NativeDef = constructor("super(type=<unset>, object_or_type=None, /)");

fn super_init(vm: &mut Vm, r: &Ref, args: Args) -> R<()> {
    if args.all.len() > 2 && !args.has_kw() {
        let text = format!(
            "super() expected at most 2 arguments, got {}",
            args.all.len()
        );
        return Err(vm.type_error(&text));
    }
    let a = SUPER_NEW.bind(vm, args)?;
    let (class, this) = match arg(&a, 0) {
        Some(c) => (
            c.clone(),
            arg(&a, 1)
                .filter(|o| !o.is_none())
                .cloned()
                .unwrap_or_default(),
        ),
        None => vm.current_super_args()?,
    };
    if class.cast::<TypeObj>().is_none() {
        let text = format!(
            "super() argument 1 must be a type, not {}",
            vm.type_name(&class)
        );
        return Err(vm.type_error(&text));
    }
    let this_class = if this.is_undefined() {
        Ref::UNDEFINED
    } else {
        check(vm, &class, &this)?
    };
    let s = payload(vm, r)?;
    s.class.set(class);
    s.this.set(this);
    s.this_class.set(this_class);
    Ok(())
}

/// The class whose MRO is walked: `this` itself if it is a subclass of `class`, else its class.
fn check(vm: &mut Vm, class: &Ref, this: &Ref) -> R<Ref> {
    if let Some(t) = this.cast::<TypeObj>()
        && t.is_subtype(class)
    {
        return Ok(this.clone());
    }
    if this.class().is_subtype(class) {
        return Ok(class_of(this));
    }
    // A proxy may say that it is an instance.
    if let Some(c) = vm.getattr_opt(this, &intern("__class__"))?
        && !c.is(&class_of(this))
        && c.cast::<TypeObj>().is_some_and(|t| t.is_subtype(class))
    {
        return Ok(c);
    }
    let (what, name) = match this.cast::<TypeObj>() {
        Some(t) => ("type", vm.class_name(t)),
        None => ("instance of", vm.type_name(this)),
    };
    let class_name = class
        .cast::<TypeObj>()
        .map(|t| vm.class_name(t))
        .unwrap_or_default();
    let text = format!(
        "super(type, obj): obj ({what} {name}) is not an instance or subtype of type ({class_name})."
    );
    Err(vm.type_error(&text))
}

/// What lookups behind a class gave, keyed by that class, the version of the one the MRO belongs to, and the name.
pub(crate) struct SuperCache(Vec<SuperLine>);

#[derive(Clone, Copy)]
struct SuperLine {
    class: u64,
    version: u32,
    name: u64,
    /// Borrowed: valid as long as the version is.
    found: Value,
}

const SUPER_LINES: usize = 512;

impl Default for SuperCache {
    fn default() -> SuperCache {
        let none = SuperLine {
            class: 0,
            version: 0,
            name: 0,
            found: Value::UNDEFINED,
        };
        SuperCache(vec![none; SUPER_LINES])
    }
}

/// What the MRO of `start` says of `name` (interned) after `class`.
fn lookup_after(vm: &Vm, class: &Ref, start: &Ref, name: &Ref) -> Option<Ref> {
    let t = start.cast::<TypeObj>()?;
    if t.version.get() == 0 {
        // Gives the class a version.
        vm.lookup(t, name);
    }
    let version = t.version.get();
    let at = (class.id() as usize >> 4)
        .wrapping_add(version as usize * 31)
        .wrapping_add(name.id() as usize >> 4)
        % SUPER_LINES;
    let line = &mut rt().types.super_cache.0[at];
    if line.class == class.id() && line.version == version && line.name == name.id() && version != 0
    {
        let v = line.found;
        return if v.is_undefined() {
            None
        } else {
            Some(v.to_ref())
        };
    }
    let found = search_after(vm, t, class, name);
    if version != 0 && name.flag(header::flag::INTERNED) {
        *line = SuperLine {
            class: class.id(),
            version,
            name: name.id(),
            found: found.as_ref().map_or(Value::UNDEFINED, |f| f.value()),
        };
    }
    found
}

fn search_after(vm: &Vm, t: &TypeObj, class: &Ref, name: &Ref) -> Option<Ref> {
    let mro = t.mro.get(vm);
    let at = mro.iter().position(|c| c.is(class))?;
    mro[at + 1..]
        .iter()
        .find_map(|c| c.cast::<TypeObj>()?.namespace().get_str(name))
}

fn bind_super(vm: &mut Vm, found: Ref, this: &Ref, start: &Ref) -> R<Ref> {
    match found.class().slots.descr_get.get() {
        Some(get) => {
            let obj = if this.is(start) {
                &Ref::UNDEFINED
            } else {
                this
            };
            get(vm, &found, obj, start)
        }
        None => Ok(found),
    }
}

fn is_dunder_class(name: &Ref) -> bool {
    name.cast::<StrObj>()
        .is_some_and(|s| s.bytes() == b"__class__")
}

fn super_object_getattr(vm: &mut Vm, r: &Ref, name: &Ref) -> R<Ref> {
    let s = payload(vm, r)?;
    let (class, this, start) = (s.class.cloned(), s.this.cloned(), s.this_class.cloned());
    // `__class__` is that of the super object.
    if !start.is_undefined()
        && !is_dunder_class(name)
        && let Some(found) = lookup_after(vm, &class, &start, name)
    {
        return bind_super(vm, found, &this, &start);
    }
    vm.generic_getattr(r, name)
}

/// A super object for the cases in which one must be seen.
fn make(class: &Ref, this: &Ref, start: &Ref) -> Ref {
    Ref::new(SuperObj {
        class: Guarded::new(class.clone()),
        this: Guarded::new(this.clone()),
        this_class: Guarded::new(start.clone()),
    })
}

fn check_args(vm: &mut Vm, class: &Ref, this: &Ref) -> R<Ref> {
    if class.cast::<TypeObj>().is_none() {
        let text = format!(
            "super() argument 1 must be a type, not {}",
            vm.type_name(class)
        );
        return Err(vm.type_error(&text));
    }
    check(vm, class, this)
}

/// `super(class, this).name` without making a super object.
pub fn super_getattr(vm: &mut Vm, class: &Ref, this: &Ref, name: &Ref) -> R<Ref> {
    let start = check_args(vm, class, this)?;
    if !is_dunder_class(name)
        && let Some(found) = lookup_after(vm, class, &start, name)
    {
        return bind_super(vm, found, this, &start);
    }
    let s = make(class, this, &start);
    vm.generic_getattr(&s, name)
}

/// The same for a call: a function with the self to put in front, or an attribute with undefined.
pub fn super_method(vm: &mut Vm, class: &Ref, this: &Ref, name: &Ref) -> R<(Ref, Ref)> {
    let start = check_args(vm, class, this)?;
    if !is_dunder_class(name)
        && let Some(found) = lookup_after(vm, class, &start, name)
    {
        let plain = found.exact::<FunctionObj>().is_some()
            || found
                .cast::<NativeFunctionObj>()
                .is_some_and(|n| n.this.is_undefined() && n.def.kind == DefKind::Method);
        if plain && !this.is(&start) {
            return Ok((found, this.clone()));
        }
        return Ok((bind_super(vm, found, this, &start)?, Ref::UNDEFINED));
    }
    let s = make(class, this, &start);
    Ok((vm.generic_getattr(&s, name)?, Ref::UNDEFINED))
}

fn super_descr_get(vm: &mut Vm, r: &Ref, obj: &Ref, _: &Ref) -> R<Ref> {
    let s = payload(vm, r)?;
    if obj.is_undefined() || !s.this.cloned().is_undefined() {
        return Ok(r.clone());
    }
    let class = s.class.cloned();
    if r.exact::<SuperObj>().is_none() {
        let own = class_of(r);
        return vm.call(&own, &[class, obj.clone()]);
    }
    let start = check(vm, &class, obj)?;
    Ok(make(&class, obj, &start))
}

fn super_repr(vm: &mut Vm, r: &Ref) -> R<Ref> {
    let s = payload(vm, r)?;
    let name = |vm: &Vm, c: &Ref| {
        c.cast::<TypeObj>()
            .map_or_else(|| "NULL".into(), |t| vm.class_name(t))
    };
    let class = name(vm, &s.class.cloned());
    let start = s.this_class.cloned();
    let text = if start.is_undefined() {
        format!("<super: <class '{class}'>, NULL>")
    } else {
        format!("<super: <class '{class}'>, <{} object>>", name(vm, &start))
    };
    Ok(new_str(&text))
}
