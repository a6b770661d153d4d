//! The table behind set and frozenset.
//!
//! Open addressing with the reference's probing (a few neighbours, then a perturbed jump) and its policy of growth, so that sets of ints,
//! whose hashes are the same, show their members in the same order. Comparing members may run Python code that changes the
//! set: nothing is borrowed meanwhile, and the search begins anew if the table has changed.

use super::dict::{quick_eq, unusable};
use super::header::Kind;
use super::layouts::{SetObj, StrObj};
use super::object::{Trace, Tracer};
use super::refs::Ref;
use super::runtime::rt;
use crate::{R, Vm};
use std::cell::Cell;

const MIN_SIZE: usize = 8;
const NEIGHBOURS: usize = 9;
/// The hash that marks a removed entry; no value has it.
const REMOVED: i64 = -1;

/// A power of two of entries, or none before the first member.
#[derive(Default)]
pub struct SetTable {
    /// Hash and member. An undefined member with hash 0 has never been used, with [`REMOVED`] it was taken out.
    entries: Vec<(i64, Ref)>,
    /// Entries that are not unused.
    fill: usize,
    used: usize,
    /// Where `pop` looks first.
    finger: usize,
    /// Counts changes, for searches that run code.
    changes: u32,
}

impl Trace for SetTable {
    fn trace(&self, tracer: &mut Tracer) {
        for (_, r) in &self.entries {
            tracer.visit(r);
        }
    }
}

/// The places to look at for a hash, in order.
struct Probe {
    at: usize,
    base: usize,
    neighbours: usize,
    perturb: u64,
    mask: usize,
}

impl Probe {
    #[inline]
    fn new(hash: i64, mask: usize) -> Probe {
        let base = hash as usize & mask;
        Probe {
            at: base,
            base,
            neighbours: if base + NEIGHBOURS <= mask {
                NEIGHBOURS
            } else {
                0
            },
            perturb: hash as u64,
            mask,
        }
    }
    #[inline]
    fn advance(&mut self) {
        if self.neighbours > 0 {
            self.neighbours -= 1;
            self.at += 1;
            return;
        }
        self.perturb >>= 5;
        self.base = self
            .base
            .wrapping_mul(5)
            .wrapping_add(1)
            .wrapping_add(self.perturb as usize)
            & self.mask;
        self.at = self.base;
        self.neighbours = if self.base + NEIGHBOURS <= self.mask {
            NEIGHBOURS
        } else {
            0
        };
    }
}

impl SetTable {
    #[inline]
    fn mask(&self) -> usize {
        self.entries.len().max(MIN_SIZE) - 1
    }
    #[inline]
    fn is_unused(e: &(i64, Ref)) -> bool {
        e.0 == 0 && e.1.is_undefined()
    }
    fn allocate(&mut self, size: usize) {
        self.entries = Vec::new();
        self.entries.resize_with(size, || (0, Ref::UNDEFINED));
    }
    /// Puts a member in that is not there, into a table without removed entries.
    fn insert_clean(&mut self, hash: i64, key: Ref) {
        let mut p = Probe::new(hash, self.mask());
        while !self.entries[p.at].1.is_undefined() {
            p.advance();
        }
        self.entries[p.at] = (hash, key);
    }
    /// Makes the table large enough for so many members and drops the removed entries.
    fn resize(&mut self, members: usize) {
        let mut size = MIN_SIZE;
        while size <= members {
            size <<= 1;
        }
        let old = std::mem::take(&mut self.entries);
        self.allocate(size);
        for (hash, key) in old {
            if !key.is_undefined() {
                self.insert_clean(hash, key);
            }
        }
        self.fill = self.used;
        self.changes = self.changes.wrapping_add(1);
    }
    fn grown(&self) -> usize {
        if self.used > 50_000 {
            self.used * 2
        } else {
            self.used * 4
        }
    }
    /// Puts a member in that is not there.
    fn add(&mut self, hash: i64, key: Ref) {
        if self.entries.is_empty() {
            self.allocate(MIN_SIZE);
        }
        let mut p = Probe::new(hash, self.mask());
        let mut removed = None;
        while !Self::is_unused(&self.entries[p.at]) {
            if self.entries[p.at].0 == REMOVED {
                removed = Some(p.at);
            }
            p.advance();
        }
        // The last removed entry on the way is used again.
        if let Some(at) = removed {
            self.entries[at] = (hash, key);
            self.used += 1;
            self.changes = self.changes.wrapping_add(1);
            return;
        }
        self.entries[p.at] = (hash, key);
        self.fill += 1;
        self.used += 1;
        self.changes = self.changes.wrapping_add(1);
        if self.fill * 5 >= self.mask() * 3 {
            self.resize(self.grown());
        }
    }
    fn remove_at(&mut self, at: usize) -> Ref {
        self.used -= 1;
        self.changes = self.changes.wrapping_add(1);
        std::mem::replace(&mut self.entries[at], (REMOVED, Ref::UNDEFINED)).1
    }
}

enum Found {
    At(usize),
    Absent,
    /// This place needs a comparison; go on with the probe if it says no.
    Unsure(Probe, Ref),
}

/// The hash of a member; a class without one is a TypeError that names the use.
#[inline]
pub fn member_hash(vm: &mut Vm, key: &Ref) -> R<i64> {
    if let Some(s) = key.exact::<StrObj>() {
        return Ok(s.hash() as i64);
    }
    match vm.hash(key) {
        Ok(h) => Ok(h),
        Err(e) => Err(unusable(vm, e, key, "set element")),
    }
}

/// The hash for a question: a set, which has none, is looked for as the frozenset of its members.
fn question_hash(vm: &mut Vm, key: &Ref) -> R<i64> {
    match key.cast::<SetObj>() {
        Some(s) if key.class().kind == Kind::Set => {
            let class = rt().types.type_error.clone();
            let hash = vm.hash(key);
            match vm.catch(hash, &class)? {
                Some(h) => Ok(h),
                None => Ok(s.frozen_hash()),
            }
        }
        _ => member_hash(vm, key),
    }
}

impl SetObj {
    /// A new empty set.
    pub fn new_set() -> Ref {
        Ref::alloc_exact(SetObj::empty(), Kind::Set)
    }
    /// A new frozenset with what a payload holds.
    pub fn new_frozen(payload: SetObj) -> Ref {
        Ref::alloc_exact(payload, Kind::FrozenSet)
    }
    pub fn empty() -> SetObj {
        SetObj {
            table: super::Guarded::new(SetTable::default()),
            hash: Cell::new(-1),
        }
    }
    #[inline(always)]
    #[allow(clippy::mut_from_ref)]
    fn table(&self) -> &mut SetTable {
        // SAFETY: used inside the methods below only, each of which finishes with the borrow before it returns and runs no
        // Python code meanwhile; comparisons are done by `find` without a borrow.
        unsafe { &mut *self.table.raw() }
    }
    #[inline]
    pub fn len(&self) -> usize {
        self.table().used
    }
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// A number that changes with every change of the set.
    pub fn changes(&self) -> u32 {
        self.table().changes
    }
    /// How many places there are, empty ones included.
    pub fn places(&self) -> usize {
        self.table().entries.len()
    }

    fn look(&self, mut p: Probe, key: &Ref, hash: i64) -> Found {
        let t = self.table();
        loop {
            let e = &t.entries[p.at];
            if SetTable::is_unused(e) {
                return Found::Absent;
            }
            if e.0 == hash && !e.1.is_undefined() {
                match quick_eq(&e.1, key) {
                    Some(true) => return Found::At(p.at),
                    Some(false) => {}
                    None => {
                        let candidate = e.1.clone();
                        return Found::Unsure(p, candidate);
                    }
                }
            }
            p.advance();
        }
    }
    /// Whether there is a member of this hash, if that can be said without running code.
    #[inline]
    pub(crate) fn probe(&self, key: &Ref, hash: i64) -> Option<bool> {
        let t = self.table();
        if t.entries.is_empty() {
            return Some(false);
        }
        match self.look(Probe::new(hash, t.mask()), key, hash) {
            Found::At(_) => Some(true),
            Found::Absent => Some(false),
            Found::Unsure(..) => None,
        }
    }
    /// Whether all members are members of `other` as well, if that can be said without running code.
    pub(crate) fn plain_subset(&self, other: &SetObj) -> Option<bool> {
        for (hash, key) in &self.table().entries {
            if !key.is_undefined() && !other.probe(key, *hash)? {
                return Some(false);
            }
        }
        Some(true)
    }
    /// Whether there is no common member, if that can be said without running code.
    pub(crate) fn plain_disjoint(&self, other: &SetObj) -> Option<bool> {
        for (hash, key) in &self.table().entries {
            if !key.is_undefined() && other.probe(key, *hash)? {
                return Some(false);
            }
        }
        Some(true)
    }
    /// Puts into `out`, which is empty, the members that `other` has (`there`) or has not, if that can be said without running
    /// code. Else nothing has been changed.
    pub(crate) fn plain_filter(&self, other: &SetObj, there: bool, out: &SetObj) -> Option<()> {
        let mut kept = SetTable::default();
        for (hash, key) in &self.table().entries {
            if !key.is_undefined() && other.probe(key, *hash)? == there {
                kept.add(*hash, key.clone());
            }
        }
        out.table.set(kept);
        Some(())
    }
    /// `s.add(key)` if it can be done without running code: whether the member was new.
    #[inline]
    pub(crate) fn add_plain(&self, key: &Ref, hash: i64) -> Option<bool> {
        let t = self.table();
        if t.entries.is_empty() {
            t.allocate(MIN_SIZE);
        }
        let mut p = Probe::new(hash, t.mask());
        let mut removed = None;
        loop {
            let e = &t.entries[p.at];
            if SetTable::is_unused(e) {
                break;
            }
            if e.0 == hash && !e.1.is_undefined() {
                match quick_eq(&e.1, key) {
                    Some(true) => return Some(false),
                    Some(false) => {}
                    None => return None,
                }
            } else if e.0 == REMOVED {
                removed = Some(p.at);
            }
            p.advance();
        }
        t.used += 1;
        t.changes = t.changes.wrapping_add(1);
        // The last removed entry on the way is used again.
        if let Some(at) = removed {
            t.entries[at] = (hash, key.clone());
            return Some(true);
        }
        t.entries[p.at] = (hash, key.clone());
        t.fill += 1;
        if t.fill * 5 >= t.mask() * 3 {
            t.resize(t.grown());
        }
        Some(true)
    }
    /// The place of a member whose hash is known. Runs `__eq__`.
    pub fn find(&self, vm: &mut Vm, key: &Ref, hash: i64) -> R<Option<usize>> {
        'anew: loop {
            let t = self.table();
            if t.entries.is_empty() {
                return Ok(None);
            }
            let mut p = Probe::new(hash, t.mask());
            loop {
                match self.look(p, key, hash) {
                    Found::At(i) => return Ok(Some(i)),
                    Found::Absent => return Ok(None),
                    Found::Unsure(probe, candidate) => {
                        let changes = self.changes();
                        let equal = vm.equal(&candidate, key)?;
                        if self.changes() != changes {
                            vm.check_signals()?;
                            continue 'anew;
                        }
                        if equal {
                            return Ok(Some(probe.at));
                        }
                        p = probe;
                        p.advance();
                    }
                }
            }
        }
    }
    /// `key in s`. Runs `__hash__` and `__eq__`.
    pub fn contains(&self, vm: &mut Vm, key: &Ref) -> R<bool> {
        let hash = question_hash(vm, key)?;
        Ok(self.find(vm, key, hash)?.is_some())
    }
    pub fn contains_hashed(&self, vm: &mut Vm, key: &Ref, hash: i64) -> R<bool> {
        Ok(self.find(vm, key, hash)?.is_some())
    }
    /// `s.add(key)`; whether it was new.
    pub fn add(&self, vm: &mut Vm, key: &Ref) -> R<bool> {
        if let Some(hash) = super::dict::plain_hash(key)
            && let Some(new) = self.add_plain(key, hash as i64)
        {
            return Ok(new);
        }
        let hash = member_hash(vm, key)?;
        self.add_hashed(vm, key, hash)
    }
    pub fn add_hashed(&self, vm: &mut Vm, key: &Ref, hash: i64) -> R<bool> {
        if self.find(vm, key, hash)?.is_some() {
            return Ok(false);
        }
        self.table().add(hash, key.clone());
        Ok(true)
    }
    /// `s.discard(key)`; whether it was there.
    pub fn remove(&self, vm: &mut Vm, key: &Ref) -> R<bool> {
        let hash = question_hash(vm, key)?;
        self.remove_hashed(vm, key, hash)
    }
    pub fn remove_hashed(&self, vm: &mut Vm, key: &Ref, hash: i64) -> R<bool> {
        match self.find(vm, key, hash)? {
            Some(i) => {
                drop(self.table().remove_at(i));
                Ok(true)
            }
            None => Ok(false),
        }
    }
    /// Takes some member out.
    pub fn pop(&self) -> Option<Ref> {
        let t = self.table();
        if t.used == 0 {
            return None;
        }
        let mut at = t.finger & t.mask();
        while t.entries[at].1.is_undefined() {
            at = (at + 1) & t.mask();
        }
        t.finger = at + 1;
        Some(t.remove_at(at))
    }
    pub fn clear_all(&self) {
        let changes = self.changes().wrapping_add(1);
        drop(self.table.replace(SetTable {
            changes,
            ..SetTable::default()
        }));
    }
    /// The first member at place `from` or later, with the place after it.
    #[inline]
    pub fn next_item(&self, from: usize) -> Option<(usize, Ref)> {
        self.next_entry(from).map(|(at, _, key)| (at, key))
    }
    /// The same with its hash.
    #[inline]
    pub fn next_entry(&self, from: usize) -> Option<(usize, i64, Ref)> {
        let t = self.table();
        let at = from
            + t.entries
                .get(from..)?
                .iter()
                .position(|e| !e.1.is_undefined())?;
        Some((at + 1, t.entries[at].0, t.entries[at].1.clone()))
    }
    /// All members in order.
    pub fn items(&self) -> Vec<Ref> {
        self.table()
            .entries
            .iter()
            .filter(|e| !e.1.is_undefined())
            .map(|e| e.1.clone())
            .collect()
    }
    /// Adds all members of another set.
    pub fn merge(&self, vm: &mut Vm, other: &SetObj) -> R<()> {
        if std::ptr::eq(self, other) || other.is_empty() {
            return Ok(());
        }
        self.reserve(other.len());
        let t = self.table();
        let o = other.table();
        if t.fill == 0 {
            if t.entries.is_empty() {
                t.allocate(MIN_SIZE);
            }
            // Nothing here to compare with: the same table again, or a clean insertion.
            if t.entries.len() == o.entries.len() && o.fill == o.used {
                t.entries.clone_from_slice(&o.entries);
            } else {
                for (hash, key) in o.entries.iter().filter(|e| !e.1.is_undefined()) {
                    t.insert_clean(*hash, key.clone());
                }
            }
            t.fill = o.used;
            t.used = o.used;
            t.changes = t.changes.wrapping_add(1);
            return Ok(());
        }
        let mut at = 0;
        while let Some((next, hash, key)) = other.next_entry(at) {
            at = next;
            self.add_hashed(vm, &key, hash)?;
        }
        Ok(())
    }
    /// Makes room for so many more members, if the table would have to grow for them.
    pub fn reserve(&self, more: usize) {
        let t = self.table();
        if (t.fill + more) * 5 >= t.mask() * 3 {
            t.resize((t.used + more) * 2);
        }
    }
    /// Drops removed entries when there are many.
    pub fn squeeze(&self) {
        let t = self.table();
        if t.fill - t.used > t.mask() / 4 {
            t.resize(t.grown());
        }
    }
    /// Exchanges the members with another set.
    pub fn swap(&self, other: &SetObj) {
        let mine = self.table.replace(SetTable::default());
        let theirs = other.table.replace(mine);
        drop(self.table.replace(theirs));
        let t = self.table();
        t.changes = t.changes.wrapping_add(1);
    }
    /// The hash of a frozenset with these members.
    pub fn frozen_hash(&self) -> i64 {
        taipan_text::hash::hash_frozenset(
            self.table()
                .entries
                .iter()
                .filter(|e| !e.1.is_undefined())
                .map(|e| e.0),
        )
    }
}
