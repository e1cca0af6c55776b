"""The time of the list of 100 stores, with a month of each or today beside last week, at two numbers of events."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from statistics import median
from time import perf_counter

from benchmarks.cloud_database import BenchStore, Connection
from benchmarks.owner_api import OwnerApi, milliseconds
from benchmarks.row import Row, at_most, figure
from db.timescale.aggregate_refresh import refresh_range
from db.timescale.limits import REFRESH_END_OFFSET
from functions.api.store_days_job import compute_all_first_hours, compute_all_store_days

STORES = 100
DAYS = 62
STEPS = (200_000, 2_000_000)
RUNS = 15
MAX_MS = 300
MAX_GROWTH = 1.2
REFRESHED_BEFORE = timedelta(minutes=50)
"""The refresh job leaves 35 to 55 minutes to the real-time part of the aggregates; `refresh_range` whole hours."""

# The other 99 stores, and a second camera for each. Their history begins with the events.
TENANT = """
WITH store AS (
  INSERT INTO stores (name, timezone) SELECT 'League ' || n, 'Europe/Rome' FROM generate_series(2, %(stores)s) n
  RETURNING id
), all_stores AS (
  SELECT id FROM store UNION ALL SELECT %(store)s
), member AS (
  INSERT INTO store_members (store_id, user_id) SELECT id, %(owner)s FROM store
)
INSERT INTO cameras (store_id, name, origin, created_at, last_seen_at, delivered_until)
SELECT id, 'Door ' || n, 'simulated', %(first)s, %(now)s, %(now)s FROM all_stores, generate_series(1, 2) n
"""
# Each two rows are a visit of 30 minutes on average. Consecutive visits are those of another camera. The rows are
# stored in the order of time, as by ingest: those of an hour lie together.
EVENTS = """
INSERT INTO events (ts, camera_id, store_id, event_id, direction)
SELECT ts, camera_id, store_id, gen_random_uuid(), direction FROM (
  SELECT %(first)s + (n - %(stored)s) * %(days)s::bigint / (%(rows)s - %(stored)s) * interval '1 day'
           + interval '8 hours' + (random() + random()) / 2 * interval '11 hours'
           + n %% 2 * interval '30 minutes' AS ts,
         door.camera_id, door.store_id, CASE n %% 2 WHEN 0 THEN 'IN' ELSE 'OUT' END AS direction
  FROM generate_series(%(stored)s::integer, %(rows)s - 1) n
  JOIN (
    SELECT c.id AS camera_id, c.store_id, row_number() OVER (ORDER BY c.id) - 1 AS number
    FROM cameras c JOIN store_members m ON m.store_id = c.store_id WHERE m.user_id = %(owner)s AND c.name LIKE 'Door%%'
  ) door ON door.number = n / 2 %% (2 * %(stores)s)
) crossing WHERE ts < %(now)s ORDER BY ts
"""
# The minutes of the store-days in progress and of a week before: those of other days are not read.
MINUTES = """
INSERT INTO camera_minutes (minute, camera_id, store_id, frames)
SELECT minute - weeks * interval '7 days', c.id, c.store_id, 600
FROM generate_series(%(now)s - interval '24 hours', %(now)s - interval '1 minute', interval '1 minute') minute,
     generate_series(0, 1) weeks, cameras c JOIN store_members m ON m.store_id = c.store_id
WHERE m.user_id = %(owner)s AND c.name LIKE 'Door%%'
"""


def measure(url: str, connection: Connection, store: BenchStore, steps: tuple[int, ...] = STEPS) -> list[Row]:
    """Return the times of `/stores` of 100 stores with two cameras: with a month, and with today beside last week.

    The requests are those of the evening of yesterday, whenever the benchmark runs: a store-day in progress has most of
    its quarter-hours. The store-days are stored by the scheduled job before each measurement.
    """
    now = datetime.now(UTC).replace(hour=18, minute=7, second=30, microsecond=0) - timedelta(days=1)
    first = now.replace(hour=0, minute=0, second=0) - timedelta(days=DAYS - 1)
    api = OwnerApi(url, store.owner, now)
    parameters = {"store": store.store_id, "owner": store.owner, "stores": STORES, "days": DAYS}
    parameters |= {"now": now, "first": first}
    connection.execute("DELETE FROM cameras WHERE store_id = %s", [store.store_id])
    connection.execute(TENANT, parameters)
    connection.execute(MINUTES, parameters)
    stored = 0
    times: list[list[float]] = []
    compared: list[float] = []
    job_s = 0.0
    for step in steps:
        connection.execute(EVENTS, {**parameters, "stored": stored, "rows": step})
        stored = step
        refresh_range(connection, first, now - REFRESHED_BEFORE, now=now - REFRESHED_BEFORE + REFRESH_END_OFFSET)
        connection.execute("ANALYZE")
        start = perf_counter()
        compute_all_store_days(api.database, now, max_run_s=float("inf"))
        job_s = perf_counter() - start
        compute_all_first_hours(api.database, now)
        connection.execute("ANALYZE store_days")
        connection.execute("ANALYZE store_first_hours")
        times.append(milliseconds(lambda: _request(api, "period=month"), RUNS))
        compared = milliseconds(lambda: _request(api, "period=day&compare=previous"), RUNS)
    api.close()
    growth = min(times[-1]) / min(times[0])
    note = f"{STORES} stores with two cameras, {steps[-1]:,} events of {DAYS} days"
    return [
        at_most("cloud.league_month", median(times[-1]), MAX_MS, "ms", f"whole request; {note}"),
        at_most("cloud.league_compared", median(compared), MAX_MS, "ms", f"today beside last week; {note}"),
        at_most("cloud.league_month_growth", growth, MAX_GROWTH, "x", f"from {steps[0]:,} events"),
        figure("cloud.store_days_job", job_s, "s", f"the job, for all store-days; {note}"),
    ]


def _request(api: OwnerApi, query: str) -> None:
    found = len(api.get(f"/stores?{query}")["stores"])
    if found != STORES:
        raise RuntimeError(f"the list has {found} stores instead of {STORES}")
