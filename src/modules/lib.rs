//! The standard library of Taipan.
//!
//! [`frozen`] is its pure-Python half, compiled when Taipan is built and embedded; the other modules here are native ones that the language
//! itself doesn't need. [`install`] plugs both into an interpreter.

pub mod array;
pub mod binary;
pub mod binascii;
pub mod frozen;
pub mod hashes;
pub mod import;
pub mod posix;
mod posixsubprocess;
pub mod random;
pub mod resource;
pub mod signal;
pub mod sre;
pub mod thread;
pub mod unicodedata;

use std::rc::Rc;
use taipan_vm::Vm;
use taipan_vm::modules::{Make, set};
use taipan_vm::vm::{new_str, new_tuple};

/// All native modules of this crate, by name.
pub static MODULES: &[(&str, Make)] = &[
    ("_blake2", hashes::make_blake2),
    ("_frozen_importlib", import::make_bootstrap),
    (
        "_frozen_importlib_external",
        import::make_bootstrap_external,
    ),
    ("_imp", import::make_imp),
    ("_md5", hashes::make_md5),
    ("_posixsubprocess", posixsubprocess::make),
    ("_random", random::make),
    ("_resource", resource::make),
    ("_sha1", hashes::make_sha1),
    ("_sha2", hashes::make_sha2),
    ("_sha3", hashes::make_sha3),
    ("_signal", signal::make),
    ("_sre", sre::make),
    ("_struct", binary::make),
    ("_thread", thread::make),
    ("array", array::make),
    ("binascii", binascii::make),
    ("posix", posix::make),
    ("unicodedata", unicodedata::make),
];

/// Makes the standard library importable.
pub fn install(vm: &mut Vm) {
    vm.add_library(Rc::new(frozen::Frozen));
    vm.set_embedded_sources(frozen::text_of_file);
    for (name, make) in MODULES {
        vm.add_native_module(name, *make);
    }
    vm.remove_native_module("io");
    let names = vm.native_module_names();
    let names = names.iter().map(|n| new_str(n)).collect();
    let sys = vm.sys.clone();
    set(&sys, "builtin_module_names", new_tuple(names));
}
