"""Add up frames to coverage minutes: pure, the time comes with each frame."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from edge_worker.clock import format_utc
from edge_worker.outbox.records import UNKNOWN_LINE_VERSION, Minute


@dataclass(frozen=True, slots=True)
class ProcessedFrame:
    """What a processed frame adds to its coverage minute.

    Attributes:
        taken_at: When it was taken, aware.
        dropped: Frames discarded since the previous one.
        reconnects: How often the source was opened again since the previous one.
        unchecked: Frames since the previous one that nobody looked at or that are damaged; they count like the frame
            itself.
        line_version: The version of the line that the frame was counted with; None when it has none.
    """

    taken_at: datetime
    dropped: int = 0
    reconnects: int = 0
    line_version: int | None = UNKNOWN_LINE_VERSION
    unchecked: int = 0


@dataclass(slots=True)
class _OpenMinute:
    minute: datetime
    line_version: int | None
    frames: int = 0
    dropped: int = 0
    reconnects: int = 0
    first: datetime | None = None
    last: datetime | None = None


class MinuteCounter:
    """Counts frames by the minute in which they were taken.

    A minute is complete with the first frame of another one. When the line changes within a minute, its parts are
    separate records, each with the version of its frames. A camera without frames completes no minute, so the gap
    stays a gap. If the clock is set back, the earlier minute is opened again; the outbox adds the parts.

    Example:
        >>> minutes = MinuteCounter("camera")
        >>> complete = minutes.add_frame(ProcessedFrame(taken_at))   # [] or the minute that is now complete
    """

    def __init__(self, camera_id: str) -> None:
        self._camera_id = camera_id
        self._open: _OpenMinute | None = None

    def add_frame(self, frame: ProcessedFrame) -> list[Minute]:
        """Count a processed frame.

        Args:
            frame: The frame.

        Returns:
            The minutes, or parts of one, that are complete now.
        """
        minute = frame.taken_at.replace(second=0, microsecond=0)
        complete = []
        if self._open is None or (self._open.minute, self._open.line_version) != (minute, frame.line_version):
            complete = self.close()
            self._open = _OpenMinute(minute, frame.line_version)
        current = self._open
        current.frames += 1 + frame.unchecked
        current.dropped += frame.dropped
        current.reconnects += frame.reconnects
        current.first = min(current.first or frame.taken_at, frame.taken_at)
        current.last = max(current.last or frame.taken_at, frame.taken_at)
        return complete

    def close_before(self, taken_at: datetime) -> list[Minute]:
        """Return the current minute if it is another one than that of ``taken_at``."""
        is_over = self._open is not None and self._open.minute != taken_at.replace(second=0, microsecond=0)
        return self.close() if is_over else []

    def close(self) -> list[Minute]:
        """Return the current minute, as far as it has been counted, at the end of a run."""
        current, self._open = self._open, None
        if current is None:
            return []
        return [
            Minute(
                camera_id=self._camera_id,
                minute=format_utc(current.minute),
                frames=current.frames,
                dropped=current.dropped,
                fps=round(_rate(current), 2),
                reconnects=current.reconnects,
                line_version=current.line_version,
            )
        ]


class ObservedMinutes:
    """Counts only the frames of a picture that lives: minutes of a frozen picture are not observed.

    Frames wait while the picture stands still, until it is known whether it is frozen. Then they are counted or left
    out.

    Args:
        minutes: Counts the observed frames.
    """

    def __init__(self, minutes: MinuteCounter) -> None:
        self._minutes = minutes
        self._waiting: list[ProcessedFrame] = []

    def add_frame(self, frame: ProcessedFrame, *, may_be_frozen: bool = False, is_frozen: bool = False) -> list[Minute]:
        """Count a processed frame.

        Args:
            frame: The frame.
            may_be_frozen: The picture stands still, and it will be known soon whether it is frozen.
            is_frozen: The picture is frozen.

        Returns:
            The minutes, or parts of one, that are complete now.
        """
        if is_frozen:
            self._waiting.clear()
            return self._minutes.close_before(frame.taken_at)
        self._waiting.append(frame)
        return [] if may_be_frozen else self._count_waiting()

    def close(self) -> list[Minute]:
        """Return the current minute, as far as it has been counted, at the end of a run."""
        return self._count_waiting() + self._minutes.close()

    def _count_waiting(self) -> list[Minute]:
        waiting, self._waiting = self._waiting, []
        return [minute for frame in waiting for minute in self._minutes.add_frame(frame)]


def _rate(minute: _OpenMinute) -> float:
    """Return the frames per second between the first and the last frame; over the whole minute for a single frame."""
    if minute.first is None or minute.last is None or minute.frames < 2 or minute.last == minute.first:
        return minute.frames / timedelta(minutes=1).total_seconds()
    return (minute.frames - 1) / (minute.last - minute.first).total_seconds()
