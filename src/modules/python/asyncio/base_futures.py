"""Reprs of futures, for those who look for them here."""

from .futures import _CANCELLED, _FINISHED, _PENDING, isfuture


def _future_repr(future):
    return repr(future)
