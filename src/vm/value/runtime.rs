//! The process-wide state behind values: heap, shapes, interned strings, weak references, pending finalisers.
//!
//! It is only touched by the thread that holds the interpreter lock.

use super::header::{Header, Kind, flag};
use super::heap::Heap;
use super::layouts::{StrObj, WeakRefObj};
use super::refs::Ref;
use super::shape::Shape;
use super::word::Value;
use crate::types::Types;
use hashbrown::HashMap;
use std::sync::atomic::{AtomicU32, Ordering};

/// Work that the last `drop` left for the interpreter.
pub enum Pending {
    /// Run the object's finaliser, then drop this last reference.
    Finalize(Ref),
    /// Call `callback(weakref)`.
    WeakCallback { callback: Ref, weakref: Ref },
}

pub struct Runtime {
    pub(crate) heap: Heap,
    shapes: Vec<*const Shape>,
    /// Numbers of shapes of dead classes, which caches may still hold; and those that can be given out again.
    dead_shapes: Vec<u32>,
    free_shapes: Vec<u32>,
    pub(crate) pending: Vec<Pending>,
    pub(crate) drop_depth: u32,
    pub(crate) deferred: Vec<*mut Header>,
    pub(crate) weakrefs: HashMap<usize, Vec<Value>>,
    interned: hashbrown::HashTable<Value>,
    pub types: Types,
    /// Interned literals by the address of their text; see [`intern_static`].
    literals: Vec<(usize, usize, Value)>,
    pub(crate) collecting: bool,
    pub gc: super::gc::State,
    /// Source texts for tracebacks.
    pub(crate) sources: crate::errors::source::Sources,
    pub(crate) warnings: crate::errors::warnings::State,
}

/// Why the interpreter should look up from its work; see [`request`].
pub mod wake {
    pub const FINALIZERS: u32 = 1;
    pub const COLLECT: u32 = 2;
    pub const SIGNAL: u32 = 4;
    pub const SWITCH: u32 = 8;
    pub const BUDGET: u32 = 16;
}

/// THE safepoint flag: not zero when there is something to do between two instructions.
pub static SAFEPOINT: AtomicU32 = AtomicU32::new(0);

/// Asks the interpreter to come to a safepoint.
pub fn request(reason: u32) {
    SAFEPOINT.fetch_or(reason, Ordering::Relaxed);
}

static mut RUNTIME: Option<Box<Runtime>> = None;

#[inline(always)]
#[allow(static_mut_refs)]
pub fn rt() -> &'static mut Runtime {
    // SAFETY: made by `init` before any value exists; only the thread that holds the interpreter lock runs code that
    // gets here, and no caller keeps the reference across a call that could make another.
    unsafe { RUNTIME.as_deref_mut().unwrap_unchecked() }
}

/// Makes the runtime, once.
pub fn init() {
    // SAFETY: the first call comes before any other thread knows of the runtime.
    unsafe {
        #[allow(static_mut_refs)]
        if RUNTIME.is_some() {
            return;
        }
        RUNTIME = Some(Box::new(Runtime {
            heap: Heap::new(),
            shapes: Vec::new(),
            dead_shapes: Vec::new(),
            free_shapes: Vec::new(),
            pending: Vec::new(),
            drop_depth: 0,
            deferred: Vec::new(),
            weakrefs: HashMap::new(),
            interned: hashbrown::HashTable::new(),
            types: Types::default(),
            literals: vec![(0, 0, Value::UNDEFINED); LITERALS],
            collecting: false,
            gc: super::gc::State::default(),
            sources: Default::default(),
            warnings: Default::default(),
        }));
    }
    for &kind in Kind::ALL {
        rt().add_shape(Shape::new(kind, Value::UNDEFINED, 0));
    }
}

/// Whether an object has lost its last reference and waits to be taken apart.
fn is_dying(v: Value) -> bool {
    // SAFETY: a pointer word points to a header that has not been freed.
    v.is_ptr() && unsafe { (*v.header()).count.get() == 0 }
}

impl Runtime {
    #[inline(always)]
    pub fn shape(&self, id: u32) -> &'static Shape {
        // SAFETY: ids in headers are indices into the table, whose shapes are leaked boxes.
        unsafe { &**self.shapes.get_unchecked(id as usize) }
    }
    pub(crate) fn add_shape(&mut self, mut shape: Shape) -> &'static Shape {
        if self.free_shapes.is_empty() && self.dead_shapes.len() >= DEAD_SHAPES {
            // Inline caches compare numbers: none may remember a dead one when it gets a new meaning.
            crate::interp::flush_caches();
            self.free_shapes.append(&mut self.dead_shapes);
        }
        if let Some(id) = self.free_shapes.pop() {
            shape.id = id;
            let shape: &'static Shape = Box::leak(Box::new(shape));
            self.shapes[id as usize] = shape;
            return shape;
        }
        shape.id = self.shapes.len() as u32;
        let shape: &'static Shape = Box::leak(Box::new(shape));
        self.shapes.push(shape);
        shape
    }
    /// A class dies: no object has this shape any more.
    pub(crate) fn free_shape(&mut self, id: u32) {
        if (id as usize) < Kind::ALL.len() {
            return;
        }
        let none = self.shapes[0];
        let shape = std::mem::replace(&mut self.shapes[id as usize], none);
        self.dead_shapes.push(id);
        // SAFETY: shapes come from leaked boxes; objects and the class that owned this one are gone.
        unsafe { drop(Box::from_raw(shape as *mut Shape)) };
    }
    /// Makes `class` the class of all objects of exactly the builtin kind.
    pub(crate) fn set_kind_class(&mut self, kind: Kind, class: &Ref, flags: u32) {
        let mut shape = Shape::new(kind, class.0, flags);
        shape.id = kind as u32;
        self.shapes[kind as usize] = Box::leak(Box::new(shape));
    }
    pub(crate) fn request_pending(&self) {
        request(wake::FINALIZERS);
    }

    /// The object is dying: its weak references see that, their callbacks are put on the queue.
    pub(crate) fn clear_weakrefs(&mut self, h: *mut Header) {
        // SAFETY: the object is still there while it is being destroyed.
        unsafe { (*h).flags.set((*h).flags.get() & !flag::WEAKREFS) };
        let Some(list) = self.weakrefs.remove(&(h as usize)) else {
            return;
        };
        // Callbacks run in the reverse order of creation, as in the reference.
        for w in list.into_iter().rev() {
            if is_dying(w) {
                // It waits for its own destruction; counting it up and down again would begin a second one.
                let w = std::mem::ManuallyDrop::new(Ref(w));
                if let Some(obj) = w.cast::<WeakRefObj>() {
                    obj.referent.set(Value::UNDEFINED);
                }
                continue;
            }
            let w = w.to_ref();
            if let Some(obj) = w.cast::<WeakRefObj>() {
                obj.referent.set(Value::UNDEFINED);
                let callback = obj.callback.replace(Ref::none());
                if !callback.is_none() && w.refcount() > 1 {
                    self.pending.push(Pending::WeakCallback {
                        callback,
                        weakref: w,
                    });
                    self.request_pending();
                }
            }
        }
    }
    /// Registers a weak reference to `target`.
    pub(crate) fn add_weakref(&mut self, target: &Ref, weak: &Ref) {
        target.set_flag(flag::WEAKREFS, true);
        self.weakrefs
            .entry(target.0.0 as usize)
            .or_default()
            .push(weak.0);
    }
    /// Weak references to `target`, borrowed.
    pub(crate) fn weakrefs_of(&self, target: &Ref) -> Vec<Ref> {
        self.weakrefs
            .get(&(target.0.0 as usize))
            .map_or_else(Vec::new, |l| {
                l.iter()
                    .filter(|&&v| !is_dying(v))
                    .map(|v| v.to_ref())
                    .collect()
            })
    }
    /// A weak reference died before its referent.
    pub(crate) fn forget_weakref(&mut self, referent: Value, weak: Value) {
        if let Some(list) = self.weakrefs.get_mut(&(referent.0 as usize)) {
            list.retain(|&w| w != weak);
            if list.is_empty() {
                self.weakrefs.remove(&(referent.0 as usize));
                if referent.is_ptr() {
                    referent.to_ref().set_flag(flag::WEAKREFS, false);
                }
            }
        }
    }

    /// Every live object of a layout.
    pub fn objects_of_kind(&self, kind: Kind) -> Vec<Ref> {
        let mut out = Vec::new();
        self.heap.each(&mut |h| {
            // SAFETY: `each` shows live objects.
            let shape = unsafe { (*h).shape.get() };
            if self.shape(shape).kind == kind {
                out.push(Value::from_header(h).to_ref());
            }
        });
        out
    }
    /// The one str object with these bytes (WTF-8); immortal from now on.
    pub fn intern(&mut self, bytes: &[u8]) -> Ref {
        let hash = super::layouts::hash_bytes(bytes);
        let eq = |v: &Value| {
            v.to_ref()
                .exact::<StrObj>()
                .is_some_and(|s| s.bytes() == bytes)
        };
        if let Some(&v) = self.interned.find(hash, eq) {
            return Ref(v);
        }
        let s = StrObj::make(bytes);
        self.add_interned(hash, &s);
        s
    }
    /// Interns an existing str.
    pub fn intern_ref(&mut self, s: &Ref) -> Ref {
        if s.flag(flag::INTERNED) {
            return s.clone();
        }
        let Some(text) = s.cast::<StrObj>() else {
            return s.clone();
        };
        let hash = text.hash();
        let bytes = text.bytes();
        let eq = |v: &Value| {
            v.to_ref()
                .exact::<StrObj>()
                .is_some_and(|s| s.bytes() == bytes)
        };
        if let Some(&v) = self.interned.find(hash, eq) {
            return Ref(v);
        }
        let s = if s.exact::<StrObj>().is_some() {
            s.clone()
        } else {
            StrObj::make(bytes)
        };
        self.add_interned(hash, &s);
        s
    }
    fn add_interned(&mut self, hash: u64, s: &Ref) {
        s.make_immortal();
        s.set_flag(flag::INTERNED, true);
        let rehash = |v: &Value| v.to_ref().exact::<StrObj>().map_or(0, |s| s.hash());
        self.interned.insert_unique(hash, s.0, rehash);
    }
}

/// The interned str of a Rust string. Nearly always that is a literal, so what was found for the text at this address last
/// time is tried before the table.
#[inline]
pub fn intern(s: &str) -> Ref {
    let at = s.as_ptr() as usize;
    let line = &mut rt().literals[literal_line(at)];
    if line.0 == at && line.1 == s.len() {
        let known = Ref::from_value(line.2);
        if known.str_obj().bytes() == s.as_bytes() {
            return known;
        }
    }
    intern_slow(s)
}

#[inline(never)]
fn intern_slow(s: &str) -> Ref {
    let at = s.as_ptr() as usize;
    let r = rt().intern(s.as_bytes());
    rt().literals[literal_line(at)] = (at, s.len(), r.value());
    r
}

/// Where the text at an address is looked for.
#[inline(always)]
fn literal_line(at: usize) -> usize {
    ((at as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 52) as usize % LITERALS
}

const DEAD_SHAPES: usize = 2048;
const LITERALS: usize = 4096;

/// The interned str of a literal, found by its address: for names on hot paths.
#[inline]
pub fn intern_static(s: &'static str) -> Ref {
    let at = s.as_ptr() as usize;
    let line = &mut rt().literals[literal_line(at)];
    if line.0 == at && line.1 == s.len() {
        let known = Ref::from_value(line.2);
        // Another text may have been at this address before, if it was not a literal.
        if known.str_obj().bytes() == s.as_bytes() {
            return known;
        }
    }
    let r = intern(s);
    // Interned strings are immortal, so the word needs no count.
    *line = (at, s.len(), r.value());
    r
}
