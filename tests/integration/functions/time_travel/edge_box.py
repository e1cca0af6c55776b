"""An edge box as ingest meets it: it counts while it has power, and delivers while it has a network.

People come at fixed minutes of each open hour, so that every number of a report can be worked out by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from tests.integration.functions.time_travel.processes import Backend

MINUTE = timedelta(minutes=1)
MAX_EVENTS, MAX_MINUTES = 1000, 1440

IsOpen = Callable[[datetime], bool]
"""Whether people come, by the local time of the store."""


@dataclass
class EdgeBox:
    """A box with one camera.

    Attributes:
        backend: where it delivers.
        store_id: its store.
        camera_id: its camera.
        key: its worker key.
        zone: the zone of the store.
        is_open: when people come.
        ins: the minutes of an open hour at which somebody comes in.
        outs: the minutes at which somebody leaves.
        counted_until: it has counted until this time, UTC, a whole minute.
        has_power: without, it counts nothing.
        has_network: without, it delivers nothing.
        picture: what its picture shows.
        events: what it has counted and not delivered.
        minutes: its minutes that are not delivered.
        refused: what ingest refused.
        refused_minutes: likewise.
    """

    backend: Backend
    store_id: UUID
    camera_id: UUID
    key: str
    zone: ZoneInfo
    is_open: IsOpen
    ins: Sequence[int]
    outs: Sequence[int]
    counted_until: datetime
    has_power: bool = True
    has_network: bool = True
    picture: str = "ok"
    instance_id: UUID = field(default_factory=uuid4)
    total_in: int = 0
    total_out: int = 0
    events: list[dict[str, Any]] = field(default_factory=list)
    minutes: list[dict[str, Any]] = field(default_factory=list)
    refused: list[dict[str, Any]] = field(default_factory=list)
    refused_minutes: list[dict[str, Any]] = field(default_factory=list)

    def step(self, now: datetime) -> None:
        """Count until now and deliver, as far as there is power and a network."""
        if not self.has_power:
            self.counted_until = now
            return
        while self.counted_until < now:
            self._count(self.counted_until)
            self.counted_until += MINUTE
        if self.has_network:
            self.deliver(now)

    def deliver(self, now: datetime) -> None:
        """Send the crossings that wait, then heartbeats with the minutes that wait; the last one says how it is now."""
        while self.events:
            batch, self.events = self.events[:MAX_EVENTS], self.events[MAX_EVENTS:]
            answer = self._post("/events", {"events": batch})
            self.refused += [batch[row["index"]] for row in answer["rejected"]]
        while True:
            sent, self.minutes = self.minutes[:MAX_MINUTES], self.minutes[MAX_MINUTES:]
            answer = self._post(f"/cameras/{self.camera_id}/heartbeat", self._heartbeat(now, sent))
            self.refused_minutes += [sent[row["index"]] for row in answer["rejected"]]
            if not self.minutes:
                return

    def retry_refused(self) -> None:
        """Let what was refused wait again: `metrica-edge outbox retry`."""
        self.events, self.refused = self.refused + self.events, []
        self.minutes, self.refused_minutes = self.refused_minutes + self.minutes, []

    def _count(self, minute: datetime) -> None:
        local = minute.astimezone(self.zone)
        is_observed = self.picture != "frozen"
        frames = 600 if is_observed else 0
        self.minutes.append(
            {"minute": minute.isoformat(), "frames": frames, "dropped": 0, "fps": frames / 60, "reconnects": 0}
        )
        if self.picture in {"frozen", "covered"} or not self.is_open(local):
            return
        for direction, at_minutes in (("IN", self.ins), ("OUT", self.outs)):
            if local.minute in at_minutes:
                self.total_in += direction == "IN"
                self.total_out += direction == "OUT"
                self.events.append(
                    {
                        "event_id": str(uuid4()),
                        "store_id": str(self.store_id),
                        "camera_id": str(self.camera_id),
                        "direction": direction,
                        "ts": (minute + timedelta(seconds=30)).isoformat(),
                        "tracker_id": self.total_in + self.total_out,
                    }
                )

    def _heartbeat(self, now: datetime, minutes: list[dict[str, Any]]) -> dict[str, Any]:
        oldest = min((datetime.fromisoformat(event["ts"]) for event in self.refused), default=None)
        return {
            "sent_at": now.astimezone(UTC).isoformat(),
            "worker_version": "0.1.0",
            "model": "yolo26n",
            "backlog": 0,
            "oldest_unsent_s": None if oldest is None else (now - oldest).total_seconds(),
            "totals": {"in": self.total_in, "out": self.total_out},
            "refused": len(self.refused),
            "lost": 0,
            "set_aside": 0,
            "instance_id": str(self.instance_id),
            "picture": self.picture,
            "minutes": minutes,
        }

    def _post(self, path: str, body: dict[str, Any]) -> Any:
        return self.backend.request(
            "ingest", "POST", path, body, x_worker_key=self.key, x_instance_id=str(self.instance_id)
        )
