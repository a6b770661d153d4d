//! Running code objects: frames, the dispatch loop and the op families.
#![allow(unsafe_code)]

pub mod stack;

use crate::native::Args;
use crate::value::*;
use crate::{R, Vm};

/// Forgets every inline cache: something changed that they don't check.
pub(crate) fn flush_caches() {}

impl Vm {
    /// Calls a Python function.
    pub fn call_function(&mut self, f: &Ref, args: Args) -> R<Ref> {
        let _ = (f, args);
        Err(self.not_implemented_error("x"))
    }
    /// Runs signal handlers that are due.
    pub fn check_signals(&mut self) -> R<()> {
        Ok(())
    }
    /// `__name__` of the globals of the running frame.
    pub(crate) fn calling_module_name(&mut self) -> Option<Ref> {
        None
    }
}
