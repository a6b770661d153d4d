//! The cycle collector: trial deletion over all containers, at safepoints.
//!
//! One pass walks the heap and writes each container's reference count into its header's scratch word; a second takes
//! off the references that come from other containers; what is left positive is reachable from outside, and all that can be
//! reached from there is live. The rest is garbage: finalisers run first (PEP 442), then, if nothing was
//! resurrected, weak references are cleared and the cycles are broken. Collections are due when the
//! heap has grown by a part of its size, so their cost is proportional to allocation.

use super::header::{Header, IMMORTAL, flag};
use super::object::{Tracer, clear_object, is_container, trace_object};
use super::refs::Ref;
use super::runtime::{Pending, request, rt, wake};
use super::shape::shape_flag;
use super::word::Value;

/// What `gc` shows and sets.
pub struct State {
    pub enabled: bool,
    pub thresholds: [i64; 3],
    pub collections: u64,
    pub collected: u64,
    pub(crate) limit: usize,
    /// How many containers there were at the last `gc.freeze()`; they are collected all the same.
    pub frozen: i64,
}
impl Default for State {
    fn default() -> State {
        State {
            enabled: true,
            thresholds: [2000, 10, 0],
            collections: 0,
            collected: 0,
            limit: 4 << 20,
            frozen: 0,
        }
    }
}

const MIN_GROWTH: usize = 4 << 20;

/// The size of the heap at which a collection is due.
pub(crate) fn limit() -> usize {
    rt().gc.limit
}

pub(crate) fn request_collection() {
    if rt().gc.enabled {
        request(wake::COLLECT);
    }
}

/// After a collection: when the next one is due. The heap may grow to half as much again as what is live; if the collection
/// freed little, by half of what it is, so that a heap that is simply large is not walked all the time.
pub(crate) fn plan_next(before: usize) {
    let live = rt().heap.used();
    let total = rt().heap.total;
    let mut limit = live + live / 2 + MIN_GROWTH;
    if before.saturating_sub(live) < before / 8 {
        limit = limit.max(total + total / 2);
    }
    rt().gc.limit = limit;
}

const REACHABLE: u32 = u32::MAX;
const NOT_CONTAINER: u32 = u32::MAX - 1;

/// Finds unreachable cycles and gives the objects in them, each with one reference added. The caller runs finalisers and calls [`dispose`].
pub(crate) fn find_garbage() -> Vec<Ref> {
    let heap = &rt().heap;
    // Scratch words: the count, then less the references from containers.
    heap.each(&mut |h| {
        // SAFETY: `each` shows live objects; only scratch words are written.
        unsafe {
            let shape = rt().shape((*h).shape.get());
            let n = (*h).count.get();
            (*h).gc.set(if !is_container(shape) {
                NOT_CONTAINER
            } else if n >= IMMORTAL / 2 {
                REACHABLE
            } else {
                n
            });
        }
    });
    heap.each(&mut |h| {
        // SAFETY: as above; tracing only looks.
        unsafe {
            if (*h).gc.get() != NOT_CONTAINER {
                trace_object(
                    h,
                    &mut Tracer(&mut |to: *mut Header| {
                        let n = (*to).gc.get();
                        if n < NOT_CONTAINER && n > 0 {
                            (*to).gc.set(n - 1);
                        }
                    }),
                );
            }
        }
    });
    let mut work: Vec<*mut Header> = Vec::new();
    heap.each(&mut |h| {
        // SAFETY: as above.
        unsafe {
            let n = (*h).gc.get();
            if n != 0 && n != NOT_CONTAINER {
                (*h).gc.set(REACHABLE);
                work.push(h);
            }
        }
    });
    while let Some(h) = work.pop() {
        // SAFETY: as above.
        unsafe {
            trace_object(
                h,
                &mut Tracer(&mut |to: *mut Header| {
                    if (*to).gc.get() < NOT_CONTAINER {
                        (*to).gc.set(REACHABLE);
                        work.push(to);
                    }
                }),
            );
        }
    }
    let mut garbage = Vec::new();
    heap.each(&mut |h| {
        // SAFETY: as above.
        unsafe {
            if (*h).gc.get() == 0 {
                garbage.push(Value::from_header(h).to_ref());
            }
        }
    });
    garbage
}

/// Those of the garbage that have a finaliser that has not run.
pub(crate) fn with_finalizers(garbage: &[Ref]) -> Vec<Ref> {
    let mut found: Vec<Ref> = garbage
        .iter()
        .filter(|r| {
            r.shape().is_some_and(|s| {
                s.flags & shape_flag::FINALIZE != 0
                    && super::object::needs_finalizer(r.0.header(), s)
            }) && !r.flag(flag::FINALIZED)
        })
        .cloned()
        .collect();
    // A generator is older than what it has in its frame, and the reference goes by age.
    found.sort_by_key(|r| r.cast::<super::layouts::GeneratorObj>().is_none());
    found
}

/// Weak references to garbage see that it is going, before any finaliser runs: one that brings an object back doesn't bring
/// back the references. Callbacks of those that are garbage themselves are not called.
pub(crate) fn clear_weakrefs(garbage: &[Ref]) {
    let before = rt().pending.len();
    for r in garbage {
        if r.flag(flag::WEAKREFS) {
            rt().clear_weakrefs(r.0.header());
        }
    }
    if rt().pending.len() == before {
        return;
    }
    let all: hashbrown::HashSet<u64> = garbage.iter().map(|r| r.id()).collect();
    rt().pending.retain(
        |p| !matches!(p, Pending::WeakCallback { weakref, .. } if all.contains(&weakref.id())),
    );
}

/// Breaks the cycles of garbage that is still garbage (nothing else refers to it), and lets it go.
pub(crate) fn dispose(garbage: Vec<Ref>) -> usize {
    clear_weakrefs(&garbage);
    for r in &garbage {
        r.set_flag(flag::FINALIZED, true);
    }
    for r in &garbage {
        // SAFETY: we own a reference to each, so clearing one can't free another under us.
        unsafe { clear_object(r.0.header()) };
    }
    garbage.len()
}
