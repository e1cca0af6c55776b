"""The five migrations create the schema of revision 0011, except for the listed changes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from db.timescale.embedded.launcher import running
from db.timescale.migrate import upgrade
from tests.integration.db.catalogue import Catalogue, parse, read_catalogue, render

pytestmark = pytest.mark.slow  # old migrations do not change

OLD_CATALOGUE = Path(__file__).with_name("catalogue_0011.txt")
SQUASHED = "0005_roles"
"""The last of the five migrations. Later migrations change the schema on purpose, so they are not compared."""

RENAMED = {
    "cameras_keep_counting_periods": "update_counting_periods",
    "audit_log_is_not_emptied": "reject_truncate",
    r"audit_log_is_final\(\)": "reject_audit_log_change()",
    "audit_log_is_final": "reject_update_or_delete",
    "footfall_15m_reading_idx": "footfall_15m_store_id_bucket_covering_idx",
    "coverage_15m_reading_idx": "coverage_15m_store_id_bucket_covering_idx",
}
"""Database objects with a new name."""

RENAMED_VARIABLES = {
    "update_counting_periods()": {
        "quarter": "quarter_hour",
        "did_count": "counted_before",
        "does_count": "counts_now",
        "begins": "period_start",
        "ends": "period_end",
    },
    "refresh_aggregates(integer,jsonb)": {
        "noted": "covered_ids",
        "begins": "window_start",
        "ends": "window_end",
        "reach": "start_offset",
        "settled": "end_offset",
    },
}
"""Local variables and configuration keys of functions with a new name."""

REFRESH_OF_COVERAGE_HOURLY = """
CALL refresh_continuous_aggregate('coverage_hourly', window_start, window_end, options => '{"buckets_per_batch": 0}');
COMMIT;
"""

ADDED = {
    "aggregate coverage_hourly": "False SELECT time_bucket('01:00:00'::interval, bucket) AS bucket, store_id,"
    " camera_id, (sum(minutes))::bigint AS minutes FROM coverage_15m"
    " GROUP BY (time_bucket('01:00:00'::interval, bucket)), store_id, camera_id;",
    "aggregate's hypertable coverage_hourly": "bucket 70 days, 0:00:00",
    "relation coverage_hourly": "view",
    "column coverage_hourly.01 bucket": "timestamp with time zone",
    "column coverage_hourly.02 store_id": "uuid",
    "column coverage_hourly.03 camera_id": "uuid",
    "column coverage_hourly.04 minutes": "bigint",
    "columnstore _timescaledb_internal.[coverage_hourly]": "None None",
    **{
        f"index of aggregate coverage_hourly.[coverage_hourly]_{name}_idx": f"CREATE INDEX [coverage_hourly]_{name}_idx"
        f" ON _timescaledb_internal.[coverage_hourly] USING btree ({columns})"
        for name, columns in {
            "bucket": "bucket DESC",
            "store_id_bucket": "store_id, bucket DESC",
            "camera_id_bucket": "camera_id, bucket DESC",
        }.items()
    },
    # The share of the whole hour is not the coverage of the API, which is of the open time.
    "column analytics.hourly_footfall.11 observed_share": "double precision",
}
"""The hourly coverage, and the new name of a column."""

REMOVED = {"column analytics.hourly_footfall.11 coverage"}

REWRITTEN = {"view analytics.hourly_footfall"}
"""It reads the hourly aggregates now; test_analysts.py compares its rows with the events."""


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalogue]:
    """The catalogue of the five migrations, on the embedded server: other versions print definitions differently."""
    with running(tmp_path_factory.mktemp("catalogue") / "data", jobs_every_s=0, durable=False) as server:
        upgrade(server.url, SQUASHED)
        with psycopg.connect(server.url, autocommit=True, prepare_threshold=None) as connection:
            yield read_catalogue(connection)


@pytest.fixture(scope="module")
def old() -> Catalogue:
    """The catalogue of revision 0011, with the names of today."""
    text = OLD_CATALOGUE.read_text()
    for before, after in RENAMED.items():
        text = re.sub(rf"\b{before}", after, text)
    catalogue = parse(text)
    for function, variables in RENAMED_VARIABLES.items():
        catalogue[f"function {function}"] = renamed(catalogue[f"function {function}"], variables)
    job = "job refresh_aggregates"
    catalogue[job] = catalogue[job].replace(
        '{"reach": "31 days", "settled": "35 minutes"}', '{"end_offset": "35 minutes", "start_offset": "31 days"}'
    )
    refresh = catalogue["function refresh_aggregates(integer,jsonb)"]
    catalogue["function refresh_aggregates(integer,jsonb)"] = refresh.replace(
        "DELETE FROM late_ranges", f"{REFRESH_OF_COVERAGE_HOURLY}DELETE FROM late_ranges"
    )
    return catalogue


def renamed(text: str, names: dict[str, str]) -> str:
    for before, after in names.items():
        text = re.sub(rf"\b{before}\b", after, text)
    return text


def test_only_the_listed_objects_are_new_or_gone(old: Catalogue, new: Catalogue) -> None:
    assert new.keys() - old.keys() == ADDED.keys()
    assert old.keys() - new.keys() == REMOVED


def test_the_new_objects_are_as_listed(new: Catalogue) -> None:
    assert {name: on_one_line(new[name]) for name in ADDED} == ADDED


def test_every_other_object_is_defined_as_before(old: Catalogue, new: Catalogue) -> None:
    compared = (old.keys() & new.keys()) - REWRITTEN
    assert {name: on_one_line(new[name]) for name in compared} == {name: on_one_line(old[name]) for name in compared}


def test_the_catalogue_can_be_read_back(new: Catalogue) -> None:
    assert parse(render(new)) == new


def on_one_line(definition: str) -> str:
    return " ".join(definition.split())
