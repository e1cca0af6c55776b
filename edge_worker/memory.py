"""Memory in processes that run for months."""

from __future__ import annotations

import ctypes
import gc


def freeze_loaded_objects() -> None:
    """Leave everything that is loaded by now out of later garbage collections.

    The modules of a process are 45,000 objects, and to look through them takes 20 ms. In an empty, still scene that is
    a large part of what a process does. Call it once a process has started.
    """
    gc.collect()
    gc.freeze()


def return_free_memory() -> None:
    """Return free memory that lies between used memory to the system.

    The C library of Linux (glibc) keeps it: 10 MB when a video of 640 × 480 pixels has been opened again, because the
    new decoder does not fit into what the old one has left. It takes a few milliseconds. With another C library this
    does nothing.
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
