"""The series as CSV, on its way out."""

from datetime import UTC, datetime, timedelta

from functions.api.kpi.words import BucketState
from functions.api.schemas.footfall import Footfall, FootfallRow
from functions.api.services.series_csv import csv_portions

HOUR = timedelta(hours=1)


def test_a_csv_leaves_in_portions_and_not_line_by_line() -> None:
    start = datetime(2026, 11, 1, tzinfo=UTC)
    times = [start + n * HOUR for n in range(2501)]
    rows = [
        FootfallRow(start=at, end=at + HOUR, visitors=n, exits=0, state=BucketState.VALUE, coverage=1)
        for n, at in enumerate(times)
    ]
    series = Footfall.model_construct(rows=rows)
    portions = list(csv_portions(series))
    assert [portion.count("\r\n") for portion in portions] == [1000, 1000, 502]
    assert [line.split(",")[3] for line in "".join(portions).splitlines()] == ["visitors", *map(str, range(2501))]
