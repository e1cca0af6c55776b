"""The data of `make bench-scale`: a chain of stores with plausible days, generated in the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import perf_counter
from typing import Any
from uuid import UUID

import psycopg

Connection = psycopg.Connection[Any]
INSERT_WINDOW = timedelta(days=5)
"""The time that one INSERT fills."""

# Visitors arrive between 09:00 and 19:00, most of them in the afternoon (the mean of three uniform draws). There are
# more on Saturdays and few on Sundays. They stay for twelve minutes on average.
VISITS = """
INSERT INTO events (ts, camera_id, store_id, event_id, direction, tracker_id)
SELECT least(crossing.ts, %(last)s), door.camera_id, door.store_id, gen_random_uuid(), crossing.direction, visit
FROM generate_series(%(first)s, %(until)s - interval '1 day', interval '1 day') AS day,
  LATERAL (SELECT CASE extract(isodow FROM day) WHEN 6 THEN 1.6 WHEN 7 THEN 0.4 ELSE 1 END AS factor) AS week,
  (SELECT c.id AS camera_id, c.store_id FROM cameras c) AS door,
  generate_series(1, (%(visitors)s * week.factor)::int) AS visit,
  LATERAL (SELECT random() + random() + random() + 0 * visit AS thirds) AS draw,
  LATERAL (SELECT day + interval '9 hours' + draw.thirds / 3 * interval '10 hours' AS entered_at) AS arrival,
  LATERAL (VALUES ('IN', entered_at), ('OUT', entered_at - ln(1 - random()) * interval '12 minutes'))
    AS crossing (direction, ts)
"""
MINUTES = """
INSERT INTO camera_minutes (minute, camera_id, store_id, frames)
SELECT minute, id, store_id, 600
FROM cameras, generate_series(%(first)s, %(until)s, interval '1 minute') AS minute
"""


@dataclass(frozen=True, slots=True)
class StoreChain:
    """The stores of the benchmark.

    Attributes:
        stores: The ids of each store and its camera. The routes are measured on the first one.
        owner: A user who owns all stores.
        first: The beginning of the time with data.
        last: The end of the time with data, exclusive.
    """

    stores: tuple[tuple[UUID, UUID], ...]
    owner: UUID
    first: datetime
    last: datetime

    @property
    def days(self) -> int:
        """The number of days with data."""
        return (self.last - self.first).days


def create_chain(connection: Connection, stores: int, days: int) -> StoreChain:
    """Create stores with one camera each, with frames in every minute, and a user who owns all of them."""
    last = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    first = last.replace(hour=0) - timedelta(days=days)
    created = connection.execute(
        """
        WITH new AS (
          INSERT INTO stores (name, timezone, created_at)
          SELECT 'Scale ' || n, 'Europe/Madrid', %(first)s FROM generate_series(1, %(stores)s) n RETURNING id
        )
        INSERT INTO cameras (store_id, name, origin, created_at, last_seen_at, delivered_until)
        SELECT id, 'Door', 'generated', %(first)s, now(), now() FROM new RETURNING store_id, id
        """,
        {"stores": stores, "first": first},
    ).fetchall()
    owner = connection.execute(
        "INSERT INTO users VALUES (gen_random_uuid(), 'scale@example.org') RETURNING id"
    ).fetchone()
    assert owner is not None
    connection.execute("INSERT INTO store_members (store_id, user_id) SELECT id, %s FROM stores", [owner[0]])
    begin = first
    while begin < last:
        until = min(begin + INSERT_WINDOW, last)
        connection.execute(MINUTES, {"first": begin, "until": until - timedelta(minutes=1)})
        begin = until
    return StoreChain(stores=tuple((row[0], row[1]) for row in created), owner=owner[0], first=first, last=last)


def load_events(connection: Connection, chain: StoreChain, events: int) -> tuple[int, float]:
    """Replace all events with about this many.

    Returns:
        The number of events, and the rate of the inserts in rows/s.
    """
    connection.execute("TRUNCATE events")
    visitors = events / 2 / len(chain.stores) / chain.days
    begin, started = chain.first, perf_counter()
    while begin < chain.last:
        until = min(begin + INSERT_WINDOW, chain.last)
        connection.execute(VISITS, {"first": begin, "until": until, "last": chain.last, "visitors": visitors})
        begin = until
    took = perf_counter() - started
    row = connection.execute("SELECT count(*) FROM events").fetchone()
    assert row is not None
    connection.execute("ANALYZE events")
    return int(row[0]), int(row[0]) / took


def insert_late_events(connection: Connection, chain: StoreChain, number: int, days: int = 21) -> None:
    """Insert events of the first store over the last days, as an edge box does after an outage."""
    store, camera = chain.stores[0]
    connection.execute(
        """
        INSERT INTO events (ts, camera_id, store_id, event_id, direction)
        SELECT %(last)s - random() * %(span)s, %(camera)s, %(store)s, gen_random_uuid(), 'IN'
        FROM generate_series(1, %(number)s)
        """,
        {"last": chain.last, "span": timedelta(days=days), "camera": camera, "store": store, "number": number},
    )
