//! The type `dict`.

use super::list::one_argument;
use super::spec::TypeSpec;
use crate::native::{Args, arg};
use crate::value::header::Kind;
use crate::value::slots::{BinOp, Cmp};
use crate::value::*;
use crate::vm::{new_int, new_str, new_wtf8};
use crate::{R, Vm, methods};
use std::cell::Cell;

pub static DICT: TypeSpec = TypeSpec {
    name: "dict",
    kind: Kind::Dict,
    exact: true,
    flags: type_flag::BASE | type_flag::MAPPING | type_flag::MATCH_SELF,
    doc: "dict() -> new empty dictionary\ndict(mapping) -> with the items of a mapping\ndict(iterable) -> with the pairs of an iterable\ndict(**kwargs) -> with the names and values given",
    methods: METHODS,
    slots: |s| {
        s.new.set(Some(|vm, class, _| {
            super::class::class_arg(vm, class)?;
            Ok(Ref::new_of(class, DictObj::default()))
        }));
        s.init
            .set(Some(|vm, r, args| update_args(vm, r, &args, "dict")));
        s.repr.set(Some(repr));
        s.richcmp.set(Some(compare));
        s.iter
            .set(Some(|_, r| Ok(iterator(r, ViewKind::Keys, false))));
        s.len
            .set(Some(|_, r| Ok(payload(r).map_or(0, |d| d.len()))));
        s.getitem.set(Some(getitem));
        s.setitem.set(Some(setitem));
        s.contains.set(Some(|vm, r, key| match payload(r) {
            Some(d) => d.contains(vm, key),
            None => Ok(false),
        }));
        s.binary[BinOp::Or as usize].set(Some(or));
        s.inplace[BinOp::Or as usize].set(Some(|vm, a, b| {
            update(vm, a, b)?;
            Ok(a.clone())
        }));
    },
    ..TypeSpec::DEFAULT
};

methods! { METHODS;
    "__sizeof__(self, /)" => |_, a| Ok(new_int(64 + 32 * payload(&a[0]).map_or(0, |d| d.places()) as i64)), "Size in memory, in bytes.";
    "get(self, key, default=None, /)" => |vm, a| {
        let Some(d) = payload(&a[0]) else { return Ok(Ref::none()) };
        Ok(match d.get(vm, &a[1])? {
            Some(v) => v,
            None => arg(a, 2).cloned().unwrap_or_else(Ref::none),
        })
    }, "The value of the key, or the default.";
    "setdefault(self, key, default=None, /)" => |vm, a| {
        let Some(d) = payload(&a[0]) else { return Ok(Ref::none()) };
        d.get_or_insert(vm, &a[1], arg(a, 2).cloned().unwrap_or_else(Ref::none))
    }, "The value of the key, which gets the default if it is missing.";
    "pop(self, key, default=<unrepresentable>, /)" => pop, "Takes the key out and gives its value, or the default.\n\nKeyError if there is neither.";
    "popitem(self, /)" => |vm, a| {
        match payload(&a[0]).and_then(|d| d.pop_last()) {
            Some((k, v)) => Ok(TupleObj::make([k, v].into_iter())),
            None => Err(vm.key_error(&new_str("popitem(): dictionary is empty"))),
        }
    }, "Takes out the item that was put in last, as a pair.\n\nKeyError if the dict is empty.";
    "keys(self, /)" => |_, a| Ok(view(&a[0], ViewKind::Keys)), "A view of the keys.";
    "items(self, /)" => |_, a| Ok(view(&a[0], ViewKind::Items)), "A view of the items, as pairs.";
    "values(self, /)" => |_, a| Ok(view(&a[0], ViewKind::Values)), "A view of the values.";
    var "update(self, /, *args, **kwargs)" => |vm, args| {
        let this = args.all[0].clone();
        update_args(vm, &this, &args.rest(), "update")?;
        Ok(Ref::none())
    }, "Puts in the items of a mapping, the pairs of an iterable, the names and values given.";
    class "fromkeys(type, iterable, value=None, /)" => from_keys, "A dict with the keys of an iterable and one value for all.";
    "clear(self, /)" => |_, a| {
        if let Some(d) = payload(&a[0]) {
            d.clear();
        }
        Ok(Ref::none())
    }, "Removes all items.";
    "copy(self, /)" => |_, a| Ok(payload(&a[0]).map_or_else(Ref::none, |d| d.copy())), "A dict of the same items.";
    "__reversed__(self, /)" => |_, a| Ok(iterator(&a[0], ViewKind::Keys, true)), "An iterator over the keys from the last to the first.";
    class "__class_getitem__(type, object, /)" => |vm, a| super::generic_alias::new_alias(vm, &a[0], &a[1]), "The class with types in brackets, for annotations.";
}

#[inline(always)]
fn payload(r: &Ref) -> Option<&DictObj> {
    r.cast::<DictObj>()
}

/// A view of a dict.
pub fn view(dict: &Ref, what: ViewKind) -> Ref {
    let t = &rt().types;
    let class = match what {
        ViewKind::Keys => &t.dict_keys,
        ViewKind::Values => &t.dict_values,
        ViewKind::Items => &t.dict_items,
    };
    Ref::new_of(
        class,
        DictViewObj {
            dict: dict.clone(),
            what,
        },
    )
}

/// An iterator over a dict.
pub fn iterator(dict: &Ref, what: ViewKind, reverse: bool) -> Ref {
    let t = &rt().types;
    let class = match (what, reverse) {
        (ViewKind::Keys, false) => &t.dict_keyiterator,
        (ViewKind::Values, false) => &t.dict_valueiterator,
        (ViewKind::Items, false) => &t.dict_itemiterator,
        (ViewKind::Keys, true) => &t.dict_reversekeyiterator,
        (ViewKind::Values, true) => &t.dict_reversevalueiterator,
        (ViewKind::Items, true) => &t.dict_reverseitemiterator,
    };
    let (len, places) = payload(dict).map_or((0, 0), |d| (d.len(), d.places()));
    Ref::new_of(
        class,
        DictIterObj {
            dict: Guarded::new(dict.clone()),
            what,
            at: Cell::new(if reverse { places } else { 0 }),
            size: Cell::new(len),
            left: Cell::new(len),
            reverse,
        },
    )
}

fn repr(vm: &mut Vm, r: &Ref) -> R<Ref> {
    let Some(d) = payload(r) else {
        return Ok(vm.default_repr(r));
    };
    if d.is_empty() {
        return Ok(intern("{}"));
    }
    if !super::list::enter_repr(vm, r)? {
        return Ok(intern("{...}"));
    }
    let mut out = vec![b'{'];
    let result = repr_items(vm, d, &mut out);
    vm.leave_repr(r);
    result?;
    out.push(b'}');
    Ok(new_wtf8(&out))
}

fn repr_items(vm: &mut Vm, d: &DictObj, out: &mut Vec<u8>) -> R<()> {
    let mut at = 0;
    while let Some((next, key, value)) = d.next_item(at) {
        at = next;
        if out.len() > 1 {
            out.extend_from_slice(b", ");
        }
        let text = vm.repr(&key)?;
        out.extend_from_slice(text.str_obj().bytes());
        out.extend_from_slice(b": ");
        let text = vm.repr(&value)?;
        out.extend_from_slice(text.str_obj().bytes());
    }
    Ok(())
}

fn compare(vm: &mut Vm, a: &Ref, b: &Ref, op: Cmp) -> R<Ref> {
    let (Some(x), Some(y)) = (payload(a), payload(b)) else {
        return Ok(Ref::not_implemented());
    };
    let equal = match op {
        Cmp::Eq | Cmp::Ne => equal_dicts(vm, x, y)?,
        _ => return Ok(Ref::not_implemented()),
    };
    Ok(Ref::bool(equal == (op == Cmp::Eq)))
}

fn equal_dicts(vm: &mut Vm, x: &DictObj, y: &DictObj) -> R<bool> {
    if x.len() != y.len() {
        return Ok(false);
    }
    let mut at = 0;
    while let Some((next, hash, key, value)) = x.next_entry(at) {
        at = next;
        match y.get_hashed(vm, &key, hash)? {
            Some(other) if vm.equal(&value, &other)? => {}
            _ => return Ok(false),
        }
    }
    Ok(true)
}

fn getitem(vm: &mut Vm, r: &Ref, key: &Ref) -> R<Ref> {
    let Some(d) = payload(r) else {
        return Ok(Ref::none());
    };
    if let Some(v) = d.get(vm, key)? {
        return Ok(v);
    }
    if r.exact::<DictObj>().is_none()
        && let Some(v) = vm.call_special(r, &intern("__missing__"), &[key])?
    {
        return Ok(v);
    }
    Err(vm.key_error(key))
}

fn setitem(vm: &mut Vm, r: &Ref, key: &Ref, value: Option<Ref>) -> R<()> {
    let Some(d) = payload(r) else { return Ok(()) };
    match value {
        Some(value) => d.set(vm, key, value),
        None => match d.remove(vm, key)? {
            Some(_) => Ok(()),
            None => Err(vm.key_error(key)),
        },
    }
}

fn or(vm: &mut Vm, a: &Ref, b: &Ref) -> R<Ref> {
    let (Some(x), Some(_)) = (payload(a), payload(b)) else {
        return Ok(Ref::not_implemented());
    };
    let out = x.copy();
    update(vm, &out, b)?;
    Ok(out)
}

fn pop(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let Some(d) = payload(&a[0]) else {
        return Ok(Ref::none());
    };
    // An empty dict doesn't ask for the hash.
    let found = if d.is_empty() {
        None
    } else {
        d.remove(vm, &a[1])?
    };
    match (found, arg(a, 2)) {
        (Some((_, v)), _) => Ok(v),
        (None, Some(default)) => Ok(default.clone()),
        (None, None) => Err(vm.key_error(&a[1])),
    }
}

fn from_keys(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let value = arg(a, 2).cloned().unwrap_or_else(Ref::none);
    let made = if a[0].is(&rt().types.dict) {
        DictObj::new_dict()
    } else {
        vm.call(&a[0], &[])?
    };
    if let Some(d) = made.exact::<DictObj>() {
        vm.for_each(&a[1], |vm, key| {
            d.set(vm, &key, value.clone())?;
            Ok(true)
        })?;
    } else {
        vm.for_each(&a[1], |vm, key| {
            vm.setitem(&made, &key, value.clone())?;
            Ok(true)
        })?;
    }
    Ok(made)
}

/// What `dict(...)` and `update(...)` take: a mapping or pairs, then keywords.
fn update_args(vm: &mut Vm, r: &Ref, args: &Args, function: &str) -> R<()> {
    let pos = Args::positional(args.pos());
    if let Some(x) = one_argument(vm, function, &pos)? {
        update(vm, r, x)?;
    }
    if let Some(d) = payload(r) {
        for (name, value) in args.kw() {
            d.set(vm, name, value.clone())?;
        }
    }
    Ok(())
}

/// `d.update(x)`: the items of a mapping (something with `keys`), or pairs.
pub fn update(vm: &mut Vm, r: &Ref, x: &Ref) -> R<()> {
    let Some(d) = payload(r) else { return Ok(()) };
    if let Some(other) = payload(x)
        && has_own_order(x)
    {
        return d.update_from(vm, other);
    }
    if let Some(keys) = vm.getattr_opt(x, &intern("keys"))? {
        let keys = vm.call(&keys, &[])?;
        if keys.class().slots.iter.get().is_none() && keys.class().slots.getitem.get().is_none() {
            let text = format!(
                "{}.keys() returned a non-iterable (type {})",
                vm.type_name(x),
                vm.type_name(&keys)
            );
            return Err(vm.type_error(&text));
        }
        // All keys are known before the first item is asked for.
        for key in vm.collect(&keys)? {
            let value = vm.getitem(x, &key)?;
            d.set(vm, &key, value)?;
        }
        return Ok(());
    }
    update_from_pairs(vm, d, x)
}

/// Whether a dict's items can be read off its table: no subclass has changed how it is iterated.
fn has_own_order(x: &Ref) -> bool {
    let dict = rt()
        .types
        .dict
        .cast::<TypeObj>()
        .and_then(|t| t.slots.iter.get());
    match (x.class().slots.iter.get(), dict) {
        (Some(a), Some(b)) => std::ptr::fn_addr_eq(a, b),
        _ => false,
    }
}

fn update_from_pairs(vm: &mut Vm, d: &DictObj, x: &Ref) -> R<()> {
    let mut i = 0usize;
    vm.for_each(x, |vm, pair| {
        if pair.class().slots.iter.get().is_none() && pair.class().slots.getitem.get().is_none() {
            let e = vm.type_error("object is not iterable");
            vm.add_note_to_current(&format!(
                "Cannot convert dictionary update sequence element #{i} to a sequence"
            ));
            return Err(e);
        }
        let parts = vm.collect(&pair)?;
        let [key, value] = &parts[..] else {
            let text = format!(
                "dictionary update sequence element #{i} has length {}; 2 is required",
                parts.len()
            );
            return Err(vm.value_error(&text));
        };
        d.set(vm, key, value.clone())?;
        i += 1;
        Ok(true)
    })
}
