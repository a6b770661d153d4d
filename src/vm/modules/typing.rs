//! `_typing`: the native half of `typing`.
use crate::types::module;
use crate::value::*;
use crate::{R, Vm};
pub fn make(_: &mut Vm) -> R<Ref> {
    Ok(module::new_module("_typing", ""))
}
