//! `OSError`: its arguments, the subclass that an errno chooses (PEP 3151), and errors of the host as exceptions.

use super::classes::{self, joined};
use super::fields::{self, ERRNO, FILENAME, FILENAME2, STRERROR, WRITTEN};
use crate::native::Args;
use crate::value::slots::{CallFn, InitFn, Slots};
use crate::value::*;
use crate::vm::{new_int, new_str, new_tuple};
use crate::{R, Raised, Vm, errors, getset, methods};

pub(super) fn slots(s: &Slots) {
    s.new.set(Some(new));
    s.init.set(Some(init));
    s.str.set(Some(str));
}

/// The class for an errno, where there is a special one. The numbers are Linux's.
fn class_for(errno: i64) -> Option<Ref> {
    let t = &rt().types;
    Some(
        match errno {
            1 | 13 => &t.permission_error,
            2 => &t.file_not_found_error,
            3 => &t.process_lookup_error,
            4 => &t.interrupted_error,
            10 => &t.child_process_error,
            11 | 114 | 115 => &t.blocking_io_error,
            17 => &t.file_exists_error,
            20 => &t.not_a_directory_error,
            21 => &t.is_a_directory_error,
            32 | 108 => &t.broken_pipe_error,
            103 => &t.connection_aborted_error,
            104 => &t.connection_reset_error,
            110 => &t.timeout_error,
            111 => &t.connection_refused_error,
            _ => return None,
        }
        .clone(),
    )
}

/// Arguments are read by `__init__` only if a class overrides that and not `__new__`, so that `super().__init__(..)` works.
fn uses_init(t: &TypeObj) -> bool {
    let init_is_ours = t
        .slots
        .init
        .get()
        .is_some_and(|f| std::ptr::fn_addr_eq(f, init as InitFn));
    let new_is_ours = t
        .slots
        .new
        .get()
        .is_some_and(|f| std::ptr::fn_addr_eq(f, new as CallFn));
    !init_is_ours && new_is_ours
}

fn new(vm: &mut Vm, class: &Ref, args: Args) -> R<Ref> {
    let Some(t) = class.cast::<TypeObj>() else {
        return Err(vm.type_error("OSError.__new__(X): X is not a type object"));
    };
    if uses_init(t) {
        return Ok(Ref::new_of(class, errors::empty_payload(new_tuple(vec![]))));
    }
    if args.has_kw() {
        let text = format!("{}() takes no keyword arguments", vm.class_name(t));
        return Err(vm.type_error(&text));
    }
    let pos = args.pos();
    let mut class = class.clone();
    if (2..=5).contains(&pos.len())
        && class.is(&rt().types.os_error)
        && pos[0].is_int()
        && let Some(special) = pos[0].as_i64().and_then(class_for)
    {
        class = special;
    }
    let exc = Ref::new_of(
        &class,
        errors::empty_payload(TupleObj::make(pos.iter().cloned())),
    );
    read(vm, &exc, pos)?;
    Ok(exc)
}

pub(super) fn init(vm: &mut Vm, exc: &Ref, args: Args) -> R<()> {
    if !uses_init(exc.class()) {
        return Ok(());
    }
    classes::no_keywords(vm, exc, &args)?;
    classes::set_args(exc, args.all);
    read(vm, exc, args.all)
}

fn read(vm: &mut Vm, exc: &Ref, args: &[Ref]) -> R<()> {
    // `BlockingIOError(errno, text, n)`: the third is how much was written.
    if let Some(n) = args.get(2)
        && args.len() <= 5
        && is_blocking(exc)
        && (n.is_int() || n.is_float() || n.class().slots.index.get().is_some())
    {
        let n = vm.index(n)?;
        if n.as_i64().is_none() {
            return Err(vm.value_error("cannot fit 'int' into an index-sized integer"));
        }
    }
    init_fields(exc, args);
    Ok(())
}

fn is_blocking(exc: &Ref) -> bool {
    rt().types
        .blocking_io_error
        .cast::<TypeObj>()
        .is_some_and(|t| std::ptr::eq(t, exc.class()))
}

/// Sets the fields; the names of files leave the arguments, so that old code which unpacks two of them works.
pub(super) fn init_fields(exc: &Ref, args: &[Ref]) {
    if !(2..=5).contains(&args.len()) {
        return;
    }
    let mut out = vec![args[0].clone(), args[1].clone()];
    if let Some(filename) = args.get(2).filter(|f| !f.is_none()) {
        if is_blocking(exc)
            && let Some(n) = filename.as_i64()
        {
            out.extend([Ref::UNDEFINED, Ref::UNDEFINED, new_int(n)]);
        } else {
            out.push(filename.clone());
            if let Some(second) = args.get(4).filter(|f| !f.is_none()) {
                out.push(second.clone());
            }
            classes::set_args(exc, &args[..2]);
        }
    }
    fields::set_all(exc, out);
}

fn str(vm: &mut Vm, exc: &Ref) -> R<Ref> {
    let text = |vm: &mut Vm, i: usize| {
        let r = fields::get(exc, i);
        vm.str(&r)
    };
    if let Some(filename) = fields::get_opt(exc, FILENAME) {
        let (errno, strerror) = (text(vm, ERRNO)?, text(vm, STRERROR)?);
        let filename = vm.repr(&filename)?;
        let mut out = [
            b"[Errno ",
            errno.str_obj().bytes(),
            b"] ",
            strerror.str_obj().bytes(),
            b": ",
            filename.str_obj().bytes(),
        ]
        .concat();
        if let Some(second) = fields::get_opt(exc, FILENAME2) {
            out.extend_from_slice(b" -> ");
            out.extend_from_slice(vm.repr(&second)?.str_obj().bytes());
        }
        return Ok(StrObj::make(&out));
    }
    if fields::get_opt(exc, ERRNO).is_some() && fields::get_opt(exc, STRERROR).is_some() {
        let (errno, strerror) = (text(vm, ERRNO)?, text(vm, STRERROR)?);
        return Ok(joined(&[
            b"[Errno ",
            errno.str_obj().bytes(),
            b"] ",
            strerror.str_obj().bytes(),
        ]));
    }
    classes::str(vm, exc)
}

methods! { pub(super) METHODS;
    "__reduce__(self, /)" => |vm, a| {
        let mut args = classes::args_of(&a[0]);
        if let Some([errno, text]) = args.tuple_items()
            && let Some(filename) = fields::get_opt(&a[0], FILENAME)
        {
            let mut all = vec![errno.clone(), text.clone(), filename];
            if let Some(second) = fields::get_opt(&a[0], FILENAME2) {
                all.push(Ref::none());
                all.push(second);
            }
            args = new_tuple(all);
        }
        let mut parts = vec![class_of(&a[0]), args];
        parts.extend(classes::attributes(vm, &a[0]));
        Ok(new_tuple(parts))
    }, "";
}

getset! { pub(super) GETSET;
    "errno" => fields::member::<ERRNO>, set_errno, "The system's number for the error.";
    "strerror" => fields::member::<STRERROR>, set_strerror, "The system's words for the error.";
    "filename" => fields::member::<FILENAME>, set_filename, "The file it is about.";
    "filename2" => fields::member::<FILENAME2>, set_filename2, "The second file, where two are involved.";
    "characters_written" => written, set_written, "";
}
fn set_errno(vm: &mut Vm, exc: &Ref, v: Option<Ref>) -> R<()> {
    fields::set_member::<ERRNO>(vm, exc, v)
}
fn set_strerror(vm: &mut Vm, exc: &Ref, v: Option<Ref>) -> R<()> {
    fields::set_member::<STRERROR>(vm, exc, v)
}
fn set_filename(vm: &mut Vm, exc: &Ref, v: Option<Ref>) -> R<()> {
    fields::set_member::<FILENAME>(vm, exc, v)
}
fn set_filename2(vm: &mut Vm, exc: &Ref, v: Option<Ref>) -> R<()> {
    fields::set_member::<FILENAME2>(vm, exc, v)
}

fn no_written(vm: &mut Vm) -> Raised {
    let class = rt().types.attribute_error.clone();
    vm.error(&class, "characters_written")
}
fn written(vm: &mut Vm, exc: &Ref) -> R<Ref> {
    match fields::get_opt(exc, WRITTEN) {
        // -1 is how "not known" is written.
        Some(n) if n.as_i64() != Some(-1) => Ok(n),
        _ => Err(no_written(vm)),
    }
}
fn set_written(vm: &mut Vm, exc: &Ref, v: Option<Ref>) -> R<()> {
    match v {
        Some(v) => {
            let n = vm.index(&v)?;
            match n.as_i64() {
                Some(_) => fields::set(exc, WRITTEN, n),
                None => {
                    return Err(vm.value_error("cannot fit 'int' into an index-sized integer"));
                }
            }
        }
        None => {
            written(vm, exc)?;
            fields::set(exc, WRITTEN, Ref::UNDEFINED);
        }
    }
    Ok(())
}

/// The system's text for an errno.
pub fn strerror(errno: i32) -> String {
    let text = std::io::Error::from_raw_os_error(errno).to_string();
    match text.rfind(" (os error ") {
        Some(at) => text[..at].to_string(),
        None => text,
    }
}

impl Vm {
    /// An OSError (of the subclass that the errno chooses) for a number, not raised. `filename` may be undefined.
    pub fn new_os_error(&mut self, errno: i32, filename: &Ref) -> Ref {
        self.new_os_error_text(errno, &strerror(errno), filename, &Ref::UNDEFINED)
    }
    /// The same with a text of one's own and a second file name, as `os.rename` has.
    pub fn new_os_error_text(
        &mut self,
        errno: i32,
        text: &str,
        filename: &Ref,
        filename2: &Ref,
    ) -> Ref {
        let class = class_for(errno as i64).unwrap_or_else(|| rt().types.os_error.clone());
        let exc = errors::new_exception(&class, vec![new_int(errno as i64), new_str(text)]);
        for (i, name) in [(FILENAME, filename), (FILENAME2, filename2)] {
            if !name.is_undefined() && !name.is_none() {
                fields::set(&exc, i, name.clone());
            }
        }
        exc
    }
    /// Raises the OSError for an error of the host. `filename` may be undefined.
    pub fn os_error(&mut self, error: &std::io::Error, filename: &Ref) -> Raised {
        let exc = self.io_error(error, filename);
        self.raise(exc)
    }
    /// Raises the OSError for an errno.
    pub fn os_error_number(&mut self, errno: i32, filename: &Ref) -> Raised {
        let exc = self.new_os_error(errno, filename);
        self.raise(exc)
    }
    /// The OSError for an error of the host, not raised.
    pub fn io_error(&mut self, error: &std::io::Error, filename: &Ref) -> Ref {
        use std::io::ErrorKind as K;
        // Errors that Rust or a host made up have a kind and no number.
        let errno = error.raw_os_error().or(match error.kind() {
            K::NotFound => Some(2),
            K::PermissionDenied => Some(13),
            K::AlreadyExists => Some(17),
            K::WouldBlock => Some(11),
            K::Interrupted => Some(4),
            K::BrokenPipe => Some(32),
            K::ConnectionRefused => Some(111),
            K::ConnectionReset => Some(104),
            K::ConnectionAborted => Some(103),
            K::TimedOut => Some(110),
            K::NotADirectory => Some(20),
            K::IsADirectory => Some(21),
            K::InvalidInput => Some(22),
            K::WriteZero | K::StorageFull => Some(28),
            K::Unsupported => Some(95),
            _ => None,
        });
        match errno {
            Some(n) => self.new_os_error(n, filename),
            None => {
                let text = new_str(&error.to_string());
                errors::new_exception(&rt().types.os_error, vec![text])
            }
        }
    }
}
