"""The event loop of UNIX systems."""

__all__ = ("SelectorEventLoop", "EventLoop")

import errno
from . import base_events, coroutines, events


class _UnixSelectorEventLoop(base_events.BaseEventLoop):
    """A loop that takes signals, too."""

    def __init__(self, selector=None):
        super().__init__()
        self._signal_handlers = {}

    def close(self):
        super().close()
        for sig in list(self._signal_handlers):
            self.remove_signal_handler(sig)

    def add_signal_handler(self, sig, callback, *args):
        """Has a function called by the loop when the signal comes."""
        import signal
        if coroutines.iscoroutine(callback) or coroutines._iscoroutinefunction(callback):
            raise TypeError("coroutines cannot be used with add_signal_handler()")
        self._check_signal(sig)
        self._check_closed()
        handle = events.Handle(callback, args, self, None)
        try:
            signal.signal(sig, self._on_signal)
        except OSError as exc:
            if exc.errno == errno.EINVAL:
                raise RuntimeError(f"sig {sig} cannot be caught") from None
            raise
        except ValueError as exc:
            raise RuntimeError(str(exc)) from None
        self._signal_handlers[int(sig)] = handle

    def _on_signal(self, number, frame):
        # Handlers run between two instructions of whatever runs; the callback has its turn.
        handle = self._signal_handlers.get(number)
        if handle is None:
            return
        if handle.cancelled():
            self.remove_signal_handler(number)
        else:
            self.call_soon_threadsafe(handle._run)

    def remove_signal_handler(self, sig):
        """Leaves a signal to its usual effect; False if nothing was set."""
        import signal
        self._check_signal(sig)
        if self._signal_handlers.pop(int(sig), None) is None:
            return False
        default = signal.default_int_handler if sig == signal.SIGINT else signal.SIG_DFL
        signal.signal(sig, default)
        return True

    def _check_signal(self, sig):
        import signal
        if not isinstance(sig, int):
            raise TypeError(f"sig must be an int, not {sig!r}")
        if sig not in signal.valid_signals():
            raise ValueError(f"invalid signal number {sig}")


SelectorEventLoop = _UnixSelectorEventLoop
EventLoop = SelectorEventLoop


class _UnixDefaultEventLoopPolicy(events._BaseDefaultEventLoopPolicy):
    """The usual policy of this system."""

    _loop_factory = _UnixSelectorEventLoop
