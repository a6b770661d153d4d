//! Code objects as the compiler makes them: instructions, constants, names and the tables beside them.

use crate::ops::{Op, Role};
use num_bigint::BigInt;
use std::sync::Arc;

/// One instruction or cache word, eight bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C, align(8))]
pub struct Instr {
    pub op: Op,
    pub a: u16,
    pub b: u16,
    pub c: u16,
}

impl Instr {
    pub fn new(op: Op, a: u16, b: u16, c: u16) -> Self {
        Instr { op, a, b, c }
    }
    /// With a 32-bit operand in `b` (low half) and `c`.
    pub fn wide(op: Op, a: u16, bc: i32) -> Self {
        Instr {
            op,
            a,
            b: bc as u32 as u16,
            c: (bc as u32 >> 16) as u16,
        }
    }
    /// The 32-bit operand held in `b` and `c`.
    pub fn bc(self) -> i32 {
        (self.b as u32 | (self.c as u32) << 16) as i32
    }
    /// An empty cache word.
    pub const CACHE: Instr = Instr {
        op: Op::Nop,
        a: 0,
        b: 0,
        c: 0,
    };
}

/// A constant.
#[derive(Clone, Debug)]
pub enum Const {
    None,
    True,
    False,
    Ellipsis,
    Int(i64),
    BigInt(BigInt),
    Float(f64),
    Complex(f64, f64),
    /// WTF-8.
    Str(Box<[u8]>),
    Bytes(Box<[u8]>),
    Tuple(Box<[Const]>),
    FrozenSet(Box<[Const]>),
    /// `slice(a, b, c)` of constants.
    Slice(Box<[Const; 3]>),
    Code(Arc<Code>),
}

/// While an instruction with index in `start..end` runs, an exception goes to `handler`, its value into register `exc`,
/// after every temporary from register `depth` upwards (`exc` among them) has been dropped.
/// Of nested ranges the innermost comes first; the first that contains the index wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExceptionEntry {
    pub start: u32,
    pub end: u32,
    pub handler: u32,
    pub exc: u16,
    pub depth: u16,
}

/// Where in the source an instruction comes from: lines from 1, columns in UTF-8 bytes from 0 (PEP 657).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Position {
    pub line: u32,
    pub end_line: u32,
    pub col: u32,
    pub end_col: u32,
}

/// Flags of a code object; the public ones have CPython's values (`inspect.CO_*`).
pub mod flags {
    pub const OPTIMIZED: u32 = 1;
    pub const NEWLOCALS: u32 = 2;
    pub const VARARGS: u32 = 4;
    pub const VARKEYWORDS: u32 = 8;
    pub const NESTED: u32 = 16;
    pub const GENERATOR: u32 = 32;
    pub const COROUTINE: u32 = 128;
    pub const ITERABLE_COROUTINE: u32 = 256;
    pub const ASYNC_GENERATOR: u32 = 512;
    pub const FUTURE_ANNOTATIONS: u32 = 0x100_0000;
    /// The docstring is the first constant.
    pub const HAS_DOCSTRING: u32 = 0x400_0000;
    /// Defined in a class body.
    pub const METHOD: u32 = 0x800_0000;
    /// Taipan's own: `R[0]` is the namespace mapping (module, class body, `exec`).
    pub const NAMESPACE: u32 = 0x1000_0000;
}

/// A compiled block: module, function, class body, lambda, comprehension or annotation scope.
#[derive(Clone, Debug, Default)]
pub struct Code {
    pub name: Box<str>,
    pub qualname: Box<str>,
    pub filename: Box<str>,
    pub first_line: u32,
    pub flags: u32,
    /// Positional parameters, positional-only ones included.
    pub argcount: u16,
    pub posonlyargcount: u16,
    pub kwonlyargcount: u16,
    /// Registers that are locals: parameters (positional, keyword-only, `*args`, `**kwargs`, in this order), then the other variables.
    pub nlocals: u16,
    /// All registers, call windows and their arguments included.
    pub nregs: u16,
    /// Names of the locals by register, for messages and `locals()`; variables of inlined comprehensions have their plain names.
    pub varnames: Vec<Box<str>>,
    /// Registers of those locals that hold cells.
    pub cellvars: Vec<u16>,
    pub freevars: Vec<Box<str>>,
    pub names: Vec<Box<str>>,
    pub consts: Vec<Const>,
    pub instrs: Vec<Instr>,
    pub exceptions: Vec<ExceptionEntry>,
    /// Runs of (number of instruction words, position).
    pub positions: Vec<(u32, Position)>,
}

impl Code {
    /// Position of the instruction with this index.
    pub fn position(&self, index: u32) -> Option<Position> {
        let mut at = 0;
        for &(n, position) in &self.positions {
            at += n;
            if index < at {
                return (position.line != 0).then_some(position);
            }
        }
        None
    }

    /// Instructions in order with their index, cache words skipped.
    pub fn iter(&self) -> impl Iterator<Item = (u32, Instr)> + '_ {
        let mut at = 0usize;
        std::iter::from_fn(move || {
            let instr = *self.instrs.get(at)?;
            let here = at as u32;
            at += 1 + instr.op.info().cache_words as usize;
            Some((here, instr))
        })
    }

    /// Index that a jump at `index` leads to.
    pub fn jump_target(&self, index: u32, instr: Instr) -> Option<u32> {
        let info = instr.op.info();
        let next = index as i64 + 1 + info.cache_words as i64;
        if info.roles[1] == Role::J {
            Some((next + instr.bc() as i64) as u32)
        } else if info.roles[2] == Role::j {
            Some((next + instr.c as i16 as i64) as u32)
        } else {
            None
        }
    }
}
