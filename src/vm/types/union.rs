//! `typing.Union`: `int | str` and `Union[int, str]`, which are the same thing.

use super::builtin_function::wrong_receiver;
use super::descriptors::readonly;
use super::generic_alias::{parameters_of, substitute, type_text};
use super::spec::TypeSpec;
use crate::value::header::Kind;
use crate::value::slots::{BinOp, Cmp};
use crate::value::*;
use crate::vm::{new_str, new_tuple};
use crate::{R, Vm, getset, methods, trace};

pub static UNION: TypeSpec = TypeSpec {
    name: "typing.Union",
    kind: Kind::Native,
    flags: type_flag::NO_NEW | type_flag::HAS_WEAKREF,
    doc: "Any of several types, as made by int | str.\n\nisinstance() and issubclass() take one in place of a tuple.",
    methods: METHODS,
    getset: GETSET,
    slots: |s| {
        s.repr.set(Some(union_repr));
        s.hash.set(Some(union_hash));
        s.richcmp.set(Some(union_richcmp));
        s.getitem.set(Some(|vm, r, item| {
            let parameters = union_parameters(vm, r)?;
            let args = union(vm, r)?.args.clone();
            let new = substitute(vm, r, &args, &parameters, item)?;
            from_args(vm, &new, false)
        }));
        s.binary[BinOp::Or as usize].set(Some(union_or));
    },
    ..TypeSpec::DEFAULT
};

struct Union {
    /// A tuple without duplicates.
    args: Ref,
    /// How many of them can't be hashed.
    unhashable: usize,
    parameters: Guarded<Ref>,
}
trace!(Union; args, parameters);
impl NativePayload for Union {}

fn union<'a>(vm: &mut Vm, r: &'a Ref) -> R<&'a Union> {
    match r.native::<Union>() {
        Some(u) => Ok(u),
        None => Err(wrong_receiver(vm, "typing.Union", r)),
    }
}

/// The alternatives of a union, as a tuple: what `isinstance` goes through.
pub(crate) fn alternatives(r: &Ref) -> Option<Ref> {
    r.native::<Union>().map(|u| u.args.clone())
}

methods! { METHODS;
    "__mro_entries__(self, bases, /)" => |vm, a| {
        let text = format!("Cannot subclass {}", vm.repr_text(&a[0])?);
        Err(vm.type_error(&text))
    }, "";
    class "__class_getitem__(cls, args, /)" => |vm, a| {
        let args = match a[1].tuple_items() {
            Some(t) => t.to_vec(),
            None => vec![a[1].clone()],
        };
        from_args(vm, &args, true)
    }, "Makes a union of the types in brackets.";
}

getset! { GETSET;
    "__name__" => |_, _| Ok(new_str("Union")), "The name of the class.";
    "__qualname__" => |_, _| Ok(new_str("Union")), "The qualified name of the class.";
    "__origin__" => |_, _| Ok(rt().types.union.clone()), "Always the class Union.";
    "__args__" => |vm, r| Ok(union(vm, r)?.args.clone()), readonly, "";
    "__parameters__" => union_parameters, "The type variables that occur in the union.";
}

fn union_parameters(vm: &mut Vm, r: &Ref) -> R<Ref> {
    let u = union(vm, r)?;
    let known = u.parameters.cloned();
    if !known.is_undefined() {
        return Ok(known);
    }
    let args = u.args.clone();
    let p = new_tuple(parameters_of(vm, args.tuple_items().unwrap_or_default())?);
    if let Some(u) = r.native::<Union>() {
        u.parameters.set(p.clone());
    }
    Ok(p)
}

/// What may stand on either side of `|` without being asked.
fn is_unionable(r: &Ref) -> bool {
    let t = &rt().types;
    let class = class_of(r);
    r.is_none()
        || r.cast::<TypeObj>().is_some()
        || class.is(&t.union)
        || class.is(&t.typealias)
        || r.class().is_subtype(&t.generic_alias)
}

/// `X | Y` for classes, aliases and unions.
pub fn union_or(vm: &mut Vm, a: &Ref, b: &Ref) -> R<Ref> {
    if !is_unionable(a) || !is_unionable(b) {
        return Ok(Ref::not_implemented());
    }
    from_args(vm, &[a.clone(), b.clone()], false)
}

/// The alternatives gathered so far.
#[derive(Default)]
struct Builder {
    args: Vec<Ref>,
    seen: Option<Ref>,
    unhashable: Vec<Ref>,
}

impl Builder {
    fn add(&mut self, vm: &mut Vm, arg: &Ref, check: bool) -> R<()> {
        if let Some(u) = arg.native::<Union>() {
            for a in u.args.tuple_items().unwrap_or_default().to_vec() {
                self.add_one(vm, &a)?;
            }
            return Ok(());
        }
        if arg.is_none() {
            let none = rt().types.none_type.clone();
            return self.add_one(vm, &none);
        }
        if check && !is_unionable(arg) {
            let typing = vm.import("typing")?;
            let message = new_str("Union[arg, ...]: each arg must be a type.");
            let arg = vm.call_method(&typing, "_type_check", &[arg.clone(), message])?;
            return self.add_one(vm, &arg);
        }
        self.add_one(vm, arg)
    }
    fn add_one(&mut self, vm: &mut Vm, arg: &Ref) -> R<()> {
        let seen = self.seen.get_or_insert_with(DictObj::new_dict).clone();
        let Some(d) = seen.cast::<DictObj>() else {
            return Ok(());
        };
        let hash = vm.hash(arg);
        let class = rt().types.type_error.clone();
        match vm.catch(hash, &class)? {
            Some(h) => {
                if d.get_hashed(vm, arg, h as u64)?.is_some() {
                    return Ok(());
                }
                d.set_hashed(vm, arg, h as u64, Ref::none())?;
            }
            None => {
                for u in self.unhashable.clone() {
                    if vm.equal(&u, arg)? {
                        return Ok(());
                    }
                }
                self.unhashable.push(arg.clone());
            }
        }
        self.args.push(arg.clone());
        Ok(())
    }
    fn finish(mut self, vm: &mut Vm) -> R<Ref> {
        if self.args.is_empty() {
            return Err(vm.type_error("Cannot take a Union of no types."));
        }
        if self.args.len() == 1 {
            return Ok(self.args.remove(0));
        }
        Ok(Ref::new_native(
            &rt().types.union,
            Union {
                args: new_tuple(self.args),
                unhashable: self.unhashable.len(),
                parameters: Guarded::default(),
            },
        ))
    }
}

/// The union of types: flat, without duplicates; a single one is itself. `check` converts strings to forward references.
pub fn from_args(vm: &mut Vm, args: &[Ref], check: bool) -> R<Ref> {
    let mut b = Builder::default();
    for a in args {
        b.add(vm, a, check)?;
    }
    b.finish(vm)
}

fn union_repr(vm: &mut Vm, r: &Ref) -> R<Ref> {
    let args = union(vm, r)?.args.clone();
    let mut out = Vec::new();
    for (i, a) in args.tuple_items().unwrap_or_default().iter().enumerate() {
        if i > 0 {
            out.extend_from_slice(b" | ");
        }
        type_text(vm, a, &mut out)?;
    }
    Ok(StrObj::make(&out))
}

fn union_hash(vm: &mut Vm, r: &Ref) -> R<i64> {
    let u = union(vm, r)?;
    let (args, n) = (u.args.clone(), u.unhashable);
    if n > 0 {
        return Err(vm.type_error(&format!("union contains {n} unhashable elements")));
    }
    // The order doesn't matter.
    let mut h = 0x5bd1_e995_i64;
    for a in args.tuple_items().unwrap_or_default() {
        let x = vm.hash(a)?;
        h ^= (x ^ (x << 16) ^ 89_869_747).wrapping_mul(3_644_798_167);
    }
    h = h.wrapping_mul(69_069).wrapping_add(907_133_923);
    Ok(if h == -1 { -2 } else { h })
}

fn union_richcmp(vm: &mut Vm, a: &Ref, b: &Ref, op: Cmp) -> R<Ref> {
    let (Some(x), Some(y)) = (a.native::<Union>(), b.native::<Union>()) else {
        return Ok(Ref::not_implemented());
    };
    if !matches!(op, Cmp::Eq | Cmp::Ne) {
        return Ok(Ref::not_implemented());
    }
    let (xs, ys) = (x.args.clone(), y.args.clone());
    let (xs, ys) = (
        xs.tuple_items().unwrap_or_default(),
        ys.tuple_items().unwrap_or_default(),
    );
    let mut equal = xs.len() == ys.len() && x.unhashable == y.unhashable;
    if equal && x.unhashable == 0 {
        let set = DictObj::new_dict();
        let Some(d) = set.cast::<DictObj>() else {
            return Ok(Ref::not_implemented());
        };
        for y in ys {
            d.set(vm, y, Ref::none())?;
        }
        for x in xs {
            equal = equal && d.contains(vm, x)?;
        }
    } else if equal {
        let mut left = ys.to_vec();
        'next: for x in xs {
            for i in 0..left.len() {
                let y = left[i].clone();
                if vm.equal(x, &y)? {
                    left.swap_remove(i);
                    continue 'next;
                }
            }
            equal = false;
            break;
        }
    }
    Ok(Ref::bool(equal == (op == Cmp::Eq)))
}
