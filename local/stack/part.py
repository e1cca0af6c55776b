"""One part of the stack: a program, how to tell that it serves, how long it may take."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

Probe: TypeAlias = Callable[[], None]
"""Returns when the part serves, raises NotReady while it does not."""


class NotReady(Exception):  # noqa: N818 it is no error, it is a state
    """The part does not serve yet; the message says what was seen instead."""


@dataclass(frozen=True, slots=True)
class Part:
    """A program to keep running.

    Attributes:
        name: of the log file and in messages.
        command: program and arguments; started in the clone, in a process group of its own.
        environment: added to ours.
        ready: asked until it returns; None when being alive is enough.
        ready_within_s: after that it has failed.
        stop_within_s: between SIGTERM and SIGKILL.
        restart: whether its end is a fault; if not, it may end by itself.
    """

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    ready: Probe | None = None
    ready_within_s: float = 60.0
    stop_within_s: float = 10.0
    restart: bool = True
