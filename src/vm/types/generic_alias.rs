//! `types.GenericAlias` (`list[int]`, PEP 585), with the substitution of type parameters that unions share.

use super::builtin_function::wrong_receiver;
use super::descriptors::readonly;
use super::function::constructor;
use super::spec::TypeSpec;
pub use super::union::{UNION, union_or};
use crate::native::{Args, NativeDef};
use crate::value::header::Kind;
use crate::value::slots::{BinOp, Cmp};
use crate::value::*;
use crate::vm::new_tuple;
use crate::{R, Vm, getset, methods, trace};

pub static GENERIC_ALIAS: TypeSpec = TypeSpec {
    name: "types.GenericAlias",
    kind: Kind::Native,
    flags: type_flag::BASE | type_flag::HAS_WEAKREF,
    doc: "A class with types in brackets, such as list[int].\n\n__origin__ is the class, __args__ the types. Calling it makes an instance of the class.",
    methods: METHODS,
    getset: GETSET,
    slots: |s| {
        s.repr.set(Some(alias_repr));
        s.hash.set(Some(|vm, r| {
            let a = alias(vm, r)?;
            let (origin, args) = (a.origin.clone(), a.args.clone());
            let h = vm.hash(&origin)? ^ vm.hash(&args)?;
            Ok(if h == -1 { -2 } else { h })
        }));
        s.richcmp.set(Some(alias_richcmp));
        s.call.set(Some(alias_call));
        s.getattr.set(Some(alias_getattr));
        s.getitem.set(Some(alias_getitem));
        s.iter.set(Some(|vm, r| {
            let a = alias(vm, r)?;
            let starred = make(
                &rt().types.generic_alias,
                a.origin.clone(),
                a.args.clone(),
                true,
            );
            let one = new_tuple(vec![starred]);
            vm.iter(&one)
        }));
        s.binary[BinOp::Or as usize].set(Some(union_or));
        s.new.set(Some(|vm, class, args| {
            let a = NEW.bind(vm, args)?;
            Ok(make(class, a[0].clone(), as_tuple(&a[1]), false))
        }));
    },
    ..TypeSpec::DEFAULT
};

struct Alias {
    origin: Ref,
    /// A tuple.
    args: Ref,
    /// The type parameters in `args`, undefined until asked for.
    parameters: Guarded<Ref>,
    /// `*tuple[int]`
    starred: bool,
}
trace!(Alias; origin, args, parameters);
impl NativePayload for Alias {}

static NEW: NativeDef = constructor("GenericAlias(origin, args, /)");

fn as_tuple(key: &Ref) -> Ref {
    if key.tuple_items().is_some() {
        key.clone()
    } else {
        new_tuple(vec![key.clone()])
    }
}

fn make(class: &Ref, origin: Ref, args: Ref, starred: bool) -> Ref {
    Ref::new_native(
        class,
        Alias {
            origin,
            args,
            parameters: Guarded::default(),
            starred,
        },
    )
}

/// `class[key]`.
pub fn new_alias(_: &mut Vm, class: &Ref, key: &Ref) -> R<Ref> {
    Ok(make(
        &rt().types.generic_alias,
        class.clone(),
        as_tuple(key),
        false,
    ))
}

fn alias<'a>(vm: &mut Vm, r: &'a Ref) -> R<&'a Alias> {
    match r.native::<Alias>() {
        Some(a) => Ok(a),
        None => Err(wrong_receiver(vm, "types.GenericAlias", r)),
    }
}

/// Attributes that are the alias's own; all others are those of its origin.
const OWN: &[&str] = &[
    "__class__",
    "__origin__",
    "__args__",
    "__unpacked__",
    "__parameters__",
    "__typing_unpacked_tuple_args__",
    "__mro_entries__",
    "__reduce_ex__",
    "__reduce__",
];
/// Attributes that must not be looked for in the origin.
const BLOCKED: &[&str] = &["__bases__", "__copy__", "__deepcopy__"];

methods! { METHODS;
    "__mro_entries__(self, bases, /)" => |vm, a| Ok(new_tuple(vec![alias(vm, &a[0])?.origin.clone()])), "";
    "__instancecheck__(self, instance, /)" => |vm, _| Err(vm.type_error("isinstance() argument 2 cannot be a parameterized generic")), "";
    "__subclasscheck__(self, cls, /)" => |vm, _| Err(vm.type_error("issubclass() argument 2 cannot be a parameterized generic")), "";
    "__reduce__(self, /)" => |vm, a| {
        let this = alias(vm, &a[0])?;
        if this.starred {
            let plain = make(&rt().types.generic_alias, this.origin.clone(), this.args.clone(), false);
            let builtins = vm.import("builtins")?;
            let next = vm.getattr_str(&builtins, "next")?;
            let it = vm.iter(&plain)?;
            return Ok(new_tuple(vec![next, new_tuple(vec![it])]));
        }
        Ok(new_tuple(vec![class_of(&a[0]), new_tuple(vec![this.origin.clone(), this.args.clone()])]))
    }, "";
    "__dir__(self, /)" => |vm, a| {
        let origin = alias(vm, &a[0])?.origin.clone();
        let names = vm.call_method(&origin, "__dir__", &[]);
        let names = match (names, origin.cast::<TypeObj>()) {
            (Ok(n), _) => n,
            // `__dir__` of a class is its metaclass's.
            (Err(_), Some(_)) => {
                vm.exc = None;
                let dir = vm.lookup(origin.class(), &intern("__dir__")).unwrap_or_default();
                vm.call_found(&origin, &dir, &[])?
            }
            (Err(e), None) => return Err(e),
        };
        let mut names = vm.collect(&names)?;
        for own in OWN {
            let own = intern(own);
            let mut known = false;
            for n in &names {
                known = known || vm.equal(n, &own)?;
            }
            if !known {
                names.push(own);
            }
        }
        Ok(crate::vm::new_list(names))
    }, "";
}

getset! { GETSET;
    "__origin__" => |vm, r| Ok(alias(vm, r)?.origin.clone()), readonly, "";
    "__args__" => |vm, r| Ok(alias(vm, r)?.args.clone()), readonly, "";
    "__unpacked__" => |vm, r| Ok(Ref::bool(alias(vm, r)?.starred)), readonly, "";
    "__parameters__" => alias_parameters, "The type variables that occur in it.";
    "__typing_unpacked_tuple_args__" => |vm, r| {
        let a = alias(vm, r)?;
        Ok(if a.starred && a.origin.is(&rt().types.tuple) { a.args.clone() } else { Ref::none() })
    }, "";
}

fn alias_parameters(vm: &mut Vm, r: &Ref) -> R<Ref> {
    let a = alias(vm, r)?;
    let known = a.parameters.cloned();
    if !known.is_undefined() {
        return Ok(known);
    }
    let args = a.args.clone();
    let p = new_tuple(parameters_of(vm, args.tuple_items().unwrap_or_default())?);
    if let Some(a) = r.native::<Alias>() {
        a.parameters.set(p.clone());
    }
    Ok(p)
}

fn alias_getattr(vm: &mut Vm, r: &Ref, name: &Ref) -> R<Ref> {
    let text = name.cast::<StrObj>().and_then(|s| s.to_str()).unwrap_or("");
    if OWN.contains(&text) || BLOCKED.contains(&text) || text.is_empty() {
        return vm.generic_getattr(r, name);
    }
    // A subclass's own attributes come from the class as always.
    if r.class().has_flag(type_flag::HEAP)
        && let Some(found) = vm.lookup(r.class(), name)
        && rt()
            .types
            .generic_alias
            .cast::<TypeObj>()
            .is_some_and(|t| vm.lookup(t, name).is_none())
    {
        return vm.bind_found(r, &found);
    }
    let origin = alias(vm, r)?.origin.clone();
    vm.getattr(&origin, name)
}

fn alias_call(vm: &mut Vm, r: &Ref, args: Args) -> R<Ref> {
    let origin = alias(vm, r)?.origin.clone();
    let obj = vm.call_args(&origin, args)?;
    let set = vm.setattr(&obj, &intern("__orig_class__"), Some(r.clone()));
    if set.is_err() {
        let t = &rt().types;
        if vm.exc_is(&t.attribute_error) || vm.exc_is(&t.type_error) {
            vm.exc = None;
        } else {
            return Err(crate::Raised);
        }
    }
    Ok(obj)
}

fn alias_richcmp(vm: &mut Vm, a: &Ref, b: &Ref, op: Cmp) -> R<Ref> {
    let (Some(x), Some(y)) = (a.native::<Alias>(), b.native::<Alias>()) else {
        return Ok(Ref::not_implemented());
    };
    if !matches!(op, Cmp::Eq | Cmp::Ne) {
        return Ok(Ref::not_implemented());
    }
    let equal =
        x.starred == y.starred && vm.equal(&x.origin, &y.origin)? && vm.equal(&x.args, &y.args)?;
    Ok(Ref::bool(equal == (op == Cmp::Eq)))
}

fn alias_repr(vm: &mut Vm, r: &Ref) -> R<Ref> {
    let a = alias(vm, r)?;
    let (origin, args, starred) = (a.origin.clone(), a.args.clone(), a.starred);
    let mut out = Vec::new();
    if starred {
        out.push(b'*');
    }
    type_text(vm, &origin, &mut out)?;
    out.push(b'[');
    let items = args.tuple_items().unwrap_or_default();
    for (i, item) in items.iter().enumerate() {
        if i > 0 {
            out.extend_from_slice(b", ");
        }
        match item.cast::<ListObj>() {
            // The parameter list of a callable.
            Some(list) => {
                out.push(b'[');
                for (i, item) in list.to_vec().iter().enumerate() {
                    if i > 0 {
                        out.extend_from_slice(b", ");
                    }
                    type_text(vm, item, &mut out)?;
                }
                out.push(b']');
            }
            None => type_text(vm, item, &mut out)?,
        }
    }
    if items.is_empty() {
        out.extend_from_slice(b"()");
    }
    out.push(b']');
    Ok(StrObj::make(&out))
}

/// How types are shown inside of aliases and unions: classes by name, the rest by repr.
pub(crate) fn type_text(vm: &mut Vm, r: &Ref, out: &mut Vec<u8>) -> R<()> {
    let text = if r.is(&Ref::ellipsis()) {
        intern("...")
    } else if r.is(&rt().types.none_type) {
        intern("None")
    } else {
        named_type(vm, r)?
    };
    out.extend_from_slice(text.str_obj().bytes());
    Ok(())
}

fn named_type(vm: &mut Vm, r: &Ref) -> R<Ref> {
    if vm.getattr_opt(r, &intern("__origin__"))?.is_some()
        && vm.getattr_opt(r, &intern("__args__"))?.is_some()
    {
        return vm.repr(r);
    }
    let Some(qualname) = vm.getattr_opt(r, &intern("__qualname__"))? else {
        return vm.repr(r);
    };
    let module = match vm.getattr_opt(r, &intern("__module__"))? {
        Some(m) if !m.is_none() => m,
        _ => return vm.repr(r),
    };
    let module = vm.str_text(&module)?;
    let qualname = vm.str(&qualname)?;
    if module == "builtins" {
        return Ok(qualname);
    }
    let mut out = format!("{module}.").into_bytes();
    out.extend_from_slice(qualname.str_obj().bytes());
    Ok(StrObj::make(&out))
}

// Type parameters and their substitution.

/// Adds a value that is not there yet (by identity).
fn add_new(list: &mut Vec<Ref>, r: &Ref) {
    if !list.iter().any(|x| x.is(r)) {
        list.push(r.clone());
    }
}

/// The items of a tuple or list.
fn nested(r: &Ref) -> Option<Vec<Ref>> {
    match r.cast::<ListObj>() {
        Some(l) => Some(l.to_vec()),
        None => r.tuple_items().map(|t| t.to_vec()),
    }
}

/// The type parameters in type arguments, in order of their first appearance.
pub(crate) fn parameters_of(vm: &mut Vm, args: &[Ref]) -> R<Vec<Ref>> {
    vm.check_native_stack()?;
    let mut out = Vec::new();
    for a in args {
        // A class has `__parameters__` of its own, which are not meant.
        if a.cast::<TypeObj>().is_some() {
            continue;
        }
        if let Some(items) = nested(a) {
            for p in parameters_of(vm, &items)? {
                add_new(&mut out, &p);
            }
        } else if vm.getattr_opt(a, &intern("__typing_subst__"))?.is_some() {
            add_new(&mut out, a);
        } else if let Some(sub) = vm.getattr_opt(a, &intern("__parameters__"))?
            && let Some(items) = sub.tuple_items()
        {
            for p in items {
                add_new(&mut out, p);
            }
        }
    }
    Ok(out)
}

/// Replaces each `*tuple[a, b]` by its items.
fn unpack_args(vm: &mut Vm, item: &Ref) -> R<Vec<Ref>> {
    let items = match item.tuple_items() {
        Some(t) => t.to_vec(),
        None => vec![item.clone()],
    };
    let mut out = Vec::with_capacity(items.len());
    for i in items {
        if i.cast::<TypeObj>().is_none()
            && let Some(sub) = vm.getattr_opt(&i, &intern("__typing_unpacked_tuple_args__"))?
            && let Some(sub) = sub.tuple_items()
            && !sub.last().is_some_and(|l| l.is(&Ref::ellipsis()))
        {
            out.extend_from_slice(sub);
            continue;
        }
        out.push(i);
    }
    Ok(out)
}

/// The type arguments of `this` with its type parameters replaced by `item`.
pub(crate) fn substitute(
    vm: &mut Vm,
    this: &Ref,
    args: &Ref,
    parameters: &Ref,
    item: &Ref,
) -> R<Vec<Ref>> {
    let params = parameters.tuple_items().unwrap_or_default();
    if params.is_empty() {
        let text = format!("{} is not a generic class", vm.repr_text(this)?);
        return Err(vm.type_error(&text));
    }
    let mut item = new_tuple(unpack_args(vm, item)?);
    for p in params {
        if let Some(prepare) = vm.getattr_opt(p, &intern("__typing_prepare_subst__"))?
            && !prepare.is_none()
        {
            let given = as_tuple(&item);
            item = vm.call(&prepare, &[this.clone(), given])?;
        }
    }
    let items = match item.tuple_items() {
        Some(t) => t.to_vec(),
        None => vec![item.clone()],
    };
    if items.len() != params.len() {
        let word = if items.len() > params.len() {
            "many"
        } else {
            "few"
        };
        let text = format!(
            "Too {word} arguments for {}; actual {}, expected {}",
            vm.repr_text(this)?,
            items.len(),
            params.len()
        );
        return Err(vm.type_error(&text));
    }
    replace_in(vm, args.tuple_items().unwrap_or_default(), params, &items)
}

fn replace_in(vm: &mut Vm, args: &[Ref], params: &[Ref], items: &[Ref]) -> R<Vec<Ref>> {
    vm.check_native_stack()?;
    let mut out = Vec::with_capacity(args.len());
    for a in args {
        if a.cast::<TypeObj>().is_some() {
            out.push(a.clone());
            continue;
        }
        if let Some(sub) = nested(a) {
            let new = replace_in(vm, &sub, params, items)?;
            out.push(if a.cast::<ListObj>().is_some() {
                crate::vm::new_list(new)
            } else {
                new_tuple(new)
            });
            continue;
        }
        let unpack = match vm.getattr_opt(a, &intern("__typing_is_unpacked_typevartuple__"))? {
            Some(u) => vm.truthy(&u)?,
            None => false,
        };
        let new = match vm.getattr_opt(a, &intern("__typing_subst__"))? {
            Some(subst) => match params.iter().position(|p| p.is(a)) {
                Some(i) => vm.call(&subst, &items[i..=i])?,
                None => a.clone(),
            },
            None => replace_parameters(vm, a, params, items)?,
        };
        if unpack {
            match new.tuple_items() {
                Some(t) => out.extend_from_slice(t),
                None => {
                    let text = format!("expected tuple, not {}", vm.type_name(&new));
                    return Err(vm.type_error(&text));
                }
            }
        } else {
            out.push(new);
        }
    }
    Ok(out)
}

/// `r[...]` with those of its parameters that are given replaced.
fn replace_parameters(vm: &mut Vm, r: &Ref, params: &[Ref], items: &[Ref]) -> R<Ref> {
    let Some(own) = vm.getattr_opt(r, &intern("__parameters__"))? else {
        return Ok(r.clone());
    };
    let Some(own) = own.tuple_items().filter(|o| !o.is_empty()) else {
        return Ok(r.clone());
    };
    let mut key = Vec::with_capacity(own.len());
    for p in own {
        match params.iter().position(|x| x.is(p)) {
            Some(i) => match items[i].tuple_items() {
                Some(t) if p.class().slots.iter.get().is_some() => key.extend_from_slice(t),
                _ => key.push(items[i].clone()),
            },
            None => key.push(p.clone()),
        }
    }
    vm.getitem(r, &new_tuple(key))
}

fn alias_getitem(vm: &mut Vm, r: &Ref, item: &Ref) -> R<Ref> {
    let parameters = alias_parameters(vm, r)?;
    let a = alias(vm, r)?;
    let (origin, args, starred) = (a.origin.clone(), a.args.clone(), a.starred);
    let new = substitute(vm, r, &args, &parameters, item)?;
    Ok(make(
        &rt().types.generic_alias,
        origin,
        new_tuple(new),
        starred,
    ))
}
