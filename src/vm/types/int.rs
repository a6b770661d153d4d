//! The types `int` and `bool`: construction, methods, conversions. Arithmetic is in `int_ops`.

use super::int_ops::{self, Num};
use super::spec::TypeSpec;
use crate::native::{Args, DefKind, NativeDef, arg};
use crate::value::header::Kind;
use crate::value::*;
use crate::vm::{new_bigint, new_bytes, new_int, new_str, new_tuple, new_wtf8};
use crate::{R, Raised, Vm, getset, methods};
use num_bigint::{BigInt, Sign};
use num_traits::Signed;
use taipan_text::int_text::{self, Int, IntError};
use taipan_text::{TextError, format_spec};

pub static INT: TypeSpec = TypeSpec {
    name: "int",
    kind: Kind::Int,
    exact: true,
    flags: type_flag::BASE | type_flag::MATCH_SELF,
    doc: "int([x]) -> integer\nint(x, base=10) -> integer\n\nAn integer of any size, made from a number or read from text.",
    methods: METHODS,
    getset: GETSET,
    slots: |s| {
        s.new.set(Some(int_new));
        s.repr.set(Some(int_repr));
        int_ops::fill_slots(s);
    },
};

pub static BOOL: TypeSpec = TypeSpec {
    name: "bool",
    kind: Kind::Int,
    exact: false,
    flags: type_flag::MATCH_SELF,
    doc: "bool(object=False, /)\n\nThe truth value of an object: True or False, the only instances of this class.",
    methods: BOOL_METHODS,
    slots: |s| {
        s.new.set(Some(bool_new));
        s.repr.set(Some(|_, r| {
            Ok(intern(if r.is_true() { "True" } else { "False" }))
        }));
        s.invert.set(Some(bool_invert));
        int_ops::fill_bool_slots(s);
    },
    ..TypeSpec::DEFAULT
};

methods! { METHODS;
    "conjugate(self, /)" => |_, a| Ok(int_ops::exact(&a[0])), "The number itself.";
    "bit_length(self, /)" => |_, a| Ok(new_int(Num::of(&a[0]).map_or(0, |n| n.bits()) as i64)),
        "Number of bits of the absolute value, without leading zeros.";
    "bit_count(self, /)" => |_, a| Ok(new_int(match Num::of(&a[0]) {
        Some(Num::Small(i)) => i.unsigned_abs().count_ones() as i64,
        Some(Num::Big(b)) => b.iter_u64_digits().map(|d| d.count_ones() as i64).sum(),
        None => 0,
    })), "Number of ones in the binary form of the absolute value.";
    "to_bytes(self, /, length=1, byteorder='big', *, signed=False)" => to_bytes, "The number as an array of bytes.";
    class "from_bytes(type, /, bytes, byteorder='big', *, signed=False)" => from_bytes, "The number that an array of bytes stands for.";
    "as_integer_ratio(self, /)" => |_, a| Ok(new_tuple(vec![int_ops::exact(&a[0]), new_int(1)])),
        "Numerator and denominator: the number itself and 1.";
    "__trunc__(self, /)" => |_, a| Ok(int_ops::exact(&a[0])), "The number itself.";
    "__floor__(self, /)" => |_, a| Ok(int_ops::exact(&a[0])), "The number itself.";
    "__ceil__(self, /)" => |_, a| Ok(int_ops::exact(&a[0])), "The number itself.";
    "__round__(self, ndigits=None, /)" => round, "Rounds to a power of ten when digits are negative, half to even.";
    "__getnewargs__(self, /)" => |_, a| Ok(new_tuple(vec![int_ops::exact(&a[0])])), "";
    "__format__(self, format_spec, /)" => format, "The number as text, as the format specification says.";
    "__sizeof__(self, /)" => |_, a| {
        let digits = Num::of(&a[0]).map_or(0, |n| n.bits()).div_ceil(30).max(1);
        Ok(new_int(24 + 4 * digits as i64))
    }, "Size in memory, in bytes.";
    "is_integer(self, /)" => |_, _| Ok(Ref::bool(true)), "True: as for floats that are whole.";
}

methods! { BOOL_METHODS; }

getset! { GETSET;
    "real" => |_, r| Ok(int_ops::exact(r)), "The number itself, as a complex number's part.";
    "imag" => |_, _| Ok(new_int(0)), "Always 0.";
    "numerator" => |_, r| Ok(int_ops::exact(r)), "The number itself.";
    "denominator" => |_, _| Ok(new_int(1)), "Always 1.";
}

/// Raises what an algorithm of the text crate reports.
pub fn raise_text(vm: &mut Vm, e: TextError) -> Raised {
    use taipan_text::Kind as K;
    let t = &rt().types;
    let class = match e.kind {
        K::Value => &t.value_error,
        K::Type => &t.type_error,
        K::Overflow => &t.overflow_error,
        K::Key => &t.key_error,
        K::Index => &t.index_error,
        K::Memory => return vm.memory_error(),
        K::Lookup => &t.lookup_error,
    };
    vm.error(class, &e.message)
}

/// Whether `__new__` was called on exactly this builtin class.
#[inline]
pub(super) fn is_class(class: &Ref, builtin: &Ref) -> bool {
    class.is(builtin)
}

fn int_repr(vm: &mut Vm, r: &Ref) -> R<Ref> {
    match Num::of(r) {
        Some(Num::Small(i)) => Ok(small_int_text(i)),
        Some(Num::Big(b)) => match int_text::to_decimal(b, vm.int_max_str_digits) {
            Ok(s) => Ok(new_str(&s)),
            Err(e) => Err(raise_text(vm, e)),
        },
        None => Ok(vm.default_repr(r)),
    }
}

/// The digits of a small int as a str.
pub(crate) fn small_int_text(i: i64) -> Ref {
    if (0..10).contains(&i) {
        return rt().types.chars[b'0' as usize + i as usize].clone();
    }
    let mut buffer = [0u8; 20];
    StrObj::make(decimal(i, &mut buffer))
}

/// Decimal digits without the heap.
fn decimal(i: i64, buffer: &mut [u8; 20]) -> &[u8] {
    let mut n = i.unsigned_abs();
    let mut at = buffer.len();
    loop {
        at -= 1;
        buffer[at] = b'0' + (n % 10) as u8;
        n /= 10;
        if n == 0 {
            break;
        }
    }
    if i < 0 {
        at -= 1;
        buffer[at] = b'-';
    }
    &buffer[at..]
}

static INT_NEW: NativeDef = NativeDef::fixed(
    "int(cls, x=0, /, base=10)",
    |vm, a| construct(vm, &a[0], arg(a, 1), arg(a, 2)),
    DefKind::ClassMethod,
    "",
);

/// An instance of `class` (int or a subclass) from an int.
pub fn instance(class: &Ref, value: Ref) -> Ref {
    if class.is(&rt().types.int) {
        return int_ops::exact(&value);
    }
    Ref::new_of(class, IntObj(value.as_bigint().unwrap_or_default()))
}

fn int_new(vm: &mut Vm, class: &Ref, args: Args) -> R<Ref> {
    if !args.has_kw() {
        match args.all {
            [] => return Ok(instance(class, new_int(0))),
            [x] => return construct(vm, class, Some(x), None),
            [x, base] => return construct(vm, class, Some(x), Some(base)),
            more => {
                let text = format!("int expected at most 2 arguments, got {}", more.len());
                return Err(vm.type_error(&text));
            }
        }
    }
    let mut all = Vec::with_capacity(args.all.len() + 1);
    all.push(class.clone());
    all.extend_from_slice(args.all);
    INT_NEW.call(vm, Args::new(&all, args.names))
}

fn construct(vm: &mut Vm, class: &Ref, x: Option<&Ref>, base: Option<&Ref>) -> R<Ref> {
    let value = match (x, base) {
        (None, None) => new_int(0),
        (None, Some(_)) => return Err(vm.type_error("int() missing string argument")),
        (Some(x), None) => int_from(vm, x)?,
        (Some(x), Some(base)) => {
            let base = vm.index(base)?;
            let base = match base.as_i64() {
                Some(b) if b == 0 || (2..=36).contains(&b) => b,
                _ => return Err(vm.value_error("int() base must be >= 2 and <= 36, or 0")),
            };
            match read_text(vm, x, base)? {
                Some(i) => i,
                None => {
                    return Err(vm.type_error("int() can't convert non-string with explicit base"));
                }
            }
        }
    };
    Ok(instance(class, value))
}

/// The int that a str, bytes or bytearray shows in this base; `None` for other classes.
fn read_text(vm: &mut Vm, x: &Ref, base: i64) -> R<Option<Ref>> {
    let limit = vm.int_max_str_digits;
    let read = if let Some(s) = x.cast::<StrObj>() {
        int_text::parse(s.bytes(), base, limit)
    } else if let Some(b) = x.cast::<BytesObj>() {
        int_text::parse_bytes(b.bytes(), base, limit)
    } else if let Some(b) = x.cast::<ByteArrayObj>() {
        let data = b.data.cloned();
        int_text::parse_bytes(&data, base, limit)
    } else {
        return Ok(None);
    };
    match read {
        Ok(Int::Small(i)) => Ok(Some(new_int(i))),
        Ok(Int::Big(b)) => Ok(Some(new_bigint(b))),
        Err(e) => Err(literal_error(vm, e, base, x)?),
    }
}

fn literal_error(vm: &mut Vm, e: IntError, base: i64, x: &Ref) -> R<Raised> {
    let repr = match e {
        IntError::Invalid => vm.repr_text(x)?,
        _ => String::new(),
    };
    let e = e.message(base, || repr);
    Ok(raise_text(vm, e))
}

/// `int(x)`.
pub fn int_from(vm: &mut Vm, x: &Ref) -> R<Ref> {
    if x.value().is_int() {
        return Ok(x.clone());
    }
    if let Some(f) = x.class().slots.int.get() {
        let r = f(vm, x)?;
        if !r.is_int() {
            let text = format!("__int__ returned non-int (type {})", vm.type_name(&r));
            return Err(vm.type_error(&text));
        }
        if r.value().is_int() || r.exact::<IntObj>().is_some() {
            return Ok(r);
        }
        let text = format!(
            "__int__ returned non-int (type {}).  The ability to return an instance of a strict subclass of int is deprecated, and may be removed in a future version of Python.",
            vm.type_name(&r)
        );
        warn_deprecated(vm, &text)?;
        return Ok(int_ops::exact(&r));
    }
    if x.class().slots.index.get().is_some() {
        return vm.index(x);
    }
    if let Some(i) = read_text(vm, x, 10)? {
        return Ok(i);
    }
    if let Some(data) = vm.buffer_bytes_opt(x)?
        && let Some(i) = read_text(vm, &BytesObj::make(&data), 10)?
    {
        return Ok(i);
    }
    let text = format!(
        "int() argument must be a string, a bytes-like object or a real number, not '{}'",
        vm.type_name(x)
    );
    Err(vm.type_error(&text))
}

/// Warns of something deprecated, for the caller of the running function.
pub(crate) fn warn_deprecated(vm: &mut Vm, text: &str) -> R<()> {
    let category = rt().types.deprecation_warning.clone();
    vm.warn(&category, text, 1)
}

fn bool_new(vm: &mut Vm, class: &Ref, args: Args) -> R<Ref> {
    let _ = class;
    if args.has_kw() {
        return Err(vm.type_error("bool() takes no keyword arguments"));
    }
    match args.all {
        [] => Ok(Ref::bool(false)),
        [x] => Ok(Ref::bool(vm.truthy(x)?)),
        more => {
            let text = format!("bool expected at most 1 argument, got {}", more.len());
            Err(vm.type_error(&text))
        }
    }
}

fn bool_invert(vm: &mut Vm, r: &Ref) -> R<Ref> {
    warn_deprecated(
        vm,
        "Bitwise inversion '~' on bool is deprecated and will be removed in Python 3.16. This returns the bitwise inversion of the underlying int object and is usually not what you expect from negating a bool. Use the 'not' operator for boolean negation or ~int(x) if you really want the bitwise inversion of the underlying int.",
    )?;
    Ok(new_int(if r.is_true() { -2 } else { -1 }))
}

fn round(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let Some(digits) = arg(a, 1).filter(|d| !d.is_none()) else {
        return Ok(int_ops::exact(&a[0]));
    };
    let digits = vm.index(digits)?;
    if !Num::of(&digits).is_some_and(|d| d.is_negative()) {
        return Ok(int_ops::exact(&a[0]));
    }
    let places = digits
        .as_i64()
        .and_then(|d| u32::try_from(d.unsigned_abs()).ok())
        .unwrap_or(u32::MAX);
    let n = a[0].as_bigint().unwrap_or_default();
    Ok(new_bigint(int_ops::round_to(&n, places)))
}

fn format(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let Some(spec) = a[1].cast::<StrObj>() else {
        let text = format!(
            "__format__() argument must be str, not {}",
            vm.type_name(&a[1])
        );
        return Err(vm.type_error(&text));
    };
    if spec.bytes().is_empty() {
        return vm.str(&a[0]);
    }
    let n = match Num::of(&a[0]) {
        Some(Num::Small(i)) => Int::Small(i),
        Some(Num::Big(b)) => Int::Big(b.clone()),
        None => return Ok(Ref::not_implemented()),
    };
    let name = vm.type_name(&a[0]);
    match format_spec::format_int(&n, spec.bytes(), &name, vm.int_max_str_digits) {
        Ok(s) => Ok(new_wtf8(&s)),
        Err(e) => Err(raise_text(vm, e)),
    }
}

/// Whether the byte order argument says "little".
fn little_endian(vm: &mut Vm, r: Option<&Ref>, function: &str) -> R<bool> {
    let Some(r) = r else { return Ok(false) };
    let Some(s) = r.cast::<StrObj>() else {
        let text = format!(
            "{function}() argument 'byteorder' must be str, not {}",
            vm.type_name(r)
        );
        return Err(vm.type_error(&text));
    };
    match s.bytes() {
        b"little" => Ok(true),
        b"big" => Ok(false),
        _ => Err(vm.value_error("byteorder must be either 'little' or 'big'")),
    }
}

fn to_bytes(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let length = match arg(a, 1) {
        Some(l) => vm.index_size(l)?,
        None => 1,
    };
    let little = little_endian(vm, arg(a, 2), "to_bytes")?;
    let signed = match arg(a, 3) {
        Some(s) => vm.truthy(s)?,
        None => false,
    };
    let Ok(length) = usize::try_from(length) else {
        return Err(vm.value_error("length argument must be non-negative"));
    };
    let n = a[0].as_bigint().unwrap_or_default();
    if n.is_negative() && !signed {
        return Err(vm.overflow_error("can't convert negative int to unsigned"));
    }
    // A length beyond the number's own bytes is only padding; it must still fit memory.
    if length > isize::MAX as usize / 2 {
        return Err(vm.memory_error());
    }
    let mut probe: Vec<u8> = Vec::new();
    if probe.try_reserve_exact(length).is_err() {
        return Err(vm.memory_error());
    }
    drop(probe);
    let Some(mut bytes) = int_ops::to_bytes_le(&n, length, signed) else {
        return Err(vm.overflow_error("int too big to convert"));
    };
    if !little {
        bytes.reverse();
    }
    Ok(new_bytes(&bytes))
}

fn from_bytes(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let little = little_endian(vm, arg(a, 2), "from_bytes")?;
    let signed = match arg(a, 3) {
        Some(s) => vm.truthy(s)?,
        None => false,
    };
    let data = bytes_of(vm, &a[1])?;
    let value = match (signed, little) {
        (true, true) => BigInt::from_signed_bytes_le(&data),
        (true, false) => BigInt::from_signed_bytes_be(&data),
        (false, true) => BigInt::from_bytes_le(Sign::Plus, &data),
        (false, false) => BigInt::from_bytes_be(Sign::Plus, &data),
    };
    let value = new_bigint(value);
    if is_class(&a[0], &rt().types.int) {
        Ok(value)
    } else {
        vm.call(&a[0], &[value])
    }
}

/// The bytes of an object as `bytes(x)` takes them, ints and str refused.
fn bytes_of(vm: &mut Vm, r: &Ref) -> R<Vec<u8>> {
    if let Some(b) = r.cast::<BytesObj>() {
        return Ok(b.bytes().to_vec());
    }
    if let Some(b) = r.cast::<ByteArrayObj>() {
        return Ok(b.data.cloned());
    }
    let special = intern("__bytes__");
    if r.is_str() || (r.is_int() && vm.lookup(r.class(), &special).is_none()) {
        let text = format!("cannot convert '{}' object to bytes", vm.type_name(r));
        return Err(vm.type_error(&text));
    }
    let class = rt().types.bytes.clone();
    let made = vm.call(&class, std::slice::from_ref(r))?;
    Ok(made
        .cast::<BytesObj>()
        .map(|b| b.bytes().to_vec())
        .unwrap_or_default())
}
