"""The numbers that several parts of the system must agree on: the Lambdas, the database, the edge and deployment."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path

from db.timescale import limits as database
from edge_worker import camera_status, counters
from edge_worker import limits as edge
from edge_worker.counting import policy
from edge_worker.counting.parameters import CounterParameters
from edge_worker.running.options import RunOptions
from edge_worker.status import frame_rate
from functions.common import camera_problems, cameras, limits

ROOT = Path(__file__).resolve().parent.parent.parent
SQL = "\n".join(
    # without comments
    re.sub(r"--.*", "", path.read_text())
    for path in sorted((ROOT / "db/timescale/migrations/sql").glob("*.sql"))
)
SERVERLESS = (ROOT / "serverless.yml").read_text()


def interval(text: str) -> timedelta:
    """A PostgreSQL interval of one unit.

    >>> interval("5 minutes")
    datetime.timedelta(seconds=300)
    """
    amount, unit = text.split()
    return timedelta(**{unit.rstrip("s") + "s": int(amount)})


def test_the_edge_sends_what_ingest_accepts() -> None:
    assert edge.MAX_EVENTS_PER_BATCH == limits.MAX_EVENTS_PER_BATCH
    assert edge.MAX_MINUTES_PER_HEARTBEAT == limits.MAX_MINUTES_PER_HEARTBEAT
    assert edge.MAX_SNAPSHOT_BYTES == limits.MAX_SNAPSHOT_BYTES
    assert edge.MAX_TRACK_ENDS == limits.MAX_TRACK_ENDS


def test_the_edge_and_the_cloud_have_the_same_pictures_and_the_same_limits_of_problems() -> None:
    pictures = [picture.value for picture in cameras.Picture]
    assert [picture.value for picture in camera_status.Picture] == pictures
    assert f"CHECK (picture IN ({', '.join(repr(picture) for picture in pictures)}))" in SQL
    assert counters.MAX_FRAGMENTATION == camera_problems.MAX_FRAGMENTATION
    assert frame_rate.SLOW_SHARE == camera_problems.MIN_FPS_SHARE


def test_the_admin_api_and_the_edge_warn_of_the_same_frame_rates() -> None:
    assert edge.RELIABLE_FPS == limits.RELIABLE_FPS
    assert limits.MIN_SAMPLE_FPS < limits.RELIABLE_FPS


def test_the_page_that_draws_a_line_warns_by_the_limits_of_the_edge_worker_and_of_its_manual() -> None:
    source = (ROOT / "web/admin/src/features/line/line-warnings.ts").read_text()
    numbers = {name: float(value) for name, value in re.findall(r"^const (\w+) = ([\d.]+);", source, re.MULTILINE)}
    assert numbers["roomBeyondLine"] == CounterParameters().min_travel
    (pixels,) = re.findall(
        r"people are at least (\d+) pixels tall", " ".join((ROOT / "docs/edge.md").read_text().split())
    )
    assert numbers["smallestPerson"] == int(pixels)
    assert numbers["manyTrackEnds"] <= limits.MAX_TRACK_ENDS
    assert "fps" not in source.lower()  # the API knows the frame rates


def test_the_edge_takes_every_shortest_stay_that_an_admin_can_set() -> None:
    assert policy.LONGEST_MIN_STAY_S == limits.LONGEST_MIN_STAY_S
    assert f"min_stay_s BETWEEN 0 AND {limits.LONGEST_MIN_STAY_S}" in SQL


def test_heartbeats_come_often_enough_for_a_camera_to_stay_online() -> None:
    assert timedelta(seconds=edge.HEARTBEAT_INTERVAL_S) == limits.HEARTBEAT_INTERVAL
    assert RunOptions.__dataclass_fields__["heartbeat_s"].default == edge.HEARTBEAT_INTERVAL_S
    assert limits.ONLINE_WITHIN == 6 * limits.HEARTBEAT_INTERVAL


def test_throttling_fits_the_fleet_that_serverless_yml_states() -> None:
    found = re.findall(r"(\w+): \{ rate: (\d+), burst: (\d+) \}", SERVERLESS)
    rates = {name: int(rate) for name, rate, _ in found}
    (stores,) = re.findall(r"a fleet of ([\d,]+) stores", SERVERLESS)
    fleet = int(stores.replace(",", ""))
    cameras_of_fleet = 2 * fleet
    assert f"{cameras_of_fleet:,} cameras / {limits.HEARTBEAT_INTERVAL.seconds} s" in SERVERLESS
    assert rates["heartbeats"] >= cameras_of_fleet / limits.HEARTBEAT_INTERVAL.total_seconds()
    scale = (ROOT / "docs" / "scale.md").read_text()
    per_thousand = {
        name: float(re.findall(rf"\| requests {text}, busiest hour \| \S+ \| ([\d.]+) \|", scale)[0])
        for name, text in {"events": "with crossings per second", "owners": "of pages per second"}.items()
    }
    assert rates["events"] >= 3 * per_thousand["events"] * fleet / 1000
    assert rates["owners"] >= 3 * per_thousand["owners"] * fleet / 1000
    assert f"enough for about {stores} stores" in scale
    assert f"these are {sum(rates.values()):,} and {sum(int(burst) for *_, burst in found):,}" in SERVERLESS
    assert sum(int(burst) for *_, burst in found) < 5000


def test_the_database_keeps_events_as_long_as_the_lambdas_assume() -> None:
    retentions = re.findall(r"drop_after => interval '([^']+)'", SQL)
    assert len(retentions) == 2  # events and camera minutes
    assert {interval(text) for text in retentions} == {database.RETENTION} == {limits.EVENT_RETENTION}


def test_the_refresh_job_runs_and_reaches_as_the_constants_say() -> None:
    (every,) = re.findall(r"add_job\('refresh_aggregates', interval '([^']+)'", SQL)
    assert interval(every) == database.REFRESH_INTERVAL
    *_, config = (json.loads(text) for text in re.findall(r"config => '([^']*start_offset[^']*)'", SQL))
    assert {name: value if isinstance(value, int) else interval(value) for name, value in config.items()} == {
        "start_offset": database.REFRESH_START_OFFSET,
        "end_offset": database.REFRESH_END_OFFSET,
        "max_age": database.REFRESH_MAX_AGE,
        "recheck": database.REFRESH_RECHECK,
        "hours_per_run": database.REFRESH_HOURS_PER_RUN,
        "hours_per_store": database.REFRESH_HOURS_PER_STORE,
    }


def test_a_refresh_covers_all_events_that_are_accepted_and_no_dropped_chunk() -> None:
    assert limits.EVENT_MAX_AGE + limits.EVENT_MAX_CLOCK_SKEW < database.REFRESH_START_OFFSET
    assert database.REFRESH_START_OFFSET < limits.EVENT_RETENTION / 2
    assert limits.IMPORT_MAX_AGE < database.REFRESH_MAX_AGE < limits.EVENT_RETENTION


def test_data_is_noted_as_late_before_it_can_have_been_materialised() -> None:
    assert limits.SURELY_ON_TIME_WITHIN < limits.LATE_AFTER < database.REFRESH_END_OFFSET


def test_maintenance_raises_its_alarm_after_six_missed_refreshes() -> None:
    assert limits.REFRESH_OVERDUE_AFTER == 6 * database.REFRESH_INTERVAL
    (every,) = re.findall(r"rate: rate\((\d+ minutes)\)\n +description: Maintenance", SERVERLESS)
    assert interval(every) <= limits.REFRESH_OVERDUE_AFTER


def test_the_sql_takes_the_lock_that_python_takes_and_the_keys_differ() -> None:
    keys = {int(key) for key in re.findall(r"pg_advisory_(?:un)?lock\((\d+)\)", SQL)}
    assert keys == {database.REFRESH_LOCK_KEY}
    assert database.MIGRATION_LOCK_KEY != database.REFRESH_LOCK_KEY


def test_invitations_are_deleted_long_after_they_expired() -> None:
    assert limits.INVITE_LIFETIME < limits.EXPIRED_INVITE_RETENTION


def test_a_signed_snapshot_link_never_outlives_its_snapshot() -> None:
    assert limits.SNAPSHOT_LINK_LIFETIME < limits.UNUSED_SNAPSHOT_LIFETIME
    (days,) = re.findall(r"Prefix: snapshots/, ExpirationInDays: (\d+)", SERVERLESS)
    assert timedelta(days=int(days)) > limits.UNUSED_SNAPSHOT_LIFETIME
