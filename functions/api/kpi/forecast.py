"""What is to be expected of the hours to come, and which past hours were far from what was expected of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from functions.api.kpi.intervals import Errors, past_errors
from functions.api.kpi.seasonal import Baseline, History, baseline, damped_ratio

CONFIDENCE = 0.8
"""The share of the hours that should fall into their interval."""

ANOMALY_SIGMAS = 4.0
"""An hour is out of the ordinary beyond so many robust standard deviations."""

ANOMALY_LEAST = 10.0
"""... and when it is this many visitors off: in an empty hour five people are nothing to look into."""

LEAST_WEEKS = 2


@dataclass(frozen=True, slots=True)
class Expected:
    """Visitors expected of an hour, and the interval around them."""

    visitors: float
    low: float
    high: float

    def part(self, share: float) -> "Expected":
        """Of a part of the hour; its interval is that of the hour, scaled."""
        return Expected(self.visitors * share, self.low * share, self.high * share)


@dataclass(frozen=True, slots=True)
class Outlier:
    """A past hour outside its bounds."""

    day: date
    hour: int
    visitors: int
    expected: Expected


@dataclass(frozen=True, slots=True)
class Outlook:
    """A forecast as of the beginning of ``today``, brought up to date with today's hours so far."""

    model: Baseline
    errors: Errors
    today: date
    today_factor: float

    def of_hour(self, day: date, hour: int) -> Expected | None:
        """What to expect of an hour of today or later; None where that hour of the week was never observed."""
        usual = self.model.expected(day, hour)
        if usual is None:
            return None
        visitors = usual * self.today_factor if day == self.today else usual
        low, high = self.errors.interval(hour, visitors, CONFIDENCE)
        return Expected(visitors, low, high)


def outlook(history: History, today: date, so_far: Mapping[int, int]) -> Outlook | None:
    """The forecast from today on; None with less than two weeks of observed hours.

    Args:
        history: visitors of open, fully observed hours before today.
        today: the day in progress.
        so_far: visitors of today's hours that are over and were fully observed.
    """
    errors = past_errors(history, today)
    if errors is None or weeks_of(history) < LEAST_WEEKS:
        return None
    model = baseline(history, today)
    known = [(visitors, model.expected(today, hour)) for hour, visitors in so_far.items()]
    pairs = [(visitors, expected) for visitors, expected in known if expected is not None]
    factor = damped_ratio(sum(visitors for visitors, _ in pairs), sum(expected for _, expected in pairs))
    return Outlook(model, errors, today, factor)


def weeks_of(history: History) -> int:
    """The weeks of the history, back from its last day, in which something was observed; a begun one does not count."""
    days = {day for day, _ in history}
    if not days:
        return 0
    last = max(days)
    spanned = ((last - min(days)).days + 1) // 7
    return min(spanned, len({(last - day).days // 7 for day in days}))


def outliers(history: History, days: Iterable[date]) -> list[Outlier]:
    """The hours of those past days that were out of the ordinary, each against the baseline as of its own day."""
    found = []
    for day in days:
        errors = past_errors(history, day)
        if errors is None:
            continue
        model = baseline(history, day)
        for hour in range(24):
            visitors, usual = history.get((day, hour)), model.expected(day, hour)
            if visitors is None or usual is None:
                continue
            low, high = errors.outlier_bounds(hour, usual, ANOMALY_SIGMAS)
            if not low <= visitors <= high and abs(visitors - usual) >= ANOMALY_LEAST:
                found.append(Outlier(day, hour, visitors, Expected(usual, low, high)))
    return found


def history_before(today: date) -> date:
    """The first day that a forecast as of ``today`` looks at: the runs as of past weeks look back as far as it does."""
    return today - timedelta(weeks=14)
