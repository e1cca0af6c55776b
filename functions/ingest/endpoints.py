"""The endpoints of ingest: authenticate the key, parse the body, run one statement."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import UUID

from functions.common.http_headers import etag_matches, make_etag
from functions.common.limits import EVENT_MAX_AGE, MAX_BATCH_BYTES, MAX_HEARTBEAT_BYTES, MAX_SNAPSHOT_BYTES
from functions.common.metrics import Metric, record
from functions.common.problems import BadRequest, Conflict, Invalid, NotFound, TooLarge, UnsupportedMedia
from functions.common.settings import Settings

from . import camera_repository, event_repository, jpeg, snapshots
from .authentication import WorkerKeyAuthenticator
from .camera_repository import CameraConfig
from .database import Database
from .event_batch import TOO_OLD, UNKNOWN_CAMERA, CheckedBatch, check_batch, parse_batch, to_micros
from .heartbeat import parse_heartbeat
from .http_api import Endpoint, Request, Response, Route
from .uniform_batch import check_uniform_batch

logger = logging.getLogger("metrica.ingest")

CACHED_REASONS = frozenset({UNKNOWN_CAMERA, TOO_OLD})
"""Reasons of a rejection that may rest on a cached lookup of the key."""


class CameraNotFound(NotFound):
    """The store of the key has no such camera; the same response for a camera of another store."""

    type = "camera_not_found"
    default_detail = "The store of this key has no such camera."


class OtherInstance(Conflict):
    """Another edge worker, which is alive, counts the camera."""

    type = "other_instance"
    title = "Other instance"
    default_detail = (
        "Another edge worker counts this camera. Stop one of them, or let this one take the camera over in the admin."
    )


class BadInstanceId(BadRequest):
    """X-Instance-Id is not a UUID."""

    type = "bad_instance_id"
    title = "Bad instance id"
    default_detail = "X-Instance-Id must be a UUID."


class NotAJPEG(Invalid):
    """The snapshot is not a JPEG, or not of a kind that browsers show."""

    type = "not_a_jpeg"
    title = "Not a JPEG"

    def __init__(self, reason: str) -> None:
        message = f"The snapshot is not an accepted JPEG: {reason}."
        super().__init__([{"loc": ["body"], "type": self.type, "message": message}], message)


class Ingest:
    """The endpoints, and what they share in a process.

    Args:
        settings: settings of the Lambda.
        database: the database of the process.
        authenticator: authentication of worker keys; replaced in tests.
    """

    def __init__(
        self, settings: Settings, database: Database, authenticator: WorkerKeyAuthenticator | None = None
    ) -> None:
        self._settings = settings
        self._database = database
        self._authenticator = authenticator or WorkerKeyAuthenticator(database)

    def routes(self) -> dict[Route, Endpoint]:
        """Return the endpoints by route."""
        return {
            ("POST", "/events"): self.post_events,
            ("POST", "/cameras/{camera_id}/heartbeat"): self.post_heartbeat,
            ("PUT", "/cameras/{camera_id}/snapshot"): self.put_snapshot,
            ("GET", "/cameras/{camera_id}/config"): self.get_config,
        }

    def post_events(self, request: Request) -> Response:
        """Store a batch of crossings."""
        store = self._authenticator.authenticate(request.headers)
        content, now = request.content(MAX_BATCH_BYTES), datetime.now(UTC)
        batch = check_uniform_batch(content, store, now)
        if batch is None:
            events = parse_batch(content)
            batch = check_batch(events, store, now)
            if any(row["reason"] in CACHED_REASONS for row in batch.rejected):
                # The camera may have been added, or the import window opened, after the cached lookup.
                batch = check_batch(events, self._authenticator.authenticate(request.headers, refresh=True), now)
        instance_id = _parse_instance_id(request)
        inserted, lags = 0, list[float]()
        for camera_batch in batch.by_camera():
            insert = partial(
                event_repository.insert_events,
                store_id=store.store_id,
                batch=camera_batch,
                instance_id=instance_id,
                now=now,
            )
            new = self._database.run(insert)
            if new is None:
                raise OtherInstance
            inserted += new
            if new:
                lags.append(_lag_s(camera_batch))
        _record_batch(inserted, len(batch) - inserted, batch.rejected, lags)
        counts = {"inserted": inserted, "duplicates": len(batch) - inserted}
        log_fields = {**counts, "rejected": len(batch.rejected)}
        return Response(200, {**counts, "rejected": batch.rejected}, log_fields=log_fields)

    def post_heartbeat(self, request: Request) -> Response:
        """Store a heartbeat and its minutes."""
        store = self._authenticator.authenticate(request.headers)
        camera_id = _parse_camera_id(request)
        content, now = request.content(MAX_HEARTBEAT_BYTES), datetime.now(UTC)
        heartbeat = parse_heartbeat(content, now, store.import_windows.get(str(camera_id), ()))
        if any(row["reason"] == TOO_OLD for row in heartbeat.rejected):
            store = self._authenticator.authenticate(request.headers, refresh=True)
            heartbeat = parse_heartbeat(content, now, store.import_windows.get(str(camera_id), ()))
        instance_id = _parse_instance_id(request) or heartbeat.instance_id
        stored = self._database.run(
            lambda connection: camera_repository.store_heartbeat(
                connection, store.store_id, camera_id, heartbeat, instance_id
            )
        )
        if heartbeat.ignored:
            logger.warning("heartbeat of camera %s: ignored %s", camera_id, ", ".join(heartbeat.ignored))
        if stored is None:
            if instance_id is not None:
                self._reject_instance(store.store_id, camera_id, instance_id)
            raise CameraNotFound
        return Response(
            200,
            {
                "config_etag": _config_etag(stored.config),
                "snapshot_requested": stored.snapshot_requested,
                "server_time": _format_time(datetime.now(UTC)),
                "rejected": heartbeat.rejected,
                "ignored": heartbeat.ignored,
            },
        )

    def put_snapshot(self, request: Request) -> Response:
        """Store a snapshot without its metadata in the bucket and refer the camera to it."""
        store = self._authenticator.authenticate(request.headers)
        camera_id = _parse_camera_id(request)
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "image/jpeg":
            raise UnsupportedMedia("The Content-Type of a snapshot must be image/jpeg.")
        if len(request.body) > MAX_SNAPSHOT_BYTES:
            raise TooLarge(f"A snapshot must have at most {MAX_SNAPSHOT_BYTES} bytes.")
        try:
            picture = jpeg.clean_jpeg(request.body)
        except jpeg.NotAJPEGError as error:
            raise NotAJPEG(str(error)) from None
        self._read_config(store.store_id, camera_id)  # before the upload: the camera must be of this store
        at = datetime.now(UTC)
        key = snapshots.snapshot_key(store.store_id, camera_id, at)
        snapshots.put_snapshot(self._settings.snapshot_bucket, key, picture.data)
        if not self._database.run(
            lambda connection: camera_repository.store_snapshot_key(connection, store.store_id, camera_id, key)
        ):
            raise CameraNotFound
        return Response(200, {"snapshot_at": _format_time(at), "width": picture.width, "height": picture.height})

    def get_config(self, request: Request) -> Response:
        """Return the configuration of a camera."""
        store = self._authenticator.authenticate(request.headers)
        config = self._read_config(store.store_id, _parse_camera_id(request))
        etag = _config_etag(config)
        headers = {"ETag": etag, "Cache-Control": "private, no-cache"}
        if etag_matches(request.headers.get("if-none-match"), etag):
            return Response(304, None, headers)
        return Response(200, _config_body(config), headers)

    def _reject_instance(self, store_id: UUID, camera_id: UUID, instance_id: UUID) -> None:
        """Raise OtherInstance if another living instance counts the camera."""
        if self._database.run(
            lambda connection: camera_repository.reject_instance(connection, store_id, camera_id, instance_id)
        ):
            raise OtherInstance

    def _read_config(self, store_id: UUID, camera_id: UUID) -> CameraConfig:
        config = self._database.run(lambda connection: camera_repository.read_config(connection, store_id, camera_id))
        if config is None:
            raise CameraNotFound
        return config


def _lag_s(batch: CheckedBatch) -> float:
    """Return the seconds since the oldest crossing of a batch, which is committed."""
    return max(0.0, (to_micros(datetime.now(UTC)) - min(batch.micros)) / 1_000_000)


def _record_batch(inserted: int, duplicates: int, rejected: Sequence[Mapping[str, Any]], lags: Sequence[float]) -> None:
    record(Metric.INSERTED, inserted)
    record(Metric.DUPLICATES, duplicates)
    for row in rejected:
        record(Metric.REJECTED, 1, row["reason"])
    if timely := [lag for lag in lags if lag <= EVENT_MAX_AGE.total_seconds()]:
        record(Metric.LAG, max(timely))


def _config_etag(config: CameraConfig) -> str:
    return make_etag([json.dumps(_config_body(config), sort_keys=True).encode()])


def _config_body(config: CameraConfig) -> dict[str, object]:
    accepted_at = config.view_accepted_at
    return {
        **asdict(config),
        "camera_id": str(config.camera_id),
        "store_id": str(config.store_id),
        "view_accepted_at": None if accepted_at is None else _format_time(accepted_at.astimezone(UTC)),
    }


def _parse_instance_id(request: Request) -> UUID | None:
    text = request.headers.get("x-instance-id")
    if text is None:
        return None
    try:
        return UUID(text)
    except ValueError:
        raise BadInstanceId from None


def _parse_camera_id(request: Request) -> UUID:
    text = request.parameters["camera_id"]
    try:
        camera_id = UUID(text)
    except ValueError:
        raise CameraNotFound from None
    if str(camera_id) != text.lower():  # UUID() also accepts braces and urn:
        raise CameraNotFound
    return camera_id


def _format_time(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
