//! The module `itertools`.
//!
//! [`endless`] has `count`, `cycle`, `repeat`; [`filtering`] the iterators that pass on some items of one iterable; [`grouping`]
//! `groupby`, `batched`, `pairwise`, `tee`; [`joining`] `chain`, `zip_longest`, `starmap`, `accumulate`; [`combining`] `product`,
//! `permutations`, `combinations`.

mod combining;
mod endless;
mod filtering;
mod grouping;
mod joining;

use super::{new_module, set};
use crate::types::spec::TypeSpec;
use crate::value::*;
use crate::{R, Vm, functions};

functions! { FUNCTIONS;
    "tee(iterable, n=2, /)" => grouping::tee, "Several iterators that each go over all items of one iterable.\n\nItems are kept until the slowest of them has seen them.";
}

static CLASSES: &[&TypeSpec] = &[
    &joining::ACCUMULATE,
    &grouping::BATCHED,
    &joining::CHAIN,
    &combining::COMBINATIONS,
    &combining::COMBINATIONS_WITH_REPLACEMENT,
    &filtering::COMPRESS,
    &endless::COUNT,
    &endless::CYCLE,
    &filtering::DROPWHILE,
    &filtering::FILTERFALSE,
    &grouping::GROUPBY,
    &grouping::GROUPER,
    &filtering::ISLICE,
    &grouping::PAIRWISE,
    &combining::PERMUTATIONS,
    &combining::PRODUCT,
    &endless::REPEAT,
    &joining::STARMAP,
    &filtering::TAKEWHILE,
    &grouping::TEE,
    &joining::ZIP_LONGEST,
];

pub(super) fn make(vm: &mut Vm) -> R<Ref> {
    let m = new_module(
        vm,
        "itertools",
        "Iterators made of others, and some that never end.",
        FUNCTIONS,
    );
    for spec in CLASSES {
        let class = vm.native_type(spec);
        let name = spec.name.rsplit('.').next().unwrap_or(spec.name);
        set(&m, name, class);
    }
    Ok(m)
}

/// The usual slots of an iterator: it is its own iterator.
fn iterator(s: &slots::Slots, next: slots::NextFn) {
    s.iter.set(Some(|_, r| Ok(r.clone())));
    s.next.set(Some(next));
}
