"""Every route of every app, with a good request to it.

The tables are checked against the apps: a route without its row fails the build.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from tests.integration.functions.ingest.box import heartbeat


@dataclass(frozen=True)
class Row:
    """A route, and a good request to it (`{store_id}`, `{camera_id}`, … are filled in)."""

    method: str
    path: str
    query: str = ""
    body: Any = None
    is_open: bool = False
    members: frozenset[str] = field(default_factory=frozenset)

    @property
    def key(self) -> tuple[str, str]:
        return self.method, self.path

    @property
    def id(self) -> str:
        return f"{self.method} {self.path}"


OWNER_ROUTES = [
    Row("GET", "/healthz", is_open=True),
    Row("GET", "/me"),
    Row("GET", "/stores"),
    Row("GET", "/live/{store_id}"),
    Row("GET", "/dashboard/{store_id}", "?period=day"),
    Row("GET", "/stores/{store_id}/footfall", "?from=2026-11-17&to=2026-11-18"),
    Row("GET", "/stores/{store_id}/forecast"),
    Row("POST", "/stores/{store_id}/occupancy-reset", body={"occupancy": 3}),
    Row("GET", "/stores/{store_id}/calendar", "?from=2026-12-01&to=2027-01-01"),
    Row("PUT", "/stores/{store_id}/calendar/{date}", body={"opening_hours": []}),
    Row("DELETE", "/stores/{store_id}/calendar/{date}"),
    Row("GET", "/stores/{store_id}/incidents"),
    Row("PATCH", "/stores/{store_id}/incidents/{incident_id}", body={"closed": True}),
    Row("GET", "/me/notifications"),
    Row("POST", "/me/notifications", body={"kind": "mail", "scope": "own_stores"}),
    Row("PATCH", "/me/notifications/{channel_id}", body={"enabled": False}),
    Row("DELETE", "/me/notifications/{channel_id}"),
    Row("POST", "/me/notifications/{channel_id}/test"),
    Row("GET", "/me/notifications/{channel_id}/deliveries"),
    Row("GET", "/me/reports"),
    Row("POST", "/me/reports", body={"store_id": "{store_id}", "period": "week"}),
    Row("GET", "/reports/preview", "?store_id={store_id}&period=day"),
    Row("DELETE", "/me/reports/{subscription_id}"),
    Row("POST", "/unsubscribe/{token}", is_open=True),
    Row("GET", "/stores/{store_id}/wall-links"),
    Row("POST", "/stores/{store_id}/wall-links", body={"name": "Spy"}),
    Row("DELETE", "/stores/{store_id}/wall-links/{wall_link_id}"),
    Row("GET", "/stores/{store_id}/wall/{wall_token}", is_open=True),
]

WINDOW = {"window_start": "2026-11-20T10:00:00Z", "window_end": "2026-11-20T11:00:00Z"}

IMPORTED = {"window_start": "2026-09-01T00:00:00Z", "window_end": "2026-09-08T00:00:00Z"}

ADMIN_ROUTES = [
    Row("GET", "/admin/stores"),
    Row("POST", "/admin/stores", body={"name": "New", "timezone": "UTC"}),
    Row("GET", "/admin/holiday-countries"),
    Row("GET", "/admin/cities", "?name=Cologne"),
    Row("GET", "/admin/stores/{store_id}"),
    Row("PATCH", "/admin/stores/{store_id}", body={"name": "Mine now"}),
    Row("POST", "/admin/stores/{store_id}/archive"),
    Row("POST", "/admin/stores/{store_id}/restore"),
    Row("GET", "/admin/stores/{store_id}/cameras"),
    Row("POST", "/admin/stores/{store_id}/cameras", body={"name": "Spy"}),
    Row("GET", "/admin/cameras/{camera_id}"),
    Row("PATCH", "/admin/cameras/{camera_id}", body={"name": "Mine now"}),
    Row("PUT", "/admin/cameras/{camera_id}/line", body={"line": None}),
    Row("GET", "/admin/cameras/{camera_id}/crossings"),
    Row("GET", "/admin/cameras/{camera_id}/track-ends"),
    Row("GET", "/admin/cameras/{camera_id}/snapshot"),
    Row("POST", "/admin/cameras/{camera_id}/snapshot-request"),
    Row("POST", "/admin/cameras/{camera_id}/accept-instance"),
    Row("POST", "/admin/cameras/{camera_id}/accept-view"),
    Row("POST", "/admin/cameras/{camera_id}/archive"),
    Row("GET", "/admin/cameras/{camera_id}/count-checks"),
    Row("POST", "/admin/cameras/{camera_id}/count-checks", body={**WINDOW, "manual_in": 1, "manual_out": 1}),
    Row("GET", "/admin/stores/{store_id}/owners"),
    Row("POST", "/admin/stores/{store_id}/owners", body={"email": "me@example.com"}),
    Row("DELETE", "/admin/stores/{store_id}/owners/{user_id}", "?allow_ownerless=true"),
    Row("DELETE", "/admin/stores/{store_id}/invites/{invite_id}"),
    Row("GET", "/admin/stores/{store_id}/worker-keys"),
    Row("POST", "/admin/stores/{store_id}/worker-keys", body={"name": "Mine"}),
    Row("DELETE", "/admin/stores/{store_id}/worker-keys/{worker_key_id}"),
    Row("GET", "/admin/worker-keys", f"?created_by={uuid4()}"),
    Row("GET", "/admin/import-windows"),
    Row("POST", "/admin/import-windows", body={**IMPORTED, "camera_id": "{camera_id}"}),
    Row("DELETE", "/admin/import-windows/{import_window_id}"),
    Row("GET", "/admin/superadmins"),
    Row("POST", "/admin/superadmins", body={"email": f"{uuid4()}@example.com"}),
    Row("DELETE", "/admin/superadmins/{superadmin_id}"),
    Row("GET", "/admin/health"),
    Row("GET", "/admin/health/coverage"),
    Row("GET", "/admin/audit"),
    Row("GET", "/admin/incidents"),
    Row("PATCH", "/admin/incidents/{incident_id}", body={"closed": True}),
]

INGEST_ROUTES = [
    Row("POST", "/events", body={"events": [{}]}),
    Row("POST", "/cameras/{camera_id}/heartbeat", body=heartbeat()),
    Row("PUT", "/cameras/{camera_id}/snapshot", body=b"\xff\xd8\xff\xd9"),
    Row("GET", "/cameras/{camera_id}/config"),
]

CLOSED = [row for row in OWNER_ROUTES + ADMIN_ROUTES if not row.is_open]


def names_a_store(row: Row) -> bool:
    """Whether the request names something of a store: in its path, its query, or its body."""
    body = "" if row.path.startswith("/admin") else str(row.body)
    return "{" in row.path + row.query or "{store_id}" in body


OF_A_STORE = [row for row in CLOSED if names_a_store(row)]

OF_A_CAMERA = [row for row in INGEST_ROUTES if "{" in row.path]

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


def ids(row: Row) -> str:
    return row.id
