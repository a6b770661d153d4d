//! The standard library of Taipan.
//!
//! [`frozen`] is its pure-Python half, compiled when Taipan is built and embedded; the other modules here are native ones that the language
//! itself doesn't need. [`install`] plugs both into an interpreter.

pub mod frozen;
pub mod posix;

use std::rc::Rc;
use taipan_vm::Vm;
use taipan_vm::modules::Make;

/// All native modules of this crate, by name.
pub static MODULES: &[(&str, Make)] = &[("posix", posix::make)];

/// Makes the standard library importable.
pub fn install(vm: &mut Vm) {
    vm.add_library(Rc::new(frozen::Frozen));
    vm.set_embedded_sources(frozen::text_of_file);
    for (name, make) in MODULES {
        vm.add_native_module(name, *make);
    }
}
