//! Template strings (PEP 750): `Template`, `Interpolation` and the iterator over a template's parts.

use super::builtin_function::wrong_receiver;
use super::descriptors::readonly;
use super::function::constructor;
use super::generic_alias::new_alias;
use super::spec::TypeSpec;
use crate::native::{Args, NativeDef, arg};
use crate::value::header::Kind;
use crate::value::*;
use crate::vm::new_tuple;
use crate::{R, Vm, getset, methods, trace};
use std::cell::Cell;

pub static TEMPLATE: TypeSpec = TypeSpec {
    name: "string.templatelib.Template",
    kind: Kind::Native,
    doc: "What a t-string makes: its literal parts and its interpolations, apart.",
    methods: TEMPLATE_METHODS,
    getset: TEMPLATE_GETSET,
    slots: |s| {
        s.repr.set(Some(template_repr));
        s.iter.set(Some(|_, r| {
            Ok(Ref::new_native(
                &rt().types.template_iter,
                TemplateIter {
                    template: r.clone(),
                    at: Cell::new(0),
                },
            ))
        }));
        s.concat.set(Some(template_concat));
        s.new.set(Some(template_new));
    },
    ..TypeSpec::DEFAULT
};

pub static TEMPLATE_ITER: TypeSpec = TypeSpec {
    name: "string.templatelib.TemplateIter",
    kind: Kind::Native,
    doc: "Goes over the parts of a template in order, empty strings left out.",
    flags: type_flag::NO_NEW,
    slots: |s| {
        s.iter.set(Some(|_, r| Ok(r.clone())));
        s.next.set(Some(template_next));
    },
    ..TypeSpec::DEFAULT
};

pub static INTERPOLATION: TypeSpec = TypeSpec {
    name: "string.templatelib.Interpolation",
    kind: Kind::Native,
    doc: "A field of a t-string: the value, and how it was written.",
    methods: INTERPOLATION_METHODS,
    getset: INTERPOLATION_GETSET,
    slots: |s| {
        s.repr.set(Some(interpolation_repr));
        s.new.set(Some(interpolation_new));
    },
    ..TypeSpec::DEFAULT
};

/// Class attributes that are neither methods nor computed.
pub(crate) fn settle() {
    if let Some(t) = rt().types.interpolation.cast::<TypeObj>() {
        let names = ["value", "expression", "conversion", "format_spec"];
        let names = names.iter().map(|n| intern(n)).collect();
        t.namespace().set_name("__match_args__", new_tuple(names));
    }
}

struct Template {
    /// A tuple with one str more than there are interpolations.
    strings: Ref,
    /// A tuple.
    interpolations: Ref,
}
trace!(Template; strings, interpolations);
impl NativePayload for Template {}

struct Interpolation {
    value: Ref,
    expression: Ref,
    /// None, "s", "r" or "a".
    conversion: Ref,
    format_spec: Ref,
}
trace!(Interpolation; value, expression, conversion, format_spec);
impl NativePayload for Interpolation {}

struct TemplateIter {
    template: Ref,
    /// Strings and interpolations by turns.
    at: Cell<usize>,
}
trace!(TemplateIter; template);
impl NativePayload for TemplateIter {}

/// A template from a tuple of strings and a tuple of interpolations.
pub fn new_template(_: &mut Vm, strings: Ref, interpolations: Ref) -> Ref {
    Ref::new_native(
        &rt().types.template,
        Template {
            strings,
            interpolations,
        },
    )
}

/// An interpolation; `conversion` is None, "s", "r" or "a".
pub fn new_interpolation(
    _: &mut Vm,
    value: Ref,
    expression: Ref,
    conversion: Ref,
    format_spec: Ref,
) -> Ref {
    Ref::new_native(
        &rt().types.interpolation,
        Interpolation {
            value,
            expression,
            conversion,
            format_spec,
        },
    )
}

fn template<'a>(vm: &mut Vm, r: &'a Ref) -> R<&'a Template> {
    match r.native::<Template>() {
        Some(t) => Ok(t),
        None => Err(wrong_receiver(vm, "string.templatelib.Template", r)),
    }
}
fn interpolation<'a>(vm: &mut Vm, r: &'a Ref) -> R<&'a Interpolation> {
    match r.native::<Interpolation>() {
        Some(t) => Ok(t),
        None => Err(wrong_receiver(vm, "string.templatelib.Interpolation", r)),
    }
}

methods! { TEMPLATE_METHODS;
    "__reduce__(self, /)" => |vm, a| {
        let lib = vm.import("string.templatelib")?;
        let f = vm.getattr_str(&lib, "_template_unpickle")?;
        let t = template(vm, &a[0])?;
        Ok(new_tuple(vec![f, new_tuple(vec![t.strings.clone(), t.interpolations.clone()])]))
    }, "";
    class "__class_getitem__(cls, object, /)" => |vm, a| new_alias(vm, &a[0], &a[1]), "The class with types in brackets, for annotations.";
}

getset! { TEMPLATE_GETSET;
    "strings" => |vm, r| Ok(template(vm, r)?.strings.clone()), readonly, "The literal parts, one more than there are fields.";
    "interpolations" => |vm, r| Ok(template(vm, r)?.interpolations.clone()), readonly, "The fields.";
    "values" => |vm, r| {
        let t = template(vm, r)?;
        let parts = t.interpolations.tuple_items().unwrap_or_default();
        let values = parts.iter().filter_map(|i| i.native::<Interpolation>()).map(|i| i.value.clone());
        Ok(new_tuple(values.collect()))
    }, "The values of the fields.";
}

methods! { INTERPOLATION_METHODS;
    "__reduce__(self, /)" => |vm, a| {
        let i = interpolation(vm, &a[0])?;
        let parts = vec![i.value.clone(), i.expression.clone(), i.conversion.clone(), i.format_spec.clone()];
        Ok(new_tuple(vec![class_of(&a[0]), new_tuple(parts)]))
    }, "";
    class "__class_getitem__(cls, object, /)" => |vm, a| new_alias(vm, &a[0], &a[1]), "The class with types in brackets, for annotations.";
}

getset! { INTERPOLATION_GETSET;
    "value" => |vm, r| Ok(interpolation(vm, r)?.value.clone()), readonly, "What the expression gave.";
    "expression" => |vm, r| Ok(interpolation(vm, r)?.expression.clone()), readonly, "The text of the expression.";
    "conversion" => |vm, r| Ok(interpolation(vm, r)?.conversion.clone()), readonly, "The letter after the exclamation mark, or None.";
    "format_spec" => |vm, r| Ok(interpolation(vm, r)?.format_spec.clone()), readonly, "What stands after the colon.";
}

fn template_new(vm: &mut Vm, class: &Ref, args: Args) -> R<Ref> {
    if args.has_kw() {
        return Err(vm.type_error("Template.__new__ only accepts *args arguments"));
    }
    let mut strings: Vec<Vec<u8>> = vec![Vec::new()];
    let mut interpolations = Vec::new();
    for a in args.all {
        if let Some(s) = a.cast::<StrObj>() {
            if let Some(last) = strings.last_mut() {
                last.extend_from_slice(s.bytes());
            }
        } else if a.native::<Interpolation>().is_some() {
            interpolations.push(a.clone());
            strings.push(Vec::new());
        } else {
            let text = format!(
                "Template.__new__ *args need to be of type 'str' or 'Interpolation', got {}",
                vm.type_name(a)
            );
            return Err(vm.type_error(&text));
        }
    }
    let strings = strings.iter().map(|s| StrObj::make(s)).collect();
    Ok(Ref::new_native(
        class,
        Template {
            strings: new_tuple(strings),
            interpolations: new_tuple(interpolations),
        },
    ))
}

fn template_repr(vm: &mut Vm, r: &Ref) -> R<Ref> {
    let t = template(vm, r)?;
    let (strings, interpolations) = (t.strings.clone(), t.interpolations.clone());
    let mut out = b"Template(strings=".to_vec();
    out.extend_from_slice(vm.repr(&strings)?.str_obj().bytes());
    out.extend_from_slice(b", interpolations=");
    out.extend_from_slice(vm.repr(&interpolations)?.str_obj().bytes());
    out.push(b')');
    Ok(StrObj::make(&out))
}

fn template_concat(vm: &mut Vm, a: &Ref, b: &Ref) -> R<Ref> {
    let (Some(x), Some(y)) = (a.native::<Template>(), b.native::<Template>()) else {
        let text = format!(
            "can only concatenate string.templatelib.Template (not \"{}\") to string.templatelib.Template",
            vm.type_name(b)
        );
        return Err(vm.type_error(&text));
    };
    let items = |r: &Ref| r.tuple_items().unwrap_or_default().to_vec();
    let mut strings = items(&x.strings);
    let mut rest = items(&y.strings).into_iter();
    if let (Some(last), Some(first)) = (strings.pop(), rest.next()) {
        strings.push(StrObj::concat(last.str_obj(), first.str_obj()));
    }
    strings.extend(rest);
    let mut interpolations = items(&x.interpolations);
    interpolations.extend(items(&y.interpolations));
    Ok(new_template(
        vm,
        new_tuple(strings),
        new_tuple(interpolations),
    ))
}

/// Empty strings are left out.
fn template_next(vm: &mut Vm, r: &Ref) -> R<Option<Ref>> {
    let Some(it) = r.native::<TemplateIter>() else {
        return Err(wrong_receiver(vm, "string.templatelib.TemplateIter", r));
    };
    let t = template(vm, &it.template)?;
    loop {
        let at = it.at.get();
        it.at.set(at.saturating_add(1));
        let part = if at % 2 == 0 {
            match t.strings.tuple_items().unwrap_or_default().get(at / 2) {
                Some(s) if s.str_obj().bytes().is_empty() => continue,
                part => part,
            }
        } else {
            t.interpolations
                .tuple_items()
                .unwrap_or_default()
                .get(at / 2)
        };
        return Ok(part.cloned());
    }
}

static INTERPOLATION_NEW: NativeDef =
    constructor("Interpolation(value, expression='', conversion=None, format_spec='')");

fn interpolation_new(vm: &mut Vm, class: &Ref, args: Args) -> R<Ref> {
    let a = INTERPOLATION_NEW.bind(vm, args)?;
    let given = |i: usize| arg(&a, i).cloned();
    let empty = || rt().types.empty_str.clone();
    let expression = given(1).unwrap_or_else(empty);
    let conversion = given(2).unwrap_or_else(Ref::none);
    let format_spec = given(3).unwrap_or_else(empty);
    for (name, value) in [
        ("expression", &expression),
        ("conversion", &conversion),
        ("format_spec", &format_spec),
    ] {
        let absent = name == "conversion" && value.is_none();
        if !value.is_str() && !absent {
            let text = format!(
                "Interpolation() argument '{name}' must be str, not {}",
                vm.type_name(value)
            );
            return Err(vm.type_error(&text));
        }
    }
    if !conversion.is_none() && !matches!(conversion.str_obj().bytes(), b"s" | b"r" | b"a") {
        return Err(
            vm.value_error("Interpolation() argument 'conversion' must be one of 's', 'a' or 'r'")
        );
    }
    Ok(Ref::new_native(
        class,
        Interpolation {
            value: a[0].clone(),
            expression,
            conversion,
            format_spec,
        },
    ))
}

fn interpolation_repr(vm: &mut Vm, r: &Ref) -> R<Ref> {
    let i = interpolation(vm, r)?;
    let parts = [
        i.value.clone(),
        i.expression.clone(),
        i.conversion.clone(),
        i.format_spec.clone(),
    ];
    let mut out = b"Interpolation(".to_vec();
    for (n, part) in parts.iter().enumerate() {
        if n > 0 {
            out.extend_from_slice(b", ");
        }
        out.extend_from_slice(vm.repr(part)?.str_obj().bytes());
    }
    out.push(b')');
    Ok(StrObj::make(&out))
}
