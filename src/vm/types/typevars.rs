//! Type parameters: `TypeVar`, `ParamSpec`, `TypeVarTuple` with lazily evaluated bounds, constraints and defaults (PEP 695, 696).

use super::builtin_function::wrong_receiver;
use super::descriptors::readonly;
use super::function::constructor;
use super::spec::TypeSpec;
pub use super::type_alias::{
    CONST_EVALUATOR, GENERIC, NO_DEFAULT, TYPEALIAS, new_type_alias, no_default, subscript_generic,
};
use super::type_alias::{call_typing, const_evaluator, typing_attr};
use crate::native::{Args, NativeDef, arg};
use crate::value::header::Kind;
use crate::value::slots::{BinOp, Cmp};
use crate::value::*;
use crate::vm::{new_str, new_tuple};
use crate::{R, Vm, getset, methods, trace};

pub static TYPEVAR: TypeSpec = TypeSpec {
    name: "typing.TypeVar",
    kind: Kind::Native,
    flags: type_flag::HAS_DICT | type_flag::HAS_WEAKREF,
    doc: "Stands for a type that is not decided yet.\n\nUsually made by the brackets after the name of a function, class or alias:\n\n    def first[T](items: list[T]) -> T: ...\n\nT: int sets a bound, T: (int, str) lists the types allowed, T = int gives a default.",
    methods: TYPEVAR_METHODS,
    getset: TYPEVAR_GETSET,
    slots: |s| {
        s.repr.set(Some(param_repr));
        s.binary[BinOp::Or as usize].set(Some(make_union));
        s.new.set(Some(typevar_new));
    },
    ..TypeSpec::DEFAULT
};

pub static PARAMSPEC: TypeSpec = TypeSpec {
    name: "typing.ParamSpec",
    kind: Kind::Native,
    flags: type_flag::HAS_DICT | type_flag::HAS_WEAKREF,
    doc: "Stands for the parameters of a callable, as a TypeVar does for one type.\n\nUsually made by brackets with two stars:\n\n    def logged[**P, R](f: Callable[P, R]) -> Callable[P, R]: ...",
    methods: PARAMSPEC_METHODS,
    getset: PARAMSPEC_GETSET,
    slots: |s| {
        s.repr.set(Some(param_repr));
        s.binary[BinOp::Or as usize].set(Some(make_union));
        s.new.set(Some(paramspec_new));
    },
    ..TypeSpec::DEFAULT
};

pub static TYPEVARTUPLE: TypeSpec = TypeSpec {
    name: "typing.TypeVarTuple",
    kind: Kind::Native,
    flags: type_flag::HAS_DICT | type_flag::HAS_WEAKREF,
    doc: "Stands for any number of types.\n\nUsually made by brackets with a star:\n\n    def as_tuple[*Ts](*args: *Ts) -> tuple[*Ts]: ...",
    methods: TYPEVARTUPLE_METHODS,
    getset: TYPEVARTUPLE_GETSET,
    slots: |s| {
        s.repr.set(Some(|vm, r| Ok(param(vm, r)?.name.clone())));
        s.iter.set(Some(|vm, r| {
            let unpacked = unpack(vm, r)?;
            let one = new_tuple(vec![unpacked]);
            vm.iter(&one)
        }));
        s.new.set(Some(typevartuple_new));
    },
    ..TypeSpec::DEFAULT
};

pub static PARAMSPEC_ARGS: TypeSpec = TypeSpec {
    name: "typing.ParamSpecArgs",
    kind: Kind::Native,
    flags: type_flag::HAS_WEAKREF,
    doc: "The positional half of a ParamSpec, to annotate *args with. It is P.args; its __origin__ is P.",
    methods: PART_METHODS,
    getset: PART_GETSET,
    slots: |s| {
        s.repr.set(Some(|vm, r| part_repr(vm, r, "args")));
        s.richcmp.set(Some(part_richcmp));
        s.new.set(Some(|vm, class, args| {
            let a = PARAMSPEC_ARGS_NEW.bind(vm, args)?;
            Ok(Ref::new_native(
                class,
                Part {
                    origin: a[0].clone(),
                },
            ))
        }));
    },
    ..TypeSpec::DEFAULT
};

pub static PARAMSPEC_KWARGS: TypeSpec = TypeSpec {
    name: "typing.ParamSpecKwargs",
    kind: Kind::Native,
    flags: type_flag::HAS_WEAKREF,
    doc: "The keyword half of a ParamSpec, to annotate **kwargs with. It is P.kwargs; its __origin__ is P.",
    methods: PART_METHODS,
    getset: PART_GETSET,
    slots: |s| {
        s.repr.set(Some(|vm, r| part_repr(vm, r, "kwargs")));
        s.richcmp.set(Some(part_richcmp));
        s.new.set(Some(|vm, class, args| {
            let a = PARAMSPEC_KWARGS_NEW.bind(vm, args)?;
            Ok(Ref::new_native(
                class,
                Part {
                    origin: a[0].clone(),
                },
            ))
        }));
    },
    ..TypeSpec::DEFAULT
};

/// A type parameter of any of the three kinds.
struct TypeParam {
    name: Ref,
    bound: Lazy,
    constraints: Lazy,
    default: Lazy,
    covariant: bool,
    contravariant: bool,
    infer_variance: bool,
}
trace!(TypeParam; name, bound, constraints, default);
impl NativePayload for TypeParam {
    fn clear(&self) {
        for lazy in [&self.bound, &self.constraints, &self.default] {
            lazy.value.set(Ref::UNDEFINED);
            lazy.evaluate.set(Ref::UNDEFINED);
        }
    }
}

/// A value given, or a function that computes it when it is first asked for. Both are undefined if there is neither.
#[derive(Default)]
struct Lazy {
    value: Guarded<Ref>,
    evaluate: Guarded<Ref>,
}
trace!(Lazy; value, evaluate);

impl Lazy {
    fn given(value: Ref) -> Lazy {
        Lazy {
            value: Guarded::new(value),
            evaluate: Guarded::default(),
        }
    }
    /// None: there is no function.
    fn function(evaluate: Ref) -> Lazy {
        let evaluate = if evaluate.is_none() {
            Ref::UNDEFINED
        } else {
            evaluate
        };
        Lazy {
            value: Guarded::default(),
            evaluate: Guarded::new(evaluate),
        }
    }
    /// Undefined if there is no value.
    fn get(vm: &mut Vm, owner: &Ref, pick: fn(&TypeParam) -> &Lazy) -> R<Ref> {
        let lazy = pick(param(vm, owner)?);
        let value = lazy.value.cloned();
        let evaluate = lazy.evaluate.cloned();
        if !value.is_undefined() || evaluate.is_undefined() {
            return Ok(value);
        }
        let value = vm.call(&evaluate, &[crate::vm::new_int(1)])?;
        pick(param(vm, owner)?).value.set(value.clone());
        Ok(value)
    }
    /// What computes it (PEP 749), or None.
    fn evaluator(&self) -> Ref {
        let evaluate = self.evaluate.cloned();
        if !evaluate.is_undefined() {
            return evaluate;
        }
        let value = self.value.cloned();
        if value.is_undefined() {
            Ref::none()
        } else {
            const_evaluator(value)
        }
    }
}

fn param<'a>(vm: &mut Vm, r: &'a Ref) -> R<&'a TypeParam> {
    match r.native::<TypeParam>() {
        Some(p) => Ok(p),
        None => Err(wrong_receiver(vm, "typing.TypeVar", r)),
    }
}

/// Whether the value is a type parameter.
pub(crate) fn is_type_param(r: &Ref) -> bool {
    r.native::<TypeParam>().is_some()
}
pub(crate) fn has_default(r: &Ref) -> bool {
    r.native::<TypeParam>().is_some_and(|p| {
        let value = p.default.value.cloned();
        !p.default.evaluate.cloned().is_undefined()
            || (!value.is_undefined() && !value.is(&no_default()))
    })
}

// What the interpreter's intrinsics call.

/// `T`, `T: bound` or `T: (constraints)` in a list of type parameters.
pub fn new_typevar(_: &mut Vm, name: Ref, bound_fn: Ref, constraints_fn: Ref) -> R<Ref> {
    Ok(Ref::new_native(
        &rt().types.typevar,
        TypeParam {
            name,
            bound: Lazy::function(bound_fn),
            constraints: Lazy::function(constraints_fn),
            default: Lazy::default(),
            covariant: false,
            contravariant: false,
            infer_variance: true,
        },
    ))
}

fn plain(class: &Ref, name: Ref) -> Ref {
    Ref::new_native(
        class,
        TypeParam {
            name,
            bound: Lazy::default(),
            constraints: Lazy::default(),
            default: Lazy::default(),
            covariant: false,
            contravariant: false,
            infer_variance: true,
        },
    )
}
/// `**P` in a list of type parameters.
pub fn new_paramspec(_: &mut Vm, name: Ref) -> R<Ref> {
    Ok(plain(&rt().types.paramspec, name))
}
/// `*Ts` in a list of type parameters.
pub fn new_typevartuple(_: &mut Vm, name: Ref) -> R<Ref> {
    Ok(plain(&rt().types.typevartuple, name))
}
/// Gives a type parameter the function that computes its default.
pub fn set_default(vm: &mut Vm, r: &Ref, evaluate: Ref) -> R<()> {
    param(vm, r)?.default.evaluate.set(evaluate);
    Ok(())
}
/// `Unpack[Ts]`
pub(crate) fn unpack(vm: &mut Vm, r: &Ref) -> R<Ref> {
    let unpack = typing_attr(vm, "Unpack")?;
    vm.getitem(&unpack, r)
}

// Attributes.

methods! { TYPEVAR_METHODS;
    "__typing_subst__(self, arg, /)" => |vm, a| call_typing(vm, "_typevar_subst", &[a[0].clone(), a[1].clone()]), "";
    "__typing_prepare_subst__(self, alias, args, /)" => typevar_prepare, "";
    "__reduce__(self, /)" => |vm, a| Ok(param(vm, &a[0])?.name.clone()), "";
    "__mro_entries__(self, bases, /)" => |vm, _| Err(vm.type_error("Cannot subclass an instance of TypeVar")), "";
    "has_default(self, /)" => |_, a| Ok(Ref::bool(has_default(&a[0]))), "";
}
methods! { PARAMSPEC_METHODS;
    "__typing_subst__(self, arg, /)" => |vm, a| call_typing(vm, "_paramspec_subst", &[a[0].clone(), a[1].clone()]), "";
    "__typing_prepare_subst__(self, alias, args, /)" => |vm, a| call_typing(vm, "_paramspec_prepare_subst", a), "";
    "__reduce__(self, /)" => |vm, a| Ok(param(vm, &a[0])?.name.clone()), "";
    "__mro_entries__(self, bases, /)" => |vm, _| Err(vm.type_error("Cannot subclass an instance of ParamSpec")), "";
    "has_default(self, /)" => |_, a| Ok(Ref::bool(has_default(&a[0]))), "";
}
methods! { TYPEVARTUPLE_METHODS;
    "__typing_subst__(self, arg, /)" => |vm, _| Err(vm.type_error("Substitution of bare TypeVarTuple is not supported")), "";
    "__typing_prepare_subst__(self, alias, args, /)" => |vm, a| call_typing(vm, "_typevartuple_prepare_subst", a), "";
    "__reduce__(self, /)" => |vm, a| Ok(param(vm, &a[0])?.name.clone()), "";
    "__mro_entries__(self, bases, /)" => |vm, _| Err(vm.type_error("Cannot subclass an instance of TypeVarTuple")), "";
    "has_default(self, /)" => |_, a| Ok(Ref::bool(has_default(&a[0]))), "";
}

getset! { TYPEVAR_GETSET;
    "__name__" => |vm, r| Ok(param(vm, r)?.name.clone()), readonly, "";
    "__covariant__" => |vm, r| Ok(Ref::bool(param(vm, r)?.covariant)), readonly, "";
    "__contravariant__" => |vm, r| Ok(Ref::bool(param(vm, r)?.contravariant)), readonly, "";
    "__infer_variance__" => |vm, r| Ok(Ref::bool(param(vm, r)?.infer_variance)), readonly, "";
    "__bound__" => bound, "";
    "__constraints__" => |vm, r| {
        let c = Lazy::get(vm, r, |p| &p.constraints)?;
        Ok(if c.is_undefined() { new_tuple(vec![]) } else { c })
    }, "";
    "__default__" => default, "";
    "evaluate_bound" => |vm, r| Ok(param(vm, r)?.bound.evaluator()), "";
    "evaluate_constraints" => |vm, r| Ok(param(vm, r)?.constraints.evaluator()), "";
    "evaluate_default" => |vm, r| Ok(param(vm, r)?.default.evaluator()), "";
}
getset! { PARAMSPEC_GETSET;
    "__name__" => |vm, r| Ok(param(vm, r)?.name.clone()), readonly, "";
    "__bound__" => bound, readonly, "";
    "__covariant__" => |vm, r| Ok(Ref::bool(param(vm, r)?.covariant)), readonly, "";
    "__contravariant__" => |vm, r| Ok(Ref::bool(param(vm, r)?.contravariant)), readonly, "";
    "__infer_variance__" => |vm, r| Ok(Ref::bool(param(vm, r)?.infer_variance)), readonly, "";
    "args" => |_, r| Ok(Ref::new_native(&rt().types.paramspec_args, Part { origin: r.clone() })), "For the annotation of *args.";
    "kwargs" => |_, r| Ok(Ref::new_native(&rt().types.paramspec_kwargs, Part { origin: r.clone() })), "For the annotation of **kwargs.";
    "__default__" => default, "The type that holds where none is given, or NoDefault.";
    "evaluate_default" => |vm, r| Ok(param(vm, r)?.default.evaluator()), "";
}
getset! { TYPEVARTUPLE_GETSET;
    "__name__" => |vm, r| Ok(param(vm, r)?.name.clone()), readonly, "";
    "__default__" => default, "The type that holds where none is given, or NoDefault.";
    "evaluate_default" => |vm, r| Ok(param(vm, r)?.default.evaluator()), "";
}

fn bound(vm: &mut Vm, r: &Ref) -> R<Ref> {
    let b = Lazy::get(vm, r, |p| &p.bound)?;
    Ok(if b.is_undefined() { Ref::none() } else { b })
}
fn default(vm: &mut Vm, r: &Ref) -> R<Ref> {
    let d = Lazy::get(vm, r, |p| &p.default)?;
    Ok(if d.is_undefined() { no_default() } else { d })
}

fn param_repr(vm: &mut Vm, r: &Ref) -> R<Ref> {
    let p = param(vm, r)?;
    let sign = match (p.infer_variance, p.covariant, p.contravariant) {
        (true, ..) => return Ok(p.name.clone()),
        (_, true, _) => b'+',
        (_, _, true) => b'-',
        _ => b'~',
    };
    let mut out = vec![sign];
    out.extend_from_slice(p.name.str_obj().bytes());
    Ok(StrObj::make(&out))
}

/// `T | X`, in either order.
fn make_union(vm: &mut Vm, a: &Ref, b: &Ref) -> R<Ref> {
    super::union::from_args(vm, &[a.clone(), b.clone()], true)
}

/// A TypeVar that got no argument takes its default.
fn typevar_prepare(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let params = vm.getattr_str(&a[1], "__parameters__")?;
    let params = vm.collect(&params)?;
    let given = vm.collect(&a[2])?;
    let Some(index) = params.iter().position(|p| p.is(&a[0])) else {
        return Err(vm.value_error("tuple.index(x): x not in tuple"));
    };
    if index != given.len() {
        return Ok(a[2].clone());
    }
    let d = default(vm, &a[0])?;
    if d.is(&no_default()) {
        let text = format!(
            "Too few arguments for {}; actual {}, expected at least {}",
            vm.str_text(&a[1])?,
            given.len(),
            index + 1
        );
        return Err(vm.type_error(&text));
    }
    let mut all = given;
    all.push(d);
    Ok(new_tuple(all))
}

// Constructors.

/// Keyword arguments that TypeVar and ParamSpec share.
struct Options {
    bound: Lazy,
    default: Lazy,
    covariant: bool,
    contravariant: bool,
    infer_variance: bool,
}

fn options(vm: &mut Vm, given: [Option<&Ref>; 5]) -> R<Options> {
    let [bound, default, covariant, contravariant, infer] = given;
    let mut flags = [false; 3];
    for (flag, v) in flags.iter_mut().zip([covariant, contravariant, infer]) {
        if let Some(v) = v {
            *flag = vm.truthy(v)?;
        }
    }
    let [covariant, contravariant, infer_variance] = flags;
    if covariant && contravariant {
        return Err(vm.value_error("Bivariant types are not supported."));
    }
    if infer_variance && (covariant || contravariant) {
        return Err(vm.value_error("Variance cannot be specified with infer_variance."));
    }
    let bound = match bound {
        Some(b) if !b.is_none() => {
            let message = new_str("Bound must be a type.");
            Lazy::given(call_typing(vm, "_type_check", &[b.clone(), message])?)
        }
        _ => Lazy::default(),
    };
    Ok(Options {
        bound,
        default: Lazy::given(default.cloned().unwrap_or_else(no_default)),
        covariant,
        contravariant,
        infer_variance,
    })
}

fn finish(vm: &mut Vm, class: &Ref, name: &Ref, constraints: Lazy, o: Options) -> R<Ref> {
    let r = Ref::new_native(
        class,
        TypeParam {
            name: name.clone(),
            bound: o.bound,
            constraints,
            default: o.default,
            covariant: o.covariant,
            contravariant: o.contravariant,
            infer_variance: o.infer_variance,
        },
    );
    if let Some(module) = vm.calling_module_name() {
        vm.set_instance_attr(&r, &intern("__module__"), module);
    }
    Ok(r)
}

pub(crate) fn check_name(vm: &mut Vm, function: &str, name: &Ref) -> R<()> {
    if name.is_str() {
        return Ok(());
    }
    let text = format!(
        "{function}() argument 'name' must be str, not {}",
        vm.type_name(name)
    );
    Err(vm.type_error(&text))
}

fn typevar_new(vm: &mut Vm, class: &Ref, args: Args) -> R<Ref> {
    const NAMES: [&str; 5] = [
        "bound",
        "default",
        "covariant",
        "contravariant",
        "infer_variance",
    ];
    let mut given = [None; 5];
    let mut name = args.pos().first();
    for (key, value) in args.kw() {
        let key = vm.str_lossy(key);
        if let Some(i) = NAMES.iter().position(|n| *n == key) {
            given[i] = Some(value);
        } else if key == "name" && name.is_none() {
            name = Some(value);
        } else {
            return Err(vm.type_error(&format!(
                "typevar() got an unexpected keyword argument '{key}'"
            )));
        }
    }
    let Some(name) = name else {
        return Err(vm.type_error("typevar() missing required argument 'name' (pos 1)"));
    };
    check_name(vm, "typevar", name)?;
    let constraints = args.pos().get(1..).unwrap_or_default();
    let options = options(vm, given)?;
    if constraints.len() == 1 {
        return Err(vm.type_error("A single constraint is not allowed"));
    }
    let constraints = if constraints.is_empty() {
        Lazy::default()
    } else if !options.bound.value.cloned().is_undefined() {
        return Err(vm.type_error("Constraints cannot be combined with bound=..."));
    } else {
        Lazy::given(new_tuple(constraints.to_vec()))
    };
    finish(vm, class, name, constraints, options)
}

static PARAMSPEC_NEW: NativeDef = constructor(
    "paramspec(name, *, bound=None, default=typing.NoDefault, covariant=False, contravariant=False, infer_variance=False)",
);
static TYPEVARTUPLE_NEW: NativeDef = constructor("typevartuple(name, *, default=typing.NoDefault)");
static PARAMSPEC_ARGS_NEW: NativeDef = constructor("paramspecargs(origin)");
static PARAMSPEC_KWARGS_NEW: NativeDef = constructor("paramspeckwargs(origin)");

fn paramspec_new(vm: &mut Vm, class: &Ref, args: Args) -> R<Ref> {
    let a = PARAMSPEC_NEW.bind(vm, args)?;
    check_name(vm, "paramspec", &a[0])?;
    let given = [arg(&a, 1), arg(&a, 2), arg(&a, 3), arg(&a, 4), arg(&a, 5)];
    let options = options(vm, given)?;
    finish(vm, class, &a[0], Lazy::default(), options)
}

fn typevartuple_new(vm: &mut Vm, class: &Ref, args: Args) -> R<Ref> {
    let a = TYPEVARTUPLE_NEW.bind(vm, args)?;
    check_name(vm, "typevartuple", &a[0])?;
    let options = options(vm, [None, arg(&a, 1), None, None, None])?;
    finish(vm, class, &a[0], Lazy::default(), options)
}

// `P.args` and `P.kwargs`.

struct Part {
    origin: Ref,
}
trace!(Part; origin);
impl NativePayload for Part {}

fn part<'a>(vm: &mut Vm, r: &'a Ref) -> R<&'a Part> {
    match r.native::<Part>() {
        Some(p) => Ok(p),
        None => Err(wrong_receiver(vm, "typing.ParamSpecArgs", r)),
    }
}

methods! { PART_METHODS;
    "__mro_entries__(self, bases, /)" => |vm, a| {
        let name = a[0].class().name.cloned();
        let text = format!("Cannot subclass an instance of {}", vm.str_lossy(&name));
        Err(vm.type_error(&text))
    }, "";
}
getset! { PART_GETSET;
    "__origin__" => |vm, r| Ok(part(vm, r)?.origin.clone()), readonly, "";
}

fn part_repr(vm: &mut Vm, r: &Ref, what: &str) -> R<Ref> {
    let origin = part(vm, r)?.origin.clone();
    let mut out = match origin.native::<TypeParam>() {
        Some(p) => p.name.str_obj().bytes().to_vec(),
        None => vm.repr(&origin)?.str_obj().bytes().to_vec(),
    };
    out.extend_from_slice(format!(".{what}").as_bytes());
    Ok(StrObj::make(&out))
}

fn part_richcmp(vm: &mut Vm, a: &Ref, b: &Ref, op: Cmp) -> R<Ref> {
    let (Some(x), Some(y)) = (a.native::<Part>(), b.native::<Part>()) else {
        return Ok(Ref::not_implemented());
    };
    if !class_of(a).is(&class_of(b)) || !matches!(op, Cmp::Eq | Cmp::Ne) {
        return Ok(Ref::not_implemented());
    }
    let (x, y) = (x.origin.clone(), y.origin.clone());
    vm.compare(&x, &y, op)
}
