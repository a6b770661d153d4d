//! `bytes`.

use super::bytes_common as common;
use super::spec::TypeSpec;
use crate::bytes_methods;
use crate::native::Args;
use crate::value::header::Kind;
use crate::value::slots::{BinOp, Cmp};
use crate::value::*;
use crate::vm::{new_tuple, new_usize, new_wtf8};
use crate::{R, Vm};
use taipan_text::str_search::Ends;
use taipan_text::{bytes_text, str_repr};

pub static BYTES: TypeSpec = TypeSpec {
    name: "bytes",
    kind: Kind::Bytes,
    exact: true,
    flags: type_flag::BASE | type_flag::MATCH_SELF,
    doc: "bytes(iterable_of_ints) -> bytes\nbytes(string, encoding[, errors]) -> bytes\nbytes(bytes_or_buffer) -> a copy of it\nbytes(int) -> that many zero bytes\nbytes() -> no bytes\n\nAn immutable sequence of bytes.",
    methods: METHODS,
    slots: |s| {
        s.repr.set(Some(|_, r| {
            Ok(new_wtf8(&common::with(r, str_repr::bytes_repr)))
        }));
        s.str.set(Some(|vm, r| vm.repr(r)));
        s.hash.set(Some(hash));
        s.iter.set(Some(super::bytes_iter::iter));
        s.richcmp.set(Some(richcmp));
        s.len.set(Some(|_, r| Ok(common::with(r, <[u8]>::len))));
        s.getitem.set(Some(common::getitem));
        s.contains.set(Some(common::contains));
        s.concat.set(Some(common::concat));
        s.repeat.set(Some(common::repeat));
        s.binary[BinOp::Mod as usize].set(Some(common::modulo));
        s.new.set(Some(new));
    },
    ..TypeSpec::DEFAULT
};

bytes_methods! { METHODS;
    "__getnewargs__(self, /)" => |_, a| Ok(new_tuple(vec![common::with(&a[0], BytesObj::make)])), "";
    "__bytes__(self, /)" => |_, a| Ok(exact(&a[0])), "The object itself; of a subclass, its bytes.";
    "__sizeof__(self, /)" => |_, a| Ok(new_usize(33 + common::with(&a[0], <[u8]>::len))), "Return the size of the object in memory, in bytes.";
    "__buffer__(self, flags, /)" => super::memoryview::buffer_method, "Return a memoryview of the object's memory.";
}

fn exact(r: &Ref) -> Ref {
    if r.exact::<BytesObj>().is_some() {
        r.clone()
    } else {
        common::with(r, BytesObj::make)
    }
}

/// The hash of bytes, also of memoryviews of them.
pub fn hash_of(data: &[u8]) -> i64 {
    hash_bytes(data) as i64
}

fn hash(_: &mut Vm, r: &Ref) -> R<i64> {
    let Some(b) = r.cast::<BytesObj>() else {
        return Ok(0);
    };
    if b.hash.get() == -1 {
        b.hash.set(hash_of(b.bytes()));
    }
    Ok(b.hash.get())
}

fn richcmp(vm: &mut Vm, a: &Ref, b: &Ref, op: Cmp) -> R<Ref> {
    if let (Some(x), Some(y)) = (a.cast::<BytesObj>(), b.cast::<BytesObj>()) {
        return Ok(Ref::bool(op.holds(x.bytes().cmp(y.bytes()))));
    }
    // The other classes know how to compare themselves with bytes.
    if b.cast::<BytesObj>().is_none() && a.cast::<BytesObj>().is_some() {
        return Ok(Ref::not_implemented());
    }
    common::richcmp(vm, a, b, op)
}

fn new(vm: &mut Vm, class: &Ref, args: Args) -> R<Ref> {
    let exactly = class.is(&rt().types.bytes);
    if exactly
        && args.names.is_empty()
        && let [only] = args.pos()
        && only.exact::<BytesObj>().is_some()
    {
        return Ok(only.clone());
    }
    let bound = common::bind_source(vm, "bytes", args)?;
    if args.all.len() == 1
        && args.names.is_empty()
        && let Some(r) = convert(vm, &args.all[0])?
    {
        return Ok(match r.exact::<BytesObj>() {
            Some(_) if exactly => r,
            _ => common::with(&r, |b| BytesObj::make_of(class, b)),
        });
    }
    if args.names.len() == 1
        && args.all.len() == 1
        && args.get_kw("source").is_some()
        && let Some(r) = convert(vm, &args.all[0])?
    {
        return Ok(common::with(&r, |b| BytesObj::make_of(class, b)));
    }
    let data = common::contents(vm, &bound, false)?;
    Ok(BytesObj::make_of(class, &data))
}

/// What `__bytes__` gives; None without it.
fn convert(vm: &mut Vm, r: &Ref) -> R<Option<Ref>> {
    if r.exact::<BytesObj>().is_some() {
        return Ok(Some(r.clone()));
    }
    let name = intern("__bytes__");
    let Some(b) = vm.call_special(r, &name, &[])? else {
        return Ok(None);
    };
    if b.cast::<BytesObj>().is_none() {
        let text = format!("__bytes__ returned non-bytes (type {})", vm.type_name(&b));
        return Err(vm.type_error(&text));
    }
    Ok(Some(b))
}

/// `bytes(r)` from Rust.
pub fn from_value(vm: &mut Vm, r: &Ref) -> R<Ref> {
    let class = rt().types.bytes.clone();
    new(vm, &class, Args::positional(std::slice::from_ref(r)))
}
