"""The times that an import window accepts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from functions.common.limits import IMPORT_MAX_AGE
from functions.ingest.import_window import ImportWindow, is_importable

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def window(start_days: float, end_days: float, expires_days: float = 1) -> ImportWindow:
    """A window of days before now, which expires in days from now."""
    return ImportWindow(NOW - start_days * DAY, NOW - end_days * DAY, NOW + expires_days * DAY)


def test_a_window_is_half_open() -> None:
    only = window(60, 50)
    assert is_importable(only.start, [only], NOW)
    assert not is_importable(only.start - timedelta(microseconds=1), [only], NOW)
    assert is_importable(only.end - timedelta(microseconds=1), [only], NOW)
    assert not is_importable(only.end, [only], NOW)


def test_a_window_that_has_expired_accepts_nothing() -> None:
    assert not is_importable(NOW - 55 * DAY, [window(60, 50, expires_days=0)], NOW)


def test_without_windows_nothing_is_accepted() -> None:
    assert not is_importable(NOW - 55 * DAY, [], NOW)


@given(
    age=st.timedeltas(timedelta(0), timedelta(days=800)), spans=st.lists(st.tuples(st.floats(1, 500), st.floats(0, 1)))
)
def test_one_of_several_windows_suffices_and_none_reaches_past_the_limit(
    age: timedelta, spans: list[tuple[float, float]]
) -> None:
    windows = [window(start, start * share) for start, share in spans]
    at = NOW - age
    expected = age <= IMPORT_MAX_AGE and any(one.start <= at < one.end for one in windows)
    assert is_importable(at, windows, NOW) == expected
