//! The type `list`.

use super::spec::TypeSpec;
use crate::native::{Args, arg};
use crate::protocol::subscript::adjust_slice;
use crate::value::header::Kind;
use crate::value::slots::Cmp;
use crate::value::*;
use crate::vm::{new_list, new_usize, new_wtf8};
use crate::{R, Vm, methods};
use std::cell::Cell;

pub static LIST: TypeSpec = TypeSpec {
    name: "list",
    kind: Kind::List,
    exact: true,
    flags: type_flag::BASE | type_flag::SEQUENCE | type_flag::MATCH_SELF,
    doc: "list(iterable=(), /)\n\nA sequence that can be changed, made of the items of an iterable.",
    methods: METHODS,
    slots: |s| {
        s.new.set(Some(|vm, class, _| {
            super::class::class_arg(vm, class)?;
            Ok(Ref::new_of(class, ListObj::default()))
        }));
        s.init.set(Some(init));
        s.repr.set(Some(repr));
        s.richcmp.set(Some(compare));
        s.iter.set(Some(|_, r| {
            Ok(Ref::new(ListIterObj {
                seq: Guarded::new(r.clone()),
                at: Cell::new(0),
            }))
        }));
        s.len
            .set(Some(|_, r| Ok(payload(r).map_or(0, |l| l.len()))));
        s.getitem.set(Some(getitem));
        s.setitem.set(Some(setitem));
        s.contains.set(Some(|vm, r, key| {
            let Some(l) = payload(r) else {
                return Ok(false);
            };
            Ok(find(vm, l, key, 0, usize::MAX)?.is_some())
        }));
        s.concat.set(Some(concat));
        s.repeat.set(Some(repeat));
        s.iconcat.set(Some(|vm, r, other| {
            extend(vm, r, other)?;
            Ok(r.clone())
        }));
        s.irepeat.set(Some(|vm, r, n| {
            if let Some(l) = payload(r) {
                let items = repeated(vm, l.peek(), n)?;
                l.items.set(items);
            }
            Ok(r.clone())
        }));
    },
    ..TypeSpec::DEFAULT
};

methods! { METHODS;
    "__reversed__(self, /)" => |_, a| {
        let at = payload(&a[0]).map_or(0, |l| l.len());
        Ok(Ref::new_of(&rt().types.list_reverse_iterator, ListIterObj {
            seq: Guarded::new(a[0].clone()),
            at: Cell::new(at),
        }))
    }, "An iterator from the last item to the first.";
    "__sizeof__(self, /)" => |_, a| Ok(new_usize(40 + 8 * payload(&a[0]).map_or(0, |l| l.peek().capacity()))),
        "Size in memory, in bytes.";
    "clear(self, /)" => |_, a| {
        if let Some(l) = payload(&a[0]) {
            drop_backwards(l.items.replace(Vec::new()));
        }
        Ok(Ref::none())
    }, "Removes all items.";
    "copy(self, /)" => |_, a| Ok(new_list(payload(&a[0]).map(|l| l.to_vec()).unwrap_or_default())), "A list of the same items.";
    "append(self, object, /)" => |_, a| {
        if let Some(l) = payload(&a[0]) {
            l.push(a[1].clone());
        }
        Ok(Ref::none())
    }, "Adds an item at the end.";
    "insert(self, index, object, /)" => insert, "Puts an item before the place.";
    "extend(self, iterable, /)" => |vm, a| {
        extend(vm, &a[0], &a[1])?;
        Ok(Ref::none())
    }, "Adds the items of an iterable at the end.";
    "pop(self, index=-1, /)" => pop, "Takes out the item at the place, the last one by default.\n\nIndexError if there is none.";
    "remove(self, value, /)" => remove, "Takes out the first item that is equal.\n\nValueError if there is none.";
    "index(self, value, start=0, stop=sys.maxsize, /)" => index, "Place of the first item that is equal.\n\nValueError if there is none.";
    "count(self, value, /)" => count, "How many items are equal.";
    "reverse(self, /)" => |_, a| {
        if let Some(l) = payload(&a[0]) {
            l.with(|v| v.reverse());
        }
        Ok(Ref::none())
    }, "Turns the order round, in place.";
    "sort(self, /, *, key=None, reverse=False)" => sort, "Sorts in place, equal items in their order.\n\nItems are compared by what `key` gives for each; `reverse` sorts downwards.";
    class "__class_getitem__(type, object, /)" => |vm, a| super::generic_alias::new_alias(vm, &a[0], &a[1]), "The class with types in brackets, for annotations.";
}

#[inline(always)]
fn payload(r: &Ref) -> Option<&ListObj> {
    r.cast::<ListObj>()
}

/// Lets items go from the last to the first, the order in which the reference finalises them.
fn drop_backwards(mut items: Vec<Ref>) {
    while items.pop().is_some() {}
}

/// At most one positional argument, for constructors of containers.
pub(super) fn one_argument<'a>(vm: &mut Vm, name: &str, args: &Args<'a>) -> R<Option<&'a Ref>> {
    if args.has_kw() {
        let text = format!("{name}() takes no keyword arguments");
        return Err(vm.type_error(&text));
    }
    match args.all {
        [] => Ok(None),
        [x] => Ok(Some(x)),
        more => {
            let text = format!("{name} expected at most 1 argument, got {}", more.len());
            Err(vm.type_error(&text))
        }
    }
}

fn init(vm: &mut Vm, r: &Ref, args: Args) -> R<()> {
    let x = one_argument(vm, "list", &args)?;
    if let Some(l) = payload(r)
        && !l.is_empty()
    {
        l.items.set(Vec::new());
    }
    match x {
        Some(x) => extend(vm, r, x),
        None => Ok(()),
    }
}

/// Adds the items of any iterable; what came before an error stays.
pub fn extend(vm: &mut Vm, r: &Ref, other: &Ref) -> R<()> {
    let Some(l) = payload(r) else { return Ok(()) };
    if let Some(o) = other.exact::<ListObj>() {
        let items = o.to_vec();
        l.with(|v| v.extend(items));
        return Ok(());
    }
    if let Some(t) = other.exact::<TupleObj>() {
        l.with(|v| v.extend_from_slice(t.items()));
        return Ok(());
    }
    let it = vm.iter(other)?;
    let hint = vm.length_hint(other, 8)?;
    if hint > isize::MAX as usize / 8 {
        return Err(vm.memory_error());
    }
    l.with(|v| v.reserve(hint.min(1 << 20)));
    while let Some(item) = vm.next(&it)? {
        l.push(item);
    }
    Ok(())
}

/// How deep reprs may nest: each level copies the text of those inside.
const MAX_REPR_DEPTH: usize = 10_000;

/// Marks a container as being shown; false if it already is. RecursionError if reprs nest too deep.
pub(super) fn enter_repr(vm: &mut Vm, r: &Ref) -> R<bool> {
    if vm.repr_active.len() >= MAX_REPR_DEPTH {
        return Err(vm.recursion_error(
            "maximum recursion depth exceeded while getting the repr of an object",
        ));
    }
    Ok(vm.enter_repr(r))
}

/// The text of items between brackets.
pub(super) fn repr_items(
    vm: &mut Vm,
    out: &mut Vec<u8>,
    mut at: impl FnMut(&Vm, usize) -> Option<Ref>,
) -> R<()> {
    let mut i = 0;
    while let Some(item) = at(vm, i) {
        if i > 0 {
            out.extend_from_slice(b", ");
        }
        let text = vm.repr(&item)?;
        out.extend_from_slice(text.str_obj().bytes());
        i += 1;
    }
    Ok(())
}

fn repr(vm: &mut Vm, r: &Ref) -> R<Ref> {
    let Some(l) = payload(r) else {
        return Ok(vm.default_repr(r));
    };
    if l.is_empty() {
        return Ok(intern("[]"));
    }
    if !enter_repr(vm, r)? {
        return Ok(intern("[...]"));
    }
    let mut out = vec![b'['];
    let result = repr_items(vm, &mut out, |_, i| l.at(i));
    vm.leave_repr(r);
    result?;
    out.push(b']');
    Ok(new_wtf8(&out))
}

fn compare(vm: &mut Vm, a: &Ref, b: &Ref, op: Cmp) -> R<Ref> {
    let (Some(x), Some(y)) = (payload(a), payload(b)) else {
        return Ok(Ref::not_implemented());
    };
    if x.len() != y.len() && matches!(op, Cmp::Eq | Cmp::Ne) {
        return Ok(Ref::bool(op == Cmp::Ne));
    }
    let mut i = 0;
    // Comparing may change either list: look anew at each step.
    while let (Some(p), Some(q)) = (x.at(i), y.at(i)) {
        if !vm.equal(&p, &q)? {
            return match op {
                Cmp::Eq => Ok(Ref::bool(false)),
                Cmp::Ne => Ok(Ref::bool(true)),
                _ => vm.compare(&p, &q, op),
            };
        }
        i += 1;
    }
    Ok(Ref::bool(op.holds(x.len().cmp(&y.len()))))
}

/// Whether the value can stand as an index.
#[inline]
pub(super) fn is_index(r: &Ref) -> bool {
    r.is_int() || r.class().slots.index.get().is_some()
}

/// An index counted from the end if negative; `None` if it is out of range.
#[inline]
pub(super) fn place(i: isize, len: usize) -> Option<usize> {
    let i = if i < 0 {
        i.checked_add_unsigned(len)?
    } else {
        i
    };
    usize::try_from(i).ok().filter(|&i| i < len)
}

fn bad_index(vm: &mut Vm, name: &str, key: &Ref) -> crate::Raised {
    let text = format!(
        "{name} indices must be integers or slices, not {}",
        vm.type_name(key)
    );
    vm.type_error(&text)
}

fn getitem(vm: &mut Vm, r: &Ref, key: &Ref) -> R<Ref> {
    let Some(l) = payload(r) else {
        return Ok(Ref::none());
    };
    if is_index(key) {
        let i = vm.index_for_sequence(key)?;
        return match place(i, l.len()).and_then(|i| l.at(i)) {
            Some(item) => Ok(item),
            None => Err(vm.index_error("list index out of range")),
        };
    }
    if let Some(s) = key.cast::<SliceObj>() {
        let (start, stop, step) = vm.slice_bounds(s)?;
        return Ok(new_list(sliced(l.peek(), start, stop, step)));
    }
    Err(bad_index(vm, "list", key))
}

/// The items of a slice with these bounds.
pub(super) fn sliced(items: &[Ref], start: isize, stop: isize, step: isize) -> Vec<Ref> {
    let (start, _, n) = adjust_slice(items.len(), start, stop, step);
    if n == 0 {
        return Vec::new();
    }
    if step == 1 {
        return items[start as usize..start as usize + n].to_vec();
    }
    (0..n as isize)
        .map(|i| items[(start + i * step) as usize].clone())
        .collect()
}

fn setitem(vm: &mut Vm, r: &Ref, key: &Ref, value: Option<Ref>) -> R<()> {
    let Some(l) = payload(r) else { return Ok(()) };
    if is_index(key) {
        let i = vm.index_for_sequence(key)?;
        let Some(i) = place(i, l.len()) else {
            return Err(vm.index_error("list assignment index out of range"));
        };
        l.with(|v| match value {
            Some(value) => drop(std::mem::replace(&mut v[i], value)),
            None => drop(v.remove(i)),
        });
        return Ok(());
    }
    let Some(s) = key.cast::<SliceObj>() else {
        return Err(bad_index(vm, "list", key));
    };
    let (start, stop, step) = vm.slice_bounds(s)?;
    match value {
        Some(value) => assign_slice(vm, l, (start, stop, step), &value),
        None => {
            delete_slice(l, start, stop, step);
            Ok(())
        }
    }
}

fn assign_slice(vm: &mut Vm, l: &ListObj, bounds: (isize, isize, isize), value: &Ref) -> R<()> {
    let (start, stop, step) = bounds;
    let is_sequence = value.exact::<ListObj>().is_some() || value.exact::<TupleObj>().is_some();
    if !is_sequence
        && value.class().slots.iter.get().is_none()
        && value.class().slots.getitem.get().is_none()
    {
        return Err(vm.type_error("must assign iterable to extended slice"));
    }
    // Collecting may run code that changes the list: the bounds are clamped afterwards.
    let new = vm.collect(value)?;
    let (start, stop, n) = adjust_slice(l.len(), start, stop, step);
    if step == 1 {
        let (start, stop) = (start as usize, stop.max(start) as usize);
        let old: Vec<Ref> = l.with(|v| v.splice(start..stop, new).collect());
        drop_backwards(old);
        return Ok(());
    }
    if new.len() != n {
        let text = format!(
            "attempt to assign sequence of size {} to extended slice of size {n}",
            new.len()
        );
        return Err(vm.value_error(&text));
    }
    l.with(|v| {
        for (i, item) in new.into_iter().enumerate() {
            v[(start + i as isize * step) as usize] = item;
        }
    });
    Ok(())
}

fn delete_slice(l: &ListObj, start: isize, stop: isize, step: isize) {
    let (start, _, n) = adjust_slice(l.len(), start, stop, step);
    if n == 0 {
        return;
    }
    // Downwards is the same set of places upwards.
    let (first, step) = if step < 0 {
        (
            (start + (n as isize - 1) * step) as usize,
            step.unsigned_abs(),
        )
    } else {
        (start as usize, step as usize)
    };
    l.with(|v| {
        if step == 1 {
            let old: Vec<Ref> = v.drain(first..first + n).collect();
            drop_backwards(old);
            return;
        }
        let last = first + (n - 1) * step;
        let mut i = 0;
        v.retain(|_| {
            let gone = i >= first && i <= last && (i - first) % step == 0;
            i += 1;
            !gone
        });
    });
}

fn concat(vm: &mut Vm, a: &Ref, b: &Ref) -> R<Ref> {
    let (Some(x), Some(y)) = (payload(a), payload(b)) else {
        let text = format!(
            "can only concatenate list (not \"{}\") to list",
            vm.type_name(b)
        );
        return Err(vm.type_error(&text));
    };
    let mut items = Vec::with_capacity(x.len() + y.len());
    items.extend_from_slice(x.peek());
    items.extend_from_slice(y.peek());
    Ok(new_list(items))
}

/// The items over and over; MemoryError if there would be too many.
pub(super) fn repeated(vm: &mut Vm, items: &[Ref], n: isize) -> R<Vec<Ref>> {
    let n = n.max(0) as usize;
    let mut out = Vec::new();
    let total = match items.len().checked_mul(n) {
        Some(t) if t <= isize::MAX as usize / 8 && out.try_reserve_exact(t).is_ok() => t,
        _ => return Err(vm.memory_error()),
    };
    if let [one] = items {
        out.resize(total, one.clone());
    } else {
        for _ in 0..n {
            out.extend_from_slice(items);
        }
    }
    Ok(out)
}

fn repeat(vm: &mut Vm, r: &Ref, n: isize) -> R<Ref> {
    let Some(l) = payload(r) else {
        return Ok(Ref::none());
    };
    Ok(new_list(repeated(vm, l.peek(), n)?))
}

fn insert(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let i = vm.index_size(&a[1])?;
    if let Some(l) = payload(&a[0]) {
        let len = l.len();
        let i = if i < 0 {
            i.saturating_add_unsigned(len).max(0)
        } else {
            i
        } as usize;
        l.with(|v| v.insert(i.min(len), a[2].clone()));
    }
    Ok(Ref::none())
}

fn pop(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let i = match arg(a, 1) {
        Some(i) => vm.index_size(i)?,
        None => -1,
    };
    let Some(l) = payload(&a[0]) else {
        return Ok(Ref::none());
    };
    if i == -1 {
        return match l.with(|v| v.pop()) {
            Some(r) => Ok(r),
            None => Err(vm.index_error("pop from empty list")),
        };
    }
    if l.is_empty() {
        return Err(vm.index_error("pop from empty list"));
    }
    match place(i, l.len()) {
        Some(i) => Ok(l.with(|v| v.remove(i))),
        None => Err(vm.index_error("pop index out of range")),
    }
}

/// The first place from `start` and before `stop` whose item is equal.
fn find(vm: &mut Vm, l: &ListObj, key: &Ref, start: usize, stop: usize) -> R<Option<usize>> {
    let mut i = start;
    while i < stop {
        // What can be said without running code is searched in one go.
        let items = l.peek();
        let mut unsure = None;
        while i < stop.min(items.len()) {
            match dict::quick_eq(&items[i], key) {
                Some(true) => return Ok(Some(i)),
                Some(false) => i += 1,
                None => {
                    unsure = Some(items[i].clone());
                    break;
                }
            }
        }
        let Some(item) = unsure else { return Ok(None) };
        if vm.equal(&item, key)? {
            return Ok(Some(i));
        }
        i += 1;
    }
    Ok(None)
}

/// An index argument of `index(x, start, stop)`, clamped.
pub(super) fn slice_argument(vm: &mut Vm, r: &Ref) -> R<isize> {
    if !is_index(r) {
        return Err(vm.type_error("slice indices must be integers or have an __index__ method"));
    }
    vm.index_clamped(r)
}

/// `start` and `stop` of `index(x, start, stop)` as places, counted from the end if negative.
pub(super) fn search_bounds(vm: &mut Vm, a: &[Ref], len: usize) -> R<(usize, usize)> {
    let mut bound = |r: Option<&Ref>, default: usize| -> R<usize> {
        let Some(r) = r else { return Ok(default) };
        let i = slice_argument(vm, r)?;
        Ok(if i < 0 {
            i.saturating_add_unsigned(len).max(0)
        } else {
            i
        } as usize)
    };
    let start = bound(arg(a, 2), 0)?;
    let stop = bound(arg(a, 3), usize::MAX)?;
    Ok((start, stop))
}

fn index(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let Some(l) = payload(&a[0]) else {
        return Ok(Ref::none());
    };
    let (start, stop) = search_bounds(vm, a, l.len())?;
    match find(vm, l, &a[1], start, stop)? {
        Some(i) => Ok(new_usize(i)),
        None => Err(vm.value_error("list.index(x): x not in list")),
    }
}

fn remove(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let Some(l) = payload(&a[0]) else {
        return Ok(Ref::none());
    };
    match find(vm, l, &a[1], 0, usize::MAX)? {
        Some(i) => {
            // The comparison may have shortened the list.
            let gone = l.with(|v| (i < v.len()).then(|| v.remove(i)));
            drop(gone);
            Ok(Ref::none())
        }
        None => Err(vm.value_error("list.remove(x): x not in list")),
    }
}

fn count(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let Some(l) = payload(&a[0]) else {
        return Ok(Ref::none());
    };
    let (mut n, mut i) = (0, 0);
    while let Some(item) = l.at(i) {
        n += vm.equal(&item, &a[1])? as usize;
        i += 1;
    }
    Ok(new_usize(n))
}

fn sort(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let reverse = match arg(a, 2) {
        Some(r) => vm.truthy(r)?,
        None => false,
    };
    let Some(l) = payload(&a[0]) else {
        return Ok(Ref::none());
    };
    // The list is empty while it is being sorted, so that changes by comparisons show.
    let mut items = l.items.replace(Vec::new());
    let result = super::sort::sort(vm, &mut items, arg(a, 1), reverse);
    let found = l.items.replace(items);
    let changed = found.capacity() != 0;
    drop(found);
    result?;
    if changed {
        return Err(vm.value_error("list modified during sort"));
    }
    Ok(Ref::none())
}
