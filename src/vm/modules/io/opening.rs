//! `open()`.

use super::{BUFFER_SIZE, buffered, file, text};
use crate::native::Args;
use crate::value::*;
use crate::vm::{new_int, new_str};
use crate::{R, Vm};

const NAMES: [&str; 8] = [
    "file",
    "mode",
    "buffering",
    "encoding",
    "errors",
    "newline",
    "closefd",
    "opener",
];

fn text_argument(vm: &mut Vm, r: &Ref, name: &str) -> R<()> {
    if r.is_none() || r.is_str() {
        return Ok(());
    }
    let text = format!(
        "open() argument '{name}' must be str or None, not {}",
        vm.type_name(r)
    );
    Err(vm.type_error(&text))
}

pub(crate) fn open(vm: &mut Vm, args: Args) -> R<Ref> {
    let pos = args.pos();
    if pos.len() > NAMES.len() {
        let text = format!(
            "open() takes at most 8 arguments ({} given)",
            args.all.len()
        );
        return Err(vm.type_error(&text));
    }
    let mut a: [Option<&Ref>; 8] = [None; 8];
    for (slot, v) in a.iter_mut().zip(pos) {
        *slot = Some(v);
    }
    for (k, v) in args.kw() {
        let name = vm.str_lossy(k);
        match NAMES.iter().position(|n| *n == name) {
            Some(i) if a[i].is_none() => a[i] = Some(v),
            Some(i) => {
                return Err(vm.type_error(&format!(
                    "argument for open() given by name ('{name}') and position ({})",
                    i + 1
                )));
            }
            None => {
                return Err(vm.unknown_keyword("open", k, &NAMES));
            }
        }
    }
    let [
        file,
        mode,
        buffering,
        encoding,
        errors,
        newline,
        closefd,
        opener,
    ] = a;
    let Some(file) = file else {
        return Err(vm.type_error("open() missing required argument 'file' (pos 1)"));
    };
    let mode_text = match mode {
        Some(m) if m.is_str() => vm.str_lossy(m),
        Some(m) => {
            let text = format!(
                "open() argument 'mode' must be str, not {}",
                vm.type_name(m)
            );
            return Err(vm.type_error(&text));
        }
        None => "r".into(),
    };
    let none = Ref::none();
    let mut buffering = match buffering {
        Some(b) => vm.index_i32(b)?,
        None => -1,
    };
    let (encoding, errors, newline) = (
        encoding.unwrap_or(&none),
        errors.unwrap_or(&none),
        newline.unwrap_or(&none),
    );
    text_argument(vm, encoding, "encoding")?;
    text_argument(vm, errors, "errors")?;
    text_argument(vm, newline, "newline")?;
    if !file.is_int() {
        // The name that the stream shows is what `os.fspath` gives.
        vm.fs_path(file)?;
    }
    let invalid = |vm: &mut Vm| vm.value_error(&format!("invalid mode: '{mode_text}'"));
    let mut raw_mode = String::new();
    let (mut plus, mut is_text, mut binary) = (false, false, false);
    for (i, c) in mode_text.char_indices() {
        if mode_text[..i].contains(c) {
            return Err(invalid(vm));
        }
        match c {
            'r' | 'w' | 'x' | 'a' => raw_mode.push(c),
            '+' => plus = true,
            't' => is_text = true,
            'b' => binary = true,
            _ => return Err(invalid(vm)),
        }
    }
    if is_text && binary {
        return Err(vm.value_error("can't have text and binary mode at once"));
    }
    if raw_mode.len() > 1 {
        return Err(vm.value_error("must have exactly one of create/read/write/append mode"));
    }
    if binary {
        for (given, what) in [
            (encoding, "an encoding"),
            (errors, "an errors"),
            (newline, "a newline"),
        ] {
            if !given.is_none() {
                return Err(vm.value_error(&format!("binary mode doesn't take {what} argument")));
            }
        }
    }
    let kind = raw_mode.chars().next();
    if plus {
        raw_mode.push('+');
    }
    let class = file::class(vm);
    let path = if file.is_int() || file.is_str() || file.cast::<BytesObj>().is_some() {
        file.clone()
    } else {
        match vm.call_special(file, &intern("__fspath__"), &[])? {
            Some(p) => p,
            None => file.clone(),
        }
    };
    let closefd = closefd.cloned().unwrap_or_else(|| Ref::bool(true));
    let opener = opener.cloned().unwrap_or_else(Ref::none);
    let raw = vm.call(&class, &[path, new_str(&raw_mode), closefd, opener])?;
    let wrapped = (|| {
        let tty = vm.call_method(&raw, "isatty", &[])?;
        let tty = vm.truthy(&tty)?;
        let mut line_buffering = false;
        if buffering == 1 && !binary || buffering < 0 && tty {
            buffering = -1;
            line_buffering = true;
        }
        let size = if buffering < 0 || buffering == 1 {
            BUFFER_SIZE as i64
        } else {
            buffering as i64
        };
        if buffering == 0 {
            if binary {
                return Ok(raw.clone());
            }
            return Err(vm.value_error("can't have unbuffered text I/O"));
        }
        let class = if plus {
            buffered::random(vm)
        } else if kind == Some('r') {
            buffered::reader(vm)
        } else {
            buffered::writer(vm)
        };
        let buffer = vm.call(&class, &[raw.clone(), new_int(size)])?;
        if binary {
            return Ok(buffer);
        }
        let class = text::class(vm);
        let stream = vm.call(
            &class,
            &[
                buffer,
                encoding.clone(),
                errors.clone(),
                newline.clone(),
                Ref::bool(line_buffering),
            ],
        )?;
        vm.setattr(&stream, &intern("mode"), Some(new_str(&mode_text)))?;
        Ok(stream)
    })();
    if wrapped.is_err() {
        let exc = vm.take_exc();
        if vm.call_method(&raw, "close", &[]).is_err() {
            vm.take_exc();
        }
        return Err(vm.reraise(exc));
    }
    wrapped
}
