"""Frames into minutes of coverage: pure, the time comes with each frame."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from edge_worker.clock import format_utc
from edge_worker.outbox import Minute


@dataclass(slots=True)
class _Open:
    minute: datetime
    frames: int = 0
    dropped: int = 0
    reconnects: int = 0
    first: datetime | None = None
    last: datetime | None = None


class MinuteTally:
    """Adds frames up by the minute in which they were taken.

    A minute is complete with the first frame of another one, so a camera that stands still completes nothing: its gap
    stays a gap and is no zero. A clock set back simply opens the earlier minute again; the outbox adds the parts.

    Example:
        >>> tally = MinuteTally("camera")
        >>> done = tally.frame(captured_at, dropped=0, reconnects=0)   # [] or the minute that is now complete
    """

    def __init__(self, camera_id: str) -> None:
        self._camera_id = camera_id
        self._open: _Open | None = None

    def frame(self, captured_at: datetime, *, dropped: int = 0, reconnects: int = 0) -> list[Minute]:
        """Counts one processed frame.

        Args:
            captured_at: when it was taken, aware.
            dropped: frames shed since the previous one.
            reconnects: how often the source was opened again since the previous one.

        Returns:
            The minutes that are complete by it.
        """
        minute = captured_at.replace(second=0, microsecond=0)
        done = []
        if self._open is None or self._open.minute != minute:
            done = self.close()
            self._open = _Open(minute)
        tally = self._open
        tally.frames += 1
        tally.dropped += dropped
        tally.reconnects += reconnects
        tally.first = min(tally.first or captured_at, captured_at)
        tally.last = max(tally.last or captured_at, captured_at)
        return done

    def close(self) -> list[Minute]:
        """The minute in progress, as far as it got: for the end of a run."""
        tally, self._open = self._open, None
        if tally is None:
            return []
        return [
            Minute(
                camera_id=self._camera_id,
                minute=format_utc(tally.minute),
                frames=tally.frames,
                dropped=tally.dropped,
                fps=round(_rate(tally), 2),
                reconnects=tally.reconnects,
            )
        ]


def _rate(tally: _Open) -> float:
    """Frames per second between the first and the last frame of the minute; over the minute when there is one frame."""
    if tally.first is None or tally.last is None or tally.frames < 2 or tally.last == tally.first:
        return tally.frames / timedelta(minutes=1).total_seconds()
    return (tally.frames - 1) / (tally.last - tally.first).total_seconds()
