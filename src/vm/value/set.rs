//! The table behind set and frozenset.

use super::object::{Trace, Tracer};
use super::refs::Ref;

/// Open addressing in the reference's probing order, so that sets of ints show in the same order.
#[derive(Default)]
pub struct SetTable {
    pub(crate) entries: Vec<(i64, Ref)>,
}

impl Trace for SetTable {
    fn trace(&self, tracer: &mut Tracer) {
        for (_, r) in &self.entries {
            tracer.visit(r);
        }
    }
}
