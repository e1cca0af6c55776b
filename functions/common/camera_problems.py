"""What is wrong with a camera and its edge box, and what to do. Pure: no clock, no database.

The page of the admin app shows these sentences, so that the API and the page say the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from .cameras import CameraStatus, Picture, camera_status

MAX_CLOCK_OFFSET_S = 5.0
"""A clock that differs more is a problem. Ingest refuses crossings that are more than 5 minutes ahead."""
MIN_FPS_SHARE = 0.8
"""A camera is slow below this share of the frames that it should analyse."""
MAX_FRAGMENTATION = 1.3
"""Tracks break up above this number of tracks per crossing, as in the edge worker."""
DISAGREEMENT_LASTS = timedelta(minutes=10)
"""Totals that disagree for less time are not reported: a heartbeat may have met a batch on its way."""
SEEN_RECENTLY = timedelta(minutes=10)
"""Another worker, or a copy of the outbox, that was seen longer ago has been stopped."""


class CameraProblemType(StrEnum):
    """What is wrong with a camera or its edge box."""

    PICTURE_FROZEN = "picture_frozen"
    PICTURE_COVERED = "picture_covered"
    PICTURE_MOVED = "picture_moved"
    PICTURE_DAMAGED = "picture_damaged"
    PEOPLE_NOT_SEEN = "people_not_seen"
    SLOW = "slow"
    TRACKS_BREAK_UP = "tracks_break_up"
    CLOCK_OFF = "clock_off"
    REFUSED_CROSSINGS = "refused_crossings"
    LOST_CROSSINGS = "lost_crossings"
    UNREADABLE_CROSSINGS = "unreadable_crossings"
    TOTALS_DISAGREE = "totals_disagree"
    OTHER_INSTANCE = "other_instance"
    COPIED_INSTANCE = "copied_instance"


@dataclass(frozen=True, slots=True)
class CameraProblem:
    """A problem of a camera.

    Attributes:
        type: what kind of problem it is.
        detail: what is wrong, with its numbers.
        remedy: what to do.
        facts: the numbers of `detail`, so that it can be said in other languages (docs/incidents.md).
    """

    type: CameraProblemType
    detail: str
    remedy: str
    facts: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerReport:
    """What the edge worker of a camera last reported, and what ingest noted about it. None is unknown.

    The attributes are columns of `cameras` and `worker_instances`.
    """

    last_seen_at: datetime | None = None
    picture: str | None = None
    fps_wanted: float | None = None
    fps_reached: float | None = None
    track_fragmentation: float | None = None
    clock_offset_s: float | None = None
    refused: int | None = None
    lost: int | None = None
    set_aside: int | None = None
    total_in: int | None = None
    total_out: int | None = None
    totals_difference: int | None = None
    totals_differ_since: datetime | None = None
    rejected_instance_at: datetime | None = None
    copy_seen_at: datetime | None = None


PICTURE_PROBLEMS = {
    Picture.FROZEN: CameraProblem(
        CameraProblemType.PICTURE_FROZEN,
        "The picture stands still although frames arrive. These minutes do not count as observed.",
        "Restart the camera, or the recorder between the camera and the edge box.",
    ),
    Picture.COVERED: CameraProblem(
        CameraProblemType.PICTURE_COVERED,
        "The picture is covered, dark, washed out or out of focus.",
        "Clean the lens, remove what covers it, and check the light and the focus. "
        "A closed store without light is dark, too.",
    ),
    Picture.MOVED: CameraProblem(
        CameraProblemType.PICTURE_MOVED,
        "The camera shows another view than the one in which the line was drawn.",
        "Turn the camera back, or request a snapshot and draw the line again. "
        "If the line is still right, accept the view on the page of the camera.",
    ),
    Picture.DAMAGED: CameraProblem(
        CameraProblemType.PICTURE_DAMAGED,
        "The picture is damaged, because packets of the stream are lost. People may be missed.",
        "Allow RTSP over TCP in the settings of the camera, and check its cable or radio link.",
    ),
    Picture.PEOPLE_NOT_SEEN: CameraProblem(
        CameraProblemType.PEOPLE_NOT_SEEN,
        "Something moves across the line, but people are not detected there, or hardly.",
        "Check the light and the focus, and hang the camera so that it sees people from the side. "
        "If they are small in the picture, use a stream with more pixels, or zoom in. "
        "Run metrica-edge calibrate on the edge box to see what the model detects.",
    ),
}


def find_camera_problems(report: WorkerReport, now: datetime) -> list[CameraProblem]:
    """Return what is wrong with a camera.

    What the edge worker measures counts while the camera is online only: an old measurement says nothing about now.
    Crossings that did not arrive are a problem until the edge box reports that they have.

    Args:
        report: the last report of its edge worker.
        now: current time, aware.
    """
    is_online = camera_status(report.last_seen_at, now) is CameraStatus.ONLINE
    return [*(_measured(report) if is_online else ()), *_not_arrived(report, now), *_other_workers(report, now)]


def find_totals_difference(report: WorkerReport, now: datetime) -> int | None:
    """Return the crossings of the edge box's totals that are not accounted for, below 0 if too many are stored.

    Returns:
        None while the totals agree, or have disagreed for less than `DISAGREEMENT_LASTS`.
    """
    since = report.totals_differ_since
    return report.totals_difference if since is not None and now - since >= DISAGREEMENT_LASTS else None


def _measured(report: WorkerReport) -> Iterator[CameraProblem]:
    if report.picture in PICTURE_PROBLEMS:
        yield PICTURE_PROBLEMS[Picture(report.picture)]
    if report.fps_wanted and report.fps_reached is not None and report.fps_reached < MIN_FPS_SHARE * report.fps_wanted:
        yield CameraProblem(
            CameraProblemType.SLOW,
            f"The edge box analyses {report.fps_reached:.1f} of {report.fps_wanted:.1f} frames per second.",
            "Lower the frames per second of the camera, use a smaller model, or give the edge box fewer cameras.",
            {"reached_fps": report.fps_reached, "wanted_fps": report.fps_wanted},
        )
    if report.track_fragmentation is not None and report.track_fragmentation > MAX_FRAGMENTATION:
        yield CameraProblem(
            CameraProblemType.TRACKS_BREAK_UP,
            f"Tracks break up near the line: {report.track_fragmentation:.2f} tracks per crossing, 1 is normal.",
            "Give more light, analyse at least 8 frames per second, or draw the line where people are in full view.",
            {"tracks_per_crossing": report.track_fragmentation},
        )
    if report.clock_offset_s is not None and abs(report.clock_offset_s) > MAX_CLOCK_OFFSET_S:
        side = "ahead" if report.clock_offset_s > 0 else "behind"
        yield CameraProblem(
            CameraProblemType.CLOCK_OFF,
            f"The clock of the edge box is {abs(report.clock_offset_s):,.0f} s {side}.",
            "Set the clock: timedatectl set-ntp true. Crossings that are more than 5 minutes ahead are refused.",
            {"clock_offset_s": report.clock_offset_s},
        )


def _not_arrived(report: WorkerReport, now: datetime) -> Iterator[CameraProblem]:
    if report.refused:
        yield CameraProblem(
            CameraProblemType.REFUSED_CROSSINGS,
            f"{report.refused:,} crossings were refused. The edge box keeps them, and the data is incomplete.",
            "Run metrica-edge outbox dead on the edge box for the reasons, then outbox retry or outbox discard.",
            {"crossings": report.refused},
        )
    if report.lost:
        yield CameraProblem(
            CameraProblemType.LOST_CROSSINGS,
            f"{report.lost:,} crossings are lost: neither the disk nor the memory of the edge box had room.",
            "Run metrica-edge doctor on the edge box to check its disk.",
            {"crossings": report.lost},
        )
    if report.set_aside:
        yield CameraProblem(
            CameraProblemType.UNREADABLE_CROSSINGS,
            f"{report.set_aside:,} crossings wait because ingest cannot read them.",
            "Update the edge worker, and check for a proxy that changes requests.",
            {"crossings": report.set_aside},
        )
    difference = find_totals_difference(report, now)
    if difference is not None and report.total_in is not None and report.total_out is not None:
        total = report.total_in + report.total_out
        yield CameraProblem(
            CameraProblemType.TOTALS_DISAGREE,
            f"The edge box has counted {total:,} crossings, but {total - difference:,} are stored, waiting or refused.",
            "Check the log of the edge box for a damaged outbox, and that no copy of the outbox is in use. "
            "A new outbox starts with new totals.",
            {"counted": total, "accounted": total - difference},
        )


def _other_workers(report: WorkerReport, now: datetime) -> Iterator[CameraProblem]:
    if _is_recent(report.rejected_instance_at, now):
        yield CameraProblem(
            CameraProblemType.OTHER_INSTANCE,
            "Another edge box tries to count this camera and is turned away. It keeps its crossings.",
            "Stop one of the two. If the new one replaces the old one, accept it on the page of the camera.",
        )
    if _is_recent(report.copy_seen_at, now):
        yield CameraProblem(
            CameraProblemType.COPIED_INSTANCE,
            "Two edge boxes run with copies of one outbox, and count every person twice.",
            "Stop one of them, and delete its outbox before it starts again: a memory card was copied.",
        )


def _is_recent(at: datetime | None, now: datetime) -> bool:
    return at is not None and now - at <= SEEN_RECENTLY
