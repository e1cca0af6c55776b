"""Strategies for store clocks, with and without changes, store-days and times."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import strategies as st

from functions.api.kpi.store_clock import ClockVersion, StoreClock

STARTS = [time(0), time(4), time(2, 30), time(23, 45), time(5, 10)]
ZONES = sorted(available_timezones() - {"localtime", "Factory"})
DATE_LINE = ("Pacific/Kiritimati", "Pacific/Pago_Pago", "Etc/GMT+12")
CLOCKS = st.builds(
    StoreClock,
    st.sampled_from(ZONES).map(ZoneInfo),
    st.sampled_from(STARTS),
)
DAYS = st.dates(date(2005, 1, 1), date(2037, 12, 31))
TIMES = st.datetimes(datetime(2005, 1, 1), datetime(2037, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


def with_change(clock: StoreClock, at: datetime, zone: ZoneInfo, day_start: time) -> StoreClock:
    """Return the clock after a change at `at`: valid from the store-day in progress on, as the database records it."""
    day = clock.date_of(at)
    change = ClockVersion(day, clock.start_of(day), zone, day_start)
    return replace(clock, changes=(*(c for c in clock.changes if c.valid_from != day), change))


@st.composite
def changed_clocks(draw: st.DrawFn) -> tuple[StoreClock, list[datetime]]:
    """Return a clock with up to five changes, some of them on the same or on the next days, and their times."""
    clock, at, times = draw(CLOCKS), draw(TIMES), []
    for _ in range(draw(st.integers(1, 5))):
        zone = draw(st.sampled_from([*DATE_LINE, *ZONES]))
        clock = with_change(clock, at, ZoneInfo(zone), draw(st.sampled_from(STARTS)))
        times.append(at)
        at += draw(st.timedeltas(timedelta(0), timedelta(days=3)))
    return clock, times
