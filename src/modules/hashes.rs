//! `_md5`, `_sha1`, `_sha2`, `_sha3` and `_blake2`: the native halves of `hashlib`, on the RustCrypto and BLAKE crates.

use digest::{DynDigest, ExtendableOutput, Update, XofReader};
use std::cell::RefCell;
use taipan_vm::modules::{new_module, set};
use taipan_vm::native::{Args, NativeDef};
use taipan_vm::types::spec::TypeSpec;
use taipan_vm::value::{NativePayload, type_flag};
use taipan_vm::vm::{new_bytes, new_int, new_str, new_usize};
use taipan_vm::{R, Ref, Vm, arg, functions, getset, methods, trace};

/// A computation under way.
#[derive(Clone)]
enum Engine {
    Fixed(Box<dyn DynDigestClone>),
    Shake128(sha3::Shake128),
    Shake256(sha3::Shake256),
    Blake2b(Box<blake2b_simd::State>),
    Blake2s(Box<blake2s_simd::State>),
}

/// A digest that can be copied.
trait DynDigestClone: DynDigest {
    fn copy(&self) -> Box<dyn DynDigestClone>;
}
impl<T: DynDigest + Clone + 'static> DynDigestClone for T {
    fn copy(&self) -> Box<dyn DynDigestClone> {
        Box::new(self.clone())
    }
}
impl Clone for Box<dyn DynDigestClone> {
    fn clone(&self) -> Self {
        (**self).copy()
    }
}

impl Engine {
    fn update(&mut self, data: &[u8]) {
        match self {
            Engine::Fixed(d) => d.update(data),
            Engine::Shake128(d) => d.update(data),
            Engine::Shake256(d) => d.update(data),
            Engine::Blake2b(s) => {
                s.update(data);
            }
            Engine::Blake2s(s) => {
                s.update(data);
            }
        }
    }
    /// The digest so far; `size` counts for functions of any length.
    fn digest(&self, size: usize) -> Vec<u8> {
        match self.clone() {
            Engine::Fixed(mut d) => {
                let mut out = vec![0; d.output_size()];
                // The buffer has the right size, so it can't fail.
                let _ = d.finalize_into_reset(&mut out);
                out
            }
            Engine::Shake128(d) => read(d.finalize_xof(), size),
            Engine::Shake256(d) => read(d.finalize_xof(), size),
            Engine::Blake2b(s) => s.finalize().as_bytes().to_vec(),
            Engine::Blake2s(s) => s.finalize().as_bytes().to_vec(),
        }
    }
    fn is_shake(&self) -> bool {
        matches!(self, Engine::Shake128(_) | Engine::Shake256(_))
    }
}

fn read(mut reader: impl XofReader, size: usize) -> Vec<u8> {
    let mut out = vec![0; size];
    reader.read(&mut out);
    out
}

struct Hash {
    name: &'static str,
    block: usize,
    size: usize,
    engine: RefCell<Engine>,
}
trace!(Hash);
impl NativePayload for Hash {}

fn this<'a>(vm: &mut Vm, r: &'a Ref) -> R<&'a Hash> {
    match r.native::<Hash>() {
        Some(h) => Ok(h),
        None => Err(vm.type_error("a hash object is required")),
    }
}

fn data_of(vm: &mut Vm, r: &Ref) -> R<Vec<u8>> {
    if r.is_str() {
        return Err(vm.type_error("Strings must be encoded before hashing"));
    }
    if !vm.is_bytes_like(r) {
        return Err(vm.type_error("object supporting the buffer API required"));
    }
    Ok(vm.buffer_bytes(r)?.into_owned())
}

/// Longest output of a SHAKE function.
const MAX_SHAKE: usize = 1 << 29;

fn digest(vm: &mut Vm, a: &[Ref]) -> R<Vec<u8>> {
    let h = this(vm, &a[0])?;
    let engine = h.engine.borrow().clone();
    let size = if engine.is_shake() {
        let Some(n) = arg(a, 1) else {
            return Err(vm.type_error("digest() missing required argument 'length' (pos 1)"));
        };
        let n = vm.index_size(n)?;
        if n < 0 || n as usize >= MAX_SHAKE {
            return Err(vm.value_error("length is too large"));
        }
        n as usize
    } else {
        if arg(a, 1).is_some() {
            return Err(vm.type_error("digest() takes no arguments (1 given)"));
        }
        h.size
    };
    Ok(engine.digest(size))
}

methods! { METHODS;
    "update(self, obj, /)" => |vm, a| {
        let data = data_of(vm, &a[1])?;
        this(vm, &a[0])?.engine.borrow_mut().update(&data);
        Ok(Ref::none())
    }, "Takes more data in.";
    "digest(self, length=None)" => |vm, a| Ok(new_bytes(&digest(vm, a)?)), "The hash of the data so far.";
    "hexdigest(self, length=None)" => |vm, a| {
        let d = digest(vm, a)?;
        let text: String = d.iter().map(|b| format!("{b:02x}")).collect();
        Ok(new_str(&text))
    }, "The hash of the data so far, in hexadecimal digits.";
    "copy(self, /)" => |vm, a| {
        let h = this(vm, &a[0])?;
        let engine = h.engine.borrow().clone();
        let copy = Hash { name: h.name, block: h.block, size: h.size, engine: RefCell::new(engine) };
        Ok(Ref::new_native(&taipan_vm::value::class_of(&a[0]), copy))
    }, "Another hash that goes on from the same data.";
}
getset! { GETSET;
    "name" => |vm, r| Ok(new_str(this(vm, r)?.name)), "";
    "digest_size" => |vm, r| Ok(new_usize(this(vm, r)?.size)), "";
    "block_size" => |vm, r| Ok(new_usize(this(vm, r)?.block)), "";
}

struct Algorithm {
    name: &'static str,
    spec: TypeSpec,
    block: usize,
    size: usize,
    start: fn() -> Engine,
}

fn fixed<T: DynDigest + Clone + Default + 'static>() -> Engine {
    Engine::Fixed(Box::new(T::default()))
}

macro_rules! algorithms {
    ($($id:ident $name:literal $class:literal $block:literal $size:literal $start:expr;)*) => {
        $(static $id: Algorithm = Algorithm {
            name: $name,
            spec: TypeSpec {
                name: $class,
                flags: type_flag::NO_NEW,
                methods: METHODS,
                getset: GETSET,
                ..TypeSpec::DEFAULT
            },
            block: $block,
            size: $size,
            start: $start,
        };)*
    };
}
algorithms! {
    MD5 "md5" "_md5.md5" 64 16 fixed::<md5::Md5>;
    SHA1 "sha1" "_sha1.sha1" 64 20 fixed::<sha1::Sha1>;
    SHA224 "sha224" "_sha2.SHA224Type" 64 28 fixed::<sha2::Sha224>;
    SHA256 "sha256" "_sha2.SHA256Type" 64 32 fixed::<sha2::Sha256>;
    SHA384 "sha384" "_sha2.SHA384Type" 128 48 fixed::<sha2::Sha384>;
    SHA512 "sha512" "_sha2.SHA512Type" 128 64 fixed::<sha2::Sha512>;
    SHA3_224 "sha3_224" "_sha3.sha3_224" 144 28 fixed::<sha3::Sha3_224>;
    SHA3_256 "sha3_256" "_sha3.sha3_256" 136 32 fixed::<sha3::Sha3_256>;
    SHA3_384 "sha3_384" "_sha3.sha3_384" 104 48 fixed::<sha3::Sha3_384>;
    SHA3_512 "sha3_512" "_sha3.sha3_512" 72 64 fixed::<sha3::Sha3_512>;
    SHAKE_128 "shake_128" "_sha3.shake_128" 168 0 || Engine::Shake128(Default::default());
    SHAKE_256 "shake_256" "_sha3.shake_256" 136 0 || Engine::Shake256(Default::default());
}

fn begin(vm: &mut Vm, a: &[Ref], algorithm: &'static Algorithm) -> R<Ref> {
    let mut engine = (algorithm.start)();
    let given = arg(a, 0)
        .filter(|d| !d.is_none())
        .or_else(|| arg(a, 2).filter(|d| !d.is_none()));
    if let Some(d) = given {
        engine.update(&data_of(vm, d)?);
    }
    let class = vm.native_type(&algorithm.spec);
    Ok(Ref::new_native(
        &class,
        Hash {
            name: algorithm.name,
            block: algorithm.block,
            size: algorithm.size,
            engine: RefCell::new(engine),
        },
    ))
}

macro_rules! constructors {
    ($table:ident; $($name:literal => $algorithm:expr;)*) => {
        static $table: &[NativeDef] = &[$(NativeDef::fixed(
            concat!($name, "(data=b'', *, usedforsecurity=True, string=None)"),
            |vm, a| begin(vm, a, &$algorithm),
            taipan_vm::native::DefKind::Function,
            concat!("A hash ", $name, " of the data, which more can be added to."),
        ),)*];
    };
}
constructors! { MD5_FUNCTIONS; "md5" => MD5; }
constructors! { SHA1_FUNCTIONS; "sha1" => SHA1; }
constructors! { SHA2_FUNCTIONS; "sha224" => SHA224; "sha256" => SHA256; "sha384" => SHA384; "sha512" => SHA512; }
constructors! { SHA3_FUNCTIONS;
    "sha3_224" => SHA3_224; "sha3_256" => SHA3_256; "sha3_384" => SHA3_384; "sha3_512" => SHA3_512;
    "shake_128" => SHAKE_128; "shake_256" => SHAKE_256;
}

static BLAKE2B: TypeSpec = TypeSpec {
    name: "_blake2.blake2b",
    doc: "The hash BLAKE2b, of up to 64 bytes, with a key, salt or personal bytes if wanted.",
    methods: METHODS,
    getset: GETSET,
    slots: |s| {
        s.new
            .set(Some(|vm, class, args| blake(vm, class, args, true)))
    },
    ..TypeSpec::DEFAULT
};
static BLAKE2S: TypeSpec = TypeSpec {
    name: "_blake2.blake2s",
    doc: "The hash BLAKE2s, of up to 32 bytes, with a key, salt or personal bytes if wanted.",
    methods: METHODS,
    getset: GETSET,
    slots: |s| {
        s.new
            .set(Some(|vm, class, args| blake(vm, class, args, false)))
    },
    ..TypeSpec::DEFAULT
};

/// Sizes of BLAKE2b and BLAKE2s: digest and key at most, salt and person.
const BLAKE_SIZES: [(usize, usize); 2] = [(32, 8), (64, 16)];

fn blake(vm: &mut Vm, class: &Ref, args: Args, big: bool) -> R<Ref> {
    let (max, salt_max) = BLAKE_SIZES[big as usize];
    let number = |vm: &mut Vm, name: &str, default: u64| -> R<u64> {
        match args.get_kw(name) {
            Some(v) => {
                let n = vm.index(v)?;
                match n.as_i64() {
                    Some(n) if n >= 0 => Ok(n as u64),
                    _ => Err(vm.overflow_error("value must be positive")),
                }
            }
            None => Ok(default),
        }
    };
    let size = number(vm, "digest_size", max as u64)? as usize;
    let fanout = number(vm, "fanout", 1)?;
    let depth = number(vm, "depth", 1)?;
    let leaf_size = number(vm, "leaf_size", 0)?;
    let node_offset = number(vm, "node_offset", 0)?;
    let node_depth = number(vm, "node_depth", 0)?;
    let inner_size = number(vm, "inner_size", 0)?;
    let last_node = match args.get_kw("last_node") {
        Some(l) => vm.truthy(l)?,
        None => false,
    };
    if size == 0 || size > max {
        let which = if big { "blake2b" } else { "blake2s" };
        let _ = which;
        return Err(vm.value_error(&format!(
            "digest_size must be between 1 and {max} bytes, here it is {size}"
        )));
    }
    let bytes = |vm: &mut Vm, name: &str, limit: usize| -> R<Vec<u8>> {
        let data = match args.get_kw(name) {
            Some(v) => vm.buffer_bytes(v)?.into_owned(),
            None => Vec::new(),
        };
        if data.len() > limit {
            return Err(vm.value_error(&format!("maximum {name} length is {limit} bytes")));
        }
        Ok(data)
    };
    let key = bytes(vm, "key", max)?;
    let salt = bytes(vm, "salt", salt_max)?;
    let person = bytes(vm, "person", salt_max)?;
    let checks = [
        (fanout <= 255, "fanout must be between 0 and 255"),
        (
            (1..=255).contains(&depth),
            "depth must be between 1 and 255",
        ),
        (leaf_size <= u32::MAX as u64, "leaf_size is too large"),
        (node_depth <= 255, "node_depth must be between 0 and 255"),
        (
            inner_size as usize <= max,
            "inner_size must be between 0 and is too large",
        ),
        (big || node_offset < 1 << 48, "node_offset is too large"),
    ];
    for (fine, text) in checks {
        if !fine {
            return Err(vm.value_error(text));
        }
    }
    let mut engine = if big {
        let mut p = blake2b_simd::Params::new();
        p.hash_length(size)
            .key(&key)
            .salt(&salt)
            .personal(&person)
            .fanout(fanout as u8)
            .max_depth(depth as u8)
            .max_leaf_length(leaf_size as u32)
            .node_offset(node_offset)
            .node_depth(node_depth as u8)
            .inner_hash_length(inner_size as usize)
            .last_node(last_node);
        Engine::Blake2b(Box::new(p.to_state()))
    } else {
        let mut p = blake2s_simd::Params::new();
        p.hash_length(size)
            .key(&key)
            .salt(&salt)
            .personal(&person)
            .fanout(fanout as u8)
            .max_depth(depth as u8)
            .max_leaf_length(leaf_size as u32)
            .node_offset(node_offset)
            .node_depth(node_depth as u8)
            .inner_hash_length(inner_size as usize)
            .last_node(last_node);
        Engine::Blake2s(Box::new(p.to_state()))
    };
    if let Some(d) = args
        .pos()
        .first()
        .or_else(|| args.get_kw("data"))
        .or_else(|| args.get_kw("string"))
    {
        engine.update(&data_of(vm, d)?);
    }
    Ok(Ref::new_native(
        class,
        Hash {
            name: if big { "blake2b" } else { "blake2s" },
            block: if big { 128 } else { 64 },
            size,
            engine: RefCell::new(engine),
        },
    ))
}

pub fn make_md5(vm: &mut Vm) -> R<Ref> {
    let m = new_module(vm, "_md5", "The hash MD5.", MD5_FUNCTIONS);
    let class = vm.native_type(&MD5.spec);
    set(&m, "MD5Type", class);
    Ok(m)
}
pub fn make_sha1(vm: &mut Vm) -> R<Ref> {
    let m = new_module(vm, "_sha1", "The hash SHA-1.", SHA1_FUNCTIONS);
    let class = vm.native_type(&SHA1.spec);
    set(&m, "SHA1Type", class);
    Ok(m)
}
pub fn make_sha2(vm: &mut Vm) -> R<Ref> {
    Ok(new_module(
        vm,
        "_sha2",
        "The hashes of the family SHA-2.",
        SHA2_FUNCTIONS,
    ))
}
pub fn make_sha3(vm: &mut Vm) -> R<Ref> {
    let m = new_module(
        vm,
        "_sha3",
        "The hashes of the family SHA-3.",
        SHA3_FUNCTIONS,
    );
    set(&m, "implementation", new_str("RustCrypto"));
    Ok(m)
}
pub fn make_blake2(vm: &mut Vm) -> R<Ref> {
    let m = new_module(vm, "_blake2", "The hashes BLAKE2b and BLAKE2s.", NONE);
    for (name, spec, i) in [("blake2b", &BLAKE2B, 1), ("blake2s", &BLAKE2S, 0)] {
        let class = vm.native_type(spec);
        let (max, salt) = BLAKE_SIZES[i];
        if let Some(t) = class.cast::<taipan_vm::value::TypeObj>() {
            let ns = t.namespace();
            for (name, n) in [
                ("SALT_SIZE", salt),
                ("PERSON_SIZE", salt),
                ("MAX_KEY_SIZE", max),
                ("MAX_DIGEST_SIZE", max),
            ] {
                ns.set_name(name, new_int(n as i64));
            }
        }
        set(&m, name, class);
    }
    Ok(m)
}
functions! { NONE; }
