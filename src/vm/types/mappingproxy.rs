//! The type `mappingproxy`: a mapping that can be read only.

use super::spec::TypeSpec;
use crate::methods;
use crate::native::{Args, DefKind, NativeDef, arg};
use crate::value::header::Kind;
use crate::value::slots::BinOp;
use crate::value::*;
use crate::vm::new_wtf8;

pub static MAPPINGPROXY: TypeSpec = TypeSpec {
    name: "mappingproxy",
    kind: Kind::MappingProxy,
    exact: true,
    flags: type_flag::MAPPING,
    doc: "mappingproxy(mapping)\n\nA view of a mapping that can't change it.",
    methods: METHODS,
    slots: |s| {
        s.new.set(Some(|vm, class, args| {
            let mut all = Vec::with_capacity(args.all.len() + 1);
            all.push(class.clone());
            all.extend_from_slice(args.all);
            NEW.call(vm, Args::new(&all, args.names))
        }));
        s.repr.set(Some(|vm, r| {
            let text = vm.repr(mapping(r))?;
            let mut out = b"mappingproxy(".to_vec();
            out.extend_from_slice(text.str_obj().bytes());
            out.push(b')');
            Ok(new_wtf8(&out))
        }));
        s.str.set(Some(|vm, r| vm.str(mapping(r))));
        s.hash.set(Some(|vm, r| vm.hash(mapping(r))));
        s.richcmp
            .set(Some(|vm, a, b, op| vm.compare(mapping(a), b, op)));
        s.iter.set(Some(|vm, r| vm.iter(mapping(r))));
        s.len.set(Some(|vm, r| vm.len(mapping(r))));
        s.getitem
            .set(Some(|vm, r, key| vm.getitem(mapping(r), key)));
        s.contains
            .set(Some(|vm, r, key| vm.contains(mapping(r), key)));
        s.binary[BinOp::Or as usize].set(Some(|vm, a, b| {
            let (a, b) = (mapping(a).clone(), mapping(b).clone());
            vm.binary(&a, &b, BinOp::Or)
        }));
        s.inplace[BinOp::Or as usize].set(Some(|vm, r, _| {
            let text = format!(
                "'|=' is not supported by {0}; use '|' instead",
                vm.type_name(r)
            );
            Err(vm.type_error(&text))
        }));
    },
    ..TypeSpec::DEFAULT
};

methods! { METHODS;
    "get(self, key, default=None, /)" => |vm, a| {
        let default = arg(a, 2).cloned().unwrap_or_else(Ref::none);
        vm.call_method(mapping(&a[0]), "get", &[a[1].clone(), default])
    }, "The value of the key, or the default.";
    "keys(self, /)" => |vm, a| vm.call_method(mapping(&a[0]), "keys", &[]), "A view of the keys.";
    "values(self, /)" => |vm, a| vm.call_method(mapping(&a[0]), "values", &[]), "A view of the values.";
    "items(self, /)" => |vm, a| vm.call_method(mapping(&a[0]), "items", &[]), "A view of the items, as pairs.";
    "copy(self, /)" => |vm, a| vm.call_method(mapping(&a[0]), "copy", &[]), "A copy of the mapping that lies behind, by its own method.";
    class "__class_getitem__(type, object, /)" => |vm, a| super::generic_alias::new_alias(vm, &a[0], &a[1]), "The class with types in brackets, for annotations.";
    "__reversed__(self, /)" => |vm, a| vm.call_method(mapping(&a[0]), "__reversed__", &[]), "An iterator over the keys from the last to the first.";
}

static NEW: NativeDef = NativeDef::fixed(
    "mappingproxy(cls, /, mapping)",
    |vm, a| {
        let sequence = a[1].cast::<ListObj>().is_some() || a[1].cast::<TupleObj>().is_some();
        if a[1].class().slots.getitem.get().is_none() || sequence {
            let text = format!(
                "mappingproxy() argument must be a mapping, not {}",
                vm.type_name(&a[1])
            );
            return Err(vm.type_error(&text));
        }
        Ok(Ref::new(MappingProxyObj {
            mapping: a[1].clone(),
        }))
    },
    DefKind::ClassMethod,
    "",
);

/// What a proxy shows; other values stand for themselves.
fn mapping(r: &Ref) -> &Ref {
    r.cast::<MappingProxyObj>().map_or(r, |p| &p.mapping)
}
