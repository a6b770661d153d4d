//! The state of arrays in pickles: the machine's layout and its bytes, so that any machine can read it.

use super::{ARRAY, add_bytes, attributes, items, letter, push};
use taipan_vm::value::{BytesObj, TypeObj, class_of};
use taipan_vm::vm::{new_bigint, new_bytes, new_float, new_int, new_list, new_tuple};
use taipan_vm::{R, Ref, Vm};

pub fn reduce(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    if !a[1].is_int() {
        return Err(vm.type_error("__reduce_ex__ argument should be an integer"));
    }
    let protocol = vm.index_clamped(&a[1])?;
    let array = super::this(vm, &a[0])?;
    let dict = attributes(vm, &a[0])?;
    let (class, code) = (class_of(&a[0]), letter(array.code));
    if protocol < 3 {
        let list = new_list(super::all(vm, &a[0])?);
        return Ok(new_tuple(vec![class, new_tuple(vec![code, list]), dict]));
    }
    let module = vm.import("array")?;
    let make = vm.getattr_str(&module, "_array_reconstructor")?;
    let format = new_int(items::machine_format(array.code));
    let bytes = new_bytes(array.bytes(vm));
    let args = new_tuple(vec![class, code, format, bytes]);
    Ok(new_tuple(vec![make, args, dict]))
}

pub fn reconstruct(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let Some(class) = a[0].cast::<TypeObj>() else {
        let text = format!(
            "first argument must be a type object, not {}",
            vm.type_name(&a[0])
        );
        return Err(vm.type_error(&text));
    };
    if !a[1].is_str() || a[1].str_obj().nchars() != 1 {
        let not = if a[1].is_str() {
            format!("a string of length {}", a[1].str_obj().nchars())
        } else {
            vm.type_name_or_none(&a[1])
        };
        let text =
            format!("_array_reconstructor() argument 2 must be a unicode character, not {not}");
        return Err(vm.type_error(&text));
    }
    let format = i64::from(vm.index_i32(&a[2])?);
    let own = vm.native_type(&ARRAY);
    if !class.is_subtype(&own) {
        let text = format!("{} is not a subtype of array.array", vm.class_name(class));
        return Err(vm.type_error(&text));
    }
    let code = a[1].str_obj().bytes()[0];
    if items::size(code).is_none() {
        return Err(vm.value_error("second argument must be a valid type code"));
    }
    if !(0..=21).contains(&format) {
        return Err(vm.value_error("third argument must be a valid machine format code."));
    }
    let Some(bytes) = a[3].cast::<BytesObj>() else {
        let text = format!(
            "fourth argument should be bytes, not {}",
            vm.type_name_or_none(&a[3])
        );
        return Err(vm.type_error(&text));
    };
    let data = bytes.bytes();
    if format == items::machine_format(code) {
        let r = super::array_of(&a[0], code, Vec::new());
        add_bytes(vm, &r, data)?;
        return Ok(r);
    }
    if let Some((width, signed, big)) = items::machine_int(format) {
        if data.len() % width != 0 {
            return Err(vm.value_error("string length not a multiple of item size"));
        }
        // A type that holds these numbers as they are is better than the one that had another size elsewhere.
        let fits = |c: u8| {
            items::size(c) == Some(width)
                && !items::is_text(c)
                && !matches!(c, b'f' | b'd')
                && c.is_ascii_lowercase() == signed
        };
        let code = if fits(code) {
            code
        } else {
            let same = |c: &u8| fits(*c);
            items::CODES.bytes().find(same).unwrap_or(code)
        };
        let r = super::array_of(&a[0], code, Vec::new());
        for item in data.chunks_exact(width) {
            let mut wide = [if signed && item[if big { 0 } else { width - 1 }] > 127 {
                255
            } else {
                0
            }; 8];
            for (i, b) in item.iter().enumerate() {
                wide[if big { width - 1 - i } else { i }] = *b;
            }
            let value = if signed {
                new_int(i64::from_le_bytes(wide))
            } else {
                new_bigint(u64::from_le_bytes(wide).into())
            };
            push(vm, &r, &value)?;
        }
        return Ok(r);
    }
    if format < 18 {
        let width = if format < 16 { 4 } else { 8 };
        if data.len() % width != 0 {
            return Err(vm.value_error("string length not a multiple of item size"));
        }
        let r = super::array_of(&a[0], code, Vec::new());
        for item in data.chunks_exact(width) {
            let mut item = item.to_vec();
            if format & 1 == 1 {
                item.reverse();
            }
            let value = match (item.as_slice().try_into(), item.as_slice().try_into()) {
                (Ok(b), _) if width == 4 => f32::from_le_bytes(b).into(),
                (_, Ok(b)) => f64::from_le_bytes(b),
                _ => 0.0,
            };
            push(vm, &r, &new_float(value))?;
        }
        return Ok(r);
    }
    let width = if format < 20 { 2 } else { 4 };
    if data.len() % width != 0 {
        return Err(vm.value_error("string length not a multiple of item size"));
    }
    let codec = ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"][format as usize - 18];
    let text = vm.decode(data, codec, "strict")?;
    if !items::is_text(code) {
        let text = format!(
            "cannot use a str to initialize an array with typecode '{}'",
            char::from(code)
        );
        return Err(vm.type_error(&text));
    }
    let data = items::from_text(text.str_obj().bytes());
    Ok(super::array_of(&a[0], code, data))
}
