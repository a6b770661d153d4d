//! The data model, a file a chapter: how any value is asked to do something.

pub mod attr;
pub mod buffer;
pub mod call;
pub mod codec;
pub mod compare;
pub mod convert;
pub mod format;
pub mod iterate;
pub mod operators;
pub mod slot_table;
pub mod subscript;
