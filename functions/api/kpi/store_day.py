"""The buckets of one store-day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from functions.api.kpi.buckets import ObservedBucket
from functions.api.kpi.closing import ended_windows
from functions.api.kpi.coverage import bucket_state, visitors_and_exits
from functions.api.kpi.enums import BucketState
from functions.api.kpi.occupancy import Reset
from functions.api.kpi.store_clock import StoreClock
from functions.api.kpi.window import Window


@dataclass(frozen=True)
class StoreDayBuckets:
    """The buckets of a store-day, or of the first part of it.

    Attributes:
        day: the store-day.
        buckets: its buckets in order.
        resets: the resets of the occupancy by hand within them.
        is_whole: whether the buckets reach the end of the store-day.
        after_closing: the windows of the store-day from each closing to the next opening.
    """

    day: date
    buckets: tuple[ObservedBucket, ...]
    resets: tuple[Reset, ...]
    is_whole: bool
    after_closing: tuple[Window, ...] = ()

    @cached_property
    def is_complete(self) -> bool:
        """Whether the day is over and everything has arrived. Only then its occupancy is reconciled."""
        return self.is_whole and not any(bucket.is_pending for bucket in self.buckets)

    @cached_property
    def state(self) -> BucketState:
        """The state of the day."""
        return bucket_state(self.buckets)

    @cached_property
    def visitors_and_exits(self) -> tuple[int | None, int | None]:
        """The visitors and the exits, or (None, None) where nothing is known."""
        return visitors_and_exits(self.buckets, self.state)

    @cached_property
    def ended(self) -> tuple[Window, ...]:
        """The windows after closing in which the occupancy has ended."""
        return ended_windows(self.buckets, (reset.at for reset in self.resets), self.after_closing)

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
