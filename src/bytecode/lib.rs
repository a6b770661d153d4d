//! The instruction table, code objects and their disassembly, for Taipan.
