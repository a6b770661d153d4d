//! Python functions and bound methods: the types `function` and `method`.

pub use super::builtin_function::{
    BUILTIN_FUNCTION, CLASSMETHOD_DESCRIPTOR, METHOD_DESCRIPTOR, METHOD_WRAPPER, WRAPPER_DESCRIPTOR,
};
use super::builtin_function::{reduce_method, wrong_receiver};
use super::descriptors::readonly;
use super::spec::TypeSpec;
use crate::native::{Args, DefKind, NativeDef, arg};
use crate::value::header::Kind;
use crate::value::slots::Cmp;
use crate::value::*;
use crate::vm::{new_str, new_tuple};
use crate::{R, Vm, getset, methods};

pub static FUNCTION: TypeSpec = TypeSpec {
    name: "function",
    kind: Kind::Function,
    exact: true,
    flags: type_flag::HAS_DICT | type_flag::HAS_WEAKREF,
    doc: "A Python function from a code object.\n\nglobals is the dict its global names are in; argdefs and kwdefaults are defaults of arguments, closure holds a cell\nfor each free variable of the code.",
    getset: FUNCTION_GETSET,
    slots: |s| {
        s.repr.set(Some(|vm, r| {
            let f = function(vm, r)?;
            let text = format!(
                "<function {} at {:#x}>",
                vm.str_lossy(&f.qualname.cloned()),
                r.id()
            );
            Ok(new_str(&text))
        }));
        s.call.set(Some(|vm, f, args| vm.call_function(f, args)));
        s.descr_get.set(Some(|_, f, obj, _| {
            Ok(if obj.is_undefined() {
                f.clone()
            } else {
                bind(f, obj)
            })
        }));
        s.new.set(Some(function_new));
    },
    ..TypeSpec::DEFAULT
};

pub static METHOD: TypeSpec = TypeSpec {
    name: "method",
    kind: Kind::BoundMethod,
    exact: true,
    flags: type_flag::HAS_WEAKREF,
    doc: "A function together with the object that it gets as its first argument.",
    methods: METHOD_METHODS,
    getset: METHOD_GETSET,
    slots: |s| {
        s.repr.set(Some(method_repr));
        s.hash.set(Some(|vm, r| {
            let m = method(vm, r)?;
            let (func, this) = (m.func.clone(), super::object::identity_hash(&m.this));
            let h = vm.hash(&func)? ^ this;
            Ok(if h == -1 { -2 } else { h })
        }));
        s.richcmp.set(Some(method_richcmp));
        s.call.set(Some(|vm, r, args| {
            let m = method(vm, r)?;
            let mut all = Vec::with_capacity(args.all.len() + 1);
            all.push(m.this.clone());
            all.extend_from_slice(args.all);
            let func = m.func.clone();
            vm.call_args(&func, Args::new(&all, args.names))
        }));
        s.getattr.set(Some(method_getattr));
        s.descr_get.set(Some(|_, m, _, _| Ok(m.clone())));
        s.new.set(Some(method_new));
    },
};

/// A bound method.
pub fn bind(func: &Ref, this: &Ref) -> Ref {
    Ref::new(BoundMethodObj {
        func: func.clone(),
        this: this.clone(),
    })
}

/// Declares the parameters of a constructor; bind with [`NativeDef::bind`].
pub(crate) const fn constructor(signature: &'static str) -> NativeDef {
    NativeDef::fixed(signature, |_, _| Ok(Ref::none()), DefKind::Function, "")
}

fn function<'a>(vm: &mut Vm, r: &'a Ref) -> R<&'a FunctionObj> {
    match r.cast::<FunctionObj>() {
        Some(f) => Ok(f),
        None => Err(wrong_receiver(vm, "function", r)),
    }
}
fn method<'a>(vm: &mut Vm, r: &'a Ref) -> R<&'a BoundMethodObj> {
    match r.cast::<BoundMethodObj>() {
        Some(f) => Ok(f),
        None => Err(wrong_receiver(vm, "method", r)),
    }
}

getset! { FUNCTION_GETSET;
    "__closure__" => |vm, r| {
        let f = function(vm, r)?;
        Ok(if f.closure.is_empty() { Ref::none() } else { new_tuple(f.closure.to_vec()) })
    }, readonly, "";
    "__doc__" => |vm, r| Ok(or_none(function(vm, r)?.doc.cloned())), set_function_doc, "";
    "__globals__" => |vm, r| Ok(function(vm, r)?.globals.clone()), readonly, "";
    "__builtins__" => |vm, r| Ok(function(vm, r)?.builtins.clone()), readonly, "";
    "__module__" => |vm, r| Ok(or_none(function(vm, r)?.module.cloned())), set_function_module, "";
    "__code__" => |vm, r| Ok(function(vm, r)?.code.cloned()), set_code, "";
    "__defaults__" => |vm, r| Ok(or_none(function(vm, r)?.defaults.cloned())), set_function_defaults, "";
    "__kwdefaults__" => |vm, r| Ok(or_none(function(vm, r)?.kwdefaults.cloned())), set_function_kwdefaults, "";
    "__annotations__" => annotations, set_function_annotations, "The annotations of arguments and result, a dict.";
    "__annotate__" => |vm, r| Ok(or_none(function(vm, r)?.annotate.cloned())), set_function_annotate, "The function that evaluates the annotations, or None.";
    "__dict__" => |vm, r| Ok(or_none(vm.dict_of(r).unwrap_or_default())), set_function_dict, "";
    "__name__" => |vm, r| Ok(function(vm, r)?.name.cloned()), set_function_name, "";
    "__qualname__" => |vm, r| Ok(function(vm, r)?.qualname.cloned()), set_function_qualname, "";
    "__type_params__" => |vm, r| {
        let p = function(vm, r)?.type_params.cloned();
        Ok(if p.is_undefined() || p.is_none() { new_tuple(vec![]) } else { p })
    }, set_function_type_params, "The type variables that the function was defined with.";
}

fn set_function_doc(vm: &mut Vm, r: &Ref, v: Option<Ref>) -> R<()> {
    function(vm, r)?.doc.set(v.unwrap_or_else(Ref::none));
    Ok(())
}

fn set_function_module(vm: &mut Vm, r: &Ref, v: Option<Ref>) -> R<()> {
    function(vm, r)?.module.set(v.unwrap_or_else(Ref::none));
    Ok(())
}

fn set_function_defaults(vm: &mut Vm, r: &Ref, v: Option<Ref>) -> R<()> {
    let v = v.unwrap_or_else(Ref::none);
    if !v.is_none() && v.tuple_items().is_none() {
        return Err(vm.type_error("__defaults__ must be set to a tuple object"));
    }
    function(vm, r)?.defaults.set(v);
    crate::interp::flush_caches();
    Ok(())
}

fn set_function_kwdefaults(vm: &mut Vm, r: &Ref, v: Option<Ref>) -> R<()> {
    let v = v.unwrap_or_else(Ref::none);
    if !v.is_none() && v.cast::<DictObj>().is_none() {
        return Err(vm.type_error("__kwdefaults__ must be set to a dict object"));
    }
    function(vm, r)?.kwdefaults.set(v);
    Ok(())
}

fn set_function_annotations(vm: &mut Vm, r: &Ref, v: Option<Ref>) -> R<()> {
    let f = function(vm, r)?;
    match v {
        Some(d) if d.cast::<DictObj>().is_some() => {
            f.annotations.set(d);
            f.annotate.set(Ref::none());
        }
        // Deleting and None both leave an empty dictionary behind.
        None => {
            f.annotations.set(Ref::UNDEFINED);
            f.annotate.set(Ref::none());
        }
        Some(n) if n.is_none() => {
            f.annotations.set(Ref::UNDEFINED);
            f.annotate.set(Ref::none());
        }
        Some(_) => return Err(vm.type_error("__annotations__ must be set to a dict object")),
    }
    Ok(())
}

fn set_function_annotate(vm: &mut Vm, r: &Ref, v: Option<Ref>) -> R<()> {
    let f = function(vm, r)?;
    let Some(v) = v else {
        return Err(vm.type_error("__annotate__ cannot be deleted"));
    };
    if v.is_none() {
        f.annotate.set(v);
    } else if vm.is_callable(&v) {
        f.annotate.set(v);
        f.annotations.set(Ref::UNDEFINED);
    } else {
        return Err(vm.type_error("__annotate__ must be callable or None"));
    }
    Ok(())
}

fn set_function_name(vm: &mut Vm, r: &Ref, v: Option<Ref>) -> R<()> {
    match v {
        Some(v) if v.is_str() => {
            function(vm, r)?.name.set(v);
            Ok(())
        }
        _ => Err(vm.type_error("__name__ must be set to a string object")),
    }
}

fn set_function_qualname(vm: &mut Vm, r: &Ref, v: Option<Ref>) -> R<()> {
    match v {
        Some(v) if v.is_str() => {
            function(vm, r)?.qualname.set(v);
            Ok(())
        }
        _ => Err(vm.type_error("__qualname__ must be set to a string object")),
    }
}

fn set_function_type_params(vm: &mut Vm, r: &Ref, v: Option<Ref>) -> R<()> {
    match v {
        Some(v) if v.tuple_items().is_some() => {
            function(vm, r)?.type_params.set(v);
            Ok(())
        }
        _ => Err(vm.type_error("__type_params__ must be set to a tuple")),
    }
}

fn or_none(r: Ref) -> Ref {
    if r.is_undefined() { Ref::none() } else { r }
}

pub(crate) fn set_function_dict(vm: &mut Vm, r: &Ref, v: Option<Ref>) -> R<()> {
    match v {
        Some(d) if d.cast::<DictObj>().is_some() => vm.set_dict_of(r, d),
        Some(d) => {
            let text = format!(
                "__dict__ must be set to a dictionary, not a '{}'",
                vm.type_name(&d)
            );
            Err(vm.type_error(&text))
        }
        None => Err(vm.type_error("cannot delete __dict__")),
    }
}

fn set_code(vm: &mut Vm, r: &Ref, v: Option<Ref>) -> R<()> {
    let f = function(vm, r)?;
    let Some(code) = v.as_ref().and_then(|v| v.cast::<CodeObj>()) else {
        return Err(vm.type_error("__code__ must be set to a code object"));
    };
    let free = code.code.freevars.len();
    if free != f.closure.len() {
        let text = format!(
            "{}() requires a code object with {} free vars, not {free}",
            vm.str_lossy(&f.name.cloned()),
            f.closure.len()
        );
        return Err(vm.value_error(&text));
    }
    if let Some(code) = v {
        f.code.set(code);
    }
    crate::interp::flush_caches();
    Ok(())
}

/// `f.__annotations__` (PEP 649): computed by `__annotate__` when first asked for.
fn annotations(vm: &mut Vm, r: &Ref) -> R<Ref> {
    let f = function(vm, r)?;
    let found = f.annotations.cloned();
    if !found.is_undefined() && !found.is_none() {
        return Ok(found);
    }
    let annotate = f.annotate.cloned();
    let result = if annotate.is_undefined() || !vm.is_callable(&annotate) {
        DictObj::new_dict()
    } else {
        annotations_from(vm, &annotate)?
    };
    f.annotations.set(result.clone());
    Ok(result)
}

/// Calls an annotate function for values.
pub(crate) fn annotations_from(vm: &mut Vm, annotate: &Ref) -> R<Ref> {
    let r = vm.call(annotate, &[crate::vm::new_int(1)])?;
    if r.cast::<DictObj>().is_none() {
        let text = format!(
            "__annotate__ returned non-dict of type '{}'",
            vm.type_name(&r)
        );
        return Err(vm.type_error(&text));
    }
    Ok(r)
}

/// `globals['__builtins__']` as a dictionary, or the interpreter's.
fn builtins_for(vm: &Vm, globals: &Ref) -> Ref {
    let found = globals
        .cast::<DictObj>()
        .and_then(|d| d.get_name("__builtins__"))
        .unwrap_or_else(|| vm.builtins.clone());
    match found.cast::<ModuleObj>() {
        Some(m) => m.dict.clone(),
        None => found,
    }
}

static FUNCTION_NEW: NativeDef =
    constructor("function(code, globals, name=None, argdefs=None, closure=None, kwdefaults=None)");

fn function_new(vm: &mut Vm, _: &Ref, args: Args) -> R<Ref> {
    let a = FUNCTION_NEW.bind(vm, args)?;
    let Some(code) = a[0].cast::<CodeObj>() else {
        let text = format!(
            "function() argument 'code' must be code, not {}",
            vm.type_name(&a[0])
        );
        return Err(vm.type_error(&text));
    };
    if a[1].cast::<DictObj>().is_none() {
        let text = format!(
            "function() argument 'globals' must be dict, not {}",
            vm.type_name(&a[1])
        );
        return Err(vm.type_error(&text));
    }
    let given = |i: usize| arg(&a, i).filter(|r| !r.is_none()).cloned();
    let (name, defaults, closure, kwdefaults) = (given(2), given(3), given(4), given(5));
    if name.as_ref().is_some_and(|n| !n.is_str()) {
        return Err(vm.type_error("arg 3 (name) must be None or string"));
    }
    if defaults.as_ref().is_some_and(|d| d.tuple_items().is_none()) {
        return Err(vm.type_error("arg 4 (defaults) must be None or tuple"));
    }
    if kwdefaults
        .as_ref()
        .is_some_and(|d| d.cast::<DictObj>().is_none())
    {
        return Err(vm.type_error("arg 6 (kwdefaults) must be None or dict"));
    }
    let wanted = code.code.freevars.len();
    let cells = match &closure {
        None if wanted > 0 => return Err(vm.type_error("arg 5 (closure) must be tuple")),
        None => vec![],
        Some(c) => match c.tuple_items() {
            Some(items) => items.to_vec(),
            None => return Err(vm.type_error("arg 5 (closure) must be None or tuple")),
        },
    };
    if cells.len() != wanted {
        let text = format!(
            "{} requires closure of length {wanted}, not {}",
            vm.str_lossy(&code.name),
            cells.len()
        );
        return Err(vm.value_error(&text));
    }
    if let Some(bad) = cells.iter().find(|c| c.cast::<CellObj>().is_none()) {
        let text = format!("arg 5 (closure) expected cell, found {}", vm.type_name(bad));
        return Err(vm.type_error(&text));
    }
    let doc = if code.flags & taipan_bytecode::flags::HAS_DOCSTRING != 0 {
        code.consts.first().cloned().unwrap_or_else(Ref::none)
    } else {
        Ref::none()
    };
    let module = a[1]
        .cast::<DictObj>()
        .and_then(|d| d.get_name("__name__"))
        .unwrap_or_else(Ref::none);
    Ok(Ref::new(FunctionObj {
        code: Guarded::new(a[0].clone()),
        globals: a[1].clone(),
        builtins: builtins_for(vm, &a[1]),
        closure: cells.into(),
        defaults: Guarded::new(defaults.unwrap_or_else(Ref::none)),
        kwdefaults: Guarded::new(kwdefaults.unwrap_or_else(Ref::none)),
        name: Guarded::new(name.unwrap_or_else(|| code.name.clone())),
        qualname: Guarded::new(code.qualname.clone()),
        doc: Guarded::new(doc),
        module: Guarded::new(module),
        annotate: Guarded::new(Ref::none()),
        annotations: Guarded::default(),
        type_params: Guarded::default(),
        dict: Guarded::default(),
    }))
}

// Bound methods.

methods! { METHOD_METHODS;
    "__reduce__(self, /)" => |vm, a| {
        let m = method(vm, &a[0])?;
        let (func, this) = (m.func.clone(), m.this.clone());
        let name = vm.getattr_str(&func, "__name__")?;
        reduce_method(vm, &this, name)
    }, "";
}

getset! { METHOD_GETSET;
    "__func__" => |vm, r| Ok(method(vm, r)?.func.clone()), readonly, "";
    "__self__" => |vm, r| Ok(method(vm, r)?.this.clone()), readonly, "";
    "__doc__" => |vm, r| {
        let func = method(vm, r)?.func.clone();
        vm.getattr_str(&func, "__doc__")
    }, "";
}

static METHOD_NEW: NativeDef = constructor("method(function, instance, /)");

fn method_new(vm: &mut Vm, _: &Ref, args: Args) -> R<Ref> {
    let a = METHOD_NEW.bind(vm, args)?;
    if !vm.is_callable(&a[0]) {
        return Err(vm.type_error("first argument must be callable"));
    }
    if a[1].is_none() {
        return Err(vm.type_error("instance must not be None"));
    }
    Ok(bind(&a[0], &a[1]))
}

/// Attributes that the method itself hasn't got are those of its function.
fn method_getattr(vm: &mut Vm, r: &Ref, name: &Ref) -> R<Ref> {
    if let Some(found) = vm.lookup(r.class(), name) {
        return vm.bind_found(r, &found);
    }
    let func = method(vm, r)?.func.clone();
    vm.getattr(&func, name)
}

fn method_repr(vm: &mut Vm, r: &Ref) -> R<Ref> {
    let m = method(vm, r)?;
    let (func, this) = (m.func.clone(), m.this.clone());
    let mut name = vm.getattr_opt(&func, &intern("__qualname__"))?;
    if name.is_none() {
        name = vm.getattr_opt(&func, &intern("__name__"))?;
    }
    let name = match name {
        Some(n) if n.is_str() => vm.str_lossy(&n),
        _ => "?".into(),
    };
    let this = vm.repr(&this)?;
    let mut out = format!("<bound method {name} of ").into_bytes();
    out.extend_from_slice(this.str_obj().bytes());
    out.push(b'>');
    Ok(StrObj::make(&out))
}

fn method_richcmp(vm: &mut Vm, a: &Ref, b: &Ref, op: Cmp) -> R<Ref> {
    let (Some(x), Some(y)) = (a.cast::<BoundMethodObj>(), b.cast::<BoundMethodObj>()) else {
        return Ok(Ref::not_implemented());
    };
    if !matches!(op, Cmp::Eq | Cmp::Ne) {
        return Ok(Ref::not_implemented());
    }
    let same = x.this.is(&y.this);
    let (f, g) = (x.func.clone(), y.func.clone());
    let equal = vm.equal(&f, &g)? && same;
    Ok(Ref::bool(equal == (op == Cmp::Eq)))
}
