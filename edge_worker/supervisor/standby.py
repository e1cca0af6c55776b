"""The standby of a process: it waits, ready to work, until the supervisor writes to a pipe."""

from __future__ import annotations

import os
import select
from collections.abc import Mapping
from enum import Enum, auto

STANDBY_FD = "METRICA_STANDBY_FD"
"""The environment variable with the descriptor of the pipe."""
ACTIVATE = b"1"


class StandbyEnd(Enum):
    """Why a standby has ended."""

    ACTIVATED = auto()
    SUPERVISOR_ENDED = auto()


class Standby:
    """The end of the pipe in the process that is on standby.

    Args:
        descriptor: The descriptor of the pipe.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        os.set_inheritable(descriptor, False)

    @classmethod
    def inherited(cls, environment: Mapping[str, str] = os.environ) -> Standby | None:
        """Return the standby of this process; None if it works from its start."""
        number = environment.get(STANDBY_FD, "")
        return cls(int(number)) if number.isdigit() else None

    def wait(self, timeout_s: float) -> StandbyEnd | None:
        """Wait at most ``timeout_s`` seconds; return why the standby has ended, None if it goes on."""
        ready, _, _ = select.select([self._descriptor], [], [], timeout_s)
        if not ready:
            return None
        return StandbyEnd.ACTIVATED if os.read(self._descriptor, 1) == ACTIVATE else StandbyEnd.SUPERVISOR_ENDED
