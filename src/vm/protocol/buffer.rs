//! The buffer protocol for Rust: the bytes of bytes-like objects (bytes, bytearray, memoryview, native exporters, PEP 688 classes).

use crate::types::memoryview;
use crate::value::object::NativeObj;
use crate::value::*;
use crate::{R, Vm};
use std::borrow::Cow;
use std::cell::Cell;

/// Memory that an object of a native type lends (`NativePayload::memory`): a growable block that must keep its size while
/// `exports` is not 0.
pub struct Memory<'a> {
    pub data: &'a Guarded<Vec<u8>>,
    pub exports: &'a Cell<u32>,
    /// A `struct` code for the elements.
    pub format: &'static str,
    pub itemsize: usize,
    pub readonly: bool,
}

/// Looks at the memory of what a memoryview has as its base.
pub(crate) fn with_base<T>(base: &Ref, f: impl FnOnce(&[u8]) -> T) -> T {
    if let Some(b) = base.cast::<BytesObj>() {
        f(b.bytes())
    } else if let Some(b) = base.cast::<ByteArrayObj>() {
        b.data.with_raw(|v| f(v))
    } else if let Some(w) = base.native::<memoryview::Wrapper>() {
        with_base(&w.memory, f)
    } else if let Some(m) = base.cast::<NativeObj>().and_then(|n| n.0.memory()) {
        m.data.with_raw(|v| f(v))
    } else {
        f(&[])
    }
}

/// The same to change it; nothing happens if the memory is read-only.
pub(crate) fn with_base_mut<T>(vm: &mut Vm, base: &Ref, f: impl FnOnce(&mut [u8]) -> T) -> T {
    if let Some(b) = base.cast::<ByteArrayObj>() {
        f(b.data.get_mut(vm))
    } else if let Some(w) = base.native::<memoryview::Wrapper>() {
        with_base_mut(vm, &w.memory, f)
    } else if let Some(m) = base.cast::<NativeObj>().and_then(|n| n.0.memory())
        && !m.readonly
    {
        f(m.data.get_mut(vm))
    } else {
        f(&mut [])
    }
}

impl Vm {
    /// Whether the object has the buffer protocol.
    pub fn is_bytes_like(&self, r: &Ref) -> bool {
        r.cast::<BytesObj>().is_some()
            || r.cast::<ByteArrayObj>().is_some()
            || r.cast::<MemoryViewObj>().is_some()
            || r.cast::<NativeObj>()
                .is_some_and(|n| n.0.memory().is_some())
            || r.class().has_flag(type_flag::HEAP)
                && self.lookup(r.class(), &intern("__buffer__")).is_some()
    }

    /// The bytes of a bytes-like object; None if it isn't one.
    pub fn buffer_bytes_opt<'a>(&mut self, r: &'a Ref) -> R<Option<Cow<'a, [u8]>>> {
        if let Some(b) = r.cast::<BytesObj>() {
            return Ok(Some(Cow::Borrowed(b.bytes())));
        }
        if let Some(b) = r.cast::<ByteArrayObj>() {
            return Ok(Some(Cow::Owned(b.data.cloned())));
        }
        if !self.is_bytes_like(r) {
            return Ok(None);
        }
        self.with_buffer(r, |b| Cow::Owned(b.to_vec())).map(Some)
    }
    /// The same; TypeError "a bytes-like object is required, not 'X'".
    pub fn buffer_bytes<'a>(&mut self, r: &'a Ref) -> R<Cow<'a, [u8]>> {
        match self.buffer_bytes_opt(r)? {
            Some(b) => Ok(b),
            None => Err(self.not_bytes_like(r)),
        }
    }
    pub fn not_bytes_like(&mut self, r: &Ref) -> crate::Raised {
        let text = format!(
            "a bytes-like object is required, not '{}'",
            self.type_name(r)
        );
        self.type_error(&text)
    }

    /// Looks at the bytes of a bytes-like object, in place where they are contiguous.
    pub fn with_buffer<T>(&mut self, r: &Ref, f: impl FnOnce(&[u8]) -> T) -> R<T> {
        if let Some(b) = r.cast::<BytesObj>() {
            return Ok(f(b.bytes()));
        }
        if let Some(b) = r.cast::<ByteArrayObj>() {
            return Ok(b.data.with_raw(|v| f(v)));
        }
        if let Some(m) = r.cast::<NativeObj>().and_then(|n| n.0.memory()) {
            return Ok(m.data.with_raw(|v| f(v)));
        }
        let Some(view) = memoryview::view_object(self, r, memoryview::SIMPLE)? else {
            return Err(self.not_bytes_like(r));
        };
        match view.cast::<MemoryViewObj>() {
            Some(m) => {
                let base = memoryview::live_base(self, m)?;
                Ok(memoryview::with_contents(m, &base, f))
            }
            None => Err(self.not_bytes_like(r)),
        }
    }
    /// Changes the bytes of a writable contiguous bytes-like object; TypeError "read-write bytes-like object expected" otherwise
    /// (`what` goes before it: "readinto() argument must be ...").
    pub fn with_buffer_mut<T>(
        &mut self,
        r: &Ref,
        what: &str,
        f: impl FnOnce(&mut [u8]) -> T,
    ) -> R<T> {
        if let Some(b) = r.cast::<ByteArrayObj>() {
            return Ok(f(b.data.get_mut(self)));
        }
        if self.is_bytes_like(r) {
            let view = self.view_of(r)?;
            if let Some(m) = view.cast::<MemoryViewObj>() {
                let base = memoryview::live_base(self, m)?;
                if !m.readonly && memoryview::c_contiguous(m) {
                    let (start, n) = (m.offset as usize, memoryview::nbytes(m));
                    return Ok(with_base_mut(self, &base, |b| {
                        match b.get_mut(start..start + n) {
                            Some(b) => f(b),
                            None => f(&mut []),
                        }
                    }));
                }
            }
        }
        let text = format!(
            "{what} must be read-write bytes-like object, not {}",
            self.type_name_or_none(r)
        );
        Err(self.type_error(&text))
    }
    /// A memoryview of the object: itself if it is one. Fails with TypeError "a bytes-like object is required, not 'X'".
    pub fn view_of(&mut self, r: &Ref) -> R<Ref> {
        if r.cast::<MemoryViewObj>().is_some() {
            return Ok(r.clone());
        }
        match memoryview::view_object(self, r, memoryview::FULL_RO)? {
            Some(v) => Ok(v),
            None => Err(self.not_bytes_like(r)),
        }
    }
}
