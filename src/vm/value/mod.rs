//! Values and objects: the one place, together with the dispatch core, where `unsafe` may live.
//!
//! Reading order: [`word`] (what 64 bits mean), [`header`] (what an object begins with), [`refs`] (ownership and
//! death), [`layouts`] (the payload of each builtin layout), [`object`] (allocation, downcasts,
//! attribute slots), [`shape`], [`guarded`] (how Rust code may borrow what Python code can change), [`dict`] and [`set`] (tables),
//! [`slots`] (special methods of a class), [`heap`], [`gc`], [`runtime`].
#![allow(unsafe_code)]

pub mod alloc;
pub mod dict;
pub mod gc;
pub mod guarded;
pub mod header;
pub(crate) mod heap;
pub mod layouts;
pub mod object;
pub mod refs;
pub mod runtime;
pub mod set;
pub mod shape;
pub mod slots;
pub mod word;

pub use guarded::Guarded;
pub use header::Kind;
pub use layouts::*;
pub use object::{NativePayload, Payload, Trace, Tracer, class_of, type_ref};
pub use refs::Ref;
pub use runtime::{intern, intern_static, rt};
pub use word::Value;
