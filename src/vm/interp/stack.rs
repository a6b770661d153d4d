//! The register stack: one large reserved region, so that frames never move and a recursion limit of a million can be reached.

use crate::value::Value;

/// Reserved address space; memory is used only as frames touch it.
const RESERVE: usize = 8 << 30;

pub struct Stack {
    pub base: *mut Value,
    pub end: *mut Value,
}

impl Stack {
    pub fn new() -> Stack {
        let mut size = RESERVE;
        loop {
            // SAFETY: an anonymous private mapping of new memory; nothing else refers to it.
            let p = unsafe {
                rustix::mm::mmap_anonymous(
                    std::ptr::null_mut(),
                    size,
                    rustix::mm::ProtFlags::READ | rustix::mm::ProtFlags::WRITE,
                    rustix::mm::MapFlags::PRIVATE | rustix::mm::MapFlags::NORESERVE,
                )
            };
            match p {
                Ok(p) => {
                    let base = p as *mut Value;
                    // SAFETY: the end of the mapping.
                    return Stack {
                        base,
                        end: unsafe { base.add(size / 8 - 4096) },
                    };
                }
                Err(_) if size > 1 << 20 => size /= 2,
                Err(_) => std::process::abort(),
            }
        }
    }
}

impl Default for Stack {
    fn default() -> Self {
        Stack::new()
    }
}
