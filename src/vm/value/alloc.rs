//! The allocator behind the object heap: buffers of lists, dicts and strings, and all of Rust's own data.
//!
//! Small blocks that are freed wait in a list of their size and thread, so that the next request takes one without entering the
//! system's allocator. Every block is one of the system's, of the size its class rounds up to, so it can go
//! back at any time and from any thread: a list holds a bounded number of them.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::UnsafeCell;

const GRAIN: usize = 16;
/// Larger blocks are the system's business. With `--cfg taipan_checked` all are, so that memory checkers see every block.
const MOST: usize = if cfg!(taipan_checked) { 0 } else { 512 };
const CLASSES: usize = 512 / GRAIN;
/// How many bytes may wait in each list.
const KEEP: u32 = 32 << 10;

struct Block {
    next: *mut Block,
}

struct List {
    first: *mut Block,
    bytes: u32,
}

struct Lists(UnsafeCell<[List; CLASSES]>);

thread_local! {
    // Without a destructor, so that it can be used at any time of a thread's life; what waits when a thread ends is lost, at most
    // `KEEP` for each class.
    static LISTS: Lists = const {
        Lists(UnsafeCell::new([const { List { first: std::ptr::null_mut(), bytes: 0 } }; CLASSES]))
    };
}

/// See the top of this file. For `#[global_allocator]` of a program that runs one interpreter thread most of the time.
pub struct SmallBlocks;

#[inline(always)]
fn class_of(layout: Layout) -> Option<usize> {
    if layout.size() <= MOST && layout.size() != 0 && layout.align() <= GRAIN {
        Some((layout.size() - 1) / GRAIN)
    } else {
        None
    }
}

#[inline(always)]
fn class_layout(class: usize) -> Layout {
    // SAFETY: the alignment is a power of two and the size small.
    unsafe { Layout::from_size_align_unchecked((class + 1) * GRAIN, GRAIN) }
}

// SAFETY: blocks come from the system's allocator with their class's layout and go back with the same; while one waits in a list
// nobody else has it. The lists belong to the running thread, and no code runs while one is being changed.
unsafe impl GlobalAlloc for SmallBlocks {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: as above.
        unsafe {
            let Some(class) = class_of(layout) else {
                return System.alloc(layout);
            };
            LISTS.with(|l| {
                let list = &mut (*l.0.get())[class];
                let first = list.first;
                if first.is_null() {
                    return System.alloc(class_layout(class));
                }
                list.first = (*first).next;
                list.bytes -= ((class + 1) * GRAIN) as u32;
                first as *mut u8
            })
        }
    }
    #[inline]
    unsafe fn dealloc(&self, p: *mut u8, layout: Layout) {
        // SAFETY: as above.
        unsafe {
            let Some(class) = class_of(layout) else {
                return System.dealloc(p, layout);
            };
            LISTS.with(|l| {
                let list = &mut (*l.0.get())[class];
                if list.bytes >= KEEP {
                    return System.dealloc(p, class_layout(class));
                }
                let block = p as *mut Block;
                (*block).next = list.first;
                list.first = block;
                list.bytes += ((class + 1) * GRAIN) as u32;
            })
        }
    }
    #[inline]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: as above.
        unsafe {
            if class_of(layout).is_none() {
                return System.alloc_zeroed(layout);
            }
            let p = self.alloc(layout);
            if !p.is_null() {
                std::ptr::write_bytes(p, 0, layout.size());
            }
            p
        }
    }
    #[inline]
    unsafe fn realloc(&self, p: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: as above; both layouts are valid by the caller's contract.
        unsafe {
            let new = Layout::from_size_align_unchecked(size, layout.align());
            match (class_of(layout), class_of(new)) {
                (Some(a), Some(b)) if a == b => p,
                (None, None) => System.realloc(p, layout, size),
                _ => {
                    let to = self.alloc(new);
                    if !to.is_null() {
                        std::ptr::copy_nonoverlapping(p, to, layout.size().min(size));
                        self.dealloc(p, layout);
                    }
                    to
                }
            }
        }
    }
}
