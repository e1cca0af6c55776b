"""What a number of stores needs: requests, database, storage, concurrency and cost. Pure arithmetic.

``python -m benchmarks.fleet`` prints the tables of `docs/scale.md`; a test compares them with the page. What is
measured comes from `benchmarks.request_costs`, the intervals from `functions.common.limits`.
"""

from __future__ import annotations

from dataclasses import dataclass

from functions.common.limits import EVENT_RETENTION, HEARTBEAT_INTERVAL

STEPS = (10, 1_000, 100_000)
DAY_S = 86_400
MONTH_DAYS = 30
MILLION = 1_000_000
GB = 1e9


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU time of one request in ms, of the Lambda and of the server of the database; bytes that the Lambda logs."""

    function_ms: float
    server_ms: float
    log_bytes: float


@dataclass(frozen=True, slots=True)
class RowBytes:
    """Bytes of a row with its indexes: as a row, and in the columnstore."""

    rowstore: float
    columnstore: float


# Measured: python -m benchmarks.request_costs
BATCH = Cost(0.6, 3.5, 696)
HEARTBEAT = Cost(1.0, 5.0, 526)
LIVE = Cost(22.5, 24.0, 512)
DASHBOARD = Cost(36.1, 34.0, 517)
ACCESS_LOG_BYTES = 196
"""The line of API Gateway about a request."""
PLATFORM_LOG_BYTES = 259
"""The lines of Lambda itself about a request: START, END and REPORT."""
EVENT_ROW = RowBytes(244.0, 28.4)
MINUTE_ROW = RowBytes(163.0, 1.3)
FOOTFALL_ROW_BYTES = 350.0
COVERAGE_ROW_BYTES = 280.0

# Assumed: a store with two doors
CAMERAS = 2
CROSSINGS_PER_DAY = 1_200
"""600 visitors, who enter and leave."""
PEAK_HOUR_SHARE = 0.15
OPEN_HOURS = 12
PAGE_HOURS_PER_DAY = 1.0
"""How long an owner has the page of the store open."""
PAGES_OPEN_AT_PEAK = 0.1
"""Share of the stores whose page is open at the same time."""
LIVE_EVERY_S = 3.0
DASHBOARD_EVERY_S = 10.0
ROWSTORE_DAYS = 10.5
"""A chunk holds 7 days and is moved to the columnstore 7 days after its end: 7 to 14 days are rows."""
AGGREGATE_YEARS = 5
ROUND_TRIP_MS = 4.0
"""Network between Lambda and database, for each request."""
SERVER_USE = 0.5
"""Share of the server's cores that requests use at peak. The rest is for refreshes, jobs and bursts."""

# List prices of AWS in us-east-1, US dollars, without free tiers
HTTP_API_PER_MILLION = ((300 * MILLION, 1.00), (float("inf"), 0.90))
LAMBDA_PER_MILLION = 0.20
LAMBDA_PER_GB_S = 0.0000133334
INGEST_GB, API_GB = 0.5, 1.0
"""Memory of the Lambdas in `serverless.yml`."""
GB_OF_ONE_CORE = 1.7275
"""A Lambda has one core at 1,769 MiB, and the share of it that its memory is of that."""
CORE_PER_MONTH = 30.0
"""A vCPU with 4 GB of memory, on demand."""
DISK_PER_GB_MONTH = 0.08
ACCESS_LOG_PER_GB = 0.50
FUNCTION_LOG_PER_GB = ((10_000.0, 0.50), (30_000.0, 0.25), (50_000.0, 0.10), (float("inf"), 0.05))
"""Logs of Lambdas cost less above 10, 30 and 50 TB a month, since May 2025."""
METRICS, ALARM_METRICS, DASHBOARDS = 35, 37, 1
"""What a stage has in CloudWatch, however many stores: its own metrics, those that alarms read, and dashboards."""
METRIC_PER_MONTH, ALARM_METRIC_PER_MONTH, DASHBOARD_PER_MONTH = 0.30, 0.10, 3.00


@dataclass(frozen=True, slots=True)
class Fleet:
    """What a number of stores needs. Rates in requests/s, sizes in GB (10⁹ bytes), cost in US dollars per month.

    Attributes:
        stores: The number of stores.
        heartbeats_per_s: Heartbeats, at any time.
        batches_per_s: Requests with crossings in the busiest hour, if no two crossings share one.
        page_requests_per_s: Requests of open pages in the busiest hour.
        server_cores: Cores of the server of the database.
        ingest_processes: Processes of ingest at the same time, on average in the busiest hour.
        api_processes: Processes of the owner API, likewise.
        events_per_day: Crossings of a day.
        storage_gb: Hypertables when their retention is reached, and `AGGREGATE_YEARS` of aggregates.
        monthly_requests: Requests of a month.
        gateway_cost: HTTP API.
        lambda_cost: Requests and duration of Lambdas.
        database_cost: Cores and disk of the server. One server, without a replica.
        log_gb: Logs of a month: of the functions, of Lambda itself, and access logs.
        log_cost: Taking these logs in. Keeping them for 30 days costs a few per cent of this.
        metrics_cost: Metrics, alarms and the dashboard of CloudWatch.
    """

    stores: int
    heartbeats_per_s: float
    batches_per_s: float
    page_requests_per_s: float
    server_cores: float
    ingest_processes: float
    api_processes: float
    events_per_day: float
    storage_gb: float
    monthly_requests: float
    gateway_cost: float
    lambda_cost: float
    database_cost: float
    log_gb: float
    log_cost: float
    metrics_cost: float

    @property
    def cost(self) -> float:
        """The cost of a month."""
        return self.gateway_cost + self.lambda_cost + self.database_cost + self.log_cost + self.metrics_cost


def fleet(stores: int) -> Fleet:
    """Return what this number of stores needs."""
    heartbeats = stores * CAMERAS / HEARTBEAT_INTERVAL.total_seconds()
    batches = stores * CROSSINGS_PER_DAY * PEAK_HOUR_SHARE / 3600
    open_pages = stores * PAGES_OPEN_AT_PEAK
    lives, dashboards = open_pages / LIVE_EVERY_S, open_pages / DASHBOARD_EVERY_S
    server_ms = (
        heartbeats * HEARTBEAT.server_ms
        + batches * BATCH.server_ms
        + lives * LIVE.server_ms
        + dashboards * DASHBOARD.server_ms
    )
    cores = server_ms / 1000 / SERVER_USE
    ingest_s = (heartbeats * _duration_ms(HEARTBEAT, INGEST_GB) + batches * _duration_ms(BATCH, INGEST_GB)) / 1000
    api_s = (lives * _duration_ms(LIVE, API_GB) + dashboards * _duration_ms(DASHBOARD, API_GB)) / 1000

    month_s = MONTH_DAYS * DAY_S
    page_s = stores * PAGE_HOURS_PER_DAY * 3600 * MONTH_DAYS
    monthly_heartbeats = heartbeats * month_s
    monthly_batches = stores * CROSSINGS_PER_DAY * MONTH_DAYS
    monthly_lives, monthly_dashboards = page_s / LIVE_EVERY_S, page_s / DASHBOARD_EVERY_S
    requests = monthly_heartbeats + monthly_batches + monthly_lives + monthly_dashboards
    ingest_gb_s = (
        INGEST_GB
        * (monthly_heartbeats * _duration_ms(HEARTBEAT, INGEST_GB) + monthly_batches * _duration_ms(BATCH, INGEST_GB))
        / 1000
    )
    api_gb_s = (
        API_GB
        * (monthly_lives * _duration_ms(LIVE, API_GB) + monthly_dashboards * _duration_ms(DASHBOARD, API_GB))
        / 1000
    )
    storage = storage_gb(stores)
    function_logs_gb = (
        requests * PLATFORM_LOG_BYTES
        + monthly_heartbeats * HEARTBEAT.log_bytes
        + monthly_batches * BATCH.log_bytes
        + monthly_lives * LIVE.log_bytes
        + monthly_dashboards * DASHBOARD.log_bytes
    ) / GB
    access_logs_gb = requests * ACCESS_LOG_BYTES / GB
    return Fleet(
        stores=stores,
        heartbeats_per_s=heartbeats,
        batches_per_s=batches,
        page_requests_per_s=lives + dashboards,
        server_cores=cores,
        ingest_processes=ingest_s,
        api_processes=api_s,
        events_per_day=stores * CROSSINGS_PER_DAY,
        storage_gb=storage,
        monthly_requests=requests,
        gateway_cost=_tiered(requests, HTTP_API_PER_MILLION) / MILLION,
        lambda_cost=requests / MILLION * LAMBDA_PER_MILLION + (ingest_gb_s + api_gb_s) * LAMBDA_PER_GB_S,
        database_cost=max(2.0, cores) * CORE_PER_MONTH + storage * DISK_PER_GB_MONTH,
        log_gb=function_logs_gb + access_logs_gb,
        log_cost=_tiered(function_logs_gb, FUNCTION_LOG_PER_GB) + access_logs_gb * ACCESS_LOG_PER_GB,
        metrics_cost=METRICS * METRIC_PER_MONTH
        + ALARM_METRICS * ALARM_METRIC_PER_MONTH
        + DASHBOARDS * DASHBOARD_PER_MONTH,
    )


def storage_gb(stores: int) -> float:
    """Return the size of the hypertables when their retention is reached, and of some years of aggregates, in GB."""
    columnstore_days = EVENT_RETENTION.days - ROWSTORE_DAYS
    store_bytes = 0.0
    for rows, row in ((CROSSINGS_PER_DAY, EVENT_ROW), (CAMERAS * 1440, MINUTE_ROW)):
        store_bytes += rows * (ROWSTORE_DAYS * row.rowstore + columnstore_days * row.columnstore)
    open_buckets, all_buckets = OPEN_HOURS * 5, 24 * 5  # four quarter-hours and the hour
    aggregate_rows = CAMERAS * 365 * AGGREGATE_YEARS
    store_bytes += aggregate_rows * (open_buckets * FOOTFALL_ROW_BYTES + all_buckets * COVERAGE_ROW_BYTES)
    return stores * store_bytes / GB


def _duration_ms(cost: Cost, memory_gb: float) -> float:
    """How long a Lambda runs for a request: its share of a core follows its memory, and it waits for the database."""
    return cost.function_ms / min(1.0, memory_gb / GB_OF_ONE_CORE) + cost.server_ms + ROUND_TRIP_MS


def _tiered(amount: float, tiers: tuple[tuple[float, float], ...]) -> float:
    """Return the cost of an amount; a tier is the amount up to which its price applies to each unit."""
    total, below = 0.0, 0.0
    for limit, price in tiers:
        total += max(0.0, min(amount, limit) - below) * price
        below = limit
    return total


def needs_table(steps: tuple[int, ...] = STEPS) -> str:
    """Return requests, cores, processes and storage as Markdown."""
    found = [fleet(stores) for stores in steps]
    lines = [
        ("heartbeats per second", [f"{one.heartbeats_per_s:,.1f}" for one in found]),
        ("requests with crossings per second, busiest hour", [f"{one.batches_per_s:,.1f}" for one in found]),
        ("requests of pages per second, busiest hour", [f"{one.page_requests_per_s:,.1f}" for one in found]),
        ("cores of the database", [f"{one.server_cores:,.1f}" for one in found]),
        ("processes of `ingest` at once", [f"{one.ingest_processes:,.1f}" for one in found]),
        ("processes of `api` at once", [f"{one.api_processes:,.1f}" for one in found]),
        ("crossings per day", [f"{one.events_per_day:,.0f}" for one in found]),
        ("storage, GB", [f"{one.storage_gb:,.1f}" for one in found]),
        ("logs of a month, GB", [f"{one.log_gb:,.1f}" for one in found]),
    ]
    return _table("| | " + " | ".join(f"{stores:,} stores" for stores in steps) + " |", lines)


def cost_table(steps: tuple[int, ...] = STEPS) -> str:
    """Return the monthly cost as Markdown."""
    found = [fleet(stores) for stores in steps]
    lines = [
        ("requests, millions", [f"{one.monthly_requests / MILLION:,.1f}" for one in found]),
        ("HTTP API", [f"${one.gateway_cost:,.0f}" for one in found]),
        ("Lambda", [f"${one.lambda_cost:,.0f}" for one in found]),
        ("database", [f"${one.database_cost:,.0f}" for one in found]),
        ("CloudWatch, logs", [f"${one.log_cost:,.0f}" for one in found]),
        ("CloudWatch, metrics, alarms and dashboard", [f"${one.metrics_cost:,.0f}" for one in found]),
        ("**sum**", [f"**${one.cost:,.0f}**" for one in found]),
        ("per store", [f"${one.cost / one.stores:,.2f}" for one in found]),
    ]
    return _table("| | " + " | ".join(f"{stores:,} stores" for stores in steps) + " |", lines)


def _table(head: str, lines: list[tuple[str, list[str]]]) -> str:
    rule = "|---" * (head.count("|") - 1) + "|"
    return "\n".join([head, rule, *(f"| {name} | " + " | ".join(values) + " |" for name, values in lines)])


if __name__ == "__main__":
    print(needs_table(), cost_table(), sep="\n\n")
