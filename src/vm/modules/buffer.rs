//! Bytes-like arguments: what bytes, bytearray, memoryview and other exporters hold.

use crate::value::*;
use crate::{R, Vm};

/// A copy of the bytes of a bytes-like object, or `None` if it is none.
pub fn bytes_like(vm: &mut Vm, r: &Ref) -> R<Option<Vec<u8>>> {
    if let Some(b) = r.cast::<BytesObj>() {
        return Ok(Some(b.bytes().to_vec()));
    }
    if let Some(b) = r.cast::<ByteArrayObj>() {
        return Ok(Some(b.data.get(vm).clone()));
    }
    if r.cast::<MemoryViewObj>().is_some() {
        let b = vm.call_method(r, "tobytes", &[])?;
        return Ok(b.cast::<BytesObj>().map(|b| b.bytes().to_vec()));
    }
    Ok(None)
}

/// The same; TypeError "a bytes-like object is required, not 'X'".
pub fn expect_bytes(vm: &mut Vm, r: &Ref) -> R<Vec<u8>> {
    match bytes_like(vm, r)? {
        Some(b) => Ok(b),
        None => {
            let text = format!("a bytes-like object is required, not '{}'", vm.type_name(r));
            Err(vm.type_error(&text))
        }
    }
}
