//! Iterators that pass on some items of one iterable: `compress`, `dropwhile`, `filterfalse`, `islice`, `takewhile`.

use super::iterator;
use crate::native::arg;
use crate::types::spec::TypeSpec;
use crate::value::*;
use crate::{R, Vm, constructor, trace};
use std::cell::Cell;

/// A function, the iterator it is asked about, and whether the change of state has come.
struct Filter {
    func: Ref,
    it: Ref,
    done: Cell<bool>,
}
trace!(Filter; func, it);
impl NativePayload for Filter {}

fn new_filter(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let it = vm.iter(&a[2])?;
    Ok(Ref::new_native(
        &a[0],
        Filter {
            func: a[1].clone(),
            it,
            done: Cell::new(false),
        },
    ))
}

impl Filter {
    fn holds(&self, vm: &mut Vm, item: &Ref) -> R<bool> {
        let r = vm.call(&self.func, std::slice::from_ref(item))?;
        vm.truthy(&r)
    }
}

pub(super) static DROPWHILE: TypeSpec = TypeSpec {
    name: "itertools.dropwhile",
    flags: type_flag::BASE,
    doc: "The items from the first on for which the predicate is false.",
    slots: |s| {
        constructor!(s, "dropwhile(cls, predicate, iterable, /)" => new_filter);
        iterator(s, |vm, r| {
            let Some(f) = r.native::<Filter>() else {
                return Ok(None);
            };
            while let Some(item) = vm.next(&f.it)? {
                if f.done.get() || !f.holds(vm, &item)? {
                    f.done.set(true);
                    return Ok(Some(item));
                }
            }
            Ok(None)
        });
    },
    ..TypeSpec::DEFAULT
};

pub(super) static TAKEWHILE: TypeSpec = TypeSpec {
    name: "itertools.takewhile",
    flags: type_flag::BASE,
    doc: "The items before the first for which the predicate is false.",
    slots: |s| {
        constructor!(s, "takewhile(cls, predicate, iterable, /)" => new_filter);
        iterator(s, |vm, r| {
            let Some(f) = r.native::<Filter>() else {
                return Ok(None);
            };
            if f.done.get() {
                return Ok(None);
            }
            match vm.next(&f.it)? {
                Some(item) if f.holds(vm, &item)? => Ok(Some(item)),
                Some(_) => {
                    f.done.set(true);
                    Ok(None)
                }
                None => Ok(None),
            }
        });
    },
    ..TypeSpec::DEFAULT
};

pub(super) static FILTERFALSE: TypeSpec = TypeSpec {
    name: "itertools.filterfalse",
    flags: type_flag::BASE,
    doc: "The items for which the function is false; with None, those that are false themselves.",
    slots: |s| {
        constructor!(s, "filterfalse(cls, function, iterable, /)" => new_filter);
        iterator(s, |vm, r| {
            let Some(f) = r.native::<Filter>() else {
                return Ok(None);
            };
            while let Some(item) = vm.next(&f.it)? {
                let holds = if f.func.is_none() || f.func.is(&rt().types.bool) {
                    vm.truthy(&item)?
                } else {
                    f.holds(vm, &item)?
                };
                if !holds {
                    return Ok(Some(item));
                }
            }
            Ok(None)
        });
    },
    ..TypeSpec::DEFAULT
};

struct Compress {
    data: Ref,
    selectors: Ref,
}
trace!(Compress; data, selectors);
impl NativePayload for Compress {}

pub(super) static COMPRESS: TypeSpec = TypeSpec {
    name: "itertools.compress",
    flags: type_flag::BASE,
    doc: "Those data whose selector, at the same place, is true.",
    slots: |s| {
        constructor!(s, "compress(cls, /, data, selectors)" => |vm, a| {
            let data = vm.iter(&a[1])?;
            let selectors = vm.iter(&a[2])?;
            Ok(Ref::new_native(&a[0], Compress { data, selectors }))
        });
        iterator(s, |vm, r| {
            let Some(c) = r.native::<Compress>() else {
                return Ok(None);
            };
            loop {
                let Some(item) = vm.next(&c.data)? else {
                    return Ok(None);
                };
                let Some(wanted) = vm.next(&c.selectors)? else {
                    return Ok(None);
                };
                if vm.truthy(&wanted)? {
                    return Ok(Some(item));
                }
            }
        });
    },
    ..TypeSpec::DEFAULT
};

struct Slice {
    /// None when it is exhausted.
    it: Guarded<Ref>,
    next: Cell<u64>,
    stop: Option<u64>,
    step: u64,
    count: Cell<u64>,
}
trace!(Slice; it);
impl NativePayload for Slice {}

pub(super) static ISLICE: TypeSpec = TypeSpec {
    name: "itertools.islice",
    flags: type_flag::BASE,
    doc: "The items at the places that a slice with these bounds would take, none of them negative.",
    slots: |s| {
        constructor!(s, "islice(cls, iterable, start, stop=None, step=None, /)" => new_islice);
        iterator(s, |vm, r| {
            let Some(c) = r.native::<Slice>() else {
                return Ok(None);
            };
            let it = c.it.cloned();
            if it.is_none() {
                return Ok(None);
            }
            let wanted = match c.stop {
                Some(stop) => c.next.get().min(stop),
                None => c.next.get(),
            };
            while c.count.get() < wanted {
                if vm.next(&it)?.is_none() {
                    c.it.set(Ref::none());
                    return Ok(None);
                }
                c.count.set(c.count.get() + 1);
            }
            if c.stop.is_some_and(|stop| c.count.get() >= stop) {
                c.it.set(Ref::none());
                return Ok(None);
            }
            let Some(item) = vm.next(&it)? else {
                c.it.set(Ref::none());
                return Ok(None);
            };
            c.count.set(c.count.get() + 1);
            c.next.set(c.next.get().saturating_add(c.step));
            if c.stop.is_some_and(|stop| c.next.get() > stop) {
                c.next.set(c.stop.unwrap_or(0));
            }
            Ok(Some(item))
        });
    },
    ..TypeSpec::DEFAULT
};

fn new_islice(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let none = Ref::none();
    let (start, stop, step) = match a.len() {
        3 => (&none, &a[2], &none),
        _ => (
            &a[2],
            arg(a, 3).unwrap_or(&none),
            arg(a, 4).unwrap_or(&none),
        ),
    };
    let bound = |vm: &mut Vm, r: &Ref, text: &str| -> R<Option<u64>> {
        if r.is_none() {
            return Ok(None);
        }
        if r.is_int() || r.class().slots.index.get().is_some() {
            let i = vm.index(r)?;
            if let Some(n) = i.as_i64().filter(|n| *n >= 0) {
                return Ok(Some(n as u64));
            }
        }
        Err(vm.value_error(text))
    };
    let stop_text = "Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.";
    let indices = "Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.";
    let start = bound(vm, start, indices)?.unwrap_or(0);
    let stop = bound(vm, stop, if a.len() == 3 { stop_text } else { indices })?;
    let step = bound(
        vm,
        step,
        "Step for islice() must be a positive integer or None.",
    )?
    .unwrap_or(1);
    if step == 0 {
        return Err(vm.value_error("Step for islice() must be a positive integer or None."));
    }
    let it = vm.iter(&a[1])?;
    Ok(Ref::new_native(
        &a[0],
        Slice {
            it: Guarded::new(it),
            next: Cell::new(start),
            stop,
            step,
            count: Cell::new(0),
        },
    ))
}
