//! Memory for objects: pages of equal cells with intrusive free lists, and a list of large blocks.
//!
//! Every object can be found by walking the pages and the large blocks, so the cycle collector
//! needs no list of its own and allocation pays nothing for it. A free cell has shape 0.

use super::header::{Header, flag};
use std::alloc::{Layout, alloc, dealloc, handle_alloc_error};

const GRAIN: usize = 16;
/// Largest size that lives in pages. With `--cfg taipan_checked` none does, so that memory checkers see every object.
const MAX_SMALL: usize = if cfg!(taipan_checked) { 0 } else { 512 };
const CLASSES: usize = MAX_SMALL / GRAIN + 1;
const PAGE: usize = 1 << 16;
const LARGE_PREFIX: usize = 16;

/// A free cell: shape 0 and, where the collector's word and flags are, the next free cell.
#[repr(C)]
struct FreeCell {
    count: u32,
    shape: u32,
    next: *mut FreeCell,
}

#[repr(C)]
struct Page {
    cell: u32,
    class: u32,
    pad: u64,
}

/// Before a large block: its size and its place in the list of large blocks.
#[repr(C)]
struct Large {
    size: usize,
    index: usize,
}

pub struct Heap {
    free: [*mut FreeCell; CLASSES],
    pages: Vec<*mut Page>,
    large: Vec<*mut Large>,
    /// Bytes in large blocks and pages.
    pub total: usize,
}

impl Heap {
    pub const fn new() -> Heap {
        Heap {
            free: [std::ptr::null_mut(); CLASSES],
            pages: Vec::new(),
            large: Vec::new(),
            total: 0,
        }
    }

    /// Room for an object of `size` bytes. The contents are undefined but for `flags`, which tell whether it is large.
    #[inline(always)]
    pub fn alloc(&mut self, size: usize) -> *mut Header {
        if size <= MAX_SMALL {
            let class = size.div_ceil(GRAIN);
            let cell = self.free[class];
            if !cell.is_null() {
                // SAFETY: cells on a free list are unused memory of this class in a page that is never unmapped.
                unsafe {
                    self.free[class] = (*cell).next;
                    let h = cell as *mut Header;
                    (*h).flags.set(0);
                    return h;
                }
            }
        }
        self.alloc_slow(size)
    }

    #[cold]
    #[inline(never)]
    fn alloc_slow(&mut self, size: usize) -> *mut Header {
        if size > MAX_SMALL {
            return self.alloc_large(size);
        }
        let class = size.div_ceil(GRAIN);
        let cell = class * GRAIN;
        let layout = Layout::from_size_align(PAGE, PAGE).expect("constant layout");
        // SAFETY: the layout is not empty. The cells written lie inside the page and do not overlap.
        unsafe {
            let page = alloc(layout) as *mut Page;
            if page.is_null() {
                handle_alloc_error(layout);
            }
            *page = Page {
                cell: cell as u32,
                class: class as u32,
                pad: 0,
            };
            self.pages.push(page);
            let n = (PAGE - size_of::<Page>()) / cell;
            let first = (page as *mut u8).add(size_of::<Page>());
            let mut next = std::ptr::null_mut();
            for i in (0..n).rev() {
                let c = first.add(i * cell) as *mut FreeCell;
                *c = FreeCell {
                    count: 0,
                    shape: 0,
                    next,
                };
                next = c;
            }
            self.free[class] = next;
        }
        self.total += PAGE;
        if self.total >= super::gc::limit() {
            super::gc::request_collection();
        }
        self.alloc(size)
    }

    fn alloc_large(&mut self, size: usize) -> *mut Header {
        let Ok(layout) = Layout::from_size_align(size + LARGE_PREFIX, 16) else {
            handle_alloc_error(Layout::new::<Large>());
        };
        self.total += size;
        if self.total >= super::gc::limit() {
            super::gc::request_collection();
        }
        // SAFETY: the layout is not empty; prefix and header lie inside the block.
        unsafe {
            let block = alloc(layout) as *mut Large;
            if block.is_null() {
                handle_alloc_error(layout);
            }
            *block = Large {
                size,
                index: self.large.len(),
            };
            self.large.push(block);
            let h = (block as *mut u8).add(LARGE_PREFIX) as *mut Header;
            (*h).flags.set(flag::LARGE);
            h
        }
    }

    /// How many bytes the block of an object has room for.
    ///
    /// # Safety
    /// `h` came from `alloc` of this heap.
    pub unsafe fn capacity(&self, h: *mut Header) -> usize {
        // SAFETY: by the contract, as in `free`.
        unsafe {
            if (*h).flags.get() & flag::LARGE != 0 {
                return (*((h as *mut u8).sub(LARGE_PREFIX) as *mut Large)).size;
            }
            (*((h as usize & !(PAGE - 1)) as *mut Page)).cell as usize
        }
    }

    /// Takes an object's memory back.
    ///
    /// # Safety
    /// `h` came from `alloc` of this heap, its payload has been dropped, and nothing refers to it.
    #[inline(always)]
    pub unsafe fn free(&mut self, h: *mut Header) {
        // SAFETY: by the contract; a small cell's page header is at the address rounded down to the page size.
        unsafe {
            if (*h).flags.get() & flag::LARGE != 0 {
                return self.free_large(h);
            }
            let page = (h as usize & !(PAGE - 1)) as *mut Page;
            let class = (*page).class as usize;
            let cell = h as *mut FreeCell;
            (*cell).shape = 0;
            (*cell).next = self.free[class];
            self.free[class] = cell;
        }
    }

    #[cold]
    unsafe fn free_large(&mut self, h: *mut Header) {
        // SAFETY: by `free`'s contract `h` lies behind a `Large` prefix whose index is kept true.
        unsafe {
            let block = (h as *mut u8).sub(LARGE_PREFIX) as *mut Large;
            let Large { size, index } = *block;
            self.large.swap_remove(index);
            if let Some(&moved) = self.large.get(index) {
                (*moved).index = index;
            }
            self.total = self.total.saturating_sub(size);
            dealloc(
                block as *mut u8,
                Layout::from_size_align_unchecked(size + LARGE_PREFIX, 16),
            );
        }
    }

    /// Bytes in use by objects.
    pub fn used(&self) -> usize {
        let mut n = 0;
        for &page in &self.pages {
            // SAFETY: as in `each`.
            unsafe {
                let cell = (*page).cell as usize;
                let first = (page as *mut u8).add(size_of::<Page>());
                for i in 0..(PAGE - size_of::<Page>()) / cell {
                    let h = first.add(i * cell) as *mut Header;
                    if (*h).shape.get() != 0 {
                        n += cell;
                    }
                }
            }
        }
        // SAFETY: blocks in the list are live.
        n + self
            .large
            .iter()
            .map(|&b| unsafe { (*b).size })
            .sum::<usize>()
    }

    /// Calls `f` with every object there is. `f` must neither allocate nor free.
    pub fn each(&self, f: &mut dyn FnMut(*mut Header)) {
        for &page in &self.pages {
            // SAFETY: pages are carved completely when they are made, so each cell has a readable header.
            unsafe {
                let cell = (*page).cell as usize;
                let n = (PAGE - size_of::<Page>()) / cell;
                let first = (page as *mut u8).add(size_of::<Page>());
                for i in 0..n {
                    let h = first.add(i * cell) as *mut Header;
                    if (*h).shape.get() != 0 {
                        f(h);
                    }
                }
            }
        }
        for &block in &self.large {
            // SAFETY: blocks in the list are live and have a header behind their prefix.
            unsafe {
                let h = (block as *mut u8).add(LARGE_PREFIX) as *mut Header;
                if (*h).shape.get() != 0 {
                    f(h);
                }
            }
        }
    }
}
