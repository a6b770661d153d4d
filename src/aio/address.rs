//! Addresses of sockets, as Python writes them; names of hosts.

use rustix::event::{PollFd, PollFlags, Timespec};
use rustix::net::{SocketAddrAny, SocketAddrUnix};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6, ToSocketAddrs};
use std::os::fd::BorrowedFd;
use std::time::Duration;
use taipan_vm::modules::fs_decode;
use taipan_vm::native::arg;
use taipan_vm::value::*;
use taipan_vm::vm::{new_bytes, new_int, new_list, new_str, new_tuple};
use taipan_vm::{R, Vm};

pub enum Address {
    Internet(SocketAddr),
    Unix(SocketAddrUnix),
}

/// Waits until the descriptor is ready; false when the time is over.
pub fn ready(fd: BorrowedFd<'_>, write: bool, timeout: Duration) -> bool {
    let flags = if write { PollFlags::OUT } else { PollFlags::IN };
    let time = Timespec {
        tv_sec: timeout.as_secs() as i64,
        tv_nsec: timeout.subsec_nanos() as i64,
    };
    rustix::event::poll(&mut [PollFd::from_borrowed_fd(fd, flags)], Some(&time))
        .is_ok_and(|n| n > 0)
}

/// Reads an address of the family.
pub fn read(vm: &mut Vm, family: i32, r: &Ref, what: &str) -> R<Address> {
    if family == 1 {
        let path: Vec<u8> = if r.is_str() {
            vm.fs_path(r).or_else(|e| abstract_name(vm, r).ok_or(e))?
        } else {
            vm.buffer_bytes(r)?.into_owned()
        };
        let made = match path.first() {
            None => Ok(SocketAddrUnix::new_unnamed()),
            Some(0) => SocketAddrUnix::new_abstract_name(&path[1..]),
            _ => SocketAddrUnix::new(&path[..]),
        };
        return match made {
            Ok(a) => Ok(Address::Unix(a)),
            Err(_) => Err(vm.error(&rt().types.os_error, "AF_UNIX path too long")),
        };
    }
    let Some(items) = r.tuple_items() else {
        let name = if family == 10 { "AF_INET6" } else { "AF_INET" };
        let text = format!(
            "{what}(): {name} address must be tuple, not {}",
            vm.type_name(r)
        );
        return Err(vm.type_error(&text));
    };
    if items.len() < 2 || family == 2 && items.len() != 2 {
        return Err(vm.type_error(&format!("{what}(): wrong format for an address")));
    }
    let port = match items[1].as_i64().and_then(|p| u16::try_from(p).ok()) {
        Some(p) => p,
        None => return Err(vm.overflow_error(&format!("{what}(): port must be 0-65535."))),
    };
    let host = vm.str_lossy(&items[0]);
    let ip = resolve(vm, &host, family)?;
    let number = |i: usize| items.get(i).and_then(|n| n.as_i64()).unwrap_or_default() as u32;
    Ok(Address::Internet(match ip {
        IpAddr::V4(ip) => SocketAddr::V4(SocketAddrV4::new(ip, port)),
        IpAddr::V6(ip) => SocketAddr::V6(SocketAddrV6::new(ip, port, number(2), number(3))),
    }))
}

/// Text that begins with a null character: a name that isn't in the file system.
fn abstract_name(vm: &mut Vm, r: &Ref) -> Option<Vec<u8>> {
    let bytes = r.cast::<StrObj>()?.bytes().to_vec();
    if bytes.first() != Some(&0) {
        return None;
    }
    vm.take_exc();
    Some(bytes)
}

fn resolve(vm: &mut Vm, host: &str, family: i32) -> R<IpAddr> {
    match (host, family) {
        ("", 10) => return Ok(IpAddr::V6(Ipv6Addr::UNSPECIFIED)),
        ("", _) => return Ok(IpAddr::V4(Ipv4Addr::UNSPECIFIED)),
        ("<broadcast>", _) => return Ok(IpAddr::V4(Ipv4Addr::BROADCAST)),
        _ => {}
    }
    let found = (host, 0)
        .to_socket_addrs()
        .map(|mut all| all.find(|a| a.is_ipv6() == (family == 10)));
    match found {
        Ok(Some(a)) => Ok(a.ip()),
        _ => Err(unknown_name(vm)),
    }
}

fn unknown_name(vm: &mut Vm) -> taipan_vm::Raised {
    let class = vm
        .import_absolute(&intern("_socket"))
        .and_then(|m| vm.getattr_str(&m, "gaierror"))
        .and_then(|c| vm.call(&c, &[new_int(-2), new_str("Name or service not known")]));
    match class {
        Ok(exc) => vm.raise(exc),
        Err(e) => e,
    }
}

fn internet(a: SocketAddr) -> Ref {
    let mut items = vec![new_str(&a.ip().to_string()), new_int(a.port() as i64)];
    if let SocketAddr::V6(v6) = a {
        items.push(new_int(v6.flowinfo() as i64));
        items.push(new_int(v6.scope_id() as i64));
    }
    new_tuple(items)
}

/// An address as Python shows it.
pub fn show(_: &mut Vm, a: SocketAddrAny) -> R<Ref> {
    if let Ok(v4) = SocketAddrV4::try_from(a.clone()) {
        return Ok(internet(SocketAddr::V4(v4)));
    }
    if let Ok(v6) = SocketAddrV6::try_from(a.clone()) {
        return Ok(internet(SocketAddr::V6(v6)));
    }
    if let Ok(unix) = SocketAddrUnix::try_from(a) {
        if let Some(name) = unix.abstract_name() {
            let mut all = vec![0];
            all.extend_from_slice(name);
            return Ok(new_bytes(&all));
        }
        return Ok(fs_decode(unix.path_bytes().unwrap_or_default()));
    }
    Ok(Ref::none())
}

/// `getaddrinfo`.
pub fn get_info(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let mut numbers = [0i64; 4];
    for (i, n) in numbers.iter_mut().enumerate() {
        if let Some(r) = arg(a, i + 2) {
            *n = vm.index_i32(r)? as i64;
        }
    }
    let [family, kind, protocol, flags] = numbers;
    let port = if a[1].is_none() {
        0
    } else if let Some(n) = a[1].as_i64() {
        n as u16
    } else {
        let text = if a[1].is_str() {
            vm.str_lossy(&a[1])
        } else {
            String::from_utf8_lossy(&vm.buffer_bytes(&a[1])?).into_owned()
        };
        match text.parse() {
            Ok(n) => n,
            Err(_) => return Err(unknown_name(vm)),
        }
    };
    let addresses: Vec<SocketAddr> = if a[0].is_none() {
        let (v4, v6) = if flags & 1 != 0 {
            (Ipv4Addr::UNSPECIFIED, Ipv6Addr::UNSPECIFIED)
        } else {
            (Ipv4Addr::LOCALHOST, Ipv6Addr::LOCALHOST)
        };
        vec![
            SocketAddr::new(v4.into(), port),
            SocketAddr::new(v6.into(), port),
        ]
    } else {
        let host = if a[0].is_str() {
            vm.str_lossy(&a[0])
        } else {
            String::from_utf8_lossy(&vm.buffer_bytes(&a[0])?).into_owned()
        };
        match (host.as_str(), port).to_socket_addrs() {
            Ok(found) => found.collect(),
            Err(_) => return Err(unknown_name(vm)),
        }
    };
    let mut out = Vec::new();
    for address in addresses {
        let own = if address.is_ipv6() { 10 } else { 2 };
        if family != 0 && family != own {
            continue;
        }
        for (k, p) in [(1, 6), (2, 17), (3, 0)] {
            if (kind == 0 || kind == k) && (protocol == 0 || p == 0 || protocol == p) {
                let p = if p == 0 { protocol } else { p };
                out.push(new_tuple(vec![
                    new_int(own),
                    new_int(k),
                    new_int(p),
                    new_str(""),
                    internet(address),
                ]));
            }
        }
    }
    if out.is_empty() {
        return Err(unknown_name(vm));
    }
    Ok(new_list(out))
}
