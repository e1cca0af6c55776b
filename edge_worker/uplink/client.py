"""The backend over HTTP: one method per route of the ingest, answers as values, no exception for a bad network."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from time import perf_counter
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

import httpx

from edge_worker.clock import TrustedClock
from edge_worker.logs import redact
from edge_worker.outbox import Event
from edge_worker.uplink.outcome import Later, Outcome, outcome_of

TIMEOUT = httpx.Timeout(connect=5.0, read=20.0, write=20.0, pool=5.0)
"""A half-open connection (the other side is gone and nobody said so) ends as a read timeout, and is tried anew."""
LIMITS = httpx.Limits(max_connections=2, max_keepalive_connections=1, keepalive_expiry=30.0)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, or the lack of one.

    Attributes:
        status: HTTP status; 0 when nobody answered.
        body: the JSON object, empty when it is none.
        headers: lower-case names.
        problem: a sentence, None for 2xx and 304.
    """

    status: int
    body: dict[str, Any]
    headers: httpx.Headers
    problem: str | None
    text: str = ""

    @property
    def ok(self) -> bool:
        return self.problem is None


class BackendClient:
    """Speaks to the ingest of one backend with one worker key. Not for several threads at once.

    Args:
        api_url: such as ``https://api.example.com``.
        key: the worker key.
        clock: learns the backend's time from every answer that a captive portal would not give.
    """

    def __init__(
        self,
        api_url: str,
        key: str,
        clock: TrustedClock,
        *,
        version: str = "0",
        timeout: httpx.Timeout = TIMEOUT,
    ) -> None:
        self.api_url = api_url
        self._clock = clock
        self._http = httpx.Client(
            base_url=self.api_url,
            headers={"X-Worker-Key": key, "User-Agent": f"metrica-edge/{version}"},
            timeout=timeout,
            limits=LIMITS,
            trust_env=True,
        )

    def close(self) -> None:
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def post_events(self, events: Sequence[Event]) -> Outcome:
        """Sends a batch and says what its answer means."""
        body = json.dumps({"events": [_wire(event) for event in events]}, separators=(",", ":")).encode()
        try:
            response = self._send(
                "POST",
                "/events",
                content=gzip.compress(body, compresslevel=6, mtime=0),
                headers={"Content-Type": "application/json", "Content-Encoding": "gzip"},
            )
        except httpx.HTTPError as error:
            return Later(_unreachable(self.api_url, error), unreachable=True)
        return outcome_of(response.status_code, response.headers, response.content, len(events), self._clock.utc())

    def heartbeat(self, camera_id: str, report: dict[str, Any]) -> Answer:
        body = json.dumps(report, separators=(",", ":")).encode()
        return self._answer(
            "POST", f"/cameras/{quote(camera_id)}/heartbeat", content=body, headers={"Content-Type": "application/json"}
        )

    def config(self, camera_id: str, etag: str | None) -> Answer:
        headers = {"If-None-Match": etag} if etag else {}
        return self._answer("GET", f"/cameras/{quote(camera_id)}/config", headers=headers)

    def put_snapshot(self, camera_id: str, jpeg: bytes) -> Answer:
        return self._answer(
            "PUT", f"/cameras/{quote(camera_id)}/snapshot", content=jpeg, headers={"Content-Type": "image/jpeg"}
        )

    # -- inside ------------------------------------------------------------------------------------------------------

    def _answer(self, method: str, path: str, *, headers: dict[str, str], content: bytes | None = None) -> Answer:
        try:
            response = self._send(method, path, headers=headers, content=content)
        except httpx.HTTPError as error:
            return Answer(0, {}, httpx.Headers(), _unreachable(self.api_url, error))
        try:
            body = response.json() if response.content else {}
        except ValueError:
            body = None
        if not isinstance(body, dict):
            return Answer(response.status_code, {}, response.headers, "the answer is not one of Metrica's")
        # 304 has no body and is fine all the same.
        fine = response.is_success or response.status_code == 304
        return Answer(
            response.status_code,
            body,
            response.headers,
            None if fine else f"the backend answered {response.status_code}",
            response.text,
        )

    def _send(self, method: str, path: str, *, headers: dict[str, str], content: bytes | None = None) -> httpx.Response:
        began = perf_counter()
        response = self._http.request(method, path, headers=headers, content=content)
        date = response.headers.get("date")
        if date and _may_be_metricas(response):
            self._observe(date, perf_counter() - began)
        return response

    def _observe(self, date: str, round_trip_s: float) -> None:
        try:
            moment = parsedate_to_datetime(date)
        except ValueError:
            return
        self._clock.observe(moment if moment.tzinfo else moment.replace(tzinfo=UTC), round_trip_s)


def _may_be_metricas(response: httpx.Response) -> bool:
    """JSON, or nothing at all: a portal or a router answers with a page, and its clock may be anywhere."""
    kind = response.headers.get("content-type", "").partition(";")[0].strip()
    return kind in {"application/json", "application/problem+json"} or response.status_code in {204, 304}


def _wire(event: Event) -> dict[str, Any]:
    return {
        "event_id": event.event_id,
        "store_id": event.store_id,
        "camera_id": event.camera_id,
        "direction": event.direction.value,
        "ts": event.ts,
        "tracker_id": event.tracker_id,
    }


def _unreachable(api_url: str, error: httpx.HTTPError) -> str:
    if isinstance(error, httpx.ConnectTimeout):
        return f"{api_url} does not answer (no connection within {TIMEOUT.connect:.0f} s)"
    if isinstance(error, httpx.TimeoutException):
        return f"{api_url} took the connection but did not answer in time"
    if isinstance(error, httpx.ConnectError):
        return redact(f"{api_url} cannot be reached ({error})")
    return redact(f"the connection to {api_url} broke ({error or type(error).__name__})")


def server_time_of(answer: Answer) -> datetime | None:
    """``server_time`` of a heartbeat's answer."""
    try:
        return datetime.fromisoformat(str(answer.body["server_time"]))
    except (KeyError, ValueError):
        return None
