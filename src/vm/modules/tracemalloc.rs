//! `_tracemalloc`: allocations are not traced, and the module says so.

use crate::modules::new_module;
use crate::value::*;
use crate::vm::{new_int, new_list, new_tuple};
use crate::{R, Vm, functions};

functions! { FUNCTIONS;
    "start(nframe=1, /)" => |vm, _| Err(vm.not_implemented_error("tracing of memory allocations is not supported")), "Not supported: raises NotImplementedError.";
    "stop()" => |_, _| Ok(Ref::none()), "Nothing is traced.";
    "is_tracing()" => |_, _| Ok(Ref::bool(false)), "False.";
    "clear_traces()" => |_, _| Ok(Ref::none()), "Nothing is traced.";
    "get_traceback_limit()" => |_, _| Ok(new_int(1)), "The number of frames a trace would have.";
    "get_tracemalloc_memory()" => |_, _| Ok(new_int(0)), "Memory used for tracing, in bytes.";
    "get_traced_memory()" => |_, _| Ok(new_tuple(vec![new_int(0), new_int(0)])), "Size and peak of what is traced, in bytes.";
    "reset_peak()" => |_, _| Ok(Ref::none()), "Nothing is traced.";
    "_get_traces()" => |_, _| Ok(new_list(vec![])), "No traces.";
    "_get_object_traceback(obj, /)" => |_, _| Ok(Ref::none()), "None: it is not known where an object was allocated.";
}

pub fn make(vm: &mut Vm) -> R<Ref> {
    Ok(new_module(
        vm,
        "_tracemalloc",
        "Allocations are not traced.",
        FUNCTIONS,
    ))
}
