"""Opening hours: from the weekly table of a store to moments."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from functions.api.kpi.window import Window, joined

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = timedelta(days=1)
_MINUTES_OF_DAY = 24 * 60


class OpeningHoursError(ValueError):
    """The table of opening hours cannot be read; says which entry, and what it should look like."""


@dataclass(frozen=True, slots=True)
class Span:
    """Open from ``opens`` to ``closes``, minutes after midnight; ``closes`` > 1440 is after the next midnight."""

    opens: int
    closes: int


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """For each weekday (0 = Monday) when a store opens and closes; ``always`` when the store keeps no hours."""

    spans: tuple[tuple[Span, ...], ...]
    always: bool = False

    def within(self, window: Window, zone: ZoneInfo) -> list[Window]:
        """The open parts of a window, in order, adjoining ones joined."""
        if self.always:
            return [window]
        first = window.start.astimezone(zone).date() - _DAY
        last = window.end.astimezone(zone).date()
        opened: list[Window] = []
        for offset in range((last - first).days + 1):
            day = first + offset * _DAY
            for span in self.spans[day.weekday()]:
                start = max(_moment(day, span.opens, zone), window.start)
                end = min(_moment(day, span.closes, zone), window.end)
                if start < end:
                    opened.append(Window(start, end))
        return joined(opened)

    def is_open(self, at: datetime, zone: ZoneInfo) -> bool:
        """Whether the store is open at that moment."""
        return bool(self.within(Window(at, at + timedelta(microseconds=1)), zone))


ALWAYS_OPEN = OpeningHours(spans=((),) * 7, always=True)


def parse_opening_hours(table: Mapping[str, Sequence[Sequence[str]]] | None) -> OpeningHours:
    """Read ``{"mon": [["09:00", "20:00"]], "fri": [["18:00", "02:00"]]}``; None means always open.

    A weekday that is missing or empty is closed. A span that does not end after it begins goes on past midnight, and
    belongs to the weekday it begins on; the same time twice is 24 hours; ``24:00`` is midnight at the end.

    Raises:
        OpeningHoursError: an unknown weekday, a span that is not two times, or a time that is not ``HH:MM``.
    """
    if table is None:
        return ALWAYS_OPEN
    for name in table:
        if name not in WEEKDAYS:
            raise OpeningHoursError(f"opening hours name a weekday {name!r}; it must be one of {', '.join(WEEKDAYS)}")
    return OpeningHours(tuple(tuple(_span(name, pair) for pair in table.get(name, ())) for name in WEEKDAYS))


def _span(weekday: str, pair: Sequence[str]) -> Span:
    if len(pair) != 2:
        raise OpeningHoursError(f'opening hours of {weekday}: {pair!r} must be two times, as ["09:00", "20:00"]')
    opens, closes = (_minutes(weekday, text) for text in pair)
    return Span(opens, closes if closes > opens else closes + _MINUTES_OF_DAY)


def _minutes(weekday: str, text: str) -> int:
    hour, _, minute = text.partition(":")
    if len(text) == 5 and hour.isdigit() and minute.isdigit():
        minutes = int(hour) * 60 + int(minute)
        if int(minute) < 60 and minutes <= _MINUTES_OF_DAY:
            return minutes
    raise OpeningHoursError(f"opening hours of {weekday}: {text!r} must be a time from 00:00 to 24:00")


def _moment(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    days, rest = divmod(minutes, _MINUTES_OF_DAY)
    wall = datetime.combine(day + days * _DAY, time(rest // 60, rest % 60), tzinfo=zone)
    return wall.astimezone(UTC)
