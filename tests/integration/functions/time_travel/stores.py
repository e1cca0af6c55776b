"""The three stores of the month: where they are, when people come, who owns them, and what their boxes go through.

All times are by the clock of the store. Each step of a story does what a person or a power cut does, nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.policy import default
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from tests.integration.functions.notifications.receiver import Receiver
from tests.integration.functions.time_travel.edge_box import EdgeBox
from tests.integration.functions.time_travel.processes import Backend
from tests.shop import PASSWORD

ADA, BEN, CLEO, OPS = "ada@example.org", "ben@example.org", "cleo@example.org", "ops@example.org"
ZONES = {
    "Harbour": ZoneInfo("Australia/Sydney"),
    "Kanal": ZoneInfo("Europe/Berlin"),
    "Hudson": ZoneInfo("America/New_York"),
}
INS, OUTS = (5, 15, 25, 35, 45, 55), (10, 20, 30, 40, 50, 58)
"""Six people an hour. The second camera of Harbour sees one, at half past."""

_HOURS = {"Harbour": (9, 18), "Kanal": (10, 21), "Hudson": (10, 20)}
_SPECIAL: Mapping[tuple[str, str], list[tuple[int, int]]] = {
    ("Harbour", "2026-10-04"): [(1, 5), (9, 18)],  # the clocks go from 02:00 to 03:00
    ("Kanal", "2026-10-03"): [],  # public holiday
    ("Kanal", "2026-10-24"): [],
    ("Kanal", "2026-10-25"): [(0, 6), (10, 21)],  # the clocks go from 03:00 to 02:00
    ("Kanal", "2026-10-31"): [],  # public holiday
    ("Hudson", "2026-10-31"): [(10, 23)],
}


def local(store: str, text: str) -> datetime:
    """Return a time by the clock of a store. Where an hour happens twice, the text has the offset."""
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=ZONES[store])


def opening(store: str) -> Callable[[datetime], bool]:
    """Return when people come to a store."""

    def is_open(at: datetime) -> bool:
        spans = _SPECIAL.get((store, f"{at:%Y-%m-%d}"), [_HOURS[store]])
        return any(first <= at.hour < end for first, end in spans)

    return is_open


@dataclass
class Stores:
    """The stores, their boxes and their people.

    Attributes:
        backend: the running backend.
        hooks: the receivers of webhooks, by the name of their person.
        ids: by name of a store its id.
        boxes: by name of a camera its box.
    """

    backend: Backend
    hooks: Mapping[str, Receiver]
    ids: dict[str, UUID]
    boxes: dict[str, EdgeBox]

    def add_people(self) -> None:
        """Create the accounts, the first superadmin, and the channel of the superadmin: everything, everywhere."""
        for email in (ADA, BEN, CLEO, OPS):
            self.backend.accounts.ensure(email, password=PASSWORD)
        self.backend.database.execute("INSERT INTO superadmins (email) VALUES (%s)", [OPS])
        channel = {"kind": "webhook", "scope": "installation", "url": self.hooks["ops"].url}
        self.backend.ask(OPS, "POST", "/me/notifications", channel)

    def add_store(self, name: str, owner: str, **settings: Any) -> None:
        """Create a store with an owner."""
        first, end = _HOURS[name]
        hours = [[f"{first:02}:00", f"{end:02}:00"]]
        body = {
            "name": name,
            "timezone": ZONES[name].key,
            "opening_hours": dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), hours),
            **settings,
        }
        self.ids[name] = UUID(self.backend.ask(OPS, "POST", "/admin/stores", body)["store_id"])
        self.backend.ask(OPS, "POST", f"/admin/stores/{self.ids[name]}/owners", {"email": owner})
        self.backend.ask(owner, "GET", "/me")  # the invitation becomes a membership

    def add_box(self, store: str, camera: str, now: datetime, *, has_few_people: bool = False) -> None:
        """Add a camera, and a box with a key of its own."""
        path = f"/admin/stores/{self.ids[store]}"
        line = {"name": camera, "line": [0.1, 0.5, 0.9, 0.5]}
        camera_id = self.backend.ask(OPS, "POST", f"{path}/cameras", line)["camera_id"]
        key = self.backend.ask(OPS, "POST", f"{path}/worker-keys", {"name": f"box of {camera}"})["key"]
        ins, outs = ((30,), (40,)) if has_few_people else (INS, OUTS)
        self.boxes[camera] = EdgeBox(
            self.backend, self.ids[store], UUID(camera_id), key, ZONES[store], opening(store), ins, outs, now
        )

    def subscribe(self, email: str, store: str, *periods: str) -> None:
        """Subscribe an owner to reports."""
        for period in periods:
            self.backend.ask(email, "POST", "/me/reports", {"store_id": str(self.ids[store]), "period": period})

    def set_day(self, email: str, store: str, day: str, note: str, *hours: tuple[str, str]) -> None:
        """Set the hours and the note of a special day."""
        body = {"note": note, "opening_hours": [list(span) for span in hours]}
        self.backend.ask(email, "PUT", f"/stores/{self.ids[store]}/calendar/{day}", body)

    def change(self, camera: str, now: datetime, **state: Any) -> None:
        """Change what a box goes through, from now on."""
        box = self.boxes[camera]
        box.step(now)
        for name, value in state.items():
            setattr(box, name, value)

    def update_incident(self, email: str, store: str, **body: Any) -> None:
        """Change the newest incident of a store as its owner."""
        path = f"/stores/{self.ids[store]}/incidents"
        newest = self.backend.ask(email, "GET", path)["incidents"][0]
        self.backend.ask(email, "PATCH", f"{path}/{newest['incident_id']}", body)

    def unsubscribe(self, subject: str) -> None:
        """Post what a mail program posts after a click on the button of a report (RFC 8058)."""
        files = sorted(self.backend.settings.mail_folder.glob("*.eml"))
        mails = [message_from_bytes(file.read_bytes(), policy=default) for file in files]
        address = next(mail["List-Unsubscribe"] for mail in reversed(mails) if mail["Subject"] == subject).strip("<>")
        path = address.removeprefix(self.backend.definitions.urls.api)
        self.backend.request("api", "POST", path)

    def open_import_window(self, camera: str, start: datetime, end: datetime) -> None:
        """Let ingest accept what is too old."""
        body = {
            "camera_id": str(self.boxes[camera].camera_id),
            "window_start": start.isoformat(),
            "window_end": end.isoformat(),
        }
        self.backend.ask(OPS, "POST", "/admin/import-windows", body)


Action = Callable[[Stores, datetime], None]


def first_day(stores: Stores, now: datetime) -> None:
    """Set up the side entrance of Harbour, whose box is lost for 40 days."""
    stores.add_people()
    stores.add_store("Harbour", ADA, country="AU", region="NSW")
    hook = {"kind": "webhook", "scope": "own_stores", "url": stores.hooks["ada"].url}
    stores.backend.ask(ADA, "POST", "/me/notifications", hook)
    stores.add_box("Harbour", "Side", now, has_few_people=True)


def day_before_the_month(stores: Stores, now: datetime) -> None:
    """Set up everything else."""
    stores.add_box("Harbour", "Front", now)
    stores.add_store("Kanal", BEN, country="DE", region="BB", closed_on_holidays=True)
    stores.add_box("Kanal", "Door", now)
    stores.add_store("Hudson", CLEO, country="US", region="NY", first_weekday=7)
    stores.add_box("Hudson", "Entrance", now)
    quiet = {"kind": "mail", "scope": "own_stores", "quiet_hours": {"start": "20:00", "end": "08:00"}}
    stores.backend.ask(BEN, "POST", "/me/notifications", quiet)
    stores.backend.ask(CLEO, "POST", "/me/notifications", {"kind": "mail", "scope": "own_stores"})
    stores.subscribe(ADA, "Harbour", "day", "month")
    stores.subscribe(BEN, "Kanal", "day", "week", "month")
    stores.subscribe(CLEO, "Hudson", "day", "week", "month")
    stores.set_day(ADA, "Harbour", "2026-10-04", "Night market", ("01:00", "05:00"), ("09:00", "18:00"))
    stores.set_day(BEN, "Kanal", "2026-10-24", "Stocktaking")
    stores.set_day(BEN, "Kanal", "2026-10-25", "Long night", ("00:00", "06:00"), ("10:00", "21:00"))
    stores.set_day(CLEO, "Hudson", "2026-10-31", "Halloween", ("10:00", "23:00"))


def _during(store: str, camera: str, begins: str, ends: str, **state: Any) -> Iterator[tuple[datetime, Action]]:
    """Yield the begin and the end of a state of a box: by default it has power and a network, and sees well."""
    usual = {"has_power": True, "has_network": True, "picture": "ok", "is_open": opening(store)}
    yield local(store, begins), lambda stores, now: stores.change(camera, now, **state)
    yield local(store, ends), lambda stores, now: stores.change(camera, now, **{name: usual[name] for name in state})


def story() -> list[tuple[datetime, Action]]:
    """Return what happens, in order of time."""
    steps: list[tuple[datetime, Action]] = [
        # The box of the side entrance has no network for 40 days, and counts on.
        (local("Harbour", "2026-09-03 10:00"), lambda stores, _: stores.backend.restart("ingest")),
        *_during("Harbour", "Side", "2026-09-03 10:00", "2026-10-13 10:00", has_network=False),
        (local("Harbour", "2026-10-13 09:55"), lambda stores, _: stores.backend.restart("ingest")),
        (
            local("Harbour", "2026-10-14 10:00"),
            lambda stores, _: stores.open_import_window(
                "Side", local("Harbour", "2026-09-03 00:00"), local("Harbour", "2026-09-14 00:00")
            ),
        ),
        (local("Harbour", "2026-10-14 10:05"), lambda stores, _: stores.boxes["Side"].retry_refused()),
        # Power cuts: in open hours, over both changes of the clocks, at night, on a closed day, in special hours.
        *_during("Harbour", "Front", "2026-10-04 01:55", "2026-10-04 03:15", has_power=False),
        *_during("Harbour", "Front", "2026-10-07 10:20", "2026-10-07 13:00", has_power=False),
        *_during("Kanal", "Door", "2026-10-09 21:30", "2026-10-10 06:00", has_power=False),
        *_during("Kanal", "Door", "2026-10-24 09:00", "2026-10-24 19:00", has_power=False),
        *_during("Kanal", "Door", "2026-10-25 02:50+02:00", "2026-10-25 02:10+01:00", has_power=False),
        *_during("Hudson", "Entrance", "2026-10-31 21:30", "2026-10-31 22:30", has_power=False),
        # The camera is moved, and the superadmin accepts its view. The worker reports that a little later.
        *_during("Kanal", "Door", "2026-10-13 11:00", "2026-10-13 15:05", picture="moved"),
        (
            local("Kanal", "2026-10-13 15:00"),
            lambda stores, _: stores.backend.ask(
                OPS, "POST", f"/admin/cameras/{stores.boxes['Door'].camera_id}/accept-view"
            ),
        ),
        # The picture freezes, and the owner takes care of it before she is told.
        *_during("Hudson", "Entrance", "2026-10-15 12:00", "2026-10-15 14:00", picture="frozen"),
        (
            local("Hudson", "2026-10-15 12:05"),
            lambda stores, _: stores.update_incident(CLEO, "Hudson", acknowledged=True),
        ),
        # The network fails in the evening: quiet hours of the owner.
        *_during("Kanal", "Door", "2026-10-16 20:15", "2026-10-17 09:30", has_network=False),
        # The lens is covered on two days. The owner mutes it until noon of the second.
        *_during("Hudson", "Entrance", "2026-10-19 10:00", "2026-10-19 11:00", picture="covered"),
        (
            local("Hudson", "2026-10-19 10:30"),
            lambda stores, _: stores.update_incident(
                CLEO, "Hudson", muted_until=local("Hudson", "2026-10-20 12:00").isoformat()
            ),
        ),
        *_during("Hudson", "Entrance", "2026-10-20 10:00", "2026-10-20 14:00", picture="covered"),
        # A weekly report is unsubscribed.
        (
            local("Hudson", "2026-10-12 09:00"),
            lambda stores, _: stores.unsubscribe("Hudson: Weekly report, 2026-10-04 to 2026-10-10"),
        ),
        # Nobody can come in for an hour.
        *_during("Hudson", "Entrance", "2026-10-29 14:00", "2026-10-29 15:00", is_open=lambda _at: False),
    ]
    return sorted(steps, key=lambda step: step[0])
