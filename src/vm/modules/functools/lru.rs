//! The cache behind `functools.lru_cache` and `functools.cache`.
//!
//! A dict from key to result, in order of use: a hit moves its entry to the end, which costs a removal and an insertion; the
//! oldest entry is the first one.

use crate::native::Args;
use crate::types::spec::TypeSpec;
use crate::value::*;
use crate::vm::{new_int, new_tuple};
use crate::{R, Vm, methods, trace};
use std::cell::Cell;

struct Lru {
    func: Ref,
    typed: bool,
    /// None: no limit.
    maxsize: Option<usize>,
    cache: Ref,
    /// Where the oldest entry may be found: everything before it is a hole.
    oldest: Cell<usize>,
    /// Places of the dict after the last change: fewer mean that holes have been squeezed out.
    places: Cell<usize>,
    hits: Cell<i64>,
    misses: Cell<i64>,
    cache_info: Ref,
    keyword_mark: Ref,
}
trace!(Lru; func, cache, cache_info, keyword_mark);
impl NativePayload for Lru {
    fn clear(&self) {
        if let Some(d) = self.cache.cast::<DictObj>() {
            d.clear();
        }
    }
}

pub(super) static LRU: TypeSpec = TypeSpec {
    name: "functools._lru_cache_wrapper",
    flags: type_flag::BASE | type_flag::HAS_DICT | type_flag::HAS_WEAKREF,
    doc: "A function that remembers its results.",
    methods: METHODS,
    slots: |s| {
        crate::constructor!(s, "_lru_cache_wrapper(cls, user_function, maxsize, typed, cache_info_type)" => new);
        s.call.set(Some(call));
        s.descr_get.set(Some(|_, r, this, _| {
            if this.is_undefined() || this.is_none() {
                return Ok(r.clone());
            }
            Ok(Ref::new(BoundMethodObj {
                func: r.clone(),
                this: this.clone(),
            }))
        }));
    },
    ..TypeSpec::DEFAULT
};

methods! { METHODS;
    "cache_info(self, /)" => |vm, a| {
        let Some(c) = a[0].native::<Lru>() else { return Ok(Ref::none()) };
        let size = c.cache.cast::<DictObj>().map_or(0, |d| d.len());
        let max = c.maxsize.map_or_else(Ref::none, crate::vm::new_usize);
        let info = c.cache_info.clone();
        vm.call(&info, &[new_int(c.hits.get()), new_int(c.misses.get()), max, crate::vm::new_usize(size)])
    }, "Hits, misses, greatest and current size.";
    "cache_clear(self, /)" => |_, a| {
        if let Some(c) = a[0].native::<Lru>() {
            c.hits.set(0);
            c.misses.set(0);
            c.oldest.set(0);
            if let Some(d) = c.cache.cast::<DictObj>() {
                d.clear();
            }
        }
        Ok(Ref::none())
    }, "Forgets all results, and the counts.";
    "__reduce__(self, /)" => |vm, a| vm.getattr_str(&a[0], "__qualname__"), "";
    "__copy__(self, /)" => |_, a| Ok(a[0].clone()), "";
    "__deepcopy__(self, memo, /)" => |_, a| Ok(a[0].clone()), "";
}

fn new(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    if !vm.is_callable(&a[1]) {
        return Err(vm.type_error("the first argument must be callable"));
    }
    let maxsize = if a[2].is_none() {
        None
    } else if a[2].is_int() || a[2].class().slots.index.get().is_some() {
        Some(vm.index_size(&a[2])?.max(0) as usize)
    } else {
        return Err(vm.type_error("maxsize should be integer or None"));
    };
    let typed = vm.truthy(&a[3])?;
    let object = rt().types.object.clone();
    let keyword_mark = vm.call(&object, &[])?;
    Ok(Ref::new_native(
        &a[0],
        Lru {
            func: a[1].clone(),
            typed,
            maxsize,
            cache: DictObj::new_dict(),
            oldest: Cell::new(0),
            places: Cell::new(0),
            hits: Cell::new(0),
            misses: Cell::new(0),
            cache_info: a[4].clone(),
            keyword_mark,
        },
    ))
}

impl Lru {
    /// After an insertion: where holes have been squeezed out, the search for the oldest entry begins anew.
    fn note_places(&self, cache: &DictObj) {
        let places = cache.places();
        if places <= self.places.replace(places) {
            self.oldest.set(0);
        }
    }
    fn key(&self, args: Args) -> Ref {
        if !self.typed
            && !args.has_kw()
            && let [only] = args.all
            && (only.exact::<StrObj>().is_some() || only.value().is_int())
        {
            return only.clone();
        }
        let mut items = args.pos().to_vec();
        if args.has_kw() {
            items.push(self.keyword_mark.clone());
            for (k, v) in args.kw() {
                items.push(k.clone());
                items.push(v.clone());
            }
        }
        if self.typed {
            items.extend(args.pos().iter().map(class_of));
            items.extend(args.kw().map(|(_, v)| class_of(v)));
        }
        new_tuple(items)
    }
}

fn call(vm: &mut Vm, r: &Ref, args: Args) -> R<Ref> {
    let Some(c) = r.native::<Lru>() else {
        return Ok(Ref::none());
    };
    let Some(cache) = c.cache.cast::<DictObj>() else {
        return Ok(Ref::none());
    };
    if c.maxsize == Some(0) {
        c.misses.set(c.misses.get() + 1);
        return vm.call_args(&c.func, args);
    }
    let key = c.key(args);
    let hash = vm.hash(&key)? as u64;
    if let Some(found) = cache.get_hashed(vm, &key, hash)? {
        c.hits.set(c.hits.get() + 1);
        let newest = cache.prev_item(usize::MAX).map(|i| i.1);
        if c.maxsize.is_some()
            && newest.is_none_or(|n| !n.is(&key))
            && let Some((key, value)) = cache.remove(vm, &key)?
        {
            cache.set_hashed(vm, &key, hash, value)?;
            c.note_places(cache);
        }
        return Ok(found);
    }
    c.misses.set(c.misses.get() + 1);
    let result = vm.call_args(&c.func, args)?;
    let Some(maxsize) = c.maxsize else {
        cache.set_hashed(vm, &key, hash, result.clone())?;
        return Ok(result);
    };
    // The call may have filled the cache, even with this key.
    if cache.get_hashed(vm, &key, hash)?.is_none() {
        while cache.len() >= maxsize {
            if c.oldest.get() > cache.places() {
                c.oldest.set(0);
            }
            let found = cache
                .next_item(c.oldest.get())
                .or_else(|| cache.next_item(0));
            let Some((place, old, _)) = found else {
                break;
            };
            c.oldest.set(place);
            cache.remove(vm, &old)?;
        }
        cache.set_hashed(vm, &key, hash, result.clone())?;
        c.note_places(cache);
    }
    Ok(result)
}
