//! The modules `_io` and `io`: files and streams.
//!
//! [`base`] has the abstract classes with their mixin methods, [`file`] unbuffered files over the host, [`buffered`] the buffers, [`text`]
//! text streams, [`memory`] `BytesIO` and `StringIO`, [`opening`] `open()`.

mod base;
mod buffered;
mod file;
mod memory;
mod opening;
pub(crate) mod text;

pub(crate) use opening::open;

use super::{new_module, set};
use crate::types::spec::TypeSpec;
use crate::value::*;
use crate::vm::{new_int, new_str, new_tuple};
use crate::{R, Raised, Vm, functions};

/// How much is read or kept back at once.
pub(super) const BUFFER_SIZE: usize = 131072;

functions! { FUNCTIONS;
    var "open(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None)" => open, "Opens a file and gives a stream for it; the same function as the builtin one.";
    "open_code(path)" => |vm, a| open(vm, crate::Args::positional(&[a[0].clone(), new_str("rb")])), "Opens a file to run the code in it, in mode rb.";
    "text_encoding(encoding, stacklevel=2, /)" => |_, a| Ok(if a[0].is_none() { new_str("locale") } else { a[0].clone() }), "The encoding that is meant by None: 'locale', or 'utf-8' in UTF-8 mode.\n\nFor functions that pass an encoding on; with -X warn_default_encoding they warn of None.";
}

static CLASSES: &[(&str, fn(&mut Vm) -> Ref)] = &[
    ("_IOBase", base::io_base),
    ("_RawIOBase", base::raw_base),
    ("_BufferedIOBase", base::buffered_base),
    ("_TextIOBase", base::text_base),
    ("FileIO", file::class),
    ("BufferedReader", buffered::reader),
    ("BufferedWriter", buffered::writer),
    ("BufferedRandom", buffered::random),
    ("BufferedRWPair", buffered::pair),
    ("TextIOWrapper", text::class),
    ("BytesIO", memory::bytes_io),
    ("StringIO", memory::string_io),
    ("IncrementalNewlineDecoder", text::newline_decoder),
];

pub(super) fn make(vm: &mut Vm) -> R<Ref> {
    let m = new_module(
        vm,
        "_io",
        "Streams, the native half of the module io.",
        FUNCTIONS,
    );
    for (name, class) in CLASSES {
        let class = class(vm);
        set(&m, name, class);
    }
    let unsupported = unsupported_class(vm)?;
    set(&m, "UnsupportedOperation", unsupported);
    set(&m, "BlockingIOError", rt().types.blocking_io_error.clone());
    set(&m, "DEFAULT_BUFFER_SIZE", new_int(BUFFER_SIZE as i64));
    Ok(m)
}

/// `io` where no library brings the one written in Python.
pub(super) fn make_thin(vm: &mut Vm) -> R<Ref> {
    let inner = vm.import("_io")?;
    let m = new_module(vm, "io", "The io module.", &[]);
    let Some(d) = inner
        .cast::<ModuleObj>()
        .and_then(|m| m.dict.cast::<DictObj>().map(|d| d.items()))
    else {
        return Ok(m);
    };
    for (name, value) in d {
        let name = vm.str_lossy(&name);
        match name.as_str() {
            "_IOBase" | "_RawIOBase" | "_BufferedIOBase" | "_TextIOBase" => {
                set(&m, &name[1..], value);
            }
            n if n.starts_with('_') => {}
            n => set(&m, n, value),
        }
    }
    for (name, value) in [("SEEK_SET", 0), ("SEEK_CUR", 1), ("SEEK_END", 2)] {
        set(&m, name, new_int(value));
    }
    Ok(m)
}

/// `io.UnsupportedOperation`, an OSError and a ValueError.
fn unsupported_class(vm: &mut Vm) -> R<Ref> {
    if let Some(c) = vm.lib.unsupported.clone() {
        return Ok(c);
    }
    let ns = DictObj::new_dict();
    if let Some(d) = ns.cast::<DictObj>() {
        d.set_name("__module__", intern("io"));
    }
    let bases = new_tuple(vec![
        rt().types.os_error.clone(),
        rt().types.value_error.clone(),
    ]);
    let type_ = rt().types.type_.clone();
    let class = vm.call(&type_, &[new_str("UnsupportedOperation"), bases, ns])?;
    vm.lib.unsupported = Some(class.clone());
    Ok(class)
}

/// Raises UnsupportedOperation.
fn unsupported(vm: &mut Vm, text: &str) -> Raised {
    match unsupported_class(vm) {
        Ok(class) => match vm.call(&class, &[new_str(text)]) {
            Ok(exc) => vm.raise(exc),
            Err(e) => e,
        },
        Err(e) => e,
    }
}

fn closed_error(vm: &mut Vm) -> Raised {
    vm.value_error("I/O operation on closed file.")
}

/// A class of this module with its base.
fn class_with_base(vm: &mut Vm, spec: &'static TypeSpec, base: fn(&mut Vm) -> Ref) -> Ref {
    let base = base(vm);
    vm.native_type_of(spec, &base)
}

/// A size argument: None and negative numbers mean all.
fn size_arg(vm: &mut Vm, r: Option<&Ref>) -> R<Option<usize>> {
    match r {
        None => Ok(None),
        Some(r) if r.is_none() => Ok(None),
        Some(r) => {
            if !r.is_int() && r.class().slots.index.get().is_none() {
                let text = format!(
                    "argument should be integer or None, not '{}'",
                    vm.type_name(r)
                );
                return Err(vm.type_error(&text));
            }
            let n = vm.index_size(r)?;
            Ok((n >= 0).then_some(n as usize))
        }
    }
}

/// Makes `sys.stdin`, `sys.stdout` and `sys.stderr`.
pub(crate) fn install_streams(vm: &mut Vm) -> R<()> {
    let sys = vm.sys.clone();
    for (fd, name) in [(0, "stdin"), (1, "stdout"), (2, "stderr")] {
        let stream = text::standard(vm, fd);
        set(&sys, name, stream.clone());
        set(&sys, &format!("__{name}__"), stream);
    }
    Ok(())
}
