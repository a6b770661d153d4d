//! The interactive mode: what is typed at a prompt is run statement by statement in `__main__`.
//!
//! [`session`] knows nothing of terminals: text goes in, and it says whether more is needed or how it went. Two front ends feed it. [`plain`] reads
//! lines, as CPython's `-i` does on a pipe. [`console`] works at a terminal: the line [`editor`] has a thread of its own and shares nothing with
//! the interpreter, which answers its questions ([`complete`]) and runs the session's event loop while it waits. [`text`] and
//! [`highlight`] are what the editor knows of Python; [`terminal`] keeps what is printed apart from the line being edited.

pub mod complete;
pub mod console;
pub mod editor;
pub mod highlight;
pub mod plain;
pub mod session;
pub mod terminal;
pub mod text;
