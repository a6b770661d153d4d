"""What transports promise. They have no layout of their own, so that native transports can be their subclasses."""

__all__ = ("BaseTransport", "ReadTransport", "WriteTransport", "Transport", "DatagramTransport", "SubprocessTransport")


class BaseTransport:
    """What all transports have in common."""

    def __init__(self, extra=None):
        self._extra = {} if extra is None else extra

    def get_extra_info(self, name, default=None):
        """What is known of the connection under that name, or the default."""
        return self._extra.get(name, default)


class ReadTransport(BaseTransport):
    """Transports that receive."""


class WriteTransport(BaseTransport):
    """Transports that send."""

    def writelines(self, list_of_data):
        """Sends several pieces as one."""
        self.write(b"".join(list_of_data))


class Transport(ReadTransport, WriteTransport):
    """Transports that receive and send."""


class DatagramTransport(BaseTransport):
    """Transports of single messages, as UDP has them."""


class SubprocessTransport(BaseTransport):
    """Interface for transports of child processes."""


def _abstract(base, names):
    for name in names.split():
        def method(self, *args, **kwargs):
            raise NotImplementedError

        method.__name__ = name
        method.__qualname__ = f"{base.__name__}.{name}"
        method.__module__ = __name__
        setattr(base, name, method)


_abstract(BaseTransport, "is_closing close set_protocol get_protocol")
_abstract(ReadTransport, "is_reading pause_reading resume_reading")
_abstract(
    WriteTransport,
    "set_write_buffer_limits get_write_buffer_size get_write_buffer_limits write write_eof can_write_eof abort",
)
_abstract(DatagramTransport, "sendto abort")
_abstract(
    SubprocessTransport, "get_pid get_returncode get_pipe_transport send_signal terminate kill",
)


class _FlowControlMixin(Transport):
    """The write buffer's limits, for transports written in Python."""

    def __init__(self, extra=None, loop=None):
        super().__init__(extra)
        self._loop = loop
        self._protocol_paused = False
        self._set_write_buffer_limits()

    def _tell(self, method):
        try:
            getattr(self._protocol, method)()
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as exc:
            self._loop.call_exception_handler({
                "message": f"protocol.{method}() failed",
                "exception": exc,
                "transport": self,
                "protocol": self._protocol,
            })

    def _maybe_pause_protocol(self):
        if self.get_write_buffer_size() > self._high_water and not self._protocol_paused:
            self._protocol_paused = True
            self._tell("pause_writing")

    def _maybe_resume_protocol(self):
        if self._protocol_paused and self.get_write_buffer_size() <= self._low_water:
            self._protocol_paused = False
            self._tell("resume_writing")

    def get_write_buffer_limits(self):
        return self._low_water, self._high_water

    def _set_write_buffer_limits(self, high=None, low=None):
        if high is None:
            high = 64 * 1024 if low is None else 4 * low
        if low is None:
            low = high // 4
        if not high >= low >= 0:
            raise ValueError(f"high ({high!r}) must be >= low ({low!r}) must be >= 0")
        self._high_water, self._low_water = high, low

    def set_write_buffer_limits(self, high=None, low=None):
        self._set_write_buffer_limits(high=high, low=low)
        self._maybe_pause_protocol()
