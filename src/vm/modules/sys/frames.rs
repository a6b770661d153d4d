//! Running frames as `sys` shows them.

use crate::native::arg;
use crate::value::*;
use crate::vm::new_int;
use crate::{R, Vm};

fn depth(vm: &mut Vm, a: &[Ref]) -> R<usize> {
    Ok(match arg(a, 0) {
        Some(d) => vm.index_i32(d)?.max(0) as usize,
        None => 0,
    })
}

pub(super) fn getframe(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let depth = depth(vm, a)?;
    match vm.frame_object(depth) {
        Some(f) => Ok(f),
        None => Err(vm.value_error("call stack is not deep enough")),
    }
}

pub(super) fn module_name(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let depth = depth(vm, a)?;
    Ok(vm
        .frame_object(depth)
        .and_then(|f| {
            f.cast::<FrameObj>()?
                .globals
                .cast::<DictObj>()?
                .get_name("__name__")
        })
        .unwrap_or_else(Ref::none))
}

pub(super) fn current_frames(vm: &mut Vm, _: &[Ref]) -> R<Ref> {
    let out = DictObj::new_dict();
    if let (Some(frame), Some(d)) = (vm.frame_object(0), out.cast::<DictObj>()) {
        let id = vm.thread_ident();
        d.set(vm, &new_int(id), frame)?;
    }
    Ok(out)
}

impl Vm {
    /// What `threading.get_ident()` says of the running thread.
    pub fn thread_ident(&self) -> i64 {
        self as *const Vm as usize as i64 >> 4
    }
}
