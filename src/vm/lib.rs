//! Values, objects, frames and the interpreter that runs code objects, for Taipan.
