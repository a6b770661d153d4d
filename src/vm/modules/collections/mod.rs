//! The module `_collections`: `deque`, `defaultdict`, and helpers of `namedtuple` and `Counter`.

mod defaultdict;
mod deque;

use super::{new_module, set};
use crate::types::spec::TypeSpec;
use crate::value::slots::BinOp;
use crate::value::*;
use crate::vm::{new_int, new_tuple};
use crate::{R, Vm, functions, getset, methods, trace};

functions! { FUNCTIONS;
    "_count_elements(mapping, iterable, /)" => count_elements, "Counts the items of an iterable into a mapping.";
}

fn count_elements(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let it = vm.iter(&a[1])?;
    let one = new_int(1);
    let plain = a[0].cast::<DictObj>().filter(|_| {
        let get = vm.lookup(a[0].class(), &intern("get"));
        let set = vm.lookup(a[0].class(), &intern("__setitem__"));
        let own = |f: Option<Ref>| {
            f.is_some_and(|f| {
                f.cast::<NativeFunctionObj>().is_some() || f.cast::<SlotWrapperObj>().is_some()
            })
        };
        own(get) && own(set)
    });
    while let Some(key) = vm.next(&it)? {
        match plain {
            Some(d) => {
                let hash = vm.hash(&key)? as u64;
                let n = match d.get_hashed(vm, &key, hash)? {
                    Some(n) => vm.binary(&n, &one, BinOp::Add)?,
                    None => one.clone(),
                };
                d.set_hashed(vm, &key, hash, n)?;
            }
            None => {
                let n = vm.call_method(&a[0], "get", &[key.clone(), new_int(0)])?;
                let n = vm.binary(&n, &one, BinOp::Add)?;
                vm.setitem(&a[0], &key, n)?;
            }
        }
    }
    Ok(Ref::none())
}

/// The attribute of a named tuple: its item number `index`.
struct TupleGetter {
    index: usize,
    doc: Guarded<Ref>,
}
trace!(TupleGetter; doc);
impl NativePayload for TupleGetter {}

static TUPLEGETTER: TypeSpec = TypeSpec {
    name: "_collections._tuplegetter",
    methods: GETTER_METHODS,
    getset: GETTER_GETSET,
    slots: |s| {
        crate::constructor!(s, "_tuplegetter(cls, index, doc, /)" => |vm, a| {
            let index = vm.index_size(&a[1])?;
            Ok(Ref::new_native(&a[0], TupleGetter { index: index.max(0) as usize, doc: Guarded::new(a[2].clone()) }))
        });
        s.descr_get.set(Some(|vm, r, this, _| {
            let Some(g) = r.native::<TupleGetter>() else {
                return Ok(Ref::none());
            };
            if this.is_undefined() || this.is_none() {
                return Ok(r.clone());
            }
            match this.tuple_items() {
                Some(items) => match items.get(g.index) {
                    Some(v) => Ok(v.clone()),
                    None => Err(vm.index_error("tuple index out of range")),
                },
                None => {
                    let text = format!(
                        "descriptor for index '{}' for tuple subclasses doesn't apply to '{}' object",
                        g.index,
                        vm.type_name(this)
                    );
                    Err(vm.type_error(&text))
                }
            }
        }));
        s.descr_set.set(Some(|vm, _, _, value| {
            let text = if value.is_some() {
                "can't set attribute"
            } else {
                "can't delete attribute"
            };
            let class = rt().types.attribute_error.clone();
            Err(vm.error(&class, text))
        }));
    },
    ..TypeSpec::DEFAULT
};
getset! { GETTER_GETSET;
    "__doc__" => |_, r| Ok(r.native::<TupleGetter>().map_or_else(Ref::none, |g| g.doc.cloned())), set_doc, "";
}
fn set_doc(_: &mut Vm, r: &Ref, v: Option<Ref>) -> R<()> {
    if let Some(g) = r.native::<TupleGetter>() {
        g.doc.set(v.unwrap_or_else(Ref::none));
    }
    Ok(())
}
methods! { GETTER_METHODS;
    "__reduce__(self, /)" => |_, a| {
        let Some(g) = a[0].native::<TupleGetter>() else { return Ok(Ref::none()) };
        Ok(new_tuple(vec![class_of(&a[0]), new_tuple(vec![new_int(g.index as i64), g.doc.cloned()])]))
    }, "";
}

pub(super) fn make(vm: &mut Vm) -> R<Ref> {
    let m = new_module(
        vm,
        "_collections",
        "The parts of collections that have to be quick.",
        FUNCTIONS,
    );
    for (name, spec) in [
        ("deque", &deque::DEQUE),
        ("_deque_iterator", &deque::ITERATOR),
        ("_deque_reverse_iterator", &deque::REVERSE_ITERATOR),
        ("_tuplegetter", &TUPLEGETTER),
    ] {
        let class = vm.native_type(spec);
        set(&m, name, class);
    }
    let dict = rt().types.dict.clone();
    let class = vm.native_type_of(&defaultdict::DEFAULTDICT, &dict);
    set(&m, "defaultdict", class);
    Ok(m)
}
