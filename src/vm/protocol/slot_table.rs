//! Which dunder method belongs to which slot: THE table of special methods.
//!
//! Each row gives a dunder name, how Python code calls the slot through it (`int.__add__(1, 2)`), and the function that
//! stands in a Python class's slot and calls the Python method. [`fix_slots`] fills a class's slots from what its
//! MRO says, as the reference's `update_slots` does: a native implementation is copied, so that
//! a subclass that overrides nothing pays nothing.

use crate::native::{Args, SlotDef};
use crate::value::slots::*;
use crate::value::*;
use crate::vm::new_int;
use crate::{R, Vm};

/// Calls the special method `name` of the class of `this`, which must exist (the slot says so).
fn call(vm: &mut Vm, this: &Ref, name: &'static str, args: &[&Ref]) -> R<Ref> {
    let name = intern_static(name);
    match vm.call_special(this, &name, args)? {
        Some(r) => Ok(r),
        // Another dunder of the same slot was defined, not this one.
        None => {
            let class = rt().types.attribute_error.clone();
            Err(vm.raise_new(&class, vec![name]))
        }
    }
}

macro_rules! present {
    ($f:ident) => {
        |s| s.$f.get().is_some()
    };
}
macro_rules! copy {
    ($f:ident) => {
        |to, from| to.$f.set(from.$f.get())
    };
}
macro_rules! remove {
    ($f:ident) => {
        |s| s.$f.set(None)
    };
}
macro_rules! row {
    ($group:expr, $name:literal, $sig:literal, $min:literal, $max:literal, $doc:literal, $f:ident, $call:expr, $py:expr) => {
        SlotDef {
            name: $name,
            signature: $sig,
            doc: $doc,
            min: $min,
            max: $max,
            present: present!($f),
            copy: copy!($f),
            install: |s| s.$f.set(Some($py)),
            remove: remove!($f),
            call: $call,
            group: $group,
        }
    };
}
macro_rules! unary {
    ($group:expr, $name:literal, $doc:literal, $f:ident) => {
        row!(
            $group,
            $name,
            "($self, /)",
            0,
            0,
            $doc,
            $f,
            |vm, t, a| {
                let Some(f) = t.slots.$f.get() else {
                    return Err(missing(vm, $name));
                };
                f(vm, &a.all[0])
            },
            |vm, s| call(vm, s, $name, &[])
        )
    };
}
macro_rules! binary_row {
    ($op:ident, $name:literal, $reflected:literal, $doc:literal, $rdoc:literal) => {
        [
            SlotDef {
                name: $name,
                signature: "($self, value, /)",
                doc: $doc,
                min: 1,
                max: 1,
                present: |s| s.binary[BinOp::$op as usize].get().is_some(),
                copy: |to, from| {
                    to.binary[BinOp::$op as usize].set(from.binary[BinOp::$op as usize].get())
                },
                install: |s| {
                    s.binary[BinOp::$op as usize].set(Some(|vm, a, b| {
                        python_binary(vm, a, b, BinOp::$op, $name, $reflected)
                    }));
                    s.python_binary
                        .set(s.python_binary.get() | 1 << BinOp::$op as u32);
                },
                remove: |s| s.binary[BinOp::$op as usize].set(None),
                call: |vm, t, a| {
                    let Some(f) = t.slots.binary[BinOp::$op as usize].get() else {
                        return Err(missing(vm, $name));
                    };
                    f(vm, &a.all[0], &a.all[1])
                },
                group: 100 + BinOp::$op as u16,
            },
            SlotDef {
                name: $reflected,
                signature: "($self, value, /)",
                doc: $rdoc,
                min: 1,
                max: 1,
                present: |s| s.binary[BinOp::$op as usize].get().is_some(),
                copy: |to, from| {
                    to.binary[BinOp::$op as usize].set(from.binary[BinOp::$op as usize].get())
                },
                install: |s| {
                    s.binary[BinOp::$op as usize].set(Some(|vm, a, b| {
                        python_binary(vm, a, b, BinOp::$op, $name, $reflected)
                    }));
                    s.python_binary
                        .set(s.python_binary.get() | 1 << BinOp::$op as u32);
                },
                remove: |s| s.binary[BinOp::$op as usize].set(None),
                call: |vm, t, a| {
                    let Some(f) = t.slots.binary[BinOp::$op as usize].get() else {
                        return Err(missing(vm, $reflected));
                    };
                    f(vm, &a.all[1], &a.all[0])
                },
                group: 100 + BinOp::$op as u16,
            },
        ]
    };
}
macro_rules! inplace_row {
    ($op:ident, $name:literal, $doc:literal) => {
        SlotDef {
            name: $name,
            signature: "($self, value, /)",
            doc: $doc,
            min: 1,
            max: 1,
            present: |s| s.inplace[BinOp::$op as usize].get().is_some(),
            copy: |to, from| {
                to.inplace[BinOp::$op as usize].set(from.inplace[BinOp::$op as usize].get())
            },
            install: |s| {
                s.inplace[BinOp::$op as usize].set(Some(|vm, a, b| call(vm, a, $name, &[b])))
            },
            remove: |s| s.inplace[BinOp::$op as usize].set(None),
            call: |vm, t, a| {
                let Some(f) = t.slots.inplace[BinOp::$op as usize].get() else {
                    return Err(missing(vm, $name));
                };
                f(vm, &a.all[0], &a.all[1])
            },
            group: 120 + BinOp::$op as u16,
        }
    };
}
macro_rules! compare_row {
    ($op:ident, $name:literal, $doc:literal) => {
        row!(
            1,
            $name,
            "($self, value, /)",
            1,
            1,
            $doc,
            richcmp,
            |vm, t, a| {
                let Some(f) = t.slots.richcmp.get() else {
                    return Err(missing(vm, $name));
                };
                f(vm, &a.all[0], &a.all[1], Cmp::$op)
            },
            python_richcmp
        )
    };
}

/// Names of the comparison methods by [`Cmp`].
pub const CMP_NAMES: [&str; 6] = ["__lt__", "__le__", "__eq__", "__ne__", "__gt__", "__ge__"];

static ROWS: &[SlotDef] = &[
    unary!(2, "__repr__", "What repr() shows.", repr),
    row!(
        3,
        "__hash__",
        "($self, /)",
        0,
        0,
        "What hash() gives; equal objects have equal ones.",
        hash,
        |vm, t, a| {
            let Some(f) = t.slots.hash.get() else {
                return Err(missing(vm, "__hash__"));
            };
            Ok(new_int(f(vm, &a.all[0])?))
        },
        python_hash
    ),
    row!(
        4,
        "__call__",
        "($self, /, *args, **kwargs)",
        0,
        99,
        "Calls the object like a function.",
        call,
        |vm, t, a| {
            let Some(f) = t.slots.call.get() else {
                return Err(missing(vm, "__call__"));
            };
            let this = a.all[0].clone();
            f(vm, &this, a.rest())
        },
        |vm, s, a| vm.call_special_args(s, "__call__", a)
    ),
    unary!(5, "__str__", "What str() and print() show.", str),
    row!(
        6,
        "__getattribute__",
        "($self, name, /)",
        1,
        1,
        "Looks an attribute up, as the dot does.",
        getattr,
        |vm, t, a| {
            let Some(f) = t.slots.getattr.get() else {
                return Err(missing(vm, "__getattribute__"));
            };
            f(vm, &a.all[0], &a.all[1])
        },
        python_getattr
    ),
    row!(
        6,
        "__getattr__",
        "($self, name, /)",
        1,
        1,
        "Asked for attributes that are not found otherwise.",
        getattr,
        |vm, t, a| {
            let Some(f) = t.slots.getattr.get() else {
                return Err(missing(vm, "__getattr__"));
            };
            f(vm, &a.all[0], &a.all[1])
        },
        python_getattr
    ),
    row!(
        7,
        "__setattr__",
        "($self, name, value, /)",
        2,
        2,
        "Gives an attribute a value.",
        setattr,
        |vm, t, a| {
            let Some(f) = t.slots.setattr.get() else {
                return Err(missing(vm, "__setattr__"));
            };
            f(vm, &a.all[0], &a.all[1], Some(a.all[2].clone()))?;
            Ok(Ref::none())
        },
        python_setattr
    ),
    row!(
        7,
        "__delattr__",
        "($self, name, /)",
        1,
        1,
        "Takes an attribute away.",
        setattr,
        |vm, t, a| {
            let Some(f) = t.slots.setattr.get() else {
                return Err(missing(vm, "__delattr__"));
            };
            f(vm, &a.all[0], &a.all[1], None)?;
            Ok(Ref::none())
        },
        python_setattr
    ),
    compare_row!(Lt, "__lt__", "Whether it is less: self < value."),
    compare_row!(Le, "__le__", "Whether it is less or equal: self <= value."),
    compare_row!(Eq, "__eq__", "Whether the two are equal: self == value."),
    compare_row!(Ne, "__ne__", "Whether the two differ: self != value."),
    compare_row!(Gt, "__gt__", "Whether it is greater: self > value."),
    compare_row!(
        Ge,
        "__ge__",
        "Whether it is greater or equal: self >= value."
    ),
    row!(
        8,
        "__iter__",
        "($self, /)",
        0,
        0,
        "An iterator, as iter() makes one.",
        iter,
        |vm, t, a| {
            let Some(f) = t.slots.iter.get() else {
                return Err(missing(vm, "__iter__"));
            };
            f(vm, &a.all[0])
        },
        python_iter
    ),
    row!(
        9,
        "__next__",
        "($self, /)",
        0,
        0,
        "The next item; StopIteration is raised after the last one.",
        next,
        |vm, t, a| {
            let Some(f) = t.slots.next.get() else {
                return Err(missing(vm, "__next__"));
            };
            vm.stop = Ref::none();
            match f(vm, &a.all[0])? {
                Some(r) => Ok(r),
                None => {
                    let stop = std::mem::replace(&mut vm.stop, Ref::none());
                    if stop.is_none() {
                        Err(vm.stop_iteration(Ref::none()))
                    } else {
                        Err(vm.reraise(stop))
                    }
                }
            }
        },
        python_next
    ),
    row!(
        10,
        "__get__",
        "($self, instance, owner=None, /)",
        1,
        2,
        "What the attribute is when looked up on an instance, or on the class owner itself.",
        descr_get,
        |vm, t, a| {
            let Some(f) = t.slots.descr_get.get() else {
                return Err(missing(vm, "__get__"));
            };
            let none = Ref::none();
            let owner = a.all.get(2).unwrap_or(&none);
            let obj = if a.all[1].is_none() {
                Ref::UNDEFINED
            } else {
                a.all[1].clone()
            };
            if obj.is_undefined() && owner.is_none() {
                return Err(vm.type_error("__get__(None, None) is invalid"));
            }
            let class = if owner.is_none() {
                class_of(&obj)
            } else {
                owner.clone()
            };
            f(vm, &a.all[0], &obj, &class)
        },
        |vm, s, obj, class| {
            let none = Ref::none();
            call(
                vm,
                s,
                "__get__",
                &[if obj.is_undefined() { &none } else { obj }, class],
            )
        }
    ),
    row!(
        11,
        "__set__",
        "($self, instance, value, /)",
        2,
        2,
        "Sets the attribute on an instance.",
        descr_set,
        |vm, t, a| {
            let Some(f) = t.slots.descr_set.get() else {
                return Err(missing(vm, "__set__"));
            };
            f(vm, &a.all[0], &a.all[1], Some(a.all[2].clone()))?;
            Ok(Ref::none())
        },
        python_descr_set
    ),
    row!(
        11,
        "__delete__",
        "($self, instance, /)",
        1,
        1,
        "Deletes the attribute from an instance.",
        descr_set,
        |vm, t, a| {
            let Some(f) = t.slots.descr_set.get() else {
                return Err(missing(vm, "__delete__"));
            };
            f(vm, &a.all[0], &a.all[1], None)?;
            Ok(Ref::none())
        },
        python_descr_set
    ),
    row!(
        12,
        "__init__",
        "($self, /, *args, **kwargs)",
        0,
        99,
        "Prepares a new instance. The class says which arguments it takes.",
        init,
        |vm, t, a| {
            let Some(f) = t.slots.init.get() else {
                return Err(missing(vm, "__init__"));
            };
            let this = a.all[0].clone();
            f(vm, &this, a.rest())?;
            Ok(Ref::none())
        },
        python_init
    ),
    row!(
        13,
        "__del__",
        "($self, /)",
        0,
        0,
        "Runs when the object is about to go.",
        del,
        |vm, t, a| {
            if let Some(f) = t.slots.del.get() {
                f(vm, &a.all[0])?;
            }
            Ok(Ref::none())
        },
        |vm, s| call(vm, s, "__del__", &[]).map(|_| ())
    ),
    unary!(
        14,
        "__await__",
        "An iterator that await runs to its end.",
        await_
    ),
    unary!(
        15,
        "__aiter__",
        "An asynchronous iterator, as aiter() asks for one.",
        aiter
    ),
    unary!(
        16,
        "__anext__",
        "An awaitable for the next item; it raises StopAsyncIteration after the last one.",
        anext
    ),
    unary!(17, "__neg__", "The number with the other sign: -self.", neg),
    unary!(18, "__pos__", "What the sign plus makes of it: +self.", pos),
    unary!(19, "__abs__", "The size without the sign: abs(self).", abs),
    row!(
        20,
        "__bool__",
        "($self, /)",
        0,
        0,
        "Whether the object counts as true.",
        bool,
        |vm, t, a| {
            let Some(f) = t.slots.bool.get() else {
                return Err(missing(vm, "__bool__"));
            };
            Ok(Ref::bool(f(vm, &a.all[0])?))
        },
        python_bool
    ),
    unary!(21, "__invert__", "All bits turned over: ~self.", invert),
    unary!(22, "__int__", "The number as an int.", int),
    unary!(23, "__float__", "The number as a float.", float),
    unary!(
        24,
        "__index__",
        "The number as an int, where no rounding would be needed.",
        index
    ),
    row!(
        25,
        "__len__",
        "($self, /)",
        0,
        0,
        "What len() gives.",
        len,
        |vm, t, a| {
            let Some(f) = t.slots.len.get() else {
                return Err(missing(vm, "__len__"));
            };
            Ok(crate::vm::new_usize(f(vm, &a.all[0])?))
        },
        python_len
    ),
    row!(
        26,
        "__getitem__",
        "($self, key, /)",
        1,
        1,
        "The item for a key or at an index: self[key].",
        getitem,
        |vm, t, a| {
            let Some(f) = t.slots.getitem.get() else {
                return Err(missing(vm, "__getitem__"));
            };
            f(vm, &a.all[0], &a.all[1])
        },
        |vm, s, k| call(vm, s, "__getitem__", &[k])
    ),
    row!(
        27,
        "__setitem__",
        "($self, key, value, /)",
        2,
        2,
        "Stores an item: self[key] = value.",
        setitem,
        |vm, t, a| {
            let Some(f) = t.slots.setitem.get() else {
                return Err(missing(vm, "__setitem__"));
            };
            f(vm, &a.all[0], &a.all[1], Some(a.all[2].clone()))?;
            Ok(Ref::none())
        },
        python_setitem
    ),
    row!(
        27,
        "__delitem__",
        "($self, key, /)",
        1,
        1,
        "Takes an item out: del self[key].",
        setitem,
        |vm, t, a| {
            let Some(f) = t.slots.setitem.get() else {
                return Err(missing(vm, "__delitem__"));
            };
            f(vm, &a.all[0], &a.all[1], None)?;
            Ok(Ref::none())
        },
        python_setitem
    ),
    row!(
        28,
        "__contains__",
        "($self, key, /)",
        1,
        1,
        "Whether the item is in it.",
        contains,
        |vm, t, a| {
            let Some(f) = t.slots.contains.get() else {
                return Err(missing(vm, "__contains__"));
            };
            Ok(Ref::bool(f(vm, &a.all[0], &a.all[1])?))
        },
        python_contains
    ),
];

/// Only builtin sequences fill these; in Python classes `__add__` and `__mul__` belong to the number slots.
static SEQUENCE_ROWS: &[SlotDef] = &[
    row!(
        30,
        "__add__",
        "($self, value, /)",
        1,
        1,
        "A sequence with the items of both.",
        concat,
        |vm, t, a| {
            let Some(f) = t.slots.concat.get() else {
                return Err(missing(vm, "__add__"));
            };
            f(vm, &a.all[0], &a.all[1])
        },
        |_, _, _| Ok(Ref::not_implemented())
    ),
    row!(
        31,
        "__mul__",
        "($self, value, /)",
        1,
        1,
        "A sequence that repeats the items.",
        repeat,
        sequence_repeat,
        |_, _, _| Ok(Ref::not_implemented())
    ),
    row!(
        31,
        "__rmul__",
        "($self, value, /)",
        1,
        1,
        "A sequence that repeats the items.",
        repeat,
        sequence_repeat,
        |_, _, _| Ok(Ref::not_implemented())
    ),
    row!(
        32,
        "__iadd__",
        "($self, value, /)",
        1,
        1,
        "Adds the items of the other sequence to this one.",
        iconcat,
        |vm, t, a| {
            let Some(f) = t.slots.iconcat.get() else {
                return Err(missing(vm, "__iadd__"));
            };
            f(vm, &a.all[0], &a.all[1])
        },
        |_, _, _| Ok(Ref::not_implemented())
    ),
    row!(
        33,
        "__imul__",
        "($self, value, /)",
        1,
        1,
        "Repeats the items in place.",
        irepeat,
        |vm, t, a| {
            let Some(f) = t.slots.irepeat.get() else {
                return Err(missing(vm, "__imul__"));
            };
            let n = vm.index_size(&a.all[1])?;
            f(vm, &a.all[0], n)
        },
        |_, _, _| Ok(Ref::not_implemented())
    ),
];

fn sequence_repeat(vm: &mut Vm, t: &TypeObj, a: Args) -> R<Ref> {
    let Some(f) = t.slots.repeat.get() else {
        return Err(missing(vm, "__mul__"));
    };
    let n = vm.index_size(&a.all[1])?;
    f(vm, &a.all[0], n)
}

static BINARY_ROWS: [[SlotDef; 2]; 13] = [
    binary_row!(
        Add,
        "__add__",
        "__radd__",
        "The operator + with self on the left: self + value.",
        "The operator + with self on the right: value + self."
    ),
    binary_row!(
        Sub,
        "__sub__",
        "__rsub__",
        "The operator - with self on the left: self - value.",
        "The operator - with self on the right: value - self."
    ),
    binary_row!(
        Mul,
        "__mul__",
        "__rmul__",
        "The operator * with self on the left: self * value.",
        "The operator * with self on the right: value * self."
    ),
    binary_row!(
        Mod,
        "__mod__",
        "__rmod__",
        "The operator % with self on the left: self % value.",
        "The operator % with self on the right: value % self."
    ),
    binary_row!(
        DivMod,
        "__divmod__",
        "__rdivmod__",
        "Quotient and remainder: divmod(self, value).",
        "Quotient and remainder: divmod(value, self)."
    ),
    binary_row!(
        LShift,
        "__lshift__",
        "__rlshift__",
        "The operator << with self on the left: self << value.",
        "The operator << with self on the right: value << self."
    ),
    binary_row!(
        RShift,
        "__rshift__",
        "__rrshift__",
        "The operator >> with self on the left: self >> value.",
        "The operator >> with self on the right: value >> self."
    ),
    binary_row!(
        And,
        "__and__",
        "__rand__",
        "The operator & with self on the left: self & value.",
        "The operator & with self on the right: value & self."
    ),
    binary_row!(
        Xor,
        "__xor__",
        "__rxor__",
        "The operator ^ with self on the left: self ^ value.",
        "The operator ^ with self on the right: value ^ self."
    ),
    binary_row!(
        Or,
        "__or__",
        "__ror__",
        "The operator | with self on the left: self | value.",
        "The operator | with self on the right: value | self."
    ),
    binary_row!(
        FloorDiv,
        "__floordiv__",
        "__rfloordiv__",
        "The operator // with self on the left: self // value.",
        "The operator // with self on the right: value // self."
    ),
    binary_row!(
        TrueDiv,
        "__truediv__",
        "__rtruediv__",
        "The operator / with self on the left: self / value.",
        "The operator / with self on the right: value / self."
    ),
    binary_row!(
        MatMul,
        "__matmul__",
        "__rmatmul__",
        "The operator @ with self on the left: self @ value.",
        "The operator @ with self on the right: value @ self."
    ),
];

static POW_ROWS: [SlotDef; 2] = [
    SlotDef {
        name: "__pow__",
        signature: "($self, value, mod=None, /)",
        doc: "The power self ** value, or what remains of it after division by mod.",
        min: 1,
        max: 2,
        present: |s| s.binary[BinOp::Pow as usize].get().is_some(),
        copy: |to, from| {
            to.binary[BinOp::Pow as usize].set(from.binary[BinOp::Pow as usize].get());
            to.pow3.set(from.pow3.get());
        },
        install: install_pow,
        remove: |s| {
            s.binary[BinOp::Pow as usize].set(None);
            s.pow3.set(None);
        },
        call: |vm, t, a| match (t.slots.pow3.get(), a.all.get(2)) {
            (Some(f), Some(modulus)) if !modulus.is_none() => f(vm, &a.all[0], &a.all[1], modulus),
            _ => {
                let Some(f) = t.slots.binary[BinOp::Pow as usize].get() else {
                    return Err(missing(vm, "__pow__"));
                };
                f(vm, &a.all[0], &a.all[1])
            }
        },
        group: 100 + BinOp::Pow as u16,
    },
    SlotDef {
        name: "__rpow__",
        signature: "($self, value, mod=None, /)",
        doc: "The power value ** self, or what remains of it after division by mod.",
        min: 1,
        max: 2,
        present: |s| s.binary[BinOp::Pow as usize].get().is_some(),
        copy: |to, from| {
            to.binary[BinOp::Pow as usize].set(from.binary[BinOp::Pow as usize].get());
            to.pow3.set(from.pow3.get());
        },
        install: install_pow,
        remove: |s| {
            s.binary[BinOp::Pow as usize].set(None);
            s.pow3.set(None);
        },
        call: |vm, t, a| match (t.slots.pow3.get(), a.all.get(2)) {
            (Some(f), Some(modulus)) if !modulus.is_none() => f(vm, &a.all[1], &a.all[0], modulus),
            _ => {
                let Some(f) = t.slots.binary[BinOp::Pow as usize].get() else {
                    return Err(missing(vm, "__rpow__"));
                };
                f(vm, &a.all[1], &a.all[0])
            }
        },
        group: 100 + BinOp::Pow as u16,
    },
];

fn install_pow(s: &Slots) {
    s.binary[BinOp::Pow as usize].set(Some(|vm, a, b| {
        python_binary(vm, a, b, BinOp::Pow, "__pow__", "__rpow__")
    }));
    s.python_binary
        .set(s.python_binary.get() | 1 << BinOp::Pow as u32);
    s.pow3.set(Some(|vm, a, b, m| {
        // Three operands: PEP 3141 leaves `__rpow__` out only when the left operand can't; 3.14 tries it as well.
        let own = intern_static("__pow__");
        if let Some(r) = vm.call_special(a, &own, &[b, m])?
            && !r.is_not_implemented()
        {
            return Ok(r);
        }
        if !std::ptr::eq(a.class(), b.class()) {
            let reflected = intern_static("__rpow__");
            if let Some(r) = vm.call_special(b, &reflected, &[a, m])? {
                return Ok(r);
            }
        }
        Ok(Ref::not_implemented())
    }));
}

static INPLACE_ROWS: [SlotDef; 13] = [
    inplace_row!(
        Add,
        "__iadd__",
        "The operator += with self on the left: self += value."
    ),
    inplace_row!(
        Sub,
        "__isub__",
        "The operator -= with self on the left: self -= value."
    ),
    inplace_row!(
        Mul,
        "__imul__",
        "The operator *= with self on the left: self *= value."
    ),
    inplace_row!(
        Mod,
        "__imod__",
        "The operator %= with self on the left: self %= value."
    ),
    inplace_row!(
        Pow,
        "__ipow__",
        "The operator **= with self on the left: self **= value."
    ),
    inplace_row!(
        LShift,
        "__ilshift__",
        "The operator <<= with self on the left: self <<= value."
    ),
    inplace_row!(
        RShift,
        "__irshift__",
        "The operator >>= with self on the left: self >>= value."
    ),
    inplace_row!(
        And,
        "__iand__",
        "The operator &= with self on the left: self &= value."
    ),
    inplace_row!(
        Xor,
        "__ixor__",
        "The operator ^= with self on the left: self ^= value."
    ),
    inplace_row!(
        Or,
        "__ior__",
        "The operator |= with self on the left: self |= value."
    ),
    inplace_row!(
        FloorDiv,
        "__ifloordiv__",
        "The operator //= with self on the left: self //= value."
    ),
    inplace_row!(
        TrueDiv,
        "__itruediv__",
        "The operator /= with self on the left: self /= value."
    ),
    inplace_row!(
        MatMul,
        "__imatmul__",
        "The operator @= with self on the left: self @= value."
    ),
];

/// Rows that Python classes can fill, in the reference's order of slots.
pub fn rows() -> impl Iterator<Item = &'static SlotDef> {
    ROWS.iter()
        .chain(BINARY_ROWS.iter().flatten())
        .chain(&POW_ROWS)
        .chain(&INPLACE_ROWS)
}
/// Rows that a builtin class may show as its special methods.
pub fn builtin_rows() -> impl Iterator<Item = &'static SlotDef> {
    rows().chain(SEQUENCE_ROWS)
}

fn missing(vm: &mut Vm, name: &str) -> crate::Raised {
    vm.type_error(&format!("no {name} slot"))
}

/// `a op b` where at least one class has Python methods for it (the reference's `slot_nb_*`).
fn python_binary(
    vm: &mut Vm,
    a: &Ref,
    b: &Ref,
    op: BinOp,
    name: &'static str,
    reflected: &'static str,
) -> R<Ref> {
    let (ta, tb) = (a.class(), b.class());
    let bit = 1 << op as u32;
    let same = std::ptr::eq(ta, tb);
    let mut do_other = !same
        && tb.slots.python_binary.get() & bit != 0
        && tb.slots.binary[op as usize].get().is_some();
    if ta.slots.python_binary.get() & bit != 0 && ta.slots.binary[op as usize].get().is_some() {
        let rname = intern_static(reflected);
        if do_other && tb.is_subtype(&type_ref(ta)) {
            // A subclass that overrides the reflected method goes first.
            let (mine, theirs) = (vm.lookup(ta, &rname), vm.lookup(tb, &rname));
            if let Some(t) = theirs
                && mine.is_none_or(|m| !m.is(&t))
            {
                if let Some(r) = vm.call_special(b, &rname, &[a])?
                    && !r.is_not_implemented()
                {
                    return Ok(r);
                }
                do_other = false;
            }
        }
        if let Some(r) = vm.call_special(a, &intern_static(name), &[b])?
            && (!r.is_not_implemented() || same)
        {
            return Ok(r);
        }
    }
    if do_other && let Some(r) = vm.call_special(b, &intern_static(reflected), &[a])? {
        return Ok(r);
    }
    Ok(Ref::not_implemented())
}

fn python_richcmp(vm: &mut Vm, a: &Ref, b: &Ref, op: Cmp) -> R<Ref> {
    Ok(vm
        .call_special(a, &intern_static(CMP_NAMES[op as usize]), &[b])?
        .unwrap_or_else(Ref::not_implemented))
}

fn python_hash(vm: &mut Vm, s: &Ref) -> R<i64> {
    let name = intern_static("__hash__");
    let found = vm.lookup(s.class(), &name);
    if found.is_none_or(|f| f.is_none()) {
        return Err(unhashable(vm, s));
    }
    let r = call(vm, s, "__hash__", &[])?;
    if !r.is_int() {
        return Err(vm.type_error("__hash__ method should return an integer"));
    }
    let h = match r.as_i64() {
        Some(i) => i,
        None => taipan_text::hash::hash_int(&r.as_bigint().unwrap_or_default()),
    };
    Ok(if h == -1 { -2 } else { h })
}

/// The slot of a class whose `__hash__` is None.
pub fn no_hash(vm: &mut Vm, s: &Ref) -> R<i64> {
    Err(unhashable(vm, s))
}
fn unhashable(vm: &mut Vm, s: &Ref) -> crate::Raised {
    let text = format!("unhashable type: '{}'", vm.type_name(s));
    vm.type_error(&text)
}

fn python_getattr(vm: &mut Vm, s: &Ref, name: &Ref) -> R<Ref> {
    let own = intern_static("__getattribute__");
    let t = s.class();
    let r = match vm.lookup(t, &own) {
        // The common case: only `__getattr__` is Python's.
        Some(f)
            if f.cast::<SlotWrapperObj>()
                .is_some_and(|w| w.owner.is(&rt().types.object)) =>
        {
            let found = vm.generic_getattr_opt(s, name);
            let attribute_error = rt().types.attribute_error.clone();
            let found = vm.catch(found, &attribute_error)?.flatten();
            return match found {
                Some(r) => Ok(r),
                None => match vm.call_special(s, &intern_static("__getattr__"), &[name])? {
                    Some(r) => Ok(r),
                    None => Err(vm.attribute_error(s, name)),
                },
            };
        }
        Some(f) => vm.call_found(s, &f, &[name]),
        None => Err(vm.attribute_error(s, name)),
    };
    match r {
        Ok(r) => Ok(r),
        Err(e) => {
            if vm.exc_is(&rt().types.attribute_error.clone())
                && vm.lookup(t, &intern_static("__getattr__")).is_some()
            {
                let first = vm.take_exc();
                drop(first);
                call(vm, s, "__getattr__", &[name])
            } else {
                Err(e)
            }
        }
    }
}

fn python_setattr(vm: &mut Vm, s: &Ref, name: &Ref, value: Option<Ref>) -> R<()> {
    match value {
        Some(v) => call(vm, s, "__setattr__", &[name, &v]).map(|_| ()),
        None => call(vm, s, "__delattr__", &[name]).map(|_| ()),
    }
}

fn python_descr_set(vm: &mut Vm, s: &Ref, obj: &Ref, value: Option<Ref>) -> R<()> {
    match value {
        Some(v) => call(vm, s, "__set__", &[obj, &v]).map(|_| ()),
        None => call(vm, s, "__delete__", &[obj]).map(|_| ()),
    }
}

fn python_setitem(vm: &mut Vm, s: &Ref, key: &Ref, value: Option<Ref>) -> R<()> {
    let (name, r) = match &value {
        Some(v) => (
            "assignment",
            vm.call_special(s, &intern_static("__setitem__"), &[key, v])?,
        ),
        None => (
            "deletion",
            vm.call_special(s, &intern_static("__delitem__"), &[key])?,
        ),
    };
    match r {
        Some(_) => Ok(()),
        None => {
            let text = format!("'{}' object does not support item {name}", vm.type_name(s));
            Err(vm.type_error(&text))
        }
    }
}

fn python_iter(vm: &mut Vm, s: &Ref) -> R<Ref> {
    let name = intern_static("__iter__");
    if vm.lookup(s.class(), &name).is_some_and(|f| f.is_none()) {
        let text = format!("'{}' object is not iterable", vm.type_name(s));
        return Err(vm.type_error(&text));
    }
    call(vm, s, "__iter__", &[])
}

fn python_next(vm: &mut Vm, s: &Ref) -> R<Option<Ref>> {
    match call(vm, s, "__next__", &[]) {
        Ok(v) => Ok(Some(v)),
        Err(e) => {
            if vm.exc_is(&rt().types.stop_iteration) {
                let exc = vm.take_exc();
                vm.stop = exc;
                return Ok(None);
            }
            Err(e)
        }
    }
}

fn python_init(vm: &mut Vm, s: &Ref, a: Args) -> R<()> {
    let r = vm.call_special_args(s, "__init__", a)?;
    if !r.is_none() {
        let text = format!("__init__() should return None, not '{}'", vm.type_name(&r));
        return Err(vm.type_error(&text));
    }
    Ok(())
}

fn python_bool(vm: &mut Vm, s: &Ref) -> R<bool> {
    if vm
        .lookup(s.class(), &intern_static("__bool__"))
        .is_some_and(|f| f.is_none())
    {
        let text = format!("'{}' cannot be interpreted as a boolean", vm.type_name(s));
        return Err(vm.type_error(&text));
    }
    let r = call(vm, s, "__bool__", &[])?;
    if !r.is_bool() {
        let text = format!("__bool__ should return bool, returned {}", vm.type_name(&r));
        return Err(vm.type_error(&text));
    }
    Ok(r.is_true())
}

fn python_len(vm: &mut Vm, s: &Ref) -> R<usize> {
    let r = call(vm, s, "__len__", &[])?;
    let i = vm.index(&r)?;
    let big = i.as_bigint().unwrap_or_default();
    if big.sign() == num_bigint::Sign::Minus {
        return Err(vm.value_error("__len__() should return >= 0"));
    }
    match i.as_i64() {
        Some(n) => Ok(n as usize),
        None => Err(vm.overflow_error("cannot fit 'int' into an index-sized integer")),
    }
}

fn python_contains(vm: &mut Vm, s: &Ref, key: &Ref) -> R<bool> {
    let name = intern_static("__contains__");
    match vm.lookup(s.class(), &name) {
        Some(f) if f.is_none() => {
            let text = format!("'{}' object is not a container", vm.type_name(s));
            Err(vm.type_error(&text))
        }
        Some(f) => {
            let r = vm.call_found(s, &f, &[key])?;
            vm.truthy(&r)
        }
        None => vm.contains_by_iteration(s, key),
    }
}

/// Fills a Python class's slots from its MRO; call it when the class is made and when a dunder attribute changes.
pub fn fix_slots(vm: &mut Vm, t: &TypeObj) {
    let all: Vec<&'static SlotDef> = rows().collect();
    let mut i = 0;
    t.slots.python_binary.set(0);
    // Sequence slots and `new` are inherited from the base with the layout.
    let base = t.base.cloned();
    if let Some(b) = base.cast::<TypeObj>() {
        for row in SEQUENCE_ROWS {
            (row.copy)(&t.slots, &b.slots);
        }
    }
    while i < all.len() {
        let group = all[i].group;
        let n = all[i..].iter().take_while(|d| d.group == group).count();
        let rows = &all[i..i + n];
        i += n;
        fix_group(vm, t, rows);
    }
    let new = vm.lookup(t, &intern_static("__new__"));
    match new {
        Some(f) if f.cast::<NativeFunctionObj>().is_some() => {
            // A builtin `__new__`: that of the nearest builtin base.
            let owner = f
                .cast::<NativeFunctionObj>()
                .map(|f| f.owner.clone())
                .unwrap_or_default();
            if let Some(o) = owner.cast::<TypeObj>() {
                t.slots.new.set(o.slots.new.get());
            }
        }
        Some(_) => t.slots.new.set(Some(python_new)),
        None => {}
    }
}

fn python_new(vm: &mut Vm, class: &Ref, a: Args) -> R<Ref> {
    let name = intern_static("__new__");
    let f = vm.getattr(class, &name)?;
    let mut all = Vec::with_capacity(a.all.len() + 1);
    all.push(class.clone());
    all.extend_from_slice(a.all);
    vm.call_args(&f, Args::new(&all, a.names))
}

fn fix_group(vm: &mut Vm, t: &TypeObj, rows: &[&'static SlotDef]) {
    let mut owner: Option<Ref> = None;
    let mut python = false;
    let mut any = false;
    for row in rows {
        let Some(found) = vm.lookup(t, &intern(row.name)) else {
            continue;
        };
        any = true;
        match found.cast::<SlotWrapperObj>() {
            Some(w) if w.def.name == row.name && w.this.is_undefined() => match &owner {
                None => owner = Some(w.owner.clone()),
                Some(o) if o.is(&w.owner) => {}
                // From two builtin classes: only the method lookup can tell.
                Some(_) => python = true,
            },
            _ => {
                python = true;
                if row.name == "__hash__" && found.is_none() {
                    t.slots.hash.set(Some(no_hash));
                    return;
                }
            }
        }
    }
    let row = rows[0];
    if !any {
        (row.remove)(&t.slots);
    } else if python {
        (row.install)(&t.slots);
    } else if let Some(o) = owner.as_ref().and_then(|o| o.cast::<TypeObj>()) {
        // A wrapper of a sequence slot under the same name (`list.__add__`) leaves the number slot empty.
        if (row.present)(&o.slots) {
            (row.copy)(&t.slots, &o.slots);
        } else {
            (row.remove)(&t.slots);
        }
    }
}
