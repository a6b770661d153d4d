//! `array`: sequences of numbers or characters of one machine type.

mod items;
mod pickling;

use std::cell::Cell;
use taipan_vm::modules::{new_module, set};
use taipan_vm::native::Args;
use taipan_vm::protocol::buffer::Memory;
use taipan_vm::types::spec::TypeSpec;
use taipan_vm::value::slots::Cmp;
use taipan_vm::value::{
    ByteArrayObj, BytesObj, Guarded, ListObj, NativePayload, SliceObj, TupleObj, type_flag,
};
use taipan_vm::vm::{new_bytes, new_int, new_list, new_str, new_tuple, new_usize};
use taipan_vm::{R, Ref, Vm, arg, functions, getset, intern, methods, rt, trace};

pub(crate) struct Array {
    /// The elements in the machine's layout.
    data: Guarded<Vec<u8>>,
    exports: Cell<u32>,
    code: u8,
    /// Bytes of an element.
    size: u8,
}
trace!(Array);
impl NativePayload for Array {
    fn memory(&self) -> Option<Memory<'_>> {
        Some(Memory {
            data: &self.data,
            exports: &self.exports,
            format: items::format(self.code),
            itemsize: self.size(),
            readonly: false,
        })
    }
}

impl Array {
    fn size(&self) -> usize {
        self.size.into()
    }
    fn len(&self, vm: &Vm) -> usize {
        // Sizes are powers of two.
        self.data.get(vm).len() >> self.size.trailing_zeros()
    }
    fn bytes<'a>(&'a self, vm: &'a Vm) -> &'a [u8] {
        self.data.get(vm)
    }
}

static ARRAY: TypeSpec = TypeSpec {
    name: "array.array",
    flags: type_flag::BASE | type_flag::HAS_WEAKREF | type_flag::SEQUENCE,
    doc: "A sequence whose elements are all of one machine type, told by a letter:\n\n    b B    integers of 1 byte, signed and unsigned\n    h H    of 2 bytes\n    i I    of 4 bytes\n    l L    of 8 bytes\n    q Q    of 8 bytes\n    f d    floats of 4 and 8 bytes\n    w      characters of 4 bytes\n    u      the same, deprecated\n\nThe second argument gives the first contents: an iterable of elements, or bytes in the machine's layout, or a text.",
    methods: METHODS,
    getset: GETSET,
    slots: |s| {
        s.new.set(Some(new));
        s.repr.set(Some(repr));
        s.richcmp.set(Some(compare));
        s.len.set(Some(|vm, r| Ok(this(vm, r)?.len(vm))));
        s.getitem.set(Some(getitem));
        s.setitem.set(Some(setitem));
        s.contains.set(Some(
            |vm, r, v| Ok(find(vm, r, v, 0, usize::MAX)?.is_some()),
        ));
        s.iter.set(Some(|vm, r| {
            let class = vm.native_type(&ITERATOR);
            Ok(Ref::new_native(
                &class,
                Iter {
                    array: Guarded::new(Some(r.clone())),
                    at: Cell::new(0),
                },
            ))
        }));
        s.concat.set(Some(|vm, a, b| {
            let x = this(vm, a)?;
            let Some(y) = b.native::<Array>() else {
                let text = format!(
                    "can only append array (not \"{}\") to array",
                    vm.type_name(b)
                );
                return Err(vm.type_error(&text));
            };
            if x.code != y.code {
                return Err(vm.type_error("bad argument type for built-in operation"));
            }
            let mut data = reserve(vm, x.bytes(vm).len() + y.bytes(vm).len())?;
            data.extend_from_slice(x.bytes(vm));
            data.extend_from_slice(y.bytes(vm));
            Ok(make_array(vm, x.code, data))
        }));
        s.iconcat.set(Some(|vm, a, b| {
            if b.native::<Array>().is_none() {
                let text = format!(
                    "can only extend array with array (not \"{}\")",
                    vm.type_name(b)
                );
                return Err(vm.type_error(&text));
            }
            extend(vm, a, b)?;
            Ok(a.clone())
        }));
        s.repeat.set(Some(|vm, r, n| {
            let data = repeated(vm, r, n)?;
            let code = this(vm, r)?.code;
            Ok(make_array(vm, code, data))
        }));
        s.irepeat.set(Some(|vm, r, n| {
            if this(vm, r)?.len(vm) > 0 && n != 1 {
                check_exports(vm, r)?;
                let data = repeated(vm, r, n)?;
                this(vm, r)?.data.set(data);
            }
            Ok(r.clone())
        }));
    },
    ..TypeSpec::DEFAULT
};

getset! { GETSET;
    "typecode" => |vm, r| { let code = this(vm, r)?.code; Ok(letter(code)) }, "The letter that tells the type of the elements.";
    "itemsize" => |vm, r| Ok(new_usize(this(vm, r)?.size())), "How many bytes an element takes.";
}

methods! { METHODS;
    "append(self, v, /)" => append, "Puts an element in at the end.";
    "buffer_info(self, /)" => |vm, a| {
        let array = this(vm, &a[0])?;
        let address = array.bytes(vm).as_ptr() as usize;
        Ok(new_tuple(vec![new_usize(address), new_usize(array.len(vm))]))
    }, "The address of the memory now in use, and how many elements are in it.";
    "byteswap(self, /)" => |vm, a| {
        let array = this(vm, &a[0])?;
        items::swap(array.data.get_mut(vm), array.size());
        Ok(Ref::none())
    }, "Turns the byte order of every element around.";
    "clear(self, /)" => |vm, a| {
        check_exports(vm, &a[0])?;
        this(vm, &a[0])?.data.set(Vec::new());
        Ok(Ref::none())
    }, "Takes all elements out.";
    "count(self, v, /)" => |vm, a| {
        let (mut n, mut i) = (0, 0);
        while let Some(item) = item(vm, &a[0], i)? {
            n += vm.equal(&item, &a[1])? as i64;
            i += 1;
        }
        Ok(new_int(n))
    }, "How many elements equal the value.";
    "extend(self, bb, /)" => |vm, a| { extend(vm, &a[0], &a[1])?; Ok(Ref::none()) }, "Puts the items of an array of the same type, or of any iterable, in at the end.";
    "frombytes(self, buffer, /)" => |vm, a| {
        if !vm.is_bytes_like(&a[1]) {
            return Err(vm.not_bytes_like(&a[1]));
        }
        let data = vm.buffer_bytes(&a[1])?.into_owned();
        add_bytes(vm, &a[0], &data)?;
        Ok(Ref::none())
    }, "Puts elements in at the end that are given as bytes in the machine's layout.";
    "fromfile(self, f, n, /)" => from_file, "Reads n elements from a file and puts them in at the end. EOFError is raised, after what there was has been taken, if there are fewer.";
    "fromlist(self, list, /)" => from_list, "Puts the items of a list in at the end: all of them, or none if one is not fit.";
    "fromunicode(self, ustr, /)" => |vm, a| {
        let text = match a[1].is_str() {
            true => items::from_text(a[1].str_obj().bytes()),
            false => {
                let text = format!("fromunicode() argument must be str, not {}", vm.type_name_or_none(&a[1]));
                return Err(vm.type_error(&text));
            }
        };
        if !items::is_text(this(vm, &a[0])?.code) {
            return Err(vm.value_error("fromunicode() may only be called on unicode type arrays ('u' or 'w')"));
        }
        add_bytes(vm, &a[0], &text)?;
        Ok(Ref::none())
    }, "Puts the characters of a text in at the end.";
    "index(self, v, start=0, stop=sys.maxsize, /)" => index, "The first place of the value between start and stop. ValueError is raised if there is none.";
    "insert(self, i, v, /)" => |vm, a| {
        let i = vm.index_size(&a[1])?;
        let array = this(vm, &a[0])?;
        let bytes = items::store(vm, array.code, &a[2])?;
        check_exports(vm, &a[0])?;
        let len = array.len(vm) as isize;
        let at = if i < 0 { (i + len).max(0) } else { i.min(len) } as usize * array.size();
        room(vm, array, array.size())?;
        array.data.get_mut(vm).splice(at..at, bytes[..array.size()].iter().copied());
        Ok(Ref::none())
    }, "Puts an element in before the place.";
    "pop(self, i=-1, /)" => |vm, a| {
        let i = match arg(a, 1) { Some(i) => vm.index_size(i)?, None => -1 };
        let array = this(vm, &a[0])?;
        let len = array.len(vm) as isize;
        if len == 0 {
            return Err(vm.index_error("pop from empty array"));
        }
        let i = if i < 0 { i + len } else { i };
        if i < 0 || i >= len {
            return Err(vm.index_error("pop index out of range"));
        }
        let value = item(vm, &a[0], i as usize)?.unwrap_or_default();
        remove_range(vm, &a[0], i as usize, 1)?;
        Ok(value)
    }, "Takes the element at the place out and gives it, the last one by default.";
    "remove(self, v, /)" => |vm, a| match find(vm, &a[0], &a[1], 0, usize::MAX)? {
        Some(i) => { remove_range(vm, &a[0], i, 1)?; Ok(Ref::none()) }
        None => Err(vm.value_error("array.remove(x): x not in array")),
    }, "Takes the first element out that equals the value. ValueError is raised if there is none.";
    "reverse(self, /)" => |vm, a| {
        let array = this(vm, &a[0])?;
        let data = array.data.get_mut(vm);
        data.reverse();
        items::swap(data, array.size());
        Ok(Ref::none())
    }, "Turns the order around, in place.";
    "tobytes(self, /)" => |vm, a| Ok(new_bytes(this(vm, &a[0])?.bytes(vm))), "The elements as bytes, in the machine's layout.";
    "tofile(self, f, /)" => |vm, a| {
        const BLOCK: usize = 64 * 1024;
        let mut at = 0;
        loop {
            let bytes = this(vm, &a[0])?.bytes(vm);
            let Some(rest) = bytes.get(at..).filter(|r| !r.is_empty()) else { break };
            let block = new_bytes(&rest[..rest.len().min(BLOCK)]);
            at += BLOCK;
            vm.call_method(&a[1], "write", &[block])?;
        }
        if at == 0 {
            vm.getattr_str(&a[1], "write")?;
        }
        Ok(Ref::none())
    }, "Writes the elements to a file, in the machine's layout.";
    "tolist(self, /)" => |vm, a| { let items = all(vm, &a[0])?; Ok(new_list(items)) }, "The elements as a list.";
    "tounicode(self, /)" => |vm, a| {
        let array = this(vm, &a[0])?;
        if !items::is_text(array.code) {
            return Err(vm.value_error("tounicode() may only be called on unicode type arrays ('u' or 'w')"));
        }
        let data = array.bytes(vm).to_vec();
        items::to_text(vm, array.code, &data)
    }, "The characters as a text.";
    "__copy__(self, /)" => copy, "An array with the same elements.";
    "__deepcopy__(self, unused, /)" => copy, "An array with the same elements.";
    "__reduce_ex__(self, value, /)" => pickling::reduce, "State for pickling.";
    "__sizeof__(self, /)" => |vm, a| Ok(new_usize(64 + this(vm, &a[0])?.bytes(vm).len())), "The memory that the array takes, in bytes.";
    "__buffer__(self, flags, /)" => taipan_vm::types::memoryview::buffer_method, "A memoryview of the elements.";
    "__release_buffer__(self, buffer, /)" => taipan_vm::types::memoryview::release_buffer_method, "Gives a memoryview back that __buffer__ made.";
    class "__class_getitem__(type, object, /)" => |vm, a| taipan_vm::types::generic_alias::new_alias(vm, &a[0], &a[1]), "The class with types in brackets, for annotations.";
}

functions! { FUNCTIONS;
    "_array_reconstructor(arraytype, typecode, mformat_code, items, /)" => pickling::reconstruct, "Makes an array from its pickled state.";
}

fn this<'a>(vm: &mut Vm, r: &'a Ref) -> R<&'a Array> {
    match r.native::<Array>() {
        Some(array) => Ok(array),
        None => Err(vm.type_error("an array is required")),
    }
}

fn letter(code: u8) -> Ref {
    intern(char::from(code).encode_utf8(&mut [0; 4]))
}

/// An array of exactly the class itself.
fn make_array(vm: &mut Vm, code: u8, data: Vec<u8>) -> Ref {
    let class = vm.native_type(&ARRAY);
    array_of(&class, code, data)
}

fn array_of(class: &Ref, code: u8, data: Vec<u8>) -> Ref {
    Ref::new_native(
        class,
        Array {
            data: Guarded::new(data),
            exports: Cell::new(0),
            code,
            size: items::size(code).unwrap_or(1) as u8,
        },
    )
}

/// An empty vector with that much room, or MemoryError.
fn reserve(vm: &mut Vm, bytes: usize) -> R<Vec<u8>> {
    let mut data = Vec::new();
    match data.try_reserve_exact(bytes) {
        Ok(()) => Ok(data),
        Err(_) => Err(vm.memory_error()),
    }
}

/// Room for that many bytes more.
fn room(vm: &mut Vm, array: &Array, bytes: usize) -> R<()> {
    match array.data.get_mut(vm).try_reserve(bytes) {
        Ok(()) => Ok(()),
        Err(_) => Err(vm.memory_error()),
    }
}

fn check_exports(vm: &mut Vm, r: &Ref) -> R<()> {
    if this(vm, r)?.exports.get() > 0 {
        return Err(vm.buffer_error("cannot resize an array that is exporting buffers"));
    }
    Ok(())
}

/// The element at a place, if there is one.
fn item(vm: &mut Vm, r: &Ref, i: usize) -> R<Option<Ref>> {
    let array = this(vm, r)?;
    match items::load(array.code, array.bytes(vm), i) {
        Some(v) if v.is_undefined() => {
            if array.code == b'w' {
                return Err(vm.value_error("chr() arg not in range(0x110000)"));
            }
            let (size, data) = (array.size(), array.bytes(vm));
            let one = data[i * size..(i + 1) * size].to_vec();
            items::to_text(vm, array.code, &one).map(Some)
        }
        found => Ok(found),
    }
}

fn all(vm: &mut Vm, r: &Ref) -> R<Vec<Ref>> {
    let len = this(vm, r)?.len(vm);
    let mut out = Vec::with_capacity(len);
    while let Some(v) = item(vm, r, out.len())? {
        out.push(v);
    }
    Ok(out)
}

fn append(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    push(vm, &a[0], &a[1])?;
    Ok(Ref::none())
}

fn push(vm: &mut Vm, r: &Ref, value: &Ref) -> R<()> {
    let array = this(vm, r)?;
    let bytes = items::store(vm, array.code, value)?;
    check_exports(vm, r)?;
    array
        .data
        .get_mut(vm)
        .extend_from_slice(&bytes[..array.size()]);
    Ok(())
}

fn add_bytes(vm: &mut Vm, r: &Ref, data: &[u8]) -> R<()> {
    let array = this(vm, r)?;
    if !data.len().is_multiple_of(array.size()) {
        return Err(vm.value_error("bytes length not a multiple of item size"));
    }
    if !data.is_empty() {
        check_exports(vm, r)?;
        room(vm, array, data.len())?;
        array.data.get_mut(vm).extend_from_slice(data);
    }
    Ok(())
}

fn extend(vm: &mut Vm, r: &Ref, source: &Ref) -> R<()> {
    if let Some(other) = source.native::<Array>() {
        if other.code != this(vm, r)?.code {
            return Err(vm.type_error("can only extend with array of same kind"));
        }
        let data = other.bytes(vm).to_vec();
        return add_bytes(vm, r, &data);
    }
    let it = vm.iter(source)?;
    while let Some(v) = vm.next(&it)? {
        push(vm, r, &v)?;
    }
    Ok(())
}

fn new(vm: &mut Vm, class: &Ref, args: Args) -> R<Ref> {
    let own = vm.native_type(&ARRAY);
    if args.has_kw() && class.is(&own) {
        return Err(vm.type_error("array.array() takes no keyword arguments"));
    }
    let pos = args.pos();
    let Some(code) = pos.first() else {
        return Err(vm.type_error("array() takes at least 1 argument (0 given)"));
    };
    if pos.len() > 2 {
        let text = format!("array() takes at most 2 arguments ({} given)", pos.len());
        return Err(vm.type_error(&text));
    }
    let not = match code.is_str() {
        true if code.str_obj().nchars() == 1 => None,
        true => Some(format!("a string of length {}", code.str_obj().nchars())),
        false => Some(vm.type_name_or_none(code)),
    };
    if let Some(not) = not {
        let text = format!("array() argument 1 must be a unicode character, not {not}");
        return Err(vm.type_error(&text));
    }
    let code = code.str_obj().bytes()[0];
    if code == b'u' {
        let category = rt().types.deprecation_warning.clone();
        let text = "The 'u' type code is deprecated and will be removed in Python 3.16";
        vm.warn(&category, text, 1)?;
    }
    let first = pos.get(1);
    if let Some(first) = first
        && !items::is_text(code)
    {
        let what = if first.is_str() {
            Some("str")
        } else if first
            .native::<Array>()
            .is_some_and(|x| items::is_text(x.code))
        {
            Some("unicode array")
        } else {
            None
        };
        if let Some(what) = what {
            let text = format!(
                "cannot use a {what} to initialize an array with typecode '{}'",
                char::from(code)
            );
            return Err(vm.type_error(&text));
        }
    }
    if items::size(code).is_none() {
        return Err(
            vm.value_error("bad typecode (must be b, B, u, w, h, H, i, I, l, L, q, Q, f or d)")
        );
    }
    let r = array_of(class, code, Vec::new());
    let Some(first) = first else {
        return Ok(r);
    };
    if first.is_str() {
        this(vm, &r)?
            .data
            .set(items::from_text(first.str_obj().bytes()));
    } else if first.cast::<BytesObj>().is_some() || first.cast::<ByteArrayObj>().is_some() {
        let data = vm.buffer_bytes(first)?.into_owned();
        add_bytes(vm, &r, &data)?;
    } else if let Some(other) = first.native::<Array>() {
        if other.code == code || items::is_text(other.code) {
            let data = other.bytes(vm).to_vec();
            add_bytes(vm, &r, &data)?;
        } else {
            let mut i = 0;
            while let Some(v) = item(vm, first, i)? {
                push(vm, &r, &v)?;
                i += 1;
            }
        }
    } else {
        fill(vm, &r, first)?;
    }
    Ok(r)
}

/// Appends the items of an iterable to a new array.
fn fill(vm: &mut Vm, r: &Ref, source: &Ref) -> R<()> {
    let array = this(vm, r)?;
    let known = match (source.exact::<ListObj>(), source.exact::<TupleObj>()) {
        (Some(l), _) => Some(l.len()),
        (_, Some(t)) => Some(t.items().len()),
        _ => None,
    };
    if let Some(n) = known {
        room(vm, array, n.saturating_mul(array.size()))?;
    }
    let it = vm.iter(source)?;
    while let Some(v) = vm.next(&it)? {
        let bytes = items::store(vm, array.code, &v)?;
        array
            .data
            .get_mut(vm)
            .extend_from_slice(&bytes[..array.size()]);
    }
    Ok(())
}

fn repr(vm: &mut Vm, r: &Ref) -> R<Ref> {
    let array = this(vm, r)?;
    let name = vm.type_name(r);
    let name = name.rsplit('.').next().unwrap_or(&name);
    let head = format!("{name}('{}'", char::from(array.code));
    if array.bytes(vm).is_empty() {
        return Ok(new_str(&format!("{head})")));
    }
    let contents = if items::is_text(array.code) {
        let data = array.bytes(vm).to_vec();
        items::to_text(vm, array.code, &data)?
    } else {
        new_list(all(vm, r)?)
    };
    let text = vm.repr(&contents)?;
    let mut out = head.into_bytes();
    out.extend_from_slice(b", ");
    out.extend_from_slice(text.str_obj().bytes());
    out.push(b')');
    Ok(taipan_vm::vm::new_wtf8(&out))
}

fn compare(vm: &mut Vm, a: &Ref, b: &Ref, op: Cmp) -> R<Ref> {
    let (Some(x), Some(y)) = (a.native::<Array>(), b.native::<Array>()) else {
        return Ok(Ref::not_implemented());
    };
    let (n, m) = (x.len(vm), y.len(vm));
    if matches!(op, Cmp::Eq | Cmp::Ne) {
        if n != m {
            return Ok(Ref::bool(op == Cmp::Ne));
        }
        if x.code == y.code && !matches!(x.code, b'f' | b'd') {
            let same = x.bytes(vm) == y.bytes(vm);
            return Ok(Ref::bool(same == (op == Cmp::Eq)));
        }
    }
    let mut i = 0;
    while let (Some(p), Some(q)) = (item(vm, a, i)?, item(vm, b, i)?) {
        // Equality proper: a NaN differs from itself.
        if !vm.compare_bool(&p, &q, Cmp::Eq)? {
            return match op {
                Cmp::Eq => Ok(Ref::bool(false)),
                Cmp::Ne => Ok(Ref::bool(true)),
                _ => vm.compare(&p, &q, op),
            };
        }
        i += 1;
    }
    Ok(Ref::bool(op.holds(x.len(vm).cmp(&y.len(vm)))))
}

fn getitem(vm: &mut Vm, r: &Ref, key: &Ref) -> R<Ref> {
    if let Some(s) = key.cast::<SliceObj>() {
        let array = this(vm, r)?;
        let len = array.len(vm);
        let (start, _, step, n) = vm.slice_indices(s, len)?;
        // Evaluating the bounds may have run code that changed the array.
        let size = array.size();
        let mut out = reserve(vm, n * size)?;
        let data = array.bytes(vm);
        if step == 1 {
            let at = start as usize * size;
            out.extend_from_slice(data.get(at..at + n * size).unwrap_or_default());
        } else {
            for k in 0..n as isize {
                let at = (start + k * step) as usize * size;
                out.extend_from_slice(data.get(at..at + size).unwrap_or_default());
            }
        }
        return Ok(make_array(vm, array.code, out));
    }
    let i = position(vm, r, key)?;
    match i {
        Some(i) => match item(vm, r, i)? {
            Some(v) => Ok(v),
            None => Err(vm.index_error("array index out of range")),
        },
        None => Err(vm.index_error("array index out of range")),
    }
}

/// The place that a key means; none if it is before the beginning.
#[inline]
fn position(vm: &mut Vm, r: &Ref, key: &Ref) -> R<Option<usize>> {
    let i = match key.as_i64() {
        Some(i) => i as isize,
        None => {
            if !key.is_int() && key.class().slots.index.get().is_none() {
                return Err(vm.type_error("array indices must be integers"));
            }
            vm.index_for_sequence(key)?
        }
    };
    let i = if i < 0 {
        i + this(vm, r)?.len(vm) as isize
    } else {
        i
    };
    Ok(usize::try_from(i).ok())
}

fn setitem(vm: &mut Vm, r: &Ref, key: &Ref, value: Option<Ref>) -> R<()> {
    if let Some(s) = key.cast::<SliceObj>() {
        return assign_slice(vm, r, s, value);
    }
    let out = "array assignment index out of range";
    let Some(i) = position(vm, r, key)? else {
        return Err(vm.index_error(out));
    };
    let array = this(vm, r)?;
    if i >= array.len(vm) {
        return Err(vm.index_error(out));
    }
    let Some(value) = value else {
        return remove_range(vm, r, i, 1);
    };
    let bytes = items::store(vm, array.code, &value)?;
    let size = array.size();
    match array.data.get_mut(vm).get_mut(i * size..(i + 1) * size) {
        Some(place) => {
            place.copy_from_slice(&bytes[..size]);
            Ok(())
        }
        // `__index__` of the value has made the array shorter.
        None => Err(vm.index_error(out)),
    }
}

fn remove_range(vm: &mut Vm, r: &Ref, i: usize, n: usize) -> R<()> {
    check_exports(vm, r)?;
    let array = this(vm, r)?;
    let size = array.size();
    let data = array.data.get_mut(vm);
    let end = ((i + n) * size).min(data.len());
    data.drain((i * size).min(end)..end);
    Ok(())
}

fn assign_slice(vm: &mut Vm, r: &Ref, s: &SliceObj, value: Option<Ref>) -> R<()> {
    let array = this(vm, r)?;
    let size = array.size();
    let given = match &value {
        None => None,
        Some(v) => match v.native::<Array>() {
            Some(other) if other.code == array.code => Some(other.bytes(vm).to_vec()),
            Some(_) => return Err(vm.type_error("bad argument type for built-in operation")),
            None => {
                let text = format!(
                    "can only assign array (not \"{}\") to array slice",
                    vm.type_name(v)
                );
                return Err(vm.type_error(&text));
            }
        },
    };
    let len = array.len(vm);
    let (start, _, step, n) = vm.slice_indices(s, len)?;
    if array.len(vm) != len {
        return Err(vm.runtime_error("array changed its size"));
    }
    let given_len = given.as_ref().map_or(0, |g| g.len() / size);
    // The reference refuses an empty replacement even where it would change nothing.
    let changes = given_len == 0 || given_len != n;
    if changes {
        check_exports(vm, r)?;
    }
    if step == 1 {
        let at = start as usize * size;
        let new = given.unwrap_or_default();
        room(vm, array, new.len())?;
        array.data.get_mut(vm).splice(at..at + n * size, new);
        return Ok(());
    }
    match given {
        Some(new) => {
            if given_len != n {
                let text = format!(
                    "attempt to assign array of size {given_len} to extended slice of size {n}"
                );
                return Err(vm.value_error(&text));
            }
            let data = array.data.get_mut(vm);
            for (k, item) in new.chunks_exact(size).enumerate() {
                let at = (start + k as isize * step) as usize * size;
                data[at..at + size].copy_from_slice(item);
            }
        }
        None if n > 0 => {
            let mut gone: Vec<usize> = (0..n as isize)
                .map(|k| (start + k * step) as usize)
                .collect();
            gone.sort_unstable();
            let mut gone = gone.into_iter().peekable();
            let data = array.data.get_mut(vm);
            let mut to = 0;
            for i in 0..len {
                if gone.next_if_eq(&i).is_none() {
                    data.copy_within(i * size..(i + 1) * size, to);
                    to += size;
                }
            }
            data.truncate(to);
        }
        None => {}
    }
    Ok(())
}

fn repeated(vm: &mut Vm, r: &Ref, n: isize) -> R<Vec<u8>> {
    let array = this(vm, r)?;
    let n = n.max(0) as usize;
    let len = array.bytes(vm).len();
    let Some(total) = len.checked_mul(n).filter(|&t| t <= isize::MAX as usize) else {
        return Err(vm.memory_error());
    };
    let mut data = reserve(vm, total)?;
    for _ in 0..if len == 0 { 0 } else { n } {
        data.extend_from_slice(array.bytes(vm));
    }
    Ok(data)
}

fn find(vm: &mut Vm, r: &Ref, value: &Ref, from: usize, to: usize) -> R<Option<usize>> {
    let mut i = from;
    while i < to
        && let Some(item) = item(vm, r, i)?
    {
        if vm.equal(&item, value)? {
            return Ok(Some(i));
        }
        i += 1;
    }
    Ok(None)
}

fn index(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let len = this(vm, &a[0])?.len(vm) as isize;
    let bound = |vm: &mut Vm, i: usize, default: isize| -> R<usize> {
        let n = match arg(a, i) {
            Some(n) => {
                if !n.is_int() && n.class().slots.index.get().is_none() {
                    return Err(
                        vm.type_error("slice indices must be integers or have an __index__ method")
                    );
                }
                vm.index_clamped(n)?
            }
            None => default,
        };
        let n = if n < 0 {
            n.saturating_add(len).max(0)
        } else {
            n
        };
        Ok(n as usize)
    };
    let (start, stop) = (bound(vm, 2, 0)?, bound(vm, 3, isize::MAX)?);
    match find(vm, &a[0], &a[1], start, stop)? {
        Some(i) => Ok(new_usize(i)),
        None => Err(vm.value_error("array.index(x): x not in array")),
    }
}

fn copy(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let array = this(vm, &a[0])?;
    let data = array.bytes(vm).to_vec();
    Ok(make_array(vm, array.code, data))
}

fn from_list(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let Some(list) = a[1].cast::<ListObj>() else {
        return Err(vm.type_error("arg must be list"));
    };
    let n = list.len();
    if n == 0 {
        return Ok(Ref::none());
    }
    check_exports(vm, &a[0])?;
    let array = this(vm, &a[0])?;
    let mut new = reserve(vm, n.saturating_mul(array.size()))?;
    for i in 0..n {
        let Some(v) = list.at(i).filter(|_| list.len() == n) else {
            return Err(vm.runtime_error("list changed size during iteration"));
        };
        let bytes = items::store(vm, array.code, &v)?;
        new.extend_from_slice(&bytes[..array.size()]);
    }
    if list.len() != n {
        return Err(vm.runtime_error("list changed size during iteration"));
    }
    add_bytes(vm, &a[0], &new)?;
    Ok(Ref::none())
}

fn from_file(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let n = vm.index_size(&a[2])?;
    if n < 0 {
        return Err(vm.value_error("negative count"));
    }
    let Some(wanted) = n.checked_mul(this(vm, &a[0])?.size() as isize) else {
        return Err(vm.memory_error());
    };
    let read = vm.call_method(&a[1], "read", &[new_int(wanted as i64)])?;
    let Some(bytes) = read.cast::<BytesObj>() else {
        return Err(vm.type_error("read() didn't return bytes"));
    };
    add_bytes(vm, &a[0], bytes.bytes())?;
    if bytes.bytes().len() != wanted as usize {
        return Err(vm.error(&rt().types.eof_error, "read() returned not enough bytes"));
    }
    Ok(Ref::none())
}

struct Iter {
    /// The array, until the end has been reached.
    array: Guarded<Option<Ref>>,
    at: Cell<usize>,
}
trace!(Iter; array);
impl NativePayload for Iter {
    fn clear(&self) {
        self.array.set(None);
    }
}

static ITERATOR: TypeSpec = TypeSpec {
    name: "array.arrayiterator",
    flags: type_flag::NO_NEW,
    methods: ITER_METHODS,
    slots: |s| {
        s.iter.set(Some(|_, r| Ok(r.clone())));
        s.next.set(Some(|vm, r| {
            let Some(it) = r.native::<Iter>() else {
                return Ok(None);
            };
            let Some(r) = it.array.get(vm) else {
                return Ok(None);
            };
            let at = it.at.get();
            if let Some(array) = r.native::<Array>()
                && !items::is_text(array.code)
                && let Some(v) = items::load(array.code, array.bytes(vm), at)
            {
                it.at.set(at + 1);
                return Ok(Some(v));
            }
            let r = r.clone();
            match item(vm, &r, at)? {
                Some(v) => {
                    it.at.set(at + 1);
                    Ok(Some(v))
                }
                None => {
                    it.array.set(None);
                    Ok(None)
                }
            }
        }));
    },
    ..TypeSpec::DEFAULT
};

methods! { ITER_METHODS;
    "__reduce__(self, /)" => |vm, a| {
        let builtins = vm.builtins.clone();
        let iter = vm.getattr_str(&builtins, "iter")?;
        let it = a[0].native::<Iter>();
        Ok(match it.and_then(|it| Some((it.array.get(vm).clone()?, it.at.get()))) {
            Some((array, at)) => new_tuple(vec![iter, new_tuple(vec![array]), new_usize(at)]),
            None => new_tuple(vec![iter, new_tuple(vec![new_tuple(vec![])])]),
        })
    }, "State for pickling.";
    "__setstate__(self, state, /)" => |vm, a| {
        if !a[1].is_int() {
            return Err(vm.type_error("an integer is required"));
        }
        let at = vm.index_size(&a[1])?;
        if let Some(it) = a[0].native::<Iter>() && let Some(array) = it.array.get(vm).clone() {
            let len = this(vm, &array)?.len(vm) as isize;
            it.at.set(at.clamp(0, len) as usize);
        }
        Ok(Ref::none())
    }, "Sets the place to go on from.";
}

pub fn make(vm: &mut Vm) -> R<Ref> {
    let m = new_module(
        vm,
        "array",
        "Sequences of numbers or characters of one machine type, packed one after the other.",
        FUNCTIONS,
    );
    let class = vm.native_type(&ARRAY);
    set(&m, "array", class.clone());
    set(&m, "ArrayType", class.clone());
    set(&m, "typecodes", new_str(items::CODES));
    let abc = vm.import("collections.abc")?;
    let sequence = vm.getattr_str(&abc, "MutableSequence")?;
    vm.call_method(&sequence, "register", &[class])?;
    Ok(m)
}

/// The attributes of an instance of a subclass, or None.
fn attributes(vm: &mut Vm, r: &Ref) -> R<Ref> {
    let dict = vm.getattr_opt(r, &intern("__dict__"))?;
    Ok(dict.unwrap_or_else(Ref::none))
}
