//! The modules `_io` and `io`: files and streams.

pub mod text;

use super::{new_module, set};
use crate::native::Args;
use crate::value::*;
use crate::{R, Vm};

pub(super) fn make(vm: &mut Vm) -> R<Ref> {
    let m = new_module(vm, "_io", "", &[]);
    let class = vm.native_type(&text::TEXT);
    set(&m, "TextIOWrapper", class);
    Ok(m)
}

pub(super) fn make_thin(vm: &mut Vm) -> R<Ref> {
    let m = new_module(vm, "io", "", &[]);
    let class = vm.native_type(&text::TEXT);
    set(&m, "TextIOWrapper", class);
    Ok(m)
}

/// `open(...)`.
pub(crate) fn open(vm: &mut Vm, _: Args) -> R<Ref> {
    Err(vm.not_implemented_error("open"))
}

/// Makes `sys.stdin`, `sys.stdout` and `sys.stderr`.
pub(crate) fn install_streams(vm: &mut Vm) -> R<()> {
    let sys = vm.sys.clone();
    for (fd, name) in [(0, "stdin"), (1, "stdout"), (2, "stderr")] {
        let stream = text::standard(vm, fd);
        set(&sys, name, stream.clone());
        set(&sys, &format!("__{name}__"), stream);
    }
    Ok(())
}
