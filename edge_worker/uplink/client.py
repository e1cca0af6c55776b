"""HTTP client of the ingest: one method per route; a network failure is a value, not an exception."""

from __future__ import annotations

import gzip
import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from time import monotonic, perf_counter
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

import httpx

from edge_worker.clock import TrustedClock
from edge_worker.outbox.records import Event, batch_id
from edge_worker.redaction import redact
from edge_worker.uplink.outcome import UNREADABLE, Outcome, RetryLater, outcome_of

log = logging.getLogger(__name__)

TIMEOUT = httpx.Timeout(connect=5.0, read=20.0, write=20.0, pool=5.0)
"""A half-open connection ends with a read timeout."""
UNCOMPRESSED_S = 6 * 3600.0
"""How long events are sent uncompressed after a compressed request was damaged on its way."""
LIMITS = httpx.Limits(max_connections=2, max_keepalive_connections=1, keepalive_expiry=30.0)


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a request, or the failure to get one.

    Attributes:
        status: The HTTP status; 0 without an answer.
        body: The JSON object; empty if the body is not one.
        headers: The headers.
        problem: What went wrong, one sentence; None for 2xx and 304.
        text: The body as text.
    """

    status: int
    body: dict[str, Any]
    headers: httpx.Headers
    problem: str | None
    text: str = ""

    @property
    def ok(self) -> bool:
        """Return whether the backend accepted the request."""
        return self.problem is None


class BackendClient:
    """Sends requests to the ingest of one backend with one worker key. Not for several threads at once.

    Args:
        api_url: The address of the backend, such as ``https://api.example.com``.
        key: The worker key.
        clock: Gets the backend's time from every answer that cannot be one of a captive portal.
        version: The version of the worker.
        instance_id: The id of the outbox, by which the backend tells two workers on one camera apart.
        timeout: The timeouts of a request.
        elapsed: A monotonic clock, in seconds.
    """

    def __init__(
        self,
        api_url: str,
        key: str,
        clock: TrustedClock,
        *,
        version: str = "0",
        instance_id: str | None = None,
        timeout: httpx.Timeout = TIMEOUT,
        elapsed: Callable[[], float] = monotonic,
    ) -> None:
        self.api_url = api_url
        self._clock = clock
        self._elapsed = elapsed
        self._uncompressed_until = 0.0
        self._http = httpx.Client(
            base_url=self.api_url,
            headers={
                "X-Worker-Key": key,
                "User-Agent": f"metrica-edge/{version}",
                **({} if instance_id is None else {"X-Instance-Id": instance_id}),
            },
            timeout=timeout,
            limits=LIMITS,
            trust_env=True,
        )

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def post_events(self, events: Sequence[Event]) -> Outcome:
        """Send a batch of events with its id and return its outcome."""
        request_id = batch_id(events)
        body = json.dumps({"events": [_event_json(event) for event in events]}, separators=(",", ":")).encode()
        try:
            compressed = self._elapsed() >= self._uncompressed_until
            response = self._post_events(body, request_id, compressed=compressed)
            if compressed and response.status_code in UNREADABLE:
                # A proxy may have changed the body without its header, or the header without the body.
                response = self._post_events(body, request_id, compressed=False)
                if response.is_success:
                    self._uncompressed_until = self._elapsed() + UNCOMPRESSED_S
                    log.warning("compressed requests arrive damaged, perhaps by a proxy; sending uncompressed")
        except httpx.HTTPError as error:
            return RetryLater(_unreachable(self.api_url, error), unreachable=True)
        return outcome_of(response.status_code, response.headers, response.content, len(events), self._clock.utc())

    def post_heartbeat(self, camera_id: str, heartbeat: dict[str, Any]) -> Answer:
        """Send a heartbeat."""
        body = json.dumps(heartbeat, separators=(",", ":")).encode()
        return self._answer(
            "POST", f"/cameras/{quote(camera_id)}/heartbeat", content=body, headers={"Content-Type": "application/json"}
        )

    def get_config(self, camera_id: str, etag: str | None) -> Answer:
        """Fetch the config of the camera, unless it still has the ETag ``etag`` (304)."""
        headers = {"If-None-Match": etag} if etag else {}
        return self._answer("GET", f"/cameras/{quote(camera_id)}/config", headers=headers)

    def put_snapshot(self, camera_id: str, jpeg: bytes) -> Answer:
        """Send a snapshot."""
        return self._answer(
            "PUT", f"/cameras/{quote(camera_id)}/snapshot", content=jpeg, headers={"Content-Type": "image/jpeg"}
        )

    # -- internal ----------------------------------------------------------------------------------------------------

    def _post_events(self, body: bytes, request_id: str, *, compressed: bool) -> httpx.Response:
        headers = {"Content-Type": "application/json", "X-Request-Id": request_id}
        if not compressed:
            return self._send("POST", "/events", content=body, headers=headers)
        content = gzip.compress(body, compresslevel=6, mtime=0)
        return self._send("POST", "/events", content=content, headers={**headers, "Content-Encoding": "gzip"})

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
            return Answer(response.status_code, {}, response.headers, "the answer is not one of a Metrica backend")
        is_ok = response.is_success or response.status_code == 304
        return Answer(
            response.status_code,
            body,
            response.headers,
            None if is_ok else f"the backend answered {response.status_code}",
            response.text,
        )

    def _send(self, method: str, path: str, *, headers: dict[str, str], content: bytes | None = None) -> httpx.Response:
        began = perf_counter()
        response = self._http.request(method, path, headers=headers, content=content)
        date = response.headers.get("date")
        if date and _may_be_metrica(response):
            self._observe(date, perf_counter() - began)
        return response

    def _observe(self, date: str, round_trip_s: float) -> None:
        try:
            server_time = parsedate_to_datetime(date)
        except ValueError:
            return
        self._clock.observe(server_time if server_time.tzinfo else server_time.replace(tzinfo=UTC), round_trip_s)


def _may_be_metrica(response: httpx.Response) -> bool:
    """Return False for a page of a captive portal, whose clock may be wrong: it is neither JSON nor empty."""
    media_type = response.headers.get("content-type", "").partition(";")[0].strip()
    return media_type in {"application/json", "application/problem+json"} or response.status_code in {204, 304}


def _event_json(event: Event) -> dict[str, Any]:
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
        return redact(f"{api_url} does not answer (no connection within {TIMEOUT.connect:.0f} s)")
    if isinstance(error, httpx.TimeoutException):
        return redact(f"{api_url} accepted the connection but did not answer in time")
    if isinstance(error, httpx.ConnectError):
        return redact(f"{api_url} cannot be reached ({error})")
    return redact(f"the connection to {api_url} was interrupted ({error or type(error).__name__})")


def server_time_of(answer: Answer) -> datetime | None:
    """Return ``server_time`` of the answer to a heartbeat; None if it is missing or invalid."""
    try:
        return datetime.fromisoformat(str(answer.body["server_time"]))
    except (KeyError, ValueError):
        return None
