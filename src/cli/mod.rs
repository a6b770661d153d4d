//! The command line: options, and what they make the interpreter run.

mod options;
mod program;
pub mod signals;

pub use options::Options;
pub use program::run;
