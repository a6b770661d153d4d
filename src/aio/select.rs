//! `select`: waiting until files are ready. `select()` is made of `poll()`, which has no bound on descriptors.

use crate::poll::{self, Interest};
use std::io;
use std::os::fd::{AsRawFd, OwnedFd};
use std::time::{Duration, Instant};
use taipan_vm::modules::{new_module, set};
use taipan_vm::native::arg;
use taipan_vm::types::spec::TypeSpec;
use taipan_vm::value::*;
use taipan_vm::vm::{new_int, new_list, new_tuple};
use taipan_vm::{R, Vm, functions, getset, methods, trace};

const POLLIN: u16 = 1;
const POLLPRI: u16 = 2;
const POLLOUT: u16 = 4;
const POLLERR: u16 = 8;
const POLLHUP: u16 = 16;
const POLLNVAL: u16 = 32;

fn failed(vm: &mut Vm, e: &io::Error) -> taipan_vm::Raised {
    vm.os_error(e, &Ref::none())
}

/// The number of a descriptor: an int, or what `fileno()` gives.
fn number(vm: &mut Vm, r: &Ref) -> R<i32> {
    let n = if r.is_int() {
        r.clone()
    } else {
        let Some(f) = vm.getattr_opt(r, &intern("fileno"))? else {
            return Err(vm.type_error("argument must be an int, or have a fileno() method."));
        };
        let n = vm.call(&f, &[])?;
        if !n.is_int() {
            return Err(vm.type_error("fileno() returned a non-integer"));
        }
        n
    };
    let n = vm.index_i32(&n)?;
    if n < 0 {
        let text = format!("file descriptor cannot be a negative integer ({n})");
        return Err(vm.value_error(&text));
    }
    Ok(n)
}

/// Waits for one of the files until the time is over; signals that arrive meanwhile are handled.
fn wait(vm: &mut Vm, files: &mut [Interest], limit: Option<Duration>) -> R<usize> {
    let begin = Instant::now();
    loop {
        let left = limit.map(|l| l.saturating_sub(begin.elapsed()));
        match poll::wait_for(files, left) {
            Ok(n) => return Ok(n),
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {
                vm.safepoint()?;
                if left.is_some_and(|l| l.is_zero()) {
                    return Ok(0);
                }
            }
            Err(e) => return Err(failed(vm, &e)),
        }
    }
}

/// A time in seconds as `select()` takes it: None waits for ever.
fn seconds(vm: &mut Vm, r: Option<&Ref>) -> R<Option<Duration>> {
    let Some(r) = r.filter(|r| !r.is_none()) else {
        return Ok(None);
    };
    if r.as_float().is_none() && !r.is_int() && r.class().slots.float.get().is_none() {
        return Err(vm.type_error("timeout must be a float or None"));
    }
    let s = vm.float_value(r)?;
    if s < 0.0 {
        return Err(vm.value_error("timeout must be non-negative"));
    }
    match Duration::try_from_secs_f64(s) {
        Ok(d) => Ok(Some(d)),
        Err(_) => Err(vm.overflow_error("timestamp too large to convert to C PyTime_t")),
    }
}

functions! { FUNCTIONS;
    "select(rlist, wlist, xlist, timeout=None, /)" => select, "Waits until one of the files is ready to be read, ready to be written, or in a special state.\n\nThree lists of those that are. Files are given by number or as objects with a fileno() method; timeout is in seconds, None waits for ever.";
    "poll()" => |vm, _| {
        let class = vm.native_type(&POLL);
        Ok(Ref::new_native(&class, Poll::default()))
    }, "A new object that waits for any number of registered files.";
}

fn select(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let limit = seconds(vm, arg(a, 3))?;
    let wanted = [POLLIN | POLLHUP | POLLERR, POLLOUT | POLLERR, POLLPRI];
    let mut files: Vec<Interest> = Vec::new();
    let mut objects: Vec<(Ref, usize)> = Vec::new();
    for (which, list) in a[..3].iter().enumerate() {
        if list.class().slots.iter.get().is_none() && list.class().slots.getitem.get().is_none() {
            return Err(vm.type_error("arguments 1-3 must be sequences"));
        }
        for r in vm.collect(list)? {
            let fd = number(vm, &r)?;
            if fd >= 1024 {
                // What the reference's sets have room for.
                return Err(vm.value_error("filedescriptor out of range in select()"));
            }
            files.push(Interest {
                fd,
                events: [POLLIN, POLLOUT, POLLPRI][which],
                found: 0,
            });
            objects.push((r, which));
        }
    }
    wait(vm, &mut files, limit)?;
    let mut ready: [Vec<Ref>; 3] = Default::default();
    for (file, (r, which)) in files.iter().zip(objects) {
        if file.found & POLLNVAL != 0 {
            return Err(failed(vm, &io::Error::from_raw_os_error(9)));
        }
        if file.found & wanted[which] != 0 {
            ready[which].push(r);
        }
    }
    Ok(new_tuple(ready.into_iter().map(new_list).collect()))
}

// poll

#[derive(Default)]
struct Poll {
    files: Guarded<Vec<(i32, u16)>>,
}
trace!(Poll);
impl NativePayload for Poll {}

static POLL: TypeSpec = TypeSpec {
    name: "select.poll",
    doc: "Waits for registered files.",
    methods: POLL_METHODS,
    ..TypeSpec::DEFAULT
};

fn poll_of<'a>(vm: &mut Vm, r: &'a Ref) -> R<&'a Poll> {
    match r.native::<Poll>() {
        Some(p) => Ok(p),
        None => Err(vm.type_error("a poll object is required")),
    }
}

fn mask(vm: &mut Vm, r: Option<&Ref>, default: u16) -> R<u16> {
    let Some(r) = r else { return Ok(default) };
    let n = vm.index(r)?;
    match n.as_i64() {
        Some(n) if n < 0 => Err(vm.value_error("Cannot convert negative int")),
        Some(n) if n <= u16::MAX as i64 => Ok(n as u16),
        _ => Err(vm.overflow_error("Python int too large for C unsigned short")),
    }
}

methods! { POLL_METHODS;
    "register(self, fd, eventmask=select.POLLIN | select.POLLPRI | select.POLLOUT, /)" => |vm, a| {
        let fd = number(vm, &a[1])?;
        let events = mask(vm, arg(a, 2), POLLIN | POLLPRI | POLLOUT)?;
        let files = poll_of(vm, &a[0])?.files.get_mut(vm);
        match files.iter_mut().find(|f| f.0 == fd) {
            Some(f) => f.1 = events,
            None => files.push((fd, events)),
        }
        Ok(Ref::none())
    }, "Watches a file for these events from now on.";
    "modify(self, fd, eventmask, /)" => |vm, a| {
        let fd = number(vm, &a[1])?;
        let events = mask(vm, arg(a, 2), 0)?;
        match poll_of(vm, &a[0])?.files.get_mut(vm).iter_mut().find(|f| f.0 == fd) {
            Some(f) => f.1 = events,
            None => return Err(failed(vm, &io::Error::from_raw_os_error(2))),
        }
        Ok(Ref::none())
    }, "Changes the events a registered file is watched for.\n\nOSError if it is not registered.";
    "unregister(self, fd, /)" => |vm, a| {
        let fd = number(vm, &a[1])?;
        let files = poll_of(vm, &a[0])?.files.get_mut(vm);
        match files.iter().position(|f| f.0 == fd) {
            Some(i) => drop(files.remove(i)),
            None => return Err(vm.key_error(&new_int(fd as i64))),
        }
        Ok(Ref::none())
    }, "Watches a file no longer.\n\nKeyError if it is not registered.";
    "poll(self, timeout=None, /)" => |vm, a| {
        let limit = match arg(a, 1).filter(|r| !r.is_none()) {
            None => None,
            Some(r) => {
                let ms = vm.float_value(r)?;
                if ms < 0.0 { None } else { Duration::try_from_secs_f64((ms / 1000.0).min(1e9)).ok() }
            }
        };
        let mut files: Vec<Interest> = poll_of(vm, &a[0])?
            .files
            .get(vm)
            .iter()
            .map(|&(fd, events)| Interest { fd, events, found: 0 })
            .collect();
        wait(vm, &mut files, limit)?;
        let found = files.iter().filter(|f| f.found != 0);
        Ok(new_list(found.map(|f| new_tuple(vec![new_int(f.fd as i64), new_int(f.found as i64)])).collect()))
    }, "Waits for one of the registered files; pairs of file numbers and events.\n\ntimeout is in milliseconds; None or a negative one waits for ever.";
}

// epoll

struct Epoll {
    fd: Guarded<Option<OwnedFd>>,
}
trace!(Epoll);
impl NativePayload for Epoll {}

static EPOLL: TypeSpec = TypeSpec {
    name: "select.epoll",
    flags: type_flag::BASE,
    doc: "epoll(sizehint=-1, flags=0)\n\nWaits for registered files by the system's epoll.",
    methods: EPOLL_METHODS,
    getset: EPOLL_GETSET,
    slots: |s| {
        s.new.set(Some(|vm, class, args| {
            let given = |i: usize, name: &str| args.pos().get(i).or(args.get_kw(name)).cloned();
            let size = match given(0, "sizehint") {
                Some(r) => vm.index_i32(&r)?,
                None => -1,
            };
            if size != -1 && size <= 0 {
                return Err(vm.value_error("negative sizehint"));
            }
            if let Some(flags) = given(1, "flags") {
                let flags = vm.index_i32(&flags)?;
                if flags != 0 && flags != EPOLL_CLOEXEC {
                    return Err(vm.os_error(&io::Error::from_raw_os_error(22), &Ref::none()));
                }
            }
            match poll::new_epoll() {
                Ok(fd) => Ok(Ref::new_native(
                    class,
                    Epoll {
                        fd: Guarded::new(Some(fd)),
                    },
                )),
                Err(e) => Err(failed(vm, &e)),
            }
        }));
    },
    ..TypeSpec::DEFAULT
};
const EPOLL_CLOEXEC: i32 = 0o2000000;

fn epoll_of<'a>(vm: &mut Vm, r: &'a Ref) -> R<&'a Epoll> {
    match r.native::<Epoll>() {
        Some(p) => Ok(p),
        None => Err(vm.type_error("an epoll object is required")),
    }
}

/// The descriptor of an open one.
fn epoll_fd(vm: &mut Vm, r: &Ref) -> R<i32> {
    let e = epoll_of(vm, r)?;
    match e.fd.get(vm) {
        Some(fd) => Ok(fd.as_raw_fd()),
        None => Err(vm.value_error("I/O operation on closed epoll object")),
    }
}

fn change(vm: &mut Vm, a: &[Ref], how: poll::Change, default: u32) -> R<Ref> {
    let epoll = epoll_fd(vm, &a[0])?;
    let fd = number(vm, &a[1])?;
    let events = match arg(a, 2) {
        Some(r) => match vm.index(r)?.as_i64() {
            Some(n) => n as u32,
            None => {
                return Err(vm.overflow_error("Python int too large to convert to C unsigned int"));
            }
        },
        None => default,
    };
    match poll::change_epoll(epoll, fd, how, events) {
        Ok(()) => Ok(Ref::none()),
        Err(e) => Err(failed(vm, &e)),
    }
}

getset! { EPOLL_GETSET;
    "closed" => |vm, r| {
        let closed = epoll_of(vm, r)?.fd.get(vm).is_none();
        Ok(Ref::bool(closed))
    }, "whether close() has been called";
}

methods! { EPOLL_METHODS;
    class "fromfd(type, fd, /)" => |vm, a| {
        let n = vm.index_i32(&a[1])?;
        Ok(Ref::new_native(&a[0], Epoll { fd: Guarded::new(Some(poll::adopt(n))) }))
    }, "An object for an open epoll descriptor, which it closes in the end.";
    "close(self, /)" => |vm, a| {
        epoll_of(vm, &a[0])?.fd.set(None);
        Ok(Ref::none())
    }, "Gives the descriptor back to the system.";
    "fileno(self, /)" => |vm, a| Ok(new_int(epoll_fd(vm, &a[0])? as i64)), "The number of the descriptor.";
    "register(self, fd, eventmask=select.EPOLLIN | select.EPOLLPRI | select.EPOLLOUT)" => |vm, a| change(vm, a, poll::Change::Add, 7), "Watches a file for these events from now on.\n\nOSError if it is registered or can't be watched.";
    "modify(self, fd, eventmask)" => |vm, a| change(vm, a, poll::Change::Modify, 0), "Changes the events a registered file is watched for.";
    "unregister(self, fd)" => |vm, a| change(vm, a, poll::Change::Remove, 0), "Watches a file no longer.";
    "poll(self, timeout=None, maxevents=-1)" => |vm, a| {
        let limit = match arg(a, 1).filter(|r| !r.is_none()) {
            None => None,
            Some(r) => {
                let s = vm.float_value(r)?;
                if s < 0.0 { None } else { Duration::try_from_secs_f64(s.min(1e9)).ok() }
            }
        };
        let most = match arg(a, 2) {
            Some(r) => vm.index_i32(r)?,
            None => -1,
        };
        if most == 0 || most < -1 {
            return Err(vm.value_error(&format!("maxevents must be greater than 0, got {most}")));
        }
        let most = if most == -1 { 1024 } else { most.min(1 << 16) as usize };
        let begin = Instant::now();
        loop {
            let epoll = epoll_fd(vm, &a[0])?;
            let left = limit.map(|l| l.saturating_sub(begin.elapsed()));
            match poll::wait_epoll(epoll, most, left) {
                Ok(found) => {
                    return Ok(new_list(
                        found
                            .into_iter()
                            .map(|(fd, events)| new_tuple(vec![new_int(fd as i64), new_int(events as i64)]))
                            .collect(),
                    ));
                }
                Err(e) if e.kind() == io::ErrorKind::Interrupted => vm.safepoint()?,
                Err(e) => return Err(failed(vm, &e)),
            }
        }
    }, "Waits for one of the registered files; pairs of file numbers and events.\n\ntimeout is in seconds; None or a negative one waits for ever.";
    "__enter__(self, /)" => |vm, a| {
        epoll_fd(vm, &a[0])?;
        Ok(a[0].clone())
    }, "The object itself.";
    "__exit__(self, exc_type=None, exc_value=None, exc_tb=None, /)" => |vm, a| {
        epoll_of(vm, &a[0])?.fd.set(None);
        Ok(Ref::none())
    }, "Closes it.";
}

/// Constants of the system, by their names.
const CONSTANTS: &[(&str, i64)] = &[
    ("POLLIN", POLLIN as i64),
    ("POLLPRI", POLLPRI as i64),
    ("POLLOUT", POLLOUT as i64),
    ("POLLERR", POLLERR as i64),
    ("POLLHUP", POLLHUP as i64),
    ("POLLNVAL", POLLNVAL as i64),
    ("POLLRDNORM", 64),
    ("POLLRDBAND", 128),
    ("POLLWRNORM", 256),
    ("POLLWRBAND", 512),
    ("POLLMSG", 1024),
    ("POLLRDHUP", 0x2000),
    ("EPOLLIN", 1),
    ("EPOLLPRI", 2),
    ("EPOLLOUT", 4),
    ("EPOLLERR", 8),
    ("EPOLLHUP", 16),
    ("EPOLLRDNORM", 64),
    ("EPOLLRDBAND", 128),
    ("EPOLLWRNORM", 256),
    ("EPOLLWRBAND", 512),
    ("EPOLLMSG", 1024),
    ("EPOLLRDHUP", 0x2000),
    ("EPOLLEXCLUSIVE", 1 << 28),
    ("EPOLLWAKEUP", 1 << 29),
    ("EPOLLONESHOT", 1 << 30),
    ("EPOLLET", 1 << 31),
    ("EPOLL_CLOEXEC", EPOLL_CLOEXEC as i64),
    ("PIPE_BUF", 4096),
];

pub fn make_module(vm: &mut Vm) -> R<Ref> {
    let module = new_module(
        vm,
        "select",
        "Waiting until files are ready: select(), poll() and epoll().",
        FUNCTIONS,
    );
    set(&module, "error", rt().types.os_error.clone());
    set(&module, "epoll", vm.native_type(&EPOLL));
    for (name, value) in CONSTANTS {
        set(&module, name, new_int(*value));
    }
    Ok(module)
}
