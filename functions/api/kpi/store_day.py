"""The buckets of one store-day, and its KPIs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from functions.api.kpi.buckets import ObservedBucket
from functions.api.kpi.closing import DEFAULT_CLOSING_GRACE, ended_windows
from functions.api.kpi.coverage import bucket_note, bucket_state, overdue_s, visitors_and_exits
from functions.api.kpi.day_kpis import DayKpis, HourlyRates
from functions.api.kpi.dwell import complete_dwell
from functions.api.kpi.enums import BucketState
from functions.api.kpi.hourly_rates import hourly_rates
from functions.api.kpi.occupancy import Reset, occupancy_curve, peak_occupancy, unmatched_exits
from functions.api.kpi.store_clock import StoreClock
from functions.api.kpi.window import Window

_NOTHING = DayKpis(
    day=date.min,
    state=BucketState.CLOSED,
    is_complete=False,
    is_known=False,
    visitors=0,
    exits=0,
    unmatched_exits=0,
    person_seconds=0.0,
    open_person_seconds=0.0,
    open_known_s=0.0,
    occupancy_end=0.0,
    expected_s=0.0,
    observed_s=0.0,
    overdue_s=0.0,
    line_changed=False,
    has_two_lines=False,
    residual=None,
    dwell_s=None,
    occupancy_peak=None,
)
"""The KPIs of no time at all: before the first bucket of a store-day."""


@dataclass(frozen=True)
class StoreDayBuckets:
    """The buckets of a store-day, or of the first part of it, or those that follow its first hours.

    Attributes:
        day: the store-day.
        buckets: its buckets in order.
        resets: the resets of the occupancy by hand within them.
        is_whole: whether the buckets reach the end of the store-day.
        after_closing: the windows of the store-day from each closing to the next opening.
        closing_grace: the time after a closing in which the last people leave; whole quarter-hours.
        before: the KPIs of the first hours, when the buckets follow them; then the day is not over, and the first
            hours have neither a reset nor a closing.
    """

    day: date
    buckets: tuple[ObservedBucket, ...]
    resets: tuple[Reset, ...]
    is_whole: bool
    after_closing: tuple[Window, ...] = ()
    closing_grace: timedelta = DEFAULT_CLOSING_GRACE
    before: DayKpis | None = None

    @cached_property
    def is_complete(self) -> bool:
        """Whether the day is over and everything has arrived. Only then its occupancy is reconciled."""
        return self.is_whole and not any(bucket.is_pending for bucket in self.buckets)

    @cached_property
    def state(self) -> BucketState:
        """The state of the day."""
        return bucket_state(self.buckets, self.before)

    @cached_property
    def visitors_and_exits(self) -> tuple[int | None, int | None]:
        """The visitors and the exits, or (None, None) where nothing is known."""
        return visitors_and_exits(self.buckets, self.state, self.before)

    @cached_property
    def ended(self) -> tuple[Window, ...]:
        """The windows after closing in which the occupancy has ended."""
        reset_at = (reset.at for reset in self.resets)
        return ended_windows(self.buckets, reset_at, self.after_closing, self.closing_grace)

    @cached_property
    def all_resets(self) -> tuple[Reset, ...]:
        """The resets by hand, and a reset to 0 at each end of the occupancy."""
        return (*self.resets, *(Reset(window.start, 0) for window in self.ended))

    @cached_property
    def is_empty(self) -> bool:
        """Whether the occupancy has ended: the day is over, or everybody counts as gone after closing."""
        ended = self.ended
        return self.is_whole or (bool(ended) and ended[-1].end == self.buckets[-1].end)

    @cached_property
    def residual(self) -> int | None:
        """IN - OUT of the day: people who were not seen leaving, negative when entries were missed.

        None while people are inside, and where nothing is known.
        """
        visitors, exits = self.visitors_and_exits
        return visitors - exits if self.is_empty and visitors is not None and exits is not None else None


def compute_day_kpis(day: StoreDayBuckets, now: datetime) -> DayKpis:
    """Compute the KPIs of a store-day, or of the first part of one.

    Args:
        day: the buckets of the day, at least one.
        now: the current time.
    """
    buckets, before = day.buckets, day.before or _NOTHING
    segments = occupancy_curve(buckets, day.all_resets, reconcile=day.is_complete, at_start=int(before.occupancy_end))
    known = [segment for segment in segments if segment.bucket.is_known]
    open_known = [segment for segment in known if segment.bucket.open_s > 0]
    open_buckets = [bucket for bucket in buckets if bucket.open_s > 0]
    settled = [bucket for bucket in open_buckets if not bucket.is_pending]
    peaks = [peak for peak in (before.occupancy_peak, peak_occupancy(known)) if peak is not None]
    has_two_lines = all(bucket.has_two_lines for bucket in open_buckets)
    if before.state is not BucketState.CLOSED:
        has_two_lines = has_two_lines and before.has_two_lines
    return DayKpis(
        day=day.day,
        state=day.state,
        is_complete=day.is_complete,
        is_known=before.is_known or bool(known),
        visitors=before.visitors + sum([bucket.ins for bucket in buckets]),
        exits=before.exits + sum([bucket.outs for bucket in buckets]),
        unmatched_exits=before.unmatched_exits + unmatched_exits(segments),
        residual=day.residual,
        dwell_s=complete_dwell(buckets) if day.before is None else None,
        person_seconds=_add(before.person_seconds, [segment.person_seconds for segment in known]),
        open_person_seconds=_add(before.open_person_seconds, [segment.person_seconds for segment in open_known]),
        open_known_s=_add(before.open_known_s, [segment.bucket.seconds for segment in open_known]),
        occupancy_peak=max(peaks, default=None),
        occupancy_end=segments[-1].at_end,
        expected_s=_add(before.expected_s, [bucket.expected_s for bucket in settled]),
        observed_s=_add(before.observed_s, [bucket.observed_s for bucket in settled]),
        overdue_s=overdue_s(buckets, now),
        line_changed=before.line_changed or bucket_note(buckets) is not None,
        has_two_lines=has_two_lines and (bool(open_buckets) or before.has_two_lines),
    )


def _add(total: float, values: Iterable[float]) -> float:
    """Return the sum, added one after the other, so that a sum can be continued and has the same last digit.

    `sum` compensates rounding errors since Python 3.12: the sum of a day would depend on where it was continued.
    """
    for value in values:
        total += value
    return total


def compute_hourly_rates(day: StoreDayBuckets, clock: StoreClock) -> HourlyRates:
    """Return the rate of every hour of the week with observed open time in a store-day."""
    return hourly_rates(settled_buckets(day, clock), clock)


def settled_buckets(day: StoreDayBuckets, clock: StoreClock) -> Sequence[ObservedBucket]:
    """Return the buckets of the wall-clock hours that are over and delivered.

    The rate of an hour in progress would be an extrapolation of the visitors that its bar shows.
    """
    unsettled = {_hour(bucket.start, clock) for bucket in day.buckets if bucket.is_pending and bucket.open_s}
    if day.buckets and not day.is_whole and not _is_full_hour(clock.local(day.buckets[-1].end)):
        unsettled.add(_hour(day.buckets[-1].start, clock))
    if not unsettled:
        return day.buckets
    return [bucket for bucket in day.buckets if _hour(bucket.start, clock) not in unsettled]


def _hour(at: datetime, clock: StoreClock) -> tuple[date, int, int]:
    """Return the wall-clock hour; of an hour that occurs twice, which of the two."""
    local = clock.local(at)
    return local.date(), local.hour, local.fold


def _is_full_hour(local: datetime) -> bool:
    return not (local.minute or local.second or local.microsecond)
