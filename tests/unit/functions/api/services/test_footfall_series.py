"""The footfall series as CSV."""

from datetime import UTC, datetime, timedelta

from functions.api.kpi.enums import BucketState
from functions.api.schemas.footfall import Footfall, FootfallRow
from functions.api.services.footfall_series import csv_chunks

HOUR = timedelta(hours=1)


def test_a_csv_is_sent_in_chunks_of_a_thousand_lines() -> None:
    start = datetime(2026, 11, 1, tzinfo=UTC)
    times = [start + n * HOUR for n in range(2501)]
    rows = [
        FootfallRow(
            start=at, end=at + HOUR, visitors=n, exits=0, state=BucketState.VALUE, coverage=1, note=None, annotations=[]
        )
        for n, at in enumerate(times)
    ]
    footfall = Footfall.model_construct(rows=rows)
    chunks = list(csv_chunks(footfall))
    assert [chunk.count("\r\n") for chunk in chunks] == [1000, 1000, 502]
    assert [line.split(",")[3] for line in "".join(chunks).splitlines()] == ["visitors", *map(str, range(2501))]
