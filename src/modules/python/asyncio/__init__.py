"""Asynchronous programs: tasks, futures, streams, locks, queues, timeouts.

The names of the package are found when they are first used, so that a program pays only for what it needs. Futures, tasks and the
core of the event loop are native (the module _asyncio).
"""

_HOME = {
    "base_events": ("BaseEventLoop", "Server"),
    "coroutines": ("iscoroutinefunction", "iscoroutine"),
    "events": (
        "AbstractEventLoop", "AbstractServer", "Handle", "TimerHandle", "get_event_loop_policy", "set_event_loop_policy",
        "get_event_loop", "set_event_loop", "new_event_loop", "_set_running_loop", "get_running_loop", "_get_running_loop",
    ),
    "exceptions": (
        "BrokenBarrierError", "CancelledError", "InvalidStateError", "TimeoutError", "IncompleteReadError", "LimitOverrunError",
        "SendfileNotAvailableError",
    ),
    "futures": ("Future", "wrap_future", "isfuture", "future_discard_from_awaited_by", "future_add_to_awaited_by"),
    "graph": ("capture_call_graph", "format_call_graph", "print_call_graph", "FrameCallGraphEntry", "FutureCallGraph"),
    "locks": ("Lock", "Event", "Condition", "Semaphore", "BoundedSemaphore", "Barrier"),
    "protocols": ("BaseProtocol", "Protocol", "DatagramProtocol", "SubprocessProtocol", "BufferedProtocol"),
    "runners": ("Runner", "run"),
    "queues": ("Queue", "PriorityQueue", "LifoQueue", "QueueFull", "QueueEmpty", "QueueShutDown"),
    "streams": (
        "StreamReader", "StreamWriter", "StreamReaderProtocol", "open_connection", "start_server", "open_unix_connection",
        "start_unix_server",
    ),
    "subprocess": ("create_subprocess_exec", "create_subprocess_shell"),
    "tasks": (
        "Task", "create_task", "FIRST_COMPLETED", "FIRST_EXCEPTION", "ALL_COMPLETED", "wait", "wait_for", "as_completed", "sleep",
        "gather", "shield", "ensure_future", "run_coroutine_threadsafe", "current_task", "all_tasks", "create_eager_task_factory",
        "eager_task_factory", "_register_task", "_unregister_task", "_enter_task", "_leave_task",
    ),
    "taskgroups": ("TaskGroup",),
    "timeouts": ("Timeout", "timeout", "timeout_at"),
    "threads": ("to_thread",),
    "transports": (
        "BaseTransport", "ReadTransport", "WriteTransport", "Transport", "DatagramTransport", "SubprocessTransport",
    ),
    "unix_events": ("SelectorEventLoop", "EventLoop"),
}
_MODULES = {
    "base_futures", "base_subprocess", "base_tasks", "constants", "format_helpers", "log", "mixins", "selector_events", "sslproto",
    "staggered", "trsock",
} | _HOME.keys()
_WHERE = {name: module for module, names in _HOME.items() for name in names}

__all__ = tuple(name for names in _HOME.values() for name in names)


def __getattr__(name):
    home = _WHERE.get(name)
    if home is None:
        if name in _MODULES:
            return _submodule(name)
        return _deprecated(name)
    value = getattr(_submodule(home), name)
    globals()[name] = value
    return value


def _submodule(name):
    return __import__(f"asyncio.{name}", None, None, ("*",))


def _deprecated(name):
    from . import events
    old = {
        "AbstractEventLoopPolicy": "_AbstractEventLoopPolicy",
        "DefaultEventLoopPolicy": "_DefaultEventLoopPolicy",
    }
    if name in old:
        events._warn_removed(name)
        return getattr(events, old[name])
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__():
    return sorted({*globals(), *_WHERE, *_MODULES})
