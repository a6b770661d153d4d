//! `batched`, `groupby`, `pairwise`, `tee`.

use super::iterator;
use crate::native::arg;
use crate::types::spec::TypeSpec;
use crate::value::*;
use crate::vm::new_tuple;
use crate::{R, Vm, constructor, methods, trace};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

struct Batched {
    /// None at the end.
    it: Guarded<Ref>,
    size: usize,
    strict: bool,
}
trace!(Batched; it);
impl NativePayload for Batched {}

pub(super) static BATCHED: TypeSpec = TypeSpec {
    name: "itertools.batched",
    flags: type_flag::BASE,
    doc: "Tuples of n items in a row; the last one may be shorter.\n\nWith strict, ValueError is raised if it is.",
    slots: |s| {
        constructor!(s, "batched(cls, /, iterable, n, *, strict=False)" => |vm, a| {
            let n = vm.index_size(&a[2])?;
            let strict = match arg(a, 3) {
                Some(v) => vm.truthy(v)?,
                None => false,
            };
            if n < 1 {
                return Err(vm.value_error("n must be at least one"));
            }
            let it = vm.iter(&a[1])?;
            Ok(Ref::new_native(&a[0], Batched { it: Guarded::new(it), size: n as usize, strict }))
        });
        iterator(s, |vm, r| {
            let Some(b) = r.native::<Batched>() else {
                return Ok(None);
            };
            let it = b.it.cloned();
            if it.is_none() {
                return Ok(None);
            }
            let mut out = Vec::new();
            while out.len() < b.size {
                match vm.next(&it)? {
                    Some(item) => out.push(item),
                    None => break,
                }
            }
            if out.len() < b.size {
                b.it.set(Ref::none());
                if out.is_empty() {
                    return Ok(None);
                }
                if b.strict {
                    return Err(vm.value_error("batched(): incomplete batch"));
                }
            }
            Ok(Some(new_tuple(out)))
        });
    },
    ..TypeSpec::DEFAULT
};

struct Pairwise {
    it: Guarded<Ref>,
    old: Guarded<Ref>,
}
trace!(Pairwise; it, old);
impl NativePayload for Pairwise {}

pub(super) static PAIRWISE: TypeSpec = TypeSpec {
    name: "itertools.pairwise",
    flags: type_flag::BASE,
    doc: "Each item with the one after it, in overlapping pairs.",
    slots: |s| {
        constructor!(s, "pairwise(cls, iterable, /)" => |vm, a| {
            let it = vm.iter(&a[1])?;
            Ok(Ref::new_native(&a[0], Pairwise { it: Guarded::new(it), old: Guarded::default() }))
        });
        iterator(s, |vm, r| {
            let Some(p) = r.native::<Pairwise>() else {
                return Ok(None);
            };
            let it = p.it.cloned();
            if it.is_none() {
                return Ok(None);
            }
            let end = |p: &Pairwise| {
                p.it.set(Ref::none());
                p.old.set(Ref::UNDEFINED);
            };
            let mut old = p.old.cloned();
            if old.is_undefined() {
                match vm.next(&it)? {
                    Some(first) => {
                        p.old.set(first.clone());
                        old = first;
                    }
                    None => {
                        end(p);
                        return Ok(None);
                    }
                }
                // Fetching the first item may have ended this iterator.
                if p.it.cloned().is_none() {
                    end(p);
                    return Ok(None);
                }
            }
            match vm.next(&it)? {
                Some(new) => {
                    p.old.set(new.clone());
                    Ok(Some(new_tuple(vec![old, new])))
                }
                None => {
                    end(p);
                    Ok(None)
                }
            }
        });
    },
    ..TypeSpec::DEFAULT
};

struct GroupBy {
    it: Ref,
    key: Ref,
    target: Guarded<Ref>,
    current_key: Guarded<Ref>,
    current_value: Guarded<Ref>,
    /// Identifies the group handed out last; older groups are empty.
    group: Cell<u64>,
}
trace!(GroupBy; it, key, target, current_key, current_value);
impl NativePayload for GroupBy {}

impl GroupBy {
    /// Fetches the next item and its key; false at the end.
    fn step(&self, vm: &mut Vm) -> R<bool> {
        let Some(value) = vm.next(&self.it)? else {
            return Ok(false);
        };
        let key = if self.key.is_none() {
            value.clone()
        } else {
            vm.call(&self.key, std::slice::from_ref(&value))?
        };
        self.current_value.set(value);
        self.current_key.set(key);
        Ok(true)
    }
}

pub(super) static GROUPBY: TypeSpec = TypeSpec {
    name: "itertools.groupby",
    flags: type_flag::BASE,
    doc: "Runs of items with the same key, as pairs of the key and an iterator over the run.\n\nWithout a key function the items themselves are compared. Going on to the next run ends the iterator of the one before.",
    slots: |s| {
        constructor!(s, "groupby(cls, /, iterable, key=None)" => |vm, a| {
            let it = vm.iter(&a[1])?;
            Ok(Ref::new_native(&a[0], GroupBy {
                it,
                key: arg(a, 2).cloned().unwrap_or_else(Ref::none),
                target: Guarded::default(),
                current_key: Guarded::default(),
                current_value: Guarded::default(),
                group: Cell::new(0),
            }))
        });
        iterator(s, |vm, r| {
            let Some(g) = r.native::<GroupBy>() else {
                return Ok(None);
            };
            g.group.set(g.group.get() + 1);
            loop {
                let (now, target) = (g.current_key.cloned(), g.target.cloned());
                if !now.is_undefined() && (target.is_undefined() || !vm.equal(&target, &now)?) {
                    break;
                }
                if !g.step(vm)? {
                    return Ok(None);
                }
            }
            let key = g.current_key.cloned();
            g.target.set(key.clone());
            let class = vm.native_type(&GROUPER);
            let group = Ref::new_native(
                &class,
                Grouper {
                    parent: r.clone(),
                    key: key.clone(),
                    group: g.group.get(),
                },
            );
            Ok(Some(new_tuple(vec![key, group])))
        });
    },
    ..TypeSpec::DEFAULT
};

struct Grouper {
    parent: Ref,
    key: Ref,
    group: u64,
}
trace!(Grouper; parent, key);
impl NativePayload for Grouper {}

pub(super) static GROUPER: TypeSpec = TypeSpec {
    name: "itertools._grouper",
    slots: |s| {
        iterator(s, |vm, r| {
            let Some(g) = r.native::<Grouper>() else {
                return Ok(None);
            };
            let Some(parent) = g.parent.native::<GroupBy>() else {
                return Ok(None);
            };
            if parent.group.get() != g.group {
                return Ok(None);
            }
            if parent.current_value.cloned().is_undefined() && !parent.step(vm)? {
                return Ok(None);
            }
            let now = parent.current_key.cloned();
            if !vm.equal(&g.key, &now)? {
                return Ok(None);
            }
            let value = parent.current_value.replace(Ref::UNDEFINED);
            Ok((!value.is_undefined()).then_some(value))
        });
    },
    ..TypeSpec::DEFAULT
};

/// One fetched item and what comes after it, shared by the iterators of a `tee`.
struct Link {
    value: Ref,
    next: RefCell<Option<Rc<Link>>>,
}
impl Drop for Link {
    fn drop(&mut self) {
        // A long chain is let go one by one, not recursively.
        let mut next = self.next.borrow_mut().take();
        while let Some(link) = next {
            next = match Rc::try_unwrap(link) {
                Ok(link) => link.next.borrow_mut().take(),
                Err(_) => None,
            };
        }
    }
}

struct Tee {
    it: Ref,
    /// The link before the next item: its `next` is filled by whoever gets there first.
    at: RefCell<Rc<Link>>,
    running: Rc<Cell<bool>>,
}
trace!(Tee; it);
impl NativePayload for Tee {}

pub(super) static TEE: TypeSpec = TypeSpec {
    name: "itertools._tee",
    doc: "One of the iterators made by tee().",
    methods: TEE_METHODS,
    slots: |s| {
        constructor!(s, "_tee(cls, iterable, /)" => |vm, a| new_tee(vm, &a[1]));
        iterator(s, |vm, r| {
            let Some(t) = r.native::<Tee>() else {
                return Ok(None);
            };
            let here = t.at.borrow().clone();
            let known = here.next.borrow().clone();
            let link = match known {
                Some(link) => link,
                None => {
                    if t.running.replace(true) {
                        return Err(vm.runtime_error("cannot re-enter the tee iterator"));
                    }
                    let item = vm.next(&t.it);
                    t.running.set(false);
                    let Some(value) = item? else {
                        return Ok(None);
                    };
                    let link = Rc::new(Link {
                        value,
                        next: RefCell::new(None),
                    });
                    *here.next.borrow_mut() = Some(link.clone());
                    link
                }
            };
            let value = link.value.clone();
            *t.at.borrow_mut() = link;
            Ok(Some(value))
        });
    },
    ..TypeSpec::DEFAULT
};

methods! { TEE_METHODS;
    "__copy__(self, /)" => |_, a| Ok(copy_tee(&a[0])), "Another iterator that goes on from the same place.";
}

fn copy_tee(r: &Ref) -> Ref {
    match r.native::<Tee>() {
        Some(t) => Ref::new_native(
            &class_of(r),
            Tee {
                it: t.it.clone(),
                at: RefCell::new(t.at.borrow().clone()),
                running: t.running.clone(),
            },
        ),
        None => Ref::none(),
    }
}

fn new_tee(vm: &mut Vm, iterable: &Ref) -> R<Ref> {
    if iterable.native::<Tee>().is_some() {
        return Ok(copy_tee(iterable));
    }
    let it = vm.iter(iterable)?;
    let class = vm.native_type(&TEE);
    Ok(Ref::new_native(
        &class,
        Tee {
            it,
            at: RefCell::new(Rc::new(Link {
                value: Ref::none(),
                next: RefCell::new(None),
            })),
            running: Rc::default(),
        },
    ))
}

pub(super) fn tee(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let n = match arg(a, 1) {
        Some(n) => vm.index_size(n)?,
        None => 2,
    };
    if n < 0 {
        return Err(vm.value_error("n must be >= 0"));
    }
    if n == 0 {
        return Ok(rt().types.empty_tuple.clone());
    }
    let it = vm.iter(&a[0])?;
    let copy = vm.getattr_opt(&it, &intern("__copy__"))?;
    let mut out = Vec::new();
    if out.try_reserve_exact(n as usize).is_err() {
        return Err(vm.memory_error());
    }
    match copy {
        // Anything that can be copied is duplicated without keeping items.
        Some(copy) if it.native::<Tee>().is_none() => {
            out.push(it.clone());
            for _ in 1..n {
                out.push(vm.call(&copy, &[])?);
            }
        }
        _ => {
            let first = new_tee(vm, &it)?;
            for _ in 1..n {
                out.push(copy_tee(&first));
            }
            out.insert(0, first);
        }
    }
    Ok(new_tuple(out))
}
