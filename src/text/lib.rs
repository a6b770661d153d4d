//! The pure algorithms behind Python's text and numbers, for Taipan.
