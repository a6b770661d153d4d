"""Connections and servers on stream sockets. The transport itself is native."""

import _asyncio
import collections
import errno
import os
import socket
import stat
from . import constants, events, futures, tasks, transports, trsock


class _SelectorSocketTransport(_asyncio.SocketTransport, transports.Transport):
    def __repr__(self):
        state = "closing" if self.is_closing() else "open"
        return f"<{type(self).__name__} fd={self._sock_fd} {state} bufsize={self.get_write_buffer_size()}>"

    def __del__(self):
        if not self.is_closing():
            import warnings
            warnings.warn(f"unclosed transport {self!r}", ResourceWarning, source=self)
            self._sock.close()


def _extra(sock):
    extra = {"socket": trsock.TransportSocket(sock)}
    for key, get in (("sockname", sock.getsockname), ("peername", sock.getpeername)):
        try:
            extra[key] = get()
        except OSError:
            extra[key] = None
    return extra


def make_transport(loop, sock, protocol, waiter=None, *, server=None):
    sock.setblocking(False)
    transport = _SelectorSocketTransport(loop, sock, protocol, _extra(sock), server)
    if server is not None:
        server._attach(transport)
    if sock.family != socket.AF_UNIX:
        # Small answers must not wait for the acknowledgement of earlier ones.
        try:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError:
            pass
    loop.call_soon(protocol.connection_made, transport)
    loop.call_soon(transport._start)
    if waiter is not None:
        loop.call_soon(futures._set_result_unless_cancelled, waiter, None)
    return transport


def _no_tls(ssl):
    if ssl:
        raise NotImplementedError("TLS needs the module ssl")


class Server(events.AbstractServer):
    """A listening server."""

    def __init__(self, loop, sockets, protocol_factory, backlog):
        self._loop = loop
        self._sockets = sockets
        self._factory = protocol_factory
        self._backlog = backlog
        self._clients = set()
        self._serving = False
        self._waiters = []
        self._forever = None

    def __repr__(self):
        return f"<{type(self).__name__} sockets={self.sockets!r}>"

    @property
    def sockets(self):
        if self._sockets is None:
            return ()
        return tuple(trsock.TransportSocket(s) for s in self._sockets)

    def _attach(self, transport):
        self._clients.add(transport)

    def _detach(self, transport):
        self._clients.discard(transport)
        if not self._clients and self._sockets is None:
            self._wakeup()

    def _wakeup(self):
        waiters, self._waiters = self._waiters, None
        for waiter in waiters or ():
            if not waiter.done():
                waiter.set_result(None)

    def _start_serving(self):
        if self._serving:
            return
        self._serving = True
        for sock in self._sockets:
            sock.listen(self._backlog)
            self._loop._add_reader(sock.fileno(), self._accept, sock)

    def _accept(self, sock):
        for _ in range(self._backlog + 1):
            try:
                conn, _ = sock.accept()
            except (BlockingIOError, InterruptedError, ConnectionAbortedError):
                return
            except OSError as exc:
                if exc.errno not in (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM):
                    raise
                # Out of descriptors: try again when there may be some.
                self._loop.call_exception_handler({
                    "message": "socket.accept() out of system resource",
                    "exception": exc,
                    "socket": trsock.TransportSocket(sock),
                })
                self._loop._remove_reader(sock.fileno())
                self._loop.call_later(constants.ACCEPT_RETRY_DELAY, self._resume, sock)
                return
            try:
                make_transport(self._loop, conn, self._factory(), server=self)
            except (SystemExit, KeyboardInterrupt):
                raise
            except BaseException as exc:
                conn.close()
                self._loop.call_exception_handler({
                    "message": "Error on transport creation for incoming connection",
                    "exception": exc,
                })

    def _resume(self, sock):
        if self._sockets is not None and self._serving:
            self._loop._add_reader(sock.fileno(), self._accept, sock)

    def get_loop(self):
        return self._loop

    def is_serving(self):
        return self._serving

    def close(self):
        sockets, self._sockets = self._sockets, None
        if sockets is None:
            return
        for sock in sockets:
            self._loop._remove_reader(sock.fileno())
            sock.close()
        self._serving = False
        if self._forever is not None and not self._forever.done():
            self._forever.cancel()
            self._forever = None
        if not self._clients:
            self._wakeup()

    def close_clients(self):
        for transport in self._clients.copy():
            transport.close()

    def abort_clients(self):
        for transport in self._clients.copy():
            transport.abort()

    async def start_serving(self):
        self._start_serving()
        # One turn, so that the sockets are really watched.
        await tasks.sleep(0)

    async def serve_forever(self):
        if self._forever is not None:
            raise RuntimeError(f"server {self!r} is already being awaited on serve_forever()")
        if self._sockets is None:
            raise RuntimeError(f"server {self!r} is closed")
        self._start_serving()
        self._forever = self._loop.create_future()
        try:
            await self._forever
        except BaseException:
            try:
                self.close()
                await self.wait_closed()
            finally:
                raise
        finally:
            self._forever = None

    async def wait_closed(self):
        if self._waiters is None:
            return
        waiter = self._loop.create_future()
        self._waiters.append(waiter)
        await waiter


async def _serve(loop, sockets, protocol_factory, backlog, start_serving):
    for sock in sockets:
        sock.setblocking(False)
    server = Server(loop, sockets, protocol_factory, backlog)
    if start_serving:
        server._start_serving()
        await tasks.sleep(0)
    return server


async def create_unix_server(
    loop, protocol_factory, path=None, *, sock=None, backlog=100, ssl=None, ssl_handshake_timeout=None, ssl_shutdown_timeout=None,
    start_serving=True, cleanup_socket=True,
):
    _no_tls(ssl)
    if path is not None:
        if sock is not None:
            raise ValueError("path and sock can not be specified at the same time")
        path = os.fspath(path)
        sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        if path[0] not in (0, "\x00"):
            try:
                if stat.S_ISSOCK(os.stat(path).st_mode):
                    os.remove(path)
            except FileNotFoundError:
                pass
        try:
            sock.bind(path)
        except OSError as exc:
            sock.close()
            if exc.errno == errno.EADDRINUSE:
                raise OSError(errno.EADDRINUSE, f"Address {path!r} is already in use") from None
            raise
    elif sock is None:
        raise ValueError("path was not specified, and no sock specified")
    elif sock.family != socket.AF_UNIX or sock.type != socket.SOCK_STREAM:
        raise ValueError(f"A UNIX Domain Stream Socket was expected, got {sock!r}")
    return await _serve(loop, [sock], protocol_factory, backlog, start_serving)


async def create_server(
    loop, protocol_factory, host=None, port=None, *, family=socket.AF_UNSPEC, flags=socket.AI_PASSIVE, sock=None, backlog=100, ssl=None,
    reuse_address=None, reuse_port=None, keep_alive=None, ssl_handshake_timeout=None, ssl_shutdown_timeout=None, start_serving=True,
):
    _no_tls(ssl)
    if host is None and port is None:
        if sock is None:
            raise ValueError("Neither host/port nor sock were specified")
        if sock.type != socket.SOCK_STREAM:
            raise ValueError(f"A Stream Socket was expected, got {sock!r}")
        return await _serve(loop, [sock], protocol_factory, backlog, start_serving)
    if sock is not None:
        raise ValueError("host/port and sock can not be specified at the same time")
    hosts = [None] if host == "" or host is None else [host] if isinstance(host, str) else list(host)
    infos = {}
    for name in hosts:
        for info in socket.getaddrinfo(name, port, family=family, type=socket.SOCK_STREAM, flags=flags):
            infos[info] = None
    sockets = []
    try:
        for family, kind, protocol, _, address in infos:
            try:
                sock = socket.socket(family, kind, protocol)
            except OSError:
                continue
            sockets.append(sock)
            if reuse_address is not False:
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if reuse_port:
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            if keep_alive:
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            if family == socket.AF_INET6:
                sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            try:
                sock.bind(address)
            except OSError as exc:
                if exc.errno == errno.EADDRNOTAVAIL:
                    sockets.pop()
                    sock.close()
                    continue
                text = (
                    f"error while attempting to bind on address {address!r}: {str(exc.strerror).lower()}"
                )
                raise OSError(exc.errno, text) from None
        if not sockets:
            raise OSError(f"could not bind on any address out of {[info[4] for info in infos]!r}")
    except BaseException:
        for sock in sockets:
            sock.close()
        raise
    return await _serve(loop, sockets, protocol_factory, backlog, start_serving)


async def _connected(loop, sock, protocol_factory):
    protocol = protocol_factory()
    waiter = loop.create_future()
    transport = make_transport(loop, sock, protocol, waiter)
    try:
        await waiter
    except BaseException:
        transport.close()
        raise
    return transport, protocol


async def create_unix_connection(
    loop, protocol_factory, path=None, *, ssl=None, sock=None, server_hostname=None, ssl_handshake_timeout=None,
    ssl_shutdown_timeout=None,
):
    _no_tls(ssl)
    if path is not None:
        if sock is not None:
            raise ValueError("path and sock can not be specified at the same time")
        sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            sock.setblocking(False)
            await sock_connect(loop, sock, os.fspath(path))
        except BaseException:
            sock.close()
            raise
    elif sock is None:
        raise ValueError("no path and sock were specified")
    return await _connected(loop, sock, protocol_factory)


async def create_connection(
    loop, protocol_factory, host=None, port=None, *, ssl=None, family=0, proto=0, flags=0, sock=None, local_addr=None,
    server_hostname=None, ssl_handshake_timeout=None, ssl_shutdown_timeout=None, happy_eyeballs_delay=None, interleave=None,
    all_errors=False,
):
    _no_tls(ssl)
    if host is None and port is None:
        if sock is None:
            raise ValueError("host and port was not specified and no sock specified")
        return await _connected(loop, sock, protocol_factory)
    if sock is not None:
        raise ValueError("host/port and sock can not be specified at the same time")
    errors = []
    infos = socket.getaddrinfo(host, port, family=family, type=socket.SOCK_STREAM, proto=proto, flags=flags)
    for family, kind, protocol, _, address in infos:
        sock = socket.socket(family, kind, protocol)
        try:
            sock.setblocking(False)
            if local_addr is not None:
                sock.bind(local_addr)
            await sock_connect(loop, sock, address)
            break
        except OSError as exc:
            sock.close()
            errors.append(exc)
        except BaseException:
            sock.close()
            raise
    else:
        if all_errors:
            raise ExceptionGroup("create_connection failed", errors)
        if len(errors) == 1 or all(str(e) == str(errors[0]) for e in errors):
            raise errors[0]
        raise OSError("Multiple exceptions: {}".format(", ".join(str(e) for e in errors)))
    return await _connected(loop, sock, protocol_factory)


async def connect_accepted_socket(
    loop, protocol_factory, sock, *, ssl=None, ssl_handshake_timeout=None, ssl_shutdown_timeout=None,
):
    _no_tls(ssl)
    if sock.type != socket.SOCK_STREAM:
        raise ValueError(f"A Stream Socket was expected, got {sock!r}")
    return await _connected(loop, sock, protocol_factory)


# Sockets without transports.


async def _attempt(loop, sock, write, operation):
    """Does what would block when the socket is ready for it."""
    if loop.get_debug() and sock.gettimeout() != 0:
        raise ValueError("the socket must be non-blocking")
    try:
        return operation()
    except (BlockingIOError, InterruptedError):
        pass
    future = loop.create_future()
    fd = sock.fileno()

    def ready():
        if future.done():
            return
        try:
            result = operation()
        except (BlockingIOError, InterruptedError):
            return
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as exc:
            future.set_exception(exc)
        else:
            future.set_result(result)

    watch, unwatch = (loop._add_writer, loop._remove_writer) if write else (loop._add_reader, loop._remove_reader)
    watch(fd, ready)
    try:
        return await future
    finally:
        unwatch(fd)


async def sock_recv(loop, sock, n):
    return await _attempt(loop, sock, False, lambda: sock.recv(n))


async def sock_recv_into(loop, sock, buf):
    return await _attempt(loop, sock, False, lambda: sock.recv_into(buf))


async def sock_recvfrom(loop, sock, bufsize):
    return await _attempt(loop, sock, False, lambda: sock.recvfrom(bufsize))


async def sock_sendto(loop, sock, data, address):
    return await _attempt(loop, sock, True, lambda: sock.sendto(data, address))


async def sock_sendall(loop, sock, data):
    view = memoryview(data).cast("B")
    while view:
        sent = await _attempt(loop, sock, True, lambda: sock.send(view))
        view = view[sent:]


async def sock_accept(loop, sock):
    def accept():
        conn, address = sock.accept()
        conn.setblocking(False)
        return conn, address

    return await _attempt(loop, sock, False, accept)


async def sock_connect(loop, sock, address):
    try:
        sock.connect(address)
        return
    except (BlockingIOError, InterruptedError):
        pass

    def finish():
        number = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if number:
            raise OSError(number, f"Connect call failed {address}")

    future = loop.create_future()

    def ready():
        if future.done():
            return
        try:
            finish()
        except OSError as exc:
            future.set_exception(exc)
        else:
            future.set_result(None)

    fd = sock.fileno()
    loop._add_writer(fd, ready)
    try:
        await future
    finally:
        loop._remove_writer(fd)


async def getaddrinfo(loop, host, port, *, family=0, type=0, proto=0, flags=0):
    return await loop.run_in_executor(None, lambda: socket.getaddrinfo(host, port, family, type, proto, flags))


async def getnameinfo(loop, sockaddr, flags=0):
    return await loop.run_in_executor(None, lambda: socket.getnameinfo(sockaddr, flags))
