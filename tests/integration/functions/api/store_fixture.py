"""A store for tests: add crossings and observed minutes to it, and read what the API answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import psycopg
from fastapi import FastAPI
from starlette.testclient import TestClient

from db.timescale.aggregate_refresh import refresh_range
from functions.api.params import get_now
from tests.database import run_refresh_job
from tests.factories import (
    Event,
    Minute,
    change_store_settings,
    insert_events,
    insert_minutes,
    make_camera,
    make_member,
    make_store,
)
from tests.signing import Issuer

Visit = tuple[datetime, datetime]
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


class Aggregates:
    """The aggregates of a test's stores, which are refreshed when something is read, however much was added before."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self.connection, self.is_stale = connection, False

    def refresh_if_stale(self) -> None:
        """Refresh what was added since the last refresh."""
        if self.is_stale:
            self.is_stale = False
            run_refresh_job(self.connection)


class StoreFixture:
    """A store with an owner and one camera, which has delivered everything until now."""

    def __init__(
        self,
        client: TestClient,
        aggregates: Aggregates,
        issuer: Issuer,
        now: datetime,
        settings: dict[str, Any],
    ) -> None:
        self._client, self._aggregates, self.now = client, aggregates, now
        self.zone = ZoneInfo(settings.get("timezone", "UTC"))
        has_camera = settings.pop("camera", True)
        self.store_id = make_store(aggregates.connection, **settings)
        self.owner = make_member(aggregates.connection, self.store_id)
        self.headers = issuer.headers(self.owner)
        if has_camera:
            self.camera_id = self.add_camera()

    @property
    def connection(self) -> psycopg.Connection[Any]:
        """The connection of the test. What was added before is in the aggregates."""
        self._aggregates.refresh_if_stale()
        return self._aggregates.connection

    @property
    def client(self) -> TestClient:
        """The client of the API. What was added before is in the aggregates."""
        self._aggregates.refresh_if_stale()
        return self._client

    def answer_at(self, now: datetime) -> None:
        """Let the API answer as of another time, until the test ends. `now` of this store stays."""
        app = self._client.app
        assert isinstance(app, FastAPI)
        app.dependency_overrides[get_now] = lambda: now

    def add_camera(self, **settings: Any) -> UUID:
        """Add a camera. By default it is online and has delivered everything."""
        return make_camera(
            self.connection, self.store_id, **{"last_seen_at": self.now, "delivered_until": self.now, **settings}
        )

    def local(self, *parts: int) -> datetime:
        """Return a time in the zone of the store."""
        return datetime(*parts, tzinfo=self.zone)  # type: ignore[misc,arg-type]

    def add_crossings(
        self, ins: Iterable[datetime] = (), outs: Iterable[datetime] = (), camera: UUID | None = None
    ) -> None:
        """Add crossings and refresh the aggregates."""
        self._insert_crossings(ins, outs, camera)
        self._aggregates.is_stale = True

    def add_late_crossings(
        self, ins: Iterable[datetime] = (), outs: Iterable[datetime] = (), camera: UUID | None = None
    ) -> None:
        """Add crossings without a refresh: the aggregates below their watermark do not contain them."""
        self._aggregates.refresh_if_stale()
        self._insert_crossings(ins, outs, camera)

    def _insert_crossings(self, ins: Iterable[datetime], outs: Iterable[datetime], camera: UUID | None) -> None:
        events = [Event(at, "IN") for at in ins] + [Event(at, "OUT") for at in outs]
        insert_events(self._aggregates.connection, self.store_id, camera or self.camera_id, events)

    def add_visits(self, visits: Iterable[Visit], camera: UUID | None = None) -> None:
        """Add the crossings of visits."""
        people = list(visits)
        self.add_crossings([came for came, _ in people], [left for _, left in people], camera)

    def add_observed_minutes(self, start: datetime, end: datetime, camera: UUID | None = None) -> None:
        """Add minutes with frames for a window and refresh the aggregates."""
        self._insert_minutes(start, end, camera)
        self._aggregates.is_stale = True

    def add_late_minutes(self, start: datetime, end: datetime, camera: UUID | None = None) -> None:
        """Add minutes with frames for a window without a refresh."""
        self._aggregates.refresh_if_stale()
        self._insert_minutes(start, end, camera)

    def _insert_minutes(self, start: datetime, end: datetime, camera: UUID | None) -> None:
        count = int((end - start) / MINUTE)
        first = start.astimezone(ZoneInfo("UTC"))
        insert_minutes(
            self._aggregates.connection,
            self.store_id,
            camera or self.camera_id,
            [Minute(first + i * MINUTE) for i in range(count)],
        )

    def change_settings(self, at: datetime, **changes: Any) -> None:
        """Change settings of the store as if an administrator had changed them at `at`, after all earlier changes."""
        change_store_settings(self.connection, self.store_id, at, **changes)

    def refresh_aggregates(self, start: datetime, end: datetime) -> None:
        """Refresh the aggregates of a window; their watermark moves to its end."""
        refresh_range(self.connection, start, end)

    def get(self, path: str, **query: Any) -> Any:
        """Return the JSON of a route of this store, which must answer 200."""
        answer = self.client.get(path.format(self.store_id), params=query or None, headers=self.headers)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def live(self) -> Any:
        return self.get("/live/{}")

    def dashboard(self, **query: Any) -> Any:
        return self.get("/dashboard/{}", **query)

    def listed_period(self, **query: Any) -> Any:
        """Return the period of this store in the list of its owner's stores."""
        stores = {each["store_id"]: each for each in self.get("/stores", **query)["stores"]}
        return stores[str(self.store_id)]["period"]

    def footfall(self, **query: Any) -> Any:
        return self.get("/stores/{}/footfall", **query)

    def validation_errors(self, path: str, **query: Any) -> list[tuple[list[str], str]]:
        """Return the location and the type of each error of a request that must answer 422."""
        answer = self.client.get(path.format(self.store_id), params=query or None, headers=self.headers)
        assert answer.status_code == 422, answer.text
        assert answer.headers["content-type"] == "application/problem+json"
        return [(error["loc"], error["type"]) for error in answer.json()["errors"]]


CreateStore = Callable[..., StoreFixture]
"""The fixture `create_store`."""
ChangeStore = Callable[..., dict[str, Any]]
"""The fixture `change_store`."""


def kpi(shown: dict[str, Any], name: str) -> tuple[float | None, float | None, float | None]:
    """Return the value, the baseline and the change of a KPI of a dashboard."""
    found = shown["kpis"][name]
    return found["value"], found["baseline"], found["change"]


def by_hour(shown: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the buckets of an answer by the hour and minute of their start, such as ``09:00``."""
    return {bucket["start"][11:16]: bucket for bucket in shown["buckets"]}
