//! The transport of stream sockets: readiness goes to the protocol, writes go out at once or wait in a buffer.

use crate::event_loop::{self, Job, Loop};
use crate::future;
use crate::poll::Watch;
use crate::socket::Socket;
use rustix::io::Errno;
use rustix::net::{RecvFlags, SendFlags, Shutdown};
use std::cell::{Cell, RefCell};
use std::os::fd::AsRawFd;
use taipan_vm::native::arg;
use taipan_vm::types::spec::TypeSpec;
use taipan_vm::value::*;
use taipan_vm::vm::{new_bytes, new_int, new_str, new_tuple, new_usize};
use taipan_vm::{R, Vm, constructor, getset, methods, trace};

pub struct Transport {
    event_loop: Guarded<Ref>,
    socket: Guarded<Ref>,
    protocol: Guarded<Ref>,
    /// The protocol's method for data; undefined if it wants to lend a buffer.
    receive: Guarded<Ref>,
    /// A dict for `get_extra_info`.
    extra: Guarded<Ref>,
    server: Guarded<Ref>,
    /// Why the connection ends, once that is decided.
    reason: Guarded<Ref>,
    out: RefCell<Vec<u8>>,
    /// How much of `out` has been sent.
    sent: Cell<usize>,
    fd: Cell<i32>,
    closing: Cell<bool>,
    lost: Cell<bool>,
    reading: Cell<bool>,
    paused: Cell<bool>,
    ended: Cell<bool>,
    protocol_paused: Cell<bool>,
    high: Cell<usize>,
    low: Cell<usize>,
}
trace!(Transport; event_loop, socket, protocol, receive, extra, server, reason);
impl NativePayload for Transport {
    fn clear(&self) {
        for field in [
            &self.event_loop,
            &self.socket,
            &self.protocol,
            &self.receive,
            &self.server,
            &self.reason,
        ] {
            field.set(Ref::none());
        }
    }
}

/// What a transport has to do in a turn.
#[derive(Clone, Copy)]
pub enum Event {
    Read,
    Write,
    Lost,
}

/// Read at once.
const MOST: usize = 256 * 1024;

thread_local! {
    static SCRATCH: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

pub static TRANSPORT: TypeSpec = TypeSpec {
    name: "_asyncio.SocketTransport",
    flags: type_flag::BASE | type_flag::HAS_DICT | type_flag::HAS_WEAKREF,
    doc: "The transport of a stream socket.",
    methods: METHODS,
    getset: GETSET,
    slots: |s| {
        constructor!(s, "SocketTransport(cls, loop, sock, protocol, extra, server)" => make);
        s.init.set(Some(|_, _, _| Ok(())));
    },
    ..TypeSpec::DEFAULT
};

fn make(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let fd = match a[2].native::<Socket>() {
        Some(s) => s.fd.get(vm).as_ref().map_or(-1, |f| f.as_raw_fd()),
        None => return Err(vm.type_error("a socket is required")),
    };
    let t = Ref::new_native(
        &a[0],
        Transport {
            event_loop: Guarded::new(a[1].clone()),
            socket: Guarded::new(a[2].clone()),
            protocol: Guarded::new(Ref::none()),
            receive: Guarded::default(),
            extra: Guarded::new(a[4].clone()),
            server: Guarded::new(a[5].clone()),
            reason: Guarded::new(Ref::none()),
            out: RefCell::default(),
            sent: Cell::new(0),
            fd: Cell::new(fd),
            closing: Cell::new(false),
            lost: Cell::new(false),
            reading: Cell::new(false),
            paused: Cell::new(false),
            ended: Cell::new(false),
            protocol_paused: Cell::new(false),
            high: Cell::new(64 * 1024),
            low: Cell::new(16 * 1024),
        },
    );
    set_protocol(vm, &t, &a[3])?;
    Ok(t)
}

fn get<'a>(vm: &mut Vm, r: &'a Ref) -> R<&'a Transport> {
    match r.native::<Transport>() {
        Some(t) => Ok(t),
        None => Err(vm.type_error("a transport is required")),
    }
}

fn set_protocol(vm: &mut Vm, this: &Ref, protocol: &Ref) -> R<()> {
    let t = get(vm, this)?;
    let buffered = vm.getattr_opt(protocol, &intern("get_buffer"))?.is_some();
    let receive = if buffered {
        Ref::UNDEFINED
    } else {
        vm.getattr_str(protocol, "data_received")?
    };
    t.protocol.set(protocol.clone());
    t.receive.set(receive);
    Ok(())
}

fn watch(vm: &mut Vm, this: &Ref, t: &Transport, which: Watch, on: bool) -> R<()> {
    let event_loop = t.event_loop.cloned();
    let Some(l) = event_loop.native::<Loop>() else {
        return Ok(());
    };
    let files = l.files.get_mut(vm);
    if !on {
        drop(files.unset(t.fd.get(), which));
        return Ok(());
    }
    match files.set(t.fd.get(), which, this.clone()) {
        Ok(_) => Ok(()),
        Err(e) => Err(vm.os_error(&e, &Ref::none())),
    }
}

fn waiting(t: &Transport) -> usize {
    t.out.borrow().len() - t.sent.get()
}

/// Does what a turn brings.
pub fn run(vm: &mut Vm, this: &Ref, event: Event) -> R<()> {
    let t = get(vm, this)?;
    match event {
        Event::Read if t.reading.get() && !t.lost.get() => read(vm, this, t),
        Event::Write if !t.lost.get() => write_more(vm, this, t),
        Event::Lost => lost(vm, this, t),
        _ => Ok(()),
    }
}

fn recv(vm: &mut Vm, t: &Transport, buffer: &mut [u8]) -> Result<usize, Errno> {
    let socket = t.socket.cloned();
    match socket
        .native::<Socket>()
        .and_then(|s| s.fd.get(vm).as_ref())
    {
        Some(fd) => rustix::net::recv(fd, buffer, RecvFlags::empty()).map(|r| r.0),
        None => Err(Errno::BADF),
    }
}

fn send(vm: &mut Vm, t: &Transport, data: &[u8]) -> Result<usize, Errno> {
    let socket = t.socket.cloned();
    match socket
        .native::<Socket>()
        .and_then(|s| s.fd.get(vm).as_ref())
    {
        Some(fd) => rustix::net::send(fd, data, SendFlags::NOSIGNAL),
        None => Err(Errno::BADF),
    }
}

fn read(vm: &mut Vm, this: &Ref, t: &Transport) -> R<()> {
    let receive = t.receive.cloned();
    if receive.is_undefined() {
        return read_into(vm, this, t);
    }
    let mut scratch = SCRATCH.take();
    scratch.resize(MOST, 0);
    let got = recv(vm, t, &mut scratch);
    let data = match got {
        Ok(n) if n > 0 => Some(new_bytes(&scratch[..n.min(MOST)])),
        _ => None,
    };
    SCRATCH.set(scratch);
    match (got, data) {
        (_, Some(data)) => {
            let r = vm.call(&receive, &[data]);
            after_protocol(
                vm,
                this,
                r,
                "Fatal error: protocol.data_received() call failed.",
            )
        }
        (Ok(_), None) => end_of_file(vm, this, t),
        (Err(Errno::AGAIN | Errno::INTR), None) => Ok(()),
        (Err(e), None) => fatal_errno(vm, this, e, "Fatal read error on socket transport"),
    }
}

/// For protocols that lend a buffer.
fn read_into(vm: &mut Vm, this: &Ref, t: &Transport) -> R<()> {
    let protocol = t.protocol.cloned();
    let lent = vm.call_method(&protocol, "get_buffer", &[new_int(-1)]);
    let lent = match lent {
        Ok(b) => b,
        Err(e) => {
            return after_protocol(
                vm,
                this,
                Err(e),
                "Fatal error: protocol.get_buffer() call failed.",
            );
        }
    };
    let room = vm.with_buffer_mut(&lent, "", |b| b.len())?.min(MOST);
    if room == 0 {
        let e = vm.runtime_error("get_buffer() returned an empty buffer");
        return after_protocol(
            vm,
            this,
            Err(e),
            "Fatal error: protocol.get_buffer() call failed.",
        );
    }
    let mut buffer = vec![0; room];
    match recv(vm, t, &mut buffer) {
        Ok(0) => end_of_file(vm, this, t),
        Ok(n) => {
            vm.with_buffer_mut(&lent, "", |b| {
                if let Some(target) = b.get_mut(..n) {
                    target.copy_from_slice(&buffer[..n]);
                }
            })?;
            let r = vm.call_method(&protocol, "buffer_updated", &[new_usize(n)]);
            after_protocol(
                vm,
                this,
                r,
                "Fatal error: protocol.buffer_updated() call failed.",
            )
        }
        Err(Errno::AGAIN | Errno::INTR) => Ok(()),
        Err(e) => fatal_errno(vm, this, e, "Fatal read error on socket transport"),
    }
}

fn end_of_file(vm: &mut Vm, this: &Ref, t: &Transport) -> R<()> {
    let protocol = t.protocol.cloned();
    match vm.call_method(&protocol, "eof_received", &[]) {
        Ok(keep) => {
            if vm.truthy(&keep)? {
                t.reading.set(false);
                watch(vm, this, t, Watch::Read, false)
            } else {
                close(vm, this)
            }
        }
        Err(e) => after_protocol(
            vm,
            this,
            Err(e),
            "Fatal error: protocol.eof_received() call failed.",
        ),
    }
}

/// An error of the protocol ends the connection.
fn after_protocol(vm: &mut Vm, this: &Ref, r: R<Ref>, text: &str) -> R<()> {
    match r {
        Ok(_) => Ok(()),
        Err(e)
            if vm.exc_is(&rt().types.keyboard_interrupt) || vm.exc_is(&rt().types.system_exit) =>
        {
            Err(e)
        }
        Err(_) => {
            let exc = vm.take_exc();
            fatal(vm, this, exc, text)
        }
    }
}

fn fatal_errno(vm: &mut Vm, this: &Ref, e: Errno, text: &str) -> R<()> {
    let exc = vm.io_error(&std::io::Error::from(e), &Ref::none());
    fatal(vm, this, exc, text)
}

fn fatal(vm: &mut Vm, this: &Ref, exc: Ref, text: &str) -> R<()> {
    let t = get(vm, this)?;
    if !exc.class().is_subtype(&rt().types.os_error) {
        let context = future::dict(&[
            ("message", new_str(text)),
            ("exception", exc.clone()),
            ("transport", this.clone()),
            ("protocol", t.protocol.cloned()),
        ]);
        vm.call_method(&t.event_loop.cloned(), "call_exception_handler", &[context])?;
    }
    force_close(vm, this, exc)
}

fn force_close(vm: &mut Vm, this: &Ref, exc: Ref) -> R<()> {
    let t = get(vm, this)?;
    if t.lost.get() {
        return Ok(());
    }
    t.out.take();
    t.sent.set(0);
    watch(vm, this, t, Watch::Write, false)?;
    t.closing.set(true);
    t.reading.set(false);
    watch(vm, this, t, Watch::Read, false)?;
    tell_lost(vm, this, t, exc)
}

fn close(vm: &mut Vm, this: &Ref) -> R<()> {
    let t = get(vm, this)?;
    if t.closing.replace(true) {
        return Ok(());
    }
    t.reading.set(false);
    watch(vm, this, t, Watch::Read, false)?;
    if waiting(t) == 0 && !t.lost.get() {
        watch(vm, this, t, Watch::Write, false)?;
        return tell_lost(vm, this, t, Ref::none());
    }
    Ok(())
}

fn tell_lost(vm: &mut Vm, this: &Ref, t: &Transport, exc: Ref) -> R<()> {
    t.lost.set(true);
    t.reason.set(exc);
    event_loop::post(
        vm,
        &t.event_loop.cloned(),
        Job::Transport {
            transport: this.clone(),
            event: Event::Lost,
        },
    )
}

/// The protocol hears of the end; then the socket is closed.
fn lost(vm: &mut Vm, this: &Ref, t: &Transport) -> R<()> {
    let protocol = t.protocol.cloned();
    let told = vm.call_method(&protocol, "connection_lost", &[t.reason.cloned()]);
    let exc = told.is_err().then(|| vm.take_exc());
    t.protocol.set(Ref::none());
    t.receive.set(Ref::none());
    let socket = t.socket.cloned();
    vm.call_method(&socket, "close", &[])?;
    let server = t.server.replace(Ref::none());
    if !server.is_none() {
        vm.call_method(&server, "_detach", std::slice::from_ref(this))?;
    }
    match exc {
        Some(exc) => Err(vm.reraise(exc)),
        None => Ok(()),
    }
}

fn write(vm: &mut Vm, this: &Ref, data: &Ref) -> R<()> {
    let t = get(vm, this)?;
    if !vm.is_bytes_like(data) {
        let name = vm.type_name(data);
        return Err(vm.type_error(&format!(
            "data argument must be a bytes-like object, not '{name}'"
        )));
    }
    if t.ended.get() {
        return Err(vm.runtime_error("Cannot call write() after write_eof()"));
    }
    let data = vm.buffer_bytes(data)?;
    if data.is_empty() || t.lost.get() {
        return Ok(());
    }
    let mut at = 0;
    if waiting(t) == 0 {
        match send(vm, t, &data) {
            Ok(n) if n == data.len() => return Ok(()),
            Ok(n) => at = n,
            Err(Errno::AGAIN | Errno::INTR) => {}
            Err(e) => return fatal_errno(vm, this, e, "Fatal write error on socket transport"),
        }
        watch(vm, this, t, Watch::Write, true)?;
    }
    t.out
        .borrow_mut()
        .extend_from_slice(data.get(at..).unwrap_or_default());
    pause_if_full(vm, this, t)
}

fn write_more(vm: &mut Vm, this: &Ref, t: &Transport) -> R<()> {
    // Taken out, since the protocol is called below.
    let mut out = t.out.take();
    let from = t.sent.get();
    let result = send(vm, t, out.get(from..).unwrap_or_default());
    match result {
        Ok(n) if from + n >= out.len() => {
            out.clear();
            t.sent.set(0);
        }
        Ok(n) => t.sent.set(from + n),
        Err(Errno::AGAIN | Errno::INTR) => {}
        Err(e) => {
            t.sent.set(0);
            watch(vm, this, t, Watch::Write, false)?;
            return fatal_errno(vm, this, e, "Fatal write error on socket transport");
        }
    }
    // What has been sent is dropped when it is the larger part.
    if t.sent.get() * 2 > out.len() {
        out.drain(..t.sent.replace(0));
    }
    t.out.replace(out);
    if t.protocol_paused.get() && waiting(t) <= t.low.get() {
        t.protocol_paused.set(false);
        flow(vm, this, t, "resume_writing")?;
    }
    if waiting(t) == 0 && !t.lost.get() {
        watch(vm, this, t, Watch::Write, false)?;
        if t.closing.get() {
            return tell_lost(vm, this, t, Ref::none());
        }
        if t.ended.get() {
            shut_down(vm, t);
        }
    }
    Ok(())
}

fn pause_if_full(vm: &mut Vm, this: &Ref, t: &Transport) -> R<()> {
    if waiting(t) > t.high.get() && !t.protocol_paused.replace(true) {
        flow(vm, this, t, "pause_writing")?;
    }
    Ok(())
}

/// Flow control; errors of the protocol are only reported.
fn flow(vm: &mut Vm, this: &Ref, t: &Transport, method: &str) -> R<()> {
    let protocol = t.protocol.cloned();
    match vm.call_method(&protocol, method, &[]) {
        Ok(_) => Ok(()),
        Err(e)
            if vm.exc_is(&rt().types.keyboard_interrupt) || vm.exc_is(&rt().types.system_exit) =>
        {
            Err(e)
        }
        Err(_) => {
            let exc = vm.take_exc();
            let context = future::dict(&[
                ("message", new_str(&format!("protocol.{method}() failed"))),
                ("exception", exc),
                ("transport", this.clone()),
                ("protocol", protocol),
            ]);
            vm.call_method(&t.event_loop.cloned(), "call_exception_handler", &[context])?;
            Ok(())
        }
    }
}

fn shut_down(vm: &mut Vm, t: &Transport) {
    let socket = t.socket.cloned();
    if let Some(fd) = socket
        .native::<Socket>()
        .and_then(|s| s.fd.get(vm).as_ref())
    {
        // The other side may have gone already.
        let _ = rustix::net::shutdown(fd, Shutdown::Write);
    }
}

fn set_limits(vm: &mut Vm, this: &Ref, high: Option<&Ref>, low: Option<&Ref>) -> R<()> {
    let t = get(vm, this)?;
    let value = |vm: &mut Vm, r: Option<&Ref>| match r {
        Some(r) if !r.is_none() => vm.index_size(r).map(Some),
        _ => Ok(None),
    };
    let (high, low) = (value(vm, high)?, value(vm, low)?);
    let high = match (high, low) {
        (Some(h), _) => h,
        (None, Some(l)) => l.saturating_mul(4),
        (None, None) => 64 * 1024,
    };
    let low = low.unwrap_or(high / 4);
    if low < 0 || high < low {
        return Err(vm.value_error(&format!(
            "high ({high}) must be >= low ({low}) must be >= 0"
        )));
    }
    t.high.set(high as usize);
    t.low.set(low as usize);
    pause_if_full(vm, this, t)
}

methods! { METHODS;
    "_start(self, /)" => |vm, a| {
        let t = get(vm, &a[0])?;
        if !t.closing.get() && !t.paused.get() && !t.reading.replace(true) {
            watch(vm, &a[0], t, Watch::Read, true)?;
        }
        Ok(Ref::none())
    }, "";
    "get_extra_info(self, name, default=None)" => |vm, a| {
        let extra = get(vm, &a[0])?.extra.cloned();
        let found = match extra.cast::<DictObj>() {
            Some(d) => d.get(vm, &a[1])?,
            None => None,
        };
        Ok(found.unwrap_or_else(|| arg(a, 2).cloned().unwrap_or_else(Ref::none)))
    }, "What is known of the connection under a name such as 'peername', else the default.";
    "is_closing(self, /)" => |vm, a| Ok(Ref::bool(get(vm, &a[0])?.closing.get())), "Whether it is closed or about to be.";
    "close(self, /)" => |vm, a| { close(vm, &a[0])?; Ok(Ref::none()) }, "Closes it once everything written is sent.";
    "abort(self, /)" => |vm, a| { force_close(vm, &a[0], Ref::none())?; Ok(Ref::none()) }, "Closes it now; what is not sent is lost.";
    "_force_close(self, exc, /)" => |vm, a| { force_close(vm, &a[0], a[1].clone())?; Ok(Ref::none()) }, "";
    "set_protocol(self, protocol, /)" => |vm, a| { set_protocol(vm, &a[0], &a[1])?; Ok(Ref::none()) }, "Sets who is told what arrives.";
    "get_protocol(self, /)" => |vm, a| Ok(get(vm, &a[0])?.protocol.cloned()), "Who is told what arrives.";
    "is_reading(self, /)" => |vm, a| { let t = get(vm, &a[0])?; Ok(Ref::bool(!t.closing.get() && !t.paused.get())) }, "Whether data is being received.";
    "pause_reading(self, /)" => |vm, a| {
        let t = get(vm, &a[0])?;
        if !t.closing.get() && !t.paused.replace(true) {
            t.reading.set(false);
            watch(vm, &a[0], t, Watch::Read, false)?;
        }
        Ok(Ref::none())
    }, "Stops receiving.";
    "resume_reading(self, /)" => |vm, a| {
        let t = get(vm, &a[0])?;
        if !t.closing.get() && t.paused.replace(false) {
            t.reading.set(true);
            watch(vm, &a[0], t, Watch::Read, true)?;
        }
        Ok(Ref::none())
    }, "Receives again.";
    "write(self, data, /)" => |vm, a| { write(vm, &a[0], &a[1])?; Ok(Ref::none()) }, "Sends bytes, or has them sent as soon as that is possible.";
    "writelines(self, list_of_data, /)" => |vm, a| {
        let mut all = Vec::new();
        for part in vm.collect(&a[1])? {
            all.extend_from_slice(&vm.buffer_bytes(&part)?);
        }
        write(vm, &a[0], &new_bytes(&all))?;
        Ok(Ref::none())
    }, "Sends the items of an iterable one after the other.";
    "write_eof(self, /)" => |vm, a| {
        let t = get(vm, &a[0])?;
        if !t.closing.get() && !t.ended.replace(true) && waiting(t) == 0 {
            shut_down(vm, t);
        }
        Ok(Ref::none())
    }, "Ends this direction once everything written is sent.";
    "can_write_eof(self, /)" => |_, _| Ok(Ref::bool(true)), "Whether write_eof() works, which it does here.";
    "get_write_buffer_size(self, /)" => |vm, a| { let t = get(vm, &a[0])?; Ok(new_usize(waiting(t))) }, "How many bytes are not sent yet.";
    "get_write_buffer_limits(self, /)" => |vm, a| {
        let t = get(vm, &a[0])?;
        Ok(new_tuple(vec![new_usize(t.low.get()), new_usize(t.high.get())]))
    }, "The pair of low and high limits.";
    "set_write_buffer_limits(self, high=None, low=None)" => |vm, a| { set_limits(vm, &a[0], arg(a, 1), arg(a, 2))?; Ok(Ref::none()) }, "Sets how many unsent bytes make the protocol pause, and how few make it resume.";
}

getset! { GETSET;
    "_loop" => |vm, r| Ok(get(vm, r)?.event_loop.cloned()), "";
    "_protocol" => |vm, r| Ok(get(vm, r)?.protocol.cloned()), "";
    "_sock" => |vm, r| Ok(get(vm, r)?.socket.cloned()), "";
    "_sock_fd" => |vm, r| Ok(new_int(get(vm, r)?.fd.get() as i64)), "";
}
