"""Opening hours as windows of time."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.api.kpi.opening_hours import (
    ALWAYS_OPEN,
    WEEKDAYS,
    OpeningHoursError,
    OpeningHoursHistory,
    parse_opening_hours,
    parse_opening_spans,
)
from functions.api.kpi.store_clock import ClockVersion, StoreClock
from functions.api.kpi.window import Window, merge_windows
from tests.unit.functions.api.kpi.clocks import changed_clocks

BERLIN = ZoneInfo("Europe/Berlin")
DAY = StoreClock(BERLIN).day_window(date(2026, 11, 20))  # a Friday

TIMES = st.builds("{:02d}:{:02d}".format, st.integers(0, 23), st.integers(0, 59))
TABLES = st.dictionaries(st.sampled_from(WEEKDAYS), st.lists(st.tuples(TIMES, TIMES), max_size=3))


def local(window: Window) -> str:
    return "/".join(at.astimezone(BERLIN).strftime("%a %H:%M") for at in (window.start, window.end))


def test_a_store_without_hours_is_always_open() -> None:
    assert parse_opening_hours(None) is ALWAYS_OPEN
    assert ALWAYS_OPEN.open_windows(DAY, BERLIN) == [DAY]


def test_a_weekday_that_is_not_named_is_closed() -> None:
    assert parse_opening_hours({"mon": [["09:00", "20:00"]]}).open_windows(DAY, BERLIN) == []


def test_two_spans_of_a_day_are_two_open_windows() -> None:
    hours = parse_opening_hours({"fri": [["09:00", "12:30"], ["14:00", "20:00"]]})
    assert [local(w) for w in hours.open_windows(DAY, BERLIN)] == ["Fri 09:00/Fri 12:30", "Fri 14:00/Fri 20:00"]


def test_hours_across_midnight_belong_to_the_day_they_begin_on() -> None:
    hours = parse_opening_hours({"thu": [["18:00", "02:00"]], "fri": [["18:00", "03:00"]]})
    assert [local(w) for w in hours.open_windows(DAY, BERLIN)] == ["Fri 00:00/Fri 02:00", "Fri 18:00/Sat 00:00"]


def test_the_same_time_twice_is_a_whole_day_and_adjoining_days_are_one_window() -> None:
    hours = parse_opening_hours({day: [["06:00", "06:00"]] for day in WEEKDAYS})
    assert hours.open_windows(DAY, BERLIN) == [DAY]


def test_midnight_at_the_end_can_be_written_24() -> None:
    assert [local(w) for w in parse_opening_hours({"fri": [["22:00", "24:00"]]}).open_windows(DAY, BERLIN)] == [
        "Fri 22:00/Sat 00:00"
    ]


def test_hours_across_a_change_of_the_clocks_have_their_elapsed_length() -> None:
    hours = parse_opening_hours({"sat": [["20:00", "04:00"]]})
    night = Window(datetime(2026, 10, 24, tzinfo=UTC), datetime(2026, 10, 26, tzinfo=UTC))
    assert [w.seconds / 3600 for w in hours.open_windows(night, BERLIN)] == [9]


def test_opening_hours_are_half_open() -> None:
    hours = parse_opening_hours({"fri": [["09:00", "20:00"]]})
    opens, closes = (datetime(2026, 11, 20, hour, tzinfo=BERLIN).astimezone(UTC) for hour in (9, 20))
    history = OpeningHoursHistory(StoreClock(BERLIN), hours)
    assert history.is_open(opens)
    assert not history.is_open(closes)


@given(TABLES, st.sampled_from(["Europe/Berlin", "Asia/Kathmandu", "America/St_Johns"]), st.dates(date(2020, 1, 1)))
def test_open_windows_are_in_order_apart_and_inside_the_given_window(
    table: dict[str, list[list[str]]], zone: str, day: date
) -> None:
    if day.year > 9000:
        return
    window = StoreClock(ZoneInfo(zone)).day_window(day)
    open_windows = parse_opening_hours(table).open_windows(window, ZoneInfo(zone))
    assert all(one.end < two.start for one, two in pairwise(open_windows))
    assert all(window.start <= w.start < w.end <= window.end for w in open_windows)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"monday": []}, "'monday'; it must be one of mon, tue"),
        ({"mon": [["09:00"]]}, "must be two times"),
        ({"mon": [["9:00", "20:00"]]}, "'9:00' must be a time from 00:00 to 24:00"),
        ({"mon": [["09:00", "24:01"]]}, "'24:01'"),
        ({"mon": [["09:60", "20:00"]]}, "'09:60'"),
        ({"mon": [["ab:cd", "20:00"]]}, "'ab:cd'"),
    ],
)
def test_invalid_hours_are_named(table: dict[str, list[list[str]]], message: str) -> None:
    with pytest.raises(OpeningHoursError, match=message):
        parse_opening_hours(table)


def test_each_store_day_has_the_opening_hours_that_are_valid_on_it() -> None:
    friday = date(2026, 11, 20)
    every_day = {day: [["09:00", "20:00"]] for day in WEEKDAYS}
    longer = {day: [["08:00", "02:00"]] for day in WEEKDAYS}
    clock = StoreClock(BERLIN, time(4))
    clock = StoreClock(BERLIN, time(4), (ClockVersion(friday, clock.start_of(friday), BERLIN, time(4)),))
    history = OpeningHoursHistory(clock, parse_opening_hours(every_day), ((friday, parse_opening_hours(longer)),))
    window = Window(clock.start_of(date(2026, 11, 18)), clock.start_of(date(2026, 11, 22)))
    assert [local(open_window) for open_window in history.open_windows(window)] == [
        "Wed 09:00/Wed 20:00",
        "Thu 09:00/Thu 20:00",
        "Fri 08:00/Sat 02:00",
        "Sat 08:00/Sun 02:00",
    ]


@given(changed_clocks(), st.lists(TABLES, min_size=6, max_size=6))
def test_the_open_windows_of_a_history_are_those_of_each_store_day_alone(
    made: tuple[StoreClock, list[datetime]], tables: list[dict[str, list[list[str]]]]
) -> None:
    clock, times = made
    hours = [parse_opening_hours(table) for table in tables]
    changes = tuple((change.valid_from, valid) for change, valid in zip(clock.changes, hours[1:], strict=False))
    history = OpeningHoursHistory(clock, hours[0], changes)
    first = clock.date_of(times[0]) - timedelta(days=2)
    days = [first + timedelta(days=n) for n in range((times[-1] - times[0]).days + 5)]
    expected: list[Window] = []
    for day in days:
        valid = next((valid for since, valid in reversed(changes) if since <= day), hours[0])
        expected += valid.open_windows(clock.day_window(day), clock.zone_on(day))
    window = Window(clock.start_of(days[0]), clock.day_window(days[-1]).end)
    assert history.open_windows(window) == merge_windows(window for window in expected if window.seconds)


# --- special days ---


@given(st.lists(st.tuples(st.integers(0, 20), st.booleans()), max_size=5), st.booleans())
def test_special_days_replace_the_hours_of_their_dates_only(special: list[tuple[int, bool]], always: bool) -> None:
    first = date(2026, 10, 20)  # the clocks change on the 25th
    spans = parse_opening_spans("a date", [["10:00", "14:00"]])
    dates = {first + timedelta(days=n): spans if is_open else () for n, is_open in special}
    weekly = None if always else {key: [["09:00", "20:00"]] for key in WEEKDAYS}
    history = OpeningHoursHistory(StoreClock(BERLIN), parse_opening_hours(weekly), special=dates)
    for n in range(21):
        day = first + timedelta(days=n)
        window = Window(*(datetime.combine(day + timedelta(days=k), time(), BERLIN).astimezone(UTC) for k in (0, 1)))
        hours = sum(found.seconds for found in history.open_windows(window)) / 3600
        usual = window.seconds / 3600 if always else 11
        assert hours == (4 * bool(dates[day]) if day in dates else usual)


def test_the_night_before_a_closed_day_runs_to_its_end() -> None:
    friday, saturday = date(2026, 11, 20), date(2026, 11, 21)
    weekly = parse_opening_hours({key: [["18:00", "02:00"]] for key in WEEKDAYS})
    history = OpeningHoursHistory(StoreClock(BERLIN), weekly, special={saturday: ()})
    window = Window(*(datetime.combine(friday + timedelta(days=k), time(), BERLIN).astimezone(UTC) for k in (0, 3)))
    assert [local(found) for found in history.open_windows(window)] == [
        "Fri 00:00/Fri 02:00",
        "Fri 18:00/Sat 02:00",
        "Sun 18:00/Mon 00:00",
    ]
