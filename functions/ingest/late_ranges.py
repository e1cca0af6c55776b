"""The SQL that notes late data in `late_ranges`, in the same statement that stores the data.

A row is a store and a UTC hour: two late events that are a month apart make the refresh of the aggregates recompute two
hours and not a month. It also bounds the number of rows of a store by the number of hours in which data is accepted.
"""

from __future__ import annotations


def insert_late_ranges(data: str) -> str:
    """Return an INSERT that notes the late rows of a query.

    A row that is there is widened, and its `version` grows, so that a refresh that is under way does not delete it.
    ORDER BY gives every batch the same order, so that two batches cannot deadlock. The statement has the parameter
    `late_after`.

    Args:
        data: a query with the columns store_id and ts.
    """
    return f"""
    INSERT INTO late_ranges AS noted (store_id, hour, first_ts, last_ts)
    SELECT store_id, date_trunc('hour', ts, 'UTC') AS hour, min(ts), max(ts) FROM ({data}) AS data
    WHERE ts < now() - %(late_after)s
    GROUP BY store_id, hour ORDER BY store_id, hour
    ON CONFLICT (store_id, hour) DO UPDATE SET
        first_ts = least(noted.first_ts, excluded.first_ts),
        last_ts = greatest(noted.last_ts, excluded.last_ts),
        version = noted.version + 1
    """  # noqa: S608 - of constants
