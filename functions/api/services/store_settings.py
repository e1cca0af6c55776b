"""The settings of a store, parsed for the KPI modules."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from functions.api.kpi.closing import DEFAULT_CLOSING_GRACE
from functions.api.kpi.opening_hours import (
    OpeningHours,
    OpeningHoursError,
    OpeningHoursHistory,
    SpecialHours,
    parse_opening_hours,
    parse_opening_spans,
)
from functions.api.kpi.store_clock import ClockVersion, StoreClock
from functions.common.problems import Conflict
from functions.common.tenancy import ReadableStore

_T = TypeVar("_T")


class StoreSettingsInvalid(Conflict):
    """The time zone or the opening hours of the store are invalid. An administrator must correct them."""

    type = "store_settings_invalid"


@dataclass(frozen=True, slots=True)
class StoreSettings:
    """The parsed settings of a store, with their history.

    Attributes:
        clock: the time zones and the starts of the store-days.
        opening_hours: the weekly opening hours, and those of special days.
        capacities: the capacity that is valid from each store-day on, in order; the first from the beginning.
        closing_graces: likewise, the time after closing in which the last people leave; whole quarter-hours.
    """

    clock: StoreClock
    opening_hours: OpeningHoursHistory
    capacities: tuple[tuple[date, int | None], ...] = ((date.min, None),)
    closing_graces: tuple[tuple[date, timedelta], ...] = ((date.min, DEFAULT_CLOSING_GRACE),)

    def capacity_on(self, day: date) -> int | None:
        """Return the capacity that is valid on a store-day; None when the store has none."""
        return _valid_on(self.capacities, day)

    def closing_grace_on(self, day: date) -> timedelta:
        """Return the time after closing in which the last people of a store-day leave."""
        return _valid_on(self.closing_graces, day)


def parse_store_settings(store: ReadableStore) -> StoreSettings:
    """Parse the settings of a store, those that are valid now and the earlier ones.

    Raises:
        StoreSettingsInvalid: a time zone is unknown, or opening hours are invalid.
    """
    first, *changes = store.settings
    clock = StoreClock(
        _parse_zone(first["timezone"]),
        time.fromisoformat(first["day_start"]),
        tuple(
            ClockVersion(
                date.fromisoformat(change["valid_from"]),
                datetime.fromisoformat(change["starts_at"]).astimezone(UTC),
                _parse_zone(change["timezone"]),
                time.fromisoformat(change["day_start"]),
            )
            for change in changes
        ),
    )
    days = [change.valid_from for change in clock.changes]
    valid_from = [date.min, *days]
    opening_hours = [_parse_opening_hours(version["opening_hours"]) for version in store.settings]
    return StoreSettings(
        clock,
        OpeningHoursHistory(
            clock,
            opening_hours[0],
            tuple(zip(days, opening_hours[1:], strict=True)),
            _parse_special_hours(store.special_hours),
        ),
        tuple(zip(valid_from, (version["capacity"] for version in store.settings), strict=True)),
        tuple(
            (day, timedelta(minutes=version["closing_grace_minutes"]))
            for day, version in zip(valid_from, store.settings, strict=True)
        ),
    )


def _valid_on(versions: Sequence[tuple[date, _T]], day: date) -> _T:
    return next(value for valid_from, value in reversed(versions) if valid_from <= day)


def _parse_zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise StoreSettingsInvalid(
            f"The store has an unknown time zone, {name!r}. An administrator must correct it."
        ) from None


def _parse_opening_hours(table: dict[str, list[list[str]]] | None) -> OpeningHours:
    try:
        return parse_opening_hours(table)
    except OpeningHoursError as error:
        raise StoreSettingsInvalid(f"The store's {error}. An administrator must correct it.") from None


def _parse_special_hours(table: dict[str, list[list[str]]]) -> SpecialHours:
    try:
        return {date.fromisoformat(day): parse_opening_spans(day, spans) for day, spans in table.items()}
    except OpeningHoursError as error:
        raise StoreSettingsInvalid(f"The store's {error}. Correct it in the calendar of the store.") from None
