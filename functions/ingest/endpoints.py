"""What the ingest Lambda answers. Each endpoint: whose key is it, read the body, one statement."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from datetime import UTC, datetime
from uuid import UUID

from functions.common.limits import MAX_BATCH_BYTES, MAX_HEARTBEAT_BYTES, MAX_SNAPSHOT_BYTES
from functions.common.problems import NotFound, TooLarge, UnsupportedMedia
from functions.common.settings import Settings

from . import camera_store, event_store, jpeg, snapshots
from .batch import UNKNOWN_CAMERA, check_batch, parse_batch
from .camera_store import CameraConfig
from .connection import Database
from .gateway import Answer, Request
from .heartbeat import parse_heartbeat
from .router import Endpoint, Route
from .worker_keys import WorkerKeys


class CameraNotFound(NotFound):
    """No such camera, or not one of the key's store: the same answer, to the byte."""

    type = "camera_not_found"
    default_detail = "The store of this key has no such camera."


class NotAPicture(UnsupportedMedia):
    type = "not_a_jpeg"
    title = "Not a JPEG"


class Ingest:
    """The endpoints, with what they share in one process."""

    def __init__(self, settings: Settings, database: Database, keys: WorkerKeys | None = None) -> None:
        self._settings = settings
        self._database = database
        self._keys = keys or WorkerKeys(database)

    def routes(self) -> dict[Route, Endpoint]:
        return {
            ("POST", "/events"): self.post_events,
            ("POST", "/cameras/{camera_id}/heartbeat"): self.post_heartbeat,
            ("PUT", "/cameras/{camera_id}/snapshot"): self.put_snapshot,
            ("GET", "/cameras/{camera_id}/config"): self.get_config,
        }

    def post_events(self, request: Request) -> Answer:
        store = self._keys.store_of(request.headers)
        events = parse_batch(request.content(MAX_BATCH_BYTES))
        now = datetime.now(UTC)
        batch = check_batch(events, store, now)
        if any(row["reason"] == UNKNOWN_CAMERA for row in batch.rejected):
            # Perhaps it was added within the last minute: a crossing must not be lost to what we remember.
            batch = check_batch(events, self._keys.store_of(request.headers, again=True), now)
        inserted = 0
        if len(batch):
            inserted = self._database.run(
                lambda connection: event_store.insert_events(connection, store.store_id, batch, now)
            )
        return Answer(200, {"inserted": inserted, "duplicates": len(batch) - inserted, "rejected": batch.rejected})

    def post_heartbeat(self, request: Request) -> Answer:
        store = self._keys.store_of(request.headers)
        camera_id = _camera_id(request)
        beat = parse_heartbeat(request.content(MAX_HEARTBEAT_BYTES), datetime.now(UTC))
        recorded = self._database.run(
            lambda connection: camera_store.record_heartbeat(connection, store.store_id, camera_id, beat)
        )
        if recorded is None:
            raise CameraNotFound
        config, snapshot_requested = recorded
        return Answer(
            200,
            {
                "config_etag": etag_of(config),
                "snapshot_requested": snapshot_requested,
                "server_time": _text(datetime.now(UTC)),
                "rejected": beat.rejected,
            },
        )

    def put_snapshot(self, request: Request) -> Answer:
        store = self._keys.store_of(request.headers)
        camera_id = _camera_id(request)
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "image/jpeg":
            raise UnsupportedMedia("A snapshot is image/jpeg.")
        if len(request.body) > MAX_SNAPSHOT_BYTES:
            raise TooLarge(f"A snapshot may have at most {MAX_SNAPSHOT_BYTES} bytes.")
        try:
            size = jpeg.picture_size(request.body)
        except jpeg.NotAJPEGError as error:
            raise NotAPicture(f"The snapshot is not a JPEG that we take: {error}.") from None
        self._config(store.store_id, camera_id)  # before anything is stored: is it a camera of this store?
        at = datetime.now(UTC)
        key = snapshots.snapshot_key(store.store_id, camera_id, at)
        snapshots.put_snapshot(self._settings.snapshot_bucket, key, request.body)
        if not self._database.run(
            lambda connection: camera_store.record_snapshot(connection, store.store_id, camera_id, key)
        ):
            raise CameraNotFound
        return Answer(200, {"snapshot_at": _text(at), "width": size.width, "height": size.height})

    def get_config(self, request: Request) -> Answer:
        store = self._keys.store_of(request.headers)
        config = self._config(store.store_id, _camera_id(request))
        etag = etag_of(config)
        headers = {"ETag": etag, "Cache-Control": "private, no-cache"}
        if etag in _etags(request.headers.get("if-none-match", "")):
            return Answer(304, None, headers)
        return Answer(200, _plain(config), headers)

    def _config(self, store_id: UUID, camera_id: UUID) -> CameraConfig:
        config = self._database.run(lambda connection: camera_store.read_config(connection, store_id, camera_id))
        if config is None:
            raise CameraNotFound
        return config


def etag_of(config: CameraConfig) -> str:
    """A strong entity tag of a config, with its quotes: changes with any member."""
    text = json.dumps(_plain(config), sort_keys=True)
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:24]}"'


def _plain(config: CameraConfig) -> dict[str, object]:
    return {name: str(value) if isinstance(value, UUID) else value for name, value in asdict(config).items()}


def _etags(header: str) -> set[str]:
    return {tag.strip().removeprefix("W/") for tag in header.split(",")}


def _camera_id(request: Request) -> UUID:
    text = request.parameters["camera_id"]
    try:
        camera_id = UUID(text)
    except ValueError:
        raise CameraNotFound from None
    if str(camera_id) != text.lower():  # UUID() also takes braces and urn:
        raise CameraNotFound
    return camera_id


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
