"""The stores of the pictures: three owners with new, working and broken stores. The same for the same time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Final, Literal
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from local.seed.demo_tenant import DemoCamera, DemoStore, VisitPattern

_NAMESPACE: Final = UUID("6d657472-6963-4164-a56d-6f0000000001")
_LOCAL_HOUR: Final = 16
"""The hour of the day in the stores: most of the day is over, and some of it is still forecast."""
_ZONES: Final = (
    *("Europe/Berlin", "Europe/London", "Europe/Helsinki", "America/New_York", "America/Chicago", "America/Denver"),
    *("America/Los_Angeles", "America/Anchorage", "Pacific/Honolulu", "America/Halifax", "America/Sao_Paulo"),
    *("America/Noronha", "Atlantic/Azores", "Europe/Istanbul", "Asia/Dubai", "Asia/Karachi", "Asia/Dhaka"),
    *("Asia/Bangkok", "Asia/Singapore", "Asia/Tokyo", "Australia/Brisbane", "Pacific/Noumea", "Pacific/Auckland"),
    *("Pacific/Fiji", "Pacific/Pago_Pago"),
)
_WEEKDAY_HOURS: Final = (0, 0, 0, 0, 0, 0, 0, 0, 0, 22, 38, 46, 58, 52, 40, 44, 56, 70, 62, 34, 0, 0, 0, 0)
_WEEKEND_HOURS: Final = (0, 0, 0, 0, 0, 0, 0, 0, 0, 14, 40, 62, 70, 66, 62, 66, 70, 64, 44, 24, 0, 0, 0, 0)
_OPENING_HOURS: Final = {day: [["09:00", "20:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
_WEEK: Final = (0.86, 0.84, 0.92, 0.98, 1.16, 1.4, 0.84)
_LONG: Final = timedelta(weeks=9)
_SHORT: Final = timedelta(weeks=3)


class State(StrEnum):
    """What an owner sees: new stores, working stores, or stores with faults."""

    EMPTY = "empty"
    FULL = "full"
    DEGRADED = "degraded"


@dataclass(frozen=True, slots=True)
class Gap:
    """Minutes in which a camera observed nothing, as times before the present."""

    start: timedelta
    end: timedelta


@dataclass(frozen=True, slots=True)
class ShownCamera:
    """A camera of the pictures.

    Attributes:
        source: The store whose `history_camera` is this one, with the visits through its entrance.
        history: How long it has counted; None if it has never connected.
        silent_for: How long it has delivered nothing; zero for a camera that works.
        gaps: When it observed nothing.
        picture: What the edge box says of its picture.
        backlog: The crossings that wait on the edge box; with some, it is online though it delivers nothing.
    """

    source: DemoStore
    history: timedelta | None
    silent_for: timedelta = timedelta(0)
    gaps: tuple[Gap, ...] = ()
    picture: Literal["ok", "covered"] = "ok"
    backlog: int = 0

    @property
    def id(self) -> UUID:
        """As in `cameras.id`."""
        return self.source.history_camera.id

    @property
    def is_online(self) -> bool:
        """Whether the edge box reports."""
        return self.history is not None and (not self.silent_for or self.backlog > 0)


@dataclass(frozen=True, slots=True)
class ShownStore:
    """A store of the pictures: its row, and its cameras."""

    store: DemoStore
    cameras: tuple[ShownCamera, ...]


@dataclass(frozen=True, slots=True)
class Owner:
    """A person with the stores of one state. The first store is the one whose page is shown."""

    email: str
    stores: tuple[ShownStore, ...]


def owners(now: datetime) -> dict[State, Owner]:
    """Return the owner of each state.

    Args:
        now: The present, which decides the time zone of the stores: it is afternoon there.
    """
    zone = afternoon_zone(now)
    return {
        State.EMPTY: Owner("empty@example.org", tuple(_empty(zone))),
        State.FULL: Owner("full@example.org", tuple(_full(zone))),
        State.DEGRADED: Owner("degraded@example.org", tuple(_degraded(zone))),
    }


def afternoon_zone(now: datetime) -> str:
    """Return a time zone in which it is about half past four in the afternoon."""

    def distance(zone: str) -> timedelta:
        local = now.astimezone(ZoneInfo(zone))
        target = local.replace(hour=_LOCAL_HOUR, minute=30, second=0, microsecond=0)
        return abs(local.replace(tzinfo=None) - target.replace(tzinfo=None))

    return min(_ZONES, key=distance)


def _empty(zone: str) -> Iterator[ShownStore]:
    for number, name in ((21, "Market Street Books"), (22, "Station Kiosk")):
        door = _entrance(_Business(State.EMPTY, number, name, 0, None), zone, "Front door", share=0)
        yield ShownStore(door, (ShownCamera(door, None),))


def _full(zone: str) -> Iterator[ShownStore]:
    for number, (name, daily, capacity) in enumerate(_BUSINESSES, start=1):
        front, side = _doors(_Business(State.FULL, number, name, daily, capacity), zone)
        history = _LONG if number == 1 else _SHORT
        yield ShownStore(front, (ShownCamera(front, history), ShownCamera(side, history)))


def _degraded(zone: str) -> Iterator[ShownStore]:
    hours = [timedelta(hours=n) for n in range(30)]
    box_was_off = (Gap(hours[6], hours[5]), Gap(hours[29], hours[27]))
    for number, (name, daily, capacity) in enumerate(_BUSINESSES, start=11):
        front, side = _doors(_Business(State.DEGRADED, number, name, daily, capacity), zone)
        cameras = {
            11: (
                ShownCamera(front, _LONG, gaps=box_was_off, silent_for=timedelta(minutes=35), backlog=41),
                ShownCamera(side, _LONG, gaps=box_was_off, silent_for=timedelta(hours=3)),
            ),
            12: (
                ShownCamera(front, _SHORT, silent_for=timedelta(hours=26)),
                ShownCamera(side, _SHORT, silent_for=timedelta(hours=26)),
            ),
            13: (ShownCamera(front, _SHORT), ShownCamera(side, _SHORT, picture="covered")),
            14: (ShownCamera(front, _SHORT), ShownCamera(side, None)),
            15: (ShownCamera(front, _SHORT, silent_for=timedelta(minutes=50), backlog=112),),
        }[number]
        yield ShownStore(front, cameras)


_BUSINESSES: Final = (
    ("Market Street Books", 420, 60),
    ("Station Kiosk", 880, 25),
    ("Harbour Outlet", 610, 150),
    ("Old Town Gallery", 130, 40),
    ("Riverside Garden Centre and Café", 300, None),
)
"""Name, mean visitors of a day, and capacity of the stores."""


@dataclass(frozen=True, slots=True)
class _Business:
    """What the entrances of a store have in common.

    Attributes:
        state: Of the store.
        number: Part of the random seed of its visits.
        name: Of the store.
        daily: Mean number of visitors of a day.
        capacity: Of the store; None if it has none.
    """

    state: State
    number: int
    name: str
    daily: int
    capacity: int | None


def _doors(business: _Business, zone: str) -> tuple[DemoStore, DemoStore]:
    """Return a store twice, with the visits through its front door and through its side door."""
    return _entrance(business, zone, "Front door", share=0.7), _entrance(business, zone, "Side door", share=0.3)


def _entrance(business: _Business, zone: str, door: str, share: float) -> DemoStore:
    camera = DemoCamera(uuid5(_NAMESPACE, f"{business.state}/{business.name}/{door}"), door, "camera")
    daily = [round(business.daily * share * factor) for factor in _WEEK]
    monday, tuesday, wednesday, thursday, friday, saturday, sunday = daily
    return DemoStore(
        id=uuid5(_NAMESPACE, f"{business.state}/{business.name}"),
        number=1000 * business.number + round(10 * share),
        name=business.name,
        timezone=zone,
        day_start=time(0),
        opening_hours=_OPENING_HOURS,
        capacity=business.capacity,
        visit_pattern=VisitPattern(
            weekday_hours=_WEEKDAY_HOURS,
            weekend_hours=_WEEKEND_HOURS,
            daily=(monday, tuesday, wednesday, thursday, friday, saturday, sunday),
            dwell_median_s=780.0,
            dwell_spread=0.7,
        ),
        history_camera=camera,
        cameras=(camera,),
        simulated_camera=camera,
    )
