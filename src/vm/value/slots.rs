//! The special methods of a class as function pointers, one a slot.
//!
//! A builtin class fills them with Rust functions; a Python class gets functions that call its Python methods
//! (`protocol/slot_table.rs` says which dunder name belongs to which slot). Empty means that the class has no such method.

use super::refs::Ref;
use crate::native::Args;
use crate::{R, Vm};
use std::cell::Cell;

pub type Unary = fn(&mut Vm, &Ref) -> R<Ref>;
pub type Binary = fn(&mut Vm, &Ref, &Ref) -> R<Ref>;
pub type Ternary = fn(&mut Vm, &Ref, &Ref, &Ref) -> R<Ref>;
pub type Inquiry = fn(&mut Vm, &Ref) -> R<bool>;
pub type LenFn = fn(&mut Vm, &Ref) -> R<usize>;
pub type HashFn = fn(&mut Vm, &Ref) -> R<i64>;
/// The next item, or `None` at the end.
pub type NextFn = fn(&mut Vm, &Ref) -> R<Option<Ref>>;
pub type RichCmp = fn(&mut Vm, &Ref, &Ref, Cmp) -> R<Ref>;
/// `setattr` and `setitem`: a value of `None` deletes.
pub type Assign = fn(&mut Vm, &Ref, &Ref, Option<Ref>) -> R<()>;
pub type Contains = fn(&mut Vm, &Ref, &Ref) -> R<bool>;
pub type Repeat = fn(&mut Vm, &Ref, isize) -> R<Ref>;
pub type CallFn = fn(&mut Vm, &Ref, Args) -> R<Ref>;
pub type InitFn = fn(&mut Vm, &Ref, Args) -> R<()>;
/// `__get__(descriptor, instance or undefined, owner class)`.
pub type DescrGet = fn(&mut Vm, &Ref, &Ref, &Ref) -> R<Ref>;
pub type DelFn = fn(&mut Vm, &Ref) -> R<()>;
/// Drives an iterator one step with the value sent to it.
pub type SendFn = fn(&mut Vm, &Ref, Ref) -> R<crate::interp::coro::Step>;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Cmp {
    Lt,
    Le,
    Eq,
    Ne,
    Gt,
    Ge,
}

impl Cmp {
    pub const ALL: [Cmp; 6] = [Cmp::Lt, Cmp::Le, Cmp::Eq, Cmp::Ne, Cmp::Gt, Cmp::Ge];
    /// The comparison with the operands exchanged.
    pub fn swapped(self) -> Cmp {
        match self {
            Cmp::Lt => Cmp::Gt,
            Cmp::Le => Cmp::Ge,
            Cmp::Eq => Cmp::Eq,
            Cmp::Ne => Cmp::Ne,
            Cmp::Gt => Cmp::Lt,
            Cmp::Ge => Cmp::Le,
        }
    }
    pub fn symbol(self) -> &'static str {
        ["<", "<=", "==", "!=", ">", ">="][self as usize]
    }
    /// Whether an ordering satisfies the comparison.
    #[inline(always)]
    pub fn holds(self, o: std::cmp::Ordering) -> bool {
        use std::cmp::Ordering::*;
        match self {
            Cmp::Lt => o == Less,
            Cmp::Le => o != Greater,
            Cmp::Eq => o == Equal,
            Cmp::Ne => o != Equal,
            Cmp::Gt => o == Greater,
            Cmp::Ge => o != Less,
        }
    }
}

/// Binary operators, in the order of the arrays in [`Slots`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum BinOp {
    Add,
    Sub,
    Mul,
    TrueDiv,
    FloorDiv,
    Mod,
    Pow,
    MatMul,
    LShift,
    RShift,
    And,
    Or,
    Xor,
    DivMod,
}

impl BinOp {
    pub const ALL: [BinOp; 14] = [
        BinOp::Add,
        BinOp::Sub,
        BinOp::Mul,
        BinOp::TrueDiv,
        BinOp::FloorDiv,
        BinOp::Mod,
        BinOp::Pow,
        BinOp::MatMul,
        BinOp::LShift,
        BinOp::RShift,
        BinOp::And,
        BinOp::Or,
        BinOp::Xor,
        BinOp::DivMod,
    ];
    pub fn symbol(self) -> &'static str {
        [
            "+",
            "-",
            "*",
            "/",
            "//",
            "%",
            "** or pow()",
            "@",
            "<<",
            ">>",
            "&",
            "|",
            "^",
            "divmod()",
        ][self as usize]
    }
    pub fn inplace_symbol(self) -> &'static str {
        [
            "+=", "-=", "*=", "/=", "//=", "%=", "**=", "@=", "<<=", ">>=", "&=", "|=", "^=",
            "divmod()",
        ][self as usize]
    }
}

macro_rules! slots {
    ($($(#[doc = $doc:literal])* $name:ident: $t:ty;)*) => {
        #[derive(Default)]
        pub struct Slots {
            $($(#[doc = $doc])* pub $name: Cell<Option<$t>>,)*
            /// `a op b`; the class may be that of either operand. Pow is here with two operands.
            pub binary: [Cell<Option<Binary>>; 14],
            pub inplace: [Cell<Option<Binary>>; 14],
            /// Bit n: the binary slot n calls Python methods.
            pub python_binary: Cell<u32>,
        }
        impl Slots {
            /// Takes over every slot that is empty here from a base.
            pub fn inherit(&self, base: &Slots) {
                $(if self.$name.get().is_none() { self.$name.set(base.$name.get()); })*
                for i in 0..14 {
                    if self.binary[i].get().is_none() {
                        self.binary[i].set(base.binary[i].get());
                    }
                    if self.inplace[i].get().is_none() {
                        self.inplace[i].set(base.inplace[i].get());
                    }
                }
            }
        }
    };
}

slots! {
    repr: Unary;
    str: Unary;
    hash: HashFn;
    call: CallFn;
    iter: Unary;
    next: NextFn;
    getattr: Binary;
    setattr: Assign;
    richcmp: RichCmp;
    len: LenFn;
    getitem: Binary;
    setitem: Assign;
    contains: Contains;
    bool: Inquiry;
    index: Unary;
    int: Unary;
    float: Unary;
    neg: Unary;
    pos: Unary;
    abs: Unary;
    invert: Unary;
    /// Three-operand `pow`.
    pow3: Ternary;
    /// Sequence `+`, tried after the number slots.
    concat: Binary;
    repeat: Repeat;
    iconcat: Binary;
    irepeat: Repeat;
    descr_get: DescrGet;
    /// `__set__`, and with no value `__delete__`.
    descr_set: Assign;
    init: InitFn;
    new: CallFn;
    await_: Unary;
    aiter: Unary;
    anext: Unary;
    del: DelFn;
    /// One step of `await` and `yield from`; only builtin classes have it, beside `next`.
    send: SendFn;
}
