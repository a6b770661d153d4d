//! `TypeAliasType` (PEP 695), `Generic`, `NoDefault` (PEP 696) and evaluators of constants (PEP 749).

use super::builtin_function::wrong_receiver;
use super::descriptors::readonly;
use super::function::constructor;
use super::generic_alias::{new_alias, type_text};
use super::spec::TypeSpec;
use super::typevars::{check_name, has_default, is_type_param, unpack};
use super::union::union_or;
use crate::native::{Args, NativeDef, arg};
use crate::value::header::Kind;
use crate::value::slots::BinOp;
use crate::value::*;
use crate::vm::{new_str, new_tuple};
use crate::{R, Vm, getset, methods, trace};

pub static TYPEALIAS: TypeSpec = TypeSpec {
    name: "typing.TypeAliasType",
    kind: Kind::Native,
    flags: type_flag::HAS_WEAKREF,
    doc: "Another name for a type, as made by the type statement:\n\n    type Words = list[str]\n\nThe type is evaluated when __value__ is asked for.",
    methods: ALIAS_METHODS,
    getset: ALIAS_GETSET,
    slots: |s| {
        s.repr.set(Some(|vm, r| Ok(alias(vm, r)?.name.clone())));
        // The class has a `__module__` of its own, which must not hide the alias's.
        s.getattr.set(Some(|vm, r, name| {
            if name
                .cast::<StrObj>()
                .is_some_and(|s| s.bytes() == b"__module__")
            {
                return Ok(alias(vm, r)?.module.clone());
            }
            vm.generic_getattr(r, name)
        }));
        s.getitem.set(Some(|vm, r, key| {
            if alias(vm, r)?
                .type_params
                .tuple_items()
                .is_none_or(|p| p.is_empty())
            {
                return Err(vm.type_error("Only generic type aliases are subscriptable"));
            }
            new_alias(vm, r, key)
        }));
        s.iter.set(Some(|vm, r| {
            let unpacked = unpack(vm, r)?;
            let one = new_tuple(vec![unpacked]);
            vm.iter(&one)
        }));
        s.binary[BinOp::Or as usize].set(Some(union_or));
        s.new.set(Some(alias_new));
    },
    ..TypeSpec::DEFAULT
};

pub static GENERIC: TypeSpec = TypeSpec {
    name: "typing.Generic",
    kind: Kind::Object,
    flags: type_flag::BASE,
    doc: "What classes with type variables derive from.\n\nThe brackets in class Box[T] add it; without them, class Box(Generic[T]) says the same of a TypeVar T.",
    methods: GENERIC_METHODS,
    ..TypeSpec::DEFAULT
};

pub static NO_DEFAULT: TypeSpec = TypeSpec {
    name: "NoDefaultType",
    kind: Kind::Object,
    doc: "The class of typing.NoDefault, which says that a type variable has no default.",
    methods: NO_DEFAULT_METHODS,
    slots: |s| {
        s.repr.set(Some(|_, _| Ok(new_str("typing.NoDefault"))));
        s.new.set(Some(|vm, _, args| {
            if !args.all.is_empty() {
                return Err(vm.type_error("NoDefaultType takes no arguments"));
            }
            Ok(no_default())
        }));
    },
    ..TypeSpec::DEFAULT
};

pub static CONST_EVALUATOR: TypeSpec = TypeSpec {
    name: "_typing._ConstEvaluator",
    kind: Kind::Native,
    flags: type_flag::NO_NEW,
    slots: |s| {
        s.repr.set(Some(|vm, r| {
            let value = constant(vm, r)?;
            let mut out = b"<constevaluator ".to_vec();
            out.extend_from_slice(vm.repr(&value)?.str_obj().bytes());
            out.push(b'>');
            Ok(StrObj::make(&out))
        }));
        s.call.set(Some(const_call));
    },
    ..TypeSpec::DEFAULT
};

// Helpers in the module `typing`.

/// `typing.name`; the module is imported when it is first needed.
pub(crate) fn typing_attr(vm: &mut Vm, name: &str) -> R<Ref> {
    let typing = vm.import("typing")?;
    vm.getattr_str(&typing, name)
}
/// `typing.name(*args)`
pub(crate) fn call_typing(vm: &mut Vm, name: &str, args: &[Ref]) -> R<Ref> {
    let f = typing_attr(vm, name)?;
    vm.call(&f, args)
}

// `Generic`.

methods! { GENERIC_METHODS;
    class var "__class_getitem__(cls, /, *args, **kwargs)" => |vm, args| generic_hook(vm, "_generic_class_getitem", args), "Puts types in the place of the class's variables.";
    class var "__init_subclass__(cls, /, *args, **kwargs)" => |vm, args| generic_hook(vm, "_generic_init_subclass", args), "Finds out which type variables the new class has.";
}

fn generic_hook(vm: &mut Vm, name: &str, args: Args) -> R<Ref> {
    let f = typing_attr(vm, name)?;
    vm.call_args(&f, args)
}

/// Each TypeVarTuple as `Unpack[Ts]`.
fn unpack_typevartuples(vm: &mut Vm, params: &Ref) -> R<Ref> {
    let items = vm.collect(params)?;
    let class = rt().types.typevartuple.clone();
    if !items.iter().any(|p| class_of(p).is(&class)) {
        return Ok(params.clone());
    }
    let mut out = Vec::with_capacity(items.len());
    for p in items {
        out.push(if class_of(&p).is(&class) {
            unpack(vm, &p)?
        } else {
            p
        });
    }
    Ok(new_tuple(out))
}

/// `Generic[params]`, the base of a class with type parameters.
pub fn subscript_generic(vm: &mut Vm, params: Ref) -> R<Ref> {
    let params = unpack_typevartuples(vm, &params)?;
    let generic = rt().types.generic.clone();
    call_typing(vm, "_GenericAlias", &[generic, params])
}

// `NoDefault`.

methods! { NO_DEFAULT_METHODS;
    "__reduce__(self, /)" => |_, _| Ok(new_str("NoDefault")), "";
}

/// `typing.NoDefault`
pub fn no_default() -> Ref {
    let known = rt().types.no_default.clone();
    if !known.is_undefined() {
        return known;
    }
    let Some(t) = rt().types.no_default_type.cast::<TypeObj>() else {
        return Ref::none();
    };
    let new = Ref::new_instance(t);
    new.make_immortal();
    rt().types.no_default = new.clone();
    new
}

// Evaluators of values that are known.

struct Constant {
    value: Ref,
}
trace!(Constant; value);
impl NativePayload for Constant {}

pub(crate) fn const_evaluator(value: Ref) -> Ref {
    Ref::new_native(&rt().types.const_evaluator, Constant { value })
}

fn constant(vm: &mut Vm, r: &Ref) -> R<Ref> {
    match r.native::<Constant>() {
        Some(c) => Ok(c.value.clone()),
        None => Err(wrong_receiver(vm, "_typing._ConstEvaluator", r)),
    }
}

/// The value, or its text for the format `STRING` (4).
fn const_call(vm: &mut Vm, r: &Ref, args: Args) -> R<Ref> {
    let [format] = args.all else {
        let text = format!(
            "constevaluator.__call__() takes exactly 1 argument ({} given)",
            args.all.len()
        );
        return Err(vm.type_error(&text));
    };
    let format = vm.index_i32(format)?;
    let value = constant(vm, r)?;
    if format != 4 {
        return Ok(value);
    }
    let mut out = Vec::new();
    match value.tuple_items() {
        Some(items) => {
            out.push(b'(');
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    out.extend_from_slice(b", ");
                }
                type_text(vm, item, &mut out)?;
            }
            out.push(b')');
        }
        None => type_text(vm, &value, &mut out)?,
    }
    Ok(StrObj::make(&out))
}

// `TypeAliasType`.

struct TypeAlias {
    name: Ref,
    /// A tuple.
    type_params: Ref,
    /// Undefined until asked for.
    value: Guarded<Ref>,
    /// The function that computes the value, or undefined.
    evaluate: Ref,
    module: Ref,
}
trace!(TypeAlias; name, type_params, value, evaluate, module);
impl NativePayload for TypeAlias {
    fn clear(&self) {
        self.value.set(Ref::UNDEFINED);
    }
}

fn alias<'a>(vm: &mut Vm, r: &'a Ref) -> R<&'a TypeAlias> {
    match r.native::<TypeAlias>() {
        Some(a) => Ok(a),
        None => Err(wrong_receiver(vm, "typing.TypeAliasType", r)),
    }
}

/// `type name[params] = ...` with the function that computes the value.
pub fn new_type_alias(vm: &mut Vm, name: Ref, params: Ref, evaluate: Ref) -> R<Ref> {
    let module = vm
        .getattr_opt(&evaluate, &intern("__module__"))?
        .unwrap_or_else(Ref::none);
    let type_params = if params.tuple_items().is_some() {
        params
    } else {
        new_tuple(vec![])
    };
    Ok(Ref::new_native(
        &rt().types.typealias,
        TypeAlias {
            name,
            type_params,
            value: Guarded::default(),
            evaluate,
            module,
        },
    ))
}

static ALIAS_NEW: NativeDef = constructor("typealias(name, value, *, type_params=())");

fn alias_new(vm: &mut Vm, class: &Ref, args: Args) -> R<Ref> {
    let a = ALIAS_NEW.bind(vm, args)?;
    check_name(vm, "typealias", &a[0])?;
    let params = arg(&a, 2).cloned().unwrap_or_else(|| new_tuple(vec![]));
    let Some(items) = params.tuple_items() else {
        return Err(vm.type_error("type_params must be a tuple"));
    };
    let mut default_seen = false;
    for p in items {
        if !is_type_param(p) {
            let text = format!("Expected a type param, got {}", vm.repr_text(p)?);
            return Err(vm.type_error(&text));
        }
        if has_default(p) {
            default_seen = true;
        } else if default_seen {
            let text = format!(
                "non-default type parameter '{}' follows default type parameter",
                vm.repr_text(p)?
            );
            return Err(vm.type_error(&text));
        }
    }
    let module = vm.calling_module_name().unwrap_or_else(Ref::none);
    Ok(Ref::new_native(
        class,
        TypeAlias {
            name: a[0].clone(),
            type_params: params.clone(),
            value: Guarded::new(a[1].clone()),
            evaluate: Ref::UNDEFINED,
            module,
        },
    ))
}

methods! { ALIAS_METHODS;
    "__reduce__(self, /)" => |vm, a| Ok(alias(vm, &a[0])?.name.clone()), "";
}

getset! { ALIAS_GETSET;
    "__name__" => |vm, r| Ok(alias(vm, r)?.name.clone()), readonly, "";
    "__type_params__" => |vm, r| Ok(alias(vm, r)?.type_params.clone()), "";
    "__parameters__" => |vm, r| {
        let params = alias(vm, r)?.type_params.clone();
        unpack_typevartuples(vm, &params)
    }, "";
    "__value__" => |vm, r| {
        let a = alias(vm, r)?;
        let (value, evaluate) = (a.value.cloned(), a.evaluate.clone());
        if !value.is_undefined() || evaluate.is_undefined() {
            return Ok(value);
        }
        let value = vm.call(&evaluate, &[crate::vm::new_int(1)])?;
        alias(vm, r)?.value.set(value.clone());
        Ok(value)
    }, "";
    "evaluate_value" => |vm, r| {
        let a = alias(vm, r)?;
        Ok(if a.evaluate.is_undefined() { const_evaluator(a.value.cloned()) } else { a.evaluate.clone() })
    }, "";
}
