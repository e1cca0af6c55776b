"""The time of a month on the dashboard at two numbers of events, of a year, and of the same numbers from raw events."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from statistics import median

from benchmarks.cloud_database import BenchStore, Connection
from benchmarks.owner_api import OwnerApi, milliseconds
from benchmarks.row import Row, at_least, at_most, figure
from db.timescale.aggregate_refresh import refresh_range
from functions.api.store_days_job import compute_all_store_days

DAYS = 62
STEPS = (200_000, 2_000_000)
RUNS = 15
RAW_RUNS = 3
MAX_GROWTH = 1.2
MAX_YEAR = 2
MIN_SPEED_UP = 100

# A day of a store: nobody at night, most people in the early afternoon (the mean of two uniform draws over 11 hours).
EVENTS = """
INSERT INTO events (ts, camera_id, store_id, event_id, direction)
SELECT least(%(first)s + n %% %(days)s * interval '1 day' + interval '20 hours'
         + (random() + random()) / 2 * interval '11 hours', %(last)s),
       %(camera)s, %(store)s, gen_random_uuid(), CASE n %% 2 WHEN 0 THEN 'IN' ELSE 'OUT' END
FROM generate_series(1, %(rows)s) n
"""
MINUTES = """
INSERT INTO camera_minutes (minute, camera_id, store_id, frames)
SELECT minute, %(camera)s, %(store)s, 600 FROM generate_series(%(first)s, %(last)s, interval '1 minute') minute
"""
# The same numbers without aggregates: the occupancy is a running sum over every crossing.
RAW = """
WITH crossing AS (
    SELECT ts, ts AT TIME ZONE 'Pacific/Auckland' AS local, direction,
           CASE direction WHEN 'IN' THEN 1 ELSE -1 END AS step
    FROM events WHERE store_id = %(store)s AND ts >= %(first)s AND ts < %(last)s
), curve AS (
    SELECT ts, local, direction,
           sum(step) OVER day AS inside,
           extract(epoch FROM lead(ts) OVER day - ts)::double precision AS seconds
    FROM crossing WINDOW day AS (PARTITION BY local::date ORDER BY ts)
)
SELECT local::date AS day, extract(isodow FROM local) AS weekday, extract(hour FROM local) AS hour,
       count(*) FILTER (WHERE direction = 'IN') AS visitors,
       count(*) FILTER (WHERE direction = 'OUT') AS exits,
       avg(extract(epoch FROM ts)::double precision) FILTER (WHERE direction = 'OUT')
         - avg(extract(epoch FROM ts)::double precision) FILTER (WHERE direction = 'IN') AS dwell_s,
       sum(inside * seconds) AS person_seconds,
       max(inside) AS peak
FROM curve GROUP BY GROUPING SETS ((local::date), (extract(isodow FROM local), extract(hour FROM local)))
"""


def measure(url: str, connection: Connection, store: BenchStore, steps: tuple[int, ...] = STEPS) -> list[Row]:
    """Return the time of `/dashboard?period=month` at each number of events, and of the same numbers from raw events.

    All events are of one store and of two months: the month, and the one before as its baseline. The store-days are
    stored by the scheduled job before each measurement, as in operation.
    """
    api = OwnerApi(url, store.owner)
    last = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) - timedelta(hours=1)
    first = last.replace(hour=0) - timedelta(days=DAYS)
    parameters = {"camera": store.camera_id, "store": store.store_id, "first": first, "last": last, "days": DAYS}
    connection.execute(MINUTES, parameters)
    stored = 0
    times: list[list[float]] = []
    for step in steps:
        connection.execute(EVENTS, {**parameters, "rows": step - stored})
        stored = step
        refresh_range(connection, first, last)
        connection.execute("ANALYZE events")
        compute_all_store_days(api.database, datetime.now(UTC), max_run_s=float("inf"))
        connection.execute("ANALYZE store_days")
        times.append(milliseconds(lambda: _request(api, store, "month"), RUNS))
    year = milliseconds(lambda: _request(api, store, "year"), RUNS)
    raw_ms = median(milliseconds(lambda: connection.execute(RAW, parameters).fetchall(), RAW_RUNS))
    month_ms = median(times[-1])
    growth = min(times[-1]) / min(times[0])  # the fastest runs: the two are measured minutes apart
    api.close()
    note = f"{steps[-1]:,} events against {steps[0]:,} in the same two months of one store"
    return [
        at_most("cloud.dashboard_month_growth", growth, MAX_GROWTH, "x", note),
        at_most("cloud.dashboard_year_vs_month", min(year) / min(times[-1]), MAX_YEAR, "x", "the days are stored"),
        at_least(
            "cloud.dashboard_month_vs_raw",
            raw_ms / month_ms,
            MIN_SPEED_UP,
            "x",
            "against one statement over the events",
        ),
        figure("cloud.dashboard_month", month_ms, "ms", f"whole request, {steps[-1]:,} events"),
        figure("cloud.dashboard_month_raw", raw_ms, "ms", "the same numbers in one statement over the events"),
    ]


def _request(api: OwnerApi, store: BenchStore, period: str) -> None:
    dashboard = api.get(f"/dashboard/{store.store_id}?period={period}")
    if not dashboard["kpis"]["visitors"]["value"]:
        raise RuntimeError("the dashboard has no visitors")
