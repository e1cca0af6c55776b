"""Entry point of the scheduled Lambda that opens and ends incidents."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from functions.api.kpi.window import Window, quarter_floor
from functions.api.services.store_settings import StoreSettings, StoreSettingsInvalid, parse_store_settings
from functions.common import logs
from functions.common.database import Connection, Database
from functions.common.incidents import CAMERA_TYPES, IncidentType, Severity, severity_of
from functions.common.metrics import Metric, measured_job, record
from functions.common.request_id import with_run_id
from functions.common.settings import INCIDENTS_SETTINGS, load_settings
from functions.common.tenancy import list_all_stores
from functions.incidents import repository
from functions.incidents.camera_faults import CameraReport, find_camera_faults
from functions.incidents.finding import Fault, Subject
from functions.incidents.other_faults import find_job_faults, find_unused_key, key_subject
from functions.incidents.quiet_hours import ARRIVES_WITHIN, MIN_OBSERVED_MINUTES, WEEKS, find_quiet_hour
from functions.incidents.transitions import update_incidents

logger = logging.getLogger(__name__)

RETENTION = timedelta(days=400)
"""Incidents are deleted this long after their end."""

_HOUR, _WEEK = timedelta(hours=1), timedelta(days=7)
_MAX_SILENCE = timedelta(days=1)  # open hours are summed over this time at most


class IncidentsError(RuntimeError):
    """The settings of some stores are invalid. The invocation fails, which raises the alarm on its errors."""


def run(database: Database, now: datetime) -> dict[str, int]:
    """Open and end incidents by what the database says now, and return how many opened and ended.

    It can run again, late, or twice at the same time without harm.

    Raises:
        IncidentsError: the settings of some stores are invalid; raised after all others were done.
    """
    with database.connect() as connection, connection.begin():
        settings, failed = _parse_stores(connection)
        cameras = [camera for camera in repository.list_cameras(connection) if camera.store_id in settings]
        findings: dict[Subject, Fault | None] = {}
        for camera in cameras:
            findings.update(_find_camera_faults(camera, settings[camera.store_id], now))
        last_hour = _read_last_hour(connection, cameras, settings, now)
        findings.update(_find_quiet_hours(last_hour, settings))
        keys = repository.list_worker_keys(connection)
        for key in keys:
            findings[key_subject(key.store_id, key.id)] = find_unused_key(
                key.name, key.hint, key.created_at, key.last_used_at, now
            )
        findings.update(
            find_job_faults(repository.list_jobs(connection), *repository.time_since_refresh(connection), now)
        )
        repository.lock_incidents(connection)
        known = repository.list_lasting_incidents(connection)
        existing = {*findings, *_subjects_of(cameras)}
        removed = [
            incident.subject
            for incident in known
            if incident.subject not in existing and incident.subject.store_id not in failed
        ]
        changes = update_incidents(known, findings, now, removed=removed, mutes=repository.list_mutes(connection, now))
        repository.store_incidents(connection, changes.stored)
        repository.delete_incidents(connection, changes.forgotten)
        repository.delete_old_incidents(connection, now - RETENTION)
        open_types = repository.list_open_types(connection)
    for severity in Severity:
        record(Metric.INCIDENTS_OPEN, sum(severity_of(kind) is severity for kind in open_types), severity.value)
    record(Metric.STORES_OPEN, len(last_hour.open_stores))
    record(Metric.STORES_COUNTING, len(last_hour.stores_with_crossings()))
    result = {
        "opened": sum(incident.opened_at == now for incident in changes.stored),
        "ended": sum(incident.ended_at is not None for incident in changes.stored),
    }
    logger.info("incidents: %s", result)
    if failed:
        raise IncidentsError("; ".join(failed.values()))
    return result


def _parse_stores(connection: Connection) -> tuple[dict[UUID, StoreSettings], dict[UUID, str]]:
    parsed, failed = {}, {}
    for store in list_all_stores(connection):
        try:
            parsed[store.id] = parse_store_settings(store)
        except StoreSettingsInvalid as error:
            failed[store.id] = f"{store.id}: {error.detail}"
    return parsed, failed


def _subjects_of(cameras: Iterable[CameraReport]) -> Iterator[Subject]:
    """Yield what the incidents of the cameras can be about, whether it was decided now or not."""
    for camera in cameras:
        for kind in CAMERA_TYPES:
            if camera.is_counting_line or kind is not IncidentType.NO_CROSSINGS:
                yield Subject(kind, camera.store_id, str(camera.camera_id))


def _find_camera_faults(camera: CameraReport, settings: StoreSettings, now: datetime) -> dict[Subject, Fault | None]:
    hours = settings.opening_hours
    seen_at = max(camera.last_seen_at or now, now - _MAX_SILENCE)
    silence = hours.open_windows(Window(seen_at, now)) if seen_at < now else []
    return find_camera_faults(
        camera,
        now,
        is_open=hours.is_open(now),
        open_since_seen=sum((window.end - window.start for window in silence), timedelta(0)),
    )


@dataclass(frozen=True, slots=True)
class LastHour:
    """The last hour that is complete, of the stores that were open throughout.

    Attributes:
        start: start of the hour, UTC.
        cameras: the counting cameras of the open stores.
        counted: by camera the observed crossings of the hour and of the same hour of the weeks before, by start.
        crossings: by camera the crossings of the hour, observed or not.
    """

    start: datetime
    cameras: Sequence[CameraReport]
    counted: Mapping[UUID, Mapping[datetime, int]]
    crossings: Mapping[UUID, int]

    @property
    def open_stores(self) -> set[UUID]:
        """The open stores with a counting camera."""
        return {camera.store_id for camera in self.cameras}

    def stores_with_crossings(self) -> set[UUID]:
        """Return those of the open stores in which somebody crossed a line."""
        return {camera.store_id for camera in self.cameras if self.crossings.get(camera.camera_id)}


def _read_last_hour(
    connection: Connection, cameras: Sequence[CameraReport], settings: Mapping[UUID, StoreSettings], now: datetime
) -> LastHour:
    """Read the last hour that is complete, and the same hour of the weeks before."""
    start = quarter_floor(now - ARRIVES_WITHIN) - _HOUR
    hour = Window(start, start + _HOUR)
    counting = [camera for camera in cameras if camera.is_counting_line]
    open_stores = {
        store_id
        for store_id in {camera.store_id for camera in counting}
        if settings[store_id].opening_hours.open_windows(hour) == [hour]
    }
    starts = {store_id: _same_hours(settings[store_id], start) for store_id in open_stores}
    counted: dict[UUID, dict[datetime, int]] = defaultdict(dict)
    crossings: dict[UUID, int] = {}
    for row in repository.list_counted_hours(connection, starts):
        if row.minutes >= MIN_OBSERVED_MINUTES:
            counted[row.camera_id][row.start] = row.crossings
        if row.start == start:
            crossings[row.camera_id] = row.crossings
    return LastHour(start, [camera for camera in counting if camera.store_id in open_stores], counted, crossings)


def _find_quiet_hours(
    last_hour: LastHour, settings: Mapping[UUID, StoreSettings]
) -> Iterator[tuple[Subject, Fault | None]]:
    """Yield whether each counting camera counted nobody in the last hour, where its store was open and it observed."""
    for camera in last_hour.cameras:
        by_start = last_hour.counted.get(camera.camera_id, {})
        if last_hour.start not in by_start:
            continue
        usual = [crossings for at, crossings in by_start.items() if at != last_hour.start]
        subject = Subject(IncidentType.NO_CROSSINGS, camera.store_id, str(camera.camera_id))
        local = settings[camera.store_id].clock.local(last_hour.start)
        yield subject, find_quiet_hour(by_start[last_hour.start], usual, local)


def _same_hours(settings: StoreSettings, start: datetime) -> list[datetime]:
    """Return the start of an hour, and of the same hour by the clock of the store in the weeks before."""
    wall = settings.clock.local(start).replace(tzinfo=None)
    return [start, *(settings.clock.at_wall_clock(wall - week * _WEEK) for week in range(1, WEEKS + 1))]


logs.set_up()
_database = Database(load_settings(INCIDENTS_SETTINGS).database_url)


@with_run_id
@measured_job("incidents")
def handler(_event: dict[str, Any], _context: object) -> dict[str, int]:
    """Handle a scheduled event."""
    return run(_database, datetime.now(UTC))
