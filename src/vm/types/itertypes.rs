//! The types `enumerate`, `zip`, `map`, `filter`, `reversed`.

use super::spec::TypeSpec;
use crate::native::{Args, arg};
use crate::value::header::Kind;
use crate::value::*;
use crate::vm::{new_int, new_tuple, new_usize};
use crate::{R, Vm, methods, trace};
use std::cell::Cell;

fn this(_: &mut Vm, r: &Ref) -> R<Ref> {
    Ok(r.clone())
}

/// Whether the call names a builtin class itself: only that one refuses surplus keywords.
fn exact_class(class: &Ref, builtin: &Ref) -> bool {
    class.is(builtin)
}

// enumerate

pub struct Enumerate {
    it: Ref,
    /// An int of any size.
    count: Guarded<Ref>,
}
trace!(Enumerate; it, count);
impl NativePayload for Enumerate {}

pub static ENUMERATE: TypeSpec = TypeSpec {
    name: "enumerate",
    kind: Kind::Native,
    exact: false,
    flags: type_flag::BASE,
    doc: "enumerate(iterable, start=0)\n\nPairs of a count, from start on, and an item.",
    methods: ENUMERATE_METHODS,
    slots: |s| {
        s.new.set(Some(enumerate_new));
        s.iter.set(Some(this));
        s.next.set(Some(|vm, r| {
            let Some(e) = r.native::<Enumerate>() else {
                return Ok(None);
            };
            let Some(item) = vm.next(&e.it)? else {
                return Ok(None);
            };
            let count = e.count.cloned();
            let next = match count.value().is_int() {
                true => new_int(count.value().int() + 1),
                false => super::int_ops::add(vm, &count, &new_int(1))?,
            };
            e.count.set(next);
            Ok(Some(TupleObj::make([count, item].into_iter())))
        }));
    },
    ..TypeSpec::DEFAULT
};

methods! { ENUMERATE_METHODS;
    "__reduce__(self, /)" => |_, a| {
        let Some(e) = a[0].native::<Enumerate>() else { return Ok(Ref::none()) };
        Ok(new_tuple(vec![class_of(&a[0]), new_tuple(vec![e.it.clone(), e.count.cloned()])]))
    }, "State for pickling.";
    class "__class_getitem__(type, object, /)" => |vm, a| super::generic_alias::new_alias(vm, &a[0], &a[1]), "The class with types in brackets, for annotations.";
}

fn enumerate_new(vm: &mut Vm, class: &Ref, args: Args) -> R<Ref> {
    if args.all.len() > 2 {
        let text = format!(
            "enumerate() takes at most 2 arguments ({} given)",
            args.all.len()
        );
        return Err(vm.type_error(&text));
    }
    let (mut iterable, mut start) = (args.pos().first().cloned(), args.pos().get(1).cloned());
    let invalid = |vm: &mut Vm, name: &Ref| {
        let text = format!(
            "'{}' is an invalid keyword argument for enumerate()",
            vm.str_lossy(name)
        );
        vm.type_error(&text)
    };
    for (name, value) in args.kw() {
        let slot = match name.str_obj().bytes() {
            b"iterable" => &mut iterable,
            b"start" if args.all.len() == 2 => &mut start,
            _ => return Err(invalid(vm, name)),
        };
        if slot.is_some() {
            return Err(invalid(vm, name));
        }
        *slot = Some(value.clone());
    }
    let Some(iterable) = iterable else {
        return Err(vm.type_error("enumerate() missing required argument 'iterable'"));
    };
    let count = match start {
        Some(s) => vm.index(&s)?,
        None => new_int(0),
    };
    let it = vm.iter(&iterable)?;
    Ok(Ref::new_native(
        class,
        Enumerate {
            it,
            count: Guarded::new(count),
        },
    ))
}

// zip and map

/// Several iterators read side by side.
struct Several {
    its: Vec<Ref>,
    strict: Cell<bool>,
}

impl Several {
    /// The next item of each; `None` when one has ended. With `strict` all must end together.
    fn next(&self, vm: &mut Vm, function: &str) -> R<Option<Vec<Ref>>> {
        let mut items = Vec::with_capacity(self.its.len() + 1);
        for (i, it) in self.its.iter().enumerate() {
            match vm.next(it)? {
                Some(item) => items.push(item),
                None if self.strict.get() => {
                    return match i {
                        0 => self.check_ended(vm, function),
                        _ => Err(uneven(vm, function, i, "shorter")),
                    };
                }
                None => return Ok(None),
            }
        }
        Ok(Some(items))
    }
    fn check_ended(&self, vm: &mut Vm, function: &str) -> R<Option<Vec<Ref>>> {
        for (i, it) in self.its.iter().enumerate().skip(1) {
            if vm.next(it)?.is_some() {
                return Err(uneven(vm, function, i, "longer"));
            }
        }
        Ok(None)
    }
}
trace!(Several; its);

fn uneven(vm: &mut Vm, function: &str, i: usize, what: &str) -> crate::Raised {
    let others = if i == 1 {
        "argument 1".to_string()
    } else {
        format!("arguments 1-{i}")
    };
    let text = format!("{function}() argument {} is {what} than {others}", i + 1);
    vm.value_error(&text)
}

/// The `strict` keyword; others are errors.
fn strict_keyword(vm: &mut Vm, args: &Args, function: &str) -> R<bool> {
    let mut strict = false;
    if args.names.len() > 1 {
        let text = format!(
            "{function}() takes at most 1 keyword argument ({} given)",
            args.names.len()
        );
        return Err(vm.type_error(&text));
    }
    for (name, value) in args.kw() {
        if name.str_obj().bytes() == b"strict" {
            strict = vm.truthy(value)?;
        } else {
            return Err(vm.unknown_keyword(function, name, &["strict"]));
        }
    }
    Ok(strict)
}

pub struct Zip {
    from: Several,
}
trace!(Zip; from);
impl NativePayload for Zip {}

pub static ZIP: TypeSpec = TypeSpec {
    name: "zip",
    kind: Kind::Native,
    exact: false,
    flags: type_flag::BASE,
    doc: "zip(*iterables, strict=False)\n\nTuples of the first items, the second items and so on, until the shortest iterable ends.\nIf strict is true, iterables of different lengths are a ValueError.",
    methods: ZIP_METHODS,
    slots: |s| {
        s.new.set(Some(|vm, class, args| {
            let strict = if args.has_kw()
                && (exact_class(class, &rt().types.zip) || args.get_kw("strict").is_some())
            {
                strict_keyword(vm, &args, "zip")?
            } else {
                false
            };
            let mut its = Vec::with_capacity(args.pos().len());
            for x in args.pos() {
                its.push(vm.iter(x)?);
            }
            Ok(Ref::new_native(
                class,
                Zip {
                    from: Several {
                        its,
                        strict: Cell::new(strict),
                    },
                },
            ))
        }));
        s.iter.set(Some(this));
        s.next.set(Some(|vm, r| {
            let Some(z) = r.native::<Zip>() else {
                return Ok(None);
            };
            if z.from.its.is_empty() {
                return Ok(None);
            }
            // Two iterables, the usual case, without a vector.
            if let ([a, b], false) = (&z.from.its[..], z.from.strict.get()) {
                let Some(x) = vm.next(a)? else {
                    return Ok(None);
                };
                let Some(y) = vm.next(b)? else {
                    return Ok(None);
                };
                return Ok(Some(TupleObj::make([x, y].into_iter())));
            }
            Ok(z.from
                .next(vm, "zip")?
                .map(|items| TupleObj::make(items.into_iter())))
        }));
    },
    ..TypeSpec::DEFAULT
};

methods! { ZIP_METHODS;
    "__reduce__(self, /)" => |_, a| {
        let Some(z) = a[0].native::<Zip>() else { return Ok(Ref::none()) };
        let mut parts = vec![class_of(&a[0]), new_tuple(z.from.its.clone())];
        if z.from.strict.get() {
            parts.push(Ref::bool(true));
        }
        Ok(new_tuple(parts))
    }, "State for pickling.";
    "__setstate__(self, object, /)" => |vm, a| {
        let strict = vm.truthy(&a[1])?;
        if let Some(z) = a[0].native::<Zip>() {
            z.from.strict.set(strict);
        }
        Ok(Ref::none())
    }, "Sets strictness.";
}

pub struct Map {
    f: Ref,
    from: Several,
}
trace!(Map; f, from);
impl NativePayload for Map {}

pub static MAP: TypeSpec = TypeSpec {
    name: "map",
    kind: Kind::Native,
    exact: false,
    flags: type_flag::BASE,
    doc: "map(function, iterable, /, *iterables, strict=False)\n\nThe function applied to the items of one or several iterables, until the shortest ends.\nIf strict is true, iterables of different lengths are a ValueError.",
    methods: MAP_METHODS,
    slots: |s| {
        s.new.set(Some(|vm, class, args| {
            let strict = if args.has_kw()
                && (exact_class(class, &rt().types.map) || args.get_kw("strict").is_some())
            {
                strict_keyword(vm, &args, "map")?
            } else {
                false
            };
            let [f, rest @ ..] = args.pos() else {
                return Err(vm.type_error("map() must have at least two arguments."));
            };
            if rest.is_empty() {
                return Err(vm.type_error("map() must have at least two arguments."));
            }
            let mut its = Vec::with_capacity(rest.len());
            for x in rest {
                its.push(vm.iter(x)?);
            }
            Ok(Ref::new_native(
                class,
                Map {
                    f: f.clone(),
                    from: Several {
                        its,
                        strict: Cell::new(strict),
                    },
                },
            ))
        }));
        s.iter.set(Some(this));
        s.next.set(Some(|vm, r| {
            let Some(m) = r.native::<Map>() else {
                return Ok(None);
            };
            if let [it] = &m.from.its[..] {
                let Some(x) = vm.next(it)? else {
                    return Ok(None);
                };
                return vm.call(&m.f, &[x]).map(Some);
            }
            match m.from.next(vm, "map")? {
                Some(items) => vm.call(&m.f, &items).map(Some),
                None => Ok(None),
            }
        }));
    },
    ..TypeSpec::DEFAULT
};

methods! { MAP_METHODS;
    "__reduce__(self, /)" => |_, a| {
        let Some(m) = a[0].native::<Map>() else { return Ok(Ref::none()) };
        let mut args = vec![m.f.clone()];
        args.extend_from_slice(&m.from.its);
        let mut parts = vec![class_of(&a[0]), new_tuple(args)];
        if m.from.strict.get() {
            parts.push(Ref::bool(true));
        }
        Ok(new_tuple(parts))
    }, "State for pickling.";
    "__setstate__(self, object, /)" => |vm, a| {
        let strict = vm.truthy(&a[1])?;
        if let Some(m) = a[0].native::<Map>() {
            m.from.strict.set(strict);
        }
        Ok(Ref::none())
    }, "Sets strictness.";
}

// filter

pub struct Filter {
    f: Ref,
    it: Ref,
}
trace!(Filter; f, it);
impl NativePayload for Filter {}

pub static FILTER: TypeSpec = TypeSpec {
    name: "filter",
    kind: Kind::Native,
    exact: false,
    flags: type_flag::BASE,
    doc: "filter(function, iterable, /)\n\nThe items for which the function gives a true value; with None, the true items.",
    methods: FILTER_METHODS,
    slots: |s| {
        s.new.set(Some(|vm, class, args| {
            if args.has_kw() && exact_class(class, &rt().types.filter) {
                return Err(vm.type_error("filter() takes no keyword arguments"));
            }
            let [f, x] = args.pos() else {
                let text = format!("filter expected 2 arguments, got {}", args.pos().len());
                return Err(vm.type_error(&text));
            };
            let it = vm.iter(x)?;
            Ok(Ref::new_native(class, Filter { f: f.clone(), it }))
        }));
        s.iter.set(Some(this));
        s.next.set(Some(|vm, r| {
            let Some(f) = r.native::<Filter>() else {
                return Ok(None);
            };
            let by_truth = f.f.is_none() || f.f.is(&rt().types.bool);
            while let Some(item) = vm.next(&f.it)? {
                let keep = if by_truth {
                    vm.truthy(&item)?
                } else {
                    let verdict = vm.call(&f.f, std::slice::from_ref(&item))?;
                    vm.truthy(&verdict)?
                };
                if keep {
                    return Ok(Some(item));
                }
            }
            Ok(None)
        }));
    },
    ..TypeSpec::DEFAULT
};

methods! { FILTER_METHODS;
    "__reduce__(self, /)" => |_, a| {
        let Some(f) = a[0].native::<Filter>() else { return Ok(Ref::none()) };
        Ok(new_tuple(vec![class_of(&a[0]), new_tuple(vec![f.f.clone(), f.it.clone()])]))
    }, "State for pickling.";
}

// reversed

pub struct Reversed {
    /// Undefined when exhausted.
    seq: Guarded<Ref>,
    /// Items before the place.
    left: Cell<usize>,
}
trace!(Reversed; seq);
impl NativePayload for Reversed {
    fn clear(&self) {
        self.seq.set(Ref::UNDEFINED);
    }
}

pub static REVERSED: TypeSpec = TypeSpec {
    name: "reversed",
    kind: Kind::Native,
    exact: false,
    flags: type_flag::BASE,
    doc: "reversed(object, /)\n\nAn iterator over the items of a sequence from the last to the first.",
    methods: REVERSED_METHODS,
    slots: |s| {
        s.new.set(Some(reversed_new));
        s.iter.set(Some(this));
        s.next.set(Some(reversed_next));
    },
    ..TypeSpec::DEFAULT
};

fn reversed_new(vm: &mut Vm, class: &Ref, args: Args) -> R<Ref> {
    if args.has_kw() && exact_class(class, &rt().types.reversed) {
        return Err(vm.type_error("reversed() takes no keyword arguments"));
    }
    let [seq] = args.pos() else {
        let text = format!("reversed expected 1 argument, got {}", args.pos().len());
        return Err(vm.type_error(&text));
    };
    let not_reversible = |vm: &mut Vm| {
        let text = format!("'{}' object is not reversible", vm.type_name(seq));
        vm.type_error(&text)
    };
    if let Some(f) = vm.lookup(seq.class(), &intern("__reversed__")) {
        if f.is_none() {
            return Err(not_reversible(vm));
        }
        return vm.call_found(seq, &f, &[]);
    }
    // A sequence has items by number; dicts and sets have not.
    let slots = &seq.class().slots;
    if slots.getitem.get().is_none() || slots.len.get().is_none() || seq.cast::<DictObj>().is_some()
    {
        return Err(not_reversible(vm));
    }
    let left = vm.len(seq)?;
    Ok(Ref::new_native(
        class,
        Reversed {
            seq: Guarded::new(seq.clone()),
            left: Cell::new(left),
        },
    ))
}

fn reversed_next(vm: &mut Vm, r: &Ref) -> R<Option<Ref>> {
    let Some(it) = r.native::<Reversed>() else {
        return Ok(None);
    };
    let seq = it.seq.cloned();
    let left = it.left.get();
    if seq.is_undefined() || left == 0 {
        it.seq.set(Ref::UNDEFINED);
        return Ok(None);
    }
    let key = new_usize(left - 1);
    match vm.getitem(&seq, &key) {
        Ok(item) => {
            it.left.set(left - 1);
            Ok(Some(item))
        }
        Err(e) => {
            if vm.exc_is(&rt().types.index_error) || vm.exc_is(&rt().types.stop_iteration) {
                drop(vm.take_exc());
                it.left.set(0);
                it.seq.set(Ref::UNDEFINED);
                return Ok(None);
            }
            Err(e)
        }
    }
}

methods! { REVERSED_METHODS;
    "__length_hint__(self, /)" => |vm, a| {
        let Some(it) = a[0].native::<Reversed>() else { return Ok(new_int(0)) };
        let seq = it.seq.cloned();
        if seq.is_undefined() {
            return Ok(new_int(0));
        }
        let len = vm.len(&seq)?;
        let left = it.left.get();
        Ok(new_usize(if len < left { 0 } else { left }))
    }, "An estimate of how many items are left.";
    "__reduce__(self, /)" => |_, a| {
        let Some(it) = a[0].native::<Reversed>() else { return Ok(Ref::none()) };
        let seq = it.seq.cloned();
        Ok(new_tuple(if seq.is_undefined() {
            vec![class_of(&a[0]), new_tuple(vec![new_tuple(vec![])])]
        } else {
            vec![class_of(&a[0]), new_tuple(vec![seq]), new_int(it.left.get() as i64 - 1)]
        }))
    }, "State for pickling.";
    "__setstate__(self, object, /)" => |vm, a| {
        let Some(state) = arg(a, 1) else { return Ok(Ref::none()) };
        if !state.is_int() {
            return Err(vm.type_error("an integer is required"));
        }
        let at = vm.index_size(state)?;
        if let Some(it) = a[0].native::<Reversed>() {
            let seq = it.seq.cloned();
            if !seq.is_undefined() {
                let len = vm.len(&seq)?;
                it.left.set((at.saturating_add(1).max(0) as usize).min(len));
            }
        }
        Ok(Ref::none())
    }, "Sets the place to go on from.";
}
