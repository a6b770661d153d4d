//! The owning reference, and what happens when the last one goes.
//!
//! Dropping a [`Ref`] never runs Python code: an object that needs finalising (`__del__`, a suspended generator, a weak
//! reference's callback) is put on the queue of pending finalisers, which the interpreter empties
//! before its next instruction. That is why Rust code may hold a borrow of a container while it drops
//! values, and it is indistinguishable from CPython's immediate finalisation for Python code.

use super::header::{Header, IMMORTAL, Kind, flag};
use super::object::kind_info;
use super::runtime::rt;
use super::shape::{Shape, shape_flag};
use super::word::Value;
use std::fmt;

/// An owned Python value. `Clone` counts up, `Drop` counts down.
#[repr(transparent)]
pub struct Ref(pub(crate) Value);

impl Clone for Ref {
    #[inline(always)]
    fn clone(&self) -> Ref {
        self.0.incref();
        Ref(self.0)
    }
}

impl Drop for Ref {
    #[inline(always)]
    fn drop(&mut self) {
        self.0.decref();
    }
}

impl fmt::Debug for Ref {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Ref({:#x})", self.0.0)
    }
}

impl Default for Ref {
    fn default() -> Ref {
        Ref(Value::UNDEFINED)
    }
}

impl Value {
    #[inline(always)]
    pub(crate) fn incref(self) {
        if self.is_ptr() {
            // SAFETY: a pointer word always points to a live object's header.
            unsafe {
                let h = &*self.header();
                h.count.set(h.count.get().wrapping_add(1));
            }
        }
    }
    /// Gives up one reference. The object may be freed.
    #[inline(always)]
    pub(crate) fn decref(self) {
        if self.is_ptr() {
            // SAFETY: as above; at zero nobody else can reach the object.
            unsafe {
                let h = &*self.header();
                let n = h.count.get().wrapping_sub(1);
                h.count.set(n);
                if n == 0 {
                    dealloc(self.header());
                }
            }
        }
    }
    /// A new reference to what this word holds.
    #[inline(always)]
    pub(crate) fn to_ref(self) -> Ref {
        self.incref();
        Ref(self)
    }
    /// The shape number of an object; 0 for ints, floats and singletons.
    #[inline(always)]
    pub(crate) fn shape_id(self) -> u32 {
        if self.is_ptr() {
            // SAFETY: a pointer word points to a live header.
            unsafe { (*self.header()).shape.get() }
        } else {
            0
        }
    }
}

impl Ref {
    pub const UNDEFINED: Ref = Ref(Value::UNDEFINED);
    #[inline(always)]
    pub fn none() -> Ref {
        Ref(Value::NONE)
    }
    #[inline(always)]
    pub fn bool(b: bool) -> Ref {
        Ref(Value::bool(b))
    }
    pub fn not_implemented() -> Ref {
        Ref(Value::NOT_IMPLEMENTED)
    }
    pub fn ellipsis() -> Ref {
        Ref(Value::ELLIPSIS)
    }
    #[inline(always)]
    pub fn value(&self) -> Value {
        self.0
    }
    /// Same object: what `is` says. Ints and floats compare by value.
    #[inline(always)]
    pub fn is(&self, other: &Ref) -> bool {
        self.0 == other.0
    }
    #[inline(always)]
    pub fn is_none(&self) -> bool {
        self.0.is_none()
    }
    #[inline(always)]
    pub fn is_undefined(&self) -> bool {
        self.0.is_undefined()
    }
    pub fn is_not_implemented(&self) -> bool {
        self.0 == Value::NOT_IMPLEMENTED
    }
    pub fn is_true(&self) -> bool {
        self.0 == Value::TRUE
    }
    pub fn is_false(&self) -> bool {
        self.0 == Value::FALSE
    }
    pub fn is_bool(&self) -> bool {
        self.0.is_bool()
    }
    /// Gives the word without counting down; the receiver owns it.
    #[inline(always)]
    pub(crate) fn into_value(self) -> Value {
        let v = self.0;
        std::mem::forget(self);
        v
    }
    /// Takes over ownership of a word.
    #[inline(always)]
    pub(crate) fn from_value(v: Value) -> Ref {
        Ref(v)
    }
    #[inline(always)]
    pub(crate) fn header(&self) -> Option<&Header> {
        if self.0.is_ptr() {
            // SAFETY: a pointer word points to a header that lives as long as this reference.
            Some(unsafe { &*self.0.header() })
        } else {
            None
        }
    }
    /// The shape, for objects.
    #[inline(always)]
    pub fn shape(&self) -> Option<&'static Shape> {
        self.header().map(|h| rt().shape(h.shape.get()))
    }
    /// What `id()` says: the address, or for ints and floats the word.
    pub fn id(&self) -> u64 {
        self.0.0
    }
    pub fn refcount(&self) -> u32 {
        self.header().map_or(IMMORTAL, |h| h.count.get())
    }
    pub fn flag(&self, bit: u32) -> bool {
        self.header().is_some_and(|h| h.flags.get() & bit != 0)
    }
    pub fn set_flag(&self, bit: u32, on: bool) {
        if let Some(h) = self.header() {
            let f = h.flags.get();
            h.flags.set(if on { f | bit } else { f & !bit });
        }
    }
    /// Never free this object (types, interned strings).
    pub fn make_immortal(&self) {
        if let Some(h) = self.header()
            && h.count.get() < IMMORTAL / 2
        {
            h.count.set(IMMORTAL);
        }
    }
}

/// How deep destructors may nest before the rest is put off, so that a list nested a million times deep can be dropped.
const MAX_DROP_DEPTH: u32 = 64;

/// The last reference to `h` is gone.
#[cold]
#[inline(never)]
pub(crate) fn dealloc(h: *mut Header) {
    let rt = rt();
    // SAFETY: the count is zero, so nothing but this function reaches the object.
    unsafe {
        let head = &*h;
        let id = head.shape.get();
        // Kinds that hold nothing and can't be referred to weakly.
        if id == Kind::Float as u32
            || id == Kind::RangeIter as u32
            || id == Kind::Str as u32 && super::layouts::StrObj::is_plain(h)
        {
            rt.heap.free(h);
            return;
        }
        let shape = rt.shape(id);
        if shape.flags & shape_flag::FINALIZE != 0
            && head.flags.get() & flag::FINALIZED == 0
            && super::object::needs_finalizer(h, shape)
        {
            head.count.set(1);
            rt.pending
                .push(super::runtime::Pending::Finalize(Ref(Value::from_header(
                    h,
                ))));
            rt.request_pending();
            return;
        }
        if head.flags.get() & flag::WEAKREFS != 0 {
            rt.clear_weakrefs(h);
        }
        if rt.drop_depth >= MAX_DROP_DEPTH {
            rt.deferred.push(h);
            return;
        }
        rt.drop_depth += 1;
        destroy(h, shape);
        rt.drop_depth -= 1;
        if rt.drop_depth == 0 {
            while let Some(h) = rt.deferred.pop() {
                rt.drop_depth = 1;
                destroy(h, rt.shape((*h).shape.get()));
                rt.drop_depth = 0;
            }
        }
    }
}

/// Drops payload and attributes and frees the memory.
///
/// # Safety
/// Nothing refers to `h` any more.
unsafe fn destroy(h: *mut Header, shape: &'static Shape) {
    // SAFETY: by the contract; the shape tells the layout.
    unsafe {
        if shape.flags & shape_flag::HEAP_CLASS != 0 {
            if shape.ext_offset != 0 {
                super::object::drop_attrs(h, shape);
            }
            (kind_info(shape.kind).drop)(h);
            let class = shape.class;
            rt().heap.free(h);
            class.decref();
        } else {
            if shape.kind != Kind::Object {
                (kind_info(shape.kind).drop)(h);
            }
            rt().heap.free(h);
        }
    }
}
