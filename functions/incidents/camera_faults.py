"""The faults of a camera, as its heartbeats and the opening hours of its store show them. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from functions.common.camera_problems import CameraProblemType, WorkerReport, find_camera_problems
from functions.common.cameras import CameraStatus, camera_status
from functions.common.incidents import IncidentType
from functions.incidents.finding import Fault, Subject

OFFLINE_AFTER = timedelta(minutes=10)
"""A camera that is silent for this long while its store is open is offline. A restart of the box takes less."""

BACKLOG_AFTER = timedelta(minutes=15)
"""Crossings that wait longer on a box that sends heartbeats are a backlog."""

_PICTURE = {
    CameraProblemType.PICTURE_FROZEN,
    CameraProblemType.PICTURE_COVERED,
    CameraProblemType.PICTURE_MOVED,
    CameraProblemType.PICTURE_DAMAGED,
    CameraProblemType.PEOPLE_NOT_SEEN,
}
_MEASURED = _PICTURE | {CameraProblemType.SLOW, CameraProblemType.TRACKS_BREAK_UP, CameraProblemType.CLOCK_OFF}


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraReport(WorkerReport):
    """A camera with what its edge worker last reported. The attributes are columns of the database."""

    store_id: UUID
    camera_id: UUID
    name: str
    is_counting_line: bool
    delivered_until: datetime | None = None
    backlog: int | None = None
    oldest_unsent_s: float | None = None


def find_camera_faults(
    camera: CameraReport, now: datetime, *, is_open: bool, open_since_seen: timedelta
) -> dict[Subject, Fault | None]:
    """Return the faults of a camera.

    Args:
        camera: the camera.
        now: current time, aware.
        is_open: whether its store is open.
        open_since_seen: the open time of its store since the last heartbeat of the camera.

    Returns:
        By subject the fault or None. What the edge worker measures is decided while the camera is online only, and its
        picture only while the store is open: without light it is as dark as that of a covered lens. A camera that has
        never sent a heartbeat is being set up: nothing is decided.
    """
    if camera.last_seen_at is None:
        return {}
    is_online = camera_status(camera.last_seen_at, now) is CameraStatus.ONLINE
    found = {IncidentType(problem.type): problem for problem in find_camera_problems(camera, now)}
    decided = set(map(IncidentType, CameraProblemType))
    if not is_online:
        decided -= set(map(IncidentType, _MEASURED))
    elif not is_open:
        decided -= set(map(IncidentType, _PICTURE))
    faults: dict[IncidentType, Fault | None] = {
        kind: Fault(found[kind].detail, found[kind].remedy, facts=found[kind].facts) if kind in found else None
        for kind in decided
    }
    faults.update(_find_silence(camera, is_online=is_online, open_since_seen=open_since_seen))
    if is_online:
        faults[IncidentType.BACKLOG] = _find_backlog(camera)
    return {Subject(kind, camera.store_id, str(camera.camera_id)): fault for kind, fault in faults.items()}


def _find_silence(
    camera: CameraReport, *, is_online: bool, open_since_seen: timedelta
) -> Iterator[tuple[IncidentType, Fault | None]]:
    if is_online:
        yield IncidentType.CAMERA_OFFLINE, None
    elif open_since_seen >= OFFLINE_AFTER:
        yield (
            IncidentType.CAMERA_OFFLINE,
            Fault(
                "The edge box of this camera sends nothing. Crossings that it counts meanwhile arrive later.",
                "Check its power and its network. Run metrica-edge doctor on the edge box for the cause.",
                camera.last_seen_at,
            ),
        )


def _find_backlog(camera: CameraReport) -> Fault | None:
    waiting_s = camera.oldest_unsent_s or 0.0
    if not camera.backlog or waiting_s < BACKLOG_AFTER.total_seconds():
        return None
    return Fault(
        f"{camera.backlog:,} crossings wait on the edge box, the oldest for {waiting_s / 60:,.0f} minutes.",
        "Check the upload of the store's network, and the log of metrica-edge for errors of the backend.",
        facts={"crossings": camera.backlog, "oldest_s": waiting_s},
    )
