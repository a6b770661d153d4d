//! The module `atexit`: functions to call when the interpreter ends, last registered first.

use super::new_module;
use crate::native::Args;
use crate::value::*;
use crate::vm::new_int;
use crate::{R, Vm, functions};

/// A registered function with its arguments.
pub(crate) struct Handler {
    func: Ref,
    args: Vec<Ref>,
    names: Vec<Ref>,
}

functions! { FUNCTIONS;
    var "register(func, /, *args, **kwargs)" => register, "Has the function called with these arguments at the end. Gives the function, so it can be used as a decorator.";
    "_clear()" => |vm, _| { vm.lib.at_exit.clear(); Ok(Ref::none()) }, "Forgets all that was registered.";
    "unregister(func, /)" => unregister, "Forgets that function, however often it was registered.";
    "_run_exitfuncs()" => |vm, _| { vm.run_exit_handlers(); Ok(Ref::none()) }, "Calls what was registered, now.";
    "_ncallbacks()" => |vm, _| Ok(new_int(vm.lib.at_exit.len() as i64)), "How many functions are registered.";
}

pub(super) fn make(vm: &mut Vm) -> R<Ref> {
    Ok(new_module(
        vm,
        "atexit",
        "Functions that are called when the interpreter ends, in the reverse order of their registration.",
        FUNCTIONS,
    ))
}

fn register(vm: &mut Vm, args: Args) -> R<Ref> {
    let pos = args.pos();
    let Some(func) = pos.first() else {
        return Err(vm.type_error("register() takes at least 1 argument (0 given)"));
    };
    if !vm.is_callable(func) {
        return Err(vm.type_error("the first argument must be callable"));
    }
    vm.lib.at_exit.push(Handler {
        func: func.clone(),
        args: args.all[1..].to_vec(),
        names: args.names.to_vec(),
    });
    Ok(func.clone())
}

fn unregister(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let mut i = 0;
    while i < vm.lib.at_exit.len() {
        let func = vm.lib.at_exit[i].func.clone();
        if vm.equal(&a[0], &func)? && i < vm.lib.at_exit.len() {
            vm.lib.at_exit.remove(i);
        } else {
            i += 1;
        }
    }
    Ok(Ref::none())
}

impl Vm {
    /// Calls what has been registered, last first; failures are reported and don't stop the rest.
    pub fn run_exit_handlers(&mut self) {
        while let Some(h) = self.lib.at_exit.pop() {
            if self
                .call_args(&h.func, Args::new(&h.args, &h.names))
                .is_err()
            {
                let exc = self.take_exc();
                self.unraisable(&exc, Some(&h.func), "Exception ignored in atexit callback");
            }
        }
    }
}
