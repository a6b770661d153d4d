//! Stand-ins for parts that are on their way.
use crate::value::*;
use crate::{R, Vm};

impl Vm {
    pub fn import_star(&mut self, _m: &Ref, _ns: &Ref) -> R<()> {
        Ok(())
    }
    pub fn import_from(&mut self, m: &Ref, name: &Ref) -> R<Ref> {
        self.getattr(m, name)
    }
    pub fn import_name(&mut self, name: &Ref, _g: &Ref, _f: &Ref, _l: i64) -> R<Ref> {
        let n = self.str_lossy(name);
        self.import(&n)
    }
}
