"""The settings of a store, parsed for the KPI modules."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from functions.api.kpi.opening_hours import OpeningHours, OpeningHoursError, parse_opening_hours
from functions.api.kpi.store_clock import StoreClock
from functions.common.problems import Conflict
from functions.common.tenancy import ReadableStore


class StoreSettingsInvalid(Conflict):
    """The time zone or the opening hours of the store are invalid. An administrator must correct them."""

    type = "store_settings_invalid"


@dataclass(frozen=True, slots=True)
class StoreSettings:
    """The parsed settings of a store.

    Attributes:
        clock: the time zone and the start of the store-day.
        opening_hours: the weekly opening hours.
    """

    clock: StoreClock
    opening_hours: OpeningHours


def parse_store_settings(store: ReadableStore) -> StoreSettings:
    """Parse the time zone and the opening hours of a store.

    Raises:
        StoreSettingsInvalid: the time zone is unknown, or the opening hours are invalid.
    """
    try:
        zone = ZoneInfo(store.timezone)
    except (ZoneInfoNotFoundError, ValueError):
        raise StoreSettingsInvalid(
            f"The store has an unknown time zone, {store.timezone!r}. An administrator must correct it."
        ) from None
    try:
        opening_hours = parse_opening_hours(store.opening_hours)
    except OpeningHoursError as error:
        raise StoreSettingsInvalid(f"The store's {error}. An administrator must correct it.") from None
    return StoreSettings(StoreClock(zone, store.day_start), opening_hours)
