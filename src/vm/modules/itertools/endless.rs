//! `count`, `cycle`, `repeat`.

use super::iterator;
use crate::native::arg;
use crate::types::spec::TypeSpec;
use crate::value::slots::BinOp;
use crate::value::*;
use crate::vm::{new_int, new_str, new_tuple};
use crate::{constructor, methods, trace};
use std::cell::Cell;

struct Count {
    next: Guarded<Ref>,
    step: Ref,
}
trace!(Count; next, step);
impl NativePayload for Count {}

pub(super) static COUNT: TypeSpec = TypeSpec {
    name: "itertools.count",
    flags: type_flag::BASE,
    doc: "Numbers from start on, step apart, without end.",
    slots: |s| {
        constructor!(s, "count(cls, /, start=0, step=1)" => |vm, a| {
            let start = arg(a, 1).cloned().unwrap_or_else(|| new_int(0));
            let step = arg(a, 2).cloned().unwrap_or_else(|| new_int(1));
            for n in [&start, &step] {
                let slots = &n.class().slots;
                if slots.index.get().is_none() && slots.float.get().is_none() && n.cast::<ComplexObj>().is_none() {
                    return Err(vm.type_error("a number is required"));
                }
            }
            Ok(Ref::new_native(&a[0], Count { next: Guarded::new(start), step }))
        });
        iterator(s, |vm, r| {
            let Some(c) = r.native::<Count>() else {
                return Ok(None);
            };
            let now = c.next.cloned();
            let next = match (now.value().is_int(), c.step.value().is_int()) {
                (true, true) => {
                    let (a, b) = (now.value().int(), c.step.value().int());
                    match a.checked_add(b) {
                        Some(n) => new_int(n),
                        None => vm.binary(&now, &c.step, BinOp::Add)?,
                    }
                }
                _ => vm.binary(&now, &c.step, BinOp::Add)?,
            };
            c.next.set(next);
            Ok(Some(now))
        });
        s.repr.set(Some(|vm, r| {
            let Some(c) = r.native::<Count>() else {
                return Ok(Ref::none());
            };
            let name = crate::modules::short_name(vm, r);
            let next = c.next.cloned();
            let next = vm.repr_text(&next)?;
            if c.step.is_int() && c.step.as_i64() == Some(1) {
                return Ok(new_str(&format!("{name}({next})")));
            }
            let step = vm.repr_text(&c.step)?;
            Ok(new_str(&format!("{name}({next}, {step})")))
        }));
    },
    ..TypeSpec::DEFAULT
};

struct Cycle {
    it: Guarded<Ref>,
    saved: Guarded<Vec<Ref>>,
    at: Cell<usize>,
    first: Cell<bool>,
}
trace!(Cycle; it, saved);
impl NativePayload for Cycle {}

pub(super) static CYCLE: TypeSpec = TypeSpec {
    name: "itertools.cycle",
    flags: type_flag::BASE,
    doc: "The items over and over again. They are stored meanwhile.",
    slots: |s| {
        constructor!(s, "cycle(cls, iterable, /)" => |vm, a| {
            let it = vm.iter(&a[1])?;
            Ok(Ref::new_native(&a[0], Cycle { it: Guarded::new(it), saved: Guarded::default(), at: Cell::new(0), first: Cell::new(true) }))
        });
        iterator(s, |vm, r| {
            let Some(c) = r.native::<Cycle>() else {
                return Ok(None);
            };
            if c.first.get() {
                let it = c.it.cloned();
                if let Some(item) = vm.next(&it)? {
                    c.saved.get_mut(vm).push(item.clone());
                    return Ok(Some(item));
                }
                c.first.set(false);
                c.it.set(Ref::none());
            }
            let saved = c.saved.get(vm);
            if saved.is_empty() {
                return Ok(None);
            }
            let at = c.at.get() % saved.len();
            c.at.set(at + 1);
            Ok(Some(saved[at].clone()))
        });
    },
    ..TypeSpec::DEFAULT
};

struct Repeat {
    item: Ref,
    /// None: for ever.
    left: Cell<Option<i64>>,
}
trace!(Repeat; item);
impl NativePayload for Repeat {}

pub(super) static REPEAT: TypeSpec = TypeSpec {
    name: "itertools.repeat",
    flags: type_flag::BASE,
    doc: "The same object again and again, without end or that many times.",
    methods: REPEAT_METHODS,
    slots: |s| {
        constructor!(s, "repeat(cls, /, object, times=None)" => |vm, a| {
            let left = match arg(a, 2) {
                Some(n) => Some((vm.index_size(n)? as i64).max(0)),
                None => None,
            };
            Ok(Ref::new_native(&a[0], Repeat { item: a[1].clone(), left: Cell::new(left) }))
        });
        iterator(s, |_, r| {
            let Some(p) = r.native::<Repeat>() else {
                return Ok(None);
            };
            match p.left.get() {
                Some(0) => return Ok(None),
                Some(n) => p.left.set(Some(n - 1)),
                None => {}
            }
            Ok(Some(p.item.clone()))
        });
        s.repr.set(Some(|vm, r| {
            let Some(p) = r.native::<Repeat>() else {
                return Ok(Ref::none());
            };
            let name = crate::modules::short_name(vm, r);
            let item = vm.repr_text(&p.item)?;
            Ok(new_str(&match p.left.get() {
                Some(n) => format!("{name}({item}, {n})"),
                None => format!("{name}({item})"),
            }))
        }));
    },
    ..TypeSpec::DEFAULT
};

methods! { REPEAT_METHODS;
    "__length_hint__(self, /)" => |vm, a| match a[0].native::<Repeat>().and_then(|p| p.left.get()) {
        Some(n) => Ok(new_int(n)),
        None => Err(vm.type_error("len() of unsized object")),
    }, "How many times are left.";
    "__reduce__(self, /)" => |_, a| {
        let Some(p) = a[0].native::<Repeat>() else { return Ok(Ref::none()) };
        let mut args = vec![p.item.clone()];
        if let Some(n) = p.left.get() {
            args.push(new_int(n));
        }
        Ok(new_tuple(vec![class_of(&a[0]), new_tuple(args)]))
    }, "";
}
