//! Objects with a payload: allocation, downcasts, attribute slots, tracing.

use super::header::{Header, Kind};
use super::layouts::*;
use super::refs::Ref;
use super::runtime::rt;
use super::shape::{Shape, shape_flag};
use super::word::Value;
use std::any::Any;
use std::cell::Cell;

/// Shows the collector what a value owns.
pub trait Trace {
    fn trace(&self, tracer: &mut Tracer);
}

/// The collector's visitor.
pub struct Tracer<'a>(pub(crate) &'a mut dyn FnMut(*mut Header));

impl Tracer<'_> {
    #[inline]
    pub fn visit(&mut self, r: &Ref) {
        if r.0.is_ptr() {
            (self.0)(r.0.header())
        }
    }
    #[inline]
    pub(crate) fn visit_value(&mut self, v: Value) {
        if v.is_ptr() {
            (self.0)(v.header())
        }
    }
}

impl Trace for Ref {
    fn trace(&self, tracer: &mut Tracer) {
        tracer.visit(self);
    }
}
impl<T: Trace> Trace for Option<T> {
    fn trace(&self, tracer: &mut Tracer) {
        if let Some(t) = self {
            t.trace(tracer);
        }
    }
}
impl<T: Trace> Trace for Vec<T> {
    fn trace(&self, tracer: &mut Tracer) {
        for t in self {
            t.trace(tracer);
        }
    }
}
impl<T: Trace> Trace for std::collections::VecDeque<T> {
    fn trace(&self, tracer: &mut Tracer) {
        for t in self {
            t.trace(tracer);
        }
    }
}
impl<T: Trace> Trace for Box<[T]> {
    fn trace(&self, tracer: &mut Tracer) {
        for t in self.iter() {
            t.trace(tracer);
        }
    }
}
impl<T: Trace, U: Trace> Trace for (T, U) {
    fn trace(&self, tracer: &mut Tracer) {
        self.0.trace(tracer);
        self.1.trace(tracer);
    }
}
macro_rules! leaf {
    ($($t:ty)*) => { $(impl Trace for $t { fn trace(&self, _: &mut Tracer) {} })* };
}
leaf!(() bool u8 u16 u32 u64 i8 i16 i32 i64 usize isize f32 f64 char String Box<str> num_bigint::BigInt);
impl<T> Trace for Cell<T> {
    fn trace(&self, _: &mut Tracer) {}
}

/// Implements [`Trace`] for a struct from the fields that own values: `trace!(Name; field, field)`.
#[macro_export]
macro_rules! trace {
    ($t:ty $(; $($f:ident),* $(,)?)?) => {
        impl $crate::value::Trace for $t {
            #[allow(unused_variables)]
            fn trace(&self, tracer: &mut $crate::value::Tracer) { $($($crate::value::Trace::trace(&self.$f, tracer);)*)? }
        }
    };
}

/// A payload of a builtin layout.
///
/// # Safety
/// Objects of the kinds that `matches` accepts are only ever made with this payload behind their header.
#[allow(unsafe_code)]
pub unsafe trait Payload: Trace + 'static {
    const KIND: Kind;
    /// Whether a cycle of references can lead through it.
    const CONTAINER: bool = true;
    fn matches(kind: Kind) -> bool {
        kind == Self::KIND
    }
    /// Gives up what it owns, to break a cycle; the object stays valid.
    fn clear(&self) {}
    /// Bytes behind the payload.
    fn trailing(&self) -> usize {
        0
    }
}

/// What a native module keeps in an object: any Rust type. Reach it by [`Ref::native`].
pub trait NativePayload: Trace + Any {
    fn clear(&self) {}
    /// The memory it lends to memoryviews and bytes-like arguments.
    fn memory(&self) -> Option<crate::protocol::buffer::Memory<'_>> {
        None
    }
}

/// The payload of `Kind::Native`.
pub struct NativeObj(pub Box<dyn NativePayload>);
impl Trace for NativeObj {
    fn trace(&self, tracer: &mut Tracer) {
        self.0.trace(tracer);
    }
}
// SAFETY: `Ref::new_native` is the only maker of `Kind::Native` objects.
unsafe impl Payload for NativeObj {
    const KIND: Kind = Kind::Native;
    fn clear(&self) {
        self.0.clear();
    }
}

#[repr(C)]
pub(crate) struct Obj<T> {
    pub head: Header,
    pub payload: T,
}

pub(crate) struct KindInfo {
    pub size: usize,
    pub drop: unsafe fn(*mut Header),
    pub trace: unsafe fn(*mut Header, &mut Tracer),
    pub clear: unsafe fn(*mut Header),
    pub trailing: unsafe fn(*mut Header) -> usize,
    pub container: bool,
}

unsafe fn drop_payload<T: Payload>(h: *mut Header) {
    // SAFETY: called through the table for objects of a kind with payload `T`, once.
    unsafe { std::ptr::drop_in_place(&mut (*(h as *mut Obj<T>)).payload) }
}
unsafe fn trace_payload<T: Payload>(h: *mut Header, t: &mut Tracer) {
    // SAFETY: as above; the object is live.
    unsafe { (*(h as *mut Obj<T>)).payload.trace(t) }
}
unsafe fn clear_payload<T: Payload>(h: *mut Header) {
    // SAFETY: as above.
    unsafe { (*(h as *mut Obj<T>)).payload.clear() }
}
unsafe fn trailing_payload<T: Payload>(h: *mut Header) -> usize {
    // SAFETY: as above.
    unsafe { (*(h as *mut Obj<T>)).payload.trailing() }
}

const fn info<T: Payload>() -> KindInfo {
    KindInfo {
        size: size_of::<Obj<T>>(),
        drop: drop_payload::<T>,
        trace: trace_payload::<T>,
        clear: clear_payload::<T>,
        trailing: trailing_payload::<T>,
        container: T::CONTAINER,
    }
}
unsafe fn nothing(_: *mut Header) {}
unsafe fn trace_nothing(_: *mut Header, _: &mut Tracer) {}
unsafe fn no_trailing(_: *mut Header) -> usize {
    0
}
const EMPTY: KindInfo = KindInfo {
    size: 16,
    drop: nothing,
    trace: trace_nothing,
    clear: nothing,
    trailing: no_trailing,
    container: true,
};

/// The one list of which payload each kind has, in the order of [`Kind`].
static KIND_INFO: &[KindInfo] = &[
    EMPTY,
    EMPTY,
    info::<IntObj>(),
    info::<FloatObj>(),
    info::<ComplexObj>(),
    info::<StrObj>(),
    info::<BytesObj>(),
    info::<ByteArrayObj>(),
    info::<MemoryViewObj>(),
    info::<ListObj>(),
    info::<TupleObj>(),
    info::<DictObj>(),
    info::<DictViewObj>(),
    info::<SetObj>(),
    info::<SetObj>(),
    info::<RangeObj>(),
    info::<SliceObj>(),
    info::<TypeObj>(),
    info::<FunctionObj>(),
    info::<NativeFunctionObj>(),
    info::<BoundMethodObj>(),
    info::<SlotWrapperObj>(),
    info::<PropertyObj>(),
    info::<ClassMethodObj>(),
    info::<StaticMethodObj>(),
    info::<GetSetObj>(),
    info::<MemberObj>(),
    info::<SuperObj>(),
    info::<ModuleObj>(),
    info::<CodeObj>(),
    info::<FrameObj>(),
    info::<TracebackObj>(),
    info::<CellObj>(),
    info::<GeneratorObj>(),
    info::<GeneratorObj>(),
    info::<GeneratorObj>(),
    info::<AsyncGenStepObj>(),
    info::<CoroutineWrapperObj>(),
    info::<ExceptionObj>(),
    info::<ListIterObj>(),
    info::<TupleIterObj>(),
    info::<RangeIterObj>(),
    info::<DictIterObj>(),
    info::<MappingProxyObj>(),
    info::<WeakRefObj>(),
    info::<NativeObj>(),
];

#[inline(always)]
pub(crate) fn kind_info(kind: Kind) -> &'static KindInfo {
    &KIND_INFO[kind as usize]
}

/// Where the `ext` word of an object lies in bytes; the shape must have one.
///
/// # Safety
/// `h` is a live object of this shape.
#[inline(always)]
unsafe fn ext_at(h: *mut Header, shape: &Shape) -> *mut Value {
    // SAFETY: by the contract the word lies inside the object.
    unsafe {
        let offset = if shape.flags & shape_flag::VARIABLE != 0 {
            let k = kind_info(shape.kind);
            (k.size + (k.trailing)(h)).next_multiple_of(8)
        } else {
            shape.ext_offset as usize
        };
        (h as *mut u8).add(offset) as *mut Value
    }
}

/// Drops the `ext` word and the inline slots.
///
/// # Safety
/// `h` is an object of this shape whose attributes nobody will use again.
pub(crate) unsafe fn drop_attrs(h: *mut Header, shape: &Shape) {
    // SAFETY: by the contract; `ext` and the slots used are initialised.
    unsafe {
        let ext = ext_at(h, shape);
        (*ext).decref();
        let used = if shape.flags & shape_flag::DICT_MODE != 0 {
            shape.fixed
        } else {
            shape.used()
        };
        for i in 0..used as usize {
            (*ext.add(1 + i)).decref();
        }
    }
}

/// Shows what an object refers to; for `gc.get_referents`.
pub(crate) fn trace_ref(r: &Ref, tracer: &mut Tracer) {
    if r.0.is_ptr() {
        // SAFETY: the caller holds the object, and the tracer only looks.
        unsafe { trace_object(r.0.header(), tracer) }
    }
}

/// Calls the tracer with everything an object owns, its class included.
///
/// # Safety
/// `h` is a live object and no Rust code is changing it.
pub(crate) unsafe fn trace_object(h: *mut Header, tracer: &mut Tracer) {
    // SAFETY: by the contract.
    unsafe {
        let shape = rt().shape((*h).shape.get());
        (kind_info(shape.kind).trace)(h, tracer);
        if shape.flags & shape_flag::HEAP_CLASS != 0 {
            tracer.visit_value(shape.class);
            if shape.ext_offset != 0 {
                let ext = ext_at(h, shape);
                tracer.visit_value(*ext);
                let used = if shape.flags & shape_flag::DICT_MODE != 0 {
                    shape.fixed
                } else {
                    shape.used()
                };
                for i in 0..used as usize {
                    tracer.visit_value(*ext.add(1 + i));
                }
            }
        }
    }
}

/// Whether a reference cycle can go through objects of this shape.
pub(crate) fn is_container(shape: &Shape) -> bool {
    kind_info(shape.kind).container || shape.flags & shape_flag::HEAP_CLASS != 0
}

/// Breaks cycles through an unreachable object.
///
/// # Safety
/// `h` is live and owned by the caller.
pub(crate) unsafe fn clear_object(h: *mut Header) {
    // SAFETY: by the contract.
    unsafe {
        let shape = rt().shape((*h).shape.get());
        if shape.flags & shape_flag::HEAP_CLASS != 0 && shape.ext_offset != 0 {
            let ext = ext_at(h, shape);
            let used = if shape.flags & shape_flag::DICT_MODE != 0 {
                shape.fixed
            } else {
                shape.used()
            };
            for i in 0..used as usize {
                std::mem::replace(&mut *ext.add(1 + i), Value::UNDEFINED).decref();
            }
            if (*ext).is_ptr() {
                clear_object((*ext).header());
            }
        }
        (kind_info(shape.kind).clear)(h);
    }
}

/// Whether the dying object really needs a finaliser run.
pub(crate) fn needs_finalizer(h: *mut Header, shape: &Shape) -> bool {
    match shape.kind {
        Kind::Generator | Kind::Coroutine | Kind::AsyncGenerator => {
            // SAFETY: the kinds checked have this payload; the object has not been freed.
            unsafe {
                (*(h as *mut Obj<GeneratorObj>))
                    .payload
                    .needs_close(shape.kind)
            }
        }
        Kind::AsyncGenStep => {
            // SAFETY: as above.
            unsafe { (*(h as *mut Obj<AsyncGenStepObj>)).payload.state.get() == 0 }
        }
        _ => true,
    }
}

/// Tells a class that one of its shapes exists, so that changes of the class reach the caches.
pub(crate) fn remember_shape(class: Value, id: u32) {
    if let Some(t) = class.to_ref().cast::<TypeObj>() {
        t.shapes.borrow_mut().push(id);
    }
}

impl Ref {
    /// The payload, if the object has that layout (also in subclasses).
    #[inline(always)]
    pub fn cast<T: Payload>(&self) -> Option<&T> {
        if !self.0.is_ptr() {
            return None;
        }
        // SAFETY: the header is live; the payload behind it is `T` when the kind says so.
        unsafe {
            let h = self.0.header();
            let id = (*h).shape.get();
            if id == T::KIND as u32 || T::matches(rt().shape(id).kind) {
                Some(&(*(h as *const Obj<T>)).payload)
            } else {
                None
            }
        }
    }
    /// The payload if the object is exactly of the builtin class of that layout.
    #[inline(always)]
    pub fn exact<T: Payload>(&self) -> Option<&T> {
        if self.0.shape_id() == T::KIND as u32 {
            // SAFETY: as above.
            Some(unsafe { &(*(self.0.header() as *const Obj<T>)).payload })
        } else {
            None
        }
    }
    /// The Rust value inside an object of a native type.
    pub fn native<T: NativePayload>(&self) -> Option<&T> {
        (self.cast::<NativeObj>()?.0.as_ref() as &dyn Any).downcast_ref()
    }
    /// A new object of exactly the builtin class of that layout.
    #[inline]
    pub fn new<T: Payload>(payload: T) -> Ref {
        Ref::alloc_exact(payload, T::KIND)
    }
    #[inline]
    pub(crate) fn alloc_exact<T: Payload>(payload: T, kind: Kind) -> Ref {
        let h = rt().heap.alloc(size_of::<Obj<T>>());
        // SAFETY: the block is large enough and ours; everything is initialised before it is seen.
        unsafe {
            (*h).count.set(1);
            (*h).shape.set(kind as u32);
            std::ptr::write(&mut (*(h as *mut Obj<T>)).payload, payload);
            Ref(Value::from_header(h))
        }
    }
    /// A new object of the class `class`, whose kind must be that of the payload.
    pub fn new_of<T: Payload>(class: &Ref, payload: T) -> Ref {
        let Some(t) = class.cast::<TypeObj>() else {
            return Ref::none();
        };
        debug_assert!(T::matches(t.kind));
        let shape = t.instance_shape();
        // SAFETY: the layout is that of the shape; attributes are initialised below.
        unsafe {
            let h = alloc_shaped(shape, size_of::<Obj<T>>(), payload.trailing());
            std::ptr::write(&mut (*(h as *mut Obj<T>)).payload, payload);
            init_attrs(h, shape);
            Ref(Value::from_header(h))
        }
    }
    /// A new object of a native type.
    pub fn new_native<T: NativePayload>(class: &Ref, data: T) -> Ref {
        Ref::new_of(class, NativeObj(Box::new(data)))
    }
    /// A new instance of a class without payload.
    #[inline]
    pub fn new_instance(t: &TypeObj) -> Ref {
        let shape = t.instance_shape();
        // SAFETY: as in `new_of`, with an empty payload.
        unsafe {
            let h = alloc_shaped(shape, size_of::<Header>(), 0);
            init_attrs(h, shape);
            Ref(Value::from_header(h))
        }
    }

    /// The value of an inline slot.
    pub fn slot(&self, shape: &Shape, i: u16) -> Ref {
        // SAFETY: `i` is a used slot of the object's shape.
        unsafe { (*ext_at(self.0.header(), shape).add(1 + i as usize)).to_ref() }
    }
    /// Stores into a slot that is in use; gives back the old value.
    pub fn set_slot(&self, shape: &Shape, i: u16, v: Ref) -> Ref {
        // SAFETY: as above.
        unsafe {
            let p = ext_at(self.0.header(), shape).add(1 + i as usize);
            Ref(std::mem::replace(&mut *p, v.into_value()))
        }
    }
    /// Gives the object the shape `to`, which has one attribute more, whose value is `v`.
    pub(crate) fn add_slot(&self, to: &Shape, v: Ref) {
        // SAFETY: `to` comes from `Shape::with`, so it has room, and the new slot has not been in use.
        unsafe {
            let h = self.0.header();
            *ext_at(h, to).add(to.used() as usize) = v.into_value();
            (*h).shape.set(to.id);
        }
    }
    /// The attribute dict of an object in dict mode.
    pub(crate) fn ext(&self, shape: &Shape) -> Ref {
        // SAFETY: shapes with `ext_offset` have the word.
        unsafe { (*ext_at(self.0.header(), shape)).to_ref() }
    }
    /// Moves the object to dict mode with `dict` holding its attributes; the slots are emptied.
    pub(crate) fn enter_dict_mode(&self, from: &Shape, to: &Shape, dict: Ref) {
        // SAFETY: both shapes belong to the object's class and layout.
        unsafe {
            let h = self.0.header();
            let ext = ext_at(h, from);
            if from.flags & shape_flag::DICT_MODE == 0 {
                for i in from.fixed..from.used() {
                    std::mem::replace(&mut *ext.add(1 + i as usize), Value::UNDEFINED).decref();
                }
            }
            (*h).shape.set(to.id);
            std::mem::replace(&mut *ext, dict.into_value()).decref();
        }
    }
    /// Sets the shape of an object whose new class has the same layout (`__class__` assignment).
    pub(crate) fn set_shape(&self, to: &Shape) {
        if let Some(h) = self.header() {
            let old = rt().shape(h.shape.get());
            if to.flags & shape_flag::HEAP_CLASS != 0 {
                to.class.incref();
            }
            h.shape.set(to.id);
            if old.flags & shape_flag::HEAP_CLASS != 0 {
                old.class.decref();
            }
        }
    }
}

/// Memory for an object of this shape, header filled in.
///
/// # Safety
/// The caller initialises payload and attributes before anyone sees the object.
#[inline]
pub(crate) unsafe fn alloc_shaped(
    shape: &'static Shape,
    size: usize,
    trailing: usize,
) -> *mut Header {
    let total = if shape.ext_offset == 0 {
        size + trailing
    } else if shape.flags & shape_flag::VARIABLE != 0 {
        (size + trailing).next_multiple_of(8) + 8 + 8 * shape.capacity as usize
    } else {
        shape.ext_offset as usize + 8 + 8 * shape.capacity as usize
    };
    let h = rt().heap.alloc(total);
    // SAFETY: the block is ours.
    unsafe {
        (*h).count.set(1);
        (*h).shape.set(shape.id);
    }
    if shape.flags & shape_flag::HEAP_CLASS != 0 {
        shape.class.incref();
    }
    h
}

/// Empties `ext` and slots of a new object. The payload must be in place.
///
/// # Safety
/// `h` comes from `alloc_shaped` with this shape.
#[inline]
pub(crate) unsafe fn init_attrs(h: *mut Header, shape: &Shape) {
    if shape.ext_offset != 0 {
        // SAFETY: `alloc_shaped` made room for them.
        unsafe {
            let ext = ext_at(h, shape);
            for i in 0..=shape.capacity as usize {
                *ext.add(i) = Value::UNDEFINED;
            }
        }
    }
}

/// The class of any value.
#[inline]
pub fn class_of(r: &Ref) -> Ref {
    class_value(r.0).to_ref()
}

/// The class of any value, borrowed.
#[inline(always)]
pub(crate) fn class_value(v: Value) -> Value {
    if v.is_ptr() {
        // SAFETY: a pointer word points to a live header.
        unsafe { rt().shape((*v.header()).shape.get()).class }
    } else {
        class_of_immediate(v)
    }
}

fn class_of_immediate(v: Value) -> Value {
    let t = &rt().types;
    if v.is_int() {
        t.int.0
    } else if v.is_float() {
        t.float.0
    } else if v.is_bool() {
        t.bool.0
    } else if v.is_none() {
        t.none_type.0
    } else if v == Value::NOT_IMPLEMENTED {
        t.not_implemented_type.0
    } else if v == Value::ELLIPSIS {
        t.ellipsis.0
    } else {
        t.object.0
    }
}

impl Ref {
    /// The class, as a borrowed type object.
    #[inline]
    pub fn class(&self) -> &'static TypeObj {
        type_payload(class_value(self.0))
    }
}

/// The payload of a class, for as long as something keeps the class alive.
#[inline(always)]
pub(crate) fn type_payload(v: Value) -> &'static TypeObj {
    // SAFETY: only called with the class word of a shape or of the table of builtin types, whose payload is `TypeObj`.
    // An object keeps its class alive, and callers hold the object.
    unsafe { &(*(v.header() as *const Obj<TypeObj>)).payload }
}

/// The object that holds this payload.
pub fn type_ref(t: &TypeObj) -> Ref {
    let h = (t as *const TypeObj as usize - std::mem::offset_of!(Obj<TypeObj>, payload))
        as *const Header;
    Value::from_header(h).to_ref()
}
