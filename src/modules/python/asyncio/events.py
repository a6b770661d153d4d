"""Event loops: what they promise, and which one runs."""

__all__ = (
    "AbstractEventLoop", "AbstractServer", "Handle", "TimerHandle", "get_event_loop_policy", "set_event_loop_policy", "get_event_loop",
    "set_event_loop", "new_event_loop", "_set_running_loop", "get_running_loop", "_get_running_loop",
)

from _asyncio import Handle, TimerHandle, _get_running_loop, _set_running_loop, get_event_loop, get_running_loop


class AbstractServer:
    """Abstract server returned by create_server()."""

    def close(self):
        """Stop serving."""
        raise NotImplementedError

    def close_clients(self):
        """Close all active connections."""
        raise NotImplementedError

    def abort_clients(self):
        """Close all active connections immediately."""
        raise NotImplementedError

    def get_loop(self):
        """Get the event loop the Server object is attached to."""
        raise NotImplementedError

    def is_serving(self):
        """Return True if the server is accepting connections."""
        raise NotImplementedError

    async def start_serving(self):
        """Start accepting connections."""
        raise NotImplementedError

    async def serve_forever(self):
        """Start accepting connections until the coroutine is cancelled."""
        raise NotImplementedError

    async def wait_closed(self):
        """Coroutine to wait until service is closed."""
        raise NotImplementedError

    async def __aenter__(self):
        return self

    async def __aexit__(self, *exc):
        self.close()
        await self.wait_closed()


class AbstractEventLoop:
    """Abstract event loop."""

    async def shutdown_asyncgens(self):
        """Shutdown all active asynchronous generators."""
        raise NotImplementedError

    async def shutdown_default_executor(self):
        """Schedule the shutdown of the default executor."""
        raise NotImplementedError


def _abstract(name, is_async):
    if is_async:
        async def method(self, *args, **kwargs):
            raise NotImplementedError
    else:
        def method(self, *args, **kwargs):
            raise NotImplementedError
    method.__name__ = name
    method.__qualname__ = f"AbstractEventLoop.{name}"
    setattr(AbstractEventLoop, name, method)


for _name in (
    "run_forever run_until_complete stop is_running is_closed close _timer_handle_cancelled call_soon call_later call_at time "
    "create_future create_task call_soon_threadsafe run_in_executor set_default_executor add_reader remove_reader add_writer "
    "remove_writer add_signal_handler remove_signal_handler set_task_factory get_task_factory get_exception_handler "
    "set_exception_handler default_exception_handler call_exception_handler get_debug set_debug"
).split():
    _abstract(_name, False)
for _name in (
    "getaddrinfo getnameinfo create_connection create_server sendfile start_tls create_unix_connection create_unix_server "
    "connect_accepted_socket create_datagram_endpoint connect_read_pipe connect_write_pipe subprocess_shell subprocess_exec "
    "sock_recv sock_recv_into sock_recvfrom sock_recvfrom_into sock_sendall sock_sendto sock_connect sock_accept sock_sendfile"
).split():
    _abstract(_name, True)
del _name


class _AbstractEventLoopPolicy:
    """Abstract policy for accessing the event loop."""

    def get_event_loop(self):
        """Get the event loop for the current context."""
        raise NotImplementedError

    def set_event_loop(self, loop):
        """Set the event loop for the current context to loop."""
        raise NotImplementedError

    def new_event_loop(self):
        """Create and return a new event loop object according to this policy's rules."""
        raise NotImplementedError


class _BaseDefaultEventLoopPolicy(_AbstractEventLoopPolicy):
    """One event loop a thread."""

    _loop_factory = None
    _loop = None

    def get_event_loop(self):
        """Get the event loop for the current context."""
        if self._loop is None:
            import sys
            threading = sys.modules.get("threading")
            name = "MainThread" if threading is None else threading.current_thread().name
            raise RuntimeError(f"There is no current event loop in thread {name!r}.")
        return self._loop

    def set_event_loop(self, loop):
        """Set the event loop."""
        if loop is not None and not isinstance(loop, AbstractEventLoop):
            kind = type(loop).__name__
            raise TypeError(f"loop must be an instance of AbstractEventLoop or None, not {kind!r}")
        self._loop = loop

    def new_event_loop(self):
        """Create a new event loop."""
        return self._loop_factory()


class _DefaultEventLoopPolicy(_BaseDefaultEventLoopPolicy):
    def new_event_loop(self):
        """Create a new event loop."""
        from .unix_events import SelectorEventLoop
        return SelectorEventLoop()


_policy = None


def _warn_removed(name, stacklevel=4):
    import warnings
    text = f"'asyncio.{name}' is deprecated and slated for removal in Python 3.16"
    warnings.warn(text, DeprecationWarning, stacklevel=stacklevel)


def _get_event_loop_policy():
    global _policy
    if _policy is None:
        _policy = _DefaultEventLoopPolicy()
    return _policy


def get_event_loop_policy():
    """Get the current event loop policy."""
    _warn_removed("get_event_loop_policy", 3)
    return _get_event_loop_policy()


def _set_event_loop_policy(policy):
    global _policy
    if policy is not None and not isinstance(policy, _AbstractEventLoopPolicy):
        kind = type(policy).__name__
        raise TypeError(f"policy must be an instance of AbstractEventLoopPolicy or None, not {kind!r}")
    _policy = policy


def set_event_loop_policy(policy):
    """Set the current event loop policy.  If policy is None, the default policy is restored."""
    _warn_removed("set_event_loop_policy", 3)
    _set_event_loop_policy(policy)


def set_event_loop(loop):
    """Equivalent to calling get_event_loop_policy().set_event_loop(loop)."""
    _get_event_loop_policy().set_event_loop(loop)


def new_event_loop():
    """Equivalent to calling get_event_loop_policy().new_event_loop()."""
    return _get_event_loop_policy().new_event_loop()
