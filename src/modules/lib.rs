//! The standard library of Taipan.
//!
//! [`frozen`] is its pure-Python half, compiled when Taipan is built and embedded; the other modules here are native ones that the language
//! itself doesn't need. [`install`] plugs both into an interpreter.

pub mod frozen;

use std::rc::Rc;
use taipan_vm::Vm;

/// Makes the standard library importable.
pub fn install(vm: &mut Vm) {
    vm.add_library(Rc::new(frozen::Frozen));
    vm.set_embedded_sources(frozen::text_of_file);
}
