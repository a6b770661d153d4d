//! Token kinds.
