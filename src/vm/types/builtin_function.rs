//! Callables written in Rust: `builtin_function_or_method`, `method_descriptor`, `classmethod_descriptor`, `wrapper_descriptor`, `method-wrapper`.

use super::descriptors::{qualified_member_name, readonly};
use super::spec::TypeSpec;
use crate::native::{Args, DefKind};
use crate::value::header::Kind;
use crate::value::slots::Cmp;
use crate::value::*;
use crate::vm::{new_str, new_tuple};
use crate::{R, Vm, getset, methods};

pub static BUILTIN_FUNCTION: TypeSpec = TypeSpec {
    name: "builtin_function_or_method",
    kind: Kind::NativeFunction,
    exact: true,
    flags: type_flag::NO_NEW | type_flag::HAS_WEAKREF,
    methods: FUNCTION_METHODS,
    getset: FUNCTION_GETSET,
    slots: |s| {
        s.repr.set(Some(function_repr));
        s.call.set(Some(native_call));
        s.hash.set(Some(function_hash));
        s.richcmp.set(Some(function_richcmp));
    },
    ..TypeSpec::DEFAULT
};

pub static METHOD_DESCRIPTOR: TypeSpec = TypeSpec {
    name: "method_descriptor",
    kind: Kind::NativeFunction,
    flags: type_flag::NO_NEW,
    methods: DESCRIPTOR_METHODS,
    getset: DESCRIPTOR_GETSET,
    slots: |s| {
        s.repr.set(Some(descriptor_repr));
        s.call.set(Some(native_call));
        s.descr_get.set(Some(method_descriptor_get));
    },
    ..TypeSpec::DEFAULT
};

pub static CLASSMETHOD_DESCRIPTOR: TypeSpec = TypeSpec {
    name: "classmethod_descriptor",
    kind: Kind::NativeFunction,
    flags: type_flag::NO_NEW,
    methods: DESCRIPTOR_METHODS,
    getset: DESCRIPTOR_GETSET,
    slots: |s| {
        s.repr.set(Some(descriptor_repr));
        s.call.set(Some(classmethod_descriptor_call));
        s.descr_get.set(Some(classmethod_descriptor_get));
    },
    ..TypeSpec::DEFAULT
};

pub static WRAPPER_DESCRIPTOR: TypeSpec = TypeSpec {
    name: "wrapper_descriptor",
    kind: Kind::SlotWrapper,
    exact: true,
    flags: type_flag::NO_NEW,
    methods: WRAPPER_METHODS,
    getset: WRAPPER_GETSET,
    slots: |s| {
        s.repr.set(Some(wrapper_repr));
        s.call.set(Some(wrapper_call));
        s.descr_get.set(Some(wrapper_get));
    },
    ..TypeSpec::DEFAULT
};

pub static METHOD_WRAPPER: TypeSpec = TypeSpec {
    name: "method-wrapper",
    kind: Kind::SlotWrapper,
    flags: type_flag::NO_NEW,
    methods: METHOD_WRAPPER_METHODS,
    getset: METHOD_WRAPPER_GETSET,
    slots: |s| {
        s.repr.set(Some(wrapper_repr));
        s.call.set(Some(wrapper_call));
        s.hash.set(Some(|vm, r| {
            let w = wrapper(vm, r)?;
            Ok(super::object::identity_hash(&w.this) ^ (w.def as *const _ as i64 >> 4))
        }));
        s.richcmp.set(Some(method_wrapper_richcmp));
    },
    ..TypeSpec::DEFAULT
};

/// Only its name is needed: native modules share Rust values by other means.
pub static CAPSULE: TypeSpec = TypeSpec {
    name: "PyCapsule",
    kind: Kind::Native,
    flags: type_flag::NO_NEW,
    doc: "",
    ..TypeSpec::DEFAULT
};

methods! { FUNCTION_METHODS;
    "__reduce__(self, /)" => |vm, a| {
        let f = function(vm, &a[0])?;
        let name = new_str(f.def.name());
        reduce_method(vm, &f.this.clone(), name)
    }, "";
}
methods! { DESCRIPTOR_METHODS;
    "__reduce__(self, /)" => |vm, a| {
        let f = function(vm, &a[0])?;
        reduce_method(vm, &f.owner.clone(), new_str(f.def.name()))
    }, "";
}
methods! { WRAPPER_METHODS;
    "__reduce__(self, /)" => |vm, a| {
        let w = wrapper(vm, &a[0])?;
        reduce_method(vm, &w.owner.clone(), new_str(w.def.name))
    }, "";
}
methods! { METHOD_WRAPPER_METHODS;
    "__reduce__(self, /)" => |vm, a| {
        let w = wrapper(vm, &a[0])?;
        reduce_method(vm, &w.this.clone(), new_str(w.def.name))
    }, "";
}

/// `(getattr, (owner, name))`, or the name alone for a function of a module.
pub(crate) fn reduce_method(vm: &mut Vm, this: &Ref, name: Ref) -> R<Ref> {
    if this.is_undefined() {
        return Ok(name);
    }
    let builtins = vm.import("builtins")?;
    let getattr = vm.getattr_str(&builtins, "getattr")?;
    Ok(new_tuple(vec![
        getattr,
        new_tuple(vec![this.clone(), name]),
    ]))
}

getset! { FUNCTION_GETSET;
    "__name__" => |vm, r| Ok(new_str(function(vm, r)?.def.name())), "";
    "__qualname__" => |vm, r| {
        let f = function(vm, r)?;
        let this = receiver(f);
        let name = f.def.name();
        if this.is_undefined() {
            return Ok(new_str(name));
        }
        let class = match this.cast::<TypeObj>() {
            Some(t) => t,
            None => this.class(),
        };
        Ok(new_str(&format!("{}.{name}", vm.str_lossy(&class.qualname.cloned()))))
    }, "";
    "__self__" => |vm, r| {
        let f = function(vm, r)?;
        if !f.this.is_undefined() {
            return Ok(f.this.clone());
        }
        let name = f.module.clone();
        let found = vm.modules.cast::<DictObj>().and_then(|d| d.get_str(&name));
        Ok(found.unwrap_or_else(Ref::none))
    }, "";
    "__module__" => |vm, r| Ok(function(vm, r)?.module.clone()), "";
    "__doc__" => |vm, r| {
        let doc = function(vm, r)?.def.doc;
        Ok(doc_value(doc))
    }, "";
    "__text_signature__" => |vm, r| {
        let f = function(vm, r)?;
        Ok(text_signature(f))
    }, "";
}

getset! { DESCRIPTOR_GETSET;
    "__name__" => |vm, r| Ok(new_str(function(vm, r)?.def.name())), readonly, "";
    "__objclass__" => |vm, r| Ok(function(vm, r)?.owner.clone()), readonly, "";
    "__qualname__" => |vm, r| {
        let f = function(vm, r)?;
        Ok(qualified_member_name(vm, &f.owner, f.def.name()))
    }, "";
    "__doc__" => |vm, r| {
        let doc = function(vm, r)?.def.doc;
        Ok(doc_value(doc))
    }, "";
    "__text_signature__" => |vm, r| {
        let f = function(vm, r)?;
        Ok(text_signature(f))
    }, "";
}

getset! { WRAPPER_GETSET;
    "__name__" => |vm, r| Ok(new_str(wrapper(vm, r)?.def.name)), readonly, "";
    "__objclass__" => |vm, r| Ok(wrapper(vm, r)?.owner.clone()), readonly, "";
    "__qualname__" => wrapper_qualname, "";
    "__doc__" => |vm, r| Ok(doc_value(wrapper(vm, r)?.def.doc)), "";
    "__text_signature__" => |vm, r| Ok(new_str(wrapper(vm, r)?.def.signature)), "";
}

getset! { METHOD_WRAPPER_GETSET;
    "__self__" => |vm, r| Ok(wrapper(vm, r)?.this.clone()), readonly, "";
    "__name__" => |vm, r| Ok(new_str(wrapper(vm, r)?.def.name)), "";
    "__objclass__" => |vm, r| Ok(wrapper(vm, r)?.owner.clone()), "";
    "__qualname__" => wrapper_qualname, "";
    "__doc__" => |vm, r| Ok(doc_value(wrapper(vm, r)?.def.doc)), "";
    "__text_signature__" => |vm, r| Ok(new_str(wrapper(vm, r)?.def.signature)), "";
}

fn wrapper_qualname(vm: &mut Vm, r: &Ref) -> R<Ref> {
    let w = wrapper(vm, r)?;
    Ok(qualified_member_name(vm, &w.owner, w.def.name))
}

fn doc_value(doc: &str) -> Ref {
    if doc.is_empty() {
        Ref::none()
    } else {
        new_str(doc)
    }
}

pub(crate) fn function<'a>(vm: &mut Vm, r: &'a Ref) -> R<&'a NativeFunctionObj> {
    match r.cast::<NativeFunctionObj>() {
        Some(f) => Ok(f),
        None => Err(wrong_receiver(vm, "builtin_function_or_method", r)),
    }
}
fn wrapper<'a>(vm: &mut Vm, r: &'a Ref) -> R<&'a SlotWrapperObj> {
    match r.cast::<SlotWrapperObj>() {
        Some(f) => Ok(f),
        None => Err(wrong_receiver(vm, "wrapper_descriptor", r)),
    }
}
#[cold]
pub(crate) fn wrong_receiver(vm: &mut Vm, wanted: &str, r: &Ref) -> crate::Raised {
    let text = format!(
        "descriptor requires a '{wanted}' object but received a '{}'",
        vm.type_name(r)
    );
    vm.type_error(&text)
}

/// What the text of the function names as its owner: the object bound to, for a static method its class.
fn receiver(f: &NativeFunctionObj) -> Ref {
    if f.this.is_undefined() && f.def.kind == DefKind::StaticMethod {
        f.owner.clone()
    } else {
        f.this.clone()
    }
}

/// The signature as Argument Clinic writes it: the receiver is `$self`, `$type` or `$module`.
fn text_signature(f: &NativeFunctionObj) -> Ref {
    let def = f.def;
    if std::ptr::eq(def, &super::class::NEW_DEF) {
        return new_str("($type, *args, **kwargs)");
    }
    let params = &def.signature[def.info.name_len + 1..def.signature.len() - 1];
    let text = match def.kind {
        DefKind::Method => match params.strip_prefix("self") {
            Some(rest) => format!("($self{rest})"),
            None => format!("({params})"),
        },
        DefKind::ClassMethod => match params
            .strip_prefix("cls")
            .or_else(|| params.strip_prefix("type"))
        {
            Some(rest) => format!("($type{rest})"),
            None => format!("({params})"),
        },
        DefKind::StaticMethod => format!("({params})"),
        DefKind::Function if params.is_empty() => "($module, /)".into(),
        DefKind::Function if has_slash(params) => format!("($module, {params})"),
        DefKind::Function => format!("($module, /, {params})"),
    };
    new_str(&text)
}

fn has_slash(params: &str) -> bool {
    params.split(',').any(|p| p.trim() == "/")
}

fn native_call(vm: &mut Vm, f: &Ref, args: Args) -> R<Ref> {
    let n = function(vm, f)?;
    vm.call_native(n, args)
}

fn function_repr(vm: &mut Vm, r: &Ref) -> R<Ref> {
    let f = function(vm, r)?;
    let this = receiver(f);
    let name = f.def.name();
    Ok(new_str(&if this.is_undefined() {
        format!("<built-in function {name}>")
    } else {
        format!(
            "<built-in method {name} of {} object at {:#x}>",
            vm.type_name(&this),
            this.id()
        )
    }))
}

fn function_hash(vm: &mut Vm, r: &Ref) -> R<i64> {
    let f = function(vm, r)?;
    let h = super::object::identity_hash(&f.this) ^ (f.def as *const _ as i64 >> 4);
    Ok(if h == -1 { -2 } else { h })
}

fn function_richcmp(_: &mut Vm, a: &Ref, b: &Ref, op: Cmp) -> R<Ref> {
    let (Some(x), Some(y)) = (
        a.exact::<NativeFunctionObj>(),
        b.exact::<NativeFunctionObj>(),
    ) else {
        return Ok(Ref::not_implemented());
    };
    let equal = std::ptr::eq(x.def, y.def) && x.this.is(&y.this) && x.owner.is(&y.owner);
    Ok(match op {
        Cmp::Eq => Ref::bool(equal),
        Cmp::Ne => Ref::bool(!equal),
        _ => Ref::not_implemented(),
    })
}

fn owner_name(vm: &Vm, owner: &Ref) -> String {
    owner
        .cast::<TypeObj>()
        .map_or_else(|| "?".into(), |t| vm.class_name(t))
}

fn descriptor_repr(vm: &mut Vm, r: &Ref) -> R<Ref> {
    let f = function(vm, r)?;
    let text = format!(
        "<method '{}' of '{}' objects>",
        f.def.name(),
        owner_name(vm, &f.owner)
    );
    Ok(new_str(&text))
}

fn bound(f: &NativeFunctionObj, this: Ref) -> Ref {
    Ref::new(NativeFunctionObj {
        def: f.def,
        this,
        owner: f.owner.clone(),
        module: Ref::none(),
    })
}

fn method_descriptor_get(vm: &mut Vm, d: &Ref, obj: &Ref, _: &Ref) -> R<Ref> {
    if obj.is_undefined() {
        return Ok(d.clone());
    }
    let f = function(vm, d)?;
    if !obj.class().is_subtype(&f.owner) {
        return Err(doesnt_apply(vm, f.def.name(), &f.owner, obj));
    }
    Ok(bound(f, obj.clone()))
}

/// "descriptor 'x' for 'C' objects doesn't apply to a 'D' object".
#[cold]
pub(crate) fn doesnt_apply(vm: &mut Vm, name: &str, owner: &Ref, obj: &Ref) -> crate::Raised {
    let text = format!(
        "descriptor '{name}' for '{}' objects doesn't apply to a '{}' object",
        owner_name(vm, owner),
        vm.type_name(obj)
    );
    vm.type_error(&text)
}

/// The class that a class method gets must be the owner or a subclass.
fn check_class(vm: &mut Vm, f: &NativeFunctionObj, class: &Ref) -> R<()> {
    let (name, owner) = (f.def.name(), owner_name(vm, &f.owner));
    match class.cast::<TypeObj>() {
        None => {
            let text = format!(
                "descriptor '{name}' for type '{owner}' needs a type, not a '{}' as arg 2",
                vm.type_name(class)
            );
            Err(vm.type_error(&text))
        }
        Some(t) if !t.is_subtype(&f.owner) => {
            let text = format!(
                "descriptor '{name}' requires a subtype of '{owner}' but received '{}'",
                vm.class_name(t)
            );
            Err(vm.type_error(&text))
        }
        Some(_) => Ok(()),
    }
}

fn classmethod_descriptor_get(vm: &mut Vm, d: &Ref, obj: &Ref, class: &Ref) -> R<Ref> {
    let f = function(vm, d)?;
    let class = if class.is_none() {
        class_of(obj)
    } else {
        class.clone()
    };
    check_class(vm, f, &class)?;
    Ok(bound(f, class))
}

fn classmethod_descriptor_call(vm: &mut Vm, d: &Ref, args: Args) -> R<Ref> {
    let f = function(vm, d)?;
    check_classmethod_receiver(vm, f, args)?;
    f.def.call(vm, args)
}

/// For calls of `dict.__dict__['fromkeys']` itself.
pub(crate) fn check_classmethod_receiver(vm: &mut Vm, f: &NativeFunctionObj, args: Args) -> R<()> {
    match args.pos().first() {
        Some(class) => check_class(vm, f, class),
        None => {
            let text = format!(
                "descriptor '{}' of '{}' object needs an argument",
                f.def.name(),
                owner_name(vm, &f.owner)
            );
            Err(vm.type_error(&text))
        }
    }
}

fn wrapper_repr(vm: &mut Vm, r: &Ref) -> R<Ref> {
    let w = wrapper(vm, r)?;
    let text = if w.this.is_undefined() {
        format!(
            "<slot wrapper '{}' of '{}' objects>",
            w.def.name,
            owner_name(vm, &w.owner)
        )
    } else {
        format!(
            "<method-wrapper '{}' of {} object at {:#x}>",
            w.def.name,
            vm.type_name(&w.this),
            w.this.id()
        )
    };
    Ok(new_str(&text))
}

fn wrapper_get(vm: &mut Vm, d: &Ref, obj: &Ref, _: &Ref) -> R<Ref> {
    if obj.is_undefined() {
        return Ok(d.clone());
    }
    let w = wrapper(vm, d)?;
    if !obj.class().is_subtype(&w.owner) {
        return Err(doesnt_apply(vm, w.def.name, &w.owner, obj));
    }
    Ok(Ref::new_of(
        &rt().types.method_wrapper,
        SlotWrapperObj {
            def: w.def,
            owner: w.owner.clone(),
            this: obj.clone(),
        },
    ))
}

fn method_wrapper_richcmp(_: &mut Vm, a: &Ref, b: &Ref, op: Cmp) -> R<Ref> {
    let (Some(x), Some(y)) = (a.cast::<SlotWrapperObj>(), b.cast::<SlotWrapperObj>()) else {
        return Ok(Ref::not_implemented());
    };
    let equal = std::ptr::eq(x.def, y.def) && x.this.is(&y.this) && x.owner.is(&y.owner);
    Ok(match op {
        Cmp::Eq => Ref::bool(equal),
        Cmp::Ne => Ref::bool(!equal),
        _ => Ref::not_implemented(),
    })
}

fn wrapper_call(vm: &mut Vm, r: &Ref, args: Args) -> R<Ref> {
    let w = wrapper(vm, r)?;
    let Some(owner) = w.owner.cast::<TypeObj>() else {
        return Ok(Ref::none());
    };
    if !w.this.is_undefined() {
        check_wrapper_args(vm, w, args)?;
        let mut all = Vec::with_capacity(args.all.len() + 1);
        all.push(w.this.clone());
        all.extend_from_slice(args.all);
        return (w.def.call)(vm, owner, Args::new(&all, args.names));
    }
    let Some(this) = args.pos().first() else {
        let text = format!(
            "descriptor '{}' of '{}' object needs an argument",
            w.def.name,
            vm.class_name(owner)
        );
        return Err(vm.type_error(&text));
    };
    if !this.class().is_subtype(&w.owner) {
        let text = format!(
            "descriptor '{}' requires a '{}' object but received a '{}'",
            w.def.name,
            vm.class_name(owner),
            vm.type_name(this)
        );
        return Err(vm.type_error(&text));
    }
    if w.owner.is(&rt().types.object)
        && matches!(w.def.name, "__setattr__" | "__delattr__")
        && this.cast::<TypeObj>().is_some()
    {
        let text = format!(
            "can't apply this {} to {} object",
            w.def.name,
            vm.type_name(this)
        );
        return Err(vm.type_error(&text));
    }
    check_wrapper_args(vm, w, args.rest())?;
    (w.def.call)(vm, owner, args)
}

/// Number of arguments after self, in the reference's words.
fn check_wrapper_args(vm: &mut Vm, w: &SlotWrapperObj, args: Args) -> R<()> {
    let (name, min, max) = (w.def.name, w.def.min, w.def.max);
    if max == 99 {
        return Ok(());
    }
    if args.has_kw() {
        return Err(vm.type_error(&format!("wrapper {name}() takes no keyword arguments")));
    }
    let n = args.all.len();
    if n >= min && n <= max {
        return Ok(());
    }
    let text = if name.ends_with("pow__") {
        format!("expected 1 or 2 arguments, got {n}")
    } else if min < max {
        let (word, limit) = if n < min {
            ("least", min)
        } else {
            ("most", max)
        };
        let s = if limit == 1 { "" } else { "s" };
        format!("{name} expected at {word} {limit} argument{s}, got {n}")
    } else if max == 2 {
        format!("{name} expected 2 arguments, got {n}")
    } else {
        let s = if max == 1 { "" } else { "s" };
        format!("expected {max} argument{s}, got {n}")
    };
    Err(vm.type_error(&text))
}

/// Classes that were made before the descriptors' own classes existed get their methods anew.
pub(crate) fn settle_methods() {
    super::template::settle();
    for class in super::all() {
        let Some(t) = class.cast::<TypeObj>() else {
            continue;
        };
        let ns = t.namespace();
        for (name, value) in ns.items() {
            let Some(f) = value.exact::<NativeFunctionObj>() else {
                continue;
            };
            if f.this.is_undefined() && matches!(f.def.kind, DefKind::Method | DefKind::ClassMethod)
            {
                ns.set_str(&name, super::spec::method_object(f.def, &class, ""));
            }
        }
    }
}
