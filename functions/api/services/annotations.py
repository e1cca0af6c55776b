"""What is special about the days of a series: the annotations of its buckets."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from functions.api.kpi.store_clock import StoreClock
from functions.api.kpi.window import Window
from functions.api.repositories.special_days import list_annotated_days
from functions.api.schemas.calendar import Annotation
from functions.common.database import Connection
from functions.common.tenancy import ReadableStore


@dataclass(frozen=True, slots=True)
class Annotations:
    """The annotated store-days of a store, in order.

    Attributes:
        days: each store-day with its annotation.
    """

    days: Sequence[tuple[Window, Annotation]]

    def within(self, window: Window) -> list[Annotation]:
        """Return the annotations of the store-days that a window overlaps."""
        return [annotation for day, annotation in self.days if day.start < window.end and window.start < day.end]

    def of(self, days: Collection[date]) -> list[Annotation]:
        """Return the annotations of some store-days."""
        return [annotation for _, annotation in self.days if annotation.date in days]


def list_annotations(
    connection: Connection, store: ReadableStore, clock: StoreClock, first: date, last: date
) -> Annotations:
    """Return the annotations of a store from one date to another, both included."""
    return Annotations(
        [
            (
                clock.day_window(row.day),
                Annotation(
                    date=row.day,
                    public_holiday=row.public_holiday,
                    public_holiday_names=row.public_holiday_names or {},
                    note=row.note,
                    has_special_hours=row.has_special_hours,
                ),
            )
            for row in list_annotated_days(connection, store, first, last)
        ]
    )
