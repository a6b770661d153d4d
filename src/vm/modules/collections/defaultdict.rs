//! `defaultdict`: a dict that makes missing values. Its factory is an attribute slot in front of the instance's own attributes.

use crate::native::Args;
use crate::types::spec::TypeSpec;
use crate::value::slots::BinOp;
use crate::value::*;
use crate::vm::{new_str, new_tuple};
use crate::{R, Vm, getset, methods};

/// The name under which an instance keeps its factory.
const FACTORY: &str = " default_factory";

pub(super) static DEFAULTDICT: TypeSpec = TypeSpec {
    name: "collections.defaultdict",
    kind: Kind::Dict,
    flags: type_flag::BASE | type_flag::HAS_DICT | type_flag::MAPPING,
    doc: "A dict that makes up values for keys it lacks, by calling default_factory.\n\nThe other arguments are those of dict.",
    methods: METHODS,
    getset: GETSET,
    slots: |s| {
        s.init.set(Some(init));
        s.repr.set(Some(repr));
        s.binary[BinOp::Or as usize].set(Some(or));
    },
    ..TypeSpec::DEFAULT
};

fn factory(vm: &mut Vm, r: &Ref) -> R<Ref> {
    Ok(vm
        .instance_attr(r, &intern(FACTORY))?
        .unwrap_or_else(Ref::none))
}

fn set_factory(vm: &mut Vm, r: &Ref, v: Option<Ref>) -> R<()> {
    vm.set_instance_attr(r, &intern(FACTORY), v.unwrap_or_else(Ref::none));
    Ok(())
}

getset! { GETSET;
    "default_factory" => factory, set_factory, "What is called for a missing key; None makes it an ordinary dict.";
}

methods! { METHODS;
    "__missing__(self, key, /)" => |vm, a| {
        let f = factory(vm, &a[0])?;
        if f.is_none() {
            return Err(vm.key_error(&a[1]));
        }
        let value = vm.call(&f, &[])?;
        vm.setitem(&a[0], &a[1], value.clone())?;
        Ok(value)
    }, "Calls default_factory and stores its result for the key; KeyError is raised if there is none.";
    "copy(self, /)" => |vm, a| copy(vm, &a[0]), "A shallow copy with the same factory.";
    "__copy__(self, /)" => |vm, a| copy(vm, &a[0]), "A shallow copy with the same factory.";
    "__reduce__(self, /)" => |vm, a| {
        let f = factory(vm, &a[0])?;
        let args = if f.is_none() { vec![] } else { vec![f] };
        let items = vm.call_method(&a[0], "items", &[])?;
        let items = vm.iter(&items)?;
        Ok(new_tuple(vec![class_of(&a[0]), new_tuple(args), Ref::none(), Ref::none(), items]))
    }, "State for pickling.";
    class "__class_getitem__(cls, object, /)" => |vm, a| crate::types::generic_alias::new_alias(vm, &a[0], &a[1]), "The class with types in brackets, for annotations.";
}

fn copy(vm: &mut Vm, r: &Ref) -> R<Ref> {
    let f = factory(vm, r)?;
    vm.call(&class_of(r), &[f, r.clone()])
}

fn init(vm: &mut Vm, r: &Ref, args: Args) -> R<()> {
    let mut rest = args;
    let mut f = Ref::none();
    if let Some(first) = args.pos().first() {
        if !first.is_none() && !vm.is_callable(first) {
            return Err(vm.type_error("first argument must be callable or None"));
        }
        f = first.clone();
        rest = args.rest();
    }
    set_factory(vm, r, Some(f))?;
    let dict = &rt().types.dict;
    match dict.cast::<TypeObj>().and_then(|t| t.slots.init.get()) {
        Some(init) => init(vm, r, rest),
        None => Ok(()),
    }
}

fn repr(vm: &mut Vm, r: &Ref) -> R<Ref> {
    let base = match rt()
        .types
        .dict
        .cast::<TypeObj>()
        .and_then(|t| t.slots.repr.get())
    {
        Some(f) => f(vm, r)?,
        None => new_str("{}"),
    };
    let f = factory(vm, r)?;
    // A factory that shows this dict again would not end.
    let shown = if vm.enter_repr(&f) {
        let text = vm.repr(&f);
        vm.leave_repr(&f);
        text?
    } else {
        new_str("...")
    };
    let mut out = crate::modules::short_name(vm, r).into_bytes();
    out.push(b'(');
    out.extend_from_slice(shown.str_obj().bytes());
    out.extend_from_slice(b", ");
    out.extend_from_slice(base.str_obj().bytes());
    out.push(b')');
    Ok(StrObj::make(&out))
}

fn or(vm: &mut Vm, a: &Ref, b: &Ref) -> R<Ref> {
    if a.cast::<DictObj>().is_none() || b.cast::<DictObj>().is_none() {
        return Ok(Ref::not_implemented());
    }
    let own = if a.class().is_subtype(&rt().types.dict)
        && vm.lookup(a.class(), &intern("default_factory")).is_some()
    {
        a
    } else {
        b
    };
    let f = factory(vm, own)?;
    let new = vm.call(&class_of(own), &[f, a.clone()])?;
    vm.call_method(&new, "update", std::slice::from_ref(b))?;
    Ok(new)
}
