//! `product`, `permutations`, `combinations`, `combinations_with_replacement`.

use super::iterator;
use crate::native::{Args, arg};
use crate::types::spec::TypeSpec;
use crate::value::*;
use crate::vm::new_tuple;
use crate::{R, Vm, constructor, trace};
use std::cell::{Cell, RefCell};

struct Product {
    pools: Vec<Vec<Ref>>,
    indices: RefCell<Vec<usize>>,
    state: Cell<State>,
}
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Going,
    Done,
}
trace!(Product; pools);
impl NativePayload for Product {}

pub(super) static PRODUCT: TypeSpec = TypeSpec {
    name: "itertools.product",
    flags: type_flag::BASE,
    doc: "All tuples with one item from each iterable, as nested for loops would make them; the last one varies fastest.\n\nrepeat takes the iterables that many times over.",
    slots: |s| {
        s.new.set(Some(new_product));
        iterator(s, |_, r| {
            let Some(p) = r.native::<Product>() else {
                return Ok(None);
            };
            let mut indices = p.indices.borrow_mut();
            match p.state.get() {
                State::Done => return Ok(None),
                State::New => {
                    if p.pools.iter().any(|p| p.is_empty()) {
                        p.state.set(State::Done);
                        return Ok(None);
                    }
                    p.state.set(State::Going);
                }
                State::Going => {
                    let mut i = p.pools.len();
                    loop {
                        if i == 0 {
                            p.state.set(State::Done);
                            return Ok(None);
                        }
                        i -= 1;
                        indices[i] += 1;
                        if indices[i] < p.pools[i].len() {
                            break;
                        }
                        indices[i] = 0;
                    }
                }
            }
            let items = indices
                .iter()
                .zip(&p.pools)
                .map(|(&i, pool)| pool[i].clone())
                .collect();
            Ok(Some(new_tuple(items)))
        });
    },
    ..TypeSpec::DEFAULT
};

fn new_product(vm: &mut Vm, class: &Ref, args: Args) -> R<Ref> {
    let mut repeat = 1;
    for (k, v) in args.kw() {
        if k.str_obj().bytes() != b"repeat" {
            return Err(vm.unknown_keyword("product", k, &["repeat"]));
        }
        repeat = vm.index_size(v)?;
        if repeat < 0 {
            return Err(vm.value_error("repeat argument cannot be negative"));
        }
    }
    let given = args.pos();
    if given.len() as u128 * repeat as u128 > isize::MAX as u128 / 32 {
        return Err(vm.overflow_error("repeat argument too large"));
    }
    // Each place of the product has its own copy of its pool.
    if given.len() as u128 * repeat as u128 > 1 << 26 {
        return Err(vm.memory_error());
    }
    let mut pools = Vec::new();
    if repeat > 0 {
        for r in given {
            pools.push(vm.collect(r)?);
        }
    }
    let one = pools.clone();
    let copies = if one.is_empty() { 1 } else { repeat };
    if pools
        .try_reserve_exact(one.len().saturating_mul((copies - 1).max(0) as usize))
        .is_err()
    {
        return Err(vm.memory_error());
    }
    for _ in 1..copies {
        pools.extend(one.iter().cloned());
    }
    let indices = RefCell::new(vec![0; pools.len()]);
    Ok(Ref::new_native(
        class,
        Product {
            pools,
            indices,
            state: Cell::new(State::New),
        },
    ))
}

/// Indices into one pool.
struct Choice {
    pool: Vec<Ref>,
    size: usize,
    indices: RefCell<Vec<usize>>,
    /// Of permutations: how often each place still changes.
    cycles: RefCell<Vec<usize>>,
    state: Cell<State>,
}
trace!(Choice; pool);
impl NativePayload for Choice {}

impl Choice {
    fn make(class: &Ref, pool: Vec<Ref>, size: usize, indices: Vec<usize>, empty: bool) -> Ref {
        let cycles = (0..size.min(pool.len())).map(|i| pool.len() - i).collect();
        Ref::new_native(
            class,
            Choice {
                pool,
                size,
                indices: RefCell::new(indices),
                cycles: RefCell::new(cycles),
                state: Cell::new(if empty { State::Done } else { State::New }),
            },
        )
    }
    /// The next tuple; `advance` moves the indices on and says whether there is one.
    fn next(&self, advance: impl FnOnce(&mut [usize]) -> bool) -> Option<Ref> {
        let mut indices = self.indices.borrow_mut();
        match self.state.get() {
            State::Done => return None,
            State::New => self.state.set(State::Going),
            State::Going => {
                if !advance(&mut indices) {
                    self.state.set(State::Done);
                    return None;
                }
            }
        }
        let items = indices[..self.size]
            .iter()
            .map(|&i| self.pool[i].clone())
            .collect();
        Some(new_tuple(items))
    }
}

fn size_arg(vm: &mut Vm, r: &Ref) -> R<usize> {
    let n = vm.index_size(r)?;
    if n < 0 {
        return Err(vm.value_error("r must be non-negative"));
    }
    Ok(n as usize)
}

pub(super) static COMBINATIONS: TypeSpec = TypeSpec {
    name: "itertools.combinations",
    flags: type_flag::BASE,
    doc: "All choices of r items, in the order of the iterable.",
    slots: |s| {
        constructor!(s, "combinations(cls, /, iterable, r)" => |vm, a| {
            let pool = vm.collect(&a[1])?;
            let r = size_arg(vm, &a[2])?;
            let empty = r > pool.len();
            let indices = if empty { vec![] } else { (0..r).collect() };
            Ok(Choice::make(&a[0], pool, r, indices, empty))
        });
        iterator(s, |_, r| {
            let Some(c) = r.native::<Choice>() else {
                return Ok(None);
            };
            let n = c.pool.len();
            Ok(c.next(|indices| {
                let r = indices.len();
                let Some(i) = (0..r).rev().find(|&i| indices[i] != i + n - r) else {
                    return false;
                };
                indices[i] += 1;
                for j in i + 1..r {
                    indices[j] = indices[j - 1] + 1;
                }
                true
            }))
        });
    },
    ..TypeSpec::DEFAULT
};

pub(super) static COMBINATIONS_WITH_REPLACEMENT: TypeSpec = TypeSpec {
    name: "itertools.combinations_with_replacement",
    flags: type_flag::BASE,
    doc: "All choices of r items, in the order of the iterable, where an item may be chosen again.",
    slots: |s| {
        constructor!(s, "combinations_with_replacement(cls, /, iterable, r)" => |vm, a| {
            let pool = vm.collect(&a[1])?;
            let r = size_arg(vm, &a[2])?;
            let empty = pool.is_empty() && r > 0;
            let mut indices = Vec::new();
            if !empty {
                if indices.try_reserve_exact(r).is_err() {
                    return Err(vm.memory_error());
                }
                indices.resize(r, 0);
            }
            Ok(Choice::make(&a[0], pool, r, indices, empty))
        });
        iterator(s, |_, r| {
            let Some(c) = r.native::<Choice>() else {
                return Ok(None);
            };
            let n = c.pool.len();
            Ok(c.next(|indices| {
                let r = indices.len();
                let Some(i) = (0..r).rev().find(|&i| indices[i] != n - 1) else {
                    return false;
                };
                let value = indices[i] + 1;
                indices[i..].fill(value);
                true
            }))
        });
    },
    ..TypeSpec::DEFAULT
};

pub(super) static PERMUTATIONS: TypeSpec = TypeSpec {
    name: "itertools.permutations",
    flags: type_flag::BASE,
    doc: "All arrangements of r items, or of all items.",
    slots: |s| {
        constructor!(s, "permutations(cls, /, iterable, r=None)" => |vm, a| {
            let pool = vm.collect(&a[1])?;
            let r = match arg(a, 2).filter(|r| !r.is_none()) {
                Some(r) if r.is_int() => size_arg(vm, r)?,
                Some(_) => return Err(vm.type_error("Expected int as r")),
                None => pool.len(),
            };
            let empty = r > pool.len();
            let indices = (0..pool.len()).collect();
            Ok(Choice::make(&a[0], pool, r, indices, empty))
        });
        iterator(s, |_, r| {
            let Some(c) = r.native::<Choice>() else {
                return Ok(None);
            };
            let n = c.pool.len();
            Ok(c.next(|indices| {
                let mut cycles = c.cycles.borrow_mut();
                for i in (0..c.size).rev() {
                    cycles[i] -= 1;
                    if cycles[i] == 0 {
                        indices[i..].rotate_left(1);
                        cycles[i] = n - i;
                    } else {
                        let j = n - cycles[i];
                        indices.swap(i, j);
                        return true;
                    }
                }
                false
            }))
        });
    },
    ..TypeSpec::DEFAULT
};
