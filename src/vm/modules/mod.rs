//! Native modules that the language itself needs.

pub mod abc;
pub mod typing;
pub mod weakref;
pub mod warnings;
