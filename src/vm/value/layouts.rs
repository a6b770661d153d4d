//! The payloads of the builtin layouts: plain structs, one a kind, without behaviour.
//!
//! Fields that Python code can change are [`Guarded`] (or `Cell` when they are numbers); the rest never changes.

use super::dict::Dict;
use super::guarded::Guarded;
use super::header::Kind;
use super::object::{Obj, Payload, Trace, Tracer, alloc_shaped, init_attrs};
use super::refs::Ref;
use super::runtime::rt;
use super::set::SetTable;
use super::shape::Shape;
use super::slots::Slots;
use super::word::Value;
use crate::native::{GetSetDef, NativeDef, SlotDef};
use crate::trace;
use num_bigint::BigInt;
use std::cell::{Cell, RefCell};
use std::sync::Arc;
use taipan_bytecode::{Code, Instr};

macro_rules! payload {
    ($t:ident, $kind:ident) => {
        // SAFETY: objects of this kind are only made with this payload.
        unsafe impl Payload for $t {
            const KIND: Kind = Kind::$kind;
        }
    };
    ($t:ident, $kind:ident, leaf) => {
        // SAFETY: as above.
        unsafe impl Payload for $t {
            const KIND: Kind = Kind::$kind;
            const CONTAINER: bool = false;
        }
    };
    ($t:ident, $kind:ident, clear $($f:ident)*) => {
        // SAFETY: as above.
        unsafe impl Payload for $t {
            const KIND: Kind = Kind::$kind;
            fn clear(&self) { $(drop(self.$f.replace(Default::default()));)* }
        }
    };
}

// Numbers.

/// An int that doesn't fit a word, or an instance of a subclass of int.
pub struct IntObj(pub BigInt);
trace!(IntObj);
payload!(IntObj, Int, leaf);

/// A float that doesn't fit a word, or an instance of a subclass.
pub struct FloatObj(pub f64);
trace!(FloatObj);
payload!(FloatObj, Float, leaf);

pub struct ComplexObj {
    pub re: f64,
    pub im: f64,
}
trace!(ComplexObj);
payload!(ComplexObj, Complex, leaf);

// Text and bytes.

/// A zero byte behind the contents of str and bytes objects: the engine of regular expressions looks one byte past the end
/// of what it searches, and must find memory that is ours.
const PAD: usize = 1;

/// A str: WTF-8 bytes behind the payload. `nchars` counts code points; `index` has the byte offset of every 64th code point, made
/// when a string that is not ASCII is first indexed.
#[repr(C)]
pub struct StrObj {
    hash: Cell<u64>,
    nbytes: usize,
    nchars: usize,
    index: Guarded<Option<Box<[u32]>>>,
}
trace!(StrObj);
// SAFETY: objects of this kind are only made by `StrObj::make_of`, with `nbytes` bytes behind the payload.
unsafe impl Payload for StrObj {
    const KIND: Kind = Kind::Str;
    const CONTAINER: bool = false;
    fn trailing(&self) -> usize {
        self.nbytes + PAD
    }
}

/// A fast hash of bytes, never 0 (which means "not computed yet").
pub fn hash_bytes(bytes: &[u8]) -> u64 {
    const K: u64 = 0x9E37_79B9_7F4A_7C15;
    fn fold(a: u64, b: u64) -> u64 {
        let m = a as u128 * b as u128;
        m as u64 ^ (m >> 64) as u64
    }
    let mut h = K ^ bytes.len() as u64;
    let (chunks, rest) = bytes.as_chunks::<8>();
    for c in chunks {
        h = fold(h ^ u64::from_le_bytes(*c), K);
    }
    let mut last = [0u8; 8];
    last[..rest.len()].copy_from_slice(rest);
    h = fold(h ^ u64::from_le_bytes(last), 0xD6E8_FEB8_6659_FD93);
    h = fold(h, K | 1);
    // Python hashes are signed and -1 is not one of them.
    if bytes.is_empty() {
        0
    } else if h == 0 || h == u64::MAX {
        0x5bd1_e995
    } else {
        h
    }
}

impl StrObj {
    /// Whether the str at `h` has nothing to drop.
    ///
    /// # Safety
    /// `h` is an exact str.
    #[inline(always)]
    pub(crate) unsafe fn is_plain(h: *mut super::header::Header) -> bool {
        // SAFETY: by the contract.
        unsafe {
            (*(h as *mut Obj<StrObj>))
                .payload
                .index
                .with_raw(|i| i.is_none())
        }
    }
    /// A new str from WTF-8.
    pub fn make(bytes: &[u8]) -> Ref {
        StrObj::make_shaped(rt().shape(Kind::Str as u32), bytes)
    }
    /// An instance of `class`, which is str or derived from it.
    pub fn make_of(class: &Ref, bytes: &[u8]) -> Ref {
        match class.cast::<TypeObj>() {
            Some(t) => StrObj::make_shaped(t.instance_shape(), bytes),
            None => StrObj::make(bytes),
        }
    }
    #[inline]
    fn make_shaped(shape: &'static Shape, bytes: &[u8]) -> Ref {
        let ascii = bytes.is_ascii();
        let nchars = if ascii {
            bytes.len()
        } else {
            taipan_text::wtf8::count(bytes)
        };
        // SAFETY: header, payload and bytes are all written before the object is seen.
        unsafe {
            let h = alloc_shaped(shape, size_of::<Obj<StrObj>>(), bytes.len() + PAD);
            let o = h as *mut Obj<StrObj>;
            std::ptr::write(
                &mut (*o).payload,
                StrObj {
                    hash: Cell::new(0),
                    nbytes: bytes.len(),
                    nchars,
                    index: Guarded::new(None),
                },
            );
            std::ptr::copy_nonoverlapping(
                bytes.as_ptr(),
                (o as *mut u8).add(size_of::<Obj<StrObj>>()),
                bytes.len(),
            );
            *(o as *mut u8).add(size_of::<Obj<StrObj>>() + bytes.len()) = 0;
            if ascii {
                (*h).flags
                    .set((*h).flags.get() | super::header::flag::ASCII);
            }
            init_attrs(h, shape);
            Ref(Value::from_header(h))
        }
    }
    /// A new exact str that is `a` followed by `b`.
    pub fn concat(a: &StrObj, b: &StrObj) -> Ref {
        // SAFETY: as in `make_shaped`.
        unsafe {
            let shape = rt().shape(Kind::Str as u32);
            let h = alloc_shaped(shape, size_of::<Obj<StrObj>>(), a.nbytes + b.nbytes + PAD);
            let o = h as *mut Obj<StrObj>;
            std::ptr::write(
                &mut (*o).payload,
                StrObj {
                    hash: Cell::new(0),
                    nbytes: a.nbytes + b.nbytes,
                    nchars: a.nchars + b.nchars,
                    index: Guarded::new(None),
                },
            );
            let p = (o as *mut u8).add(size_of::<Obj<StrObj>>());
            std::ptr::copy_nonoverlapping(a.bytes().as_ptr(), p, a.nbytes);
            std::ptr::copy_nonoverlapping(b.bytes().as_ptr(), p.add(a.nbytes), b.nbytes);
            *p.add(a.nbytes + b.nbytes) = 0;
            if a.is_ascii() && b.is_ascii() {
                (*h).flags
                    .set((*h).flags.get() | super::header::flag::ASCII);
            }
            Ref(Value::from_header(h))
        }
    }
    /// `a` followed by `b`. If nobody else holds `a`, it grows where it is, and new memory has room for more of
    /// the same, so that building a text piece by piece takes linear time.
    pub fn append(a: Ref, b: &StrObj) -> Ref {
        let h = a.0.header();
        let Some(s) = a.exact::<StrObj>() else {
            return a;
        };
        let fixed = size_of::<Obj<StrObj>>();
        let total = fixed + s.nbytes + b.nbytes + PAD;
        // SAFETY: `a` is the only reference to its object, so nothing else reads it while it changes; `b` is another object.
        unsafe {
            if (*h).count.get() != 1 || (*h).flags.get() & super::header::flag::INTERNED != 0 {
                return StrObj::concat(s, b);
            }
            let (nbytes, nchars) = (s.nbytes, s.nchars + b.nchars);
            let o = if total <= rt().heap.capacity(h) {
                (*(h as *mut Obj<StrObj>)).payload.index.set(None);
                h as *mut Obj<StrObj>
            } else {
                let new = alloc_shaped(rt().shape(Kind::Str as u32), total + total / 4, 0);
                let o = new as *mut Obj<StrObj>;
                std::ptr::copy_nonoverlapping(
                    s.bytes().as_ptr(),
                    (o as *mut u8).add(fixed),
                    nbytes,
                );
                std::ptr::write(&mut (*o).payload.index, Guarded::new(None));
                o
            };
            std::ptr::copy_nonoverlapping(
                b.bytes().as_ptr(),
                (o as *mut u8).add(fixed + nbytes),
                b.nbytes,
            );
            *(o as *mut u8).add(fixed + nbytes + b.nbytes) = 0;
            let payload = &mut (*o).payload;
            payload.hash.set(0);
            payload.nbytes = nbytes + b.nbytes;
            payload.nchars = nchars;
            let head = &(*o).head;
            let ascii = super::header::flag::ASCII;
            let flags = head.flags.get() & !ascii;
            head.flags.set(if payload.nbytes == nchars {
                flags | ascii
            } else {
                flags
            });
            if o as *mut super::header::Header == h {
                a
            } else {
                Ref(Value::from_header(o as *mut super::header::Header))
            }
        }
    }
    /// The number of the code point at a byte offset.
    pub fn index_of(&self, at: usize) -> usize {
        if self.is_ascii() || at == 0 {
            return at;
        }
        const STEP: usize = 64;
        if self.nbytes > 4 * STEP {
            // Makes the index if there is none yet.
            self.offset(0);
        }
        let (from, before) = self.index.with_raw(|index| match index {
            Some(marks) => {
                let block = marks
                    .partition_point(|&m| m as usize <= at)
                    .saturating_sub(1);
                (marks.get(block).map_or(0, |&m| m as usize), block * STEP)
            }
            None => (0, 0),
        });
        before + taipan_text::wtf8::count(self.bytes().get(from..at).unwrap_or(b""))
    }
    /// A new exact str of pieces that are `nbytes` bytes and `nchars` code points in all, in one allocation.
    pub fn from_parts<'a>(
        nbytes: usize,
        nchars: usize,
        parts: impl Iterator<Item = &'a [u8]>,
    ) -> Ref {
        // SAFETY: as in `make_shaped`; pieces that would go beyond the end are left out and a gap is filled.
        unsafe {
            let shape = rt().shape(Kind::Str as u32);
            let h = alloc_shaped(shape, size_of::<Obj<StrObj>>(), nbytes + PAD);
            let o = h as *mut Obj<StrObj>;
            std::ptr::write(
                &mut (*o).payload,
                StrObj {
                    hash: Cell::new(0),
                    nbytes,
                    nchars,
                    index: Guarded::new(None),
                },
            );
            let p = (o as *mut u8).add(size_of::<Obj<StrObj>>());
            let mut at = 0;
            for part in parts {
                if part.len() > nbytes - at {
                    break;
                }
                std::ptr::copy_nonoverlapping(part.as_ptr(), p.add(at), part.len());
                at += part.len();
            }
            std::ptr::write_bytes(p.add(at), b' ', nbytes - at);
            *p.add(nbytes) = 0;
            if nbytes == nchars {
                (*h).flags
                    .set((*h).flags.get() | super::header::flag::ASCII);
            }
            Ref(Value::from_header(h))
        }
    }
    /// The WTF-8 bytes.
    #[inline(always)]
    pub fn bytes(&self) -> &[u8] {
        // SAFETY: `nbytes` bytes follow the payload for as long as the object lives.
        unsafe {
            std::slice::from_raw_parts((self as *const StrObj).add(1) as *const u8, self.nbytes)
        }
    }
    /// The text, if it has no lone surrogates.
    pub fn to_str(&self) -> Option<&str> {
        std::str::from_utf8(self.bytes()).ok()
    }
    /// The text with lone surrogates replaced.
    pub fn lossy(&self) -> std::borrow::Cow<'_, str> {
        String::from_utf8_lossy(self.bytes())
    }
    /// Length in code points.
    #[inline(always)]
    pub fn nchars(&self) -> usize {
        self.nchars
    }
    #[inline(always)]
    pub fn is_ascii(&self) -> bool {
        self.nchars == self.nbytes
    }
    #[inline(always)]
    pub fn hash(&self) -> u64 {
        let h = self.hash.get();
        if h != 0 {
            return h;
        }
        let h = hash_bytes(self.bytes());
        self.hash.set(h);
        h
    }
    /// Byte offset of the code point number `i` (at most `nchars`).
    pub fn offset(&self, i: usize) -> usize {
        if self.is_ascii() {
            return i;
        }
        const STEP: usize = 64;
        // SAFETY: the index is written once and only read afterwards; no code runs in between.
        let index = unsafe { &mut *self.index.raw() };
        let index = index.get_or_insert_with(|| {
            let mut v = Vec::with_capacity(self.nchars / STEP + 1);
            let mut n = 0;
            for (at, b) in self.bytes().iter().enumerate() {
                if b & 0xC0 != 0x80 {
                    if n % STEP == 0 {
                        v.push(at as u32);
                    }
                    n += 1;
                }
            }
            v.into()
        });
        let Some(&start) = index.get(i / STEP) else {
            return self.nbytes;
        };
        let mut left = i % STEP;
        let mut at = start as usize;
        let bytes = self.bytes();
        while left > 0 && at < bytes.len() {
            at += 1;
            while at < bytes.len() && bytes[at] & 0xC0 == 0x80 {
                at += 1;
            }
            left -= 1;
        }
        at
    }
}

/// Bytes: `len` of them behind the payload.
#[repr(C)]
pub struct BytesObj {
    pub hash: Cell<i64>,
    len: usize,
}
trace!(BytesObj);
// SAFETY: only made by `make_of`, with `len` bytes behind the payload.
unsafe impl Payload for BytesObj {
    const KIND: Kind = Kind::Bytes;
    const CONTAINER: bool = false;
    fn trailing(&self) -> usize {
        self.len + PAD
    }
}
impl BytesObj {
    pub fn make(data: &[u8]) -> Ref {
        BytesObj::make_shaped(rt().shape(Kind::Bytes as u32), data)
    }
    pub fn make_of(class: &Ref, data: &[u8]) -> Ref {
        match class.cast::<TypeObj>() {
            Some(t) => BytesObj::make_shaped(t.instance_shape(), data),
            None => BytesObj::make(data),
        }
    }
    fn make_shaped(shape: &'static Shape, data: &[u8]) -> Ref {
        // SAFETY: header, payload and bytes are written before the object is seen.
        unsafe {
            let h = alloc_shaped(shape, size_of::<Obj<BytesObj>>(), data.len() + PAD);
            let o = h as *mut Obj<BytesObj>;
            std::ptr::write(
                &mut (*o).payload,
                BytesObj {
                    hash: Cell::new(-1),
                    len: data.len(),
                },
            );
            std::ptr::copy_nonoverlapping(
                data.as_ptr(),
                (o as *mut u8).add(size_of::<Obj<BytesObj>>()),
                data.len(),
            );
            *(o as *mut u8).add(size_of::<Obj<BytesObj>>() + data.len()) = 0;
            init_attrs(h, shape);
            Ref(Value::from_header(h))
        }
    }
    #[inline(always)]
    pub fn bytes(&self) -> &[u8] {
        // SAFETY: `len` bytes follow the payload.
        unsafe {
            std::slice::from_raw_parts((self as *const BytesObj).add(1) as *const u8, self.len)
        }
    }
}

#[derive(Default)]
pub struct ByteArrayObj {
    pub data: Guarded<Vec<u8>>,
    /// Views that forbid resizing.
    pub exports: Cell<u32>,
}
trace!(ByteArrayObj);
payload!(ByteArrayObj, ByteArray, leaf);

/// A view of the memory of `base` (bytes, bytearray or a native exporter): strided, with an element format.
pub struct MemoryViewObj {
    /// None after `release()`.
    pub base: Guarded<Ref>,
    pub format: Box<str>,
    pub itemsize: usize,
    /// Byte offset of the first element in the base.
    pub offset: isize,
    pub shape: Vec<isize>,
    pub strides: Vec<isize>,
    pub readonly: bool,
    pub exports: Cell<u32>,
    pub hash: Cell<i64>,
}
trace!(MemoryViewObj; base);
payload!(MemoryViewObj, MemoryView);

// Containers.

#[derive(Default)]
pub struct ListObj {
    pub items: Guarded<Vec<Ref>>,
}
trace!(ListObj; items);
payload!(ListObj, List, clear items);
impl Drop for ListObj {
    fn drop(&mut self) {
        // The last first, as the reference does.
        self.with(|v| {
            for r in v.iter().rev() {
                r.0.decref();
            }
            // SAFETY: the references have been given up one by one.
            unsafe { v.set_len(0) };
        });
    }
}

/// A tuple: `len` references behind the payload.
#[repr(C)]
pub struct TupleObj {
    len: usize,
    /// What `hash()` gave, or -1 if nobody has asked: no hash is -1.
    pub(crate) hash: Cell<i64>,
}
impl Trace for TupleObj {
    fn trace(&self, tracer: &mut Tracer) {
        for r in self.items() {
            tracer.visit(r);
        }
    }
}
// SAFETY: only made by `make_of`, with `len` references behind the payload.
unsafe impl Payload for TupleObj {
    const KIND: Kind = Kind::Tuple;
    fn trailing(&self) -> usize {
        self.len * 8
    }
}
impl Drop for TupleObj {
    fn drop(&mut self) {
        // The last first, as the reference does.
        for v in self.items().iter().rev() {
            v.0.decref();
        }
    }
}
impl TupleObj {
    pub fn make(items: impl ExactSizeIterator<Item = Ref>) -> Ref {
        if items.len() == 0 && !rt().types.empty_tuple.is_undefined() {
            return rt().types.empty_tuple.clone();
        }
        TupleObj::make_shaped(rt().shape(Kind::Tuple as u32), items)
    }
    pub fn make_of(class: &Ref, items: impl ExactSizeIterator<Item = Ref>) -> Ref {
        match class.cast::<TypeObj>() {
            Some(t) => TupleObj::make_shaped(t.instance_shape(), items),
            None => TupleObj::make(items),
        }
    }
    #[inline]
    fn make_shaped(shape: &'static Shape, items: impl ExactSizeIterator<Item = Ref>) -> Ref {
        let len = items.len();
        // SAFETY: all `len` references are written before the object is seen: a missing item is written as undefined.
        unsafe {
            let h = alloc_shaped(shape, size_of::<Obj<TupleObj>>(), len * 8);
            let o = h as *mut Obj<TupleObj>;
            std::ptr::write(
                &mut (*o).payload,
                TupleObj {
                    len,
                    hash: Cell::new(-1),
                },
            );
            let p = (o as *mut u8).add(size_of::<Obj<TupleObj>>()) as *mut Value;
            let mut n = 0;
            for item in items.take(len) {
                *p.add(n) = item.into_value();
                n += 1;
            }
            for i in n..len {
                *p.add(i) = Value::UNDEFINED;
            }
            init_attrs(h, shape);
            Ref(Value::from_header(h))
        }
    }
    #[inline(always)]
    pub fn items(&self) -> &[Ref] {
        // SAFETY: `len` references follow the payload; `Ref` is a transparent `Value`.
        unsafe {
            std::slice::from_raw_parts((self as *const TupleObj).add(1) as *const Ref, self.len)
        }
    }
}

#[derive(Default)]
pub struct DictObj {
    pub d: Guarded<Dict>,
}
trace!(DictObj; d);
payload!(DictObj, Dict, clear d);

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ViewKind {
    Keys,
    Values,
    Items,
}
pub struct DictViewObj {
    pub dict: Ref,
    pub what: ViewKind,
}
trace!(DictViewObj; dict);
payload!(DictViewObj, DictView);

/// A set or frozenset.
pub struct SetObj {
    pub table: Guarded<SetTable>,
    /// A frozenset's hash, -1 until computed.
    pub hash: Cell<i64>,
}
trace!(SetObj; table);
// SAFETY: both kinds are only made with this payload.
unsafe impl Payload for SetObj {
    const KIND: Kind = Kind::Set;
    fn matches(kind: Kind) -> bool {
        matches!(kind, Kind::Set | Kind::FrozenSet)
    }
    fn clear(&self) {
        drop(self.table.replace(SetTable::default()));
    }
}

pub struct RangeObj {
    pub start: Ref,
    pub stop: Ref,
    pub step: Ref,
    /// Number of items, an int of any size.
    pub len: Ref,
}
trace!(RangeObj);
payload!(RangeObj, Range, leaf);

pub struct SliceObj {
    pub start: Ref,
    pub stop: Ref,
    pub step: Ref,
}
trace!(SliceObj; start, stop, step);
payload!(SliceObj, Slice);

// Classes, functions, descriptors.

/// Bits of `TypeObj::flags`.
pub mod type_flag {
    /// Made by a class statement or `type()`.
    pub const HEAP: u32 = 1;
    /// May be a base class.
    pub const BASE: u32 = 2;
    /// Its attributes can't be set.
    pub const IMMUTABLE: u32 = 4;
    /// Instances have a `__dict__`.
    pub const HAS_DICT: u32 = 8;
    pub const HAS_WEAKREF: u32 = 16;
    /// `__new__` can't be called on it ("cannot create 'x' instances").
    pub const NO_NEW: u32 = 32;
    pub const HAS_DEL: u32 = 64;
    pub const ABSTRACT: u32 = 128;
    /// For `match`.
    pub const SEQUENCE: u32 = 256;
    pub const MAPPING: u32 = 512;
    /// A class pattern with one positional part matches the subject itself.
    pub const MATCH_SELF: u32 = 1024;
    /// `__getattribute__` is `object`'s.
    pub const PLAIN_GETATTR: u32 = 2048;
    /// `__setattr__` is `object`'s.
    pub const PLAIN_SETATTR: u32 = 4096;
    /// `__init_subclass__`, `__set_name__` and the like have run: changes now invalidate caches.
    pub const READY: u32 = 8192;
}

pub struct TypeObj {
    pub kind: Kind,
    pub flags: Cell<u32>,
    pub name: Guarded<Ref>,
    pub qualname: Guarded<Ref>,
    /// The base whose layout it extends (`__base__`); None for `object`.
    pub base: Guarded<Ref>,
    pub bases: Guarded<Vec<Ref>>,
    pub mro: Guarded<Vec<Ref>>,
    /// The namespace, a dict.
    pub dict: Ref,
    pub slots: Slots,
    /// Shape of a new instance; null until the first.
    pub root_shape: Cell<Option<&'static Shape>>,
    pub dict_shape: Cell<Option<&'static Shape>>,
    /// All shapes of its instances.
    pub shapes: RefCell<Vec<u32>>,
    /// Direct subclasses, borrowed: a class takes itself out when it dies.
    pub subclasses: RefCell<Vec<Value>>,
    /// Key of the method cache; 0 when the class has changed and no lookup has been made since.
    pub version: Cell<u32>,
    /// Slots that `__slots__` of this class and its bases need.
    pub fixed_slots: u16,
    /// Inline slots for attributes, learnt from `__static_attributes__` and from instances that needed more.
    pub learnt: Cell<u16>,
    pub doc: Option<&'static str>,
}
impl Trace for TypeObj {
    fn trace(&self, tracer: &mut Tracer) {
        self.name.trace(tracer);
        self.qualname.trace(tracer);
        self.base.trace(tracer);
        self.bases.trace(tracer);
        self.mro.trace(tracer);
        self.dict.trace(tracer);
    }
}
// SAFETY: only made by `TypeObj::make`.
unsafe impl Payload for TypeObj {
    const KIND: Kind = Kind::Type;
    fn clear(&self) {
        self.mro.set(Vec::new());
        if let Some(d) = self.dict.cast::<DictObj>() {
            d.clear();
        }
    }
}

impl Drop for TypeObj {
    fn drop(&mut self) {
        let h = (self as *const TypeObj as usize - std::mem::offset_of!(Obj<TypeObj>, payload))
            as *const super::header::Header;
        let this = Value::from_header(h);
        for b in self.bases.replace(Vec::new()) {
            if let Some(b) = b.cast::<TypeObj>() {
                b.subclasses.borrow_mut().retain(|&s| s != this);
            }
        }
        for id in self.shapes.borrow().iter() {
            rt().free_shape(*id);
        }
    }
}

/// A Python function. The interpreter reads `code`, `globals` and `closure` on every call.
pub struct FunctionObj {
    pub code: Guarded<Ref>,
    pub globals: Ref,
    pub builtins: Ref,
    pub closure: Box<[Ref]>,
    /// A tuple or None.
    pub defaults: Guarded<Ref>,
    /// A dict or None.
    pub kwdefaults: Guarded<Ref>,
    pub name: Guarded<Ref>,
    pub qualname: Guarded<Ref>,
    pub doc: Guarded<Ref>,
    pub module: Guarded<Ref>,
    /// The annotate function or None (PEP 649).
    pub annotate: Guarded<Ref>,
    /// The annotations dict once made, or undefined.
    pub annotations: Guarded<Ref>,
    pub type_params: Guarded<Ref>,
    /// `__dict__`, undefined until asked for.
    pub dict: Guarded<Ref>,
}
trace!(FunctionObj; code, globals, builtins, closure, defaults, kwdefaults, name, qualname, doc, module, annotate, annotations, type_params, dict);
payload!(FunctionObj, Function, clear defaults kwdefaults annotate annotations dict type_params);

/// A builtin function, or a method of a builtin class (bound if `this` is defined).
pub struct NativeFunctionObj {
    pub def: &'static NativeDef,
    /// The object it is bound to, or undefined.
    pub this: Ref,
    /// The class it is a method of, or undefined.
    pub owner: Ref,
    /// The module's name, or None.
    pub module: Ref,
}
trace!(NativeFunctionObj; this, owner, module);
payload!(NativeFunctionObj, NativeFunction);

pub struct BoundMethodObj {
    pub func: Ref,
    pub this: Ref,
}
trace!(BoundMethodObj; func, this);
payload!(BoundMethodObj, BoundMethod);

/// A special method of a builtin class (`int.__add__`); bound if `this` is defined.
pub struct SlotWrapperObj {
    pub def: &'static SlotDef,
    pub owner: Ref,
    pub this: Ref,
}
trace!(SlotWrapperObj; owner, this);
payload!(SlotWrapperObj, SlotWrapper);

#[derive(Default)]
pub struct PropertyObj {
    pub get: Guarded<Ref>,
    pub set: Guarded<Ref>,
    pub del: Guarded<Ref>,
    pub doc: Guarded<Ref>,
    pub name: Guarded<Ref>,
    pub getter_doc: Cell<bool>,
}
trace!(PropertyObj; get, set, del, doc, name);
payload!(PropertyObj, Property, clear get set del doc name);

/// `dict` is the `__dict__`, undefined until needed.
#[derive(Default)]
pub struct ClassMethodObj {
    pub func: Guarded<Ref>,
    pub dict: Guarded<Ref>,
}
trace!(ClassMethodObj; func, dict);
payload!(ClassMethodObj, ClassMethod, clear func dict);

#[derive(Default)]
pub struct StaticMethodObj {
    pub func: Guarded<Ref>,
    pub dict: Guarded<Ref>,
}
trace!(StaticMethodObj; func, dict);
payload!(StaticMethodObj, StaticMethod, clear func dict);

/// A computed attribute of a builtin class.
pub struct GetSetObj {
    pub def: &'static GetSetDef,
    pub owner: Ref,
}
trace!(GetSetObj; owner);
payload!(GetSetObj, GetSet);

/// A `__slots__` descriptor: the fixed slot `index` of instances of `owner`.
/// With a definition it is instead a read-only member of a builtin class, computed like a [`GetSetObj`].
pub struct MemberObj {
    pub name: Ref,
    pub owner: Ref,
    pub index: u16,
    pub def: Option<&'static GetSetDef>,
}
trace!(MemberObj; name, owner);
payload!(MemberObj, Member);

#[derive(Default)]
pub struct SuperObj {
    pub class: Guarded<Ref>,
    pub this: Guarded<Ref>,
    pub this_class: Guarded<Ref>,
}
trace!(SuperObj; class, this, this_class);
payload!(SuperObj, Super);

pub struct ModuleObj {
    pub dict: Ref,
}
trace!(ModuleObj; dict);
payload!(ModuleObj, Module);

// Running code.

/// A code object as the interpreter runs it.
pub struct CodeObj {
    pub code: Arc<Code>,
    /// Instructions and cache words, owned; rewritten by quickening.
    pub(crate) instrs: *mut Instr,
    pub ninstrs: usize,
    pub consts: Box<[Ref]>,
    /// Interned.
    pub names: Box<[Ref]>,
    pub varnames: Box<[Ref]>,
    pub nlocals: u32,
    pub nregs: u32,
    pub argcount: u32,
    pub kwonlyargcount: u32,
    pub flags: u32,
    /// The number of positional arguments of a call that needs no binding: no keyword-only, `*` or `**` parameters and no
    /// generator. `u32::MAX` otherwise.
    pub entry: u32,
    /// The number of parameters if all of them are positional or positional-or-keyword ones, generators included.
    /// `u32::MAX` otherwise.
    pub simple: u32,
    pub name: Ref,
    pub qualname: Ref,
    pub filename: Ref,
}
trace!(CodeObj; consts);
payload!(CodeObj, Code);
impl Drop for CodeObj {
    fn drop(&mut self) {
        // SAFETY: `instrs` came from a boxed slice of `ninstrs` instructions.
        unsafe {
            drop(Box::from_raw(std::ptr::slice_from_raw_parts_mut(
                self.instrs,
                self.ninstrs,
            )))
        }
    }
}

/// A frame as Python code sees it. While the frame runs or is suspended, `fp` points to its registers; when it ends, they are moved to `saved`.
pub struct FrameObj {
    pub code: Ref,
    pub globals: Ref,
    pub builtins: Ref,
    /// The function, for closures; may be undefined.
    pub func: Ref,
    pub back: Guarded<Ref>,
    pub(crate) fp: Cell<*mut Value>,
    /// Index of the last instruction; kept up to date when the frame is left.
    pub lasti: Cell<u32>,
    pub saved: Guarded<Vec<Ref>>,
    /// Names that `f_locals` got and the code doesn't know.
    pub extra: Guarded<Ref>,
    pub trace: Guarded<Ref>,
    pub trace_lines: Cell<bool>,
    pub trace_opcodes: Cell<bool>,
    /// The generator that owns the frame, or undefined.
    pub generator: Cell<Value>,
}
trace!(FrameObj; code, globals, builtins, func, back, saved, extra, trace);
payload!(FrameObj, Frame, clear saved back extra trace);
impl Drop for FrameObj {
    fn drop(&mut self) {
        // Locals go from the last to the first.
        let mut saved = self.saved.replace(Vec::new());
        while saved.pop().is_some() {}
    }
}

pub struct TracebackObj {
    pub next: Guarded<Ref>,
    pub frame: Ref,
    pub lasti: i64,
    /// Line number, or -1 to take it from `lasti`.
    pub lineno: Cell<i64>,
}
trace!(TracebackObj; next, frame);
payload!(TracebackObj, Traceback, clear next);

#[derive(Default)]
#[repr(C)]
pub struct CellObj {
    /// Undefined when empty.
    pub value: Guarded<Ref>,
}
trace!(CellObj; value);
payload!(CellObj, Cell, clear value);

/// What a generator is doing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum GenState {
    /// Nothing has run; `pc` is the first instruction.
    Created,
    /// Suspended at a yield; `pc` is the instruction to go on with and the frame's registers are live.
    Suspended,
    /// Running, or waiting for a call it made or a coroutine it drives.
    Running,
    /// Finished; the registers have been dropped.
    Done,
}

/// A generator, coroutine or async generator with its frame: four frame words and `nregs` registers behind the payload.
///
/// A frame that delegates (`await`, `yield from`, `async for`) to another native one is *linked* to it: the inner frame's `awaiter`
/// is the outer one, and the outer one's suspended instruction names the inner one. `leaf` of a chain's outermost
/// frame is its innermost one and `root` of that one is the outermost, so that resuming a
/// chain and yielding from it are O(1) whatever its depth; for the frames between, both are stale.
#[repr(C)]
pub struct GeneratorObj {
    pub state: Cell<GenState>,
    /// The instruction at which the frame is suspended (Yield, Delegate, AsyncForIter), or the first one.
    pub(crate) pc: Cell<*const Instr>,
    pub(crate) leaf: Cell<*const GeneratorObj>,
    pub(crate) root: Cell<*const GeneratorObj>,
    /// The frame outwards that is linked to this one; null at the outermost.
    pub(crate) awaiter: Cell<*const GeneratorObj>,
    /// Where calls made from the frame put their windows while it runs.
    pub(crate) sp: Cell<*mut Value>,
    /// How many linked frames are outside of this one.
    pub(crate) chain_depth: Cell<u32>,
    pub name: Guarded<Ref>,
    pub qualname: Guarded<Ref>,
    /// The frame object if one was asked for.
    pub frame: Guarded<Ref>,
    /// `cr_origin`; async generator: the finalizer hook.
    pub extra: Guarded<Ref>,
    /// Async generator: the first-iteration hook has been called.
    pub hooks_done: Cell<bool>,
    /// Async generator: `ag_running`, an awaitable of it is being driven.
    pub async_running: Cell<bool>,
    pub closed: Cell<bool>,
    pub nregs: u32,
}
impl Trace for GeneratorObj {
    fn trace(&self, tracer: &mut Tracer) {
        self.name.trace(tracer);
        self.qualname.trace(tracer);
        self.frame.trace(tracer);
        self.extra.trace(tracer);
        // SAFETY: the words behind the payload are always initialised values.
        unsafe {
            tracer.visit_value(*self.words());
            if self.state.get() != GenState::Done {
                for i in 0..self.nregs as usize {
                    tracer.visit_value(*self.regs().add(i));
                }
            }
        }
    }
}
// SAFETY: the three kinds are only made by `GeneratorObj::make`, with the words behind the payload.
unsafe impl Payload for GeneratorObj {
    const KIND: Kind = Kind::Generator;
    fn matches(kind: Kind) -> bool {
        matches!(
            kind,
            Kind::Generator | Kind::Coroutine | Kind::AsyncGenerator
        )
    }
    fn trailing(&self) -> usize {
        (4 + self.nregs as usize) * 8
    }
    fn clear(&self) {
        if self.state.get() != GenState::Running {
            self.drop_registers();
        }
    }
}
impl Drop for GeneratorObj {
    fn drop(&mut self) {
        if let Some(f) = self.frame.with_raw(|f| f.clone()).cast::<FrameObj>() {
            f.fp.set(std::ptr::null_mut());
            f.generator.set(Value::UNDEFINED);
        }
        self.drop_registers();
        // SAFETY: the first word holds the function, owned.
        unsafe { std::mem::replace(&mut *self.words(), Value::UNDEFINED).decref() };
    }
}
impl GeneratorObj {
    /// The frame words: function, return pc, caller's frame, code.
    pub(crate) fn words(&self) -> *mut Value {
        // SAFETY: they follow the payload.
        unsafe { (self as *const GeneratorObj).add(1) as *mut Value }
    }
    /// The frame pointer: the registers.
    pub(crate) fn regs(&self) -> *mut Value {
        // SAFETY: they follow the frame words.
        unsafe { self.words().add(4) }
    }
    /// The function whose body the frame runs.
    pub fn function(&self) -> Ref {
        // SAFETY: the first frame word is the function as long as the object lives.
        unsafe { (*self.words()).to_ref() }
    }
    /// What a suspended frame delegates to: the register of its Delegate or AsyncForIter instruction.
    pub(crate) fn awaited(&self) -> Option<Ref> {
        if self.state.get() != GenState::Suspended {
            return None;
        }
        // SAFETY: a suspended frame's `pc` is one of its code's instructions, its operands are registers.
        unsafe {
            let i = *self.pc.get();
            let v = match i.op.base() {
                taipan_bytecode::Op::Delegate => *self.regs().add(i.b as usize),
                taipan_bytecode::Op::AsyncForIter => {
                    let aw = *self.regs().add(i.b as usize + 1);
                    if aw.is_undefined() {
                        *self.regs().add(i.b as usize)
                    } else {
                        aw
                    }
                }
                _ => return None,
            };
            if v.is_undefined() {
                None
            } else {
                Some(v.to_ref())
            }
        }
    }
    /// The native frame linked below this one.
    pub(crate) fn linked(&self) -> Option<&'static GeneratorObj> {
        let r = self.awaited()?;
        let g = r.cast::<GeneratorObj>()?;
        if std::ptr::eq(g.awaiter.get(), self) {
            // SAFETY: a register of this frame keeps it alive as long as the link is there.
            Some(unsafe { &*(g as *const GeneratorObj) })
        } else {
            None
        }
    }
    /// Takes it out of the chain it is linked into: it is the outermost of its own now, whose innermost frame is looked up.
    pub(crate) fn become_outermost(&self) {
        self.awaiter.set(std::ptr::null());
        let mut at = self;
        while let Some(inner) = at.linked() {
            at = inner;
        }
        self.leaf.set(at);
    }
    /// The outermost frame of the chain this one is linked into.
    pub(crate) fn outermost(&self) -> &GeneratorObj {
        let mut g = self;
        // SAFETY: awaiters hold the frames below them, and unlink them when they go.
        while let Some(a) = unsafe { g.awaiter.get().as_ref() } {
            g = a;
        }
        g
    }
    /// Whether it runs, or is driven as part of a chain that does.
    pub fn is_running(&self) -> bool {
        self.state.get() == GenState::Running
            || self.state.get() == GenState::Suspended
                && !self.awaiter.get().is_null()
                && self.outermost().state.get() == GenState::Running
    }
    /// Ends the frame: drops all registers. They hold nothing counted afterwards.
    pub(crate) fn drop_registers(&self) {
        if self.state.get() == GenState::Suspended
            && let Some(inner) = self.linked()
        {
            inner.become_outermost();
        }
        if self.state.replace(GenState::Done) == GenState::Done {
            return;
        }
        // From the last to the first, as the reference lets locals go.
        let regs = self.regs();
        for i in (0..self.nregs as usize).rev() {
            // SAFETY: registers are initialised words.
            unsafe {
                let v = *regs.add(i);
                if v.is_ptr() {
                    *regs.add(i) = Value::UNDEFINED;
                    v.decref();
                }
            }
        }
        // What is left of it is the code, for `gi_code`; closure and globals go.
        // SAFETY: the first word holds the function, owned, whose payload is live until it is dropped below.
        unsafe {
            let word = self.words();
            let func = (*word).to_ref();
            if let Some(f) = func.cast::<FunctionObj>() {
                let code = f.code.cloned();
                std::mem::replace(&mut *word, code.into_value()).decref();
            }
        }
    }
    /// A new one for a call of `func`, which goes to the first frame word. The first `n` registers are moved from `args`,
    /// the others are undefined.
    ///
    /// # Safety
    /// `func` is a function with the code `code`; `args` points to at least `n` words, no more of them than the code has registers.
    pub(crate) unsafe fn make(
        class: &TypeObj,
        func: Ref,
        code: &CodeObj,
        args: *mut Value,
        n: usize,
    ) -> Ref {
        let shape = class.instance_shape();
        let nregs = code.nregs;
        // SAFETY: payload, frame words and registers are written before the object is seen.
        unsafe {
            let (name, qualname) = {
                let f = &(*(func.0.header() as *const Obj<FunctionObj>)).payload;
                (f.name.cloned(), f.qualname.cloned())
            };
            let h = alloc_shaped(
                shape,
                size_of::<Obj<GeneratorObj>>(),
                (4 + nregs as usize) * 8,
            );
            let o = h as *mut Obj<GeneratorObj>;
            std::ptr::write(
                &mut (*o).payload,
                GeneratorObj {
                    state: Cell::new(GenState::Created),
                    pc: Cell::new(code.instrs),
                    leaf: Cell::new(std::ptr::null()),
                    root: Cell::new(std::ptr::null()),
                    awaiter: Cell::new(std::ptr::null()),
                    sp: Cell::new(std::ptr::null_mut()),
                    chain_depth: Cell::new(0),
                    name: Guarded::new(name),
                    qualname: Guarded::new(qualname),
                    frame: Guarded::default(),
                    extra: Guarded::default(),
                    hooks_done: Cell::new(false),
                    async_running: Cell::new(false),
                    closed: Cell::new(false),
                    nregs,
                },
            );
            let g = &(*o).payload;
            g.leaf.set(g);
            g.root.set(g);
            let w = g.words();
            *w = func.into_value();
            *w.add(1) = Value::UNDEFINED;
            *w.add(2) = Value::UNDEFINED;
            *w.add(3) = Value::tagged(code as *const CodeObj, 4);
            let regs = w.add(4);
            for i in 0..n {
                *regs.add(i) = std::mem::replace(&mut *args.add(i), Value::UNDEFINED);
            }
            for i in n..nregs as usize {
                *regs.add(i) = Value::UNDEFINED;
            }
            Ref(Value::from_header(h))
        }
    }
    /// Whether dropping it must run code: a suspended frame's `finally`, a coroutine that never ran, a finalizer hook.
    pub fn needs_close(&self, kind: Kind) -> bool {
        if kind == Kind::AsyncGenerator && !self.extra.with_raw(|e| e.is_undefined()) {
            return self.state.get() != GenState::Done && self.state.get() != GenState::Running;
        }
        if !self.frame.with_raw(|f| f.is_undefined())
            && matches!(self.state.get(), GenState::Created | GenState::Suspended)
        {
            // Its frame object, which may live longer, takes the registers.
            return true;
        }
        match self.state.get() {
            GenState::Done | GenState::Running => false,
            GenState::Created => kind == Kind::Coroutine,
            // GeneratorExit would only pass through a frame that waits at a plain `yield` outside of any handler.
            // SAFETY: a suspended frame's `pc` is an instruction of its code, which its last frame word names.
            GenState::Suspended => unsafe {
                let pc = self.pc.get();
                let code = &*(*self.words().add(3)).untag::<CodeObj>();
                let index = pc.offset_from(code.instrs) as u32;
                !matches!(
                    (*pc).op,
                    taipan_bytecode::Op::Yield | taipan_bytecode::Op::AsyncYield
                ) || code
                    .code
                    .exceptions
                    .iter()
                    .any(|e| e.start <= index && index < e.end)
            },
        }
    }
    /// The object that has this payload.
    pub(crate) fn this(&self) -> Ref {
        let h = (self as *const GeneratorObj as usize
            - std::mem::offset_of!(Obj<GeneratorObj>, payload))
            as *mut super::header::Header;
        Value::from_header(h).to_ref()
    }
}

/// The awaitables of an async generator: `asend`, `athrow`, `aclose`.
pub struct AsyncGenStepObj {
    pub agen: Ref,
    /// What to send, or the exception's arguments (a tuple) to throw; undefined for `aclose()`.
    pub args: Guarded<Ref>,
    pub what: AsyncGenStepKind,
    /// 0 not begun, 1 begun, 2 closed.
    pub state: Cell<u8>,
}
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AsyncGenStepKind {
    Send,
    Throw,
    Close,
}
trace!(AsyncGenStepObj; agen, args);
payload!(AsyncGenStepObj, AsyncGenStep);

/// `coroutine.__await__()`.
pub struct CoroutineWrapperObj {
    pub coroutine: Ref,
}
trace!(CoroutineWrapperObj; coroutine);
payload!(CoroutineWrapperObj, CoroutineWrapper);

pub struct ExceptionObj {
    /// A tuple.
    pub args: Guarded<Ref>,
    /// These three are None when absent.
    pub traceback: Guarded<Ref>,
    pub context: Guarded<Ref>,
    pub cause: Guarded<Ref>,
    pub suppress_context: Cell<bool>,
    /// The extra attributes of some classes (`StopIteration.value`, `OSError.errno` ...), by their position in the class's list.
    pub fields: Guarded<Vec<Ref>>,
}
trace!(ExceptionObj; args, traceback, context, cause, fields);
// SAFETY: only made with this payload.
unsafe impl Payload for ExceptionObj {
    const KIND: Kind = Kind::Exception;
    fn clear(&self) {
        self.traceback.set(Ref::none());
        self.context.set(Ref::none());
        self.cause.set(Ref::none());
        self.fields.set(Vec::new());
    }
}

// Iterators that loops know.

/// `seq` becomes undefined when it is exhausted. Backward for `reversed(list)`.
pub struct ListIterObj {
    pub seq: Guarded<Ref>,
    pub at: Cell<usize>,
}
trace!(ListIterObj; seq);
payload!(ListIterObj, ListIter);

pub struct TupleIterObj {
    pub seq: Guarded<Ref>,
    pub at: Cell<usize>,
}
trace!(TupleIterObj; seq);
payload!(TupleIterObj, TupleIter);

/// Over ints that fit a word, the last one included.
#[repr(C)]
pub struct RangeIterObj {
    pub next: Cell<i64>,
    pub step: i64,
    pub left: Cell<u64>,
}
trace!(RangeIterObj);
payload!(RangeIterObj, RangeIter, leaf);

pub struct DictIterObj {
    /// Undefined when exhausted.
    pub dict: Guarded<Ref>,
    pub what: ViewKind,
    pub at: Cell<usize>,
    /// Size of the dict at the beginning.
    pub size: Cell<usize>,
    /// Items still to come, if the dict stays as it is.
    pub left: Cell<usize>,
    pub reverse: bool,
}
trace!(DictIterObj; dict);
payload!(DictIterObj, DictIter);

pub struct MappingProxyObj {
    pub mapping: Ref,
}
trace!(MappingProxyObj; mapping);
payload!(MappingProxyObj, MappingProxy);

/// A weak reference; `referent` is borrowed and undefined once it is dead.
pub struct WeakRefObj {
    pub referent: Cell<Value>,
    pub callback: Guarded<Ref>,
    pub hash: Cell<i64>,
}
trace!(WeakRefObj; callback);
payload!(WeakRefObj, WeakRef, clear callback);
impl WeakRefObj {
    /// The referent, if it is still alive.
    pub fn upgrade(&self) -> Option<Ref> {
        let v = self.referent.get();
        if v.is_undefined() {
            None
        } else {
            Some(v.to_ref())
        }
    }
}
impl Drop for WeakRefObj {
    fn drop(&mut self) {
        let referent = self.referent.get();
        if !referent.is_undefined() {
            let h = (self as *const WeakRefObj as usize
                - std::mem::offset_of!(Obj<WeakRefObj>, payload))
                as *const super::header::Header;
            rt().forget_weakref(referent, Value::from_header(h));
        }
    }
}

impl ListObj {
    /// For questions that end before anything else happens.
    #[inline(always)]
    pub(crate) fn peek(&self) -> &Vec<Ref> {
        // SAFETY: callers, all in this crate, finish with the borrow before running Python code or changing the list.
        unsafe { &*self.items.raw() }
    }
    /// A change in one step. `f` gets no VM, so it can't run Python code; what it drops is finalised later.
    #[inline(always)]
    pub fn with<T>(&self, f: impl FnOnce(&mut Vec<Ref>) -> T) -> T {
        // SAFETY: no other borrow exists: `peek` borrows end at once, guarded ones need the VM, which `f` hasn't got.
        unsafe { f(&mut *self.items.raw()) }
    }
}
