"""Is the worker well? Pure, from its status."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from edge_worker.clock import parse_utc

FRAME_AGE_LIMIT_S = 30.0
"""A live camera without a frame for so long is not counted, whatever else works."""


def ailments(status: Mapping[str, Any], frame_age_limit_s: float = FRAME_AGE_LIMIT_S) -> list[str]:
    """What is wrong, as sentences; empty when nothing is.

    The status of a supervisor has one of each camera under ``cameras``. A backend that cannot be reached is no ailment
    of the box: crossings wait in the outbox for it.
    """
    if "cameras" in status:
        return [f"{name}: {one}" for name, camera in status["cameras"].items() for one in ailments(camera)]
    found = []
    age = status.get("frame_age_s")
    if status.get("state") == "running" and (age is None or age > frame_age_limit_s):
        found.append("no frame yet" if age is None else f"no frame for {age:.0f} s")
    elif status.get("state") == "starting" and (up_s := _up_s(status)) > frame_age_limit_s:
        why = f": {status['problem']}" if status.get("problem") else ""
        found.append(f"no frame since the start {up_s:.0f} s ago{why}")
    if status.get("unstored") or status.get("lost"):
        found.append(f"crossings are not on disk (in memory {status.get('unstored')}, lost {status.get('lost')})")
    if status.get("uplink") == "refused":
        found.append(str(status.get("problem") or "the backend refuses the worker key"))
    if status.get("dead"):
        found.append(f"the backend refused {status['dead']} events for good")
    if status.get("exit_code"):
        found.append(f"the worker ended with {status['exit_code']}")
    if status.get("clock_wrong"):
        found.append("the clock of the box is wrong")
    if status.get("ids_break_up"):
        found.append("the tracker's ids break up near the line: look at the picture, the light and the frame rate")
    return found


def _up_s(status: Mapping[str, Any]) -> float:
    """Seconds from the start to the status; 0 before the first word of a worker."""
    if "started_at" not in status or "updated_at" not in status:
        return 0.0
    return (parse_utc(status["updated_at"]) - parse_utc(status["started_at"])).total_seconds()
