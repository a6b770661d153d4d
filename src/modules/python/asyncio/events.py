"""Event loops: what they promise, and which one runs."""

__all__ = (
    "AbstractEventLoop", "AbstractServer", "Handle", "TimerHandle", "get_event_loop_policy", "set_event_loop_policy", "get_event_loop",
    "set_event_loop", "new_event_loop", "_set_running_loop", "get_running_loop", "_get_running_loop",
)

from _asyncio import Handle, TimerHandle, _get_running_loop, _set_running_loop, get_event_loop, get_running_loop


class AbstractServer:
    """What create_server() gives: a place where connections arrive."""

    def close(self):
        """Ends listening; connections that exist go on."""
        raise NotImplementedError

    def close_clients(self):
        """Closes the connections that came in here."""
        raise NotImplementedError

    def abort_clients(self):
        """Cuts the connections that came in here."""
        raise NotImplementedError

    def get_loop(self):
        """The loop it belongs to."""
        raise NotImplementedError

    def is_serving(self):
        """Whether it listens."""
        raise NotImplementedError

    async def start_serving(self):
        """Listens, from now on."""
        raise NotImplementedError

    async def serve_forever(self):
        """Listens for as long as the task that awaits this is not cancelled."""
        raise NotImplementedError

    async def wait_closed(self):
        """Waits until it and all its connections are closed."""
        raise NotImplementedError

    async def __aenter__(self):
        return self

    async def __aexit__(self, *exc):
        self.close()
        await self.wait_closed()


class AbstractEventLoop:
    """The methods of all event loops."""

    async def shutdown_asyncgens(self):
        """Ends the asynchronous generators that were started under this loop."""
        raise NotImplementedError

    async def shutdown_default_executor(self):
        """Ends the executor that run_in_executor() uses by default."""
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
    """Decides which loop code gets that asks for one."""

    def get_event_loop(self):
        """The loop of this thread."""
        raise NotImplementedError

    def set_event_loop(self, loop):
        """Makes a loop the one of this thread."""
        raise NotImplementedError

    def new_event_loop(self):
        """A loop of the policy's kind."""
        raise NotImplementedError


class _BaseDefaultEventLoopPolicy(_AbstractEventLoopPolicy):
    """One event loop a thread."""

    _loop_factory = None
    _loop = None

    def get_event_loop(self):
        """The loop that was set; RuntimeError is raised without one."""
        if self._loop is None:
            import sys
            threading = sys.modules.get("threading")
            name = "MainThread" if threading is None else threading.current_thread().name
            raise RuntimeError(f"There is no current event loop in thread {name!r}.")
        return self._loop

    def set_event_loop(self, loop):
        """Remembers a loop, or None."""
        if loop is not None and not isinstance(loop, AbstractEventLoop):
            kind = type(loop).__name__
            raise TypeError(f"loop must be an instance of AbstractEventLoop or None, not {kind!r}")
        self._loop = loop

    def new_event_loop(self):
        """A loop from the factory."""
        return self._loop_factory()


class _DefaultEventLoopPolicy(_BaseDefaultEventLoopPolicy):
    def new_event_loop(self):
        """A loop as it is usual on this system."""
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
    """The policy in force."""
    _warn_removed("get_event_loop_policy", 3)
    return _get_event_loop_policy()


def _set_event_loop_policy(policy):
    global _policy
    if policy is not None and not isinstance(policy, _AbstractEventLoopPolicy):
        kind = type(policy).__name__
        raise TypeError(f"policy must be an instance of AbstractEventLoopPolicy or None, not {kind!r}")
    _policy = policy


def set_event_loop_policy(policy):
    """Puts a policy in force; None stands for the usual one."""
    _warn_removed("set_event_loop_policy", 3)
    _set_event_loop_policy(policy)


def set_event_loop(loop):
    """Makes a loop the one of this thread, by way of the policy."""
    _get_event_loop_policy().set_event_loop(loop)


def new_event_loop():
    """A new loop, by way of the policy."""
    return _get_event_loop_policy().new_event_loop()
