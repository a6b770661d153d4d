"""How much of the system a process uses, from what Linux shows of it in /proc."""

import collections

error = OSError
RUSAGE_SELF, RUSAGE_CHILDREN, RUSAGE_THREAD = 0, -1, 1

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
