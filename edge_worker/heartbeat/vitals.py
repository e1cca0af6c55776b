"""What the counting tells the heartbeat, handed from its thread to the uplink's."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Pulse:
    """A look at the counting.

    Attributes:
        frames: frames processed since start.
        last_frame_at: when the newest of them was taken.
        model: the model and its backend.
        near_line: tracks that were seen near the line since start.
        crossings: crossings since start.
    """

    frames: int = 0
    last_frame_at: datetime | None = None
    model: str = ""
    near_line: int = 0
    crossings: int = 0


class Vitals:
    """One slot for the newest `Pulse`; written for every frame, read by the heartbeat."""

    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._pulse = Pulse()

    def beat(self, pulse: Pulse) -> None:
        with self._mutex:
            self._pulse = pulse

    def read(self) -> Pulse:
        with self._mutex:
            return self._pulse
