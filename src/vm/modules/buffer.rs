//! Bytes-like arguments: what bytes, bytearray, memoryview and other exporters hold.

use crate::value::*;
use crate::{R, Vm};

/// A copy of the bytes of a bytes-like object, or `None` if it is none.
pub fn bytes_like(vm: &mut Vm, r: &Ref) -> R<Option<Vec<u8>>> {
    Ok(vm.buffer_bytes_opt(r)?.map(|b| b.into_owned()))
}

/// The same; TypeError "a bytes-like object is required, not 'X'".
pub fn expect_bytes(vm: &mut Vm, r: &Ref) -> R<Vec<u8>> {
    Ok(vm.buffer_bytes(r)?.into_owned())
}

/// The number of bytes of a writable buffer argument.
pub fn expect_writable_len(vm: &mut Vm, r: &Ref) -> R<usize> {
    if let Some(b) = r.cast::<ByteArrayObj>() {
        return Ok(b.data.get(vm).len());
    }
    if r.cast::<MemoryViewObj>().is_some_and(|m| !m.readonly) {
        let n = vm.getattr_str(r, "nbytes")?;
        return Ok(n.as_i64().unwrap_or(0) as usize);
    }
    let text = format!(
        "argument must be read-write bytes-like object, not {}",
        vm.type_name(r)
    );
    Err(vm.type_error(&text))
}

/// Puts bytes at the beginning of a writable buffer that is large enough.
pub fn store(vm: &mut Vm, r: &Ref, data: &[u8]) -> R<()> {
    if let Some(b) = r.cast::<ByteArrayObj>() {
        let to = b.data.get_mut(vm);
        let n = data.len().min(to.len());
        to[..n].copy_from_slice(&data[..n]);
        return Ok(());
    }
    // A view is written through a slice of itself as bytes.
    let flat = vm.call_method(r, "cast", &[crate::vm::new_str("B")])?;
    let range = Ref::new(SliceObj {
        start: crate::vm::new_int(0),
        stop: crate::vm::new_usize(data.len()),
        step: Ref::none(),
    });
    vm.setitem(&flat, &range, crate::vm::new_bytes(data))
}
