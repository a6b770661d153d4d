//! Stand-ins for parts that are on their way.
use crate::value::*;
use crate::{R, Vm};

impl Vm {
    pub fn frozenset(&mut self, items: Vec<Ref>) -> R<Ref> {
        Ok(crate::vm::new_tuple(items))
    }
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
impl SetObj {
    pub fn new_set() -> Ref {
        Ref::none()
    }
    pub fn add(&self, _vm: &mut Vm, _k: &Ref) -> R<()> {
        Ok(())
    }
    pub fn contains(&self, _vm: &mut Vm, _k: &Ref) -> R<bool> {
        Ok(false)
    }
}
pub mod typevars {
    use crate::value::*;
    use crate::{R, Vm};
    pub fn new_typevar(_: &mut Vm, n: Ref, _: Ref, _: Ref) -> R<Ref> {
        Ok(n)
    }
    pub fn new_paramspec(_: &mut Vm, n: Ref) -> R<Ref> {
        Ok(n)
    }
    pub fn new_typevartuple(_: &mut Vm, n: Ref) -> R<Ref> {
        Ok(n)
    }
    pub fn set_default(_: &mut Vm, _: &Ref, _: Ref) -> R<()> {
        Ok(())
    }
    pub fn new_type_alias(_: &mut Vm, n: Ref, _: Ref, _: Ref) -> R<Ref> {
        Ok(n)
    }
    pub fn subscript_generic(_: &mut Vm, n: Ref) -> R<Ref> {
        Ok(n)
    }
}
pub fn new_template(_: &mut Vm, a: Ref, _: Ref) -> Ref {
    a
}
pub fn new_interpolation(_: &mut Vm, a: Ref, _: Ref, _: Ref, _: Ref) -> Ref {
    a
}
pub fn super_method(_: &mut Vm, a: &Ref, _: &Ref, _: &Ref) -> R<(Ref, Ref)> {
    Ok((a.clone(), a.clone()))
}
pub fn super_getattr(_: &mut Vm, a: &Ref, _: &Ref, _: &Ref) -> R<Ref> {
    Ok(a.clone())
}
