//! The virtual machine: values, objects, the data model, builtin types and the interpreter loop.
//!
//! Layout: [`value`] (memory and layouts, the `unsafe` fence), [`native`] (how Rust functions are declared), [`vm`] (the state of
//! one thread of execution), [`protocol`] (the data model, a file a chapter), [`types`] (a file a builtin type),
//! [`errors`] (exceptions and tracebacks), [`builtins`] (the module), [`modules`] (native modules the language
//! itself needs), [`interp`] (frames, the loop, op families), [`host`] (all access to the outside).
//!
//! A function that takes `&mut Vm` may run Python code; one that takes `&Vm` only looks; one that takes neither does not even do that.

pub mod boot;
pub mod builtins;
pub mod errors;
pub mod host;
pub mod host_os;
pub mod import;
pub mod interp;
pub mod modules;
pub mod native;
pub mod protocol;
pub mod types;
pub mod value;
pub mod vm;

pub use native::{Args, arg};
pub use value::{Kind, Ref, intern, rt};
pub use vm::{Raised, Vm};

/// What may raise: on `Err` the exception is in the VM.
pub type R<T = Ref> = Result<T, Raised>;
