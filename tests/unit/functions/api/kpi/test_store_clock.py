"""Store-days and hours on the wall clock of any zone."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from functions.api.kpi.day_runs import find_day_runs
from functions.api.kpi.store_clock import ClockVersion, StoreClock
from functions.api.kpi.window import Window
from tests.unit.functions.api.kpi.clocks import CLOCKS, DAYS, STARTS, TIMES, ZONES, changed_clocks, with_change


def hours_of(zone: str, day: date, starts: time = time()) -> float:
    return StoreClock(ZoneInfo(zone), starts).day_window(day).seconds / 3600


@given(CLOCKS, DAYS)
def test_every_time_lies_in_exactly_one_store_day(clock: StoreClock, day: date) -> None:
    today, tomorrow = clock.day_window(day), clock.day_window(day + timedelta(days=1))
    assert today.end == tomorrow.start
    if today.seconds:  # a zone may skip a date
        assert clock.date_of(today.start) == day
        assert clock.date_of(today.end - timedelta(microseconds=1)) == day


@given(CLOCKS, TIMES)
def test_date_of_returns_the_store_day_that_contains_the_time(clock: StoreClock, at_time: datetime) -> None:
    assert at_time in clock.day_window(clock.date_of(at_time))


@given(CLOCKS, DAYS, st.integers(0, 40))
def test_the_windows_of_several_store_days_are_those_of_each_that_is_not_empty(
    clock: StoreClock, day: date, count: int
) -> None:
    days = [day + timedelta(days=n) for n in range(count + 1)]
    each = {day: clock.day_window(day) for day in days}
    expected = [(day, window) for day, window in each.items() if window.seconds]
    assert list(clock.day_windows(days[0], days[-1]).items()) == expected


@given(CLOCKS, DAYS, st.integers(0, 400))
@settings(max_examples=40)
def test_the_runs_of_store_days_have_the_windows_of_the_days(clock: StoreClock, day: date, count: int) -> None:
    windows = clock.day_windows(day, day + timedelta(days=count))
    found = {
        run.first_day + n * timedelta(days=1): Window(
            run.starts_at + n * run.length, run.starts_at + (n + 1) * run.length
        )
        for run in find_day_runs(windows)
        for n in range(run.days)
    }
    assert list(found.items()) == list(windows.items())


def test_a_year_has_a_run_between_the_changes_of_the_clocks_and_one_for_each_of_them() -> None:
    clock = StoreClock(ZoneInfo("Europe/Rome"))
    runs = find_day_runs(clock.day_windows(date(2026, 1, 1), date(2026, 12, 31)))
    assert [(run.first_day, run.days, run.length / timedelta(hours=1)) for run in runs] == [
        (date(2026, 1, 1), 87, 24),
        (date(2026, 3, 29), 1, 23),
        (date(2026, 3, 30), 209, 24),
        (date(2026, 10, 25), 1, 25),
        (date(2026, 10, 26), 67, 24),
    ]


@pytest.mark.parametrize(
    ("zone", "day", "starts", "hours"),
    [
        ("Europe/Berlin", date(2026, 3, 29), time(), 23),
        ("Europe/Berlin", date(2026, 10, 25), time(), 25),
        ("Europe/Berlin", date(2026, 10, 25), time(4), 24),
        ("Europe/Berlin", date(2026, 10, 24), time(4), 25),
        ("Pacific/Auckland", date(2026, 9, 27), time(), 23),
        ("Australia/Lord_Howe", date(2026, 4, 5), time(), 24.5),
        ("Asia/Kathmandu", date(2026, 11, 22), time(), 24),
        ("Pacific/Apia", date(2011, 12, 30), time(), 0),
        ("America/Sao_Paulo", date(2018, 11, 4), time(), 23),
    ],
)
def test_a_store_day_has_the_hours_that_its_zone_gives_it(zone: str, day: date, starts: time, hours: float) -> None:
    assert hours_of(zone, day, starts) == hours


def test_a_day_that_starts_at_four_contains_the_night_after_it() -> None:
    clock = StoreClock(ZoneInfo("Europe/London"), time(4))
    assert clock.date_of(datetime(2026, 11, 22, 3, 59, 59, tzinfo=UTC)) == date(2026, 11, 21)
    assert clock.date_of(datetime(2026, 11, 22, 4, tzinfo=UTC)) == date(2026, 11, 22)


@given(CLOCKS, DAYS)
@settings(max_examples=60)
def test_hours_cover_the_store_day_and_begin_on_the_full_hour(clock: StoreClock, day: date) -> None:
    window = clock.day_window(day)
    hours = clock.split_hours(window)
    assert sum(hour.seconds for hour in hours) == window.seconds
    assert all(one.end == two.start for one, two in pairwise(hours))
    assert all(clock.local(hour.start).minute == 0 for hour in hours[1:])


def test_an_hour_that_occurs_twice_is_two_hours() -> None:
    clock = StoreClock(ZoneInfo("Europe/Berlin"))
    local = [clock.local(hour.start) for hour in clock.split_hours(clock.day_window(date(2026, 10, 25)))]
    assert [at.hour for at in local] == [0, 1, 2, 2, *range(3, 24)]
    assert local[2].utcoffset() != local[3].utcoffset()


def test_hours_of_a_zone_at_quarter_to_begin_on_its_own_full_hour() -> None:
    clock = StoreClock(ZoneInfo("Asia/Kathmandu"))
    hours = clock.split_hours(clock.day_window(date(2026, 11, 22)))
    assert len(hours) == 24
    assert hours[0].start == datetime(2026, 11, 21, 18, 15, tzinfo=UTC)


BERLIN, KOLKATA = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Kolkata")
SAMOA, KIRITIMATI = ZoneInfo("Pacific/Pago_Pago"), ZoneInfo("Pacific/Kiritimati")


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type,misc]


@given(changed_clocks())
def test_store_days_of_a_clock_that_changes_adjoin_and_cover_time(made: tuple[StoreClock, list[datetime]]) -> None:
    clock, times = made
    first = times[0].date() - timedelta(days=4)
    days = [first + timedelta(days=n) for n in range((times[-1] - times[0]).days + 9)]
    windows = [clock.day_window(day) for day in days]
    assert all(one.end == two.start for one, two in pairwise(windows))
    for day, window in zip(days, windows, strict=True):
        if window.seconds:
            for moment in (window.start, window.start + (window.end - window.start) / 2):
                assert clock.date_of(moment) == day
            assert clock.date_of(window.end - timedelta(microseconds=1)) == day
    covered = Window(windows[0].start, windows[-1].end)
    assert clock.split_days(covered) == [window for window in windows if window.seconds]


@given(CLOCKS, TIMES, st.sampled_from(ZONES), st.sampled_from(STARTS))
def test_a_change_leaves_the_days_before_it_as_they_were(
    clock: StoreClock, changed_at: datetime, zone: str, day_start: time
) -> None:
    changed = with_change(clock, changed_at, ZoneInfo(zone), day_start)
    today = clock.date_of(changed_at)
    assert changed.start_of(today) == clock.start_of(today)
    for days_back in range(1, 4):
        assert changed.day_window(today - timedelta(days=days_back)) == clock.day_window(
            today - timedelta(days=days_back)
        )
    just_before = clock.start_of(today) - timedelta(microseconds=1)
    assert changed.local(just_before).isoformat() == clock.local(just_before).isoformat()
    later = StoreClock(ZoneInfo(zone), day_start)
    assert changed.day_window(today + timedelta(days=3)) == later.day_window(today + timedelta(days=3))


@given(changed_clocks())
def test_hours_of_a_clock_that_changes_cover_its_days_and_begin_on_its_full_hour(
    made: tuple[StoreClock, list[datetime]],
) -> None:
    clock, times = made
    window = Window(times[0] - timedelta(days=1), times[-1] + timedelta(days=1))
    hours = clock.split_hours(window)
    assert sum(hour.seconds for hour in hours) == pytest.approx(window.seconds)
    assert all(one.end == two.start for one, two in pairwise(hours))
    starts = {change.starts_at for change in clock.changes}
    assert all(clock.local(hour.start).minute == 0 or hour.start in starts for hour in hours[1:])


@given(changed_clocks(), st.timedeltas(timedelta(days=-2), timedelta(days=4)))
def test_a_wall_clock_time_is_found_again(made: tuple[StoreClock, list[datetime]], offset: timedelta) -> None:
    clock, times = made
    moment = times[0] + offset
    wall = clock.local(moment).replace(tzinfo=None)
    found = clock.at_wall_clock(wall)
    assert found <= moment
    assert clock.local(found).replace(tzinfo=None) == wall.replace(fold=0)


def test_a_wall_clock_time_that_one_zone_skips_and_a_later_one_shows_is_found_there() -> None:
    there_and_back = (
        ClockVersion(date(2004, 12, 31), at(2004, 12, 31, 9), ZoneInfo("Pacific/Kiritimati"), time()),
        ClockVersion(date(2005, 1, 1), at(2004, 12, 31, 10), ZoneInfo("Pacific/Pago_Pago"), time()),
    )
    clock = StoreClock(ZoneInfo("America/Anchorage"), changes=there_and_back)
    assert clock.at_wall_clock(at(2004, 12, 31, 13).replace(tzinfo=None)) == at(2005, 1, 1)
    assert clock.at_wall_clock(at(2004, 12, 31, 23, 30).replace(tzinfo=None)) == at(2004, 12, 31, 9, 30)


@pytest.mark.parametrize(
    ("before", "changed_at", "after", "day_window", "next_end"),
    [
        # From midnight to 04:00: the day of the change has 28 hours.
        (
            StoreClock(ZoneInfo("UTC")),
            at(2026, 11, 18, 12),
            (ZoneInfo("UTC"), time(4)),
            (at(2026, 11, 18), at(2026, 11, 19, 4)),
            at(2026, 11, 20, 4),
        ),
        # From 04:00 to midnight: 20 hours.
        (
            StoreClock(ZoneInfo("UTC"), time(4)),
            at(2026, 11, 18, 12),
            (ZoneInfo("UTC"), time(0)),
            (at(2026, 11, 18, 4), at(2026, 11, 19)),
            at(2026, 11, 20),
        ),
        # From Berlin to Kolkata: 4.5 hours less.
        (
            StoreClock(BERLIN),
            at(2026, 11, 18, 12),
            (KOLKATA, time(0)),
            (at(2026, 11, 17, 23), at(2026, 11, 18, 18, 30)),
            at(2026, 11, 19, 18, 30),
        ),
        # From UTC-11 to UTC+14: the new day of that date was over before the old one began. The date is skipped.
        (
            StoreClock(SAMOA),
            at(2026, 11, 18, 12),
            (KIRITIMATI, time(0)),
            (at(2026, 11, 18, 11), at(2026, 11, 18, 11)),
            at(2026, 11, 19, 10),
        ),
        # From UTC+14 to UTC-11: 49 hours.
        (
            StoreClock(KIRITIMATI),
            at(2026, 11, 18, 12),
            (SAMOA, time(0)),
            (at(2026, 11, 18, 10), at(2026, 11, 20, 11)),
            at(2026, 11, 21, 11),
        ),
    ],
    ids=["later day_start", "earlier day_start", "another zone", "east across the date line", "west across it"],
)
def test_the_store_day_of_a_change_runs_from_its_old_start_to_the_next_new_start(
    before: StoreClock,
    changed_at: datetime,
    after: tuple[ZoneInfo, time],
    day_window: tuple[datetime, datetime],
    next_end: datetime,
) -> None:
    clock = with_change(before, changed_at, *after)
    day = before.date_of(changed_at)
    assert clock.day_window(day) == Window(*day_window)
    assert clock.day_window(day + timedelta(days=1)) == Window(day_window[1], next_end)


def test_local_times_are_in_the_zone_of_their_store_day() -> None:
    clock = with_change(StoreClock(BERLIN), at(2026, 11, 18, 12), KOLKATA, time())
    assert clock.local(at(2026, 11, 17, 12)).isoformat() == "2026-11-17T13:00:00+01:00"
    assert clock.local(at(2026, 11, 18, 12)).isoformat() == "2026-11-18T17:30:00+05:30"
    assert (clock.zone_on(date(2026, 11, 17)), clock.zone_on(date(2026, 11, 18))) == (BERLIN, KOLKATA)


def test_a_second_change_of_a_store_day_replaces_the_first() -> None:
    once = with_change(StoreClock(BERLIN), at(2026, 11, 18, 12), ZoneInfo("Asia/Tokyo"), time())
    twice = with_change(once, at(2026, 11, 18, 13), BERLIN, time())
    day = date(2026, 11, 18)
    assert [change.valid_from for change in twice.changes] == [day]
    assert twice.day_window(day) == StoreClock(BERLIN).day_window(day)
