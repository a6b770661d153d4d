//! Stand-ins for parts that come with the interpreter loop and the exception classes.
use crate::value::*;
use crate::{R, Raised, Vm};
use std::sync::Arc;
use taipan_bytecode::Code;

impl Vm {
    pub fn new_code(&mut self, _: &Arc<Code>) -> Ref {
        Ref::none()
    }
    pub fn run_code(&mut self, _: &Ref, _: &Ref, _: &Ref, _: Box<[Ref]>) -> R<Ref> {
        Err(self.not_implemented_error("run_code"))
    }
    pub fn run_class_body(&mut self, _: &Ref, _: &Ref) -> R<Ref> {
        Err(self.not_implemented_error("run_class_body"))
    }
    pub fn builtins_of(&self, _: &Ref) -> Ref {
        self.builtins_dict()
    }
    pub fn builtins_dict(&self) -> Ref {
        self.builtins
            .cast::<ModuleObj>()
            .map_or_else(Ref::none, |m| m.dict.clone())
    }
    pub fn current_builtins(&self) -> Ref {
        self.builtins_dict()
    }
    pub fn frame_object(&mut self, _: usize) -> Option<Ref> {
        None
    }
    pub fn current_globals(&self) -> Option<Ref> {
        None
    }
    pub fn current_locals(&mut self) -> R<Ref> {
        Ok(DictObj::new_dict())
    }
    pub fn run_pending(&mut self) {}
    pub fn collect_garbage(&mut self) -> usize {
        0
    }
}
impl Vm {
    pub fn unraisable(&mut self, _: &Ref, _: Option<&Ref>, _: &str) {}
    pub fn print_exception(&mut self, _: &Ref) {}
    pub fn report_unraisable(&mut self, _: &Ref) -> R<()> {
        Ok(())
    }
    pub fn anext_awaitable(&mut self, _: &Ref, _: &Ref) -> R<Ref> {
        Err(self.not_implemented_error("anext"))
    }
}
#[allow(unused)]
fn raised() -> Raised {
    Raised
}
