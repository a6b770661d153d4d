//! The methods and attributes of `memoryview`; casts between formats and shapes.

use super::items::{code, size_of_format};
use super::*;
use crate::native::arg;
use crate::vm::{new_bytes, new_list, new_tuple, new_usize};
use crate::{getset, methods};

methods! { pub METHODS;
    "release(self, /)" => release_method, "Give up the memory; the view cannot be used any more.";
    "tobytes(self, /, order='C')" => tobytes, "Return the contents as bytes, in the order 'C', 'F' or 'A' (as they lie).";
    "hex(self, /, sep=None, bytes_per_sep=1)" => hex, "Return the hexadecimal digits of the contents.\n\n  sep\n    A separator to put between groups.\n  bytes_per_sep\n    Size of a group; counted from the right if positive, from the left if negative.";
    "tolist(self, /)" => tolist, "Return the elements as a list, nested for more than one dimension.";
    "cast(self, /, format, shape=None)" => cast_method, "Return a view of the same memory with another format or shape.";
    "toreadonly(self, /)" => toreadonly, "Return a read-only view of the same memory.";
    "count(self, value, /)" => count_method, "Count the elements that are equal to the value.";
    "index(self, value, start=0, stop=9223372036854775807, /)" => index_method, "Return the index of the first element that is equal to the value, or raise ValueError.";
    class "_from_flags(cls, /, object, flags)" => from_flags, "Create a memoryview that asks the object for its memory with the given flags.";
    class "__class_getitem__(cls, object, /)" => class_getitem, "The class with types in brackets, for annotations.";
    "__enter__(self, /)" => enter, "";
    var "__exit__(self, /, *exc_info)" => exit, "Release the memory.";
    "__buffer__(self, flags, /)" => buffer_method, "Return a memoryview of the object's memory.";
    "__release_buffer__(self, buffer, /)" => release_buffer_method, "Release the memoryview that __buffer__ returned.";
}

getset! { pub GETSET;
    "obj" => |vm, r| Ok(this(vm, r)?.1), "The object whose memory it is.";
    "nbytes" => |vm, r| Ok(new_usize(nbytes(this(vm, r)?.0))), "Number of bytes that the elements take: product(shape) * itemsize.";
    "readonly" => |vm, r| Ok(Ref::bool(this(vm, r)?.0.readonly)), "True if items can't be assigned.";
    "itemsize" => |vm, r| Ok(new_usize(this(vm, r)?.0.itemsize)), "How many bytes an element takes.";
    "format" => |vm, r| Ok(new_str(&this(vm, r)?.0.format)), "The format of each element, in struct's notation.";
    "ndim" => |vm, r| Ok(new_usize(this(vm, r)?.0.shape.len())), "Number of dimensions.";
    "shape" => |vm, r| Ok(ints(&this(vm, r)?.0.shape)), "Number of elements of each dimension.";
    "strides" => |vm, r| Ok(ints(&this(vm, r)?.0.strides)), "Distance in bytes between elements of each dimension.";
    "suboffsets" => |vm, r| this(vm, r).map(|_| new_tuple(vec![])), "Always empty.";
    "c_contiguous" => |vm, r| Ok(Ref::bool(c_contiguous(this(vm, r)?.0))), "Whether the elements lie in C order without gaps.";
    "f_contiguous" => |vm, r| Ok(Ref::bool(f_contiguous(this(vm, r)?.0))), "Whether the elements lie in Fortran order without gaps.";
    "contiguous" => contiguous_attr, "Whether the elements lie without gaps.";
}

fn contiguous_attr(vm: &mut Vm, r: &Ref) -> R<Ref> {
    let (m, _) = this(vm, r)?;
    Ok(Ref::bool(c_contiguous(m) || f_contiguous(m)))
}

fn ints(v: &[isize]) -> Ref {
    new_tuple(v.iter().map(|&n| new_int(n as i64)).collect())
}

fn release_method(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    if let Some(m) = a[0].cast::<MemoryViewObj>() {
        release(vm, m)?;
    }
    Ok(Ref::none())
}

fn enter(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    this(vm, &a[0])?;
    Ok(a[0].clone())
}

fn exit(vm: &mut Vm, args: Args) -> R<Ref> {
    release_method(vm, args.all)
}

fn class_getitem(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    crate::types::generic_alias::new_alias(vm, &a[0], &a[1])
}

fn from_flags(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let flags = vm.index_i32(&a[2])?;
    from_object(vm, &a[1], flags.into())
}

fn tobytes(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let order = match arg(a, 1) {
        Some(r) if !r.is_none() => match r.cast::<StrObj>() {
            Some(s) => s.bytes(),
            None => {
                let text = format!(
                    "tobytes() argument 'order' must be str or None, not {}",
                    vm.type_name(r)
                );
                return Err(vm.type_error(&text));
            }
        },
        _ => b"C",
    };
    let (m, base) = this(vm, &a[0])?;
    let fortran = match order {
        b"C" => false,
        b"F" => true,
        b"A" => f_contiguous(m) && !c_contiguous(m),
        _ => return Err(vm.value_error("order must be 'C', 'F' or 'A'")),
    };
    Ok(if fortran {
        new_bytes(&gather(m, &base, true))
    } else {
        with_contents(m, &base, new_bytes)
    })
}

fn hex(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let (sep, group) = crate::types::bytes_common::hex_args(vm, arg(a, 1), arg(a, 2))?;
    let (m, base) = this(vm, &a[0])?;
    let text = with_contents(m, &base, |b| taipan_text::bytes_text::hex(b, sep, group));
    Ok(new_str(&text))
}

fn tolist(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let (m, base) = this(vm, &a[0])?;
    if m.shape.is_empty() {
        return item(vm, m, &base, m.offset);
    }
    nested_list(vm, m, &base, 0, m.offset)
}

fn nested_list(vm: &mut Vm, m: &MemoryViewObj, base: &Ref, d: usize, at: isize) -> R<Ref> {
    let mut out = Vec::with_capacity(m.shape[d] as usize);
    for i in 0..m.shape[d] {
        let at = at + i * m.strides[d];
        out.push(if d + 1 == m.shape.len() {
            item(vm, m, base, at)?
        } else {
            nested_list(vm, m, base, d + 1, at)?
        });
    }
    Ok(new_list(out))
}

fn toreadonly(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let (m, base) = this(vm, &a[0])?;
    let mut l = layout_of(m);
    l.readonly = true;
    Ok(make_view(&base, l))
}

/// The number of elements to look through; lookups are for one dimension.
fn lookup_length(vm: &mut Vm, m: &MemoryViewObj) -> R<isize> {
    match m.shape[..] {
        [n] => Ok(n),
        [] => Err(vm.type_error("invalid lookup on 0-dim memory")),
        _ => Err(vm.not_implemented_error("multi-dimensional lookup is not implemented")),
    }
}

fn count_method(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let (m, _) = this(vm, &a[0])?;
    let n = lookup_length(vm, m)?;
    let mut found = 0;
    for i in 0..n {
        let base = live_base(vm, m)?;
        let x = item(vm, m, &base, m.offset + i * m.strides[0])?;
        if vm.equal(&x, &a[1])? {
            found += 1;
        }
    }
    Ok(new_int(found))
}

fn index_method(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let (m, _) = this(vm, &a[0])?;
    let n = lookup_length(vm, m)?;
    let mut bound = |i: usize, default: isize| -> R<isize> {
        let i = match arg(a, i) {
            Some(r) => vm.index_clamped(r)?,
            None => default,
        };
        Ok(if i < 0 { (i + n).max(0) } else { i.min(n) })
    };
    let (start, stop) = (bound(2, 0)?, bound(3, isize::MAX)?);
    for i in start..stop {
        let base = live_base(vm, m)?;
        let x = item(vm, m, &base, m.offset + i * m.strides[0])?;
        if vm.equal(&x, &a[1])? {
            return Ok(new_int(i as i64));
        }
    }
    Err(vm.value_error("memoryview.index(x): x not found"))
}

/// Most dimensions a view can have.
const MAX_DIMENSIONS: usize = 64;

fn cast_method(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let format = vm.codec_argument(Some(&a[1]), "", "cast() argument 'format'")?;
    let (m, base) = this(vm, &a[0])?;
    if !c_contiguous(m) {
        return Err(vm.type_error("memoryview: casts are restricted to C-contiguous views"));
    }
    let shape = arg(a, 2);
    if (shape.is_some() || m.shape.len() != 1) && m.shape.contains(&0) {
        return Err(vm.type_error("memoryview: cannot cast view with zeros in shape or strides"));
    }
    let shape = match shape {
        None => None,
        Some(r) => {
            let items = match (r.tuple_items(), r.cast::<ListObj>()) {
                (Some(t), _) => t.to_vec(),
                (_, Some(l)) => l.to_vec(),
                _ => return Err(vm.type_error("shape must be a list or a tuple")),
            };
            if items.len() > MAX_DIMENSIONS {
                return Err(vm.value_error("memoryview: number of dimensions must not exceed 64"));
            }
            if m.shape.len() != 1 && items.len() != 1 {
                return Err(vm.type_error("memoryview: cast must be 1D -> ND or ND -> 1D"));
            }
            Some(items)
        }
    };
    let l = cast_flat(vm, m, &format)?;
    let l = match shape {
        None => l,
        Some(items) => reshape(vm, l, &items, nbytes(m))?,
    };
    Ok(make_view(&base, l))
}

/// The contents as one dimension of another format.
fn cast_flat(vm: &mut Vm, m: &MemoryViewObj, format: &str) -> R<Layout> {
    if size_of_format(&m.format).is_none() {
        return Err(vm.value_error(
            "memoryview: source format must be a native single character format prefixed with an optional '@'",
        ));
    }
    let Some(size) = size_of_format(format) else {
        return Err(vm.value_error(
            "memoryview: destination format must be a native single character format prefixed with an optional '@'",
        ));
    };
    let is_byte = |f: &str| matches!(code(f), Some(b'b' | b'B' | b'c'));
    if !is_byte(&m.format) && !is_byte(format) {
        return Err(vm.type_error("memoryview: cannot cast between two non-byte formats"));
    }
    let n = nbytes(m);
    if !n.is_multiple_of(size) {
        return Err(vm.type_error("memoryview: length is not a multiple of itemsize"));
    }
    Ok(Layout {
        format: format.into(),
        itemsize: size,
        offset: m.offset,
        shape: vec![(n / size) as isize],
        strides: vec![size as isize],
        readonly: m.readonly,
    })
}

fn reshape(vm: &mut Vm, mut l: Layout, items: &[Ref], nbytes: usize) -> R<Layout> {
    let mut shape = Vec::with_capacity(items.len());
    let mut product: isize = l.itemsize as isize;
    for item in items {
        if !item.is_int() {
            return Err(vm.type_error("memoryview.cast(): elements of shape must be integers"));
        }
        let n = vm.index_size(item)?;
        if n <= 0 {
            return Err(vm.value_error("memoryview.cast(): elements of shape must be integers > 0"));
        }
        product = match product.checked_mul(n) {
            Some(p) => p,
            None => {
                return Err(vm.value_error("memoryview.cast(): product(shape) > SSIZE_MAX"));
            }
        };
        shape.push(n);
    }
    if product as usize != nbytes {
        return Err(vm.type_error("memoryview: product(shape) * itemsize != buffer size"));
    }
    let mut strides = vec![l.itemsize as isize; shape.len()];
    for d in (1..shape.len()).rev() {
        strides[d - 1] = strides[d] * shape[d];
    }
    l.shape = shape;
    l.strides = strides;
    Ok(l)
}
