"""How much of the system a process uses, from what Linux shows of it in /proc, and how much it may use."""

import collections
import operator

from _resource import limits as _limits

error = OSError
RUSAGE_SELF, RUSAGE_CHILDREN, RUSAGE_THREAD = 0, -1, 1
RLIM_INFINITY = -1
RLIMIT_CPU, RLIMIT_FSIZE, RLIMIT_DATA, RLIMIT_STACK, RLIMIT_CORE, RLIMIT_RSS, RLIMIT_NPROC, RLIMIT_NOFILE = range(8)
RLIMIT_OFILE = RLIMIT_NOFILE
RLIMIT_MEMLOCK, RLIMIT_AS = 8, 9
RLIMIT_SIGPENDING, RLIMIT_MSGQUEUE, RLIMIT_NICE, RLIMIT_RTPRIO, RLIMIT_RTTIME = range(11, 16)

struct_rusage = collections.namedtuple(
    "struct_rusage",
    "ru_utime ru_stime ru_maxrss ru_ixrss ru_idrss ru_isrss ru_minflt ru_majflt ru_nswap ru_inblock ru_oublock ru_msgsnd ru_msgrcv "
    "ru_nsignals ru_nvcsw ru_nivcsw",
)
_TICKS = 100


def getpagesize():
    return 4096


def getrusage(who, /):
    if who not in (RUSAGE_SELF, RUSAGE_CHILDREN, RUSAGE_THREAD):
        raise ValueError("invalid who parameter")
    with open("/proc/self/stat") as file:
        # The name in parentheses may contain anything.
        fields = file.read().rpartition(")")[2].split()
    own = who != RUSAGE_CHILDREN
    user, system = (fields[11], fields[12]) if own else (fields[13], fields[14])
    values = {}
    if own:
        with open("/proc/self/status") as file:
            for line in file:
                key, _, value = line.partition(":")
                values[key] = value.split()
    number = lambda key: int(values[key][0]) if values.get(key) else 0
    return struct_rusage(
        int(user) / _TICKS, int(system) / _TICKS, number("VmHWM"), 0, 0, 0, int(fields[7 if own else 8]),
        int(fields[9 if own else 10]), 0, 0, 0, 0, 0, 0, number("voluntary_ctxt_switches"), number("nonvoluntary_ctxt_switches"),
    )


def _resource(number):
    number = operator.index(number)
    if not 0 <= number < 16:
        raise ValueError("invalid resource specified")
    return number


def _pair(limits):
    limits = tuple(limits)
    if len(limits) != 2:
        raise ValueError("expected a tuple of 2 integers")
    return limits


def getrlimit(resource, /):
    return _limits(0, _resource(resource))


def setrlimit(resource, limits, /):
    resource = _resource(resource)
    try:
        _limits(0, resource, *_pair(limits))
    except PermissionError:
        raise ValueError("not allowed to raise maximum limit") from None
    except OSError as e:
        if e.errno == 22:
            raise ValueError("current limit exceeds maximum limit") from None
        raise


def prlimit(pid, resource, limits=None, /):
    resource = _resource(resource)
    if limits is None:
        return _limits(pid, resource)
    return _limits(pid, resource, *_pair(limits))
