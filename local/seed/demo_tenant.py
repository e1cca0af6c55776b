"""The people, stores and cameras of the demo tenant. The ids are fixed, so that a second seed finds them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import Final
from uuid import UUID, uuid5

_NAMESPACE: Final = UUID("6d657472-6963-4164-a56d-6f0000000000")

Weights = tuple[float, ...]
"""24 relative numbers of visitors, one per hour of the store's local time."""

Hours = dict[str, list[list[str]]]
"""Opening hours as in `stores.opening_hours`."""


@dataclass(frozen=True, slots=True)
class Login:
    """A user of the local stack; the password of a demo is not a secret."""

    email: str
    password: str
    role: str | None = None


@dataclass(frozen=True, slots=True)
class VisitPattern:
    """How many people visit a store at which time, and how long they stay.

    Attributes:
        weekday_hours: Weights of Monday to Friday.
        weekend_hours: Weights of Saturday and Sunday.
        daily: Mean number of visitors per weekday, Monday first.
        dwell_median_s: Median dwell in seconds.
        dwell_spread: Standard deviation of the logarithm of the dwell.
        has_outages: Whether nothing is counted on some afternoons, as in a power cut.
    """

    weekday_hours: Weights
    weekend_hours: Weights
    daily: tuple[int, int, int, int, int, int, int]
    dwell_median_s: float
    dwell_spread: float
    has_outages: bool = False


@dataclass(frozen=True, slots=True)
class DemoCamera:
    """A camera of the tenant; `origin` as in `cameras.origin`."""

    id: UUID
    name: str
    origin: str


@dataclass(frozen=True, slots=True)
class DemoStore:
    """A store of the tenant.

    Attributes:
        id: As in `stores.id`.
        number: Part of the random seed of its visits.
        name: As in `stores.name`.
        timezone: As in `stores.timezone`.
        day_start: As in `stores.day_start`.
        opening_hours: As in `stores.opening_hours`; None means always open.
        capacity: As in `stores.capacity`.
        visit_pattern: What its history is generated from.
        history_camera: The archived camera of the generated history.
        cameras: The cameras of its entrances.
        simulated_camera: The camera of simulated crossings.
    """

    id: UUID
    number: int
    name: str
    timezone: str
    day_start: time
    opening_hours: Hours | None
    capacity: int | None
    visit_pattern: VisitPattern
    history_camera: DemoCamera
    cameras: tuple[DemoCamera, ...]
    simulated_camera: DemoCamera

    @property
    def default_camera(self) -> DemoCamera:
        """The one of `cameras` that counts unless the demo chooses others."""
        return self.cameras[0]

    @property
    def counting_cameras(self) -> tuple[DemoCamera, ...]:
        """Every camera that a worker can count with."""
        return (*self.cameras, self.simulated_camera)


def _id(name: str) -> UUID:
    return uuid5(_NAMESPACE, name)


OWNER: Final = Login("owner@demo.example", "metrica-owner")
SUPERADMIN: Final = Login("admin@demo.example", "metrica-admin", role="superadmin")

ROME_STORE: Final = DemoStore(
    id=_id("store-1"),
    number=1,
    name="Bottega Termini, Roma",
    timezone="Europe/Rome",
    # It never closes; its day starts when it is empty.
    day_start=time(4),
    opening_hours=None,
    capacity=60,
    visit_pattern=VisitPattern(
        weekday_hours=(3, 1, 0, 0, 0, 4, 14, 40, 58, 36, 26, 28, 44, 48, 34, 28, 32, 50, 62, 46, 28, 18, 12, 6),
        weekend_hours=(6, 3, 0, 0, 0, 2, 6, 14, 26, 38, 48, 52, 46, 40, 38, 44, 52, 54, 48, 38, 30, 22, 16, 10),
        daily=(520, 535, 540, 560, 640, 480, 390),
        dwell_median_s=420.0,
        dwell_spread=0.7,
    ),
    history_camera=DemoCamera(_id("station-history"), "Door (generated history)", "generated"),
    cameras=(
        DemoCamera(_id("station-door"), "Door", "camera"),
        DemoCamera(_id("station-side-door"), "Side door", "camera"),
    ),
    simulated_camera=DemoCamera(_id("station-simulated"), "Door (simulated)", "simulated"),
)

KOLKATA_STORE: Final = DemoStore(
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
    visit_pattern=VisitPattern(
        weekday_hours=(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 18, 30, 38, 34, 26, 28, 40, 58, 70, 60, 34, 0, 0, 0),
        weekend_hours=(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 16, 40, 56, 58, 50, 54, 66, 78, 80, 62, 30, 0, 0, 0),
        daily=(380, 390, 410, 420, 520, 760, 680),
        dwell_median_s=1150.0,
        dwell_spread=0.75,
        has_outages=True,
    ),
    history_camera=DemoCamera(_id("bazaar-history"), "Entrance (generated history)", "generated"),
    cameras=(
        DemoCamera(_id("bazaar-entrance"), "Entrance", "camera"),
        DemoCamera(_id("bazaar-side-entrance"), "Side entrance", "camera"),
    ),
    simulated_camera=DemoCamera(_id("bazaar-simulated"), "Entrance (simulated)", "simulated"),
)

STORES: Final = (ROME_STORE, KOLKATA_STORE)
