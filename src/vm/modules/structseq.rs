//! Tuples with named items (`sys.version_info`, `time.struct_time`), made from a row of names.

use crate::native::{Args, GetSetDef};
use crate::types::spec::{TypeSpec, make_type};
use crate::value::header::Kind;
use crate::value::*;
use crate::vm::{new_int, new_tuple};
use crate::{R, Vm, methods};
use std::collections::HashMap;

/// A class of named tuples. Items from `visible` on are attributes only.
pub struct Declaration {
    /// `module.name`.
    pub name: &'static str,
    pub doc: &'static str,
    /// Names with their documentation.
    pub fields: &'static [(&'static str, &'static str)],
    pub visible: usize,
    /// Whether Python code may make instances.
    pub callable: bool,
}

/// The classes made so far, by their declaration.
#[derive(Default)]
pub struct Classes(HashMap<usize, Ref>);

fn item<const I: usize>(_: &mut Vm, r: &Ref) -> R<Ref> {
    Ok(r.tuple_items()
        .and_then(|t| t.get(I))
        .cloned()
        .unwrap_or_else(Ref::none))
}

type Getter = fn(&mut Vm, &Ref) -> R<Ref>;
const GETTERS: [Getter; 24] = [
    item::<0>, item::<1>, item::<2>, item::<3>, item::<4>, item::<5>, item::<6>, item::<7>,
    item::<8>, item::<9>, item::<10>, item::<11>, item::<12>, item::<13>, item::<14>, item::<15>,
    item::<16>, item::<17>, item::<18>, item::<19>, item::<20>, item::<21>, item::<22>, item::<23>,
];

methods! { METHODS;
    "__reduce__(self, /)" => |_, a| {
        let items = a[0].tuple_items().unwrap_or_default().to_vec();
        Ok(new_tuple(vec![class_of(&a[0]), new_tuple(vec![new_tuple(items), DictObj::new_dict()])]))
    }, "";
    var "__replace__(self, /, **changes)" => replace, "A copy in which the given fields are different.";
}

fn replace(vm: &mut Vm, args: Args) -> R<Ref> {
    let this = &args.all[0];
    let names = match_args(this);
    let mut items = this.tuple_items().unwrap_or_default().to_vec();
    for (k, v) in args.kw() {
        match names.iter().position(|n| n.is(&rt().intern_ref(k))) {
            Some(i) => items[i] = v.clone(),
            None => {
                let text = format!("Got unexpected field name(s): ['{}']", vm.str_lossy(k));
                return Err(vm.type_error(&text));
            }
        }
    }
    Ok(TupleObj::make_of(&class_of(this), items.into_iter()))
}

fn match_args(r: &Ref) -> Vec<Ref> {
    r.class()
        .namespace()
        .get_name("__match_args__")
        .and_then(|m| m.tuple_items().map(|t| t.to_vec()))
        .unwrap_or_default()
}

fn repr(vm: &mut Vm, r: &Ref) -> R<Ref> {
    let items = r.tuple_items().unwrap_or_default().to_vec();
    let mut out = vm.full_class_name(r.class()).into_bytes();
    out.push(b'(');
    for (i, (name, item)) in match_args(r).iter().zip(&items).enumerate() {
        if i > 0 {
            out.extend_from_slice(b", ");
        }
        out.extend_from_slice(name.str_obj().bytes());
        out.push(b'=');
        let text = vm.repr(item)?;
        out.extend_from_slice(text.str_obj().bytes());
    }
    out.push(b')');
    Ok(StrObj::make(&out))
}

fn cannot_create(vm: &mut Vm, class: &Ref, _: Args) -> R<Ref> {
    let name = class
        .cast::<TypeObj>()
        .map(|t| vm.full_class_name(t))
        .unwrap_or_default();
    Err(vm.type_error(&format!("cannot create '{name}' instances")))
}

fn create(vm: &mut Vm, class: &Ref, args: Args) -> R<Ref> {
    let Some(t) = class.cast::<TypeObj>() else {
        return Err(vm.type_error("constructor requires a class"));
    };
    let name = vm.full_class_name(t);
    let number = |n: &str| {
        t.namespace()
            .get_name(n)
            .and_then(|v| v.as_i64())
            .unwrap_or(0) as usize
    };
    let (visible, all) = (number("n_sequence_fields"), number("n_fields"));
    let sequence = match (args.pos(), args.get_kw("sequence")) {
        ([s, ..], _) | (_, Some(s)) => s,
        _ => {
            let short = vm.class_name(t);
            return Err(vm.type_error(&format!(
                "{short}() missing required argument 'sequence' (pos 1)"
            )));
        }
    };
    if sequence.class().slots.iter.get().is_none() && sequence.class().slots.getitem.get().is_none()
    {
        return Err(vm.type_error("constructor requires a sequence"));
    }
    let mut items = vm.collect(sequence)?;
    let given = items.len();
    if given < visible || given > all {
        let text = if visible == all {
            format!("{name}() takes a {all}-sequence ({given}-sequence given)")
        } else if given < visible {
            format!("{name}() takes an at least {visible}-sequence ({given}-sequence given)")
        } else {
            format!("{name}() takes an at most {all}-sequence ({given}-sequence given)")
        };
        return Err(vm.type_error(&text));
    }
    let hidden = items.split_off(visible);
    let out = TupleObj::make_of(class, items.into_iter());
    let extra = args
        .pos()
        .get(1)
        .or_else(|| args.get_kw("dict"))
        .and_then(|d| d.cast::<DictObj>());
    let names = t
        .namespace()
        .get_name("_hidden_fields")
        .and_then(|m| m.tuple_items().map(|t| t.to_vec()))
        .unwrap_or_default();
    for (i, name) in names.iter().enumerate() {
        let value = hidden
            .get(i)
            .cloned()
            .or_else(|| extra.and_then(|d| d.get_str(name)))
            .unwrap_or_else(Ref::none);
        vm.set_instance_attr(&out, name, value);
    }
    Ok(out)
}

/// The class of a declaration.
pub fn class(vm: &mut Vm, d: &'static Declaration) -> Ref {
    let key = d as *const Declaration as usize;
    if let Some(c) = vm.lib.structs.0.get(&key) {
        return c.clone();
    }
    let getset: Vec<GetSetDef> = d.fields[..d.visible]
        .iter()
        .zip(GETTERS)
        .map(|(f, get)| GetSetDef {
            name: f.0,
            get,
            set: None,
            doc: f.1,
        })
        .collect();
    // Classes live as long as the process, and so do their declarations.
    let spec: &'static TypeSpec = Box::leak(Box::new(TypeSpec {
        name: d.name,
        kind: Kind::Tuple,
        flags: type_flag::SEQUENCE
            | if d.visible < d.fields.len() {
                type_flag::HAS_DICT
            } else {
                0
            },
        doc: d.doc,
        methods: METHODS,
        getset: Box::leak(getset.into_boxed_slice()),
        slots: if d.callable {
            |s| {
                s.repr.set(Some(repr));
                s.new.set(Some(create));
            }
        } else {
            |s| {
                s.repr.set(Some(repr));
                s.new.set(Some(cannot_create));
            }
        },
        ..TypeSpec::DEFAULT
    }));
    let tuple = rt().types.tuple.clone();
    let class = make_type(vm, spec, &tuple);
    if let Some(t) = class.cast::<TypeObj>() {
        let ns = t.namespace();
        let names =
            |f: &[(&'static str, &'static str)]| new_tuple(f.iter().map(|f| intern(f.0)).collect());
        ns.set_name("__match_args__", names(&d.fields[..d.visible]));
        ns.set_name("n_fields", new_int(d.fields.len() as i64));
        ns.set_name("n_sequence_fields", new_int(d.visible as i64));
        ns.set_name("n_unnamed_fields", new_int(0));
        if d.visible < d.fields.len() {
            ns.set_name("_hidden_fields", names(&d.fields[d.visible..]));
        }
    }
    vm.lib.structs.0.insert(key, class.clone());
    class
}

/// An instance; `values` has one item for each field.
pub fn make(vm: &mut Vm, d: &'static Declaration, values: Vec<Ref>) -> Ref {
    let class = class(vm, d);
    let mut values = values;
    let hidden = values.split_off(d.visible.min(values.len()));
    let out = TupleObj::make_of(&class, values.into_iter());
    for (f, v) in d.fields[d.visible..].iter().zip(hidden) {
        vm.set_instance_attr(&out, &intern(f.0), v);
    }
    out
}
