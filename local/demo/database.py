"""What the demo changes and reads in the database: its cameras, and the crossings of its run."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import monotonic, sleep
from typing import Final
from uuid import UUID

from local.demo.footage import Footage
from local.demo.worker import WorkerCounts
from local.errors import DemoError, SeedError, TotalsMismatchError
from local.seed.demo_tenant import DemoCamera, DemoStore
from local.seed.seed import connect
from local.seed.tenant_rows import activate_cameras

_LAST_FOOTAGE: Final = "footage.json"
_RETRY_INTERVAL_S = 1.0


def configure_cameras(url: str, store: DemoStore, cameras: Mapping[DemoCamera, Footage | None], folder: Path) -> None:
    """Make these cameras the only counting ones of the store, with the lines of their footage.

    A line that was drawn in the admin since the last demo stays, as long as the footage and its line are the same.

    Args:
        url: The database.
        store: The store of the cameras.
        cameras: The cameras that count, and what they play; None for simulated crossings.
        folder: Where the footage of the last demo is remembered.

    Raises:
        LocalError: The database or the disk reports an error.
    """
    with connect(url) as connection, connection.transaction():
        activate_cameras(connection, store, cameras)
        last = _last_footage(folder)
        current = {str(camera.id): _remembered(footage) for camera, footage in cameras.items() if footage is not None}
        for camera, footage in cameras.items():
            if footage is None:
                continue
            has_changed = current[str(camera.id)] != last.get(str(camera.id))
            connection.execute(
                "UPDATE cameras SET line = %s, anchor = %s WHERE id = %s AND (%s OR line IS NULL)",
                (list(footage.line.points), footage.anchor.value, camera.id, has_changed),
            )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _LAST_FOOTAGE).write_text(json.dumps({**last, **current}), encoding="utf-8")
    except OSError as error:
        raise DemoError(f"{folder} cannot be written: {error.strerror or error}") from None


def _remembered(footage: Footage) -> dict[str, object]:
    return {"source": footage.source, "line": list(footage.line.points), "anchor": footage.anchor.value}


def _last_footage(folder: Path) -> dict[str, object]:
    """Return the footage of the last demo by camera; empty when there was none, or the file cannot be read."""
    try:
        content = json.loads((folder / _LAST_FOOTAGE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


@dataclass(frozen=True, slots=True)
class StoredTotals:
    """The crossings of one run in the database.

    Attributes:
        stored: The number of rows in `events`.
        hourly: Their number according to `footfall_hourly`.
    """

    stored: int
    hourly: int


def read_totals(url: str, cameras: Collection[UUID], since: datetime) -> StoredTotals:
    """Return the crossings of some cameras since a time.

    The aggregate has whole hours, so the rows of `events` in the first hour before `since` are subtracted from it.

    Raises:
        SeedError: The database reports an error.
    """
    with connect(url) as connection:
        row = connection.execute(
            "WITH run AS (SELECT %(cameras)s::uuid[] AS cameras, %(since)s::timestamptz AS since, "
            "                    time_bucket(interval '1 hour', %(since)s::timestamptz) AS hour) "
            "SELECT (SELECT count(*) FROM events WHERE camera_id = ANY(run.cameras) AND ts >= run.since), "
            "       (SELECT coalesce(sum(ins + outs), 0) FROM footfall_hourly "
            "        WHERE camera_id = ANY(run.cameras) AND bucket >= run.hour)::bigint "
            "       - (SELECT count(*) FROM events "
            "          WHERE camera_id = ANY(run.cameras) AND ts >= run.hour AND ts < run.since) "
            "FROM run",
            {"cameras": list(cameras), "since": since},
        ).fetchone()
    assert row is not None  # noqa: S101 - a SELECT without FROM has one row
    return StoredTotals(stored=int(row[0]), hourly=int(row[1]))


def wait_for_totals(url: str, cameras: Collection[UUID], since: datetime, timeout_s: float) -> StoredTotals:
    """Return the crossings of some cameras since a time from a database that may be restarting.

    Raises:
        SeedError: It does not answer within the timeout in seconds.
    """
    deadline = monotonic() + timeout_s
    while True:
        try:
            return read_totals(url, cameras, since)
        except SeedError:
            if monotonic() >= deadline:
                raise
        sleep(_RETRY_INTERVAL_S)


def check_totals(counts: WorkerCounts, totals: StoredTotals, unsent: int) -> None:
    """Check that no crossing was lost or stored twice.

    Args:
        counts: What the workers counted.
        totals: What the database holds.
        unsent: How many crossings are still in the outbox.

    Raises:
        TotalsMismatchError: The numbers differ.
    """
    if counts.crossings == totals.stored == totals.hourly:
        return
    hint = f"; {unsent} are still in the outbox, the next demo sends them" if unsent else ""
    raise TotalsMismatchError(
        f"the workers counted {counts.crossings} crossings, {totals.stored} are stored, "
        f"and the hourly aggregate holds {totals.hourly}{hint}"
    )


def summary_line(counts: WorkerCounts, totals: StoredTotals) -> str:
    """Return the last line of the demo, whose format is a contract."""
    return (
        f"demo: crossings={counts.crossings} in={counts.ins} out={counts.outs} "
        f"stored={totals.stored} hourly={totals.hourly}"
    )
