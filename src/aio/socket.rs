//! `_socket`: sockets of the Internet and UNIX families.

use crate::address::{self, Address};
use crate::poll;
use rustix::net::{self, AddressFamily, SocketFlags, SocketType, sockopt};
use std::cell::Cell;
use std::io;
use std::os::fd::{AsFd, AsRawFd, IntoRawFd, OwnedFd};
use std::time::{Duration, Instant};
use taipan_vm::native::arg;
use taipan_vm::types::spec::TypeSpec;
use taipan_vm::value::*;
use taipan_vm::vm::{new_bytes, new_float, new_int, new_str, new_tuple};
use taipan_vm::{Args, R, Raised, Vm, functions, getset, methods, trace};

pub struct Socket {
    pub fd: Guarded<Option<OwnedFd>>,
    family: Cell<i32>,
    kind: Cell<i32>,
    protocol: Cell<i32>,
    /// Seconds; none: wait for ever; zero: never wait.
    timeout: Cell<Option<f64>>,
}
trace!(Socket);
impl NativePayload for Socket {}

/// `SOCK_NONBLOCK | SOCK_CLOEXEC`, which are no part of the kind of a socket.
const KIND_FLAGS: i32 = 0o4000 | 0o2000000;
/// A buffer larger than this is not made on a program's word alone.
const MOST: i64 = 1 << 31;

static SOCKET: TypeSpec = TypeSpec {
    name: "_socket.socket",
    flags: type_flag::BASE,
    doc: "An end of a connection, or a place where connections arrive.",
    methods: METHODS,
    getset: GETSET,
    slots: |s| {
        s.new.set(Some(|_, class, _| {
            Ok(Ref::new_native(
                class,
                Socket {
                    fd: Guarded::new(None),
                    family: Cell::new(-1),
                    kind: Cell::new(-1),
                    protocol: Cell::new(-1),
                    timeout: Cell::new(None),
                },
            ))
        }));
        s.init.set(Some(init));
        s.repr.set(Some(|vm, r| {
            let s = get(vm, r)?;
            let fd = s.fd.get(vm).as_ref().map_or(-1, |f| f.as_raw_fd());
            let (family, kind, protocol) = (s.family.get(), s.kind.get(), s.protocol.get());
            Ok(new_str(&format!(
                "<socket object, fd={fd}, family={family}, type={kind}, proto={protocol}>"
            )))
        }));
    },
    ..TypeSpec::DEFAULT
};

pub fn get<'a>(vm: &mut Vm, r: &'a Ref) -> R<&'a Socket> {
    match r.native::<Socket>() {
        Some(s) => Ok(s),
        None => Err(vm.type_error("a socket is required")),
    }
}

pub fn os_error(vm: &mut Vm, e: rustix::io::Errno) -> Raised {
    vm.os_error(&io::Error::from(e), &Ref::none())
}

/// The descriptor; a closed socket gives EBADF.
fn fd<'a>(vm: &'a mut Vm, s: &'a Socket) -> R<&'a OwnedFd> {
    if s.fd.get(vm).is_none() {
        return Err(os_error(vm, rustix::io::Errno::BADF));
    }
    match s.fd.get(vm) {
        Some(fd) => Ok(fd),
        None => Err(Raised),
    }
}

fn number(vm: &mut Vm, r: Option<&Ref>, default: i32) -> R<i32> {
    match r {
        Some(r) if !r.is_none() => vm.index_i32(r),
        _ => Ok(default),
    }
}

fn init(vm: &mut Vm, this: &Ref, args: Args) -> R<()> {
    let pos = args.pos();
    let given = |i: usize, name: &str| pos.get(i).or(args.get_kw(name)).cloned();
    let family = number(vm, given(0, "family").as_ref(), -1)?;
    let kind = number(vm, given(1, "type").as_ref(), -1)?;
    let protocol = number(vm, given(2, "proto").as_ref(), -1)?;
    let fileno = given(3, "fileno").filter(|f| !f.is_none());
    let s = get(vm, this)?;
    let failed = |vm: &mut Vm, e| Err(os_error(vm, e));
    let fd = match fileno {
        Some(f) => {
            let n = vm.index_i32(&f)?;
            if n < 0 {
                return Err(vm.value_error("negative file descriptor"));
            }
            poll::adopt(n)
        }
        None => {
            let (family, kind) = (
                if family == -1 { 2 } else { family },
                if kind == -1 { 1 } else { kind },
            );
            match make(family, kind, protocol.max(0)) {
                Ok(fd) => fd,
                Err(e) => return failed(vm, e),
            }
        }
    };
    let known =
        |given: i32, found: rustix::io::Result<i32>| if given == -1 { found } else { Ok(given) };
    match known(
        family,
        sockopt::socket_domain(&fd).map(|d| d.as_raw() as i32),
    ) {
        Ok(n) => s.family.set(n),
        Err(e) => {
            // It isn't ours to close if it is no socket.
            let _ = fd.into_raw_fd();
            return failed(vm, e);
        }
    }
    match known(kind, sockopt::socket_type(&fd).map(|t| t.as_raw() as i32)) {
        Ok(n) => s.kind.set(n & !KIND_FLAGS),
        Err(e) => return failed(vm, e),
    }
    s.protocol.set(protocol.max(0));
    s.timeout.set(if kind != -1 && kind & 0o4000 != 0 {
        Some(0.0)
    } else {
        None
    });
    s.fd.set(Some(fd));
    Ok(())
}

fn make(family: i32, kind: i32, protocol: i32) -> rustix::io::Result<OwnedFd> {
    let protocol = u32::try_from(protocol)
        .ok()
        .and_then(std::num::NonZeroU32::new);
    net::socket_with(
        AddressFamily::from_raw(family as u16),
        SocketType::from_raw((kind & !KIND_FLAGS) as u32),
        SocketFlags::from_bits_retain((kind & KIND_FLAGS) as u32) | SocketFlags::CLOEXEC,
        protocol.map(net::Protocol::from_raw),
    )
}

/// Does something that may have to wait for the socket, within its timeout.
fn patient<T>(
    vm: &mut Vm,
    this: &Ref,
    write: bool,
    mut f: impl FnMut(&OwnedFd) -> rustix::io::Result<T>,
) -> R<T> {
    let s = get(vm, this)?;
    let begin = Instant::now();
    loop {
        let timeout = s.timeout.get();
        let fd = fd(vm, s)?;
        if let Some(limit) = timeout
            && limit > 0.0
        {
            let left = limit - begin.elapsed().as_secs_f64();
            if left <= 0.0
                || !address::ready(fd.as_fd(), write, Duration::from_secs_f64(left.min(1e6)))
            {
                return Err(vm.error(&rt().types.timeout_error, "timed out"));
            }
        }
        match f(fd) {
            Ok(v) => return Ok(v),
            Err(rustix::io::Errno::INTR) => vm.safepoint()?,
            Err(rustix::io::Errno::AGAIN) if timeout.is_some_and(|t| t > 0.0) => {}
            Err(e) => return Err(os_error(vm, e)),
        }
    }
}

fn size(vm: &mut Vm, r: &Ref, what: &str) -> R<usize> {
    let n = vm.index_size(r)?;
    if n < 0 {
        return Err(vm.value_error(&format!("negative buffersize in {what}")));
    }
    if n as i64 > MOST {
        return Err(vm.memory_error());
    }
    Ok(n as usize)
}

fn recv_flags(vm: &mut Vm, r: Option<&Ref>) -> R<net::RecvFlags> {
    Ok(net::RecvFlags::from_bits_retain(number(vm, r, 0)? as u32))
}
fn send_flags(vm: &mut Vm, r: Option<&Ref>) -> R<net::SendFlags> {
    Ok(net::SendFlags::from_bits_retain(number(vm, r, 0)? as u32) | net::SendFlags::NOSIGNAL)
}

fn family_of(vm: &mut Vm, r: &Ref) -> R<i32> {
    Ok(get(vm, r)?.family.get())
}

fn set_timeout(vm: &mut Vm, this: &Ref, timeout: Option<f64>) -> R<()> {
    let s = get(vm, this)?;
    let fd = fd(vm, s)?;
    if let Err(e) = rustix::io::ioctl_fionbio(fd, timeout.is_some()) {
        return Err(os_error(vm, e));
    }
    s.timeout.set(timeout);
    Ok(())
}

methods! { METHODS;
    "fileno(self, /)" => |vm, a| {
        let s = get(vm, &a[0])?;
        Ok(new_int(s.fd.get(vm).as_ref().map_or(-1, |f| f.as_raw_fd()) as i64))
    }, "The number of the descriptor, -1 if closed.";
    "close(self, /)" => |vm, a| {
        drop(get(vm, &a[0])?.fd.replace(None));
        Ok(Ref::none())
    }, "Closes the socket.";
    "detach(self, /)" => |vm, a| {
        let old = get(vm, &a[0])?.fd.replace(None);
        Ok(new_int(old.map_or(-1, |f| f.into_raw_fd()) as i64))
    }, "Gives the descriptor away; the socket counts as closed then.";
    "_accept(self, /)" => |vm, a| {
        let (new, from) = patient(vm, &a[0], false, |fd| net::acceptfrom_with(fd, SocketFlags::CLOEXEC))?;
        let from = match from {
            Some(from) => address::show(vm, from)?,
            None => Ref::none(),
        };
        Ok(new_tuple(vec![new_int(new.into_raw_fd() as i64), from]))
    }, "Takes the next connection: a pair of its descriptor and the peer's address.";
    "bind(self, address, /)" => |vm, a| {
        let family = family_of(vm, &a[0])?;
        let to = address::read(vm, family, &a[1], "bind")?;
        let s = get(vm, &a[0])?;
        let fd = fd(vm, s)?;
        let r = match &to {
            Address::Internet(i) => net::bind(fd, i),
            Address::Unix(u) => net::bind(fd, u),
        };
        match r {
            Ok(()) => Ok(Ref::none()),
            Err(e) => Err(os_error(vm, e)),
        }
    }, "Sets the address of this end.";
    "connect(self, address, /)" => |vm, a| {
        match connect(vm, a)? {
            0 => Ok(Ref::none()),
            n => Err(vm.os_error(&io::Error::from_raw_os_error(n), &Ref::none())),
        }
    }, "Connects to an address.";
    "connect_ex(self, address, /)" => |vm, a| Ok(new_int(connect(vm, a)? as i64)), "Like connect(), but gives the number of the error, 0 for none.";
    "listen(self, backlog=128, /)" => |vm, a| {
        let backlog = number(vm, arg(a, 1), 128)?.max(0);
        let s = get(vm, &a[0])?;
        match net::listen(fd(vm, s)?, backlog) {
            Ok(()) => Ok(Ref::none()),
            Err(e) => Err(os_error(vm, e)),
        }
    }, "Begins to accept connections; backlog is how many may wait.";
    "recv(self, bufsize, flags=0, /)" => |vm, a| {
        let n = size(vm, &a[1], "recv")?;
        let flags = recv_flags(vm, arg(a, 2))?;
        let mut buffer = vec![0; n];
        let got = patient(vm, &a[0], false, |fd| net::recv(fd, &mut buffer[..], flags).map(|r| r.0))?;
        Ok(new_bytes(&buffer[..got.min(n)]))
    }, "Takes what has arrived, up to that many bytes. None at all means that the other end is closed.";
    "recvfrom(self, bufsize, flags=0, /)" => |vm, a| {
        let n = size(vm, &a[1], "recvfrom")?;
        let flags = recv_flags(vm, arg(a, 2))?;
        let mut buffer = vec![0; n];
        let (got, from) = patient(vm, &a[0], false, |fd| net::recvfrom(fd, &mut buffer[..], flags).map(|r| (r.0, r.2)))?;
        let from = match from {
            Some(from) => address::show(vm, from)?,
            None => Ref::none(),
        };
        Ok(new_tuple(vec![new_bytes(&buffer[..got.min(n)]), from]))
    }, "Like recv(), in a pair with the sender's address.";
    "recv_into(self, buffer, nbytes=0, flags=0)" => |vm, a| {
        let room = vm.with_buffer_mut(&a[1], "recv_into() argument 1 must be ", |b| b.len())?;
        let n = match arg(a, 2) {
            Some(n) => size(vm, n, "recv_into")?,
            None => 0,
        };
        if n > room {
            return Err(vm.value_error("buffer too small for requested bytes"));
        }
        let n = if n == 0 { room } else { n };
        let flags = recv_flags(vm, arg(a, 3))?;
        let mut buffer = vec![0; n];
        let got = patient(vm, &a[0], false, |fd| net::recv(fd, &mut buffer[..], flags).map(|r| r.0))?.min(n);
        vm.with_buffer_mut(&a[1], "recv_into() argument 1 must be ", |b| {
            if let Some(target) = b.get_mut(..got) {
                target.copy_from_slice(&buffer[..got]);
            }
        })?;
        Ok(new_int(got as i64))
    }, "Like recv(), but into a buffer; says how many bytes.";
    "send(self, data, flags=0, /)" => |vm, a| {
        let flags = send_flags(vm, arg(a, 2))?;
        let data = vm.buffer_bytes(&a[1])?;
        let n = patient(vm, &a[0], true, |fd| net::send(fd, &data, flags))?;
        Ok(new_int(n as i64))
    }, "Sends what the system takes at once, and says how many bytes.";
    "sendall(self, data, flags=0, /)" => |vm, a| {
        let flags = send_flags(vm, arg(a, 2))?;
        let data = vm.buffer_bytes(&a[1])?;
        let mut at = 0;
        while at < data.len() {
            at += patient(vm, &a[0], true, |fd| net::send(fd, &data[at..], flags))?;
        }
        Ok(Ref::none())
    }, "Sends all of the data.";
    "sendto(self, data, flags_or_address, address=None, /)" => |vm, a| {
        let (flags, to) = match arg(a, 3) {
            Some(to) => (send_flags(vm, Some(&a[2]))?, to.clone()),
            None => (send_flags(vm, None)?, a[2].clone()),
        };
        let family = family_of(vm, &a[0])?;
        let to = address::read(vm, family, &to, "sendto")?;
        let data = vm.buffer_bytes(&a[1])?;
        let n = patient(vm, &a[0], true, |fd| match &to {
            Address::Internet(i) => net::sendto(fd, &data, flags, i),
            Address::Unix(u) => net::sendto(fd, &data, flags, u),
        })?;
        Ok(new_int(n as i64))
    }, "Sends to an address, without a connection.";
    "shutdown(self, how, /)" => |vm, a| {
        let how = match vm.index_i32(&a[1])? {
            0 => net::Shutdown::Read,
            1 => net::Shutdown::Write,
            2 => net::Shutdown::Both,
            _ => return Err(os_error(vm, rustix::io::Errno::INVAL)),
        };
        let s = get(vm, &a[0])?;
        match net::shutdown(fd(vm, s)?, how) {
            Ok(()) => Ok(Ref::none()),
            Err(e) => Err(os_error(vm, e)),
        }
    }, "Ends one direction, or both: SHUT_RD, SHUT_WR, SHUT_RDWR.";
    "getsockname(self, /)" => |vm, a| {
        let s = get(vm, &a[0])?;
        match net::getsockname(fd(vm, s)?) {
            Ok(name) => address::show(vm, name),
            Err(e) => Err(os_error(vm, e)),
        }
    }, "The address of this end.";
    "getpeername(self, /)" => |vm, a| {
        let s = get(vm, &a[0])?;
        match net::getpeername(fd(vm, s)?) {
            Ok(Some(name)) => address::show(vm, name),
            Ok(None) => Ok(new_str("")),
            Err(e) => Err(os_error(vm, e)),
        }
    }, "The address of the other end.";
    "setblocking(self, flag, /)" => |vm, a| {
        let on = vm.truthy(&a[1])?;
        set_timeout(vm, &a[0], if on { None } else { Some(0.0) })?;
        Ok(Ref::none())
    }, "Whether operations wait until they can be done.";
    "getblocking(self, /)" => |vm, a| Ok(Ref::bool(get(vm, &a[0])?.timeout.get() != Some(0.0))), "Whether operations wait until they can be done.";
    "settimeout(self, timeout, /)" => |vm, a| {
        let timeout = if a[1].is_none() { None } else { Some(vm.float_value(&a[1])?) };
        if timeout.is_some_and(|t| t < 0.0 || t.is_nan()) {
            return Err(vm.value_error("Timeout value out of range"));
        }
        set_timeout(vm, &a[0], timeout)?;
        Ok(Ref::none())
    }, "Sets how many seconds operations wait; None without end, 0 not at all.";
    "gettimeout(self, /)" => |vm, a| Ok(get(vm, &a[0])?.timeout.get().map_or_else(Ref::none, new_float)), "How many seconds operations wait; None without end.";
    "setsockopt(self, level, option, value, /)" => |vm, a| {
        let (level, option) = (vm.index_i32(&a[1])?, vm.index_i32(&a[2])?);
        if !a[3].is_int() {
            return Err(os_error(vm, rustix::io::Errno::NOPROTOOPT));
        }
        let value = vm.index_i32(&a[3])?;
        let s = get(vm, &a[0])?;
        match set_option(fd(vm, s)?, level, option, value) {
            Ok(()) => Ok(Ref::none()),
            Err(e) => Err(os_error(vm, e)),
        }
    }, "Sets an option of that level: an int, or bytes.";
    "getsockopt(self, level, option, buffersize=0, /)" => |vm, a| {
        let (level, option) = (vm.index_i32(&a[1])?, vm.index_i32(&a[2])?);
        let s = get(vm, &a[0])?;
        match get_option(fd(vm, s)?, level, option) {
            Ok(n) => Ok(new_int(n as i64)),
            Err(e) => Err(os_error(vm, e)),
        }
    }, "An option of that level: an int, or bytes if a size is given.";
}

fn connect(vm: &mut Vm, a: &[Ref]) -> R<i32> {
    let family = family_of(vm, &a[0])?;
    let to = address::read(vm, family, &a[1], "connect")?;
    let s = get(vm, &a[0])?;
    let timeout = s.timeout.get();
    let fd = fd(vm, s)?;
    let r = match &to {
        Address::Internet(i) => net::connect(fd, i),
        Address::Unix(u) => net::connect(fd, u),
    };
    match (r, timeout) {
        (Ok(()), _) => Ok(0),
        (Err(rustix::io::Errno::INPROGRESS), Some(limit)) if limit > 0.0 => {
            if !address::ready(fd.as_fd(), true, Duration::from_secs_f64(limit.min(1e6))) {
                return Err(vm.error(&rt().types.timeout_error, "timed out"));
            }
            match sockopt::socket_error(fd) {
                Ok(Err(e)) | Err(e) => Ok(e.raw_os_error()),
                Ok(Ok(())) => Ok(0),
            }
        }
        (Err(e), _) => Ok(e.raw_os_error()),
    }
}

const SOL_SOCKET: i32 = 1;

fn set_option(fd: &OwnedFd, level: i32, option: i32, value: i32) -> rustix::io::Result<()> {
    let on = value != 0;
    match (level, option) {
        (SOL_SOCKET, 2) => sockopt::set_socket_reuseaddr(fd, on),
        (SOL_SOCKET, 6) => sockopt::set_socket_broadcast(fd, on),
        (SOL_SOCKET, 7) => sockopt::set_socket_send_buffer_size(fd, value.max(0) as usize),
        (SOL_SOCKET, 8) => sockopt::set_socket_recv_buffer_size(fd, value.max(0) as usize),
        (SOL_SOCKET, 9) => sockopt::set_socket_keepalive(fd, on),
        (SOL_SOCKET, 15) => sockopt::set_socket_reuseport(fd, on),
        (6, 1) => sockopt::set_tcp_nodelay(fd, on),
        (41, 26) => sockopt::set_ipv6_v6only(fd, on),
        _ => Err(rustix::io::Errno::NOPROTOOPT),
    }
}

fn get_option(fd: &OwnedFd, level: i32, option: i32) -> rustix::io::Result<i32> {
    Ok(match (level, option) {
        (SOL_SOCKET, 2) => sockopt::socket_reuseaddr(fd)? as i32,
        (SOL_SOCKET, 3) => sockopt::socket_type(fd)?.as_raw() as i32,
        (SOL_SOCKET, 4) => sockopt::socket_error(fd)?
            .err()
            .map_or(0, |e| e.raw_os_error()),
        (SOL_SOCKET, 6) => sockopt::socket_broadcast(fd)? as i32,
        (SOL_SOCKET, 7) => sockopt::socket_send_buffer_size(fd)? as i32,
        (SOL_SOCKET, 8) => sockopt::socket_recv_buffer_size(fd)? as i32,
        (SOL_SOCKET, 9) => sockopt::socket_keepalive(fd)? as i32,
        (SOL_SOCKET, 15) => sockopt::socket_reuseport(fd)? as i32,
        (SOL_SOCKET, 30) => sockopt::socket_acceptconn(fd)? as i32,
        (SOL_SOCKET, 39) => sockopt::socket_domain(fd)?.as_raw() as i32,
        (6, 1) => sockopt::tcp_nodelay(fd)? as i32,
        (41, 26) => sockopt::ipv6_v6only(fd)? as i32,
        _ => return Err(rustix::io::Errno::NOPROTOOPT),
    })
}

getset! { GETSET;
    "family" => |vm, r| Ok(new_int(get(vm, r)?.family.get() as i64)), "Its family, one of the AF constants.";
    "type" => |vm, r| Ok(new_int(get(vm, r)?.kind.get() as i64)), "Its type, one of the SOCK constants.";
    "proto" => |vm, r| Ok(new_int(get(vm, r)?.protocol.get() as i64)), "Its protocol.";
    "timeout" => |vm, r| Ok(get(vm, r)?.timeout.get().map_or_else(Ref::none, new_float)), "How many seconds operations wait; None without end.";
}

functions! { FUNCTIONS;
    "socketpair(family=1, type=1, proto=0, /)" => |vm, a| {
        let family = number(vm, arg(a, 0), 1)?;
        let kind = number(vm, arg(a, 1), 1)?;
        let pair = net::socketpair(
            AddressFamily::from_raw(family as u16),
            SocketType::from_raw((kind & !KIND_FLAGS) as u32),
            SocketFlags::CLOEXEC | SocketFlags::from_bits_retain((kind & KIND_FLAGS) as u32),
            None,
        );
        let (x, y) = match pair {
            Ok(pair) => pair,
            Err(e) => return Err(os_error(vm, e)),
        };
        let class = vm.native_type(&SOCKET);
        let wrap = |fd: OwnedFd| Ref::new_native(&class, Socket {
            fd: Guarded::new(Some(fd)),
            family: Cell::new(family),
            kind: Cell::new(kind & !KIND_FLAGS),
            protocol: Cell::new(0),
            timeout: Cell::new(None),
        });
        Ok(new_tuple(vec![wrap(x), wrap(y)]))
    }, "Two sockets that are connected with each other.";
    "close(fd, /)" => |vm, a| {
        let n = vm.index_i32(&a[0])?;
        if n < 0 {
            return Err(os_error(vm, rustix::io::Errno::BADF));
        }
        drop(poll::adopt(n));
        Ok(Ref::none())
    }, "Closes a socket by its descriptor.";
    "getaddrinfo(host, port, family=0, type=0, proto=0, flags=0)" => address::get_info, "The addresses that a host and a service have, each a tuple with which a socket can be made and connected.";
    "gethostname()" => |_, _| Ok(taipan_vm::modules::fs_decode(rustix::system::uname().nodename().to_bytes())), "The name of this machine.";
    "getdefaulttimeout()" => |_, _| Ok(Ref::none()), "The timeout of new sockets.";
    "inet_aton(ip_addr, /)" => |vm, a| {
        let text = vm.str_lossy(&a[0]);
        match text.parse::<std::net::Ipv4Addr>() {
            Ok(ip) => Ok(new_bytes(&ip.octets())),
            Err(_) => Err(vm.error(&rt().types.os_error, "illegal IP address string passed to inet_aton")),
        }
    }, "The four bytes of an IPv4 address.";
    "inet_pton(address_family, ip_string, /)" => |vm, a| {
        let text = vm.str_lossy(&a[1]);
        let packed = match vm.index_i32(&a[0])? {
            2 => text.parse::<std::net::Ipv4Addr>().ok().map(|i| i.octets().to_vec()),
            10 => text.parse::<std::net::Ipv6Addr>().ok().map(|i| i.octets().to_vec()),
            _ => return Err(os_error(vm, rustix::io::Errno::AFNOSUPPORT)),
        };
        match packed {
            Some(p) => Ok(new_bytes(&p)),
            None => Err(vm.error(&rt().types.os_error, "illegal IP address string passed to inet_pton")),
        }
    }, "The bytes of an address of that family.";
    "htons(x, /)" => |vm, a| Ok(new_int((vm.index_i32(&a[0])? as u16).to_be() as i64)), "A number of 16 bits from the machine's order of bytes to that of networks.";
    "ntohs(x, /)" => |vm, a| Ok(new_int(u16::from_be(vm.index_i32(&a[0])? as u16) as i64)), "A number of 16 bits from the networks' order of bytes to that of the machine.";
}

/// Numbers of Linux.
const CONSTANTS: &[(&str, i64)] = &[
    ("AF_UNSPEC", 0),
    ("AF_UNIX", 1),
    ("AF_INET", 2),
    ("AF_INET6", 10),
    ("SOCK_STREAM", 1),
    ("SOCK_DGRAM", 2),
    ("SOCK_RAW", 3),
    ("SOCK_SEQPACKET", 5),
    ("SOCK_NONBLOCK", 0o4000),
    ("SOCK_CLOEXEC", 0o2000000),
    ("SOL_SOCKET", 1),
    ("SO_REUSEADDR", 2),
    ("SO_TYPE", 3),
    ("SO_ERROR", 4),
    ("SO_BROADCAST", 6),
    ("SO_SNDBUF", 7),
    ("SO_RCVBUF", 8),
    ("SO_KEEPALIVE", 9),
    ("SO_LINGER", 13),
    ("SO_REUSEPORT", 15),
    ("SO_ACCEPTCONN", 30),
    ("SO_DOMAIN", 39),
    ("SOMAXCONN", 4096),
    ("IPPROTO_IP", 0),
    ("IPPROTO_ICMP", 1),
    ("IPPROTO_TCP", 6),
    ("IPPROTO_UDP", 17),
    ("IPPROTO_IPV6", 41),
    ("IPV6_V6ONLY", 26),
    ("TCP_NODELAY", 1),
    ("TCP_KEEPIDLE", 4),
    ("TCP_KEEPINTVL", 5),
    ("TCP_KEEPCNT", 6),
    ("MSG_OOB", 1),
    ("MSG_PEEK", 2),
    ("MSG_DONTWAIT", 64),
    ("MSG_WAITALL", 256),
    ("MSG_NOSIGNAL", 0x4000),
    ("SHUT_RD", 0),
    ("SHUT_WR", 1),
    ("SHUT_RDWR", 2),
    ("AI_PASSIVE", 1),
    ("AI_CANONNAME", 2),
    ("AI_NUMERICHOST", 4),
    ("AI_V4MAPPED", 8),
    ("AI_ALL", 16),
    ("AI_ADDRCONFIG", 32),
    ("AI_NUMERICSERV", 1024),
    ("NI_NUMERICHOST", 1),
    ("NI_NUMERICSERV", 2),
    ("EAI_AGAIN", -3),
    ("EAI_FAIL", -4),
    ("EAI_FAMILY", -6),
    ("EAI_NONAME", -2),
    ("EAI_SERVICE", -8),
    ("EAI_SOCKTYPE", -7),
    ("INADDR_ANY", 0),
    ("INADDR_LOOPBACK", 0x7f000001),
];

pub fn make_module(vm: &mut Vm) -> R<Ref> {
    let module = taipan_vm::modules::new_module(
        vm,
        "_socket",
        "Sockets, the native half of the module socket.",
        FUNCTIONS,
    );
    let class = vm.native_type(&SOCKET);
    let set = taipan_vm::modules::set;
    set(&module, "socket", class.clone());
    set(&module, "SocketType", class);
    set(&module, "error", rt().types.os_error.clone());
    set(&module, "timeout", rt().types.timeout_error.clone());
    set(&module, "has_ipv6", Ref::bool(true));
    for name in ["gaierror", "herror"] {
        let ns = DictObj::new_dict();
        if let Some(d) = ns.cast::<DictObj>() {
            d.set_name("__module__", intern("socket"));
        }
        let bases = new_tuple(vec![rt().types.os_error.clone()]);
        let class = vm.call(&rt().types.type_.clone(), &[intern(name), bases, ns])?;
        set(&module, name, class);
    }
    for (name, value) in CONSTANTS {
        set(&module, name, new_int(*value));
    }
    Ok(module)
}
