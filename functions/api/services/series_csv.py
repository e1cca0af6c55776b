"""The series as CSV (RFC 4180): opens in a spreadsheet as it is.

Plain ASCII, so UTF-8 however it is read; times with their offset, and once more as the wall clock shows them, which is
the form that spreadsheets take for a date.
"""

from collections.abc import Iterator
from itertools import islice

from functions.api.schemas.footfall import Footfall

COLUMNS = ("start", "end", "local_time", "visitors", "exits", "state", "coverage")

LINES_AT_ONCE = 1000
"""Each portion costs a step into another thread while it is sent: a year of hours, line by line, took seconds."""


def csv_portions(series: Footfall) -> Iterator[str]:
    """The header and one line per row, a thousand lines at a time."""
    lines = _lines(series)
    while portion := "".join(islice(lines, LINES_AT_ONCE)):
        yield portion


def _lines(series: Footfall) -> Iterator[str]:
    """Unknown numbers are empty, never 0."""
    yield ",".join(COLUMNS) + "\r\n"
    for row in series.rows:
        values = (
            row.start.isoformat(),
            row.end.isoformat(),
            row.start.strftime("%Y-%m-%d %H:%M"),
            "" if row.visitors is None else str(row.visitors),
            "" if row.exits is None else str(row.exits),
            str(row.state),
            "" if row.coverage is None else f"{row.coverage:.4f}",
        )
        yield ",".join(values) + "\r\n"


def file_name(series: Footfall) -> str:
    """A name that says what is in it."""
    what = f"camera-{series.camera_id}" if series.camera_id else f"store-{series.store_id}"
    return f"footfall-{what}-{series.interval}-{series.start:%Y%m%d}-{series.end:%Y%m%d}.csv"
