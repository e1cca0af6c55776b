"""A store's own settings as the KPI modules take them."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from functions.api.kpi.opening import OpeningHours, OpeningHoursError, parse_opening_hours
from functions.api.kpi.storetime import StoreClock
from functions.common.problems import Conflict
from functions.common.tenancy import ReadableStore


class StoreSettingsInvalid(Conflict):
    """The store's time zone or opening hours cannot be read; an administrator has to correct them."""

    type = "store_settings_invalid"


@dataclass(frozen=True, slots=True)
class StoreTime:
    """A store's clock and opening hours."""

    clock: StoreClock
    opening: OpeningHours


def store_time(store: ReadableStore) -> StoreTime:
    """The clock and the opening hours of a store.

    Raises:
        StoreSettingsInvalid: the zone is unknown, or the hours cannot be read.
    """
    try:
        zone = ZoneInfo(store.timezone)
    except (ZoneInfoNotFoundError, ValueError):
        raise StoreSettingsInvalid(
            f"The store's time zone {store.timezone!r} is not known; an administrator has to correct it."
        ) from None
    try:
        opening = parse_opening_hours(store.opening_hours)
    except OpeningHoursError as error:
        raise StoreSettingsInvalid(f"The store's {error}; an administrator has to correct it.") from None
    return StoreTime(StoreClock(zone, store.day_start), opening)
