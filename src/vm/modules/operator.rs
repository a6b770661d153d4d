//! The module `_operator`: the operators as functions, and `attrgetter`, `itemgetter`, `methodcaller`.

use super::{new_module, set};
use crate::native::{Args, arg};
use crate::protocol::operators::UnaryOp;
use crate::types::spec::TypeSpec;
use crate::value::slots::{BinOp, Cmp};
use crate::value::*;
use crate::vm::{new_int, new_str, new_tuple, new_usize};
use crate::{R, Vm, functions, methods, trace};

macro_rules! operators {
    ($($sig:literal => $f:expr, $doc:literal;)*) => {
        functions! { FUNCTIONS; $($sig => $f, $doc;)* }
    };
}

operators! {
    "truth(a, /)" => |vm, a| Ok(Ref::bool(vm.truthy(&a[0])?)), "Whether the object counts as true.";
    "contains(a, b, /)" => |vm, a| Ok(Ref::bool(vm.contains(&a[0], &a[1])?)), "The test b in a, mind the order.";
    "indexOf(a, b, /)" => index_of, "The first place of b in a. ValueError is raised if there is none.";
    "countOf(a, b, /)" => count_of, "How often b occurs in a.";
    "is_(a, b, /)" => |_, a| Ok(Ref::bool(a[0].is(&a[1]))), "What a is b does.";
    "is_not(a, b, /)" => |_, a| Ok(Ref::bool(!a[0].is(&a[1]))), "Whether the two are different objects.";
    "is_none(a, /)" => |_, a| Ok(Ref::bool(a[0].is_none())), "Whether the object is None.";
    "is_not_none(a, /)" => |_, a| Ok(Ref::bool(!a[0].is_none())), "Whether the object is anything but None.";
    "add(a, b, /)" => |vm, a| vm.binary(&a[0], &a[1], BinOp::Add), "What a + b does.";
    "sub(a, b, /)" => |vm, a| vm.binary(&a[0], &a[1], BinOp::Sub), "What a - b does.";
    "mul(a, b, /)" => |vm, a| vm.binary(&a[0], &a[1], BinOp::Mul), "What a * b does.";
    "matmul(a, b, /)" => |vm, a| vm.binary(&a[0], &a[1], BinOp::MatMul), "What a @ b does.";
    "floordiv(a, b, /)" => |vm, a| vm.binary(&a[0], &a[1], BinOp::FloorDiv), "What a // b does.";
    "truediv(a, b, /)" => |vm, a| vm.binary(&a[0], &a[1], BinOp::TrueDiv), "What a / b does.";
    "mod(a, b, /)" => |vm, a| vm.binary(&a[0], &a[1], BinOp::Mod), "What a % b does.";
    "neg(a, /)" => |vm, a| vm.unary(&a[0], UnaryOp::Neg), "What -a does.";
    "pos(a, /)" => |vm, a| vm.unary(&a[0], UnaryOp::Pos), "What +a does.";
    "abs(a, /)" => |vm, a| match a[0].class().slots.abs.get() {
        Some(f) => f(vm, &a[0]),
        None => {
            let text = format!("bad operand type for abs(): '{}'", vm.type_name(&a[0]));
            Err(vm.type_error(&text))
        }
    }, "What abs(a) does.";
    "inv(a, /)" => |vm, a| vm.unary(&a[0], UnaryOp::Invert), "What ~a does.";
    "invert(a, /)" => |vm, a| vm.unary(&a[0], UnaryOp::Invert), "What ~a does.";
    "lshift(a, b, /)" => |vm, a| vm.binary(&a[0], &a[1], BinOp::LShift), "What a << b does.";
    "rshift(a, b, /)" => |vm, a| vm.binary(&a[0], &a[1], BinOp::RShift), "What a >> b does.";
    "not_(a, /)" => |vm, a| Ok(Ref::bool(!vm.truthy(&a[0])?)), "What not a does.";
    "and_(a, b, /)" => |vm, a| vm.binary(&a[0], &a[1], BinOp::And), "What a & b does.";
    "xor(a, b, /)" => |vm, a| vm.binary(&a[0], &a[1], BinOp::Xor), "What a ^ b does.";
    "or_(a, b, /)" => |vm, a| vm.binary(&a[0], &a[1], BinOp::Or), "What a | b does.";
    "iadd(a, b, /)" => |vm, a| vm.inplace(&a[0], &a[1], BinOp::Add), "What a += b does.";
    "isub(a, b, /)" => |vm, a| vm.inplace(&a[0], &a[1], BinOp::Sub), "What a -= b does.";
    "imul(a, b, /)" => |vm, a| vm.inplace(&a[0], &a[1], BinOp::Mul), "What a *= b does.";
    "imatmul(a, b, /)" => |vm, a| vm.inplace(&a[0], &a[1], BinOp::MatMul), "What a @= b does.";
    "ifloordiv(a, b, /)" => |vm, a| vm.inplace(&a[0], &a[1], BinOp::FloorDiv), "The statement a //= b, giving the new a.";
    "itruediv(a, b, /)" => |vm, a| vm.inplace(&a[0], &a[1], BinOp::TrueDiv), "What a /= b does.";
    "imod(a, b, /)" => |vm, a| vm.inplace(&a[0], &a[1], BinOp::Mod), "What a %= b does.";
    "ipow(a, b, /)" => |vm, a| vm.inplace(&a[0], &a[1], BinOp::Pow), "The statement a **= b, giving the new a.";
    "ilshift(a, b, /)" => |vm, a| vm.inplace(&a[0], &a[1], BinOp::LShift), "The statement a <<= b, giving the new a.";
    "irshift(a, b, /)" => |vm, a| vm.inplace(&a[0], &a[1], BinOp::RShift), "The statement a >>= b, giving the new a.";
    "iand(a, b, /)" => |vm, a| vm.inplace(&a[0], &a[1], BinOp::And), "What a &= b does.";
    "ixor(a, b, /)" => |vm, a| vm.inplace(&a[0], &a[1], BinOp::Xor), "What a ^= b does.";
    "ior(a, b, /)" => |vm, a| vm.inplace(&a[0], &a[1], BinOp::Or), "What a |= b does.";
    "concat(a, b, /)" => |vm, a| concat(vm, a, false), "Two sequences joined.";
    "iconcat(a, b, /)" => |vm, a| concat(vm, a, true), "Joins a sequence to another in place, and gives it.";
    "getitem(a, b, /)" => |vm, a| vm.getitem(&a[0], &a[1]), "What a[b] does.";
    "setitem(a, b, c, /)" => |vm, a| { vm.setitem(&a[0], &a[1], a[2].clone())?; Ok(Ref::none()) }, "The statement a[b] = c.";
    "delitem(a, b, /)" => |vm, a| { vm.delitem(&a[0], &a[1])?; Ok(Ref::none()) }, "The statement del a[b].";
    "pow(a, b, /)" => |vm, a| vm.binary(&a[0], &a[1], BinOp::Pow), "What a ** b does.";
    "index(a, /)" => |vm, a| vm.index(&a[0]), "What a.__index__() does.";
    "lt(a, b, /)" => |vm, a| vm.compare(&a[0], &a[1], Cmp::Lt), "What a < b does.";
    "le(a, b, /)" => |vm, a| vm.compare(&a[0], &a[1], Cmp::Le), "What a <= b does.";
    "eq(a, b, /)" => |vm, a| vm.compare(&a[0], &a[1], Cmp::Eq), "What a == b does.";
    "ne(a, b, /)" => |vm, a| vm.compare(&a[0], &a[1], Cmp::Ne), "What a != b does.";
    "gt(a, b, /)" => |vm, a| vm.compare(&a[0], &a[1], Cmp::Gt), "What a > b does.";
    "ge(a, b, /)" => |vm, a| vm.compare(&a[0], &a[1], Cmp::Ge), "What a >= b does.";
    "length_hint(obj, default=0, /)" => |vm, a| {
        let default = match arg(a, 1) {
            Some(d) if d.is_int() => vm.index_size(d)?,
            Some(d) => {
                let text = format!("'{}' object cannot be interpreted as an integer", vm.type_name(d));
                return Err(vm.type_error(&text));
            }
            None => 0,
        };
        if default < 0 {
            // The default is given back as it is.
            return Ok(match vm.length_hint(&a[0], usize::MAX)? {
                usize::MAX => new_int(default as i64),
                n => new_usize(n),
            });
        }
        Ok(new_usize(vm.length_hint(&a[0], default as usize)?))
    }, "The number of items, or a guess by __length_hint__(), or the default.";
    "_compare_digest(a, b, /)" => compare_digest, "Compares two secrets in a time that doesn't depend on where they differ.";
}

functions! { CALL;
    var "call(obj, /, *args, **kwargs)" => |vm, args| match args.pos().first() {
        Some(f) => vm.call_args(f, args.rest()),
        None => Err(vm.type_error("call expected at least 1 argument, got 0")),
    }, "Calls the object with the other arguments.";
}

fn concat(vm: &mut Vm, a: &[Ref], inplace: bool) -> R<Ref> {
    if a[0].class().slots.concat.get().is_none() && a[0].class().slots.getitem.get().is_none() {
        let text = format!("'{}' object can't be concatenated", vm.type_name(&a[0]));
        return Err(vm.type_error(&text));
    }
    if inplace {
        vm.inplace(&a[0], &a[1], BinOp::Add)
    } else {
        vm.binary(&a[0], &a[1], BinOp::Add)
    }
}

fn index_of(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let it = vm.iter(&a[0])?;
    let mut i = 0usize;
    while let Some(item) = vm.next(&it)? {
        if vm.equal(&item, &a[1])? {
            return Ok(new_usize(i));
        }
        i += 1;
    }
    Err(vm.value_error("sequence.index(x): x not in sequence"))
}

fn count_of(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let it = vm.iter(&a[0])?;
    let mut n = 0usize;
    while let Some(item) = vm.next(&it)? {
        n += vm.equal(&item, &a[1])? as usize;
    }
    Ok(new_usize(n))
}

fn compare_digest(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let bytes = if let (Some(x), Some(y)) = (a[0].cast::<StrObj>(), a[1].cast::<StrObj>()) {
        if !x.is_ascii() || !y.is_ascii() {
            return Err(
                vm.type_error("comparing strings with non-ASCII characters is not supported")
            );
        }
        Some((x.bytes().to_vec(), y.bytes().to_vec()))
    } else {
        match (
            super::buffer::bytes_like(vm, &a[0])?,
            super::buffer::bytes_like(vm, &a[1])?,
        ) {
            (Some(x), Some(y)) => Some((x, y)),
            _ => None,
        }
    };
    let Some((x, y)) = bytes else {
        let text = format!(
            "unsupported operand types(s) or combination of types: '{}' and '{}'",
            vm.type_name(&a[0]),
            vm.type_name(&a[1])
        );
        return Err(vm.type_error(&text));
    };
    // Every byte is looked at, whatever the others say.
    let mut difference = (x.len() != y.len()) as u8;
    for (i, b) in y.iter().enumerate() {
        difference |= b ^ x.get(i).copied().unwrap_or(!b);
    }
    Ok(Ref::bool(difference == 0))
}

/// What a getter fetches: names split at dots, or keys.
struct Getter {
    given: Vec<Ref>,
    paths: Vec<Vec<Ref>>,
}
trace!(Getter; given, paths);
impl NativePayload for Getter {}

fn new_getter(vm: &mut Vm, class: &Ref, args: Args, attrs: bool) -> R<Ref> {
    let name = if attrs { "attrgetter" } else { "itemgetter" };
    if args.has_kw() {
        return Err(vm.type_error(&format!("{name}() takes no keyword arguments")));
    }
    if args.all.is_empty() {
        return Err(vm.type_error(&format!("{name} expected 1 argument, got 0")));
    }
    let mut paths = Vec::new();
    if attrs {
        for a in args.all {
            if !a.is_str() {
                return Err(vm.type_error("attribute name must be a string"));
            }
            let parts = a.str_obj().bytes().split(|&b| b == b'.');
            paths.push(parts.map(|p| rt().intern(p)).collect());
        }
    }
    Ok(Ref::new_native(
        class,
        Getter {
            given: args.all.to_vec(),
            paths,
        },
    ))
}

fn one_argument(vm: &mut Vm, r: &Ref, args: Args) -> R<Ref> {
    let name = super::short_name(vm, r);
    if args.has_kw() {
        return Err(vm.type_error(&format!("{name}() takes no keyword arguments")));
    }
    match args.all {
        [x] => Ok(x.clone()),
        all => {
            let text = format!("{name} expected 1 argument, got {}", all.len());
            Err(vm.type_error(&text))
        }
    }
}

fn getter_repr(vm: &mut Vm, r: &Ref) -> R<Ref> {
    let Some(g) = r.native::<Getter>() else {
        return Ok(Ref::none());
    };
    let mut parts = Vec::new();
    for x in &g.given {
        parts.push(vm.repr_text(x)?);
    }
    let name = vm.full_class_name(r.class());
    Ok(new_str(&format!("{name}({})", parts.join(", "))))
}

static ATTRGETTER: TypeSpec = TypeSpec {
    name: "operator.attrgetter",
    doc: "A function that gets an attribute, which may be a path with dots; of several names it gets a tuple.",
    methods: GETTER_METHODS,
    slots: |s| {
        s.new
            .set(Some(|vm, class, args| new_getter(vm, class, args, true)));
        s.repr.set(Some(getter_repr));
        s.call.set(Some(|vm, r, args| {
            let x = one_argument(vm, r, args)?;
            let Some(g) = r.native::<Getter>() else {
                return Ok(Ref::none());
            };
            let mut out = Vec::with_capacity(g.paths.len());
            for path in &g.paths {
                let mut v = x.clone();
                for name in path {
                    v = vm.getattr(&v, name)?;
                }
                out.push(v);
            }
            Ok(single_or_tuple(out))
        }));
    },
    ..TypeSpec::DEFAULT
};

fn single_or_tuple(mut out: Vec<Ref>) -> Ref {
    if out.len() == 1 {
        out.pop().unwrap_or_else(Ref::none)
    } else {
        new_tuple(out)
    }
}

static ITEMGETTER: TypeSpec = TypeSpec {
    name: "operator.itemgetter",
    doc: "A function that gets an item; of several keys it gets a tuple.",
    methods: GETTER_METHODS,
    slots: |s| {
        s.new
            .set(Some(|vm, class, args| new_getter(vm, class, args, false)));
        s.repr.set(Some(getter_repr));
        s.call.set(Some(|vm, r, args| {
            let x = one_argument(vm, r, args)?;
            let Some(g) = r.native::<Getter>() else {
                return Ok(Ref::none());
            };
            if let [key] = &g.given[..] {
                return vm.getitem(&x, key);
            }
            let mut out = Vec::with_capacity(g.given.len());
            for key in &g.given {
                out.push(vm.getitem(&x, key)?);
            }
            Ok(single_or_tuple(out))
        }));
    },
    ..TypeSpec::DEFAULT
};

methods! { GETTER_METHODS;
    "__reduce__(self, /)" => |_, a| {
        let given = a[0].native::<Getter>().map(|g| g.given.clone()).unwrap_or_default();
        Ok(new_tuple(vec![class_of(&a[0]), new_tuple(given)]))
    }, "State for pickling.";
}

struct Caller {
    name: Ref,
    args: Vec<Ref>,
    kw: Vec<Ref>,
}
trace!(Caller; name, args, kw);
impl NativePayload for Caller {}

static METHODCALLER: TypeSpec = TypeSpec {
    name: "operator.methodcaller",
    doc: "A function that calls a method of its argument, with the arguments given here.",
    methods: CALLER_METHODS,
    slots: |s| {
        s.new.set(Some(|vm, class, args| {
            let Some(name) = args.pos().first() else {
                return Err(
                    vm.type_error("methodcaller needs at least one argument, the method name")
                );
            };
            if !name.is_str() {
                return Err(vm.type_error("method name must be a string"));
            }
            Ok(Ref::new_native(
                class,
                Caller {
                    name: rt().intern_ref(name),
                    args: args.all[1..].to_vec(),
                    kw: args.names.to_vec(),
                },
            ))
        }));
        s.repr.set(Some(|vm, r| {
            let Some(c) = r.native::<Caller>() else {
                return Ok(Ref::none());
            };
            let mut parts = vec![vm.repr_text(&c.name)?];
            let args = Args::new(&c.args, &c.kw);
            for x in args.pos() {
                parts.push(vm.repr_text(x)?);
            }
            for (k, v) in args.kw() {
                parts.push(format!("{}={}", vm.str_lossy(k), vm.repr_text(v)?));
            }
            let name = vm.full_class_name(r.class());
            Ok(new_str(&format!("{name}({})", parts.join(", "))))
        }));
        s.call.set(Some(|vm, r, args| {
            let x = one_argument(vm, r, args)?;
            let Some(c) = r.native::<Caller>() else {
                return Ok(Ref::none());
            };
            let m = vm.getattr(&x, &c.name)?;
            vm.call_args(&m, Args::new(&c.args, &c.kw))
        }));
    },
    ..TypeSpec::DEFAULT
};

methods! { CALLER_METHODS;
    "__reduce__(self, /)" => |vm, a| {
        let Some(c) = a[0].native::<Caller>() else { return Ok(Ref::none()) };
        let args = Args::new(&c.args, &c.kw);
        let mut pos = vec![c.name.clone()];
        pos.extend_from_slice(args.pos());
        if c.kw.is_empty() {
            return Ok(new_tuple(vec![class_of(&a[0]), new_tuple(pos)]));
        }
        let functools = vm.import("functools")?;
        let partial = vm.getattr_str(&functools, "partial")?;
        let mut all = vec![class_of(&a[0]), c.name.clone()];
        all.extend(args.kw().map(|(_, v)| v.clone()));
        let made = vm.call_args(&partial, Args::new(&all, &c.kw))?;
        Ok(new_tuple(vec![made, new_tuple(pos[1..].to_vec())]))
    }, "State for pickling.";
}

pub(super) fn make(vm: &mut Vm) -> R<Ref> {
    let m = new_module(
        vm,
        "_operator",
        "The operators of the language as functions.",
        FUNCTIONS,
    );
    let name = intern("_operator");
    for def in CALL {
        set(&m, def.name(), vm.new_function(def, &name));
    }
    for (name, spec) in [
        ("attrgetter", &ATTRGETTER),
        ("itemgetter", &ITEMGETTER),
        ("methodcaller", &METHODCALLER),
    ] {
        let class = vm.native_type(spec);
        set(&m, name, class);
    }
    Ok(m)
}
