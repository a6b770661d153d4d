//! The type `types.SimpleNamespace`: attributes and nothing else.

use super::spec::TypeSpec;
use crate::native::Args;
use crate::value::header::Kind;
use crate::value::slots::Cmp;
use crate::value::*;
use crate::vm::{new_tuple, new_wtf8};
use crate::{R, Vm, getset, methods};

pub static SIMPLE_NAMESPACE: TypeSpec = TypeSpec {
    name: "types.SimpleNamespace",
    kind: Kind::Object,
    exact: false,
    flags: type_flag::BASE | type_flag::HAS_DICT,
    doc: "SimpleNamespace(mapping_or_iterable=(), /, **kwargs)\n\nAttributes that are given, shown in the repr and compared.",
    methods: METHODS,
    getset: GETSET,
    slots: |s| {
        s.new.set(Some(|vm, class, _| {
            let t = super::class::class_arg(vm, class)?;
            Ok(Ref::new_instance(t))
        }));
        s.init.set(Some(init));
        s.repr.set(Some(repr));
        s.richcmp.set(Some(compare));
    },
};

methods! { METHODS;
    "__reduce__(self, /)" => |vm, a| {
        let dict = dict_of(vm, &a[0]);
        Ok(new_tuple(vec![class_of(&a[0]), new_tuple(vec![]), dict]))
    }, "State for pickling.";
    var "__replace__(self, /, **changes)" => replace, "A copy with some attributes changed.";
}

getset! { GETSET;
    "__dict__" => |vm, r| Ok(dict_of(vm, r)), super::range::read_only, "";
}

fn dict_of(vm: &mut Vm, r: &Ref) -> Ref {
    vm.dict_of(r).unwrap_or_else(DictObj::new_dict)
}

fn init(vm: &mut Vm, r: &Ref, args: Args) -> R<()> {
    if args.pos().len() > 1 {
        let text = format!(
            "{} expected at most 1 argument, got {}",
            vm.type_name(r).trim_start_matches("types."),
            args.pos().len()
        );
        return Err(vm.type_error(&text));
    }
    let mine = dict_of(vm, r);
    let Some(mine) = mine.cast::<DictObj>() else {
        return Ok(());
    };
    if let Some(x) = args.pos().first() {
        let given = DictObj::new_dict();
        super::dict::update(vm, &given, x)?;
        if let Some(d) = given.cast::<DictObj>() {
            for (k, _) in d.items() {
                if !k.is_str() {
                    return Err(vm.type_error("keywords must be strings"));
                }
            }
            mine.update_from(vm, d)?;
        }
    }
    for (name, value) in args.kw() {
        mine.set(vm, name, value.clone())?;
    }
    Ok(())
}

fn repr(vm: &mut Vm, r: &Ref) -> R<Ref> {
    let name = if class_of(r).is(&rt().types.simple_namespace) {
        "namespace".to_string()
    } else {
        vm.type_name(r)
    };
    if !super::list::enter_repr(vm, r)? {
        return Ok(new_wtf8(format!("{name}(...)").as_bytes()));
    }
    let mut out = format!("{name}(").into_bytes();
    let result = repr_attributes(vm, r, &mut out);
    vm.leave_repr(r);
    result?;
    out.push(b')');
    Ok(new_wtf8(&out))
}

fn repr_attributes(vm: &mut Vm, r: &Ref, out: &mut Vec<u8>) -> R<()> {
    let dict = dict_of(vm, r);
    let Some(d) = dict.cast::<DictObj>() else {
        return Ok(());
    };
    let mut first = true;
    for (key, value) in d.items() {
        if !key.is_str() || key.str_obj().bytes().is_empty() {
            continue;
        }
        if !first {
            out.extend_from_slice(b", ");
        }
        first = false;
        out.extend_from_slice(key.str_obj().bytes());
        out.push(b'=');
        let text = vm.repr(&value)?;
        out.extend_from_slice(text.str_obj().bytes());
    }
    Ok(())
}

fn compare(vm: &mut Vm, a: &Ref, b: &Ref, op: Cmp) -> R<Ref> {
    let class = &rt().types.simple_namespace;
    if !a.class().is_subtype(class) || !b.class().is_subtype(class) {
        return Ok(Ref::not_implemented());
    }
    let (x, y) = (dict_of(vm, a), dict_of(vm, b));
    vm.compare(&x, &y, op)
}

fn replace(vm: &mut Vm, args: Args) -> R<Ref> {
    let [this] = args.pos() else {
        return Err(vm.type_error("__replace__() takes no positional arguments"));
    };
    let made = vm.call(&class_of(this), &[])?;
    if !made.class().is_subtype(&rt().types.simple_namespace) {
        let text = format!(
            "expect types.SimpleNamespace type, but {}() returned '{}' object",
            vm.type_name(this),
            vm.type_name(&made)
        );
        return Err(vm.type_error(&text));
    }
    let (from, to) = (dict_of(vm, this), dict_of(vm, &made));
    if let (Some(from), Some(to)) = (from.cast::<DictObj>(), to.cast::<DictObj>()) {
        to.update_from(vm, from)?;
        for (name, value) in args.kw() {
            to.set(vm, name, value.clone())?;
        }
    }
    Ok(made)
}
