"""From the database to cells: what was counted and observed in windows of stores."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from functions.api.kpi.cells import Arrival, Cell, Watch, make_cells
from functions.api.kpi.occupancy import Reset
from functions.api.kpi.report import DayCells
from functions.api.kpi.window import Window
from functions.api.kpi.words import Origin
from functions.api.repositories.footfall import Reading, read_observed_minutes, read_slices
from functions.api.repositories.late import read_unsettled
from functions.api.repositories.resets import read_resets
from functions.api.repositories.watches import StoreWatches, read_watches
from functions.api.schemas.values import Provenance
from functions.api.services.moments import EVENTS_KEPT
from functions.api.services.settings_of_store import StoreTime
from functions.common.database import Connection
from functions.common.tenancy import ReadableStore

ACCEPTED_FOR = timedelta(days=30)
"""The ingest refuses crossings older than this (DESIGN section 3): after it, nothing is pending any more."""


MOST_AT_ONCE = 50
"""A window is a part of a statement: statements of hundreds of parts exhaust the stack of the server."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A window of a store that is asked about, and moments at which its cells must end.

    ``only``: one camera instead of those that counted for the store.
    """

    store: ReadableStore
    time: StoreTime
    window: Window
    cuts: tuple[datetime, ...] = ()
    only: StoreWatches | None = None


@dataclass(frozen=True, slots=True)
class Observed:
    """What is known of a window: its cells (also those to come), the resets in it, and who watched."""

    asked: Asked
    cells: tuple[Cell, ...]
    resets: tuple[Reset, ...]
    watches: tuple[Watch, ...]
    provenance: Provenance

    def days(self, until: datetime) -> list[DayCells]:
        """Its store-days up to ``until``, which is a moment at which a cell ends."""
        clock = self.asked.time.clock
        days, rest = [], [cell for cell in self.cells if cell.end <= until]
        while rest:
            day = clock.date_of(rest[0].start)
            window = clock.day(day)
            cells = tuple(rest[: bisect_left(rest, window.end, key=_start)])
            resets = tuple(reset for reset in self.resets if reset.at in window.until(until))
            days.append(DayCells(day, cells, resets, whole=window.end <= until))
            rest = rest[len(cells) :]
        return days


def _start(cell: Cell) -> datetime:
    return cell.start


def observe(connection: Connection, asked: Sequence[Asked], now: datetime) -> list[Observed]:
    """Look at windows of stores, fifty at a time in a fixed number of queries.

    Only the past is read: cells after ``now`` are there, empty and pending.
    """
    portions = [asked[first : first + MOST_AT_ONCE] for first in range(0, len(asked), MOST_AT_ONCE)]
    return [seen for portion in portions for seen in _observe(connection, portion, now)]


def _observe(connection: Connection, asked: Sequence[Asked], now: datetime) -> list[Observed]:
    windows = [(ask.store, ask.window) for ask in asked]
    by_store = read_watches(connection, windows, now)
    watching = [ask.only or by_store.get(ask.store.id, StoreWatches()) for ask in asked]
    resets = [[reset for reset in found if reset.at <= now] for found in read_resets(connection, windows)]
    readings = [
        Reading(
            store=ask.store,
            window=ask.window.until(now),
            cuts=_cuts(ask, found, now),
            watches=watched.watches,
        )
        for ask, found, watched in zip(asked, resets, watching, strict=True)
    ]
    # First: a refresh that ends between the two queries makes the figures newer, not the notes.
    unsettled = read_unsettled(connection, windows)
    slices = read_slices(connection, readings)
    minutes = read_observed_minutes(connection, readings)
    return [
        Observed(
            asked=ask,
            cells=tuple(
                make_cells(
                    window=ask.window,
                    cuts=reading.cuts,
                    slices=slices[index],
                    observed_minutes=minutes[index],
                    watches=reading.watches,
                    opened=ask.time.opening.within(ask.window, ask.time.clock.zone),
                    arrival=Arrival(now, now - ACCEPTED_FOR, unsettled[index]),
                )
            ),
            resets=tuple(resets[index]),
            watches=reading.watches,
            provenance=provenance(watching[index].origins),
        )
        for index, (ask, reading) in enumerate(zip(asked, readings, strict=True))
    ]


def _cuts(ask: Asked, resets: Sequence[Reset], now: datetime) -> tuple[datetime, ...]:
    """Not where the single crossings are gone: there a correction holds from the end of its quarter-hour on."""
    off_quarter = ask.time.clock.starts_off_quarter(ask.window)
    cuts = {now, *ask.cuts, *off_quarter, *(reset.at for reset in resets)}
    return tuple(sorted(cut for cut in cuts if cut >= now - EVENTS_KEPT))


def provenance(origins: frozenset[Origin]) -> Provenance:
    """Whether any of it was not counted by a camera."""
    return Provenance(generated=Origin.GENERATED in origins, simulated=Origin.SIMULATED in origins)
