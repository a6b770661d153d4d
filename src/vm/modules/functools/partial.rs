//! `partial` objects, with placeholders for positional arguments to come.

use crate::native::Args;
use crate::types::spec::TypeSpec;
use crate::value::*;
use crate::vm::{new_str, new_tuple};
use crate::{R, Vm, getset, methods, trace};
use std::cell::Cell;

struct Partial {
    func: Guarded<Ref>,
    args: Guarded<Vec<Ref>>,
    /// A dict.
    kw: Guarded<Ref>,
    /// How many of `args` are placeholders.
    holes: Cell<usize>,
}
trace!(Partial; func, args, kw);
impl NativePayload for Partial {
    fn clear(&self) {
        self.func.set(Ref::none());
        self.args.set(Vec::new());
        self.kw.set(DictObj::new_dict());
    }
}

struct Placeholder;
trace!(Placeholder);
impl NativePayload for Placeholder {}

static PLACEHOLDER: TypeSpec = TypeSpec {
    name: "functools._PlaceholderType",
    doc: "The class of Placeholder, which keeps a place among partial()'s arguments free.",
    methods: PLACEHOLDER_METHODS,
    slots: |s| {
        s.repr.set(Some(|_, _| Ok(new_str("Placeholder"))));
        s.new.set(Some(|vm, _, args| {
            if !args.all.is_empty() {
                return Err(vm.type_error("_PlaceholderType takes no arguments"));
            }
            Ok(placeholder(vm))
        }));
    },
    ..TypeSpec::DEFAULT
};
methods! { PLACEHOLDER_METHODS;
    "__reduce__(self, /)" => |_, _| Ok(new_str("Placeholder")), "";
}

/// The one placeholder.
pub(super) fn placeholder(vm: &mut Vm) -> Ref {
    if vm.lib.placeholder.is_undefined() {
        let class = vm.native_type(&PLACEHOLDER);
        vm.lib.placeholder = Ref::new_native(&class, Placeholder);
    }
    vm.lib.placeholder.clone()
}

pub(super) static PARTIAL: TypeSpec = TypeSpec {
    name: "functools.partial",
    flags: type_flag::BASE | type_flag::HAS_DICT | type_flag::HAS_WEAKREF,
    doc: "A function with some of its arguments given beforehand.\n\nA call adds its own arguments behind them, after those that fill a Placeholder.",
    methods: METHODS,
    getset: GETSET,
    slots: |s| {
        s.new.set(Some(new));
        s.call.set(Some(call));
        s.repr.set(Some(repr));
        s.descr_get.set(Some(|_, r, this, _| {
            if this.is_undefined() || this.is_none() {
                return Ok(r.clone());
            }
            Ok(Ref::new(BoundMethodObj {
                func: r.clone(),
                this: this.clone(),
            }))
        }));
    },
    ..TypeSpec::DEFAULT
};

getset! { GETSET;
    "func" => |_, r| Ok(r.native::<Partial>().map_or_else(Ref::none, |p| p.func.cloned())), crate::types::descriptors::readonly, "The function.";
    "args" => |_, r| Ok(new_tuple(r.native::<Partial>().map(|p| p.args.cloned()).unwrap_or_default())), crate::types::descriptors::readonly, "The positional arguments given beforehand.";
    "keywords" => |_, r| Ok(r.native::<Partial>().map_or_else(Ref::none, |p| p.kw.cloned())), crate::types::descriptors::readonly, "The keyword arguments given beforehand.";
}

methods! { METHODS;
    "__reduce__(self, /)" => |vm, a| {
        let Some(p) = a[0].native::<Partial>() else { return Ok(Ref::none()) };
        let func = p.func.cloned();
        let dict = match vm.dict_of(&a[0]) {
            Some(d) if d.cast::<DictObj>().is_some_and(|d| !d.is_empty()) => d,
            _ => Ref::none(),
        };
        let state = new_tuple(vec![func.clone(), new_tuple(p.args.cloned()), p.kw.cloned(), dict]);
        Ok(new_tuple(vec![class_of(&a[0]), new_tuple(vec![func]), state]))
    }, "";
    "__setstate__(self, state, /)" => set_state, "";
    class "__class_getitem__(cls, object, /)" => |vm, a| crate::types::generic_alias::new_alias(vm, &a[0], &a[1]), "The class with types in brackets, for annotations.";
}

fn set_state(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let Some(p) = a[0].native::<Partial>() else {
        return Ok(Ref::none());
    };
    let Some([func, args, kw, dict]) = a[1].tuple_items() else {
        return Err(vm.type_error("invalid partial state"));
    };
    let ok = vm.is_callable(func)
        && args.cast::<TupleObj>().is_some()
        && (kw.is_none() || kw.cast::<DictObj>().is_some());
    if !ok {
        return Err(vm.type_error("invalid partial state"));
    }
    let items = args.tuple_items().unwrap_or_default().to_vec();
    let hole = placeholder(vm);
    if items.last().is_some_and(|x| x.is(&hole)) {
        return Err(vm.type_error("trailing Placeholders are not allowed"));
    }
    p.holes.set(items.iter().filter(|x| x.is(&hole)).count());
    p.func.set(func.clone());
    p.args.set(items);
    p.kw.set(match kw.cast::<DictObj>() {
        Some(d) => d.copy(),
        None => DictObj::new_dict(),
    });
    if !dict.is_none() {
        vm.set_dict_of(&a[0], dict.clone())?;
    }
    Ok(Ref::none())
}

fn new(vm: &mut Vm, class: &Ref, args: Args) -> R<Ref> {
    let Some(func) = args.pos().first() else {
        return Err(vm.type_error("type 'partial' takes at least one argument"));
    };
    if !vm.is_callable(func) {
        return Err(vm.type_error("the first argument must be callable"));
    }
    let hole = placeholder(vm);
    let given = &args.pos()[1..];
    if given.last().is_some_and(|x| x.is(&hole)) {
        return Err(vm.type_error("trailing Placeholders are not allowed"));
    }
    if args.kw().any(|(_, v)| v.is(&hole)) {
        return Err(vm.type_error("Placeholder cannot be passed as a keyword argument"));
    }
    let kw = DictObj::new_dict();
    // A partial of a plain partial is made one of the function itself.
    let inner = func
        .native::<Partial>()
        .filter(|_| class_of(func).is(class));
    let (target, all) = match inner {
        Some(p) if !has_attributes(vm, func) => {
            let mut all = p.args.cloned();
            let mut rest = given.iter();
            if p.holes.get() > 0 {
                for x in &mut all {
                    if x.is(&hole)
                        && let Some(v) = rest.next()
                    {
                        *x = v.clone();
                    }
                }
            }
            all.extend(rest.cloned());
            if let (Some(d), Some(from)) = (kw.cast::<DictObj>(), p.kw.cloned().cast::<DictObj>()) {
                d.update_from(vm, from)?;
            }
            (p.func.cloned(), all)
        }
        _ => (func.clone(), given.to_vec()),
    };
    if let Some(d) = kw.cast::<DictObj>() {
        for (k, v) in args.kw() {
            d.set(vm, k, v.clone())?;
        }
    }
    let holes = all.iter().filter(|x| x.is(&hole)).count();
    Ok(Ref::new_native(
        class,
        Partial {
            func: Guarded::new(target),
            args: Guarded::new(all),
            kw: Guarded::new(kw),
            holes: Cell::new(holes),
        },
    ))
}

/// Whether a program has put attributes on a partial object.
fn has_attributes(vm: &mut Vm, r: &Ref) -> bool {
    r.shape().is_some_and(|s| s.used() > s.fixed)
        || r.shape()
            .is_some_and(|s| s.flags & shape::shape_flag::DICT_MODE != 0)
            && vm
                .dict_of(r)
                .is_some_and(|d| d.cast::<DictObj>().is_some_and(|d| !d.is_empty()))
}

fn call(vm: &mut Vm, r: &Ref, args: Args) -> R<Ref> {
    let Some(p) = r.native::<Partial>() else {
        return Ok(Ref::none());
    };
    let func = p.func.cloned();
    let mut all = p.args.cloned();
    let mut given = args.pos().iter();
    let holes = p.holes.get();
    if holes > 0 {
        if args.pos().len() < holes {
            let text = format!(
                "missing positional arguments in 'partial' call; expected at least {holes}, got {}",
                args.pos().len()
            );
            return Err(vm.type_error(&text));
        }
        let hole = placeholder(vm);
        for x in &mut all {
            if x.is(&hole)
                && let Some(v) = given.next()
            {
                *x = v.clone();
            }
        }
    }
    all.extend(given.cloned());
    let kw = p.kw.cloned();
    let Some(own) = kw.cast::<DictObj>().filter(|d| !d.is_empty()) else {
        all.extend(args.kw().map(|(_, v)| v.clone()));
        return vm.call_args(&func, Args::new(&all, args.names));
    };
    // Keywords of the call replace those kept, in the place of these.
    let merged = own.copy();
    let mut names = Vec::new();
    if let Some(d) = merged.cast::<DictObj>() {
        for (k, v) in args.kw() {
            d.set(vm, k, v.clone())?;
        }
        for (k, v) in d.items() {
            names.push(k);
            all.push(v);
        }
    }
    vm.call_args(&func, Args::new(&all, &names))
}

fn repr(vm: &mut Vm, r: &Ref) -> R<Ref> {
    let Some(p) = r.native::<Partial>() else {
        return Ok(Ref::none());
    };
    if !vm.enter_repr(r) {
        return Ok(new_str("..."));
    }
    let text = (|| {
        let mut out = vm.full_class_name(r.class()).into_bytes();
        out.push(b'(');
        let func = p.func.cloned();
        let text = vm.repr(&func)?;
        out.extend_from_slice(text.str_obj().bytes());
        for x in p.args.cloned() {
            let text = vm.repr(&x)?;
            out.extend_from_slice(b", ");
            out.extend_from_slice(text.str_obj().bytes());
        }
        let kw = p.kw.cloned();
        for (k, v) in kw.cast::<DictObj>().map(|d| d.items()).unwrap_or_default() {
            let key = vm.str(&k)?;
            let text = vm.repr(&v)?;
            out.extend_from_slice(b", ");
            out.extend_from_slice(key.str_obj().bytes());
            out.push(b'=');
            out.extend_from_slice(text.str_obj().bytes());
        }
        out.push(b')');
        Ok(StrObj::make(&out))
    })();
    vm.leave_repr(r);
    text
}
