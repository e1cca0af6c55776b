"""A store for tests: what happened in it, and what the API says of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import psycopg
from starlette.testclient import TestClient

from db.timescale.aggregate_refresh import refresh_range
from tests.database import run_refresh_job
from tests.factories import Event, Minute, insert_events, insert_minutes, make_camera, make_member, make_store
from tests.signing import Issuer

Visit = tuple[datetime, datetime]
MINUTE = timedelta(minutes=1)


class Shop:
    """One store with its owner and its first camera, which has delivered everything until now."""

    def __init__(
        self,
        client: TestClient,
        connection: psycopg.Connection[Any],
        issuer: Issuer,
        now: datetime,
        settings: dict[str, Any],
    ) -> None:
        self.client, self.connection, self.now = client, connection, now
        self.zone = ZoneInfo(settings.get("timezone", "UTC"))
        has_camera = settings.pop("camera", True)
        self.store_id = make_store(connection, **settings)
        self.owner = make_member(connection, self.store_id)
        self.headers = issuer.headers(self.owner)
        if has_camera:
            self.camera_id = self.camera()

    def camera(self, **settings: Any) -> UUID:
        """Another camera; it is online and has delivered everything unless said otherwise."""
        return make_camera(
            self.connection, self.store_id, **{"last_seen_at": self.now, "delivered_until": self.now, **settings}
        )

    def local(self, *parts: int) -> datetime:
        """A moment on the store's wall clock."""
        return datetime(*parts, tzinfo=self.zone)  # type: ignore[misc,arg-type]

    def crossings(
        self, ins: Iterable[datetime] = (), outs: Iterable[datetime] = (), camera: UUID | None = None
    ) -> None:
        """People cross a line; the aggregates know it already."""
        self.late_crossings(ins, outs, camera)
        run_refresh_job(self.connection)

    def late_crossings(
        self, ins: Iterable[datetime] = (), outs: Iterable[datetime] = (), camera: UUID | None = None
    ) -> None:
        """People crossed a line, and it has just arrived: below the watermark the aggregates do not know it yet."""
        events = [Event(at, "IN") for at in ins] + [Event(at, "OUT") for at in outs]
        insert_events(self.connection, self.store_id, camera or self.camera_id, events)

    def visits(self, visits: Iterable[Visit], camera: UUID | None = None) -> None:
        """People come and leave."""
        people = list(visits)
        self.crossings([came for came, _ in people], [left for _, left in people], camera)

    def watched(self, start: datetime, end: datetime, camera: UUID | None = None) -> None:
        """Frames flow in every minute of a window."""
        count = int((end - start) / MINUTE)
        first = start.astimezone(ZoneInfo("UTC"))
        insert_minutes(
            self.connection, self.store_id, camera or self.camera_id, [Minute(first + i * MINUTE) for i in range(count)]
        )
        run_refresh_job(self.connection)

    def materialise(self, start: datetime, end: datetime) -> None:
        """Move the aggregates' watermark to the end of a window."""
        refresh_range(self.connection, start, end)

    def get(self, path: str, **query: Any) -> Any:
        """The JSON of a route of this store, which must answer 200."""
        answer = self.client.get(path.format(self.store_id), params=query or None, headers=self.headers)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def live(self) -> Any:
        return self.get("/live/{}")

    def dashboard(self, **query: Any) -> Any:
        return self.get("/dashboard/{}", **query)

    def footfall(self, **query: Any) -> Any:
        return self.get("/stores/{}/footfall", **query)

    def refused(self, path: str, **query: Any) -> list[tuple[list[str], str]]:
        """Where and why a request is refused with 422."""
        answer = self.client.get(path.format(self.store_id), params=query or None, headers=self.headers)
        assert answer.status_code == 422, answer.text
        assert answer.headers["content-type"] == "application/problem+json"
        return [(error["loc"], error["type"]) for error in answer.json()["errors"]]
