//! `bytearray`: a mutable sequence of bytes whose size is fixed while memoryviews look at it.

use super::bytes_common::{self as common, BYTE_RANGE, byte_arg};
use super::spec::TypeSpec;
use super::str::methods::size_arg;
use crate::bytes_methods;
use crate::native::{Args, arg};
use crate::value::header::Kind;
use crate::value::slots::BinOp;
use crate::value::*;
use crate::vm::{new_int, new_str, new_tuple, new_usize, new_wtf8};
use crate::{R, Vm};
use taipan_text::str_search::Ends;
use taipan_text::{bytes_text, str_repr};

pub static BYTEARRAY: TypeSpec = TypeSpec {
    name: "bytearray",
    kind: Kind::ByteArray,
    exact: true,
    flags: type_flag::BASE | type_flag::MATCH_SELF,
    doc: "bytearray(iterable_of_ints) -> bytearray\nbytearray(string, encoding[, errors]) -> bytearray\nbytearray(bytes_or_buffer) -> a copy of it\nbytearray(int) -> that many zero bytes\nbytearray() -> no bytes\n\nA mutable sequence of bytes.",
    methods: METHODS,
    slots: |s| {
        s.repr.set(Some(repr));
        s.str.set(Some(|vm, r| vm.repr(r)));
        s.iter.set(Some(super::bytes_iter::iter));
        s.richcmp.set(Some(common::richcmp));
        s.len.set(Some(|_, r| Ok(common::with(r, <[u8]>::len))));
        s.getitem.set(Some(common::getitem));
        s.setitem.set(Some(setitem));
        s.contains.set(Some(common::contains));
        s.concat.set(Some(common::concat));
        s.repeat.set(Some(common::repeat));
        s.iconcat.set(Some(iconcat));
        s.irepeat.set(Some(irepeat));
        s.binary[BinOp::Mod as usize].set(Some(common::modulo));
        s.new.set(Some(|_, class, _| {
            Ok(Ref::new_of(class, ByteArrayObj::default()))
        }));
        s.init.set(Some(init));
    },
    ..TypeSpec::DEFAULT
};

bytes_methods! { METHODS;
    "append(self, item, /)" => append, "Put one byte at the end.";
    "clear(self, /)" => clear, "Remove all bytes.";
    "copy(self, /)" => |_, a| Ok(common::new_bytearray(common::with(&a[0], <[u8]>::to_vec))), "Return a copy.";
    "extend(self, iterable_of_ints, /)" => extend, "Put the bytes of an iterable or a buffer at the end.";
    "insert(self, index, item, /)" => insert, "Put one byte before the index.";
    "pop(self, index=-1, /)" => pop, "Remove the byte at the index, the last one by default, and return it.";
    "remove(self, value, /)" => remove, "Takes out the first byte of that value. ValueError is raised if there is none.";
    "resize(self, size, /)" => resize, "Change the length; new bytes are zero.";
    "reverse(self, /)" => reverse, "Reverse the order of the bytes in place.";
    "__alloc__(self, /)" => alloc, "Return the number of bytes of memory in use.";
    "__sizeof__(self, /)" => sizeof, "Return the size of the object in memory, in bytes.";
    "__reduce__(self, /)" => |vm, a| reduce(vm, &a[0], false), "State for pickling.";
    "__reduce_ex__(self, proto=0, /)" => reduce_ex, "State for pickling, for that version of the protocol.";
    "__buffer__(self, flags, /)" => super::memoryview::buffer_method, "Return a memoryview of the object's memory.";
    "__release_buffer__(self, buffer, /)" => super::memoryview::release_buffer_method, "Release the memoryview that __buffer__ returned.";
}

fn repr(vm: &mut Vm, r: &Ref) -> R<Ref> {
    let mut out = vm.class_name(r.class()).into_bytes();
    let mut text = common::with(r, str_repr::bytes_repr);
    // The reference escapes single quotes even between double ones.
    if text.get(1) == Some(&b'"') {
        let mut escaped = Vec::with_capacity(text.len() + 8);
        for b in text {
            if b == b'\'' {
                escaped.push(b'\\');
            }
            escaped.push(b);
        }
        text = escaped;
    }
    out.push(b'(');
    out.extend_from_slice(&text);
    out.push(b')');
    Ok(new_wtf8(&out))
}

fn this(r: &Ref) -> Option<&ByteArrayObj> {
    r.cast::<ByteArrayObj>()
}

/// Changes the contents in a way that may change their length: BufferError while there are views.
fn resizing<T>(vm: &mut Vm, r: &Ref, f: impl FnOnce(&mut Vec<u8>) -> T) -> R<T> {
    check_exports(vm, r)?;
    Ok(changing(vm, r, f))
}

pub fn check_exports(vm: &mut Vm, r: &Ref) -> R<()> {
    if this(r).is_some_and(|b| b.exports.get() > 0) {
        return Err(vm.buffer_error("Existing exports of data: object cannot be re-sized"));
    }
    Ok(())
}

fn changing<T>(vm: &mut Vm, r: &Ref, f: impl FnOnce(&mut Vec<u8>) -> T) -> T {
    match this(r) {
        Some(b) => f(b.data.get_mut(vm)),
        None => f(&mut Vec::new()),
    }
}

fn len(r: &Ref) -> usize {
    common::with(r, <[u8]>::len)
}

/// Room for `more` bytes, or MemoryError.
fn grow(vm: &mut Vm, r: &Ref, more: usize) -> R<()> {
    let full = changing(vm, r, |v| v.try_reserve(more).is_err());
    if full {
        return Err(vm.memory_error());
    }
    Ok(())
}

fn init(vm: &mut Vm, r: &Ref, args: Args) -> R<()> {
    let bound = common::bind_source(vm, "bytearray", args)?;
    if len(r) > 0 {
        resizing(vm, r, |v| v.clear())?;
    }
    let data = common::contents(vm, &bound, true)?;
    if !data.is_empty() || len(r) > 0 {
        resizing(vm, r, |v| *v = data)?;
    }
    Ok(())
}

fn append(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let b = byte_arg(vm, &a[1], BYTE_RANGE)?;
    resizing(vm, &a[0], |v| v.push(b))?;
    Ok(Ref::none())
}

fn clear(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    if len(&a[0]) > 0 {
        resizing(vm, &a[0], |v| *v = Vec::new())?;
    }
    Ok(Ref::none())
}

fn extend(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    if a[1].is_str() {
        return Err(vm.type_error("expected iterable of integers; got: 'str'"));
    }
    match common::from_object(vm, &a[1], BYTE_RANGE)? {
        Some(data) if data.is_empty() => {}
        Some(data) => {
            check_exports(vm, &a[0])?;
            grow(vm, &a[0], data.len())?;
            changing(vm, &a[0], |v| v.extend_from_slice(&data));
        }
        None => {
            let text = format!("can't extend bytearray with {}", vm.type_name(&a[1]));
            return Err(vm.type_error(&text));
        }
    }
    Ok(Ref::none())
}

fn insert(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let i = size_arg(vm, &a[1])?;
    let b = byte_arg(vm, &a[2], BYTE_RANGE)?;
    resizing(vm, &a[0], |v| {
        let n = v.len() as isize;
        let i = if i < 0 { (i + n).max(0) } else { i.min(n) };
        v.insert(i as usize, b);
    })?;
    Ok(Ref::none())
}

fn pop(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let i = match arg(a, 1) {
        Some(r) => size_arg(vm, r)?,
        None => -1,
    };
    let n = len(&a[0]) as isize;
    if n == 0 {
        return Err(vm.index_error("pop from empty bytearray"));
    }
    let i = if i < 0 { i + n } else { i };
    if i < 0 || i >= n {
        return Err(vm.index_error("pop index out of range"));
    }
    let b = resizing(vm, &a[0], |v| v.remove(i as usize))?;
    Ok(new_int(b.into()))
}

fn remove(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let b = byte_arg(vm, &a[1], BYTE_RANGE)?;
    let Some(i) = common::with(&a[0], |v| v.iter().position(|&x| x == b)) else {
        return Err(vm.value_error("value not found in bytearray"));
    };
    resizing(vm, &a[0], |v| v.remove(i))?;
    Ok(Ref::none())
}

fn resize(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let n = size_arg(vm, &a[1])?;
    if n < 0 {
        let text = format!("Can only resize to positive sizes, got {n}");
        return Err(vm.value_error(&text));
    }
    let (n, old) = (n as usize, len(&a[0]));
    if n != old {
        check_exports(vm, &a[0])?;
        if n > super::str::LONGEST {
            return Err(vm.memory_error());
        }
        grow(vm, &a[0], n.saturating_sub(old))?;
        changing(vm, &a[0], |v| v.resize(n, 0));
    }
    Ok(Ref::none())
}

fn reverse(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    changing(vm, &a[0], |v| v.reverse());
    Ok(Ref::none())
}

fn alloc(_: &mut Vm, a: &[Ref]) -> R<Ref> {
    let n = len(&a[0]);
    Ok(new_usize(if n == 0 { 0 } else { n + 1 }))
}
fn sizeof(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let n = alloc(vm, a)?.as_i64().unwrap_or(0);
    Ok(new_int(56 + n))
}

fn reduce(vm: &mut Vm, r: &Ref, binary: bool) -> R<Ref> {
    let data = common::with(r, <[u8]>::to_vec);
    let args = if binary {
        new_tuple(vec![BytesObj::make(&data)])
    } else if data.is_empty() {
        new_tuple(vec![])
    } else {
        let (text, _) =
            vm.decode_with_codec(&data, taipan_text::codec::Codec::Latin1, "strict", true)?;
        new_tuple(vec![text, new_str("latin-1")])
    };
    let state = vm
        .getattr_opt(r, &intern("__dict__"))?
        .unwrap_or_else(Ref::none);
    Ok(new_tuple(vec![class_of(r), args, state]))
}

fn reduce_ex(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let proto = match arg(a, 1) {
        Some(r) => vm.index_i32(r)?,
        None => 0,
    };
    reduce(vm, &a[0], proto >= 3)
}

/// Start, step and number of items of a slice over the present contents. Evaluating its members may run Python code that
/// changes them, so it is asked until the length stays.
fn slice_of(vm: &mut Vm, r: &Ref, s: &SliceObj) -> R<(isize, isize, usize)> {
    loop {
        let n = len(r);
        let (start, _, step, count) = vm.slice_indices(s, n)?;
        if len(r) == n {
            return Ok((start, step, count));
        }
    }
}

fn setitem(vm: &mut Vm, r: &Ref, key: &Ref, value: Option<Ref>) -> R<()> {
    if let Some(s) = key.cast::<SliceObj>() {
        let data = match &value {
            None => None,
            Some(v) => {
                let data = if common::is_index(v) || v.is_str() {
                    None
                } else {
                    common::from_object(vm, v, BYTE_RANGE)?
                };
                match data {
                    Some(d) => Some(d),
                    None => {
                        return Err(vm.type_error(
                            "can assign only bytes, buffers, or iterables of ints in range(0, 256)",
                        ));
                    }
                }
            }
        };
        return assign_slice(vm, r, s, data);
    }
    let i = common::index_key(vm, r, key)?;
    let b = match &value {
        Some(v) => Some(byte_arg(vm, v, BYTE_RANGE)?),
        None => None,
    };
    let n = len(r) as isize;
    let i = if i < 0 { i + n } else { i };
    if i < 0 || i >= n {
        return Err(common::out_of_range(vm, r));
    }
    let i = i as usize;
    match b {
        Some(b) => {
            changing(vm, r, |v| v[i] = b);
            Ok(())
        }
        None => resizing(vm, r, |v| {
            v.remove(i);
        }),
    }
}

/// `r[s] = data`, or the deletion of the slice.
fn assign_slice(vm: &mut Vm, r: &Ref, s: &SliceObj, data: Option<Vec<u8>>) -> R<()> {
    let (start, step, n) = slice_of(vm, r, s)?;
    let size = data.as_ref().map_or(0, Vec::len);
    if step == 1 {
        let at = start as usize;
        if size == n {
            changing(vm, r, |v| {
                v[at..at + n].copy_from_slice(&data.unwrap_or_default())
            });
            return Ok(());
        }
        check_exports(vm, r)?;
        grow(vm, r, size.saturating_sub(n))?;
        changing(vm, r, |v| {
            v.splice(at..at + n, data.unwrap_or_default());
        });
        return Ok(());
    }
    let place = |k: usize| (start + k as isize * step) as usize;
    match data {
        Some(data) if size == n => {
            changing(vm, r, |v| {
                for (k, b) in data.into_iter().enumerate() {
                    v[place(k)] = b;
                }
            });
            Ok(())
        }
        Some(_) if size > 0 || n > 0 && size != 0 => {
            let text =
                format!("attempt to assign bytes of size {size} to extended slice of size {n}");
            Err(vm.value_error(&text))
        }
        _ if n == 0 => Ok(()),
        _ => resizing(vm, r, |v| {
            let (low, distance) = if step > 0 {
                (place(0), step as usize)
            } else {
                (place(n - 1), step.unsigned_abs())
            };
            let high = low + (n - 1) * distance;
            let mut i = 0usize;
            v.retain(|_| {
                let gone = i >= low && i <= high && (i - low).is_multiple_of(distance);
                i += 1;
                !gone
            });
        }),
    }
}

fn iconcat(vm: &mut Vm, a: &Ref, b: &Ref) -> R<Ref> {
    let Some(data) = vm.buffer_bytes_opt(b)? else {
        let text = format!("can't concat {} to {}", vm.type_name(b), vm.type_name(a));
        return Err(vm.type_error(&text));
    };
    if !data.is_empty() {
        check_exports(vm, a)?;
        grow(vm, a, data.len())?;
        changing(vm, a, |v| v.extend_from_slice(&data));
    }
    Ok(a.clone())
}

fn irepeat(vm: &mut Vm, a: &Ref, n: isize) -> R<Ref> {
    if n == 1 {
        return Ok(a.clone());
    }
    let out = common::repeated(vm, a, n)?;
    if len(a) > 0 {
        resizing(vm, a, |v| *v = out)?;
    }
    Ok(a.clone())
}
