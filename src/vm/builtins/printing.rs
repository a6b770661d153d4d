//! `print` and `input`.
//!
//! `print` to a text stream of our own whose `write` nobody has replaced puts the bytes straight into the stream's
//! buffer: no str object for the separator, no method call per item.

use crate::modules::io;
use crate::native::{Args, arg};
use crate::value::*;
use crate::vm::new_str;
use crate::{R, Vm};

pub(crate) fn print(vm: &mut Vm, args: Args) -> R<Ref> {
    let (mut sep, mut end, mut file, mut flush) = (None, None, None, false);
    for (k, v) in args.kw() {
        match k.str_obj().bytes() {
            b"sep" => sep = Some(v),
            b"end" => end = Some(v),
            b"file" => file = Some(v).filter(|v| !v.is_none()),
            b"flush" => flush = vm.truthy(v)?,
            _ => {
                return Err(vm.unknown_keyword("print", k, &["sep", "end", "file", "flush"]));
            }
        }
    }
    let file = match file {
        Some(f) => f.clone(),
        None => {
            let Some(f) = vm.sys_attr("stdout") else {
                return Err(vm.runtime_error("lost sys.stdout"));
            };
            // A program without standard output (`sys.stdout = None`) prints nothing.
            if f.is_none() {
                return Ok(Ref::none());
            }
            f
        }
    };
    let sep = text_or_default(vm, sep, "sep")?;
    let end = text_or_default(vm, end, "end")?;
    if io::text::can_print(&file) {
        let mut line: Vec<u8> = Vec::with_capacity(64);
        for (i, item) in args.pos().iter().enumerate() {
            if i > 0 {
                match &sep {
                    Some(s) => line.extend_from_slice(s.str_obj().bytes()),
                    None => line.push(b' '),
                }
            }
            if let Some(s) = item.exact::<StrObj>() {
                line.extend_from_slice(s.bytes());
            } else if item.value().is_int() {
                push_int(&mut line, item.value().int());
            } else {
                // A `__str__` may print, or fail, after what stands before it has gone out.
                if !line.is_empty() {
                    io::text::print_bytes(vm, &file, &line)?;
                    line.clear();
                }
                let s = vm.str(item)?;
                line.extend_from_slice(s.str_obj().bytes());
            }
        }
        match &end {
            Some(s) => line.extend_from_slice(s.str_obj().bytes()),
            None => line.push(b'\n'),
        }
        io::text::print_bytes(vm, &file, &line)?;
    } else {
        let write = vm.getattr_str(&file, "write")?;
        let blank = new_str(" ");
        for (i, item) in args.pos().iter().enumerate() {
            if i > 0 {
                vm.call(&write, &[sep.clone().unwrap_or_else(|| blank.clone())])?;
            }
            let s = vm.str(item)?;
            vm.call(&write, &[s])?;
        }
        vm.call(&write, &[end.unwrap_or_else(|| new_str("\n"))])?;
    }
    if flush {
        vm.call_method(&file, "flush", &[])?;
    }
    Ok(Ref::none())
}

fn push_int(out: &mut Vec<u8>, n: i64) {
    use std::io::Write;
    // Writing to a vector doesn't fail.
    let _ = write!(out, "{n}");
}

fn text_or_default(vm: &mut Vm, v: Option<&Ref>, what: &str) -> R<Option<Ref>> {
    match v {
        None => Ok(None),
        Some(v) if v.is_none() => Ok(None),
        Some(v) if v.is_str() => Ok(Some(v.clone())),
        Some(v) => {
            let text = format!("{what} must be None or a string, not {}", vm.type_name(v));
            Err(vm.type_error(&text))
        }
    }
}

pub(super) fn input(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let stream = |vm: &mut Vm, name: &str| match vm.sys_attr(name) {
        Some(f) if !f.is_none() => Ok(f),
        _ => Err(vm.runtime_error(&format!("lost sys.{name}"))),
    };
    let stdin = stream(vm, "stdin")?;
    let stdout = stream(vm, "stdout")?;
    let stderr = stream(vm, "stderr")?;
    let flushed = vm.call_method(&stderr, "flush", &[]);
    let class = rt().types.exception.clone();
    vm.catch(flushed, &class)?;
    if let Some(prompt) = arg(a, 0) {
        let text = vm.str(prompt)?;
        vm.call_method(&stdout, "write", &[text])?;
    }
    vm.call_method(&stdout, "flush", &[])?;
    let line = vm.call_method(&stdin, "readline", &[])?;
    let Some(s) = line.cast::<StrObj>() else {
        return Err(vm.type_error("object.readline() returned non-string"));
    };
    match s.bytes() {
        [] => {
            let class = rt().types.eof_error.clone();
            Err(vm.error(&class, "EOF when reading a line"))
        }
        [head @ .., b'\n'] => Ok(StrObj::make(head)),
        _ => Ok(line.clone()),
    }
}
