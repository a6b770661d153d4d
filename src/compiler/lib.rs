//! From abstract syntax tree to register bytecode, for Taipan.
