//! Views of dicts (`dict_keys`, `dict_values`, `dict_items`) and the iterators over them.

use super::dict::iterator;
use super::iterators::builtin;
use super::set;
use super::spec::TypeSpec;
use crate::value::header::Kind;
use crate::value::slots::{BinOp, Cmp, Slots};
use crate::value::*;
use crate::vm::{new_list, new_tuple, new_usize, new_wtf8};
use crate::{R, Vm, getset, methods};

pub static DICT_KEYS: TypeSpec = TypeSpec {
    name: "dict_keys",
    kind: Kind::DictView,
    exact: false,
    flags: type_flag::NO_NEW,
    methods: SET_LIKE_METHODS,
    getset: GETSET,
    slots: |s| {
        common(s);
        set_like(s);
        s.contains.set(Some(|vm, r, key| match source(r) {
            Some(d) => d.contains(vm, key),
            None => Ok(false),
        }));
    },
    ..TypeSpec::DEFAULT
};

pub static DICT_VALUES: TypeSpec = TypeSpec {
    name: "dict_values",
    kind: Kind::DictView,
    exact: false,
    flags: type_flag::NO_NEW,
    methods: VALUES_METHODS,
    getset: GETSET,
    slots: common,
    ..TypeSpec::DEFAULT
};

pub static DICT_ITEMS: TypeSpec = TypeSpec {
    name: "dict_items",
    kind: Kind::DictView,
    exact: false,
    flags: type_flag::NO_NEW,
    methods: SET_LIKE_METHODS,
    getset: GETSET,
    slots: |s| {
        common(s);
        set_like(s);
        s.contains.set(Some(|vm, r, item| {
            let (Some(d), Some([key, value])) = (source(r), item.tuple_items()) else {
                return Ok(false);
            };
            match d.get(vm, key)? {
                Some(found) => vm.equal(&found, value),
                None => Ok(false),
            }
        }));
    },
    ..TypeSpec::DEFAULT
};

methods! { SET_LIKE_METHODS;
    "isdisjoint(self, other, /)" => isdisjoint, "Whether the view and an iterable have nothing in common.";
    "__reversed__(self, /)" => reversed, "An iterator from the last to the first.";
}
methods! { VALUES_METHODS;
    "__reversed__(self, /)" => reversed, "An iterator from the last to the first.";
}
getset! { GETSET;
    "mapping" => |_, r| {
        let dict = payload(r).map_or_else(Ref::none, |v| v.dict.clone());
        Ok(Ref::new(MappingProxyObj { mapping: dict }))
    }, "the dict that this view is of";
}

fn payload(r: &Ref) -> Option<&DictViewObj> {
    r.cast::<DictViewObj>()
}
/// The dict behind a view.
fn source(r: &Ref) -> Option<&DictObj> {
    payload(r)?.dict.cast::<DictObj>()
}

fn common(s: &Slots) {
    s.iter.set(Some(|_, r| {
        Ok(match payload(r) {
            Some(v) => iterator(&v.dict, v.what, false),
            None => Ref::none(),
        })
    }));
    s.len.set(Some(|_, r| Ok(source(r).map_or(0, |d| d.len()))));
    s.repr.set(Some(repr));
}

/// What a view of keys or items has in common with sets.
fn set_like(s: &Slots) {
    s.richcmp.set(Some(compare));
    s.binary[BinOp::And as usize].set(Some(intersection));
    s.binary[BinOp::Or as usize].set(Some(|vm, a, b| {
        let out = set::set_from(vm, a)?;
        set::update(vm, &out, b)?;
        Ok(out)
    }));
    s.binary[BinOp::Sub as usize].set(Some(|vm, a, b| {
        let out = set::set_from(vm, a)?;
        set::difference_update(vm, &out, b)?;
        Ok(out)
    }));
    s.binary[BinOp::Xor as usize].set(Some(symmetric_difference));
}

fn reversed(_: &mut Vm, a: &[Ref]) -> R<Ref> {
    Ok(match payload(&a[0]) {
        Some(v) => iterator(&v.dict, v.what, true),
        None => Ref::none(),
    })
}

fn repr(vm: &mut Vm, r: &Ref) -> R<Ref> {
    let name = vm.type_name(r);
    if !super::list::enter_repr(vm, r)? {
        return Ok(intern("..."));
    }
    let items = vm.collect(r);
    let text = match items {
        Ok(items) => vm.repr(&new_list(items)),
        Err(e) => Err(e),
    };
    vm.leave_repr(r);
    let text = text?;
    let mut out = format!("{name}(").into_bytes();
    out.extend_from_slice(text.str_obj().bytes());
    out.push(b')');
    Ok(new_wtf8(&out))
}

/// Whether the value is a set or a view that behaves like one.
fn is_set_like(r: &Ref) -> bool {
    r.cast::<SetObj>().is_some() || payload(r).is_some_and(|v| v.what != ViewKind::Values)
}

fn all_in(vm: &mut Vm, a: &Ref, b: &Ref) -> R<bool> {
    let mut all = true;
    vm.for_each(a, |vm, item| {
        all = vm.contains(b, &item)?;
        Ok(all)
    })?;
    Ok(all)
}

fn compare(vm: &mut Vm, a: &Ref, b: &Ref, op: Cmp) -> R<Ref> {
    if !is_set_like(b) {
        return Ok(Ref::not_implemented());
    }
    let (n, m) = (vm.len(a)?, vm.len(b)?);
    Ok(Ref::bool(match op {
        Cmp::Eq => n == m && all_in(vm, a, b)?,
        Cmp::Ne => !(n == m && all_in(vm, a, b)?),
        Cmp::Lt => n < m && all_in(vm, a, b)?,
        Cmp::Le => n <= m && all_in(vm, a, b)?,
        Cmp::Gt => n > m && all_in(vm, b, a)?,
        Cmp::Ge => n >= m && all_in(vm, b, a)?,
    }))
}

fn intersection(vm: &mut Vm, a: &Ref, b: &Ref) -> R<Ref> {
    // The view may be either operand; the larger set-like one is asked, the other is walked.
    let (mut asked, mut walked) = if payload(a).is_some() { (a, b) } else { (b, a) };
    if class_of(walked).is(&rt().types.set) && vm.len(walked)? >= vm.len(asked)? {
        return set::intersection(vm, walked, asked);
    }
    if payload(walked).is_some() && is_set_like(walked) && vm.len(walked)? > vm.len(asked)? {
        std::mem::swap(&mut asked, &mut walked);
    }
    let out = SetObj::new_set();
    let Some(s) = out.cast::<SetObj>() else {
        return Ok(out);
    };
    vm.for_each(walked, |vm, item| {
        if vm.contains(asked, &item)? {
            s.add(vm, &item)?;
        }
        Ok(true)
    })?;
    Ok(out)
}

fn symmetric_difference(vm: &mut Vm, a: &Ref, b: &Ref) -> R<Ref> {
    let out = set::set_from(vm, a)?;
    set::symmetric_difference_update(vm, &out, b)?;
    Ok(out)
}

fn isdisjoint(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let (mut asked, mut walked) = (&a[0], &a[1]);
    if asked.is(walked) {
        return Ok(Ref::bool(vm.len(asked)? == 0));
    }
    if is_set_like(walked) && vm.len(walked)? > vm.len(asked)? {
        std::mem::swap(&mut asked, &mut walked);
    }
    let mut disjoint = true;
    vm.for_each(walked, |vm, item| {
        disjoint = !vm.contains(asked, &item)?;
        Ok(disjoint)
    })?;
    Ok(Ref::bool(disjoint))
}

// Iterators.

macro_rules! iterator_type {
    ($spec:ident, $name:literal) => {
        pub static $spec: TypeSpec = TypeSpec {
            name: $name,
            kind: Kind::DictIter,
            exact: false,
            flags: type_flag::NO_NEW,
            methods: ITERATOR_METHODS,
            slots: |s| {
                s.iter.set(Some(|_, r| Ok(r.clone())));
                s.next.set(Some(next));
            },
            ..TypeSpec::DEFAULT
        };
    };
}
iterator_type!(DICT_KEYITERATOR, "dict_keyiterator");
iterator_type!(DICT_VALUEITERATOR, "dict_valueiterator");
iterator_type!(DICT_ITEMITERATOR, "dict_itemiterator");
iterator_type!(DICT_REVERSEKEYITERATOR, "dict_reversekeyiterator");
iterator_type!(DICT_REVERSEVALUEITERATOR, "dict_reversevalueiterator");
iterator_type!(DICT_REVERSEITEMITERATOR, "dict_reverseitemiterator");

methods! { ITERATOR_METHODS;
    "__length_hint__(self, /)" => |_, a| {
        let left = a[0].cast::<DictIterObj>().map_or(0, |it| {
            let live = it.dict.with_raw(|d| d.cast::<DictObj>().is_some_and(|d| d.len() == it.size.get()));
            if live { it.left.get() } else { 0 }
        });
        Ok(new_usize(left))
    }, "An estimate of how many items are left.";
    "__reduce__(self, /)" => |vm, a| {
        let Some(it) = a[0].cast::<DictIterObj>() else { return Ok(Ref::none()) };
        // A copy goes through the rest, so that this one stays where it is.
        let copy = Ref::new_of(&class_of(&a[0]), DictIterObj {
            dict: Guarded::new(it.dict.cloned()),
            what: it.what,
            at: it.at.clone(),
            size: it.size.clone(),
            left: it.left.clone(),
            reverse: it.reverse,
        });
        let rest = vm.collect(&copy)?;
        let iter = builtin(vm, "iter")?;
        Ok(new_tuple(vec![iter, new_tuple(vec![new_list(rest)])]))
    }, "State for pickling.";
}

/// The size that marks an iterator whose dict was changed.
const BROKEN: usize = usize::MAX;

fn next(vm: &mut Vm, r: &Ref) -> R<Option<Ref>> {
    let Some(it) = r.cast::<DictIterObj>() else {
        return Ok(None);
    };
    let at = it.at.get();
    enum Step {
        End,
        Resized,
        Item(usize, Ref, Ref),
    }
    let step = it.dict.with_raw(|dict| {
        let Some(d) = dict.cast::<DictObj>() else {
            return Step::End;
        };
        if d.len() != it.size.get() {
            return Step::Resized;
        }
        let found = if it.reverse {
            d.prev_item(at)
        } else {
            d.next_item(at)
        };
        match found {
            Some((at, k, v)) => Step::Item(at, k, v),
            None => Step::End,
        }
    });
    match step {
        Step::End => {
            it.dict.set(Ref::UNDEFINED);
            Ok(None)
        }
        Step::Resized => {
            it.size.set(BROKEN);
            Err(vm.runtime_error("dictionary changed size during iteration"))
        }
        Step::Item(at, key, value) => {
            let left = it.left.get();
            if left == 0 {
                it.dict.set(Ref::UNDEFINED);
                return Err(vm.runtime_error("dictionary keys changed during iteration"));
            }
            it.left.set(left - 1);
            it.at.set(at);
            Ok(Some(match it.what {
                ViewKind::Keys => key,
                ViewKind::Values => value,
                ViewKind::Items => TupleObj::make([key, value].into_iter()),
            }))
        }
    }
}
