//! What every object begins with, and the kinds of layout that follow.

use std::cell::Cell;

/// The first 16 bytes of every object.
///
/// `count` is the number of owned references; immortal objects start at [`IMMORTAL`] and are never freed, since
/// increments and decrements balance. `shape` tells the class and where attributes are; builtin classes have the small
/// constant numbers of their [`Kind`]. Shape 0 marks a free cell. `gc` is scratch space of the
/// cycle collector.
#[repr(C)]
pub struct Header {
    pub count: Cell<u32>,
    pub shape: Cell<u32>,
    pub gc: Cell<u32>,
    pub flags: Cell<u32>,
}

pub const IMMORTAL: u32 = 0x8000_0000;

/// Bits of `Header::flags`.
pub mod flag {
    /// `__del__` has run (PEP 442: it runs once).
    pub const FINALIZED: u32 = 1;
    /// There is an entry for it in the table of weak references.
    pub const WEAKREFS: u32 = 2;
    /// Allocated outside of the size-class pages.
    pub const LARGE: u32 = 4;
    /// An interned string.
    pub const INTERNED: u32 = 8;
    /// A string of ASCII only.
    pub const ASCII: u32 = 16;
    /// Waiting in the queue of finalisers.
    pub const QUEUED: u32 = 32;
    /// Being traversed by repr.
    pub const IN_REPR: u32 = 64;
}

macro_rules! kinds {
    ($($(#[doc = $doc:literal])* $name:ident;)*) => {
        /// The memory layout of an object. A class has the kind of its most derived builtin base.
        #[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
        #[repr(u32)]
        pub enum Kind { Free = 0, $($(#[doc = $doc])* $name,)* }
        impl Kind {
            pub const ALL: &'static [Kind] = &[Kind::Free, $(Kind::$name),*];
        }
    };
}

kinds! {
    /// No payload: instances of Python classes.
    Object;
    Int;
    Float;
    Complex;
    Str;
    Bytes;
    ByteArray;
    MemoryView;
    List;
    Tuple;
    Dict;
    DictView;
    Set;
    FrozenSet;
    Range;
    Slice;
    Type;
    Function;
    NativeFunction;
    BoundMethod;
    SlotWrapper;
    Property;
    ClassMethod;
    StaticMethod;
    GetSet;
    Member;
    Super;
    Module;
    Code;
    Frame;
    Traceback;
    Cell;
    Generator;
    Coroutine;
    AsyncGenerator;
    AsyncGenStep;
    CoroutineWrapper;
    Exception;
    ListIter;
    TupleIter;
    RangeIter;
    DictIter;
    MappingProxy;
    WeakRef;
    /// Any Rust type of a native module or of a rarer builtin type: `Box<dyn NativePayload>`.
    Native;
}
