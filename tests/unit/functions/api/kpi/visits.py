"""Visits as they really were, and what brute force says of them: the truth that the aggregates are held against."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import strategies as st

from functions.api.kpi.cells import Arrival, Cell, Slice, Watch, make_cells
from functions.api.kpi.window import QUARTER, Window, quarter_floor, tile

DAY = Window(datetime(2026, 11, 2, tzinfo=UTC), datetime(2026, 11, 3, tzinfo=UTC))
CAMERA = UUID(int=1)
LATER = DAY.end + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody came and left, seconds after the start of the day."""

    came: float
    left: float


def visits(latest: float = DAY.seconds) -> st.SearchStrategy[list[Visit]]:
    """Any visits of a day: any moments, on the borders of quarter-hours more often than chance has it."""
    moment = st.one_of(
        st.floats(0, latest - 1e-3, allow_nan=False).map(lambda s: round(s, 3)),
        st.integers(0, int(latest // 900) - 1).map(lambda q: q * 900.0),
    )
    return st.lists(st.tuples(moment, moment).map(lambda pair: Visit(min(pair), max(pair))), max_size=40)


def inside(people: Iterable[Visit], second: float) -> int:
    """N at a moment, crossings at that moment not yet made."""
    return sum(visit.came < second <= visit.left for visit in people)


def time_inside(people: Iterable[Visit], start: float, end: float) -> float:
    """Person-seconds within [start, end)."""
    return sum(max(0.0, min(visit.left, end) - max(visit.came, start)) for visit in people)


def slices_of(
    ins: Iterable[float], outs: Iterable[float], window: Window = DAY, cuts: Sequence[datetime] = ()
) -> list[Slice]:
    """What the database hands over: counts and sums of times per tile, only where somebody crossed."""
    made = []
    arrived = [DAY.start + timedelta(seconds=second) for second in ins]
    departed = [DAY.start + timedelta(seconds=second) for second in outs]
    for place in tile(window, cuts):
        i = [(at - place.start).total_seconds() for at in arrived if at in place]
        o = [(at - place.start).total_seconds() for at in departed if at in place]
        if i or o:
            made.append(Slice(place.start, place.end, len(i), len(o), sum(i), sum(o)))
    return made


def observed_everywhere(window: Window) -> dict[datetime, int]:
    """Frames in every minute of every quarter-hour of a window and of the one before it."""
    first = quarter_floor(window.start) - QUARTER
    count = (window.end - first) // QUARTER + 1
    return {first + i * QUARTER: 15 for i in range(count)}


def cells_of(
    slices: Iterable[Slice],
    window: Window = DAY,
    cuts: Sequence[datetime] = (),
    now: datetime = LATER,
    opened: Sequence[Window] | None = None,
) -> list[Cell]:
    """The cells of a window that one camera saw all the time."""
    return make_cells(
        window=window,
        cuts=cuts,
        slices=slices,
        observed_minutes=observed_everywhere(window),
        watches=[Watch(CAMERA, window.start - timedelta(days=1), None, now)],
        opened=[window] if opened is None else opened,
        arrival=Arrival(now=now, accepted_from=window.start - timedelta(days=30)),
    )


def at(second: float) -> datetime:
    """A moment of the day."""
    return DAY.start + timedelta(seconds=second)


def cells_of_visits(
    people: Iterable[Visit], window: Window = DAY, cuts: Sequence[datetime] = (), now: datetime = LATER
) -> list[Cell]:
    """The cells that those people leave behind."""
    people = list(people)
    return cells_of(
        slices_of([v.came for v in people], [v.left for v in people], window, cuts), window, cuts, now, opened=[window]
    )
