//! The type `tuple`.

use super::list::{is_index, one_argument, place, repeated, search_bounds, sliced};
use super::spec::TypeSpec;
use crate::native::Args;
use crate::value::header::Kind;
use crate::value::slots::Cmp;
use crate::value::*;
use crate::vm::{new_int, new_tuple, new_usize, new_wtf8};
use crate::{R, Vm, methods};
use std::cell::Cell;
use taipan_text::hash::TupleHasher;

pub static TUPLE: TypeSpec = TypeSpec {
    name: "tuple",
    kind: Kind::Tuple,
    exact: true,
    flags: type_flag::BASE | type_flag::SEQUENCE | type_flag::MATCH_SELF,
    doc: "tuple(iterable=(), /)\n\nA sequence that never changes, made of the items of an iterable.",
    methods: METHODS,
    slots: |s| {
        s.new.set(Some(new));
        s.repr.set(Some(repr));
        s.hash.set(Some(hash));
        s.richcmp.set(Some(compare));
        s.iter.set(Some(|_, r| {
            Ok(Ref::new(TupleIterObj {
                seq: Guarded::new(r.clone()),
                at: Cell::new(0),
            }))
        }));
        s.len.set(Some(|_, r| Ok(items(r).len())));
        s.getitem.set(Some(getitem));
        s.contains.set(Some(|vm, r, key| {
            for item in items(r) {
                if vm.equal(item, key)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }));
        s.concat.set(Some(concat));
        s.repeat.set(Some(repeat));
    },
    ..TypeSpec::DEFAULT
};

methods! { METHODS;
    "__getnewargs__(self, /)" => |_, a| Ok(new_tuple(vec![new_tuple(items(&a[0]).to_vec())])), "";
    "index(self, value, start=0, stop=sys.maxsize, /)" => index, "Place of the first item that is equal.\n\nValueError if there is none.";
    "count(self, value, /)" => |vm, a| {
        let mut n = 0;
        for item in items(&a[0]) {
            n += vm.equal(item, &a[1])? as i64;
        }
        Ok(new_int(n))
    }, "How many items are equal.";
    class "__class_getitem__(type, object, /)" => |vm, a| super::generic_alias::new_alias(vm, &a[0], &a[1]), "The class with types in brackets, for annotations.";
}

#[inline(always)]
fn items(r: &Ref) -> &[Ref] {
    r.tuple_items().unwrap_or(&[])
}

fn new(vm: &mut Vm, class: &Ref, args: Args) -> R<Ref> {
    let exact = class.is(&rt().types.tuple);
    let x = if exact {
        one_argument(vm, "tuple", &args)?
    } else {
        // A subclass may take more in its `__init__`.
        args.pos().first()
    };
    let Some(x) = x else {
        return Ok(if exact {
            rt().types.empty_tuple.clone()
        } else {
            TupleObj::make_of(class, std::iter::empty())
        });
    };
    if exact && x.exact::<TupleObj>().is_some() {
        return Ok(x.clone());
    }
    let all = vm.collect(x)?;
    if exact && all.is_empty() {
        return Ok(rt().types.empty_tuple.clone());
    }
    Ok(TupleObj::make_of(class, all.into_iter()))
}

fn repr(vm: &mut Vm, r: &Ref) -> R<Ref> {
    let all = items(r);
    if all.is_empty() {
        return Ok(intern("()"));
    }
    if !super::list::enter_repr(vm, r)? {
        return Ok(intern("(...)"));
    }
    let mut out = vec![b'('];
    let result = super::list::repr_items(vm, &mut out, |_, i| all.get(i).cloned());
    vm.leave_repr(r);
    result?;
    out.extend_from_slice(if all.len() == 1 { b",)" } else { b")" });
    Ok(new_wtf8(&out))
}

fn hash(vm: &mut Vm, r: &Ref) -> R<i64> {
    let known = r.cast::<TupleObj>().map_or(-1, |t| t.hash.get());
    if known != -1 {
        return Ok(known);
    }
    let mut hasher = TupleHasher::new();
    for item in items(r) {
        hasher.add(vm.hash(item)?);
    }
    let hash = hasher.finish();
    if let Some(t) = r.cast::<TupleObj>() {
        t.hash.set(hash);
    }
    Ok(hash)
}

fn compare(vm: &mut Vm, a: &Ref, b: &Ref, op: Cmp) -> R<Ref> {
    let (Some(x), Some(y)) = (a.tuple_items(), b.tuple_items()) else {
        return Ok(Ref::not_implemented());
    };
    for (p, q) in x.iter().zip(y) {
        if !vm.equal(p, q)? {
            return match op {
                Cmp::Eq => Ok(Ref::bool(false)),
                Cmp::Ne => Ok(Ref::bool(true)),
                _ => vm.compare(p, q, op),
            };
        }
    }
    Ok(Ref::bool(op.holds(x.len().cmp(&y.len()))))
}

fn getitem(vm: &mut Vm, r: &Ref, key: &Ref) -> R<Ref> {
    let all = items(r);
    if is_index(key) {
        let i = vm.index_for_sequence(key)?;
        return match place(i, all.len()) {
            Some(i) => Ok(all[i].clone()),
            None => Err(vm.index_error("tuple index out of range")),
        };
    }
    if let Some(s) = key.cast::<SliceObj>() {
        let (start, stop, step) = vm.slice_bounds(s)?;
        let out = sliced(all, start, stop, step);
        if out.len() == all.len() && step > 0 && r.exact::<TupleObj>().is_some() {
            return Ok(r.clone());
        }
        if out.is_empty() {
            return Ok(rt().types.empty_tuple.clone());
        }
        return Ok(new_tuple(out));
    }
    let text = format!(
        "tuple indices must be integers or slices, not {}",
        vm.type_name(key)
    );
    Err(vm.type_error(&text))
}

fn concat(vm: &mut Vm, a: &Ref, b: &Ref) -> R<Ref> {
    let Some(y) = b.tuple_items() else {
        let text = format!(
            "can only concatenate tuple (not \"{}\") to tuple",
            vm.type_name(b)
        );
        return Err(vm.type_error(&text));
    };
    let x = items(a);
    if y.is_empty() && a.exact::<TupleObj>().is_some() {
        return Ok(a.clone());
    }
    if x.is_empty() && b.exact::<TupleObj>().is_some() {
        return Ok(b.clone());
    }
    let mut all = Vec::with_capacity(x.len() + y.len());
    all.extend_from_slice(x);
    all.extend_from_slice(y);
    Ok(new_tuple(all))
}

fn repeat(vm: &mut Vm, r: &Ref, n: isize) -> R<Ref> {
    let all = items(r);
    if (n == 1 || all.is_empty()) && r.exact::<TupleObj>().is_some() {
        return Ok(r.clone());
    }
    let out = repeated(vm, all, n)?;
    if out.is_empty() {
        return Ok(rt().types.empty_tuple.clone());
    }
    Ok(new_tuple(out))
}

fn index(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let all = items(&a[0]);
    let (start, stop) = search_bounds(vm, a, all.len())?;
    for (i, item) in all.iter().enumerate().take(stop).skip(start) {
        if vm.equal(item, &a[1])? {
            return Ok(new_usize(i));
        }
    }
    Err(vm.value_error("tuple.index(x): x not in tuple"))
}
