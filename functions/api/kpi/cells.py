"""Cells: the quarter-hours of a window with what was counted in them and how well they were observed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from functions.api.kpi.window import QUARTER, Window, quarter_floor, tile_borders

REPORTED_WITHIN = timedelta(minutes=5)
"""A minute of frames is reported within this time of its end by a camera that is online."""


@dataclass(frozen=True, slots=True)
class Slice:
    """The crossings of ``[start, end)``, a quarter-hour or a part of one, over all counting cameras.

    ``in_offset_s`` is the sum over its IN crossings of (moment - ``start``), seconds; likewise ``out_offset_s``.
    """

    start: datetime
    end: datetime
    ins: int = 0
    outs: int = 0
    in_offset_s: float = 0.0
    out_offset_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Watch:
    """A time in which a camera counted for the store.

    ``delivered_until``: everything before it has arrived; None when the camera has never been heard of.
    """

    camera_id: UUID
    counts_from: datetime
    counts_until: datetime | None
    delivered_until: datetime | None


@dataclass(frozen=True, slots=True)
class Cell:
    """A slice with its observation.

    ``open_s``: seconds of it in opening hours. ``expected_s``: the same, times the cameras that counted.
    ``observed_s``: the camera-seconds of these in which frames flowed. ``pending``: not over, or crossings may still
    arrive. ``fresh``: in progress, and observed until just before, so that no crossing so far means nobody so far.
    """

    start: datetime
    end: datetime
    ins: int
    outs: int
    in_offset_s: float
    out_offset_s: float
    open_s: float
    expected_s: float
    observed_s: float
    pending: bool
    fresh: bool = False

    @property
    def seconds(self) -> float:
        """Its length."""
        return (self.end - self.start).total_seconds()

    @property
    def known(self) -> bool:
        """Whether anything is known of it: frames were seen, or somebody crossed."""
        return self.observed_s > 0 or self.ins > 0 or self.outs > 0 or self.fresh


@dataclass(frozen=True, slots=True)
class Arrival:
    """What decides whether crossings may still arrive.

    ``now``: the present. ``accepted_from``: crossings before it are refused, whenever they come. ``unsettled``: windows
    whose aggregates do not show yet what has arrived (late data before the next refresh).
    """

    now: datetime
    accepted_from: datetime
    unsettled: tuple[Window, ...] = ()


def make_cells(
    *,
    window: Window,
    cuts: Iterable[datetime],
    slices: Iterable[Slice],
    observed_minutes: Mapping[datetime, int],
    watches: Sequence[Watch],
    opened: Sequence[Window],
    arrival: Arrival,
) -> list[Cell]:
    """Tile a window with cells.

    Args:
        window: what to tile.
        cuts: moments inside a quarter-hour at which cells must end (now, resets of the occupancy).
        slices: what was counted; each lies within one tile. A tile without a slice had no crossing.
        observed_minutes: per UTC quarter-hour the minutes with frames, summed over the cameras that counted, 0..15
        each;
            from one quarter-hour before the window on.
        watches: which cameras counted, and when.
        opened: the open parts of the window, in order.
        arrival: what decides about ``pending``.

    Returns:
        The cells in order; they adjoin and cover the window exactly.

    Raises:
        ValueError: a slice does not lie on a tile.
    """
    by_start = {piece.start: piece for piece in slices}
    open_left = list(reversed(opened))
    cells = []
    for start, end in tile_borders(window, cuts):
        piece = by_start.pop(start, None) or Slice(start, end)
        while open_left and open_left[-1].end <= start:
            open_left.pop()
        seconds = (end - start).total_seconds()
        open_s = _open_seconds(open_left, start, end)
        watching = [watch for watch in watches if _counts(watch, start, end)]
        expected_s = open_s * len(watching)
        seen_s = _seen_seconds(start, seconds, observed_minutes, arrival.now)
        cells.append(
            Cell(
                start=start,
                end=end,
                ins=piece.ins,
                outs=piece.outs,
                in_offset_s=piece.in_offset_s,
                out_offset_s=piece.out_offset_s,
                open_s=open_s,
                expected_s=expected_s,
                observed_s=min(seen_s, expected_s or seconds * len(watching)),
                pending=_is_pending(start, end, watching, arrival),
                fresh=_is_fresh(start, end, observed_minutes, arrival.now),
            )
        )
    if by_start:
        raise ValueError(f"slices outside the tiles of the window: {sorted(by_start)[:3]}")
    return cells


def _open_seconds(open_left: Sequence[Window], start: datetime, end: datetime) -> float:
    seconds = 0.0
    for opened in reversed(open_left):
        if opened.start >= end:
            break
        seconds += (min(opened.end, end) - max(opened.start, start)).total_seconds()
    return seconds


def _seen_seconds(start: datetime, seconds: float, observed_minutes: Mapping[datetime, int], now: datetime) -> float:
    """Camera-seconds with frames in a tile: its share of those of its quarter-hour, as far as that is over."""
    quarter = quarter_floor(start)
    minutes = observed_minutes.get(quarter, 0)
    if not minutes or now <= quarter:
        return 0.0
    over_s = (min(quarter + QUARTER, now) - quarter).total_seconds()
    return minutes * 60.0 * min(1.0, seconds / over_s)


def _is_fresh(start: datetime, end: datetime, observed_minutes: Mapping[datetime, int], now: datetime) -> bool:
    """Minutes are reported when they are over: until then the quarter-hour before speaks for the one in progress."""
    just_now = start < now < end + REPORTED_WITHIN
    return just_now and observed_minutes.get(quarter_floor(start) - QUARTER, 0) > 0


def _counts(watch: Watch, start: datetime, end: datetime) -> bool:
    return watch.counts_from <= start and (watch.counts_until is None or end <= watch.counts_until)


def _is_pending(start: datetime, end: datetime, watching: Sequence[Watch], arrival: Arrival) -> bool:
    if end > arrival.now:
        return True
    if end <= arrival.accepted_from:
        return False
    undelivered = any(watch.delivered_until is not None and watch.delivered_until < end for watch in watching)
    return undelivered or any(late.start < end and start < late.end for late in arrival.unsettled)
