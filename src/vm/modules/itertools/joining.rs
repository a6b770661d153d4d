//! `accumulate`, `chain`, `starmap`, `zip_longest`.

use super::iterator;
use crate::native::{Args, arg};
use crate::types::spec::TypeSpec;
use crate::value::slots::BinOp;
use crate::value::*;
use crate::vm::new_tuple;
use crate::{R, Vm, constructor, methods, trace};
use std::cell::Cell;

struct Accumulate {
    it: Ref,
    func: Ref,
    /// Undefined before the first item.
    total: Guarded<Ref>,
    initial: Guarded<Ref>,
}
trace!(Accumulate; it, func, total, initial);
impl NativePayload for Accumulate {}

pub(super) static ACCUMULATE: TypeSpec = TypeSpec {
    name: "itertools.accumulate",
    flags: type_flag::BASE,
    doc: "The sums of the first items, one more each time; or what another function of two arguments makes of them.",
    slots: |s| {
        constructor!(s, "accumulate(cls, /, iterable, func=None, *, initial=None)" => |vm, a| {
            let it = vm.iter(&a[1])?;
            Ok(Ref::new_native(&a[0], Accumulate {
                it,
                func: arg(a, 2).cloned().unwrap_or_else(Ref::none),
                total: Guarded::default(),
                initial: Guarded::new(arg(a, 3).cloned().unwrap_or_else(Ref::none)),
            }))
        });
        iterator(s, |vm, r| {
            let Some(c) = r.native::<Accumulate>() else {
                return Ok(None);
            };
            let initial = c.initial.replace(Ref::none());
            if !initial.is_none() {
                c.total.set(initial.clone());
                return Ok(Some(initial));
            }
            let Some(item) = vm.next(&c.it)? else {
                return Ok(None);
            };
            let total = c.total.cloned();
            let total = if total.is_undefined() {
                item
            } else if c.func.is_none() {
                vm.binary(&total, &item, BinOp::Add)?
            } else {
                vm.call(&c.func, &[total, item])?
            };
            c.total.set(total.clone());
            Ok(Some(total))
        });
    },
    ..TypeSpec::DEFAULT
};

struct Chain {
    /// Iterator of the iterables; None at the end.
    source: Guarded<Ref>,
    active: Guarded<Ref>,
}
trace!(Chain; source, active);
impl NativePayload for Chain {}

pub(super) static CHAIN: TypeSpec = TypeSpec {
    name: "itertools.chain",
    flags: type_flag::BASE,
    doc: "The items of one iterable after the other.",
    methods: CHAIN_METHODS,
    slots: |s| {
        s.new.set(Some(|vm, class, args| {
            if args.has_kw() {
                let name = class
                    .cast::<TypeObj>()
                    .map(|t| vm.class_name(t))
                    .unwrap_or_default();
                let name = name.rsplit('.').next().unwrap_or_default();
                return Err(vm.type_error(&format!("{name}() takes no keyword arguments")));
            }
            let all = new_tuple(args.all.to_vec());
            new_chain(vm, class, &all)
        }));
        iterator(s, |vm, r| {
            let Some(c) = r.native::<Chain>() else {
                return Ok(None);
            };
            loop {
                let mut active = c.active.cloned();
                if active.is_none() {
                    let source = c.source.cloned();
                    if source.is_none() {
                        return Ok(None);
                    }
                    let Some(iterable) = vm.next(&source)? else {
                        c.source.set(Ref::none());
                        return Ok(None);
                    };
                    active = match vm.iter(&iterable) {
                        Ok(it) => it,
                        Err(e) => {
                            c.source.set(Ref::none());
                            return Err(e);
                        }
                    };
                    c.active.set(active.clone());
                }
                if let Some(item) = vm.next(&active)? {
                    return Ok(Some(item));
                }
                c.active.set(Ref::none());
            }
        });
    },
    ..TypeSpec::DEFAULT
};

fn new_chain(vm: &mut Vm, class: &Ref, iterables: &Ref) -> R<Ref> {
    let source = vm.iter(iterables)?;
    Ok(Ref::new_native(
        class,
        Chain {
            source: Guarded::new(source),
            active: Guarded::new(Ref::none()),
        },
    ))
}

methods! { CHAIN_METHODS;
    class "from_iterable(cls, iterable, /)" => |vm, a| new_chain(vm, &a[0], &a[1]), "Chains the iterables that another iterable gives, each taken when its turn comes.";
    class "__class_getitem__(cls, object, /)" => |vm, a| crate::types::generic_alias::new_alias(vm, &a[0], &a[1]), "The class with types in brackets, for annotations.";
}

struct StarMap {
    func: Ref,
    it: Ref,
}
trace!(StarMap; func, it);
impl NativePayload for StarMap {}

pub(super) static STARMAP: TypeSpec = TypeSpec {
    name: "itertools.starmap",
    flags: type_flag::BASE,
    doc: "What the function returns for each item, which is a tuple of arguments.",
    slots: |s| {
        constructor!(s, "starmap(cls, function, iterable, /)" => |vm, a| {
            let it = vm.iter(&a[2])?;
            Ok(Ref::new_native(&a[0], StarMap { func: a[1].clone(), it }))
        });
        iterator(s, |vm, r| {
            let Some(m) = r.native::<StarMap>() else {
                return Ok(None);
            };
            let Some(item) = vm.next(&m.it)? else {
                return Ok(None);
            };
            let args = vm.collect(&item)?;
            vm.call(&m.func, &args).map(Some)
        });
    },
    ..TypeSpec::DEFAULT
};

struct ZipLongest {
    /// None for those that are exhausted.
    its: Guarded<Vec<Ref>>,
    fill: Ref,
    active: Cell<usize>,
}
trace!(ZipLongest; its, fill);
impl NativePayload for ZipLongest {}

pub(super) static ZIP_LONGEST: TypeSpec = TypeSpec {
    name: "itertools.zip_longest",
    flags: type_flag::BASE,
    doc: "Tuples of one item from each iterable, until the longest ends; fillvalue stands in for those that ended earlier.",
    slots: |s| {
        s.new.set(Some(new_zip_longest));
        iterator(s, |vm, r| {
            let Some(z) = r.native::<ZipLongest>() else {
                return Ok(None);
            };
            if z.active.get() == 0 {
                return Ok(None);
            }
            let its = z.its.cloned();
            let mut out = Vec::with_capacity(its.len());
            for (i, it) in its.iter().enumerate() {
                if it.is_none() {
                    out.push(z.fill.clone());
                    continue;
                }
                match vm.next(it) {
                    Ok(Some(item)) => out.push(item),
                    Ok(None) => {
                        z.active.set(z.active.get().saturating_sub(1));
                        if z.active.get() == 0 {
                            return Ok(None);
                        }
                        if let Some(slot) = z.its.get_mut(vm).get_mut(i) {
                            *slot = Ref::none();
                        }
                        out.push(z.fill.clone());
                    }
                    Err(e) => {
                        z.active.set(0);
                        return Err(e);
                    }
                }
            }
            Ok(Some(new_tuple(out)))
        });
    },
    ..TypeSpec::DEFAULT
};

fn new_zip_longest(vm: &mut Vm, class: &Ref, args: Args) -> R<Ref> {
    let mut fill = Ref::none();
    for (k, v) in args.kw() {
        if k.str_obj().bytes() != b"fillvalue" {
            return Err(vm.type_error("zip_longest() got an unexpected keyword argument"));
        }
        fill = v.clone();
    }
    let mut its = Vec::with_capacity(args.pos().len());
    for r in args.pos() {
        its.push(vm.iter(r)?);
    }
    let active = Cell::new(its.len());
    Ok(Ref::new_native(
        class,
        ZipLongest {
            its: Guarded::new(its),
            fill,
            active,
        },
    ))
}
