//! The data model, a file a chapter: how any value is asked to do something.

pub mod attr;
pub mod call;
pub mod compare;
pub mod convert;
pub mod iterate;
pub mod operators;
pub mod slot_table;
pub mod subscript;
