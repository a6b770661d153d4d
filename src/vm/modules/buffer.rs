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
