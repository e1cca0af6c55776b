"""Strategies for store clocks, store-days and times."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import strategies as st

from functions.api.kpi.store_clock import StoreClock

ZONES = sorted(available_timezones() - {"localtime", "Factory"})
CLOCKS = st.builds(
    StoreClock,
    st.sampled_from(ZONES).map(ZoneInfo),
    st.sampled_from([time(0), time(4), time(2, 30), time(23, 45), time(5, 10)]),
)
DAYS = st.dates(date(2005, 1, 1), date(2037, 12, 31))
TIMES = st.datetimes(datetime(2005, 1, 1), datetime(2037, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
