//! `memoryview`: typed, strided views of memory that other objects own (PEP 3118, PEP 688).
//!
//! A view's `base` is the object with the memory; each view counts in its `exports`, which keeps the size of the memory fixed.

pub mod cast;
pub mod items;

use super::spec::TypeSpec;
use crate::native::{Args, DefKind, NativeDef};
use crate::protocol::buffer::{with_base, with_base_mut};
use crate::value::header::Kind;
use crate::value::object::{NativeObj, NativePayload};
use crate::value::runtime::Pending;
use crate::value::slots::Cmp;
use crate::value::*;
use crate::vm::{new_int, new_str};
use crate::{R, Vm, trace};
use items::{compare_items, pack, same_format, unpack};
use std::cell::Cell;

pub static MEMORYVIEW: TypeSpec = TypeSpec {
    name: "memoryview",
    kind: Kind::MemoryView,
    exact: true,
    flags: type_flag::SEQUENCE | type_flag::HAS_WEAKREF,
    doc: "The memory of another object, such as a bytearray, looked at and changed without being copied.",
    methods: cast::METHODS,
    getset: cast::GETSET,
    slots: |s| {
        s.repr.set(Some(repr));
        s.hash.set(Some(hash));
        s.iter.set(Some(iter));
        s.richcmp.set(Some(richcmp));
        s.len.set(Some(len));
        s.getitem.set(Some(getitem));
        s.setitem.set(Some(setitem));
        s.new.set(Some(new));
    },
};

/// What stands between a view and an object with a Python `__buffer__`: it calls `__release_buffer__` when the last view is gone.
pub struct Wrapper {
    /// The object with the memory.
    pub memory: Ref,
    exporter: Ref,
    /// What `__buffer__` returned.
    view: Guarded<Ref>,
    exports: Cell<u32>,
}
trace!(Wrapper; memory, exporter, view);
impl NativePayload for Wrapper {}

pub static BUFFER_WRAPPER: TypeSpec = TypeSpec {
    name: "_buffer_wrapper",
    flags: type_flag::NO_NEW,
    ..TypeSpec::DEFAULT
};

/// Flags that ask `__buffer__` for everything that can be said, read-only allowed.
pub const FULL_RO: i64 = 284;
/// Flags that ask it for read-only bytes.
pub const SIMPLE: i64 = 0;
const WRITABLE: i64 = 1;

/// Releases a wrapper from the queue of things to finish.
static FINISH: NativeDef = NativeDef::fixed(
    "_finish(wrapper, /)",
    |vm, a| {
        finish_wrapper(vm, &a[0]);
        Ok(Ref::none())
    },
    DefKind::Function,
    "",
);

/// One view more looks at the base.
fn acquire(base: &Ref) {
    if let Some(n) = exports_of(base) {
        n.set(n.get() + 1);
    }
}

fn exports_of(base: &Ref) -> Option<&Cell<u32>> {
    if let Some(b) = base.cast::<ByteArrayObj>() {
        return Some(&b.exports);
    }
    if let Some(w) = base.native::<Wrapper>() {
        return Some(&w.exports);
    }
    Some(base.cast::<NativeObj>()?.0.memory()?.exports)
}

/// One view less; true if `__release_buffer__` is due.
fn release_base(base: &Ref) -> bool {
    let Some(n) = exports_of(base) else {
        return false;
    };
    n.set(n.get().saturating_sub(1));
    n.get() == 0 && base.native::<Wrapper>().is_some()
}

fn finish_wrapper(vm: &mut Vm, wrapper: &Ref) {
    let Some(w) = wrapper.native::<Wrapper>() else {
        return;
    };
    let view = w.view.replace(Ref::none());
    if view.is_none() {
        return;
    }
    let name = intern("__release_buffer__");
    let saved = vm.exc.take();
    if vm.call_special(&w.exporter, &name, &[&view]).is_err() {
        let exc = vm.take_exc();
        vm.unraisable(&exc, Some(&w.exporter), "");
    }
    vm.exc = saved;
}

impl Drop for MemoryViewObj {
    fn drop(&mut self) {
        let base = self.base.replace(Ref::none());
        if release_base(&base) {
            let finish = Ref::new(NativeFunctionObj {
                def: &FINISH,
                this: Ref::UNDEFINED,
                owner: Ref::UNDEFINED,
                module: Ref::none(),
            });
            rt().pending.push(Pending::WeakCallback {
                callback: finish,
                weakref: base,
            });
            rt().request_pending();
        }
    }
}

/// What a new view looks like.
pub struct Layout {
    pub format: Box<str>,
    pub itemsize: usize,
    pub offset: isize,
    pub shape: Vec<isize>,
    pub strides: Vec<isize>,
    pub readonly: bool,
}

pub fn make_view(base: &Ref, l: Layout) -> Ref {
    acquire(base);
    Ref::new(MemoryViewObj {
        base: Guarded::new(base.clone()),
        format: l.format,
        itemsize: l.itemsize,
        offset: l.offset,
        shape: l.shape,
        strides: l.strides,
        readonly: l.readonly,
        exports: Cell::new(0),
        hash: Cell::new(-1),
    })
}

fn flat(base: &Ref, format: &str, itemsize: usize, nbytes: usize, readonly: bool) -> Ref {
    make_view(
        base,
        Layout {
            format: format.into(),
            itemsize,
            offset: 0,
            shape: vec![(nbytes / itemsize.max(1)) as isize],
            strides: vec![itemsize as isize],
            readonly,
        },
    )
}

pub fn layout_of(m: &MemoryViewObj) -> Layout {
    Layout {
        format: m.format.clone(),
        itemsize: m.itemsize,
        offset: m.offset,
        shape: m.shape.clone(),
        strides: m.strides.clone(),
        readonly: m.readonly,
    }
}

/// A new view of an object; None if it has no buffer.
pub fn view_object(vm: &mut Vm, r: &Ref, flags: i64) -> R<Option<Ref>> {
    if let Some(m) = r.cast::<MemoryViewObj>() {
        let base = live_base(vm, m)?;
        return Ok(Some(make_view(&base, layout_of(m))));
    }
    if r.class().has_flag(type_flag::HEAP) {
        let name = intern("__buffer__");
        // Builtin bases have native methods of that name; their memory is looked at directly.
        if let Some(f) = vm.lookup(r.class(), &name)
            && f.cast::<NativeFunctionObj>().is_none()
        {
            return wrap(vm, r, &f, flags).map(Some);
        }
    }
    Ok(own_view(r))
}

/// A new view of the memory that an object of a builtin class or a subclass has, whatever the subclass says of it.
fn own_view(r: &Ref) -> Option<Ref> {
    if let Some(b) = r.cast::<BytesObj>() {
        return Some(flat(r, "B", 1, b.bytes().len(), true));
    }
    if let Some(b) = r.cast::<ByteArrayObj>() {
        return Some(flat(r, "B", 1, b.data.with_raw(Vec::len), false));
    }
    if let Some(m) = r.cast::<NativeObj>().and_then(|n| n.0.memory()) {
        let n = m.data.with_raw(Vec::len);
        return Some(flat(r, m.format, m.itemsize, n, m.readonly));
    }
    None
}

/// A view through a Python `__buffer__`.
fn wrap(vm: &mut Vm, r: &Ref, f: &Ref, flags: i64) -> R<Ref> {
    let view = vm.call_found(r, f, &[&new_int(flags)])?;
    let Some(m) = view.cast::<MemoryViewObj>() else {
        return Err(vm.type_error("__buffer__ returned non-memoryview object"));
    };
    let memory = live_base(vm, m)?;
    let wrapper = Ref::new_native(
        &rt().types.buffer_wrapper,
        Wrapper {
            memory,
            exporter: r.clone(),
            view: Guarded::new(view.clone()),
            exports: Cell::new(0),
        },
    );
    Ok(make_view(&wrapper, layout_of(m)))
}

fn new(vm: &mut Vm, _: &Ref, args: Args) -> R<Ref> {
    if args.all.len() > 1 {
        let text = format!(
            "memoryview() takes at most 1 argument ({} given)",
            args.all.len()
        );
        return Err(vm.type_error(&text));
    }
    match args.pos().first().or_else(|| args.get_kw("object")) {
        Some(r) => from_object(vm, r, FULL_RO),
        None => Err(vm.type_error("memoryview() missing required argument 'object' (pos 1)")),
    }
}

/// `memoryview(r)`.
pub fn from_object(vm: &mut Vm, r: &Ref, flags: i64) -> R<Ref> {
    match view_object(vm, r, flags)? {
        Some(v) => {
            if flags & WRITABLE != 0 && v.cast::<MemoryViewObj>().is_some_and(|m| m.readonly) {
                return Err(vm.buffer_error("Object is not writable."));
            }
            Ok(v)
        }
        None => {
            let text = format!(
                "memoryview: a bytes-like object is required, not '{}'",
                vm.type_name(r)
            );
            Err(vm.type_error(&text))
        }
    }
}

/// `__buffer__` of builtin classes.
pub fn buffer_method(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let flags = vm.index_i32(&a[1])?;
    let view = match own_view(&a[0]) {
        Some(view) => view,
        None => view_object(vm, &a[0], FULL_RO)?.unwrap_or_else(Ref::none),
    };
    if i64::from(flags) & WRITABLE != 0 && view.cast::<MemoryViewObj>().is_some_and(|m| m.readonly)
    {
        return Err(vm.buffer_error("Object is not writable."));
    }
    Ok(view)
}

/// `__release_buffer__` of builtin classes.
pub fn release_buffer_method(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    match a[1].cast::<MemoryViewObj>() {
        Some(m) => {
            release(vm, m)?;
            Ok(Ref::none())
        }
        None => Err(vm.type_error("expected a memoryview object")),
    }
}

/// The object with the memory; ValueError after `release()`.
pub fn live_base(vm: &mut Vm, m: &MemoryViewObj) -> R<Ref> {
    let base = m.base.cloned();
    if base.is_none() {
        return Err(vm.value_error("operation forbidden on released memoryview object"));
    }
    Ok(base)
}

/// `release()`.
pub fn release(vm: &mut Vm, m: &MemoryViewObj) -> R<()> {
    let n = m.exports.get();
    if n > 0 {
        let s = if n == 1 { "" } else { "s" };
        let text = format!("memoryview has {n} exported buffer{s}");
        return Err(vm.buffer_error(&text));
    }
    let base = m.base.replace(Ref::none());
    if release_base(&base) {
        finish_wrapper(vm, &base);
    }
    Ok(())
}

pub fn this<'a>(vm: &mut Vm, r: &'a Ref) -> R<(&'a MemoryViewObj, Ref)> {
    match r.cast::<MemoryViewObj>() {
        Some(m) => {
            let base = live_base(vm, m)?;
            Ok((m, base))
        }
        None => Err(vm.type_error("a memoryview is required")),
    }
}

/// Number of elements.
pub fn count(m: &MemoryViewObj) -> usize {
    m.shape.iter().map(|&n| n as usize).product()
}
pub fn nbytes(m: &MemoryViewObj) -> usize {
    count(m) * m.itemsize
}

fn contiguous<'a>(dims: impl Iterator<Item = (&'a isize, &'a isize)>, itemsize: usize) -> bool {
    let mut expected = itemsize as isize;
    for (&n, &stride) in dims {
        if n != 1 && stride != expected {
            return false;
        }
        expected *= n;
    }
    true
}
/// Empty views of several dimensions are contiguous whatever their strides.
fn empty(m: &MemoryViewObj) -> bool {
    m.shape.len() != 1 && count(m) == 0
}
pub fn c_contiguous(m: &MemoryViewObj) -> bool {
    empty(m) || contiguous(m.shape.iter().zip(&m.strides).rev(), m.itemsize)
}
pub fn f_contiguous(m: &MemoryViewObj) -> bool {
    empty(m) || contiguous(m.shape.iter().zip(&m.strides), m.itemsize)
}

/// Calls `f` with the offset of each element, in C order, or with the first index running fastest.
pub fn each_offset(m: &MemoryViewObj, fortran: bool, mut f: impl FnMut(isize)) {
    let mut dims: Vec<(isize, isize)> = m
        .shape
        .iter()
        .copied()
        .zip(m.strides.iter().copied())
        .collect();
    if fortran {
        dims.reverse();
    }
    if dims.iter().any(|d| d.0 == 0) {
        return;
    }
    let mut index = vec![0isize; dims.len()];
    let mut offset = m.offset;
    loop {
        f(offset);
        let mut d = dims.len();
        loop {
            if d == 0 {
                return;
            }
            d -= 1;
            index[d] += 1;
            // A huge step over one element leaves the range, but nobody looks there.
            offset = offset.wrapping_add(dims[d].1);
            if index[d] < dims[d].0 {
                break;
            }
            offset = offset.wrapping_sub(dims[d].1.wrapping_mul(dims[d].0));
            index[d] = 0;
        }
    }
}

/// The bytes in C order, or the order asked for.
pub fn gather(m: &MemoryViewObj, base: &Ref, fortran: bool) -> Vec<u8> {
    with_base(base, |b| {
        let mut out = Vec::with_capacity(nbytes(m).min(b.len()));
        each_offset(m, fortran, |at| {
            let at = at as usize;
            out.extend_from_slice(b.get(at..at + m.itemsize).unwrap_or(b""));
        });
        out
    })
}

/// Looks at the bytes in C order, in place if they lie so.
pub fn with_contents<T>(m: &MemoryViewObj, base: &Ref, f: impl FnOnce(&[u8]) -> T) -> T {
    if c_contiguous(m) {
        let (start, n) = (m.offset.max(0) as usize, nbytes(m));
        with_base(base, |b| f(b.get(start..start + n).unwrap_or(b"")))
    } else {
        f(&gather(m, base, false))
    }
}

/// The element at a byte offset.
pub fn item(vm: &mut Vm, m: &MemoryViewObj, base: &Ref, at: isize) -> R<Ref> {
    let raw = with_base(base, |b| {
        let at = at as usize;
        b.get(at..at + m.itemsize).map(|s| {
            let mut raw = [0u8; 8];
            let n = s.len().min(8);
            raw[..n].copy_from_slice(&s[..n]);
            raw
        })
    });
    match raw.and_then(|raw| unpack(&m.format, &raw)) {
        Some(r) => Ok(r),
        None => {
            let text = format!("memoryview: format {} not supported", m.format);
            Err(vm.not_implemented_error(&text))
        }
    }
}

fn repr(_: &mut Vm, r: &Ref) -> R<Ref> {
    let released = r
        .cast::<MemoryViewObj>()
        .is_some_and(|m| m.base.with_raw(Ref::is_none));
    let what = if released {
        "released memory"
    } else {
        "memory"
    };
    Ok(new_str(&format!("<{what} at {:#x}>", r.id())))
}

fn hash(vm: &mut Vm, r: &Ref) -> R<i64> {
    let Some(m) = r.cast::<MemoryViewObj>() else {
        return Ok(0);
    };
    if m.hash.get() == -1 {
        let base = live_base(vm, m)?;
        if !m.readonly {
            return Err(vm.value_error("cannot hash writable memoryview object"));
        }
        if !matches!(m.format.trim_start_matches('@'), "B" | "b" | "c") {
            return Err(
                vm.value_error("memoryview: hashing is restricted to formats 'B', 'b' or 'c'")
            );
        }
        if base.cast::<ByteArrayObj>().is_some() {
            vm.hash(&base)?;
        }
        m.hash.set(with_contents(m, &base, super::bytes::hash_of));
    }
    Ok(m.hash.get())
}

fn iter(vm: &mut Vm, r: &Ref) -> R<Ref> {
    let (m, base) = this(vm, r)?;
    match m.shape.len() {
        0 => Err(vm.type_error("invalid indexing of 0-dim memory")),
        1 => {
            if count(m) > 0 {
                item(vm, m, &base, m.offset)?;
            }
            super::bytes_iter::iter_view(vm, r)
        }
        _ => Err(vm.not_implemented_error("multi-dimensional sub-views are not implemented")),
    }
}

fn len(vm: &mut Vm, r: &Ref) -> R<usize> {
    let (m, _) = this(vm, r)?;
    match m.shape.first() {
        Some(&n) => Ok(n as usize),
        None => Err(vm.type_error("0-dim memory has no length")),
    }
}

fn richcmp(vm: &mut Vm, a: &Ref, b: &Ref, op: Cmp) -> R<Ref> {
    if !matches!(op, Cmp::Eq | Cmp::Ne) {
        return Ok(Ref::not_implemented());
    }
    let answer = |eq: bool| Ok(Ref::bool(eq == (op == Cmp::Eq)));
    let Some(x) = a.cast::<MemoryViewObj>() else {
        return Ok(Ref::not_implemented());
    };
    let base = x.base.cloned();
    if base.is_none() {
        return answer(a.is(b));
    }
    if let Some(y) = b.cast::<MemoryViewObj>()
        && y.base.with_raw(Ref::is_none)
    {
        return answer(a.is(b));
    }
    if !vm.is_bytes_like(b) {
        return Ok(Ref::not_implemented());
    }
    let other = vm.view_of(b)?;
    let (y, other_base) = this(vm, &other)?;
    if x.shape != y.shape {
        return answer(false);
    }
    if same_format(&x.format, &y.format) && items::bytes_decide(&x.format) {
        let eq = with_contents(x, &base, |p| with_contents(y, &other_base, |q| p == q));
        return answer(eq);
    }
    let eq = compare_items(vm, x, &base, y, &other_base)?;
    answer(eq)
}

/// The byte offset that a tuple of indices names.
fn multi_index(vm: &mut Vm, m: &MemoryViewObj, keys: &[Ref]) -> R<isize> {
    let ndim = m.shape.len();
    if keys.len() > ndim {
        let text = format!(
            "cannot index {ndim}-dimension view with {}-element tuple",
            keys.len()
        );
        return Err(vm.type_error(&text));
    }
    if keys.len() < ndim {
        return Err(vm.not_implemented_error("sub-views are not implemented"));
    }
    let mut at = m.offset;
    for (d, key) in keys.iter().enumerate() {
        at += place(vm, m, d, key)?;
    }
    Ok(at)
}

/// How far an index of a dimension goes.
fn place(vm: &mut Vm, m: &MemoryViewObj, d: usize, key: &Ref) -> R<isize> {
    let i = vm.index_for_sequence(key)?;
    let n = m.shape[d];
    let i = if i < 0 { i + n } else { i };
    if i < 0 || i >= n {
        let text = format!("index out of bounds on dimension {}", d + 1);
        return Err(vm.index_error(&text));
    }
    Ok(i * m.strides[d])
}

fn is_index(r: &Ref) -> bool {
    super::bytes_common::is_index(r)
}

fn bad_key(vm: &mut Vm) -> crate::Raised {
    vm.type_error("memoryview: invalid slice key")
}

/// The view that a slice of the first dimension gives.
fn sliced(vm: &mut Vm, m: &MemoryViewObj, base: &Ref, s: &SliceObj) -> R<Ref> {
    let (start, _, step, n) = vm.slice_indices(s, m.shape[0] as usize)?;
    let mut l = layout_of(m);
    if n > 0 {
        l.offset += start * m.strides[0];
    }
    l.shape[0] = n as isize;
    l.strides[0] = m.strides[0].saturating_mul(step);
    Ok(make_view(base, l))
}

fn getitem(vm: &mut Vm, r: &Ref, key: &Ref) -> R<Ref> {
    let (m, base) = this(vm, r)?;
    let keys = key.tuple_items();
    if m.shape.is_empty() {
        return match keys {
            Some([]) => item(vm, m, &base, m.offset),
            _ if key.is(&Ref::ellipsis()) => Ok(r.clone()),
            _ => Err(vm.type_error("invalid indexing of 0-dim memory")),
        };
    }
    if is_index(key) {
        if m.shape.len() > 1 {
            vm.index_for_sequence(key)?;
            return Err(vm.not_implemented_error("multi-dimensional sub-views are not implemented"));
        }
        let at = m.offset + place(vm, m, 0, key)?;
        let base = live_base(vm, m)?;
        return item(vm, m, &base, at);
    }
    if let Some(s) = key.cast::<SliceObj>() {
        return sliced(vm, m, &base, s);
    }
    match keys {
        Some(keys) if keys.iter().all(is_index) => {
            let at = multi_index(vm, m, keys)?;
            let base = live_base(vm, m)?;
            item(vm, m, &base, at)
        }
        Some(keys) if keys.iter().all(|k| k.cast::<SliceObj>().is_some()) => {
            Err(vm.not_implemented_error("multi-dimensional slicing is not implemented"))
        }
        _ => Err(bad_key(vm)),
    }
}

/// Stores one element.
fn store(vm: &mut Vm, m: &MemoryViewObj, at: isize, value: &Ref) -> R<()> {
    let (raw, n) = pack(vm, &m.format, value)?;
    // Converting the value may have run Python code that released the view.
    let base = live_base(vm, m)?;
    let at = at as usize;
    with_base_mut(vm, &base, |b| {
        if let Some(b) = b.get_mut(at..at + n) {
            b.copy_from_slice(&raw[..n]);
        }
    });
    Ok(())
}

fn setitem(vm: &mut Vm, r: &Ref, key: &Ref, value: Option<Ref>) -> R<()> {
    let (m, base) = this(vm, r)?;
    if m.readonly {
        return Err(vm.type_error("cannot modify read-only memory"));
    }
    let Some(value) = value else {
        return Err(vm.type_error("cannot delete memory"));
    };
    let keys = key.tuple_items();
    if m.shape.is_empty() {
        return match keys {
            Some([]) => store(vm, m, m.offset, &value),
            _ if key.is(&Ref::ellipsis()) => store(vm, m, m.offset, &value),
            _ => Err(vm.type_error("invalid indexing of 0-dim memory")),
        };
    }
    if is_index(key) {
        if m.shape.len() > 1 {
            return Err(vm.not_implemented_error("sub-views are not implemented"));
        }
        let at = m.offset + place(vm, m, 0, key)?;
        return store(vm, m, at, &value);
    }
    match (key.cast::<SliceObj>(), keys) {
        (Some(s), _) if m.shape.len() == 1 => assign_slice(vm, m, &base, s, &value),
        (None, Some(keys)) if keys.iter().all(is_index) => {
            let at = multi_index(vm, m, keys)?;
            store(vm, m, at, &value)
        }
        (Some(_), _) => Err(slices_of_many(vm)),
        (_, Some(keys)) if keys.iter().all(|k| k.cast::<SliceObj>().is_some()) => {
            Err(slices_of_many(vm))
        }
        _ => Err(bad_key(vm)),
    }
}

fn slices_of_many(vm: &mut Vm) -> crate::Raised {
    vm.not_implemented_error("memoryview slice assignments are currently restricted to ndim = 1")
}

fn assign_slice(vm: &mut Vm, m: &MemoryViewObj, base: &Ref, s: &SliceObj, value: &Ref) -> R<()> {
    let source = vm.view_of(value)?;
    let (from, from_base) = this(vm, &source)?;
    let target = sliced(vm, m, base, s)?;
    let (to, base) = this(vm, &target)?;
    if from.shape != to.shape
        || from.itemsize != to.itemsize
        || !same_format(&from.format, &to.format)
    {
        return Err(
            vm.value_error("memoryview assignment: lvalue and rvalue have different structures")
        );
    }
    // Copied first: both may be views of the same memory.
    let data = gather(from, &from_base, false);
    let mut places = Vec::with_capacity(count(to));
    each_offset(to, false, |at| places.push(at as usize));
    let n = to.itemsize;
    with_base_mut(vm, &base, |b| {
        for (at, item) in places.into_iter().zip(data.chunks(n)) {
            if let Some(b) = b.get_mut(at..at + item.len()) {
                b.copy_from_slice(item);
            }
        }
    });
    Ok(())
}
