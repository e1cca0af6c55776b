"""What the database says of a run: counted in `events`, and in `footfall_hourly`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from time import monotonic, sleep
from uuid import UUID

from local.demo.errors import DisagreementError
from local.demo.worker import Counted
from local.seed.errors import SeedError
from local.seed.seeding import connected

_ASK_AGAIN_S = 1.0


@dataclass(frozen=True, slots=True)
class Totals:
    """One run's crossings of one camera.

    Attributes:
        stored: rows of `events`.
        hourly: what `footfall_hourly` holds of them.
    """

    stored: int
    hourly: int


def read_totals(url: str, camera_id: UUID, since: datetime) -> Totals:
    """The crossings since that moment.

    An aggregate has whole hours, so what `events` holds of the first hour before `since` is taken off it.
    Raises SeedError when the database does not answer.
    """
    with connected(url) as connection:
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
    return Totals(stored=int(row[0]), hourly=int(row[1]))


def patient_totals(url: str, camera_id: UUID, since: datetime, within_s: float) -> Totals:
    """The same from a database that may be coming back; raises SeedError when it does not within that time."""
    until = monotonic() + within_s
    while True:
        try:
            return read_totals(url, camera_id, since)
        except SeedError:
            if monotonic() >= until:
                raise
        sleep(_ASK_AGAIN_S)


def last_line(counted: Counted, totals: Totals) -> str:
    """The demo's last line."""
    return (
        f"demo: crossings={counted.crossings} in={counted.ins} out={counted.outs} "
        f"stored={totals.stored} hourly={totals.hourly}"
    )


def check_agreement(counted: Counted, totals: Totals, waiting: int) -> None:
    """Raises DisagreementError when something was lost or doubled on the way."""
    if counted.crossings == totals.stored == totals.hourly:
        return
    hint = f"; {waiting} wait in the outbox, the next demo delivers them" if waiting else ""
    raise DisagreementError(
        f"the worker counted {counted.crossings} crossings, {totals.stored} are stored, "
        f"and the hourly aggregate holds {totals.hourly}{hint}"
    )
