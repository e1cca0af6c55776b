"""Who and what the demo tenant is. Ids are fixed, so that seeding again finds what is there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import Final
from uuid import UUID, uuid5

_NAMESPACE: Final = UUID("6d657472-6963-4164-a56d-6f0000000000")

Weights = tuple[float, ...]
"""24 relative numbers of visitors, one per hour of the store's clock."""

Hours = dict[str, list[list[str]]]
"""Opening hours as in `stores.opening_hours`."""


@dataclass(frozen=True, slots=True)
class Login:
    """Somebody who can sign in to the local stack; a demo password is no secret."""

    email: str
    password: str
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How many come when, and how long they stay.

    Attributes:
        weekday_hours: weights of Monday to Friday.
        weekend_hours: weights of Saturday and Sunday.
        daily: mean visitors per weekday, Monday first.
        dwell_median_s: half stay shorter.
        dwell_spread: standard deviation of the logarithm of the dwell.
        has_outages: whether the power fails there on some afternoons: hours that nobody counted.
    """

    weekday_hours: Weights
    weekend_hours: Weights
    daily: tuple[int, int, int, int, int, int, int]
    dwell_median_s: float
    dwell_spread: float
    has_outages: bool = False


@dataclass(frozen=True, slots=True)
class CameraPlan:
    """A camera of the tenant; `origin` as in `cameras.origin`."""

    id: UUID
    name: str
    origin: str


@dataclass(frozen=True, slots=True)
class StorePlan:
    """A store of the tenant: what is written to `stores`, its cameras, and how its history goes.

    Attributes:
        number: what its visits are drawn from.
        history: the camera of the generated past; archived, for it counts no more.
        cameras: those that can be connected.
        active: the one of `cameras` that counts when nobody says otherwise.
    """

    id: UUID
    number: int
    name: str
    timezone: str
    day_start: time
    opening_hours: Hours | None
    capacity: int
    rhythm: Rhythm
    history: CameraPlan
    cameras: tuple[CameraPlan, ...]

    @property
    def active(self) -> CameraPlan:
        return self.cameras[0]


def _id(name: str) -> UUID:
    return uuid5(_NAMESPACE, name)


OWNER: Final = Login("owner@demo.example", "metrica-owner")
SUPERADMIN: Final = Login("admin@demo.example", "metrica-admin", role="superadmin")

STATION: Final = StorePlan(
    id=_id("store-1"),
    number=1,
    name="Bottega Termini, Roma",
    timezone="Europe/Rome",
    # It never closes, but at four in the morning it is empty: that is when its day begins.
    day_start=time(4),
    opening_hours=None,
    capacity=60,
    rhythm=Rhythm(
        weekday_hours=(3, 1, 0, 0, 0, 4, 14, 40, 58, 36, 26, 28, 44, 48, 34, 28, 32, 50, 62, 46, 28, 18, 12, 6),
        weekend_hours=(6, 3, 0, 0, 0, 2, 6, 14, 26, 38, 48, 52, 46, 40, 38, 44, 52, 54, 48, 38, 30, 22, 16, 10),
        daily=(520, 535, 540, 560, 640, 480, 390),
        dwell_median_s=420.0,
        dwell_spread=0.7,
    ),
    history=CameraPlan(_id("station-history"), "Door (generated history)", "generated"),
    cameras=(
        CameraPlan(_id("station-door"), "Door", "camera"),
        CameraPlan(_id("station-simulated"), "Door (simulated)", "simulated"),
    ),
)

BAZAAR: Final = StorePlan(
    id=_id("store-2"),
    number=2,
    name="Park Street Books, Kolkata",
    timezone="Asia/Kolkata",
    day_start=time(0),
    opening_hours={
        **{day: [["10:00", "21:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat")},
        "sun": [["11:00", "20:30"]],
    },
    capacity=120,
    rhythm=Rhythm(
        weekday_hours=(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 18, 30, 38, 34, 26, 28, 40, 58, 70, 60, 34, 0, 0, 0),
        weekend_hours=(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 16, 40, 56, 58, 50, 54, 66, 78, 80, 62, 30, 0, 0, 0),
        daily=(380, 390, 410, 420, 520, 760, 680),
        dwell_median_s=1150.0,
        dwell_spread=0.75,
        has_outages=True,
    ),
    history=CameraPlan(_id("bazaar-history"), "Entrance (generated history)", "generated"),
    cameras=(CameraPlan(_id("bazaar-entrance"), "Entrance", "camera"),),
)

STORES: Final = (STATION, BAZAAR)
