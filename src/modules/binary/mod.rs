//! `_struct`: values packed into bytes by a format.

mod layout;

use self::layout::{Failure, Layout};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use taipan_vm::modules::{new_module, set};
use taipan_vm::native::Args;
use taipan_vm::types::spec::TypeSpec;
use taipan_vm::value::{BytesObj, DictObj, Kind, NativePayload, StrObj, type_flag};
use taipan_vm::vm::{new_bytes, new_int, new_str, new_tuple, new_usize};
use taipan_vm::{R, Raised, Ref, Vm, functions, getset, intern, methods, rt, trace};

/// A compiled format with its text, once `__init__` has run.
#[derive(Default)]
struct Struct {
    layout: RefCell<Option<Rc<Layout>>>,
    format: RefCell<Ref>,
}
impl taipan_vm::value::Trace for Struct {
    fn trace(&self, tracer: &mut taipan_vm::value::Tracer) {
        self.format.borrow().trace(tracer);
    }
}
impl NativePayload for Struct {}

/// What `iter_unpack` gives.
struct Unpacker {
    layout: Rc<Layout>,
    data: Vec<u8>,
    at: Cell<usize>,
}
trace!(Unpacker);
impl NativePayload for Unpacker {}

static STRUCT: TypeSpec = TypeSpec {
    name: "_struct.Struct",
    kind: Kind::Native,
    flags: type_flag::BASE,
    doc: "A format of binary records, read once and used many times.",
    methods: METHODS,
    getset: GETSET,
    slots: |s| {
        s.new.set(Some(|_, class, _| {
            Ok(Ref::new_native(class, Struct::default()))
        }));
        s.init.set(Some(init));
        s.repr.set(Some(|vm, r| {
            layout_of(vm, r)?;
            let format = this(vm, r)?.format.borrow().clone();
            let text = vm.repr_text(&format)?;
            let name = vm.class_name(r.class());
            let name = name.rsplit('.').next().unwrap_or(&name);
            Ok(new_str(&format!("{name}({text})")))
        }));
    },
    ..TypeSpec::DEFAULT
};

static UNPACKER: TypeSpec = TypeSpec {
    name: "_struct.unpack_iterator",
    kind: Kind::Native,
    methods: UNPACKER_METHODS,
    slots: |s| {
        s.iter.set(Some(|_, r| Ok(r.clone())));
        s.next.set(Some(|vm, r| {
            let Some(u) = r.native::<Unpacker>() else {
                return Err(vm.type_error("an unpack_iterator is required"));
            };
            let at = u.at.get();
            let Some(data) = u.data.get(at..at + u.layout.size) else {
                return Ok(None);
            };
            u.at.set(at + u.layout.size);
            Ok(Some(values(&u.layout, data)))
        }));
    },
    ..TypeSpec::DEFAULT
};

methods! { UNPACKER_METHODS;
    "__length_hint__(self, /)" => |vm, a| match a[0].native::<Unpacker>() {
        Some(u) => Ok(new_usize((u.data.len() - u.at.get()) / u.layout.size.max(1))),
        None => Err(vm.type_error("an unpack_iterator is required")),
    }, "How many items are left to come.";
}

methods! { METHODS;
    var "pack(self, /, *values)" => |vm, args| {
        no_keywords(vm, args, "Struct.pack")?;
        let layout = layout_of(vm, &args.all[0])?;
        let out = pack_all(vm, &layout, &args.pos()[1..], "pack")?;
        Ok(new_bytes(&out))
    }, "Bytes that hold the values in this format.";
    var "pack_into(self, buffer, offset, /, *values)" => |vm, args| {
        no_keywords(vm, args, "Struct.pack_into")?;
        let layout = layout_of(vm, &args.all[0])?;
        pack_into(vm, &layout, &args.pos()[1..])
    }, "Puts the values into a writable buffer, from an offset on.";
    "unpack(self, buffer, /)" => |vm, a| {
        let layout = layout_of(vm, &a[0])?;
        unpack(vm, &layout, &a[1])
    }, "A tuple of the values in a buffer, which has the size of one record.";
    "unpack_from(self, /, buffer, offset=0)" => |vm, a| {
        let layout = layout_of(vm, &a[0])?;
        unpack_from(vm, &layout, &a[1..])
    }, "A tuple of the values in a buffer, from an offset on.";
    "iter_unpack(self, buffer, /)" => |vm, a| {
        let layout = layout_of(vm, &a[0])?;
        iter_unpack(vm, layout, &a[1])
    }, "An iterator over the records in a buffer, each as a tuple.";
    "__sizeof__(self, /)" => |vm, a| {
        let n = layout_of(vm, &a[0])?.codes.len();
        Ok(new_usize(56 + 32 * (n + 1)))
    }, "The memory that the object takes, in bytes.";
}

getset! { GETSET;
    "format" => |vm, r| { layout_of(vm, r)?; Ok(this(vm, r)?.format.borrow().clone()) }, "The format, a string.";
    "size" => |vm, r| Ok(match this(vm, r)?.layout.borrow().as_ref() { Some(l) => new_usize(l.size), None => new_int(-1) }), "How many bytes a record takes.";
}

functions! { FUNCTIONS;
    "_clearcache()" => |_, _| {
        CACHE.with_borrow_mut(|c| c.clear());
        Ok(Ref::none())
    }, "Forgets formats that were read.";
    "calcsize(format, /)" => |vm, a| {
        let (layout, _) = compile(vm, &a[0])?;
        Ok(new_usize(layout.size))
    }, "How many bytes a record of that format takes.";
    var "pack(format, /, *values)" => |vm, args| {
        no_keywords(vm, args, "_struct.pack")?;
        let layout = format_arg(vm, args)?;
        let out = pack_all(vm, &layout, &args.pos()[1..], "pack")?;
        Ok(new_bytes(&out))
    }, "Bytes that hold the values in that format.";
    var "pack_into(format, buffer, offset, /, *values)" => |vm, args| {
        no_keywords(vm, args, "_struct.pack_into")?;
        let layout = format_arg(vm, args)?;
        pack_into(vm, &layout, &args.pos()[1..])
    }, "Puts the values into a writable buffer, from an offset on.";
    "unpack(format, buffer, /)" => |vm, a| {
        let (layout, _) = compile(vm, &a[0])?;
        unpack(vm, &layout, &a[1])
    }, "A tuple of the values in a buffer, which has the size of one record.";
    "unpack_from(format, /, buffer, offset=0)" => |vm, a| {
        let (layout, _) = compile(vm, &a[0])?;
        unpack_from(vm, &layout, &a[1..])
    }, "A tuple of the values in a buffer, from an offset on.";
    "iter_unpack(format, buffer, /)" => |vm, a| {
        let (layout, _) = compile(vm, &a[0])?;
        iter_unpack(vm, layout, &a[1])
    }, "An iterator over the records in a buffer, each as a tuple.";
}

thread_local! {
    /// Formats used lately.
    static CACHE: RefCell<HashMap<Vec<u8>, Rc<Layout>>> = RefCell::default();
    static ERROR: Cell<Option<&'static Ref>> = const { Cell::new(None) };
}
/// How many formats the cache holds.
const CACHED: usize = 100;

/// `struct.error`; interpreters share their objects, so there is one.
fn error_class(vm: &mut Vm) -> R<Ref> {
    if let Some(class) = ERROR.get() {
        return Ok(class.clone());
    }
    let namespace = DictObj::new_dict();
    if let Some(d) = namespace.cast::<DictObj>() {
        d.set_name("__module__", intern("struct"));
    }
    let (meta, base) = (rt().types.type_.clone(), rt().types.exception.clone());
    let class = vm.call(&meta, &[intern("error"), new_tuple(vec![base]), namespace])?;
    ERROR.set(Some(Box::leak(Box::new(class.clone()))));
    Ok(class)
}

fn error(vm: &mut Vm, text: &str) -> Raised {
    match error_class(vm) {
        Ok(class) => vm.error(&class, text),
        Err(e) => e,
    }
}

fn this<'a>(vm: &mut Vm, r: &'a Ref) -> R<&'a Struct> {
    match r.native::<Struct>() {
        Some(s) => Ok(s),
        None => Err(vm.type_error("a Struct object is required")),
    }
}

fn layout_of(vm: &mut Vm, r: &Ref) -> R<Rc<Layout>> {
    let layout = this(vm, r)?.layout.borrow().clone();
    match layout {
        Some(layout) => Ok(layout),
        None => Err(vm.runtime_error("Struct object is not initialized")),
    }
}

fn init(vm: &mut Vm, r: &Ref, args: Args) -> R<()> {
    let given = match (args.pos(), args.get_kw("format")) {
        ([f], _) if !args.has_kw() => f.clone(),
        ([], Some(f)) if args.names.len() == 1 => f.clone(),
        ([], _) => {
            return Err(vm.type_error("Struct() missing required argument 'format' (pos 1)"));
        }
        (more, _) => {
            let n = more.len() + args.names.len();
            let text = format!("Struct() takes at most 1 argument ({n} given)");
            return Err(vm.type_error(&text));
        }
    };
    let (layout, text) = compile(vm, &given)?;
    let this = this(vm, r)?;
    this.layout.replace(Some(layout));
    this.format.replace(text);
    Ok(())
}

fn no_keywords(vm: &mut Vm, args: Args, name: &str) -> R<()> {
    if args.has_kw() {
        return Err(vm.type_error(&format!("{name}() takes no keyword arguments")));
    }
    Ok(())
}

fn format_arg(vm: &mut Vm, args: Args) -> R<Rc<Layout>> {
    match args.pos().first() {
        Some(f) => Ok(compile(vm, f)?.0),
        None => Err(vm.type_error("missing format argument")),
    }
}

/// The layout of a format, and its text as str.
fn compile(vm: &mut Vm, format: &Ref) -> R<(Rc<Layout>, Ref)> {
    let bytes = match (format.cast::<StrObj>(), format.cast::<BytesObj>()) {
        (Some(s), _) => {
            if !s.bytes().is_ascii() {
                vm.call_method(format, "encode", &[intern("ascii")])?;
            }
            s.bytes()
        }
        (_, Some(b)) => b.bytes(),
        _ => {
            let text = format!(
                "Struct() argument 1 must be a str or bytes object, not {}",
                vm.type_name(format)
            );
            return Err(vm.type_error(&text));
        }
    };
    let text = if format.is_str() {
        format.clone()
    } else {
        new_str(&String::from_utf8_lossy(bytes))
    };
    if let Some(found) = CACHE.with_borrow(|c| c.get(bytes).cloned()) {
        return Ok((found, text));
    }
    if bytes.contains(&0) {
        return Err(error(vm, "embedded null character"));
    }
    let layout = match Layout::parse(bytes) {
        Ok(layout) => Rc::new(layout),
        Err(message) => return Err(error(vm, message)),
    };
    CACHE.with_borrow_mut(|c| {
        if c.len() >= CACHED {
            c.clear();
        }
        c.insert(bytes.to_vec(), layout.clone());
    });
    Ok((layout, text))
}

fn pack_all(vm: &mut Vm, layout: &Layout, given: &[Ref], function: &str) -> R<Vec<u8>> {
    if given.len() != layout.values {
        let (wanted, got) = (layout.values, given.len());
        return Err(error(
            vm,
            &format!("{function} expected {wanted} items for packing (got {got})"),
        ));
    }
    let mut out = Vec::new();
    if out.try_reserve_exact(layout.size).is_err() {
        return Err(vm.memory_error());
    }
    out.resize(layout.size, 0);
    let mut given = given.iter();
    for code in &layout.codes {
        for (i, value) in given.by_ref().take(code.count).enumerate() {
            let at = code.offset + i * code.size;
            let place = &mut out[at..at + code.size];
            match layout::pack(vm, *code, layout.big_endian, value, place) {
                Ok(()) => {}
                Err(Failure::Raised(e)) => return Err(e),
                Err(Failure::Struct(text)) => return Err(error(vm, &text)),
            }
        }
    }
    Ok(out)
}

/// The place of `size` bytes from an offset on; negative ones count from the end.
fn place(vm: &mut Vm, offset: &Ref, len: usize, size: usize, packing: bool) -> R<usize> {
    let given = vm.index_size(offset)?;
    let mut offset = given;
    if given < 0 {
        if given.saturating_add(size as isize) > 0 {
            let text = if packing {
                format!("no space to pack {size} bytes at offset {given}")
            } else {
                format!("not enough data to unpack {size} bytes at offset {given}")
            };
            return Err(error(vm, &text));
        }
        offset += len as isize;
        if offset < 0 {
            return Err(error(
                vm,
                &format!("offset {given} out of range for {len}-byte buffer"),
            ));
        }
    }
    let offset = offset as usize;
    if len < offset || len - offset < size {
        let (function, doing) = if packing {
            ("pack_into", "packing")
        } else {
            ("unpack_from", "unpacking")
        };
        let needed = offset as u128 + size as u128;
        return Err(error(
            vm,
            &format!(
                "{function} requires a buffer of at least {needed} bytes for {doing} {size} bytes at offset {offset} (actual buffer size is {len})"
            ),
        ));
    }
    Ok(offset)
}

fn pack_into(vm: &mut Vm, layout: &Layout, given: &[Ref]) -> R<Ref> {
    let [buffer, offset, values @ ..] = given else {
        let missing = if given.is_empty() { "buffer" } else { "offset" };
        return Err(error(vm, &format!("pack_into expected {missing} argument")));
    };
    if values.len() != layout.values {
        let (wanted, got) = (layout.values, values.len());
        return Err(error(
            vm,
            &format!("pack_into expected {wanted} items for packing (got {got})"),
        ));
    }
    let len = vm.with_buffer_mut(buffer, "argument", |b| b.len())?;
    let at = place(vm, offset, len, layout.size, true)?;
    let packed = pack_all(vm, layout, values, "pack_into")?;
    // Only the values are written: pad bytes stay as they are in the reference, too, after being cleared.
    vm.with_buffer_mut(buffer, "argument", |b| {
        if let Some(b) = b.get_mut(at..at + packed.len()) {
            b.copy_from_slice(&packed);
        }
    })?;
    Ok(Ref::none())
}

/// The values in a piece of data of the layout's size.
fn values(layout: &Layout, data: &[u8]) -> Ref {
    let mut out = Vec::new();
    for code in &layout.codes {
        for i in 0..code.count {
            let at = code.offset + i * code.size;
            out.push(layout::unpack(
                *code,
                layout.big_endian,
                &data[at..at + code.size],
            ));
        }
    }
    new_tuple(out)
}

fn unpack(vm: &mut Vm, layout: &Layout, buffer: &Ref) -> R<Ref> {
    let found = vm.with_buffer(buffer, |b| {
        (b.len() == layout.size).then(|| values(layout, b))
    })?;
    match found {
        Some(values) => Ok(values),
        None => {
            let size = layout.size;
            Err(error(
                vm,
                &format!("unpack requires a buffer of {size} bytes"),
            ))
        }
    }
}

fn unpack_from(vm: &mut Vm, layout: &Layout, a: &[Ref]) -> R<Ref> {
    let len = vm.with_buffer(&a[0], |b| b.len())?;
    let zero = new_int(0);
    let offset = taipan_vm::arg(a, 1).unwrap_or(&zero);
    let at = place(vm, offset, len, layout.size, false)?;
    let found = vm.with_buffer(&a[0], |b| {
        b.get(at..at + layout.size).map(|b| values(layout, b))
    })?;
    match found {
        Some(values) => Ok(values),
        None => Err(error(vm, "the buffer has changed its size")),
    }
}

fn iter_unpack(vm: &mut Vm, layout: Rc<Layout>, buffer: &Ref) -> R<Ref> {
    let size = layout.size;
    if size == 0 {
        return Err(error(
            vm,
            "cannot iteratively unpack with a struct of length 0",
        ));
    }
    let data = vm.with_buffer(buffer, |b| b.to_vec())?;
    if data.len() % size != 0 {
        return Err(error(
            vm,
            &format!("iterative unpacking requires a buffer of a multiple of {size} bytes"),
        ));
    }
    let class = vm.native_type(&UNPACKER);
    Ok(Ref::new_native(
        &class,
        Unpacker {
            layout,
            data,
            at: Cell::new(0),
        },
    ))
}

pub fn make(vm: &mut Vm) -> R<Ref> {
    let m = new_module(
        vm,
        "_struct",
        "Values as bytes in the layouts of C, the native half of the module struct.",
        FUNCTIONS,
    );
    let class = vm.native_type(&STRUCT);
    set(&m, "Struct", class);
    let class = error_class(vm)?;
    set(&m, "error", class);
    Ok(m)
}
