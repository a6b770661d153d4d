"""The event loop above its native core: running, errors, asynchronous generators, executors."""

__all__ = ("BaseEventLoop", "Server")

import _weakref
import sys
from _asyncio import EventLoop as _Core
from . import coroutines, events, futures, tasks

_FATAL = (SystemExit, KeyboardInterrupt)


def _run_until_complete_cb(fut):
    if not fut.cancelled() and isinstance(fut.exception(), _FATAL):
        # It leaves run_forever() by itself.
        return
    futures._get_loop(fut).stop()


def _log_error(text, exc=None):
    """What the logger `asyncio` would say. Without a configured logging module that is text on standard error."""
    if "logging" in sys.modules:
        from .log import logger
        logger.error(text, exc_info=exc)
    elif sys.stderr is not None:
        sys.stderr.write(text + "\n")
        if exc is not None:
            sys.__excepthook__(type(exc), exc, exc.__traceback__)


class BaseEventLoop(_Core, events.AbstractEventLoop):
    def __init__(self):
        self._exception_handler = None
        self._asyncgens = {}
        self._asyncgens_shutdown_called = False
        self._default_executor = None
        self._executor_shutdown_called = False
        self.slow_callback_duration = 0.1
        if coroutines._is_debug_mode():
            self.set_debug(True)

    def __repr__(self):
        return (
            f"<{type(self).__name__} running={self.is_running()} closed={self.is_closed()} debug={self.get_debug()}>"
        )

    # Running.

    def _check_running(self):
        if self.is_running():
            raise RuntimeError("This event loop is already running")
        if events._get_running_loop() is not None:
            raise RuntimeError("Cannot run the event loop while another loop is running")

    def run_forever(self):
        """Turns until somebody calls stop()."""
        self._check_closed()
        self._check_running()
        hooks = sys.get_asyncgen_hooks()
        sys.set_asyncgen_hooks(firstiter=self._asyncgen_firstiter_hook, finalizer=self._asyncgen_finalizer_hook)
        events._set_running_loop(self)
        try:
            self._run()
        finally:
            events._set_running_loop(None)
            sys.set_asyncgen_hooks(*hooks)

    def run_until_complete(self, future):
        """Turns until the future, or a task for the coroutine, is done; gives its result."""
        self._check_closed()
        self._check_running()
        awaited = tasks.ensure_future(future, loop=self)
        ours = not futures.isfuture(future)
        if ours:
            # Nobody else has it, so nobody else can be blamed for leaving it.
            awaited._log_destroy_pending = False
        awaited.add_done_callback(_run_until_complete_cb)
        stopped = False
        try:
            self.run_forever()
            stopped = True
        finally:
            awaited.remove_done_callback(_run_until_complete_cb)
            if ours and not stopped and awaited.done() and not awaited.cancelled():
                # The error is on its way already.
                awaited.exception()
        if awaited.done():
            return awaited.result()
        raise RuntimeError("Event loop stopped before Future completed.")

    def close(self):
        """Ends the loop for good."""
        if self.is_running():
            raise RuntimeError("Cannot close a running event loop")
        if self.is_closed():
            return
        self._close()
        self._executor_shutdown_called = True
        executor, self._default_executor = self._default_executor, None
        if executor is not None:
            executor.shutdown(wait=False)

    def __del__(self):
        if not self.is_closed():
            import warnings
            warnings.warn(f"unclosed event loop {self!r}", ResourceWarning, source=self)
            if not self.is_running():
                self.close()

    def _timer_handle_cancelled(self, handle):
        pass

    def _check_callback(self, callback, method):
        if coroutines.iscoroutine(callback) or coroutines._iscoroutinefunction(callback):
            raise TypeError(f"coroutines cannot be used with {method}()")
        if not callable(callback):
            raise TypeError(f"a callable object was expected by {method}(), got {callback!r}")

    # Errors.

    def get_exception_handler(self):
        """The function that set_exception_handler() was given, or None."""
        return self._exception_handler

    def set_exception_handler(self, handler):
        """Has a function told of errors that reach nobody; None goes back to showing them."""
        if handler is not None and not callable(handler):
            raise TypeError(f"A callable object or None is expected, got {handler!r}")
        self._exception_handler = handler

    def default_exception_handler(self, context):
        """Shows an error with all that is known of it."""
        lines = [context.get("message") or "Unhandled exception in event loop"]
        for key in sorted(context):
            if key not in ("message", "exception"):
                lines.append(f"{key}: {context[key]!r}")
        _log_error("\n".join(lines), context.get("exception"))

    def call_exception_handler(self, context):
        """Reports an error that reaches nobody."""
        if self._exception_handler is None:
            try:
                self.default_exception_handler(context)
            except _FATAL:
                raise
            except BaseException as exc:
                _log_error("Exception in default exception handler", exc)
            return
        try:
            owner = context.get("task") or context.get("future") or context.get("handle")
            where = owner.get_context() if hasattr(owner, "get_context") else None
            if where is not None and hasattr(where, "run"):
                where.run(self._exception_handler, self, context)
            else:
                self._exception_handler(self, context)
        except _FATAL:
            raise
        except BaseException as exc:
            try:
                self.default_exception_handler({
                    "message": "Unhandled error in exception handler",
                    "exception": exc,
                    "context": context,
                })
            except _FATAL:
                raise
            except BaseException as again:
                _log_error(
                    "Exception in default exception handler while handling an unexpected error in custom exception handler",
                    again,
                )

    # Asynchronous generators (PEP 525).

    def _asyncgen_firstiter_hook(self, agen):
        if self._asyncgens_shutdown_called:
            import warnings
            warnings.warn(
                f"asynchronous generator {agen!r} was scheduled after loop.shutdown_asyncgens() call",
                ResourceWarning,
                source=self,
            )
        known, key = self._asyncgens, id(agen)

        def forget(ref):
            if known.get(key) is ref:
                del known[key]

        known[key] = _weakref.ref(agen, forget)

    def _asyncgen_finalizer_hook(self, agen):
        self._asyncgens.pop(id(agen), None)
        if not self.is_closed():
            self.call_soon_threadsafe(self.create_task, agen.aclose())

    async def shutdown_asyncgens(self):
        """Ends the asynchronous generators that were started under this loop."""
        self._asyncgens_shutdown_called = True
        left = [agen for ref in self._asyncgens.values() if (agen := ref()) is not None]
        self._asyncgens.clear()
        if not left:
            return
        results = await tasks.gather(*[agen.aclose() for agen in left], return_exceptions=True)
        for result, agen in zip(results, left):
            if isinstance(result, Exception):
                self.call_exception_handler({
                    "message": f"an error occurred during closing of asynchronous generator {agen!r}",
                    "exception": result,
                    "asyncgen": agen,
                })

    # Executors.

    def run_in_executor(self, executor, func, *args):
        self._check_closed()
        if executor is None:
            executor = self._default_executor
            if executor is None and self._executor_shutdown_called:
                raise RuntimeError("Executor shutdown has been called")
        if executor is None:
            return self._run_here(func, args)
        return futures.wrap_future(executor.submit(func, *args), loop=self)

    def _run_here(self, func, args):
        """Runs it in a turn of the loop's own thread."""
        future = self.create_future()

        def work():
            if future.cancelled():
                return
            try:
                result = func(*args)
            except _FATAL:
                raise
            except BaseException as exc:
                future.set_exception(exc)
            else:
                future.set_result(result)

        self.call_soon(work)
        return future

    def set_default_executor(self, executor):
        self._default_executor = executor

    async def shutdown_default_executor(self, timeout=None):
        """Ends the default executor and waits for its work."""
        self._executor_shutdown_called = True
        if self._default_executor is not None:
            self._default_executor.shutdown(wait=True)


def _network(name):
    """A method that comes with the module of connections, which programs without any don't load."""

    async def method(self, *args, **kwargs):
        from . import selector_events
        return await getattr(selector_events, name)(self, *args, **kwargs)

    method.__name__ = name
    method.__qualname__ = f"BaseEventLoop.{name}"
    setattr(BaseEventLoop, name, method)


for _name in (
    "create_server create_unix_server create_connection create_unix_connection connect_accepted_socket getaddrinfo getnameinfo "
    "sock_recv sock_recv_into sock_recvfrom sock_sendto sock_sendall sock_accept sock_connect"
).split():
    _network(_name)
del _name


def __getattr__(name):
    if name == "Server":
        from .selector_events import Server
        return Server
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
