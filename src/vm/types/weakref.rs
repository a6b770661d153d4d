//! Weak references and proxies: `weakref.ReferenceType`, `weakref.ProxyType`, `weakref.CallableProxyType`.

use super::builtin_function::wrong_receiver;
use super::spec::TypeSpec;
use crate::native::Args;
use crate::protocol::operators::UnaryOp;
use crate::value::header::Kind;
use crate::value::slots::{BinOp, Cmp, Slots};
use crate::value::*;
use crate::vm::new_str;
use crate::{R, Vm, getset, methods};
use std::cell::Cell;

pub static WEAKREF: TypeSpec = TypeSpec {
    name: "weakref.ReferenceType",
    kind: Kind::WeakRef,
    exact: true,
    flags: type_flag::BASE,
    methods: METHODS,
    getset: GETSET,
    slots: |s| {
        s.repr.set(Some(|vm, r| reference_repr(vm, r, "weakref")));
        s.hash.set(Some(reference_hash));
        s.richcmp.set(Some(reference_richcmp));
        s.call.set(Some(reference_call));
        s.new.set(Some(reference_new));
        s.init.set(Some(|vm, _, args| {
            if args.has_kw() {
                return Err(vm.type_error("ref() takes no keyword arguments"));
            }
            check_count(vm, "__init__", args)
        }));
    },
    ..TypeSpec::DEFAULT
};

pub static WEAKPROXY: TypeSpec = TypeSpec {
    name: "weakref.ProxyType",
    kind: Kind::WeakRef,
    flags: type_flag::NO_NEW,
    methods: PROXY_METHODS,
    slots: proxy_slots,
    ..TypeSpec::DEFAULT
};

pub static WEAKCALLABLEPROXY: TypeSpec = TypeSpec {
    name: "weakref.CallableProxyType",
    kind: Kind::WeakRef,
    flags: type_flag::NO_NEW,
    methods: PROXY_METHODS,
    slots: |s| {
        proxy_slots(s);
        s.call.set(Some(|vm, r, args| {
            let target = alive(vm, r)?;
            vm.call_args(&target, args)
        }));
    },
    ..TypeSpec::DEFAULT
};

methods! { METHODS;
    class "__class_getitem__(cls, object, /)" => |vm, a| super::generic_alias::new_alias(vm, &a[0], &a[1]), "The class with types in brackets, for annotations.";
}

getset! { GETSET;
    "__callback__" => |vm, r| {
        let c = weak(vm, r)?.callback.cloned();
        Ok(if c.is_undefined() { Ref::none() } else { c })
    }, "";
}

fn weak<'a>(vm: &mut Vm, r: &'a Ref) -> R<&'a WeakRefObj> {
    match r.cast::<WeakRefObj>() {
        Some(w) => Ok(w),
        None => Err(wrong_receiver(vm, "weakref.ReferenceType", r)),
    }
}

/// Whether objects of this class can be referred to weakly.
fn allows_weakrefs(r: &Ref) -> bool {
    let t = r.class();
    t.has_flag(type_flag::HAS_WEAKREF)
        || matches!(
            t.kind,
            Kind::Type
                | Kind::Set
                | Kind::FrozenSet
                | Kind::Generator
                | Kind::Coroutine
                | Kind::AsyncGenerator
                | Kind::MemoryView
                | Kind::Code
        )
}

/// A weak reference or proxy of `class` to `target`; one without callback is shared.
pub fn new_weakref(vm: &mut Vm, class: &Ref, target: &Ref, callback: Option<&Ref>) -> R<Ref> {
    if !allows_weakrefs(target) {
        let text = format!(
            "cannot create weak reference to '{}' object",
            vm.type_name(target)
        );
        return Err(vm.type_error(&text));
    }
    let callback = callback.filter(|c| !c.is_none());
    let shared = callback.is_none()
        && class
            .cast::<TypeObj>()
            .is_some_and(|t| !t.has_flag(type_flag::HEAP));
    if shared
        && let Some(old) = rt()
            .weakrefs_of(target)
            .into_iter()
            .find(|w| class_of(w).is(class) && is_basic(w))
    {
        return Ok(old);
    }
    let w = Ref::new_of(
        class,
        WeakRefObj {
            referent: Cell::new(target.value()),
            callback: Guarded::new(callback.cloned().unwrap_or_else(Ref::none)),
            hash: Cell::new(-1),
        },
    );
    rt().add_weakref(target, &w);
    Ok(w)
}

fn is_basic(w: &Ref) -> bool {
    w.cast::<WeakRefObj>()
        .is_some_and(|w| w.callback.with_raw(|c| c.is_none()))
}

/// `weakref.proxy(target, callback)`.
pub fn new_proxy(vm: &mut Vm, target: &Ref, callback: Option<&Ref>) -> R<Ref> {
    let class = if vm.is_callable(target) {
        rt().types.weakcallableproxy.clone()
    } else {
        rt().types.weakproxy.clone()
    };
    new_weakref(vm, &class, target, callback)
}

/// `weakref.getweakrefcount(target)`.
pub fn weakref_count(target: &Ref) -> usize {
    rt().weakrefs_of(target).len()
}

/// `weakref.getweakrefs(target)`: shared ones first, then the newest.
pub fn weakrefs(target: &Ref) -> Vec<Ref> {
    let all = rt().weakrefs_of(target);
    let shared = |w: &Ref| is_basic(w) && !w.class().has_flag(type_flag::HEAP);
    let (mut out, mut others): (Vec<Ref>, Vec<Ref>) = all.into_iter().partition(shared);
    out.sort_by_key(|w| w.exact::<WeakRefObj>().is_none());
    others.reverse();
    out.append(&mut others);
    out
}

fn check_count(vm: &mut Vm, name: &str, args: Args) -> R<()> {
    let n = args.pos().len();
    let text = match n {
        0 => format!("{name} expected at least 1 argument, got 0"),
        1 | 2 => return Ok(()),
        _ => format!("{name} expected at most 2 arguments, got {n}"),
    };
    Err(vm.type_error(&text))
}

fn reference_new(vm: &mut Vm, class: &Ref, args: Args) -> R<Ref> {
    check_count(vm, "__new__", args)?;
    let pos = args.pos();
    new_weakref(vm, class, &pos[0], pos.get(1))
}

fn reference_call(vm: &mut Vm, r: &Ref, args: Args) -> R<Ref> {
    if !args.all.is_empty() {
        let text = if args.has_kw() {
            "weakref() takes no keyword arguments".into()
        } else {
            format!("weakref expected 0 arguments, got {}", args.all.len())
        };
        return Err(vm.type_error(&text));
    }
    Ok(weak(vm, r)?.upgrade().unwrap_or_else(Ref::none))
}

fn reference_hash(vm: &mut Vm, r: &Ref) -> R<i64> {
    let w = weak(vm, r)?;
    if w.hash.get() != -1 {
        return Ok(w.hash.get());
    }
    let Some(target) = w.upgrade() else {
        return Err(vm.type_error("weak object has gone away"));
    };
    let h = vm.hash(&target)?;
    if let Some(w) = r.cast::<WeakRefObj>() {
        w.hash.set(h);
    }
    Ok(h)
}

fn reference_richcmp(vm: &mut Vm, a: &Ref, b: &Ref, op: Cmp) -> R<Ref> {
    let (Some(x), Some(y)) = (a.cast::<WeakRefObj>(), b.cast::<WeakRefObj>()) else {
        return Ok(Ref::not_implemented());
    };
    if !matches!(op, Cmp::Eq | Cmp::Ne) {
        return Ok(Ref::not_implemented());
    }
    match (x.upgrade(), y.upgrade()) {
        (Some(x), Some(y)) => vm.compare(&x, &y, op),
        _ => Ok(Ref::bool(a.is(b) == (op == Cmp::Eq))),
    }
}

/// The class's name with its module, if that is neither `builtins` nor `__main__`.
fn fully_qualified(vm: &Vm, r: &Ref) -> String {
    let full = vm.full_class_name(r.class());
    match full.strip_prefix("__main__.") {
        Some(name) => name.into(),
        None => full,
    }
}

fn reference_repr(vm: &mut Vm, r: &Ref, what: &str) -> R<Ref> {
    let id = r.id();
    let Some(target) = weak(vm, r)?.upgrade() else {
        return Ok(new_str(&format!("<{what} at {id:#x}; dead>")));
    };
    let mut text = format!(
        "<{what} at {id:#x}; to '{}' at {:#x}",
        fully_qualified(vm, &target),
        target.id()
    );
    // The name of a function or class; an attribute of the instance alone doesn't count.
    if what == "weakref"
        && let Some(found) = vm.lookup(target.class(), &intern("__name__"))
        && let name = vm.bind_found(&target, &found)?
        && name.is_str()
    {
        text.push_str(&format!(" ({})", vm.str_lossy(&name)));
    }
    text.push('>');
    Ok(new_str(&text))
}

// Proxies.

methods! { PROXY_METHODS;
    "__bytes__(self, /)" => |vm, a| {
        let target = alive(vm, &a[0])?;
        vm.call_method(&target, "__bytes__", &[])
    }, "";
    "__reversed__(self, /)" => |vm, a| {
        let target = alive(vm, &a[0])?;
        vm.call_method(&target, "__reversed__", &[])
    }, "";
}

/// What a proxy stands for; ReferenceError if it is gone.
fn alive(vm: &mut Vm, r: &Ref) -> R<Ref> {
    match weak(vm, r)?.upgrade() {
        Some(target) => Ok(target),
        None => {
            let class = rt().types.reference_error.clone();
            Err(vm.error(&class, "weakly-referenced object no longer exists"))
        }
    }
}

/// The same for operands, which may be no proxies.
fn unwrap(vm: &mut Vm, r: &Ref) -> R<Ref> {
    let c = class_of(r);
    if c.is(&rt().types.weakproxy) || c.is(&rt().types.weakcallableproxy) {
        alive(vm, r)
    } else {
        Ok(r.clone())
    }
}

macro_rules! proxy_binary {
    ($s:ident: $($op:ident)*) => {$(
        $s.binary[BinOp::$op as usize].set(Some(|vm, a, b| {
            let (a, b) = (unwrap(vm, a)?, unwrap(vm, b)?);
            proxy_binary(vm, &a, &b, BinOp::$op)
        }));
        $s.inplace[BinOp::$op as usize].set(Some(|vm, a, b| {
            let (a, b) = (unwrap(vm, a)?, unwrap(vm, b)?);
            vm.inplace(&a, &b, BinOp::$op)
        }));
    )*};
}

fn proxy_binary(vm: &mut Vm, a: &Ref, b: &Ref, op: BinOp) -> R<Ref> {
    if op == BinOp::DivMod {
        let r = vm.binary_slots(a, b, op)?;
        if !r.is_not_implemented() {
            return Ok(r);
        }
    }
    vm.binary(a, b, op)
}

fn proxy_slots(s: &Slots) {
    s.repr.set(Some(|vm, r| reference_repr(vm, r, "weakproxy")));
    s.str.set(Some(|vm, r| {
        let t = alive(vm, r)?;
        vm.str(&t)
    }));
    s.hash.set(Some(crate::protocol::slot_table::no_hash));
    s.getattr.set(Some(|vm, r, name| {
        let t = alive(vm, r)?;
        vm.getattr(&t, name)
    }));
    s.setattr.set(Some(|vm, r, name, v| {
        let t = alive(vm, r)?;
        vm.setattr(&t, name, v)
    }));
    s.richcmp.set(Some(|vm, a, b, op| {
        let (a, b) = (unwrap(vm, a)?, unwrap(vm, b)?);
        vm.compare(&a, &b, op)
    }));
    s.iter.set(Some(|vm, r| {
        let t = alive(vm, r)?;
        vm.iter(&t)
    }));
    s.next.set(Some(|vm, r| {
        let t = alive(vm, r)?;
        if t.class().slots.next.get().is_none() {
            let text = format!(
                "Weakref proxy referenced a non-iterator '{}' object",
                vm.type_name(&t)
            );
            return Err(vm.type_error(&text));
        }
        vm.next(&t)
    }));
    s.len.set(Some(|vm, r| {
        let t = alive(vm, r)?;
        vm.len(&t)
    }));
    s.getitem.set(Some(|vm, r, k| {
        let t = alive(vm, r)?;
        vm.getitem(&t, k)
    }));
    s.setitem.set(Some(|vm, r, k, v| {
        let t = alive(vm, r)?;
        match v {
            Some(v) => vm.setitem(&t, k, v),
            None => vm.delitem(&t, k),
        }
    }));
    s.contains.set(Some(|vm, r, k| {
        let t = alive(vm, r)?;
        vm.contains(&t, k)
    }));
    s.bool.set(Some(|vm, r| {
        let t = alive(vm, r)?;
        vm.truthy(&t)
    }));
    s.neg.set(Some(|vm, r| {
        let t = alive(vm, r)?;
        vm.unary(&t, UnaryOp::Neg)
    }));
    s.pos.set(Some(|vm, r| {
        let t = alive(vm, r)?;
        vm.unary(&t, UnaryOp::Pos)
    }));
    s.invert.set(Some(|vm, r| {
        let t = alive(vm, r)?;
        vm.unary(&t, UnaryOp::Invert)
    }));
    s.abs.set(Some(|vm, r| {
        let t = alive(vm, r)?;
        match t.class().slots.abs.get() {
            Some(f) => f(vm, &t),
            None => {
                let text = format!("bad operand type for abs(): '{}'", vm.type_name(&t));
                Err(vm.type_error(&text))
            }
        }
    }));
    s.index.set(Some(|vm, r| {
        let t = alive(vm, r)?;
        vm.index(&t)
    }));
    s.int.set(Some(|vm, r| {
        let t = alive(vm, r)?;
        let class = rt().types.int.clone();
        vm.call(&class, &[t])
    }));
    s.float.set(Some(|vm, r| {
        let t = alive(vm, r)?;
        Ok(crate::vm::new_float(vm.float_value(&t)?))
    }));
    s.pow3.set(Some(|vm, a, b, m| {
        let (a, b, m) = (unwrap(vm, a)?, unwrap(vm, b)?, unwrap(vm, m)?);
        vm.pow3(&a, &b, &m)
    }));
    proxy_binary!(s: Add Sub Mul TrueDiv FloorDiv Mod Pow MatMul LShift RShift And Or Xor DivMod);
}
