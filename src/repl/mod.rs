//! The interactive mode: what is typed at a prompt is run statement by statement in `__main__`.
//!
//! [`session`] knows nothing of terminals: text goes in, and it says whether more is needed or how it went. [`plain`] reads lines, as
//! CPython's `-i` does on a pipe.

pub mod plain;
pub mod session;
