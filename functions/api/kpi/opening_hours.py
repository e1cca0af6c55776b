"""Opening hours: from the weekly table of a store to windows of time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from functions.api.kpi.store_clock import StoreClock
from functions.api.kpi.window import Window, merge_windows

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = timedelta(days=1)
_MINUTES_PER_DAY = 24 * 60


class OpeningHoursError(ValueError):
    """The table of opening hours is invalid. The message names the entry and the expected form."""


@dataclass(frozen=True, slots=True)
class OpeningSpan:
    """A time of a weekday in which the store is open.

    Attributes:
        opens: minutes after midnight.
        closes: minutes after midnight; more than 1440 after the next midnight.
    """

    opens: int
    closes: int


SpecialHours = Mapping[date, Sequence[OpeningSpan]]
"""The open times of single dates, instead of those of their weekday. A date without spans is closed."""

_ALL_DAY = (OpeningSpan(0, _MINUTES_PER_DAY),)


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """The weekly opening hours of a store.

    Attributes:
        spans: the open times of each weekday; 0 is Monday.
        always: whether the store is always open; then `spans` is not used.
    """

    spans: tuple[tuple[OpeningSpan, ...], ...]
    always: bool = False

    def spans_on(self, day: date) -> Sequence[OpeningSpan]:
        """Return the open times of the weekday of a date."""
        return _ALL_DAY if self.always else self.spans[day.weekday()]

    def open_windows(self, window: Window, zone: ZoneInfo, special: SpecialHours | None = None) -> list[Window]:
        """Return the open parts of a window, in order, with adjoining ones merged.

        Args:
            window: the window.
            zone: the time zone of the store.
            special: the dates that have other open times.
        """
        if self.always and not special:
            return [window]
        first = window.start.astimezone(zone).date() - _DAY
        last = window.end.astimezone(zone).date()
        found: list[Window] = []
        for offset in range((last - first).days + 1):
            day = first + offset * _DAY
            for span in special[day] if special and day in special else self.spans_on(day):
                start = max(_time_of(day, span.opens, zone), window.start)
                end = min(_time_of(day, span.closes, zone), window.end)
                if start < end:
                    found.append(Window(start, end))
        return merge_windows(found)


ALWAYS_OPEN = OpeningHours(spans=((),) * 7, always=True)
"""The opening hours of a store without a table."""


@dataclass(frozen=True, slots=True)
class OpeningHoursHistory:
    """The opening hours of a store, each valid from a store-day on.

    A store-day has the opening hours and the zone that are valid on it, also in the part after midnight.

    Attributes:
        clock: the clock of the store. It has a version from each store-day on which the opening hours change.
        initial: the opening hours before the first change.
        changes: the store-days of the changes, in order, each with its opening hours.
        special: the dates that have other open times.
    """

    clock: StoreClock
    initial: OpeningHours
    changes: tuple[tuple[date, OpeningHours], ...] = ()
    special: SpecialHours = field(default_factory=dict)

    def on(self, day: date) -> OpeningHours:
        """Return the weekly opening hours that are valid on a store-day."""
        return next((hours for valid_from, hours in reversed(self.changes) if valid_from <= day), self.initial)

    def has_same_special_hours(self, day: date, other: date) -> bool:
        """Return whether two store-days are open as on every week, or have the same opening hours of special days."""
        return self.special.get(day) == self.special.get(other)

    def open_windows(self, window: Window) -> list[Window]:
        """Return the open parts of a window, in order, with adjoining ones merged."""
        found: list[Window] = []
        versions = [(date.min, self.initial), *self.changes]
        starts = [window.start, *(self.clock.start_of(day) for day, _ in self.changes)]
        for (day, hours), start, end in zip(versions, starts, [*starts[1:], window.end], strict=True):
            part = Window(max(start, window.start), max(start, window.start, min(end, window.end)))
            if part.seconds:
                found += hours.open_windows(part, self.clock.zone_on(day), self.special)
        return merge_windows(found)

    def is_open(self, at: datetime) -> bool:
        """Return whether the store is open at `at`."""
        return bool(self.open_windows(Window(at, at + timedelta(microseconds=1))))


def parse_opening_hours(table: Mapping[str, Sequence[Sequence[str]]] | None) -> OpeningHours:
    """Parse `{"mon": [["09:00", "20:00"]], "fri": [["18:00", "02:00"]]}`; None means always open.

    A weekday that is missing or empty is closed. A span that does not end after its start continues after midnight and
    belongs to the weekday on which it begins. The same time twice means 24 hours. `24:00` is midnight at the end of the
    day.

    Raises:
        OpeningHoursError: an unknown weekday, a span that is not two times, or a time that is not `HH:MM`.
    """
    if table is None:
        return ALWAYS_OPEN
    for name in table:
        if name not in WEEKDAYS:
            raise OpeningHoursError(f"opening hours name a weekday {name!r}; it must be one of {', '.join(WEEKDAYS)}")
    return OpeningHours(tuple(parse_opening_spans(name, table.get(name, ())) for name in WEEKDAYS))


def parse_opening_spans(day: str, spans: Sequence[Sequence[str]]) -> tuple[OpeningSpan, ...]:
    """Parse the open times of a day, such as `[["09:00", "12:00"], ["14:00", "20:00"]]`.

    Args:
        day: the weekday or the date, for the error.
        spans: the open times. The store is closed without any.

    Raises:
        OpeningHoursError: a span is not two times, or a time is not `HH:MM`.
    """
    return tuple(_parse_span(day, span) for span in spans)


def _parse_span(day: str, pair: Sequence[str]) -> OpeningSpan:
    if len(pair) != 2:
        raise OpeningHoursError(f'opening hours of {day}: {pair!r} must be two times, as ["09:00", "20:00"]')
    opens, closes = (_parse_minutes(day, text) for text in pair)
    return OpeningSpan(opens, closes if closes > opens else closes + _MINUTES_PER_DAY)


def _parse_minutes(day: str, text: str) -> int:
    hour, _, minute = text.partition(":")
    if len(text) == 5 and hour.isdigit() and minute.isdigit():
        minutes = int(hour) * 60 + int(minute)
        if int(minute) < 60 and minutes <= _MINUTES_PER_DAY:
            return minutes
    raise OpeningHoursError(f"opening hours of {day}: {text!r} must be a time from 00:00 to 24:00")


def _time_of(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    days, rest = divmod(minutes, _MINUTES_PER_DAY)
    wall = datetime.combine(day + days * _DAY, time(rest // 60, rest % 60), tzinfo=zone)
    return wall.astimezone(UTC)
