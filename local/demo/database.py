"""What the demo changes and reads in the database: its camera, and the crossings of its run."""

from __future__ import annotations

import json
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
from local.seed.tenant_rows import activate_camera

_LAST_FOOTAGE: Final = "footage.json"
_RETRY_INTERVAL_S = 1.0


def configure_camera(url: str, store: DemoStore, camera: DemoCamera, footage: Footage | None, folder: Path) -> None:
    """Make this camera the only counting one of the store, with the line of the footage.

    A line that was drawn in the admin since the last demo stays, as long as the footage and its line are the same.

    Args:
        url: The database.
        store: The store of the camera.
        camera: The camera that counts.
        footage: What it plays; None for simulated crossings.
        folder: Where the footage of the last demo is remembered.

    Raises:
        LocalError: The database or the disk reports an error.
    """
    with connect(url) as connection, connection.transaction():
        activate_camera(connection, store, camera)
        if footage is None:
            return
        current = {"source": footage.source, "line": list(footage.line.points), "anchor": footage.anchor.value}
        has_changed = current != _last_footage(folder)
        connection.execute(
            "UPDATE cameras SET line = %s, anchor = %s WHERE id = %s AND (%s OR line IS NULL)",
            (list(footage.line.points), footage.anchor.value, camera.id, has_changed),
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _LAST_FOOTAGE).write_text(json.dumps(current), encoding="utf-8")
    except OSError as error:
        raise DemoError(f"{folder} cannot be written: {error.strerror or error}") from None


def _last_footage(folder: Path) -> object:
    try:
        return json.loads((folder / _LAST_FOOTAGE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


@dataclass(frozen=True, slots=True)
class StoredTotals:
    """The crossings of one run of one camera in the database.

    Attributes:
        stored: The number of rows in `events`.
        hourly: Their number according to `footfall_hourly`.
    """

    stored: int
    hourly: int


def read_totals(url: str, camera_id: UUID, since: datetime) -> StoredTotals:
    """Return the crossings since a time.

    The aggregate has whole hours, so the rows of `events` in the first hour before `since` are subtracted from it.

    Raises:
        SeedError: The database reports an error.
    """
    with connect(url) as connection:
        row = connection.execute(
            "WITH run AS (SELECT %(camera)s::uuid AS camera, %(since)s::timestamptz AS since, "
            "                    time_bucket(interval '1 hour', %(since)s::timestamptz) AS hour) "
            "SELECT (SELECT count(*) FROM events WHERE camera_id = run.camera AND ts >= run.since), "
            "       (SELECT coalesce(sum(ins + outs), 0) FROM footfall_hourly "
            "        WHERE camera_id = run.camera AND bucket >= run.hour)::bigint "
            "       - (SELECT count(*) FROM events WHERE camera_id = run.camera AND ts >= run.hour AND ts < run.since) "
            "FROM run",
            {"camera": camera_id, "since": since},
        ).fetchone()
    assert row is not None  # noqa: S101 - a SELECT without FROM has one row
    return StoredTotals(stored=int(row[0]), hourly=int(row[1]))


def wait_for_totals(url: str, camera_id: UUID, since: datetime, timeout_s: float) -> StoredTotals:
    """Return the crossings since a time from a database that may be restarting.

    Raises:
        SeedError: It does not answer within the timeout in seconds.
    """
    deadline = monotonic() + timeout_s
    while True:
        try:
            return read_totals(url, camera_id, since)
        except SeedError:
            if monotonic() >= deadline:
                raise
        sleep(_RETRY_INTERVAL_S)


def check_totals(counts: WorkerCounts, totals: StoredTotals, unsent: int) -> None:
    """Check that no crossing was lost or stored twice.

    Args:
        counts: What the worker counted.
        totals: What the database holds.
        unsent: How many crossings are still in the outbox.

    Raises:
        TotalsMismatchError: The numbers differ.
    """
    if counts.crossings == totals.stored == totals.hourly:
        return
    hint = f"; {unsent} are still in the outbox, the next demo sends them" if unsent else ""
    raise TotalsMismatchError(
        f"the worker counted {counts.crossings} crossings, {totals.stored} are stored, "
        f"and the hourly aggregate holds {totals.hourly}{hint}"
    )


def summary_line(counts: WorkerCounts, totals: StoredTotals) -> str:
    """Return the last line of the demo, whose format is a contract."""
    return (
        f"demo: crossings={counts.crossings} in={counts.ins} out={counts.outs} "
        f"stored={totals.stored} hourly={totals.hourly}"
    )
