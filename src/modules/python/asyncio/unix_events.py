"""The event loop of UNIX systems."""

__all__ = ("SelectorEventLoop", "EventLoop")

from . import base_events, events


class _UnixSelectorEventLoop(base_events.BaseEventLoop):
    """Unix event loop."""

    def __init__(self, selector=None):
        super().__init__()


SelectorEventLoop = _UnixSelectorEventLoop
EventLoop = SelectorEventLoop


class _UnixDefaultEventLoopPolicy(events._BaseDefaultEventLoopPolicy):
    """UNIX event loop policy."""

    _loop_factory = _UnixSelectorEventLoop
