//! `binascii`: bytes as hexadecimal digits, base 64, quoted-printable and uuencoded text; checksums.

use taipan_vm::modules::{new_module, set};
use taipan_vm::value::StrObj;
use taipan_vm::vm::{new_bytes, new_int};
use taipan_vm::{R, Raised, Ref, Vm, arg, functions, rt};

const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Text that stands for bytes: ASCII str or any bytes.
fn ascii(vm: &mut Vm, r: &Ref) -> R<Vec<u8>> {
    if let Some(s) = r.cast::<StrObj>() {
        if !s.is_ascii() {
            return Err(vm.value_error("string argument should contain only ASCII characters"));
        }
        return Ok(s.bytes().to_vec());
    }
    if !vm.is_bytes_like(r) {
        let text = format!(
            "argument should be bytes, buffer or ASCII string, not '{}'",
            vm.type_name(r)
        );
        return Err(vm.type_error(&text));
    }
    Ok(vm.buffer_bytes(r)?.into_owned())
}
fn bytes(vm: &mut Vm, r: &Ref) -> R<Vec<u8>> {
    Ok(vm.buffer_bytes(r)?.into_owned())
}
fn flag(vm: &mut Vm, a: &[Ref], i: usize, default: bool) -> R<bool> {
    match arg(a, i) {
        Some(f) => vm.truthy(f),
        None => Ok(default),
    }
}
fn error(vm: &mut Vm, text: &str) -> Raised {
    match error_class(vm) {
        Ok(class) => vm.error(&class, text),
        Err(e) => e,
    }
}
/// `binascii.Error`, kept by the module.
fn error_class(vm: &mut Vm) -> R<Ref> {
    let m = vm.import("binascii")?;
    vm.getattr_str(&m, "Error")
}

fn value64(b: u8) -> Option<u32> {
    BASE64.iter().position(|&c| c == b).map(|i| i as u32)
}

fn a2b_base64(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let data = ascii(vm, &a[0])?;
    let strict = flag(vm, a, 1, false)?;
    let mut out = Vec::with_capacity(data.len() / 4 * 3);
    let (mut bits, mut quad, mut pads) = (0u32, 0, 0);
    if strict && data.first() == Some(&b'=') {
        return Err(error(vm, "Leading padding not allowed"));
    }
    let mut done = false;
    for &b in &data {
        if done && strict {
            return Err(error(vm, "Excess data after padding"));
        }
        if b == b'=' {
            pads += 1;
            if quad >= 2 && quad + pads >= 4 {
                done = true;
                continue;
            }
            if strict && quad == 0 {
                return Err(error(vm, "Excess padding not allowed"));
            }
            continue;
        }
        let Some(v) = value64(b) else {
            if strict {
                return Err(error(vm, "Only base64 data is allowed"));
            }
            continue;
        };
        if pads > 0 && strict {
            return Err(error(vm, "Discontinuous padding not allowed"));
        }
        pads = 0;
        done = false;
        bits = bits << 6 | v;
        quad += 1;
        match quad {
            2 => out.push((bits >> 4) as u8),
            3 => out.push((bits >> 2) as u8),
            4 => {
                out.push(bits as u8);
                quad = 0;
                bits = 0;
            }
            _ => {}
        }
    }
    if quad != 0 && !done {
        let text = if quad == 1 {
            format!(
                "Invalid base64-encoded string: number of data characters ({}) cannot be 1 more than a multiple of 4",
                out.len() / 3 * 4 + 1
            )
        } else {
            "Incorrect padding".into()
        };
        return Err(error(vm, &text));
    }
    Ok(new_bytes(&out))
}

fn b2a_base64(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let data = bytes(vm, &a[0])?;
    let newline = flag(vm, a, 1, true)?;
    let mut out = Vec::with_capacity(data.len().div_ceil(3) * 4 + 1);
    for chunk in data.chunks(3) {
        let n = (chunk[0] as u32) << 16
            | (chunk.get(1).copied().unwrap_or(0) as u32) << 8
            | chunk.get(2).copied().unwrap_or(0) as u32;
        for i in 0..4 {
            out.push(if i <= chunk.len() {
                BASE64[(n >> (18 - 6 * i) & 63) as usize]
            } else {
                b'='
            });
        }
    }
    if newline {
        out.push(b'\n');
    }
    Ok(new_bytes(&out))
}

fn hexlify(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let data = bytes(vm, &a[0])?;
    let b = new_bytes(&data);
    let mut args = Vec::new();
    args.extend(arg(a, 1).cloned());
    args.extend(arg(a, 2).cloned());
    let text = vm.call_method(&b, "hex", &args)?;
    Ok(new_bytes(text.str_obj().bytes()))
}

fn unhexlify(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let data = ascii(vm, &a[0])?;
    if data.len() % 2 == 1 {
        return Err(error(vm, "Odd-length string"));
    }
    let mut out = Vec::with_capacity(data.len() / 2);
    for pair in data.chunks(2) {
        let digit = |b: u8| (b as char).to_digit(16);
        match (digit(pair[0]), digit(pair[1])) {
            (Some(x), Some(y)) => out.push((x << 4 | y) as u8),
            _ => return Err(error(vm, "Non-hexadecimal digit found")),
        }
    }
    Ok(new_bytes(&out))
}

fn table(polynomial: u32) -> [u32; 256] {
    let mut t = [0; 256];
    for (i, e) in t.iter_mut().enumerate() {
        let mut c = i as u32;
        for _ in 0..8 {
            c = if c & 1 == 1 {
                c >> 1 ^ polynomial
            } else {
                c >> 1
            };
        }
        *e = c;
    }
    t
}

fn crc32(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let data = bytes(vm, &a[0])?;
    let start = match arg(a, 1) {
        Some(c) => vm.index(c)?.as_bigint().map_or(0, |n| {
            let mask = num_bigint::BigInt::from(u32::MAX);
            u32::try_from(n & mask).unwrap_or(0)
        }),
        None => 0,
    };
    let t = table(0xedb8_8320);
    let mut c = !start;
    for b in data {
        c = t[(c as u8 ^ b) as usize] ^ c >> 8;
    }
    Ok(new_int(!c as i64))
}

fn crc_hqx(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let data = bytes(vm, &a[0])?;
    let mut c = vm.index_i32(&a[1])? as u32 & 0xffff;
    for b in data {
        c ^= (b as u32) << 8;
        for _ in 0..8 {
            c = if c & 0x8000 != 0 {
                (c << 1 ^ 0x1021) & 0xffff
            } else {
                c << 1 & 0xffff
            };
        }
    }
    Ok(new_int(c as i64))
}

fn b2a_qp(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let data = bytes(vm, &a[0])?;
    let quote_tabs = flag(vm, a, 1, false)?;
    let is_text = flag(vm, a, 2, true)?;
    let header = flag(vm, a, 3, false)?;
    let mut out = Vec::with_capacity(data.len());
    let mut width = 0;
    let crlf = data
        .iter()
        .position(|&b| b == b'\n')
        .is_some_and(|i| i > 0 && data[i - 1] == b'\r');
    let mut i = 0;
    while i < data.len() {
        let b = data[i];
        let line_end = is_text && (b == b'\n' || b == b'\r' && data.get(i + 1) == Some(&b'\n'));
        if line_end {
            // Blanks at the end of a line would be lost.
            if let Some(&last @ (b' ' | b'\t')) = out.last() {
                out.pop();
                out.extend(format!("={last:02X}").bytes());
            }
            if crlf {
                out.push(b'\r');
            }
            out.push(b'\n');
            i += if b == b'\r' { 2 } else { 1 };
            width = 0;
            continue;
        }
        let at_end = i + 1 == data.len();
        let dot = b == b'.'
            && width == 0
            && (at_end || matches!(data.get(i + 1), Some(b'\n' | b'\r' | 0)));
        let quoted = b > 126
            || b == b'='
            || header && b == b'_'
            || dot
            || !is_text && matches!(b, b'\r' | b'\n')
            || matches!(b, b' ' | b'\t') && (at_end || quote_tabs && !(header && b == b' '))
            || b < 33 && !matches!(b, b'\r' | b'\n' | b' ' | b'\t');
        let size = if quoted { 3 } else { 1 };
        if width + size >= 76 {
            out.extend_from_slice(if crlf { b"=\r\n" } else { b"=\n" });
            width = 0;
        }
        if quoted {
            out.extend(format!("={b:02X}").bytes());
        } else if header && b == b' ' {
            out.push(b'_');
        } else {
            out.push(b);
        }
        width += size;
        i += 1;
    }
    Ok(new_bytes(&out))
}

fn a2b_qp(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let data = ascii(vm, &a[0])?;
    let header = flag(vm, a, 1, false)?;
    let mut out = Vec::with_capacity(data.len());
    let mut i = 0;
    while i < data.len() {
        let b = data[i];
        if b == b'=' {
            let digit = |b: Option<&u8>| b.and_then(|&b| (b as char).to_digit(16));
            match data.get(i + 1) {
                None => break,
                Some(b'\n' | b'\r') => {
                    while i < data.len() && data[i] != b'\n' {
                        i += 1;
                    }
                    i += 1;
                }
                Some(b'=') => {
                    out.push(b'=');
                    i += 2;
                }
                next => match (digit(next), digit(data.get(i + 2))) {
                    (Some(x), Some(y)) => {
                        out.push((x << 4 | y) as u8);
                        i += 3;
                    }
                    _ => {
                        out.push(b'=');
                        i += 1;
                    }
                },
            }
        } else {
            out.push(if header && b == b'_' { b' ' } else { b });
            i += 1;
        }
    }
    Ok(new_bytes(&out))
}

fn b2a_uu(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let data = bytes(vm, &a[0])?;
    let backtick = flag(vm, a, 1, false)?;
    if data.len() > 45 {
        return Err(error(vm, "At most 45 bytes at once"));
    }
    let char = |n: u32| {
        if n == 0 && backtick {
            b'`'
        } else {
            b' ' + n as u8
        }
    };
    let mut out = vec![char(data.len() as u32)];
    for chunk in data.chunks(3) {
        let n = (chunk[0] as u32) << 16
            | (chunk.get(1).copied().unwrap_or(0) as u32) << 8
            | chunk.get(2).copied().unwrap_or(0) as u32;
        out.extend((0..4).map(|i| char(n >> (18 - 6 * i) & 63)));
    }
    out.push(b'\n');
    Ok(new_bytes(&out))
}

fn a2b_uu(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let data = ascii(vm, &a[0])?;
    let Some((&first, rest)) = data.split_first() else {
        return Ok(new_bytes(b""));
    };
    let size = (first.wrapping_sub(b' ') & 63) as usize;
    let mut out = Vec::with_capacity(size);
    let mut rest = rest.iter();
    let (mut bits, mut n) = (0u32, 0);
    while out.len() < size {
        let v = match rest.next() {
            None | Some(b'\n' | b'\r') => 0,
            Some(&b) if (b' '..=b' ' + 64).contains(&b) => (b - b' ') as u32 & 63,
            Some(_) => return Err(error(vm, "Illegal char")),
        };
        bits = bits << 6 | v;
        n += 6;
        if n >= 8 {
            n -= 8;
            out.push((bits >> n) as u8);
            bits &= (1 << n) - 1;
        }
    }
    if rest.any(|&b| !matches!(b, b' ' | b'`' | b'\n' | b'\r')) {
        return Err(error(vm, "Trailing garbage"));
    }
    Ok(new_bytes(&out))
}

functions! { FUNCTIONS;
    "a2b_base64(data, /, *, strict_mode=False)" => a2b_base64, "Reads Base64. In strict mode, characters that don't belong are errors.";
    "b2a_base64(data, /, *, newline=True)" => b2a_base64, "Writes Base64 on one line, which ends with a newline unless that is refused.";
    "hexlify(data, sep=None, bytes_per_sep=1)" => hexlify, "Writes bytes in hexadecimal digits, with a separator after every so many of them if there is one.";
    "b2a_hex(data, sep=None, bytes_per_sep=1)" => hexlify, "Writes bytes in hexadecimal digits, with a separator after every so many of them if there is one.";
    "unhexlify(hexstr, /)" => unhexlify, "Reads hexadecimal digits, an even number of them.";
    "a2b_hex(hexstr, /)" => unhexlify, "Reads hexadecimal digits, an even number of them.";
    "crc32(data, crc=0, /)" => crc32, "The checksum CRC-32 of the data, which goes on from another one.";
    "crc_hqx(data, crc, /)" => crc_hqx, "The checksum CRC-CCITT of the data, which goes on from another one.";
    "b2a_qp(data, quotetabs=False, istext=True, header=False)" => b2a_qp, "Writes quoted-printable text.";
    "a2b_qp(data, header=False)" => a2b_qp, "Reads quoted-printable text.";
    "b2a_uu(data, /, *, backtick=False)" => b2a_uu, "Writes a line of uuencoded text.";
    "a2b_uu(data, /)" => a2b_uu, "Reads a line of uuencoded text.";
}

pub fn make(vm: &mut Vm) -> R<Ref> {
    let m = new_module(
        vm,
        "binascii",
        "Bytes as printable text and back.",
        FUNCTIONS,
    );
    for (name, base) in [
        ("Error", rt().types.value_error.clone()),
        ("Incomplete", rt().types.exception.clone()),
    ] {
        let dict = taipan_vm::value::DictObj::new_dict();
        if let Some(d) = dict.cast::<taipan_vm::value::DictObj>() {
            d.set_name("__module__", taipan_vm::vm::new_str("binascii"));
        }
        let class = vm.call(
            &rt().types.type_.clone(),
            &[
                taipan_vm::vm::new_str(name),
                taipan_vm::vm::new_tuple(vec![base]),
                dict,
            ],
        )?;
        set(&m, name, class);
    }
    Ok(m)
}
