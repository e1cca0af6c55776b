"""The example of docs/analysts.md, run as an analyst runs it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote, urlsplit
from uuid import uuid4

import psycopg
import pytest

from db.timescale.analysts import grant, revoke
from tests.integration.functions.api.store_fixture import HOUR, CreateStore, StoreFixture

SCRIPT = Path(__file__).parents[4] / "docs" / "examples" / "heatmap.py"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, str(SCRIPT), *arguments], capture_output=True, text=True, check=False)


@pytest.fixture
def busy(create_store: CreateStore) -> StoreFixture:
    """Two Monday mornings in Kathmandu; only half an hour of the second was observed."""
    store = create_store(name=f"Thamel {uuid4()}", timezone="Asia/Kathmandu")
    for day, observed, people in ((2, HOUR * 2, 20), (9, HOUR / 2, 10)):
        nine = store.local(2026, 11, day, 9)
        store.add_observed_minutes(nine, nine + observed)
        store.add_crossings(ins=[nine + observed * n / people for n in range(people)])
    return store


@contextmanager
def analyst_url(store: StoreFixture, database_url: str) -> Iterator[str]:
    """The URL with which an analyst of the store connects."""
    name = f"a{uuid4().hex[:12]}"
    granted = grant(store.connection, name, store.store_id)
    assert granted.password is not None
    url = urlsplit(database_url)
    address = f"{url.hostname}:{url.port}{url.path}?{url.query}"
    try:
        yield f"postgresql://{granted.role}:{quote(granted.password)}@{address}"
    finally:
        revoke(store.connection, name)


def run_with_csv(store: StoreFixture, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the script on two weeks of the store's footfall as CSV."""
    footfall = folder / "footfall.csv"
    query = {"from": "2026-11-01", "to": "2026-11-15", "interval": "hour", "format": "csv"}
    answer = store.client.get(f"/stores/{store.store_id}/footfall", params=query, headers=store.headers)
    footfall.write_bytes(answer.content)
    return run("--csv", str(footfall), *arguments)


def test_the_view_and_the_csv_draw_the_same_heatmap(busy: StoreFixture, database_url: str, tmp_path: Path) -> None:
    with analyst_url(busy, database_url) as url:
        of_sql = run("--sql", url, "--store", busy.get("/me")["stores"][0]["name"])
    picture = tmp_path / "busy.png"
    of_csv = run_with_csv(busy, tmp_path, "--out", str(picture))

    assert (of_sql.returncode, of_csv.returncode) == (0, 0), of_sql.stderr + of_csv.stderr
    assert of_sql.stdout == of_csv.stdout
    # 9:00: 10 in the first week's hour and 10 in the second one's half hour = 20 in 1.5 observed hours
    assert of_csv.stdout.splitlines()[1].split()[:2] == ["09", "13.3"]
    assert of_csv.stdout.splitlines()[2].split()[:2] == ["10", "10.0"]
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_coverage_is_of_the_open_time_and_the_observed_share_of_the_whole_hour(
    create_store: CreateStore, database_url: str, tmp_path: Path
) -> None:
    """A store opens at 09:30, and its camera sends frames from then on."""
    name = f"Early {uuid4()}"
    store = create_store(name=name, opening_hours={"mon": [["09:30", "18:00"]]})
    half_past_nine, ten = store.local(2026, 11, 2, 9, 30), store.local(2026, 11, 2, 10)
    store.add_observed_minutes(half_past_nine, ten)
    store.add_crossings(ins=[half_past_nine + timedelta(minutes=n) for n in range(10)])

    window = {"from": "2026-11-02T09:00", "to": "2026-11-02T10:00", "interval": "hour"}
    (row,) = store.footfall(**window)["rows"]
    assert (row["visitors"], row["coverage"], row["state"]) == (10, 1.0, "value")
    with analyst_url(store, database_url) as url:
        with psycopg.connect(url, autocommit=True, prepare_threshold=None) as analyst:
            (found,) = analyst.execute("SELECT hour_of_day, visitors, observed_share FROM hourly_footfall").fetchall()
        of_sql = run("--sql", url, "--store", name)
    assert found == (9, 10, 0.5)
    assert of_sql.stdout.splitlines()[1].split()[:2] == ["09", "20.0"]  # per observed hour
    assert run_with_csv(store, tmp_path).stdout.splitlines()[1].split()[:2] == ["09", "10.0"]  # per open hour


def test_without_observed_hours_the_script_says_so(tmp_path: Path) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_text("start,end,local_time,visitors,exits,state,coverage\r\n")
    done = run("--csv", str(empty))
    assert done.returncode == 2
    assert done.stderr.startswith("heatmap: no observed hour")
    assert "Traceback" not in done.stderr
