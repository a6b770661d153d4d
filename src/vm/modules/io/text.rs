//! Text streams.

use crate::native::arg;
use crate::types::spec::TypeSpec;
use crate::value::*;
use crate::vm::{new_int, new_str};
use crate::{R, Vm, getset, methods, trace};

pub(crate) struct Text {
    fd: i32,
    pending: Guarded<Vec<u8>>,
    input: Guarded<Vec<u8>>,
    line_buffering: bool,
}
trace!(Text);
impl NativePayload for Text {}

pub(crate) static TEXT: TypeSpec = TypeSpec {
    name: "_io.TextIOWrapper",
    flags: type_flag::HAS_DICT,
    methods: METHODS,
    getset: GETSET,
    slots: |s| {
        s.repr.set(Some(|_, r| {
            let (name, mode) = r.native::<Text>().map_or(("", ""), |t| names(t.fd));
            Ok(new_str(&format!(
                "<_io.TextIOWrapper name='{name}' mode='{mode}' encoding='utf-8'>"
            )))
        }));
        s.iter.set(Some(|_, r| Ok(r.clone())));
        s.next.set(Some(|vm, r| {
            let line = readline(vm, r)?;
            Ok(Some(line).filter(|l| l.str_obj().nchars() > 0))
        }));
    },
    ..TypeSpec::DEFAULT
};

fn names(fd: i32) -> (&'static str, &'static str) {
    match fd {
        0 => ("<stdin>", "r"),
        1 => ("<stdout>", "w"),
        _ => ("<stderr>", "w"),
    }
}

methods! { METHODS;
    "write(self, text, /)" => |vm, a| {
        if !a[1].is_str() {
            let text = format!("write() argument must be str, not {}", vm.type_name(&a[1]));
            return Err(vm.type_error(&text));
        }
        print_bytes(vm, &a[0], a[1].str_obj().bytes())?;
        Ok(new_int(a[1].str_obj().nchars() as i64))
    }, "";
    "flush(self, /)" => |vm, a| { flush(vm, &a[0])?; Ok(Ref::none()) }, "";
    "readline(self, size=-1, /)" => |vm, a| readline(vm, &a[0]), "";
    "read(self, size=-1, /)" => |vm, a| {
        let _ = arg(a, 1);
        let mut out = Vec::new();
        loop {
            let line = readline(vm, &a[0])?;
            if line.str_obj().bytes().is_empty() {
                return Ok(StrObj::make(&out));
            }
            out.extend_from_slice(line.str_obj().bytes());
        }
    }, "";
    "isatty(self, /)" => |vm, a| {
        let fd = a[0].native::<Text>().map_or(0, |t| t.fd);
        Ok(Ref::bool(vm.host.is_terminal(fd)))
    }, "";
    "fileno(self, /)" => |_, a| Ok(new_int(a[0].native::<Text>().map_or(0, |t| t.fd) as i64)), "";
    "writable(self, /)" => |_, a| Ok(Ref::bool(a[0].native::<Text>().is_some_and(|t| t.fd != 0))), "";
    "readable(self, /)" => |_, a| Ok(Ref::bool(a[0].native::<Text>().is_some_and(|t| t.fd == 0))), "";
}

getset! { GETSET;
    "encoding" => |_, _| Ok(new_str("utf-8")), "";
    "errors" => |_, r| Ok(new_str(if r.native::<Text>().is_some_and(|t| t.fd == 2) { "backslashreplace" } else { "strict" })), "";
    "name" => |_, r| Ok(new_str(r.native::<Text>().map_or("", |t| names(t.fd).0))), "";
    "mode" => |_, r| Ok(new_str(r.native::<Text>().map_or("", |t| names(t.fd).1))), "";
    "closed" => |_, _| Ok(Ref::bool(false)), "";
    "line_buffering" => |_, r| Ok(Ref::bool(r.native::<Text>().is_some_and(|t| t.line_buffering))), "";
}

pub(super) fn standard(vm: &mut Vm, fd: i32) -> Ref {
    let class = vm.native_type(&TEXT);
    let line_buffering = fd == 2 || vm.host.is_terminal(fd);
    Ref::new_native(
        &class,
        Text {
            fd,
            pending: Guarded::default(),
            input: Guarded::default(),
            line_buffering,
        },
    )
}

/// Whether `print` may put bytes straight into the stream.
pub(crate) fn can_print(file: &Ref) -> bool {
    file.native::<Text>().is_some()
}

/// Writes WTF-8 to such a stream.
pub(crate) fn print_bytes(vm: &mut Vm, file: &Ref, bytes: &[u8]) -> R<()> {
    const BLOCK: usize = 8192;
    let Some(t) = file.native::<Text>() else {
        return Ok(());
    };
    let pending = t.pending.get_mut(vm);
    pending.extend_from_slice(bytes);
    if pending.len() >= BLOCK || t.line_buffering && bytes.contains(&b'\n') {
        flush(vm, file)?;
    }
    Ok(())
}

fn flush(vm: &mut Vm, file: &Ref) -> R<()> {
    let Some(t) = file.native::<Text>() else {
        return Ok(());
    };
    let data = t.pending.replace(Vec::new());
    if data.is_empty() {
        return Ok(());
    }
    // Errors must always be readable.
    let data = if t.fd == 2 {
        crate::errors::report::escape_surrogates(&data)
    } else {
        data
    };
    match vm.host.clone().write_std(t.fd, &data) {
        Ok(()) => Ok(()),
        Err(e) => Err(vm.os_error(&e, &Ref::UNDEFINED)),
    }
}

fn readline(vm: &mut Vm, file: &Ref) -> R<Ref> {
    let Some(t) = file.native::<Text>() else {
        return Ok(new_str(""));
    };
    loop {
        let input = t.input.get_mut(vm);
        if let Some(i) = input.iter().position(|&b| b == b'\n') {
            let line: Vec<u8> = input.drain(..=i).collect();
            return Ok(StrObj::make(&line));
        }
        let mut buf = [0; 8192];
        match vm.host.clone().read_stdin(&mut buf) {
            Ok(0) => {
                let rest = t.input.replace(Vec::new());
                return Ok(StrObj::make(&rest));
            }
            Ok(n) => t.input.get_mut(vm).extend_from_slice(&buf[..n]),
            Err(e) => return Err(vm.os_error(&e, &Ref::UNDEFINED)),
        }
    }
}
