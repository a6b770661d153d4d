"""asyncio.run, and the context manager behind it."""

__all__ = ("Runner", "run")

from _contextvars import copy_context
from . import constants, coroutines, events, exceptions, tasks


class Runner:
    """Owns a loop for the time of a with statement, to run coroutines in it one after the other."""

    def __init__(self, *, debug=None, loop_factory=None):
        self._state = "created"
        self._debug = debug
        self._loop_factory = loop_factory
        self._loop = None
        self._context = None
        self._interrupt_count = 0
        self._set_event_loop = False

    def __enter__(self):
        self._lazy_init()
        return self

    def __exit__(self, exc_type, exc_val, exc_tb):
        self.close()

    def close(self):
        """Cancels what still runs, and closes the loop."""
        if self._state != "initialized":
            return
        try:
            _cancel_all_tasks(self._loop)
            for end, limits in (("shutdown_asyncgens", ()), ("shutdown_default_executor", (constants.THREAD_JOIN_TIMEOUT,))):
                self._loop.run_until_complete(getattr(self._loop, end)(*limits))
        finally:
            if self._set_event_loop:
                events.set_event_loop(None)
            self._loop.close()
            self._state, self._loop = "closed", None

    def get_loop(self):
        """The loop, made now if nothing ran yet."""
        self._lazy_init()
        return self._loop

    def run(self, coro, *, context=None):
        """Runs a coroutine to its end and gives its result."""
        if events._get_running_loop() is not None:
            raise RuntimeError("Runner.run() cannot be called from a running event loop")
        self._lazy_init()
        if not coroutines.iscoroutine(coro):
            if not coroutines._isawaitable(coro):
                raise TypeError("An asyncio.Future, a coroutine or an awaitable is required")
            coro = _await(coro)
        task = self._loop.create_task(coro, context=self._context if context is None else context)
        restore = self._catch_interrupts(task)
        self._interrupt_count = 0
        try:
            return self._loop.run_until_complete(task)
        except exceptions.CancelledError:
            if self._interrupt_count > 0 and task.uncancel() == 0:
                raise KeyboardInterrupt()
            raise
        finally:
            restore()

    def _catch_interrupts(self, task):
        """The first Ctrl-C cancels the main task, the next one interrupts at once."""
        try:
            import _signal as signal
        except ImportError:
            return lambda: None
        try:
            if signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
                return lambda: None

            def on_interrupt(number, frame):
                self._interrupt_count += 1
                if self._interrupt_count == 1 and not task.done():
                    task.cancel()
                    self._loop.call_soon_threadsafe(lambda: None)
                    return
                raise KeyboardInterrupt()

            signal.signal(signal.SIGINT, on_interrupt)
        except ValueError:
            return lambda: None

        def restore():
            if signal.getsignal(signal.SIGINT) is on_interrupt:
                signal.signal(signal.SIGINT, signal.default_int_handler)

        return restore

    def _lazy_init(self):
        if self._state == "closed":
            raise RuntimeError("Runner is closed")
        if self._state == "initialized":
            return
        if self._loop_factory is not None:
            self._loop = self._loop_factory()
        else:
            self._loop = events.new_event_loop()
            if not self._set_event_loop:
                events.set_event_loop(self._loop)
                self._set_event_loop = True
        if self._debug is not None:
            self._loop.set_debug(self._debug)
        self._context = copy_context()
        self._state = "initialized"


async def _await(awaitable):
    return await awaitable


def run(main, *, debug=None, loop_factory=None):
    """Runs a coroutine in a loop of its own and gives its result."""
    if events._get_running_loop() is not None:
        raise RuntimeError("asyncio.run() cannot be called from a running event loop")
    with Runner(debug=debug, loop_factory=loop_factory) as runner:
        return runner.run(main)


def _cancel_all_tasks(loop):
    unfinished = tasks._unfinished(loop)
    if not unfinished:
        return
    for task in unfinished:
        task.cancel()
    loop.run_until_complete(tasks.gather(*unfinished, return_exceptions=True))
    for task in unfinished:
        if not task.cancelled() and task.exception() is not None:
            loop.call_exception_handler({
                "message": "unhandled exception during asyncio.run() shutdown",
                "exception": task.exception(),
                "task": task,
            })
