"""Tasks: making them, waiting for them, protecting them."""

__all__ = (
    "Task", "create_task", "FIRST_COMPLETED", "FIRST_EXCEPTION", "ALL_COMPLETED", "wait", "wait_for", "as_completed", "sleep", "gather",
    "shield", "ensure_future", "run_coroutine_threadsafe", "current_task", "all_tasks", "create_eager_task_factory",
    "eager_task_factory", "_register_task", "_unregister_task", "_enter_task", "_leave_task",
)

import types
from _asyncio import (
    Task, _enter_task, _leave_task, _register_eager_task, _register_task, _swap_current_task, _tasks_in_order as _unfinished,
    _unregister_eager_task, _unregister_task, all_tasks, create_task, current_task,
)
from . import coroutines, events, exceptions, futures

FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED = "FIRST_COMPLETED", "FIRST_EXCEPTION", "ALL_COMPLETED"


async def _await(awaitable):
    return await awaitable


def ensure_future(coro_or_future, *, loop=None):
    """The future itself, or a task that awaits what was given."""
    given = coro_or_future
    if futures.isfuture(given):
        if loop is None or futures._get_loop(given) is loop:
            return given
        raise ValueError("The future belongs to a different loop than the one specified as the loop argument")
    if coroutines.iscoroutine(given):
        coro, close = given, given.close
    elif coroutines._isawaitable(given):
        coro, close = _await(given), None
    else:
        raise TypeError("An asyncio.Future, a coroutine or an awaitable is required")
    try:
        return (events.get_event_loop() if loop is None else loop).create_task(coro)
    except RuntimeError:
        # A loop that is closed does not take it; then it shall not complain of never having been awaited.
        if close is not None:
            close()
        raise


def create_eager_task_factory(custom_task_constructor):
    """A task factory for loops whose tasks begin to run while they are made."""

    def factory(loop, coro, *, eager_start=True, **kwargs):
        return custom_task_constructor(coro, loop=loop, eager_start=eager_start, **kwargs)

    return factory


eager_task_factory = create_eager_task_factory(Task)


@types.coroutine
def _next_turn():
    yield


async def sleep(delay, result=None):
    """Waits for so many seconds; 0 gives the others a turn."""
    if delay != delay:
        raise ValueError("Invalid delay: NaN (not a number)")
    if not delay <= 0:
        loop = events.get_running_loop()
        alarm = loop.create_future()
        timer = loop.call_later(delay, futures._set_result_unless_cancelled, alarm, result)
        try:
            return await alarm
        finally:
            timer.cancel()
    await _next_turn()
    return result


# Waiting for several.


async def wait(fs, *, timeout=None, return_when=ALL_COMPLETED):
    """Waits until some or all of the futures are done; gives the set of these and the set of the others."""
    if futures.isfuture(fs) or coroutines.iscoroutine(fs):
        raise TypeError(f"expect a list of futures, not {type(fs).__name__}")
    if not fs:
        raise ValueError("Set of Tasks/Futures is empty.")
    if return_when not in (FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED):
        raise ValueError(f"Invalid return_when value: {return_when}")
    fs = set(fs)
    if any(coroutines.iscoroutine(f) for f in fs):
        raise TypeError("Passing coroutines is forbidden, use tasks explicitly.")
    return await _wait(fs, timeout, return_when, events.get_running_loop())


async def _wait(fs, timeout, return_when, loop):
    waiter = loop.create_future()
    timer = None
    left = len(fs)
    if timeout is not None:
        timer = loop.call_later(timeout, _release, waiter)

    def on_completion(f):
        nonlocal left
        left -= 1
        enough = (
            left <= 0
            or return_when == FIRST_COMPLETED
            or return_when == FIRST_EXCEPTION and not f.cancelled() and f.exception() is not None
        )
        if enough:
            if timer is not None:
                timer.cancel()
            _release(waiter)

    for f in fs:
        f.add_done_callback(on_completion)
    try:
        await waiter
    finally:
        if timer is not None:
            timer.cancel()
        for f in fs:
            f.remove_done_callback(on_completion)
    done, pending = set(), set()
    for f in fs:
        (done if f.done() else pending).add(f)
    return done, pending


def _release(waiter, *args):
    if not waiter.done():
        waiter.set_result(None)


async def _cancel_and_wait(fut):
    """Cancels it and lets it come to its end."""
    waiter = events.get_running_loop().create_future()

    def on_completion(f):
        _release(waiter)

    fut.add_done_callback(on_completion)
    try:
        fut.cancel()
        await waiter
    finally:
        fut.remove_done_callback(on_completion)


async def wait_for(fut, timeout):
    """Waits for one thing; TimeoutError is raised, and the thing cancelled, if that takes too long."""
    if timeout is None or not timeout <= 0:
        from . import timeouts
        async with timeouts.timeout(timeout):
            return await fut
    # No time at all: only what is there already counts.
    future = ensure_future(fut)
    late = not future.done()
    if late:
        await _cancel_and_wait(future)
    try:
        return future.result()
    except exceptions.CancelledError as exc:
        if late:
            raise TimeoutError from exc
        raise


class _AsCompletedIterator:
    """Gives futures in the order in which they are done; plain iteration gives coroutines to await."""

    def __init__(self, aws, timeout):
        from .queues import Queue
        self._done = Queue()
        self._timer = None
        loop = events.get_event_loop()
        todo = {ensure_future(aw, loop=loop) for aw in set(aws)}
        self._todo = todo
        self._todo_left = len(todo)
        for f in todo:
            f.add_done_callback(self._on_completion)
        if todo and timeout is not None:
            self._timer = loop.call_later(timeout, self._on_timeout)

    def __aiter__(self):
        return self

    def __iter__(self):
        return self

    def _count_down(self, end):
        if self._todo_left == 0:
            raise end
        self._todo_left -= 1

    async def __anext__(self):
        self._count_down(StopAsyncIteration)
        return await self._wait_for_one()

    def __next__(self):
        self._count_down(StopIteration)
        return self._wait_for_one(resolve=True)

    def _on_timeout(self):
        for f in self._todo:
            f.remove_done_callback(self._on_completion)
            self._done.put_nowait(None)
        self._todo.clear()

    def _on_completion(self, f):
        if not self._todo:
            return
        self._todo.remove(f)
        self._done.put_nowait(f)
        if not self._todo and self._timer is not None:
            self._timer.cancel()

    async def _wait_for_one(self, resolve=False):
        first = await self._done.get()
        if first is not None:
            return first.result() if resolve else first
        # The timer puts these in for those that are late.
        raise exceptions.TimeoutError


def as_completed(fs, *, timeout=None):
    """Goes over awaitables as they get done, the quickest first."""
    if futures.isfuture(fs) or coroutines.iscoroutine(fs):
        raise TypeError(f"expects an iterable of awaitables, not {type(fs).__name__}")
    return _AsCompletedIterator(fs, timeout)


class _GatheringFuture(futures.Future):
    """The future of gather(): cancelling it cancels its children, and it is done when they are."""

    def __init__(self, children, *, loop):
        super().__init__(loop=loop)
        self._children = children
        self._cancel_requested = False

    def cancel(self, msg=None):
        if self.done():
            return False
        any_cancelled = False
        for child in self._children:
            if child.cancel(msg=msg):
                any_cancelled = True
        if any_cancelled:
            self._cancel_requested = True
        return any_cancelled


def gather(*coros_or_futures, return_exceptions=False):
    """A future of the list of all results, in the order of the arguments."""
    if not coros_or_futures:
        outer = events.get_event_loop().create_future()
        outer.set_result([])
        return outer

    loop = outer = None
    distinct = finished = 0
    children, known, done_already = [], {}, []

    def _done_callback(fut):
        nonlocal finished
        finished += 1
        if outer is None or outer.done():
            if not fut.cancelled():
                # Seen, though nobody wants it any more.
                fut.exception()
            return
        if not return_exceptions:
            if fut.cancelled():
                outer.set_exception(fut._make_cancelled_error())
                return
            exc = fut.exception()
            if exc is not None:
                outer.set_exception(exc)
                return
        if finished != distinct:
            return
        if outer._cancel_requested:
            outer.set_exception(fut._make_cancelled_error())
            return
        results = []
        for child in children:
            if child.cancelled():
                message = child._cancel_message
                results.append(exceptions.CancelledError("" if message is None else message))
            else:
                exc = child.exception()
                results.append(child.result() if exc is None else exc)
        outer.set_result(results)

    for arg in coros_or_futures:
        fut = known.get(arg)
        if fut is None:
            fut = ensure_future(arg, loop=loop)
            if loop is None:
                loop = futures._get_loop(fut)
            if fut is not arg:
                # It is ours; nobody else can be expected to keep it.
                fut._log_destroy_pending = False
            distinct += 1
            known[arg] = fut
            if fut.done():
                done_already.append(fut)
            else:
                fut.add_done_callback(_done_callback)
        children.append(fut)
    outer = _GatheringFuture(children, loop=loop)
    for fut in done_already:
        _done_callback(fut)
    return outer


def _log_on_exception(fut):
    if fut.cancelled():
        return
    exc = fut.exception()
    if exc is not None:
        fut.get_loop().call_exception_handler({
            "message": f"{type(exc).__name__} exception in shielded future",
            "exception": exc,
            "future": fut,
        })


def shield(arg):
    """A future of the result that can be cancelled without cancelling what it is of."""
    inner = ensure_future(arg)
    if inner.done():
        return inner
    outer = futures._get_loop(inner).create_future()

    def _inner_done_callback(_):
        if inner.cancelled():
            outer.cancel()
        elif not outer.cancelled():
            if (exc := inner.exception()) is None:
                outer.set_result(inner.result())
            else:
                outer.set_exception(exc)

    def _outer_done_callback(_):
        if inner.done():
            return
        # Nobody waits any more, so that an error has to be shown. Once, however many shields there were.
        for callback in (_inner_done_callback, _log_on_exception):
            inner.remove_done_callback(callback)
        inner.add_done_callback(_log_on_exception)

    inner.add_done_callback(_inner_done_callback)
    outer.add_done_callback(_outer_done_callback)
    return outer


def run_coroutine_threadsafe(coro, loop):
    """Has a loop of another thread run a coroutine; gives a future of concurrent.futures."""
    if not coroutines.iscoroutine(coro):
        raise TypeError("A coroutine object is required")
    from concurrent.futures import Future as Promise
    promise = Promise()

    def start():
        try:
            task = ensure_future(coro, loop=loop)
            futures._chain_future(task, promise)
        except BaseException as exc:
            fatal = isinstance(exc, (SystemExit, KeyboardInterrupt))
            if not fatal and promise.set_running_or_notify_cancel():
                promise.set_exception(exc)
            raise

    loop.call_soon_threadsafe(start)
    return promise


# Names by which the reference's tests tell its two implementations apart. Here is one.
_CTask = _PyTask = Task
_c_current_task = _py_current_task = current_task
_c_all_tasks = _py_all_tasks = all_tasks
_c_register_task = _py_register_task = _register_task
_c_unregister_task = _py_unregister_task = _unregister_task
_c_enter_task = _py_enter_task = _enter_task
_c_leave_task = _py_leave_task = _leave_task
