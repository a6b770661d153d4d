//! Import: finding, loading and caching modules.

use crate::value::*;
use crate::{R, Vm};

impl Vm {
    /// `import name` from Rust: the module object.
    pub fn import(&mut self, name: &str) -> R<Ref> {
        let _ = name;
        Err(self.not_implemented_error("import"))
    }
}
