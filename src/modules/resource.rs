//! `_resource`: limits of processes, for the module `resource`.

use taipan_vm::host_os::Limits;
use taipan_vm::modules::new_module;
use taipan_vm::vm::{new_bigint, new_int, new_tuple};
use taipan_vm::{R, Ref, Vm, arg, functions};

functions! { FUNCTIONS;
    "limits(pid, resource, soft=None, hard=None, /)" => |vm, a| {
        let pid = vm.index_i32(&a[0])?;
        let resource = vm.index_i32(&a[1])? as u32;
        let new = match (arg(a, 2), arg(a, 3)) {
            (Some(soft), Some(hard)) => Some((limit(vm, soft)?, limit(vm, hard)?)),
            _ => None,
        };
        let (soft, hard) = limits(vm, pid, resource, new)?;
        Ok(new_tuple(vec![shown(soft), shown(hard)]))
    }, "The soft and the hard limit of a process, as they were before new ones are set.";
}

fn limits(vm: &mut Vm, pid: i32, resource: u32, new: Option<Limits>) -> R<Limits> {
    let host = vm.host.clone();
    let done = match host.os() {
        Some(os) => os.limits(pid, resource, new),
        None => Err(std::io::Error::from_raw_os_error(1)),
    };
    done.map_err(|e| vm.os_error(&e, &Ref::UNDEFINED))
}

/// A limit as it is passed: -1 and the largest number are none.
fn limit(vm: &mut Vm, r: &Ref) -> R<Option<u64>> {
    let n = vm.index(r)?;
    match n.as_bigint() {
        Some(n) if n == (-1).into() || n == u64::MAX.into() => Ok(None),
        Some(n) if n.sign() == num_bigint::Sign::Minus => {
            Err(vm.value_error("Cannot convert negative int"))
        }
        n => match n.and_then(|n| u64::try_from(n).ok()) {
            Some(n) => Ok(Some(n)),
            None => Err(vm.overflow_error("Python int too large to convert to C rlim_t")),
        },
    }
}

fn shown(limit: Option<u64>) -> Ref {
    match limit {
        None => new_int(-1),
        Some(n) => i64::try_from(n).map_or_else(|_| new_bigint(n.into()), new_int),
    }
}

pub fn make(vm: &mut Vm) -> R<Ref> {
    Ok(new_module(
        vm,
        "_resource",
        "Limits of processes, the native half of the module resource.",
        FUNCTIONS,
    ))
}
