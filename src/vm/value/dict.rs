//! The table behind dict: entries in insertion order, found by an index of hashes.
//!
//! Entries are `(hash, key, value)` in a vector; deleted ones leave a hole that the next growth squeezes out, so that deletion
//! and `popitem` are O(1). Up to eight entries are searched directly, more by a `hashbrown` table of
//! entry numbers. Comparing keys may run Python code that changes the dict: a lookup therefore works in two steps, first what
//! can be decided without running code (same object, strings, numbers), then one candidate at a
//! time with nothing borrowed, beginning anew when the dict has changed meanwhile.

use super::layouts::{DictObj, StrObj, TupleObj};
use super::object::{Trace, Tracer};
use super::refs::Ref;
use crate::{R, Vm};
use hashbrown::HashTable;
use std::sync::atomic::{AtomicU32, Ordering};

pub struct Entry {
    pub hash: u64,
    /// Undefined: a hole.
    pub key: Ref,
    pub value: Ref,
}

#[derive(Default)]
pub struct Dict {
    pub(crate) entries: Vec<Entry>,
    index: Option<Box<HashTable<u32>>>,
    used: usize,
    /// Entries before `head` and from `tail` on are holes: taking items from either end stays O(1).
    head: usize,
    tail: usize,
    /// Identifies the present set of keys and their places; 0 when nobody has asked since the last change.
    keys_version: u32,
    /// Counts changes of the set of keys, for lookups that run code.
    changes: u32,
}

impl Trace for Dict {
    fn trace(&self, tracer: &mut Tracer) {
        for e in &self.entries {
            tracer.visit(&e.key);
            tracer.visit(&e.value);
        }
    }
}

const LINEAR: usize = 8;

/// How many entries to make room for: two thirds of a power of two, as in the reference, because programs that change a dict
/// while they walk it see when places move.
fn room_for(n: usize) -> usize {
    let mut size = 8;
    while size * 2 / 3 < n {
        size *= 2;
    }
    size * 2 / 3
}
static NEXT_VERSION: AtomicU32 = AtomicU32::new(1);

#[inline(always)]
fn mix(hash: u64) -> u64 {
    let h = hash.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    h ^ (h >> 32)
}

/// What can be said of the equality of two keys without running Python code.
#[inline(always)]
pub(crate) fn quick_eq(a: &Ref, b: &Ref) -> Option<bool> {
    if a.is(b) {
        return Some(true);
    }
    if let (Some(x), Some(y)) = (a.exact::<StrObj>(), b.exact::<StrObj>()) {
        return Some(x.bytes() == y.bytes());
    }
    if a.0.is_int() && b.0.is_int() {
        return Some(false);
    }
    quick_eq_rest(a, b)
}

/// The less usual pairs: floats, None, a str with something else, tuples of such values.
#[inline(never)]
fn quick_eq_rest(a: &Ref, b: &Ref) -> Option<bool> {
    if !a.0.is_ptr() && !b.0.is_ptr() {
        return if a.0.is_float() && b.0.is_float() {
            Some(a.0.float() == b.0.float())
        } else if a.is_none() || b.is_none() {
            Some(false)
        } else {
            None
        };
    }
    // A builtin without an `__eq__` that could tell them equal.
    let other = match (a.exact::<StrObj>(), b.exact::<StrObj>()) {
        (Some(_), _) => Some(b),
        (_, Some(_)) => Some(a),
        _ => None,
    };
    if let Some(other) = other {
        return (!other.0.is_ptr() || other.exact::<TupleObj>().is_some()).then_some(false);
    }
    quick_tuple_eq(a, b, 4)
}

/// Tuples of values whose equality can be told; of classes derived from tuple too, if they compare as tuples do.
fn quick_tuple_eq(a: &Ref, b: &Ref, depth: usize) -> Option<bool> {
    if depth == 0 || !compares_as_tuple(a) || !compares_as_tuple(b) {
        return None;
    }
    let (x, y) = (a.tuple_items()?, b.tuple_items()?);
    if x.len() != y.len() {
        // Items are compared first, as far as both go.
        return None;
    }
    for (p, q) in x.iter().zip(y) {
        let equal = if p.is(q) {
            true
        } else if let (Some(s), Some(t)) = (p.exact::<StrObj>(), q.exact::<StrObj>()) {
            s.bytes() == t.bytes()
        } else if p.0.is_int() && q.0.is_int() {
            false
        } else {
            quick_tuple_eq(p, q, depth - 1)?
        };
        if !equal {
            return Some(false);
        }
    }
    Some(true)
}

#[inline]
fn compares_as_tuple(r: &Ref) -> bool {
    if r.exact::<TupleObj>().is_some() {
        return true;
    }
    if r.cast::<TupleObj>().is_none() {
        return false;
    }
    let tuple = super::object::type_payload(super::rt().types.tuple.0);
    match (r.class().slots.richcmp.get(), tuple.slots.richcmp.get()) {
        (Some(f), Some(g)) => std::ptr::fn_addr_eq(f, g),
        _ => false,
    }
}

/// The hash of a key; a class without one is a TypeError that names the use.
#[inline]
pub fn key_hash(vm: &mut Vm, key: &Ref) -> R<u64> {
    if let Some(s) = key.exact::<StrObj>() {
        return Ok(s.hash());
    }
    match vm.hash(key) {
        Ok(h) => Ok(h as u64),
        Err(e) => Err(unusable(vm, e, key, "dict key")),
    }
}

/// Rewords the TypeError of a failed `hash(key)`.
#[cold]
pub(crate) fn unusable(vm: &mut Vm, e: crate::Raised, key: &Ref, what: &str) -> crate::Raised {
    if !vm
        .exc
        .as_ref()
        .is_some_and(|x| x.class().is_subtype(&super::rt().types.type_error))
    {
        return e;
    }
    let inner = vm.take_exc();
    let inner = match vm.str_text(&inner) {
        Ok(s) => s,
        Err(e) => return e,
    };
    let text = format!("cannot use '{}' as a {what} ({inner})", vm.type_name(key));
    vm.type_error(&text)
}

/// The hash of a key that is had without running code: strings, small ints, bools, tuples that know theirs.
#[inline(always)]
pub(crate) fn plain_hash(key: &Ref) -> Option<u64> {
    if let Some(s) = key.exact::<StrObj>() {
        return Some(s.hash());
    }
    let v = key.0;
    if v.is_int() {
        return Some(taipan_text::hash::hash_small_int(v.int()) as u64);
    }
    match key.exact::<TupleObj>() {
        Some(t) if t.hash.get() != -1 => Some(t.hash.get() as u64),
        _ => None,
    }
}

/// What a search that runs no code has found.
pub(crate) enum Probed {
    At(usize),
    Absent,
    /// A key of the same hash needs a comparison by Python's rules.
    Unsure,
}

/// Entries of the right hash whose keys only Python code can compare: nearly always one.
#[derive(Default)]
struct Unsure {
    first: Option<u32>,
    more: Vec<u32>,
}
impl Unsure {
    #[cold]
    fn push(&mut self, i: u32) {
        if self.first.is_none() {
            self.first = Some(i);
        } else {
            self.more.push(i);
        }
    }
}

impl Dict {
    pub fn with_capacity(n: usize) -> Dict {
        Dict {
            entries: Vec::with_capacity(if n == 0 { 0 } else { room_for(n) }),
            ..Dict::default()
        }
    }
    pub fn len(&self) -> usize {
        self.used
    }
    pub fn is_empty(&self) -> bool {
        self.used == 0
    }
    /// A number that stays the same as long as keys and their places do; values may change.
    pub fn keys_version(&mut self) -> u32 {
        if self.keys_version == 0 {
            self.keys_version = NEXT_VERSION.fetch_add(1, Ordering::Relaxed);
        }
        self.keys_version
    }
    #[inline(always)]
    pub(crate) fn current_version(&self) -> u32 {
        self.keys_version
    }
    fn touch(&mut self) {
        self.keys_version = 0;
        self.changes = self.changes.wrapping_add(1);
    }

    /// The entry whose key is `key`, as far as that can be said without running code; `unsure` gets those that need a comparison.
    #[inline(always)]
    fn find_quick(&self, key: &Ref, hash: u64, unsure: &mut Unsure) -> Option<usize> {
        let mut check = |i: u32| {
            let e = &self.entries[i as usize];
            e.hash == hash
                && !e.key.is_undefined()
                && match quick_eq(&e.key, key) {
                    Some(eq) => eq,
                    None => {
                        unsure.push(i);
                        false
                    }
                }
        };
        match &self.index {
            None => (0..self.entries.len()).find(|&i| check(i as u32)),
            Some(index) => index.find(mix(hash), |&i| check(i)).map(|&i| i as usize),
        }
    }
    /// The entry whose key is `key`, if that can be said without running code.
    #[inline(always)]
    pub(crate) fn probe(&self, key: &Ref, hash: u64) -> Probed {
        let mut unsure = false;
        let mut check = |i: usize| {
            let e = &self.entries[i];
            e.hash == hash
                && (e.key.is(key)
                    || !e.key.is_undefined()
                        && match quick_eq(&e.key, key) {
                            Some(eq) => eq,
                            None => {
                                unsure = true;
                                false
                            }
                        })
        };
        let found = match &self.index {
            None => (0..self.entries.len()).find(|&i| check(i)),
            Some(index) => index
                .find(mix(hash), |&i| check(i as usize))
                .map(|&i| i as usize),
        };
        match found {
            Some(i) => Probed::At(i),
            None if unsure => Probed::Unsure,
            None => Probed::Absent,
        }
    }
    /// The entry of a string key.
    #[inline]
    pub fn find_str(&self, key: &Ref, hash: u64) -> Option<usize> {
        self.find_quick(key, hash, &mut Unsure::default())
    }
    /// The entry of a key whose hash is known, with Python's comparisons.
    #[inline]
    fn find(dict: &DictObj, vm: &mut Vm, key: &Ref, hash: u64) -> R<Option<usize>> {
        match dict.d.get(vm).probe(key, hash) {
            Probed::At(i) => Ok(Some(i)),
            Probed::Absent => Ok(None),
            Probed::Unsure => Dict::find_slow(dict, vm, key, hash),
        }
    }
    #[cold]
    #[inline(never)]
    fn find_slow(dict: &DictObj, vm: &mut Vm, key: &Ref, hash: u64) -> R<Option<usize>> {
        loop {
            let mut unsure = Unsure::default();
            let d = dict.d.get(vm);
            if let Some(i) = d.find_quick(key, hash, &mut unsure) {
                return Ok(Some(i));
            }
            if unsure.first.is_none() {
                return Ok(None);
            }
            let changes = d.changes;
            let mut changed = false;
            for i in unsure.first.into_iter().chain(unsure.more) {
                let candidate = dict.d.get(vm).entries[i as usize].key.clone();
                let equal = vm.equal(&candidate, key)?;
                let d = dict.d.get(vm);
                if d.changes != changes {
                    changed = true;
                    break;
                }
                if equal {
                    return Ok(Some(i as usize));
                }
            }
            if !changed {
                return Ok(None);
            }
            vm.check_signals()?;
        }
    }
    /// Adds a key that is not there.
    pub(crate) fn add(&mut self, hash: u64, key: Ref, value: Ref) {
        self.touch();
        if self.entries.len() == self.entries.capacity() {
            self.make_room();
        }
        let i = self.entries.len() as u32;
        self.entries.push(Entry { hash, key, value });
        self.tail = self.entries.len();
        self.used += 1;
        match &mut self.index {
            Some(index) => {
                let entries = &self.entries;
                index.insert_unique(mix(hash), i, |&i| mix(entries[i as usize].hash));
            }
            None if self.entries.len() > LINEAR => self.make_index(),
            None => {}
        }
    }
    fn make_index(&mut self) {
        let mut index = HashTable::with_capacity(self.entries.len() * 2);
        for (i, e) in self.entries.iter().enumerate() {
            if !e.key.is_undefined() {
                index.insert_unique(mix(e.hash), i as u32, |&i| {
                    mix(self.entries[i as usize].hash)
                });
            }
        }
        self.index = Some(Box::new(index));
    }
    /// Squeezes out holes, and grows unless that has freed a quarter.
    #[cold]
    fn make_room(&mut self) {
        if self.used < self.entries.len() {
            self.squeeze();
        }
        let len = self.entries.len();
        if len * 4 >= self.entries.capacity() * 3 {
            self.entries.reserve_exact(room_for(len * 2 + 1) - len);
        }
    }
    /// Squeezes out the holes.
    fn squeeze(&mut self) {
        self.entries.retain(|e| !e.key.is_undefined());
        self.head = 0;
        self.tail = self.entries.len();
        self.index = None;
        if self.entries.len() > LINEAR {
            self.make_index();
        }
    }
    /// Takes the entry out.
    pub(crate) fn remove_at(&mut self, i: usize) -> (Ref, Ref) {
        self.touch();
        if let Some(index) = &mut self.index
            && let Ok(e) = index.find_entry(mix(self.entries[i].hash), |&n| n as usize == i)
        {
            e.remove();
        }
        let e = &mut self.entries[i];
        let out = (std::mem::take(&mut e.key), std::mem::take(&mut e.value));
        self.used -= 1;
        if i == self.head {
            while self.head < self.tail && self.entries[self.head].key.is_undefined() {
                self.head += 1;
            }
        }
        if i + 1 == self.tail {
            while self.tail > self.head && self.entries[self.tail - 1].key.is_undefined() {
                self.tail -= 1;
            }
        }
        out
    }
}

impl DictObj {
    pub fn new_dict() -> Ref {
        Ref::new(DictObj::default())
    }
    pub fn with_capacity(n: usize) -> Ref {
        Ref::new(DictObj {
            d: super::Guarded::new(Dict::with_capacity(n)),
        })
    }
    #[inline(always)]
    #[allow(clippy::mut_from_ref)]
    fn table(&self) -> &mut Dict {
        // SAFETY: used inside the methods below only, each of which finishes with the borrow before it returns and
        // runs no Python code meanwhile: comparisons that could are done by `Dict::find` without a borrow.
        unsafe { &mut *self.d.raw() }
    }
    pub fn len(&self) -> usize {
        self.table().used
    }
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// The value of a string key.
    #[inline]
    pub fn get_str(&self, key: &Ref) -> Option<Ref> {
        let hash = key.cast::<StrObj>()?.hash();
        let t = self.table();
        t.find_str(key, hash).map(|i| t.entries[i].value.clone())
    }
    /// Sets a string key (for namespaces: no Python comparison is run).
    pub fn set_str(&self, key: &Ref, value: Ref) {
        let Some(s) = key.cast::<StrObj>() else {
            return;
        };
        let hash = s.hash();
        let t = self.table();
        match t.find_str(key, hash) {
            Some(i) => drop(std::mem::replace(&mut t.entries[i].value, value)),
            None => t.add(hash, key.clone(), value),
        }
    }
    pub fn remove_str(&self, key: &Ref) -> Option<Ref> {
        let hash = key.cast::<StrObj>()?.hash();
        let t = self.table();
        t.find_str(key, hash).map(|i| t.remove_at(i).1)
    }
    /// Sets by a Rust string, interned.
    pub fn set_name(&self, key: &str, value: Ref) {
        self.set_str(&super::intern(key), value);
    }
    pub fn get_name(&self, key: &str) -> Option<Ref> {
        self.get_str(&super::intern(key))
    }

    /// `d.get(key)`. Runs `__hash__` and `__eq__`.
    pub fn get(&self, vm: &mut Vm, key: &Ref) -> R<Option<Ref>> {
        let hash = key_hash(vm, key)?;
        self.get_hashed(vm, key, hash)
    }
    pub fn get_hashed(&self, vm: &mut Vm, key: &Ref, hash: u64) -> R<Option<Ref>> {
        Ok(Dict::find(self, vm, key, hash)?.map(|i| self.table().entries[i].value.clone()))
    }
    pub fn contains(&self, vm: &mut Vm, key: &Ref) -> R<bool> {
        let hash = key_hash(vm, key)?;
        Ok(Dict::find(self, vm, key, hash)?.is_some())
    }
    /// The place of the key.
    pub fn find(&self, vm: &mut Vm, key: &Ref) -> R<Option<usize>> {
        let hash = key_hash(vm, key)?;
        Dict::find(self, vm, key, hash)
    }
    /// `d[key] = value`.
    pub fn set(&self, vm: &mut Vm, key: &Ref, value: Ref) -> R<()> {
        let hash = key_hash(vm, key)?;
        self.set_hashed(vm, key, hash, value)
    }
    pub fn set_hashed(&self, vm: &mut Vm, key: &Ref, hash: u64, value: Ref) -> R<()> {
        match Dict::find(self, vm, key, hash)? {
            Some(i) => drop(std::mem::replace(&mut self.table().entries[i].value, value)),
            None => self.table().add(hash, key.clone(), value),
        }
        Ok(())
    }
    /// `d.setdefault(key, value)`: what is there afterwards.
    pub fn get_or_insert(&self, vm: &mut Vm, key: &Ref, value: Ref) -> R<Ref> {
        let hash = key_hash(vm, key)?;
        match Dict::find(self, vm, key, hash)? {
            Some(i) => Ok(self.table().entries[i].value.clone()),
            None => {
                self.table().add(hash, key.clone(), value.clone());
                Ok(value)
            }
        }
    }
    /// Takes a key out; gives key and value.
    pub fn remove(&self, vm: &mut Vm, key: &Ref) -> R<Option<(Ref, Ref)>> {
        let hash = key_hash(vm, key)?;
        self.remove_hashed(vm, key, hash)
    }
    /// The last item, taken out.
    pub fn pop_last(&self) -> Option<(Ref, Ref)> {
        let t = self.table();
        if t.used == 0 {
            return None;
        }
        let out = t.remove_at(t.tail - 1);
        // The places behind are used again.
        if t.used == 0 {
            t.entries.clear();
            (t.head, t.tail) = (0, 0);
        }
        t.entries.truncate(t.tail);
        Some(out)
    }
    /// The first item at place `from` or later, with the place after it: to walk while the dict may change.
    #[inline]
    pub fn next_item(&self, from: usize) -> Option<(usize, Ref, Ref)> {
        let t = self.table();
        let from = from.max(t.head);
        let e = t
            .entries
            .get(from..)?
            .iter()
            .position(|e| !e.key.is_undefined())?;
        let e_at = from + e;
        Some((
            e_at + 1,
            t.entries[e_at].key.clone(),
            t.entries[e_at].value.clone(),
        ))
    }
    /// The last item before place `before`, with its place: to walk backwards.
    pub fn prev_item(&self, before: usize) -> Option<(usize, Ref, Ref)> {
        let t = self.table();
        let at = t.entries[..before.min(t.tail)]
            .iter()
            .rposition(|e| !e.key.is_undefined())?;
        Some((at, t.entries[at].key.clone(), t.entries[at].value.clone()))
    }
    /// How many places there are, holes included.
    pub fn places(&self) -> usize {
        self.table().entries.len()
    }
    pub fn clear(&self) {
        let mut old = std::mem::take(self.table());
        self.table().changes = old.changes.wrapping_add(1);
        old.entries.clear();
    }
    pub fn items(&self) -> Vec<(Ref, Ref)> {
        self.table()
            .entries
            .iter()
            .filter(|e| !e.key.is_undefined())
            .map(|e| (e.key.clone(), e.value.clone()))
            .collect()
    }
    pub fn keys(&self) -> Vec<Ref> {
        self.table()
            .entries
            .iter()
            .filter(|e| !e.key.is_undefined())
            .map(|e| e.key.clone())
            .collect()
    }
    pub fn values(&self) -> Vec<Ref> {
        self.table()
            .entries
            .iter()
            .filter(|e| !e.key.is_undefined())
            .map(|e| e.value.clone())
            .collect()
    }
    /// A shallow copy, an exact dict.
    pub fn copy(&self) -> Ref {
        let t = self.table();
        let mut d = Dict::with_capacity(t.used);
        for e in t.entries.iter().filter(|e| !e.key.is_undefined()) {
            d.entries.push(Entry {
                hash: e.hash,
                key: e.key.clone(),
                value: e.value.clone(),
            });
        }
        d.used = t.used;
        d.tail = d.entries.len();
        if d.entries.len() > LINEAR {
            d.make_index();
        }
        Ref::new(DictObj {
            d: super::Guarded::new(d),
        })
    }
    /// `d.update(other)` for another dict: hashes are reused; comparisons may run code.
    pub fn update_from(&self, vm: &mut Vm, other: &DictObj) -> R<()> {
        if std::ptr::eq(self, other) {
            return Ok(());
        }
        let changes = other.changes();
        let mut at = 0;
        while let Some(e) = other.table().entries.get(at) {
            at += 1;
            if !e.key.is_undefined() {
                let (hash, key, value) = (e.hash, e.key.clone(), e.value.clone());
                self.set_hashed(vm, &key, hash, value)?;
                if other.changes() != changes {
                    return Err(vm.runtime_error("dict mutated during update"));
                }
            }
        }
        Ok(())
    }
    pub fn keys_version(&self) -> u32 {
        self.table().keys_version()
    }
    /// A number that changes whenever the set of keys does.
    pub fn changes(&self) -> u32 {
        self.table().changes
    }
    /// The entry at or after a place with its hash, and the place after it.
    pub fn next_entry(&self, from: usize) -> Option<(usize, u64, Ref, Ref)> {
        let (next, key, value) = self.next_item(from)?;
        Some((next, self.table().entries[next - 1].hash, key, value))
    }
    /// The value at a place that `find` gave, if it is still there.
    pub fn value_at(&self, i: usize) -> Option<Ref> {
        self.table().entries.get(i).map(|e| e.value.clone())
    }
    /// Takes a key of known hash out.
    pub fn remove_hashed(&self, vm: &mut Vm, key: &Ref, hash: u64) -> R<Option<(Ref, Ref)>> {
        Ok(Dict::find(self, vm, key, hash)?.map(|i| self.table().remove_at(i)))
    }
    /// Place of a string key, for inline caches.
    pub(crate) fn place_of_str(&self, key: &Ref) -> Option<usize> {
        let hash = key.cast::<StrObj>()?.hash();
        self.table().find_str(key, hash)
    }
}
