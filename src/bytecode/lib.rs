//! The instruction table, code objects, their disassembly and their serial form.
//!
//! Layout: [`ops`] is the table; [`code`] the code object; [`disasm`] prints it,
//! [`serial`] stores it, [`verify`] checks it.

pub mod code;
pub mod disasm;
pub mod ops;
pub mod serial;
pub mod verify;

pub use code::{Code, Const, ExceptionEntry, Instr, Position, flags};
pub use ops::{Intrinsic, Op, Role};
