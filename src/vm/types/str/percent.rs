//! `%` formatting of str and bytes (PEP 461).

use super::text_ref;
use crate::protocol::format::text_int;
use crate::value::*;
use crate::vm::new_wtf8;
use crate::{R, Vm};
use taipan_text::int_text::Int;
use taipan_text::percent::{self, Amount, Conversion, Layout, Piece};
use taipan_text::wtf8;

/// `template % args`.
pub fn str_percent(vm: &mut Vm, template: &Ref, args: &Ref) -> R<Ref> {
    if let Some(out) = plain(template, args) {
        return Ok(out);
    }
    let out = expand(vm, template.str_obj().bytes(), args, false)?;
    Ok(text_ref(&out))
}

/// Templates of bare `%s` and `%d` with strings and small ints, which is most of them. `None`: something else.
fn plain(template: &Ref, args: &Ref) -> Option<Ref> {
    let text = template.exact::<StrObj>()?.bytes();
    let items = match args.exact::<TupleObj>() {
        Some(t) => t.items(),
        None => std::slice::from_ref(args),
    };
    let mut buffer = [0u8; 128];
    let mut n = 0;
    let mut put = |bytes: &[u8]| -> Option<()> {
        buffer.get_mut(n..n + bytes.len())?.copy_from_slice(bytes);
        n += bytes.len();
        Some(())
    };
    let mut next = items.iter();
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'%', rest) {
        put(&rest[..at])?;
        let kind = *rest.get(at + 1)?;
        rest = &rest[at + 2..];
        if kind == b'%' {
            put(b"%")?;
            continue;
        }
        let item = next.next()?;
        match kind {
            b's' if item.exact::<StrObj>().is_some() => put(item.str_obj().bytes())?,
            b'd' | b's' if item.value().is_int() => {
                let mut digits = [0u8; 20];
                let i = item.value().int();
                let mut left = i.unsigned_abs();
                let mut first = digits.len();
                loop {
                    first -= 1;
                    digits[first] = b'0' + (left % 10) as u8;
                    left /= 10;
                    if left == 0 {
                        break;
                    }
                }
                if i < 0 {
                    put(b"-")?;
                }
                put(&digits[first..])?;
            }
            _ => return None,
        }
    }
    put(rest)?;
    if next.next().is_some() {
        return None;
    }
    Some(StrObj::make(&buffer[..n]))
}

/// The right operand: the values that conversions take in order.
struct Operand<'a> {
    all: &'a Ref,
    /// The tuple's items, or the one value.
    items: &'a [Ref],
    at: usize,
    mapping: bool,
    /// The value of the last `%(key)`. From the first key on it is all there is to take, once.
    keyed: Option<Ref>,
}

impl Operand<'_> {
    fn next(&mut self, vm: &mut Vm) -> R<Ref> {
        if let Some(r) = self.keyed.take() {
            return Ok(r);
        }
        match self.items.get(self.at) {
            Some(r) => {
                self.at += 1;
                Ok(r.clone())
            }
            None => Err(vm.type_error("not enough arguments for format string")),
        }
    }
}

/// Expands a template of str (`bytes` false: WTF-8 in and out) or bytes.
pub fn expand(vm: &mut Vm, template: &[u8], args: &Ref, bytes: bool) -> R<Vec<u8>> {
    let tuple = args.tuple_items();
    let is_text = if bytes {
        args.cast::<BytesObj>().is_some() || args.cast::<ByteArrayObj>().is_some()
    } else {
        args.is_str()
    };
    let mapping = tuple.is_none() && !is_text && args.class().slots.getitem.get().is_some();
    let mut operand = Operand {
        all: args,
        items: tuple.unwrap_or(std::slice::from_ref(args)),
        at: 0,
        mapping,
        keyed: None,
    };
    let mut out = Vec::with_capacity(template.len() + 16);
    for piece in percent::template(template, bytes, mapping) {
        match piece.map_err(|e| vm.text_error(e))? {
            Piece::Literal(text) => out.extend_from_slice(text),
            Piece::Conversion(c) => {
                convert(vm, c, &mut operand, bytes, &mut out)?;
            }
        }
    }
    if operand.at < operand.items.len() && !mapping {
        let what = if bytes { "bytes" } else { "string" };
        let text = format!("not all arguments converted during {what} formatting");
        return Err(vm.type_error(&text));
    }
    Ok(out)
}

fn star(vm: &mut Vm, operand: &mut Operand, precision: bool, layout: &mut Layout) -> R<()> {
    let r = operand.next(vm)?;
    if !r.is_int() {
        return Err(vm.type_error("* wants int"));
    }
    let Some(n) = r.as_i64() else {
        let what = if precision { "C int" } else { "C ssize_t" };
        let text = format!("Python int too large to convert to {what}");
        return Err(vm.overflow_error(&text));
    };
    let done = if precision {
        layout.set_precision(n)
    } else {
        layout.set_width(n)
    };
    done.map_err(|e| vm.text_error(e))
}

fn convert(
    vm: &mut Vm,
    c: Conversion,
    operand: &mut Operand,
    bytes: bool,
    out: &mut Vec<u8>,
) -> R<()> {
    if let Some(key) = c.key {
        let key = if bytes {
            BytesObj::make(key)
        } else {
            new_wtf8(key)
        };
        let value = if operand.mapping {
            vm.getitem(operand.all, &key)?
        } else {
            return Err(vm.type_error("format requires a mapping"));
        };
        operand.keyed = Some(value);
        operand.items = &[];
    }
    let mut layout = c.layout;
    if c.width == Amount::Star {
        star(vm, operand, false, &mut layout)?;
    }
    if c.precision == Amount::Star {
        star(vm, operand, true, &mut layout)?;
    }
    if let Some(problem) = &c.problem {
        return Err(vm.text_error(problem.clone()));
    }
    let value = operand.next(vm)?;
    if let Err(e) = c.check() {
        return Err(vm.text_error(e));
    }
    match c.code as u8 {
        b's' | b'b' if bytes => {
            let data = bytes_value(vm, &value)?;
            out.extend_from_slice(&percent::format_text(&data, true, &layout));
        }
        b's' => {
            let s = vm.str(&value)?;
            put_text(&s, &layout, out);
        }
        b'r' if bytes => {
            let s = vm.ascii(&value)?;
            put_text(&s, &layout, out);
        }
        b'r' => {
            let s = vm.repr(&value)?;
            put_text(&s, &layout, out);
        }
        b'a' => {
            let s = vm.ascii(&value)?;
            put_text(&s, &layout, out);
        }
        b'c' => {
            let ch = character(vm, &value, bytes)?;
            out.extend_from_slice(&percent::format_char(&ch, &layout));
        }
        code @ (b'd' | b'i' | b'u' | b'o' | b'x' | b'X') => {
            let n = integer(vm, &value, code)?;
            let text = percent::format_int(&n, code, &layout, vm.int_max_str_digits)
                .map_err(|e| vm.text_error(e))?;
            out.extend_from_slice(&text);
        }
        code => {
            let x = if bytes {
                let x = vm.float_value(&value);
                let class = rt().types.type_error.clone();
                match vm.catch(x, &class)? {
                    Some(x) => x,
                    None => {
                        let text = format!("float argument required, not {}", vm.type_name(&value));
                        return Err(vm.type_error(&text));
                    }
                }
            } else {
                vm.float_value(&value)?
            };
            out.extend_from_slice(&percent::format_float(x, code, &layout));
        }
    }
    Ok(())
}

fn put_text(s: &Ref, layout: &Layout, out: &mut Vec<u8>) {
    let s = s.str_obj();
    if layout.width == 0 && layout.precision.is_none() {
        out.extend_from_slice(s.bytes());
    } else {
        out.extend_from_slice(&percent::format_text(s.bytes(), s.is_ascii(), layout));
    }
}

/// The integer for a `%d` and its kin; floats are cut for `%d` alone.
fn integer(vm: &mut Vm, value: &Ref, code: u8) -> R<Int> {
    if let Some(n) = text_int(value) {
        return Ok(n);
    }
    let decimal = matches!(code, b'd' | b'i' | b'u');
    let slots = &value.class().slots;
    let found = if decimal && (value.is_float() || slots.int.get().is_some()) {
        let r = match slots.int.get() {
            Some(f) => f(vm, value),
            None => Ok(Ref::none()),
        };
        let r = r.and_then(|r| {
            if r.is_int() {
                Ok(r)
            } else {
                let text = format!("__int__ returned non-int (type {})", vm.type_name(&r));
                Err(vm.type_error(&text))
            }
        });
        match r {
            Ok(r) => Some(r),
            Err(e) => {
                let class = rt().types.type_error.clone();
                vm.catch(Err(e), &class)?
            }
        }
    } else if slots.index.get().is_some() {
        let r = vm.index(value);
        let class = rt().types.type_error.clone();
        vm.catch(r, &class)?
    } else {
        None
    };
    if let Some(n) = found.as_ref().and_then(text_int) {
        return Ok(n);
    }
    let what = if decimal {
        "a real number"
    } else {
        "an integer"
    };
    let text = format!(
        "%{} format: {what} is required, not {}",
        code as char,
        vm.type_name(value)
    );
    Err(vm.type_error(&text))
}

/// The character (or byte) for `%c`.
fn character(vm: &mut Vm, value: &Ref, bytes: bool) -> R<Vec<u8>> {
    if bytes {
        return byte(vm, value);
    }
    if let Some(s) = value.cast::<StrObj>() {
        if s.nchars() == 1 {
            return Ok(s.bytes().to_vec());
        }
        let text = format!(
            "%c requires an int or a unicode character, not a string of length {}",
            s.nchars()
        );
        return Err(vm.type_error(&text));
    }
    if value.class().slots.index.get().is_none() && !value.is_int() {
        let text = format!(
            "%c requires an int or a unicode character, not {}",
            vm.type_name(value)
        );
        return Err(vm.type_error(&text));
    }
    match vm.index(value)?.as_i64() {
        Some(n @ 0..0x110000) => Ok(wtf8::from_code_point(n as u32)),
        _ => Err(vm.overflow_error("%c arg not in range(0x110000)")),
    }
}

fn byte(vm: &mut Vm, value: &Ref) -> R<Vec<u8>> {
    let text = value
        .cast::<BytesObj>()
        .map(|b| b.bytes().to_vec())
        .or_else(|| value.cast::<ByteArrayObj>().map(|b| b.data.cloned()));
    if let Some(b) = text {
        if b.len() == 1 {
            return Ok(b);
        }
        let kind = vm.type_name(value);
        let text = format!(
            "%c requires an integer in range(256) or a single byte, not a {kind} object of length {}",
            b.len()
        );
        return Err(vm.type_error(&text));
    }
    if value.is_int() || value.class().slots.index.get().is_some() {
        return match vm.index(value)?.as_i64() {
            Some(n @ 0..256) => Ok(vec![n as u8]),
            _ => Err(vm.overflow_error("%c arg not in range(256)")),
        };
    }
    let text = format!(
        "%c requires an integer in range(256) or a single byte, not {}",
        vm.type_name(value)
    );
    Err(vm.type_error(&text))
}

/// The bytes for `%b` and `%s` of a bytes template.
fn bytes_value(vm: &mut Vm, value: &Ref) -> R<Vec<u8>> {
    let own = value.exact::<BytesObj>().is_none()
        && (!vm.is_bytes_like(value) || value.class().has_flag(type_flag::HEAP));
    if own && let Some(r) = vm.call_special(value, &intern("__bytes__"), &[])? {
        return match r.cast::<BytesObj>() {
            Some(b) => Ok(b.bytes().to_vec()),
            None => {
                let text = format!("__bytes__ returned non-bytes (type {})", vm.type_name(&r));
                Err(vm.type_error(&text))
            }
        };
    }
    match vm.buffer_bytes_opt(value)? {
        Some(b) => Ok(b.into_owned()),
        None => {
            let text = format!(
                "%b requires a bytes-like object, or an object that implements __bytes__, not '{}'",
                vm.type_name(value)
            );
            Err(vm.type_error(&text))
        }
    }
}
