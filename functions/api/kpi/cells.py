"""Cells: the quarter-hours of a window with what was counted in them and how well they were observed."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from functions.api.kpi.window import QUARTER, Window, quarter_floor, tile_borders

REPORTED_WITHIN = timedelta(minutes=5)
"""A minute of frames is reported within this time of its end by a camera that is online."""

_QUARTER_S = QUARTER.total_seconds()
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Slice(NamedTuple):
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


class Cell(NamedTuple):
    """A slice with its observation.

    ``open_s``: seconds of it in opening hours. ``expected_s``: the same, times the cameras that counted.
    ``observed_s``: the camera-seconds of these in which frames flowed. ``pending``: not over, or crossings may still
    arrive. ``seconds``: its length. ``known``: frames were seen, or somebody crossed, or it is in progress and was seen
    until just before, so that no crossing so far means nobody so far.
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
    seconds: float
    known: bool


@dataclass(frozen=True, slots=True)
class Arrival:
    """What decides whether crossings may still arrive.

    ``now``: the present. ``accepted_from``: crossings before it are refused, whenever they come. ``unsettled``: windows
    whose aggregates do not show yet what has arrived (late data before the next refresh), in order and apart.
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
        observed_minutes: per UTC quarter-hour the minutes with frames, summed over the cameras that counted,
            0..15 each; from one quarter-hour before the window on.
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
    roster = _Roster(watches)
    now = arrival.now
    cells = []
    for start, end in tile_borders(window, cuts):
        _, _, ins, outs, in_offset_s, out_offset_s = by_start.pop(start, _NOBODY)
        while open_left and open_left[-1].end <= start:
            open_left.pop()
        length = end - start
        seconds = _QUARTER_S if length == QUARTER else length.total_seconds()
        open_s = _open_seconds(open_left, start, end, seconds) if open_left else 0.0
        count, delivered_until = roster.of(start, end)
        if length == QUARTER and end <= now:  # almost all of them, and most of the time goes by here
            seen_s = observed_minutes.get(start, 0) * 60.0
        else:
            seen_s = _seen_seconds(start, seconds, observed_minutes, now)
        observed_s = min(seen_s, count * (open_s or seconds))
        pending = end > now or (end > arrival.accepted_from and _may_change(start, end, delivered_until, arrival))
        known = observed_s > 0 or ins > 0 or outs > 0 or _is_fresh(start, end, observed_minutes, now)
        cells.append(
            Cell(
                start,
                end,
                ins,
                outs,
                in_offset_s,
                out_offset_s,
                open_s,
                count * open_s,
                observed_s,
                pending,
                seconds,
                known,
            )
        )
    if by_start:
        raise ValueError(f"slices outside the tiles of the window: {sorted(by_start)[:3]}")
    return cells


_NOBODY = Slice(_EPOCH, _EPOCH)


class _Roster:
    """Who watches: how many cameras count in a tile, and until when the slowest of them has delivered.

    Counting periods begin and end on quarter-hours, so that a tile lies within one or outside of it. As long as no
    period begins or ends, the answer stays what it was.
    """

    def __init__(self, watches: Sequence[Watch]) -> None:
        self._watches = watches
        ends = (watch.counts_until for watch in watches)
        self._changes = sorted({*(watch.counts_from for watch in watches), *(end for end in ends if end is not None)})
        self._valid_until: datetime | None = _EPOCH
        self._answer: tuple[int, datetime | None] = (0, None)

    def of(self, start: datetime, end: datetime) -> tuple[int, datetime | None]:
        """Tiles are asked for in order. The moment is None when nothing was ever heard of any of them."""
        if self._valid_until is None or start < self._valid_until:
            return self._answer
        self._valid_until = next((change for change in self._changes if change > start), None)
        here = [
            w for w in self._watches if w.counts_from <= start and (w.counts_until is None or end <= w.counts_until)
        ]
        delivered = [watch.delivered_until for watch in here if watch.delivered_until is not None]
        self._answer = (len(here), min(delivered, default=None))
        return self._answer


def _open_seconds(open_left: Sequence[Window], start: datetime, end: datetime, seconds: float) -> float:
    if open_left[-1].start >= end:
        return 0.0
    if open_left[-1].start <= start and end <= open_left[-1].end:
        return seconds
    tile = Window(start, end)
    return sum(opened.overlap_s(tile) for opened in open_left)


def _seen_seconds(start: datetime, seconds: float, observed_minutes: Mapping[datetime, int], now: datetime) -> float:
    """Camera-seconds with frames in a tile: its share of those of its quarter-hour, as far as that is over."""
    quarter = quarter_floor(start)
    if now <= quarter:
        return 0.0
    over_s = (min(quarter + QUARTER, now) - quarter).total_seconds()
    return observed_minutes.get(quarter, 0) * 60.0 * min(1.0, seconds / over_s)


def _is_fresh(start: datetime, end: datetime, observed_minutes: Mapping[datetime, int], now: datetime) -> bool:
    """Minutes are reported when they are over: until then the quarter-hour before speaks for the one in progress."""
    just_now = start < now < end + REPORTED_WITHIN
    return just_now and observed_minutes.get(quarter_floor(start) - QUARTER, 0) > 0


def _may_change(start: datetime, end: datetime, delivered_until: datetime | None, arrival: Arrival) -> bool:
    if delivered_until is not None and delivered_until < end:
        return True
    begun = bisect_left(arrival.unsettled, end, key=_start)  # so many begin before the end; only the last can reach in
    return begun > 0 and start < arrival.unsettled[begun - 1].end


def _start(window: Window) -> datetime:
    return window.start
